//! A return as a till could send it, with everything that is asked about it answered in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use takeback::Policy;
use takeback::decision::{Asked, Decision, Status};
use takeback::facts::{FactId, Scope, Type, Value as Told, builtin};

use crate::lost::Lost;

/// More questions than a policy asks about one return.
const PATIENCE: usize = 60;
/// A state that no policy names: the codes from `US-ZA` on belong to nobody.
const NOWHERE: &str = "US-ZZ";
/// A text that no policy names.
const NOTHING: &str = "-";

/// What is asked about.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub(super) sold: NaiveDate,
    pub(super) delivered: NaiveDate,
    /// A path of the catalogue; none: the item is in no category.
    pub(super) category: Option<String>,
    pub(super) condition: &'static str,
    pub(super) reason: &'static str,
    /// How the goods come back.
    pub(super) back: &'static str,
    pub(super) labels: u32,
    pub(super) price: Decimal,
    pub(super) tender: &'static str,
    pub(super) facts: BTreeMap<FactId, String>,
}

impl Probe {
    /// An ordinary return: new goods for 100, bought online and paid by card, with the receipt, because of a change of mind.
    pub(super) fn new(sold: NaiveDate) -> Self {
        Self {
            sold,
            delivered: sold,
            category: None,
            condition: "sealed",
            reason: "changed mind",
            back: "online",
            labels: 0,
            price: Decimal::ONE_HUNDRED,
            tender: "credit",
            facts: BTreeMap::new(),
        }
    }

    /// The day on which the customer asks.
    pub(super) fn asked(&self) -> NaiveDate {
        self.delivered.checked_add_days(Days::new(1)).unwrap_or(self.delivered)
    }

    /// What its terms are told under.
    pub(super) fn about(&self) -> &str {
        self.category.as_deref().unwrap_or("everything")
    }

    fn json(&self, country: Option<&str>) -> Value {
        let store = match country {
            Some(country) => json!({ "id": "1", "country": country }),
            None => json!({ "id": "1" }),
        };
        let categories: Vec<&String> = self.category.iter().collect();
        let price = self.price.to_string();
        json!({
            "at": self.asked(),
            "store": store,
            "channel": self.back,
            "by": "buyer",
            "labels": self.labels,
            "facts": {},
            "sales": [{
                "id": "S", "sold": self.sold, "ordered": self.sold, "store": store, "channel": "online", "seller": "own",
                "facts": {},
                "lines": [{
                    "id": "1", "categories": categories, "unit_price": price, "final_sale": false,
                    "received": [self.delivered], "shipped": self.sold, "invoiced": self.sold,
                    "facts": {}
                }],
                "tenders": [{ "id": "t", "tender": self.tender, "amount": price, "facts": {} }]
            }],
            "returns": [{
                "id": "r", "sale": "S", "line": "1", "wants": "refund",
                "condition": self.condition, "reason": self.reason, "proof": "receipt",
                "current_price": price, "list_price": price, "facts": {}
            }]
        })
    }
}

/// Decides probes, and remembers what had to be assumed.
pub(super) struct Prober<'p> {
    policy: &'p Policy,
    country: Option<&'p str>,
    pub(super) assumed: BTreeSet<Lost>,
}

impl<'p> Prober<'p> {
    pub(super) fn new(policy: &'p Policy, country: Option<&'p str>) -> Self {
        Self { policy, country, assumed: BTreeSet::new() }
    }

    /// Nothing when the policy cannot be asked that: it has other words, or goes on asking. That is told as lost.
    pub(super) fn decide(&mut self, probe: &Probe) -> Option<Decision> {
        let decision = self.answered(probe);
        if decision.is_none() {
            let about =
                format!("what becomes of {} goods that come back {} ({})", probe.condition, probe.back, probe.reason);
            self.assumed.insert(Lost::new(probe.about(), format!("{about}: the policy could not be asked")));
        }
        decision
    }

    fn answered(&mut self, probe: &Probe) -> Option<Decision> {
        let mut request = probe.json(self.country);
        for (fact, value) in &probe.facts {
            self.put(&mut request, *fact, Value::String(value.clone()))?;
        }
        for _ in 0..PATIENCE {
            let decision = self.ask(&request)?;
            // What remedies nobody wants still ask for is settled too: they are part of the terms.
            let Some(question) = decision.ask.first() else { return Some(decision) };
            match &question.fact {
                Asked::Fact(fact) => self.settle(&mut request, *fact, &question.values, probe)?,
                Asked::LowestPrice(length) => {
                    let prices = request.pointer_mut("/returns/0")?.as_object_mut()?;
                    let all = prices.entry("lowest_price").or_insert_with(|| json!({}));
                    all.as_object_mut()?.insert(length.clone(), json!(probe.price.to_string()));
                }
                Asked::History(_) => {
                    let none = json!({ "returns": [] });
                    let of_visit = json!({ "customer": none, "household": none, "clerk": none });
                    let visit = request.as_object_mut()?;
                    if visit.insert("history".to_owned(), of_visit).is_some() {
                        request.pointer_mut("/returns/0")?.as_object_mut()?.insert("history".to_owned(), none);
                    }
                }
                Asked::Parcels | Asked::Categories | Asked::CurrentPrice | Asked::ListPrice | Asked::PayWithBalance => {
                    return None;
                }
            }
        }
        None
    }

