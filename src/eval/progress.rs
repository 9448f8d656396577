//! What has come back of each sold line so far: before the visit, and by the lines of the visit already counted. Makes
//! partial returns add up, within a visit and over several.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::decision::Part;
use crate::request::Request;

use super::amounts::Amounts;

/// What has come back of a sold line.
#[derive(Debug, Clone, Default)]
pub(super) struct Back {
    pub(super) quantity: u32,
    pub(super) goods: Decimal,
    pub(super) taxes: Vec<Decimal>,
    kept: Vec<(Part, Arc<str>, Decimal)>,
}

impl Back {
    /// What was kept of a fee or deduction.
    pub(super) fn kept(&self, part: Part, name: &str) -> Decimal {
        self.kept.iter().filter(|(p, n, _)| *p == part && **n == *name).fold(Decimal::ZERO, |sum, (_, _, a)| sum.saturating_add(*a))
    }
}

/// What has come back of all sold lines that the visit speaks of.
#[derive(Debug, Default)]
pub(super) struct Progress {
    lines: Vec<((usize, usize), Back)>,
    nothing: Back,
}

impl Progress {
    /// Before the visit.
    pub(super) fn new(request: &Request) -> Self {
        let mut lines: Vec<((usize, usize), Back)> = Vec::new();
        for place in request.lines.iter().filter_map(|l| l.sold) {
            if lines.iter().any(|(p, _)| *p == place) {
                continue;
            }
            let Some(sold) = request.sales.get(place.0).and_then(|s| s.lines.get(place.1)) else { continue };
            let earlier = &sold.earlier;
            let fees = earlier.fees.iter().map(|(n, a)| (Part::Fee, n.as_str().into(), *a));
            let deductions = earlier.deductions.iter().map(|(n, a)| (Part::Deduction, n.as_str().into(), *a));
            lines.push((
                place,
                Back {
                    quantity: earlier.quantity,
                    goods: earlier.goods,
                    taxes: earlier.taxes.clone(),
                    kept: fees.chain(deductions).collect(),
                },
            ));
        }
        Self { lines, nothing: Back::default() }
    }

    /// What has come back of the sold line behind a line of the visit.
    pub(super) fn of(&self, request: &Request, line: usize) -> &Back {
        let place = request.lines.get(line).and_then(|l| l.sold);
        self.lines.iter().find(|(p, _)| Some(*p) == place).map_or(&self.nothing, |(_, b)| b)
    }

    /// Counts a line of the visit.
    pub(super) fn add(&mut self, request: &Request, line: usize, amounts: &Amounts) {
        let Some(line) = request.lines.get(line) else { return };
        let Some((_, back)) = self.lines.iter_mut().find(|(p, _)| Some(*p) == line.sold) else { return };
        back.quantity = back.quantity.saturating_add(line.quantity);
        back.goods = back.goods.saturating_add(amounts.goods);
        for (at, tax) in amounts.taxes.iter().enumerate() {
            match back.taxes.get_mut(at) {
                Some(sum) => *sum = sum.saturating_add(*tax),
                None => back.taxes.push(*tax),
            }
        }
        back.kept.extend(amounts.kept.iter().cloned());
    }
}
