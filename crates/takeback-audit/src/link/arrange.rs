//! The order of cases: visit by visit, in each by time, line and place in the source. It comes from the data alone.

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

/// Batches of at most so many rows, or of so much weight, that hold visits whole: where each begins, and its rows.
pub(super) fn chunks(batch: &RecordBatch, most: usize, weights: &[usize]) -> Vec<(usize, usize)> {
    let visit = text_column(batch, "visit");
    let (mut chunks, mut from, mut heavy) = (Vec::new(), 0, 0);
    for row in 0..batch.num_rows() {
        heavy += 1 + weights.get(row).copied().unwrap_or(0);
        let next = row + 1;
        let goes_on = next < batch.num_rows() && at(visit, row).is_some() && at(visit, row) == at(visit, next);
        if !goes_on && (next == batch.num_rows() || next - from >= most || heavy >= most * HEAVY) {
            chunks.push((from, next - from));
            (from, heavy) = (next, 0);
        }
    }
    chunks
}

/// Entries of histories for one row, on average, that make a batch full.
const HEAVY: usize = 32;
