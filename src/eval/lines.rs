//! The amounts of all lines: what promotions leave of those that come back, each line in turn, and once more while some turn out
//! not to come back (docs/reference/order.md, "Amounts").

use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::{Amount, Asked, Gap, ReasonKey, Status};
use crate::facts::{RemedyKind, Stage, builtin};

use super::amounts::{Amounts, Line, Trouble};
use super::conditions::Unknown;
use super::progress::Progress;
use super::promotions::{self, Effect};
use super::visit_fees::{SharedFee, VisitFees};
use super::{Run, ZERO};

/// Amounts that remedies made of the same trees share: the first such remedy, its amounts, its value.
type Known = (u16, Arc<[Amount]>, Decimal);

/// Some lines of the visit, by place.
type Lines = SmallVec<[usize; 4]>;

/// What promotions mean for each line, where the visit has any.
pub(super) type Effects = [Option<Result<Effect, Trouble>>];

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
        let mut done = Lines::new();
        for line in first.into_iter().chain(last) {
            // Of a line that does not get what it wants: what all would come to if it came back too.
            let kept = promoted && of.get(line).is_some_and(Option::is_none) && self.promoted(line);
            let with_it = (kept && count <= MANY_LINES).then(|| self.beside(&returning, line));
            let others_differ = with_it.is_some() || self.has_visit_fees();
            let again: Lines = match others_differ && count <= MANY_LINES {
                true => done.iter().copied().filter(|other| self.of_same_goods(line, *other)).collect(),
                false => Lines::new(),
            };
            let of = with_it.as_deref().unwrap_or(&of);
            let effect = of.get(line).cloned().flatten().unwrap_or_else(|| Ok(Effect::default()));
            let shared = match troubles.iter().find(|(of, _)| *of == line) {
                Some((_, trouble)) => Err(trouble),
                None => Ok(shared.get(line).map(Vec::as_slice).unwrap_or_default()),
            };
            self.line_amounts(line, &effect, shared, &returning_for, of, &again)?;
            done.push(line);
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

    /// Whether two lines bring back goods of one sold line.
    fn of_same_goods(&self, line: usize, other: usize) -> bool {
        let sold = |line: usize| self.facts.request.lines.get(line).and_then(|l| l.sold);
        sold(line).is_some_and(|mine| sold(other) == Some(mine))
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
    pub(super) fn of_line(
        &mut self,
        line: usize,
        remedy: u16,
        effect: &Effect,
        shared: &[SharedFee],
    ) -> Result<Amounts, Trouble> {
        if self.facts.request.lines.get(line).is_some_and(|line| line.unpriced) {
            return Err(Trouble::Ask(Asked::Fact(builtin::ITEM_PRICE)));
        }
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

    /// The amounts of a line, if it took another remedy than the one it wants. Those of `again`, which come before it and are of
    /// the same goods, may come to something else then.
    fn of_line_instead(
        &mut self,
        line: usize,
        remedy: u16,
        effect: &Effect,
        returning: &[(usize, u16)],
        of: &Effects,
        again: &[usize],
    ) -> Result<Amounts, Trouble> {
        let shared = self.fees_instead(line, remedy, returning, of)?;
        let mine = |line: usize| shared.get(line).map(Vec::as_slice).unwrap_or_default();
        let again: SmallVec<[(usize, u16); 4]> = again
            .iter()
            .filter(|other| self.offered(**other))
            .filter_map(|other| Some((*other, self.states.get(*other)?.wants?)))
            .filter(|(_, wants)| self.kind(*wants) != Some(&RemedyKind::Service))
            .collect();
        if again.is_empty() {
            return self.of_line(line, remedy, effect, mine(line));
        }
        let progress = std::mem::replace(&mut self.progress, Progress::new(self.facts.request));
        for (other, wants) in again {
            let nothing = Effect::default();
            let effect = match of.get(other) {
                Some(Some(Ok(effect))) => effect,
                Some(Some(Err(_))) => continue,
                Some(None) | None => &nothing,
            };
            if let Ok(amounts) = self.of_line(other, wants, effect, mine(other)) {
                self.progress.add(self.facts.request, other, &amounts);
            }
        }
        let made = self.of_line(line, remedy, effect, mine(line));
        self.progress = progress;
        made
    }

    fn line_amounts(
        &mut self,
        line: usize,
        effect: &Result<Effect, Trouble>,
        shared: Result<&[SharedFee], &Trouble>,
        returning: &[(usize, u16)],
        of: &Effects,
        again: &[usize],
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
                Ok(effect) => self.of_line_instead(line, remedy, effect, returning, of, again),
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
}
