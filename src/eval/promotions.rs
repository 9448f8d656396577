//! Promotions over several goods: what is due when they are clawed back or void, and gifts that stay.

use rust_decimal::Decimal;

use crate::decision::Gap;
use crate::money::{Percent, Rounding, share};
use crate::program::{AttributeValue, Program, Version};
use crate::request::{Promotion, PromotionKind, Request, Sale, SaleLine};
use crate::terms::{GiftRule, Sharing};

use super::amounts::{Trouble, minus, plus};
use super::conditions::Facts;
use super::progress::Progress;
use super::resolve::{Frame, Resolved};

/// What promotions mean for one line of the visit.
#[derive(Debug, Clone, Default)]
pub(super) struct Effect {
    /// Goods, when a promotion is clawed back or void.
    pub(super) clawed: Option<Decimal>,
    /// The value of gifts that stay, deducted from this line.
    pub(super) gift: Decimal,
    /// A gift must come back and does not.
    pub(super) gift_missing: bool,
    /// What the policy would do with a discount that stays shared by law.
    pub(super) kept_shared: Option<Sharing>,
}

/// The effect of promotions on each of `returning` (places of lines of the visit), in that order; `by_law`: whether discounts
/// of a line stay shared by law.
pub(super) fn effects(
    program: &Program,
    facts: &Facts<'_>,
    progress: &Progress,
    frames: &mut [Frame<'_>],
    returning: &[usize],
    by_law: &dyn Fn(usize) -> bool,
) -> Vec<Result<Effect, Trouble>> {
    let request = facts.request;
    let mut effects: Vec<Result<Effect, Trouble>> = returning.iter().map(|_| Ok(Effect::default())).collect();
    if request.sales.iter().all(|s| s.promotions.is_empty()) {
        return effects;
    }
    let back = Back::new(request, returning);
    for (at, sale) in request.sales.iter().enumerate() {
        for promotion in &sale.promotions {
            let mut mine: Vec<usize> = promotion.lines.iter().flat_map(|line| back.of((at, *line))).collect();
            mine.sort_unstable();
            let Some(frame) = mine.first().and_then(|i| returning.get(*i)).and_then(|line| frames.get_mut(*line))
            else {
                continue;
            };
            let group = Group { program, request, progress, sale: at, sold: sale, promotion, returning, back: &back };
            let made = match &promotion.kind {
                PromotionKind::Gift { gift, value } => group.gift(frame.version, *gift, *value, &mine),
                // The law keeps a discount shared for goods that are given back under it.
                _ if mine.iter().filter_map(|i| returning.get(*i)).any(|line| by_law(*line)) => {
                    let policy = |sharing| Effect { kept_shared: Some(sharing), ..Effect::default() };
                    group.sharing(facts, frame).map(|sharing| match sharing {
                        Sharing::InProportion => Vec::new(),
                        sharing => mine.iter().map(|i| (*i, policy(sharing))).collect(),
                    })
                }
                _ => group.clawed(facts, frame, &mine),
            };
            match made {
                Ok(list) => {
                    for (i, effect) in list {
                        let Some(slot) = effects.get_mut(i) else { continue };
                        if let Ok(known) = slot {
                            let overlap = known.clawed.is_some() && effect.clawed.is_some();
                            known.clawed = effect.clawed.or(known.clawed);
                            known.gift = known.gift.saturating_add(effect.gift);
                            known.gift_missing |= effect.gift_missing;
                            known.kept_shared = known.kept_shared.or(effect.kept_shared);
                            if overlap {
                                *slot = Err(Trouble::Gap(Gap::Promotion));
                            }
                        }
                    }
                }
                Err(trouble) => {
                    for i in &mine {
                        if let Some(slot) = effects.get_mut(*i) {
                            *slot = Err(trouble.clone());
                        }
                    }
                }
            }
        }
    }
    // A line under two promotions of which one is clawed back: what is due of it is anybody's guess.
    for (at, sale) in request.sales.iter().enumerate() {
        let promotions = sale.promotions.iter().filter(|p| !matches!(p.kind, PromotionKind::Gift { .. }));
        let mut covered: Vec<usize> = promotions.flat_map(|p| p.lines.iter().copied()).collect();
        covered.sort_unstable();
        for twice in covered.chunk_by(|a, b| a == b).filter(|lines| lines.len() > 1) {
            for i in twice.first().into_iter().flat_map(|line| back.of((at, *line))) {
                if let Some(slot) = effects.get_mut(i)
                    && slot.as_ref().is_ok_and(|e| e.clawed.is_some())
                {
                    *slot = Err(Trouble::Gap(Gap::Promotion));
                }
            }
        }
    }
    effects
}

/// The lines that come back, by the sold line they are of.
struct Back {
    /// Sold line, and place among those that come back; sorted.
    places: Vec<((usize, usize), usize)>,
}

impl Back {
    fn new(request: &Request, returning: &[usize]) -> Self {
        let sold = |line: &usize| request.lines.get(*line).and_then(|l| l.sold);
        let mut places: Vec<_> = returning.iter().enumerate().filter_map(|(i, line)| Some((sold(line)?, i))).collect();
        places.sort_unstable();
        Self { places }
    }

    /// The places of those of a sold line.
    fn of(&self, sold: (usize, usize)) -> impl Iterator<Item = usize> + '_ {
        let first = self.places.partition_point(|(of, _)| *of < sold);
        self.places.iter().skip(first).take_while(move |(of, _)| *of == sold).map(|(_, i)| *i)
    }
}

