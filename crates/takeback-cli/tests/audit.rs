//! What a transcript of an audit cannot show: that its files are the same whoever makes them, also after it was stopped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::cli::{scratch, takeback};

/// The sample that is shipped.
fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/audit")
}

/// An audit of the sample, in several parts, run beside it.
fn audit(out: &Path, more: &[&str]) -> Command {
    let mut command = takeback();
    command.current_dir(sample()).args(["audit", "--policy", "policy", "--map", "mapping.toml", "--parts", "12"]);
    command.args(["--sales", "online-retail.csv", "--returns", "online-retail.csv", "--out"]).arg(out).args(more);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn ended(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), text(&output.stderr))
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
}

fn same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
}

#[test]
fn files_do_not_depend_on_threads() {
    let here = scratch("audit-threads");
    for (name, threads) in [("one", "1"), ("five", "5")] {
        assert_eq!(audit(&here.join(name), &["--threads", threads]).output().unwrap().status.code(), Some(1));
    }
    same(&here.join("one"), &here.join("five"));
    let text = fs::read_to_string(here.join("one/manifest.json")).unwrap()
        + &fs::read_to_string(here.join("one/report.html")).unwrap();
    assert!(!text.contains(here.to_str().unwrap()), "results name a folder of this machine");
}

#[test]
fn an_audit_of_nothing_but_errors_is_not_without_findings() {
    let here = scratch("audit-in-vain");
    let mapping = fs::read_to_string(sample().join("mapping.toml")).unwrap();
    let wrong = mapping.replace("[files]\n", "[files]\ndates = \"dd.MM.yyyy HH:mm\"\n");
    assert_ne!(mapping, wrong);
    fs::write(here.join("mapping.toml"), wrong).unwrap();
    let mut command = takeback();
    command.current_dir(sample()).args(["audit", "--policy", "policy", "--map"]).arg(here.join("mapping.toml"));
    command.args(["--sales", "online-retail.csv", "--returns", "online-retail.csv", "--out"]).arg(here.join("out"));
    let output = command.output().unwrap();
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("What is wrong with the rows that were rejected: "), "{told}");
    assert!(told.contains("No return could be held against the policy in "), "{told}");
    // By side, with what is wrong and where.
    let summary: serde_json::Value = serde_json::from_slice(&fs::read(here.join("out/summary.json")).unwrap()).unwrap();
    let kinds = summary["rejects"].as_array().unwrap();
    let report = fs::read_to_string(here.join("out/report.html")).unwrap();
    for (table, rows) in [("sale", "sales_rejected"), ("return", "rejected")] {
        let of_table: Vec<_> = kinds.iter().filter(|kind| kind["table"] == table).collect();
        let kind = of_table[0];
        assert_eq!((of_table.len(), &kind["column"]), (1, &"invoice_time".into()), "{kinds:?}");
        assert_eq!(kind["errors"], summary["counts"][rows], "each row has one error");
        let place = format!("online-retail.csv:{}", kind["first"]["row"]);
        let line = told.lines().find(|line| line.contains(&format!(" rows of {table}s rejected"))).expect(&told);
        let reason = kind["reason"].as_str().unwrap();
        assert!(line.contains("`invoice_time` ") && line.contains(reason) && line.contains(&place), "{line}");
        assert!(report.contains(&format!("<td>{place}</td>")), "the report names {place}");
    }
}

#[test]
fn one_finding_is_told_as_one() {
    let here = scratch("audit-one");
    let mapping = r#"
[link]
by = "joined"
[sale]
sale = "sale"
line = { constant = "1" }
sold = "sold"
paid = "paid"
[return]
at = "day"
refund = "paid"
"#;
    fs::write(here.join("mapping.toml"), mapping).unwrap();
    fs::write(here.join("returns.csv"), "sale,sold,paid,day\ns1,2011-01-01,10.00,2011-06-01\n").unwrap();
    let mut command = takeback();
    command.current_dir(sample()).args(["audit", "--policy", "policy", "--map"]).arg(here.join("mapping.toml"));
    command.arg("--returns").arg(here.join("returns.csv")).arg("--out").arg(here.join("out"));
    let told = text(&command.output().unwrap().stdout);
    assert!(told.contains("\n1 finding in "), "{told}");
}

