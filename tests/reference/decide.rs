//! The answer for one completion of the missing facts: remedies, amounts, totals, guards, tenders, paperwork, in the order of
//! `docs/reference/order.md`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::date::{Unit, When};
use takeback::source::Spanned;
use takeback::syntax::ast::{Condition, Required, StatementKind};
use takeback::terms::MeetingEvent;

use super::amounts::{Amounts, Takes, Worth};
use super::authority::Amount;
use super::book::{Clause, Edition};
use super::conditions::{Case, Figures, Key, Place, Scope, Val};
use super::stated::{Attr, Stated, role_of};
use super::tenders::Payout;
use super::unknown::conditions_of;
use super::visit::OnClocks as _;
use super::visit::{list, text};
use super::windows::Window;

/// Ranked as in `order.md`: the worst is last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Accept,
    Pending,
    Refer,
    Decline,
    Undetermined,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Offered,
    NotOffered,
    Expired,
    Stopped,
    Unsettled,
    Gap,
    Unknown,
}

#[derive(Debug, Clone)]
pub(crate) struct Remedy {
    pub(crate) status: Status,
    /// `no limit` or a day.
    pub(crate) last_day: Option<String>,
    pub(crate) amounts: Option<Amounts>,
    /// What must be asked before it can be settled.
    pub(crate) ask: BTreeSet<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) outcome: Outcome,
    /// Who decides or verifies.
    pub(crate) before: BTreeSet<String>,
    pub(crate) remedies: BTreeMap<String, Remedy>,
    /// Missing quantities that the wanted remedy needs.
    pub(crate) ask: BTreeSet<String>,
    /// It came to nothing before any clause was asked, or for want of a gift.
    pub(crate) gone: bool,
    /// A guard stopped it.
    pub(crate) stopped: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    pub(crate) lines: Vec<Line>,
    pub(crate) balance: BTreeMap<&'static str, Decimal>,
    pub(crate) payouts: Vec<Payout>,
    /// Form and field, line (or none), and whether it is needed.
    pub(crate) paperwork: BTreeMap<(String, String), &'static str>,
}

