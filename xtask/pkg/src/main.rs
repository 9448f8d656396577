//! Turns the compiled engine into the generated files of the npm package, and prints how large they are.
//!
//! `xtask-pkg takeback.wasm pkg` writes `pkg/takeback_bg.wasm` and its glue `pkg/takeback.js`. The glue is the one for
//! the web, which has no effect at import and can also be started from bytes, so one copy serves Node and browsers.
//! Types are not generated: `pkg/index.d.ts` is written by hand.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task runner speaks to the person at the terminal")]

use std::env;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use flate2::Compression;
use flate2::write::GzEncoder;
use wasm_bindgen_cli_support::Bindgen;

const WASM: &str = "takeback_bg.wasm";
const GLUE: &str = "takeback.js";

fn main() -> ExitCode {
    let args: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [compiled, pkg] = args.as_slice() else {
        eprintln!("usage: xtask-pkg <compiled .wasm> <folder of the npm package>");
        return ExitCode::from(2);
    };
    match build(compiled, pkg) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask-pkg: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build(compiled: &Path, pkg: &Path) -> Result<(), Box<dyn Error>> {
    Bindgen::new()
        .input_path(compiled)
        .out_name("takeback")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // So that an engine that fell over can be replaced: pkg/engine.js.
        .reset_state_function(true)
        .generate(pkg)?;
    if !optimise(pkg)? {
        println!("wasm-opt is not installed, so the package is larger than it needs to be: run `npm ci` in pkg");
    }
    for name in [WASM, GLUE] {
        let bytes = fs::read(pkg.join(name))?;
        println!("{name}: {} bytes, {} bytes with gzip", bytes.len(), gzip_size(&bytes)?);
    }
    Ok(())
}

/// Makes the `.wasm` smaller with the wasm-opt of `pkg/node_modules`; false if it is not there.
fn optimise(pkg: &Path) -> Result<bool, Box<dyn Error>> {
    let wasm_opt = pkg.join("node_modules/.bin/wasm-opt");
    if !wasm_opt.exists() {
        return Ok(false);
    }
    let wasm = pkg.join(WASM);
    let smaller = wasm.with_extension("smaller");
    // The features it may use are read from the file, and not needed there any more.
    let status =
        Command::new(&wasm_opt).args(["-Os", "--strip-target-features"]).arg(&wasm).arg("-o").arg(&smaller).status()?;
    if !status.success() {
        return Err(format!("wasm-opt failed: {status}").into());
    }
    fs::rename(smaller, wasm)?;
    Ok(true)
}

fn gzip_size(bytes: &[u8]) -> Result<usize, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
