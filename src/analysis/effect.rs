//! Sentences that never come to anything: clauses that cannot apply, overrides between clauses that never disagree, a fee
//! that is waived and never taken. Asked of a policy without errors.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, near};
use crate::facts::{Cond, RemedyKind, Schema};
use crate::model::{Attribute, AttributeGroup, Clause, Override, Statement, Version};
use crate::program::{AdjustmentKind, AttributeValue, GuardKind, WindowLength};
use crate::source::Span;
use crate::syntax::spelled;
use crate::terms::AnswerKind;

use super::conflicts::name;
use super::disjoint::Ways;
use super::judged::{Judged, Question};

/// Judges every sentence of a version.
pub(crate) fn find(version: &Version, schema: &Schema, judged: &mut Judged) {
    let effect = Effect { version, schema, children: version.children() };
    effect.conditions(judged);
    effect.overrides(judged);
    effect.removals(judged);
    effect.adjustments(judged);
    effect.remedies(judged);
    effect.fees(judged);
    effect.words(judged);
}

struct Effect<'a> {
    version: &'a Version,
    schema: &'a Schema,
    children: BTreeMap<Option<usize>, Vec<usize>>,
}

impl<'a> Effect<'a> {
    /// Clauses whose conditions, with those around them, contradict each other.
    fn conditions(&self, judged: &mut Judged) {
        let never = |chain: &[usize]| Ways::of(self.version.conds(chain), self.schema).none();
        for (at, clause) in self.version.clauses.iter().enumerate().filter(|(_, c)| c.cond != Cond::Always) {
            let chains = self.version.ways_up(at);
            // What stands inside a clause that never applies is told by that clause.
            let above = chains.iter().all(|chain| chain.get(1..).is_some_and(never));
            if above || !chains.iter().all(|chain| never(chain)) {
                judged.fine(Question::Applies, clause.cond_span);
                continue;
            }
            let finding =
                Diagnostic::new(Code::NeverApplies, clause.cond_span, format!("`{}` can never apply", clause.path));
            let alone = never(&[at]);
            let around = chains.iter().flatten().find(|up| **up != at && never(&[at, **up]));
            let finding = match around.and_then(|up| self.version.clauses.get(*up)).filter(|_| !alone) {
                Some(up) => finding
                    .label(up.cond_span, format!("`{}` applies only then", up.path))
                    .help("the two conditions exclude each other: move the clause out, or change one of them"),
                None if alone => {
                    finding.help("its condition contradicts itself: did you mean `or` in the place of an `and`?")
                }
                None => finding.help("the conditions of the clauses around it exclude it: move it out, or change them"),
            };
            judged.wrong(Question::Applies, finding);
        }
    }

    /// Overrides between clauses that never state the same.
    fn overrides(&self, judged: &mut Judged) {
        let mut sentences: BTreeMap<Span, Vec<&Override>> = BTreeMap::new();
        for one in &self.version.overrides {
            sentences.entry(one.span).or_default().push(one);
        }
        for (span, pairs) in sentences {
            let groups: Vec<Option<AttributeGroup>> = match pairs.first() {
                Some(one) if !one.on.is_empty() => one.on.iter().copied().map(Some).collect(),
                _ => vec![None],
            };
            let held = |group: Option<AttributeGroup>, a: Attribute| group.is_none_or(|group| group.holds(a));
            let shares = |one: &Override, group: Option<AttributeGroup>| {
                let winner = self.attributes(one.winner);
                self.attributes(one.loser).iter().any(|a| held(group, *a) && winner.contains(a))
            };
            let useless_group = groups.iter().find(|group| !pairs.iter().any(|one| shares(one, **group)));
            // Of lists on both sides, who meets nobody on the other.
            let meets =
                |of: &dyn Fn(&Override) -> bool| pairs.iter().any(|p| of(p) && groups.iter().any(|g| shares(p, *g)));
            let useless_pair =
                pairs.iter().find(|one| !meets(&|p| p.winner == one.winner) || !meets(&|p| p.loser == one.loser));
            let finding = match (useless_pair, useless_group) {
                (Some(one), _) => self.useless_pair(one, &groups, pairs.len() > 1, span),
                (None, Some(Some(group))) => {
                    let message = format!(
                        "nothing these clauses say about {} meets, so there is nothing to override",
                        self.group(*group)
                    );
                    Diagnostic::new(Code::NoEffect, span, message).help("leave it out after `on`")
                }
                (None, _) => {
                    judged.fine(Question::Overrides, span);
                    continue;
                }
            };
            judged.wrong(Question::Overrides, finding);
        }
    }

