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

/// Rejects for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectKind {
    /// The column of the source; empty where it is about rows.
    pub column: String,
    /// What is wrong.
    pub reason: String,
    /// How many there are.
    pub count: u64,
    /// The first of them: file, row, value.
    pub first: Vec<(String, i64, String)>,
}

const SAMPLES: usize = 5;

impl fmt::Display for RejectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, reason, count, first } = self;
        if column.is_empty() {
            write!(f, "{count}: {reason}")?;
        } else {
            write!(f, "{count}: `{column}` {reason}")?;
        }
        first.first().map_or(Ok(()), |(source, row, value)| write!(f, ", as in {source}:{row}: `{value}`"))
    }
}

pub(super) struct Rejects {
    path: PathBuf,
    out: csv::Writer<BufWriter<File>>,
    kinds: BTreeMap<(String, String), RejectKind>,
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
        Ok(Self { path: path.to_owned(), out, kinds: BTreeMap::new(), rows: 0 })
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
            // Reasons may tell numbers of fields; the same column is the same kind.
            let key = (reject.column.clone(), reject.reason.clone());
            let kind = self.kinds.entry(key).or_insert_with(|| RejectKind {
                column: reject.column.clone(),
                reason: reject.reason.clone(),
                count: 0,
                first: Vec::new(),
            });
            kind.count += 1;
            if kind.first.len() < SAMPLES {
                kind.first.push((reject.source.clone(), reject.row, reject.value.clone()));
            }
        }
        Ok(())
    }

    pub(super) fn count(&self) -> u64 {
        self.rows
    }

    /// The kinds, the most frequent first.
    pub(super) fn kinds(&self) -> Vec<RejectKind> {
        let mut kinds: Vec<RejectKind> = self.kinds.values().cloned().collect();
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
        kinds
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
