//! One sentence for each finding: what was done, and what the policy says instead. For a report; the whole decision in words is
//! told by [`crate::explain_case`].

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::columns::Link;
use crate::finding::{Cause, Finding};

use super::Cx;
use super::held::Hold;
use super::tenders::ByCard;

pub(super) fn without_sale(link: Link) -> &'static str {
    match link {
        Link::Ambiguous => "Several sales could be meant.",
        Link::MissingSale | Link::None | Link::Receipt | Link::Fifo => "The sale is not in the data.",
    }
}

pub(super) fn declined(cx: &Cx<'_>, hold: &Hold, finding: &Finding) -> String {
    let given = money(finding.actual, cx.policy.program().currency.code());
    format!("{given} given back, and the policy declines it: {}.", why(cx, hold))
}

pub(super) fn not_known_who(cx: &Cx<'_>, hold: &Hold, verify: bool) -> String {
    if hold.nobody {
        return format!("The policy does not settle it: {}.", why(cx, hold));
    }
    let who = roles(cx, hold);
    let by = if verify { "looked at by" } else { "approved by" };
    format!("Right only if {by} {who}, and it is not known whether it was: {}.", why(cx, hold))
}

pub(super) fn not_approved(cx: &Cx<'_>, hold: &Hold, verify: bool, tried: bool) -> String {
    let who = roles(cx, hold);
    match (verify, tried) {
        (true, _) => format!("Nobody looked at it who may; {who} has to: {}.", why(cx, hold)),
        (false, true) => format!("Who approved it may not; {who} has to: {}.", why(cx, hold)),
        (false, false) => format!("Nobody approved it; {who} has to: {}.", why(cx, hold)),
    }
}

pub(super) fn undetermined(facts: &[String], either_way: Option<String>) -> String {
    match facts.is_empty() {
        true => "Too much is not known for an answer.".to_owned(),
        false => {
            let answers = either_way.map(|answers| format!(" ({answers})")).unwrap_or_default();
            format!("It hangs on what is not known: {}{answers}.", facts.join(", "))
        }
    }
}

pub(super) fn refund_not_told() -> &'static str {
    "It is not known how much was given back."
}

pub(super) fn owed(title: Option<String>, finding: &Finding, day: NaiveDate) -> String {
    let remedy = finding.remedy.as_deref().unwrap_or("it");
    let who = if finding.law { "the law gives" } else { "the policy gives" };
    let title = title.map(|title| format!(" ({title})")).unwrap_or_default();
    format!("Declined on {day}, and {who} a right to {remedy}{title}.")
}

pub(super) fn other_remedy(given: &str, finding: &Finding) -> String {
    let wanted = finding.remedy.as_deref().unwrap_or("another remedy");
    let who = if finding.law { "the law" } else { "the policy" };
    format!("{given} was given where {wanted} was asked for, and {who} gives {wanted}.")
}

pub(super) fn twice(before: Option<String>) -> String {
    match before {
        Some(before) => format!("All of it had come back before ({before})."),
        None => "All of it comes back twice in one visit.".to_owned(),
    }
}

pub(super) fn more_than_sold(units: i64, left: i64, sold: i64) -> String {
    format!("{units} came back where {left} of {sold} sold were left.")
}

/// Another sentence, after what was found.
pub(super) fn again(source: Option<&str>, row: Option<i64>) -> String {
    let place = match (source, row) {
        (Some(source), Some(row)) => format!("{source}, row {row}"),
        (Some(source), None) => source.to_owned(),
        (None, _) => "another row".to_owned(),
    };
    format!(" The same visit and line stand in {place}, too: perhaps it was read twice.")
}

