//! One attribute for one holder: of what its clauses state, what is said; statements agree or conflict
//! (docs/reference/attributes.md, "How one attribute is resolved").

use rust_decimal::Decimal;

use crate::decision::Credits;
use crate::facts::Cond;
use crate::program::{AttributeValue, Branch, ClauseId, Nodes, Program, Statement, Tree, TreeId, Version};
use crate::request::Request;
use crate::terms::Discipline;

use super::conditions::{At, Facts, Tri, Unknown};

/// What an attribute comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Resolved<'p> {
    /// Nobody speaks.
    Nothing,
    /// A value, and who says so.
    Value(&'p AttributeValue, Credits),
    /// Clauses disagree.
    Conflict(Credits),
}

/// The clauses of a version as they apply to one holder. Each is asked once, when the first attribute needs it.
#[derive(Clone)]
pub(super) struct Frame<'p> {
    pub(super) program: &'p Program,
    pub(super) version: &'p Version,
    pub(super) at: At,
    /// The places that have been asked.
    asked: Nodes,
    /// Those of them where the clause applies, with all around it.
    live: Nodes,
    /// Those of which that is not known, and what it depends on.
    open: Nodes,
    unknowns: Vec<(u32, Unknown)>,
    /// The first thing that is missing and may matter.
    pub(super) missing: Option<Unknown>,
    /// Refusals that an approval lifts: they are as if unsaid.
    pub(super) lifted: Credits,
}

impl<'p> Frame<'p> {
    pub(super) fn new(program: &'p Program, version: &'p Version, at: At) -> Self {
        let none = Nodes::none(version.nodes.len());
        Self {
            program,
            version,
            at,
            asked: none.clone(),
            live: none.clone(),
            open: none,
            unknowns: Vec::new(),
            missing: None,
            lifted: Credits::new(),
        }
    }

    /// Asks the clause at a place, and those around it.
    fn ask(&mut self, facts: &Facts<'_>, node: u32) {
        self.asked.insert(node);
        let Some(place) = self.version.nodes.get(node as usize) else { return };
        if let Some(parent) = place.parent.filter(|parent| !self.asked.contains(*parent)) {
            self.ask(facts, parent);
        }
        let above = place.parent.map_or(Tri::Yes, |parent| self.known(parent));
        if above == Tri::No {
            return;
        }
        let cond = self.program.clause(place.clause).map_or(&Cond::Always, |c| &c.cond);
        match (facts.holds(cond, self.at), above) {
            (Tri::No, _) => {}
            (Tri::Yes, Tri::Yes) => self.live.insert(node),
            (_, Tri::Unknown(unknown)) | (Tri::Unknown(unknown), _) => {
                self.open.insert(node);
                self.unknowns.push((node, unknown));
            }
            (Tri::Yes, Tri::No) => {}
        }
    }

    /// What is known of a place that has been asked.
    fn known(&self, node: u32) -> Tri {
        if self.live.contains(node) {
            return Tri::Yes;
        }
        self.unknowns.iter().find(|(n, _)| *n == node).map_or(Tri::No, |(_, unknown)| Tri::Unknown(*unknown))
    }

    /// Whether any of a clause's places is live; what is missing is noted.
    pub(super) fn any_live(&mut self, facts: &Facts<'_>, nodes: &[u32]) -> bool {
        let mut unknown = None;
        for node in nodes {
            if !self.asked.contains(*node) {
                self.ask(facts, *node);
            }
            match self.known(*node) {
                Tri::Yes => return true,
                Tri::No => {}
                Tri::Unknown(u) => unknown = unknown.or(Some(u)),
            }
        }
        self.missing = self.missing.or(unknown);
        false
    }

