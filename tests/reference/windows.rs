//! When a remedy can be had: start, length and adjustments, by the numbered list of `docs/reference/attributes.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use takeback::date::{self, Calendar, Length, MonthEnd, Term, Unit, When};
use takeback::syntax::ast;
use takeback::terms::{Bound, Clock, ExtensionRule};

use super::book::{Clause, Edition};
use super::conditions::{Case, Key, Place, Val, clock_named};
use super::resolve::Yield;
use super::stated::{Adjustment, Attr, Day, StartDate, Stated, Statement, adjustment};
use super::visit::{OnClocks as _, clock_word};

/// How a window came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Window {
    /// The last day; none: no limit.
    Until(Option<NaiveDate>),
    /// The last moment of a window in hours.
    UntilMoment(DateTime<FixedOffset>),
    Unsettled,
    /// With the word of the gap.
    Gap(&'static str),
    /// These dates must be asked.
    Ask(BTreeSet<String>),
}

/// A length that a fact tells, as if it said so many.
fn so_many(value: &Stated, count: u32) -> Stated {
    let Stated::Told { term, fixed, first_day, roll, .. } = value else { return value.clone() };
    let term = Term { length: Length { count, ..term.length }, ..term.clone() };
    Stated::Length { term, fixed: *fixed, first_day: *first_day, roll: roll.clone() }
}

/// An adjustment of a window, with the tests of the clause that makes it.
type Adjusting = (Adjustment, Vec<ast::Condition>);

/// The place of an adjustment in the order in which they are made.
fn step(adjustment: &Adjustment) -> usize {
    match adjustment {
        Adjustment::NotBefore(_) => 1,
        Adjustment::Longer(_) => 3,
        Adjustment::Pauses(_) => 4,
        Adjustment::Bound(Bound::AtLeast, _) | Adjustment::Ending(..) => 6,
        Adjustment::Bound(Bound::AtMost, _) => 7,
    }
}

/// The day a clock starts.
enum Start {
    Is(NaiveDate, Option<DateTime<FixedOffset>>),
    Gap(&'static str),
    Ask(BTreeSet<String>),
    Unsettled,
    /// Something is still to come.
    Waits,
}

impl Case<'_> {
    /// The window of a remedy, and the clauses it is credited to.
    pub(crate) fn window(
        &self,
        edition: &Edition,
        line: usize,
        remedy: &str,
    ) -> Result<(Window, BTreeSet<String>), Key> {
        let place = self.place(line);
        let untold = std::cell::RefCell::new(BTreeSet::new());
        // Hours from a moment that nobody told cannot be compared.
        let unclear = std::cell::Cell::new(false);
        let rank = |statement: &Statement| {
            if let Stated::Told { fact, .. } = &statement.value
                && self.known(fact, place).is_none()
            {
                untold.borrow_mut().insert(format!("{fact} {}", self.key(fact, place).at));
                return Ok(vec![Decimal::MIN]);
            }
            let statement = &Statement { value: self.as_told(&statement.value, place), ..statement.clone() };
            if let (Stated::Length { .. }, Start::Ask(dates)) = (&statement.value, self.start(edition, line, remedy)?) {
                untold.borrow_mut().extend(dates);
            }
            if let Stated::UntilFact { fact, .. } = &statement.value
                && self.told_day(line, fact).is_none()
            {
                untold.borrow_mut().insert(fact.clone());
            }
            if let Stated::Length { term, .. } = &statement.value
                && term.length.unit == Unit::Hours
                && matches!(self.start(edition, line, remedy)?, Start::Is(_, None))
            {
                unclear.set(true);
            }
            self.last_day_rank(edition, line, remedy, statement)
        };
        let found = self.resolve(edition, &Attr::Window(remedy.to_owned()), place, &rank)?;
        // Windows are compared by the days they end on.
        if !untold.borrow().is_empty() {
            return Ok((Window::Ask(untold.into_inner()), BTreeSet::new()));
        }
        if unclear.get() {
            return Ok((Window::Unsettled, BTreeSet::new()));
        }
        let mut by = found.as_ref().map(Yield::clauses).unwrap_or_default();
        if found.as_ref().is_some_and(|found| matches!(found.value(), Stated::Length { .. } | Stated::Told { .. })) {
            let (start, _) = self.starts(edition, line, remedy)?;
            by.extend(start.as_ref().map(Yield::clauses).unwrap_or_default());
        }
        let Some(found) = found else { return Ok((Window::Gap("no window"), by)) };
        if found.conflict {
            return Ok((Window::Unsettled, by));
        }
        let all = self.adjustments(edition, line, remedy)?;
        let found = match self.told_window(edition, line, remedy, found, &all)? {
            Ok(found) => found,
            Err(window) => return Ok((window, by)),
        };
        let with = |keep: &dyn Fn(&(String, Adjusting)) -> bool| {
            let kept: Vec<Adjusting> = all.iter().filter(|one| keep(one)).map(|(_, one)| one.clone()).collect();
            self.window_of(edition, line, remedy, &found, &kept)
        };
        let window = with(&|_| true)?;
        // Of each kind of adjustment that moves the window, before the later kinds do, those that do so: without it, or with it
        // alone, one sees it.
        for (clause, (one, _)) in &all {
            let alike = |(_, (other, _)): &(String, Adjusting)| match (one, other) {
                (Adjustment::Bound(one, _), Adjustment::Bound(other, _)) => one == other,
                _ => std::mem::discriminant(one) == std::mem::discriminant(other),
            };
            let in_time = |(_, (other, _)): &(String, Adjusting)| step(other) <= step(one);
            let so_far = |keep: &dyn Fn(&(String, Adjusting)) -> bool| with(&|other| in_time(other) && keep(other));
            let moved = so_far(&|_| true)?;
            if so_far(&|other| !alike(other))? != moved
                && (so_far(&|other| !alike(other) || other.0 != *clause)? != moved
                    || so_far(&|other| !alike(other) || other.0 == *clause)? == moved)
            {
                by.insert(clause.clone());
            }
        }
        Ok((window, by))
    }

