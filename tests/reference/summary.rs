//! What is compared: a flat map from a place in the answer to what stands there, made of the reference's completions or of the
//! JSON of the decision.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::book::Book;
use super::decide::{Answer, Outcome, Status};
use super::unknown::{Completion, completions, decisive, open, settled_alike};
use super::visit::{Visit, decimal, list, text};

pub(crate) type Summary = BTreeMap<String, String>;

/// The reference's answer; none when there are too many completions to try.
pub(crate) fn by_reference(book: &Book, request: &Json) -> Option<Summary> {
    let visit = Visit::read(request);
    let completions = completions(book, &visit)?;
    Some(merged(&visit, &completions))
}

fn merged(visit: &Visit, completions: &[Completion]) -> Summary {
    let answers: Vec<&Answer> = completions.iter().map(|completion| &completion.answer).collect();
    let one = answers[0];
    let settled = answers.iter().all(|answer| settled_alike(answer, one)) && !answers.iter().any(|answer| open(answer));
    let mut summary = Summary::new();
    if !settled {
        summary.insert("outcome".to_owned(), "undetermined".to_owned());
        let mut ask: BTreeSet<String> =
            decisive(completions, &settled_alike).into_iter().map(|key| format!("{} {}", key.fact, key.at)).collect();
        for line in answers.iter().flat_map(|answer| &answer.lines) {
            ask.extend(line.ask.iter().cloned());
        }
        summary.insert("ask".to_owned(), join(ask));
        return summary;
    }
    summary.insert("outcome".to_owned(), outcome(one.outcome).to_owned());
    for (name, amount) in &one.balance {
        summary.insert(format!("balance {name}"), plain(*amount));
    }
    for (at, line) in one.lines.iter().enumerate() {
        let id = &visit.returns[at].id;
        summary.insert(format!("line {id}"), outcome(line.outcome).to_owned());
        summary.insert(format!("line {id} wants"), visit.returns[at].wants.clone().unwrap_or_default());
        for name in line.remedies.keys() {
            let all: BTreeSet<Vec<(String, String)>> =
                answers.iter().map(|answer| remedy(&answer.lines[at], name)).collect();
            let here = format!("line {id} {name}");
            let mut all = all.into_iter();
            let first = all.next().unwrap();
            if all.next().is_none() {
                summary.extend(first.into_iter().map(|(what, is)| (format!("{here}{what}"), is)));
            } else {
                let statuses: BTreeSet<Status> =
                    answers.iter().map(|answer| answer.lines[at].remedies[name].status).collect();
                let mut statuses = statuses.into_iter();
                let first = statuses.next().unwrap();
                let word = if statuses.next().is_none() { status(first) } else { "unknown" };
                // The status of a wanted remedy may be that of any completion.
                let wanted = visit.returns[at].wants.as_deref() == Some(name);
                let all = answers.iter().map(|answer| status(answer.lines[at].remedies[name].status).to_owned());
                summary.insert(format!("{here} varies"), if wanted { join(all) } else { String::new() });
                summary.insert(here, word.to_owned());
            }
        }
    }
    summary.insert(
        "payouts".to_owned(),
        join(one.payouts.iter().map(|payout| {
            let id = payout.id.as_deref().unwrap_or("-");
            let date = |date: &Option<String>| date.clone().unwrap_or("-".to_owned());
            let pending = if payout.pending { " pending" } else { "" };
            let (not_before, due) = (date(&payout.not_before), date(&payout.due));
            format!("{} {id} from {not_before} due {due}{pending}: {}", payout.to, plain(payout.amount))
        })),
    );
    let mut fields: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for answer in &answers {
        for key in answers.iter().flat_map(|answer| answer.paperwork.keys()) {
            let needed = answer.paperwork.get(key).copied().unwrap_or("not asked");
            fields.entry(key.clone()).or_default().insert(needed);
        }
    }
    summary.insert(
        "paperwork".to_owned(),
        join(fields.into_iter().map(|((field, line), needed)| {
            let needed = if needed.len() == 1 { needed.first().unwrap() } else { "may be needed" };
            format!("{field} {line}: {needed}")
        })),
    );
    summary
}

/// Status, last day and amounts of a remedy.
fn remedy(line: &super::decide::Line, name: &str) -> Vec<(String, String)> {
    let remedy = &line.remedies[name];
    let mut found = vec![(String::new(), status(remedy.status).to_owned())];
    if let Some(last) = &remedy.last_day {
        found.push((" last day".to_owned(), last.clone()));
    }
    if remedy.status != Status::Offered {
        return found;
    }
    if let Some(amounts) = &remedy.amounts {
        found.push((" value".to_owned(), plain(amounts.value())));
        let mut parts = vec![("goods".to_owned(), amounts.goods), ("reduction".to_owned(), -amounts.reduction)];
        parts.extend(amounts.fees.iter().map(|(name, fee)| (format!("fee {name}"), -*fee)));
        parts.extend(amounts.deductions.iter().map(|(name, amount)| (format!("deduction {name}"), -*amount)));
        for (name, tax, included) in &amounts.taxes {
            parts.push((format!("{} {name}", if *included { "included tax" } else { "tax" }), *tax));
        }
        for (part, amount) in parts {
            if !amount.is_zero() {
                found.push((format!(" {part}"), plain(amount)));
            }
        }
    }
    found
}

