//! Hands the engine to JavaScript through wasm-bindgen.
//!
//! Values are translated and passed on; nothing is decided here. The entries that JavaScript imports are `node.js` and
//! `web.js` in `pkg`, and its types are in `pkg/index.d.ts`.

#![expect(unreachable_pub, reason = "wasm-bindgen exports public items only, and JavaScript is their one caller")]

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the engine, which is also the version of the npm package: `0.1.0`.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
