//! Files as they come: packed, large, broken, cut off, and runs that end before their end.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow::array::{ArrayRef, AsArray, Date32Array, Decimal128Array, Int64Array, StringArray};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use takeback_audit::infer::infer;
use takeback_audit::link::{Cases, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::{Input, inputs};
use takeback_audit::spread::{AuditError, SpreadOptions, spread};

use super::orders::{Numbers, write};
use super::{Joined, case, joined};

const MAPPING: &str = "[link]\nby = \"nothing\"\n[return]\nreturn_line = \"id\"\nat = \"day\"\nsku = \"sku\"\nquantity = \"units\"\nrefund = \"amount\"\n";

fn mapping() -> Mapping {
    Mapping::read("mapping.toml", MAPPING).expect("a mapping")
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> Vec<Input> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("it can be written");
    inputs(&[path.to_string_lossy().into_owned()]).expect("a file")
}

fn run(mapping: &Mapping, returns: &[Input]) -> Result<Joined, AuditError> {
    let work = tempfile::tempdir().expect("a folder");
    joined(mapping, (&[], returns), work.path(), Some(2), Wanted::default())
}

/// The cases without the names of their files.
fn cases(joined: &Joined) -> Vec<String> {
    let all = joined.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(|row| case(batch, row)));
    let mut all: Vec<String> = all.map(|text| text.lines().skip(1).collect::<Vec<_>>().join("\n")).collect();
    all.sort();
    all
}

#[test]
fn a_file_says_the_same_in_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = "id,day,sku,units,amount\nr1,2026-01-05,A,2,20.10\nr2,2026-01-06,,1,0.005\nr3,2026-01-07,\"B, c\",3,1000000.00\n";
    let lines = "{\"id\":\"r1\",\"day\":\"2026-01-05\",\"sku\":\"A\",\"units\":2,\"amount\":20.10}\n\
                 {\"id\":\"r2\",\"day\":\"2026-01-06\",\"sku\":null,\"units\":\"1\",\"amount\":0.005}\r\n\
                 {\"units\":3,\"id\":\"r3\",\"sku\":\"B, c\",\"amount\":\"1000000\",\"day\":\"2026-01-07\",\"more\":[1]}";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(csv.as_bytes()).expect("packed");
    let gzip = gzip.finish().expect("packed");
    let cents =
        Decimal128Array::from(vec![201_000, 50, 10_000_000_000]).with_precision_and_scale(18, 4).expect("amounts");
    let days: Date32Array = [20_458, 20_459, 20_460].into_iter().map(Some).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("units", Arc::new(Int64Array::from(vec![2, 1, 3]))),
        ("more", Arc::new(Int64Array::from(vec![1, 1, 1]))),
        ("amount", Arc::new(cents)),
        ("sku", Arc::new(StringArray::from(vec![Some("A"), None, Some("B, c")]))),
        ("day", Arc::new(days)),
        ("id", Arc::new(StringArray::from(vec!["r1", "r2", "r3"]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let mut parquet = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut parquet, batch.schema(), None).expect("a writer");
    writer.write(&batch).and_then(|()| writer.close()).expect("written");
    // Decimals of Parquet are exact; two files of gzip one after the other are one.
    let twice = [gzip.clone(), gzip.clone()].concat();
    let forms: [(&str, Vec<u8>); 8] = [
        ("plain", csv.as_bytes().to_vec()),
        ("with-mark", [b"\xEF\xBB\xBF", csv.as_bytes()].concat()),
        ("of-an-old-mac", csv.replace('\n', "\r").into_bytes()),
        ("without-end", csv.trim_end().as_bytes().to_vec()),
        ("gzip", gzip),
        ("zstd", zstd::encode_all(csv.as_bytes(), 0).expect("packed")),
        ("lines", lines.as_bytes().to_vec()),
        ("parquet", parquet),
    ];
    let mut first: Option<Vec<String>> = None;
    for (name, bytes) in forms {
        // The name tells nothing; the first bytes do.
        let joined =
            run(&mapping(), &file(folder.path(), name, &bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(joined.linked.returns, 3, "{name}: {}", joined.rejects);
        let cases = cases(&joined);
        assert_eq!(first.get_or_insert_with(|| cases.clone()), &cases, "{name}");
    }
    let joined = run(&mapping(), &file(folder.path(), "twice", &twice)).expect("cases");
    let (_, returns) = joined.spread.totals();
    assert_eq!((returns.mapped, returns.rejected), (6, 1), "the second header is no return");
}

#[test]
fn large_files_are_cut_between_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut text, mut numbers, mut line, mut bad) =
        ("id,day,sku,units,amount\n".to_owned(), Numbers::new(1), 2, Vec::new());
    let count = 60_000;
    for number in 0..count {
        let filler = "x".repeat(usize::try_from(numbers.below(120)).expect("a length"));
        let sku = match numbers.below(4) {
            0 => format!("\"two\nlines \"\"{filler}\"\"\""),
            1 => format!("12\" {filler}"),
            _ => filler,
        };
        let wrong = number % 10_007 == 5;
        if wrong {
            bad.push(line);
        }
        line += 1 + sku.matches('\n').count();
        text.push_str(&format!("r{number},2026-01-05,{sku},{},1.00\n", if wrong { "x" } else { "1" }));
    }
    assert!(text.len() > 4 << 20, "more than one block");
    let joined = run(&mapping(), &file(folder.path(), "large.csv", text.as_bytes())).expect("cases");
    let (_, returns) = joined.spread.totals();
    assert_eq!((returns.read, returns.rejected), (count, bad.len() as u64));
    let told: Vec<usize> = joined
        .rejects
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).and_then(|row| row.parse().ok()).expect("a row"))
        .collect();
    assert_eq!(told, bad);
}

