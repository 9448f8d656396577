//! Statements of several layers: what a higher one says counts only where the lower ones leave it that right
//! (docs/reference/layers.md).

use rust_decimal::Decimal;

use crate::date::Unit;
use crate::terms::{Bound, LeewayKind};

use super::{AdjustmentKind, AttributeValue, FeeAmount, FeeBound, FeeOf, Nodes, WindowLength, Within};

/// What is left to higher layers of one attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct May {
    /// What they may do.
    pub kind: LeewayKind,
    /// From where to where.
    pub within: Option<Range>,
}

/// A range that a value keeps to, both ends inside. A value of another kind or unit is never inside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Range {
    /// Lengths.
    Length(u32, u32, Unit),
    /// Shares of the price.
    Percent(Decimal, Decimal),
    /// Amounts.
    Money(Decimal, Decimal),
}

/// The layers of the statements of a tree in which several meet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Layers {
    /// Of each statement of the tree: its layer, and its file.
    pub statements: Vec<(u16, u16)>,
    /// What clauses leave to higher layers where they are live.
    pub clauses: Vec<ClauseLeaves>,
    /// What the headers of files leave to higher layers where no live clause of their layer says it: layer, file.
    pub headers: Vec<(u16, u16, May)>,
    /// What holds where nobody speaks, for an attribute that has such a value: an index into the values of the version.
    pub default: Option<u32>,
}

/// What a clause leaves to higher layers where it is live.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClauseLeaves {
    /// Its layer.
    pub layer: u16,
    /// Where it stands.
    pub nodes: Nodes,
    /// The places of clauses further in that say it themselves.
    pub unless: Nodes,
    /// What is left.
    pub may: May,
}

impl May {
    /// Whether a higher layer may move the end of a window so. A range speaks of lengths as written, not of ends.
    pub(crate) fn lets_move(&self, kind: &AdjustmentKind) -> bool {
        let longer = !matches!(kind, AdjustmentKind::Bound(Bound::AtMost, _));
        match self.kind {
            LeewayKind::Sealed => false,
            LeewayKind::Improve => longer,
            LeewayKind::Tighten => !longer,
            LeewayKind::Free => self.within.is_none(),
        }
    }
}

impl Layers {
    /// What a layer leaves to higher ones: what its live clauses say, the innermost only; else the headers of the files
    /// that speak; where none speaks, those of all its files.
    pub(crate) fn leaves(&self, layer: u16, live: &Nodes, speaking: &[u16]) -> Vec<&May> {
        let said = |c: &&ClauseLeaves| c.layer == layer && c.nodes.meets(live) && !c.unless.meets(live);
        let found: Vec<&May> = self.clauses.iter().filter(said).map(|c| &c.may).collect();
        if !found.is_empty() {
            return found;
        }
        let counts = |file: u16| speaking.is_empty() || speaking.contains(&file);
        let headers = self.headers.iter().filter(|(of, file, _)| *of == layer && counts(*file));
        headers.map(|(.., may)| may).collect()
    }
}

impl Range {
    /// Whether a value keeps to the range.
    pub(crate) fn holds(&self, value: &AttributeValue) -> bool {
        match (self, value) {
            (Self::Length(from, to, unit), AttributeValue::Window { length: WindowLength::Length(term, ..), .. })
            | (Self::Length(from, to, unit), AttributeValue::Hold(Some((term, _))))
            | (Self::Length(from, to, unit), AttributeValue::Due(Some(Within { term, .. }))) => {
                term.length.unit == *unit && (from..=to).contains(&&term.length.count)
            }
            // Whatever is told.
            (Self::Length(from, to, unit), AttributeValue::Window { length: WindowLength::Told(told, ..), .. }) => {
                let keeps = |count: &u32| (from..=to).contains(&count);
                told.none.length.unit == *unit
                    && told.at_least.as_ref().is_some_and(keeps)
                    && told.at_most.as_ref().is_some_and(keeps)
            }
            (Self::Length(from, ..), AttributeValue::Hold(None) | AttributeValue::Due(None)) => *from == 0,
            (Self::Percent(from, _) | Self::Money(from, _), AttributeValue::NoFee) => from.is_zero(),
            (range, AttributeValue::Fee(fee)) => range.holds_fee(fee),
            _ => false,
        }
    }

    /// Whether a fee keeps to the range, whatever is told and however much the goods are worth.
    fn holds_fee(&self, fee: &FeeAmount) -> bool {
        let (from, to) = match self {
            Self::Percent(from, to) | Self::Money(from, to) => (from, to),
            Self::Length(..) => return false,
        };
        // An amount could be any share of the goods, and a share any amount.
        let figure = |bound: FeeBound| match (self, bound) {
            (Self::Percent(..), FeeBound::Percent(figure)) | (Self::Money(..), FeeBound::Money(figure)) => Some(figure),
            _ => None,
        };
        let plain = match fee.of {
            FeeOf::Percent(percent) => figure(FeeBound::Percent(percent)),
            FeeOf::Money(amount) => figure(FeeBound::Money(amount)),
            FeeOf::Fact(_) | FeeOf::FactPercent(_) => None,
        };
        // As little and as much as it may come to.
        let (mut least, mut most) = (plain.unwrap_or_default(), plain);
        if let Some(bound) = fee.at_least {
            let bound = figure(bound);
            least = least.max(bound.unwrap_or_default());
            most = most.zip(bound).map(|(most, bound)| most.max(bound));
        }
        if let Some(bound) = fee.at_most {
            let bound = figure(bound);
            least = least.min(bound.unwrap_or_default());
            most = most.into_iter().chain(bound).min();
        }
        *from <= least && most.is_some_and(|most| most <= *to)
    }
}
