//! Reads a request and says where it is wrong. The wire types are read by a deserializer around that of `serde_json`: what it adds
//! costs nothing while all is well, and when it is not the place grows on the way out. There is one such reader, so every wire
//! type is compiled once.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::{self, Display};

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::error::{Error, ErrorKind, quoted};
use super::wire;
use crate::diagnostic::near;

/// Reads JSON in which lists and objects stand at most so deep inside each other.
pub(super) fn read(text: &str, depth: usize) -> Result<wire::Request<'_>, Error> {
    let mut document = serde_json::Deserializer::from_str(text);
    let wrong = Wrong::default();
    let read = wire::Request::deserialize(Located { inner: &mut document, wrong: &wrong });
    let first = match read {
        Ok(request) => match document.end() {
            Ok(()) => return Ok(request),
            Err(error) => Trouble(no_json(&error)),
        },
        Err(trouble) => trouble,
    };
    // What is no JSON, or too deep, is said before what is wrong with a member.
    match (Depth { left: depth }).deserialize(&mut serde_json::Deserializer::from_str(text)) {
        Ok(()) => Err(first.0),
        Err(error) if error.is_data() => {
            let message = format!("lists and objects stand more than {depth} deep inside each other");
            Err(Error::new(ErrorKind::Limit, message))
        }
        Err(error) => Err(no_json(&error)),
    }
}

fn no_json(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Json, format!("this is not JSON: {error}"))
}

/// Any JSON, of which only the depth is looked at.
#[derive(Clone, Copy)]
struct Depth {
    left: usize,
}

impl Depth {
    fn inner<E: de::Error>(self) -> Result<Depth, E> {
        match self.left.checked_sub(1) {
            Some(left) => Ok(Depth { left }),
            None => Err(E::custom("too deep")),
        }
    }
}

impl<'a> DeserializeSeed<'a> for Depth {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Depth {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<S: SeqAccess<'a>>(self, mut list: S) -> Result<(), S::Error> {
        let inner = self.inner()?;
        while list.next_element_seed(inner)?.is_some() {}
        Ok(())
    }
    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        let inner = self.inner()?;
        while map.next_key_seed(inner)?.is_some() {
            map.next_value_seed(inner)?;
        }
        Ok(())
    }
}

/// What is wrong, with its place, while an error of `serde_json` takes its way out.
type Wrong = Cell<Option<Error>>;

/// What was wrong, as an error of `serde_json`, whose message nobody reads.
fn sent<E: de::Error>(Trouble(error): Trouble, wrong: &Wrong) -> E {
    wrong.set(Some(error));
    E::custom("")
}

/// What is wrong when `serde_json` says that something is.
fn received<E: Display>(error: E, wrong: &Wrong) -> Trouble {
    match wrong.take() {
        Some(error) => Trouble(error),
        None => Trouble(Error::new(ErrorKind::Json, format!("this is not JSON: {error}"))),
    }
}

/// What is wrong with a place, in plain words.
#[derive(Debug)]
struct Trouble(Error);

impl Trouble {
    fn new(kind: ErrorKind, message: String) -> Self {
        Trouble(Error::new(kind, message))
    }

    /// The same trouble, seen from one level further out.
    fn inside(self, segment: &str) -> Self {
        Trouble(self.0.inside(segment))
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

/// A deserializer, or a seed, that asks and answers in plain words.
struct Located<'w, T> {
    inner: T,
    wrong: &'w Wrong,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Located<'_, D> {
    type Error = Trouble;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        let wrong = self.wrong;
        self.inner.deserialize_any(Located { inner: visitor, wrong }).map_err(|error| received(error, wrong))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        let wrong = self.wrong;
        self.inner.deserialize_option(Located { inner: visitor, wrong }).map_err(|error| received(error, wrong))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Located<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }
    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit().map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none().map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let wrong = self.wrong;
        self.inner.visit_some(Located { inner, wrong }).map_err(|trouble| sent(trouble, wrong))
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.inner.visit_bool(value).map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.inner.visit_u64(value).map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.inner.visit_i64(value).map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<V::Value, E> {
        self.inner.visit_f64(value).map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<V::Value, E> {
        self.inner.visit_borrowed_str(value).map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<V::Value, E> {
        self.inner.visit_str(value).map_err(|trouble| sent(trouble, self.wrong))
    }
    fn visit_seq<S: SeqAccess<'de>>(self, inner: S) -> Result<V::Value, S::Error> {
        let wrong = self.wrong;
        self.inner.visit_seq(Items { inner, wrong, next: 0 }).map_err(|trouble| sent(trouble, wrong))
    }
    fn visit_map<M: MapAccess<'de>>(self, inner: M) -> Result<V::Value, M::Error> {
        let wrong = self.wrong;
        self.inner.visit_map(Entries { inner, wrong, key: Cow::Borrowed("") }).map_err(|trouble| sent(trouble, wrong))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Located<'_, S> {
    type Value = S::Value;
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let wrong = self.wrong;
        self.inner.deserialize(Located { inner, wrong }).map_err(|trouble| sent(trouble, wrong))
    }
}

/// The elements of a list.
struct Items<'w, S> {
    inner: S,
    wrong: &'w Wrong,
    next: usize,
}

impl<'de, S: SeqAccess<'de>> SeqAccess<'de> for Items<'_, S> {
    type Error = Trouble;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, inner: T) -> Result<Option<T::Value>, Trouble> {
        let place = self.next;
        self.next += 1;
        let seed = Located { inner, wrong: self.wrong };
        self.inner.next_element_seed(seed).map_err(|error| received(error, self.wrong).inside(&place.to_string()))
    }
}

/// The members of an object.
struct Entries<'w, 'de, M> {
    inner: M,
    wrong: &'w Wrong,
    /// The member whose value is read.
    key: Cow<'de, str>,
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Entries<'_, 'de, M> {
    type Error = Trouble;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Trouble> {
        match self.inner.next_key_seed(Key).map_err(|error| received(error, self.wrong))? {
            Some(key) => {
                self.key = key;
                match &self.key {
                    Cow::Borrowed(key) => seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some),
                    Cow::Owned(key) => seed.deserialize(de::value::StrDeserializer::new(key)).map(Some),
                }
            }
            None => Ok(None),
        }
    }
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<S::Value, Trouble> {
        let seed = Located { inner, wrong: self.wrong };
        self.inner.next_value_seed(seed).map_err(|error| received(error, self.wrong).inside(&self.key))
    }
}

/// Reads the name of a member.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(key))
    }
    fn visit_str<E>(self, key: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}
