//! `cargo xtask setup`: installs what is missing, and says nothing about what is there.

use std::fs;

use crate::shell::{self, Done};
use crate::wasm::Toolchain;

/// Makes sure that there is a toolchain for WebAssembly and that `pkg/node_modules` is what the lockfile says.
pub(crate) fn setup() -> Done {
    Toolchain::find_or_install()?;
    if npm_is_up_to_date() { Ok(()) } else { shell::run(&mut shell::npm("ci --no-audit --no-fund")) }
}

/// npm writes `node_modules/.package-lock.json` at the end of an install.
fn npm_is_up_to_date() -> bool {
    let pkg = shell::root().join("pkg");
    let changed = |name: &str| fs::metadata(pkg.join(name)).and_then(|metadata| metadata.modified()).ok();
    changed("node_modules/.package-lock.json") >= changed("package-lock.json").max(changed("package.json"))
}
