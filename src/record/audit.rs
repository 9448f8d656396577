//! Holds a record against the policy: decides again, takes what the record shows for answers, and compares. Answers that
//! a record does not hold are taken as given; whether they had to be there, how they are kept and until when is checked.

use std::sync::Arc;

use serde_json::Value;

use super::HashKey;
use super::answers::{Answer, Answers, Given, Sheet, only, text, tree, wrong};
use super::complete::made;
use super::tree::Tree;
use crate::decision;
use crate::program::Program;
use crate::request::{Error, ErrorKind, Request, escaped};

/// Where a record is not what the policy gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, as a JSON pointer into the record.
    pub path: String,
    /// What the policy gives there, as JSON, or what is wrong with the answer; none: nothing stands there.
    pub expected: Option<String>,
    /// What the record says, as JSON; none: nothing.
    pub found: Option<String>,
}

/// What of a record the policy does not give for this request; empty when it gives just this record.
///
/// # Errors
/// When it is no record.
pub(crate) fn audit(
    program: &Arc<Program>,
    request: &Request,
    record: &[u8],
    key: Option<&HashKey>,
) -> Result<Vec<Difference>, Error> {
    let answers = answers_of(&tree(record)?, key)?;
    let mut found: Value = serde_json::from_slice(record)
        .map_err(|error| wrong("", ErrorKind::Json, format!("this is not JSON: {error}")))?;
    let (record, problems) = made(program, request, &answers);
    let mut expected =
        decision::tree(&record).map_err(|error| wrong("", ErrorKind::Json, format!("this is not JSON: {error}")))?;
    if program.bundle.is_none() {
        // A policy that is held against a record as text has no address.
        found.get_mut("policy").and_then(Value::as_object_mut).map(|policy| policy.remove("bundle"));
    }
    if !problems.is_empty() {
        // With answers missing or wrong the forms would differ all over.
        for record in [&mut expected, &mut found] {
            record.as_object_mut().map(|members| ["forms", "key"].map(|name| members.remove(name)));
        }
    }
    let mut differences = Vec::new();
    compare(Some(&expected), Some(&found), String::new(), &mut differences);
    differences.extend(problems.into_iter().map(|problem| Difference {
        path: problem.path,
        expected: Some(match problem.field {
            Some(field) => format!("{field}: {}", problem.message),
            None => problem.message,
        }),
        found: None,
    }));
    Ok(differences)
}

/// The answers that a record shows.
fn answers_of(tree: &Tree, key: Option<&HashKey>) -> Result<Answers, Error> {
    only(tree, "", &["policy", "day", "decision", "forms", "key"])?;
    // With the key at hand its name is worked out, not taken over.
    let key_id = text(tree, "", "key")?.filter(|_| key.is_none());
    let sheets: Result<Vec<Sheet>, Error> = match tree.member("forms") {
        Some(Tree::List(forms)) => {
            forms.iter().enumerate().map(|(at, form)| sheet(form, &format!("/forms/{at}"), key.is_some())).collect()
        }
        Some(_) | None => Err(wrong("/forms", ErrorKind::Type, "a record has a list `forms`".to_owned())),
    };
    Ok(Answers { sheets: sheets?, key: key.cloned(), key_id, of_record: true })
}

fn sheet(tree: &Tree, path: &str, has_key: bool) -> Result<Sheet, Error> {
    let form = text(tree, path, "form")?
        .ok_or_else(|| wrong(path, ErrorKind::Member, "the member `form` is missing".to_owned()))?;
    let line = text(tree, path, "line")?;
    let fields: Result<Vec<_>, Error> = match tree.member("fields") {
        Some(Tree::List(fields)) => fields
            .iter()
            .enumerate()
            .filter_map(|(at, field)| shown(field, &format!("{path}/fields/{at}"), has_key).transpose())
            .collect(),
        Some(_) | None => {
            Err(wrong(&format!("{path}/fields"), ErrorKind::Type, "a form has a list `fields`".to_owned()))
        }
    };
    Ok(Sheet { form, line, fields: fields? })
}

/// What a record shows of a field; nothing of one that was filled in from the request, which is filled in again.
fn shown(tree: &Tree, path: &str, has_key: bool) -> Result<Option<(String, Given)>, Error> {
    let missing = |member: &str| wrong(path, ErrorKind::Member, format!("the member `{member}` is missing"));
    let field = text(tree, path, "field")?.ok_or_else(|| missing("field"))?;
    let stored = text(tree, path, "stored")?.ok_or_else(|| missing("stored"))?;
    let prefilled = tree.member("prefilled") == Some(&Tree::Bool(true));
    let answer = match (stored.as_str(), prefilled) {
        ("value" | "nothing", true) => return Ok(None),
        ("hash", true) if has_key => return Ok(None),
        ("value", false) => Answer::Tree(tree.member("value").cloned().unwrap_or(Tree::Null)),
        ("nothing", false) => Answer::NotKept,
        ("hash", _) => Answer::Hash(hash(tree, path)?),
        ("deleted", _) => Answer::Deleted,
        ("no answer", _) => Answer::Left,
        _ => {
            let message = "an answer is stored as `value`, `hash`, `nothing`, `deleted` or `no answer`".to_owned();
            return Err(wrong(&format!("{path}/stored"), ErrorKind::Value, message));
        }
    };
    let filled_by = text(tree, path, "filled_by")?;
    Ok(Some((field, Given { answer, path: path.to_owned(), filled_by, prefilled })))
}

fn hash(tree: &Tree, path: &str) -> Result<String, Error> {
    let hash = text(tree, path, "hash")?.unwrap_or_default();
    if hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Ok(hash);
    }
    let message = "a hash has 64 hexadecimal digits".to_owned();
    Err(wrong(&format!("{path}/hash"), ErrorKind::Value, message))
}

fn compare(made: Option<&Value>, found: Option<&Value>, path: String, out: &mut Vec<Difference>) {
    match (made, found) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let more = other.keys().filter(|key| !one.contains_key(*key));
            for key in one.keys().chain(more) {
                compare(one.get(key), other.get(key), format!("{path}/{}", escaped(key)), out);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            for at in 0..one.len().max(other.len()) {
                compare(one.get(at), other.get(at), format!("{path}/{at}"), out);
            }
        }
        _ if made == found => {}
        _ => {
            let written = |value: Option<&Value>| value.map(Value::to_string);
            out.push(Difference { path, expected: written(made), found: written(found) });
        }
    }
}
