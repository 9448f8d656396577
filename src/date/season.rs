//! Named stretches of the year, such as the holidays, with the deadline their purchases may have.

use std::fmt;

use chrono::{Datelike, Month, NaiveDate};

use super::DateError;

/// A named season of purchases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// The name a policy calls it by.
    pub name: String,
    /// When it is.
    pub instances: SeasonDates,
}

/// When a season is: every year, or in the years listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeasonDates {
    /// Every year between the same days, both included. It runs over the new year when `to` comes before `from`:
    /// November 15 to January 5.
    Yearly {
        /// The first day.
        from: MonthDay,
        /// The last day.
        to: MonthDay,
        /// The deadline of its purchases: its first occurrence after the instance ends.
        until: Option<MonthDay>,
    },
    /// The instances written out.
    Dated(Vec<Instance>),
}

/// One time a season takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instance {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The deadline of purchases made in it, when the season sets one.
    pub until: Option<NaiveDate>,
}

impl Season {
    /// The instance a day falls in. Of dated instances that overlap, the one written first.
    pub fn instance_of(&self, date: NaiveDate) -> Option<Instance> {
        match &self.instances {
            SeasonDates::Dated(instances) => instances.iter().copied().find(|instance| instance.contains(date)),
            SeasonDates::Yearly { from, to, until } => [date.year() - 1, date.year()].into_iter().find_map(|year| {
                let last_year = if to < from { year + 1 } else { year };
                let (from, to) = (from.in_year(year)?, to.in_year(last_year)?);
                let instance = Instance { from, to, until: until.map(|until| until.first_after(to)) };
                instance.contains(date).then_some(instance)
            }),
        }
    }

    /// The first two dated instances, as written, that share a day. A yearly season does not overlap itself.
    pub fn overlap(&self) -> Option<(Instance, Instance)> {
        let SeasonDates::Dated(instances) = &self.instances else { return None };
        instances.iter().enumerate().find_map(|(index, first)| {
            let second = instances.iter().skip(index + 1).find(|second| first.overlaps(**second))?;
            Some((*first, *second))
        })
    }
}

impl Instance {
    /// Whether the day lies in it; both ends do.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    fn overlaps(self, other: Instance) -> bool {
        self.from.max(other.from) <= self.to.min(other.to)
    }
}

/// A day of any year, such as January 15. In years without one, 29 February falls to the 28th. Orders as the days of a
/// year do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    // INVARIANT: a day of a leap year; the order of the fields makes the order of the days.
    month: u32,
    day: u32,
}

impl MonthDay {
    /// January 1.
    pub(crate) const FIRST: MonthDay = MonthDay { month: 1, day: 1 };

    /// The day of that month, January being 1; [`DateError::NoSuchDay`] if no year has it.
    pub fn new(month: u32, day: u32) -> Result<MonthDay, DateError> {
        match NaiveDate::from_ymd_opt(2000, month, day) {
            Some(_) => Ok(MonthDay { month, day }),
            None => Err(DateError::NoSuchDay { month, day }),
        }
    }

    /// The month; January is 1.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u32 {
        self.day
    }

    /// Its first occurrence strictly after a date: January 15 after 24 December 2025 is 15 January 2026, and after 15
    /// January 2026 it is that of 2027. At the end of chrono's calendar, in the year 262142, its last day.
    pub fn first_after(self, date: NaiveDate) -> NaiveDate {
        [date.year(), date.year() + 1]
            .into_iter()
            .filter_map(|year| self.in_year(year))
            .find(|occurrence| *occurrence > date)
            .unwrap_or(NaiveDate::MAX)
    }

    fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }
}

