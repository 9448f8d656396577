//! The business calendars that policies can name. Their holidays are data (`calendars/`), written down as rules of a line:
//!
//! ```text
//! years 2000-2050
//! calendar us-cooling-off sun         weekend; `of <calendar>`: what that one has is added to
//! 01-01                               in all years
//! 06-19 2021-2050                     in these years
//! easter-2, orthodox+1                days from Easter, by the western or the eastern reckoning
//! mon>=05-25                          the first Monday from that day on
//! ```

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::Calendar;

const TEXT: &str = include_str!("../../calendars/calendars.txt");

/// The names of all calendars, in the order in which they are told to people.
pub fn calendar_names() -> impl Iterator<Item = &'static str> {
    sections(TEXT).map(|section| section.name)
}

/// The calendar of that name; capitals count.
pub fn calendar_named(name: &str) -> Option<Calendar> {
    read(TEXT, name)
}

/// A calendar of the text.
#[derive(Clone, Copy)]
struct Section<'t> {
    name: &'t str,
    /// The days of the weekend, then perhaps `of` and a calendar.
    head: &'t str,
    /// One rule to a line.
    rules: &'t str,
}

fn sections(text: &str) -> impl Iterator<Item = Section<'_>> {
    text.split("\ncalendar ").skip(1).filter_map(|section| {
        let (head, rules) = section.split_once('\n')?;
        let (name, head) = head.split_once(' ')?;
        Some(Section { name, head, rules })
    })
}

fn read(text: &str, name: &str) -> Option<Calendar> {
    let (first, last) = text.lines().find_map(|line| line.strip_prefix("years "))?.split_once('-')?;
    let years = first.parse().ok()?..=last.parse().ok()?;
    let section = sections(text).find(|section| section.name == name)?;
    let mut head = section.head.split(' ');
    let weekend = head.by_ref().take_while(|word| *word != "of").filter_map(weekday).collect();
    let mut holidays = Vec::new();
    if let Some(base) = head.next().and_then(|base| sections(text).find(|section| section.name == base)) {
        days(base.rules, &years, &mut holidays);
    }
    days(section.rules, &years, &mut holidays);
    Some(Calendar::new(name, years, weekend, holidays))
}

fn days(rules: &str, years: &RangeInclusive<i32>, out: &mut Vec<NaiveDate>) {
    for line in rules.lines() {
        let mut words = line.split(' ');
        let Some(rule) = words.next() else { continue };
        let mut runs = words.map(run).peekable();
        if runs.peek().is_none() {
            out.extend(years.clone().filter_map(|year| day(rule, year)));
        } else {
            out.extend(runs.flatten().flatten().filter_map(|year| day(rule, year)));
        }
    }
}

/// `2021-2050` or `2026`.
fn run(word: &str) -> Option<RangeInclusive<i32>> {
    let (first, last) = word.split_once('-').unwrap_or((word, word));
    Some(first.parse().ok()?..=last.parse().ok()?)
}

/// The day that a rule gives in a year.
fn day(rule: &str, year: i32) -> Option<NaiveDate> {
    if let Some(offset) = rule.strip_prefix("easter") {
        return western_easter(year)?.checked_add_signed(TimeDelta::try_days(offset.parse().ok()?)?);
    }
    if let Some(offset) = rule.strip_prefix("orthodox") {
        return eastern_easter(year)?.checked_add_signed(TimeDelta::try_days(offset.parse().ok()?)?);
    }
    let (first, date) = match rule.split_once(">=") {
        Some((first, date)) => (Some(weekday(first)?), date),
        None => (None, rule),
    };
    let (month, day) = date.split_once('-')?;
    let date = NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)?;
    match first {
        Some(first) => date.checked_add_days(Days::new(u64::from(first.days_since(date.weekday())))),
        None => Some(date),
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    word.parse().ok()
}

/// Easter Sunday: the Sunday after the full moon, as the church reckons it, of or after 21 March.
fn western_easter(year: i32) -> Option<NaiveDate> {
    // The place in the 19 years after which moons come again, and the age of the moon at the new year, which leap years
    // that are left out and a day in some 300 years put right.
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15).rem_euclid(30);
    let late = i32::from(moon == 29 || (moon == 28 && golden > 10));
    sunday_after(NaiveDate::from_ymd_opt(year, 3, 21)?, moon - late)
}

/// Easter Sunday of the eastern churches: the same with the moon and the 21 March of the Julian calendar, which is
/// 13 days behind from 1900 to 2099.
fn eastern_easter(year: i32) -> Option<NaiveDate> {
    let moon = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    sunday_after(NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(13))?, moon)
}

fn sunday_after(day: NaiveDate, later: i32) -> Option<NaiveDate> {
    let moon = day.checked_add_signed(TimeDelta::try_days(i64::from(later))?)?;
    moon.checked_add_days(Days::new(u64::from(7 - moon.weekday().num_days_from_sunday())))
}

#[cfg(test)]
mod tests {
    use super::super::date;
    use super::*;

    #[test]
    fn easter_is_when_it_was() {
        // Western: the Easters of the years in which the reckoning is at its limits; both in 2025, five weeks apart in 2024.
        for (year, day) in [(2008, "2008-03-23"), (2038, "2038-04-25"), (2024, "2024-03-31"), (2025, "2025-04-20")] {
            assert_eq!(western_easter(year), Some(date(day)));
        }
        for (year, day) in [(2024, "2024-05-05"), (2025, "2025-04-20"), (2026, "2026-04-12"), (2013, "2013-05-05")] {
            assert_eq!(eastern_easter(year), Some(date(day)));
        }
    }

    /// What the days were when they were written down as rules.
    #[test]
    fn the_rules_give_back_the_days_they_were_made_of() {
        let sums = include_str!("../../calendars/sums.txt");
        assert_eq!(sums.lines().count(), calendar_names().count());
        for (line, name) in sums.lines().zip(calendar_names()) {
            let calendar = calendar_named(name).unwrap();
            let days: String = calendar.holidays().map(|day| format!("{day}\n")).collect();
            let sum = days
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            assert_eq!(line, format!("{name} {} {sum:016x}", days.lines().count()));
        }
    }

    #[test]
    fn names_are_found_as_they_are_written() {
        assert!(calendar_named("us-federal").is_some());
        for name in ["US-federal", "us", "", "us-federal sat", "of"] {
            assert!(calendar_named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn what_is_no_rule_gives_no_day() {
        for rule in ["", "easter", "easter+x", "13-01", "02-30", "foo>=01-01", "mon>=", "1", "-"] {
            assert_eq!(day(rule, 2026), None, "{rule}");
        }
        let text = "years 2025-2026\ncalendar odd sun of gone\n02-29\nnonsense 2025 x-y\n12-24 2026\n";
        assert_eq!(read(text, "odd").unwrap().holidays().collect::<Vec<_>>(), [date("2026-12-24")]);
    }
}
