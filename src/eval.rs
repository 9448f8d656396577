//! Program and request to decision: total, deterministic, one file per stage of an answer. The order of the stages is told in
//! docs/reference/order.md; what is not known is settled in [`unknown`].

mod amounts;
mod authority;
mod cash;
mod categories;
mod change;
mod conditions;
mod guards;
#[cfg(feature = "locales")]
mod instead;
mod law;
mod layers;
mod limits;
mod lines;
mod paperwork;
mod progress;
mod promotions;
mod remedies;
mod resolve;
mod shipping;
mod tenders;
mod told;
mod totals;
mod trace;
mod unknown;
mod visit_fees;
mod windows;
mod words;

use std::cell::RefCell;
use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::{
    Asked, Clamp, Credits, Decision, Gap, LineDecision, Outcome, Question, Reason, ReasonKey, Status,
};
use crate::facts::{RemedyKind, Scope, builtin};
use crate::once::Once;
use crate::program::{Program, Version};
use crate::request::{Approval, Request};
use crate::terms::{Counted, VersionClock};

use conditions::{Assumed, At, Facts, Place, Settled, Unknown};
use progress::Progress;
use resolve::Frame;

pub(crate) use change::what_would_change;
pub use change::{Change, Changed};
#[cfg(feature = "locales")]
pub(crate) use instead::instead;
pub(crate) use told::told;
pub(crate) use trace::trace;
pub use trace::{LineTrace, Trace};

/// Decides a request. Total: every request has an answer.
pub(crate) fn decide(program: &Arc<Program>, request: &Request) -> Decision {
    let mut decision = unknown::decide(program, request);
    told::prefill(&mut decision, request);
    decision
}

/// What is asked, and of which line and sale.
type AskedOf<'a> = (&'a Asked, Option<usize>, Option<Arc<str>>);

/// One pass over a request, with some missing facts assumed. Stops at the first missing fact that may matter.
fn run(
    program: &Arc<Program>,
    request: &Request,
    assumed: &[(Unknown, Assumed)],
    kinds: &[Vec<String>],
) -> Result<Decision, Unknown> {
    let authority = authority::weigh(program, request, assumed, kinds)?;
    let heard = authority.heard(request);
    let mut run = Run::new(program, &heard, assumed, kinds);
    run.approvals = &request.approvals;
    run.authority = Some(&authority).filter(|a| a.ladder.is_some());
    run.remedies()?;
    run.amounts()?;
    run.guards()?;
    run.tenders()?;
    run.coins()?;
    run.paperwork();
    Ok(run.finish())
}

/// One for each line; most visits bring one.
type OfLines<T> = SmallVec<[T; 1]>;

/// A pass.
struct Run<'r> {
    program: &'r Arc<Program>,
    facts: Facts<'r>,
    /// The clauses as they apply to each line, in the version of its sale.
    frames: OfLines<Frame<'r>>,
    /// Likewise in the version of the request, where that is another.
    visit_frames: Vec<Option<Frame<'r>>>,
    visit: Frame<'r>,
    progress: Progress,
    states: OfLines<State<'r>>,
    /// What the law changed of amounts, as far as they stand.
    bounded: Vec<Clamp>,
    /// Who may approve how much, where the policy says so, and what refusals come to.
    authority: Option<&'r authority::Authority<'r>>,
    /// All approvals, also those that are above the authority of who gave them.
    approvals: &'r [Approval],
    /// Where amounts ask for a higher role than the policy names.
    raised: Vec<authority::Raised>,
    decision: Decision,
}

/// What is known of a line so far.
#[derive(Debug, Default)]
struct State<'r> {
    /// A right may be open, once a date is told.
    may_be_owed: bool,
    /// The rights and rules that hold.
    laws: Vec<law::Open<'r>>,
    version: usize,
    wants: Option<u16>,
    /// The engine's own refusal.
    refused: Option<ReasonKey>,
    /// No version is in force, or its date is missing.
    no_version: Option<Result<Gap, Asked>>,
    amounts: amounts::Amounts,
    /// Something that must be asked before the wanted remedy can be answered.
    ask: Vec<Asked>,
    /// Referred because the policy leaves something open.
    gap: Option<(Gap, Credits)>,
    conflict: Option<Credits>,
    /// The policy refers when a date is missing.
    referred: Option<(u16, Credits)>,
    stops: Credits,
    refers: bool,
    verifies: bool,
}

