//! The second half of a return: what was filled in, checked against what the policy asks, and the finished record with
//! the day until which each answer is kept. Deciding comes first and knows nothing of answers, so nothing on a form can
//! change an outcome or an amount.

use std::fmt;

use chrono::NaiveDate;

use crate::decision::{Credits, Decision, Needed};
use crate::terms::words;

mod answers;
mod audit;
mod checks;
mod complete;
mod digits;
mod keep;
mod shapes;
mod tree;
mod value;
mod write;

pub use answers::{Answers, read};
pub use audit::Difference;
pub(crate) use audit::audit;
pub(crate) use complete::complete;
pub use digits::{is_gtin, is_imei};
pub use keep::{BadKey, HashKey};
pub(crate) use shapes::answers_schema;
pub use value::{Address, Filled, Picture};
pub(crate) use write::{completion_schema, record_schema};

/// What comes of the answers to a decision's paperwork.
#[derive(Debug, Clone)]
pub enum Completion {
    /// Nothing is missing and nothing wrong.
    Finished(Box<Record>),
    /// What is missing or wrong, form by form; never empty.
    Unfinished(Vec<Problem>),
}

/// The finished record of a return: what was decided, and what was filled in, as it is to be stored.
#[derive(Debug, Clone)]
pub struct Record {
    /// The decision, made without a look at the answers.
    pub decision: Decision,
    /// The day of the request, from which storage is counted.
    pub day: NaiveDate,
    /// The forms, in the order of the decision's paperwork.
    pub forms: Vec<FilledForm>,
    /// Which key made the hashes; none: there are none.
    pub key: Option<String>,
}

/// A form that was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledForm {
    /// Of the version's forms, by place.
    pub form: u16,
    /// The line it is about, by place; none: the visit.
    pub line: Option<usize>,
    /// What was asked, in the order of the form.
    pub fields: Vec<FilledField>,
}

/// A field that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledField {
    /// Of the form's fields, by place.
    pub field: u16,
    /// Whether an answer was needed.
    pub needed: Needed,
    /// The answer, as far as it may be stored.
    pub stored: Stored,
    /// Whether the answer is the one the field was filled in with.
    pub prefilled: bool,
    /// Who filled it in, when that was told.
    pub filled_by: Option<String>,
    /// The last day on which it may be stored; none: the policy names no end, or nothing is stored.
    pub until: Option<NaiveDate>,
    /// How it is kept.
    pub kept: Option<crate::program::Kept>,
    /// The clauses that ask it.
    pub by: Credits,
}

/// What is stored of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// The answer.
    Value(Filled),
    /// Its hash: 64 hexadecimal digits.
    Hash(String),
    /// It was given and is not kept.
    Nothing,
    /// It was kept and has been deleted since. Only records that are read back have such fields.
    Deleted,
    /// None was given.
    NoAnswer,
}

/// Something missing or wrong in the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the answers, as a JSON pointer; for what is missing, where it would stand.
    pub path: String,
    /// The form, when it is about one.
    pub form: Option<String>,
    /// The id of the line the form is about.
    pub line: Option<String>,
    /// The field, when it is about one.
    pub field: Option<String>,
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What is wrong, in words.
    pub message: String,
}

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The return is not decided yet: a fact must be told first.
    Undetermined,
    /// An answer is required and not there.
    Missing,
    /// Something is answered that is not asked here.
    NotAsked,
    /// There is no such form, line or field.
    Unknown,
    /// A list where a text is expected, and the like.
    Type,
    /// Not what an answer of this type looks like.
    Form,
    /// One of the digits of an IMEI or GTIN is wrong.
    CheckDigit,
    /// None of the words to choose from.
    Option,
    /// Less or more than allowed.
    Bound,
    /// Too short or too long.
    Length,
    /// Before or after the day it is compared with.
    Order,
    /// Not the same as what it has to match.
    Mismatch,
    /// What it is compared with is not known.
    NotTold,
    /// It is kept as a hash, and no key was given.
    NoKey,
}

impl ProblemKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Undetermined,
        Self::Missing,
        Self::NotAsked,
        Self::Unknown,
        Self::Type,
        Self::Form,
        Self::CheckDigit,
        Self::Option,
        Self::Bound,
        Self::Length,
        Self::Order,
        Self::Mismatch,
        Self::NotTold,
        Self::NoKey,
    ];
}

words! {
    /// What is wrong with an answer.
    pub ProblemKind as "ProblemCode" {
        Self::Undetermined => "undetermined",
        Self::Missing => "missing",
        Self::NotAsked => "not asked",
        Self::Unknown => "unknown",
        Self::Type => "type",
        Self::Form => "form",
        Self::CheckDigit => "check digit",
        Self::Option => "option",
        Self::Bound => "bound",
        Self::Length => "length",
        Self::Order => "order",
        Self::Mismatch => "mismatch",
        Self::NotTold => "not told",
        Self::NoKey => "no key",
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "{}", self.message),
            path => write!(f, "{path}: {}", self.message),
        }
    }
}
