//! `takeback test --coverage`: which clauses had a part in no decision of the scenarios.

use std::collections::BTreeSet;

use serde::Serialize;
use takeback::Policy;
use takeback::diagnostic::PlaceJson;
use takeback::scenario::ScenarioResult;
use takeback::source::Span;

use crate::files::PolicySet;
use crate::output::{CARE, counted, styled};
use crate::table::{Align, Table, clean};

/// The clauses of a policy's own files, and those that no scenario needs.
#[derive(Serialize)]
pub(crate) struct Coverage {
    clauses: usize,
    never: Vec<Never>,
}

/// A clause that had a part in no decision.
#[derive(Serialize)]
struct Never {
    clause: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(flatten)]
    place: PlaceJson,
}

impl Coverage {
    pub(crate) fn new(set: &PolicySet, policy: &Policy, results: &[ScenarioResult]) -> Self {
        let decisive: BTreeSet<Span> = results.iter().flat_map(|result| result.decisive.iter().copied()).collect();
        let own = |span: Span| set.sources.get(span.source).is_some_and(|source| set.own.contains(source.name()));
        // A clause that several versions share stands in the program once for each.
        let mut seen = BTreeSet::new();
        let mut clauses: Vec<_> =
            policy.program().clauses.iter().filter(|c| own(c.span) && seen.insert(c.span)).collect();
        clauses.sort_by_key(|clause| clause.span);
        let never = clauses.iter().filter(|clause| !decisive.contains(&clause.span)).map(|clause| Never {
            clause: clause.path.to_string(),
            title: clause.title.as_deref().map(str::to_owned),
            place: PlaceJson::new(clause.span, &set.sources),
        });
        Self { clauses: clauses.len(), never: never.collect() }
    }

    pub(crate) fn human(&self) -> String {
        let of = format!("{} of {}", self.clauses - self.never.len(), counted(self.clauses, "clause"));
        if self.never.is_empty() {
            return format!("        {of} had a part in a decision\n");
        }
        let mut out = format!("        {of} had a part in a decision; {}\n\n", styled(CARE, "never decisive:"));
        let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
        for never in &self.never {
            let title = never.title.as_deref().unwrap_or_default();
            table.row([
                clean(&never.clause),
                clean(title),
                format!("{}:{}", clean(&never.place.file), never.place.start.line),
            ]);
        }
        table.write(2, &mut out);
        out
    }
}
