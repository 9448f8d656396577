//! Audits of a few rows: what is kept of them, and what they say where they cannot begin.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::cli::{folder, scratch, takeback};

fn stores() -> PathBuf {
    folder("stores")
}

/// An audit of the stores, but for what is said.
fn audit(out: &Path, returns: &str, more: &[&str]) -> Command {
    let mut command = takeback();
    command.current_dir(stores()).args(["audit", "--policy", "policy", "--map", "mapping.toml"]);
    command.args(["--sales", "sales.csv", "--returns", returns, "--out"]).arg(out).args(more);
    command
}

fn ended(output: &Output) -> (Option<i32>, String) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

fn ran(command: &mut Command) -> (Option<i32>, String) {
    ended(&command.output().unwrap())
}

#[test]
fn findings_of_stores_in_other_zones_are_replayed_from_the_results_alone() {
    let here = scratch("stores-zones");
    assert_eq!(ran(&mut audit(&here.join("out"), "returns.csv", &[])).0, Some(1));
    let mut table = csv::Reader::from_path(here.join("out/findings.csv")).unwrap();
    let head = table.headers().unwrap().clone();
    let at = head.iter().position(|column| column == "message").unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let (code, told) = ran(takeback().current_dir(&here).args(["explain", "--finding", "out", &row[0]]));
        assert_eq!(code, Some(0), "{told}");
        assert!(!told.contains("Not judged"), "{told}");
        assert!(told.split("\nFound\n").nth(1).is_some_and(|found| found.contains(&row[at])), "{told}");
    }
    // The address that is told everywhere is that of the bundle with these zones, which whoever has the policy can make.
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(here.join("out/manifest.json")).unwrap()).unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&fs::read(here.join("out/summary.json")).unwrap()).unwrap();
    let again = here.join("again.bundle");
    let mut bundle = takeback();
    bundle.current_dir(stores()).args(["bundle", "policy", "--zone", "America/Chicago", "--out"]).arg(&again);
    assert_eq!(ran(&mut bundle).0, Some(0));
    assert!(fs::read(&again).unwrap() == fs::read(here.join("out/policy.bundle")).unwrap());
    let (_, shown) = ran(takeback().args(["bundle", "--show"]).arg(&again));
    let address = manifest["policy"]["bundle"].as_str().unwrap();
    assert!(shown.contains(address.trim_start_matches("sha256:")), "{address}\n{shown}");
    assert_eq!(summary["policy"], manifest["policy"]);
}

#[test]
fn files_without_rows_are_told_and_no_clean_bill() {
    let here = scratch("stores-empty");
    let head = fs::read_to_string(stores().join("returns.csv")).unwrap().lines().next().unwrap().to_owned();
    for (name, text) in [("nothing.csv", String::new()), ("header.csv", head)] {
        fs::write(here.join(name), text).unwrap();
        let out = here.join(format!("{name}-out"));
        let file = here.join(name).to_string_lossy().into_owned();
        let (code, told) = ran(&mut audit(&out, &file, &[]));
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains(&format!("warning: there are no rows in `{file}`\n")), "{told}");
        assert!(told.contains("No return could be held against the policy"), "{told}");
        assert!(!told.contains("No findings"), "{told}");
        let summary: serde_json::Value = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
        assert_eq!(summary["counts"]["without_rows"], serde_json::json!([file]));
        let page = fs::read_to_string(out.join("report.html")).unwrap();
        assert!(page.contains("There are no rows in") && page.contains(name));
    }
}

#[test]
fn two_audits_do_not_work_in_one_folder() {
    let here = scratch("stores-two");
    let out = here.join("out");
    // It waits for the rest of what is piped into it.
    let mut first = audit(&out, "-", &[]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let returns = fs::read_to_string(stores().join("returns.csv")).unwrap();
    let mut pipe = first.stdin.take().unwrap();
    pipe.write_all(returns.as_bytes()).unwrap();
    let began = Instant::now();
    while !out.join("work/stdin.part").exists() && began.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(2));
    }
    for more in [&[] as &[&str], &["--resume"]] {
        let (code, told) = ran(&mut audit(&out, "returns.csv", more));
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("another audit is running in"), "{told}");
    }
    drop(pipe);
    assert_eq!(first.wait().unwrap().code(), Some(1));
    assert!(out.join("manifest.json").exists() && !out.join("work").exists());
}

#[cfg(unix)]
#[test]
fn an_audit_that_was_killed_runs_no_more() {
    let here = scratch("stores-killed");
    let out = here.join("out");
    let mut first = audit(&out, "-", &[]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    while !out.join("work/stdin.part").exists() && began.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(2));
    }
    first.kill().unwrap();
    first.wait().unwrap();
    let (code, told) = ran(&mut audit(&out, "returns.csv", &[]));
    assert_eq!(code, Some(1), "{told}");
}

#[test]
fn what_cannot_begin_leaves_nothing() {
    let here = scratch("stores-wrong");
    let out = here.join("out");
    // A name that no file has, one in which the columns are others, and one with errors.
    let wrong = here.join("wrong.csv");
    fs::write(&wrong, fs::read_to_string(stores().join("returns.csv")).unwrap().replace("T10", "T99")).unwrap();
    let wrong = wrong.to_string_lossy().into_owned();
    for (returns, more, message) in [
        ("retunrs.csv", &[] as &[&str], "there is no such file"),
        ("sales.csv", &[], "has no column `visit`"),
        (&wrong, &["--strict"], "with errors"),
    ] {
        let (code, told) = ran(&mut audit(&out, returns, more));
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(message), "{told}");
        assert!(!out.exists(), "{returns}");
    }
    assert_eq!(ran(&mut audit(&out, "returns.csv", &[])).0, Some(1));
}

#[test]
fn an_audit_writes_over_nothing() {
    let here = scratch("stores-there");
    for name in ["report.html", "work/notes.txt"] {
        let out = here.join(name.replace('/', "-"));
        let there = out.join(name);
        fs::create_dir_all(there.parent().unwrap()).unwrap();
        fs::write(&there, "mine").unwrap();
        for more in [&[] as &[&str], &["--resume"]] {
            let (code, told) = ran(&mut audit(&out, "returns.csv", more));
            assert_eq!(code, Some(2), "{told}");
            assert!(told.contains("is there already"), "{told}");
        }
        assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
        assert!(!out.join("work/lock").exists());
        // What is in nobody's way stays where it is.
        fs::rename(&there, out.join("notes.txt")).unwrap();
        assert_eq!(ran(&mut audit(&out, "returns.csv", &[])).0, Some(1));
        assert_eq!(fs::read_to_string(out.join("notes.txt")).unwrap(), "mine");
    }
}
