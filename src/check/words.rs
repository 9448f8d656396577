//! The words of a version: its remedies, tenders, roles, categories, lists, seasons and facts. Collected before anything
//! that uses them, so that order in the files does not matter.

use std::cell::{Cell, RefCell};

use crate::analysis::{Judged, Question};
use crate::date::{Instance, Season, SeasonDates, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{
    CategoryGroup, Domain, DomainId, Fact, Remedy, RemedyKind, Role, Schema, Scope, SeasonId, Stage, TextId, Type,
    Value, builtin, domain,
};
use crate::money::Currency;
use crate::source::{Span, Spanned};
use crate::syntax::{ast, spelled};

use super::conditions;
use super::files::Plan;
use super::say;

/// A named thing of a version.
pub(super) struct Entry<T> {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: T,
    used: Cell<bool>,
    /// Written in a library, which other policies may use too.
    shared: bool,
}

/// Things of one kind by name.
pub(super) struct Names<T> {
    what: &'static str,
    entries: Vec<Entry<T>>,
}

impl<T> Names<T> {
    fn new(what: &'static str) -> Self {
        Self { what, entries: Vec::new() }
    }

    fn add(&mut self, name: &Spanned<String>, value: T, shared: bool, out: &mut Vec<Diagnostic>) {
        if let Some(first) = self.entries.iter().find(|e| e.name == name.node) {
            out.push(
                Diagnostic::new(
                    Code::DefinedTwice,
                    name.span,
                    format!("a second {} called `{}`", self.what, name.node),
                )
                .label(first.span, "the first one")
                .help("call one of them by another name, or make one of the two"),
            );
            return;
        }
        self.entries.push(Entry { name: name.node.clone(), span: name.span, value, used: Cell::new(false), shared });
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name == name)
    }

    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|e| e.name == name).map(|e| e.span)
    }

    /// The thing of a name; an unknown name is reported.
    pub(super) fn find(&self, name: &Spanned<String>, out: &mut Vec<Diagnostic>) -> Option<&T> {
        if let Some(entry) = self.entries.iter().find(|e| e.name == name.node) {
            entry.used.set(true);
            return Some(&entry.value);
        }
        let label = &name.node;
        let add = match self.what {
            "category" => format!(
                "`category {label} = \"…\"` declares one; a path of the catalogue stands in quotes: `item in \"…\"`"
            ),
            "list" => format!("`list {label} = \"…\", \"…\"` declares one"),
            "season" => format!("`season {label} = November 1 to December 24` declares one"),
            _ => format!("`form {label} {{ … }}` declares one"),
        };
        out.push(say::unknown(self.what, name, self.entries.iter().map(|e| e.name.as_str()), Some(add)));
        None
    }

    fn judge_unused(&self, judged: &mut Judged) {
        for entry in self.entries.iter().filter(|e| !e.shared) {
            if entry.used.get() {
                judged.fine(Question::Used, entry.span);
                continue;
            }
            let (what, name) = (self.what, &entry.name);
            let use_it = match what {
                "category" => format!("`when item in {name}`"),
                "list" => format!("`when sale.state in {name}`"),
                "season" => format!("`when sold in {name}`"),
                _ => format!("`collect {name}`"),
            };
            judged.wrong(
                Question::Used,
                Diagnostic::new(Code::Unused, entry.span, format!("the {what} `{name}` is never used"))
                    .help(format!("a clause uses it by {use_it}; otherwise leave it out")),
            );
        }
    }
}

/// The words of one version.
pub(super) struct Words {
    pub(super) categories: Names<CategoryGroup>,
    pub(super) lists: Names<Vec<TextId>>,
    pub(super) seasons: Names<SeasonId>,
    /// The forms, by name; the value is their place among the forms.
    pub(super) forms: Names<(u16, Vec<String>)>,
    /// The facts that are declared.
    facts: Vec<Declared>,
    /// The remedies that are declared, outside of libraries.
    remedies: Vec<(String, Span)>,
    remedies_named: RefCell<Vec<String>>,
}

/// A fact of a policy.
struct Declared {
    ast: ast::Fact,
    name: String,
    span: Span,
    used: Cell<bool>,
    shared: bool,
}

