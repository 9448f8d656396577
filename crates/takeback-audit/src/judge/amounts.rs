//! What was given back against what the policy gives, part by part where the parts are told; where only a total is, the part
//! of the decision whose amount makes the difference exactly. Never a guess told as a fact.

mod fees;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use takeback::decision::{Amount, Bound, Credits, Part, Status};
use takeback::facts::RemedyKind;

use crate::cells::Of;
use crate::finding::{Cause, Finding, Kind};
use crate::spell;
use crate::visit::{self, Line, Wanted};

use super::{Cx, Found, Place, held, sentences};

const NONE: Decimal = Decimal::ZERO;

/// What the policy says of what came too late, for its word.
const EXPIRED: Status = Status::Expired { on: NaiveDate::MIN, overridable_by: None };

/// What was given back for a row, as far as it is told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Actual {
    pub(super) total: Option<Decimal>,
    goods: Option<Decimal>,
    tax: Option<Decimal>,
    fee: Option<Decimal>,
    shipping: Option<Decimal>,
}

impl Actual {
    /// Whether it is told that no money was given.
    pub(super) fn is_nothing(&self) -> bool {
        self.total.is_some_and(|total| total.is_zero())
    }
}

/// What the policy gives for a line.
#[derive(Debug, Clone, Default)]
struct Expected {
    /// With delivery.
    total: Decimal,
    /// Less what the basis keeps.
    goods: Decimal,
    /// Taxes on top.
    tax: Decimal,
    /// Fees and deductions kept back.
    fee: Decimal,
    /// Delivery with its tax.
    shipping: Decimal,
}

/// A row, what was given for it, and what the policy gives.
struct Compared<'d> {
    place: Place<'d>,
    actual: Actual,
    expected: Expected,
    /// Of the fees of the visit, where they count for this line.
    fee_by: Credits,
    shipping_by: Credits,
}

impl Compared<'_> {
    /// Lets delivery given back count for this line.
    fn deliver(&mut self, amount: Decimal, by: &Credits) {
        self.expected.shipping += amount;
        self.expected.total += amount;
        self.shipping_by = by.clone();
    }

    /// What was given beyond what the policy gives.
    fn surplus(&self) -> Decimal {
        self.actual.total.unwrap_or_default() - self.expected.total
    }
}

/// A part of the difference.
struct Share {
    cause: Cause,
    difference: Decimal,
    by: Credits,
    told: bool,
}

