// The engine: the one place that knows where the package is.
export * from "../../../pkg/web.js";
