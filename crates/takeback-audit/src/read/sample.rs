//! The first rows of a file as texts, without a mapping: what a mapping is proposed from.

use std::collections::BTreeMap;

use serde_json::Value;

use super::open::{first, unpacked};
use super::{Input, InputError, Reader, Shape, csv, parquet};
use crate::mapping::{Encoding, Layout, Slot, Table};
use crate::read::Block;

/// As many bytes of a text are looked at.
const BYTES: usize = 1 << 20;
/// As many rows.
const ROWS: usize = 1000;

/// The first rows of a file.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) name: String,
    /// How a CSV is laid out; none: the file says it itself.
    pub(crate) layout: Option<Layout>,
    pub(crate) columns: Vec<String>,
    /// By row, by column; none: nothing is there.
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

impl Sample {
    pub(crate) fn read(input: &Input) -> Result<Self, InputError> {
        let mut stream = input.stream()?;
        let start = first(input, &mut stream, 8)?;
        if start.starts_with(b"PAR1") {
            return parquet_rows(input);
        }
        let mut text = unpacked(input, start, stream)?;
        let mut bytes = first(input, &mut text, BYTES)?;
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n').filter(|_| bytes.len() == BYTES) {
            bytes.truncate(end + 1);
        }
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        let encoding = if std::str::from_utf8(&bytes).is_ok() { Encoding::Utf8 } else { Encoding::Windows1252 };
        let text = String::from_utf8(encoding.decode(bytes)).unwrap_or_default();
        if text.trim_start().starts_with('{') {
            return Ok(json_rows(input, &text));
        }
        let delimiter = delimiter(&text);
        let layout = Layout { delimiter, encoding, ..Layout::default() };
        let mut records = csv::records(&layout, &text, ROWS + 1).into_iter();
        let columns: Vec<String> = records.next().unwrap_or_default();
        let given = |text: String| (!text.is_empty()).then_some(text);
        let row = |record: Vec<String>| record.into_iter().map(given).collect::<Vec<_>>();
        let rows = records.filter(|record| record.len() == columns.len()).map(row).collect();
        Ok(Self { name: input.name.clone(), layout: Some(layout), columns, rows })
    }

    /// What stands in a column.
    pub(crate) fn values(&self, column: usize) -> Vec<&str> {
        self.rows.iter().filter_map(|row| row.get(column)?.as_deref()).collect()
    }
}

/// What separates fields: of the usual ones that by which most of the first records have the same number of fields, more than one.
fn delimiter(text: &str) -> u8 {
    let fit = |delimiter: u8| {
        let records = csv::records(&Layout { delimiter, ..Layout::default() }, text, 50);
        let width = records.first().map_or(0, Vec::len);
        let same = records.iter().filter(|record| record.len() == width).count();
        (width > 1, same * width.min(100))
    };
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|delimiter| fit(*delimiter)).unwrap_or(b',')
}

fn json_rows(input: &Input, text: &str) -> Sample {
    let mut columns: Vec<String> = Vec::new();
    let mut found: Vec<BTreeMap<usize, String>> = Vec::new();
    for line in text.lines().take(ROWS) {
        let mut row = BTreeMap::new();
        if let Ok(value @ Value::Object(_)) = serde_json::from_str::<Value>(line) {
            members(&value, "", &mut columns, &mut row);
            found.push(row);
        }
    }
    let rows = found.iter().map(|row| (0..columns.len()).map(|column| row.get(&column).cloned()).collect()).collect();
    Sample { name: input.name.clone(), layout: None, columns, rows }
}

fn members(value: &Value, before: &str, columns: &mut Vec<String>, row: &mut BTreeMap<usize, String>) {
    let text = match value {
        Value::Object(object) => {
            for (name, value) in object {
                let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
                members(value, &name, columns, row);
            }
            return;
        }
        Value::Null | Value::Array(_) => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
    };
    let place = columns.iter().position(|column| column == before).unwrap_or_else(|| {
        columns.push(before.to_owned());
        columns.len() - 1
    });
    if let Some(text) = text {
        row.insert(place, text);
    }
}

fn parquet_rows(input: &Input) -> Result<Sample, InputError> {
    let columns = parquet::plain_columns(input)?;
    let slots = columns.iter().map(|name| Slot { name: name.clone(), span: 0..0 }).collect();
    let table = Table { layout: Layout::default(), when: Vec::new(), skip: Vec::new(), specs: Vec::new(), slots };
    let mut sample = Sample { name: input.name.clone(), layout: None, columns, rows: Vec::new() };
    // All columns are the file's own.
    let Ok(mut reader) = Reader::open(input, &table) else { return Ok(sample) };
    let width = sample.columns.len();
    if let (Shape::Parquet(shape), Some(block)) = (reader.shape().clone(), reader.next()?) {
        let mut rows = match block {
            Block::Group { group, .. } => shape.texts_of(group, width)?,
            Block::Rows { batch, .. } => {
                shape.texts(&batch, width).map_err(|error| InputError::new(&input.name, error))?
            }
            Block::Text { .. } | Block::Broken { .. } => Vec::new(),
        };
        rows.truncate(ROWS);
        sample.rows = rows;
    }
    Ok(sample)
}
