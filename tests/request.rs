//! `tests/request`: requests against `policy.takeback`, and what is wrong with them or what was understood. A file holds
//! several cases: `== title`, JSON, `--`, and the expected lines.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::{env, fs};

use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::Policy;
use takeback::facts::{Scope, Type, Value};
use takeback::request::{Draft, Event, List, Object, Request, Sale};

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

/// The error, or what the request says. A draft of the same members is read alike.
fn understood(policy: &Policy, json: &str) -> String {
    let read = policy.request(json.as_bytes());
    if let Ok(value) = serde_json::from_str::<Json>(json)
        && is_drafted(&value)
        && !matches!(&read, Err(error) if error.message().contains("stands twice"))
    {
        let draft = Draft::new(|request| members(request, &value)).unwrap_or_else(|never: Infallible| match never {});
        assert_eq!(policy.request_of(&draft), read, "as a draft:\n{json}");
    }
    match read {
        Ok(request) => shown(policy, &request),
        Err(error) => format!("{:?} {error}\n", error.kind()),
    }
}

/// Whether drafts can say it: what is not known is left out of them, and with it lists and objects that hold nothing.
fn is_drafted(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(_) | Json::String(_) => true,
        Json::Number(number) => number.is_u64(),
        Json::Array(items) => !items.is_empty() && items.iter().all(|item| is_drafted(item) && !item.is_array()),
        Json::Object(members) => !members.is_empty() && members.values().all(is_drafted),
    }
}

fn members<'a>(object: &mut Object<'_, 'a>, value: &'a Json) -> Result<(), Infallible> {
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Json::Bool(yes) => object.yes(name, *yes),
            Json::String(text) => object.text(name, text),
            Json::Number(number) => object.decimal(name, Decimal::from(number.as_u64().unwrap())),
            Json::Array(items) if items.iter().all(Json::is_string) => {
                object.texts(name, items.iter().filter_map(Json::as_str));
            }
            Json::Array(items) => object.list(name, |list| items.iter().try_for_each(|item| element(list, item)))?,
            Json::Object(_) => object.object(name, |inside| members(inside, value))?,
            Json::Null => {}
        }
    }
    Ok(())
}

fn element<'a>(list: &mut List<'_, 'a>, item: &'a Json) -> Result<(), Infallible> {
    match item.as_str() {
        Some(text) => {
            list.text(text);
            Ok(())
        }
        None => list.object(|inside| members(inside, item)),
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
