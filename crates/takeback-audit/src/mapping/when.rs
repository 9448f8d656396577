//! How a column writes days and moments: the format a mapping declares, and what a text in it says.
//!
//! Formats are letters: `dd.MM.yyyy`, `MM/dd/yyyy hh:mm a`, `yyyy-MM-dd HH:mm:ss`. Nothing is guessed: a text in another format is
//! refused, and the two Marches of `03/04/2025` stay apart because the mapping says which is meant.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use takeback::date::{Zone, in_zone};

/// What a text says about when something happened: a day, perhaps with a time, perhaps with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) day: NaiveDate,
    pub(crate) time: Option<NaiveTime>,
    pub(crate) offset: Option<FixedOffset>,
}

/// A format of days and moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WhenFormat {
    /// `2025-11-20`, and with a time `2025-11-20T14:05`, `2025-11-20 14:05:00.250`, each perhaps with `Z` or `-05:00`.
    Iso,
    /// Seconds since 1970 began in UTC, divided by this.
    Unix(i64),
    /// By letters.
    Letters(Vec<Letter>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Letter {
    Year,
    ShortYear,
    /// At least and at most so many digits.
    Month(usize),
    MonthName,
    Day(usize),
    Hour(usize),
    Hour12(usize),
    Minute(usize),
    Second(usize),
    Fraction,
    HalfOfDay,
    Offset,
    Text(char),
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl WhenFormat {
    /// The format that a mapping writes; what is wrong with it otherwise.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        match text {
            "iso" => return Ok(WhenFormat::Iso),
            "unix seconds" => return Ok(WhenFormat::Unix(1)),
            "unix milliseconds" => return Ok(WhenFormat::Unix(1000)),
            _ => {}
        }
        let mut letters = Vec::new();
        let mut rest = text.chars().peekable();
        while let Some(letter) = rest.next() {
            if letter == '\'' {
                letters.extend(rest.by_ref().take_while(|c| *c != '\'').map(Letter::Text));
                continue;
            }
            if !letter.is_ascii_alphabetic() || letter == 'T' {
                letters.push(Letter::Text(letter));
                continue;
            }
            let mut count = 1;
            while rest.next_if_eq(&letter).is_some() {
                count += 1;
            }
            letters.push(match (letter, count) {
                ('y', 4) => Letter::Year,
                ('y', 2) => Letter::ShortYear,
                ('M', 1 | 2) => Letter::Month(count),
                ('M', 3) => Letter::MonthName,
                ('d', 1 | 2) => Letter::Day(count),
                ('H', 1 | 2) => Letter::Hour(count),
                ('h', 1 | 2) => Letter::Hour12(count),
                ('m', 1 | 2) => Letter::Minute(count),
                ('s', 1 | 2) => Letter::Second(count),
                ('S', _) => Letter::Fraction,
                ('a', 1) => Letter::HalfOfDay,
                ('x', _) => Letter::Offset,
                _ => return Err(format!("`{}` is no part of a format", letter.to_string().repeat(count))),
            });
        }
        let has = |wanted: fn(&Letter) -> bool| letters.iter().any(wanted);
        let day = has(|l| matches!(l, Letter::Year | Letter::ShortYear))
            && has(|l| matches!(l, Letter::Month(_) | Letter::MonthName))
            && has(|l| matches!(l, Letter::Day(_)));
        if !day {
            return Err("a format tells the year, the month and the day".to_owned());
        }
        if has(|l| matches!(l, Letter::Hour12(_))) != has(|l| matches!(l, Letter::HalfOfDay)) {
            return Err("hours to twelve (`hh`) and `a` for am and pm stand together".to_owned());
        }
        Ok(WhenFormat::Letters(letters))
    }

    /// Whether it tells a time of the day.
    pub(crate) fn has_time(&self) -> bool {
        match self {
            WhenFormat::Iso => false,
            WhenFormat::Unix(_) => true,
            WhenFormat::Letters(letters) => letters.iter().any(|l| matches!(l, Letter::Hour(_) | Letter::Hour12(_))),
        }
    }

    /// Whether it tells how far the clock was from UTC.
    pub(crate) fn has_offset(&self) -> bool {
        match self {
            WhenFormat::Iso => false,
            WhenFormat::Unix(_) => true,
            WhenFormat::Letters(letters) => letters.contains(&Letter::Offset),
        }
    }

    /// What the text says. None when it is not in this format, or names a day that is not in the calendar.
    pub(crate) fn told(&self, text: &str) -> Option<Told> {
        match self {
            WhenFormat::Iso => iso(text),
            WhenFormat::Unix(parts) => {
                let moment = unix(text.parse().ok()?, *parts)?;
                Some(Told { day: moment.date(), time: Some(moment.time()), offset: FixedOffset::east_opt(0) })
            }
            WhenFormat::Letters(letters) => by_letters(letters, text),
        }
    }
}

