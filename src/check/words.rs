//! The words of a version: its remedies, tenders, roles, categories, lists, seasons and facts. Collected before anything
//! that uses them, so that order in the files does not matter.

use std::cell::RefCell;

use crate::analysis::{Judged, Question};
use crate::date::{Instance, Season, SeasonDates};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{CategoryGroup, Schema, SeasonId, TextId};
use crate::money::Currency;
use crate::source::{Span, Spanned};
use crate::syntax::{ast, spelled};

use super::facts::{Declared, fact_item, question_item};
use super::files::Plan;
use super::names::Names;
use super::vocabulary::vocabulary;

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
    // Words of the shop first: facts and everything else may name them, wherever they stand.
    let mut words = Words {
        categories: Names::new("category"),
        lists: Names::new("list"),
        seasons: Names::new("season"),
        forms: Names::new("form"),
        facts: Vec::new(),
        remedies: vocabulary(plan, schema, out),
        remedies_named: RefCell::default(),
    };
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
pub(super) fn once_each(list: &[Spanned<String>], what: &str, out: &mut Vec<Diagnostic>) {
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
