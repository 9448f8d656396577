//! `cargo xtask build-pkg`, `cargo xtask test-pkg` and `cargo xtask test`.

use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::fuzz;
use crate::setup;
use crate::shell::{self, Done, cargo, npm};
use crate::wasm::{MODULES, Toolchain};

/// Compiles the engine to WebAssembly and writes the generated files of `pkg`, the schemas among them.
pub(crate) fn build_pkg() -> Done {
    let root = shell::root();
    copy(&root.join("schemas"), &root.join("pkg/schemas"))
        .map_err(|error| format!("the schemas cannot be copied: {error}"))?;
    let toolchain = Toolchain::find_or_install()?;
    let mut finish = cargo("run --quiet --package xtask-pkg --");
    finish.arg(shell::root().join("pkg"));
    for module in &MODULES {
        finish.arg(module.name).arg(toolchain.build(module)?);
    }
    shell::run(&mut finish)
}

/// Makes a folder the same as another one.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}

/// Tests the npm package against what the native engine answers.
pub(crate) fn test_pkg() -> Done {
    setup::setup()?;
    shell::run(&mut cargo("test --quiet --package takeback --test main answers::"))?;
    shell::run(&mut cargo("test --quiet --package takeback-audit --lib out::tests::the_report"))?;
    build_pkg()?;
    shell::run(&mut npm("pkg", "test"))?;
    examples()
}

/// Packs the npm package, installs it in `examples` as everybody does, and builds and runs them all.
fn examples() -> Done {
    let (root, target) = (shell::root(), shell::root().join("target"));
    shell::run(npm("pkg", "pack --silent --pack-destination").arg(&target))?;
    // One of the same version would be kept, whatever is in it.
    let installed = root.join("examples/node_modules/takeback");
    if installed.exists() {
        fs::remove_dir_all(&installed)
            .map_err(|error| format!("{} cannot be removed: {error}", installed.display()))?;
    }
    let packed = target.join(concat!("takeback-", env!("CARGO_PKG_VERSION"), ".tgz"));
    shell::run(npm("examples", "install --no-save --no-audit --no-fund --loglevel error").arg(packed))?;
    shell::run(&mut npm("examples", "test"))
}

type Step = (&'static str, fn() -> Done);

/// What a change has to pass, what is quick to fail first.
const STEPS: &[Step] = &[
    ("setup", setup::setup),
    ("format", || shell::run(&mut cargo("fmt --all --check"))),
    ("lints", || shell::run(&mut cargo("clippy --workspace --all-targets -- --deny warnings"))),
    ("tests", || shell::run(&mut cargo("test --workspace"))),
    ("docs", || shell::run(cargo("doc --workspace --no-deps --lib").env("RUSTDOCFLAGS", "--deny warnings"))),
    ("features", features),
    ("npm package", build_pkg),
    ("npm tests", || shell::run(&mut npm("pkg", "test"))),
    ("examples", examples),
    ("fuzzing", fuzz::short),
];

/// Runs every step and stops at the first that fails.
pub(crate) fn test() -> Done {
    let start = Instant::now();
    for (name, step) in STEPS {
        println!("== {name}");
        let start = Instant::now();
        step().map_err(|message| format!("{name}: {message}"))?;
        println!("== {name}: ok in {:.1?}", start.elapsed());
    }
    println!("== all steps: ok in {:.1?}", start.elapsed());
    Ok(())
}

/// The library with every set of features that is not the default.
fn features() -> Done {
    for features in [
        "--no-default-features",
        "--no-default-features --features wasm",
        "--no-default-features --features compile",
        "--no-default-features --features locales",
        "--all-features",
    ] {
        let clippy = format!("clippy --package takeback --all-targets {features} -- --deny warnings");
        shell::run(&mut cargo(&clippy))?;
    }
    Ok(())
}