    /// A length with what its fact says in the place of the fact. Where nobody told it: the least it may be, when that is in time,
    /// or the most, when that is too late; otherwise it is asked.
    fn told_window(
        &self,
        edition: &Edition,
        line: usize,
        remedy: &str,
        found: Yield,
        all: &[(String, Adjusting)],
    ) -> Result<Result<Yield, Window>, Key> {
        let place = self.place(line);
        let Stated::Told { fact, at_least, at_most, .. } = found.value().clone() else { return Ok(Ok(found)) };
        let with = |value: Stated| {
            let mut found = found.clone();
            found.by.iter_mut().for_each(|(_, statement)| statement.value = value.clone());
            found
        };
        if let Some(Val::Number(number)) = self.known(&fact, place) {
            let least = at_least.map_or(number, |least| number.max(least.into()));
            let told = at_most.map_or(least, |most| least.min(most.into()));
            let below = told < Decimal::ZERO;
            return Ok(if below { Err(Window::Gap("calendar")) } else { Ok(with(self.as_told(found.value(), place))) });
        }
        let adjustments: Vec<Adjusting> = all.iter().map(|(_, one)| one.clone()).collect();
        let mut asked: BTreeSet<String> = [format!("{fact} {}", self.key(&fact, place).at)].into();
        let least = with(so_many(found.value(), at_least.unwrap_or(0)));
        match self.window_of(edition, line, remedy, &least, &adjustments)? {
            Window::Until(last) if last.is_none_or(|last| at_least.is_some() && self.meeting_day() <= last) => {
                return Ok(Ok(least));
            }
            Window::UntilMoment(_) | Window::Until(_) => {}
            Window::Ask(dates) => {
                asked.extend(dates);
                return Ok(Err(Window::Ask(asked)));
            }
            other => return Ok(Err(other)),
        }
        let Some(most) = at_most.map(|most| with(so_many(found.value(), most))) else {
            return Ok(Err(Window::Ask(asked)));
        };
        Ok(match self.window_of(edition, line, remedy, &most, &adjustments)? {
            Window::Until(Some(last)) if self.meeting_day() > last => Ok(most),
            _ => Err(Window::Ask(asked)),
        })
    }

