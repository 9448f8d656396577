//! Findings that are made here become files, and these are the same whoever made the parts and in whatever order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray as _, BooleanArray, Date32Array, Decimal128Array, Int64Array, StringArray, new_null_array,
};
use arrow::datatypes::{DataType, Schema};
use arrow::record_batch::RecordBatch;
use takeback::Policy;
use takeback::source::SourceSet;

use super::order::Merge;
use super::parquet::{Parquet, visits_of};
use super::part::{Judged, Part, findings_files};
use super::stake::Stakes;
use super::{About, Counts, Finish, Given, Manifest, finish};
use crate::columns::{MONEY_DIGITS, MONEY_SCALE, case_schema};
use crate::finding::{Cause, Kind, Severity, finding_schema};
use crate::judge::Audit;

const SHOP: &str = r#"policy "Made shop" version "1" {
  in force from 2010-01-01 by date sold
  currency GBP
  time zone "Europe/London"
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
}
"#;

fn policy() -> Policy {
    let mut sources = SourceSet::new();
    sources.add("shop.takeback".to_owned(), SHOP.to_owned()).unwrap();
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{report:?}"))
}

/// Numbers that look like chance, the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most).unwrap()
    }
}

/// A column by name, or nothing but nulls.
fn batch(schema: Schema, rows: usize, columns: &BTreeMap<&str, ArrayRef>) -> RecordBatch {
    let column = |field: &arrow::datatypes::FieldRef| match columns.get(field.name().as_str()) {
        Some(column) => Arc::clone(column),
        None => new_null_array(field.data_type(), rows),
    };
    let columns = schema.fields().iter().map(column).collect();
    RecordBatch::try_new(Arc::new(schema), columns).unwrap()
}

fn texts(values: impl IntoIterator<Item = Option<String>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<StringArray>())
}

fn money(values: impl IntoIterator<Item = i128>) -> ArrayRef {
    let cents = values.into_iter().map(|cents| Some(cents * 10_000_000_000));
    let array: Decimal128Array = cents.collect();
    Arc::new(array.with_precision_and_scale(MONEY_DIGITS, MONEY_SCALE).unwrap())
}

/// A finding: the row it is of, its kind, its cause and the number of its clause.
type Found = (usize, Kind, Cause, usize);

/// A part: cases, and findings of some of them.
fn part(number: u64, rows: usize) -> (RecordBatch, RecordBatch, Vec<usize>) {
    let dice = &mut Dice(number + 1);
    let (mut at, mut sold, mut store, mut clerk, mut visit, mut refund) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    let row: Vec<i64> =
        (0..rows).map(|row| i64::try_from(row).unwrap() * 7 + i64::try_from(number).unwrap() + 2).collect();
    for row in 0..rows {
        let month = dice.below(12) + 1;
        at.push(Some(format!("2011-{month:02}-{:02}T{:02}:00:00+00:00", dice.below(28) + 1, dice.below(24))));
        sold.push(Some(format!(
            "2011-{:02}-{:02}T12:00:00+00:00",
            month.saturating_sub(dice.below(3)).max(1),
            dice.below(28) + 1
        )));
        store.push((dice.below(20) > 0).then(|| format!("store {}", dice.below(22))));
        clerk.push((dice.below(9) > 0).then(|| format!("clerk {}", dice.below(60))));
        visit.push(Some(format!("v{number}-{}", row / 2)));
        refund.push(i128::try_from(dice.below(20_000)).unwrap());
    }
    let source = texts((0..rows).map(|_| Some("returns.csv".to_owned())));
    let mut columns: BTreeMap<&str, ArrayRef> = BTreeMap::new();
    columns.insert("source", Arc::clone(&source));
    columns.insert("row", Arc::new(Int64Array::from(row.clone())));
    columns.insert("at", texts(at.clone()));
    columns.insert("sale.sold", texts(sold));
    columns.insert("visit", texts(visit.clone()));
    columns.insert("refund", money(refund.clone()));
    // Both lines of a visit are of one store.
    let store: Vec<Option<String>> = (0..rows).map(|row| store[row / 2 * 2].clone()).collect();
    columns.insert("store", texts(store.clone()));
    columns.insert("clerk", texts(clerk.clone()));
    let cases = batch(case_schema([], []), rows, &columns);

    let mut found: Vec<Found> = Vec::new();
    for row in 0..rows {
        for _ in 0..dice.below(4).saturating_sub(1) {
            found.push((row, Kind::ALL[dice.below(12)], Cause::ALL[dice.below(3)], dice.below(5)));
        }
    }
    let count = found.len();
    let pick = |column: &[Option<String>]| texts(found.iter().map(|(row, ..)| column[*row].clone()));
    let words = |word: &dyn Fn(&Found) -> &'static str| texts(found.iter().map(|found| Some(word(found).to_owned())));
    let mut columns: BTreeMap<&str, ArrayRef> = BTreeMap::new();
    columns.insert("kind", words(&|(_, kind, ..)| kind.word()));
    columns.insert("severity", words(&|(_, _, _, clause)| Severity::ALL[clause % 3].word()));
    columns.insert("cause", words(&|(_, _, cause, _)| cause.word()));
    columns.insert(
        "clause",
        texts(found.iter().map(|(.., clause)| (*clause > 0).then(|| format!("everything/clause-{clause}")))),
    );
    columns.insert(
        "citation",
        texts(found.iter().map(|(.., clause)| (clause % 2 == 1).then(|| format!("Manual, page {clause}")))),
    );
    columns.insert(
        "message",
        texts(found.iter().map(|(row, kind, ..)| Some(format!("<b>case {row}</b>: {}", kind.word())))),
    );
    columns.insert("at", pick(&at));
    columns.insert("store", pick(&store));
    columns.insert("clerk", pick(&clerk));
    columns.insert("visit", pick(&visit));
    columns.insert("source", texts(found.iter().map(|_| Some("returns.csv".to_owned()))));
    columns.insert("row", Arc::new(found.iter().map(|(at, ..)| row[*at]).collect::<Int64Array>()));
    columns.insert("currency", texts(found.iter().map(|_| Some("GBP".to_owned()))));
    columns.insert("at_stake", money(found.iter().map(|(row, ..)| refund[*row] / 2)));
    columns.insert("actual", money(found.iter().map(|(row, ..)| refund[*row])));
    columns.insert("day", Arc::new(Date32Array::from(vec![15_000; count])));
    columns.insert("cause_told", Arc::new(BooleanArray::from(vec![true; count])));
    columns.insert("law", Arc::new(BooleanArray::from(vec![false; count])));
    (cases, batch(finding_schema(), count, &columns), found.iter().map(|(at, ..)| *at).collect())
}