impl Words {
    /// Says of every name whether it is used.
    pub(super) fn judge_unused(&self, judged: &mut Judged) {
        self.categories.judge_unused(judged);
        self.lists.judge_unused(judged);
        self.seasons.judge_unused(judged);
        self.forms.judge_unused(judged);
        for declared in self.facts.iter().filter(|f| !f.shared) {
            if declared.used.get() {
                judged.fine(Question::Used, declared.span);
            } else {
                judged.wrong(
                    Question::Used,
                    Diagnostic::new(
                        Code::Unused,
                        declared.span,
                        format!("no condition asks for the fact `{}`", declared.name),
                    )
                    .help("ask for it in a `when`, or leave it out"),
                );
            }
        }
        for (name, span) in &self.remedies {
            let named = self.remedies_named.borrow().iter().any(|r| r == name);
            if named {
                judged.fine(Question::Used, *span);
            } else {
                judged.wrong(
                    Question::Used,
                    Diagnostic::new(
                        Code::Unused,
                        *span,
                        format!("no clause accepts the remedy `{name}`, or refuses it by name"),
                    )
                    .help(format!("a clause gives it by `accept {}`; otherwise leave it out", spelled(name))),
                );
            }
        }
    }

    /// Notes that a condition or a sentence asks for a fact; false when the policy does not declare it.
    pub(super) fn asked(&self, fact: &str) -> bool {
        let declared = self.facts.iter().find(|f| f.name == fact);
        declared.inspect(|f| f.used.set(true)).is_some()
    }

    /// Notes that a sentence names a remedy.
    pub(super) fn names_remedy(&self, name: &str) {
        self.remedies_named.borrow_mut().push(name.to_owned());
    }
}

/// Collects the words of a version into its names and the schema of the policy.
pub(super) fn collect(plan: &Plan<'_>, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> Words {
    let mut words = Words {
        categories: Names::new("category"),
        lists: Names::new("list"),
        seasons: Names::new("season"),
        forms: Names::new("form"),
        facts: Vec::new(),
        remedies: Vec::new(),
        remedies_named: RefCell::default(),
    };
    // Words of the shop first: facts and everything else may name them, wherever they stand.
    vocabulary(plan, &mut words, schema, out);
    let currency = plan.policy.header.currency.first().and_then(|c| c.node.parse::<Currency>().ok());
    let mut forms = 0;
    for (file, item) in plan.items() {
        let shared = plan.shared(file);
        match item {
            ast::Item::Category(category) => {
                for path in category.paths.iter().chain(&category.except) {
                    path_is_one(path, out);
                }
                once_each(&category.paths, "this category", out);
                once_each(&category.except, "what this category leaves out", out);
                let strings = |list: &[Spanned<String>]| list.iter().map(|s| s.node.clone()).collect();
                let group = CategoryGroup { paths: strings(&category.paths), except: strings(&category.except) };
                words.categories.add(&category.label, group, shared, out);
            }
            ast::Item::List(list) => {
                once_each(&list.values, "this list", out);
                let texts = list.values.iter().map(|v| schema.text(&v.node)).collect();
                words.lists.add(&list.label, texts, shared, out);
            }
            ast::Item::Season(season) => {
                let id = season_item(season, schema, out);
                words.seasons.add(&season.label, id, shared, out);
            }
            ast::Item::Fact(fact) => fact_item(fact, &mut words.facts, shared, currency, schema, out),
            ast::Item::Form(form) => {
                if form.fields.is_empty() && form.bad.is_empty() {
                    out.push(
                        Diagnostic::new(
                            Code::NoEffect,
                            form.span,
                            format!("the form `{}` has no fields", form.label.node),
                        )
                        .help("collecting it asks for nothing; a field is a line such as `phone phone, required`"),
                    );
                }
                let fields = form.fields.iter().map(|f| f.name.node.clone()).collect();
                words.forms.add(&form.label, (forms, fields), shared, out);
                forms += 1;
            }
            _ => {}
        }
    }
    // Facts are known by now, in whatever order they are declared.
    for (_, item) in plan.items() {
        if let ast::Item::Question(question) = item {
            question_item(question, schema, out);
        }
    }
    words
}

/// Warns of a text that stands in a list twice.
fn once_each(list: &[Spanned<String>], what: &str, out: &mut Vec<Diagnostic>) {
    for (at, text) in list.iter().enumerate() {
        if let Some(first) = list.iter().take(at).find(|t| t.node == text.node) {
            out.push(
                Diagnostic::new(Code::NoEffect, text.span, format!("`{}` is in {what} already", text.node))
                    .label(first.span, "here"),
            );
        }
    }
}