    fn useless_pair(
        &self,
        one: &Override,
        groups: &[Option<AttributeGroup>],
        of_several: bool,
        span: Span,
    ) -> Diagnostic {
        let clause = |at: usize| self.version.clauses.get(at);
        let path = |at: usize| clause(at).map_or("", |c| c.path.as_str());
        let (winner, loser) = (path(one.winner), path(one.loser));
        // A guard is not overridden, it is waived.
        let guard = self.inside(one.loser).into_iter().filter_map(clause).find(|c| !c.guards.is_empty());
        if let (Some(guard), [None]) = (guard, groups) {
            return Diagnostic::new(
                Code::NoEffect,
                span,
                format!("`{winner}` does not lift what `{}` asks for", guard.path),
            )
            .label(guard.span, "sends to a person, or stops")
            .help(format!("write `waive {}` into `{winner}`", guard.path));
        }
        let about = match groups {
            [Some(group)] => self.group(*group),
            _ => "the same matter".to_owned(),
        };
        let says = |at: usize| self.attributes(at).iter().any(|a| groups.iter().any(|g| g.is_none_or(|g| g.holds(*a))));
        let message = match (groups, says(one.winner), says(one.loser)) {
            ([Some(_)], false, _) => format!("`{winner}` says nothing about {about}, so it overrides nothing"),
            ([Some(_)], true, false) => {
                format!("`{loser}` says nothing about {about}, so there is nothing to override")
            }
            _ => format!("`{winner}` and `{loser}` never speak of {about}, so there is nothing to override"),
        };
        Diagnostic::new(Code::NoEffect, span, message).help(match of_several {
            true => "take it out of the list",
            false => "leave it out",
        })
    }

    /// What is waived, or taken off, and never asked for.
    fn removals(&self, judged: &mut Judged) {
        // The law forbids fees, whether or not a policy takes them.
        let of_policy = |at: usize| self.version.clauses.get(at).is_some_and(|clause| clause.law.is_none());
        for (_, statement) in self.statements().filter(|(at, _)| of_policy(*at)) {
            let removes = matches!(statement.value, AttributeValue::NoFee | AttributeValue::No { .. });
            if !matches!(statement.attribute, Attribute::Fee(..) | Attribute::Deduction(..) | Attribute::Field(..)) {
                continue;
            }
            if !removes {
                continue;
            }
            let same = |other: Attribute| match (statement.attribute, other) {
                (Attribute::Fee(a, _), Attribute::Fee(b, _))
                | (Attribute::Deduction(a, _), Attribute::Deduction(b, _)) => a == b,
                // What is collected for some answers only is waived for all.
                (Attribute::Field(a, x, _), Attribute::Field(b, y, _)) => (a, x) == (b, y),
                (a, b) => a == b,
            };
            let adds = |s: &Statement| {
                same(s.attribute) && !matches!(s.value, AttributeValue::NoFee | AttributeValue::No { .. })
            };
            if self.statements().any(|(_, other)| adds(other)) {
                judged.fine(Question::Removes, statement.span);
                continue;
            }
            let deduction = |d: u16| self.version.deductions.get(usize::from(d)).map_or("", String::as_str);
            let (message, sentence) = match statement.attribute {
                Attribute::Fee(f, _) => {
                    let fee = self.version.choices.fees.get(usize::from(f)).map_or("", |f| &*f.name);
                    (format!("no clause takes the fee `{fee}`"), format!("fee {} 15%", spelled(fee)))
                }
                Attribute::Deduction(d, _) => (
                    format!("no clause deducts `{}`", deduction(d)),
                    format!("deduct {} 5.00 USD", spelled(deduction(d))),
                ),
                _ => {
                    let form = name(self.version, self.schema, statement.attribute);
                    let form = form.trim_start_matches("form ");
                    (format!("no clause collects `{form}`"), format!("collect {form}"))
                }
            };
            let finding =
                Diagnostic::new(Code::NoEffect, statement.span, format!("{message}, so there is nothing to take away"));
            // A slip makes a deduction of its own.
            let meant = match statement.attribute {
                Attribute::Deduction(d, _) => near(deduction(d), self.version.deductions.iter().map(String::as_str)),
                _ => None,
            };
            judged.wrong(
                Question::Removes,
                match meant {
                    Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                    None => finding.help(format!("a clause would do so by `{sentence}`; otherwise leave this out")),
                },
            );
        }
    }

