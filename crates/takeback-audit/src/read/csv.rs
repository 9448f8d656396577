//! Records of CSV.

use csv::{ByteRecord, ReaderBuilder, Trim};
use memchr::memchr;

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
    /// What its lines end with.
    end: u8,
}

impl Shape {
    /// Reads the header, and leaves the rest to the blocks.
    pub(super) fn new(source: &str, table: &Table, blocks: &mut Blocks) -> Result<Self, OpenError> {
        let layout = table.layout.clone();
        for _ in 0..layout.title_lines {
            blocks.skip_line()?;
        }
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
        Ok(Self { layout, width: columns.len(), places: places(source, table, &columns)?, end: blocks.end() })
    }

    pub(super) fn map(&self, bytes: &[u8], line: i64, mapper: &mut Mapper<'_>) {
        let mut records = Records::new(&self.layout, bytes);
        let (mut counted, mut line) = (0, line);
        while let Some((begins, end)) = records.next() {
            line += bytes.get(counted..begins).map_or(0, |between| lines(between, self.end));
            counted = begins;
            if records.fields.len() == self.width {
                mapper.row(line, &Record { records: &records, places: &self.places });
            } else {
                let value = String::from_utf8_lossy(bytes.get(begins..end).unwrap_or_default());
                let reason = format!("has {} fields where the header has {}", records.fields.len(), self.width);
                mapper.broken(line, value.trim_end(), reason);
            }
        }
    }
}

/// Records of a block one after the other. A field is a piece of the block, unless something in it is written otherwise than it is meant.
struct Records<'b> {
    bytes: &'b [u8],
    /// The block as a text; none where some of it is no UTF-8.
    text: Option<&'b str>,
    delimiter: u8,
    quote: Option<u8>,
    /// Which bytes end a field.
    ends: [bool; 256],
    at: usize,
    fields: Vec<Place>,
    /// The fields of the record that are not pieces of the block.
    written: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Place {
    Block(usize, usize),
    Written(usize, usize),
}

impl<'b> Records<'b> {
    fn new(layout: &Layout, bytes: &'b [u8]) -> Self {
        let mut ends = [false; 256];
        for byte in [layout.delimiter, b'\r', b'\n'] {
            if let Some(end) = ends.get_mut(usize::from(byte)) {
                *end = true;
            }
        }
        let text = std::str::from_utf8(bytes).ok();
        let (delimiter, quote) = (layout.delimiter, layout.quote);
        Self { bytes, text, delimiter, quote, ends, at: 0, fields: Vec::new(), written: Vec::new() }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Where the next record begins and ends; its fields are then in `fields`. Lines without anything in them are no records.
    fn next(&mut self) -> Option<(usize, usize)> {
        while matches!(self.byte(self.at), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        let begins = self.at;
        self.byte(begins)?;
        self.fields.clear();
        self.written.clear();
        loop {
            let field = match self.quote {
                Some(quote) if self.byte(self.at) == Some(quote) => self.quoted(quote),
                _ => {
                    let from = self.at;
                    self.plain();
                    Place::Block(from, self.at)
                }
            };
            self.fields.push(field);
            match self.byte(self.at) {
                Some(byte) if byte == self.delimiter => self.at += 1,
                Some(b'\r') if self.byte(self.at + 1) == Some(b'\n') => self.at += 2,
                Some(_) => self.at += 1,
                None => return Some((begins, self.at)),
            }
            if self.byte(self.at - 1) != Some(self.delimiter) {
                return Some((begins, self.at));
            }
        }
    }

    /// Goes to the end of a field without quotes around it.
    fn plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| self.ends.get(usize::from(*byte)).copied().unwrap_or(true));
        self.at += end.unwrap_or(rest.len());
    }

    /// Goes to the end of a field that begins with a quote. Two quotes in a row are one that is meant; behind the one that closes the field
    /// may go on without quotes.
    fn quoted(&mut self, quote: u8) -> Place {
        let from = self.at + 1;
        let begins = self.written.len();
        let mut open = from;
        loop {
            let rest = self.bytes.get(open..).unwrap_or_default();
            let Some(inside) = memchr(quote, rest) else {
                self.written.extend_from_slice(rest);
                self.at = self.bytes.len();
                return Place::Written(begins, self.written.len());
            };
            let close = open + inside;
            self.at = close + 1;
            let ended = self.byte(self.at).is_none_or(|byte| self.ends.get(usize::from(byte)).copied().unwrap_or(true));
            if ended && open == from {
                return Place::Block(from, close);
            }
            self.written.extend_from_slice(rest.get(..inside).unwrap_or_default());
            if ended {
                return Place::Written(begins, self.written.len());
            }
            if self.byte(self.at) == Some(quote) {
                self.written.push(quote);
                open = self.at + 1;
                continue;
            }
            self.plain();
            self.written.extend_from_slice(self.bytes.get(close + 1..self.at).unwrap_or_default());
            return Place::Written(begins, self.written.len());
        }
    }

    fn field(&self, place: usize) -> Field<'_> {
        let (bytes, text) = match self.fields.get(place) {
            None => return Field::Null,
            Some(Place::Block(from, to)) => {
                (self.bytes.get(*from..*to), self.text.and_then(|text| text.get(*from..*to)))
            }
            Some(Place::Written(from, to)) => (self.written.get(*from..*to), None),
        };
        if let Some(text) = text {
            return Field::Text(text);
        }
        let bytes = bytes.unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => Field::Text(text),
            Err(_) => Field::Unreadable(
                String::from_utf8_lossy(bytes),
                "is not UTF-8 (does the mapping need `encoding = \"windows-1252\"`?)",
            ),
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
    records: &'r Records<'r>,
    places: &'r [usize],
}

impl Row for Record<'_> {
    fn field(&self, slot: usize) -> Field<'_> {
        self.places.get(slot).map_or(Field::Null, |place| self.records.field(*place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(layout: &Layout, text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut records = Records::new(layout, text);
        let mut all = Vec::new();
        while records.next().is_some() {
            let bytes = |place: &Place| match *place {
                Place::Block(from, to) => text[from..to].to_vec(),
                Place::Written(from, to) => records.written[from..to].to_vec(),
            };
            all.push(records.fields.iter().map(bytes).collect());
        }
        all
    }

    /// All short texts of these characters have the fields that the library finds in them.
    #[test]
    fn fields_are_those_of_the_library() {
        let mut texts = vec![Vec::new()];
        for _ in 0..6 {
            let longer = |text: &Vec<u8>| b"a,\"\n\r".map(|byte| [&**text, &[byte]].concat());
            texts.extend(texts.iter().flat_map(longer).collect::<Vec<_>>());
            texts.sort();
            texts.dedup();
        }
        for quote in [Some(b'"'), None] {
            let layout = Layout { quote, ..Layout::default() };
            for text in &texts {
                let theirs = builder(&layout).from_reader(&**text).into_byte_records();
                let theirs: Vec<Vec<Vec<u8>>> =
                    theirs.map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect();
                assert_eq!(fields(&layout, text), theirs, "{:?}", String::from_utf8_lossy(text));
            }
        }
    }
}