impl Cx<'_> {
    /// What was given back for a row.
    pub(super) fn actual(&self, row: usize) -> Actual {
        let money = |name| self.cells.money(Of::Return, name, row);
        let (goods, tax) = (money("refund_goods"), money("refund_tax"));
        let (fee, shipping) = (money("refund_fee"), money("refund_shipping"));
        // A sum of parts of which one is not known is not known; what the source has no column for is no part of it.
        let part = |name, amount: Option<Decimal>| match self.cells.has(Of::Return, name) {
            true => amount,
            false => Some(NONE),
        };
        let sum = || {
            let plus = goods? + part("refund_tax", tax)? + part("refund_shipping", shipping)?;
            Some(plus - part("refund_fee", fee)?)
        };
        Actual { total: money("refund").or_else(sum), goods, tax, fee, shipping }
    }

    /// What the policy gives for a line, without delivery; none for remedies that give no money or goods.
    pub(super) fn value(&self, place: Place<'_>) -> Option<Decimal> {
        held::wanted(place)?.value
    }

    /// A return that was declined, or given less than was asked for, and that was owed.
    pub(super) fn owed(&self, place: Place<'_>, given: Decimal) -> Finding {
        let mut finding = Finding::new(Kind::DeclinedThoughOwed, place.row, Cause::Remedy);
        self.about(place, &mut finding);
        let mut by = held::wanted(place).map(|wanted| wanted.by.clone()).unwrap_or_default();
        let bound = |what: &Bound| matches!(what, Bound::Remedy | Bound::Window | Bound::Stop);
        let by_law = place.decision.law.iter().filter(|clamp| clamp.line == place.line && bound(&clamp.what));
        let mut law = Credits::new();
        for clamp in by_law {
            law.merge(&clamp.by);
            finding.cause = match clamp.what {
                Bound::Window => Cause::Window,
                // In the time of the law, and not in that of the policy.
                Bound::Remedy if clamp.policy == EXPIRED.word() => Cause::Window,
                Bound::Stop => Cause::Stop,
                _ => finding.cause,
            };
        }
        if !law.is_empty() {
            by = law;
        }
        self.cite(&by, &mut finding);
        finding.law = by.iter().any(|id| self.is_law(*id));
        finding.expected = Some(self.value(place).unwrap_or_default());
        finding.actual = Some(given);
        finding.difference = finding.expected.map(|expected| given - expected);
        finding.stake = finding.expected.unwrap_or_default();
        finding.told = true;
        finding.message = sentences::owed(self.title(&by), &finding, place.request.day);
        finding
    }

    /// Holds the lines that are let through against what was given for them.
    pub(super) fn amounts(&self, lines: &[Line], places: &[Place<'_>], out: &mut Found) {
        let mut compared: Vec<Compared<'_>> = Vec::new();
        for place in places {
            let remedy = place.decision.lines.get(place.line).and_then(|line| line.wants);
            let kind = remedy.and_then(|remedy| self.schema.remedies.get(usize::from(remedy))).map(|r| &r.kind);
            let actual = self.actual(place.row);
            match (kind, actual.total) {
                (None | Some(RemedyKind::Service), _) | (Some(RemedyKind::Goods), None) => {}
                (Some(_), None) => out.findings.push(self.untold(*place)),
                (Some(_), Some(_)) => compared.push(Compared {
                    place: *place,
                    actual,
                    expected: self.expected(*place),
                    fee_by: Credits::new(),
                    shipping_by: Credits::new(),
                }),
            }
        }
        self.keep_fees(&mut compared);
        self.deliver(&mut compared);
        if let Some(decision) = compared.first().map(|one| one.place.decision)
            && self.rounded(decision, &compared)
        {
            return;
        }
        for one in &compared {
            let (row, expected) = (one.place.row, one.expected.total);
            let actual = one.actual.total.unwrap_or_default();
            let difference = actual - expected;
            let beyond = out.findings.iter_mut().find(|finding| {
                finding.row == row && matches!(finding.kind, Kind::MoreReturnedThanSold | Kind::ReturnedTwice)
            });
            let whole = lines.get(one.place.line).is_some_and(|line| line.units == visit::units(self.cells, row));
            if let (Some(finding), false) = (beyond, whole) {
                finding.expected = Some(expected);
                finding.difference = Some(difference);
                finding.stake = difference.max(NONE);
                if difference >= NONE {
                    continue;
                }
                finding.difference = Some(NONE);
            }
            if difference.abs() <= self.options.tolerance {
                continue;
            }
            let shares = self.shares(one, difference);
            out.findings.extend(self.wrong(one, difference, shares));
        }
    }

    /// Money was given, and it is not told how much.
    fn untold(&self, place: Place<'_>) -> Finding {
        let mut finding = Finding::new(Kind::CannotBeJudged, place.row, Cause::MissingFact);
        self.about(place, &mut finding);
        finding.expected = self.value(place);
        finding.facts.push("refund".to_owned());
        finding.told = true;
        finding.message = sentences::refund_not_told().to_owned();
        finding
    }

    fn expected(&self, place: Place<'_>) -> Expected {
        let mut expected = Expected { total: self.value(place).unwrap_or_default(), ..Expected::default() };
        for amount in parts(place) {
            match amount.part {
                Part::Goods | Part::Reduction => expected.goods += amount.amount,
                Part::Tax => expected.tax += amount.amount,
                Part::Fee | Part::Deduction => expected.fee -= amount.amount,
                Part::IncludedTax => {}
            }
        }
        expected
    }

    /// Gives the delivery of each sale to a line: to those that tell of it, else to one that was given that much more, else
    /// to the first. Where it was spread over several lines and comes to the same, it stays so.
    fn deliver(&self, compared: &mut [Compared<'_>]) {
        let Some(decision) = compared.first().map(|one| one.place.decision) else { return };
        for back in &decision.shipping {
            let amount = back.amount + back.taxes.iter().map(|(_, tax)| *tax).sum::<Decimal>();
            let of_sale = |one: &Compared<'_>| {
                let sold = one.place.request.lines.get(one.place.line).and_then(|line| line.sold);
                sold.and_then(|(sale, _)| one.place.request.sales.get(sale)).is_some_and(|sale| sale.id == back.sale)
            };
            let mine: Vec<usize> =
                compared.iter().enumerate().filter(|(_, one)| of_sale(one)).map(|(place, _)| place).collect();
            let get = |place: &&usize| compared.get(**place);
            let told = |place: &&usize| get(place).is_some_and(|one| one.actual.shipping.is_some_and(|s| s > NONE));
            let spread: Decimal = mine.iter().filter_map(|place| compared.get(*place)).map(Compared::surplus).sum();
            let none_less = mine.iter().filter_map(|place| compared.get(*place)).all(|one| one.surplus() >= NONE);
            let nobody_tells = !mine.iter().any(|place| told(&place));
            if nobody_tells && mine.len() > 1 && spread == amount && none_less {
                for place in &mine {
                    let Some(one) = compared.get_mut(*place) else { continue };
                    let surplus = one.surplus();
                    one.expected.shipping = surplus;
                    one.expected.total += surplus;
                }
                continue;
            }
            let enough = |place: &&usize| get(place).is_some_and(|one| one.surplus() >= amount);
            let chosen = mine.iter().find(told).or_else(|| mine.iter().find(enough)).or(mine.first()).copied();
            // Lines that tell of it have what they tell, as far as it goes; what is left over has the one it counts for.
            let tellers: Vec<usize> = mine.iter().filter(told).copied().collect();
            let mut left = amount;
            for place in tellers {
                let Some(one) = compared.get_mut(place) else { continue };
                let share = one.actual.shipping.unwrap_or_default().min(left);
                left -= share;
                one.deliver(share, &back.by);
            }
            if let Some(one) = chosen.and_then(|place| compared.get_mut(place)) {
                one.deliver(left, &back.by);
            }
        }
    }

    /// Whether all that differs is what coins cannot pay.
    fn rounded(&self, decision: &takeback::decision::Decision, compared: &[Compared<'_>]) -> bool {
        let coins = decision.payouts.iter().filter_map(|payout| Some(payout.handed_out? - payout.amount));
        let coins: Decimal = coins.sum();
        let differences = compared.iter().map(Compared::surplus);
        coins != NONE && differences.sum::<Decimal>() == coins
    }

    /// The difference by cause; the shares add up to it.
    fn shares(&self, one: &Compared<'_>, difference: Decimal) -> Vec<Share> {
        let (actual, expected) = (&one.actual, &one.expected);
        let told = [
            (Part::Goods, actual.goods.map(|goods| goods - expected.goods)),
            (Part::Fee, actual.fee.map(|fee| expected.fee - fee)),
            (Part::Tax, actual.tax.map(|tax| tax - expected.tax)),
            (Part::IncludedTax, actual.shipping.map(|shipping| shipping - expected.shipping)),
        ];
        let mut shares = Vec::new();
        let mut rest = difference;
        let mut open = Vec::new();
        for (part, share) in told {
            let Some(share) = share else {
                open.push(part);
                continue;
            };
            rest -= share;
            if share == NONE {
                continue;
            }
            let by = self.by(one, part);
            let cause = match part {
                Part::Goods | Part::Reduction => self.of_goods(one, share).unwrap_or(Cause::PriceBasis),
                Part::Fee | Part::Deduction => Cause::Fee,
                Part::Tax => Cause::Tax,
                Part::IncludedTax => Cause::Shipping,
            };
            shares.push(Share { cause, difference: share, by, told: true });
        }
        if rest != NONE {
            let (cause, by) = self.inferred(one, rest, &open);
            shares.push(Share { cause, difference: rest, by, told: false });
        }
        shares
    }

    /// What of the price makes the goods differ by this: exactly, or nothing.
    fn of_goods(&self, one: &Compared<'_>, share: Decimal) -> Option<Cause> {
        let found = self.goods_that_differ(one).into_iter().filter(|(_, amount)| *amount == share);
        let causes: BTreeSet<Cause> = found.map(|(cause, _)| cause).collect();
        if causes.len() == 1 { causes.into_iter().next() } else { None }
    }

    /// By how much the goods would differ, had they been reckoned in another way.
    fn goods_that_differ(&self, one: &Compared<'_>) -> Vec<(Cause, Decimal)> {
        let row = one.place.row;
        let goods = one.expected.goods;
        let line = one.place.request.lines.get(one.place.line);
        let units = line.map_or(1, |line| line.quantity);
        let mut out = Vec::new();
        let mut price = |cause: Cause, price: Option<Decimal>| {
            if let Some(all) = price.and_then(|price| price.checked_mul(units.into())) {
                out.push((cause, visit::cents(self.policy, all) - goods));
            }
        };
        price(Cause::DiscountShare, self.cells.money(Of::Sale, "unit_price", row));
        price(Cause::PriceBasis, self.cells.money(Of::Return, "current_price", row));
        price(Cause::PriceBasis, self.cells.money(Of::Return, "list_price", row));
        let lowest = self.cells.text(Of::Return, "lowest_prices", row).and_then(|text| spell::tenders(text).ok());
        for part in lowest.unwrap_or_default().into_iter().filter(|part| part.known) {
            price(Cause::PriceBasis, Some(part.amount));
        }
        let sold = line.and_then(|line| line.sold);
        let sold = sold.and_then(|(sale, line)| one.place.request.sales.get(sale)?.lines.get(line));
        if let Some(sold) = sold {
            let share = |units: u32| {
                let paid = sold.paid.checked_mul(units.into())?.checked_div(sold.quantity.max(1).into())?;
                Some(visit::cents(self.policy, paid))
            };
            if let Some(paid) = share(units) {
                let cause = if self.promoted(one.place) { Cause::DiscountShare } else { Cause::PriceBasis };
                out.push((cause, paid - goods));
            }
            // Units beyond a few hundred are counted by nobody at a till.
            for other in (1..=sold.quantity.min(500)).filter(|other| *other != units) {
                out.extend(share(other).map(|paid| (Cause::Quantity, paid - goods)));
            }
        }
        out.retain(|(_, amount)| *amount != NONE);
        out
    }

    /// Whether a line was sold under a promotion, so that its share of what was paid may not be what it is worth.
    fn promoted(&self, place: Place<'_>) -> bool {
        let sold = place.request.lines.get(place.line).and_then(|line| line.sold);
        let promotions = sold.and_then(|(sale, _)| place.request.sales.get(sale)).map(|sale| &sale.promotions);
        let covers = |(_, line): (usize, usize)| {
            promotions.is_some_and(|all| all.iter().any(|promotion| promotion.lines.contains(&line)))
        };
        sold.is_some_and(covers)
    }

    /// The one cause that makes a difference exactly, of the parts that are not told; where none does, or several do, it is not
    /// explained.
    fn inferred(&self, one: &Compared<'_>, rest: Decimal, open: &[Part]) -> (Cause, Credits) {
        let mut found: Vec<(Cause, Decimal, Credits)> = Vec::new();
        let row = one.place.row;
        if open.contains(&Part::Fee) {
            let fees = || parts(one.place).iter().filter(|a| matches!(a.part, Part::Fee | Part::Deduction));
            found.push((Cause::Fee, one.expected.fee, self.by(one, Part::Fee)));
            found.extend(fees().map(|fee| (Cause::Fee, -fee.amount, fee.by.clone())));
        }
        if open.contains(&Part::Tax) {
            let by = self.by(one, Part::Tax);
            found.push((Cause::Tax, -one.expected.tax, by.clone()));
            let taxes = parts(one.place).iter().filter(|amount| amount.part == Part::Tax);
            found.extend(taxes.map(|tax| (Cause::Tax, -tax.amount, by.clone())));
            found.extend(self.whole_tax(one).map(|tax| (Cause::Tax, tax - one.expected.tax, by.clone())));
        }
        if open.contains(&Part::IncludedTax) {
            let by = one.shipping_by.clone();
            found.push((Cause::Shipping, -one.expected.shipping, by.clone()));
            if let Some(paid) = self.cells.money(Of::Sale, "shipping_paid", row) {
                let tax = self.cells.money(Of::Sale, "shipping_tax", row).unwrap_or_default();
                found.push((Cause::Shipping, paid - one.expected.shipping, by.clone()));
                found.push((Cause::Shipping, paid + tax - one.expected.shipping, by));
            }
        }
        if open.contains(&Part::Goods) {
            let by = self.by(one, Part::Goods);
            let goods = self.goods_that_differ(one).into_iter();
            found.extend(goods.map(|(cause, amount)| (cause, amount, by.clone())));
            // As many units as others of the line, with all that hangs on them.
            let units = one.place.request.lines.get(one.place.line).map_or(1, |line| line.quantity);
            let sold = self.cells.count(Of::Sale, "quantity", row).unwrap_or(1).min(500);
            for other in 1..=u32::try_from(sold).unwrap_or(1) {
                let value = one.expected.total - one.expected.shipping;
                let all = value.checked_mul(other.into()).and_then(|all| all.checked_div(units.max(1).into()));
                found.extend(all.map(|all| (Cause::Quantity, all - value, by.clone())));
            }
        }
        found.retain(|(_, amount, _)| *amount == rest && *amount != NONE);
        let causes: BTreeSet<Cause> = found.iter().map(|(cause, ..)| *cause).collect();
        match found.into_iter().next() {
            Some((cause, _, by)) if causes.len() == 1 => (cause, by),
            Some(_) | None => (Cause::Unexplained, self.by(one, Part::Goods)),
        }
    }

    /// The tax of the units that came back, all of it, of a tax that is not in the price.
    fn whole_tax(&self, one: &Compared<'_>) -> Option<Decimal> {
        let line = one.place.request.lines.get(one.place.line)?;
        let (sale, sold) = line.sold?;
        let sold = one.place.request.sales.get(sale)?.lines.get(sold)?;
        let tax: Decimal = sold.taxes.iter().filter(|tax| !tax.included).map(|tax| tax.amount).sum();
        let share = tax.checked_mul(line.quantity.into())?.checked_div(sold.quantity.max(1).into())?;
        Some(visit::cents(self.policy, share))
    }

    /// The clauses behind a part; where there are none, those that offer the remedy.
    fn by(&self, one: &Compared<'_>, part: Part) -> Credits {
        let mut by = Credits::new();
        for amount in parts(one.place) {
            let mine = match part {
                Part::Goods | Part::Reduction => matches!(amount.part, Part::Goods | Part::Reduction),
                Part::Fee | Part::Deduction => matches!(amount.part, Part::Fee | Part::Deduction),
                Part::Tax => amount.part == Part::Tax,
                Part::IncludedTax => false,
            };
            if mine {
                by.merge(&amount.by);
            }
        }
        match part {
            Part::Fee | Part::Deduction => by.merge(&one.fee_by),
            Part::IncludedTax => by.merge(&one.shipping_by),
            Part::Goods | Part::Reduction | Part::Tax => {}
        }
        match by.is_empty() {
            true => held::wanted(one.place).map(|wanted| wanted.by.clone()).unwrap_or_default(),
            false => by,
        }
    }

    /// A finding for each share. Those that go the other way than the whole stand for no money: they made it smaller.
    fn wrong(&self, one: &Compared<'_>, difference: Decimal, shares: Vec<Share>) -> Vec<Finding> {
        let mut left = difference.abs();
        let mut out = Vec::new();
        for share in shares {
            let kind = if share.difference > NONE { Kind::TooMuch } else { Kind::TooLittle };
            let mut finding = Finding::new(kind, one.place.row, share.cause);
            self.about(one.place, &mut finding);
            self.cite(&share.by, &mut finding);
            finding.expected = Some(one.expected.total);
            finding.actual = one.actual.total;
            finding.difference = Some(share.difference);
            let same_way = (share.difference > NONE) == (difference > NONE);
            finding.stake = if same_way { share.difference.abs().min(left) } else { NONE };
            left -= finding.stake;
            finding.told = share.told;
            finding.message = sentences::amount(&finding, self.policy.program().currency.code());
            out.push(finding);
        }
        out
    }

    /// Which remedy pays by the tenders of the sale, so that where its money went can be held against the policy.
    pub(super) fn pays(&self, row: usize) -> bool {
        let name = visit::remedy(self.cells, row, Wanted::Given);
        self.schema.remedies.iter().any(|remedy| remedy.name == name && remedy.kind.is_money())
    }
}

/// The parts of what a line gives.
fn parts<'d>(place: Place<'d>) -> &'d [Amount] {
    held::wanted(place).and_then(|wanted| wanted.amounts.as_deref()).unwrap_or_default()
}
