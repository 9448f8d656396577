//! The corpus of `tests/complete`: answers to forms, and what comes of them. The same files are run in WebAssembly.

use serde_json::Value;
use takeback::decision::Essentials;
use takeback::record::{self, Completion, HashKey};
use takeback::{Policy, api};

use crate::cases::{compare, files, policy, root};

/// A file of the corpus: the policy, the request, and for each step its answers and its key.
pub(crate) struct Corpus {
    pub(crate) name: String,
    pub(crate) policy: Policy,
    pub(crate) request: String,
    pub(crate) steps: Vec<Step>,
}

pub(crate) struct Step {
    pub(crate) answers: String,
    pub(crate) key: Option<String>,
    pub(crate) said: Value,
}

pub(crate) fn corpus() -> Vec<Corpus> {
    let file = |path: std::path::PathBuf| {
        let case: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).expect("a case can be read")).expect("a case is JSON");
        let name = path.file_name().expect("a case has a name").to_string_lossy().into_owned();
        let paths = case["policy"].as_array().expect("a list `policy`").iter();
        let paths: Vec<_> =
            paths.map(|path| root().join("tests/complete").join(path.as_str().expect("a path"))).collect();
        let policy = policy(&paths).unwrap_or_else(|why| panic!("{name}: {why}"));
        let steps = case["steps"].as_array().expect("a list `steps`").iter();
        let steps = steps.map(|step| Step {
            answers: step["answers"].to_string(),
            key: step.get("key").unwrap_or(&case["key"]).as_str().map(str::to_owned),
            said: step.clone(),
        });
        Corpus { name, request: case["request"].to_string(), steps: steps.collect(), policy }
    };
    files(&root().join("tests/complete"), "json").into_iter().map(file).collect()
}

#[test]
fn completions() {
    let mut failures = Vec::new();
    let mut count = 0;
    for case in corpus() {
        for step in &case.steps {
            count += 1;
            let what = step.said["what"].as_str().expect("a step says what it is about");
            failures.extend(run(&case, step).err().map(|why| format!("{}, {what}: {why}", case.name)));
        }
    }
    assert!(count > 60, "only {count} steps were run");
    assert!(failures.is_empty(), "{} of {count} steps fail\n{}", failures.len(), failures.join("\n"));
}

fn run(case: &Corpus, step: &Step) -> Result<(), String> {
    let key = step.key.as_deref();
    let text = api::complete(&case.policy, &case.request, &step.answers, key).map_err(|e| format!("{e:?}"))?;
    let made: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let mut wrong = Vec::new();
    compare(&step.said["expect"], &made, "", &mut wrong);
    if !wrong.is_empty() {
        return Err(format!("\n    {}", wrong.join("\n    ")));
    }
    let Some(record) = made.get("record") else { return Ok(()) };
    audited(case, key, record, &[])?;
    audited(case, None, record, &[])?;
    let found: Vec<&str> = step.said["found"]
        .as_array()
        .map_or_else(Vec::new, |list| list.iter().map(|path| path.as_str().expect("a pointer")).collect());
    let mut changed = record.clone();
    for (path, value) in step.said["change"].as_object().into_iter().flatten() {
        *changed.pointer_mut(path).ok_or_else(|| format!("nothing at {path}"))? = value.clone();
    }
    if found.is_empty() { Ok(()) } else { audited(case, None, &changed, &found) }
}

/// That the audit of a record finds differences in these places and no others.
fn audited(case: &Corpus, key: Option<&str>, record: &Value, places: &[&str]) -> Result<(), String> {
    let text = api::audit(&case.policy, &case.request, &record.to_string(), key).map_err(|e| format!("{e:?}"))?;
    let found: Vec<Value> = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let mut paths: Vec<&str> = found.iter().filter_map(|difference| difference["path"].as_str()).collect();
    paths.sort_unstable();
    let mut places = places.to_vec();
    places.sort_unstable();
    if paths == places { Ok(()) } else { Err(format!("audited, expected {places:?}, found {text}")) }
}

#[test]
fn answers_never_change_what_is_decided() {
    for case in corpus() {
        let request = case.policy.request(case.request.as_bytes()).expect("the request of a case can be read");
        let decided = serde_json::to_value(Essentials(&case.policy.decide(&request))).expect("a decision is JSON");
        for step in &case.steps {
            let answers = record::read(step.answers.as_bytes()).expect("answers of a case can be read");
            let answers = match &step.key {
                Some(key) => answers.with_key(HashKey::from_hex(key).expect("a key")),
                None => answers,
            };
            match case.policy.complete(&request, &answers) {
                Completion::Finished(record) => {
                    let made = serde_json::to_value(&*record).expect("a record is JSON");
                    assert_eq!(made["decision"], decided, "{}: {}", case.name, step.said["what"]);
                    for field in record.forms.iter().flat_map(|form| &form.fields) {
                        assert!(field.until.is_none_or(|until| until >= record.day), "kept until before it is given");
                    }
                }
                Completion::Unfinished(problems) => assert!(!problems.is_empty()),
            }
        }
    }
}
