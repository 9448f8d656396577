//! `OnlineReturnPolicy` of the Google Merchant API (`accounts.onlineReturnPolicies`, v1):
//! <https://developers.google.com/merchant/api/reference/rest/accounts_v1/accounts.onlineReturnPolicies>, as of November 2026.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::lost::Lost;
use crate::terms::{LabelSource, Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};

/// One millionth is what amounts and percents are told in.
const MICROS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// A label has at most so many characters.
const LONGEST_LABEL: usize = 50;

const METHODS: [(Method, &str); 3] =
    [(Method::Mail, "BY_MAIL"), (Method::Store, "IN_STORE"), (Method::Kiosk, "AT_A_KIOSK")];
const STATES: [(State, &str); 2] = [(State::New, "NEW"), (State::Used, "USED")];
const LABELS: [(LabelSource, &str); 3] = [
    (LabelSource::Download, "DOWNLOAD_AND_PRINT"),
    (LabelSource::InTheBox, "IN_THE_BOX"),
    (LabelSource::Customer, "CUSTOMER_RESPONSIBILITY"),
];

/// Terms as a list of policies, and what the format has no place for.
pub fn write(all: &[Terms]) -> (Value, Vec<Lost>) {
    let mut lost = Vec::new();
    let policies: Vec<Value> = all.iter().map(|terms| one(terms, &mut lost)).collect();
    lost.sort();
    lost.dedup();
    (json!({ "onlineReturnPolicies": policies }), lost)
}

fn one(terms: &Terms, lost: &mut Vec<Lost>) -> Value {
    let label: String = terms.name.as_deref().unwrap_or("default").chars().take(LONGEST_LABEL).collect();
    let of = label.clone();
    let mut lose = |what: &str| lost.push(Lost::new(of.clone(), what));
    let mut out = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(name.to_owned(), value);
        }
    };
    let currency = terms.currency.as_deref().unwrap_or_default();
    put("label", Some(json!(label)));
    put("countries", Some(json!(terms.countries)));
    put(
        "policy",
        Some(match terms.returns {
            Returns::Never => json!({ "type": "NO_RETURNS" }),
            Returns::Days(days) => json!({ "type": "NUMBER_OF_DAYS_AFTER_DELIVERY", "days": days.to_string() }),
            Returns::Unlimited => json!({ "type": "LIFETIME_RETURNS" }),
            Returns::Until(_) | Returns::Unspecified => {
                lose("how long goods may come back: the format asks for a number of days, for ever, or never");
                json!({ "type": "TYPE_UNSPECIFIED" })
            }
        }),
    );
    let mut seasons = Vec::new();
    for season in &terms.seasons {
        match self::season(season) {
            Some(value) => seasons.push(value),
            None => lose("a season in which goods come back for ever or never"),
        }
    }
    put("seasonalOverrides", (!seasons.is_empty()).then_some(Value::Array(seasons)));
    put(
        "restockingFee",
        terms.restocking.and_then(|fee| match fee {
            Restocking::Percent(percent) => Some(json!({ "microPercent": micros(percent)?.parse::<i64>().ok()? })),
            Restocking::Fixed(amount) => Some(json!({ "fixedFee": price(amount, currency)? })),
        }),
    );
    put("returnMethods", list(terms.methods.iter().filter_map(|method| word(&METHODS, method))));
    if terms.methods.contains(&Method::Keep) {
        lose("that the customer may keep the goods");
    }
    put("itemConditions", list(terms.states.iter().filter_map(|state| word(&STATES, state))));
    if terms.states.contains(&State::Damaged) {
        lose("that damaged goods come back too");
    }
    put(
        "returnShippingFee",
        terms.shipping.or(terms.remorse).and_then(|fee| match fee {
            ShippingFee::Free => Some(json!({ "type": "FIXED", "fixedFee": price(Decimal::ZERO, currency)? })),
            ShippingFee::Fixed(amount) => Some(json!({ "type": "FIXED", "fixedFee": price(amount, currency)? })),
            ShippingFee::Customer => Some(json!({ "type": "CUSTOMER_PAYING_ACTUAL_FEE" })),
        }),
    );
    if terms.defect.is_some() && terms.defect != terms.shipping {
        lose("that the way back costs something else when the goods are at fault");
    }
    put("returnPolicyUri", terms.link.as_deref().map(Value::from));
    put("acceptDefectiveOnly", Some(json!(terms.defective_only)));
    put("processRefundDays", terms.paid_within.map(Value::from));
    put("acceptExchange", Some(json!(terms.refunds.contains(&Refund::Exchange))));
    put("returnLabelSource", terms.label.and_then(|label| word(&LABELS, &label)));
    if terms.refunds.contains(&Refund::StoreCredit) {
        lose("that store credit can be had");
    }
    if terms.tier.is_some() {
        lose("that it is for some customers only");
    }
    if terms.link.is_none() {
        lose("the address of the page with the policy, which the format demands (`--link`)");
    }
    if !terms.categories.is_empty() {
        lose("the goods it is about: name them in the feed, by this label");
    }
    Value::Object(out)
}