/// The clock of UTC so many parts of a second after 1970 began.
pub(crate) fn unix(count: i64, parts: i64) -> Option<NaiveDateTime> {
    let nanos = u32::try_from(count.rem_euclid(parts) * (1_000_000_000 / parts)).ok()?;
    DateTime::from_timestamp(count.div_euclid(parts), nanos).map(|moment| moment.naive_utc())
}

impl Told {
    /// The day, or the moment as RFC 3339: `2025-11-20T14:05:00-05:00`. None: a time without an offset, and no zone to read it in.
    pub(crate) fn write(&self, zone: Option<&Zone>, out: &mut String) -> Option<()> {
        use std::fmt::Write as _;
        let Some(time) = self.time else {
            day_into(self.day, out);
            return Some(());
        };
        let local = self.day.and_time(time);
        let offset = match (self.offset, zone) {
            (Some(offset), _) => offset,
            (None, Some(zone)) => offset_in(local, zone),
            (None, None) => return None,
        };
        day_into(self.day, out);
        out.push('T');
        for (at, part) in [time.hour(), time.minute(), time.second()].into_iter().enumerate() {
            if at > 0 {
                out.push(':');
            }
            two(part, out);
        }
        let nanos = time.nanosecond() % 1_000_000_000;
        if nanos != 0 {
            let _ = write!(out, ".{}", format!("{nanos:09}").trim_end_matches('0'));
        }
        let minutes = offset.local_minus_utc() / 60;
        if minutes == 0 {
            out.push('Z');
        } else {
            out.push(if minutes < 0 { '-' } else { '+' });
            two(minutes.unsigned_abs() / 60, out);
            out.push(':');
            two(minutes.unsigned_abs() % 60, out);
        }
        Some(())
    }

    /// The day on the clocks of the zone, where the text tells a moment by another clock.
    pub(crate) fn day_in(&self, zone: Option<&Zone>) -> NaiveDate {
        match (self.time, self.offset, zone) {
            (Some(time), Some(offset), Some(zone)) => match self.day.and_time(time).and_local_timezone(offset).single()
            {
                Some(moment) => in_zone(moment, zone).date_naive(),
                None => self.day,
            },
            _ => self.day,
        }
    }
}

