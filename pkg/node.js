// Node: the engine is loaded from the file beside this one, at import, so there is nothing to wait for.
import { readFileSync } from "node:fs";
import { initSync } from "./takeback.js";

initSync({ module: readFileSync(new URL("takeback_bg.wasm", import.meta.url)) });

/** Does nothing here; it is there so that the same code runs in browsers. */
export async function init() {}

export * from "./policy.js";
