//! Audits of a few rows: what is kept of them, and what they say where they cannot begin.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::cli::{folder, scratch, takeback};

fn stores() -> PathBuf {
    folder("files").join("stores")
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
