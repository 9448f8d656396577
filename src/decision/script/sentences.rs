//! What the customer hears: calm, nobody's fault, and what happens next. Every text is made of one message and nothing
//! else; which key it has is said here, its words stand in `messages/`.

use super::message::{Kept, Message, PaidWhen, Remedy, Sum, ToAsk};
use crate::messages::{Arg, Args, Join, Teller};
use crate::source::Span;

/// The sentence or two of a message; `by` are the clauses behind it.
pub(super) fn customer(teller: &Teller<'_>, message: &Message, by: &[Span]) -> String {
    let tell = |key: &str, args: &Args<'_>| teller.tell(key, args);
    match message {
        Message::Accepted { remedy, value, kept } => {
            with_kept(teller, tell("say-accepted", &[named(remedy), ("value", money(*value))]), kept)
        }
        Message::AcceptedGoods { remedy, value, kept } => {
            with_kept(teller, tell("say-accepted-goods", &[named(remedy), ("value", money(*value))]), kept)
        }
        Message::AcceptedService { remedy } => tell("say-accepted-service", &[named(remedy)]),
        Message::TermsMet { remedy } => tell("say-terms-met", &[named(remedy)]),
        Message::Approved => tell("say-approved", &[]),
        Message::Verify { remedy, role: who, within, due } => match (due, within) {
            (Some(due), _) => tell("say-verify-by", &[named(remedy), role(who), ("day", Arg::Day(*due))]),
            (None, Some(within)) => {
                tell("say-verify-within", &[named(remedy), role(who), ("length", Arg::Length(within.into()))])
            }
            (None, None) => tell("say-verify", &[named(remedy), role(who)]),
        },
        Message::Verified { role: who } => tell("say-verified", &[role(who)]),
        Message::VerificationFailed { role: who } => tell("say-verification-failed", &[role(who)]),
        Message::NotOffered { remedy, text: Some(text) } => {
            let text = Arg::Text(teller.text(by, text).into());
            tell("say-not-offered-text", &[named(remedy), ("text", text)])
        }
        Message::NotOffered { remedy, text: None } => tell("say-not-offered", &[named(remedy)]),
        Message::Expired { remedy, day: Some(last) } => tell("say-expired", &[named(remedy), ("day", Arg::Day(*last))]),
        Message::Expired { remedy, day: None } => tell("say-expired-undated", &[named(remedy)]),
        Message::OthersOffered { remedies } => {
            let remedies = remedies.iter().map(Into::into).collect();
            tell("say-others-offered", &[("remedies", Arg::Names("remedy", remedies, Join::Or))])
        }
        Message::Stopped { day: Some(from) } => tell("say-stopped-until", &[("day", Arg::Day(*from))]),
        Message::Stopped { day: None } => tell("say-stopped", &[]),
        Message::Referred { role: who, owed: false } => tell("say-referred", &[role(who)]),
        Message::Referred { role: who, owed: true } => tell("say-referred-owed", &[role(who)]),
        Message::LeftOpen { role: who } => tell("say-left-open", &[role(who)]),
        Message::Route { role: who } => tell("say-route", &[role(who)]),
        Message::CountDiffers => tell("say-count-differs", &[]),
        Message::NumberKnown => tell("say-number-known", &[]),
        Message::NumberDiffers => tell("say-number-differs", &[]),
        Message::DatesDiffer => tell("say-dates-differ", &[]),
        Message::GiftMissing => tell("say-gift-missing", &[]),
        Message::Together => tell("say-together", &[]),
        Message::Question { question: None } => tell("say-question", &[]),
        Message::Question { question: Some(question) } => {
            let question = Arg::Text(teller.text(&[], question).into());
            tell("say-question-in-words", &[("question", question)])
        }
        Message::LookUp => tell("say-look-up", &[]),
        Message::Questions => tell("say-questions", &[]),
        Message::Paid { amount, to, when } => paid(teller, *amount, to, when),
        Message::Delivery { amount } => tell("say-delivery", &[("amount", money(*amount))]),
        Message::ToPay { amount } => tell("say-to-pay", &[("amount", money(*amount))]),
        Message::ByLaw { what, name, title } => by_law(teller, what, name.as_deref(), title.as_deref()),
        Message::Possible { remedy, value, pays, last_day } => {
            let mut args = vec![one(remedy)];
            args.extend(value.map(|value| ("value", money(value))));
            let tenders: Vec<_> = pays.iter().map(Into::into).collect();
            let paid = !tenders.is_empty();
            if paid {
                args.push(("tenders", Arg::Names("tender", tenders, Join::And)));
            }
            let key = match (value, paid) {
                (None, false) => "say-possible",
                (Some(_), false) => "say-possible-value",
                (None, true) => "say-possible-tenders",
                (Some(_), true) => "say-possible-value-tenders",
            };
            let last = last_day.map(|last| tell("say-possible-last", &[("day", Arg::Day(last))]));
            sentences(std::iter::once(tell(key, &args)).chain(last))
        }
        Message::OnceKnown { remedy, sure, ask } => once_known(teller, remedy, *sure, ask),
        Message::Later { day: from } => tell("say-later", &[("day", Arg::Day(*from))]),
        Message::Approval { roles } => {
            let roles = roles.iter().map(Into::into).collect();
            tell("say-approval", &[("roles", Arg::Names("role", roles, Join::And))])
        }
    }
}

