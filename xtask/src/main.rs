//! The tasks of this repository, started with `cargo xtask <task>`.
//!
//! Uses std only, because it is compiled before every task. Making the npm package needs larger libraries; that part
//! is the crate `xtask-pkg`, which is compiled when a package is built.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task runner speaks to the person at the terminal")]

mod fuzz;
mod setup;
mod shell;
mod tasks;
mod wasm;

use std::env;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>

  setup      install what the other tasks need and is missing
  build-pkg  compile the engine to WebAssembly into pkg/
  test-pkg   test pkg/ against what the native engine answers, and run examples/
  fuzz [parse|check|decide|bundle] [--minutes N]
             feed each of them, or one, what nobody would write for N minutes (one)
  fuzz keep  keep in fuzz/corpus what these runs reached
  test       everything a change has to pass: setup, format, lints, tests, docs, features, npm package, examples, fuzzing";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["setup"] => setup::setup(),
        ["build-pkg"] => tasks::build_pkg(),
        ["test-pkg"] => tasks::test_pkg(),
        ["test"] => tasks::test(),
        ["fuzz", "keep"] => fuzz::keep(),
        ["fuzz", rest @ ..] => match minutes(rest) {
            Some((only, minutes)) => fuzz::fuzz(only, minutes.saturating_mul(60)),
            None => return usage(),
        },
        ["help" | "-h" | "--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => return usage(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// A target, perhaps, and a number of minutes.
fn minutes<'a>(args: &[&'a str]) -> Option<(Option<&'a str>, u32)> {
    match args {
        [] => Some((None, 1)),
        ["--minutes", minutes] => Some((None, minutes.parse().ok()?)),
        [target] => Some((Some(target), 1)),
        [target, "--minutes", minutes] => Some((Some(target), minutes.parse().ok()?)),
        _ => None,
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
