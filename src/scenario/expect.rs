//! Compares a decision with the `expect` lines of its visit. What the words of these lines mean is told in
//! docs/reference/language.md; whether they mean anything is checked in [`names`].

mod found;
mod names;

use super::ask::Decided;
use super::plan::{Expect, Visit};
use super::{Context, Difference};
use crate::date::{Length, extend};
use crate::decision::{
    Amount, Decision, LimitUse, LineDecision, Outcome, Part, Payout, Reason, ReasonKey, Referral, RemedyDecision,
};
use crate::diagnostic::PlaceJson;
use crate::facts::Schema;
use crate::money::Money;
use crate::program::{ClauseId, Kept};
use crate::source::SourceSet;
use crate::syntax::ast::{Expectation, KeptUntil, LabelPath, Value};
use crate::terms::Measure;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use found::Found;
pub(super) use names::check;

/// The expectations that do not hold, and the clauses that made what was decided instead.
pub(super) fn differences(
    cx: &Context<'_>,
    sources: &SourceSet,
    decided: &Decided<'_, '_>,
) -> (Vec<Difference>, Vec<ClauseId>) {
    let mut all = Vec::new();
    let mut deciding = Vec::new();
    for expect in &decided.visit.expects {
        let about = About { cx, decided, expect, lines: lines(decided.visit, expect) };
        let outcome = (about.outcome(), expect.outcome.span);
        let others = expect.expectations.iter().map(|one| (about.expectation(&one.node), one.span));
        for (found, span) in std::iter::once(outcome).chain(others).filter(|(found, _)| !found.holds) {
            let Found { what, expected, actual, note, by, .. } = found;
            let what = match expect.item {
                Some(item) => format!("{what} for {}", item.node),
                None => what,
            };
            all.push(Difference { what, expected, actual, note, span, place: PlaceJson::new(span, sources) });
            deciding.extend(by);
        }
    }
    deciding.sort_unstable();
    deciding.dedup();
    (all, deciding)
}

/// The returned lines an `expect` line speaks of, by place: those of its item, or all.
fn lines(visit: &Visit<'_>, expect: &Expect<'_>) -> Vec<usize> {
    let of_item = |item: &str| expect.item.is_none_or(|wanted| wanted.node == item);
    visit.returns.iter().enumerate().filter(|(_, item)| of_item(item)).map(|(place, _)| place).collect()
}

/// What an `expect` line speaks of.
struct About<'d> {
    cx: &'d Context<'d>,
    decided: &'d Decided<'d, 'd>,
    expect: &'d Expect<'d>,
    lines: Vec<usize>,
}

impl<'d> About<'d> {
    fn outcome(&self) -> Found {
        let actual = match self.expect.item {
            Some(_) => self.lines().map(|line| line.outcome).max().unwrap_or(Outcome::Accept),
            None => self.decision().outcome,
        };
        let by = self.reasons().flat_map(|reason| reason.by.iter().copied());
        Found::new("outcome", &self.expect.outcome.node, actual.word()).by(by).note(self.why())
    }

    fn expectation(&self, expectation: &Expectation) -> Found {
        match expectation {
            Expectation::Amount { part, amount } => self.amount(part, amount),
            Expectation::Fee { name, amount } => self.kept(Part::Fee, name, amount),
            Expectation::Deduction { name, amount } => self.kept(Part::Deduction, name, amount),
            Expectation::Pays { amount, to, due, by } => self.pays(amount, to, *due, *by),
            Expectation::LastDay(day) => self.last_day(*day),
            Expectation::Because(path) => self.because(path),
            Expectation::Ask(fact) => self.ask(fact),
            Expectation::Collect { field, kept } => self.collect(field, *kept),
            Expectation::ToRole { role, within, by } => self.to_role(role, *within, *by),
            Expectation::LimitUsed { clause, used } => {
                let shown = |limit: &LimitUse, amount: Option<Decimal>| match (amount, limit.measure) {
                    (None, _) => "not known".to_owned(),
                    (Some(amount), Measure::Refund) => self.shown(amount),
                    (Some(amount), Measure::Returns | Measure::Items) => amount.normalize().to_string(),
                };
                self.limit(clause, "used", |limit| (shown(limit, Some(amount_of(used))), shown(limit, limit.used)))
            }
            Expectation::LimitPasses { clause, day } => self.limit(clause, "passes on", |limit| {
                let actual = limit.passes_on.map_or("no day told".to_owned(), |day| day.to_string());
                (day.to_string(), actual)
            }),
            Expectation::Status { remedy, status } => self.status(remedy, status),
            Expectation::Say(text) => self.words("say", text, false),
            Expectation::Offer(text) => self.words("offer", text, true),
            Expectation::Not(one) => self.expectation(one).not(),
        }
    }

