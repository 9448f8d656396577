use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray as _, Decimal128Array, StringArray};
use arrow::datatypes::{Date32Type, Decimal128Type, Int64Type};

use super::entry::{Entry, Sums, Until};
use super::runs::{Out, Runs};
use super::sorted::BLOCK;
use super::*;
use crate::columns::{MONEY_DIGITS, MONEY_SCALE};
use crate::link::arrange;

/// Numbers that look random, the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }
}

/// A row of returns.
#[derive(Clone, Debug)]
struct Row {
    keys: [Option<String>; 4],
    visit: Option<String>,
    store: Option<String>,
    at: Option<String>,
    line: String,
    row: i64,
    declined: bool,
    quantity: Option<i64>,
    cents: Option<i64>,
}

const KEYS: [&str; 4] = ["customer", "household", "clerk", "sku"];
const UNIT: i128 = 10_i128.pow(MONEY_SCALE.unsigned_abs() as u32);

fn rows(draw: &mut Draw, count: i64) -> Vec<Row> {
    let mut row = |row: i64| {
        let visit = (!draw.one_in(3)).then(|| format!("V{:03}", draw.below(count.unsigned_abs() / 2)));
        let keys = KEYS.map(|key| (!draw.one_in(9)).then(|| format!("{key}{}", draw.below(4))));
        // Rows of a visit may be of several days, and many are of the same moment.
        let day = draw.below(28) + 1;
        let at = match draw.below(8) {
            0 => None,
            1 | 2 => Some(format!("2026-02-{day:02}T1{}:00:00-05:00", draw.below(3))),
            _ => Some(format!("2026-02-{day:02}")),
        };
        Row {
            keys,
            visit,
            store: (!draw.one_in(3)).then(|| "other".to_owned()),
            at,
            line: format!("L{}", draw.below(40)),
            row,
            declined: draw.one_in(7),
            quantity: (!draw.one_in(10)).then(|| i64::try_from(draw.below(3)).unwrap() + 1),
            cents: (!draw.one_in(10)).then(|| i64::try_from(draw.below(3000)).unwrap()),
        }
    };
    (0..count).map(&mut row).collect()
}

fn batch(rows: &[Row]) -> RecordBatch {
    let text = |of: &dyn Fn(&Row) -> Option<String>| Arc::new(rows.iter().map(of).collect::<StringArray>()) as ArrayRef;
    let money: Decimal128Array = rows.iter().map(|row| row.cents.map(|cents| i128::from(cents) * UNIT / 100)).collect();
    let mut columns: Vec<(&str, ArrayRef)> =
        KEYS.iter().enumerate().map(|(at, key)| (*key, text(&|row| row.keys[at].clone()))).collect();
    columns.extend([
        ("visit", text(&|row| row.visit.clone())),
        ("store", text(&|row| row.store.clone())),
        ("at", text(&|row| row.at.clone())),
        ("source", text(&|_| Some("returns.csv".to_owned()))),
        ("return_line", text(&|row| Some(row.line.clone()))),
        ("row", Arc::new(rows.iter().map(|row| Some(row.row)).collect::<Int64Array>()) as ArrayRef),
        ("done", text(&|row| row.declined.then(|| "declined".to_owned()))),
        ("quantity", Arc::new(rows.iter().map(|row| row.quantity).collect::<Int64Array>()) as ArrayRef),
        ("refund", Arc::new(money.with_precision_and_scale(MONEY_DIGITS, MONEY_SCALE).unwrap()) as ArrayRef),
    ]);
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

/// A visit as it is told to nobody but this test: one by one.
#[derive(Clone, Debug)]
struct Visit {
    time: Option<i64>,
    cents: Option<i64>,
    items: Option<i64>,
}

/// A visit by its name and store, or the number of the row that is one by itself.
type Id = Result<(String, Option<String>), i64>;

/// What came back of a key before a row, plainly: by visit, at the time of its first row.
fn plainly(rows: &[Row], of: usize, now: &Row) -> Option<Vec<Visit>> {
    let when = |row: &Row| row.at.as_deref().and_then(|at| time(at, true));
    let id = |row: &Row| -> Id { row.visit.clone().map(|visit| (visit, row.store.clone())).ok_or(row.row) };
    let order = |row: &Row| (when(row), row.visit.clone().unwrap_or(row.line.clone()), row.row);
    let key = now.keys[of].as_ref()?;
    when(now)?;
    let mut by_visit: BTreeMap<Id, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.keys[of].as_ref() == Some(key) && !row.declined && id(row) != id(now)) {
        by_visit.entry(id(row)).or_default().push(row);
    }
    let visits = by_visit.into_values().filter_map(|rows| {
        let first = rows.iter().min_by_key(|row| (when(row).is_none(), order(row)))?;
        let time = when(first);
        let sum = |of: fn(&Row) -> Option<i64>| rows.iter().map(|row| of(row)).sum::<Option<i64>>();
        let visit = Visit { time, cents: sum(|row| row.cents), items: sum(|row| row.quantity) };
        (time.is_none() || order(first) < order(now)).then_some(visit)
    });
    Some(visits.collect())
}

