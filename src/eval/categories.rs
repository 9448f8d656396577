//! Which categories an item may have of which none are told: a path that the policy names, none, and several together where
//! clauses inside each other ask for different ones.

use crate::facts::{CategoryId, CategorySet, Cond, at_or_below};
use crate::once::Once;
use crate::program::{Program, Version};

use super::unknown::walk;

/// More of them are not tried.
const MOST: usize = 500;

/// The categories that an item may have; none when there are too many to try.
pub(super) fn kinds(program: &Program) -> Option<Vec<Vec<String>>> {
    let sets = &program.schema.categories;
    let named = sets.iter().flat_map(|set| set.groups.iter().flat_map(|g| g.paths.iter().chain(&g.except)));
    let mut paths: Vec<&String> = named.collect();
    paths.sort_unstable();
    paths.dedup();
    let mut kinds: Vec<Vec<String>> = paths.into_iter().map(|path| vec![path.clone()]).collect();
    kinds.push(Vec::new());
    let together = together(program);
    if together.is_empty() {
        return Some(kinds);
    }
    let answers = |kind: &[String]| -> Vec<bool> { sets.iter().map(|set| set.holds(kind)).collect() };
    let mut told_apart = Once::default();
    for kind in &kinds {
        told_apart.insert(answers(kind));
    }
    for asked in together {
        let mut all: Vec<Vec<String>> = vec![Vec::new()];
        for set in asked.iter().filter_map(|id| sets.get(usize::from(id.0))) {
            let more = |kind: &Vec<String>| paths_of(set).map(|path| with(kind, path)).collect::<Vec<_>>();
            let more: Vec<Vec<String>> = all.iter().flat_map(more).collect();
            all.extend(more);
            if all.len() > MOST {
                return None;
            }
        }
        for kind in all {
            if told_apart.insert(answers(&kind)) {
                kinds.push(kind);
            }
        }
        if kinds.len() > MOST {
            return None;
        }
    }
    Some(kinds)
}

fn with(kind: &[String], path: &str) -> Vec<String> {
    kind.iter().cloned().chain([path.to_owned()]).collect()
}

fn paths_of(set: &CategorySet) -> impl Iterator<Item = &String> {
    set.groups.iter().flat_map(|group| &group.paths)
}

/// The different categories that a clause and those around it ask for, where there are several. One that all of another are in
/// is no other.
fn together(program: &Program) -> Vec<Vec<CategoryId>> {
    let sets = &program.schema.categories;
    let mut found = Once::default();
    if sets.len() < 2 {
        return Vec::new();
    }
    let set = |id: &CategoryId| sets.get(usize::from(id.0));
    for version in &program.versions {
        for node in 0..version.nodes.len() {
            let asked = asked(program, version, node);
            let within = |one: &CategoryId, other: &CategoryId| {
                set(one).zip(set(other)).is_some_and(|(one, other)| is_within(one, other))
            };
            // Of two that hold each other the first counts.
            let holds_another = |one: &&CategoryId| {
                let mut others = asked.iter().filter(|other| other != one && within(other, one));
                others.any(|other| other < *one || !within(one, other))
            };
            let different: Vec<CategoryId> = asked.iter().filter(|one| !holds_another(one)).copied().collect();
            if different.len() > 1 {
                found.insert(different);
            }
        }
    }
    found.into_vec()
}

/// The categories that the clause at a place and those around it ask for, each once and in their order.
fn asked(program: &Program, version: &Version, node: usize) -> Vec<CategoryId> {
    let mut found = Vec::new();
    let mut place = version.nodes.get(node);
    while let Some(node) = place {
        if let Some(clause) = program.clause(node.clause) {
            walk(&clause.cond, &mut |cond| {
                if let Cond::Category(id) = cond {
                    found.push(*id);
                }
            });
        }
        place = node.parent.and_then(|parent| version.nodes.get(parent as usize));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether all that is in a set is in another, which leaves nothing out, and is not the same.
fn is_within(inner: &CategorySet, outer: &CategorySet) -> bool {
    let leaves_out = outer.groups.iter().any(|group| !group.except.is_empty());
    inner != outer && !leaves_out && paths_of(inner).all(|path| paths_of(outer).any(|root| at_or_below(path, root)))
}
