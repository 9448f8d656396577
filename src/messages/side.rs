//! One language of those that stand behind each other: the engine's messages with what the policy's folder changes, and
//! those of the packs it uses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use rust_decimal::Decimal;
use unic_langid::LanguageIdentifier;

use super::files::{self, File};
use super::{Arg, Args, Join, figures, keys};
use crate::date::{self, MonthDay};
use crate::money::{Money, Percent};

/// Told the key of what is missing.
type Misses<'m> = &'m dyn Fn(&str);

pub(super) struct Side {
    main: Bundle,
    /// How days and amounts are written where the language does not say.
    plain: Option<Bundle>,
    /// By folder.
    packs: Vec<(String, Bundle)>,
    /// Whether a text of the policy that is not here is missed: not in English, and not where the policy is written in
    /// this language.
    misses_texts: bool,
    /// The keys of its messages and, with `-`, of its terms; those of packs by folder.
    keys: BTreeSet<String>,
    pack_keys: BTreeMap<String, BTreeSet<String>>,
}

struct Bundle {
    messages: FluentBundle<Arc<FluentResource>>,
    /// By kind of name, the forms that the language has for such names.
    forms: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Kinds of names that have forms.
const KINDS: [&str; 13] = [
    "date",
    "remedy",
    "tender",
    "role",
    "fee",
    "deduction",
    "fact",
    "reason",
    "condition",
    "proof",
    "channel",
    "by",
    "length",
];

/// Those of them that a policy may have names of.
pub(super) const NAMES: [&str; 12] = [
    "season",
    "remedy",
    "tender",
    "role",
    "fee",
    "deduction",
    "fact",
    "reason",
    "condition",
    "proof",
    "channel",
    "value",
];

impl Side {
    pub(super) fn new(tag: &str, files: &[File], roots: &[String]) -> Self {
        let base = files::base(tag);
        let of = |wanted: &str, folder: &str| {
            let found = files.iter().filter(|file| file.tag == wanted && file.folder == folder);
            found.map(|file| Arc::clone(&file.resource)).collect::<Vec<_>>()
        };
        let tags: Vec<&str> = if base == tag { vec![tag] } else { vec![base, tag] };
        let mut main = Vec::new();
        for tag in &tags {
            main.extend(files::engine(tag));
            main.extend(roots.iter().flat_map(|root| of(tag, root)));
        }
        let folders: BTreeSet<&str> = files
            .iter()
            .map(|file| file.folder.as_str())
            .filter(|folder| !roots.iter().any(|root| root == folder))
            .collect();
        let mut pack_keys = BTreeMap::new();
        let packs = folders.into_iter().filter_map(|folder| {
            let found: Vec<_> = tags.iter().flat_map(|tag| of(tag, folder)).collect();
            pack_keys.insert(folder.to_owned(), keys_of(&found));
            (!found.is_empty()).then(|| (folder.to_owned(), Bundle::new(tag, found)))
        });
        let packs = packs.collect();
        let keys = keys_of(&main);
        let main = Bundle::new(tag, main);

        let misses_texts = base != files::ENGLISH && !main.messages.has_message(keys::OWN);
        let plain = files::engine(base)
            .is_none()
            .then(|| Bundle::new(files::ENGLISH, files::engine(files::ENGLISH).into_iter().collect()));
        Self { main, plain, packs, misses_texts, keys, pack_keys }
    }

    /// Whether it has a message.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Its messages.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter(|key| !key.starts_with('-')).map(String::as_str)
    }

    /// Whether the files of a folder say that the policy is written in their language.
    pub(super) fn has_own(&self, folder: &str) -> bool {
        self.pack_keys.get(folder).is_some_and(|keys| keys.contains(keys::OWN))
    }

