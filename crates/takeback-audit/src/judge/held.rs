//! What stands against a line, as the decision tells it: nothing, somebody who has to approve or look, a refusal that nobody
//! lifts, or something that is not known.

use std::collections::BTreeSet;

use takeback::decision::{Credits, Gap, Outcome, Reason, ReasonKey, Referral, RemedyDecision, Status};

use super::Place;
use crate::finding::Cause;

/// What stands against a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing.
    No,
    /// Somebody may let it through.
    Approval(Hold),
    /// Somebody must look first.
    Verification(Hold),
    /// Nobody may.
    Refused(Hold),
    /// The policy leaves it open, and a person decides.
    Unsettled(Hold),
    /// A fact is missing.
    Undetermined,
}

/// What holds a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hold {
    /// Why.
    pub(super) cause: Cause,
    /// The clauses.
    pub(super) by: Credits,
    /// Any of these roles lets through what names it; all of them are needed.
    pub(super) roles: BTreeSet<u16>,
    /// The customer has a right to it.
    pub(super) owed: bool,
    /// The policy has no version for the case, which nobody can settle.
    pub(super) nobody: bool,
    /// The last day, of what came too late.
    pub(super) last_day: Option<chrono::NaiveDate>,
    /// What a clause says.
    pub(super) text: Option<String>,
}

impl Hold {
    fn new(cause: Cause, by: &Credits) -> Self {
        let roles = BTreeSet::new();
        Self { cause, by: by.clone(), roles, owed: false, nobody: false, last_day: None, text: None }
    }
}

/// The wanted remedy of a line.
pub(super) fn wanted<'d>(place: Place<'d>) -> Option<&'d RemedyDecision> {
    let line = place.decision.lines.get(place.line)?;
    line.remedies.get(usize::from(line.wants?))
}

/// Days from the start of the window, or else from the sale, to the return.
pub(super) fn days(place: Place<'_>) -> Option<i64> {
    let window = wanted(place).and_then(|wanted| wanted.window.as_ref()?.start);
    let sale = place.request.lines.get(place.line).and_then(|line| line.sold);
    let sold = sale.and_then(|(sale, _)| place.request.sales.get(sale)?.sold).map(|event| event.day);
    Some(place.request.day.signed_duration_since(window.or(sold)?).num_days())
}

/// What stands against a line.
pub(super) fn held(place: Place<'_>) -> Held {
    let Some(line) = place.decision.lines.get(place.line) else { return Held::Undetermined };
    match line.outcome {
        Outcome::Accept => Held::No,
        Outcome::Undetermined => Held::Undetermined,
        Outcome::AcceptPendingVerification => Held::Verification(referred(place, true)),
        Outcome::Refer | Outcome::Decline => refused(place),
    }
}

/// The reasons of a line and of the visit.
fn reasons<'d>(place: Place<'d>) -> impl Iterator<Item = &'d Reason> {
    place.decision.reasons.iter().filter(move |reason| reason.line.is_none_or(|line| line == place.line))
}

/// Whether nothing is told of how a visit was paid, and that is why its money has no way: where it went is not judged then,
/// and the rest is.
pub(super) fn untendered(place: Place<'_>) -> bool {
    place.decision.reasons.iter().any(|reason| is_untendered(place, reason))
}

fn is_untendered(place: Place<'_>, reason: &Reason) -> bool {
    let sale = reason.line.and_then(|line| place.request.lines.get(line)?.sold);
    let tenders = sale.and_then(|(sale, _)| place.request.sales.get(sale)).map(|sale| sale.tenders.len());
    reason.key == ReasonKey::Gap(Gap::NoTender) && tenders.unwrap_or(0) == 0
}

/// Somebody must decide, or look.
fn referred(place: Place<'_>, verify: bool) -> Hold {
    let mut hold = Hold::new(Cause::Approval, &Credits::new());
    let untendered = untendered(place);
    let mine = place.decision.referrals.iter();
    // What is referred for want of a tender names no clause that refers it: the text and the clauses of guards do.
    let asks = |role: &&Referral| !(untendered && role.text.is_none() && !role.verify && role.by.is_empty());
    for referral in mine.filter(asks).filter(|r| r.verify == verify && r.line.is_none_or(|line| line == place.line)) {
        hold.by.merge(&referral.by);
        hold.roles.insert(referral.role);
        hold.owed |= referral.owed;
        hold.text = hold.text.or_else(|| referral.text.as_deref().map(str::to_owned));
    }
    hold
}

