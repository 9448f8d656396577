//! What reading a request needs everywhere: the policy's words and currency, texts as ids, and the small steps from a
//! wire value to a checked one.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use smallvec::SmallVec;

use super::error::{At, Error, ErrorKind, quoted};
use super::wire::{Members, Number, Store, Tax as WireTax, Text};
use super::{Event, Tax};
use crate::date::{When, Zone};
use crate::diagnostic::{clipped, near};
use crate::facts::{DomainId, FactId, Schema, Scope, TextId, Value, domain};
use crate::once::Once;
use crate::program::{Program, Version};
use crate::terms::VersionClock;

pub(super) struct Context<'p> {
    pub(super) program: &'p Program,
    pub(super) schema: &'p Schema,
    /// Decimals of the minor unit.
    digits: u32,
    /// The zone of the policy.
    pub(super) zone: Option<&'p Zone>,
    pub(super) day: NaiveDate,
    pub(super) moment: Option<DateTime<FixedOffset>>,
    texts: Texts<'p>,
    pub(super) lists: Vec<Vec<TextId>>,
    /// By scope: a slot for each fact, with what absence means.
    blank: [Vec<Option<Value>>; 4],
}

impl<'p> Context<'p> {
    pub(super) fn new(program: &'p Program, at: When, zone: Option<&Zone>) -> Self {
        let schema = &program.schema;
        let mut blank = [(); 4].map(|()| Vec::<Option<Value>>::with_capacity(schema.facts.len()));
        for fact in &schema.facts {
            if let Some(facts) = blank.get_mut(place(fact.scope)) {
                facts.push(fact.otherwise);
            }
        }
        let policy_zone = program.versions.last().and_then(|version| version.zone.as_ref());
        let at = event(at, zone.or(policy_zone));
        Context {
            program,
            schema,
            digits: program.currency.minor_digits(),
            zone: policy_zone,
            day: at.day,
            moment: at.moment,
            texts: Texts { schema: &schema.texts, own: Once::default() },
            lists: Vec::new(),
            blank,
        }
    }

    /// The texts that only the request mentions, and its lists.
    pub(super) fn finish(self) -> (Vec<String>, Vec<Vec<TextId>>) {
        (self.texts.own.into_vec(), self.lists)
    }

    /// The facts of a scope before anything is told.
    pub(super) fn blank(&self, scope: Scope) -> Vec<Option<Value>> {
        self.blank.get(place(scope)).cloned().unwrap_or_default()
    }

    /// How many facts a scope has.
    pub(super) fn slots(&self, scope: Scope) -> usize {
        self.blank.get(place(scope)).map_or(0, Vec::len)
    }

    /// Puts the value of a fact of the language, when it is known.
    pub(super) fn put(&self, facts: &mut [Option<Value>], id: FactId, value: Option<Value>) {
        if value.is_some()
            && let Some(fact) = self.schema.fact(id)
            && let Some(place) = facts.get_mut(usize::from(fact.slot))
        {
            *place = value;
        }
    }