fn two(number: u32, out: &mut String) {
    for digit in [number / 10 % 10, number % 10] {
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

/// A day as `2025-11-20`.
fn day_into(day: NaiveDate, out: &mut String) {
    let year = day.year().unsigned_abs();
    two(year / 100, out);
    two(year % 100, out);
    out.push('-');
    two(day.month(), out);
    out.push('-');
    two(day.day(), out);
}

/// The offset of the clocks of a zone when they show this. In the hour that autumn shows twice, the first; in the hour that spring leaves out, as
/// if the clocks had not been changed yet.
fn offset_in(local: NaiveDateTime, zone: &Zone) -> FixedOffset {
    let at = |utc: NaiveDateTime| *in_zone(utc.and_utc().fixed_offset(), zone).offset();
    let day = TimeDelta::days(1);
    let (before, after) =
        (at(local.checked_sub_signed(day).unwrap_or(local)), at(local.checked_add_signed(day).unwrap_or(local)));
    let fits = |offset: FixedOffset| local.checked_sub_offset(offset).is_some_and(|utc| at(utc) == offset);
    if !fits(before) && fits(after) { after } else { before }
}

fn iso(text: &str) -> Option<Told> {
    let bytes = text.as_bytes();
    let (date, rest) = bytes.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return None };
    let day = day(digits(&[*y1, *y2, *y3, *y4])?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?)?;
    let Some((b'T' | b't' | b' ', rest)) = rest.split_first() else {
        return rest.is_empty().then_some(Told { day, time: None, offset: None });
    };
    let (clock, mut rest) = rest.split_at_checked(5)?;
    let [h1, h2, b':', n1, n2] = clock else { return None };
    let (hour, minute) = (digits(&[*h1, *h2])?, digits(&[*n1, *n2])?);
    let (mut second, mut nanos) = (0, 0);
    if let [b':', s1, s2, after @ ..] = rest {
        second = digits(&[*s1, *s2])?;
        rest = after;
        if let [b'.' | b',', after @ ..] = rest {
            let count = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (fraction, after) = after.split_at_checked(count)?;
            nanos = fraction_nanos(fraction)?;
            rest = after;
        }
    }
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?;
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some(Told { day, time: Some(time), offset })
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok()?;
    if (1900..=2200).contains(&year) { NaiveDate::from_ymd_opt(year, month, day) } else { None }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |sum, byte| {
        byte.is_ascii_digit().then(|| sum.checked_mul(10)?.checked_add(u32::from(byte - b'0')))?
    })
}

fn fraction_nanos(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    let mut nanos = 0;
    for place in 0..9 {
        nanos = nanos * 10 + digits.get(place).map_or(0, |byte| u32::from(byte - b'0'));
    }
    Some(nanos)
}

