//! Compares a decision with what a record expects: outcome, rules broken, amounts, tenders, balance, timing.

use std::collections::BTreeSet;

use serde_json::Value;

use super::records::{Customer, Effect, Expected};
use super::request::{money, tender};

/// What differs, in words; nothing when the two agree.
pub(crate) fn differences(expected: &Expected, decision: &Value, customer: Option<&Customer>) -> Vec<String> {
    let mut out = Vec::new();
    let accepted = expected.policy == "accept";
    same(&mut out, "outcome", if accepted { "accept" } else { "decline" }, text(decision, "/outcome"));
    let rules: BTreeSet<String> = expected.policy_rules.iter().map(|rule| rule.replace('.', "-")).collect();
    let credited = refused_by(decision);
    if rules != credited {
        out.push(format!("rules: expected {rules:?}, credited {credited:?}"));
    }
    match &expected.effect {
        Some(effect) if accepted => effects(&mut out, effect, decision, customer),
        _ if !rows(decision, "/payouts").is_empty() => out.push("refused, and yet money is paid out".into()),
        _ => {}
    }
    out
}

/// The clauses that refuse what is wanted, by their own label; the engine's own refusal of more than was bought counts as
/// `items-in-order`, the rule that forbids it.
pub(crate) fn refused_by(decision: &Value) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for remedy in wanted(decision) {
        if text(remedy, "/status") != "offered" {
            labels.extend(credits(remedy).map(own_label));
        }
    }
    for reason in rows(decision, "/reasons") {
        if text(reason, "/key") == "more returned than bought" {
            labels.insert("items-in-order".to_owned());
        }
    }
    labels
}

/// What the customer gets (negative) or pays in this visit, in cents.
pub(crate) fn to_pay(decision: &Value) -> i64 {
    cents(text(decision, "/balance/to_pay")) - cents(text(decision, "/balance/to_customer"))
}

fn effects(out: &mut Vec<String>, effect: &Effect, decision: &Value, customer: Option<&Customer>) {
    let payouts: BTreeSet<(&str, &str, &str)> = rows(decision, "/payouts")
        .iter()
        .map(|payout| (text(payout, "/id"), text(payout, "/to"), text(payout, "/amount")))
        .collect();
    let mut paid = |to: Option<&String>, kind: Option<&String>, total: i64| {
        let (to, kind, total) = (to.map_or("", String::as_str), kind.map_or("", |kind| tender(kind)), money(total));
        if payouts != BTreeSet::from([(to, kind, total.as_str())]) {
            out.push(format!("payouts: expected {total} to {kind} {to}, found {payouts:?}"));
        }
    };
    if let Some(total) = effect.refund_total_cents.filter(|_| effect.refund_to.is_some()) {
        paid(effect.refund_to.as_ref(), effect.refund_kind.as_ref(), total);
    }
    match (effect.difference_cents, effect.direction.as_deref()) {
        (Some(difference), Some("refund")) => {
            paid(effect.payment_method.as_ref(), effect.payment_kind.as_ref(), -difference);
        }
        (Some(_), _) if !payouts.is_empty() => out.push(format!("payouts: expected none, found {payouts:?}")),
        _ => {}
    }
    if let Some(total) = effect.difference_cents.or(effect.refund_total_cents.map(|total| -total)) {
        same(out, "balance", &money(total), &money(to_pay(decision)));
    }
    if let Some(after) = effect.gift_card_balance_after_cents {
        let id = effect.payment_method.as_deref().unwrap_or("");
        let card = customer.and_then(|customer| customer.payment_methods.iter().find(|method| method.id == id));
        let before = card.and_then(|card| card.balance_cents).unwrap_or(0);
        same(out, "gift card balance", &money(after), &money(before - to_pay(decision)));
    }
    for refund in effect.refunds.iter().flatten() {
        let (amount, kind) = (money(refund.amount_cents), tender(&refund.kind));
        let found = rows(decision, "/payouts").iter().find(|payout| {
            (text(payout, "/id"), text(payout, "/to"), text(payout, "/amount"))
                == (refund.to.as_str(), kind, amount.as_str())
        });
        let timing = found.map(|payout| match text(payout, "/within") {
            "7 business days (us-federal)" => "5-7 business days",
            "" => "immediate",
            other => other,
        });
        same(out, "refund", &refund.timing, timing.unwrap_or("not paid out"));
    }
    if let Some(refunds) = &effect.refunds {
        same(out, "refunds", &refunds.len().to_string(), &payouts.len().to_string());
    }
    if let Some(items) = &effect.per_item {
        let expected: Vec<String> =
            items.iter().filter_map(|item| item.refund_cents.or(item.old_price_cents)).map(money).collect();
        let values: Vec<&str> = wanted(decision).map(|remedy| text(remedy, "/value")).collect();
        if values != expected {
            out.push(format!("value of each item: expected {expected:?}, found {values:?}"));
        }
    }
}

fn same(out: &mut Vec<String>, what: &str, expected: &str, found: &str) {
    if expected != found {
        out.push(format!("{what}: expected {expected}, found {found}"));
    }
}

/// The wanted remedy of each line.
fn wanted(decision: &Value) -> impl Iterator<Item = &Value> {
    rows(decision, "/lines").iter().filter_map(|line| {
        rows(line, "/remedies").iter().find(|remedy| text(remedy, "/remedy") == text(line, "/wants"))
    })
}

/// The label paths credited for something.
pub(crate) fn credits(value: &Value) -> impl Iterator<Item = &str> {
    rows(value, "/by").iter().filter_map(Value::as_str)
}

fn own_label(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

fn rows<'a>(value: &'a Value, at: &str) -> &'a [Value] {
    value.pointer(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, at: &str) -> &'a str {
    value.pointer(at).and_then(Value::as_str).unwrap_or("")
}

/// `12.34` is 1234.
fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap_or(0)
}
