//! When money was paid, against the days that the decision gives: not before it is released, and not after the last day to pay it. The
//! money is right, so nothing is at stake; what is not known to be early or late is not found.

use chrono::NaiveDate;
use takeback::date::{When, parse_zone};
use takeback::decision::{Bound, Credits, Payout};
use takeback::program::{AttributeValue, Version};

use crate::cells::Of;
use crate::finding::{Cause, Finding, Kind};
use crate::spell;
use crate::visit::Fault;

use super::{Cx, Found, Place, sentences};

/// The days between which the money of a row was to be paid; each: only where the policy, or the law, gives it for all that
/// the money may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    not_before: Option<NaiveDate>,
    due: Option<NaiveDate>,
}

impl Cx<'_> {
    /// Finds money that was paid before it was released, or after its last day. Without the column nothing is looked at.
    pub(super) fn paid_at(&self, places: &[Place<'_>], out: &mut Found) -> Result<(), Fault> {
        if !self.cells.has(Of::Return, "paid_at") {
            return Ok(());
        }
        for place in places.iter().copied().filter(|place| self.pays(place.row)) {
            let text = self.cells.text(Of::Return, "paid_at", place.row);
            let wrong = |reason| Fault::new(place.row, "paid_at", text.map(str::to_owned), reason);
            let when = text.map(str::parse::<When>).transpose().map_err(|error| wrong(error.to_string()))?;
            let payouts = self.may_be_of(place);
            let days = self.days(place, &payouts);
            if days == (Days { not_before: None, due: None }) || self.actual(place.row).is_nothing() {
                continue;
            }
            let mut by = Credits::new();
            payouts.iter().for_each(|payout| by.merge(&payout.by));
            let Some(paid) = when.map(|when| self.local_day(place, when)) else {
                let mut finding = self.at_wrong_time(Kind::CannotBeJudged, Cause::MissingFact, place, &by);
                finding.facts.push("paid_at".to_owned());
                finding.message = sentences::not_known_when(days.not_before, days.due);
                out.findings.push(finding);
                continue;
            };
            if let Some(day) = days.not_before.filter(|day| paid < *day) {
                let mut finding = self.at_wrong_time(Kind::PaidTooEarly, Cause::DayOfPayment, place, &by);
                finding.message = sentences::too_early(paid, day);
                out.findings.push(finding);
            }
            if let Some(day) = days.due.filter(|day| paid > *day) {
                let due_by_law = |what: &Bound| matches!(what, Bound::Due);
                let mut clamps =
                    place.decision.law.iter().filter(|law| law.line == place.line && due_by_law(&law.what));
                let by = clamps.next().map_or(by, |law| law.by.clone());
                let mut finding = self.at_wrong_time(Kind::PaidTooLate, Cause::DayOfPayment, place, &by);
                finding.message = sentences::too_late(paid, day);
                out.findings.push(finding);
            }
        }
        Ok(())
    }

    fn at_wrong_time(&self, kind: Kind, cause: Cause, place: Place<'_>, by: &Credits) -> Finding {
        let mut finding = Finding::new(kind, place.row, cause);
        self.about(place, &mut finding);
        self.cite(by, &mut finding);
        finding.actual = self.actual(place.row).total;
        finding.told = true;
        finding
    }

    /// The payouts that the money of a row may be of: those to the tenders it went to, or all of them.
    fn may_be_of<'d>(&self, place: Place<'d>) -> Vec<&'d Payout> {
        let text = self.cells.text(Of::Return, "paid_to", place.row).unwrap_or_default();
        let parts = spell::tenders(text).unwrap_or_default();
        let goes = |payout: &&Payout| parts.iter().any(|part| part.name == self.schema.tender(payout.to));
        let mine: Vec<&Payout> = place.decision.payouts.iter().filter(goes).collect();
        if mine.is_empty() { place.decision.payouts.iter().collect() } else { mine }
    }

    fn days(&self, place: Place<'_>, payouts: &[&Payout]) -> Days {
        let line = place.decision.lines.get(place.line);
        let version = line.and_then(|line| self.policy.program().versions.get(line.version));
        let due = |payout: &&Payout| payout.due.filter(|_| payout.within.is_some() || version.is_some_and(at_once));
        let all = |days: Vec<Option<NaiveDate>>| days.into_iter().collect::<Option<Vec<NaiveDate>>>();
        let not_before = all(payouts.iter().map(|payout| payout.not_before).collect());
        let due = all(payouts.iter().map(due).collect());
        Days {
            not_before: not_before.and_then(|days| days.into_iter().min()),
            due: due.and_then(|days| days.into_iter().max()),
        }
    }

    /// The day of a payment on the clocks of the store where the return was.
    fn local_day(&self, place: Place<'_>, when: When) -> NaiveDate {
        let own = self.cells.text(Of::Return, "store_zone", place.row).and_then(|name| parse_zone(name).ok());
        let line = place.decision.lines.get(place.line);
        let version = line.and_then(|line| self.policy.program().versions.get(line.version));
        when.civil(own.as_ref().or(version.and_then(|version| version.zone.as_ref())))
    }
}

/// Whether a version says somewhere that money is due at once: what it says nothing about is due then too, and not held to it.
fn at_once(version: &Version) -> bool {
    version.values.iter().any(|value| matches!(value, AttributeValue::Due(None)))
}
