//! Cuts a stream into JSON documents without holding more than one of them. By lines, a line is a document whatever is in
//! it, so that a bad one spoils no other. Otherwise a document ends with the bracket that closes its first one; whether it
//! is good JSON is for the reader of requests to say.

use std::io::{self, BufRead, BufReader, Read};

/// A document and where it begins.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) line: u64,
    pub(crate) bytes: Vec<u8>,
    /// Why there are no bytes, when there are none: there are more than are read.
    pub(crate) trouble: Option<String>,
}

/// What comes after the first document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Following {
    Nothing,
    Documents,
    /// Something that begins no document, on this line.
    Garbage(u64),
}

/// The documents of a stream.
#[derive(Debug)]
pub(crate) struct Documents<R> {
    input: R,
    /// The line of the next byte, from 1.
    line: u64,
    most: usize,
    /// The first document filled exactly a line, so the others are lines too.
    lines: bool,
}

/// The bytes without the mark that some programs put before UTF-8.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

impl<R: Read> Documents<BufReader<R>> {
    /// Whether no whole line has been read ahead, so that reading the next one may have to wait.
    pub(crate) fn would_wait(&self) -> bool {
        !self.input.buffer().contains(&b'\n')
    }
}

impl<R: BufRead> Documents<R> {
    /// Documents of more than `most` bytes are not kept.
    pub(crate) fn new(input: R, most: usize) -> Self {
        Self { input, line: 1, most, lines: false }
    }

    /// Reads the first document, which may fill several lines; false when there is none.
    pub(crate) fn first(&mut self, document: &mut Document) -> io::Result<bool> {
        let read = self.balanced(document)?;
        self.lines = document.line == self.line;
        Ok(read)
    }

    /// Looks at what comes after the first document.
    pub(crate) fn following(&mut self) -> io::Result<Following> {
        let before = self.line;
        let next = self.skip_blanks()?;
        self.lines &= self.line > before;
        Ok(match next {
            None => Following::Nothing,
            Some(b'{') => Following::Documents,
            Some(_) if self.lines => Following::Documents,
            Some(_) => Following::Garbage(self.line),
        })
    }

    /// Reads the next document; false at the end.
    pub(crate) fn next(&mut self, document: &mut Document, by_lines: bool) -> io::Result<bool> {
        if by_lines || self.lines { self.whole_line(document) } else { self.balanced(document) }
    }

    /// A line that is not blank.
    fn whole_line(&mut self, document: &mut Document) -> io::Result<bool> {
        loop {
            self.begin(document);
            let first = self.line == 1;
            let most = u64::try_from(self.most).unwrap_or(u64::MAX).saturating_add(1);
            let read = (&mut self.input).take(most).read_until(b'\n', &mut document.bytes)?;
            if read == 0 {
                return Ok(false);
            }
            let ended = document.bytes.last() == Some(&b'\n');
            if read > self.most && !ended {
                self.skip_line()?;
                self.too_long(document);
                return Ok(true);
            }
            self.line += u64::from(ended);
            if first && document.bytes.starts_with(b"\xEF\xBB\xBF") {
                document.bytes.drain(..3);
            }
            document.bytes.truncate(document.bytes.trim_ascii_end().len());
            if !document.bytes.is_empty() {
                return Ok(true);
            }
        }
    }

    /// From the next bracket to the one that closes it; what begins with no bracket ends with its line.
    fn balanced(&mut self, document: &mut Document) -> io::Result<bool> {
        if self.skip_blanks()?.is_none() {
            return Ok(false);
        }
        self.begin(document);
        let mut nesting = Nesting::default();
        loop {
            let ahead = self.input.fill_buf()?;
            if ahead.is_empty() {
                return Ok(true);
            }
            let (taken, newlines, ended) = nesting.scan(ahead);
            document.bytes.extend_from_slice(ahead.get(..taken).unwrap_or(ahead));
            self.input.consume(taken);
            self.line += newlines;
            if document.bytes.len() > self.most {
                // Where the next one begins cannot be known, but the stream must be read to its end.
                io::copy(&mut self.input, &mut io::sink())?;
                self.too_long(document);
                return Ok(true);
            }
            if ended {
                return Ok(true);
            }
        }
    }

    fn begin(&self, document: &mut Document) {
        document.line = self.line;
        document.bytes.clear();
        document.trouble = None;
    }

    fn too_long(&self, document: &mut Document) {
        document.bytes = Vec::new();
        document.trouble = Some(format!("longer than the {} bytes that are read", self.most));
    }

    /// The next byte that is not white space, without taking it.
    fn skip_blanks(&mut self) -> io::Result<Option<u8>> {
        if self.line == 1 && self.input.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
            self.input.consume(3);
        }
        loop {
            let ahead = self.input.fill_buf()?;
            let Some(&byte) = ahead.first() else { return Ok(None) };
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.line += u64::from(byte == b'\n');
            self.input.consume(1);
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.input.fill_buf()?;
            let (taken, ended) = match ahead.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (ahead.len(), false),
            };
            self.input.consume(taken);
            self.line += u64::from(ended);
            if ended || taken == 0 {
                return Ok(());
            }
        }
    }
}

