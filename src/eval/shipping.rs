//! What the visit gives back of delivery, sale by sale (docs/reference/order.md, "Totals").

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::decision::{Bound, Clamp, Credits, Gap, ShippingBack};
use crate::facts::RemedyKind;
use crate::money::cumulative;
use crate::program::{AttributeValue, Version};
use crate::request::{Sale, Shipping};
use crate::terms::ShippingRule;

use super::amounts::{Trouble, minus, plus, proportion};
use super::conditions::Unknown;
use super::law::stated;
use super::progress::ahead;
use super::resolve::Resolved;
use super::totals::brings_money;
use super::{Run, ZERO};

impl Run<'_> {
    /// Delivery of each sale, for those of some lines that get a money remedy.
    pub(super) fn shipping(&mut self, lines: &[usize]) -> Result<Vec<ShippingBack>, Unknown> {
        let mut found = Vec::new();
        let request = self.request();
        if request.sales.iter().all(|sale| sale.shipping.is_none()) {
            return Ok(found);
        }
        let sale_of = |l: usize| request.lines.get(l).and_then(|x| x.sold).map(|(sale, _)| sale);
        let mut of_sales: Vec<(usize, usize)> = lines.iter().filter_map(|l| Some((sale_of(*l)?, *l))).collect();
        of_sales.sort_by_key(|(sale, _)| *sale);
        for (at, sale) in request.sales.iter().enumerate() {
            let Some(shipping) = &sale.shipping else { continue };
            let first = of_sales.partition_point(|(sale, _)| *sale < at);
            let back: Vec<usize> = of_sales
                .iter()
                .skip(first)
                .take_while(|(sale, _)| *sale == at)
                .map(|(_, line)| *line)
                .filter(|line| self.offered(*line) && self.wanted_kind(*line).is_some_and(RemedyKind::takes_back))
                .collect();
            let money = |line: &usize| self.wanted_kind(*line).is_some_and(brings_money);
            let mine: Vec<usize> = back.iter().copied().filter(money).collect();
            let Some(first) = mine.first().copied() else { continue };
            let Some((rule, by, version)) = self.shipping_rule(first, &mine)? else { continue };
            match self.shipping_back(sale, shipping, rule, (&mine, &back), version) {
                Ok(Some((amount, taxes))) if !amount.is_zero() || !taxes.is_empty() => {
                    found.push(ShippingBack { sale: sale.id.clone(), amount, taxes, by });
                }
                Ok(_) => {}
                Err(_) => {
                    if let Some(state) = self.states.get_mut(first) {
                        state.gap = Some((Gap::Overflow, Credits::new()));
                    }
                }
            }
        }
        Ok(found)
    }

    fn wanted_kind(&self, line: usize) -> Option<&RemedyKind> {
        self.states.get(line).and_then(|s| s.wants).and_then(|w| self.kind(w))
    }

    /// What holds for the delivery of a sale, of which some lines come back: what the first of them says, or the law where that
    /// is better; none where clauses contradict.
    fn shipping_rule<'p>(&mut self, first: usize, mine: &[usize]) -> Result<Option<Rule<'p>>, Unknown>
    where
        Self: 'p,
    {
        let Some(frame) = self.frames.get_mut(first) else { return Ok(None) };
        let version = frame.version;
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Shipping(rule) => Some(Decimal::from(shipping_rank(*rule))),
            _ => None,
        };
        let (mut rule, mut by) = match frame.resolve(&self.facts, version.attributes.shipping, &mut rank) {
            Resolved::Value(AttributeValue::Shipping(rule), by) => (*rule, by),
            Resolved::Conflict(by) => {
                if let Some(state) = self.states.get_mut(first) {
                    state.conflict = Some(by);
                }
                return Ok(None);
            }
            _ => (version.choices.shipping, Credits::new()),
        };
        for (line, state) in mine.iter().filter_map(|line| Some((*line, self.states.get(*line)?))) {
            let Some(wants) = state.wants else { continue };
            for open in state.laws.iter().filter(|law| law.bounds(wants)) {
                let Some((AttributeValue::Shipping(law), who)) =
                    stated(frame, &self.facts, open.law.attributes.shipping)
                else {
                    continue;
                };
                if shipping_rank(*law) > shipping_rank(rule) {
                    let (policy, held) = (shipping_words(rule), shipping_words(*law));
                    self.bounded.push(Clamp::new(line, wants, Bound::Shipping, policy, held, &who));
                    (rule, by) = (*law, who);
                }
            }
        }
        match frame.missing.take() {
            Some(unknown) => Err(unknown),
            None => Ok(Some((rule, by, version))),
        }
    }

    /// The delivery that a sale gives back now, and its taxes by name: for some lines, of all that come back.
    fn shipping_back(
        &self,
        sale: &Sale,
        shipping: &Shipping,
        rule: ShippingRule,
        (mine, back): (&[usize], &[usize]),
        version: &Version,
    ) -> Result<Option<Back>, Trouble> {
        let base = match rule {
            ShippingRule::NotReturned => return Ok(None),
            ShippingRule::UpToCheapest => shipping.cheapest.unwrap_or(shipping.paid).min(shipping.paid),
            ShippingRule::Returned | ShippingRule::WithLastItem => shipping.paid,
        };
        let digits = self.program.currency.minor_digits();
        let all = match rule {
            ShippingRule::WithLastItem => self.nothing_is_left(sale, back),
            _ => self.nothing_is_left(sale, mine),
        };
        let (paid, back) = self.of_sale(sale, mine, version)?;
        // Rounded once, also of what is a share itself.
        let of = |whole: Decimal| -> Result<Decimal, Trouble> {
            match (all, rule) {
                (true, _) => Ok(version.choices.rounding.round(whole, digits)),
                (false, ShippingRule::WithLastItem) => Ok(ZERO),
                (false, _) => proportion(whole, back.min(paid), paid, digits, version),
            }
        };
        let amount = minus(of(base)?, sale.earlier_shipping)?.max(ZERO);
        let mut taxes = Vec::new();
        for (i, tax) in shipping.taxes.iter().enumerate() {
            let whole = match base == shipping.paid {
                true => tax.amount,
                false => tax
                    .amount
                    .checked_mul(base)
                    .and_then(|whole| whole.checked_div(shipping.paid))
                    .ok_or(Trouble::Gap(Gap::Overflow))?,
            };
            let gone = sale.earlier_shipping_taxes.get(i).copied().unwrap_or_default();
            let due = minus(of(whole)?, gone)?.max(ZERO);
            if !due.is_zero() && !tax.included && !sale.tax_exempt {
                taxes.push((Arc::clone(&tax.id), due));
            }
        }
        Ok(Some((amount, taxes)))
    }

    /// Whether nothing of a sale is left with the customer once some lines are back.
    fn nothing_is_left(&self, sale: &Sale, back: &[usize]) -> bool {
        let units = self.units_back(sale, back);
        sale.lines.iter().zip(units).all(|(sold, units)| units >= sold.quantity)
    }

    /// Of each line of a sale the units that are back with some lines.
    fn units_back(&self, sale: &Sale, back: &[usize]) -> Vec<u32> {
        let mut units: Vec<u32> = sale.lines.iter().map(|sold| sold.earlier.quantity).collect();
        for line in back.iter().filter_map(|line| self.request().lines.get(*line)) {
            if let Some(units) = line.sold.and_then(|(_, l)| units.get_mut(l)) {
                *units = units.saturating_add(line.quantity);
            }
        }
        units
    }

    /// What was paid for the goods of a sale, and what came back of that and comes back with some lines.
    fn of_sale(&self, sale: &Sale, mine: &[usize], version: &Version) -> Result<(Decimal, Decimal), Trouble> {
        let digits = self.program.currency.minor_digits();
        let (mut paid, mut back) = (ZERO, ZERO);
        for (sold, units) in sale.lines.iter().zip(self.units_back(sale, mine)) {
            paid = plus(paid, sold.paid)?;
            // Goods that came back count as what was paid for them; what was given for others does not count.
            let part = |whole, part, of| cumulative(whole, part, of, digits, version.choices.rounding);
            let ahead = ahead(&sold.earlier.adjusted, units, sold.quantity, &part, |one| one.goods)?;
            back = plus(back, minus(sold.earlier.goods, ahead)?)?;
        }
        for line in mine {
            back = plus(back, self.states.get(*line).map_or(ZERO, |state| state.amounts.goods))?;
        }
        Ok((paid, back))
    }
}

/// What holds for the delivery of a sale, who says so, and the version that does.
type Rule<'p> = (ShippingRule, Credits, &'p Version);

/// An amount, and taxes by name.
type Back = (Decimal, Vec<(Arc<str>, Decimal)>);

/// How good a rule is for the customer.
fn shipping_rank(rule: ShippingRule) -> u8 {
    match rule {
        ShippingRule::Returned => 3,
        ShippingRule::UpToCheapest => 2,
        ShippingRule::WithLastItem => 1,
        ShippingRule::NotReturned => 0,
    }
}

fn shipping_words(rule: ShippingRule) -> &'static str {
    match rule {
        ShippingRule::Returned => "returned",
        ShippingRule::UpToCheapest => "returned up to the cheapest",
        ShippingRule::WithLastItem => "returned with the last item",
        ShippingRule::NotReturned => "not returned",
    }
}
