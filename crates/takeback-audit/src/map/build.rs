//! Batches of canonical columns, built row by row.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder};
use arrow::datatypes::{DataType, Field as ArrowField, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::Cell;
use crate::columns::{Kind, MONEY_DIGITS, MONEY_SCALE};
use crate::mapping::Table;

pub(super) struct Build {
    schema: SchemaRef,
    source: StringBuilder,
    row: Int64Builder,
    columns: Vec<Column>,
}

enum Column {
    Text(StringBuilder),
    Number(Decimal128Builder),
    Day(Date32Builder),
    Count(Int64Builder),
    YesNo(BooleanBuilder),
}

/// The schema of the batches that a table gives.
pub(crate) fn schema(table: &Table) -> SchemaRef {
    let where_from = [ArrowField::new("source", DataType::Utf8, true), ArrowField::new("row", DataType::Int64, true)];
    let fields = table.specs.iter().map(|spec| ArrowField::new(&spec.target, spec.column().arrow(), true));
    Arc::new(Schema::new(where_from.into_iter().chain(fields).collect::<Vec<_>>()))
}

impl Build {
    pub(super) fn new(table: &Table) -> Self {
        let column = |kind: Kind| match kind {
            Kind::Money | Kind::Percent => {
                Column::Number(Decimal128Builder::new().with_data_type(DataType::Decimal128(MONEY_DIGITS, MONEY_SCALE)))
            }
            Kind::Day => Column::Day(Date32Builder::new()),
            Kind::Count => Column::Count(Int64Builder::new()),
            Kind::YesNo => Column::YesNo(BooleanBuilder::new()),
            Kind::Text
            | Kind::Word
            | Kind::Moment
            | Kind::Texts
            | Kind::Tenders
            | Kind::Roles
            | Kind::Forms
            | Kind::Earlier
            | Kind::Past
            | Kind::Rest => Column::Text(StringBuilder::new()),
        };
        let columns = table.specs.iter().map(|spec| column(spec.column())).collect();
        Self { schema: schema(table), source: StringBuilder::new(), row: Int64Builder::new(), columns }
    }

    pub(super) fn push(&mut self, source: &str, row: i64, cells: &[Cell<'_>]) {
        self.source.append_value(source);
        self.row.append_value(row);
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(self.source.finish()), Arc::new(self.row.finish())];
        arrays.extend(self.columns.iter_mut().map(Column::finish));
        RecordBatch::try_new(self.schema, arrays)
    }
}

impl Column {
    /// Appends a cell; one of another kind than the column is nothing.
    fn push(&mut self, cell: &Cell<'_>) {
        match self {
            Self::Text(column) => match cell {
                Cell::Text(text) => column.append_value(text),
                _ => column.append_null(),
            },
            Self::Number(column) => {
                column.append_option(if let Cell::Number(number) = cell { Some(*number) } else { None })
            }
            Self::Day(column) => column.append_option(if let Cell::Day(day) = cell { Some(*day) } else { None }),
            Self::Count(column) => {
                column.append_option(if let Cell::Count(count) = cell { Some(*count) } else { None })
            }
            Self::YesNo(column) => column.append_option(if let Cell::YesNo(yes) = cell { Some(*yes) } else { None }),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Day(column) => Arc::new(column.finish()),
            Self::Count(column) => Arc::new(column.finish()),
            Self::YesNo(column) => Arc::new(column.finish()),
        }
    }
}