    fn amount(&self, part: &str, expected: &Value) -> Found {
        let balance = &self.decision().balance;
        let line = |amount: &dyn Fn(&RemedyDecision) -> Decimal| self.wanted().map(amount).sum::<Decimal>();
        let actual = match part {
            "refund" => balance.to_customer,
            "credit" => balance.credit,
            "to pay" => balance.to_pay,
            "shipping" => balance.shipping,
            "in cash" => balance.to_pay_in_cash.unwrap_or_else(|| self.in_cash()),
            "goods" => line(&|remedy| sum(remedy, &[Part::Goods], None)),
            "tax" => line(&|remedy| sum(remedy, &[Part::Tax, Part::IncludedTax], None)),
            _ => line(&|remedy| remedy.value.unwrap_or(Decimal::ZERO)),
        };
        let shipping = self.decision().shipping.iter().filter(|_| part == "shipping").flat_map(|back| &back.by);
        let lines = self.wanted().flat_map(amounts).filter(|_| part != "shipping");
        let by = lines.flat_map(|amount| &amount.by).chain(shipping).copied();
        self.money(part, expected, actual).by(by).note(self.made_of())
    }

    /// What is handed out in cash.
    fn in_cash(&self) -> Decimal {
        let cash = self.decision().payouts.iter().filter(|payout| self.schema().tender(payout.to) == "cash");
        cash.map(|payout| payout.handed_out.unwrap_or(payout.amount)).sum()
    }

    fn kept(&self, part: Part, name: &str, expected: &Value) -> Found {
        let actual: Decimal = self.wanted().map(|remedy| -sum(remedy, &[part], Some(name))).sum();
        let named = self
            .wanted()
            .flat_map(amounts)
            .filter(|amount| amount.part == part && amount.name.as_deref() == Some(name));
        let by: Vec<ClauseId> = named.flat_map(|amount| amount.by.iter().copied()).collect();
        self.money(&format!("{} {name}", part.word()), expected, actual).by(by).note(self.made_of())
    }

    /// An amount to a tender, not before a day and due by another: one payout, or all to it together.
    fn pays(&self, expected: &Value, to: &str, on: Option<NaiveDate>, by: Option<NaiveDate>) -> Found {
        let first_day = |payout: &Payout| payout.not_before.unwrap_or(self.decided.asked.request.day);
        let wanted = amount_of(expected);
        let of_tender = |payout: &&Payout| {
            self.schema().tender(payout.to) == to
                && on.is_none_or(|day| first_day(payout) == day)
                && by.is_none_or(|day| payout.due == Some(day))
        };
        let payouts = || self.decision().payouts.iter();
        let whole: Decimal = payouts().filter(of_tender).map(|payout| payout.amount).sum();
        let holds = whole == wanted || payouts().filter(of_tender).any(|payout| payout.amount == wanted);
        let told = |amount: Decimal, to: &str, on: Option<NaiveDate>, by: Option<NaiveDate>| {
            let on = on.map_or(String::new(), |day| format!(" on {day}"));
            let by = by.map_or(String::new(), |day| format!(" by {day}"));
            format!("{} to {to}{on}{by}", self.shown(amount))
        };
        let actual = payouts().map(|payout| {
            let day = on.is_some().then(|| first_day(payout)).or(payout.not_before);
            told(payout.amount, self.schema().tender(payout.to), day, by.and(payout.due))
        });
        let clauses = payouts().flat_map(|payout| payout.by.iter().copied());
        let found = Found { holds, ..Found::new("pays", &told(wanted, to, on, by), &listed(actual)) };
        found.by(clauses).note(self.why_unpaid())
    }

