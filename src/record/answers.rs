//! Reads answers from JSON (docs/reference/record.md): which forms, for which lines, which fields. Whether they are
//! asked, and what they should be, is for [`super::complete`].

use std::collections::BTreeSet;

use super::keep::HashKey;
use super::shapes;
use super::tree::Tree;
use crate::request::{self, Error, ErrorKind, Limits, escaped, quoted};

/// The answers to the forms of a decision.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    pub(super) sheets: Vec<Sheet>,
    pub(super) key: Option<HashKey>,
    /// Whether they are what a record shows.
    pub(super) of_record: bool,
    /// Of a record: which key made its hashes.
    pub(super) key_id: Option<String>,
}

/// A form, and the line it is about.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) form: String,
    pub(super) line: Option<String>,
    pub(super) fields: Vec<(String, Given)>,
}

/// The answer to a field.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) answer: Answer,
    /// Where it stands in the answers.
    pub(super) path: String,
    pub(super) filled_by: Option<String>,
    /// Of a record: whether it is what the field was filled in with.
    pub(super) prefilled: bool,
}

/// An answer, or what a record shows of it.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Tree(Tree),
    /// Kept as this hash.
    Hash(String),
    /// Given, and not kept.
    NotKept,
    /// Kept, and deleted since.
    Deleted,
    /// Shown as not answered.
    Left,
}

impl Answers {
    /// No answers, for a return that asks for none.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same, with the key for answers that are kept as a hash.
    #[must_use]
    pub fn with_key(mut self, key: HashKey) -> Self {
        self.key = Some(key);
        self
    }
}

/// Reads answers in the form of docs/reference/record.md.
///
/// # Errors
/// The first thing that is wrong with the JSON, with its place. What is wrong with an answer is for
/// [`Completion`](super::Completion) to say.
pub fn read(json: &[u8]) -> Result<Answers, Error> {
    let tree = tree(json)?;
    only(&tree, "", shapes::Answers::KNOWN)?;
    let sheets = match tree.member("forms") {
        Some(Tree::List(sheets)) => {
            sheets.iter().enumerate().map(|(at, sheet)| read_sheet(sheet, &format!("/forms/{at}"))).collect()
        }
        Some(other) => Err(wrong("/forms", ErrorKind::Type, format!("expected a list, found {}", other.kind()))),
        None => Ok(Vec::new()),
    };
    let sheets: Vec<Sheet> = sheets?;
    let mut seen = BTreeSet::new();
    for (at, sheet) in sheets.iter().enumerate() {
        if !seen.insert((&sheet.form, &sheet.line)) {
            let message = format!("{} is filled in twice for the same line or visit", quoted(&sheet.form));
            return Err(wrong(&format!("/forms/{at}"), ErrorKind::Duplicate, message));
        }
    }
    Ok(Answers { sheets, ..Answers::default() })
}

/// JSON as a tree, within the limits of requests.
pub(super) fn tree(json: &[u8]) -> Result<Tree, Error> {
    match request::Tree::read(json, Limits::default()) {
        Ok(tree) => Ok(tree.root().into()),
        Err(error) => Err(wrong(error.path(), error.kind(), error.message().to_owned())),
    }
}

fn read_sheet(tree: &Tree, path: &str) -> Result<Sheet, Error> {
    only(tree, path, shapes::Sheet::KNOWN)?;
    let form = text(tree, path, "form")?
        .ok_or_else(|| wrong(path, ErrorKind::Member, "the member `form` is missing".to_owned()))?;
    let line = text(tree, path, "line")?;
    let inside = format!("{path}/fields");
    let fields = match tree.member("fields") {
        Some(Tree::Object(members)) => {
            once(members, &inside)?;
            members.iter().map(|(name, tree)| Ok((name.clone(), given(tree, &inside, name)?))).collect()
        }
        Some(other) => Err(wrong(&inside, ErrorKind::Type, format!("expected an object, found {}", other.kind()))),
        None => Ok(Vec::new()),
    };
    Ok(Sheet { form, line, fields: fields? })
}

/// An answer by itself, or `{ "value": …, "filled_by": … }`.
fn given(tree: &Tree, inside: &str, name: &str) -> Result<Given, Error> {
    let path = format!("{inside}/{}", escaped(name));
    if let Tree::Object(members) = tree
        && members.iter().any(|(key, _)| key == "value")
    {
        only(tree, &path, shapes::Signed::KNOWN)?;
        let filled_by = text(tree, &path, "filled_by")?;
        let answer = tree.member("value").cloned().unwrap_or(Tree::Null);
        unique(&answer, &format!("{path}/value"))?;
        return Ok(Given { answer: Answer::Tree(answer), path: format!("{path}/value"), filled_by, prefilled: false });
    }
    unique(tree, &path)?;
    Ok(Given { answer: Answer::Tree(tree.clone()), path, filled_by: None, prefilled: false })
}

/// That an object has no members but these, and each once.
pub(super) fn only(tree: &Tree, path: &str, known: &[&str]) -> Result<(), Error> {
    let Tree::Object(members) = tree else {
        return Err(wrong(path, ErrorKind::Type, format!("expected an object, found {}", tree.kind())));
    };
    once(members, path)?;
    match members.iter().find(|(key, _)| !known.contains(&key.as_str())) {
        Some((key, _)) => {
            let message = format!("there is no such member; known: {}", known.join(", "));
            Err(wrong(&format!("{path}/{}", escaped(key)), ErrorKind::Member, message))
        }
        None => Ok(()),
    }
}

/// That no member of these stands twice.
fn once(members: &[(String, Tree)], path: &str) -> Result<(), Error> {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let twice = names.iter().zip(names.iter().skip(1)).find(|(one, next)| one == next);
    match twice {
        Some((name, _)) => {
            let message = "this member is given twice".to_owned();
            Err(wrong(&format!("{path}/{}", escaped(name)), ErrorKind::Member, message))
        }
        None => Ok(()),
    }
}

/// That no member stands twice anywhere inside.
fn unique(tree: &Tree, path: &str) -> Result<(), Error> {
    match tree {
        Tree::Object(members) => {
            once(members, path)?;
            members.iter().try_for_each(|(name, inner)| unique(inner, &format!("{path}/{}", escaped(name))))
        }
        Tree::List(items) => {
            items.iter().enumerate().try_for_each(|(at, inner)| unique(inner, &format!("{path}/{at}")))
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Inexact | Tree::Text(_) => Ok(()),
    }
}

pub(super) fn text(tree: &Tree, path: &str, member: &str) -> Result<Option<String>, Error> {
    match tree.member(member) {
        None => Ok(None),
        Some(Tree::Text(text)) => Ok(Some(text.clone())),
        Some(other) => {
            let message = format!("expected a text, found {}", other.kind());
            Err(wrong(&format!("{path}/{member}"), ErrorKind::Type, message))
        }
    }
}

pub(super) fn wrong(path: &str, kind: ErrorKind, message: String) -> Error {
    Error::in_answers(kind, path, message)
}
