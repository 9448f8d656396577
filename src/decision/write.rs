//! The decision as JSON, in the form of docs/reference/decision.md. Values go straight to the serializer: nothing is
//! copied, amounts and days are written from a few bytes on the stack.

use rust_decimal::Decimal;
use serde::ser::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::names::Saying;
use super::{
    Amount, ApprovalUse, Asked, Balance, Bound, Clamp, Credits, Decision, Field, Gap, LimitUse, LineDecision, Outcome,
    Part, Payout, Question, Reason, ReasonKey, Referral, RemedyDecision, ShippingBack, Status, TenderPart, WaitsFor,
    WindowDecision, Words,
};
use crate::facts::FactId;
use crate::program::{self, Ladder, Program};
use crate::shape::{Maybe, Shape, Shapes, True, Unrecorded, Word, Written, by_word, given, written};
use crate::terms::{AnswerKind, Counted, Measure};

mod forms;
mod values;

use forms::Paperwork;
pub(crate) use forms::{False, Keeping};
pub(crate) use values::Day;
use values::{Answers, Awaits, By, CurrencyCode, Moment, Money, Roles, Taxes};

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Whole(Cx::of(self, false)).serialize(serializer)
    }
}

/// The decision without its paperwork and without words and questions: what a record of it holds.
#[derive(Debug, Clone, Copy)]
pub struct Essentials<'a>(pub &'a Decision);

impl Serialize for Essentials<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Whole(Cx::of(self.0, true)).serialize(serializer)
    }
}

impl Shape for Essentials<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        let mut object = Whole::object();
        object.name = "RecordedDecision";
        object.about = &["What was decided: a decision without its policy, paperwork, words and questions."];
        object.members.retain(|member| member.recorded);
        object.refer(shapes)
    }
}

/// An answer as a tree. It is made of the text, so that answers have one writer and not a second one for trees.
pub(crate) fn tree(answer: &impl Serialize) -> serde_json::Result<Json> {
    serde_json::from_str(&serde_json::to_string(answer)?)
}

/// The schema of decisions.
pub(crate) fn schema(id: &str, title: &str) -> Json {
    Shapes::document(None, id, title, Whole::object())
}

/// A decision, or what a record holds of it.
struct Whole<'a>(Cx<'a>);

written! {
    /// The answer to a request. Amounts have all digits of the currency's minor unit.
    "Decision": Whole<'_> = |Whole(cx)| {
        /// The policy that decides, in the version in force at the request.
        "policy": Unrecorded<Policy<'_>> = cx.unrecorded(Policy(*cx)),
        /// What comes of the visit.
        "outcome": Word<'_, Outcome> = Word(&cx.decision.outcome),
        /// The answer for each returned line, in the order of the request.
        "lines": List<'_, LineDecision> = List(*cx, &cx.decision.lines),
        /// The money of the visit.
        "balance": In<'_, Balance> = In(*cx, &cx.decision.balance),
        /// Delivery given back, by sale; it stands within `balance.refund`.
        "shipping": List<'_, ShippingBack> = List(*cx, &cx.decision.shipping),
        /// What may be paid out now: of lines that are accepted or pending verification.
        "payouts": List<'_, Payout> = List(*cx, &cx.decision.payouts),
        /// What must be collected.
        "paperwork": Unrecorded<Paperwork<'_>> = cx.unrecorded(Paperwork(*cx)),
        /// Who must decide.
        "referrals": Referrals<'_> = Referrals { cx: *cx, verify: false },
        /// Who must verify, after which accepted lines are paid.
        "verifications": Referrals<'_> = Referrals { cx: *cx, verify: true },
        /// What the law changed of what the policy says, for wanted remedies; left out when it changed nothing.
        "law": Maybe<List<'_, Clamp>> = List(*cx, &cx.decision.law).unless_empty(),
        /// The limits over history that were asked; left out when there were none.
        "limits": Maybe<List<'_, LimitUse>> = List(*cx, &cx.decision.limits).unless_empty(),
        /// What became of the approvals in the request; only where the policy says who may approve how much, and left out when they concern nothing.
        "approvals": Maybe<List<'_, ApprovalUse>> = List(*cx, &cx.decision.approvals).unless_empty(),
        /// Why; never empty.
        "reasons": List<'_, Reason> = List(*cx, &cx.decision.reasons),
        /// Words for the customer and what can be offered instead.
        "words": Unrecorded<List<'_, Words>> = cx.unrecorded(List(*cx, &cx.decision.words)),
        /// What to ask, the facts that settle most first.
        "ask": Unrecorded<List<'_, Question>> = cx.unrecorded(List(*cx, &cx.decision.ask)),
    }
}

