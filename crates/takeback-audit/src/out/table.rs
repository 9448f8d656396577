//! The findings as tables: Parquet, with the types of the columns, and CSV, as spreadsheets read it.

use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, Int64Array};
use arrow::datatypes::{DataType, Date32Type, Decimal128Type, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use arrow::temporal_conversions::date32_to_datetime;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::amount::Amount;
use super::whole::{FileError, Writing, Written, of_arrow, of_parquet};

/// The number of a finding, from 1 in the order of findings.
pub(crate) const NUMBER: &str = "finding";
/// The row of `cases.parquet`, from 0, that the finding is about.
pub(crate) const CASE: &str = "case";

/// How many rows one group of a Parquet file has.
const GROUP: usize = 1 << 16;

/// A Parquet file that is being written.
pub(crate) struct Parquet {
    writer: ArrowWriter<Writing>,
}

impl Parquet {
    pub(crate) fn new(file: Writing, schema: &Schema) -> Result<Self, FileError> {
        let path = file.path().to_path_buf();
        let level = ZstdLevel::try_new(1).map_err(|error| FileError::writing(&path, of_parquet(error)))?;
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_max_row_group_row_count(Some(GROUP))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("takeback ", env!("CARGO_PKG_VERSION")).to_owned());
        // Amounts and numbers are seldom the same: looking them up takes longer than writing them.
        for field in schema.fields().iter().filter(|field| field.data_type().is_numeric()) {
            properties = properties.set_column_dictionary_enabled(field.name().as_str().into(), false);
        }
        let writer = ArrowWriter::try_new(file, Arc::new(schema.clone()), Some(properties.build()));
        Ok(Self { writer: writer.map_err(|error| FileError::writing(&path, of_parquet(error)))? })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), FileError> {
        let written = self.writer.write(batch);
        written.map_err(|error| FileError::writing(self.writer.inner().path(), of_parquet(error)))
    }

    pub(crate) fn finish(self) -> Result<Written, FileError> {
        let path = self.writer.inner().path().to_path_buf();
        self.writer.into_inner().map_err(|error| FileError::writing(&path, of_parquet(error)))?.finish()
    }
}

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
        for row in 0..batch.num_rows() {
            for column in batch.columns() {
                let cell = cell(column.as_ref(), row, self.digits);
                self.writer.write_field(cell).map_err(|error| FileError::writing(&self.path, error))?;
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

/// A cell as text; null is empty.
pub(crate) fn cell(column: &dyn Array, row: usize, digits: u32) -> String {
    if column.is_null(row) {
        return String::new();
    }
    if let Some(texts) = column.as_string_opt::<i32>() {
        return texts.value(row).to_owned();
    }
    if let Some(amounts) = column.as_primitive_opt::<Decimal128Type>() {
        return Amount(amounts.value(row)).exact(digits);
    }
    if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
        return numbers.value(row).to_string();
    }
    if let Some(days) = column.as_primitive_opt::<Date32Type>() {
        return date32_to_datetime(days.value(row)).map(|day| day.date().to_string()).unwrap_or_default();
    }
    let answers: Option<&BooleanArray> = column.as_boolean_opt();
    answers.map_or_else(String::new, |answers| if answers.value(row) { "yes" } else { "no" }.to_owned())
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
