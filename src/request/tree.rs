//! JSON read once into a list of nodes: a value is a node and, for a list or an object, what stands in it right behind. Texts are
//! borrowed unless they hold escapes, members keep their order, also those that stand twice. What it should have been is for [`super::locate`].

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::{Error, ErrorKind};
use super::read::Limits;

/// JSON.
#[derive(Debug)]
pub(crate) struct Tree<'a>(Vec<Node<'a>>);

/// A value without what stands in it, or the name of a member before its value.
#[derive(Debug)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Negative(i64),
    Float,
    /// Of a draft only.
    Decimal(Decimal),
    Text(Cow<'a, str>),
    List(Extent),
    Object(Extent),
}

impl<'a> Node<'a> {
    /// Puts the list or object that begins at a node before what stands in it.
    pub(super) fn close(nodes: &mut [Self], at: usize, count: usize, made: fn(Extent) -> Self) {
        let inside = nodes.len().saturating_sub(at + 1);
        if let Some(node) = nodes.get_mut(at) {
            *node = made(Extent { count, nodes: inside });
        }
    }
}

/// How much stands in a list or an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// Elements or members.
    count: usize,
    /// Nodes, all levels together.
    nodes: usize,
}

/// A value of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    /// A whole number.
    Unsigned(u64),
    /// A whole number below zero.
    Negative(i64),
    /// A number with a point or an exponent, or too large: its digits may have changed on the way, so they are not kept.
    Float,
    /// A number that was never text.
    Decimal(Decimal),
    Text(&'t str),
    List(Items<'t>),
    Object(Members<'t>),
}

/// The elements of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Items<'t> {
    left: usize,
    nodes: &'t [Node<'t>],
}

/// The members of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Members<'t>(Items<'t>);

impl<'a> Tree<'a> {
    /// Reads JSON within these limits.
    pub(crate) fn read(json: &'a [u8], limits: Limits) -> Result<Self, Error> {
        if json.len() > limits.bytes {
            let message = format!("{} bytes are more than the {} that are read", json.len(), limits.bytes);
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let text = match std::str::from_utf8(json) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("this is not UTF-8: byte {} does not belong", error.valid_up_to());
                return Err(Error::new(ErrorKind::Json, message));
            }
        };
        // A name or a value has some ten characters, mostly more.
        let mut nodes = Vec::with_capacity(text.len() / 10);
        let mut document = serde_json::Deserializer::from_str(text);
        let read = Grow { nodes: &mut nodes, left: limits }.deserialize(&mut document).and_then(|()| document.end());
        match read {
            Ok(()) => Ok(Tree(nodes)),
            Err(error) if error.is_data() && nodes.len() >= limits.values => {
                let message = format!("it has more than the {} values that are read", limits.values);
                Err(Error::new(ErrorKind::Limit, message))
            }
            Err(error) if error.is_data() => {
                let message = format!("lists and objects stand more than {} deep inside each other", limits.depth);
                Err(Error::new(ErrorKind::Limit, message))
            }
            Err(_) if text.starts_with('\u{FEFF}') => Err(Error::new(
                ErrorKind::Json,
                "this begins with a byte order mark (U+FEFF), which JSON does not have",
            )),
            Err(error) => Err(Error::new(ErrorKind::Json, format!("this is not JSON: {error}"))),
        }
    }

    /// Of nodes in the order of their values.
    pub(super) fn of(nodes: Vec<Node<'a>>) -> Self {
        Self(nodes)
    }

    /// The whole of it.
    pub(crate) fn root(&self) -> Value<'_> {
        Items { left: 1, nodes: &self.0 }.next().unwrap_or(Value::Null)
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Value<'t>;

    fn next(&mut self) -> Option<Value<'t>> {
        let (node, nodes) = self.nodes.split_first()?;
        self.nodes = nodes;
        self.left = self.left.checked_sub(1)?;
        Some(match node {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Unsigned(number) => Value::Unsigned(*number),
            Node::Negative(number) => Value::Negative(*number),
            Node::Float => Value::Float,
            Node::Decimal(number) => Value::Decimal(*number),
            Node::Text(text) => Value::Text(text),
            Node::List(extent) => Value::List(self.inside(*extent)?),
            Node::Object(extent) => Value::Object(Members(self.inside(*extent)?)),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}

impl<'t> Items<'t> {
    /// Steps over what stands in a list or an object.
    fn inside(&mut self, extent: Extent) -> Option<Items<'t>> {
        let (nodes, rest) = self.nodes.split_at_checked(extent.nodes)?;
        self.nodes = rest;
        Some(Items { left: extent.count, nodes })
    }
}

impl<'t> Iterator for Members<'t> {
    type Item = (&'t str, Value<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let Members(items) = self;
        match items.nodes.split_first()? {
            (Node::Text(name), nodes) => {
                items.nodes = nodes;
                Some((name, items.next()?))
            }
            _ => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Members<'_> {}

/// Reads a value behind the others.
struct Grow<'n, 'a> {
    nodes: &'n mut Vec<Node<'a>>,
    left: Limits,
}

impl<'a> Grow<'_, 'a> {
    fn push<E>(self, node: Node<'a>) -> Result<(), E> {
        self.nodes.push(node);
        Ok(())
    }

    /// What reads inside this.
    fn inner<E: serde::de::Error>(&mut self) -> Result<Grow<'_, 'a>, E> {
        match self.left.depth.checked_sub(1) {
            Some(depth) if self.nodes.len() < self.left.values => {
                Ok(Grow { nodes: self.nodes, left: Limits { depth, ..self.left } })
            }
            _ => Err(E::custom("too deep or too much")),
        }
    }
}

impl<'a> DeserializeSeed<'a> for Grow<'_, 'a> {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Grow<'_, 'a> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Node::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(Node::Bool(value))
    }
    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.push(Node::Unsigned(number))
    }
    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.push(Node::Negative(number))
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.push(Node::Float)
    }
    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.push(Node::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.push(Node::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_seq<S: SeqAccess<'a>>(mut self, mut list: S) -> Result<(), S::Error> {
        let at = self.nodes.len();
        self.nodes.push(Node::Null);
        let mut count = 0;
        while list.next_element_seed(self.inner()?)?.is_some() {
            count += 1;
        }
        Node::close(self.nodes, at, count, Node::List);
        Ok(())
    }
    fn visit_map<M: MapAccess<'a>>(mut self, mut map: M) -> Result<(), M::Error> {
        let at = self.nodes.len();
        self.nodes.push(Node::Null);
        let mut count = 0;
        while map.next_key_seed(self.inner()?)?.is_some() {
            map.next_value_seed(self.inner()?)?;
            count += 1;
        }
        Node::close(self.nodes, at, count, Node::Object);
        Ok(())
    }
}
