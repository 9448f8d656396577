//! The decision as JSON, in the form of docs/reference/decision.md. Values go straight to the serializer: nothing is
//! copied, amounts and days are written from a few bytes on the stack.

use chrono::{Datelike, NaiveDate, SecondsFormat};
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{
    Amount, ApprovalUse, Asked, Balance, Bound, Clamp, Credits, Decision, Field, LimitUse, LineDecision, Payout,
    Question, Reason, Referral, RemedyDecision, ShippingBack, Status, TenderPart, WindowDecision, Words,
};
use crate::facts::{FactId, Type, Value};
use crate::program::{self, Program};
use crate::terms::Measure;

mod forms;

pub(crate) use forms::kept_entries;

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cx = Cx { decision: self, program: &self.program, digits: self.program.currency.minor_digits() };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("policy", &Policy(cx))?;
        map.serialize_entry("outcome", self.outcome.word())?;
        map.serialize_entry("lines", &List(cx, &self.lines))?;
        map.serialize_entry("balance", &In(cx, &self.balance))?;
        map.serialize_entry("shipping", &List(cx, &self.shipping))?;
        map.serialize_entry("payouts", &List(cx, &self.payouts))?;
        map.serialize_entry("paperwork", &List(cx, &self.paperwork))?;
        map.serialize_entry("referrals", &Referrals { cx, verify: false })?;
        map.serialize_entry("verifications", &Referrals { cx, verify: true })?;
        if !self.law.is_empty() {
            map.serialize_entry("law", &List(cx, &self.law))?;
        }
        if !self.limits.is_empty() {
            map.serialize_entry("limits", &List(cx, &self.limits))?;
        }
        if !self.approvals.is_empty() {
            map.serialize_entry("approvals", &List(cx, &self.approvals))?;
        }
        map.serialize_entry("reasons", &List(cx, &self.reasons))?;
        map.serialize_entry("words", &List(cx, &self.words))?;
        map.serialize_entry("ask", &List(cx, &self.ask))?;
        map.end()
    }
}

/// The decision without its paperwork and without words and questions: what a record of it holds.
#[derive(Debug, Clone, Copy)]
pub struct Essentials<'a>(pub &'a Decision);

impl Serialize for Essentials<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Essentials(decision) = *self;
        let cx = Cx { decision, program: &decision.program, digits: decision.program.currency.minor_digits() };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("outcome", decision.outcome.word())?;
        map.serialize_entry("lines", &List(cx, &decision.lines))?;
        map.serialize_entry("balance", &In(cx, &decision.balance))?;
        map.serialize_entry("shipping", &List(cx, &decision.shipping))?;
        map.serialize_entry("payouts", &List(cx, &decision.payouts))?;
        map.serialize_entry("referrals", &Referrals { cx, verify: false })?;
        map.serialize_entry("verifications", &Referrals { cx, verify: true })?;
        if !decision.law.is_empty() {
            map.serialize_entry("law", &List(cx, &decision.law))?;
        }
        if !decision.limits.is_empty() {
            map.serialize_entry("limits", &List(cx, &decision.limits))?;
        }
        if !decision.approvals.is_empty() {
            map.serialize_entry("approvals", &List(cx, &decision.approvals))?;
        }
        map.serialize_entry("reasons", &List(cx, &decision.reasons))?;
        map.end()
    }
}

/// What gives ids their names.
#[derive(Clone, Copy)]
struct Cx<'a> {
    decision: &'a Decision,
    program: &'a Program,
    /// Decimals of the currency.
    digits: u32,
}

impl<'a> Cx<'a> {
    fn money(self, amount: Decimal) -> Money {
        Money { amount, digits: self.digits }
    }
    fn by(self, credits: &'a Credits) -> By<'a> {
        By { program: self.program, credits }
    }
    /// The id of a line, by place.
    fn line(self, line: Option<usize>) -> Option<&'a str> {
        line.and_then(|line| self.decision.lines.get(line)).map(|line| &*line.line)
    }
    fn remedy(self, remedy: u16) -> &'a str {
        self.program.schema.remedy(remedy)
    }
    fn role(self, role: u16) -> &'a str {
        self.program.schema.role(role)
    }
    fn fact(self, fact: FactId) -> &'a str {
        self.program.schema.fact(fact).map_or("", |fact| fact.name.as_str())
    }
    /// The name of what is asked.
    fn asked(self, asked: &Asked) -> &'a str {
        asked.name(&self.program.schema)
    }
    /// A field, and the form it stands on.
    fn field(self, field: &Field) -> Option<(&'a program::Form, &'a program::Field)> {
        let version = self.program.versions.get(self.decision.version)?;
        let form = version.forms.get(usize::from(field.form))?;
        Some((form, form.fields.get(usize::from(field.field))?))
    }
}

