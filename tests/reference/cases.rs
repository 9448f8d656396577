//! Both evaluators on every worked case: what is compared at random must be right on what was worked out by hand.

use std::fs;

use serde_json::Value as Json;
use takeback::Policy;
use takeback::source::SourceSet;

use super::book;
use super::difference::{Difference, compare};
use crate::cases::{files, root, sources};

#[test]
fn cases() {
    let mut wrong = Vec::new();
    for file in files(&root().join("tests/cases"), "json") {
        // Of the law the reference knows nothing yet.
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("law-")) {
            continue;
        }
        let case: Json = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let sources = sources_of(&case);
        let policy = Policy::compile(&sources).unwrap();
        let book = book::of(&sources);
        // Of several versions the reference knows nothing either.
        if book.editions.len() > 1 || book.beyond {
            continue;
        }
        let one = [case.clone()];
        for (at, step) in case["steps"].as_array().map_or(one.as_slice(), Vec::as_slice).iter().enumerate() {
            for Difference { place, reference, engine } in compare(&policy, &book, &step["request"]).unwrap() {
                wrong.push(format!("{} step {at}: {place}: reference {reference}, engine {engine}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of a case's policy, and those they use.
fn sources_of(case: &Json) -> SourceSet {
    let paths = case["policy"].as_array().unwrap().iter().map(|name| {
        let name = name.as_str().unwrap();
        let beside = root().join("tests/cases").join(name);
        if beside.exists() { beside } else { root().join(name) }
    });
    sources(&paths.collect::<Vec<_>>()).unwrap()
}
