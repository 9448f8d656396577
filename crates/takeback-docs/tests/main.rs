//! Pages of real policies: whole, deterministic, and right where a till would answer.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod whole;
