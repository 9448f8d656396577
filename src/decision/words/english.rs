//! The messages in English.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::decision::{Gap, Needed, Outcome, Part, ReasonKey};
use crate::terms::Counted;

pub(super) const OF_THE_VISIT: &str = "The visit";
pub(super) const MONEY: &str = "Money";
pub(super) const PAID_OUT: &str = "To pay out";
pub(super) const TO_DECIDE: &str = "To decide";
pub(super) const TO_VERIFY: &str = "To verify";
pub(super) const TO_FILL_IN: &str = "To fill in";
pub(super) const TO_ASK: &str = "To ask";
pub(super) const TO_SAY: &str = "Say";
pub(super) const INSTEAD: &str = "Instead";
pub(super) const VALUE: &str = "value";
pub(super) const REFUND: &str = "refund";
pub(super) const OF_WHICH_SHIPPING: &str = "of which delivery";
pub(super) const EXCHANGE_CREDIT: &str = "credit for exchanges";
pub(super) const NEW_GOODS: &str = "new goods";
pub(super) const NO_LIMIT: &str = "No last day.";
pub(super) const NOT_ALL_RECEIVED: &str = "No last day yet: not all has been received.";
pub(super) const IN_REPAIR: &str = "No last day yet: the goods are in repair.";
pub(super) const BY_LAW: &str = "By law";
pub(super) const MUST_BE_GRANTED: &str = " It must be granted in the end: the customer has a right to it.";
pub(super) const ONCE_VERIFIED: &str = ", once verified";
pub(super) const PARCELS: &str = "when each of the other goods was received";
pub(super) const CATEGORIES: &str = "the categories of the goods";
pub(super) const CURRENT_PRICE: &str = "today's price";
pub(super) const LIST_PRICE: &str = "the list price";
pub(super) const PAY_WITH_BALANCE: &str = "the balance of what is paid with";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

pub(super) fn outcome(outcome: Outcome, owed: Option<&str>) -> String {
    let start = match outcome {
        Outcome::Accept => "Accepted",
        Outcome::AcceptPendingVerification => "Accepted, once verified",
        Outcome::Refer => "To be decided by somebody else",
        Outcome::Decline => "Declined",
        Outcome::Undetermined => "Not decided yet: something has to be asked",
    };
    match owed {
        Some(owed) => format!("{start}: {owed}."),
        None => format!("{start}."),
    }
}

/// When the lines differ; the visit has the worst outcome of its lines.
pub(super) fn line_by_line(worst: Outcome) -> String {
    format!("Decided line by line; the visit as a whole is {}.", outcome_of(worst))
}

fn outcome_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "accepted",
        Outcome::AcceptPendingVerification => "accepted, once verified",
        Outcome::Refer => "to be decided by somebody else",
        Outcome::Decline => "declined",
        Outcome::Undetermined => "not decided yet",
    }
}

pub(super) fn to_customer(amount: &str) -> String {
    format!("{amount} to the customer")
}

pub(super) fn history(per: Counted) -> String {
    format!("what has come back before, by {}", per.word())
}

/// `fee restocking: 0.00 by law, 7.35 by the policy`
pub(super) fn by_law(what: &str, policy: &str, law: &str) -> String {
    format!("{what}: {law} by law, {policy} by the policy")
}

pub(super) fn to_pay(amount: &str) -> String {
    format!("the customer pays {amount}")
}

/// `2 × LENS-50 (line r1)`.
pub(super) fn goods(quantity: u32, item: Option<&str>, line: &str) -> String {
    match item {
        Some(item) => format!("{quantity} × {item} (line {line})"),
        None => format!("{quantity} × line {line}"),
    }
}

pub(super) fn line(goods: &str, remedy: Option<&str>, outcome: Outcome) -> String {
    let outcome = outcome_of(outcome);
    match remedy {
        Some(remedy) => format!("{goods}: {remedy} {outcome}"),
        None => format!("{goods}: {outcome}"),
    }
}

pub(super) fn part(part: Part, name: Option<&str>) -> String {
    let what = match part {
        Part::Goods => "goods",
        Part::Reduction => "not given back",
        Part::Fee => "fee",
        Part::Deduction => "deduction",
        Part::Tax => "tax",
        Part::IncludedTax => "tax included above",
    };
    name.map_or_else(|| what.to_owned(), |name| format!("{what} {name}"))
}

/// `tax on Return shipping`
pub(super) fn tax_on(fee: &str) -> String {
    format!("tax on {fee}")
}

/// `15 January 2026`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

pub(super) fn last_day(day: &str) -> String {
    format!("Last day: {day}.")
}

pub(super) fn last_moment(day: &str, time: &str) -> String {
    format!("Until {day}, {time}.")
}

pub(super) fn accepted(remedy: &str) -> String {
    match remedy {
        "" => "Accepted.".to_owned(),
        remedy => format!("Accepted: {remedy}."),
    }
}

