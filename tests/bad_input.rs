//! What nobody sends on purpose: policies and requests that are cut off, too large, too deep or not text at all. Each gives an
//! answer or an error that says where, through the same door as good ones.

use std::fmt::Write as _;
use std::{fs, thread};

use serde_json::{Value, json};
use takeback::Policy;
use takeback::decision::Outcome;
use takeback::record;
use takeback::request::{self, ErrorKind};
use takeback::source::SourceSet;

use crate::cases;

/// A browser gives one MiB; without optimisation the same calls take more.
const STACK: usize = if cfg!(debug_assertions) { 1 << 21 } else { 1 << 20 };

/// Runs something with a stack as small as a browser's.
fn with_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap()
}

/// The findings of a policy, as people see them; nothing when it is in order.
fn findings(text: &str) -> String {
    let mut sources = SourceSet::new();
    sources.add("bad.takeback", text).unwrap();
    match Policy::compile(&sources) {
        Ok(_) => String::new(),
        Err(report) => takeback::render::plain(&report, &sources),
    }
}

fn northwind() -> String {
    fs::read_to_string(cases::root().join("policies/stores/corner-shop/northwind.takeback")).unwrap()
}

fn policy(name: &str) -> Policy {
    cases::policy(&[cases::root().join("tests/cases/policies").join(name)]).unwrap()
}

/// The place and kind of the error of a request.
fn refused(json: &[u8]) -> (ErrorKind, String) {
    let error = policy("fees-and-gifts.takeback").request(json).unwrap_err();
    assert!(!error.message().is_empty() && error.to_string().len() < 1000, "{error}");
    (error.kind(), error.path().to_owned())
}

/// A request for goods of one sale; `change` makes it a bad one.
fn request(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut request = json!({
        "at": "2026-01-10",
        "sales": [{ "id": "S1", "sold": "2026-01-05", "lines": [{ "id": "1", "unit_price": "20.00" }],
                    "tenders": [{ "id": "t1", "tender": "cash", "amount": "20.00" }] }],
        "returns": [{ "id": "r1", "sale": "S1", "line": "1", "wants": "refund" }]
    });
    change(&mut request);
    request.to_string().into_bytes()
}

#[test]
fn a_policy_cut_off_anywhere_is_refused_or_whole() {
    let text = northwind();
    // Every seventh place: all kinds of sentences are cut in the middle somewhere.
    for cut in (0..text.len()).step_by(7).filter_map(|end| text.get(..end)) {
        findings(cut);
    }
}

#[test]
fn a_policy_of_ten_megabytes_is_refused_at_once() {
    let text = northwind();
    let large = text.repeat((10 << 20) / text.len() + 1);
    let found = findings(&large);
    assert!(found.contains("T0003") && found.contains("at most 1048576 are read"), "{found}");
}

#[test]
fn a_policy_nested_a_thousand_deep_is_refused() {
    for (open, close) in [("except a {\n", "}\n"), ("except a when (", ") {}\n"), ("except a when not (", ") {}\n")] {
        let text = format!("{}\nclause c {{ {}{} }}", northwind(), open.repeat(1000), close.repeat(1000));
        let found = with_small_stack(move || findings(&text));
        assert!(found.contains("T0004"), "{found}");
    }
}

#[test]
fn a_thousand_nots_in_a_row_are_read_or_refused() {
    let text = format!("{}\nclause c \"C\" when {}reason is defective {{ }}", northwind(), "not ".repeat(1000));
    with_small_stack(move || findings(&text));
}

#[test]
fn a_policy_of_odd_letters_is_refused_with_places() {
    for odd in ["\0", "\u{feff}", "\u{202e}", "\u{10ffff}", "e\u{301}", "\r", "\u{2028}", "’", "🦀"] {
        let mut text = northwind();
        text.insert_str(text.find("clause").unwrap(), odd);
        findings(&text);
        let found = findings(&format!("{odd} policy"));
        assert!(found.contains("bad.takeback:1:"), "{odd:?}: {found}");
    }
}

#[test]
fn a_request_that_is_no_text_is_refused() {
    assert_eq!(refused(b"\xff\xfe{}"), (ErrorKind::Json, String::new()));
    let mut broken = request(|_| {});
    let at = broken.iter().position(|byte| *byte == b'S').unwrap();
    broken[at] = 0xc3;
    assert_eq!(refused(&broken), (ErrorKind::Json, String::new()));
}

#[test]
fn a_request_cut_off_anywhere_is_refused() {
    let whole = request(|_| {});
    for end in 0..whole.len() {
        assert_eq!(refused(&whole[..end]).0, ErrorKind::Json, "cut off after {end} bytes");
    }
}

