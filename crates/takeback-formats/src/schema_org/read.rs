//! JSON-LD into terms. Shops write the same thing in many ways: words with and without the address of schema.org, one value or
//! a list, numbers as texts, policies inside offers. Each member of a policy is carried over or told as lost.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use takeback::money::Currency;

use super::{LABELS, METHODS, REFUNDS, STATES};
use crate::lost::{Lost, pointer};
use crate::terms::{Method, Restocking, Returns, Season, ShippingFee, Terms};

/// The members that a policy hangs on; the second is what the first was called until 2020.
const HOLDERS: [&str; 2] = ["hasMerchantReturnPolicy", "hasProductReturnPolicy"];

/// All terms in a document: policies by themselves, in lists and graphs, of organizations, products and offers. What is not
/// understood is lost, told by its JSON pointer.
pub fn read(document: &Value) -> (Vec<Terms>, Vec<Lost>) {
    let mut reader = Reader::default();
    reader.find(document, "", None);
    let Reader { mut lost, all, ids, referred } = reader;
    for (place, id) in referred {
        if !ids.contains(&id) {
            lost.push(Lost::new(place, format!("the policy is not in this document: `{id}`")));
        }
    }
    if all.is_empty() {
        lost.push(Lost::new("", "there is no MerchantReturnPolicy in it"));
    }
    (all, lost)
}

#[derive(Default)]
struct Reader {
    lost: Vec<Lost>,
    all: Vec<Terms>,
    /// The names of the policies that were found.
    ids: BTreeSet<String>,
    /// Policies that are only named, and where.
    referred: Vec<(String, String)>,
}

/// What is said of a fee: its kind, its amount, and where.
#[derive(Default)]
struct Fee {
    kind: Option<ShippingFee>,
    amount: Option<(Decimal, String)>,
}

impl Reader {
    fn lose(&mut self, of: impl Into<String>, what: impl Into<String>) {
        self.lost.push(Lost::new(of, what));
    }