/// What gives ids their names.
#[derive(Clone, Copy)]
struct Cx<'a> {
    decision: &'a Decision,
    program: &'a Program,
    /// Decimals of the currency.
    digits: u32,
    /// Whether it is written for a record.
    record: bool,
}

impl<'a> Cx<'a> {
    fn of(decision: &'a Decision, record: bool) -> Self {
        Cx { decision, program: &decision.program, digits: decision.program.currency.minor_digits(), record }
    }
    fn unrecorded<T>(self, value: T) -> Unrecorded<T> {
        Unrecorded((!self.record).then_some(value))
    }
    fn money(self, amount: Decimal) -> Money {
        Money { amount, digits: self.digits }
    }
    fn by(self, credits: &'a Credits) -> By<'a> {
        By { program: self.program, credits }
    }
    /// A figure of a limit.
    fn figure(self, measure: Measure, amount: Decimal) -> Money {
        match measure {
            Measure::Refund => self.money(amount),
            Measure::Returns | Measure::Items => Money { amount, digits: 0 },
        }
    }
    /// Who may approve how much.
    fn ladder(self) -> Option<&'a Ladder> {
        self.program.versions.get(self.decision.version)?.choices.authority.as_ref()
    }
    /// The name of a version, by place.
    fn version(self, version: usize) -> &'a str {
        self.program.versions.get(version).map_or("", |version| version.name.as_str())
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

impl<'a, T> Shape for List<'a, T>
where
    In<'a, T>: Shape,
{
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": In::<'a, T>::shape(shapes) })
    }
}

impl<'a, T> List<'a, T> {
    fn unless_empty(self) -> Maybe<Self> {
        Maybe((!self.1.is_empty()).then_some(self))
    }
}

/// Which policy, and which version of it.
struct Policy<'a>(Cx<'a>);

