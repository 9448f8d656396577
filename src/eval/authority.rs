//! Who may approve how much (docs/reference/authority.md). What a guard holds back is known when it speaks; what a refusal
//! holds back is worked out here, as if everything that may be lifted were lifted, so that it does not depend on approvals.

use std::borrow::Cow;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::decision::{ApprovalUse, Beyond, Credits, Reason, ReasonKey, Status};
use crate::once::Once;
use crate::program::{AttributeValue, ClauseId, FieldType, Ladder, Program};
use crate::request::{Approval, Request};

use super::conditions::{Assumed, Unknown};
use super::{Run, ZERO, in_force};

/// Who may approve how much, and what the refusals of a request come to.
#[derive(Debug, Default)]
pub(super) struct Authority<'p> {
    /// Nothing where the policy does not say.
    pub(super) ladder: Option<&'p Ladder>,
    refusals: Vec<Refusal>,
}

/// What somebody could let through by approving a clause that refuses.
#[derive(Debug)]
struct Refusal {
    path: Arc<str>,
    /// The role that the policy names.
    named: u16,
    /// The lines whose wanted remedy it refuses, or for which they come too late.
    lines: Once<usize>,
    /// What they are worth together; none: not known.
    amount: Option<Decimal>,
}

/// A line, or the visit, for which a higher role has to decide than the policy names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raised {
    pub(super) line: Option<usize>,
    pub(super) named: u16,
    pub(super) role: u16,
}

/// What becomes of the approvals of a clause.
pub(super) struct Verdict {
    pub(super) lifted: bool,
    /// Who may approve it.
    pub(super) role: u16,
    pub(super) beyond: Option<Box<Beyond>>,
}

/// Works out what refusals come to, where the policy says who may approve how much.
pub(super) fn weigh<'r>(
    program: &'r Arc<Program>,
    request: &Request,
    assumed: &[(Unknown, Assumed)],
    kinds: &[Vec<String>],
) -> Result<Authority<'r>, Unknown> {
    let version = in_force(program, request.day).and_then(|version| program.versions.get(version));
    let Some(ladder) = version.and_then(|version| version.choices.authority.as_ref()) else {
        return Ok(Authority::default());
    };
    let refusals = match refusals(program, request, assumed, kinds) {
        Ok(refusals) => refusals,
        // Without an approval nothing hangs on it but who is named.
        Err(unknown) if !request.approvals.is_empty() => return Err(unknown),
        Err(_) => Vec::new(),
    };
    Ok(Authority { ladder: Some(ladder), refusals })
}

fn refusals(
    program: &Arc<Program>,
    request: &Request,
    assumed: &[(Unknown, Assumed)],
    kinds: &[Vec<String>],
) -> Result<Vec<Refusal>, Unknown> {
    let may_be_lifted = program.versions.iter().any(|version| {
        let lifted = |value: &AttributeValue| matches!(value, AttributeValue::No { overridable_by: Some(_), .. });
        version.choices.late.is_some() || version.values.iter().any(lifted)
    });
    if !may_be_lifted {
        return Ok(Vec::new());
    }
    let mut found: Vec<Refusal> = Vec::new();
    let mut lifted = request.clone();
    lifted.approvals.clear();
    // What is lifted may bring to light another refusal: of the clause around it.
    loop {
        let before = found.len();
        let worth = {
            let mut run = Run::new(program, &lifted, assumed, kinds);
            run.remedies()?;
            run.refused_now(&mut found);
            if found.len() > before {
                None
            } else if found.is_empty() {
                return Ok(found);
            } else {
                run.amounts()?;
                Some((0..request.lines.len()).map(|line| run.worth(line)).collect::<Vec<_>>())
            }
        };
        match worth {
            Some(worth) => {
                for at in 0..found.len() {
                    let Some(path) = found.get(at).map(|refusal| Arc::clone(&refusal.path)) else { continue };
                    // An approval names the clause, whichever of its sentences refuses.
                    let mine = found.iter().filter(|refusal| refusal.path == path);
                    let mut lines = Once::default();
                    for line in mine.flat_map(|refusal| refusal.lines.iter()) {
                        lines.insert(*line);
                    }
                    let amount = together(lines.iter().map(|line| worth.get(*line).copied().flatten()));
                    found.iter_mut().skip(at).take(1).for_each(|refusal| refusal.amount = amount);
                }
                return Ok(found);
            }
            None => {
                let new = found.iter().skip(before);
                lifted.approvals.extend(new.map(|refusal| Approval {
                    clause: refusal.path.to_string(),
                    role: refusal.named,
                    by: None,
                }));
            }
        }
    }
}

