//! What is refused for its shape is refused by the schema too, and the other way round.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};
use takeback::api::Document;
use takeback::request::ErrorKind;

use super::documents::written_requests;
use super::{of_policy, validator};
use crate::cases::{self, root};

/// Cases of `tests/request` that the schema of the policy lets pass, with why it cannot say more.
const LET_PASS: &[(&str, &str)] = &[
    ("facts.txt: on the sold line and on the returned line", ELSEWHERE),
    ("facts.txt: under `item` and on the returned line", ELSEWHERE),
    ("facts.txt: under `new` and on the sold line", ELSEWHERE),
    ("facts.txt: twice in one place", TWICE),
    ("members.txt: a member twice", TWICE),
    ("numbers.txt: lowest price twice", TWICE),
    ("hostile.txt: far too small an exponent", WHOLE),
    ("hostile.txt: a whole number with an exponent", WHOLE),
    ("hostile.txt: minus zero as a number", WHOLE),
    ("hostile.txt: units: an exponent", WHOLE),
    ("numbers.txt: units: a JSON number with a point", WHOLE),
    ("hostile.txt: as many units as can be, at a price that makes them too much", SUM),
    ("numbers.txt: more than a decimal can hold", SUM),
    ("paid.txt: more off than the lines cost", SUM),
    ("paid.txt: two for two", SUM),
    ("ids.txt: which sale", ELSEWHERE),
    ("ids.txt: which line", ELSEWHERE),
    ("ids.txt: no sale at all", ELSEWHERE),
];

const ELSEWHERE: &str = "what stands in one place depends on another place";
const TWICE: &str = "a parser of JSON keeps one member of each name, so a schema never sees the other";
const WHOLE: &str = "to a schema 20.0 and 2e1 are whole numbers";
const SUM: &str = "a schema does not calculate";

#[test]
fn what_is_refused_for_its_shape_is_refused_by_the_schema() {
    let policy = cases::policy(&[root().join("tests/request/policy.takeback")]).expect("the policy is right");
    let validator = validator(&of_policy(Document::Request, &policy));
    let mut wrong = String::new();
    let (mut refused, mut passed) = (0, BTreeSet::new());
    for (title, json) in written_requests() {
        let Err(error) = policy.request(json.as_bytes()) else { continue };
        let Ok(value) = serde_json::from_str::<Value>(&json) else { continue };
        if !validator.is_valid(&value) {
            refused += 1;
            continue;
        }
        match error.kind() {
            // Whether something stands elsewhere, and whether it stands there once, is not about shape.
            ErrorKind::Duplicate | ErrorKind::Reference => {}
            _ if LET_PASS.iter().any(|(known, _)| *known == title) => {
                passed.insert(title);
            }
            kind => writeln!(wrong, "{kind:?} {title}: {error}").expect("text can be written"),
        }
    }
    assert!(wrong.is_empty(), "the schema lets pass:\n{wrong}");
    assert!(refused > 60, "only {refused} are refused");
    assert_eq!(passed.len(), LET_PASS.len(), "some are refused after all: {passed:?}");
}

/// What of a good request may be changed to something odd is judged alike by the reader and by the schema: what the schema refuses
/// the reader refuses, always; and what the reader refuses for its shape, the schema refuses.
#[test]
fn odd_values_are_judged_alike() {
    let odd = [
        json!(null),
        json!(true),
        json!("yes"),
        json!(-1),
        json!(0),
        json!(1),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("x"),
        json!("0"),
        json!("-0.00"),
        json!("1.005"),
        json!("1e3"),
        json!("0012.50"),
        json!("1000000000000000"),
        json!("2026-02-30"),
        json!("2026-02-03"),
        json!("2026-02-03T10:00:00Z"),
        json!("US"),
        json!([]),
        json!(["x", "x"]),
        json!([1]),
        json!({}),
        json!({ "value": "x" }),
        json!([[]]),
    ];
    let mut wrong = String::new();
    let (mut both, mut passed) = (0, 0);
    for case in [
        "5-three-for-two-units.json",
        "tax-and-fee-in-full.json",
        "6-seven-three.json",
        "corner-shop.json",
        "limits.json",
        "verified.json",
        "manager-on-duty.json",
    ] {
        let Ok(text) = fs::read_to_string(root().join("tests/cases").join(case)) else { continue };
        let case: Value = serde_json::from_str(&text).expect("a case is JSON");
        let policy = cases::policy_of(&case).expect("its policy is right");
        let validator = validator(&of_policy(Document::Request, &policy));
        let request = case.pointer("/steps/0/request").unwrap_or(&case["request"]);
        let mut changed = Vec::new();
        for place in places(request) {
            for value in &odd {
                let mut other = request.clone();
                *other.pointer_mut(&place).expect("the place is there") = value.clone();
                changed.push((format!("{place} is {value}"), other));
            }
            let mut other = request.clone();
            if let Some(members) = other.pointer_mut(&place).and_then(Value::as_object_mut) {
                members.insert("of no meaning".to_owned(), json!(1));
                changed.push((format!("{place} has one more"), other));
            }
            let (parent, name) = place.rsplit_once('/').unwrap_or_default();
            let mut other = request.clone();
            if other
                .pointer_mut(parent)
                .and_then(Value::as_object_mut)
                .is_some_and(|members| members.remove(name).is_some())
            {
                changed.push((format!("{place} is left out"), other));
            }
        }
        for (what, request) in changed {
            match (policy.request(request.to_string().as_bytes()), validator.is_valid(&request)) {
                (Ok(_), true) => passed += 1,
                (Err(_), false) => both += 1,
                (Ok(_), false) => writeln!(wrong, "only the schema refuses: {what}").expect("text can be written"),
                (Err(error), true) => match error.kind() {
                    ErrorKind::Duplicate | ErrorKind::Reference => {}
                    _ if BEYOND.iter().any(|known| error.message().contains(known)) => {}
                    kind => writeln!(wrong, "only the reader refuses: {what}: {kind:?} {error}")
                        .expect("text can be written"),
                },
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(both > 1000 && passed > 500, "{both} refused, {passed} let pass");
}

/// Of messages about what depends on another place, or is calculated.
const BEYOND: &[&str] =
    &["is not an IANA time zone", "name one with", "there is no sale", "more than what its lines cost"];

/// The places of all values.
fn places(value: &Value) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        _ => Vec::new(),
    };
    let below = inner
        .into_iter()
        .flat_map(|(name, value)| places(value).into_iter().map(move |place| format!("/{name}{place}")));
    below.chain([String::new()]).collect()
}
