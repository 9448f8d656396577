//! A text cut into blocks of whole records, so that blocks can be read apart from each other.

use std::io::Read;

use memchr::{memchr, memchr_iter, memchr2, memrchr};

use super::{Block, Input, InputError};
use crate::mapping::{Encoding, Layout};

/// How much is read before a block is cut.
const SIZE: usize = 4 << 20;
/// No record is longer: behind one that would be, a quote was opened and not closed.
const LONGEST: usize = 1 << 20;
const OPEN: &str = "a quote is opened here and not closed";

pub(crate) struct Blocks {
    input: Input,
    stream: Box<dyn Read + Send>,
    delimiter: u8,
    quote: Option<u8>,
    // What its lines end with, as `line_end` tells.
    end: u8,
    encoding: Encoding,
    // What was read and not yet handed out; it begins with a record.
    rest: Vec<u8>,
    // The line that `rest` begins on.
    line: i64,
    ended: bool,
    size: usize,
}

/// Where a text can be cut.
#[derive(Debug, PartialEq, Eq)]
struct Cut {
    /// Behind the last record that ends.
    whole: usize,
    /// Whether what follows is inside of quotes.
    quoted: bool,
}

impl Blocks {
    /// The blocks of a CSV that begins with `start`.
    pub(super) fn of_csv(input: Input, stream: Box<dyn Read + Send>, layout: &Layout, start: &[u8]) -> Self {
        Self::new(input, stream, layout, layout.quote, line_end(start, layout))
    }

    /// The blocks of JSON lines, in which a carriage return is a blank.
    pub(super) fn of_json(input: Input, stream: Box<dyn Read + Send>, layout: &Layout) -> Self {
        Self::new(input, stream, layout, None, b'\n')
    }

    fn new(input: Input, stream: Box<dyn Read + Send>, layout: &Layout, quote: Option<u8>, end: u8) -> Self {
        let (delimiter, encoding) = (layout.delimiter, layout.encoding);
        Self { input, stream, delimiter, quote, end, encoding, rest: Vec::new(), line: 1, ended: false, size: SIZE }
    }

    /// What its lines end with.
    pub(super) fn end(&self) -> u8 {
        self.end
    }

    pub(crate) fn next(&mut self) -> Result<Option<Block>, InputError> {
        loop {
            self.fill()?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let cut = cut(&self.rest, self.delimiter, self.quote, Some(self.end));
            if cut.whole > 0 {
                return Ok(Some(self.take(cut.whole)));
            }
            // The rest is one record that does not end.
            let over = self.ended || self.rest.len() > LONGEST;
            if over && cut.quoted {
                let end = memchr(self.end, &self.rest).map_or(self.rest.len(), |end| end + 1);
                return Ok(match self.take(end) {
                    Block::Text { bytes, line } => Some(Block::Broken { bytes, line, reason: OPEN }),
                    block => Some(block),
                });
            }
            if self.ended {
                return Ok(Some(self.take(self.rest.len())));
            }
            self.size = self.size.max(self.rest.len() + SIZE);
        }
    }

    /// Hands out the beginning of the rest.
    fn take(&mut self, end: usize) -> Block {
        let after = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, after);
        let line = self.line;
        self.line += lines(&bytes, self.end);
        Block::Text { bytes: self.encoding.decode(bytes), line }
    }

    /// The first record, which stays where it is; and how many bytes it has. None: there is none, or it does not end.
    pub(super) fn first_record(&mut self) -> Result<Option<(Vec<u8>, usize)>, InputError> {
        self.fill()?;
        let blank = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let after = self.rest.get(blank..).unwrap_or_default();
        let found = cut(after, self.delimiter, self.quote, None);
        let end = blank + if found.whole == 0 && self.ended && !found.quoted { after.len() } else { found.whole };
        let record = self.rest.get(blank..end).unwrap_or_default();
        Ok((!record.is_empty()).then(|| (self.encoding.decode(record.to_vec()), end)))
    }

    /// Leaves out the first line, whatever stands in it.
    pub(super) fn skip_line(&mut self) -> Result<(), InputError> {
        self.fill()?;
        let end = memchr(self.end, &self.rest).map_or(self.rest.len(), |end| end + 1);
        self.skip(end);
        Ok(())
    }

    /// Leaves out the first bytes.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.take(bytes.min(self.rest.len()));
    }

    fn fill(&mut self) -> Result<(), InputError> {
        if self.ended || self.rest.len() >= self.size {
            return Ok(());
        }
        let missing = (self.size - self.rest.len()) as u64;
        self.rest.reserve_exact(self.size - self.rest.len());
        let read =
            (&mut self.stream).take(missing).read_to_end(&mut self.rest).map_err(|error| self.input.failed(&error))?;
        self.ended = (read as u64) < missing;
        Ok(())
    }
}

/// How many lines end in a text whose lines end so.
pub(super) fn lines(bytes: &[u8], end: u8) -> i64 {
    i64::try_from(memchr_iter(end, bytes).count()).unwrap_or(i64::MAX)
}

