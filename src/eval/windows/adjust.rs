//! Adjustments of windows, after their start and length are settled: days in repair, added time, bounds, and days on which nobody is
//! there (docs/reference/attributes.md, "Windows").

use chrono::{DateTime, FixedOffset, NaiveDate};
use smallvec::SmallVec;

use crate::date::{self, Calendar, DateError, Length, MonthEnd, Term, Unit};
use crate::decision::{Credits, Gap, WaitsFor};
use crate::eval::conditions::Facts;
use crate::eval::layers;
use crate::eval::resolve::Frame;
use crate::program::{Adjustment, AdjustmentKind};
use crate::terms::{Bound, ExtensionRule};

use super::events::{Goods, resolve_day};
use super::{Rules, Trouble};

/// Days in repair do not count, where a clause says so: the end moves by as many, each counted once. So much as it says is left
/// after them.
pub(super) fn paused(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    rules: &Rules<'_>,
    remedy: u16,
    line: usize,
    (first_day, last_day, moment): (NaiveDate, NaiveDate, Option<DateTime<FixedOffset>>),
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
            end = end.max(term.extend(until)?);
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
pub(super) fn rolled(last_day: NaiveDate, ends_on: Option<&Calendar>) -> Result<NaiveDate, DateError> {
    ends_on.map_or(Ok(last_day), |calendar| calendar.roll_forward(last_day))
}

pub(super) fn speaks(frame: &mut Frame<'_>, facts: &Facts<'_>, adjustment: &Adjustment, remedy: u16) -> bool {
    (adjustment.remedies.is_empty() || adjustment.remedies.contains(&remedy))
        && frame.any_live(facts, &adjustment.nodes)
        && (adjustment.layer == 0 || layers::moves(&frame.left, adjustment))
}

/// The name of its calendar; of business days only.
pub(super) fn calendar_of(term: &Term) -> Option<&str> {
    term.calendar.as_ref().map(|calendar| calendar.name())
}

/// Added time: months before days before business days, or only the longest.
pub(super) fn longer(
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
    if let Some(moment) = moment {
        return hours_longer(&added, version.choices.extensions, moment, by);
    }
    match version.choices.extensions {
        ExtensionRule::AddUp => {
            let mut day = last_day;
            for months in [true, false] {
                for (term, clause) in &added {
                    if matches!(term.length.unit, Unit::Months | Unit::Years) == months {
                        // Months are added together first, so that the order of sentences cannot matter.
                        if !months {
                            day = term.extend(day)?;
                        }
                        by.add(*clause);
                    }
                }
                // Where files end months in two ways, those that end on the last day go first.
                let ends = [MonthEnd::LastDay, MonthEnd::NextMonth].into_iter().filter(|_| months);
                for end in ends {
                    let mine = added.iter().filter(|(term, _)| term.month_end == end);
                    let total = mine.map(|(term, _)| term.length).try_fold(0u32, |sum, length| match length.unit {
                        Unit::Months => sum.checked_add(length.count),
                        Unit::Years => length.count.checked_mul(12).and_then(|m| sum.checked_add(m)),
                        _ => Some(sum),
                    });
                    let count = total.ok_or(Trouble::Gap(Gap::Calendar))?;
                    day = date::extend(day, Length { count, unit: Unit::Months }, end, None)?;
                }
            }
            Ok((day, None))
        }
        ExtensionRule::LongestCounts => {
            let mut best = last_day;
            let mut credits = Credits::new();
            for (term, clause) in &added {
                let day = term.extend(last_day)?;
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
pub(super) fn hours_longer(
    added: &[(&Term, crate::program::ClauseId)],
    rule: ExtensionRule,
    moment: DateTime<FixedOffset>,
    by: &mut Credits,
) -> Result<(NaiveDate, Option<DateTime<FixedOffset>>), Trouble> {
    let one = |moment: DateTime<FixedOffset>, term: &Term| -> Result<DateTime<FixedOffset>, Trouble> {
        if term.length.unit == Unit::Hours {
            return Ok(date::add_hours(moment, term.length.count)?);
        }
        let day = term.extend(moment.date_naive())?;
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
pub(super) type Ends = (Option<NaiveDate>, Option<DateTime<FixedOffset>>);

/// The latest `at least until`, then the earliest `at most until`.
#[expect(clippy::too_many_arguments, reason = "the parts of one window, used twice")]
pub(super) fn bounded(
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
pub(super) fn reopened(
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
    // Each moves the end once, the one that leaves it earliest first, so that the order of sentences cannot matter.
    loop {
        let mut next: Option<(NaiveDate, usize)> = None;
        for (place, adjustment) in left.iter().enumerate() {
            let AdjustmentKind::Ending(season, term) = &adjustment.kind else { continue };
            let season = facts.schema.seasons.get(usize::from(season.0));
            let Some(instance) = season.and_then(|season| season.instance_of(last)) else { continue };
            let day = term.extend(instance.to)?;
            if day > last && next.is_none_or(|(earliest, _)| day < earliest) {
                next = Some((day, place));
            }
        }
        let Some((day, place)) = next else { return Ok(last) };
        by.add(left.remove(place).clause);
        last = day;
    }
}
