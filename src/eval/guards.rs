//! Guards: they run after amounts and only worsen. Every live guard applies; an approval lifts a referral, and a stop that may be overridden.

use rust_decimal::Decimal;

use crate::date::Unit;
use crate::decision::{Bound, Clamp, Credits, Gap, Outcome, Reason, ReasonKey, Referral, Status};
use crate::program::{AttributeValue, Guard, GuardKind, Version};
use crate::request::Verification;

use super::Run;
use super::authority::{self, Raised, Verdict};
use super::conditions::Unknown;
use super::law;
use super::resolve::{Frame, Resolved, approved};

impl<'r> Run<'r> {
    pub(super) fn guards(&mut self) -> Result<(), Unknown> {
        // Without totals every line already waits for an answer or a person; it may still be stopped.
        let totals = self.facts.settled.refund.is_some();
        let waiting = (0..self.states.len()).any(|l| self.decidable(l) && self.waits(l));
        self.facts.settled.open = waiting;
        let mut standing: Vec<(&'r Guard, usize, Credits)> = Vec::new();
        for line in 0..self.states.len() {
            if !self.decidable(line) {
                continue;
            }
            let waits = !totals || self.waits(line);
            let version: &'r Version = match self.frames.get(line) {
                Some(frame) => frame.version,
                None => continue,
            };
            let offered = self.offered(line) && !waits;
            for guard in version.guards.iter().filter(|g| g.limit.is_none() && !g.of_visit && (offered || stops(g))) {
                let Some(frame) = self.frames.get_mut(line) else { continue };
                let by = stands(frame, &self.facts, guard);
                if let Some(unknown) = frame.missing.take() {
                    if waits || waiting && unknown.is_figure() {
                        continue;
                    }
                    return Err(unknown);
                }
                standing.extend(by.map(|by| (guard, line, by)));
            }
        }
        let amounts = self.held_back(&standing);
        for ((guard, line, by), amount) in standing.iter().zip(amounts) {
            self.apply(guard, Some(*line), by, amount);
        }
        let any = (0..self.states.len()).any(|l| self.decidable(l));
        let waits = !totals || (0..self.states.len()).any(|l| self.waits(l));
        let offered = totals && (0..self.states.len()).any(|l| self.offered(l) && !self.waits(l));
        let version: &'r Version = self.visit.version;
        for guard in version.guards.iter().filter(|g| g.limit.is_none() && g.of_visit && any && (offered || stops(g))) {
            let by = stands(&mut self.visit, &self.facts, guard);
            if let Some(unknown) = self.visit.missing.take() {
                if waits || waiting && unknown.is_figure() {
                    continue;
                }
                return Err(unknown);
            }
            if let Some(by) = by {
                let amount = match self.authority {
                    Some(_) => self.worth_of(self.of_the_visit(guard).into_iter(), true),
                    None => None,
                };
                self.apply(guard, None, &by, amount);
            }
        }
        if waiting {
            self.facts.settled.open = false;
            self.facts.over_lines.borrow_mut().clear();
            self.frames.iter_mut().for_each(Frame::forget);
            self.visit_frames.iter_mut().flatten().for_each(Frame::forget);
            self.visit.forget();
        }
        if totals {
            self.limits()?;
        }
        self.final_balance()
    }

    /// Whether a line wants something and is not refused by itself.
    fn decidable(&self, line: usize) -> bool {
        let open = self.states.get(line).is_some_and(|s| s.refused.is_none() && s.no_version.is_none());
        open && self.wanted(line).is_some()
    }

    /// Whether something must be asked before a line can be answered.
    pub(super) fn waits(&self, line: usize) -> bool {
        self.states.get(line).is_none_or(|s| !s.ask.is_empty())
            || self.wanted(line).is_some_and(|wanted| wanted.status == Status::Unknown)
    }

