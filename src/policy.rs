//! The ready policy: what most users of the library hold.

use std::sync::Arc;

use crate::bundle::{self, Bundle, BundleError, PublicKey};
use crate::decision::Decision;
#[cfg(feature = "locales")]
use crate::decision::{self, Script};
#[cfg(feature = "locales")]
use crate::diagnostic::Diagnostic;
#[cfg(feature = "compile")]
use crate::diagnostic::Report;
use crate::eval::{self, Change, Trace};
#[cfg(feature = "locales")]
use crate::messages::{self, Language, UnknownLanguage};
use crate::program::Program;
use crate::record::{self, Answers, Completion, Difference, HashKey};
use crate::request::{self, Draft, Error, Request};
use crate::source::SourceSet;
#[cfg(feature = "compile")]
use crate::syntax::ast;

#[cfg(feature = "compile")]
mod files;

/// A policy in all its versions, read, checked and ready to decide. Immutable and cheap to clone.
///
/// ```
/// use takeback::{Policy, source::SourceSet};
///
/// let mut sources = SourceSet::new();
/// sources.add("shop.takeback", r#"
/// policy "Corner shop" version "1" {
///   in force   from 2026-01-01 by date sold, otherwise date requested
///   currency   USD
///   time zone  "America/New_York"
///   choices {
///     days counted    from the day after
///     rounding        half up
///     discounts       shared in proportion
///     tax             returned in full
///     split payments  as tendered
///     deadline        met when told
///     late returns    final
///     lines           each by itself
///   }
/// }
/// clause everything "Thirty days" {
///   accept  refund
///   start   sold
///   window  30 days
///   basis   price paid
///   pay     original tender
/// }
/// "#).unwrap();
/// let policy = Policy::compile(&sources).unwrap();
/// let request = policy.request(br#"{
///   "at": "2026-03-01",
///   "sales": [{ "id": "S1", "sold": "2026-02-20",
///     "lines": [{ "id": "1", "unit_price": "20.00" }],
///     "tenders": [{ "id": "t1", "tender": "cash", "amount": "20.00" }] }],
///   "returns": [{ "id": "r1", "sale": "S1", "line": "1", "wants": "refund" }]
/// }"#).unwrap();
/// let decision = policy.decide(&request);
/// assert_eq!(decision.outcome, takeback::decision::Outcome::Accept);
/// assert_eq!(decision.balance.to_customer.to_string(), "20.00");
/// ```
#[derive(Debug, Clone)]
pub struct Policy {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    program: Arc<Program>,
    sources: SourceSet,
    /// What the bundle says about itself, of a policy that came in one.
    bundle: Option<Bundle>,
    #[cfg(feature = "compile")]
    found: Found,
    #[cfg(feature = "locales")]
    messages: Messages,
}

/// What is known of a policy that was compiled here.
#[cfg(feature = "compile")]
#[derive(Debug, Default)]
struct Found {
    warnings: Report,
    unverified: Report,
    /// By version, in the order of the program.
    scenarios: Vec<Vec<Arc<ast::Scenario>>>,
}

/// What a policy says, and in which languages.
#[cfg(feature = "locales")]
#[derive(Debug)]
struct Messages {
    files: Vec<messages::File>,
    /// The folders of the policy.
    roots: Vec<String>,
    texts: Vec<messages::Text>,
}

