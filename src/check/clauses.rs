//! The sentences of clauses: each becomes an attribute with a value, an adjustment, a guard or words, checked against the
//! scope and the stage of the conditions around it.

use std::sync::Arc;

use crate::date::{Length, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, FactId, RemedyKind, Schema, Scope, Stage, Type};
use crate::model::{Attribute, AttributeGroup, Clause, Override, Statement, Version};
use crate::program::{
    AdjustmentKind, AttributeValue, Day, Destination, Field, FieldType, Form, GuardKind, Kept, Price, WindowLength,
};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, StatementKind};

use super::conditions::{Cx, scope_of, seasons_tested, span_of, stage_of};
use super::files::Plan;
use super::guesses::{Header, Used};
use super::tree::Tree;
use super::words::{Words, remedy_named, role_named, tender_named, unknown};

/// Checks the clauses of a version.
pub(super) fn version(
    plan: &Plan<'_>,
    header: &Header,
    words: &mut Words,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) -> Version {
    let tree = Tree::new(plan, out);
    let mut cx = Clauses {
        header,
        tree: &tree,
        deductions: Vec::new(),
        used: Used::default(),
        wishes: Vec::new(),
        cx: Cx { words, schema, currency: header.head.currency.as_ref().map(|c| c.node), out },
    };
    let mut clauses: Vec<Clause> = cx.heads();
    for at in 0..clauses.len() {
        cx.body(at, &mut clauses);
    }
    cx.settle_wishes(&mut clauses);
    let overrides = cx.overrides(plan);
    let disciplines = cx.disciplines();
    let forms = cx.forms(plan, &clauses);
    cx.nothing_missing(&clauses);
    cx.used.report(header, cx.cx.out);
    let scenarios = plan
        .items()
        .filter_map(|(_, item)| if let ast::Item::Scenario(s) = item { Some(s.clone()) } else { None })
        .collect();
    Version {
        name: plan.policy.version.node.clone(),
        from: header.from,
        zone: header.zone,
        choices: header.choices.clone(),
        deductions: cx.deductions,
        clauses,
        overrides,
        disciplines,
        forms,
        scenarios,
    }
}

struct Clauses<'a, 'b> {
    header: &'b Header,
    tree: &'b Tree<'a>,
    deductions: Vec<String>,
    used: Used,
    /// `as before` and `as in`: clause, attributes, what is wished, where.
    wishes: Vec<(usize, Vec<Attribute>, ast::AsBefore, Span)>,
    cx: Cx<'b>,
}

/// The scope of an attribute's holder and the stage that settles it.
fn place_of(attribute: Attribute) -> (Scope, Stage, &'static str) {
    match attribute {
        Attribute::Start(_) | Attribute::Window(_) => (Scope::Line, Stage::Windows, "a window"),
        Attribute::Remedy(_) => (Scope::Line, Stage::Remedies, "a remedy"),
        Attribute::Basis(_) | Attribute::Fee(..) | Attribute::Deduction(..) => {
            (Scope::Line, Stage::Amounts, "an amount")
        }
        Attribute::Tax | Attribute::Shipping | Attribute::Discounts => {
            (Scope::Sale, Stage::Amounts, "an amount of the sale")
        }
        Attribute::Guard(_) => (Scope::Line, Stage::Guards, "a guard"),
        Attribute::Pay | Attribute::Hold | Attribute::Due => (Scope::Tender, Stage::Tenders, "a route"),
        Attribute::Field(..) => (Scope::Line, Stage::Paperwork, "paperwork"),
    }
}

impl Clauses<'_, '_> {
    /// The clauses with their conditions, without their sentences.
    fn heads(&mut self) -> Vec<Clause> {
        let own: Vec<Cond> = self
            .tree
            .drafts
            .iter()
            .map(|d| {
                d.ast.when.as_ref().map_or(Some(Cond::Always), |when| self.cx.condition(when)).unwrap_or(Cond::Always)
            })
            .collect();
        let whole = |at: usize, schema: &Schema| {
            let mut scope = Scope::Visit;
            let mut stage = Stage::Facts;
            for way in self.tree.ways_up(at) {
                for cond in way.iter().filter_map(|at| own.get(*at)) {
                    scope = scope.max(scope_of(cond, schema));
                    stage = stage.max(stage_of(cond, schema));
                }
            }
            (scope, stage)
        };
        let places: Vec<(Scope, Stage)> = (0..self.tree.drafts.len()).map(|at| whole(at, self.cx.schema)).collect();
        self.tree
            .drafts
            .iter()
            .zip(own)
            .zip(places)
            .map(|((draft, cond), (scope, stage))| Clause {
                label: draft.ast.label.node.clone(),
                path: draft.path.clone(),
                title: draft.ast.title.as_ref().map(|t| t.node.clone()),
                citations: draft.ast.citations.iter().map(|c| c.node.clone()).collect(),
                span: draft.ast.span,
                cond,
                cond_span: span_of(draft.ast),
                parents: draft.parents.clone(),
                scope,
                stage,
                statements: Vec::new(),
                adjustments: Vec::new(),
                guards: Vec::new(),
                words: Vec::new(),
            })
            .collect()
    }

