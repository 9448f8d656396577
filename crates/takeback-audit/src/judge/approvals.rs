//! Who approved and who looked: what the rows tell, given to the clauses that ask for it, and what it comes to.

use std::borrow::Cow;

use takeback::decision::{Asked, Credits, Decision, Outcome, ReasonKey, Status};
use takeback::request::{Approval, Request, Verification};

use crate::cells::Of;
use crate::finding::{Cause, Finding, Kind};
use crate::missing;
use crate::spell;
use crate::visit::{Fault, Line};

use super::held::{Held, Hold};
use super::{Cx, Decided, Place, sentences};

/// An approval, or what came of looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    /// The clause, where it is told; else whatever asks for it.
    clause: Option<String>,
    role: u16,
    by: Option<String>,
    passed: bool,
}

/// Each round lets more clauses speak: what was refused is offered then, and may be referred.
const ROUNDS: usize = 8;

impl Cx<'_> {
    /// Who approved something of a visit; none: no row tells.
    pub(super) fn approvals(&self, lines: &[Line]) -> Result<Option<Vec<Given>>, Fault> {
        self.given(lines, "approvals", spell::roles)
    }

    /// Who looked; none: no row tells.
    pub(super) fn verifications(&self, lines: &[Line]) -> Result<Option<Vec<Given>>, Fault> {
        self.given(lines, "verifications", spell::verified)
    }

    fn given(
        &self,
        lines: &[Line],
        column: &'static str,
        read: fn(&str) -> Result<Vec<spell::Role<'_>>, String>,
    ) -> Result<Option<Vec<Given>>, Fault> {
        let mut all: Option<Vec<Given>> = None;
        for line in lines {
            let Some(text) = self.cells.text(Of::Return, column, line.row) else { continue };
            let wrong = |reason| Fault::new(line.row, column, Some(text.to_owned()), reason);
            let all = all.get_or_insert_default();
            for role in read(text).map_err(wrong)? {
                let place = self.schema.roles.iter().position(|known| known.name == role.role);
                let place = place.and_then(|place| u16::try_from(place).ok());
                let given = Given {
                    clause: role.clause.map(str::to_owned),
                    role: place.ok_or_else(|| wrong(format!("the policy has no role `{}`", role.role)))?,
                    by: role.by.map(str::to_owned),
                    passed: role.passed.unwrap_or(true),
                };
                if !all.contains(&given) {
                    all.push(given);
                }
            }
        }
        Ok(all)
    }

    /// Decides with the approvals and verifications that are told. Those that name no clause stand for whatever asks.
    pub(super) fn approve(
        &self,
        request: &mut Request,
        approvals: Option<&[Given]>,
        verified: Option<&[Given]>,
    ) -> Decision {
        let (approvals, verified) = (approvals.unwrap_or_default(), verified.unwrap_or_default());
        let named = |given: &&Given| given.clause.is_some();
        for given in approvals.iter().filter(named) {
            add_approval(request, given.clause.as_deref().unwrap_or_default(), given);
        }
        for given in verified.iter().filter(named) {
            add_verification(request, given.clause.as_deref().unwrap_or_default(), given);
        }
        let mut decision = self.policy.decide(request);
        for _ in 0..ROUNDS {
            let mut more = false;
            for clause in self.asks(&decision, false) {
                for given in approvals.iter().filter(|given| given.clause.is_none()) {
                    more |= add_approval(request, &clause, given);
                }
            }
            for clause in self.asks(&decision, true) {
                for given in verified.iter().filter(|given| given.clause.is_none()) {
                    more |= add_verification(request, &clause, given);
                }
            }
            if !more {
                break;
            }
            decision = self.policy.decide(request);
        }
        decision
    }

    /// Decides as if everybody who is asked had approved, and all that is looked at were as it should be; none: nobody is asked.
    pub(super) fn grant(&self, request: &Request, first: &Decision) -> Option<Decision> {
        let mut request = Cow::Borrowed(request);
        let mut granted: Option<Decision> = None;
        for _ in 0..ROUNDS {
            let mut more = false;
            let decision = granted.as_ref().unwrap_or(first);
            let roles = needed(decision);
            for clause in self.asks(decision, false) {
                for role in &roles {
                    let given = Given { clause: None, role: *role, by: None, passed: true };
                    more |= add_approval(request.to_mut(), &clause, &given);
                }
            }
            let verifications: Vec<(u16, Vec<String>)> = decision
                .referrals
                .iter()
                .filter(|referral| referral.verify)
                .map(|referral| (referral.role, self.paths(&referral.by)))
                .collect();
            for (role, clauses) in verifications {
                for clause in clauses {
                    let given = Given { clause: None, role, by: None, passed: true };
                    more |= add_verification(request.to_mut(), &clause, &given);
                }
            }
            if !more {
                break;
            }
            granted = Some(self.policy.decide(&request));
        }
        granted
    }

    /// Label paths of the clauses that somebody may lift, or that want something looked at.
    fn asks(&self, decision: &Decision, verify: bool) -> Vec<String> {
        let mut by = Credits::new();
        for referral in decision.referrals.iter().filter(|referral| referral.verify == verify) {
            by.merge(&referral.by);
        }
        if !verify {
            for reason in decision.reasons.iter().filter(|reason| {
                matches!(reason.key, ReasonKey::Stopped | ReasonKey::AboveAuthority) && reason.role.is_some()
            }) {
                by.merge(&reason.by);
            }
            for line in &decision.lines {
                let Some(wanted) = line.wants.and_then(|wants| line.remedies.get(usize::from(wants))) else { continue };
                match &wanted.status {
                    Status::NotOffered { overridable_by, .. } if !overridable_by.is_empty() => by.merge(&wanted.by),
                    Status::Expired { overridable_by: Some(_), .. } => {
                        by.merge(&wanted.by);
                        wanted.window.iter().for_each(|window| by.merge(&window.by));
                    }
                    Status::NotOffered { .. }
                    | Status::Expired { .. }
                    | Status::Offered
                    | Status::Stopped
                    | Status::Unsettled
                    | Status::Gap(_)
                    | Status::Unknown => {}
                }
            }
        }
        self.paths(&by)
    }

    /// What is found about how a refunded line was let through.
    pub(super) fn how_it_was_let_through(&self, decided: &Decided, place: Place<'_>, held: &Held) -> Option<Finding> {
        let hold = match held {
            Held::No => return None,
            Held::Undetermined => return Some(self.undetermined(&decided.lines, place)),
            // Nothing was given back, and rightly.
            Held::Refused(_) if self.pays(place.row) && self.actual(place.row).is_nothing() => return None,
            Held::Refused(hold) => {
                let mut finding = self.finding(Kind::RefundedThoughDeclined, place, hold);
                finding.expected = Some(rust_decimal::Decimal::ZERO);
                finding.difference = finding.actual;
                finding.stake = finding.actual.unwrap_or_default();
                finding.told = true;
                finding.message = sentences::declined(self, hold, &finding);
                return Some(finding);
            }
            Held::Approval(hold) | Held::Verification(hold) | Held::Unsettled(hold) => hold,
        };
        let verify = matches!(held, Held::Verification(_));
        let settled = |given: &Given| hold.roles.iter().any(|role| self.schema.may_act_as(given.role, *role));
        let approvals = decided.approvals.as_deref();
        if matches!(held, Held::Unsettled(_)) && !hold.nobody && approvals.is_some_and(|all| all.iter().any(settled)) {
            return None;
        }
        let told = if verify { decided.verified } else { approvals.is_some() };
        if !told || hold.nobody {
            let mut finding = self.finding(Kind::CannotBeJudged, place, hold);
            if !hold.nobody {
                finding.facts.push(if verify { "verifications" } else { "approvals" }.to_owned());
            }
            finding.told = true;
            finding.message = sentences::not_known_who(self, hold, verify);
            return Some(finding);
        }
        let paths = self.paths(&hold.by);
        let speaks = |given: &Given| given.clause.as_ref().is_none_or(|clause| paths.contains(clause));
        let tried = !verify && approvals.is_some_and(|all| all.iter().any(speaks));
        let kind = if tried { Kind::BelowAuthority } else { Kind::ApprovalMissing };
        let mut finding = self.finding(kind, place, hold);
        finding.expected = self.value(Place { decision: decided.granted(), ..place });
        finding.stake = match finding.expected {
            Some(expected) => expected.min(finding.actual.unwrap_or(expected)),
            None => finding.actual.unwrap_or_default(),
        };
        finding.told = true;
        finding.message = sentences::not_approved(self, hold, verify, tried);
        Some(finding)
    }

    /// What is found of a line of which a fact is missing.
    pub(super) fn undetermined(&self, lines: &[Line], place: Place<'_>) -> Finding {
        let mut finding = Finding::new(Kind::CannotBeJudged, place.row, Cause::MissingFact);
        self.about(place, &mut finding);
        finding.actual = self.actual(place.row).total;
        let mine = |line: Option<usize>| line.is_none_or(|line| line == place.line);
        let mut missing = missing::open(self.policy, self.cells, lines, place.row);
        let worked_out = |asked: &Asked| match asked {
            Asked::Fact(id) => !missing.is_empty() && missing::WORKED_OUT.contains(id),
            _ => false,
        };
        for question in place.decision.ask.iter().filter(|question| mine(question.line)) {
            if worked_out(&question.fact) {
                continue;
            }
            let name = question.fact.name(self.schema).to_owned();
            if !finding.facts.contains(&name) {
                finding.facts.push(name);
            }
        }
        finding.facts.extend(missing.drain(..).map(str::to_owned));
        let mut by = Credits::new();
        place.decision.reasons.iter().filter(|reason| mine(reason.line)).for_each(|reason| by.merge(&reason.by));
        self.cite(&by, &mut finding);
        finding.told = true;
        finding.message = sentences::undetermined(&finding.facts, self.either_way(place));
        finding
    }

    fn finding(&self, kind: Kind, place: Place<'_>, hold: &Hold) -> Finding {
        let mut finding = Finding::new(kind, place.row, hold.cause);
        self.about(place, &mut finding);
        self.cite(&hold.by, &mut finding);
        finding.actual = self.actual(place.row).total;
        finding
    }
}

