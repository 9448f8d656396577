//! What a line is worth: goods, reduction, fees, deductions, taxes, in that order, each cumulative over what came back
//! before. Written after section 3 of `docs/reference/order.md`.
//!
//! Amounts are worked out for a [`Takes`]: what each line of the visit takes. A remedy that nobody asked for is worth what it
//! would be worth if this line took it and all others took what they want.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::money::{Percent, cumulative};
use takeback::syntax::ast::{Price, RemedyKind};
use takeback::terms::{Sharing, ShippingRule, TaxRule};

use super::conditions::{Case, Key, Place};
use super::fees::{PerVisit, deductions};
use super::promotions::Joint;
use super::stated::{Attr, Stated, Statement};
use super::visit::{count, decimal, list, text};

/// The remedy each line takes; none: it does not come back.
pub(crate) type Takes = Vec<Option<String>>;

/// What came of the amounts of a line.
#[derive(Debug, Clone)]
pub(crate) enum Worth {
    Is(Amounts),
    Unsettled,
    Gap,
    /// The promotions of the line leave it to a person, whatever it takes.
    Promotions,
    /// These figures must be asked.
    Ask(BTreeSet<String>),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Amounts {
    pub(crate) goods: Decimal,
    pub(crate) reduction: Decimal,
    pub(crate) fees: Vec<(String, Decimal)>,
    pub(crate) deductions: Vec<(String, Decimal)>,
    /// Name, amount, whether it is inside the goods.
    pub(crate) taxes: Vec<(String, Decimal, bool)>,
}

impl Amounts {
    /// Goods less everything kept.
    pub(crate) fn net(&self) -> Decimal {
        let kept: Decimal = self.fees.iter().chain(&self.deductions).map(|(_, amount)| amount).sum();
        self.goods - self.reduction - kept
    }
    pub(crate) fn value(&self) -> Decimal {
        let tax: Decimal = self.taxes.iter().filter(|(_, _, included)| !included).map(|(_, amount, _)| amount).sum();
        self.net() + tax
    }
}

/// What has come back of a sold line so far: earlier returns and the lines of this visit before.
#[derive(Debug, Clone, Default)]
pub(crate) struct SoFar {
    pub(crate) units: u32,
    pub(crate) goods: Decimal,
    /// Taxes given back.
    pub(crate) taxes: BTreeMap<String, Decimal>,
    pub(crate) portions: Vec<Portion>,
}

/// Goods that came back at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Portion {
    pub(crate) units: u32,
    pub(crate) goods: Decimal,
    pub(crate) fees: BTreeMap<String, Decimal>,
    pub(crate) deductions: BTreeMap<String, Decimal>,
}

/// Goods of a line before anything is kept of them.
pub(crate) struct Start {
    pub(crate) goods: Decimal,
    pub(crate) reduction: Decimal,
}

pub(crate) enum Trouble {
    Unsettled,
    Gap,
    Promotions,
    Ask(String),
}

