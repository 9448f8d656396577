//! Writes what the native engine answers to the corpora into `target/native-answers.json`, byte for byte, and to requests by chance and those
//! of tau-retail into `target/native-lines.jsonl`. The tests of the npm package give the same questions to the engine in WebAssembly, in Node and in a
//! browser, and compare.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use takeback::source::SourceSet;
use takeback::{Policy, api};

use crate::cases::{files, policy_of, root};
use crate::complete::{Corpus, Step, corpus};
use crate::reference::sample;
use crate::tau;

#[test]
fn native_answers_are_written() {
    let kinds = json!({ "RequestError": api::REQUEST_ERROR_KINDS, "BundleError": api::BUNDLE_ERROR_KINDS });
    let answers = json!({
        "cases": cases(), "stores": stores(), "diagnostics": diagnostics(), "complete": complete(), "kinds": kinds,
    });
    let target = root().join("target");
    std::fs::create_dir_all(&target).expect("target can be made");
    std::fs::write(target.join("native-answers.json"), answers.to_string()).expect("target can be written");
}

#[test]
fn native_lines_are_written() {
    let target = root().join("target");
    std::fs::create_dir_all(&target).expect("target can be made");
    std::fs::write(target.join("native-lines.jsonl"), lines()).expect("target can be written");
}

/// A line for each policy, after it one for each request to it: the request, and the decision or why it was refused.
fn lines() -> String {
    let mut text = String::new();
    let mut line = |line: Value| writeln!(text, "{line}").expect("a line");
    for (policy, requests) in sample(2, 50, 200).into_iter().chain([tau::requests()]) {
        line(json!({ "files": texts(policy.sources()) }));
        for request in requests {
            let request = request.to_string();
            line(match api::decide(&policy, &request) {
                Ok(decision) => json!({ "request": request, "decision": decision }),
                Err(error) => json!({ "request": request, "refused": error }),
            });
        }
    }
    text
}

/// Every case that has a policy, which is for [`crate::cases`] to test: its files, and the answers to its steps.
fn cases() -> Map<String, Value> {
    let case = |file: PathBuf| {
        let case: Value = serde_json::from_str(&read(&file)).expect("a case is JSON");
        let policy = policy_of(&case).ok()?;
        let one = [case.clone()];
        let steps = case["steps"].as_array().map_or(&one[..], Vec::as_slice);
        let steps = steps.iter().zip(LANGUAGES.into_iter().cycle().skip(name(&file).len()));
        let steps: Vec<Value> =
            steps.map(|(step, locale)| answers(&policy, &step["request"].to_string(), locale)).collect();
        Some((name(&file), json!({ "files": texts(policy.sources()), "steps": steps })))
    };
    files(&root().join("tests/cases"), "json").into_iter().filter_map(case).collect()
}

/// Each step is told in another of them.
const LANGUAGES: [&str; 7] = ["de", "fi", "fr", "hr", "nb", "ro", "sl"];

fn answers(policy: &Policy, request: &str, locale: &str) -> Value {
    json!({
        "request": request,
        "decision": api::decide(policy, request).ok(),
        "changes": api::what_would_change(policy, request).ok(),
        "trace": api::trace(policy, request).ok(),
        "words": api::words(policy, request, "en").ok(),
        "told": { "locale": locale, "words": api::words(policy, request, locale).ok() },
    })
}

/// Every case of answers to forms: what comes of each step, and the audit of its record.
fn complete() -> Map<String, Value> {
    let case = |case: Corpus| {
        let step = |step: &Step| {
            let made = api::complete(&case.policy, &case.request, &step.answers, step.key.as_deref()).ok();
            let record = made.as_deref().and_then(|made| serde_json::from_str::<Value>(made).ok());
            let record = record.and_then(|made| made.get("record").cloned());
            let audit =
                |record: &Value| api::audit(&case.policy, &case.request, &record.to_string(), step.key.as_deref()).ok();
            let mut other = record.clone();
            if let Some(record) = other.as_mut() {
                record["day"] = json!("1999-12-31");
            }
            json!({
                "answers": step.answers, "key": step.key, "completion": made,
                "audit": record.as_ref().and_then(audit), "changed": other.as_ref().and_then(audit),
            })
        };
        let steps: Vec<Value> = case.steps.iter().map(step).collect();
        (
            case.name.clone(),
            json!({
                "files": texts(case.policy.sources()),
                "request": case.request,
                "decision": api::decide(&case.policy, &case.request).ok(),
                "steps": steps,
            }),
        )
    };
    corpus().into_iter().map(case).collect()
}

/// Every store: its files, what is found in them, and how its scenarios go.
fn stores() -> Map<String, Value> {
    let store = |folder: PathBuf| {
        let sources = crate::cases::sources(std::slice::from_ref(&folder)).expect("the files of a store can be read");
        let scenarios = api::compile(&sources).map(|policy| text(&api::test(&policy))).ok();
        let report = text(&api::check(&sources));
        (name(&folder), json!({ "files": texts(&sources), "report": report, "scenarios": scenarios }))
    };
    folders("policies/stores").into_iter().map(store).collect()
}

/// Every small policy with a mistake: its files, and what is found in them.
fn diagnostics() -> Map<String, Value> {
    let policy = |folder: PathBuf| {
        let sources = sources(&folder);
        (name(&folder), json!({ "files": texts(&sources), "report": text(&api::check(&sources)) }))
    };
    folders("tests/diagnostics").into_iter().map(policy).collect()
}

fn folders(inside: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(inside)).expect("a folder of the repository can be read");
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn sources(folder: &Path) -> SourceSet {
    let mut sources = SourceSet::new();
    for file in files(folder, "takeback") {
        sources.add(name(&file), read(&file)).expect("a folder has no name twice");
    }
    sources
}

fn texts(sources: &SourceSet) -> Vec<Value> {
    sources.into_iter().map(|source| json!({ "name": source.name(), "text": source.text() })).collect()
}

fn text(answer: &impl serde::Serialize) -> String {
    serde_json::to_string(answer).expect("an answer can be written")
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a file of the repository can be read")
}

fn name(path: &Path) -> String {
    path.file_name().expect("a path of the corpus has a name").to_string_lossy().into_owned()
}
