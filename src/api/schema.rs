//! JSON Schemas (draft 2020-12) of what goes in and comes out, made from the same descriptions that reading and writing stand on.
//! Those of any policy are kept in `schemas/`; [`schema_for`] makes the ones whose words depend on a policy.

use serde_json::Value;

use crate::program::Program;
use crate::{Policy, decision, record, request};

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// What `decide` takes: docs/reference/request.md.
    Request,
    /// What `decide` answers: docs/reference/decision.md.
    Decision,
    /// What `complete` takes with a request: docs/reference/record.md.
    Answers,
    /// What `complete` answers: a record, or problems.
    Completion,
    /// What is stored of a finished return.
    Record,
}

impl Document {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Request, Self::Decision, Self::Answers, Self::Completion, Self::Record];

    /// `request`; its schema is the file `schemas/request.schema.json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Decision => "decision",
            Self::Answers => "answers",
            Self::Completion => "completion",
            Self::Record => "record",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Request => "A return",
            Self::Decision => "A decision about a return",
            Self::Answers => "Answers to the forms of a return",
            Self::Completion => "A finished return, or what is missing",
            Self::Record => "The record of a return",
        }
    }
}

/// The schema of a document, whatever the policy.
pub fn schema(document: Document) -> String {
    written(&made(document, None, document.title()))
}

/// The schema of a document for a policy: with its words, facts, clauses, currency and forms. Only requests and answers differ
/// from policy to policy.
pub fn schema_for(document: Document, policy: &Policy) -> Option<String> {
    match document {
        Document::Request | Document::Answers => {
            let title = format!("{}: {}", policy.name(), document.title());
            Some(written(&made(document, Some(policy.program()), &title)))
        }
        Document::Decision | Document::Completion | Document::Record => None,
    }
}

/// Where the files of `schemas/` are kept for everyone.
const HOME: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/schemas/");

fn made(document: Document, policy: Option<&Program>, title: &str) -> Value {
    let id = format!("{HOME}{}.schema.json", document.name());
    match document {
        Document::Request => request::schema(policy, &id, title),
        Document::Decision => decision::schema(&id, title),
        Document::Answers => record::answers_schema(policy, &id, title),
        Document::Completion => record::completion_schema(&id, title),
        Document::Record => record::record_schema(&id, title),
    }
}

/// A value has text as keys, so writing it does not fail.
fn written(schema: &Value) -> String {
    format!("{schema:#}\n")
}