fn refused(place: Place<'_>) -> Held {
    let Some(wanted) = wanted(place) else { return Held::Undetermined };
    match &wanted.status {
        Status::NotOffered { reason, overridable_by } => {
            let mut hold = Hold::new(Cause::Remedy, &wanted.by);
            hold.text = reason.as_deref().map(str::to_owned);
            hold.roles.extend(overridable_by);
            return lifted(hold);
        }
        Status::Expired { on, overridable_by } => {
            let mut hold = Hold::new(Cause::Window, &wanted.by);
            wanted.window.iter().for_each(|window| hold.by.merge(&window.by));
            hold.last_day = Some(*on);
            hold.roles.extend(overridable_by);
            return lifted(hold);
        }
        Status::Offered | Status::Stopped | Status::Unsettled | Status::Gap(_) | Status::Unknown => {}
    }
    let mut stops = Hold::new(Cause::Stop, &Credits::new());
    let mut final_stops = Hold::new(Cause::Stop, &Credits::new());
    let mut open = Hold::new(Cause::Unsettled, &Credits::new());
    for reason in reasons(place).filter(|reason| !is_untendered(place, reason)) {
        match reason.key {
            ReasonKey::Stopped => {
                let hold = if reason.role.is_some() { &mut stops } else { &mut final_stops };
                hold.by.merge(&reason.by);
                hold.roles.extend(reason.role);
                hold.text = hold.text.take().or_else(|| reason.text.as_deref().map(str::to_owned));
            }
            ReasonKey::Conflict | ReasonKey::Gap(_) | ReasonKey::RouteUnknown => {
                open.by.merge(&reason.by);
                open.nobody |= reason.key == ReasonKey::Gap(Gap::NoVersion);
                open.text = open.text.take().or_else(|| Some(reason.key.describe().to_owned()));
                open.roles.extend(referred(place, false).roles);
            }
            ReasonKey::MoreReturnedThanBought
            | ReasonKey::SameUnitTwice
            | ReasonKey::NotOfThisSale
            | ReasonKey::BeforeSale
            | ReasonKey::GiftMissing
                if reason.line.is_some() =>
            {
                let mut hold = Hold::new(of_engine(reason.key), &reason.by);
                hold.text = Some(reason.key.describe().to_owned());
                return Held::Refused(hold);
            }
            ReasonKey::Accept
            | ReasonKey::Approved
            | ReasonKey::AboveAuthority
            | ReasonKey::Verify
            | ReasonKey::Verified
            | ReasonKey::VerificationFailed
            | ReasonKey::NotOffered
            | ReasonKey::Expired
            | ReasonKey::OthersOffered
            | ReasonKey::Refer
            | ReasonKey::HeldBack
            | ReasonKey::MissingFact
            | ReasonKey::TooManyUnknown
            | ReasonKey::MoreReturnedThanBought
            | ReasonKey::SameUnitTwice
            | ReasonKey::NotOfThisSale
            | ReasonKey::BeforeSale
            | ReasonKey::GiftMissing => {}
        }
    }
    let approved_by = referred(place, false);
    if !final_stops.by.is_empty() {
        return Held::Refused(final_stops);
    }
    if open.text.is_some() {
        return Held::Unsettled(open);
    }
    if !stops.roles.is_empty() {
        stops.by.merge(&approved_by.by);
        stops.roles.extend(approved_by.roles);
        return Held::Approval(stops);
    }
    match approved_by.roles.is_empty() {
        false => Held::Approval(approved_by),
        true if untendered(place) => {
            let looked = referred(place, true);
            if looked.roles.is_empty() { Held::No } else { Held::Verification(looked) }
        }
        // Of a visit whose lines go all together, another line holds it back.
        true => Held::Refused(Hold { text: Some("the lines of a visit go all together".to_owned()), ..stops }),
    }
}

fn lifted(hold: Hold) -> Held {
    if hold.roles.is_empty() { Held::Refused(hold) } else { Held::Approval(hold) }
}

fn of_engine(key: ReasonKey) -> Cause {
    match key {
        ReasonKey::MoreReturnedThanBought | ReasonKey::SameUnitTwice => Cause::Quantity,
        ReasonKey::NotOfThisSale | ReasonKey::BeforeSale => Cause::Sale,
        _ => Cause::Stop,
    }
}
