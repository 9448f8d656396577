//! Forms and their fields, and what `collect` and `waive` name.

use std::sync::Arc;

use crate::check::conditions::scope_of;
use crate::check::files::Plan;
use crate::check::say;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, Scope, domain};
use crate::model::{Attribute, Clause};
use crate::program::{Field, FieldType, Form, Kept};
use crate::source::Spanned;
use crate::syntax::ast;
use crate::terms::AnswerKind;

use super::fields::Seat;
use super::sentences::Counted;
use super::{Clauses, is_guard};

impl Clauses<'_, '_> {
    pub(super) fn forms(&mut self, plan: &Plan<'_>, clauses: &[Clause]) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (_, item) in plan.items() {
            let ast::Item::Form(form) = item else { continue };
            if seen.contains(&form.label.node) {
                continue;
            }
            seen.push(form.label.node.clone());
            let number = u16::try_from(forms.len()).unwrap_or(u16::MAX);
            let mut of_visit = clauses.iter().all(|c| {
                c.scope == Scope::Visit
                    || !c.statements.iter().any(|s| matches!(s.attribute, Attribute::Field(f, ..) if f == number))
            });
            let mut fields: Vec<Field> = Vec::new();
            for field in &form.fields {
                let first = form
                    .fields
                    .iter()
                    .find(|f| f.name.node == field.name.node)
                    .map_or(field.name.span, |f| f.name.span);
                if first != field.name.span {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::DefinedTwice,
                            field.name.span,
                            format!("a second field called `{}`", field.name.node),
                        )
                        .label(first, "the first one")
                        .help("give one of them another name"),
                    );
                }
                self.people(field);
                if let Some(Spanned { node: ast::Kept::HashFor(length) | ast::Kept::For(length), span }) = &field.kept {
                    self.length(*length, *span, Counted::Kept);
                }
                let seat = Seat::new(form, field);
                let mut when = Vec::new();
                let required = match &field.required {
                    Some(ast::Required::Always) => Some(Cond::Always),
                    Some(ast::Required::When(condition)) => {
                        let Some((facts, answers)) = self.required_when(&seat, condition) else { continue };
                        when = answers;
                        let Some(cond) = facts.map_or(Some(Cond::Always), |facts| self.cx.condition(&facts)) else {
                            continue;
                        };
                        let scope = scope_of(&cond, self.cx.schema);
                        if scope > Scope::Line {
                            let help = match say::written(self.cx.sources, condition.span)
                                .filter(|w| !w.contains("tender.amount"))
                            {
                                Some(written) => {
                                    format!("ask what the sale was paid with: `required when any tender ({written})`")
                                }
                                None => "ask what the sale was paid with: `required when any tender (tender is cash)`"
                                    .to_owned(),
                            };
                            let message = "a form is filled in for a line or for the visit, but this condition asks about each tender the money goes back to";
                            self.cx.out.push(Diagnostic::new(Code::ScopeTooFine, condition.span, message).help(help));
                            continue;
                        }
                        of_visit &= scope == Scope::Visit;
                        Some(cond)
                    }
                    Some(ast::Required::Optional) => None,
                    None => {
                        self.cx.out.push(
                            Diagnostic::new(Code::FieldNotSaid, field.span, format!("must `{}` be filled in?", field.name.node))
                                .help("end the line with `, required`, with `, required when` and a condition, or with `, optional`"),
                        );
                        continue;
                    }
                };
                let told = self.told(&seat);
                of_visit &= told.scope == Scope::Visit;
                let text = |s: &Spanned<String>| -> Arc<str> { s.node.as_str().into() };
                fields.push(Field {
                    name: text(&field.name),
                    title: field.title.as_ref().map(text),
                    ty: match &field.ty.node {
                        ast::FieldType::Text => FieldType::Text,
                        ast::FieldType::Number => FieldType::Number,
                        ast::FieldType::WholeNumber => FieldType::WholeNumber,
                        ast::FieldType::Money => FieldType::Money,
                        ast::FieldType::Date => FieldType::Date,
                        ast::FieldType::YesNo => FieldType::YesNo,
                        ast::FieldType::OneOf(names) => FieldType::OneOf(names.iter().map(text).collect()),
                        ast::FieldType::Signature(of) => FieldType::Signature(text(of)),
                        ast::FieldType::Photo => FieldType::Photo,
                        ast::FieldType::Email => FieldType::Email,
                        ast::FieldType::Phone => FieldType::Phone,
                        ast::FieldType::Address => FieldType::Address,
                        ast::FieldType::Imei => FieldType::Imei,
                        ast::FieldType::Gtin => FieldType::Gtin,
                    },
                    required,
                    when,
                    prefilled: told.prefilled,
                    checks: told.checks,
                    printed: field.not_printed.is_none(),
                    from: field.from.as_ref().map(text),
                    kept: field.kept.as_ref().map(|kept| keeping(kept.node)),
                    identity: field.identity.is_some(),
                    purpose: field.purpose.as_ref().map(text),
                });
            }
            forms.push(Form {
                label: form.label.node.as_str().into(),
                title: form.title.as_ref().map(|t| t.node.as_str().into()),
                of_visit,
                fields,
            });
        }
        forms
    }

    /// Checks who fills a field in and who signs it.
    pub(super) fn people(&mut self, field: &ast::Field) {
        let signs = match &field.ty.node {
            ast::FieldType::Signature(of) => Some(of),
            _ => None,
        };
        for who in field.from.iter().chain(signs) {
            let roles = self.cx.schema.roles.iter().map(|r| r.name.as_str());
            let mut known = ["customer", "buyer", "recipient"].into_iter().chain(roles);
            if !known.any(|k| k == who.node) {
                let roles = self.cx.schema.roles.iter().map(|r| r.name.as_str());
                let add = say::adds(domain::ROLES, &who.node);
                self.cx.out.push(say::unknown(
                    "person",
                    who,
                    ["customer", "buyer", "recipient"].into_iter().chain(roles),
                    add,
                ));
            }
        }
    }

    /// The fields a name stands for: a form, a field of one, or (to waive) the guards of a clause. Each for these answers.
    pub(super) fn fields(&mut self, name: &ast::Name, waive: bool, answers: &[AnswerKind]) -> Vec<Attribute> {
        let (form, field) = match name.node.split_once('.') {
            Some((form, field)) => (form, Some(field)),
            None => (name.node.as_str(), None),
        };
        if waive && field.is_none() {
            let path = ast::LabelPath { parts: form.split('/').map(str::to_owned).collect(), span: name.span };
            let is_form = self.cx.words.forms.has(form);
            let clause = match is_form {
                true => self.tree.find(&path, None, &mut Vec::new()).filter(|clause| self.guards(*clause)),
                false => match self.tree.find(&path, None, self.cx.out) {
                    Some(clause) => Some(clause),
                    None => return Vec::new(),
                },
            };
            if let (true, Some(clause)) = (is_form, clause) {
                let finding = Diagnostic::new(
                    Code::AmbiguousLabel,
                    name.span,
                    format!("`{form}` is a form and a clause that sends to a person"),
                );
                let finding =
                    self.cx.words.forms.span(form).into_iter().fold(finding, |f, span| f.label(span, "the form"));
                let finding = self
                    .tree
                    .drafts
                    .get(clause)
                    .into_iter()
                    .fold(finding, |f, d| f.label(d.ast.label.span, "the clause"));
                self.cx.out.push(finding.help("give one of them another name, so that it is clear what is waived"));
                return Vec::new();
            }
            if let Some(clause) = clause {
                if !self.guards(clause) {
                    let message = format!(
                        "`{}` collects nothing and sends to nobody by itself, so there is nothing to waive",
                        name.node
                    );
                    let finding = Diagnostic::new(Code::WrongKind, name.span, message);
                    let finding = self
                        .tree
                        .drafts
                        .get(clause)
                        .into_iter()
                        .fold(finding, |f, d| f.label(d.ast.label.span, "this clause"));
                    self.cx.out.push(finding.help("`waive` names a form, a field of one (`slip.phone`), or a clause with `refer`, `verify` or `stop`"));
                    return Vec::new();
                }
                return vec![Attribute::Guard(clause)];
            }
        }
        let found = Spanned::new(form.to_owned(), name.span);
        let Some((at, fields)) = self.cx.words.forms.find(&found, self.cx.out) else { return Vec::new() };
        let count = u16::try_from(fields.len()).unwrap_or(u16::MAX);
        let each = |field: u16| answers.iter().map(move |answer| Attribute::Field(*at, field, *answer));
        match field {
            None => (0..count).flat_map(each).collect(),
            Some(field) => match fields.iter().position(|f| f == field).and_then(|f| u16::try_from(f).ok()) {
                Some(f) => each(f).collect(),
                None => {
                    let field = Spanned::new(field.to_owned(), say::part(self.cx.sources, name.span, field));
                    let add = format!("a line in `form {form}` adds one: `{} text, required`", field.node);
                    self.cx.out.push(say::unknown("field", &field, fields.iter().map(String::as_str), Some(add)));
                    Vec::new()
                }
            },
        }
    }

    /// Whether a clause sends to a person or stops.
    pub(super) fn guards(&self, clause: usize) -> bool {
        self.tree.drafts.get(clause).is_some_and(|d| d.ast.body.iter().any(is_guard))
    }
}

/// How an answer is kept.
pub(super) fn keeping(kept: ast::Kept) -> Kept {
    match kept {
        ast::Kept::Never => Kept::Never,
        ast::Kept::HashFor(length) => Kept::HashFor(length),
        ast::Kept::For(length) => Kept::For(length),
    }
}
