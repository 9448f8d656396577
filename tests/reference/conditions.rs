//! Facts by name, and conditions over them. A fact that is not known and not guessed stops the evaluation with its
//! [`Key`]; whoever asked guesses it and starts again ([`super::unknown`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use takeback::syntax::ast;
use takeback::terms::{Clock, Order};

use super::book::{Book, Edition};
use super::facts::{Given, constant};
use super::visit::{Visit, clock_word, list, text};

/// The value of a fact; money is a number, words are text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val {
    Bool(bool),
    Text(String),
    Number(Decimal),
    Day(NaiveDate),
    Texts(Vec<String>),
}

/// A missing fact: its name and whose it is (`""` is the visit, then `sale S1`, `line r1`, `tender 0 t1`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) fact: String,
    pub(crate) at: String,
}

/// Whose facts a condition reads.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    pub(crate) line: Option<usize>,
    pub(crate) sale: Option<usize>,
    /// A tender of the sale, by place.
    pub(crate) tender: Option<usize>,
}

/// What the stages have settled so far, for conditions that read it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    /// Value of each line for its wanted remedy.
    pub(crate) item_refund: Vec<Decimal>,
    pub(crate) refund: Decimal,
    pub(crate) credit: Decimal,
    pub(crate) to_pay: Decimal,
    /// Of the refund, what falls to a tender of a sale.
    pub(crate) tender_amount: BTreeMap<(usize, usize), Decimal>,
    /// Lines whose value cannot be worked out yet; with any of them, nor can the sums of the visit.
    pub(crate) open: BTreeSet<usize>,
}

pub(crate) struct Case<'a> {
    pub(crate) book: &'a Book,
    /// The version in force at the request.
    pub(crate) edition: &'a Edition,
    pub(crate) visit: &'a Visit,
    pub(crate) guess: &'a BTreeMap<Key, Val>,
    pub(crate) figures: Figures,
}

impl<'a> Case<'a> {
    pub(crate) fn place(&self, line: usize) -> Place {
        Place { line: Some(line), sale: self.visit.returns[line].sold.map(|(sale, _)| sale), tender: None }
    }

    pub(crate) fn day(&self) -> NaiveDate {
        self.visit.day(self.edition)
    }

    /// All of these hold: false as soon as one is false, whatever is missing for the others.
    fn all(&self, parts: impl Iterator<Item = Result<bool, Key>>) -> Result<bool, Key> {
        let mut answer = Ok(true);
        for part in parts {
            match part {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(key) => answer = answer.and(Err(key)),
            }
        }
        answer
    }

    pub(crate) fn holds(&self, edition: &Edition, condition: &ast::Condition, place: Place) -> Result<bool, Key> {
        use ast::ConditionKind as Kind;
        let not = |answer: Result<bool, Key>| answer.map(|answer| !answer);
        let lines = 0..self.visit.returns.len();
        match &condition.kind {
            Kind::All(parts) => self.all(parts.iter().map(|part| self.holds(edition, part, place))),
            Kind::Any(parts) => not(self.all(parts.iter().map(|part| not(self.holds(edition, part, place))))),
            Kind::Not(part) => not(self.holds(edition, part, place)),
            Kind::AnyLine(part) => not(self.all(lines.map(|line| not(self.holds(edition, part, self.place(line)))))),
            Kind::EveryLine(part) => self.all(lines.map(|line| self.holds(edition, part, self.place(line)))),
            Kind::AnyTender(part) => {
                let sale = match place.sale {
                    Some(sale) => sale,
                    None => return Ok(false),
                };
                let tenders = 0..list(self.visit.sale(sale), "/tenders").len();
                let at = |tender| Place { tender: Some(tender), ..place };
                not(self.all(tenders.map(|tender| not(self.holds(edition, part, at(tender))))))
            }
            Kind::LineCount { of, order, value } => {
                let mut number = Decimal::ZERO;
                for line in lines {
                    if self.holds(edition, of, self.place(line))? {
                        number += Decimal::ONE;
                    }
                }
                Ok(compares(number, *order, value.node))
            }
            Kind::RefundTotal { of, order, value } => {
                let mut total = Decimal::ZERO;
                if !self.figures.open.is_empty() {
                    return Err(Key { fact: "visit.refund".to_owned(), at: String::new() });
                }
                for line in lines {
                    if self.holds(edition, of, self.place(line))? {
                        total += self.figures.item_refund[line];
                    }
                }
                Ok(compares(total, *order, number(&value.node)))
            }
            Kind::Compared { fact, order, other } => {
                match (self.fact(&fact.node, place), self.fact(&other.node, place)) {
                    (Ok(Val::Number(one)), Ok(Val::Number(two))) => Ok(compares(one, *order, two)),
                    (Err(key), _) | (_, Err(key)) => self.opaque(&format!("{order:?}"), &fact.node, &other.node, &key),
                    other => panic!("{other:?}"),
                }
            }
            Kind::SameAs { fact, negated, other } => {
                let (one, two) = (self.fact(&fact.node, place), self.fact(&other.node, place));
                let same = match (one, two) {
                    (Ok(one), Ok(two)) => Ok(one == two),
                    (Err(key), _) | (_, Err(key)) => self.opaque("same", &fact.node, &other.node, &key),
                };
                same.map(|same| same != *negated)
            }
            Kind::In { fact, negated, list } if edition.facts.contains_key(&list.node) => {
                let (one, all) = (self.fact(&fact.node, place), self.fact(&list.node, place));
                let found = match (one, all) {
                    (Ok(Val::Text(one)), Ok(Val::Texts(all))) => Ok(all.contains(&one)),
                    (Err(key), _) | (_, Err(key)) => self.opaque("in", &fact.node, &list.node, &key),
                    other => panic!("{other:?}"),
                };
                found.map(|found| found != *negated)
            }
            Kind::OnDuty { .. }
            | Kind::InCategory { .. }
            | Kind::Yes(_)
            | Kind::Is { .. }
            | Kind::Order { .. }
            | Kind::DaysSince { .. }
            | Kind::In { .. }
            | Kind::Before { .. }
            | Kind::From { .. } => {
                let fact = fact_of(condition).unwrap();
                if place.tender.is_none() && scope(self.edition, &fact) == Scope::Tender {
                    // Money that no tender can take is of no tender that could be named.
                    return Ok(matches!(
                        condition.kind,
                        Kind::Is { negated: true, .. } | Kind::In { negated: true, .. }
                    ));
                }
                let value = self.fact(&fact, place)?;
                Ok(atom(edition, condition, &value, self.day()))
            }
        }
    }

