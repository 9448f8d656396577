//! Forms and their fields.

use pest::iterators::{Pair, Pairs};

use super::leaves::{bound, date, length, money, name, names, number, once, string, words_of};
use super::places::Place;
use super::{Cx, Parts, Rule, conditions, recover};
use crate::source::Spanned;
use crate::syntax::ast::{self, FieldCheck, FieldDay, Item};

pub(super) fn form(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let mut lines = pair.into_inner();
    let head = lines.next()?;
    let span = cx.span(&head);
    let mut parts = Parts::of(head);
    let label = name(cx, &parts.next()?);
    let title = parts.next().map(|title| string(cx, &title));
    let (fields, bad) = form_lines(cx, lines);
    Some(Item::Form(ast::Form { label, title, fields, bad, span }))
}

/// The lines of a form.
pub(super) fn form_lines(cx: &mut Cx<'_>, lines: Pairs<'_, Rule>) -> (Vec<ast::Field>, Vec<ast::Bad>) {
    let (mut fields, mut bad) = (Vec::new(), Vec::new());
    for line in lines {
        match line.as_rule() {
            Rule::EOI => {}
            Rule::bad_line => bad.push(recover::bad_line(cx, &line, Place::Form)),
            Rule::bad_block => bad.push(recover::bad_block(cx, line, Place::Form)),
            _ => match cx.build(line, field) {
                Ok(field) => fields.push(field),
                Err(run) => bad.push(run),
            },
        }
    }
    (fields, bad)
}

fn field(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Field> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let field = name(cx, &parts.next()?);
    let title = parts.next_if(Rule::string).map(|title| string(cx, &title));
    let ty = parts.next()?;
    let ty = Spanned::new(field_type(cx, ty.clone())?, cx.span(&ty));
    let (mut required, mut from, mut kept, mut purpose) = (None, None, None, None);
    let (mut prefilled, mut identity, mut not_printed, mut checks) = (None, None, None, Vec::new());
    for option in parts {
        let span = cx.span(&option);
        let rule = option.as_rule();
        if let Some(check) = check(cx, option.clone()) {
            add(cx, &mut checks, Spanned::new(check, span));
            continue;
        }
        let part = Parts::of(option).next();
        match rule {
            Rule::field_required => {
                let value = match part {
                    Some(when) => ast::Required::When(conditions::when(cx, when)?),
                    None => ast::Required::Always,
                };
                once(cx, &mut required, value, span, "whether an answer is required");
            }
            Rule::field_optional => {
                once(cx, &mut required, ast::Required::Optional, span, "whether an answer is required");
            }
            Rule::field_from => {
                let value = name(cx, &part?);
                once(cx, &mut from, value, span, "who fills in the field");
            }
            Rule::field_kept => {
                let value = Spanned::new(field_kept(cx, part?)?, span);
                once(cx, &mut kept, value, span, "how the answer is kept");
            }
            Rule::field_purpose => {
                let value = string(cx, &part?);
                once(cx, &mut purpose, value, span, "the purpose");
            }
            Rule::field_prefilled => {
                let value = name(cx, &part?);
                once(cx, &mut prefilled, value, span, "what fills in the field");
            }
            Rule::field_identity => once(cx, &mut identity, span, span, "that it is of an identity document"),
            Rule::field_not_printed => once(cx, &mut not_printed, span, span, "that it is not printed"),
            _ => return None,
        }
    }
    Some(ast::Field {
        name: field,
        title,
        ty,
        required,
        from,
        kept,
        purpose,
        prefilled,
        checks,
        identity,
        not_printed,
        span,
    })
}

/// What an answer must be like, when the option says that.
fn check(cx: &mut Cx<'_>, option: Pair<'_, Rule>) -> Option<FieldCheck> {
    let rule = option.as_rule();
    let mut parts = Parts::of(option);
    match rule {
        Rule::field_bound => {
            let bound = bound(&parts.next()?)?;
            let value = parts.next()?;
            let value = match value.as_rule() {
                Rule::money => money(cx, value)?,
                _ => number(cx, &value).map(|n| Spanned::new(ast::Value::Number(n.node), n.span))?,
            };
            Some(FieldCheck::Bound(bound, value))
        }
        Rule::field_letters => {
            let mut count = || parts.next_if(Rule::letter_count).map(|n| n.as_str().parse().unwrap_or(u32::MAX));
            let least = count()?;
            let most = count().unwrap_or(least);
            let digits = parts.next()?.as_str().starts_with("digit");
            Some(FieldCheck::Letters { least, most, digits })
        }
        Rule::field_not_before => Some(FieldCheck::NotBefore(day(cx, parts.next()?)?)),
        Rule::field_not_after => Some(FieldCheck::NotAfter(day(cx, parts.next()?)?)),
        Rule::field_same_as => Some(FieldCheck::SameAs(name(cx, &parts.next()?))),
        _ => None,
    }
}

fn day(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<FieldDay> {
    let day = pair.into_inner().next()?;
    Some(match day.as_rule() {
        Rule::today => FieldDay::Today,
        Rule::date => FieldDay::Date(date(cx, &day)?.node),
        _ => FieldDay::Of(name(cx, &day)),
    })
}

/// Adds a check, unless the field has one of its kind.
fn add(cx: &mut Cx<'_>, checks: &mut Vec<Spanned<FieldCheck>>, check: Spanned<FieldCheck>) {
    let same = |known: &Spanned<FieldCheck>| match (&known.node, &check.node) {
        (FieldCheck::Bound(one, _), FieldCheck::Bound(other, _)) => one == other,
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    };
    let what = match &check.node {
        FieldCheck::Bound(ast::Bound::AtLeast, _) => "the least it may be",
        FieldCheck::Bound(ast::Bound::AtMost, _) => "the most it may be",
        FieldCheck::NotBefore(_) => "the first day it may be",
        FieldCheck::NotAfter(_) => "the last day it may be",
        FieldCheck::SameAs(_) => "what it is the same as",
        FieldCheck::Letters { .. } => "how long it is",
    };
    let mut slot = checks.iter().position(same);
    match slot {
        Some(_) => once(cx, &mut slot, 0, check.span, what),
        None => checks.push(check),
    }
}

fn field_type(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::FieldType> {
    let ty = pair.into_inner().next()?;
    Some(match ty.as_rule() {
        Rule::type_one_of => ast::FieldType::OneOf(names(cx, Parts::of(ty).next()?)),
        Rule::field_signature => ast::FieldType::Signature(name(cx, &Parts::of(ty).next()?)),
        _ => match words_of(&ty).as_str() {
            "text" => ast::FieldType::Text,
            "whole number" => ast::FieldType::WholeNumber,
            "number" => ast::FieldType::Number,
            "money" => ast::FieldType::Money,
            "date" => ast::FieldType::Date,
            "yes or no" => ast::FieldType::YesNo,
            "photo" => ast::FieldType::Photo,
            "email" => ast::FieldType::Email,
            "phone" => ast::FieldType::Phone,
            "address" => ast::FieldType::Address,
            "imei" => ast::FieldType::Imei,
            "gtin" => ast::FieldType::Gtin,
            _ => return None,
        },
    })
}

/// How an answer is kept, or may be.
pub(super) fn field_kept(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Kept> {
    let rule = pair.as_rule();
    let mut parts = Parts::of(pair);
    match rule {
        Rule::kept_never => Some(ast::Kept::Never),
        Rule::kept_hash => Some(ast::Kept::HashFor(length(cx, parts.next()?)?.node)),
        Rule::kept_for => Some(ast::Kept::For(length(cx, parts.next()?)?.node)),
        _ => None,
    }
}
