//! What is kept of a part of a run once it is judged: its findings in their order, the cases they are about, and its tally. The tally is
//! written last, and under its name only when all is: a run that goes on takes a part that has one as done.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, Int64Array, StringArray};
use arrow::compute::{concat_batches, filter_record_batch};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::order::{Sorted, sorted};
use super::otherwise::Otherwise;
use super::parquet::Parquet;
use super::stake::{self, Side};
use super::tally::{Flag, Row, Tally};
use super::whole::{FileError, of_arrow};
use crate::finding::finding_schema;
use crate::judge::{Audit, WhatIf, change_schema};

/// The part a finding is from, and the row of its cases that it is about; not in what is written in the end.
pub(crate) const PART: &str = "~part";
pub(crate) const CASE: &str = "~case";

/// What a judged part comes to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Judged {
    pub(crate) tally: Tally,
    /// Under another policy.
    #[serde(default)]
    pub(crate) otherwise: Otherwise,
    pub(crate) findings: u64,
    pub(crate) cases: u64,
    /// How many files of findings there are, and of changes.
    pub(crate) files: [usize; 2],
    /// Of cases with a value that cannot be: source, row, column, value, reason.
    pub(crate) rejects: Vec<[String; 5]>,
}

/// The files of part `number`: of findings.
pub(crate) fn findings_files(work: &Path, number: usize, judged: &Judged) -> impl Iterator<Item = PathBuf> {
    let [findings, _] = judged.files;
    (0..findings).map(move |file| sorted_file(work, number, "findings", file))
}

/// Of changes.
pub(crate) fn changes_files(work: &Path, number: usize, judged: &Judged) -> impl Iterator<Item = PathBuf> {
    let [_, changes] = judged.files;
    (0..changes).map(move |file| sorted_file(work, number, "changes", file))
}

fn sorted_file(work: &Path, number: usize, rows: &str, file: usize) -> PathBuf {
    work.join(format!("judged-{number:05}.{rows}-{file:05}.arrow"))
}

pub(crate) fn cases_file(work: &Path, number: usize) -> PathBuf {
    work.join(format!("judged-{number:05}.cases.parquet"))
}

fn tally_file(work: &Path, number: usize) -> PathBuf {
    work.join(format!("judged-{number:05}.json"))
}

/// What a part came to that an earlier run has finished.
pub(crate) fn judged(work: &Path, number: usize) -> Option<Judged> {
    serde_json::from_slice(&fs::read(tally_file(work, number)).ok()?).ok()
}

/// How many rows are sorted at a time: more are written in several files.
const ROWS: usize = if cfg!(test) { 16 } else { 1 << 16 };

/// Rows of a part on their way into sorted files.
struct Runs<'w> {
    work: &'w Path,
    number: usize,
    name: &'static str,
    schema: Arc<Schema>,
    waiting: Vec<RecordBatch>,
    files: usize,
}

impl Runs<'_> {
    fn push(&mut self, batch: RecordBatch) -> Result<(), FileError> {
        self.waiting.push(batch);
        let waiting: usize = self.waiting.iter().map(RecordBatch::num_rows).sum();
        if waiting >= ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), FileError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let path = sorted_file(self.work, self.number, self.name, self.files);
        let failed = |error: ArrowError| FileError::writing(&path, of_arrow(error));
        let waiting = std::mem::take(&mut self.waiting);
        let all = concat_batches(&self.schema, &waiting).map_err(failed)?;
        drop(waiting);
        let all = sorted(&all).map_err(failed)?;
        let mut file = Sorted::create(&partial(&path), &self.schema)?;
        file.write(&path, &all)?;
        file.finish(&path)?;
        self.files += 1;
        Ok(())
    }

    /// Gives the files their names, and tells how many there are.
    fn finish(mut self) -> Result<usize, FileError> {
        self.write()?;
        (0..self.files).try_for_each(|file| rename(&sorted_file(self.work, self.number, self.name, file)))?;
        Ok(self.files)
    }
}

