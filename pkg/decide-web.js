// Browsers, workers and bundlers, the small engine: it loads bundles and decides.
import { decideOnly } from "./decide-only.js";
import { Engine } from "./engine.js";
import { takeback } from "./policy.js";
import * as glue from "./takeback_decide.js";

const engine = new Engine(glue, undefined, () => new URL("takeback_decide_bg.wasm", import.meta.url));

export const { CurrentPolicy, init, Policy, Request, version } = decideOnly(takeback(engine));
export { AnswersError, ArgumentError, BundleError, EngineError, RequestError } from "./policy.js";
