//! Files with much left open, through reading, joining and judging. The answers beside them were worked out by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rayon::prelude::*;
use takeback::Policy;
use takeback_audit::link::{Back, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;
use takeback_audit::{Options, audit_batch};

use crate::cases::cell;
use crate::held;
use crate::policies;

fn of_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The joined cases of files, each batch with what was found of it.
fn audited(policy: &Policy, mapping: &Path, sales: &[PathBuf], returns: &Path) -> Vec<(RecordBatch, RecordBatch)> {
    let text = fs::read_to_string(mapping).expect("the mapping");
    let mapping = Mapping::read("mapping.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let files = |paths: &[PathBuf]| {
        let names: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        if names.is_empty() { Vec::new() } else { inputs(&names).expect("the files") }
    };
    let (sales, returns) = (files(sales), files(&[returns.to_owned()]));
    let work = tempfile::tempdir().expect("a folder");
    let wanted = Wanted { rest: true, customer: Some(Back::days(366)), ..Wanted::default() };
    let joined = crate::input::joined(&mapping, (&sales, &returns), work.path(), None, wanted).expect("joined cases");
    assert_eq!(joined.spread.totals().1.rejected, 0, "{}", joined.rejects);
    let judge = |cases: RecordBatch| {
        let audit = audit_batch(policy, &cases, &Options::default()).expect("the columns are right");
        assert!(audit.rejects.is_empty(), "{:?}", audit.rejects);
        let counts = &audit.counts;
        assert_eq!(counts.read, counts.judged + counts.unlinked);
        (cases, audit.findings)
    };
    joined.batches.into_par_iter().map(judge).collect()
}

/// What was found of each row of the source, kind by kind.
fn by_row(audited: &[(RecordBatch, RecordBatch)]) -> BTreeMap<u64, Vec<BTreeMap<&'static str, String>>> {
    let mut out: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    let row = |batch: &RecordBatch, at| cell(batch, "row", at).and_then(|row| row.parse().ok()).expect("a row");
    for (cases, findings) in audited {
        for at in 0..cases.num_rows() {
            out.entry(row(cases, at)).or_default();
        }
        for at in 0..findings.num_rows() {
            let columns = ["kind", "facts", "expected", "actual", "difference", "cause", "message"];
            let told = columns.into_iter().filter_map(|name| Some((name, cell(findings, name, at)?)));
            out.entry(row(findings, at)).or_default().push(told.collect());
        }
    }
    out
}

/// What the answers call what the columns call otherwise.
fn column(missing: &str) -> &str {
    match missing {
        "sold" | "categories" | "item.class" | "reason" | "at" | "quantity" | "sale.quantity" | "refund" => missing,
        "paid" => "sale.paid",
        "tax" => "sale.tax",
        other => panic!("what is `{other}`?"),
    }
}

