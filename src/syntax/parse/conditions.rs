//! Conditions: what follows `when` and `unless`.

use pest::iterators::{Pair, Pairs};

use super::leaves::{date, money, name, number, string, value, words_of};
use super::{Cx, Parts, Rule};
use crate::source::Spanned;
use crate::syntax::ast::{self, ConditionKind};

/// The condition of a `when`: what follows `unless` must not hold.
pub(super) fn when(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Condition> {
    let mut parts = Parts::of(pair);
    let when = part_of_when(cx, parts.next()?)?;
    let Some(unless) = parts.next() else { return Some(when) };
    let unless = part_of_when(cx, unless)?;
    let span = when.span.to(unless.span);
    Some(ast::Condition { kind: ConditionKind::All(vec![when, unless]), span })
}

fn part_of_when(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Condition> {
    if pair.as_rule() != Rule::unless {
        return condition(cx, pair);
    }
    let span = cx.span(&pair);
    let left_out = condition(cx, Parts::of(pair).next()?)?;
    Some(ast::Condition { kind: ConditionKind::Not(Box::new(left_out)), span })
}

/// `or` of `and` of tests; a single test stands for itself.
fn condition(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Condition> {
    several(cx, pair, ConditionKind::Any, |cx, pair| several(cx, pair, ConditionKind::All, negation))
}

fn several<'t>(
    cx: &mut Cx<'_>,
    pair: Pair<'t, Rule>,
    join: fn(Vec<ast::Condition>) -> ConditionKind,
    part: fn(&mut Cx<'_>, Pair<'t, Rule>) -> Option<ast::Condition>,
) -> Option<ast::Condition> {
    let span = cx.span(&pair);
    let mut conditions: Vec<_> = Parts::of(pair).map(|pair| part(cx, pair)).collect::<Option<_>>()?;
    match conditions.len() {
        1 => conditions.pop(),
        _ => Some(ast::Condition { kind: join(conditions), span }),
    }
}

fn negation(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Condition> {
    let span = cx.span(&pair);
    let mut inner = pair.into_inner();
    let first = inner.next()?;
    match first.as_rule() {
        Rule::not => {
            let negated = test(cx, inner.next()?)?;
            Some(ast::Condition { kind: ConditionKind::Not(Box::new(negated)), span })
        }
        _ => test(cx, first),
    }
}

fn test(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Condition> {
    let (rule, span) = (pair.as_rule(), cx.span(&pair));
    let mut parts = Parts::of(pair.clone());
    let kind = match rule {
        Rule::group => return condition(cx, parts.next()?),
        Rule::on_duty => {
            // `shift lead`, `is`, perhaps `not`, `on`, `duty`.
            let before = |text: &'_ str, word: &str| text.strip_suffix(word).map(|rest| rest.trim_end().len());
            let whole = pair.as_str();
            let on = before(whole, "duty").and_then(|end| before(whole.get(..end)?, "on"))?;
            let not = before(whole.get(..on)?, "not");
            let end = before(whole.get(..not.unwrap_or(on))?, "is")?;
            let start = cx.base + pair.as_span().start();
            let written = whole.get(..end)?;
            let name = written.strip_prefix('"').and_then(|role| role.strip_suffix('"')).unwrap_or(written);
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let role = Spanned::new(name, cx.place(start, start + end));
            ConditionKind::OnDuty { role, negated: not.is_some() }
        }
        Rule::any_line => ConditionKind::AnyLine(Box::new(test(cx, parts.next()?)?)),
        Rule::any_tender => ConditionKind::AnyTender(Box::new(test(cx, parts.next()?)?)),
        Rule::every_line => ConditionKind::EveryLine(Box::new(test(cx, parts.next()?)?)),
        Rule::count_lines => {
            let of = Box::new(test(cx, parts.next()?)?);
            let order = order(&parts.next()?)?;
            ConditionKind::LineCount { of, order, value: number(cx, &parts.next()?)? }
        }
        Rule::total_refund => {
            let of = Box::new(test(cx, parts.next()?)?);
            let order = order(&parts.next()?)?;
            ConditionKind::RefundTotal { of, order, value: money(cx, parts.next()?)? }
        }
        Rule::days_since => {
            let fact = name(cx, &parts.next()?);
            let order = order(&parts.next()?)?;
            ConditionKind::DaysSince { fact, order, days: number(cx, &parts.next()?)? }
        }
        Rule::category_test => {
            let negated = parts.next_if(Rule::not_in).is_some();
            let refs = Parts::of(parts.next()?).map(|pair| category_ref(cx, pair)).collect::<Option<_>>()?;
            ConditionKind::InCategory { negated, refs }
        }
        Rule::comparison => comparison(cx, pair.into_inner())?,
        _ => return None,
    };
    Some(ast::Condition { kind, span })
}

fn category_ref(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::CategoryRef> {
    let pair = pair.into_inner().next()?;
    Some(match pair.as_rule() {
        Rule::string => ast::CategoryRef::Path(string(cx, &pair)),
        _ => ast::CategoryRef::Named(name(cx, &pair)),
    })
}

fn comparison(cx: &mut Cx<'_>, mut inner: Pairs<'_, Rule>) -> Option<ConditionKind> {
    let fact = name(cx, &inner.next()?);
    let Some(relation) = inner.next() else { return Some(ConditionKind::Yes(fact)) };
    let relation = relation.into_inner().next()?;
    let rule = relation.as_rule();
    let mut parts = Parts::of(relation);
    Some(match rule {
        Rule::is_values => {
            let negated = parts.next_if(Rule::is_not).is_some();
            let values = Parts::of(parts.next()?).map(|pair| value(cx, pair)).collect::<Option<_>>()?;
            ConditionKind::Is { fact, negated, values }
        }
        Rule::ordered => {
            let order = order(&parts.next()?)?;
            let value = parts.next()?;
            let value = match value.as_rule() {
                Rule::fact_name => return Some(ConditionKind::Compared { fact, order, other: name(cx, &value) }),
                Rule::money => money(cx, value)?,
                _ => number(cx, &value)?.map(ast::Value::Number),
            };
            ConditionKind::Order { fact, order, value }
        }
        Rule::in_list => {
            let negated = parts.next_if(Rule::not_in).is_some();
            ConditionKind::In { fact, negated, list: name(cx, &parts.next()?) }
        }
        Rule::same_as => {
            let negated = parts.next_if(Rule::not_same).is_some();
            ConditionKind::SameAs { fact, negated, other: name(cx, &parts.next()?) }
        }
        Rule::date_before => ConditionKind::Before { fact, date: date(cx, &parts.next()?)? },
        Rule::date_from => {
            let from = date(cx, &parts.next()?)?;
            let to = match parts.next() {
                Some(to) => Some(date(cx, &to)?),
                None => None,
            };
            ConditionKind::From { fact, from, to }
        }
        _ => return None,
    })
}

fn order(pair: &Pair<'_, Rule>) -> Option<ast::Order> {
    match words_of(pair).as_str() {
        "at least" => Some(ast::Order::AtLeast),
        "at most" => Some(ast::Order::AtMost),
        "over" => Some(ast::Order::Over),
        "under" => Some(ast::Order::Under),
        "exactly" => Some(ast::Order::Exactly),
        _ => None,
    }
}