    /// The version whose line rules hold for a sale; the last when none is in force.
    pub(super) fn version_of(&self, sold: Option<Event>, ordered: Option<Event>) -> Option<&'p Version> {
        let day = |clock| match clock {
            VersionClock::Sold => sold.map(|event| event.day),
            VersionClock::Ordered => ordered.map(|event| event.day),
            VersionClock::Requested => Some(self.day),
        };
        let (first, otherwise) = self.program.clock;
        let versions = &self.program.versions;
        day(first)
            .or_else(|| otherwise.and_then(day))
            .and_then(|day| versions.iter().rev().find(|version| version.from <= day))
            .or(versions.last())
    }

    /// The id of a text.
    pub(super) fn text(&mut self, text: &str) -> TextId {
        self.texts.id(text)
    }

    /// A text as the value of a fact.
    pub(super) fn text_value(&mut self, text: Option<&Text<'_>>) -> Option<Value> {
        text.map(|text| Value::Text(self.text(text.as_str())))
    }

    /// The label path of a clause that some version has.
    pub(super) fn clause(&self, path: &Text<'_>) -> Result<String, Error> {
        let path = path.as_str();
        let clauses = &self.program.clauses;
        if clauses.iter().any(|clause| *clause.path == *path) {
            return Ok(path.to_owned());
        }
        let advice = match near(path, clauses.iter().map(|clause| &*clause.path)) {
            Some(name) => format!("; did you mean `{name}`?"),
            None => String::new(),
        };
        Err(Error::new(ErrorKind::Reference, format!("no version has a clause {}{advice}", quoted(path))))
    }

    /// A word of a list.
    pub(super) fn word(&self, domain: DomainId, text: &Text<'_>) -> Result<u16, Error> {
        let words = self.schema.domain(domain).map(|d| d.words.as_slice()).unwrap_or_default();
        match words.iter().position(|word| word == text.as_str()).and_then(|at| u16::try_from(at).ok()) {
            Some(word) => Ok(word),
            None => Err(unknown_word(domain, text.as_str(), words)),
        }
    }

    /// A word of a list that may be left out.
    pub(super) fn word_or_none(&self, domain: DomainId, text: Option<&Text<'_>>) -> Result<Option<u16>, Error> {
        text.map(|text| self.word(domain, text)).transpose()
    }

    /// An amount in minor units, not negative.
    pub(super) fn money(&self, number: Number) -> Result<Decimal, Error> {
        let mut amount = not_negative(number)?;
        if amount.scale() == self.digits {
            return Ok(amount);
        }
        if amount.scale() > self.digits && amount.normalize().scale() > self.digits {
            let message = match self.digits {
                0 => format!("{amount} is finer than {}, which has no minor unit", self.program.currency),
                digits => format!("{amount} has more than the {digits} decimals of {}", self.program.currency),
            };
            return Err(Error::new(ErrorKind::Value, message));
        }
        amount.rescale(self.digits);
        Ok(amount)
    }

    /// An amount in minor units, or zero when it is left out.
    pub(super) fn money_or_zero(&self, number: Option<Number>) -> Result<Decimal, Error> {
        self.money(number.unwrap_or(Number(Decimal::ZERO)))
    }

    /// An amount in minor units that may be left out.
    pub(super) fn money_or_none(&self, number: Option<Number>) -> Result<Option<Decimal>, Error> {
        number.map(|number| self.money(number)).transpose()
    }

    /// The taxes of a line, of delivery or of new goods.
    pub(super) fn taxes(&self, taxes: &[WireTax<'_>]) -> Result<Vec<Tax>, Error> {
        if taxes.len() > NAMES {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("{} taxes are more than the {NAMES} that are read", taxes.len()),
            ));
        }
        Places::of("tax", taxes.iter().map(|tax| &tax.id))?;
        let tax = |tax: &WireTax<'_>| {
            Ok(Tax {
                id: tax.id.as_str().into(),
                rate: tax.rate.map(percent).transpose().at("rate")?,
                amount: self.money(tax.amount).at("amount")?,
                included: tax.included.unwrap_or(false),
            })
        };
        each(taxes, tax)
    }
}

fn place(scope: Scope) -> usize {
    match scope {
        Scope::Visit => 0,
        Scope::Sale => 1,
        Scope::Line => 2,
        Scope::Tender => 3,
    }
}

/// Texts as ids: those of the policy first, then those of the request in the order they are met.
struct Texts<'p> {
    schema: &'p [String],
    own: Once<String>,
}

impl Texts<'_> {
    fn id(&mut self, text: &str) -> TextId {
        let at = |place: usize| TextId(u32::try_from(place).unwrap_or(u32::MAX));
        if let Some(place) = self.schema.iter().position(|known| known == text) {
            return at(place);
        }
        let own = self.own.find(text).unwrap_or_else(|| self.own.push(text.to_owned()));
        at(self.schema.len() + own)
    }
}

/// From how many names on looking at one after the other is slower.
const FEW: usize = 32;

