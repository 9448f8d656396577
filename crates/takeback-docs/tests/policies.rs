//! The policies of the repository, each compiled once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;
use takeback::source::SourceSet;
use takeback::{Policy, Teller};
use takeback_docs::{Audience, Options};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All store policies, and the packs of law that have a policy of their own, by folder.
pub(crate) static POLICIES: LazyLock<Vec<(String, Policy)>> = LazyLock::new(|| {
    let inside = |name: &str| fs::read_dir(root().join("policies").join(name)).unwrap();
    let all = ["stores", "law"].into_iter().flat_map(inside).map(|entry| entry.unwrap().path());
    let is_policy = |path: &PathBuf| {
        fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.starts_with("policy ")))
    };
    let has_policy = |folder: &PathBuf| fs::read_dir(folder).unwrap().any(|entry| is_policy(&entry.unwrap().path()));
    let mut all: Vec<PathBuf> = all.filter(|path| path.is_dir() && has_policy(path)).collect();
    all.sort();
    assert!(all.len() > 10);
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    all.into_iter().map(|folder| (name(&folder), policy_of(&folder))).collect()
});

fn policy_of(folder: &Path) -> Policy {
    let inside = |folder: &Path, end: &str| {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.extension().is_some_and(|known| known == end));
        found.sort();
        found
    };
    let mut waiting = inside(folder, "takeback");
    waiting.reverse();
    let (mut sources, mut known) = (SourceSet::new(), BTreeSet::new());
    let above = root().canonicalize().unwrap();
    let name = |path: &Path| path.strip_prefix(&above).unwrap().display().to_string();
    while let Some(path) = waiting.pop() {
        let path = path.canonicalize().unwrap();
        if !known.insert(path.clone()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("use \"")) {
            waiting.push(path.parent().unwrap().join(line.split('"').next().unwrap()));
        }
        sources.add(name(&path), text).unwrap();
    }
    let folders: BTreeSet<PathBuf> = known.iter().map(|path| path.parent().unwrap().join("messages")).collect();
    for path in folders.iter().flat_map(|folder| inside(folder, "ftl")) {
        sources.add(name(&path), fs::read_to_string(&path).unwrap()).unwrap();
    }
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{}: {}", folder.display(), report.summary()))
}

pub(crate) fn store(name: &str) -> &'static Policy {
    POLICIES.iter().find(|(known, _)| known == name).map(|(_, policy)| policy).unwrap()
}

pub(crate) fn options<'a>(audience: Audience, teller: &'a Teller<'a>) -> Options<'a> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    Options { audience, teller, day, version: None, changed_since: None }
}
