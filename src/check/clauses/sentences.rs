//! Each sentence of a clause: an attribute with a value, an adjustment, a guard or words.

use rust_decimal::Decimal;

use crate::check::authority;
use crate::check::calendars;
use crate::check::conditions::seasons_tested;
use crate::check::guesses::FileCounting;
use crate::check::say;
use crate::check::vocabulary::{remedy_named, role_named, tender_named};
use crate::date::{Length, MonthEnd, SeasonDates, Term, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{FactId, RemedyKind, Scope, SeasonId, Stage, Type, builtin, domain};
use crate::model::{Attribute, Clause, Words};
use crate::program::{
    AdjustmentKind, AttributeValue, Day, Destination, Failed, FeeAmount, FeeBound, FeeOf, GuardKind, PayEvent, Price,
    StartDate, ToldLength, WindowLength, Within,
};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, StatementKind};
use crate::syntax::spelled;
use crate::terms::{AnswerKind, MeetingEvent};

use super::forms::keeping;
use super::{Clauses, is_guard};

const NO: AttributeValue = AttributeValue::No { reason: None, overridable_by: None };

impl Clauses<'_, '_> {
    pub(super) fn statement(&mut self, at: usize, file: usize, statement: &ast::Statement, clauses: &mut [Clause]) {
        let span = statement.span;
        if !self.stands(at, statement) {
            return;
        }
        match &statement.kind {
            StatementKind::Except(_) | StatementKind::Overrides(_) => {}
            StatementKind::Bad(_) => {
                if let Some(clause) = clauses.get_mut(at) {
                    clause.broken = true;
                }
            }
            StatementKind::Accept(ast::Or::As(wish)) => {
                let all = self.remedies(&[]).into_iter().map(Attribute::Remedy).collect();
                self.wish(at, clauses, all, wish, span);
            }
            StatementKind::Accept(ast::Or::Is(names)) => {
                if self.accept(at, clauses, names, span) && self.law(at).is_some() {
                    self.state(at, clauses, &[Attribute::OneOf], NO, span);
                }
            }
            StatementKind::AcceptOneOf(names) => {
                if self.accept(at, clauses, names, span) {
                    self.state(at, clauses, &[Attribute::OneOf], AttributeValue::Yes, span);
                }
            }
            StatementKind::NoCharges(charge) => {
                let attribute = match charge {
                    ast::Charge::Fees => Attribute::NoFees,
                    ast::Charge::Deductions => Attribute::NoDeductions,
                };
                self.state(at, clauses, &[attribute], AttributeValue::Yes, span);
            }
            StatementKind::DeadlineMet(event) => {
                self.state(at, clauses, &[Attribute::Deadline], AttributeValue::Deadline(*event), span);
            }
            StatementKind::IdentityKept(kept) => {
                if let ast::Kept::HashFor(length) | ast::Kept::For(length) = kept
                    && !self.length(*length, span, Counted::Kept)
                {
                    return;
                }
                self.state(at, clauses, &[Attribute::Identity], AttributeValue::Kept(keeping(*kept)), span);
            }
            StatementKind::AlsoAccept(names) => {
                names.iter().for_each(|name| self.cx.words.names_remedy(&name.node));
                let yes: Vec<Attribute> = self.remedies(names).into_iter().map(Attribute::Remedy).collect();
                if !yes.is_empty() {
                    self.state(at, clauses, &yes, AttributeValue::Yes, span);
                }
            }
            StatementKind::No { remedies, reason, finality } => {
                remedies.iter().for_each(|name| self.cx.words.names_remedy(&name.node));
                let no: Vec<Attribute> = self.remedies(remedies).into_iter().map(Attribute::Remedy).collect();
                let Some(overridable_by) = self.finality_at(at, finality.as_ref(), span) else { return };
                let value =
                    AttributeValue::No { reason: reason.as_ref().map(|r| r.node.as_str().into()), overridable_by };
                if !no.is_empty() {
                    self.state(at, clauses, &no, value, span);
                }
            }
            StatementKind::Decline { reason, finality } => {
                let all: Vec<Attribute> = self.remedies(&[]).into_iter().map(Attribute::Remedy).collect();
                let Some(overridable_by) = self.finality_at(at, finality.as_ref(), span) else { return };
                let value = AttributeValue::No { reason: Some(reason.node.as_str().into()), overridable_by };
                self.state(at, clauses, &all, value, span);
            }
            StatementKind::Start { value, remedies } => {
                let on = self.on(remedies, Attribute::Start);
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(start) => {
                        let dates = start.later_of.iter().map(|date| self.start_date(at, date, span));
                        let Some(mut later_of) = dates.collect::<Option<Vec<StartDate>>>() else { return };
                        let mut named = later_of.iter().enumerate();
                        if let Some((_, twice)) = named.find(|(i, date)| later_of.iter().take(*i).any(|d| d == *date)) {
                            let message = format!("`{}` is named twice", twice.words(self.cx.schema));
                            self.cx
                                .out
                                .push(Diagnostic::new(Code::NoEffect, span, message).help("name each date once"));
                        }
                        later_of.sort_unstable();
                        later_of.dedup();
                        self.state(at, clauses, &on, AttributeValue::Start(later_of), span);
                    }
                }
            }
            StatementKind::StartNotBefore { day, remedies } => {
                let remedies = self.some_remedies(remedies);
                if let Some(day) = self.day(at, clauses, day) {
                    self.adjust(at, clauses, AdjustmentKind::StartNotBefore(day), remedies, span);
                }
            }
            StatementKind::Window { value, fixed, remedies } => {
                if !matches!(value, ast::Or::Is(ast::WindowLength::NoLimit)) {
                    self.used.window.get_or_insert(span);
                    // Nobody lets through what comes after a right has ended.
                    if self.law(at).is_none() {
                        self.used.late.get_or_insert(span);
                    }
                }
                let on = self.on(remedies, Attribute::Window);
                let length = match value {
                    ast::Or::As(wish) => return self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(ast::WindowLength::NoLimit) => WindowLength::NoLimit,
                    ast::Or::Is(ast::WindowLength::Until(day)) => match self.day(at, clauses, day) {
                        Some(day) => WindowLength::Until(day),
                        None => return,
                    },
                    ast::Or::Is(ast::WindowLength::Told(told)) => {
                        self.used.lengths.push((told.unit, span, file));
                        let Some(told) = self.told_length(told, statement, file, span) else { return };
                        let Some(counting) = self.header.counting.get(file) else { return };
                        let in_hours = told.none.length.unit == Unit::Hours;
                        let ends_on = counting.ends_on().filter(|_| !in_hours).cloned();
                        WindowLength::Told(told, counting.first_day(), ends_on)
                    }
                    ast::Or::Is(ast::WindowLength::UntilFact(name)) => {
                        match self.date_of_line(name, "a window ends with", "window until 2026-12-31") {
                            Some(fact) => WindowLength::UntilFact(fact),
                            None => return,
                        }
                    }
                    ast::Or::Is(ast::WindowLength::Length(length)) => {
                        self.used.lengths.push((length.unit, span, file));
                        let Some(term) = self.term(*length, statement, file, span, Counted::Window) else { return };
                        let Some(counting) = self.header.counting.get(file) else { return };
                        let ends_on = counting.ends_on().filter(|_| length.unit != Unit::Hours).cloned();
                        WindowLength::Length(term, counting.first_day(), ends_on)
                    }
                };
                self.state(at, clauses, &on, AttributeValue::Window { length, fixed: *fixed }, span);
            }
            StatementKind::WindowLonger { by, remedies } => {
                let remedies = self.some_remedies(remedies);
                self.used.longer.push((self.tree.law(at), span));
                self.used.months.push((by.node.unit, by.span, file));
                if let Some(term) = self.term(by.node, statement, file, by.span, Counted::Longer) {
                    self.adjust(at, clauses, AdjustmentKind::Longer(term), remedies, span);
                }
            }
            StatementKind::WindowBound { bound, day, remedies } => {
                let remedies = self.some_remedies(remedies);
                if let Some(day) = self.day(at, clauses, day) {
                    self.adjust(at, clauses, AdjustmentKind::Bound(*bound, day), remedies, span);
                }
            }
            StatementKind::WindowPauses { at_least, remedies } => {
                let remedies = self.some_remedies(remedies);
                let at_least = match at_least {
                    Some(length) => {
                        self.used.months.push((length.node.unit, length.span, file));
                        let Some(term) = self.term(length.node, statement, file, length.span, Counted::After) else {
                            return;
                        };
                        Some(term)
                    }
                    None => None,
                };
                self.adjust(at, clauses, AdjustmentKind::Pauses(at_least), remedies, span);
            }
            StatementKind::WindowEnding { season, after, remedies } => {
                let remedies = self.some_remedies(remedies);
                self.used.months.push((after.node.unit, after.span, file));
                let season = self.cx.words.seasons.find(season, self.cx.out).copied();
                let after = self.term(after.node, statement, file, after.span, Counted::After);
                if let (Some(season), Some(after)) = (season, after) {
                    self.adjust(at, clauses, AdjustmentKind::Ending(season, after), remedies, span);
                }
            }
            StatementKind::Basis { value, remedies } => {
                let on = self.on_coming_back(remedies, Attribute::Basis);
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(basis) => {
                        self.used.money.get_or_insert(span);
                        let price = match &basis.price {
                            ast::Price::Paid => {
                                self.used.paid.get_or_insert(span);
                                Price::Paid
                            }
                            ast::Price::Current => Price::Current,
                            ast::Price::List => Price::List,
                            ast::Price::LowestIn(length) => {
                                if !self.length(*length, span, Counted::LowestPrice) {
                                    return;
                                }
                                Price::LowestIn(length.to_string().into())
                            }
                            ast::Price::Nothing => Price::Nothing,
                        };
                        if basis.percent > Decimal::ONE_HUNDRED {
                            let message = format!("{}% gives back more than the price", basis.percent.normalize());
                            self.cx
                                .out
                                .push(Diagnostic::new(Code::OutOfRange, span, message).help("write at most `100%`"));
                            return;
                        }
                        if price == Price::Nothing && basis.percent != Decimal::ONE_HUNDRED {
                            self.cx.out.push(
                                Diagnostic::new(Code::NoEffect, span, "a share of nothing is nothing")
                                    .help("write `basis nothing`"),
                            );
                        }
                        self.state(at, clauses, &on, AttributeValue::Basis { percent: basis.percent, price }, span);
                    }
                }
            }
            StatementKind::Fee { name, value, remedies } => {
                let fees = &self.header.choices.fees;
                let Some(fee) = fees.iter().position(|f| *f.name == *name.node).and_then(|i| u16::try_from(i).ok())
                else {
                    let known = fees.iter().map(|f| &*f.name);
                    let near = crate::diagnostic::near(&name.node, known.clone());
                    // The law bounds fees that not every shop takes.
                    if let (Some(_), None, ast::Or::Is(amount)) = (self.law(at), near, value) {
                        self.fee_amount("fee", name, amount, span);
                        return;
                    }
                    let finding = match near {
                        Some(_) => {
                            let message = format!("the choices say nothing of a fee `{}`", name.node);
                            say::meant(Diagnostic::new(Code::FeeTermsNotSaid, name.span, message), name, known, None)
                        }
                        None => {
                            let written = spelled(&name.node);
                            Diagnostic::new(Code::FeeTermsNotSaid, name.span, format!("what is the fee `{}` taken for, and is it taxed?", name.node))
                                .label(self.header.span, "this header does not say it")
                                .help(format!(
                                    "add to `choices` `fee {written} per line, untaxed`, or with `per item`, `per return` or `per label`, and `taxed`"
                                ))
                        }
                    };
                    self.cx.out.push(finding);
                    return;
                };
                let on = self.on_coming_back(remedies, |r| Attribute::Fee(fee, r));
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(amount) => {
                        if let Some(value) = self.fee_amount("fee", name, amount, span) {
                            self.state(at, clauses, &on, value, span);
                        }
                    }
                }
            }
            StatementKind::Deduct { name, value, remedies } => {
                let known = self.deductions.iter().position(|d| *d == name.node).unwrap_or_else(|| {
                    self.deductions.push(name.node.clone());
                    self.deductions.len() - 1
                });
                let deduction = u16::try_from(known).unwrap_or(u16::MAX);
                let on = self.on_coming_back(remedies, |r| Attribute::Deduction(deduction, r));
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(amount) => {
                        if let Some(value) = self.fee_amount("deduct", name, amount, span) {
                            self.state(at, clauses, &on, value, span);
                        }
                    }
                }
            }
            StatementKind::Tax(value) => {
                self.simple(at, clauses, Attribute::Tax, value, |v| AttributeValue::Tax(*v), span)
            }
            StatementKind::Shipping(value) => {
                self.simple(at, clauses, Attribute::Shipping, value, |v| AttributeValue::Shipping(*v), span)
            }
            StatementKind::Discounts(value) => {
                self.simple(at, clauses, Attribute::Discounts, value, |v| AttributeValue::Discounts(*v), span);
            }
            StatementKind::Pay(ast::Or::As(wish)) => self.wish(at, clauses, vec![Attribute::Pay], wish, span),
            StatementKind::Pay(ast::Or::Is(route)) => {
                let Some(to) = self.destination(&route.to, span) else { return };
                let up_to = match &route.up_to {
                    Some(value) => match self.amount(value) {
                        Some(amount) => Some(amount),
                        None => return,
                    },
                    None => None,
                };
                let rest = match &route.rest {
                    Some(name) => match tender_named(name, self.cx.schema, self.cx.out) {
                        Some(tender) => Some(tender),
                        None => return,
                    },
                    None => None,
                };
                self.may_be_cash(to, span);
                rest.into_iter().for_each(|rest| self.may_be_cash(Destination::Tender(rest), span));
                let useless = match (to, &route.up_to, rest) {
                    (Destination::Tender(to), _, Some(rest)) if to == rest => {
                        Some("the rest goes to the same tender, so the cap changes nothing")
                    }
                    (_, Some(cap), _) if up_to == Some(Decimal::ZERO) => {
                        let message = "up to nothing goes there, so this is the same as paying the rest";
                        self.cx.out.push(
                            Diagnostic::new(Code::OutOfRange, cap.span, message).help("write an amount above zero"),
                        );
                        return;
                    }
                    _ => None,
                };
                if let Some(why) = useless {
                    self.cx.out.push(
                        Diagnostic::new(Code::NoEffect, span, why)
                            .help("name another tender for the rest, or leave the cap out"),
                    );
                }
                self.state(at, clauses, &[Attribute::Pay], AttributeValue::Route { to, up_to, rest }, span);
            }
            StatementKind::PayOneOf(names) => {
                let mut ways: Vec<Destination> = Vec::new();
                for named in names {
                    let Some(way) = self.destination(&named.node, span) else { return };
                    if ways.contains(&way) {
                        let finding = Diagnostic::new(Code::NoEffect, named.span, "this way is named already");
                        self.cx.out.push(finding.help("name each way once"));
                        continue;
                    }
                    self.may_be_cash(way, span);
                    ways.push(way);
                }
                self.state(at, clauses, &[Attribute::Pay], AttributeValue::RouteOneOf(ways), span);
            }
            StatementKind::Hold(value) => {
                let mut held = None;
                if let ast::Or::Is(Some(hold)) = value {
                    self.used.months.push((hold.length.unit, span, file));
                    let term = self.term(hold.length, statement, file, span, Counted::Hold);
                    let (Some(term), Some(after)) = (term, self.pay_event(&hold.after)) else { return };
                    held = Some((term, after));
                }
                self.simple(at, clauses, Attribute::Hold, value, |_| AttributeValue::Hold(held.clone()), span);
            }
            StatementKind::Due(value) => {
                let mut within = None;
                if let ast::Or::Is(ast::Due::Within { length, after, not_before, .. }) = value {
                    self.used.months.push((length.unit, span, file));
                    let term = self.term(*length, statement, file, span, Counted::Due);
                    let (Some(term), Some(event)) = (term, self.pay_event(after)) else { return };
                    let awaited = self.awaited(not_before);
                    if length.unit == Unit::Hours && (event != PayEvent::Requested || !awaited.is_empty()) {
                        let message = "hours count from the request, not from a day";
                        let days = length.count.div_ceil(24);
                        self.cx.out.push(
                            Diagnostic::new(Code::NotCounted, span, message)
                                .help(format!("write days, such as `within {days} days`")),
                        );
                        return;
                    }
                    let after = match after {
                        ast::PayEvent::Requested => String::new(),
                        ast::PayEvent::Sold => " after sold".to_owned(),
                        ast::PayEvent::Back(event) => format!(" after {}", event.word()),
                        ast::PayEvent::Fact(fact) => format!(" after {}", fact.node),
                    };
                    let until = match awaited.as_slice() {
                        [] => "",
                        [MeetingEvent::Received] => ", not before received",
                        [_] => ", not before sent",
                        _ => ", not before the earlier of sent, received",
                    };
                    let words = format!("{term}{after}{until}").into();
                    within = Some(Within { term, after: event, not_before: awaited, words });
                }
                self.simple(at, clauses, Attribute::Due, value, |_| AttributeValue::Due(within.clone()), span);
            }
            StatementKind::Collect { forms, only } => {
                let mut answers: Vec<AnswerKind> = only.iter().map(|kind| kind.node).collect();
                if answers.is_empty() {
                    answers = AnswerKind::GOES_THROUGH.to_vec();
                }
                answers.sort_unstable();
                answers.dedup();
                for one in forms {
                    let fields = self.fields(one, false, &answers);
                    if !fields.is_empty() {
                        self.state(at, clauses, &fields, AttributeValue::Yes, one.span);
                    }
                }
            }
            StatementKind::Waive(refs) => {
                for one in refs {
                    let fields = self.fields(one, true, &AnswerKind::ALL);
                    if !fields.is_empty() {
                        self.state(
                            at,
                            clauses,
                            &fields,
                            AttributeValue::No { reason: None, overridable_by: None },
                            one.span,
                        );
                    }
                }
            }
            StatementKind::Refer { role, reason } => {
                if let Some(role) = self.decider(role) {
                    self.guard(at, clauses, GuardKind::Refer(role), reason.as_ref(), span);
                }
            }
            StatementKind::Verify { role, within, reason, otherwise } => {
                let term = match within {
                    Some(within) => {
                        self.used.months.push((within.unit, span, file));
                        let Some(term) = self.term(*within, statement, file, span, Counted::Verify) else { return };
                        Some(term)
                    }
                    None => None,
                };
                let failed = match otherwise {
                    Some(otherwise) => {
                        let Some((kind, text)) = self.otherwise(otherwise, span) else { return };
                        Some(Box::new(Failed { kind, text: text.map(Into::into) }))
                    }
                    None => None,
                };
                if let Some(role) = role_named(role, self.cx.schema, self.cx.out) {
                    let kind = GuardKind::Verify { role, within: term, failed };
                    self.guard(at, clauses, kind, reason.as_ref(), span);
                }
            }
            // Read once all deductions have their names.
            StatementKind::Leeway(_) => {}
            StatementKind::Limit(limit) => self.limit(at, file, clauses, limit, span),
            StatementKind::Stop { reason, finality } => {
                if let Some(overridable_by) = self.finality(finality.as_ref(), span) {
                    self.guard(at, clauses, GuardKind::Stop(overridable_by), Some(reason), span);
                }
            }
            StatementKind::Say(words) => self.say(at, clauses, false, words),
            StatementKind::Offer(words) => self.say(at, clauses, true, words),
        }
    }

    /// A date that a window starts from; nothing when it is none, which is reported.
    fn start_date(&mut self, at: usize, date: &ast::StartDate, span: Span) -> Option<StartDate> {
        match date {
            ast::StartDate::Clock(clock) => {
                // Rights ask for what is missing, whatever the policy does without it.
                if self.law(at).is_none() {
                    self.used.clocks.push((clock.told_as(), span));
                }
                Some(StartDate::Clock(*clock))
            }
            ast::StartDate::Fact(name) => {
                let fact = self.date_of_line(name, "a window starts from", "start received")?;
                Some(StartDate::Fact(fact))
            }
        }
    }

    /// Where money goes; a tender that nobody knows is reported.
    fn destination(&mut self, to: &ast::Destination, span: Span) -> Option<Destination> {
        let name = match to {
            ast::Destination::Original => {
                self.used.original.get_or_insert(span);
                return Some(Destination::Original);
            }
            ast::Destination::AskedFor => return Some(Destination::AskedFor),
            ast::Destination::Tender(name) => name,
        };
        let tenders = self.cx.schema.domain(domain::TENDERS);
        if let Some(tender) = tenders.and_then(|d| d.find(&name.node)) {
            return Some(Destination::Tender(tender));
        }
        let tenders = tenders.map_or(&[][..], |d| &d.words);
        let known = ["original tender", "tender asked for"].into_iter().chain(tenders.iter().map(String::as_str));
        let finding = match crate::diagnostic::near(&name.node, known.clone()) {
            Some(_) => say::unknown("tender", name, known, None),
            None => {
                let add = say::adds(domain::TENDERS, &name.node);
                say::unknown("tender", name, tenders.iter().map(String::as_str), add)
            }
        };
        self.cx.out.push(finding);
        None
    }

    /// Notes that money may go out in coins.
    fn may_be_cash(&mut self, to: Destination, span: Span) {
        let cash = self.cx.schema.domain(domain::TENDERS).and_then(|tenders| tenders.find("cash"));
        if match to {
            Destination::Original | Destination::AskedFor => true,
            Destination::Tender(tender) => cash == Some(tender),
        } {
            self.used.cash.get_or_insert(span);
        }
    }

    fn pay_event(&mut self, event: &ast::PayEvent) -> Option<PayEvent> {
        Some(match event {
            ast::PayEvent::Sold => PayEvent::Sold,
            ast::PayEvent::Requested => PayEvent::Requested,
            ast::PayEvent::Back(event) => PayEvent::Back(*event),
            ast::PayEvent::Fact(name) => PayEvent::Fact(self.declared_date(name, "this counts from", "after sold")?),
        })
    }

    /// The events that a payment waits for, each once.
    fn awaited(&mut self, named: &[Spanned<MeetingEvent>]) -> Vec<MeetingEvent> {
        let mut events: Vec<MeetingEvent> = Vec::new();
        for event in named {
            if events.contains(&event.node) {
                let message = format!("`{}` is named twice", event.node.word());
                let finding = Diagnostic::new(Code::NoEffect, event.span, message);
                self.cx.out.push(finding.help("name each event once"));
            }
            events.push(event.node);
        }
        events.sort_unstable();
        events.dedup();
        events
    }

    /// The same of a window, which each line has of its own.
    fn date_of_line(&mut self, name: &ast::Name, what: &str, instead: &str) -> Option<FactId> {
        let fact = self.declared_date(name, what, instead)?;
        if self.cx.schema.fact(fact).is_some_and(|fact| fact.scope > Scope::Line) {
            let message = format!("a window is of each line, but `{}` is told of each tender", name.node);
            self.cx.out.push(
                Diagnostic::new(Code::ScopeTooFine, name.span, message)
                    .help("declare the date `of the item` or `of the sale`"),
            );
            return None;
        }
        Some(fact)
    }

    /// A declared date that something counts from.
    fn declared_date(&mut self, name: &ast::Name, what: &str, instead: &str) -> Option<FactId> {
        let (id, ty) = self.cx.fact(name)?;
        let known = usize::from(id.0) >= builtin::ALL.len();
        if ty == Type::Date && known {
            return Some(id);
        }
        let message = match ty {
            Type::Date => format!("`{}` is no date that {what}", name.node),
            ty => format!("`{}` is {}, not a date", name.node, say::kind_of(ty)),
        };
        self.cx.out.push(Diagnostic::new(Code::WrongKind, name.span, message).help(format!(
            "name a declared date, such as `fact sale.told_on : date, of the sale`, or write `{instead}`"
        )));
        None
    }

    pub(super) fn say(&mut self, at: usize, clauses: &mut [Clause], offer: bool, words: &ast::Words) {
        let Some(clause) = clauses.get_mut(at) else { return };
        if clause.scope > Scope::Line {
            let finding = Diagnostic::new(
                Code::ScopeTooFine,
                words.text.span,
                "words are said of a line or of the visit, but this condition asks about each tender the money goes back to",
            );
            let finding = self.any_tender(at, finding);
            self.cx.out.push(finding);
            return;
        }
        let only = words.only.iter().map(|kind| (kind.node, kind.span)).collect();
        clause.words.push(Words { offer, text: words.text.node.clone(), only });
    }

    pub(super) fn guard(
        &mut self,
        at: usize,
        clauses: &mut [Clause],
        kind: GuardKind,
        text: Option<&Spanned<String>>,
        span: Span,
    ) {
        let Some(clause) = clauses.get_mut(at) else { return };
        if clause.guards.iter().any(|(k, _, limit)| *k == kind && limit.is_none()) {
            let first =
                self.tree.drafts.get(at).into_iter().flat_map(|d| &d.ast.body).find(|s| s.span != span && is_guard(s));
            let finding = Diagnostic::new(Code::StatedTwice, span, "this clause says so already");
            let finding = match first {
                Some(first) => finding.label(first.span, "here"),
                None => finding,
            };
            self.cx.out.push(finding.help("keep one of them, with the words that the clerk should read"));
            return;
        }
        if !self.fits(at, clauses, Attribute::Guard(at), span) {
            return;
        }
        let Some(clause) = clauses.get_mut(at) else { return };
        clause.guards.push((kind, text.map(|t| t.node.clone()), None));
    }

    pub(super) fn adjust(
        &mut self,
        at: usize,
        clauses: &mut [Clause],
        kind: AdjustmentKind,
        remedies: Vec<u16>,
        span: Span,
    ) {
        if !self.fits(at, clauses, Attribute::Window(0), span) {
            return;
        }
        if let Some(clause) = clauses.get_mut(at) {
            clause.adjustments.push((kind, remedies, span));
        }
    }

    pub(super) fn simple<T>(
        &mut self,
        at: usize,
        clauses: &mut [Clause],
        attribute: Attribute,
        value: &ast::Or<T>,
        make: impl Fn(&T) -> AttributeValue,
        span: Span,
    ) {
        match value {
            ast::Or::Is(value) => self.state(at, clauses, &[attribute], make(value), span),
            ast::Or::As(wish) => self.wish(at, clauses, vec![attribute], wish, span),
        }
    }

    pub(super) fn wish(
        &mut self,
        at: usize,
        clauses: &mut [Clause],
        attributes: Vec<Attribute>,
        wish: &ast::AsBefore,
        span: Span,
    ) {
        // Stated now, so that a second statement is found; its value follows when all clauses are read.
        self.state(at, clauses, &attributes, AttributeValue::Yes, span);
        self.wishes.push((at, attributes, wish.clone(), span));
    }

    pub(super) fn some_remedies(&mut self, names: &[ast::Name]) -> Vec<u16> {
        for (at, name) in names.iter().enumerate() {
            if let Some(first) = names.iter().take(at).find(|n| n.node == name.node) {
                let finding = Diagnostic::new(Code::NoEffect, name.span, format!("`{}` is named already", name.node));
                self.cx.out.push(finding.label(first.span, "here"));
            }
        }
        let mut found: Vec<u16> =
            names.iter().filter_map(|name| remedy_named(name, self.cx.schema, self.cx.out)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn on(&mut self, remedies: &[ast::Name], attribute: impl Fn(u16) -> Attribute) -> Vec<Attribute> {
        self.remedies(remedies).into_iter().map(attribute).collect()
    }

    /// The same of what goods are worth that come back: without `for` that is no matter of a remedy that leaves them with
    /// the customer.
    fn on_coming_back(&mut self, remedies: &[ast::Name], attribute: impl Fn(u16) -> Attribute) -> Vec<Attribute> {
        let named = !remedies.is_empty();
        let remedies = self.remedies(remedies);
        let difference = |remedy: &u16| {
            let kind = self.cx.schema.remedies.get(usize::from(*remedy)).map(|remedy| &remedy.kind);
            kind == Some(&RemedyKind::PriceDifference)
        };
        remedies.into_iter().filter(|remedy| named || !difference(remedy)).map(attribute).collect()
    }

    /// The remedies that a clause names with `also accept` or `no`.
    pub(super) fn named_alone(&mut self, at: usize) -> Vec<Attribute> {
        let Some(draft) = self.tree.drafts.get(at) else { return Vec::new() };
        let mut found = Vec::new();
        for statement in &draft.ast.body {
            if let StatementKind::AlsoAccept(names) | StatementKind::No { remedies: names, .. } = &statement.kind {
                let schema = &self.cx.schema;
                found.extend(names.iter().filter_map(|n| schema.remedies.iter().position(|r| r.name == n.node)));
            }
        }
        found.into_iter().filter_map(|r| u16::try_from(r).ok()).map(Attribute::Remedy).collect()
    }

    /// `accept a, b`: yes to these and no to all others; whether these remedies are known.
    fn accept(&mut self, at: usize, clauses: &mut [Clause], names: &[ast::Name], span: Span) -> bool {
        names.iter().for_each(|name| self.cx.words.names_remedy(&name.node));
        let yes = self.remedies(names);
        if !names.is_empty() && yes.is_empty() {
            return false;
        }
        let no: Vec<Attribute> =
            self.remedies(&[]).into_iter().filter(|r| !yes.contains(r)).map(Attribute::Remedy).collect();
        let yes: Vec<Attribute> = yes.into_iter().map(Attribute::Remedy).collect();
        self.state(at, clauses, &yes, AttributeValue::Yes, span);
        // A remedy left out by `accept` may still be named by `also accept` in the same clause.
        let named = self.named_alone(at);
        let no: Vec<Attribute> = no.into_iter().filter(|a| !named.contains(a)).collect();
        self.state(at, clauses, &no, NO, span);
        true
    }

    /// Who may lift a refusal; what the law does not grant needs no such word.
    fn finality_at(&mut self, at: usize, finality: Option<&ast::Finality>, span: Span) -> Option<Option<u16>> {
        match (self.law(at), finality) {
            (Some(_), None) => Some(None),
            _ => self.finality(finality, span),
        }
    }

    pub(super) fn finality(&mut self, finality: Option<&ast::Finality>, span: Span) -> Option<Option<u16>> {
        match finality {
            Some(ast::Finality::Final) => Some(None),
            Some(ast::Finality::Overridable(role)) => self.decider(role).map(Some),
            None => {
                self.cx.out.push(Diagnostic::new(Code::DeclineNotSaid, span, "can somebody decide otherwise than this?").help(
                    "end the sentence with `, final` (nobody can) or `, overridable by manager` (a manager, or another role, can)",
                ));
                None
            }
        }
    }

    /// A role that may decide; where the policy says who may approve how much, it must be among them.
    pub(super) fn decider(&mut self, name: &Spanned<String>) -> Option<u16> {
        let role = role_named(name, self.cx.schema, self.cx.out)?;
        authority::on_ladder(self.header, name, role, self.cx.schema, self.cx.out);
        Some(role)
    }

    /// A length with the calendar that its sentence names, or its file; nothing when it cannot be counted, which is reported.
    fn term(
        &mut self,
        length: Length,
        statement: &ast::Statement,
        file: usize,
        span: Span,
        counted: Counted,
    ) -> Option<Term> {
        if !self.length(length, span, counted) {
            return None;
        }
        let month_end = self.header.counting.get(file).map_or(MonthEnd::LastDay, FileCounting::month_end);
        if length.unit != Unit::BusinessDays {
            return Some(Term::new(length, month_end, None));
        }
        let calendar = match (&statement.calendar, self.header.counting.get(file)) {
            (Some(name), _) => Some(calendars::named(name, self.cx.out)?),
            (None, Some(counting)) => {
                let (calendar, said) = counting.calendar();
                if !said {
                    self.used.business_days.get_or_insert(span);
                }
                calendar.cloned()
            }
            (None, None) => None,
        };
        Some(Term::new(length, month_end, calendar))
    }

    /// Whether a length can be counted where it stands; if not, it is reported.
    pub(super) fn length(&mut self, length: Length, span: Span, counted: Counted) -> bool {
        let unit = match length.unit {
            Unit::Hours => 24 * 365,
            Unit::Days | Unit::BusinessDays => 365,
            Unit::Weeks => 52,
            Unit::Months => 12,
            Unit::Years => 1,
        };
        let (code, message, help) = if length.count == 0 {
            let (message, help) = match counted {
                Counted::Window => (
                    "a window of no time ends before anybody can come back",
                    "write a length, such as `window 30 days`, or refuse: `decline \"…\", final`",
                ),
                Counted::Longer => {
                    ("this makes no window longer", "write a length, such as `window longer by 30 days`")
                }
                Counted::After => ("this leaves no time", "write a length, such as `7 days`"),
                Counted::LowestPrice => {
                    ("there is no lowest price in no time", "write a length, such as `lowest price in 90 days`")
                }
                Counted::History => {
                    ("this looks back over no time", "write a length, such as `in any 30 days`, or `ever`")
                }
                Counted::Hold => ("this holds nothing back", "write `hold none`"),
                Counted::Due => ("there is no time to pay in", "write `due at once`"),
                Counted::Verify => ("there is no time to verify it in", "write a length, such as `within 48 hours`"),
                Counted::Kept => ("what is kept for no time is not kept", "write `kept never`"),
            };
            (Code::OutOfRange, message.to_owned(), help.to_owned())
        } else if length.count > unit * LONGEST {
            let help = match counted {
                Counted::Window => "for no end, write `window no limit`",
                _ => "write a shorter time",
            };
            (Code::OutOfRange, format!("{length} are more than {LONGEST} years"), help.to_owned())
        } else if length.unit == Unit::BusinessDays
            && matches!(counted, Counted::LowestPrice | Counted::Kept | Counted::History)
        {
            let days = length.count.saturating_mul(7).div_ceil(5);
            let message = match counted {
                Counted::Kept => "how long an answer is kept is not counted in business days",
                Counted::History => "how far back a limit looks is not counted in business days",
                _ => "how far back a price is looked for is not counted in business days",
            };
            let help = format!(
                "write days: {length} are `{days} days` on the calendar, or more where holidays lie between them"
            );
            (Code::NotCounted, message.to_owned(), help)
        } else if length.unit == Unit::Hours && counted == Counted::Kept {
            let message = "how long an answer is kept is counted in days of the calendar".to_owned();
            (Code::NotCounted, message, format!("write days, such as `{} days`", length.count.div_ceil(24)))
        } else if length.unit == Unit::Hours && counted == Counted::After {
            let message = "what comes after a day is counted in days".to_owned();
            (Code::NotCounted, message, format!("write days, such as `{} days`", length.count.div_ceil(24)))
        } else if length.unit == Unit::Hours && counted == Counted::Hold {
            let message = "money is held for whole days, not for hours".to_owned();
            (
                Code::NotCounted,
                message,
                format!("write days, such as `hold {} days after sold`", length.count.div_ceil(24)),
            )
        } else {
            return true;
        };
        self.cx.out.push(Diagnostic::new(code, span, message).help(help));
        false
    }

    pub(super) fn amount(&mut self, value: &Spanned<ast::Value>) -> Option<rust_decimal::Decimal> {
        if !self.cx.money(value) {
            return None;
        }
        match &value.node {
            ast::Value::Money { amount, .. } => Some(*amount),
            _ => None,
        }
    }

    /// The amount of a fee or deduction; `word` begins its sentence.
    fn fee_amount(
        &mut self,
        word: &str,
        name: &ast::Name,
        amount: &ast::FeeAmount,
        span: Span,
    ) -> Option<AttributeValue> {
        let ast::FeeAmount::Of { of, at_least, at_most } = amount else { return Some(AttributeValue::NoFee) };
        let mut bound = |value: &Option<Spanned<ast::FeeBound>>| match value {
            Some(Spanned { node: ast::FeeBound::Money(money), span }) => {
                self.amount(&Spanned::new(money.clone(), *span)).map(|money| Some(FeeBound::Money(money)))
            }
            Some(Spanned { node: ast::FeeBound::Percent(percent), span }) => {
                self.share(*percent, *span).map(|percent| Some(FeeBound::Percent(percent)))
            }
            None => Some(None),
        };
        let (at_least, at_most) = (bound(at_least)?, bound(at_most)?);
        let (least, most) = match (at_least, at_most) {
            (Some(FeeBound::Money(a)), Some(FeeBound::Money(b))) => {
                let written = |amount| self.cx.currency.map_or(String::new(), |c| say::money(amount, c));
                (Some((a, written(a))), Some((b, written(b))))
            }
            (Some(FeeBound::Percent(a)), Some(FeeBound::Percent(b))) => {
                let written = |percent: Decimal| format!("{}%", percent.normalize());
                (Some((a, written(a))), Some((b, written(b))))
            }
            _ => (None, None),
        };
        if let (Some((least, less)), Some((most, more))) = (least, most)
            && least > most
        {
            let message = format!("at least {less} is more than at most {more}");
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, message).help("exchange the two amounts"));
            return None;
        }
        let of = match of {
            ast::FeeOf::Percent(percent) => FeeOf::Percent(self.share(*percent, span)?),
            ast::FeeOf::Money(value) => FeeOf::Money(self.amount(value)?),
            ast::FeeOf::Fact(fact) => FeeOf::Fact(self.fee_fact(word, name, fact, false)?),
            ast::FeeOf::FactPercent(fact) => FeeOf::FactPercent(self.fee_fact(word, name, fact, true)?),
        };
        // One figure says as much as two of the same kind.
        let same = |bound: &FeeBound| {
            matches!((of, bound), (FeeOf::Percent(_), FeeBound::Percent(_)) | (FeeOf::Money(_), FeeBound::Money(_)))
        };
        if at_least.iter().chain(&at_most).any(same) {
            let message = "the amount and its bound are known, so the bound changes nothing, or is the amount";
            self.cx.out.push(Diagnostic::new(Code::NoEffect, span, message).help("write the one amount that is meant"));
        }
        Some(AttributeValue::Fee(FeeAmount { of, at_least, at_most }))
    }

    /// A share of the goods, not above all of them.
    fn share(&mut self, percent: Decimal, span: Span) -> Option<Decimal> {
        if percent > Decimal::ONE_HUNDRED {
            let message = format!("{}% is more than the goods are worth", percent.normalize());
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, message).help("write at most `100%`"));
            return None;
        }
        Some(percent)
    }

    /// The fact that tells a fee or deduction: an amount, or a number of percent.
    fn fee_fact(&mut self, word: &str, name: &ast::Name, fact: &ast::Name, percent: bool) -> Option<FactId> {
        let (id, ty) = self.cx.fact(fact)?;
        let known = self.cx.schema.fact(id).filter(|f| f.stage < Stage::Amounts && f.scope <= Scope::Line);
        let number = matches!(ty, Type::Number | Type::WholeNumber);
        if known.is_some() && if percent { number } else { ty == Type::Money } {
            return Some(id);
        }
        let written = spelled(&name.node);
        let message = match ty {
            Type::Money if !percent => format!("`{}` is worked out only after fees and deductions", fact.node),
            ty if percent => format!("`{}` is {}, not a number of percent", fact.node, say::kind_of(ty)),
            ty => format!("`{}` is {}, not an amount of money", fact.node, say::kind_of(ty)),
        };
        let help = match ty {
            Type::Money if percent => format!("an amount stands by itself: `{word} {written} {}`", fact.node),
            _ if number && !percent => {
                format!("if it is a share of the price in percent, say so: `{word} {written} {} percent`", fact.node)
            }
            _ => format!(
                "name a declared fact (`fact item.{0} : money, of the item`), an amount (`{word} {written} 5.00 USD`) or a share (`{word} {written} 10%`)",
                name.node.replace([' ', '-'], "_")
            ),
        };
        self.cx.out.push(Diagnostic::new(Code::WrongKind, fact.span, message).help(help));
        None
    }

    /// A length that a fact tells, and its bounds.
    fn told_length(
        &mut self,
        told: &ast::ToldLength,
        statement: &ast::Statement,
        file: usize,
        span: Span,
    ) -> Option<ToldLength> {
        let (fact, ty) = self.cx.fact(&told.fact)?;
        let declared = usize::from(fact.0) >= builtin::ALL.len();
        let readable = self.cx.schema.fact(fact).is_some_and(|fact| fact.scope <= Scope::Line);
        if ty != Type::WholeNumber || !declared || !readable {
            let message = match ty {
                Type::WholeNumber if readable => format!("`{}` does not say how long a window is", told.fact.node),
                Type::WholeNumber => {
                    format!("a window is counted for each line, but `{}` is told of each tender", told.fact.node)
                }
                ty => format!("`{}` is {}, not a whole number", told.fact.node, say::kind_of(ty)),
            };
            self.cx.out.push(Diagnostic::new(Code::WrongKind, told.fact.span, message).help(
                "name a declared fact, such as `fact item.seller_days : whole number, of the item`, or write a length: `window 30 days`",
            ));
            return None;
        }
        let mut count = |bound: &Option<Spanned<Length>>| match bound {
            Some(Spanned { node: length, span }) if length.unit != told.unit => {
                let message = format!("the window counts {}s, and its bound {}s", told.unit.word(), length.unit.word());
                let help = format!("write the bound in {}s", told.unit.word());
                self.cx.out.push(Diagnostic::new(Code::NotCounted, *span, message).help(help));
                None
            }
            Some(Spanned { node: length, span }) => {
                self.length(*length, *span, Counted::Window).then_some(Some(length.count))
            }
            None => Some(None),
        };
        let (at_least, at_most) = (count(&told.at_least)?, count(&told.at_most)?);
        if let (Some(least), Some(most)) = (at_least, at_most)
            && least > most
        {
            let unit = told.unit.word();
            let message = format!("at least {least} {unit}s are more than at most {most} {unit}s");
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, message).help("exchange the two lengths"));
            return None;
        }
        let one = self.term(Length { count: 1, unit: told.unit }, statement, file, span, Counted::Window)?;
        let none = Term { length: Length { count: 0, unit: told.unit }, ..one };
        Some(ToldLength { fact, none, at_least, at_most })
    }

    /// A day; one that belongs to a season needs a test of that season around it.
    pub(super) fn day(&mut self, at: usize, clauses: &[Clause], day: &Spanned<ast::Day>) -> Option<Day> {
        let mut tested = Vec::new();
        for way in self.tree.ways_up(at) {
            for clause in way.iter().filter_map(|at| clauses.get(*at)) {
                seasons_tested(&clause.cond, &mut tested);
            }
        }
        tested.sort_unstable();
        tested.dedup();
        let wanted = match &day.node {
            ast::Day::Date(date) => return Some(Day::Date(*date)),
            ast::Day::MonthDay(_) => None,
            ast::Day::DeadlineOf(name) | ast::Day::DayAfter(name) => {
                Some(*self.cx.words.seasons.find(name, self.cx.out)?)
            }
        };
        let before = tested.clone();
        tested.retain(|(season, _)| wanted.is_none_or(|w| w == *season));
        let name = |season: SeasonId| self.cx.schema.seasons.get(usize::from(season.0)).map_or("", |s| s.name.as_str());
        let [(season, fact)] = tested.as_slice() else {
            let (message, help) = match (&day.node, tested.as_slice(), before.first()) {
                (ast::Day::MonthDay(_), [_, _, ..], _) => (
                    format!("which year's day is this? it could follow {}", say::or(tested.iter().map(|(s, _)| name(*s)))),
                    "ask for one season only, or write the day with its year: `2027-01-15`".to_owned(),
                ),
                (_, [_, _, ..], _) => (
                    "which year's day is this? the season is asked for by two dates".to_owned(),
                    "ask for it once, as in `when sold in …`".to_owned(),
                ),
                (ast::Day::DeadlineOf(label) | ast::Day::DayAfter(label), [], _) => (
                    format!("which year's day is this? no condition here asks for the season `{}`", label.node),
                    format!("give the clause, or one around it, the condition `when sold in {}`", label.node),
                ),
                (_, _, Some((season, _))) => (
                    "which year's day is this?".to_owned(),
                    format!("ask for one season only, such as `when sold in {}`", name(*season)),
                ),
                (_, _, None) => (
                    "which year's day is this? no condition here asks for a season".to_owned(),
                    "give the clause a condition such as `when sold in holiday`, or write the day with its year: `2027-01-15`".to_owned(),
                ),
            };
            self.cx.out.push(Diagnostic::new(Code::SeasonNotTested, day.span, message).help(help));
            return None;
        };
        let (season, fact): (_, FactId) = (*season, *fact);
        if let ast::Day::DeadlineOf(label) = &day.node {
            let without = self.cx.schema.seasons.get(usize::from(season.0)).map(|s| match &s.instances {
                SeasonDates::Yearly { until, .. } => until.is_none(),
                SeasonDates::Dated(list) => list.iter().any(|i| i.until.is_none()),
            });
            if without == Some(true) {
                let finding = Diagnostic::new(
                    Code::NoDeadline,
                    day.span,
                    format!("the season `{}` has no deadline in every year", label.node),
                );
                let finding = match self.cx.words.seasons.span(&label.node) {
                    Some(span) => finding.label(span, "`until` is missing here"),
                    None => finding,
                };
                let help = match self.cx.schema.seasons.get(usize::from(season.0)).map(|s| &s.instances) {
                    Some(SeasonDates::Dated(_)) => {
                        "add the day to each of its years, as in `2026-11-01 to 2026-12-31 until 2027-01-15`"
                    }
                    _ => "add it to the season: `November 1 to December 24, until January 15`",
                };
                self.cx.out.push(finding.help(help));
                return None;
            }
        }
        Some(match &day.node {
            ast::Day::Date(date) => Day::Date(*date),
            ast::Day::MonthDay(day) => Day::MonthDay(*day, season, fact),
            ast::Day::DeadlineOf(_) => Day::DeadlineOf(season, fact),
            ast::Day::DayAfter(_) => Day::DayAfter(season, fact),
        })
    }
}

/// What a length is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Window,
    Longer,
    After,
    LowestPrice,
    History,
    Hold,
    Due,
    Verify,
    Kept,
}

/// The most years a length may have.
const LONGEST: u32 = 100;