/// A sum; nothing when a part of it is not known.
fn together(parts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    parts.into_iter().try_fold(ZERO, |sum, part| Some(sum.saturating_add(part?)))
}

impl<'p> Authority<'p> {
    /// The request with the approvals that may lift refusals.
    pub(super) fn heard<'r>(&self, request: &'r Request) -> Cow<'r, Request> {
        let Some(ladder) = self.ladder else { return Cow::Borrowed(request) };
        let counts = |approval: &Approval| ladder.allows(approval.role, self.amount(&approval.clause));
        if request.approvals.iter().all(counts) {
            return Cow::Borrowed(request);
        }
        let mut heard = request.clone();
        heard.approvals.retain(counts);
        Cow::Owned(heard)
    }

    /// What the refusals of a clause hold back; none: nothing, or not known.
    fn amount(&self, path: &str) -> Option<Decimal> {
        self.refusals.iter().find(|refusal| *refusal.path == *path).and_then(|refusal| refusal.amount)
    }

    /// The role that may lift what a clause refuses.
    pub(super) fn lifter(&self, program: &Program, clause: ClauseId, named: u16) -> u16 {
        let path = program.clause(clause).map_or("", |clause| &*clause.path);
        self.ladder.map_or(named, |ladder| ladder.needed(named, self.amount(path)))
    }

    /// Who decides what the policy leaves open.
    pub(super) fn decides(&self, manager: u16) -> u16 {
        self.ladder.map_or(manager, |ladder| ladder.decides(manager))
    }

    /// What becomes of the approvals of a clause that holds back an amount.
    pub(super) fn verdict(
        &self,
        program: &Program,
        approvals: &[Approval],
        path: &str,
        named: u16,
        amount: Option<Decimal>,
    ) -> Verdict {
        let given = || approvals.iter().filter(|a| a.clause == path && program.schema.may_act_as(a.role, named));
        let Some(ladder) = self.ladder else {
            return Verdict { lifted: given().next().is_some(), role: named, beyond: None };
        };
        let lifted = given().any(|approval| ladder.allows(approval.role, amount));
        let role = ladder.needed(named, amount);
        let short = |approval: &&Approval| ladder.has(approval.role) && !ladder.allows(approval.role, amount);
        let approved = given().filter(short).map(|approval| approval.role).max_by_key(|role| ladder.level(*role));
        let beyond = match (amount, ladder.below(role)) {
            (Some(amount), Some((not, limit))) if role != named && !lifted => {
                Some(Box::new(Beyond { amount, not, limit, approved }))
            }
            _ => None,
        };
        Verdict { lifted, role, beyond }
    }

    /// The reasons why a line waits for a higher role than the policy names.
    pub(super) fn beyond_of(
        &self,
        program: &Program,
        line: usize,
        by: &Credits,
        approvals: &[Approval],
    ) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = Vec::new();
        for clause in by {
            let path = program.clause(*clause).map_or("", |clause| &*clause.path);
            let mine = self.refusals.iter().filter(|r| *r.path == *path && r.lines.find(&line).is_some());
            for refusal in mine {
                let verdict = self.verdict(program, approvals, path, refusal.named, refusal.amount);
                let Some(beyond) = verdict.beyond else { continue };
                reasons.push(above(line, verdict.role, beyond, &Credits::of(*clause)));
            }
        }
        reasons
    }

    /// Where a higher role than the policy names has to approve what it refuses.
    fn raised(&self) -> impl Iterator<Item = Raised> + '_ {
        let of = |refusal: &Refusal| Some((refusal.named, self.ladder?.needed(refusal.named, refusal.amount)));
        self.refusals.iter().flat_map(move |refusal| {
            let raised = of(refusal).filter(|(named, role)| named != role);
            let lines = refusal.lines.iter().map(|line| Some(*line));
            lines.filter_map(move |line| raised.map(|(named, role)| Raised { line, named, role }))
        })
    }

    /// What became of the approvals of clauses that refuse.
    pub(super) fn uses(&self, program: &Program, approvals: &[Approval]) -> Vec<ApprovalUse> {
        let of = |approval: &Approval| {
            let mine: Vec<&Refusal> = self.refusals.iter().filter(|r| *r.path == *approval.clause).collect();
            let amount = mine.first()?.amount;
            let counts = mine.iter().any(|refusal| self.hears(program, approval, refusal.named, amount));
            Some(used(approval, amount, counts))
        };
        approvals.iter().filter_map(of).collect()
    }

    /// Whether an approval lifts what waits for a role and comes to an amount.
    pub(super) fn hears(&self, program: &Program, approval: &Approval, named: u16, amount: Option<Decimal>) -> bool {
        let enough = self.ladder.is_none_or(|ladder| ladder.allows(approval.role, amount));
        enough && program.schema.may_act_as(approval.role, named)
    }
}

