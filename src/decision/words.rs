//! The decision in plain words, for the person at the desk: the outcome first, then each line with its amounts and its
//! clauses, then what is paid, who must decide, what to fill in, what to ask, what to say and what there is instead. Lays out; every
//! sentence is a message of the language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::Timelike;
use rust_decimal::Decimal;

use super::script::{FieldWords, Instead, QuestionWords, Said};
use super::{
    Amount, Asked, Bound, Clamp, Credits, Decision, Field, LineDecision, Needed, Outcome, Part, Payout, Question,
    Reason, ReasonKey, Referral, RemedyDecision, Status, WaitsFor,
};
use crate::facts::{Type, Value, builtin, domain};
use crate::messages::{Arg, Args, Join, Language, Teller, slug};
use crate::money::Money;
use crate::program::{self, FieldType};
use crate::request::Request;
use crate::source::Span;
use crate::terms::MeetingEvent;

/// What comes of it in a line: `Accepted: 237.80 USD to the customer.`
pub fn headline(decision: &Decision, request: &Request, language: &Language) -> String {
    Cx { decision, request, teller: &Teller::new(language) }.outcome()
}

/// Why, for the clerk: any reason in a sentence or two, with its clauses.
pub(super) fn clerk(decision: &Decision, request: &Request, teller: &Teller<'_>, reason: &Reason) -> String {
    Cx { decision, request, teller }.clerk(reason)
}

/// What was decided, as lines of plain text.
pub(super) fn page(
    decision: &Decision,
    request: &Request,
    teller: &Teller<'_>,
    say: &[Said],
    instead: &[Instead],
) -> String {
    let cx = Cx { decision, request, teller };
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
        ("page-visit", why(None)),
        ("page-money", cx.balance()),
        ("page-paid-out", decision.payouts.iter().map(|payout| cx.payout(payout)).collect()),
        ("page-say", say.iter().map(|said| cx.told(&said.text, said.line.as_deref())).collect()),
        ("page-instead", instead.iter().map(|one| cx.told(one.text(), one.line())).collect()),
        ("page-by-law", decision.law.iter().map(|clamp| cx.clamp(clamp)).collect()),
        ("page-to-decide", cx.referrals(false)),
        ("page-to-verify", cx.referrals(true)),
        ("page-to-fill-in", decision.paperwork.iter().filter_map(|field| cx.field(field)).collect()),
        ("page-to-ask", decision.ask.iter().map(|question| cx.question(question)).collect()),
    ];
    for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = write!(out, "\n{}\n", teller.tell(title, &[]));
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

/// The fields to fill in, in the order of the paperwork.
pub(super) fn fields(decision: &Decision, request: &Request, teller: &Teller<'_>) -> Vec<FieldWords> {
    let cx = Cx { decision, request, teller };
    decision.paperwork.iter().filter_map(|field| cx.field_words(field)).collect()
}

/// What to ask, in the order of the decision.
pub(super) fn questions(decision: &Decision, request: &Request, teller: &Teller<'_>) -> Vec<QuestionWords> {
    let cx = Cx { decision, request, teller };
    let words = |question: &Question| QuestionWords {
        name: cx.asked(&question.fact),
        question: question.fact.question(&decision.program.schema).map(|said| teller.text(&[], said)),
        values: question.values.iter().filter_map(|value| cx.answer(question, *value)).collect(),
    };
    decision.ask.iter().map(words).collect()
}

#[derive(Clone, Copy)]
struct Cx<'a> {
    decision: &'a Decision,
    request: &'a Request,
    teller: &'a Teller<'a>,
}

impl<'a> Cx<'a> {
    fn tell(self, key: &str, args: &Args<'_>) -> String {
        self.teller.tell(key, args)
    }

