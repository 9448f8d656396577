//! What the audit is shown, tested and measured with: policies whose scenarios pass, a sample that is what its README says, and returns with much left
//! open, each with its answer worked out by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rust_decimal::Decimal;
use takeback::Policy;
use takeback::scenario::{Outcome, render};
use takeback::source::SourceSet;
use takeback_audit::link::{Linked, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;

use crate::by_hand;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn policy(folder: &Path) -> Policy {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "takeback"));
    files.sort();
    let mut sources = SourceSet::new();
    for file in files {
        sources.add(file.file_name().unwrap().to_string_lossy(), fs::read_to_string(&file).unwrap()).unwrap();
    }
    Policy::compile(&sources).unwrap_or_else(|findings| panic!("{}: {findings:?}", folder.display()))
}

#[test]
fn policies_do_what_their_scenarios_say() {
    for folder in ["examples/audit/policy", "crates/takeback-audit/benches/three-channels"] {
        let policy = policy(&root().join(folder));
        assert!(policy.warnings().is_empty(), "{folder}: {:?}", policy.warnings());
        let results = policy.test();
        assert!(!results.is_empty(), "{folder} has scenarios");
        for result in results {
            assert_eq!(result.outcome, Outcome::Passed, "{folder}: {}", render(&result));
        }
    }
}

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

/// Not goods: postage, fees, entries by hand.
const SERVICES: [&str; 12] =
    ["M", "POST", "DOT", "C2", "D", "S", "AMAZONFEE", "BANK CHARGES", "CRUK", "PADS", "B", "m"];

/// What a line of the sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Sale,
    Cancellation,
    Loss,
}

fn line(row: &Row) -> Line {
    match (row["invoice"].starts_with('C'), row["quantity"].starts_with('-')) {
        (true, _) => Line::Cancellation,
        (false, false) => Line::Sale,
        (false, true) => Line::Loss,
    }
}

fn is_goods(row: &Row) -> bool {
    !SERVICES.contains(&row["stock_code"].as_str())
}