impl Case<'_> {
    /// What every line is worth that takes a remedy of money or goods.
    pub(crate) fn amounts(&self, takes: &Takes) -> Result<Vec<Option<Worth>>, Key> {
        let mut so_far: BTreeMap<(usize, usize), SoFar> = BTreeMap::new();
        let joint = self.joint(takes)?;
        let mut returned: Vec<Option<Worth>> = Vec::new();
        let mut starts = Vec::new();
        // Goods first, for all lines: fees of the whole visit are shared by them.
        let mut units_so_far = BTreeMap::new();
        for line in 0..takes.len() {
            starts.push(match self.takes_value(takes, line) {
                Some(remedy) => Some(self.goods_of(line, remedy, &joint, &mut units_so_far, takes)?),
                None => None,
            });
        }
        let weights: Vec<Decimal> = starts
            .iter()
            .map(|start| match start {
                Some(Ok(start)) => start.goods - start.reduction,
                Some(Err(_)) | None => Decimal::ZERO,
            })
            .collect();
        let per_visit = self.per_visit_fees(takes, &starts)?;
        for (line, start) in starts.iter().enumerate() {
            let worth = match start {
                None => None,
                Some(Err(Trouble::Unsettled)) => Some(Worth::Unsettled),
                Some(Err(Trouble::Gap)) => Some(Worth::Gap),
                Some(Err(Trouble::Promotions)) => Some(Worth::Promotions),
                Some(Err(Trouble::Ask(what))) => Some(Worth::Ask([what.clone()].into())),
                Some(Ok(start)) => {
                    let remedy = takes[line].as_ref().unwrap();
                    let before = match self.visit.returns[line].sold {
                        Some(sold) => so_far.entry(sold).or_insert_with(|| self.came_before(sold)).clone(),
                        None => SoFar::default(),
                    };
                    Some(self.kept(line, remedy, start, &before, &per_visit, &weights, &joint, takes)?)
                }
            };
            if let (Some(Worth::Is(amounts)), Some(sold)) = (&worth, self.visit.returns[line].sold) {
                let so_far = so_far.get_mut(&sold).unwrap();
                so_far.units += self.visit.returns[line].quantity;
                so_far.goods += amounts.goods;
                for (name, tax, _) in &amounts.taxes {
                    *so_far.taxes.entry(name.clone()).or_default() += tax;
                }
                so_far.portions.push(Portion {
                    units: self.visit.returns[line].quantity,
                    goods: amounts.goods,
                    fees: amounts.fees.iter().cloned().collect(),
                    deductions: amounts.deductions.iter().cloned().collect(),
                });
            }
            returned.push(worth);
        }
        Ok(returned)
    }

    /// The remedy a line takes, when it has amounts.
    pub(crate) fn takes_value<'t>(&self, takes: &'t Takes, line: usize) -> Option<&'t String> {
        takes[line].as_ref().filter(|remedy| !matches!(self.book.remedies[*remedy], RemedyKind::Service))
    }

    pub(crate) fn came_before(&self, sold: (usize, usize)) -> SoFar {
        let map = |line: &Json, member: &str| -> BTreeMap<String, Decimal> {
            let amounts = line.get(member).and_then(Json::as_object).cloned().unwrap_or_default();
            amounts.into_iter().map(|(name, amount)| (name, decimal(&amount, "").unwrap())).collect()
        };
        let mut so_far = SoFar::default();
        for line in self.visit.earlier(sold) {
            let units = count(line, "/quantity").unwrap_or(0);
            let goods = decimal(line, "/goods").unwrap_or_default();
            so_far.units += units;
            so_far.goods += goods;
            for (name, tax) in map(line, "taxes") {
                *so_far.taxes.entry(name).or_default() += tax;
            }
            let (fees, deductions) = (map(line, "fees"), map(line, "deductions"));
            so_far.portions.push(Portion { units, goods, fees, deductions });
        }
        so_far
    }

    /// A tax's share of some units, after others.
    fn share_of_tax(&self, sold: (usize, usize), tax: &Json, before: u32, units: u32) -> Decimal {
        let all = decimal(tax, "/amount").unwrap();
        let bought = self.visit.bought(sold);
        self.cumulative(all, before + units, bought) - self.cumulative(all, before, bought)
    }

    /// The taxes of a sold line; none of a sale that is exempt.
    fn taxes_of(&self, sold: (usize, usize)) -> Vec<Json> {
        if self.visit.sale(sold.0)["tax_exempt"] == Json::Bool(true) {
            return Vec::new();
        }
        list(self.visit.sold_line(sold), "/taxes").to_vec()
    }

    /// Goods without the taxes inside them.
    pub(super) fn untaxed(&self, line: usize, goods: Decimal) -> Decimal {
        let Some(sold) = self.visit.returns[line].sold else { return goods };
        let paid = self.visit.paid(sold.0, self.edition)[sold.1];
        let taxes = self.taxes_of(sold);
        let inside = taxes.iter().filter(|tax| is_included(tax));
        goods - inside.map(|tax| self.in_proportion(decimal(tax, "/amount").unwrap(), goods, paid)).sum::<Decimal>()
    }

    /// `part / whole` of an amount, all of it where there is no whole.
    fn in_proportion(&self, amount: Decimal, part: Decimal, whole: Decimal) -> Decimal {
        if part == whole || whole.is_zero() { amount } else { self.round(amount * part / whole) }
    }

    /// Goods and reduction of a line. `units_so_far` counts units and goods of the lines before it in this visit.
    fn goods_of(
        &self,
        line: usize,
        remedy: &str,
        joint: &Joint,
        visit_so_far: &mut BTreeMap<(usize, usize), (u32, Decimal)>,
        takes: &Takes,
    ) -> Result<Result<Start, Trouble>, Key> {
        let coming = &self.visit.returns[line];
        let edition = self.edition;
        let place = self.place(line);
        if joint.overlap.contains(&line) || self.gift(line, takes).is_none() {
            return Ok(Err(Trouble::Promotions));
        }
        // What cannot be compared because nobody told it is asked; what was paid for goods without a sale cannot be told.
        let untold = std::cell::RefCell::new(None);
        let rank = |statement: &Statement| match &statement.value {
            Stated::Basis { percent, price } => Ok(vec![match self.price(line, price) {
                Some(price) => *percent * price,
                None => {
                    let trouble = asked(price).map(|what| Trouble::Ask(format!("{what} line {}", coming.id)));
                    untold.borrow_mut().get_or_insert(trouble.unwrap_or(Trouble::Unsettled));
                    Decimal::MIN
                }
            }]),
            other => panic!("{other:?} is no basis"),
        };
        let found = self.resolve(edition, &Attr::Basis(remedy.to_owned()), place, &rank)?;
        if let Some(trouble) = untold.into_inner() {
            return Ok(Err(trouble));
        }
        let (percent, price) = match &found {
            None => return Ok(Err(Trouble::Gap)),
            Some(found) if found.conflict => return Ok(Err(Trouble::Unsettled)),
            Some(found) => match found.value() {
                Stated::Basis { percent, price } => (*percent, price.clone()),
                other => panic!("{other:?} is no basis"),
            },
        };

        // By the price paid.
        let by_price_paid = coming.sold.map(|sold| {
            let paid = self.visit.paid(sold.0, edition)[sold.1];
            let before = self.came_before(sold);
            let (units, goods) = visit_so_far.get(&sold).copied().unwrap_or_default();
            let left = (paid - before.goods - goods).max(Decimal::ZERO);
            match joint.now.get(&line) {
                Some(now) => *now,
                None => {
                    let all = before.units + units + coming.quantity;
                    let due = self.cumulative(paid, all, self.visit.bought(sold));
                    (due - before.goods - goods).max(Decimal::ZERO).min(left)
                }
            }
        });
        let quantity = Decimal::from(coming.quantity);
        let base = match &price {
            Price::Paid => match by_price_paid {
                Some(due) => due,
                None => return Ok(Err(Trouble::Ask(format!("item.price line {}", coming.id)))),
            },
            Price::Nothing => Decimal::ZERO,
            Price::Current | Price::List | Price::LowestIn(_) => {
                let Some(one) = self.price(line, &price) else {
                    return Ok(Err(Trouble::Ask(format!("{} line {}", asked(&price).unwrap(), coming.id))));
                };
                quantity * one
            }
        };
        let given = self.round(Percent(percent).of(base).unwrap());
        // What was paid for these units is used up; goods without a sale have no reduction.
        let goods = by_price_paid.unwrap_or(given);
        let given = given.min(goods);
        if let Some(sold) = coming.sold {
            let so_far = visit_so_far.entry(sold).or_default();
            so_far.0 += coming.quantity;
            so_far.1 += goods;
        }
        Ok(Ok(Start { goods, reduction: goods - given }))
    }

    /// One unit's price; none when it is not known, or is not one price (what was paid).
    fn price(&self, line: usize, price: &Price) -> Option<Decimal> {
        let coming = &self.visit.returns[line];
        match price {
            Price::Paid => {
                let sold = coming.sold?;
                Some(self.visit.paid(sold.0, self.edition)[sold.1] / Decimal::from(self.visit.bought(sold)))
            }
            Price::Current => decimal(&coming.json, "/current_price"),
            Price::List => {
                let sold_for = coming.sold.and_then(|sold| decimal(self.visit.sold_line(sold), "/unit_price"));
                sold_for.or_else(|| decimal(&coming.json, "/list_price"))
            }
            Price::LowestIn(length) => decimal(coming.json.get("lowest_price")?.get(length.to_string())?, ""),
            Price::Nothing => Some(Decimal::ZERO),
        }
    }

    /// Fees, deductions and taxes of a line.
    #[expect(clippy::too_many_arguments, reason = "everything the amounts of a line depend on, openly")]
    fn kept(
        &self,
        line: usize,
        remedy: &str,
        start: &Start,
        before: &SoFar,
        per_visit: &BTreeMap<String, PerVisit>,
        weights: &[Decimal],
        joint: &Joint,
        takes: &Takes,
    ) -> Result<Worth, Key> {
        let edition = self.edition;
        let coming = &self.visit.returns[line];
        let place = self.place(line);
        let taxes = coming.sold.map_or(Vec::new(), |sold| self.taxes_of(sold));
        let mut amounts = Amounts { goods: start.goods, reduction: start.reduction, ..Amounts::default() };
        let given = start.goods - start.reduction;

        // Fees in the order of the header, then deductions by name; each is cut to what is left.
        let mut room = given;
        for name in edition.fees() {
            let (fee, tax) = match self.fee_now(line, &name, remedy, start, before, per_visit, weights, &taxes)? {
                Ok(now) => now,
                Err(worth) => return Ok(worth),
            };
            for (name, now) in [(name.clone(), Some(fee)), (format!("{name} tax"), tax)] {
                let Some(now) = now.map(|now| now.max(Decimal::ZERO).min(room)) else { continue };
                room -= now;
                amounts.fees.push((name, now));
            }
        }
        for name in deductions(edition) {
            let now = match self.deduction_now(line, &name, remedy, start, before)? {
                Ok(now) => now.max(Decimal::ZERO).min(room),
                Err(worth) => return Ok(worth),
            };
            room -= now;
            amounts.deductions.push((name, now));
        }
        let gift = self.gift(line, takes).unwrap_or_default().min(room);
        if gift > Decimal::ZERO {
            amounts.deductions.push(("gift".to_owned(), gift));
        }

        let tax_rule = if taxes.is_empty() { TaxRule::InFull } else { self.tax_rule(place)? };
        for tax in &taxes {
            let sold = coming.sold.unwrap();
            let id = text(tax, "/id").unwrap();
            let left = decimal(tax, "/amount").unwrap() - before.taxes.get(&id).copied().unwrap_or_default();
            let share = if joint.now.contains_key(&line) {
                let paid = self.visit.paid(sold.0, edition)[sold.1];
                let whole = decimal(tax, "/amount").unwrap();
                let so_far = |goods| self.in_proportion(whole, goods, paid).min(whole);
                let all_back = before.units + coming.quantity >= self.visit.bought(sold);
                if paid.is_zero() {
                    self.share_of_tax(sold, tax, before.units, coming.quantity)
                } else if all_back && !is_included(tax) {
                    whole - so_far(before.goods)
                } else {
                    so_far(before.goods + start.goods) - so_far(before.goods)
                }
            } else {
                self.share_of_tax(sold, tax, before.units, coming.quantity)
            };
            let share = share.min(left).max(Decimal::ZERO);
            let now = match tax_rule {
                _ if is_included(tax) => self.in_proportion(share, amounts.net(), start.goods),
                TaxRule::InFull => self.in_proportion(share, given, start.goods),
                TaxRule::OnRefunded => self.in_proportion(share, amounts.net(), start.goods),
                TaxRule::NotReturned => Decimal::ZERO,
            };
            amounts.taxes.push((id, now, is_included(tax)));
        }
        Ok(Worth::Is(amounts))
    }

    pub(crate) fn tax_rule(&self, place: Place) -> Result<TaxRule, Key> {
        let rank = |statement: &Statement| match statement.value {
            Stated::Tax(TaxRule::InFull) => Ok(vec![Decimal::TWO]),
            Stated::Tax(TaxRule::OnRefunded) => Ok(vec![Decimal::ONE]),
            _ => Ok(vec![Decimal::ZERO]),
        };
        let place = Place { line: None, ..place };
        let found = self.resolve(self.edition, &Attr::Tax, place, &rank)?;
        Ok(match found.map(|found| found.value().clone()) {
            Some(Stated::Tax(rule)) => rule,
            _ => self.edition.tax().unwrap(),
        })
    }

    pub(crate) fn shipping_rule(&self, sale: usize) -> Result<ShippingRule, Key> {
        let rank = |statement: &Statement| match statement.value {
            Stated::Shipping(ShippingRule::Returned) => Ok(vec![Decimal::from(3)]),
            Stated::Shipping(ShippingRule::UpToCheapest) => Ok(vec![Decimal::from(2)]),
            Stated::Shipping(ShippingRule::WithLastItem) => Ok(vec![Decimal::from(1)]),
            _ => Ok(vec![Decimal::ZERO]),
        };
        let place = Place { line: None, sale: Some(sale), tender: None };
        let found = self.resolve(self.edition, &Attr::Shipping, place, &rank)?;
        Ok(match found.map(|found| found.value().clone()) {
            Some(Stated::Shipping(rule)) => rule,
            _ => self.edition.shipping().unwrap_or(ShippingRule::NotReturned),
        })
    }

    /// How the discounts of a sale are shared, by the clauses or else the header.
    pub(crate) fn sharing_rule(&self, sale: usize) -> Result<Option<Sharing>, Key> {
        let rank = |statement: &Statement| match statement.value {
            Stated::Discounts(Sharing::InProportion) => Ok(vec![Decimal::TWO]),
            Stated::Discounts(Sharing::ClawedBack) => Ok(vec![Decimal::ONE]),
            _ => Ok(vec![Decimal::ZERO]),
        };
        let place = Place { line: None, sale: Some(sale), tender: None };
        let found = self.resolve(self.edition, &Attr::Discounts, place, &rank)?;
        Ok(match found.map(|found| found.value().clone()) {
            Some(Stated::Discounts(rule)) => Some(rule),
            _ => self.edition.discounts(),
        })
    }

    pub(crate) fn round(&self, amount: Decimal) -> Decimal {
        self.edition.rounding().round(amount, self.edition.digits())
    }

    pub(crate) fn cumulative(&self, paid: Decimal, units: u32, of: u32) -> Decimal {
        cumulative(paid, units, of, self.edition.digits(), self.edition.rounding()).unwrap()
    }
}

/// What is asked where a price is not told.
fn asked(price: &Price) -> Option<String> {
    match price {
        Price::Current => Some("current_price".to_owned()),
        Price::List => Some("list_price".to_owned()),
        Price::LowestIn(length) => Some(format!("lowest_price {length}")),
        Price::Paid | Price::Nothing => None,
    }
}

pub(crate) fn is_included(tax: &Json) -> bool {
    tax["included"] == Json::Bool(true)
}
