//! The order of cases: visit by visit, in each by time, line and place in the source. It comes from the data alone.

use std::ops::Range;

use arrow::array::{Array, AsArray, UInt64Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::{at, time};
use crate::spread::text_column;

/// The rows of a batch in their order.
pub(super) fn by_visit(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let [visit, when, line, source] = ["visit", "at", "return_line", "source"].map(|name| text_column(batch, name));
    let rows = batch.column_by_name("row").map(|rows| rows.as_primitive::<Int64Type>());
    let number = |row: usize| rows.filter(|rows| !rows.is_null(row)).map(|rows| rows.value(row));
    // Lines of no visit stand by themselves, after the others.
    let key = |row: usize| {
        let visit = at(visit, row);
        let inside = visit.map(|_| (at(when, row).and_then(|text| time(text, true)), at(line, row)));
        (visit.is_none(), visit, inside, at(source, row), number(row))
    };
    // Rows of no visit come in the order of their source, and stay in it.
    if (1..batch.num_rows()).all(|row| key(row - 1) <= key(row)) {
        return Ok(batch.clone());
    }
    let mut order: Vec<usize> = (0..batch.num_rows()).collect();
    order.sort_by(|one, other| key(*one).cmp(&key(*other)));
    take_record_batch(batch, &order.into_iter().map(|row| row as u64).collect::<UInt64Array>())
}

/// The rows of each visit, which stand together; a return of no visit is one, with all its pieces.
pub(super) fn visits(batch: &RecordBatch) -> impl Iterator<Item = Range<usize>> {
    let [visit, source] = ["visit", "source"].map(|name| text_column(batch, name));
    let rows = batch.column_by_name("row").map(|rows| rows.as_primitive::<Int64Type>());
    let number = move |row: usize| rows.filter(|rows| !rows.is_null(row)).map(|rows| rows.value(row));
    let together = move |one: usize, next: usize| match (at(visit, one), at(visit, next)) {
        (Some(one), Some(next)) => one == next,
        (None, None) => number(one).is_some() && number(one) == number(next) && at(source, one) == at(source, next),
        (Some(_), None) | (None, Some(_)) => false,
    };
    let count = batch.num_rows();
    let mut from = 0;
    std::iter::from_fn(move || {
        let end = (from + 1..count).find(|row| !together(row - 1, *row)).unwrap_or(count);
        let rows = std::mem::replace(&mut from, end)..end;
        (!rows.is_empty()).then_some(rows)
    })
}