/// The first table of the README, and the sentences around it.
#[test]
fn the_sample_has_what_its_readme_says() {
    let rows = rows(&root().join("examples/audit/online-retail.csv"));
    let mut counts: BTreeMap<(Line, bool, bool), usize> = BTreeMap::new();
    for row in &rows {
        *counts.entry((line(row), is_goods(row), !row["customer_id"].is_empty())).or_default() += 1;
    }
    let count = |kind, goods| [true, false].map(|known| counts.get(&(kind, goods, known)).copied().unwrap_or_default());
    let table = [
        ("sales", count(Line::Sale, true), count(Line::Sale, false)),
        ("cancellations", count(Line::Cancellation, true), count(Line::Cancellation, false)),
    ];
    assert_eq!(table, [("sales", [7_684, 100], [36, 0]), ("cancellations", [310, 40], [6, 60])]);
    assert_eq!(count(Line::Loss, true), [0, 1]);
    assert_eq!(rows.len(), 8_237);

    let returned = |row: &&Row| line(row) == Line::Cancellation && is_goods(row);
    let refunded: Decimal =
        rows.iter().filter(returned).map(|row| decimal(&row["quantity"]) * decimal(&row["unit_price"])).sum();
    assert_eq!(refunded, decimal("-6324.37"));
    let distinct = |column: &str, of: &dyn Fn(&&Row) -> bool| {
        let mut values: Vec<&String> = rows.iter().filter(of).map(|row| &row[column]).collect();
        values.sort();
        values.dedup();
        values.len()
    };
    assert_eq!(distinct("customer_id", &|row| !row["customer_id"].is_empty()), 143);
    assert_eq!((distinct("invoice", &|_| true), distinct("invoice", &returned)), (700, 172));
    assert!(rows.is_sorted_by_key(|row| &row["invoice_time"]));
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The second table of the README: the latest purchase that fits and is not used up, as the data tell it.
#[test]
fn cancellations_of_the_sample_find_their_purchases() {
    struct Purchase {
        quantity: Decimal,
        price: Decimal,
        left: Decimal,
    }
    let mut purchases: BTreeMap<(String, String), Vec<Purchase>> = BTreeMap::new();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows(&root().join("examples/audit/online-retail.csv")).iter().filter(|row| is_goods(row)) {
        let (quantity, price) = (decimal(&row["quantity"]), decimal(&row["unit_price"]));
        let bought = purchases.entry((row["customer_id"].clone(), row["stock_code"].clone())).or_default();
        let how = match line(row) {
            Line::Loss => continue,
            Line::Sale => {
                bought.push(Purchase { quantity, price, left: quantity });
                continue;
            }
            Line::Cancellation if row["customer_id"].is_empty() => "no customer",
            Line::Cancellation => {
                let back = -quantity;
                let large = |purchase: &&mut Purchase| purchase.quantity >= back;
                let all: Decimal = bought.iter().map(|purchase| purchase.quantity).sum();
                let large_enough = bought.iter_mut().filter(large).count() > 0;
                let same: Vec<_> = bought.iter_mut().filter(large).filter(|purchase| purchase.price == price).collect();
                let at_that_price = !same.is_empty();
                match same.into_iter().rfind(|purchase| purchase.left >= back) {
                    Some(purchase) => {
                        purchase.left -= back;
                        "same price"
                    }
                    None if at_that_price => "used up",
                    None if large_enough => "other price",
                    None if all >= back => "several",
                    None if all > Decimal::ZERO => "too few",
                    None => "never bought",
                }
            }
        };
        *found.entry(how).or_default() += 1;
    }
    let expected = [
        ("never bought", 39),
        ("no customer", 40),
        ("other price", 14),
        ("same price", 251),
        ("several", 2),
        ("too few", 2),
        ("used up", 2),
    ];
    assert_eq!(found, BTreeMap::from(expected));
}

/// The same by the mapping beside the sample: all that was counted above is accounted for.
#[test]
fn the_mapping_of_the_sample_reads_and_links_it() {
    let folder = root().join("examples/audit");
    let text = fs::read_to_string(folder.join("mapping.toml")).unwrap();
    let mapping = Mapping::read("mapping.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let files = inputs(&[folder.join("online-retail.csv").to_string_lossy().into_owned()]).unwrap();
    for parts in [1, 7] {
        let work = tempfile::tempdir().unwrap();
        let joined =
            crate::input::joined(&mapping, (&files, &files), work.path(), Some(parts), Wanted::default()).unwrap();
        let (sales, returns) = joined.spread.totals();
        assert_eq!((sales.read, sales.mapped, sales.rejected, sales.other), (8_237, 7_784, 0, 417));
        assert_eq!((returns.read, returns.mapped, returns.rejected, returns.other), (8_237, 350, 0, 7_821));
        let services = |count| BTreeMap::from([("a service, not goods".to_owned(), count)]);
        assert_eq!((sales.skipped, returns.skipped), (services(36), services(66)));
        // 251 + 2 + 14 + 2 + 2 find a purchase; three of them take units of two.
        let Linked { returns, receipt, fifo, none, ambiguous, missing_sale, cases } = joined.linked;
        assert_eq!([returns, receipt, fifo, none, ambiguous, missing_sale, cases], [350, 0, 271, 40, 0, 39, 353]);
    }
}

/// The mapping of the bench reads the flat table, and every reason that it has.
#[test]
fn the_mapping_of_three_channels_reads_the_flat_table() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(crate_folder.join("benches/three-channels/mapping.toml")).unwrap();
    let mapping = Mapping::read("mapping.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let files = inputs(&[crate_folder.join("tests/messy/three-channels.csv").to_string_lossy().into_owned()]).unwrap();
    let work = tempfile::tempdir().unwrap();
    let joined = crate::input::joined(&mapping, (&[], &files), work.path(), None, Wanted::default()).unwrap();
    assert_eq!(joined.linked.returns, joined.linked.receipt);
    let back = |name: &str| {
        let cells =
            joined.batches.iter().flat_map(|batch| batch.column_by_name(name).unwrap().as_string::<i32>().iter());
        cells.flatten().map(str::to_owned).collect::<std::collections::BTreeSet<String>>()
    };
    assert_eq!(back("reason"), ["damaged", "defective", "other", "wrong size"].map(str::to_owned).into());
    assert_eq!(back("sale.channel"), ["catalog", "online", "store"].map(str::to_owned).into());
    assert!(back("paid_to").contains("cash 15.00; credit 560.00; store credit 25.00"), "{:?}", back("paid_to"));
}

/// `tests/messy/three-channels.csv`: the answers beside it were worked out by hand.
#[test]
fn the_rules_by_hand_answer_what_was_worked_out() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy/three-channels.csv");
    let work = tempfile::tempdir().unwrap();
    let (parquet, out) = (work.path().join("returns.parquet"), work.path().join("answers.parquet"));
    to_parquet(&source, &parquet);
    let expected = rows(&source.with_extension("expected.csv"));
    for (judge, source) in
        [(by_hand::csv::run as fn(&Path, &Path) -> usize, &source), (by_hand::parquet::run as _, &parquet)]
    {
        assert_eq!(judge(source, &out), expected.len());
        let reader = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(&out).unwrap()).unwrap().build().unwrap();
        let found: Vec<Row> = reader.flat_map(|batch| answers(&batch.unwrap())).collect();
        for (found, mut expected) in found.into_iter().zip(expected.clone()) {
            let (row, why) = (expected.remove("row"), expected.remove("why"));
            expected.remove("missing");
            assert_eq!(found, expected, "row {row:?}: {why:?}");
        }
    }
}

