//! The sentences of a page: each is a message of a Fluent file (`messages/en.ftl`), found by its key. What a language lacks
//! is said in English. How days and amounts are written and what things are called is the language's own
//! ([`takeback::Language`]), the same as when a decision is told.

use chrono::NaiveDate;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use rust_decimal::Decimal;
use takeback::date::{MonthDay, Term};
use takeback::money::{Currency, Money, Percent};
use takeback::source::Span;
use takeback::{Arg, Join, Teller};
use unic_langid::LanguageIdentifier;

/// Every language that pages are written in, English first.
const LANGUAGES: [(&str, &str); 8] = [
    ("en", include_str!("../messages/en.ftl")),
    ("de", include_str!("../messages/de.ftl")),
    ("fi", include_str!("../messages/fi.ftl")),
    ("fr", include_str!("../messages/fr.ftl")),
    ("hr", include_str!("../messages/hr.ftl")),
    ("nb", include_str!("../messages/nb.ftl")),
    ("ro", include_str!("../messages/ro.ftl")),
    ("sl", include_str!("../messages/sl.ftl")),
];

/// The tags of the languages that pages are written in. In another language that a policy brings, its own texts, days and
/// amounts are in that language, and the sentences of the page in English.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.into_iter().map(|(tag, _)| tag)
}

/// Tells in a language.
pub(crate) struct Words<'a> {
    /// The language, and English where that is another.
    bundles: Vec<FluentBundle<FluentResource>>,
    currency: Currency,
    /// Names, days and amounts, and what the policy itself says.
    teller: &'a Teller<'a>,
}

/// What can stand in a sentence: a text as it is, or a value with the forms that the language has for it (`$role-the`).
pub(crate) trait Fill {
    fn fill(&self, name: &'static str, words: &Words<'_>, args: &mut FluentArgs<'_>);
}

impl Fill for String {
    fn fill(&self, name: &'static str, _: &Words<'_>, args: &mut FluentArgs<'_>) {
        args.set(name, self.clone());
    }
}

impl Fill for &str {
    fn fill(&self, name: &'static str, words: &Words<'_>, args: &mut FluentArgs<'_>) {
        (*self).to_owned().fill(name, words, args);
    }
}

impl Fill for Arg<'_> {
    fn fill(&self, name: &'static str, words: &Words<'_>, args: &mut FluentArgs<'_>) {
        for (name, text) in words.teller.forms(name, self) {
            args.set(name, text);
        }
    }
}

impl<'a> Words<'a> {
    pub(crate) fn new(currency: Currency, teller: &'a Teller<'a>) -> Self {
        let wanted = teller.language().tag().split('-').next().unwrap_or_default();
        let of = |wanted: &str| LANGUAGES.into_iter().find(|(tag, _)| *tag == wanted);
        let english = of("en").filter(|_| wanted != "en");
        let bundles = of(wanted).into_iter().chain(english).map(|(tag, text)| bundle(tag, text)).collect();
        Self { bundles, currency, teller }
    }

    /// The tag of its language.
    pub(crate) fn tag(&self) -> &str {
        self.teller.language().tag()
    }