    /// For each guard that stands for a line, what its clause holds back of the visit. The worth of lines is looked at only
    /// where the policy says who may approve how much.
    fn held_back(&self, standing: &[(&Guard, usize, Credits)]) -> Vec<Option<Decimal>> {
        if self.authority.is_none() {
            return vec![None; standing.len()];
        }
        // A verification that failed may have to be decided too.
        let decided = standing.iter().filter(|(guard, ..)| guard.kind != GuardKind::Stop(None));
        let mut lines: Vec<(&str, usize)> = decided.map(|(guard, line, _)| (self.path(guard), *line)).collect();
        lines.sort_unstable();
        lines.dedup();
        let of_clause = lines.chunk_by(|(one, _), (other, _)| one == other);
        let amount = |lines: &[(&'r str, usize)]| {
            let (path, _) = lines.first()?;
            Some((*path, self.worth_of(lines.iter().map(|(_, line)| *line), false)))
        };
        let amounts: Vec<(&str, Option<Decimal>)> = of_clause.filter_map(amount).collect();
        let held_back = |guard: &Guard| {
            let at = amounts.binary_search_by_key(&self.path(guard), |(path, _)| path).ok()?;
            amounts.get(at)?.1
        };
        standing.iter().map(|(guard, ..)| held_back(guard)).collect()
    }

    fn path(&self, guard: &Guard) -> &'r str {
        self.program.clause(guard.clause).map_or("", |clause| &*clause.path)
    }

    /// The lines that a guard of the visit holds for.
    fn of_the_visit(&self, guard: &Guard) -> Vec<usize> {
        let applies = |l: &usize| self.decidable(*l) && (stops(guard) || self.offered(*l) && !self.waits(*l));
        (0..self.states.len()).filter(applies).collect()
    }