/// What a limit counts on each day: visits, cents and units; and whether there is what may count or not.
type Counted = (BTreeMap<i64, [i128; 3]>, bool);

/// A past return: its day, how many it stands for, cents, the least of each, units.
type Told = (Option<i64>, i64, Option<i128>, Option<i128>, Option<i64>);

fn counted(told: impl Iterator<Item = Told>, from: i64, floor: Option<i128>) -> Counted {
    let (mut days, mut open) = (BTreeMap::new(), false);
    for (day, visits, cents, least, items) in told {
        open |= day.is_none() || cents.is_none() || items.is_none();
        let Some(day) = day else { continue };
        if floor.is_some_and(|floor| least.or(cents).unwrap_or(0) < floor) {
            continue;
        }
        // What a limit does not look back at is in no window; for one that looks back for ever all of it is the same.
        let day = if from == i64::MIN { 0 } else { day };
        if day >= from {
            let sums: &mut [i128; 3] = days.entry(day).or_default();
            sums[0] += i128::from(visits);
            sums[1] += cents.unwrap_or(0);
            sums[2] += i128::from(items.unwrap_or(0));
        }
    }
    (days, open)
}

#[test]
fn what_is_handed_out_counts_as_every_visit_by_itself() {
    let mut some = 0;
    for seed in 0..6 {
        let mut draw = Draw(seed);
        let all = rows(&mut draw, 240);
        let folder = tempfile::tempdir().unwrap();
        let floors: Vec<i128> =
            [0, 1, 2].into_iter().take(usize::try_from(seed % 3).unwrap()).map(|at| (5 + 10 * at) * UNIT).collect();
        let ever = Back { days: 5, ever: true };
        let wanted = Wanted {
            customer: Some(Back::days(9)),
            household: Some(ever),
            clerk: Some(Back::EVER),
            item: Some(Back { days: 12, ever: true }),
            floors: floors.clone(),
            ..Wanted::default()
        };
        let parts: Vec<RecordBatch> = all.chunks(90).map(batch).collect();
        let read = |part: usize| Ok(parts.get(part).cloned());
        let gather = || Histories::gather(folder.path(), (parts.len(), &read), (&wanted, true), &|_| true).unwrap();
        gather();
        // Once more: from what is there.
        let nothing = |_: usize| -> Result<Option<RecordBatch>, AuditError> { panic!("it was gathered") };
        let known = Histories::gather(folder.path(), (parts.len(), &nothing), (&wanted, true), &|_| true).unwrap();

        // Returns of several sale lines are handed out in pieces.
        let mut pieces = Vec::new();
        for row in &all {
            let count = if row.visit.is_none() && row.row % 5 == 0 { 2 } else { 1 };
            let name = |number: i32| if count > 1 { format!("{}.{number}", row.line) } else { row.line.clone() };
            pieces.extend((1..=count).map(|number| Row { line: name(number), ..row.clone() }));
        }
        let cases = arrange::by_visit(&batch(&pieces)).unwrap();
        let mut hand_out = known.hand_out(&cases).unwrap();
        arrange::visits(&cases).for_each(|rows| hand_out.visit(&rows).unwrap());
        let cases = hand_out.take(&cases).unwrap();
        let numbers = cases.column_by_name("row").unwrap().as_primitive::<Int64Type>().clone();

        for (of, (name, back)) in [
            ("history_customer", Back::days(9)),
            ("history_household", ever),
            ("history_clerk", Back::EVER),
            ("history_item", Back { days: 12, ever: true }),
        ]
        .into_iter()
        .enumerate()
        {
            let lists = cases.column_by_name(name).unwrap().as_list::<i32>();
            for place in 0..cases.num_rows() {
                let now = all.iter().find(|row| row.row == numbers.value(place)).unwrap();
                let plain = plainly(&all, of, now);
                assert_eq!(plain.is_none(), lists.is_null(place), "{seed} {name} {now:?}");
                let Some(plain) = plain else { continue };
                let list = lists.value(place);
                let list = list.as_struct();
                let count = |name: &str| list.column_by_name(name).unwrap().as_primitive::<Int64Type>().clone();
                let money = |name: &str| list.column_by_name(name).unwrap().as_primitive::<Decimal128Type>().clone();
                let days = list.column_by_name("day").unwrap().as_primitive::<Date32Type>();
                let told = || {
                    let (returns, items) = (count("returns"), count("items"));
                    let (refund, least) = (money("refund"), money("least"));
                    (0..list.len()).map(move |at| {
                        let cents =
                            |column: &Decimal128Array| (!column.is_null(at)).then(|| column.value(at) * 100 / UNIT);
                        let whole = |column: &Int64Array| (!column.is_null(at)).then(|| column.value(at));
                        let day = (!days.is_null(at)).then(|| days.value(at).into());
                        (day, whole(&returns).unwrap_or(1), cents(&refund), cents(&least), whole(&items))
                    })
                };
                let plain = || {
                    plain.iter().map(|visit| {
                        let cents = visit.cents.map(i128::from);
                        (visit.time.map(day), 1, cents, None, visit.items)
                    })
                };
                let today = day(time(now.at.as_ref().unwrap(), true).unwrap());
                let ever = back.ever.then_some(i64::MIN);
                for from in (0..=i64::from(back.days)).map(|days| today - days).chain(ever) {
                    for floor in [None].into_iter().chain(floors.iter().map(|floor| Some(floor * 100 / UNIT))) {
                        let (found, expected) = (counted(told(), from, floor), counted(plain(), from, floor));
                        assert_eq!(found.0, expected.0, "{seed} {name} from {from} floor {floor:?} {now:?}");
                        some += expected.0.len();
                    }
                }
                // What is not known of visits that no limit looks back at any more is not told.
                let all =
                    plain().filter(|visit| back.ever || visit.0.is_none_or(|day| day >= today - i64::from(back.days)));
                assert_eq!(counted(told(), 0, None).1, counted(all, 0, None).1, "{seed} {name} {now:?}");
                // As many as there are days that limits look back, and clocks, and kinds of what is not known, and one for what was before.
                let days = usize::try_from(back.days).unwrap() + 30;
                assert!(list.len() <= 1 + (floors.len() + 3) * 2 * days);
            }
        }
    }
    assert!(some > 10_000, "{some} sums");
}

