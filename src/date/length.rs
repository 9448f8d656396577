//! How long a window is and which day is its last.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Calendar, DateError, in_range};

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours of elapsed time, from a moment.
    Hours,
    /// Civil days, business days or not.
    Days,
    /// Days on which a calendar's place does business.
    BusinessDays,
    /// Seven civil days.
    Weeks,
    /// Months, to the day of the same number.
    Months,
    /// Twelve months.
    Years,
}

/// A length as a policy writes it, such as 30 days. It stays in its unit: a month is not 30 days, a year not 365.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many of the unit.
    pub count: u32,
    /// What is counted.
    pub unit: Unit,
}

impl Unit {
    /// One of it, as it is written.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Hours => "hour",
            Self::Days => "day",
            Self::BusinessDays => "business day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Years => "year",
        }
    }
}

/// Writes `1 month`, `30 days`, `3 business days`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit.word();
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.count)
    }
}

/// How a policy counts a window: a choice no default is right for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counting {
    /// Which day is day 1.
    pub first_day: FirstDay,
    /// Where months end that lack the day.
    pub month_end: MonthEnd,
}

/// Which day is day 1 of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirstDay {
    /// The day of the event: 15 days from 20 November end on 4 December.
    DayItself,
    /// The day after the event, which itself is day 0: 14 days from 11 December end on 25 December.
    DayAfter,
}

/// Where a length in months or years ends when the last month has no day of that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MonthEnd {
    /// On its last day: a month from 31 January ends on 28 or 29 February.
    LastDay,
    /// On the first of the next month: a month from 31 January ends on 1 March.
    NextMonth,
}

/// The last day of a window of this length from the day `start`.
///
/// With [`FirstDay::DayItself`] that is the day before the one [`FirstDay::DayAfter`] gives, so 0 days end before they
/// begin; a window that ends on the last day of a shorter month ends there with either; business days count `start` if it is one. The calendar matters to business days only: a last day that
/// falls on a holiday is not moved, see [`Calendar::roll_forward`].
///
/// # Errors
/// [`DateError::NeedsMoment`] for hours, [`DateError::NoCalendar`] and [`DateError::OutsideCalendar`] for business
/// days, [`DateError::OutOfRange`] past the year 9999.
pub fn add(
    start: NaiveDate,
    length: Length,
    counting: Counting,
    calendar: Option<&Calendar>,
) -> Result<NaiveDate, DateError> {
    match (counting.first_day, length) {
        (FirstDay::DayAfter, _) => extend(start, length, counting.month_end, calendar),
        (FirstDay::DayItself, Length { count: 1.., unit: Unit::BusinessDays }) => {
            calendar.ok_or(DateError::NoCalendar)?.business_days_from(start, length.count)
        }
        (FirstDay::DayItself, _) => {
            let end = extend(start, length, counting.month_end, calendar)?;
            let in_months = matches!(length.unit, Unit::Months | Unit::Years);
            // A month too short for the day ends the window on its last day, which is already the day before.
            if in_months && counting.month_end == MonthEnd::LastDay && end.day() < start.day() {
                Ok(end)
            } else {
                in_range(end.pred_opt())
            }
        }
    }
}

/// The last day after time was added to a window that ended on `last_day`. The window has been counted, so no day-1
/// rule applies: 30 days on top of 4 December are 3 January.
///
/// Errors as [`add`].
pub fn extend(
    last_day: NaiveDate,
    length: Length,
    month_end: MonthEnd,
    calendar: Option<&Calendar>,
) -> Result<NaiveDate, DateError> {
    let count = length.count;
    match length.unit {
        Unit::Hours => Err(DateError::NeedsMoment),
        Unit::Days => in_range(last_day.checked_add_days(Days::new(count.into()))),
        Unit::BusinessDays => calendar.ok_or(DateError::NoCalendar)?.business_days_after(last_day, count),
        Unit::Weeks => in_range(last_day.checked_add_days(Days::new(u64::from(count) * 7))),
        Unit::Months => add_months(last_day, count, month_end),
        Unit::Years => add_months(last_day, count.checked_mul(12).ok_or(DateError::OutOfRange)?, month_end),
    }
}

fn add_months(day: NaiveDate, count: u32, month_end: MonthEnd) -> Result<NaiveDate, DateError> {
    // chrono stops at the last day of a month that is too short.
    let end = in_range(day.checked_add_months(Months::new(count)))?;
    match month_end {
        MonthEnd::NextMonth if end.day() < day.day() => in_range(end.succ_opt()),
        MonthEnd::NextMonth | MonthEnd::LastDay => Ok(end),
    }
}

#[cfg(test)]
mod tests {
    use super::super::date;
    use super::*;

    const AFTER: Counting = Counting { first_day: FirstDay::DayAfter, month_end: MonthEnd::LastDay };
    const ITSELF: Counting = Counting { first_day: FirstDay::DayItself, month_end: MonthEnd::LastDay };
    const AFTER_NEXT: Counting = Counting { month_end: MonthEnd::NextMonth, ..AFTER };
    const ITSELF_NEXT: Counting = Counting { month_end: MonthEnd::NextMonth, ..ITSELF };

    fn length(count: u32, unit: Unit) -> Length {
        Length { count, unit }
    }

