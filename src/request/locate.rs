//! Reads values of a [`Tree`](super::tree) as what they should be, and says in plain words where they are something else. Nothing here knows the
//! members of an object: [`super::wire`] does.

use rust_decimal::Decimal;

use super::error::{At, Error, ErrorKind, quoted};
use super::tree::Value;
use crate::diagnostic::near;

/// What is filled in with a value.
pub(super) trait Fill<'t> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error>;
}

/// A member that an object may have.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// Whether it must have it.
    pub(super) needed: bool,
}

/// What a value should have been, and what it is.
pub(super) fn expected<T>(what: &str, found: Value<'_>) -> Result<T, Error> {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Unsigned(number) => format!("the number {number}"),
        Value::Negative(number) => format!("the number {number}"),
        Value::Float => "a number with a point, an exponent or too many digits".to_owned(),
        Value::Decimal(number) => format!("the number {number}"),
        Value::Text(text) => format!("the text {}", quoted(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    Err(Error::new(ErrorKind::Type, format!("expected {what}, found {found}")))
}

/// How many members an object may know.
pub(super) const MOST: usize = 64;

/// Fills in the members of an object in their order: each at most once, none but those known, of which there are at most
/// [`MOST`]. The places to fill in are in the order in which the members are known.
pub(super) fn members<'t>(
    value: Value<'t>,
    known: &[Known],
    places: &mut [&mut (dyn Fill<'t> + '_)],
) -> Result<(), Error> {
    // A bit for each member that was there.
    let mut seen = 0u64;
    // Mostly the members stand in the order in which they are known.
    let mut next = 0;
    named(value, &mut |name, value| {
        let is = |known: &Known| known.name == name;
        let behind = known.iter().skip(next).position(is).map(|place| next + place);
        let place = behind.or_else(|| known.iter().take(next).position(is));
        let Some((place, member)) = place.and_then(|place| Some((place, places.get_mut(place)?))) else {
            return Err(unknown(name, known));
        };
        if seen & (1 << place) != 0 {
            return Err(Error::new(ErrorKind::Member, format!("the member `{name}` stands twice")));
        }
        seen |= 1 << place;
        next = place + 1;
        member.fill(value)
    })?;
    match known.iter().enumerate().find(|(place, known)| known.needed && seen & (1 << place) == 0) {
        Some((_, Known { name, .. })) => Err(Error::new(ErrorKind::Member, format!("the member `{name}` is missing"))),
        None => Ok(()),
    }
}

fn unknown(name: &str, known: &[Known]) -> Error {
    let names = known.iter().map(|known| known.name);
    let advice = match near(name, names.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
    };
    Error::new(ErrorKind::Member, format!("no member {} is known here; {advice}", quoted(name)))
}

/// Reads the members of an object whose names are those of a policy.
pub(super) fn named<'t>(
    value: Value<'t>,
    read: &mut dyn FnMut(&'t str, Value<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    let Value::Object(mut members) = value else { return expected("an object", value) };
    members.try_for_each(|(name, value)| read(name, value).at(name))
}

/// Reads the elements of a list.
pub(super) fn items<'t>(
    value: Value<'t>,
    what: &str,
    read: &mut dyn FnMut(Value<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    let Value::List(items) = value else { return expected(what, value) };
    items.enumerate().try_for_each(|(place, value)| read(value).nth(place))
}

/// A text.
pub(super) fn text<'t>(value: Value<'t>, what: &str) -> Result<&'t str, Error> {
    match value {
        Value::Text(text) => Ok(text),
        other => expected(what, other),
    }
}

/// A whole number, or one that was never text.
pub(super) fn exact(value: Value<'_>) -> Option<Decimal> {
    match value {
        Value::Unsigned(number) => Some(Decimal::from(number)),
        Value::Negative(number) => Some(Decimal::from(number)),
        Value::Decimal(number) => Some(number),
        Value::Null | Value::Bool(_) | Value::Float | Value::Text(_) | Value::List(_) | Value::Object(_) => None,
    }
}
