//! `takeback complete`: a request and answers in, a record out; or a record held against the policy.

mod human;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use takeback::record::{self, Completion, HashKey};
use takeback::request::Request;
use takeback::{Policy, Teller};

use crate::args::{CompleteArgs, Output};
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::ErrorFormat;
use crate::policy;
use human::Paper;

/// Finishes a return, or checks a record of one.
pub(crate) fn run(args: &CompleteArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let other = args.answers.as_ref().or(args.check.as_ref());
    if files::is_stdin(&args.request) && other.is_some_and(|path| files::is_stdin(path)) {
        return Err(Failure::new("only one of the files can come from stdin"));
    }
    let Some(policy) = policy::compiled(&args.policy.policy, &args.policy.trust.signed_by, &args.request, format)?
    else {
        return Ok(Exit::Findings);
    };
    let request = decide::read(&policy, &args.request)?;
    let key = args.key_file.as_deref().map(key).transpose()?;
    let output = args.output.unwrap_or(Output::Human);
    match (&args.check, &args.answers) {
        (Some(path), _) => check(&policy, &request, path, key.as_ref(), output),
        (None, Some(path)) => {
            let language = decide::language(&policy, args.locale.as_deref())?;
            let teller = Teller::new(&language);
            let paper = Paper { policy: &policy, teller: &teller, plain: args.locale.is_none() };
            let exit = complete(&paper, &request, path, key, output)?;
            decide::lacks(&language, &teller.missing().into_iter().collect(), format)?;
            Ok(exit)
        }
        (None, None) => Err(Failure::new("there are no answers")),
    }
}

fn complete(
    paper: &Paper<'_>,
    request: &Request,
    path: &Path,
    key: Option<HashKey>,
    output: Output,
) -> Result<Exit, Failure> {
    let answers = record::read(&decide::bytes(path)?).map_err(|error| decide::wrong("answers", path, &error))?;
    let answers = match key {
        Some(key) => answers.with_key(key),
        None => answers,
    };
    let completion = paper.policy.complete(request, &answers);
    match output {
        Output::Json => json(&completion)?,
        Output::Human => {
            let text = match &completion {
                Completion::Finished(record) => paper.finished(request, record),
                Completion::Unfinished(problems) => paper.unfinished(request, problems),
            };
            anstream::stdout().write_all(text.as_bytes())?;
        }
    }
    Ok(match completion {
        Completion::Finished(_) => Exit::Fine,
        Completion::Unfinished(_) => Exit::Findings,
    })
}

fn check(
    policy: &Policy,
    request: &Request,
    path: &Path,
    key: Option<&HashKey>,
    output: Output,
) -> Result<Exit, Failure> {
    let bytes = decide::bytes(path)?;
    // What `complete --output json` writes holds the record.
    let inside =
        serde_json::from_slice::<Value>(&bytes).ok().and_then(|value| value.get("record").map(Value::to_string));
    let record = inside.as_ref().map_or(bytes.as_slice(), |record| record.as_bytes());
    let found = policy.audit(request, record, key).map_err(|error| decide::wrong("record", path, &error))?;
    match output {
        Output::Json => {
            let differences: Vec<Value> = found
                .iter()
                .map(|one| serde_json::json!({ "path": one.path, "expected": one.expected, "found": one.found }))
                .collect();
            json(&differences)?;
        }
        Output::Human => anstream::stdout().write_all(human::audited(policy, &found).as_bytes())?,
    }
    Ok(if found.is_empty() { Exit::Fine } else { Exit::Findings })
}

fn json(answer: &impl Serialize) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, answer)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

fn key(path: &Path) -> Result<HashKey, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    HashKey::from_hex(&text).map_err(|error| {
        Failure::new(format!("the key in {} cannot be used: {error}", files::shown(path)))
            .help("`takeback help complete` shows how to make one")
    })
}
