//! `takeback test`: runs the scenarios of policies and shows those that fail.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::{Duration, Instant};

use serde::Serialize;
use takeback::diagnostic::{Report, ReportJson};
use takeback::scenario::{self, ScenarioResult};

use crate::args::{Output, TestArgs};
use crate::exit::{Exit, Failure};
use crate::files::{self, PolicySet};
use crate::output::{self, BAD, BOLD, CARE, ErrorFormat, GOOD, counted, styled};
use crate::table::{clean, padded, width};

/// Tests each policy: failures and one line for each to stdout, then how many there were.
pub(crate) fn run(args: &TestArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let sets = files::load(&args.paths)?;
    let widest = sets.iter().map(|set| width(&set.name)).max().unwrap_or(0);
    let mut progress = Progress::new(sets.len());
    let mut total = Total::default();
    for set in &sets {
        progress.show(&set.name)?;
        let tested = tested(set, args.filter.as_deref());
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
    Ok(if total.failed + total.broken > 0 { Exit::Findings } else { Exit::Fine })
}

/// How a policy went.
struct Tested {
    /// What checking found.
    report: Report,
    /// The scenarios that were asked for; none when the policy has errors.
    results: Option<Vec<ScenarioResult>>,
    filtered_out: usize,
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

fn tested(set: &PolicySet, filter: Option<&str>) -> Tested {
    let (policy, report) = set.compile();
    let mut filtered_out = 0;
    let results = policy.map(|policy| {
        let mut results = policy.test();
        let all = results.len();
        results.retain(|result| filter.is_none_or(|filter| result.name.contains(filter)));
        filtered_out = all - results.len();
        results
    });
    Tested { report, results, filtered_out }
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
    }
    Ok(())
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
    }
    let line = Line {
        policy: &set.name,
        report: ReportJson::new(&tested.report, &set.sources),
        scenarios: tested.results.as_deref().unwrap_or_default(),
        filtered_out: tested.filtered_out,
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
}

impl Total {
    fn add(&mut self, tested: &Tested) {
        let failed = tested.failures().count();
        self.failed += failed;
        self.filtered_out += tested.filtered_out;
        match &tested.results {
            Some(results) => self.passed += results.len() - failed,
            None => self.broken += 1,
        }
    }

    /// `test result: ok. 26 passed; 0 failed`.
    fn summary(&self) -> String {
        let word = match (self.failed + self.broken, self.passed + self.filtered_out) {
            (0, 0) => styled(CARE, "nothing was tested"),
            (0, _) => styled(GOOD, "ok"),
            (_, _) => styled(BAD, "FAILED"),
        };
        let mut text = format!("\ntest result: {word}. {} passed; {} failed", self.passed, self.failed);
        if self.filtered_out > 0 {
            text.push_str(&format!("; {} filtered out", self.filtered_out));
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

/// A bar on stderr, when that is a terminal and the run is not over at once.
struct Progress {
    all: usize,
    done: usize,
    since: Instant,
    drawn: bool,
}

impl Progress {
    /// What is over sooner needs no bar.
    const PATIENCE: Duration = Duration::from_millis(700);
    const WIDTH: usize = 24;

    fn new(all: usize) -> Self {
        Self { all, done: 0, since: Instant::now(), drawn: false }
    }

    /// Draws the bar before the next policy.
    fn show(&mut self, name: &str) -> io::Result<()> {
        let mut stderr = anstream::stderr().lock();
        if io::stderr().is_terminal() && self.since.elapsed() > Self::PATIENCE {
            let filled = Self::WIDTH * self.done / self.all.max(1);
            let bar = format!("{}{}", "━".repeat(filled), " ".repeat(Self::WIDTH - filled));
            let name: String = clean(name).chars().take(40).collect();
            write!(stderr, "\r\x1b[2K{bar}  {} of {}  {name}", self.done, self.all)?;
            stderr.flush()?;
            self.drawn = true;
        }
        self.done += 1;
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.drawn) {
            let mut stderr = io::stderr().lock();
            write!(stderr, "\r\x1b[2K")?;
            stderr.flush()?;
        }
        Ok(())
    }
}
