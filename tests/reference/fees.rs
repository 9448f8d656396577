//! Fees and deductions of a line, before they are cut to what is left of its goods.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::money::{Percent, share};
use takeback::syntax::ast;
use takeback::terms::FeeUnit;

use super::amounts::{Portion, SoFar, Start, Takes, Trouble, Worth, is_included};
use super::book::{Clause, Edition};
use super::conditions::{Case, Key, Place, Val};
use super::stated::{Attr, FeeAmount, FeeBound, FeeOf, Stated, Statement};
use super::visit::{count, decimal};

/// A fee that is taken once a visit: the largest that applies, and the lines it is shared over.
#[derive(Debug, Default)]
pub(crate) struct PerVisit {
    amount: Decimal,
    lines: BTreeSet<usize>,
}

impl Case<'_> {
    #[expect(clippy::too_many_arguments, reason = "everything a fee depends on, openly")]
    /// A fee, and the tax on it where it is taxed.
    pub(crate) fn fee_now(
        &self,
        line: usize,
        name: &str,
        remedy: &str,
        start: &Start,
        before: &SoFar,
        per_visit: &BTreeMap<String, PerVisit>,
        weights: &[Decimal],
        taxes: &[Json],
    ) -> Result<Result<(Decimal, Option<Decimal>), Worth>, Key> {
        let (unit, taxed) = self.edition.fee_terms(name).unwrap();
        let amount = match self.fee(line, name, remedy)? {
            Ok(amount) => amount,
            Err(worth) => return Ok(Err(worth)),
        };
        let now = match (&amount, unit) {
            (FeeAmount::None, _) => Decimal::ZERO,
            (_, FeeUnit::Item | FeeUnit::Line) => {
                self.charged_now(line, &amount, Some(unit), before, start, &|one| one.fees.get(name))
            }
            (_, FeeUnit::Return | FeeUnit::Label) => {
                let shared = &per_visit[name];
                let lines: Vec<usize> = shared.lines.iter().copied().collect();
                let by: Vec<Decimal> = lines.iter().map(|line| weights[*line]).collect();
                let parts = share(shared.amount, &by, self.edition.digits()).unwrap();
                lines.iter().position(|one| *one == line).map_or(Decimal::ZERO, |at| parts[at])
            }
        };
        let tax: Decimal = taxes.iter().map(|tax| self.tax_on_fee(line, now, tax, taxes)).sum();
        Ok(Ok((now, taxed.then(|| self.round(tax)))))
    }

    /// A tax on a fee, by the rate that is told, or by what the tax is of the line's price without the taxes in it.
    fn tax_on_fee(&self, line: usize, fee: Decimal, tax: &Json, taxes: &[Json]) -> Decimal {
        if let Some(rate) = decimal(tax, "/rate") {
            return Percent(rate).of(fee).unwrap();
        }
        let amount = |tax: &Json| decimal(tax, "/amount").unwrap();
        let sold = self.visit.returns[line].sold.unwrap();
        let paid = self.visit.paid(sold.0, self.edition)[sold.1];
        let without = paid - taxes.iter().filter(|tax| is_included(tax)).map(amount).sum::<Decimal>();
        if without.is_zero() { Decimal::ZERO } else { fee * amount(tax) / without }
    }

    pub(crate) fn deduction_now(
        &self,
        line: usize,
        name: &str,
        remedy: &str,
        start: &Start,
        before: &SoFar,
    ) -> Result<Result<Decimal, Worth>, Key> {
        let attr = Attr::Deduct(name.to_owned(), remedy.to_owned());
        Ok(match self.stated_amount(line, &attr)? {
            Ok(FeeAmount::None) => Ok(Decimal::ZERO),
            Ok(amount) => Ok(self.charged_now(line, &amount, None, before, start, &|one| one.deductions.get(name))),
            Err(worth) => Err(worth),
        })
    }

    /// The largest fee of each name that is taken once a visit, and the lines it is shared over.
    pub(crate) fn per_visit_fees(
        &self,
        takes: &Takes,
        starts: &[Option<Result<Start, Trouble>>],
    ) -> Result<BTreeMap<String, PerVisit>, Key> {
        let mut fees: BTreeMap<String, PerVisit> = BTreeMap::new();
        for name in self.edition.fees() {
            let (unit, _) = self.edition.fee_terms(&name).unwrap();
            let times = match unit {
                FeeUnit::Item | FeeUnit::Line => continue,
                FeeUnit::Return => Decimal::ONE,
                FeeUnit::Label => count(&self.visit.json, "/labels").unwrap_or(0).into(),
            };
            for (line, start) in starts.iter().enumerate() {
                let Some(remedy) = self.takes_value(takes, line) else { continue };
                let Some(Ok(start)) = start else { continue };
                let amount = match self.fee(line, &name, remedy)? {
                    Ok(amount @ FeeAmount::Of { .. }) => {
                        let sold = self.visit.returns[line].sold;
                        let before = sold.map(|sold| self.came_before(sold)).unwrap_or_default();
                        self.charged_now(line, &amount, Some(unit), &before, start, &|one| one.fees.get(&name))
                    }
                    Ok(FeeAmount::None) | Err(_) => continue,
                };
                let shared = fees.entry(name.clone()).or_default();
                shared.amount = shared.amount.max(amount * times);
                shared.lines.insert(line);
            }
        }
        Ok(fees)
    }

    /// What is charged now. A share is of the goods on which the fee was charged before with these, less that of those
    /// before; so is a bound that is one.
    fn charged_now(
        &self,
        line: usize,
        amount: &FeeAmount,
        unit: Option<FeeUnit>,
        before: &SoFar,
        start: &Start,
        charged: &dyn for<'p> Fn(&'p Portion) -> Option<&'p Decimal>,
    ) -> Decimal {
        let was_charged = |one: &&Portion| charged(one).is_some_and(|amount| !amount.is_zero());
        let earlier: Vec<&Portion> = before.portions.iter().filter(was_charged).collect();
        let goods: Decimal = earlier.iter().map(|one| one.goods).sum();
        let (goods, whole) = (self.untaxed(line, goods), self.untaxed(line, goods + start.goods));
        let units: u32 = earlier.iter().map(|one| one.units).sum();
        let now = self.visit.returns[line].quantity;
        // A fee per item is bounded unit by unit.
        let times = |units: u32| if unit == Some(FeeUnit::Item) { Decimal::from(units) } else { Decimal::ONE };
        let FeeAmount::Of { of, at_least, at_most } = amount else { panic!("{amount:?}") };
        match (of, unit) {
            (FeeOf::Percent(_), _) => {
                self.so_much(amount, whole, times(units + now)) - self.so_much(amount, goods, times(units))
            }
            (FeeOf::Money(_), Some(FeeUnit::Line)) => {
                let so_far: Decimal = before.portions.iter().filter_map(charged).sum();
                (self.so_much(amount, whole, Decimal::ONE) - so_far).max(Decimal::ZERO)
            }
            (FeeOf::Money(money), _) => {
                let part = |bound: &FeeBound| match bound {
                    FeeBound::Money(bound) => bound * times(now),
                    FeeBound::Percent(percent) => self.share(*percent, whole) - self.share(*percent, goods),
                };
                let fee = money * times(now);
                let fee = at_least.as_ref().map_or(fee, |least| fee.max(part(least)));
                at_most.as_ref().map_or(fee, |most| fee.min(part(most)))
            }
            (FeeOf::Fact(_) | FeeOf::FactPercent(_), _) => panic!("{amount:?} is not told yet"),
        }
    }

    fn share(&self, percent: Decimal, goods: Decimal) -> Decimal {
        self.round(Percent(percent).of(goods).unwrap())
    }

    /// A fee of some goods, within its bounds so many times; one in percent once there are goods.
    fn so_much(&self, amount: &FeeAmount, goods: Decimal, times: Decimal) -> Decimal {
        let FeeAmount::Of { of, at_least, at_most } = amount else { return Decimal::ZERO };
        let fee = match of {
            FeeOf::Percent(_) if goods.is_zero() => return Decimal::ZERO,
            FeeOf::Percent(percent) => self.share(*percent, goods),
            FeeOf::Money(money) => *money,
            FeeOf::Fact(_) | FeeOf::FactPercent(_) => panic!("{amount:?} is not told yet"),
        };
        let bound = |bound: &FeeBound| match bound {
            FeeBound::Money(bound) => bound * times,
            FeeBound::Percent(percent) => self.share(*percent, goods),
        };
        let fee = at_least.as_ref().map_or(fee, |least| fee.max(bound(least)));
        at_most.as_ref().map_or(fee, |most| fee.min(bound(most)))
    }

    fn fee(&self, line: usize, name: &str, remedy: &str) -> Result<Result<FeeAmount, Worth>, Key> {
        self.stated_amount(line, &Attr::Fee(name.to_owned(), remedy.to_owned()))
    }

    /// What is said of a fee or deduction for a line, a fact's value as an amount; `none` where nothing is said.
    fn stated_amount(&self, line: usize, attr: &Attr) -> Result<Result<FeeAmount, Worth>, Key> {
        let place = self.place(line);
        let untold = std::cell::RefCell::new(BTreeSet::new());
        let rank = |statement: &Statement| {
            if let Stated::Amount(amount) = &statement.value
                && let Err(fact) = self.told_amount(amount, place)
            {
                untold.borrow_mut().insert(format!("{fact} {}", self.key(&fact, place).at));
            }
            self.fee_rank(line, statement)
        };
        let found = self.resolve(self.edition, attr, place, &rank)?;
        // What cannot be compared because nobody told it is asked.
        if !untold.borrow().is_empty() {
            return Ok(Err(Worth::Ask(untold.into_inner())));
        }
        Ok(match found {
            None => Ok(FeeAmount::None),
            Some(found) if found.conflict => Err(Worth::Unsettled),
            Some(found) => match found.value() {
                Stated::Amount(amount) => self
                    .told_amount(amount, place)
                    .map_err(|fact| Worth::Ask([format!("{fact} {}", self.key(&fact, place).at)].into())),
                other => panic!("{other:?} is no amount"),
            },
        })
    }

    /// An amount with what its fact says in the place of the fact; the fact that nobody told.
    fn told_amount(&self, amount: &FeeAmount, place: Place) -> Result<FeeAmount, String> {
        let FeeAmount::Of { of, at_least, at_most } = amount else { return Ok(FeeAmount::None) };
        let told = |fact: &String| match self.known(fact, place) {
            Some(Val::Number(number)) => Ok(number),
            _ => Err(fact.clone()),
        };
        let of = match of {
            FeeOf::Fact(fact) => FeeOf::Money(self.round(told(fact)?)),
            FeeOf::FactPercent(fact) => FeeOf::Percent(told(fact)?),
            known => known.clone(),
        };
        Ok(FeeAmount::Of { of, at_least: at_least.clone(), at_most: at_most.clone() })
    }

    /// The lower fee is the better: what it would be for the goods that come back.
    fn fee_rank(&self, line: usize, statement: &Statement) -> Result<Vec<Decimal>, Key> {
        let goods = match self.visit.returns[line].sold {
            Some(sold) => {
                let paid = self.visit.paid(sold.0, self.edition)[sold.1];
                let units = Decimal::from(self.visit.returns[line].quantity);
                (paid * units / Decimal::from(self.visit.bought(sold))).round_dp(12)
            }
            None => Decimal::ZERO,
        };
        let Stated::Amount(amount) = &statement.value else { panic!("{statement:?} is no amount") };
        let told = self.told_amount(amount, self.place(line));
        Ok(vec![-told.map_or(Decimal::MAX, |amount| self.so_much(&amount, goods, Decimal::ONE))])
    }
}

/// Every deduction that a clause names, by name.
pub(crate) fn deductions(edition: &Edition) -> BTreeSet<String> {
    fn of(clause: &Clause, names: &mut BTreeSet<String>) {
        for says in &clause.says {
            if let ast::StatementKind::Deduct { name, .. } = &says.kind {
                names.insert(name.node.clone());
            }
        }
        for exception in &clause.exceptions {
            of(exception, names);
        }
    }
    let mut names = BTreeSet::new();
    for clause in &edition.clauses {
        of(clause, &mut names);
    }
    names
}
