//! Forms: for staff every field, for customers what they bring or tell.

use maud::{Markup, html};
use takeback::facts::Cond;
use takeback::program::{AnswerIs, AttributeValue, ClauseId, Field, FieldType, Told as Prefill};
use takeback::terms::{AnswerKind, Order};

use super::Page;
use crate::clauses::{tree, value};
use takeback::{Arg, Join};

impl Page<'_> {
    /// Every form with all its fields.
    pub(super) fn forms(&self) -> Markup {
        let words = self.words();
        let [field, kind, needed, who, kept] =
            ["th-field", "th-kind", "th-needed", "th-who", "th-kept"].map(|key| words.say(key));
        html! {
            @for (at, form) in self.view.version.forms.iter().enumerate() {
                @let title = self.view.form_title(at);
                div.form id=(format!("form.{}", form.label)) {
                    h3 { (title) }
                    (self.asked(at))
                    table role="table" {
                        caption { (words.tell("caption-form", &[("form", &title)])) }
                        (self.head(&[&field, &kind, &needed, &who, &kept]))
                        tbody role="rowgroup" {
                            @for (number, of) in form.fields.iter().enumerate() {
                                tr role="row" {
                                    th role="rowheader" scope="row" {
                                        (self.view.field_title((at, number)))
                                        @if let Some(purpose) = self.view.purpose((at, number)) { " " span.case { (purpose) } }
                                    }
                                    td role="cell" data-label=(kind) { (self.kind(of)) }
                                    td role="cell" data-label=(needed) { (self.needed(at, of)) }
                                    td role="cell" data-label=(who) { (self.who(of)) }
                                    td role="cell" data-label=(kept) {
                                        (of.kept.map_or_else(|| words.say("kept-plain"), |kept| self.view.told.kept(kept)))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What customers bring or tell, form by form.
    pub(super) fn bring(&self) -> Markup {
        let words = self.words();
        let forms = self.view.version.forms.iter().enumerate();
        let forms: Vec<(usize, Vec<usize>)> = forms
            .map(|(at, form)| {
                (at, (0..form.fields.len()).filter(|field| self.view.of_customer((at, *field))).collect())
            })
            .filter(|(at, fields): &(usize, Vec<usize>)| !fields.is_empty() && !self.askers(*at).is_empty())
            .collect();
        html! {
            @for (at, fields) in &forms {
                @let label = self.view.version.forms.get(*at).map_or("", |form| &form.label);
                div.form id=(format!("form.{label}")) {
                    h3 { (self.view.form_title(*at)) }
                    (self.asked(*at))
                    p { (words.say("we-need")) }
                    ul {
                        @for number in fields {
                            @if let Some(field) = self.view.version.forms.get(*at).and_then(|form| form.fields.get(*number)) {
                                li {
                                    (self.view.field_title((*at, *number)))
                                    @if field.required.as_ref() != Some(&Cond::Always) || !field.when.is_empty() {
                                        " (" (self.needed(*at, field)) ")"
                                    }
                                    @if let Some(purpose) = self.view.purpose((*at, *number)) { ": " (words.tell("quoted", &[("what", &purpose)])) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Which clauses ask for a form, and when.
    fn asked(&self, form: usize) -> Markup {
        html! {
            p.asked {
                (self.say("asked"))
                @for (at, (clause, answers)) in self.askers(form).into_iter().enumerate() {
                    @let conds = self.conds_of(clause);
                    @let when = self.view.told.all(conds.iter().copied());
                    @let when = when.map_or_else(|| self.say("case-always"), |when| self.words().tell("required-when", &[("what", &when)]));
                    @let when = if answers == AnswerKind::GOES_THROUGH { when } else { self.view.if_answers(&when, &answers) };
                    (if at > 0 { "; " } else { " " }) (self.link(clause)) " (" (when) ")"
                }
            }
        }
    }

    /// The clauses that ask for a form or a part of it, and the answers they do so for.
    fn askers(&self, form: usize) -> Vec<(ClauseId, Vec<AnswerKind>)> {
        let version = self.view.version;
        let all = std::iter::once(&version.attributes).chain(version.laws.iter().map(|law| &law.attributes));
        let mut found: Vec<(ClauseId, Vec<AnswerKind>)> = Vec::new();
        for answers in all.filter_map(|attributes| attributes.fields.get(form)) {
            for (answer, fields) in AnswerKind::ALL.into_iter().zip(answers) {
                for statement in fields.iter().filter_map(|at| tree(version, *at)).flat_map(|tree| &tree.statements) {
                    if value(version, statement.value) != Some(&AttributeValue::Yes) {
                        continue;
                    }
                    match found.iter_mut().find(|(clause, _)| *clause == statement.clause) {
                        Some((_, kinds)) if kinds.contains(&answer) => {}
                        Some((_, kinds)) => kinds.push(answer),
                        None => found.push((statement.clause, vec![answer])),
                    }
                }
            }
        }
        found
    }

    fn kind(&self, field: &Field) -> String {
        let words = self.words();
        let mut text = match &field.ty {
            FieldType::OneOf(options) => words.tell("options", &[("what", &words.list(options, Join::Or))]),
            FieldType::Signature(role) => words.tell("signature-of", &[("role", &Arg::Name("role", (&**role).into()))]),
            other => words.name("type", other.word()),
        };
        let from = match field.prefilled {
            Some(Prefill::Fact(fact)) => Some(self.view.told.the(fact)),
            Some(Prefill::Serials | Prefill::Field(_)) | None => None,
        };
        if let Some(from) = from {
            text = format!("{text}; {}", words.tell("prefilled", &[("what", &from)]));
        }
        if !field.printed {
            text = format!("{text}; {}", words.say("not-printed"));
        }
        text
    }

    /// When a field needs an answer.
    fn needed(&self, form: usize, field: &Field) -> String {
        let words = self.words();
        let Some(required) = &field.required else { return words.say("optional") };
        let mut conds: Vec<String> = self.view.told.all([required]).into_iter().collect();
        for test in &field.when {
            let name = words.tell("quoted", &[("what", &self.view.field_title((form, usize::from(test.field))))]);
            let (key, value) = match &test.is {
                AnswerIs::Yes => (if test.negated { "cond-no" } else { "cond-yes" }, String::new()),
                AnswerIs::OneOf(options) => {
                    (if test.negated { "cond-is-not" } else { "cond-is" }, words.list(options, Join::Or))
                }
                AnswerIs::Number(order, number) => {
                    let key = match order {
                        Order::AtLeast => "cond-at-least",
                        Order::AtMost => "cond-at-most",
                        Order::Over => "cond-over",
                        Order::Under => "cond-under",
                        Order::Exactly => "cond-exactly",
                    };
                    (key, words.number(*number))
                }
            };
            conds.push(words.tell(key, &[("what", &name), ("value", &value)]));
        }
        match conds.as_slice() {
            [] => words.say("required"),
            conds => words.tell("required-when", &[("what", &words.list(conds, Join::And))]),
        }
    }

    fn who(&self, field: &Field) -> String {
        let of = match (&field.ty, &field.from) {
            (FieldType::Signature(role), _) => Some(role),
            (_, from) => from.as_ref(),
        };
        of.map_or_else(|| self.say("not-applicable"), |role| self.words().name("role", role))
    }
}