    /// A length that a fact tells, as a length like any other.
    fn as_told(&self, value: &Stated, place: Place) -> Stated {
        let Stated::Told { fact, at_least, at_most, .. } = value else { return value.clone() };
        let Some(Val::Number(number)) = self.known(fact, place) else { return value.clone() };
        let number = at_least.map_or(number, |least| number.max(least.into()));
        let number = at_most.map_or(number, |most| number.min(most.into()));
        so_many(value, u32::try_from(number).unwrap_or(0))
    }

    fn window_of(
        &self,
        edition: &Edition,
        line: usize,
        remedy: &str,
        found: &Yield,
        adjustments: &[Adjusting],
    ) -> Result<Window, Key> {
        let statement = &found.by[0].1;
        let (last, fixed) = match &statement.value {
            Stated::NoLimit => return Ok(Window::Until(None)),
            Stated::Until { day, fixed } => match self.day_of(edition, line, day, &statement.tests) {
                Some(day) => (day, *fixed),
                None => return Ok(Window::Gap("no window")),
            },
            Stated::UntilFact { fact, fixed } => match self.told_day(line, fact) {
                Some(day) => (day, *fixed),
                None => return Ok(Window::Ask([fact.clone()].into())),
            },
            Stated::Length { term, fixed, first_day, roll } => {
                let (mut day, moment) = match self.start(edition, line, remedy)? {
                    Start::Is(day, moment) => (day, moment),
                    Start::Gap(word) => return Ok(Window::Gap(word)),
                    Start::Ask(clocks) => return Ok(Window::Ask(clocks)),
                    Start::Unsettled => return Ok(Window::Unsettled),
                    // It is open as long as it has not begun.
                    Start::Waits if *fixed => return Ok(Window::Until(None)),
                    Start::Waits => return Ok(Window::Until(self.bounds(edition, line, adjustments).1)),
                };
                if term.length.unit == Unit::Hours {
                    return Ok(self.hours(edition, line, (term.length, *first_day), *fixed, moment, adjustments));
                }
                if !fixed {
                    let shifts = adjustments.iter().filter_map(|(adjustment, tests)| match adjustment {
                        Adjustment::NotBefore(day) => self.day_of(edition, line, day, tests),
                        _ => None,
                    });
                    day = day.max(shifts.max().unwrap_or(day));
                }
                let Ok(mut last) = term.add(day, *first_day) else { return Ok(Window::Gap("calendar")) };
                if !fixed {
                    match extended(edition, last, adjustments) {
                        Some(later) => last = later,
                        None => return Ok(Window::Gap("calendar")),
                    }
                    match self.paused(line, day, last, *first_day, adjustments) {
                        Some(later) => last = later,
                        None => return Ok(Window::Until(self.bounds(edition, line, adjustments).1)),
                    }
                }
                match rolled(last, roll) {
                    Some(last) => (last, *fixed),
                    None => return Ok(Window::Gap("calendar")),
                }
            }
            other => panic!("{other:?} is no window"),
        };
        if fixed {
            return Ok(Window::Until(Some(last)));
        }
        let (floor, ceiling) = self.bounds(edition, line, adjustments);
        let last = floor.map_or(last, |floor| last.max(floor));
        let last = reopened(edition, last, adjustments);
        let last = ceiling.map_or(last, |ceiling| last.min(ceiling));
        Ok(Window::Until(Some(last)))
    }