/// The roles that a decision names as those who may let something through.
fn needed(decision: &Decision) -> Vec<u16> {
    let mut roles: Vec<u16> = decision.referrals.iter().filter(|r| !r.verify).map(|r| r.role).collect();
    roles.extend(decision.reasons.iter().filter_map(|reason| reason.role));
    for line in decision.lines.iter().filter(|line| line.outcome >= Outcome::Refer) {
        let Some(wanted) = line.wants.and_then(|wants| line.remedies.get(usize::from(wants))) else { continue };
        match &wanted.status {
            Status::NotOffered { overridable_by, .. } => roles.extend(overridable_by),
            Status::Expired { overridable_by, .. } => roles.extend(overridable_by),
            Status::Offered | Status::Stopped | Status::Unsettled | Status::Gap(_) | Status::Unknown => {}
        }
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn add_approval(request: &mut Request, clause: &str, given: &Given) -> bool {
    let approval = Approval { clause: clause.to_owned(), role: given.role, by: given.by.clone() };
    let new = !request.approvals.contains(&approval);
    if new {
        request.approvals.push(approval);
    }
    new
}

fn add_verification(request: &mut Request, clause: &str, given: &Given) -> bool {
    let (role, passed) = (given.role, given.passed);
    let verification = Verification { clause: clause.to_owned(), role, by: given.by.clone(), passed };
    let new = !request.verifications.contains(&verification);
    if new {
        request.verifications.push(verification);
    }
    new
}
