//! Reads values of a [`Tree`](super::tree) as what they should be, and says in plain words where they are something else. Nothing here knows the
//! members of an object: [`super::wire`] does.

use rust_decimal::Decimal;

use super::error::{At, Error, ErrorKind, quoted};
use super::tree::Value;
use crate::diagnostic::near;

/// What can be read from a value.
pub(super) trait Read<'t>: Sized {
    fn read(value: Value<'t>) -> Result<Self, Error>;
}

/// What a value should have been, and what it is.
pub(super) fn expected<T>(what: &str, found: Value<'_>) -> Result<T, Error> {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Unsigned(number) => format!("the number {number}"),
        Value::Negative(number) => format!("the number {number}"),
        Value::Float(number) => format!("the number {number:?}"),
        Value::Text(text) => format!("the text {}", quoted(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    Err(Error::new(ErrorKind::Type, format!("expected {what}, found {found}")))
}

/// How many members an object may know.
pub(super) const MOST: usize = 64;

/// Reads the members of an object in their order: each at most once, none but these, of which there are at most [`MOST`]. What to
/// read is told the place of the name among those known.
pub(super) fn members<'t>(
    value: Value<'t>,
    known: &[&'static str],
    read: &mut dyn FnMut(usize, Value<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    // A bit for each member that was there.
    let mut seen = 0u64;
    // Mostly the members stand in the order in which they are known.
    let mut next = 0;
    named(value, &mut |name, value| {
        let mut behind = known.iter().enumerate().skip(next).chain(known.iter().enumerate().take(next));
        let Some((place, _)) = behind.find(|(_, known)| **known == name) else {
            let advice = match near(name, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("there are {}", known.join(", ")),
            };
            return Err(Error::new(ErrorKind::Member, format!("no member {} is known here; {advice}", quoted(name))));
        };
        if seen & (1 << place) != 0 {
            return Err(Error::new(ErrorKind::Member, format!("the member `{name}` stands twice")));
        }
        seen |= 1 << place;
        next = place + 1;
        read(place, value)
    })
}

/// That a member must not be left out.
pub(super) fn missing(member: &str) -> Error {
    Error::new(ErrorKind::Member, format!("the member `{member}` is missing"))
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

/// A whole number.
pub(super) fn whole(value: Value<'_>) -> Option<Decimal> {
    match value {
        Value::Unsigned(number) => Some(Decimal::from(number)),
        Value::Negative(number) => Some(Decimal::from(number)),
        Value::Null | Value::Bool(_) | Value::Float(_) | Value::Text(_) | Value::List(_) | Value::Object(_) => None,
    }
}
