//! Money of the visit: refunds, credit, new goods and delivery.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use takeback::syntax::ast::RemedyKind;

use super::amounts::{Amounts, Takes};
use super::conditions::{Case, Key};
use super::decide::Line;
use super::visit::{count, decimal, list, text};

/// Money of the visit, before guards.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) refund: Decimal,
    pub(crate) credit: Decimal,
    pub(crate) new_goods: Decimal,
    /// By sale, with its taxes.
    pub(crate) shipping: BTreeMap<usize, Decimal>,
    pub(crate) ask: BTreeSet<String>,
}

impl Case<'_> {
    fn kind(&self, remedy: &str) -> RemedyKind {
        self.book.remedies[remedy].clone()
    }

    /// Lines that take money, of a sale.
    pub(super) fn paid_back(&self, takes: &Takes, line: usize) -> bool {
        takes[line]
            .as_ref()
            .is_some_and(|remedy| matches!(self.kind(remedy), RemedyKind::Money | RemedyKind::MoneyTo(_)))
    }

    pub(crate) fn takes_goods(&self, takes: &Takes, line: usize) -> bool {
        takes[line].as_ref().is_some_and(|remedy| matches!(self.kind(remedy), RemedyKind::Goods))
    }

    pub(super) fn totals(&self, lines: &[Line], takes: &Takes) -> Result<Totals, Key> {
        let mut totals = Totals::default();
        for line in 0..lines.len() {
            let value = self.value(lines, takes, line);
            if self.paid_back(takes, line) {
                totals.refund += value;
            }
            if self.takes_goods(takes, line) {
                totals.credit += value;
                let coming = &self.visit.returns[line];
                let new = &coming.json["new"];
                if new.is_null() {
                    totals.new_goods += value;
                } else {
                    match self.price_of_new(new) {
                        Some(price) => totals.new_goods += price,
                        None => {
                            totals.ask.insert(format!("new.price line {}", coming.id));
                        }
                    }
                }
            }
        }
        for new in list(&self.visit.json, "/new_goods") {
            match self.price_of_new(new) {
                Some(price) => totals.new_goods += price,
                None => {
                    totals.ask.insert(format!("new_goods {}", text(new, "/id").unwrap()));
                }
            }
        }
        for sale in 0..self.visit.sales().len() {
            let back = self.shipping(lines, takes, sale)?;
            totals.refund += back;
            totals.shipping.insert(sale, back);
        }
        Ok(totals)
    }

    /// What a line is worth by the remedy it takes.
    pub(crate) fn value(&self, lines: &[Line], takes: &Takes, line: usize) -> Decimal {
        let amounts = takes[line].as_ref().and_then(|remedy| lines[line].remedies[remedy].amounts.as_ref());
        amounts.map_or(Decimal::ZERO, Amounts::value)
    }

    fn price_of_new(&self, new: &serde_json::Value) -> Option<Decimal> {
        let quantity = Decimal::from(count(new, "/quantity").unwrap_or(1));
        let goods = self.round(decimal(new, "/price")? * quantity);
        let taxes = list(new, "/taxes");
        let on_top = taxes.iter().filter(|tax| tax["included"] != serde_json::Value::Bool(true));
        Some(goods + on_top.map(|tax| decimal(tax, "/amount").unwrap()).sum::<Decimal>())
    }

    /// Shipping of a sale that goes back now, with its tax.
    fn shipping(&self, lines: &[Line], takes: &Takes, sale: usize) -> Result<Decimal, Key> {
        use takeback::terms::ShippingRule;
        let json = self.visit.sale(sale);
        let Some(shipping) = json.get("shipping").filter(|shipping| !shipping.is_null()) else {
            return Ok(Decimal::ZERO);
        };
        let of_sale: Vec<usize> = (0..lines.len())
            .filter(|line| self.visit.returns[*line].sold.is_some_and(|(s, _)| s == sale))
            .filter(|line| self.paid_back(takes, *line))
            .collect();
        if of_sale.is_empty() {
            return Ok(Decimal::ZERO);
        }
        let rule = self.shipping_rule(sale)?;
        let paid = decimal(shipping, "/paid").unwrap();
        let sold = list(json, "/lines").len();
        let all: Decimal = self.visit.paid(sale, self.edition).iter().sum();
        let goods_now: Decimal = of_sale
            .iter()
            .map(|line| lines[*line].remedies[takes[*line].as_ref().unwrap()].amounts.as_ref().unwrap().goods)
            .sum();
        let goods_before: Decimal = (0..sold).map(|line| self.visit.earlier_sum((sale, line), &["goods"])).sum();
        let everything = (0..sold).all(|line| {
            let now: u32 = (0..lines.len())
                .filter(|one| takes[*one].is_some() && self.takes_value(takes, *one).is_some())
                .filter(|one| self.visit.returns[*one].sold == Some((sale, line)))
                .map(|one| self.visit.returns[one].quantity)
                .sum();
            self.visit.came_back((sale, line)) + now >= self.visit.bought((sale, line))
        });
        let part = |whole: Decimal| match rule {
            ShippingRule::NotReturned => Decimal::ZERO,
            ShippingRule::Returned | ShippingRule::UpToCheapest if all.is_zero() => whole,
            ShippingRule::Returned | ShippingRule::UpToCheapest => {
                self.round(whole * (goods_before + goods_now).min(all) / all)
            }
            ShippingRule::WithLastItem if everything => whole,
            ShippingRule::WithLastItem => Decimal::ZERO,
        };
        let cheapest = match rule {
            ShippingRule::UpToCheapest => decimal(shipping, "/cheapest").unwrap_or(paid).min(paid),
            ShippingRule::Returned | ShippingRule::WithLastItem | ShippingRule::NotReturned => paid,
        };
        let earlier = self.visit.earlier_of_sale(sale, &["shipping"]);
        let mut back = (part(cheapest) - earlier).max(Decimal::ZERO);
        if json["tax_exempt"] != serde_json::Value::Bool(true) {
            for tax in list(shipping, "/taxes") {
                if tax["included"] == serde_json::Value::Bool(true) {
                    continue;
                }
                let id = text(tax, "/id").unwrap();
                let whole = decimal(tax, "/amount").unwrap();
                // As much of the tax as of the shipping it was charged on.
                let whole = if paid.is_zero() { whole } else { whole * cheapest / paid };
                let earlier = self.visit.earlier_of_sale(sale, &["shipping_taxes", &id]);
                back += (self.round(part(whole)) - earlier).max(Decimal::ZERO);
            }
        }
        Ok(back)
    }
}