impl Run<'_> {
    /// Who decides signs: where an amount asks for a higher role than the one a form names, the form is for that one.
    pub(super) fn signatures(&mut self) {
        let Some(authority) = self.authority else { return };
        let raised: Vec<Raised> = self.raised.iter().copied().chain(authority.raised()).collect();
        if raised.is_empty() {
            return;
        }
        let (version, schema) = (self.visit.version, &self.program.schema);
        let level = |role: &u16| authority.ladder.and_then(|ladder| ladder.level(*role));
        for field in &mut self.decision.paperwork {
            let form = version.forms.get(usize::from(field.form));
            let asked = form.and_then(|form| form.fields.get(usize::from(field.field))).map(|field| &field.ty);
            let Some(FieldType::Signature(of)) = asked else { continue };
            let mine = raised.iter().filter(|one| one.line.is_none() || field.line.is_none() || one.line == field.line);
            field.signed_by = mine.filter(|one| schema.role(one.named) == &**of).map(|one| one.role).max_by_key(level);
        }
    }
}

/// The reason that an amount is above what others may approve.
pub(super) fn above(line: impl Into<Option<usize>>, role: u16, beyond: Box<Beyond>, by: &Credits) -> Reason {
    Reason {
        key: ReasonKey::AboveAuthority,
        line: line.into(),
        remedy: None,
        text: None,
        day: None,
        missing: None,
        role: Some(role),
        beyond: Some(beyond),
        by: by.clone(),
    }
}

/// An approval, and whether it lifts something.
pub(super) fn used(approval: &Approval, amount: Option<Decimal>, counts: bool) -> ApprovalUse {
    ApprovalUse {
        clause: approval.clause.as_str().into(),
        role: approval.role,
        by: approval.by.as_deref().map(Into::into),
        amount,
        counts,
    }
}

impl Run<'_> {
    /// Adds the refusals of wanted remedies that may be lifted.
    fn refused_now(&self, found: &mut Vec<Refusal>) {
        for line in 0..self.states.len() {
            let Some(wanted) = self.wanted(line) else { continue };
            let refused: Vec<(ClauseId, u16)> = match &wanted.status {
                Status::NotOffered { overridable_by, .. } if !overridable_by.is_empty() => {
                    let named = |clause: &ClauseId| {
                        let version = self.frames.get(line)?.version;
                        let role = super::remedies::lifter(version, wanted.remedy, *clause)?;
                        Some((*clause, role))
                    };
                    wanted.by.iter().filter_map(named).collect()
                }
                Status::Expired { overridable_by: Some(role), .. } => {
                    wanted.by.iter().map(|clause| (*clause, *role)).collect()
                }
                _ => continue,
            };
            for (clause, named) in refused {
                let Some(path) = self.program.clause(clause).map(|clause| &clause.path) else { continue };
                match found.iter_mut().find(|refusal| refusal.path == *path && refusal.named == named) {
                    Some(refusal) => {
                        refusal.lines.insert(line);
                    }
                    None => {
                        let mut lines = Once::default();
                        lines.push(line);
                        found.push(Refusal { path: Arc::clone(path), named, lines, amount: None });
                    }
                }
            }
        }
    }

    /// What a line gives for its wanted remedy: money, or goods for it. None: something has to be asked first.
    pub(super) fn worth(&self, line: usize) -> Option<Decimal> {
        let state = self.states.get(line)?;
        match self.wanted(line).map(|wanted| &wanted.status) {
            _ if !state.ask.is_empty() => None,
            Some(Status::Unknown) | None => None,
            Some(Status::Offered) => Some(state.amounts.value),
            Some(_) => Some(ZERO),
        }
    }

    /// What some lines give together, with the delivery given back where it is the whole visit.
    pub(super) fn worth_of(&self, lines: impl Iterator<Item = usize>, of_visit: bool) -> Option<Decimal> {
        let delivery = of_visit.then_some(self.decision.balance.shipping);
        together(lines.map(|line| self.worth(line)).chain(delivery.map(Some)))
    }
}
