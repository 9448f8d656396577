//! What holds for any sales and returns: units are conserved, and neither the order of rows, nor parts, nor threads, nor rows with errors
//! beside them make a difference.

use std::collections::BTreeMap;
use std::path::Path;

use takeback_audit::link::{Back, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;

use super::{Joined, case, joined};

/// Numbers that are always the same: a linear congruence, of which the high bits are taken.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            let other = usize::try_from(self.below(place as u64 + 1)).expect("a place");
            list.swap(place, other);
        }
    }
}

/// A line of a sale or a return: id, customer, article, day, units, cents.
type Line = (String, u64, u64, u64, u64, u64);

fn lines(numbers: &mut Numbers, prefix: &str, count: u64) -> Vec<Line> {
    let mut line = |number| {
        let (customer, sku, day) = (numbers.below(5), numbers.below(3), numbers.below(28) + 1);
        let units = numbers.below(6) + 1;
        (format!("{prefix}{number:03}"), customer, sku, day, units, units * (200 + 100 * numbers.below(2)))
    };
    (0..count).map(&mut line).collect()
}

fn csv(lines: &[Line]) -> Vec<String> {
    let row = |(id, customer, sku, day, units, cents): &Line| {
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        format!("{id},c{customer},s{sku},2026-01-{day:02},{units},{amount},t{}", day % 4)
    };
    lines.iter().map(row).collect()
}

fn mapping(order: &str, price: &str) -> Mapping {
    let columns = "customer = \"customer\"\nsku = \"sku\"\nquantity = \"units\"\n";
    let text = format!(
        "[link]\nby = \"customer and sku\"\norder = {order:?}\nprice = {price:?}\n[sale]\nsale = \"id\"\nline = \"id\"\nsold = \"day\"\npaid = \"amount\"\n{columns}\
         [return]\nreturn_line = \"id\"\nat = \"day\"\nrefund = \"amount\"\nclerk = \"clerk\"\n{columns}"
    );
    Mapping::read("mapping.toml", &text).expect("a mapping")
}

const HEADER: &str = "id,customer,sku,day,units,amount,clerk";

pub(super) fn write(folder: &Path, name: &str, rows: &[String]) -> takeback_audit::read::Input {
    let path = folder.join(name);
    std::fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("it can be written");
    inputs(&[path.to_string_lossy().into_owned()]).expect("a file").remove(0)
}

