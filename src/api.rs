//! Calls and answers as JSON, for whoever is not Rust: WebAssembly, the command line's `--output json`, other languages.
//!
//! Every function translates, calls the [`Policy`] and writes the answer; nothing is decided here. A decision is written
//! by `serde` as docs/reference/decision.md says, findings are a [`ReportJson`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::bundle::{BundleError, BundleErrorKind, PublicKey};
use crate::decision::Decision;
#[cfg(feature = "compile")]
use crate::diagnostic::ReportJson;
use crate::diagnostic::clipped;
use crate::facts::{FactId, Type, Value};
use crate::program::Program;
use crate::record::{self, HashKey};
use crate::request::{self, ErrorKind, Request};
use crate::terms::Worded;
use crate::{Changed, Policy};
use text::Text;

#[cfg(feature = "compile")]
mod files;
#[cfg(feature = "compile")]
mod schema;
mod text;

#[cfg(feature = "compile")]
pub use files::{bundle, check, compile, explain, files, test};
#[cfg(feature = "compile")]
pub use schema::{Document, schema, schema_for};

/// The version of the engine: `0.1.0`.
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The policy of a bundle. The keys, in hexadecimal digits with space between them, are those that it may be signed by; none:
/// it need not be signed.
///
/// # Errors
/// What is wrong with the bundle, or which key is none.
pub fn load(bytes: &[u8], keys: &str) -> Result<Policy, LoadError> {
    let key = |text: &str| text.parse().map_err(|error| LoadError::Key(format!("`{}`: {error}", clipped(text, 60))));
    let keys: Vec<PublicKey> = keys.split_whitespace().map(key).collect::<Result<_, _>>()?;
    Policy::load(bytes, &keys).map_err(|error| LoadError::Bundle(error.into()))
}

/// What a policy says about itself.
pub fn about(policy: &Policy) -> About {
    About {
        name: policy.name().to_owned(),
        versions: policy.versions().map(str::to_owned).collect(),
        #[cfg(feature = "compile")]
        warnings: ReportJson::new(policy.warnings(), policy.sources()),
        bundle: policy.bundled().map(|bundle| BundleJson {
            hash: bundle.hash.clone(),
            format: bundle.format,
            engine: bundle.engine.clone(),
            signers: bundle.signers.iter().map(PublicKey::to_string).collect(),
        }),
    }
}

/// A request that has been read, and the policy that read it: for whoever asks more than one thing about it. All answers
/// are JSON.
#[derive(Debug)]
pub struct OpenRequest {
    policy: Policy,
    request: Request,
}

impl OpenRequest {
    /// Reads a request, JSON in UTF-8.
    ///
    /// # Errors
    /// The first thing wrong with it.
    pub fn read(policy: &Policy, request: &[u8]) -> Result<Self, RequestErrorJson> {
        let read = policy.request(request).map_err(RequestErrorJson::from)?;
        Ok(Self { policy: policy.clone(), request: read })
    }

    /// The decision.
    ///
    /// # Errors
    /// None: a decision can be written.
    pub fn decide(&self) -> Result<String, RequestErrorJson> {
        written(&self.policy.decide(&self.request))
    }

    /// A list of [`ChangeJson`]: the single changes that would make another answer.
    ///
    /// # Errors
    /// None: they can be written.
    pub fn what_would_change(&self) -> Result<String, RequestErrorJson> {
        let (program, request) = (self.policy.program(), &self.request);
        let changes = self.policy.what_would_change(request);
        let changes: Vec<ChangeJson<'_>> = changes
            .iter()
            .map(|change| ChangeJson {
                what: what(program, request, &change.what),
                line: change.line.and_then(|line| request.lines.get(line)).map(|line| &*line.id),
                outcome: change.outcome.word(),
                to_customer: money(program, change.to_customer),
                decision: &change.decision,
            })
            .collect();
        written(&changes)
    }