#[test]
fn a_request_nested_without_end_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for deep in [65, 1000, 1_000_000] {
            let text = format!("{}0{}", open.repeat(deep), close.repeat(deep));
            let facts = format!("{{\"at\": \"2026-01-10\", \"returns\": [], \"facts\": {{\"a\": {text}}}}}");
            for text in [text, facts] {
                let (kind, path) = with_small_stack(move || refused(text.as_bytes()));
                assert!(
                    matches!(kind, ErrorKind::Limit | ErrorKind::Type | ErrorKind::Json),
                    "{deep}: {kind:?} {path}"
                );
            }
        }
    }
}

#[test]
fn answers_nested_without_end_are_refused() {
    for deep in [65, 1000, 1_000_000] {
        let text = format!("{}0{}", "[".repeat(deep), "]".repeat(deep));
        let error = with_small_stack(move || record::read(text.as_bytes()).unwrap_err());
        assert_eq!(error.to_string(), "the answers: lists and objects stand more than 64 deep inside each other");
    }
}

#[test]
fn more_than_is_read_is_refused() {
    assert_eq!(refused(&vec![b' '; (64 << 20) + 1]), (ErrorKind::Limit, String::new()));
    let zeros = format!("[{}0]", "0,".repeat(10_000_000));
    assert_eq!(refused(zeros.as_bytes()), (ErrorKind::Limit, String::new()));
    let lines = |count: usize| Value::Array((0..count).map(|at| json!({ "id": at.to_string() })).collect());
    assert_eq!(refused(&request(|r| r["returns"] = lines(200_001))), (ErrorKind::Limit, String::new()));
    let approval = json!({ "clause": "everything", "role": "manager" });
    let approvals = Value::Array(vec![approval; 1001]);
    assert_eq!(refused(&request(|r| r["approvals"] = approvals)), (ErrorKind::Limit, "/approvals".to_owned()));
    let tax = |at: usize| json!({ "id": at.to_string(), "amount": "0.01" });
    let taxes = Value::Array((0..1001).map(tax).collect());
    let many = request(|r| r["sales"][0]["lines"][0]["taxes"] = taxes);
    assert_eq!(refused(&many), (ErrorKind::Limit, "/sales/0/lines/0/taxes".to_owned()));
}

/// Text of a megabyte, wherever text may stand, is kept or refused; a message does not repeat it.
#[test]
fn huge_texts_are_kept_or_refused_in_few_words() {
    let huge = || Value::String("x".repeat(1 << 20));
    let reasonable = policy("fees-and-gifts.takeback").request(&request(|r| r["sales"][0]["lines"][0]["sku"] = huge()));
    assert_eq!(reasonable.unwrap().lines.len(), 1);
    let line = |name: &'static str| request(move |r| r["returns"][0][name] = huge());
    assert_eq!(refused(&line("line")), (ErrorKind::Reference, "/returns/0/line".to_owned()));
    assert_eq!(refused(&line("wants")), (ErrorKind::Word, "/returns/0/wants".to_owned()));
    assert_eq!(refused(&line("quantity")), (ErrorKind::Type, "/returns/0/quantity".to_owned()));
    let unknown = request(|r| {
        r["returns"][0].as_object_mut().unwrap().insert("x".repeat(1 << 20), json!(0));
    });
    let error = policy("fees-and-gifts.takeback").request(&unknown).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Member);
    assert!(error.message().len() < 1000);
}

/// An id that is not there is looked for among many, all of them as long: no name is compared letter by letter with each.
#[test]
fn a_wrong_id_among_many_long_ones_is_refused() {
    let id = |at: usize| format!("{at:01000}");
    let wrong = request(|r| {
        let line = |at: usize| json!({ "id": id(at), "unit_price": "1.00" });
        r["sales"][0]["lines"] = Value::Array((0..5_000).map(line).collect());
        r["returns"][0]["line"] = id(5_000).into();
    });
    assert_eq!(refused(&wrong), (ErrorKind::Reference, "/returns/0/line".to_owned()));
}

#[test]
fn a_return_before_its_sale_is_declined() {
    let policy = policy("fees-and-gifts.takeback");
    let read = policy.request(&request(|r| r["sales"][0]["sold"] = "2026-01-11".into())).unwrap();
    let decision = serde_json::to_value(policy.decide(&read)).unwrap();
    assert_eq!(decision["outcome"], "decline");
    assert_eq!(decision["reasons"][0]["key"], "before the sale", "{decision:#}");
}

