//! `cargo xtask fuzz`: feeds the parser, the checker, the evaluator and the reader of bundles what nobody would write. What is fed is led by what it
//! reaches (libFuzzer), and starts from the policies and tests of the repository. See fuzz/README.md.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Done};

/// What is fed, and how large it may get.
const TARGETS: &[(&str, u32)] = &[("parse", 4096), ("check", 4096), ("decide", 8192), ("bundle", 4096)];

/// How long each target is fed as part of `cargo xtask test`.
pub(crate) const SHORT: u32 = 40;

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
    let (work, program) = build()?;
    for (name, longest) in chosen {
        let (corpus, found) = (made(&work.join("corpus").join(name))?, made(&work.join("found").join(name))?);
        let mut run = program(name);
        let running = work.join(format!("{name}.running"));
        run.env("TAKEBACK_FUZZ_RUNNING", &running);
        run.current_dir(&work);
        run.args([format!("-max_total_time={seconds}"), format!("-max_len={longest}")]);
        // The same way every time, as far as time allows: long runs go their own.
        if seconds <= SHORT {
            run.arg("-seed=1");
        }
        run.args(["-timeout=25", "-rss_limit_mb=2048", "-verbosity=0", "-print_final_stats=1"]);
        run.arg(format!("-artifact_prefix={}/", found.display()));
        if ["parse", "check"].contains(name) {
            run.arg(format!("-dict={}", work.join("texts.dict").display()));
        }
        run.args([corpus, work.join("seeds").join(name)]);
        // What was found once is tried first every time.
        let kept = shell::root().join("fuzz/found").join(name);
        if kept.is_dir() {
            run.arg(kept);
        }
        shell::run(&mut run).map_err(|error| {
            // A full stack ends the process before it can save what it was fed.
            let saved = fs::read_dir(&found).is_ok_and(|mut entries| entries.next().is_some());
            let place = if saved { found } else { running };
            format!("{error}; what was fed is in {}", place.display())
        })?;
    }
    Ok(())
}

/// Keeps in `fuzz/corpus` the smallest inputs of earlier runs that reach what the repository's own files do not.
pub(crate) fn keep() -> Done {
    let (work, program) = build()?;
    for (name, _) in TARGETS {
        let own = work.join("keep/own").join(name);
        let new = work.join("keep/new").join(name);
        for folder in [&own, &new] {
            let _ = fs::remove_dir_all(folder);
            made(folder)?;
        }
        let seeds = work.join("seeds").join(name);
        let failed = |error: std::io::Error| format!("{}: {error}", seeds.display());
        for entry in fs::read_dir(&seeds).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // What is kept already has to earn its place again.
            let into = if entry.file_name().as_encoded_bytes().starts_with(b"kept-") { &new } else { &own };
            fs::copy(entry.path(), into.join(entry.file_name())).map_err(failed)?;
        }
        // By edges alone: how often each was passed would keep thousands.
        let mut merge = program(name);
        merge.args(["-merge=1", "-use_counters=0", "-verbosity=0"]);
        let before: Vec<_> = names(&own)?;
        merge.arg(&own).arg(&new).arg(made(&work.join("corpus").join(name))?);
        shell::run(&mut merge)?;
        for file in before {
            fs::remove_file(own.join(file)).map_err(failed)?;
        }
        shell::run(program("seeds").arg("keep").arg(name).arg(&own))?;
    }
    Ok(())
}

/// Builds the targets, and writes what they start from: the folder of all this, and how to start a program.
fn build() -> Result<(PathBuf, impl Fn(&str) -> Command), String> {
    let target = target_of_compiler()?;
    let work = shell::root().join("target/fuzz");
    let mut build = shell::cargo("build --quiet --release --bins --manifest-path fuzz/Cargo.toml");
    // Named, so that what only runs while compiling is not made to count.
    build.args(["--target", &target, "--target-dir"]).arg(work.join("build")).env("RUSTFLAGS", COUNT);
    shell::run(&mut build)?;
    let programs = work.join("build").join(&target).join("release");
    let program = move |name: &str| Command::new(programs.join(name));
    shell::run(program("seeds").arg(&work))?;
    Ok((work, program))
}

fn made(folder: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder.to_owned())
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.file_name()).map_err(failed)).collect()
}

/// The target triple of the compiler in use.
fn target_of_compiler() -> Result<String, String> {
    let version = shell::output(&mut shell::command("rustc", "--version --verbose")).ok_or("rustc does not run")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc names no host".to_owned())
}