    fn last_day(&self, expected: Option<NaiveDate>) -> Found {
        let day = |day: Option<NaiveDate>| day.map_or("no limit".to_owned(), |day| day.to_string());
        let actual: Vec<String> = match self.wanted().next() {
            Some(_) => self
                .wanted()
                .map(|remedy| match &remedy.window {
                    Some(window) => day(window.last_day.or(window.last_moment.map(|moment| moment.date_naive()))),
                    None => format!("none: {} is {}", self.schema().remedy(remedy.remedy), remedy.status.word()),
                })
                .collect(),
            None => vec!["none: no remedy is wanted".to_owned()],
        };
        let by = self.wanted().filter_map(|remedy| remedy.window.as_ref()).flat_map(|window| window.by.iter().copied());
        Found::of_each("last day", &day(expected), &actual).by(by)
    }

    fn because(&self, path: &LabelPath) -> Found {
        let clauses = self.cx.labels.find(path, &mut Vec::new());
        let credited = self.credited();
        let holds = clauses.iter().any(|clause| credited.contains(clause));
        let actual = listed(credited.iter().map(|clause| self.path(*clause).to_owned()));
        let found = Found::new("because", &path.parts.join("/"), &actual);
        let note = self.cx.why_not(self.decided, &self.lines, &clauses);
        Found { holds, ..found }.by(clauses.into_iter().chain(credited)).note(note)
    }

    fn ask(&self, expected: &str) -> Found {
        let holds = self.missing().any(|name| name == expected);
        Found { holds, ..Found::new("ask", expected, &listed(self.missing().map(str::to_owned))) }.note(self.why())
    }

    /// A form or a field is asked, and is kept so long when that is expected too.
    fn collect(&self, expected: &str, kept: Option<KeptUntil>) -> Found {
        let decision = self.decision();
        let version = self.cx.program.versions.get(decision.version);
        let asked = |field: &crate::decision::Field| {
            let version = version?;
            let form = version.forms.get(usize::from(field.form))?;
            let asked = form.fields.get(usize::from(field.field))?;
            let day = self.decided.asked.request.day;
            let until = |length: Length| extend(day, length, version.choices.month_end, None).ok();
            let kept = match field.kept {
                Some(Kept::Never) => Some(KeptUntil::Never),
                Some(Kept::For(length)) => until(length).map(KeptUntil::Until),
                Some(Kept::HashFor(length)) => until(length).map(KeptUntil::HashUntil),
                None => None,
            };
            Some((&*form.label, format!("{}.{}", form.label, asked.name), kept))
        };
        let fields = || decision.paperwork.iter().filter(|field| self.covers(field.line)).filter_map(asked);
        let named = |form: &str, field: &str| form == expected || field == expected;
        let holds = fields().any(|(form, field, how)| named(form, &field) && (kept.is_none() || how == kept));
        let told = |field: &str, kept: Option<KeptUntil>| match kept {
            Some(KeptUntil::Never) => format!("{field} kept never"),
            Some(KeptUntil::Until(day)) => format!("{field} kept until {day}"),
            Some(KeptUntil::HashUntil(day)) => format!("{field} kept as hash until {day}"),
            None => field.to_owned(),
        };
        let actual = listed(fields().map(|(_, field, how)| told(&field, how.filter(|_| kept.is_some()))));
        let by = decision.paperwork.iter().flat_map(|field| field.by.iter().copied());
        Found { holds, ..Found::new("collect", &told(expected, kept), &actual) }.by(by)
    }

    fn to_role(&self, expected: &str, within: Option<Length>, by: Option<NaiveDate>) -> Found {
        let referrals = || self.decision().referrals.iter().filter(|referral| self.covers(referral.line));
        let told = |role: &str, within: Option<Length>, by: Option<NaiveDate>| {
            let within = within.map_or(String::new(), |length| format!(" within {length}"));
            let by = by.map_or(String::new(), |day| format!(" by {day}"));
            format!("{role}{within}{by}")
        };
        // Only what is expected is compared, and shown.
        let found = |referral: &Referral| {
            let length = referral.within.as_ref().map(|term| term.length).filter(|_| within.is_some());
            told(self.schema().role(referral.role), length, referral.due.filter(|_| by.is_some()))
        };
        let wanted = told(expected, within, by);
        let holds = referrals().any(|referral| found(referral) == wanted);
        let clauses = referrals().flat_map(|referral| referral.by.iter().copied());
        Found { holds, ..Found::new("to", &wanted, &listed(referrals().map(found))) }.by(clauses).note(self.why())
    }

