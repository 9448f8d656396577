//! What has come back of each sold line so far: before the visit, and by the lines of the visit already counted. Makes
//! partial returns add up, within a visit and over several.

use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::Part;
use crate::money::MoneyError;
use crate::request::{self, Request};

use super::amounts::Amounts;

/// What has come back of a sold line.
#[derive(Debug, Clone, Default)]
pub(super) struct Back {
    pub(super) quantity: u32,
    pub(super) goods: Decimal,
    pub(super) taxes: SmallVec<[Decimal; 2]>,
    /// What of these was given for units that had not come back then.
    adjusted: SmallVec<[request::Adjusted; 1]>,
    kept: SmallVec<[(Part, Arc<str>, Kept); 2]>,
}

/// What was kept of a fee or deduction, and the goods and units it was kept of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kept {
    pub(super) amount: Decimal,
    pub(super) goods: Decimal,
    pub(super) quantity: u32,
}

impl Back {
    /// What of `goods` was given for units that have not come back, once so many have.
    pub(super) fn ahead(&self, units: u32, of: u32, share: &Share<'_>) -> Result<Decimal, MoneyError> {
        ahead(&self.adjusted, units, of, share, |one| one.goods)
    }

    /// The same of a tax, by its place.
    pub(super) fn tax_ahead(&self, tax: usize, units: u32, of: u32, share: &Share<'_>) -> Result<Decimal, MoneyError> {
        ahead(&self.adjusted, units, of, share, |one| one.taxes.get(tax).copied().unwrap_or_default())
    }

    /// What was kept of a fee or deduction.
    pub(super) fn kept(&self, part: Part, name: &str) -> Kept {
        let mine = self.kept.iter().filter(|(p, n, _)| *p == part && **n == *name);
        mine.fold(Kept::default(), |sum, (.., kept)| Kept {
            amount: sum.amount.saturating_add(kept.amount),
            goods: sum.goods.saturating_add(kept.goods),
            quantity: sum.quantity.saturating_add(kept.quantity),
        })
    }
}

/// How a part of an amount is rounded: `whole × part / of`.
pub(super) type Share<'a> = dyn Fn(Decimal, u32, u32) -> Result<Decimal, MoneyError> + 'a;

/// What of money for goods that are kept falls to units that have not come back, once so many have. Of each unit that was there
/// it is the same.
pub(super) fn ahead(
    adjusted: &[request::Adjusted],
    units: u32,
    of: u32,
    share: &Share<'_>,
    amount: impl Fn(&request::Adjusted) -> Decimal,
) -> Result<Decimal, MoneyError> {
    adjusted.iter().try_fold(Decimal::ZERO, |sum, one| {
        let (back, there) = (units.saturating_sub(one.before), of.saturating_sub(one.before));
        let used = if there == 0 { amount(one) } else { share(amount(one), back.min(there), there)? };
        Ok(sum.saturating_add(amount(one).saturating_sub(used)))
    })
}

/// What has come back of all sold lines that the visit speaks of.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// By sale and line, sorted.
    lines: SmallVec<[Entry; 1]>,
    nothing: Back,
}

#[derive(Debug, Clone)]
struct Entry {
    place: (usize, usize),
    back: Back,
    /// Units that the whole visit brings back of it.
    brought: u32,
}

impl Progress {
    /// Before the visit.
    pub(super) fn new(request: &Request) -> Self {
        let mut places: SmallVec<[(usize, usize); 8]> = request.lines.iter().filter_map(|l| l.sold).collect();
        places.sort_unstable();
        places.dedup();
        let mut progress =
            Self { lines: places.into_iter().map(|place| entry(request, place)).collect(), nothing: Back::default() };
        for line in &request.lines {
            if let Some(at) = line.sold.and_then(|place| progress.find(place))
                && let Some(entry) = progress.lines.get_mut(at)
            {
                entry.brought = entry.brought.saturating_add(line.quantity);
            }
        }
        progress
    }

    fn find(&self, place: (usize, usize)) -> Option<usize> {
        self.lines.binary_search_by_key(&place, |e| e.place).ok()
    }

    /// What has come back of the sold line behind a line of the visit.
    pub(super) fn of(&self, request: &Request, line: usize) -> &Back {
        let place = request.lines.get(line).and_then(|l| l.sold);
        place.map_or(&self.nothing, |place| self.at(place))
    }

    /// What has come back of a sold line that the visit speaks of.
    pub(super) fn at(&self, place: (usize, usize)) -> &Back {
        self.find(place).and_then(|at| self.lines.get(at)).map_or(&self.nothing, |e| &e.back)
    }

    /// Units that the whole visit brings back of a sold line.
    pub(super) fn brought(&self, place: (usize, usize)) -> u32 {
        self.find(place).and_then(|at| self.lines.get(at)).map_or(0, |e| e.brought)
    }

    /// Whether the visit brings back anything of a sold line.
    pub(super) fn speaks_of(&self, place: (usize, usize)) -> bool {
        self.find(place).is_some()
    }

    /// Counts a line of the visit.
    pub(super) fn add(&mut self, request: &Request, line: usize, amounts: &Amounts) {
        let Some(line) = request.lines.get(line) else { return };
        let Some(at) = line.sold.and_then(|place| self.find(place)) else { return };
        let Some(back) = self.lines.get_mut(at).map(|e| &mut e.back) else { return };
        match amounts.stays {
            true => back.adjusted.push(request::Adjusted {
                before: back.quantity,
                goods: amounts.goods,
                taxes: amounts.taxes.clone(),
            }),
            false => back.quantity = back.quantity.saturating_add(line.quantity),
        }
        back.goods = back.goods.saturating_add(amounts.goods);
        for (at, tax) in amounts.taxes.iter().enumerate() {
            match back.taxes.get_mut(at) {
                Some(sum) => *sum = sum.saturating_add(*tax),
                None => back.taxes.push(*tax),
            }
        }
        let of = |amount| Kept { amount, goods: amounts.goods, quantity: line.quantity };
        back.kept.extend(amounts.kept.iter().map(|(part, name, amount)| (*part, Arc::clone(name), of(*amount))));
    }
}

/// A sold line before the visit.
fn entry(request: &Request, place: (usize, usize)) -> Entry {
    let sold = request.sales.get(place.0).and_then(|s| s.lines.get(place.1));
    let back = sold.map_or_else(Back::default, |sold| {
        let earlier = &sold.earlier;
        let of = |one: &request::Kept| Kept { amount: one.amount, goods: one.goods, quantity: one.quantity };
        let fees = earlier.fees.iter().map(|one| (Part::Fee, one.name.as_str().into(), of(one)));
        let deductions = earlier.deductions.iter().map(|one| (Part::Deduction, one.name.as_str().into(), of(one)));
        Back {
            quantity: earlier.quantity,
            goods: earlier.goods,
            taxes: SmallVec::from_slice(&earlier.taxes),
            adjusted: earlier.adjusted.iter().cloned().collect(),
            kept: fees.chain(deductions).collect(),
        }
    });
    Entry { place, back, brought: 0 }
}
