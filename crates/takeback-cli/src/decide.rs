//! `takeback decide`: a request in, a decision out; or a stream of both.

mod documents;
mod form;
mod human;

pub(crate) use form::{INSIDE, folded, frame};

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use takeback::decision::{Decision, Outcome};
use takeback::request::{self, ErrorKind, Limits, Request};
use takeback::{Language, Policy, api};

use self::documents::{Document, Documents, Following};
use crate::args::{DecideArgs, Output};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{self, ErrorFormat, counted};
use crate::policy;

/// Decides one request, or every request of a stream.
pub(crate) fn run(args: &DecideArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let Some(policy) = policy::compiled(&args.policy.policy, &args.policy.trust.signed_by, &args.request, format)?
    else {
        return Ok(Exit::Findings);
    };
    let language = language(&policy, args.locale.as_deref())?;
    let telling = Telling { policy: &policy, args, language: &language };
    let mut documents = Documents::new(open(&args.request)?, Limits::default().bytes);
    let mut first = Document::default();
    let by_lines = args.lines || args.request.extension().is_some_and(|end| end == "jsonl" || end == "ndjson");
    if by_lines {
        return stream(telling, documents, Next::Lines, format);
    }
    let reading = |error: io::Error| Failure::reading(&args.request, &error);
    if !documents.first(&mut first).map_err(reading)? {
        return Err(Failure::new("there is no request").help("give a file, or JSON on stdin"));
    }
    match documents.following().map_err(reading)? {
        Following::Nothing => one(telling, &first, format),
        Following::Documents => stream(telling, documents, Next::After(first), format),
        Following::Garbage(line) => Err(Failure::new(format!(
            "line {line} of {}: something stands after the end of the request",
            files::shown(&args.request)
        ))),
    }
}

/// How requests are answered.
#[derive(Clone, Copy)]
struct Telling<'a> {
    policy: &'a Policy,
    args: &'a DecideArgs,
    language: &'a Language,
}

/// The language of a tag; English when none is named.
pub(crate) fn language(policy: &Policy, tag: Option<&str>) -> Result<Language, Failure> {
    policy.language(tag.unwrap_or("en")).map_err(|error| {
        Failure::new(error.to_string()).help("`takeback messages --locale TAG` writes a file to begin a language with")
    })
}

/// Says what a language lacks.
pub(crate) fn lacks(language: &Language, missing: &BTreeSet<String>, format: ErrorFormat) -> Result<(), Failure> {
    if !missing.is_empty() {
        let keys = missing.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        output::note(&format!("warning: not translated into `{}`: {keys}", language.tag()), format)?;
    }
    Ok(())
}

/// Reads the one request of a file or of stdin.
pub(crate) fn read(policy: &Policy, path: &Path) -> Result<Request, Failure> {
    policy.request(&bytes(path)?).map_err(|error| wrong("request", path, &error))
}

/// A file or stdin, no more of it than is read of any JSON.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(Limits::default().bytes).unwrap_or(u64::MAX).saturating_add(1);
    open(path)?.take(most).read_to_end(&mut bytes).map_err(|error| Failure::reading(path, &error))?;
    Ok(documents::without_mark(&bytes).to_vec())
}

/// The outcome and the money in a line or two.
pub(crate) fn headline(policy: &Policy, request: &Request, decision: &Decision, language: &Language) -> String {
    human::headline(policy, request, decision, language)
}

/// A decision in words, with every clause that was asked for each line.
pub(crate) fn explained(policy: &Policy, request: &Request) -> String {
    let language = language(policy, None).unwrap_or_default();
    let words = policy.words(request, &policy.decide(request), &language);
    words.page + &human::trace(policy, request)
}

fn open(path: &Path) -> Result<BufReader<Box<dyn Read>>, Failure> {
    let input: Box<dyn Read> = if files::is_stdin(path) {
        Box::new(io::stdin())
    } else {
        let file = File::open(path).map_err(|error| Failure::reading(path, &error))?;
        if file.metadata().is_ok_and(|about| about.is_dir()) {
            return Err(Failure::reading(path, &io::ErrorKind::IsADirectory.into()));
        }
        Box::new(file)
    };
    Ok(BufReader::with_capacity(1 << 16, input))
}

/// A request, or something else of the kind, that cannot be read.
pub(crate) fn wrong(what: &str, path: &Path, error: &request::Error) -> Failure {
    let place = match error.path() {
        "" => String::new(),
        pointer => format!(" at {pointer}"),
    };
    Failure::new(format!("the {what} in {}{place}: {}", files::shown(path), error.message()))
}

fn one(telling: Telling<'_>, document: &Document, format: ErrorFormat) -> Result<Exit, Failure> {
    let Telling { policy, args, language } = telling;
    let mut missing = BTreeSet::new();
    if let Some(trouble) = &document.trouble {
        return Err(Failure::new(format!("the request in {}: {trouble}", files::shown(&args.request))));
    }
    let request = policy.request(&document.bytes).map_err(|error| wrong("request", &args.request, &error))?;
    let decision = policy.decide(&request);
    match args.output.unwrap_or(Output::Human) {
        Output::Human => {
            let mut text = for_people(telling, &request, &decision, &mut missing);
            if args.what_if {
                text.push_str(&human::changes(&changes(policy, document)?, policy.program().currency.code()));
            }
            anstream::stdout().write_all(text.as_bytes())?;
        }
        Output::Json => {
            let mut out = BufWriter::new(io::stdout().lock());
            json(&mut out, telling, document, &decision, &mut missing)?;
            out.flush()?;
        }
    }
    lacks(language, &missing, format)?;
    Ok(if args.exit_code { said(decision.outcome) } else { Exit::Fine })
}

