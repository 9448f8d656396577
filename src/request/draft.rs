//! A request put together member by member, for who holds its values already and would only write JSON to have it read again.
//! It is the tree that JSON is read into, so both are read, and refused, by the same reader.

use std::borrow::Cow;
use std::convert::Infallible;

use rust_decimal::Decimal;

use super::tree::{Node, Tree, Value};

/// A request of the form of `docs/reference/request.md` that is not text: what JSON would have in quotes, as values.
/// Read by [`Policy::request_of`](crate::Policy::request_of).
///
/// ```
/// use takeback::request::Draft;
///
/// let draft = Draft::new(|request| {
///     request.text("at", "2026-04-01");
///     request.list("returns", |returns| returns.object(|line| {
///         line.text("id", "1");
///         line.object("item", |item| { item.text("sku", "GPS-7"); Ok(()) })
///     }))
/// }).unwrap_or_else(|never: std::convert::Infallible| match never {});
/// assert_eq!(draft.told("/returns/0/item/sku").as_deref(), Some("GPS-7"));
/// ```
#[derive(Debug)]
pub struct Draft<'a>(Tree<'a>);

/// An object of a [`Draft`]. Members keep the order in which they are put; one that is put twice is refused when the request is read.
#[derive(Debug)]
pub struct Object<'n, 'a> {
    nodes: &'n mut Vec<Node<'a>>,
    count: usize,
}

/// A list of a [`Draft`].
#[derive(Debug)]
pub struct List<'n, 'a> {
    nodes: &'n mut Vec<Node<'a>>,
    count: usize,
}

impl<'a> Draft<'a> {
    /// A request that `write` puts members into.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn new<E>(write: impl FnOnce(&mut Object<'_, 'a>) -> Result<(), E>) -> Result<Self, E> {
        // Most requests of one line have some sixty members and values.
        let mut nodes = Vec::with_capacity(96);
        object(&mut nodes, write)?;
        Ok(Self(Tree::of(nodes)))
    }

    /// The text, number, yes or no at a JSON pointer; none where something else stands, or nothing.
    pub fn told(&self, pointer: &str) -> Option<String> {
        let mut value = self.0.root();
        for name in pointer.split('/').skip(1) {
            let name = name.replace("~1", "/").replace("~0", "~");
            value = match value {
                Value::Object(mut members) => members.find(|(member, _)| *member == name)?.1,
                Value::List(mut items) => items.nth(name.parse().ok()?)?,
                _ => return None,
            };
        }
        match value {
            Value::Text(text) => Some(text.to_owned()),
            Value::Bool(yes) => Some(yes.to_string()),
            Value::Unsigned(number) => Some(number.to_string()),
            Value::Decimal(number) => Some(number.to_string()),
            Value::Negative(_) | Value::Float | Value::Null | Value::List(_) | Value::Object(_) => None,
        }
    }

    pub(super) fn root(&self) -> Value<'_> {
        self.0.root()
    }
}

/// Opens an object, lets it be written, and tells how many members it has.
fn object<'a, E>(
    nodes: &mut Vec<Node<'a>>,
    write: impl FnOnce(&mut Object<'_, 'a>) -> Result<(), E>,
) -> Result<usize, E> {
    let at = nodes.len();
    nodes.push(Node::Null);
    let mut inside = Object { nodes, count: 0 };
    write(&mut inside)?;
    let count = inside.count;
    Node::close(nodes, at, count, Node::Object);
    Ok(count)
}

fn list<'a, E>(nodes: &mut Vec<Node<'a>>, write: impl FnOnce(&mut List<'_, 'a>) -> Result<(), E>) -> Result<usize, E> {
    let at = nodes.len();
    nodes.push(Node::Null);
    let mut inside = List { nodes, count: 0 };
    write(&mut inside)?;
    let count = inside.count;
    Node::close(nodes, at, count, Node::List);
    Ok(count)
}

impl<'a> Object<'_, 'a> {
    fn put(&mut self, name: impl Into<Cow<'a, str>>, value: Node<'a>) {
        self.nodes.push(Node::Text(name.into()));
        self.nodes.push(value);
        self.count += 1;
    }

    /// A member that is a text: a word, an id, a day or a moment.
    pub fn text(&mut self, name: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) {
        self.put(name, Node::Text(text.into()));
    }

    /// A member that is an amount, a price or a rate.
    pub fn decimal(&mut self, name: impl Into<Cow<'a, str>>, number: Decimal) {
        self.put(name, Node::Decimal(number));
    }

    /// A member that is yes or no.
    pub fn yes(&mut self, name: impl Into<Cow<'a, str>>, yes: bool) {
        self.put(name, Node::Bool(yes));
    }

    /// A member that is a list of texts.
    pub fn texts<T: Into<Cow<'a, str>>>(&mut self, name: impl Into<Cow<'a, str>>, texts: impl IntoIterator<Item = T>) {
        self.nodes.push(Node::Text(name.into()));
        self.count += 1;
        let written = list(self.nodes, |list| {
            texts.into_iter().for_each(|text| list.text(text));
            Ok::<(), Infallible>(())
        });
        match written {
            Ok(_) => {}
            Err(never) => match never {},
        }
    }

    /// A member that is an object. One without members is left out: nothing is known of it.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn object<E>(
        &mut self,
        name: impl Into<Cow<'a, str>>,
        write: impl FnOnce(&mut Object<'_, 'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let at = self.nodes.len();
        self.nodes.push(Node::Text(name.into()));
        let count = object(self.nodes, write)?;
        self.keep(at, count);
        Ok(())
    }

    /// A member that is an object, also one without members.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn any_object<E>(
        &mut self,
        name: impl Into<Cow<'a, str>>,
        write: impl FnOnce(&mut Object<'_, 'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.nodes.push(Node::Text(name.into()));
        object(self.nodes, write)?;
        self.count += 1;
        Ok(())
    }

    /// A member that is a list. One without elements is left out: nothing is known of it.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn list<E>(
        &mut self,
        name: impl Into<Cow<'a, str>>,
        write: impl FnOnce(&mut List<'_, 'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let at = self.nodes.len();
        self.nodes.push(Node::Text(name.into()));
        let count = list(self.nodes, write)?;
        self.keep(at, count);
        Ok(())
    }

    /// Keeps the member that begins at a node, unless nothing stands in it.
    fn keep(&mut self, at: usize, count: usize) {
        match count {
            0 => self.nodes.truncate(at),
            _ => self.count += 1,
        }
    }
}

impl<'a> List<'_, 'a> {
    /// An element that is a text.
    pub fn text(&mut self, text: impl Into<Cow<'a, str>>) {
        self.nodes.push(Node::Text(text.into()));
        self.count += 1;
    }

    /// An element that is an object, also one without members.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn object<E>(&mut self, write: impl FnOnce(&mut Object<'_, 'a>) -> Result<(), E>) -> Result<(), E> {
        object(self.nodes, write)?;
        self.count += 1;
        Ok(())
    }
}
