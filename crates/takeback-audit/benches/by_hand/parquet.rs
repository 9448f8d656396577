//! The flat table as Parquet: its row groups, judged side by side.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array, ArrowPrimitiveType, AsArray, RecordBatch, StringArray};
use arrow::datatypes::{Date32Type, Decimal128Type, Int32Type, Int64Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;

use super::findings::{Finding, Return};
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

/// Of these more is needed to tell what was found.
const TOLD: [&str; 3] = ["return_customer_id", "sale_customer_id", "site_id"];

/// Row groups that are judged before their answers are written.
const AT_ONCE: usize = 4;

/// Judges the file and writes the answers; how many rows.
pub(crate) fn run(source: &Path, out: &Path) -> usize {
    let metadata = metadata(source);
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

/// What is found in the file, in its order.
pub(crate) fn found(source: &Path) -> Vec<Finding> {
    let metadata = metadata(source);
    let groups = metadata.metadata().row_groups().iter();
    let starts = groups.scan(0, |next, group| Some(std::mem::replace(next, *next + group.num_rows())));
    let starts: Vec<(usize, i64)> = starts.enumerate().collect();
    let found = starts.par_iter().map(|(group, start)| {
        let (mut found, mut first) = (Vec::new(), *start);
        for batch in batches(source, &metadata, *group, NEEDED.into_iter().chain(TOLD)) {
            find(&batch, first, &mut found);
            first += i64::try_from(batch.num_rows()).unwrap_or_default();
        }
        found
    });
    let mut groups: Vec<Vec<Finding>> = found.collect();
    let mut all = Vec::with_capacity(groups.iter().map(Vec::len).sum());
    groups.iter_mut().for_each(|group| all.append(&mut std::mem::take(group)));
    all
}

fn metadata(source: &Path) -> ArrowReaderMetadata {
    ArrowReaderMetadata::load(&File::open(source).expect("the file"), Default::default()).expect("a Parquet file")
}

fn group_of(source: &Path, metadata: &ArrowReaderMetadata, group: usize) -> Vec<Rows> {
    batches(source, metadata, group, NEEDED).map(|batch| answers(&batch)).collect()
}

fn batches(
    source: &Path,
    metadata: &ArrowReaderMetadata,
    group: usize,
    needed: impl IntoIterator<Item = &'static str>,
) -> impl Iterator<Item = RecordBatch> {
    let file = File::open(source).expect("the file");
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
    let columns = ProjectionMask::columns(builder.parquet_schema(), needed);
    let reader =
        builder.with_projection(columns).with_row_groups(vec![group]).with_batch_size(8192).build().expect("a reader");
    reader.map(|batch| batch.expect("a batch"))
}

fn answers(batch: &RecordBatch) -> Rows {
    let (channel, item) = (text(batch, "channel"), text(batch, "item_id"));
    let order = numbers::<Int64Type>(batch, "order_no");
    let mut rows = Rows::default();
    rows_of(batch, |row, told| rows.add(channel.value(row), order(row), item.value(row), judge(told)));
    rows
}

/// What is found in a batch whose first row is this one of the file.
fn find(batch: &RecordBatch, first: i64, found: &mut Vec<Finding>) {
    let (channel, item, site) = (text(batch, "channel"), text(batch, "item_id"), text(batch, "site_id"));
    let (returner, buyer) = (text(batch, "return_customer_id"), text(batch, "sale_customer_id"));
    let order = numbers::<Int64Type>(batch, "order_no");
    let (amount, tax) =
        (numbers::<Decimal128Type>(batch, "return_amount"), numbers::<Decimal128Type>(batch, "return_tax"));
    rows_of(batch, |row, told| {
        let back = Return {
            row: first + i64::try_from(row).unwrap_or_default(),
            channel: channel.value(row),
            order: order(row).expect("a number of a sale"),
            item: item.value(row),
            customer: some(returner, row).or_else(|| some(buyer, row)),
            site: some(site, row),
            told: *told,
            amount: amount(row),
            tax: tax(row),
        };
        back.find(found);
    });
}

fn rows_of(batch: &RecordBatch, mut take: impl FnMut(usize, &Row)) {
    let (channel, category) = (text(batch, "channel"), text(batch, "category"));
    let (class, reason) = (text(batch, "class"), text(batch, "reason"));
    let (sold, at) = (numbers::<Date32Type>(batch, "sale_date"), numbers::<Date32Type>(batch, "return_date"));
    let (bought, back) = (numbers::<Int32Type>(batch, "quantity"), numbers::<Int32Type>(batch, "return_quantity"));
    let money = |name: &'static str| numbers::<Decimal128Type>(batch, name);
    let (paid, tax) = (money("net_paid"), money("sale_tax"));
    let (amount, amount_tax, with_tax) = (money("return_amount"), money("return_tax"), money("return_amount_inc_tax"));
    let (cash, charge, credit) = (money("refunded_cash"), money("reversed_charge"), money("store_credit"));
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
        take(row, &told);
    }
}

fn text<'a>(batch: &'a RecordBatch, name: &str) -> &'a StringArray {
    batch.column_by_name(name).expect("the flat table").as_string::<i32>()
}

fn some(texts: &StringArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
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