    /// Looks for policies; `currency` is that of the offer around.
    fn find(&mut self, value: &Value, at: &str, currency: Option<&str>) {
        match value {
            Value::Array(list) => {
                for (place, one) in list.iter().enumerate() {
                    self.find(one, &format!("{at}/{place}"), currency);
                }
            }
            Value::Object(members) if is_policy(members) => self.policy(members, at, currency),
            Value::Object(members) => {
                let currency = members.get("priceCurrency").and_then(Value::as_str).or(currency);
                for (name, one) in members {
                    let place = pointer(at, name);
                    if HOLDERS.contains(&bare(name)) {
                        for (place, one) in listed(one, &place) {
                            self.held(one, &place, currency);
                        }
                    } else {
                        self.find(one, &place, currency);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// What stands where a policy is expected: it, or its name.
    fn held(&mut self, value: &Value, at: &str, currency: Option<&str>) {
        match value {
            Value::Object(members) => match members.get("@id").and_then(Value::as_str) {
                Some(id) if members.len() == 1 => self.referred.push((at.to_owned(), id.to_owned())),
                _ => self.policy(members, at, currency),
            },
            Value::String(id) => self.referred.push((at.to_owned(), id.clone())),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => self.lose(at, "not a policy"),
        }
    }

    fn policy(&mut self, members: &Map<String, Value>, at: &str, currency: Option<&str>) {
        self.ids.extend(members.get("@id").and_then(Value::as_str).map(str::to_owned));
        let mut terms = self.terms(members, at);
        let of_offer = currency.map(str::to_ascii_uppercase).filter(|code| code.parse::<Currency>().is_ok());
        terms.currency = terms.currency.or(of_offer);
        self.all.push(terms);
    }

    fn terms(&mut self, members: &Map<String, Value>, at: &str) -> Terms {
        let mut terms = Terms::default();
        let mut days = None;
        let mut category = None;
        let mut in_store = None;
        let mut restocking_is_taken = false;
        let mut other_link = None;
        let mut fees: [Fee; 3] = Default::default();
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let place = pointer(at, name);
            match bare(name) {
                "@context" | "@id" => {}
                "@type" if is_type(members, "MerchantReturnPolicy") || is_type(members, "ProductReturnPolicy") => {}
                "@type" => {
                    self.lose(place, "no type of schema.org for a policy; read as if it were MerchantReturnPolicy")
                }
                "name" => terms.name = self.text(value, &place),
                "applicableCountry" => terms.countries = self.countries(value, &place),
                "returnPolicyCountry" => {
                    self.lose(place, "where goods are sent back to is nothing that a policy decides by");
                }
                "merchantReturnLink" | "productReturnLink" => terms.link = self.text(value, &place),
                "url" => other_link = self.text(value, &place).map(|link| (link, place)),
                "returnPolicyCategory" => category = self.word(value, &place).map(|word| (word, place)),
                "merchantReturnDays" | "productReturnDays" => {
                    days = self.days(value, &place).map(|returns| (returns, place));
                }
                "refundType" => terms.refunds = self.set(&REFUNDS, value, &place),
                "itemCondition" => terms.states = self.set(&STATES, value, &place),
                "returnMethod" => terms.methods = self.set(&METHODS, value, &place),
                "inStoreReturnsOffered" => in_store = self.yes_or_no(value, &place).map(|yes| (yes, place)),
                "returnLabelSource" => {
                    let word = self.word(value, &place);
                    terms.label = word.as_deref().and_then(|word| known(&LABELS, word));
                    if terms.label.is_none() {
                        self.lose(place, "no label source that is known");
                    }
                }
                "customerRemorseReturnLabelSource" | "itemDefectReturnLabelSource" => {
                    self.lose(place, "where the label comes from is nothing that a policy decides by");
                }
                "returnFees" | "customerRemorseReturnFees" | "itemDefectReturnFees" => {
                    let fee = self.fee(value, &place, &mut terms.delivery_kept, &mut restocking_is_taken);
                    which_fee(&mut fees, bare(name)).kind = fee;
                }
                "returnShippingFeesAmount"
                | "customerRemorseReturnShippingFeesAmount"
                | "itemDefectReturnShippingFeesAmount" => {
                    let amount = self.money(value, &place, &mut terms);
                    which_fee(&mut fees, bare(name)).amount = amount.map(|amount| (amount, place));
                }
                "restockingFee" => terms.restocking = self.restocking(value, &place, &mut terms),
                "validForMemberTier" => terms.tier = self.tier(value, &place),
                "returnPolicySeasonalOverride" => {
                    for (place, value) in listed(value, &place) {
                        let season = self.season(value, &place, &mut terms);
                        terms.seasons.extend(season);
                    }
                }
                "additionalProperty" => {
                    for (place, value) in listed(value, &place) {
                        match (value.get("name").and_then(Value::as_str), value.get("value").and_then(Value::as_str)) {
                            (Some("category"), Some(path)) => terms.categories.push(path.to_owned()),
                            _ => self.lose(place, "only the property `category` is understood"),
                        }
                    }
                }
                "description" => self.lose(place, "a text for readers is nothing that a policy decides by"),
                _ => self.lose(place, "not understood"),
            }
        }
        match (&terms.link, other_link) {
            (None, link) => terms.link = link.map(|(link, _)| link),
            (Some(link), Some((other, place))) if *link != other => {
                self.lose(place, "another page than that of `merchantReturnLink`");
            }
            (Some(_), _) => {}
        }
        let [any, remorse, defect] = fees;
        terms.shipping = self.settled(any);
        terms.remorse = self.settled(remorse);
        terms.defect = self.settled(defect);
        if restocking_is_taken && terms.restocking.is_none() {
            terms.restocking = Some(Restocking::Untold);
        }
        terms.returns = self.returns(category, days);
        self.in_store(in_store, &mut terms);
        terms
    }

    /// A kind and an amount together.
    fn settled(&mut self, fee: Fee) -> Option<ShippingFee> {
        let of = |amount: Decimal| if amount.is_zero() { ShippingFee::Free } else { ShippingFee::Fixed(amount) };
        match (fee.kind, fee.amount) {
            (Some(ShippingFee::Untold) | None, Some((amount, _))) => Some(of(amount)),
            (kind, Some((amount, place))) if !amount.is_zero() => {
                self.lose(place, "an amount, where the fees are said to be of another kind");
                kind
            }
            (kind, _) => kind,
        }
    }

    fn returns(&mut self, category: Option<(String, String)>, days: Option<(Returns, String)>) -> Returns {
        // Until 2020 the words began with `ProductReturn`.
        let word = category.as_ref().map(|(word, _)| word.replacen("ProductReturn", "MerchantReturn", 1));
        match (word.as_deref(), days) {
            (Some("MerchantReturnNotPermitted"), None | Some((Returns::Days(0), _))) => Returns::Never,
            (Some("MerchantReturnUnlimitedWindow"), None) => Returns::Unlimited,
            (Some("MerchantReturnNotPermitted"), Some((_, place))) => {
                self.lose(place, "days, where nothing can be returned");
                Returns::Never
            }
            (Some("MerchantReturnUnlimitedWindow"), Some((_, place))) => {
                self.lose(place, "days, where goods come back for ever");
                Returns::Unlimited
            }
            (Some("MerchantReturnFiniteReturnWindow" | "MerchantReturnUnspecified") | None, days) => {
                days.map_or(Returns::Unspecified, |(returns, _)| returns)
            }
            (Some(other), days) => {
                let place = category.map(|(_, place)| place).unwrap_or_default();
                self.lose(place, format!("`{other}` is no category that is known"));
                days.map_or(Returns::Unspecified, |(returns, _)| returns)
            }
        }
    }

    /// `returnMethod` says more than `inStoreReturnsOffered`, and counts where they disagree.
    fn in_store(&mut self, offered: Option<(bool, String)>, terms: &mut Terms) {
        match offered {
            Some((true, _)) if terms.methods.is_empty() => terms.methods.extend([Method::Mail, Method::Store]),
            Some((true, _)) => {
                terms.methods.insert(Method::Store);
            }
            Some((false, _)) if terms.methods.is_empty() && terms.returns != Returns::Never => {
                // Goods that come back at all, and not to a store, come by mail.
                terms.methods.insert(Method::Mail);
            }
            Some((false, place)) if terms.methods.contains(&Method::Store) => {
                self.lose(place, "that goods do not come back to a store: `returnMethod` says that they do");
            }
            Some((false, _)) | None => {}
        }
    }

    fn season(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<Season> {
        let Value::Object(members) = value else {
            self.lose(at, format!("{value} is no season"));
            return None;
        };
        let (mut from, mut to, mut name, mut category, mut days) = (None, None, None, None, None);
        let (mut refunds, mut restocking) = (BTreeSet::new(), None);
        for (key, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let place = pointer(at, key);
            match bare(key) {
                "@type" | "@id" | "@context" => {}
                "name" => name = self.text(value, &place),
                "startDate" => from = day(value),
                "endDate" => to = day(value),
                "merchantReturnDays" => days = self.days(value, &place).map(|returns| (returns, place)),
                "returnPolicyCategory" => category = self.word(value, &place).map(|word| (word, place)),
                "refundType" => refunds = self.set(&REFUNDS, value, &place),
                "restockingFee" => {
                    let nothing = || Restocking::Percent(Decimal::ZERO);
                    let before = self.lost.len();
                    restocking = self.restocking(value, &place, terms);
                    if self.lost.len() == before {
                        restocking = restocking.or_else(|| Some(nothing()));
                    }
                }
                "returnFees" | "returnMethod" | "returnShippingFeesAmount" => {
                    self.lose(place, "of a season its period, its refunds and its restocking fee are carried");
                }
                _ => self.lose(place, "not understood"),
            }
        }
        let returns = self.returns(category, days);
        match (from, to) {
            (Some(from), Some(to)) if from > to => {
                self.lose(at, format!("a season that ends ({to}) before it begins ({from})"))
            }
            (Some(_), Some(_)) if returns == Returns::Unspecified && refunds.is_empty() && restocking.is_none() => {
                self.lose(at, "a season without its days");
            }
            (Some(from), Some(to)) => return Some(Season { name, from, to, returns, refunds, restocking }),
            _ => self.lose(at, "a season without its first and last day"),
        }
        None
    }

    fn text(&mut self, value: &Value, at: &str) -> Option<String> {
        let text = self.single(value, at).as_str().map(str::to_owned);
        if text.is_none() {
            self.lose(at, "not a text");
        }
        text
    }

    /// The value where one is expected; of several the first.
    fn single<'v>(&mut self, value: &'v Value, at: &str) -> &'v Value {
        let mut all = listed(value, at).into_iter();
        let first = all.next().map_or(value, |(_, value)| value);
        for (place, _) in all {
            self.lose(place, "the first of several is taken");
        }
        first
    }

    fn word(&mut self, value: &Value, at: &str) -> Option<String> {
        let mut words = self.words(value, at).into_iter();
        let first = words.next();
        for (place, word) in words {
            self.lose(place, format!("`{word}`: the first of several is taken"));
        }
        first.map(|(_, word)| word)
    }

    /// Words of schema.org with their places.
    fn words(&mut self, value: &Value, at: &str) -> Vec<(String, String)> {
        let mut words = Vec::new();
        for (place, value) in listed(value, at) {
            match value.as_str().or_else(|| value.get("@id").and_then(Value::as_str)) {
                Some(word) => words.push((place, bare(word).to_owned())),
                None => self.lose(place, "not a word"),
            }
        }
        words
    }

    fn countries(&mut self, value: &Value, at: &str) -> Vec<String> {
        let mut countries = Vec::new();
        for (place, value) in listed(value, at) {
            let code = value.as_str().or_else(|| value.get("name").and_then(Value::as_str)).map(str::trim);
            match code.filter(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_alphabetic())) {
                Some(code) => countries.push(code.to_ascii_uppercase()),
                None => self.lose(place, "not an ISO 3166-1 code of two letters"),
            }
        }
        countries
    }

    fn set<T: Copy + Ord>(&mut self, words: &[(T, &str)], value: &Value, at: &str) -> BTreeSet<T> {
        let mut all = BTreeSet::new();
        for (place, word) in self.words(value, at) {
            match known(words, &word) {
                Some(known) => {
                    all.insert(known);
                }
                None if word == "RefurbishedCondition" => {
                    self.lose(place, "whether goods were refurbished is nothing that a policy decides by");
                }
                None => self.lose(place, format!("`{word}` is not known")),
            }
        }
        all
    }

    fn yes_or_no(&mut self, value: &Value, at: &str) -> Option<bool> {
        let value = self.single(value, at);
        let answer = value.as_bool().or_else(|| match bare(value.as_str()?).to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        });
        if answer.is_none() {
            self.lose(at, "neither true nor false");
        }
        answer
    }

    fn days(&mut self, value: &Value, at: &str) -> Option<Returns> {
        let value = self.single(value, at);
        let days = decimal(Some(value)).and_then(|number| number.to_string().parse().map(Returns::Days).ok());
        let days = days.or_else(|| day(value).map(Returns::Until));
        if days.is_none() {
            self.lose(at, "neither a number of days nor a day");
        }
        days
    }

    /// What the way back costs; other fees stand in the same list.
    fn fee(&mut self, value: &Value, at: &str, delivery: &mut bool, restocking: &mut bool) -> Option<ShippingFee> {
        let mut fee = None;
        for (place, word) in self.words(value, at) {
            let one = match word.as_str() {
                "FreeReturn" => ShippingFee::Free,
                "ReturnFeesCustomerResponsibility" => ShippingFee::Customer,
                "ReturnShippingFees" => ShippingFee::Untold,
                "OriginalShippingFees" => {
                    *delivery = true;
                    continue;
                }
                "RestockingFees" => {
                    *restocking = true;
                    continue;
                }
                _ => {
                    self.lose(place, format!("`{word}` is no fee that is known"));
                    continue;
                }
            };
            match fee {
                None => fee = Some(one),
                Some(_) => self.lose(place, format!("`{word}`: the first of several is taken")),
            }
        }
        fee
    }

    /// An amount of `MonetaryAmount`, or as offers write prices.
    fn money(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<Decimal> {
        let value = self.single(value, at);
        for name in value.as_object().into_iter().flat_map(Map::keys) {
            if !["@type", "@id", "value", "currency", "price", "priceCurrency"].contains(&bare(name)) {
                self.lose(pointer(at, name), "not understood");
            }
        }
        let amount = decimal(value.get("value").or_else(|| value.get("price")));
        let currency = value.get("currency").or_else(|| value.get("priceCurrency")).and_then(Value::as_str);
        let currency = currency.map(str::to_ascii_uppercase).filter(|code| code.parse::<Currency>().is_ok());
        if amount.is_some_and(|amount| amount.is_sign_negative() && !amount.is_zero()) {
            self.lose(at, "less than nothing");
            return None;
        }
        terms
            .amount(amount, currency)
            .map_err(|why| self.lose(at, why.unwrap_or_else(|| "not an amount with a value and a currency".to_owned())))
            .ok()
    }

    fn restocking(&mut self, value: &Value, at: &str, terms: &mut Terms) -> Option<Restocking> {
        let value = self.single(value, at);
        let percent =
            value.as_str().and_then(|text| text.trim().strip_suffix('%')).and_then(|text| text.trim().parse().ok());
        match decimal(Some(value)).or(percent) {
            Some(zero) if zero.is_zero() => None,
            Some(percent) if percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED => {
                Some(Restocking::Percent(percent))
            }
            Some(_) => {
                self.lose(at, "not a share of 0 to 100 percent");
                None
            }
            None => self.money(value, at, terms).filter(|amount| !amount.is_zero()).map(Restocking::Fixed),
        }
    }

    /// The name of a tier, or the end of its address.
    fn tier(&mut self, value: &Value, at: &str) -> Option<String> {
        let value = self.single(value, at);
        let id = value.get("@id").unwrap_or(value).as_str();
        let name =
            value.get("name").and_then(Value::as_str).or_else(|| id?.rsplit(['#', '/']).find(|end| !end.is_empty()));
        if name.is_none() {
            self.lose(at, "one member tier by name is understood");
        }
        name.map(str::to_owned)
    }
}

fn which_fee<'f>(fees: &'f mut [Fee; 3], member: &str) -> &'f mut Fee {
    let [any, remorse, defect] = fees;
    if member.starts_with("customerRemorse") {
        remorse
    } else if member.starts_with("itemDefect") {
        defect
    } else {
        any
    }
}

