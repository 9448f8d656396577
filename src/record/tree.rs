//! Answers as JSON writes them, before anybody knows what they should be: a small tree, numbers exact.

use rust_decimal::Decimal;

use crate::request::Json;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(Decimal),
    /// A number with a point or an exponent, or too large: its digits may have changed on the way.
    Inexact,
    Text(String),
    List(Vec<Tree>),
    /// Members in their order, also those that stand twice.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// What it is, in a sentence.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Inexact => "a number with a point or too many digits, which JSON may have changed: write it as text",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// A member of an object; nothing when it is null, not there, or this is no object.
    pub(super) fn member(&self, name: &str) -> Option<&Tree> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(key, value)| key == name && *value != Tree::Null).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

impl From<Json<'_>> for Tree {
    fn from(json: Json<'_>) -> Self {
        match json {
            Json::Null => Tree::Null,
            Json::Bool(value) => Tree::Bool(value),
            Json::Unsigned(number) => Tree::Number(Decimal::from(number)),
            Json::Negative(number) => Tree::Number(Decimal::from(number)),
            Json::Decimal(number) => Tree::Number(number),
            Json::Float => Tree::Inexact,
            Json::Text(text) => Tree::Text(text.to_owned()),
            Json::List(items) => Tree::List(items.map(Tree::from).collect()),
            Json::Object(members) => {
                Tree::Object(members.map(|(name, value)| (name.to_owned(), Tree::from(value))).collect())
            }
        }
    }
}
