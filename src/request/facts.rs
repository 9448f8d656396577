//! Declared facts: names to slots, values by their type, figures that are too old left out.

use rust_decimal::Decimal;

use super::context::{Context, event};
use super::error::{At, Error, ErrorKind, quoted};
use super::wire::{Date, Fact as WireFact, Members, Number, Text};
use crate::date::{Length, MonthEnd, Unit, When, Zone, add_hours, extend};
use crate::diagnostic::near;
use crate::facts::{Fact, Scope, Stage, Type, Value, builtin};

/// A fact that was told: its slot and its value, which is unknown when the figure is too old.
pub(super) type Told = (u16, Option<Value>);

/// Reads the facts of one object. `null` is the same as leaving a fact out.
pub(super) fn told(
    context: &mut Context<'_>,
    scope: Scope,
    zone: Option<&Zone>,
    members: Option<&Members<'_, WireFact<'_>>>,
) -> Result<Vec<Told>, Error> {
    let Some(Members(members)) = members else { return Ok(Vec::new()) };
    let mut facts: Vec<Told> = Vec::with_capacity(members.len());
    for (name, value) in members {
        let name = name.as_str();
        let fact = declared(context, scope, name).at(name)?;
        if facts.iter().any(|(slot, _)| *slot == fact.slot) {
            let message = format!("the fact {} stands twice", quoted(name));
            return Err(Error::new(ErrorKind::Member, message)).at(name);
        }
        if !matches!(value, WireFact::Null) {
            facts.push((fact.slot, read(context, fact, zone, value).at(name)?));
        }
    }
    Ok(facts)
}

/// Puts facts into their slots.
pub(super) fn put<'f>(into: &mut [Option<Value>], facts: impl IntoIterator<Item = &'f Told>) {
    for (slot, value) in facts {
        if let Some(place) = into.get_mut(usize::from(*slot)) {
            *place = *value;
        }
    }
}

/// That none of these facts stands in `elsewhere` too.
pub(super) fn apart<'f>(
    context: &Context<'_>,
    facts: &[Told],
    mut elsewhere: impl Iterator<Item = &'f Told>,
    place: &str,
) -> Result<(), Error> {
    match elsewhere.find(|(slot, _)| facts.iter().any(|(other, _)| other == slot)) {
        Some((slot, _)) => {
            let name = context.schema.facts.iter().find(|f| f.scope == Scope::Line && f.slot == *slot);
            let name = name.map_or("", |fact| fact.name.as_str());
            let message = format!("the fact {} stands {place} too; say it in one place", quoted(name));
            Err(Error::new(ErrorKind::Fact, message)).at(name)
        }
        None => Ok(()),
    }
}

/// The declared fact of a name, for this scope.
fn declared<'p>(context: &Context<'p>, scope: Scope, name: &str) -> Result<&'p Fact, Error> {
    let of_the_language = builtin::ALL.len();
    let facts = &context.schema.facts;
    let message = match facts.iter().enumerate().find(|(_, fact)| fact.name == name) {
        Some((_, fact)) if context.schema.is_on_duty(fact) => {
            format!("{} is not told under `facts`: `on_duty` lists the roles that are", quoted(name))
        }
        Some((at, fact)) if at >= of_the_language && fact.scope == scope => return Ok(fact),
        Some((at, fact)) if at >= of_the_language => {
            format!("the fact {} is one {}: it belongs under {}", quoted(name), of(fact.scope), member(fact.scope))
        }
        Some((_, fact)) if fact.stage > Stage::Facts => {
            format!("{} is computed and cannot be told", quoted(name))
        }
        Some(_) => format!("{} is not told under `facts`: it has a member of its own, see the reference", quoted(name)),
        None => {
            let names = facts.iter().skip(of_the_language).map(|fact| fact.name.as_str());
            let advice = match near(name, names) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "declare it with `fact`, or leave it out".to_owned(),
            };
            format!("the policy declares no fact {}; {advice}", quoted(name))
        }
    };
    Err(Error::new(ErrorKind::Fact, message))
}

fn of(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "of the visit",
        Scope::Sale => "of the sale",
        Scope::Line => "of the item",
        Scope::Tender => "of the tender",
    }
}

fn member(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "`/facts`",
        Scope::Sale => "`/sales/…/facts`",
        Scope::Line => "`facts` of the sold line or of the returned line",
        Scope::Tender => "`/sales/…/tenders/…/facts`",
    }
}