#[test]
fn an_open_quote_does_not_swallow_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = "id,day,sku,units,amount\nr1,2026-01-05,A,1,1.00\nr2,2026-01-05,\"A,1,1.00\n".to_owned();
    for number in 3..40_000 {
        text.push_str(&format!("r{number},2026-01-05,A,1,1.00\n"));
    }
    for text in [text.as_str(), text.split_at(200).0] {
        let joined = run(&mapping(), &file(folder.path(), "open.csv", text.as_bytes())).expect("cases");
        let (_, returns) = joined.spread.totals();
        let whole = u64::try_from(text.lines().filter(|line| line.ends_with(".00")).count()).expect("a count") - 1;
        assert_eq!(returns.mapped, whole, "{}", joined.rejects);
        assert!(
            joined.rejects.contains(",3,return,,\"r2,2026-01-05,\"\"A,1,1.00\",a quote is opened here and not closed"),
            "{}",
            joined.rejects
        );
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |name: &str, bytes: &[u8]| match run(&mapping(), &file(folder.path(), name, bytes)) {
        Ok(_) => "nothing is wrong".to_owned(),
        Err(AuditError::Input(error)) => format!("{}; {}", error.message, error.help.unwrap_or_default()),
        Err(error) => error.to_string(),
    };
    let mut cut = zstd::encode_all(&[b'x'; 3000][..], 0).expect("packed");
    cut.truncate(cut.len() - 3);
    for (name, bytes, expected) in [
        ("utf-16", &b"\xFF\xFEi\0d\0"[..], "it is UTF-16; write it as UTF-8"),
        ("zip", b"PK\x03\x04....", "it is a ZIP archive; unpack it first"),
        ("list", b" [ {\"id\": 1}]", "it is a list in JSON; write one object a line"),
        ("cut", &cut, "incomplete"),
        ("parquet", b"PAR1PAR1", "Parquet file too small"),
        ("no header", b"\"", "its first record does not end"),
    ] {
        let told = told(name, bytes);
        assert!(told.contains(expected), "{name}: {told}");
    }
    // A proposal is not made of letters that are none.
    for (bytes, expected) in
        [(&b"\xFF\xFEi\0d\0"[..], "it is UTF-16"), (b"i\0d\0,\0x\0\n\0", "it seems to be UTF-16, or no text")]
    {
        let refused = infer(&file(folder.path(), "utf-16", bytes)).expect_err("UTF-16");
        assert_eq!(refused.message, expected);
    }
    assert_eq!(told("empty", b""), "nothing is wrong");
    let missing = inputs(&["nowhere.csv".to_owned()]).expect("a name");
    assert!(
        matches!(run(&mapping(), &missing), Err(AuditError::Input(error)) if error.message == "there is no such file")
    );
    let pattern = inputs(&[folder.path().join("*.nothing").to_string_lossy().into_owned()]);
    assert!(pattern.is_err_and(|error| error.message == "no file has a name like this"));
}

