//! The clauses that state an attribute, from a tree of exceptions to the list a decision goes through.

use std::cmp::Ordering;

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
    /// Which of them override which, with all that is inside: winner, loser.
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
    tree.lay(top, &mut Vec::new(), &mut layers);
    (tree, layers)
}

impl Siblings {
    /// All places that state something.
    fn statements(&self) -> Nodes {
        let mut found = Nodes::default();
        self.places.iter().for_each(|place| found.insert_all(&place.statements()));
        found
    }

    /// The statements that go before one of a layer in one of the places: of those that override it, and of other layers than
    /// the place what is not of a lower layer; inside those below it, too, what is of a higher layer.
    fn winners(&self, loser: usize, layer: u16) -> Nodes {
        let mut found = Nodes::default();
        for (winner, _) in self.overrides.iter().filter(|(_, l)| *l == loser) {
            self.places.get(*winner).into_iter().for_each(|place| found.insert_all(&place.statements()));
        }
        let own = self.places.get(loser).map_or(0, |place| place.layer.0);
        for place in &self.places {
            match place.layer.0.cmp(&own) {
                Ordering::Greater => place.at_or_above(layer, &mut found),
                Ordering::Less => place.at_or_above(layer.saturating_add(1), &mut found),
                Ordering::Equal => {}
            }
        }
        found
    }
}

impl Place {
    /// The statements of a layer and of those above it.
    fn at_or_above(&self, layer: u16, found: &mut Nodes) {
        if self.value.is_some() && self.layer.0 >= layer {
            found.insert(self.node);
        }
        self.exceptions.places.iter().for_each(|place| place.at_or_above(layer, found));
    }

    /// The highest layer in it that states something.
    fn highest(&self) -> u16 {
        self.exceptions.places.iter().map(Place::highest).fold(self.layer.0, u16::max)
    }

    fn statements(&self) -> Nodes {
        let mut found = self.exceptions.statements();
        if self.value.is_some() {
            found.insert(self.node);
        }
        found
    }
}

impl Tree {
    /// Lays siblings out; `around` are the places around them, each among its siblings.
    fn lay<'s>(
        &mut self,
        siblings: &'s Siblings,
        around: &mut Vec<(&'s Siblings, usize)>,
        layers: &mut Vec<(u16, u16)>,
    ) {
        let winners = |around: &[(&Siblings, usize)], layer: u16| {
            let mut found = Nodes::default();
            around.iter().for_each(|(siblings, at)| found.insert_all(&siblings.winners(*at, layer)));
            found
        };
        for (at, place) in siblings.places.iter().enumerate() {
            around.push((siblings, at));
            if let Some(value) = place.value {
                let exceptions = place.exceptions.statements();
                let mut unless = winners(around, place.layer.0);
                unless.insert_all(&exceptions);
                layers.push(place.layer);
                self.statements.push(Statement { node: place.node, clause: place.clause, value, exceptions, unless });
            }
            self.lay(&place.exceptions, around, layers);
            around.pop();
        }
        for (at, place) in siblings.places.iter().enumerate() {
            self.nodes.insert(place.node);
            around.push((siblings, at));
            self.branches.push(Branch { node: place.node, winners: winners(around, place.highest()) });
            around.pop();
        }
    }
}
