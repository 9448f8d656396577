//! `tests/words`: what the clerk reads. The case of the same name stands beside the text or in `tests/cases`; each step
//! is told.

use std::{env, fs};

use serde_json::Value;
use takeback::api;
use takeback::decision::{Asked, Credits, Reason, ReasonKey};
use takeback::program::ClauseId;

use crate::cases;

#[test]
fn words() {
    for path in cases::files(&cases::root().join("tests/words"), "txt") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = fs::read_to_string(path.with_extension("json"))
            .or_else(|_| fs::read_to_string(cases::root().join(format!("tests/cases/{name}.json"))));
        let case: Value = serde_json::from_str(&case.unwrap()).unwrap();
        let policy = cases::policy_of(&case).unwrap();
        let told = case["steps"].as_array().unwrap().iter().map(|step| {
            let request = policy.request(step["request"].to_string().as_bytes()).unwrap();
            policy.words(&request, &policy.decide(&request), &policy.language("en").unwrap()).page
        });
        let found = told.collect::<Vec<_>>().join("\n----\n\n");
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, found).unwrap();
        } else {
            assert_eq!(fs::read_to_string(&path).unwrap(), found, "{name}");
        }
    }
}

/// Every reason that there is has a text for the clerk and another for the customer. The customer hears no text that is
/// meant for staff, no figure that was counted, and nothing that puts the blame on somebody.
#[test]
fn every_reason_has_words_for_both() {
    let case = fs::read_to_string(cases::root().join("tests/cases/words-if.json")).unwrap();
    let case: Value = serde_json::from_str(&case).unwrap();
    let policy = cases::policy_of(&case).unwrap();
    let request = policy.request(case["steps"][3]["request"].to_string().as_bytes()).unwrap();
    let mut decision = policy.decide(&request);
    decision.words.clear();
    let mut found = String::new();
    for key in ReasonKey::all() {
        let staff = matches!(
            key,
            ReasonKey::Stopped
                | ReasonKey::Refer
                | ReasonKey::Verify
                | ReasonKey::Verified
                | ReasonKey::VerificationFailed
                | ReasonKey::Approved
        );
        let text = if staff { "FOR STAFF" } else { "Our terms" };
        decision.reasons = vec![Reason {
            key,
            line: Some(0),
            remedy: Some(0),
            text: Some(text.into()),
            day: Some("2026-03-01".parse().unwrap()),
            missing: (key == ReasonKey::MissingFact).then_some(Asked::CurrentPrice),
            role: Some(2),
            beyond: None,
            by: Credits::of(ClauseId(0)),
        }];
        let script = policy.words(&request, &decision, &policy.language("en").unwrap());
        let [told] = script.reasons.as_slice() else { panic!("one reason") };
        assert!(!told.clerk.is_empty() && !told.customer.is_empty() && told.clerk != told.customer, "{key:?}");
        let customer = told.customer.to_lowercase();
        for word in
            ["for staff", "fraud", "abuse", "limit", "refuse", "denied", "you failed", "suspic", "history", "must"]
        {
            assert!(!customer.contains(word), "{key:?} tells the customer `{word}`: {}", told.customer);
        }
        let gap = if let ReasonKey::Gap(gap) = key { format!(" ({})", gap.word()) } else { String::new() };
        let message = serde_json::to_string(&told.message).unwrap();
        found +=
            &format!("{}{gap}\n  clerk:    {}\n  customer: {}\n  {message}\n\n", key.word(), told.clerk, told.customer);
    }
    compare("tests/words/reasons.golden", &found);
}

/// What a till gets, as JSON.
#[test]
fn the_script_is_json() {
    let case = fs::read_to_string(cases::root().join("tests/cases/words-if.json")).unwrap();
    let case: Value = serde_json::from_str(&case).unwrap();
    let policy = cases::policy_of(&case).unwrap();
    let scripts = [3, 8].map(|step| {
        let words = api::words(&policy, &case["steps"][step]["request"].to_string(), "en-US").unwrap();
        serde_json::to_string_pretty(&serde_json::from_str::<Value>(&words).unwrap()).unwrap()
    });
    compare("tests/words/script.golden", &(scripts.join("\n") + "\n"));
}

fn compare(path: &str, found: &str) {
    let path = cases::root().join(path);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, found).unwrap();
    } else {
        assert_eq!(fs::read_to_string(&path).unwrap(), found);
    }
}
