//! Limits over history: what a key (a customer, a household, a clerk, an item) has brought back before, with this visit, against
//! what a clause allows (docs/reference/limits.md).

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::decision::{Asked, Credits, LimitUse};
use crate::program::{Guard, Limit, LimitSpan};
use crate::request::{History, Past, Request};
use crate::terms::{Counted, Measure, Period};

use super::conditions::Unknown;
use super::guards::stands;
use super::totals::is_money;
use super::{Run, ZERO};

impl<'r> Run<'r> {
    /// Asks every limit of the version at the request, for the lines that its clause applies to.
    pub(super) fn limits(&mut self) -> Result<(), Unknown> {
        let program = self.program;
        let Some(version) = program.versions.get(self.decision.version) else { return Ok(()) };
        // What one limit asks keeps no other from being asked.
        let open: Vec<usize> = (0..self.states.len()).filter(|l| self.offered(*l) && !self.waits(*l)).collect();
        for guard in &version.guards {
            let Some(limit) = &guard.limit else { continue };
            let mut lines: Vec<(usize, Credits)> = Vec::new();
            for line in open.iter().copied().filter(|line| self.offered(*line)).collect::<Vec<_>>() {
                let frame = match self.visit_frames.get_mut(line) {
                    Some(Some(frame)) => frame,
                    _ => match self.frames.get_mut(line) {
                        Some(frame) => frame,
                        None => continue,
                    },
                };
                let by = stands(frame, &self.facts, guard);
                if let Some(unknown) = frame.missing.take() {
                    return Err(unknown);
                }
                if let Some(by) = by.filter(|_| self.counts(line, limit)) {
                    lines.push((line, by));
                }
            }
            // An item has a history of its own; all else is one for the visit.
            let groups: Vec<Vec<(usize, Credits)>> = match limit.per {
                Counted::Item => lines.into_iter().map(|line| vec![line]).collect(),
                Counted::Customer | Counted::Household | Counted::Clerk => vec![lines],
            };
            for group in groups.iter().filter(|group| !group.is_empty()) {
                self.ask_limit(guard, limit, group);
            }
        }
        Ok(())
    }

    /// What a line gives back in money.
    fn money_of(&self, line: usize) -> Decimal {
        let state = self.states.get(line);
        let money = state.and_then(|s| s.wants).and_then(|wants| self.kind(wants)).is_some_and(is_money);
        state.filter(|_| money).map_or(ZERO, |s| s.amounts.value)
    }

    /// Whether a line counts: it is worth as much as the floor, where there is one.
    fn counts(&self, line: usize, limit: &Limit) -> bool {
        let worth = self.states.get(line).map_or(ZERO, |s| s.amounts.value);
        limit.floor.is_none_or(|floor| worth >= floor)
    }

    fn ask_limit(&mut self, guard: &'r Guard, limit: &'r Limit, group: &[(usize, Credits)]) {
        let request: &'r Request = self.facts.request;
        let lines = || group.iter().map(|(line, _)| *line);
        let now = match limit.measure {
            Measure::Refund => lines().map(|line| self.money_of(line)).sum(),
            Measure::Returns => Decimal::ONE,
            Measure::Items => {
                let kept = |line: &usize| self.states.get(*line).is_some_and(|state| state.amounts.stays);
                let back = lines().filter(|line| !kept(line)).filter_map(|line| request.lines.get(line));
                back.map(|line| Decimal::from(line.quantity)).sum()
            }
        };
        let item = lines().next().filter(|_| limit.per == Counted::Item);
        let path = self.program.clause(guard.clause).map_or("", |clause| &*clause.path);
        let past = history(request, limit.per, item).filter(|past| fresh(past, limit, request.day));
        let complete = past.is_some_and(|past| !past.at_least);
        let counted = past.map(|past| counted(past, limit, path, request.day));
        let used = counted.as_ref().map(|list| list.iter().map(|one| one.amount).sum::<Decimal>());
        let over = used.unwrap_or(ZERO) + now > limit.at_most;
        let passes_on = match &counted {
            Some(list) if over && complete => passes_on(list, now, limit, request.day),
            _ => None,
        };
        self.decision.limits.push(LimitUse {
            clause: guard.clause,
            line: item,
            per: limit.per,
            measure: limit.measure,
            used: used.filter(|_| complete),
            now,
            at_most: limit.at_most,
            passes_on,
        });
        if over {
            let amount = self.worth_of(lines(), false);
            for (line, by) in group {
                let before = self.decision.reasons.len();
                self.apply(guard, Some(*line), by, amount);
                self.decision.reasons.iter_mut().skip(before).for_each(|reason| reason.day = passes_on);
            }
        } else if !complete {
            for line in lines() {
                let Some(state) = self.states.get_mut(line) else { continue };
                state.ask.push(Asked::History(limit.per));
            }
        }
    }
}

