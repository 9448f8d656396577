//! The first stage: every row of the inputs is read, mapped, and put into the part of the work folder that its key belongs to.
//!
//! What a return is linked with has the same key, and so lies in the same part: parts can be worked on one by one, and each fits into
//! memory. How many there are goes by the bytes of the inputs, never by threads. Parts get their names when they are whole, and
//! `spread.json` is written when all are; a run that finds it goes on from there.

mod part;
mod rejected;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use arrow::array::{Array, AsArray, StringArray, UInt64Array};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::map::{Mapped, Rows, schema};
use crate::mapping::{LinkBy, Mapping, Problems, Table};
use crate::read::{Block, Input, InputError, OpenError, Reader};

pub(crate) use part::{Shuffle, read_columns, read_part, write_whole};
pub(crate) use rejected::Kinds;
pub use rejected::RejectKind;
use rejected::Rejects;

/// Bytes of input for one part.
const PART: u64 = 32 << 20;
const MOST_PARTS: u64 = 256;
/// Parts of an input whose size nobody knows.
const OF_STDIN: u64 = 32;

/// What the first stage found: every row of every file is accounted for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// By file, the rows that were read as lines of sales.
    pub sales: Vec<(String, Rows)>,
    /// By file, the rows that were read as returns.
    pub returns: Vec<(String, Rows)>,
    /// Mapped lines of sales that have no key, so that no return can find them.
    pub sales_without_key: u64,
    /// Rejects by table, column and reason, with the first of each.
    pub rejects: Vec<RejectKind>,
    /// How many parts there are.
    pub parts: usize,
    /// The files, each once, as they were when they were read.
    pub files: Vec<FileRead>,
    fingerprint: String,
}

/// A file that was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// As it was named.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// The SHA-256 of what was read, in hexadecimal digits; empty: it came through a pipe.
    pub sha256: String,
}

impl Spread {
    /// The rows of all files of sales, and of all files of returns.
    pub fn totals(&self) -> (Rows, Rows) {
        let total = |files: &[(String, Rows)]| {
            let mut total = Rows::default();
            files.iter().for_each(|(_, rows)| total.add(rows));
            total
        };
        (total(&self.sales), total(&self.returns))
    }

