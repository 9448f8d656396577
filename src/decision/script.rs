//! A decision for the desk: the page the clerk reads, why in a sentence for the clerk and another for the customer, what
//! to say, and what there is instead. Made only when it is asked for. What the customer hears is a [`Message`] first: a
//! key with typed arguments, and a text only then.

mod message;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::words::{clerk, fields, page, questions};
use super::{
    Asked, Clamp, Credits, Decision, LineDecision, Outcome, Payout, Question, Reason, ReasonKey, Referral,
    RemedyDecision, Status,
};
use crate::facts::RemedyKind;
use crate::messages::{Language, Teller};
use crate::money::Money;
use crate::program::ClauseId;
use crate::request::Request;
use crate::source::Span;
use crate::terms::Counted;

pub use message::{Kept, Message, PaidWhen, Remedy, Sum, ToAsk};

/// Another remedy that a line can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The line, by place.
    pub line: usize,
    /// Which.
    pub remedy: u16,
    /// What comes of the line with it, and what more is paid out then; none in visits too large to decide again.
    pub decided: Option<(Outcome, Vec<Paid>)>,
    /// Its value, where it has one.
    pub value: Option<Decimal>,
    /// Its last day, where it has one.
    pub last_day: Option<NaiveDate>,
    /// What is not known yet: the remedy can be had once it is, or may be.
    pub once_known: Option<OnceKnown>,
}

/// What stands between the customer and a remedy.
#[derive(Debug, Clone, PartialEq)]
pub struct OnceKnown {
    /// Whatever the answer, the remedy can be had; its value hangs on it.
    pub sure: bool,
    /// What to ask.
    pub ask: Vec<Question>,
}

/// What is paid out to a tender.
#[derive(Debug, Clone, PartialEq)]
pub struct Paid {
    /// A word of the tender domain.
    pub to: u16,
    /// Which card or account.
    pub id: Option<Arc<str>>,
    /// How much.
    pub amount: Decimal,
}

/// What the clerk reads and what the customer hears.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Script {
    /// The tag of the language.
    pub locale: String,
    /// Of all amounts.
    pub currency: String,
    /// The whole answer for the clerk, as lines of plain text.
    pub page: String,
    /// The reasons of the decision, in their order.
    pub reasons: Vec<Told>,
    /// What to say to the customer, in this order.
    pub say: Vec<Said>,
    /// What there is instead, line by line.
    pub instead: Vec<Instead>,
    /// The fields of the paperwork, in its order.
    pub paperwork: Vec<FieldWords>,
    /// What to ask, in the order of the decision.
    pub ask: Vec<QuestionWords>,
    /// The keys that the language lacks: these are told in English, or as the policy writes them.
    pub missing_translations: Vec<String>,
}

/// A field to fill in, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldWords {
    /// The title of its form.
    pub form: String,
    /// Its own.
    pub title: String,
    /// Why it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Its options, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// Something to ask, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionWords {
    /// What the fact is called.
    pub name: String,
    /// How the customer is asked, where the policy says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The answers that there are, in their order; empty when that is no list.
    pub values: Vec<String>,
}

/// A reason in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Its key.
    pub key: &'static str,
    /// The id of the returned line; none: the visit.
    pub line: Option<String>,
    /// For the clerk: why, with the titles of the clauses.
    pub clerk: String,
    /// For the customer.
    pub customer: String,
    /// What the text for the customer is made of.
    pub message: Message,
    /// The clauses behind it.
    pub clauses: Vec<Cited>,
}

/// A clause and where it is written down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cited {
    /// Its label path.
    pub clause: String,
    /// What the customer reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its citations.
    pub from: Vec<String>,
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The id of the returned line; none: the visit.
    pub line: Option<String>,
    /// The text.
    pub text: String,
    /// What it is made of; none: the words of a clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// The label paths of the clauses that say it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
}

/// Something that can be had instead.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the members are told in docs/reference/decision.md")]
pub enum Instead {
    /// Another remedy of the line.
    Remedy {
        line: Option<String>,
        remedy: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        outcome: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Sum>,
        #[serde(skip_serializing_if = "Option::is_none")]
        last_day: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pays: Option<Vec<PaidTo>>,
        text: String,
        message: Message,
    },
    /// Another remedy of the line, once something is known.
    OnceKnown { line: Option<String>, remedy: String, sure: bool, ask: Vec<ToAsk>, text: String, message: Message },
    /// What a clause offers.
    Offer {
        line: Option<String>,
        text: String,
        #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
        only: Option<&'static str>,
        by: Vec<String>,
    },
    /// The same on a later day, when a limit has passed.
    Later { line: Option<String>, day: NaiveDate, by: Vec<String>, text: String, message: Message },
    /// Who may allow it all the same, all of them together.
    Approval { line: Option<String>, roles: Vec<String>, by: Vec<String>, text: String, message: Message },
}