    /// Runs through the days one by one: a day in repair does not count, and after a repair at least so much is left. None: it
    /// stands still.
    fn paused(
        &self,
        line: usize,
        start: NaiveDate,
        last: NaiveDate,
        first_day: date::FirstDay,
        adjustments: &[Adjusting],
    ) -> Option<NaiveDate> {
        let floors: Vec<&Option<Term>> = adjustments
            .iter()
            .filter_map(|(adjustment, _)| match adjustment {
                Adjustment::Pauses(left) => Some(left),
                _ => None,
            })
            .collect();
        if floors.is_empty() {
            return Some(last);
        }
        let zone = self.visit.sale_zone(self.visit.returns[line].sold.map(|(sale, _)| sale), self.edition);
        let mut repairs: Vec<(NaiveDate, Option<NaiveDate>)> = super::visit::list(self.visit.goods(line), "/repairs")
            .iter()
            .map(|repair| {
                let day = |name: &str| super::visit::when(&repair[name]).map(|when| when.on(zone));
                (day("from").unwrap(), day("until"))
            })
            .collect();
        repairs.sort();
        let first = match first_day {
            date::FirstDay::DayItself => start,
            date::FirstDay::DayAfter => start.succ_opt().unwrap(),
        };
        let mut last = last;
        for (place, (from, until)) in repairs.iter().enumerate() {
            if *from > last {
                break;
            }
            let until = (*until)?;
            let before = &repairs[..place];
            let away = |day: &NaiveDate| {
                *day >= first
                    && !before.iter().any(|(from, until)| from <= day && until.is_none_or(|until| *day <= until))
            };
            let days = from.iter_days().take_while(|day| *day <= until).filter(away).count();
            last = last.checked_add_days(chrono::Days::new(days as u64)).unwrap();
            for left in floors.iter().filter_map(|left| left.as_ref()) {
                last = last.max(left.extend(until).unwrap());
            }
        }
        Some(last)
    }

    /// Whether lower layers let a clause adjust the window so.
    fn adjusts(
        &self,
        edition: &Edition,
        line: usize,
        remedy: &str,
        clause: &Clause,
        adjustment: &Adjustment,
    ) -> Result<bool, Key> {
        let rank = |statement: &Statement| self.last_day_rank(edition, line, remedy, statement);
        let shortens = matches!(adjustment, Adjustment::Bound(Bound::AtMost, _));
        let window = Attr::Window(remedy.to_owned());
        self.may_adjust(edition, clause, &window, self.place(line), &rank, shortens)
    }

    /// Every live adjustment of the remedy's window, with the clause that makes it.
    fn adjustments(&self, edition: &Edition, line: usize, remedy: &str) -> Result<Vec<(String, Adjusting)>, Key> {
        let place = self.place(line);
        let chains = self.live_clauses(edition, place, &is_adjustment)?;
        let mut found = Vec::new();
        let mut longer = BTreeSet::new();
        for chain in chains {
            let tests: Vec<ast::Condition> = chain.iter().rev().filter_map(|clause| clause.when.clone()).collect();
            let clause = chain.last().unwrap();
            for (at, says) in clause.says.iter().enumerate() {
                let Some(adjustment) = adjustment(says, &clause.counts, remedy) else { continue };
                if !self.adjusts(edition, line, remedy, clause, &adjustment)? {
                    continue;
                }
                // An exception to several is one clause, which makes a window longer once.
                let is_bound = matches!(adjustment, Adjustment::Bound(..) | Adjustment::NotBefore(_));
                if is_bound || longer.insert((clause.path.clone(), at)) {
                    found.push((clause.path.clone(), (adjustment, tests.clone())));
                }
            }
        }
        Ok(found)
    }

