//! Why a clause that a scenario names is not credited.

use super::Context;
use super::ask::Decided;
use crate::eval;
use crate::program::{ClauseId, Version};

impl Context<'_> {
    /// For the clause in the version that decides: that its `when` does not hold, or that of a clause around it; that it
    /// applies and settles nothing; or that the version does not have it.
    pub(super) fn why_not(&self, decided: &Decided<'_, '_>, lines: &[usize], clauses: &[ClauseId]) -> Option<String> {
        let trace = eval::trace(&decided.decision.program, &decided.asked.request);
        let traced = lines.iter().filter_map(|line| trace.lines.get(*line)).next()?;
        let holds = |clause: ClauseId| traced.clauses.iter().find(|(one, _)| *one == clause).map(|(_, holds)| *holds);
        let path = |clause: ClauseId| self.program.clause(clause).map_or("", |clause| &*clause.path);
        let Some((clause, own)) = clauses.iter().find_map(|clause| Some((*clause, holds(*clause)?))) else {
            return Some(format!("version \"{}\", which decides, has no such clause", traced.version));
        };
        let version = self.program.versions.iter().find(|version| version.name == traced.version)?;
        let around = around(version, clause);
        Some(match own {
            Some(false) => format!("the `when` of `{}` does not hold", path(clause)),
            None => format!("the `when` of `{}` speaks of something that is not known, or of a tender", path(clause)),
            Some(true) => match around.iter().find(|above| holds(**above) == Some(Some(false))) {
                Some(above) => format!("the `when` of `{}` does not hold, in which it stands", path(*above)),
                None => format!("`{}` applies, and settles nothing that counts here", path(clause)),
            },
        })
    }
}

/// The clauses around the first place of a clause.
fn around(version: &Version, clause: ClauseId) -> Vec<ClauseId> {
    let mut above = Vec::new();
    let mut at = version.nodes.iter().find(|node| node.clause == clause).and_then(|node| node.parent);
    // A tree is not deeper than it has nodes.
    for _ in 0..version.nodes.len() {
        let Some(node) = at.and_then(|at| version.nodes.get(at as usize)) else { break };
        above.push(node.clause);
        at = node.parent;
    }
    above
}
