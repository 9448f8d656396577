//! Who may approve how much (docs/reference/authority.md): the ladder that a policy declares by `authority`.

use rust_decimal::Decimal;

/// Roles by how much they may approve, least first. The last one on it that has not only matters of its own may approve
/// any amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Its rungs, from below.
    pub rungs: Vec<Rung>,
}

/// A role on a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// The role.
    pub role: u16,
    /// How far its authority reaches.
    pub reach: Reach,
}

/// How far the authority of a role reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Up to this amount.
    UpTo(Decimal),
    /// Any amount.
    AnyAmount,
    /// Any amount, of what is put before this role and no other.
    OwnMatters,
}

impl Ladder {
    fn reach(&self, role: u16) -> Option<Reach> {
        self.rungs.iter().find(|rung| rung.role == role).map(|rung| rung.reach)
    }

    /// The rungs that rise, from below.
    fn rising(&self) -> impl DoubleEndedIterator<Item = &Rung> {
        self.rungs.iter().filter(|rung| rung.reach != Reach::OwnMatters)
    }

    /// Whether a role is on the ladder.
    pub fn has(&self, role: u16) -> bool {
        self.reach(role).is_some()
    }

    /// The level of a role, 1 at the foot; none for one with matters of its own and for one that is not on the ladder.
    pub fn level(&self, role: u16) -> Option<u32> {
        (1..).zip(self.rising()).find(|(_, rung)| rung.role == role).map(|(level, _)| level)
    }

    /// The most that a role may approve; none: any amount.
    pub fn limit(&self, role: u16) -> Option<Decimal> {
        match self.reach(role) {
            Some(Reach::UpTo(limit)) => Some(limit),
            Some(Reach::AnyAmount | Reach::OwnMatters) => None,
            None => Some(Decimal::ZERO),
        }
    }

    /// Whether a role may approve an amount. One that is not on the ladder approves nothing; an amount that is not known
    /// stands in nobody's way, since the answer waits for it.
    pub fn allows(&self, role: u16, amount: Option<Decimal>) -> bool {
        let enough = |limit: Decimal| amount.is_none_or(|amount| amount <= limit);
        self.has(role) && self.limit(role).is_none_or(enough)
    }

    /// The lowest role that may approve an amount and stands no lower than the one that a policy names.
    pub fn needed(&self, named: u16, amount: Option<Decimal>) -> u16 {
        let from_there = self.rising().skip_while(|rung| rung.role != named);
        from_there.map(|rung| rung.role).find(|role| self.allows(*role, amount)).unwrap_or(named)
    }

    /// The role just below another, and how much it may approve.
    pub fn below(&self, role: u16) -> Option<(u16, Decimal)> {
        let below = self.rising().take_while(|rung| rung.role != role).last()?;
        Some((below.role, self.limit(below.role)?))
    }

    /// Who decides what the policy leaves open: a manager, or the top of a ladder that has none.
    pub fn decides(&self, manager: u16) -> u16 {
        let top = || self.rising().next_back().map(|rung| rung.role);
        if self.has(manager) { manager } else { top().unwrap_or(manager) }
    }
}
