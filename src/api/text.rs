//! Where JSON is written to: in memory, a few bytes at a time.
//!
//! Most of what a writer of JSON hands over is a quotation mark or a short word. In WebAssembly whoever copies bytes whose number the
//! compiler does not know calls the machine for it, which takes as long as dozens of steps; here they are copied in pieces whose size it does
//! know.

use std::io::{self, Write};
use std::string::FromUtf8Error;

/// More than most decisions have.
const FIRST: usize = 4096;
/// From here on the machine copies faster.
const LONG: usize = 64;

/// A text that grows.
#[derive(Debug)]
pub(super) struct Text {
    bytes: Vec<u8>,
    end: usize,
}

impl Text {
    pub(super) fn new() -> Self {
        Self { bytes: vec![0; FIRST], end: 0 }
    }

    /// All that was written.
    pub(super) fn into_string(mut self) -> Result<String, FromUtf8Error> {
        self.bytes.truncate(self.end);
        String::from_utf8(self.bytes)
    }

    fn put(&mut self, piece: &[u8]) {
        let end = self.end.saturating_add(piece.len());
        if end > self.bytes.len() {
            self.bytes.resize(end.saturating_mul(2), 0);
        }
        copy(self.bytes.get_mut(self.end..end).unwrap_or_default(), piece);
        self.end = end;
    }
}

/// Writing to memory does not fail.
impl Write for Text {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.put(piece);
        Ok(piece.len())
    }

    /// The most frequent pieces have one byte.
    #[inline]
    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        if let ([byte], Some(room)) = (piece, self.bytes.get_mut(self.end)) {
            *room = *byte;
            self.end += 1;
        } else {
            self.put(piece);
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Copies as many bytes as there are on both sides.
fn copy(room: &mut [u8], piece: &[u8]) {
    if piece.len() >= LONG {
        return room.copy_from_slice(piece);
    }
    let mut done = 0;
    while step::<8>(room, piece, &mut done) {}
    step::<4>(room, piece, &mut done);
    step::<2>(room, piece, &mut done);
    step::<1>(room, piece, &mut done);
}

/// Copies the next `N` bytes if there are as many.
#[inline(always)]
fn step<const N: usize>(room: &mut [u8], piece: &[u8], done: &mut usize) -> bool {
    let room = room.get_mut(*done..).and_then(<[u8]>::first_chunk_mut::<N>);
    let piece = piece.get(*done..).and_then(<[u8]>::first_chunk::<N>);
    let (Some(room), Some(piece)) = (room, piece) else { return false };
    *room = *piece;
    *done += N;
    true
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{LONG, Text};

    /// Pieces of every length, one behind the other, past every growth.
    #[test]
    fn what_is_written_is_there() -> Result<(), Box<dyn std::error::Error>> {
        let whole: String = ('a'..='z').cycle().take(LONG * 3).collect();
        let (mut text, mut expected) = (Text::new(), String::new());
        for piece in (0..=whole.len()).cycle().take(1000).filter_map(|length| whole.get(..length)) {
            text.write_all(piece.as_bytes())?;
            expected.push_str(piece);
        }
        assert_eq!(text.into_string()?, expected);
        Ok(())
    }
}