    /// What is told of the limits that a clause states: expected and found, for one of them.
    fn limit(&self, path: &LabelPath, what: &str, told: impl Fn(&LimitUse) -> (String, String)) -> Found {
        let clauses = self.cx.labels.find(path, &mut Vec::new());
        let asked = self.decision().limits.iter().filter(|limit| self.covers(limit.line));
        let told: Vec<(String, String)> = asked.filter(|limit| clauses.contains(&limit.clause)).map(told).collect();
        let holds = told.iter().any(|(expected, actual)| expected == actual);
        let what = format!("limit {} {what}", path.parts.join("/"));
        let expected = told.first().map_or("a limit that is asked", |(expected, _)| expected);
        let found = Found::new(&what, expected, &listed(told.iter().map(|(_, actual)| actual.clone())));
        Found { holds, ..found }.by(clauses).note(self.why())
    }

    fn status(&self, remedy: &str, expected: &str) -> Found {
        let named = || {
            let all = self.lines().flat_map(|line| &line.remedies);
            all.filter(|one| self.schema().remedy(one.remedy) == remedy)
        };
        let actual: Vec<String> = named().map(|one| one.status.word().to_owned()).collect();
        let window = named().filter_map(|one| one.window.as_ref()).flat_map(|window| &window.by);
        let by: Vec<ClauseId> = named().flat_map(|one| &one.by).chain(window).copied().collect();
        Found::of_each(&format!("{remedy} is"), expected, &actual).by(by)
    }

    fn words(&self, what: &str, expected: &str, offer: bool) -> Found {
        let words = || self.decision().words.iter().filter(|one| one.offer == offer && self.covers(one.line));
        let holds = words().any(|one| &*one.text == expected);
        let by = words().flat_map(|one| one.by.iter().copied());
        let found = Found::new(what, expected, &listed(words().map(|one| one.text.to_string())));
        Found { holds, ..found }.by(by).note(self.why())
    }

