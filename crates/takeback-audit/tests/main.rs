//! The one binary of tests of the audit.

#[cfg(test)]
#[path = "../benches/alike.rs"]
mod alike;
#[cfg(test)]
#[path = "../benches/by_hand/mod.rs"]
mod by_hand;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod data;
#[cfg(test)]
mod found_by_hand;
#[cfg(test)]
#[path = "../benches/held.rs"]
mod held;
#[cfg(test)]
mod input;
#[cfg(test)]
mod junk;
#[cfg(test)]
mod messy;
#[cfg(test)]
mod obeyed;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod promoted;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod resumed;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod whole_sale;
