//! Rows of Parquet files, of which only the columns of the mapping are read.

use std::fs::File;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array, Int64Array,
    StringArray, TimestampNanosecondArray,
};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int64Type, TimeUnit, TimestampNanosecondType,
};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use arrow::temporal_conversions::{date32_to_datetime, timestamp_ns_to_datetime};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::{Block, Input, InputError, OpenError, places};
use crate::columns::{MONEY_DIGITS, MONEY_SCALE};
use crate::map::{Field, Mapper, Row};
use crate::mapping::Table;

const ROWS: usize = 16_384;
/// Row groups of at most so many rows are read each by itself, on any thread; a file with larger ones is read from its beginning to its end.
const GROUP: i64 = 1 << 18;

#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// By slot, the column of the batches.
    places: Vec<usize>,
    input: Input,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
}

pub(crate) enum Blocks {
    /// The row groups that are left, and the row that the next begins with.
    Groups {
        groups: std::vec::IntoIter<(usize, i64)>,
        row: i64,
    },
    Batches {
        source: String,
        reader: ParquetRecordBatchReader,
        row: i64,
    },
}

pub(super) fn open(input: &Input, table: &Table, file: File) -> Result<(Shape, Blocks), OpenError> {
    let failed = |error: parquet::errors::ParquetError| InputError::new(&input.name, error);
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::default()).map_err(failed)?;
    let schema = Arc::clone(metadata.schema());
    let columns: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let places = places(&input.name, table, &columns)?;
    for (place, slot) in places.iter().zip(&table.slots) {
        let kind = schema.fields().get(*place).map(|field| field.data_type().clone());
        if let Some(kind) = kind
            && plain(&kind).is_none()
        {
            let message = format!("its column `{}` holds {kind}, which is no value of one row", slot.name);
            return Err(InputError::new(&input.name, message).into());
        }
    }
    let mut wanted = places.clone();
    wanted.sort_unstable();
    wanted.dedup();
    let mask = ProjectionMask::roots(metadata.parquet_schema(), wanted.iter().copied());
    let places = places.iter().map(|place| wanted.partition_point(|wanted| wanted < place)).collect();
    let groups: Vec<i64> = metadata.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
    let blocks = if !input.is_stdin() && groups.iter().all(|rows| *rows <= GROUP) {
        Blocks::Groups { groups: groups.into_iter().enumerate().collect::<Vec<_>>().into_iter(), row: 0 }
    } else {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
        let reader = builder.with_projection(mask.clone()).with_batch_size(ROWS).build().map_err(failed)?;
        Blocks::Batches { source: input.name.clone(), reader, row: 0 }
    };
    Ok((Shape { places, input: input.clone(), metadata, mask }, blocks))
}

/// The columns that hold values of one row, by name.
pub(super) fn plain_columns(input: &Input) -> Result<Vec<String>, InputError> {
    let failed = |error: parquet::errors::ParquetError| InputError::new(&input.name, error);
    let builder = ParquetRecordBatchReaderBuilder::try_new(input.file()?).map_err(failed)?;
    let fields = builder.schema().fields().iter();
    Ok(fields.filter(|field| plain(field.data_type()).is_some()).map(|field| field.name().clone()).collect())
}

impl Blocks {
    /// The row that comes next.
    pub(super) fn row(&self) -> i64 {
        match self {
            Self::Groups { row, .. } | Self::Batches { row, .. } => *row,
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Block>, InputError> {
        match self {
            Self::Groups { groups, row } => Ok(groups.next().map(|(group, rows)| {
                let first = *row;
                *row += rows;
                Block::Group { group, row: first }
            })),
            Self::Batches { source, reader, row } => {
                let batch = match reader.next() {
                    None => return Ok(None),
                    Some(batch) => batch.map_err(|error| InputError::new(source, error))?,
                };
                let first = *row;
                *row += i64::try_from(batch.num_rows()).unwrap_or(i64::MAX);
                Ok(Some(Block::Rows { batch, row: first }))
            }
        }
    }
}

impl Shape {
    /// Rows of the file.
    pub(super) fn rows(&self) -> i64 {
        self.metadata.metadata().file_metadata().num_rows()
    }

    pub(super) fn map(&self, batch: &RecordBatch, first: i64, mapper: &mut Mapper<'_>) -> Result<(), ArrowError> {
        let columns = self.columns(batch)?;
        for (number, row) in (first..).zip(0..batch.num_rows()) {
            mapper.row(number, &Record { columns: &columns, row });
        }
        Ok(())
    }

    /// Maps the rows of a row group.
    pub(super) fn map_group(&self, group: usize, first: i64, mapper: &mut Mapper<'_>) -> Result<(), InputError> {
        let mut row = first;
        for batch in self.group(group)? {
            let batch = batch.map_err(|error| InputError::new(&self.input.name, error))?;
            self.map(&batch, row, mapper).map_err(|error| InputError::new(&self.input.name, error))?;
            row += i64::try_from(batch.num_rows()).unwrap_or(i64::MAX);
        }
        Ok(())
    }

    /// The first rows of a row group as texts.
    pub(super) fn texts_of(&self, group: usize, slots: usize) -> Result<Vec<Vec<Option<String>>>, InputError> {
        let failed = |error: ArrowError| InputError::new(&self.input.name, error);
        match self.group(group)?.next() {
            Some(batch) => self.texts(&batch.map_err(failed)?, slots).map_err(failed),
            None => Ok(Vec::new()),
        }
    }

    /// A row group, from a handle of its own: others may be read at the same time.
    fn group(&self, group: usize) -> Result<ParquetRecordBatchReader, InputError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.input.file()?, self.metadata.clone());
        let builder = builder.with_projection(self.mask.clone()).with_row_groups(vec![group]).with_batch_size(ROWS);
        builder.build().map_err(|error| InputError::new(&self.input.name, error))
    }