    /// Whether two facts are equal (or one is in the other) is a yes or no of its own when either is missing.
    fn opaque(&self, how: &str, one: &str, two: &str, key: &Key) -> Result<bool, Key> {
        let key = Key { fact: format!("{how} {one} {two}"), at: key.at.clone() };
        match self.guess.get(&key) {
            Some(Val::Bool(same)) => Ok(*same),
            Some(other) => panic!("{other:?}"),
            None => Err(key),
        }
    }

    /// The fact as the request gives it, as its declaration fills it in, or as it is guessed.
    pub(crate) fn fact(&self, name: &str, place: Place) -> Result<Val, Key> {
        if let Some(value) = self.known(name, place) {
            return Ok(value);
        }
        let key = self.key(name, place);
        self.guess.get(&key).cloned().ok_or(key)
    }

    pub(crate) fn key(&self, name: &str, place: Place) -> Key {
        let line = || format!("line {}", self.visit.returns[place.line.unwrap()].id);
        let sale = || match place.sale {
            Some(sale) => format!("sale {}", text(self.visit.sale(sale), "/id").unwrap()),
            None => line(),
        };
        let at = match scope(self.edition, name) {
            Scope::Visit => String::new(),
            Scope::Sale => sale(),
            Scope::Line => line(),
            Scope::Tender => {
                let sale = self.visit.sale(place.sale.unwrap());
                let id = |json| text(json, "/id").unwrap();
                format!("tender {} {}", id(sale), id(&list(sale, "/tenders")[place.tender.unwrap()]))
            }
        };
        Key { fact: name.to_owned(), at }
    }

    /// The fact without guessing: as given, or what its declaration says that absence means. A figure that is too old is
    /// not known, whatever its declaration says.
    pub(crate) fn known(&self, name: &str, place: Place) -> Option<Val> {
        let declared = self.edition.facts.get(name);
        let absent = || {
            let declared = declared?;
            declared.otherwise.as_ref().map(|value| constant(&value.node, &declared.ty.node))
        };
        match (self.given(name, place), declared) {
            (Some(Given::Value(value)), _) => Some(value),
            (Some(Given::Json(json)), Some(declared)) => self.fresh(declared, &json),
            (Some(Given::Json(_)) | None, _) => absent(),
        }
    }
}

/// The truth of a condition about one fact, given its value.
pub(crate) fn atom(edition: &Edition, condition: &ast::Condition, value: &Val, today: NaiveDate) -> bool {
    use ast::ConditionKind as Kind;
    match (&condition.kind, value) {
        (Kind::InCategory { negated, refs }, Val::Texts(paths)) => {
            refs.iter().any(|category| in_category(edition, category, paths)) != *negated
        }
        (Kind::Yes(_), Val::Bool(yes)) => *yes,
        (Kind::OnDuty { negated, .. }, Val::Bool(yes)) => yes != negated,
        (Kind::Is { values, negated, .. }, value) => {
            let is = |constant: &ast::Value| match (constant, value) {
                (ast::Value::Name(name), Val::Text(text)) => name == text,
                (ast::Value::Name(name), Val::Bool(yes)) => (name == "yes") == *yes,
                (ast::Value::Number(one), Val::Number(two)) => one == two,
                (ast::Value::Money { amount, .. }, Val::Number(two)) => amount == two,
                (ast::Value::Date(one), Val::Day(two)) => one == two,
                other => panic!("{other:?}"),
            };
            values.iter().any(|constant| is(&constant.node)) != *negated
        }
        (Kind::Order { order, value: limit, .. }, Val::Number(amount)) => {
            compares(*amount, *order, number(&limit.node))
        }
        (Kind::DaysSince { order, days, .. }, Val::Day(day)) => {
            compares((today - *day).num_days().into(), *order, days.node)
        }
        (Kind::In { negated, list, .. }, Val::Day(day)) => {
            edition.seasons[&list.node].instance_of(*day).is_some() != *negated
        }
        (Kind::In { negated, list, .. }, Val::Text(text)) => edition.lists[&list.node].contains(text) != *negated,
        (Kind::Before { date, .. }, Val::Day(day)) => *day < date.node,
        (Kind::From { from, to, .. }, Val::Day(day)) => {
            from.node <= *day && to.as_ref().is_none_or(|to| *day <= to.node)
        }
        (kind, value) => panic!("{kind:?} of {value:?}"),
    }
}

