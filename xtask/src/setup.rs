//! `cargo xtask setup`: installs what is missing, and says nothing about what is there.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{self, Done, apt};
use crate::wasm::Toolchain;

/// Makes sure that there is a toolchain for WebAssembly, a browser, and that `pkg/node_modules` is what the lockfile says.
pub(crate) fn setup() -> Done {
    Toolchain::find_or_install()?;
    browser()?;
    if npm_is_up_to_date() { Ok(()) } else { shell::run(&mut shell::npm("pkg", "ci --no-audit --no-fund")) }
}

/// Chromium, which the tests in a browser start: the one that `CHROMIUM` names, or that of the system.
fn browser() -> Done {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        return if named.is_file() {
            Ok(())
        } else {
            Err(format!("CHROMIUM is {}, which is no file", named.display()))
        };
    }
    if Path::new("/usr/bin/chromium").is_file() {
        return Ok(());
    }
    println!("installing Chromium");
    apt("update --quiet --quiet")
        .and_then(|()| apt("install --yes --quiet --quiet --no-install-recommends chromium"))
        .map_err(|apt| format!("no Chromium in /usr/bin, and CHROMIUM names no other: {apt}"))
}

/// npm writes `node_modules/.package-lock.json` at the end of an install.
fn npm_is_up_to_date() -> bool {
    let pkg = shell::root().join("pkg");
    let changed = |name: &str| fs::metadata(pkg.join(name)).and_then(|metadata| metadata.modified()).ok();
    changed("node_modules/.package-lock.json") >= changed("package-lock.json").max(changed("package.json"))
}