    /// Adjustments of windows where no window can be adjusted.
    fn adjustments(&self, judged: &mut Judged) {
        for clause in &self.version.clauses {
            for (kind, remedies, span) in &clause.adjustments {
                let moves = |s: &Statement| match (s.attribute, &s.value) {
                    (Attribute::Window(r), AttributeValue::Window { length, fixed: false })
                        if remedies.is_empty() || remedies.contains(&r) =>
                    {
                        match (kind, length) {
                            (_, WindowLength::Length(..) | WindowLength::Told(..)) => true,
                            (
                                AdjustmentKind::Bound(..) | AdjustmentKind::Ending(..),
                                WindowLength::Until(_) | WindowLength::UntilFact(_),
                            ) => true,
                            (
                                AdjustmentKind::Bound(..)
                                | AdjustmentKind::Longer(_)
                                | AdjustmentKind::StartNotBefore(_)
                                | AdjustmentKind::Pauses(_)
                                | AdjustmentKind::Ending(..),
                                _,
                            ) => false,
                        }
                    }
                    _ => false,
                };
                if self.statements().any(|(_, s)| moves(s)) {
                    judged.fine(Question::Moves, *span);
                } else {
                    judged.wrong(Question::Moves,
                        Diagnostic::new(Code::NoEffect, *span, "no window here can be moved by this")
                            .help("a window that is `fixed`, has `no limit` or ends on a day is not; give one a length, such as `window 30 days`"),
                    );
                }
            }
        }
    }

    /// Sentences about remedies that nobody can have, or that have no amounts.
    fn remedies(&self, judged: &mut Judged) {
        let accepted = |r: u16| {
            let yes = |s: &Statement| s.attribute == Attribute::Remedy(r) && s.value == AttributeValue::Yes;
            self.statements().any(|(_, s)| yes(s))
        };
        let mut sentences: BTreeMap<Span, Vec<&Statement>> = BTreeMap::new();
        for (_, statement) in self.statements() {
            if of_remedy(statement.attribute).is_some() {
                sentences.entry(statement.span).or_default().push(statement);
            }
        }
        for (span, statements) in sentences {
            let remedies: Vec<u16> = statements.iter().filter_map(|s| of_remedy(s.attribute)).collect();
            let service =
                |r: u16| self.schema.remedies.get(usize::from(r)).is_some_and(|r| r.kind == RemedyKind::Service);
            let amounts = statements
                .iter()
                .all(|s| matches!(s.attribute, Attribute::Basis(_) | Attribute::Fee(..) | Attribute::Deduction(..)));
            let charge =
                statements.iter().all(|s| matches!(s.attribute, Attribute::Fee(..) | Attribute::Deduction(..)));
            let keeps = |r: u16| {
                self.schema.remedies.get(usize::from(r)).is_some_and(|r| r.kind == RemedyKind::PriceDifference)
            };
            let start = statements.iter().all(|s| matches!(s.attribute, Attribute::Start(_)));
            let counted = |r: u16| {
                let length =
                    |s: &Statement| matches!(&s.value, AttributeValue::Window { length, .. } if length.is_counted());
                self.statements().any(|(_, s)| s.attribute == Attribute::Window(r) && length(s))
            };
            let names = || {
                let names: Vec<String> = remedies.iter().map(|r| format!("`{}`", self.schema.remedy(*r))).collect();
                names.join(" and ")
            };
            let all = remedies.len() == self.schema.remedies.len();
            let finding = if !remedies.iter().any(|r| accepted(*r)) {
                let message = match all {
                    true => "no clause accepts a remedy, so this is never needed".to_owned(),
                    false => format!("no clause accepts {}, so this is never needed", names()),
                };
                let first = remedies.first().map_or(String::new(), |r| spelled(self.schema.remedy(*r)));
                Diagnostic::new(Code::NoEffect, span, message)
                    .help(format!("a clause accepts one by `accept {first}`; otherwise leave this out"))
            } else if amounts && remedies.iter().all(|r| service(*r)) {
                Diagnostic::new(Code::NoEffect, span, format!("{} is a service, and a service has no amounts", names()))
                    .help("leave it out")
            } else if charge && remedies.iter().all(|r| keeps(*r)) {
                let message = format!("{} leaves the goods with the customer, and nothing is taken off it", names());
                Diagnostic::new(Code::NoEffect, span, message).help("leave it out")
            } else if start && !remedies.iter().any(|r| counted(*r)) {
                Diagnostic::new(
                    Code::NoEffect,
                    span,
                    "no window here is counted, so it does not matter where it would start",
                )
                .help("give it a length, such as `window 30 days`, or leave this out")
            } else {
                judged.fine(Question::Needed, span);
                continue;
            };
            judged.wrong(Question::Needed, finding);
        }
    }

