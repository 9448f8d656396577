//! schema.org `MerchantReturnPolicy` as JSON-LD: <https://schema.org/MerchantReturnPolicy>, properties as of August 2026
//! (schemaorg/schemaorg at cc71c8e).

mod read;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::lost::Lost;
use crate::terms::{LabelSource, Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};

pub use read::read;

/// The page on which every word of the format stands.
const HOME: &str = "https://schema.org/";

const REFUNDS: [(Refund, &str); 3] =
    [(Refund::Money, "FullRefund"), (Refund::Exchange, "ExchangeRefund"), (Refund::StoreCredit, "StoreCreditRefund")];
const STATES: [(State, &str); 3] =
    [(State::New, "NewCondition"), (State::Used, "UsedCondition"), (State::Damaged, "DamagedCondition")];
const METHODS: [(Method, &str); 4] = [
    (Method::Mail, "ReturnByMail"),
    (Method::Store, "ReturnInStore"),
    (Method::Kiosk, "ReturnAtKiosk"),
    (Method::Keep, "KeepProduct"),
];
const LABELS: [(LabelSource, &str); 3] = [
    (LabelSource::InTheBox, "ReturnLabelInBox"),
    (LabelSource::Download, "ReturnLabelDownloadAndPrint"),
    (LabelSource::Customer, "ReturnLabelCustomerResponsibility"),
];

/// Terms as JSON-LD, one object, or a `@graph` of several, the general one first; and what the format has no place for.
pub fn write(all: &[Terms]) -> (Value, Vec<Lost>) {
    let mut lost = Vec::new();
    let mut objects: Vec<Value> = all.iter().map(|terms| one(terms, &mut lost)).collect();
    let document = match (objects.pop(), objects.is_empty()) {
        (Some(Value::Object(members)), true) => {
            let mut with_context = Map::new();
            with_context.insert("@context".to_owned(), json!("https://schema.org"));
            with_context.extend(members);
            Value::Object(with_context)
        }
        (last, _) => {
            objects.extend(last);
            json!({ "@context": "https://schema.org", "@graph": objects })
        }
    };
    (document, lost)
}

fn one(terms: &Terms, lost: &mut Vec<Lost>) -> Value {
    let of = terms.name.as_deref().unwrap_or("everything");
    let mut lose = |what: &str| lost.push(Lost::new(of, what));
    if terms.paid_within.is_some() {
        lose("how long the refund takes");
    }
    let mut told = terms.returns;
    if terms.defective_only {
        // Nothing better is promised than is kept.
        lose("that goods at fault come back: told is that nothing does");
        told = Returns::Never;
    }
    let mut out = Map::new();
    out.insert("@type".to_owned(), json!("MerchantReturnPolicy"));
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(name.to_owned(), value);
        }
    };
    let currency = terms.currency.as_deref().unwrap_or_default();
    put("name", terms.name.as_deref().map(Value::from));
    put("applicableCountry", many(terms.countries.iter().map(|country| json!(country))));
    put("merchantReturnLink", terms.link.as_deref().map(Value::from));
    returns(told, &mut put);
    put("refundType", many(terms.refunds.iter().filter_map(|refund| word(&REFUNDS, refund))));
    put("itemCondition", many(terms.states.iter().filter_map(|state| word(&STATES, state))));
    put("returnMethod", many(terms.methods.iter().filter_map(|method| word(&METHODS, method))));
    put("returnLabelSource", terms.label.and_then(|label| word(&LABELS, &label)));
    for (fee, fees, amount) in [
        (terms.shipping, "returnFees", "returnShippingFeesAmount"),
        (terms.remorse, "customerRemorseReturnFees", "customerRemorseReturnShippingFeesAmount"),
        (terms.defect, "itemDefectReturnFees", "itemDefectReturnShippingFeesAmount"),
    ] {
        let mut words: Vec<&str> = fee.map(fee_word).into_iter().collect();
        if fees == "returnFees" {
            words.extend(terms.delivery_kept.then_some("OriginalShippingFees"));
            words.extend((terms.restocking == Some(Restocking::Untold)).then_some("RestockingFees"));
        }
        put(fees, many(words.into_iter().map(link)));
        if let Some(ShippingFee::Fixed(sum)) = fee {
            put(amount, Some(money(sum, currency)));
        }
    }
    put("restockingFee", terms.restocking.and_then(|fee| restocking(fee, currency)));
    put("validForMemberTier", terms.tier.as_deref().map(|tier| json!({ "@type": "MemberTier", "name": tier })));
    put("returnPolicySeasonalOverride", many(terms.seasons.iter().map(|one| season(one, currency))));
    put(
        "additionalProperty",
        many(
            terms.categories.iter().map(|path| json!({ "@type": "PropertyValue", "name": "category", "value": path })),
        ),
    );
    Value::Object(out)
}

fn season(season: &Season, currency: &str) -> Value {
    let mut out = Map::new();
    out.insert("@type".to_owned(), json!("MerchantReturnPolicySeasonalOverride"));
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(name.to_owned(), value);
        }
    };
    put("name", season.name.as_deref().map(Value::from));
    put("startDate", Some(json!(season.from)));
    put("endDate", Some(json!(season.to)));
    if season.returns != Returns::Unspecified {
        returns(season.returns, &mut put);
    }
    put("refundType", many(season.refunds.iter().filter_map(|refund| word(&REFUNDS, refund))));
    put("restockingFee", season.restocking.and_then(|fee| restocking(fee, currency)));
    Value::Object(out)
}

fn restocking(fee: Restocking, currency: &str) -> Option<Value> {
    match fee {
        Restocking::Percent(percent) => Some(number(percent)),
        Restocking::Fixed(sum) => Some(money(sum, currency)),
        Restocking::Untold => None,
    }
}

fn returns(returns: Returns, put: &mut impl FnMut(&str, Option<Value>)) {
    let (category, days) = match returns {
        Returns::Never => ("MerchantReturnNotPermitted", None),
        Returns::Days(days) => ("MerchantReturnFiniteReturnWindow", Some(json!(days))),
        Returns::Until(day) => ("MerchantReturnFiniteReturnWindow", Some(json!(day))),
        Returns::Unlimited => ("MerchantReturnUnlimitedWindow", None),
        Returns::Unspecified => ("MerchantReturnUnspecified", None),
    };
    put("returnPolicyCategory", Some(link(category)));
    put("merchantReturnDays", days);
}

const fn fee_word(fee: ShippingFee) -> &'static str {
    match fee {
        ShippingFee::Free => "FreeReturn",
        ShippingFee::Customer => "ReturnFeesCustomerResponsibility",
        ShippingFee::Fixed(_) | ShippingFee::Untold => "ReturnShippingFees",
    }
}

fn link(word: &str) -> Value {
    Value::String(format!("{HOME}{word}"))
}

fn word<T: PartialEq>(words: &[(T, &str)], of: &T) -> Option<Value> {
    words.iter().find(|(known, _)| known == of).map(|(_, word)| link(word))
}

/// Nothing, the one, or a list.
fn many(values: impl Iterator<Item = Value>) -> Option<Value> {
    let mut values: Vec<Value> = values.collect();
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Value::Array(values)),
    }
}

/// A decimal as a JSON number with the same digits; numbers are what the format asks for.
fn number(decimal: Decimal) -> Value {
    decimal.normalize().to_string().parse().map_or(Value::Null, Value::Number)
}

fn money(amount: Decimal, currency: &str) -> Value {
    json!({ "@type": "MonetaryAmount", "value": number(amount), "currency": currency })
}
