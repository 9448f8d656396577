//! The decision in plain words, for the person at the desk: the outcome first, then each line with its amounts and its
//! clauses, then what is paid, who must decide, what to fill in, what to ask, what to say and what there is instead. Lays out; every sentence
//! comes from [`english`], one function for each message, which is what a translation replaces.

mod english;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::script::{Instead, Said};
use super::{
    Amount, Asked, Bound, Clamp, Credits, Decision, Field, LineDecision, Outcome, Part, Payout, Question, Reason,
    ReasonKey, Referral, RemedyDecision, Status, Title, WaitsFor,
};
use crate::facts::{Type, Value, builtin};
use crate::money::Money;
use crate::program::{self, FieldType};
use crate::request::Request;

/// What comes of it in a line: `Accepted: 237.80 USD to the customer.`
pub fn headline(decision: &Decision, request: &Request) -> String {
    Cx { decision, request }.outcome()
}

/// Why, for the clerk: any reason in a sentence or two, with its clauses.
pub(super) fn clerk(decision: &Decision, request: &Request, reason: &Reason) -> String {
    Cx { decision, request }.clerk(reason)
}

/// What was decided, in English, as lines of plain text.
pub(super) fn page(decision: &Decision, request: &Request, say: &[Said], instead: &[Instead]) -> String {
    let cx = Cx { decision, request };
    let mut out = cx.outcome();
    out.push('\n');
    let mut reasons: BTreeMap<Option<usize>, Vec<&Reason>> = BTreeMap::new();
    for reason in &decision.reasons {
        reasons.entry(reason.line).or_default().push(reason);
    }
    let why = |line: Option<usize>| cx.reasons(reasons.get(&line).map(Vec::as_slice).unwrap_or_default());
    for (place, line) in decision.lines.iter().enumerate() {
        out.push('\n');
        cx.line(&mut out, place, line, &why(Some(place)));
    }
    let sections: [(&str, Vec<String>); 10] = [
        (english::OF_THE_VISIT, why(None)),
        (english::MONEY, cx.balance()),
        (english::PAID_OUT, decision.payouts.iter().map(|payout| cx.payout(payout)).collect()),
        (english::TO_SAY, say.iter().map(|said| cx.told(&said.text, said.line.as_deref())).collect()),
        (english::INSTEAD, instead.iter().map(|one| cx.told(one.text(), one.line())).collect()),
        (english::BY_LAW, decision.law.iter().map(|clamp| cx.clamp(clamp)).collect()),
        (english::TO_DECIDE, cx.referrals(false)),
        (english::TO_VERIFY, cx.referrals(true)),
        (english::TO_FILL_IN, decision.paperwork.iter().filter_map(|field| cx.field(field)).collect()),
        (english::TO_ASK, decision.ask.iter().map(|question| cx.question(question)).collect()),
    ];
    for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = write!(out, "\n{title}\n");
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Cx<'a> {
    decision: &'a Decision,
    request: &'a Request,
}

impl<'a> Cx<'a> {
    fn outcome(self) -> String {
        let Decision { outcome, balance, lines, .. } = self.decision;
        if lines.iter().any(|line| line.outcome != *outcome) {
            return english::line_by_line(*outcome);
        }
        let owed = match outcome {
            Outcome::Accept | Outcome::AcceptPendingVerification if !balance.to_customer.is_zero() => {
                Some(english::to_customer(&self.money(balance.to_customer)))
            }
            Outcome::Accept | Outcome::AcceptPendingVerification if !balance.to_pay.is_zero() => {
                Some(english::to_pay(&self.money(balance.to_pay)))
            }
            Outcome::Accept
            | Outcome::AcceptPendingVerification
            | Outcome::Refer
            | Outcome::Decline
            | Outcome::Undetermined => None,
        };
        english::outcome(*outcome, owed.as_deref())
    }

