//! What a line could have instead of what was asked for: each other remedy is wanted in its place and the request is decided
//! again, so that what is told is an answer and no promise.

use std::sync::Arc;

use crate::decision::script::{OnceKnown, Paid};
use crate::decision::{Alternative, Decision, Outcome, Payout, Status};
use crate::facts::{Value, builtin};
use crate::program::Program;
use crate::request::Request;

use super::decide;

/// As many lines are decided again, all together; after that what the decision itself says of a remedy must do.
const MOST_LINES: usize = 20_000;

/// The other remedies of the lines that are not accepted as they stand, in the order of lines and remedies.
pub(crate) fn instead(program: &Arc<Program>, request: &Request, now: &Decision) -> Vec<Alternative> {
    let mut found = Vec::new();
    let mut left = MOST_LINES;
    for (place, line) in now.lines.iter().enumerate() {
        if line.outcome <= Outcome::AcceptPendingVerification {
            continue;
        }
        let Some(wants) = line.wants else { continue };
        let told = |remedy: u16| remedy != wants && !program.schema.only_if_asked(remedy);
        let others = line.remedies.iter().filter(|one| told(one.remedy));
        // Of a line that waits for an answer anyway nothing more is asked.
        let asks = line.outcome != Outcome::Undetermined;
        let others = others.filter(|one| match one.status {
            Status::Offered => true,
            Status::Unknown => asks,
            Status::NotOffered { .. } | Status::Expired { .. } => false,
            Status::Stopped | Status::Unsettled | Status::Gap(_) => false,
        });
        for other in others {
            let last_day = other.window.as_deref().and_then(|window| window.last_day);
            let plain = Alternative {
                line: place,
                remedy: other.remedy,
                decided: None,
                value: other.value,
                last_day,
                once_known: None,
            };
            let Some(rest) = left.checked_sub(request.lines.len()) else {
                found.extend((other.status == Status::Offered).then_some(plain));
                continue;
            };
            left = rest;
            let then = decide(program, &wanting(program, request, place, other.remedy));
            let Some(decided) = then.lines.get(place) else { continue };
            if decided.outcome == Outcome::Undetermined && asks {
                let ask: Vec<_> =
                    then.ask.iter().filter(|one| one.line.is_none_or(|line| line == place)).cloned().collect();
                let sure = ask.iter().all(|one| one.fact.is_price());
                let once_known = (!ask.is_empty()).then_some(OnceKnown { sure, ask });
                found.extend(once_known.map(|once| Alternative { once_known: Some(once), ..plain }));
                continue;
            }
            if decided.outcome > Outcome::AcceptPendingVerification {
                continue;
            }
            let remedy = decided.remedies.iter().find(|one| one.remedy == other.remedy);
            found.push(Alternative {
                value: remedy.and_then(|one| one.value),
                decided: Some((decided.outcome, more(&then.payouts, &now.payouts))),
                ..plain
            });
        }
    }
    found
}

/// The same request, with a line that wants something else.
fn wanting(program: &Program, request: &Request, line: usize, remedy: u16) -> Request {
    let mut changed = request.clone();
    let slot = program.schema.fact(builtin::WANTS).map(|fact| usize::from(fact.slot));
    if let Some(line) = changed.lines.get_mut(line) {
        line.wants = Some(remedy);
        if let Some(told) = slot.and_then(|slot| line.facts.get_mut(slot)) {
            *told = Some(Value::Word(remedy));
        }
    }
    changed
}

/// What is paid out then and not now, by tender; below zero, where less is.
fn more(then: &[Payout], now: &[Payout]) -> Vec<Paid> {
    let mut paid: Vec<Paid> = Vec::new();
    let mut add =
        |payout: &Payout, amount| match paid.iter_mut().find(|one| (one.to, &one.id) == (payout.to, &payout.id)) {
            Some(one) => one.amount = one.amount.saturating_add(amount),
            None => paid.push(Paid { to: payout.to, id: payout.id.clone(), amount }),
        };
    then.iter().for_each(|payout| add(payout, payout.amount));
    now.iter().for_each(|payout| add(payout, -payout.amount));
    paid.retain(|one| !one.amount.is_zero());
    paid
}