    /// The latest `at least until`, the earliest `at most until`.
    fn bounds(
        &self,
        edition: &Edition,
        line: usize,
        adjustments: &[Adjusting],
    ) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let days = |wanted: Bound| {
            adjustments.iter().filter_map(move |(adjustment, tests)| match adjustment {
                Adjustment::Bound(bound, day) if *bound == wanted => self.day_of(edition, line, day, tests),
                _ => None,
            })
        };
        (days(Bound::AtLeast).max(), days(Bound::AtMost).min())
    }

    fn hours(
        &self,
        edition: &Edition,
        line: usize,
        (length, first_day): (Length, date::FirstDay),
        fixed: bool,
        moment: Option<DateTime<FixedOffset>>,
        adjustments: &[Adjusting],
    ) -> Window {
        let Some(moment) = moment else { return Window::Gap("no moment") };
        let end = date::add_hours(moment, length.count).unwrap();
        if fixed {
            return Window::UntilMoment(end);
        }
        let (start, last) = (moment.date_naive(), end.date_naive());
        let Some(later) = self.paused(line, start, last, first_day, adjustments) else { return Window::Until(None) };
        let end = end + (later - last);
        let (floor, ceiling) = self.bounds(edition, line, adjustments);
        let zone = self.visit.zone(edition);
        let end_of = |day: NaiveDate| {
            use chrono::TimeZone;
            let next = day.succ_opt().unwrap().and_hms_opt(0, 0, 0).unwrap();
            let local = zone.unwrap().from_local_datetime(&next).earliest().unwrap().fixed_offset();
            local - chrono::TimeDelta::seconds(1)
        };
        let end = floor.map_or(end, |floor| end.max(end_of(floor)));
        let end = ceiling.map_or(end, |ceiling| end.min(end_of(ceiling)));
        Window::UntilMoment(end)
    }

    /// What is said of when its window starts, and what keeps it from being compared: dates to be asked, or for want of one a
    /// person decides.
    fn starts(&self, edition: &Edition, line: usize, remedy: &str) -> Result<(Option<Yield>, Option<Start>), Key> {
        let (untold, referred) = (std::cell::RefCell::new(BTreeSet::new()), std::cell::Cell::new(false));
        let rank = |statement: &Statement| match &statement.value {
            Stated::Dates(dates) => Ok(match self.start_of(edition, line, dates) {
                Start::Is(day, _) => vec![day_number(day)],
                Start::Waits => vec![Decimal::MAX],
                Start::Ask(dates) => {
                    untold.borrow_mut().extend(dates);
                    vec![Decimal::MIN]
                }
                Start::Gap(_) | Start::Unsettled => {
                    referred.set(true);
                    vec![Decimal::MIN]
                }
            }),
            other => panic!("{other:?} is no start"),
        };
        let found = self.resolve(edition, &Attr::Start(remedy.to_owned()), self.place(line), &rank)?;
        let untold = untold.into_inner();
        let trouble = match referred.get() {
            true => Some(Start::Unsettled),
            false => Some(Start::Ask(untold)).filter(|ask| !matches!(ask, Start::Ask(dates) if dates.is_empty())),
        };
        Ok((found, trouble))
    }

    fn start(&self, edition: &Edition, line: usize, remedy: &str) -> Result<Start, Key> {
        Ok(match self.starts(edition, line, remedy)? {
            (_, Some(trouble)) => trouble,
            (None, None) => Start::Gap("no start"),
            (Some(found), None) if found.conflict => Start::Unsettled,
            (Some(found), None) => match found.value() {
                Stated::Dates(dates) => self.start_of(edition, line, dates),
                other => panic!("{other:?} is no start"),
            },
        })
    }

    /// A declared date of the line.
    fn told_day(&self, line: usize, fact: &str) -> Option<NaiveDate> {
        match self.known(fact, self.place(line)) {
            Some(Val::Day(day)) => Some(day),
            Some(_) | None => None,
        }
    }

    /// The later of several clocks needs all of them; each missing one is replaced, asked for or referred by the header.
    fn start_of(&self, edition: &Edition, line: usize, dates: &[StartDate]) -> Start {
        let (mut ask, mut refer) = (BTreeSet::new(), false);
        let mut latest: Option<(NaiveDate, Option<DateTime<FixedOffset>>)> = None;
        for date in dates {
            let found = match date {
                StartDate::Clock(clock) => self.event(edition, line, *clock),
                StartDate::Fact(fact) => match self.told_day(line, fact) {
                    Some(day) => Event::Is(day, None),
                    None => Event::AskFact(fact.clone()),
                },
            };
            match found {
                Event::Is(day, moment) if latest.is_none_or(|latest| (day, moment) > latest) => {
                    latest = Some((day, moment));
                }
                Event::Is(..) => {}
                Event::Ask(clock) => {
                    // Parts of an order that do not come back are asked of the sale.
                    let own = &self.visit.goods(line)["received"];
                    let sale = self.visit.returns[line].sold.filter(|_| clock == Clock::WholeOrder && !own.is_null());
                    let of_sale = sale.map(|(sale, _)| super::visit::text(self.visit.sale(sale), "/id").unwrap());
                    ask.insert(match of_sale {
                        Some(id) => format!("received sale {id}"),
                        None => clock_word(clock).to_owned(),
                    });
                }
                Event::AskFact(fact) => {
                    ask.insert(fact);
                }
                Event::Refer => refer = true,
                Event::Waits => return Start::Waits,
            }
        }
        match latest {
            _ if refer => Start::Gap("no date"),
            _ if !ask.is_empty() => Start::Ask(ask),
            Some((day, moment)) => Start::Is(day, moment),
            None => Start::Gap("no start"),
        }
    }

    fn event(&self, edition: &Edition, line: usize, clock: Clock) -> Event {
        // Where a part of the order is missing, what stands in for it is not before the parts that are known.
        let known = if clock == Clock::WholeOrder { self.visit.last_parcel(line, edition) } else { None };
        let mut clock = clock;
        let mut tried = Vec::new();
        loop {
            let waits = match clock {
                Clock::Received | Clock::WholeOrder => self.visit.awaits(line, clock),
                Clock::FirstParcel => {
                    self.visit.clock(line, clock).is_none() && self.visit.awaits(line, Clock::Received)
                }
                _ => false,
            };
            if waits {
                return Event::Waits;
            }
            if let Some(day) = self.visit.clock_day(line, clock, edition) {
                let moment = self.visit.clock_moment(line, clock);
                return match known.filter(|known| *known > day) {
                    Some(known) => Event::Is(known, None),
                    None => Event::Is(day, moment),
                };
            }
            tried.push(clock);
            match edition.without(clock.told_as()) {
                Some(ast::Without::Use(other)) if !tried.contains(&other.node) => clock = other.node,
                Some(ast::Without::Refer(_)) => return Event::Refer,
                Some(ast::Without::Ask | ast::Without::Use(_)) | None => return Event::Ask(clock),
            }
        }
    }

    /// The unadjusted last day of a window; of equal ones the one that is not fixed is better.
    fn last_day_rank(
        &self,
        edition: &Edition,
        line: usize,
        remedy: &str,
        statement: &Statement,
    ) -> Result<Vec<Decimal>, Key> {
        let no_day = Decimal::MIN;
        let (day, fixed) = match &statement.value {
            Stated::NoLimit => (Decimal::MAX, false),
            Stated::Until { day, fixed } => {
                (self.day_of(edition, line, day, &statement.tests).map_or(no_day, day_number), *fixed)
            }
            Stated::UntilFact { fact, fixed } => (self.told_day(line, fact).map_or(no_day, day_number), *fixed),
            Stated::Length { term, fixed, first_day, roll } => {
                let counted = |day| rolled(term.add(day, *first_day).ok()?, roll);
                let last = match self.start(edition, line, remedy)? {
                    Start::Is(day, None) => counted(day),
                    Start::Is(_, Some(moment)) if term.length.unit == Unit::Hours => {
                        let end = date::add_hours(moment, term.length.count).unwrap();
                        Some(When::Moment(end).on(self.visit.zone(edition)))
                    }
                    Start::Is(day, Some(_)) => counted(day),
                    Start::Waits => return Ok(vec![Decimal::MAX]),
                    Start::Gap(_) | Start::Ask(_) | Start::Unsettled => None,
                };
                (last.map_or(no_day, day_number), *fixed)
            }
            other => panic!("{other:?} is no window"),
        };
        Ok(vec![day, if fixed { Decimal::ZERO } else { Decimal::ONE }])
    }

    /// A day as a policy names it; what has no year belongs to the season instance that the clause, or one around it, tests.
    /// None when there is no such instance or it has no deadline.
    fn day_of(&self, edition: &Edition, line: usize, day: &Day, tests: &[ast::Condition]) -> Option<NaiveDate> {
        let instance = |season: Option<&str>| {
            tests.iter().find_map(|test| {
                let (clock, season) = tested_season(edition, test, season)?;
                match self.fact(clock_word(clock), self.place(line)) {
                    Ok(Val::Day(day)) => edition.seasons[&season].instance_of(day),
                    Ok(_) | Err(_) => None,
                }
            })
        };
        match day {
            Day::Date(date) => Some(*date),
            Day::MonthDay(day) => Some(day.first_after(instance(None)?.to)),
            Day::DeadlineOf(season) => instance(Some(season))?.until,
            Day::After(season) => instance(Some(season))?.to.succ_opt(),
        }
    }
}