/// What goes to a tender.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaidTo {
    /// The tender.
    pub to: String,
    /// Which card or account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How much.
    pub amount: Sum,
}

impl Instead {
    /// What to say about it.
    pub fn text(&self) -> &str {
        match self {
            Self::Remedy { text, .. }
            | Self::OnceKnown { text, .. }
            | Self::Offer { text, .. }
            | Self::Later { text, .. }
            | Self::Approval { text, .. } => text,
        }
    }

    /// The id of the returned line; none: the visit.
    pub fn line(&self) -> Option<&str> {
        match self {
            Self::Remedy { line, .. }
            | Self::OnceKnown { line, .. }
            | Self::Offer { line, .. }
            | Self::Later { line, .. }
            | Self::Approval { line, .. } => line.as_deref(),
        }
    }
}

/// A decision in words. `alternatives` are the other remedies that can be had.
pub fn words(decision: &Decision, request: &Request, alternatives: &[Alternative], language: &Language) -> Script {
    let teller = Teller::new(language);
    let cx = Cx::new(decision, request, &teller);
    let reasons = decision.reasons.iter().map(|reason| {
        let message = cx.message(reason);
        Told {
            key: reason.key.word(),
            line: cx.id(reason.line),
            clerk: clerk(decision, request, &teller, reason),
            customer: cx.text(&message, &reason.by),
            message,
            clauses: reason.by.iter().filter_map(|id| cx.cited(*id)).collect(),
        }
    });
    let (say, instead) = (cx.say(), cx.instead(alternatives));
    let reasons = reasons.collect();
    let page = page(decision, request, &teller, &say, &instead);
    let (paperwork, ask) = (fields(decision, request, &teller), questions(decision, request, &teller));
    Script {
        locale: language.tag().to_owned(),
        currency: decision.program.currency.code().to_owned(),
        page,
        reasons,
        say,
        instead,
        paperwork,
        ask,
        missing_translations: teller.missing(),
    }
}

struct Cx<'a> {
    decision: &'a Decision,
    request: &'a Request,
    teller: &'a Teller<'a>,
    /// By line; none: the visit.
    referrals: BTreeMap<Option<usize>, Vec<&'a Referral>>,
    reasons: BTreeMap<Option<usize>, Vec<&'a Reason>>,
    /// More than one thing is asked of the customer, all lines together.
    asks_several: bool,
    /// A guard stopped the visit, and nobody may lift that.
    stopped: bool,
    /// The clauses that count the clerk.
    of_clerk: BTreeSet<ClauseId>,
    words: BTreeMap<Option<usize>, Vec<&'a super::Words>>,
    law: BTreeMap<Option<usize>, Vec<&'a Clamp>>,
}

impl<'a> Cx<'a> {
    fn new(decision: &'a Decision, request: &'a Request, teller: &'a Teller<'a>) -> Self {
        Self {
            decision,
            request,
            teller,
            referrals: by_line(&decision.referrals, |referral| referral.line),
            reasons: by_line(&decision.reasons, |reason| reason.line),
            asks_several: decision.ask.iter().filter(|one| matches!(one.fact, Asked::Fact(_))).nth(1).is_some(),
            stopped: decision
                .reasons
                .iter()
                .any(|reason| reason.line.is_none() && reason.key == ReasonKey::Stopped && reason.role.is_none()),
            of_clerk: decision
                .limits
                .iter()
                .filter(|limit| limit.per == Counted::Clerk)
                .map(|limit| limit.clause)
                .collect(),
            words: by_line(&decision.words, |words| words.line),
            law: by_line(&decision.law, |clamp| Some(clamp.line)),
        }
    }

    fn text(&self, message: &Message, by: &Credits) -> String {
        sentences::customer(self.teller, message, &self.spans(by))
    }

    /// The words of a clause.
    fn words_of(&self, words: &super::Words) -> String {
        self.teller.text(&self.spans(&words.by), &words.text)
    }

    fn spans(&self, credits: &Credits) -> Vec<Span> {
        credits.iter().filter_map(|id| self.decision.program.clause(*id)).map(|clause| clause.span).collect()
    }