/// Something that says how long goods come back is a policy, whatever it calls itself.
fn is_policy(members: &Map<String, Value>) -> bool {
    let of_season = is_type(members, "MerchantReturnPolicySeasonalOverride");
    let says = members.keys().any(|name| ["returnPolicyCategory", "merchantReturnDays"].contains(&bare(name)));
    is_type(members, "MerchantReturnPolicy") || is_type(members, "ProductReturnPolicy") || (says && !of_season)
}

fn is_type(members: &Map<String, Value>, name: &str) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|word| bare(word) == name);
    match members.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

/// The word at the end of `https://schema.org/FullRefund` or `schema:FullRefund`.
fn bare(word: &str) -> &str {
    let word = word.trim();
    let web = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    let web = web.map(|rest| rest.strip_prefix("www.").unwrap_or(rest));
    web.and_then(|rest| rest.strip_prefix("schema.org/"))
        .or_else(|| word.strip_prefix("schema:"))
        .unwrap_or(word)
        .trim()
}

fn known<T: Copy>(words: &[(T, &str)], word: &str) -> Option<T> {
    words.iter().find(|(_, known)| *known == word).map(|(of, _)| *of)
}

/// The entries of a list, or the one value, each with its place; a value with its type in JSON-LD is the value.
fn listed<'v>(value: &'v Value, at: &str) -> Vec<(String, &'v Value)> {
    let plain = |value: &'v Value| value.get("@value").unwrap_or(value);
    match value {
        Value::Array(list) => {
            list.iter().enumerate().map(|(place, one)| (format!("{at}/{place}"), plain(one))).collect()
        }
        one => vec![(at.to_owned(), plain(one))],
    }
}

/// A day, also of a date with a time.
fn day(value: &Value) -> Option<NaiveDate> {
    let text = value.get("@value").unwrap_or(value).as_str()?.trim();
    text.get(..10).unwrap_or(text).parse().ok()
}

/// A decimal that is written as a number or as a text.
fn decimal(value: Option<&Value>) -> Option<Decimal> {
    let decimal: Option<Decimal> = match value? {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    decimal.map(|decimal| decimal.normalize())
}
