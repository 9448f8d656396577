//! What is compared: a flat map from a place in the answer to what stands there, made of the reference's completions or of
//! the JSON of the decision.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::conditions::{Key, on_duty};
use super::decide::{Answer, Line, Outcome, Status};
use super::tenders::Payout;
use super::unknown::{Completion, decisive, open, settled_alike};
use super::visit::{Visit, decimal, list, text};

pub(crate) type Summary = BTreeMap<String, String>;

/// The reference's answer, and where it leaves some room.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) said: Summary,
    /// Facts that have to be asked.
    pub(crate) ask: BTreeSet<String>,
    /// Facts that may be asked.
    pub(crate) may_ask: BTreeSet<String>,
    /// Whether facts are missing.
    pub(crate) facts_missing: bool,
    /// Whether more are missing than are tried.
    pub(crate) too_many: bool,
    /// Remedies nobody asked for; of a line that does not say what it wants, all.
    pub(crate) unwanted: BTreeSet<String>,
    /// Remedies whose status, window or amounts hang on what is not known, with every status they may have.
    pub(crate) varying: BTreeMap<String, BTreeSet<String>>,
}

/// With more unknown facts than these a case is undetermined.
const MOST_FACTS: usize = 6;

/// What the completions have in common.
pub(crate) fn by_reference(visit: &Visit, completions: &[Completion]) -> Expected {
    let answers: Vec<&Answer> = completions.iter().map(|completion| &completion.answer).collect();
    let one = answers[0];
    let met: BTreeSet<&Key> = completions.iter().flat_map(|completion| completion.guess.keys()).collect();
    let mut expected =
        Expected { facts_missing: !met.is_empty(), too_many: met.len() > MOST_FACTS, ..Expected::default() };
    if answers.iter().any(|answer| open(answer) || !settled_alike(answer, one)) {
        expected.said.insert("outcome".to_owned(), "undetermined".to_owned());
        ask(&mut expected, completions);
        return expected;
    }
    let said = &mut expected.said;
    said.insert("outcome".to_owned(), outcome(one.outcome).to_owned());
    said.extend(one.balance.iter().map(|(name, amount)| (format!("balance {name}"), plain(*amount))));
    said.insert("payouts".to_owned(), join(one.payouts.iter().map(payout)));
    for (at, line) in one.lines.iter().enumerate() {
        let coming = &visit.returns[at];
        said.insert(format!("line {}", coming.id), outcome(line.outcome).to_owned());
        said.insert(format!("line {} wants", coming.id), coming.wants.clone().unwrap_or_default());
    }
    for (field, needed) in paperwork(&answers) {
        said.insert(format!("paperwork {field}"), needed.to_owned());
    }
    for (at, coming) in visit.returns.iter().enumerate() {
        let lines: Vec<&Line> = answers.iter().map(|answer| &answer.lines[at]).collect();
        for name in lines[0].remedies.keys() {
            remedy(&mut expected, &lines, name, &format!("line {} {name}", coming.id));
            if coming.wants.as_ref() != Some(name) {
                expected.unwanted.insert(format!("line {} {name}", coming.id));
            }
        }
    }
    expected
}

