//! Where sentences stand, and what may stand there.

use super::Rule;
use crate::diagnostic::near;

/// Where a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    File,
    Header,
    Choices,
    Clause,
    Form,
    Scenario,
}

impl Place {
    const ALL: [Place; 6] = [Place::File, Place::Header, Place::Choices, Place::Clause, Place::Form, Place::Scenario];

    pub(super) fn here(self) -> &'static str {
        match self {
            Place::File => "at the top of a file",
            Place::Header => "in a header",
            Place::Choices => "among the choices",
            Place::Clause => "in a clause",
            Place::Form => "in a form",
            Place::Scenario => "in a scenario",
        }
    }

    /// The rule that reads a sentence without a block here.
    pub(super) fn sentence(self) -> Rule {
        match self {
            Place::File => Rule::explain_item,
            Place::Header => Rule::explain_header,
            Place::Choices => Rule::explain_choice,
            Place::Clause => Rule::explain_statement,
            Place::Form => Rule::explain_field,
            Place::Scenario => Rule::explain_scenario,
        }
    }

    /// The rule that reads the head of a block here.
    pub(super) fn head(self) -> Option<Rule> {
        match self {
            Place::File => Some(Rule::explain_block),
            Place::Header => Some(Rule::explain_choices),
            Place::Clause => Some(Rule::explain_except),
            Place::Choices | Place::Form | Place::Scenario => None,
        }
    }

    /// The words that begin a sentence here.
    pub(super) fn begins(self) -> &'static [&'static str] {
        match self {
            Place::File => &[
                "policy",
                "library",
                "use",
                "choices",
                "category",
                "list",
                "season",
                "fact",
                "tender",
                "reason",
                "condition",
                "proof",
                "channel",
                "remedy",
                "role",
                "clause",
                "right",
                "rule",
                "form",
                "scenario",
            ],
            Place::Header => &[
                "in force",
                "currency",
                "time zone",
                "choices",
                "where clauses disagree on",
                "layers",
                "layer",
                "higher layers may",
            ],
            Place::Choices => &[
                "days counted from",
                "months",
                "rounding",
                "discounts",
                "bundles",
                "gifts",
                "tax",
                "shipping",
                "fee",
                "extensions",
                "split payments",
                "without",
                "deadline met when",
                "late returns",
                "lines",
                "authority",
            ],
            Place::Clause => &[
                "accept",
                "also accept",
                "no",
                "decline",
                "start",
                "window",
                "basis",
                "fee",
                "deduct",
                "tax",
                "shipping",
                "discounts",
                "pay",
                "hold",
                "due",
                "identity kept",
                "collect",
                "waive",
                "higher layers may",
                "refer to",
                "limit",
                "verify by",
                "stop",
                "say",
                "offer",
                "except",
            ],
            Place::Form => &[],
            Place::Scenario => &[
                "sold",
                "item",
                "discount",
                "paid",
                "visit",
                "or visit",
                "return",
                "new goods",
                "approved",
                "verified",
                "history",
                "expect",
            ],
        }
    }

    /// The places where a word begins a sentence.
    pub(super) fn of(word: &str) -> impl Iterator<Item = Place> {
        Self::ALL.into_iter().filter(move |place| place.has(word))
    }

    /// The word that begins a sentence somewhere and is nearly `word`.
    pub(super) fn near(word: &str) -> Option<(&'static str, Place)> {
        let words = Self::ALL.into_iter().flat_map(|place| place.begins().iter().map(|begin| first_word(begin)));
        let meant = near(word, words)?;
        Some((meant, Self::of(meant).next()?))
    }

    /// Whether a word begins a sentence here.
    pub(super) fn has(self, word: &str) -> bool {
        self.begins().iter().any(|begin| first_word(begin) == word)
    }
}

pub(super) fn first_word(words: &str) -> &str {
    words.split(' ').next().unwrap_or(words)
}
