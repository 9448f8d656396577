//! Which fields are asked for what came of lines, once a visit or once a line.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use takeback::syntax::ast;
use takeback::terms::AnswerKind;

use super::book::Clause;
use super::conditions::{Case, Key, Place, Scope, fact_of, scope};
use super::decide::{Line, Outcome, Status};
use super::stated::{Attr, Stated, Statement};

impl Case<'_> {
    /// By `form.field` and line (`""` is the visit): `required` or `optional`.
    pub(crate) fn paperwork(&self, lines: &[Line]) -> Result<BTreeMap<(String, String), &'static str>, Key> {
        let mut asked = BTreeMap::new();
        for (label, form) in &self.edition.forms {
            let of_the_visit = self.is_of_the_visit(label, form);
            for field in &form.fields {
                let all = lines.iter().enumerate();
                let answered: Vec<(usize, AnswerKind)> = all
                    .map(|(line, found)| Ok(self.answers(line, found)?.into_iter().map(move |answer| (line, answer))))
                    .collect::<Result<Vec<_>, Key>>()?
                    .into_iter()
                    .flatten()
                    .collect();
                for (line, answer) in answered {
                    let attr = Attr::Field(label.clone(), field.name.node.clone(), answer);
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

    /// What came of a line, as `if` asks for it.
    fn answers(&self, line: usize, found: &Line) -> Result<Vec<AnswerKind>, Key> {
        if found.gone {
            return Ok(Vec::new());
        }
        let mut answers = match found.outcome {
            Outcome::Accept => vec![AnswerKind::Accepted],
            Outcome::Pending => vec![AnswerKind::Pending],
            Outcome::Refer => vec![AnswerKind::Referred],
            Outcome::Decline => match found.remedies[&self.wants(line)?].status {
                Status::NotOffered => vec![AnswerKind::Declined],
                Status::Expired => vec![AnswerKind::Expired],
                // Stopped, which is told below, or held back by the rest of the visit.
                _ => Vec::new(),
            },
            Outcome::Undetermined => Vec::new(),
        };
        if found.stopped && found.outcome == Outcome::Decline {
            answers.push(AnswerKind::Stopped);
        }
        Ok(answers)
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
            ast::StatementKind::Collect { forms: fields, .. } | ast::StatementKind::Waive(fields) => {
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
