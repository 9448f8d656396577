//! The flat table as Parquet: its row groups, judged side by side.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array, ArrowPrimitiveType, AsArray, RecordBatch, StringArray};
use arrow::datatypes::{Date32Type, Decimal128Type, Int32Type, Int64Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;

use super::rules::{Category, Kind, Row, faulty, judge};
use super::write::{Rows, Writer};

const NEEDED: [&str; 18] = [
    "channel",
    "order_no",
    "item_id",
    "category",
    "class",
    "sale_date",
    "quantity",
    "net_paid",
    "sale_tax",
    "return_date",
    "return_quantity",
    "return_amount",
    "return_tax",
    "return_amount_inc_tax",
    "refunded_cash",
    "reversed_charge",
    "store_credit",
    "reason",
];

/// Row groups that are judged before their answers are written.
const AT_ONCE: usize = 4;

/// Judges the file and writes the answers; how many rows.
pub(crate) fn run(source: &Path, out: &Path) -> usize {
    let file = File::open(source).expect("the file");
    let metadata = ArrowReaderMetadata::load(&file, Default::default()).expect("a Parquet file");
    let groups: Vec<usize> = (0..metadata.metadata().num_row_groups()).collect();
    let (mut writer, mut last) = (Writer::new(out), Vec::new());
    for some in groups.chunks(AT_ONCE) {
        let judge = || some.par_iter().map(|group| group_of(source, &metadata, *group)).collect::<Vec<_>>();
        let (done, ()) = rayon::join(judge, || writer.write(last));
        last = done.into_iter().flatten().collect();
    }
    writer.write(last);
    writer.close()
}

fn group_of(source: &Path, metadata: &ArrowReaderMetadata, group: usize) -> Vec<Rows> {
    let file = File::open(source).expect("the file");
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
    let columns = ProjectionMask::columns(builder.parquet_schema(), NEEDED);
    let reader =
        builder.with_projection(columns).with_row_groups(vec![group]).with_batch_size(8192).build().expect("a reader");
    reader.map(|batch| batch_of(&batch.expect("a batch"))).collect()
}

fn batch_of(batch: &RecordBatch) -> Rows {
    let text = |name: &str| batch.column_by_name(name).expect("the flat table").as_string::<i32>();
    let (channel, item, category) = (text("channel"), text("item_id"), text("category"));
    let (class, reason) = (text("class"), text("reason"));
    let order = numbers::<Int64Type>(batch, "order_no");
    let (sold, at) = (numbers::<Date32Type>(batch, "sale_date"), numbers::<Date32Type>(batch, "return_date"));
    let (bought, back) = (numbers::<Int32Type>(batch, "quantity"), numbers::<Int32Type>(batch, "return_quantity"));
    let money = |name: &'static str| numbers::<Decimal128Type>(batch, name);
    let (paid, tax) = (money("net_paid"), money("sale_tax"));
    let (amount, amount_tax, with_tax) = (money("return_amount"), money("return_tax"), money("return_amount_inc_tax"));
    let (cash, charge, credit) = (money("refunded_cash"), money("reversed_charge"), money("store_credit"));
    let mut rows = Rows::default();
    for row in 0..batch.num_rows() {
        let told = Row {
            by_post: channel.value(row) != "store",
            category: Category::read(text_of(category, row)),
            kind: Kind::read(text_of(class, row)),
            faulty: faulty(text_of(reason, row)),
            sold: sold(row),
            at: at(row),
            bought: bought(row),
            back: back(row),
            paid: paid(row),
            tax: tax(row),
            given: with_tax(row).or_else(|| Some(amount(row)? + amount_tax(row)?)),
            cash: cash(row),
            charge: charge(row),
            credit: credit(row),
        };
        rows.add(channel.value(row), order(row), item.value(row), judge(&told));
    }
    rows
}

/// Empty where it is null.
fn text_of(array: &StringArray, row: usize) -> &[u8] {
    if array.is_null(row) { &[] } else { array.value(row).as_bytes() }
}

/// The values of a column by row. Decimals have two digits after the point in this table.
fn numbers<'a, T: ArrowPrimitiveType>(batch: &'a RecordBatch, name: &'static str) -> impl Fn(usize) -> Option<i64> + 'a
where
    T::Native: TryInto<i64>,
{
    let array = batch.column_by_name(name).expect("the flat table").as_primitive::<T>();
    move |row| if array.is_null(row) { None } else { array.value(row).try_into().ok() }
}