    /// Whether a message or attribute stands in the files of a folder, whatever is in it.
    pub(super) fn stands(&self, folder: &str, key: &str, attribute: Option<&str>) -> bool {
        let pack = self.packs.iter().find(|(known, _)| known == folder).map(|(_, pack)| pack);
        let message = pack.unwrap_or(&self.main).messages.get_message(key);
        message.is_some_and(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).is_some(),
            None => message.value().is_some(),
        })
    }

    /// Whether names have a form of this name.
    pub(super) fn has_form(&self, form: &str) -> bool {
        form == "is" || self.main.forms.values().any(|forms| forms.contains(form))
    }

    /// Whether a file of a folder can name this message or term.
    pub(super) fn refers(&self, folder: &str, name: &str) -> bool {
        let keys = self.pack_keys.get(folder).unwrap_or(&self.keys);
        keys.contains(name)
            || name.split_once('.').is_some_and(|(key, form)| {
                self.main.messages.get_message(key).is_some_and(|message| message.get_attribute(form).is_some())
            })
    }

    pub(super) fn misses_texts(&self) -> bool {
        self.misses_texts
    }

    /// A message, if this side has it and it can be written.
    pub(super) fn tell(&self, key: &str, args: &Args<'_>, misses: Misses<'_>) -> Option<String> {
        self.main.messages.get_message(key)?.value()?;
        let mut ready = FluentArgs::new();
        for (name, arg) in args {
            self.add(&mut ready, name, arg, misses);
        }
        self.main.format(key, None, Some(&ready))
    }

    /// What stands under a key of the policy, in its folder or a pack.
    pub(super) fn own(&self, key: &str, attribute: Option<&str>) -> Option<String> {
        let all = std::iter::once(&self.main).chain(self.packs.iter().map(|(_, pack)| pack));
        all.into_iter().find_map(|bundle| bundle.format(key, attribute, None))
    }

    /// What stands under a key in a pack.
    pub(super) fn of_pack(&self, folder: &str, key: &str, attribute: Option<&str>) -> Option<String> {
        let (_, pack) = self.packs.iter().find(|(known, _)| known == folder)?;
        pack.format(key, attribute, None)
    }

    /// What is filled in for an argument, by name.
    pub(super) fn forms(&self, name: &'static str, arg: &Arg<'_>, misses: Misses<'_>) -> Vec<(String, String)> {
        let mut ready = FluentArgs::new();
        self.add(&mut ready, name, arg, misses);
        let text = |value: &FluentValue<'_>| match value {
            FluentValue::String(text) => text.to_string(),
            FluentValue::Number(number) => number.as_string().into_owned(),
            _ => String::new(),
        };
        ready.iter().map(|(name, value)| (name.to_owned(), text(value))).collect()
    }

    fn add(&self, ready: &mut FluentArgs<'_>, name: &'static str, arg: &Arg<'_>, misses: Misses<'_>) {
        match arg {
            Arg::Text(text) => ready.set(name, text.to_string()),
            Arg::Count(count) => ready.set(name, *count),
            Arg::Money(money) => ready.set(name, self.money(*money)),
            Arg::Day(day) => {
                ready.set(name, self.day(*day, None));
                for form in self.main.forms_of("date") {
                    ready.set(format!("{name}-{form}"), self.day(*day, Some(form)));
                }
            }
            Arg::Time(hour, minute) => ready.set(name, self.time(*hour, *minute)),
            Arg::Name(kind, word) => self.add_name(ready, name, kind, (word, word), misses),
            Arg::Titled(kind, word, title) => self.add_name(ready, name, kind, (word, title), misses),
            Arg::List(items, join) => {
                ready.set(name, self.list(items.iter().map(|item| item.to_string()).collect(), *join));
            }
            Arg::Names(kind, words, join) => {
                let plain = words.iter().map(|word| self.name(kind, word, word, misses)).collect();
                ready.set(name, self.list(plain, *join));
                for form in self.main.forms_of(kind) {
                    let formed = words.iter().map(|word| self.form(kind, (word, word), form)).collect();
                    ready.set(format!("{name}-{form}"), self.list(formed, *join));
                }
            }
            Arg::Length(text) => {
                ready.set(name, self.length(text, None, misses));
                for form in self.main.forms_of("length") {
                    ready.set(format!("{name}-{form}"), self.length(text, Some(form), misses));
                }
            }
            Arg::Value(text) => ready.set(name, self.value(text)),
        }
    }

    fn add_name(
        &self,
        ready: &mut FluentArgs<'_>,
        name: &'static str,
        kind: &'static str,
        (word, title): (&str, &str),
        misses: Misses<'_>,
    ) {
        ready.set(name, self.name(kind, word, title, misses));
        ready.set(format!("{name}-is"), keys::slug(word));
        for form in self.main.forms_of(kind) {
            ready.set(format!("{name}-{form}"), self.form(kind, (word, title), form));
        }
    }

    /// The name of something; `title` is what the policy itself says for it.
    pub(super) fn name(&self, kind: &'static str, word: &str, title: &str, misses: Misses<'_>) -> String {
        self.known_name(kind, word).unwrap_or_else(|| {
            if self.misses_texts && !word.is_empty() {
                misses(&format!("{kind}-{}", keys::slug(word)));
            }
            title.to_owned()
        })
    }

    pub(super) fn known_name(&self, kind: &str, word: &str) -> Option<String> {
        self.own(&format!("{kind}-{}", keys::slug(word)), None)
    }

    /// A form of a name: its own, or the one that such names have where nothing is said of them.
    fn form(&self, kind: &'static str, (word, title): (&str, &str), form: &str) -> String {
        let key = format!("{kind}-{}", keys::slug(word));
        self.own(&key, Some(form)).unwrap_or_else(|| {
            let name = self.own(&key, None).unwrap_or_else(|| title.to_owned());
            let mut args = FluentArgs::new();
            args.set("Name", capital(&name));
            args.set("name", name.clone());
            self.main.format(&format!("{kind}-other-names"), Some(form), Some(&args)).unwrap_or(name)
        })
    }

    pub(super) fn money(&self, money: Money) -> String {
        let (negative, whole, part) = figures::digits(money);
        let mut args = FluentArgs::new();
        args.set("amount", self.digits(&whole, &part));
        args.set("minus", if negative { self.part("minus", "-") } else { String::new() });
        args.set("code", money.currency.code().to_owned());
        self.data("money", None, Some(&args)).unwrap_or_else(|| money.to_string())
    }

    pub(super) fn percent(&self, Percent(percent): Percent) -> String {
        let plain = percent.normalize().to_string();
        let Some((negative, whole, part)) = figures::number(&plain) else { return plain };
        let mut args = FluentArgs::new();
        args.set("amount", self.digits(&whole, &part));
        args.set("minus", if negative { self.part("minus", "-") } else { String::new() });
        self.data("percent", None, Some(&args)).unwrap_or_else(|| format!("{plain} %"))
    }

    pub(super) fn figure(&self, money: Money) -> String {
        let (negative, whole, part) = figures::digits(money);
        self.signed(negative, &whole, &part)
    }

    pub(super) fn number(&self, number: Decimal) -> String {
        let plain = number.normalize().to_string();
        match figures::number(&plain) {
            Some((negative, whole, part)) => self.signed(negative, &whole, &part),
            None => plain,
        }
    }

    fn signed(&self, negative: bool, whole: &str, part: &str) -> String {
        let minus = if negative { self.part("minus", "-") } else { String::new() };
        minus + &self.digits(whole, part)
    }

    fn digits(&self, whole: &str, part: &str) -> String {
        let mut text = figures::grouped(whole, &self.part("group", ""));
        if !part.is_empty() {
            text.push_str(&self.part("decimal", "."));
            text.push_str(part);
        }
        text
    }

    pub(super) fn day(&self, day: NaiveDate, form: Option<&str>) -> String {
        let mut args = FluentArgs::new();
        args.set("day", day.day());
        args.set("month", day.month());
        // As text, so that nothing groups its digits.
        args.set("year", day.year().to_string());
        args.set("day2", format!("{:02}", day.day()));
        args.set("month2", format!("{:02}", day.month()));
        self.data("date", form, Some(&args)).unwrap_or_else(|| day.to_string())
    }

    pub(super) fn month_day(&self, day: MonthDay) -> String {
        let mut args = FluentArgs::new();
        args.set("day", day.day());
        args.set("month", day.month());
        args.set("day2", format!("{:02}", day.day()));
        args.set("month2", format!("{:02}", day.month()));
        self.data("month-day", None, Some(&args)).unwrap_or_else(|| format!("{:02}-{:02}", day.month(), day.day()))
    }

    fn time(&self, hour: u32, minute: u32) -> String {
        let (hour, minute) = (format!("{hour:02}"), format!("{minute:02}"));
        let plain = format!("{hour}:{minute}");
        let mut args = FluentArgs::new();
        args.set("hour", hour);
        args.set("minute", minute);
        self.data("time", None, Some(&args)).unwrap_or(plain)
    }

    pub(super) fn length(&self, text: &str, form: Option<&str>, misses: Misses<'_>) -> String {
        let Some(written) = figures::length(text) else { return text.to_owned() };
        let mut args = FluentArgs::new();
        args.set("count", written.length.count);
        // Some languages count anew above hundreds, which the plural rules of `fluent` do not know of Romanian.
        args.set("rest", written.length.count % 100);
        let key = figures::unit(written.length.unit);
        let plain = || self.data(key, None, Some(&args));
        let told = form.and_then(|form| self.main.format(key, Some(form), Some(&args))).or_else(plain);
        let mut told = told.unwrap_or_else(|| written.length.to_string());
        for (key, name, value) in [
            ("length-of", "calendar", written.calendar.map(str::to_owned)),
            ("length-after", "event", written.after.map(|event| self.name("fact", event, event, misses))),
        ] {
            let Some(value) = value else { continue };
            let mut args = FluentArgs::new();
            args.set("length", told.clone());
            args.set(name, value);
            told = self.data(key, None, Some(&args)).unwrap_or(told);
        }
        told
    }

    /// A day, a figure, a word, or several of them.
    fn value(&self, text: &str) -> String {
        if let Some(day) = date::civil(text) {
            return self.day(day, None);
        }
        if let Some((negative, whole, part)) = figures::number(text) {
            return self.signed(negative, &whole, &part);
        }
        if figures::length(text).is_some() {
            return self.length(text, None, &|_| {});
        }
        let one = |word: &str| {
            let known = ["value", "tender"].iter().find_map(|kind| self.known_name(kind, word));
            known.unwrap_or_else(|| word.to_owned())
        };
        match self.known_name("value", text) {
            Some(known) => known,
            None => self.list(text.split(", ").map(one).collect(), Join::Comma),
        }
    }

    pub(super) fn list(&self, items: Vec<String>, join: Join) -> String {
        let last = match join {
            Join::And => "list-and",
            Join::Or => "list-or",
            Join::Comma => "list-more",
        };
        let count = items.len();
        let mut out: Option<String> = None;
        for (at, item) in items.into_iter().enumerate() {
            out = Some(match out {
                None => item,
                Some(before) => {
                    let key = if at + 1 == count { last } else { "list-more" };
                    let plain = format!("{before}, {item}");
                    let mut args = FluentArgs::new();
                    args.set("before", before);
                    args.set("last", item);
                    self.data(key, None, Some(&args)).unwrap_or(plain)
                }
            });
        }
        out.unwrap_or_default()
    }

    /// How something is written.
    fn data(&self, key: &str, form: Option<&str>, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let told = self.main.format(key, form, args);
        told.or_else(|| self.plain.as_ref().and_then(|plain| plain.format(key, None, args)))
    }

    fn part(&self, key: &str, otherwise: &str) -> String {
        self.data(key, None, None).unwrap_or_else(|| otherwise.to_owned())
    }
}

