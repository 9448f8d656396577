//! Past returns held against the policy that was in force: what is read of sales and returns, joined, decided again, compared
//! with what was done, and told.
//!
//! Sources are read ([`read`]) and, as a [`mapping`] says, mapped to the canonical [`columns`] ([`map`]); what belongs together is
//! put together ([`mod@spread`]), and returns are joined with their sales ([`link`]). A [`finding`] is one way in which what was done is not
//! what the policy says.

pub mod columns;
pub mod finding;
pub mod link;
pub mod map;
pub mod mapping;
pub mod read;
pub mod spread;
