//! Completions as JSON, in the form of docs/reference/record.md.

use serde_json::{Value, json};

use super::{Completion, Filled, FilledField, FilledForm, Problem, ProblemKind, Record, Stored};
use crate::decision::{Day, Essentials, False, Keeping, Needed};
use crate::program::{self, FieldType};
use crate::shape::{Maybe, Shape, Shapes, True, Word, Written, by_word, written};
use crate::terms::words;

/// The schema of completions.
pub(crate) fn completion_schema(id: &str, title: &str) -> Value {
    Shapes::document(None, id, title, Completion::object())
}

/// The schema of records.
pub(crate) fn record_schema(id: &str, title: &str) -> Value {
    Shapes::document(None, id, title, Record::object())
}

written! {
    /// What comes of the answers to a decision's paperwork: the record, or what is missing or wrong.
    "Completion": Completion = |completion| where completion_rules: {
        /// Whether nothing is missing and nothing wrong.
        "complete": bool = matches!(completion, Completion::Finished(_)),
        /// The finished record.
        "record": Maybe<&Record> = Maybe(completion.record()),
        /// What is missing or wrong, form by form; not empty.
        "problems": Maybe<&[Problem]> = Maybe(completion.problems()),
    }

    /// Something missing or wrong in the answers.
    "Problem": Problem = |problem| {
        /// Where in the answers, as a JSON pointer; for what is missing, where it would stand.
        "path": &str = &problem.path,
        /// The label of the form, when it is about one.
        "form": Maybe<&str> = Maybe(problem.form.as_deref()),
        /// Of a form: the id of the returned line it is about; null: the visit.
        "line": Maybe<Option<&str>> = Maybe(problem.form.as_ref().map(|_| problem.line.as_deref())),
        /// The label of the field, when it is about one.
        "field": Maybe<&str> = Maybe(problem.field.as_deref()),
        /// What is wrong.
        "code": Word<'_, ProblemKind> = Word(&problem.kind),
        /// What is wrong, in words.
        "message": &str = &problem.message,
    }

    /// What was decided and what was filled in, as it is to be stored.
    "Record": Record = |record| {
        /// The policy that decided, in the version in force at the request.
        "policy": Policy<'_> = Policy(record),
        /// The local day of the request.
        "day": Day = Day(record.day),
        /// What was decided.
        "decision": Essentials<'_> = Essentials(&record.decision),
        /// Every form that was asked, in the order of the decision's paperwork.
        "forms": Forms<'_> = Forms(record),
        /// Which key made the hashes: a name for it that says nothing about it.
        "key": Maybe<&str> = Maybe(record.key.as_deref()),
    }

    /// A policy, and a version of it.
    "Policy": Policy<'_> = |Policy(record)| {
        /// Its name.
        "name": &str = &record.decision.program.name,
        /// The name of the version.
        "version": &str =
            record.decision.program.versions.get(record.decision.version).map_or("", |version| version.name.as_str()),
        /// The address of the bundle that the policy was loaded from; left out of one that was compiled where it decided.
        "bundle": Maybe<&str> = Maybe(record.decision.program.bundle.as_deref()),
    }

    /// A form that was filled in.
    "FilledForm": Form<'_> = |Form(record, form)| {
        /// Its label.
        "form": &str = record.form(form).map_or("", |form| &*form.label),
        /// The id of the returned line it is about; null: the visit.
        "line": Option<&str> = record.line(form),
        /// What is printed above it.
        "title": Maybe<&str> = Maybe(record.form(form).and_then(|form| form.title.as_deref())),
        /// Every field that was asked, in the order of the form.
        "fields": Fields<'_> = Fields(record, form),
    }

    /// A field that was asked, and what is stored of the answer.
    "FilledField": Field<'_> = |Field { record, known, filled }| where field_rules: {
        /// Its label.
        "field": &str = known.map_or("", |field| &*field.name),
        /// What is printed above it.
        "title": Maybe<&str> = Maybe(known.and_then(|field| field.title.as_deref())),
        /// What an answer is.
        "type": Word<'_, FieldType> = Word(known.map_or(&NO_TYPE, |field| &field.ty)),
        /// Whether an answer was needed.
        "needed": Word<'_, Needed> = Word(&filled.needed),
        /// What is stored of the answer.
        "stored": Word<'_, Stored> = Word(&filled.stored),
        /// The answer, when it is stored as it is.
        "value": Maybe<&Filled> = Maybe(filled.stored.value()),
        /// Of the answer, when only that is stored: HMAC-SHA-256 of the form, the field and the answer.
        "hash": Maybe<Hash<'_>> = Maybe(filled.stored.hash().map(Hash)),
        /// Nobody wrote it: it came from the request.
        "prefilled": Maybe<True> = True::when(filled.prefilled),
        /// Who wrote it, where the answers say so.
        "filled_by": Maybe<&str> = Maybe(filled.filled_by.as_deref()),
        /// Who was to fill it in.
        "from": Maybe<&str> = Maybe(known.and_then(|field| field.from.as_deref())),
        /// How long the answer is kept, and as what.
        "kept": Maybe<Keeping> = Maybe(filled.kept.map(Keeping)),
        /// Why it was asked.
        "purpose": Maybe<&str> = Maybe(known.and_then(|field| field.purpose.as_deref())),
        /// The last day on which it may be stored; left out where nothing is stored, or the policy names no end.
        "until": Maybe<Day> = Maybe(filled.until.map(Day)),
        /// It is not on paper.
        "printed": Maybe<False> = False::unless(known.is_none_or(|field| field.printed)),
        /// Label paths of the clauses that asked it.
        "by": Vec<&str> = filled.by.iter().map(|id| record.decision.program.clause(*id).map_or("", |clause| &*clause.path)).collect(),
    }
}