impl<'r> Run<'r> {
    fn new(
        program: &'r Arc<Program>,
        request: &'r Request,
        assumed: &'r [(Unknown, Assumed)],
        kinds: &'r [Vec<String>],
    ) -> Self {
        let over_lines = RefCell::default();
        let facts = Facts { schema: &program.schema, request, settled: Settled::default(), assumed, kinds, over_lines };
        let version = in_force(program, request.day).unwrap_or(0);
        let states: OfLines<State> = (0..request.lines.len())
            .map(|line| {
                let (version, no_version) = version_of(program, request, line);
                State { version, no_version, ..State::default() }
            })
            .collect();
        let at = |line: usize| At {
            line: Some(line),
            sale: request.lines.get(line).and_then(|l| l.sold).map(|(s, _)| s),
            part: None,
        };
        let frame = |line: usize, version: usize| {
            let version: &'r Version = program.versions.get(version).unwrap_or_else(|| first(program));
            Frame::new(program, version, at(line))
        };
        let frames = states.iter().enumerate().map(|(line, state)| frame(line, state.version)).collect();
        let visit_frames = match states.iter().any(|state| state.version != version) {
            true => states
                .iter()
                .enumerate()
                .map(|(line, state)| (state.version != version).then(|| frame(line, version)))
                .collect(),
            false => Vec::new(),
        };
        let visit = Frame::new(program, program.versions.get(version).unwrap_or_else(|| first(program)), At::default());
        let decision = Decision::undecided(Arc::clone(program), version, Vec::with_capacity(request.lines.len()));
        Self {
            program,
            facts,
            frames,
            visit_frames,
            visit,
            progress: Progress::new(request),
            states,
            bounded: Vec::new(),
            authority: None,
            approvals: &request.approvals,
            raised: Vec::new(),
            decision,
        }
    }

