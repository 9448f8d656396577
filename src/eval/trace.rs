//! How an answer came about: for each line, every clause of its version and whether it applied.

use std::sync::Arc;

use crate::facts::{Cond, Stage};
use crate::program::{ClauseId, Program};
use crate::request::Request;

use super::conditions::{At, Facts, Settled, Tri};
use super::version_of;

/// Every clause that was asked for a line, with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The lines, in order.
    pub lines: Vec<LineTrace>,
}

/// The clauses of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTrace {
    /// The id of the returned line.
    pub line: String,
    /// The version that decides it.
    pub version: String,
    /// Each clause and whether its own condition holds; none: not known, or read only later.
    pub clauses: Vec<(ClauseId, Option<bool>)>,
}

/// Asks every condition of every line on the facts of the request.
pub(crate) fn trace(program: &Arc<Program>, request: &Request) -> Trace {
    let decided = super::decide(program, request);
    let settled = Settled {
        stage: Stage::Totals,
        item_refund: decided
            .lines
            .iter()
            .map(|l| l.wants.and_then(|w| l.remedies.get(usize::from(w))).and_then(|r| r.value))
            .collect(),
        refund: Some(decided.balance.refund),
        credit: Some(decided.balance.credit),
        to_pay: Some(decided.balance.to_pay),
        uncovered: None,
        open: false,
    };
    let facts =
        Facts { schema: &program.schema, request, settled, assumed: &[], kinds: &[], over_lines: Default::default() };
    let lines = (0..request.lines.len())
        .map(|line| {
            let (version, _) = version_of(program, request, line);
            let sale = request.lines.get(line).and_then(|l| l.sold).map(|(s, _)| s);
            let at = At { line: Some(line), sale, part: None };
            let version = program.versions.get(version);
            let mut clauses: Vec<ClauseId> =
                version.map(|v| v.nodes.iter().map(|n| n.clause).collect()).unwrap_or_default();
            clauses.sort_unstable();
            clauses.dedup();
            LineTrace {
                line: request.lines.get(line).map_or(String::new(), |l| l.id.to_string()),
                version: version.map_or(String::new(), |v| v.name.clone()),
                clauses: clauses
                    .into_iter()
                    .map(|clause| {
                        let cond = program.clause(clause).map_or(&Cond::Always, |c| &c.cond);
                        let holds = match facts.holds(cond, &at) {
                            Tri::Yes => Some(true),
                            Tri::No => Some(false),
                            Tri::Unknown(_) => None,
                        };
                        (clause, holds)
                    })
                    .collect(),
            }
        })
        .collect();
    Trace { lines }
}
