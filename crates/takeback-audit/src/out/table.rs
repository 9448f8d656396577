//! The findings as a table: which columns it has, and CSV, as spreadsheets read it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, Date32Array, Decimal128Array, Int64Array, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use arrow::temporal_conversions::date32_to_datetime;

use super::amount::Amount;
use super::whole::{FileError, Writing, Written, of_arrow};

/// The number of a finding, from 1 in the order of findings.
pub(crate) const NUMBER: &str = "finding";
/// The row of `cases.parquet`, from 0, that the finding is about.
pub(crate) const CASE: &str = "case";

/// A CSV file that is being written: lines end with a line feed, and a field has quotation marks only where it needs them.
pub(crate) struct Csv {
    file: Writing,
    digits: u32,
    /// What is not in the file yet.
    lines: String,
}

/// How much is gathered before it is written, in bytes.
const GATHERED: usize = 1 << 16;

impl Csv {
    /// With `digits` of money after the point at least.
    pub(crate) fn new(file: Writing, digits: u32) -> Self {
        Self { file, digits, lines: String::with_capacity(2 * GATHERED) }
    }

    /// Writes a line of texts.
    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), FileError> {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.lines.push(',');
            }
            field(cell, &mut self.lines);
        }
        self.end()
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), FileError> {
        let columns: Vec<Cells<'_>> = batch.columns().iter().map(|column| Cells::of(column.as_ref())).collect();
        for row in 0..batch.num_rows() {
            for (place, column) in columns.iter().enumerate() {
                if place > 0 {
                    self.lines.push(',');
                }
                match column {
                    Cells::Text(texts) if texts.is_valid(row) => field(texts.value(row), &mut self.lines),
                    column => column.write(row, self.digits, &mut self.lines),
                }
            }
            self.end()?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), FileError> {
        self.lines.push('\n');
        if self.lines.len() < GATHERED { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<(), FileError> {
        self.file.write_all(self.lines.as_bytes()).map_err(|error| FileError::writing(self.file.path(), error))?;
        self.lines.clear();
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<Written, FileError> {
        self.flush()?;
        self.file.finish()
    }
}

/// Writes a field of CSV.
fn field(text: &str, out: &mut String) {
    // Every byte is looked at, many at once: a text in which none is special is the rule.
    if text.bytes().fold(false, |any, byte| any | matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// A column whose cells are told as texts.
pub(crate) enum Cells<'c> {
    Text(&'c StringArray),
    Money(&'c Decimal128Array),
    Count(&'c Int64Array),
    Day(&'c Date32Array),
    YesNo(&'c BooleanArray),
    /// There is none of another type in a table.
    Other,
}

impl<'c> Cells<'c> {
    pub(crate) fn of(column: &'c dyn Array) -> Self {
        match column.data_type() {
            DataType::Utf8 => column.as_string_opt().map(Self::Text),
            DataType::Decimal128(..) => column.as_primitive_opt().map(Self::Money),
            DataType::Int64 => column.as_primitive_opt().map(Self::Count),
            DataType::Date32 => column.as_primitive_opt().map(Self::Day),
            DataType::Boolean => column.as_boolean_opt().map(Self::YesNo),
            _ => None,
        }
        .unwrap_or(Self::Other)
    }

    /// Writes a cell, with so many digits of money after the point at least; null is empty.
    pub(crate) fn write(&self, row: usize, digits: u32, out: &mut String) {
        // INVARIANT: writing into a text does not fail.
        let _ = match self {
            Self::Text(texts) if texts.is_valid(row) => out.write_str(texts.value(row)),
            Self::Money(amounts) if amounts.is_valid(row) => {
                Amount(amounts.value(row)).write(digits, out);
                Ok(())
            }
            Self::Count(numbers) if numbers.is_valid(row) => write!(out, "{}", numbers.value(row)),
            Self::Day(days) if days.is_valid(row) => match date32_to_datetime(days.value(row)) {
                Some(day) => write!(out, "{}", day.date()),
                None => Ok(()),
            },
            Self::YesNo(answers) if answers.is_valid(row) => {
                out.write_str(if answers.value(row) { "yes" } else { "no" })
            }
            Self::Text(_) | Self::Money(_) | Self::Count(_) | Self::Day(_) | Self::YesNo(_) | Self::Other => Ok(()),
        };
    }
}

/// The schema of findings as they are written: numbered, with the case each is about.
pub(crate) fn numbered_schema(findings: &Schema) -> Schema {
    let number = Arc::new(Field::new(NUMBER, DataType::Int64, false));
    let case = Arc::new(Field::new(CASE, DataType::Int64, true));
    let fields = std::iter::once(number).chain(findings.fields().iter().cloned()).chain([case]);
    Schema::new(fields.collect::<Vec<_>>())
}

/// Findings with their numbers, from `first`, and their cases.
pub(crate) fn numbered(
    schema: &Arc<Schema>,
    findings: &RecordBatch,
    first: i64,
    cases: Int64Array,
) -> Result<RecordBatch, std::io::Error> {
    let count = i64::try_from(findings.num_rows()).unwrap_or(i64::MAX);
    let numbers: Int64Array = (first..first.saturating_add(count)).collect();
    let columns = std::iter::once(Arc::new(numbers) as _).chain(findings.columns().iter().cloned());
    let columns = columns.chain([Arc::new(cases) as _]).collect();
    RecordBatch::try_new(Arc::clone(schema), columns).map_err(of_arrow)
}
