//! Which remedies a line may have: what clauses accept, inside which window (docs/reference/order.md, "Windows and remedies").

use std::sync::Arc;

use smallvec::SmallVec;

use crate::decision::{Credits, Gap, Outcome, ReasonKey, RemedyDecision, Status};
use crate::facts::{Value, builtin};
use crate::once::Once;
use crate::program::{AttributeValue, ClauseId, TreeId, Version};
use crate::request::Request;

use super::conditions::{At, Unknown, What};
use super::progress::Progress;
use super::resolve::{Resolved, approved};
use super::windows::{self, Rules, Window};
use super::{Run, line_decision, line_place};

impl Run<'_> {
    pub(super) fn remedies(&mut self) -> Result<(), Unknown> {
        let request = self.request();
        let serials = serials(request);
        for line in 0..request.lines.len() {
            let wants = self.wants(line)?;
            if let Some(state) = self.states.get_mut(line) {
                state.wants = wants;
                state.refused = refused(request, &self.progress, line, &serials);
            }
            let version = self.states.get(line).map_or(0, |s| s.version);
            let mut decided = line_decision(request, line, version, wants);
            decided.remedies.reserve_exact(self.program.schema.remedies.len());
            let settled = self.states.get(line).is_none_or(|s| s.refused.is_some() || s.no_version.is_some());
            if !settled {
                let count = u16::try_from(self.program.schema.remedies.len()).unwrap_or(u16::MAX);
                let mut windows: SmallVec<[(u16, Window); 2]> = SmallVec::new();
                let mut made = |run: &mut Self, remedy: u16| {
                    let made = run.remedy(line, remedy, &mut windows);
                    (made, run.frames.get_mut(line).and_then(|f| f.missing.take()))
                };
                // The wanted remedy first: what it leaves open decides whether anything must be asked.
                let mut wanted = match wants.map(|remedy| made(self, remedy)) {
                    Some((_, Some(unknown))) => return Err(unknown),
                    Some((wanted, None)) => Some(wanted),
                    None => None,
                };
                for remedy in 0..count {
                    let own = wanted.take_if(|wanted| wanted.remedy == remedy);
                    decided.remedies.push(own.unwrap_or_else(|| match made(self, remedy) {
                        (made, None) => made,
                        (_, Some(_)) => bare(remedy, Status::Unknown, Credits::new()),
                    }));
                }
                self.open_laws(line, &mut decided)?;
            } else {
                let count = u16::try_from(self.program.schema.remedies.len()).unwrap_or(u16::MAX);
                let refused = self.states.get(line).is_some_and(|s| s.refused.is_some());
                let status = |_| if refused { Status::Stopped } else { Status::Unknown };
                decided.remedies.extend((0..count).map(|r| bare(r, status(r), Credits::new())));
                decided.outcome = Outcome::Decline;
            }
            self.decision.lines.push(decided);
        }
        Ok(())
    }

    fn wants(&self, line: usize) -> Result<Option<u16>, Unknown> {
        if let Some(wants) = self.request().lines.get(line).and_then(|l| l.wants) {
            return Ok(Some(wants));
        }
        let at = At { line: Some(line), sale: None, part: None };
        match self.facts.get(builtin::WANTS, &at) {
            Some(Value::Word(wants)) => Ok(Some(wants)),
            _ => Err(Unknown { what: What::Fact(builtin::WANTS), place: line_place(line) }),
        }
    }

    fn remedy(&mut self, line: usize, remedy: u16, windows: &mut SmallVec<[(u16, Window); 2]>) -> RemedyDecision {
        let Some(frame) = self.frames.get_mut(line) else {
            return bare(remedy, Status::Gap(Gap::NoClause), Credits::new());
        };
        let tree = frame.version.attributes.remedy.get(usize::from(remedy)).copied().flatten();
        let mut rank =
            |value: &AttributeValue| Some(if *value == AttributeValue::Yes { super::ONE } else { super::ZERO });
        let by = match frame.resolve(&self.facts, tree, &mut rank) {
            Resolved::Nothing => return bare(remedy, Status::Gap(Gap::NoClause), Credits::new()),
            Resolved::Conflict(by) => return bare(remedy, Status::Unsettled, by),
            Resolved::Value(AttributeValue::No { reason, .. }, by) => {
                let wanted = self.states.get(line).is_some_and(|state| state.wants == Some(remedy));
                let authority = self.authority.filter(|_| wanted);
                let program = self.program;
                let raised = |clause, role| authority.map_or(role, |a| a.lifter(program, clause, role));
                let overridable_by = lifters(frame.version, tree, &by, &raised);
                return bare(remedy, Status::NotOffered { reason: reason.clone(), overridable_by }, by);
            }
            Resolved::Value(_, by) => by,
        };
        // Remedies whose windows are made of the same trees have the same window.
        let like = frame.version.like.get(usize::from(remedy)).copied().unwrap_or(remedy);
        let window = match windows.iter().find(|(known, _)| *known == like) {
            Some((_, window)) => window.clone(),
            None => {
                let window = windows::window(frame, &self.facts, &Rules::of_policy(frame.version), remedy);
                if frame.missing.is_none() {
                    windows.push((like, window.clone()));
                }
                window
            }
        };
        match window {
            Window::Open(window) => RemedyDecision { window: Some(window), ..bare(remedy, Status::Offered, by) },
            Window::Late(window, on) => {
                let late = frame.version.choices.late;
                let let_through = late
                    .is_some_and(|role| window.by.iter().any(|c| approved(self.program, self.facts.request, *c, role)));
                if let_through {
                    let lifted: Credits = window.by.clone();
                    frame.lifted.merge(&lifted);
                    return RemedyDecision { window: Some(window), ..bare(remedy, Status::Offered, by) };
                }
                let by = window.by.clone();
                // Any clause that the window is credited to will do; so will the lowest role for any of them.
                let wanted = self.states.get(line).is_some_and(|state| state.wants == Some(remedy));
                let raised = |role| {
                    let authority = self.authority.filter(|_| wanted)?;
                    let roles = by.iter().map(|clause| authority.lifter(self.program, *clause, role));
                    roles.min_by_key(|role| authority.ladder.and_then(|ladder| ladder.level(*role)))
                };
                let late = late.map(|role| raised(role).unwrap_or(role));
                RemedyDecision {
                    window: Some(window),
                    ..bare(remedy, Status::Expired { on, overridable_by: late }, by)
                }
            }
            Window::Conflict(parties) => bare(remedy, Status::Unsettled, parties),
            Window::Gap(gap, mut who) => {
                who.merge(&by);
                bare(remedy, Status::Gap(gap), who)
            }
            Window::Refer(role, who) => {
                let wanted = self.states.get_mut(line).filter(|s| s.wants == Some(remedy));
                if let Some(state) = wanted {
                    state.referred = Some((role, who.clone()));
                }
                bare(remedy, Status::Gap(Gap::NoDate), who)
            }
            Window::Ask(asked) => {
                let wanted = self.states.get_mut(line).filter(|s| s.wants == Some(remedy));
                if let Some(state) = wanted {
                    state.ask.extend(asked);
                }
                bare(remedy, Status::Unknown, by)
            }
        }
    }
}

