//! The policies that requests are read under, and the requests that the repository has for them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use takeback::Policy;
use takeback::source::SourceSet;

/// The byte before a request that stands for the first policy.
pub const FIRST: u8 = b'A';

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder in the repository").to_owned()
}

/// Every policy that the repository's cases name, and that of `tests/request`; by name, in the same order every time.
pub fn all() -> Vec<(Vec<PathBuf>, Policy)> {
    let mut files: Vec<Vec<PathBuf>> = cases().into_iter().map(|(policy, _)| policy).collect();
    files.push(vec![root().join("tests/request/policy.takeback")]);
    files.sort();
    files.dedup();
    files
        .into_iter()
        .map(|files| {
            let policy = compile(&files);
            (files, policy)
        })
        .collect()
}

/// The files of a policy and a request, for each step of each of `tests/cases`.
pub fn cases() -> Vec<(Vec<PathBuf>, Value)> {
    let folder = root().join("tests/cases");
    let mut found = Vec::new();
    for file in files(&folder, "json") {
        let case: Value = serde_json::from_slice(&fs::read(file).expect("a case")).expect("a case is JSON");
        let paths = case["policy"].as_array().expect("a case names its policy").iter().map(|path| {
            let name = path.as_str().expect("a path is text");
            let beside = folder.join(name);
            if beside.exists() { beside } else { root().join(name) }
        });
        let policy: Vec<PathBuf> = paths.collect();
        match case["steps"].as_array() {
            Some(steps) => found.extend(steps.iter().map(|step| (policy.clone(), step["request"].clone()))),
            None => found.push((policy, case["request"].clone())),
        }
    }
    found
}

/// A file itself, or the files of a folder with an ending, sorted.
pub fn files(path: &Path, ending: &str) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("a folder of the repository").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == ending)).collect();
    found.sort();
    found
}

/// The policy in some files, those in some folders, and those they use.
fn compile(paths: &[PathBuf]) -> Policy {
    let mut sources = SourceSet::new();
    let mut waiting: Vec<PathBuf> = paths.iter().flat_map(|path| files(path, "takeback")).rev().collect();
    let mut known: Vec<PathBuf> = Vec::new();
    while let Some(file) = waiting.pop() {
        if known.contains(&file) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a file of a policy");
        let used = text.lines().filter_map(|line| line.strip_prefix("use \"")?.split('"').next());
        waiting.extend(used.filter_map(|used| file.parent()?.join(used).canonicalize().ok()));
        let name = file.strip_prefix(root()).unwrap_or(&file).to_string_lossy().into_owned();
        known.push(file);
        sources.add(name, text).expect("a new name");
    }
    Policy::compile(&sources).expect("a policy of the repository is in order")
}
