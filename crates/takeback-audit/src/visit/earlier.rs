//! What came back of a sale before, as a request tells it. A source may tell what was given back only as a whole, or some of its parts: then
//! the units are taken to have carried what falls to them of price and taxes, counted up as the engine counts
//! (docs/reference/audit.md, "What came back before").

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use takeback::Policy;
use takeback::money::{cumulative, share};
use takeback::program::Version;
use takeback::request::{List, Object};

use super::draft::{parts, tender_id};
use super::known::Known as _;
use super::{Fault, TAX, cents, line_id};
use crate::cells::{Cells, Element, Of};
use crate::spell;

const NONE: Decimal = Decimal::ZERO;

/// What came back before: of each row its own line, and of the first one also the lines that are not of this visit, so that
/// nothing is told twice.
pub(super) fn earlier<'a>(
    list: &mut List<'_, 'a>,
    policy: &Policy,
    cells: &'a Cells<'a>,
    rows: &[usize],
    tenders: &[spell::Part<'_>],
) -> Result<(), Fault> {
    let known = |id: &str| rows.iter().any(|row| line_id(cells, *row) == id);
    let first = rows.first().copied().unwrap_or_default();
    let rest = cells.list(Of::Return, "sale.rest", first).unwrap_or_default();
    let rest: Vec<&str> = rest.iter().filter_map(|line| line.text("line").or_else(|| line.text("sku"))).collect();
    for row in rows {
        let mine = line_id(cells, *row);
        let mut units = 0;
        for before in cells.list(Of::Return, "earlier", *row).unwrap_or_default() {
            let line = before.text("line").unwrap_or(mine);
            if before.text("at").is_none() {
                continue;
            }
            let quantity = before.count("quantity").unwrap_or(1);
            if line == mine {
                let back = Back { policy, cells, row: *row, line, quantity, before: Some(units) };
                list.object(|object| back.tell(object, &before, tenders))?;
                units = units.saturating_add(quantity);
            } else if *row == first && !known(line) && rest.contains(&line) {
                let back = Back { policy, cells, row: *row, line, quantity, before: None };
                list.object(|object| back.tell(object, &before, tenders))?;
            }
        }
    }
    Ok(())
}

/// Units of a line that came back before.
#[derive(Clone, Copy)]
struct Back<'a, 'p> {
    policy: &'p Policy,
    cells: &'a Cells<'a>,
    row: usize,
    line: &'a str,
    quantity: i64,
    /// Units of it that had come back before them; none: it is another line than that of the row.
    before: Option<i64>,
}

