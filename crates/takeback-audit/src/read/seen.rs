//! What was read of a file: its bytes go by on their way, and are counted and hashed there.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::out::whole::hexadecimal;

/// How much of a file went by, shared by who reads it and who asks.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    bytes: u64,
    hash: Sha256,
}

/// A stream whose bytes are seen.
pub(super) struct Seeing<R> {
    stream: R,
    seen: Seen,
}

impl Seen {
    pub(super) fn through<R: Read>(&self, stream: R) -> Seeing<R> {
        Seeing { stream, seen: self.clone() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.state().bytes
    }

    fn add(&self, bytes: &[u8]) {
        let mut state = self.state();
        state.bytes += bytes.len() as u64;
        state.hash.update(bytes);
    }

    /// The bytes of the file and their SHA-256. What did not go by is read now: all of a Parquet file, and what stands behind packed data.
    pub(crate) fn whole(&self, path: &Path) -> io::Result<(u64, String)> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(self.bytes()))?;
        let mut buffer = vec![0; 1 << 18];
        loop {
            let read = file.read(&mut buffer)?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
            self.add(part);
        }
        let state = self.state().clone();
        Ok((state.bytes, hexadecimal(&state.hash.finalize())))
    }
}

impl<R: Read> Read for Seeing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.seen.add(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_by_and_what_did_not_are_hashed_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "some bytes").unwrap();
        for by in [0, 4, 10] {
            let seen = Seen::default();
            let mut some = String::new();
            seen.through(File::open(&path).unwrap()).take(by).read_to_string(&mut some).unwrap();
            assert_eq!(seen.bytes(), by);
            let hash = hexadecimal(&Sha256::digest("some bytes"));
            assert_eq!(seen.whole(&path).unwrap(), (10, hash));
        }
    }
}
