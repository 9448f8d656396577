//! Conditions over facts: yes, no, or not known, with the first fact that is missing.

use std::cell::RefCell;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::facts::{Cond, FactId, Order, Schema, Scope, Stage, Value, builtin, compare};
use crate::program::Question;
use crate::request::Request;

/// The answer of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tri {
    Yes,
    No,
    /// Depends on this.
    Unknown(Unknown),
}

/// Something that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Unknown {
    pub(super) what: What,
    pub(super) place: Place,
}

/// What is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum What {
    /// The value of a fact.
    Fact(FactId),
    /// The categories of the item.
    Categories,
    /// Whether two facts are the same.
    Same(FactId, FactId),
    /// Whether a comparison of two facts holds.
    Compared(FactId, Order, FactId),
    /// Whether a text is in a list.
    InFact(FactId, FactId),
}

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    Visit,
    Sale(usize),
    Line(usize),
    /// A tender of a sale.
    Tender(usize, usize),
}

/// A value that a missing fact is taken to have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Assumed {
    Value(Value),
    /// Of [`What::Same`], [`What::Compared`] and [`What::InFact`].
    Holds(bool),
    /// Of categories, by their place in the list of [`super::categories`].
    Categories(usize),
}

/// What conditions are asked about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At {
    pub(super) line: Option<usize>,
    pub(super) sale: Option<usize>,
    pub(super) part: Option<Part>,
}

/// A part of a refund that falls to a tender of a sale; `tender` is none when no tender is known for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) sale: usize,
    pub(super) tender: Option<usize>,
    pub(super) amount: Decimal,
}

/// Facts settled on the way.
#[derive(Debug)]
pub(super) struct Settled {
    /// The latest stage that is settled.
    pub(super) stage: Stage,
    /// Of each line.
    pub(super) item_refund: SmallVec<[Option<Decimal>; 1]>,
    pub(super) refund: Option<Decimal>,
    pub(super) credit: Option<Decimal>,
    pub(super) to_pay: Option<Decimal>,
    pub(super) uncovered: Option<Decimal>,
    /// Whether the figures of the visit cannot be worked out yet, because something must be asked of a line.
    pub(super) open: bool,
}

impl Unknown {
    /// Whether it is worked out of other facts.
    pub(super) fn is_figure(&self) -> bool {
        matches!(
            self.what,
            What::Fact(
                builtin::ITEM_REFUND
                    | builtin::VISIT_REFUND
                    | builtin::VISIT_CREDIT
                    | builtin::VISIT_TO_PAY
                    | builtin::VISIT_UNCOVERED
            )
        )
    }
}

impl Default for Settled {
    fn default() -> Self {
        Self {
            stage: Stage::Facts,
            item_refund: SmallVec::new(),
            refund: None,
            credit: None,
            to_pay: None,
            uncovered: None,
            open: false,
        }
    }
}

/// Everything a condition may read.
pub(super) struct Facts<'r> {
    pub(super) schema: &'r Schema,
    pub(super) request: &'r Request,
    pub(super) settled: Settled,
    pub(super) assumed: &'r [(Unknown, Assumed)],
    /// The paths that assumed categories stand for.
    pub(super) kinds: &'r [Vec<String>],
    /// Conditions over all lines that have been asked.
    pub(super) over_lines: RefCell<Vec<AskedOfAll>>,
}

/// A condition over all lines by its address, the stage it was asked in, and the answer.
pub(super) type AskedOfAll = ((*const Cond, Stage), Tri);

/// From how many lines on answers of conditions over all of them are kept.
const MANY_LINES: usize = 32;

