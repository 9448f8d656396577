//! JSON that remembers where each part was written, so that an error of the request can be shown in the scenario.

use serde_json::{Map, Value};

use crate::source::Span;

/// A part of a request and the words it was made of.
#[derive(Debug, Clone)]
pub(super) struct Node {
    span: Span,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Value(Value),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(super) fn value(value: impl Into<Value>, span: Span) -> Self {
        Self { span, kind: Kind::Value(value.into()) }
    }

    pub(super) fn object(span: Span) -> Self {
        Self { span, kind: Kind::Object(Vec::new()) }
    }

    pub(super) fn list(nodes: Vec<Node>, span: Span) -> Self {
        Self { span, kind: Kind::List(nodes) }
    }

    /// Puts a member, inside objects that are made on the way; replaces one that is there.
    pub(super) fn put(&mut self, path: &[&str], node: Node) {
        let span = node.span;
        self.change(path, span, |place| *place = node);
    }

    /// Adds to a list, which is made when it is not there.
    pub(super) fn push(&mut self, path: &[&str], node: Node) {
        let span = node.span;
        self.change(path, span, |place| match &mut place.kind {
            Kind::List(nodes) => nodes.push(node),
            Kind::Value(_) | Kind::Object(_) => *place = Node::list(vec![node], span),
        });
    }

    /// Gives an object the members of another that it has not; objects in both are filled in likewise.
    pub(super) fn fill_in(&mut self, from: &Node) {
        let (Kind::Object(members), Kind::Object(more)) = (&mut self.kind, &from.kind) else { return };
        for (name, node) in more {
            match members.iter_mut().find(|(member, _)| member == name) {
                Some((_, own)) => own.fill_in(node),
                None => members.push((name.clone(), node.clone())),
            }
        }
    }

    /// The member at a path; names of a list are its places.
    pub(super) fn get(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.step(name))
    }

    pub(super) fn has(&self, path: &[&str]) -> bool {
        self.get(path).is_some()
    }

    /// How many entries a list has.
    pub(super) fn len(&self, path: &[&str]) -> usize {
        match self.get(path).map(|node| &node.kind) {
            Some(Kind::List(nodes)) => nodes.len(),
            Some(Kind::Value(_) | Kind::Object(_)) | None => 0,
        }
    }

    pub(super) fn json(&self) -> Value {
        match &self.kind {
            Kind::Value(value) => value.clone(),
            Kind::List(nodes) => Value::Array(nodes.iter().map(Node::json).collect()),
            Kind::Object(members) => {
                Value::Object(members.iter().map(|(name, node)| (name.clone(), node.json())).collect::<Map<_, _>>())
            }
        }
    }

    /// The words behind a JSON pointer, as near to it as there are any.
    pub(super) fn place(&self, pointer: &str) -> Span {
        let mut node = self;
        for name in pointer.split('/').skip(1) {
            match node.step(&name.replace("~1", "/").replace("~0", "~")) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node.span
    }

    fn step(&self, name: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Value(_) => None,
            Kind::List(nodes) => nodes.get(name.parse::<usize>().ok()?),
            Kind::Object(members) => members.iter().find(|(member, _)| member == name).map(|(_, node)| node),
        }
    }

    fn change(&mut self, path: &[&str], span: Span, change: impl FnOnce(&mut Node)) {
        let Some((first, rest)) = path.split_first() else { return change(self) };
        match &mut self.kind {
            Kind::Value(_) => {}
            Kind::List(nodes) => {
                if let Some(node) = first.parse::<usize>().ok().and_then(|at| nodes.get_mut(at)) {
                    node.change(rest, span, change);
                }
            }
            Kind::Object(members) => match members.iter_mut().find(|(member, _)| member == first) {
                Some((_, node)) => node.change(rest, span, change),
                None => {
                    let mut node = Node::object(span);
                    node.change(rest, span, change);
                    members.push(((*first).to_owned(), node));
                }
            },
        }
    }
}