/// Reports a path that no item can have.
pub(super) fn path_is_one(path: &Spanned<String>, out: &mut Vec<Diagnostic>) {
    if path.node.is_empty() || path.node.split('/').any(|part| part.trim().is_empty() || part.trim() != part) {
        let good: Vec<&str> = path.node.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
        let finding = Diagnostic::new(Code::OutOfRange, path.span, format!("`{}` is no path of a category", path.node));
        out.push(match good.is_empty() {
            true => finding.help("a path names a category and those above it, such as `\"Electronics/Phones\"`"),
            false => finding.help(format!(
                "write `\"{}\"`: names with one `/` between them and no blanks around it",
                good.join("/")
            )),
        });
    }
}

/// The words that a policy adds: plain words, then roles, then remedies, which may name a new tender.
fn vocabulary(plan: &Plan<'_>, words: &mut Words, schema: &mut Schema, out: &mut Vec<Diagnostic>) {
    let all = || {
        plan.items().filter_map(|(file, item)| match item {
            ast::Item::Vocabulary(vocabulary) => Some((file, vocabulary)),
            _ => None,
        })
    };
    let mut seen: Vec<(DomainId, &Spanned<String>)> = Vec::new();
    for (_, vocabulary) in all() {
        let ast::Vocabulary::Plain { kind, names, .. } = vocabulary else { continue };
        let (id, what) = match kind {
            ast::VocabularyKind::Tender => (domain::TENDERS, "tender"),
            ast::VocabularyKind::Reason => (domain::REASONS, "reason"),
            ast::VocabularyKind::Condition => (domain::CONDITIONS, "condition"),
            ast::VocabularyKind::Proof => (domain::PROOFS, "proof"),
            ast::VocabularyKind::Channel => (domain::CHANNELS, "channel"),
        };
        for name in names {
            if new_word(what, id, name, &mut seen, out) {
                add_word(schema, id, &name.node);
            }
        }
    }
    roles(all().map(|(_, vocabulary)| vocabulary), &mut seen, schema, out);
    // By name, so that decisions list them alike wherever they are declared.
    let mut remedies: Vec<_> = all()
        .filter_map(|(file, vocabulary)| match vocabulary {
            ast::Vocabulary::Remedy { name, kind, only_if_asked, .. } => Some((file, name, kind, *only_if_asked)),
            _ => None,
        })
        .collect();
    remedies.sort_by(|(_, a, ..), (_, b, ..)| a.node.cmp(&b.node));
    for (file, name, kind, only_if_asked) in remedies {
        let kind = match kind {
            ast::RemedyKind::Money => RemedyKind::Money,
            ast::RemedyKind::MoneyTo(tender) => match tender_named(tender, schema, out) {
                Some(word) => RemedyKind::MoneyTo(word),
                None => continue,
            },
            ast::RemedyKind::Goods => RemedyKind::Goods,
            ast::RemedyKind::Service => RemedyKind::Service,
            ast::RemedyKind::PriceDifference => RemedyKind::PriceDifference,
        };
        let gives = |kind: &RemedyKind| match kind {
            RemedyKind::Money => "money".to_owned(),
            RemedyKind::MoneyTo(tender) => format!("money to {}", schema.tender(*tender)),
            RemedyKind::Goods => "goods".to_owned(),
            RemedyKind::Service => "service".to_owned(),
            RemedyKind::PriceDifference => "a price difference".to_owned(),
        };
        match schema.remedies.iter().find(|r| r.name == name.node) {
            Some(known) if known.kind != kind => {
                let message =
                    format!("the remedy `{}` gives {} already, not {}", name.node, gives(&known.kind), gives(&kind));
                let finding = Diagnostic::new(Code::DefinedTwice, name.span, message);
                let first = seen.iter().find(|(id, n)| *id == domain::REMEDIES && n.node == name.node);
                let finding = match first {
                    Some((_, first)) => finding.label(first.span, "the first one"),
                    None => finding,
                };
                out.push(finding.help("call this remedy by another name"));
            }
            // A remedy that is there already may be declared again to say that it is told of only when asked for.
            Some(known) => {
                if known.only_if_asked == only_if_asked {
                    new_word("remedy", domain::REMEDIES, name, &mut seen, out);
                }
                let known = schema.remedies.iter_mut().find(|r| r.name == name.node);
                known.into_iter().for_each(|known| known.only_if_asked |= only_if_asked);
            }
            None => {
                seen.push((domain::REMEDIES, name));
                schema.remedies.push(Remedy { name: name.node.clone(), kind, only_if_asked });
                add_word(schema, domain::REMEDIES, &name.node);
            }
        }
        if !plan.shared(file) && !words.remedies.iter().any(|(known, _)| *known == name.node) {
            words.remedies.push((name.node.clone(), name.span));
        }
    }
}

