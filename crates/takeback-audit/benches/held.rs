//! The findings of the audit held against the answers by hand, return by return.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Decimal128Type, Int64Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Of money in findings, what a cent is.
const CENT: i128 = 10_i128.pow(10);

/// What the audit says of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Found {
    declined: bool,
    /// A fact is missing.
    open: bool,
    /// Cents given above what the policy gives.
    difference: i64,
}

/// Tells how many returns the audit judges otherwise. `first` is the number that findings give to the first row of the source.
pub(crate) fn against(by_hand: impl Iterator<Item = RecordBatch>, findings: &Path, first: i64) {
    let expected: Vec<Found> = by_hand
        .flat_map(|batch| (0..batch.num_rows()).map(move |row| answer(&batch, row)).collect::<Vec<_>>())
        .collect();
    let mut found = vec![Found::default(); expected.len()];
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(File::open(findings).expect("findings")).expect("a Parquet file");
    let columns = ProjectionMask::columns(builder.parquet_schema(), ["kind", "difference", "row"]);
    for batch in builder.with_projection(columns).build().expect("a reader") {
        let batch = batch.expect("a batch");
        let column = |name: &str| batch.column_by_name(name).expect("a column of findings");
        let kinds = arrow::compute::cast(column("kind"), &arrow::datatypes::DataType::Utf8).expect("words");
        let (differences, rows) =
            (column("difference").as_primitive::<Decimal128Type>(), column("row").as_primitive::<Int64Type>());
        for (at, kind) in kinds.as_string::<i32>().iter().enumerate() {
            let place = usize::try_from(rows.value(at) - first).expect("a row of the source");
            let cents = if differences.is_null(at) {
                0
            } else {
                i64::try_from(differences.value(at) / CENT).expect("an amount")
            };
            let found = &mut found[place];
            match kind.expect("a kind") {
                "refunded though declined" => (found.declined, found.difference) = (true, cents),
                "refunded too much" | "refunded too little" if !found.declined => found.difference += cents,
                "cannot be judged" => found.open = true,
                _ => {}
            }
        }
    }
    let other: Vec<usize> = (0..expected.len()).filter(|place| expected[*place] != found[*place]).collect();
    match other.first() {
        None => println!("  the audit judges all {} returns as they are judged by hand", expected.len()),
        Some(place) => println!(
            "  the audit judges {} of {} returns otherwise, first the one in row {}: {:?}, by hand {:?}",
            other.len(),
            expected.len(),
            i64::try_from(*place).unwrap_or_default() + first,
            found[*place],
            expected[*place],
        ),
    }
}

/// What findings would have to say of an answer.
fn answer(batch: &RecordBatch, row: usize) -> Found {
    let column = |name: &str| batch.column_by_name(name).expect("answers");
    let amount = |name: &str| {
        let array = column(name).as_primitive::<Int64Type>();
        if array.is_null(row) { None } else { Some(array.value(row)) }
    };
    let outcome = column("outcome").as_string::<i32>().value(row);
    let difference = amount("difference").unwrap_or_default();
    match outcome {
        "undetermined" => Found { open: true, ..Found::default() },
        // Nothing was given for it: nothing is found.
        "decline" => Found { declined: amount("given") != Some(0), difference, open: false },
        // What was given is not told.
        _ => Found { open: amount("given").is_none(), difference, declined: false },
    }
}
