//! The kept corpus: inputs that reach what the repository's own files do not, one line of JSON each, so that a change of it can
//! be read. A request, or the changes of a bundle, stand beside the policy they are for, because a new case gives policies other bytes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::bundles::{CONTENT, FILE};
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
        kept if kept["policy"].is_null() => unhex(kept["bytes"].as_str()?),
        kept => {
            let at = names.iter().position(|name| Some(name.as_str()) == kept["policy"].as_str())?;
            let first = FIRST.wrapping_add(u8::try_from(at).ok()?);
            let rest = match kept["request"].as_str() {
                Some(request) => request.as_bytes().to_vec(),
                None => unhex(kept["changes"].as_str()?)?,
            };
            Some([&[first], rest.as_slice()].concat())
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
            let (first, rest) = input.split_first()?;
            let policy = names.get(usize::from(first.wrapping_sub(FIRST)) % names.len())?;
            let kept = match (target, *first) {
                ("decide", _) => json!({ "policy": policy, "request": std::str::from_utf8(rest).ok()? }),
                ("bundle", FILE | CONTENT) => json!({ "bytes": hex(&input) }),
                ("bundle", _) => json!({ "policy": policy, "changes": hex(rest) }),
                _ => json!(String::from_utf8(input).ok()?),
            };
            Some(kept.to_string() + "\n")
        })
        .collect();
    lines.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    fs::create_dir_all(root().join("fuzz/corpus")).expect("the folder of the corpus");
    fs::write(file(target), lines.concat()).expect("the corpus is written");
    println!("{target}: {} inputs kept", lines.len());
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    Some(digits?.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// What each policy is called: its files.
fn names() -> Vec<String> {
    let file = |path: &PathBuf| path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned();
    policies::all().iter().map(|(files, _)| files.iter().map(file).collect::<Vec<_>>().join(" ")).collect()
}