/// Whether a word is new in this version; one that is there already adds nothing.
fn new_word<'a>(
    what: &str,
    id: DomainId,
    name: &'a Spanned<String>,
    seen: &mut Vec<(DomainId, &'a Spanned<String>)>,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let standard = domain::STANDARD.iter().any(|(of, words)| *of == id && words.contains(&name.node.as_str()));
    if standard {
        let message = format!("`{}` is a {what} in every policy, so this adds nothing", name.node);
        out.push(Diagnostic::new(Code::NoEffect, name.span, message).help("leave it out"));
    } else if let Some((_, first)) = seen.iter().find(|(of, n)| *of == id && n.node == name.node) {
        let message = format!("the {what} `{}` is there already", name.node);
        out.push(
            Diagnostic::new(Code::NoEffect, name.span, message).label(first.span, "declared here").help("leave it out"),
        );
    }
    seen.push((id, name));
    !standard
}

fn roles<'a>(
    vocabulary: impl Iterator<Item = &'a ast::Vocabulary>,
    seen: &mut Vec<(DomainId, &'a Spanned<String>)>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) {
    let declared: Vec<_> = vocabulary
        .filter_map(|v| match v {
            ast::Vocabulary::Role { name, above, .. } => Some((name, above)),
            _ => None,
        })
        .collect();
    let before = schema.roles.len();
    for (name, _) in &declared {
        if !schema.roles.iter().any(|r| r.name == name.node) {
            schema.roles.push(Role { name: name.node.clone(), above: None, over: Vec::new() });
            add_word(schema, domain::ROLES, &name.node);
        }
    }
    for (name, above) in declared {
        let above = match above {
            Some(below) => match role_named(below, schema, out) {
                Some(role) => Some(role),
                None => continue,
            },
            None => None,
        };
        let Some(at) = schema.roles.iter().position(|r| r.name == name.node) else { continue };
        let first = seen.iter().find(|(id, n)| *id == domain::ROLES && n.node == name.node).map(|(_, n)| n.span);
        let known = schema.roles.get(at).and_then(|r| r.above);
        if (at < before || first.is_some()) && known != above {
            let stands = match known {
                Some(role) => format!("above `{}`", schema.role(role)),
                None => "above no other".to_owned(),
            };
            let message = format!("the role `{}` already stands {stands}", name.node);
            let finding = Diagnostic::new(Code::DefinedTwice, name.span, message);
            let finding = match first {
                Some(first) => finding.label(first, "said here"),
                None => finding,
            };
            out.push(finding.help("give this role another name"));
            continue;
        }
        new_word("role", domain::ROLES, name, seen, out);
        if let Some(role) = schema.roles.get_mut(at) {
            role.above = above;
        }
        // A chain that never ends comes back to where it began.
        let below = |role: &u16| schema.roles.get(usize::from(*role)).and_then(|r| r.above);
        let chain = std::iter::successors(above, below).take(schema.roles.len() + 1);
        if u16::try_from(at).is_ok_and(|at| chain.into_iter().any(|role| role == at)) {
            out.push(
                Diagnostic::new(
                    Code::WrongKind,
                    name.span,
                    format!("the role `{}` would stand above itself", name.node),
                )
                .help("a role stands above one with less authority: `role shift lead above clerk`"),
            );
            if let Some(role) = schema.roles.get_mut(at) {
                role.above = None;
            }
        }
    }
}

fn add_word(schema: &mut Schema, id: DomainId, word: &str) {
    if let Some(domain) = schema.domains.get_mut(usize::from(id.0))
        && domain.find(word).is_none()
    {
        domain.words.push(word.to_owned());
    }
}

/// A word of a domain; an unknown one is reported.
fn word(what: &str, name: &Spanned<String>, id: DomainId, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    let domain = schema.domain(id)?;
    let found = domain.find(&name.node);
    if found.is_none() {
        out.push(say::unknown(what, name, domain.words.iter().map(String::as_str), say::adds(id, &name.node)));
    }
    found
}

pub(super) fn tender_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("tender", name, domain::TENDERS, schema, out)
}

pub(super) fn role_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("role", name, domain::ROLES, schema, out)
}

pub(super) fn remedy_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("remedy", name, domain::REMEDIES, schema, out)
}