    /// The rows as texts.
    pub(super) fn texts(&self, batch: &RecordBatch, slots: usize) -> Result<Vec<Vec<Option<String>>>, ArrowError> {
        let columns = self.columns(batch)?;
        let row = |row| {
            let record = Record { columns: &columns, row };
            (0..slots).map(|slot| record.field(slot).text().map(std::borrow::Cow::into_owned)).collect()
        };
        Ok((0..batch.num_rows()).map(row).collect())
    }

    fn columns(&self, batch: &RecordBatch) -> Result<Vec<Column>, ArrowError> {
        let columns = self.places.iter().map(|place| match batch.columns().get(*place) {
            Some(column) => Column::of(column),
            None => Ok(Column::Nothing),
        });
        columns.collect()
    }
}

/// As what a type of Arrow is read; none where its values are no values of one row.
fn plain(kind: &DataType) -> Option<DataType> {
    Some(match kind {
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView => DataType::Utf8,
        DataType::Boolean => DataType::Boolean,
        DataType::Float16 | DataType::Float32 => DataType::Float32,
        DataType::Float64 => DataType::Float64,
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..)
        | DataType::UInt64 => DataType::Decimal128(MONEY_DIGITS, MONEY_SCALE),
        DataType::Date32 | DataType::Date64 => DataType::Date32,
        DataType::Timestamp(_, zone) => DataType::Timestamp(TimeUnit::Nanosecond, zone.clone()),
        DataType::Dictionary(_, values) => plain(values)?,
        kind if kind.is_integer() => DataType::Int64,
        DataType::Null => DataType::Utf8,
        _ => return None,
    })
}

/// A column of a batch, as it is read row by row.
enum Column {
    Text(StringArray),
    Whole(Int64Array),
    Decimal(Decimal128Array),
    Single(Float32Array),
    Double(Float64Array),
    YesNo(BooleanArray),
    Day(Date32Array),
    /// Whether it is a point in time, told in UTC, or what a clock showed.
    Moment(TimestampNanosecondArray, bool),
    Nothing,
}

impl Column {
    fn of(array: &ArrayRef) -> Result<Self, ArrowError> {
        let Some(kind) = plain(array.data_type()) else { return Ok(Self::Nothing) };
        let options = CastOptions { safe: false, ..CastOptions::default() };
        let array =
            if *array.data_type() == kind { Arc::clone(array) } else { cast_with_options(array, &kind, &options)? };
        Ok(match &kind {
            DataType::Utf8 => Self::Text(array.as_string::<i32>().clone()),
            DataType::Int64 => Self::Whole(array.as_primitive::<Int64Type>().clone()),
            DataType::Decimal128(..) => Self::Decimal(array.as_primitive::<Decimal128Type>().clone()),
            DataType::Float32 => Self::Single(array.as_primitive::<Float32Type>().clone()),
            DataType::Float64 => Self::Double(array.as_primitive::<Float64Type>().clone()),
            DataType::Boolean => Self::YesNo(array.as_boolean().clone()),
            DataType::Date32 => Self::Day(array.as_primitive::<Date32Type>().clone()),
            DataType::Timestamp(_, zone) => {
                Self::Moment(array.as_primitive::<TimestampNanosecondType>().clone(), zone.is_some())
            }
            _ => Self::Nothing,
        })
    }
}

struct Record<'r> {
    columns: &'r [Column],
    row: usize,
}

impl Row for Record<'_> {
    fn field(&self, slot: usize) -> Field<'_> {
        let at = self.row;
        let there = |array: &dyn Array| !array.is_null(at);
        match self.columns.get(slot) {
            Some(Column::Text(array)) if there(array) => Field::Text(array.value(at)),
            Some(Column::Whole(array)) if there(array) => Field::Whole(array.value(at)),
            Some(Column::Decimal(array)) if there(array) => Field::Decimal(array.value(at)),
            // The shortest digits that are this number: what was meant, of up to 15 digits.
            Some(Column::Single(array)) if there(array) => Field::Number(array.value(at).to_string().into()),
            Some(Column::Double(array)) if there(array) => Field::Number(array.value(at).to_string().into()),
            Some(Column::YesNo(array)) if there(array) => Field::YesNo(array.value(at)),
            Some(Column::Day(array)) if there(array) => {
                date32_to_datetime(array.value(at)).map_or(Field::Null, |day| Field::Day(day.date()))
            }
            Some(Column::Moment(array, utc)) if there(array) => {
                timestamp_ns_to_datetime(array.value(at)).map_or(Field::Null, |moment| Field::Moment(moment, *utc))
            }
            _ => Field::Null,
        }
    }
}