fn history(request: &Request, per: Counted, item: Option<usize>) -> Option<&Past> {
    let History { customer, household, clerk } = &request.history;
    match per {
        Counted::Customer => customer.as_ref(),
        Counted::Household => household.as_ref(),
        Counted::Clerk => clerk.as_ref(),
        Counted::Item => request.lines.get(item?)?.history.as_ref(),
    }
}

/// Whether a history is as young as the limit wants it.
fn fresh(past: &Past, limit: &Limit, day: NaiveDate) -> bool {
    limit.fresh.as_ref().is_none_or(|age| age.extend(past.as_of).is_ok_and(|last| day <= last))
}

/// A return that counts, and the first day on which it does not any more; none: for ever.
struct One {
    amount: Decimal,
    leaves: Option<NaiveDate>,
}

/// The returns before that count for a limit on a day.
fn counted(past: &Past, limit: &Limit, clause: &str, day: NaiveDate) -> Vec<One> {
    let counts = |one: &&crate::request::PastReturn| {
        one.day <= day
            && limit.floor.is_none_or(|floor| one.least.unwrap_or(one.refund) >= floor)
            && one.limits.as_ref().is_none_or(|limits| limits.iter().any(|path| path == clause))
    };
    let amount = |one: &crate::request::PastReturn| match limit.measure {
        Measure::Refund => one.refund,
        Measure::Returns => Decimal::from(one.returns),
        Measure::Items => Decimal::from(one.items),
    };
    let found =
        past.returns.iter().filter(counts).map(|one| One { amount: amount(one), leaves: leaves(one.day, &limit.span) });
    found.filter(|one| one.leaves.is_none_or(|leaves| leaves > day)).collect()
}

/// The first day on which a return of a day does not count any more.
fn leaves(day: NaiveDate, span: &LimitSpan) -> Option<NaiveDate> {
    match span {
        LimitSpan::Rolling(term) => term.extend(day).ok(),
        LimitSpan::Calendar(period) => next(day, *period),
        LimitSpan::Ever => None,
    }
}

/// The first day of the next period.
fn next(day: NaiveDate, period: Period) -> Option<NaiveDate> {
    match period {
        Period::Year => NaiveDate::from_ymd_opt(day.year().checked_add(1)?, 1, 1),
        Period::Month => day.with_day(1)?.checked_add_months(chrono::Months::new(1)),
        Period::Week => {
            let into = u64::from(day.weekday().num_days_from_monday());
            day.checked_add_days(chrono::Days::new(7u64.saturating_sub(into)))
        }
    }
}

/// The first day on which the same return would pass, when nothing else comes back before.
fn passes_on(counted: &[One], now: Decimal, limit: &Limit, day: NaiveDate) -> Option<NaiveDate> {
    let mut days: Vec<NaiveDate> = counted.iter().filter_map(|one| one.leaves).filter(|leaves| *leaves > day).collect();
    days.sort_unstable();
    days.into_iter().find(|later| {
        let still = counted.iter().filter(|one| one.leaves.is_none_or(|leaves| leaves > *later));
        still.map(|one| one.amount).sum::<Decimal>() + now <= limit.at_most
    })
}
