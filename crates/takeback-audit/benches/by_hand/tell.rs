//! Findings as Parquet and as CSV, in their order: what `findings.sql` writes too. Groups of rows are made side by side.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Decimal128Array, Int64Array, RecordBatch, StringArray, StringBuilder};
use arrow::datatypes::FieldRef;
use arrow::temporal_conversions::date32_to_datetime;
use chrono::Datelike;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use rayon::prelude::*;

use super::findings::{Clause, Finding, Id};

/// Rows of a group.
const GROUP: usize = 1 << 16;
/// Groups that are made before they are written.
const AT_ONCE: usize = 4;

const MONEY: [&str; 4] = ["expected", "actual", "difference", "at_stake"];
const HEAD: &str = "finding,kind,severity,sale,line,customer,store,at,expected,actual,difference,at_stake,cause,clause,citation,source,row\n";

/// Sorts the findings of a source and writes them into a folder; how many they are.
pub(crate) fn write(mut findings: Vec<Finding>, source: &str, out: &Path) -> usize {
    findings.par_sort_unstable_by_key(|one| (one.at.is_none(), one.at, one.row, one.kind, one.clause, one.cause));
    std::fs::create_dir_all(out).expect("a folder");
    let mut csv = File::create(out.join("findings.csv")).expect("a new file");
    csv.write_all(HEAD.as_bytes()).expect("room on the disk");
    let groups: Vec<(usize, &[Finding])> = findings.chunks(GROUP).enumerate().collect();
    let (mut parquet, factory) = parquet_file(&out.join("findings.parquet"), source);
    let mut put = |made: Vec<(Vec<ArrowColumnChunk>, Vec<u8>)>| {
        for (columns, lines) in made {
            let mut group = parquet.next_row_group().expect("room on the disk");
            columns.into_iter().for_each(|column| column.append_to_row_group(&mut group).expect("room on the disk"));
            group.close().expect("room on the disk");
            csv.write_all(&lines).expect("room on the disk");
        }
    };
    let mut last = Vec::new();
    for some in groups.chunks(AT_ONCE) {
        let make = |(at, group): &(usize, &[Finding])| {
            let first = at * GROUP + 1;
            rayon::join(|| columns(&factory, *at, &batch(group, first, source)), || lines(group, first, source))
        };
        let (made, ()) = rayon::join(|| some.par_iter().map(make).collect(), || put(std::mem::take(&mut last)));
        last = made;
    }
    put(last);
    parquet.close().expect("room on the disk");
    findings.len()
}

fn parquet_file(path: &Path, source: &str) -> (SerializedFileWriter<File>, ArrowRowGroupWriterFactory) {
    let level = ZstdLevel::try_new(1).expect("a level");
    let mut properties = WriterProperties::builder().set_compression(Compression::ZSTD(level));
    for name in MONEY.into_iter().chain(["finding", "row"]) {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(name), false);
    }
    let schema = batch(&[], 1, source).schema();
    let file = File::create(path).expect("a new file");
    let writer = ArrowWriter::try_new(file, schema, Some(properties.build())).expect("a writer");
    writer.into_serialized_writer().expect("a writer")
}

fn columns(factory: &ArrowRowGroupWriterFactory, group: usize, batch: &RecordBatch) -> Vec<ArrowColumnChunk> {
    let schema = batch.schema_ref();
    let columns = schema.fields().iter().zip(batch.columns());
    let writers = factory.create_column_writers(group).expect("columns");
    let chunk = |((field, array), mut writer): ((&FieldRef, &ArrayRef), ArrowColumnWriter)| {
        let leaves = compute_leaves(field, array).expect("a column");
        leaves.iter().for_each(|leaf| writer.write(leaf).expect("memory"));
        writer.close().expect("memory")
    };
    columns.zip(writers).map(chunk).collect()
}

