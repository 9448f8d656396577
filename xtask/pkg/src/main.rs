//! Turns the compiled engine into the generated files of the npm package, and prints how large they are.
//!
//! `xtask-pkg pkg takeback takeback.wasm` writes `pkg/takeback_bg.wasm` and its glue `pkg/takeback.js`. The glue is the one for
//! the web, which has no effect at import and can also be started from bytes, so one copy serves Node and browsers.
//! Types are not generated: `pkg/index.d.ts` is written by hand.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task runner speaks to the person at the terminal")]

mod order;

use std::env;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flate2::Compression;
use flate2::write::GzEncoder;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let (pkg, modules) = match args.split_first() {
        Some((pkg, modules)) if !modules.is_empty() && modules.len() % 2 == 0 => (pkg, modules),
        _ => {
            eprintln!(
                "usage: xtask-pkg <folder of the npm package> <name> <compiled .wasm> [<name> <compiled .wasm>]…"
            );
            return ExitCode::from(2);
        }
    };
    let built = modules.chunks(2).try_for_each(|module| match module {
        [name, compiled] => build(&name.to_string_lossy(), compiled, pkg),
        _ => Ok(()),
    });
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask-pkg: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build(name: &str, compiled: &Path, pkg: &Path) -> Result<(), Box<dyn Error>> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // So that an engine that fell over can be replaced: pkg/engine.js.
        .reset_state_function(true)
        .generate(pkg)?;
    let (wasm, glue) = (format!("{name}_bg.wasm"), format!("{name}.js"));
    let module = pkg.join(&wasm);
    fs::write(&module, order::by_likeness(&fs::read(&module)?)?)?;
    for name in [wasm, glue] {
        let bytes = fs::read(pkg.join(&name))?;
        println!("{name}: {} bytes, {} bytes with gzip", bytes.len(), gzip_size(&bytes)?);
    }
    Ok(())
}

fn gzip_size(bytes: &[u8]) -> Result<usize, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
