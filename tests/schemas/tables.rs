//! The tables of members in the reference stand between two marks, and are made from the schemas.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs};

use serde_json::Value;
use takeback::api::Document;

use super::schema;
use crate::cases::root;

const BEGIN: &str = "<!-- made from the schemas: UPDATE=1 cargo test writes it anew -->\n";
const END: &str = "<!-- end -->\n";

#[test]
fn tables_are_up_to_date() {
    let mut told = BTreeSet::new();
    for (page, documents) in [
        ("request", &[Document::Request][..]),
        ("decision", &[Document::Decision]),
        ("record", &[Document::Answers, Document::Completion]),
    ] {
        let path = root().join(format!("docs/reference/{page}.md"));
        let text = fs::read_to_string(&path).expect("a page of the reference");
        let (before, rest) = text.split_once(BEGIN).unwrap_or_else(|| panic!("{page}.md has no `{BEGIN}`"));
        let (_, after) = rest.split_once(END).unwrap_or_else(|| panic!("{page}.md has no `{END}`"));
        let mut tables = String::new();
        // What the page of decisions tells, the page of records does not tell again.
        let mut done = if page == "record" { told.clone() } else { BTreeSet::new() };
        for document in documents {
            page_of(*document, &mut tables, &mut done);
        }
        if page == "decision" {
            told = done;
        }
        let made = format!("{before}{BEGIN}{tables}\n{END}{after}");
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &made).expect("a page can be written");
        } else {
            assert!(
                made == text,
                "docs/reference/{page}.md: the tables differ from the schemas; UPDATE=1 cargo test writes them anew"
            );
        }
    }
}

/// The tables of a document: of itself, then of the objects it speaks of, as they come.
fn page_of(document: Document, out: &mut String, done: &mut BTreeSet<String>) {
    let root = schema(document);
    let mut waiting = vec![root["title"].as_str().unwrap_or_default().to_owned()];
    let mut first = true;
    while !waiting.is_empty() {
        let name = waiting.remove(0);
        let schema = if first { &root } else { &root["$defs"][&name] };
        if !first && !done.insert(name.clone()) {
            continue;
        }
        if schema["properties"].is_object() {
            table(&name, &root, schema, out);
        }
        first = false;
        let mut found = Vec::new();
        references(schema, &mut found);
        // Of the root only its members; the definitions beside it come by themselves.
        waiting.extend(found);
    }
}

fn table(name: &str, root: &Value, schema: &Value, out: &mut String) {
    let about = schema["description"].as_str().unwrap_or_default();
    write!(out, "\n### {name}\n\n{about}\n\n| member | is | |\n|---|---|---|\n").expect("text can be written");
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (member, shape) in schema["properties"].as_object().into_iter().flatten() {
        let needed = required.contains(&member.as_str());
        let is = form(root, shape, needed);
        let about = shape["description"].as_str().unwrap_or_default();
        let needed = if needed { "**required** " } else { "" };
        writeln!(out, "| `{member}` | {needed}{is} | {} |", about.replace('|', "\\|")).expect("text can be written");
    }
}

/// A type in words. That an optional member may be null is said above the tables.
fn form(root: &Value, schema: &Value, needed: bool) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/$defs/")) {
        let to = &root["$defs"][name];
        return match to {
            to if to["properties"].is_object() => format!("[{name}](#{})", name.to_lowercase()),
            to if to["enum"].is_array() => form(root, to, needed),
            _ => match name {
                "Amount" => "amount".to_owned(),
                "Price" => "price".to_owned(),
                "Day" | "FormDay" => form_of_days(name),
                "DayOrMoment" => "day or moment".to_owned(),
                "By" => "list of label paths".to_owned(),
                "ClausePath" => "label path".to_owned(),
                "FactValue" => "value of a fact".to_owned(),
                "Answer" | "StoredAnswer" => "answer".to_owned(),
                _ if to["examples"].is_array() => {
                    format!("word ({}, …)", listed(to["examples"].as_array().map_or(&[], Vec::as_slice)))
                }
                other => panic!("the tables do not know `{other}`"),
            },
        };
    }
    if let Some(constant) = schema.get("const") {
        return format!("`{constant}`");
    }
    if let Some(words) = schema["enum"].as_array() {
        return listed(words);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let integer = choices.iter().any(|choice| choice["type"] == "integer");
        let texts = choices.iter().any(|choice| choice["type"] == "string");
        let mut forms: Vec<String> = Vec::new();
        for choice in choices {
            let one = match choice["type"].as_str() {
                Some("null") if needed => "null".to_owned(),
                Some("null") => continue,
                Some("integer" | "string") if integer && texts && choices.len() <= 3 => "number".to_owned(),
                _ => form(root, choice, needed),
            };
            if !forms.contains(&one) {
                forms.push(one);
            }
        }
        return forms.join(" or ");
    }
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    let of = |key: &str| form(root, &schema[key], true);
    let forms = types.iter().filter(|ty| needed || **ty != "null").map(|ty| match ty.as_str() {
        Some("string") if schema["format"] == "date-time" => "moment".to_owned(),
        Some("string") => "text".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("null") => "null".to_owned(),
        Some("array") => format!("list of {}", of("items")),
        Some("object") => format!("by name, {}", of("additionalProperties")),
        other => panic!("the tables do not know the type {other:?}"),
    });
    forms.collect::<Vec<_>>().join(" or ")
}

fn form_of_days(name: &str) -> String {
    if name == "Day" { "day" } else { "`\"today\"`, day or [Told](#told)" }.to_owned()
}

fn listed(words: &[Value]) -> String {
    words.iter().map(|word| format!("`{}`", word.to_string().trim_matches('"'))).collect::<Vec<_>>().join(", ")
}

/// The definitions a schema speaks of, in their order.
fn references(schema: &Value, out: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            for (key, inner) in members.iter().filter(|(key, _)| *key != "$defs" && *key != "allOf") {
                match inner.as_str().and_then(|to| to.strip_prefix("#/$defs/")) {
                    Some(name) if key == "$ref" => out.push(name.to_owned()),
                    _ => references(inner, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, out)),
        _ => {}
    }
}
