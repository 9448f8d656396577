//! What sentences state about attributes, as plain values without places in the text.

use std::sync::Arc;

use rust_decimal::Decimal;
use takeback::date::{Calendar, FirstDay, Length, Term};
use takeback::source::Spanned;
use takeback::syntax::ast::{self, AsBefore, Or, StatementKind};
use takeback::terms::{AnswerKind, Bound, Clock, MeetingEvent, Sharing, ShippingRule, TaxRule};

use super::book::{Clause, Edition, is_called};
use super::conditions::number;
use super::counting::Counts;

/// What a policy settles; the text is a remedy, a fee or deduction and a remedy, or a form and a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Attr {
    Start(String),
    Window(String),
    Remedy(String),
    Basis(String),
    Fee(String, String),
    Deduct(String, String),
    Tax,
    Shipping,
    Discounts,
    Pay,
    Hold,
    Due,
    /// Form, field, and the answer it is filled in for.
    Field(String, String, AnswerKind),
}

/// A value as written, without places in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stated {
    Dates(Vec<StartDate>),
    /// `roll`: the calendar by which it is put off to a business day.
    Length {
        term: Term,
        fixed: bool,
        first_day: FirstDay,
        roll: Option<Arc<Calendar>>,
    },
    /// A length whose number a fact tells; the term is of none of it.
    Told {
        fact: String,
        term: Term,
        at_least: Option<u32>,
        at_most: Option<u32>,
        fixed: bool,
        first_day: FirstDay,
        roll: Option<Arc<Calendar>>,
    },
    Until {
        day: Day,
        fixed: bool,
    },
    UntilFact {
        fact: String,
        fixed: bool,
    },
    NoLimit,
    Yes,
    No(Refusal),
    Basis {
        percent: Decimal,
        price: ast::Price,
    },
    Amount(FeeAmount),
    Tax(TaxRule),
    Shipping(ShippingRule),
    Discounts(Sharing),
    Pay(Route),
    Hold(Option<(Term, PayEvent)>),
    /// Not before the earliest of the last, where there are any.
    Due(Option<(Term, PayEvent, Vec<MeetingEvent>)>),
    Asked(bool),
}

