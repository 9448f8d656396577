//! Files become blocks of rows: CSV and JSON lines (plain, gzip or zstd, told by their first bytes, not by their names) and Parquet.
//!
//! Reading is streaming: a `Reader` hands out blocks of some megabytes one after the other, and `Shape::map` maps a block, on
//! any thread. What a block holds goes by the bytes of the file alone, so the rows and their order are the same whoever maps them.

mod csv;
mod json;
mod open;
mod parquet;
mod sample;
mod seen;
mod text;

use std::fmt;

use crate::map::{Mapped, Mapper};
use crate::mapping::{Code, Problem, Table};

pub use open::{Input, inputs};
pub(crate) use sample::Sample;
pub(crate) use seen::Seen;

/// An input that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// The file, as it was named.
    pub source: String,
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub help: Option<String>,
}

impl InputError {
    pub(crate) fn new(source: &str, message: impl fmt::Display) -> Self {
        Self { source: source.to_owned(), message: message.to_string(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read `{}`: {}", self.source, self.message)
    }
}

impl std::error::Error for InputError {}

/// Why a file cannot be read under a mapping.
#[derive(Debug)]
pub(crate) enum OpenError {
    Input(InputError),
    /// It lacks columns that the mapping names.
    Columns(Vec<Problem>),
}

impl std::convert::From<InputError> for OpenError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

/// An open file.
pub(crate) struct Reader {
    shape: Shape,
    blocks: Blocks,
    seen: Seen,
    /// The bytes of a Parquet file, and its rows: pieces of it are read in no order.
    rows: Option<(u64, i64)>,
}

/// How the blocks of a file are laid out, and where the columns of the mapping stand in them.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Csv(csv::Shape),
    Json(json::Shape),
    Parquet(parquet::Shape),
    /// A file without a byte in it.
    Empty,
}

enum Blocks {
    Text(text::Blocks),
    Parquet(parquet::Blocks),
    Empty,
}

/// Some rows of a file.
pub(crate) enum Block {
    /// Whole records of a text; the line the first begins on.
    Text { bytes: Vec<u8>, line: i64 },
    /// A record that does not end; the line it begins on.
    Broken { bytes: Vec<u8>, line: i64, reason: &'static str },
    /// A row group of a Parquet file, still to be read; the number of its first row.
    Group { group: usize, row: i64 },
    /// Rows of a Parquet file; the number of the first.
    Rows { batch: arrow::record_batch::RecordBatch, row: i64 },
}

impl Reader {
    /// Opens a file for the columns that a table of the mapping names.
    pub(crate) fn open(input: &Input, table: &Table) -> Result<Self, OpenError> {
        let seen = Seen::default();
        let (shape, blocks) = open::open(input, table, &seen)?;
        let rows = match &shape {
            Shape::Parquet(shape) => Some((input.bytes().unwrap_or_default(), shape.rows())),
            Shape::Csv(_) | Shape::Json(_) | Shape::Empty => None,
        };
        Ok(Self { shape, blocks, seen, rows })
    }

    /// Bytes of the file that were read.
    pub(crate) fn bytes(&self) -> u64 {
        let (Some((bytes, rows)), Blocks::Parquet(blocks)) = (self.rows, &self.blocks) else {
            return self.seen.bytes();
        };
        let part =
            u128::from(bytes) * u128::try_from(blocks.row()).unwrap_or(0) / u128::try_from(rows.max(1)).unwrap_or(1);
        u64::try_from(part).unwrap_or(bytes)
    }

    /// The bytes of the file and their SHA-256, of those that were read.
    pub(crate) fn hash(&self, input: &Input) -> Result<(u64, String), InputError> {
        // What came through a pipe has gone by, but for Parquet, which is kept in a file that nobody else sees.
        let Some(path) = input.path() else { return Ok((self.seen.bytes(), String::new())) };
        // Of Parquet a few bytes went by, to tell what it is.
        let seen = if self.rows.is_some() { Seen::default() } else { self.seen.clone() };
        seen.whole(path).map_err(|error| input.failed(&error))
    }

    pub(crate) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// How many blocks may wait in memory at once, for so many threads: row groups are large once they are read.
    pub(crate) fn at_once(&self, threads: usize) -> usize {
        match &self.blocks {
            Blocks::Parquet(parquet::Blocks::Groups { .. }) => threads.max(1),
            Blocks::Parquet(parquet::Blocks::Batches { .. }) | Blocks::Text(_) | Blocks::Empty => threads.max(1) * 2,
        }
    }

    /// The next rows; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Block>, InputError> {
        match &mut self.blocks {
            Blocks::Text(blocks) => blocks.next(),
            Blocks::Parquet(blocks) => blocks.next(),
            Blocks::Empty => Ok(None),
        }
    }
}

impl Shape {
    /// Maps the rows of a block.
    pub(crate) fn map(&self, table: &Table, source: &str, of_sale: bool, block: &Block) -> Result<Mapped, InputError> {
        let mut mapper = Mapper::new(table, source, of_sale);
        match (self, block) {
            (Self::Csv(shape), Block::Text { bytes, line }) => shape.map(bytes, *line, &mut mapper),
            (Self::Json(shape), Block::Text { bytes, line }) => shape.map(bytes, *line, &mut mapper),
            (Self::Parquet(shape), Block::Rows { batch, row }) => {
                shape.map(batch, *row, &mut mapper).map_err(|error| InputError::new(source, error))?;
            }
            (Self::Parquet(shape), Block::Group { group, row }) => shape.map_group(*group, *row, &mut mapper)?,
            (_, Block::Broken { bytes, line, reason }) => {
                mapper.broken(*line, String::from_utf8_lossy(bytes).trim_end(), (*reason).to_owned());
            }
            // A reader hands out blocks of its own shape.
            (Self::Csv(_) | Self::Json(_) | Self::Empty, Block::Rows { .. } | Block::Group { .. })
            | (Self::Parquet(_) | Self::Empty, Block::Text { .. }) => {}
        }
        mapper.finish().map_err(|error| InputError::new(source, error))
    }
}

/// Which columns of a file are those of the mapping; or what is wrong: a column that is not there, or there twice.
pub(crate) fn places(source: &str, table: &Table, columns: &[String]) -> Result<Vec<usize>, OpenError> {
    let mut problems = Vec::new();
    let mut places = Vec::new();
    for slot in &table.slots {
        let mut found = columns.iter().enumerate().filter(|(_, column)| **column == slot.name).map(|(place, _)| place);
        let problem = |code, message: String| Problem::new(code, slot.span.clone(), message);
        match (found.next(), found.next()) {
            (Some(place), None) => places.push(place),
            (Some(_), Some(_)) => {
                problems.push(problem(Code::ColumnTwice, format!("`{source}` has two columns `{}`", slot.name)))
            }
            (None, _) => {
                let problem = problem(Code::ColumnNotThere, format!("`{source}` has no column `{}`", slot.name));
                problems.push(match crate::mapping::near(&slot.name, columns.iter().map(String::as_str)) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => {
                        problem.help(format!("it has {}", crate::mapping::listed(columns.iter().map(String::as_str))))
                    }
                });
            }
        }
    }
    if problems.is_empty() { Ok(places) } else { Err(OpenError::Columns(problems)) }
}
