//! Names, dates, numbers, amounts: what sentences of all kinds hold.

use chrono::NaiveDate;
use pest::iterators::Pair;
use rust_decimal::Decimal;

use super::{Cx, Parts, Rule};
use crate::date::{Length, MonthDay, Unit, When};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

/// The words of a pair with one space between them, however they were written.
pub(super) fn words_of(pair: &Pair<'_, Rule>) -> String {
    pair.as_str().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name, quoted or not; also a label, a fact's name, a reference to a field.
pub(super) fn name(cx: &Cx<'_>, pair: &Pair<'_, Rule>) -> ast::Name {
    match pair.as_str().strip_prefix('"') {
        Some(_) => string(cx, pair),
        None => Spanned::new(words_of(pair), cx.span(pair)),
    }
}

/// The names of a list.
pub(super) fn names(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Vec<ast::Name> {
    Parts::of(pair).map(|pair| name(cx, &pair)).collect()
}

/// A text without its quotation marks.
pub(super) fn string(cx: &Cx<'_>, pair: &Pair<'_, Rule>) -> Spanned<String> {
    let quoted = pair.as_str();
    let text = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
    Spanned::new(text.to_owned(), cx.span(pair))
}

/// The texts of a list.
pub(super) fn strings(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Vec<Spanned<String>> {
    Parts::of(pair).map(|pair| string(cx, &pair)).collect()
}

pub(super) fn label_path(cx: &Cx<'_>, pair: &Pair<'_, Rule>) -> ast::LabelPath {
    ast::LabelPath { parts: pair.as_str().split('/').map(str::to_owned).collect(), span: cx.span(pair) }
}

pub(super) fn label_paths(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Vec<ast::LabelPath> {
    Parts::of(pair).map(|pair| label_path(cx, &pair)).collect()
}

/// A day of the calendar, between the years 1900 and 2200.
pub(super) fn date(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>) -> Option<Spanned<NaiveDate>> {
    let when = when(cx, pair)?;
    match when.node {
        When::Date(date) => Some(Spanned::new(date, when.span)),
        When::Moment(_) => None,
    }
}

/// A day or a moment.
pub(super) fn when(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>) -> Option<Spanned<When>> {
    let span = cx.span(pair);
    match pair.as_str().parse::<When>() {
        Ok(when) => Some(Spanned::new(when, span)),
        Err(error) => out_of_range(cx, span, error.to_string()),
    }
}

pub(super) fn month_day(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<MonthDay>> {
    let span = cx.span(&pair);
    let written = words_of(&pair);
    let mut parts = Parts::of(pair);
    let month = match parts.next()?.as_str() {
        "January" => 1,
        "February" => 2,
        "March" => 3,
        "April" => 4,
        "May" => 5,
        "June" => 6,
        "July" => 7,
        "August" => 8,
        "September" => 9,
        "October" => 10,
        "November" => 11,
        "December" => 12,
        _ => return None,
    };
    let day = parts.next()?.as_str().parse().ok().and_then(|day| MonthDay::new(month, day).ok());
    match day {
        Some(day) => Some(Spanned::new(day, span)),
        None => out_of_range(cx, span, format!("`{written}` is not a day of any year")),
    }
}

/// A length, without its calendar.
pub(super) fn length(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<Length>> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let count = parts.next()?;
    let unit = unit(&parts.next()?)?;
    match count.as_str().parse() {
        Ok(count) => Some(Spanned::new(Length { count, unit }, span)),
        Err(_) => too_long(cx, &count),
    }
}

/// What a length counts.
pub(super) fn unit(pair: &Pair<'_, Rule>) -> Option<Unit> {
    Some(match words_of(pair).as_str() {
        "hour" | "hours" => Unit::Hours,
        "day" | "days" => Unit::Days,
        "business day" | "business days" => Unit::BusinessDays,
        "week" | "weeks" => Unit::Weeks,
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        _ => return None,
    })
}

/// A number, also of an amount or a percentage.
pub(super) fn number(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>) -> Option<Spanned<Decimal>> {
    match Decimal::from_str_exact(pair.as_str().trim_end_matches('%')) {
        Ok(number) => Some(Spanned::new(number, cx.span(pair))),
        Err(_) => too_long(cx, pair),
    }
}

/// An amount of money.
pub(super) fn money(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<ast::Value>> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let amount = number(cx, &parts.next()?)?.node;
    let currency = parts.next()?.as_str().to_owned();
    Some(Spanned::new(ast::Value::Money { amount, currency }, span))
}

pub(super) fn value(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<ast::Value>> {
    constant(cx, pair.into_inner().next()?)
}

/// What stands in a value, or in the value of a pair.
pub(super) fn constant(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<ast::Value>> {
    match pair.as_rule() {
        Rule::money => money(cx, pair),
        Rule::date => Some(date(cx, &pair)?.map(ast::Value::Date)),
        Rule::number => Some(number(cx, &pair)?.map(ast::Value::Number)),
        Rule::name => Some(name(cx, &pair).map(ast::Value::Name)),
        _ => None,
    }
}

pub(super) fn clock(pair: &Pair<'_, Rule>) -> Option<ast::Clock> {
    Some(match pair.as_str() {
        "sold" => ast::Clock::Sold,
        "ordered" => ast::Clock::Ordered,
        "invoiced" => ast::Clock::Invoiced,
        "shipped" => ast::Clock::Shipped,
        "received" => ast::Clock::Received,
        "installed" => ast::Clock::Installed,
        "activated" => ast::Clock::Activated,
        _ => return None,
    })
}

pub(super) fn bound(pair: &Pair<'_, Rule>) -> Option<ast::Bound> {
    match words_of(pair).as_str() {
        "at least" => Some(ast::Bound::AtLeast),
        "at most" => Some(ast::Bound::AtMost),
        _ => None,
    }
}

pub(super) fn finality(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Finality> {
    let pair = pair.into_inner().next()?;
    match pair.as_rule() {
        Rule::final_word => Some(ast::Finality::Final),
        Rule::overridable => Some(ast::Finality::Overridable(name(cx, &Parts::of(pair).next()?))),
        _ => None,
    }
}

pub(super) fn tax_rule(pair: &Pair<'_, Rule>) -> Option<ast::TaxRule> {
    match words_of(pair).as_str() {
        "returned in full" => Some(ast::TaxRule::InFull),
        "returned on what is refunded" => Some(ast::TaxRule::OnRefunded),
        "not returned" => Some(ast::TaxRule::NotReturned),
        _ => None,
    }
}

pub(super) fn shipping_rule(pair: &Pair<'_, Rule>) -> Option<ast::ShippingRule> {
    match words_of(pair).as_str() {
        "returned" => Some(ast::ShippingRule::Returned),
        "returned up to the cheapest" => Some(ast::ShippingRule::UpToCheapest),
        "returned with the last item" => Some(ast::ShippingRule::WithLastItem),
        "not returned" => Some(ast::ShippingRule::NotReturned),
        _ => None,
    }
}

pub(super) fn sharing(pair: &Pair<'_, Rule>) -> Option<ast::Sharing> {
    match words_of(pair).as_str() {
        "shared in proportion" => Some(ast::Sharing::InProportion),
        "clawed back" => Some(ast::Sharing::ClawedBack),
        "void" => Some(ast::Sharing::Void),
        _ => None,
    }
}

pub(super) fn counted(pair: &Pair<'_, Rule>) -> ast::Counted {
    match pair.as_str() {
        "customer" => ast::Counted::Customer,
        "household" => ast::Counted::Household,
        "clerk" => ast::Counted::Clerk,
        _ => ast::Counted::Item,
    }
}

pub(super) fn meeting_event(pair: &Pair<'_, Rule>) -> Option<ast::MeetingEvent> {
    match pair.as_str() {
        "told" => Some(ast::MeetingEvent::Told),
        "sent" => Some(ast::MeetingEvent::Sent),
        "received" => Some(ast::MeetingEvent::Received),
        _ => None,
    }
}

pub(super) fn attributes(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<Vec<ast::Attribute>> {
    Parts::of(pair).map(|pair| attribute(cx, pair)).collect()
}

/// What the clauses of higher layers may do.
pub(super) fn leeway(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Leeway> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let kind = match words_of(&parts.next()?).as_str() {
        "not change" => ast::LeewayKind::Sealed,
        "improve" => ast::LeewayKind::Improve,
        "tighten" => ast::LeewayKind::Tighten,
        "change" => ast::LeewayKind::Free,
        _ => return None,
    };
    let subject = parts.next()?;
    let on = match subject.as_rule() {
        Rule::leeway_all => Vec::new(),
        _ => attributes(cx, subject)?,
    };
    let within = match parts.next() {
        Some(range) => {
            let mut ends = Parts::of(range);
            Some((leeway_end(cx, ends.next()?)?, leeway_end(cx, ends.next()?)?))
        }
        None => None,
    };
    Some(ast::Leeway { kind, on, within, span })
}

fn leeway_end(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<ast::LeewayEnd>> {
    let pair = pair.into_inner().next()?;
    match pair.as_rule() {
        Rule::length => Some(length(cx, pair)?.map(ast::LeewayEnd::Length)),
        Rule::percent => Some(number(cx, &pair)?.map(ast::LeewayEnd::Percent)),
        Rule::money => Some(money(cx, pair)?.map(ast::LeewayEnd::Money)),
        _ => None,
    }
}

fn attribute(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Attribute> {
    let span = cx.span(&pair);
    let pair = pair.into_inner().next()?;
    let kind = match pair.as_rule() {
        Rule::attribute_named => {
            let mut inner = pair.into_inner();
            let family = inner.next()?.as_rule();
            let name = name(cx, &inner.next()?).node;
            match family {
                Rule::k_fee => ast::AttributeKind::Fee(name),
                Rule::k_deduction => ast::AttributeKind::Deduction(name),
                Rule::k_remedy => ast::AttributeKind::Remedy(name),
                Rule::k_form => ast::AttributeKind::Form(name),
                _ => return None,
            }
        }
        _ => match pair.as_str() {
            "remedies" => ast::AttributeKind::Remedies,
            "guards" => ast::AttributeKind::Guards,
            "forms" => ast::AttributeKind::Forms,
            "window" => ast::AttributeKind::Window,
            "start" => ast::AttributeKind::Start,
            "basis" => ast::AttributeKind::Basis,
            "tax" => ast::AttributeKind::Tax,
            "shipping" => ast::AttributeKind::Shipping,
            "discounts" => ast::AttributeKind::Discounts,
            "pay" => ast::AttributeKind::Pay,
            "hold" => ast::AttributeKind::Hold,
            "due" => ast::AttributeKind::Due,
            _ => return None,
        },
    };
    Some(ast::Attribute { kind, span })
}

/// Stores an option that may be said once in its sentence.
pub(super) fn once<T>(cx: &mut Cx<'_>, slot: &mut Option<T>, value: T, span: Span, what: &str) {
    if slot.is_some() {
        cx.error(span, format!("{what} is said twice in one sentence"));
    } else {
        *slot = Some(value);
    }
}

fn too_long<T>(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>) -> Option<T> {
    out_of_range(cx, cx.span(pair), "this number has too many digits".to_owned())
}

fn out_of_range<T>(cx: &mut Cx<'_>, span: Span, message: String) -> Option<T> {
    cx.out.push(Diagnostic::new(Code::OutOfRange, span, message));
    None
}