impl<'a> Back<'a, '_> {
    fn tell(self, object: &mut Object<'_, 'a>, before: &Element<'a>, tenders: &[spell::Part<'_>]) -> Result<(), Fault> {
        let amount = |name| before.money(name).map(|amount| cents(self.policy, amount));
        let (tax, fee, shipping) = (amount("refund_tax"), amount("refund_fee"), amount("refund_shipping"));
        let charged = self.charged()?;
        let all_parts = (tax.is_some() || charged.is_empty())
            && (fee.is_some() || !self.keeps_fees())
            && (shipping.is_some() || !self.was_delivered());
        let of_total = amount("refund")
            .map(|total| (total - tax.unwrap_or(NONE) + fee.unwrap_or(NONE) - shipping.unwrap_or(NONE)).max(NONE));
        let paid = self.before.and_then(|_| self.cells.money(Of::Sale, "paid", self.row));
        let of_price = || self.carried(cents(self.policy, paid?));
        let goods = amount("refund_goods").or(of_total.filter(|_| all_parts)).or_else(of_price).or(of_total);
        let goods = goods.unwrap_or(NONE);
        let taxes = self.taxes(&charged, tax);
        object.known("at", before.text("at"));
        object.list("lines", |lines| {
            lines.object(|line| {
                line.text("line", self.line);
                line.decimal("quantity", self.quantity.into());
                line.decimal("goods", goods);
                if let Some((fee, name)) = fee.filter(|fee| *fee > NONE).zip(the_fee(self.policy)) {
                    line.object("fees", |fees| {
                        fees.decimal(name.to_owned(), fee);
                        Ok(())
                    })?;
                }
                line.object("taxes", |object| {
                    taxes.iter().for_each(|(name, tax)| object.decimal(*name, *tax));
                    Ok(())
                })?;
                line.known_texts("serials", before.text("serials"));
                Ok(())
            })
        })?;
        if let Some(shipping) = shipping {
            object.decimal("shipping", shipping);
        }
        let taxed: Decimal = taxes.iter().map(|(_, tax)| *tax).sum();
        let value = goods + taxed + shipping.unwrap_or(NONE) - fee.unwrap_or(NONE);
        let given = self.given(before, tenders, value)?;
        object.list("tenders", |list| {
            given.into_iter().try_for_each(|(id, amount)| {
                list.object(|tender| {
                    tender.text("id", id);
                    tender.decimal("amount", amount);
                    Ok(())
                })
            })
        })
    }

    /// The taxes of the line of the row that are not in its price, by name.
    fn charged(self) -> Result<Vec<(&'a str, Decimal)>, Fault> {
        let (cells, row) = (self.cells, self.row);
        if self.before.is_none() || cells.yes(Of::Sale, "tax_included", row) == Some(true) {
            return Ok(Vec::new());
        }
        if let Some(tax) = cells.money(Of::Sale, "tax", row) {
            let tax = cents(self.policy, tax);
            return Ok(if tax > NONE { vec![(TAX, tax)] } else { Vec::new() });
        }
        let by_name = parts(row, "sale.taxes", cells.text(Of::Sale, "taxes", row).unwrap_or_default())?;
        Ok(by_name.iter().filter(|part| part.known).map(|part| (part.name, cents(self.policy, part.amount))).collect())
    }

    /// What these units carry of a sum for all units of their line; none: it is not known how many there are.
    fn carried(self, whole: Decimal) -> Option<Decimal> {
        let of = u32::try_from(self.cells.count(Of::Sale, "quantity", self.row).unwrap_or(1)).ok()?;
        let before = u32::try_from(self.before?).ok()?;
        let with = before.saturating_add(u32::try_from(self.quantity).ok()?);
        let digits = self.policy.program().currency.minor_digits();
        let rounding = self.version()?.choices.rounding;
        let up_to = |units| cumulative(whole, units, of, digits, rounding).ok();
        Some(up_to(with)? - up_to(before)?)
    }

    /// What was given back of each tax. What is told of several together is what these units carry of them, or else shared as
    /// they were charged.
    fn taxes(self, charged: &[(&'a str, Decimal)], told: Option<Decimal>) -> Vec<(&'a str, Decimal)> {
        let carried =
            || charged.iter().map(|(name, tax)| Some((*name, self.carried(*tax)?))).collect::<Option<Vec<_>>>();
        let Some(told) = told else { return carried().unwrap_or_default() };
        if let [(name, _)] = charged {
            return vec![(*name, told)];
        }
        let sum = |taxes: &[(&str, Decimal)]| taxes.iter().map(|(_, tax)| *tax).sum::<Decimal>();
        if let Some(taxes) = carried().filter(|taxes| sum(taxes) == told) {
            return taxes;
        }
        let weights: Vec<Decimal> = charged.iter().map(|(_, tax)| *tax).collect();
        let shares = share(told, &weights, self.policy.program().currency.minor_digits()).unwrap_or_default();
        charged.iter().map(|(name, _)| *name).zip(shares).collect()
    }

    /// What went to each tender, by its id. What was rounded to coins went back in full: the coins are no money of the sale's.
    fn given(
        self,
        before: &Element<'a>,
        tenders: &[spell::Part<'_>],
        value: Decimal,
    ) -> Result<BTreeMap<String, Decimal>, Fault> {
        let mut given: BTreeMap<String, Decimal> = BTreeMap::new();
        let mut cash = None;
        let told = parts(self.row, "earlier", before.text("paid_to").unwrap_or_default())?;
        for part in told.iter().filter(|part| part.known) {
            let same =
                |tender: &spell::Part<'_>| tender.name == part.name && (part.id.is_none() || tender.id == part.id);
            let unnamed = |tender: &spell::Part<'_>| tender.name == part.name && tender.id.is_none();
            if let Some(place) = tenders.iter().position(same).or_else(|| tenders.iter().position(unnamed)) {
                let id = tenders.get(place).map(|tender| tender_id(place, tender)).unwrap_or_default();
                if part.name == "cash" {
                    cash = Some(id.clone());
                }
                *given.entry(id).or_default() += cents(self.policy, part.amount);
            }
        }
        let coins = value - told.iter().map(|part| cents(self.policy, part.amount)).sum::<Decimal>();
        let step = self.version().and_then(|version| version.choices.cash.as_ref()).map_or(NONE, |cash| cash.step);
        if coins.abs() < step
            && told.iter().all(|part| part.known)
            && let Some(amount) = cash.and_then(|id| given.get_mut(&id))
        {
            *amount = (*amount + coins).max(NONE);
        }
        Ok(given)
    }

    fn was_delivered(self) -> bool {
        self.cells.money(Of::Sale, "shipping_paid", self.row).is_some_and(|paid| paid > NONE)
    }

    fn keeps_fees(self) -> bool {
        let of = |version: &Version| !version.choices.fees.is_empty() || !version.choices.deductions.is_empty();
        self.policy.program().versions.iter().any(of)
    }

    /// The version that was in force on the day of the sale, or else the last.
    fn version(&self) -> Option<&Version> {
        let sold =
            self.cells.text(Of::Sale, "sold", self.row).and_then(|sold| sold.get(..10)?.parse::<NaiveDate>().ok());
        let versions = &self.policy.program().versions;
        let in_force = sold.and_then(|day| versions.iter().rev().find(|version| version.from <= day));
        in_force.or(versions.last())
    }
}

/// The fee that an amount kept before was, where the policy knows only one.
fn the_fee(policy: &Policy) -> Option<&str> {
    let mut names = policy.program().versions.iter().flat_map(|version| &version.choices.fees).map(|fee| &*fee.name);
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}
