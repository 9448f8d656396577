//! The sentences of a page: each is a message of a Fluent file (`messages/en.ftl`), found by its key. What a language lacks
//! is said in English.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use rust_decimal::Decimal;
use takeback::Language;
use takeback::date::{Length, MonthDay, Term, Unit};
use takeback::money::{Currency, Money};
use takeback::source::Span;
use unic_langid::LanguageIdentifier;

/// Every language of pages, English first.
const LANGUAGES: [(&str, &str); 2] =
    [("en", include_str!("../messages/en.ftl")), ("de", include_str!("../messages/de.ftl"))];

/// A language that pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// `en`
    #[default]
    English,
    /// `de`
    German,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language of a tag such as `de` or `de-AT`; nothing when no page can be written in it.
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// Its tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// What stands before the last of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    And,
    Or,
}

/// Tells in a language.
pub(crate) struct Words {
    /// The language, and English where that is another.
    bundles: Vec<FluentBundle<FluentResource>>,
    currency: Currency,
    /// What the policy itself says in the language.
    language: Language,
}

impl Words {
    pub(crate) fn new(locale: Locale, currency: Currency, language: Language) -> Self {
        let all: BTreeMap<&str, &str> = LANGUAGES.into_iter().collect();
        let mut tags = vec![locale.tag()];
        if locale != Locale::English {
            tags.push(Locale::English.tag());
        }
        let bundles = tags.iter().filter_map(|tag| Some(bundle(tag, all.get(tag)?))).collect();
        Self { bundles, currency, language }
    }

    /// The message of a key; empty where no language has it, which the tests exclude.
    pub(crate) fn tell(&self, key: &str, args: &[(&'static str, &str)]) -> String {
        self.find(key, args).unwrap_or_default()
    }

    /// The same with nothing filled in.
    pub(crate) fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// The message of a key that need not be there.
    pub(crate) fn find(&self, key: &str, args: &[(&'static str, &str)]) -> Option<String> {
        let mut filled = FluentArgs::new();
        args.iter().for_each(|(name, value)| filled.set(*name, *value));
        self.format(key, &filled)
    }

    fn counted(&self, key: &str, count: u32) -> String {
        let mut filled = FluentArgs::new();
        filled.set("count", count);
        self.format(key, &filled).unwrap_or_default()
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
        })
    }

    /// Texts as a list.
    pub(crate) fn list<T: AsRef<str>>(&self, items: &[T], join: Join) -> String {
        let key = match join {
            Join::And => "list-and",
            Join::Or => "list-or",
        };
        let Some((last, before)) = items.split_last() else { return String::new() };
        match before {
            [] => last.as_ref().to_owned(),
            before => {
                let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
                self.tell(key, &[("before", &before.join(", ")), ("last", last.as_ref())])
            }
        }
    }

    /// A name of the language in words of the reader; a name of the shop as its messages have it, or as it writes it.
    pub(crate) fn name(&self, kind: &str, name: &str) -> String {
        let key = format!("{kind}-{}", slug(name));
        self.find(&key, &[]).unwrap_or_else(|| self.language.name(kind, &[name], None, name))
    }

    /// A text of the policy, of a clause or of none.
    pub(crate) fn text(&self, clause: Option<Span>, own: &str) -> String {
        self.language.text(clause, own)
    }

    /// A title that the policy gives something.
    pub(crate) fn own(&self, kind: &str, names: &[&str], attribute: Option<&str>, own: &str) -> String {
        self.language.name(kind, names, attribute, own)
    }

    pub(crate) fn money(&self, amount: Decimal) -> String {
        let plain = Money { amount, currency: self.currency }.to_string();
        let (figure, code) = plain.split_once(' ').unwrap_or((&plain, ""));
        self.tell("money", &[("amount", &self.decimal(figure)), ("code", code)])
    }

    pub(crate) fn number(&self, number: Decimal) -> String {
        self.decimal(&number.normalize().to_string())
    }

    pub(crate) fn percent(&self, percent: Decimal) -> String {
        self.tell("percent", &[("amount", &self.number(percent))])
    }

    fn decimal(&self, figure: &str) -> String {
        figure.replace('.', &self.say("decimal"))
    }

    pub(crate) fn date(&self, date: NaiveDate) -> String {
        let month = self.month(date.month());
        self.tell("date", &[("day", &date.day().to_string()), ("month", &month), ("year", &date.year().to_string())])
    }

    pub(crate) fn month_day(&self, day: MonthDay) -> String {
        self.tell("month-day", &[("day", &day.day().to_string()), ("month", &self.month(day.month()))])
    }

    fn month(&self, month: u32) -> String {
        self.say(&format!("month-{month}"))
    }

    pub(crate) fn length(&self, length: Length) -> String {
        self.counted(
            match length.unit {
                Unit::Hours => "length-hours",
                Unit::Days => "length-days",
                Unit::BusinessDays => "length-business-days",
                Unit::Weeks => "length-weeks",
                Unit::Months => "length-months",
                Unit::Years => "length-years",
            },
            length.count,
        )
    }

    pub(crate) fn term(&self, term: &Term) -> String {
        let length = self.length(term.length);
        match &term.calendar {
            Some(calendar) => self.tell("length-of", &[("length", &length), ("calendar", calendar.name())]),
            None => length,
        }
    }
}

fn bundle(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![language]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A name as a part of a key.
pub(crate) fn slug(name: &str) -> String {
    let sign = |letter: char| match letter {
        '/' | '.' => "--".to_owned(),
        letter if letter.is_ascii_alphanumeric() || letter == '_' => letter.to_string(),
        _ => "-".to_owned(),
    };
    name.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(text: &str) -> BTreeSet<&str> {
        text.lines()
            .filter(|line| line.starts_with(|letter: char| letter.is_ascii_alphabetic()))
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    #[test]
    fn every_language_has_every_key_and_can_be_read() {
        let english = keys(LANGUAGES[0].1);
        assert!(english.len() > 100);
        for (tag, text) in LANGUAGES {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{tag}: {errors:?}");
            }
            let own = keys(text);
            assert_eq!(english.difference(&own).collect::<Vec<_>>(), Vec::<&&str>::new(), "missing in {tag}");
            assert_eq!(own.difference(&english).collect::<Vec<_>>(), Vec::<&&str>::new(), "only in {tag}");
        }
    }
}