fn season_item(season: &ast::Season, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> SeasonId {
    let instances = match &season.days {
        ast::SeasonDays::Yearly { from, to, until } => {
            SeasonDates::Yearly { from: from.node, to: to.node, until: until.as_ref().map(|u| u.node) }
        }
        ast::SeasonDays::Dated(list) => {
            for instance in list {
                let (from, to) = (instance.from.node, instance.to.node);
                if to < from {
                    out.push(
                        Diagnostic::new(
                            Code::OutOfRange,
                            instance.span,
                            format!("this season ends on {to}, before it begins on {from}"),
                        )
                        .help(format!("did you mean `{to} to {from}`?")),
                    );
                } else if let Some(until) = instance.until.as_ref().filter(|u| u.node < to) {
                    let message = format!("the deadline of this season is {}, before its last day {to}", until.node);
                    out.push(
                        Diagnostic::new(Code::OutOfRange, until.span, message)
                            .label(instance.to.span, "the last day")
                            .help("`until` names the day until which purchases of the season may come back"),
                    );
                }
            }
            SeasonDates::Dated(
                list.iter()
                    .map(|i| Instance { from: i.from.node, to: i.to.node, until: i.until.as_ref().map(|u| u.node) })
                    .collect(),
            )
        }
    };
    let made = Season { name: season.label.node.clone(), instances };
    if let Some((a, b)) = made.overlap() {
        let place = |x: &Instance| match &season.days {
            ast::SeasonDays::Dated(list) => {
                list.iter().filter(|i| i.from.node == x.from && i.to.node == x.to).map(|i| i.span).collect()
            }
            ast::SeasonDays::Yearly { .. } => Vec::new(),
        };
        let (first, second) = (place(&a), place(&b));
        let span = second.last().copied().unwrap_or(season.span);
        let days = format!("{} to {}", a.from.max(b.from), a.to.min(b.to));
        let mut finding =
            Diagnostic::new(Code::SeasonsOverlap, span, format!("the days {days} belong to `{}` twice", made.name));
        if let Some(other) = first.first().filter(|other| **other != span) {
            finding = finding.label(*other, "they belong to this one, too");
        }
        out.push(finding.help("let one end before the next begins, or name two seasons"));
    }
    let at = schema.seasons.iter().position(|s| *s == made).unwrap_or_else(|| {
        schema.seasons.push(made);
        schema.seasons.len() - 1
    });
    SeasonId(u16::try_from(at).unwrap_or(u16::MAX))
}

/// Whether two declarations of a fact say the same.
fn same(a: &ast::Fact, b: &ast::Fact) -> bool {
    let ty = match (&a.ty.node, &b.ty.node) {
        (ast::FactType::OneOf(a), ast::FactType::OneOf(b)) => a.iter().map(|n| &n.node).eq(b.iter().map(|n| &n.node)),
        (a, b) => a == b,
    };
    let scope = |fact: &ast::Fact| fact.scope.as_ref().map(|scope| scope.node);
    let fresh = |fact: &ast::Fact| fact.fresh.as_ref().map(|length| length.node);
    let options = |fact: &ast::Fact| (scope(fact), fact.changeable, fresh(fact));
    ty && options(a) == options(b) && alike(absence(a), absence(b)) && alike(asked(a), asked(b))
}

/// How the customer is asked for it.
fn asked(fact: &ast::Fact) -> Option<&str> {
    fact.question.as_ref().map(|question| question.node.as_str())
}

/// Whether two declarations agree about something of which one may say nothing.
fn alike<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// The word that begins the sentence in which a shop adds words of this type.
fn list_of(ty: Type) -> Option<&'static str> {
    let Type::Word(id) = ty else { return None };
    let lists = ["tender", "reason", "condition", "proof", "channel", "remedy", "role"];
    domain::STANDARD.iter().zip(lists).find(|((known, _), _)| *known == id).map(|(_, word)| word)
}

/// Added where a declaration says what is meant by the absence of a fact that is asked when it is needed.
fn no_absence(fact: &ast::Fact) -> &'static str {
    if fact.otherwise.is_some() { ", and what its absence means cannot be said" } else { "" }
}

/// What its absence means.
fn absence(fact: &ast::Fact) -> Option<&ast::Value> {
    fact.otherwise.as_ref().map(|value| &value.node)
}

