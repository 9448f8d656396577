//! Which cases are asked: the visits of a policy's scenarios, and cases on a boundary, made from them: the last day and
//! the first day after it, an amount at which something changes and the cent beside it. A boundary counts only when the
//! policy, asked on both sides, answers differently.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use takeback::Policy;
use takeback::decision::{Decision, LineDecision, RemedyDecision};
use takeback::facts::Cond;
use takeback::request::Request;

use super::score::Score;
use crate::args::TrainArgs;

/// A case with its answer.
pub(super) struct Case {
    /// As a till would send it.
    pub(super) request: Value,
    pub(super) read: Request,
    pub(super) decision: Decision,
    /// What makes it a boundary.
    pub(super) drawn: Option<String>,
}

impl Case {
    fn new(policy: &Policy, request: Value, drawn: Option<String>) -> Option<Self> {
        let read = policy.request(request.to_string().as_bytes()).ok()?;
        let decision = policy.decide(&read);
        Some(Self { request, read, decision, drawn })
    }

    /// The labels of the clauses that had a part in it.
    pub(super) fn clauses(&self) -> BTreeSet<&str> {
        let by = self.decision.decisive().into_iter();
        by.filter_map(|id| self.decision.program.clause(id)).map(|clause| &*clause.path).collect()
    }

    /// Who gets the money, who decides, what is filled in: what a clerk does otherwise on the other side of a boundary.
    fn acts(&self) -> impl PartialEq + use<> {
        let payouts: Vec<u16> = self.decision.payouts.iter().map(|payout| payout.to).collect();
        let roles: Vec<u16> = self.decision.referrals.iter().map(|referral| referral.role).collect();
        let forms: Vec<(u16, u16)> = self.decision.paperwork.iter().map(|field| (field.form, field.field)).collect();
        (self.decision.outcome, payouts, roles, forms)
    }
}

/// Cases by chance, half of them on boundaries; those of clauses that are known least come first.
pub(super) fn draw(policy: &Policy, args: &TrainArgs, seed: u64, score: &Score) -> Vec<Case> {
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut requests: Vec<Value> = Vec::new();
    for result in policy.test() {
        if args.filter.as_deref().is_none_or(|filter| result.name.contains(filter)) {
            requests.extend(result.visits.into_iter().map(|visit| visit.request));
        }
    }
    chance.shuffle(&mut requests);
    let mut drawn = Vec::new();
    let amounts = amounts(policy);
    for request in &requests {
        if drawn.len() >= args.count.saturating_mul(4) {
            break;
        }
        drawn.extend(days(policy, request, &mut chance));
        drawn.extend(cents(policy, request, &amounts, &mut chance));
    }
    let mut plain: Vec<Case> = match args.boundaries {
        true => Vec::new(),
        false => requests.into_iter().filter_map(|request| Case::new(policy, request, None)).collect(),
    };
    for cases in [&mut plain, &mut drawn] {
        cases.sort_by_key(|case| {
            let need = case.clauses().iter().map(|clause| score.need(clause)).max();
            std::cmp::Reverse(need.unwrap_or_default())
        });
    }
    let half = if args.boundaries { args.count } else { args.count / 2 };
    let mut seen = BTreeSet::new();
    drawn.retain(|case| seen.insert(case.request.to_string()));
    drawn.truncate(half);
    let mut seen: BTreeSet<String> = drawn.iter().map(|case| case.request.to_string()).collect();
    plain.retain(|case| seen.insert(case.request.to_string()));
    plain.truncate(args.count.saturating_sub(drawn.len()));
    plain.append(&mut drawn);
    chance.shuffle(&mut plain);
    plain
}

/// The last day of what is wanted, or the first day after it.
fn days(policy: &Policy, request: &Value, chance: &mut fastrand::Rng) -> Option<Case> {
    let now = Case::new(policy, request.clone(), None)?;
    let wanted = |line: &LineDecision| -> Option<NaiveDate> {
        let of = |remedy: &&RemedyDecision| Some(remedy.remedy) == line.wants;
        line.remedies.iter().find(of).and_then(|remedy| remedy.window.as_ref()).and_then(|window| window.last_day)
    };
    let last = now.decision.lines.iter().find_map(wanted)?;
    let next = last.checked_add_days(Days::new(1))?;
    let on = |day: NaiveDate, why: &str| {
        let mut request = request.clone();
        let at = request.get("at").and_then(Value::as_str)?;
        let moved = format!("{day}{}", at.get(10..).unwrap_or_default());
        *request.get_mut("at")? = Value::String(moved);
        Case::new(policy, request, Some(format!("{why} {}", last.format("%-d %B %Y"))))
    };
    let pair = (on(last, "today is the last day:")?, on(next, "the last day was yesterday,")?);
    one_of(pair, chance)
}