impl Bundle {
    fn new(tag: &str, resources: Vec<Arc<FluentResource>>) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut messages = FluentBundle::new_concurrent(vec![language]);
        messages.set_use_isolating(false);
        let mut forms: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        for resource in resources {
            for entry in resource.entries() {
                let ast::Entry::Message(message) = entry else { continue };
                let kind = message.id.name.split('-').next().unwrap_or_default();
                let Some(kind) = KINDS.iter().find(|known| **known == kind) else { continue };
                forms.entry(kind).or_default().extend(message.attributes.iter().map(|one| one.id.name.to_owned()));
            }
            messages.add_resource_overriding(resource);
        }
        Self { messages, forms }
    }

    fn forms_of(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.forms.get(kind).into_iter().flatten().map(String::as_str)
    }

    /// A message or an attribute of one; nothing when it is not there or lacks something it names.
    fn format(&self, key: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let message = self.messages.get_message(key)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.messages.format_pattern(pattern, args, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

/// The keys of messages and, with `-`, of terms.
fn keys_of(resources: &[Arc<FluentResource>]) -> BTreeSet<String> {
    let entries = resources.iter().flat_map(|resource| resource.entries());
    let keys = entries.filter_map(|entry| match entry {
        ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        ast::Entry::Term(term) => Some(format!("-{}", term.id.name)),
        _ => None,
    });
    keys.collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
