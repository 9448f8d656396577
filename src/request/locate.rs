//! Finds the place of an error. A request that serde refused is read a second time, as a tree; the same wire types are
//! then read from the tree by a deserializer that knows where it is and says in plain words what it found.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::error::{Error, ErrorKind, quoted};
use super::wire;
use crate::diagnostic::near;

/// What is wrong with a document that is no [`wire::Request`], or the error of the document itself when it is no tree.
pub(super) fn trouble<'a, D: Deserializer<'a>>(document: D, depth: usize) -> Result<Option<Error>, D::Error> {
    let tree = Node { depth }.deserialize(document)?;
    Ok(wire::Request::deserialize(Walk(&tree)).err().map(|Trouble(error)| error))
}

/// JSON as a tree that keeps members given twice.
enum Json<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Reads a tree that is at most this deep.
#[derive(Clone, Copy)]
struct Node {
    depth: usize,
}

impl Node {
    fn inner<E: de::Error>(self) -> Result<Node, E> {
        match self.depth.checked_sub(1) {
            Some(depth) => Ok(Node { depth }),
            None => Err(E::custom("too deep")),
        }
    }
}

impl<'a> DeserializeSeed<'a> for Node {
    type Value = Json<'a>;
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Json<'a>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Node {
    type Value = Json<'a>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Json<'a>, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Json<'a>, E> {
        Ok(Json::Bool(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Json<'a>, E> {
        Ok(Json::Unsigned(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Json<'a>, E> {
        Ok(Json::Signed(value))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Json<'a>, E> {
        Ok(Json::Float(value))
    }
    fn visit_borrowed_str<E>(self, value: &'a str) -> Result<Json<'a>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }
    fn visit_str<E>(self, value: &str) -> Result<Json<'a>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }
    fn visit_seq<S: SeqAccess<'a>>(self, mut list: S) -> Result<Json<'a>, S::Error> {
        let inner = self.inner()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Json::List(items))
    }
    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Json<'a>, M::Error> {
        let inner = self.inner()?;
        let mut members = Vec::new();
        while let Some(wire::Text(key)) = map.next_key()? {
            members.push((key, map.next_value_seed(inner)?));
        }
        Ok(Json::Object(members))
    }
}

/// The error of the second reading.
#[derive(Debug)]
struct Trouble(Error);

impl Trouble {
    fn new(kind: ErrorKind, message: String) -> Self {
        Trouble(Error::new(kind, message))
    }
}

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Trouble {}

impl de::Error for Trouble {
    fn custom<T: Display>(message: T) -> Self {
        Trouble::new(ErrorKind::Type, message.to_string())
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = match expected.to_string() {
            boolean if boolean == "a boolean" => "true or false".to_owned(),
            other => other,
        };
        Trouble::new(ErrorKind::Type, format!("expected {expected}, found {}", Found(found)))
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
    fn unknown_field(member: &str, known: &'static [&'static str]) -> Self {
        let advice = match near(member, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        let error = Error::new(ErrorKind::Member, format!("no member {} is known here; {advice}", quoted(member)));
        Trouble(error.inside(member))
    }
    fn missing_field(member: &'static str) -> Self {
        Trouble::new(ErrorKind::Member, format!("the member `{member}` is missing"))
    }
    fn duplicate_field(member: &'static str) -> Self {
        Trouble(Error::new(ErrorKind::Member, format!("the member `{member}` stands twice")).inside(member))
    }
}

/// What was found, in words of JSON.
struct Found<'a>(Unexpected<'a>);

impl Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Bool(value) => write!(f, "{value}"),
            Unexpected::Unsigned(value) => write!(f, "the number {value}"),
            Unexpected::Signed(value) => write!(f, "the number {value}"),
            Unexpected::Float(value) => write!(f, "the number {value:?}"),
            Unexpected::Str(text) => write!(f, "the text {}", quoted(text)),
            Unexpected::Unit | Unexpected::Option => f.write_str("null"),
            Unexpected::Seq => f.write_str("a list"),
            Unexpected::Map => f.write_str("an object"),
            other => write!(f, "{other}"),
        }
    }
}

/// A place of the tree, as a deserializer.
struct Walk<'t, 'a>(&'t Json<'a>);

impl<'de> Deserializer<'de> for Walk<'de, '_> {
    type Error = Trouble;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self.0 {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Unsigned(value) => visitor.visit_u64(*value),
            Json::Signed(value) => visitor.visit_i64(*value),
            Json::Float(value) => visitor.visit_f64(*value),
            Json::Text(text) => visitor.visit_borrowed_str(text),
            Json::List(items) => visitor.visit_seq(Items { items: items.iter().enumerate() }),
            Json::Object(members) => visitor.visit_map(Entries { members: members.iter(), at: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self.0 {
            Json::Null => visitor.visit_none(),
            Json::Bool(_)
            | Json::Unsigned(_)
            | Json::Signed(_)
            | Json::Float(_)
            | Json::Text(_)
            | Json::List(_)
            | Json::Object(_) => visitor.visit_some(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'t, 'a> {
    items: std::iter::Enumerate<std::slice::Iter<'t, Json<'a>>>,
}

impl<'t> SeqAccess<'t> for Items<'t, '_> {
    type Error = Trouble;
    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Trouble> {
        match self.items.next() {
            Some((place, item)) => match seed.deserialize(Walk(item)) {
                Ok(value) => Ok(Some(value)),
                Err(Trouble(error)) => Err(Trouble(error.inside(&place.to_string()))),
            },
            None => Ok(None),
        }
    }
}

struct Entries<'t, 'a> {
    members: std::slice::Iter<'t, (Cow<'a, str>, Json<'a>)>,
    at: Option<&'t (Cow<'a, str>, Json<'a>)>,
}

impl<'t> MapAccess<'t> for Entries<'t, '_> {
    type Error = Trouble;
    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Trouble> {
        self.at = self.members.next();
        match self.at {
            Some((key, _)) => seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }
    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Trouble> {
        match self.at {
            Some((key, value)) => seed.deserialize(Walk(value)).map_err(|Trouble(error)| Trouble(error.inside(key))),
            None => Err(Trouble::custom("a member without a value")),
        }
    }
}
