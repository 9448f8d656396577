//! Amounts of all lines, and what the visit comes to (docs/reference/order.md, "Amounts" and "Totals").

use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::{Amount, Asked, Balance, Bound, Clamp, Credits, Gap, Outcome, ReasonKey, ShippingBack, Status};
use crate::facts::{RemedyKind, Stage, builtin};
use crate::money::{cumulative, share};
use crate::program::AttributeValue;
use crate::request::NewGoods;
use crate::terms::{FeeUnit, ShippingRule};

use super::amounts::{Amounts, Line, Trouble, minus, plus, proportion, tax_name};
use super::conditions::Unknown;
use super::law::stated;
use super::progress::{Progress, ahead};
use super::promotions::{self, Effect};
use super::resolve::Resolved;
use super::{Run, ZERO};

/// Amounts that remedies made of the same trees share: the first such remedy, its amounts, its value.
type Known = (u16, Arc<[Amount]>, Decimal);

/// What falls to a line of a fee of the visit: name, amount, clauses.
type SharedFee = (Arc<str>, Decimal, Credits);

/// Fees of the visit by line.
type SharedFees = Vec<Vec<SharedFee>>;

/// Fees of the visit, the lines for which one could not be worked out, and what the law took off them.
#[derive(Default)]
struct VisitFees {
    shared: SharedFees,
    troubles: Vec<(usize, Trouble)>,
    law: Vec<Clamp>,
}

/// Some lines of the visit, by place.
type Lines = SmallVec<[usize; 4]>;

/// What promotions mean for each line, where the visit has any.
type Effects = [Option<Result<Effect, Trouble>>];

/// How often it is worked out again what promotions mean for the goods that still come back.
const MOST_ROUNDS: usize = 64;
/// In a visit of more lines, what takes a look at all lines for each line and remedy nobody asked for is left open.
const MANY_LINES: usize = 250;

