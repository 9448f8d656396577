//! When an event happened, as a request tells it, and what day that was at a place.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, TimeDelta};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{DateError, Zone, in_range};

/// An event as the request tells it: a civil date, or a moment with its offset from UTC. Reads, prints and serialises
/// as `2025-11-20` or, by RFC 3339, `2025-11-20T14:05:00-05:00`.
///
/// Two moments are equal when they are the same instant, whatever their offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A day, already that of the place where the event happened.
    Date(NaiveDate),
    /// An instant, with the offset its clock had.
    Moment(DateTime<FixedOffset>),
}

impl When {
    /// The day of the event. A date is itself; a moment is read on the clocks of `zone`, or on the clock it was told
    /// by when no zone is known: 2025-11-21T02:00:00Z is 20 November in America/New_York.
    ///
    /// The zone data is of the years 1970 to 2099; other moments are read by the clocks of the nearest day.
    pub fn civil(self, zone: Option<&Zone>) -> NaiveDate {
        match self {
            When::Date(date) => date,
            When::Moment(moment) => {
                let utc = moment.naive_utc();
                let offset = zone.and_then(|zone| zone.offset(utc)).unwrap_or(*moment.offset());
                utc.checked_add_offset(offset).unwrap_or(utc).date()
            }
        }
    }
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<When, WhenError> {
        let error = |problem| WhenError { text: text.to_owned(), problem };
        let when = match date_fields(text) {
            Some((year, month, day)) => {
                When::Date(NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| error(WhenProblem::NoSuchDay))?)
            }
            None => match DateTime::parse_from_rfc3339(text) {
                Ok(moment) => When::Moment(moment),
                Err(_) if DateTime::parse_from_rfc3339(&format!("{text}Z")).is_ok() => {
                    return Err(error(WhenProblem::NoOffset));
                }
                Err(_) => return Err(error(WhenProblem::Form)),
            },
        };
        if (1900..=2200).contains(&when.civil(None).year()) { Ok(when) } else { Err(error(WhenProblem::Year)) }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Date(date) => write!(f, "{date}"),
            When::Moment(moment) => f.write_str(&moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A text that does not say when; prints as a message for whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhenError {
    text: String,
    problem: WhenProblem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhenProblem {
    Form,
    NoOffset,
    NoSuchDay,
    Year,
}

impl fmt::Display for WhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.problem {
            WhenProblem::Form => write!(
                f,
                "`{text}` is neither a date such as `2025-11-20` nor a moment such as `2025-11-20T14:05:00-05:00`"
            ),
            WhenProblem::NoOffset => {
                write!(f, "`{text}` has no offset from UTC; end it with one, such as `-05:00` or `Z`")
            }
            WhenProblem::NoSuchDay => write!(f, "`{text}` is not a day of the calendar"),
            WhenProblem::Year => write!(f, "`{text}` is outside the years 1900 to 2200"),
        }
    }
}

impl std::error::Error for WhenError {}

/// The moment `hours` later, in elapsed time: 48 hours are 48 hours even when the clocks change between. The offset
/// stays that of `moment`; [`in_zone`](super::in_zone) shows the result as the clocks of a place do.
pub fn add_hours(moment: DateTime<FixedOffset>, hours: u32) -> Result<DateTime<FixedOffset>, DateError> {
    let elapsed = TimeDelta::try_hours(i64::from(hours)).ok_or(DateError::OutOfRange)?;
    let later = moment.checked_add_signed(elapsed).ok_or(DateError::OutOfRange)?;
    in_range(Some(later.naive_utc().date()))?;
    Ok(later)
}

/// The day that a text in the exact form `YYYY-MM-DD` names. chrono's own reading takes other forms too, and is large.
pub(crate) fn civil(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = date_fields(text)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Year, month and day of a text in the exact form `YYYY-MM-DD`, not yet checked against the calendar.
fn date_fields(text: &str) -> Option<(i32, u32, u32)> {
    let mut fields = text.split('-');
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    let exact = fields.next().is_none()
        && (year.len(), month.len(), day.len()) == (4, 2, 2)
        && [year, month, day].iter().all(|field| field.bytes().all(|byte| byte.is_ascii_digit()));
    if exact { Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)) } else { None }
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests {
    use super::super::{date, in_zone, parse_zone};
    use super::*;

    fn moment(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn reads_and_prints_dates_and_moments() {
        for text in [
            "2025-11-20",
            "2024-02-29",
            "1900-01-01",
            "2200-12-31",
            "2025-11-20T14:05:00-05:00",
            "2025-11-20T14:05:00Z",
            "2025-11-20T14:05:00.250+05:30",
        ] {
            let when: When = text.parse().unwrap();
            assert_eq!(when.to_string(), text);
            let json = serde_json::to_string(&when).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<When>(&json).unwrap(), when);
        }
    }

    #[test]
    fn days_have_one_form() {
        assert_eq!(civil("2026-01-15"), NaiveDate::from_ymd_opt(2026, 1, 15));
        for text in
            ["2026-1-15", "2026- 1-15", "+2026-1-15", " 2026-01-15", "2026-02-29", "2026-01-15Z", "26-01-15", ""]
        {
            assert_eq!(civil(text), None, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_text() {
        for (text, message) in [
            ("2025-02-29", "`2025-02-29` is not a day of the calendar"),
            ("1899-12-31", "`1899-12-31` is outside the years 1900 to 2200"),
            ("2201-01-01T00:00:00Z", "`2201-01-01T00:00:00Z` is outside the years 1900 to 2200"),
            (
                "2025-11-20T14:05:00",
                "`2025-11-20T14:05:00` has no offset from UTC; end it with one, such as `-05:00` or `Z`",
            ),
            (
                "20.11.2025",
                "`20.11.2025` is neither a date such as `2025-11-20` nor a moment such as `2025-11-20T14:05:00-05:00`",
            ),
        ] {
            assert_eq!(text.parse::<When>().unwrap_err().to_string(), message);
        }
        for text in ["", "2025-1-2", "+025-01-02", "2025-11-20 ", "2025-11-20-", "20251120", "2025-11-20T25:00:00Z"] {
            let error = text.parse::<When>().unwrap_err();
            assert_eq!(error.problem, WhenProblem::Form, "{text}");
        }
    }

    #[test]
    fn the_day_of_an_event_is_that_of_the_zone() {
        let (new_york, tokyo) = (parse_zone("America/New_York").unwrap(), parse_zone("Asia/Tokyo").unwrap());
        let (new_york, tokyo) = (Some(&new_york), Some(&tokyo));
        for (text, zone, day) in [
            ("2025-11-20", tokyo, "2025-11-20"),
            ("2025-11-21T02:00:00Z", None, "2025-11-21"),
            ("2025-11-21T02:00:00Z", new_york, "2025-11-20"),
            ("2025-11-20T21:00:00-05:00", tokyo, "2025-11-21"),
            // Summer time ends on 2 November 2025, so that day begins at 04:00 UTC and ends at 05:00 UTC.
            ("2025-11-02T03:59:00Z", new_york, "2025-11-01"),
            ("2025-11-02T04:00:00Z", new_york, "2025-11-02"),
            ("2025-11-03T04:59:00Z", new_york, "2025-11-02"),
        ] {
            assert_eq!(text.parse::<When>().unwrap().civil(zone), date(day), "{text}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for instant in [DateTime::<chrono::Utc>::MIN_UTC, DateTime::<chrono::Utc>::MAX_UTC] {
            let instant = instant.fixed_offset();
            for zone in [None, parse_zone("Asia/Tokyo").ok(), parse_zone("America/New_York").ok()] {
                When::Moment(instant).civil(zone.as_ref());
            }
            assert_eq!(add_hours(instant, u32::MAX), Err(DateError::OutOfRange));
        }
    }

    #[test]
    fn zones_go_by_their_iana_name() {
        assert_eq!(parse_zone("Pacific/Honolulu").unwrap().name(), "Pacific/Honolulu");
        assert_eq!(
            parse_zone("EDT").unwrap_err().to_string(),
            "`EDT` is not an IANA time zone, such as `America/New_York`"
        );
    }

    #[test]
    fn hours_are_elapsed_time_across_a_clock_change() {
        // Clocks go from 02:00 to 03:00 on 9 March 2025, so noon on the 8th plus 48 hours is 13:00 on the 10th.
        let end = add_hours(moment("2025-03-08T12:00:00-05:00"), 48).unwrap();
        assert_eq!(When::Moment(end).to_string(), "2025-03-10T12:00:00-05:00");
        let shown = in_zone(end, &parse_zone("America/New_York").unwrap());
        assert_eq!(When::Moment(shown).to_string(), "2025-03-10T13:00:00-04:00");
        assert_eq!(add_hours(end, u32::MAX), Err(DateError::OutOfRange));
    }
}
