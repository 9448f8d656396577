//! Layers (docs/reference/layers.md): what a higher layer states of an attribute counts where the lower ones leave it that
//! right; otherwise it is as if unsaid.

use rust_decimal::Decimal;

use crate::decision::Credits;
use crate::program::{Adjustment, AttributeValue, Layers, May, Nodes, Statement, Tree};
use crate::terms::LeewayKind;

use super::resolve::{Frame, Resolved};

/// How good a value is for the customer.
type Rank<'a> = &'a mut dyn FnMut(&AttributeValue) -> Option<Decimal>;

/// What a layer leaves to those above it.
#[derive(Clone)]
pub(super) struct Left<'p> {
    layer: u16,
    /// What holds by this layer and those below it.
    holds: Holds<'p>,
    pub(super) may: Vec<&'p May>,
}

#[derive(Clone, Copy)]
enum Holds<'p> {
    Nothing,
    Value(&'p AttributeValue),
    Conflict,
}

/// What of a tree counts.
pub(super) struct Counted<'p> {
    /// What is live, without the statements that do not count.
    pub(super) said: Nodes,
    /// Who cannot be compared with what holds below: it is not known whether they count.
    pub(super) unsure: Credits,
    /// What each layer leaves to those above it.
    pub(super) left: Vec<Left<'p>>,
}

impl<'p> Frame<'p> {
    /// Goes up layer by layer, and leaves out what the layers below do not allow.
    pub(super) fn counted(&self, tree: &'p Tree, layers: &'p Layers, live: &Nodes, rank: Rank<'_>) -> Counted<'p> {
        let version = self.version;
        let value = |at: u32| version.values.get(at as usize);
        let all = || tree.statements.iter().zip(&layers.statements).map(|(s, (layer, file))| (s, *layer, *file));
        let mut counted = Counted { said: live.clone(), unsure: Credits::new(), left: Vec::new() };
        let top = all().map(|(_, layer, _)| layer).max().unwrap_or(0);
        for layer in 0..=top {
            // Only this layer and those below it.
            let mut said = counted.said.clone();
            all().filter(|(_, of, _)| *of > layer).for_each(|(s, ..)| said.remove(s.node));
            let speaks = |s: &Statement, said: &Nodes| said.contains(s.node) && !said.meets(&s.unless);
            while let Some((refused, verdict)) = all()
                .filter(|(s, of, _)| *of == layer && speaks(s, &said))
                .filter_map(|(s, ..)| Some((s, verdict(&counted.left, value(s.value)?, rank))))
                .find(|(_, verdict)| *verdict != Verdict::Counts)
            {
                said.remove(refused.node);
                counted.said.remove(refused.node);
                if verdict == Verdict::Unknown {
                    counted.unsure.add(refused.clause);
                }
            }
            let mut settled = Resolved::Nothing;
            let mut speaking: Vec<u16> = Vec::new();
            for (s, of, file) in all().filter(|(s, ..)| speaks(s, &said)) {
                let Some(stated) = value(s.value) else { continue };
                settled = settled.and(stated, s.clause, tree.discipline, rank);
                if of == layer {
                    speaking.push(file);
                }
            }
            let may = layers.leaves(layer, live, &speaking);
            let holds = match settled {
                Resolved::Value(value, _) => Holds::Value(value),
                Resolved::Conflict(_) => Holds::Conflict,
                Resolved::Nothing => layers.default.and_then(value).map_or(Holds::Nothing, Holds::Value),
            };
            counted.left.push(Left { layer, holds, may });
        }
        // What layers that state nothing leave to adjustments above them.
        let holds = counted.left.last().map_or(Holds::Nothing, |left| left.holds);
        let of_headers = layers.headers.iter().map(|(layer, ..)| *layer);
        let of_clauses = layers.clauses.iter().map(|leaves| leaves.layer);
        let highest = of_headers.chain(of_clauses).max().unwrap_or(top);
        let above = top.saturating_add(1)..=highest;
        counted.left.extend(above.map(|layer| Left { layer, holds, may: layers.leaves(layer, live, &[]) }));
        counted
    }
}

/// Whether what a higher layer states counts; from the best answer to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Counts,
    Unknown,
    Refused,
}

fn verdict(left: &[Left<'_>], stated: &AttributeValue, rank: Rank<'_>) -> Verdict {
    let rights = left.iter().flat_map(|left| left.may.iter().map(|may| (left.holds, *may)));
    rights.map(|(holds, may)| allowed(holds, may, stated, rank)).max().unwrap_or(Verdict::Counts)
}

fn allowed(holds: Holds<'_>, may: &May, stated: &AttributeValue, rank: Rank<'_>) -> Verdict {
    let verdict = |counts: bool| if counts { Verdict::Counts } else { Verdict::Refused };
    if let Holds::Value(held) = holds
        && held == stated
    {
        return Verdict::Counts;
    }
    match may.kind {
        LeewayKind::Sealed => Verdict::Refused,
        // No place for money is better than another.
        LeewayKind::Improve | LeewayKind::Tighten
            if matches!(stated, AttributeValue::Route { .. }) && matches!(holds, Holds::Value(_)) =>
        {
            Verdict::Refused
        }
        LeewayKind::Free => verdict(may.within.as_ref().is_none_or(|range| range.holds(stated))),
        LeewayKind::Improve | LeewayKind::Tighten => match holds {
            // There is nothing that could be made worse or better.
            Holds::Nothing => Verdict::Counts,
            Holds::Conflict => Verdict::Unknown,
            Holds::Value(held) => match (score(held, rank), score(stated, rank)) {
                (Some(held), Some(stated)) if may.kind == LeewayKind::Improve => verdict(stated >= held),
                (Some(held), Some(stated)) => verdict(stated <= held),
                _ => Verdict::Unknown,
            },
        },
    }
}

/// How good a value is for the customer; of two refusals the one that can be lifted is.
fn score(value: &AttributeValue, rank: Rank<'_>) -> Option<(Decimal, bool)> {
    let liftable = matches!(value, AttributeValue::No { overridable_by: Some(_), .. });
    Some((rank(value)?, liftable))
}

/// Whether an adjustment of a higher layer counts for the window that the lower ones come to.
pub(super) fn moves(left: &[Left<'_>], adjustment: &Adjustment) -> bool {
    let below = left.iter().filter(|left| left.layer < adjustment.layer);
    below.flat_map(|left| &left.may).all(|may| may.lets_move(&adjustment.kind))
}
