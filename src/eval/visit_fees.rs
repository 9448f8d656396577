//! Fees of the visit, per return and per label, and what falls to each line of them (docs/reference/order.md, "Amounts").

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::decision::{Clamp, Credits};
use crate::facts::RemedyKind;
use crate::money::share;
use crate::terms::FeeUnit;

use super::amounts::{Amounts, Line, Trouble, tax_name};
use super::conditions::Unknown;
use super::lines::Effects;
use super::progress::Progress;
use super::promotions::Effect;
use super::{Run, ZERO};

/// What falls to a line of a fee of the visit: name, amount, clauses.
pub(super) type SharedFee = (Arc<str>, Decimal, Credits);

/// Fees of the visit, the lines for which one could not be worked out, and what the law took off them.
#[derive(Default)]
pub(super) struct VisitFees {
    /// By line.
    pub(super) shared: Vec<Vec<SharedFee>>,
    pub(super) troubles: Vec<(usize, Trouble)>,
    pub(super) law: Vec<Clamp>,
}

/// A line, a remedy, and what it brings without fees of the visit.
type Bare = (usize, u16, Amounts);

/// The largest that some line says of a fee, who says so, and the lines that bear it.
type Largest = Option<(Decimal, Credits, Vec<usize>)>;

impl Run<'_> {
    /// Fees per return and per label, for lines and their remedies: of each the largest, once (for each label), shared over
    /// the lines by what they bring; and the lines for which one could not be worked out.
    pub(super) fn visit_fees(&mut self, returning: &[(usize, u16)], of: &Effects) -> Result<VisitFees, Unknown> {
        let mut found = VisitFees::default();
        if !self.has_visit_fees() || returning.is_empty() {
            return Ok(found);
        }
        found.shared.resize(self.states.len(), Vec::new());
        let bare = self.bare(returning, of)?;
        let labels = Decimal::from(self.request().labels);
        for (at, fee) in self.visit.version.choices.fees.iter().enumerate().filter(|(_, fee)| is_of_visit(fee.unit)) {
            let Some((amount, by, bearing)) = self.largest(at, &bare, &mut found)? else { continue };
            let times = if fee.unit == FeeUnit::Label { labels } else { Decimal::ONE };
            let Some(whole) = amount.checked_mul(times) else { continue };
            self.share_fee((&fee.name, fee.taxed), whole, &by, &bare, &bearing, &mut found.shared);
        }
        Ok(found)
    }

    /// The fees of the visit for each line, if one took another remedy than the one it wants.
    pub(super) fn fees_instead(
        &mut self,
        line: usize,
        remedy: u16,
        returning: &[(usize, u16)],
        of: &Effects,
    ) -> Result<Vec<Vec<SharedFee>>, Trouble> {
        if !self.has_visit_fees() {
            return Ok(Vec::new());
        }
        let mut others: Vec<(usize, u16)> = returning.iter().copied().filter(|(other, _)| *other != line).collect();
        others.push((line, remedy));
        others.sort_unstable();
        let progress = std::mem::replace(&mut self.progress, Progress::new(self.facts.request));
        let made = self.visit_fees(&others, of);
        self.progress = progress;
        let VisitFees { shared, troubles, .. } = match made {
            Ok(made) => made,
            Err(unknown) => {
                // Told again where the line's own amounts are asked for.
                if let Some(frame) = self.frames.get_mut(line) {
                    frame.missing.get_or_insert(unknown);
                }
                return Ok(Vec::new());
            }
        };
        match troubles.into_iter().find(|(of, _)| *of == line) {
            Some((_, trouble)) => Err(trouble),
            None => Ok(shared),
        }
    }

    pub(super) fn has_visit_fees(&self) -> bool {
        self.visit.version.choices.fees.iter().any(|fee| is_of_visit(fee.unit))
    }

    /// The lines as they are without these fees.
    fn bare(&mut self, returning: &[(usize, u16)], of: &Effects) -> Result<Vec<Bare>, Unknown> {
        let mut bare = Vec::new();
        for (line, wants) in returning {
            if !self.kind(*wants).is_some_and(RemedyKind::takes_back) {
                continue;
            }
            let effect = match of.get(*line) {
                Some(Some(Ok(effect))) => effect.clone(),
                Some(Some(Err(_))) => continue,
                _ => Effect::default(),
            };
            let made = self.of_line(*line, *wants, &effect, &[]);
            if let Some(unknown) = self.frames.get_mut(*line).and_then(|f| f.missing.take()) {
                return Err(unknown);
            }
            if let Ok(amounts) = made {
                // Several lines of one sold line add up.
                self.progress.add(self.facts.request, *line, &amounts);
                bare.push((*line, *wants, amounts));
            }
        }
        self.progress = Progress::new(self.facts.request);
        Ok(bare)
    }

    /// The largest that the lines say of a fee.
    fn largest(&mut self, fee: usize, bare: &[Bare], found: &mut VisitFees) -> Result<Largest, Unknown> {
        let mut best: Option<(Decimal, Credits)> = None;
        let mut bearing: Vec<usize> = Vec::new();
        for (line, wants, amounts) in bare {
            let frame = match self.visit_frames.get_mut(*line) {
                Some(Some(frame)) => frame,
                _ => match self.frames.get_mut(*line) {
                    Some(frame) => frame,
                    None => continue,
                },
            };
            let laws = self.states.get(*line).map_or(&[][..], |s| &s.laws);
            let maker = Line::alone(self.program, &self.facts, &self.progress, (*line, *wants), laws);
            let made = maker.visit_fee(frame, fee, amounts.goods, &mut found.law);
            if let Some(unknown) = frame.missing.take() {
                return Err(unknown);
            }
            match made {
                Ok(Some((amount, by))) if !amount.is_zero() => {
                    bearing.push(*line);
                    match &mut best {
                        Some((most, who)) if *most == amount => who.merge(&by),
                        Some((most, _)) if *most > amount => {}
                        _ => best = Some((amount, by)),
                    }
                }
                Ok(_) => {}
                Err(trouble) => found.troubles.push((*line, trouble)),
            }
        }
        Ok(best.map(|(amount, by)| (amount, by, bearing)))
    }

    /// Shares a fee over the lines that bear it, by what they bring; each part bears the tax of its line.
    fn share_fee(
        &self,
        (name, taxed): (&Arc<str>, bool),
        whole: Decimal,
        by: &Credits,
        bare: &[Bare],
        bearing: &[usize],
        shared: &mut [Vec<SharedFee>],
    ) {
        let weight = |(line, _, amounts): &Bare| match bearing.binary_search(line).is_ok() {
            true => amounts.goods.saturating_sub(amounts.reduction).max(ZERO),
            false => ZERO,
        };
        let weights: Vec<Decimal> = bare.iter().map(weight).collect();
        let parts = share(whole, &weights, self.program.currency.minor_digits()).unwrap_or_default();
        for ((line, wants, _), part) in bare.iter().zip(parts) {
            let Some(list) = shared.get_mut(*line).filter(|_| !part.is_zero()) else { continue };
            list.push((name.clone(), part, by.clone()));
            let maker = Line::alone(self.program, &self.facts, &self.progress, (*line, *wants), &[]);
            let tax = taxed.then(|| maker.fee_tax(part, self.visit.version).ok()).flatten();
            if let Some(tax) = tax.filter(|tax| !tax.is_zero()) {
                list.push((tax_name(name), tax, by.clone()));
            }
        }
    }
}

fn is_of_visit(unit: FeeUnit) -> bool {
    matches!(unit, FeeUnit::Return | FeeUnit::Label)
}
