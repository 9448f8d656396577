//! What the evaluator must know of layers: what clauses and headers leave to higher ones.

use crate::model::{Attribute, Version};
use crate::program::{ClauseLeaves, May, Nodes};

/// What the clauses of a version leave of an attribute to higher layers. `places` are those of each clause.
pub(super) fn clauses(version: &Version, attribute: Attribute, places: &[Vec<u32>]) -> Vec<ClauseLeaves> {
    let leeway = |at: usize| version.leeway_of_clause(at, attribute);
    let saying: Vec<usize> = (0..version.clauses.len()).filter(|at| leeway(*at).is_some()).collect();
    let nodes = |at: usize| -> Nodes { places.get(at).into_iter().flatten().copied().collect() };
    let mut found = Vec::new();
    for at in &saying {
        let inside = |other: &&usize| *other != at && version.ways_up(**other).iter().flatten().any(|up| up == at);
        let mut unless = Nodes::default();
        saying.iter().filter(inside).for_each(|other| unless.insert_all(&nodes(*other)));
        let layer = version.layer(*at);
        found.extend(leeway(*at).map(|l| ClauseLeaves { layer, nodes: nodes(*at), unless, may: l.may.clone() }));
    }
    found
}

/// What the headers of its files leave: layer, file.
pub(super) fn headers(version: &Version, attribute: Attribute) -> Vec<(u16, u16, May)> {
    let files = version.files.iter().enumerate();
    files
        .filter_map(|(at, file)| {
            let leeway = version.leeway_of_file(at, attribute)?;
            Some((file.layer, u16::try_from(at).unwrap_or(u16::MAX), leeway.may.clone()))
        })
        .collect()
}