/// A part of the decision with what it takes to write it.
struct In<'a, T>(Cx<'a>, &'a T);

/// A list of such parts.
struct List<'a, T>(Cx<'a>, &'a [T]);

impl<'a, T> Serialize for List<'a, T>
where
    In<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|item| In(self.0, item)))
    }
}

struct Policy<'a>(Cx<'a>);

impl Serialize for Policy<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Policy(cx) = self;
        let version = cx.program.versions.get(cx.decision.version);
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("name", &cx.program.name)?;
        map.serialize_entry("version", version.map_or("", |version| version.name.as_str()))?;
        map.end()
    }
}

impl Serialize for In<'_, LineDecision> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, line) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("line", &*line.line)?;
        map.serialize_entry(
            "version",
            cx.program.versions.get(line.version).map_or("", |version| version.name.as_str()),
        )?;
        map.serialize_entry("outcome", line.outcome.word())?;
        if let Some(wants) = line.wants {
            map.serialize_entry("wants", cx.remedy(wants))?;
        }
        map.serialize_entry("quantity", &line.quantity)?;
        map.serialize_entry("remedies", &List(*cx, &line.remedies))?;
        map.end()
    }
}

impl Serialize for In<'_, RemedyDecision> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, remedy) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("remedy", cx.remedy(remedy.remedy))?;
        map.serialize_entry("status", remedy.status.word())?;
        match &remedy.status {
            Status::NotOffered { reason, overridable_by } => {
                if let Some(reason) = reason {
                    map.serialize_entry("reason", &**reason)?;
                }
                refusal(&mut map, *cx, overridable_by)?;
            }
            Status::Expired { overridable_by, .. } => refusal(&mut map, *cx, overridable_by.as_slice())?,
            Status::Gap(gap) => map.serialize_entry("gap", gap.word())?,
            Status::Offered | Status::Stopped | Status::Unsettled | Status::Unknown => {}
        }
        map.serialize_entry("by", &cx.by(&remedy.by))?;
        if let Some(window) = remedy.window.as_deref() {
            map.serialize_entry("window", &In(*cx, window))?;
        }
        if let Some(amounts) = &remedy.amounts {
            map.serialize_entry("amounts", &List(*cx, amounts))?;
        }
        if let Some(value) = remedy.value {
            map.serialize_entry("value", &cx.money(value))?;
        }
        map.end()
    }
}

/// Whether a refusal is final, or who may lift it.
fn refusal<M: SerializeMap>(map: &mut M, cx: Cx<'_>, overridable_by: &[u16]) -> Result<(), M::Error> {
    match overridable_by {
        [] => map.serialize_entry("final", &true),
        roles => map.serialize_entry("overridable_by", &Roles { cx, roles }),
    }
}

struct Roles<'a> {
    cx: Cx<'a>,
    roles: &'a [u16],
}

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.roles.iter().map(|role| self.cx.role(*role)))
    }
}

impl Serialize for In<'_, WindowDecision> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, window) = self;
        let mut map = serializer.serialize_map(None)?;
        if let Some(start) = window.start {
            map.serialize_entry("start", &Day(start))?;
        }
        if !window.clock.is_empty() {
            map.serialize_entry("clock", &window.words(&cx.program.schema))?;
        }
        map.serialize_entry("last_day", &window.last_day.map(Day))?;
        if let Some(what) = window.waits_for {
            map.serialize_entry("waits_for", what.word())?;
        }
        if let Some(moment) = window.last_moment {
            map.serialize_entry("last_moment", &moment.to_rfc3339_opts(SecondsFormat::AutoSi, true))?;
        }
        map.serialize_entry("by", &cx.by(&window.by))?;
        map.end()
    }
}

