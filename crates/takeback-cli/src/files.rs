//! Policy files from the disk: which files make one policy, and their texts. What is wrong with a text is for the library to
//! find; only bytes that are no text at all are found here (T0005).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use takeback::Policy;
use takeback::diagnostic::{Code, Diagnostic, Report};
use takeback::source::{SourceSet, Span};
use takeback::syntax::{self, ast};

use crate::exit::Failure;
use crate::policy;

/// What a policy file's name ends with.
const EXTENSION: &str = "takeback";
/// No policy file is near this size; the library says so of files from 1 MiB on.
const LARGEST: u64 = 64 << 20;
/// Whether a path means stdin.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The files of one policy.
pub(crate) struct PolicySet {
    /// What the user called it: a folder, or the files.
    pub(crate) name: String,
    pub(crate) sources: SourceSet,
    /// The names of the files that were asked for; the others are used by them.
    pub(crate) own: BTreeSet<String>,
    /// Bytes that are no text.
    unreadable: Vec<Diagnostic>,
}

impl PolicySet {
    /// Checks the policy. There is one only when there are no errors; the report holds warnings too.
    pub(crate) fn compile(&self) -> (Option<Policy>, Report) {
        let (policy, report) = match Policy::compile(&self.sources) {
            Ok(policy) => {
                let report = policy.warnings().clone();
                (Some(policy), report)
            }
            Err(report) => (None, report),
        };
        if self.unreadable.is_empty() {
            return (policy, report);
        }
        // Where bytes are no text, what the parser says about their neighbours is noise.
        let noise = |found: &Diagnostic| {
            found.code == Code::NoPolicy
                || found.code.as_str().starts_with("T00")
                    && self.unreadable.iter().any(|bytes| bytes.span.source == found.span.source)
        };
        let mut all = self.unreadable.clone();
        all.extend(report.iter().filter(|found| !noise(found)).cloned());
        (None, Report::new(all, &self.sources))
    }
}

/// The policies that the paths name: all single files together are one; each folder is one, or, when it has no policy
/// files itself, those of the folders in it.
pub(crate) fn load(paths: &[PathBuf]) -> Result<Vec<PolicySet>, Failure> {
    let mut sets = Vec::new();
    let mut singles = Vec::new();
    for path in paths {
        if policy::is_bundle(path) {
            return Err(Failure::new(format!("`{}` is a bundle", shown(path)))
                .help("name the files it was made of: a bundle has no text and no scenarios"));
        }
        if is_stdin(path) || !is_folder(path)? {
            if singles.is_empty() {
                sets.push(None);
            }
            singles.push(path.clone());
        } else {
            let before = sets.len();
            folder(path, &mut sets)?;
            if sets.len() == before {
                return Err(Failure::new(format!("no policy files in `{}`", shown(path)))
                    .help("their names end in `.takeback`; `takeback new` writes a first one"));
            }
        }
    }
    sets.into_iter()
        .map(|set| match set {
            Some(set) => Ok(set),
            None => read(singles.iter().map(|path| shown(path)).collect::<Vec<_>>().join(" "), &singles),
        })
        .collect()
}

/// The one policy that the paths name.
pub(crate) fn load_one(paths: &[PathBuf]) -> Result<PolicySet, Failure> {
    let mut sets = load(paths)?;
    match (sets.pop(), sets.is_empty()) {
        (Some(set), true) => Ok(set),
        (Some(last), false) => {
            let names: Vec<String> = sets.iter().chain([&last]).map(|set| format!("`{}`", set.name)).collect();
            Err(Failure::new(format!("these are several policies: {}", names.join(", "))).help("name one of them"))
        }
        (None, _) => Err(Failure::new("no policy is named")),
    }
}

fn is_folder(path: &Path) -> Result<bool, Failure> {
    fs::metadata(path).map(|about| about.is_dir()).map_err(|error| Failure::reading(path, &error))
}

