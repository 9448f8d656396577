//! The kept corpus: inputs that reach what the repository's own files do not, one line of JSON each, so that a change of it can
//! be read. A request stands beside the policy it is for, because a new case gives policies other bytes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::policies::{self, FIRST, root};

fn file(target: &str) -> PathBuf {
    root().join("fuzz/corpus").join(format!("{target}.jsonl"))
}

/// The kept inputs of a target.
pub fn read(target: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(file(target)).unwrap_or_default();
    let names = names();
    let input = |line: &str| match serde_json::from_str(line).expect("a kept input is JSON") {
        Value::String(text) => Some(text.into_bytes()),
        kept => {
            let at = names.iter().position(|name| Some(name.as_str()) == kept["policy"].as_str())?;
            let first = FIRST.wrapping_add(u8::try_from(at).ok()?);
            Some([&[first], kept["request"].as_str()?.as_bytes()].concat())
        }
    };
    text.lines().filter_map(input).collect()
}

/// Keeps what stands in a folder, the shortest first. Inputs that are no text are left out.
pub fn write(target: &str, folder: &Path) {
    let names = names();
    let entries = fs::read_dir(folder).expect("a folder of inputs");
    let mut lines: Vec<String> = entries
        .filter_map(|entry| {
            let input = fs::read(entry.expect("an entry").path()).expect("an input");
            let kept = if target == "decide" {
                let (first, request) = input.split_first()?;
                let policy = names.get(usize::from(first.wrapping_sub(FIRST)) % names.len())?;
                json!({ "policy": policy, "request": std::str::from_utf8(request).ok()? })
            } else {
                json!(String::from_utf8(input).ok()?)
            };
            Some(kept.to_string() + "\n")
        })
        .collect();
    lines.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    fs::create_dir_all(root().join("fuzz/corpus")).expect("the folder of the corpus");
    fs::write(file(target), lines.concat()).expect("the corpus is written");
    println!("{target}: {} inputs kept", lines.len());
}

/// What each policy is called: its files.
fn names() -> Vec<String> {
    let file = |path: &PathBuf| path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned();
    policies::all().iter().map(|(files, _)| files.iter().map(file).collect::<Vec<_>>().join(" ")).collect()
}