impl Serialize for In<'_, Amount> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, amount) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("part", amount.part.word())?;
        if let Some(name) = &amount.name {
            map.serialize_entry("name", &**name)?;
        }
        map.serialize_entry("amount", &cx.money(amount.amount))?;
        map.serialize_entry("by", &cx.by(&amount.by))?;
        map.end()
    }
}

impl Serialize for In<'_, Balance> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, balance) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("currency", cx.program.currency.code())?;
        map.serialize_entry("refund", &cx.money(balance.refund))?;
        map.serialize_entry("credit", &cx.money(balance.credit))?;
        map.serialize_entry("new_goods", &cx.money(balance.new_goods))?;
        map.serialize_entry("shipping", &cx.money(balance.shipping))?;
        map.serialize_entry("to_customer", &cx.money(balance.to_customer))?;
        map.serialize_entry("to_pay", &cx.money(balance.to_pay))?;
        if let Some(coins) = balance.to_pay_in_cash {
            map.serialize_entry("to_pay_in_cash", &cx.money(coins))?;
        }
        map.end()
    }
}

impl Serialize for In<'_, ShippingBack> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, shipping) = self;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("sale", &*shipping.sale)?;
        map.serialize_entry("amount", &cx.money(shipping.amount))?;
        map.serialize_entry("taxes", &Taxes(*cx, &shipping.taxes))?;
        map.serialize_entry("by", &cx.by(&shipping.by))?;
        map.end()
    }
}

struct Taxes<'a>(Cx<'a>, &'a [(std::sync::Arc<str>, Decimal)]);

impl Serialize for Taxes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().map(|(name, amount)| (&**name, self.0.money(*amount))))
    }
}

impl Serialize for In<'_, Payout> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, payout) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("to", cx.program.schema.tender(payout.to))?;
        if let Some(id) = &payout.id {
            map.serialize_entry("id", &**id)?;
        }
        if let Some(sale) = &payout.sale {
            map.serialize_entry("sale", &**sale)?;
        }
        map.serialize_entry("amount", &cx.money(payout.amount))?;
        if let Some(coins) = payout.handed_out {
            map.serialize_entry("handed_out", &cx.money(coins))?;
        }
        map.serialize_entry("not_before", &payout.not_before.map(Day))?;
        map.serialize_entry("due", &payout.due.map(Day))?;
        if let Some(within) = &payout.within {
            map.serialize_entry("within", &**within)?;
        }
        if payout.pending {
            map.serialize_entry("pending", &true)?;
        }
        if !payout.from.is_empty() {
            map.serialize_entry("from", &List(*cx, &payout.from))?;
        }
        map.serialize_entry("by", &cx.by(&payout.by))?;
        map.end()
    }
}

impl Serialize for In<'_, TenderPart> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, part) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("sale", &*part.sale)?;
        map.serialize_entry("id", &*part.id)?;
        map.serialize_entry("amount", &cx.money(part.amount))?;
        map.end()
    }
}

/// Referrals of one kind: to decide, or to verify.
struct Referrals<'a> {
    cx: Cx<'a>,
    verify: bool,
}

impl Serialize for Referrals<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let referrals = self.cx.decision.referrals.iter().filter(|referral| referral.verify == self.verify);
        serializer.collect_seq(referrals.map(|referral| In(self.cx, referral)))
    }
}

impl Serialize for In<'_, Referral> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, referral) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("role", cx.role(referral.role))?;
        map.serialize_entry("line", &cx.line(referral.line))?;
        if let Some(within) = &referral.within {
            map.serialize_entry("within", &within.to_string())?;
        }
        if let Some(due) = referral.due {
            map.serialize_entry("due", &Day(due))?;
        }
        if let Some(text) = &referral.text {
            map.serialize_entry("text", &**text)?;
        }
        if referral.owed {
            map.serialize_entry("must_be_granted", &true)?;
        }
        map.serialize_entry("by", &cx.by(&referral.by))?;
        map.end()
    }
}

impl Serialize for In<'_, LimitUse> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, limit) = self;
        let figure = |amount: Decimal| match limit.measure {
            Measure::Refund => cx.money(amount),
            Measure::Returns | Measure::Items => Money { amount, digits: 0 },
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("clause", cx.program.clause(limit.clause).map_or("", |clause| &*clause.path))?;
        if limit.line.is_some() {
            map.serialize_entry("line", &cx.line(limit.line))?;
        }
        map.serialize_entry("per", limit.per.word())?;
        map.serialize_entry("measure", limit.measure.word())?;
        map.serialize_entry("used", &limit.used.map(figure))?;
        map.serialize_entry("now", &figure(limit.now))?;
        map.serialize_entry("at_most", &figure(limit.at_most))?;
        if let Some(day) = limit.passes_on {
            map.serialize_entry("passes_on", &Day(day))?;
        }
        map.end()
    }
}

