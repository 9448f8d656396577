//! The order of findings: the time of the return, its file and row, the kind, then its clause and sentence. Each part of a run sorts its own
//! findings into a file; here these files are merged, however many there are, with a few thousand rows of each in memory.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringArray, UInt64Array, new_null_array};
use arrow::compute::{interleave_record_batch, take_record_batch};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use arrow::ipc::CompressionType;
use arrow::ipc::reader::FileReader;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions};
use arrow::record_batch::RecordBatch;
use arrow::row::{Row, RowConverter, Rows, SortField};
use chrono::{DateTime, NaiveDate, NaiveTime};

use super::whole::{FileError, of_arrow};
use crate::finding::Kind;

/// How many files are merged at once; of more, groups are merged first.
const AT_ONCE: usize = 128;
/// How many rows a batch of a sorted file has.
const ROWS: usize = 1024;

/// Makes keys of rows: bytes that are compared as the rows are ordered.
struct Keys(RowConverter);

impl Keys {
    fn new() -> Result<Self, ArrowError> {
        let types = [
            DataType::Boolean,
            DataType::Int64,
            DataType::Utf8,
            DataType::Int64,
            DataType::UInt64,
            DataType::Utf8,
            DataType::Utf8,
            DataType::Utf8,
        ];
        RowConverter::new(types.into_iter().map(SortField::new).collect()).map(Self)
    }