/// The places of a list by id.
pub(super) struct Places<'a> {
    what: &'static str,
    ids: SmallVec<[&'a str; 4]>,
    sorted: Vec<(&'a str, usize)>,
}

impl<'a> Places<'a> {
    /// Of a list of these ids; an id that is empty or stands twice is an error at its place in the list.
    pub(super) fn of(what: &'static str, ids: impl Iterator<Item = &'a Text<'a>>) -> Result<Self, Error> {
        let ids: SmallVec<[&str; 4]> = ids.map(Text::as_str).collect();
        if let Some(place) = ids.iter().position(|id| id.is_empty()) {
            return Err(Error::new(ErrorKind::Value, "the id is empty")).at("id").nth(place);
        }
        let sorted = if ids.len() > FEW { sorted(&ids) } else { Vec::new() };
        match twice(&ids) {
            Some((place, id)) => {
                let message = format!("the {what} {} stands twice", quoted(id));
                Err(Error::new(ErrorKind::Duplicate, message)).at("id").nth(place)
            }
            None => Ok(Places { what, ids, sorted }),
        }
    }

    /// The place of an id.
    pub(super) fn find(&self, id: &Text<'_>) -> Result<usize, Error> {
        let id = id.as_str();
        let found = if self.sorted.is_empty() {
            self.ids.iter().position(|known| *known == id)
        } else {
            let at = self.sorted.binary_search_by(|(known, _)| (*known).cmp(id)).ok();
            at.and_then(|at| self.sorted.get(at)).map(|(_, place)| *place)
        };
        found.ok_or_else(|| {
            let advice = match near(id, self.ids.iter().copied()) {
                Some(name) => format!("; did you mean `{name}`?"),
                None => listed("; there is", self.ids.iter().copied()),
            };
            Error::new(ErrorKind::Reference, format!("there is no {} {}{advice}", self.what, quoted(id)))
        })
    }
}

/// The first name that stands in the list before, and its place.
pub(super) fn twice<'n>(names: &[&'n str]) -> Option<(usize, &'n str)> {
    let mut numbered = names.iter().copied().enumerate();
    if names.len() <= FEW {
        return numbered.find(|(place, name)| names.iter().take(*place).any(|other| other == name));
    }
    let sorted = sorted(names);
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    pairs.filter(|((one, _), (next, _))| one == next).map(|(_, (name, place))| (*place, *name)).min()
}

/// Names with their places, sorted; of the same name by place.
fn sorted<'n>(names: &[&'n str]) -> Vec<(&'n str, usize)> {
    let mut sorted: Vec<_> = names.iter().enumerate().map(|(place, name)| (*name, place)).collect();
    sorted.sort_unstable();
    sorted
}

/// Reads the elements of a list one by one.
pub(super) fn each<W, T>(list: &[W], mut read: impl FnMut(&W) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let mut all = Vec::with_capacity(list.len());
    for (place, wire) in list.iter().enumerate() {
        all.push(read(wire).nth(place)?);
    }
    Ok(all)
}

/// How many names of fees, deductions or lengths one object may have, and how many taxes one line.
pub(super) const NAMES: usize = 1000;

/// The members of an object with names of the policy, none of them twice.
pub(super) fn once<'w, 'a>(members: Option<&'w Members<'a, Number>>) -> Result<&'w [(Text<'a>, Number)], Error> {
    let Some(Members(members)) = members else { return Ok(&[]) };
    let names: SmallVec<[&str; 4]> = members.iter().map(|(name, _)| name.as_str()).collect();
    match twice(&names) {
        Some((_, name)) => {
            let message = format!("the member {} stands twice", quoted(name));
            Err(Error::new(ErrorKind::Member, message)).at(name)
        }
        None if members.len() > NAMES => Err(too_many_names()),
        None => Ok(members),
    }
}

pub(super) fn too_many_names() -> Error {
    Error::new(ErrorKind::Limit, format!("there may be {NAMES} names"))
}

/// Up to a dozen names, for a message: `; there is a, b`.
pub(super) fn listed<'a>(start: &str, names: impl ExactSizeIterator<Item = &'a str>) -> String {
    match names.len() {
        0 | 13.. => String::new(),
        _ => format!("{start} {}", names.map(|name| clipped(name, 60)).collect::<Vec<_>>().join(", ")),
    }
}