    /// Fees of the choices that no clause takes.
    fn fees(&self, judged: &mut Judged) {
        for ((at, fee), span) in (0u16..).zip(&self.version.choices.fees).zip(&self.version.fee_spans) {
            let Some(span) = *span else { continue };
            if self.statements().any(|(_, s)| matches!(s.attribute, Attribute::Fee(f, _) if f == at)) {
                judged.fine(Question::Used, span);
                continue;
            }
            judged.wrong(
                Question::Used,
                Diagnostic::new(Code::Unused, span, format!("no clause takes the fee `{}`", fee.name))
                    .help(format!("a clause takes it by `fee {} 15%`; otherwise leave it out", spelled(&fee.name))),
            );
        }
    }

    /// Words for an answer that neither their clause nor an exception in it can make.
    fn words(&self, judged: &mut Judged) {
        for (at, clause) in self.version.clauses.iter().enumerate() {
            for (kind, span) in clause.words.iter().flat_map(|words| &words.only) {
                let inside = self.inside(at);
                let makes = |at: &usize| self.version.clauses.get(*at).is_some_and(|clause| makes(clause, *kind));
                if inside.iter().any(makes) {
                    judged.fine(Question::Said, *span);
                    continue;
                }
                let (does, sentence) = match kind {
                    AnswerKind::Accepted => ("accepts anything", "accept refund"),
                    AnswerKind::Pending => ("has anything verified", "verify by manager"),
                    AnswerKind::Declined => ("says no to anything", "decline \"…\", final"),
                    AnswerKind::Expired => ("says for how long", "window 30 days"),
                    AnswerKind::Stopped => ("stops anything", "stop \"…\", final"),
                    AnswerKind::Referred => ("leaves anything to others", "refer to manager"),
                };
                let message = format!(
                    "`{}` says what to tell when a return is {}, but neither it nor an exception in it {does}",
                    clause.path,
                    kind.word()
                );
                let help =
                    format!("put it into the clause that does, with a sentence like `{sentence}`, or leave out `if …`");
                let finding = Diagnostic::new(Code::WordsUnsaid, *span, message).label(clause.span, "this clause");
                judged.wrong(Question::Said, finding.help(help));
            }
        }
    }

    fn statements(&self) -> impl Iterator<Item = (usize, &'a Statement)> {
        let clauses = self.version.clauses.iter().enumerate();
        clauses.flat_map(|(at, clause)| clause.statements.iter().map(move |statement| (at, statement)))
    }

    /// A clause and all that stands in it.
    fn inside(&self, at: usize) -> Vec<usize> {
        let below = self.children.get(&Some(at)).into_iter().flatten().flat_map(|child| self.inside(*child));
        std::iter::once(at).chain(below).collect()
    }

