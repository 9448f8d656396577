//! The tree of a TOML text, walked with an eye on every key: what is asked for is marked, and what nobody asked for is a problem.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Code, Problem};

/// A table of the text.
pub(super) struct Tree<'t> {
    table: &'t DeTable<'t>,
    /// Where it stands, or is named.
    pub(super) span: Range<usize>,
    asked: RefCell<BTreeSet<String>>,
}

/// A value of the text, with its place.
#[derive(Clone)]
pub(super) struct Value<'t> {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) span: Range<usize>,
    value: &'t DeValue<'t>,
}

impl<'t> Tree<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, span: Range<usize>) -> Self {
        Self { table, span, asked: RefCell::default() }
    }

    /// The value of a key, which is known from now on.
    pub(super) fn get(&self, key: &str) -> Option<Value<'t>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.all().into_iter().find(|value| value.key == key)
    }

    /// All its values, in the order of the text.
    pub(super) fn all(&self) -> Vec<Value<'t>> {
        let mut all: Vec<Value<'t>> = self.table.iter().map(|(key, value)| Value::new(key, value)).collect();
        all.sort_by_key(|value| value.key_span.start);
        all
    }

    /// Problems for keys that nobody asked for; `what` is what they are not.
    pub(super) fn unknown(&self, what: &str, problems: &mut Vec<Problem>) {
        let asked = self.asked.borrow();
        for value in self.all().into_iter().filter(|value| !asked.contains(&value.key)) {
            let problem = Problem::new(Code::UnknownKey, value.key_span, format!("`{}` is no {what}", value.key));
            problems.push(match near(&value.key, asked.iter().map(String::as_str)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("known here: {}", listed(asked.iter().map(String::as_str)))),
            });
        }
    }
}

impl<'t> Value<'t> {
    fn new(key: &Spanned<std::borrow::Cow<'t, str>>, value: &'t Spanned<DeValue<'t>>) -> Self {
        Self { key: key.get_ref().to_string(), key_span: key.span(), span: value.span(), value: value.get_ref() }
    }

    pub(super) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    pub(super) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(super) fn table(&self, problems: &mut Vec<Problem>) -> Option<Tree<'t>> {
        let found = self.value.as_table().map(|table| Tree::new(table, self.key_span.clone()));
        self.expect(found, "a table", problems)
    }

    pub(super) fn text(&self, problems: &mut Vec<Problem>) -> Option<&'t str> {
        self.expect(self.value.as_str(), "a text", problems)
    }

    pub(super) fn yes(&self, problems: &mut Vec<Problem>) -> Option<bool> {
        self.expect(self.value.as_bool(), "true or false", problems)
    }

    /// A whole number, not negative.
    pub(super) fn count(&self, problems: &mut Vec<Problem>) -> Option<u32> {
        let number =
            self.value.as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        self.expect(number, "a whole number", problems)
    }

    /// A number as it is written, whether as a number or as a text.
    pub(super) fn number(&self, problems: &mut Vec<Problem>) -> Option<String> {
        let whole = self.value.as_integer().map(|number| number.as_str().to_owned());
        let number = whole.or_else(|| self.value.as_float().map(|number| number.as_str().to_owned()));
        self.expect(number.or_else(|| self.value.as_str().map(str::to_owned)), "a number", problems)
    }

    /// One text, or a list of texts.
    pub(super) fn texts(&self, problems: &mut Vec<Problem>) -> Option<Vec<Value<'t>>> {
        let found = match self.value {
            DeValue::String(_) => Some(vec![self.clone()]),
            DeValue::Array(list) if list.iter().all(|value| value.get_ref().is_str()) => Some(self.elements()),
            _ => None,
        };
        self.expect(found, "a text or a list of texts", problems)
    }

    /// One table, or a list of tables.
    pub(super) fn tables(&self, problems: &mut Vec<Problem>) -> Option<Vec<Tree<'t>>> {
        let found = match self.value {
            DeValue::Table(table) => Some(vec![Tree::new(table, self.key_span.clone())]),
            DeValue::Array(list) => list
                .iter()
                .map(|value| value.get_ref().as_table().map(|table| Tree::new(table, value.span())))
                .collect::<Option<Vec<_>>>(),
            _ => None,
        };
        self.expect(found, "a table or a list of tables", problems)
    }

    /// One of a few words.
    pub(super) fn one_of<T: Copy>(&self, words: &[(&str, T)], problems: &mut Vec<Problem>) -> Option<T> {
        let text = self.text(problems)?;
        if let Some((_, found)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*found);
        }
        let problem = Problem::new(
            Code::UnknownWord,
            self.span.clone(),
            format!("`{text}` is none of the words that `{}` knows", self.key),
        );
        problems.push(problem.help(format!("one of {}", listed(words.iter().map(|(word, _)| *word)))));
        None
    }

    fn elements(&self) -> Vec<Value<'t>> {
        let list = self.value.as_array().map(|list| &**list).unwrap_or_default();
        let element =
            |value: &'t Spanned<DeValue<'t>>| Value { span: value.span(), value: value.get_ref(), ..self.clone() };
        list.iter().map(element).collect()
    }

    fn expect<T>(&self, found: Option<T>, wanted: &str, problems: &mut Vec<Problem>) -> Option<T> {
        if found.is_none() {
            let found = match self.value {
                DeValue::String(_) => "a text",
                DeValue::Integer(_) | DeValue::Float(_) => "a number",
                DeValue::Boolean(_) => "true or false",
                DeValue::Datetime(_) => "a day or a time",
                DeValue::Array(_) => "a list",
                DeValue::Table(_) => "a table",
            };
            problems.push(Problem::new(
                Code::OtherKind,
                self.span.clone(),
                format!("`{}` is {wanted}, and this is {found}", self.key),
            ));
        }
        found
    }
}

/// The name that was probably meant.
pub(crate) fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= 1 + known.len().min(name.len()) / 4)
        .min()
        .map(|(_, known)| known)
}

/// Names as a sentence lists them.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
