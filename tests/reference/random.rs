//! Both evaluators on random policies and requests.
//!
//! `REFERENCE_CASES` says how many requests are compared, `REFERENCE_SEED` where the dice start, `REFERENCE_SHOWN` of how
//! many differences a small example is made.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use takeback::Policy;

use super::book;
use super::dice::Dice;
use super::difference::{Difference, compare};
use super::policies::{self, Texts};
use super::requests::{self, Wish};
use super::shrink::shrink;
use super::{number, sources};

#[test]
fn random() {
    let wanted = number("REFERENCE_CASES", 100);
    let seed = number("REFERENCE_SEED", 1);
    let (mut compared, mut shown) = (0, 0);
    let mut differing: BTreeMap<String, usize> = BTreeMap::new();
    let mut at = 0;
    while compared < wanted {
        at += 1;
        let mut dice = Dice::new(u64::try_from(seed * 1_000_000 + at).unwrap());
        let Some((texts, policy)) = policy(&mut dice) else { continue };
        let book = book::of(&sources(&texts));
        let paths = book::paths(&book.editions[0].clauses);
        for _ in 0..5 {
            let gaps = if dice.chance(50) { number("REFERENCE_GAPS", 3) } else { 0 };
            let request = requests::request(&mut dice, Wish { gaps, earlier: true }, &paths);
            let Some(differences) = compare(&policy, &book, &request) else { continue };
            compared += 1;
            if differences.is_empty() {
                continue;
            }
            let kind = kind(&differences);
            let times = differing.entry(kind.clone()).or_default();
            *times += 1;
            if *times <= 2 && shown < number("REFERENCE_SHOWN", 3) {
                shown += 1;
                println!("=== seed {at}: {kind}");
                show(&texts, &request, &kind);
            }
        }
    }
    for (kind, times) in &differing {
        println!("{times} of {compared} differ in {kind}");
    }
    assert!(differing.is_empty());
}

/// Some sound policies, and so many requests to each.
pub(crate) fn sample(seed: u64, count: usize, each: usize) -> Vec<(Policy, Vec<Json>)> {
    let mut dice = Dice::new(seed);
    let mut found = Vec::new();
    while found.len() < count {
        let Some((texts, policy)) = policy(&mut dice) else { continue };
        let paths = book::paths(&book::of(&sources(&texts)).editions[0].clauses);
        let request = |_| requests::request(&mut dice, Wish { gaps: 2, earlier: true }, &paths);
        found.push((policy, (0..each).map(request).collect()));
    }
    found
}

/// A sound policy: of the second attempt all siblings have an order.
pub(crate) fn policy(dice: &mut Dice) -> Option<(Texts, Policy)> {
    [false, true].into_iter().find_map(|thorough| {
        let texts = policies::policy(dice, thorough);
        let policy = Policy::compile(&sources(&texts)).ok()?;
        Some((texts, policy))
    })
}

/// What kind of difference it is: the first place without ids, so that a smaller example shows the same.
fn kind(differences: &[Difference]) -> String {
    let outcome = differences.iter().find(|found| found.place == "outcome");
    let Difference { place, reference, engine } = outcome.unwrap_or(&differences[0]);
    let is_id = |word: &&str| word.len() == 2 && word.starts_with('r');
    let place = place.split(' ').filter(|word| !is_id(word)).collect::<Vec<_>>().join(" ");
    let place = ["refund", "store credit", "exchange", "repair", "replacement", "half credit", "price reduction"]
        .iter()
        .fold(place, |place, remedy| place.replacen(&format!("line {remedy}"), "line *", 1));
    let word = |text: &str| if text.chars().any(|c| c.is_ascii_digit()) { "…".to_owned() } else { text.to_owned() };
    format!("{place}: {} / {}", word(reference), word(engine))
}

/// Prints a small policy and request that show the same kind of difference.
fn show(texts: &Texts, request: &Json, kind: &str) {
    let differences = |texts: &Texts, request: &Json| {
        let policy = Policy::compile(&sources(texts)).ok()?;
        compare(&policy, &book::of(&sources(texts)), request)
    };
    let (texts, request) = shrink(texts, request, &|texts, request| {
        differences(texts, request).is_some_and(|found| !found.is_empty() && self::kind(&found) == kind)
    });
    for (name, text) in texts.iter().filter(|(_, text)| !text.trim().is_empty()) {
        println!("--- {name}\n{text}");
    }
    println!("{request}");
    for Difference { place, reference, engine } in differences(&texts, &request).unwrap() {
        println!("{place}: reference {reference}, engine {engine}");
    }
}
