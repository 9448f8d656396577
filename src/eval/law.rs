//! The law: once windows and remedies are settled it opens what it grants; what is open bounds amounts, guards and tenders
//! (docs/reference/law.md).

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::{Bound, Clamp, Credits, LineDecision, Status, WindowDecision};
use crate::program::{AttributeValue, Law, TreeId, Version};
use crate::terms::{LawKind, MeetingEvent, Sharing};

use super::Run;
use super::conditions::{Facts, Unknown};
use super::resolve::{Frame, Resolved};
use super::windows::{self, Rules, Window};

/// A right or rule that holds for a line.
#[derive(Debug, Clone)]
pub(super) struct Open<'p> {
    pub(super) law: &'p Law,
    /// The remedies a right grants and is open for; all of a rule.
    pub(super) remedies: SmallVec<[u16; 8]>,
    /// Who says that discounts stay shared.
    pub(super) shares: Option<Credits>,
}

impl Open<'_> {
    /// Whether it bounds a remedy.
    pub(super) fn bounds(&self, remedy: u16) -> bool {
        self.remedies.contains(&remedy)
    }

    /// Whether it is a right to a remedy.
    pub(super) fn grants(&self, remedy: u16) -> bool {
        self.law.kind == LawKind::Right && self.bounds(remedy)
    }
}

/// A remedy that a right is open for, its window, and who says so.
type Granted = (u16, Arc<WindowDecision>, Credits);

impl<'r> Run<'r> {
    /// Opens what the law grants for a line: remedies that the policy refuses, windows that end later.
    pub(super) fn open_laws(&mut self, line: usize, decided: &mut LineDecision) -> Result<(), Unknown> {
        let version: &'r Version = match self.frames.get(line) {
            Some(frame) => frame.version,
            None => return Ok(()),
        };
        for (at, law) in version.laws.iter().enumerate() {
            if only_identity(version, at, law) {
                continue;
            }
            let Some(frame) = self.frames.get_mut(line) else { continue };
            let holds = frame.any_live(&self.facts, &law.nodes);
            if let Some(unknown) = frame.missing.take() {
                return Err(unknown);
            }
            if !holds {
                continue;
            }
            let remedies = match law.kind {
                LawKind::Rule => decided.remedies.iter().map(|r| r.remedy).collect(),
                LawKind::Right => {
                    let granted = self.granted(line, law, decided)?;
                    let remedies = granted.iter().map(|(remedy, ..)| *remedy).collect();
                    for one in granted {
                        self.grant(line, one, decided);
                    }
                    remedies
                }
            };
            let Some(frame) = self.frames.get_mut(line) else { continue };
            let shares = match stated(frame, &self.facts, law.attributes.discounts) {
                Some((AttributeValue::Discounts(Sharing::InProportion), by)) => Some(by),
                _ => None,
            };
            if let Some(unknown) = frame.missing.take() {
                return Err(unknown);
            }
            if let Some(state) = self.states.get_mut(line)
                && !SmallVec::<[u16; 8]>::is_empty(&remedies)
            {
                state.laws.push(Open { law, remedies, shares });
            }
        }
        Ok(())
    }

    /// The remedies that a right grants and that are in time.
    fn granted(&mut self, line: usize, law: &'r Law, decided: &mut LineDecision) -> Result<Vec<Granted>, Unknown> {
        let Some(frame) = self.frames.get_mut(line) else { return Ok(Vec::new()) };
        let mut found: Vec<Granted> = Vec::new();
        let mut over = Vec::new();
        let deadline = match stated(frame, &self.facts, law.attributes.deadline) {
            Some((AttributeValue::Deadline(event), _)) => *event,
            _ => frame.version.choices.deadline,
        };
        let chooses = matches!(stated(frame, &self.facts, law.attributes.one_of), Some((AttributeValue::Yes, _)));
        for remedy in decided.remedies.iter().map(|r| r.remedy) {
            let tree = law.attributes.remedy.get(usize::from(remedy)).copied().flatten();
            let Some((AttributeValue::Yes, mut by)) = stated(frame, &self.facts, tree) else { continue };
            let wanted = decided.wants == Some(remedy);
            let state = self.states.get_mut(line).filter(|_| wanted);
            match time_of(frame, &self.facts, law, deadline, remedy) {
                Window::Open(window) => {
                    by.merge(&window.by);
                    found.push((remedy, window, by));
                }
                Window::Late(window, on) => over.push((remedy, window, on)),
                Window::Ask(asked) => state.into_iter().for_each(|s| {
                    s.ask.extend(asked.iter().cloned());
                    s.may_be_owed = true;
                }),
                Window::Gap(gap, by) => state.into_iter().for_each(|s| s.gap = Some((gap, by.clone()))),
                Window::Refer(_, by) | Window::Conflict(by) => {
                    state.into_iter().for_each(|s| s.conflict = Some(by.clone()));
                }
            }
        }
        if let Some(unknown) = frame.missing.take() {
            return Err(unknown);
        }
        let gives =
            decided.remedies.iter().any(|r| r.status == Status::Offered && over.iter().any(|o| o.0 == r.remedy));
        // What the store gave in the end it gave for as long as the law did.
        for (remedy, window, on) in over.into_iter().filter(|_| !(chooses && gives)) {
            too_late(remedy, window, on, decided);
        }
        if chooses {
            let status = |remedy: u16| decided.remedies.get(usize::from(remedy)).map(|r| &r.status);
            let offered = |remedy: u16| matches!(status(remedy), Some(Status::Offered));
            let late = |remedy: u16| matches!(status(remedy), Some(Status::Expired { .. }));
            // What the store gives, or gave until its own time was over; else the first one is owed.
            if found.iter().any(|(remedy, ..)| offered(*remedy)) {
                found.retain(|(remedy, ..)| offered(*remedy));
            } else if found.iter().any(|(remedy, ..)| late(*remedy)) {
                found.retain(|(remedy, ..)| late(*remedy));
            } else {
                found.truncate(1);
            }
        }
        Ok(found)
    }

    /// Puts the answer of a right over that of the policy, where it is better for the customer.
    fn grant(&mut self, line: usize, (remedy, window, by): Granted, decided: &mut LineDecision) {
        let wants = decided.wants == Some(remedy);
        let Some(slot) = decided.remedies.get_mut(usize::from(remedy)) else { return };
        let clamp = match &slot.status {
            Status::Unknown | Status::Stopped => return,
            Status::Offered => {
                let policy = slot.window.as_ref().and_then(|w| w.last_day);
                let later = match (policy, window.last_day) {
                    (Some(policy), Some(law)) => law > policy,
                    (Some(_), None) => true,
                    (None, _) => false,
                };
                if !later {
                    return;
                }
                Clamp::new(line, remedy, Bound::Window, day(policy), day(window.last_day), &by)
            }
            Status::NotOffered { .. } | Status::Expired { .. } | Status::Unsettled | Status::Gap(_) => {
                let clamp = Clamp::new(line, remedy, Bound::Remedy, slot.status.word(), Status::Offered.word(), &by);
                slot.status = Status::Offered;
                slot.by = by;
                clamp
            }
        };
        slot.window = Some(window);
        if wants {
            self.decision.law.push(clamp);
            if let Some(state) = self.states.get_mut(line) {
                state.referred = None;
            }
        }
    }

    /// Whether a line has a right to the remedy it wants.
    pub(super) fn owed(&self, line: usize) -> bool {
        self.states.get(line).is_some_and(|s| s.wants.is_some_and(|wants| s.laws.iter().any(|law| law.grants(wants))))
    }
}

