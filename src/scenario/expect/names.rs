//! Whether the words of `expect` lines mean anything: clauses, remedies, roles, tenders, facts, fees and fields that the
//! policy has, in its currency, of an item that comes back.

use super::super::Context;
use super::super::plan::{Expect, Plan, Visit};
use crate::diagnostic::{Code, Diagnostic, near};
use crate::facts::{DomainId, domain};
use crate::source::Span;
use crate::syntax::ast::{Expectation, LabelPath, Value};
use crate::terms::Measure;

/// Checks the `expect` lines of all visits.
pub(in super::super) fn check(cx: &Context<'_>, plan: &Plan<'_>, out: &mut Vec<Diagnostic>) {
    for visit in &plan.visits {
        for expect in &visit.expects {
            let lines = item(visit, expect, out);
            for expectation in expect.expectations {
                one(cx, &expectation.node, expectation.span, out);
                if lines > 1 && of_a_line(&expectation.node) {
                    let message = "several items come back, and it is not told which of them is meant";
                    let items = visit.returns.first().copied().unwrap_or("laptop");
                    let help = format!("write another line: `expect {} for {items}, …`", expect.outcome.node);
                    out.push(Diagnostic::new(Code::OutOfPlace, expectation.span, message).help(help));
                }
            }
        }
    }
}

/// How many lines an `expect` line speaks of; an item that does not come back is a finding.
fn item(visit: &Visit<'_>, expect: &Expect<'_>, out: &mut Vec<Diagnostic>) -> usize {
    let Some(item) = expect.item else { return visit.returns.len() };
    if visit.returns.iter().any(|returned| *returned == item.node) {
        return 1;
    }
    let message = format!("`{}` does not come back in this visit", item.node);
    let finding = Diagnostic::new(Code::UnknownName, item.span, message);
    out.push(match near(&item.node, visit.returns.iter().copied()) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding.help(format!("what comes back is {}", visit.returns.join(", "))),
    });
    0
}

/// Whether it speaks of a line and not of the visit.
fn of_a_line(expectation: &Expectation) -> bool {
    match expectation {
        Expectation::Amount { part, .. } => matches!(part.as_str(), "goods" | "tax" | "value"),
        Expectation::LastDay(_) | Expectation::Status { .. } => true,
        Expectation::Fee { .. }
        | Expectation::Deduction { .. }
        | Expectation::Pays { .. }
        | Expectation::Because(_)
        | Expectation::Ask(_)
        | Expectation::Collect { .. }
        | Expectation::ToRole { .. }
        | Expectation::LimitUsed { .. }
        | Expectation::LimitPasses { .. }
        | Expectation::Say(_)
        | Expectation::Offer(_)
        | Expectation::Not(_) => false,
    }
}

fn one(cx: &Context<'_>, expectation: &Expectation, span: Span, out: &mut Vec<Diagnostic>) {
    match expectation {
        Expectation::Amount { amount, .. } => money(cx, amount, span, out),
        Expectation::Fee { name, amount } => {
            let fees = cx.program.versions.iter().flat_map(|version| &version.choices.fees);
            let names: Vec<String> = fees.flat_map(|fee| [fee.name.to_string(), format!("{} tax", fee.name)]).collect();
            known("fee", name, span, &names, out);
            money(cx, amount, span, out);
        }
        Expectation::Deduction { name, amount } => {
            let deductions = cx.program.versions.iter().flat_map(|version| &version.attributes.deductions);
            let names = deductions.map(|(name, _)| name.to_string()).chain(["gift".to_owned()]);
            known("deduction", name, span, &names.collect::<Vec<_>>(), out);
            money(cx, amount, span, out);
        }
        Expectation::Pays { amount, to, .. } => {
            known("tender", to, span, words(cx, domain::TENDERS), out);
            money(cx, amount, span, out);
        }
        Expectation::LastDay(_) => {}
        Expectation::Because(path) => {
            cx.labels.find(path, out);
        }
        Expectation::Ask(fact) => {
            let facts = cx.program.schema.facts.iter().map(|fact| fact.name.clone());
            let others = [
                "categories",
                "current_price",
                "list_price",
                "lowest_price",
                "pay_with.balance",
                "history",
                "history.customer",
                "history.household",
                "history.clerk",
            ];
            known("fact", fact, span, &facts.chain(others.map(str::to_owned)).collect::<Vec<_>>(), out);
        }
        Expectation::Collect { field, .. } => {
            let forms = cx.program.versions.iter().flat_map(|version| &version.forms);
            let names = forms.flat_map(|form| {
                let fields = form.fields.iter().map(|field| format!("{}.{}", form.label, field.name));
                fields.chain([form.label.to_string()])
            });
            known("field", field, span, &names.collect::<Vec<_>>(), out);
        }
        Expectation::LimitUsed { clause, used } => limit(cx, clause, Some(used), span, out),
        Expectation::LimitPasses { clause, .. } => limit(cx, clause, None, span, out),
        Expectation::ToRole { role, .. } => known("role", role, span, words(cx, domain::ROLES), out),
        Expectation::Status { remedy, .. } => known("remedy", remedy, span, words(cx, domain::REMEDIES), out),
        Expectation::Not(expectation) => one(cx, expectation, span, out),
        Expectation::Say(text) => said(cx, text, false, span, out),
        Expectation::Offer(text) => said(cx, text, true, span, out),
    }
}

