//! `OnlineReturnPolicy` of the Google Merchant API (`accounts.onlineReturnPolicies`, v1):
//! <https://developers.google.com/merchant/api/reference/rest/accounts_v1/accounts.onlineReturnPolicies>, fields as of
//! googleapis/googleapis at 997100b. What the Content API wrote before it (`returnpolicyonline` and `returnpolicy`) is read too.

mod read;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::lost::Lost;
use crate::terms::{LabelSource, Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};

pub use read::{read, recognises};

/// One millionth is what amounts and percents are told in.
const MICROS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// A label has at most so many characters.
const LONGEST_LABEL: usize = 50;

const METHODS: [(Method, &str); 3] =
    [(Method::Mail, "BY_MAIL"), (Method::Store, "IN_STORE"), (Method::Kiosk, "AT_A_KIOSK")];
const STATES: [(State, &str); 2] = [(State::New, "NEW"), (State::Used, "USED")];
const LABELS: [(LabelSource, &str); 3] = [
    (LabelSource::Download, "DOWNLOAD_AND_PRINT"),
    (LabelSource::InTheBox, "IN_THE_PACKAGE"),
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
    let name = terms.name.as_deref().unwrap_or("default");
    let label: String = name.chars().take(LONGEST_LABEL).collect();
    let of = label.clone();
    let mut lose = |what: &str| lost.push(Lost::new(of.clone(), what));
    if label != name {
        lose("what the label says after fifty characters");
    }
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
        if season.restocking.is_some() || !season.refunds.is_empty() {
            lose("that a season has other refunds or another restocking fee");
        }
        if season.returns == Returns::Unspecified {
            continue;
        }
        match self::season(season) {
            Some(value) => seasons.push(value),
            None => lose("a season in which goods come back for ever or never"),
        }
    }
    put("seasonalOverrides", (!seasons.is_empty()).then_some(Value::Array(seasons)));
    let restocking = terms.restocking.and_then(|fee| match fee {
        Restocking::Percent(percent) => Some(json!({ "microPercent": micros(percent)?.parse::<i64>().ok()? })),
        Restocking::Fixed(amount) => Some(json!({ "fixedFee": price(amount, currency)? })),
        Restocking::Untold => None,
    });
    if terms.restocking.is_some() && restocking.is_none() {
        lose("the restocking fee, of which no amount is told that counts in millionths");
    }
    put("restockingFee", restocking);
    put("returnMethods", list(terms.methods.iter().filter_map(|method| word(&METHODS, method))));
    if terms.methods.contains(&Method::Keep) {
        lose("that the customer may keep the goods");
    }
    put("itemConditions", list(terms.states.iter().filter_map(|state| word(&STATES, state))));
    if terms.states.contains(&State::Damaged) {
        lose("that damaged goods come back too");
    }
    // The format speaks of returns because of a change of mind.
    let way_back = terms.remorse.or(terms.shipping);
    let fee = way_back.and_then(|fee| match fee {
        ShippingFee::Free => Some(json!({ "type": "FIXED", "fixedFee": price(Decimal::ZERO, currency)? })),
        ShippingFee::Fixed(amount) => Some(json!({ "type": "FIXED", "fixedFee": price(amount, currency)? })),
        ShippingFee::Customer => Some(json!({ "type": "CUSTOMER_PAYING_ACTUAL_FEE" })),
        ShippingFee::Untold => None,
    });
    if way_back.is_some() && fee.is_none() {
        lose("what the way back costs, of which no amount is told that counts in millionths");
    }
    put("returnShippingFee", fee);
    if terms.defect.or(terms.shipping) != way_back {
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
    if terms.delivery_kept {
        lose("that what was paid for the delivery stays with the shop");
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
