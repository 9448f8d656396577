//! Sets of places: whether a clause is live and what keeps a statement unsaid are questions to such sets.

/// A set of places of a version ([`Version::nodes`](super::Version::nodes)): a bit for each, the first 64 at hand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Nodes {
    first: u64,
    /// The places from 64 on; no longer than the last of them needs.
    more: Vec<u64>,
}

impl Nodes {
    /// The places below `count`.
    pub fn all(count: u32) -> Self {
        (0..count).collect()
    }

    /// Whether a place is in it.
    pub fn contains(&self, node: u32) -> bool {
        self.word(node / 64) & (1 << (node % 64)) != 0
    }

    /// Adds a place.
    pub fn insert(&mut self, node: u32) {
        let word = node as usize / 64;
        if word > self.more.len() {
            self.more.resize(word, 0);
        }
        let word = if word == 0 { Some(&mut self.first) } else { self.more.get_mut(word - 1) };
        word.into_iter().for_each(|w| *w |= 1 << (node % 64));
    }

    /// Takes a place out.
    pub fn remove(&mut self, node: u32) {
        self.remove_all(&std::iter::once(node).collect());
    }

    /// Adds places.
    pub fn extend(&mut self, places: impl Iterator<Item = u32>) {
        places.for_each(|place| self.insert(place));
    }

    /// Adds all places of another set.
    pub fn insert_all(&mut self, other: &Self) {
        self.first |= other.first;
        if self.more.len() < other.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        self.more.iter_mut().zip(&other.more).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Takes all places of another set out.
    pub fn remove_all(&mut self, other: &Self) {
        self.first &= !other.first;
        self.more.iter_mut().zip(&other.more).for_each(|(mine, theirs)| *mine &= !theirs);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.more.iter().all(|word| *word == 0)
    }

    /// Whether both have a place in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.first & other.first != 0 || self.more.iter().zip(&other.more).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// The places that both have, in order.
    pub fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        (0..=u32::try_from(self.more.len()).unwrap_or(u32::MAX)).flat_map(|at| {
            let mut left = self.word(at) & other.word(at);
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }

    /// All of it, 64 places to a number, the lowest first.
    pub(crate) fn words(&self) -> impl Iterator<Item = u64> + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    fn word(&self, at: u32) -> u64 {
        match at {
            0 => self.first,
            at => self.more.get(at as usize - 1).copied().unwrap_or(0),
        }
    }
}

impl FromIterator<u32> for Nodes {
    fn from_iter<T: IntoIterator<Item = u32>>(places: T) -> Self {
        let mut nodes = Self::default();
        nodes.extend(places.into_iter());
        nodes
    }
}
