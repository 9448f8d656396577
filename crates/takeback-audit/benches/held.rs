//! The findings of the audit held against the answers by hand, return by return.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Decimal128Type, Int64Type};

/// Of money in findings, what a cent is.
const CENT: i128 = 10_i128.pow(10);

/// What the audit says of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Found {
    declined: bool,
    /// A fact is missing.
    open: bool,
    /// Somebody has to approve, and the data name nobody.
    referred: bool,
    /// Cents given above what the policy gives.
    difference: i64,
    /// Cents that went to other tenders than those of the policy.
    elsewhere: i64,
}

/// A return that is judged otherwise: its row, what the audit says, what is said by hand.
pub(crate) type Other = (i64, Found, Found);

/// The returns that the audit judges otherwise, and how many there are in all. `first` is the number that findings give to the first row
/// of the source.
pub(crate) fn against(
    by_hand: impl Iterator<Item = RecordBatch>,
    findings: impl Iterator<Item = RecordBatch>,
    first: i64,
) -> (Vec<Other>, usize) {
    let expected: Vec<Found> = by_hand
        .flat_map(|batch| (0..batch.num_rows()).map(move |row| answer(&batch, row)).collect::<Vec<_>>())
        .collect();
    let mut found = vec![Found::default(); expected.len()];
    for batch in findings {
        let column = |name: &str| batch.column_by_name(name).expect("a column of findings");
        let kinds = arrow::compute::cast(column("kind"), &DataType::Utf8).expect("words");
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
                "approval missing" => found.referred = true,
                "wrong tender" => found.elsewhere = cents,
                _ => {}
            }
        }
    }
    let other = |place: &usize| expected[*place] != found[*place];
    let number = |place: usize| i64::try_from(place).unwrap_or_default() + first;
    let told = |place: usize| (number(place), found[place], expected[place]);
    ((0..expected.len()).filter(other).map(told).collect(), expected.len())
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
        // Nothing was given for it, and somebody has to look: it waits.
        "refer" if amount("given") == Some(0) => Found::default(),
        // Nothing was given for it: nothing is found.
        "decline" => Found { declined: amount("given") != Some(0), difference, ..Found::default() },
        _ => Found {
            // What was given is not told.
            open: amount("given").is_none(),
            referred: outcome == "refer",
            difference,
            // Where nothing is due, all is too much and nothing went elsewhere; where part is not known, none is.
            elsewhere: amount("elsewhere").filter(|_| amount("expected") != Some(0)).unwrap_or_default(),
            declined: false,
        },
    }
}