#[test]
fn an_audit_that_was_killed_goes_on_and_comes_to_the_same() {
    let here = scratch("audit-killed");
    let since = Instant::now();
    assert_eq!(audit(&here.join("whole"), &[]).output().unwrap().status.code(), Some(1));
    let took = since.elapsed();
    // Moments all over the run, and some after one another in the same folder.
    let mut killed = 0;
    for turn in 0_u32..6 {
        let out = here.join(format!("killed-{turn}"));
        for again in 0..=turn % 3 {
            let mut child = audit(&out, &["--resume"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            thread::sleep(took * (turn + again) / 6);
            child.kill().unwrap();
            killed += u32::from(child.wait().unwrap().code().is_none());
            // Whatever has a final name is whole.
            if out.exists() {
                let whole = files_that_are(&out);
                assert!(
                    whole.iter().all(|(name, bytes)| *bytes == fs::read(here.join("whole").join(name)).unwrap()),
                    "turn {turn}"
                );
            }
        }
        let last = audit(&out, &["--resume"]).output().unwrap();
        let done = text(&last.stderr).contains("has the results of an audit already");
        assert!(last.status.code() == Some(1) || done, "{:?}", ended(&last));
        same(&here.join("whole"), &out);
    }
    assert!(killed > 2, "only {killed} were killed before they ended");
}

fn files_that_are(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_order() {
    let here = scratch("audit-stopped");
    let out = here.join("out");
    let mut child = audit(&out, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // As soon as it works; before that nothing listens.
    let began = Instant::now();
    while !out.join("work/state.json").exists() && began.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(2));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let stopped = child.wait().unwrap();
    let noise = text(&child.wait_with_output().unwrap().stderr);
    assert_eq!(stopped.code(), Some(2), "{noise}");
    assert!(noise.ends_with("error: stopped\nhelp: the same command with `--resume` goes on from here\n"), "{noise}");
    assert!(files_that_are(&out).is_empty());
    let (code, noise) = ended(&audit(&out, &[]).output().unwrap());
    assert_eq!(code, Some(2));
    assert!(noise.contains("an audit was stopped in"), "{noise}");
    let (code, noise) = ended(&audit(&out, &["--resume"]).output().unwrap());
    assert_eq!(code, Some(1), "{noise}");
    assert!(!out.join("work").exists());
}

#[test]
fn another_audit_is_not_gone_on_with() {
    let here = scratch("audit-another");
    let out = here.join("out");
    let work = out.join("work");
    fs::create_dir_all(&work).unwrap();
    let state = r#"["sha256:00","0.1.0",{"mapping":"","options":{},"inputs":[]},[]]"#;
    fs::write(work.join("state.json"), state).unwrap();
    let (code, noise) = ended(&audit(&out, &["--resume"]).output().unwrap());
    assert_eq!(code, Some(2));
    assert!(noise.contains("had another policy"), "{noise}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let here = scratch("audit-full");
    let out = here.join("out");
    let whole = audit(&out, &[]);
    let arguments: Vec<_> = whole.get_args().map(|argument| format!("'{}'", argument.to_string_lossy())).collect();
    // No file may be longer than 32 KiB: the same to a program as a disk that is full.
    let script =
        format!("trap '' XFSZ; ulimit -f 32; exec '{}' {}", env!("CARGO_BIN_EXE_takeback"), arguments.join(" "));
    let output = Command::new("bash").args(["-c", &script]).current_dir(sample()).output().unwrap();
    let (code, noise) = ended(&output);
    assert_eq!(code, Some(2), "{noise}");
    assert!(noise.contains("error: ") && noise.to_lowercase().contains("too large"), "{noise}");
    assert!(!files_that_are(&out).iter().any(|(name, _)| name == "manifest.json"));
    let (code, noise) = ended(&audit(&out, &["--resume"]).output().unwrap());
    assert_eq!(code, Some(1), "{noise}");
    assert_eq!(audit(&here.join("other"), &[]).output().unwrap().status.code(), Some(1));
    same(&here.join("other"), &out);
}

#[test]
fn stdin_is_read_once_and_kept() {
    let here = scratch("audit-stdin");
    let out = here.join("out");
    let returns = fs::File::open(sample().join("online-retail.csv")).unwrap();
    let mut command = takeback();
    command.current_dir(sample()).args([
        "audit",
        "--policy",
        "policy",
        "--map",
        "mapping.toml",
        "--sales",
        "online-retail.csv",
    ]);
    let output = command.args(["--returns", "-", "--out"]).arg(&out).stdin(returns).output().unwrap();
    assert_eq!(ended(&output).0, Some(1), "{:?}", ended(&output));
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let inputs = manifest["given"]["inputs"].as_array().unwrap();
    assert_eq!((&inputs[1]["name"], &inputs[1]["sha256"]), (&"stdin".into(), &inputs[0]["sha256"]));
}

#[test]
fn a_finding_is_replayed_from_the_results_alone() {
    let here = scratch("audit-replayed");
    assert_eq!(audit(&here.join("out"), &[]).output().unwrap().status.code(), Some(1));
    let mut table = csv::Reader::from_path(here.join("out/findings.csv")).unwrap();
    let head = table.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    for row in [&rows[0], &rows[rows.len() / 2], &rows[rows.len() - 1]] {
        let output =
            takeback().current_dir(&here).args(["explain", "--finding", "out", &row[at("finding")]]).output().unwrap();
        let told = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(told.contains(&format!("online-retail.csv:{}", &row[at("row")])), "{told}");
        // The same case under the same policy: the same finding.
        assert!(told.split("\nFound\n").nth(1).unwrap().contains(&row[at("message")]), "{told}");
    }
}

#[test]
fn another_policy_tells_who_gains_and_who_loses() {
    let here = scratch("audit-what-if");
    let other = here.join("other");
    fs::create_dir(&other).unwrap();
    for name in ["wholesaler.takeback", "scenarios.takeback"] {
        let policy = fs::read_to_string(sample().join("policy").join(name)).unwrap();
        // No fee any more, ten days less, and who comes late needs somebody.
        let changed = policy
            .replace("fee handling 10%, at most 25.00 GBP", "fee handling none")
            .replace("window 30 days", "window 20 days")
            .replace("late returns final", "late returns overridable by manager");
        fs::write(other.join(name), changed).unwrap();
    }
    let output = audit(&here.join("out"), &["--what-if", other.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let summary: serde_json::Value = serde_json::from_slice(&fs::read(here.join("out/summary.json")).unwrap()).unwrap();
    let sums = &summary["what_if"];
    let number = |value: &serde_json::Value| value.as_u64().unwrap();
    let cents = |value: &str| -> i64 { value.replace('.', "").parse().unwrap() };
    let mut table = csv::Reader::from_path(here.join("out/changes.csv")).unwrap();
    let head = table.headers().unwrap().clone();
    let at = head.iter().position(|column| column == "difference").unwrap();
    let (mut gains, mut gained, mut loses, mut lost, mut open, mut held) = (0, 0, 0, 0, 0, 0);
    let value = head.iter().position(|column| column == "value").unwrap();
    for row in table.records().map(Result::unwrap) {
        match row[at].is_empty() {
            true => {
                open += 1;
                held += if row[value].is_empty() { 0 } else { cents(&row[value]) };
            }
            false if cents(&row[at]) > 0 => (gains, gained) = (gains + 1, gained + cents(&row[at])),
            false => (loses, lost) = (loses + 1, lost - cents(&row[at])),
        }
    }
    assert!(gains > 10 && gained > 0, "{sums}");
    assert_eq!((number(&sums["gains"]), number(&sums["loses"]), number(&sums["open"])), (gains, loses, open));
    assert_eq!((cents(sums["gained"].as_str().unwrap()), cents(sums["lost"].as_str().unwrap())), (gained, lost));
    // What is left to a person is told too, with the money that hangs on it.
    let waits = &sums["waits"];
    let person = &waits["person_under_other"];
    assert!(number(&person["returns"]) > 10, "{waits}");
    let of_waits = ["person_under_other", "fact_under_other", "person_now", "fact_now"];
    let all: u64 = of_waits.iter().map(|name| number(&waits[name]["returns"])).sum();
    assert_eq!(all + number(&waits["both"]), open);
    let here_held =
        ["person_under_other", "fact_under_other"].map(|name| cents(waits[name]["money"].as_str().unwrap()));
    assert_eq!(here_held.iter().sum::<i64>(), held);
    let clauses = sums["clauses"].as_object().unwrap();
    assert_eq!(clauses.values().map(|sum| number(&sum["open"])).sum::<u64>(), open);
    assert_eq!(clauses.values().map(|sum| cents(sum["held"].as_str().unwrap())).sum::<i64>(), held);
    let told = text(&output.stdout);
    let line = told.lines().find(|line| line.contains("would be left to a person; given now")).expect(&told);
    let figures: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(figures[0], person["returns"].to_string(), "{told}");
    assert_eq!(figures[figures.len() - 2].replace(',', ""), person["money"].as_str().unwrap(), "{told}");
    let report = fs::read_to_string(here.join("out/report.html")).unwrap();
    assert!(report.contains("Under another policy") && report.contains("would be left to a person; given now"));
    let bundle = sums["policy"]["bundle"].as_str().unwrap().trim_start_matches("sha256:");
    assert!(bundle.len() == 64 && report.contains(bundle), "the report names the other policy by its hash");
    // The findings are those without another policy.
    assert_eq!(audit(&here.join("alone"), &[]).output().unwrap().status.code(), Some(1));
    let findings = |name: &str| fs::read(here.join(name).join("findings.csv")).unwrap();
    assert!(findings("out") == findings("alone"));
}