/// With the types that DuckDB gives the flat table.
pub(crate) fn to_parquet(source: &Path, out: &Path) {
    let names = csv::Reader::from_path(source).unwrap().headers().unwrap().clone();
    let fields = names.iter().map(|name| {
        let kind = match name {
            "returned" => DataType::Boolean,
            "order_no" => DataType::Int64,
            "quantity" | "return_quantity" => DataType::Int32,
            "sale_date" | "return_date" => DataType::Date32,
            _ if ["price", "amt", "amount", "paid", "tax", "cash", "charge", "credit"]
                .iter()
                .any(|end| name.ends_with(end)) =>
            {
                DataType::Decimal128(7, 2)
            }
            _ => DataType::Utf8,
        };
        Field::new(name, kind, true)
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let file = fs::File::open(source).unwrap();
    let reader = arrow::csv::ReaderBuilder::new(Arc::clone(&schema)).with_header(true).build(file).unwrap();
    let mut writer = ArrowWriter::try_new(fs::File::create(out).unwrap(), schema, None).unwrap();
    reader.for_each(|batch| writer.write(&batch.unwrap()).unwrap());
    writer.close().unwrap();
}

fn answers(batch: &RecordBatch) -> Vec<Row> {
    let amount = |name: &str, row: usize| {
        let column = batch.column_by_name(name).unwrap().as_primitive::<Int64Type>();
        let cents = column.iter().nth(row).flatten();
        (name.to_owned(), cents.map_or_else(String::new, |cents| Decimal::new(cents, 2).to_string()))
    };
    let outcomes = batch.column_by_name("outcome").unwrap().as_string::<i32>().iter().enumerate();
    outcomes
        .map(|(row, outcome)| {
            let outcome = ("outcome".to_owned(), outcome.unwrap().to_owned());
            let amounts = ["expected", "given", "difference", "elsewhere"].map(|name| amount(name, row));
            [outcome].into_iter().chain(amounts).collect()
        })
        .collect()
}