/// What the lines of a text end with: a line feed, with or without a carriage return before it, or, of old Macs, a carriage return
/// alone. It is told by the first one outside of quotes.
fn line_end(start: &[u8], layout: &Layout) -> u8 {
    let first = cut(start, layout.delimiter, layout.quote, None).whole;
    let (line, rest) = start.split_at_checked(first).unwrap_or_default();
    // Some write `\r\r\n`.
    let next = rest.iter().find(|byte| **byte != b'\r');
    if line.ends_with(b"\r") && next != Some(&b'\n') { b'\r' } else { b'\n' }
}

/// Where the text behind its first line begins, however that ends.
fn behind_first_line(text: &[u8]) -> Option<usize> {
    let at = memchr2(b'\n', b'\r', text)?;
    let both = text.get(at..).is_some_and(|rest| rest.starts_with(b"\r\n"));
    Some(at + 1 + usize::from(both))
}

/// Finds the last record that ends. A record ends with its line, unless that is inside of quotes; a quote opens only where a field begins,
/// and two in a row inside of quotes are one that is meant. Without an `end` of lines it is the first record, however its line ends.
fn cut(bytes: &[u8], delimiter: u8, quote: Option<u8>, end: Option<u8>) -> Cut {
    // Where the text goes on outside of quotes: at the beginning, and behind each quote that closes.
    let (mut whole, mut outside) = (0, 0);
    loop {
        let open = quote.and_then(|quote| opened(bytes, delimiter, quote, outside));
        let plain = bytes.get(outside..open.unwrap_or(bytes.len())).unwrap_or_default();
        let found = match end {
            Some(end) => memrchr(end, plain).map(|at| at + 1),
            None => behind_first_line(plain),
        };
        if let Some(found) = found {
            whole = outside + found;
            if end.is_none() {
                return Cut { whole, quoted: false };
            }
        }
        let (Some(quote), Some(open)) = (quote, open) else { return Cut { whole, quoted: false } };
        match memchr(quote, bytes.get(open + 1..).unwrap_or_default()) {
            // Where the next quote is that far away, this one was opened and not closed.
            Some(inside) if open + 1 + inside - whole <= LONGEST => outside = open + inside + 2,
            Some(_) | None => return Cut { whole, quoted: true },
        }
    }
}

/// The next quote that opens. One right behind a quote that closed opens it again: the field goes on.
fn opened(bytes: &[u8], delimiter: u8, quote: u8, outside: usize) -> Option<usize> {
    let rest = bytes.get(outside..).unwrap_or_default();
    let begins = |at: &usize| match at.checked_sub(1).and_then(|before| rest.get(before)) {
        None => true,
        Some(before) => *before == delimiter || matches!(before, b'\n' | b'\r'),
    };
    memchr_iter(quote, rest).find(begins).map(|at| outside + at)
}

impl Encoding {
    /// The bytes as UTF-8. What is said to be UTF-8 stays as it is.
    pub(super) fn decode(self, bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Encoding::Utf8 => bytes,
            Encoding::Windows1252 if bytes.is_ascii() => bytes,
            Encoding::Windows1252 => bytes.into_iter().map(windows_1252).collect::<String>().into_bytes(),
        }
    }
}

/// The characters of windows-1252 from 0x80 to 0x9F; five bytes have none, and are the control characters of Unicode.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80).and_then(|place| HIGH.get(usize::from(place))).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> (&str, bool) {
        let cut = cut(text.as_bytes(), b',', Some(b'"'), Some(b'\n'));
        (text.split_at(cut.whole).0, cut.quoted)
    }

    #[test]
    fn records_end_with_lines_outside_of_quotes() {
        assert_eq!(whole("a,b\nc"), ("a,b\n", false));
        assert_eq!(whole("a,\"b\n\"\nc"), ("a,\"b\n\"\n", false));
        assert_eq!(whole("a,\"b\nc\nd"), ("", true));
        assert_eq!(whole("a,\"b \"\"x\"\"\nc\"\nd"), ("a,\"b \"\"x\"\"\nc\"\n", false));
        // A quote inside of a field is an inch.
        assert_eq!(whole("a,12\" ruler\nb,\"c\nd"), ("a,12\" ruler\n", true));
        assert_eq!(whole(""), ("", false));
    }

    #[test]
    fn lines_end_as_the_first_one_does() {
        for (text, end) in [
            ("a,b\nc,d\n", b'\n'),
            ("a,b\r\nc,d\r\n", b'\n'),
            ("a,b\r\r\nc,d\r\r\n", b'\n'),
            ("a,b\rc,d\r", b'\r'),
            ("a,\"b\nb\"\rc,d\r", b'\r'),
            ("a,\"b\rb\"\nc,d\n", b'\n'),
            ("a,b", b'\n'),
            ("", b'\n'),
        ] {
            assert_eq!(line_end(text.as_bytes(), &Layout::default()), end, "{text:?}");
        }
    }

    #[test]
    fn the_characters_of_windows_1252() {
        let bytes = Encoding::Windows1252.decode(b"\x80 12.50 caf\xe9 \x93x\x94".to_vec());
        assert_eq!(String::from_utf8(bytes).unwrap(), "€ 12.50 café “x”");
    }
}
