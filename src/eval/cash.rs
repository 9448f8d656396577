//! Cash in coins: what is handed out or paid in is a multiple of the smallest one (docs/reference/order.md, "Tenders"). The amounts
//! themselves stay as they are.

use rust_decimal::Decimal;

use crate::decision::Payout;
use crate::facts::{Value, builtin, domain};
use crate::money::{Rounding, cash_round};
use crate::once::Once;

use super::Run;
use super::conditions::{At, Place, Unknown, What};

impl Run<'_> {
    /// Tells what changes hands in coins, where the policy says that cash is rounded.
    pub(super) fn coins(&mut self) -> Result<(), Unknown> {
        let Some(cash) = &self.visit.version.choices.cash else { return Ok(()) };
        let Some(tender) = self.program.schema.domain(domain::TENDERS).and_then(|tenders| tenders.find("cash")) else {
            return Ok(());
        };
        let pays = self.request().pay_with.as_ref().is_some_and(|(with, _)| with.tender == tender)
            && !self.decision.balance.to_pay.is_zero();
        if !pays && !self.decision.payouts.iter().any(|payout| payout.to == tender) {
            return Ok(());
        }
        let here = self.facts.get(builtin::VISIT_COUNTRY, &At::default());
        match here {
            _ if cash.countries.is_empty() => {}
            Some(Value::Text(country)) if cash.countries.contains(&country) => {}
            Some(_) => return Ok(()),
            None => return Err(Unknown { what: What::Fact(builtin::VISIT_COUNTRY), place: Place::Visit }),
        }
        if pays {
            let balance = &mut self.decision.balance;
            let coins = cash_round(balance.to_pay, cash.step, Rounding::HalfUp).ok();
            balance.to_pay_in_cash = coins.filter(|coins| *coins != balance.to_pay);
        }
        // What is paid at one time is one total.
        let (mut times, mut together): (Once<_>, Vec<Vec<&mut Payout>>) = Default::default();
        for payout in self.decision.payouts.iter_mut().filter(|payout| payout.to == tender) {
            let place = times.place((payout.not_before, payout.due, payout.pending));
            together.resize_with(times.len(), Vec::new);
            if let Some(payouts) = together.get_mut(place) {
                payouts.push(payout);
            }
        }
        together.into_iter().for_each(|payouts| hand_out(payouts, cash.step));
        Ok(())
    }
}

/// Rounds payouts as one total; the last of them bears the difference, as far as it can.
fn hand_out(payouts: Vec<&mut Payout>, step: Decimal) {
    let whole = payouts.iter().try_fold(Decimal::ZERO, |sum, payout| sum.checked_add(payout.amount));
    let rounded = whole.and_then(|whole| Some((whole, cash_round(whole, step, Rounding::HalfUp).ok()?)));
    let Some((whole, rounded)) = rounded else { return };
    let mut more = rounded - whole;
    for payout in payouts.into_iter().rev() {
        let given = (payout.amount + more).max(Decimal::ZERO);
        more -= given - payout.amount;
        payout.handed_out = Some(given).filter(|given| *given != payout.amount);
    }
}
