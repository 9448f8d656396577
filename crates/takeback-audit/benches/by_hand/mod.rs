//! The policy of `three-channels` written by hand, for this one flat table and nothing else: what the audit is compared with.
//! Fields are looked up by their place, amounts are cents, pieces of the file are judged side by side, and nothing explains itself.

pub(crate) mod csv;
pub(crate) mod findings;
pub(crate) mod parquet;
pub(crate) mod rules;
pub(crate) mod tell;
pub(crate) mod write;
