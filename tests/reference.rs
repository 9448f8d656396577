//! A second evaluator, slow and obvious, written from `docs/reference` alone, against which the shipped one is tested with
//! random policies and requests.

mod amounts;
mod book;
mod conditions;
mod decide;
mod dice;
mod fees;
mod paperwork;
mod policies;
mod promotions;
mod requests;
mod resolve;
mod shrink;
mod summary;
mod tenders;
mod unknown;
mod visit;
mod windows;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use takeback::Policy;
use takeback::source::SourceSet;
use takeback::syntax::parse;

fn book(sources: &SourceSet) -> book::Book {
    let names: Vec<&str> = sources.iter().map(|source| source.name()).collect();
    let files: Vec<_> = sources.iter().map(|source| parse(source).0).collect();
    book::read(&names, &files)
}

/// Both evaluators on every worked case: what is compared at random later must be right on what was worked out by hand.
#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    let mut wrong = 0;
    for path in paths {
        let case: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut sources = SourceSet::new();
        for name in case["policy"].as_array().unwrap() {
            let name = name.as_str().unwrap();
            let beside = folder.join(name);
            let at = if beside.exists() { beside } else { Path::new(env!("CARGO_MANIFEST_DIR")).join(name) };
            let mut files: Vec<PathBuf> = if at.is_dir() {
                fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()).collect()
            } else {
                vec![at]
            };
            files.retain(|file| file.extension().is_some_and(|end| end == "takeback"));
            files.sort();
            for file in files {
                let name = file.file_name().unwrap().to_str().unwrap().to_owned();
                sources.add(name, fs::read_to_string(file).unwrap()).unwrap();
            }
        }
        let policy = Policy::compile(&sources).unwrap();
        let book = book(&sources);
        if book.editions.len() > 1 {
            continue;
        }
        let steps = case["steps"].as_array().cloned().unwrap_or(vec![case.clone()]);
        for (at, step) in steps.iter().enumerate() {
            let request = policy.request(step["request"].to_string().as_bytes()).unwrap();
            let decision = serde_json::to_value(policy.decide(&request)).unwrap();
            let reference = summary::by_reference(&book, &step["request"]).unwrap();
            for (place, reference, engine) in summary::difference(&reference, &summary::by_engine(&decision)) {
                println!("{} step {at}: {place}: reference {reference}, engine {engine}", path.display());
                wrong += 1;
            }
        }
    }
    assert_eq!(wrong, 0);
}

fn sources(texts: &policies::Texts) -> SourceSet {
    let mut sources = SourceSet::new();
    for (name, text) in texts {
        sources.add(name, text).unwrap();
    }
    sources
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

type Differences = Vec<(String, String, String)>;

fn compare(policy: &Policy, book: &book::Book, request: &Json) -> Option<Differences> {
    let read = policy.request(request.to_string().as_bytes()).unwrap();
    let decision = serde_json::to_value(policy.decide(&read)).unwrap();
    let started = std::time::Instant::now();
    let reference = summary::by_reference(book, request);
    if started.elapsed().as_millis() > 1000 {
        println!("slow: {:?}", started.elapsed());
    }
    let reference = reference?;
    Some(summary::difference(&reference, &summary::by_engine(&decision)))
}

/// What kind of difference it is: the first place without ids, so that a smaller example shows the same.
fn kind(differences: &Differences) -> String {
    let (place, reference, engine) = &differences[0];
    let place = place.split(' ').filter(|word| !word.starts_with('r') || word.len() != 2).collect::<Vec<_>>().join(" ");
    let place = ["refund", "store credit", "exchange", "repair", "replacement", "half credit", "price reduction"]
        .iter()
        .fold(place, |place, remedy| place.replacen(&format!("line {remedy}"), "line *", 1));
    let word = |text: &str| if text.chars().any(|c| c.is_ascii_digit()) { "…".to_owned() } else { text.to_owned() };
    format!("{place}: {} / {}", word(reference), word(engine))
}

/// Both evaluators agree on random policies and requests.
#[test]
fn random() {
    let cases = number("REFERENCE_CASES", 200);
    let seed = number("REFERENCE_SEED", 1);
    let (mut kept, mut tried, mut compared, mut wrong) = (0, 0, 0, 0);
    let mut refused: std::collections::BTreeMap<String, usize> = Default::default();
    let mut outcomes: std::collections::BTreeMap<String, usize> = Default::default();
    let mut at = 0;
    let mut shown = 0;
    while compared < cases {
        at += 1;
        let mut dice = dice::Dice::new(u64::try_from(seed * 1_000_000 + at).unwrap());
        tried += 1;
        let mut found = None;
        for thorough in [false, true] {
            let texts = policies::policy(&mut dice, thorough);
            match Policy::compile(&sources(&texts)) {
                Ok(policy) => {
                    found = Some((texts, policy));
                    break;
                }
                Err(report) => {
                    let first = report.iter().find(|d| d.severity == takeback::diagnostic::Severity::Error).unwrap();
                    *refused.entry(format!("{thorough} {} {}", first.code, first.message)).or_default() += 1;
                    if std::env::var("REFERENCE_SHOW").is_ok() && thorough {
                        println!("{}", texts.iter().map(|(n, t)| format!("--- {n}\n{t}")).collect::<String>());
                        for finding in report.iter() {
                            println!("{finding:?}");
                        }
                    }
                }
            }
        }
        let Some((texts, policy)) = found else { continue };
        kept += 1;
        let book = book(&sources(&texts));
        let paths = book::paths(&book.editions[0].clauses);
        for _ in 0..5 {
            let gaps = if dice.chance(50) { 3 } else { 0 };
            let request = requests::request(&mut dice, requests::Wish { gaps, earlier: true }, &paths);
            let read = match policy.request(request.to_string().as_bytes()) {
                Ok(read) => read,
                Err(error) => {
                    *refused.entry(format!("request {error}")).or_default() += 1;
                    continue;
                }
            };
            drop(read);
            let Some(differences) = compare(&policy, &book, &request) else {
                *refused.entry("too many completions".to_owned()).or_default() += 1;
                continue;
            };
            compared += 1;
            if !differences.is_empty() {
                wrong += 1;
                let kind = kind(&differences);
                let seen = outcomes.entry(format!("differ in {kind}")).or_default();
                *seen += 1;
                if *seen > 2 || shown >= number("REFERENCE_SHOWN", 5) {
                    continue;
                }
                shown += 1;
                let (texts, request) = shrink::shrink(&texts, &request, &|texts, request| {
                    let Ok(policy) = Policy::compile(&sources(texts)) else { return false };
                    if policy.request(request.to_string().as_bytes()).is_err() {
                        return false;
                    }
                    let found = compare(&policy, &self::book(&sources(texts)), request);
                    found.is_some_and(|found| !found.is_empty() && self::kind(&found) == kind)
                });
                println!("=== seed {at}: {kind}");
                for (name, text) in &texts {
                    if text.trim() != "" {
                        println!("--- {name}\n{text}");
                    }
                }
                println!("{request}");
                let policy = Policy::compile(&sources(&texts)).unwrap();
                for (place, reference, engine) in compare(&policy, &self::book(&sources(&texts)), &request).unwrap() {
                    println!("{place}: reference {reference}, engine {engine}");
                }
            }
        }
    }
    println!("{kept} of {tried} policies kept, {compared} compared, {wrong} differ");
    for (what, times) in outcomes.iter().chain(&refused) {
        println!("{times} {what}");
    }
    assert_eq!(wrong, 0);
}
