//! Whether two conditions plainly contradict: the same fact, values that exclude each other.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::date::SeasonDates;
use crate::facts::{CategoryId, CategorySet, Cond, FactId, Schema, at_or_below};
use crate::terms::Order;

/// What must be true of single facts when some conditions all hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    list: Vec<(Key, Set)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Fact(FactId),
    Days(FactId),
    Category,
    /// Two facts being the same, in either order.
    Same(FactId, FactId),
    List(FactId, FactId),
}

#[derive(Debug, Clone)]
enum Set {
    Bool(bool),
    /// Words or texts by number; true: all but these.
    Some(BTreeSet<u32>, bool),
    /// From, to; true: the end belongs to it.
    Range(Option<(Decimal, bool)>, Option<(Decimal, bool)>),
    /// Days, both ends included.
    Days(Vec<(NaiveDate, NaiveDate)>),
    /// The paths of a category test, and whether it must hold.
    Category(CategoryId, CategorySet, bool),
}

impl Facts {
    pub(super) fn of(conds: &[&Cond], schema: &Schema) -> Self {
        let mut facts = Self::default();
        for cond in conds {
            facts.add(cond, schema);
        }
        facts
    }

    fn add(&mut self, cond: &Cond, schema: &Schema) {
        match cond {
            Cond::All(parts) => parts.iter().for_each(|p| self.add(p, schema)),
            other => self.list.extend(one(other, schema)),
        }
    }

    /// Whether both can never hold together.
    pub(super) fn contradict(&self, other: &Self) -> bool {
        self.list.iter().any(|(key, set)| other.list.iter().any(|(k, s)| k == key && exclude(set, s)))
    }
}

fn one(cond: &Cond, schema: &Schema) -> Option<(Key, Set)> {
    let numbers = |list: &[u16]| list.iter().map(|w| u32::from(*w)).collect();
    Some(match cond {
        Cond::Yes(f) => (Key::Fact(*f), Set::Bool(true)),
        Cond::Word(f, words) => (Key::Fact(*f), Set::Some(numbers(words), false)),
        Cond::Text(f, texts) => (Key::Fact(*f), Set::Some(texts.iter().map(|t| t.0).collect(), false)),
        Cond::Number(f, order, n) => (Key::Fact(*f), range(*order, *n)),
        Cond::DaysSince(f, order, n) => (Key::Days(*f), range(*order, *n)),
        Cond::Dates(f, from, to) => {
            (Key::Fact(*f), Set::Days(vec![(from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX))]))
        }
        Cond::Season(f, season) => match &schema.seasons.get(usize::from(season.0))?.instances {
            SeasonDates::Dated(list) => (Key::Fact(*f), Set::Days(list.iter().map(|i| (i.from, i.to)).collect())),
            SeasonDates::Yearly { .. } => return None,
        },
        Cond::Category(id) => {
            (Key::Category, Set::Category(*id, schema.categories.get(usize::from(id.0))?.clone(), true))
        }
        Cond::Same(a, b) => (Key::Same(*a.min(b), *a.max(b)), Set::Bool(true)),
        Cond::InFact(a, b) => (Key::List(*a, *b), Set::Bool(true)),
        Cond::Not(inner) => {
            let (key, set) = one(inner, schema)?;
            let set = match set {
                Set::Bool(b) => Set::Bool(!b),
                Set::Some(list, but) => Set::Some(list, !but),
                Set::Range(None, Some((n, with))) => Set::Range(Some((n, !with)), None),
                Set::Range(Some((n, with)), None) => Set::Range(None, Some((n, !with))),
                Set::Range(..) => return None,
                Set::Days(days) => Set::Days(outside(days)),
                Set::Category(id, set, holds) => Set::Category(id, set, !holds),
            };
            (key, set)
        }
        Cond::Any(parts) => {
            let mut sets = parts.iter().map(|p| one(p, schema));
            let (key, mut whole) = sets.next()??;
            for next in sets {
                let (other, set) = next?;
                whole = match (whole, set) {
                    (Set::Some(mut a, false), Set::Some(b, false)) if key == other => {
                        a.extend(b);
                        Set::Some(a, false)
                    }
                    (Set::Days(mut a), Set::Days(b)) if key == other => {
                        a.extend(b);
                        Set::Days(a)
                    }
                    _ => return None,
                };
            }
            (key, whole)
        }
        Cond::Always | Cond::All(_) | Cond::AnyTender(_) | Cond::AnyLine(_) | Cond::EveryLine(_) => return None,
        Cond::LineCount(..) | Cond::RefundTotal(..) => return None,
    })
}

fn range(order: Order, n: Decimal) -> Set {
    match order {
        Order::AtLeast => Set::Range(Some((n, true)), None),
        Order::Over => Set::Range(Some((n, false)), None),
        Order::AtMost => Set::Range(None, Some((n, true))),
        Order::Under => Set::Range(None, Some((n, false))),
        Order::Exactly => Set::Range(Some((n, true)), Some((n, true))),
    }
}

/// The days outside some ranges.
fn outside(mut days: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    days.sort_unstable();
    let mut free = Vec::new();
    let mut from = Some(NaiveDate::MIN);
    for (start, end) in days {
        if let (Some(begin), Some(last)) = (from, start.pred_opt())
            && begin <= last
        {
            free.push((begin, last));
        }
        from = from.and_then(|f| end.succ_opt().map(|next| next.max(f)));
    }
    free.extend(from.map(|f| (f, NaiveDate::MAX)));
    free
}

fn exclude(a: &Set, b: &Set) -> bool {
    match (a, b) {
        (Set::Bool(a), Set::Bool(b)) => a != b,
        (Set::Some(a, false), Set::Some(b, false)) => a.is_disjoint(b),
        (Set::Some(a, false), Set::Some(b, true)) | (Set::Some(b, true), Set::Some(a, false)) => a.is_subset(b),
        (Set::Range(from, to), Set::Range(start, end)) => apart(to, start) || apart(end, from),
        (Set::Days(a), Set::Days(b)) => !a.iter().any(|(f, t)| b.iter().any(|(g, u)| f <= u && g <= t)),
        (Set::Category(a, x, true), Set::Category(b, y, false))
        | (Set::Category(b, y, false), Set::Category(a, x, true)) => a == b || inside(x, y),
        _ => false,
    }
}

/// Whether a range that ends here lies wholly before one that begins there.
fn apart(end: &Option<(Decimal, bool)>, start: &Option<(Decimal, bool)>) -> bool {
    match (end, start) {
        (Some((end, closed)), Some((start, open))) => end < start || (end == start && !(*closed && *open)),
        _ => false,
    }
}

/// Whether every item in `x` is in `y` too: each path of `x` lies at or below one of `y` that leaves nothing out.
fn inside(x: &CategorySet, y: &CategorySet) -> bool {
    x.groups.iter().all(|g| {
        y.groups.contains(g)
            || g.paths
                .iter()
                .all(|p| y.groups.iter().any(|h| h.except.is_empty() && h.paths.iter().any(|q| at_or_below(p, q))))
    })
}