fn fact_item(
    fact: &ast::Fact,
    declared: &mut Vec<Declared>,
    shared: bool,
    currency: Option<Currency>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) {
    let name = fact.name.node.as_str();
    if let Some(first) = declared.iter_mut().find(|d| d.name == name) {
        // Files that share a fact may each say what it is, and one of them what its absence means or how it is asked.
        if same(&first.ast, fact) {
            first.shared &= shared;
            if fact.otherwise.is_none() && fact.question.is_none() {
                return;
            }
            let before = std::mem::replace(&mut first.ast, fact.clone());
            first.ast.otherwise = first.ast.otherwise.take().or(before.otherwise);
            first.ast.question = first.ast.question.take().or(before.question);
        } else {
            out.push(
                Diagnostic::new(Code::DefinedTwice, fact.name.span, format!("a second fact called `{name}`"))
                    .label(first.span, "the first one")
                    .help("keep one of them, or give this one another name"),
            );
            return;
        }
    }
    let known = schema.fact_named(name).and_then(|id| schema.fact(id).cloned().map(|f| (id, f)));
    let builtin = known.as_ref().filter(|(id, _)| usize::from(id.0) < builtin::ALL.len()).map(|(_, fact)| fact);
    // What the language has may be declared again, to say what its absence means or how it is asked.
    let again = |old: &Fact| {
        let says_more = fact.otherwise.is_some() || fact.question.is_some();
        old.stage == Stage::Facts && says_more && !matches!(fact.ty.node, ast::FactType::OneOf(_))
    };
    if builtin.is_some_and(|old| !again(old)) || name == "item" {
        let help = match (builtin.and_then(|old| list_of(old.ty)), &fact.ty.node) {
            (Some(word), ast::FactType::OneOf(names)) if !names.is_empty() => {
                let names: Vec<String> = names.iter().map(|n| spelled(&n.node)).collect();
                format!("`{word} {}` adds words to it{}", names.join(", "), no_absence(fact))
            }
            _ => "leave this out, or give your own fact another name".to_owned(),
        };
        out.push(
            Diagnostic::new(
                Code::DefinedTwice,
                fact.name.span,
                format!("`{name}` means something in every policy already"),
            )
            .help(help),
        );
        return;
    }
    if !declared.iter().any(|d| d.name == name) {
        declared.push(Declared {
            ast: fact.clone(),
            name: name.to_owned(),
            span: fact.name.span,
            used: Cell::new(false),
            shared,
        });
    }
    let Some(scope) = scope_of_fact(fact, out) else { return };
    let ty = match &fact.ty.node {
        ast::FactType::YesNo => Type::YesNo,
        ast::FactType::WholeNumber => Type::WholeNumber,
        ast::FactType::Number => Type::Number,
        ast::FactType::Money => Type::Money,
        ast::FactType::Date => Type::Date,
        ast::FactType::Text => Type::Text,
        ast::FactType::ListOfText => Type::Texts,
        ast::FactType::OneOf(names) => {
            once_each(names, "the words of this fact", out);
            let id = match &known {
                Some((_, Fact { ty: Type::Word(id), .. })) => *id,
                _ => {
                    schema.domains.push(Domain::default());
                    DomainId(u16::try_from(schema.domains.len() - 1).unwrap_or(u16::MAX))
                }
            };
            for name in names {
                add_word(schema, id, &name.node);
            }
            Type::Word(id)
        }
    };
    if let Some((_, old)) = &known
        && (old.ty != ty || old.scope != scope)
    {
        let (kind, holder) = (say::kind_of(old.ty), holder(old.scope));
        let (message, help) = match builtin {
            Some(old) => (
                format!("`{name}` is {kind} of {holder} in every policy"),
                match list_of(old.ty) {
                    Some(word) => format!(
                        "its values are the words that `{word}` adds to{}; leave this out, or give your own fact another name",
                        no_absence(fact)
                    ),
                    None => "declare it with its own type and place, or give your own fact another name".to_owned(),
                },
            ),
            None => (
                format!("`{name}` is {kind} of {holder} in another version"),
                "declare it in the same way in every version, or give this fact another name".to_owned(),
            ),
        };
        out.push(Diagnostic::new(Code::DefinedTwice, fact.span, message).help(help));
        return;
    }
    if let Some(fresh) = &fact.fresh
        && (fresh.node.count == 0 || matches!(fresh.node.unit, Unit::BusinessDays | Unit::Hours))
    {
        let message = format!("the age of a figure is not counted in {}", fresh.node);
        out.push(
            Diagnostic::new(Code::OutOfRange, fresh.span, message)
                .help("write a number of days, such as `at most 30 days old`"),
        );
        return;
    }
    let otherwise = match &fact.otherwise {
        Some(value) if ty == Type::Money && !conditions::money(value, currency, out) => return,
        Some(value) => match constant(value, ty, name, currency, schema, out) {
            Some(value) => Some(value),
            None => return,
        },
        None => None,
    };
    if let (Some((_, Fact { otherwise: Some(old), .. })), Some(new), None) = (&known, &otherwise, builtin)
        && old != new
    {
        let message = format!("the absence of `{name}` means something else in another version");
        out.push(
            Diagnostic::new(Code::DefinedTwice, fact.span, message)
                .help("say the same in every version: a till does not know which version will decide"),
        );
        return;
    }
    if let (Some((_, old)), Some(question)) = (&known, &fact.question)
        && !alike(old.question.as_deref(), Some(&question.node))
    {
        out.push(asked_twice(name, question.span));
        return;
    }
    match known {
        Some((id, _)) => {
            if let Some(old) = schema.facts.get_mut(usize::from(id.0)) {
                old.question = asked(fact).map(str::to_owned).or(old.question.take());
                old.otherwise = otherwise.or(old.otherwise);
                old.changeable |= fact.changeable;
                old.fresh = fact.fresh.as_ref().map(|f| f.node).or(old.fresh);
            }
        }
        None => {
            schema.add_fact(Fact {
                name: fact.name.node.clone(),
                question: asked(fact).map(str::to_owned),
                ty,
                scope,
                stage: if scope == Scope::Tender { Stage::Tenders } else { Stage::Facts },
                slot: 0,
                otherwise,
                changeable: fact.changeable,
                fresh: fact.fresh.as_ref().map(|f| f.node),
            });
        }
    }
}