enum Event {
    Is(NaiveDate, Option<DateTime<FixedOffset>>),
    Ask(Clock),
    AskFact(String),
    Refer,
    Waits,
}

/// A window that ends in a season goes on after it; each sentence once, the earliest first.
fn reopened(edition: &Edition, last: NaiveDate, adjustments: &[Adjusting]) -> NaiveDate {
    let mut left: Vec<(&str, &Term)> = adjustments
        .iter()
        .filter_map(|(adjustment, _)| match adjustment {
            Adjustment::Ending(season, term) => Some((season.as_str(), term)),
            _ => None,
        })
        .collect();
    let mut last = last;
    loop {
        let later = |(season, term): &(&str, &Term)| {
            let instance = edition.seasons[*season].instance_of(last)?;
            term.extend(instance.to).ok().filter(|day| *day > last)
        };
        let Some(day) = left.iter().filter_map(later).min() else { return last };
        let place = left.iter().position(|one| later(one) == Some(day)).unwrap();
        left.remove(place);
        last = day;
    }
}

/// The date and the season of a `sold in <season>` somewhere in a condition.
fn tested_season(edition: &Edition, test: &ast::Condition, wanted: Option<&str>) -> Option<(Clock, String)> {
    match &test.kind {
        ast::ConditionKind::All(parts) | ast::ConditionKind::Any(parts) => {
            parts.iter().find_map(|part| tested_season(edition, part, wanted))
        }
        ast::ConditionKind::In { fact, negated: false, list } if edition.seasons.contains_key(&list.node) => {
            let right = wanted.is_none_or(|wanted| wanted == list.node);
            clock_named(&fact.node).filter(|_| right).map(|clock| (clock, list.node.clone()))
        }
        _ => None,
    }
}

