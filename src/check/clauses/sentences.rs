//! Each sentence of a clause: an attribute with a value, an adjustment, a guard or words.

use crate::date::{Length, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{FactId, Scope, Stage, Type};
use crate::model::{Attribute, Clause};
use crate::program::{AdjustmentKind, AttributeValue, Day, Destination, GuardKind, Price, WindowLength};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, StatementKind};

use super::Clauses;
use crate::check::conditions::seasons_tested;
use crate::check::words::{remedy_named, role_named, tender_named, unknown};

impl Clauses<'_, '_> {
    pub(super) fn statement(&mut self, at: usize, file: usize, statement: &ast::Statement, clauses: &mut [Clause]) {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Except(_) | StatementKind::Overrides(_) | StatementKind::Bad(_) => {}
            StatementKind::Accept(ast::Or::As(wish)) => {
                let all = self.remedies(&[]).into_iter().map(Attribute::Remedy).collect();
                self.wish(at, clauses, all, wish, span);
            }
            StatementKind::Accept(ast::Or::Is(names)) => {
                let yes = self.remedies(names);
                if !names.is_empty() && yes.is_empty() {
                    return;
                }
                let no: Vec<Attribute> =
                    self.remedies(&[]).into_iter().filter(|r| !yes.contains(r)).map(Attribute::Remedy).collect();
                let yes: Vec<Attribute> = yes.into_iter().map(Attribute::Remedy).collect();
                self.state(at, clauses, &yes, AttributeValue::Yes, span);
                let no_value = AttributeValue::No { reason: None, overridable_by: None };
                // A remedy left out by `accept` may still be named by `also accept` in the same clause.
                let named = self.named_alone(at);
                let no: Vec<Attribute> = no.into_iter().filter(|a| !named.contains(a)).collect();
                self.state(at, clauses, &no, no_value, span);
            }
            StatementKind::AlsoAccept(names) => {
                let yes: Vec<Attribute> = self.remedies(names).into_iter().map(Attribute::Remedy).collect();
                if !yes.is_empty() {
                    self.state(at, clauses, &yes, AttributeValue::Yes, span);
                }
            }
            StatementKind::No { remedies, reason, finality } => {
                let no: Vec<Attribute> = self.remedies(remedies).into_iter().map(Attribute::Remedy).collect();
                let Some(overridable_by) = self.finality(finality.as_ref(), span) else { return };
                let value =
                    AttributeValue::No { reason: reason.as_ref().map(|r| r.node.as_str().into()), overridable_by };
                if !no.is_empty() {
                    self.state(at, clauses, &no, value, span);
                }
            }
            StatementKind::Decline { reason, finality } => {
                let all: Vec<Attribute> = self.remedies(&[]).into_iter().map(Attribute::Remedy).collect();
                let Some(overridable_by) = self.finality(finality.as_ref(), span) else { return };
                let value = AttributeValue::No { reason: Some(reason.node.as_str().into()), overridable_by };
                self.state(at, clauses, &all, value, span);
            }
            StatementKind::Start { value, remedies } => {
                let on = self.on(remedies, Attribute::Start);
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(start) => {
                        self.used.clocks.extend(start.later_of.iter().map(|c| (*c, span)));
                        let mut later_of = start.later_of.clone();
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
                }
                let on = self.on(remedies, Attribute::Window);
                let length = match value {
                    ast::Or::As(wish) => return self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(ast::WindowLength::NoLimit) => WindowLength::NoLimit,
                    ast::Or::Is(ast::WindowLength::Until(day)) => match self.day(at, clauses, day) {
                        Some(day) => WindowLength::Until(day),
                        None => return,
                    },
                    ast::Or::Is(ast::WindowLength::Length(length)) => {
                        self.length(*length, span, file);
                        let Some(counting) = self.header.counting.get(file) else { return };
                        WindowLength::Length(*length, counting.counting())
                    }
                };
                self.state(at, clauses, &on, AttributeValue::Window { length, fixed: *fixed }, span);
            }
            StatementKind::WindowLonger { by, remedies } => {
                let remedies = self.some_remedies(remedies);
                self.used.longer.push(span);
                if matches!(by.node.unit, Unit::Months | Unit::Years) {
                    self.used.lengths.push((by.node.unit, by.span, file));
                }
                self.adjust(at, clauses, AdjustmentKind::Longer(by.node), remedies, span);
            }
            StatementKind::WindowBound { bound, day, remedies } => {
                let remedies = self.some_remedies(remedies);
                if let Some(day) = self.day(at, clauses, day) {
                    self.adjust(at, clauses, AdjustmentKind::Bound(*bound, day), remedies, span);
                }
            }
            StatementKind::Basis { value, remedies } => {
                let on = self.on(remedies, Attribute::Basis);
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
                            ast::Price::LowestIn(length) => Price::LowestIn(length.to_string().into()),
                            ast::Price::Nothing => Price::Nothing,
                        };
                        if !self.percent(basis.percent, span) {
                            return;
                        }
                        self.state(at, clauses, &on, AttributeValue::Basis { percent: basis.percent, price }, span);
                    }
                }
            }
            StatementKind::Fee { name, value, remedies } => {
                let fees = &self.header.choices.fees;
                let Some(fee) = fees.iter().position(|f| *f.name == *name.node).and_then(|i| u16::try_from(i).ok())
                else {
                    let mut finding = Diagnostic::new(
                        Code::FeeTermsNotSaid,
                        name.span,
                        format!("what is the fee `{}` counted by?", name.node),
                    );
                    if let Some(close) = crate::diagnostic::near(&name.node, fees.iter().map(|f| &*f.name)) {
                        finding = finding.help(format!("did you mean `{close}`?"));
                    } else {
                        finding = finding.help(format!(
                            "add to `choices` a line such as `fee {} per line, untaxed` (per item, per line, per return, per label; taxed, untaxed)",
                            name.node
                        ));
                    }
                    self.cx.out.push(finding);
                    return;
                };
                let on = self.on(remedies, |r| Attribute::Fee(fee, r));
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(amount) => {
                        if let Some(value) = self.fee_amount(amount, span) {
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
                let on = self.on(remedies, |r| Attribute::Deduction(deduction, r));
                match value {
                    ast::Or::As(wish) => self.wish(at, clauses, on, wish, span),
                    ast::Or::Is(ast::DeductAmount::Fee(amount)) => {
                        if let Some(value) = self.fee_amount(amount, span) {
                            self.state(at, clauses, &on, value, span);
                        }
                    }
                    ast::Or::Is(ast::DeductAmount::Fact(fact)) => {
                        let Some((id, ty)) = self.cx.fact(fact) else { return };
                        let readable =
                            self.cx.schema.fact(id).is_some_and(|f| f.stage < Stage::Amounts && f.scope <= Scope::Line);
                        if ty != Type::Money || !readable {
                            self.cx.out.push(Diagnostic::new(
                                Code::WrongKind,
                                fact.span,
                                format!(
                                    "`{}` is not an amount of money known of the item before amounts are made",
                                    fact.node
                                ),
                            ));
                            return;
                        }
                        self.state(at, clauses, &on, AttributeValue::FeeFact(id), span);
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
                let to = match &route.to {
                    ast::Destination::Original => {
                        self.used.original.get_or_insert(span);
                        Destination::Original
                    }
                    ast::Destination::AskedFor => Destination::AskedFor,
                    ast::Destination::Tender(name) => match tender_named(name, self.cx.schema, self.cx.out) {
                        Some(tender) => Destination::Tender(tender),
                        None => return,
                    },
                };
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
                self.state(at, clauses, &[Attribute::Pay], AttributeValue::Route { to, up_to, rest }, span);
            }
            StatementKind::Hold(value) => {
                let on = |v: &Option<ast::Hold>| AttributeValue::Hold(v.as_ref().map(|h| (h.length, h.after)));
                self.simple(at, clauses, Attribute::Hold, value, on, span);
            }
            StatementKind::Due(value) => {
                let on = |v: &ast::Due| match v {
                    ast::Due::AtOnce => AttributeValue::Due(None),
                    ast::Due::Within { length, calendar } => {
                        AttributeValue::Due(Some((*length, calendar.as_ref().map(|c| c.node.as_str().into()))))
                    }
                };
                self.simple(at, clauses, Attribute::Due, value, on, span);
            }
            StatementKind::Collect(refs) => {
                for one in refs {
                    let fields = self.fields(one, false, clauses);
                    if !fields.is_empty() {
                        self.state(at, clauses, &fields, AttributeValue::Yes, one.span);
                    }
                }
            }
            StatementKind::Waive(refs) => {
                for one in refs {
                    let fields = self.fields(one, true, clauses);
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
                if let Some(role) = role_named(role, self.cx.schema, self.cx.out) {
                    self.guard(at, clauses, GuardKind::Refer(role), reason.as_ref(), span);
                }
            }
            StatementKind::Verify { role, within, reason } => {
                if let Some(role) = role_named(role, self.cx.schema, self.cx.out) {
                    self.guard(at, clauses, GuardKind::Verify(role, *within), reason.as_ref(), span);
                }
            }
            StatementKind::Stop { reason, finality } => {
                if let Some(overridable_by) = self.finality(finality.as_ref(), span) {
                    self.guard(at, clauses, GuardKind::Stop(overridable_by), Some(reason), span);
                }
            }
            StatementKind::Say(text) => self.say(at, clauses, false, text),
            StatementKind::Offer(text) => self.say(at, clauses, true, text),
        }
    }

    pub(super) fn say(&mut self, at: usize, clauses: &mut [Clause], offer: bool, text: &Spanned<String>) {
        let Some(clause) = clauses.get_mut(at) else { return };
        if clause.scope > Scope::Line {
            self.cx.out.push(Diagnostic::new(
                Code::ScopeTooFine,
                text.span,
                "words belong to a line or the visit, not to a tender",
            ));
            return;
        }
        clause.words.push((offer, text.node.clone()));
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
        if clause.guards.iter().any(|(k, _)| *k == kind) {
            self.cx.out.push(Diagnostic::new(Code::StatedTwice, span, "this clause says so already"));
            return;
        }
        clause.guards.push((kind, text.map(|t| t.node.clone())));
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
            clause.adjustments.push((kind, remedies));
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
        let mut found: Vec<u16> =
            names.iter().filter_map(|name| remedy_named(name, self.cx.schema, self.cx.out)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn on(&mut self, remedies: &[ast::Name], attribute: impl Fn(u16) -> Attribute) -> Vec<Attribute> {
        self.remedies(remedies).into_iter().map(attribute).collect()
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

    pub(super) fn finality(&mut self, finality: Option<&ast::Finality>, span: Span) -> Option<Option<u16>> {
        match finality {
            Some(ast::Finality::Final) => Some(None),
            Some(ast::Finality::Overridable(role)) => role_named(role, self.cx.schema, self.cx.out).map(Some),
            None => {
                self.cx.out.push(
                    Diagnostic::new(Code::DeclineNotSaid, span, "can somebody lift this refusal?")
                        .help("end the sentence with `, final` or `, overridable by manager` (or another role)"),
                );
                None
            }
        }
    }

    pub(super) fn length(&mut self, length: Length, span: Span, file: usize) {
        self.used.lengths.push((length.unit, span, file));
        if length.count == 0 {
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, "a window of nothing"));
        }
    }

    pub(super) fn percent(&mut self, percent: rust_decimal::Decimal, span: Span) -> bool {
        let fine = percent <= rust_decimal::Decimal::ONE_HUNDRED;
        if !fine {
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, "more than 100 % of it"));
        }
        fine
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

    pub(super) fn fee_amount(&mut self, amount: &ast::FeeAmount, span: Span) -> Option<AttributeValue> {
        Some(match amount {
            ast::FeeAmount::None => AttributeValue::NoFee,
            ast::FeeAmount::Percent { percent, at_least, at_most } => {
                let mut bound = |value: &Option<Spanned<ast::Value>>| match value {
                    Some(value) => self.amount(value).map(Some),
                    None => Some(None),
                };
                let (at_least, at_most) = (bound(at_least)?, bound(at_most)?);
                if at_least.zip(at_most).is_some_and(|(least, most)| least > most) {
                    self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, "at least is more than at most"));
                    return None;
                }
                if !self.percent(*percent, span) {
                    return None;
                }
                AttributeValue::FeePercent { percent: *percent, at_least, at_most }
            }
            ast::FeeAmount::Money(value) => AttributeValue::FeeMoney(self.amount(value)?),
        })
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
        tested.retain(|(season, _)| wanted.is_none_or(|w| w == *season));
        let [(season, fact)] = tested.as_slice() else {
            let what = if tested.is_empty() {
                "no condition here tests its season"
            } else {
                "conditions here test more than one season"
            };
            self.cx.out.push(
                Diagnostic::new(Code::SeasonNotTested, day.span, format!("which year's day is this? {what}"))
                    .help("give the clause one test such as `when sold in holiday`, or write the date with its year"),
            );
            return None;
        };
        let (season, fact): (_, FactId) = (*season, *fact);
        Some(match &day.node {
            ast::Day::Date(date) => Day::Date(*date),
            ast::Day::MonthDay(day) => Day::MonthDay(*day, season, fact),
            ast::Day::DeadlineOf(_) => Day::DeadlineOf(season, fact),
            ast::Day::DayAfter(_) => Day::DayAfter(season, fact),
        })
    }

    /// The fields a name stands for: a form, a field of one, or (to waive) the guards of a clause.
    pub(super) fn fields(&mut self, name: &ast::Name, waive: bool, clauses: &[Clause]) -> Vec<Attribute> {
        let (form, field) = match name.node.split_once('.') {
            Some((form, field)) => (form, Some(field)),
            None => (name.node.as_str(), None),
        };
        if waive && field.is_none() && !self.cx.words.forms.has(form) {
            let path = ast::LabelPath { parts: form.split('/').map(str::to_owned).collect(), span: name.span };
            let Some(clause) = self.tree.find(&path, None, self.cx.out) else { return Vec::new() };
            let guards = self.tree.drafts.get(clause).is_some_and(|d| {
                d.ast.body.iter().any(|s| {
                    matches!(
                        s.kind,
                        StatementKind::Refer { .. } | StatementKind::Verify { .. } | StatementKind::Stop { .. }
                    )
                })
            });
            if !guards {
                self.cx.out.push(Diagnostic::new(
                    Code::WrongKind,
                    name.span,
                    format!("`{}` is neither a form nor a guard", name.node),
                ));
                return Vec::new();
            }
            let _ = clauses;
            return vec![Attribute::Guard(clause)];
        }
        let found = Spanned::new(form.to_owned(), name.span);
        let Some((at, fields)) = self.cx.words.forms.find(&found, self.cx.out) else { return Vec::new() };
        let count = u16::try_from(fields.len()).unwrap_or(u16::MAX);
        match field {
            None => (0..count).map(|f| Attribute::Field(*at, f)).collect(),
            Some(field) => match fields.iter().position(|f| f == field).and_then(|f| u16::try_from(f).ok()) {
                Some(f) => vec![Attribute::Field(*at, f)],
                None => {
                    let field = Spanned::new(field.to_owned(), name.span);
                    self.cx.out.push(unknown("field", &field, fields.iter().map(String::as_str)));
                    Vec::new()
                }
            },
        }
    }
}