    fn request(&self) -> &'r Request {
        self.facts.request
    }

    /// Whether the wanted remedy of a line is offered.
    fn offered(&self, line: usize) -> bool {
        self.wanted(line).is_some_and(|r| r.status == Status::Offered)
    }

    fn wanted(&self, line: usize) -> Option<&crate::decision::RemedyDecision> {
        let wants = self.states.get(line)?.wants?;
        self.decision.lines.get(line)?.remedies.get(usize::from(wants))
    }

    fn kind(&self, remedy: u16) -> Option<&'r RemedyKind> {
        self.program.schema.remedies.get(usize::from(remedy)).map(|r| &r.kind)
    }

    /// Fills in outcomes and reasons.
    fn finish(mut self) -> Decision {
        let mut worst = Outcome::Accept;
        for line in 0..self.states.len() {
            let outcome = self.outcome(line);
            if let Some(decided) = self.decision.lines.get_mut(line) {
                decided.outcome = outcome;
            }
            worst = worst.max(outcome);
        }
        self.decision.outcome = worst;
        if self.visit.version.choices.together {
            let accepted = |line: &&mut LineDecision| line.outcome <= Outcome::AcceptPendingVerification;
            self.decision.lines.iter_mut().filter(accepted).for_each(|line| line.outcome = worst);
        }
        self.reasons();
        self.signatures();
        self.words();
        self.decision
    }

    /// The outcome of a line; also used before the tenders, to know what is paid.
    fn outcome(&self, line: usize) -> Outcome {
        let Some(state) = self.states.get(line) else { return Outcome::Refer };
        if state.refused.is_some() {
            return Outcome::Decline;
        }
        if let Some(no_version) = &state.no_version {
            return if no_version.is_ok() { Outcome::Refer } else { Outcome::Undetermined };
        }
        if !state.ask.is_empty() {
            return Outcome::Undetermined;
        }
        match self.wanted(line).map(|r| &r.status) {
            Some(Status::Offered) if state.refers || state.gap.is_some() || state.conflict.is_some() => Outcome::Refer,
            Some(Status::Offered) if state.verifies => Outcome::AcceptPendingVerification,
            Some(Status::Offered) => Outcome::Accept,
            Some(Status::Stopped | Status::NotOffered { .. } | Status::Expired { .. }) => Outcome::Decline,
            Some(Status::Unsettled | Status::Gap(_)) => Outcome::Refer,
            Some(Status::Unknown) | None => Outcome::Undetermined,
        }
    }

    /// Who decides what the policy leaves open.
    fn manager(&self) -> u16 {
        let roles = &self.program.schema.roles;
        let manager = roles.iter().position(|r| r.name == "manager").and_then(|r| u16::try_from(r).ok()).unwrap_or(0);
        self.authority.map_or(manager, |authority| authority.decides(manager))
    }

    /// Whether a line is paid out or exchanged as things stand.
    fn payable(&self, line: usize) -> bool {
        matches!(self.outcome(line), Outcome::Accept | Outcome::AcceptPendingVerification)
    }

    /// What to ask, and about what: a fact of the visit is of no line, and a price of new goods of the line that names them.
    fn question(&self, asked: &Asked, line: usize) -> Question {
        let scope = match asked {
            Asked::Fact(fact) => self.program.schema.fact(*fact).map(|fact| fact.scope),
            Asked::History(Counted::Item) => Some(Scope::Line),
            Asked::Parcels => Some(Scope::Sale),
            Asked::PayWithBalance | Asked::History(_) => Some(Scope::Visit),
            Asked::Categories | Asked::CurrentPrice | Asked::ListPrice | Asked::LowestPrice(_) => Some(Scope::Line),
        };
        let lines = &self.request().lines;
        let unpriced = || lines.iter().position(|l| l.new.as_ref().is_some_and(|new| new.price.is_none()));
        let line = match asked {
            Asked::Fact(builtin::NEW_PRICE) => unpriced().unwrap_or(line),
            _ => line,
        };
        let line = Some(line).filter(|_| scope != Some(Scope::Visit));
        let sale = line.and_then(|line| sale_of(self.facts.request, line)).map(|sale| sale.id.clone());
        // It is not this line that does not tell it.
        let line = line.filter(|_| *asked != Asked::Parcels);
        let of_unfound_sale = scope == Some(Scope::Sale) && sale.is_none();
        Question { fact: asked.clone(), line, sale, tender: None, of_unfound_sale, values: Vec::new() }
    }

    fn reasons(&mut self) {
        let manager = self.manager();
        let mut reasons: Vec<Reason> = Vec::new();
        let mut asked_before: Once<AskedOf<'_>> = Once::default();
        // Asked once, of the first line without it.
        let mut price_asked = false;
        for (line, state) in self.states.iter().enumerate() {
            let plain = |key: ReasonKey, by: &Credits| Reason {
                key,
                line: Some(line),
                remedy: state.wants,
                text: None,
                day: None,
                missing: None,
                role: None,
                beyond: None,
                by: by.clone(),
            };
            if let Some(key) = state.refused {
                reasons.push(plain(key, &Credits::new()));
                continue;
            }
            if let Some(Ok(gap)) = &state.no_version {
                reasons.push(plain(ReasonKey::Gap(*gap), &Credits::new()));
                self.decision.referrals.push(referral(manager, line, &Credits::new()));
                continue;
            }
            for asked in state.ask.iter().chain(state.no_version.iter().filter_map(|v| v.as_ref().err())) {
                reasons.push(Reason { missing: Some(asked.clone()), ..plain(ReasonKey::MissingFact, &Credits::new()) });
                if *asked == Asked::Fact(builtin::NEW_PRICE) && std::mem::replace(&mut price_asked, true) {
                    continue;
                }
                let question = self.question(asked, line);
                if asked_before.insert((asked, question.line, question.sale.clone())) {
                    self.decision.ask.push(question);
                }
            }
            let Some(wanted) =
                self.decision.lines.get(line).zip(state.wants).and_then(|(l, w)| l.remedies.get(usize::from(w)))
            else {
                continue;
            };
            match &wanted.status {
                Status::Offered => {
                    if let Some((gap, by)) = &state.gap {
                        reasons.push(plain(ReasonKey::Gap(*gap), by));
                        self.decision.referrals.push(referral(manager, line, by));
                    } else if let Some(by) = &state.conflict {
                        reasons.push(plain(ReasonKey::Conflict, by));
                        self.decision.referrals.push(referral(manager, line, by));
                    } else {
                        reasons.push(plain(ReasonKey::Accept, &wanted.by));
                    }
                }
                Status::NotOffered { .. } => {
                    // Each text that a clause gives for it, with the clauses that give it.
                    let mut texts: Vec<(Option<Arc<str>>, Credits)> = Vec::new();
                    for clause in &wanted.by {
                        let text =
                            self.frames.get(line).and_then(|f| remedies::refusal(f.version, wanted.remedy, *clause));
                        match texts.iter_mut().find(|(t, _)| *t == text) {
                            Some((_, by)) => by.add(*clause),
                            None => texts.push((text, Credits::of(*clause))),
                        }
                    }
                    reasons.extend(
                        texts.into_iter().map(|(text, by)| Reason { text, ..plain(ReasonKey::NotOffered, &by) }),
                    );
                }
                Status::Expired { on, .. } => {
                    reasons.push(Reason { day: Some(*on), ..plain(ReasonKey::Expired, &wanted.by) })
                }
                // Each stop tells its own reason, with the guards.
                Status::Stopped | Status::Unknown => {}
                Status::Unsettled => {
                    let by = state.conflict.as_ref().unwrap_or(&wanted.by);
                    reasons.push(plain(ReasonKey::Conflict, by));
                    self.decision.referrals.push(referral(manager, line, by));
                }
                Status::Gap(gap) => match &state.referred {
                    Some((role, by)) => {
                        reasons.push(plain(ReasonKey::Gap(*gap), by));
                        self.decision.referrals.push(referral(*role, line, by));
                    }
                    None => {
                        reasons.push(plain(ReasonKey::Gap(*gap), &wanted.by));
                        self.decision.referrals.push(referral(manager, line, &wanted.by));
                    }
                },
            }
            if let Some(authority) = self.authority
                && matches!(wanted.status, Status::NotOffered { .. } | Status::Expired { .. })
            {
                reasons.extend(authority.beyond_of(self.program, line, &wanted.by, self.approvals));
            }
            let others = self.decision.lines.get(line).is_some_and(|l| {
                let told = |remedy: u16| !self.program.schema.only_if_asked(remedy);
                let mut offered = l.remedies.iter().filter(|r| r.status == Status::Offered);
                wanted.status != Status::Offered && offered.any(|r| told(r.remedy))
            });
            if others && self.decision.lines.get(line).is_some() {
                let by: Credits = Credits::new();
                reasons.push(plain(ReasonKey::OthersOffered, &by));
            }
            let lifted = self.frames.get(line).map(|f| f.lifted.clone()).unwrap_or_default();
            if !lifted.is_empty() {
                reasons.push(plain(ReasonKey::Approved, &lifted));
            }
        }
        let guards = std::mem::take(&mut self.decision.reasons);
        reasons.extend(guards);
        let held = |line: usize| self.payable(line) && self.outcome(line) < self.decision.outcome;
        if self.visit.version.choices.together && (0..self.states.len()).any(held) {
            reasons.push(Reason {
                key: ReasonKey::HeldBack,
                line: None,
                remedy: None,
                text: None,
                day: None,
                missing: None,
                role: None,
                beyond: None,
                by: Credits::new(),
            });
        }
        self.decision.reasons = reasons;
        if let Some(authority) = self.authority {
            let approvals = &mut self.decision.approvals;
            approvals.extend(authority.uses(self.program, self.approvals));
            approvals.sort_by(|a, b| (&a.clause, a.role, &a.by, a.amount).cmp(&(&b.clause, b.role, &b.by, b.amount)));
            approvals.dedup();
        }
    }
}

