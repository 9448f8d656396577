//! Past returns held against the policy that was in force: what is read of sales and returns, joined, decided again, compared
//! with what was done, and told.
//!
//! Sources are mapped to the canonical [`columns`]; a [`finding`] is one way in which what was done is not what the policy says.

pub mod columns;
pub mod finding;