/// A date that a window starts from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StartDate {
    Clock(Clock),
    Fact(String),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PayEvent {
    Sold,
    Requested,
    Back(MeetingEvent),
    Fact(String),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    /// Who may lift it; nobody when it is final or follows from the `accept` of something else.
    pub(crate) overridable_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Day {
    Date(chrono::NaiveDate),
    MonthDay(takeback::date::MonthDay),
    DeadlineOf(String),
    After(String),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FeeAmount {
    None,
    Of { of: FeeOf, at_least: Option<FeeBound>, at_most: Option<FeeBound> },
}

/// A fee before its bounds; of a told one the fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FeeOf {
    Percent(Decimal),
    Money(Decimal),
    Fact(String),
    FactPercent(String),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FeeBound {
    Percent(Decimal),
    Money(Decimal),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Route {
    /// `original`, `asked for`, or a tender.
    pub(crate) to: Destination,
    pub(crate) up_to: Option<(Decimal, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Destination {
    Original,
    AskedFor,
    Tender(String),
}

/// A statement and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) value: Stated,
    /// Conditions of the clause it was written in and of those around it, innermost first.
    pub(crate) tests: Vec<ast::Condition>,
}

/// What the last clause of the chain states itself; `as before` and `as in` are looked up.
pub(super) fn own(edition: &Edition, chain: &[&Clause], attr: &Attr) -> Option<Statement> {
    let (clause, above) = chain.split_last()?;
    let said = clause.says.iter().find_map(|says| speaks(says, attr, clause))?;
    match said {
        Or::Is(value) => {
            let tests = chain.iter().rev().filter_map(|clause| clause.when.clone()).collect();
            Some(Statement { value, tests })
        }
        Or::As(AsBefore::Before) => {
            // Of remedies, only `accept` and `decline` can be taken over.
            let whole =
                |says: &ast::Statement| !matches!(says.kind, StatementKind::AlsoAccept(_) | StatementKind::No { .. });
            let states =
                |clause: &&Clause| clause.says.iter().any(|says| whole(says) && speaks(says, attr, clause).is_some());
            let nearest = above.iter().rposition(states)?;
            let next = above[..nearest].iter().rposition(states)?;
            own(edition, &above[..=next], attr)
        }
        Or::As(AsBefore::In(label)) => {
            let tops: Vec<Vec<&Clause>> = edition.clauses.iter().map(|clause| vec![clause]).collect();
            let mut open = tops;
            while let Some(chain) = open.pop() {
                let clause = *chain.last().unwrap();
                if is_called(&clause.path, &label.parts.join("/")) {
                    return own(edition, &chain, attr);
                }
                open.extend(clause.exceptions.iter().map(|exception| [chain.as_slice(), &[exception]].concat()));
            }
            None
        }
    }
}

/// What a sentence says about an attribute.
pub(super) fn speaks(says: &ast::Statement, attr: &Attr, clause: &Clause) -> Option<Or<Stated>> {
    let of =
        |remedies: &[ast::Name], remedy: &str| remedies.is_empty() || remedies.iter().any(|name| name.node == remedy);
    let named = says.calendar.as_ref();
    match (&says.kind, attr) {
        (StatementKind::Accept(accept), Attr::Remedy(remedy)) => Some(map(accept, |list| {
            let yes = list.iter().any(|name| name.node == *remedy);
            if yes { Stated::Yes } else { Stated::No(Refusal { overridable_by: None }) }
        })),
        (StatementKind::AlsoAccept(list), Attr::Remedy(remedy)) => {
            list.iter().any(|name| name.node == *remedy).then_some(Or::Is(Stated::Yes))
        }
        (StatementKind::No { remedies, finality, .. }, Attr::Remedy(remedy)) => {
            remedies.iter().any(|name| name.node == *remedy).then(|| Or::Is(refusal(finality)))
        }
        (StatementKind::Decline { finality, .. }, Attr::Remedy(_)) => Some(Or::Is(refusal(finality))),
        (StatementKind::Start { value, remedies }, Attr::Start(remedy)) => of(remedies, remedy).then(|| {
            map(value, |start| {
                let plain = |date: &ast::StartDate| match date {
                    ast::StartDate::Clock(clock) => StartDate::Clock(*clock),
                    ast::StartDate::Fact(fact) => StartDate::Fact(fact.node.clone()),
                };
                let mut dates: Vec<StartDate> = start.later_of.iter().map(plain).collect();
                dates.sort();
                Stated::Dates(dates)
            })
        }),
        (StatementKind::Window { value, fixed, remedies }, Attr::Window(remedy)) => of(remedies, remedy).then(|| {
            map(value, |window| match window {
                ast::WindowLength::Length(length) => Stated::Length {
                    term: clause.counts.term(*length, named),
                    fixed: *fixed,
                    first_day: clause.counts.first_day(),
                    roll: clause.counts.roll(*length),
                },
                ast::WindowLength::Until(day) => Stated::Until { day: plain_day(&day.node), fixed: *fixed },
                ast::WindowLength::UntilFact(fact) => Stated::UntilFact { fact: fact.node.clone(), fixed: *fixed },
                ast::WindowLength::NoLimit => Stated::NoLimit,
                ast::WindowLength::Told(told) => Stated::Told {
                    fact: told.fact.node.clone(),
                    term: clause.counts.term(Length { count: 0, unit: told.unit }, named),
                    at_least: told.at_least.as_ref().map(|bound| bound.node.count),
                    at_most: told.at_most.as_ref().map(|bound| bound.node.count),
                    fixed: *fixed,
                    first_day: clause.counts.first_day(),
                    roll: clause.counts.roll(Length { count: 0, unit: told.unit }),
                },
            })
        }),
        (StatementKind::Basis { value, remedies }, Attr::Basis(remedy)) => of(remedies, remedy)
            .then(|| map(value, |basis| Stated::Basis { percent: basis.percent, price: basis.price.clone() })),
        (StatementKind::Fee { name, value, remedies }, Attr::Fee(fee, remedy)) => {
            (name.node == *fee && of(remedies, remedy)).then(|| map(value, |amount| Stated::Amount(plain_fee(amount))))
        }
        (StatementKind::Deduct { name, value, remedies }, Attr::Deduct(deduction, remedy)) => (name.node == *deduction
            && of(remedies, remedy))
        .then(|| map(value, |amount| Stated::Amount(plain_fee(amount)))),
        (StatementKind::Tax(rule), Attr::Tax) => Some(map(rule, |rule| Stated::Tax(*rule))),
        (StatementKind::Shipping(rule), Attr::Shipping) => Some(map(rule, |rule| Stated::Shipping(*rule))),
        (StatementKind::Discounts(rule), Attr::Discounts) => Some(map(rule, |rule| Stated::Discounts(*rule))),
        (StatementKind::Pay(route), Attr::Pay) => Some(map(route, |route| {
            let to = match &route.to {
                ast::Destination::Original => Destination::Original,
                ast::Destination::AskedFor => Destination::AskedFor,
                ast::Destination::Tender(name) => Destination::Tender(name.node.clone()),
            };
            let cap = route.up_to.as_ref().map(|cap| number(&cap.node));
            let rest = route.rest.as_ref().map(|rest| rest.node.clone());
            Stated::Pay(Route { to, up_to: cap.zip(rest) })
        })),
        (StatementKind::Hold(hold), Attr::Hold) => Some(map(hold, |hold| {
            Stated::Hold(hold.as_ref().map(|hold| (clause.counts.term(hold.length, named), pay_event(&hold.after))))
        })),
        (StatementKind::Due(due), Attr::Due) => Some(map(due, |due| match due {
            ast::Due::AtOnce => Stated::Due(None),
            ast::Due::Within { length, after, not_before, .. } => {
                let mut awaited: Vec<MeetingEvent> = not_before.iter().map(|event| event.node).collect();
                awaited.sort();
                Stated::Due(Some((clause.counts.term(*length, named), pay_event(after), awaited)))
            }
        })),
        (StatementKind::Collect { forms, only }, Attr::Field(form, field, answer)) => {
            let waits = match only.is_empty() {
                true => matches!(answer, AnswerKind::Accepted | AnswerKind::Pending | AnswerKind::Referred),
                false => only.iter().any(|kind| kind.node == *answer),
            };
            let named = forms.iter().any(|name| is_field(&name.node, form, field));
            (waits && named).then_some(Or::Is(Stated::Asked(true)))
        }
        (StatementKind::Waive(names), Attr::Field(form, field, _)) => {
            names.iter().any(|name| is_field(&name.node, form, field)).then_some(Or::Is(Stated::Asked(false)))
        }
        _ => None,
    }
}

fn pay_event(event: &ast::PayEvent) -> PayEvent {
    match event {
        ast::PayEvent::Sold => PayEvent::Sold,
        ast::PayEvent::Requested => PayEvent::Requested,
        ast::PayEvent::Back(event) => PayEvent::Back(*event),
        ast::PayEvent::Fact(fact) => PayEvent::Fact(fact.node.clone()),
    }
}

fn is_field(name: &str, form: &str, field: &str) -> bool {
    name == form || name == format!("{form}.{field}")
}

fn map<T>(said: &Or<T>, read: impl FnOnce(&T) -> Stated) -> Or<Stated> {
    match said {
        Or::Is(value) => Or::Is(read(value)),
        Or::As(before) => Or::As(before.clone()),
    }
}

pub(crate) fn role_of(finality: Option<&ast::Finality>) -> Option<String> {
    match finality {
        Some(ast::Finality::Overridable(role)) => Some(role.node.clone()),
        Some(ast::Finality::Final) | None => None,
    }
}

fn refusal(finality: &Option<ast::Finality>) -> Stated {
    Stated::No(Refusal { overridable_by: role_of(finality.as_ref()) })
}

pub(crate) fn plain_day(day: &ast::Day) -> Day {
    match day {
        ast::Day::Date(date) => Day::Date(*date),
        ast::Day::MonthDay(day) => Day::MonthDay(*day),
        ast::Day::DeadlineOf(season) => Day::DeadlineOf(season.node.clone()),
        ast::Day::DayAfter(season) => Day::After(season.node.clone()),
    }
}

fn plain_fee(amount: &ast::FeeAmount) -> FeeAmount {
    match amount {
        ast::FeeAmount::None => FeeAmount::None,
        ast::FeeAmount::Of { of, at_least, at_most } => {
            let bound = |bound: &Option<Spanned<ast::FeeBound>>| {
                bound.as_ref().map(|bound| match &bound.node {
                    ast::FeeBound::Money(money) => FeeBound::Money(number(money)),
                    ast::FeeBound::Percent(percent) => FeeBound::Percent(*percent),
                })
            };
            let of = match of {
                ast::FeeOf::Percent(percent) => FeeOf::Percent(*percent),
                ast::FeeOf::Money(money) => FeeOf::Money(number(&money.node)),
                ast::FeeOf::Fact(fact) => FeeOf::Fact(fact.node.clone()),
                ast::FeeOf::FactPercent(fact) => FeeOf::FactPercent(fact.node.clone()),
            };
            FeeAmount::Of { of, at_least: bound(at_least), at_most: bound(at_most) }
        }
    }
}

/// Bounds and lengths of an adjustment that speaks of a remedy.
#[derive(Debug, Clone)]
pub(crate) enum Adjustment {
    NotBefore(Day),
    Longer(Term),
    Bound(Bound, Day),
    /// So much is left after days in repair.
    Pauses(Option<Term>),
    /// Of a window that ends in the season, so long after it.
    Ending(String, Term),
}

pub(crate) fn adjustment(says: &ast::Statement, counts: &Counts, remedy: &str) -> Option<Adjustment> {
    let (found, remedies) = match &says.kind {
        StatementKind::StartNotBefore { day, remedies } => (Adjustment::NotBefore(plain_day(&day.node)), remedies),
        StatementKind::WindowLonger { by, remedies } => {
            (Adjustment::Longer(counts.term(by.node, says.calendar.as_ref())), remedies)
        }
        StatementKind::WindowBound { bound, day, remedies } => {
            (Adjustment::Bound(*bound, plain_day(&day.node)), remedies)
        }
        StatementKind::WindowPauses { at_least, remedies } => {
            let term = at_least.as_ref().map(|least| counts.term(least.node, says.calendar.as_ref()));
            (Adjustment::Pauses(term), remedies)
        }
        StatementKind::WindowEnding { season, after, remedies } => {
            let after = counts.term(after.node, says.calendar.as_ref());
            (Adjustment::Ending(season.node.clone(), after), remedies)
        }
        _ => return None,
    };
    (remedies.is_empty() || remedies.iter().any(|name| name.node == remedy)).then_some(found)
}
