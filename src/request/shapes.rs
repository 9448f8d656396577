//! What schemas say of the values in a request: amounts, units, words and facts of the policy. Each is what
//! [`super::context`] and [`super::facts`] take; a schema says no more than JSON Schema can.

use std::marker::PhantomData;

use serde_json::{Map, Value, json};

use super::wire::{self, AWAITED, Come, Date, Dated, Fact, Parcels, Rows, Text};
use crate::facts::{self, DomainId, Scope, Type, builtin, domain};
use crate::program::Program;
use crate::shape::{Shape, Shapes, by_word, described, given, nullable};

/// The schema of requests: of any policy, or of one.
pub(crate) fn schema(policy: Option<&Program>, id: &str, title: &str) -> Value {
    Shapes::document(policy, id, title, wire::Request::object())
}

impl Shape for Text<'_> {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string" })
    }
}

impl<T: Shape> Shape for Rows<T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "array", "items": T::shape(shapes) })
    }
}

impl<T: Shape> Shape for Box<T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        T::shape(shapes)
    }
}

/// A list that is not empty.
pub(super) struct AtLeastOne<T>(PhantomData<T>);

impl<T: Shape> Shape for AtLeastOne<T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "array", "items": T::shape(shapes), "minItems": 1 })
    }
}

/// A list of at most so many.
pub(super) struct AtMost<const MOST: usize, T>(PhantomData<T>);

impl<const MOST: usize, T: Shape> Shape for AtMost<MOST, T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "array", "items": T::shape(shapes), "maxItems": MOST })
    }
}

/// An id, which is not empty.
pub(super) struct Id;

impl Shape for Id {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

/// The ids of the lines of a promotion.
pub(super) struct LineIds;

impl Shape for LineIds {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "array", "items": { "type": "string" }, "minItems": 1, "uniqueItems": true })
    }
}

/// Digits before the point of an amount, at most.
const WHOLE: u32 = 15;

/// A decimal in quotes, or a whole number; not negative, below 10^15.
fn number(about: &str, decimals: u32) -> Value {
    let part = match decimals {
        0 => r"(\.0+)?".to_owned(),
        decimals => format!(r"(\.[0-9]{{1,{decimals}}}0*)?"),
    };
    let most = 10u64.pow(WHOLE) - 1;
    described(
        &[about],
        json!({ "anyOf": [
        { "type": "string", "pattern": format!(r"^(0*[0-9]{{1,{WHOLE}}}{part}|-0+(\.0+)?)$"), "maxLength": 30 },
        { "type": "integer", "minimum": 0, "maximum": most }
    ] }),
    )
}

/// An amount of money.
pub(super) struct Amount;

impl Shape for Amount {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        shapes.named("Amount", |shapes| match shapes.policy {
            Some(policy) => {
                let digits = policy.currency.minor_digits();
                number(&format!("An amount in {}, in quotes (`\"12.50\"`), or a whole number.", policy.currency), digits)
            }
            None => number(
                "An amount in the policy's currency, in quotes (`\"12.50\"`), or a whole number; no finer than the minor unit.",
                4,
            ),
        })
    }
}

/// A price of one unit.
pub(super) struct Price;

impl Shape for Price {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let about = "A price of one unit, which may be finer than the minor unit: up to 12 decimals.";
        shapes.named("Price", |_| number(about, 12))
    }
}

/// A percentage.
pub(super) struct Percent<const MOST: u32>;

impl<const MOST: u32> Shape for Percent<MOST> {
    fn shape(_: &mut Shapes<'_>) -> Value {
        let digits = MOST.ilog10();
        json!({ "anyOf": [
            { "type": "string", "pattern": format!(r"^(0*([0-9]{{1,{digits}}}(\.[0-9]+)?|{MOST}(\.0+)?)|-0+(\.0+)?)$"), "maxLength": 30 },
            { "type": "integer", "minimum": 0, "maximum": MOST }
        ] })
    }
}