    fn of(&self, findings: &RecordBatch) -> Result<Rows, ArrowError> {
        let texts = |name: &str| -> Option<&StringArray> { findings.column_by_name(name)?.as_string_opt::<i32>() };
        // What is not there is first, as an empty text is.
        let text = |name: &str| -> ArrayRef {
            let told = |row| texts(name).filter(|texts| texts.is_valid(row)).map_or("", |texts| texts.value(row));
            match texts(name) {
                Some(texts) if texts.null_count() == 0 => Arc::new(texts.clone()),
                _ => Arc::new(StringArray::from_iter_values((0..findings.num_rows()).map(told))),
            }
        };
        let number = |name: &str| -> ArrayRef {
            let numbers = findings.column_by_name(name).filter(|column| *column.data_type() == DataType::Int64);
            numbers.map_or_else(|| new_null_array(&DataType::Int64, findings.num_rows()), Arc::clone)
        };
        let at: Int64Array = match texts("at") {
            Some(texts) => texts.iter().map(|text| moment(text?)).collect(),
            None => Int64Array::new_null(findings.num_rows()),
        };
        let timeless: BooleanArray = at.iter().map(|at| Some(at.is_none())).collect();
        let kind = |word: &str| Kind::ALL.iter().position(|kind| kind.word() == word).unwrap_or(Kind::ALL.len());
        let kinds: UInt64Array = match texts("kind") {
            Some(texts) => texts.iter().map(|word| u64::try_from(kind(word.unwrap_or(""))).ok()).collect(),
            None => UInt64Array::new_null(findings.num_rows()),
        };
        self.0.convert_columns(&[
            Arc::new(timeless),
            Arc::new(at),
            text("source"),
            number("row"),
            Arc::new(kinds),
            text("clause"),
            text("message"),
            text("return_line"),
        ])
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
    let keys = Keys::new()?.of(findings)?;
    let mut rows: Vec<(Row<'_>, u64)> = keys.iter().zip(0..).collect();
    rows.sort_unstable();
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
    /// Where its present batch is among those that are held, and its keys.
    held: usize,
    keys: Option<Arc<Rows>>,
    row: usize,
}

/// The next row of a run.
struct Next {
    keys: Arc<Rows>,
    row: usize,
    /// The number of the run.
    run: usize,
}

impl Next {
    fn key(&self) -> (Row<'_>, usize) {
        (self.keys.row(self.row), self.run)
    }
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Next {}

/// The rows of sorted files, in their order, in batches.
pub(crate) struct Merge {
    files: Vec<PathBuf>,
    keys: Keys,
    runs: Vec<Run>,
    held: Vec<RecordBatch>,
    next: BinaryHeap<Reverse<Next>>,
}

impl Merge {
    pub(crate) fn new(mut files: Vec<PathBuf>, work: &Path) -> Result<Self, FileError> {
        let mut level = 0;
        while files.len() > AT_ONCE {
            let mut merged = Vec::new();
            for (at, group) in files.chunks(AT_ONCE).enumerate() {
                let path = work.join(format!("merged-{level}-{at}.arrow"));
                let mut group = Self::of(group.to_vec())?;
                let mut file: Option<Sorted> = None;
                while let Some(batch) = group.batch()? {
                    let sorted = match &mut file {
                        Some(sorted) => sorted,
                        None => file.insert(Sorted::create(&path, batch.schema_ref())?),
                    };
                    sorted.write(&path, &batch)?;
                }
                if let Some(sorted) = file {
                    sorted.finish(&path)?;
                    merged.push(path);
                }
            }
            files = merged;
            level += 1;
        }
        Self::of(files)
    }

    fn of(files: Vec<PathBuf>) -> Result<Self, FileError> {
        let keys = Keys::new().map_err(|error| failed(&files, error))?;
        let mut merge = Self { files, keys, runs: Vec::new(), held: Vec::new(), next: BinaryHeap::new() };
        for path in &merge.files {
            let mut run = Run { path: path.clone(), reader: batches(path)?, held: usize::MAX, keys: None, row: 0 };
            advance(&mut run, &mut merge.held, &merge.keys)?;
            merge.next.extend(run.next(merge.runs.len()).map(Reverse));
            merge.runs.push(run);
        }
        Ok(merge)
    }

    /// The next rows; none: that was all.
    pub(crate) fn batch(&mut self) -> Result<Option<RecordBatch>, FileError> {
        let mut chosen: Vec<(usize, usize)> = Vec::with_capacity(ROWS * 8);
        while chosen.len() < ROWS * 8
            && let Some(Reverse(Next { run: at, .. })) = self.next.pop()
        {
            let Some(run) = self.runs.get_mut(at) else { continue };
            chosen.push((run.held, run.row));
            run.row += 1;
            if self.held.get(run.held).is_none_or(|batch| run.row >= batch.num_rows()) {
                advance(run, &mut self.held, &self.keys)?;
            }
            self.next.extend(run.next(at).map(Reverse));
        }
        if chosen.is_empty() {
            return Ok(None);
        }
        let all: Vec<&RecordBatch> = self.held.iter().collect();
        let batch = interleave_record_batch(&all, &chosen).map_err(|error| failed(&self.files, error))?;
        // Batches that are read to their end are let go.
        let mut kept = Vec::new();
        for run in &mut self.runs {
            if let Some(batch) = self.held.get(run.held) {
                kept.push(batch.clone());
                run.held = kept.len() - 1;
            }
        }
        self.held = kept;
        Ok(Some(batch))
    }
}

fn failed(files: &[PathBuf], error: ArrowError) -> FileError {
    FileError::reading(files.first().map_or(Path::new("findings"), PathBuf::as_path), of_arrow(error))
}

impl Run {
    fn next(&self, run: usize) -> Option<Next> {
        Some(Next { keys: Arc::clone(self.keys.as_ref()?), row: self.row, run })
    }
}

/// Takes the next batch of a run that has rows.
fn advance(run: &mut Run, held: &mut Vec<RecordBatch>, keys: &Keys) -> Result<(), FileError> {
    (run.held, run.keys, run.row) = (usize::MAX, None, 0);
    for batch in run.reader.by_ref() {
        let failed = |error| FileError::reading(&run.path, of_arrow(error));
        let batch = batch.map_err(failed)?;
        if batch.num_rows() > 0 {
            (run.held, run.keys) = (held.len(), Some(Arc::new(keys.of(&batch).map_err(failed)?)));
            held.push(batch);
            break;
        }
    }
    Ok(())
}
