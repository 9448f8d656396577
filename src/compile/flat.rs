//! The clauses that state an attribute, from a tree of exceptions to the list a decision goes through.

use crate::program::{Branch, ClauseId, Nodes, Statement, Tree};
use crate::terms::Discipline;

/// A place in the tree, with the exceptions that state the attribute.
pub(super) struct Place {
    pub(super) node: u32,
    pub(super) clause: ClauseId,
    /// Its own statement.
    pub(super) value: Option<u32>,
    /// Its layer and its file.
    pub(super) layer: (u16, u16),
    pub(super) exceptions: Siblings,
}

/// Places side by side.
pub(super) struct Siblings {
    pub(super) places: Vec<Place>,
    /// Which of them override which: winner, loser.
    pub(super) overrides: Vec<(usize, usize)>,
}

/// The list, and the layer and file of each of its statements.
pub(super) fn tree(top: &Siblings, discipline: Option<Discipline>) -> (Tree, Vec<(u16, u16)>) {
    let mut tree = Tree {
        statements: Vec::new(),
        branches: Vec::new(),
        nodes: Nodes::default(),
        stated: top.statements(),
        discipline,
        layers: None,
    };
    let mut layers = Vec::new();
    tree.lay(top, &Nodes::default(), &mut layers);
    (tree, layers)
}

impl Siblings {
    /// All places that state something.
    fn statements(&self) -> Nodes {
        let mut found = Nodes::default();
        self.places.iter().for_each(|place| found.insert_all(&place.statements()));
        found
    }

    /// The statements of those that override one of them.
    fn winners(&self, loser: usize) -> Nodes {
        let mut found = Nodes::default();
        for (winner, _) in self.overrides.iter().filter(|(_, l)| *l == loser) {
            self.places.get(*winner).into_iter().for_each(|place| found.insert_all(&place.statements()));
        }
        found
    }
}

impl Place {
    fn statements(&self) -> Nodes {
        let mut found = self.exceptions.statements();
        if self.value.is_some() {
            found.insert(self.node);
        }
        found
    }
}

impl Tree {
    /// Lays siblings out; `above` holds the statements of what overrides a clause around them.
    fn lay(&mut self, siblings: &Siblings, above: &Nodes, layers: &mut Vec<(u16, u16)>) {
        for (at, place) in siblings.places.iter().enumerate() {
            let mut winners = siblings.winners(at);
            winners.insert_all(above);
            if let Some(value) = place.value {
                let exceptions = place.exceptions.statements();
                let mut unless = winners.clone();
                unless.insert_all(&exceptions);
                layers.push(place.layer);
                self.statements.push(Statement { node: place.node, clause: place.clause, value, exceptions, unless });
            }
            self.lay(&place.exceptions, &winners, layers);
        }
        for (at, place) in siblings.places.iter().enumerate() {
            self.nodes.insert(place.node);
            let mut winners = siblings.winners(at);
            winners.insert_all(above);
            self.branches.push(Branch { node: place.node, winners });
        }
    }
}