struct Group<'a> {
    program: &'a Program,
    request: &'a Request,
    progress: &'a Progress,
    sale: usize,
    sold: &'a Sale,
    promotion: &'a Promotion,
    returning: &'a [usize],
    back: &'a Back,
}

impl Group<'_> {
    /// Units of a sold line that stay with the customer after this visit.
    fn kept(&self, line: usize) -> u32 {
        let Some(sold) = self.sold.lines.get(line) else { return 0 };
        let now: u32 = self
            .back
            .of((self.sale, line))
            .filter_map(|i| self.request.lines.get(*self.returning.get(i)?))
            .fold(0, |sum, l| sum.saturating_add(l.quantity));
        sold.quantity.saturating_sub(sold.earlier.quantity).saturating_sub(now)
    }

    /// How the policy shares the discount.
    fn sharing(&self, facts: &Facts<'_>, frame: &mut Frame<'_>) -> Result<Sharing, Trouble> {
        let version = frame.version;
        // What the header says of bundles is said of nothing else, and by nothing else.
        let bundle = matches!(self.promotion.kind, PromotionKind::Bundle).then_some(version.choices.bundles).flatten();
        if let Some(bundle) = bundle {
            return Ok(bundle);
        }
        let mut rank = |value: &AttributeValue| match value {
            AttributeValue::Discounts(Sharing::InProportion) => Some(Decimal::TWO),
            AttributeValue::Discounts(Sharing::ClawedBack) => Some(Decimal::ONE),
            AttributeValue::Discounts(Sharing::Void) => Some(Decimal::ZERO),
            _ => None,
        };
        let stated = match frame.resolve(facts, version.attributes.discounts, &mut rank) {
            Resolved::Value(AttributeValue::Discounts(sharing), _) => Some(*sharing),
            Resolved::Conflict(by) => return Err(Trouble::Conflict(by)),
            _ => None,
        };
        Ok(stated.unwrap_or(version.choices.discounts))
    }

    fn clawed(
        &self,
        facts: &Facts<'_>,
        frame: &mut Frame<'_>,
        mine: &[usize],
    ) -> Result<Vec<(usize, Effect)>, Trouble> {
        let version = frame.version;
        let sharing = self.sharing(facts, frame)?;
        if sharing == Sharing::InProportion {
            return Ok(Vec::new());
        }
        let digits = self.program.currency.minor_digits();
        let mut paid = Decimal::ZERO;
        let mut so_far = Decimal::ZERO;
        for line in &self.promotion.lines {
            let Some(sold) = self.sold.lines.get(*line) else { continue };
            paid = plus(paid, sold.paid)?;
            so_far = plus(so_far, self.before(*line))?;
        }
        let kept = self.price_of_kept(sharing, version)?;
        let due = minus(paid, kept)?.max(Decimal::ZERO);
        let now = minus(due, so_far)?.max(Decimal::ZERO);
        let mut weights = Vec::new();
        for i in mine {
            let line = self.returning.get(*i).and_then(|at| self.request.lines.get(*at));
            let sold = line.and_then(|l| l.sold).and_then(|(_, at)| self.sold.lines.get(at));
            weights.push(match line.zip(sold) {
                Some((line, sold)) => list_price(sold, u64::from(line.quantity))?,
                None => Decimal::ZERO,
            });
        }
        let parts = share(now, &weights, digits)?;
        Ok(mine.iter().zip(parts).map(|(i, part)| (*i, Effect { clawed: Some(part), ..Effect::default() })).collect())
    }

    fn before(&self, sold: usize) -> Decimal {
        match self.progress.speaks_of((self.sale, sold)) {
            true => self.progress.at((self.sale, sold)).goods,
            false => self.sold.lines.get(sold).map_or(Decimal::ZERO, |s| s.earlier.goods),
        }
    }

    /// What is kept at list price, with the promotion's own terms or without it.
    fn price_of_kept(&self, sharing: Sharing, version: &Version) -> Result<Decimal, Trouble> {
        // Price and number of units of each line; millions of units of one line cost no more than one.
        let mut kept: Vec<(Decimal, u64)> = Vec::new();
        let mut total = Decimal::ZERO;
        for line in &self.promotion.lines {
            let Some(sold) = self.sold.lines.get(*line) else { continue };
            let units = u64::from(self.kept(*line));
            total = plus(total, list_price(sold, units)?)?;
            kept.push((list_price(sold, 1)?, units));
        }
        kept.sort_by(|(a, _), (b, _)| b.cmp(a));
        let off = match (&self.promotion.kind, sharing) {
            (_, Sharing::Void) | (PromotionKind::Bundle | PromotionKind::Coupon | PromotionKind::Gift { .. }, _) => {
                Decimal::ZERO
            }
            (PromotionKind::NForM { n, m }, _) => {
                let mut free = cheapest(&kept, u64::from(*n), u64::from(*m));
                free.try_fold(Decimal::ZERO, |sum, (price, units)| plus(sum, times(price, units)?))?
            }
            (PromotionKind::EverySecond { percent }, _) => cheapest(&kept, 2, 1)
                .try_fold(Decimal::ZERO, |sum, (price, units)| {
                    plus(sum, times(Percent(*percent).of(price)?, units)?)
                })?,
            (PromotionKind::PercentOver { over, percent }, _) if total >= *over => Percent(*percent).of(total)?,
            (PromotionKind::PercentOver { .. }, _) => Decimal::ZERO,
        };
        Ok(version.choices.rounding.round(minus(total, off)?, self.program.currency.minor_digits()))
    }

    fn gift(
        &self,
        version: &Version,
        gift: usize,
        value: Decimal,
        mine: &[usize],
    ) -> Result<Vec<(usize, Effect)>, Trouble> {
        let stays = self.promotion.lines.iter().any(|line| self.kept(*line) > 0);
        if stays || self.kept(gift) == 0 {
            return Ok(Vec::new());
        }
        let charged = self
            .promotion
            .lines
            .iter()
            .filter_map(|l| self.sold.lines.get(*l))
            .any(|sold| sold.earlier.deductions.iter().any(|kept| kept.name == "gift" && !kept.amount.is_zero()));
        let Some(last) = mine.last() else { return Ok(Vec::new()) };
        match version.choices.gifts {
            None => Err(Trouble::Gap(Gap::Promotion)),
            Some(GiftRule::KeptFree) => Ok(Vec::new()),
            Some(GiftRule::ValueDeducted) if charged => Ok(Vec::new()),
            Some(GiftRule::ValueDeducted) => Ok(vec![(*last, Effect { gift: value, ..Effect::default() })]),
            Some(GiftRule::MustComeBack) => {
                Ok(mine.iter().map(|i| (*i, Effect { gift_missing: true, ..Effect::default() })).collect())
            }
        }
    }
}

