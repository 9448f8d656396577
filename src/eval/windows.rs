//! When a remedy can be had: start, length, adjustments, and whether the request came in time
//! (docs/reference/attributes.md, "Windows").

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};

use crate::date::{self, Calendar, DateError, FirstDay, Term, Unit};
use crate::decision::{Asked, Credits, Gap, WaitsFor, WindowDecision};
use crate::facts::FactId;
use crate::program::{
    Adjustment, AdjustmentKind, AttributeValue, Law, StartDate, ToldLength, TreeId, Version, WindowLength, Without,
};
use crate::request::Event;
use crate::terms::{Clock, MeetingEvent};

use super::conditions::{At, Facts};
use super::resolve::{Frame, Resolved};

mod adjust;
mod events;

use adjust::{Ends, bounded, longer, paused, rolled, speaks};
use events::{event, ranked, resolve_day};

/// The state of the window of a remedy.
#[derive(Clone)]
pub(super) enum Window {
    /// In time.
    Open(Arc<WindowDecision>),
    /// Too late.
    Late(Arc<WindowDecision>, NaiveDate),
    /// Clauses disagree about it.
    Conflict(Credits),
    /// The policy leaves it open; refer.
    Gap(Gap, Credits),
    /// The policy says to refer when this date is missing.
    Refer(u16, Credits),
    /// These dates must be asked.
    Ask(Dates),
}

/// Dates that nobody told.
pub(super) type Dates = SmallVec<[Asked; 1]>;

/// What windows are made of: sentences of the policy, or those of a right.
pub(super) struct Rules<'a> {
    start: &'a [TreeId],
    window: &'a [TreeId],
    adjustments: &'a [Adjustment],
    without: &'a [(Clock, Without)],
    deadline: MeetingEvent,
}

/// Every missing date is asked.
pub(super) const ASK: &[(Clock, Without)] = &[];

/// The day of the sale stands in for every other date.
pub(super) const SINCE_SALE: &[(Clock, Without)] = &[
    (Clock::Ordered, Without::Use(Clock::Sold)),
    (Clock::Invoiced, Without::Use(Clock::Sold)),
    (Clock::Shipped, Without::Use(Clock::Sold)),
    (Clock::Received, Without::Use(Clock::Sold)),
    (Clock::Installed, Without::Use(Clock::Sold)),
    (Clock::Activated, Without::Use(Clock::Sold)),
];

impl<'a> Rules<'a> {
    pub(super) fn of_policy(version: &'a Version) -> Self {
        Self {
            start: &version.attributes.start,
            window: &version.attributes.window,
            adjustments: &version.adjustments,
            without: &version.choices.without,
            deadline: version.choices.deadline,
        }
    }

    pub(super) fn of_right(law: &'a Law, deadline: MeetingEvent, without: &'a [(Clock, Without)]) -> Self {
        Self {
            start: &law.attributes.start,
            window: &law.attributes.window,
            adjustments: &law.adjustments,
            without,
            deadline,
        }
    }
}

/// What the start of a window comes to.
enum Start<'p> {
    Nothing,
    Conflict(Credits),
    /// It cannot be told which of two is later before these dates are.
    Ask(Dates),
    Dates(&'p [StartDate], Credits),
}

/// Why a window could not be made.
enum Trouble {
    Gap(Gap),
    Refer(u16),
    Ask(Dates),
    /// It has not begun, or stands still.
    Waits(WaitsFor),
}

/// Later than any day: the start of what has not begun, and the end of what has none yet.
const NEVER: NaiveDate = NaiveDate::MAX;

impl Trouble {
    fn window(self, by: Credits) -> Window {
        match self {
            Self::Gap(gap) => Window::Gap(gap, by),
            Self::Refer(role) => Window::Refer(role, by),
            Self::Ask(asked) => Window::Ask(asked),
            // What waits has been made a window.
            Self::Waits(_) => Window::Gap(Gap::NoStart, by),
        }
    }
}

impl From<DateError> for Trouble {
    fn from(_: DateError) -> Self {
        Self::Gap(Gap::Calendar)
    }
}