    /// What to say: of each line why, what the law gives, what clauses say about that, then what they always say; then what
    /// is about the visit, and the money.
    fn say(&self) -> Vec<Said> {
        let mut all = Vec::new();
        for line in (0..self.decision.lines.len()).map(Some).chain([None]) {
            self.say_why(line, &mut all);
            for clamp in self.law.get(&line).into_iter().flatten() {
                let title = self.decision.title_of(&clamp.what);
                self.add(&mut all, line, Message::by_law(&clamp.what, title), &clamp.by);
            }
            let mut words: Vec<_> = self.words.get(&line).into_iter().flatten().filter(|words| !words.offer).collect();
            words.sort_by_key(|words| words.only.is_none());
            all.extend(words.into_iter().map(|words| Said {
                line: self.id(line),
                text: self.words_of(words),
                message: None,
                by: self.paths(&words.by),
            }));
        }
        let delivery = self.decision.balance.shipping;
        // Where some lines wait, only a part of it is paid now.
        let waits = |line: &LineDecision| matches!(line.outcome, Outcome::Refer | Outcome::Undetermined);
        if !delivery.is_zero() && !self.decision.payouts.is_empty() && !self.decision.lines.iter().any(waits) {
            self.add(&mut all, None, Message::Delivery { amount: self.sum(delivery) }, &Credits::default());
        }
        all.extend(self.decision.payouts.iter().map(|payout| self.made(None, self.paid(payout), &payout.by)));
        let balance = &self.decision.balance;
        let to_pay = balance.to_pay_in_cash.unwrap_or(balance.to_pay);
        if !to_pay.is_zero() {
            self.add(&mut all, None, Message::ToPay { amount: self.sum(to_pay) }, &Credits::default());
        }
        all
    }

    /// Why, of a line or of the visit. That there are several questions is said once, of the visit.
    fn say_why(&self, line: Option<usize>, all: &mut Vec<Said>) {
        let reasons = self.reasons.get(&line).into_iter().flatten();
        let pending = reasons.clone().any(|reason| reason.key == ReasonKey::Verify);
        let settled = |place: usize| {
            let outcome = self.decision.lines.get(place).map(|line| line.outcome);
            matches!(outcome, Some(Outcome::Accept | Outcome::AcceptPendingVerification))
        };
        for reason in reasons {
            let elsewhere = match reason.key {
                ReasonKey::Accept => pending || !line.is_some_and(settled),
                // Who decides is told with what is decided.
                ReasonKey::OthersOffered | ReasonKey::AboveAuthority => true,
                _ => self.of_several(reason),
            };
            if !elsewhere {
                self.add(all, line, self.message(reason), &reason.by);
            }
        }
        if line.is_none() && self.decision.reasons.iter().any(|reason| self.of_several(reason)) {
            self.add(all, line, Message::Questions, &Credits::default());
        }
    }

    /// Whether the reason waits for an answer that is one of several.
    fn of_several(&self, reason: &Reason) -> bool {
        match reason.key {
            ReasonKey::MissingFact => self.asks_several && matches!(reason.missing, None | Some(Asked::Fact(_))),
            ReasonKey::TooManyUnknown => true,
            _ => false,
        }
    }

    /// Adds a message, if it is not the last thing that was said of the line anyway.
    fn add(&self, all: &mut Vec<Said>, line: Option<usize>, message: Message, by: &Credits) {
        let line = self.id(line);
        let said =
            all.iter().rev().take_while(|said| said.line == line).any(|said| said.message.as_ref() == Some(&message));
        if !said {
            all.push(self.made(line, message, by));
        }
    }

    fn made(&self, line: Option<String>, message: Message, by: &Credits) -> Said {
        Said { line, text: self.text(&message, by), message: Some(message), by: Vec::new() }
    }