fn judge(work: &Path, number: usize) -> Judged {
    let (batch, findings, cases) = part(number as u64, if number < 3 { 80 } else { 6 });
    let mut part = Part::new(work, number);
    let audit = Audit { findings, cases, counts: crate::judge::Counts::default(), rejects: Vec::new() };
    part.push(&batch, &audit).unwrap();
    part.finish().unwrap()
}

/// A run of so many parts, which end in the order of `order`.
fn run(folder: &Path, order: &[usize]) -> Manifest {
    let work = folder.join("work");
    fs::create_dir_all(&work).unwrap();
    let read = order.iter().map(|number| judge(&work, *number).tally.all.returns).sum();
    let rejects = work.join("rejects.csv");
    fs::write(&rejects, "source,row,table,column,value,reason\n").unwrap();
    let policy = policy();
    finish(Finish {
        policy: &policy,
        bundle: &policy.bundle(&[]),
        about: About::new(&policy, "sha256:00"),
        given: Given::default(),
        counts: Counts { returns_read: read, ..Counts::default() },
        other: None,
        parts: order.len(),
        rejects: (&rejects, &[]),
        work: &work,
        out: folder,
        explain: &|cases| format!("{} lines & <nothing> more", cases.num_rows()),
    })
    .unwrap()
    .manifest
}

/// The findings of parts, in their order.
fn merged(work: &Path, parts: &[Judged]) -> Vec<String> {
    let files = parts.iter().enumerate().flat_map(|(number, judged)| findings_files(work, number, judged));
    let mut merge = Merge::new(files.collect(), work).unwrap();
    let mut found = Vec::new();
    while let Some(batch) = merge.batch().unwrap() {
        let lines = batch.column_by_name("return_line").unwrap().as_string::<i32>().clone();
        let kinds = batch.column_by_name("kind").unwrap().as_string::<i32>().clone();
        found.extend(lines.iter().zip(&kinds).map(|(line, kind)| format!("{line:?} {kind:?}")));
    }
    found
}

#[test]
fn a_part_of_several_files_is_merged_as_several_parts_are() {
    let push = |part: &mut Part<'_>, number: u64| {
        let (batch, findings, cases) = super::tests::part(number, 80);
        let audit = Audit { findings, cases, counts: crate::judge::Counts::default(), rejects: Vec::new() };
        part.push(&batch, &audit).unwrap();
    };
    let [one, several] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let mut part = Part::new(one.path(), 0);
    (0..3).for_each(|number| push(&mut part, number));
    let together = part.finish().unwrap();
    assert_eq!(together.files, [3, 0]);
    let apart = (0..3).map(|number| {
        let mut part = Part::new(several.path(), number);
        push(&mut part, number as u64);
        part.finish().unwrap()
    });
    let apart: Vec<Judged> = apart.collect();
    let found = merged(one.path(), &[together]);
    assert!(found.len() > 3 * 16);
    assert_eq!(found, merged(several.path(), &apart));
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
}

