//! Rows of a source become rows of the canonical columns, or rejects that say what is wrong with them.
//!
//! Knows nothing of files: a `Row` gives the `Field` of a column of the source, whatever it was read from. One row never changes what
//! becomes of another.

mod build;
mod value;

use arrow::record_batch::RecordBatch;

use crate::mapping::{Condition, Rules, Table, Test};
use build::Build;
use value::{Cell, Wrong};

pub(crate) use build::schema;
pub(crate) use value::{Field, amount_text, is_canonical};

/// A row of a source.
pub(crate) trait Row {
    /// What stands in a column, by its slot in the table of the mapping.
    fn field(&self, slot: usize) -> Field<'_>;
}

/// Why a row was rejected. A row with several errors has several of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The file, as it was named.
    pub source: String,
    /// Where the row stands in it: the line of a text, from 1; the row of a Parquet file, from 0.
    pub row: i64,
    /// Whether it was read as a line of a sale.
    pub of_sale: bool,
    /// The column of the source; empty where it is about the row.
    pub column: String,
    /// What stands there, cut after 200 characters.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What became of rows: `read` is the sum of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rows {
    /// Rows of the source.
    pub read: u64,
    /// Rows that have their canonical columns.
    pub mapped: u64,
    /// Rows with errors.
    pub rejected: u64,
    /// Rows that the conditions of the table (`when`) are not about.
    pub other: u64,
    /// Rows that the mapping leaves out (`skip`), by reason.
    pub skipped: std::collections::BTreeMap<String, u64>,
}

impl Rows {
    /// Adds what became of other rows.
    pub fn add(&mut self, more: &Self) {
        self.read += more.read;
        self.mapped += more.mapped;
        self.rejected += more.rejected;
        self.other += more.other;
        for (because, count) in &more.skipped {
            *self.skipped.entry(because.clone()).or_default() += count;
        }
    }

    /// Whether every row that was read is accounted for.
    pub fn reconcile(&self) -> bool {
        self.read == self.mapped + self.rejected + self.other + self.skipped.values().sum::<u64>()
    }
}

/// What became of a block of rows.
#[derive(Debug)]
pub(crate) struct Mapped {
    pub(crate) batch: RecordBatch,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) rows: Rows,
}

/// Maps the rows of a block.
pub(crate) struct Mapper<'m> {
    table: &'m Table,
    source: &'m str,
    of_sale: bool,
    /// What stands for a value that is not there, for each spec.
    defaults: Vec<Cell<'static>>,
    build: Build,
    rejects: Vec<Reject>,
    rows: Rows,
}

const SHOWN: usize = 200;

impl<'m> Mapper<'m> {
    pub(crate) fn new(table: &'m Table, source: &'m str, of_sale: bool) -> Self {
        let defaults = table.specs.iter().map(value::default).collect();
        Self { table, source, of_sale, defaults, build: Build::new(table), rejects: Vec::new(), rows: Rows::default() }
    }

    /// Maps a row that was read.
    pub(crate) fn row(&mut self, number: i64, row: &impl Row) {
        self.rows.read += 1;
        let table = self.table;
        let mut wrong = Vec::new();
        match holds(&table.when, row) {
            Ok(true) => {}
            Ok(false) => {
                self.rows.other += 1;
                return;
            }
            Err(found) => wrong.push(found),
        }
        for skip in &table.skip {
            match holds(&skip.all, row) {
                Ok(true) => {
                    *self.rows.skipped.entry(skip.because.clone()).or_default() += 1;
                    return;
                }
                Ok(false) => {}
                Err(found) => wrong.push(found),
            }
        }
        let mut cells = Vec::with_capacity(table.specs.len());
        for (spec, default) in table.specs.iter().zip(&self.defaults) {
            match value::cell(spec, default, row) {
                Ok(cell) => cells.push(cell),
                Err(found) => wrong.push(found),
            }
        }
        if wrong.is_empty() {
            self.rows.mapped += 1;
            self.build.push(self.source, number, &cells);
        } else {
            drop(cells);
            self.rows.rejected += 1;
            for found in wrong {
                self.reject(number, found);
            }
        }
    }

    /// Rejects a row that could not be read at all.
    pub(crate) fn broken(&mut self, number: i64, value: &str, reason: String) {
        self.rows.read += 1;
        self.rows.rejected += 1;
        self.reject(number, Wrong { slot: None, target: String::new(), value: value.to_owned(), reason });
    }

    pub(crate) fn finish(self) -> Result<Mapped, arrow::error::ArrowError> {
        Ok(Mapped { batch: self.build.finish()?, rejects: self.rejects, rows: self.rows })
    }

    fn reject(&mut self, row: i64, wrong: Wrong) {
        let column = match wrong.slot.and_then(|slot| self.table.slots.get(slot)) {
            Some(slot) => slot.name.clone(),
            None => wrong.target,
        };
        let mut value: String = wrong.value.chars().take(SHOWN).collect();
        if value.len() < wrong.value.len() {
            value.push('…');
        }
        let reject =
            Reject { source: self.source.to_owned(), row, of_sale: self.of_sale, column, value, reason: wrong.reason };
        if !self.rejects.contains(&reject) || self.rejects.last().is_none_or(|last| last.row != row) {
            self.rejects.push(reject);
        }
    }
}

/// Whether all conditions hold.
fn holds(all: &[Condition], row: &impl Row) -> Result<bool, Wrong> {
    for condition in all {
        let field = condition.rules.given(row.field(condition.slot));
        let holds = match &condition.test {
            Test::Empty => matches!(field, Field::Null),
            Test::Among(words) => field.text().is_some_and(|text| words.iter().any(|word| *word == text)),
            Test::Begins(words) => {
                field.text().is_some_and(|text| words.iter().any(|word| text.starts_with(word.as_str())))
            }
            Test::Below(_) | Test::Above(_) if matches!(field, Field::Null) => false,
            Test::Below(limit) => number(condition, &field)? < *limit,
            Test::Above(limit) => number(condition, &field)? > *limit,
        };
        if holds == condition.not {
            return Ok(false);
        }
    }
    Ok(true)
}

fn number(condition: &Condition, field: &Field<'_>) -> Result<i128, Wrong> {
    let plain = |rules: &Rules| {
        let mut number = rules.number.clone();
        number.minor = 0;
        number
    };
    value::number(&plain(&condition.rules), field).map_err(|reason| Wrong::of(condition.slot, "", field, reason))
}