impl Facts<'_> {
    fn assumed(&self, unknown: Unknown) -> Option<Assumed> {
        if self.assumed.is_empty() {
            return None;
        }
        self.assumed.iter().find(|(u, _)| *u == unknown).map(|(_, a)| *a)
    }

    fn place(&self, scope: Scope, at: &At) -> Option<Place> {
        match scope {
            Scope::Visit => Some(Place::Visit),
            Scope::Sale => at.sale.map(Place::Sale),
            Scope::Line => at.line.map(Place::Line),
            Scope::Tender => at.part.and_then(|p| p.tender.map(|t| Place::Tender(p.sale, t))),
        }
    }

    /// The value a request or an earlier stage gives a fact.
    fn given(&self, id: FactId, at: &At) -> Option<Value> {
        let fact = self.schema.fact(id)?;
        let slot = usize::from(fact.slot);
        match fact.scope {
            Scope::Visit => match id {
                builtin::VISIT_REFUND | builtin::VISIT_CREDIT | builtin::VISIT_TO_PAY | builtin::VISIT_UNCOVERED
                    if self.settled.open =>
                {
                    None
                }
                builtin::VISIT_REFUND => self.settled.refund.map(Value::Number),
                builtin::VISIT_CREDIT => self.settled.credit.map(Value::Number),
                builtin::VISIT_TO_PAY => self.settled.to_pay.map(Value::Number),
                builtin::VISIT_UNCOVERED => self.settled.uncovered.map(Value::Number),
                _ => *self.request.facts.get(slot)?,
            },
            Scope::Sale => *of_sale(self.request, at.sale, at.line)?.get(slot)?,
            Scope::Line => match id {
                builtin::ITEM_REFUND => self.settled.item_refund.get(at.line?)?.map(Value::Number),
                _ => *self.request.lines.get(at.line?)?.facts.get(slot)?,
            },
            Scope::Tender => {
                let part = at.part?;
                let tender = self.request.sales.get(part.sale)?.tenders.get(part.tender?)?;
                match id {
                    builtin::TENDER => Some(Value::Word(tender.tender)),
                    builtin::TENDER_AMOUNT => Some(Value::Number(part.amount)),
                    builtin::TENDER_PAID => Some(Value::Number(tender.amount)),
                    _ => *tender.facts.get(slot)?,
                }
            }
        }
    }

    /// What stands for a fact that nothing gives, or what is missing; `None` for a tender's fact where there is no tender.
    #[cold]
    fn absent(&self, id: FactId, at: &At) -> Result<Value, Option<Unknown>> {
        let Some(fact) = self.schema.fact(id) else { return Err(None) };
        let place = match (self.place(fact.scope, at), fact.otherwise) {
            (Some(place), _) => place,
            // Nothing said about tenders holds of money that has none.
            (None, _) if fact.scope == Scope::Tender => return Err(None),
            // Goods without a sale: what absence means, or asked with the line.
            (None, Some(otherwise)) => return Ok(otherwise),
            (None, None) => at.line.map_or(Place::Visit, Place::Line),
        };
        let unknown = Unknown { what: What::Fact(id), place };
        match self.assumed(unknown) {
            Some(Assumed::Value(value)) => Ok(value),
            _ => Err(Some(unknown)),
        }
    }

    /// The day a date fact holds, given or assumed.
    pub(super) fn date(&self, id: FactId, at: &At) -> Option<chrono::NaiveDate> {
        match self.get(id, at) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        }
    }

    /// The day a date fact holds as the request tells it, or what its absence means for goods without a sale.
    pub(super) fn told_date(&self, id: FactId, at: &At) -> Option<chrono::NaiveDate> {
        let fact = self.schema.fact(id)?;
        let otherwise = || fact.otherwise.filter(|_| self.place(fact.scope, at).is_none());
        match self.given(id, at).or_else(otherwise) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        }
    }

    /// The value of a fact, given or assumed.
    pub(super) fn get(&self, id: FactId, at: &At) -> Option<Value> {
        self.given(id, at).or_else(|| self.absent(id, at).ok())
    }

    fn test(&self, id: FactId, at: &At, holds: impl Fn(Value) -> bool) -> Tri {
        if let Some(value) = self.given(id, at) {
            return truth(holds(value));
        }
        match self.absent(id, at) {
            Ok(value) => truth(holds(value)),
            Err(Some(unknown)) => Tri::Unknown(unknown),
            Err(None) => Tri::No,
        }
    }

    /// Answers a question of a version's tests; nothing when that is not known.
    pub(super) fn answer(&self, question: &Question, at: &At) -> Option<usize> {
        match question {
            Question::Fact(id) => match self.given(*id, at).map_or_else(|| self.absent(*id, at), Ok) {
                Ok(Value::Bool(yes)) => Some(usize::from(yes)),
                Ok(Value::Word(word)) => Some(usize::from(word)),
                _ => None,
            },
            Question::Category(id) => {
                let known = at.line.and_then(|line| self.request.lines.get(line)?.in_category.get(usize::from(id.0)));
                match known {
                    Some(yes) => Some(usize::from(*yes)),
                    None => known_truth(&self.holds(&Cond::Category(*id), at)),
                }
            }
            Question::Cond(cond) => known_truth(&self.holds(cond, at)),
        }
    }

    /// Answers a condition.
    pub(super) fn holds(&self, cond: &Cond, at: &At) -> Tri {
        match cond {
            Cond::Always => Tri::Yes,
            Cond::All(parts) => self.all(parts.iter().map(|p| self.holds(p, at))),
            Cond::Any(parts) => not(self.all(parts.iter().map(|p| not(self.holds(p, at))))),
            Cond::Not(inner) => not(self.holds(inner, at)),
            Cond::Category(id) => {
                let Some(line) = at.line.and_then(|l| self.request.lines.get(l)) else { return Tri::No };
                match line.in_category.get(usize::from(id.0)) {
                    Some(yes) => truth(*yes),
                    None => self.assumed_category(usize::from(id.0), at),
                }
            }
            Cond::Yes(f) => self.test(*f, at, |v| v == Value::Bool(true)),
            Cond::Word(f, words) => self.test(*f, at, |v| matches!(v, Value::Word(w) if words.contains(&w))),
            Cond::Text(f, texts) => {
                self.test(*f, at, |v| matches!(v, Value::Text(t) if texts.binary_search(&t).is_ok()))
            }
            Cond::Number(f, order, n) => self.test(*f, at, |v| matches!(v, Value::Number(x) if compare(x, *order, *n))),
            Cond::DaysSince(f, order, n) => self.test(*f, at, |v| match v {
                Value::Date(day) => compare(Decimal::from((self.request.day - day).num_days()), *order, *n),
                _ => false,
            }),
            Cond::Season(f, season) => {
                self.test(*f, at, |v| match (v, self.schema.seasons.get(usize::from(season.0))) {
                    (Value::Date(day), Some(season)) => season.instance_of(day).is_some(),
                    _ => false,
                })
            }
            Cond::Dates(f, from, to) => self.test(*f, at, |v| match v {
                Value::Date(day) => from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t),
                _ => false,
            }),
            Cond::Same(a, b) => self.pair(*a, *b, What::Same(*a, *b), at, |x, y| x == y),
            Cond::Compared(a, order, b) => self.pair(*a, *b, What::Compared(*a, *order, *b), at, |x, y| match (x, y) {
                (Value::Number(x), Value::Number(y)) => compare(x, *order, y),
                _ => false,
            }),
            Cond::InFact(text, list) => self.pair(*text, *list, What::InFact(*text, *list), at, |x, y| match (x, y) {
                (Value::Text(text), Value::Texts(list)) => {
                    self.request.lists.get(list as usize).is_some_and(|l| l.contains(&text))
                }
                _ => false,
            }),
            Cond::AnyTender(inner) => {
                let Some(sale) = at.sale.and_then(|s| self.request.sales.get(s)) else {
                    return Tri::No;
                };
                not(self.all((0..sale.tenders.len()).map(|t| {
                    let part = Part { sale: at.sale.unwrap_or(0), tender: Some(t), amount: Decimal::ZERO };
                    not(self.holds(inner, &At { part: Some(part), ..*at }))
                })))
            }
            Cond::AnyLine(_) | Cond::EveryLine(_) | Cond::LineCount(..) | Cond::RefundTotal(..) => {
                self.of_all_lines(cond)
            }
        }
    }

    /// Answers a condition over all lines. It is the same wherever it is asked, so where there are many lines it is asked once.
    fn of_all_lines(&self, cond: &Cond) -> Tri {
        if self.request.lines.len() < MANY_LINES {
            return self.over_lines(cond);
        }
        let key = (std::ptr::from_ref(cond), self.settled.stage);
        if let Some((_, known)) = self.over_lines.borrow().iter().find(|(known, _)| *known == key) {
            return *known;
        }
        let answer = self.over_lines(cond);
        self.over_lines.borrow_mut().push((key, answer));
        answer
    }

    fn over_lines(&self, cond: &Cond) -> Tri {
        match cond {
            Cond::AnyLine(inner) => not(self.all(self.lines().map(|at| not(self.holds(inner, &at))))),
            Cond::EveryLine(inner) => self.all(self.lines().map(|at| self.holds(inner, &at))),
            Cond::LineCount(inner, order, n) => {
                let mut count = 0u32;
                for at in self.lines() {
                    match self.holds(inner, &at) {
                        Tri::Yes => count += 1,
                        Tri::No => {}
                        unknown => return unknown,
                    }
                }
                truth(compare(Decimal::from(count), *order, *n))
            }
            Cond::RefundTotal(..) if self.settled.open => {
                Tri::Unknown(Unknown { what: What::Fact(builtin::VISIT_REFUND), place: Place::Visit })
            }
            Cond::RefundTotal(inner, order, n) => {
                let mut total = Decimal::ZERO;
                for (line, at) in self.lines().enumerate() {
                    match self.holds(inner, &at) {
                        Tri::Yes => {
                            let value = self.settled.item_refund.get(line).copied().flatten().unwrap_or(Decimal::ZERO);
                            total = total.saturating_add(value);
                        }
                        Tri::No => {}
                        unknown => return unknown,
                    }
                }
                truth(compare(total, *order, *n))
            }
            _ => Tri::No,
        }
    }

    /// The lines of the visit as places to ask about.
    fn lines(&self) -> impl Iterator<Item = At> + '_ {
        self.request.lines.iter().enumerate().map(|(line, l)| At {
            line: Some(line),
            sale: l.sold.map(|(s, _)| s),
            part: None,
        })
    }

    fn all(&self, parts: impl Iterator<Item = Tri>) -> Tri {
        let mut unknown = None;
        for part in parts {
            match part {
                Tri::No => return Tri::No,
                Tri::Unknown(u) => {
                    unknown.get_or_insert(u);
                }
                Tri::Yes => {}
            }
        }
        unknown.map_or(Tri::Yes, Tri::Unknown)
    }

    /// A test of two facts; when one is missing, the test itself is what is not known.
    fn pair(&self, a: FactId, b: FactId, what: What, at: &At, holds: impl Fn(Value, Value) -> bool) -> Tri {
        if let (Some(x), Some(y)) = (self.given(a, at), self.given(b, at)) {
            return truth(holds(x, y));
        }
        let (Some(x), Some(y)) = (self.schema.fact(a), self.schema.fact(b)) else { return Tri::No };
        let Some(place) = self.place(x.scope.max(y.scope), at).or(at.line.map(Place::Line)) else { return Tri::No };
        let unknown = Unknown { what, place };
        match self.assumed(unknown) {
            Some(Assumed::Holds(yes)) => truth(yes),
            _ => Tri::Unknown(unknown),
        }
    }

    fn assumed_category(&self, set: usize, at: &At) -> Tri {
        let Some(line) = at.line else { return Tri::No };
        let unknown = Unknown { what: What::Categories, place: Place::Line(line) };
        match self.assumed(unknown) {
            Some(Assumed::Categories(kind)) => {
                let paths = self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
                truth(self.schema.categories.get(set).is_some_and(|c| c.holds(paths)))
            }
            _ => Tri::Unknown(unknown),
        }
    }
}

/// The facts of a sale; of goods without one, what is known of it all the same.
pub(super) fn of_sale(request: &Request, sale: Option<usize>, line: Option<usize>) -> Option<&[Option<Value>]> {
    match sale {
        Some(sale) => request.sales.get(sale).map(|sale| sale.facts.as_slice()),
        None => request.lines.get(line?)?.unfound.as_ref().map(|unfound| unfound.facts.as_slice()),
    }
}

/// No is 0, yes is 1.
fn known_truth(tri: &Tri) -> Option<usize> {
    match tri {
        Tri::Yes => Some(1),
        Tri::No => Some(0),
        Tri::Unknown(_) => None,
    }
}

fn truth(yes: bool) -> Tri {
    if yes { Tri::Yes } else { Tri::No }
}

fn not(tri: Tri) -> Tri {
    match tri {
        Tri::Yes => Tri::No,
        Tri::No => Tri::Yes,
        unknown => unknown,
    }
}