/// A part that is being judged.
pub(crate) struct Part<'w> {
    work: &'w Path,
    number: usize,
    findings: Runs<'w>,
    changes: Runs<'w>,
    cases: Option<Parquet<BufWriter<File>>>,
    judged: Judged,
}

impl<'w> Part<'w> {
    pub(crate) fn new(work: &'w Path, number: usize) -> Self {
        let runs = |name, schema| Runs { work, number, name, schema, waiting: Vec::new(), files: 0 };
        let findings = runs("findings", hidden_schema(&finding_schema()));
        let changes = runs("changes", Arc::new(change_schema()));
        Self { work, number, findings, changes, cases: None, judged: Judged::default() }
    }

    /// Keeps what was found of a batch of cases. The cases of visits that something was found of are kept too.
    pub(crate) fn push(&mut self, cases: &RecordBatch, audit: &Audit) -> Result<(), FileError> {
        let path = cases_file(self.work, self.number);
        let failed = |error: ArrowError| FileError::writing(&path, of_arrow(error));
        let findings = &audit.findings;
        let returns = returns(cases);
        let flags = flags(&returns, audit);
        let mut rows: Vec<Row> =
            returns.iter().zip(&flags).map(|(of, flag)| Row { of: *of, flag: *flag, rejected: false }).collect();
        for reject in &audit.rejects {
            if let Some(row) = rows.get_mut(reject.case) {
                row.rejected = true;
            }
        }
        self.judged.tally.batch(cases, &rows);
        self.judged.rejects.extend(audit.rejects.iter().map(|reject| {
            let row = reject.row.map(|row| row.to_string());
            let texts = [reject.source.clone(), row, Some(reject.column.clone()), reject.value.clone()];
            let [source, row, column, value] = texts.map(Option::unwrap_or_default);
            [source, row, column, value, reject.reason.clone()]
        }));
        let mask = visits(cases, &flags);
        let places = places(audit, &mask, self.judged.cases);
        let kept = filter_record_batch(cases, &BooleanArray::from(mask)).map_err(failed)?;
        let part: Int64Array = std::iter::repeat_n(i64::try_from(self.number).ok(), findings.num_rows()).collect();
        let schema = Arc::clone(&self.findings.schema);
        let columns = findings.columns().iter().cloned().chain([Arc::new(part) as _, Arc::new(places) as _]);
        self.findings.push(RecordBatch::try_new(schema, columns.collect()).map_err(failed)?)?;
        self.judged.findings += findings.num_rows() as u64;
        if kept.num_rows() > 0 {
            let file = match &mut self.cases {
                Some(file) => file,
                None => self.cases.insert(Parquet::create(&partial(&path), kept.schema_ref())?),
            };
            file.write(&kept)?;
            self.judged.cases += kept.num_rows() as u64;
        }
        Ok(())
    }

    /// Keeps what a batch comes to under another policy.
    pub(crate) fn otherwise(&mut self, what_if: WhatIf) -> Result<(), FileError> {
        self.judged.otherwise.count(&what_if.totals);
        self.changes.push(what_if.changes)
    }

    /// Gives the files their names.
    pub(crate) fn finish(mut self) -> Result<Judged, FileError> {
        self.judged.files = [self.findings.finish()?, self.changes.finish()?];
        if let Some(file) = self.cases {
            let path = cases_file(self.work, self.number);
            file.close()?;
            rename(&path)?;
        }
        let path = tally_file(self.work, self.number);
        let text = serde_json::to_vec(&self.judged).map_err(|error| FileError::writing(&path, error))?;
        fs::write(partial(&path), text).map_err(|error| FileError::writing(&path, error))?;
        rename(&path)?;
        Ok(self.judged)
    }
}

fn partial(path: &Path) -> PathBuf {
    path.with_extension("part")
}

fn rename(path: &Path) -> Result<(), FileError> {
    fs::rename(partial(path), path).map_err(|error| FileError::writing(path, error))
}