    /// What comes of the answers to its forms: `{ "complete": true, "record": … }` or `{ "complete": false, "problems": … }`.
    /// The key, in hexadecimal digits, is for answers that are kept as a hash.
    ///
    /// # Errors
    /// The first thing wrong with the key or the JSON of the answers.
    pub fn complete(&self, answers: &str, key: Option<&str>) -> Result<String, RequestErrorJson> {
        let key = hash_key(key)?;
        let answers = record::read(answers.as_bytes()).map_err(|error| RequestErrorJson::of(error, "answers"))?;
        let answers = match key {
            Some(key) => answers.with_key(key),
            None => answers,
        };
        written(&self.policy.complete(&self.request, &answers))
    }

    /// A list of [`DifferenceJson`]: where a record is not what the policy gives for the request.
    ///
    /// # Errors
    /// The first thing wrong with the key, or when it is no record.
    pub fn audit(&self, record: &str, key: Option<&str>) -> Result<String, RequestErrorJson> {
        let key = hash_key(key)?;
        let found = self.policy.audit(&self.request, record.as_bytes(), key.as_ref());
        let found = found.map_err(|error| RequestErrorJson::of(error, "record"))?;
        let differences: Vec<DifferenceJson> = found
            .into_iter()
            .map(|difference| DifferenceJson {
                path: difference.path,
                expected: difference.expected,
                found: difference.found,
            })
            .collect();
        written(&differences)
    }

    /// A [`TraceJson`]: which clauses applied to each line.
    ///
    /// # Errors
    /// None: it can be written.
    pub fn trace(&self) -> Result<String, RequestErrorJson> {
        let trace = self.policy.trace(&self.request);
        let path = |clause| self.policy.program().clause(clause).map_or("", |clause| &*clause.path);
        let lines = trace.lines.iter().map(|line| LineTraceJson {
            line: &line.line,
            version: &line.version,
            clauses: line
                .clauses
                .iter()
                .map(|(id, applies)| ClauseTraceJson { clause: path(*id), applies: *applies })
                .collect(),
        });
        written(&TraceJson { lines: lines.collect() })
    }

    /// A [`Script`](crate::decision::Script): what the clerk reads, what the customer hears, and what there is instead, in the
    /// language of the tag (`sl`, `en-US`).
    ///
    /// # Errors
    /// A language that is not spoken.
    #[cfg(feature = "locales")]
    pub fn words(&self, locale: &str) -> Result<String, RequestErrorJson> {
        let language = self.policy.language(locale).map_err(|error| RequestErrorJson {
            message: error.to_string(),
            known: error.known,
            of: Some("locale".to_owned()),
            ..value_error()
        })?;
        written(&self.policy.words(&self.request, &self.policy.decide(&self.request), &language))
    }
}

/// [`OpenRequest::decide`] of a request about which nothing else is asked.
///
/// # Errors
/// The first thing wrong with the request.
pub fn decide(policy: &Policy, request: &str) -> Result<String, RequestErrorJson> {
    OpenRequest::read(policy, request.as_bytes())?.decide()
}

/// [`OpenRequest::what_would_change`] of a request about which nothing else is asked.
///
/// # Errors
/// The first thing wrong with the request.
pub fn what_would_change(policy: &Policy, request: &str) -> Result<String, RequestErrorJson> {
    OpenRequest::read(policy, request.as_bytes())?.what_would_change()
}

/// [`OpenRequest::complete`] of a request about which nothing else is asked.
///
/// # Errors
/// The first thing wrong with the request, the key or the JSON of the answers.
pub fn complete(policy: &Policy, request: &str, answers: &str, key: Option<&str>) -> Result<String, RequestErrorJson> {
    OpenRequest::read(policy, request.as_bytes())?.complete(answers, key)
}

/// [`OpenRequest::audit`] of a request about which nothing else is asked.
///
/// # Errors
/// The first thing wrong with the request, the key or the record.
pub fn audit(policy: &Policy, request: &str, record: &str, key: Option<&str>) -> Result<String, RequestErrorJson> {
    OpenRequest::read(policy, request.as_bytes())?.audit(record, key)
}

/// [`OpenRequest::trace`] of a request about which nothing else is asked.
///
/// # Errors
/// The first thing wrong with the request.
pub fn trace(policy: &Policy, request: &str) -> Result<String, RequestErrorJson> {
    OpenRequest::read(policy, request.as_bytes())?.trace()
}