    fn outcome(self) -> String {
        let Decision { outcome, balance, lines, .. } = self.decision;
        if lines.iter().any(|line| line.outcome != *outcome) {
            return self.tell(&format!("outcome-by-line-{}", key_of(*outcome)), &[]);
        }
        let goes_on = matches!(outcome, Outcome::Accept | Outcome::AcceptPendingVerification);
        let money = if goes_on && !balance.to_customer.is_zero() {
            Some(("money-to-customer", balance.to_customer))
        } else if goes_on && !balance.to_pay.is_zero() {
            Some(("money-to-pay", balance.to_pay))
        } else {
            None
        };
        let key = format!("outcome-{}", key_of(*outcome));
        match money {
            Some((what, amount)) => {
                let money = self.tell(what, &[("amount", self.money(amount))]);
                self.tell(&format!("{key}-money"), &[("money", text(money))])
            }
            None => self.tell(&key, &[]),
        }
    }

    fn line(self, out: &mut String, place: usize, line: &LineDecision, why: &[String]) {
        let wanted = line.wants.and_then(|wants| line.remedies.iter().find(|remedy| remedy.remedy == wants));
        let args = [("quantity", Arg::Count(line.quantity)), ("line", Arg::Text((&*line.line).into()))];
        let goods = match self.item(place) {
            Some(item) => {
                let [quantity, id] = args;
                self.tell("goods-named", &[quantity, id, ("item", Arg::Text(item.into()))])
            }
            None => self.tell("goods", &args),
        };
        let goods = ("goods", text(goods));
        let key = format!("line-{}", key_of(line.outcome));
        let head = match line.wants.map(|wants| self.decision.program.schema.remedy(wants)) {
            Some(remedy) => self.tell(&key, &[goods, ("remedy", Arg::Name("remedy", remedy.into()))]),
            None => self.tell(&format!("{key}-unsaid"), &[goods]),
        };
        let _ = writeln!(out, "{head}");
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
            rows.push((self.tell("value", &[]), self.figure(value), String::new()));
        }
        let label = rows.iter().map(|(label, ..)| label.chars().count()).max().unwrap_or(0);
        let figure = rows.iter().map(|(_, figure, _)| figure.chars().count()).max().unwrap_or(0);
        for (name, amount, by) in rows {
            let row = format!("  {name:label$}  {amount:>figure$}  {by}");
            let _ = writeln!(out, "{}", row.trim_end());
        }
        if let Some(window) = &remedy.window {
            let by = ("by", self.by(&window.by));
            let last_day = match (window.last_moment, window.last_day) {
                (Some(moment), _) => {
                    let time = Arg::Time(moment.hour(), moment.minute());
                    self.tell("last-moment", &[("day", Arg::Day(moment.date_naive())), ("time", time), by])
                }
                (None, Some(last)) => self.tell("last-day", &[("day", Arg::Day(last)), by]),
                (None, None) => match window.waits_for {
                    Some(WaitsFor::Received) => self.tell("last-day-not-received", &[by]),
                    Some(WaitsFor::Repair) => self.tell("last-day-in-repair", &[by]),
                    None => self.tell("last-day-none", &[by]),
                },
            };
            let _ = writeln!(out, "  {last_day}");
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
        let clauses = self.spans(&reason.by);
        let said = reason.text.as_deref().map(|said| ("text", text(self.teller.text(&clauses, said))));
        let by = ("by", self.by(&reason.by));
        let role = || ("role", self.role(reason.role));
        let remedy = || reason.remedy.map(|remedy| self.decision.program.schema.remedy(remedy));
        let remedy = || ("remedy", Arg::Name("remedy", remedy().unwrap_or("return").into()));
        // With what a clause says, or without it.
        let plain = |key: &str, args: Vec<(&'static str, Arg<'_>)>| {
            let key = if said.is_some() { key.to_owned() } else { format!("{key}-plain") };
            self.tell(&key, &args.into_iter().chain(said.clone()).chain([by.clone()]).collect::<Vec<_>>())
        };
        let sentence = match reason.key {
            ReasonKey::Accept if reason.remedy.is_some() => self.tell("why-accept", &[remedy(), by]),
            ReasonKey::Accept => self.tell("why-accept-plain", &[by]),
            ReasonKey::Verify => plain("why-verify", vec![]),
            ReasonKey::Refer => plain("why-refer", vec![]),
            ReasonKey::MissingFact => {
                let name = reason.missing.as_ref().map_or(String::new(), |asked| self.asked(asked));
                self.tell("why-missing-fact", &[("name", text(name)), by])
            }
            ReasonKey::Approved => plain("why-approved", vec![]),
            ReasonKey::AboveAuthority => match reason.beyond.as_deref() {
                Some(beyond) => {
                    let mut args = vec![
                        role(),
                        ("amount", self.money(beyond.amount)),
                        ("of", self.role(Some(beyond.not))),
                        ("limit", self.money(beyond.limit)),
                        by,
                    ];
                    match beyond.approved {
                        Some(approved) => {
                            args.push(("approved", self.role(Some(approved))));
                            self.tell("why-above-authority-approved", &args)
                        }
                        None => self.tell("why-above-authority", &args),
                    }
                }
                None => plain("why-refer", vec![]),
            },
            ReasonKey::Verified => plain("why-verified", vec![role()]),
            ReasonKey::VerificationFailed => plain("why-verification-failed", vec![role()]),
            ReasonKey::NotOffered => plain("why-not-offered", vec![remedy()]),
            ReasonKey::Expired => match reason.day {
                Some(day) => self.tell("why-expired", &[remedy(), ("day", Arg::Day(day)), by]),
                None => self.tell("why-expired-undated", &[remedy(), by]),
            },
            ReasonKey::OthersOffered => {
                let others = self.others(reason).into_iter().map(Into::into).collect();
                self.tell("why-others-offered", &[("remedies", Arg::Names("remedy", others, Join::Comma)), by])
            }
            ReasonKey::Stopped => plain("why-stopped", vec![]),
            ReasonKey::Gap(gap) => self.tell(&format!("gap-{}", slug(gap.word())), &[by]),
            ReasonKey::Conflict
            | ReasonKey::MoreReturnedThanBought
            | ReasonKey::SameUnitTwice
            | ReasonKey::NotOfThisSale
            | ReasonKey::BeforeSale
            | ReasonKey::GiftMissing
            | ReasonKey::RouteUnknown
            | ReasonKey::HeldBack
            | ReasonKey::TooManyUnknown => self.tell(&format!("why-{}", slug(reason.key.word())), &[by]),
        };
        if !matches!(reason.key, ReasonKey::NotOffered | ReasonKey::Expired) {
            return sentence;
        }
        let lifters = self.lifters(reason);
        let lifted = match lifters.is_empty() {
            true => self.tell("final", &[]),
            false => {
                let roles = lifters.into_iter().map(Into::into).collect();
                self.tell("lifted-by", &[("roles", Arg::Names("role", roles, Join::And))])
            }
        };
        format!("{sentence} {lifted}")
    }