    /// Every clause that something is credited to: the wanted remedy, its window and amounts, reasons, referrals, payouts,
    /// delivery and paperwork, and what the law changed.
    fn credited(&self) -> Vec<ClauseId> {
        let decision = self.decision();
        let mut all: Vec<ClauseId> = Vec::new();
        for remedy in self.wanted() {
            let window = remedy.window.iter().flat_map(|window| &window.by);
            all.extend(remedy.by.iter().chain(window).chain(amounts(remedy).iter().flat_map(|amount| &amount.by)));
        }
        all.extend(self.reasons().flat_map(|reason| &reason.by));
        all.extend(decision.referrals.iter().filter(|one| self.covers(one.line)).flat_map(|one| &one.by));
        all.extend(decision.paperwork.iter().filter(|field| self.covers(field.line)).flat_map(|field| &field.by));
        all.extend(decision.payouts.iter().flat_map(|payout| &payout.by));
        all.extend(decision.shipping.iter().flat_map(|back| &back.by));
        all.extend(decision.law.iter().filter(|one| self.covers(Some(one.line))).flat_map(|one| &one.by));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The reasons in few words, to be read beside the outcome.
    fn why(&self) -> Option<String> {
        let mut reasons: Vec<String> = Vec::new();
        reasons.extend(self.reasons().filter(|one| one.key != ReasonKey::MissingFact).map(|one| self.reason(one)));
        let mut missing = self.missing().peekable();
        if missing.peek().is_some() {
            reasons.push(format!("not known: {}", listed(missing.map(str::to_owned))));
        }
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }

    fn why_unpaid(&self) -> Option<String> {
        if self.decision().payouts.is_empty() { self.why() } else { None }
    }

    fn reason(&self, reason: &Reason) -> String {
        let mut text = reason.key.word().to_owned();
        let mut more = |part: &str| {
            text.push(' ');
            text.push_str(part);
        };
        if let ReasonKey::Gap(gap) = reason.key {
            more(&format!("({})", gap.word()));
        }
        if let Some(day) = reason.day {
            more(&format!("on {day}"));
        }
        if let Some(said) = &reason.text {
            more(&format!("\"{said}\""));
        }
        if !reason.by.is_empty() {
            let by: Vec<&str> = reason.by.iter().map(|clause| self.path(*clause)).collect();
            more(&format!("by {}", by.join(", ")));
        }
        text
    }

    /// What the amounts are made of.
    fn made_of(&self) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for remedy in self.wanted() {
            if amounts(remedy).is_empty() {
                parts.push(format!("{} is {}", self.schema().remedy(remedy.remedy), remedy.status.word()));
            }
            parts.extend(amounts(remedy).iter().map(|amount| match &amount.name {
                Some(name) if **name != *amount.part.word() => {
                    format!("{} {name} {}", amount.part.word(), self.shown(amount.amount))
                }
                Some(_) | None => format!("{} {}", amount.part.word(), self.shown(amount.amount)),
            }));
        }
        let balance = &self.decision().balance;
        for (what, amount) in [("shipping", balance.shipping), ("new goods", balance.new_goods)] {
            if !amount.is_zero() {
                parts.push(format!("{what} {}", self.shown(amount)));
            }
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn money(&self, what: &str, expected: &Value, actual: Decimal) -> Found {
        let expected = amount_of(expected);
        Found { holds: expected == actual, ..Found::new(what, &self.shown(expected), &self.shown(actual)) }
    }

    fn shown(&self, amount: Decimal) -> String {
        Money { amount, currency: self.cx.program.currency }.to_string()
    }

    /// What is asked.
    fn missing(&self) -> impl Iterator<Item = &'d str> {
        let questions = self.decision().ask.iter().filter(|question| self.covers(question.line));
        questions.map(|question| question.fact.name(self.schema()))
    }

    fn decision(&self) -> &'d Decision {
        &self.decided.decision
    }

    fn schema(&self) -> &'d Schema {
        &self.cx.program.schema
    }

    fn path(&self, clause: ClauseId) -> &'d str {
        self.cx.program.clause(clause).map_or("", |clause| &*clause.path)
    }

    fn lines(&self) -> impl Iterator<Item = &'d LineDecision> {
        self.lines.iter().filter_map(|line| self.decided.decision.lines.get(*line))
    }

    /// The wanted remedy of each line.
    fn wanted(&self) -> impl Iterator<Item = &'d RemedyDecision> {
        self.lines().filter_map(|line| line.remedies.get(usize::from(line.wants?)))
    }

    fn reasons(&self) -> impl Iterator<Item = &'d Reason> {
        self.decided.decision.reasons.iter().filter(|reason| self.covers(reason.line))
    }

    /// Whether something of this line, or of the visit, is spoken of.
    fn covers(&self, line: Option<usize>) -> bool {
        line.is_none_or(|line| self.lines.contains(&line))
    }
}

/// What a remedy comes to, part by part.
fn amounts(remedy: &RemedyDecision) -> &[Amount] {
    remedy.amounts.as_deref().unwrap_or_default()
}

/// The parts of these kinds together.
fn sum(remedy: &RemedyDecision, parts: &[Part], name: Option<&str>) -> Decimal {
    let all = amounts(remedy).iter().filter(|amount| parts.contains(&amount.part));
    all.filter(|amount| name.is_none() || amount.name.as_deref() == name).map(|amount| amount.amount).sum()
}

fn amount_of(value: &Value) -> Decimal {
    match value {
        Value::Money { amount, .. } | Value::Number(amount) => *amount,
        Value::Date(_) | Value::Name(_) => Decimal::ZERO,
    }
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    let mut list: Vec<String> = Vec::new();
    for part in parts {
        if !list.contains(&part) {
            list.push(part);
        }
    }
    if list.is_empty() { "nothing".to_owned() } else { list.join(", ") }
}