pub(super) fn verified_first(text: Option<&str>) -> String {
    match text {
        Some(text) => format!("To be verified first: {text}."),
        None => "To be verified first.".to_owned(),
    }
}

pub(super) fn referred(text: Option<&str>) -> String {
    match text {
        Some(text) => format!("To be decided by somebody else: {text}."),
        None => "To be decided by somebody else.".to_owned(),
    }
}

pub(super) fn not_known(name: &str) -> String {
    format!("Not known: {name}.")
}

pub(super) fn approved(text: Option<&str>) -> String {
    match text {
        Some(text) => format!("Approved: {text}."),
        None => "Approved.".to_owned(),
    }
}

/// `Only a director may approve this: it comes to 1200.00 USD, and a manager may approve up to 1000.00 USD.`
pub(super) fn above_authority(role: &str, amount: &str, of: &str, limit: &str, approved: Option<&str>) -> String {
    let heard = approved.map_or_else(String::new, |role| format!(" The approval of {role} is not enough."));
    format!("To be approved by {role}: it comes to {amount}, and {of} may approve up to {limit}.{heard}")
}

pub(super) fn verified(role: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => format!("Verified by {role}: {text}."),
        None => format!("Verified by {role}."),
    }
}

pub(super) fn verification_failed(role: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => format!("Not as it should be, says {role}: {text}."),
        None => format!("Not as it should be, says {role}."),
    }
}

pub(super) fn not_offered(remedy: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => format!("No {remedy}: {text}."),
        None => format!("No {remedy}."),
    }
}

pub(super) fn expired(remedy: &str, day: Option<&str>) -> String {
    match day {
        Some(day) => format!("Too late for {remedy}: the last day was {day}."),
        None => format!("Too late for {remedy}."),
    }
}

pub(super) fn lifted_by(roles: &[&str]) -> String {
    match roles {
        [] => "This is final.".to_owned(),
        roles => format!("To be allowed by: {}.", roles.join(" and ")),
    }
}

pub(super) fn others_offered(remedies: &[&str]) -> String {
    format!("Possible instead: {}.", remedies.join(", "))
}

pub(super) fn stopped(text: Option<&str>) -> String {
    match text {
        Some(text) => format!("Stopped: {text}."),
        None => "Stopped.".to_owned(),
    }
}

pub(super) fn conflict() -> String {
    "The clauses disagree, and the policy does not say which of them holds.".to_owned()
}

pub(super) fn gap(gap: Gap) -> String {
    sentence(gap.describe())
}

/// Reasons that need no figures.
pub(super) fn plain(key: ReasonKey) -> String {
    sentence(key.describe())
}

pub(super) fn payout(amount: &str, to: &str) -> String {
    format!("{amount} to {to}")
}

pub(super) fn in_coins(amount: &str) -> String {
    format!(", {amount} in coins")
}

pub(super) fn not_before(day: &str) -> String {
    format!(", not before {day}")
}

pub(super) fn due(day: &str) -> String {
    format!(", due {day}")
}

pub(super) fn within(length: &str) -> String {
    format!(", due within {length}")
}

pub(super) fn referral(role: &str, text: Option<&str>, within: Option<&str>, due: Option<&str>) -> String {
    let mut sentence = role.to_owned();
    if let Some(within) = within {
        sentence.push_str(&format!(", within {within}"));
    }
    if let Some(due) = due {
        sentence.push_str(&format!(", by {due}"));
    }
    if let Some(text) = text {
        sentence.push_str(&format!(": {text}"));
    }
    sentence
}

pub(super) fn signature_of(of: &str) -> String {
    format!("signed by {of}")
}

pub(super) fn one_of(options: &[Arc<str>]) -> String {
    format!("one of {}", options.join(", "))
}

pub(super) fn field(form: &str, title: &str, of: Option<&str>, needed: Needed, purpose: Option<&str>) -> String {
    let mut sentence = format!("{form}: {title}");
    if let Some(of) = of {
        sentence.push_str(&format!(", {of}"));
    }
    sentence.push_str(match needed {
        Needed::Required => "",
        Needed::Optional => ", optional",
        Needed::MayBeNeeded => ", may be needed",
    });
    if let Some(purpose) = purpose {
        sentence.push_str(&format!(" ({purpose})"));
    }
    sentence
}

pub(super) fn lowest_price(length: &str) -> String {
    format!("the lowest price in {length}")
}

pub(super) fn question(name: &str, answers: &[&str]) -> String {
    match answers {
        [] => name.to_owned(),
        answers => format!("{name}: {}", answers.join(" / ")),
    }
}

/// `Are the tags still on it? (item.tags: yes / no)`
pub(super) fn question_in_words(text: &str, name: &str, answers: &[&str]) -> String {
    format!("{text} ({})", question(name, answers))
}

pub(super) fn about_line(sentence: &str, line: &str) -> String {
    format!("{sentence} [line {line}]")
}

pub(super) fn about_sale(sentence: &str, sale: &str) -> String {
    format!("{sentence} [sale {sale}]")
}

/// `the return is late` as `The return is late.`
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
