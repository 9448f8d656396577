//! Reading, mapping and linking: a folder of tests/input has a mapping, files of sales (`sales*`, `both*`) and returns (`returns*`, `both*`), and
//! what comes of them in expected.txt. `UPDATE=1 cargo test` writes what is so now. The first line of a mapping may ask for more:
//! `# wanted: customer 30, clerk ever, rest`.

mod crowds;
mod files;
mod infer;
mod orders;
mod problems;
mod real;
mod reference;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Date32Type, Decimal128Type, Int64Type};
use arrow::record_batch::RecordBatch;
use takeback_audit::columns::case_schema;
use takeback_audit::link::{Back, Cases, Linked, Wanted};
use takeback_audit::map::Rows;
use takeback_audit::mapping::Mapping;
use takeback_audit::read::{Input, inputs};
use takeback_audit::spread::{AuditError, Spread, SpreadOptions, spread};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/input")
}

/// What came of inputs.
pub(crate) struct Joined {
    pub(crate) spread: Spread,
    pub(crate) rejects: String,
    pub(crate) linked: Linked,
    pub(crate) batches: Vec<RecordBatch>,
}

/// Everything of the first two stages.
pub(crate) fn joined(
    mapping: &Mapping,
    files: (&[Input], &[Input]),
    work: &Path,
    parts: Option<usize>,
    wanted: Wanted,
) -> Result<Joined, AuditError> {
    let rejects = work.join("rejects.csv");
    let options = SpreadOptions { parts, rejects: rejects.clone(), ..SpreadOptions::default() };
    let spread = spread(mapping, files, work, &options, &|_| true)?;
    let cases = Cases::prepare(mapping, work, &spread, wanted, &|_| true)?;
    let (mut linked, mut batches) = (Linked::default(), Vec::new());
    for part in 0..cases.parts() {
        let counts = cases.read(part, &mut |batch| {
            batches.push(batch);
            Ok(())
        })?;
        linked.add(&counts);
    }
    canonical(mapping, &batches);
    let (sales, returns) = spread.totals();
    assert!(sales.reconcile() && returns.reconcile() && linked.reconcile(), "{spread:?} {linked:?}");
    assert_eq!(returns.mapped, linked.returns, "every return that was mapped was linked, or is told not to be");
    let rejects = std::fs::read_to_string(rejects).expect("rejects");
    Ok(Joined { spread, rejects, linked, batches })
}

/// Whoever judges finds columns by name, and takes their types for granted.
fn canonical(mapping: &Mapping, batches: &[RecordBatch]) {
    let (of_sale, of_return) = mapping.facts();
    let schema = case_schema(of_sale, of_return);
    for field in batches.iter().flat_map(|batch| batch.schema().fields().to_vec()) {
        let known = schema.field_with_name(field.name()).unwrap_or_else(|_| panic!("`{}` is no column", field.name()));
        assert_eq!(known.data_type(), field.data_type(), "{}", field.name());
    }
}

fn wanted(mapping: &str) -> Wanted {
    let mut wanted = Wanted::default();
    let first = mapping.lines().next().and_then(|line| line.strip_prefix("# wanted: ")).unwrap_or_default();
    for words in first.split(',').map(str::trim).filter(|words| !words.is_empty()) {
        let (what, back) = words.split_once(' ').unwrap_or((words, ""));
        let back = Some(back.parse().map_or(Back::EVER, Back::days));
        match what {
            "customer" => wanted.customer = back,
            "household" => wanted.household = back,
            "clerk" => wanted.clerk = back,
            "item" => wanted.item = back,
            "rest" => wanted.rest = true,
            other => panic!("nobody wants `{other}`"),
        }
    }
    wanted
}

fn told_rows(out: &mut String, what: &str, name: &str, rows: &Rows) {
    let Rows { read, mapped, rejected, other, skipped } = rows;
    let _ = write!(out, "{name}, {what}: {read} read, {mapped} mapped, {rejected} rejected");
    if *other > 0 {
        let _ = write!(out, ", {other} of another kind");
    }
    for (because, count) in skipped {
        let _ = write!(out, ", {count} left out ({because})");
    }
    out.push('\n');
}

