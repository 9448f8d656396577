// Browsers, workers and bundlers: `await init()` fetches the engine from beside this file, or from where it is told.
import { Engine } from "./engine.js";
import { takeback } from "./policy.js";
import * as glue from "./takeback.js";

const engine = new Engine(glue, undefined, () => new URL("takeback_bg.wasm", import.meta.url));

export const { check, CurrentPolicy, explain, init, Policy, Request, version } = takeback(engine);
export { AnswersError, ArgumentError, BundleError, EngineError, LanguageError, PolicyError, RequestError } from "./policy.js";