/// A number of units.
pub(super) struct Units<const LEAST: u32>;

impl<const LEAST: u32> Shape for Units<LEAST> {
    fn shape(_: &mut Shapes<'_>) -> Value {
        let digits = match LEAST {
            0 => "0*[0-9]{1,10}",
            1 => "0*[1-9][0-9]{0,9}",
            _ => "0*([2-9]|[1-9][0-9]{1,9})",
        };
        json!({ "anyOf": [
            { "type": "integer", "minimum": LEAST, "maximum": u32::MAX },
            { "type": "string", "pattern": format!(r"^{digits}(\.0+)?$"), "maxLength": 29 }
        ] })
    }
}

/// Amounts by name.
pub(super) struct Amounts;

impl Shape for Amounts {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "object", "additionalProperties": Amount::shape(shapes), "maxProperties": 1000 })
    }
}

/// Prices by length.
pub(super) struct Prices;

impl Shape for Prices {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "object", "additionalProperties": Price::shape(shapes), "maxProperties": 1000 })
    }
}

const DAY: &str = "(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

impl Shape for Date {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let about = "A day, `\"2025-11-20\"`, or a moment with its offset, `\"2025-11-20T15:04:00-05:00\"` (RFC 3339); of the years 1900 to 2200.";
        shapes.named("DayOrMoment", |_| {
            let moment = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})";
            described(
                &[about],
                json!({ "anyOf": [
                { "type": "string", "format": "date", "pattern": format!("^{DAY}$") },
                { "type": "string", "format": "date-time", "pattern": format!("^{DAY}{moment}$") }
            ] }),
            )
        })
    }
}

impl Shape for Come {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "anyOf": [Date::shape(shapes), { "const": AWAITED }] })
    }
}

impl Shape for Parcels {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let date = Date::shape(shapes);
        let parcel = nullable(date.clone());
        json!({ "anyOf": [date, { "type": "array", "items": parcel }] })
    }
}

/// Defines a word of one of the policy's lists.
macro_rules! policy_words {
    ($($(#[doc = $about:literal])+ $type:ident as $name:literal in $domain:ident;)+) => {$(
        $(#[doc = $about])+
        pub(super) struct $type;
        impl Shape for $type {
            fn shape(shapes: &mut Shapes<'_>) -> Value {
                shapes.named($name, |shapes| described(&[$($about),+], word(shapes, domain::$domain)))
            }
        }
    )+};
}

policy_words! {
    /// A tender: a standard one, or one that the policy adds.
    TenderWord as "TenderKind" in TENDERS;
    /// Why goods come back: a standard reason, or one that the policy adds.
    ReasonWord as "ReturnReason" in REASONS;
    /// In what state goods are: a standard condition, or one that the policy adds.
    ConditionWord as "Condition" in CONDITIONS;
    /// How a sale is proved: a standard proof, or one that the policy adds.
    ProofWord as "Proof" in PROOFS;
    /// How a sale is made or a return comes in: a standard channel, or one that the policy adds.
    Channel as "Channel" in CHANNELS;
    /// A remedy: a standard one, or one that the policy adds.
    RemedyWord as "Remedy" in REMEDIES;
    /// A role: a standard one, or one that the policy adds.
    RoleWord as "Role" in ROLES;
    /// Who brings goods.
    Bringer as "Bringer" in BRINGERS;
}

/// A word of a list. Without a policy only the standard ones are known, and others are possible.
fn word(shapes: &Shapes<'_>, list: DomainId) -> Value {
    match shapes.policy {
        Some(policy) => json!({ "type": "string", "enum": words(policy, list) }),
        None => {
            let standard = domain::STANDARD.iter().find(|(id, _)| *id == list).map_or(&[][..], |(_, words)| words);
            json!({ "type": "string", "minLength": 1, "examples": standard })
        }
    }
}

fn words(policy: &Program, list: DomainId) -> &[String] {
    policy.schema.domain(list).map(|list| list.words.as_slice()).unwrap_or_default()
}

/// The currency.
pub(super) struct CurrencyCode;

impl Shape for CurrencyCode {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        match shapes.policy {
            Some(policy) => json!({ "type": "string", "enum": [policy.currency.code()] }),
            None => json!({ "type": "string", "pattern": "^[A-Z]{3}$" }),
        }
    }
}

/// The label path of a clause.
pub(super) struct ClausePath;

impl Shape for ClausePath {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        shapes.named("ClausePath", |shapes| {
            let about = "The label path of a clause: `everything/large-refund`.";
            let paths = shapes.policy.map(|policy| {
                let mut paths: Vec<&str> = policy.clauses.iter().map(|clause| &*clause.path).collect();
                paths.sort_unstable();
                paths.dedup();
                paths
            });
            described(
                &[about],
                match paths {
                    Some(paths) => json!({ "type": "string", "enum": paths }),
                    None => json!({ "type": "string", "minLength": 1 }),
                },
            )
        })
    }
}

