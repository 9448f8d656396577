//! Runs the scenarios of a policy: the sentences become the request a till would send (`ask`), the policy decides it, and
//! the decision is compared with what the scenario expects (`expect`). A visit before the last one is decided first and
//! carried forward as an earlier return (`earlier`).
//!
//! Words of a scenario that mean nothing are findings of [`Policy::compile`](crate::Policy::compile), like everything else
//! in a policy. [`Policy::test`](crate::Policy::test) gives results as data; [`render`] makes text of one that failed.

mod ask;
mod earlier;
mod expect;
mod labels;
mod pairs;
mod plan;
mod text;
mod tree;
mod why;

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::decision;
use crate::diagnostic::{Diagnostic, PlaceJson};
use crate::program::{AttributeValue, ClauseId, Limit, Price, Program};
use crate::source::{SourceSet, Span};
use crate::syntax::ast;

use labels::Labels;

pub use text::render;

/// How a scenario went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioResult {
    /// Its name.
    pub name: String,
    /// Its head.
    #[serde(skip)]
    pub span: Span,
    /// Its file, and where in it the head stands.
    #[serde(flatten)]
    pub place: PlaceJson,
    /// Whether everything was as expected.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What was asked and decided, visit by visit.
    pub visits: Vec<Visit>,
    /// The heads of the clauses that had a part in what was decided; sorted, none twice.
    #[serde(skip)]
    pub decisive: Vec<Span>,
}

/// Whether everything was as expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// Everything was.
    Passed,
    /// Something was not.
    Failed {
        /// What was not; at least one.
        differences: Vec<Difference>,
        /// The clauses that made what was decided instead, and those that were expected to.
        deciding: Vec<Deciding>,
    },
}

/// An expectation that does not hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What it is about: `outcome`, `refund`, `last day for laptop`.
    pub what: String,
    /// What the scenario says.
    pub expected: String,
    /// What was decided.
    pub actual: String,
    /// What makes it easier to understand: the reasons of an outcome, the parts of an amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The expectation.
    #[serde(skip)]
    pub span: Span,
    /// Likewise, in lines and columns.
    #[serde(flatten)]
    pub place: PlaceJson,
}

/// A clause that made a difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deciding {
    /// Its label path.
    pub clause: String,
    /// What the customer reads.
    pub title: Option<String>,
    /// Its head.
    #[serde(skip)]
    pub span: Span,
    /// Likewise, in lines and columns.
    #[serde(flatten)]
    pub place: PlaceJson,
}

/// A visit of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Visit {
    /// What a till would send.
    pub request: Value,
    /// What it would get.
    pub decision: Value,
}

/// What every step needs of the policy.
struct Context<'p> {
    program: &'p Arc<Program>,
    labels: Labels<'p>,
    /// The lengths of `lowest price in …`, as written.
    lengths: Vec<Arc<str>>,
}

impl<'p> Context<'p> {
    fn new(program: &'p Arc<Program>) -> Self {
        let mut lengths: Vec<Arc<str>> = Vec::new();
        for value in program.versions.iter().flat_map(|version| &version.values) {
            if let AttributeValue::Basis { price: Price::LowestIn(length), .. } = value
                && !lengths.contains(length)
            {
                lengths.push(Arc::clone(length));
            }
        }
        Self { program, labels: Labels::new(program), lengths }
    }

    /// The limits that these clauses state.
    fn limits(&self, clauses: &[ClauseId]) -> impl Iterator<Item = &Limit> {
        let guards = self.program.versions.iter().flat_map(|version| &version.guards);
        guards.filter(|guard| clauses.contains(&guard.clause)).filter_map(|guard| guard.limit.as_ref())
    }
}

/// Finds what no scenario can mean: unknown items, facts, clauses and words, values of another kind, sentences out of place,
/// requests that could not be read.
pub(crate) fn check(program: &Arc<Program>, scenarios: &[Vec<Arc<ast::Scenario>>]) -> Vec<Diagnostic> {
    let cx = Context::new(program);
    let mut out = Vec::new();
    for scenario in once_each(scenarios) {
        let mut found = Vec::new();
        let plan = plan::plan(&cx, scenario, &mut found);
        if found.is_empty() {
            let visits = 0..plan.visits.len();
            // What is wrong in one visit with the goods is wrong in the next.
            found.extend(
                visits.map(|visit| ask::ask(program, &plan, visit, &[])).find_map(Result::err).map(|finding| *finding),
            );
        }
        expect::check(&cx, &plan, &mut found);
        out.append(&mut found);
    }
    out
}

