//! What must hold for each place of a version, every question once with all places its answers hold back.

use crate::check::stage_of;
use crate::facts::{Cond, FactId, Schema, Scope, Type};
use crate::program::{Clause, Node, Nodes, Question, Test};

/// The conditions of the clauses at some places, by the stage that settles them.
pub(super) fn tests(places: &[Node], clauses: &[Clause], schema: &Schema) -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    for (node, place) in (0u32..).zip(places) {
        if let Some(parent) = place.parent {
            for test in &mut tests {
                let held = test.held.iter_mut().chain([&mut test.nodes]);
                held.filter(|nodes| nodes.contains(parent)).for_each(|nodes| nodes.insert(node));
            }
        }
        let Some(clause) = clauses.get(place.clause.0 as usize) else { continue };
        for cond in parts(&clause.cond) {
            let (question, good) = asked(cond, schema);
            let at = tests.iter().position(|t| t.question == question).unwrap_or_else(|| {
                let (held, nodes) = (vec![Nodes::default(); good.len()], Nodes::default());
                tests.push(Test { question, stage: stage_of(cond, schema), held, nodes });
                tests.len() - 1
            });
            if let Some(test) = tests.get_mut(at) {
                test.nodes.insert(node);
                let bad = test.held.iter_mut().zip(good).filter(|(_, good)| !good);
                bad.for_each(|(held, _)| held.insert(node));
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

/// What a condition asks, and of each answer whether it holds then.
fn asked(cond: &Cond, schema: &Schema) -> (Question, Vec<bool>) {
    // Money may have no tender; then no condition on a fact of it holds, whatever would be the answer.
    let of_tender = |fact: &FactId| schema.fact(*fact).is_none_or(|f| f.scope == Scope::Tender);
    match cond {
        Cond::Yes(fact) if !of_tender(fact) => (Question::Fact(*fact), vec![false, true]),
        Cond::Word(fact, good) if !of_tender(fact) => {
            let words = match schema.fact(*fact).map(|f| f.ty) {
                Some(Type::Word(domain)) => schema.domain(domain).map_or(0, |d| d.words.len()),
                _ => 0,
            };
            let all = 0..u16::try_from(words).unwrap_or(u16::MAX);
            (Question::Fact(*fact), all.map(|word| good.contains(&word)).collect())
        }
        Cond::Category(category) => (Question::Category(*category), vec![false, true]),
        Cond::Not(inner) => {
            let (question, good) = asked(inner, schema);
            (question, good.into_iter().map(|good| !good).collect())
        }
        other => (Question::Cond(other.clone()), vec![false, true]),
    }
}