impl Case<'_> {
    pub(crate) fn run(&mut self) -> Result<Answer, Key> {
        let count = self.visit.returns.len();
        self.figures = Figures { item_refund: vec![Decimal::ZERO; count], ..Figures::default() };
        let approvals = list(&self.visit.json, "/approvals");
        if self.edition.has_ladder() && !approvals.is_empty() {
            let heard = self.heard()?;
            return Case { visit: &heard, figures: self.figures.clone(), ..*self }.decide(approvals);
        }
        self.decide(approvals)
    }

    /// What each line may have, with its amounts, what it takes, and whether it is declined for want of a gift.
    pub(super) fn offers(&self) -> Result<(Vec<Line>, Takes, Vec<bool>), Key> {
        let mut lines = Vec::new();
        for line in 0..self.visit.returns.len() {
            let mut remedies = BTreeMap::new();
            for remedy in self.book.remedies.keys().cloned() {
                let found = if self.is_impossible(line) {
                    Remedy { status: Status::Stopped, last_day: None, amounts: None, ask: BTreeSet::new() }
                } else {
                    self.remedy(line, &remedy)?
                };
                remedies.insert(remedy, found);
            }
            lines.push(Line {
                outcome: Outcome::Accept,
                before: BTreeSet::new(),
                remedies,
                ask: BTreeSet::new(),
                gone: false,
                stopped: false,
            });
        }
        let (takes, without_gift) = self.settle_amounts(&mut lines)?;
        Ok((lines, takes, without_gift))
    }

    /// Decides, with approvals that guards weigh by themselves.
    fn decide(&mut self, approvals: &[Json]) -> Result<Answer, Key> {
        let count = self.visit.returns.len();
        let refused: Vec<bool> = (0..count).map(|line| self.is_impossible(line)).collect();
        let (mut lines, takes, without_gift) = self.offers()?;
        let totals = self.totals(&lines, &takes)?;
        let all = totals.refund + totals.credit;
        self.figures.refund = totals.refund;
        self.figures.credit = totals.credit;
        self.figures.to_pay = (totals.new_goods - all).max(Decimal::ZERO);
        for (line, takes) in takes.iter().enumerate() {
            let amounts = takes.as_ref().and_then(|remedy| lines[line].remedies[remedy].amounts.as_ref());
            self.figures.item_refund[line] = amounts.map_or(Decimal::ZERO, Amounts::value);
        }

        for (at, line) in lines.iter().enumerate() {
            if !refused[at] && line.remedies[&self.wants(at)?].status == Status::Unknown {
                self.figures.open.insert(at);
            }
        }
        let gone = |line: usize| refused[line] || without_gift[line];
        let standing = (0..count).map(|line| self.standing(line)).collect::<Result<Vec<_>, Key>>()?;
        let mut guarded = vec![Outcome::Accept; count];
        let mut base = Vec::new();
        for (line, found) in lines.iter_mut().enumerate() {
            let (outcome, ask) = if gone(line) {
                (Outcome::Decline, BTreeSet::new())
            } else {
                let wanted = &found.remedies[&self.wants(line)?];
                (base_outcome(wanted.status), wanted.ask.clone())
            };
            if outcome == Outcome::Refer {
                found.before.insert("manager".to_owned());
            }
            base.push((outcome, ask));
        }
        // Those of lines first: what they stop is not let through by the others.
        for of_visit in [false, true] {
            let worth = (0..count).map(|line| self.worth(&lines[line], line, gone(line), totals.ask.is_empty()));
            let worth = worth.collect::<Result<Vec<Amount>, Key>>()?;
            let held_back = |clause: &Clause, stops: bool| -> Amount {
                let held = (0..count).filter(|line| !gone(*line)).filter(|line| match of_visit {
                    true => stops || base[*line].0 != Outcome::Undetermined,
                    // What may be stopped is held back also where it cannot be worked out yet.
                    false => {
                        let may_stop = |says: &takeback::syntax::ast::Statement| match &says.kind {
                            StatementKind::Stop { finality, .. } => role_of(finality.as_ref()).is_some(),
                            _ => false,
                        };
                        let waits = base[*line].0 == Outcome::Undetermined && !clause.says.iter().any(may_stop);
                        !waits && standing[*line].iter().any(|(other, _)| other.path == clause.path)
                    }
                });
                let delivery = if of_visit { totals.shipping.values().sum() } else { Decimal::ZERO };
                held.map(|line| worth[line]).chain([Some(delivery)]).sum()
            };
            let mut found = Vec::new();
            for (line, standing) in standing.iter().enumerate() {
                let mine: Vec<&Clause> =
                    standing.iter().filter(|(_, visit)| *visit == of_visit).map(|(clause, _)| *clause).collect();
                found.push((line, mine));
            }
            for (line, clauses) in found {
                let offered = base[line].0 == Outcome::Accept;
                let outcome = self.guards(&mut lines[line], offered, &clauses, approvals, &held_back);
                guarded[line] = guarded[line].max(outcome);
            }
        }
        for (line, (outcome, ask)) in base.into_iter().enumerate() {
            let takes_it = outcome == Outcome::Accept;
            // A stop declines also what could not be worked out yet.
            let stopped = guarded[line] == Outcome::Decline;
            (lines[line].gone, lines[line].stopped) = (gone(line), stopped);
            lines[line].outcome = if stopped { guarded[line] } else { outcome.max(guarded[line]) };
            lines[line].ask = if stopped { BTreeSet::new() } else { ask };
            // The price of new goods is no matter of what is not offered.
            if !totals.ask.is_empty() && takes_it && !stopped {
                lines[line].outcome = Outcome::Undetermined;
                lines[line].ask.extend(totals.ask.clone());
            }
        }

        self.figures.open.clear();

        // Money may have nowhere to go; such lines are referred, and the rest is shared again.
        let mut payouts;
        loop {
            let payable = self.payable(&lines);
            let (found, troubled) = self.payouts(&lines, &takes, &payable)?;
            payouts = found;
            if troubled.is_empty() {
                break;
            }
            for (line, outcome, ask) in troubled {
                if outcome == Outcome::Refer {
                    lines[line].before.insert("manager".to_owned());
                }
                lines[line].outcome = lines[line].outcome.max(outcome);
                lines[line].ask.extend(ask);
            }
        }
        let mut outcome = lines.iter().map(|line| line.outcome).max().unwrap();
        if self.edition.together().unwrap() {
            for line in &mut lines {
                if line.outcome <= Outcome::Pending {
                    line.outcome = outcome;
                }
            }
            // What goes together is paid once all of it is verified.
            payouts = once_verified(payouts, outcome == Outcome::Pending);
            outcome = lines.iter().map(|line| line.outcome).max().unwrap();
        }
        // Who decides is part of the answer only where a policy asks who is there.
        if !self.book.editions.iter().any(asks_who_is_on_duty) {
            lines.iter_mut().for_each(|line| line.before.clear());
        }
        let paperwork = self.paperwork(&lines)?;
        let stays = self.without_stopped(&lines, &takes);
        let totals = self.totals(&lines, &stays)?;
        let all = totals.refund + totals.credit;
        let balance = [
            ("refund", totals.refund),
            ("credit", totals.credit),
            ("new_goods", totals.new_goods),
            ("shipping", totals.shipping.values().sum()),
            ("to_customer", (all - totals.new_goods).max(Decimal::ZERO)),
            ("to_pay", (totals.new_goods - all).max(Decimal::ZERO)),
        ];
        Ok(Answer { outcome, lines, balance: balance.into(), payouts, paperwork })
    }

    /// What each line takes that no guard has stopped.
    fn without_stopped(&self, lines: &[Line], takes: &Takes) -> Takes {
        let is_stopped = |line: usize, remedy: &str| lines[line].remedies[remedy].status == Status::Stopped;
        let takes = takes.iter().enumerate();
        takes.map(|(line, remedy)| remedy.clone().filter(|remedy| !is_stopped(line, remedy))).collect()
    }

    /// More returned than bought, the same serial number twice or not of this sale, dated before the sale.
    pub(super) fn is_impossible(&self, line: usize) -> bool {
        let coming = &self.visit.returns[line];
        let serials = list(&coming.json, "/serials");
        let twice = serials.iter().enumerate().any(|(at, serial)| serials[..at].contains(serial));
        let also_other = self.visit.returns.iter().enumerate().any(|(other, json)| {
            other != line
                && json.sold == coming.sold
                && list(&json.json, "/serials").iter().any(|serial| serials.contains(serial))
        });
        let sold_on = self.visit.clock_day(line, takeback::terms::Clock::Sold, self.edition);
        let is_before_sale = sold_on.is_some_and(|sold_on| self.day() < sold_on);
        let Some(sold) = coming.sold else { return twice || is_before_sale };
        let now: u32 = self.visit.returns.iter().filter(|one| one.sold == Some(sold)).map(|one| one.quantity).sum();
        let known = list(self.visit.sold_line(sold), "/serials");
        let strange = !known.is_empty() && serials.iter().any(|serial| !known.contains(serial));
        self.visit.came_back(sold) + now > self.visit.bought(sold) || twice || also_other || strange || is_before_sale
    }

    pub(super) fn remedy(&self, line: usize, remedy: &str) -> Result<Remedy, Key> {
        let status = |status| Remedy { status, last_day: None, amounts: None, ask: BTreeSet::new() };
        let rank = |statement: &super::stated::Statement| {
            Ok(vec![if statement.value == Stated::Yes { Decimal::ONE } else { Decimal::ZERO }])
        };
        let found = self.resolve(self.edition, &Attr::Remedy(remedy.to_owned()), self.place(line), &rank)?;
        match found {
            None => return Ok(status(Status::Gap)),
            Some(found) if found.conflict => return Ok(status(Status::Unsettled)),
            Some(found) if *found.value() != Stated::Yes => return Ok(status(Status::NotOffered)),
            Some(_) => {}
        }
        let (window, stated_by) = self.window(self.edition, line, remedy)?;
        let (last_day, in_time) = match window {
            Window::Gap(_) => return Ok(status(Status::Gap)),
            Window::Unsettled => return Ok(status(Status::Unsettled)),
            Window::Ask(ask) => {
                let id = &self.visit.returns[line].id;
                let of_line =
                    |clock: &String| if clock.contains(' ') { clock.clone() } else { format!("{clock} line {id}") };
                let ask = ask.iter().map(of_line).collect();
                return Ok(Remedy { ask, ..status(Status::Unknown) });
            }
            Window::Until(None) => ("no limit".to_owned(), true),
            Window::Until(Some(last)) => (last.to_string(), self.meeting_day() <= last),
            Window::UntilMoment(last) => {
                let zone = self.visit.zone(self.edition);
                let day = When::Moment(last).on(zone);
                match self.meeting() {
                    When::Moment(moment) => (day.to_string(), moment <= last),
                    When::Date(on) if on < day => (day.to_string(), true),
                    When::Date(on) if on > day => (day.to_string(), false),
                    When::Date(_) => return Ok(status(Status::Gap)),
                }
            }
        };
        let late_is_fine = role_of(self.edition.late().as_ref())
            .is_some_and(|role| stated_by.iter().any(|clause| self.is_approved(clause, &role)));
        let offered = if in_time || late_is_fine { Status::Offered } else { Status::Expired };
        Ok(Remedy { last_day: Some(last_day), ..status(offered) })
    }

    /// The event that must meet the deadline.
    fn meeting(&self) -> When {
        self.visit.event(match self.edition.deadline() {
            Some(MeetingEvent::Told) | None => "told",
            Some(MeetingEvent::Sent) => "sent",
            Some(MeetingEvent::Received) => "received",
        })
    }

    pub(super) fn meeting_day(&self) -> NaiveDate {
        self.meeting().on(self.visit.zone(self.edition))
    }

    pub(crate) fn is_approved(&self, clause: &str, needed: &str) -> bool {
        list(&self.visit.json, "/approvals").iter().any(|approval| {
            text(approval, "/clause").as_deref() == Some(clause)
                && self.edition.has_authority(&text(approval, "/role").unwrap(), needed)
        })
    }

    /// What came of a verification, when something did: one that failed outweighs others.
    fn verified(&self, clause: &str, needed: &str) -> Option<bool> {
        let mine = list(&self.visit.json, "/verifications").iter().filter(|one| {
            text(one, "/clause").as_deref() == Some(clause)
                && self.edition.has_authority(&text(one, "/role").unwrap(), needed)
        });
        mine.map(|one| one["passed"].as_bool().unwrap()).reduce(|all, one| all && one)
    }

    /// Fills in the amounts of all offered remedies; returns what each line takes. A line whose wanted remedy has no amounts
    /// does not come back, nor does one whose gift is missing, which may change what the others are worth.
    fn settle_amounts(&self, lines: &mut [Line]) -> Result<(Takes, Vec<bool>), Key> {
        let mut takes: Takes = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let refused = line.remedies.values().all(|remedy| remedy.status == Status::Stopped);
            let wants = if refused { None } else { Some(self.wants(at)?) };
            takes.push(wants.filter(|wants| line.remedies[wants].status == Status::Offered));
        }
        let mut without_gift = vec![false; lines.len()];
        let mut left_to_people: BTreeSet<usize> = BTreeSet::new();
        loop {
            let missing: Vec<usize> = (0..takes.len())
                .filter(|line| self.takes_value(&takes, *line).is_some() && self.gift_missing(*line, &takes))
                .collect();
            for line in &missing {
                (takes[*line], without_gift[*line]) = (None, true);
                let offered = lines[*line].remedies.values_mut().filter(|remedy| remedy.status == Status::Offered);
                offered.for_each(|remedy| remedy.status = Status::Stopped);
            }
            if !missing.is_empty() {
                continue;
            }
            let worth = self.amounts(&takes)?;
            let fallen = (0..takes.len()).filter(|line| !matches!(worth[*line], None | Some(Worth::Is(_))));
            let fallen: Vec<usize> = fallen.collect();
            if fallen.is_empty() {
                break;
            }
            left_to_people.extend(fallen.iter().filter(|line| matches!(worth[**line], Some(Worth::Promotions))));
            fallen.into_iter().for_each(|line| takes[line] = None);
        }
        for line in 0..lines.len() {
            let names: Vec<String> = lines[line].remedies.keys().cloned().collect();
            for remedy in names {
                if lines[line].remedies[&remedy].status != Status::Offered {
                    continue;
                }
                let mut instead = takes.clone();
                instead[line] = Some(remedy.clone());
                let mut worth = self.amounts(&instead)?.swap_remove(line);
                // The others want what they want, also where a person decides of it.
                worth = worth.map(|worth| if left_to_people.contains(&line) { Worth::Promotions } else { worth });
                let found = lines[line].remedies.get_mut(&remedy).unwrap();
                match worth {
                    None => {}
                    Some(Worth::Is(amounts)) => found.amounts = Some(amounts),
                    Some(Worth::Unsettled) => found.status = Status::Unsettled,
                    Some(Worth::Gap | Worth::Promotions) => found.status = Status::Gap,
                    Some(Worth::Ask(ask)) => {
                        found.status = Status::Unknown;
                        found.ask = ask;
                    }
                }
            }
        }
        Ok((takes, without_gift))
    }

    /// The wanted remedy, as told or as guessed.
    pub(super) fn wants(&self, line: usize) -> Result<String, Key> {
        match self.fact("wants", self.place(line))? {
            Val::Text(wants) => Ok(wants),
            other => panic!("{other:?}"),
        }
    }

    /// The clauses of the guards that stand for a line, and whether they speak of the visit.
    fn standing(&self, line: usize) -> Result<Vec<(&Clause, bool)>, Key> {
        let place = self.place(line);
        let is_guard = |says: &StatementKind| {
            matches!(says, StatementKind::Refer { .. } | StatementKind::Verify { .. } | StatementKind::Stop { .. })
        };
        let mut standing = Vec::new();
        for chain in self.live_guards(place, &is_guard)? {
            let clause = *chain.last().unwrap();
            let waives = |says: &StatementKind| match says {
                StatementKind::Waive(names) => {
                    names.iter().any(|name| super::book::is_called(&clause.path, &name.node))
                }
                _ => false,
            };
            let waived = match self.live_clauses(self.edition, place, &waives) {
                // It waits for what cannot be worked out yet.
                Err(key) if !self.figures.open.is_empty() && is_figure(&key.fact) => true,
                waivers => {
                    let mut waived = false;
                    // An exception to it, or a clause that goes before it.
                    let inside = |chain: &&Vec<&Clause>| {
                        chain.iter().any(|one| one.path == clause.path) || chain.last().unwrap().layer > clause.layer
                    };
                    for waiver in waivers?.iter().filter(inside).map(|chain| *chain.last().unwrap()) {
                        waived = waived
                            || match self.may_waive(self.edition, waiver, clause, place) {
                                Err(key) if !self.figures.open.is_empty() && is_figure(&key.fact) => true,
                                may => may?,
                            };
                    }
                    waived
                }
            };
            match self.may_guard(self.edition, clause, place) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(key) if !self.figures.open.is_empty() && is_figure(&key.fact) => continue,
                Err(key) => return Err(key),
            }
            let finest = chain.iter().filter_map(|clause| clause.when.as_ref()).map(|when| self.finest(when)).max();
            if !waived {
                standing.push((clause, finest.is_none_or(|finest| finest == Scope::Visit)));
            }
        }
        Ok(standing)
    }

    /// The worst that the guards of some clauses say of a line; a stop takes its remedies away, others speak of what is offered.
    fn guards(
        &self,
        found: &mut Line,
        offered: bool,
        clauses: &[&Clause],
        approvals: &[Json],
        held_back: &dyn Fn(&Clause, bool) -> Amount,
    ) -> Outcome {
        let lifted = |clause: &Clause, needed: &str, stops: bool| {
            approvals.iter().any(|approval| {
                let role = text(approval, "/role").unwrap();
                text(approval, "/clause").as_ref() == Some(&clause.path)
                    && self.edition.has_authority(&role, needed)
                    && self.edition.may_approve(&role, held_back(clause, stops))
            })
        };
        let mut worst = Outcome::Accept;
        for clause in clauses {
            for says in &clause.says {
                let mut kind = &says.kind;
                if !offered && !matches!(kind, StatementKind::Stop { .. }) {
                    continue;
                }
                let person;
                if let StatementKind::Verify { role, otherwise, .. } = kind {
                    match self.verified(&clause.path, &role.node) {
                        Some(true) => continue,
                        Some(false) => {
                            person = StatementKind::Refer {
                                role: Spanned::new("manager".to_owned(), role.span),
                                reason: None,
                            };
                            kind = otherwise.as_deref().unwrap_or(&person);
                        }
                        None => {}
                    }
                }
                match kind {
                    StatementKind::Refer { role, .. } if !lifted(clause, &role.node, false) => {
                        found.before.insert(role.node.clone());
                    }
                    StatementKind::Verify { role, .. } => {
                        found.before.insert(format!("verify {}", role.node));
                    }
                    _ => {}
                }
                let outcome = match kind {
                    StatementKind::Refer { role, .. } if !lifted(clause, &role.node, false) => Outcome::Refer,
                    StatementKind::Verify { within: Some(within), .. } => {
                        let term = clause.counts.term(*within, says.calendar.as_ref());
                        let is_beyond = term.length.unit != Unit::Hours && term.extend(self.day()).is_err();
                        if is_beyond {
                            found.before.insert("manager".to_owned());
                        }
                        if is_beyond { Outcome::Refer } else { Outcome::Pending }
                    }
                    StatementKind::Verify { within: None, .. } => Outcome::Pending,
                    StatementKind::Stop { finality, .. } => {
                        let lifted = role_of(finality.as_ref()).is_some_and(|role| lifted(clause, &role, true));
                        if lifted {
                            continue;
                        }
                        for remedy in found.remedies.values_mut() {
                            if !matches!(remedy.status, Status::NotOffered | Status::Expired) {
                                remedy.status = Status::Stopped;
                            }
                        }
                        Outcome::Decline
                    }
                    _ => continue,
                };
                worst = worst.max(outcome);
            }
        }
        worst
    }

    /// The clauses of all guards that stand. One that hangs on what cannot be worked out yet does not.
    fn live_guards(&self, place: Place, is_guard: &dyn Fn(&StatementKind) -> bool) -> Result<Vec<Vec<&Clause>>, Key> {
        let mut all: Vec<&Clause> = Vec::new();
        let mut open: Vec<&Clause> = self.edition.clauses.iter().collect();
        while let Some(clause) = open.pop() {
            open.extend(&clause.exceptions);
            if clause.says.iter().any(|says| is_guard(&says.kind)) {
                all.push(clause);
            }
        }
        let mut found = Vec::new();
        for clause in all {
            let is_here =
                |says: &StatementKind| clause.says.iter().any(|own| std::ptr::eq(&own.kind, says)) && is_guard(says);
            match self.live_clauses(self.edition, place, &is_here) {
                Ok(chains) => found.extend(chains),
                Err(key) if !self.figures.open.is_empty() && is_figure(&key.fact) => {}
                Err(key) => return Err(key),
            }
        }
        found.sort_by_key(|chain| chain.last().unwrap().path.clone());
        Ok(found)
    }

    /// Lines whose money may be paid out now.
    fn payable(&self, lines: &[Line]) -> Vec<bool> {
        let fine = |line: &Line| line.outcome <= Outcome::Pending;
        let together = self.edition.together().unwrap();
        lines.iter().map(|line| fine(line) && (!together || lines.iter().all(fine))).collect()
    }
}

