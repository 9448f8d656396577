//! How decisions are told in a language: every sentence, name, day and amount is a message of a Fluent file, found by its
//! key. A language is the file of the engine (`messages/sl.ftl`), what the policy adds or changes, and English below. What is
//! missing is shown in English, or as the policy writes it, and its key is remembered. Decides nothing, and knows no
//! decisions; the sentences are asked for in [`crate::decision`].

mod check;
mod figures;
mod files;
mod keys;
mod side;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::date::{Length, MonthDay};
use crate::diagnostic::clipped;
use crate::money::{Money, Percent};
use crate::source::Span;

pub(crate) use check::check;
pub(crate) use files::File;
pub(crate) use keys::{Text, Where, clause_key, skeleton, slug};
use side::Side;

/// A language that decisions are told in, with all that a policy says in it. Cheap to clone; made by
/// [`Policy::language`](crate::Policy::language).
#[derive(Clone)]
pub struct Language {
    inner: Arc<Inner>,
}

struct Inner {
    tag: String,
    /// The language itself, then what stands in for it; English last.
    sides: Vec<Side>,
    /// By text of a policy, what it is in the language; for each place where the policy says it.
    texts: BTreeMap<String, Vec<Translated>>,
}

struct Translated {
    /// The clause that says it.
    clause: Option<Span>,
    key: String,
    text: Option<String>,
}

/// A language that is not spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLanguage {
    /// What was asked for.
    pub tag: String,
    /// What there is.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there are no messages in `{}`; there are in {}", clipped(&self.tag, 60), self.known.join(", "))
    }
}

impl std::error::Error for UnknownLanguage {}

impl Language {
    /// The language of a tag such as `sl` or `sl-SI`, out of those of the engine and of the files; `texts` are the texts of
    /// the policy whose files stand in the folders `roots`.
    pub(crate) fn find(tag: &str, files: &[File], roots: &[String], texts: &[Text]) -> Result<Self, UnknownLanguage> {
        let known = files::known(files);
        let Some(found) = files::nearest(tag, &known) else {
            return Err(UnknownLanguage { tag: tag.to_owned(), known: known.into_iter().collect() });
        };
        let mut sides = vec![Side::new(&found, files, roots)];
        if files::base(&found) != files::ENGLISH {
            sides.push(Side::new(files::ENGLISH, files, roots));
        }
        if !files.is_empty() {
            // Below everything that files change stands what the engine itself says.
            sides.push(Side::new(files::ENGLISH, &[], &[]));
        }
        let translated = match sides.first() {
            Some(side) => keys::translated(side, texts),
            None => BTreeMap::new(),
        };
        Ok(Self { inner: Arc::new(Inner { tag: found, sides, texts: translated }) })
    }

    /// The languages of the engine and of some files.
    pub(crate) fn known(files: &[File]) -> BTreeSet<String> {
        files::known(files)
    }

    /// A day in the language: `15. januar 2026`.
    pub fn day(&self, day: NaiveDate) -> String {
        self.written(|side| side.day(day, None))
    }

    /// An amount in the language, with every digit that it has: `1.234,50 €`.
    pub fn money(&self, money: Money) -> String {
        self.written(|side| side.money(money))
    }

    /// A percentage in the language: `7,5 %`.
    pub fn percent(&self, percent: Percent) -> String {
        self.written(|side| side.percent(percent))
    }

    /// A number in the language: `1.234,5`.
    pub fn number(&self, number: Decimal) -> String {
        self.written(|side| side.number(number))
    }

    /// A day of every year in the language: `15. januar`.
    pub fn month_day(&self, day: MonthDay) -> String {
        self.written(|side| side.month_day(day))
    }

    /// Texts as a list in the language: `a, b in c`.
    pub fn list(&self, items: Vec<String>, join: Join) -> String {
        self.written(|side| side.list(items.clone(), join))
    }

    /// A length in the language: `3 dni`.
    pub fn length(&self, length: Length) -> String {
        self.written(|side| side.length(&length.to_string(), None, &|_| {}))
    }

    fn written(&self, write: impl Fn(&Side) -> String) -> String {
        self.inner.sides.first().map_or_else(String::new, write)
    }

    /// Its tag.
    pub fn tag(&self) -> &str {
        &self.inner.tag
    }
}

/// English, as the engine itself says it.
impl Default for Language {
    fn default() -> Self {
        let sides = vec![Side::new(files::ENGLISH, &[], &[])];
        Self { inner: Arc::new(Inner { tag: files::ENGLISH.to_owned(), sides, texts: BTreeMap::new() }) }
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.inner.tag).finish()
    }
}

