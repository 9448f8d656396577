// Browsers, workers and bundlers: nothing happens at import; `await init()` fetches and starts the engine.
import load from "./takeback.js";

/** Loads the engine from `source`, or from the file beside this one. A second call does nothing. */
export async function init(source = new URL("takeback_bg.wasm", import.meta.url)) {
  await load({ module_or_path: source });
}

export * from "./policy.js";