/// Writes `January 15`.
impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = u8::try_from(self.month).ok().and_then(|month| Month::try_from(month).ok());
        write!(f, "{} {}", month.map_or("", |month| month.name()), self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::super::date;
    use super::*;

    fn on(month: u32, day: u32) -> MonthDay {
        MonthDay::new(month, day).unwrap()
    }

    fn instance(from: &str, to: &str, until: &str) -> Instance {
        Instance { from: date(from), to: date(to), until: Some(until).filter(|text| !text.is_empty()).map(date) }
    }

    #[test]
    fn a_month_day_is_a_day_of_some_year() {
        assert_eq!(on(2, 29).to_string(), "February 29");
        assert_eq!((on(11, 15).month(), on(11, 15).day()), (11, 15));
        for (month, day) in [(2, 30), (4, 31), (13, 1), (0, 1), (1, 0), (1, 32)] {
            assert_eq!(MonthDay::new(month, day), Err(DateError::NoSuchDay { month, day }));
        }
    }

    #[test]
    fn the_first_occurrence_is_strictly_after() {
        for (month, day, after, first) in [
            (1, 15, "2025-12-24", "2026-01-15"),
            (1, 15, "2026-01-14", "2026-01-15"),
            (1, 15, "2026-01-15", "2027-01-15"),
            (12, 31, "2025-12-31", "2026-12-31"),
            (2, 29, "2025-01-01", "2025-02-28"),
            (2, 29, "2025-02-28", "2026-02-28"),
            (2, 29, "2027-02-28", "2028-02-29"),
            (2, 29, "2028-02-28", "2028-02-29"),
        ] {
            assert_eq!(on(month, day).first_after(date(after)), date(first), "{month}-{day} after {after}");
        }
        assert_eq!(on(1, 1).first_after(NaiveDate::MAX), NaiveDate::MAX);
    }

    #[test]
    fn a_yearly_season_has_an_instance_every_year() {
        let holidays = Season {
            name: "holidays".to_owned(),
            instances: SeasonDates::Yearly { from: on(10, 31), to: on(12, 31), until: Some(on(1, 15)) },
        };
        let of_2025 = Some(instance("2025-10-31", "2025-12-31", "2026-01-15"));
        for (day, expected) in [
            ("2025-10-30", None),
            ("2025-10-31", of_2025),
            ("2025-12-31", of_2025),
            ("2026-01-01", None),
            ("2026-11-01", Some(instance("2026-10-31", "2026-12-31", "2027-01-15"))),
        ] {
            assert_eq!(holidays.instance_of(date(day)), expected, "{day}");
        }
        assert_eq!(holidays.overlap(), None);
    }

    #[test]
    fn a_yearly_season_may_run_over_the_new_year() {
        let season = |until| Season {
            name: "winter".to_owned(),
            instances: SeasonDates::Yearly { from: on(11, 15), to: on(1, 5), until },
        };
        let of_2025 = Some(instance("2025-11-15", "2026-01-05", "2026-01-31"));
        for (day, expected) in [
            ("2025-11-14", None),
            ("2025-11-15", of_2025),
            ("2025-12-31", of_2025),
            ("2026-01-05", of_2025),
            ("2026-01-06", None),
            ("2025-01-01", Some(instance("2024-11-15", "2025-01-05", "2025-01-31"))),
        ] {
            assert_eq!(season(Some(on(1, 31))).instance_of(date(day)), expected, "{day}");
        }
        // The deadline is after the end, even when its day has passed within the instance.
        let early = season(Some(on(1, 5))).instance_of(date("2025-12-01")).unwrap();
        assert_eq!(early.until, Some(date("2027-01-05")));
        assert_eq!(season(None).instance_of(date("2025-12-01")).unwrap().until, None);
    }

    #[test]
    fn a_yearly_season_may_be_one_day_or_end_on_29_february() {
        let leap = Season {
            name: "leap".to_owned(),
            instances: SeasonDates::Yearly { from: on(2, 29), to: on(2, 29), until: None },
        };
        assert_eq!(leap.instance_of(date("2024-02-29")), Some(instance("2024-02-29", "2024-02-29", "")));
        assert_eq!(leap.instance_of(date("2024-02-28")), None);
        assert_eq!(leap.instance_of(date("2025-02-28")), Some(instance("2025-02-28", "2025-02-28", "")));
        assert_eq!(leap.instance_of(NaiveDate::MAX), None);
        assert_eq!(leap.instance_of(NaiveDate::MIN), None);
    }

    #[test]
    fn dated_instances_are_inclusive_and_may_not_overlap() {
        let first = instance("2024-10-07", "2024-12-31", "2025-01-31");
        let second = instance("2025-10-06", "2025-12-31", "2026-01-31");
        let third = instance("2025-12-31", "2026-01-02", "");
        let season = |instances: &[Instance]| Season {
            name: "holidays".to_owned(),
            instances: SeasonDates::Dated(instances.to_vec()),
        };
        let holidays = season(&[first, second]);
        for (day, expected) in [
            ("2024-10-06", None),
            ("2024-10-07", Some(first)),
            ("2024-12-31", Some(first)),
            ("2025-10-05", None),
            ("2025-12-31", Some(second)),
        ] {
            assert_eq!(holidays.instance_of(date(day)), expected, "{day}");
        }
        assert_eq!(holidays.overlap(), None);
        assert_eq!(season(&[third, first, second]).overlap(), Some((third, second)));
        assert_eq!(season(&[first, first]).overlap(), Some((first, first)));
        assert_eq!(season(&[]).overlap(), None);
    }
}