written! {
    /// A policy, and a version of it.
    "Policy": Policy<'_> = |Policy(cx)| {
        /// Its name.
        "name": &str = &cx.program.name,
        /// The name of the version.
        "version": &str = cx.version(cx.decision.version),
        /// The address of the bundle that the policy was loaded from; left out of one that was compiled where it decided.
        "bundle": Maybe<&str> = Maybe(cx.program.bundle.as_deref()),
    }

    /// The answer for a line.
    "LineDecision": In<'_, LineDecision> = |In(cx, line)| {
        /// The id of the returned line.
        "line": &str = &line.line,
        /// The version of the policy that decides it.
        "version": &str = cx.version(line.version),
        /// What comes of it.
        "outcome": Word<'_, Outcome> = Word(&line.outcome),
        /// The wanted remedy; left out when the request does not say.
        "wants": Maybe<&str> = Maybe(line.wants.map(|wants| cx.remedy(wants))),
        /// Units that come back.
        "quantity": u32 = line.quantity,
        /// Every remedy of the policy.
        "remedies": List<'_, RemedyDecision> = List(*cx, &line.remedies),
    }

    /// The answer for a remedy of a line.
    "RemedyDecision": In<'_, RemedyDecision> = |In(cx, remedy)| where remedy_rules: {
        /// Which.
        "remedy": &str = cx.remedy(remedy.remedy),
        /// Whether it may be had.
        "status": Word<'_, Status> = Word(&remedy.status),
        /// What a clause says about it not being offered.
        "reason": Maybe<&str> = Maybe(remedy.status.reason()),
        /// Nobody may lift the refusal.
        "final": Maybe<True> = True::when(remedy.status.lifted_by().is_some_and(<[u16]>::is_empty)),
        /// The roles that must all agree to lift the refusal.
        "overridable_by": Maybe<Roles<'_>> = Maybe(remedy.status.lifted_by().filter(|roles| !roles.is_empty()).map(|roles| Roles { cx: *cx, roles })),
        /// What is missing in the policy.
        "gap": Maybe<Word<'_, Gap>> = Maybe(remedy.status.gap().map(Word)),
        /// The clauses that settled it.
        "by": By<'_> = cx.by(&remedy.by),
        /// When it can be had.
        "window": Maybe<In<'_, WindowDecision>> = Maybe(remedy.window.as_deref().map(|window| In(*cx, window))),
        /// What it is worth, part by part; of remedies of money or goods that are offered, or were before a guard stopped them.
        "amounts": Maybe<List<'_, Amount>> = Maybe(remedy.amounts.as_deref().map(|amounts| List(*cx, amounts))),
        /// The sum of the amounts, without included tax.
        "value": Maybe<Money> = Maybe(remedy.value.map(|value| cx.money(value))),
    }

    /// When a remedy can be had.
    "Window": In<'_, WindowDecision> = |In(cx, window)| {
        /// The day the window counts from; only of windows that are a length.
        "start": Maybe<Day> = Maybe(window.start.map(Day)),
        /// The dates that start it: `received, installed`; a declared date by its name. Only of windows that are a length.
        "clock": Maybe<String> = Maybe((!window.clock.is_empty()).then(|| window.words(&cx.program.schema))),
        /// The last day; null without limit, or with `waits_for`.
        "last_day": Option<Day> = window.last_day.map(Day),
        /// What an open window waits for that has no last day yet: a parcel still to come, or the goods that are in repair.
        "waits_for": Maybe<Word<'_, WaitsFor>> = Maybe(window.waits_for.as_ref().map(Word)),
        /// The last moment of a window in hours.
        "last_moment": Maybe<Moment> = Maybe(window.last_moment.map(Moment)),
        /// The clauses that made it.
        "by": By<'_> = cx.by(&window.by),
    }

    /// A part of what a remedy is worth.
    "AmountPart": In<'_, Amount> = |In(cx, amount)| where amount_rules: {
        /// What it is.
        "part": Word<'_, Part> = Word(&amount.part),
        /// Of which fee, deduction or tax.
        "name": Maybe<&str> = Maybe(amount.name.as_deref()),
        /// What the customer reads, where the policy says it; of the tax on a fee: what it reads of that fee.
        "title": Maybe<&str> = Maybe(amount.name.as_deref().and_then(|name| cx.decision.title(amount.part, name)).map(|title| title.name)),
        /// How much. Goods and taxes are positive; the rest is negative.
        "amount": Money = cx.money(amount.amount),
        /// The clauses that made it.
        "by": By<'_> = cx.by(&amount.by),
    }

    /// The money of the visit.
    "Balance": In<'_, Balance> = |In(cx, balance)| {
        /// ISO 4217.
        "currency": CurrencyCode<'_> = CurrencyCode(cx.program.currency.code()),
        /// What is paid back for lines, with shipping.
        "refund": Money = cx.money(balance.refund),
        /// What exchanged lines are worth.
        "credit": Money = cx.money(balance.credit),
        /// New goods, with tax.
        "new_goods": Money = cx.money(balance.new_goods),
        /// Shipping within `refund`.
        "shipping": Money = cx.money(balance.shipping),
        /// To the customer.
        "to_customer": Money = cx.money(balance.to_customer),
        /// By the customer.
        "to_pay": Money = cx.money(balance.to_pay),
        /// The same in coins, where it is paid in cash and rounding makes it another amount.
        "to_pay_in_cash": Maybe<Money> = Maybe(balance.to_pay_in_cash.map(|coins| cx.money(coins))),
    }

    /// Delivery given back.
    "ShippingBack": In<'_, ShippingBack> = |In(cx, shipping)| {
        /// The id of the sale.
        "sale": &str = &shipping.sale,
        /// How much, without tax.
        "amount": Money = cx.money(shipping.amount),
        /// Its taxes, by id.
        "taxes": Taxes<'_> = Taxes(*cx, &shipping.taxes),
        /// The clauses that say so.
        "by": By<'_> = cx.by(&shipping.by),
    }

    /// Money paid out.
    "Payout": In<'_, Payout> = |In(cx, payout)| {
        /// The tender it goes to.
        "to": &str = cx.program.schema.tender(payout.to),
        /// Which card or account; left out when there is none.
        "id": Maybe<&str> = Maybe(payout.id.as_deref()),
        /// The id of the sale it comes from; left out when there is none.
        "sale": Maybe<&str> = Maybe(payout.sale.as_deref()),
        /// How much.
        "amount": Money = cx.money(payout.amount),
        /// What is handed out for it in coins, where rounding makes that another amount.
        "handed_out": Maybe<Money> = Maybe(payout.handed_out.map(|coins| cx.money(coins))),
        /// The day before which it is not paid.
        "not_before": Option<Day> = payout.not_before.map(Day),
        /// The last day to pay it; null when its time is in hours or there is none.
        "due": Option<Day> = payout.due.map(Day),
        /// Its time as the policy gives it: `10 business days (us-federal)`, `10 days after tender.cleared`.
        "within": Maybe<&str> = Maybe(payout.within.as_deref()),
        /// Events of the return of which one must come before its last day is known: `sent`, `received`.
        "awaits": Maybe<Awaits<'_>> = Awaits::of(&payout.awaits),
        /// It waits for a verification.
        "pending": Maybe<True> = True::when(payout.pending),
        /// The parts of the sales' tenders it is made of, when it goes elsewhere than to them. A later request tells them under `earlier_returns`.
        "from": Maybe<List<'_, TenderPart>> = List(*cx, &payout.from).unless_empty(),
        /// The clauses that route it.
        "by": By<'_> = cx.by(&payout.by),
    }

    /// A part of a payout that falls to a tender of a sale.
    "TenderPart": In<'_, TenderPart> = |In(cx, part)| {
        /// The id of the sale.
        "sale": &str = &part.sale,
        /// The id of the tender.
        "id": &str = &part.id,
        /// How much.
        "amount": Money = cx.money(part.amount),
    }

    /// Somebody who must decide or verify.
    "Referral": In<'_, Referral> = |In(cx, referral)| {
        /// Who.
        "role": &str = cx.role(referral.role),
        /// The id of the returned line; null: the visit.
        "line": Option<&str> = cx.line(referral.line),
        /// Of a verification: within what time, as the clause says it: `48 hours`.
        "within": Maybe<String> = Maybe(referral.within.as_ref().map(ToString::to_string)),
        /// Of a verification: the last day of that time, unless it is in hours.
        "due": Maybe<Day> = Maybe(referral.due.map(Day)),
        /// What the clause says.
        "text": Maybe<&str> = Maybe(referral.text.as_deref()),
        /// The customer has a right to it by law.
        "must_be_granted": Maybe<True> = True::when(referral.owed),
        /// The clauses that want it.
        "by": By<'_> = cx.by(&referral.by),
    }

    /// A limit over history, and how far it is used. Figures are amounts or whole numbers, by what it measures.
    "LimitUse": In<'_, LimitUse> = |In(cx, limit)| {
        /// The label path of the clause that states it.
        "clause": &str = cx.program.clause(limit.clause).map_or("", |clause| &*clause.path),
        /// Of limits per item: the id of the returned line.
        "line": Maybe<&str> = Maybe(cx.line(limit.line)),
        /// Whom it counts.
        "per": Word<'_, Counted> = Word(&limit.per),
        /// What it measures.
        "measure": Word<'_, Measure> = Word(&limit.measure),
        /// What has been used before; null: not known.
        "used": Option<Money> = limit.used.map(|used| cx.figure(limit.measure, used)),
        /// What this visit adds.
        "now": Money = cx.figure(limit.measure, limit.now),
        /// The most that passes.
        "at_most": Money = cx.figure(limit.measure, limit.at_most),
        /// The first day on which the same would pass; only above the limit, and when a day can be told.
        "passes_on": Maybe<Day> = Maybe(limit.passes_on.map(Day)),
    }

    /// What became of an approval, where the policy says who may approve how much.
    "ApprovalUse": In<'_, ApprovalUse> = |In(cx, approval)| {
        /// The label path of the clause it names.
        "clause": &str = &approval.clause,
        /// The role of who approved.
        "role": &str = cx.role(approval.role),
        /// Who approved; left out when the request does not say.
        "by": Maybe<&str> = Maybe(approval.by.as_deref()),
        /// Where the role stands, 1 at the foot of the ladder; left out for roles that have matters of their own or are not on it.
        "level": Maybe<u32> = Maybe(cx.ladder().and_then(|ladder| ladder.level(approval.role))),
        /// The most that the role may approve; null: any amount.
        "limit": Option<Money> = cx.ladder().and_then(|ladder| ladder.limit(approval.role)).map(|limit| cx.money(limit)),
        /// What it would let through; null: not known.
        "amount": Option<Money> = approval.amount.map(|amount| cx.money(amount)),
        /// Whether it lifts something.
        "counts": bool = approval.counts,
    }

    /// What the law changed of what the policy says.
    "LawChange": In<'_, Clamp> = |In(cx, clamp)| where law_rules: {
        /// The id of the returned line.
        "line": &str = cx.line(Some(clamp.line)).unwrap_or_default(),
        /// The wanted remedy.
        "remedy": &str = cx.remedy(clamp.remedy),
        /// What was changed.
        "what": Word<'_, Bound> = Word(&clamp.what),
        /// Of a fee or deduction: which.
        "name": Maybe<&str> = Maybe(clamp.what.name()),
        /// What the customer reads of it, where the policy says so.
        "title": Maybe<&str> = Maybe(cx.decision.title_of(&clamp.what).map(|title| title.name)),
        /// What the policy says.
        "policy": &str = &clamp.policy,
        /// What holds by law.
        "law": &str = &clamp.law,
        /// The right or rule.
        "by": By<'_> = cx.by(&clamp.by),
    }

    /// Why.
    "Reason": In<'_, Reason> = |In(cx, reason)| {
        /// What kind of reason.
        "key": Word<'_, ReasonKey> = Word(&reason.key),
        /// The id of the returned line; null: the visit.
        "line": Option<&str> = cx.line(reason.line),
        /// What it speaks of; whatever applies.
        "args": Arguments<'_> = Arguments(*cx, reason),
        /// The clauses; empty where the engine itself or a choice of the header decides.
        "by": By<'_> = cx.by(&reason.by),
    }

    /// What a reason speaks of.
    "ReasonArguments": Arguments<'_> = |Arguments(cx, reason)| {
        /// The remedy it is about.
        "remedy": Maybe<&str> = Maybe(reason.remedy.map(|remedy| cx.remedy(remedy))),
        /// What is missing in the policy.
        "gap": Maybe<Word<'_, Gap>> = Maybe(reason.key.gap().map(Word)),
        /// A day: the last day of a window, the first on which a limit lets it pass.
        "day": Maybe<Day> = Maybe(reason.day.map(Day)),
        /// Who may lift it; of `above authority`: who must approve; of `verified` and `verification failed`: who looked.
        "role": Maybe<&str> = Maybe(reason.role.map(|role| cx.role(role))),
        /// Of `above authority`: what is let through.
        "amount": Maybe<Money> = Maybe(reason.beyond.as_ref().map(|beyond| cx.money(beyond.amount))),
        /// Of `above authority`: all that the role just below may approve.
        "limit": Maybe<Money> = Maybe(reason.beyond.as_ref().map(|beyond| cx.money(beyond.limit))),
        /// Of `above authority`: that role.
        "limit_of": Maybe<&str> = Maybe(reason.beyond.as_ref().map(|beyond| cx.role(beyond.not))),
        /// Of `above authority`: the highest role that has approved it all the same.
        "approved_by": Maybe<&str> = Maybe(reason.beyond.as_ref().and_then(|beyond| beyond.approved).map(|role| cx.role(role))),
        /// The fact that is missing.
        "fact": Maybe<&str> = Maybe(reason.missing.as_ref().map(|missing| cx.asked(missing))),
        /// A text of the policy.
        "text": Maybe<&str> = Maybe(reason.text.as_deref()),
    }

    /// Words of a clause.
    "Words": In<'_, Words> = |In(cx, words)| {
        /// For the customer to hear, or to be offered instead.
        "kind": Word<'_, Saying> = Word(if words.offer { &Saying::Offer } else { &Saying::Say }),
        /// The id of the returned line; null: the visit.
        "line": Option<&str> = cx.line(words.line),
        /// The answer they are for; left out of what is said whatever comes of it.
        "if": Maybe<Word<'_, AnswerKind>> = Maybe(words.only.as_ref().map(Word)),
        /// The text.
        "text": &str = &words.text,
        /// The clause.
        "by": By<'_> = cx.by(&words.by),
    }

    /// A fact to ask.
    "Question": In<'_, Question> = |In(cx, question)| {
        /// The name of a fact (`manager on duty`: told by the list `on_duty`; `received` with a sale and without a line: of the lines of that sale that do not tell), or `categories`, `current_price`, `list_price`, `lowest_price`, `pay_with.balance`, `history.customer`,
        /// `history.household`, `history.clerk`, `history` (of the item).
        "fact": &str = cx.asked(&question.fact),
        /// Of `lowest_price`: the length, `90 days`.
        "in": Maybe<&str> = Maybe(question.fact.length()),
        /// How the customer is asked, where the policy says it.
        "question": Maybe<&str> = Maybe(question.fact.question(&cx.program.schema)),
        /// The id of the returned line; null: the visit or a sale.
        "line": Option<&str> = cx.line(question.line),
        /// The id of the sale; left out for facts of the visit.
        "sale": Maybe<&str> = Maybe(question.sale.as_deref()),
        /// The id of the tender of that sale; left out of what is of no tender, and where any of them may tell it.
        "tender": Maybe<&str> = Maybe(question.tender.as_deref()),
        /// It is of the sale of goods without one: the answer is told under `sale` of the line's `item`.
        "of_unfound_sale": Maybe<True> = True::when(question.of_unfound_sale),
        /// What it may be, as a request would say it; empty when that is no list.
        "values": Answers<'_> = Answers { cx: *cx, question },
    }
}