/// What came of inputs, as text.
fn told(joined: &Joined) -> String {
    let mut out = String::new();
    for (what, files) in [("sales", &joined.spread.sales), ("returns", &joined.spread.returns)] {
        files.iter().for_each(|(name, rows)| told_rows(&mut out, what, name, rows));
    }
    if joined.spread.sales_without_key > 0 {
        let _ = writeln!(out, "sales without a key: {}", joined.spread.sales_without_key);
    }
    let Linked { returns, receipt, fifo, none, ambiguous, missing_sale, cases } = joined.linked;
    let _ = writeln!(
        out,
        "{returns} returns: {receipt} receipt, {fifo} fifo, {none} none, {ambiguous} ambiguous, {missing_sale} missing sale; {cases} cases"
    );
    if joined.rejects.lines().count() > 1 {
        let _ = write!(out, "\n{}", joined.rejects);
    }
    let mut cases: Vec<String> = Vec::new();
    for batch in &joined.batches {
        cases.extend((0..batch.num_rows()).map(|row| case(batch, row)));
    }
    cases.sort();
    for case in cases {
        let _ = write!(out, "\n{case}");
    }
    out
}

/// A case as lines, its place in the source first.
pub(crate) fn case(batch: &RecordBatch, row: usize) -> String {
    let text = |name: &str| batch.column_by_name(name).and_then(|array| value(array, row)).unwrap_or_default();
    let mut out = format!("{}:{} {}\n", text("source"), text("row"), text("link"));
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let known = ["source", "row", "link", "sale.source"].contains(&field.name().as_str());
        let nothing = |value: &String| value == "[]" && !field.name().starts_with("history");
        if let Some(value) = value(array, row).filter(|value| !known && !nothing(value)) {
            let _ = writeln!(out, "  {}: {value}", field.name());
        }
    }
    out
}

/// A cell; none where it is null.
fn value(array: &dyn Array, row: usize) -> Option<String> {
    if array.is_null(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Utf8 => format!("{:?}", array.as_string::<i32>().value(row)).trim_matches('"').to_owned(),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Date32 => array.as_primitive::<Date32Type>().value_as_date(row)?.to_string(),
        DataType::Decimal128(_, scale) => {
            let value = array.as_primitive::<Decimal128Type>().value(row);
            rust_decimal::Decimal::from_i128_with_scale(value, scale.unsigned_abs().into()).normalize().to_string()
        }
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(row);
            let elements = list.as_struct();
            let element = |place| {
                let columns = elements.fields().iter().zip(elements.columns());
                let told =
                    columns.filter_map(|(field, array)| Some(format!("{} {}", field.name(), value(array, place)?)));
                let told = told.collect::<Vec<_>>().join(", ");
                if told.is_empty() { "?".to_owned() } else { told }
            };
            let all: Vec<String> = (0..elements.len()).map(element).collect();
            format!("[{}]", all.join(" | "))
        }
        other => panic!("a case has no {other}"),
    })
}

/// The names of the files of a folder, for sales and for returns.
fn files(folder: &Path) -> (Vec<Input>, Vec<Input>) {
    let of = |starts: [&str; 2]| {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                starts.iter().any(|start| name.starts_with(start))
            })
            .map(|path| path.to_string_lossy().into_owned())
            .collect();
        names.sort();
        inputs(&names).expect("files")
    };
    (of(["sales", "both"]), of(["returns", "both"]))
}

#[test]
fn folders_become_these_cases() {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("mapping.toml").exists())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "there are cases");
    let mut wrong = Vec::new();
    for folder in folders {
        let text = std::fs::read_to_string(folder.join("mapping.toml")).expect("a mapping");
        let mapping =
            Mapping::read("mapping.toml", &text).unwrap_or_else(|problems| panic!("{}\n{problems}", folder.display()));
        let (sales, returns) = files(&folder);
        let mut outcomes = Vec::new();
        for parts in [1, 3] {
            let work = tempfile::tempdir().expect("a folder");
            let joined = joined(&mapping, (&sales, &returns), work.path(), Some(parts), wanted(&text));
            let told = joined.map_or_else(|error| format!("{error}\n"), |joined| told(&joined));
            outcomes.push(told.replace(&format!("{}/", folder.display()), ""));
        }
        assert_eq!(outcomes.first(), outcomes.last(), "{}: parts make a difference", folder.display());
        let expected = folder.join("expected.txt");
        let actual = outcomes.pop().unwrap_or_default();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &actual).expect("it can be written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}\n{actual}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now:\n{}", wrong.join("\n"));
}