impl Serialize for In<'_, ApprovalUse> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, approval) = self;
        let version = cx.program.versions.get(cx.decision.version);
        let ladder = version.and_then(|version| version.choices.authority.as_ref());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("clause", &*approval.clause)?;
        map.serialize_entry("role", cx.role(approval.role))?;
        if let Some(by) = &approval.by {
            map.serialize_entry("by", &**by)?;
        }
        if let Some(level) = ladder.and_then(|ladder| ladder.level(approval.role)) {
            map.serialize_entry("level", &level)?;
        }
        let limit = ladder.and_then(|ladder| ladder.limit(approval.role));
        map.serialize_entry("limit", &limit.map(|limit| cx.money(limit)))?;
        map.serialize_entry("amount", &approval.amount.map(|amount| cx.money(amount)))?;
        map.serialize_entry("counts", &approval.counts)?;
        map.end()
    }
}

impl Serialize for In<'_, Clamp> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, clamp) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("line", &cx.line(Some(clamp.line)))?;
        map.serialize_entry("remedy", cx.remedy(clamp.remedy))?;
        map.serialize_entry("what", clamp.what.word())?;
        if let Bound::Fee(name) | Bound::Deduction(name) = &clamp.what {
            map.serialize_entry("name", &**name)?;
        }
        map.serialize_entry("policy", &clamp.policy)?;
        map.serialize_entry("law", &clamp.law)?;
        map.serialize_entry("by", &cx.by(&clamp.by))?;
        map.end()
    }
}

impl Serialize for In<'_, Reason> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, reason) = self;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("key", reason.key.word())?;
        map.serialize_entry("line", &cx.line(reason.line))?;
        map.serialize_entry("args", &Arguments(*cx, reason))?;
        map.serialize_entry("by", &cx.by(&reason.by))?;
        map.end()
    }
}

struct Arguments<'a>(Cx<'a>, &'a Reason);

impl Serialize for Arguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Arguments(cx, reason) = self;
        let mut map = serializer.serialize_map(None)?;
        if let Some(remedy) = reason.remedy {
            map.serialize_entry("remedy", cx.remedy(remedy))?;
        }
        if let super::ReasonKey::Gap(gap) = reason.key {
            map.serialize_entry("gap", gap.word())?;
        }
        if let Some(day) = reason.day {
            map.serialize_entry("day", &Day(day))?;
        }
        if let Some(role) = reason.role {
            map.serialize_entry("role", cx.role(role))?;
        }
        if let Some(beyond) = &reason.beyond {
            map.serialize_entry("amount", &cx.money(beyond.amount))?;
            map.serialize_entry("limit", &cx.money(beyond.limit))?;
            map.serialize_entry("limit_of", cx.role(beyond.not))?;
            if let Some(role) = beyond.approved {
                map.serialize_entry("approved_by", cx.role(role))?;
            }
        }
        if let Some(missing) = &reason.missing {
            map.serialize_entry("fact", cx.asked(missing))?;
        }
        if let Some(text) = &reason.text {
            map.serialize_entry("text", &**text)?;
        }
        map.end()
    }
}

impl Serialize for In<'_, Words> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, words) = self;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("kind", if words.offer { "offer" } else { "say" })?;
        map.serialize_entry("line", &cx.line(words.line))?;
        if let Some(only) = words.only {
            map.serialize_entry("if", only.word())?;
        }
        map.serialize_entry("text", &*words.text)?;
        map.serialize_entry("by", &cx.by(&words.by))?;
        map.end()
    }
}

impl Serialize for In<'_, Question> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(cx, question) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("fact", cx.asked(&question.fact))?;
        if let Asked::LowestPrice(length) = &question.fact {
            map.serialize_entry("in", length)?;
        }
        map.serialize_entry("line", &cx.line(question.line))?;
        if let Some(sale) = &question.sale {
            map.serialize_entry("sale", &**sale)?;
        }
        map.serialize_entry("values", &Answers { cx: *cx, question })?;
        map.end()
    }
}

