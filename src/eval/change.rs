//! What would change the answer: one changeable fact at a time takes each value that can make a difference, and the request is
//! decided again. Nothing is guessed: every line of the result is a decision that was made.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::decision::{Decision, Outcome, ReasonKey};
use crate::facts::{FactId, Scope, Value, builtin};
use crate::program::Program;
use crate::request::{Approval, Request};

use super::conditions::of_sale;
use super::{decide, unknown};

/// A change that would make the answer another.
#[derive(Debug, Clone)]
pub struct Change {
    /// What is changed.
    pub what: Changed,
    /// The line it is changed on, by place; none: the visit or a sale.
    pub line: Option<usize>,
    /// The outcome of the visit then.
    pub outcome: Outcome,
    /// What the customer would get.
    pub to_customer: Decimal,
    /// The whole answer.
    pub decision: Decision,
}

/// What is changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// A fact, from (when known) and to a value.
    Fact(FactId, Option<Value>, Value),
    /// An approval of a clause by a role.
    Approval(String, u16),
}

/// Tries every changeable fact and every approval the answer waits for.
pub(crate) fn what_would_change(program: &Arc<Program>, request: &Request) -> Vec<Change> {
    let now = decide(program, request);
    let mut changes = Vec::new();
    let mut attempt = |what: Changed, line: Option<usize>, changed: &Request| {
        let then = decide(program, changed);
        if then.outcome != now.outcome || then.balance != now.balance || then.payouts != now.payouts {
            changes.push(Change {
                what,
                line,
                outcome: then.outcome,
                to_customer: then.balance.to_customer,
                decision: then,
            });
        }
    };
    for (at, fact) in program.schema.facts.iter().enumerate().filter(|(_, f)| f.changeable) {
        let id = FactId(u16::try_from(at).unwrap_or(u16::MAX));
        let slot = usize::from(fact.slot);
        let holders = match fact.scope {
            Scope::Visit => 1,
            // After the sales what is known of those that nobody can find.
            Scope::Sale => request.sales.len() + request.lines.len(),
            Scope::Line => request.lines.len(),
            Scope::Tender => 0,
        };
        for holder in 0..holders {
            let current = match fact.scope {
                Scope::Visit => request.facts.get(slot),
                Scope::Sale => match holder.checked_sub(request.sales.len()) {
                    None => request.sales.get(holder).and_then(|s| s.facts.get(slot)),
                    Some(line) => of_sale(request, None, Some(line)).and_then(|facts| facts.get(slot)),
                },
                Scope::Line | Scope::Tender => request.lines.get(holder).and_then(|l| l.facts.get(slot)),
            };
            let current = current.copied().flatten();
            for value in unknown::values(program, request, id).into_iter().filter(|v| Some(*v) != current) {
                let mut changed = request.clone();
                let place = match fact.scope {
                    Scope::Visit => changed.facts.get_mut(slot),
                    Scope::Sale => match holder.checked_sub(request.sales.len()) {
                        None => changed.sales.get_mut(holder).and_then(|s| s.facts.get_mut(slot)),
                        Some(line) => {
                            let unfound = changed.lines.get_mut(line).and_then(|line| line.unfound.as_mut());
                            unfound.and_then(|sale| sale.facts.get_mut(slot))
                        }
                    },
                    Scope::Line | Scope::Tender => changed.lines.get_mut(holder).and_then(|l| l.facts.get_mut(slot)),
                };
                let Some(place) = place else { continue };
                *place = Some(value);
                if id == builtin::WANTS
                    && let (Some(line), Value::Word(word)) = (changed.lines.get_mut(holder), value)
                {
                    line.wants = Some(word);
                }
                if id == builtin::REFUND_TO_TENDER
                    && let Value::Word(word) = value
                {
                    changed.refund_to = Some(crate::request::TenderRef { tender: word, id: None });
                }
                let line = (fact.scope == Scope::Line).then_some(holder);
                attempt(Changed::Fact(id, current, value), line, &changed);
            }
        }
    }
    for (clause, role, line) in awaited(program, &now) {
        let mut changed = request.clone();
        changed.approvals.push(Approval { clause: clause.clone(), role, by: None });
        attempt(Changed::Approval(clause, role), line, &changed);
    }
    changes
}

/// The approvals that could lift something: clause, role, line.
fn awaited(program: &Program, now: &Decision) -> Vec<(String, u16, Option<usize>)> {
    let path = |clause: &crate::program::ClauseId| program.clause(*clause).map(|c| c.path.to_string());
    let mut found = Vec::new();
    for (at, line) in now.lines.iter().enumerate() {
        for remedy in &line.remedies {
            let role = match &remedy.status {
                crate::decision::Status::NotOffered { overridable_by: roles, .. } => {
                    // One that may lift all of it, where there is one.
                    let all = |role: &&u16| roles.iter().all(|other| program.schema.may_act_as(**role, *other));
                    roles.iter().rev().find(all).or(roles.last()).copied()
                }
                crate::decision::Status::Expired { overridable_by, .. } => *overridable_by,
                _ => None,
            };
            let Some(role) = role else { continue };
            found.extend(remedy.by.iter().filter_map(path).map(|p| (p, role, Some(at))));
        }
    }
    for reason in now.reasons.iter().filter(|reason| reason.key == ReasonKey::Stopped) {
        let Some(role) = reason.role else { continue };
        found.extend(reason.by.iter().filter_map(path).map(|p| (p, role, reason.line)));
    }
    for referral in now.referrals.iter().filter(|r| !r.verify) {
        found.extend(referral.by.iter().filter_map(path).map(|p| (p, referral.role, referral.line)));
    }
    found.sort();
    found.dedup();
    found
}