/// Decimals of what stands for a price that is not told: as many as one that is told may have.
const PRICE_DIGITS: u32 = 12;

/// What some units of a sold line cost by the list; where that is not told, their part of what was paid.
fn list_price(sold: &SaleLine, units: u64) -> Result<Decimal, Trouble> {
    if sold.priced {
        return times(sold.unit_price, units);
    }
    let part = times(sold.paid, units)?.checked_div(Decimal::from(sold.quantity));
    Ok(Rounding::HalfUp.round(part.ok_or(Trouble::Gap(Gap::Overflow))?, PRICE_DIGITS))
}

fn times(price: Decimal, units: u64) -> Result<Decimal, Trouble> {
    price.checked_mul(Decimal::from(units)).ok_or(Trouble::Gap(Gap::Overflow))
}

/// Of every whole group of `n` units all but the `m` dearest: price and number of units of each line, dearest first.
fn cheapest(kept: &[(Decimal, u64)], n: u64, m: u64) -> impl Iterator<Item = (Decimal, u64)> + '_ {
    let n = n.max(1);
    let whole = kept.iter().map(|(_, units)| units).sum::<u64>() / n * n;
    // Of the first so many units.
    let free = move |first: u64| {
        let first = first.min(whole);
        first / n * n.saturating_sub(m) + (first % n).saturating_sub(m)
    };
    kept.iter().scan(0, move |before, (price, units)| {
        let start = *before;
        *before += units;
        Some((*price, free(*before) - free(start)))
    })
}