/// `Z`, `+01:00`, `-0500`, `+01`.
fn offset(bytes: &[u8]) -> Option<FixedOffset> {
    let (sign, rest) = match bytes {
        [b'Z' | b'z'] => return FixedOffset::east_opt(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [h1, h2] => (digits(&[*h1, *h2])?, 0),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    if minutes < 60 { FixedOffset::east_opt(sign * seconds) } else { None }
}

fn by_letters(letters: &[Letter], text: &str) -> Option<Told> {
    let mut rest = text;
    let (mut year, mut month, mut of_month) = (0, 0, 0);
    let (mut hour, mut minute, mut second, mut nanos) = (None, 0, 0, 0);
    let (mut afternoon, mut told_offset) = (None, None);
    for letter in letters {
        match letter {
            Letter::Text(wanted) => rest = rest.strip_prefix(*wanted)?,
            Letter::Year => year = number(&mut rest, 4, 4)?,
            // As spreadsheets do: 70 to 99 are of the last century.
            Letter::ShortYear => {
                let short = number(&mut rest, 2, 2)?;
                year = if short >= 70 { 1900 + short } else { 2000 + short };
            }
            Letter::Month(least) => month = number(&mut rest, *least, 2)?,
            Letter::MonthName => {
                let (name, after) = rest.split_at_checked(3)?;
                let place = MONTHS.iter().position(|month| name.eq_ignore_ascii_case(month))?;
                (month, rest) = (u32::try_from(place + 1).ok()?, after);
            }
            Letter::Day(least) => of_month = number(&mut rest, *least, 2)?,
            Letter::Hour(least) => hour = Some(number(&mut rest, *least, 2)?),
            Letter::Hour12(least) => {
                hour = Some(number(&mut rest, *least, 2).filter(|hour| (1..=12).contains(hour))?);
            }
            Letter::Minute(least) => minute = number(&mut rest, *least, 2)?,
            Letter::Second(least) => second = number(&mut rest, *least, 2)?,
            Letter::Fraction => {
                let count = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (fraction, after) = rest.split_at_checked(count)?;
                (nanos, rest) = (fraction_nanos(fraction.as_bytes())?, after);
            }
            Letter::HalfOfDay => {
                let (half, after) = rest.split_at_checked(2)?;
                afternoon = Some(half.eq_ignore_ascii_case("pm"));
                if !half.eq_ignore_ascii_case("pm") && !half.eq_ignore_ascii_case("am") {
                    return None;
                }
                rest = after;
            }
            Letter::Offset => {
                let end =
                    rest.find(|c: char| !matches!(c, '+' | '-' | ':' | 'Z' | 'z' | '0'..='9')).unwrap_or(rest.len());
                let (told, after) = rest.split_at_checked(end)?;
                (told_offset, rest) = (Some(offset(told.as_bytes())?), after);
            }
        }
    }
    if !rest.is_empty() {
        return None;
    }
    let hour = match (hour, afternoon) {
        (Some(hour), Some(afternoon)) => Some(hour % 12 + if afternoon { 12 } else { 0 }),
        (hour, _) => hour,
    };
    let time = match hour {
        Some(hour) => Some(NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?),
        None => None,
    };
    Some(Told { day: day(year, month, of_month)?, time, offset: told_offset })
}

/// The number that the text begins with, of so many digits.
fn number(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (told, after) = rest.split_at_checked(count)?;
    *rest = after;
    if count >= least { digits(told.as_bytes()) } else { None }
}

#[cfg(test)]
mod tests {
    use takeback::date::parse_zone;

    use super::*;

    fn moment(format: &str, zone: Option<&str>, text: &str) -> Option<String> {
        let zone = zone.map(|name| parse_zone(name).unwrap());
        let mut out = String::new();
        WhenFormat::read(format).unwrap().told(text)?.write(zone.as_ref(), &mut out)?;
        Some(out)
    }

    #[test]
    fn days_and_moments_in_many_formats() {
        let london = Some("Europe/London");
        for (format, zone, text, expected) in [
            ("iso", None, "2010-12-01", Some("2010-12-01")),
            ("iso", london, "2010-12-01T08:26:00", Some("2010-12-01T08:26:00Z")),
            ("iso", london, "2011-07-01 08:26", Some("2011-07-01T08:26:00+01:00")),
            ("iso", None, "2011-07-01 08:26", None),
            ("iso", None, "2011-07-01T08:26:00.250-0500", Some("2011-07-01T08:26:00.25-05:00")),
            ("iso", None, "2011-02-29", None),
            ("iso", None, "2011-02-28x", None),
            ("iso", None, "1811-02-28", None),
            ("dd.MM.yyyy", None, "03.04.2025", Some("2025-04-03")),
            ("MM/dd/yyyy", None, "03/04/2025", Some("2025-03-04")),
            ("MM/dd/yyyy", None, "3/4/2025", None),
            ("M/d/yy h:mm a", london, "3/4/25 12:05 am", Some("2025-03-04T00:05:00Z")),
            ("M/d/yy h:mm a", london, "3/4/99 12:05 PM", Some("1999-03-04T12:05:00Z")),
            ("d MMM yyyy", None, "7 Sep 2024", Some("2024-09-07")),
            ("yyyyMMdd'at'HHmmssxxx", None, "20240907at235959+02:00", Some("2024-09-07T23:59:59+02:00")),
            ("unix seconds", None, "0", Some("1970-01-01T00:00:00Z")),
            ("unix milliseconds", None, "1700000000123", Some("2023-11-14T22:13:20.123Z")),
            // The hour that is shown twice is the first; the hour that is left out goes on as before.
            ("iso", london, "2011-10-30T01:30", Some("2011-10-30T01:30:00+01:00")),
            ("iso", london, "2011-03-27T01:30", Some("2011-03-27T01:30:00Z")),
            ("iso", Some("America/New_York"), "2011-10-30T01:30", Some("2011-10-30T01:30:00-04:00")),
        ] {
            assert_eq!(moment(format, zone, text).as_deref(), expected, "{format} {text}");
        }
        for format in ["dd.MM", "yyyy-MM-dd hh:mm", "qq", "yyy-MM-dd"] {
            assert!(WhenFormat::read(format).is_err(), "{format}");
        }
    }
}
