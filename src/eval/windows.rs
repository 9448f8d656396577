//! When a remedy can be had: start, length, adjustments, and whether the request came in time
//! (docs/reference/attributes.md, "Windows").

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::date::{self, Calendar, Counting, DateError, FirstDay, Length, Term, Unit};
use crate::decision::{Asked, Credits, Gap, WaitsFor, WindowDecision};
use crate::facts::{FactId, clock_fact};
use crate::program::{
    Adjustment, AdjustmentKind, AttributeValue, Day, Law, StartDate, TreeId, Version, WindowLength, Without,
};
use crate::request::{Event, Handover, Sale};
use crate::terms::{Bound, Clock, ExtensionRule, MeetingEvent};

use super::conditions::Facts;
use super::layers;
use super::resolve::{Frame, Resolved};

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
    /// A date must be asked.
    Ask(Asked),
}

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
    Dates(&'p [StartDate], Credits),
}

/// Why a window could not be made.
enum Trouble {
    Gap(Gap),
    Refer(u16),
    Ask(Asked),
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
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Start(dates) => ranked(rules.without, facts, line, dates).map(|e| days(e.day)),
            _ => None,
        };
        match frame.resolve(facts, start_tree, &mut rank) {
            Resolved::Nothing => Start::Nothing,
            Resolved::Conflict(by) => Start::Conflict(by),
            Resolved::Value(AttributeValue::Start(dates), by) => Start::Dates(dates, by),
            Resolved::Value(..) => Start::Nothing,
        }
    };
    // Windows compare as last days; otherwise the start is asked only of a window that has one.
    let compared = window_tree
        .and_then(|t| version.trees.get(t as usize))
        .is_some_and(|t| t.discipline.is_some() || t.layers.is_some());
    let mut start = if compared { Some(start_of(frame)) } else { None };
    let length = {
        let from = match &start {
            Some(Start::Dates(dates, _)) => ranked(rules.without, facts, line, dates),
            _ => None,
        };
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Window { length, fixed } => unadjusted(facts, line, from, length).map(|end| {
                // On equal last days the one that can still be extended is the better.
                end.map_or(Decimal::MAX, |d| days(d) * Decimal::TWO) - Decimal::from(u8::from(*fixed))
            }),
            _ => None,
        };
        frame.resolve(facts, window_tree, &mut rank)
    };
    let (length, fixed, mut by) = match length {
        Resolved::Nothing => return Window::Gap(Gap::NoWindow, Credits::new()),
        Resolved::Conflict(by) => {
            // Without the day they start on, windows cannot be compared.
            return match &start {
                Some(Start::Dates(dates, _)) => match event(rules.without, facts, line, dates) {
                    Err(Trouble::Waits(_)) | Ok(_) => Window::Conflict(by),
                    Err(trouble) => trouble.window(by),
                },
                _ => Window::Conflict(by),
            };
        }
        Resolved::Value(AttributeValue::Window { length, fixed }, by) => (length, *fixed, by),
        Resolved::Value(..) => return Window::Gap(Gap::NoWindow, Credits::new()),
    };
    let made = match length {
        WindowLength::NoLimit => Ok(WindowDecision {
            start: None,
            clock: SmallVec::new(),
            last_day: None,
            waits_for: None,
            last_moment: None,
            by: by.clone(),
        }),
        WindowLength::Until(day) => resolve_day(facts, line, *day)
            .ok_or(Trouble::Gap(Gap::Calendar))
            .and_then(|day| bounded(frame, facts, rules, remedy, line, Some(day), None, fixed, &mut by))
            .map(|(last_day, last_moment)| WindowDecision {
                start: None,
                clock: SmallVec::new(),
                last_day,
                waits_for: None,
                last_moment,
                by: by.clone(),
            }),
        WindowLength::Length(term, counting, ends_on) => match start.take().unwrap_or_else(|| start_of(frame)) {
            Start::Nothing => Err(Trouble::Gap(Gap::NoStart)),
            Start::Conflict(by) => return Window::Conflict(by),
            Start::Dates(dates, who) => {
                by.merge(&who);
                let counted = (term, *counting, ends_on.as_deref());
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
    counted: (&Term, Counting, Option<&Calendar>),
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
    (term, counting, ends_on): (&Term, Counting, Option<&Calendar>),
    fixed: bool,
    by: &mut Credits,
) -> Result<Ends, Trouble> {
    let (last_day, moment) = if term.length.unit == Unit::Hours {
        let from = start.moment.ok_or(Trouble::Gap(Gap::NoMoment))?;
        let end = date::add_hours(from, term.length.count)?;
        (end.date_naive(), Some(end))
    } else {
        (term.add(start.day, counting)?, None)
    };
    if fixed {
        return Ok((Some(rolled(last_day, ends_on)?), moment));
    }
    let (last_day, moment) = longer(frame, facts, rules, remedy, last_day, moment, by)?;
    let first_day = match counting.first_day {
        FirstDay::DayItself => start.day,
        FirstDay::DayAfter => start.day.succ_opt().unwrap_or(start.day),
    };
    let (last_day, moment) =
        paused(frame, facts, rules, remedy, line, (first_day, last_day, moment), counting.month_end, by)?;
    bounded(frame, facts, rules, remedy, line, Some(rolled(last_day, ends_on)?), moment, fixed, by)
}

/// Days in repair do not count, where a clause says so: the end moves by as many, each counted once. So much as it says is left
/// after them.
#[expect(clippy::too_many_arguments, reason = "the parts of one window, used once")]
fn paused(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    line: usize,
    (first_day, last_day, moment): (NaiveDate, NaiveDate, Option<DateTime<FixedOffset>>),
    month_end: date::MonthEnd,
    by: &mut Credits,
) -> Result<(NaiveDate, Option<DateTime<FixedOffset>>), Trouble> {
    let unmoved = Ok((last_day, moment));
    if !rules.adjustments.iter().any(|adjustment| matches!(adjustment.kind, AdjustmentKind::Pauses(_))) {
        return unmoved;
    }
    let Some(handover) = Goods::of(facts, line).handover else { return unmoved };
    let mut left = SmallVec::<[&Term; 2]>::new();
    let mut credits = Credits::new();
    for adjustment in rules.adjustments {
        let AdjustmentKind::Pauses(at_least) = &adjustment.kind else { continue };
        if speaks(frame, facts, adjustment, remedy) {
            left.extend(at_least);
            credits.add(adjustment.clause);
        }
    }
    if credits.is_empty() {
        return unmoved;
    }
    let (mut end, mut away, mut counted) = (last_day, 0, None);
    for repair in &handover.repairs {
        if repair.from > end {
            break;
        }
        let Some(until) = repair.until else {
            by.merge(&credits);
            return Err(Trouble::Waits(WaitsFor::Repair));
        };
        let from = repair.from.max(first_day).max(counted.unwrap_or(first_day));
        if from <= until {
            let days = (until - from).num_days() + 1;
            away += days;
            end = end.checked_add_signed(chrono::TimeDelta::days(days)).ok_or(DateError::OutOfRange)?;
            counted = until.succ_opt();
        }
        for term in &left {
            end = end.max(term.extend(until, month_end)?);
        }
    }
    if end == last_day {
        return unmoved;
    }
    by.merge(&credits);
    // What is left after a repair ends with a day.
    let whole = chrono::TimeDelta::days(away);
    let moment = moment.filter(|_| end - last_day == whole).and_then(|moment| moment.checked_add_signed(whole));
    Ok((end, moment))
}

/// The last day, or the next business day where windows end on one.
fn rolled(last_day: NaiveDate, ends_on: Option<&Calendar>) -> Result<NaiveDate, DateError> {
    ends_on.map_or(Ok(last_day), |calendar| calendar.roll_forward(last_day))
}

fn speaks(frame: &mut Frame<'_>, facts: &Facts<'_>, adjustment: &Adjustment, remedy: u16) -> bool {
    (adjustment.remedies.is_empty() || adjustment.remedies.contains(&remedy))
        && frame.any_live(facts, &adjustment.nodes)
        && (adjustment.layer == 0 || layers::moves(&frame.left, adjustment))
}

/// The name of its calendar; of business days only.
fn calendar_of(term: &Term) -> Option<&str> {
    term.calendar.as_ref().map(|calendar| calendar.name())
}

/// Added time: months before days before business days, or only the longest.
fn longer(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    last_day: NaiveDate,
    moment: Option<DateTime<FixedOffset>>,
    by: &mut Credits,
) -> Result<(NaiveDate, Option<DateTime<FixedOffset>>), Trouble> {
    let version = frame.version;
    let mut added: Vec<(&Term, crate::program::ClauseId)> = Vec::new();
    for adjustment in rules.adjustments {
        let AdjustmentKind::Longer(term) = &adjustment.kind else { continue };
        if speaks(frame, facts, adjustment, remedy) {
            // Business days last: they depend on where the days before them end.
            let place = added.partition_point(|(before, _)| calendar_of(before) <= calendar_of(term));
            added.insert(place, (term, adjustment.clause));
        }
    }
    if added.is_empty() {
        return Ok((last_day, moment));
    }
    let end = version.choices.month_end;
    if let Some(moment) = moment {
        return hours_longer(&added, version.choices.extensions, moment, end, by);
    }
    match version.choices.extensions {
        ExtensionRule::AddUp => {
            let mut day = last_day;
            for months in [true, false] {
                for (term, clause) in &added {
                    if matches!(term.length.unit, Unit::Months | Unit::Years) == months {
                        // Months are added together first, so that the order of sentences cannot matter.
                        if !months {
                            day = term.extend(day, end)?;
                        }
                        by.add(*clause);
                    }
                }
                if months {
                    let total = added.iter().try_fold(0u32, |sum, (term, _)| match term.length.unit {
                        Unit::Months => sum.checked_add(term.length.count),
                        Unit::Years => term.length.count.checked_mul(12).and_then(|m| sum.checked_add(m)),
                        _ => Some(sum),
                    });
                    let count = total.ok_or(Trouble::Gap(Gap::Calendar))?;
                    if count > 0 {
                        day = date::extend(day, Length { count, unit: Unit::Months }, end, None)?;
                    }
                }
            }
            Ok((day, None))
        }
        ExtensionRule::LongestCounts => {
            let mut best = last_day;
            let mut credits = Credits::new();
            for (term, clause) in &added {
                let day = term.extend(last_day, end)?;
                if day > best {
                    best = day;
                    credits = Credits::new();
                }
                if day == best {
                    credits.add(*clause);
                }
            }
            by.merge(&credits);
            Ok((best, None))
        }
    }
}

/// Added time of a window in hours: hours as they are, longer units in whole days of the moment's own offset.
fn hours_longer(
    added: &[(&Term, crate::program::ClauseId)],
    rule: ExtensionRule,
    moment: DateTime<FixedOffset>,
    end: date::MonthEnd,
    by: &mut Credits,
) -> Result<(NaiveDate, Option<DateTime<FixedOffset>>), Trouble> {
    let one = |moment: DateTime<FixedOffset>, term: &Term| -> Result<DateTime<FixedOffset>, Trouble> {
        if term.length.unit == Unit::Hours {
            return Ok(date::add_hours(moment, term.length.count)?);
        }
        let day = term.extend(moment.date_naive(), end)?;
        let gone = (day - moment.date_naive()).num_hours();
        Ok(date::add_hours(moment, u32::try_from(gone).unwrap_or(u32::MAX))?)
    };
    let mut result = moment;
    for (term, clause) in added {
        let longer = match rule {
            ExtensionRule::AddUp => one(result, term)?,
            ExtensionRule::LongestCounts => one(moment, term)?.max(result),
        };
        if longer != result {
            by.add(*clause);
        }
        result = longer;
    }
    Ok((result.date_naive(), Some(result)))
}

/// The last day and, of a window in hours, the last moment.
type Ends = (Option<NaiveDate>, Option<DateTime<FixedOffset>>);

/// The latest `at least until`, then the earliest `at most until`.
#[expect(clippy::too_many_arguments, reason = "the parts of one window, used twice")]
fn bounded(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    line: usize,
    last_day: Option<NaiveDate>,
    mut moment: Option<DateTime<FixedOffset>>,
    fixed: bool,
    by: &mut Credits,
) -> Result<Ends, Trouble> {
    let Some(mut last) = last_day else { return Ok((None, None)) };
    if fixed {
        return Ok((Some(last), moment));
    }
    for bound in [Bound::AtLeast, Bound::AtMost] {
        if bound == Bound::AtMost {
            let closed = reopened(frame, facts, rules, remedy, last, by)?;
            if closed != last {
                (last, moment) = (closed, None);
            }
        }
        let before = last;
        let mut credits = Credits::new();
        for adjustment in rules.adjustments {
            let AdjustmentKind::Bound(kind, day) = &adjustment.kind else { continue };
            if *kind != bound || !speaks(frame, facts, adjustment, remedy) {
                continue;
            }
            let Some(day) = resolve_day(facts, line, *day) else { continue };
            let moves = if bound == Bound::AtLeast { day > last } else { day < last };
            if moves {
                last = day;
                credits = Credits::new();
            }
            if day == last && last != before {
                credits.add(adjustment.clause);
            }
        }
        if last != before {
            moment = None;
        }
        by.merge(&credits);
    }
    Ok((Some(last), moment))
}

/// A window that ends in a season goes on for some time after it; that may be in another one.
fn reopened(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    last_day: NaiveDate,
    by: &mut Credits,
) -> Result<NaiveDate, Trouble> {
    let mut last = last_day;
    let mut left: SmallVec<[&Adjustment; 4]> = SmallVec::new();
    for adjustment in rules.adjustments {
        if matches!(adjustment.kind, AdjustmentKind::Ending(..)) && speaks(frame, facts, adjustment, remedy) {
            left.push(adjustment);
        }
    }
    let end = frame.version.choices.month_end;
    // Each moves the end once, the one that leaves it earliest first, so that the order of sentences cannot matter.
    loop {
        let mut next: Option<(NaiveDate, usize)> = None;
        for (place, adjustment) in left.iter().enumerate() {
            let AdjustmentKind::Ending(season, term) = &adjustment.kind else { continue };
            let season = facts.schema.seasons.get(usize::from(season.0));
            let Some(instance) = season.and_then(|season| season.instance_of(last)) else { continue };
            let day = term.extend(instance.to, end)?;
            if day > last && next.is_none_or(|(earliest, _)| day < earliest) {
                next = Some((day, place));
            }
        }
        let Some((day, place)) = next else { return Ok(last) };
        by.add(left.remove(place).clause);
        last = day;
    }
}

/// Whether the event that counts came by the last day.
fn in_time(meeting: MeetingEvent, facts: &Facts<'_>, window: WindowDecision) -> Window {
    let request = facts.request;
    let came = match meeting {
        MeetingEvent::Told => request.told,
        MeetingEvent::Sent => request.sent,
        MeetingEvent::Received => request.received,
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
fn unadjusted(
    facts: &Facts<'_>,
    line: usize,
    start: Option<Event>,
    length: &WindowLength,
) -> Option<Option<NaiveDate>> {
    match length {
        WindowLength::NoLimit => Some(None),
        WindowLength::Until(day) => resolve_day(facts, line, *day).map(Some),
        WindowLength::Length(..) if start.is_some_and(|start| start.day == NEVER) => Some(None),
        WindowLength::Length(term, ..) if term.length.unit == Unit::Hours => {
            let end = date::add_hours(start?.moment?, term.length.count).ok()?;
            Some(Some(end.date_naive()))
        }
        WindowLength::Length(term, counting, ends_on) => {
            let end = term.add(start?.day, *counting).and_then(|end| rolled(end, ends_on.as_deref()));
            end.ok().map(Some)
        }
    }
}

/// The event that starts a window, for comparing; of what has not begun, never.
fn ranked(without: &[(Clock, Without)], facts: &Facts<'_>, line: usize, dates: &[StartDate]) -> Option<Event> {
    match event(without, facts, line, dates) {
        Ok(event) => Some(event),
        Err(Trouble::Waits(_)) => Some(Event { day: NEVER, moment: None }),
        Err(_) => None,
    }
}

/// The event that starts a window: the latest of its dates. What is still to come is later than all that could be told.
fn event(without: &[(Clock, Without)], facts: &Facts<'_>, line: usize, dates: &[StartDate]) -> Result<Event, Trouble> {
    let mut latest: Option<Event> = None;
    let mut trouble = None;
    let goods = Goods::of(facts, line);
    for date in dates {
        let found = match date {
            StartDate::Clock(clock) => clock_event(without, &goods, *clock, 0),
            StartDate::Fact(fact) => {
                let sale = facts.request.lines.get(line).and_then(|l| l.sold).map(|(sale, _)| sale);
                let told = facts.told_date(*fact, &super::conditions::At { line: Some(line), sale, part: None });
                told.map(|day| Event { day, moment: None }).ok_or(Trouble::Ask(Asked::Fact(*fact)))
            }
        };
        match found {
            Ok(found) => {
                if latest.is_none_or(|l| found.day > l.day || (found.day == l.day && found.moment > l.moment)) {
                    latest = Some(found);
                }
            }
            Err(Trouble::Waits(what)) => return Err(Trouble::Waits(what)),
            Err(other) => {
                trouble.get_or_insert(other);
            }
        }
    }
    trouble.map_or(latest.ok_or(Trouble::Gap(Gap::NoStart)), Err)
}

/// What is told of the days of goods.
struct Goods<'r> {
    sale: Option<&'r Sale>,
    dates: &'r [Option<Event>; 5],
    handover: Option<&'r Handover>,
}

/// Goods of which nothing is told.
const UNTOLD: &[Option<Event>; 5] = &[None; 5];

impl<'r> Goods<'r> {
    fn of(facts: &Facts<'r>, line: usize) -> Self {
        let request = facts.request;
        let line = request.lines.get(line);
        let sold = line.and_then(|l| l.sold).and_then(|(s, at)| request.sales.get(s).map(|sale| (sale, at)));
        match (sold, line) {
            (Some((sale, at)), _) => {
                let sold = sale.lines.get(at);
                let dates = sold.map_or(UNTOLD, |sold| &sold.dates);
                Self { sale: Some(sale), dates, handover: sold.and_then(|sold| sold.handover.as_deref()) }
            }
            (None, Some(line)) => Self { sale: None, dates: &line.dates, handover: line.handover.as_deref() },
            (None, None) => Self { sale: None, dates: UNTOLD, handover: None },
        }
    }
}

fn clock_event(without: &[(Clock, Without)], goods: &Goods<'_>, clock: Clock, depth: usize) -> Result<Event, Trouble> {
    let [invoiced, shipped, received, installed, activated] = goods.dates;
    let to_come = Err(Trouble::Waits(WaitsFor::Received));
    let mut asked = Asked::Fact(clock_fact(clock));
    let mut known = None;
    let found = match (clock, goods.handover, goods.sale) {
        (Clock::Sold, _, sale) => sale.and_then(|s| s.sold),
        (Clock::Ordered, _, sale) => sale.and_then(|s| s.ordered),
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
        _ => Err(Trouble::Ask(asked)),
    }
}

/// A day as a policy names it; nothing when the season's instance has no deadline.
fn resolve_day(facts: &Facts<'_>, line: usize, day: Day) -> Option<NaiveDate> {
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
fn date_of(facts: &Facts<'_>, line: usize, fact: FactId) -> Option<NaiveDate> {
    let sale = facts.request.lines.get(line)?.sold.map(|(s, _)| s);
    facts.date(fact, &super::conditions::At { line: Some(line), sale, part: None })
}
