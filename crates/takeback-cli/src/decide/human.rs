//! A decision for people: what comes of it, the money line by line, why, what to fill in and what to ask. Says what the decision
//! holds and adds nothing to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::decision::script::Instead;
use takeback::decision::{
    self, Amount, Asked, Bound, Credits, Decision, LineDecision, Outcome, Payout, Question, Reason, RemedyDecision,
    Status, WaitsFor, WindowDecision,
};
use takeback::facts::{Type, Value, builtin};
use takeback::program::ClauseId;
use takeback::request::Request;
use takeback::{Language, Policy};

use super::{INSIDE, folded, form};
use crate::output::{BAD, BOLD, CARE, DIM, GOOD, styled};
use crate::table::{Align, Table, clean, width};

/// The whole answer, with colours.
pub(crate) fn answer(policy: &Policy, request: &Request, decision: &Decision, language: &Language) -> String {
    let cx = Cx { policy, request, decision, language };
    let mut out = String::new();
    head(&cx, &mut out);
    for (place, line) in decision.lines.iter().enumerate() {
        line_of(&cx, place, line, &mut out);
    }
    money(&cx, &mut out);
    script(&cx, &mut out);
    why(&cx, &mut out);
    law(&cx, &mut out);
    referrals(&cx, &mut out);
    form::forms(&cx, &mut out);
    questions(&cx, &mut out);
    out
}

/// How the answer begins.
pub(crate) fn headline(policy: &Policy, request: &Request, decision: &Decision, language: &Language) -> String {
    let mut out = String::new();
    head(&Cx { policy, request, decision, language }, &mut out);
    out
}

/// What single changes would make of it: a list of `api::ChangeJson`.
pub(crate) fn changes(changes: &Json, currency: &str) -> String {
    let mut out = String::new();
    heading("What would change it", &mut out);
    let mut table = Table::new([Align::Left, Align::Left, Align::Right]);
    let text = |of: &Json, pointer: &str| clean(of.pointer(pointer).and_then(Json::as_str).unwrap_or_default());
    for change in changes.as_array().into_iter().flatten() {
        let mut what = match change.get("approval") {
            Some(approval) => format!("{} approved by {}", text(approval, "/clause"), text(approval, "/role")),
            None => format!("{}: {}", text(change, "/fact"), text(change, "/to")),
        };
        if let Some(from) = change.get("from").and_then(Json::as_str) {
            let _ = write!(what, " instead of {}", clean(from));
        }
        let lines = change.pointer("/decision/lines").and_then(Json::as_array).map_or(0, Vec::len);
        if let (Some(line), 2..) = (change.get("line").and_then(Json::as_str), lines) {
            let _ = write!(what, " ({})", clean(line));
        }
        let outcome = text(change, "/outcome");
        let style = OUTCOMES.iter().find(|known| known.word() == outcome).map_or(BOLD, |known| style(*known));
        table.row([what, styled(style, &outcome), format!("{} {currency}", text(change, "/to_customer"))]);
    }
    if changes.as_array().is_none_or(Vec::is_empty) {
        out.push_str("  nothing that the customer or the store can still change\n");
    }
    table.write(2, &mut out);
    out
}

const OUTCOMES: [Outcome; 5] =
    [Outcome::Accept, Outcome::AcceptPendingVerification, Outcome::Refer, Outcome::Decline, Outcome::Undetermined];

/// Which clauses applied to each line, and which did not.
pub(crate) fn trace(policy: &Policy, request: &Request) -> String {
    let program = policy.program();
    let mut out = String::new();
    for line in policy.trace(request).lines {
        heading(&format!("Clauses asked for {}", clean(&line.line)), &mut out);
        let _ = writeln!(out, "  {}", styled(DIM, &format!("version {}", line.version)));
        let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
        for (clause, holds) in &line.clauses {
            let Some(clause) = program.clause(*clause) else { continue };
            let (word, style) = match holds {
                Some(true) => (styled(GOOD, "yes"), BOLD),
                Some(false) => (styled(DIM, "no"), DIM),
                None => (styled(CARE, "not known"), BOLD),
            };
            let title = clause.title.as_deref().map_or(String::new(), clean);
            table.row([word, styled(style, &clause.path), styled(DIM, &title)]);
        }
        table.write(2, &mut out);
    }
    out
}

/// What everything here is written with.
pub(super) struct Cx<'a> {
    policy: &'a Policy,
    request: &'a Request,
    pub(super) decision: &'a Decision,
    language: &'a Language,
}