    fn body(&mut self, at: usize, clauses: &mut [Clause]) {
        let Some(draft) = self.tree.drafts.get(at) else { return };
        let mut said = 0;
        for statement in &draft.ast.body {
            said += 1;
            self.statement(at, draft.file, statement, clauses);
        }
        if said == 0 {
            self.cx.out.push(Diagnostic::new(
                Code::NoEffect,
                draft.ast.span,
                format!("the clause `{}` says nothing", draft.path),
            ));
        }
        if let Some(clause) = clauses.get_mut(at) {
            let guards = !clause.guards.is_empty();
            if guards {
                let span = clause.span;
                self.state(at, clauses, &[Attribute::Guard(at)], AttributeValue::Yes, span);
            }
        }
    }

    fn statement(&mut self, at: usize, file: usize, statement: &ast::Statement, clauses: &mut [Clause]) {
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

    fn say(&mut self, at: usize, clauses: &mut [Clause], offer: bool, text: &Spanned<String>) {
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

    fn guard(
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

    fn adjust(&mut self, at: usize, clauses: &mut [Clause], kind: AdjustmentKind, remedies: Vec<u16>, span: Span) {
        if !self.fits(at, clauses, Attribute::Window(0), span) {
            return;
        }
        if let Some(clause) = clauses.get_mut(at) {
            clause.adjustments.push((kind, remedies));
        }
    }

    fn simple<T>(
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

    fn wish(
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

    /// States attributes, unless the place is wrong or the clause states one of them already.
    fn state(
        &mut self,
        at: usize,
        clauses: &mut [Clause],
        attributes: &[Attribute],
        value: AttributeValue,
        span: Span,
    ) {
        let Some(first) = attributes.first() else { return };
        if !self.fits(at, clauses, *first, span) {
            return;
        }
        let Some(clause) = clauses.get_mut(at) else { return };
        if let Some(twice) = clause.statements.iter().find(|s| attributes.contains(&s.attribute)) {
            self.cx.out.push(
                Diagnostic::new(Code::StatedTwice, span, "this clause says two things about the same matter")
                    .label(twice.span, "the first one")
                    .help("keep one of them, or put one into an exception with a condition of its own"),
            );
            return;
        }
        for attribute in attributes {
            clause.statements.push(Statement { attribute: *attribute, value: value.clone(), span });
        }
    }

    /// Whether a clause's conditions may decide an attribute; if not, it is reported.
    fn fits(&mut self, at: usize, clauses: &[Clause], attribute: Attribute, span: Span) -> bool {
        let (scope, stage, what) = place_of(attribute);
        let Some(clause) = clauses.get(at) else { return false };
        if clause.scope > scope {
            let (speaks, holder) = (scope_word(clause.scope), scope_word(scope));
            self.cx.out.push(
                Diagnostic::new(Code::ScopeTooFine, span, format!("{what} belongs to {holder}"))
                    .label(clause.cond_span, format!("the conditions here speak of {speaks}"))
                    .help(if scope == Scope::Line {
                        "`any tender (…)` makes a condition of the sale".to_owned()
                    } else {
                        "use a condition on the sale, or `any line (…)`".to_owned()
                    }),
            );
            return false;
        }
        let allowed = clause.stage < stage || (clause.stage == Stage::Tenders && stage == Stage::Tenders);
        if !allowed {
            self.cx.out.push(
                Diagnostic::new(Code::ReadsLater, span, format!("{what} is settled before what these conditions read"))
                    .label(clause.cond_span, "this is known only later")
                    .help("the order is: facts, windows, remedies, amounts, totals, guards, tenders, paperwork, words"),
            );
        }
        allowed
    }

    fn remedies(&mut self, names: &[ast::Name]) -> Vec<u16> {
        if names.is_empty() {
            let count = u16::try_from(self.cx.schema.remedies.len()).unwrap_or(u16::MAX);
            return (0..count).collect();
        }
        self.some_remedies(names)
    }

    fn some_remedies(&mut self, names: &[ast::Name]) -> Vec<u16> {
        let mut found: Vec<u16> =
            names.iter().filter_map(|name| remedy_named(name, self.cx.schema, self.cx.out)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn on(&mut self, remedies: &[ast::Name], attribute: impl Fn(u16) -> Attribute) -> Vec<Attribute> {
        self.remedies(remedies).into_iter().map(attribute).collect()
    }

    /// The remedies that a clause names with `also accept` or `no`.
    fn named_alone(&mut self, at: usize) -> Vec<Attribute> {
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

    fn finality(&mut self, finality: Option<&ast::Finality>, span: Span) -> Option<Option<u16>> {
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

    fn length(&mut self, length: Length, span: Span, file: usize) {
        self.used.lengths.push((length.unit, span, file));
        if length.count == 0 {
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, "a window of nothing"));
        }
    }

    fn percent(&mut self, percent: rust_decimal::Decimal, span: Span) -> bool {
        let fine = percent <= rust_decimal::Decimal::ONE_HUNDRED;
        if !fine {
            self.cx.out.push(Diagnostic::new(Code::OutOfRange, span, "more than 100 % of it"));
        }
        fine
    }

    fn amount(&mut self, value: &Spanned<ast::Value>) -> Option<rust_decimal::Decimal> {
        if !self.cx.money(value) {
            return None;
        }
        match &value.node {
            ast::Value::Money { amount, .. } => Some(*amount),
            _ => None,
        }
    }

    fn fee_amount(&mut self, amount: &ast::FeeAmount, span: Span) -> Option<AttributeValue> {
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
    fn day(&mut self, at: usize, clauses: &[Clause], day: &Spanned<ast::Day>) -> Option<Day> {
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
    fn fields(&mut self, name: &ast::Name, waive: bool, clauses: &[Clause]) -> Vec<Attribute> {
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

    /// Gives `as before` and `as in` their values.
    fn settle_wishes(&mut self, clauses: &mut [Clause]) {
        let wishes = std::mem::take(&mut self.wishes);
        for (at, attributes, wish, span) in &wishes {
            let mut nothing = true;
            for attribute in attributes {
                let mut values: Vec<Option<AttributeValue>> = match wish {
                    ast::AsBefore::In(path) => {
                        let Some(from) = self.tree.find(path, Some(*at), self.cx.out) else {
                            nothing = false;
                            break;
                        };
                        vec![self.stated(from, *attribute, clauses, &wishes, 0)]
                    }
                    ast::AsBefore::Before => self.before(*at, *attribute, clauses, &wishes, 0),
                };
                values.dedup();
                let one = if values.len() == 1 { values.pop().flatten() } else { None };
                if values.len() > 1 {
                    nothing = false;
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::NothingBefore,
                            *span,
                            "`as before` means different things under the clauses this one is an exception to",
                        )
                        .help("write the value, or `as in <label>`"),
                    );
                    break;
                }
                let Some(clause) = clauses.get_mut(*at) else { continue };
                match one {
                    Some(value) => {
                        nothing = false;
                        if let Some(statement) =
                            clause.statements.iter_mut().find(|s| s.attribute == *attribute && s.span == *span)
                        {
                            statement.value = value;
                        }
                    }
                    None => clause.statements.retain(|s| !(s.attribute == *attribute && s.span == *span)),
                }
            }
            if nothing {
                let help = match wish {
                    ast::AsBefore::Before => {
                        "`as before` goes back behind the clause this is an exception to; nothing above it says anything here"
                    }
                    ast::AsBefore::In(_) => "that clause does not say anything about this",
                };
                self.cx
                    .out
                    .push(Diagnostic::new(Code::NothingBefore, *span, "there is nothing to go back to").help(help));
            }
        }
    }

    /// What a clause states of an attribute, following its own wishes.
    fn stated(
        &self,
        at: usize,
        attribute: Attribute,
        clauses: &[Clause],
        wishes: &[(usize, Vec<Attribute>, ast::AsBefore, Span)],
        depth: usize,
    ) -> Option<AttributeValue> {
        if depth > 128 {
            return None;
        }
        let statement = clauses.get(at)?.statements.iter().find(|s| s.attribute == attribute)?;
        match wishes.iter().find(|(c, on, _, span)| *c == at && on.contains(&attribute) && *span == statement.span) {
            None => Some(statement.value.clone()),
            Some((_, _, ast::AsBefore::Before, _)) => {
                self.before(at, attribute, clauses, wishes, depth + 1).into_iter().next().flatten()
            }
            Some((_, _, ast::AsBefore::In(path), _)) => {
                let from = self.tree.find(path, Some(at), &mut Vec::new())?;
                self.stated(from, attribute, clauses, wishes, depth + 1)
            }
        }
    }

    /// For each way up: the statement of the next clause above the nearest one that states the attribute.
    fn before(
        &self,
        at: usize,
        attribute: Attribute,
        clauses: &[Clause],
        wishes: &[(usize, Vec<Attribute>, ast::AsBefore, Span)],
        depth: usize,
    ) -> Vec<Option<AttributeValue>> {
        let states =
            |at: &usize| clauses.get(*at).is_some_and(|c| c.statements.iter().any(|s| s.attribute == attribute));
        self.tree
            .ways_up(at)
            .into_iter()
            .map(|way| {
                let second = way.into_iter().skip(1).filter(|at| states(at)).nth(1)?;
                self.stated(second, attribute, clauses, wishes, depth)
            })
            .collect()
    }

    fn overrides(&mut self, plan: &Plan<'_>) -> Vec<Override> {
        let mut sentences: Vec<(Option<usize>, &ast::Overrides)> = Vec::new();
        for (_, item) in plan.items() {
            if let ast::Item::Overrides(overrides) = item {
                sentences.push((None, overrides));
            }
        }
        for (at, draft) in self.tree.drafts.iter().enumerate() {
            for statement in &draft.ast.body {
                if let StatementKind::Overrides(overrides) = &statement.kind {
                    sentences.push((Some(at), overrides));
                }
            }
        }
        let mut found: Vec<Override> = Vec::new();
        for (from, sentence) in sentences {
            let on = self.groups(&sentence.on);
            let winner = self.tree.find(&sentence.winner, from, self.cx.out);
            for path in &sentence.losers {
                let loser = self.tree.find(path, from, self.cx.out);
                let (Some(winner), Some(loser)) = (winner, loser) else { continue };
                let shared = self.tree.drafts.get(winner).zip(self.tree.drafts.get(loser));
                if winner == loser || !shared.is_some_and(|(w, l)| w.parents.iter().any(|p| l.parents.contains(p))) {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::NotSiblings,
                            sentence.span,
                            "these two clauses are not exceptions to the same clause",
                        )
                        .help("name the two that stand side by side and hold them; an override covers all inside"),
                    );
                    continue;
                }
                found.push(Override { winner, loser, on: on.clone(), span: sentence.span });
            }
        }
        self.cycles(&found);
        found
    }

    fn cycles(&mut self, overrides: &[Override]) {
        for (at, first) in overrides.iter().enumerate() {
            // A walk along winner → loser that comes back to where it began.
            let mut way = vec![at];
            let mut stack = vec![(first.loser, vec![at])];
            let mut seen = vec![first.winner];
            while let Some((clause, path)) = stack.pop() {
                if clause == first.winner {
                    way = path;
                    break;
                }
                if seen.contains(&clause) {
                    continue;
                }
                seen.push(clause);
                for (next, other) in overrides.iter().enumerate().filter(|(_, o)| o.winner == clause) {
                    let mut path = path.clone();
                    path.push(next);
                    stack.push((other.loser, path));
                }
            }
            let closes = way.last().and_then(|l| overrides.get(*l)).is_some_and(|l| l.loser == first.winner);
            if closes && way.iter().min() == Some(&at) {
                let mut finding =
                    Diagnostic::new(Code::OverridesCycle, first.span, "these clauses override each other in a circle");
                for other in way.iter().skip(1).filter_map(|o| overrides.get(*o)) {
                    finding = finding.label(other.span, "and so on by this");
                }
                self.cx.out.push(finding);
            }
        }
    }

    fn disciplines(&mut self) -> Vec<(AttributeGroup, crate::terms::Discipline)> {
        let mut found = Vec::new();
        for sentence in &self.header.disagree {
            for (group, attribute) in self.groups(&sentence.on).into_iter().zip(&sentence.on) {
                if matches!(group, AttributeGroup::Pay | AttributeGroup::Start | AttributeGroup::Form(_))
                    && !matches!(group, AttributeGroup::Start)
                {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::WrongKind,
                            attribute.span,
                            "of two values here none is better for the customer",
                        )
                        .help("say which clause `overrides` the other"),
                    );
                    continue;
                }
                found.push((group, sentence.discipline.node));
            }
        }
        found
    }

    fn groups(&mut self, attributes: &[ast::Attribute]) -> Vec<AttributeGroup> {
        let mut found = Vec::new();
        for attribute in attributes {
            let named = |name: &str| Spanned::new(name.to_owned(), attribute.span);
            let group = match &attribute.kind {
                ast::AttributeKind::Remedies => Some(AttributeGroup::Remedies),
                ast::AttributeKind::Remedy(name) => {
                    remedy_named(&named(name), self.cx.schema, self.cx.out).map(AttributeGroup::Remedy)
                }
                ast::AttributeKind::Window => Some(AttributeGroup::Window),
                ast::AttributeKind::Start => Some(AttributeGroup::Start),
                ast::AttributeKind::Basis => Some(AttributeGroup::Basis),
                ast::AttributeKind::Tax => Some(AttributeGroup::Tax),
                ast::AttributeKind::Shipping => Some(AttributeGroup::Shipping),
                ast::AttributeKind::Discounts => Some(AttributeGroup::Discounts),
                ast::AttributeKind::Pay => Some(AttributeGroup::Pay),
                ast::AttributeKind::Hold => Some(AttributeGroup::Hold),
                ast::AttributeKind::Due => Some(AttributeGroup::Due),
                ast::AttributeKind::Fee(name) => {
                    let fees = &self.header.choices.fees;
                    let at = fees.iter().position(|f| *f.name == **name);
                    if at.is_none() {
                        self.cx.out.push(unknown("fee", &named(name), fees.iter().map(|f| &*f.name)));
                    }
                    at.and_then(|i| u16::try_from(i).ok()).map(AttributeGroup::Fee)
                }
                ast::AttributeKind::Deduction(name) => {
                    let at = self.deductions.iter().position(|d| d == name);
                    if at.is_none() {
                        self.cx.out.push(unknown(
                            "deduction",
                            &named(name),
                            self.deductions.iter().map(String::as_str),
                        ));
                    }
                    at.and_then(|i| u16::try_from(i).ok()).map(AttributeGroup::Deduction)
                }
                ast::AttributeKind::Form(name) => {
                    self.cx.words.forms.find(&named(name), self.cx.out).map(|(at, _)| AttributeGroup::Form(*at))
                }
            };
            found.extend(group);
        }
        found
    }

    fn forms(&mut self, plan: &Plan<'_>, clauses: &[Clause]) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (_, item) in plan.items() {
            let ast::Item::Form(form) = item else { continue };
            if seen.contains(&form.label.node) {
                continue;
            }
            seen.push(form.label.node.clone());
            let number = u16::try_from(forms.len()).unwrap_or(u16::MAX);
            let mut of_visit = clauses.iter().all(|c| {
                c.scope == Scope::Visit
                    || !c.statements.iter().any(|s| matches!(s.attribute, Attribute::Field(f, _) if f == number))
            });
            let mut fields: Vec<Field> = Vec::new();
            for field in &form.fields {
                if fields.iter().any(|f| *f.name == *field.name.node) {
                    self.cx.out.push(Diagnostic::new(
                        Code::DefinedTwice,
                        field.name.span,
                        format!("a second field called `{}`", field.name.node),
                    ));
                }
                let required = match &field.required {
                    Some(ast::Required::Always) => Some(Cond::Always),
                    Some(ast::Required::When(condition)) => {
                        let Some(cond) = self.cx.condition(condition) else { continue };
                        let scope = scope_of(&cond, self.cx.schema);
                        if scope > Scope::Line {
                            self.cx.out.push(Diagnostic::new(
                                Code::ScopeTooFine,
                                condition.span,
                                "a form belongs to a line or the visit, not to a tender",
                            ));
                            continue;
                        }
                        of_visit &= scope == Scope::Visit;
                        Some(cond)
                    }
                    Some(ast::Required::Optional) => None,
                    None => {
                        self.cx.out.push(
                            Diagnostic::new(
                                Code::FieldNotSaid,
                                field.span,
                                format!("must `{}` be filled in?", field.name.node),
                            )
                            .help("add `, required`, `, required when …` or `, optional`"),
                        );
                        continue;
                    }
                };
                let text = |s: &Spanned<String>| -> Arc<str> { s.node.as_str().into() };
                fields.push(Field {
                    name: text(&field.name),
                    title: field.title.as_ref().map(text),
                    ty: match &field.ty.node {
                        ast::FieldType::Text => FieldType::Text,
                        ast::FieldType::Number => FieldType::Number,
                        ast::FieldType::WholeNumber => FieldType::WholeNumber,
                        ast::FieldType::Money => FieldType::Money,
                        ast::FieldType::Date => FieldType::Date,
                        ast::FieldType::YesNo => FieldType::YesNo,
                        ast::FieldType::OneOf(names) => FieldType::OneOf(names.iter().map(text).collect()),
                        ast::FieldType::Signature(of) => FieldType::Signature(text(of)),
                        ast::FieldType::Photo => FieldType::Photo,
                        ast::FieldType::Email => FieldType::Email,
                        ast::FieldType::Phone => FieldType::Phone,
                        ast::FieldType::Address => FieldType::Address,
                        ast::FieldType::Imei => FieldType::Imei,
                        ast::FieldType::Gtin => FieldType::Gtin,
                    },
                    required,
                    from: field.from.as_ref().map(text),
                    kept: field.kept.as_ref().map(|k| match k.node {
                        ast::Kept::Never => Kept::Never,
                        ast::Kept::HashFor(length) => Kept::HashFor(length),
                        ast::Kept::For(length) => Kept::For(length),
                    }),
                    purpose: field.purpose.as_ref().map(text),
                });
            }
            forms.push(Form {
                label: form.label.node.as_str().into(),
                title: form.title.as_ref().map(|t| t.node.as_str().into()),
                of_visit,
                fields,
            });
        }
        forms
    }

    /// Reports a remedy that is accepted although nothing around it, or inside it, gives it a window or a basis.
    fn nothing_missing(&mut self, clauses: &[Clause]) {
        let states = |at: usize, wanted: Attribute| {
            clauses.get(at).is_some_and(|c| c.statements.iter().any(|s| s.attribute == wanted))
        };
        for (at, clause) in clauses.iter().enumerate() {
            for statement in &clause.statements {
                let (Attribute::Remedy(remedy), AttributeValue::Yes) = (statement.attribute, &statement.value) else {
                    continue;
                };
                let kind = self.cx.schema.remedies.get(usize::from(remedy)).map(|r| r.kind.clone());
                let name = self.cx.schema.remedy(remedy).to_owned();
                let missing = |wanted: Attribute| {
                    // A clause without any condition around it speaks for everything.
                    let always = |at: &usize| clauses.get(*at).is_some_and(|c| c.cond == Cond::Always);
                    let everywhere = (0..clauses.len()).any(|other| {
                        states(other, wanted) && self.tree.ways_up(other).iter().any(|way| way.iter().all(always))
                    });
                    !everywhere && self.tree.ways_up(at).iter().any(|way| !way.iter().any(|c| states(*c, wanted)))
                };
                if missing(Attribute::Window(remedy)) {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::NoWindow,
                            statement.span,
                            format!("`{name}` is accepted here, but for how long is not said"),
                        )
                        .help("add `window 30 days` or `window no limit`, here or in a clause around it"),
                    );
                } else if missing(Attribute::Start(remedy)) {
                    let length = self
                        .tree
                        .ways_up(at)
                        .iter()
                        .flatten()
                        .filter_map(|c| clauses.get(*c))
                        .flat_map(|c| &c.statements)
                        .any(|s| {
                            s.attribute == Attribute::Window(remedy)
                                && matches!(s.value, AttributeValue::Window { length: WindowLength::Length(..), .. })
                        });
                    if length {
                        self.cx.out.push(
                            Diagnostic::new(Code::StartNotSaid, statement.span, format!("from which day does the window of `{name}` count?")).help(
                                "add `start sold`, `start received`, `start shipped`, `start invoiced`, `start ordered` or `start installed`",
                            ),
                        );
                    }
                }
                if kind != Some(RemedyKind::Service) && missing(Attribute::Basis(remedy)) {
                    self.cx.out.push(
                        Diagnostic::new(Code::NoBasis, statement.span, format!("`{name}` is accepted here, but not what its amount starts from"))
                            .help("add `basis price paid`, `basis current price` or `basis lowest price in 90 days`, here or in a clause around it"),
                    );
                }
            }
        }
    }
}

fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "the visit",
        Scope::Sale => "a sale",
        Scope::Line => "a line",
        Scope::Tender => "a tender",
    }
}