/// What is needed in every completion has to be asked, and what makes a difference between answers; what is needed in some
/// completion may be.
fn ask(expected: &mut Expected, completions: &[Completion]) {
    let of = |answer: &Answer| -> BTreeSet<String> {
        answer.lines.iter().flat_map(|line| line.ask.iter().cloned()).map(|fact| fact.trim_end().to_owned()).collect()
    };
    // Whether two facts are the same can change with either, so that neither has to be asked.
    let pairs = |keys: BTreeSet<Key>| -> BTreeSet<String> {
        keys.iter()
            .filter_map(|key| key.fact.split_once(' ').map(|(_, two)| (two, &key.at)))
            .flat_map(|(two, at)| two.split(' ').map(move |fact| format!("{fact} {at}").trim_end().to_owned()))
            .collect()
    };
    let named = |same: &dyn Fn(&Answer, &Answer) -> bool| -> BTreeSet<String> {
        let keys = decisive(completions, same);
        let name = |fact: &str, at: &str| format!("{fact} {at}").trim_end().to_owned();
        keys.into_iter().filter(|key| !key.fact.contains(' ')).map(|key| name(told(&key.fact), &key.at)).collect()
    };
    let needed: Vec<BTreeSet<String>> = completions.iter().map(|completion| of(&completion.answer)).collect();
    expected.may_ask = needed.iter().flatten().cloned().collect();
    let alike = |one: &Answer, two: &Answer| settled_alike(one, two) && of(one) == of(two);
    expected.may_ask.extend(named(&alike));
    expected.may_ask.extend(pairs(decisive(completions, &alike)));
    // With more unknown facts than are tried, all of them are asked.
    let met: BTreeSet<&Key> = completions.iter().flat_map(|completion| completion.guess.keys()).collect();
    if met.len() > MOST_FACTS {
        let name = |key: &&Key| format!("{} {}", told(&key.fact), key.at).trim_end().to_owned();
        expected.may_ask.extend(met.iter().filter(|key| !key.fact.contains(' ')).map(name));
        expected.may_ask.extend(pairs(met.into_iter().cloned().collect()));
    }
    let always = |fact: &&String| needed.iter().all(|facts| facts.contains(*fact));
    expected.ask = needed[0].iter().filter(always).cloned().collect();
    if completions.iter().all(|completion| !open(&completion.answer)) {
        expected.ask.extend(named(&settled_alike));
    }
}

/// What has to be told: what is not known of the money left to pay is what is left on the card.
fn told(fact: &str) -> &str {
    if fact == "visit.uncovered" { "pay_with.balance" } else { fact }
}

/// One remedy of a line, over all completions.
fn remedy(expected: &mut Expected, lines: &[&Line], name: &str, here: &str) {
    let said: BTreeSet<Vec<(String, String)>> = lines.iter().map(|line| what_is_said(line, name)).collect();
    let statuses: BTreeSet<String> = lines.iter().map(|line| status(line.remedies[name].status).to_owned()).collect();
    if said.len() == 1 {
        let places = said.into_iter().flatten();
        expected.said.extend(places.map(|(what, is)| (format!("{here}{what}"), is)));
        return;
    }
    let word = if statuses.len() == 1 { statuses.first().unwrap() } else { "unknown" };
    expected.said.insert(here.to_owned(), word.to_owned());
    expected.varying.insert(here.to_owned(), statuses);
}

/// Status, last day and amounts of a remedy.
fn what_is_said(line: &Line, name: &str) -> Vec<(String, String)> {
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
        let parts = parts.into_iter().filter(|(_, amount)| !amount.is_zero());
        found.extend(parts.map(|(part, amount)| (format!(" {part}"), plain(amount))));
    }
    found
}

fn payout(payout: &Payout) -> String {
    let id = payout.id.as_deref().unwrap_or("-");
    let date = |date: &Option<String>| date.clone().unwrap_or("-".to_owned());
    let pending = if payout.pending { " pending" } else { "" };
    let (not_before, due) = (date(&payout.not_before), date(&payout.due));
    format!("{} {id} from {not_before} due {due}{pending}: {}", payout.to, plain(payout.amount))
}

/// Every field that some completion asks for, with its line, and whether it is needed.
fn paperwork(answers: &[&Answer]) -> BTreeMap<String, &'static str> {
    let mut fields = BTreeMap::new();
    for (field, line) in answers.iter().flat_map(|answer| answer.paperwork.keys()) {
        let needed: BTreeSet<Option<&str>> =
            answers.iter().map(|answer| answer.paperwork.get(&(field.clone(), line.clone())).copied()).collect();
        let word = match needed.iter().collect::<Vec<_>>().as_slice() {
            [Some("required")] => "required",
            [Some("optional")] => "optional",
            _ => "may be needed",
        };
        fields.insert(format!("{field} {line}").trim_end().to_owned(), word);
    }
    fields
}