    /// The message of a key; empty where no language has it, which the tests exclude.
    pub(crate) fn tell(&self, key: &str, args: &[(&'static str, &dyn Fill)]) -> String {
        self.find(key, args).unwrap_or_default()
    }

    /// The same with nothing filled in.
    pub(crate) fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// The message of a key that need not be there.
    pub(crate) fn find(&self, key: &str, args: &[(&'static str, &dyn Fill)]) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut filled = FluentArgs::new();
            args.iter().for_each(|(name, value)| value.fill(name, self, &mut filled));
            Some(bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned())
        })
    }

    /// Texts as a list.
    pub(crate) fn list<T: AsRef<str>>(&self, items: &[T], join: Join) -> String {
        self.teller.language().list(items.iter().map(|item| item.as_ref().to_owned()).collect(), join)
    }

    /// A name of a kind: as pages have it, else as the language or the messages of the policy do, else as the policy writes it.
    pub(crate) fn name(&self, kind: &'static str, name: &str) -> String {
        let key = format!("{kind}-{}", slug(name));
        self.find(&key, &[]).unwrap_or_else(|| self.teller.name(kind, name))
    }

    /// A text of the policy, of a clause or of none.
    pub(crate) fn text(&self, clause: Option<Span>, own: &str) -> String {
        self.teller.text(clause.as_slice(), own)
    }

    /// A title that the policy gives something.
    pub(crate) fn own(&self, kind: &str, names: &[&str], attribute: Option<&str>, own: &str) -> String {
        self.teller.titled(kind, names, attribute, own)
    }

    pub(crate) fn money(&self, amount: Decimal) -> String {
        self.teller.language().money(Money { amount, currency: self.currency })
    }

    pub(crate) fn number(&self, number: Decimal) -> String {
        self.teller.language().number(number)
    }

    pub(crate) fn percent(&self, percent: Decimal) -> String {
        self.teller.language().percent(Percent(percent))
    }

    pub(crate) fn date(&self, date: NaiveDate) -> String {
        self.teller.language().day(date)
    }

    pub(crate) fn month_day(&self, day: MonthDay) -> String {
        self.teller.language().month_day(day)
    }

    pub(crate) fn term(&self, term: &Term) -> String {
        self.length(&term.to_string())
    }

    /// A length as the policy writes it, such as `90 days`.
    pub(crate) fn length(&self, written: &str) -> String {
        let forms = self.teller.forms("length", &Arg::Length(written.into()));
        forms.into_iter().find(|(name, _)| name == "length").map_or_else(String::new, |(_, text)| text)
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
    use std::collections::{BTreeMap, BTreeSet};

    use takeback::Policy;
    use takeback::source::SourceSet;

    use super::*;

    /// By key, the names of what is filled in, without forms (`$day-gen` is `day`).
    fn messages(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut found = BTreeMap::new();
        for line in text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_alphabetic())) {
            let (key, said) = line.split_once(" =").unwrap();
            let named = said.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '-']).next());
            assert!(found.insert(key, named.collect()).is_none(), "`{key}` twice");
        }
        found
    }

    #[test]
    fn every_language_has_every_key_and_can_be_read() {
        let english = messages(LANGUAGES[0].1);
        assert!(english.len() > 100);
        for (tag, text) in LANGUAGES {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{tag}: {errors:?}");
            }
            let own = messages(text);
            // Of a few names English pages say more than English decisions, which use the words of the policy.
            let missing: Vec<_> =
                english.keys().filter(|key| !own.contains_key(*key) && !key.starts_with("tender-")).collect();
            assert_eq!(missing, Vec::<&&str>::new(), "missing in {tag}");
            for (key, named) in &own {
                assert_eq!(Some(named), english.get(key), "`{key}` in {tag}");
            }
            assert!(tag == "en" || text.contains("Not reviewed by a native speaker"), "{tag} says who has read it");
        }
    }

    /// Every form that a sentence names is one that the language has.
    #[test]
    fn every_form_is_there() {
        let mut shop = SourceSet::new();
        shop.add("shop.takeback", include_str!("../../../tests/words/shop.takeback")).unwrap();
        let shop = Policy::compile(&shop).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for (tag, text) in LANGUAGES {
            let language = shop.language(tag).unwrap();
            let teller = Teller::new(&language);
            let mut forms = BTreeSet::new();
            for (name, value) in [
                ("day", Arg::Day(day)),
                ("length", Arg::Length("2 years".into())),
                ("role", Arg::Name("role", "manager".into())),
                ("remedy", Arg::Name("remedy", "refund".into())),
            ] {
                forms.extend(
                    teller
                        .forms(name, &value)
                        .into_iter()
                        .filter_map(|(name, _)| name.split_once('-').map(|(_, form)| form.to_owned())),
                );
            }
            for form in text.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()?.split_once('-')) {
                assert!(forms.contains(form.1), "${}-{} in {tag}", form.0, form.1);
            }
        }
    }
}