impl Cx<'_> {
    /// `12.50`.
    fn amount(&self, amount: Decimal) -> String {
        let mut amount = amount;
        amount.rescale(amount.normalize().scale().max(self.decision.program.currency.minor_digits()));
        amount.to_string()
    }

    /// `12.50 USD`.
    pub(super) fn sum(&self, amount: Decimal) -> String {
        format!("{} {}", self.amount(amount), self.decision.program.currency.code())
    }

    fn path(&self, clause: ClauseId) -> &str {
        self.decision.program.clause(clause).map_or("", |clause| &*clause.path)
    }

    fn paths(&self, clauses: &Credits) -> String {
        clauses.iter().map(|clause| self.path(*clause)).collect::<Vec<_>>().join(", ")
    }

    fn remedy(&self, remedy: u16) -> &str {
        self.decision.program.schema.remedy(remedy)
    }

    /// The id of a line, when there are several.
    pub(super) fn line(&self, line: Option<usize>) -> Option<String> {
        match self.decision.lines.as_slice() {
            [_] => None,
            lines => line.and_then(|line| lines.get(line)).map(|line| clean(&line.line)),
        }
    }

    /// What the goods of a line are called, when it is known.
    fn item(&self, line: usize) -> Option<&str> {
        let schema = &self.decision.program.schema;
        let slot = usize::from(schema.fact(builtin::ITEM_SKU)?.slot);
        match self.request.lines.get(line)?.facts.get(slot)? {
            Some(Value::Text(text)) => Some(self.request.text(schema, *text)),
            Some(_) | None => None,
        }
    }

    fn value(&self, ty: Option<Type>, value: Value) -> String {
        let schema = &self.decision.program.schema;
        match (value, ty) {
            (Value::Bool(true), _) => "yes".to_owned(),
            (Value::Bool(false), _) => "no".to_owned(),
            (Value::Word(word), Some(Type::Word(domain))) => {
                schema.domain(domain).map_or("", |domain| domain.word(word)).to_owned()
            }
            (Value::Number(number), Some(Type::Money)) => self.sum(number),
            (Value::Number(number), _) => number.normalize().to_string(),
            (Value::Date(day), _) => day.to_string(),
            (Value::Text(text), _) => format!("\"{}\"", clean(self.request.text(schema, text))),
            (Value::Word(_), _) | (Value::Texts(_), _) => "another".to_owned(),
        }
    }
}

/// The outcome in its colour.
fn outcome(outcome: Outcome) -> String {
    styled(style(outcome), outcome.word())
}

fn style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Accept => GOOD,
        Outcome::AcceptPendingVerification | Outcome::Refer | Outcome::Undetermined => CARE,
        Outcome::Decline => BAD,
    }
}

fn heading(text: &str, out: &mut String) {
    out.push('\n');
    out.push_str(&styled(BOLD, text));
    out.push('\n');
}

/// `Accepted: 237.80 USD to the customer.`, and which policy says so.
fn head(cx: &Cx<'_>, out: &mut String) {
    let decision = cx.decision;
    let first = decision::headline(decision, cx.request, cx.language);
    let version = decision.program.versions.get(decision.version).map_or("", |version| version.name.as_str());
    let by = format!("{} {}", clean(cx.policy.name()), clean(version));
    let _ = writeln!(out, "{}  {}", styled(style(decision.outcome), &first), styled(DIM, &by));
}

/// A line: the wanted remedy with its amounts and window, and what else there is.
fn line_of(cx: &Cx<'_>, place: usize, line: &LineDecision, out: &mut String) {
    let wants = line.wants.map_or("remedy not said", |wants| cx.remedy(wants));
    let units = if line.quantity == 1 { String::new() } else { format!(", {} units", line.quantity) };
    out.push('\n');
    let item = cx.item(place).map_or(String::new(), |item| format!(" {}", clean(item)));
    let title = format!("{}{item}{units}, {wants}", clean(&line.line));
    let _ = writeln!(out, "{}: {}", styled(BOLD, &title), outcome(line.outcome));
    let wanted = |remedy: &&RemedyDecision| Some(remedy.remedy) == line.wants;
    if let Some(remedy) = line.remedies.iter().find(wanted) {
        amounts(cx, remedy, out);
        if let Some(lifted) = lifted(cx, &remedy.status) {
            let _ = writeln!(out, "  {lifted}");
        }
        if let Some(window) = &remedy.window {
            let _ = writeln!(out, "  {}  {}", until(cx, window), styled(DIM, &cx.paths(&window.by)));
        }
    }
    // Where the line is not accepted, what else there is has a part of its own.
    let goes_on = matches!(line.outcome, Outcome::Accept | Outcome::AcceptPendingVerification | Outcome::Undetermined);
    let others: Vec<String> = line
        .remedies
        .iter()
        .filter(|remedy| goes_on && !wanted(remedy) && remedy.status == Status::Offered)
        .filter(|remedy| !cx.decision.program.schema.only_if_asked(remedy.remedy))
        .map(|remedy| match remedy.window.as_ref().and_then(|window| window.last_day) {
            Some(day) => format!("{} until {day}", cx.remedy(remedy.remedy)),
            None => cx.remedy(remedy.remedy).to_owned(),
        })
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "  also offered: {}", others.join(", "));
    }
}