/// What a stream goes on with.
enum Next {
    /// Lines, from the first one on.
    Lines,
    /// A document that was read already, and more of its kind.
    After(Document),
}

/// Answers every request, in order. Bad ones get an error in their place.
fn stream(
    telling: Telling<'_>,
    mut documents: Documents<BufReader<Box<dyn Read>>>,
    next: Next,
    format: ErrorFormat,
) -> Result<Exit, Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, anstream::stdout().lock());
    let mut document = Document::default();
    let (by_lines, mut waiting) = match next {
        Next::Lines => (true, None),
        Next::After(first) => (false, Some(first)),
    };
    let (mut all, mut bad) = (0_usize, 0_usize);
    let mut missing = BTreeSet::new();
    loop {
        match waiting.take() {
            Some(first) => document = first,
            None => {
                // The next read may wait for somebody who waits for our answers.
                if documents.would_wait() {
                    out.flush()?;
                }
                let read = documents.next(&mut document, by_lines);
                if !read.map_err(|error| Failure::reading(&telling.args.request, &error))? {
                    break;
                }
            }
        }
        all += 1;
        if !answer(&mut out, telling, &document, &mut missing)? {
            bad += 1;
        }
    }
    out.flush()?;
    lacks(telling.language, &missing, format)?;
    if bad > 0 {
        output::note(&format!("{bad} of {} could not be read", counted(all, "request")), format)?;
    }
    Ok(Exit::Fine)
}

/// One answer of a stream; false when the request could not be read.
fn answer(
    out: &mut impl Write,
    telling: Telling<'_>,
    document: &Document,
    missing: &mut BTreeSet<String>,
) -> Result<bool, Failure> {
    let Telling { policy, args, .. } = telling;
    let read = match &document.trouble {
        Some(trouble) => Err((ErrorKind::Limit, "", trouble.as_str())),
        None => Ok(policy.request(&document.bytes)),
    };
    let (kind, path, message) = match &read {
        Ok(Ok(request)) => {
            let decision = policy.decide(request);
            match args.output.unwrap_or(Output::Json) {
                Output::Human => {
                    out.write_all(for_people(telling, request, &decision, missing).as_bytes())?;
                    out.write_all(b"\n")?;
                }
                Output::Json => json(out, telling, document, &decision, missing)?,
            }
            return Ok(true);
        }
        Ok(Err(error)) => (error.kind(), error.path(), error.message()),
        Err(trouble) => *trouble,
    };
    match args.output.unwrap_or(Output::Json) {
        Output::Human => writeln!(out, "line {}: {path}: {message}\n", document.line)?,
        Output::Json => {
            let (line, kind) = (document.line, kind.word());
            let error = serde_json::json!({ "line": line, "kind": kind, "path": path, "message": message });
            writeln!(out, "{}", serde_json::json!({ "error": error }))?;
        }
    }
    Ok(false)
}

/// The answer with all that stands behind it; in another language than English, what the clerk reads.
fn for_people(telling: Telling<'_>, request: &Request, decision: &Decision, missing: &mut BTreeSet<String>) -> String {
    let Telling { policy, args, language } = telling;
    if args.locale.is_none() {
        return human::answer(policy, request, decision, language);
    }
    let words = policy.words(request, decision, language);
    missing.extend(words.missing_translations);
    words.page
}

/// A decision as a line of JSON; what would change it is a member of its own.
fn json(
    out: &mut impl Write,
    telling: Telling<'_>,
    document: &Document,
    decision: &Decision,
    missing: &mut BTreeSet<String>,
) -> Result<(), Failure> {
    let Telling { policy, args, language } = telling;
    #[derive(Serialize)]
    struct WithMore<'a> {
        #[serde(flatten)]
        decision: &'a Decision,
        #[serde(skip_serializing_if = "Option::is_none")]
        what_would_change: Option<Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        script: Option<Value>,
    }
    if args.what_if || args.script {
        let what_would_change = if args.what_if { Some(changes(policy, document)?) } else { None };
        let script = if args.script { Some(script(policy, document, language)?) } else { None };
        let lacking = script.as_ref().and_then(|script| script.get("missing_translations")).and_then(Value::as_array);
        missing.extend(lacking.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        serde_json::to_writer(&mut *out, &WithMore { decision, what_would_change, script })?;
    } else {
        serde_json::to_writer(&mut *out, decision)?;
    }
    out.write_all(b"\n")?;
    Ok(())
}

/// A list of [`api::ChangeJson`].
fn changes(policy: &Policy, document: &Document) -> Result<Value, Failure> {
    let text = String::from_utf8_lossy(&document.bytes);
    let changes = api::what_would_change(policy, &text).map_err(|error| Failure::new(error.message))?;
    Ok(serde_json::from_str(&changes)?)
}

/// A [`decision::Script`](takeback::decision::Script).
fn script(policy: &Policy, document: &Document, language: &Language) -> Result<Value, Failure> {
    let text = String::from_utf8_lossy(&document.bytes);
    let script = api::words(policy, &text, language.tag()).map_err(|error| Failure::new(error.message))?;
    Ok(serde_json::from_str(&script)?)
}

fn said(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Accept => Exit::Fine,
        Outcome::AcceptPendingVerification => Exit::Pending,
        Outcome::Refer => Exit::Refer,
        Outcome::Decline => Exit::Decline,
        Outcome::Undetermined => Exit::Undetermined,
    }
}
