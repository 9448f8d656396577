//! Rejects: all of them in a file, and the first of each kind for the summary.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::part::unfinished;
use super::{AuditError, io_error, work};
use crate::map::Reject;

/// Rejects of one table for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectKind {
    /// `sale` or `return`, as in `rejects.csv`.
    pub table: String,
    /// The column of the source; empty where it is about rows.
    pub column: String,
    /// What is wrong. Of whole rows without the numbers that differ from row to row: `has … fields where the header has …`.
    pub reason: String,
    /// How many there are. A row with several errors counts for each.
    pub count: u64,
    /// The first of them: file, row, value.
    pub first: Vec<(String, i64, String)>,
}

const SAMPLES: usize = 5;

impl fmt::Display for RejectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table: _, column, reason, count, first } = self;
        if column.is_empty() {
            write!(f, "{count}: {reason}")?;
        } else {
            write!(f, "{count}: `{column}` {reason}")?;
        }
        first.first().map_or(Ok(()), |(source, row, value)| write!(f, ", as in {source}:{row}: `{value}`"))
    }
}

/// Rejects by table, column and reason.
#[derive(Debug, Default)]
pub(crate) struct Kinds(BTreeMap<[String; 3], RejectKind>);

impl Kinds {
    /// Those that were counted before.
    pub(crate) fn new(kinds: &[RejectKind]) -> Self {
        let key = |kind: &RejectKind| [&kind.table, &kind.column, &kind.reason].map(String::clone);
        Self(kinds.iter().map(|kind| (key(kind), kind.clone())).collect())
    }

    /// Counts a reject: its table, column and reason; its file, row and value.
    pub(crate) fn add(&mut self, [table, column, reason]: [&str; 3], (source, row, value): (&str, i64, &str)) {
        let reason = if column.is_empty() { without_numbers(reason) } else { reason.to_owned() };
        let key = [table.to_owned(), column.to_owned(), reason];
        let kind = self.0.entry(key).or_insert_with_key(|[table, column, reason]| RejectKind {
            table: table.clone(),
            column: column.clone(),
            reason: reason.clone(),
            count: 0,
            first: Vec::new(),
        });
        kind.count += 1;
        if kind.first.len() < SAMPLES {
            kind.first.push((source.to_owned(), row, value.to_owned()));
        }
    }

    /// The kinds, the most frequent first.
    pub(crate) fn ranked(&self) -> Vec<RejectKind> {
        let mut kinds: Vec<RejectKind> = self.0.values().cloned().collect();
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
        kinds
    }
}

/// A reason that is the same for all rows of its kind.
fn without_numbers(reason: &str) -> String {
    let mut out = String::new();
    for letter in reason.chars() {
        if !letter.is_ascii_digit() {
            out.push(letter);
        } else if !out.ends_with('…') {
            out.push('…');
        }
    }
    out
}

pub(super) struct Rejects {
    path: PathBuf,
    out: csv::Writer<BufWriter<File>>,
    kinds: Kinds,
    // Rows, of which one can have several errors.
    rows: u64,
}

impl Rejects {
    pub(super) fn create(path: &Path) -> Result<Self, AuditError> {
        if path.exists() {
            fs::remove_file(path).map_err(io_error(path))?;
        }
        let part = unfinished(path);
        let file = File::create(&part).map_err(io_error(&part))?;
        let mut out = csv::Writer::from_writer(BufWriter::new(file));
        let header = ["source", "row", "table", "column", "value", "reason"];
        out.write_record(header).map_err(|error| work(&part, error))?;
        Ok(Self { path: path.to_owned(), out, kinds: Kinds::default(), rows: 0 })
    }

    pub(super) fn add(&mut self, rejects: &[Reject]) -> Result<(), AuditError> {
        let mut last = None;
        for reject in rejects {
            self.rows += u64::from(last != Some(reject.row));
            last = Some(reject.row);
            let row = reject.row.to_string();
            let table = if reject.of_sale { "sale" } else { "return" };
            let record = [&*reject.source, &row, table, &reject.column, &reject.value, &reject.reason];
            self.out.write_record(record).map_err(|error| work(&unfinished(&self.path), error))?;
            let Reject { source, row, column, value, reason, .. } = reject;
            self.kinds.add([table, column, reason], (source, *row, value));
        }
        Ok(())
    }

    pub(super) fn count(&self) -> u64 {
        self.rows
    }

    /// The kinds, the most frequent first.
    pub(super) fn kinds(&self) -> Vec<RejectKind> {
        self.kinds.ranked()
    }

    pub(super) fn finish(self) -> Result<Vec<RejectKind>, AuditError> {
        let part = unfinished(&self.path);
        let kinds = self.kinds();
        let mut out = self.out.into_inner().map_err(|error| work(&part, error.error()))?;
        out.flush().map_err(io_error(&part))?;
        fs::rename(&part, &self.path).map_err(io_error(&self.path))?;
        Ok(kinds)
    }
}

#[cfg(test)]
mod tests {
    use super::Kinds;

    #[test]
    fn rejects_of_a_kind_are_counted_by_side() {
        let mut kinds = Kinds::default();
        kinds.add(["sale", "", "has 9 fields where the header has 17"], ("a.csv", 4, "x"));
        kinds.add(["sale", "", "has 12 fields where the header has 17"], ("a.csv", 9, "y"));
        kinds.add(["sale", "day", "is not 2 digits"], ("a.csv", 5, "1"));
        // Counting goes on from what was counted before.
        let mut kinds = Kinds::new(&kinds.ranked());
        kinds.add(["return", "day", "is not 2 digits"], ("b.csv", 2, "7"));
        kinds.add(["return", "day", "is not 2 digits"], ("b.csv", 3, "8"));
        kinds.add(["return", "day", "is not 2 digits"], ("b.csv", 4, "8"));
        let told: Vec<String> = kinds.ranked().iter().map(|kind| format!("{} {kind}", kind.table)).collect();
        assert_eq!(
            told,
            [
                "return 3: `day` is not 2 digits, as in b.csv:2: `7`",
                "sale 2: has … fields where the header has …, as in a.csv:4: `x`",
                "sale 1: `day` is not 2 digits, as in a.csv:5: `1`",
            ]
        );
    }
}