/// Whether a refusal is for good.
fn lifted(cx: &Cx<'_>, status: &Status) -> Option<String> {
    let roles: Vec<u16> = match status {
        Status::NotOffered { overridable_by, .. } => overridable_by.to_vec(),
        Status::Expired { overridable_by, .. } => overridable_by.iter().copied().collect(),
        Status::Offered | Status::Stopped | Status::Unsettled | Status::Gap(_) | Status::Unknown => return None,
    };
    let roles: Vec<&str> = roles.into_iter().map(|role| cx.decision.program.schema.role(role)).collect();
    Some(match roles.as_slice() {
        [] => "final".to_owned(),
        roles => format!("can be allowed by {}", roles.join(" and ")),
    })
}

fn amounts(cx: &Cx<'_>, remedy: &RemedyDecision, out: &mut String) {
    let mut table = Table::new([Align::Left, Align::Right, Align::Left]);
    let amounts = remedy.amounts.as_deref().unwrap_or_default();
    for Amount { part, name, amount, by } in amounts {
        // A tax called `tax` is said once.
        let name = name.as_deref().filter(|name| *name != part.word());
        let name = name.map_or(String::new(), |name| format!(" {}", clean(name)));
        table.row([format!("{}{name}", part.word()), cx.amount(*amount), styled(DIM, &cx.paths(by))]);
    }
    if let Some(value) = remedy.value
        && amounts.len() > 1
    {
        table.row(["together".to_owned(), cx.amount(value), String::new()]);
    }
    table.write(2, out);
}

/// `until 2026-03-31, counted from received 2026-03-01`.
fn until(cx: &Cx<'_>, window: &WindowDecision) -> String {
    let mut text = match (window.last_moment, window.last_day) {
        (None, None) if window.waits_for == Some(WaitsFor::Repair) => {
            "stands still until the repair is done".to_owned()
        }
        (None, None) if window.waits_for.is_some() => "begins when all has been received".to_owned(),
        (Some(moment), _) => format!("until {}", moment.format("%Y-%m-%d %H:%M %:z")),
        (None, Some(day)) => format!("until {day}"),
        (None, None) => "no limit of time".to_owned(),
    };
    if let Some(start) = window.start {
        let _ = write!(text, ", counted from {start}");
        if !window.clock.is_empty() {
            let _ = write!(text, " ({})", clean(&window.words(&cx.decision.program.schema)));
        }
    }
    text
}

/// What is paid out now, and delivery given back.
fn money(cx: &Cx<'_>, out: &mut String) {
    let decision = cx.decision;
    if !decision.shipping.is_empty() {
        heading("Delivery given back", out);
        let mut table = Table::new([Align::Right, Align::Left, Align::Left]);
        for shipping in &decision.shipping {
            let sale = format!("sale {}", clean(&shipping.sale));
            table.row([cx.sum(shipping.amount), sale, styled(DIM, &cx.paths(&shipping.by))]);
            for (name, amount) in &shipping.taxes {
                table.row([cx.sum(*amount), format!("tax {}", clean(name)), String::new()]);
            }
        }
        table.write(2, out);
    }
    if !decision.payouts.is_empty() {
        heading("Paid out", out);
        let mut table = Table::new([Align::Right, Align::Left, Align::Left]);
        for payout in &decision.payouts {
            table.row([cx.sum(payout.amount), paid_to(cx, payout), styled(DIM, &cx.paths(&payout.by))]);
        }
        table.write(2, out);
    }
}

