//! What a finding says of the decision behind it: version, day, clauses, citations, law.

use takeback::decision::Credits;
use takeback::program::ClauseId;

use crate::finding::Finding;

use super::{Cx, Place, held};

impl Cx<'_> {
    /// Version, day and remedy.
    pub(super) fn about(&self, place: Place<'_>, finding: &mut Finding) {
        finding.day = Some(place.request.day);
        finding.days = held::days(place);
        let Some(line) = place.decision.lines.get(place.line) else { return };
        let version = self.policy.program().versions.get(line.version);
        finding.version = version.map(|version| version.name.clone());
        finding.remedy = line.wants.map(|wants| self.schema.remedy(wants).to_owned());
    }

    /// Who decided: the clauses, where their rules stand, and whether one of them is law.
    pub(super) fn cite(&self, by: &Credits, finding: &mut Finding) {
        for id in by {
            let Some(clause) = self.policy.program().clause(*id) else { continue };
            let path = clause.path.to_string();
            if !finding.clauses.contains(&path) {
                finding.clauses.push(path);
            }
            for citation in &clause.citations {
                let citation = citation.to_string();
                if !finding.citations.contains(&citation) {
                    finding.citations.push(citation);
                }
            }
            finding.law |= self.is_law(*id);
        }
    }

    /// The label paths of clauses.
    pub(super) fn paths(&self, by: &Credits) -> Vec<String> {
        let path = |id: &ClauseId| self.policy.program().clause(*id).map(|clause| clause.path.to_string());
        by.iter().filter_map(path).collect()
    }

    /// What the customer reads of the first clause that has a title; else its label path.
    pub(super) fn title(&self, by: &Credits) -> Option<String> {
        let clauses = || by.iter().filter_map(|id| self.policy.program().clause(*id));
        let title = clauses().find_map(|clause| clause.title.as_deref());
        title.or_else(|| clauses().next().map(|clause| &*clause.path)).map(str::to_owned)
    }

    /// Whether a clause stands in a right or a rule of the law.
    pub(super) fn is_law(&self, id: ClauseId) -> bool {
        let program = self.policy.program();
        let Some(clause) = program.clause(id) else { return false };
        let mut heads = program.versions.iter().flat_map(|version| &version.laws).map(|law| law.clause);
        heads.any(|head| {
            let head = program.clause(head).map_or("", |head| &*head.path);
            head == &*clause.path || clause.path.strip_prefix(head).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}
