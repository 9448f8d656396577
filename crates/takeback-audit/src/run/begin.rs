//! What a run begins with: a folder for its results, what it is given, and what an earlier run has left.
//!
//! Inputs are hashed as they are read, and `inputs.json` keeps the hashes. A run that goes on takes a file for the same that has its name, its
//! length and the time of its last change; where the time is another, the file is hashed and has to be what was read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::place::Place;
use super::{Failed, Go, Job, Stage};
use crate::out::whole::{self, hexadecimal};
use crate::out::{FileError, Given, manifest};
use crate::read::Input;
use crate::spread::{AuditError, FileRead};

/// What a run stands on.
pub(super) struct Begun {
    pub(super) given: Given,
    pub(super) sales: Vec<Input>,
    pub(super) returns: Vec<Input>,
    pub(super) place: Place,
}

pub(super) const STATE: &str = "state.json";
const INPUTS: &str = "inputs.json";

/// What tells one audit from another: the policy, the version of takeback, what is given (without hashes of inputs), and when each of
/// the inputs was last changed.
type State = (String, String, Given, Vec<Option<u64>>);

pub(super) fn begin(job: &Job<'_>, go: &dyn Go) -> Result<Begun, Failed> {
    for input in job.sales.iter().chain(job.returns) {
        input.is_there().map_err(AuditError::Input)?;
    }
    let place = Place::hold(job.out)?;
    let (work, stopped) = (place.work.clone(), place.is_stopped());
    if stopped && !job.resume {
        return Err(Failed::Unfinished);
    }
    let kept =
        |inputs: &[Input]| inputs.iter().map(|input| keep(input, &work)).collect::<Result<Vec<Input>, FileError>>();
    let (sales, returns) = (kept(job.sales)?, kept(job.returns)?);
    let (given, files) = given(job, &sales, &returns);
    let changed = files.iter().map(|file| file.changed()).collect();
    let told: State = (job.bundle.1.to_owned(), env!("CARGO_PKG_VERSION").to_owned(), given.clone(), changed);
    if stopped {
        same(&work, &told, &files, go)?;
    } else {
        let text = serde_json::to_vec(&told).map_err(|error| FileError::writing(&work, error))?;
        whole::write(&work, &work, STATE, &text)?;
    }
    Ok(Begun { given, sales, returns, place })
}

/// The standard input is kept: it can be read only once.
fn keep(input: &Input, work: &Path) -> Result<Input, FileError> {
    if !input.is_stdin() {
        return Ok(input.clone());
    }
    let path = work.join("stdin");
    if !path.exists() {
        let part = work.join("stdin.part");
        let failed = |error| FileError::writing(&part, error);
        let mut file = File::create(&part).map_err(failed)?;
        io::copy(&mut io::stdin().lock(), &mut file).map_err(failed)?;
        fs::rename(&part, &path).map_err(failed)?;
    }
    Ok(input.kept_in(path))
}

/// Why the inputs were not read to their end. Where that is to be mended in them or in the mapping, what comes then is another run, and nothing
/// is left of this one.
pub(super) fn unread(place: Place, error: AuditError) -> Failed {
    match error {
        AuditError::Input(_) | AuditError::Mapping(_) | AuditError::Rejects { .. }
            if !place.work.join(INPUTS).exists() =>
        {
            place.leave();
        }
        AuditError::Input(_)
        | AuditError::Mapping(_)
        | AuditError::Rejects { .. }
        | AuditError::Work { .. }
        | AuditError::Stopped => {}
    }
    Failed::Stage(error)
}

/// The hashes of the inputs, now that they were read. Where an earlier run read them too, they have to be the same: what it judged stays.
pub(super) fn hashed(given: &mut Given, files: &[FileRead], work: &Path) -> Result<(), Failed> {
    for input in &mut given.inputs {
        if let Some(file) = files.iter().find(|file| file.name == input.name) {
            (input.bytes, input.sha256) = (file.bytes, file.sha256.clone());
        }
    }
    match read_before(work)? {
        Some(before) => unchanged(&before, &given.inputs),
        None => {
            let text =
                serde_json::to_vec(&given.inputs).map_err(|error| FileError::writing(&work.join(INPUTS), error))?;
            whole::write(work, work, INPUTS, &text)?;
            Ok(())
        }
    }
}

/// The inputs as an earlier run read them; none: it did not come to their end.
fn read_before(work: &Path) -> Result<Option<Vec<manifest::Input>>, FileError> {
    let path = work.join(INPUTS);
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read(&path).map_err(|error| FileError::reading(&path, error))?;
    serde_json::from_slice(&text).map(Some).map_err(|error| FileError::reading(&path, error))
}

fn unchanged(before: &[manifest::Input], now: &[manifest::Input]) -> Result<(), Failed> {
    match now.iter().find(|input| !before.contains(input)) {
        Some(changed) => Err(Failed::Another(other_input(&changed.name))),
        None => Ok(()),
    }
}