    fn message(&self, reason: &Reason) -> Message {
        let remedy = self.remedy(reason);
        match reason.key {
            ReasonKey::Accept => self.accepted(reason, remedy),
            ReasonKey::Approved => Message::Approved,
            ReasonKey::Verify => {
                let referral = self.referral(reason, true);
                Message::Verify {
                    remedy,
                    role: self.role(referral),
                    within: referral.and_then(|one| one.within.as_ref()).map(ToString::to_string),
                    due: referral.and_then(|one| one.due),
                }
            }
            ReasonKey::AboveAuthority => Message::Referred { role: self.named(reason), owed: false },
            ReasonKey::Verified => Message::Verified { role: self.named(reason) },
            ReasonKey::VerificationFailed => Message::VerificationFailed { role: self.named(reason) },
            ReasonKey::NotOffered => Message::NotOffered { remedy, text: reason.text.as_deref().map(str::to_owned) },
            ReasonKey::Expired => Message::Expired { remedy, day: reason.day },
            ReasonKey::OthersOffered => Message::OthersOffered { remedies: self.others(reason) },
            ReasonKey::Stopped => Message::Stopped { day: self.passes(reason) },
            ReasonKey::Refer => {
                let referral = self.referral(reason, false);
                Message::Referred { role: self.role(referral), owed: referral.is_some_and(|one| one.owed) }
            }
            ReasonKey::RouteUnknown => Message::Route { role: self.role(self.referral(reason, false)) },
            ReasonKey::Gap(super::Gap::NoRoute | super::Gap::NoTender) => {
                Message::Route { role: self.role(self.referral(reason, false)) }
            }
            ReasonKey::Conflict | ReasonKey::Gap(_) => {
                Message::LeftOpen { role: self.role(self.referral(reason, false)) }
            }
            ReasonKey::MoreReturnedThanBought => Message::CountDiffers,
            ReasonKey::SameUnitTwice => Message::NumberKnown,
            ReasonKey::NotOfThisSale => Message::NumberDiffers,
            ReasonKey::BeforeSale => Message::DatesDiffer,
            ReasonKey::GiftMissing => Message::GiftMissing,
            ReasonKey::HeldBack => Message::Together,
            ReasonKey::TooManyUnknown => Message::Questions,
            ReasonKey::MissingFact if self.of_several(reason) => Message::Questions,
            ReasonKey::MissingFact => match &reason.missing {
                None => Message::Question { question: None },
                Some(Asked::Fact(fact)) => {
                    let fact = self.decision.program.schema.fact(*fact);
                    Message::Question { question: fact.and_then(|fact| fact.question.clone()) }
                }
                Some(
                    Asked::Parcels
                    | Asked::Categories
                    | Asked::CurrentPrice
                    | Asked::ListPrice
                    | Asked::LowestPrice(_)
                    | Asked::PayWithBalance
                    | Asked::History(_),
                ) => Message::LookUp,
            },
        }
    }

    /// The role that a reason names.
    fn named(&self, reason: &Reason) -> String {
        reason.role.map_or("", |role| self.decision.program.schema.role(role)).to_owned()
    }

    /// What the customer gets, once the line is settled.
    fn accepted(&self, reason: &Reason, remedy: Remedy) -> Message {
        let line = reason.line.and_then(|line| self.decision.lines.get(line));
        let settled = line.is_some_and(|line| line.outcome <= Outcome::AcceptPendingVerification);
        let wanted = line.and_then(wanted).filter(|_| settled);
        let schema = &self.decision.program.schema;
        let kind = wanted.and_then(|one| schema.remedies.get(usize::from(one.remedy))).map(|one| &one.kind);
        let amounts = wanted.and_then(|one| one.amounts.as_deref()).unwrap_or_default();
        let kept = amounts.iter().filter_map(|one| {
            let title = one.name.as_deref().and_then(|name| self.decision.title(one.part, name));
            Kept::of(one.part, one.name.as_deref(), title, self.money(one.amount))
        });
        let kept: Vec<Kept> = kept.collect();
        // Without new goods named, it is the identical item: set off exactly, so that no fee is charged.
        let new = reason.line.and_then(|line| self.request.lines.get(line)).and_then(|line| line.new.as_ref());
        match (kind, wanted.and_then(|one| one.value)) {
            (Some(kind), Some(value)) if kind.is_money() => Message::Accepted { remedy, value: self.sum(value), kept },
            (Some(RemedyKind::Goods), Some(value)) if new.is_some() || kept.is_empty() => {
                Message::AcceptedGoods { remedy, value: self.sum(value), kept }
            }
            (Some(RemedyKind::Goods), Some(_)) | (Some(RemedyKind::Service), _) => Message::AcceptedService { remedy },
            _ => Message::TermsMet { remedy },
        }
    }

