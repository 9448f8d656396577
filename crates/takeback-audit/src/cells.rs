//! Cells of a batch of joined cases, by name and type. Knows the columns, and nothing of what they mean together.

use std::fmt;

use arrow::array::{
    Array, BooleanArray, Date32Array, Decimal128Array, Int64Array, ListArray, StringArray, StructArray,
};
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::columns::{Column, FACTS, LINKED, MONEY_SCALE, RETURN_LINE, SALE, SALE_LINE};

/// Why a batch cannot be judged at all: it is not a batch of joined cases. No row of it was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchError {
    /// A column that cases do not have.
    Unknown {
        /// Its name.
        column: String,
    },
    /// A column of another type.
    Type {
        /// Its name.
        column: String,
        /// The type it has to be of.
        expected: DataType,
        /// The type it is of.
        found: DataType,
    },
    /// Two policies are compared that reckon in different currencies.
    Currency {
        /// That of the policy.
        now: &'static str,
        /// That of the other.
        other: &'static str,
    },
    /// Arrow would not build the findings.
    Arrow(String),
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { column } => write!(f, "joined cases have no column `{column}`"),
            Self::Type { column, expected, found } => {
                write!(f, "the column `{column}` is {found}, and must be {expected}")
            }
            Self::Currency { now, other } => write!(f, "one policy reckons in {now}, the other in {other}"),
            Self::Arrow(message) => write!(f, "findings cannot be written: {message}"),
        }
    }
}

impl std::error::Error for BatchError {}

