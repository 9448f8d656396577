//! Files that are there whole or not at all: written under a name of their own beside the work, and given their final name once
//! every byte is on the disk. Also what can go wrong with files.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow::error::ArrowError;
use parquet::errors::ParquetError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What went wrong with a file or folder.
#[derive(Debug)]
pub struct FileError {
    /// Which one.
    pub path: PathBuf,
    /// Whether it was to be written; otherwise to be read.
    pub writing: bool,
    /// What the system says.
    pub error: io::Error,
}

impl FileError {
    pub(crate) fn reading(path: &Path, error: impl Into<io::Error>) -> Self {
        Self { path: path.to_path_buf(), writing: false, error: error.into() }
    }

    pub(crate) fn writing(path: &Path, error: impl Into<io::Error>) -> Self {
        Self { path: path.to_path_buf(), writing: true, error: error.into() }
    }
}

/// The error of the system inside one of Arrow's, so that a full disk is called a full disk.
pub(crate) fn of_arrow(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::other(other),
    }
}

/// The error of the system inside one of Parquet's.
pub(crate) fn of_parquet(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

/// What is known of a file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// The SHA-256 of it, in hexadecimal digits.
    pub sha256: String,
}

/// A file on its way.
pub(crate) struct Writing {
    name: String,
    part: PathBuf,
    last: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Writing {
    /// Begins the file `name` of `folder`; until it is whole it is in `work`, which is on the same disk.
    pub(crate) fn new(work: &Path, folder: &Path, name: &str) -> Result<Self, FileError> {
        let part = work.join(format!("{name}.part"));
        let file = File::create(&part).map_err(|error| FileError::writing(&part, error))?;
        Ok(Self {
            name: name.to_owned(),
            part,
            last: folder.join(name),
            file: BufWriter::with_capacity(1 << 17, file),
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// What the file will be called.
    pub(crate) fn path(&self) -> &Path {
        &self.last
    }

    /// Gives it its name.
    pub(crate) fn finish(self) -> Result<Written, FileError> {
        let failed = |error: io::Error| FileError::writing(&self.last, error);
        let file = self.file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        drop(file);
        fs::rename(&self.part, &self.last).map_err(failed)?;
        Ok(Written { name: self.name, bytes: self.bytes, sha256: hexadecimal(&self.hash.finalize()) })
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a text that is at hand.
pub(crate) fn write(work: &Path, folder: &Path, name: &str, bytes: &[u8]) -> Result<Written, FileError> {
    let mut file = Writing::new(work, folder, name)?;
    file.write_all(bytes).map_err(|error| FileError::writing(file.path(), error))?;
    file.finish()
}

/// The SHA-256 of a file.
pub(crate) fn hash(path: &Path) -> Result<(u64, String), FileError> {
    let failed = |error| FileError::reading(path, error);
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        let read = io::Read::read(&mut file, &mut buffer).map_err(failed)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hash.update(part);
        bytes += part.len() as u64;
    }
    Ok((bytes, hexadecimal(&hash.finalize())))
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS.get(usize::from(half)).map_or('0', |digit| char::from(*digit));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