fn paid_to(cx: &Cx<'_>, payout: &Payout) -> String {
    let mut text = format!("to {}", cx.decision.program.schema.tender(payout.to));
    if let Some(id) = &payout.id {
        let _ = write!(text, " {}", clean(id));
    }
    if let Some(coins) = payout.handed_out {
        let _ = write!(text, ", {} in coins", cx.amount(coins));
    }
    if let Some(day) = payout.not_before {
        let _ = write!(text, ", not before {day}");
    }
    match (payout.due, &payout.within) {
        (Some(day), _) => {
            let _ = write!(text, ", by {day}");
        }
        (None, Some(within)) => {
            let _ = write!(text, ", within {}", clean(within));
        }
        (None, None) => {}
    }
    if !payout.from.is_empty() {
        let parts: Vec<String> =
            payout.from.iter().map(|part| format!("{} for {}", cx.amount(part.amount), clean(&part.id))).collect();
        let _ = write!(text, " ({})", parts.join(", "));
    }
    if payout.pending {
        text.push_str(", once verified");
    }
    text
}

/// The reasons, each with the clauses behind it.
fn why(cx: &Cx<'_>, out: &mut String) {
    heading("Why", out);
    for reason in &cx.decision.reasons {
        let _ = writeln!(out, "  {}", because(cx, reason));
        clauses(cx, &reason.by, out);
    }
}

/// What the law changed of what the policy says.
fn law(cx: &Cx<'_>, out: &mut String) {
    if cx.decision.law.is_empty() {
        return;
    }
    heading("By law", out);
    let mut table = Table::new([Align::Left, Align::Left, Align::Left, Align::Left]);
    for clamp in &cx.decision.law {
        let line = cx.line(Some(clamp.line)).map_or(String::new(), |line| format!("{line}: "));
        let name = match &clamp.what {
            Bound::Remedy => format!(" {}", cx.remedy(clamp.remedy)),
            Bound::Fee(name) | Bound::Deduction(name) => format!(" {}", clean(name)),
            _ => String::new(),
        };
        let instead = format!("the policy: {}", clean(&clamp.policy));
        let what = format!("{line}{}{name}", clamp.what.word());
        table.row([what, clean(&clamp.law), instead, styled(DIM, &cx.paths(&clamp.by))]);
    }
    table.write(2, out);
}

/// Who must decide or verify.
fn referrals(cx: &Cx<'_>, out: &mut String) {
    for (verify, title) in [(false, "To decide"), (true, "To verify")] {
        let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
        for referral in cx.decision.referrals.iter().filter(|referral| referral.verify == verify) {
            let role = clean(cx.decision.program.schema.role(referral.role));
            let line = cx.line(referral.line).map_or(String::new(), |line| format!("{line}: "));
            let within = match (&referral.within, referral.due) {
                (Some(within), Some(day)) => format!(", within {within}, by {day}"),
                (Some(within), None) => format!(", within {within}"),
                (None, _) => String::new(),
            };
            let text = referral.text.as_deref().map_or(String::new(), clean);
            let owed = if referral.owed { ", who must grant it by law" } else { "" };
            table.row([format!("{line}{role}{within}{owed}"), text, styled(DIM, &cx.paths(&referral.by))]);
        }
        if !table.is_empty() {
            heading(title, out);
            table.write(2, out);
        }
    }
}

/// What the key means, its arguments filled in.
fn because(cx: &Cx<'_>, reason: &Reason) -> String {
    let missing = reason.missing.as_ref().map(|missing| name_of(cx, missing));
    // Where in the JSON more of it stands is not for people.
    let described = reason.key.describe();
    let mut text = described.split_once("; `").map_or(described, |(text, _)| text).to_owned();
    for (argument, value) in [
        ("`day`", reason.day.map(|day| day.to_string())),
        ("`fact`", missing),
        ("the wanted remedy", reason.remedy.map(|remedy| cx.remedy(remedy).to_owned())),
    ] {
        if let Some(value) = value {
            text = text.replace(argument, &value);
        }
    }
    if let Some(line) = cx.line(reason.line) {
        text = format!("{line}: {text}");
    }
    if let Some(said) = &reason.text {
        let _ = write!(text, ": \"{}\"", clean(said));
    }
    text
}

/// Clauses with their titles and places.
fn clauses(cx: &Cx<'_>, credits: &Credits, out: &mut String) {
    let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
    for clause in credits.iter().filter_map(|clause| cx.decision.program.clause(*clause)) {
        let title = clause.title.as_deref().map_or(String::new(), |title| format!("\"{}\"", clean(title)));
        let place = cx.policy.sources().get(clause.span.source).map_or(String::new(), |source| {
            format!("{}:{}", clean(source.name()), source.position(clause.span.start).line)
        });
        table.row([clause.path.to_string(), title, styled(DIM, &place)]);
    }
    table.write(4, out);
}

