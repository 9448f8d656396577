//! One attribute for one holder: of what its clauses state, what is said; statements agree or conflict
//! (docs/reference/attributes.md, "How one attribute is resolved").

use rust_decimal::Decimal;

use crate::decision::Credits;
use crate::facts::Stage;
use crate::program::{AttributeValue, Branch, ClauseId, Nodes, Program, Statement, Tree, TreeId, Version};
use crate::request::Request;
use crate::terms::{Discipline, LeewayKind};

use super::conditions::{At, Facts, Part, Tri, Unknown};
use super::layers::Left;

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

/// The clauses of a version as they apply to one holder.
#[derive(Clone)]
pub(super) struct Frame<'p> {
    pub(super) program: &'p Program,
    pub(super) version: &'p Version,
    pub(super) at: At,
    /// The places where a clause applies, with all around it, as far as has been asked.
    live: Nodes,
    /// Those of which that is not known.
    open: Nodes,
    /// How many of the version's tests have been asked.
    asked: usize,
    /// The first thing that is missing and may matter.
    pub(super) missing: Option<Unknown>,
    /// Refusals that an approval lifts: they are as if unsaid.
    pub(super) lifted: Credits,
    /// What the layers left to each other of what was settled last; nothing without layers.
    pub(super) left: Vec<Left<'p>>,
}

impl<'p> Frame<'p> {
    pub(super) fn new(program: &'p Program, version: &'p Version, at: At) -> Self {
        Self {
            program,
            version,
            at,
            live: version.all.clone(),
            open: Nodes::default(),
            asked: 0,
            missing: None,
            lifted: Credits::new(),
            left: Vec::new(),
        }
    }

    /// The same clauses as they apply to a part of the money.
    pub(super) fn of_part(&mut self, facts: &Facts<'_>, part: Option<Part>) -> Self {
        self.ask(facts, facts.settled.stage);
        let mut own = Self { missing: None, at: At { part, ..self.at }, ..self.clone() };
        own.ask(facts, Stage::Tenders);
        own
    }

    /// Asks what can be asked once a stage is settled.
    fn ask(&mut self, facts: &Facts<'_>, settled: Stage) {
        let version = self.version;
        let tests = version.tests.get(self.asked..).unwrap_or_default();
        for test in tests.iter().take_while(|test| test.stage <= settled) {
            self.asked += 1;
            if !self.live.meets(&test.nodes) && !self.open.meets(&test.nodes) {
                continue;
            }
            match facts.answer(&test.question, &self.at) {
                Some(answer) => {
                    let held = test.held.get(answer).unwrap_or(&test.nodes);
                    self.live.remove_all(held);
                    self.open.remove_all(held);
                }
                None => {
                    self.open.extend(self.live.common(&test.nodes));
                    self.live.remove_all(&test.nodes);
                }
            }
        }
    }

    /// Asks everything again: what could not be worked out before may be known now.
    pub(super) fn forget(&mut self) {
        (self.live, self.open, self.asked) = (self.version.all.clone(), Nodes::default(), 0);
    }