    #[test]
    fn windows_end_where_the_counting_says() {
        for (start, count, unit, counting, end) in [
            ("2025-12-11", 14, Unit::Days, AFTER, "2025-12-25"),
            ("2025-11-20", 15, Unit::Days, ITSELF, "2025-12-04"),
            ("2025-11-20", 15, Unit::Days, AFTER, "2025-12-05"),
            ("2025-12-10", 60, Unit::Days, ITSELF, "2026-02-07"),
            ("2025-12-10", 14, Unit::Days, ITSELF, "2025-12-23"),
            ("2021-12-26", 30, Unit::Days, ITSELF, "2022-01-24"),
            ("2025-12-11", 0, Unit::Days, AFTER, "2025-12-11"),
            ("2025-12-11", 1, Unit::Days, ITSELF, "2025-12-11"),
            ("2025-12-11", 0, Unit::Days, ITSELF, "2025-12-10"),
            ("2025-12-11", 2, Unit::Weeks, AFTER, "2025-12-25"),
            ("2025-12-11", 2, Unit::Weeks, ITSELF, "2025-12-24"),
            ("2023-03-01", 365, Unit::Days, AFTER, "2024-02-29"),
            ("2023-03-01", 1, Unit::Years, AFTER, "2024-03-01"),
            ("2023-03-01", 1, Unit::Years, ITSELF, "2024-02-29"),
            ("2024-02-29", 1, Unit::Years, AFTER, "2025-02-28"),
            ("2024-02-29", 1, Unit::Years, AFTER_NEXT, "2025-03-01"),
            ("2024-02-29", 4, Unit::Years, AFTER_NEXT, "2028-02-29"),
            ("2025-01-31", 1, Unit::Months, AFTER, "2025-02-28"),
            ("2024-01-31", 1, Unit::Months, AFTER, "2024-02-29"),
            ("2025-01-31", 1, Unit::Months, AFTER_NEXT, "2025-03-01"),
            ("2025-01-29", 1, Unit::Months, AFTER_NEXT, "2025-03-01"),
            ("2025-01-28", 1, Unit::Months, AFTER_NEXT, "2025-02-28"),
            ("2025-08-31", 3, Unit::Months, AFTER_NEXT, "2025-12-01"),
            ("2025-01-31", 1, Unit::Months, ITSELF_NEXT, "2025-02-28"),
            ("2025-01-31", 1, Unit::Months, ITSELF, "2025-02-28"),
            ("2025-01-15", 1, Unit::Months, ITSELF, "2025-02-14"),
            ("2025-11-30", 14, Unit::Months, AFTER, "2027-01-30"),
            ("2025-02-28", 1, Unit::Months, AFTER, "2025-03-28"),
        ] {
            assert_eq!(
                add(date(start), length(count, unit), counting, None),
                Ok(date(end)),
                "{} from {start} by {counting:?}",
                length(count, unit)
            );
        }
    }

    #[test]
    fn added_time_has_no_day_one_rule() {
        for (last_day, count, unit, month_end, end) in [
            ("2025-12-04", 30, Unit::Days, MonthEnd::LastDay, "2026-01-03"),
            ("2025-12-04", 1, Unit::Weeks, MonthEnd::LastDay, "2025-12-11"),
            ("2025-12-31", 2, Unit::Months, MonthEnd::LastDay, "2026-02-28"),
            ("2025-12-31", 2, Unit::Months, MonthEnd::NextMonth, "2026-03-01"),
        ] {
            assert_eq!(extend(date(last_day), length(count, unit), month_end, None), Ok(date(end)));
        }
    }

    #[test]
    fn says_what_it_cannot_count() {
        let start = date("2025-11-20");
        for counting in [AFTER, ITSELF, AFTER_NEXT, ITSELF_NEXT] {
            for (count, unit, error) in [
                (48, Unit::Hours, DateError::NeedsMoment),
                (3, Unit::BusinessDays, DateError::NoCalendar),
                (u32::MAX, Unit::Days, DateError::OutOfRange),
                (u32::MAX, Unit::Weeks, DateError::OutOfRange),
                (u32::MAX, Unit::Months, DateError::OutOfRange),
                (u32::MAX, Unit::Years, DateError::OutOfRange),
                (8000, Unit::Years, DateError::OutOfRange),
            ] {
                assert_eq!(add(start, length(count, unit), counting, None), Err(error), "{count} {unit:?}");
            }
        }
        let last = NaiveDate::MAX;
        assert_eq!(add(last, length(1, Unit::Days), AFTER, None), Err(DateError::OutOfRange));
        assert_eq!(add(NaiveDate::MIN, length(0, Unit::Days), ITSELF, None), Err(DateError::OutOfRange));
    }

    #[test]
    fn lengths_print_as_people_write_them() {
        for (count, unit, text) in [
            (30, Unit::Days, "30 days"),
            (1, Unit::Months, "1 month"),
            (1, Unit::BusinessDays, "1 business day"),
            (3, Unit::BusinessDays, "3 business days"),
            (0, Unit::Hours, "0 hours"),
            (2, Unit::Weeks, "2 weeks"),
            (1, Unit::Years, "1 year"),
        ] {
            assert_eq!(length(count, unit).to_string(), text);
        }
    }
}
