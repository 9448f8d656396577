//! Where the two evaluators differ on a request. Where facts are missing the pages leave the engine some room: it may call
//! a remedy nobody asked for unknown, a field one that may be needed, and ask for a fact that only some answers to another
//! question make necessary.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use takeback::Language;
use takeback::Policy;

use super::book::Book;
use super::summary::{Expected, Summary, by_engine, by_reference};
use super::unknown::completions;
use super::visit::Visit;

/// A place where the two differ, and what each says there.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) place: String,
    pub(crate) reference: String,
    pub(crate) engine: String,
}

/// Where the two differ; none when the request is refused or has too many completions.
pub(crate) fn compare(policy: &Policy, book: &Book, request: &Json) -> Option<Vec<Difference>> {
    let read = policy.request(request.to_string().as_bytes()).ok()?;
    let decision = policy.decide(&read);
    let script = policy.words(&read, &decision, &Language::default());
    assert!(script.reasons.iter().all(|told| !told.clerk.is_empty() && !told.customer.is_empty()), "{script:?}");
    let engine = by_engine(&serde_json::to_value(decision).unwrap());
    let visit = Visit::read(request);
    let expected = by_reference(&visit, &completions(book, &visit)?);
    // Of too many unknown facts the engine need not try all.
    if expected.too_many && engine["outcome"] == "undetermined" {
        return Some(Vec::new());
    }
    let places: BTreeSet<&String> = expected.said.keys().chain(engine.keys()).collect();
    let differing = places.into_iter().filter(|place| !agrees(&expected, &engine, place));
    Some(differing.map(|place| difference(&expected, &engine, place)).collect())
}

fn agrees(expected: &Expected, engine: &Summary, place: &str) -> bool {
    let (reference, engines) = (expected.said.get(place), engine.get(place));
    if place == "ask" {
        let asked: BTreeSet<String> = engines.unwrap().split("; ").map(str::to_owned).collect();
        return expected.ask.is_subset(&asked) && asked.is_subset(&expected.may_ask);
    }
    if reference == engines {
        return true;
    }
    // Windows that cannot be compared for want of a date: both are referred.
    if reference.is_some_and(|is| is == "gap") && engines.is_some_and(|is| is == "unsettled") {
        return true;
    }
    if !expected.facts_missing {
        return false;
    }
    let belongs = |remedy: &str| place == remedy || place.starts_with(&format!("{remedy} "));
    // A stop takes away what is left open, too.
    let is_open = |remedy: &String| engine.get(remedy).is_some_and(|is| is == "unknown" || is == "stopped");
    let may_be_unknown = expected.unwanted.iter().any(|remedy| belongs(remedy) && is_open(remedy));
    // Of a remedy that varies only the status is told; that of the wanted one may be that of any completion.
    let varies = expected.varying.iter().any(|(remedy, statuses)| {
        let may_be_any = !expected.unwanted.contains(remedy);
        let is_one = engine.get(remedy).is_some_and(|is| is == "unknown" || statuses.contains(is));
        belongs(remedy) && (place != remedy || (may_be_any && is_one))
    });
    let may_be_needed = place.starts_with("paperwork ")
        && (engines.is_some_and(|needed| needed == "may be needed" || needed == "optional")
            || (reference.is_some_and(|needed| needed == "may be needed")
                && engines.is_some_and(|needed| needed == "optional")));
    let may_have_no_window =
        place.ends_with(" last day") && engines.is_none() && expected.unwanted.iter().any(|r| belongs(r));
    may_be_unknown || varies || may_be_needed || may_have_no_window
}

fn difference(expected: &Expected, engine: &Summary, place: &str) -> Difference {
    let nothing = || "(nothing)".to_owned();
    let reference = match place {
        "ask" => format!("{:?} of {:?}", expected.ask, expected.may_ask),
        _ => expected.said.get(place).cloned().unwrap_or_else(nothing),
    };
    let engine = engine.get(place).cloned().unwrap_or_else(nothing);
    Difference { place: place.to_owned(), reference, engine }
}
