//! A second evaluator, slow and obvious, written from `docs/reference` alone, against which the shipped one is tested with
//! random policies and requests.

mod amounts;
mod authority;
mod book;
mod cases;
mod conditions;
mod conserved;
mod counting;
mod decide;
mod dice;
mod difference;
mod facts;
mod fees;
mod headers;
mod layers;
mod paperwork;
mod policies;
mod promotions;
mod questions;
mod random;
mod requests;
mod resolve;
mod sentences;
mod shrink;
mod shuffled;
mod stated;
mod summary;
mod tenders;
mod totals;
mod unknown;
mod visit;
mod windows;

pub(crate) use random::sample;
use takeback::source::SourceSet;

/// The files of a policy, in their order.
fn sources(texts: &policies::Texts) -> SourceSet {
    let mut sources = SourceSet::new();
    for (name, text) in texts {
        sources.add(name, text).unwrap();
    }
    sources
}

/// A number from the environment.
fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}
