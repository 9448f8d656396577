//! A length together with the calendar it is counted by.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Calendar, Counting, DateError, Length, MonthEnd, add, extend};

/// A length that knows which days its business days are: 10 business days of the federal calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// How long.
    pub length: Length,
    /// The calendar, of business days only.
    pub calendar: Option<Arc<Calendar>>,
}

impl Term {
    /// The last day of a window of this length from the day `start`, as [`add`].
    pub fn add(&self, start: NaiveDate, counting: Counting) -> Result<NaiveDate, DateError> {
        add(start, self.length, counting, self.calendar.as_deref())
    }

    /// The last day when this is added to a window that ended on `last_day`, as [`extend`].
    pub fn extend(&self, last_day: NaiveDate, month_end: MonthEnd) -> Result<NaiveDate, DateError> {
        extend(last_day, self.length, month_end, self.calendar.as_deref())
    }
}

/// Writes `48 hours`, `10 business days (us-federal)`.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.calendar {
            Some(calendar) => write!(f, "{} ({})", self.length, calendar.name()),
            None => self.length.fmt(f),
        }
    }
}