/// A clause without a limit counts nothing; one that counts units uses no money.
fn limit(cx: &Context<'_>, clause: &LabelPath, used: Option<&Value>, span: Span, out: &mut Vec<Diagnostic>) {
    let clauses = cx.labels.find(clause, out);
    let measures: Vec<Measure> = cx.limits(&clauses).map(|limit| limit.measure).collect();
    if !clauses.is_empty() && measures.is_empty() {
        let message = format!("`{}` states no limit", clause.parts.join("/"));
        out.push(Diagnostic::new(Code::OutOfPlace, span, message).help("name the clause that the `limit` stands in"));
    }
    match used {
        Some(Value::Number(_))
            if measures.iter().all(|measure| *measure == Measure::Refund) && !measures.is_empty() =>
        {
            out.push(Diagnostic::new(Code::WrongKind, span, "this limit counts money, not a number"));
        }
        Some(Value::Money { .. }) if !measures.is_empty() && !measures.contains(&Measure::Refund) => {
            out.push(Diagnostic::new(Code::WrongKind, span, "this limit counts a number, not money"));
        }
        Some(used @ Value::Money { .. }) => money(cx, used, span, out),
        Some(_) | None => {}
    }
}

/// Words that no clause has are never said.
fn said(cx: &Context<'_>, text: &str, offer: bool, span: Span, out: &mut Vec<Diagnostic>) {
    let words = cx.program.versions.iter().flat_map(|version| &version.words).filter(|words| words.offer == offer);
    let texts: Vec<&str> = words.map(|words| &*words.text).collect();
    if texts.contains(&text) {
        return;
    }
    let message = if offer { "no clause offers this" } else { "no clause says this" };
    let finding = Diagnostic::new(Code::UnknownName, span, message);
    out.push(match near(text, texts) {
        Some(close) => finding.help(format!("did you mean \"{close}\"?")),
        None => finding,
    });
}

fn words<'c>(cx: &'c Context<'_>, id: DomainId) -> &'c [String] {
    cx.program.schema.domain(id).map_or(&[], |domain| domain.words.as_slice())
}

fn known(what: &str, name: &str, span: Span, names: &[String], out: &mut Vec<Diagnostic>) {
    if names.iter().any(|known| known == name) {
        return;
    }
    let finding = Diagnostic::new(Code::UnknownName, span, format!("unknown {what} `{name}`"));
    out.push(match near(name, names.iter().map(String::as_str)) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None if (1..=12).contains(&names.len()) => finding.help(format!("known: {}", names.join(", "))),
        None => finding,
    });
}

fn money(cx: &Context<'_>, amount: &Value, span: Span, out: &mut Vec<Diagnostic>) {
    match amount {
        Value::Money { amount, currency } => {
            cx.money(*amount, currency, span, out);
        }
        Value::Date(_) | Value::Number(_) | Value::Name(_) => {
            out.push(Diagnostic::new(Code::WrongKind, span, "expected an amount of money"));
        }
    }
}