    fn paid(&self, payout: &Payout) -> Message {
        Message::Paid {
            // In coins, what changes hands.
            amount: self.sum(payout.handed_out.unwrap_or(payout.amount)),
            to: self.decision.program.schema.tender(payout.to).to_owned(),
            when: match (payout.not_before.filter(|first| *first > self.request.day), payout.due, &payout.within) {
                (first, ..) if payout.pending => PaidWhen::OnceVerified { first },
                (None, Some(last), _) if last <= self.request.day => PaidWhen::Now,
                (None, Some(day), _) => PaidWhen::By { day },
                (Some(first), Some(last), _) if first >= last => PaidWhen::On { day: first },
                (Some(first), Some(last), _) => PaidWhen::Between { first, last },
                (Some(day), None, _) => PaidWhen::From { day },
                (None, None, Some(_)) if !payout.awaits.is_empty() => {
                    PaidWhen::OnceBack { events: payout.awaits.iter().map(|event| event.word()).collect() }
                }
                (None, None, Some(within)) => PaidWhen::Within { length: within.to_string() },
                (None, None, None) => PaidWhen::Now,
            },
        }
    }

    /// What there is instead of what was asked for: other remedies, what clauses offer, a later day, who may allow it.
    fn instead(&self, alternatives: &[Alternative]) -> Vec<Instead> {
        let alternatives = by_line(alternatives, |one| Some(one.line));
        let mut all = Vec::new();
        for line in (0..self.decision.lines.len()).map(Some).chain([None]) {
            all.extend(alternatives.get(&line).into_iter().flatten().map(|one| self.possible(one)));
            let offers = self.words.get(&line).into_iter().flatten().filter(|words| words.offer);
            all.extend(offers.map(|words| Instead::Offer {
                line: self.id(line),
                text: self.words_of(words),
                only: words.only.map(|kind| kind.word()),
                by: self.paths(&words.by),
            }));
            let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
            for reason in self.reasons.get(&line).into_iter().flatten() {
                let Some(day) = self.passes(reason).filter(|day| days.insert(*day)) else { continue };
                let message = Message::Later { day };
                let text = self.text(&message, &Credits::default());
                all.push(Instead::Later { line: self.id(line), day, by: self.paths(&reason.by), text, message });
            }
            all.extend(self.approval(line));
        }
        all
    }

    fn possible(&self, one: &Alternative) -> Instead {
        let schema = &self.decision.program.schema;
        let remedy = schema.remedy(one.remedy).to_owned();
        if let Some(OnceKnown { sure, ask }) = &one.once_known {
            let ask = ask.iter().map(|question| ToAsk {
                fact: question.fact.name(schema).to_owned(),
                length: question.fact.length().map(str::to_owned),
                question: question.fact.question(schema).map(str::to_owned),
            });
            let ask: Vec<ToAsk> = ask.collect();
            let message = Message::OnceKnown { remedy: remedy.clone(), sure: *sure, ask: ask.clone() };
            let (line, text) = (self.id(Some(one.line)), self.text(&message, &Credits::default()));
            return Instead::OnceKnown { line, remedy, sure: *sure, ask, text, message };
        }
        let value = one.value.map(|value| self.sum(value));
        let pays = one.decided.as_ref().map(|(_, paid)| -> Vec<PaidTo> {
            let to = |paid: &Paid| PaidTo {
                to: schema.tender(paid.to).to_owned(),
                id: paid.id.as_deref().map(str::to_owned),
                amount: self.sum(paid.amount),
            };
            paid.iter().map(to).collect()
        });
        // Store credit as store credit goes without saying.
        let others = pays.iter().flatten().filter(|paid| paid.to != remedy);
        let mut tenders: Vec<String> = others.map(|paid| paid.to.clone()).collect();
        tenders.dedup();
        let message = Message::Possible { remedy: remedy.clone(), value, pays: tenders, last_day: one.last_day };
        Instead::Remedy {
            line: self.id(Some(one.line)),
            remedy,
            outcome: one.decided.as_ref().map(|(outcome, _)| outcome.word()),
            value,
            last_day: one.last_day,
            pays,
            text: self.text(&message, &Credits::default()),
            message,
        }
    }