/// Whether a rule says no more than what is kept of identity documents: that is asked when a form asks for one, and holds nothing
/// else up.
fn only_identity(version: &Version, at: usize, law: &Law) -> bool {
    law.attributes.identity.is_some()
        && law.adjustments.is_empty()
        && law.attributes.bounds_only_identity()
        && !version.words.iter().any(|words| words.law.map(usize::from) == Some(at))
}

/// Of a remedy that is over by the policy and by a right: the customer could have had it until the later of both.
fn too_late(remedy: u16, window: Arc<WindowDecision>, last: NaiveDate, decided: &mut LineDecision) {
    let Some(slot) = decided.remedies.get_mut(usize::from(remedy)) else { return };
    match &mut slot.status {
        Status::Expired { on, .. } if *on < last => *on = last,
        _ => return,
    }
    slot.by.merge(&window.by);
    slot.window = Some(window);
}

/// The window of a right. Goods are in the hands of the customer after their sale: where a date is missing, the day of the sale
/// stands in as long as the right is open by it; otherwise the date is asked.
fn time_of(frame: &mut Frame<'_>, facts: &Facts<'_>, law: &Law, deadline: MeetingEvent, remedy: u16) -> Window {
    let asked = windows::window(frame, facts, &Rules::of_right(law, deadline, windows::ASK), remedy);
    let Window::Ask(_) = asked else { return asked };
    match windows::window(frame, facts, &Rules::of_right(law, deadline, windows::SINCE_SALE), remedy) {
        Window::Open(window) => Window::Open(window),
        _ => asked,
    }
}

/// The heads of the rights to a remedy.
pub(super) fn heads(laws: &[Open<'_>], remedy: u16) -> Credits {
    let mut by = Credits::new();
    laws.iter().filter(|law| law.grants(remedy)).for_each(|law| by.merge(&Credits::of(law.law.clause)));
    by
}

/// What the law states, when its clauses agree.
pub(super) fn stated<'p>(
    frame: &mut Frame<'p>,
    facts: &Facts<'_>,
    tree: TreeId,
) -> Option<(&'p AttributeValue, Credits)> {
    match frame.resolve(facts, tree, &mut |_: &AttributeValue| None::<Decimal>) {
        Resolved::Value(value, by) => Some((value, by)),
        Resolved::Nothing | Resolved::Conflict(_) => None,
    }
}

fn day(last: Option<NaiveDate>) -> String {
    last.map_or("no limit".to_owned(), |day| day.to_string())
}
