//! `calendars/zones.txt` is what the crate `chrono-tz` knows of time zones, from 1970 to 2099. `UPDATE=1` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs};

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use takeback::date::{When, in_zone, parse_zone, zone_names};

use crate::cases::root;

const DAY: i64 = 86_400;
/// The first second of 2100.
const END: i64 = 4_102_444_800;
/// Behind the changes of 2010, those to come repeat each other.
const TAIL: i64 = 1_293_840_000;

/// Seconds since the change before, and by how much the clocks move.
type Step = (i64, i64);

fn utc(second: i64) -> NaiveDateTime {
    DateTime::from_timestamp(second, 0).unwrap().naive_utc()
}

fn offset(zone: Tz, second: i64) -> i64 {
    zone.offset_from_utc_datetime(&utc(second)).fix().local_minus_utc().into()
}

/// The clocks of 1970, and the changes with when they are. Looks every day, and where something has changed for the second.
fn changes(zone: Tz) -> (i64, Vec<(i64, Step)>) {
    let first = offset(zone, 0);
    let (mut at, mut now, mut last) = (0, first, 0);
    let mut found = Vec::new();
    while at < END {
        if offset(zone, at + DAY) == now {
            at += DAY;
            continue;
        }
        let (mut low, mut high) = (at, at + DAY);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if offset(zone, middle) == now { low = middle } else { high = middle }
        }
        let new = offset(zone, high);
        found.push((high, (high - last, new - now)));
        (at, now, last) = (high, new, high);
    }
    (first, found)
}

fn number(seconds: i64) -> String {
    if seconds % 3600 == 0 { (seconds / 3600).to_string() } else { format!("{seconds}s") }
}

fn steps(steps: impl Iterator<Item = Step>) -> String {
    steps.fold(String::new(), |mut text, (since, by)| {
        let by = match by {
            3600 => "+".to_owned(),
            -3600 => "-".to_owned(),
            by if by > 0 => format!("+{}", number(by)),
            by => number(by),
        };
        let _ = write!(text, " {}{by}", number(since));
        text
    })
}

fn text() -> String {
    let mut tails: BTreeMap<String, usize> = BTreeMap::new();
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let (mut zones, mut links) = (String::new(), String::new());
    for zone in TZ_VARIANTS {
        let (first, all) = changes(zone);
        // The first change behind the line is told from the one before it, which may be any.
        let cut = (all.iter().position(|(at, _)| *at >= TAIL).unwrap_or(all.len()) + 1).min(all.len());
        let (own, shared) = all.split_at(cut);
        let mut line = format!(" {}{}", number(first), steps(own.iter().map(|(_, step)| *step)));
        if !shared.is_empty() {
            let next = tails.len();
            let tail = *tails.entry(steps(shared.iter().map(|(_, step)| *step))).or_insert(next);
            let _ = write!(line, " t{tail}");
        }
        match known.get(&line) {
            Some(same) => drop(writeln!(links, "link {zone} {same}")),
            None => {
                let _ = writeln!(zones, "zone {zone}{line}");
                known.insert(line, zone.name());
            }
        }
    }
    let mut tails: Vec<(usize, String)> = tails.into_iter().map(|(tail, at)| (at, tail)).collect();
    tails.sort();
    let tails: String = tails.into_iter().map(|(at, tail)| format!("tail t{at}{tail}\n")).collect();
    tails + &zones + &links
}

#[test]
fn the_data_is_up_to_date() {
    let file = root().join("calendars/zones.txt");
    let found = text();
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &found).unwrap();
    }
    assert!(
        found == fs::read_to_string(&file).unwrap(),
        "calendars/zones.txt is not what chrono-tz says; UPDATE=1 writes it"
    );
}

#[test]
fn clocks_are_read_as_chrono_tz_reads_them() {
    let mut names: Vec<&str> = zone_names().collect();
    names.sort_unstable();
    let mut known: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    known.sort_unstable();
    assert_eq!(names, known);
    for zone in TZ_VARIANTS {
        let read = parse_zone(zone.name()).unwrap();
        // Eleven days and some hours, so that every hour of the day and every season comes up; and beyond the end.
        for second in (0..END + 100 * 365 * DAY).step_by(11 * 86_400 + 3 * 3600 + 7) {
            let moment: DateTime<FixedOffset> = utc(second).and_utc().fixed_offset();
            assert_eq!(
                in_zone(moment, &read).offset(),
                &zone.offset_from_utc_datetime(&utc(second)).fix(),
                "{zone} {moment}"
            );
        }
        for (at, _) in changes(zone).1.into_iter().rev().take(6) {
            for second in [at - 1, at] {
                let moment = utc(second).and_utc();
                let day = When::Moment(moment.fixed_offset()).civil(Some(&read));
                assert_eq!(day, moment.with_timezone(&zone).date_naive(), "{zone} {moment}");
            }
        }
    }
}