#[test]
fn files_do_not_depend_on_the_order_in_which_parts_end() {
    let here = tempfile::tempdir().unwrap();
    // More parts than are merged at once.
    let forward: Vec<usize> = (0..130).collect();
    let backward: Vec<usize> = (0..130).rev().collect();
    let [one, other] = ["one", "other"].map(|name| here.path().join(name));
    let manifest = run(&one, &forward);
    assert_eq!(manifest, run(&other, &backward));
    let (one, other) = (files(&one), files(&other));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        [
            "cases.parquet",
            "findings.csv",
            "findings.parquet",
            "manifest.json",
            "policy.bundle",
            "rejects.csv",
            "report.html",
            "summary.json",
        ]
    );
    assert!(one == other, "files differ");
    assert!(manifest.counts.reconcile(), "{:?}", manifest.counts);
    assert!(manifest.outputs.iter().all(|file| one[&file.name].len() as u64 == file.bytes));
}

#[test]
fn every_list_of_the_summary_adds_up_to_the_same_money() {
    let here = tempfile::tempdir().unwrap();
    let manifest = run(here.path(), &[0, 1, 2]);
    let summary: serde_json::Value = serde_json::from_slice(&files(here.path())["summary.json"]).unwrap();
    let all = &summary["findings"];
    assert_eq!(all["findings"], manifest.counts.findings);
    let cents = |value: &serde_json::Value| -> i64 { value.as_str().unwrap().replace('.', "").parse().unwrap() };
    for member in ["at_stake", "paid_against_policy", "owed_to_customers", "unproven"] {
        assert!(cents(&all[member]) > 0, "{member}");
        for list in ["kind", "severity", "cause", "clause", "version", "store", "clerk", "month"] {
            let rows = summary[format!("by_{list}")].as_array().unwrap();
            assert_eq!(rows.iter().map(|row| cents(&row[member])).sum::<i64>(), cents(&all[member]), "{list} {member}");
        }
    }
    // And the table says the same.
    let text = String::from_utf8(files(here.path())["findings.csv"].clone()).unwrap();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let head = table.headers().unwrap().clone();
    let at = head.iter().position(|name| name == "at_stake").unwrap();
    let sum: i64 = table.records().map(|row| row.unwrap()[at].replace('.', "").parse::<i64>().unwrap()).sum();
    assert_eq!(sum, cents(&all["at_stake"]));
}

#[test]
fn a_clause_is_cited_from_every_version_that_decided() {
    // The later version is found first.
    let told = [("2", "Notice 2"), ("1", "Notice 1"), ("2", "Notice 2"), ("3", "Notice 1"), ("1", "")];
    let column = |get: &dyn Fn(&(&str, &str)) -> String| {
        texts(told.iter().map(|of| Some(get(of)).filter(|text| !text.is_empty())))
    };
    let all = |text: &str| texts(told.iter().map(|_| Some(text.to_owned())));
    let columns: BTreeMap<&str, ArrayRef> = BTreeMap::from([
        ("kind", all("refunded too much")),
        ("severity", all("high")),
        ("cause", all("fee")),
        ("cause_told", Arc::new(BooleanArray::from(vec![true; 5]))),
        ("law", Arc::new(BooleanArray::from(vec![false; 5]))),
        ("message", all("Too much.")),
        ("currency", all("GBP")),
        ("clause", all("everything; period")),
        ("version", column(&|(version, _)| (*version).to_owned())),
        ("citation", column(&|(_, citation)| (*citation).to_owned())),
        ("at_stake", money([100; 5])),
    ]);
    let findings = batch(finding_schema(), told.len(), &columns);
    let nowhere = Int64Array::from(vec![None; told.len()]);
    // In one batch or in two, it is the same.
    for cut in [0, 1, 3] {
        let mut stakes = Stakes::default();
        let two = [(0, cut), (cut, told.len() - cut)];
        for (from, rows) in two {
            let places = nowhere.slice(from, rows);
            let first = i64::try_from(from).unwrap() + 1;
            stakes.batch(&findings.slice(from, rows), first, (&places, &places));
        }
        let versions = ["1", "2", "3"].map(|name| (name.to_owned(), "2026-01-01".to_owned())).to_vec();
        let about = About { name: String::new(), versions, bundle: String::new() };
        assert_eq!(stakes.citations(&about)["everything; period"], ["Notice 1", "Notice 2"], "cut at {cut}");
        let (_, pattern) = stakes.ranked()[0];
        assert_eq!(pattern.citations(&about), ["Notice 1", "Notice 2"], "cut at {cut}");
    }
}