/// What stands in a message.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// A text as it is.
    Text(Cow<'a, str>),
    /// A number that words depend on.
    Count(u32),
    /// An amount with its currency.
    Money(Money),
    /// A day.
    Day(NaiveDate),
    /// A time of day: hour and minute.
    Time(u32, u32),
    /// A name of a kind, such as a remedy; in every form that the language has for such names.
    Name(&'static str, Cow<'a, str>),
    /// A name that the policy itself writes in another way than in its rules.
    Titled(&'static str, Cow<'a, str>, Cow<'a, str>),
    /// Texts as a list.
    List(Vec<Cow<'a, str>>, Join),
    /// Names as a list.
    Names(&'static str, Vec<Cow<'a, str>>, Join),
    /// A length as the policy writes it.
    Length(Cow<'a, str>),
    /// A word or figure in which the policy and the law differ.
    Value(Cow<'a, str>),
}

/// What stands before the last of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// All of them.
    And,
    /// One of them.
    Or,
    /// Only one after the other.
    Comma,
}

/// The arguments of a message, by name.
pub type Args<'a> = [(&'static str, Arg<'a>)];

/// Tells in a language what a policy says, and remembers what the language lacks.
#[derive(Debug)]
pub struct Teller<'a> {
    language: &'a Language,
    missing: RefCell<BTreeSet<String>>,
}

impl<'a> Teller<'a> {
    /// Begins to tell; nothing is missing yet.
    pub fn new(language: &'a Language) -> Self {
        Self { language, missing: RefCell::default() }
    }

    /// The language.
    pub fn language(&self) -> &'a Language {
        self.language
    }

    /// The keys that were looked for in vain.
    pub fn missing(&self) -> Vec<String> {
        self.missing.borrow().iter().cloned().collect()
    }

    fn misses(&self, key: &str) {
        self.missing.borrow_mut().insert(key.to_owned());
    }

    /// The message of a key of the engine, in English where the language lacks it. Empty where nobody has it, which the
    /// tests of the engine's own files exclude.
    pub fn tell(&self, key: &str, args: &Args<'_>) -> String {
        for (at, side) in self.language.inner.sides.iter().enumerate() {
            if let Some(text) = side.tell(key, args, &|missing| self.misses(missing)) {
                return text;
            }
            if at == 0 {
                self.misses(key);
            }
        }
        String::new()
    }

    /// A name in the language; as the policy writes it where nothing else is said.
    pub fn name(&self, kind: &'static str, word: &str) -> String {
        let misses = |missing: &str| self.misses(missing);
        match self.language.inner.sides.first() {
            Some(side) => side.name(kind, word, word, &misses),
            None => word.to_owned(),
        }
    }

    /// What a file says under a key that belongs to the policy: a title of a form and the like. `own` is what the policy says.
    pub(crate) fn own(&self, key: &str, attribute: Option<&str>, own: &str) -> String {
        let Some(side) = self.language.inner.sides.first() else { return own.to_owned() };
        side.own(key, attribute).unwrap_or_else(|| {
            if side.misses_texts() {
                self.misses(&keys::full(key, attribute));
            }
            own.to_owned()
        })
    }

    /// What a name of the policy is in the language: of a kind such as `form`, or `field` with the names of form and field;
    /// or what an attribute of it says, such as the `purpose` of a field. `own` is what the policy says, and what is told
    /// where the language has nothing.
    pub fn titled(&self, kind: &str, names: &[&str], attribute: Option<&str>, own: &str) -> String {
        let names: Vec<String> = names.iter().map(|name| slug(name)).collect();
        self.own(&format!("{kind}-{}", names.join("--")), attribute, own)
    }

    /// What is filled in where a message names `$name`: the value as it is told, and under `name-gen` and the like the forms
    /// that the language has for such values.
    pub fn forms(&self, name: &'static str, value: &Arg<'_>) -> Vec<(String, String)> {
        let misses = |missing: &str| self.misses(missing);
        self.language.inner.sides.first().map_or_else(Vec::new, |side| side.forms(name, value, &misses))
    }

    /// A sentence of the policy, of one of these clauses if it is of a clause. A clause is known by the place of its head;
    /// without one it is a sentence of no clause, such as the question for a fact.
    pub fn text(&self, clauses: &[Span], own: &str) -> String {
        let said = self.language.inner.texts.get(own).map(Vec::as_slice).unwrap_or_default();
        let of_these = said.iter().find(|one| one.clause.is_some_and(|clause| clauses.contains(&clause)));
        match of_these.or(said.first()) {
            Some(Translated { text: Some(text), .. }) => text.clone(),
            Some(Translated { key, text: None, .. }) => {
                if self.language.inner.sides.first().is_some_and(Side::misses_texts) {
                    self.misses(key);
                }
                own.to_owned()
            }
            None => own.to_owned(),
        }
    }

    /// Lines of figures below each other: an amount without its currency.
    pub(crate) fn figure(&self, money: Money) -> String {
        self.language.inner.sides.first().map_or_else(String::new, |side| side.figure(money))
    }
}
