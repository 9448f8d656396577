//! What the Merchant API and the Content API before it answer, into terms. Each member is carried over or told as lost.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use takeback::money::Currency;

use super::{LABELS, METHODS, MICROS, STATES};
use crate::lost::{Lost, pointer};
use crate::terms::{LabelSource, Refund, Restocking, Returns, Season, ShippingFee, Terms};

/// Where policies stand in answers and requests.
const HOLDERS: [&str; 6] =
    ["onlineReturnPolicies", "onlineReturnPolicy", "returnPolicies", "returnPolicy", "resources", "entries"];

/// Whether a document looks like one of Google's, and not like JSON-LD.
pub fn recognises(document: &Value) -> bool {
    match document {
        Value::Array(list) => list.iter().any(recognises),
        Value::Object(members) => {
            is_policy(members)
                || members.iter().any(|(name, value)| HOLDERS.contains(&&*camel(name)) && recognises(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// All policies of an answer of the API, of a list, or the one. What is not understood is lost, told by its JSON pointer.
pub fn read(document: &Value) -> (Vec<Terms>, Vec<Lost>) {
    let mut reader = Reader { lost: Vec::new() };
    let mut all = Vec::new();
    reader.find(document, "", &mut all);
    if all.is_empty() {
        return (Vec::new(), vec![Lost::new("", "there is no online return policy in it")]);
    }
    reader.labelled(&mut all);
    (all.into_iter().map(|(_, terms)| terms).collect(), reader.lost)
}

struct Reader {
    lost: Vec<Lost>,
}

impl Reader {
    fn lose(&mut self, of: impl Into<String>, what: impl Into<String>) {
        self.lost.push(Lost::new(of, what));
    }

    fn find(&mut self, value: &Value, at: &str, all: &mut Vec<(String, Terms)>) {
        match value {
            Value::Array(list) => {
                for (place, one) in list.iter().enumerate() {
                    self.find(one, &format!("{at}/{place}"), all);
                }
            }
            Value::Object(members) if is_policy(members) => {
                let terms = self.terms(members, at);
                all.push((at.to_owned(), terms));
            }
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
                    let place = pointer(at, name);
                    match &*camel(name) {
                        "nextPageToken" => self.lose(place, "there are more policies on another page"),
                        name if HOLDERS.contains(&name) => self.find(value, &place, all),
                        _ => self.lose(place, "not understood"),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A label is for the goods that have it in the feed, where there is a policy without one for the others.
    fn labelled(&mut self, all: &mut [(String, Terms)]) {
        let general = all.iter().any(|(_, terms)| terms.name.is_none());
        for (place, terms) in all.iter_mut().filter(|(_, terms)| terms.name.is_some()) {
            if general {
                terms.categories = terms.name.clone().into_iter().collect();
                self.lose(
                    format!("{place}/label"),
                    "which goods have this label in the feed: taken for a category of that name",
                );
            } else {
                self.lose(format!("{place}/label"), "that it is only for goods that have this label in the feed");
            }
        }
    }

    fn terms(&mut self, members: &Map<String, Value>, at: &str) -> Terms {
        let mut terms = Terms::default();
        let mut some_reasons_are_free = false;
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let place = pointer(at, name);
            match &*camel(name) {
                "name" | "returnPolicyId" | "kind" => self.lose(place, "a name by which nothing is decided"),
                "label" => terms.name = self.text(value, &place).filter(|label| label != "default"),
                "countries" | "country" => terms.countries = self.countries(value, &place),
                "policy" => terms.returns = self.window(value, &place),
                "seasonalOverrides" => {
                    for (place, value) in listed(value, &place) {
                        terms.seasons.extend(self.season(value, &place));
                    }
                }
                "restockingFee" => {
                    let percent = whole(get(value, "microPercent")).map(from_micros).map(Restocking::Percent);
                    let fixed = get(value, "fixedFee").and_then(|fee| self.price(fee, &place, &mut terms));
                    terms.restocking = match percent.or_else(|| fixed.map(Restocking::Fixed)) {
                        Some(Restocking::Percent(zero) | Restocking::Fixed(zero)) if zero.is_zero() => None,
                        Some(Restocking::Percent(share)) if share < Decimal::ZERO || share > Decimal::ONE_HUNDRED => {
                            self.lose(place, "not a share of 0 to 100 percent");
                            None
                        }
                        fee => fee,
                    };
                }
                "returnMethods" => terms.methods = self.set(&METHODS, value, &place),
                "itemConditions" => terms.states = self.set(&STATES, value, &place),
                "returnShippingFee" => terms.shipping = self.way_back(value, &place, &mut terms),
                "returnReasonCategoryInfo" => {
                    for (place, value) in listed(value, &place) {
                        self.of_reason(value, &place, &mut terms);
                    }
                }
                "nonFreeReturnReasons" => {
                    some_reasons_are_free = true;
                    self.lose(place, "for which reasons the way back costs something: told is a change of mind");
                }
                "returnPolicyUri" => terms.link = self.text(value, &place),
                "acceptDefectiveOnly" => terms.defective_only = self.yes_or_no(value, &place),
                "acceptExchange" => terms.refunds.extend(self.yes_or_no(value, &place).then_some(Refund::Exchange)),
                "processRefundDays" => {
                    terms.paid_within = whole(Some(value)).and_then(|days| days.try_into().ok());
                    if terms.paid_within.is_none() {
                        self.lose(place, "not a number of days");
                    }
                }
                "returnLabelSource" => terms.label = self.label(value, &place),
                _ => self.lose(place, "not understood"),
            }
        }
        if some_reasons_are_free {
            terms.remorse = terms.shipping.take();
        }
        // The format speaks of refunds only; whoever takes goods back in it pays for them.
        if !matches!(terms.returns, Returns::Never) {
            terms.refunds.insert(Refund::Money);
        }
        terms
    }

    /// What the Content API tells of returns for one kind of reason.
    fn of_reason(&mut self, value: &Value, at: &str, terms: &mut Terms) {
        let fee = get(value, "returnShippingFee").and_then(|fee| self.way_back(fee, at, terms));
        match get(value, "returnReasonCategory").and_then(Value::as_str) {
            Some("BUYER_REMORSE") => {
                terms.remorse = fee;
                terms.label = get(value, "returnLabelSource").and_then(|label| self.label(label, at));
            }
            Some("ITEM_DEFECT") => {
                terms.defect = fee;
                if get(value, "returnLabelSource").is_some() {
                    self.lose(at, "where the label comes from is nothing that a policy decides by");
                }
            }
            _ => self.lose(at, "no kind of reason that is known"),
        }
    }

    fn way_back(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<ShippingFee> {
        let amount = get(value, "fixedFee").filter(|fee| !fee.is_null());
        match get(value, "type").and_then(Value::as_str) {
            Some("CUSTOMER_PAYING_ACTUAL_FEE") => Some(ShippingFee::Customer),
            Some("FREE") => Some(ShippingFee::Free),
            // A fixed fee without an amount is free, the reference of the format says.
            Some("FIXED") if amount.is_none() => Some(ShippingFee::Free),
            // The oldest form is the amount and nothing else.
            Some("FIXED") | None if amount.is_some() || get(value, "value").is_some() => {
                let amount = self.price(amount.unwrap_or(value), at, terms)?;
                Some(if amount.is_zero() { ShippingFee::Free } else { ShippingFee::Fixed(amount) })
            }
            _ => {
                self.lose(at, "no fee that is understood");
                None
            }
        }
    }

    fn window(&mut self, value: &Value, at: &str) -> Returns {
        let days = get(value, "days").or_else(|| get(value, "numberOfDays"));
        match get(value, "type").and_then(Value::as_str) {
            Some("NO_RETURNS" | "noReturns") => Returns::Never,
            Some("LIFETIME_RETURNS" | "lifetimeReturns") => Returns::Unlimited,
            Some("NUMBER_OF_DAYS_AFTER_DELIVERY" | "numberOfDaysAfterDelivery") => {
                match whole(days).and_then(|days| days.try_into().ok()) {
                    Some(days) => Returns::Days(days),
                    None => {
                        self.lose(format!("{at}/days"), "not a number of days");
                        Returns::Unspecified
                    }
                }
            }
            Some("lastReturnDate") => match date(get(value, "lastReturnDate")) {
                Some(day) => Returns::Until(day),
                None => {
                    self.lose(format!("{at}/lastReturnDate"), "not a day");
                    Returns::Unspecified
                }
            },
            _ => {
                self.lose(format!("{at}/type"), "no type that is known");
                Returns::Unspecified
            }
        }
    }

    fn season(&mut self, value: &Value, at: &str) -> Option<Season> {
        let days = whole(get(value, "returnDays")).and_then(|days| days.try_into().ok()).map(Returns::Days);
        let until = date(get(value, "returnUntilDate")).map(Returns::Until);
        let returns = days.or(until).or_else(|| get(value, "policy").map(|policy| self.window(policy, at)));
        let label = get(value, "label").or_else(|| get(value, "name")).and_then(Value::as_str);
        for name in value.as_object().into_iter().flat_map(Map::keys) {
            let known = ["label", "name", "startDate", "endDate", "returnDays", "returnUntilDate", "policy"];
            if !known.contains(&&*camel(name)) {
                self.lose(pointer(at, name), "not understood");
            }
        }
        match (date(get(value, "startDate")), date(get(value, "endDate")), returns) {
            (Some(from), Some(to), _) if from > to => {
                self.lose(at, format!("a season that ends ({to}) before it begins ({from})"));
                None
            }
            (Some(from), Some(to), Some(returns)) if returns != Returns::Unspecified => Some(Season {
                name: label.map(str::to_owned),
                from,
                to,
                returns,
                refunds: BTreeSet::new(),
                restocking: None,
            }),
            (_, _, _) => {
                self.lose(at, "a season without its days");
                None
            }
        }
    }

    fn text(&mut self, value: &Value, at: &str) -> Option<String> {
        if !value.is_string() {
            self.lose(at, "not a text");
        }
        value.as_str().map(str::to_owned)
    }

    fn yes_or_no(&mut self, value: &Value, at: &str) -> bool {
        if !value.is_boolean() {
            self.lose(at, "neither true nor false");
        }
        value.as_bool().unwrap_or_default()
    }

    fn countries(&mut self, value: &Value, at: &str) -> Vec<String> {
        let mut countries = Vec::new();
        for (place, value) in listed(value, at) {
            match value.as_str().filter(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_alphabetic())) {
                Some(code) => countries.push(code.to_ascii_uppercase()),
                None => self.lose(place, "not an ISO 3166-1 code of two letters"),
            }
        }
        countries
    }

    fn label(&mut self, value: &Value, at: &str) -> Option<LabelSource> {
        // The Content API said `IN_THE_BOX`.
        let word = value.as_str().map(|word| if word == "IN_THE_BOX" { "IN_THE_PACKAGE" } else { word });
        let known = LABELS.iter().find(|(_, known)| word == Some(known)).map(|(label, _)| *label);
        if known.is_none() {
            self.lose(at, "no label source that is known");
        }
        known
    }

    fn set<T: Copy + Ord>(&mut self, words: &[(T, &str)], value: &Value, at: &str) -> BTreeSet<T> {
        let mut all = BTreeSet::new();
        for (place, word) in listed(value, at) {
            match words.iter().find(|(_, known)| word.as_str() == Some(known)) {
                Some((known, _)) => {
                    all.insert(*known);
                }
                None => self.lose(place, format!("{word} is not known")),
            }
        }
        all
    }

    /// An amount in millionths, or as the Content API wrote it.
    fn price(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<Decimal> {
        let told: Option<Decimal> = get(value, "value").and_then(|value| match value {
            Value::String(text) => text.trim().parse().ok(),
            Value::Number(number) => number.to_string().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        });
        let told = told.map(|amount| amount.normalize());
        let amount =
            whole(get(value, "amountMicros")).map(from_micros).or(told).filter(|amount| *amount >= Decimal::ZERO);
        let currency = get(value, "currencyCode").or_else(|| get(value, "currency")).and_then(Value::as_str);
        let currency = currency.filter(|code| code.parse::<Currency>().is_ok()).map(str::to_owned);
        terms
            .amount(amount, currency)
            .map_err(|why| self.lose(at, why.unwrap_or_else(|| "not an amount with its currency".to_owned())))
            .ok()
    }
}

fn is_policy(members: &Map<String, Value>) -> bool {
    let has = |wanted: &str| members.keys().any(|name| camel(name) == wanted);
    has("policy") || ((has("countries") || has("country")) && (has("returnPolicyUri") || has("label")))
}

/// `return_policy_uri`, as some clients write it, the way the format does.
fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in name.chars() {
        match (c, upper) {
            ('_', _) => upper = true,
            (c, true) => {
                out.extend(c.to_uppercase());
                upper = false;
            }
            (c, false) => out.push(c),
        }
    }
    out
}

fn get<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_object()?.iter().find(|(key, _)| camel(key) == name).map(|(_, value)| value)
}

fn listed<'v>(value: &'v Value, at: &str) -> Vec<(String, &'v Value)> {
    match value {
        Value::Array(list) => list.iter().enumerate().map(|(place, one)| (format!("{at}/{place}"), one)).collect(),
        one => vec![(at.to_owned(), one)],
    }
}

/// A day as the Merchant API writes it, or as a text.
fn date(value: Option<&Value>) -> Option<NaiveDate> {
    let value = value?;
    if let Some(text) = value.as_str() {
        return text.get(..10).unwrap_or(text).parse().ok();
    }
    let part = |name: &str| whole(value.get(name));
    NaiveDate::from_ymd_opt(
        part("year")?.try_into().ok()?,
        part("month")?.try_into().ok()?,
        part("day")?.try_into().ok()?,
    )
}

/// A whole number, written as a number or, as the API does, as a text.
fn whole(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn from_micros(micros: i64) -> Decimal {
    (Decimal::from(micros) / MICROS).normalize()
}