#[test]
fn a_run_that_ends_early_leaves_nothing_that_looks_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> =
        (0..300).map(|n| format!("r{n},c1,s{},2026-01-05,{},1.00,t1", n % 7, if n == 9 { "x" } else { "1" })).collect();
    let returns = [write(folder.path(), "returns.csv", &rows)];
    let work = folder.path().join("work");
    let options =
        SpreadOptions { rejects: folder.path().join("rejects.csv"), parts: Some(3), ..SpreadOptions::default() };
    let whole = |work: &Path| {
        let names = std::fs::read_dir(work).expect("the folder").map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| !name.to_string_lossy().ends_with(".tmp")).count()
    };
    let go = |told: &(dyn Fn() -> bool + Sync)| spread(&mapping(), (&[], &returns), &work, &options, &|_| told());
    assert!(matches!(go(&|| false), Err(AuditError::Stopped)));
    assert_eq!((whole(&work), options.rejects.exists()), (0, false));
    // What a run that was killed leaves behind is no part of the next one.
    std::fs::write(work.join("returns-0001.arrow"), "half").expect("it can be written");
    std::fs::write(work.join("returns-0002.arrow.tmp"), "half").expect("it can be written");
    std::fs::write(work.join("summary.json"), "not ours").expect("it can be written");
    let calls = AtomicUsize::new(0);
    let count = || {
        calls.fetch_add(1, Ordering::Relaxed);
        true
    };
    let first = go(&count).expect("it ends");
    let read = calls.load(Ordering::Relaxed);
    assert!(work.join("summary.json").exists(), "what others put there stays");
    assert!(read > 0 && options.rejects.exists());
    // What is done is not done again, until an input is another.
    assert_eq!(go(&count).expect("it ends"), first);
    assert_eq!(calls.load(Ordering::Relaxed), read);
    write(folder.path(), "returns.csv", rows.split_at(200).0);
    let second = go(&count).expect("it ends");
    assert!(calls.load(Ordering::Relaxed) > read && second.totals().1.read == 200);
}

#[test]
fn too_many_rejects_end_the_run_where_that_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> =
        (0..20).map(|n| format!("r{n},c1,s1,2026-01-05,{},1.00,t1", if n < 3 { "x" } else { "1" })).collect();
    let returns = [write(folder.path(), "returns.csv", &rows)];
    let run = |most| {
        let options =
            SpreadOptions { rejects: folder.path().join("rejects.csv"), max_rejects: Some(most), parts: None };
        spread(&mapping(), (&[], &returns), &folder.path().join("work"), &options, &|_| true)
    };
    match run(2) {
        Err(AuditError::Rejects { count: 3, kinds }) => {
            assert_eq!(kinds.iter().map(|kind| (kind.column.as_str(), kind.count)).collect::<Vec<_>>(), [("units", 3)]);
        }
        other => panic!("{other:?}"),
    }
    assert!(run(3).is_ok());
}

#[test]
fn files_are_those_that_the_mapping_speaks_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = ["r1,c1,s1,2026-01-05,1,1.00,t1".to_owned()];
    let file = [write(folder.path(), "file.csv", &rows)];
    let linked = format!("{MAPPING}sale = \"id\"\nline = \"id\"\n[sale]\nsale = \"id\"\nline = \"id\"\n")
        .replace("nothing", "receipt and line");
    let linked = Mapping::read("mapping.toml", &linked).expect("a mapping");
    let run = |mapping: &Mapping, sales: &[Input], returns: &[Input]| {
        let work = tempfile::tempdir().expect("a folder");
        joined(mapping, (sales, returns), work.path(), None, Wanted::default()).map(|joined| joined.linked.receipt)
    };
    let stdin = inputs(&["-".to_owned()]).expect("a name");
    assert!(run(&linked, &[], &file).is_err_and(|error| error.to_string().contains("no files of sales are named")));
    assert!(run(&mapping(), &file, &file).is_err_and(|error| error.to_string().contains("it has no table `[sale]`")));
    assert!(run(&linked, &stdin, &stdin).is_err_and(|error| error.to_string().contains("can be read once only")));
    assert_eq!(run(&linked, &file, &file).expect("cases"), 1);
}