/// What to say to the customer, and what there is instead; the clauses whose own words these are beside them.
fn script(cx: &Cx<'_>, out: &mut String) {
    let script = cx.policy.words(cx.request, cx.decision, cx.language);
    let said = script.say.iter().map(|said| (said.line.as_deref(), said.text.as_str(), said.by.as_slice()));
    let instead = script.instead.iter().map(|one| {
        let by = if let Instead::Offer { by, .. } = one { by.as_slice() } else { &[] };
        (one.line(), one.text(), by)
    });
    paragraphs(cx, "Say", said, out);
    paragraphs(cx, "Instead", instead, out);
}

/// Texts below a heading, folded to the width of the forms.
fn paragraphs<'t>(
    cx: &Cx<'_>,
    title: &str,
    texts: impl Iterator<Item = (Option<&'t str>, &'t str, &'t [String])>,
    out: &mut String,
) {
    let several = cx.decision.lines.len() > 1;
    for (place, (line, text, by)) in texts.enumerate() {
        if place == 0 {
            heading(title, out);
        }
        let about = line.filter(|_| several).map_or(String::new(), |line| format!("{}: ", clean(line)));
        let mut folded = folded(&format!("{about}{}", clean(text)), INSIDE);
        let by = clean(&by.join(", "));
        match folded.last_mut() {
            Some(last) if width(last) + 2 + width(&by) <= INSIDE && !by.is_empty() => {
                let _ = write!(last, "  {}", styled(DIM, &by));
            }
            _ if !by.is_empty() => folded.push(styled(DIM, &by)),
            _ => {}
        }
        for (at, row) in folded.iter().enumerate() {
            let _ = writeln!(out, "  {} {row}", if at == 0 { "-" } else { " " });
        }
    }
}

/// What to ask.
fn questions(cx: &Cx<'_>, out: &mut String) {
    if cx.decision.ask.is_empty() {
        return;
    }
    heading("To ask", out);
    let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
    for question in &cx.decision.ask {
        let line = cx.line(question.line).map_or(String::new(), |line| format!("{line}: "));
        let (name, answers) = asked(cx, question);
        let text = question.fact.question(&cx.decision.program.schema).map_or(String::new(), clean);
        table.row([format!("{line}{name}"), answers, text]);
    }
    table.write(2, out);
}

fn asked(cx: &Cx<'_>, question: &Question) -> (String, String) {
    let ty = question.fact.ty(&cx.decision.program.schema);
    let values: Vec<String> = question.values.iter().map(|value| cx.value(ty, *value)).collect();
    let tender = question.tender.as_ref().map_or(String::new(), |tender| format!(" of tender {}", clean(tender)));
    let sale = match &question.sale {
        Some(sale) if cx.request.sales.len() > 1 => format!(" of sale {}", clean(sale)),
        Some(_) | None => String::new(),
    };
    (format!("{}{tender}{sale}", name_of(cx, &question.fact)), values.join(", "))
}

/// What is asked, by name.
fn name_of(cx: &Cx<'_>, asked: &Asked) -> String {
    match asked {
        Asked::Fact(fact) => cx.decision.program.schema.fact(*fact).map_or(String::new(), |fact| clean(&fact.name)),
        Asked::Parcels => "when each of the other goods was received".to_owned(),
        Asked::Categories => "the categories of the item".to_owned(),
        Asked::CurrentPrice => "the current price".to_owned(),
        Asked::ListPrice => "the list price".to_owned(),
        Asked::LowestPrice(length) => format!("the lowest price in {}", clean(length)),
        Asked::PayWithBalance => "the balance of what is paid with".to_owned(),
        Asked::History(per) => format!("what has come back before, by {}", per.word()),
    }
}

/// The fields of the paperwork by form and line, in the order of the decision.
pub(super) fn by_form<'a>(decision: &'a Decision) -> Vec<(u16, Option<usize>, Vec<&'a takeback::decision::Field>)> {
    let mut places: BTreeMap<(u16, Option<usize>), usize> = BTreeMap::new();
    let mut forms: Vec<(u16, Option<usize>, Vec<&'a takeback::decision::Field>)> = Vec::new();
    for field in &decision.paperwork {
        let at = *places.entry((field.form, field.line)).or_insert_with(|| {
            forms.push((field.form, field.line, Vec::new()));
            forms.len() - 1
        });
        if let Some((_, _, fields)) = forms.get_mut(at) {
            fields.push(field);
        }
    }
    forms
}
