//! What was found where something was expected.

use crate::program::ClauseId;

pub(super) struct Found {
    pub(super) what: String,
    pub(super) expected: String,
    pub(super) actual: String,
    /// What makes the difference easier to understand.
    pub(super) note: Option<String>,
    pub(super) holds: bool,
    /// The clauses that made it so.
    pub(super) by: Vec<ClauseId>,
}

impl Found {
    /// Holds when both are the same words.
    pub(super) fn new(what: &str, expected: &str, actual: &str) -> Self {
        Self {
            what: what.to_owned(),
            expected: expected.to_owned(),
            actual: actual.to_owned(),
            note: None,
            holds: expected == actual,
            by: Vec::new(),
        }
    }

    /// Holds when it is so for every line.
    pub(super) fn of_each(what: &str, expected: &str, actual: &[String]) -> Self {
        let holds = !actual.is_empty() && actual.iter().all(|one| one == expected);
        Self { holds, ..Self::new(what, expected, &actual.join(", ")) }
    }

    /// What should not be so: holds when it does not.
    pub(super) fn not(self) -> Self {
        Self { expected: format!("not {}", self.expected), holds: !self.holds, note: None, ..self }
    }

    pub(super) fn by(mut self, by: impl IntoIterator<Item = ClauseId>) -> Self {
        self.by = by.into_iter().collect();
        self
    }

    pub(super) fn note(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }
}
