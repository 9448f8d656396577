//! `tests/request`: requests against `policy.takeback`, and what is wrong with them or what was understood. A file holds
//! several cases: `== title`, JSON, `--`, and the expected lines.

use std::fmt::Write as _;
use std::{env, fs};

use rust_decimal::Decimal;
use takeback::Policy;
use takeback::facts::{Scope, Type, Value};
use takeback::request::{Event, Request, Sale};

use crate::cases;

#[test]
fn requests() {
    let folder = cases::root().join("tests/request");
    let policy = cases::policy(&[folder.join("policy.takeback")]).unwrap();
    let mut wrong = String::new();
    for path in cases::files(&folder, "txt") {
        let text = fs::read_to_string(&path).unwrap();
        let mut found = String::new();
        for case in text.split("== ").skip(1) {
            let (title, rest) = case.split_once('\n').unwrap();
            let (json, _) = rest.split_once("\n--\n").unwrap_or((rest.trim_end(), ""));
            write!(found, "== {title}\n{json}\n--\n{}\n", understood(&policy, json)).unwrap();
        }
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &found).unwrap();
        }
        if found != text {
            let differs = found.lines().zip(text.lines()).find(|(found, text)| found != text);
            writeln!(wrong, "{}: found, expected {differs:#?}", path.display()).unwrap();
        }
    }
    assert!(env::var_os("UPDATE").is_some() || wrong.is_empty(), "{wrong}");
}

/// The request that the reference shows.
#[test]
fn reference() {
    let policy = cases::policy(&[cases::root().join("tests/request/policy.takeback")]).unwrap();
    let text = fs::read_to_string(cases::root().join("docs/reference/request.md")).unwrap();
    let (_, json) = text.split_once("```json\n").unwrap();
    let (json, _) = json.split_once("```").unwrap();
    let request = policy.request(json.as_bytes()).unwrap();
    assert_eq!(request.lines.len(), 1);
}

/// The error, or what the request says.
fn understood(policy: &Policy, json: &str) -> String {
    match policy.request(json.as_bytes()) {
        Ok(request) => shown(policy, &request),
        Err(error) => format!("{:?} {error}\n", error.kind()),
    }
}

fn shown(policy: &Policy, request: &Request) -> String {
    let mut out = String::new();
    let at = |event: Event| match event.moment {
        Some(moment) => format!("{} ({})", event.day, moment.to_rfc3339()),
        None => event.day.to_string(),
    };
    let come = |event: Option<Event>| event.map_or("awaited".to_owned(), at);
    let (told, sent, received) = (at(request.told), come(request.sent), come(request.received));
    writeln!(out, "told {told}, sent {sent}, received {received}").unwrap();
    facts(&mut out, policy, request, Scope::Visit, &request.facts);
    for sale in &request.sales {
        writeln!(out, "sale {}", sale.id).unwrap();
        facts(&mut out, policy, request, Scope::Sale, &sale.facts);
        lines_of(&mut out, sale);
        for tender in &sale.tenders {
            writeln!(out, "  tender {} {} earlier {}", tender.id, tender.amount, tender.earlier).unwrap();
            facts(&mut out, policy, request, Scope::Tender, &tender.facts);
        }
    }
    for line in &request.lines {
        writeln!(out, "back {}: {} of {:?}, in categories {:?}", line.id, line.quantity, line.sold, line.in_category)
            .unwrap();
        facts(&mut out, policy, request, Scope::Line, &line.facts);
        if let Some(new) = &line.new {
            writeln!(out, "  new {new:?}").unwrap();
        }
    }
    out
}

fn lines_of(out: &mut String, sale: &Sale) {
    for line in &sale.lines {
        writeln!(out, "  line {}: {} at {}, paid {}", line.id, line.quantity, line.unit_price, line.paid).unwrap();
        let earlier = &line.earlier;
        if earlier.quantity > 0 || earlier.goods > Decimal::ZERO {
            writeln!(out, "    {earlier:?}").unwrap();
        }
    }
}

/// The facts that are known, by name.
fn facts(out: &mut String, policy: &Policy, request: &Request, scope: Scope, facts: &[Option<Value>]) {
    let schema = &policy.program().schema;
    for fact in schema.facts.iter().filter(|fact| fact.scope == scope) {
        let shown = match facts[usize::from(fact.slot)] {
            None => continue,
            Some(Value::Bool(value)) => value.to_string(),
            Some(Value::Word(word)) => match fact.ty {
                Type::Word(domain) => schema.domain(domain).unwrap().word(word).to_owned(),
                other => format!("{word} of {other:?}"),
            },
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Date(day)) => day.to_string(),
            Some(Value::Text(text)) => format!("{:?}", request.text(schema, text)),
            Some(Value::Texts(list)) => {
                let texts = &request.lists[list as usize];
                format!("{:?}", texts.iter().map(|text| request.text(schema, *text)).collect::<Vec<_>>())
            }
        };
        writeln!(out, "  {} = {shown}", fact.name).unwrap();
    }
}