/// A folder as a policy, or the policies in its folders.
fn folder(path: &Path, sets: &mut Vec<Option<PolicySet>>) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::reading(path, &error);
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let hidden = entry.file_name().as_encoded_bytes().first() == Some(&b'.');
        if hidden {
            continue;
        }
        if kind.is_dir() {
            folders.push(entry.path());
        } else if entry.path().extension().is_some_and(|extension| extension == EXTENSION) {
            files.push(entry.path());
        }
    }
    files.sort();
    folders.sort();
    if files.is_empty() {
        return folders.iter().try_for_each(|inner| folder(inner, sets));
    }
    sets.push(Some(read(shown(path), &files)?));
    Ok(())
}

/// Reads the files and those they `use`.
fn read(name: String, files: &[PathBuf]) -> Result<PolicySet, Failure> {
    let own = files.iter().map(|path| shown(path)).collect();
    let mut set = PolicySet { name, sources: SourceSet::new(), own, unreadable: Vec::new() };
    let mut known = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = files.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        let name = shown(&path);
        if !known.insert(name.clone()) {
            continue;
        }
        let bytes = bytes(&path)?;
        let (text, broken) = text(&bytes);
        let Ok(id) = set.sources.add(name, text) else { continue };
        if let Some((at, message, help)) = broken {
            let place = Span::new(id, at, at.saturating_add(1));
            set.unreadable.push(Diagnostic::new(Code::NotUtf8, place, message).help(help));
        }
        if let Some(source) = set.sources.get(id).filter(|source| !source.is_messages()) {
            waiting.extend(messages(&path)?.into_iter().rev());
            let (file, _) = syntax::parse(source);
            let used = file.items.iter().filter_map(|item| match item {
                ast::Item::Use(used) => Some(beside(&path, &used.path.node)),
                _ => None,
            });
            // What is not there is for the library to say, at the `use`.
            waiting.extend(used.filter(|path| !is_stdin(path) && path.is_file()));
        }
    }
    Ok(set)
}

/// What the folder `messages` beside a policy file holds: its texts in other languages.
fn messages(beside: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folder = beside.parent().unwrap_or(Path::new("")).join("messages");
    if is_stdin(beside) || !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |error: io::Error| Failure::reading(&folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The file that `use "…"` names, from the file it stands in. Only policy files are read, whatever a policy asks for.
fn beside(user: &Path, used: &str) -> PathBuf {
    let mut path = user.parent().unwrap_or(Path::new("")).to_path_buf();
    for part in used.split('/') {
        match part {
            "" | "." => {}
            ".." if path.file_name().is_some() => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    if path.extension().is_some_and(|extension| extension == EXTENSION) { path } else { PathBuf::new() }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        io::stdin().lock().take(LARGEST).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::reading(path, &error))?;
    Ok(bytes)
}

/// Where the first byte stands that is no text, and what to say about it.
type Broken = (u32, String, &'static str);

/// The text of a file, and the first byte that is none. Up to there the text has the same offsets as the file.
fn text(bytes: &[u8]) -> (String, Option<Broken>) {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return (text.to_owned(), None),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let help = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "this looks like UTF-16: save the file as UTF-8",
        _ => "save the file as UTF-8",
    };
    let message = match bytes.get(at) {
        Some(byte) => format!("byte {at} of the file ({byte:#04X}) is not UTF-8 text"),
        None => format!("byte {at} of the file is not UTF-8 text"),
    };
    (String::from_utf8_lossy(bytes).into_owned(), Some((u32::try_from(at).unwrap_or(u32::MAX), message, help)))
}

/// A path as the library names files: with `/`, and without `./` in front.
pub(crate) fn shown(path: &Path) -> String {
    if is_stdin(path) {
        return "stdin".to_owned();
    }
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let short = text.trim_start_matches("./").trim_end_matches('/');
    if short.is_empty() { text } else { short.to_owned() }
}