fn season(season: &Season) -> Option<Value> {
    let mut value = json!({
        "label": season.name.as_deref().unwrap_or("season"),
        "startDate": date(season.from),
        "endDate": date(season.to),
    });
    let (name, returns) = match season.returns {
        Returns::Days(days) => ("returnDays", json!(days)),
        Returns::Until(day) => ("returnUntilDate", date(day)),
        Returns::Never | Returns::Unlimited | Returns::Unspecified => return None,
    };
    value.as_object_mut()?.insert(name.to_owned(), returns);
    Some(value)
}

fn date(day: NaiveDate) -> Value {
    json!({ "year": day.year(), "month": day.month(), "day": day.day() })
}

/// In millionths, as a text; nothing for what is finer than that.
fn micros(amount: Decimal) -> Option<String> {
    let micros = amount.checked_mul(MICROS)?.normalize();
    micros.is_integer().then(|| micros.to_string())
}

fn price(amount: Decimal, currency: &str) -> Option<Value> {
    Some(json!({ "amountMicros": micros(amount)?, "currencyCode": currency }))
}

fn word<T: PartialEq>(words: &[(T, &str)], of: &T) -> Option<Value> {
    words.iter().find(|(known, _)| known == of).map(|(_, word)| json!(word))
}

fn list(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// All policies of an answer of the API, of a list, or the one. What is not understood is lost, told by its JSON pointer.
pub fn read(document: &Value) -> (Vec<Terms>, Vec<Lost>) {
    let mut lost = Vec::new();
    let whole = document.get("onlineReturnPolicies").or_else(|| document.get("resources"));
    let at = if whole.is_some() { "/onlineReturnPolicies" } else { "" };
    let mut all = Vec::new();
    match whole.unwrap_or(document) {
        Value::Array(list) => {
            for (place, policy) in list.iter().enumerate() {
                all.extend(policy.as_object().map(|policy| terms(policy, &format!("{at}/{place}"), &mut lost)));
            }
        }
        Value::Object(policy) if policy.contains_key("policy") => all.push(terms(policy, at, &mut lost)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {}
    }
    if all.is_empty() {
        lost.push(Lost::new("", "there is no online return policy in it"));
    }
    (all, lost)
}

fn terms(policy: &Map<String, Value>, at: &str, lost: &mut Vec<Lost>) -> Terms {
    let mut terms = Terms::default();
    for (name, value) in policy {
        let place = format!("{at}/{name}");
        match name.as_str() {
            "name" | "returnPolicyId" => {}
            "label" => terms.name = value.as_str().filter(|label| *label != "default").map(str::to_owned),
            "countries" => {
                terms.countries =
                    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            }
            "country" => terms.countries = value.as_str().map(str::to_owned).into_iter().collect(),
            "policy" => terms.returns = window(value, &place, lost),
            "seasonalOverrides" => {
                for (number, value) in value.as_array().into_iter().flatten().enumerate() {
                    match read_season(value) {
                        Some(season) => terms.seasons.push(season),
                        None => lost.push(Lost::new(format!("{place}/{number}"), "a season without its days")),
                    }
                }
            }
            "restockingFee" => {
                let percent = whole(value.get("microPercent")).map(from_micros).map(Restocking::Percent);
                terms.restocking = percent
                    .or_else(|| read_price(value.get("fixedFee"), &mut terms.currency).map(Restocking::Fixed))
                    .filter(|fee| !matches!(fee, Restocking::Percent(z) | Restocking::Fixed(z) if z.is_zero()));
            }
            "returnMethods" => terms.methods = set(&METHODS, value, &place, lost),
            "itemConditions" => terms.states = set(&STATES, value, &place, lost),
            "returnShippingFee" => {
                terms.shipping = match value.get("type").and_then(Value::as_str) {
                    Some("FIXED") => read_price(value.get("fixedFee"), &mut terms.currency)
                        .map(|amount| if amount.is_zero() { ShippingFee::Free } else { ShippingFee::Fixed(amount) }),
                    Some("FREE") => Some(ShippingFee::Free),
                    Some("CUSTOMER_PAYING_ACTUAL_FEE") => Some(ShippingFee::Customer),
                    _ => {
                        lost.push(Lost::new(place, "no fee that is understood"));
                        None
                    }
                };
            }
            "returnPolicyUri" => terms.link = value.as_str().map(str::to_owned),
            "acceptDefectiveOnly" => terms.defective_only = value.as_bool().unwrap_or_default(),
            "processRefundDays" => terms.paid_within = whole(Some(value)).and_then(|days| days.try_into().ok()),
            "acceptExchange" => {
                if value.as_bool() == Some(true) {
                    terms.refunds.insert(Refund::Exchange);
                }
            }
            "returnLabelSource" => {
                let known = LABELS.iter().find(|(_, word)| value.as_str() == Some(word)).map(|(label, _)| *label);
                terms.label = known;
                if known.is_none() {
                    lost.push(Lost::new(place, "no label source that is known"));
                }
            }
            _ => lost.push(Lost::new(place, "not understood")),
        }
    }
    // The format speaks of refunds only; whoever takes goods back in it pays for them.
    if !matches!(terms.returns, Returns::Never) {
        terms.refunds.insert(Refund::Money);
    }
    terms
}

fn window(value: &Value, at: &str, lost: &mut Vec<Lost>) -> Returns {
    let days = value.get("days").or_else(|| value.get("numberOfDays"));
    match value.get("type").and_then(Value::as_str) {
        Some("NO_RETURNS" | "noReturns") => Returns::Never,
        Some("LIFETIME_RETURNS" | "lifetimeReturns") => Returns::Unlimited,
        Some("NUMBER_OF_DAYS_AFTER_DELIVERY" | "numberOfDaysAfterDelivery") => {
            match whole(days).and_then(|days| days.try_into().ok()) {
                Some(days) => Returns::Days(days),
                None => {
                    lost.push(Lost::new(format!("{at}/days"), "not a number of days"));
                    Returns::Unspecified
                }
            }
        }
        _ => {
            lost.push(Lost::new(format!("{at}/type"), "no type that is known"));
            Returns::Unspecified
        }
    }
}

fn read_season(value: &Value) -> Option<Season> {
    let returns = match (whole(value.get("returnDays")), value.get("returnUntilDate")) {
        (Some(days), _) => Returns::Days(days.try_into().ok()?),
        (None, Some(day)) => Returns::Until(read_date(Some(day))?),
        (None, None) => return None,
    };
    Some(Season {
        name: value.get("label").and_then(Value::as_str).map(str::to_owned),
        from: read_date(value.get("startDate"))?,
        to: read_date(value.get("endDate"))?,
        returns,
    })
}

fn read_date(value: Option<&Value>) -> Option<NaiveDate> {
    if let Some(text) = value.and_then(Value::as_str) {
        return text.parse().ok();
    }
    let part = |name: &str| whole(value.and_then(|value| value.get(name)));
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

fn read_price(value: Option<&Value>, currency: &mut Option<String>) -> Option<Decimal> {
    let amount = whole(value?.get("amountMicros")).map(from_micros)?;
    *currency = value?.get("currencyCode").and_then(Value::as_str).map(str::to_owned).or(currency.take());
    Some(amount)
}

fn set<T: Copy + Ord>(
    words: &[(T, &str)],
    value: &Value,
    at: &str,
    lost: &mut Vec<Lost>,
) -> std::collections::BTreeSet<T> {
    let mut all = std::collections::BTreeSet::new();
    for (place, word) in value.as_array().into_iter().flatten().enumerate() {
        match words.iter().find(|(_, known)| word.as_str() == Some(known)) {
            Some((known, _)) => {
                all.insert(*known);
            }
            None => lost.push(Lost::new(format!("{at}/{place}"), format!("{word} is not known"))),
        }
    }
    all
}
