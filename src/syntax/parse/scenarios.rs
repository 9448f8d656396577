//! Scenarios: what was sold, what comes back, what is expected.

use pest::iterators::{Pair, Pairs};

use super::leaves::{constant, counted, date, label_path, length, money, name, names, number, string, when, words_of};
use super::places::Place;
use super::{Cx, Parts, Rule, recover};
use crate::source::Spanned;
use crate::syntax::ast::{self, Expectation, ScenarioLine};

pub(super) fn scenario(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Scenario> {
    let mut lines = pair.into_inner();
    let head = lines.next()?;
    let span = cx.span(&head);
    let title = string(cx, &Parts::of(head).next()?);
    Some(ast::Scenario { name: title, lines: scenario_lines(cx, lines), span })
}

/// The lines of a scenario.
pub(super) fn scenario_lines(cx: &mut Cx<'_>, lines: Pairs<'_, Rule>) -> Vec<ScenarioLine> {
    let line = |cx: &mut Cx<'_>, line: Pair<'_, Rule>| match line.as_rule() {
        Rule::EOI => None,
        Rule::bad_line => Some(ScenarioLine::Bad(recover::bad_line(cx, &line, Place::Scenario))),
        Rule::bad_block => Some(ScenarioLine::Bad(recover::bad_block(cx, line, Place::Scenario))),
        _ => Some(cx.build(line, scenario_line).unwrap_or_else(ScenarioLine::Bad)),
    };
    lines.filter_map(|pair| line(cx, pair)).collect()
}

fn scenario_line(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ScenarioLine> {
    let (rule, span) = (pair.as_rule(), cx.span(&pair));
    let mut parts = Parts::of(pair);
    Some(match rule {
        Rule::s_sold => {
            let when = match parts.next_if(Rule::when_value) {
                Some(moment) => Some(when(cx, &moment)?),
                None => None,
            };
            ScenarioLine::Sold { when, pairs: pairs(cx, parts)?, span }
        }
        Rule::s_item => {
            let label = name(cx, &parts.next()?);
            let mut categories = Vec::new();
            while let Some(category) = parts.next_if(Rule::string) {
                categories.push(string(cx, &category));
            }
            let price = match parts.next_if(Rule::money) {
                Some(price) => Some(money(cx, price)?),
                None => None,
            };
            ScenarioLine::Item { label, categories, price, pairs: pairs(cx, parts)?, span }
        }
        Rule::s_discount => {
            let amount = money(cx, parts.next()?)?;
            let on = names(cx, parts.next()?);
            ScenarioLine::Discount { amount, on, pairs: pairs(cx, parts)?, span }
        }
        Rule::s_paid => {
            let tender = name(cx, &parts.next()?);
            let amount = match parts.next_if(Rule::money) {
                Some(amount) => Some(money(cx, amount)?),
                None => None,
            };
            ScenarioLine::Paid { tender, amount, pairs: pairs(cx, parts)?, span }
        }
        Rule::s_visit => ScenarioLine::Visit { when: when(cx, &parts.next()?)?, pairs: pairs(cx, parts)?, span },
        Rule::s_or_visit => {
            let when = match parts.next_if(Rule::when_value) {
                Some(moment) => Some(when(cx, &moment)?),
                None => None,
            };
            ScenarioLine::OrVisit { when, pairs: pairs(cx, parts)?, span }
        }
        Rule::s_return => ScenarioLine::Return { item: name(cx, &parts.next()?), pairs: pairs(cx, parts)?, span },
        Rule::s_new => ScenarioLine::New { price: money(cx, parts.next()?)?, pairs: pairs(cx, parts)?, span },
        Rule::s_approved => {
            let clause = label_path(cx, &parts.next()?);
            ScenarioLine::Approved { clause, role: name(cx, &parts.next()?), span }
        }
        Rule::s_verified => {
            let passed = parts.next_if(Rule::not).is_none();
            let clause = label_path(cx, &parts.next()?);
            ScenarioLine::Verified { clause, role: name(cx, &parts.next()?), passed, span }
        }
        Rule::s_history => {
            let per = counted(&parts.next()?);
            let as_of = match parts.next_if(Rule::date) {
                Some(as_of) => Some(date(cx, &as_of)?),
                None => None,
            };
            let returns: Vec<_> = parts.map(|pair| past(cx, pair)).collect();
            ScenarioLine::History { per, as_of, returns: returns.into_iter().collect::<Option<_>>()?, span }
        }
        Rule::s_expect => {
            let outcome = parts.next()?;
            let outcome = Spanned::new(words_of(&outcome), cx.span(&outcome));
            let item = parts.next_if(Rule::label).map(|item| name(cx, &item));
            let expectations: Vec<_> = parts.map(|pair| expectation(cx, pair)).collect();
            let expectations = expectations.into_iter().collect::<Option<_>>()?;
            ScenarioLine::Expect { outcome, item, expectations, span }
        }
        _ => return None,
    })
}

fn past(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Past> {
    let mut parts = Parts::of(pair);
    let refund = money(cx, parts.next()?)?;
    let items = match parts.next_if(Rule::integer) {
        Some(items) => Some(number(cx, &items)?),
        None => None,
    };
    let day = date(cx, &parts.next()?)?;
    let limits = parts.next_if(Rule::past_limits).map(|limits| {
        Parts::of(limits).filter(|one| one.as_rule() == Rule::label_path).map(|one| label_path(cx, &one)).collect()
    });
    Some(ast::Past { refund, items, day, limits })
}

fn pairs(cx: &mut Cx<'_>, parts: Parts<'_>) -> Option<Vec<ast::Pair>> {
    let pairs: Vec<_> = parts.map(|part| pair(cx, part)).collect();
    pairs.into_iter().collect()
}

fn pair(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Pair> {
    let mut parts = Parts::of(pair);
    let fact = name(cx, &parts.next()?);
    let value = parts.next()?.into_inner().next()?;
    let value = match value.as_rule() {
        Rule::percent => number(cx, &value)?.map(ast::PairValue::Percent),
        Rule::when_value => when(cx, &value)?.map(ast::PairValue::When),
        Rule::period => {
            let span = cx.span(&value);
            let mut days = Parts::of(value);
            let (from, until) = (when(cx, &days.next()?)?, when(cx, &days.next()?)?);
            Spanned::new(ast::PairValue::Period(from.node, until.node), span)
        }
        Rule::lowest_in => {
            let span = cx.span(&value);
            let mut parts = Parts::of(value);
            let (price, length) = (money(cx, parts.next()?)?.node, length(cx, parts.next()?)?.node);
            Spanned::new(ast::PairValue::LowestIn(price, length), span)
        }
        _ => constant(cx, value)?.map(ast::PairValue::Constant),
    };
    Some(ast::Pair { name: fact, value })
}

fn expectation(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<Expectation>> {
    let span = cx.span(&pair);
    let one = pair.into_inner().next()?;
    let expected = match one.as_rule() {
        Rule::x_not => Expectation::Not(Box::new(expected(cx, Parts::of(one).next()?)?)),
        _ => expected(cx, one)?,
    };
    Some(Spanned::new(expected, span))
}

fn kept_until(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::KeptUntil> {
    let mut parts = Parts::of(pair);
    if parts.next_if(Rule::kept_never).is_some() {
        return Some(ast::KeptUntil::Never);
    }
    let hash = parts.next_if(Rule::x_as_hash).is_some();
    let until = date(cx, &parts.next()?)?.node;
    Some(if hash { ast::KeptUntil::HashUntil(until) } else { ast::KeptUntil::Until(until) })
}

fn expected(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Expectation> {
    let rule = pair.as_rule();
    let keyword = pair.clone().into_inner().next()?.as_rule();
    let mut parts = Parts::of(pair);
    let first = parts.next()?;
    Some(match rule {
        Rule::x_fee => {
            let (name, amount) = (name(cx, &first).node, money(cx, parts.next()?)?.node);
            match keyword {
                Rule::k_fee => Expectation::Fee { name, amount },
                Rule::k_deduction => Expectation::Deduction { name, amount },
                _ => return None,
            }
        }
        Rule::x_amount => Expectation::Amount { part: words_of(&first), amount: money(cx, parts.next()?)?.node },
        Rule::x_pays => {
            let amount = money(cx, first)?.node;
            let to = name(cx, &parts.next()?).node;
            let mut day = |part: Option<Pair<'_, Rule>>| match part {
                Some(part) => date(cx, &Parts::of(part).next()?).map(|day| Some(day.node)),
                None => Some(None),
            };
            let due = day(parts.next_if(Rule::pays_on))?;
            let by = day(parts.next_if(Rule::pays_by))?;
            Expectation::Pays { amount, to, due, by }
        }
        Rule::x_last_day => Expectation::LastDay(match first.as_rule() {
            Rule::no_limit => None,
            _ => Some(date(cx, &first)?.node),
        }),
        Rule::x_because => Expectation::Because(label_path(cx, &first)),
        Rule::x_ask => Expectation::Ask(name(cx, &first).node),
        Rule::x_collect => {
            let kept = match parts.next_if(Rule::x_kept) {
                Some(kept) => Some(kept_until(cx, kept)?),
                None => None,
            };
            Expectation::Collect { field: name(cx, &first).node, kept }
        }
        Rule::x_limit => {
            let (clause, part) = (label_path(cx, &first), parts.next()?);
            match part.as_rule() {
                Rule::date => Expectation::LimitPasses { clause, day: date(cx, &part)?.node },
                Rule::money => Expectation::LimitUsed { clause, used: money(cx, part)?.node },
                _ => Expectation::LimitUsed { clause, used: ast::Value::Number(number(cx, &part)?.node) },
            }
        }
        Rule::x_role => {
            let within = match parts.next_if(Rule::length) {
                Some(within) => Some(length(cx, within)?.node),
                None => None,
            };
            let by = match parts.next_if(Rule::pays_by) {
                Some(by) => Some(date(cx, &Parts::of(by).next()?)?.node),
                None => None,
            };
            Expectation::ToRole { role: name(cx, &first).node, within, by }
        }
        Rule::x_say => Expectation::Say(string(cx, &first).node),
        Rule::x_offer => Expectation::Offer(string(cx, &first).node),
        Rule::x_status => Expectation::Status { remedy: name(cx, &first).node, status: words_of(&parts.next()?) },
        _ => return None,
    })
}