/// The outcome of a line by the status of its wanted remedy. Only others offered is a decline too.
/// Whether a condition asks who is on duty, also one of a form.
fn asks_who_is_on_duty(edition: &Edition) -> bool {
    let mut found = false;
    let mut look = |condition: &Condition| found |= format!("{condition:?}").contains("OnDuty");
    edition.clauses.iter().for_each(|clause| conditions_of(clause, &mut look));
    for field in edition.forms.values().flat_map(|form| &form.fields) {
        if let Some(Required::When(condition)) = &field.required {
            look(condition);
        }
    }
    found
}

/// The same payouts, all of them pending where the visit is; what then goes the same way comes together.
fn once_verified(payouts: Vec<Payout>, waits: bool) -> Vec<Payout> {
    let mut found: Vec<Payout> = Vec::new();
    for payout in payouts {
        let payout = Payout { pending: payout.pending || waits, ..payout };
        let nothing = |one: &Payout| Payout { amount: Decimal::ZERO, ..one.clone() };
        match found.iter_mut().find(|known| nothing(known) == nothing(&payout)) {
            Some(known) => known.amount += payout.amount,
            None => found.push(payout),
        }
    }
    found.sort();
    found
}

fn base_outcome(status: Status) -> Outcome {
    match status {
        Status::Offered => Outcome::Accept,
        Status::NotOffered | Status::Expired | Status::Stopped => Outcome::Decline,
        Status::Unsettled | Status::Gap => Outcome::Refer,
        Status::Unknown => Outcome::Undetermined,
    }
}

/// A figure that the stages settle.
fn is_figure(fact: &str) -> bool {
    matches!(fact, "item.refund" | "visit.refund" | "visit.credit" | "visit.to_pay" | "visit.uncovered")
}
