//! Sets of places: whether a clause is live and what keeps a statement unsaid are questions to such sets.

use smallvec::SmallVec;

/// A set of places of a version ([`Version::nodes`](super::Version::nodes)); one word holds 64.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Nodes(SmallVec<[u64; 2]>);

fn place(node: u32) -> (usize, u64) {
    (node as usize / 64, 1 << (node % 64))
}

impl Nodes {
    /// The set without any, with room for so many.
    pub fn none(count: usize) -> Self {
        Self(SmallVec::from_elem(0, count.div_ceil(64)))
    }

    /// Whether a place is in it.
    pub fn contains(&self, node: u32) -> bool {
        let (word, bit) = place(node);
        self.0.get(word).is_some_and(|w| w & bit != 0)
    }

    /// Adds a place.
    pub fn insert(&mut self, node: u32) {
        let (word, bit) = place(node);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(w) = self.0.get_mut(word) {
            *w |= bit;
        }
    }

    /// Takes a place out.
    pub fn remove(&mut self, node: u32) {
        let (word, bit) = place(node);
        if let Some(w) = self.0.get_mut(word) {
            *w &= !bit;
        }
    }

    /// Adds all places of another set.
    pub fn extend(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Whether both have a place in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// The first place that another set does not have.
    pub fn first_without(&self, other: &Self) -> Option<u32> {
        let words = (0u32..).zip(self.0.iter().zip(other.0.iter().chain(std::iter::repeat(&0))));
        let left = words.map(|(at, (mine, theirs))| (at, mine & !theirs)).find(|(_, left)| *left != 0);
        left.map(|(at, word)| at * 64 + word.trailing_zeros())
    }
}
