//! What stands in the members of a decision: amounts, days, clauses, words; each with what schemas say of it.

use std::sync::Arc;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat};
use rust_decimal::Decimal;
use serde::ser::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::super::{Credits, Question};
use super::Cx;
use crate::facts::{Type, Value};
use crate::program::Program;
use crate::shape::{Maybe, Shape, Shapes, described};
use crate::terms::MeetingEvent;

/// Roles by name.
pub(super) struct Roles<'a> {
    pub(super) cx: Cx<'a>,
    pub(super) roles: &'a [u16],
}

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.roles.iter().map(|role| self.cx.role(*role)))
    }
}

impl Shape for Roles<'_> {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })
    }
}

/// Taxes by id.
pub(super) struct Taxes<'a>(pub(super) Cx<'a>, pub(super) &'a [(Arc<str>, Decimal)]);

impl Serialize for Taxes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().map(|(name, amount)| (&**name, self.0.money(*amount))))
    }
}

impl Shape for Taxes<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        json!({ "type": "object", "additionalProperties": Money::shape(shapes) })
    }
}

/// What the answer to a question may be, in the form in which a request gives it.
pub(super) struct Answers<'a> {
    pub(super) cx: Cx<'a>,
    pub(super) question: &'a Question,
}

impl Serialize for Answers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ty = self.question.fact.ty(&self.cx.program.schema);
        serializer.collect_seq(self.question.values.iter().map(|value| Answer { cx: self.cx, ty, value: *value }))
    }
}

impl Shape for Answers<'_> {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": { "type": "string" } })
    }
}

struct Answer<'a> {
    cx: Cx<'a>,
    ty: Option<Type>,
    value: Value,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = &self.cx.program.schema;
        match (self.value, self.ty) {
            (Value::Bool(true), _) => serializer.serialize_str("yes"),
            (Value::Bool(false), _) => serializer.serialize_str("no"),
            (Value::Word(word), Some(Type::Word(domain))) => {
                serializer.serialize_str(schema.domain(domain).map_or("", |domain| domain.word(word)))
            }
            (Value::Number(number), Some(Type::Money)) => self.cx.money(number).serialize(serializer),
            (Value::Number(number), _) => serializer.collect_str(&number.normalize()),
            (Value::Date(day), _) => Day(day).serialize(serializer),
            (Value::Text(text), _) => {
                let text = usize::try_from(text.0).ok().and_then(|at| schema.texts.get(at));
                serializer.serialize_str(text.map_or("", String::as_str))
            }
            // Words have a domain, and lists are not asked.
            (Value::Word(_), _) | (Value::Texts(_), _) => serializer.serialize_str(""),
        }
    }
}

/// Clauses as label paths.
pub(super) struct By<'a> {
    pub(super) program: &'a Program,
    pub(super) credits: &'a Credits,
}

impl Serialize for By<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_seq(self.credits.iter().map(|id| self.program.clause(*id).map_or("", |clause| &*clause.path)))
    }
}

impl Shape for By<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        let about = "Label paths of clauses; empty where the engine itself or a choice of the header decides.";
        shapes.named("By", |_| described(&[about], json!({ "type": "array", "items": { "type": "string" } })))
    }
}

/// An amount with all digits of the minor unit; it never hides a digit that is there.
pub(super) struct Money {
    pub(super) amount: Decimal,
    pub(super) digits: u32,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut amount = self.amount;
        if amount.scale() != self.digits {
            amount = amount.normalize();
            if amount.scale() < self.digits {
                amount.rescale(self.digits);
            }
        }
        let mut text = FromTheRight::new();
        let mut left = amount.mantissa().unsigned_abs();
        let mut written = 0;
        while left > 0 || written <= amount.scale() {
            if written == amount.scale() && written > 0 {
                text.push(b'.');
            }
            left = match u64::try_from(left) {
                Ok(left) => text.digit(left).into(),
                Err(_) => {
                    text.digit(u64::try_from(left % 10).unwrap_or(0));
                    left / 10
                }
            };
            written += 1;
        }
        if amount.is_sign_negative() && !amount.is_zero() {
            text.push(b'-');
        }
        serializer.serialize_str(text.as_str())
    }
}

impl Shape for Money {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        let about = "An amount of money with all digits of the currency's minor unit, or a number.";
        shapes.named("Amount", |_| {
            described(&[about], json!({ "type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$" }))
        })
    }
}

/// `2025-11-20`.
pub(crate) struct Day(pub(crate) NaiveDate);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Day(day) = self;
        let year = match u64::try_from(day.year()) {
            Ok(year) if year <= 9999 => year,
            Ok(_) | Err(_) => return serializer.collect_str(day),
        };
        let mut text = FromTheRight::new();
        let tens = text.digit(day.day().into());
        text.digit(tens);
        text.push(b'-');
        let tens = text.digit(day.month().into());
        text.digit(tens);
        text.push(b'-');
        (0..4).fold(year, |left, _| text.digit(left));
        serializer.serialize_str(text.as_str())
    }
}

/// Events of the return that something waits for.
pub(super) struct Awaits<'a>(&'a [MeetingEvent]);

impl<'a> Awaits<'a> {
    pub(super) fn of(events: &'a [MeetingEvent]) -> Maybe<Self> {
        Maybe((!events.is_empty()).then_some(Self(events)))
    }
}

impl Serialize for Awaits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|event| event.word()))
    }
}

impl Shape for Awaits<'_> {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": { "enum": ["sent", "received"] }, "minItems": 1 })
    }
}

impl Shape for Day {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        shapes.named("Day", |_| {
            let day = json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
            described(&["A day: `2025-11-20`."], day)
        })
    }
}

/// A moment with its offset: `2025-11-20T15:04:00-05:00`.
pub(super) struct Moment(pub(super) DateTime<FixedOffset>);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Shape for Moment {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "string", "format": "date-time" })
    }
}

/// The code of a currency.
pub(super) struct CurrencyCode<'a>(pub(super) &'a str);

impl Serialize for CurrencyCode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl Shape for CurrencyCode<'_> {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

/// A short text that is written from its end: a decimal has at most 29 digits, a sign and a point.
struct FromTheRight {
    bytes: [u8; 40],
    start: usize,
}

impl FromTheRight {
    fn new() -> Self {
        FromTheRight { bytes: [0; 40], start: 40 }
    }

    fn push(&mut self, byte: u8) {
        if let Some(start) = self.start.checked_sub(1)
            && let Some(place) = self.bytes.get_mut(start)
        {
            *place = byte;
            self.start = start;
        }
    }

    /// Writes the last digit of a number; what is left of it comes back.
    fn digit(&mut self, number: u64) -> u64 {
        self.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
        number / 10
    }

    fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}
