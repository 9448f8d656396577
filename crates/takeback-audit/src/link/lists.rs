//! Columns of lists: rows of a batch, gathered for each case.

use std::sync::Arc;

use arrow::array::{ArrayRef, ListArray, StructArray, UInt64Array, new_null_array};
use arrow::buffer::OffsetBuffer;
use arrow::compute::take;
use arrow::datatypes::{DataType, Field};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use crate::columns::{Column, fields};

/// For each list the rows of `batch` in it. `from` says which column of the batch is a column of the lists; one that is not there is null.
pub(super) fn gather(
    batch: &RecordBatch,
    columns: &[Column],
    from: impl Fn(&str) -> String,
    lists: &[Vec<usize>],
) -> Result<ListArray, ArrowError> {
    let rows: UInt64Array = lists.iter().flatten().map(|row| *row as u64).collect();
    let gathered = columns.iter().map(|column| match batch.column_by_name(&from(column.name)) {
        Some(array) => take(array, &rows, None),
        None => Ok(new_null_array(&column.kind.arrow(), rows.len())),
    });
    list(columns, gathered.collect::<Result<_, _>>()?, lists.iter().map(Vec::len))
}

/// Lists of the lengths, made of columns that hold all their elements.
pub(super) fn list(
    columns: &[Column],
    arrays: Vec<ArrayRef>,
    lengths: impl Iterator<Item = usize>,
) -> Result<ListArray, ArrowError> {
    let elements = StructArray::try_new(fields(columns), arrays, None)?;
    let item = Arc::new(Field::new("item", DataType::Struct(fields(columns)), true));
    ListArray::try_new(item, OffsetBuffer::from_lengths(lengths), Arc::new(elements), None)
}