    /// Lets a guard speak: for a line, or for the visit. `amount` is what its clause holds back.
    pub(super) fn apply(&mut self, guard: &Guard, line: Option<usize>, by: &Credits, amount: Option<Decimal>) {
        let path = self.path(guard);
        if let GuardKind::Verify { role, failed, .. } = &guard.kind {
            let of_it = |v: &&Verification| v.clause == path && self.program.schema.may_act_as(v.role, *role);
            let results = || self.facts.request.verifications.iter().filter(of_it);
            let found = results().find(|v| !v.passed).or_else(|| results().next());
            if let Some(found) = found {
                let key = if found.passed { ReasonKey::Verified } else { ReasonKey::VerificationFailed };
                let role = Some(found.role);
                let text = guard.text.clone();
                self.decision.reasons.push(Reason { role, text, ..reason(key, line, by) });
                if !found.passed {
                    let (kind, text) = match failed {
                        Some(failed) => (failed.kind.clone(), failed.text.clone()),
                        None => (GuardKind::Refer(self.manager()), None),
                    };
                    let then =
                        Guard { clause: guard.clause, of_visit: guard.of_visit, tree: None, kind, text, limit: None };
                    // Only what is offered was to be verified.
                    self.apply(&then, line, by, amount);
                }
                return;
            }
        }
        let verdict = decides(&guard.kind).map(|named| match self.authority {
            Some(authority) => {
                for approval in self.approvals.iter().filter(|approval| approval.clause == path) {
                    let counts = authority.hears(self.program, approval, named, amount);
                    self.decision.approvals.push(authority::used(approval, amount, counts));
                }
                authority.verdict(self.program, self.approvals, path, named, amount)
            }
            None => {
                let lifted = approved(self.program, self.facts.request, guard.clause, named);
                Verdict { lifted, role: named, beyond: None }
            }
        });
        if let (Some(named), Some(verdict)) = (decides(&guard.kind), &verdict)
            && verdict.role != named
        {
            self.raised.push(Raised { line, named, role: verdict.role });
        }
        let lifted = verdict.as_ref().is_some_and(|verdict| verdict.lifted);
        let lines: Vec<usize> = match line {
            Some(line) => vec![line],
            None => self.of_the_visit(guard),
        };
        let (lines, owed): (Vec<usize>, Vec<usize>) = match guard.kind {
            GuardKind::Stop(_) if !lifted => lines.into_iter().partition(|line| !self.owed(*line)),
            _ => (lines, Vec::new()),
        };
        // Nor is one that may be open, once what is asked is told.
        let may_be = |line: &usize| self.states.get(*line).is_some_and(|s| s.may_be_owed);
        let waiting = stops(guard) && !lifted && lines.iter().any(may_be);
        let lines: Vec<usize> = lines.into_iter().filter(|line| !stops(guard) || lifted || !may_be(line)).collect();
        if lines.is_empty() && waiting {
            return;
        }
        // An open right is not stopped.
        for line in &owed {
            let remedy = self.states.get(*line).and_then(|s| s.wants).unwrap_or_default();
            let who = self.states.get(*line).map_or(Credits::new(), |s| law::heads(&s.laws, remedy));
            let policy = guard.text.as_deref().unwrap_or("stop");
            self.decision.law.push(Clamp::new(*line, remedy, Bound::Stop, policy, "granted", &who));
        }
        if lines.is_empty() && !owed.is_empty() {
            return;
        }
        let stopper = match (&guard.kind, &verdict) {
            (GuardKind::Stop(_), Some(verdict)) => Some(verdict.role),
            _ => None,
        };
        let told = |key| Reason { text: guard.text.clone(), role: stopper, ..reason(key, line, by) };
        if lifted {
            self.decision.reasons.push(told(ReasonKey::Approved));
            return;
        }
        let (verify, within, needed) = match &guard.kind {
            GuardKind::Refer(named) => (false, None, Some(verdict.as_ref().map_or(*named, |verdict| verdict.role))),
            GuardKind::Verify { role, within, .. } => (true, within.clone(), Some(*role)),
            GuardKind::Stop(_) => (false, None, None),
        };
        let due = match within.as_ref().filter(|term| term.length.unit != Unit::Hours) {
            Some(term) => {
                let due = term.extend(self.facts.request.day);
                if due.is_err() {
                    for line in &lines {
                        let Some(state) = self.states.get_mut(*line) else { continue };
                        state.gap = state.gap.take().or(Some((Gap::Calendar, by.clone())));
                    }
                }
                due.ok()
            }
            None => None,
        };
        if let Some(role) = needed {
            self.decision.referrals.push(Referral {
                role,
                line,
                verify,
                within,
                due,
                text: guard.text.clone(),
                owed: !lines.is_empty() && lines.iter().all(|line| self.owed(*line)),
                by: by.clone(),
            });
        }
        self.decision.reasons.push(told(match guard.kind {
            GuardKind::Refer(_) => ReasonKey::Refer,
            GuardKind::Verify { .. } => ReasonKey::Verify,
            GuardKind::Stop(_) => ReasonKey::Stopped,
        }));
        if let Some(Verdict { role, beyond: Some(beyond), .. }) = verdict {
            self.decision.reasons.push(authority::above(line, role, beyond, by));
        }
        for line in lines {
            let Some(state) = self.states.get_mut(line) else { continue };
            match guard.kind {
                GuardKind::Refer(_) => state.refers = true,
                GuardKind::Verify { .. } => state.verifies = true,
                GuardKind::Stop(_) => {
                    state.stops.merge(by);
                    state.ask.clear();
                    let stops = state.stops.clone();
                    let Some(decided) = self.decision.lines.get_mut(line) else { continue };
                    decided.outcome = Outcome::Decline;
                    for remedy in &mut decided.remedies {
                        if !matches!(remedy.status, Status::NotOffered { .. } | Status::Expired { .. }) {
                            remedy.status = Status::Stopped;
                            remedy.by.clone_from(&stops);
                        }
                    }
                }
            }
        }
    }
}

/// The role that may lift what a guard holds back.
fn decides(kind: &GuardKind) -> Option<u16> {
    match kind {
        GuardKind::Refer(role) | GuardKind::Stop(Some(role)) => Some(*role),
        GuardKind::Verify { .. } | GuardKind::Stop(None) => None,
    }
}

fn reason(key: ReasonKey, line: Option<usize>, by: &Credits) -> Reason {
    Reason { key, line, remedy: None, text: None, day: None, missing: None, role: None, beyond: None, by: by.clone() }
}

fn stops(guard: &Guard) -> bool {
    matches!(guard.kind, GuardKind::Stop(_))
}

/// Whether a guard stands, and who says so. Clauses that disagree leave it standing.
pub(super) fn stands(frame: &mut Frame<'_>, facts: &super::conditions::Facts<'_>, guard: &Guard) -> Option<Credits> {
    let mut rank = |value: &AttributeValue| Some(if *value == AttributeValue::Yes { super::ZERO } else { super::ONE });
    match frame.resolve(facts, guard.tree, &mut rank) {
        Resolved::Value(AttributeValue::Yes, by) | Resolved::Conflict(by) => Some(by),
        _ => None,
    }
}