    fn line(self, out: &mut String, place: usize, line: &LineDecision, why: &[String]) {
        let wanted = line.wants.and_then(|wants| line.remedies.iter().find(|remedy| remedy.remedy == wants));
        let goods = english::goods(line.quantity, self.item(place), &line.line);
        let remedy = line.wants.map(|wants| self.decision.program.schema.remedy(wants));
        let _ = writeln!(out, "{}", english::line(&goods, remedy, line.outcome));
        for reason in why {
            let _ = writeln!(out, "  {reason}");
        }
        if let Some(wanted) = wanted.filter(|wanted| wanted.status == Status::Offered) {
            self.remedy(out, wanted);
        }
    }

    /// The amounts of a remedy that is offered, and how long it can be had.
    fn remedy(self, out: &mut String, remedy: &RemedyDecision) {
        let mut rows: Vec<(String, String, String)> = Vec::new();
        for amount in remedy.amounts.as_deref().unwrap_or_default() {
            rows.push((self.part(amount), self.figure(amount.amount), self.titles(&amount.by)));
        }
        if let Some(value) = remedy.value {
            rows.push((english::VALUE.to_owned(), self.figure(value), String::new()));
        }
        let label = rows.iter().map(|(label, ..)| label.chars().count()).max().unwrap_or(0);
        let figure = rows.iter().map(|(_, figure, _)| figure.len()).max().unwrap_or(0);
        for (name, amount, by) in rows {
            let row = format!("  {name:label$}  {amount:>figure$}  {by}");
            let _ = writeln!(out, "{}", row.trim_end());
        }
        if let Some(window) = &remedy.window {
            let last_day = match (window.last_moment, window.last_day) {
                (Some(moment), _) => {
                    english::last_moment(&day(moment.date_naive()), &moment.format("%H:%M").to_string())
                }
                (None, Some(last)) => english::last_day(&day(last)),
                (None, None) => match window.waits_for {
                    Some(WaitsFor::Received) => english::NOT_ALL_RECEIVED.to_owned(),
                    Some(WaitsFor::Repair) => english::IN_REPAIR.to_owned(),
                    None => english::NO_LIMIT.to_owned(),
                },
            };
            let _ = writeln!(out, "  {}", with_clauses(last_day, &self.titles(&window.by)));
        }
    }

