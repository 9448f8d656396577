//! Tables of what clauses state about the same things, one row for each clause. The rows are ordered so that in every column
//! the first row that fits a case and says something is the one that counts: exceptions stand above what they are exceptions
//! to, winners above what they override. That is how the evaluator resolves an attribute, so a table says what a till answers.

use std::collections::{BTreeMap, BTreeSet};

use takeback::facts::{CategorySet, Cond, Schema};
use takeback::program::{AttributeValue, ClauseId, TreeId, Version};

use crate::clauses::{View, tree, value};

/// A row: a place in the tree of clauses, and what its clause states in each column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// The clause.
    pub clause: ClauseId,
    /// All conditions of the clause and those around it, from the outside.
    pub conds: Vec<&'a Cond>,
    /// What it states, by column.
    pub cells: Vec<Option<&'a AttributeValue>>,
}

/// Rows in an order in which the first that fits counts; several groups where no single order can be found.
pub fn rows<'a>(program: &'a takeback::program::Program, version: &'a Version, columns: &[TreeId]) -> Vec<Row<'a>> {
    let mut open: BTreeSet<u32> = BTreeSet::new();
    // What must stand above each place.
    let mut above: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for tree in columns.iter().filter_map(|at| tree(version, *at)) {
        for statement in &tree.statements {
            open.insert(statement.node);
            above.entry(statement.node).or_default().extend(statement.unless.common(&version.all));
        }
    }
    // Of those that are free, what always holds stands last, the others as the files are written.
    let order = |node: &u32| {
        let clause = version.nodes.get(*node as usize).map(|node| node.clause);
        let span = clause.and_then(|id| program.clause(id)).map(|clause| clause.span);
        let general = conds(program, version, *node).iter().all(|cond| **cond == Cond::Always);
        (general, span.map(|span| (span.source.0, span.start)), *node)
    };
    let mut waiting: Vec<_> = open.iter().map(order).collect();
    waiting.sort_unstable();
    let mut sorted = Vec::new();
    while !waiting.is_empty() {
        let free =
            |(.., node): &(bool, Option<(u32, u32)>, u32)| above.get(node).is_none_or(|above| above.is_disjoint(&open));
        // There is no circle within a column, but there can be one across several; then the first by place goes on.
        let (.., next) = waiting.remove(waiting.iter().position(free).unwrap_or(0));
        open.remove(&next);
        sorted.push(next);
    }
    let cell = |node: u32, at: &TreeId| {
        let statement = tree(version, *at)?.statements.iter().find(|statement| statement.node == node)?;
        value(version, statement.value)
    };
    sorted
        .into_iter()
        .filter_map(|node| {
            Some(Row {
                clause: version.nodes.get(node as usize)?.clause,
                conds: conds(program, version, node),
                cells: columns.iter().map(|column| cell(node, column)).collect(),
            })
        })
        .collect()
}

/// Whether rows about these columns can stand in one order.
pub(crate) fn fit_together(version: &Version, columns: &[TreeId]) -> bool {
    let mut above: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for tree in columns.iter().filter_map(|at| tree(version, *at)) {
        for statement in &tree.statements {
            above.entry(statement.node).or_default().extend(statement.unless.common(&version.all));
        }
    }
    let mut open: BTreeSet<u32> = above.keys().copied().collect();
    loop {
        let free: Vec<u32> =
            open.iter().filter(|node| above.get(node).is_none_or(|above| above.is_disjoint(&open))).copied().collect();
        if free.is_empty() {
            return open.is_empty();
        }
        free.iter().for_each(|node| {
            open.remove(node);
        });
    }
}

/// The conditions of a place and those around it, from the outside.
fn conds<'a>(program: &'a takeback::program::Program, version: &Version, node: u32) -> Vec<&'a Cond> {
    let mut conds = Vec::new();
    let mut at = Some(node);
    while let Some(place) = at.and_then(|at| version.nodes.get(at as usize)) {
        conds.extend(program.clause(place.clause).map(|clause| &clause.cond));
        at = place.parent;
    }
    conds.reverse();
    conds
}

/// What is left of a condition for goods of one category: none when it does not hold for them. Goods of a category stand
/// for all below it that the policy does not name.
pub(crate) fn for_category(cond: &Cond, path: &str, schema: &Schema) -> Option<Cond> {
    let holds = |set: &CategorySet| set.holds(&[path.to_owned()]);
    let never = || Cond::Any(Vec::new());
    let left = match cond {
        Cond::Category(id) => match schema.categories.get(usize::from(id.0)).is_some_and(holds) {
            true => Cond::Always,
            false => never(),
        },
        Cond::All(all) => {
            let left: Option<Vec<Cond>> = all.iter().map(|one| for_category(one, path, schema)).collect();
            let left: Vec<Cond> = left?.into_iter().filter(|cond| *cond != Cond::Always).collect();
            if left.is_empty() { Cond::Always } else { Cond::All(left) }
        }
        Cond::Any(any) => {
            let left: Vec<Cond> = any.iter().filter_map(|one| for_category(one, path, schema)).collect();
            if left.contains(&Cond::Always) { Cond::Always } else { Cond::Any(left) }
        }
        Cond::Not(inner) => match for_category(inner, path, schema) {
            None => Cond::Always,
            Some(Cond::Always) => never(),
            Some(left) => Cond::Not(Box::new(left)),
        },
        other => other.clone(),
    };
    (left != never()).then_some(left)
}

/// Every category that conditions of the version name, with what they leave out.
pub(crate) fn categories(view: &View<'_>) -> Vec<String> {
    let mut found = BTreeSet::new();
    for clause in view.clauses() {
        view.clause(clause).into_iter().for_each(|clause| named(&clause.cond, &view.program.schema, &mut found));
    }
    found.into_iter().collect()
}

fn named(cond: &Cond, schema: &Schema, out: &mut BTreeSet<String>) {
    match cond {
        Cond::Category(id) => {
            for group in schema.categories.get(usize::from(id.0)).iter().flat_map(|set| &set.groups) {
                out.extend(group.paths.iter().chain(&group.except).cloned());
            }
        }
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|one| named(one, schema, out)),
        Cond::Not(inner)
        | Cond::AnyTender(inner)
        | Cond::AnyLine(inner)
        | Cond::EveryLine(inner)
        | Cond::LineCount(inner, ..)
        | Cond::RefundTotal(inner, ..) => named(inner, schema, out),
        Cond::Always
        | Cond::Yes(_)
        | Cond::Word(..)
        | Cond::Text(..)
        | Cond::Number(..)
        | Cond::DaysSince(..)
        | Cond::Season(..)
        | Cond::Dates(..)
        | Cond::Same(..)
        | Cond::Compared(..)
        | Cond::InFact(..) => {}
    }
}

/// Whether a condition asks for categories of the item itself.
pub(crate) fn asks_category(cond: &Cond) -> bool {
    match cond {
        Cond::Category(_) => true,
        Cond::All(all) | Cond::Any(all) => all.iter().any(asks_category),
        Cond::Not(inner) => asks_category(inner),
        _ => false,
    }
}