#[test]
fn findings_stand_in_the_order_of_time_and_name_their_case() {
    let here = tempfile::tempdir().unwrap();
    run(here.path(), &[0, 1, 2]);
    let read = |name: &str| {
        let file = fs::File::open(here.path().join(name)).unwrap();
        let reader =
            parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
        let schema = arrow::record_batch::RecordBatchReader::schema(&reader);
        arrow::compute::concat_batches(&schema, &reader.collect::<Result<Vec<_>, _>>().unwrap()).unwrap()
    };
    let (findings, cases) = (read("findings.parquet"), read("cases.parquet"));
    assert!(findings.num_rows() > 100);
    let text = |batch: &RecordBatch, name: &str, row: usize| {
        let mut text = String::new();
        super::table::Cells::of(batch.column_by_name(name).unwrap().as_ref()).write(row, 2, &mut text);
        text
    };
    let mut last = String::new();
    for row in 0..findings.num_rows() {
        assert_eq!(text(&findings, "finding", row), (row + 1).to_string());
        let at = text(&findings, "at", row);
        assert!(last <= at, "{last} {at}");
        last = at;
        let case: usize = text(&findings, "case", row).parse().unwrap();
        for name in ["source", "row", "at", "visit", "store"] {
            assert_eq!(text(&findings, name, row), text(&cases, name, case));
        }
        // The whole visit is there.
        assert_eq!(super::part::visit(&cases, case).num_rows(), 2);
    }
    assert_eq!(findings.schema().field_with_name("at_stake").unwrap().data_type(), &DataType::Decimal128(38, 12));
}

#[test]
fn the_report_needs_nothing_else_and_escapes_what_it_tells() {
    let here = tempfile::tempdir().unwrap();
    run(here.path(), &[0, 1]);
    let page = String::from_utf8(files(here.path())["report.html"].clone()).unwrap();
    assert!(page.contains("&lt;b&gt;case") && page.contains("2 lines &amp; &lt;nothing&gt; more"));
    for outside in ["<script", "http://", "https://", "url(", "@import", "<link", "<img", "<b>"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // pkg/test/report.test.js looks at it in a browser.
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("audit-report.html"), page).unwrap();
}

#[test]
fn an_audit_without_findings_has_all_its_files() {
    let here = tempfile::tempdir().unwrap();
    let manifest = run(here.path(), &[]);
    assert_eq!(manifest.counts, Counts::default());
    let page = String::from_utf8(files(here.path())["report.html"].clone()).unwrap();
    assert!(page.contains("What became of every row") && !page.contains("By clause"));
}

#[test]
fn a_part_is_done_when_its_tally_is_there() {
    let here = tempfile::tempdir().unwrap();
    assert!(super::part::judged(here.path(), 0).is_none());
    let judged = judge(here.path(), 0);
    let known = super::part::judged(here.path(), 0).unwrap();
    assert_eq!((known.tally, known.findings, known.cases), (judged.tally, judged.findings, judged.cases));
    assert!(files(here.path()).keys().all(|name| !name.ends_with(".part")));
}

#[test]
fn visits_are_found_among_the_others_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.parquet");
    let lines = [1, 2, 7, 8, 9, 300, 1, 1, 40, 3].repeat(8);
    let visits: Vec<usize> = lines.iter().enumerate().flat_map(|(visit, lines)| vec![visit; *lines]).collect();
    let columns = [
        ("visit", texts(visits.iter().map(|visit| Some(visit.to_string())))),
        ("row", Arc::new((0..).take(visits.len()).collect::<Int64Array>()) as ArrayRef),
    ];
    let cases = RecordBatch::try_from_iter(columns).unwrap();
    let mut file = Parquet::create(&path, cases.schema_ref()).unwrap();
    file.write(&cases).unwrap();
    file.close().unwrap();
    let wanted: BTreeSet<usize> = (0..visits.len()).step_by(11).chain([0, visits.len() - 1]).collect();
    let found = visits_of(&path, &wanted).unwrap();
    assert!(found.keys().eq(&wanted));
    for (row, found) in found {
        let from = visits.iter().position(|visit| *visit == visits[row]).unwrap();
        let count = visits.iter().filter(|visit| **visit == visits[row]).count();
        assert_eq!(found, cases.slice(from, count), "row {row}");
    }
}
