//! Sorted entries on the disk, looked up through an index of some of them and a few blocks that were read last.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::entry::{Fixed as _, Place, Until};
use crate::spread::{AuditError, io_error, work};

/// Entries that are read at a time, 4 KiB.
pub(super) const BLOCK: u64 = 32;
/// Entries of which the places are in memory, whatever there are: 14 MiB.
const INDEXED: u64 = 1 << 18;
/// Blocks that are kept.
const KEPT: usize = 64;

const LENGTH: u64 = Until::LENGTH as u64;

/// A file of entries.
#[derive(Debug)]
pub(super) struct Sorted {
    path: PathBuf,
    pub(super) count: u64,
    /// The places of every so many entries.
    every: u64,
    index: Vec<Place>,
}

impl Sorted {
    pub(super) fn open(path: PathBuf) -> Result<Self, AuditError> {
        Self::indexed(path, INDEXED)
    }

    /// Opens a file of which no more than so many places are kept.
    pub(super) fn indexed(path: PathBuf, most: u64) -> Result<Self, AuditError> {
        let count = {
            let file = File::open(&path).map_err(io_error(&path))?;
            file.metadata().map_err(io_error(&path))?.len() / LENGTH
        };
        let mut every = BLOCK;
        while count.div_ceil(every) > most {
            every *= 2;
        }
        let sorted = Self { path, count, every, index: Vec::new() };
        let mut reader = sorted.reader()?;
        let mut index = Vec::new();
        for number in 0..count.div_ceil(every) {
            index.push(reader.first(number * every)?);
        }
        Ok(Self { index, ..sorted })
    }

    /// One for each thread.
    pub(super) fn reader(&self) -> Result<Reader<'_>, AuditError> {
        let file = File::open(&self.path).map_err(io_error(&self.path))?;
        Ok(Reader { of: self, file, blocks: std::iter::repeat_with(Block::default).take(KEPT).collect(), block: 0 })
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.index.len()
    }
}

pub(super) struct Reader<'s> {
    of: &'s Sorted,
    file: File,
    blocks: Vec<Block>,
    /// The block of the last answer.
    block: u64,
}

/// The entries of a block, as they stand in the file.
#[derive(Default)]
struct Block {
    number: Option<u64>,
    bytes: Vec<u8>,
}

impl Reader<'_> {
    /// The last entry before a place, and its number.
    pub(super) fn last_before(&mut self, place: &Place) -> Result<Option<(u64, Until)>, AuditError> {
        // INVARIANT: the entry `low` is before the place, and `high` is not.
        let (mut low, mut high) = match self.in_block(place)? {
            Some(found) => found,
            None => {
                let begin = self.of.index.partition_point(|first| first < place).checked_sub(1);
                let Some(low) = begin.map(|begin| begin as u64 * self.of.every) else { return Ok(None) };
                (low, (low + self.of.every).min(self.of.count))
            }
        };
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.place(middle)? < *place {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.block = low / BLOCK;
        self.get(low).map(|entry| Some((low, entry)))
    }

    /// The first and the last entry of the block of the last answer, where a place is between them: what is asked of one key is mostly there.
    fn in_block(&mut self, place: &Place) -> Result<Option<(u64, u64)>, AuditError> {
        let (first, end) = (self.block * BLOCK, ((self.block + 1) * BLOCK).min(self.of.count));
        let Some(last) = end.checked_sub(1).filter(|last| *last > first) else { return Ok(None) };
        Ok((self.place(first)? < *place && self.place(last)? >= *place).then_some((first, last)))
    }

    /// The entry of a number.
    pub(super) fn get(&mut self, number: u64) -> Result<Until, AuditError> {
        let entry = Until::take(&mut self.bytes(number)?);
        entry.ok_or_else(|| cut_off(&self.of.path))
    }

    fn place(&mut self, number: u64) -> Result<Place, AuditError> {
        let place = Place::take(&mut self.bytes(number)?);
        place.ok_or_else(|| cut_off(&self.of.path))
    }

    /// Where an entry begins in its block.
    fn bytes(&mut self, number: u64) -> Result<&[u8], AuditError> {
        let (block, offset) = (number / BLOCK, (number % BLOCK) * LENGTH);
        let slot = usize::try_from(block % KEPT as u64).unwrap_or(0);
        if self.blocks.get(slot).is_none_or(|kept| kept.number != Some(block)) {
            let mut bytes = self.blocks.get_mut(slot).map(|kept| std::mem::take(&mut kept.bytes)).unwrap_or_default();
            let entries = self.of.count.saturating_sub(block * BLOCK).min(BLOCK);
            self.read(block * BLOCK, entries * LENGTH, &mut bytes)?;
            if let Some(kept) = self.blocks.get_mut(slot) {
                *kept = Block { number: Some(block), bytes };
            }
        }
        let kept = self.blocks.get(slot);
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        Ok(kept.and_then(|kept| kept.bytes.get(from..)).unwrap_or_default())
    }

    /// The place of an entry, read by itself.
    fn first(&mut self, number: u64) -> Result<Place, AuditError> {
        let mut bytes = Vec::new();
        self.read(number, Place::LENGTH as u64, &mut bytes)?;
        Place::take(&mut bytes.as_slice()).ok_or_else(|| cut_off(&self.of.path))
    }

    /// Reads from the beginning of an entry.
    fn read(&mut self, number: u64, length: u64, into: &mut Vec<u8>) -> Result<(), AuditError> {
        let failed = io_error(&self.of.path);
        into.clear();
        self.file.seek(SeekFrom::Start(number * LENGTH)).map_err(&failed)?;
        self.file.by_ref().take(length).read_to_end(into).map_err(&failed)?;
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> u64 {
        self.blocks.iter().map(|block| block.bytes.len() as u64 / LENGTH).sum()
    }
}

fn cut_off(path: &Path) -> AuditError {
    work(path, "it is cut off")
}