/// A refusal is final, or somebody may lift it; a gap is named.
fn remedy_rules() -> Vec<Json> {
    let all = ["reason", "final", "overridable_by", "gap"];
    let rest = ["offered", "stopped", "unsettled", "unknown"];
    let lifted = json!({ "oneOf": [given("final"), given("overridable_by")] });
    let refused =
        json!({ "if": { "properties": { "status": { "enum": ["not offered", "expired"] } } }, "then": lifted });
    vec![
        by_word("status", &all, rest, &[], &[]),
        by_word("status", &all, ["not offered"], &[], &["reason", "final", "overridable_by"]),
        by_word("status", &all, ["expired"], &[], &["final", "overridable_by"]),
        by_word("status", &all, ["gap"], &["gap"], &[]),
        refused,
    ]
}

/// Fees, deductions and taxes have names.
fn amount_rules() -> Vec<Json> {
    vec![
        by_word("part", &["name"], ["goods", "reduction"], &[], &[]),
        by_word("part", &["name"], ["fee", "deduction", "tax", "included tax"], &["name"], &[]),
    ]
}

/// Fees and deductions are named.
fn law_rules() -> Vec<Json> {
    vec![by_word("what", &["name"], ["fee", "deduction"], &["name"], &[])]
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

impl Shape for Referrals<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        List::<'_, Referral>::shape(shapes)
    }
}

/// What a reason speaks of.
struct Arguments<'a>(Cx<'a>, &'a Reason);
