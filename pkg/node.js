// Node: the engine is read from the file beside this one, in `init` or when it is first asked something.
import { readFileSync } from "node:fs";

import { Engine } from "./engine.js";
import { takeback } from "./policy.js";
import * as glue from "./takeback.js";

const engine = new Engine(glue, () => readFileSync(new URL("takeback_bg.wasm", import.meta.url)));

export const { check, CurrentPolicy, explain, init, Policy, Request, version } = takeback(engine);
export { AnswersError, ArgumentError, BundleError, EngineError, LanguageError, PolicyError, RequestError } from "./policy.js";
