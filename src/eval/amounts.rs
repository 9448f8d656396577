//! What a line is worth for a remedy: goods, reduction, fees, deductions, tax, each with the clauses that made it
//! (docs/reference/order.md, "Amounts").

use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::{Amount, Asked, Bound, Clamp, Credits, Gap, Part};
use crate::facts::{FactId, RemedyKind, Value, builtin};
use crate::money::{Percent, cumulative};
use crate::program::{AttributeValue, FeeBound, FeeOf, Price, Program, TreeId, Version};
use crate::request::{Request, SaleLine};
use crate::terms::{FeeUnit, Sharing, TaxRule};

use super::conditions::Facts;
use super::law::{Open, stated};
use super::progress::Progress;
use super::resolve::{Frame, Resolved};

/// The amounts of a line for one remedy.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Amounts {
    pub(super) parts: SmallVec<[Amount; 4]>,
    pub(super) value: Decimal,
    /// Goods given back, before reduction, fees and deductions.
    pub(super) goods: Decimal,
    pub(super) reduction: Decimal,
    /// The goods stay with the customer.
    pub(super) stays: bool,
    /// Fees and deductions kept, by name, for the next part of the same sold line.
    pub(super) kept: SmallVec<[(Part, Arc<str>, Decimal); 2]>,
    /// Taxes given back, in the order of the sold line's taxes.
    pub(super) taxes: SmallVec<[Decimal; 2]>,
    /// What the law changed.
    pub(super) law: Vec<Clamp>,
}

/// Why there are no amounts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    Gap(Gap),
    Conflict(Credits),
    Ask(Asked),
}

impl From<crate::money::MoneyError> for Trouble {
    fn from(_: crate::money::MoneyError) -> Self {
        Self::Gap(Gap::Overflow)
    }
}

const OVERFLOW: Trouble = Trouble::Gap(Gap::Overflow);

pub(super) fn plus(a: Decimal, b: Decimal) -> Result<Decimal, Trouble> {
    a.checked_add(b).ok_or(OVERFLOW)
}

pub(super) fn minus(a: Decimal, b: Decimal) -> Result<Decimal, Trouble> {
    a.checked_sub(b).ok_or(OVERFLOW)
}

/// `whole × part / of`, rounded; zero of nothing.
pub(super) fn proportion(
    whole: Decimal,
    part: Decimal,
    of: Decimal,
    digits: u32,
    version: &Version,
) -> Result<Decimal, Trouble> {
    if of.is_zero() || part == of {
        return Ok(if part == of { version.choices.rounding.round(whole, digits) } else { Decimal::ZERO });
    }
    let product = whole.checked_mul(part).ok_or(OVERFLOW)?;
    let share = product.checked_div(of).ok_or(OVERFLOW)?;
    Ok(version.choices.rounding.round(share, digits))
}

/// Everything that speaks of one line's amounts.
pub(super) struct Line<'a, 'p> {
    pub(super) program: &'p Program,
    pub(super) facts: &'a Facts<'a>,
    pub(super) progress: &'a Progress,
    pub(super) line: usize,
    pub(super) remedy: u16,
    /// Goods by a promotion that is clawed back, when there is one.
    pub(super) clawed: Option<Decimal>,
    /// The value of gifts that stay, to be deducted.
    pub(super) gift: Decimal,
    /// What the policy would do with a discount that stays shared by law.
    pub(super) kept_shared: Option<Sharing>,
    /// Fees of the visit that fall to this line: name, fee, tax on it, clauses.
    pub(super) shared_fees: &'a [(Arc<str>, Decimal, Credits)],
    /// The law that holds for the line.
    pub(super) laws: &'a [Open<'p>],
}