/// The shipped engine's answer in the same form.
pub(crate) fn by_engine(decision: &Json) -> Summary {
    let mut summary = Summary::new();
    summary.insert("outcome".to_owned(), word(decision, "/outcome"));
    if word(decision, "/outcome") == "undetermined" {
        summary.insert("ask".to_owned(), join(list(decision, "/ask").iter().map(question)));
        return summary;
    }
    for name in ["refund", "credit", "new_goods", "shipping", "to_customer", "to_pay"] {
        let amount = decimal(decision, &format!("/balance/{name}")).unwrap();
        summary.insert(format!("balance {name}"), plain(amount));
    }
    for line in list(decision, "/lines") {
        let id = word(line, "/line");
        summary.insert(format!("line {id}"), word(line, "/outcome"));
        summary.insert(format!("line {id} wants"), text(line, "/wants").unwrap_or_default());
        for remedy in list(line, "/remedies") {
            remedy_of_engine(&mut summary, remedy, &format!("line {id} {}", word(remedy, "/remedy")));
        }
    }
    let mut payouts: BTreeMap<String, Decimal> = BTreeMap::new();
    for payout in list(decision, "/payouts") {
        let pending = if payout["pending"] == Json::Bool(true) { " pending" } else { "" };
        let date = |name: &str| text(payout, name).unwrap_or("-".to_owned());
        let id = text(payout, "/id").unwrap_or("-".to_owned());
        let key = format!("{} {id} from {} due {}{pending}", word(payout, "/to"), date("/not_before"), date("/due"));
        *payouts.entry(key).or_default() += decimal(payout, "/amount").unwrap();
    }
    let payouts = payouts.into_iter().map(|(to, amount)| format!("{to}: {}", plain(amount)));
    summary.insert("payouts".to_owned(), join(payouts));
    for field in list(decision, "/paperwork") {
        let line = text(field, "/line").unwrap_or_default();
        let place = format!("paperwork {}.{} {line}", word(field, "/form"), word(field, "/field"));
        summary.insert(place.trim_end().to_owned(), word(field, "/needed"));
    }
    summary
}

fn remedy_of_engine(summary: &mut Summary, remedy: &Json, here: &str) {
    let status = word(remedy, "/status");
    if let Some(window) = remedy.get("window") {
        summary.insert(format!("{here} last day"), text(window, "/last_day").unwrap_or("no limit".to_owned()));
    }
    if status == "offered" {
        if let Some(value) = decimal(remedy, "/value") {
            summary.insert(format!("{here} value"), plain(value));
        }
        let mut parts: BTreeMap<String, Decimal> = BTreeMap::new();
        for amount in list(remedy, "/amounts") {
            let name = text(amount, "/name").map(|name| format!(" {name}")).unwrap_or_default();
            let part = format!("{here} {}{name}", word(amount, "/part"));
            *parts.entry(part).or_default() += decimal(amount, "/amount").unwrap();
        }
        let parts = parts.into_iter().filter(|(_, amount)| !amount.is_zero());
        summary.extend(parts.map(|(part, amount)| (part, plain(amount))));
    }
    summary.insert(here.to_owned(), status);
}

/// A question by its fact and whose it is.
fn question(asked: &Json) -> String {
    let line = text(asked, "/line").map(|line| format!("line {line}"));
    let sale = text(asked, "/sale").map(|sale| format!("sale {sale}"));
    let sale = match (text(asked, "/sale"), text(asked, "/tender")) {
        (Some(sale), Some(tender)) => Some(format!("tender {sale} {tender}")),
        _ => sale,
    };
    let within = text(asked, "/in").map(|length| format!(" {length}")).unwrap_or_default();
    let fact = match word(asked, "/fact").as_str() {
        "categories" => "item".to_owned(),
        duty if duty.ends_with(" on duty") => on_duty(duty.trim_end_matches(" on duty")),
        other => other.to_owned(),
    };
    format!("{fact}{within} {}", line.or(sale).unwrap_or_default()).trim_end().to_owned()
}

fn word(json: &Json, pointer: &str) -> String {
    text(json, pointer).unwrap()
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