/// The name of the first scenario that fails, of those that are meant.
pub(crate) fn first_failure(
    program: &Arc<Program>,
    sources: &SourceSet,
    scenarios: &[Vec<Arc<ast::Scenario>>],
    meant: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let cx = Context::new(program);
    let failed = |result: &ScenarioResult| result.outcome != Outcome::Passed;
    let all = once_each(scenarios).into_iter().filter(|scenario| meant(&scenario.name.node));
    all.map(|scenario| run(&cx, sources, scenario)).find(failed).map(|result| result.name)
}

/// Runs every scenario once, whatever versions use its file.
pub(crate) fn test(
    program: &Arc<Program>,
    sources: &SourceSet,
    scenarios: &[Vec<Arc<ast::Scenario>>],
) -> Vec<ScenarioResult> {
    let cx = Context::new(program);
    once_each(scenarios).into_iter().map(|scenario| run(&cx, sources, scenario)).collect()
}

fn run(cx: &Context<'_>, sources: &SourceSet, scenario: &ast::Scenario) -> ScenarioResult {
    let mut findings = Vec::new();
    let plan = plan::plan(cx, scenario, &mut findings);
    let mut earlier: Vec<Vec<Value>> = vec![Vec::new(); plan.sales.len()];
    let mut visits = Vec::new();
    let mut differences = Vec::new();
    let mut deciding: Vec<ClauseId> = Vec::new();
    let mut decisive: Vec<Span> = Vec::new();
    // What the last visit leaves behind counts once nothing stands instead of it any more.
    let mut left_behind: Vec<(usize, Value)> = Vec::new();
    for (at, visit) in plan.visits.iter().enumerate() {
        if visit.instead_of.is_none() {
            for (sale, back) in left_behind.drain(..) {
                if let Some(earlier) = earlier.get_mut(sale) {
                    earlier.push(back);
                }
            }
        }
        let asked = match ask::ask(cx.program, &plan, at, &earlier) {
            Ok(asked) => asked,
            Err(finding) => {
                findings.push(*finding);
                break;
            }
        };
        let decided = ask::decide(cx.program, visit, asked);
        let (mut different, by) = expect::differences(cx, sources, &decided);
        differences.append(&mut different);
        deciding.extend(by);
        let by = decided.decision.decisive().into_iter().filter_map(|id| cx.program.clause(id));
        decisive.extend(by.map(|clause| clause.span));
        if visit.instead_of.is_none() {
            let sales = plan.sales_at(at).map(|(sale, _)| sale);
            left_behind.extend(sales.zip(earlier::earlier_returns(cx.program, &decided)));
        }
        let decision = decision::tree(&decided.decision).unwrap_or(Value::Null);
        visits.push(Visit { request: decided.asked.json, decision });
    }
    differences.extend(findings.into_iter().map(|finding| Difference {
        what: "request".to_owned(),
        expected: "one that can be read".to_owned(),
        actual: finding.message,
        note: finding.help,
        span: finding.span,
        place: PlaceJson::new(finding.span, sources),
    }));
    let outcome = match differences.is_empty() {
        true => Outcome::Passed,
        false => Outcome::Failed { differences, deciding: clauses(cx, sources, deciding) },
    };
    decisive.sort_unstable();
    decisive.dedup();
    let place = PlaceJson::new(scenario.span, sources);
    ScenarioResult { name: scenario.name.node.clone(), span: scenario.span, place, outcome, visits, decisive }
}

fn clauses(cx: &Context<'_>, sources: &SourceSet, ids: Vec<ClauseId>) -> Vec<Deciding> {
    let mut all: Vec<Deciding> = Vec::new();
    for clause in ids.into_iter().filter_map(|id| cx.program.clause(id)) {
        let deciding = Deciding {
            clause: clause.path.to_string(),
            title: clause.title.as_deref().map(str::to_owned),
            span: clause.span,
            place: PlaceJson::new(clause.span, sources),
        };
        if !all.contains(&deciding) {
            all.push(deciding);
        }
    }
    all
}

/// The scenarios of all versions, each once, in the order of the files.
fn once_each(scenarios: &[Vec<Arc<ast::Scenario>>]) -> Vec<&ast::Scenario> {
    let mut all: Vec<&ast::Scenario> = scenarios.iter().flatten().map(Arc::as_ref).collect();
    all.sort_by_key(|scenario| scenario.span);
    all.dedup_by_key(|scenario| scenario.span);
    all
}
