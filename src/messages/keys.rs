//! The keys of what a policy says: made of label paths and names by one rule, so that a translator finds each text again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Translated;
use super::files::{self, File};
use super::side::Side;
use crate::source::Span;

/// A message that says that the texts of the policy are in the language of the file.
pub(super) const OWN: &str = "own-texts";

/// A text of a policy that can be told in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// What it belongs to.
    pub(crate) of: Where,
    /// Its key in the folder of the policy: `clause-everything--opened`.
    pub(crate) key: String,
    /// The policy file it stands in, without ending; none of names, which belong to all.
    pub(crate) file: Option<String>,
    /// Its key in its own folder, where that is another.
    pub(crate) local: Option<(String, String)>,
    /// The attribute of the message: `say-if-expired`.
    pub(crate) attribute: Option<String>,
    /// What the policy says.
    pub(crate) text: String,
}

/// What a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// A clause, by its head.
    Clause(Span),
    /// Something that is found by its text: how a fact is asked.
    Sentence,
    /// A form, a field, a fee, a fact, a word of the shop: found by its key.
    Name,
}

impl Text {
    /// The key with its attribute: `clause-everything.say`.
    pub(super) fn full(&self) -> String {
        full(&self.key, self.attribute.as_deref())
    }
}

pub(super) fn full(key: &str, attribute: Option<&str>) -> String {
    attribute.map_or_else(|| key.to_owned(), |attribute| format!("{key}.{attribute}"))
}

/// A label path, a fact or a word as a part of a key: `/` and `.` become `--`, every other sign that Fluent does not know
/// `-`; letters beyond a to z are told by their number.
pub(crate) fn slug(word: &str) -> String {
    let mut out = String::new();
    for letter in word.chars() {
        match letter {
            '/' | '.' => out.push_str("--"),
            letter if letter.is_ascii_alphanumeric() || letter == '_' => out.push(letter),
            letter if letter.is_alphanumeric() => {
                let _ = write!(out, "_{:x}", u32::from(letter));
            }
            _ => out.push('-'),
        }
    }
    out
}

/// The key of a clause.
pub(crate) fn clause_key(path: &str) -> String {
    format!("clause-{}", slug(path))
}

/// What the sentences of the policy are in a language.
pub(super) fn translated(side: &Side, texts: &[Text]) -> BTreeMap<String, Vec<Translated>> {
    let mut all: BTreeMap<String, Vec<Translated>> = BTreeMap::new();
    for text in texts {
        let clause = match text.of {
            Where::Clause(span) => Some(span),
            Where::Sentence => None,
            Where::Name => continue,
        };
        let said = Translated { clause, key: text.full(), text: find(side, text) };
        all.entry(text.text.clone()).or_default().push(said);
    }
    all
}

/// A text of the policy in a language: in the folder of the policy, else beside the file it stands in.
pub(super) fn find(side: &Side, text: &Text) -> Option<String> {
    let attribute = text.attribute.as_deref();
    side.own(&text.key, attribute).or_else(|| {
        let (folder, key) = text.local.as_ref()?;
        side.of_pack(folder, key, attribute)
    })
}

/// A message file to begin with: every key that a language lacks, with what is said now as a comment.
pub(crate) fn skeleton(tag: &str, files: &[File], roots: &[String], texts: &[Text]) -> String {
    let side = Side::new(tag, files, roots);
    let mut out =
        format!("### Messages in `{tag}`. Lines that begin with # say what is said now; write the text behind `=`\n");
    out.push_str("### and take the # away from that line. What stays away is shown as the policy says it.\n");
    let mut last = None;
    let mut seen = BTreeSet::new();
    for text in texts {
        if !seen.insert(text.full()) || find(&side, text).is_some() {
            continue;
        }
        if last != Some(text.key.as_str()) {
            out.push('\n');
            if text.attribute.is_some() {
                let _ = writeln!(out, "# {} =", text.key);
            }
        }
        last = Some(text.key.as_str());
        match &text.attribute {
            None => {
                let _ = writeln!(out, "# now: {}\n# {} = ", text.text, text.key);
            }
            Some(attribute) => {
                let _ = writeln!(out, "# now: {}\n#     .{attribute} = ", text.text);
            }
        }
    }
    let english = Side::new(files::ENGLISH, &[], &[]);
    let lacking: BTreeSet<String> = english.keys().filter(|key| !side.has(key)).map(str::to_owned).collect();
    if lacking.is_empty() {
        return out;
    }
    out.push_str("\n## What the engine says, in English\n");
    let mut wanted = true;
    for line in files::english().lines().filter(|line| !line.starts_with("###")) {
        if line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-') {
            let key = line.split([' ', '=']).next().unwrap_or_default();
            wanted = lacking.contains(key);
        } else if line.starts_with('#') || line.is_empty() {
            wanted = true;
        }
        if wanted {
            let _ = writeln!(
                out,
                "{}",
                if line.is_empty() || line.starts_with('#') { line.to_owned() } else { format!("# {line}") }
            );
        }
    }
    out
}