/// Four thousand million units in a promotion are decided like four.
#[test]
fn units_without_end_in_a_promotion_are_decided() {
    let policy = policy("promotions-clawed-back.takeback");
    for (kind, terms) in [
        ("n for m", json!({ "n": 3, "m": 2 })),
        ("every second", json!({ "percent": "50" })),
        ("percent over", json!({ "over": "1.00", "percent": "10" })),
        ("bundle", json!({})),
    ] {
        let mut promotion = json!({ "id": "P", "kind": kind, "lines": ["1"], "amount": "1.00" });
        promotion.as_object_mut().unwrap().extend(terms.as_object().unwrap().clone());
        let many = request(|r| {
            r["sales"][0]["lines"][0]["quantity"] = u32::MAX.into();
            r["sales"][0]["lines"][0]["unit_price"] = "0.01".into();
            r["sales"][0]["tenders"][0]["amount"] = "42949671.95".into();
            r["sales"][0]["promotions"] = json!([promotion]);
        });
        let decision = policy.decide(&policy.request(&many).unwrap());
        assert_eq!(decision.outcome, Outcome::Accept, "{kind}");
    }
}

/// Texts that look like code, markup or control sequences come out of the answer as they went in.
#[test]
fn odd_texts_come_back_as_they_went_in() {
    let policy = policy("fees-and-gifts.takeback");
    for odd in ["\"},{\"", "</script>", "\u{1b}[31m", "\u{202e}", "🦀", "a\0b", "\\u0000"] {
        let read = policy.request(&request(|r| r["returns"][0]["id"] = odd.into())).unwrap();
        let written: Value = serde_json::from_str(&serde_json::to_string(&policy.decide(&read)).unwrap()).unwrap();
        assert_eq!(written["lines"][0]["line"], odd);
    }
}

/// Whatever value stands wherever a value stands, there is an answer or an error that names a place.
#[test]
fn any_value_anywhere_is_answered() {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(0.5),
        json!(""),
        json!("NaN"),
        json!("1e999"),
        json!("-0"),
        json!("999999999999999.99"),
        json!("2200-12-31"),
        json!("1900-01-01"),
        json!([]),
        json!({}),
        json!([[]]),
    ];
    let mut wrong = String::new();
    for case in ["5-three-for-two-units.json", "tax-and-fee-in-full.json", "6-seven-three.json", "corner-shop.json"] {
        let text = fs::read_to_string(cases::root().join("tests/cases").join(case)).unwrap();
        let case: Value = serde_json::from_str(&text).unwrap();
        let policy = cases::policy_of(&case).unwrap();
        let request = case.pointer("/steps/0/request").unwrap_or(&case["request"]);
        let mut places = Vec::new();
        pointers(request, String::new(), &mut places);
        for place in &places {
            for value in &odd {
                let mut changed = request.clone();
                *changed.pointer_mut(place).unwrap() = value.clone();
                match policy.request(changed.to_string().as_bytes()) {
                    Ok(read) => drop(serde_json::to_string(&policy.decide(&read)).unwrap()),
                    Err(error) if place.starts_with(error.path()) || error.path().starts_with(place) => {}
                    // What another place says of it: an id that is not there, a member that is missing, a sum.
                    Err(error) if !error.path().is_empty() => {}
                    Err(error) => writeln!(wrong, "{place} is {value}: {error}").unwrap(),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Wherever a long text stands, as a value or as a name, what is wrong with it is told in few words, with a short place.
#[test]
fn a_long_text_anywhere_is_told_in_few_words() {
    let long = "x".repeat(100_000);
    let mut told = 0;
    let mut few = |error: request::Error| {
        told += 1;
        assert!(error.to_string().len() < 1000, "{} bytes at {}", error.to_string().len(), error.path());
    };
    for name in ["5-three-for-two-units.json", "tax-and-fee-in-full.json", "corner-shop.json"] {
        let text = fs::read_to_string(cases::root().join("tests/cases").join(name)).unwrap();
        let case: Value = serde_json::from_str(&text).unwrap();
        let policy = cases::policy_of(&case).unwrap();
        let request = case.pointer("/steps/0/request").unwrap_or(&case["request"]);
        let mut places = Vec::new();
        pointers(request, String::new(), &mut places);
        for place in &places {
            let mut named = request.clone();
            let value = named.pointer_mut(place).unwrap();
            match value.as_object_mut() {
                Some(members) => drop(members.insert(long.clone(), json!(1))),
                None => *value = json!(long),
            }
            policy.request(named.to_string().as_bytes()).err().into_iter().for_each(&mut few);
        }
    }
    for answers in [
        json!({ &long: 1 }),
        json!({ "forms": [{ "form": long }, { "form": long }] }),
        json!({ "forms": [{ "form": "slip", "fields": { &long: { &long: 1, "value": 1 } } }] }),
        json!({ "forms": [{ "form": "slip", "fields": { "a": { "value": { "b": 1 }, &long: 1 } } }] }),
    ] {
        few(record::read(answers.to_string().as_bytes()).unwrap_err());
    }
    assert!(told > 50, "only {told} errors");
}

/// The places of all values.
fn pointers(value: &Value, here: String, out: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| pointers(value, format!("{here}/{at}"), out));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| pointers(value, format!("{here}/{name}"), out));
        }
        _ => {}
    }
    out.push(here);
}