/// [`OpenRequest::words`] of a request about which nothing else is asked.
///
/// # Errors
/// The first thing wrong with the request; a language that is not spoken.
#[cfg(feature = "locales")]
pub fn words(policy: &Policy, request: &str, locale: &str) -> Result<String, RequestErrorJson> {
    OpenRequest::read(policy, request.as_bytes())?.words(locale)
}

fn hash_key(key: Option<&str>) -> Result<Option<HashKey>, RequestErrorJson> {
    key.map(HashKey::from_hex).transpose().map_err(|error| RequestErrorJson {
        message: error.to_string(),
        of: Some("key".to_owned()),
        ..value_error()
    })
}

/// Trouble with a value beside the request.
fn value_error() -> RequestErrorJson {
    RequestErrorJson {
        kind: "value".to_owned(),
        path: String::new(),
        message: String::new(),
        of: None,
        known: Vec::new(),
    }
}

/// A list of the tags that [`words`] knows.
#[cfg(feature = "locales")]
pub fn languages(policy: &Policy) -> Vec<String> {
    policy.languages()
}

/// A message file to begin with: what a language lacks, with what is said now.
#[cfg(feature = "locales")]
pub fn messages(policy: &Policy, locale: &str) -> String {
    policy.messages(locale)
}

/// What a policy says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// The names of its versions, by the day they begin.
    pub versions: Vec<String>,
    /// What was found that is not an error.
    #[cfg(feature = "compile")]
    pub warnings: ReportJson,
    /// The bundle that it was loaded from; null: it was compiled here.
    pub bundle: Option<BundleJson>,
}

/// A [`Bundle`](crate::bundle::Bundle) as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleJson {
    /// Its address: `sha256:` and 64 hexadecimal digits.
    pub hash: String,
    /// The format of the file.
    pub format: u16,
    /// The version of the engine that made it.
    pub engine: String,
    /// The keys of those who signed it, in hexadecimal digits.
    pub signers: Vec<String>,
}

/// Why there is no policy in some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// They are no bundle to decide by.
    Bundle(BundleErrorJson),
    /// A key is none: what is wrong with it.
    Key(String),
}

/// What a [`BundleErrorJson`] may be: [`BundleErrorKind`] in words.
pub const BUNDLE_ERROR_KINDS: &[&str] = BundleErrorKind::WORDS;

/// What a [`RequestErrorJson`] may be: [`ErrorKind`] in words.
pub const REQUEST_ERROR_KINDS: &[&str] = ErrorKind::WORDS;

/// A [`BundleError`] as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleErrorJson {
    /// One of [`BUNDLE_ERROR_KINDS`].
    pub bundle: String,
    /// What is wrong, in words.
    pub message: String,
}

impl From<BundleError> for BundleErrorJson {
    fn from(error: BundleError) -> Self {
        Self { bundle: error.kind().word().to_owned(), message: error.to_string() }
    }
}

/// A [`request::Error`] as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestErrorJson {
    /// One of [`REQUEST_ERROR_KINDS`].
    pub kind: String,
    /// Where, as a JSON pointer; empty for the request as a whole.
    pub path: String,
    /// What is wrong there, without the place.
    pub message: String,
    /// `answers`, `record`, `key` or `locale`; none: the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Of a locale: those that there are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<String>,
}

/// A [`record::Difference`] as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceJson {
    /// Where, as a JSON pointer into the record.
    pub path: String,
    /// What the policy gives there, as JSON, or what is wrong with the answer.
    pub expected: Option<String>,
    /// What the record says, as JSON.
    pub found: Option<String>,
}

/// A [`Change`](crate::Change) as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeJson<'a> {
    /// What is changed.
    #[serde(flatten)]
    pub what: WhatJson<'a>,
    /// The line it is changed on; none: the visit or a sale.
    pub line: Option<&'a str>,
    /// The outcome of the visit then.
    pub outcome: &'static str,
    /// What the customer would get.
    pub to_customer: String,
    /// The whole answer.
    pub decision: &'a Decision,
}

