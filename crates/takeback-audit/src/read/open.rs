//! What a name on the command line stands for, and what kind of file it is.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::{Blocks, InputError, OpenError, Seen, Shape, csv, json, parquet, text};
use crate::mapping::Table;

/// A file to be read, or the standard input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// As it was named, or found by a pattern.
    pub name: String,
    path: Option<PathBuf>,
}

/// The files that names and patterns stand for, each once, those of a pattern by name. `-` is the standard input.
pub fn inputs(names: &[String]) -> Result<Vec<Input>, InputError> {
    let mut found: Vec<Input> = Vec::new();
    for name in names {
        let mut add = |input: Input| {
            if !found.contains(&input) {
                found.push(input);
            }
        };
        if name == "-" {
            add(Input { name: "stdin".to_owned(), path: None });
            continue;
        }
        let path = PathBuf::from(name);
        if path.exists() || !name.contains(['*', '?', '[']) {
            if path.is_dir() {
                return Err(InputError::new(name, "it is a folder").help(format!("name its files: `{name}/*.csv`")));
            }
            add(Input { name: name.clone(), path: Some(path) });
            continue;
        }
        let paths = glob::glob(name).map_err(|error| InputError::new(name, error))?;
        let mut files = Vec::new();
        for path in paths {
            let path = path.map_err(|error| InputError::new(name, error))?;
            if path.is_file() {
                files.push(Input { name: path.to_string_lossy().replace('\\', "/"), path: Some(path) });
            }
        }
        if files.is_empty() {
            return Err(InputError::new(name, "no file has a name like this"));
        }
        files.sort();
        files.into_iter().for_each(add);
    }
    Ok(found)
}

impl Input {
    /// Its bytes; none of the standard input, whose end nobody knows.
    pub fn bytes(&self) -> Option<u64> {
        self.path.as_ref().and_then(|path| path.metadata().ok()).map(|about| about.len())
    }

    /// When it was last changed, in nanoseconds of Unix time.
    pub(crate) fn changed(&self) -> Option<u64> {
        let changed = self.path.as_ref()?.metadata().ok()?.modified().ok()?;
        let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
        u64::try_from(since.as_nanos()).ok()
    }

    /// Whether it holds more than its bytes tell, by its first ones.
    pub(crate) fn is_packed(&self) -> bool {
        let mut magic = [0; 4];
        let read = self.path.as_ref().and_then(|path| File::open(path).ok()?.read_exact(&mut magic).ok());
        read.is_some() && (magic == *b"PAR1" || magic.starts_with(&[0x1F, 0x8B]) || magic == [0x28, 0xB5, 0x2F, 0xFD])
    }

    /// Where it is; none of the standard input.
    pub(crate) fn path(&self) -> Option<&std::path::Path> {
        self.path.as_deref()
    }

    /// The same under the same name, from a file that was made of it.
    pub(crate) fn kept_in(&self, path: PathBuf) -> Self {
        Self { name: self.name.clone(), path: Some(path) }
    }

    /// Whether it is the standard input, which can be read once only.
    pub fn is_stdin(&self) -> bool {
        self.path.is_none()
    }

    /// That there is such a file. It is not opened: what is behind a pipe can be read once only.
    pub(crate) fn is_there(&self) -> Result<(), InputError> {
        self.path.as_ref().map_or(Ok(()), |path| path.metadata().map(|_| ()).map_err(|error| self.failed(&error)))
    }

    /// Its bytes from the first.
    pub(crate) fn stream(&self) -> Result<Box<dyn Read + Send>, InputError> {
        Ok(match &self.path {
            Some(path) => Box::new(File::open(path).map_err(|error| self.failed(&error))?),
            None => Box::new(io::stdin()),
        })
    }

    /// As a file, which the standard input is not.
    pub(super) fn file(&self) -> Result<File, InputError> {
        match &self.path {
            Some(path) => File::open(path).map_err(|error| self.failed(&error)),
            None => Err(InputError::new(&self.name, "Parquet cannot be looked into through a pipe")),
        }
    }

    pub(super) fn failed(&self, error: &io::Error) -> InputError {
        let error = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "not permitted".to_owned(),
            _ => error.to_string(),
        };
        InputError::new(&self.name, error)
    }
}

/// As many bytes of a text, after unpacking, as its kind is told by.
const FIRST: usize = 1 << 16;

