//! The days on which a place does business, for the years somebody has looked up.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday, WeekdaySet};

use super::{DateError, MonthDay, in_range};

/// A named business calendar: every day is a business day but those of the weekend and the holidays.
///
/// It knows a range of years and answers [`DateError::OutsideCalendar`] for any day beyond, since a year nobody has
/// looked up is not a year without holidays.
#[derive(Clone, PartialEq, Eq)]
pub struct Calendar {
    name: String,
    years: RangeInclusive<i32>,
    weekend: WeekdaySet,
    // INVARIANT: ascending, no day twice.
    holidays: Vec<NaiveDate>,
}

impl Calendar {
    /// A calendar for these years, both ends included. The weekend may be empty, or one day: the Sundays of the
    /// American cooling-off rule. Holidays may come in any order and more than once.
    pub fn new(
        name: impl Into<String>,
        years: RangeInclusive<i32>,
        weekend: WeekdaySet,
        holidays: impl IntoIterator<Item = NaiveDate>,
    ) -> Calendar {
        let calendar = Calendar { name: name.into(), years, weekend, holidays: Vec::new() };
        holidays.into_iter().fold(calendar, Calendar::without_day)
    }

    /// The same calendar with a day off more.
    #[must_use]
    pub fn without_day(mut self, day: NaiveDate) -> Calendar {
        if let Err(place) = self.holidays.binary_search(&day) {
            self.holidays.insert(place, day);
        }
        self
    }

    /// The same calendar with a day off more in every year; 29 February only in years that have one.
    #[must_use]
    pub fn without_day_of_year(self, day: MonthDay) -> Calendar {
        let days = self.years().filter_map(|year| NaiveDate::from_ymd_opt(year, day.month(), day.day()));
        days.fold(self, Calendar::without_day)
    }

    /// The name a policy calls it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The years it covers, both ends included.
    pub fn years(&self) -> RangeInclusive<i32> {
        self.years.clone()
    }

    /// Whether business rests on that day of every week.
    pub(crate) fn is_weekend(&self, day: Weekday) -> bool {
        self.weekend.contains(day)
    }

    /// Its holidays, in order; some of them may lie on a weekend.
    pub fn holidays(&self) -> impl Iterator<Item = NaiveDate> {
        self.holidays.iter().copied()
    }

    /// Whether business is done on that day.
    pub fn is_business_day(&self, date: NaiveDate) -> Result<bool, DateError> {
        self.covered(date)?;
        Ok(!self.weekend.contains(date.weekday()) && self.holidays.binary_search(&date).is_err())
    }

    /// The `count`-th business day after a day that is day 0, business day or not. 3 business days after Wednesday 26
    /// November 2025, with Sundays and Thanksgiving off, end on Monday 1 December. 0 gives the day itself.
    pub fn business_days_after(&self, date: NaiveDate, count: u32) -> Result<NaiveDate, DateError> {
        self.covered(date)?;
        if count == 0 { Ok(date) } else { self.business_days_from(in_range(date.succ_opt())?, count) }
    }

    /// The `count`-th business day, where `date` is the first if it is one: the same 3 business days from Wednesday 26
    /// November 2025 end on Saturday 29 November. 0 gives the day itself.
    pub fn business_days_from(&self, date: NaiveDate, count: u32) -> Result<NaiveDate, DateError> {
        let past = self.holidays.partition_point(|holiday| *holiday < date);
        let mut holidays = self.holidays.iter().skip(past).peekable();
        let mut day = date;
        let mut left = count;
        loop {
            self.covered(day)?;
            let holiday = holidays.next_if(|holiday| **holiday == day).is_some();
            if !holiday && !self.weekend.contains(day.weekday()) {
                left = left.saturating_sub(1);
            }
            if left == 0 {
                return Ok(day);
            }
            day = in_range(day.succ_opt())?;
        }
    }

    /// The day itself if it is a business day, otherwise the next one: 25 December 2025 becomes Monday 29 December
    /// where the 26th is a holiday too.
    pub fn roll_forward(&self, date: NaiveDate) -> Result<NaiveDate, DateError> {
        self.business_days_from(date, 1)
    }

    fn covered(&self, date: NaiveDate) -> Result<(), DateError> {
        if self.years.contains(&date.year()) {
            Ok(())
        } else {
            Err(DateError::OutsideCalendar { date, first_year: *self.years.start(), last_year: *self.years.end() })
        }
    }
}