/// A [`Changed`] as JSON: `{ "fact": "proof", "from": "none", "to": "receipt" }`, or
/// `{ "approval": { "clause": "standard/large-refund", "role": "manager" } }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum WhatJson<'a> {
    /// A fact.
    Fact {
        /// Which.
        fact: &'a str,
        /// What it is now; none: not known.
        from: Option<String>,
        /// What it would be.
        to: String,
    },
    /// An approval.
    Approval {
        /// Of what, by whom.
        approval: ApprovalJson<'a>,
    },
}

/// An approval in a [`WhatJson`], as a request writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApprovalJson<'a> {
    /// The label path of the clause.
    pub clause: &'a str,
    /// The role.
    pub role: &'a str,
}

/// A [`Trace`](crate::Trace) as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceJson<'a> {
    /// The lines, in order.
    pub lines: Vec<LineTraceJson<'a>>,
}

/// A [`LineTrace`](crate::LineTrace) as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineTraceJson<'a> {
    /// The id of the returned line.
    pub line: &'a str,
    /// The version that decides it.
    pub version: &'a str,
    /// Its clauses.
    pub clauses: Vec<ClauseTraceJson<'a>>,
}

/// A clause in a [`LineTraceJson`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseTraceJson<'a> {
    /// Its label path.
    pub clause: &'a str,
    /// Whether its own condition holds; none: not known, or read only later.
    pub applies: Option<bool>,
}

impl From<request::Error> for RequestErrorJson {
    fn from(error: request::Error) -> Self {
        Self {
            kind: error.kind().word().to_owned(),
            path: error.path().to_owned(),
            message: error.message().to_owned(),
            of: None,
            known: Vec::new(),
        }
    }
}

impl RequestErrorJson {
    /// Trouble with something else than the request.
    fn of(error: request::Error, what: &str) -> Self {
        Self { of: Some(what.to_owned()), ..Self::from(error) }
    }
}

/// Answers have text as keys and no values that JSON lacks, so writing them does not fail.
fn written(answer: &impl Serialize) -> Result<String, RequestErrorJson> {
    let failed = |error: &dyn std::error::Error| RequestErrorJson {
        kind: "json".to_owned(),
        message: error.to_string(),
        ..value_error()
    };
    let mut writer = serde_json::Serializer::new(Text::new());
    answer.serialize(&mut writer).map_err(|error| failed(&error))?;
    writer.into_inner().into_string().map_err(|error| failed(&error))
}

fn what<'a>(program: &'a Program, request: &Request, changed: &'a Changed) -> WhatJson<'a> {
    match changed {
        Changed::Fact(id, from, to) => WhatJson::Fact {
            fact: program.schema.fact(*id).map_or("", |fact| fact.name.as_str()),
            from: from.map(|from| value(program, request, *id, from)),
            to: value(program, request, *id, *to),
        },
        Changed::Approval(clause, role) => {
            WhatJson::Approval { approval: ApprovalJson { clause, role: program.schema.role(*role) } }
        }
    }
}

/// The value of a fact as a request may write it.
fn value(program: &Program, request: &Request, fact: FactId, value: Value) -> String {
    let schema = &program.schema;
    let ty = schema.fact(fact).map(|fact| fact.ty);
    match (value, ty) {
        (Value::Bool(true), _) => "yes".to_owned(),
        (Value::Bool(false), _) => "no".to_owned(),
        (Value::Word(word), Some(Type::Word(domain))) => {
            schema.domain(domain).map_or("", |domain| domain.word(word)).to_owned()
        }
        (Value::Number(number), Some(Type::Money)) => money(program, number),
        (Value::Number(number), _) => number.normalize().to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => {
            let texts = schema.texts.iter().chain(&request.texts);
            usize::try_from(text.0).ok().and_then(|at| texts.clone().nth(at)).cloned().unwrap_or_default()
        }
        // Lists are never changed, and words have a domain.
        (Value::Word(_) | Value::Texts(_), _) => String::new(),
    }
}

/// An amount with all digits of the minor unit.
fn money(program: &Program, amount: Decimal) -> String {
    let mut amount = amount.normalize();
    amount.rescale(amount.scale().max(program.currency.minor_digits()));
    amount.to_string()
}
