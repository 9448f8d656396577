//! Where the money goes: what is left after new goods, shared over the tenders of each sale, each part routed by its own
//! facts. Written after section 7 of `docs/reference/order.md`.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use takeback::date::Unit;
use takeback::money::share;
use takeback::syntax::ast::RemedyKind;
use takeback::terms::{Clock, MeetingEvent, SplitRest};

use super::amounts::Takes;
use super::conditions::{Case, Key, Place};
use super::decide::{Line, Outcome};
use super::stated::{Attr, Destination, PayEvent, Route, Stated, Statement};
use super::visit::{OnClocks as _, decimal, list, text};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Payout {
    pub(crate) to: String,
    pub(crate) id: Option<String>,
    pub(crate) not_before: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) pending: bool,
    pub(crate) amount: Decimal,
}

/// What a route gives at most, and where the rest goes.
type Cap = Option<(Decimal, String)>;

/// Lines whose money has nowhere to go: what becomes of them, and what must be asked.
type Troubled = Vec<(usize, Outcome, BTreeSet<String>)>;

impl Case<'_> {
    pub(crate) fn payouts(
        &mut self,
        lines: &[Line],
        takes: &Takes,
        payable: &[bool],
    ) -> Result<(Vec<Payout>, Troubled), Key> {
        // What is not paid out now is left out, with its delivery and with the new goods it is exchanged for.
        let now: Takes = takes.iter().zip(payable).map(|(takes, now)| takes.clone().filter(|_| *now)).collect();
        let totals = self.totals(lines, &now)?;
        // New goods use up exchange credit first, then refunds in the order of lines.
        let mut left: Vec<Decimal> = (0..lines.len()).map(|line| self.value(lines, &now, line)).collect();
        let mut shipping = totals.shipping;
        let mut new_goods = totals.new_goods;
        let order = {
            let (goods, money): (Vec<usize>, Vec<usize>) =
                (0..lines.len()).partition(|line| self.takes_goods(&now, *line));
            [goods, money].concat()
        };
        for line in order {
            let used = new_goods.min(left[line]);
            left[line] -= used;
            new_goods -= used;
        }
        for amount in shipping.values_mut() {
            let used = new_goods.min(*amount);
            *amount -= used;
            new_goods -= used;
        }

        // What goes the same way comes together: payout, sale of its tender, cap.
        let mut merged: BTreeMap<(Payout, Option<usize>, Cap), Decimal> = BTreeMap::new();
        let mut troubled = Vec::new();
        let mut sales: Vec<Option<usize>> = (0..self.visit.sales().len()).map(Some).collect();
        sales.push(None);
        for sale in sales {
            let of_sale: Vec<usize> = (0..lines.len())
                .filter(|line| payable[*line] && takes[*line].is_some())
                .filter(|line| self.visit.returns[*line].sold.map(|(sale, _)| sale) == sale)
                .collect();
            if of_sale.is_empty() {
                continue;
            }
            // Delivery goes with the first line of its sale that brings money.
            let first = of_sale.iter().copied().find(|line| self.paid_back(&now, *line));
            let delivery = sale.and_then(|sale| shipping.get(&sale).copied()).unwrap_or_default();
            let with_delivery = |line| left[line] + if Some(line) == first { delivery } else { Decimal::ZERO };
            let parts: Vec<(usize, Decimal)> = of_sale.iter().map(|line| (*line, with_delivery(*line))).collect();
            // What always goes to one tender takes nothing from those of the sale.
            let is_fixed =
                |line: usize| matches!(self.book.remedies[takes[line].as_ref().unwrap()], RemedyKind::MoneyTo(_));
            let routed = parts.iter().filter(|(line, _)| !is_fixed(*line));
            let total: Decimal = routed.map(|(_, amount)| amount).sum();
            let fixed: Vec<bool> = (0..lines.len()).map(|line| takes[line].is_some() && is_fixed(line)).collect();
            let mut over: Vec<(Option<usize>, Decimal)> = Vec::new();
            if let Some(sale) = sale {
                for (tender, amount) in self.allocate(sale, total) {
                    self.figures.tender_amount.insert((sale, tender), amount);
                    over.push((Some(tender), amount));
                }
            }
            over.push((None, total - over.iter().map(|(_, amount)| amount).sum::<Decimal>()));
            // Lines in their order take from the tenders in the order in which these are paid back.
            for (line, mut amount) in parts {
                let mut no_tender = vec![(None, amount)];
                for (tender, available) in if fixed[line] { &mut no_tender } else { &mut over } {
                    let part = amount.min(*available);
                    if part.is_zero() {
                        continue;
                    }
                    amount -= part;
                    *available -= part;
                    let place = Place { line: Some(line), sale, tender: *tender };
                    match self.route(line, takes, place)? {
                        Ok((to, id, cap)) => {
                            let of = id.as_ref().and(sale);
                            match self.payout(place, to, id, lines[line].outcome == Outcome::Pending)? {
                                Ok(payout) => *merged.entry((payout, of, cap)).or_default() += part,
                                Err((outcome, ask)) => troubled.push((line, outcome, ask)),
                            }
                        }
                        Err((outcome, ask)) => troubled.push((line, outcome, ask)),
                    }
                }
            }
        }
        let mut payouts: BTreeMap<Payout, Decimal> = BTreeMap::new();
        for ((payout, _, cap), amount) in merged {
            let over = cap.as_ref().map_or(Decimal::ZERO, |(most, _)| (amount - most).max(Decimal::ZERO));
            if let Some((_, to)) = cap.filter(|_| !over.is_zero()) {
                *payouts.entry(Payout { to, id: None, ..payout.clone() }).or_default() += over;
            }
            if over < amount {
                *payouts.entry(payout).or_default() += amount - over;
            }
        }
        let payouts = payouts.into_iter().map(|(payout, amount)| Payout { amount, ..payout }).collect();
        Ok((payouts, troubled))
    }

    /// How a refund of a sale is shared over its tenders, cumulative over earlier returns.
    fn allocate(&self, sale: usize, total: Decimal) -> Vec<(usize, Decimal)> {
        let tenders = list(self.visit.sale(sale), "/tenders");
        let paid: Vec<Decimal> = tenders.iter().map(|tender| decimal(tender, "/amount").unwrap()).collect();
        let earlier: Vec<Decimal> = tenders
            .iter()
            .map(|tender| {
                let visits = list(self.visit.sale(sale), "/earlier_returns");
                let backs = visits.iter().flat_map(|visit| list(visit, "/tenders"));
                backs
                    .filter(|back| text(back, "/id") == text(tender, "/id"))
                    .map(|b| decimal(b, "/amount").unwrap())
                    .sum()
            })
            .collect();
        let (first, rest) = self.edition.split().unwrap_or((Vec::new(), SplitRest::AsTendered));
        let mut given = vec![Decimal::ZERO; tenders.len()];
        let mut open = total;
        let mut give = |tender: usize, amount: Decimal, open: &mut Decimal| {
            let amount = amount.min(*open).min(paid[tender] - earlier[tender] - given[tender]).max(Decimal::ZERO);
            given[tender] += amount;
            *open -= amount;
        };
        let kind = |tender: usize| text(&tenders[tender], "/tender").unwrap();
        let mut order = Vec::new();
        for name in &first {
            for tender in (0..tenders.len()).filter(|tender| kind(*tender) == *name) {
                give(tender, open, &mut open);
                order.push(tender);
            }
        }
        let mut others: Vec<usize> = (0..tenders.len()).filter(|tender| !first.contains(&kind(*tender))).collect();
        match rest {
            SplitRest::AsTendered => {}
            SplitRest::InReverse => others.reverse(),
            SplitRest::InProportion if others.is_empty() => {}
            SplitRest::InProportion => {
                let before: Decimal = others.iter().map(|tender| earlier[*tender]).sum();
                let most: Decimal = others.iter().map(|tender| paid[*tender]).sum();
                let weights: Vec<Decimal> = others.iter().map(|tender| paid[*tender]).collect();
                let targets = share((before + open).min(most), &weights, self.edition.digits()).unwrap();
                for (tender, target) in others.iter().zip(targets) {
                    give(*tender, target - earlier[*tender], &mut open);
                }
            }
        }
        for tender in others {
            give(tender, open, &mut open);
            order.push(tender);
        }
        order.into_iter().map(|tender| (tender, given[tender])).collect()
    }

    /// Where a part goes: destination, id, cap.
    #[expect(clippy::type_complexity, reason = "a destination, or what is wrong with it")]
    fn route(
        &self,
        line: usize,
        takes: &Takes,
        place: Place,
    ) -> Result<Result<(String, Option<String>, Cap), (Outcome, BTreeSet<String>)>, Key> {
        let remedy = takes[line].as_ref().unwrap();
        if let RemedyKind::MoneyTo(tender) = &self.book.remedies[remedy] {
            return Ok(Ok((tender.node.clone(), None, None)));
        }
        let found = self.resolve(self.edition, &Attr::Pay, place, &|_| Ok(Vec::new()))?;
        let route: Route = match found {
            Some(found) if !found.conflict => match found.value() {
                Stated::Pay(route) => route.clone(),
                other => panic!("{other:?} is no route"),
            },
            Some(_) | None => return Ok(Err((Outcome::Refer, BTreeSet::new()))),
        };
        let to = match &route.to {
            Destination::Tender(name) => (name.clone(), None),
            Destination::Original => {
                let Some((sale, tender)) = place.sale.zip(place.tender) else {
                    return Ok(Err((Outcome::Refer, BTreeSet::new())));
                };
                let tender = &list(self.visit.sale(sale), "/tenders")[tender];
                (text(tender, "/tender").unwrap(), text(tender, "/id"))
            }
            Destination::AskedFor => match text(&self.visit.json, "/refund_to/tender") {
                Some(name) => (name, text(&self.visit.json, "/refund_to/id")),
                None => return Ok(Err((Outcome::Undetermined, ["refund_to.tender ".to_owned()].into()))),
            },
        };
        Ok(Ok((to.0, to.1, route.up_to.clone())))
    }

    /// The payout with its dates, the amount left out.
    fn payout(
        &self,
        place: Place,
        to: String,
        id: Option<String>,
        pending: bool,
    ) -> Result<Result<Payout, (Outcome, BTreeSet<String>)>, Key> {
        // Compared by the days they come to, counted from the request.
        let rank = |statement: &Statement| {
            let (term, event) = match &statement.value {
                Stated::Hold(None) | Stated::Due(None) => return Ok(vec![Decimal::ZERO]),
                Stated::Hold(Some((term, event))) => (term, event),
                // What waits for the goods is later than all else.
                Stated::Due(Some((_, event, awaited))) if self.waits(event, awaited) => return Ok(vec![Decimal::MIN]),
                Stated::Due(Some((term, event, _))) => (term, event),
                other => panic!("{other:?}"),
            };
            let day = match event {
                PayEvent::Fact(fact) => self.pay_day(fact, place).and_then(|from| term.extend(from).ok()),
                PayEvent::Back(event) => term.extend(self.back(*event).unwrap()).ok(),
                _ => term.extend(self.day()).ok(),
            };
            Ok(vec![day.map_or(Decimal::MIN, |day| -Decimal::from((day - self.day()).num_days()))])
        };
        let beyond = || Ok(Err((Outcome::Refer, BTreeSet::new())));
        let hold = self.resolve(self.edition, &Attr::Hold, place, &rank)?.map(|found| found.value().clone());
        let not_before = match hold {
            Some(Stated::Hold(Some((term, event)))) => {
                let from = match self.paid_from(&event, place) {
                    Ok(day) => day,
                    Err(ask) => return Ok(Err((Outcome::Undetermined, [ask].into()))),
                };
                let Ok(day) = term.extend(from) else { return beyond() };
                // What may be paid by now is not held.
                Some(day).filter(|day| *day > self.day())
            }
            _ => None,
        };
        let due = match self.resolve(self.edition, &Attr::Due, place, &rank)?.map(|found| found.value().clone()) {
            Some(Stated::Due(Some((term, ..)))) if term.length.unit == Unit::Hours => None,
            Some(Stated::Due(Some((_, event, awaited)))) if self.waits(&event, &awaited) => None,
            Some(Stated::Due(Some((term, event, awaited)))) => {
                let from = match self.paid_from(&event, place) {
                    Ok(day) => day,
                    Err(ask) => return Ok(Err((Outcome::Undetermined, [ask].into()))),
                };
                let Ok(last) = term.extend(from) else { return beyond() };
                // Nothing is due before it is asked for, nor before what it waits for has come.
                let come = awaited.iter().filter_map(|event| self.back(*event)).min();
                Some(last.max(self.day()).max(come.unwrap_or(last)))
            }
            _ => Some(self.day()),
        };
        // What may not be paid yet is not due yet.
        let due = due.map(|due| not_before.map_or(due, |not_before| due.max(not_before)));
        let print = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        Ok(Ok(Payout { to, id, not_before: print(not_before), due: print(due), pending, amount: Decimal::ZERO }))
    }

    /// The day a hold or the time to pay counts from, or what is asked for.
    fn paid_from(&self, event: &PayEvent, place: Place) -> Result<chrono::NaiveDate, String> {
        let fact = match event {
            PayEvent::Requested => return Ok(self.day()),
            PayEvent::Back(event) => return Ok(self.back(*event).unwrap()),
            // Goods without a sale were sold on no day that could be told.
            PayEvent::Sold if place.sale.is_none() => return Ok(self.day()),
            PayEvent::Sold => "sold",
            PayEvent::Fact(fact) => fact,
        };
        self.pay_day(fact, place).ok_or_else(|| format!("{fact} line {}", self.visit.returns[place.line.unwrap()].id))
    }

    /// The day of an event of the return; none as long as it is still to come.
    fn back(&self, event: MeetingEvent) -> Option<chrono::NaiveDate> {
        let name = event.word();
        let come = self.visit.json[name] != "awaited";
        come.then(|| self.visit.event(name).on(self.visit.zone(self.edition)))
    }

    /// Whether no last day to pay can be told before the goods move.
    fn waits(&self, event: &PayEvent, awaited: &[MeetingEvent]) -> bool {
        let from = matches!(event, PayEvent::Back(event) if self.back(*event).is_none());
        from || !awaited.is_empty() && awaited.iter().all(|event| self.back(*event).is_none())
    }

    /// Money that no tender paid has no date of one: it counts from the request.
    fn pay_day(&self, fact: &str, place: Place) -> Option<chrono::NaiveDate> {
        if fact == "sold" {
            return self.visit.clock_day(place.line.unwrap(), Clock::Sold, self.edition);
        }
        if super::conditions::scope(self.edition, fact) == super::conditions::Scope::Tender && place.tender.is_none() {
            return Some(self.day());
        }
        match self.known(fact, place) {
            Some(super::conditions::Val::Day(day)) => Some(day),
            Some(_) | None => None,
        }
    }
}