fn other_input(name: &str) -> String {
    format!("other inputs: `{name}` is not what it was")
}

/// What is given, and the files of it, each once.
fn given<'i>(job: &Job<'_>, sales: &'i [Input], returns: &'i [Input]) -> (Given, Vec<&'i Input>) {
    let mut given = Given { mapping: hash(job.mapping.text().1.as_bytes()), ..Given::default() };
    if let Some(most) = job.max_rejects {
        given.options.insert("max-rejects".to_owned(), most.to_string());
    }
    if let Some((_, address)) = job.other {
        given.options.insert("what-if".to_owned(), address.to_owned());
    }
    if let Some(parts) = job.parts {
        given.options.insert("parts".to_owned(), parts.to_string());
    }
    if !job.options.tolerance.is_zero() {
        given.options.insert("tolerance".to_owned(), job.options.tolerance.to_string());
    }
    let mut files = Vec::new();
    for (of, inputs) in [("sales", sales), ("returns", returns)] {
        for input in inputs {
            let known = given.inputs.iter_mut().find(|known| known.name == input.name);
            if let Some(known) = known {
                known.of = "sales and returns".to_owned();
                continue;
            }
            let bytes = input.bytes().unwrap_or_default();
            let sha256 = String::new();
            given.inputs.push(manifest::Input { of: of.to_owned(), name: input.name.clone(), bytes, sha256 });
            files.push(input);
        }
    }
    (given, files)
}

fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Whether what was stopped is the same audit.
fn same(work: &Path, told: &State, files: &[&Input], go: &dyn Go) -> Result<(), Failed> {
    let path = work.join(STATE);
    let text = fs::read(&path).map_err(|error| FileError::reading(&path, error))?;
    let before: State = serde_json::from_slice(&text).map_err(|error| FileError::reading(&path, error))?;
    let (policy, engine, given, changed) = told;
    let what = if before.1 != *engine {
        format!("takeback {}", before.1)
    } else if before.0 != *policy {
        "another policy".to_owned()
    } else if before.2.mapping != given.mapping {
        "another mapping".to_owned()
    } else if before.2.options != given.options {
        other_options(&before.2.options, &given.options)
    } else if let Some(changed) = given.inputs.iter().find(|input| !before.2.inputs.contains(input)) {
        other_input(&changed.name)
    } else if before.2.inputs != given.inputs {
        "other inputs".to_owned()
    } else {
        let times = before.3.iter().zip(changed);
        let doubtful = files.iter().zip(times).filter(|(_, (before, now))| before != now).map(|(file, _)| *file);
        return held_against(work, &doubtful.collect::<Vec<_>>(), go);
    };
    Err(Failed::Another(what))
}

/// What was said of the first option that is not the same: `other options: max-rejects 10`.
fn other_options(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> String {
    let name = before.keys().chain(now.keys()).find(|name| before.get(*name) != now.get(*name));
    let told = |name: &String| match before.get(name) {
        Some(value) => format!("{name} {value}"),
        None => format!("no {name}"),
    };
    format!("other options: {}", name.map(told).unwrap_or_default())
}

/// Whether files that were changed since, or only touched, are what was read of them.
fn held_against(work: &Path, files: &[&Input], go: &dyn Go) -> Result<(), Failed> {
    let Some(first) = files.first() else { return Ok(()) };
    // Of what was not read to its end nobody knows what it was.
    let Some(before) = read_before(work)? else { return Err(Failed::Another(other_input(&first.name))) };
    go.stage(Stage::Hashing, Some(files.iter().filter_map(|file| file.bytes()).sum()));
    let mut done = 0;
    for file in files {
        let Some(path) = file.path() else { continue };
        let (bytes, sha256) = whole::hash(path)?;
        if !before.iter().any(|input| input.name == file.name && input.sha256 == sha256) {
            return Err(Failed::Another(other_input(&file.name)));
        }
        done += bytes;
        if !go.at(done, 0) {
            return Err(Failed::Stage(AuditError::Stopped));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::other_options;

    #[test]
    fn the_option_that_was_another_is_named() {
        let options = |list: &[(&str, &str)]| -> BTreeMap<String, String> {
            list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let before = options(&[("max-rejects", "3"), ("parts", "12")]);
        assert_eq!(other_options(&before, &options(&[("max-rejects", "3")])), "other options: parts 12");
        assert_eq!(
            other_options(&before, &options(&[("max-rejects", "9"), ("parts", "12")])),
            "other options: max-rejects 3"
        );
        let now = options(&[("max-rejects", "3"), ("parts", "12"), ("what-if", "sha256:00")]);
        assert_eq!(other_options(&before, &now), "other options: no what-if");
    }
}
