//! The compiled-in calendars beside lists that governments published, and beside a slow count.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use takeback::date::{Calendar, calendar_named, calendar_names};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn named(name: &str) -> Calendar {
    calendar_named(name).unwrap_or_else(|| panic!("no calendar {name}"))
}

/// The days from Monday to Friday of a year on which no business is done.
fn off(calendar: &Calendar, year: i32) -> Vec<String> {
    let weekday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    calendar
        .holidays()
        .filter(|day| day.year() == year)
        .filter(weekday)
        .map(|day| day.format("%m-%d").to_string())
        .collect()
}

/// Calendar, year, holidays that are no weekend, as published.
const PUBLISHED: &[(&str, i32, &str)] = &[
    // U.S. Office of Personnel Management, Federal Holidays (opm.gov/policy-data-oversight/pay-leave/federal-holidays).
    ("us-federal", 2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
    // New Year's Day of 2022, a Saturday, was kept on 31 December 2021; Juneteenth was new, and kept on 18 June.
    ("us-federal", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
    ("us-federal", 2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
    ("us-federal", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    // The same holidays on their own dates (5 U.S.C. 6103(a)); Veterans Day of 2023 is a Saturday, Independence Day of 2026 too.
    ("us-cooling-off", 2023, "01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-23 12-25"),
    ("us-cooling-off", 2026, "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25"),
    // gov.uk/bank-holidays. 2020: the May bank holiday was moved to VE Day. 2022: two days for the Platinum Jubilee, one for
    // the State Funeral. 2023: one for the coronation.
    ("uk-england-wales", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
    ("uk-england-wales", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
    ("uk-england-wales", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
    ("uk-england-wales", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
    ("uk-england-wales", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    ("uk-scotland", 2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26"),
    ("uk-northern-ireland", 2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"),
];

/// As in [`PUBLISHED`], written down from memory of the laws: a list to check is still wanted.
const REMEMBERED: &[(&str, i32, &str)] = &[
    ("germany", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26"),
    ("germany-bavaria", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 05-30 10-03 11-01 12-25 12-26"),
    ("germany-berlin", 2024, "01-01 03-08 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26"),
    ("germany-saxony", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 10-03 10-31 11-20 12-25 12-26"),
    // Reformation Day was a holiday in all of Germany in 2017, and only then.
    ("germany", 2017, "04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26"),
    ("france", 2024, "01-01 04-01 05-01 05-08 05-09 05-20 08-15 11-01 11-11 12-25"),
    // With the eves that count as Sundays.
    ("sweden", 2024, "01-01 03-29 04-01 05-01 05-09 06-06 06-21 12-24 12-25 12-26 12-31"),
    ("finland", 2024, "01-01 03-29 04-01 05-01 05-09 06-21 12-06 12-24 12-25 12-26"),
    ("norway", 2024, "01-01 03-28 03-29 04-01 05-01 05-09 05-17 05-20 12-25 12-26"),
    ("romania", 2024, "01-01 01-02 01-24 05-01 05-03 05-06 06-24 08-15 12-25 12-26"),
    ("slovenia", 2024, "01-01 01-02 02-08 04-01 05-01 05-02 06-25 08-15 10-31 11-01 12-25 12-26"),
    ("croatia", 2024, "01-01 04-01 05-01 05-30 08-05 08-15 11-01 11-18 12-25 12-26"),
    ("austria", 2024, "01-01 04-01 05-01 05-09 05-20 05-30 08-15 11-01 12-25 12-26"),
    ("belgium", 2024, "01-01 04-01 05-01 05-09 05-20 08-15 11-01 11-11 12-25"),
    ("czechia", 2024, "01-01 03-29 04-01 05-01 05-08 07-05 10-28 12-24 12-25 12-26"),
    // Great Prayer Day was one until 2023.
    ("denmark", 2023, "04-06 04-07 04-10 05-05 05-18 05-29 12-25 12-26"),
    ("denmark", 2024, "01-01 03-28 03-29 04-01 05-09 05-20 12-25 12-26"),
    ("estonia", 2024, "01-01 03-29 05-01 06-24 08-20 12-24 12-25 12-26"),
    ("greece", 2024, "01-01 03-18 03-25 05-03 05-06 05-07 06-24 08-15 10-28 12-25 12-26"),
    ("ireland", 2024, "01-01 02-05 04-01 05-06 06-03 08-05 10-28 12-25 12-26"),
    ("italy", 2024, "01-01 04-01 04-25 05-01 08-15 11-01 12-25 12-26"),
    ("luxembourg", 2024, "01-01 04-01 05-01 05-09 05-20 08-15 11-01 12-25 12-26"),
    ("netherlands", 2025, "01-01 04-18 04-21 05-05 05-29 06-09 12-25 12-26"),
    // Christmas Eve is one since 2025.
    ("poland", 2024, "01-01 04-01 05-01 05-03 05-30 08-15 11-01 11-11 12-25 12-26"),
    ("poland", 2025, "01-01 01-06 04-21 05-01 06-19 08-15 11-11 12-24 12-25 12-26"),
    ("portugal", 2024, "01-01 03-29 04-25 05-01 05-30 06-10 08-15 11-01 12-25"),
];

#[test]
fn holidays_are_those_that_were_published() {
    let mut wrong = Vec::new();
    for (name, year, listed) in PUBLISHED.iter().chain(REMEMBERED) {
        let found = off(&named(name), *year).join(" ");
        if found != *listed {
            wrong.push(format!("{name} {year}\n  listed {listed}\n  found  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The `count`-th business day after a day, one day after the other, by the list of holidays and the days of the week.
fn slowly(calendar: &Calendar, saturdays: bool, start: NaiveDate, count: u32) -> Option<NaiveDate> {
    let holidays: Vec<NaiveDate> = calendar.holidays().collect();
    let mut day = start;
    let mut found = 0;
    while found < count {
        day = day + Days::new(1);
        if day.year() > 2050 {
            return None;
        }
        let weekend = day.weekday() == Weekday::Sun || (day.weekday() == Weekday::Sat && !saturdays);
        found += u32::from(!weekend && !holidays.contains(&day));
    }
    Some(day)
}

#[test]
fn business_days_are_counted_as_one_would_on_a_wall_calendar() {
    let mut chance = ChaCha8Rng::seed_from_u64(1182);
    let first = date("2000-01-01");
    for name in calendar_names() {
        let calendar = named(name);
        let saturdays = name == "us-cooling-off";
        for _ in 0..200 {
            let start = first + Days::new((chance.next_u32() % 18_628).into());
            let count = chance.next_u32() % 40 + 1;
            let after = calendar.business_days_after(start, count).ok();
            assert_eq!(after, slowly(&calendar, saturdays, start, count), "{name}: {count} after {start}");
            // Counted from the day itself: one less where that is a business day.
            let counts = calendar.is_business_day(start) == Ok(true);
            let from = calendar.business_days_from(start, count).ok();
            let expected = if counts && count == 1 {
                Some(start)
            } else {
                slowly(&calendar, saturdays, start, count - u32::from(counts))
            };
            assert_eq!(from, expected, "{name}: {count} from {start}");
            let rolled = calendar.roll_forward(start).ok();
            assert_eq!(
                rolled,
                if counts { Some(start) } else { slowly(&calendar, saturdays, start, 1) },
                "{name}: {start}"
            );
        }
    }
}

#[test]
fn every_calendar_covers_the_years_and_no_more() {
    for name in calendar_names() {
        let calendar = named(name);
        assert_eq!(calendar.years(), 2000..=2050, "{name}");
        assert!(calendar.is_business_day(date("1999-12-31")).is_err(), "{name}");
        assert!(calendar.is_business_day(date("2051-01-01")).is_err(), "{name}");
        for year in calendar.years() {
            let count = calendar.holidays().filter(|day| day.year() == year).count();
            assert!((7..=20).contains(&count), "{name}: {count} holidays in {year}");
        }
    }
}