    /// Who may lift what stands against a line or the visit; nobody, when a part of it is final.
    fn approval(&self, line: Option<usize>) -> Option<Instead> {
        if self.stopped {
            return None;
        }
        let (mut roles, mut by): (BTreeSet<u16>, Credits) = Default::default();
        for reason in self.reasons.get(&line).into_iter().flatten() {
            let lifted_by: Vec<u16> = match reason.key {
                ReasonKey::NotOffered | ReasonKey::Expired => {
                    match line.and_then(|line| self.decision.lines.get(line)).and_then(wanted).map(|one| &one.status) {
                        Some(Status::NotOffered { overridable_by, .. }) => overridable_by.clone(),
                        Some(Status::Expired { overridable_by, .. }) => overridable_by.iter().copied().collect(),
                        _ => Vec::new(),
                    }
                }
                ReasonKey::Stopped => reason.role.into_iter().collect(),
                _ => continue,
            };
            if lifted_by.is_empty() {
                return None;
            }
            roles.extend(lifted_by);
            by.merge(&reason.by);
        }
        if roles.is_empty() {
            return None;
        }
        let roles: Vec<String> = roles.iter().map(|role| self.decision.program.schema.role(*role).to_owned()).collect();
        let message = Message::Approval { roles: roles.clone() };
        let text = self.text(&message, &Credits::default());
        Some(Instead::Approval { line: self.id(line), roles, by: self.paths(&by), text, message })
    }

    /// The day on which the limit behind a reason passes. What counts against the clerk is no matter of the customer's.
    fn passes(&self, reason: &Reason) -> Option<NaiveDate> {
        let of_clerk = reason.by.iter().any(|clause| self.of_clerk.contains(clause));
        match reason.key {
            ReasonKey::Stopped | ReasonKey::Refer => reason.day.filter(|_| !of_clerk),
            _ => None,
        }
    }

    /// The remedy a reason is about: its own, or the one that is wanted.
    fn remedy(&self, reason: &Reason) -> Remedy {
        let line = reason.line.and_then(|line| self.decision.lines.get(line));
        let remedy = reason.remedy.or_else(|| line.and_then(|line| line.wants));
        remedy.map(|remedy| self.decision.program.schema.remedy(remedy).to_owned())
    }

    /// The other remedies of the line that are offered.
    fn others(&self, reason: &Reason) -> Vec<String> {
        let line = reason.line.and_then(|line| self.decision.lines.get(line));
        let remedies = line.map(|line| line.remedies.as_slice()).unwrap_or_default();
        let schema = &self.decision.program.schema;
        let offered = remedies.iter().filter(|one| one.status == Status::Offered).map(|one| one.remedy);
        let told = offered.filter(|remedy| !schema.only_if_asked(*remedy));
        told.map(|remedy| schema.remedy(remedy).to_owned()).collect()
    }

    /// Who decides or verifies, because of a reason.
    fn referral(&self, reason: &Reason, verify: bool) -> Option<&'a Referral> {
        let mut of_line = self.referrals.get(&reason.line).into_iter().flatten().filter(|one| one.verify == verify);
        let exact = of_line.clone().find(|one| one.by == reason.by);
        exact.or_else(|| of_line.next()).copied()
    }

    /// Without a referral of its own the case is for the role that referrals go to when nobody is named.
    fn role(&self, referral: Option<&Referral>) -> String {
        referral.map_or("manager", |one| self.decision.program.schema.role(one.role)).to_owned()
    }

    fn cited(&self, id: ClauseId) -> Option<Cited> {
        let clause = self.decision.program.clause(id)?;
        Some(Cited {
            clause: clause.path.to_string(),
            title: clause.title.as_deref().map(|title| self.teller.text(&[clause.span], title)),
            from: clause.citations.iter().map(|citation| citation.to_string()).collect(),
        })
    }

    fn paths(&self, credits: &Credits) -> Vec<String> {
        credits
            .iter()
            .filter_map(|id| self.decision.program.clause(*id))
            .map(|clause| clause.path.to_string())
            .collect()
    }

    fn id(&self, line: Option<usize>) -> Option<String> {
        line.and_then(|line| self.decision.lines.get(line)).map(|line| line.line.to_string())
    }

    fn money(&self, amount: Decimal) -> Money {
        Money { amount, currency: self.decision.program.currency }
    }

    fn sum(&self, amount: Decimal) -> Sum {
        Sum(self.money(amount))
    }
}

fn wanted(line: &LineDecision) -> Option<&RemedyDecision> {
    line.remedies.iter().find(|remedy| Some(remedy.remedy) == line.wants)
}

fn by_line<T>(list: &[T], line: impl Fn(&T) -> Option<usize>) -> BTreeMap<Option<usize>, Vec<&T>> {
    let mut all: BTreeMap<Option<usize>, Vec<&T>> = BTreeMap::new();
    for one in list {
        all.entry(line(one)).or_default().push(one);
    }
    all
}
