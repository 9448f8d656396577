//! Questions about a checked policy.

pub(crate) mod conflicts;
mod disjoint;
