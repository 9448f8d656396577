//! Where the money went, against where the policy sends it: over all lines of a visit that are let through together, by tender,
//! and by card or account where that is told on both sides.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use takeback::decision::{Credits, Decision, Payout};

use crate::cells::Of;
use crate::finding::{Cause, Finding, Kind};
use crate::spell;
use crate::visit::{self, Fault, Line};

use super::{Cx, Found, Place, held, sentences};

/// A tender, and which card or account; none: not known, or any of them.
pub(super) type Card<'a> = (&'a str, Option<&'a str>);

/// Amounts by card.
pub(super) type ByCard<'a> = BTreeMap<Card<'a>, Decimal>;

impl Cx<'_> {
    /// Finds money that went elsewhere: what went to tenders and cards that the policy sends nothing to, and what went beyond its
    /// place to others. More money than the policy gives is no wrong tender by itself, and none of it is at stake once more.
    pub(super) fn tenders(&self, lines: &[Line], places: &[Place<'_>], out: &mut Found) -> Result<(), Fault> {
        let places: Vec<Place<'_>> = places.iter().copied().filter(|place| self.pays(place.row)).collect();
        let (Some(first), true) = (places.first(), places.iter().all(|place| self.paid_to(place.row).is_some())) else {
            return Ok(());
        };
        if held::untendered(*first) {
            return Ok(());
        }
        let mut gone = ByCard::new();
        let mut unknown: Vec<Card<'_>> = Vec::new();
        let mut by_row: Vec<(usize, Vec<Card<'_>>)> = Vec::new();
        for place in &places {
            let text = self.paid_to(place.row).unwrap_or_default();
            let wrong = |reason| Fault::new(place.row, "paid_to", Some(text.to_owned()), reason);
            let mut mine = Vec::new();
            for part in spell::tenders(text).map_err(wrong)? {
                let known = self.schema.domain(takeback::facts::domain::TENDERS);
                if known.is_none_or(|words| words.find(part.name).is_none()) {
                    return Err(wrong(format!("the policy has no tender `{}`", part.name)));
                }
                let card = (part.name, part.id);
                if part.known {
                    *gone.entry(card).or_default() += visit::cents(self.policy, part.amount);
                } else {
                    unknown.push(card);
                }
                mine.push(card);
            }
            by_row.push((place.row, mine));
        }
        let mut due = ByCard::new();
        let mut by = Credits::new();
        for payout in &first.decision.payouts {
            *due.entry(self.card(lines, *first, payout)).or_default() += payout.amount;
            by.merge(&payout.by);
        }
        let Some(open) = self.open_shares(lines, *first) else { return Ok(()) };
        let told: Decimal = due.values().sum();
        due.extend(open.iter().filter(|card| !due.contains_key(*card)).map(|card| (*card, NONE)).collect::<Vec<_>>());
        let beyond = beyond(&gone, &due);
        let more = gone.values().sum::<Decimal>() - told;
        let moved = beyond.values().sum::<Decimal>() - more.max(NONE);
        let strange = |card: &&Card| !due.is_empty() && !gets(&due, card);
        let strange: Decimal = gone.iter().filter(|(card, _)| strange(card)).map(|(_, amount)| *amount).sum();
        // Where it is not known how much went to a tender that gets something, or how much is left for it, what went to those that get nothing
        // is; how much of it was given beyond all is not, and so nothing is at stake.
        let (wrong, moved) = match unknown.iter().all(|card| gets(&due, card)) {
            true if unknown.is_empty() && open.is_empty() => (moved.max(strange), moved),
            true => (strange, NONE),
            false => return Ok(()),
        };
        if wrong <= self.options.tolerance || unknown.is_empty() && self.coins(first, more) {
            return Ok(());
        }
        let row = by_row.iter().find(|(_, cards)| cards.iter().any(|card| beyond.contains_key(card)));
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
        due.retain(|_, amount| *amount != NONE);
        finding.message = sentences::wrong_tender(wrong, self.policy.program().currency.code(), &gone, &due);
        out.findings.push(finding);
        Ok(())
    }

    fn paid_to(&self, row: usize) -> Option<&str> {
        self.cells.text(Of::Return, "paid_to", row)
    }

    /// Where a payout goes. Of what goes back to a tender of the sale it is told which card that is, where the source tells it; any other
    /// may be any of its kind: a gift card that is new has a number that nobody knew.
    fn card(&self, lines: &[Line], first: Place<'_>, payout: &Payout) -> Card<'_> {
        let card = || {
            let sales = &first.request.sales;
            let at = sales.iter().position(|sale| Some(&sale.id) == payout.sale.as_ref())?;
            let tender = sales.get(at)?.tenders.iter().position(|tender| Some(&tender.id) == payout.id.as_ref())?;
            self.paid_with(lines, first, at).get(tender)?.1
        };
        (self.schema.tender(payout.to), card())
    }

    /// How a sale of the request was paid, in the order of its tenders.
    fn paid_with(&self, lines: &[Line], first: Place<'_>, sale: usize) -> Vec<Card<'_>> {
        let row = self.rows_of(lines, first, sale).next();
        let text = row.and_then(|row| self.cells.text(Of::Sale, "tenders", row)).unwrap_or_default();
        let parts = spell::tenders(text).unwrap_or_default();
        parts.into_iter().map(|part| (part.name, part.id)).collect()
    }

    /// The rows of a sale of the request.
    fn rows_of(&self, lines: &[Line], first: Place<'_>, sale: usize) -> impl Iterator<Item = usize> {
        let of_sale = move |line: &usize| {
            let sold = first.request.lines.get(*line).and_then(|line| line.sold);
            sold.is_some_and(|(of, _)| of == sale)
        };
        let rows: Vec<usize> =
            (0..lines.len()).filter(of_sale).filter_map(|line| lines.get(line)).map(|line| line.row).collect();
        rows.into_iter()
    }

    /// The cards of sales of which it is not known what is left on each: one of several, and of an earlier return it is not told which of
    /// them it went to. None: nothing can be said, since the policy does not send all of it back to them.
    fn open_shares(&self, lines: &[Line], first: Place<'_>) -> Option<Vec<Card<'_>>> {
        let mut open = Vec::new();
        let payouts = &first.decision.payouts;
        for (at, sale) in first.request.sales.iter().enumerate().filter(|(_, sale)| sale.tenders.len() > 1) {
            let cards = self.paid_with(lines, first, at);
            let earlier = self.rows_of(lines, first, at).filter_map(|row| self.cells.list(Of::Return, "earlier", row));
            let told = |text: &str| {
                let parts = spell::tenders(text).unwrap_or_default();
                !parts.is_empty() && parts.iter().all(|part| part.known && is_one(&cards, part))
            };
            let nothing = |amount: Option<Decimal>| amount.is_some_and(|amount| amount.is_zero());
            let untold = earlier
                .flatten()
                .any(|before| !nothing(before.money("refund")) && !before.text("paid_to").is_some_and(told));
            if untold {
                if payouts.iter().any(|payout| payout.from.iter().any(|part| part.sale == sale.id)) {
                    return None;
                }
                if payouts.iter().any(|payout| payout.sale.as_ref() == Some(&sale.id)) {
                    open.extend(cards);
                }
            }
        }
        Some(open)
    }

    /// Whether all that differs is what coins cannot pay.
    fn coins(&self, place: &Place<'_>, more: Decimal) -> bool {
        let decision: &Decision = place.decision;
        let coins = decision.payouts.iter().filter_map(|payout| Some(payout.handed_out? - payout.amount));
        let coins: Decimal = coins.sum();
        coins != NONE && coins == more
    }
}

/// Whether it is known which of the cards of a sale got something, or that none did.
fn is_one(cards: &[Card<'_>], part: &spell::Part<'_>) -> bool {
    let mut ids = cards.iter().filter(|(name, _)| *name == part.name).map(|(_, id)| *id);
    match part.id {
        Some(_) => ids.clone().any(|id| id == part.id) || ids.filter(Option::is_none).count() < 2,
        None => ids.nth(1).is_none(),
    }
}

/// Whether something of the kind is due to a card, or may be: one side does not tell which it is.
fn gets(due: &ByCard<'_>, (name, id): &Card<'_>) -> bool {
    due.keys().any(|(kind, card)| kind == name && (card.is_none() || id.is_none() || card == id))
}

/// Whether money of a card may count for what is due to a card of its kind.
type Fits = fn(Option<&str>, Option<&str>) -> bool;

/// What went beyond what was due, by card. Money of which it is not known which card it went to, or is to go to, counts as gone
/// where something is still due: nothing is found from what is not known.
fn beyond<'a>(gone: &ByCard<'a>, due: &ByCard<'a>) -> ByCard<'a> {
    let (mut gone, mut due) = (gone.clone(), due.clone());
    let fits: [Fits; 3] =
        [|from, to| from.is_some() && from == to, |from, to| from.is_some() && to.is_none(), |from, _| from.is_none()];
    for fits in fits {
        for ((name, from), left) in &mut gone {
            for (_, open) in due.iter_mut().filter(|((kind, to), _)| kind == name && fits(*from, *to)) {
                let taken = (*left).min(*open);
                *left -= taken;
                *open -= taken;
            }
        }
    }
    gone.retain(|_, left| *left != NONE);
    gone
}

const NONE: Decimal = Decimal::ZERO;