#[test]
fn the_audit_answers_what_was_worked_out_by_hand() {
    let policy = policies::store("crates/takeback-audit/benches/three-channels");
    let source = of_crate("tests/messy/three-channels.csv");
    let found = by_row(&audited(&policy, &of_crate("benches/three-channels/mapping.toml"), &[], &source));
    let mut answers = csv::Reader::from_path(source.with_extension("expected.csv")).expect("the answers");
    let answers: Vec<BTreeMap<String, String>> = answers.deserialize().map(|row| row.expect("an answer")).collect();
    assert_eq!((found.len(), answers.len()), (30, 30));
    let mut wrong = Vec::new();
    for answer in &answers {
        let number: u64 = answer["row"].parse().expect("a row");
        let findings = &found[&number];
        let get = |name: &str| answer.get(name).map(String::as_str).filter(|text| !text.is_empty());
        let sum = |kinds: &[&str], column: &str| -> rust_decimal::Decimal {
            let mine = findings.iter().filter(|finding| kinds.contains(&finding["kind"].as_str()));
            mine.map(|finding| finding[column].parse::<rust_decimal::Decimal>().expect("an amount")).sum()
        };
        let has = |kind: &str| findings.iter().any(|finding| finding["kind"] == kind);
        let money = |name: &str| get(name).map(|text| text.parse::<rust_decimal::Decimal>().expect("an amount"));
        let mut says = |what: &str, holds: bool| {
            if !holds {
                wrong.push(format!("row {number}, {}: {what}, and is {findings:#?}", answer["why"]));
            }
        };
        let open = findings.iter().filter(|finding| finding["kind"] == "cannot be judged");
        let facts: Vec<&str> = open.filter_map(|finding| finding.get("facts").map(String::as_str)).collect();
        let missing: Vec<&str> = get("missing").map(column).into_iter().collect();
        says("the facts that are missing are named", facts == missing);
        match answer["outcome"].as_str() {
            "undetermined" => says("nothing but that is said", findings.len() == 1),
            "decline" => {
                says("it is declined", has("refunded though declined") && findings.len() == 1);
                let all = sum(&["refunded though declined"], "difference");
                says("all of it is too much", Some(all) == money("difference") && Some(all) == money("given"));
            }
            outcome => {
                says("a manager has to look, and nobody did", has("approval missing") == (outcome == "refer"));
                says("it is let through", !has("refunded though declined"));
                let parts = sum(&["refunded too much", "refunded too little"], "difference");
                says("the difference is that", parts == money("difference").unwrap_or_default());
                let elsewhere = sum(&["wrong tender"], "difference");
                says("so much went elsewhere", elsewhere == money("elsewhere").unwrap_or_default());
                let expected = findings.iter().filter(|finding| finding["kind"] != "wrong tender");
                let expected = expected.filter_map(|finding| finding.get("expected"));
                let same = |text: &String| text.parse::<rust_decimal::Decimal>().ok() == money("expected");
                says("so much was due", expected.into_iter().all(same));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The returns of TPC-DS, as benches/three-channels/README.md tells how to make them: one of twenty, or of as many as `TAKEBACK_EVERY` says. By hand, as SQL and
/// by the audit each has the same answer.
#[test]
fn real_volume_is_judged_row_by_row_as_by_hand() {
    let folder = std::env::var("TAKEBACK_DATA").map(PathBuf::from).unwrap_or_default();
    let source = folder.join("returns-sf1.csv");
    if !source.is_file() {
        println!("skipped: TAKEBACK_DATA names no folder with returns-sf1.csv");
        return;
    }
    let every: usize = std::env::var("TAKEBACK_EVERY").map_or(20, |every| every.parse().expect("a number"));
    let work = tempfile::tempdir().expect("a folder");
    let part = work.path().join("returns.csv");
    let text = fs::read_to_string(source).expect("the returns");
    let some = text.lines().enumerate().filter(|(at, _)| *at == 0 || at % every == 1 % every).map(|(_, line)| line);
    fs::write(&part, some.collect::<Vec<_>>().join("\n") + "\n").expect("room on the disk");
    let by_hand = work.path().join("by-hand.parquet");
    let rows = crate::by_hand::csv::run(&part, &by_hand);
    let policy = policies::store("crates/takeback-audit/benches/three-channels");
    let found = audited(&policy, &of_crate("benches/three-channels/mapping.toml"), &[], &part);
    let findings = found.into_iter().map(|(_, findings)| findings);
    let (other, all) = held::against(answers(&by_hand), findings, 2);
    assert_eq!(all, rows);
    assert!(
        other.is_empty(),
        "{} of {all} otherwise, such as {:#?}",
        other.len(),
        other.iter().take(5).collect::<Vec<_>>()
    );
    let Ok(python) = std::env::var("TAKEBACK_PYTHON") else {
        println!("{all} returns are the same; DuckDB skipped: TAKEBACK_PYTHON names no Python that has it");
        return;
    };
    let by_sql = work.path().join("duckdb.parquet");
    let mut judge = std::process::Command::new(python);
    judge.arg(of_crate("benches/three-channels/judge.py")).args([&part, &by_sql]);
    assert!(judge.status().expect("a Python").success(), "DuckDB judges");
    let sorted = |path: &Path| {
        let of = |batch: RecordBatch| {
            let columns: Vec<_> = batch
                .columns()
                .iter()
                .map(|c| ArrayFormatter::try_new(c, &FormatOptions::default()).expect("text"))
                .collect();
            let line = |row| columns.iter().map(|column| column.value(row).to_string()).collect::<Vec<_>>().join(",");
            (0..batch.num_rows()).map(line).collect::<Vec<_>>()
        };
        let mut lines: Vec<String> = answers(path).flat_map(of).collect();
        lines.sort_unstable();
        lines
    };
    let (one, other) = (sorted(&by_hand), sorted(&by_sql));
    let differs = one.iter().zip(&other).find(|(one, other)| one != other);
    assert!(one.len() == other.len() && differs.is_none(), "by hand and as SQL: {differs:?}");
    println!("{all} returns are the same by hand, as SQL and by the audit");
}

fn answers(path: &Path) -> impl Iterator<Item = RecordBatch> {
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(fs::File::open(path).expect("answers")).expect("a Parquet file");
    reader.build().expect("a reader").map(|batch| batch.expect("a batch"))
}

/// By the mapping what the data do not know of is of no sale; the policy gives store credit at ten dollars for a lamp, and nothing for anything else.
#[test]
fn what_is_of_no_sale_is_judged_as_such() {
    let policy = policies::text(
        r#"
policy "Cups" version "1" {
  in force  from 2026-01-01 by date requested
  currency  USD
  time zone "America/New_York"
  choices {
    days counted from the day after
    rounding half up
    discounts shared in proportion
    tax returned in full
    deadline met when told
    late returns final
    lines each by itself
  }
}
clause everything "Thirty days" {
  accept refund
  start sold
  window 30 days
  basis price paid
  pay cash
  except unknown "Without a sale nothing comes back" when not item.has_sale { decline "No sale", final }
}
"#,
    );
    let folder = of_crate("tests/input/without-sale");
    let sales = [folder.join("sales.csv")];
    let found = by_row(&audited(&policy, &folder.join("mapping.toml"), &sales, &folder.join("returns.csv")));
    let told: BTreeMap<u64, Vec<String>> = found
        .into_iter()
        .map(|(row, findings)| {
            (row, findings.into_iter().map(|mut one| one.remove("message").expect("a sentence")).collect())
        })
        .collect();
    let declined = |amount: &str| {
        format!("{amount} USD given back, and the policy declines it: No sale (Without a sale nothing comes back).")
    };
    let expected = [
        (2, vec![]),
        (3, vec![declined("25.00")]),
        // Two purchases fit, and how many came back is not known.
        (4, vec!["Several sales could be meant.".to_owned()]),
        (5, vec!["Several sales could be meant.".to_owned()]),
        (6, vec!["Several sales could be meant.".to_owned()]),
        // A lamp for nobody knows how much: declined whatever it was.
        (7, vec!["What is not told was given back, and the policy declines it: No sale (Without a sale nothing comes back).".to_owned()]),
        (8, vec![declined("9.00")]),
        (9, vec!["Several sales could be meant.".to_owned()]),
    ];
    assert_eq!(told, BTreeMap::from(expected));
}
