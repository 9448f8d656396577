//! `takeback check`: is it a policy, and does it say what it should?

use std::io::Write;

use takeback::diagnostic::Report;

use crate::args::CheckArgs;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{self, BAD, CARE, ErrorFormat, GOOD, counted, styled};
use crate::table::{padded, width};

/// Checks each policy, findings to stderr, one line each to stdout.
pub(crate) fn run(args: &CheckArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let sets = files::load(&args.paths)?;
    let widest = sets.iter().map(|set| width(&set.name)).max().unwrap_or(0);
    let mut failed = false;
    for set in &sets {
        let (policy, mut report) = set.compile();
        if let Some(policy) = policy.filter(|_| args.strict) {
            let all = report.iter().chain(policy.unverified().iter()).cloned().collect();
            report = Report::new(all, &set.sources);
        }
        output::findings(&report, &set.sources, format)?;
        let warned = report.warnings().next().is_some();
        let bad = report.has_errors() || (args.strict && warned);
        let (style, word) = match (bad, warned) {
            (true, _) => (BAD, "FAILED"),
            (false, true) => (CARE, "ok    "),
            (false, false) => (GOOD, "ok    "),
        };
        failed |= bad;
        let (name, files) = (padded(&set.name, widest), counted(set.sources.len(), "file"));
        writeln!(anstream::stdout(), "{}  {name}  {files}, {}", styled(style, word), report.summary())?;
    }
    Ok(if failed { Exit::Findings } else { Exit::Fine })
}