fn hidden_schema(findings: &Schema) -> Arc<Schema> {
    let hidden = [PART, CASE].map(|name| Arc::new(Field::new(name, DataType::Int64, true)));
    Arc::new(Schema::new(findings.fields().iter().cloned().chain(hidden).collect::<Vec<_>>()))
}

fn text<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a StringArray> {
    batch.column_by_name(name)?.as_string_opt::<i32>()
}

/// File and row of the return of each case.
fn names(batch: &RecordBatch) -> impl Iterator<Item = (&str, i64)> {
    let source = text(batch, "source");
    let rows: Option<&Int64Array> =
        batch.column_by_name("row").and_then(|column| column.as_primitive_opt::<Int64Type>());
    (0..batch.num_rows()).map(move |row| {
        let source = source.filter(|source| source.is_valid(row)).map_or("", |source| source.value(row));
        (source, rows.filter(|rows| rows.is_valid(row)).map_or(-1, |rows| rows.value(row)))
    })
}

/// By case, the first one of the same return.
fn returns(cases: &RecordBatch) -> Vec<usize> {
    let mut first: FxHashMap<(&str, i64), usize> = FxHashMap::default();
    names(cases).enumerate().map(|(row, name)| *first.entry(name).or_insert(row)).collect()
}

/// What was found of the return of each case.
fn flags(returns: &[usize], audit: &Audit) -> Vec<Flag> {
    let mut found = vec![Flag::Nothing; returns.len()];
    let kinds = text(&audit.findings, "kind");
    for (row, case) in audit.cases.iter().enumerate() {
        let kind = kinds.and_then(|kinds| stake::kind(kinds.value(row)));
        let flag = match kind.map(stake::side) {
            Some(Side::Paid) => Flag::PaidWrongly,
            Some(Side::Owed | Side::Unproven) | None => Flag::Something,
        };
        if let Some(known) = returns.get(*case).and_then(|of| found.get_mut(*of)) {
            *known = flag.max(*known);
        }
    }
    returns.iter().map(|of| found.get(*of).copied().unwrap_or_default()).collect()
}

/// The cases of visits of which something was found: lines of a visit are decided together.
fn visits(cases: &RecordBatch, flags: &[Flag]) -> Vec<bool> {
    let mut mask: Vec<bool> = flags.iter().map(|flag| *flag != Flag::Nothing).collect();
    let mut from = 0;
    while from < mask.len() {
        let to = end(cases, from);
        if let Some(lines) = mask.get_mut(from..to) {
            let any = lines.contains(&true);
            lines.fill(any);
        }
        from = to;
    }
    mask
}

/// Whether two cases are of one visit.
fn together(cases: &RecordBatch, one: usize, other: usize) -> bool {
    let cell =
        |name: &str, row: usize| text(cases, name).filter(|texts| texts.is_valid(row)).map(|texts| texts.value(row));
    cell("visit", one).is_some() && ["visit", "store"].into_iter().all(|name| cell(name, one) == cell(name, other))
}

/// Where the visit that begins at a row ends.
fn end(cases: &RecordBatch, from: usize) -> usize {
    (from + 1..cases.num_rows()).find(|row| !together(cases, from, *row)).unwrap_or(cases.num_rows())
}

/// The cases of the visit of a row.
pub(crate) fn visit(cases: &RecordBatch, row: usize) -> RecordBatch {
    let row = row.min(cases.num_rows().saturating_sub(1));
    let from = (0..row).rev().take_while(|other| together(cases, row, *other)).last().unwrap_or(row);
    cases.slice(from, end(cases, row).min(cases.num_rows()) - from)
}

/// For each finding, the row of the kept cases that it is about.
fn places(audit: &Audit, mask: &[bool], before: u64) -> Int64Array {
    let mut next = i64::try_from(before).unwrap_or(i64::MAX);
    let place = |kept: &bool| {
        let place = kept.then_some(next);
        next = next.saturating_add(i64::from(*kept));
        place
    };
    let places: Vec<Option<i64>> = mask.iter().map(place).collect();
    audit.cases.iter().map(|case| places.get(*case).copied().flatten()).collect()
}