/// Settles the window of a remedy of a line.
pub(super) fn window<'p>(frame: &mut Frame<'p>, facts: &Facts<'_>, rules: &Rules<'_>, remedy: u16) -> Window {
    let of = |list: &[Option<u32>]| list.get(usize::from(remedy)).copied().flatten();
    let version = frame.version;
    let (start_tree, window_tree) = (of(rules.start), of(rules.window));
    let line = frame.at.line.unwrap_or(0);
    let start_of = |frame: &mut Frame<'p>| {
        // Where a person decides for want of one date, no other is asked.
        let (mut untold, mut referred) = (Dates::new(), false);
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Start(dates) => match event(rules.without, facts, line, dates) {
                Ok(event) => Some(days(event.day)),
                Err(Trouble::Waits(_)) => Some(days(NEVER)),
                Err(Trouble::Ask(dates)) => {
                    untold.extend(dates.into_iter().filter(|date| !untold.contains(date)).collect::<Dates>());
                    None
                }
                Err(Trouble::Gap(_) | Trouble::Refer(_)) => {
                    referred = true;
                    None
                }
            },
            _ => None,
        };
        match frame.resolve(facts, start_tree, &mut rank) {
            Resolved::Nothing => Start::Nothing,
            Resolved::Conflict(_) if !untold.is_empty() && !referred => Start::Ask(untold),
            Resolved::Conflict(by) => Start::Conflict(by),
            Resolved::Value(AttributeValue::Start(dates), by) => Start::Dates(dates, by),
            Resolved::Value(..) => Start::Nothing,
        }
    };
    // Windows compare as last days; otherwise the start is asked only of a window that has one.
    let compared = window_tree
        .and_then(|t| version.trees.get(t as usize))
        .is_some_and(|t| t.discipline.is_some() || t.layers.is_some());
    let start = if compared { Some(start_of(frame)) } else { None };
    let at = frame.at;
    // A length, or a day, that nobody told cannot be compared.
    let mut untold = None;
    let length = {
        let from = match &start {
            Some(Start::Dates(dates, _)) => ranked(rules.without, facts, line, dates),
            _ => None,
        };
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Window { length: WindowLength::Told(told, ..), .. }
                if told_by(facts, &at, told).is_none() =>
            {
                untold.get_or_insert(Asked::Fact(told.fact));
                None
            }
            AttributeValue::Window { length: WindowLength::UntilFact(fact), .. }
                if told(facts, line, *fact).is_err() =>
            {
                untold.get_or_insert(Asked::Fact(*fact));
                None
            }
            AttributeValue::Window { length, fixed } => unadjusted(facts, &at, from, length).map(|end| {
                // On equal last days the one that can still be extended is the better.
                end.map_or(Decimal::MAX, |d| days(d) * Decimal::TWO) - Decimal::from(u8::from(*fixed))
            }),
            _ => None,
        };
        frame.resolve(facts, window_tree, &mut rank)
    };
    let (length, fixed, by) = match length {
        Resolved::Nothing => return Window::Gap(Gap::NoWindow, Credits::new()),
        Resolved::Conflict(_) if untold.is_some() => return Window::Ask(untold.into_iter().collect()),
        Resolved::Conflict(by) => {
            // Without the day they start on, windows cannot be compared.
            return match &start {
                Some(Start::Dates(dates, _)) => match event(rules.without, facts, line, dates) {
                    Err(Trouble::Waits(_)) | Ok(_) => Window::Conflict(by),
                    Err(trouble) => trouble.window(by),
                },
                Some(Start::Ask(dates)) => Window::Ask(dates.clone()),
                _ => Window::Conflict(by),
            };
        }
        Resolved::Value(AttributeValue::Window { length, fixed }, by) => (length, *fixed, by),
        Resolved::Value(..) => return Window::Gap(Gap::NoWindow, Credits::new()),
    };
    let start = length.is_counted().then(|| start.unwrap_or_else(|| start_of(frame)));
    let start = start.as_ref();
    match length {
        WindowLength::Told(told, first_day, ends_on) => {
            let mut of = |term: Term| {
                let length = WindowLength::Length(term, *first_day, ends_on.clone());
                made(frame, facts, rules, remedy, &length, fixed, by.clone(), start)
            };
            match told_by(facts, &at, told) {
                Some(Some(term)) => of(term),
                Some(None) => Window::Gap(Gap::Calendar, by),
                None => untold_length(told, of),
            }
        }
        length => made(frame, facts, rules, remedy, length, fixed, by, start),
    }
}

/// The length that a fact tells; none inside: it cannot be counted.
fn told_by(facts: &Facts<'_>, at: &At, told: &ToldLength) -> Option<Option<Term>> {
    facts.number(told.fact, at).map(|number| told.within(number))
}

