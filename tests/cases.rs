//! The corpus of `tests/cases`: a request, and what the decision has to say. The same files are run in WebAssembly.

use std::path::{Path, PathBuf};

use serde_json::Value;
use takeback::Policy;
use takeback::source::SourceSet;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The policy in some files or folders, with names relative to the root.
pub(crate) fn policy(paths: &[PathBuf]) -> Result<Policy, String> {
    let sources = sources(paths)?;
    Policy::compile(&sources).map_err(|report| takeback::render::plain(&report, &sources))
}

/// Some files, those in some folders, and those they use, with names relative to the root.
pub(crate) fn sources(paths: &[PathBuf]) -> Result<SourceSet, String> {
    let mut sources = SourceSet::new();
    let mut waiting: Vec<PathBuf> = paths.iter().flat_map(|path| files(path, "takeback")).rev().collect();
    let mut known: Vec<PathBuf> = Vec::new();
    while let Some(file) = waiting.pop() {
        if known.contains(&file) {
            continue;
        }
        known.push(file.clone());
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let name = file.strip_prefix(root()).unwrap_or(&file).to_string_lossy().into_owned();
        let used = text.lines().filter_map(|line| line.strip_prefix("use \"")?.split('"').next());
        let beside = |used: &str| file.parent().expect("a file is in a folder").join(used).canonicalize().ok();
        waiting.extend(used.filter_map(beside));
        sources.add(name, text).map_err(|e| e.to_string())?;
    }
    Ok(sources)
}

/// A file itself, or all files below a folder with an ending, sorted.
pub(crate) fn files(path: &Path, ending: &str) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir(path)
        .expect("a folder of the repository can be read")
        .map(|entry| entry.expect("an entry of a folder").path())
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .collect();
    found.sort();
    found
}

#[test]
fn cases() {
    let mut failures = Vec::new();
    let mut count = 0;
    let only = std::env::var("CASE").ok();
    for file in files(&root().join("tests/cases"), "json") {
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        if only.as_ref().is_some_and(|o| !name.contains(o.as_str())) {
            continue;
        }
        count += 1;
        if let Err(why) = run(&file) {
            failures.push(format!("{name}: {why}"));
        }
    }
    assert!(count > 0, "no case was run");
    assert!(failures.is_empty(), "{} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
}

fn run(file: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let case: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let policy = policy_of(&case)?;
    let one = [case.clone()];
    let steps: &[Value] = case["steps"].as_array().map_or(&one, Vec::as_slice);
    if steps.is_empty() {
        return Err("no steps".to_owned());
    }
    for (at, step) in steps.iter().enumerate() {
        let request = policy
            .request(step["request"].to_string().as_bytes())
            .map_err(|e| format!("step {at}: request {}: {e}", e.path()))?;
        let decision = policy.decide(&request);
        let actual = serde_json::to_value(&decision).map_err(|e| e.to_string())?;
        let mut differences = Vec::new();
        compare(&step["expect"], &actual, "", &mut differences);
        for expected in step["changes"].as_array().into_iter().flatten() {
            let changes = takeback::api::what_would_change(&policy, &step["request"].to_string());
            let changes = changes.map_err(|e| e.message)?;
            let changes: Value = serde_json::from_str(&changes).map_err(|e| e.to_string())?;
            let among = changes.as_array().into_iter().flatten().any(|change| {
                let mut other = Vec::new();
                compare(expected, change, "", &mut other);
                other.is_empty()
            });
            if !among {
                differences.push(format!("no change is {expected}; found {changes:#}"));
            }
        }
        if !differences.is_empty() {
            let shown = if std::env::var("SHOW").is_ok() { format!("{actual:#}") } else { String::new() };
            return Err(format!("step {at}:\n    {}{shown}", differences.join("\n    ")));
        }
    }
    Ok(())
}

/// The policy that a case names, by files beside it or from the root.
pub(crate) fn policy_of(case: &Value) -> Result<Policy, String> {
    let paths = case["policy"].as_array().ok_or("no list `policy`")?.iter().map(|path| {
        let name = path.as_str().unwrap_or_default();
        let beside = root().join("tests/cases").join(name);
        if beside.exists() { beside } else { root().join(name) }
    });
    policy(&paths.collect::<Vec<_>>())
}

/// Every member of `expected` must be found in `actual`; arrays have the same length.
pub(crate) fn compare(expected: &Value, actual: &Value, path: &str, out: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Object(want), Value::Object(have)) => {
            for (key, value) in want {
                compare(value, have.get(key).unwrap_or(&Value::Null), &format!("{path}/{key}"), out);
            }
        }
        (Value::Array(want), Value::Array(have)) => {
            if want.len() != have.len() {
                out.push(format!("{path}: expected {} entries, found {}: {actual}", want.len(), have.len()));
            }
            for (at, (value, found)) in want.iter().zip(have).enumerate() {
                compare(value, found, &format!("{path}/{at}"), out);
            }
        }
        _ if expected == actual => {}
        _ => out.push(format!("{path}: expected {expected}, found {actual}")),
    }
}