    /// A role, in every form of its name.
    fn role(self, role: Option<u16>) -> Arg<'a> {
        Arg::Name("role", role.map_or("", |role| self.decision.program.schema.role(role)).into())
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
            ("balance-refund", balance.refund),
            ("balance-shipping", balance.shipping),
            ("balance-credit", balance.credit),
            ("balance-new-goods", -balance.new_goods),
        ];
        let told: Vec<_> = rows.into_iter().filter(|(_, amount)| !amount.is_zero()).collect();
        // A plain refund stands in the first line already.
        if told.iter().all(|(key, _)| *key == "balance-refund") {
            return Vec::new();
        }
        let told: Vec<_> = told.into_iter().map(|(key, amount)| (self.tell(key, &[]), self.figure(amount))).collect();
        let label = told.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let figure = told.iter().map(|(_, amount)| amount.chars().count()).max().unwrap_or(0);
        told.into_iter().map(|(name, amount)| format!("{name:label$}  {amount:>figure$}")).collect()
    }

    fn payout(self, payout: &Payout) -> String {
        let tender = self.decision.program.schema.tender(payout.to);
        let name = self.teller.name("tender", tender);
        let to = payout.id.as_ref().map_or_else(|| name.clone(), |id| format!("{name} {id}"));
        let mut more = String::new();
        if let Some(first) = payout.not_before {
            more.push_str(&self.tell("payout-not-before", &[("day", Arg::Day(first))]));
        }
        match (payout.due, &payout.within) {
            (Some(due), _) => more.push_str(&self.tell("payout-due", &[("day", Arg::Day(due))])),
            (None, Some(_)) if !payout.awaits.is_empty() => {
                let key = match payout.awaits.as_slice() {
                    [MeetingEvent::Sent] => "payout-once-sent",
                    [MeetingEvent::Received] => "payout-once-received",
                    _ => "payout-once-sent-or-received",
                };
                more.push_str(&self.tell(key, &[]));
            }
            (None, Some(within)) => {
                more.push_str(&self.tell("payout-within", &[("length", Arg::Length((&**within).into()))]));
            }
            (None, None) => {}
        }
        if let Some(coins) = payout.handed_out {
            more.push_str(&self.tell("payout-in-coins", &[("amount", self.money(coins))]));
        }
        if payout.pending {
            more.push_str(&self.tell("payout-once-verified", &[]));
        }
        let args = [
            ("amount", self.money(payout.amount)),
            ("to", text(to)),
            ("more", text(more)),
            ("by", self.by(&payout.by)),
        ];
        self.tell("payout", &args)
    }

    /// What the law changed.
    fn clamp(self, clamp: &Clamp) -> String {
        let what = match &clamp.what {
            Bound::Remedy => self.teller.name("remedy", self.decision.program.schema.remedy(clamp.remedy)),
            Bound::Fee(name) => self.named(Part::Fee, name),
            Bound::Deduction(name) => self.named(Part::Deduction, name),
            what => self.tell(&format!("bound-{}", what.word()), &[]),
        };
        let value = |value: &str| Arg::Value(value.to_owned().into());
        let sentence = self.tell(
            "changed-by-law",
            &[
                ("what", text(what)),
                ("law", value(&clamp.law)),
                ("policy", value(&clamp.policy)),
                ("by", self.by(&clamp.by)),
            ],
        );
        self.about(sentence, Some(clamp.line))
    }

    fn part(self, amount: &Amount) -> String {
        match &amount.name {
            Some(name) => self.named(amount.part, name),
            None => self.tell(&format!("part-{}", slug(amount.part.word())), &[]),
        }
    }

    /// A part by the name that the customer reads, where it has one.
    fn named(self, part: Part, name: &str) -> String {
        let title = self.decision.title(part, name);
        let kind = match part {
            Part::Fee => "fee",
            Part::Deduction => "deduction",
            Part::Goods | Part::Reduction | Part::Tax | Part::IncludedTax => {
                let key = format!("part-{}-named", slug(part.word()));
                return self.tell(&key, &[("name", Arg::Text(name.into()))]);
            }
        };
        let of_fee = |name: &str| {
            let own = title.map_or(name, |title| title.name);
            ("name", Arg::Titled(kind, name.to_owned().into(), own.to_owned().into()))
        };
        match name.strip_suffix(" tax").filter(|_| title.is_some_and(|title| title.of_tax)) {
            Some(fee) => self.tell("part-tax-on", &[of_fee(fee)]),
            None => self.tell(&format!("part-{}-named", part.word()), &[of_fee(name)]),
        }
    }

    fn referrals(self, verify: bool) -> Vec<String> {
        let referrals = self.decision.referrals.iter().filter(|referral| referral.verify == verify);
        referrals.map(|referral| self.referral(referral)).collect()
    }

    fn referral(self, referral: &Referral) -> String {
        let said = referral.text.as_deref().map(|said| self.teller.text(&self.spans(&referral.by), said));
        let mut key = "referral".to_owned();
        let mut args = vec![("role", self.role(Some(referral.role))), ("by", self.by(&referral.by))];
        if let Some(within) = &referral.within {
            args.push(("length", Arg::Length(within.to_string().into())));
            match referral.due {
                Some(due) => {
                    key.push_str("-due");
                    args.push(("day", Arg::Day(due)));
                }
                None => key.push_str("-within"),
            }
        }
        if let Some(said) = said {
            key.push_str("-text");
            args.push(("text", text(said)));
        }
        let mut sentence = self.tell(&key, &args);
        if referral.owed {
            sentence = self.tell("must-be-granted", &[("referral", text(sentence))]);
        }
        self.about(sentence, referral.line)
    }

    /// A field in the words of the policy, or of its messages.
    fn field_words(self, asked: &Field) -> Option<FieldWords> {
        let (form, field) = self.form_field(asked)?;
        let key = format!("field-{}--{}", slug(&form.label), slug(&field.name));
        let own = |attribute: Option<&str>, own: &str| self.teller.own(&key, attribute, own);
        let title = form.title.as_deref().unwrap_or(&form.label);
        let options = if let FieldType::OneOf(options) = &field.ty { &**options } else { &[] };
        Some(FieldWords {
            form: self.teller.own(&format!("form-{}", slug(&form.label)), None, title),
            title: own(None, field.title.as_deref().unwrap_or(&field.name)),
            purpose: field.purpose.as_deref().map(|purpose| own(Some("purpose"), purpose)),
            options: options.iter().map(|option| own(Some(&format!("is-{}", slug(option))), option)).collect(),
        })
    }

    fn field(self, asked: &Field) -> Option<String> {
        let (_, field) = self.form_field(asked)?;
        let words = self.field_words(asked)?;
        let of = match &field.ty {
            FieldType::Signature(of) => {
                let of = asked.signed_by.map_or(&**of, |role| self.decision.program.schema.role(role));
                self.tell("field-signed", &[("role", Arg::Name("role", of.into()))])
            }
            FieldType::OneOf(_) => {
                let options = words.options.into_iter().map(Into::into).collect();
                self.tell("field-one-of", &[("options", Arg::List(options, Join::Comma))])
            }
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
            | FieldType::Gtin => String::new(),
        };
        let needed = match asked.needed {
            Needed::Required => String::new(),
            Needed::Optional => self.tell("field-optional", &[]),
            Needed::MayBeNeeded => self.tell("field-may-be-needed", &[]),
        };
        let purpose =
            words.purpose.map_or(String::new(), |purpose| self.tell("field-purpose", &[("text", text(purpose))]));
        let args = [
            ("form", text(words.form)),
            ("field", text(words.title)),
            ("of", text(of)),
            ("needed", text(needed)),
            ("purpose", text(purpose)),
        ];
        Some(self.about(self.tell("field", &args), asked.line))
    }

    fn form_field(self, asked: &Field) -> Option<(&'a program::Form, &'a program::Field)> {
        let version = self.decision.program.versions.get(self.decision.version)?;
        let form = version.forms.get(usize::from(asked.form))?;
        Some((form, form.fields.get(usize::from(asked.field))?))
    }

    fn question(self, question: &Question) -> String {
        let name = ("name", text(self.asked(&question.fact)));
        let answers: Vec<String> = question.values.iter().filter_map(|value| self.answer(question, *value)).collect();
        let answers = answers
            .into_iter()
            .reduce(|before, last| self.tell("answers", &[("before", text(before)), ("last", text(last))]));
        let said = question.fact.question(&self.decision.program.schema);
        let mut args = vec![name];
        args.extend(said.map(|said| ("text", text(self.teller.text(&[], said)))));
        let key = match (answers, said) {
            (None, None) => "ask",
            (None, Some(_)) => "ask-in-words",
            (Some(answers), said) => {
                args.push(("answers", text(answers)));
                if said.is_some() { "ask-answers-in-words" } else { "ask-answers" }
            }
        };
        let sentence = self.tell(key, &args);
        match (
            question.line,
            question.sale.as_ref().and_then(|id| self.request.sales.iter().find(|sale| sale.id == *id)),
        ) {
            (None, Some(sale))
                if let Some(tender) =
                    sale.tenders.iter().find(|tender| Some(&tender.id) == question.tender.as_ref()) =>
            {
                let name = self.teller.name("tender", self.decision.program.schema.tender(tender.tender));
                let args = [
                    ("text", text(sentence)),
                    ("sale", Arg::Text((&*sale.id).into())),
                    ("tender", text(name)),
                    ("id", Arg::Text((&*tender.id).into())),
                ];
                self.tell("about-tender", &args)
            }
            (None, Some(sale)) => {
                self.tell("about-sale", &[("text", text(sentence)), ("sale", Arg::Text((&*sale.id).into()))])
            }
            (line, _) => self.about(sentence, line),
        }
    }

    /// What is asked, by name.
    fn asked(self, asked: &Asked) -> String {
        let schema = &self.decision.program.schema;
        match asked {
            Asked::Fact(fact) => match schema.on_duty.iter().find(|(_, known)| known == fact) {
                Some((role, _)) => self.tell("fact-on-duty", &[("role", self.role(Some(*role)))]),
                None => self.teller.name("fact", schema.fact(*fact).map_or("", |fact| fact.name.as_str())),
            },
            Asked::Parcels => self.tell("asked-parcels", &[]),
            Asked::Categories => self.tell("asked-categories", &[]),
            Asked::CurrentPrice => self.tell("asked-current-price", &[]),
            Asked::ListPrice => self.tell("asked-list-price", &[]),
            Asked::LowestPrice(length) => {
                self.tell("asked-lowest-price", &[("length", Arg::Length(length.as_str().into()))])
            }
            Asked::PayWithBalance => self.tell("asked-balance", &[]),
            Asked::History(per) => self.tell(&format!("asked-history-{}", per.word()), &[]),
        }
    }

    fn answer(self, question: &Question, value: Value) -> Option<String> {
        let schema = &self.decision.program.schema;
        let ty = question.fact.ty(schema);
        match (value, ty) {
            (Value::Bool(true), _) => Some(self.tell("yes", &[])),
            (Value::Bool(false), _) => Some(self.tell("no", &[])),
            (Value::Word(word), Some(Type::Word(id))) => {
                let word = schema.domain(id)?.word(word);
                let kind = match id {
                    domain::TENDERS => "tender",
                    domain::REASONS => "reason",
                    domain::CONDITIONS => "condition",
                    domain::PROOFS => "proof",
                    domain::CHANNELS => "channel",
                    domain::REMEDIES => "remedy",
                    domain::ROLES => "role",
                    domain::BRINGERS => "by",
                    _ => {
                        let key = format!("fact-{}", slug(question.fact.name(schema)));
                        return Some(self.teller.own(&key, Some(&format!("is-{}", slug(word))), word));
                    }
                };
                Some(self.teller.name(kind, word))
            }
            (Value::Text(text), _) => Some(self.request.text(schema, text).to_owned()),
            (Value::Word(_) | Value::Number(_) | Value::Date(_) | Value::Texts(_), _) => None,
        }
    }

    /// Words with the line they are about.
    fn told(self, said: &str, line: Option<&str>) -> String {
        match line {
            Some(line) if self.decision.lines.len() > 1 => {
                self.tell("about-line", &[("text", Arg::Text(said.into())), ("line", Arg::Text(line.into()))])
            }
            Some(_) | None => said.to_owned(),
        }
    }

    /// Says which line it is about, where there are several.
    fn about(self, sentence: String, line: Option<usize>) -> String {
        let line = line.and_then(|line| self.decision.lines.get(line));
        self.told(&sentence, line.map(|line| &*line.line))
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

    /// The clauses that make it so, in brackets: their titles; of one without a title its label path.
    fn by(self, credits: &Credits) -> Arg<'a> {
        let clauses = self.titles(credits);
        text(if clauses.is_empty() { clauses } else { self.tell("by", &[("clauses", text(clauses))]) })
    }

    fn titles(self, credits: &Credits) -> String {
        let clauses = credits.iter().filter_map(|id| self.decision.program.clause(*id));
        let titles = clauses.map(|clause| match &clause.title {
            Some(title) => self.teller.text(&[clause.span], title),
            None => clause.path.to_string(),
        });
        titles.collect::<Vec<_>>().join("; ")
    }

    fn spans(self, credits: &Credits) -> Vec<Span> {
        credits.iter().filter_map(|id| self.decision.program.clause(*id)).map(|clause| clause.span).collect()
    }

    fn money(self, amount: Decimal) -> Arg<'a> {
        Arg::Money(Money { amount, currency: self.decision.program.currency })
    }

    /// An amount without its currency.
    fn figure(self, amount: Decimal) -> String {
        self.teller.figure(Money { amount, currency: self.decision.program.currency })
    }
}

fn text(text: String) -> Arg<'static> {
    Arg::Text(text.into())
}

/// The key of an outcome.
fn key_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "accept",
        Outcome::AcceptPendingVerification => "pending",
        Outcome::Refer => "refer",
        Outcome::Decline => "decline",
        Outcome::Undetermined => "undetermined",
    }
}