    /// What a place depends on that is not known.
    fn unknown(&self, facts: &Facts<'_>, node: u32) -> Option<Unknown> {
        let place = self.version.nodes.get(node as usize)?;
        if let Some(parent) = place.parent.filter(|parent| self.open.contains(*parent)) {
            return self.unknown(facts, parent);
        }
        match facts.holds(&self.program.clause(place.clause)?.cond, &self.at) {
            Tri::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// Whether any of a clause's places is live; what is missing is noted.
    pub(super) fn any_live(&mut self, facts: &Facts<'_>, nodes: &Nodes) -> bool {
        self.ask(facts, facts.settled.stage);
        if self.live.meets(nodes) {
            return true;
        }
        let open = self.open.common(nodes).next();
        self.missing = self.missing.or_else(|| self.unknown(facts, open?));
        false
    }

    /// Whether a clause of which it is not known whether it applies says anything but yes.
    pub(super) fn may_waive(&self, tree: TreeId) -> bool {
        let tree = tree.and_then(|tree| self.version.trees.get(tree as usize));
        let value = |at: u32| self.version.values.get(at as usize);
        tree.is_some_and(|tree| {
            let mut open = tree.statements.iter().filter(|s| self.open.contains(s.node));
            open.any(|s| value(s.value) != Some(&AttributeValue::Yes))
        })
    }

    /// The places, of those where clauses apply, of some clauses.
    pub(super) fn places_of<'c>(&'c self, clauses: &'c Credits) -> impl Iterator<Item = u32> + 'c {
        let places = (0u32..).zip(&self.version.nodes);
        places.filter(|(at, place)| clauses.contains(&place.clause) && self.live.contains(*at)).map(|(at, _)| at)
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
        self.ask(facts, facts.settled.stage);
        let counted = tree.layers.as_deref().map(|layers| self.counted(tree, layers, &self.live, rank));
        let (counts, unsure) = match counted {
            Some(counted) => {
                self.left = counted.left;
                (Some(counted.said), counted.unsure)
            }
            None => (None, Credits::new()),
        };
        let unsaid = if facts.request.approvals.is_empty() { None } else { self.lift(facts, tree, counts.as_ref()) };
        let said = unsaid.as_ref().or(counts.as_ref()).unwrap_or(&self.live);
        let leaves = || tree.layers.iter().flat_map(|layers| &layers.clauses);
        if self.open.meets(&tree.nodes) || leaves().any(|leaves| self.open.meets(&leaves.nodes)) {
            self.missing = self.missing.or_else(|| self.doubt(facts, tree, said));
        }
        let speaks = |s: &&Statement| said.contains(s.node) && !said.meets(&s.unless);
        let mut found = Resolved::Nothing;
        if said.meets(&tree.stated) {
            for statement in tree.statements.iter().filter(speaks) {
                let Some(value) = version.values.get(statement.value as usize) else { continue };
                found = found.and(value, statement.clause, tree.discipline, rank);
            }
        }
        if unsure.is_empty() { found } else { found.against(&unsure) }
    }

    /// What is said once approvals are heard: a refusal that may be lifted by who approved it is not. An exception that
    /// speaks leaves nothing to lift.
    fn lift(&mut self, facts: &Facts<'_>, tree: &Tree, counts: Option<&Nodes>) -> Option<Nodes> {
        let version = self.version;
        let live = counts.unwrap_or(&self.live);
        let mut said = None;
        for statement in tree.statements.iter().rev().filter(|s| live.contains(s.node)) {
            let Some(AttributeValue::No { overridable_by: Some(role), .. }) =
                version.values.get(statement.value as usize)
            else {
                continue;
            };
            let said = said.get_or_insert_with(|| live.clone());
            if said.meets(&statement.exceptions) || !approved(self.program, facts.request, statement.clause, *role) {
                continue;
            }
            said.remove(statement.node);
            self.lifted.add(statement.clause);
        }
        said
    }

    /// What is not known of a clause in a tree, and may matter: nothing that overrides it is said, or what is said by a higher
    /// layer counts only as it compares with what lower ones come to.
    fn doubt(&self, facts: &Facts<'_>, tree: &Tree, said: &Nodes) -> Option<Unknown> {
        let parent = |node: u32| self.version.nodes.get(node as usize).and_then(|n| n.parent);
        let compared = self.left.iter().flat_map(|left| &left.may).any(|may| may.kind != LeewayKind::Free);
        let compared = compared && tree.layers.is_some();
        let matters = |b: &&Branch| {
            self.open.contains(b.node)
                && parent(b.node).is_none_or(|parent| self.live.contains(parent))
                && (compared || !said.meets(&b.winners))
        };
        match tree.branches.iter().find(matters) {
            Some(branch) => self.unknown(facts, branch.node),
            None => self.unknown(facts, self.open_leave(tree)?),
        }
    }

    /// Where it is not known whether a clause leaves something to a higher layer that speaks.
    fn open_leave(&self, tree: &Tree) -> Option<u32> {
        let layers = tree.layers.as_deref()?;
        let speaks = |above: u16| {
            let mut statements = tree.statements.iter().zip(&layers.statements);
            statements.any(|(statement, (layer, _))| *layer > above && self.live.contains(statement.node))
        };
        let mut clauses = layers.clauses.iter();
        clauses.find_map(|leaves| self.open.common(&leaves.nodes).next().filter(|_| speaks(leaves.layer)))
    }
}

impl<'p> Resolved<'p> {
    /// What it comes to where it is not known whether these clauses count against it.
    fn against(self, unsure: &Credits) -> Self {
        let mut by = unsure.clone();
        if let Self::Value(_, who) | Self::Conflict(who) = &self {
            by.merge(who);
        }
        Self::Conflict(by)
    }

    /// What it comes to with one more statement, of a clause that stands later.
    pub(super) fn and(
        self,
        right: &'p AttributeValue,
        clause: ClauseId,
        discipline: Option<Discipline>,
        rank: &mut dyn FnMut(&AttributeValue) -> Option<Decimal>,
    ) -> Self {
        let (left, mut by) = match self {
            Self::Nothing => return Self::Value(right, Credits::of(clause)),
            Self::Conflict(mut by) => {
                by.add(clause);
                return Self::Conflict(by);
            }
            Self::Value(left, by) => (left, by),
        };
        by.add(clause);
        let best = match (left, right) {
            // Of two refusals the one that can be lifted less easily is kept; its text is the first by path.
            (AttributeValue::No { overridable_by: Some(_), .. }, AttributeValue::No { overridable_by: None, .. }) => {
                Some(right)
            }
            (AttributeValue::No { .. }, AttributeValue::No { .. }) => Some(left),
            _ if left == right => Some(left),
            _ => discipline.and_then(|discipline| {
                let (x, y) = (rank(left)?, rank(right)?);
                let keep = match discipline {
                    Discipline::Favourable => x >= y,
                    Discipline::Strictest => x <= y,
                };
                Some(if keep { left } else { right })
            }),
        };
        match best {
            Some(best) => Self::Value(best, by),
            None => Self::Conflict(by),
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