/// An amount at which something changes, or a cent beside it.
fn cents(policy: &Policy, request: &Value, amounts: &[Decimal], chance: &mut fastrand::Rng) -> Option<Case> {
    let one = |pointer: &str| request.pointer(pointer).and_then(Value::as_array).is_some_and(|list| list.len() == 1);
    let simple = ["/sales", "/sales/0/lines", "/sales/0/tenders", "/returns"].into_iter().all(one);
    let bare = |member: &str| request.pointer(&format!("/sales/0/{member}")).is_none();
    if !simple || !["promotions", "shipping", "earlier_returns"].into_iter().all(bare) {
        return None;
    }
    let quantity = request.pointer("/sales/0/lines/0/quantity").and_then(Value::as_u64).unwrap_or(1);
    let at_price = |price: Decimal, why: String| {
        let mut request = request.clone();
        let line = request.pointer_mut("/sales/0/lines/0")?.as_object_mut()?;
        line.remove("taxes");
        line.remove("paid");
        line.insert("unit_price".to_owned(), json!(price.to_string()));
        let total = price.checked_mul(Decimal::from(quantity))?;
        *request.pointer_mut("/sales/0/tenders/0/amount")? = json!(total.to_string());
        Case::new(policy, request, Some(why))
    };
    let digits = policy.program().currency.minor_digits();
    let cent = Decimal::new(1, digits);
    let first = if amounts.is_empty() { 0 } else { chance.usize(..amounts.len()) };
    let (late, soon) = amounts.split_at_checked(first)?;
    soon.iter().chain(late).find_map(|amount| {
        let why = format!("something changes at {amount} {}", policy.program().currency.code());
        let beside = [*amount - cent, *amount + cent].into_iter().filter(|price| *price > Decimal::ZERO);
        beside
            .into_iter()
            .find_map(|other| one_of((at_price(*amount, why.clone())?, at_price(other, why.clone())?), chance))
    })
}

/// Either side of a boundary, when there is one.
fn one_of(pair: (Case, Case), chance: &mut fastrand::Rng) -> Option<Case> {
    let (one, other) = pair;
    (one.acts() != other.acts()).then(|| if chance.bool() { one } else { other })
}

/// The amounts that clauses compare something with, and those of limits; ascending, no amount twice.
fn amounts(policy: &Policy) -> Vec<Decimal> {
    let program = policy.program();
    let mut all = BTreeSet::new();
    for clause in &program.clauses {
        compared(&clause.cond, &mut all);
    }
    let digits = program.currency.minor_digits();
    all.into_iter()
        .filter(|amount| *amount > Decimal::ZERO)
        .map(|mut amount: Decimal| {
            amount.rescale(amount.normalize().scale().max(digits));
            amount
        })
        .filter(|amount| amount.scale() <= digits)
        .collect()
}

fn compared(cond: &Cond, all: &mut BTreeSet<Decimal>) {
    match cond {
        Cond::Number(_, _, amount) => {
            all.insert(*amount);
        }
        Cond::RefundTotal(of, _, amount) => {
            all.insert(*amount);
            compared(of, all);
        }
        Cond::All(conds) | Cond::Any(conds) => conds.iter().for_each(|cond| compared(cond, all)),
        Cond::Not(of) | Cond::AnyTender(of) | Cond::AnyLine(of) | Cond::EveryLine(of) | Cond::LineCount(of, ..) => {
            compared(of, all);
        }
        Cond::Always
        | Cond::Category(_)
        | Cond::Yes(_)
        | Cond::Word(..)
        | Cond::Text(..)
        | Cond::DaysSince(..)
        | Cond::Season(..)
        | Cond::Dates(..)
        | Cond::Same(..)
        | Cond::Compared(..)
        | Cond::InFact(..) => {}
    }
}