/// The window whose length nobody told: what holds whatever it is. What is in time by the least, and what is too late by the
/// most; otherwise the length is asked, with what else is missing.
fn untold_length(told: &ToldLength, mut of: impl FnMut(Term) -> Window) -> Window {
    let mut asked: Dates = SmallVec::from_iter([Asked::Fact(told.fact)]);
    match of(told.of(told.at_least.unwrap_or(0))) {
        Window::Open(window) if told.at_least.is_some() || window.waits_for.is_some() => return Window::Open(window),
        Window::Open(_) | Window::Late(..) => {}
        Window::Ask(dates) => {
            asked.extend(dates);
            return Window::Ask(asked);
        }
        other => return other,
    }
    match told.at_most.map(|most| of(told.of(most))) {
        Some(Window::Late(window, on)) => Window::Late(window, on),
        _ => Window::Ask(asked),
    }
}

/// The window of a length that is known.
#[expect(clippy::too_many_arguments, reason = "the parts of one window")]
fn made<'p>(
    frame: &mut Frame<'p>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    length: &WindowLength,
    fixed: bool,
    mut by: Credits,
    start: Option<&Start<'p>>,
) -> Window {
    let line = frame.at.line.unwrap_or(0);
    let made = match length {
        // Told by now.
        WindowLength::Told(..) => Err(Trouble::Gap(Gap::Calendar)),
        WindowLength::NoLimit => Ok(startless((None, None), &by)),
        WindowLength::Until(day) => resolve_day(facts, line, *day)
            .ok_or(Trouble::Gap(Gap::Calendar))
            .and_then(|day| bounded(frame, facts, rules, remedy, line, Some(day), None, fixed, &mut by))
            .map(|ends| startless(ends, &by)),
        WindowLength::UntilFact(fact) => told(facts, line, *fact)
            .and_then(|day| bounded(frame, facts, rules, remedy, line, Some(day), None, fixed, &mut by))
            .map(|ends| startless(ends, &by)),
        WindowLength::Length(term, first_day, ends_on) => match start {
            None | Some(Start::Nothing) => Err(Trouble::Gap(Gap::NoStart)),
            Some(Start::Conflict(by)) => return Window::Conflict(by.clone()),
            Some(Start::Ask(dates)) => return Window::Ask(dates.clone()),
            Some(Start::Dates(dates, who)) => {
                by.merge(who);
                let counted = (term, *first_day, ends_on.as_deref());
                match from_start(frame, facts, rules, remedy, line, dates, counted, fixed, &mut by) {
                    Err((start, Trouble::Waits(what))) => {
                        bounded(frame, facts, rules, remedy, line, Some(NEVER), None, fixed, &mut by).map(
                            |(last, _)| {
                                let (clock, by) = (SmallVec::from_slice(dates), by.clone());
                                let last_day = last.filter(|day| *day != NEVER);
                                WindowDecision { start, clock, last_day, waits_for: Some(what), last_moment: None, by }
                            },
                        )
                    }
                    made => made.map_err(|(_, trouble)| trouble),
                }
            }
        },
    };
    match made {
        Ok(window) => in_time(rules.deadline, facts, window),
        Err(trouble) => trouble.window(by),
    }
}

/// A window that is counted from nothing.
fn startless(
    (last_day, last_moment): (Option<NaiveDate>, Option<DateTime<FixedOffset>>),
    by: &Credits,
) -> WindowDecision {
    WindowDecision { start: None, clock: SmallVec::new(), last_day, waits_for: None, last_moment, by: by.clone() }
}

/// A declared date, which is asked where nobody told it.
fn told(facts: &Facts<'_>, line: usize, fact: FactId) -> Result<NaiveDate, Trouble> {
    let sale = facts.request.lines.get(line).and_then(|line| line.sold).map(|(sale, _)| sale);
    let told = facts.told_date(fact, &At { line: Some(line), sale, part: None });
    told.ok_or(Trouble::Ask(smallvec![Asked::Fact(fact)]))
}

fn days(date: NaiveDate) -> Decimal {
    Decimal::from((date - NaiveDate::MIN).num_days())
}

