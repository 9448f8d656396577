//! A field to fill in, as JSON.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::super::{Field, names};
use super::{Cx, Day, In};
use crate::facts::FactId;
use crate::program::{self, AnswerIs, AnswerTest, FieldCheck, FieldType, FormDay, Kept, Told};
use crate::terms::Order;

impl Serialize for In<'_, Field> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, asked) = self;
        let mut map = serializer.serialize_map(None)?;
        let known = cx.field(asked);
        if let Some((form, field)) = known {
            map.serialize_entry("form", &*form.label)?;
            map.serialize_entry("field", &*field.name)?;
        }
        map.serialize_entry("line", &cx.line(asked.line))?;
        if let Some((_, field)) = known {
            if let Some(title) = &field.title {
                map.serialize_entry("title", &**title)?;
            }
            map.serialize_entry("type", names::field_type(&field.ty))?;
            match &field.ty {
                FieldType::OneOf(options) => map.serialize_entry("options", &Texts(options))?,
                FieldType::Signature(of) => map.serialize_entry("of", &**of)?,
                FieldType::Text
                | FieldType::Number
                | FieldType::WholeNumber
                | FieldType::Money
                | FieldType::Date
                | FieldType::YesNo
                | FieldType::Photo
                | FieldType::Email
                | FieldType::Phone
                | FieldType::Address
                | FieldType::Imei
                | FieldType::Gtin => {}
            }
        }
        map.serialize_entry("needed", asked.needed.word())?;
        if let Some((form, field)) = known {
            if !field.when.is_empty() {
                map.serialize_entry("when", &Each(field.when.iter().map(|test| Test { form, test })))?;
            }
            if let Some(prefill) = &asked.prefill {
                map.serialize_entry("prefill", &**prefill)?;
            }
            if !field.checks.is_empty() {
                let checks = field.checks.iter().map(|check| Check { cx: *cx, form, field, check: *check });
                map.serialize_entry("checks", &Each(checks))?;
            }
            if !field.printed {
                map.serialize_entry("printed", &false)?;
            }
            kept_entries(&mut map, field)?;
        }
        map.serialize_entry("by", &cx.by(&asked.by))?;
        map.end()
    }
}

/// Who fills a field in, how it is kept and why it is asked.
pub(crate) fn kept_entries<M: SerializeMap>(map: &mut M, field: &program::Field) -> Result<(), M::Error> {
    if let Some(from) = &field.from {
        map.serialize_entry("from", &**from)?;
    }
    if let Some(kept) = field.kept {
        map.serialize_entry("kept", &Keeping(kept))?;
    }
    if let Some(purpose) = &field.purpose {
        map.serialize_entry("purpose", &**purpose)?;
    }
    Ok(())
}

struct Texts<'a>(&'a [std::sync::Arc<str>]);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|text| &**text))
    }
}

struct Keeping(Kept);

impl Serialize for Keeping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (how, length) = match self.0 {
            Kept::Never => ("never", None),
            Kept::HashFor(length) => ("as hash for", Some(length)),
            Kept::For(length) => ("for", Some(length)),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("how", how)?;
        if let Some(length) = length {
            map.serialize_entry("length", &length.to_string())?;
        }
        map.end()
    }
}

/// A list made on the way.
struct Each<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// What the answer of another field must be: `{ "field": "kind", "is": ["passport"] }`.
struct Test<'a> {
    form: &'a program::Form,
    test: &'a AnswerTest,
}

impl Serialize for Test<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("field", field_name(self.form, self.test.field))?;
        let key = |plain: &'static str, not: &'static str| if self.test.negated { not } else { plain };
        match &self.test.is {
            AnswerIs::Yes => map.serialize_entry(key("is", "is not"), &["yes"])?,
            AnswerIs::OneOf(words) => map.serialize_entry(key("is", "is not"), &Texts(words))?,
            AnswerIs::Number(order, number) => {
                let key = match order {
                    Order::AtLeast => key("at least", "not at least"),
                    Order::AtMost => key("at most", "not at most"),
                    Order::Over => key("over", "not over"),
                    Order::Under => key("under", "not under"),
                    Order::Exactly => key("exactly", "not exactly"),
                };
                map.serialize_entry(key, &number.normalize().to_string())?;
            }
        }
        map.end()
    }
}

/// What the answer must be like: `{ "not before": { "field": "noticed" } }`.
struct Check<'a> {
    cx: Cx<'a>,
    form: &'a program::Form,
    field: &'a program::Field,
    check: FieldCheck,
}

impl Serialize for Check<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.check {
            FieldCheck::AtLeast(number) => self.number(&mut map, "at least", number)?,
            FieldCheck::AtMost(number) => self.number(&mut map, "at most", number)?,
            FieldCheck::Letters { least, most, digits } => {
                map.serialize_entry(if digits { "digits" } else { "characters" }, &[least, most])?;
            }
            FieldCheck::NotBefore(day) => self.day(&mut map, "not before", day)?,
            FieldCheck::NotAfter(day) => self.day(&mut map, "not after", day)?,
            FieldCheck::SameAs(told) => map.serialize_entry("same as", &self.told(told))?,
        }
        map.end()
    }
}

impl<'a> Check<'a> {
    fn number<M: SerializeMap>(&self, map: &mut M, key: &str, number: rust_decimal::Decimal) -> Result<(), M::Error> {
        match self.field.ty {
            FieldType::Money => map.serialize_entry(key, &self.cx.money(number)),
            _ => map.serialize_entry(key, &number.normalize().to_string()),
        }
    }

    fn day<M: SerializeMap>(&self, map: &mut M, key: &str, day: FormDay) -> Result<(), M::Error> {
        match day {
            FormDay::Today => map.serialize_entry(key, "today"),
            FormDay::Date(day) => map.serialize_entry(key, &Day(day)),
            FormDay::Told(told) => map.serialize_entry(key, &self.told(told)),
        }
    }

    fn told(&self, told: Told) -> Named<'a> {
        let fact = |fact: FactId| self.cx.fact(fact);
        match told {
            Told::Fact(id) => Named { kind: "fact", name: fact(id) },
            Told::Serials => Named { kind: "fact", name: "item.serial" },
            Told::Field(field) => Named { kind: "field", name: field_name(self.form, field) },
        }
    }
}

/// `{ "fact": "sold" }`.
struct Named<'a> {
    kind: &'static str,
    name: &'a str,
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.kind, self.name)?;
        map.end()
    }
}

fn field_name(form: &program::Form, field: u16) -> &str {
    form.fields.get(usize::from(field)).map_or("", |field| &field.name)
}