/// What stands for a field that the program lacks.
static NO_TYPE: FieldType = FieldType::Text;

fn completion_rules() -> Vec<Value> {
    let all = ["record", "problems"];
    vec![by_word("complete", &all, [true], &["record"], &[]), by_word("complete", &all, [false], &["problems"], &[])]
}

fn field_rules() -> Vec<Value> {
    let all = ["value", "hash"];
    vec![
        by_word("stored", &all, ["value"], &["value"], &[]),
        by_word("stored", &all, ["hash"], &["hash"], &[]),
        by_word("stored", &all, ["nothing", "deleted", "no answer"], &[], &[]),
    ]
}

impl Completion {
    fn record(&self) -> Option<&Record> {
        match self {
            Self::Finished(record) => Some(record),
            Self::Unfinished(_) => None,
        }
    }

    fn problems(&self) -> Option<&[Problem]> {
        match self {
            Self::Finished(_) => None,
            Self::Unfinished(problems) => Some(problems),
        }
    }
}

struct Policy<'a>(&'a Record);

struct Forms<'a>(&'a Record);

impl serde::Serialize for Forms<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.forms.iter().map(|form| Form(self.0, form)))
    }
}

impl Shape for Forms<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        Vec::<Form<'_>>::shape(shapes)
    }
}

struct Form<'a>(&'a Record, &'a FilledForm);

struct Fields<'a>(&'a Record, &'a FilledForm);

impl serde::Serialize for Fields<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Fields(record, form) = *self;
        let known = record.form(form);
        serializer.collect_seq(form.fields.iter().map(|filled| {
            let known = known.and_then(|form| form.fields.get(usize::from(filled.field)));
            Field { record, known, filled }
        }))
    }
}

impl Shape for Fields<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        Vec::<Field<'_>>::shape(shapes)
    }
}

struct Field<'a> {
    record: &'a Record,
    known: Option<&'a program::Field>,
    filled: &'a FilledField,
}

/// 64 hexadecimal digits.
struct Hash<'a>(&'a str);

impl serde::Serialize for Hash<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl Shape for Hash<'_> {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

words! {
    /// What is stored of an answer. `nothing` was given and is not kept; `deleted` was kept and is no longer.
    pub Stored as "Stored" {
        Self::Value(_) => "value",
        Self::Hash(_) => "hash",
        Self::Nothing => "nothing",
        Self::Deleted => "deleted",
        Self::NoAnswer => "no answer",
    }
}

impl Stored {
    fn value(&self) -> Option<&Filled> {
        match self {
            Self::Value(value) => Some(value),
            Self::Hash(_) | Self::Nothing | Self::Deleted | Self::NoAnswer => None,
        }
    }

    fn hash(&self) -> Option<&str> {
        match self {
            Self::Hash(hash) => Some(hash),
            Self::Value(_) | Self::Nothing | Self::Deleted | Self::NoAnswer => None,
        }
    }
}

impl Record {
    /// A form of the policy that was filled in.
    pub fn form(&self, filled: &FilledForm) -> Option<&program::Form> {
        let version = self.decision.program.versions.get(self.decision.version)?;
        version.forms.get(usize::from(filled.form))
    }

    /// The id of the line a form is about; none: the visit.
    pub fn line(&self, filled: &FilledForm) -> Option<&str> {
        filled.line.and_then(|line| self.decision.lines.get(line)).map(|line| &*line.line)
    }
}
