//! Pages of real policies: whole, deterministic, and right where a till would answer.

mod agree;
mod golden;
mod whole;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use takeback::Policy;
use takeback::source::SourceSet;
use takeback_docs::{Audience, Locale, Options};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folders of all store policies, and of the packs of law that have a policy of their own.
fn folders() -> Vec<PathBuf> {
    let inside = |name: &str| fs::read_dir(root().join("policies").join(name)).unwrap();
    let all = ["stores", "law"].into_iter().flat_map(inside).map(|entry| entry.unwrap().path());
    let is_policy = |path: &PathBuf| {
        fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.starts_with("policy ")))
    };
    let has_policy = |folder: &PathBuf| fs::read_dir(folder).unwrap().any(|entry| is_policy(&entry.unwrap().path()));
    let mut all: Vec<PathBuf> = all.filter(|path| path.is_dir() && has_policy(path)).collect();
    all.sort();
    assert!(all.len() > 10);
    all
}

fn policy_of(folder: &Path) -> Policy {
    let mut waiting: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    waiting.retain(|path| path.extension().is_some_and(|end| end == "takeback"));
    waiting.sort();
    waiting.reverse();
    let (mut sources, mut known) = (SourceSet::new(), BTreeSet::new());
    while let Some(path) = waiting.pop() {
        let path = path.canonicalize().unwrap();
        if !known.insert(path.clone()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("use \"")) {
            waiting.push(path.parent().unwrap().join(line.split('"').next().unwrap()));
        }
        let name = path.strip_prefix(root().canonicalize().unwrap()).unwrap().display().to_string();
        sources.add(name, text).unwrap();
    }
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{}: {}", folder.display(), report.summary()))
}

fn store(name: &str) -> Policy {
    policy_of(&root().join("policies/stores").join(name))
}

fn options(audience: Audience, locale: Locale) -> Options<'static> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    Options { audience, locale, day, version: None, changed_since: None }
}
