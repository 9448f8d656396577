//! The findings as a table: which columns it has, and CSV, as spreadsheets read it.

use std::fmt::Write as _;
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

/// A CSV file that is being written.
pub(crate) struct Csv {
    writer: csv::Writer<Writing>,
    path: std::path::PathBuf,
    digits: u32,
}

impl Csv {
    /// With `digits` of money after the point at least.
    pub(crate) fn new(file: Writing, digits: u32) -> Self {
        let path = file.path().to_path_buf();
        Self { writer: csv::Writer::from_writer(file), path, digits }
    }

    pub(crate) fn head<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> Result<(), FileError> {
        self.row(names)
    }

    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), FileError> {
        self.writer.write_record(cells).map_err(|error| FileError::writing(&self.path, error))
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), FileError> {
        let columns: Vec<Cells<'_>> = batch.columns().iter().map(|column| Cells::of(column.as_ref())).collect();
        let mut cell = String::new();
        for row in 0..batch.num_rows() {
            for column in &columns {
                let text = column.text(row, self.digits, &mut cell);
                self.writer.write_field(text).map_err(|error| FileError::writing(&self.path, error))?;
            }
            let end: Option<&[u8]> = None;
            self.writer.write_record(end).map_err(|error| FileError::writing(&self.path, error))?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Written, FileError> {
        let path = self.path;
        let file = self.writer.into_inner();
        file.map_err(|error| FileError::writing(&path, std::io::Error::from(error.error().kind())))?.finish()
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

    /// A cell, with so many digits of money after the point at least; null is empty. What has to be written goes through `buffer`.
    pub(crate) fn text<'t>(&self, row: usize, digits: u32, buffer: &'t mut String) -> &'t str
    where
        'c: 't,
    {
        buffer.clear();
        // INVARIANT: writing into a text does not fail.
        let _ = match self {
            Self::Text(texts) if texts.is_valid(row) => return texts.value(row),
            Self::Money(amounts) if amounts.is_valid(row) => Amount(amounts.value(row)).write(digits, buffer),
            Self::Count(numbers) if numbers.is_valid(row) => write!(buffer, "{}", numbers.value(row)),
            Self::Day(days) if days.is_valid(row) => match date32_to_datetime(days.value(row)) {
                Some(day) => write!(buffer, "{}", day.date()),
                None => Ok(()),
            },
            Self::YesNo(answers) if answers.is_valid(row) => return if answers.value(row) { "yes" } else { "no" },
            Self::Text(_) | Self::Money(_) | Self::Count(_) | Self::Day(_) | Self::YesNo(_) | Self::Other => Ok(()),
        };
        buffer
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