/// What the answer to a question may be, in the form in which a request gives it.
struct Answers<'a> {
    cx: Cx<'a>,
    question: &'a Question,
}

impl Serialize for Answers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ty = match self.question.fact {
            Asked::Fact(fact) => self.cx.program.schema.fact(fact).map(|fact| fact.ty),
            Asked::Parcels
            | Asked::Categories
            | Asked::CurrentPrice
            | Asked::ListPrice
            | Asked::LowestPrice(_)
            | Asked::PayWithBalance
            | Asked::History(_) => None,
        };
        serializer.collect_seq(self.question.values.iter().map(|value| Answer { cx: self.cx, ty, value: *value }))
    }
}

struct Answer<'a> {
    cx: Cx<'a>,
    ty: Option<Type>,
    value: Value,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = &self.cx.program.schema;
        match (self.value, self.ty) {
            (Value::Bool(true), _) => serializer.serialize_str("yes"),
            (Value::Bool(false), _) => serializer.serialize_str("no"),
            (Value::Word(word), Some(Type::Word(domain))) => {
                serializer.serialize_str(schema.domain(domain).map_or("", |domain| domain.word(word)))
            }
            (Value::Number(number), Some(Type::Money)) => self.cx.money(number).serialize(serializer),
            (Value::Number(number), _) => serializer.collect_str(&number.normalize()),
            (Value::Date(day), _) => Day(day).serialize(serializer),
            (Value::Text(text), _) => {
                let text = usize::try_from(text.0).ok().and_then(|at| schema.texts.get(at));
                text.map(String::as_str).serialize(serializer)
            }
            (Value::Word(_), _) | (Value::Texts(_), _) => serializer.serialize_none(),
        }
    }
}

/// Clauses as label paths.
struct By<'a> {
    program: &'a Program,
    credits: &'a Credits,
}

impl Serialize for By<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_seq(self.credits.iter().map(|id| self.program.clause(*id).map_or("", |clause| &*clause.path)))
    }
}

/// An amount with all digits of the minor unit; it never hides a digit that is there.
struct Money {
    amount: Decimal,
    digits: u32,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut amount = self.amount;
        if amount.scale() != self.digits {
            amount = amount.normalize();
            if amount.scale() < self.digits {
                amount.rescale(self.digits);
            }
        }
        let mut text = FromTheRight::new();
        let mut left = amount.mantissa().unsigned_abs();
        let mut written = 0;
        while left > 0 || written <= amount.scale() {
            if written == amount.scale() && written > 0 {
                text.push(b'.');
            }
            left = match u64::try_from(left) {
                Ok(left) => text.digit(left).into(),
                Err(_) => {
                    text.digit(u64::try_from(left % 10).unwrap_or(0));
                    left / 10
                }
            };
            written += 1;
        }
        if amount.is_sign_negative() && !amount.is_zero() {
            text.push(b'-');
        }
        serializer.serialize_str(text.as_str())
    }
}

/// `2025-11-20`.
struct Day(NaiveDate);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Day(day) = self;
        let year = match u64::try_from(day.year()) {
            Ok(year) if year <= 9999 => year,
            Ok(_) | Err(_) => return serializer.collect_str(day),
        };
        let mut text = FromTheRight::new();
        let tens = text.digit(day.day().into());
        text.digit(tens);
        text.push(b'-');
        let tens = text.digit(day.month().into());
        text.digit(tens);
        text.push(b'-');
        (0..4).fold(year, |left, _| text.digit(left));
        serializer.serialize_str(text.as_str())
    }
}

/// A short text that is written from its end: a decimal has at most 29 digits, a sign and a point.
struct FromTheRight {
    bytes: [u8; 40],
    start: usize,
}

impl FromTheRight {
    fn new() -> Self {
        FromTheRight { bytes: [0; 40], start: 40 }
    }

    fn push(&mut self, byte: u8) {
        if let Some(start) = self.start.checked_sub(1)
            && let Some(place) = self.bytes.get_mut(start)
        {
            *place = byte;
            self.start = start;
        }
    }

    /// Writes the last digit of a number; what is left of it comes back.
    fn digit(&mut self, number: u64) -> u64 {
        self.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
        number / 10
    }

    fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}
