//! `takeback explain`: what a code or a reason means, how a decision came about, and why a finding of an audit is one.

use std::fs;
use std::io::Write;
use std::path::Path;

use takeback::api;
use takeback::decision::ReasonKey;
use takeback_audit::out::{NotFound, POLICY, replay};

use crate::args::ExplainArgs;
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::files;
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
    if let Some(audit) = &args.finding {
        return finding(audit, args);
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

/// A finding of an audit: what it says, then the case replayed under the policy that is kept with it.
fn finding(audit: &Path, args: &ExplainArgs) -> Result<Exit, Failure> {
    let number = args.what.as_deref().and_then(Path::to_str).and_then(|number| number.parse().ok());
    let number: u64 = number
        .ok_or_else(|| Failure::new("findings have numbers").help("as in the column `finding` of `findings.csv`"))?;
    let replayed = replay(audit, number).map_err(|error| match error {
        NotFound::Only(count) => Failure::new(format!("`{}` has no finding {number}", files::shown(audit))).help(
            format!("it has {}", crate::output::counted(usize::try_from(count).unwrap_or(usize::MAX), "finding")),
        ),
        NotFound::File(error) => {
            Failure::reading(&error.path, &error.error).help("name the folder that `takeback audit --out` wrote")
        }
    })?;
    let path = audit.join(POLICY);
    let bytes = fs::read(&path).map_err(|error| Failure::reading(&path, &error))?;
    let policy = policy::of_bundle(&path, &bytes, &args.trust.signed_by)?;
    if policy.bundled().is_none_or(|bundle| bundle.hash != replayed.manifest.policy.bundle) {
        return Err(Failure::new(format!("`{}` is not the policy of this audit", files::shown(&path))));
    }
    let told =
        takeback_audit::explain_case(&policy, &replayed.cases).map_err(|error| Failure::new(error.to_string()))?;
    let mut table = Table::new([Align::Left, Align::Left]);
    for (name, value) in replayed.finding.iter().filter(|(name, _)| !["finding", "case"].contains(&name.as_str())) {
        table.row([styled(BOLD, name), crate::table::clean(value)]);
    }
    let mut text = format!("{}\n", styled(BOLD, &format!("Finding {number}")));
    table.write(2, &mut text);
    text.push('\n');
    text.push_str(&told.lines().map(|line| crate::table::clean(line) + "\n").collect::<String>());
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Fine)
}