impl<'a, 'p> Line<'a, 'p> {
    /// A line to which nothing falls of the rest of the visit.
    pub(super) fn alone(
        program: &'p Program,
        facts: &'a Facts<'a>,
        progress: &'a Progress,
        (line, remedy): (usize, u16),
        laws: &'a [Open<'p>],
    ) -> Self {
        let (clawed, gift, kept_shared) = (None, Decimal::ZERO, None);
        Self { program, facts, progress, line, remedy, clawed, gift, kept_shared, shared_fees: &[], laws }
    }

    fn request(&self) -> &Request {
        self.facts.request
    }

    /// Whether the goods stay with the customer.
    fn keeps(&self) -> bool {
        let remedy = self.program.schema.remedies.get(usize::from(self.remedy));
        remedy.is_some_and(|remedy| remedy.kind == RemedyKind::PriceDifference)
    }

    fn digits(&self) -> u32 {
        self.program.currency.minor_digits()
    }

    fn sold(&self) -> Option<&SaleLine> {
        let (sale, at) = self.request().lines.get(self.line)?.sold?;
        self.request().sales.get(sale)?.lines.get(at)
    }

    /// The amounts of the line.
    pub(super) fn amounts(&self, frame: &mut Frame<'_>) -> Result<Amounts, Trouble> {
        let mut out = Amounts::default();
        let (goods, credit, by) = self.goods(frame, &mut out)?;
        if self.keeps() {
            // What was paid for them, less what they cost now.
            let difference = minus(goods, credit)?;
            out.stays = true;
            out.goods = difference;
            out.parts.push(Amount { part: Part::Goods, name: None, amount: difference, by });
            self.taxes(frame, goods, difference, Decimal::ZERO, &mut out)?;
            out.value = out.parts.iter().filter(|p| p.part != Part::IncludedTax).map(|p| p.amount).sum();
            return Ok(out);
        }
        out.goods = goods;
        out.parts.push(Amount { part: Part::Goods, name: None, amount: goods, by: by.clone() });
        out.reduction = minus(goods, credit)?;
        if !out.reduction.is_zero() {
            out.parts.push(Amount { part: Part::Reduction, name: None, amount: -out.reduction, by });
        }
        let kept = self.fees(frame, goods, credit, &mut out)?;
        self.taxes(frame, goods, credit, kept, &mut out)?;
        out.value = out
            .parts
            .iter()
            .filter(|p| p.part != Part::IncludedTax)
            .try_fold(Decimal::ZERO, |sum, p| plus(sum, p.amount))?;
        Ok(out)
    }

    /// Goods coming back at what was paid for them, and what of it the basis gives.
    fn goods(&self, frame: &mut Frame<'_>, out: &mut Amounts) -> Result<(Decimal, Decimal, Credits), Trouble> {
        let policy = self.basis(frame)?;
        let mut best = match &policy {
            Some((basis, by)) => Some((self.priced(frame, basis)?, by.clone())),
            None => None,
        };
        // The higher the price of today, the less comes of it: a law that lifts the basis means goods that come back.
        for law in self.bounding().filter(|_| !self.keeps()) {
            let tree = law.law.attributes.basis.get(usize::from(self.remedy)).copied().flatten();
            let Some((basis, by)) = stated(frame, self.facts, tree) else { continue };
            let (goods, credit) = self.priced(frame, basis)?;
            let less = best.as_ref().map(|((_, policy), _)| *policy);
            if less.is_none_or(|policy| policy < credit) {
                let policy = less.map_or("nothing said".to_owned(), |policy| self.shown(policy));
                out.law.push(self.clamp(Bound::Basis, policy, self.shown(credit), &by));
                best = Some(((goods, credit), by));
            }
        }
        let ((goods, credit), mut by) = best.ok_or(Trouble::Gap(Gap::NoBasis))?;
        if let Some((policy, who)) =
            self.kept_shared.filter(|_| !self.keeps()).zip(self.bounding().find_map(|open| open.shares.as_ref()))
        {
            out.law.push(self.clamp(
                Bound::Discounts,
                policy.words().to_owned(),
                Sharing::InProportion.words().to_owned(),
                who,
            ));
            by.merge(who);
        }
        Ok((goods, credit, by))
    }

    /// The rights and rules that bound this remedy.
    fn bounding(&self) -> impl Iterator<Item = &Open<'p>> {
        self.laws.iter().filter(|law| law.bounds(self.remedy))
    }

    fn clamp(&self, what: Bound, policy: String, law: String, by: &Credits) -> Clamp {
        Clamp::new(self.line, self.remedy, what, policy, law, by)
    }

    /// An amount as it is written, with all digits of the currency.
    fn shown(&self, amount: Decimal) -> String {
        let mut amount = amount;
        amount.rescale(self.digits());
        amount.to_string()
    }

    /// Goods coming back at what was paid for them, and what a basis gives of it.
    fn priced(&self, frame: &mut Frame<'_>, basis: &AttributeValue) -> Result<(Decimal, Decimal), Trouble> {
        let AttributeValue::Basis { percent, price } = basis else { return Err(Trouble::Gap(Gap::NoBasis)) };
        let line = self.request().lines.get(self.line).ok_or(OVERFLOW)?;
        let rounding = frame.version.choices.rounding;
        let share = match self.sold() {
            Some(sold) => {
                let before = self.progress.of(self.request(), self.line);
                let left = minus(sold.paid, before.goods)?.max(Decimal::ZERO);
                Some(match self.clawed.filter(|_| !self.keeps()) {
                    // What is clawed back adds up over all lines of the promotion, not over one.
                    Some(clawed) => clawed,
                    None => {
                        let units = before.quantity.saturating_add(line.quantity);
                        let due = cumulative(sold.paid, units, sold.quantity, self.digits(), rounding)?;
                        // What was given for units that do not come back now is no matter of these.
                        let share = |whole, part, of| cumulative(whole, part, of, self.digits(), rounding);
                        let given = minus(before.goods, before.ahead(units, sold.quantity, &share)?)?;
                        minus(due, given)?.max(Decimal::ZERO).min(left)
                    }
                })
            }
            None => None,
        };
        let whole = match price {
            Price::Paid => match share {
                Some(share) => share,
                None => return Err(Trouble::Ask(Asked::Fact(builtin::ITEM_PRICE))),
            },
            Price::Nothing => Decimal::ZERO,
            Price::Current => self.units(line.current_price, Asked::CurrentPrice)?,
            Price::List => {
                let list = self.sold().and_then(list_price).or(line.list_price);
                self.units(list, Asked::ListPrice)?
            }
            Price::LowestIn(length) => {
                let lowest = line.lowest_price.iter().find(|(l, _)| **l == **length).map(|(_, p)| *p);
                self.units(lowest, Asked::LowestPrice(length.to_string()))?
            }
        };
        let credit = if *percent == Decimal::ONE_HUNDRED { whole } else { Percent(*percent).of(whole)? };
        let credit = rounding.round(credit, self.digits());
        Ok(match share {
            // Never more than was paid for these units; what is not given counts as kept.
            Some(share) => (share, credit.min(share)),
            None => (credit, credit),
        })
    }

    /// A price for all units coming back, not rounded yet.
    fn units(&self, price: Option<Decimal>, asked: Asked) -> Result<Decimal, Trouble> {
        let price = price.ok_or(Trouble::Ask(asked))?;
        let quantity = self.request().lines.get(self.line).map_or(1, |l| l.quantity);
        price.checked_mul(Decimal::from(quantity)).ok_or(OVERFLOW)
    }

    fn basis<'f>(&self, frame: &mut Frame<'f>) -> Result<Option<(&'f AttributeValue, Credits)>, Trouble> {
        let tree = frame.version.attributes.basis.get(usize::from(self.remedy)).copied().flatten();
        let line = self.request().lines.get(self.line);
        let sold = self.sold();
        // What cannot be compared because nobody told it is asked.
        let mut untold = None;
        let mut told = |price: Option<Decimal>, asked: Asked| {
            if price.is_none() {
                untold.get_or_insert(asked);
            }
            price
        };
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Basis { percent, price } => {
                let unit = match price {
                    Price::Paid => sold.and_then(|s| s.paid.checked_div(Decimal::from(s.quantity))),
                    Price::Nothing => Some(Decimal::ZERO),
                    Price::Current => told(line.and_then(|l| l.current_price), Asked::CurrentPrice),
                    Price::List => {
                        told(sold.and_then(list_price).or(line.and_then(|l| l.list_price)), Asked::ListPrice)
                    }
                    Price::LowestIn(length) => {
                        let known = line.and_then(|l| l.lowest_price.iter().find(|(n, _)| **n == **length));
                        told(known.map(|(_, price)| *price), Asked::LowestPrice(length.to_string()))
                    }
                };
                let price = Percent(*percent).of(unit?).ok();
                // Of a difference more comes when the price is lower.
                if self.keeps() { price.map(|price| -price) } else { price }
            }
            _ => None,
        };
        match frame.resolve(self.facts, tree, &mut rank) {
            Resolved::Nothing => Ok(None),
            Resolved::Conflict(by) => Err(untold.map_or(Trouble::Conflict(by), Trouble::Ask)),
            Resolved::Value(value, by) => Ok(Some((value, by))),
        }
    }

    /// Fees in the order of the header, then shared fees, then deductions by name, then gifts; each cut to what is left.
    fn fees(
        &self,
        frame: &mut Frame<'_>,
        goods: Decimal,
        credit: Decimal,
        out: &mut Amounts,
    ) -> Result<Decimal, Trouble> {
        let version = frame.version;
        let mut left = credit;
        let mut total = Decimal::ZERO;
        let mut keep =
            |part: Part, name: Arc<str>, amount: Decimal, by: Credits, out: &mut Amounts| -> Result<(), Trouble> {
                let amount = amount.max(Decimal::ZERO).min(left);
                if amount.is_zero() {
                    return Ok(());
                }
                left = minus(left, amount)?;
                total = plus(total, amount)?;
                out.parts.push(Amount { part, name: Some(name.clone()), amount: -amount, by });
                out.kept.push((part, name, amount));
                Ok(())
            };
        for (at, fee) in version.choices.fees.iter().enumerate() {
            if matches!(fee.unit, FeeUnit::Return | FeeUnit::Label) {
                for (name, amount, by) in
                    self.shared_fees.iter().filter(|(name, ..)| *name == fee.name || is_tax_of(name, &fee.name))
                {
                    keep(Part::Fee, name.clone(), *amount, by.clone(), out)?;
                }
                continue;
            }
            let tree =
                version.attributes.fee.get(at).and_then(|list| list.get(usize::from(self.remedy))).copied().flatten();
            let Some(policy) = self.fee(frame, tree, Part::Fee, &fee.name, Some(fee.unit), goods)? else {
                continue;
            };
            let (amount, by) =
                self.at_most(frame, Part::Fee, &fee.name, Some((at, fee.unit)), goods, policy, &mut out.law)?;
            let tax = if fee.taxed { self.fee_tax(amount, version)? } else { Decimal::ZERO };
            keep(Part::Fee, fee.name.clone(), amount, by.clone(), out)?;
            if !tax.is_zero() {
                keep(Part::Fee, tax_name(&fee.name), tax, by, out)?;
            }
        }
        // Fees per return and per label follow the version at the request, also those that the one of the sale does not know.
        let known = |name: &str| version.choices.fees.iter().any(|f| *f.name == *name || is_tax_of(name, &f.name));
        for (name, amount, by) in self.shared_fees.iter().filter(|(name, ..)| !known(name)) {
            keep(Part::Fee, name.clone(), *amount, by.clone(), out)?;
        }
        for (name, trees) in &version.attributes.deductions {
            let tree = trees.get(usize::from(self.remedy)).copied().flatten();
            if let Some(policy) = self.fee(frame, tree, Part::Deduction, name, None, goods)? {
                let (amount, by) = self.at_most(frame, Part::Deduction, name, None, goods, policy, &mut out.law)?;
                keep(Part::Deduction, name.clone(), amount, by, out)?;
            }
        }
        if !self.gift.is_zero() {
            keep(Part::Deduction, "gift".into(), self.gift, Credits::new(), out)?;
        }
        Ok(total)
    }

    /// A fee or deduction of the policy, or what the law leaves of it. `fee`: its place in the header, and its unit.
    #[expect(clippy::too_many_arguments, reason = "the parts of one charge")]
    fn at_most(
        &self,
        frame: &mut Frame<'_>,
        part: Part,
        name: &Arc<str>,
        fee: Option<(usize, FeeUnit)>,
        goods: Decimal,
        policy: (Decimal, Credits),
        law: &mut Vec<Clamp>,
    ) -> Result<(Decimal, Credits), Trouble> {
        let mut left = policy;
        for open in self.bounding() {
            let attributes = &open.law.attributes;
            let (list, none) = match fee {
                Some((at, _)) => (attributes.fee.get(at), attributes.no_fees),
                None => {
                    let named = attributes.deductions.iter().find(|(n, _)| n == name);
                    (named.map(|(_, list)| list), attributes.no_deductions)
                }
            };
            let tree = list.and_then(|list| list.get(usize::from(self.remedy))).copied().flatten();
            let most = match self.fee(frame, tree, part, name, fee.map(|(_, unit)| unit), goods)? {
                Some(most) => most,
                None => match stated(frame, self.facts, none) {
                    Some((AttributeValue::Yes, by)) => (Decimal::ZERO, by),
                    _ => continue,
                },
            };
            if most.0 < left.0 {
                let what = match fee {
                    Some(_) => Bound::Fee(name.clone()),
                    None => Bound::Deduction(name.clone()),
                };
                law.push(self.clamp(what, self.shown(left.0), self.shown(most.0), &most.1));
                left = most;
            }
        }
        Ok(left)
    }

    /// One fee or deduction of the part coming back, uncut.
    fn fee(
        &self,
        frame: &mut Frame<'_>,
        tree: TreeId,
        part: Part,
        name: &str,
        unit: Option<FeeUnit>,
        goods: Decimal,
    ) -> Result<Option<(Decimal, Credits)>, Trouble> {
        if tree.is_none() {
            return Ok(None);
        }
        let before = self.progress.of(self.request(), self.line);
        let charged = before.kept(part, name);
        // Goods on which the fee was not charged do not count.
        let (base_before, units_before) = (self.untaxed(charged.goods, frame.version)?, charged.quantity);
        let whole = self.untaxed(plus(charged.goods, goods)?, frame.version)?;
        let quantity = self.request().lines.get(self.line).map_or(1, |l| l.quantity);
        let facts = self.facts;
        let digits = self.digits();
        let version = frame.version;
        let at = frame.at;
        let units = units_before.saturating_add(quantity);
        let round = |amount: Decimal| version.choices.rounding.round(amount, digits);
        // What a share is of some goods.
        let share = |percent: Decimal, base: Decimal| Ok::<_, Trouble>(round(Percent(percent).of(base)?));
        // A fee per item is bounded unit by unit.
        let bound = |bound: Option<FeeBound>, base: Decimal, units: u32| match bound {
            None => Ok(None),
            Some(FeeBound::Percent(percent)) => share(percent, base).map(Some),
            Some(FeeBound::Money(money)) => {
                let times = if unit == Some(FeeUnit::Item) { Decimal::from(units) } else { Decimal::ONE };
                money.checked_mul(times).map(Some).ok_or(OVERFLOW)
            }
        };
        let amount = |value: &AttributeValue| -> Result<Decimal, Trouble> {
            let AttributeValue::Fee(fee) = value else { return Ok(Decimal::ZERO) };
            let told = |fact: FactId| facts.number(fact, &at).ok_or(Trouble::Ask(Asked::Fact(fact)));
            let (money, percent) = match fee.of {
                FeeOf::Percent(percent) => (Decimal::ZERO, Some(percent)),
                FeeOf::FactPercent(fact) => (Decimal::ZERO, Some(told(fact)?)),
                FeeOf::Money(money) => (money, None),
                FeeOf::Fact(fact) => (told(fact)?, None),
            };
            let within = |plain: Decimal, least: Option<Decimal>, most: Option<Decimal>| {
                plain.max(least.unwrap_or(plain)).min(most.unwrap_or(Decimal::MAX))
            };
            let cumulative = |plain: Decimal, base: Decimal, units: u32| {
                Ok::<_, Trouble>(within(plain, bound(fee.at_least, base, units)?, bound(fee.at_most, base, units)?))
            };
            match (percent, unit) {
                (Some(percent), _) => {
                    let of = |base: Decimal, units: u32| match base.is_zero() {
                        true => Ok(Decimal::ZERO),
                        false => cumulative(share(percent, base)?, base, units),
                    };
                    minus(of(whole, units)?, of(base_before, units_before)?)
                }
                // Of the whole line, less what was taken of it.
                (None, Some(FeeUnit::Line)) => {
                    Ok(minus(cumulative(money, whole, units)?, charged.amount)?.max(Decimal::ZERO))
                }
                (None, unit) => {
                    let plain = match unit {
                        Some(FeeUnit::Item) => money.checked_mul(Decimal::from(quantity)).ok_or(OVERFLOW)?,
                        _ => money,
                    };
                    // What falls to this part of a bound that is a share of all that has come back.
                    let part = |one: Option<FeeBound>| match one {
                        Some(FeeBound::Percent(percent)) => {
                            minus(share(percent, whole)?, share(percent, base_before)?).map(Some)
                        }
                        other => bound(other, whole, quantity),
                    };
                    Ok(within(plain, part(fee.at_least)?, part(fee.at_most)?))
                }
            }
        };
        // What cannot be compared because nobody told it is asked.
        let mut untold = None;
        let mut rank = |value: &AttributeValue| match amount(value) {
            Ok(amount) => Some(-amount),
            Err(Trouble::Ask(asked)) => {
                untold.get_or_insert(asked);
                None
            }
            Err(_) => None,
        };
        match frame.resolve(self.facts, tree, &mut rank) {
            Resolved::Nothing => Ok(None),
            Resolved::Conflict(by) => Err(untold.map_or(Trouble::Conflict(by), Trouble::Ask)),
            Resolved::Value(value, by) => {
                let made = amount(value)?;
                Ok(Some((self.program_round(made, version), by)))
            }
        }
    }

    fn program_round(&self, amount: Decimal, version: &Version) -> Decimal {
        version.choices.rounding.round(amount, self.digits())
    }

    /// A fee or deduction whose unit is the return or a label, as it would be for this line alone.
    pub(super) fn visit_fee(
        &self,
        frame: &mut Frame<'_>,
        fee: usize,
        goods: Decimal,
        law: &mut Vec<Clamp>,
    ) -> Result<Option<(Decimal, Credits)>, Trouble> {
        let version = frame.version;
        let Some(rule) = version.choices.fees.get(fee) else { return Ok(None) };
        let tree =
            version.attributes.fee.get(fee).and_then(|list| list.get(usize::from(self.remedy))).copied().flatten();
        match self.fee(frame, tree, Part::Fee, &rule.name, Some(rule.unit), goods)? {
            Some(policy) => {
                self.at_most(frame, Part::Fee, &rule.name, Some((fee, rule.unit)), goods, policy, law).map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whether no tax was charged on the sale.
    fn exempt(&self) -> bool {
        let sale =
            self.request().lines.get(self.line).and_then(|l| l.sold).and_then(|(s, _)| self.request().sales.get(s));
        sale.is_some_and(|sale| sale.tax_exempt)
    }

    /// The part of an amount of goods that is not included tax.
    fn untaxed(&self, goods: Decimal, version: &Version) -> Result<Decimal, Trouble> {
        let Some(sold) = self.sold().filter(|_| !self.exempt()) else { return Ok(goods) };
        let mut base = goods;
        for tax in sold.taxes.iter().filter(|t| t.included) {
            base = minus(base, proportion(tax.amount, goods, sold.paid, self.digits(), version)?)?;
        }
        Ok(base)
    }

    /// Tax on a fee at the line's own rate: as told, or as charged.
    pub(super) fn fee_tax(&self, fee: Decimal, version: &Version) -> Result<Decimal, Trouble> {
        let Some(sold) = self.sold() else { return Ok(Decimal::ZERO) };
        if self.exempt() {
            return Ok(Decimal::ZERO);
        }
        let base = self.untaxed(sold.paid, version)?;
        let mut tax = Decimal::ZERO;
        for one in &sold.taxes {
            let share = match one.rate {
                Some(rate) => Percent(rate).of(fee)?,
                None if base.is_zero() => Decimal::ZERO,
                None => one.amount.checked_mul(fee).and_then(|all| all.checked_div(base)).ok_or(OVERFLOW)?,
            };
            tax = plus(tax, share)?;
        }
        Ok(version.choices.rounding.round(tax, self.digits()))
    }

    fn taxes(
        &self,
        frame: &mut Frame<'_>,
        goods: Decimal,
        credit: Decimal,
        kept: Decimal,
        out: &mut Amounts,
    ) -> Result<(), Trouble> {
        let Some(sold) = self.sold() else { return Ok(()) };
        if sold.taxes.is_empty() {
            return Ok(());
        }
        let version = frame.version;
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Tax(rule) => Some(Decimal::from(tax_rank(*rule))),
            _ => None,
        };
        let (rule, by) = match frame.resolve(self.facts, version.attributes.tax, &mut rank) {
            Resolved::Value(AttributeValue::Tax(rule), by) => (*rule, by),
            Resolved::Conflict(by) => return Err(Trouble::Conflict(by)),
            _ => (version.choices.tax, Credits::new()),
        };
        let (rule, by) = self.bounding().fold((rule, by), |(rule, by), open| {
            match stated(frame, self.facts, open.law.attributes.tax) {
                Some((AttributeValue::Tax(law), who)) if tax_rank(*law) > tax_rank(rule) => {
                    out.law.push(self.clamp(Bound::Tax, tax_words(rule).to_owned(), tax_words(*law).to_owned(), &who));
                    (*law, who)
                }
                _ => (rule, by),
            }
        });
        let exempt = self.exempt();
        let before = self.progress.of(self.request(), self.line);
        let units = before.quantity.saturating_add(self.request().lines.get(self.line).map_or(1, |l| l.quantity));
        for (at, tax) in sold.taxes.iter().enumerate() {
            let gone = before.taxes.get(at).copied().unwrap_or_default();
            // What these units carry: the cumulative share with them, less the one without.
            let share =
                |units: u32| cumulative(tax.amount, units, sold.quantity, self.digits(), version.choices.rounding);
            let due = match self.clawed.filter(|_| !self.keeps()) {
                Some(_) if !sold.paid.is_zero() => {
                    let of = |goods: Decimal| {
                        Ok::<_, Trouble>(
                            proportion(tax.amount, goods, sold.paid, self.digits(), version)?.min(tax.amount),
                        )
                    };
                    // What was paid for one line is not what comes back of it: the rest of its tax goes with its last unit.
                    let with = match units >= sold.quantity && !tax.included {
                        true => tax.amount,
                        false => of(plus(before.goods, goods)?)?,
                    };
                    minus(with, of(before.goods)?)?
                }
                _ => {
                    let part = |whole, part, of| cumulative(whole, part, of, self.digits(), version.choices.rounding);
                    let ahead = |units: u32| before.tax_ahead(at, units, sold.quantity, &part);
                    let given = minus(ahead(before.quantity)?, ahead(units)?)?;
                    minus(minus(share(units)?, share(before.quantity)?)?, given)?
                }
            };
            let full = due.min(minus(tax.amount, gone)?).max(Decimal::ZERO);
            let refunded = minus(credit, kept)?;
            // Less goods than were paid for carry less tax; included tax is part of what is refunded.
            let amount = match rule {
                _ if exempt => Decimal::ZERO,
                _ if tax.included => proportion(full, refunded, goods, self.digits(), version)?,
                TaxRule::InFull => proportion(full, credit, goods, self.digits(), version)?,
                TaxRule::OnRefunded => proportion(full, refunded, goods, self.digits(), version)?,
                TaxRule::NotReturned => Decimal::ZERO,
            };
            let (part, amount) = match tax.included {
                true => (Part::IncludedTax, amount),
                false => (Part::Tax, amount),
            };
            out.taxes.push(amount);
            // A tax that a clause keeps is told, with the clause.
            if !amount.is_zero() || !by.is_empty() && !full.is_zero() {
                out.parts.push(Amount { part, name: Some(Arc::clone(&tax.id)), amount, by: by.clone() });
            }
        }
        Ok(())
    }
}

/// How good a rule is for the customer.
fn tax_rank(rule: TaxRule) -> u8 {
    match rule {
        TaxRule::InFull => 2,
        TaxRule::OnRefunded => 1,
        TaxRule::NotReturned => 0,
    }
}

fn tax_words(rule: TaxRule) -> &'static str {
    match rule {
        TaxRule::InFull => "returned in full",
        TaxRule::OnRefunded => "returned on what is refunded",
        TaxRule::NotReturned => "not returned",
    }
}

/// The list price of a unit, when it is known.
fn list_price(sold: &SaleLine) -> Option<Decimal> {
    sold.priced.then_some(sold.unit_price)
}

/// The name under which the tax on a fee is shown.
pub(super) fn tax_name(fee: &str) -> Arc<str> {
    format!("{fee} tax").into()
}

fn is_tax_of(name: &str, fee: &str) -> bool {
    name.strip_suffix(" tax").is_some_and(|n| n == fee)
}

impl Facts<'_> {
    /// The number a fact holds.
    pub(super) fn number(&self, id: crate::facts::FactId, at: &super::conditions::At) -> Option<Decimal> {
        match self.get(id, at)? {
            Value::Number(n) => Some(n),
            _ => None,
        }
    }
}