/// The categories of an item: any path may be told, and those that the policy speaks of are examples.
pub(super) struct Categories;

impl Shape for Categories {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let mut path = json!({ "type": "string" });
        if let (Some(policy), Some(path)) = (shapes.policy, path.as_object_mut()) {
            let groups = policy.schema.categories.iter().flat_map(|set| &set.groups);
            let mut paths: Vec<&String> = groups.flat_map(|group| group.paths.iter().chain(&group.except)).collect();
            paths.sort_unstable();
            paths.dedup();
            if !paths.is_empty() {
                path.insert("examples".to_owned(), json!(paths));
            }
        }
        json!({ "type": "array", "items": path })
    }
}

/// A country.
pub(super) struct Country;

impl Shape for Country {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": "^[A-Z]{2}$" })
    }
}

/// A part of a country.
pub(super) struct State;

impl Shape for State {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": "^[A-Z]{2}-[A-Za-z0-9]{1,3}$" })
    }
}

/// A time zone. Which there are is more than a schema should list.
pub(super) struct Zone;

impl Shape for Zone {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$" })
    }
}

/// The kind of a promotion.
pub(super) struct PromotionWord;

impl Shape for PromotionWord {
    fn shape(_: &mut Shapes<'_>) -> Value {
        let kinds: Vec<&str> = super::sales::TERMS.iter().map(|(kind, _)| *kind).collect();
        json!({ "type": "string", "enum": kinds })
    }
}

/// Which terms a promotion has.
pub(super) fn promotion() -> Vec<Value> {
    let all: Vec<&str> = super::sales::TERMS.iter().flat_map(|(_, terms)| terms.iter().copied()).collect();
    let rule = |(kind, terms): &(&str, &[&str])| {
        let amount: &[&str] = if *kind == "gift" { &[] } else { &["amount"] };
        by_word("kind", &all, [kind], &[amount, terms].concat(), &[])
    };
    let none = json!({ "anyOf": [{ "type": "string", "pattern": r"^-?0+(\.0+)?$" }, { "enum": [0, null] }] });
    let gift = json!({
        "if": { "properties": { "kind": { "enum": ["gift"] } }, "required": ["kind"] },
        "then": { "properties": { "amount": none } }
    });
    super::sales::TERMS.iter().map(rule).chain([gift]).collect()
}

/// That a line has a price.
pub(super) fn sale_line() -> Vec<Value> {
    vec![json!({ "anyOf": [given("unit_price"), given("paid")] })]
}

/// That goods come from a sale or are an item without one.
pub(super) fn returned() -> Vec<Value> {
    let nothing = json!({ "type": "null" });
    vec![json!({ "if": given("item"), "then": { "properties": { "sale": nothing, "line": nothing } } })]
}

pub(super) const VISIT: u8 = 0;
pub(super) const SALE: u8 = 1;
pub(super) const LINE: u8 = 2;
pub(super) const TENDER: u8 = 3;

/// The declared facts of a scope.
pub(super) struct FactsOf<const SCOPE: u8>;

