//! `takeback test`: runs the scenarios of policies and shows those that fail.

mod coverage;
mod mutate;

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use takeback::diagnostic::{Report, ReportJson};
use takeback::scenario::{self, ScenarioResult};
use takeback::{Language, Policy};

use crate::args::{Output, TestArgs};
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::files::{self, PolicySet};
use crate::output::{self, BAD, BOLD, CARE, ErrorFormat, GOOD, counted, styled};
use crate::progress::Progress;
use crate::table::{padded, width};
use coverage::Coverage;
use mutate::Mutation;

/// Tests each policy: failures and one line for each to stdout, then how many there were.
pub(crate) fn run(args: &TestArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if args.locale.is_some() && args.output == Some(Output::Json) {
        return Err(Failure::new("as JSON no words are shown").help("leave `--locale` or `--output` away"));
    }
    let sets = files::load(&args.paths)?;
    let widest = sets.iter().map(|set| width(&set.name)).max().unwrap_or(0);
    let mut progress = Progress::new(sets.len());
    let mut total = Total::default();
    for set in &sets {
        progress.show(&set.name)?;
        let tested = tested(set, args)?;
        total.add(&tested);
        progress.clear()?;
        match args.output.unwrap_or(Output::Human) {
            Output::Human => human(set, &tested, widest, format)?,
            Output::Json => json(set, &tested)?,
        }
    }
    if args.output != Some(Output::Json) {
        anstream::stdout().write_all(total.summary().as_bytes())?;
    }
    Ok(if total.failed + total.broken + total.survived > 0 { Exit::Findings } else { Exit::Fine })
}

/// How a policy went.
struct Tested {
    /// What checking found.
    report: Report,
    /// The scenarios that were asked for; none when the policy has errors.
    results: Option<Vec<ScenarioResult>>,
    filtered_out: usize,
    /// When it was asked for.
    coverage: Option<Coverage>,
    /// When it was asked for: in which language the words of failing scenarios are shown.
    told: Option<(Policy, Language)>,
    /// When it was asked for and no scenario fails.
    mutation: Option<Mutation>,
}

impl Tested {
    fn failures(&self) -> impl Iterator<Item = &ScenarioResult> {
        self.results.iter().flatten().filter(|result| failed(result))
    }
}

fn failed(result: &ScenarioResult) -> bool {
    match result.outcome {
        scenario::Outcome::Passed => false,
        scenario::Outcome::Failed { .. } => true,
    }
}

fn tested(set: &PolicySet, args: &TestArgs) -> Result<Tested, Failure> {
    let (policy, report) = set.compile();
    let mut tested = Tested { report, results: None, filtered_out: 0, coverage: None, told: None, mutation: None };
    let Some(policy) = policy else { return Ok(tested) };
    let mut results = policy.test();
    let all = results.len();
    results.retain(|result| args.filter.as_deref().is_none_or(|filter| result.name.contains(filter)));
    tested.filtered_out = all - results.len();
    tested.told = match &args.locale {
        Some(tag) => Some((policy.clone(), decide::language(&policy, Some(tag))?)),
        None => None,
    };
    tested.coverage = args.coverage.then(|| Coverage::new(set, &policy, &results));
    if args.mutate && !results.is_empty() && !results.iter().any(failed) {
        tested.mutation = Some(Mutation::run(set)?);
    }
    tested.results = Some(results);
    Ok(tested)
}