    /// What a clause states, and what stands in it.
    fn attributes(&self, at: usize) -> Vec<Attribute> {
        let clauses = self.inside(at).into_iter().filter_map(|at| self.version.clauses.get(at));
        clauses.flat_map(|c: &Clause| c.statements.iter().map(|s| s.attribute)).collect()
    }

    /// A group of attributes in words.
    fn group(&self, group: AttributeGroup) -> String {
        let fee = |f: u16| self.version.choices.fees.get(usize::from(f)).map_or("", |f| &*f.name);
        match group {
            AttributeGroup::Remedies => "remedies".to_owned(),
            AttributeGroup::Remedy(r) => format!("the remedy {}", self.schema.remedy(r)),
            AttributeGroup::Start => "the start".to_owned(),
            AttributeGroup::Window => "the window".to_owned(),
            AttributeGroup::Basis => "the basis".to_owned(),
            AttributeGroup::Fee(f) => format!("the fee {}", fee(f)),
            AttributeGroup::Deduction(d) => {
                format!("the deduction {}", self.version.deductions.get(usize::from(d)).map_or("", String::as_str))
            }
            AttributeGroup::Tax => "the tax".to_owned(),
            AttributeGroup::Shipping => "the shipping".to_owned(),
            AttributeGroup::Discounts => "discounts".to_owned(),
            AttributeGroup::Pay => "where money goes".to_owned(),
            AttributeGroup::Hold => "how long money is held".to_owned(),
            AttributeGroup::Due => "when money is due".to_owned(),
            AttributeGroup::Forms => "forms".to_owned(),
            AttributeGroup::Guards => "guards".to_owned(),
            AttributeGroup::Form(f) => {
                format!("the form {}", self.version.forms.get(usize::from(f)).map_or("", |f| &*f.label))
            }
        }
    }
}

/// Whether a clause itself can be what makes an answer.
fn makes(clause: &Clause, kind: AnswerKind) -> bool {
    let states = |found: &dyn Fn(&Statement) -> bool| clause.statements.iter().any(found);
    let guards = |found: &dyn Fn(&GuardKind) -> bool| clause.guards.iter().any(|(guard, ..)| found(guard));
    match kind {
        AnswerKind::Accepted => {
            let refuses = |s: &Statement| {
                matches!(s.attribute, Attribute::Remedy(_)) && matches!(s.value, AttributeValue::No { .. })
            };
            states(&|s| !matches!(s.attribute, Attribute::Field(..)) && !refuses(s)) || !clause.adjustments.is_empty()
        }
        AnswerKind::Pending => guards(&|guard| matches!(guard, GuardKind::Verify { .. })),
        AnswerKind::Declined => {
            states(&|s| matches!(s.attribute, Attribute::Remedy(_)) && matches!(s.value, AttributeValue::No { .. }))
        }
        AnswerKind::Expired => {
            states(&|s| matches!(s.attribute, Attribute::Window(_) | Attribute::Start(_)))
                || !clause.adjustments.is_empty()
        }
        AnswerKind::Stopped => guards(&|guard| matches!(guard, GuardKind::Stop(_))),
        // What a clause leaves open, or two disagree on, is referred too.
        AnswerKind::Referred => guards(&|guard| matches!(guard, GuardKind::Refer(_))) || !clause.statements.is_empty(),
    }
}

/// The remedy an attribute is of. Whether a remedy itself is given is no attribute of one.
fn of_remedy(attribute: Attribute) -> Option<u16> {
    match attribute {
        Attribute::Start(r)
        | Attribute::Window(r)
        | Attribute::Basis(r)
        | Attribute::Fee(_, r)
        | Attribute::Deduction(_, r) => Some(r),
        Attribute::Remedy(_) | Attribute::Tax | Attribute::Shipping | Attribute::Discounts => None,
        Attribute::Pay | Attribute::Hold | Attribute::Due | Attribute::Field(..) | Attribute::Guard(_) => None,
        Attribute::OneOf | Attribute::Deadline | Attribute::NoFees | Attribute::NoDeductions | Attribute::Identity => {
            None
        }
    }
}
