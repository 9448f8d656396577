//! A finding of an audit that was written, with the cases of its visit, from the files alone.

use std::fs;
use std::path::Path;

use arrow::array::{Array, AsArray};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;

use super::parquet::{rows, visit_of};
use super::table::{CASE, Cells};
use super::whole::FileError;
use super::{CASES, FINDINGS, MANIFEST, Manifest};

/// A finding that was written.
#[derive(Debug, Clone)]
pub struct Replay {
    /// Of the audit it is of.
    pub manifest: Manifest,
    /// Its columns that are known, as texts.
    pub finding: Vec<(String, String)>,
    /// The cases of its visit.
    pub cases: RecordBatch,
}

/// Why there is no such finding.
#[derive(Debug)]
pub enum NotFound {
    /// The audit has only so many.
    Only(u64),
    /// A file could not be read.
    File(FileError),
}

impl From<FileError> for NotFound {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// Finds the finding `number` of the audit in a folder.
///
/// # Errors
/// When there is none of that number, or a file is not there or damaged.
pub fn replay(folder: &Path, number: u64) -> Result<Replay, NotFound> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|error| FileError::reading(&path, error))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| FileError::reading(&path, error))?;
    let only = NotFound::Only(manifest.counts.findings);
    let Some(at) = number.checked_sub(1).and_then(|at| usize::try_from(at).ok()) else { return Err(only) };
    let findings = rows(&folder.join(FINDINGS), at, 1)?;
    if findings.num_rows() == 0 {
        return Err(only);
    }
    let columns = findings
        .schema()
        .fields()
        .iter()
        .zip(findings.columns())
        .map(|(field, column)| {
            let mut text = String::new();
            Cells::of(column.as_ref()).write(0, 2, &mut text);
            (field.name().clone(), text)
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let case = findings.column_by_name(CASE).and_then(|column| column.as_primitive_opt::<Int64Type>());
    let case = case.filter(|case| case.is_valid(0)).and_then(|case| usize::try_from(case.value(0)).ok());
    let Some(case) = case else { return Err(only) };
    let cases = visit_of(&folder.join(CASES), case)?;
    Ok(Replay { manifest, finding: columns, cases })
}