pub(super) fn amount(finding: &Finding, currency: &str) -> String {
    let (given, due) = (money(finding.actual, currency), money(finding.expected, currency));
    let share = money(finding.difference.map(|difference| difference.abs()), currency);
    let what =
        if finding.difference.is_some_and(|difference| difference > Decimal::ZERO) { "too much" } else { "too little" };
    let cause = match finding.cause {
        Cause::Fee => "the fee",
        Cause::PriceBasis => "another price than the policy starts from",
        Cause::Tax => "the tax",
        Cause::DiscountShare => "the discount that was on it",
        Cause::Shipping => "delivery",
        Cause::Quantity => "another number of units",
        Cause::Unexplained => "no part of the decision explains it",
        Cause::Window
        | Cause::Tender
        | Cause::DayOfPayment
        | Cause::Approval
        | Cause::Paperwork
        | Cause::Remedy
        | Cause::Stop
        | Cause::MissingFact
        | Cause::Sale
        | Cause::Unsettled => finding.cause.word(),
    };
    format!("{given} given back where the policy gives {due}: {share} {what} ({cause}).")
}

pub(super) fn wrong_tender(wrong: Decimal, currency: &str, gone: &ByCard<'_>, due: &ByCard<'_>) -> String {
    let list = |all: &ByCard<'_>| {
        let card = |id: &Option<&str>| id.map(|id| format!(" #{id}")).unwrap_or_default();
        let parts: Vec<String> =
            all.iter().map(|((name, id), amount)| format!("{amount:.2} to {name}{}", card(id))).collect();
        if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
    };
    let wrong = money(Some(wrong), currency);
    format!("{wrong} went elsewhere: {}, where the policy sends {}.", list(gone), list(due))
}

pub(super) fn too_early(paid: NaiveDate, not_before: NaiveDate) -> String {
    format!("Paid on {paid}, and held until {not_before}.")
}

pub(super) fn too_late(paid: NaiveDate, due: NaiveDate) -> String {
    format!("Paid on {paid}, and due by {due}.")
}

pub(super) fn not_known_when(not_before: Option<NaiveDate>, due: Option<NaiveDate>) -> String {
    let held = not_before.map(|day| format!("held until {day}"));
    let days: Vec<String> = held.into_iter().chain(due.map(|day| format!("due by {day}"))).collect();
    format!("It is not known when it was paid; it was {}.", days.join(" and "))
}

pub(super) fn not_collected(form: &str, fields: &[String]) -> String {
    format!("Not filled in: {form}, {}.", fields.join(", "))
}

pub(super) fn kept(field: &str, plainer: &str, until: Option<NaiveDate>, as_of: Option<NaiveDate>) -> String {
    let mut why: Vec<String> = Vec::new();
    if !plainer.is_empty() {
        why.push(plainer.to_owned());
    }
    if let Some((until, as_of)) = until.zip(as_of) {
        why.push(format!("it was to be deleted after {until}, and was there on {as_of}"));
    }
    format!("{field} is kept against its rule: {}.", why.join("; "))
}

/// What stands against it, in a clause of a sentence.
fn why(cx: &Cx<'_>, hold: &Hold) -> String {
    let title = cx.title(&hold.by).map(|title| format!(" ({title})")).unwrap_or_default();
    let text = hold.text.as_deref().map(|text| text.trim_end_matches('.').to_owned());
    match (hold.cause, hold.last_day) {
        (Cause::Window, Some(day)) => format!("the last day was {day}{title}"),
        (Cause::Remedy, _) => match text {
            Some(text) => format!("{text}{title}"),
            None => format!("it is not offered{title}"),
        },
        (Cause::Unsettled, _) => text.unwrap_or_else(|| "it is left open".to_owned()),
        _ => match text {
            Some(text) => format!("{text}{title}"),
            None => format!("a clause asks for it{title}"),
        },
    }
}

fn roles(cx: &Cx<'_>, hold: &Hold) -> String {
    let names: Vec<&str> = hold.roles.iter().map(|role| cx.schema.role(*role)).collect();
    if names.is_empty() { "somebody".to_owned() } else { names.join(" and ") }
}

fn money(amount: Option<Decimal>, currency: &str) -> String {
    match amount {
        Some(amount) => {
            let amount = amount.normalize();
            let digits = amount.scale().max(2);
            format!("{amount:.*} {currency}", usize::try_from(digits).unwrap_or(2))
        }
        None => "What is not told was".to_owned(),
    }
}