/// What is known of the past of `0`, who has made so many visits.
fn known_of(key: &'static str, visits: u64) -> Option<i64> {
    let folder = tempfile::tempdir().unwrap();
    let text = |texts: Vec<String>| Arc::new(StringArray::from(texts)) as ArrayRef;
    let count = usize::try_from(visits).unwrap();
    let of = |at: &str, names: Vec<String>| {
        let (keys, days) = (vec!["0".to_owned(); names.len()], vec![at.to_owned(); names.len()]);
        RecordBatch::try_from_iter([(key, text(keys)), ("at", text(days)), ("visit", text(names))]).unwrap()
    };
    let before = of("2026-01-01", (0..count).map(|number| format!("V{number}")).collect());
    let back = |of: &str| (of == key).then_some(Back::EVER);
    let wanted = Wanted {
        customer: back("customer"),
        household: back("household"),
        clerk: back("clerk"),
        item: back("sku"),
        ..Wanted::default()
    };
    let read = |_: usize| Ok(Some(before.clone()));
    let histories = Histories::gather(folder.path(), (1, &read), (&wanted, true), &|_| true).unwrap();
    let now = of("2026-01-02", vec!["now".to_owned()]);
    let mut hand_out = histories.hand_out(&now).unwrap();
    hand_out.visit(&(0..1)).unwrap();
    let cases = hand_out.take(&now).unwrap();
    let lists = cases.columns().last().unwrap().as_list::<i32>();
    (!lists.is_null(0)).then(|| {
        assert_eq!(lists.value(0).len(), 1, "one day");
        lists.value(0).as_struct().column_by_name("returns").unwrap().as_primitive::<Int64Type>().value(0)
    })
}

