/** Where the engine may come from: its address, a response, its bytes, or a compiled module. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the engine. Call it once before anything else; a second call does nothing.
 *
 * In browsers it fetches `takeback_bg.wasm` from beside the script unless it is told another source. In Node the
 * engine is loaded at import and this does nothing.
 */
export function init(source?: Source | Promise<Source>): Promise<void>;

/** The version of the engine, which is also the version of this package. */
export function version(): string;
