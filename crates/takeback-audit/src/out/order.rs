//! The order of findings: the time of the return, its file and row, the kind, then its clause and sentence. Each part of a run sorts its own
//! findings into a file; here these files are merged, however many there are, with a few thousand rows of each in memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use arrow::array::{Array, AsArray, Int64Array, UInt64Array};
use arrow::compute::{interleave_record_batch, take_record_batch};
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use arrow::ipc::CompressionType;
use arrow::ipc::reader::FileReader;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions};
use arrow::record_batch::RecordBatch;
use chrono::{DateTime, NaiveDate, NaiveTime};

use super::whole::{FileError, of_arrow};
use crate::finding::Kind;

/// How many files are merged at once; of more, groups are merged first.
const AT_ONCE: usize = 128;
/// How many rows a batch of a sorted file has.
const ROWS: usize = 1024;

/// Where a finding stands in the order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Without a time last.
    at: (bool, i64),
    source: String,
    row: i64,
    kind: usize,
    rest: String,
}

fn key(findings: &RecordBatch, row: usize) -> Key {
    let text = |name: &str| -> &str {
        let column = findings.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
        column.filter(|column| column.is_valid(row)).map_or("", |column| column.value(row))
    };
    let number = |name: &str| -> Option<i64> {
        let column: &Int64Array = findings.column_by_name(name)?.as_primitive_opt::<Int64Type>()?;
        column.is_valid(row).then(|| column.value(row))
    };
    let at = moment(text("at"));
    let kind = Kind::ALL.iter().position(|kind| kind.word() == text("kind")).unwrap_or(Kind::ALL.len());
    Key {
        at: (at.is_none(), at.unwrap_or(0)),
        source: text("source").to_owned(),
        row: number("row").unwrap_or(i64::MIN),
        kind,
        rest: format!("{}\0{}\0{}", text("clause"), text("message"), text("return_line")),
    }
}

/// Microseconds since 1970 of a moment; of a day, of its first moment in UTC.
pub(crate) fn moment(text: &str) -> Option<i64> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(moment) => Some(moment.timestamp_micros()),
        Err(_) => {
            let day: NaiveDate = text.parse().ok()?;
            Some(day.and_time(NaiveTime::MIN).and_utc().timestamp_micros())
        }
    }
}

/// The rows in their order.
pub(crate) fn sorted(findings: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let mut rows: Vec<(Key, u64)> =
        (0..findings.num_rows()).zip(0_u64..).map(|(row, at)| (key(findings, row), at)).collect();
    rows.sort();
    let rows: UInt64Array = rows.into_iter().map(|(_, at)| at).collect();
    take_record_batch(findings, &rows)
}

/// A sorted file.
pub(crate) struct Sorted {
    writer: FileWriter<std::io::BufWriter<File>>,
}

impl Sorted {
    pub(crate) fn create(path: &Path, schema: &arrow::datatypes::Schema) -> Result<Self, FileError> {
        let failed = |error| FileError::writing(path, error);
        let file = File::create(path).map_err(failed)?;
        let options = IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME));
        let writer = options.and_then(|options| {
            FileWriter::try_new_with_options(std::io::BufWriter::with_capacity(1 << 17, file), schema, options)
        });
        Ok(Self { writer: writer.map_err(|error| failed(of_arrow(error)))? })
    }

    pub(crate) fn write(&mut self, path: &Path, batch: &RecordBatch) -> Result<(), FileError> {
        for from in (0..batch.num_rows()).step_by(ROWS) {
            let slice = batch.slice(from, ROWS.min(batch.num_rows() - from));
            self.writer.write(&slice).map_err(|error| FileError::writing(path, of_arrow(error)))?;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self, path: &Path) -> Result<(), FileError> {
        self.writer.finish().map_err(|error| FileError::writing(path, of_arrow(error)))
    }
}

/// Reads a file of batches.
pub(crate) fn batches(path: &Path) -> Result<FileReader<BufReader<File>>, FileError> {
    let file = File::open(path).map_err(|error| FileError::reading(path, error))?;
    FileReader::try_new(BufReader::new(file), None).map_err(|error| FileError::reading(path, of_arrow(error)))
}

/// A sorted file that is being read.
struct Run {
    path: PathBuf,
    reader: FileReader<BufReader<File>>,
    /// Where its present batch is among those that are held.
    held: usize,
    row: usize,
}

/// Gives all rows of sorted files to `out`, in their order, in batches.
pub(crate) fn merge(
    mut files: Vec<PathBuf>,
    work: &Path,
    out: &mut dyn FnMut(&RecordBatch) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let mut level = 0;
    while files.len() > AT_ONCE {
        let mut merged = Vec::new();
        for (at, group) in files.chunks(AT_ONCE).enumerate() {
            let path = work.join(format!("merged-{level}-{at}.arrow"));
            let mut file: Option<Sorted> = None;
            merge_now(group, &mut |batch| {
                let sorted = match &mut file {
                    Some(sorted) => sorted,
                    None => file.insert(Sorted::create(&path, batch.schema_ref())?),
                };
                sorted.write(&path, batch)
            })?;
            if let Some(sorted) = file {
                sorted.finish(&path)?;
                merged.push(path);
            }
        }
        files = merged;
        level += 1;
    }
    merge_now(&files, out)
}

fn merge_now(files: &[PathBuf], out: &mut dyn FnMut(&RecordBatch) -> Result<(), FileError>) -> Result<(), FileError> {
    let mut held: Vec<RecordBatch> = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    let mut next: BinaryHeap<Reverse<(Key, usize)>> = BinaryHeap::new();
    for path in files {
        let mut run = Run { path: path.clone(), reader: batches(path)?, held: 0, row: 0 };
        if let Some(key) = advance(&mut run, &mut held)? {
            next.push(Reverse((key, runs.len())));
            runs.push(run);
        }
    }
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    while let Some(Reverse((_, at))) = next.pop() {
        let Some(run) = runs.get_mut(at) else { continue };
        chosen.push((run.held, run.row));
        run.row += 1;
        let left = held.get(run.held).is_some_and(|batch| run.row < batch.num_rows());
        let key = if left { held.get(run.held).map(|batch| key(batch, run.row)) } else { advance(run, &mut held)? };
        if let Some(key) = key {
            next.push(Reverse((key, at)));
        } else {
            run.held = usize::MAX;
        }
        if chosen.len() >= ROWS * 8 || next.is_empty() {
            let all: Vec<&RecordBatch> = held.iter().collect();
            let batch = interleave_record_batch(&all, &chosen).map_err(|error| failed(files, error))?;
            chosen.clear();
            out(&batch)?;
            // Batches that are read to their end are let go.
            let mut kept = Vec::new();
            for run in &mut runs {
                if let Some(batch) = held.get(run.held) {
                    kept.push(batch.clone());
                    run.held = kept.len() - 1;
                }
            }
            held = kept;
        }
    }
    Ok(())
}

fn failed(files: &[PathBuf], error: ArrowError) -> FileError {
    FileError::reading(files.first().map_or(Path::new("findings"), PathBuf::as_path), of_arrow(error))
}

/// Takes the next batch of a run that has rows; the key of its first row.
fn advance(run: &mut Run, held: &mut Vec<RecordBatch>) -> Result<Option<Key>, FileError> {
    for batch in run.reader.by_ref() {
        let batch = batch.map_err(|error| FileError::reading(&run.path, of_arrow(error)))?;
        if batch.num_rows() > 0 {
            let first = key(&batch, 0);
            run.held = held.len();
            run.row = 0;
            held.push(batch);
            return Ok(Some(first));
        }
    }
    Ok(None)
}
