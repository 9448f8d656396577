//! Questions about a checked policy: where clauses may disagree, which say something that never comes to anything, and
//! which law nobody has compared with its text.

pub(crate) mod below;
pub(crate) mod conflicts;
mod disjoint;
pub(crate) mod effect;
mod example;
pub(crate) mod for_all;
pub(crate) mod gaps;
mod judged;
pub(crate) mod layers;
pub(crate) mod unverified;

pub(crate) use judged::{Judged, Question};
