//! A policy in one file: compiled, with its calendars, time zones and messages, under a hash that names it, signed by
//! whoever answers for it. What the file looks like: docs/reference/bundles.md.
//!
//! A hash says that nothing was changed on the way, not that what was hashed is sound: whoever has no signature to go by loads a
//! bundle that anybody made. So everything is held against what it names before a policy comes of it.

mod keys;
mod pack;
mod shapes;

use std::fmt;

use sha2::{Digest, Sha256};

#[cfg(feature = "locales")]
use crate::messages::Text;
use crate::program::Program;
use crate::source::SourceSet;
pub use keys::{BadKey, PublicKey, SecretKey};
use keys::{KEY, SIGNATURE};
use pack::{Damaged, Pack, Reader, Writer};

/// The format that is written. Every earlier one, from 1 on, is read.
pub const FORMAT: u16 = 1;

/// What a bundle begins with. The bytes that are no text show at once when a file was carried as text.
const MAGIC: [u8; 8] = *b"\x89TKB\r\n\x1a\n";
/// The magic, the format and how many bytes the content has.
const HEAD: usize = 16;
const HASH: usize = 32;
const SIGNED: usize = KEY + SIGNATURE;
/// A policy of a hundred thousand clauses has less.
const LARGEST: usize = 64 << 20;

/// What a bundle says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Its address: `sha256:` and 64 hexadecimal digits, of all but the signatures.
    pub hash: String,
    /// The format of the file.
    pub format: u16,
    /// The version of the engine that made it.
    pub engine: String,
    /// Whose signatures are on it; all of them are right.
    pub signers: Vec<PublicKey>,
    /// The files that it was made of.
    pub files: Vec<BundledFile>,
}

/// A file that a bundle was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundledFile {
    /// Its name, from the folder on that all of them are in.
    pub name: String,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub sha256: String,
}

/// Why a file is no bundle to decide by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleError {
    kind: BundleErrorKind,
    message: String,
}

/// What is wrong with a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BundleErrorKind {
    /// It is something else.
    NotABundle,
    /// Its end is missing.
    Truncated,
    /// It is not what was written.
    Corrupted,
    /// It is of a format that this engine does not know yet.
    Newer,
    /// Keys were given, and nobody signed it.
    Unsigned,
    /// A signature is wrong, or none is by a given key.
    Signature,
}

crate::terms::words! {
    /// What is wrong with a bundle.
    pub BundleErrorKind as "BundleErrorKind" {
        Self::NotABundle => "not a bundle",
        Self::Truncated => "truncated",
        Self::Corrupted => "corrupted",
        Self::Newer => "newer",
        Self::Unsigned => "unsigned",
        Self::Signature => "signature",
    }
}