fn unknown_word(domain: DomainId, word: &str, words: &[String]) -> Error {
    let what = match domain {
        domain::TENDERS => "a tender",
        domain::REASONS => "a reason",
        domain::CONDITIONS => "a condition",
        domain::PROOFS => "a proof",
        domain::CHANNELS => "a channel",
        domain::REMEDIES => "a remedy",
        domain::ROLES => "a role",
        domain::BRINGERS => "somebody who brings goods",
        _ => "a value of this fact",
    };
    let advice = match near(word, words.iter().map(String::as_str)) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => format!("; there are {}", words.join(", ")),
    };
    Error::new(ErrorKind::Word, format!("{} is not {what}{advice}", quoted(word)))
}

/// The day of an event at a place.
pub(super) fn event(when: When, zone: Option<&Zone>) -> Event {
    let moment = match when {
        When::Date(_) => None,
        When::Moment(moment) => Some(moment),
    };
    Event { day: when.civil(zone), moment }
}

/// The zone of a store, checked together with its country and state.
pub(super) fn zone_of(program: &Program, store: Option<&Store<'_>>) -> Result<Option<Zone>, Error> {
    let Some(store) = store else { return Ok(None) };
    let zone = match &store.zone {
        Some(zone) => {
            let found = program.zone(&clipped(zone.as_str(), 60));
            Some(found.map_err(|message| Error::new(ErrorKind::Value, message)).at("zone")?)
        }
        None => None,
    };
    let capitals = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if let Some(country) = &store.country
        && !capitals(country.as_str())
    {
        let message = format!("{} is not a country code such as `US`", quoted(country.as_str()));
        return Err(Error::new(ErrorKind::Value, message)).at("country");
    }
    let subdivision = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if let Some(state) = &store.state
        && !state.as_str().split_once('-').is_some_and(|(country, rest)| capitals(country) && subdivision(rest))
    {
        let message = format!("{} is not an ISO 3166-2 code such as `US-OH`", quoted(state.as_str()));
        return Err(Error::new(ErrorKind::Value, message)).at("state");
    }
    Ok(zone)
}

/// 10¹⁵: amounts are smaller, so that sums and products of any request stay far from what a decimal can hold.
pub(super) const LARGEST: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);

fn not_negative(Number(number): Number) -> Result<Decimal, Error> {
    if number.is_sign_negative() && !number.is_zero() {
        Err(Error::new(ErrorKind::Value, format!("{number} is negative")))
    } else if number >= LARGEST {
        Err(Error::new(ErrorKind::Value, format!("{number} is too large: there may be 15 digits before the point")))
    } else {
        Ok(number)
    }
}

/// A price of one unit: not negative; it may be finer than the minor unit, to 12 decimals.
pub(super) fn unit_price(number: Number) -> Result<Decimal, Error> {
    let price = not_negative(number)?;
    if price.scale() > 12 && price.normalize().scale() > 12 {
        return Err(Error::new(ErrorKind::Value, format!("{price} has more than 12 decimals")));
    }
    Ok(price)
}

/// A percentage: not negative, at most 1000.
pub(super) fn percent(number: Number) -> Result<Decimal, Error> {
    let percent = not_negative(number)?;
    if percent > Decimal::ONE_THOUSAND {
        return Err(Error::new(ErrorKind::Value, format!("{percent} percent is too large")));
    }
    Ok(percent)
}

/// A number of units, at least `least`.
pub(super) fn units(Number(number): Number, least: u32) -> Result<u32, Error> {
    match number.is_integer().then(|| number.to_u32()).flatten() {
        Some(units) if units >= least => Ok(units),
        _ => {
            let message = format!("{number} is not a whole number from {least} to {}", u32::MAX);
            Err(Error::new(ErrorKind::Value, message))
        }
    }
}

/// Texts of a list.
pub(super) fn texts(list: &[Text<'_>]) -> Vec<String> {
    list.iter().map(|text| text.as_str().to_owned()).collect()
}
