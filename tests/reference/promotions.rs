//! Promotions that are clawed back or void: all lines of one promotion are worked out together. And gifts.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::money::{Rounding, share};
use takeback::terms::{GiftRule, Sharing};

use super::amounts::Takes;
use super::conditions::{Case, Key};
use super::visit::{count, decimal, list, text};

/// Goods of the lines that come back under a promotion that is undone.
#[derive(Debug, Default)]
pub(crate) struct Joint {
    /// By line of the request: the goods given back now.
    pub(crate) now: BTreeMap<usize, Decimal>,
    /// Lines under several promotions of which one is undone: referred.
    pub(crate) overlap: BTreeSet<usize>,
}

impl Case<'_> {
    pub(crate) fn joint(&self, takes: &Takes) -> Result<Joint, Key> {
        let mut joint = Joint::default();
        for (sale, json) in self.visit.sales().iter().enumerate() {
            let rule = self.sharing_rule(sale)?;
            let promotions = list(json, "/promotions");
            let rules: Vec<Option<Sharing>> = promotions
                .iter()
                .map(|promotion| match text(promotion, "/kind").unwrap().as_str() {
                    "gift" => None,
                    "bundle" => self.edition.bundles().or(rule),
                    _ => rule,
                })
                .collect();
            let covered: Vec<Vec<usize>> = promotions.iter().map(|one| self.visit.covered(sale, one)).collect();
            for (at, promotion) in promotions.iter().enumerate() {
                let Some(sharing @ (Sharing::ClawedBack | Sharing::Void)) = rules[at] else { continue };
                let coming: Vec<usize> = (0..takes.len())
                    .filter(|line| {
                        let sold = self.visit.returns[*line].sold;
                        self.takes_value(takes, *line).is_some()
                            && sold.is_some_and(|(s, line)| s == sale && covered[at].contains(&line))
                    })
                    .collect();
                for line in &coming {
                    let sold = self.visit.returns[*line].sold.unwrap().1;
                    let others = (0..promotions.len()).filter(|other| *other != at && rules[*other].is_some());
                    if others.into_iter().any(|other| covered[other].contains(&sold)) {
                        joint.overlap.insert(*line);
                    }
                }
                let units: u64 = covered[at].iter().map(|line| u64::from(self.visit.bought((sale, *line)))).sum();
                if units < 2 {
                    continue;
                }
                self.undo(sale, promotion, sharing, &covered[at], &coming, &mut joint.now);
            }
        }
        Ok(joint)
    }

    fn undo(
        &self,
        sale: usize,
        promotion: &Json,
        sharing: Sharing,
        covered: &[usize],
        coming: &[usize],
        now: &mut BTreeMap<usize, Decimal>,
    ) {
        let all_paid = self.visit.paid(sale, self.edition);
        let paid: Decimal = covered.iter().map(|line| all_paid[*line]).sum();
        let before: Decimal = covered.iter().map(|line| self.visit.earlier_sum((sale, *line), &["goods"])).sum();
        // What was paid for some units stands for a list price that is not known, with twelve decimals as other prices.
        let list_price = |line: usize, units: u32| {
            let units = Decimal::from(units);
            match decimal(self.visit.sold_line((sale, line)), "/unit_price") {
                Some(price) => price * units,
                None => {
                    let bought = Decimal::from(self.visit.bought((sale, line)));
                    Rounding::HalfUp.round(all_paid[line] * units / bought, 12)
                }
            }
        };

        // The list price of each unit that is kept.
        let (mut kept, mut full) = (Vec::new(), Decimal::ZERO);
        for line in covered {
            let now: u32 = coming
                .iter()
                .filter(|one| self.visit.returns[**one].sold == Some((sale, *line)))
                .map(|one| self.visit.returns[*one].quantity)
                .sum();
            let stays = self
                .visit
                .bought((sale, *line))
                .saturating_sub(self.visit.came_back((sale, *line)).saturating_add(now));
            kept.extend((0..stays).map(|_| list_price(*line, 1)));
            full += list_price(*line, stays);
        }
        let off = match sharing {
            Sharing::ClawedBack => own_terms(promotion, kept, full),
            Sharing::Void | Sharing::InProportion => Decimal::ZERO,
        };
        let price_of_kept = self.round(full - off);
        let due = (paid - price_of_kept).max(Decimal::ZERO);
        let total = (due - before).max(Decimal::ZERO);
        let weights: Vec<Decimal> = coming
            .iter()
            .map(|line| {
                let coming = &self.visit.returns[*line];
                list_price(coming.sold.unwrap().1, coming.quantity)
            })
            .collect();
        if coming.is_empty() {
            return;
        }
        for (line, part) in coming.iter().zip(share(total, &weights, self.edition.digits()).unwrap()) {
            now.insert(*line, part);
        }
    }

    /// Whether a line's gift is kept while the goods it came with have all gone back; then its stated value.
    fn missing_gift(&self, sale: usize, promotion: &Json, takes: &Takes) -> Option<Decimal> {
        let stays = |line: usize| {
            let now: u64 = (0..takes.len())
                .filter(|one| self.takes_value(takes, *one).is_some())
                .filter(|one| self.visit.returns[*one].sold == Some((sale, line)))
                .map(|one| u64::from(self.visit.returns[one].quantity))
                .sum();
            u64::from(self.visit.bought((sale, line))) > u64::from(self.visit.came_back((sale, line))) + now
        };
        let lines = list(self.visit.sale(sale), "/lines");
        let id = text(promotion, "/gift").unwrap();
        let gift = lines.iter().position(|line| text(line, "/id").as_ref() == Some(&id)).unwrap();
        let gone = !self.visit.covered(sale, promotion).into_iter().any(stays);
        (gone && stays(gift)).then(|| decimal(promotion, "/value").unwrap())
    }

    /// The gifts of a line that comes back: what is deducted for them, none when the policy does not say.
    pub(crate) fn gift(&self, line: usize, takes: &Takes) -> Option<Decimal> {
        let mut deducted = Decimal::ZERO;
        for (sale, promotion) in self.gifts_of(line) {
            // The last line that comes back bears it.
            let last = (0..takes.len()).rfind(|one| {
                let sold = self.visit.returns[*one].sold;
                self.takes_value(takes, *one).is_some()
                    && sold.is_some_and(|(s, line)| s == sale && self.visit.covered(sale, &promotion).contains(&line))
            });
            match self.edition.gifts() {
                None if self.missing_gift(sale, &promotion, takes).is_some() => return None,
                Some(GiftRule::ValueDeducted) if last == Some(line) => {
                    deducted += self.missing_gift(sale, &promotion, takes).unwrap_or_default();
                }
                Some(GiftRule::ValueDeducted | GiftRule::MustComeBack | GiftRule::KeptFree) | None => {}
            }
        }
        Some(deducted)
    }

    /// Whether a line is declined because its gift must come back with it.
    pub(crate) fn gift_missing(&self, line: usize, takes: &Takes) -> bool {
        self.edition.gifts() == Some(GiftRule::MustComeBack)
            && self.gifts_of(line).iter().any(|(sale, gift)| self.missing_gift(*sale, gift, takes).is_some())
    }

    /// The gifts that came with a line.
    fn gifts_of(&self, line: usize) -> Vec<(usize, Json)> {
        let Some((sale, sold)) = self.visit.returns[line].sold else { return Vec::new() };
        list(self.visit.sale(sale), "/promotions")
            .iter()
            .filter(|promotion| text(promotion, "/kind").as_deref() == Some("gift"))
            .filter(|promotion| self.visit.covered(sale, promotion).contains(&sold))
            .map(|promotion| (sale, promotion.clone()))
            .collect()
    }
}

/// What the promotion takes off the kept units, which cost so much together, by its own terms.
fn own_terms(promotion: &Json, mut kept: Vec<Decimal>, all: Decimal) -> Decimal {
    kept.sort();
    kept.reverse();
    match text(promotion, "/kind").unwrap().as_str() {
        // Of every n units, dearest first, the n - m cheapest are free.
        "n for m" => {
            let n = usize::try_from(count(promotion, "/n").unwrap()).unwrap();
            let m = usize::try_from(count(promotion, "/m").unwrap()).unwrap();
            let groups = kept.chunks_exact(n).map(|group| group[m..].iter().sum::<Decimal>());
            groups.sum()
        }
        "percent over" => {
            if all >= decimal(promotion, "/over").unwrap() {
                all * decimal(promotion, "/percent").unwrap() / Decimal::ONE_HUNDRED
            } else {
                Decimal::ZERO
            }
        }
        "every second" => {
            let percent = decimal(promotion, "/percent").unwrap();
            let off: Decimal = kept.chunks_exact(2).map(|pair| pair[1] * percent).sum();
            off / Decimal::ONE_HUNDRED
        }
        "bundle" | "coupon" => Decimal::ZERO,
        other => panic!("{other}"),
    }
}