/// The value of a fact; nothing when the figure is older than the policy allows.
fn read(
    context: &mut Context<'_>,
    fact: &Fact,
    zone: Option<&Zone>,
    wire: &WireFact<'_>,
) -> Result<Option<Value>, Error> {
    match wire {
        WireFact::Dated(dated) => {
            let value = value(context, fact, zone, &dated.value.0).at("value")?;
            let stale = match (fact.fresh, dated.as_of) {
                (Some(length), Some(Date(as_of))) => too_old(context, as_of, zone, length),
                (None, _) | (_, None) => false,
            };
            Ok(value.filter(|_| !stale))
        }
        plain => value(context, fact, zone, plain),
    }
}

fn too_old(context: &Context<'_>, as_of: When, zone: Option<&Zone>, length: Length) -> bool {
    let from = event(as_of, zone);
    if length.unit == Unit::Hours {
        let until = from.moment.and_then(|moment| add_hours(moment, length.count).ok());
        return match (until, context.moment) {
            (Some(until), Some(now)) => until < now,
            (None, _) | (_, None) => true,
        };
    }
    let month_end = context.program.versions.last().map_or(MonthEnd::LastDay, |version| version.choices.month_end);
    // An age that cannot be counted is no proof that the figure is fresh.
    extend(from.day, length, month_end, None).map_or(true, |until| until < context.day)
}

fn value(
    context: &mut Context<'_>,
    fact: &Fact,
    zone: Option<&Zone>,
    wire: &WireFact<'_>,
) -> Result<Option<Value>, Error> {
    let value = match (fact.ty, wire) {
        (_, WireFact::Null) => return Ok(None),
        (Type::YesNo, WireFact::Bool(value)) => Value::Bool(*value),
        // As `ask` offers them.
        (Type::YesNo, WireFact::Text(text)) if text.as_str() == "yes" => Value::Bool(true),
        (Type::YesNo, WireFact::Text(text)) if text.as_str() == "no" => Value::Bool(false),
        (Type::Word(domain), WireFact::Text(text)) => Value::Word(context.word(domain, text)?),
        (Type::Text, WireFact::Text(text)) => Value::Text(context.text(text.as_str())),
        (Type::Texts, WireFact::List(texts)) => {
            let ids = texts.iter().map(|text| context.text(text.as_str())).collect();
            let place = u32::try_from(context.lists.len()).unwrap_or(u32::MAX);
            context.lists.push(ids);
            Value::Texts(place)
        }
        (Type::Date, WireFact::Text(text)) => match text.as_str().parse::<When>() {
            Ok(when) => Value::Date(event(when, zone).day),
            Err(error) => return Err(Error::new(ErrorKind::Type, error.to_string())),
        },
        (Type::Number | Type::WholeNumber | Type::Money, _) => match number(wire) {
            Some(number) if fact.ty == Type::Money => Value::Number(context.money(Number(number))?),
            Some(number) if fact.ty == Type::WholeNumber && !number.is_integer() => {
                return Err(Error::new(ErrorKind::Type, format!("expected a whole number, found {number}")));
            }
            Some(number) => Value::Number(number),
            None => return Err(wrong(fact, wire)),
        },
        (Type::YesNo | Type::Word(_) | Type::Text | Type::Texts | Type::Date, _) => return Err(wrong(fact, wire)),
    };
    Ok(Some(value))
}

fn number(wire: &WireFact<'_>) -> Option<Decimal> {
    match wire {
        WireFact::Number(number) => Some(*number),
        WireFact::Text(Text(text)) => super::wire::decimal(text),
        WireFact::Null | WireFact::Bool(_) | WireFact::List(_) | WireFact::Dated(_) => None,
    }
}

fn wrong(fact: &Fact, wire: &WireFact<'_>) -> Error {
    let expected = match fact.ty {
        Type::YesNo => "true or false",
        Type::Word(_) => "one of the words of this fact",
        Type::Number => "a number in quotes such as \"0.75\", or a whole number",
        Type::WholeNumber => "a whole number",
        Type::Money => "an amount in quotes such as \"12.50\"",
        Type::Date => "a date such as \"2025-11-20\"",
        Type::Text => "text",
        Type::Texts => "a list of texts",
    };
    let found = match wire {
        WireFact::Null => "null".to_owned(),
        WireFact::Bool(value) => value.to_string(),
        WireFact::Number(number) => format!("the number {number}"),
        WireFact::Text(text) => format!("the text {}", quoted(text.as_str())),
        WireFact::List(_) => "a list".to_owned(),
        WireFact::Dated(_) => "an object".to_owned(),
    };
    Error::new(ErrorKind::Type, format!("expected {expected}, found {found}"))
}
