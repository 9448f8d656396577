//! The order of findings: the time of the return, its file and row, the kind, then its clause and sentence. Each part of a run sorts its own
//! findings into a file; here these files are merged, however many there are, with a few thousand rows of each in memory.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, AsArray, Int64Array, StringArray, UInt64Array};
use arrow::compute::{interleave_record_batch, take_record_batch};
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use arrow::ipc::CompressionType;
use arrow::ipc::reader::FileReader;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions};
use arrow::record_batch::RecordBatch;
use chrono::{DateTime, NaiveDate, NaiveTime};

use super::tally::text_at;
use super::whole::{FileError, of_arrow};
use crate::finding::Kind;

/// How many files are merged at once; of more, groups are merged first.
const AT_ONCE: usize = 128;
/// How many rows a batch of a sorted file has.
const ROWS: usize = 1024;

/// What rows are ordered by.
struct Keys {
    /// Those whose time is not known come last.
    at: Vec<(bool, Option<i64>)>,
    kinds: Vec<usize>,
    rows: Option<Int64Array>,
    source: Option<StringArray>,
    /// Clause, sentence, line.
    rest: [Option<StringArray>; 3],
}

impl Keys {
    fn of(findings: &RecordBatch) -> Self {
        let texts = |name: &str| -> Option<&StringArray> { findings.column_by_name(name)?.as_string_opt::<i32>() };
        let rows = || -> Option<&Int64Array> { findings.column_by_name("row")?.as_primitive_opt::<Int64Type>() };
        let mut last = ("", None);
        let at = |row| {
            // Most have the time of the one before.
            let text = text_at(texts("at"), row).unwrap_or_default();
            if text != last.0 {
                last = (text, moment(text));
            }
            (last.1.is_none(), last.1)
        };
        let kind = |row| {
            let word = text_at(texts("kind"), row).unwrap_or_default();
            Kind::ALL.iter().position(|kind| kind.word() == word).unwrap_or(Kind::ALL.len())
        };
        Self {
            at: (0..findings.num_rows()).map(at).collect(),
            kinds: (0..findings.num_rows()).map(kind).collect(),
            rows: rows().cloned(),
            source: texts("source").cloned(),
            rest: ["clause", "message", "return_line"].map(|name| texts(name).cloned()),
        }
    }

    fn compare(&self, row: usize, other: &Self, of_other: usize) -> Ordering {
        let number =
            |keys: &Self, row| keys.rows.as_ref().filter(|rows| rows.is_valid(row)).map(|rows| rows.value(row));
        let at = self.at.get(row).cmp(&other.at.get(of_other));
        at.then_with(|| text(&self.source, row).cmp(text(&other.source, of_other)))
            .then_with(|| number(self, row).cmp(&number(other, of_other)))
            .then_with(|| self.kinds.get(row).cmp(&other.kinds.get(of_other)))
            .then_with(|| {
                let rest = self.rest.iter().map(|texts| text(texts, row));
                rest.cmp(other.rest.iter().map(|texts| text(texts, of_other)))
            })
    }
}

/// A text; what is not there is first, as an empty text is.
fn text(texts: &Option<StringArray>, row: usize) -> &str {
    text_at(texts.as_ref(), row).unwrap_or_default()
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
    let keys = Keys::of(findings);
    let mut rows: Vec<usize> = (0..findings.num_rows()).collect();
    rows.sort_by(|one, other| keys.compare(*one, &keys, *other));
    let rows: UInt64Array = rows.into_iter().map(|row| row as u64).collect();
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
    keys: Option<Arc<Keys>>,
    row: usize,
}

/// The next row of a run.
struct Next {
    keys: Arc<Keys>,
    row: usize,
    /// The number of the run.
    run: usize,
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        self.keys.compare(self.row, &other.keys, other.row).then(self.run.cmp(&other.run))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Next {}

/// The rows of sorted files, in their order, in batches.
pub(crate) struct Merge {
    files: Vec<PathBuf>,
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
        let mut merge = Self { files, runs: Vec::new(), held: Vec::new(), next: BinaryHeap::new() };
        for path in &merge.files {
            let mut run = Run { path: path.clone(), reader: batches(path)?, held: usize::MAX, keys: None, row: 0 };
            advance(&mut run, &mut merge.held)?;
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
                advance(run, &mut self.held)?;
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
fn advance(run: &mut Run, held: &mut Vec<RecordBatch>) -> Result<(), FileError> {
    (run.held, run.keys, run.row) = (usize::MAX, None, 0);
    for batch in run.reader.by_ref() {
        let batch = batch.map_err(|error| FileError::reading(&run.path, of_arrow(error)))?;
        if batch.num_rows() > 0 {
            (run.held, run.keys) = (held.len(), Some(Arc::new(Keys::of(&batch))));
            held.push(batch);
            break;
        }
    }
    Ok(())
}