/// A window that is a length; when there is none, as far as is known its start.
#[expect(clippy::too_many_arguments, reason = "the parts of one window, used once")]
fn from_start(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    line: usize,
    dates: &[StartDate],
    counted: (&Term, FirstDay, Option<&Calendar>),
    fixed: bool,
    by: &mut Credits,
) -> Result<WindowDecision, (Option<NaiveDate>, Trouble)> {
    let mut start = event(rules.without, facts, line, dates).map_err(|trouble| (None, trouble))?;
    if !fixed {
        // A shift moves the start to its day; the moment of the event is then no longer known.
        for adjustment in rules.adjustments {
            let AdjustmentKind::StartNotBefore(day) = adjustment.kind else { continue };
            if !speaks(frame, facts, adjustment, remedy) {
                continue;
            }
            if let Some(day) = resolve_day(facts, line, day)
                && day > start.day
            {
                start = Event { day, moment: None };
                by.add(adjustment.clause);
            }
        }
    }
    let (last_day, last_moment) = ends(frame, facts, rules, remedy, line, start, counted, fixed, by)
        .map_err(|trouble| (Some(start.day), trouble))?;
    Ok(WindowDecision {
        start: Some(start.day),
        clock: SmallVec::from_slice(dates),
        last_day,
        waits_for: None,
        last_moment,
        by: by.clone(),
    })
}

/// When a window ends that starts with an event.
#[expect(clippy::too_many_arguments, reason = "the parts of one window, used once")]
fn ends(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    line: usize,
    start: Event,
    (term, first_day, ends_on): (&Term, FirstDay, Option<&Calendar>),
    fixed: bool,
    by: &mut Credits,
) -> Result<Ends, Trouble> {
    let (last_day, moment) = if term.length.unit == Unit::Hours {
        let from = start.moment.ok_or(Trouble::Gap(Gap::NoMoment))?;
        let end = date::add_hours(from, term.length.count)?;
        (end.date_naive(), Some(end))
    } else {
        (term.add(start.day, first_day)?, None)
    };
    if fixed {
        return Ok((Some(rolled(last_day, ends_on)?), moment));
    }
    let (last_day, moment) = longer(frame, facts, rules, remedy, last_day, moment, by)?;
    let first_day = match first_day {
        FirstDay::DayItself => start.day,
        FirstDay::DayAfter => start.day.succ_opt().unwrap_or(start.day),
    };
    let (last_day, moment) = paused(frame, facts, rules, remedy, line, (first_day, last_day, moment), by)?;
    bounded(frame, facts, rules, remedy, line, Some(rolled(last_day, ends_on)?), moment, fixed, by)
}

/// Whether the event that counts came by the last day.
fn in_time(meeting: MeetingEvent, facts: &Facts<'_>, window: WindowDecision) -> Window {
    let request = facts.request;
    // What is still to come has not come before now.
    let now = Event { day: request.day, moment: request.moment };
    let came = match meeting {
        MeetingEvent::Told => request.told,
        MeetingEvent::Sent => request.sent.unwrap_or(now),
        MeetingEvent::Received => request.received.unwrap_or(now),
    };
    let window = Arc::new(window);
    let Some(last_day) = window.last_day else { return Window::Open(window) };
    match (window.last_moment, came.moment) {
        (Some(end), Some(moment)) if moment <= end => Window::Open(window),
        (Some(_), Some(_)) => Window::Late(window, last_day),
        (Some(end), None) if came.day == end.date_naive() => Window::Gap(Gap::NoMoment, window.by.clone()),
        _ if came.day <= last_day => Window::Open(window),
        _ => Window::Late(window, last_day),
    }
}

/// The last day of a window before any adjustment; none inside: no limit.
fn unadjusted(facts: &Facts<'_>, at: &At, start: Option<Event>, length: &WindowLength) -> Option<Option<NaiveDate>> {
    let counted = |term: &Term, first_day: FirstDay, ends_on: Option<&Calendar>| match start {
        Some(start) if start.day == NEVER => Some(None),
        _ if term.length.unit == Unit::Hours => {
            let end = date::add_hours(start?.moment?, term.length.count).ok()?;
            Some(Some(end.date_naive()))
        }
        _ => {
            let end = term.add(start?.day, first_day).and_then(|end| rolled(end, ends_on));
            end.ok().map(Some)
        }
    };
    match length {
        WindowLength::NoLimit => Some(None),
        WindowLength::Until(day) => resolve_day(facts, at.line.unwrap_or(0), *day).map(Some),
        WindowLength::UntilFact(fact) => told(facts, at.line.unwrap_or(0), *fact).ok().map(Some),
        WindowLength::Length(term, first_day, ends_on) => counted(term, *first_day, ends_on.as_deref()),
        WindowLength::Told(told, first_day, ends_on) => {
            counted(&told_by(facts, at, told)??, *first_day, ends_on.as_deref())
        }
    }
}
