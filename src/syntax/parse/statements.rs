//! Clauses and the sentences in them.

use pest::iterators::{Pair, Pairs};

use super::forms::field_kept;
use super::leaves::{
    attributes, bound, clock, counted, date, finality, label_path, label_paths, leeway, length, meeting_event, money,
    month_day, name, names, number, once, sharing, shipping_rule, string, strings, tax_rule, unit, words_of,
};
use super::places::Place;
use super::{Cx, Parts, Rule, conditions, recover};
use crate::source::Spanned;
use crate::syntax::ast::{self, Or, StatementKind};

/// A clause or an exception: its head and the sentences in its block.
pub(super) fn clause(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Clause> {
    let mut inner = pair.into_inner();
    let head = inner.next()?;
    // The body is read even when the head turns out not to make sense, for the findings in it.
    let head = clause_head(cx, head);
    let body = statements(cx, inner);
    let clause = head?;
    Some(ast::Clause { body, ..clause })
}

/// A right or a rule of the law: a clause that says which.
pub(super) fn law(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Clause> {
    let kind = match pair.clone().into_inner().next()?.into_inner().next()?.as_rule() {
        Rule::k_right => ast::LawKind::Right,
        _ => ast::LawKind::Rule,
    };
    Some(ast::Clause { law: Some(kind), ..clause(cx, pair)? })
}

fn clause_head(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Clause> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let label = name(cx, &parts.next()?);
    let title = parts.next_if(Rule::string).map(|title| string(cx, &title));
    let attach = match parts.next_if(Rule::attach) {
        Some(attach) => label_paths(cx, Parts::of(attach).next()?),
        None => Vec::new(),
    };
    let when = match parts.next_if(Rule::when) {
        Some(when) => Some(conditions::when(cx, when)?),
        None => None,
    };
    let citations = match parts.next_if(Rule::cite) {
        Some(cite) => strings(cx, Parts::of(cite).next()?),
        None => Vec::new(),
    };
    Some(ast::Clause { label, law: None, title, attach, when, citations, body: Vec::new(), span })
}

/// The sentences of a block.
pub(super) fn statements(cx: &mut Cx<'_>, pairs: Pairs<'_, Rule>) -> Vec<ast::Statement> {
    pairs.filter(|pair| pair.as_rule() != Rule::EOI).map(|pair| statement(cx, pair)).collect()
}

fn statement(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> ast::Statement {
    let bad = |bad: ast::Bad| ast::Statement { span: bad.span, kind: StatementKind::Bad(bad), calendar: None };
    match pair.as_rule() {
        Rule::bad_line => bad(recover::bad_line(cx, &pair, Place::Clause)),
        Rule::bad_except => bad(recover::bad_block(cx, pair, Place::Clause)),
        Rule::except => match cx.build(pair, clause) {
            Ok(clause) => ast::Statement { span: clause.span, kind: StatementKind::Except(clause), calendar: None },
            Err(run) => bad(run),
        },
        _ => {
            let span = cx.span(&pair);
            let calendar = calendar(cx, &pair);
            match cx.build(pair, sentence) {
                Ok(kind) => ast::Statement { kind, span, calendar },
                Err(run) => bad(run),
            }
        }
    }
}

/// The calendar that a sentence names; no sentence has more than one length.
fn calendar(cx: &Cx<'_>, pair: &Pair<'_, Rule>) -> Option<ast::Name> {
    let named = pair.clone().into_inner().flatten().find(|pair| pair.as_rule() == Rule::of_calendar)?;
    Some(name(cx, &Parts::of(named).next()?))
}

fn sentence(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<StatementKind> {
    if pair.as_rule() == Rule::overrides {
        return overrides(cx, pair).map(StatementKind::Overrides);
    }
    if pair.as_rule() == Rule::leeway {
        return leeway(cx, pair).map(StatementKind::Leeway);
    }
    let rule = pair.as_rule();
    let mut parts = Parts::of(pair);
    let first = parts.next()?;
    Some(match rule {
        Rule::accept => StatementKind::Accept(or(cx, first, |cx, pair| Some(names(cx, pair)))?),
        Rule::accept_one_of => StatementKind::AcceptOneOf(names(cx, first)),
        Rule::no_charges => StatementKind::NoCharges(match first.as_str() {
            "fees" => ast::Charge::Fees,
            _ => ast::Charge::Deductions,
        }),
        Rule::identity_kept => StatementKind::IdentityKept(field_kept(cx, first)?),
        Rule::law_deadline => StatementKind::DeadlineMet(meeting_event(&first)?),
        Rule::also_accept => StatementKind::AlsoAccept(names(cx, first)),
        Rule::no_remedy => {
            let reason = parts.next_if(Rule::string).map(|reason| string(cx, &reason));
            StatementKind::No { remedies: names(cx, first), reason, finality: final_or_not(cx, parts)? }
        }
        Rule::decline => StatementKind::Decline { reason: string(cx, &first), finality: final_or_not(cx, parts)? },
        Rule::start => StatementKind::Start { value: or(cx, first, start)?, remedies: for_remedies(cx, parts)? },
        Rule::start_shift => StatementKind::StartNotBefore { day: day(cx, first)?, remedies: for_remedies(cx, parts)? },
        Rule::window => {
            let value = or(cx, first, window)?;
            let fixed = parts.next_if(Rule::fixed).is_some();
            StatementKind::Window { value, fixed, remedies: for_remedies(cx, parts)? }
        }
        Rule::window_longer => {
            StatementKind::WindowLonger { by: length(cx, first)?, remedies: for_remedies(cx, parts)? }
        }
        Rule::window_bound => {
            let day = day(cx, parts.next()?)?;
            StatementKind::WindowBound { bound: bound(&first)?, day, remedies: for_remedies(cx, parts)? }
        }
        Rule::window_pauses => {
            let at_least = match parts.next_if(Rule::pause_least) {
                Some(least) => Some(length(cx, Parts::of(least).next()?)?),
                None => None,
            };
            StatementKind::WindowPauses { at_least, remedies: for_remedies(cx, parts)? }
        }
        Rule::window_ending => {
            let after = length(cx, parts.next()?)?;
            StatementKind::WindowEnding { season: name(cx, &first), after, remedies: for_remedies(cx, parts)? }
        }
        Rule::basis => StatementKind::Basis { value: or(cx, first, basis)?, remedies: for_remedies(cx, parts)? },
        Rule::fee => {
            let value = or(cx, parts.next()?, fee)?;
            StatementKind::Fee { name: name(cx, &first), value, remedies: for_remedies(cx, parts)? }
        }
        Rule::deduct => {
            let value = or(cx, parts.next()?, fee)?;
            StatementKind::Deduct { name: name(cx, &first), value, remedies: for_remedies(cx, parts)? }
        }
        Rule::tax => StatementKind::Tax(or(cx, first, |_, pair| tax_rule(&pair))?),
        Rule::shipping => StatementKind::Shipping(or(cx, first, |_, pair| shipping_rule(&pair))?),
        Rule::discounts => StatementKind::Discounts(or(cx, first, |_, pair| sharing(&pair))?),
        Rule::pay => StatementKind::Pay(or(cx, first, |cx, pair| route(cx, pair, parts.next()))?),
        Rule::pay_one_of => {
            let one = |pair: Pair<'_, Rule>| Some(Spanned::new(destination(cx, pair.clone())?, cx.span(&pair)));
            StatementKind::PayOneOf(std::iter::once(first).chain(parts).map(one).collect::<Option<_>>()?)
        }
        Rule::hold => StatementKind::Hold(or(cx, first, hold)?),
        Rule::due => StatementKind::Due(or(cx, first, due)?),
        Rule::collect => StatementKind::Collect { forms: names(cx, first), only: if_answer(cx, parts)? },
        Rule::waive => StatementKind::Waive(names(cx, first)),
        Rule::refer => {
            StatementKind::Refer { role: name(cx, &first), reason: parts.next().map(|reason| string(cx, &reason)) }
        }
        Rule::verify => {
            let within = match parts.next_if(Rule::length).or_else(|| parts.next_if(Rule::business_length)) {
                Some(within) => Some(length(cx, within)?.node),
                None => None,
            };
            let reason = parts.next_if(Rule::string).map(|reason| string(cx, &reason));
            let otherwise = match parts.next() {
                Some(otherwise) => Some(Box::new(sentence(cx, otherwise)?)),
                None => None,
            };
            StatementKind::Verify { role: name(cx, &first), within, reason, otherwise }
        }
        Rule::limit => StatementKind::Limit(limit(cx, &first, parts)?),
        Rule::stop => StatementKind::Stop { reason: string(cx, &first), finality: final_or_not(cx, parts)? },
        Rule::say => StatementKind::Say(words_if(cx, &first, parts)?),
        Rule::offer => StatementKind::Offer(words_if(cx, &first, parts)?),
        _ => return None,
    })
}

/// What follows `say` and `offer`.
fn words_if(cx: &Cx<'_>, text: &Pair<'_, Rule>, parts: Parts<'_>) -> Option<ast::Words> {
    Some(ast::Words { text: string(cx, text), only: if_answer(cx, parts)? })
}

/// The answers that a sentence waits for.
fn if_answer(cx: &Cx<'_>, mut parts: Parts<'_>) -> Option<Vec<Spanned<ast::AnswerKind>>> {
    let Some(only) = parts.next_if(Rule::if_answer) else { return Some(Vec::new()) };
    let kind = |pair: Pair<'_, Rule>| {
        let kind = ast::AnswerKind::ALL.into_iter().find(|kind| kind.word() == pair.as_str())?;
        Some(Spanned::new(kind, cx.span(&pair)))
    };
    Parts::of(only).map(kind).collect()
}

/// What follows `limit`.
fn limit(cx: &mut Cx<'_>, measure: &Pair<'_, Rule>, mut parts: Parts<'_>) -> Option<ast::Limit> {
    let measure = match measure.as_str() {
        "refund" => ast::Measure::Refund,
        "returns" => ast::Measure::Returns,
        _ => ast::Measure::Items,
    };
    let per = counted(&parts.next()?);
    let span = parts.next()?.into_inner().next()?;
    let span = match span.as_rule() {
        Rule::limit_rolling => ast::LimitSpan::Rolling(length(cx, Parts::of(span).next()?)?.node),
        Rule::limit_calendar => ast::LimitSpan::Calendar(match words_of(&Parts::of(span).next()?).as_str() {
            "a calendar year" => ast::Period::Year,
            "a calendar month" => ast::Period::Month,
            _ => ast::Period::Week,
        }),
        _ => ast::LimitSpan::Ever,
    };
    let most = parts.next()?;
    let at_most = match most.as_rule() {
        Rule::money => money(cx, most)?,
        _ => number(cx, &most).map(|number| Spanned::new(ast::Value::Number(number.node), number.span))?,
    };
    let floor = match parts.next_if(Rule::limit_floor) {
        Some(floor) => Some(money(cx, Parts::of(floor).next()?)?),
        None => None,
    };
    let fresh = match parts.next_if(Rule::limit_fresh) {
        Some(fresh) => Some(length(cx, Parts::of(fresh).next()?)?.node),
        None => None,
    };
    let otherwise = Box::new(sentence(cx, parts.next()?)?);
    Some(ast::Limit { measure, per, span, at_most, floor, fresh, otherwise })
}

/// `a overrides b on window`, at the top of a file or in a clause.
pub(super) fn overrides(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Overrides> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let winners = match parts.next_if(Rule::label_path) {
        Some(one) => vec![label_path(cx, &one)],
        None => label_paths(cx, parts.next()?),
    };
    let losers = label_paths(cx, parts.next()?);
    let on = match parts.next() {
        Some(on) => attributes(cx, on)?,
        None => Vec::new(),
    };
    Some(ast::Overrides { winners, losers, on, span })
}

/// `as before`, `as in electronics`, or a value of its own.
fn or<'t, T>(
    cx: &mut Cx<'_>,
    pair: Pair<'t, Rule>,
    build: impl FnOnce(&mut Cx<'_>, Pair<'t, Rule>) -> Option<T>,
) -> Option<Or<T>> {
    if pair.as_rule() != Rule::as_before {
        return build(cx, pair).map(Or::Is);
    }
    let before = pair.into_inner().next()?;
    Some(Or::As(match Parts::of(before).next() {
        Some(path) => ast::AsBefore::In(label_path(cx, &path)),
        None => ast::AsBefore::Before,
    }))
}

/// The remedies a sentence is for; none means all.
fn for_remedies(cx: &Cx<'_>, mut parts: Parts<'_>) -> Option<Vec<ast::Name>> {
    match parts.next_if(Rule::for_remedies) {
        Some(remedies) => Some(names(cx, Parts::of(remedies).next()?)),
        None => Some(Vec::new()),
    }
}

fn final_or_not(cx: &Cx<'_>, mut parts: Parts<'_>) -> Option<Option<ast::Finality>> {
    match parts.next_if(Rule::finality) {
        Some(pair) => finality(cx, pair).map(Some),
        None => Some(None),
    }
}

fn start(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::StartClock> {
    let later_of = match pair.as_rule() {
        Rule::later_of => Parts::of(pair).map(|pair| start_date(cx, pair)).collect::<Option<_>>()?,
        _ => vec![start_date(cx, pair)?],
    };
    Some(ast::StartClock { later_of })
}

fn start_date(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::StartDate> {
    let date = pair.into_inner().next()?;
    Some(match date.as_rule() {
        Rule::fact_name => ast::StartDate::Fact(name(cx, &date)),
        Rule::received_of => ast::StartDate::Clock(match words_of(&date).as_str() {
            "received of the first parcel" => ast::Clock::FirstParcel,
            _ => ast::Clock::WholeOrder,
        }),
        _ => ast::StartDate::Clock(clock(&date)?),
    })
}

fn window(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::WindowLength> {
    match pair.as_rule() {
        Rule::length | Rule::business_length => Some(ast::WindowLength::Length(length(cx, pair)?.node)),
        Rule::window_until => {
            let until = Parts::of(pair).next()?;
            match until.as_rule() {
                Rule::fact_name => Some(ast::WindowLength::UntilFact(name(cx, &until))),
                _ => Some(ast::WindowLength::Until(day(cx, until)?)),
            }
        }
        Rule::no_limit => Some(ast::WindowLength::NoLimit),
        Rule::window_told => told_length(cx, pair).map(ast::WindowLength::Told),
        _ => None,
    }
}

fn told_length(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::ToldLength> {
    let mut parts = Parts::of(pair);
    let fact = name(cx, &parts.next()?);
    let unit = unit(&parts.next()?)?;
    // Read with the sentence.
    let _ = parts.next_if(Rule::of_calendar);
    let (mut at_least, mut at_most) = (None, None);
    for pair in parts {
        let span = cx.span(&pair);
        let mut parts = Parts::of(pair);
        let which = bound(&parts.next()?)?;
        let amount = length(cx, parts.next()?)?;
        match which {
            ast::Bound::AtLeast => once(cx, &mut at_least, amount, span, "`at least`"),
            ast::Bound::AtMost => once(cx, &mut at_most, amount, span, "`at most`"),
        }
    }
    Some(ast::ToldLength { fact, unit, at_least, at_most })
}

fn day(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Spanned<ast::Day>> {
    let span = cx.span(&pair);
    let pair = pair.into_inner().next()?;
    let day = match pair.as_rule() {
        Rule::date => ast::Day::Date(date(cx, &pair)?.node),
        Rule::month_day => ast::Day::MonthDay(month_day(cx, pair)?.node),
        Rule::deadline_of => ast::Day::DeadlineOf(name(cx, &Parts::of(pair).next()?)),
        Rule::day_after_season => ast::Day::DayAfter(name(cx, &Parts::of(pair).next()?)),
        _ => return None,
    };
    Some(Spanned::new(day, span))
}

fn basis(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Basis> {
    match pair.as_rule() {
        Rule::price_part => {
            let mut parts = Parts::of(pair);
            let percent = number(cx, &parts.next()?)?.node;
            Some(ast::Basis { percent, price: price(cx, parts.next()?)? })
        }
        Rule::price => Some(ast::Basis { percent: rust_decimal::Decimal::ONE_HUNDRED, price: price(cx, pair)? }),
        _ => None,
    }
}

fn price(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Price> {
    let price = pair.into_inner().next()?;
    match price.as_rule() {
        Rule::price_paid => Some(ast::Price::Paid),
        Rule::price_current => Some(ast::Price::Current),
        Rule::price_list => Some(ast::Price::List),
        Rule::price_lowest => Some(ast::Price::LowestIn(length(cx, Parts::of(price).next()?)?.node)),
        Rule::price_nothing => Some(ast::Price::Nothing),
        _ => None,
    }
}

fn fee(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::FeeAmount> {
    if pair.as_rule() == Rule::none {
        return Some(ast::FeeAmount::None);
    }
    let mut parts = Parts::of(pair);
    let amount = parts.next()?;
    let of = match amount.as_rule() {
        Rule::money => ast::FeeOf::Money(money(cx, amount)?),
        Rule::fee_fact => {
            let mut fact = Parts::of(amount);
            let named = name(cx, &fact.next()?);
            match fact.next() {
                Some(_) => ast::FeeOf::FactPercent(named),
                None => ast::FeeOf::Fact(named),
            }
        }
        _ => ast::FeeOf::Percent(number(cx, &amount)?.node),
    };
    let (mut at_least, mut at_most) = (None, None);
    for pair in parts {
        let span = cx.span(&pair);
        let mut parts = Parts::of(pair);
        let which = bound(&parts.next()?)?;
        let amount = parts.next()?;
        let amount = match amount.as_rule() {
            Rule::money => money(cx, amount).map(|money| Spanned::new(ast::FeeBound::Money(money.node), money.span))?,
            _ => number(cx, &amount).map(|share| Spanned::new(ast::FeeBound::Percent(share.node), share.span))?,
        };
        match which {
            ast::Bound::AtLeast => once(cx, &mut at_least, amount, span, "`at least`"),
            ast::Bound::AtMost => once(cx, &mut at_most, amount, span, "`at most`"),
        }
    }
    Some(ast::FeeAmount::Of { of, at_least, at_most })
}

fn route(cx: &mut Cx<'_>, destination: Pair<'_, Rule>, cap: Option<Pair<'_, Rule>>) -> Option<ast::Route> {
    let to = self::destination(cx, destination)?;
    let Some(cap) = cap else { return Some(ast::Route { to, up_to: None, rest: None }) };
    let mut parts = Parts::of(cap);
    let up_to = Some(money(cx, parts.next()?)?);
    Some(ast::Route { to, up_to, rest: Some(name(cx, &parts.next()?)) })
}

fn destination(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Destination> {
    let to = pair.into_inner().next()?;
    Some(match to.as_rule() {
        Rule::pay_original => ast::Destination::Original,
        Rule::pay_asked => ast::Destination::AskedFor,
        _ => ast::Destination::Tender(name(cx, &to)),
    })
}

fn hold(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Option<ast::Hold>> {
    if pair.as_rule() == Rule::none {
        return Some(None);
    }
    let mut parts = Parts::of(pair);
    let length = length(cx, parts.next()?)?.node;
    Some(Some(ast::Hold { length, after: pay_event(cx, parts.next()?)? }))
}

fn pay_event(cx: &Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::PayEvent> {
    let event = pair.into_inner().next()?;
    Some(match (event.as_rule(), event.as_str(), meeting_event(&event)) {
        (Rule::fact_name, ..) => ast::PayEvent::Fact(name(cx, &event)),
        (_, "sold", _) => ast::PayEvent::Sold,
        (.., Some(event)) => ast::PayEvent::Back(event),
        _ => ast::PayEvent::Requested,
    })
}

fn due(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Due> {
    if pair.as_rule() == Rule::due_at_once {
        return Some(ast::Due::AtOnce);
    }
    let calendar = calendar(cx, &pair);
    let mut parts = Parts::of(pair);
    let length = length(cx, parts.next()?)?.node;
    let after = match parts.next_if(Rule::due_event) {
        Some(event) => pay_event(cx, event)?,
        None => ast::PayEvent::Requested,
    };
    let mut not_before = Vec::new();
    if let Some(awaited) = parts.next() {
        let first = Parts::of(awaited).next()?;
        let events = match first.as_rule() {
            Rule::earlier_of => Parts::of(first).collect(),
            _ => vec![first],
        };
        for event in events {
            not_before.push(Spanned::new(meeting_event(&event)?, cx.span(&event)));
        }
    }
    Some(ast::Due::Within { length, calendar, after, not_before })
}
