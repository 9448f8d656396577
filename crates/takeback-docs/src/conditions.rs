//! Conditions in words: what stands behind "when".

use rust_decimal::Decimal;
use takeback::facts::{CategoryId, CategorySet, Cond, FactId, Order, Schema, Scope, SeasonId, Type};
use takeback::{Arg, Join};

use crate::words::{Words, slug};

/// A condition in words.
#[derive(PartialEq)]
struct Part {
    text: String,
    /// Whether it is a choice among several.
    either: bool,
}

/// What conditions are told with.
pub(crate) struct Told<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) schema: &'a Schema,
}

impl Told<'_> {
    /// Conditions that all hold, as one clause of a sentence; nothing where nothing is asked.
    pub(crate) fn all<'c>(&self, conds: impl IntoIterator<Item = &'c Cond>) -> Option<String> {
        let mut parts = Vec::new();
        for cond in conds {
            self.parts(cond, false, &mut parts);
        }
        let mut seen: Vec<Part> = Vec::new();
        for part in parts {
            if !seen.contains(&part) {
                seen.push(part);
            }
        }
        (!seen.is_empty()).then(|| self.joined(&seen))
    }

    /// What must all hold, one by one.
    fn parts(&self, cond: &Cond, not: bool, out: &mut Vec<Part>) {
        match (cond, not) {
            (Cond::Always, false) => {}
            (Cond::All(all), false) | (Cond::Any(all), true) => {
                all.iter().for_each(|one| self.parts(one, not, out));
            }
            (Cond::Not(inner), not) => self.parts(inner, !not, out),
            (Cond::Any(any), false) | (Cond::All(any), true) => out.push(self.any(any, not)),
            (one, not) => out.push(Part { text: self.one(one, not), either: false }),
        }
    }

    /// Parts that must all hold, as one text; a choice among several stands in brackets where it is not alone.
    fn joined(&self, parts: &[Part]) -> String {
        match parts {
            [one] => one.text.clone(),
            several => {
                let each: Vec<String> = several
                    .iter()
                    .map(|part| match part.either {
                        true => self.words.tell("cond-together", &[("what", &part.text)]),
                        false => part.text.clone(),
                    })
                    .collect();
                self.words.list(&each, Join::And)
            }
        }
    }

    /// One of several holds; each of them may be made of parts.
    fn any(&self, any: &[Cond], not: bool) -> Part {
        let each: Vec<String> = any
            .iter()
            .map(|one| {
                let mut parts = Vec::new();
                self.parts(one, not, &mut parts);
                match parts.as_slice() {
                    [] => self.words.say("cond-always"),
                    [one] => one.text.clone(),
                    several => self.words.tell("cond-together", &[("what", &self.joined(several))]),
                }
            })
            .collect();
        match each.as_slice() {
            [one] => Part { text: one.clone(), either: false },
            _ => Part {
                text: self.words.tell("cond-either", &[("what", &self.words.list(&each, Join::Or))]),
                either: true,
            },
        }
    }

    fn one(&self, cond: &Cond, not: bool) -> String {
        let words = self.words;
        let key = |key: &str| if not { format!("{key}-not") } else { key.to_owned() };
        match cond {
            Cond::Always => words.say(&key("cond-always")),
            Cond::All(_) | Cond::Any(_) | Cond::Not(_) => {
                let mut parts = Vec::new();
                self.parts(cond, not, &mut parts);
                self.joined(&parts)
            }
            Cond::Category(id) => words.tell(&key("cond-category"), &[("what", &self.categories(*id, Join::Or))]),
            Cond::Yes(fact) => {
                let own = key(&format!("cond-{}", slug(self.fact_name(*fact))));
                let known = if self.is_own(*fact) { None } else { words.find(&own, &[]) };
                known.unwrap_or_else(|| self.yes(*fact, not))
            }
            Cond::Word(fact, values) => self.word(*fact, values, not),
            Cond::Text(fact, texts) => {
                let text = |id: &takeback::facts::TextId| {
                    self.schema.texts.get(id.0 as usize).map_or(String::new(), |text| place(text))
                };
                let texts: Vec<String> = texts.iter().map(text).collect();
                self.is(*fact, &words.list(&texts, Join::Or), not)
            }
            Cond::Number(fact, order, value) => {
                let money = self.schema.fact(*fact).is_some_and(|fact| fact.ty == Type::Money);
                let value = if money { words.money(*value) } else { words.number(*value) };
                self.compared(&self.the(*fact), *order, &value, not)
            }
            Cond::DaysSince(fact, order, days) => {
                let since = words.tell("cond-days-since", &[("day", &self.the(*fact))]);
                self.compared(&since, *order, &words.number(*days), not)
            }
            Cond::Season(fact, season) => {
                let season = self.season(*season);
                words.tell(&key("cond-season"), &[("day", &self.the(*fact)), ("season", &season)])
            }
            Cond::Dates(fact, from, to) => {
                let day = self.the(*fact);
                let (from, to) = (from.map(Arg::Day), to.map(Arg::Day));
                match (&from, &to) {
                    (Some(from), Some(to)) => {
                        words.tell(&key("cond-between"), &[("day", &day), ("from", from), ("to", to)])
                    }
                    (Some(from), None) => words.tell(&key("cond-from"), &[("day", &day), ("from", from)]),
                    (None, Some(to)) => words.tell(&key("cond-until"), &[("day", &day), ("to", to)]),
                    (None, None) => words.say(&key("cond-always")),
                }
            }
            Cond::Same(a, b) => words.tell(&key("cond-same"), &[("a", &self.the(*a)), ("b", &self.the(*b))]),
            Cond::Compared(a, order, b) => self.compared(&self.the(*a), *order, &self.the(*b), not),
            Cond::InFact(a, b) => words.tell(&key("cond-in-fact"), &[("a", &self.the(*a)), ("b", &self.the(*b))]),
            Cond::AnyTender(inner) => words.tell(&key("cond-any-tender"), &[("what", &self.inner(inner))]),
            Cond::AnyLine(inner) => words.tell(&key("cond-any-line"), &[("what", &self.inner(inner))]),
            Cond::EveryLine(inner) => words.tell(&key("cond-every-line"), &[("what", &self.inner(inner))]),
            Cond::LineCount(inner, order, count) => {
                let what = words.tell("cond-line-count", &[("what", &self.inner(inner))]);
                self.compared(&what, *order, &words.number(*count), not)
            }
            Cond::RefundTotal(inner, order, amount) => {
                let what = words.tell("cond-refund-total", &[("what", &self.inner(inner))]);
                self.compared(&what, *order, &words.money(*amount), not)
            }
        }
    }

    fn inner(&self, cond: &Cond) -> String {
        self.all([cond]).unwrap_or_else(|| self.words.say("cond-always"))
    }

    fn compared(&self, what: &str, order: Order, value: &str, not: bool) -> String {
        let key = match (order, not) {
            (Order::AtLeast, false) | (Order::Under, true) => "cond-at-least",
            (Order::AtMost, false) | (Order::Over, true) => "cond-at-most",
            (Order::Over, false) | (Order::AtMost, true) => "cond-over",
            (Order::Under, false) | (Order::AtLeast, true) => "cond-under",
            (Order::Exactly, false) => "cond-exactly",
            (Order::Exactly, true) => "cond-exactly-not",
        };
        self.words.tell(key, &[("what", &what), ("value", &value)])
    }

    fn word(&self, fact: FactId, values: &[u16], not: bool) -> String {
        let Some(Type::Word(domain)) = self.schema.fact(fact).map(|fact| fact.ty) else { return String::new() };
        let word = |at: &u16| self.schema.domain(domain).map_or("", |domain| domain.word(*at));
        if let [one] = values {
            let own =
                format!("cond-{}-{}{}", slug(self.fact_name(fact)), slug(word(one)), if not { "-not" } else { "" });
            if let Some(told) = self.words.find(&own, &[]) {
                return told;
            }
        }
        let values: Vec<String> = values.iter().map(|at| self.value_word(fact, word(at))).collect();
        self.is(fact, &self.words.list(&values, Join::Or), not)
    }

    /// A word of a fact in words of the reader.
    fn value_word(&self, fact: FactId, word: &str) -> String {
        match self.fact_name(fact) {
            "sale.channel" | "channel" => self.words.name("channel", word),
            "clerk.role" => self.words.name("role", word),
            "wants" => self.words.name("remedy", word),
            "reason" => self.words.tell("quoted", &[("what", &self.words.name("reason", word))]),
            name if name == "tender" || name.ends_with(".tender") => self.words.name("tender", word),
            "condition" => self.words.name("condition", word),
            "proof" => self.words.name("proof", word),
            "visit.by" => self.words.name("by", word),
            name => self.words.own("fact", &[name], Some(&format!("is-{}", slug(word))), word),
        }
    }

    fn is(&self, fact: FactId, value: &str, not: bool) -> String {
        let end = if not { "-not" } else { "" };
        let own = format!("cond-{}{end}", slug(self.fact_name(fact)));
        let own = if self.is_own(fact) { None } else { self.words.find(&own, &[("value", &value)]) };
        own.unwrap_or_else(|| {
            self.words.tell(&format!("cond-is{end}"), &[("what", &self.the(fact)), ("value", &value)])
        })
    }

    /// A yes/no fact of the shop: yes or no.
    fn yes(&self, fact: FactId, not: bool) -> String {
        if let Some((role, _)) = self.schema.on_duty.iter().find(|(_, id)| *id == fact) {
            let key = if not { "cond-on-duty-not" } else { "cond-on-duty" };
            return self.words.tell(key, &[("role", &self.the_role(*role))]);
        }
        let end = if not { "no" } else { "yes" };
        match self.schema.fact(fact).and_then(|fact| fact.question.as_deref()) {
            Some(question) => {
                let question = self.words.text(None, question);
                let what = self.words.tell("cond-question", &[("question", &question)]);
                self.words.tell(&format!("cond-{end}"), &[("what", &what)])
            }
            None if !self.is_own(fact) => self.words.tell(&format!("cond-{end}"), &[("what", &self.the(fact))]),
            None => {
                let (of, name) = self.own(fact);
                self.words.tell(&format!("cond-{end}-{of}"), &[("name", &name)])
            }
        }
    }

    /// Of a fact of the shop, whose it is and its name without that.
    fn own(&self, fact: FactId) -> (&'static str, String) {
        let name = self.fact_name(fact);
        let plain = |short: &str| self.words.own("fact", &[name], None, &short.replace(['_', '-', '.'], " "));
        let known = ["item", "customer", "sale", "visit", "tender"];
        if let Some((of, rest)) = name.split_once('.')
            && let Some(of) = known.into_iter().find(|known| *known == of)
        {
            return (of, plain(rest));
        }
        let of = match self.schema.fact(fact).map(|fact| fact.scope) {
            Some(Scope::Line) | None => "item",
            Some(Scope::Sale) => "sale",
            Some(Scope::Visit) => "visit",
            Some(Scope::Tender) => "tender",
        };
        (of, plain(name))
    }

    pub(crate) fn fact_name(&self, fact: FactId) -> &str {
        self.schema.fact(fact).map_or("", |fact| fact.name.as_str())
    }

    /// Whether the shop declared it.
    fn is_own(&self, fact: FactId) -> bool {
        usize::from(fact.0) >= takeback::facts::builtin::ALL.len()
    }

    /// A fact as a noun: those of the language by their message, those of the shop by their name.
    pub(crate) fn the(&self, fact: FactId) -> String {
        let name = self.fact_name(fact);
        let known = if self.is_own(fact) { None } else { self.words.find(&format!("the-{}", slug(name)), &[]) };
        known.unwrap_or_else(|| {
            let (of, name) = self.own(fact);
            self.words.tell(&format!("own-{of}"), &[("name", &name)])
        })
    }

    pub(crate) fn categories(&self, id: CategoryId, join: Join) -> String {
        self.schema.categories.get(usize::from(id.0)).map_or(String::new(), |set| self.category_set(set, join))
    }

    fn category_set(&self, set: &CategorySet, join: Join) -> String {
        let mut items = Vec::new();
        for group in &set.groups {
            let paths: Vec<String> = group.paths.iter().map(|path| category(path)).collect();
            if group.except.is_empty() {
                items.extend(paths);
            } else {
                let except: Vec<String> = group.except.iter().map(|path| category(path)).collect();
                let (what, except) = (self.words.list(&paths, join), self.words.list(&except, Join::And));
                items.push(self.words.tell("categories-except", &[("what", &what), ("except", &except)]));
            }
        }
        self.words.list(&items, join)
    }

    pub(crate) fn season(&self, season: SeasonId) -> String {
        let name = self.schema.seasons.get(usize::from(season.0)).map_or("", |season| season.name.as_str());
        self.words.tell("quoted", &[("what", &self.season_name(name))])
    }

    pub(crate) fn season_name(&self, name: &str) -> String {
        self.words.own("season", &[name], None, &name.replace(['-', '_'], " "))
    }

    /// So much and no more, as a number or an amount.
    pub(crate) fn measure(&self, money: bool, amount: Decimal) -> String {
        if money { self.words.money(amount) } else { self.words.number(amount) }
    }
}

/// A path of categories as people read it.
pub(crate) fn category(path: &str) -> String {
    path.replace('/', " › ")
}

/// A state as people know it: `US-OH` is written `OH`, since the sentence says that it is a place.
fn place(text: &str) -> String {
    match text.split_once('-') {
        Some((country, state)) if country.len() == 2 && state.len() <= 3 && text.is_ascii() => {
            format!("{state} ({country})")
        }
        _ => text.to_owned(),
    }
}