/// How a fact is asked that is declared elsewhere or by the language.
fn question_item(question: &ast::Question, schema: &mut Schema, out: &mut Vec<Diagnostic>) {
    let ast::Question { fact: name, text, .. } = question;
    let Some(id) = schema.fact_named(&name.node).filter(|id| schema.fact(*id).is_some_and(is_told)) else {
        let known = schema.facts.iter().filter(|fact| is_told(fact)).map(|fact| fact.name.as_str());
        let add = format!("`fact {} \"…\" : yes or no, of the item` declares one", name.node);
        out.push(say::unknown("fact", name, known, Some(add)));
        return;
    };
    let Some(fact) = schema.facts.get_mut(usize::from(id.0)) else { return };
    match alike(fact.question.as_deref(), Some(&text.node)) {
        true => fact.question = Some(text.node.clone()),
        false => out.push(asked_twice(&name.node, text.span)),
    }
}

/// Whether requests tell a fact; others are worked out.
fn is_told(fact: &Fact) -> bool {
    matches!(fact.stage, Stage::Facts) || !builtin::ALL.iter().any(|(name, ..)| *name == fact.name)
}

fn asked_twice(name: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::DefinedTwice, place, format!("`{name}` is asked in other words already"))
        .help("ask it in the same words in every file and every version")
}

/// Whose fact it is. Its name may promise one: `item.…` is of the item.
fn scope_of_fact(fact: &ast::Fact, out: &mut Vec<Diagnostic>) -> Option<Scope> {
    let name = fact.name.node.as_str();
    let promised = match name.split('.').next() {
        Some("item" | "new") => Some((Scope::Line, "of the item")),
        Some("sale") => Some((Scope::Sale, "of the sale")),
        Some("visit") => Some((Scope::Visit, "of the visit")),
        Some("tender") => Some((Scope::Tender, "of the tender")),
        _ => None,
    };
    let customer = name.starts_with("customer.");
    let Some(said) = &fact.scope else {
        let message = match customer {
            true => format!("it is not said from when `{name}` counts: the sale or the return"),
            false => format!("it is not said whose fact `{name}` is"),
        };
        let help = match (customer, promised) {
            (true, _) => {
                "end the sentence with `, as of sale` (what the customer was when buying) or `, as of return` (what the customer is now)"
                    .to_owned()
            }
            (false, Some((_, words))) => format!("end the sentence with `, {words}`"),
            (false, None) => {
                "end the sentence with `, of the item`, `, of the sale`, `, of the visit` or `, of the tender`".to_owned()
            }
        };
        out.push(Diagnostic::new(Code::AsOfNotSaid, fact.span, message).help(help));
        return None;
    };
    let scope = match said.node {
        ast::FactScope::Visit | ast::FactScope::AsOfReturn => Scope::Visit,
        ast::FactScope::Sale | ast::FactScope::AsOfSale => Scope::Sale,
        ast::FactScope::Item => Scope::Line,
        ast::FactScope::Tender => Scope::Tender,
    };
    let as_of = matches!(said.node, ast::FactScope::AsOfSale | ast::FactScope::AsOfReturn);
    let wrong = |message: String, help: String| Some(Diagnostic::new(Code::WrongKind, said.span, message).help(help));
    let finding = match promised {
        _ if customer && scope > Scope::Sale => wrong(
            format!("`{name}` is a fact of the customer, not of {}", holder(scope)),
            "write `as of sale` or `as of return`; one that cannot change may be `of the visit`".to_owned(),
        ),
        Some((wanted, words)) if wanted != scope => wrong(
            format!("`{name}` is by its name a fact {words}"),
            format!("write `{words}`, or give the fact another name"),
        ),
        _ if as_of && !customer => wrong(
            "`as of` is said of facts of the customer, whose names begin with `customer.`".to_owned(),
            format!("write `of {}`", holder(scope)),
        ),
        _ => None,
    };
    match finding {
        Some(finding) => {
            out.push(finding);
            None
        }
        None => Some(scope),
    }
}

