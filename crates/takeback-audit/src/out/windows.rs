//! How long the policy gives, for the plot of days since the sale: the windows of refunds, in days where that can be said.

use std::collections::BTreeMap;

use serde::Serialize;
use takeback::Policy;
use takeback::date::Unit;
use takeback::program::{AttributeValue, Version, WindowLength};

/// A window of a clause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Window {
    /// Its length in days, of months and years about so many.
    pub(crate) days: i64,
    /// As the policy writes it: `30 days`, `6 months`.
    pub(crate) length: String,
    /// The label paths of the clauses that say so, each with its version where there are several.
    pub(crate) clauses: Vec<String>,
}

/// The windows of refunds, shortest first. Windows until a day, and those that facts tell, have no length.
pub(crate) fn windows(policy: &Policy) -> Vec<Window> {
    let program = policy.program();
    let mut found: BTreeMap<(i64, String), Vec<String>> = BTreeMap::new();
    for version in &program.versions {
        let law = version.laws.iter().flat_map(|law| &law.attributes.window);
        let trees = version.attributes.window.iter().chain(law).flatten();
        let trees = trees.filter_map(|tree| version.trees.get(usize::try_from(*tree).ok()?));
        for statement in trees.flat_map(|tree| &tree.statements) {
            let Some((days, length)) = length(version, statement.value) else { continue };
            let clause = usize::try_from(statement.clause.0).ok().and_then(|at| program.clauses.get(at));
            let Some(clause) = clause else { continue };
            let name = if program.versions.len() > 1 {
                format!("{} ({})", clause.path, version.name)
            } else {
                clause.path.to_string()
            };
            let clauses = found.entry((days, length)).or_default();
            if !clauses.contains(&name) {
                clauses.push(name);
            }
        }
    }
    found.into_iter().map(|((days, length), clauses)| Window { days, length, clauses }).collect()
}

fn length(version: &Version, value: u32) -> Option<(i64, String)> {
    let AttributeValue::Window { length: WindowLength::Length(term, ..), .. } =
        version.values.get(usize::try_from(value).ok()?)?
    else {
        return None;
    };
    let count = i64::from(term.length.count);
    let days = match term.length.unit {
        Unit::Hours => count / 24,
        Unit::Days => count,
        Unit::BusinessDays => count * 7 / 5,
        Unit::Weeks => count * 7,
        Unit::Months => count * 365 / 12,
        Unit::Years => count * 365,
    };
    Some((days, term.length.to_string()))
}
