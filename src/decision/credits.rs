//! The clauses behind a part of an answer.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use super::Decision;
use crate::program::ClauseId;

/// The clauses that made something; sorted by version and label path, no clause twice. A few stand in place, so that
/// copying them costs little.
#[derive(Clone, Default)]
pub struct Credits(Kept);

#[derive(Clone)]
enum Kept {
    /// That many of the list.
    Few(u8, [ClauseId; FEW]),
    Many(Arc<[ClauseId]>),
}

const FEW: usize = 5;

impl Default for Kept {
    fn default() -> Self {
        Self::Few(0, [ClauseId(0); FEW])
    }
}

impl Credits {
    /// No clause.
    pub fn new() -> Self {
        Self::default()
    }

    /// One clause.
    pub fn of(clause: ClauseId) -> Self {
        let mut list = [ClauseId(0); FEW];
        list[0] = clause;
        Self(Kept::Few(1, list))
    }

    /// Adds a clause.
    pub fn add(&mut self, clause: ClauseId) {
        self.merge(&Self::of(clause));
    }

    /// Adds clauses.
    pub fn merge(&mut self, more: &Credits) {
        if self.is_empty() {
            self.clone_from(more);
        } else if !more.iter().all(|clause| self.contains(clause)) {
            *self = self.iter().chain(more.iter()).copied().collect();
        }
    }

    /// Leaves those that others have too.
    pub fn keep(&mut self, others: &Credits) {
        *self = self.iter().filter(|clause| others.contains(clause)).copied().collect();
    }
}

impl FromIterator<ClauseId> for Credits {
    fn from_iter<T: IntoIterator<Item = ClauseId>>(clauses: T) -> Self {
        let mut all: smallvec::SmallVec<[ClauseId; 16]> = clauses.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        let mut list = [ClauseId(0); FEW];
        match (list.get_mut(..all.len()), u8::try_from(all.len())) {
            (Some(few), Ok(count)) => {
                few.copy_from_slice(&all);
                Self(Kept::Few(count, list))
            }
            _ => Self(Kept::Many(all.as_slice().into())),
        }
    }
}

impl Deref for Credits {
    type Target = [ClauseId];

    fn deref(&self) -> &[ClauseId] {
        match &self.0 {
            Kept::Few(count, list) => list.get(..usize::from(*count)).unwrap_or_default(),
            Kept::Many(list) => list,
        }
    }
}

impl<'a> IntoIterator for &'a Credits {
    type Item = &'a ClauseId;
    type IntoIter = std::slice::Iter<'a, ClauseId>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Credits {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Credits {}

impl std::fmt::Debug for Credits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Decision {
    /// The clauses that had a part in the answer: in what is wanted, paid, collected, asked of others, said and explained,
    /// not in remedies that nobody asked for.
    pub fn decisive(&self) -> BTreeSet<ClauseId> {
        let mut all = BTreeSet::new();
        let mut add = |by: &Credits| all.extend(by.iter().copied());
        for line in &self.lines {
            for remedy in line.remedies.iter().filter(|remedy| Some(remedy.remedy) == line.wants) {
                add(&remedy.by);
                remedy.window.iter().for_each(|window| add(&window.by));
                remedy.amounts.iter().flat_map(|amounts| amounts.iter()).for_each(|amount| add(&amount.by));
            }
        }
        self.shipping.iter().for_each(|shipping| add(&shipping.by));
        self.payouts.iter().for_each(|payout| add(&payout.by));
        self.paperwork.iter().for_each(|field| add(&field.by));
        self.referrals.iter().for_each(|referral| add(&referral.by));
        self.law.iter().for_each(|clamp| add(&clamp.by));
        self.reasons.iter().for_each(|reason| add(&reason.by));
        self.words.iter().for_each(|words| add(&words.by));
        all.extend(self.limits.iter().map(|limit| limit.clause));
        all
    }
}
