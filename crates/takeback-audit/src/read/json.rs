//! Records of JSON lines: one object a line. Members of objects in objects are named with points: `customer.id`. A member that stands twice
//! has no value, and neither has a number whose digits are not all known.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::map::{Field, Mapper, Row};
use crate::mapping::Table;

#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// The members that are looked at, and their slots.
    names: BTreeMap<String, usize>,
    slots: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Member {
    Null,
    Text(String),
    Number(String),
    Whole(i64),
    YesNo(bool),
    Unreadable(&'static str),
}

/// From here on not every whole number is one of JSON's, as it is read here.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Shape {
    pub(super) fn new(table: &Table) -> Self {
        let names = table.slots.iter().enumerate().map(|(slot, column)| (column.name.clone(), slot)).collect();
        Self { names, slots: table.slots.len() }
    }

    pub(super) fn map(&self, bytes: &[u8], first: i64, mapper: &mut Mapper<'_>) {
        for (line, text) in (first..).zip(bytes.split(|byte| *byte == b'\n')) {
            if text.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let mut members = vec![None; self.slots];
            let mut reader = serde_json::Deserializer::from_slice(text);
            let seed = Object { shape: self, before: "", members: &mut members };
            match seed.deserialize(&mut reader).and_then(|()| reader.end()) {
                Ok(()) => mapper.row(line, &Record(members)),
                Err(error) => {
                    let value = String::from_utf8_lossy(text);
                    mapper.broken(line, value.trim_end(), format!("is not an object in JSON: {}", told(&error)));
                }
            }
        }
    }
}

/// An error without its line, which is always the first.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(text) if error.column() == 0 => text.to_owned(),
        Some(text) => format!("{text}, at character {}", error.column()),
        None => text,
    }
}

/// By slot; none: the object has no such member.
struct Record(Vec<Option<Member>>);

impl Row for Record {
    fn field(&self, slot: usize) -> Field<'_> {
        match self.0.get(slot).and_then(Option::as_ref) {
            None | Some(Member::Null) => Field::Null,
            Some(Member::Text(text)) => Field::Text(text),
            Some(Member::Number(text)) => Field::Number(text.as_str().into()),
            Some(Member::Whole(number)) => Field::Whole(*number),
            Some(Member::YesNo(yes)) => Field::YesNo(*yes),
            Some(Member::Unreadable(reason)) => Field::Unreadable("".into(), reason),
        }
    }
}

/// An object, whose members are named with what stands before.
struct Object<'a> {
    shape: &'a Shape,
    before: &'a str,
    members: &'a mut Vec<Option<Member>>,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let name = if self.before.is_empty() { key.into_owned() } else { format!("{}.{key}", self.before) };
            let slot = self.shape.names.get(&name).copied();
            let value = Value { shape: self.shape, name: &name, slot, members: &mut *self.members };
            map.next_value_seed(value)?;
        }
        Ok(())
    }
}

/// What stands in a member.
struct Value<'a> {
    shape: &'a Shape,
    name: &'a str,
    slot: Option<usize>,
    members: &'a mut Vec<Option<Member>>,
}

impl Value<'_> {
    fn put(self, member: Member) {
        if let Some(place) = self.slot.and_then(|slot| self.members.get_mut(slot)) {
            *place = Some(match place {
                None => member,
                Some(_) => Member::Unreadable("stands twice in the object"),
            });
        }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(Member::Null);
        Ok(())
    }

    fn visit_bool<E>(self, yes: bool) -> Result<(), E> {
        self.put(Member::YesNo(yes));
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(Member::Whole(number));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        let member = i64::try_from(number).map_or_else(|_| Member::Number(number.to_string()), Member::Whole);
        self.put(member);
        Ok(())
    }

    /// The shortest digits that are this number: those of the text, of up to 15 digits.
    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        let exact = number.abs() < EXACT;
        self.put(match exact {
            true => Member::Number(number.to_string()),
            false => Member::Unreadable(
                "is a number with more digits than are read of one (written as a text, it keeps them)",
            ),
        });
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(Member::Text(text.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.put(Member::Unreadable("is a list, and a column is one value"));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let Self { shape, name, slot, members } = self;
        Value { shape, name, slot, members: &mut *members }
            .put(Member::Unreadable("is an object, and a column is one value"));
        Object { shape, before: name, members }.visit_map(map)
    }
}
