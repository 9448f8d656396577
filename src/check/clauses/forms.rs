//! Forms and their fields.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, Scope};
use crate::model::{Attribute, Clause};
use crate::program::{Field, FieldType, Form, Kept};
use crate::source::Spanned;
use crate::syntax::ast::{self};

use super::Clauses;
use crate::check::conditions::scope_of;
use crate::check::files::Plan;

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
                    || !c.statements.iter().any(|s| matches!(s.attribute, Attribute::Field(f, _) if f == number))
            });
            let mut fields: Vec<Field> = Vec::new();
            for field in &form.fields {
                if fields.iter().any(|f| *f.name == *field.name.node) {
                    self.cx.out.push(Diagnostic::new(
                        Code::DefinedTwice,
                        field.name.span,
                        format!("a second field called `{}`", field.name.node),
                    ));
                }
                let required = match &field.required {
                    Some(ast::Required::Always) => Some(Cond::Always),
                    Some(ast::Required::When(condition)) => {
                        let Some(cond) = self.cx.condition(condition) else { continue };
                        let scope = scope_of(&cond, self.cx.schema);
                        if scope > Scope::Line {
                            self.cx.out.push(Diagnostic::new(
                                Code::ScopeTooFine,
                                condition.span,
                                "a form belongs to a line or the visit, not to a tender",
                            ));
                            continue;
                        }
                        of_visit &= scope == Scope::Visit;
                        Some(cond)
                    }
                    Some(ast::Required::Optional) => None,
                    None => {
                        self.cx.out.push(
                            Diagnostic::new(
                                Code::FieldNotSaid,
                                field.span,
                                format!("must `{}` be filled in?", field.name.node),
                            )
                            .help("add `, required`, `, required when …` or `, optional`"),
                        );
                        continue;
                    }
                };
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
                    from: field.from.as_ref().map(text),
                    kept: field.kept.as_ref().map(|k| match k.node {
                        ast::Kept::Never => Kept::Never,
                        ast::Kept::HashFor(length) => Kept::HashFor(length),
                        ast::Kept::For(length) => Kept::For(length),
                    }),
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
}