pub(super) fn bare(remedy: u16, status: Status, by: Credits) -> RemedyDecision {
    RemedyDecision { remedy, status, by, window: None, amounts: None, value: None }
}

/// Who may lift a refusal: the roles named by the clauses that refuse; nobody when one of them is final.
fn lifters(version: &Version, tree: TreeId, by: &Credits, raised: &dyn Fn(ClauseId, u16) -> u16) -> Vec<u16> {
    let mut roles = Vec::new();
    for clause in by {
        match stated(version, tree, *clause) {
            Some(AttributeValue::No { overridable_by: Some(role), .. }) => roles.push(raised(*clause, *role)),
            _ => return Vec::new(),
        }
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// Who may lift what a clause refuses.
pub(super) fn lifter(version: &Version, remedy: u16, clause: ClauseId) -> Option<u16> {
    match stated(version, version.attributes.remedy.get(usize::from(remedy)).copied().flatten(), clause) {
        Some(AttributeValue::No { overridable_by, .. }) => *overridable_by,
        _ => None,
    }
}

/// What a clause says about refusing a remedy.
pub(super) fn refusal(version: &Version, remedy: u16, clause: ClauseId) -> Option<Arc<str>> {
    match stated(version, version.attributes.remedy.get(usize::from(remedy)).copied().flatten(), clause) {
        Some(AttributeValue::No { reason, .. }) => reason.clone(),
        _ => None,
    }
}

fn stated(version: &Version, tree: TreeId, clause: ClauseId) -> Option<&AttributeValue> {
    let statements = &version.trees.get(tree? as usize)?.statements;
    version.values.get(statements.iter().find(|s| s.clause == clause)?.value as usize)
}

/// What the engine itself refuses: more than was bought, the same unit twice, a return before its sale.
fn refused<'r>(request: &'r Request, progress: &Progress, line: usize, serials: &Serials<'r>) -> Option<ReasonKey> {
    let mine = request.lines.get(line)?;
    let Some(place) = mine.sold else {
        let twice = |(at, serial): (usize, &String)| mine.serials.iter().take(at).any(|other| other == serial);
        if mine.serials.iter().enumerate().any(twice) {
            return Some(ReasonKey::SameUnitTwice);
        }
        let sold = mine.unfound.as_ref().and_then(|known| known.sold);
        return sold.is_some_and(|sold| sold.day > request.day).then_some(ReasonKey::BeforeSale);
    };
    let sale = request.sales.get(place.0)?;
    let sold = sale.lines.get(place.1)?;
    if sold.earlier.quantity.saturating_add(progress.brought(place)) > sold.quantity {
        return Some(ReasonKey::MoreReturnedThanBought);
    }
    for serial in &mine.serials {
        let known = serials.get(place, serial);
        if known.is_some_and(|serial| serial.brought > 1 || serial.came_back) {
            return Some(ReasonKey::SameUnitTwice);
        }
        if !sold.serials.is_empty() && !known.is_some_and(|serial| serial.sold) {
            return Some(ReasonKey::NotOfThisSale);
        }
    }
    if sale.sold.is_some_and(|s| s.day > request.day) {
        return Some(ReasonKey::BeforeSale);
    }
    None
}

/// The serial numbers that the visit names, by sold line.
#[derive(Default)]
struct Serials<'r> {
    names: Once<((usize, usize), &'r str)>,
    all: Vec<Serial>,
}

impl<'r> Serials<'r> {
    fn get(&self, line: (usize, usize), serial: &'r str) -> Option<&Serial> {
        self.names.find(&(line, serial)).and_then(|place| self.all.get(place))
    }

    fn get_mut(&mut self, line: (usize, usize), serial: &'r str) -> Option<&mut Serial> {
        self.names.find(&(line, serial)).and_then(|place| self.all.get_mut(place))
    }
}

#[derive(Default)]
struct Serial {
    /// How often the visit names it.
    brought: u32,
    /// Whether it was sold with this line.
    sold: bool,
    /// Whether it has come back before.
    came_back: bool,
}

fn serials(request: &Request) -> Serials<'_> {
    let mut serials = Serials::default();
    for line in &request.lines {
        for serial in &line.serials {
            if let Some(place) = line.sold {
                let place = serials.names.place((place, serial.as_str()));
                serials.all.resize_with(serials.names.len(), Serial::default);
                serials.all.iter_mut().skip(place).take(1).for_each(|serial| serial.brought += 1);
            }
        }
    }
    if serials.all.is_empty() {
        return serials;
    }
    for (sale, sold) in request.sales.iter().enumerate() {
        for (line, sold) in sold.lines.iter().enumerate() {
            for serial in &sold.serials {
                if let Some(serial) = serials.get_mut((sale, line), serial) {
                    serial.sold = true;
                }
            }
            for serial in &sold.earlier.serials {
                if let Some(serial) = serials.get_mut((sale, line), serial) {
                    serial.came_back = true;
                }
            }
        }
    }
    serials
}
