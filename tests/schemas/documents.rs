//! What is read and written in the tests: requests, decisions, answers, completions, records.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::{Value, json};
use takeback::api::Document;
use takeback::{Policy, api};

use crate::cases::{self, root};
use crate::{complete, reference};

/// A document, and where it is from.
type From = (Document, String, Value);

/// Documents by policy.
pub(super) struct Documents(Vec<(Policy, Vec<From>)>);

impl Documents {
    pub(super) fn by_policy(&self) -> impl Iterator<Item = (&Policy, &Vec<From>)> {
        self.0.iter().map(|(policy, documents)| (policy, documents))
    }

    /// All of a kind.
    pub(super) fn of(&self, document: Document) -> Vec<(&str, &Value)> {
        let all = self.0.iter().flat_map(|(_, documents)| documents);
        all.filter(|(of, ..)| *of == document).map(|(_, from, value)| (from.as_str(), value)).collect()
    }
}

/// All of them, made once.
pub(super) fn documents() -> &'static Documents {
    static ALL: OnceLock<Documents> = OnceLock::new();
    ALL.get_or_init(|| {
        Documents(
            [cases(), requests(), completions(), scenarios(), random(), everything(), bundled()]
                .into_iter()
                .flatten()
                .collect(),
        )
    })
}

/// `tests/request`, the cases that can be read.
fn requests() -> Vec<(Policy, Vec<From>)> {
    let policy = cases::policy(&[root().join("tests/request/policy.takeback")]).expect("the policy is right");
    let mut found = Vec::new();
    for (title, json) in written_requests() {
        add(&policy, &title, &json, &mut found);
    }
    add(&policy, "docs/reference/request.md", &first_block("docs/reference/request.md"), &mut found);
    vec![(policy, found)]
}

/// A decision by a policy that came in a bundle.
fn bundled() -> Vec<(Policy, Vec<From>)> {
    let folder = root().join("tests/bundles/format-1");
    let bundle = fs::read(folder.join("northwind.bundle")).expect("a bundle can be read");
    let policy = Policy::load(&bundle, &[]).expect("the bundle is whole");
    let request = fs::read_to_string(folder.join("request.json")).expect("a request can be read");
    let mut found = Vec::new();
    add(&policy, "tests/bundles", &request, &mut found);
    vec![(policy, found)]
}

/// `tests/request`: title and JSON of each case.
pub(super) fn written_requests() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in cases::files(&root().join("tests/request"), "txt") {
        let text = fs::read_to_string(&path).expect("a case can be read");
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        for case in text.split("== ").skip(1) {
            let (title, rest) = case.split_once('\n').expect("a title");
            let (json, _) = rest.split_once("\n--\n").unwrap_or((rest, ""));
            found.push((format!("{file}: {title}"), json.to_owned()));
        }
    }
    found
}

fn first_block(document: &str) -> String {
    let text = fs::read_to_string(root().join(document)).expect("a document can be read");
    let (_, json) = text.split_once("```json\n").expect("a block of JSON");
    json.split_once("```").expect("its end").0.to_owned()
}

/// A request and its decision, when it can be read.
fn add(policy: &Policy, from: &str, request: &str, out: &mut Vec<From>) {
    if let Ok(decision) = api::decide(policy, request) {
        out.push((Document::Request, from.to_owned(), parsed(request)));
        out.push((Document::Decision, from.to_owned(), parsed(&decision)));
    }
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("it is JSON")
}

fn cases() -> Vec<(Policy, Vec<From>)> {
    let mut all = Vec::new();
    for file in cases::files(&root().join("tests/cases"), "json") {
        let case = parsed(&fs::read_to_string(&file).expect("a case can be read"));
        let policy = cases::policy_of(&case).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        let one = [case.clone()];
        let mut found = Vec::new();
        for step in case["steps"].as_array().map_or(&one[..], Vec::as_slice) {
            add(
                &policy,
                &file.file_name().expect("a name").to_string_lossy(),
                &step["request"].to_string(),
                &mut found,
            );
        }
        all.push((policy, found));
    }
    all
}

fn completions() -> Vec<(Policy, Vec<From>)> {
    let mut all = Vec::new();
    for case in complete::corpus() {
        let mut found = Vec::new();
        add(&case.policy, &case.name, &case.request, &mut found);
        for step in &case.steps {
            let Ok(made) = api::complete(&case.policy, &case.request, &step.answers, step.key.as_deref()) else {
                continue;
            };
            let made = parsed(&made);
            let finished = made.get("record").cloned();
            found.push((Document::Completion, case.name.clone(), made));
            if let Some(record) = finished {
                found.push((Document::Answers, case.name.clone(), parsed(&step.answers)));
                found.push((Document::Record, case.name.clone(), deleted(&record)));
                found.push((Document::Record, case.name.clone(), record));
            }
        }
        all.push((case.policy, found));
    }
    all
}

/// A record after everything that was stored is deleted.
fn deleted(record: &Value) -> Value {
    let mut record = record.clone();
    for form in record["forms"].as_array_mut().into_iter().flatten() {
        for field in form["fields"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            if field.remove("value").or(field.remove("hash")).is_some() {
                field.insert("stored".to_owned(), json!("deleted"));
            }
        }
    }
    record
}

/// The scenarios of stores, of law and of the tests.
fn scenarios() -> Vec<(Policy, Vec<From>)> {
    let mut all = Vec::new();
    for folder in ["policies/stores", "policies/law", "tests/scenarios"] {
        let entries = fs::read_dir(root().join(folder)).expect("a folder of the repository");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in
            paths.into_iter().filter(|path| path.is_dir() || path.extension().is_some_and(|end| end == "takeback"))
        {
            let Ok(policy) = cases::policy(std::slice::from_ref(&path)) else { continue };
            let from = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            let mut found = Vec::new();
            for result in policy.test() {
                for visit in result.visits {
                    found.push((Document::Request, format!("{from}: {}", result.name), visit.request));
                    found.push((Document::Decision, format!("{from}: {}", result.name), visit.decision));
                }
            }
            all.push((policy, found));
        }
    }
    all
}

/// Random policies and requests: conflicts, gaps and facts nobody tells.
fn random() -> Vec<(Policy, Vec<From>)> {
    let sample = reference::sample(1, 50, 4).into_iter();
    sample
        .map(|(policy, requests)| {
            let mut found = Vec::new();
            for request in requests {
                add(&policy, "a random request", &request.to_string(), &mut found);
            }
            (policy, found)
        })
        .collect()
}

/// `tests/schemas/everything.takeback`: what nothing else shows.
fn everything() -> Vec<(Policy, Vec<From>)> {
    let folder = root().join("tests/schemas");
    let policy = cases::policy(&[folder.join("everything.takeback")]).expect("the policy is right");
    let case = parsed(&fs::read_to_string(folder.join("everything.json")).expect("a case"));
    let mut found = Vec::new();
    for request in case["requests"].as_array().expect("a list") {
        add(&policy, "everything.json", &request.to_string(), &mut found);
        for answers in case["answers"].as_array().expect("a list") {
            let made =
                api::complete(&policy, &request.to_string(), &answers.to_string(), None).expect("it can be read");
            let made = parsed(&made);
            found.extend(
                made.get("record").map(|record| (Document::Record, "everything.json".to_owned(), record.clone())),
            );
            found.push((Document::Completion, "everything.json".to_owned(), made));
            found.push((Document::Answers, "everything.json".to_owned(), answers.clone()));
        }
    }
    vec![(policy, found)]
}
