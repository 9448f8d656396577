//! What must hold for each place of a version, every condition once with all places it holds back.

use crate::check::stage_of;
use crate::facts::{Cond, Schema};
use crate::program::{Clause, Node, Nodes, Test};

/// The conditions of the clauses at some places, by the stage that settles them.
pub(super) fn tests(places: &[Node], clauses: &[Clause], schema: &Schema) -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    for (node, place) in (0u32..).zip(places) {
        if let Some(parent) = place.parent {
            tests.iter_mut().filter(|t| t.nodes.contains(parent)).for_each(|t| t.nodes.insert(node));
        }
        let Some(clause) = clauses.get(place.clause.0 as usize) else { continue };
        for cond in parts(&clause.cond) {
            match tests.iter_mut().find(|t| t.cond == *cond) {
                Some(known) => known.nodes.insert(node),
                None => {
                    let (cond, stage) = (cond.clone(), stage_of(cond, schema));
                    tests.push(Test { cond, stage, nodes: std::iter::once(node).collect::<Nodes>() });
                }
            }
        }
    }
    tests.sort_by_key(|t| t.stage);
    tests
}

/// The conditions that must all hold.
fn parts(cond: &Cond) -> Vec<&Cond> {
    match cond {
        Cond::Always => Vec::new(),
        Cond::All(all) => all.iter().flat_map(parts).collect(),
        one => vec![one],
    }
}