pub(super) fn open(input: &Input, table: &Table, seen: &Seen) -> Result<(Shape, Blocks), OpenError> {
    let mut stream: Box<dyn Read + Send> = Box::new(seen.through(input.stream()?));
    let start = first(input, &mut stream, 8)?;
    if start.starts_with(b"PAR1") {
        return parquet_file(input, table, start, stream);
    }
    let mut text = unpacked(input, start, stream)?;
    let start = first(input, &mut text, FIRST)?;
    if start.is_empty() {
        return Ok((Shape::Empty, Blocks::Empty));
    }
    readable(input, &start)?;
    let bom: &[u8] = b"\xEF\xBB\xBF";
    let start = start.strip_prefix(bom).unwrap_or(&start).to_vec();
    let kind = start.iter().find(|byte| !byte.is_ascii_whitespace());
    if kind == Some(&b'[') && serde_json_array(&start) {
        let help = "write one object a line (JSON lines): `jq -c '.[]' file.json > file.jsonl`";
        return Err(InputError::new(&input.name, "it is a list in JSON").help(help).into());
    }
    let is_json = kind == Some(&b'{');
    let stream: Box<dyn Read + Send> = Box::new(Cursor::new(start.clone()).chain(text));
    if is_json {
        let blocks = text::Blocks::of_json(input.clone(), stream, &table.layout);
        return Ok((Shape::Json(json::Shape::new(table)), Blocks::Text(blocks)));
    }
    let mut blocks = text::Blocks::of_csv(input.clone(), stream, &table.layout, &start);
    let shape = csv::Shape::new(&input.name, table, &mut blocks)?;
    Ok((Shape::Csv(shape), Blocks::Text(blocks)))
}

/// Refuses a text by its first bytes: one of UTF-16, with a mark or without, would be read as one of other letters.
pub(super) fn readable(input: &Input, start: &[u8]) -> Result<(), InputError> {
    let marked = matches!(*start, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let looked_at = start.iter().take(1000);
    let nothing = looked_at.clone().filter(|byte| **byte == 0).count();
    if marked || nothing * 4 > looked_at.count() {
        let help = "write it as UTF-8, or as windows-1252 with `encoding = \"windows-1252\"` under `[files]`";
        let message = if marked { "it is UTF-16" } else { "it seems to be UTF-16, or no text" };
        return Err(InputError::new(&input.name, message).help(help));
    }
    Ok(())
}

/// Whether a text that begins with `[` goes on as a list of objects.
fn serde_json_array(start: &[u8]) -> bool {
    let rest = start.iter().filter(|byte| !byte.is_ascii_whitespace()).nth(1);
    matches!(rest, Some(b'{' | b']'))
}

/// The text in a stream, unpacked where it is packed.
pub(super) fn unpacked(
    input: &Input,
    start: Vec<u8>,
    rest: Box<dyn Read + Send>,
) -> Result<Box<dyn Read + Send>, InputError> {
    let magic: [u8; 4] = [0, 1, 2, 3].map(|place| start.get(place).copied().unwrap_or_default());
    let whole = Cursor::new(start).chain(rest);
    Ok(match magic {
        [0x1F, 0x8B, ..] => Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(1 << 18, whole))),
        [0x28, 0xB5, 0x2F, 0xFD] => {
            Box::new(zstd::stream::read::Decoder::new(whole).map_err(|error| input.failed(&error))?)
        }
        [b'P', b'K', 3, 4] => {
            return Err(InputError::new(&input.name, "it is a ZIP archive").help("unpack it first"));
        }
        _ => Box::new(whole),
    })
}

/// At most so many bytes from the beginning of a stream, fewer only at its end.
pub(super) fn first(input: &Input, stream: &mut impl Read, most: usize) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    stream.take(most as u64).read_to_end(&mut bytes).map_err(|error| input.failed(&error))?;
    Ok(bytes)
}

/// Parquet is read from its end, so what comes through a pipe is put into a file first.
fn parquet_file(
    input: &Input,
    table: &Table,
    start: Vec<u8>,
    mut rest: Box<dyn Read + Send>,
) -> Result<(Shape, Blocks), OpenError> {
    let failed = |error: io::Error| input.failed(&error);
    let file = match &input.path {
        Some(path) => File::open(path).map_err(failed)?,
        None => {
            let mut file = tempfile::tempfile().map_err(failed)?;
            file.write_all(&start).map_err(failed)?;
            io::copy(&mut rest, &mut file).map_err(failed)?;
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            file
        }
    };
    let (shape, blocks) = parquet::open(input, table, file)?;
    Ok((Shape::Parquet(shape), Blocks::Parquet(blocks)))
}
