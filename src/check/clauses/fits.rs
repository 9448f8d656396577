//! Whether the conditions around a sentence may decide what it says: whose it is, and when it is settled.

use crate::check::say;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Schema, Scope, Stage};
use crate::model::{Attribute, Clause};
use crate::source::Span;
use crate::syntax::ast::{self, ConditionKind};

use super::Clauses;

impl Clauses<'_, '_> {
    /// Whether a clause's conditions may decide an attribute; if not, it is reported.
    pub(super) fn fits(&mut self, at: usize, clauses: &[Clause], attribute: Attribute, span: Span) -> bool {
        let Some(clause) = clauses.get(at) else { return false };
        let scope = clause.holder(attribute);
        if clause.scope > scope {
            let holder = match scope {
                Scope::Visit => "once for the visit",
                Scope::Sale => "once for the whole sale",
                Scope::Line => "for each line",
                Scope::Tender => "for each tender",
            };
            let message = format!(
                "{} {} settled {holder}, but this condition asks about {}",
                self.about(attribute),
                is_or_are(attribute),
                say::asks_about(clause.scope)
            );
            let finding = Diagnostic::new(Code::ScopeTooFine, span, message);
            let finding = match clause.scope {
                Scope::Tender => self.any_tender(at, finding),
                Scope::Visit | Scope::Sale | Scope::Line => {
                    let leaf = self.leaf(at, |leaf, schema| {
                        leaf_facts(leaf).iter().any(|f| f.is_none_or(|f| scope_named(f, schema) == clause.scope))
                    });
                    let finding = match leaf {
                        Some(leaf) => finding.label(leaf, "this is asked of each line"),
                        None => finding,
                    };
                    let written =
                        leaf.and_then(|leaf| say::written(self.cx.sources, leaf)).unwrap_or_else(|| "…".to_owned());
                    finding.help(format!("ask about the sale, such as `sale.channel is online`, or about the visit: `any line ({written})`"))
                }
            };
            self.cx.out.push(finding);
            return false;
        }
        let allowed = clause.may_settle(attribute);
        if !allowed {
            let leaf = self.leaf(at, |leaf, schema| leaf_stage(leaf, schema) == clause.stage);
            let written = leaf.and_then(|leaf| say::written(self.cx.sources, leaf));
            let message = match &written {
                Some(written) => {
                    format!("{} {} settled before `{written}` is known", self.about(attribute), is_or_are(attribute))
                }
                None => {
                    format!("{} {} settled before this condition is known", self.about(attribute), is_or_are(attribute))
                }
            };
            let finding = Diagnostic::new(Code::ReadsLater, span, message);
            let finding = match leaf {
                Some(leaf) => finding.label(leaf, format!("known only {}", say::known_once(clause.stage))),
                None => finding,
            };
            let help = match clause.stage {
                Stage::Tenders => match written {
                    Some(written) if !written.contains("tender.amount") => {
                        format!("ask what the sale was paid with: `any tender ({written})`")
                    }
                    _ => "ask what the sale was paid with: `any tender (tender is cash)`".to_owned(),
                },
                _ => "ask for something that is known from the start, such as `item.price` or `sale.total`".to_owned(),
            };
            self.cx.out.push(finding.help(help));
        }
        allowed
    }

    /// Adds to a finding what part of a condition asks about tenders, and how the sale is asked instead.
    pub(super) fn any_tender(&self, at: usize, finding: Diagnostic) -> Diagnostic {
        let leaf = self.leaf(at, |leaf, schema| {
            leaf_facts(leaf).iter().any(|f| f.is_some_and(|f| scope_named(f, schema) == Scope::Tender))
        });
        let written = leaf
            .and_then(|leaf| say::written(self.cx.sources, leaf))
            .filter(|written| !written.contains("tender.amount"));
        let finding = match leaf {
            Some(leaf) => finding.label(leaf, "this is asked of each tender"),
            None => finding,
        };
        finding.help(format!(
            "ask what the sale was paid with: `any tender ({})`",
            written.as_deref().unwrap_or("tender is cash")
        ))
    }

    /// The place of the first simple condition, of a clause or one around it, that something is true of.
    pub(super) fn leaf(&self, at: usize, is_it: impl Fn(&ast::Condition, &Schema) -> bool) -> Option<Span> {
        let chain = self.tree.ways_up(at).into_iter().flatten();
        let conditions = chain.filter_map(|at| self.tree.drafts.get(at)).filter_map(|d| d.ast.when.as_ref());
        for condition in conditions {
            let mut leaves = Vec::new();
            simple_parts(condition, &mut leaves);
            if let Some(leaf) = leaves.into_iter().find(|leaf| is_it(leaf, self.cx.schema)) {
                return Some(leaf.span);
            }
        }
        None
    }