/// A batch of joined cases, its columns found and their types checked.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    /// By whose column it is and its name.
    columns: FxHashMap<(Of, &'static str), Cell<'a>>,
    /// Names of declared facts with their texts.
    facts: Vec<(String, &'a StringArray)>,
    rows: usize,
}

/// A column.
#[derive(Debug, Clone, Copy)]
enum Cell<'a> {
    Text(&'a StringArray),
    Money(&'a Decimal128Array),
    Count(&'a Int64Array),
    YesNo(&'a BooleanArray),
    Day(&'a Date32Array),
    List(&'a ListArray),
}

/// Whose column it is: `sale` stands in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    /// The return line, or what was linked to it.
    Return,
    /// The sale line.
    Sale,
}

impl<'a> Cells<'a> {
    /// Finds the columns of a batch.
    pub(crate) fn of(batch: &'a RecordBatch) -> Result<Self, BatchError> {
        let mut cells = Self { columns: FxHashMap::default(), facts: Vec::new(), rows: batch.num_rows() };
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let name = field.name().as_str();
            if let Some(fact) = name.strip_prefix(SALE).unwrap_or(name).strip_prefix(FACTS) {
                let texts = array.as_any().downcast_ref().ok_or_else(|| BatchError::Type {
                    column: name.to_owned(),
                    expected: DataType::Utf8,
                    found: array.data_type().clone(),
                })?;
                cells.facts.push((fact.to_owned(), texts));
                continue;
            }
            let (column, of) = known(name).ok_or_else(|| BatchError::Unknown { column: name.to_owned() })?;
            let cell = (*array.data_type() == column.kind.arrow()).then(|| Cell::of(array.as_ref())).flatten();
            let cell = cell.ok_or_else(|| BatchError::Type {
                column: name.to_owned(),
                expected: column.kind.arrow(),
                found: array.data_type().clone(),
            })?;
            cells.columns.insert((of, column.name), cell);
        }
        Ok(cells)
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Whether the batch has a column: an empty cell of it is not known, whatever is taken for granted without it.
    pub(crate) fn has(&self, of: Of, name: &'static str) -> bool {
        self.columns.contains_key(&(of, name))
    }

    fn cell(&self, of: Of, name: &'static str) -> Option<Cell<'a>> {
        self.columns.get(&(of, name)).copied()
    }

    /// A text.
    pub(crate) fn text(&self, of: Of, name: &'static str, row: usize) -> Option<&'a str> {
        match self.cell(of, name)? {
            Cell::Text(texts) => text(texts, row),
            Cell::Money(_) | Cell::Count(_) | Cell::YesNo(_) | Cell::Day(_) | Cell::List(_) => None,
        }
    }

    /// An amount, a price or a rate.
    pub(crate) fn money(&self, of: Of, name: &'static str, row: usize) -> Option<Decimal> {
        match self.cell(of, name)? {
            Cell::Money(amounts) => money(amounts, row),
            Cell::Text(_) | Cell::Count(_) | Cell::YesNo(_) | Cell::Day(_) | Cell::List(_) => None,
        }
    }

    /// A whole number.
    pub(crate) fn count(&self, of: Of, name: &'static str, row: usize) -> Option<i64> {
        match self.cell(of, name)? {
            Cell::Count(counts) => (counts.is_valid(row)).then(|| counts.value(row)),
            Cell::Text(_) | Cell::Money(_) | Cell::YesNo(_) | Cell::Day(_) | Cell::List(_) => None,
        }
    }

    /// Yes or no.
    pub(crate) fn yes(&self, of: Of, name: &'static str, row: usize) -> Option<bool> {
        match self.cell(of, name)? {
            Cell::YesNo(answers) => answers.is_valid(row).then(|| answers.value(row)),
            Cell::Text(_) | Cell::Money(_) | Cell::Count(_) | Cell::Day(_) | Cell::List(_) => None,
        }
    }

    /// A day.
    pub(crate) fn day(&self, of: Of, name: &'static str, row: usize) -> Option<NaiveDate> {
        match self.cell(of, name)? {
            Cell::Day(days) => days.is_valid(row).then(|| day(days.value(row))).flatten(),
            Cell::Text(_) | Cell::Money(_) | Cell::Count(_) | Cell::YesNo(_) | Cell::List(_) => None,
        }
    }

    /// The elements of a list; none: not known.
    pub(crate) fn list(&self, of: Of, name: &'static str, row: usize) -> Option<Vec<Element<'a>>> {
        let Cell::List(lists) = self.cell(of, name)? else { return None };
        if lists.is_null(row) {
            return None;
        }
        let elements: &StructArray = lists.values().as_any().downcast_ref()?;
        let offsets = lists.value_offsets();
        let at = |place: usize| offsets.get(place).and_then(|offset| usize::try_from(*offset).ok());
        let places = at(row)?..at(row.checked_add(1)?)?;
        Some(places.filter(|place| elements.is_valid(*place)).map(|row| Element { elements, row }).collect())
    }

    /// The declared facts that are told in a row.
    pub(crate) fn facts(&self, row: usize) -> impl Iterator<Item = (&str, &'a str)> {
        self.facts.iter().filter_map(move |(name, texts)| Some((name.as_str(), text(texts, row)?)))
    }
}

/// An element of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    elements: &'a StructArray,
    row: usize,
}

impl<'a> Element<'a> {
    fn array<T: 'static>(&self, name: &str) -> Option<&'a T> {
        self.elements.column_by_name(name)?.as_any().downcast_ref()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        text(self.array(name)?, self.row)
    }

    pub(crate) fn money(&self, name: &str) -> Option<Decimal> {
        money(self.array(name)?, self.row)
    }

    pub(crate) fn count(&self, name: &str) -> Option<i64> {
        let counts: &Int64Array = self.array(name)?;
        counts.is_valid(self.row).then(|| counts.value(self.row))
    }

    pub(crate) fn yes(&self, name: &str) -> Option<bool> {
        let answers: &BooleanArray = self.array(name)?;
        answers.is_valid(self.row).then(|| answers.value(self.row))
    }

    pub(crate) fn day(&self, name: &str) -> Option<NaiveDate> {
        let days: &Date32Array = self.array(name)?;
        days.is_valid(self.row).then(|| day(days.value(self.row))).flatten()
    }
}

impl<'a> Cell<'a> {
    fn of(array: &'a dyn Array) -> Option<Self> {
        let any = array.as_any();
        let text = any.downcast_ref().map(Self::Text);
        let text = text.or_else(|| any.downcast_ref().map(Self::Money)).or_else(|| any.downcast_ref().map(Self::Count));
        let text = text.or_else(|| any.downcast_ref().map(Self::YesNo)).or_else(|| any.downcast_ref().map(Self::Day));
        text.or_else(|| any.downcast_ref().map(Self::List))
    }
}

/// The column of a name, and whose it is.
fn known(name: &str) -> Option<(&'static Column, Of)> {
    let mut own = RETURN_LINE.iter().chain(LINKED);
    if let Some(column) = own.find(|column| column.name == name) {
        return Some((column, Of::Return));
    }
    let of_sale = name.strip_prefix(SALE)?;
    SALE_LINE.iter().find(|column| column.name == of_sale).map(|column| (column, Of::Sale))
}

fn text(texts: &StringArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
}

fn money(amounts: &Decimal128Array, row: usize) -> Option<Decimal> {
    if amounts.is_null(row) {
        return None;
    }
    let (value, scale) = (amounts.value(row), MONEY_SCALE.unsigned_abs());
    if let Ok(value) = i64::try_from(value) {
        return Some(shortest(value, scale.into()));
    }
    match Decimal::try_from_i128_with_scale(value, scale.into()) {
        Ok(amount) => Some(amount.normalize()),
        // More than 16 digits before the point: it is refused as such, whatever stands after it.
        Err(_) => Decimal::try_from_i128_with_scale(value / 10_i128.pow(scale.into()), 0).ok(),
    }
}

/// An amount without zeros at its end. Most amounts are small, and small numbers are divided much faster.
fn shortest(mut value: i64, mut scale: u32) -> Decimal {
    for (step, zeros) in [(1_000_000_000_i64, 9), (1_000, 3), (100, 2), (10, 1)] {
        if scale >= zeros && value % step == 0 {
            value /= step;
            scale -= zeros;
        }
    }
    while scale > 0 && value % 10 == 0 {
        value /= 10;
        scale -= 1;
    }
    Decimal::new(value, scale)
}

fn day(days: i32) -> Option<NaiveDate> {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    match u64::try_from(days) {
        Ok(days) => epoch.checked_add_days(Days::new(days)),
        Err(_) => epoch.checked_sub_days(Days::new(u64::from(days.unsigned_abs()))),
    }
}