fn run(mapping: &Mapping, sales: &[String], returns: &[String], parts: usize, threads: usize) -> Joined {
    let folder = tempfile::tempdir().expect("a folder");
    let (sales, returns) = (write(folder.path(), "sales.csv", sales), write(folder.path(), "returns.csv", returns));
    let wanted = Wanted { customer: Some(Back::days(9)), clerk: Some(Back::EVER), ..Wanted::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let work = folder.path().join("work");
    pool.install(|| joined(mapping, (&[sales], &[returns]), &work, Some(parts), wanted)).expect("cases")
}

/// The cases without where they stand in their files.
fn cases(joined: &Joined) -> Vec<String> {
    let mut all = Vec::new();
    for batch in &joined.batches {
        for row in 0..batch.num_rows() {
            let text = case(batch, row);
            let lines = text.lines().skip(1).filter(|line| !line.contains("sale.row"));
            let plain = |line: &str| {
                let mut parts: Vec<&str> = line.split(", ").collect();
                parts.retain(|part| !part.starts_with("row ") && !part.starts_with("source "));
                let line = parts.join(", ");
                // The last element of a list ends with its row.
                line.trim_end_matches(']').to_owned()
            };
            all.push(lines.map(plain).collect::<Vec<_>>().join("\n"));
        }
    }
    all.sort();
    all
}

#[test]
fn order_parts_and_threads_make_no_difference() {
    let mut numbers = Numbers::new(7);
    let mapping = mapping("first in first out", "same first");
    let (mut sales, mut returns) = (csv(&lines(&mut numbers, "S", 60)), csv(&lines(&mut numbers, "R", 80)));
    // Lists tell rows, which are others in another order; everything else is the same.
    let text = |joined: &Joined| cases(joined).join("\n").lines().map(without_rows).collect::<Vec<_>>().join("\n");
    let first = text(&run(&mapping, &sales, &returns, 1, 1));
    assert!(first.matches("earlier").count() > 20 && first.matches("history_clerk").count() > 60);
    for (parts, threads) in [(1, 3), (2, 1), (7, 2), (40, 4)] {
        numbers.shuffle(&mut sales);
        numbers.shuffle(&mut returns);
        let other = text(&run(&mapping, &sales, &returns, parts, threads));
        let differ = first.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert_eq!(differ, None, "{parts} parts, {threads} threads");
        assert_eq!(first.len(), other.len());
    }
}

/// A line without the rows in its lists.
fn without_rows(line: &str) -> String {
    line.split(" | ").map(|part| part.split(", row ").next().unwrap_or_default()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_same_run_gives_the_same_batches() {
    let mut numbers = Numbers::new(8);
    let mapping = mapping("last in first out", "any");
    let (sales, returns) = (csv(&lines(&mut numbers, "S", 60)), csv(&lines(&mut numbers, "R", 80)));
    let batches = |threads| {
        let joined = run(&mapping, &sales, &returns, 5, threads);
        let all = joined.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(|row| case(batch, row)));
        // Each run has a folder of its own.
        let plain = |text: String| text.split('/').filter(|part| !part.contains("tmp")).collect::<Vec<_>>().join("/");
        all.map(plain).collect::<Vec<String>>()
    };
    let first = batches(1);
    assert!(batches(4) == first, "threads make a difference");
    assert_eq!(first.len(), usize::try_from(run(&mapping, &sales, &returns, 5, 2).linked.cases).expect("a number"));
}

/// Units, one by one: each return takes units of the first line, in order, that has one left. Slow, and plainly what is said in the reference.
fn unit_by_unit(sales: &[Line], returns: &[Line], last_first: bool) -> BTreeMap<(String, String), u64> {
    let mut left: BTreeMap<&str, u64> = sales.iter().map(|line| (line.0.as_str(), line.4)).collect();
    let mut in_time: Vec<&Line> = returns.iter().collect();
    in_time.sort_by_key(|line| (line.3, line.0.clone()));
    let mut shares = BTreeMap::new();
    for back in in_time {
        let mut fitting: Vec<&Line> =
            sales.iter().filter(|line| (line.1, line.2) == (back.1, back.2) && line.3 <= back.3).collect();
        fitting.sort_by_key(|line| (line.3, line.0.clone()));
        if last_first {
            fitting.reverse();
        }
        let mut taken = None;
        for _ in 0..back.4 {
            let line = fitting.iter().find(|line| left.get(line.0.as_str()).is_some_and(|left| *left > 0));
            if let Some(left) = line.and_then(|line| left.get_mut(line.0.as_str())) {
                *left -= 1;
                taken = line;
            }
            let of = line.or(taken).or(fitting.last()).map_or_else(String::new, |line| line.0.clone());
            *shares.entry((back.0.clone(), of)).or_default() += 1;
        }
    }
    shares
}

#[test]
fn units_and_money_are_conserved() {
    use arrow::array::AsArray;
    use arrow::datatypes::{Decimal128Type, Int64Type};
    for seed in 0..12 {
        let mut numbers = Numbers::new(seed);
        let (sales, returns) = (lines(&mut numbers, "S", 40), lines(&mut numbers, "R", 50));
        let last_first = seed % 2 == 1;
        let mapping = mapping(if last_first { "last in first out" } else { "first in first out" }, "any");
        let joined = run(&mapping, &csv(&sales), &csv(&returns), 3, 2);
        let mut shares: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut money: BTreeMap<String, i128> = BTreeMap::new();
        for batch in &joined.batches {
            let text = |name: &str| batch.column_by_name(name).expect("a column").as_string::<i32>().clone();
            let (id, line) = (text("return_line"), text("sale.line"));
            let units = batch.column_by_name("quantity").expect("units").as_primitive::<Int64Type>().clone();
            let refund = batch.column_by_name("refund").expect("money").as_primitive::<Decimal128Type>().clone();
            for row in 0..batch.num_rows() {
                // Parts of a return are numbered.
                let id = id.value(row).split('.').next().unwrap_or_default().to_owned();
                let line =
                    if arrow::array::Array::is_null(&line, row) { String::new() } else { line.value(row).to_owned() };
                *shares.entry((id.clone(), line)).or_default() += u64::try_from(units.value(row)).expect("units");
                *money.entry(id).or_default() += refund.value(row);
            }
        }
        assert_eq!(shares, unit_by_unit(&sales, &returns, last_first), "seed {seed}");
        let cents = 10_i128.pow(10);
        let expected: BTreeMap<String, i128> =
            returns.iter().map(|line| (line.0.clone(), i128::from(line.5) * cents)).collect();
        assert_eq!(money, expected, "seed {seed}");
    }
}

#[test]
fn rows_with_errors_change_no_other_row() {
    let mut numbers = Numbers::new(3);
    let mapping = mapping("first in first out", "any");
    let (sales, returns) = (csv(&lines(&mut numbers, "S", 40)), csv(&lines(&mut numbers, "R", 40)));
    let clean = run(&mapping, &sales, &returns, 3, 2);
    let text = |joined: &Joined| cases(joined).join("\n").lines().map(without_rows).collect::<Vec<_>>();
    let bad = [
        "x",
        "S1,c1,s1,2026-13-01,1,1.00,t1",
        "S1,c1,s1,2026-01-01,none,1.00,t1",
        "S1,c1,s1,2026-01-01,1,-1.00,t1",
        "a,b,c,d,e,f,g,h",
        "S1,\"c1\"x,s1,yesterday,1,1.00,t1",
    ];
    let with = |numbers: &mut Numbers, rows: &[String]| {
        let mut rows = rows.to_vec();
        for bad in bad {
            let place = usize::try_from(numbers.below(rows.len() as u64)).expect("a place");
            rows.insert(place, bad.to_owned());
        }
        rows
    };
    let dirty = run(&mapping, &with(&mut numbers, &sales), &with(&mut numbers, &returns), 3, 2);
    assert_eq!(text(&dirty), text(&clean));
    let (of_sales, of_returns) = dirty.spread.totals();
    assert_eq!((of_sales.rejected, of_returns.rejected), (bad.len() as u64, bad.len() as u64), "{}", dirty.rejects);
}