/// Writes its name and years: the holidays of fifty years help nobody.
impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({}, {:?}, {} holidays)", self.name, self.years, self.holidays.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Counting, FirstDay, Length, MonthEnd, Unit, add, date};
    use super::*;

    /// Sweden around the end of 2025.
    fn sweden() -> Calendar {
        let weekend = WeekdaySet::from_array([Weekday::Sat, Weekday::Sun]);
        let holidays = ["2026-01-01", "2025-12-26", "2025-12-25", "2026-01-06", "2025-12-25"].map(date);
        Calendar::new("Sweden", 2025..=2026, weekend, holidays)
    }

    /// The American cooling-off rule counts Saturdays.
    fn cooling_off() -> Calendar {
        Calendar::new("US federal", 2025..=2025, WeekdaySet::single(Weekday::Sun), [date("2025-11-27")])
    }

    #[test]
    fn knows_weekends_and_holidays() {
        for (day, expected) in [
            ("2025-12-24", true),
            ("2025-12-25", false),
            ("2025-12-26", false),
            ("2025-12-27", false),
            ("2025-12-28", false),
            ("2025-12-29", true),
            ("2026-01-06", false),
        ] {
            assert_eq!(sweden().is_business_day(date(day)), Ok(expected), "{day}");
        }
        assert_eq!(cooling_off().is_business_day(date("2025-11-29")), Ok(true));
    }

    #[test]
    fn counts_business_days() {
        for (calendar, start, count, after, from) in [
            (cooling_off(), "2025-11-26", 3, "2025-12-01", "2025-11-29"),
            (cooling_off(), "2025-11-27", 1, "2025-11-28", "2025-11-28"),
            (sweden(), "2025-12-23", 1, "2025-12-24", "2025-12-23"),
            (sweden(), "2025-12-23", 2, "2025-12-29", "2025-12-24"),
            (sweden(), "2025-12-27", 1, "2025-12-29", "2025-12-29"),
            // 24, 29, 30, 31 December, 2, 5, 7, 8, 9, 12 January.
            (sweden(), "2025-12-23", 10, "2026-01-12", "2026-01-09"),
            (sweden(), "2025-12-27", 0, "2025-12-27", "2025-12-27"),
        ] {
            assert_eq!(calendar.business_days_after(date(start), count), Ok(date(after)), "{count} after {start}");
            if count > 0 {
                assert_eq!(calendar.business_days_from(date(start), count), Ok(date(from)), "{count} from {start}");
            }
        }
    }

    #[test]
    fn a_window_counts_business_days_by_its_first_day() {
        let three = Length { count: 3, unit: Unit::BusinessDays };
        let month_end = MonthEnd::LastDay;
        for (first_day, length, end) in [
            (FirstDay::DayAfter, three, "2025-12-01"),
            (FirstDay::DayItself, three, "2025-11-29"),
            (FirstDay::DayAfter, Length { count: 0, ..three }, "2025-11-26"),
            (FirstDay::DayItself, Length { count: 0, ..three }, "2025-11-25"),
        ] {
            let last = add(date("2025-11-26"), length, Counting { first_day, month_end }, Some(&cooling_off()));
            assert_eq!(last, Ok(date(end)), "{first_day:?} {length}");
        }
    }

    #[test]
    fn a_place_may_close_on_days_of_its_own() {
        let closed = sweden().without_day(date("2025-12-24")).without_day_of_year(MonthDay::new(12, 31).unwrap());
        let eve = MonthDay::new(2, 29).unwrap();
        // 29, 30 December, 2, 5, 7 January: neither the 24th nor the 31st.
        assert_eq!(closed.business_days_after(date("2025-12-23"), 5), Ok(date("2026-01-07")));
        assert_eq!(closed.clone().without_day(date("2025-12-25")).without_day_of_year(eve), closed);
    }

    #[test]
    fn rolls_forward_over_holidays_and_weekends() {
        for (day, rolled) in [("2025-12-25", "2025-12-29"), ("2025-12-24", "2025-12-24"), ("2026-01-01", "2026-01-02")]
        {
            assert_eq!(sweden().roll_forward(date(day)), Ok(date(rolled)));
        }
    }

    #[test]
    fn knows_nothing_beyond_its_years() {
        let outside = |day| DateError::OutsideCalendar { date: date(day), first_year: 2025, last_year: 2025 };
        let calendar = cooling_off();
        assert_eq!(calendar.is_business_day(date("2024-12-31")), Err(outside("2024-12-31")));
        assert_eq!(calendar.business_days_after(date("2026-01-01"), 0), Err(outside("2026-01-01")));
        assert_eq!(calendar.business_days_after(date("2025-12-30"), 2), Err(outside("2026-01-01")));
        assert_eq!(calendar.business_days_from(date("2025-01-01"), 1), Ok(date("2025-01-01")));
        assert_eq!(calendar.roll_forward(date("2026-05-01")), Err(outside("2026-05-01")));
        let never = Calendar::new("never", 2025..=2025, WeekdaySet::ALL, []);
        assert_eq!(never.roll_forward(date("2025-12-01")), Err(outside("2026-01-01")));
        assert_eq!(outside("2026-01-01").to_string(), "the calendar covers 2025 to 2025, which leaves out 2026-01-01");
    }
}
