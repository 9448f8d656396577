//! Which fields are asked: for lines that are accepted, pending or referred, once a visit or once a line.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use takeback::syntax::ast;

use super::book::Clause;
use super::conditions::{Case, Key, Place, Scope, fact_of, scope};
use super::decide::{Line, Outcome};
use super::stated::{Attr, Stated, Statement};

impl Case<'_> {
    /// By `form.field` and line (`""` is the visit): `required` or `optional`.
    pub(crate) fn paperwork(&self, lines: &[Line]) -> Result<BTreeMap<(String, String), &'static str>, Key> {
        let mut asked = BTreeMap::new();
        for (label, form) in &self.edition.forms {
            let of_the_visit = self.is_of_the_visit(label, form);
            for field in &form.fields {
                let attr = Attr::Field(label.clone(), field.name.node.clone());
                for (line, found) in lines.iter().enumerate() {
                    if found.outcome > Outcome::Refer {
                        continue;
                    }
                    let place = if of_the_visit { Place::default() } else { self.place(line) };
                    let rank = |statement: &Statement| {
                        let not_asked = statement.value != Stated::Asked(true);
                        Ok(vec![if not_asked { Decimal::ONE } else { Decimal::ZERO }])
                    };
                    let found = self.resolve(self.edition, &attr, place, &rank)?;
                    if !found.is_some_and(|found| !found.conflict && *found.value() == Stated::Asked(true)) {
                        continue;
                    }
                    let needed = match &field.required {
                        Some(ast::Required::Always) => "required",
                        Some(ast::Required::When(condition)) => match self.holds(self.edition, condition, place)? {
                            true => "required",
                            false => continue,
                        },
                        Some(ast::Required::Optional) | None => "optional",
                    };
                    let id = if of_the_visit { String::new() } else { self.visit.returns[line].id.clone() };
                    asked.insert((format!("{label}.{}", field.name.node), id), needed);
                }
            }
        }
        Ok(asked)
    }

    /// Whether all clauses that speak of a form have conditions on the visit only, and all its fields too.
    fn is_of_the_visit(&self, label: &str, form: &ast::Form) -> bool {
        let fields = form.fields.iter().map(|field| format!("{label}.{}", field.name.node));
        let names: Vec<String> = fields.chain([label.to_owned()]).collect();
        self.edition.clauses.iter().all(|clause| self.asks_of_the_visit(clause, &names, true))
            && form.fields.iter().all(|field| match &field.required {
                Some(ast::Required::When(condition)) => self.finest(condition) == Scope::Visit,
                Some(ast::Required::Always | ast::Required::Optional) | None => true,
            })
    }

    fn asks_of_the_visit(&self, clause: &Clause, names: &[String], around: bool) -> bool {
        let here = around && clause.when.as_ref().is_none_or(|when| self.finest(when) == Scope::Visit);
        let says = clause.says.iter().any(|says| match &says.kind {
            ast::StatementKind::Collect(fields) | ast::StatementKind::Waive(fields) => {
                fields.iter().any(|field| names.contains(&field.node))
            }
            _ => false,
        });
        (here || !says) && clause.exceptions.iter().all(|exception| self.asks_of_the_visit(exception, names, here))
    }

    /// The finest scope a condition speaks of.
    pub(crate) fn finest(&self, condition: &ast::Condition) -> Scope {
        use ast::ConditionKind as Kind;
        match &condition.kind {
            Kind::All(parts) | Kind::Any(parts) => {
                parts.iter().map(|part| self.finest(part)).max().unwrap_or(Scope::Visit)
            }
            Kind::Not(part) => self.finest(part),
            Kind::SameAs { fact, other, .. } | Kind::Compared { fact, other, .. } => {
                scope(self.edition, &fact.node).max(scope(self.edition, &other.node))
            }
            Kind::In { fact, list, .. } if self.edition.facts.contains_key(&list.node) => {
                scope(self.edition, &fact.node).max(scope(self.edition, &list.node))
            }
            Kind::AnyLine(_) | Kind::EveryLine(_) | Kind::LineCount { .. } | Kind::RefundTotal { .. } => Scope::Visit,
            Kind::AnyTender(_) => Scope::Sale,
            Kind::OnDuty { .. }
            | Kind::InCategory { .. }
            | Kind::Yes(_)
            | Kind::Is { .. }
            | Kind::Order { .. }
            | Kind::DaysSince { .. }
            | Kind::In { .. }
            | Kind::Before { .. }
            | Kind::From { .. } => scope(self.edition, &fact_of(condition).unwrap()),
        }
    }
}