fn referral(role: u16, line: usize, by: &Credits) -> crate::decision::Referral {
    crate::decision::Referral {
        role,
        line: Some(line),
        verify: false,
        within: None,
        due: None,
        text: None,
        owed: false,
        by: by.clone(),
    }
}

/// A program has at least one version; an empty one stands in where the types cannot say so.
fn first(program: &Program) -> &Version {
    static EMPTY: std::sync::OnceLock<Version> = std::sync::OnceLock::new();
    program.versions.first().unwrap_or_else(|| EMPTY.get_or_init(Version::empty))
}

/// The version in force on a day.
fn in_force(program: &Program, day: chrono::NaiveDate) -> Option<usize> {
    program.versions.iter().rposition(|v| v.from <= day)
}

/// The version that decides a line: by the program's clock.
fn version_of(program: &Program, request: &Request, line: usize) -> (usize, Option<Result<Gap, Asked>>) {
    let sale = request.lines.get(line).and_then(|l| l.sold).and_then(|(s, _)| request.sales.get(s));
    let day = |clock: VersionClock| match (clock, sale) {
        (VersionClock::Requested, _) => Some(request.day),
        (VersionClock::Sold, Some(sale)) => sale.sold.map(|e| e.day),
        (VersionClock::Ordered, Some(sale)) => sale.ordered.map(|e| e.day),
        // Goods without a sale are decided by the policy of the day.
        (_, None) => Some(request.day),
    };
    let (by, otherwise) = program.clock;
    match day(by).or_else(|| otherwise.and_then(day)) {
        Some(day) => match in_force(program, day) {
            Some(version) => (version, None),
            None => (0, Some(Ok(Gap::NoVersion))),
        },
        None => {
            let fact = if by == VersionClock::Ordered { builtin::ORDERED } else { builtin::SOLD };
            (0, Some(Err(Asked::Fact(fact))))
        }
    }
}

/// The sale of a line.
fn sale_of(request: &Request, line: usize) -> Option<&crate::request::Sale> {
    request.lines.get(line).and_then(|l| l.sold).and_then(|(s, _)| request.sales.get(s))
}

/// The place of a line for a fact that is asked.
fn line_place(line: usize) -> Place {
    Place::Line(line)
}

/// A line as decided so far.
fn line_decision(request: &Request, line: usize, version: usize, wants: Option<u16>) -> LineDecision {
    let (id, quantity) = request.lines.get(line).map_or((Arc::from(""), 0), |l| (Arc::clone(&l.id), l.quantity));
    LineDecision { line: id, version, outcome: Outcome::Accept, wants, quantity, remedies: Vec::new() }
}

/// One, for ranks.
const ONE: Decimal = Decimal::ONE;
/// Zero for sums.
const ZERO: Decimal = Decimal::ZERO;