    /// An attribute as messages name it.
    pub(super) fn about(&self, attribute: Attribute) -> String {
        let fee = |f: u16| self.header.choices.fees.get(usize::from(f)).map_or("", |f| &*f.name).to_owned();
        match attribute {
            Attribute::Remedy(r) => format!("the remedy `{}`", self.cx.schema.remedy(r)),
            Attribute::Start(_) => "the start of a window".to_owned(),
            Attribute::Window(_) => "the window".to_owned(),
            Attribute::Basis(_) => "the basis".to_owned(),
            Attribute::Fee(f, _) => format!("the fee `{}`", fee(f)),
            Attribute::Deduction(d, _) => {
                format!("the deduction `{}`", self.deductions.get(usize::from(d)).map_or("", String::as_str))
            }
            Attribute::Tax => "the tax".to_owned(),
            Attribute::Shipping => "the shipping".to_owned(),
            Attribute::Discounts => "discounts".to_owned(),
            Attribute::Pay => "where the money goes".to_owned(),
            Attribute::Hold => "how long money is held".to_owned(),
            Attribute::Due => "when money is due".to_owned(),
            Attribute::Field(..) => "this form".to_owned(),
            Attribute::Guard(_) => "whether somebody has to decide".to_owned(),
            Attribute::OneOf => "the choice among the remedies".to_owned(),
            Attribute::Deadline => "what must happen before it ends".to_owned(),
            Attribute::NoFees => "all fees".to_owned(),
            Attribute::NoDeductions => "all deductions".to_owned(),
            Attribute::Identity => "what is kept of identity documents".to_owned(),
        }
    }
}

fn is_or_are(attribute: Attribute) -> &'static str {
    if attribute == Attribute::Discounts { "are" } else { "is" }
}

/// The parts of a condition that are not made of others by `and`, `or` and `not`.
fn simple_parts<'a>(condition: &'a ast::Condition, out: &mut Vec<&'a ast::Condition>) {
    match &condition.kind {
        ConditionKind::All(parts) | ConditionKind::Any(parts) => parts.iter().for_each(|part| simple_parts(part, out)),
        ConditionKind::Not(inner) => simple_parts(inner, out),
        _ => out.push(condition),
    }
}

/// The facts a simple condition asks for; nothing in the place of the item's categories.
fn leaf_facts(leaf: &ast::Condition) -> Vec<Option<&str>> {
    match &leaf.kind {
        ConditionKind::InCategory { .. } => vec![None],
        ConditionKind::Yes(fact)
        | ConditionKind::Is { fact, .. }
        | ConditionKind::Order { fact, .. }
        | ConditionKind::DaysSince { fact, .. }
        | ConditionKind::Before { fact, .. }
        | ConditionKind::From { fact, .. } => vec![Some(&fact.node)],
        ConditionKind::In { fact, list: other, .. }
        | ConditionKind::SameAs { fact, other, .. }
        | ConditionKind::Compared { fact, other, .. } => {
            vec![Some(&fact.node), Some(&other.node)]
        }
        ConditionKind::All(_) | ConditionKind::Any(_) | ConditionKind::Not(_) => Vec::new(),
        ConditionKind::AnyLine(_) | ConditionKind::AnyTender(_) | ConditionKind::EveryLine(_) => Vec::new(),
        ConditionKind::LineCount { .. } | ConditionKind::RefundTotal { .. } | ConditionKind::OnDuty { .. } => {
            Vec::new()
        }
    }
}

/// The stage at which a simple condition is known.
fn leaf_stage(leaf: &ast::Condition, schema: &Schema) -> Stage {
    let inner = |of: &ast::Condition| {
        let mut parts = Vec::new();
        simple_parts(of, &mut parts);
        parts.into_iter().map(|part| leaf_stage(part, schema)).max().unwrap_or(Stage::Facts)
    };
    match &leaf.kind {
        ConditionKind::AnyLine(of) | ConditionKind::EveryLine(of) | ConditionKind::LineCount { of, .. } => inner(of),
        ConditionKind::RefundTotal { of, .. } => inner(of).max(Stage::Amounts),
        ConditionKind::AnyTender(_) => Stage::Facts,
        _ => {
            let facts = leaf_facts(leaf).into_iter().flatten();
            let stages = facts
                .filter_map(|fact| schema.fact_named(fact))
                .filter_map(|id| schema.fact(id))
                .map(|fact| fact.stage);
            stages.max().unwrap_or(Stage::Facts)
        }
    }
}

/// Whose a fact is, by its name.
fn scope_named(fact: &str, schema: &Schema) -> Scope {
    schema.fact_named(fact).and_then(|id| schema.fact(id)).map_or(Scope::Visit, |fact| fact.scope)
}
