//! The one binary of tests of the audit.

#[cfg(test)]
#[path = "../benches/by_hand/mod.rs"]
mod by_hand;
#[cfg(test)]
mod data;
#[cfg(test)]
mod input;
