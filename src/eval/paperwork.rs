//! Money paid out and paperwork: what comes once it is known which lines go through.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::decision::{Bound, Clamp, Credits, Field, Needed, Outcome, ShippingBack, Status};
use crate::facts::RemedyKind;
use crate::program::{AttributeValue, Attributes, Kept, TreeId, Version};
use crate::terms::AnswerKind;

use super::amounts::Trouble;
use super::conditions::{Facts, Tri, Unknown};
use super::resolve::{Frame, Resolved};
use super::tenders::{self, Due};
use super::totals::{brings_money, is_money, price_of};
use super::{Run, ZERO};

/// How many lines may be routed again, one set aside after the other, before all that cannot be routed are set aside at once;
/// and how often that is done in any visit.
const LINE_ATTEMPTS: usize = 100_000;
const FEW_ATTEMPTS: usize = 4;

impl<'r> Run<'r> {
    pub(super) fn tenders(&mut self) -> Result<(), Unknown> {
        // A line that cannot be routed is set aside, and the rest is tried again; where there are many, all at once.
        let few = (LINE_ATTEMPTS / self.states.len().max(1)).max(FEW_ATTEMPTS);
        for attempt in 0..=self.states.len() {
            let payable: SmallVec<[usize; 4]> = (0..self.states.len()).filter(|l| self.payable(*l)).collect();
            if payable.is_empty() || (self.visit.version.choices.together && payable.len() < self.states.len()) {
                self.decision.payouts.clear();
                return Ok(());
            }
            // Delivery goes with the lines that are paid now; the rest follows with theirs.
            let shipping = match payable.len() == self.states.len() {
                true => self.decision.shipping.clone(),
                false => self.shipping(&payable)?,
            };
            let due = self.due(&payable, &shipping);
            let states = &self.states;
            let laws = |line: usize| states.get(line).map_or(&[][..], |state| &state.laws);
            let all = attempt >= few;
            let made = tenders::payouts(self.program, &self.facts, &mut self.frames, &due, &laws, all);
            for frame in &mut self.frames {
                if let Some(unknown) = frame.missing.take() {
                    return Err(unknown);
                }
            }
            match made {
                Ok((payouts, mut law)) => {
                    self.decision.payouts = payouts;
                    self.decision.law.append(&mut law);
                    return Ok(());
                }
                Err(failed) => {
                    for (line, trouble) in failed {
                        let Some(state) = self.states.get_mut(line) else { return Ok(()) };
                        match trouble {
                            Trouble::Ask(asked) => state.ask.push(asked),
                            Trouble::Gap(gap) => state.gap = Some((gap, Credits::new())),
                            Trouble::Conflict(by) => state.conflict = Some(by),
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// What is left of each line's money once new goods are paid: they use up exchanges first, then refunds in order, then shipping.
    fn due(&self, payable: &[usize], shipping: &[ShippingBack]) -> SmallVec<[Due; 2]> {
        // What goes together is paid out once all of it is verified.
        let verifies = |line: usize| self.states.get(line).is_some_and(|state| state.verifies);
        let waits = self.visit.version.choices.together && payable.iter().any(|line| verifies(*line));
        let mut charge = ZERO;
        let mut pool: SmallVec<[Due; 2]> = SmallVec::new();
        for goods in [true, false] {
            for line in payable {
                let Some(state) = self.states.get(*line) else { continue };
                let Some(wants) = state.wants else { continue };
                let request = self.request().lines.get(*line);
                let value = state.amounts.value;
                let kind = self.kind(wants);
                if (kind == Some(&RemedyKind::Goods)) == goods && (goods || kind.is_some_and(is_money)) {
                    if goods {
                        let new = request.and_then(|l| l.new.as_ref()).and_then(|n| price_of(n).ok().flatten());
                        charge = charge.saturating_add(new.unwrap_or(value));
                    }
                    let sale = request.and_then(|l| l.sold).map(|(s, _)| s);
                    pool.push(Due {
                        line: *line,
                        sale,
                        remedy: wants,
                        amount: value,
                        pending: waits || state.verifies,
                    });
                }
            }
        }
        for new in &self.request().new_goods {
            charge = charge.saturating_add(price_of(new).ok().flatten().unwrap_or(ZERO));
        }
        // The first line of each sale that brings money.
        let mut firsts: Vec<(&str, Due)> = Vec::new();
        if !shipping.is_empty() {
            let id = |due: &Due| due.sale.and_then(|sale| self.request().sales.get(sale)).map(|sale| &*sale.id);
            let money = pool.iter().filter(|due| self.kind(due.remedy).is_some_and(brings_money));
            firsts.extend(money.filter_map(|due| Some((id(due)?, *due))));
            firsts.sort_by_key(|(sale, _)| *sale);
            firsts.dedup_by_key(|(sale, _)| *sale);
        }
        for back in shipping {
            let whole = back.taxes.iter().fold(back.amount, |sum, (_, tax)| sum.saturating_add(*tax));
            let first = firsts.binary_search_by_key(&&*back.sale, |(sale, _)| sale).ok().and_then(|at| firsts.get(at));
            if let Some((_, first)) = first {
                pool.push(Due { amount: whole, ..*first });
            }
        }
        for due in &mut pool {
            let used = due.amount.max(ZERO).min(charge);
            due.amount = due.amount.max(ZERO).saturating_sub(used);
            charge = charge.saturating_sub(used);
        }
        pool.retain(|d| d.amount > Decimal::ZERO);
        pool
    }

    pub(super) fn paperwork(&mut self) {
        let worst = (0..self.states.len()).map(|l| self.outcome(l)).max().unwrap_or(Outcome::Accept);
        let open: Vec<(usize, AnswerKind)> =
            (0..self.states.len()).flat_map(|line| self.answers_of(line, worst).map(move |one| (line, one))).collect();
        let mut answers: Vec<AnswerKind> = open.iter().map(|(_, answer)| *answer).collect();
        answers.sort_unstable();
        answers.dedup();
        let version: &'r Version = self.visit.version;
        let mut fields = Vec::new();
        for answer in answers {
            for (form, rule) in version.forms.iter().enumerate().filter(|(_, f)| f.of_visit) {
                let trees = for_answer(&version.attributes, form, answer);
                collect(&mut self.visit, &self.facts, version, (form, rule), trees, None, &mut fields);
            }
        }
        for (line, answer) in &open {
            let frame = match self.visit_frames.get_mut(*line) {
                Some(Some(frame)) => frame,
                _ => match self.frames.get_mut(*line) {
                    Some(frame) => frame,
                    None => continue,
                },
            };
            let laws = self.states.get(*line).map_or(&[][..], |s| &s.laws);
            for (form, rule) in version.forms.iter().enumerate() {
                // What the law asks is of the line it is open for.
                let asked = laws.iter().map(|open| &open.law.attributes);
                let policy = Some(&version.attributes).filter(|_| !rule.of_visit);
                for attributes in policy.into_iter().chain(asked) {
                    let trees = for_answer(attributes, form, *answer);
                    collect(frame, &self.facts, version, (form, rule), trees, Some(*line), &mut fields);
                }
            }
        }
        self.bound_kept(version, &open, &mut fields);
        let label = |field: &Field| version.forms.get(usize::from(field.form)).map(|form| &form.label);
        fields.sort_by(|a, b| (a.line, label(a), a.field).cmp(&(b.line, label(b), b.field)));
        self.decision.paperwork = fields;
    }

    /// How each answer is kept: as its form says and, of what is read from an identity document, no longer and no plainer than
    /// the law allows for any of the lines it is asked for.
    fn bound_kept(&mut self, version: &'r Version, open: &[(usize, AnswerKind)], fields: &mut [Field]) {
        let (day, month_end) = (self.request().day, version.choices.month_end);
        for asked in fields {
            let form = version.forms.get(usize::from(asked.form));
            let Some((form, field)) = form.and_then(|f| Some((f, f.fields.get(usize::from(asked.field))?))) else {
                continue;
            };
            asked.kept = field.kept;
            if !field.identity {
                continue;
            }
            for (line, _) in open.iter().filter(|(line, _)| asked.line.is_none_or(|of| of == *line)) {
                let frame = match self.visit_frames.get_mut(*line) {
                    Some(Some(frame)) => frame,
                    _ => match self.frames.get_mut(*line) {
                        Some(frame) => frame,
                        None => continue,
                    },
                };
                for law in &version.laws {
                    for (bound, by) in bounds(frame, &self.facts, version, law.attributes.identity) {
                        let kept = Kept::within(asked.kept, Some(bound), day, month_end);
                        if kept == asked.kept {
                            continue;
                        }
                        let wants = self.states.get(*line).and_then(|state| state.wants);
                        if let Some(wants) = wants {
                            let what = Bound::Kept(form.path(field).into());
                            // The last word counts: what two rules change in turn is told once.
                            let before =
                                self.decision.law.iter_mut().find(|known| known.what == what && known.line == *line);
                            match before {
                                Some(known) => {
                                    known.law = words(kept);
                                    known.by.merge(&by);
                                }
                                None => self.decision.law.push(Clamp::new(
                                    *line,
                                    wants,
                                    what,
                                    words(field.kept),
                                    words(kept),
                                    &by,
                                )),
                            }
                        }
                        asked.kept = kept;
                    }
                }
            }
        }
    }

    /// What came of a line, as far as forms are filled in for it: nothing where no answer is given, where the engine itself
    /// refuses, and of what only waits for the rest of the visit.
    fn answers_of(&self, line: usize, worst: Outcome) -> impl Iterator<Item = AnswerKind> + use<> {
        let own = self.outcome(line);
        let goes_with = self.visit.version.choices.together && own <= Outcome::AcceptPendingVerification;
        let state = self.states.get(line);
        let refused = goes_with || state.is_none_or(|state| state.refused.is_some());
        let answer = match if goes_with { worst } else { own } {
            Outcome::Accept => Some(AnswerKind::Accepted),
            Outcome::AcceptPendingVerification => Some(AnswerKind::Pending),
            Outcome::Refer => Some(AnswerKind::Referred),
            Outcome::Decline if refused => None,
            Outcome::Decline => match self.wanted(line).map(|wanted| &wanted.status) {
                Some(Status::NotOffered { .. }) => Some(AnswerKind::Declined),
                Some(Status::Expired { .. }) => Some(AnswerKind::Expired),
                _ => None,
            },
            Outcome::Undetermined => None,
        };
        let stopped = !refused && state.is_some_and(|state| !state.stops.is_empty());
        answer.into_iter().chain(stopped.then_some(AnswerKind::Stopped))
    }
}

/// The trees of the fields of a form, for an answer.
fn for_answer(attributes: &Attributes, form: usize, answer: AnswerKind) -> &[TreeId] {
    let at = AnswerKind::ALL.iter().position(|kind| *kind == answer);
    let answers = attributes.fields.get(form);
    answers.zip(at).and_then(|(answers, at)| answers.get(at)).map_or(&[], Vec::as_slice)
}

/// Whether any clause collects a field.
fn collected(version: &Version, tree: TreeId) -> bool {
    let tree = tree.and_then(|tree| version.trees.get(tree as usize));
    let value = |value: u32| version.values.get(value as usize);
    tree.is_some_and(|tree| tree.statements.iter().any(|s| value(s.value) == Some(&AttributeValue::Yes)))
}

/// How a rule of the law lets what is read from an identity document be kept. Where it is not known whether the rule holds, or
/// its clauses disagree, each of them counts: what was kept cannot be made unread.
fn bounds(frame: &mut Frame<'_>, facts: &Facts<'_>, version: &Version, tree: TreeId) -> Vec<(Kept, Credits)> {
    let Some(stated) = tree.and_then(|tree| version.trees.get(tree as usize)) else { return Vec::new() };
    let found = frame.resolve(facts, tree, &mut |_: &AttributeValue| None::<Decimal>);
    let unsure = frame.missing.take().is_some();
    match found {
        Resolved::Value(AttributeValue::Kept(kept), by) if !unsure => vec![(*kept, by)],
        Resolved::Nothing if !unsure => Vec::new(),
        _ => {
            let value = |value: u32| match version.values.get(value as usize) {
                Some(AttributeValue::Kept(kept)) => Some(*kept),
                _ => None,
            };
            let each = stated.statements.iter();
            each.filter_map(|s| Some((value(s.value)?, Credits::of(s.clause)))).collect()
        }
    }
}

/// How an answer is kept, for the decision.
pub(super) fn words(kept: Option<Kept>) -> String {
    match kept {
        Some(Kept::Never) => "never".to_owned(),
        Some(Kept::HashFor(length)) => format!("as hash for {length}"),
        Some(Kept::For(length)) => format!("for {length}"),
        None => "with the return".to_owned(),
    }
}

/// The fields of a form that are asked of a holder.
fn collect(
    frame: &mut Frame<'_>,
    facts: &Facts<'_>,
    version: &Version,
    (form, rule): (usize, &crate::program::Form),
    trees: &[TreeId],
    line: Option<usize>,
    out: &mut Vec<Field>,
) {
    let mut rank = |value: &AttributeValue| Some(if *value == AttributeValue::Yes { super::ZERO } else { super::ONE });
    for (at, (field, tree)) in rule.fields.iter().zip(trees).enumerate() {
        let tree = *tree;
        if tree.is_none() {
            continue;
        }
        let found = frame.resolve(facts, tree, &mut rank);
        let unsure = frame.missing.take().is_some() && collected(version, tree);
        let (by, sure) = match found {
            Resolved::Value(AttributeValue::Yes, by) | Resolved::Conflict(by) => {
                (by, !unsure || !frame.may_waive(tree))
            }
            _ if unsure => (Credits::new(), false),
            _ => continue,
        };
        let needed = match field.required.as_ref().map(|cond| facts.holds(cond, &frame.at)) {
            Some(Tri::No) => continue,
            Some(Tri::Unknown(_)) => Needed::MayBeNeeded,
            Some(Tri::Yes) if !sure => Needed::MayBeNeeded,
            Some(Tri::Yes) => Needed::Required,
            None => Needed::Optional,
        };
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let one = Field {
            form: number(form),
            field: number(at),
            line,
            needed,
            signed_by: None,
            prefill: None,
            kept: None,
            by,
        };
        // What is asked of one holder stands together.
        let mut same = out.iter_mut().rev().take_while(|f| f.line == one.line);
        match same.find(|f| (f.form, f.field) == (one.form, one.field)) {
            Some(known) => {
                known.needed = known.needed.min(one.needed);
                known.by.merge(&one.by);
            }
            None => out.push(one),
        }
    }
}
