//! Where the money went, against where the policy sends it: over all lines of a visit that are let through together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use takeback::decision::Credits;

use crate::cells::Of;
use crate::finding::{Cause, Finding, Kind};
use crate::spell;
use crate::visit::{self, Fault};

use super::{Cx, Found, Place, held, sentences};

impl Cx<'_> {
    /// Finds money that went elsewhere: what went to tenders that the policy sends nothing to, and what went beyond its place
    /// to others. More money than the policy gives is no wrong tender by itself, and none of it is at stake once more.
    pub(super) fn tenders(&self, places: &[Place<'_>], out: &mut Found) -> Result<(), Fault> {
        let places: Vec<Place<'_>> = places.iter().copied().filter(|place| self.pays(place.row)).collect();
        let (Some(first), true) = (places.first(), places.iter().all(|place| self.paid_to(place.row).is_some())) else {
            return Ok(());
        };
        if held::untendered(*first) {
            return Ok(());
        }
        let mut gone: BTreeMap<String, Decimal> = BTreeMap::new();
        let mut unknown: Vec<String> = Vec::new();
        let mut by_row: Vec<(usize, Vec<String>)> = Vec::new();
        for place in &places {
            let text = self.paid_to(place.row).unwrap_or_default();
            let wrong = |reason| Fault::new(place.row, "paid_to", Some(text.to_owned()), reason);
            let mut mine = Vec::new();
            for part in spell::tenders(text).map_err(wrong)? {
                let known = self.schema.domain(takeback::facts::domain::TENDERS);
                if known.is_none_or(|words| words.find(part.name).is_none()) {
                    return Err(wrong(format!("the policy has no tender `{}`", part.name)));
                }
                if part.known {
                    *gone.entry(part.name.to_owned()).or_default() += visit::cents(self.policy, part.amount);
                } else {
                    unknown.push(part.name.to_owned());
                }
                mine.push(part.name.to_owned());
            }
            by_row.push((place.row, mine));
        }
        let mut due: BTreeMap<String, Decimal> = BTreeMap::new();
        let mut by = Credits::new();
        for payout in &first.decision.payouts {
            *due.entry(self.schema.tender(payout.to).to_owned()).or_default() += payout.amount;
            by.merge(&payout.by);
        }
        let over = |name: &String, amount: &Decimal| (*amount - due.get(name).copied().unwrap_or_default()).max(NONE);
        let beyond: Decimal = gone.iter().map(|(name, amount)| over(name, amount)).sum();
        let more = gone.values().sum::<Decimal>() - due.values().sum::<Decimal>();
        let moved = beyond - more.max(NONE);
        let strange = |name: &&String| !due.is_empty() && !due.contains_key(*name);
        let strange: Decimal = gone.iter().filter(|(name, _)| strange(name)).map(|(_, amount)| *amount).sum();
        // Where it is not known how much went to a tender that gets something, what went to those that get nothing is; how much of it was
        // given beyond all is not, and so nothing is at stake.
        let (wrong, moved) = match unknown.iter().all(|name| due.contains_key(name)) {
            true if unknown.is_empty() => (moved.max(strange), moved),
            true => (strange, NONE),
            false => return Ok(()),
        };
        if wrong <= self.options.tolerance || unknown.is_empty() && self.coins(first, more) {
            return Ok(());
        }
        let elsewhere: Vec<&String> =
            gone.iter().filter(|(name, amount)| over(name, amount) > NONE).map(|(n, _)| n).collect();
        let row = by_row.iter().find(|(_, names)| names.iter().any(|name| elsewhere.contains(&name)));
        let place = row.and_then(|(row, _)| places.iter().find(|place| place.row == *row)).unwrap_or(first);
        let mut finding = Finding::new(Kind::WrongTender, place.row, Cause::Tender);
        self.about(*place, &mut finding);
        self.cite(&by, &mut finding);
        // Nothing of it should have gone there.
        finding.expected = Some(NONE);
        finding.actual = Some(wrong);
        finding.difference = Some(wrong);
        finding.stake = moved;
        finding.told = true;
        finding.message = sentences::wrong_tender(wrong, self.policy.program().currency.code(), &gone, &due);
        out.findings.push(finding);
        Ok(())
    }

    fn paid_to(&self, row: usize) -> Option<&str> {
        self.cells.text(Of::Return, "paid_to", row)
    }

    /// Whether all that differs is what coins cannot pay.
    fn coins(&self, place: &Place<'_>, more: Decimal) -> bool {
        let coins = place.decision.payouts.iter().filter_map(|payout| Some(payout.handed_out? - payout.amount));
        let coins: Decimal = coins.sum();
        coins != NONE && coins == more
    }
}

const NONE: Decimal = Decimal::ZERO;
