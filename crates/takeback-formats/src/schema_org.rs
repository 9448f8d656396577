//! schema.org `MerchantReturnPolicy` as JSON-LD: <https://schema.org/MerchantReturnPolicy>, properties as of November 2026.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::lost::Lost;
use crate::terms::{LabelSource, Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};

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

/// Terms as JSON-LD: one object, or a `@graph` of several, the general one first.
pub fn write(all: &[Terms]) -> Value {
    let mut objects: Vec<Value> = all.iter().map(one).collect();
    match (objects.pop(), objects.is_empty()) {
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
    }
}

fn one(terms: &Terms) -> Value {
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
    returns(terms.returns, &mut put);
    put("refundType", many(terms.refunds.iter().filter_map(|refund| word(&REFUNDS, refund))));
    put("itemCondition", many(terms.states.iter().filter_map(|state| word(&STATES, state))));
    put("returnMethod", many(terms.methods.iter().filter_map(|method| word(&METHODS, method))));
    put("returnLabelSource", terms.label.and_then(|label| word(&LABELS, &label)));
    for (fee, fees, amount) in [
        (terms.shipping, "returnFees", "returnShippingFeesAmount"),
        (terms.remorse, "customerRemorseReturnFees", "customerRemorseReturnShippingFeesAmount"),
        (terms.defect, "itemDefectReturnFees", "itemDefectReturnShippingFeesAmount"),
    ] {
        put(fees, fee.map(|fee| link(fee_word(fee))));
        if let Some(ShippingFee::Fixed(sum)) = fee {
            put(amount, Some(money(sum, currency)));
        }
    }
    put(
        "restockingFee",
        terms.restocking.map(|fee| match fee {
            Restocking::Percent(percent) => number(percent),
            Restocking::Fixed(sum) => money(sum, currency),
        }),
    );
    put("validForMemberTier", terms.tier.as_deref().map(|tier| json!({ "@type": "MemberTier", "name": tier })));
    put("returnPolicySeasonalOverride", many(terms.seasons.iter().map(season)));
    put(
        "additionalProperty",
        many(
            terms.categories.iter().map(|path| json!({ "@type": "PropertyValue", "name": "category", "value": path })),
        ),
    );
    Value::Object(out)
}

