//! `tests/scenarios`: policies, each a file or a folder, with scenarios. What `render` says of those that fail stands beside
//! the policy in a file `.txt`; without one all of them pass. And: every scenario of the stores and of the law
//! passes, is answered alike by the bundle of its policy, and the stores list what they promise below the law.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use takeback::Policy;
use takeback::diagnostic::Code;
use takeback::scenario::{Outcome, ScenarioResult, render};

use crate::cases::{policy, root};

#[test]
fn corpus() {
    let mut failures = Vec::new();
    for path in entries("tests/scenarios").into_iter().filter(|path| path.extension().is_none_or(|end| end != "txt")) {
        let found = texts(&read(&path).test());
        let beside = path.with_extension("txt");
        if env::var_os("UPDATE").is_some() && (beside.exists() || !found.is_empty()) {
            fs::write(&beside, &found).expect("the corpus can be written");
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            failures.push(format!("{} differs; expected\n{expected}\nfound\n{found}", beside.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn all_scenarios_of_the_stores_and_of_the_law_pass() {
    let mut failed = String::new();
    let packs = ["policies/stores", "policies/law", "policies/law/cash"].into_iter().flat_map(entries);
    let packs = packs.filter(|path| !path.ends_with("cash"));
    for pack in packs.filter(|path| path.is_dir()) {
        let policy = read(&pack);
        let results = policy.test();
        println!("{}: {} scenarios", pack.display(), results.len());
        assert!(!results.is_empty(), "{} has no scenarios", pack.display());
        failed.push_str(&texts(&results));
        let visits = results.into_iter().flat_map(|result| result.visits);
        let requests: Vec<String> = visits.map(|visit| visit.request.to_string()).collect();
        crate::bundles::alike(&policy, &requests, &pack.display().to_string());
    }
    assert!(failed.is_empty(), "{failed}");
}

/// The text of a store may promise less than the law of the places it sells to. Its README lists each such sentence; nothing else is
/// found in a store.
#[test]
fn stores_tell_what_is_below_the_law() {
    for store in entries("policies/stores").into_iter().filter(|path| path.is_dir()) {
        let policy =
            policy(std::slice::from_ref(&store)).unwrap_or_else(|report| panic!("{}\n{report}", store.display()));
        let found: BTreeSet<String> = policy
            .warnings()
            .iter()
            .map(|finding| {
                assert_eq!(finding.code, Code::BelowLaw, "{}: {}", store.display(), finding.message);
                let text = policy.sources().get(finding.span.source).map_or("", |source| source.slice(finding.span));
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect();
        let readme = fs::read_to_string(store.join("README.md")).expect("a store has a README");
        let section = readme.split("\n## Where the law gives more\n").nth(1).unwrap_or_default();
        let rows =
            section.split("\n## ").next().unwrap_or_default().lines().filter_map(|line| line.strip_prefix("| `"));
        let listed: BTreeSet<String> = rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect();
        assert_eq!(found, listed, "{}: what is found, and what the README lists", store.display());
    }
}

/// What stands in a folder of the repository, by name.
fn entries(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of the repository can be read");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of a folder").path()).collect();
    entries.sort();
    entries
}

/// The results of a policy in a file or a folder.
fn read(path: &Path) -> Policy {
    policy(&[path.to_owned()]).unwrap_or_else(|report| panic!("{}\n{report}", path.display()))
}

/// What is said of the scenarios that fail.
fn texts(results: &[ScenarioResult]) -> String {
    let failed = results.iter().filter(|result| result.outcome != Outcome::Passed);
    failed.map(|result| render(result) + "\n").collect()
}
