//! Sorting more than fits into memory: runs that do are sorted and written, and then merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::entry::{Entry, Fixed as _};
use crate::spread::{AuditError, io_error};

/// Entries of a run: 24 MiB.
const RUN: usize = 1 << 18;
/// Runs that are merged at a time, each read through a buffer of 64 KiB.
const AT_ONCE: usize = 64;
const BUFFER: usize = 64 << 10;

/// Entries on their way into an order.
pub(super) struct Runs<K> {
    /// The names of runs begin with this.
    name: PathBuf,
    by: fn(&Entry) -> K,
    /// So many entries are in memory at most.
    most: usize,
    waiting: Vec<Entry>,
    written: Vec<PathBuf>,
    begun: usize,
}

impl<K: Ord + Send> Runs<K> {
    pub(super) fn new(name: PathBuf, by: fn(&Entry) -> K) -> Self {
        Self { name, by, most: RUN, waiting: Vec::new(), written: Vec::new(), begun: 0 }
    }

    #[cfg(test)]
    pub(super) fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn add(&mut self, entry: Entry) -> Result<(), AuditError> {
        self.waiting.push(entry);
        if self.waiting.len() < self.most { Ok(()) } else { self.spill() }
    }

    fn spill(&mut self) -> Result<(), AuditError> {
        self.waiting.par_sort_unstable_by_key(self.by);
        let mut run = self.begin()?;
        self.waiting.iter().try_for_each(|entry| run.write(entry))?;
        self.written.push(run.finish()?);
        self.waiting.clear();
        Ok(())
    }

    fn begin(&mut self) -> Result<Out, AuditError> {
        let mut path = self.name.as_os_str().to_owned();
        path.push(format!("-{:05}.run", self.begun));
        self.begun += 1;
        Out::create(path.into())
    }

    /// Hands out all entries in their order.
    pub(super) fn sorted(mut self, each: &mut dyn FnMut(Entry) -> Result<(), AuditError>) -> Result<(), AuditError> {
        if !self.waiting.is_empty() {
            self.spill()?;
        }
        self.waiting = Vec::new();
        while self.written.len() > AT_ONCE {
            let first: Vec<PathBuf> = self.written.drain(..AT_ONCE).collect();
            let mut run = self.begin()?;
            merge(&first, self.by, &mut |entry| run.write(&entry))?;
            self.written.push(run.finish()?);
        }
        merge(&self.written, self.by, each)
    }
}

/// Merges runs, and removes them.
fn merge<K: Ord>(
    runs: &[PathBuf],
    by: fn(&Entry) -> K,
    each: &mut dyn FnMut(Entry) -> Result<(), AuditError>,
) -> Result<(), AuditError> {
    let mut open = runs.iter().map(|path| Run::open(path)).collect::<Result<Vec<_>, _>>()?;
    let mut heads = BinaryHeap::new();
    for (number, run) in open.iter_mut().enumerate() {
        heads.extend(run.next()?.map(|entry| Reverse((by(&entry), number))));
    }
    while let Some(Reverse((_, number))) = heads.pop() {
        let Some(run) = open.get_mut(number) else { continue };
        let Some(entry) = run.head else { continue };
        each(entry)?;
        heads.extend(run.next()?.map(|entry| Reverse((by(&entry), number))));
    }
    drop(open);
    runs.iter().try_for_each(|path| fs::remove_file(path).map_err(io_error(path)))
}

/// A file of entries that is written from its beginning to its end.
pub(super) struct Out {
    path: PathBuf,
    file: BufWriter<File>,
    bytes: Vec<u8>,
}

impl Out {
    pub(super) fn create(path: PathBuf) -> Result<Self, AuditError> {
        let file = File::create(&path).map_err(io_error(&path))?;
        Ok(Self { file: BufWriter::with_capacity(BUFFER, file), path, bytes: Vec::new() })
    }

    pub(super) fn write(&mut self, entry: &impl super::entry::Fixed) -> Result<(), AuditError> {
        self.bytes.clear();
        entry.put(&mut self.bytes);
        self.file.write_all(&self.bytes).map_err(io_error(&self.path))
    }

    pub(super) fn finish(mut self) -> Result<PathBuf, AuditError> {
        self.file.flush().map_err(io_error(&self.path))?;
        Ok(self.path)
    }
}

struct Run<'p> {
    path: &'p Path,
    file: BufReader<File>,
    left: u64,
    head: Option<Entry>,
}

impl<'p> Run<'p> {
    fn open(path: &'p Path) -> Result<Self, AuditError> {
        let file = File::open(path).map_err(io_error(path))?;
        let left = file.metadata().map_err(io_error(path))?.len() / Entry::LENGTH as u64;
        Ok(Self { path, file: BufReader::with_capacity(BUFFER, file), left, head: None })
    }

    fn next(&mut self) -> Result<Option<Entry>, AuditError> {
        self.head = None;
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            let mut bytes = [0; Entry::LENGTH];
            self.file.read_exact(&mut bytes).map_err(io_error(self.path))?;
            self.head = Entry::take(&mut bytes.as_slice());
        }
        Ok(self.head)
    }
}
