//! What a run begins with: a folder for its results, the hashes of what it is given, and what an earlier run has left.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Failed, Go, Job, Stage};
use crate::out::whole::{self, hexadecimal};
use crate::out::{FileError, Given, MANIFEST, manifest};
use crate::read::Input;
use crate::spread::AuditError;

/// What a run stands on.
pub(super) struct Begun {
    pub(super) given: Given,
    pub(super) sales: Vec<Input>,
    pub(super) returns: Vec<Input>,
    pub(super) work: PathBuf,
}

const STATE: &str = "state.json";

pub(super) fn begin(job: &Job<'_>, go: &dyn Go) -> Result<Begun, Failed> {
    if job.out.join(MANIFEST).exists() {
        return Err(Failed::Done);
    }
    let work = job.out.join("work");
    let stopped = work.join(STATE).exists();
    if stopped && !job.resume {
        return Err(Failed::Unfinished);
    }
    fs::create_dir_all(&work).map_err(|error| FileError::writing(&work, error))?;
    let kept =
        |inputs: &[Input]| inputs.iter().map(|input| keep(input, &work)).collect::<Result<Vec<Input>, FileError>>();
    let (sales, returns) = (kept(job.sales)?, kept(job.returns)?);
    let given = given(job, &sales, &returns, go)?;
    let told = (job.bundle.1.to_owned(), env!("CARGO_PKG_VERSION").to_owned(), given.clone());
    if stopped {
        same(&work.join(STATE), &told)?;
    } else {
        let text = serde_json::to_vec(&told).map_err(|error| FileError::writing(&work, error))?;
        whole::write(&work, &work, STATE, &text)?;
    }
    Ok(Begun { given, sales, returns, work })
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

/// What is given, with the hashes of all files.
fn given(job: &Job<'_>, sales: &[Input], returns: &[Input], go: &dyn Go) -> Result<Given, Failed> {
    let bytes = sales.iter().chain(returns).filter_map(Input::bytes).sum();
    go.stage(Stage::Hashing, Some(bytes));
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
    let mut done = 0;
    for (of, inputs) in [("sales", sales), ("returns", returns)] {
        for input in inputs {
            let known = given.inputs.iter_mut().find(|known| known.name == input.name);
            if let Some(known) = known {
                known.of = "sales and returns".to_owned();
                continue;
            }
            let Some(path) = input.path() else { continue };
            let (bytes, sha256) = whole::hash(path)?;
            done += bytes;
            given.inputs.push(manifest::Input { of: of.to_owned(), name: input.name.clone(), bytes, sha256 });
            if !go.at(done, 0) {
                return Err(Failed::Stage(AuditError::Stopped));
            }
        }
    }
    Ok(given)
}

fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Whether what was stopped is the same audit.
fn same(path: &Path, told: &(String, String, Given)) -> Result<(), Failed> {
    let text = fs::read(path).map_err(|error| FileError::reading(path, error))?;
    let before: (String, String, Given) =
        serde_json::from_slice(&text).map_err(|error| FileError::reading(path, error))?;
    let (policy, engine, given) = told;
    let what = if before.1 != *engine {
        format!("takeback {}", before.1)
    } else if before.0 != *policy {
        "another policy".to_owned()
    } else if before.2.mapping != given.mapping {
        "another mapping".to_owned()
    } else if before.2.options != given.options {
        "other options".to_owned()
    } else if let Some(changed) = given.inputs.iter().find(|input| !before.2.inputs.contains(input)) {
        format!("other inputs: `{}` is not what it was", changed.name)
    } else if before.2.inputs != given.inputs {
        "other inputs".to_owned()
    } else {
        return Ok(());
    };
    Err(Failed::Another(what))
}
