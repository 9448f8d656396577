//! Message files: those of the engine, compiled in, and those of a policy. A file's name is its language, `messages/sl.ftl`,
//! and it speaks for the policy files of the folder that holds the folder `messages`.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use fluent_bundle::FluentResource;
use unic_langid::LanguageIdentifier;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// The language that has every message, and stands in for what others lack.
pub(super) const ENGLISH: &str = "en";

/// The languages of the engine.
const ENGINE: [(&str, &str); 8] = [
    ("de", include_str!("../../messages/de.ftl")),
    ("en", include_str!("../../messages/en.ftl")),
    ("fi", include_str!("../../messages/fi.ftl")),
    ("fr", include_str!("../../messages/fr.ftl")),
    ("hr", include_str!("../../messages/hr.ftl")),
    ("nb", include_str!("../../messages/nb.ftl")),
    ("ro", include_str!("../../messages/ro.ftl")),
    ("sl", include_str!("../../messages/sl.ftl")),
];

/// Read once, when a language is first asked for.
static READ: LazyLock<Vec<(&'static str, Arc<FluentResource>)>> =
    LazyLock::new(|| ENGINE.iter().map(|(tag, text)| (*tag, Arc::new(resource(text).0))).collect());

/// Other tags of a language of the engine.
const ALSO: [(&str, &str); 2] = [("no", "nb"), ("nn", "nb")];

/// A message file of a policy.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The folder of the policy files it speaks for.
    pub(super) folder: String,
    /// Of a file that speaks for one of them alone, its name without ending.
    pub(super) only: Option<String>,
    /// Its language.
    pub(super) tag: String,
    pub(super) resource: Arc<FluentResource>,
    /// The whole of it.
    pub(super) place: Span,
}

impl File {
    /// Reads a message file; what cannot be read is left out, and told.
    pub(crate) fn read(source: &Source, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let (folder, name) = source.name().rsplit_once('/').unwrap_or(("", source.name()));
        let stem = name.strip_suffix(".ftl").unwrap_or(name);
        // `withdrawal.de.ftl` speaks for `withdrawal.takeback` alone.
        let (only, stem) = stem.rsplit_once('.').map_or((None, stem), |(only, tag)| (Some(only.to_owned()), tag));
        let Some(tag) = canonical(stem) else {
            let message = format!("`{stem}` is not the tag of a language, so nobody will find this file");
            out.push(
                Diagnostic::new(Code::MessagesNotRead, source.span(0, 0), message)
                    .help("call it after its language: `sl.ftl`, or `de-AT.ftl` for one country"),
            );
            return None;
        };
        let folder = match folder.rsplit_once('/') {
            Some((above, "messages")) => above,
            _ if folder == "messages" => "",
            _ => folder,
        };
        let (resource, errors) = resource(source.text());
        for error in errors {
            let place = source.span(error.pos.start, error.pos.end.max(error.pos.start));
            let message = error.to_string().replace('"', "`").replace("Expected a token starting with", "expected");
            let mut letters = message.chars();
            let message = letters
                .next()
                .map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), letters.as_str()));
            out.push(
                Diagnostic::new(Code::MessagesNotRead, place, message)
                    .help("a message is `key = text` on one line; further lines of it begin with a space"),
            );
        }
        Some(Self { folder: folder.to_owned(), only, tag, resource: Arc::new(resource), place: source.whole() })
    }
}

fn resource(text: &str) -> (FluentResource, Vec<fluent_syntax::parser::ParserError>) {
    match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    }
}

/// `sl_si` as `sl-SI`.
fn canonical(tag: &str) -> Option<String> {
    let read: LanguageIdentifier = tag.parse().ok()?;
    (read.language.as_str().len() <= 3).then(|| read.to_string())
}

/// `sl` of `sl-SI`.
pub(super) fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The languages of the engine and of some files.
pub(super) fn known(files: &[File]) -> BTreeSet<String> {
    ENGINE.iter().map(|(tag, _)| (*tag).to_owned()).chain(files.iter().map(|file| file.tag.clone())).collect()
}

/// The known language that comes nearest to a tag: itself, or the language without its country.
pub(super) fn nearest(tag: &str, known: &BTreeSet<String>) -> Option<String> {
    let tag = canonical(tag)?;
    if known.contains(&tag) {
        return Some(tag);
    }
    let base = base(&tag);
    let base = ALSO.iter().find(|(also, _)| *also == base && !known.contains(base)).map_or(base, |(_, is)| is);
    known.contains(base).then(|| base.to_owned())
}

/// What the engine itself says in a language.
pub(super) fn engine(tag: &str) -> Option<Arc<FluentResource>> {
    READ.iter().find(|(known, _)| *known == tag).map(|(_, resource)| Arc::clone(resource))
}

/// The text of the engine's English file, with its comments.
pub(super) fn english() -> &'static str {
    ENGINE.iter().find(|(tag, _)| *tag == ENGLISH).map_or("", |(_, text)| text)
}
