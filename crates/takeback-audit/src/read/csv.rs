//! Records of CSV.

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::text::{Blocks, lines};
use super::{InputError, OpenError, places};
use crate::map::{Field, Mapper, Row};
use crate::mapping::{Layout, Table};

#[derive(Clone, Debug)]
pub(crate) struct Shape {
    layout: Layout,
    /// Columns of the file.
    width: usize,
    /// By slot, where the column stands.
    places: Vec<usize>,
}

impl Shape {
    /// Reads the header, and leaves the rest to the blocks.
    pub(super) fn new(source: &str, table: &Table, blocks: &mut Blocks) -> Result<Self, OpenError> {
        let layout = table.layout.clone();
        let Some((bytes, end)) = blocks.first_record()? else {
            return Err(InputError::new(source, "its first record does not end").into());
        };
        let mut record = ByteRecord::new();
        let mut reader = builder(&layout).from_reader(&*bytes);
        reader.read_byte_record(&mut record).map_err(|error| InputError::new(source, error))?;
        let columns: Vec<String> = match layout.header {
            true => record.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect(),
            false => (1..=record.len()).map(|number| number.to_string()).collect(),
        };
        if layout.header {
            blocks.skip(end);
        }
        Ok(Self { layout, width: columns.len(), places: places(source, table, &columns)? })
    }

    pub(super) fn map(&self, bytes: &[u8], line: i64, mapper: &mut Mapper<'_>) {
        let mut reader = builder(&self.layout).from_reader(bytes);
        let mut record = ByteRecord::new();
        let (mut counted, mut line) = (0, line);
        loop {
            let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            // In memory nothing fails, and records of any length are read.
            if !reader.read_byte_record(&mut record).unwrap_or(false) {
                return;
            }
            // Lines without anything in them come before a record, and are no part of it.
            let blank =
                bytes.get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let begins = start.saturating_add(blank);
            line += bytes.get(counted..begins).map_or(0, lines);
            counted = begins;
            if record.len() == self.width {
                mapper.row(line, &Record { record: &record, places: &self.places });
            } else {
                let end = usize::try_from(reader.position().byte()).unwrap_or(bytes.len());
                let value = String::from_utf8_lossy(bytes.get(begins..end).unwrap_or_default());
                let reason = format!("has {} fields where the header has {}", record.len(), self.width);
                mapper.broken(line, value.trim_end(), reason);
            }
        }
    }
}

/// The first records of a text, field by field.
pub(super) fn records(layout: &Layout, text: &str, most: usize) -> Vec<Vec<String>> {
    let mut reader = builder(layout).from_reader(text.as_bytes());
    let records = reader.byte_records().take(most).filter_map(Result::ok);
    let fields =
        |record: ByteRecord| record.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    records.map(fields).collect()
}

fn builder(layout: &Layout) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).trim(Trim::None).delimiter(layout.delimiter);
    match layout.quote {
        Some(quote) => builder.quoting(true).quote(quote),
        None => builder.quoting(false),
    };
    builder
}

struct Record<'r> {
    record: &'r ByteRecord,
    places: &'r [usize],
}

impl Row for Record<'_> {
    fn field(&self, slot: usize) -> Field<'_> {
        let Some(bytes) = self.places.get(slot).and_then(|place| self.record.get(*place)) else { return Field::Null };
        match std::str::from_utf8(bytes) {
            Ok(text) => Field::Text(text),
            Err(_) => Field::Unreadable(
                String::from_utf8_lossy(bytes),
                "is not UTF-8 (does the mapping need `encoding = \"windows-1252\"`?)",
            ),
        }
    }
}
