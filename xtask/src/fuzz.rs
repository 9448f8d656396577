//! `cargo xtask fuzz`: feeds the parser, the checker and the evaluator what nobody would write. What is fed is led by what it
//! reaches (libFuzzer), and starts from the policies and tests of the repository. See fuzz/README.md.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::shell::{self, Done};

/// What is fed, and how large it may get.
const TARGETS: &[(&str, u32)] = &[("parse", 4096), ("check", 4096), ("decide", 8192)];

/// How long each target is fed as part of `cargo xtask test`.
pub(crate) const SHORT: u32 = 25;

/// The counters that libFuzzer reads. The pass is part of stable compilers, though without a name of its own.
const COUNT: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// The short run of every target; where no C++ compiler can build libFuzzer it is left out, and that is said.
pub(crate) fn short() -> Done {
    match shell::output(&mut shell::command("c++", "--version")) {
        Some(_) => fuzz(None, SHORT),
        None => {
            println!("skipped: libFuzzer needs a C++ compiler (`c++`), and there is none");
            Ok(())
        }
    }
}

/// Feeds one target, or each in turn, for so many seconds. Stops at the first panic, at an input that takes 25 seconds
/// and at one that takes 2 GiB, and names the file with it.
pub(crate) fn fuzz(only: Option<&str>, seconds: u32) -> Done {
    let chosen: Vec<_> = TARGETS.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no such target; there are {}", names.join(", ")));
    }
    let target = target_of_compiler()?;
    let work = shell::root().join("target/fuzz");
    let mut build = shell::cargo("build --quiet --release --bins --manifest-path fuzz/Cargo.toml");
    // Named, so that what only runs while compiling is not made to count.
    build.args(["--target", &target, "--target-dir"]).arg(work.join("build")).env("RUSTFLAGS", COUNT);
    shell::run(&mut build)?;
    let program = |name: &str| Command::new(work.join("build").join(&target).join("release").join(name));
    shell::run(program("seeds").arg(&work))?;
    for (name, longest) in chosen {
        let made = |folder: &str| -> Result<PathBuf, String> {
            let path = work.join(folder).join(name);
            fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(path)
        };
        let (corpus, found) = (made("corpus")?, made("found")?);
        let mut run = program(name);
        run.current_dir(&work);
        run.args([format!("-max_total_time={seconds}"), format!("-max_len={longest}")]);
        // The same way every time, as far as time allows: long runs go their own.
        if seconds <= SHORT {
            run.arg("-seed=1");
        }
        run.args(["-timeout=25", "-rss_limit_mb=2048", "-verbosity=0", "-print_final_stats=1"]);
        run.arg(format!("-artifact_prefix={}/", found.display()));
        if *name != "decide" {
            run.arg(format!("-dict={}", work.join("texts.dict").display()));
        }
        run.args([corpus, work.join("seeds").join(name)]);
        // What was found once is tried first every time.
        let kept = shell::root().join("fuzz/found").join(name);
        if kept.is_dir() {
            run.arg(kept);
        }
        shell::run(&mut run).map_err(|error| format!("{error}; what was fed is in {}", found.display()))?;
    }
    Ok(())
}

/// The target triple of the compiler in use.
fn target_of_compiler() -> Result<String, String> {
    let version = shell::output(&mut shell::command("rustc", "--version --verbose")).ok_or("rustc does not run")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc names no host".to_owned())
}
