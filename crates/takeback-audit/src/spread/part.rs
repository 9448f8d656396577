//! Parts on disk: Arrow IPC files, compressed with zstd, that have their names only when they are whole.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::CompressionType;
use arrow::ipc::reader::FileReader;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;

use super::{AuditError, io_error, work};

/// Rows of a part that are gathered before they are written,
const ROWS: usize = 8192;
/// and rows of all parts together: many parts write fewer at a time.
const WAITING: usize = 1 << 18;
/// Of zstd: what is written once and read once is better packed fast than small.
const LEVEL: i32 = -1;

/// Batches on their way into parts.
pub(crate) struct Shuffle {
    schema: SchemaRef,
    parts: Vec<Mutex<Part>>,
    /// How many rows of a part are gathered.
    most: usize,
}

struct Part {
    path: PathBuf,
    writer: Option<FileWriter<BufWriter<File>>>,
    waiting: Vec<RecordBatch>,
    rows: usize,
}

fn file(folder: &Path, name: &str, part: usize) -> PathBuf {
    folder.join(format!("{name}-{part:04}.arrow"))
}

/// The name of a file that is not whole yet.
pub(super) fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    PathBuf::from(name)
}

impl Shuffle {
    pub(crate) fn create(folder: &Path, name: &str, schema: &SchemaRef, parts: usize) -> Result<Self, AuditError> {
        fs::create_dir_all(folder).map_err(io_error(folder))?;
        let part =
            |part| Mutex::new(Part { path: file(folder, name, part), writer: None, waiting: Vec::new(), rows: 0 });
        let most = (WAITING / parts.max(1)).clamp(1, ROWS);
        Ok(Self { schema: SchemaRef::clone(schema), parts: (0..parts).map(part).collect(), most })
    }

    /// Adds batches to their parts, in the order of the list.
    pub(crate) fn add(&self, batches: &[&[(usize, RecordBatch)]]) -> Result<(), AuditError> {
        self.parts.par_iter().enumerate().try_for_each(|(number, part)| {
            let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
            for (_, batch) in batches.iter().flat_map(|batches| batches.iter()).filter(|(of, _)| *of == number) {
                part.rows += batch.num_rows();
                part.waiting.push(batch.clone());
            }
            if part.rows >= self.most { part.write(&self.schema) } else { Ok(()) }
        })
    }

    /// Writes what is left, and gives the parts their names. A part without rows has no file.
    pub(crate) fn finish(self) -> Result<(), AuditError> {
        let schema = self.schema;
        self.parts.into_par_iter().try_for_each(|part| {
            let mut part = part.into_inner().unwrap_or_else(PoisonError::into_inner);
            part.write(&schema)?;
            part.finish()
        })
    }
}

impl Part {
    fn write(&mut self, schema: &SchemaRef) -> Result<(), AuditError> {
        if self.rows == 0 {
            return Ok(());
        }
        let path = unfinished(&self.path);
        let batch = concat_batches(schema, &self.waiting).map_err(|error| failed(&path, error))?;
        (self.waiting, self.rows) = (Vec::new(), 0);
        if self.writer.is_none() {
            let out = BufWriter::new(File::create(&path).map_err(io_error(&path))?);
            let options = IpcWriteOptions::default()
                .try_with_compression(Some(CompressionType::ZSTD))
                .and_then(|options| options.try_with_compression_level(Some(LEVEL)))
                .map_err(|error| failed(&path, error))?;
            let writer =
                FileWriter::try_new_with_options(out, schema, options).map_err(|error| failed(&path, error))?;
            self.writer = Some(writer);
        }
        match &mut self.writer {
            Some(writer) => writer.write(&batch).map_err(|error| failed(&path, error)),
            None => Ok(()),
        }
    }

    fn finish(self) -> Result<(), AuditError> {
        let Some(writer) = self.writer else { return Ok(()) };
        let path = unfinished(&self.path);
        let mut out = writer.into_inner().map_err(|error| failed(&path, error))?;
        out.flush().map_err(io_error(&path))?;
        fs::rename(&path, &self.path).map_err(io_error(&self.path))
    }
}

/// An error of Arrow, which may be one of the disk.
fn failed(path: &Path, error: ArrowError) -> AuditError {
    match error {
        ArrowError::IoError(_, error) => io_error(path)(error),
        error => work(path, error),
    }
}

/// The rows of a part, as one batch; none where the part has no rows.
pub(crate) fn read_part(folder: &Path, name: &str, part: usize) -> Result<Option<RecordBatch>, AuditError> {
    read_columns(folder, name, part, &|_| true)
}

/// The same with some of its columns; those that are not wanted are not unpacked.
pub(crate) fn read_columns(
    folder: &Path,
    name: &str,
    part: usize,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Option<RecordBatch>, AuditError> {
    let path = file(folder, name, part);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error(&path)(error)),
    };
    let read = || {
        let reader = FileReader::try_new(BufReader::new(file), None)?;
        let schema = reader.schema();
        let columns: Vec<usize> = schema
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| wanted(field.name()))
            .map(|(place, _)| place)
            .collect();
        let reader = match columns.len() == schema.fields().len() {
            true => reader,
            false => FileReader::try_new(BufReader::new(File::open(&path)?), Some(columns))?,
        };
        let all = reader.schema();
        let batches = reader.collect::<Result<Vec<_>, _>>()?;
        let schema = batches.first().map_or(all, RecordBatch::schema);
        // Small parts are one batch already.
        match batches.as_slice() {
            [batch] => Ok(batch.clone()),
            batches => concat_batches(&schema, batches),
        }
    };
    read().map(Some).map_err(|error| failed(&path, error))
}

/// Writes a file that has its name only when it is whole.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), AuditError> {
    let part = unfinished(path);
    let write = || {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(io_error(&part))?;
    fs::rename(&part, path).map_err(io_error(path))
}
