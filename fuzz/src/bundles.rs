//! Bundles as somebody may make them who wants no good: under a right hash, with a content that is not what an engine writes.

use std::path::PathBuf;
use std::sync::OnceLock;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use sha2::{Digest as _, Sha256};
use takeback::bundle::FORMAT;

use crate::policies::{self, FIRST};

/// The byte before a whole file.
pub const FILE: u8 = 0;
/// The byte before a content, which is put under its hash.
pub const CONTENT: u8 = 1;
/// How many bytes one change of a bundle has: the place of a value (two), what becomes of it, and with what.
pub const CHANGE: usize = 4;

/// A policy of the repository as a bundle, and what is asked about it.
pub struct Bundled {
    /// Its files.
    pub files: Vec<PathBuf>,
    content: Vec<u8>,
    /// Some requests of its cases.
    pub requests: Vec<String>,
}

/// Every policy that [`policies::all`] has.
pub fn all() -> &'static [Bundled] {
    static ALL: OnceLock<Vec<Bundled>> = OnceLock::new();
    ALL.get_or_init(|| {
        let cases = policies::cases();
        let bundled = |(files, policy): (Vec<PathBuf>, takeback::Policy)| {
            let of_it = cases.iter().filter(|(of, _)| *of == files);
            let requests = of_it.take(3).map(|(_, request)| request.to_string()).collect();
            Bundled { files, content: content(&policy.bundle(&[])).to_vec(), requests }
        };
        policies::all().into_iter().map(bundled).collect()
    })
}

/// The bundle that an input stands for, and what is asked about it. After [`FILE`] and [`CONTENT`] the rest is bytes, after any
/// other byte the changes of the bundle of a policy.
pub fn read(input: &[u8]) -> Option<(Vec<u8>, &'static [String])> {
    let (first, rest) = input.split_first()?;
    match *first {
        FILE => Some((rest.to_vec(), &[])),
        CONTENT => Some((framed(rest), &[])),
        first => {
            let policy = all().get(usize::from(first.wrapping_sub(FIRST)) % all().len())?;
            let mut content = policy.content.clone();
            let (changes, _) = rest.as_chunks::<CHANGE>();
            for change in changes {
                if !apply(*change, &mut content) {
                    break;
                }
            }
            Some((framed(&content), &policy.requests))
        }
    }
}

/// A content as a file, unsigned.
pub fn framed(content: &[u8]) -> Vec<u8> {
    let mut out = b"\x89TKB\r\n\x1a\n".to_vec();
    out.extend(FORMAT.to_be_bytes());
    out.extend([0, 0]);
    out.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(content);
    let hash = Sha256::digest(&out);
    out.extend(hash);
    out.push(0);
    out
}

fn content(bundle: &[u8]) -> &[u8] {
    &bundle[16..bundle.len() - 33]
}

/// A value in a content.
#[derive(Clone, Copy)]
struct Value {
    start: usize,
    end: usize,
    ty: Type,
    /// The list it stands in, by its start and length.
    list: Option<(usize, u64)>,
}

/// Every value; nothing where the content can no longer be taken apart.
fn values(content: &[u8]) -> Option<Vec<Value>> {
    let mut out = Vec::new();
    // How many values are still to come in each list and map that is open, the innermost last.
    let mut open: Vec<(u64, Option<(usize, u64)>)> = vec![(1, None)];
    let mut decoder = Decoder::new(content);
    while let Some((left, list)) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        let (start, ty, list) = (decoder.position(), decoder.datatype().ok()?, *list);
        let mut whole = decoder.clone();
        whole.skip().ok()?;
        out.push(Value { start, end: whole.position(), ty, list });
        match ty {
            Type::Array => {
                let length = decoder.array().ok()??;
                open.push((length, Some((start, length))));
            }
            Type::Map => open.push((decoder.map().ok()??.checked_mul(2)?, None)),
            _ => decoder = whole,
        }
    }
    Some(out)
}

/// Changes one value; no when there is none to change.
fn apply([high, low, what, with]: [u8; CHANGE], content: &mut Vec<u8>) -> bool {
    const NUMBERS: [i64; 14] =
        [0, 1, 2, 7, 23, 24, 63, 255, 65_535, -1, 4_294_967_295, i64::MAX, i64::MIN, 4_294_967_296];
    const TEXTS: [&str; 10] =
        ["", "Always", "Not", "1E9", "79228162514264337593543950335", "-0.01", "2026-02-29", "USD", "../..", "\u{0}"];
    let Some(values) = values(content).filter(|values| !values.is_empty()) else { return false };
    let at = usize::from(u16::from_be_bytes([high, low])) % values.len();
    let (value, with) = (values[at], usize::from(with));
    let mut new = Encoder::new(Vec::new());
    match what % 8 {
        0 => drop(new.i64(NUMBERS[with % NUMBERS.len()])),
        1 => drop(new.i64(i64::try_from(with).unwrap_or(0))),
        2 => drop(new.str(TEXTS[with % TEXTS.len()])),
        // Another value of the bundle, not far from here.
        3 => {
            let other = values[(at + values.len() * 128 + with - 128) % values.len()];
            new.writer_mut().extend(&content[other.start..other.end]);
        }
        // A bit of how it begins.
        4 => {
            new.writer_mut().extend(&content[value.start..value.end]);
            new.writer_mut()[0] ^= 1 << (with % 8);
        }
        5 => drop(new.null()),
        // Once less, and once more often, in its list.
        op => {
            let Some((start, length)) = value.list else { return true };
            let head = head(length);
            let mut list = Encoder::new(Vec::new());
            let longer = if op == 6 { length.saturating_sub(1) } else { length.saturating_add(1) };
            let _ = list.array(longer);
            let list = list.into_writer();
            if op == 7 {
                new.writer_mut().extend(&content[value.start..value.end]);
                new.writer_mut().extend(&content[value.start..value.end]);
            }
            content.splice(value.start..value.end, new.into_writer());
            content.splice(start..start + head, list);
            return true;
        }
    }
    // A text that grows and grows says nothing new.
    if content.len() < 1 << 20 || value.ty != Type::String {
        content.splice(value.start..value.end, new.into_writer());
    }
    true
}

/// How many bytes the head of a list has.
fn head(length: u64) -> usize {
    let mut encoder = Encoder::new(Vec::new());
    let _ = encoder.array(length);
    encoder.into_writer().len()
}
