//! What the visit comes to (docs/reference/order.md, "Totals").

use rust_decimal::Decimal;

use crate::decision::{Asked, Balance, Credits, Gap, Outcome};
use crate::facts::{RemedyKind, Stage, builtin};
use crate::request::NewGoods;

use super::amounts::{Trouble, minus, plus};
use super::conditions::Unknown;
use super::{Run, ZERO};

impl Run<'_> {
    /// The money of the lines that count.
    pub(super) fn balance(&self, counts: impl Fn(&Self, usize) -> bool) -> Result<Balance, Trouble> {
        let mut balance = Balance::default();
        let mut sales: Vec<&str> = Vec::new();
        for (line, state) in self.states.iter().enumerate() {
            let Some(wants) = state.wants.filter(|_| counts(self, line)) else { continue };
            let value = state.amounts.value;
            let request = self.request().lines.get(line);
            match self.kind(wants) {
                Some(RemedyKind::Goods) => {
                    balance.credit = plus(balance.credit, value)?;
                    let new = match request.and_then(|l| l.new.as_ref()) {
                        Some(new) => price_of(new)?.ok_or(Trouble::Ask(Asked::Fact(builtin::NEW_PRICE)))?,
                        // Without new goods named, it is the identical item.
                        None => value,
                    };
                    balance.new_goods = plus(balance.new_goods, new)?;
                }
                Some(kind) if is_money(kind) => {
                    balance.refund = plus(balance.refund, value)?;
                    let sale = request.and_then(|l| l.sold).and_then(|(s, _)| self.request().sales.get(s));
                    sales.extend(sale.filter(|_| !self.decision.shipping.is_empty()).map(|sale| &*sale.id));
                }
                _ => {}
            }
        }
        sales.sort_unstable();
        for back in self.decision.shipping.iter().filter(|b| sales.binary_search(&&*b.sale).is_ok()) {
            let mut whole = back.amount;
            for (_, tax) in &back.taxes {
                whole = plus(whole, *tax)?;
            }
            balance.shipping = plus(balance.shipping, whole)?;
        }
        balance.refund = plus(balance.refund, balance.shipping)?;
        for new in &self.request().new_goods {
            balance.new_goods = plus(balance.new_goods, price_of(new)?.unwrap_or(ZERO))?;
        }
        let net = minus(plus(balance.refund, balance.credit)?, balance.new_goods)?;
        balance.to_customer = net.max(ZERO);
        balance.to_pay = (-net).max(ZERO);
        Ok(balance)
    }

    /// Notes the totals for conditions; trouble with them is trouble of every line that brings money.
    pub(super) fn settle_totals(&mut self, balance: Result<Balance, Trouble>) -> Result<(), Unknown> {
        self.facts.settled.stage = Stage::Totals;
        match balance {
            Ok(balance) => {
                let settled = &mut self.facts.settled;
                settled.refund = Some(balance.refund);
                settled.credit = Some(balance.credit);
                settled.to_pay = Some(balance.to_pay);
                settled.uncovered = match &self.facts.request.pay_with {
                    Some((_, Some(left))) => Some(balance.to_pay.saturating_sub(*left).max(ZERO)),
                    // A card with an unknown balance may or may not do; anything else pays what is due.
                    Some((tender, None))
                        if self.program.schema.tender(tender.tender) == "gift card" && !balance.to_pay.is_zero() =>
                    {
                        None
                    }
                    _ => Some(ZERO),
                };
                self.decision.balance = balance;
            }
            Err(trouble) => {
                for line in 0..self.states.len() {
                    if !self.offered(line) {
                        continue;
                    }
                    let Some(state) = self.states.get_mut(line) else { continue };
                    match &trouble {
                        Trouble::Ask(asked) => state.ask.push(asked.clone()),
                        Trouble::Gap(gap) => state.gap = Some((*gap, Credits::new())),
                        Trouble::Conflict(by) => state.conflict = Some(by.clone()),
                    }
                }
            }
        }
        Ok(())
    }

    /// The money of the visit once guards have spoken: of the lines that are not refused.
    pub(super) fn final_balance(&mut self) -> Result<(), Unknown> {
        let stopped = (0..self.states.len()).any(|l| self.states.get(l).is_some_and(|s| !s.stops.is_empty()));
        if !stopped {
            return Ok(());
        }
        // What was never offered brings nothing, and its new goods are not charged.
        let counts = |run: &Self, line: usize| run.offered(line) && run.outcome(line) <= Outcome::Refer;
        let open: Vec<usize> = (0..self.states.len()).filter(|l| counts(self, *l)).collect();
        self.decision.shipping = self.shipping(&open)?;
        if let Ok(balance) = self.balance(counts) {
            self.decision.balance = balance;
        }
        Ok(())
    }
}

pub(super) fn is_money(kind: &RemedyKind) -> bool {
    kind.is_money()
}

/// Whether money is given for goods that come back.
pub(super) fn brings_money(kind: &RemedyKind) -> bool {
    kind.is_money() && kind.takes_back()
}

/// New goods with their tax; nothing when the price is not known.
pub(super) fn price_of(new: &NewGoods) -> Result<Option<Decimal>, Trouble> {
    let Some(price) = new.price else { return Ok(None) };
    let mut whole = price.checked_mul(Decimal::from(new.quantity)).ok_or(Trouble::Gap(Gap::Overflow))?;
    for tax in new.taxes.iter().filter(|t| !t.included) {
        whole = plus(whole, tax.amount)?;
    }
    Ok(Some(whole))
}