/// `add up`: all added months, then all added days; `longest counts`: the one that gives the latest last day.
fn extended(edition: &Edition, last: NaiveDate, adjustments: &[Adjusting]) -> Option<NaiveDate> {
    let terms = adjustments.iter().filter_map(|(adjustment, _)| match adjustment {
        Adjustment::Longer(term) => Some(term),
        _ => None,
    });
    if edition.extensions() == Some(ExtensionRule::LongestCounts) {
        return terms.map(|term| term.extend(last).ok()).try_fold(last, |latest, day| Some(latest.max(day?)));
    }
    let (mut to_last_day, mut to_next_month, mut days) = (0, 0, 0);
    // By the name of the calendar.
    let mut business: BTreeMap<&str, Term> = BTreeMap::new();
    for term in terms {
        let count = term.length.count;
        match term.length.unit {
            Unit::Months | Unit::Years => {
                let months = if term.length.unit == Unit::Years { 12 * count } else { count };
                match term.month_end {
                    MonthEnd::LastDay => to_last_day += months,
                    MonthEnd::NextMonth => to_next_month += months,
                }
            }
            Unit::Weeks => days += 7 * count,
            Unit::Days => days += count,
            Unit::BusinessDays => {
                let nothing = Term { length: Length { count: 0, unit: Unit::BusinessDays }, ..term.clone() };
                business.entry(term.calendar.as_ref()?.name()).or_insert(nothing).length.count += count;
            }
            Unit::Hours => return None,
        }
    }
    let plain = |count, unit, month_end| Term::new(Length { count, unit }, month_end, None);
    let added = [
        plain(to_last_day, Unit::Months, MonthEnd::LastDay),
        plain(to_next_month, Unit::Months, MonthEnd::NextMonth),
        plain(days, Unit::Days, MonthEnd::LastDay),
    ];
    let added = added.into_iter().chain(business.into_values());
    added.filter(|term| term.length.count > 0).try_fold(last, |last, term| term.extend(last).ok())
}

fn is_adjustment(says: &ast::StatementKind) -> bool {
    use ast::StatementKind as Kind;
    matches!(
        says,
        Kind::StartNotBefore { .. }
            | Kind::WindowLonger { .. }
            | Kind::WindowBound { .. }
            | Kind::WindowPauses { .. }
            | Kind::WindowEnding { .. }
    )
}

/// The first business day from that day on, where windows end on one.
fn rolled(last: NaiveDate, roll: &Option<Arc<Calendar>>) -> Option<NaiveDate> {
    roll.as_ref().map_or(Some(last), |calendar| calendar.roll_forward(last).ok())
}

fn day_number(day: NaiveDate) -> Decimal {
    Decimal::from((day - NaiveDate::default()).num_days())
}
