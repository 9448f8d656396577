//! What holds of all answers: nothing anybody sends makes the reader fall over, check digits are what the slow rule says,
//! and a record stands up to an audit after what it may no longer hold is gone.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use serde_json::{Value, json};
use takeback::api;
use takeback::record::{self, Completion, HashKey, ProblemKind, is_gtin, is_imei};

use crate::complete::{Corpus, corpus};

fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    move |sides| dice.next_u64() % sides
}

fn phone() -> Corpus {
    corpus().into_iter().find(|case| case.name == "a-phone.json").expect("the case is there")
}

/// By the book: digits at even places from the left are doubled, nine is taken off what exceeds nine.
fn slow_luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (at, digit) in digits.chars().enumerate() {
        let mut digit = digit.to_digit(10).expect("a digit");
        if at % 2 == 1 {
            digit *= 2;
            if digit > 9 {
                digit -= 9;
            }
        }
        sum += digit;
    }
    sum.is_multiple_of(10)
}

/// By the book: filled up to 14 digits, the odd places from the left count three times.
fn slow_gtin(digits: &str) -> bool {
    let sum: u32 = format!("{digits:0>14}")
        .chars()
        .enumerate()
        .map(|(at, digit)| digit.to_digit(10).expect("a digit") * if at % 2 == 0 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

#[test]
fn check_digits_are_those_of_the_slow_rules() {
    let mut roll = dice(1);
    let (mut right, mut wrong) = (0, 0);
    for _ in 0..20_000 {
        let imei: String = (0..15).map(|_| char::from(b'0' + u8::try_from(roll(10)).expect("a digit"))).collect();
        assert_eq!(is_imei(&imei), slow_luhn(&imei), "{imei}");
        let length = [8, 12, 13, 14][usize::try_from(roll(4)).expect("a place")];
        let gtin: String = (0..length).map(|_| char::from(b'0' + u8::try_from(roll(10)).expect("a digit"))).collect();
        assert_eq!(is_gtin(&gtin), slow_gtin(&gtin), "{gtin}");
        if is_imei(&imei) { right += 1 } else { wrong += 1 }
    }
    assert!(right > 1000 && wrong > 1000);
}

#[test]
fn one_wrong_digit_is_always_found() {
    for (good, check) in [("352099001761481", is_imei as fn(&str) -> bool), ("4006381333931", is_gtin)] {
        assert!(check(good));
        for at in 0..good.len() {
            for digit in '0'..='9' {
                let mut changed: Vec<char> = good.chars().collect();
                let same = changed[at] == digit;
                changed[at] = digit;
                assert_eq!(check(&changed.into_iter().collect::<String>()), same);
            }
        }
    }
    for no in ["", "35209900176148", "3520990017614810", "35209900176148x", "٣52099001761481"] {
        assert!(!is_imei(no) && !is_gtin(no), "{no}");
    }
}

#[test]
fn what_cannot_be_read_names_its_place() {
    for (json, path, kind) in [
        ("", "", "json"),
        ("{", "", "json"),
        ("[]", "", "type"),
        (r#"{"forms": {}}"#, "/forms", "type"),
        (r#"{"form": []}"#, "/form", "member"),
        (r#"{"forms": [], "forms": []}"#, "/forms", "member"),
        (r#"{"forms": [3]}"#, "/forms/0", "type"),
        (r#"{"forms": [{}]}"#, "/forms/0", "member"),
        (r#"{"forms": [{"form": 3}]}"#, "/forms/0/form", "type"),
        (r#"{"forms": [{"form": "a", "line": 1}]}"#, "/forms/0/line", "type"),
        (r#"{"forms": [{"form": "a", "fields": []}]}"#, "/forms/0/fields", "type"),
        (r#"{"forms": [{"form": "a", "fields": {"b": 1, "b": 2}}]}"#, "/forms/0/fields/b", "member"),
        (r#"{"forms": [{"form": "a", "fields": {"b/c": {"d": 1, "d": 2}}}]}"#, "/forms/0/fields/b~1c/d", "member"),
        (r#"{"forms": [{"form": "a", "fields": {"b": {"value": 1, "by": "c"}}}]}"#, "/forms/0/fields/b/by", "member"),
        (
            r#"{"forms": [{"form": "a", "fields": {"b": {"value": 1, "filled_by": 2}}}]}"#,
            "/forms/0/fields/b/filled_by",
            "type",
        ),
        (r#"{"forms": [{"form": "a"}, {"form": "b"}, {"form": "a", "line": null}]}"#, "/forms/2", "duplicate"),
        ("{\"forms\": [{\"form\": \"\\ud800\"}]}", "", "json"),
    ] {
        let case = phone();
        let error = api::complete(&case.policy, &case.request, json, None).expect_err(json);
        assert_eq!(
            (error.path.as_str(), error.kind.as_str(), error.of.as_deref()),
            (path, kind, Some("answers")),
            "{json}"
        );
    }
}

#[test]
fn keys_are_long_and_hexadecimal() {
    for bad in ["", "00", "zz", &"00".repeat(31), &format!("{}0", "00".repeat(32))] {
        let case = phone();
        let error = api::complete(&case.policy, &case.request, "{}", Some(bad)).expect_err(bad);
        assert_eq!(error.of.as_deref(), Some("key"), "{bad}");
    }
    let (one, other) = (HashKey::from_hex(&"00".repeat(32)), HashKey::from_hex(&"01".repeat(32)));
    assert_ne!(one.as_ref().ok().map(HashKey::id), other.ok().map(|key| key.id()));
    assert!(!format!("{one:?}").contains("00"), "a key is not shown");
}

/// A JSON value at random, nearly an answer.
fn any_json(roll: &mut impl FnMut(u64) -> u64, depth: u32) -> Value {
    let words =
        ["", " ", "yes", "email", "passport", "2026-02-30", "99999999999999999999", "-0", "1e9", "\u{0}", "☎", "r1"];
    let names =
        ["form", "line", "fields", "value", "filled_by", "forms", "name", "ref", "lines", "city", "imei", "reach"];
    let mut pick = |list: &[&str]| list[usize::try_from(roll(list.len() as u64)).expect("a place")].to_owned();
    let (word, name, second) = (pick(&words), pick(&names), pick(&names));
    match roll(if depth == 0 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => json!(roll(2) == 0),
        2 => json!(i64::MIN + i64::try_from(roll(3)).expect("small")),
        3 => json!(0.1),
        4 => json!(word),
        5 => json!(u64::MAX),
        6 => (0..roll(3)).map(|_| any_json(roll, depth - 1)).collect(),
        _ => json!({ name: any_json(roll, depth - 1), second: any_json(roll, depth - 1) }),
    }
}

#[test]
fn nothing_in_answers_or_records_makes_it_fall_over() {
    let mut roll = dice(2);
    let cases = corpus();
    let mut finished = 0;
    for round in 0..3000_usize {
        let case = &cases[round % cases.len()];
        let step = &case.steps[round % case.steps.len()];
        let mut answers: Value = serde_json::from_str(&step.answers).expect("answers are JSON");
        // Something at random in some place of good answers.
        let sheets = answers["forms"].as_array().map_or(0, Vec::len) as u64;
        if sheets > 0 {
            let sheet = usize::try_from(roll(sheets)).expect("a place");
            let put = any_json(&mut roll, 3);
            match (roll(4), answers["forms"][sheet]["fields"].as_object_mut()) {
                (0, _) | (_, None) => answers["forms"][sheet] = put,
                (_, Some(fields)) => {
                    let names: Vec<String> = fields.keys().cloned().collect();
                    if let Some(name) = names.get(usize::try_from(roll(8)).expect("a place")) {
                        fields.insert(name.clone(), put);
                    }
                }
            }
        }
        let text = answers.to_string();
        let Ok(made) = api::complete(&case.policy, &case.request, &text, step.key.as_deref()) else { continue };
        assert_eq!(api::complete(&case.policy, &case.request, &text, step.key.as_deref()), Ok(made.clone()));
        let made: Value = serde_json::from_str(&made).expect("a completion is JSON");
        if let Some(record) = made.get("record") {
            finished += 1;
            let audited = api::audit(&case.policy, &case.request, &record.to_string(), None);
            assert_eq!(audited.as_deref(), Ok("[]"), "{record}");
        }
        // And the same rubbish as a record.
        let _ = api::audit(&case.policy, &case.request, &text, None);
    }
    assert!(finished > 100, "only {finished} were finished");
}

#[test]
fn a_record_stands_when_what_it_held_is_deleted() {
    let case = phone();
    let step = &case.steps[1];
    let made = api::complete(&case.policy, &case.request, &step.answers, step.key.as_deref()).expect("it is read");
    let mut record: Value = serde_json::from_str::<Value>(&made).expect("JSON")["record"].clone();
    let delete = |record: &mut Value, path: &str| {
        let field = record.pointer_mut(path).and_then(Value::as_object_mut).expect("a field");
        field.remove("value");
        field.remove("hash");
        field.insert("stored".to_owned(), json!("deleted"));
    };
    for path in ["/forms/0/fields/3", "/forms/0/fields/5", "/forms/0/fields/7", "/forms/1/fields/0"] {
        delete(&mut record, path);
    }
    assert_eq!(api::audit(&case.policy, &case.request, &record.to_string(), None).as_deref(), Ok("[]"));
    // What has no end is not deleted by the policy.
    delete(&mut record, "/forms/0/fields/2");
    let found = api::audit(&case.policy, &case.request, &record.to_string(), None).expect("it is read");
    assert!(found.contains("is not kept like this"), "{found}");
}

#[test]
fn the_same_answer_in_another_field_has_another_hash() {
    let key = HashKey::from_hex(&"ab".repeat(32)).expect("a key");
    let case = phone();
    let request = case.policy.request(case.request.as_bytes()).expect("the request can be read");
    let hash = |number: &str, key: &HashKey| {
        let text = case.steps[1].answers.replace("X1234567", number);
        let answers = record::read(text.as_bytes()).expect("answers").with_key(key.clone());
        match case.policy.complete(&request, &answers) {
            Completion::Finished(record) => match &record.forms[0].fields[5].stored {
                record::Stored::Hash(hash) => hash.clone(),
                other => panic!("not hashed: {other:?}"),
            },
            Completion::Unfinished(problems) => panic!("{problems:?}"),
        }
    };
    assert_eq!(hash("X1234567", &key), hash("X1234567", &key));
    assert_ne!(hash("X1234567", &key), hash("X1234568", &key));
    assert_ne!(hash("X1234567", &key), hash("X1234567", &HashKey::from_hex(&"ac".repeat(32)).expect("a key")));
}

#[test]
fn every_kind_of_problem_is_shown_by_a_case() {
    let shown: Vec<String> = corpus()
        .iter()
        .flat_map(|case| &case.steps)
        .flat_map(|step| step.said["expect"]["problems"].as_array().cloned().unwrap_or_default())
        .filter_map(|problem| problem["code"].as_str().map(str::to_owned))
        .collect();
    for kind in ProblemKind::ALL {
        assert!(shown.iter().any(|word| word == kind.word()), "no case shows `{}`", kind.word());
    }
}