impl Run<'_> {
    pub(super) fn amounts(&mut self) -> Result<(), Unknown> {
        let promoted = self.request().sales.iter().any(|s| !s.promotions.is_empty());
        loop {
            let returning = self.attempt(promoted)?;
            // What turns out not to come back is kept: promotions that it is part of are worked out again.
            if !promoted || returning.iter().all(|line| self.offered(*line)) {
                self.facts.settled.stage = Stage::Amounts;
                self.decision.shipping = self.shipping(&returning)?;
                self.decision.law.append(&mut self.bounded);
                let balance = self.balance(|run, line| run.offered(line));
                return self.settle_totals(balance);
            }
            self.progress = Progress::new(self.facts.request);
        }
    }

    /// Amounts of all lines, as they stand; the lines that come back.
    fn attempt(&mut self, promoted: bool) -> Result<Lines, Unknown> {
        let count = self.states.len();
        self.facts.settled.item_refund = SmallVec::from_elem(None, count);
        let (returning, of) = self.coming_back(promoted);
        let returning_for: SmallVec<[(usize, u16); 4]> =
            returning.iter().filter_map(|line| Some((*line, self.states.get(*line)?.wants?))).collect();
        let VisitFees { shared, troubles, law } = self.visit_fees(&returning_for, &of)?;
        self.bounded = law;
        // What is given for goods that are kept is worked out once it is known which ones come back.
        let keeps = |run: &Self, line: usize| {
            let kind = run.states.get(line).and_then(|s| s.wants).and_then(|w| run.kind(w));
            kind == Some(&RemedyKind::PriceDifference)
        };
        let (last, first): (Lines, Lines) = (0..count).partition(|line| keeps(self, *line));
        for line in first.into_iter().chain(last) {
            // Of a line that does not get what it wants: what all would come to if it came back too.
            let kept = promoted && of.get(line).is_some_and(Option::is_none) && self.promoted(line);
            let with_it = (kept && count <= MANY_LINES).then(|| self.beside(&returning, line));
            let of = with_it.as_deref().unwrap_or(&of);
            let effect = of.get(line).cloned().flatten().unwrap_or_else(|| Ok(Effect::default()));
            let shared = match troubles.iter().find(|(of, _)| *of == line) {
                Some((_, trouble)) => Err(trouble),
                None => Ok(shared.get(line).map(Vec::as_slice).unwrap_or_default()),
            };
            self.line_amounts(line, &effect, shared, &returning_for, of)?;
        }
        Ok(returning)
    }

    /// The lines whose wanted remedy is of money or goods and offered, and what promotions mean for them.
    fn coming_back(&mut self, promoted: bool) -> (Lines, Vec<Option<Result<Effect, Trouble>>>) {
        let count = self.states.len();
        let back = |run: &Self, line: usize| {
            run.states.get(line).and_then(|s| s.wants).and_then(|w| run.kind(w)).is_some_and(RemedyKind::takes_back)
        };
        let mut returning: Lines = (0..count).filter(|l| self.offered(*l) && back(self, *l)).collect();
        let mut of: Vec<Option<Result<Effect, Trouble>>> = vec![None; if promoted { count } else { 0 }];
        if !promoted {
            return (returning, of);
        }
        for round in 0.. {
            let effects = self.effects(&returning);
            let before = returning.len();
            let lines = std::mem::take(&mut returning);
            for (line, mut effect) in lines.into_iter().zip(effects) {
                // Gifts for goods that were gifts themselves, and so on: a person unravels that.
                if round == MOST_ROUNDS && self.promoted(line) {
                    effect = Err(Trouble::Gap(Gap::Promotion));
                }
                let missing = matches!(&effect, Ok(e) if e.gift_missing);
                if missing {
                    self.refuse(line, ReasonKey::GiftMissing);
                }
                if !missing && effect.is_ok() {
                    returning.push(line);
                }
                if let Some(slot) = of.get_mut(line) {
                    *slot = Some(effect);
                }
            }
            if returning.len() == before || round == MOST_ROUNDS {
                break;
            }
        }
        (returning, of)
    }

    /// Whether the sale of a line has promotions.
    fn promoted(&self, line: usize) -> bool {
        super::sale_of(self.facts.request, line).is_some_and(|sale| !sale.promotions.is_empty())
    }

    /// What promotions mean for each line, were one more to come back.
    fn beside(&mut self, returning: &[usize], line: usize) -> Vec<Option<Result<Effect, Trouble>>> {
        let mut all: Vec<usize> = returning.iter().copied().chain([line]).collect();
        all.sort_unstable();
        let progress = std::mem::replace(&mut self.progress, Progress::new(self.facts.request));
        let effects = self.effects(&all);
        self.progress = progress;
        let mut of = vec![None; self.states.len()];
        for (line, effect) in all.into_iter().zip(effects) {
            of.iter_mut().skip(line).take(1).for_each(|slot| *slot = Some(effect.clone()));
        }
        of
    }

    fn effects(&mut self, returning: &[usize]) -> Vec<Result<Effect, Trouble>> {
        let states = &self.states;
        let by_law = |line: usize| {
            let state = states.get(line);
            let wants = state.and_then(|s| s.wants);
            state.is_some_and(|s| s.laws.iter().any(|law| law.shares.is_some() && wants.is_some_and(|w| law.bounds(w))))
        };
        promotions::effects(self.program, &self.facts, &self.progress, &mut self.frames, returning, &by_law)
    }

    fn refuse(&mut self, line: usize, key: ReasonKey) {
        if let Some(state) = self.states.get_mut(line) {
            state.refused = Some(key);
        }
        if let Some(decided) = self.decision.lines.get_mut(line) {
            decided
                .remedies
                .iter_mut()
                .filter(|r| r.status == Status::Offered)
                .for_each(|r| r.status = Status::Stopped);
        }
    }

    /// The amounts of one line for one remedy.
    fn of_line(&mut self, line: usize, remedy: u16, effect: &Effect, shared: &[SharedFee]) -> Result<Amounts, Trouble> {
        let Some(frame) = self.frames.get_mut(line) else { return Err(Trouble::Gap(Gap::Overflow)) };
        let maker = Line {
            program: self.program,
            facts: &self.facts,
            progress: &self.progress,
            line,
            remedy,
            clawed: effect.clawed,
            gift: effect.gift,
            kept_shared: effect.kept_shared,
            shared_fees: shared,
            laws: self.states.get(line).map_or(&[], |s| &s.laws),
        };
        maker.amounts(frame)
    }

    fn line_amounts(
        &mut self,
        line: usize,
        effect: &Result<Effect, Trouble>,
        shared: Result<&[SharedFee], &Trouble>,
        returning: &[(usize, u16)],
        of: &Effects,
    ) -> Result<(), Unknown> {
        let wants = self.states.get(line).and_then(|s| s.wants);
        let offered: SmallVec<[u16; 8]> = self
            .decision
            .lines
            .get(line)
            .map(|l| l.remedies.iter().filter(|r| r.status == Status::Offered).map(|r| r.remedy).collect())
            .unwrap_or_default();
        let like = self.frames.get(line).map_or(&[][..], |f| f.version.like.as_slice());
        let like = |remedy: u16| like.get(usize::from(remedy)).copied().unwrap_or(remedy);
        let mut known: SmallVec<[Known; 2]> = SmallVec::new();
        let mut wanted_amounts = None;
        // The wanted remedy first: what it leaves open decides whether anything must be asked.
        let first = wants.filter(|w| offered.contains(w)).into_iter();
        let others_known = returning.len() <= MANY_LINES || !(self.has_visit_fees() || self.promoted(line));
        for remedy in first.chain(offered.iter().copied().filter(|r| Some(*r) != wants && others_known)) {
            if self.kind(remedy) == Some(&RemedyKind::Service) {
                continue;
            }
            // Law may bound one remedy and not another that the policy makes of the same clauses.
            let lawless = self.states.get(line).is_none_or(|s| s.laws.is_empty());
            if let Some((_, parts, value)) = known.iter().find(|(k, ..)| lawless && *k == like(remedy)) {
                let slot = self.decision.lines.get_mut(line).and_then(|l| l.remedies.get_mut(usize::from(remedy)));
                if let Some(slot) = slot {
                    slot.value = Some(*value);
                    slot.amounts = Some(Arc::clone(parts));
                }
                continue;
            }
            let made = match effect {
                Ok(effect) if wants == Some(remedy) => {
                    shared.map_err(Clone::clone).and_then(|shared| self.of_line(line, remedy, effect, shared))
                }
                Ok(effect) => self
                    .fees_instead(line, remedy, returning, of)
                    .and_then(|shared| self.of_line(line, remedy, effect, &shared)),
                Err(trouble) => Err(trouble.clone()),
            };
            let missing = self.frames.get_mut(line).and_then(|f| f.missing.take());
            if wants == Some(remedy)
                && let Some(unknown) = missing
            {
                return Err(unknown);
            }
            let (Some(decided), Some(state)) = (self.decision.lines.get_mut(line), self.states.get_mut(line)) else {
                continue;
            };
            let Some(slot) = decided.remedies.get_mut(usize::from(remedy)) else { continue };
            match made {
                _ if missing.is_some() => slot.status = Status::Unknown,
                Ok(amounts) => {
                    let parts: Arc<[Amount]> = amounts.parts.iter().cloned().collect();
                    slot.value = Some(amounts.value);
                    slot.amounts = Some(Arc::clone(&parts));
                    known.push((like(remedy), parts, amounts.value));
                    if wants == Some(remedy) {
                        wanted_amounts = Some(amounts);
                    }
                }
                Err(Trouble::Conflict(by)) => {
                    slot.status = Status::Unsettled;
                    slot.by = by;
                }
                Err(Trouble::Gap(gap)) => slot.status = Status::Gap(gap),
                Err(Trouble::Ask(asked)) => {
                    slot.status = Status::Unknown;
                    if wants == Some(remedy) {
                        state.ask.push(asked);
                    }
                }
            }
        }
        // Known now, and nothing unless the wanted remedy gives money or goods.
        let asks = self.states.get(line).is_none_or(|s| !s.ask.is_empty());
        if let Some(slot) = self.facts.settled.item_refund.get_mut(line)
            && wants.is_some()
            && !asks
        {
            *slot = Some(ZERO);
        }
        if let Some(mut amounts) = wanted_amounts {
            self.bounded.append(&mut amounts.law);
            self.progress.add(self.facts.request, line, &amounts);
            if let Some(slot) = self.facts.settled.item_refund.get_mut(line) {
                *slot = Some(amounts.value);
            }
            if let Some(state) = self.states.get_mut(line) {
                state.amounts = amounts;
            }
        }
        Ok(())
    }

    /// The fees of the visit for a line, if it took another remedy than the one it wants.
    fn fees_instead(
        &mut self,
        line: usize,
        remedy: u16,
        returning: &[(usize, u16)],
        of: &Effects,
    ) -> Result<Vec<SharedFee>, Trouble> {
        if !self.has_visit_fees() || !self.kind(remedy).is_some_and(RemedyKind::takes_back) {
            return Ok(Vec::new());
        }
        let mut others: Vec<(usize, u16)> = returning.iter().copied().filter(|(other, _)| *other != line).collect();
        others.push((line, remedy));
        others.sort_unstable();
        let progress = std::mem::replace(&mut self.progress, Progress::new(self.facts.request));
        let made = self.visit_fees(&others, of);
        self.progress = progress;
        let VisitFees { mut shared, troubles, .. } = match made {
            Ok(made) => made,
            Err(unknown) => {
                // Told again where the line's own amounts are asked for.
                if let Some(frame) = self.frames.get_mut(line) {
                    frame.missing.get_or_insert(unknown);
                }
                return Ok(Vec::new());
            }
        };
        match troubles.into_iter().find(|(of, _)| *of == line) {
            Some((_, trouble)) => Err(trouble),
            None => Ok(shared.get_mut(line).map(std::mem::take).unwrap_or_default()),
        }
    }

    fn has_visit_fees(&self) -> bool {
        self.visit.version.choices.fees.iter().any(|fee| matches!(fee.unit, FeeUnit::Return | FeeUnit::Label))
    }

    /// Fees per return and per label, for lines and their remedies: of each the largest, once (for each label), shared over
    /// the lines by what they bring; and the lines for which one could not be worked out.
    fn visit_fees(&mut self, returning: &[(usize, u16)], of: &Effects) -> Result<VisitFees, Unknown> {
        let VisitFees { mut shared, mut troubles, mut law } = VisitFees::default();
        let version = self.visit.version;
        let labels = self.request().labels;
        let units: Vec<(usize, FeeUnit, Arc<str>, bool)> = version
            .choices
            .fees
            .iter()
            .enumerate()
            .filter(|(_, f)| matches!(f.unit, FeeUnit::Return | FeeUnit::Label))
            .map(|(at, f)| (at, f.unit, f.name.clone(), f.taxed))
            .collect();
        if units.is_empty() || returning.is_empty() {
            return Ok(VisitFees::default());
        }
        shared.resize(self.states.len(), Vec::new());
        // First the lines as they are without these fees.
        let mut credits: Vec<(usize, u16, Amounts)> = Vec::new();
        for (line, wants) in returning {
            if !self.kind(*wants).is_some_and(RemedyKind::takes_back) {
                continue;
            }
            let effect = match of.get(*line) {
                Some(Some(Ok(effect))) => effect.clone(),
                Some(Some(Err(_))) => continue,
                _ => Effect::default(),
            };
            let made = self.of_line(*line, *wants, &effect, &[]);
            if let Some(unknown) = self.frames.get_mut(*line).and_then(|f| f.missing.take()) {
                return Err(unknown);
            }
            if let Ok(amounts) = made {
                // Several lines of one sold line add up.
                self.progress.add(self.facts.request, *line, &amounts);
                credits.push((*line, *wants, amounts));
            }
        }
        self.progress = Progress::new(self.facts.request);
        let digits = self.program.currency.minor_digits();
        for (fee, unit, name, taxed) in units {
            let mut best: Option<(Decimal, Credits)> = None;
            let mut bearing: Vec<usize> = Vec::new();
            for (line, wants, amounts) in &credits {
                let frame = match self.visit_frames.get_mut(*line) {
                    Some(Some(frame)) => frame,
                    _ => match self.frames.get_mut(*line) {
                        Some(frame) => frame,
                        None => continue,
                    },
                };
                let maker = Line {
                    program: self.program,
                    facts: &self.facts,
                    progress: &self.progress,
                    line: *line,
                    remedy: *wants,
                    clawed: None,
                    gift: ZERO,
                    kept_shared: None,
                    shared_fees: &[],
                    laws: self.states.get(*line).map_or(&[], |s| &s.laws),
                };
                let made = maker.visit_fee(frame, fee, amounts.goods, &mut law);
                if let Some(unknown) = frame.missing.take() {
                    return Err(unknown);
                }
                match made {
                    Ok(Some((amount, by))) if !amount.is_zero() => {
                        bearing.push(*line);
                        match &mut best {
                            Some((most, who)) if *most == amount => who.merge(&by),
                            Some((most, _)) if *most > amount => {}
                            _ => best = Some((amount, by)),
                        }
                    }
                    Ok(_) => {}
                    Err(trouble) => troubles.push((*line, trouble)),
                }
            }
            let Some((amount, by)) = best else { continue };
            let times = if unit == FeeUnit::Label { labels } else { 1 };
            let Some(whole) = amount.checked_mul(Decimal::from(times)) else { continue };
            let weights: Vec<Decimal> = credits
                .iter()
                .map(|(line, _, a)| match bearing.binary_search(line).is_ok() {
                    true => a.goods.saturating_sub(a.reduction).max(ZERO),
                    false => ZERO,
                })
                .collect();
            for ((line, wants, _), part) in credits.iter().zip(share(whole, &weights, digits).unwrap_or_default()) {
                let Some(list) = shared.get_mut(*line).filter(|_| !part.is_zero()) else { continue };
                list.push((name.clone(), part, by.clone()));
                let maker = Line {
                    program: self.program,
                    facts: &self.facts,
                    progress: &self.progress,
                    line: *line,
                    remedy: *wants,
                    clawed: None,
                    gift: ZERO,
                    kept_shared: None,
                    shared_fees: &[],
                    laws: &[],
                };
                // Each part bears the tax of its line.
                if let Some(tax) = taxed.then(|| maker.fee_tax(part, version).ok()).flatten().filter(|t| !t.is_zero()) {
                    list.push((tax_name(&name), tax, by.clone()));
                }
            }
        }
        Ok(VisitFees { shared, troubles, law })
    }

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
            let mine = of_sales.iter().skip(first).take_while(|(sale, _)| *sale == at);
            let mine: Vec<usize> = mine
                .map(|(_, line)| *line)
                .filter(|l| self.offered(*l))
                .filter(|l| {
                    self.states.get(*l).and_then(|s| s.wants).and_then(|w| self.kind(w)).is_some_and(brings_money)
                })
                .collect();
            let Some(first) = mine.first().copied() else { continue };
            let Some(frame) = self.frames.get_mut(first) else { continue };
            let version = frame.version;
            let mut rank = |value: &AttributeValue| match value {
                AttributeValue::Shipping(rule) => Some(Decimal::from(shipping_rank(*rule))),
                _ => None,
            };
            let (rule, by) = match frame.resolve(&self.facts, version.attributes.shipping, &mut rank) {
                Resolved::Value(AttributeValue::Shipping(rule), by) => (*rule, by),
                Resolved::Conflict(by) => {
                    if let Some(state) = self.states.get_mut(first) {
                        state.conflict = Some(by);
                    }
                    continue;
                }
                _ => (version.choices.shipping, Credits::new()),
            };
            let (mut rule, mut by) = (rule, by);
            for (line, open) in
                mine.iter().filter_map(|l| Some((*l, self.states.get(*l)?))).flat_map(|(line, state)| {
                    let wants = state.wants;
                    state
                        .laws
                        .iter()
                        .filter(move |law| wants.is_some_and(|w| law.bounds(w)))
                        .map(move |law| (line, law))
                })
            {
                let law = match stated(frame, &self.facts, open.law.attributes.shipping) {
                    Some((AttributeValue::Shipping(law), who)) if shipping_rank(*law) > shipping_rank(rule) => {
                        (*law, who)
                    }
                    _ => continue,
                };
                let remedy = self.states.get(line).and_then(|s| s.wants).unwrap_or_default();
                let (policy, held) = (shipping_words(rule), shipping_words(law.0));
                self.bounded.push(Clamp::new(line, remedy, Bound::Shipping, policy, held, &law.1));
                (rule, by) = law;
            }
            if let Some(unknown) = frame.missing.take() {
                return Err(unknown);
            }
            let digits = self.program.currency.minor_digits();
            let made = (|| -> Result<Option<ShippingBack>, Trouble> {
                let base = match rule {
                    ShippingRule::NotReturned => return Ok(None),
                    ShippingRule::UpToCheapest => match shipping.cheapest {
                        Some(cheapest) => cheapest.min(shipping.paid),
                        None => shipping.paid,
                    },
                    ShippingRule::Returned | ShippingRule::WithLastItem => shipping.paid,
                };
                let mut paid = ZERO;
                let mut back = ZERO;
                let mut all = true;
                let mut units: Vec<u32> = sale.lines.iter().map(|sold| sold.earlier.quantity).collect();
                for line in mine.iter().filter_map(|m| request.lines.get(*m)) {
                    if let Some(units) = line.sold.and_then(|(_, l)| units.get_mut(l)) {
                        *units = units.saturating_add(line.quantity);
                    }
                }
                for (sold, units) in sale.lines.iter().zip(units) {
                    paid = plus(paid, sold.paid)?;
                    // Goods that came back count as what was paid for them; what was given for others does not count.
                    let part = |whole, part, of| cumulative(whole, part, of, digits, version.choices.rounding);
                    let ahead = ahead(&sold.earlier.adjusted, units, sold.quantity, &part, |one| one.goods)?;
                    back = plus(back, minus(sold.earlier.goods, ahead)?)?;
                    all &= units >= sold.quantity;
                }
                for line in &mine {
                    back = plus(back, self.states.get(*line).map_or(ZERO, |s| s.amounts.goods))?;
                }
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
                            .and_then(|w| w.checked_div(shipping.paid))
                            .ok_or(Trouble::Gap(Gap::Overflow))?,
                    };
                    let gone = sale.earlier_shipping_taxes.get(i).copied().unwrap_or_default();
                    let due = minus(of(whole)?, gone)?.max(ZERO);
                    if !due.is_zero() && !tax.included && !sale.tax_exempt {
                        taxes.push((Arc::clone(&tax.id), due));
                    }
                }
                Ok(Some(ShippingBack { sale: sale.id.clone(), amount, taxes, by: by.clone() }))
            })();
            match made {
                Ok(Some(back)) if !back.amount.is_zero() || !back.taxes.is_empty() => found.push(back),
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
    fn settle_totals(&mut self, balance: Result<Balance, Trouble>) -> Result<(), Unknown> {
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