/// How deep in brackets a place is, over several pieces of text.
#[derive(Debug, Default)]
struct Nesting {
    depth: u32,
    begun: bool,
    in_text: bool,
    escaped: bool,
}

impl Nesting {
    /// Reads on to the end of the document: how many bytes and newlines belong to it, and whether it ended.
    fn scan(&mut self, bytes: &[u8]) -> (usize, u64, bool) {
        let mut newlines = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' && self.depth == 0 {
                return (at, newlines, true);
            }
            newlines += u64::from(*byte == b'\n');
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                _ if self.in_text => {}
                b'{' | b'[' if self.depth > 0 || !self.begun => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (at + 1, newlines, true);
                    }
                }
                _ => {}
            }
            self.begun = true;
        }
        (bytes.len(), newlines, false)
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Documents, Following};
    use std::io::BufReader;

    /// Every document with its line; by lines when told, or when the stream looks like it.
    fn cut(text: &str, by_lines: bool, most: usize) -> Vec<(u64, String)> {
        // A buffer of three bytes: no document comes in one piece.
        let mut documents = Documents::new(BufReader::with_capacity(3, text.as_bytes()), most);
        let mut document = Document::default();
        let mut found = Vec::new();
        let mut note = |document: &Document| {
            let text = document.trouble.clone();
            found.push((document.line, text.unwrap_or_else(|| String::from_utf8(document.bytes.clone()).unwrap())));
        };
        if !by_lines {
            if !documents.first(&mut document).unwrap() {
                return found;
            }
            note(&document);
            if documents.following().unwrap() != Following::Documents {
                return found;
            }
        }
        while documents.next(&mut document, by_lines).unwrap() {
            note(&document);
        }
        found
    }

    fn expected(documents: &[(u64, &str)]) -> Vec<(u64, String)> {
        documents.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    }

    #[test]
    fn lines_are_documents() {
        let text = "\u{feff}{}\n\n  \nnonsense {\r\n{\"a\":\"}\"}";
        assert_eq!(cut(text, true, 99), expected(&[(1, "{}"), (4, "nonsense {"), (5, "{\"a\":\"}\"}")]));
        assert_eq!(cut(text, false, 99), expected(&[(1, "{}"), (4, "nonsense {"), (5, "{\"a\":\"}\"}")]));
    }

    #[test]
    fn a_bad_first_line_spoils_no_other() {
        assert_eq!(cut("nonsense\n{}\n", false, 99), expected(&[(1, "nonsense"), (2, "{}")]));
    }

    #[test]
    fn documents_may_fill_several_lines() {
        let text = "{\n \"a\": \"\\\"}\\\\\",\n \"b\": [1]\n}\n\n{\n}\n{}";
        let first = "{\n \"a\": \"\\\"}\\\\\",\n \"b\": [1]\n}";
        assert_eq!(cut(text, false, 99), expected(&[(1, first), (6, "{\n}"), (8, "{}")]));
        assert_eq!(cut("{}{} {}", false, 99), expected(&[(1, "{}"), (1, "{}"), (1, "{}")]));
    }

    #[test]
    fn what_follows_one_document_is_known() {
        let following = |text: &str| {
            let mut documents = Documents::new(BufReader::new(text.as_bytes()), 99);
            assert!(documents.first(&mut Document::default()).unwrap());
            documents.following().unwrap()
        };
        assert_eq!(following("{\n}\n \n"), Following::Nothing);
        assert_eq!(following("{\n}\n}"), Following::Garbage(3));
        assert_eq!(following("{}}"), Following::Garbage(1));
        assert_eq!(following("{}\noops"), Following::Documents);
        assert_eq!(following("{"), Following::Nothing);
    }

    #[test]
    fn long_documents_are_not_kept() {
        let long = "longer than the 4 bytes that are read";
        assert_eq!(cut("{}\n{aaaaaaaa}\n{}\n", true, 4), expected(&[(1, "{}"), (2, long), (3, "{}")]));
        assert_eq!(cut("{}\n{aaaa", true, 4), expected(&[(1, "{}"), (2, long)]));
        assert_eq!(cut("{\naaaaaaaa\n}\n{}\n", false, 4), expected(&[(1, long)]));
        assert_eq!(cut("{aa}\n{aa}", true, 4), expected(&[(1, "{aa}"), (2, "{aa}")]));
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(cut("", true, 9), expected(&[]));
        assert_eq!(cut(" \n\t\n", true, 9), expected(&[]));
        assert_eq!(cut(" \n\t\n", false, 9), expected(&[]));
    }
}
