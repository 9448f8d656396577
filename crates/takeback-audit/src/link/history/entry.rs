//! What histories are made of, in memory and as bytes: entries of one length, so that the place of each is known.

/// Where an entry stands: by its key, what is added up together, and time. Keys and visits are hashes of 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) key: u64,
    pub(super) group: u32,
    pub(super) time: i64,
    /// Where times are the same: by the name of the visit, or else of the line (its first letters, and all of it),
    pub(super) name: (u64, u64),
    /// and only then by the place in the source.
    pub(super) row: i64,
    pub(super) visit: u64,
}

impl Place {
    /// The first place after it.
    pub(super) fn next(self) -> Self {
        match self.visit.checked_add(1) {
            Some(visit) => Self { visit, ..self },
            None => Self { row: self.row.saturating_add(1), visit: 0, ..self },
        }
    }

    /// Whether both are of one key, and added up together.
    pub(super) fn is_with(&self, other: &Self) -> bool {
        (self.key, self.group) == (other.key, other.group)
    }
}

/// Visits, and what was brought back in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) visits: u64,
    pub(super) refund: i128,
    pub(super) items: i64,
}

impl Sums {
    pub(super) fn add(&mut self, more: &Self) {
        self.visits = self.visits.saturating_add(more.visits);
        self.refund = self.refund.saturating_add(more.refund);
        self.items = self.items.saturating_add(more.items);
    }

    pub(super) fn less(self, other: &Self) -> Self {
        Self {
            visits: self.visits.saturating_sub(other.visits),
            refund: self.refund.saturating_sub(other.refund),
            items: self.items.saturating_sub(other.items),
        }
    }
}

/// Something of a fixed length in bytes.
pub(super) trait Fixed: Copy {
    const LENGTH: usize;

    fn put(&self, out: &mut Vec<u8>);
    /// None: the bytes are cut off.
    fn take(bytes: &mut &[u8]) -> Option<Self>;
}

/// An entry that is to be sorted: a row, or a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) sums: Sums,
}

/// A visit among the sorted ones, with the sums of all of its key and group until it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Until {
    pub(super) place: Place,
    /// With this visit.
    pub(super) now: Sums,
    /// When its day began.
    pub(super) day_before: Sums,
}

fn array<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Fixed for $number {
            const LENGTH: usize = size_of::<$number>();

            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }

            fn take(bytes: &mut &[u8]) -> Option<Self> {
                array(bytes).map(<$number>::from_le_bytes)
            }
        }
    )*};
}

macro_rules! fixed {
    ($($of:ident { $($member:ident: $as:ty),* })*) => {$(
        impl Fixed for $of {
            const LENGTH: usize = 0 $(+ <$as>::LENGTH)*;

            fn put(&self, out: &mut Vec<u8>) {
                $(self.$member.put(out);)*
            }

            fn take(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($member: <$as>::take(bytes)?),* })
            }
        }
    )*};
}

numbers!(u32, u64, i64, i128);

impl Fixed for (u64, u64) {
    const LENGTH: usize = 16;

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some((u64::take(bytes)?, u64::take(bytes)?))
    }
}

fixed! {
    Place { key: u64, group: u32, time: i64, name: (u64, u64), row: i64, visit: u64 }
    Sums { visits: u64, refund: i128, items: i64 }
    Entry { place: Place, sums: Sums }
    Until { place: Place, now: Sums, day_before: Sums }
}