    fn ask(&self, request: &Value) -> Option<Decision> {
        let read = self.policy.request(request.to_string().as_bytes()).ok()?;
        Some(self.policy.decide(&read))
    }

    /// Answers a question as a customer would who does all that is asked: of the possible answers the one after which most can
    /// still be had, of equal ones the first. It is told as assumed.
    fn settle(&mut self, request: &mut Value, id: FactId, values: &[Told], probe: &Probe) -> Option<()> {
        let mut best: Option<(usize, Value, Value)> = None;
        for value in self.possible(id, values, probe) {
            let mut with = request.clone();
            self.put(&mut with, id, value.clone())?;
            let Some(decision) = self.ask(&with) else { continue };
            let refused = |status: &Status| {
                matches!(status, Status::NotOffered { .. } | Status::Expired { .. } | Status::Stopped)
            };
            let open =
                decision.lines.iter().flat_map(|line| &line.remedies).filter(|remedy| !refused(&remedy.status)).count();
            if best.as_ref().is_none_or(|(most, ..)| open > *most) {
                best = Some((open, value, with));
            }
        }
        let (_, value, with) = best?;
        *request = with;
        let told = match &value {
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::String(text) if text == NOWHERE || text == NOTHING => "none that the policy names".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let name = self.policy.program().schema.fact(id).map_or("", |fact| &*fact.name);
        self.assumed.insert(Lost::new(probe.about(), format!("assumed: {name} is {told}")));
        Some(())
    }

    /// The answers there are to a question, the plainest first.
    fn possible(&self, id: FactId, values: &[Told], probe: &Probe) -> Vec<Value> {
        let schema = &self.policy.program().schema;
        let Some(fact) = schema.fact(id) else { return Vec::new() };
        match (id, fact.ty) {
            (builtin::SALE_STATE | builtin::VISIT_STATE, _) => vec![json!(NOWHERE)],
            (_, Type::YesNo) => vec![json!(false), json!(true)],
            (_, Type::Word(domain)) => {
                let words: Vec<u16> = values
                    .iter()
                    .filter_map(|value| match value {
                        Told::Word(word) => Some(*word),
                        Told::Bool(_) | Told::Number(_) | Told::Date(_) | Told::Text(_) | Told::Texts(_) => None,
                    })
                    .collect();
                let all = schema.domain(domain);
                let words = if words.is_empty() { vec![0] } else { words };
                words.into_iter().filter_map(|word| all.map(|all| json!(all.word(word)))).collect()
            }
            (_, Type::Number | Type::Money) => vec![json!("0"), json!("1000000")],
            (_, Type::WholeNumber) => vec![json!(0), json!(1_000_000)],
            (_, Type::Date) => vec![json!(probe.sold)],
            (_, Type::Text) => vec![json!(NOTHING)],
            (_, Type::Texts) => vec![json!([])],
        }
    }

    /// Puts a fact where requests tell it.
    fn put(&self, request: &mut Value, id: FactId, value: Value) -> Option<()> {
        let schema = &self.policy.program().schema;
        let fact = schema.fact(id)?;
        let mut set = |pointer: &str, name: &str| {
            request.pointer_mut(pointer)?.as_object_mut()?.insert(name.to_owned(), value.clone());
            Some(())
        };
        if schema.is_on_duty(fact) {
            request.as_object_mut()?.insert("on_duty".to_owned(), json!(["clerk"]));
            return Some(());
        }
        match id {
            builtin::SALE_STATE => set("/sales/0/store", "state"),
            builtin::VISIT_STATE => set("/store", "state"),
            builtin::SALE_COUNTRY => set("/sales/0/store", "country"),
            builtin::VISIT_COUNTRY => set("/store", "country"),
            builtin::ITEM_BRAND => set("/sales/0/lines/0", "brand"),
            builtin::ITEM_SKU => set("/sales/0/lines/0", "sku"),
            builtin::ITEM_PRODUCT => set("/sales/0/lines/0", "product"),
            builtin::INSTALLED => set("/sales/0/lines/0", "installed"),
            builtin::ACTIVATED => set("/sales/0/lines/0", "activated"),
            builtin::SALE_TAX_EXEMPT => set("/sales/0", "tax_exempt"),
            builtin::CLERK_ROLE => {
                request.as_object_mut()?.insert("clerk".to_owned(), json!({ "id": "c", "role": value }));
                Some(())
            }
            builtin::REFUND_TO_TENDER => {
                request.as_object_mut()?.insert("refund_to".to_owned(), json!({ "tender": value, "id": "t" }));
                Some(())
            }
            FactId(known) if usize::from(known) < builtin::ALL.len() => None,
            _ => match fact.scope {
                Scope::Visit => set("/facts", &fact.name),
                Scope::Sale => set("/sales/0/facts", &fact.name),
                Scope::Line => set("/sales/0/lines/0/facts", &fact.name),
                Scope::Tender => set("/sales/0/tenders/0/facts", &fact.name),
            },
        }
    }
}