#[cfg(feature = "locales")]
impl Messages {
    fn read(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Self {
        let files = sources.iter().filter(|source| source.is_messages());
        let files = files.filter_map(|source| messages::File::read(source, out)).collect();
        Self { files, roots: Vec::new(), texts: Vec::new() }
    }
}

impl Policy {
    /// The policy of a bundle. With keys, only of one that one of them has signed.
    ///
    /// # Errors
    /// When it is damaged, of a format that this engine does not know yet, or not signed as it has to be. Whoever has a
    /// policy already goes on with that.
    pub fn load(bytes: &[u8], keys: &[PublicKey]) -> Result<Self, BundleError> {
        let (content, bundle) = bundle::read(bytes, keys)?;
        #[cfg(feature = "locales")]
        let messages = {
            let mut messages = Messages::read(&content.sources, &mut Vec::new());
            (messages.roots, messages.texts) = content.texts;
            messages
        };
        let inner = Inner {
            program: Arc::new(content.program),
            sources: content.sources,
            bundle: Some(bundle),
            #[cfg(feature = "compile")]
            found: Found::default(),
            #[cfg(feature = "locales")]
            messages,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What its bundle says about itself; none of a policy that was compiled here.
    pub fn bundled(&self) -> Option<&Bundle> {
        self.inner.bundle.as_ref()
    }

    /// The policy's name.
    pub fn name(&self) -> &str {
        &self.inner.program.name
    }

    /// The names of its versions, by the day they begin.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        self.inner.program.versions.iter().map(|v| v.name.as_str())
    }

    /// The files it was made from.
    pub fn sources(&self) -> &SourceSet {
        &self.inner.sources
    }

    /// Its runnable form.
    pub fn program(&self) -> &Arc<Program> {
        &self.inner.program
    }

    /// Reads a request (`docs/reference/request.md`).
    ///
    /// # Errors
    /// The first thing wrong with it, with a JSON pointer to the place.
    pub fn request(&self, json: &[u8]) -> Result<Request, Error> {
        request::read(json, &self.inner.program)
    }

    /// Reads a request that is not text.
    ///
    /// # Errors
    /// The first thing wrong with it, with a JSON pointer to the place.
    pub fn request_of(&self, draft: &Draft<'_>) -> Result<Request, Error> {
        request::read_draft(draft, &self.inner.program)
    }

    /// Decides a request. Every request has an answer; the same request has the same answer.
    pub fn decide(&self, request: &Request) -> Decision {
        eval::decide(&self.inner.program, request)
    }

    /// The tags of the languages that decisions can be told in: those of the engine, and those that the policy has files of.
    #[cfg(feature = "locales")]
    pub fn languages(&self) -> Vec<String> {
        Language::known(&self.inner.messages.files).into_iter().collect()
    }

    /// The language of a tag such as `sl` or `sl-SI`; without messages for the country, the language itself.
    ///
    /// # Errors
    /// When there is neither; with the tags that there are.
    #[cfg(feature = "locales")]
    pub fn language(&self, tag: &str) -> Result<Language, UnknownLanguage> {
        let Messages { files, roots, texts } = &self.inner.messages;
        Language::find(tag, files, roots, texts)
    }

    /// A message file to begin with: every key that a language lacks, with what is said now.
    #[cfg(feature = "locales")]
    pub fn messages(&self, tag: &str) -> String {
        let Messages { files, roots, texts } = &self.inner.messages;
        messages::skeleton(tag, files, roots, texts)
    }

    /// What the clerk reads and what the customer hears about a decision on a request, and what there is instead.
    #[cfg(feature = "locales")]
    pub fn words(&self, request: &Request, decision: &Decision, language: &Language) -> Script {
        let alternatives = eval::instead(&self.inner.program, request, decision);
        decision::words(decision, request, &alternatives, language)
    }

    /// Decides a request and holds the answers to its forms against what is asked: the finished record, or what is
    /// missing or wrong. No answer changes what is decided.
    pub fn complete(&self, request: &Request, answers: &Answers) -> Completion {
        record::complete(&self.inner.program, request, answers)
    }

    /// Where a record is not what this policy gives for the request; empty when it is. With the key that was used for its
    /// hashes, answers that were filled in from the request are hashed again.
    ///
    /// # Errors
    /// When it is no record.
    pub fn audit(&self, request: &Request, record: &[u8], key: Option<&HashKey>) -> Result<Vec<Difference>, Error> {
        record::audit(&self.inner.program, request, record, key)
    }

    /// Which single changes of what the customer or the store can still change would make another answer.
    pub fn what_would_change(&self, request: &Request) -> Vec<Change> {
        eval::what_would_change(&self.inner.program, request)
    }

    /// Which clauses applied to each line.
    pub fn trace(&self, request: &Request) -> Trace {
        eval::trace(&self.inner.program, request)
    }
}
