//! What is wrong with a request, or with answers, and where: an [`Error`] names one place by JSON pointer. The place grows from the inside
//! out while the error travels up, so that a good request pays nothing for it.

use std::fmt;

use crate::diagnostic::clipped;

/// Why a request could not be read. Prints as `/sales/0/lines/1/unit_price: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    path: String,
    message: String,
    /// What was read.
    what: &'static str,
}

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Not JSON at all.
    Json,
    /// More than [`super::Limits`] allows.
    Limit,
    /// A member that is unknown, missing or given twice.
    Member,
    /// Text where a list was expected, a number that is not one, a day that is not in the calendar.
    Type,
    /// A value that cannot be: a negative price, zero units, an empty id.
    Value,
    /// A word that the policy does not have.
    Word,
    /// An id that stands twice.
    Duplicate,
    /// A sale, line, tender or tax that does not exist.
    Reference,
    /// A currency that is not the policy's.
    Currency,
    /// A fact that is not declared, or stands in the wrong place.
    Fact,
}

crate::terms::words! {
    /// What kind of trouble it is.
    pub ErrorKind as "ErrorKind" {
        Self::Json => "json",
        Self::Limit => "limit",
        Self::Member => "member",
        Self::Type => "type",
        Self::Value => "value",
        Self::Word => "word",
        Self::Duplicate => "duplicate",
        Self::Reference => "reference",
        Self::Currency => "currency",
        Self::Fact => "fact",
    }
}

impl Error {
    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { kind, path: String::new(), message: message.into(), what: "the request" }))
    }

    /// Trouble with answers to forms, or a record of them.
    pub(crate) fn in_answers(kind: ErrorKind, path: &str, message: String) -> Self {
        Error(Box::new(Inner { kind, path: path.to_owned(), message, what: "the answers" }))
    }

    /// What kind of trouble it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where, as a JSON pointer (RFC 6901): `/sales/0/lines/1/unit_price`; empty for the request as a whole. Of a name of
    /// more than 100 characters it has the first 100 and `…`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong there, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The same trouble, seen from one level further out.
    pub(super) fn inside(mut self, segment: &str) -> Self {
        self.0.path = format!("/{}{}", escaped(segment), self.0.path);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            "" => write!(f, "{}: {}", self.0.what, self.message()),
            path => write!(f, "{path}: {}", self.message()),
        }
    }
}

impl std::error::Error for Error {}

/// Adds the place where it is known.
pub(super) trait At: Sized {
    /// In this member.
    fn at(self, member: &str) -> Self;
    /// At this place of a list.
    fn nth(self, place: usize) -> Self;
}

impl<T> At for Result<T, Error> {
    fn at(self, member: &str) -> Self {
        self.map_err(|error| error.inside(member))
    }
    fn nth(self, place: usize) -> Self {
        self.map_err(|error| error.inside(&place.to_string()))
    }
}

/// A text of the request in a message: in backticks, shortened, without control characters.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", clipped(text, 60).replace(char::is_control, "\u{FFFD}"))
}

/// A name as a segment of a JSON pointer, shortened: nobody knows names that long.
pub(crate) fn escaped(segment: &str) -> String {
    clipped(segment, 100).replace('~', "~0").replace('/', "~1")
}