fn batch(findings: &[Finding], first: usize, source: &str) -> RecordBatch {
    let numbers = (first..).map(|number| i64::try_from(number).unwrap_or_default());
    let words = |word: fn(&Finding) -> &'static str| texts(findings.iter().map(|one| Some(word(one))));
    let money = |amount: fn(&Finding) -> Option<i64>| -> ArrayRef {
        let cents: Decimal128Array = findings.iter().map(|one| amount(one).map(i128::from)).collect();
        Arc::new(cents.with_precision_and_scale(17, 2).expect("cents"))
    };
    let mut sales = StringBuilder::new();
    for one in findings {
        sales.append_value(format!("{}/{}", one.channel.word(), one.order));
    }
    let columns: [(&str, ArrayRef); 17] = [
        ("finding", Arc::new(numbers.take(findings.len()).collect::<Int64Array>())),
        ("kind", words(|one| one.kind.word())),
        ("severity", words(|one| one.kind.severity())),
        ("sale", Arc::new(sales.finish())),
        ("line", texts(findings.iter().map(|one| Some(text(&one.item))))),
        ("customer", texts(findings.iter().map(|one| one.customer.as_ref().map(text)))),
        ("store", texts(findings.iter().map(|one| one.site.as_ref().map(text)))),
        ("at", Arc::new(findings.iter().map(|one| one.at).collect::<Date32Array>())),
        ("expected", money(|one| one.expected)),
        ("actual", money(|one| one.actual)),
        ("difference", money(|one| one.difference)),
        ("at_stake", money(|one| Some(one.at_stake))),
        ("cause", words(|one| one.cause.word())),
        ("clause", texts(findings.iter().map(|one| Some(one.clause?.path())))),
        ("citation", texts(findings.iter().map(|_| None))),
        ("source", texts(findings.iter().map(|_| Some(source)))),
        ("row", Arc::new(findings.iter().map(|one| one.row).collect::<Int64Array>())),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true)))
        .expect("columns of one length")
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

fn text(id: &Id) -> &str {
    str::from_utf8(id).expect("text")
}

/// Lines of CSV. No text of this table needs quotes but the name of the file, which has them.
fn lines(findings: &[Finding], first: usize, source: &str) -> Vec<u8> {
    let source = format!("\"{}\"", source.replace('"', "\"\""));
    let mut lines = Vec::with_capacity(findings.len() * 256);
    for (one, number) in findings.iter().zip(first..) {
        let out = &mut lines;
        push_number(out, i64::try_from(number).unwrap_or_default());
        push(out, one.kind.word().as_bytes());
        push(out, one.kind.severity().as_bytes());
        push(out, one.channel.word().as_bytes());
        out.pop();
        out.push(b'/');
        push_number(out, one.order);
        push(out, &one.item);
        push(out, one.customer.as_ref().map_or(&[], Id::as_slice));
        push(out, one.site.as_ref().map_or(&[], Id::as_slice));
        push_day(out, one.at);
        for amount in [one.expected, one.actual, one.difference, Some(one.at_stake)] {
            push_cents(out, amount);
        }
        push(out, one.cause.word().as_bytes());
        push(out, one.clause.map_or("", Clause::path).as_bytes());
        push(out, b"");
        push(out, source.as_bytes());
        push_number(out, one.row);
        out.pop();
        out.push(b'\n');
    }
    lines
}

fn push(out: &mut Vec<u8>, cell: &[u8]) {
    out.extend_from_slice(cell);
    out.push(b',');
}

fn push_number(out: &mut Vec<u8>, number: i64) {
    push_digits(out, number.unsigned_abs(), 1);
    out.push(b',');
}

fn push_cents(out: &mut Vec<u8>, cents: Option<i64>) {
    if let Some(cents) = cents {
        if cents < 0 {
            out.push(b'-');
        }
        push_digits(out, cents.unsigned_abs() / 100, 1);
        out.push(b'.');
        push_digits(out, cents.unsigned_abs() % 100, 2);
    }
    out.push(b',');
}

fn push_day(out: &mut Vec<u8>, day: Option<i32>) {
    if let Some(day) = day.and_then(date32_to_datetime) {
        push_digits(out, day.year().unsigned_abs().into(), 4);
        out.push(b'-');
        push_digits(out, day.month().into(), 2);
        out.push(b'-');
        push_digits(out, day.day().into(), 2);
    }
    out.push(b',');
}

/// With as many digits at least.
fn push_digits(out: &mut Vec<u8>, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut used = 0;
    while number > 0 || used < least {
        used += 1;
        digits[20 - used] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
    }
    out.extend_from_slice(&digits[20 - used..]);
}
