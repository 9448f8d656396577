//! The schemas of `schemas/`: they are those the code gives, everything that is read and written in the tests is what they
//! say, and what they say comes up in the tests.

use std::collections::BTreeSet;
use std::{env, fs};

use jsonschema::Validator;
use serde_json::Value;
use takeback::Policy;
use takeback::api::{self, Document};

use crate::cases::root;

mod documents;
mod refusals;
mod tables;
mod types;

use documents::documents;

/// The schema of a document, whatever the policy.
fn schema(document: Document) -> Value {
    serde_json::from_str(&api::schema(document)).expect("a schema is JSON")
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).expect("a schema of the draft it names")
}

/// The schema of requests to a policy.
fn of_policy(document: Document, policy: &Policy) -> Value {
    let text = api::schema_for(document, policy).expect("requests and answers go by the policy");
    serde_json::from_str(&text).expect("a schema is JSON")
}

#[test]
fn files_are_up_to_date() {
    let folder = root().join("schemas");
    let mut known = BTreeSet::new();
    for document in Document::ALL {
        let name = format!("{}.schema.json", document.name());
        let text = api::schema(document);
        if env::var_os("UPDATE").is_some() {
            fs::write(folder.join(&name), &text).expect("schemas can be written");
        }
        let kept = fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(kept == text, "schemas/{name} is not what the code gives: UPDATE=1 cargo test writes it anew");
        known.insert(name);
    }
    let there = fs::read_dir(folder).expect("a folder `schemas`");
    let there: BTreeSet<String> =
        there.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(there, known);
}

#[test]
fn everything_in_the_tests_is_what_the_schemas_say() {
    let mut wrong = Vec::new();
    for document in Document::ALL {
        let validator = validator(&schema(document));
        let all = documents().of(document);
        assert!(all.len() > 15, "only {} documents of {document:?}", all.len());
        for (from, value) in all {
            wrong.extend(validator.iter_errors(value).map(|error| {
                let message = error.to_string();
                let short: String = message.chars().take(200).collect();
                format!("{from}: {} {}: {short}", document.name(), error.instance_path())
            }));
        }
    }
    wrong.dedup();
    assert!(
        wrong.is_empty(),
        "{} errors\n{}",
        wrong.len(),
        wrong.iter().take(30).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// What the schema of a policy says of its own requests and answers.
#[test]
fn requests_are_what_the_schema_of_their_policy_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (policy, of_this) in documents().by_policy() {
        for document in [Document::Request, Document::Answers] {
            let validator = validator(&of_policy(document, policy));
            for (from, value) in of_this.iter().filter(|(of, ..)| *of == document).map(|(_, from, value)| (from, value))
            {
                count += 1;
                wrong.extend(validator.iter_errors(value).map(|error| {
                    let message: String = error.to_string().chars().take(200).collect();
                    format!("{from}: {}: {message}", error.instance_path())
                }));
            }
        }
    }
    assert!(count > 200, "only {count} documents");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What no test shows, with why.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("Gap=\"overflow\"", "amounts and units that a request may tell are too small for it"),
    ("Gap=\"no basis\"", CHECKED),
    ("Gap=\"no route\"", CHECKED),
    ("Gap=\"no start\"", CHECKED),
    ("Gap=\"no window\"", CHECKED),
    ("ReasonKey=\"route unknown\"", CHECKED),
];

const CHECKED: &str = "a policy that passes the check has none; if the check errs, the case is referred with it";

/// No schema has a member or a word that never comes up.
#[test]
fn every_member_and_every_word_comes_up() {
    let (mut all, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for document in Document::ALL {
        let schema = schema(document);
        places(&schema, document.name(), &schema, &mut BTreeSet::new(), &mut all);
        for (_, value) in documents().of(document) {
            visit(&schema, document.name(), &schema, value, &mut seen);
        }
    }
    let excused: BTreeSet<String> = NOT_SHOWN.iter().map(|(place, _)| (*place).to_owned()).collect();
    let missing: Vec<&String> = all.difference(&seen).filter(|place| !excused.contains(*place)).collect();
    assert!(missing.is_empty(), "{} never come up:\n{missing:#?}", missing.len());
    let shown: Vec<&String> = excused.intersection(&seen).collect();
    assert!(shown.is_empty(), "these do come up: {shown:?}");
}

/// A schema behind its reference, and its name.
fn resolved<'s>(root: &'s Value, name: &str, schema: &'s Value) -> (String, &'s Value) {
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
        Some(to) => (to.to_owned(), &root["$defs"][to]),
        None => (name.to_owned(), schema),
    }
}

fn choices(schema: &Value) -> &[Value] {
    schema["anyOf"].as_array().map_or(&[], Vec::as_slice)
}

/// Every member and word below a schema: `LineDecision.wants`, `Outcome=refer`.
fn places(root: &Value, name: &str, schema: &Value, done: &mut BTreeSet<String>, out: &mut BTreeSet<String>) {
    let referred = schema["$ref"].is_string();
    let (name, schema) = resolved(root, name, schema);
    if referred && !done.insert(name.clone()) {
        return;
    }
    for (member, inner) in schema["properties"].as_object().into_iter().flatten() {
        out.insert(format!("{name}.{member}"));
        places(root, &format!("{name}.{member}"), inner, done, out);
    }
    for word in schema["enum"].as_array().into_iter().flatten() {
        out.insert(format!("{name}={word}"));
    }
    for inner in ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key)) {
        places(root, &format!("{name}[]"), inner, done, out);
    }
    for choice in choices(schema) {
        places(root, &name, choice, done, out);
    }
}

/// What of a schema a value shows.
fn visit(root: &Value, name: &str, schema: &Value, value: &Value, out: &mut BTreeSet<String>) {
    let (name, schema) = resolved(root, name, schema);
    match value {
        Value::Object(members) => {
            for (member, inner) in members.iter().filter(|(_, inner)| !inner.is_null()) {
                if let Some(shape) = schema["properties"].get(member) {
                    out.insert(format!("{name}.{member}"));
                    visit(root, &format!("{name}.{member}"), shape, inner, out);
                } else if schema["additionalProperties"].is_object() {
                    visit(root, &format!("{name}[]"), &schema["additionalProperties"], inner, out);
                }
            }
            // A null that may be nothing else is shown as well.
            out.extend(
                members
                    .keys()
                    .filter(|key| schema["properties"].get(*key).is_some())
                    .map(|key| format!("{name}.{key}")),
            );
        }
        Value::Array(items) => {
            items.iter().for_each(|item| visit(root, &format!("{name}[]"), &schema["items"], item, out));
        }
        _ if schema["enum"].as_array().is_some_and(|words| words.contains(value)) => {
            out.insert(format!("{name}={value}"));
        }
        _ => {}
    }
    for choice in choices(schema) {
        let (of, inner) = resolved(root, &name, choice);
        // Of several objects, the one that has all its members.
        let fits = match (value, &inner["properties"]) {
            (Value::Object(members), Value::Object(known)) => members.keys().all(|key| known.contains_key(key)),
            _ => true,
        };
        if fits {
            visit(root, &of, inner, value, out);
        }
    }
}
