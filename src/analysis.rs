//! Questions about a checked policy: where clauses may disagree, and which say something that never comes to anything.

pub(crate) mod below;
pub(crate) mod conflicts;
mod disjoint;
pub(crate) mod effect;
mod example;
pub(crate) mod gaps;
mod judged;
pub(crate) mod layers;

pub(crate) use judged::{Judged, Question};
