//! The days that windows start on and end on: of what happened to the goods, of declared facts, of seasons.

use chrono::NaiveDate;
use smallvec::smallvec;

use crate::decision::{Asked, Gap, WaitsFor};
use crate::eval::conditions::{At, Facts};
use crate::facts::{FactId, clock_fact};
use crate::program::{Day, StartDate, Without};
use crate::request::{Event, Handover, Sale, UnfoundSale};
use crate::terms::Clock;

use super::{Dates, NEVER, Trouble};

/// The event that starts a window, for comparing; of what has not begun, never.
pub(super) fn ranked(
    without: &[(Clock, Without)],
    facts: &Facts<'_>,
    line: usize,
    dates: &[StartDate],
) -> Option<Event> {
    match event(without, facts, line, dates) {
        Ok(event) => Some(event),
        Err(Trouble::Waits(_)) => Some(Event { day: NEVER, moment: None }),
        Err(_) => None,
    }
}

/// The event that starts a window: the latest of its dates. What is still to come is later than all that could be told.
pub(super) fn event(
    without: &[(Clock, Without)],
    facts: &Facts<'_>,
    line: usize,
    dates: &[StartDate],
) -> Result<Event, Trouble> {
    let mut latest: Option<Event> = None;
    let mut trouble = None;
    let goods = Goods::of(facts, line);
    for date in dates {
        let found = match date {
            StartDate::Clock(clock) => clock_event(without, &goods, *clock, 0),
            StartDate::Fact(fact) => super::told(facts, line, *fact).map(|day| Event { day, moment: None }),
        };
        match found {
            Ok(found) => {
                if latest.is_none_or(|l| found.day > l.day || (found.day == l.day && found.moment > l.moment)) {
                    latest = Some(found);
                }
            }
            Err(Trouble::Waits(what)) => return Err(Trouble::Waits(what)),
            // A date that is asked for does not help where a person decides for want of another.
            Err(refer @ Trouble::Refer(_)) if !matches!(trouble, Some(Trouble::Refer(_))) => trouble = Some(refer),
            Err(other) => match (&mut trouble, other) {
                (Some(Trouble::Ask(dates)), Trouble::Ask(more)) => {
                    dates.extend(more.into_iter().filter(|date| !dates.contains(date)).collect::<Dates>());
                }
                (Some(_), _) => {}
                (none, other) => *none = Some(other),
            },
        }
    }
    trouble.map_or(latest.ok_or(Trouble::Gap(Gap::NoStart)), Err)
}

/// What is told of the days of goods.
pub(super) struct Goods<'r> {
    pub(super) sale: Option<&'r Sale>,
    pub(super) unfound: Option<&'r UnfoundSale>,
    pub(super) dates: &'r [Option<Event>; 5],
    pub(super) handover: Option<&'r Handover>,
}

/// Goods of which nothing is told.
const UNTOLD: &[Option<Event>; 5] = &[None; 5];

impl<'r> Goods<'r> {
    pub(super) fn of(facts: &Facts<'r>, line: usize) -> Self {
        let request = facts.request;
        let line = request.lines.get(line);
        let sold = line.and_then(|l| l.sold).and_then(|(s, at)| request.sales.get(s).map(|sale| (sale, at)));
        match (sold, line) {
            (Some((sale, at)), _) => {
                let sold = sale.lines.get(at);
                let dates = sold.map_or(UNTOLD, |sold| &sold.dates);
                Self {
                    sale: Some(sale),
                    unfound: None,
                    dates,
                    handover: sold.and_then(|sold| sold.handover.as_deref()),
                }
            }
            (None, Some(line)) => Self {
                sale: None,
                unfound: line.unfound.as_deref(),
                dates: &line.dates,
                handover: line.handover.as_deref(),
            },
            (None, None) => Self { sale: None, unfound: None, dates: UNTOLD, handover: None },
        }
    }
}

pub(super) fn clock_event(
    without: &[(Clock, Without)],
    goods: &Goods<'_>,
    clock: Clock,
    depth: usize,
) -> Result<Event, Trouble> {
    let [invoiced, shipped, received, installed, activated] = goods.dates;
    let to_come = Err(Trouble::Waits(WaitsFor::Received));
    let mut asked = Asked::Fact(clock_fact(clock));
    let mut known = None;
    let found = match (clock, goods.handover, goods.sale) {
        (Clock::Sold, _, sale) => sale.map_or(goods.unfound.and_then(|known| known.sold), |sale| sale.sold),
        (Clock::Ordered, _, sale) => sale.map_or(goods.unfound.and_then(|known| known.ordered), |sale| sale.ordered),
        (Clock::Invoiced, ..) => *invoiced,
        (Clock::Shipped, ..) => *shipped,
        (Clock::Installed, ..) => *installed,
        (Clock::Activated, ..) => *activated,
        (Clock::WholeOrder, _, Some(sale)) => {
            if sale.arrival.to_come {
                return to_come;
            }
            if received.is_some() || goods.handover.is_some_and(|told| told.nothing) {
                asked = Asked::Parcels;
            }
            known = sale.arrival.last;
            known.filter(|_| !sale.arrival.unknown)
        }
        (Clock::FirstParcel, Some(Handover { first: Some(first), .. }), _) => Some(*first),
        (Clock::Received | Clock::FirstParcel | Clock::WholeOrder, Some(Handover { to_come: true, .. }), _) => {
            return to_come;
        }
        (Clock::Received | Clock::FirstParcel | Clock::WholeOrder, ..) => *received,
    };
    if let Some(event) = found {
        return Ok(event);
    }
    match without.iter().find(|(c, _)| *c == clock.told_as()).map(|(_, then)| *then) {
        Some(Without::Use(other)) if depth < 8 => {
            let other = clock_event(without, goods, other, depth + 1)?;
            Ok(known.filter(|known| known.day > other.day).unwrap_or(other))
        }
        Some(Without::Refer(role)) => Err(Trouble::Refer(role)),
        _ => Err(Trouble::Ask(smallvec![asked])),
    }
}

/// A day as a policy names it; nothing when the season's instance has no deadline.
pub(super) fn resolve_day(facts: &Facts<'_>, line: usize, day: Day) -> Option<NaiveDate> {
    let instance = |season: crate::facts::SeasonId, fact: FactId| {
        let date = date_of(facts, line, fact)?;
        facts.schema.seasons.get(usize::from(season.0))?.instance_of(date)
    };
    match day {
        Day::Date(date) => Some(date),
        Day::MonthDay(day, season, fact) => instance(season, fact).map(|i| day.first_after(i.to)),
        Day::DeadlineOf(season, fact) => instance(season, fact)?.until,
        Day::DayAfter(season, fact) => instance(season, fact)?.to.succ_opt(),
    }
}

/// The date a fact of a line or its sale holds.
pub(super) fn date_of(facts: &Facts<'_>, line: usize, fact: FactId) -> Option<NaiveDate> {
    let sale = facts.request.lines.get(line)?.sold.map(|(s, _)| s);
    facts.date(fact, &At { line: Some(line), sale, part: None })
}
