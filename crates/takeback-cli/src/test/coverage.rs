//! `takeback test --coverage`: which clauses had a part in no decision of the scenarios: none is credited to them, and all
//! scenarios pass without what they say.

use std::collections::BTreeSet;

use serde::Serialize;
use takeback::Policy;
use takeback::diagnostic::PlaceJson;
use takeback::mutants::Mutants;
use takeback::program::Clause;
use takeback::scenario::{Outcome, ScenarioResult};
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
    /// Of the scenarios that were run. Where one fails, only what decisions are credited to is known.
    pub(crate) fn new(set: &PolicySet, policy: &Policy, results: &[ScenarioResult]) -> Self {
        let decisive: BTreeSet<Span> = results.iter().flat_map(|result| result.decisive.iter().copied()).collect();
        let own = |span: Span| set.sources.get(span.source).is_some_and(|source| set.own.contains(source.name()));
        // A clause that several versions share stands in the program once for each.
        let mut seen = BTreeSet::new();
        let mut clauses: Vec<_> =
            policy.program().clauses.iter().filter(|c| own(c.span) && seen.insert(c.span)).collect();
        clauses.sort_by_key(|clause| clause.span);
        let passed = results.iter().all(|result| result.outcome == Outcome::Passed);
        let mutants = Mutants::new(&set.sources, |name| set.own.contains(name));
        let ran: BTreeSet<&str> = results.iter().map(|result| result.name.as_str()).collect();
        // A fee that came to nothing is credited to nobody.
        let needed = |span: Span| passed && mutants.needed(span, &|name| ran.contains(name));
        let (groups, others): (Vec<&Clause>, Vec<&Clause>) =
            clauses.iter().partition(|clause| !decisive.contains(&clause.span) && mutants.is_group(clause.span));
        let mut covered: Vec<&Clause> =
            others.into_iter().filter(|clause| decisive.contains(&clause.span) || needed(clause.span)).collect();
        // A group has its part with those it holds together.
        let of = |group: &Clause, one: &&Clause| {
            one.path.strip_prefix(&*group.path).is_some_and(|rest| rest.starts_with('/'))
        };
        covered.extend(groups.into_iter().filter(|group| covered.iter().any(|one| of(group, one))).collect::<Vec<_>>());
        let never = clauses.iter().filter(|clause| covered.iter().all(|one| one.span != clause.span));
        let never = never.map(|clause| Never {
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
