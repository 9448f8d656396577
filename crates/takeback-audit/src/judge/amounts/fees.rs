//! Fees of a visit, per return and per label: the decision shares them over the lines that bear them, and tills keep them on
//! whatever line they like.

use rust_decimal::Decimal;
use takeback::decision::{Credits, Part};
use takeback::terms::FeeUnit;

use super::{Compared, NONE, parts};
use crate::judge::{Cx, Place};

impl Cx<'_> {
    /// Lets the fees of the visit count for the lines that they were kept on, where that is known.
    pub(super) fn keep_fees(&self, compared: &mut [Compared<'_>]) {
        if compared.len() < 2 {
            return;
        }
        let (shares, by): (Vec<Decimal>, Vec<Credits>) =
            compared.iter().map(|one| self.fees_of_visit(one.place)).unzip();
        let Some(kept) = kept_fees(compared, &shares) else { return };
        let mut all = Credits::new();
        by.iter().for_each(|by| all.merge(by));
        for ((one, share), kept) in compared.iter_mut().zip(shares).zip(kept) {
            one.expected.fee += kept - share;
            one.expected.total -= kept - share;
            if kept > NONE {
                one.fee_by = all.clone();
            }
        }
    }

    /// What falls to a line of the fees of the visit, per return and per label, with the tax on them.
    fn fees_of_visit(&self, place: Place<'_>) -> (Decimal, Credits) {
        let (mut sum, mut by) = (NONE, Credits::new());
        let Some(version) = self.policy.program().versions.get(place.decision.version) else { return (sum, by) };
        let of_visit = version.choices.fees.iter().filter(|fee| matches!(fee.unit, FeeUnit::Return | FeeUnit::Label));
        let names: Vec<&str> = of_visit.map(|fee| &*fee.name).collect();
        for amount in parts(place).iter().filter(|amount| amount.part == Part::Fee) {
            let name = amount.name.as_deref().unwrap_or_default();
            if names.contains(&name.strip_suffix(" tax").unwrap_or(name)) {
                sum -= amount.amount;
                by.merge(&amount.by);
            }
        }
        (sum, by)
    }
}

/// What counts as kept on each line of the fees of the visit, of which each bears a share. Where it comes to the same together,
/// what was; else all on the line that tells of it, or on those that together tell of all of it; else on one that was given that
/// much less. None: as the decision shares them.
fn kept_fees(compared: &[Compared<'_>], shares: &[Decimal]) -> Option<Vec<Decimal>> {
    let whole: Decimal = shares.iter().sum();
    if whole == NONE {
        return None;
    }
    let lines = || compared.iter().zip(shares);
    // Delivery that is told apart says nothing of fees.
    let less =
        |(one, share): (&Compared<'_>, &Decimal)| share + one.actual.shipping.unwrap_or_default() - one.surplus();
    let less: Vec<Decimal> = lines().map(less).collect();
    if less.iter().sum::<Decimal>() == whole && less.iter().all(|less| *less >= NONE) {
        return Some(less);
    }
    let told = |(one, share): (&Compared<'_>, &Decimal)| {
        one.actual.fee.map_or(NONE, |fee| (fee - (one.expected.fee - share)).max(NONE))
    };
    let told: Vec<Decimal> = lines().map(told).collect();
    if told.iter().sum::<Decimal>() == whole {
        return Some(told);
    }
    let bears = |line: &usize| lines().nth(*line).is_some_and(|(one, share)| one.expected.total + share >= whole);
    let all_on = |line: usize| (0..compared.len()).map(|other| if other == line { whole } else { NONE }).collect();
    let mut tells = (0..told.len()).filter(|line| told.get(*line).is_some_and(|told| *told > NONE));
    match (tells.next(), tells.next()) {
        (Some(line), None) if told.get(line) != shares.get(line) => Some(line),
        (None, _) => (0..less.len()).find(|line| less.get(*line).is_some_and(|less| *less >= whole)),
        (Some(_), _) => None,
    }
    .filter(bears)
    .map(all_on)
}
