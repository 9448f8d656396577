//! Civil dates and moments as a return policy counts them: [`When`] something happened, the last day of a window
//! ([`add`], [`extend`]), business days of a [`Calendar`], and a [`Season`] of purchases.
//!
//! There is no clock here: what day it is comes with the request. Windows are counted in civil days, so a clock change
//! never moves a deadline; only [`add_hours`] measures elapsed time. Holidays are data, of the years in `calendars/`.

mod calendar;
#[cfg(feature = "compile")]
mod known;
mod length;
mod season;
mod term;
mod when;
mod zone;
#[cfg(feature = "compile")]
mod zones;

use std::fmt;

use chrono::{Datelike, NaiveDate};

pub use calendar::Calendar;
#[cfg(feature = "compile")]
pub use known::{calendar_named, calendar_names};
pub use length::{Counting, FirstDay, Length, MonthEnd, Unit, add, extend};
pub use season::{Instance, MonthDay, Season, SeasonDates};
pub use term::Term;
pub(crate) use when::civil;
pub use when::{When, WhenError, add_hours};
pub use zone::{Zone, in_zone};
#[cfg(feature = "compile")]
pub use zones::{UnknownZone, parse_zone, zone_names};

/// Why a calculation with dates has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateError {
    /// Business days were to be counted and no calendar was given.
    NoCalendar,
    /// A day outside the years the calendar knows.
    OutsideCalendar {
        /// The first day met that the calendar does not cover.
        date: NaiveDate,
        /// The first year the calendar covers.
        first_year: i32,
        /// The last year the calendar covers.
        last_year: i32,
    },
    /// Hours were to be added to a civil date, which has no time of day.
    NeedsMoment,
    /// The result lies outside the years 1 to 9999.
    OutOfRange,
    /// No year has this day, such as 30 February.
    NoSuchDay {
        /// The month as given; January is 1.
        month: u32,
        /// The day of the month as given.
        day: u32,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::NoCalendar => write!(f, "business days cannot be counted without a calendar"),
            DateError::OutsideCalendar { date, first_year, last_year } => {
                write!(f, "the calendar covers {first_year} to {last_year}, which leaves out {date}")
            }
            DateError::NeedsMoment => write!(f, "hours count from a moment, not from a date"),
            DateError::OutOfRange => write!(f, "the date lies outside the years 1 to 9999"),
            DateError::NoSuchDay { month, day } => write!(f, "month {month} never has a day {day}"),
        }
    }
}

impl std::error::Error for DateError {}

/// The date, if it has a year of four digits: such a date prints as `YYYY-MM-DD` and is far from chrono's own limits.
fn in_range(date: Option<NaiveDate>) -> Result<NaiveDate, DateError> {
    match date {
        Some(date) if (1..=9999).contains(&date.year()) => Ok(date),
        Some(_) | None => Err(DateError::OutOfRange),
    }
}

#[cfg(test)]
fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
