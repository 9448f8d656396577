//! Lists in which each thing stands once.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use smallvec::SmallVec;

/// Things in the order in which they came first. However many there are, one is found as quickly. Nothing goes by the order of
/// hashes.
#[derive(Debug)]
pub(crate) struct Once<T> {
    list: SmallVec<[T; 1]>,
    index: Index,
}

/// Up to how many looking at one after the other is quicker.
const FEW: usize = 32;

/// The places of things by their hash. One for things of all types: a map for each would be 4 kB of WebAssembly each.
#[derive(Debug, Default)]
struct Index(BTreeSet<(u64, usize)>);

impl Index {
    fn find(&self, hash: u64, is: &dyn Fn(usize) -> bool) -> Option<usize> {
        let mut places = self.0.range((hash, 0)..=(hash, usize::MAX)).map(|(_, place)| *place);
        places.find(|place| is(*place))
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { list: SmallVec::new(), index: Index::default() }
    }
}

impl<T> Once<T> {
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.list.iter()
    }

    pub(crate) fn into_vec(self) -> Vec<T> {
        self.list.into_vec()
    }
}

impl<T: Hash + Eq> Once<T> {
    /// Where it stands.
    pub(crate) fn find<Q: Hash + Eq + ?Sized>(&self, one: &Q) -> Option<usize>
    where
        T: Borrow<Q>,
    {
        if self.list.len() <= FEW {
            return self.list.iter().position(|known| known.borrow() == one);
        }
        self.index.find(hash(one), &|place| self.list.get(place).is_some_and(|known| known.borrow() == one))
    }

    /// Puts what does not stand there yet at the end, and tells its place.
    pub(crate) fn push(&mut self, one: T) -> usize {
        let place = self.list.len();
        self.list.push(one);
        let first = if place == FEW { 0 } else { place };
        if place >= FEW {
            self.index.0.extend(self.list.iter().enumerate().skip(first).map(|(place, one)| (hash(one), place)));
        }
        place
    }

    /// Where it stands, from now on at least.
    pub(crate) fn place(&mut self, one: T) -> usize {
        self.find(&one).unwrap_or_else(|| self.push(one))
    }

    /// Puts it at the end, and tells whether it was not there before.
    pub(crate) fn insert(&mut self, one: T) -> bool {
        let before = self.list.len();
        self.place(one) == before
    }
}

fn hash(one: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    one.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Once;

    /// Few and many, the same as looking through the whole list.
    #[test]
    fn each_stands_once() {
        for of in [1, 7, 40, 1000_u32] {
            let mut once = Once::default();
            let mut plain: Vec<u32> = Vec::new();
            // Numbers that come again in no order.
            for number in (1..300_u32).map(|step| step.wrapping_mul(2_654_435_761) >> 7).map(|number| number % of) {
                let known = plain.iter().position(|one| *one == number);
                assert_eq!(once.find(&number), known);
                assert_eq!(once.place(number), known.unwrap_or(plain.len()));
                assert!(!once.insert(number));
                plain.extend(known.is_none().then_some(number));
            }
            assert_eq!(once.into_vec(), plain);
        }
    }
}