    /// The value of an attribute. `rank` says how good a value is for the customer; it is asked only when siblings
    /// disagree and the header says how that is settled.
    pub(super) fn resolve(
        &mut self,
        facts: &Facts<'_>,
        tree: TreeId,
        rank: &mut dyn FnMut(&AttributeValue) -> Option<Decimal>,
    ) -> Resolved<'p> {
        let version = self.version;
        let Some(tree) = tree.and_then(|t| version.trees.get(t as usize)) else { return Resolved::Nothing };
        while let Some(node) = tree.nodes.first_without(&self.asked) {
            self.ask(facts, node);
        }
        let unsaid = if facts.request.approvals.is_empty() { None } else { self.lift(facts, tree) };
        let said = unsaid.as_ref().unwrap_or(&self.live);
        if self.open.meets(&tree.nodes) {
            self.missing = self.missing.or_else(|| self.doubt(tree, said));
        }
        let speaks = |s: &&Statement| said.contains(s.node) && !said.meets(&s.unless);
        let mut found = Resolved::Nothing;
        for statement in tree.statements.iter().filter(speaks) {
            if let Some(value) = version.values.get(statement.value as usize) {
                let one = Resolved::Value(value, Credits::from_slice(&[statement.clause]));
                found = meet(found, one, tree, rank);
            }
        }
        found
    }

    /// What is said once approvals are heard: a refusal that may be lifted by who approved it is not. An exception that
    /// speaks leaves nothing to lift.
    fn lift(&mut self, facts: &Facts<'_>, tree: &Tree) -> Option<Nodes> {
        let version = self.version;
        let mut said = None;
        for statement in tree.statements.iter().rev().filter(|s| self.live.contains(s.node)) {
            let Some(AttributeValue::No { overridable_by: Some(role), .. }) =
                version.values.get(statement.value as usize)
            else {
                continue;
            };
            let said = said.get_or_insert_with(|| self.live.clone());
            if said.meets(&statement.exceptions) || !approved(self.program, facts.request, statement.clause, *role) {
                continue;
            }
            said.remove(statement.node);
            if !self.lifted.contains(&statement.clause) {
                self.lifted.push(statement.clause);
            }
        }
        said
    }

    /// What is not known of a clause in a tree, and may matter: nothing that overrides it is said.
    fn doubt(&self, tree: &Tree, said: &Nodes) -> Option<Unknown> {
        let parent = |node: u32| self.version.nodes.get(node as usize).and_then(|n| n.parent);
        let matters = |b: &&Branch| {
            self.open.contains(b.node)
                && parent(b.node).is_none_or(|parent| self.live.contains(parent))
                && !said.meets(&b.winners)
        };
        let branch = tree.branches.iter().find(matters)?;
        self.unknowns.iter().find(|(node, _)| *node == branch.node).map(|(_, unknown)| *unknown)
    }
}

/// Two statements that are both said.
fn meet<'p>(
    a: Resolved<'p>,
    b: Resolved<'p>,
    tree: &Tree,
    rank: &mut dyn FnMut(&AttributeValue) -> Option<Decimal>,
) -> Resolved<'p> {
    let (left, mut by, right, more) = match (a, b) {
        (Resolved::Nothing, other) | (other, Resolved::Nothing) => return other,
        (Resolved::Conflict(mut by), Resolved::Conflict(more) | Resolved::Value(_, more))
        | (Resolved::Value(_, mut by), Resolved::Conflict(more)) => {
            merge(&mut by, &more);
            return Resolved::Conflict(by);
        }
        (Resolved::Value(left, by), Resolved::Value(right, more)) => (left, by, right, more),
    };
    if agree(left, right) {
        merge(&mut by, &more);
        // Of two refusals the one that can be lifted less easily is kept; its text is the first by path.
        let kept = match (left, right) {
            (AttributeValue::No { overridable_by: Some(_), .. }, AttributeValue::No { overridable_by: None, .. }) => {
                right
            }
            _ => left,
        };
        return Resolved::Value(kept, by);
    }
    let ranks = tree.discipline.map(|d| (d, rank(left), rank(right)));
    let best = match ranks {
        Some((_, Some(x), Some(y))) if x == y => Some(left),
        Some((Discipline::Favourable, Some(x), Some(y))) => Some(if x > y { left } else { right }),
        Some((Discipline::Strictest, Some(x), Some(y))) => Some(if x < y { left } else { right }),
        _ => None,
    };
    merge(&mut by, &more);
    match best {
        Some(best) => Resolved::Value(best, by),
        None => Resolved::Conflict(by),
    }
}

/// Whether two values are the same; of remedies, fields and guards only yes and no are compared.
fn agree(a: &AttributeValue, b: &AttributeValue) -> bool {
    a == b || matches!((a, b), (AttributeValue::No { .. }, AttributeValue::No { .. }))
}

/// Adds clauses to a sorted list.
pub(super) fn merge(into: &mut Credits, more: &[ClauseId]) {
    for clause in more {
        if let Err(at) = into.binary_search(clause) {
            into.insert(at, *clause);
        }
    }
}

/// Whether the request carries an approval of a clause by somebody with a role's authority.
pub(super) fn approved(program: &Program, request: &Request, clause: ClauseId, role: u16) -> bool {
    if request.approvals.is_empty() {
        return false;
    }
    let path = program.clause(clause).map_or("", |c| &*c.path);
    request.approvals.iter().any(|a| a.clause == path && program.schema.may_act_as(a.role, role))
}