fn paid(teller: &Teller<'_>, amount: Sum, to: &str, when: &PaidWhen) -> String {
    let (key, more) = match when {
        PaidWhen::Now => ("say-paid", Vec::new()),
        PaidWhen::OnceVerified { first: None } => ("say-paid-once-verified", Vec::new()),
        PaidWhen::OnceVerified { first: Some(first) } => {
            ("say-paid-once-verified-from", vec![("day", Arg::Day(*first))])
        }
        PaidWhen::On { day } => ("say-paid-on", vec![("day", Arg::Day(*day))]),
        PaidWhen::By { day } => ("say-paid-by", vec![("day", Arg::Day(*day))]),
        PaidWhen::Between { first, last } => {
            ("say-paid-between", vec![("day", Arg::Day(*first)), ("last", Arg::Day(*last))])
        }
        PaidWhen::From { day } => ("say-paid-from", vec![("day", Arg::Day(*day))]),
        PaidWhen::OnceBack { events } => match events.as_slice() {
            ["sent"] => ("say-paid-once-sent", Vec::new()),
            ["received"] => ("say-paid-once-received", Vec::new()),
            _ => ("say-paid-once-sent-or-received", Vec::new()),
        },
        PaidWhen::Within { length } => ("say-paid-within", vec![("length", Arg::Length(length.into()))]),
    };
    let mut args = vec![("amount", money(amount)), ("to", Arg::Name("tender", to.into()))];
    args.extend(more);
    teller.tell(key, &args)
}

/// What there is once something is looked up, or asked in the words of the policy.
fn once_known(teller: &Teller<'_>, remedy: &str, sure: bool, ask: &[ToAsk]) -> String {
    let (questions, unsaid): (Vec<_>, Vec<_>) = ask.iter().partition(|one| one.question.is_some());
    let mut missing: Vec<String> = unsaid.into_iter().map(|one| looked_up(teller, one)).collect();
    missing.dedup();
    let key = match (sure, missing.is_empty()) {
        (true, true) => "say-sure",
        (true, false) => "say-sure-once",
        (false, true) => "say-maybe",
        (false, false) => "say-maybe-once",
    };
    let missing = Arg::List(missing.into_iter().map(Into::into).collect(), Join::And);
    let first = teller.tell(key, &[one(remedy), ("missing", missing)]);
    let questions = questions.into_iter().filter_map(|one| one.question.as_deref());
    let questions: Vec<String> = questions.map(|question| teller.text(&[], question)).collect();
    let key = match questions.len() {
        0 => return first,
        1 => "say-question-first",
        _ => "say-questions-first",
    };
    let then = teller.tell(key, &[("questions", Arg::Text(questions.join(" ").into()))]);
    sentences([first, then])
}

/// What is not known, for the customer.
fn looked_up(teller: &Teller<'_>, one: &ToAsk) -> String {
    match (one.fact.as_str(), one.length.as_deref()) {
        ("current_price", _) => teller.tell("asked-current-price", &[]),
        ("list_price", _) => teller.tell("asked-list-price", &[]),
        ("lowest_price", Some(length)) => teller.tell("asked-lowest-price", &[("length", Arg::Length(length.into()))]),
        _ => teller.tell("asked-more", &[]),
    }
}

/// What the law gives; why a return would have been stopped is not told.
fn by_law(teller: &Teller<'_>, what: &'static str, name: Option<&str>, title: Option<&str>) -> String {
    let key = match (what, name) {
        ("fee" | "deduction", Some(name)) => {
            let kind = if what == "fee" { "fee" } else { "deduction" };
            let name = Arg::Titled(kind, name.into(), title.unwrap_or(name).into());
            return teller.tell("say-by-law-fee", &[("name", name)]);
        }
        ("window", _) => "say-by-law-window",
        ("tax", _) => "say-by-law-tax",
        ("shipping", _) => "say-by-law-shipping",
        ("discounts", _) => "say-by-law-discounts",
        ("basis", _) => "say-by-law-basis",
        ("pay", _) => "say-by-law-pay",
        ("hold" | "due", _) => "say-by-law-sooner",
        ("kept", _) => "say-by-law-kept",
        _ => "say-by-law",
    };
    teller.tell(key, &[])
}

/// A sentence, and one for each part that is not given back.
fn with_kept(teller: &Teller<'_>, first: String, kept: &[Kept]) -> String {
    let each = kept.iter().map(|kept| {
        let amount = ("amount", money(kept.amount));
        let Some(name) = &kept.name else { return teller.tell("say-kept-unnamed", &[amount]) };
        let kind = if kept.part == "deduction" { "deduction" } else { "fee" };
        let (key, name) = match name.strip_suffix(" tax").filter(|_| kept.tax) {
            Some(fee) => ("say-kept-tax", fee),
            None => ("say-kept", name.as_str()),
        };
        let name = Arg::Titled(kind, name.into(), kept.title.as_deref().unwrap_or(name).into());
        teller.tell(key, &[amount, ("name", name)])
    });
    sentences(std::iter::once(first).chain(each))
}

fn sentences(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().collect::<Vec<_>>().join(" ")
}

/// The remedy; a return, where it is not said which remedy is wanted.
fn named(remedy: &Remedy) -> (&'static str, Arg<'_>) {
    one(remedy.as_deref().unwrap_or("return"))
}

fn one(remedy: &str) -> (&'static str, Arg<'_>) {
    ("remedy", Arg::Name("remedy", remedy.into()))
}

fn role(role: &str) -> (&'static str, Arg<'_>) {
    ("role", Arg::Name("role", role.into()))
}

fn money(Sum(money): Sum) -> Arg<'static> {
    Arg::Money(money)
}