impl BundleError {
    fn new(kind: BundleErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What is wrong.
    pub fn kind(&self) -> BundleErrorKind {
        self.kind
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BundleError {}

impl From<Damaged> for BundleError {
    fn from(Damaged(what): Damaged) -> Self {
        Self::new(BundleErrorKind::Corrupted, format!("the bundle is damaged: {what}"))
    }
}

/// What a bundle holds.
pub(crate) struct Content {
    pub(crate) program: Program,
    /// The files that it was made of: message files with their texts, of others only where lines begin.
    pub(crate) sources: SourceSet,
    /// Of each of them, what the whole text was.
    pub(crate) files: Vec<BundledFile>,
    /// The folders of the policy, and the texts that people read.
    #[cfg(feature = "locales")]
    pub(crate) texts: (Vec<String>, Vec<Text>),
}

/// Whether some bytes begin as bundles do.
pub fn is_bundle(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The bytes of a bundle, without signatures. The same policy makes the same bytes.
pub(crate) fn write(content: &Content) -> Vec<u8> {
    let mut out = Writer::new();
    content.pack(&mut out);
    let content = out.finish();
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let mut bytes = [&MAGIC[..], &FORMAT.to_be_bytes(), &[0, 0], &length.to_be_bytes(), &content].concat();
    bytes.extend_from_slice(&hash(&bytes));
    bytes.push(0);
    bytes
}

/// Adds a signature to a bundle; in place of the one that its key has made before.
///
/// # Errors
/// When it is not a bundle.
pub fn sign(bytes: &[u8], key: &SecretKey) -> Result<Vec<u8>, BundleError> {
    let file = File::of(bytes)?;
    let mine = key.public();
    let mut signed: Vec<(PublicKey, [u8; SIGNATURE])> = file.signatures()?;
    signed.retain(|(signer, _)| *signer != mine);
    signed.push((mine, key.sign(file.hash)));
    // In an order of their own, so that it does not matter who signs first.
    signed.sort_by_key(|(signer, _)| *signer);
    let count = u8::try_from(signed.len())
        .map_err(|_| BundleError::new(BundleErrorKind::Signature, "a bundle has at most 255 signatures"))?;
    let mut out = [file.hashed, file.hash, &[count]].concat();
    for (signer, signature) in signed {
        out.extend_from_slice(signer.bytes());
        out.extend_from_slice(&signature);
    }
    Ok(out)
}

/// A file, known by its text.
pub(crate) fn file(name: String, text: &str) -> BundledFile {
    BundledFile { name, sha256: keys::hex(&hash(text.as_bytes())) }
}

/// The folder that all files are in, with the `/` behind it: its name is nobody's business.
pub(crate) fn common_folder(sources: &SourceSet) -> String {
    let mut names = sources.iter().map(|source| source.name());
    let mut common = names.next().and_then(|name| name.rsplit_once('/')).map_or("", |(folder, _)| folder);
    for name in names {
        while !(common.is_empty() || name.strip_prefix(common).is_some_and(|rest| rest.starts_with('/'))) {
            common = common.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    if common.is_empty() { String::new() } else { format!("{common}/") }
}

/// The name of a file or folder without that of the folder around it.
pub(crate) fn inside<'n>(name: &'n str, folder: &str) -> &'n str {
    if folder.strip_suffix('/') == Some(name) { "" } else { name.strip_prefix(folder).unwrap_or(name) }
}

/// What a bundle holds, once it is known to be whole, and signed by one of the keys if there are any.
pub(crate) fn read(bytes: &[u8], keys: &[PublicKey]) -> Result<(Content, Bundle), BundleError> {
    let file = File::of(bytes)?;
    let signers: Vec<PublicKey> = file.signatures()?.into_iter().map(|(signer, _)| signer).collect();
    if !keys.is_empty() {
        if signers.is_empty() {
            return Err(BundleError::new(BundleErrorKind::Unsigned, "nobody has signed the bundle"));
        }
        if !signers.iter().any(|signer| keys.contains(signer)) {
            let message = "the bundle is signed, but by none of the keys that are trusted here";
            return Err(BundleError::new(BundleErrorKind::Signature, message));
        }
    }
    let mut input = Reader::new(file.content);
    let read = Content::unpack(&mut input);
    let (mut content, engine) = input.end(read)?;
    let hash = format!("sha256:{}", keys::hex(file.hash));
    content.program.bundle = Some(hash.as_str().into());
    let files = std::mem::take(&mut content.files);
    Ok((content, Bundle { hash, format: file.format, engine, signers, files }))
}

/// The parts of a file.
struct File<'b> {
    format: u16,
    content: &'b [u8],
    /// All that the hash is of.
    hashed: &'b [u8],
    hash: &'b [u8],
    /// What stands behind the number of signatures.
    signed: &'b [u8],
}

impl<'b> File<'b> {
    fn of(bytes: &'b [u8]) -> Result<Self, BundleError> {
        use BundleErrorKind::{Corrupted, Newer, NotABundle, Truncated};
        if !is_bundle(bytes) {
            let short = MAGIC.starts_with(bytes) && !bytes.is_empty();
            return Err(match short {
                true => BundleError::new(Truncated, "the bundle ends before it has begun"),
                false => BundleError::new(NotABundle, "this is not a bundle of a policy"),
            });
        }
        let cut = || BundleError::new(Truncated, format!("the bundle breaks off after {} bytes", bytes.len()));
        let (head, _) = bytes.split_first_chunk::<HEAD>().ok_or_else(cut)?;
        let [.., f1, f0, _, _, l3, l2, l1, l0] = *head;
        let format = u16::from_be_bytes([f1, f0]);
        if format > FORMAT {
            let message = format!(
                "the bundle is of format {format}, and this engine ({}) knows those up to {FORMAT}: a newer engine is needed",
                env!("CARGO_PKG_VERSION")
            );
            return Err(BundleError::new(Newer, message));
        }
        let length = u32::from_be_bytes([l3, l2, l1, l0]) as usize;
        if format == 0 || length > LARGEST {
            return Err(BundleError::new(Corrupted, "the bundle is damaged: its head is none"));
        }
        let (hashed, rest) = bytes.split_at_checked(HEAD + length).ok_or_else(cut)?;
        let (hash, rest) = rest.split_at_checked(HASH).ok_or_else(cut)?;
        let (count, signed) = rest.split_first().ok_or_else(cut)?;
        let expected = usize::from(*count) * SIGNED;
        if signed.len() < expected {
            return Err(cut());
        }
        if signed.len() > expected {
            return Err(BundleError::new(Corrupted, "the bundle is damaged: something stands behind its end"));
        }
        if self::hash(hashed) != *hash {
            let message = "the bundle is damaged: its content is not what its hash says";
            return Err(BundleError::new(Corrupted, message));
        }
        Ok(Self { format, content: hashed.get(HEAD..).unwrap_or_default(), hashed, hash, signed })
    }

    /// Who signed it, each with the signature.
    fn signatures(&self) -> Result<Vec<(PublicKey, [u8; SIGNATURE])>, BundleError> {
        let (pairs, _) = self.signed.as_chunks::<SIGNED>();
        let mut all = Vec::new();
        for pair in pairs {
            let (Some((key, _)), Some((_, signature))) =
                (pair.split_first_chunk::<KEY>(), pair.split_last_chunk::<SIGNATURE>())
            else {
                continue;
            };
            let signer = PublicKey::of(*key);
            if !signer.has_signed(self.hash, signature) {
                let message = format!("the signature of {signer} on the bundle is wrong");
                return Err(BundleError::new(BundleErrorKind::Signature, message));
            }
            all.push((signer, *signature));
        }
        Ok(all)
    }
}

fn hash(bytes: &[u8]) -> [u8; HASH] {
    Sha256::digest(bytes).into()
}

impl Content {
    fn pack(&self, out: &mut Writer) {
        out.map(if cfg!(feature = "locales") { 4 } else { 3 });
        out.text("engine");
        out.text(env!("CARGO_PKG_VERSION"));
        out.text("files");
        out.list(self.sources.len());
        for (source, file) in self.sources.iter().zip(&self.files) {
            out.list(4);
            out.text(&file.name);
            out.text(&file.sha256);
            // How many bytes after the line before each line begins.
            let mut last = 0;
            let starts = source.lines().starts().iter().map(|start| {
                let since = start - last;
                last = *start;
                since
            });
            starts.collect::<Vec<u32>>().pack(out);
            source.is_messages().then(|| source.text().to_owned()).pack(out);
        }
        out.text("program");
        self.program.pack(out);
        #[cfg(feature = "locales")]
        {
            out.text("texts");
            self.texts.pack(out);
        }
    }

    /// With the version of the engine that wrote it.
    fn unpack(input: &mut Reader<'_>) -> (Self, String) {
        let mut members = input.map();
        input.member(&mut members, "engine");
        let engine = String::unpack(input);
        input.member(&mut members, "files");
        let (mut sources, mut files) = (SourceSet::new(), Vec::new());
        let mut left = input.list();
        while input.more(&mut left) {
            input.list_of(4);
            let name = String::unpack(input);
            files.push(BundledFile { name: name.clone(), sha256: Pack::unpack(input) });
            let starts = starts(Pack::unpack(input));
            let starts = input.there(starts, Vec::new(), Damaged("the lines of a file are none"));
            let added = match Option::<String>::unpack(input) {
                Some(text) => sources.add(name, text),
                None => sources.add_without_text(name, starts),
            };
            if added.is_err() {
                input.damaged(Damaged("two files have the same name"));
            }
        }
        input.member(&mut members, "program");
        let program = Program::unpack(input);
        let has_texts = input.has(&mut members, "texts");
        #[cfg(feature = "locales")]
        let texts = if has_texts { Pack::unpack(input) } else { Default::default() };
        #[cfg(not(feature = "locales"))]
        if has_texts {
            input.skip();
        }
        input.no_more(members);
        let content = Self {
            program,
            sources,
            files,
            #[cfg(feature = "locales")]
            texts,
        };
        (content, engine)
    }
}

/// Where lines begin that are each so many bytes after the one before.
fn starts(lines: Vec<u32>) -> Option<Vec<u32>> {
    let mut last = 0_u32;
    let start = |since: u32| {
        last = last.checked_add(since)?;
        Some(last)
    };
    lines.into_iter().map(start).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{FORMAT, shapes};

    /// What is written has a form that others read for years.
    #[test]
    fn forms_change_with_the_format() {
        let mut found = format!("format {FORMAT}\n");
        for (name, members) in shapes::FORMS {
            let words = members.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(found, "{name}: {words}");
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bundles/forms.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &found).unwrap();
        }
        let known = std::fs::read_to_string(file).unwrap_or_default();
        assert_eq!(
            found, known,
            "the form of bundles has changed: see docs/reference/bundles.md, `For those who work on the engine`"
        );
    }
}
