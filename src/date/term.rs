//! A length together with how it is counted: where months end, which days are business days.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Calendar, Counting, DateError, FirstDay, Length, MonthEnd, Unit, add, extend};

/// A length that knows which days its business days are (10 business days of the federal calendar), and where a month ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// How long.
    pub length: Length,
    /// Where it ends when the last month is too short, of months and years only; of other lengths the last day.
    pub month_end: MonthEnd,
    /// The calendar, of business days only.
    pub calendar: Option<Arc<Calendar>>,
}

impl Term {
    /// A length as it is counted; what does not matter to its unit is left out, so that equal lengths are equal terms.
    #[must_use]
    pub fn new(length: Length, month_end: MonthEnd, calendar: Option<Arc<Calendar>>) -> Self {
        let in_months = matches!(length.unit, Unit::Months | Unit::Years);
        let month_end = if in_months { month_end } else { MonthEnd::LastDay };
        Self { length, month_end, calendar: calendar.filter(|_| length.unit == Unit::BusinessDays) }
    }

    /// The last day of a window of this length from the day `start`, as [`add`].
    pub fn add(&self, start: NaiveDate, first_day: FirstDay) -> Result<NaiveDate, DateError> {
        let counting = Counting { first_day, month_end: self.month_end };
        add(start, self.length, counting, self.calendar.as_deref())
    }

    /// The last day when this is added to a window that ended on `last_day`, as [`extend`].
    pub fn extend(&self, last_day: NaiveDate) -> Result<NaiveDate, DateError> {
        extend(last_day, self.length, self.month_end, self.calendar.as_deref())
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