impl<const SCOPE: u8> Shape for FactsOf<SCOPE> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let Some(policy) = shapes.policy else {
            return json!({ "type": "object", "additionalProperties": Fact::shape(shapes) });
        };
        let (scope, name) = match SCOPE {
            VISIT => (Scope::Visit, "VisitFacts"),
            SALE => (Scope::Sale, "SaleFacts"),
            LINE => (Scope::Line, "ItemFacts"),
            _ => (Scope::Tender, "TenderFacts"),
        };
        shapes.named(name, |shapes| {
            let declared = policy.schema.facts.iter().skip(builtin::ALL.len());
            let declared = declared.filter(|fact| fact.scope == scope && !policy.schema.is_on_duty(fact));
            let members: Map<String, Value> =
                declared.map(|fact| (fact.name.clone(), declared_fact(shapes, policy, fact))).collect();
            json!({ "type": "object", "properties": members, "additionalProperties": false })
        })
    }
}

/// A fact of any type, or what a policy makes of it.
impl Shape for Fact<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let dated = Dated::shape(shapes);
        let mut fact = FactValue::shape(shapes);
        if let Some(choices) = fact.get_mut("anyOf").and_then(Value::as_array_mut) {
            choices.push(dated);
            return fact;
        }
        json!({ "anyOf": [fact, dated, { "type": "null" }] })
    }
}

/// The value of a fact of any type.
pub(super) struct FactValue;

impl Shape for FactValue {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let about = "The value of a declared fact: yes or no, a word, a text, a number or amount in quotes or whole, a day or moment, a list of texts; `null` is not known.";
        shapes.named("FactValue", |_| {
            described(
                &[about],
                json!({ "anyOf": [
                { "type": "boolean" },
                { "type": "string" },
                { "type": "integer" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "null" }
            ] }),
            )
        })
    }
}

/// A declared fact: its value by itself, or with the day of the figure.
fn declared_fact(shapes: &mut Shapes<'_>, policy: &Program, fact: &facts::Fact) -> Value {
    let mut about = vec![
        match fact.ty {
            Type::YesNo => "Yes or no.",
            Type::Word(_) => "A word.",
            Type::Number => "A number.",
            Type::WholeNumber => "A whole number.",
            Type::Money => "An amount.",
            Type::Date => "A day.",
            Type::Text => "A text.",
            Type::Texts => "A list of texts.",
        }
        .to_owned(),
    ];
    if fact.otherwise.is_some() {
        about.push("When it is not told, the policy says what it is.".to_owned());
    }
    about.extend(fact.fresh.map(|length| format!("A figure with `as_of` must be at most {length} old.")));
    let lines: Vec<&str> = about.iter().map(String::as_str).collect();
    let value = nullable(value(shapes, policy, fact.ty));
    let as_of = nullable(Date::shape(shapes));
    let dated = json!({
        "type": "object",
        "properties": { "value": value, "as_of": as_of },
        "additionalProperties": false,
        "required": ["value"]
    });
    described(&lines, json!({ "anyOf": [value, dated] }))
}

fn value(shapes: &mut Shapes<'_>, policy: &Program, ty: Type) -> Value {
    let any = |pattern: &str| {
        json!({ "anyOf": [
            { "type": "string", "pattern": pattern, "maxLength": 30 },
            { "type": "integer" }
        ] })
    };
    match ty {
        Type::YesNo => json!({ "enum": [true, false, "yes", "no"] }),
        Type::Word(list) => json!({ "type": "string", "enum": words(policy, list) }),
        Type::Number => any(r"^-?[0-9]+(\.[0-9]+)?$"),
        Type::WholeNumber => any(r"^-?[0-9]+(\.0+)?$"),
        Type::Money => Amount::shape(shapes),
        Type::Date => Date::shape(shapes),
        Type::Text => json!({ "type": "string" }),
        Type::Texts => json!({ "type": "array", "items": { "type": "string" } }),
    }
}