#[test]
fn cases_that_are_spread_by_visit_are_so_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> = (0..90).map(|n| format!("r{n},c{},s{},2026-01-05,1,1.00,t1", n % 4, n % 7)).collect();
    let files = [write(folder.path(), "file.csv", &rows)];
    let text = format!("{MAPPING}customer = \"customer\"\nvisit = \"clerk\"\n[sale]\nsale = \"id\"\nline = \"id\"\nsold = \"day\"\nsku = \"sku\"\ncustomer = \"customer\"\n")
        .replace("nothing", "customer and sku");
    let mapping = Mapping::read("mapping.toml", &text).expect("a mapping");
    let work = folder.path().join("work");
    let options =
        SpreadOptions { rejects: folder.path().join("rejects.csv"), parts: Some(4), ..SpreadOptions::default() };
    let spread = spread(&mapping, (&files, &files), &work, &options, &|_| true).expect("parts");
    let calls = AtomicUsize::new(0);
    let prepare = |go: bool| {
        let told = |_| {
            calls.fetch_add(1, Ordering::Relaxed);
            go
        };
        Cases::prepare(&mapping, &work, &spread, Wanted::default(), &told)
    };
    assert!(matches!(prepare(false), Err(AuditError::Stopped)));
    assert!(!work.join("cases.json").exists() && !work.join("cases-0000.arrow").exists());
    let read = |cases: &Cases<'_>| {
        let mut sizes = Vec::new();
        for part in 0..cases.parts() {
            let add = &mut |batch: RecordBatch| {
                sizes.push(batch.num_rows());
                Ok(())
            };
            cases.read(part, add).expect("a part");
        }
        sizes
    };
    let first = read(&prepare(true).expect("cases"));
    assert_eq!(first, [90], "all are of one visit");
    let before = calls.load(Ordering::Relaxed);
    assert_eq!(read(&prepare(true).expect("cases")), first);
    assert_eq!(calls.load(Ordering::Relaxed), before, "what is done is not done again");
}

/// Row groups are read on several threads, and a file with a very large one from its beginning to its end: the rows keep their numbers.
#[test]
fn rows_of_parquet_are_those_of_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mapping = "[link]\nby = \"nothing\"\n[return]\nreturn_line = \"id\"\nat = { constant = \"2026-01-05\" }\nquantity = \"units\"\n";
    let mapping = Mapping::read("mapping.toml", mapping).expect("a mapping");
    for (count, group) in [(1000, 300), (270_000, 1 << 20)] {
        let id: ArrayRef = Arc::new(Int64Array::from_iter_values(0..count));
        let units: ArrayRef = Arc::new(Int64Array::from_iter_values((0..count).map(|row| i64::from(row % 333 != 7))));
        let batch = RecordBatch::try_from_iter([("units", units), ("id", id)]).expect("a batch");
        let mut parquet = Vec::new();
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group)).build();
        let mut writer = ArrowWriter::try_new(&mut parquet, batch.schema(), Some(properties)).expect("a writer");
        writer.write(&batch).and_then(|()| writer.close()).expect("written");
        let joined = run(&mapping, &file(folder.path(), "rows", &parquet)).expect("cases");
        let (_, returns) = joined.spread.totals();
        let expected: Vec<i64> = (0..count).filter(|row| row % 333 == 7).collect();
        assert_eq!((returns.read, returns.rejected), (count.unsigned_abs(), expected.len() as u64));
        let rejected =
            joined.rejects.lines().skip(1).map(|line| line.split(',').nth(1).and_then(|row| row.parse::<i64>().ok()));
        assert_eq!(rejected.collect::<Option<Vec<_>>>(), Some(expected));
        for batch in &joined.batches {
            let id = batch.column_by_name("return_line").expect("ids").as_string::<i32>();
            let row = batch.column_by_name("row").expect("rows").as_primitive::<Int64Type>();
            assert!(id.iter().zip(row).all(|(id, row)| id.and_then(|id| id.parse().ok()) == row));
        }
    }
}