fn human(set: &PolicySet, tested: &Tested, widest: usize, format: ErrorFormat) -> Result<(), Failure> {
    let Some(results) = &tested.results else {
        output::findings(&tested.report, &set.sources, format)?;
        let name = padded(&set.name, widest);
        writeln!(anstream::stdout(), "{}  {name}  {}", styled(BAD, "FAILED"), tested.report.summary())?;
        return Ok(());
    };
    let mut out = anstream::stdout().lock();
    let failures = tested.failures().count();
    let (style, word) = match (failures, results.is_empty()) {
        (0, true) => (CARE, "none  "),
        (0, false) => (GOOD, "ok    "),
        (_, _) => (BAD, "FAILED"),
    };
    let mut line = counted(results.len(), "scenario");
    if failures > 0 {
        line.push_str(&format!(", {failures} failed"));
    }
    writeln!(out, "{}  {}  {line}", styled(style, word), padded(&set.name, widest))?;
    for failure in tested.failures() {
        let text = scenario::render(failure);
        let (head, rest) = text.split_once('\n').unwrap_or((&text, ""));
        writeln!(out, "\n{}\n{}", styled(BOLD, head), rest.trim_end())?;
        if let Some((policy, language)) = &tested.told {
            for page in pages(policy, language, failure) {
                writeln!(out, "\n{page}")?;
            }
        }
    }
    if let Some(coverage) = &tested.coverage {
        out.write_all(coverage.human().as_bytes())?;
    }
    if let Some(mutation) = &tested.mutation {
        out.write_all(mutation.human().as_bytes())?;
    }
    Ok(())
}

/// What the clerk reads at each visit of a scenario, set in.
fn pages(policy: &Policy, language: &Language, result: &ScenarioResult) -> Vec<String> {
    let page = |visit: &scenario::Visit| {
        let request = policy.request(visit.request.to_string().as_bytes()).ok()?;
        let page = policy.words(&request, &policy.decide(&request), language).page;
        let lines =
            page.trim_end().lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") });
        Some(lines.collect::<Vec<_>>().join("\n"))
    };
    result.visits.iter().filter_map(page).collect()
}

/// A policy as a line of JSON.
fn json(set: &PolicySet, tested: &Tested) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Line<'a> {
        policy: &'a str,
        #[serde(flatten)]
        report: ReportJson,
        scenarios: &'a [ScenarioResult],
        filtered_out: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        coverage: Option<&'a Coverage>,
        #[serde(skip_serializing_if = "Option::is_none")]
        mutation: Option<&'a Mutation>,
    }
    let line = Line {
        policy: &set.name,
        report: ReportJson::new(&tested.report, &set.sources),
        scenarios: tested.results.as_deref().unwrap_or_default(),
        filtered_out: tested.filtered_out,
        coverage: tested.coverage.as_ref(),
        mutation: tested.mutation.as_ref(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &line)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// What all policies together come to.
#[derive(Default)]
struct Total {
    passed: usize,
    failed: usize,
    filtered_out: usize,
    /// Policies with errors, whose scenarios were not run.
    broken: usize,
    /// Changes of policies that no scenario noticed.
    survived: usize,
}

impl Total {
    fn add(&mut self, tested: &Tested) {
        let failed = tested.failures().count();
        self.failed += failed;
        self.filtered_out += tested.filtered_out;
        self.survived += tested.mutation.as_ref().map_or(0, Mutation::survivors);
        match &tested.results {
            Some(results) => self.passed += results.len() - failed,
            None => self.broken += 1,
        }
    }

    /// `test result: ok. 26 passed; 0 failed`.
    fn summary(&self) -> String {
        let word = match (self.failed + self.broken + self.survived, self.passed + self.filtered_out) {
            (0, 0) => styled(CARE, "nothing was tested"),
            (0, _) => styled(GOOD, "ok"),
            (_, _) => styled(BAD, "FAILED"),
        };
        let mut text = format!("\ntest result: {word}. {} passed; {} failed", self.passed, self.failed);
        if self.filtered_out > 0 {
            text.push_str(&format!("; {} filtered out", self.filtered_out));
        }
        match self.survived {
            0 => {}
            1 => text.push_str("; 1 change not noticed"),
            many => text.push_str(&format!("; {many} changes not noticed")),
        }
        match self.broken {
            0 => {}
            1 => text.push_str("; 1 policy has errors"),
            many => text.push_str(&format!("; {many} policies have errors")),
        }
        text.push('\n');
        text
    }
}