/// The fact that a condition about one fact reads.
pub(crate) fn fact_of(condition: &ast::Condition) -> Option<String> {
    use ast::ConditionKind as Kind;
    match &condition.kind {
        Kind::InCategory { .. } => Some("item".to_owned()),
        Kind::Yes(fact)
        | Kind::Is { fact, .. }
        | Kind::Order { fact, .. }
        | Kind::DaysSince { fact, .. }
        | Kind::In { fact, .. }
        | Kind::Before { fact, .. }
        | Kind::From { fact, .. } => Some(fact.node.clone()),
        Kind::OnDuty { role, .. } => Some(on_duty(&role.node)),
        Kind::All(_)
        | Kind::Any(_)
        | Kind::Not(_)
        | Kind::SameAs { .. }
        | Kind::Compared { .. }
        | Kind::AnyLine(_)
        | Kind::AnyTender(_)
        | Kind::EveryLine(_)
        | Kind::LineCount { .. }
        | Kind::RefundTotal { .. } => None,
    }
}

/// The beginning of the facts that say who is on duty.
pub(crate) const ON_DUTY: &str = "on_duty.";

/// The fact that somebody who may act as a role is on duty, without blanks.
pub(crate) fn on_duty(role: &str) -> String {
    format!("{ON_DUTY}{}", role.replace(' ', "_"))
}

/// Where a fact lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Visit,
    Sale,
    Line,
    Tender,
}

pub(crate) fn scope(edition: &Edition, fact: &str) -> Scope {
    if let Some(declared) = edition.facts.get(fact) {
        return match declared.scope.as_ref().map(|scope| scope.node) {
            Some(ast::FactScope::Visit | ast::FactScope::AsOfReturn) | None => Scope::Visit,
            Some(ast::FactScope::Sale | ast::FactScope::AsOfSale) => Scope::Sale,
            Some(ast::FactScope::Item) => Scope::Line,
            Some(ast::FactScope::Tender) => Scope::Tender,
        };
    }
    match fact {
        "sold" | "ordered" => Scope::Sale,
        "channel" | "clerk.role" | "requested" => Scope::Visit,
        _ if fact.starts_with(ON_DUTY) => Scope::Visit,
        _ if fact.starts_with("visit.") || fact.starts_with("refund_to.") || fact.starts_with("pay_with.") => {
            Scope::Visit
        }
        _ if fact.starts_with("sale.") || fact == "item.has_sale" => Scope::Sale,
        _ if fact == "tender" || fact.starts_with("tender.") => Scope::Tender,
        _ => Scope::Line,
    }
}

fn in_category(edition: &Edition, category: &ast::CategoryRef, paths: &[String]) -> bool {
    let below = |path: &str, top: &str| path == top || path.starts_with(&format!("{top}/"));
    let any = |tops: &[String]| paths.iter().any(|path| tops.iter().any(|top| below(path, top)));
    match category {
        ast::CategoryRef::Path(path) => any(std::slice::from_ref(&path.node)),
        ast::CategoryRef::Named(name) => {
            let category = &edition.categories[&name.node];
            let nodes = |list: &[ast::Name]| list.iter().map(|path| path.node.clone()).collect::<Vec<_>>();
            any(&nodes(&category.paths)) && !any(&nodes(&category.except))
        }
    }
}

pub(crate) fn compares(one: Decimal, order: Order, two: Decimal) -> bool {
    match order {
        Order::AtLeast => one >= two,
        Order::AtMost => one <= two,
        Order::Over => one > two,
        Order::Under => one < two,
        Order::Exactly => one == two,
    }
}

pub(crate) fn number(value: &ast::Value) -> Decimal {
    match value {
        ast::Value::Money { amount, .. } | ast::Value::Number(amount) => *amount,
        ast::Value::Date(_) | ast::Value::Name(_) => panic!("{value:?} is no number"),
    }
}

pub(crate) fn clock_named(name: &str) -> Option<Clock> {
    [Clock::Sold, Clock::Ordered, Clock::Invoiced, Clock::Shipped, Clock::Received, Clock::Installed, Clock::Activated]
        .into_iter()
        .find(|clock| clock_word(*clock) == name)
}
