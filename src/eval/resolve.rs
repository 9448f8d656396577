//! One attribute for one holder: walks its tree from the top, asks the exceptions first, lets siblings agree, override or
//! conflict (docs/reference/attributes.md, "How one attribute is resolved").

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::Credits;
use crate::facts::Cond;
use crate::program::{AttributeValue, Branch, ClauseId, Program, Tree, TreeId, Version};
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

/// Codes of [`Frame::live`].
const NOT_ASKED: u8 = 0;
const YES: u8 = 1;
const NO: u8 = 2;
const UNKNOWN: u8 = 3;

/// The clauses of a version as they apply to one holder.
pub(super) struct Frame<'p> {
    pub(super) program: &'p Program,
    pub(super) version: &'p Version,
    pub(super) at: At,
    /// Of each node: not asked yet, yes, no, or (from [`UNKNOWN`] on) the place in `unknowns` of what it depends on.
    live: SmallVec<[u8; 128]>,
    unknowns: Vec<Unknown>,
    /// The first thing that is missing and may matter.
    pub(super) missing: Option<Unknown>,
    /// Refusals that an approval lifts: they are as if unsaid.
    pub(super) lifted: Credits,
}

impl<'p> Frame<'p> {
    pub(super) fn new(program: &'p Program, version: &'p Version, at: At) -> Self {
        Self {
            program,
            version,
            at,
            live: SmallVec::from_elem(NOT_ASKED, version.nodes.len()),
            unknowns: Vec::new(),
            missing: None,
            lifted: Credits::new(),
        }
    }

    /// Whether a clause at a node applies, with all around it.
    pub(super) fn live(&mut self, facts: &Facts<'_>, node: u32) -> Tri {
        match self.live.get(node as usize) {
            Some(&YES) => return Tri::Yes,
            Some(&NO) => return Tri::No,
            Some(&code) if code != NOT_ASKED => {
                if let Some(unknown) = self.unknowns.get(usize::from(code - UNKNOWN)) {
                    return Tri::Unknown(*unknown);
                }
            }
            _ => {}
        }
        let Some(place) = self.version.nodes.get(node as usize) else { return Tri::No };
        let above = place.parent.map_or(Tri::Yes, |parent| self.live(facts, parent));
        let own = match above {
            Tri::No => Tri::No,
            above => {
                let cond = self.program.clause(place.clause).map_or(&Cond::Always, |c| &c.cond);
                match (facts.holds(cond, self.at), above) {
                    (Tri::Yes, above) => above,
                    (Tri::No, _) => Tri::No,
                    (unknown, Tri::Yes) => unknown,
                    (_, above) => above,
                }
            }
        };
        let code = match own {
            Tri::Yes => YES,
            Tri::No => NO,
            Tri::Unknown(unknown) => {
                let at = self.unknowns.iter().position(|u| *u == unknown).unwrap_or_else(|| {
                    self.unknowns.push(unknown);
                    self.unknowns.len() - 1
                });
                // What finds no number is asked again each time.
                u8::try_from(at).ok().and_then(|at| at.checked_add(UNKNOWN)).unwrap_or(NOT_ASKED)
            }
        };
        if let Some(slot) = self.live.get_mut(node as usize) {
            *slot = code;
        }
        own
    }

    /// Whether any of a clause's places is live; what is missing is noted.
    pub(super) fn any_live(&mut self, facts: &Facts<'_>, nodes: &[u32]) -> bool {
        let mut unknown = None;
        for node in nodes {
            match self.live(facts, *node) {
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
        self.siblings(facts, &tree.roots, &tree.overrides, tree, rank)
    }

    fn siblings(
        &mut self,
        facts: &Facts<'_>,
        branches: &'p [Branch],
        overrides: &[(u16, u16)],
        tree: &'p Tree,
        rank: &mut dyn FnMut(&AttributeValue) -> Option<Decimal>,
    ) -> Resolved<'p> {
        if let [only] = branches {
            return match self.live(facts, only.node) {
                Tri::Yes => self.branch(facts, only, tree, rank),
                Tri::No => Resolved::Nothing,
                Tri::Unknown(u) => {
                    self.missing = self.missing.or(Some(u));
                    Resolved::Nothing
                }
            };
        }
        let mut yields: SmallVec<[(u16, Resolved<'p>); 4]> = SmallVec::new();
        let mut unknown: SmallVec<[(u16, Unknown); 2]> = SmallVec::new();
        for (at, branch) in (0u16..).zip(branches) {
            match self.live(facts, branch.node) {
                Tri::Yes => match self.branch(facts, branch, tree, rank) {
                    Resolved::Nothing => {}
                    found => yields.push((at, found)),
                },
                Tri::No => {}
                Tri::Unknown(u) => unknown.push((at, u)),
            }
        }
        let out = |loser: u16, yields: &[(u16, Resolved<'p>)]| {
            overrides.iter().any(|(w, l)| *l == loser && yields.iter().any(|(y, _)| y == w))
        };
        if let Some((_, u)) = unknown.iter().find(|(at, _)| !out(*at, &yields)) {
            self.missing = self.missing.or(Some(*u));
        }
        if yields.len() > 1 && !overrides.is_empty() {
            let losers: SmallVec<[u16; 8]> = yields.iter().map(|(at, _)| *at).filter(|at| out(*at, &yields)).collect();
            yields.retain(|(at, _)| !losers.contains(at));
        }
        let mut rest = yields.into_iter().map(|(_, r)| r);
        let Some(first) = rest.next() else { return Resolved::Nothing };
        rest.fold(first, |a, b| self.meet(a, b, tree, rank))
    }

    fn branch(
        &mut self,
        facts: &Facts<'_>,
        branch: &'p Branch,
        tree: &'p Tree,
        rank: &mut dyn FnMut(&AttributeValue) -> Option<Decimal>,
    ) -> Resolved<'p> {
        if !branch.children.is_empty() {
            match self.siblings(facts, &branch.children, &branch.overrides, tree, rank) {
                Resolved::Nothing => {}
                found => return found,
            }
        }
        let version = self.version;
        let Some(value) = branch.value.and_then(|v| version.values.get(v as usize)) else { return Resolved::Nothing };
        let Some(node) = version.nodes.get(branch.node as usize) else { return Resolved::Nothing };
        if let AttributeValue::No { overridable_by: Some(role), .. } = value
            && approved(self.program, facts.request, node.clause, *role)
        {
            if !self.lifted.contains(&node.clause) {
                self.lifted.push(node.clause);
            }
            return Resolved::Nothing;
        }
        Resolved::Value(value, Credits::from_slice(&[node.clause]))
    }

    /// Two siblings that both yield.
    fn meet(
        &self,
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
                (
                    AttributeValue::No { overridable_by: Some(_), .. },
                    AttributeValue::No { overridable_by: None, .. },
                ) => right,
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