    /// Why, of a line or of the visit, nothing twice. That it is accepted stands in the heading, what has to be asked,
    /// decided or verified in sections of their own.
    fn reasons(self, of_line: &[&Reason]) -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        for reason in of_line {
            match self.reason(reason) {
                Some(sentence) if !told.contains(&sentence) => told.push(sentence),
                Some(_) | None => {}
            }
        }
        told
    }

    fn reason(self, reason: &Reason) -> Option<String> {
        let elsewhere =
            matches!(reason.key, ReasonKey::Accept | ReasonKey::Verify | ReasonKey::Refer | ReasonKey::MissingFact);
        (!elsewhere).then(|| self.clerk(reason))
    }

    fn clerk(self, reason: &Reason) -> String {
        let text = reason.text.as_deref();
        let sentence = match reason.key {
            ReasonKey::Accept => english::accepted(self.remedy_name(reason)),
            ReasonKey::Verify => english::verified_first(text),
            ReasonKey::Refer => english::referred(text),
            ReasonKey::MissingFact => {
                english::not_known(&reason.missing.as_ref().map_or(String::new(), |asked| self.asked(asked)))
            }
            ReasonKey::Approved => english::approved(text),
            ReasonKey::AboveAuthority => match reason.beyond.as_deref() {
                Some(beyond) => english::above_authority(
                    self.role_of(reason),
                    &self.money(beyond.amount),
                    self.role(beyond.not),
                    &self.money(beyond.limit),
                    beyond.approved.map(|role| self.role(role)),
                ),
                None => english::referred(text),
            },
            ReasonKey::Verified => english::verified(self.role_of(reason), text),
            ReasonKey::VerificationFailed => english::verification_failed(self.role_of(reason), text),
            ReasonKey::NotOffered => english::not_offered(self.remedy_name(reason), text),
            ReasonKey::Expired => english::expired(self.remedy_name(reason), reason.day.map(day).as_deref()),
            ReasonKey::OthersOffered => english::others_offered(&self.others(reason)),
            ReasonKey::Stopped => english::stopped(text),
            ReasonKey::Conflict => english::conflict(),
            ReasonKey::Gap(gap) => english::gap(gap),
            ReasonKey::MoreReturnedThanBought
            | ReasonKey::SameUnitTwice
            | ReasonKey::NotOfThisSale
            | ReasonKey::BeforeSale
            | ReasonKey::GiftMissing
            | ReasonKey::RouteUnknown
            | ReasonKey::HeldBack
            | ReasonKey::TooManyUnknown => english::plain(reason.key),
        };
        let sentence = with_clauses(sentence, &self.titles(&reason.by));
        let refused = matches!(reason.key, ReasonKey::NotOffered | ReasonKey::Expired);
        if refused { format!("{sentence} {}", english::lifted_by(&self.lifters(reason))) } else { sentence }
    }

    fn role(self, role: u16) -> &'a str {
        self.decision.program.schema.role(role)
    }

    /// The role that a reason names.
    fn role_of(self, reason: &Reason) -> &'a str {
        reason.role.map_or("", |role| self.role(role))
    }

    fn remedy_name(self, reason: &Reason) -> &'a str {
        reason.remedy.map_or("", |remedy| self.decision.program.schema.remedy(remedy))
    }

    fn remedies_of(self, reason: &Reason) -> &'a [RemedyDecision] {
        let line = reason.line.and_then(|line| self.decision.lines.get(line));
        line.map(|line| line.remedies.as_slice()).unwrap_or_default()
    }

    /// Who may lift a refusal.
    fn lifters(self, reason: &Reason) -> Vec<&'a str> {
        let refused = self.remedies_of(reason).iter().find(|remedy| Some(remedy.remedy) == reason.remedy);
        let roles = match refused.map(|remedy| &remedy.status) {
            Some(Status::NotOffered { overridable_by, .. }) => overridable_by.as_slice(),
            Some(Status::Expired { overridable_by, .. }) => overridable_by.as_slice(),
            Some(Status::Offered | Status::Stopped | Status::Unsettled | Status::Gap(_) | Status::Unknown) | None => {
                &[]
            }
        };
        roles.iter().map(|role| self.decision.program.schema.role(*role)).collect()
    }

    /// The remedies of the line that are offered.
    fn others(self, reason: &Reason) -> Vec<&'a str> {
        let schema = &self.decision.program.schema;
        let offered = self.remedies_of(reason).iter().filter(|remedy| remedy.status == Status::Offered);
        let told = offered.map(|remedy| remedy.remedy).filter(|remedy| !schema.only_if_asked(*remedy));
        told.map(|remedy| schema.remedy(remedy)).collect()
    }

    fn balance(self) -> Vec<String> {
        let balance = &self.decision.balance;
        let rows = [
            (english::REFUND, balance.refund),
            (english::OF_WHICH_SHIPPING, balance.shipping),
            (english::EXCHANGE_CREDIT, balance.credit),
            (english::NEW_GOODS, -balance.new_goods),
        ];
        let told: Vec<_> = rows.iter().filter(|(_, amount)| !amount.is_zero()).collect();
        // A plain refund stands in the first line already.
        if told.iter().all(|(name, _)| *name == english::REFUND) {
            return Vec::new();
        }
        let label = told.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let figures: Vec<String> = told.iter().map(|(_, amount)| self.figure(*amount)).collect();
        let figure = figures.iter().map(String::len).max().unwrap_or(0);
        told.iter().zip(&figures).map(|((name, _), amount)| format!("{name:label$}  {amount:>figure$}")).collect()
    }

    fn payout(self, payout: &Payout) -> String {
        let tender = self.decision.program.schema.tender(payout.to);
        let to = payout.id.as_ref().map_or_else(|| tender.to_owned(), |id| format!("{tender} {id}"));
        let mut sentence = english::payout(&self.money(payout.amount), &to);
        if let Some(first) = payout.not_before {
            sentence.push_str(&english::not_before(&day(first)));
        }
        match (payout.due, &payout.within) {
            (Some(due), _) => sentence.push_str(&english::due(&day(due))),
            (None, Some(within)) => sentence.push_str(&english::within(within)),
            (None, None) => {}
        }
        if let Some(coins) = payout.handed_out {
            sentence.push_str(&english::in_coins(&self.money(coins)));
        }
        if payout.pending {
            sentence.push_str(english::ONCE_VERIFIED);
        }
        with_clauses(sentence, &self.titles(&payout.by))
    }

    /// What the law changed.
    fn clamp(self, clamp: &Clamp) -> String {
        let what = match &clamp.what {
            Bound::Remedy => self.decision.program.schema.remedy(clamp.remedy).to_owned(),
            Bound::Fee(name) => self.named(Part::Fee, name),
            Bound::Deduction(name) => self.named(Part::Deduction, name),
            what => what.word().to_owned(),
        };
        let sentence = english::by_law(&what, &clamp.policy, &clamp.law);
        with_clauses(self.about(sentence, Some(clamp.line)), &self.titles(&clamp.by))
    }

    fn part(self, amount: &Amount) -> String {
        match &amount.name {
            Some(name) => self.named(amount.part, name),
            None => english::part(amount.part, None),
        }
    }

    /// A part by the name that the customer reads, where it has one.
    fn named(self, part: Part, name: &str) -> String {
        match self.decision.title(part, name) {
            Some(Title { name, of_tax: false }) => english::part(part, Some(name)),
            Some(Title { name, of_tax: true }) => english::tax_on(name),
            None => english::part(part, Some(name)),
        }
    }

    fn referrals(self, verify: bool) -> Vec<String> {
        let referrals = self.decision.referrals.iter().filter(|referral| referral.verify == verify);
        referrals.map(|referral| self.referral(referral)).collect()
    }

    fn referral(self, referral: &Referral) -> String {
        let role = self.decision.program.schema.role(referral.role);
        let within = referral.within.as_ref().map(|within| within.to_string());
        let due = referral.due.map(day);
        let mut sentence = english::referral(role, referral.text.as_deref(), within.as_deref(), due.as_deref());
        if referral.owed {
            sentence.push_str(english::MUST_BE_GRANTED);
        }
        with_clauses(self.about(sentence, referral.line), &self.titles(&referral.by))
    }

    fn field(self, asked: &Field) -> Option<String> {
        let (form, field) = self.form_field(asked)?;
        let form = form.title.as_deref().unwrap_or(&form.label);
        let of = match &field.ty {
            FieldType::Signature(of) => Some(english::signature_of(of)),
            FieldType::OneOf(options) => Some(english::one_of(options)),
            FieldType::Text
            | FieldType::Number
            | FieldType::WholeNumber
            | FieldType::Money
            | FieldType::Date
            | FieldType::YesNo
            | FieldType::Photo
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Address
            | FieldType::Imei
            | FieldType::Gtin => None,
        };
        let title = field.title.as_deref().unwrap_or(&field.name);
        let sentence = english::field(form, title, of.as_deref(), asked.needed, field.purpose.as_deref());
        Some(self.about(sentence, asked.line))
    }

    fn form_field(self, asked: &Field) -> Option<(&'a program::Form, &'a program::Field)> {
        let version = self.decision.program.versions.get(self.decision.version)?;
        let form = version.forms.get(usize::from(asked.form))?;
        Some((form, form.fields.get(usize::from(asked.field))?))
    }

    fn question(self, question: &Question) -> String {
        let name = self.asked(&question.fact);
        let answers: Vec<&str> = question.values.iter().filter_map(|value| self.answer(question, *value)).collect();
        let sentence = match question.fact.question(&self.decision.program.schema) {
            Some(text) => english::question_in_words(text, &name, &answers),
            None => english::question(&name, &answers),
        };
        match (
            question.line,
            question.sale.as_ref().and_then(|id| self.request.sales.iter().find(|sale| sale.id == *id)),
        ) {
            (None, Some(sale)) => english::about_sale(&sentence, &sale.id),
            (line, _) => self.about(sentence, line),
        }
    }

    /// What is asked, by name.
    fn asked(self, asked: &Asked) -> String {
        match asked {
            Asked::Fact(fact) => {
                self.decision.program.schema.fact(*fact).map_or("", |fact| fact.name.as_str()).to_owned()
            }
            Asked::Parcels => english::PARCELS.to_owned(),
            Asked::Categories => english::CATEGORIES.to_owned(),
            Asked::CurrentPrice => english::CURRENT_PRICE.to_owned(),
            Asked::ListPrice => english::LIST_PRICE.to_owned(),
            Asked::LowestPrice(length) => english::lowest_price(length),
            Asked::PayWithBalance => english::PAY_WITH_BALANCE.to_owned(),
            Asked::History(per) => english::history(*per),
        }
    }

    fn answer(self, question: &Question, value: Value) -> Option<&'a str> {
        let schema = &self.decision.program.schema;
        let ty = question.fact.ty(schema);
        match (value, ty) {
            (Value::Bool(true), _) => Some(english::YES),
            (Value::Bool(false), _) => Some(english::NO),
            (Value::Word(word), Some(Type::Word(domain))) => schema.domain(domain).map(|domain| domain.word(word)),
            (Value::Text(text), _) => Some(self.request.text(schema, text)),
            (Value::Word(_) | Value::Number(_) | Value::Date(_) | Value::Texts(_), _) => None,
        }
    }

    /// Words with the line they are about.
    fn told(self, text: &str, line: Option<&str>) -> String {
        match line {
            Some(line) if self.decision.lines.len() > 1 => english::about_line(text, line),
            Some(_) | None => text.to_owned(),
        }
    }

    /// Says which line it is about, where there are several.
    fn about(self, sentence: String, line: Option<usize>) -> String {
        match line.and_then(|line| self.decision.lines.get(line)) {
            Some(line) if self.decision.lines.len() > 1 => english::about_line(&sentence, &line.line),
            Some(_) | None => sentence,
        }
    }

    /// What the goods of a line are called: by their number in the shop, when it is known.
    fn item(self, line: usize) -> Option<&'a str> {
        let schema = &self.decision.program.schema;
        let slot = usize::from(schema.fact(builtin::ITEM_SKU)?.slot);
        match self.request.lines.get(line)?.facts.get(slot)? {
            Some(Value::Text(text)) => Some(self.request.text(schema, *text)),
            Some(_) | None => None,
        }
    }

    /// The titles of clauses; of one without a title its label path.
    fn titles(self, credits: &Credits) -> String {
        let clauses = credits.iter().filter_map(|id| self.decision.program.clause(*id));
        clauses.map(|clause| clause.title.as_deref().unwrap_or(&clause.path)).collect::<Vec<_>>().join("; ")
    }

    fn money(self, amount: Decimal) -> String {
        Money { amount, currency: self.decision.program.currency }.to_string()
    }

    /// An amount without its currency.
    fn figure(self, amount: Decimal) -> String {
        let text = self.money(amount);
        text.split_once(' ').map_or(text.clone(), |(figure, _)| figure.to_owned())
    }
}

fn day(day: NaiveDate) -> String {
    english::day(day)
}

/// A sentence with the clauses that make it so: `Stopped (Electronics: thirty days).`
fn with_clauses(sentence: String, titles: &str) -> String {
    match (titles, sentence.strip_suffix('.')) {
        ("", _) => sentence,
        (titles, Some(words)) => format!("{words} ({titles})."),
        (titles, None) => format!("{sentence} ({titles})"),
    }
}