fn season(season: &Season) -> Value {
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
    returns(season.returns, &mut put);
    Value::Object(out)
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
        ShippingFee::Fixed(_) => "ReturnShippingFees",
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

/// All terms in a document: policies by themselves, in lists and graphs, of organizations, products and offers. What is not
/// understood is lost, told by its JSON pointer.
pub fn read(document: &Value) -> (Vec<Terms>, Vec<Lost>) {
    let mut reader = Reader { lost: Vec::new() };
    let mut all = Vec::new();
    reader.find(document, "", &mut all);
    if all.is_empty() {
        reader.lost.push(Lost::new("", "there is no MerchantReturnPolicy in it"));
    }
    (all, reader.lost)
}

struct Reader {
    lost: Vec<Lost>,
}

impl Reader {
    fn find(&mut self, value: &Value, at: &str, all: &mut Vec<Terms>) {
        match value {
            Value::Array(list) => {
                for (place, one) in list.iter().enumerate() {
                    self.find(one, &format!("{at}/{place}"), all);
                }
            }
            Value::Object(members) if is_policy(members) => all.push(self.one(members, at)),
            Value::Object(members) => {
                for (name, one) in members {
                    self.find(one, &format!("{at}/{}", escaped(name)), all);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn one(&mut self, members: &Map<String, Value>, at: &str) -> Terms {
        let mut terms = Terms::default();
        let mut days = None;
        let mut category = None;
        let mut amounts = [None, None, None];
        for (name, value) in members {
            let place = format!("{at}/{}", escaped(name));
            match name.as_str() {
                "@type" | "@context" | "@id" => {}
                "name" => terms.name = self.text(value, &place),
                "applicableCountry" => terms.countries = self.countries(value, &place),
                "returnPolicyCountry" => {
                    self.lost
                        .push(Lost::new(place, "where goods are sent back to is nothing that a policy decides by"));
                }
                "merchantReturnLink" | "url" => terms.link = self.text(value, &place).or(terms.link.take()),
                "returnPolicyCategory" => category = self.words(value, &place).pop(),
                "merchantReturnDays" => days = self.days(value, &place),
                "refundType" => terms.refunds = self.set(&REFUNDS, value, &place),
                "itemCondition" => terms.states = self.set(&STATES, value, &place),
                "returnMethod" => terms.methods = self.set(&METHODS, value, &place),
                "returnLabelSource" => {
                    let words = self.words(value, &place);
                    let known = |word: &String| LABELS.iter().find(|(_, known)| known == word).map(|(label, _)| *label);
                    terms.label = words.iter().find_map(known);
                    if terms.label.is_none() {
                        self.lost.push(Lost::new(place, "no label source that is known"));
                    }
                }
                "returnFees" => terms.shipping = self.fee(value, &place),
                "customerRemorseReturnFees" => terms.remorse = self.fee(value, &place),
                "itemDefectReturnFees" => terms.defect = self.fee(value, &place),
                "returnShippingFeesAmount" => amounts[0] = self.money(value, &place, &mut terms),
                "customerRemorseReturnShippingFeesAmount" => amounts[1] = self.money(value, &place, &mut terms),
                "itemDefectReturnShippingFeesAmount" => amounts[2] = self.money(value, &place, &mut terms),
                "restockingFee" => terms.restocking = self.restocking(value, &place, &mut terms),
                "validForMemberTier" => terms.tier = self.tier(value, &place),
                "returnPolicySeasonalOverride" => {
                    for (place, value) in listed(value, &place) {
                        terms.seasons.extend(self.season(value, &place));
                    }
                }
                "additionalProperty" => {
                    for (place, value) in listed(value, &place) {
                        match (value.get("name").and_then(Value::as_str), value.get("value").and_then(Value::as_str)) {
                            (Some("category"), Some(path)) => terms.categories.push(path.to_owned()),
                            _ => self.lost.push(Lost::new(place, "only the property `category` is understood")),
                        }
                    }
                }
                _ => self.lost.push(Lost::new(place, "not understood")),
            }
        }
        for (fee, amount) in [&mut terms.shipping, &mut terms.remorse, &mut terms.defect].into_iter().zip(amounts) {
            if let (Some(ShippingFee::Fixed(_)), Some(amount)) = (&fee, amount) {
                *fee = Some(ShippingFee::Fixed(amount));
            }
        }
        terms.returns = self.returns(category.as_deref(), days, &format!("{at}/returnPolicyCategory"));
        terms
    }

    fn returns(&mut self, category: Option<&str>, days: Option<Returns>, at: &str) -> Returns {
        match (category, days) {
            (Some("MerchantReturnNotPermitted"), _) => Returns::Never,
            (Some("MerchantReturnUnlimitedWindow"), _) => Returns::Unlimited,
            (Some("MerchantReturnFiniteReturnWindow") | None, Some(days)) => days,
            (Some("MerchantReturnFiniteReturnWindow"), None) => {
                self.lost.push(Lost::new(at, "a window without days"));
                Returns::Unspecified
            }
            (Some("MerchantReturnUnspecified") | None, _) => Returns::Unspecified,
            (Some(other), _) => {
                self.lost.push(Lost::new(at, format!("`{other}` is no category that is known")));
                Returns::Unspecified
            }
        }
    }

    fn season(&mut self, value: &Value, at: &str) -> Option<Season> {
        let day = |name: &str| {
            let text = value.get(name).and_then(Value::as_str)?;
            text.get(..10).unwrap_or(text).parse::<NaiveDate>().ok()
        };
        let (Some(from), Some(to)) = (day("startDate"), day("endDate")) else {
            self.lost.push(Lost::new(at, "a season without its first and last day"));
            return None;
        };
        let days =
            value.get("merchantReturnDays").and_then(|days| self.days(days, &format!("{at}/merchantReturnDays")));
        let category = value.get("returnPolicyCategory").and_then(Value::as_str).map(|word| bare(word).to_owned());
        let known = ["@type", "@id", "name", "startDate", "endDate", "merchantReturnDays", "returnPolicyCategory"];
        for name in value.as_object().into_iter().flat_map(Map::keys).filter(|name| !known.contains(&name.as_str())) {
            self.lost.push(Lost::new(format!("{at}/{}", escaped(name)), "of a season only its period is understood"));
        }
        let returns = self.returns(category.as_deref(), days, &format!("{at}/returnPolicyCategory"));
        let name = value.get("name").and_then(Value::as_str).map(str::to_owned);
        Some(Season { name, from, to, returns })
    }

    fn text(&mut self, value: &Value, at: &str) -> Option<String> {
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.lost.push(Lost::new(at, "not a text"));
        }
        text
    }

    fn words(&mut self, value: &Value, at: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (place, value) in listed(value, at) {
            match value.as_str().or_else(|| value.get("@id").and_then(Value::as_str)) {
                Some(word) => words.push(bare(word).to_owned()),
                None => self.lost.push(Lost::new(place, "not a word")),
            }
        }
        words
    }

    fn countries(&mut self, value: &Value, at: &str) -> Vec<String> {
        let mut countries = Vec::new();
        for (place, value) in listed(value, at) {
            let code = value.as_str().or_else(|| value.get("name").and_then(Value::as_str));
            match code.filter(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_alphabetic())) {
                Some(code) => countries.push(code.to_ascii_uppercase()),
                None => self.lost.push(Lost::new(place, "not an ISO 3166-1 code of two letters")),
            }
        }
        countries
    }

    fn set<T: Copy + Ord>(&mut self, words: &[(T, &str)], value: &Value, at: &str) -> BTreeSet<T> {
        let mut all = BTreeSet::new();
        for word in self.words(value, at) {
            match words.iter().find(|(_, known)| *known == word) {
                Some((known, _)) => {
                    all.insert(*known);
                }
                None => self.lost.push(Lost::new(at, format!("`{word}` is not known"))),
            }
        }
        all
    }

    fn days(&mut self, value: &Value, at: &str) -> Option<Returns> {
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.trim().to_owned(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
        };
        let days = text.parse().map(Returns::Days).ok();
        let days = days.or_else(|| text.get(..10).unwrap_or(&text).parse().map(Returns::Until).ok());
        if days.is_none() {
            self.lost.push(Lost::new(at, "neither a number of days nor a day"));
        }
        days
    }

    fn fee(&mut self, value: &Value, at: &str) -> Option<ShippingFee> {
        let fee = match self.words(value, at).first().map(String::as_str) {
            Some("FreeReturn") => Some(ShippingFee::Free),
            Some("ReturnFeesCustomerResponsibility") => Some(ShippingFee::Customer),
            Some("ReturnShippingFees") => Some(ShippingFee::Fixed(Decimal::ZERO)),
            _ => None,
        };
        if fee.is_none() {
            self.lost.push(Lost::new(at, "no fee that is understood"));
        }
        fee
    }

    fn money(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<Decimal> {
        let Some((amount, currency)) = decimal(value.get("value")).zip(value.get("currency").and_then(Value::as_str))
        else {
            self.lost.push(Lost::new(at, "not an amount with a value and a currency"));
            return None;
        };
        match &terms.currency {
            Some(known) if known != currency => {
                self.lost.push(Lost::new(at, format!("in {currency}, where other amounts are in {known}")));
                None
            }
            _ => {
                terms.currency = Some(currency.to_owned());
                Some(amount)
            }
        }
    }

    fn restocking(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<Restocking> {
        if let Some(percent) = decimal(Some(value)) {
            return Some(Restocking::Percent(percent)).filter(|_| !percent.is_zero());
        }
        self.money(value, at, terms).filter(|amount| !amount.is_zero()).map(Restocking::Fixed)
    }

    fn tier(&mut self, value: &Value, at: &str) -> Option<String> {
        let name = value.get("name").or_else(|| value.get("@id")).unwrap_or(value).as_str().map(str::to_owned);
        if name.is_none() {
            self.lost.push(Lost::new(at, "one member tier by name is understood"));
        }
        name
    }
}

fn is_policy(members: &Map<String, Value>) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|word| bare(word) == "MerchantReturnPolicy");
    match members.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

/// The word at the end of `https://schema.org/FullRefund` or `schema:FullRefund`.
fn bare(word: &str) -> &str {
    let word = word.trim();
    ["https://schema.org/", "http://schema.org/", "https://www.schema.org/", "schema:"]
        .into_iter()
        .find_map(|start| word.strip_prefix(start))
        .unwrap_or(word)
}

/// The entries of a list, or the one value, each with its place.
fn listed<'v>(value: &'v Value, at: &str) -> Vec<(String, &'v Value)> {
    match value {
        Value::Array(list) => list.iter().enumerate().map(|(place, one)| (format!("{at}/{place}"), one)).collect(),
        one => vec![(at.to_owned(), one)],
    }
}

/// A decimal that is written as a number or as a text.
fn decimal(value: Option<&Value>) -> Option<Decimal> {
    match value? {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
