//! How long the policy gives, for the plot of days since the sale: the windows of refunds, in days where that can be said.

use std::collections::BTreeMap;

use serde::Serialize;
use takeback::Policy;
use takeback::date::Unit;
use takeback::program::{AttributeValue, Version, WindowLength};

use super::stake::{Stake, Stakes};

/// A window of a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Window {
    /// Its length in days, of months and years about so many.
    pub(crate) days: i64,
    /// As the policy writes it: `30 days`, `6 months`.
    pub(crate) length: String,
    /// The label paths of the clauses that say so, each with its version where there are several.
    pub(crate) clauses: Vec<String>,
    /// The findings that it is the cause of.
    #[serde(flatten)]
    pub(crate) found: Stake,
}

/// The windows of refunds, shortest first, with what was found because of them. Windows until a day, and those that facts tell, have
/// no length.
pub(crate) fn windows(policy: &Policy, stakes: &Stakes) -> Vec<Window> {
    let program = policy.program();
    let mut found: BTreeMap<(i64, String), Vec<(String, &str)>> = BTreeMap::new();
    for version in &program.versions {
        let law = version.laws.iter().flat_map(|law| &law.attributes.window);
        let trees = version.attributes.window.iter().chain(law).flatten();
        let trees = trees.filter_map(|tree| version.trees.get(usize::try_from(*tree).ok()?));
        for statement in trees.flat_map(|tree| &tree.statements) {
            let Some((days, length)) = length(version, statement.value) else { continue };
            let clause = usize::try_from(statement.clause.0).ok().and_then(|at| program.clauses.get(at));
            let Some(clause) = clause else { continue };
            let clause = (clause.path.to_string(), version.name.as_str());
            let clauses = found.entry((days, length)).or_default();
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
    }
    let several = program.versions.len() > 1;
    let name = |(path, version): &(String, &str)| if several { format!("{path} ({version})") } else { path.clone() };
    let window = |((days, length), clauses): ((i64, String), Vec<(String, &str)>)| Window {
        days,
        length,
        clauses: clauses.iter().map(name).collect(),
        found: caused(&clauses, stakes),
    };
    found.into_iter().map(window).collect()
}

/// The findings that have a window as their cause, and name one of these clauses of the version that decided.
fn caused(clauses: &[(String, &str)], stakes: &Stakes) -> Stake {
    let mut caused = Stake::default();
    for ((named, version), stake) in &stakes.by_window {
        let is = |(path, of): &(String, &str)| of == version && named.split("; ").any(|clause| clause == path);
        if clauses.iter().any(is) {
            caused += stake;
        }
    }
    caused
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