#[test]
fn nobody_makes_that_many_visits() {
    assert_eq!(known_of("customer", lists::MOST), Some(10_000));
    assert_eq!(known_of("customer", lists::MOST + 1), None);
    assert_eq!(known_of("household", lists::MOST + 1), None);
    assert_eq!(known_of("clerk", lists::MOST + 1), Some(10_001));
}

/// Entries in no order.
fn entries(count: u64) -> Vec<Entry> {
    let mut draw = Draw(5);
    let entry = |number| {
        let place = Place {
            key: draw.below(50),
            time: i64::try_from(draw.below(90)).unwrap(),
            visit: number,
            ..Place::default()
        };
        Entry { place, sums: Sums { visits: 1, refund: i128::from(number), items: 2 } }
    };
    (0..count).map(entry).collect()
}

#[test]
fn runs_are_merged_with_few_entries_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let all = entries(10_000);
    // More runs than are merged at once.
    let mut runs = Runs::new(folder.path().join("some"), |entry| entry.place).at_most(32);
    for entry in &all {
        runs.add(*entry).unwrap();
        assert!(runs.held() <= 32);
    }
    let mut found = Vec::new();
    let each = &mut |entry| {
        found.push(entry);
        Ok(())
    };
    runs.sorted(each).unwrap();
    let mut expected = all;
    expected.sort_by_key(|entry| entry.place);
    assert_eq!(found, expected);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "runs are removed");
}

#[test]
fn memory_does_not_grow_with_what_is_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut all: Vec<Until> =
        entries(20_000).iter().map(|entry| Until { place: entry.place, now: entry.sums, ..Until::default() }).collect();
    all.sort_by_key(|until| until.place);
    let path = folder.path().join("sorted");
    let mut out = Out::create(path.clone()).unwrap();
    all.iter().for_each(|until| out.write(until).unwrap());
    out.finish().unwrap();
    for most in [1 << 17, 100, 1] {
        let sorted = Sorted::indexed(path.clone(), most).unwrap();
        assert_eq!(sorted.count, 20_000);
        assert!(sorted.held() as u64 <= (sorted.count / BLOCK + 1).min(most));
        let mut reader = sorted.reader().unwrap();
        for (number, until) in all.iter().enumerate().step_by(7) {
            let before = number.checked_sub(1).map(|before| (before as u64, all[before]));
            assert_eq!(reader.last_before(&until.place).unwrap(), before, "{most}");
            assert_eq!(reader.last_before(&until.place.next()).unwrap(), Some((number as u64, *until)), "{most}");
        }
        assert!(reader.held() <= 64 * BLOCK);
    }
}

#[test]
fn a_file_that_is_cut_off_is_gathered_again() {
    let folder = tempfile::tempdir().unwrap();
    let all = batch(&rows(&mut Draw(1), 300));
    let wanted = Wanted { clerk: Some(Back::days(9)), ..Wanted::default() };
    let times = std::sync::atomic::AtomicU32::new(0);
    let read = |_: usize| {
        times.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(Some(all.clone()))
    };
    let gather =
        || Histories::gather(folder.path(), (1, &read), (&wanted, true), &|_| true).unwrap().kinds[0].visits.count;
    let count = gather();
    let file = fs::File::options().write(true).open(folder.path().join("history_clerk.visits")).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    assert_eq!(gather(), count);
    assert_eq!(gather(), count);
    assert_eq!(times.into_inner(), 2);
}
