//! What a format cannot carry.

use serde::Serialize;

/// Something that is not carried over, or is carried over differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Lost {
    /// What it is about: a clause by label, a member by JSON pointer, or a subject such as `tenders`.
    pub of: String,
    /// What is lost, in a sentence without a full stop.
    pub what: String,
}

impl Lost {
    pub(crate) fn new(of: impl Into<String>, what: impl Into<String>) -> Self {
        Self { of: of.into(), what: what.into() }
    }
}

/// The JSON pointer of a member.
pub(crate) fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}
