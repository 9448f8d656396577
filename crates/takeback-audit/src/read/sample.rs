//! The first rows of a file as texts, without a mapping: what a mapping is proposed from.

use std::collections::BTreeMap;

use serde_json::Value;

use super::open::{first, readable, unpacked};
use super::{Input, InputError, Reader, Shape, csv, parquet};
use crate::mapping::{Encoding, Layout, Slot, Table};
use crate::read::Block;

/// As many bytes of a text are looked at.
const BYTES: usize = 1 << 20;
/// As many rows.
const ROWS: usize = 1000;

/// The first rows of a file.
#[derive(Clone, Debug)]
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
        readable(input, &bytes)?;
        if let Some(end) = bytes.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).filter(|_| bytes.len() == BYTES)
        {
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
        let mut layout = Layout { delimiter, encoding, ..Layout::default() };
        let (title_lines, text) = below_titles(&layout, &text);
        layout.title_lines = title_lines;
        let mut records = csv::records(&layout, text, ROWS + 1);
        layout.header = records.first().is_none_or(|first| names_columns(first));
        if !layout.header {
            let width = records.first().map_or(0, Vec::len);
            records.insert(0, (1..=width).map(|number| number.to_string()).collect());
        }
        let mut records = records.into_iter();
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
        let (width, same) = width(&csv::records(&Layout { delimiter, ..Layout::default() }, text, 50));
        (width > 1, same * width.min(100))
    };
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|delimiter| fit(*delimiter)).unwrap_or(b',')
}

/// How many fields most records have, and how many records have so many.
fn width(records: &[Vec<String>]) -> (usize, usize) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    records.iter().for_each(|record| *counts.entry(record.len()).or_default() += 1);
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or_default()
}

/// Lines above the rows, in which there are fewer fields, or nothing but the first of them; and the text below.
fn below_titles<'t>(layout: &Layout, text: &'t str) -> (u32, &'t str) {
    let (width, _) = width(&csv::records(layout, text, 50));
    let whole = |record: &Vec<String>| record.len() == width && record.iter().skip(1).any(|field| !field.is_empty());
    let mut rest = text;
    for lines in 0..20 {
        if width < 2 || csv::records(layout, rest, 1).first().is_some_and(whole) && !rest.starts_with(['\r', '\n']) {
            return (lines, rest);
        }
        let Some(end) = rest.find(['\r', '\n']) else { break };
        let (_, below) = rest.split_at(end);
        rest = below.strip_prefix("\r\n").or_else(|| below.get(1..)).unwrap_or_default();
    }
    (0, text)
}

/// Whether a row names columns: names hold no days and no amounts, and each is another.
fn names_columns(row: &[String]) -> bool {
    let number = |field: &String| {
        let digits = field.chars().filter(char::is_ascii_digit).count();
        let letters = field.chars().filter(|c| c.is_alphabetic()).count();
        digits > 0 && (letters == 0 || digits > 5 && letters < 4)
    };
    !row.iter().any(number)
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