fn holder(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "the visit",
        Scope::Sale => "the sale",
        Scope::Line => "the item",
        Scope::Tender => "the tender",
    }
}

/// A constant as a value of the type of a fact; a wrong one is reported.
pub(super) fn constant(
    value: &Spanned<ast::Value>,
    ty: Type,
    fact: &str,
    currency: Option<Currency>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) -> Option<Value> {
    match (ty, &value.node) {
        (Type::YesNo, ast::Value::Name(name)) if name == "yes" || name == "no" => {
            return Some(Value::Bool(name == "yes"));
        }
        (Type::Word(id), ast::Value::Name(name)) => {
            let domain = schema.domain(id)?;
            if let Some(found) = domain.find(name) {
                return Some(Value::Word(found));
            }
            let finding = Diagnostic::new(Code::UnknownName, value.span, format!("`{fact}` is never `{name}`"));
            let add = say::adds(id, name).or_else(|| Some(format!("a new one is added to `fact {fact} : one of …`")));
            let name = Spanned::new(name.clone(), value.span);
            out.push(say::meant(finding, &name, domain.words.iter().map(String::as_str), add));
            return None;
        }
        (Type::Number, ast::Value::Number(n)) => return Some(Value::Number(*n)),
        (Type::WholeNumber, ast::Value::Number(n)) if n.fract().is_zero() => return Some(Value::Number(*n)),
        (Type::Money, ast::Value::Money { amount, .. }) => return Some(Value::Number(*amount)),
        (Type::Date, ast::Value::Date(date)) => return Some(Value::Date(*date)),
        (Type::Text, ast::Value::Name(text)) => return Some(Value::Text(schema.text(text))),
        _ => {}
    }
    let (found, written) = say::constant(&value.node);
    let message = match (ty, &value.node) {
        (Type::WholeNumber, ast::Value::Number(_)) => format!("`{fact}` is a whole number, and `{written}` is none"),
        (Type::Texts, _) => format!("`{fact}` is a list of texts and cannot be compared with a single one"),
        _ => format!("`{fact}` is {}, and `{written}` is {found}", say::kind_of(ty)),
    };
    let help = match (ty, &value.node) {
        (Type::Money, ast::Value::Number(n)) => {
            let amount = currency.map_or_else(|| format!("{n} USD"), |currency| say::money(*n, currency));
            format!("write the amount with its currency: `{amount}`")
        }
        (Type::Money, _) => "write an amount with its currency, such as `100.00 USD`".to_owned(),
        (Type::YesNo, _) => format!("write `{fact}` by itself, or `not {fact}`"),
        (Type::Number | Type::WholeNumber, ast::Value::Money { amount, .. }) => {
            format!("write the number alone: `{}`", amount.normalize())
        }
        (Type::Number | Type::WholeNumber, _) => "write a number, such as `3`".to_owned(),
        (Type::Date, _) => "write a day as year, month and day: `2026-01-15`".to_owned(),
        (Type::Text, _) => format!("put it in quotes: `\"{written}\"`"),
        (Type::Word(id), _) => {
            let words = schema.domain(id).map(|d| d.words.join(", ")).unwrap_or_default();
            format!("known: {words}")
        }
        (Type::Texts, _) => format!("turn it round: a text fact may be in the list, as in `item.sku in {fact}`"),
    };
    out.push(Diagnostic::new(Code::WrongKind, value.span, message).help(help));
    None
}