/// The shipped engine's answer in the same form.
pub(crate) fn by_engine(decision: &Json) -> Summary {
    let mut summary = Summary::new();
    let word = |json: &Json, pointer: &str| text(json, pointer).unwrap();
    summary.insert("outcome".to_owned(), word(decision, "/outcome"));
    if word(decision, "/outcome") == "undetermined" {
        let ask = list(decision, "/ask");
        let named = ask.iter().map(|question| {
            let line = text(question, "/line").map(|line| format!("line {line}"));
            let sale = text(question, "/sale").map(|sale| format!("sale {sale}"));
            let within = text(question, "/in").map(|length| format!(" {length}")).unwrap_or_default();
            let fact = match word(question, "/fact").as_str() {
                "categories" => "item".to_owned(),
                other => other.to_owned(),
            };
            format!("{fact}{within} {}", line.or(sale).unwrap_or_default())
        });
        summary.insert("ask".to_owned(), join(named));
        return summary;
    }
    for name in ["refund", "credit", "new_goods", "shipping", "to_customer", "to_pay"] {
        let amount = decimal(decision, &format!("/balance/{name}")).unwrap();
        summary.insert(format!("balance {name}"), plain(amount));
    }
    for line in list(decision, "/lines") {
        let id = word(&line, "/line");
        summary.insert(format!("line {id}"), word(&line, "/outcome"));
        summary.insert(format!("line {id} wants"), text(&line, "/wants").unwrap_or_default());
        for remedy in list(&line, "/remedies") {
            let here = format!("line {id} {}", word(&remedy, "/remedy"));
            let status = word(&remedy, "/status");
            if let Some(window) = remedy.get("window") {
                let last = text(window, "/last_day").unwrap_or("no limit".to_owned());
                summary.insert(format!("{here} last day"), last);
            }
            if status == "offered" {
                if let Some(value) = decimal(&remedy, "/value") {
                    summary.insert(format!("{here} value"), plain(value));
                }
                let mut parts: BTreeMap<String, Decimal> = BTreeMap::new();
                for amount in list(&remedy, "/amounts") {
                    let name = text(&amount, "/name").map(|name| format!(" {name}")).unwrap_or_default();
                    // The tax on a fee is a part of its own, called as the fee and `tax`.
                    let part = format!("{here} {}{name}", word(&amount, "/part"));
                    let part = match part.strip_suffix(" tax") {
                        Some(fee) if fee.starts_with(&format!("{here} fee ")) => fee.to_owned(),
                        _ => part,
                    };
                    *parts.entry(part).or_default() += decimal(&amount, "/amount").unwrap();
                }
                parts.retain(|_, amount| !amount.is_zero());
                summary.extend(parts.into_iter().map(|(part, amount)| (part, plain(amount))));
            }
            summary.insert(here, status);
        }
    }
    let mut payouts: BTreeMap<String, Decimal> = BTreeMap::new();
    for payout in list(decision, "/payouts") {
        let pending = if payout["pending"] == Json::Bool(true) { " pending" } else { "" };
        let date = |name: &str| text(&payout, name).unwrap_or("-".to_owned());
        let id = text(&payout, "/id").unwrap_or("-".to_owned());
        let key = format!("{} {id} from {} due {}{pending}", word(&payout, "/to"), date("/not_before"), date("/due"));
        *payouts.entry(key).or_default() += decimal(&payout, "/amount").unwrap();
    }
    summary
        .insert("payouts".to_owned(), join(payouts.into_iter().map(|(to, amount)| format!("{to}: {}", plain(amount)))));
    let paperwork = list(decision, "/paperwork");
    let fields = paperwork.iter().map(|field| {
        let line = text(field, "/line").unwrap_or_default();
        format!("{}.{} {line}: {}", word(field, "/form"), word(field, "/field"), word(field, "/needed"))
    });
    summary.insert("paperwork".to_owned(), join(fields));
    summary
}

/// A place where the two differ, and what each says there.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) place: String,
    pub(crate) reference: String,
    pub(crate) engine: String,
}

pub(crate) fn difference(reference: &Summary, engine: &Summary) -> Vec<Difference> {
    let places: BTreeSet<&String> = reference.keys().chain(engine.keys()).collect();
    let at = |summary: &Summary, place: &String| summary.get(place).cloned().unwrap_or("(nothing)".to_owned());
    places
        .into_iter()
        .filter(|place| reference.get(*place) != engine.get(*place))
        // Of a remedy whose window or amounts hang on what is not known, only the status is told by the reference.
        .filter(|place| {
            let statuses = reference.get(&format!("{place} varies"));
            !statuses.is_some_and(|any| any.split("; ").any(|status| engine.get(*place).is_some_and(|is| is == status)))
        })
        .filter(|place| !place.ends_with(" varies"))
        .filter(|place| {
            !reference
                .keys()
                .any(|key| key.strip_suffix(" varies").is_some_and(|here| place.starts_with(&format!("{here} "))))
        })
        .map(|place| Difference { place: place.clone(), reference: at(reference, place), engine: at(engine, place) })
        .collect()
}

fn join(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("; ")
}

fn plain(amount: Decimal) -> String {
    amount.normalize().to_string()
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "accept",
        Outcome::Pending => "accept pending verification",
        Outcome::Refer => "refer",
        Outcome::Decline => "decline",
        Outcome::Undetermined => "undetermined",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Offered => "offered",
        Status::NotOffered => "not offered",
        Status::Expired => "expired",
        Status::Stopped => "stopped",
        Status::Unsettled => "unsettled",
        Status::Gap => "gap",
        Status::Unknown => "unknown",
    }
}
