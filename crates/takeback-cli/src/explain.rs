//! `takeback explain`: what a code or a reason means, and how a decision came about.

use std::io::Write;
use std::path::Path;

use takeback::api;
use takeback::decision::ReasonKey;

use crate::args::ExplainArgs;
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::output::{BOLD, ErrorFormat, styled};
use crate::policy;
use crate::table::{Align, Table};

/// Explains a code, all reason keys, or a decision.
pub(crate) fn run(args: &ExplainArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if args.keys {
        return keys();
    }
    if !args.policy.is_empty() {
        let request = args.what.as_deref().unwrap_or(Path::new("-"));
        return decision(args, request, format);
    }
    let what = args.what.as_deref().map(|what| what.to_string_lossy()).unwrap_or_default();
    code(&what)
}

/// The page of a code, or what a reason means.
fn code(text: &str) -> Result<Exit, Failure> {
    let page = api::explain(text).ok_or_else(|| {
        Failure::new(format!("there is no code or reason `{text}`"))
            .help("codes stand in findings, as in `error[T0301]`; `takeback explain --keys` lists the reasons")
    })?;
    let mut out = anstream::stdout().lock();
    for line in page.lines() {
        if line.starts_with('#') {
            writeln!(out, "{}", styled(BOLD, line))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(Exit::Fine)
}

/// Every key a reason can have.
fn keys() -> Result<Exit, Failure> {
    let mut table = Table::new([Align::Left, Align::Left]);
    for key in ReasonKey::all() {
        let name = match key {
            ReasonKey::Gap(gap) => format!("{}: {}", key.word(), gap.word()),
            key => key.word().to_owned(),
        };
        table.row([styled(BOLD, &name), key.describe().to_owned()]);
    }
    let mut text = String::new();
    table.write(0, &mut text);
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Fine)
}

/// A decision with every clause that was asked.
fn decision(args: &ExplainArgs, request: &Path, format: ErrorFormat) -> Result<Exit, Failure> {
    let policy = policy::compiled(&args.policy, &args.trust.signed_by, request, format)?;
    let Some(policy) = policy else {
        return Ok(Exit::Findings);
    };
    let request = decide::read(&policy, request)?;
    let text = decide::explained(&policy, &request);
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Fine)
}