    /// The files in which there was no row, each once.
    pub fn without_rows(&self) -> Vec<String> {
        let empty = self.sales.iter().chain(&self.returns).filter(|(_, rows)| rows.read == 0);
        empty.map(|(name, _)| name.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// What is wanted of the first stage.
#[derive(Clone, Debug, Default)]
pub struct SpreadOptions {
    /// More rejects than this end the run; none: any number is told and left at that.
    pub max_rejects: Option<u64>,
    /// How many parts; none: by the bytes of the inputs.
    pub parts: Option<usize>,
    /// Where rejects are written, as CSV.
    pub rejects: PathBuf,
}

/// How far the first stage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The file that is read.
    pub source: &'a str,
    /// Rows that were read so far, of all files.
    pub rows: u64,
    /// Bytes that were read so far, of all files.
    pub bytes: u64,
}

/// Why a stage did not come to its end.
#[derive(Debug)]
pub enum AuditError {
    /// An input cannot be read.
    Input(InputError),
    /// The inputs do not have what the mapping names.
    Mapping(Problems),
    /// Something cannot be written or read again.
    Work {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// There are more rejects than were allowed.
    Rejects {
        /// So many when the run ended.
        count: u64,
        /// The first of each kind.
        kinds: Vec<RejectKind>,
    },
    /// It was asked to end.
    Stopped,
}

impl fmt::Display for AuditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Mapping(problems) => problems.fmt(f),
            Self::Work { path, message } => write!(f, "`{}`: {message}", path.display()),
            Self::Rejects { count, kinds } => {
                write!(f, "{count} rows were rejected")?;
                kinds.iter().try_for_each(|kind| write!(f, "; {kind}"))
            }
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for AuditError {}

impl From<InputError> for AuditError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

pub(crate) fn work(path: &Path, error: impl fmt::Display) -> AuditError {
    AuditError::Work { path: path.to_owned(), message: error.to_string() }
}

/// Reads, maps and spreads the inputs into `folder`. `told` hears how far it is, and ends it by answering false. Where the folder holds the
/// whole result of the same inputs and mapping, nothing is read again.
pub fn spread(
    mapping: &Mapping,
    (sales, returns): (&[Input], &[Input]),
    folder: &Path,
    options: &SpreadOptions,
    told: &(dyn Fn(&Reading<'_>) -> bool + Sync),
) -> Result<Spread, AuditError> {
    fit(mapping, sales, returns)?;
    let fingerprint = fingerprint(mapping, sales, returns, options);
    let done = folder.join("spread.json");
    if let Some(known) = known(&done).filter(|known| known.fingerprint == fingerprint && options.rejects.exists()) {
        return Ok(known);
    }
    clear(folder)?;
    let parts = options.parts.unwrap_or_else(|| parts(sales.iter().chain(returns)));
    let mut out = Spread { parts, fingerprint, ..Spread::default() };
    let mut rejects = Rejects::create(&options.rejects)?;
    let mut stage = Stage {
        mapping,
        folder,
        parts,
        told,
        rejects: &mut rejects,
        most: options.max_rejects,
        rows: 0,
        bytes: 0,
        files: Vec::new(),
    };
    let mut problems = Vec::new();
    if let Some(table) = &mapping.sale {
        let (files, without) = stage.table(table, sales, true, &mut problems)?;
        (out.sales, out.sales_without_key) = (files, without);
    }
    (out.returns, _) = stage.table(&mapping.returns, returns, false, &mut problems)?;
    out.files = std::mem::take(&mut stage.files);
    if !problems.is_empty() {
        return Err(AuditError::Mapping(Problems::new(&mapping.name, &mapping.text, problems)));
    }
    out.rejects = rejects.finish()?;
    let text = serde_json::to_string_pretty(&out).map_err(|error| work(&done, error))?;
    write_whole(&done, text.as_bytes())?;
    Ok(out)
}

/// Whether the files are those that the mapping speaks of.
fn fit(mapping: &Mapping, sales: &[Input], returns: &[Input]) -> Result<(), AuditError> {
    let wrong = |message: &str, help: &str| Err(InputError::new(&mapping.name, message).help(help).into());
    match (&mapping.sale, sales.is_empty()) {
        (Some(_), true) => return wrong("it has a table `[sale]`, and no files of sales are named", "name them"),
        (None, false) => {
            let help = "without a table `[sale]`, or where returns carry their sales, there are only returns";
            return wrong("it has no table `[sale]` for the files of sales", help);
        }
        (Some(_), false) | (None, true) => {}
    }
    if sales.iter().chain(returns).filter(|input| input.is_stdin()).count() > 1 {
        return wrong(
            "the standard input holds both sales and returns, and can be read once only",
            "put it into a file",
        );
    }
    Ok(())
}

fn known(path: &Path) -> Option<Spread> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Parts of an earlier run with other inputs are of no use. Nothing else in the folder is touched.
fn clear(folder: &Path) -> Result<(), AuditError> {
    fs::create_dir_all(folder).map_err(|error| work(folder, error))?;
    let entries = fs::read_dir(folder).map_err(|error| work(folder, error))?;
    for entry in entries {
        let path = entry.map_err(|error| work(folder, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part =
            ["sales-", "returns-", "cases-"].iter().any(|begin| name.starts_with(begin)) && name.contains(".arrow");
        let stage = ["spread.json", "cases.json", "history"].iter().any(|stage| name.starts_with(stage));
        if part || stage {
            fs::remove_file(&path).map_err(|error| work(&path, error))?;
        }
    }
    Ok(())
}

/// What the result of this stage depends on. Files are told apart by name, length and the time of their last change; their hashes come of reading them.
fn fingerprint(mapping: &Mapping, sales: &[Input], returns: &[Input], options: &SpreadOptions) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{} {:?} {:?}\n", env!("CARGO_PKG_VERSION"), options.parts, options.max_rejects);
    for (kind, files) in [("sales", sales), ("returns", returns)] {
        for file in files {
            let _ = writeln!(text, "{kind} {} {:?} {:?}", file.name, file.bytes(), file.changed());
        }
    }
    text.push_str(&mapping.text);
    let mut hash = String::new();
    use sha2::Digest as _;
    for byte in sha2::Sha256::digest(text.as_bytes()) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

fn parts<'i>(inputs: impl Iterator<Item = &'i Input>) -> usize {
    let sizes = inputs.map(|input| match input.bytes() {
        // What is packed is about eight times as large.
        Some(bytes) if input.is_packed() => bytes.saturating_mul(8),
        Some(bytes) => bytes,
        None => OF_STDIN * PART,
    });
    let bytes = sizes.fold(0, u64::saturating_add);
    usize::try_from((bytes / PART + 1).min(MOST_PARTS)).unwrap_or(1)
}

struct Stage<'a> {
    mapping: &'a Mapping,
    folder: &'a Path,
    parts: usize,
    told: &'a (dyn Fn(&Reading<'_>) -> bool + Sync),
    rejects: &'a mut Rejects,
    most: Option<u64>,
    rows: u64,
    /// Of the files that were read to their end.
    bytes: u64,
    files: Vec<FileRead>,
}

impl Stage<'_> {
    /// Reads the files of one table.
    fn table(
        &mut self,
        table: &Table,
        files: &[Input],
        of_sale: bool,
        problems: &mut Vec<crate::mapping::Problem>,
    ) -> Result<(Vec<(String, Rows)>, u64), AuditError> {
        let name = if of_sale { "sales" } else { "returns" };
        let shuffle = Shuffle::create(self.folder, name, &schema(table), self.parts)?;
        let (mut counted, mut without) = (Vec::new(), 0);
        for file in files {
            let reader = match Reader::open(file, table) {
                Ok(reader) => reader,
                Err(OpenError::Input(error)) => return Err(error.into()),
                Err(OpenError::Columns(found)) => {
                    let new = found.into_iter().filter(|problem| !problems.contains(problem)).collect::<Vec<_>>();
                    problems.extend(new);
                    continue;
                }
            };
            // With columns missing nothing comes of it; the other files are opened for what they lack.
            if problems.is_empty() {
                counted.push((file.name.clone(), self.file(table, file, of_sale, reader, &shuffle, &mut without)?));
            }
            self.bytes += file.bytes().unwrap_or_default();
        }
        if problems.is_empty() {
            shuffle.finish()?;
        }
        Ok((counted, without))
    }

    /// Reads one file. While blocks are mapped, the next ones are read.
    fn file(
        &mut self,
        table: &Table,
        file: &Input,
        of_sale: bool,
        mut reader: Reader,
        shuffle: &Shuffle,
        without: &mut u64,
    ) -> Result<Rows, AuditError> {
        let at_once = reader.at_once(rayon::current_num_threads());
        let shape = reader.shape().clone();
        let by = self.mapping.link.by;
        let parts = self.parts;
        let mut rows = Rows::default();
        let mut blocks = some(&mut reader, at_once)?;
        while !blocks.is_empty() {
            let (next, mapped) = rayon::join(
                || some(&mut reader, at_once),
                || {
                    let map = |block: &Block| -> Result<(Mapped, Keyed), AuditError> {
                        let mapped = shape.map(table, &file.name, of_sale, block)?;
                        let keyed =
                            keyed(&mapped.batch, by, of_sale, parts).map_err(|error| work(self.folder, error))?;
                        Ok((mapped, keyed))
                    };
                    blocks.par_iter().map(map).collect::<Result<Vec<_>, AuditError>>()
                },
            );
            let mapped = mapped?;
            let spread: Vec<&[(usize, RecordBatch)]> = mapped.iter().map(|(_, keyed)| &*keyed.batches).collect();
            shuffle.add(&spread)?;
            for (mapped, keyed) in mapped {
                self.rejects.add(&mapped.rejects)?;
                rows.add(&mapped.rows);
                self.rows += mapped.rows.read;
                *without += keyed.without;
            }
            if let Some(most) = self.most
                && self.rejects.count() > most
            {
                return Err(AuditError::Rejects { count: self.rejects.count(), kinds: self.rejects.kinds() });
            }
            let reading = Reading { source: &file.name, rows: self.rows, bytes: self.bytes + reader.bytes() };
            if !(self.told)(&reading) {
                return Err(AuditError::Stopped);
            }
            blocks = next?;
        }
        // Where a file is read as sales and as returns, it is hashed once.
        if !self.files.iter().any(|known| known.name == file.name) {
            let (bytes, sha256) = reader.hash(file)?;
            self.files.push(FileRead { name: file.name.clone(), bytes, sha256 });
        }
        Ok(rows)
    }
}

fn some(reader: &mut Reader, most: usize) -> Result<Vec<Block>, InputError> {
    let mut blocks = Vec::new();
    while blocks.len() < most
        && let Some(block) = reader.next()?
    {
        blocks.push(block);
    }
    Ok(blocks)
}

/// A batch, split by part.
struct Keyed {
    batches: Vec<(usize, RecordBatch)>,
    /// Sale lines without a key.
    without: u64,
}

/// The columns whose values are the key of a row.
fn key_columns(by: LinkBy, of_sale: bool) -> &'static [&'static str] {
    match (by, of_sale) {
        (LinkBy::ReceiptAndLine | LinkBy::ReceiptAndSku, _) => &["sale"],
        // Other articles of the same sale belong to it.
        (LinkBy::CustomerAndSku, _) => &["customer"],
        (LinkBy::Joined, _) => &["sale.sale"],
        (LinkBy::Nothing, _) => &["visit"],
    }
}

fn keyed(batch: &RecordBatch, by: LinkBy, of_sale: bool, parts: usize) -> Result<Keyed, arrow::error::ArrowError> {
    let columns: Vec<&StringArray> =
        key_columns(by, of_sale).iter().filter_map(|name| text_column(batch, name)).collect();
    let numbers = batch.column_by_name("row").map(|row| row.as_primitive::<arrow::datatypes::Int64Type>());
    let mut by_part: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    let mut without = 0;
    for row in 0..batch.num_rows() {
        let mut hash = Hash::default();
        let whole = !columns.is_empty() && columns.iter().all(|column| !column.is_null(row));
        if whole {
            columns.iter().for_each(|column| hash.text(column.value(row)));
        } else if of_sale {
            without += 1;
            continue;
        } else {
            // A row without a key is linked with nothing; any part will do, as long as it is always the same.
            hash.text(&numbers.map_or(0, |numbers| numbers.value(row)).to_string());
        }
        let part = usize::try_from(hash.end() % parts.max(1) as u64).unwrap_or(0);
        by_part.entry(part).or_default().push(row as u64);
    }
    let take = |(part, rows): (usize, Vec<u64>)| {
        let whole = rows.len() == batch.num_rows();
        let batch =
            if whole { batch.clone() } else { arrow::compute::take_record_batch(batch, &UInt64Array::from(rows))? };
        Ok((part, batch))
    };
    Ok(Keyed { batches: by_part.into_iter().map(take).collect::<Result<_, arrow::error::ArrowError>>()?, without })
}

/// Splits cases by the visit they belong to.
pub(crate) fn by_visit(
    batch: &RecordBatch,
    parts: usize,
) -> Result<Vec<(usize, RecordBatch)>, arrow::error::ArrowError> {
    Ok(keyed(batch, LinkBy::Nothing, false, parts)?.batches)
}

pub(crate) fn text_column<'b>(batch: &'b RecordBatch, name: &str) -> Option<&'b StringArray> {
    batch.column_by_name(name)?.as_string_opt::<i32>()
}

/// A hash that is the same everywhere and always: FNV-1a, mixed at the end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hash {
    pub(crate) fn text(&mut self, text: &str) {
        // The byte that no text has keeps `ab` and `c` apart from `a` and `bc`.
        for byte in text.bytes().chain([0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    pub(crate) fn end(self) -> u64 {
        let mut hash = self.0;
        hash = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ (hash >> 29)
    }
}

pub(crate) fn io_error(path: &Path) -> impl Fn(io::Error) -> AuditError + '_ {
    move |error| {
        let message = match error.kind() {
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::PermissionDenied => "not permitted".to_owned(),
            _ => error.to_string(),
        };
        AuditError::Work { path: path.to_owned(), message }
    }
}
