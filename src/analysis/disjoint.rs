//! In which ways conditions can hold together: each way is a set of values for single facts. Two clauses whose conditions
//! have no way in common never apply together. Conservative: what is not understood is taken to be possible.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::date::{Season, SeasonDates};
use crate::facts::{CategoryId, Cond, FactId, Schema, Type, at_or_below};
use crate::terms::Order;

/// At most this many ways are told apart; beyond them a condition counts as not understood.
const WAYS: usize = 64;
/// The years whose seasons are compared; the language has no dates beyond.
const YEARS: std::ops::RangeInclusive<i32> = 1899..=2201;

/// The ways in which some conditions can all hold; none: they never do.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    ways: Vec<Way>,
}

/// What is true of single facts in one way.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    pub(super) list: Vec<(Key, Set)>,
    /// The categories the item is in, and those it is not in.
    pub(super) inside: Vec<CategoryId>,
    pub(super) outside: Vec<CategoryId>,
    /// Whether something was not understood.
    pub(super) vague: bool,
}

/// What a set of values is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Fact(FactId),
    Days(FactId),
    /// Two facts being the same, in either order.
    Same(FactId, FactId),
    List(FactId, FactId),
    Lines(Cond),
    Refund(Cond),
    /// A condition on all lines or tenders, as a whole.
    Whole(Cond),
}

/// Values; never empty.
#[derive(Debug, Clone)]
pub(super) enum Set {
    Bool(bool),
    Words(BTreeSet<u16>),
    /// Texts; true: all but these.
    Texts(BTreeSet<u32>, bool),
    /// From, to; true: the end belongs to it.
    Range(Option<(Decimal, bool)>, Option<(Decimal, bool)>),
    /// Days, both ends included, in order.
    Days(Vec<(NaiveDate, NaiveDate)>),
}

impl Ways {
    /// The ways in which all of some conditions hold.
    pub(super) fn of<'c>(conds: impl IntoIterator<Item = &'c Cond>, schema: &Schema) -> Self {
        let mut ways = Self { ways: vec![Way::default()] };
        for cond in conds {
            ways.and(cond, true, schema);
        }
        ways
    }

    /// Leaves out the cases in which all of some other conditions hold.
    pub(super) fn without<'c>(&mut self, conds: impl IntoIterator<Item = &'c Cond>, schema: &Schema) {
        let all = Cond::All(conds.into_iter().cloned().collect());
        self.and(&all, false, schema);
    }

    /// The ways that also belong to another.
    pub(super) fn with(&self, way: &Way, schema: &Schema) -> Option<Way> {
        self.together(&Self { ways: vec![way.clone()] }, schema)
    }

    /// The first way, one that is wholly understood if there is any.
    pub(super) fn first(&self) -> Option<Way> {
        self.ways.iter().find(|way| !way.vague).or(self.ways.first()).cloned()
    }

    /// Whether the conditions never hold.
    pub(super) fn none(&self) -> bool {
        self.ways.is_empty()
    }

    /// Whether both can never hold together.
    pub(super) fn contradict(&self, other: &Self, schema: &Schema) -> bool {
        self.together(other, schema).is_none()
    }

    /// A way in which both hold: the first, one that is wholly understood if there is any.
    pub(super) fn together(&self, other: &Self, schema: &Schema) -> Option<Way> {
        let mut vague = None;
        for left in &self.ways {
            for right in &other.ways {
                match left.meet(right, schema) {
                    Some(way) if !way.vague => return Some(way),
                    Some(way) => {
                        vague.get_or_insert(way);
                    }
                    None => {}
                }
            }
        }
        vague
    }

    fn and(&mut self, cond: &Cond, holds: bool, schema: &Schema) {
        match (cond, holds) {
            (Cond::Not(inner), _) => self.and(inner, !holds, schema),
            (Cond::All(parts), true) | (Cond::Any(parts), false) => {
                parts.iter().for_each(|p| self.and(p, holds, schema))
            }
            (Cond::Any(parts), true) | (Cond::All(parts), false) if self.ways.len() * parts.len() > WAYS => {
                self.ways.iter_mut().for_each(|way| way.vague = true);
            }
            (Cond::Any(parts), true) | (Cond::All(parts), false) => {
                let branches = parts.iter().map(|part| {
                    let mut branch = self.clone();
                    branch.and(part, holds, schema);
                    branch.ways
                });
                let all: Vec<Way> = branches.flatten().collect();
                self.take(all);
            }
            (Cond::Always, true) => {}
            (Cond::Always, false) => self.ways.clear(),
            (Cond::Category(id), _) => {
                self.ways.retain_mut(|way| {
                    if holds {
                        way.inside.push(*id)
                    } else {
                        way.outside.push(*id)
                    }
                    way.in_and_out(schema)
                });
            }
            (Cond::Number(f, Order::Exactly, n), false) => self.beside(&Key::Fact(*f), *n),
            (Cond::DaysSince(f, Order::Exactly, n), false) => self.beside(&Key::Days(*f), *n),
            (Cond::LineCount(of, Order::Exactly, n), false) => self.beside(&Key::Lines((**of).clone()), *n),
            (Cond::RefundTotal(of, Order::Exactly, n), false) => self.beside(&Key::Refund((**of).clone()), *n),
            _ => match one(cond, holds, schema) {
                Some((key, Some(set))) => self.ways.retain_mut(|way| way.put(&key, &set)),
                Some((_, None)) => self.ways.clear(),
                None => self.ways.iter_mut().for_each(|way| way.vague = true),
            },
        }
    }

    /// A number other than one.
    fn beside(&mut self, key: &Key, n: Decimal) {
        let sets = [Set::Range(None, Some((n, false))), Set::Range(Some((n, false)), None)];
        let with = |way: &Way, set| {
            let mut way = way.clone();
            way.put(key, set).then_some(way)
        };
        let all = self.ways.iter().flat_map(|way| sets.iter().filter_map(|set| with(way, set))).collect();
        self.take(all);
    }

    /// Other ways in the place of these; when they are too many, nothing is known beyond these.
    fn take(&mut self, all: Vec<Way>) {
        if all.len() <= WAYS {
            self.ways = all;
        } else {
            self.ways.iter_mut().for_each(|way| way.vague = true);
        }
    }
}

impl Way {
    /// Narrows what is known of one thing; false when nothing is left.
    fn put(&mut self, key: &Key, set: &Set) -> bool {
        match self.list.iter_mut().find(|(k, _)| k == key) {
            Some((_, known)) => match meet(known, set) {
                Some(both) => *known = both,
                None => return false,
            },
            None => self.list.push((key.clone(), set.clone())),
        }
        true
    }

    fn meet(&self, other: &Self, schema: &Schema) -> Option<Self> {
        // Most pairs of clauses differ in one plain fact.
        let apart = |key: &Key, set: &Set| self.list.iter().any(|(k, known)| k == key && plainly_apart(known, set));
        if other.list.iter().any(|(key, set)| apart(key, set)) {
            return None;
        }
        let mut way = self.clone();
        if !other.list.iter().all(|(key, set)| way.put(key, set)) {
            return None;
        }
        way.inside.extend(&other.inside);
        way.outside.extend(&other.outside);
        way.vague |= other.vague;
        way.in_and_out(schema).then_some(way)
    }

    /// Whether an item can be in all these categories and in none of the others.
    fn in_and_out(&self, schema: &Schema) -> bool {
        !self.inside.iter().any(|x| self.outside.iter().any(|y| covers(*x, *y, schema)))
    }
}

/// Whether every item in `x` is in `y` too: each path of `x` lies at or below one of `y` that leaves nothing out.
fn covers(x: CategoryId, y: CategoryId, schema: &Schema) -> bool {
    let set = |id: CategoryId| schema.categories.get(usize::from(id.0));
    let (Some(inner), Some(outer)) = (set(x), set(y)) else { return false };
    x == y
        || inner.groups.iter().all(|g| {
            let whole = |p: &String| {
                outer.groups.iter().any(|h| h.except.is_empty() && h.paths.iter().any(|q| at_or_below(p, q)))
            };
            outer.groups.contains(g) || g.paths.iter().all(whole)
        })
}

/// What a simple condition says about one thing; no set at all when it cannot hold.
fn one(cond: &Cond, holds: bool, schema: &Schema) -> Option<(Key, Option<Set>)> {
    let number = |order: Order, n: Decimal| Some(if holds { range(order, n) } else { range(opposite(order), n) });
    let days = |days: Vec<(NaiveDate, NaiveDate)>| {
        let days = if holds { days } else { outside(days) };
        (!days.is_empty()).then_some(Set::Days(days))
    };
    Some(match cond {
        Cond::Yes(f) => (Key::Fact(*f), Some(Set::Bool(holds))),
        Cond::Word(f, words) => {
            let Some(Type::Word(domain)) = schema.fact(*f).map(|f| f.ty) else { return None };
            let count = u16::try_from(schema.domain(domain)?.words.len()).ok()?;
            let left: BTreeSet<u16> = (0..count).filter(|w| words.contains(w) == holds).collect();
            (Key::Fact(*f), (!left.is_empty()).then_some(Set::Words(left)))
        }
        Cond::Text(f, texts) => (Key::Fact(*f), Some(Set::Texts(texts.iter().map(|t| t.0).collect(), !holds))),
        Cond::Number(f, order, n) => (Key::Fact(*f), number(*order, *n)),
        Cond::DaysSince(f, order, n) => (Key::Days(*f), number(*order, *n)),
        Cond::LineCount(of, order, n) => (Key::Lines((**of).clone()), number(*order, *n)),
        Cond::RefundTotal(of, order, n) => (Key::Refund((**of).clone()), number(*order, *n)),
        Cond::Dates(f, from, to) => {
            let (from, to) = (from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX));
            (Key::Fact(*f), days(if from <= to { vec![(from, to)] } else { Vec::new() }))
        }
        Cond::Season(f, season) => (Key::Fact(*f), days(instances(schema.seasons.get(usize::from(season.0))?))),
        Cond::Same(a, b) => (Key::Same(*a.min(b), *a.max(b)), Some(Set::Bool(holds))),
        Cond::InFact(a, b) => (Key::List(*a, *b), Some(Set::Bool(holds))),
        Cond::Compared(..) | Cond::AnyLine(_) | Cond::EveryLine(_) | Cond::AnyTender(_) => {
            (Key::Whole(cond.clone()), Some(Set::Bool(holds)))
        }
        Cond::Always | Cond::All(_) | Cond::Any(_) | Cond::Not(_) | Cond::Category(_) => return None,
    })
}

fn instances(season: &Season) -> Vec<(NaiveDate, NaiveDate)> {
    let mut days: Vec<(NaiveDate, NaiveDate)> = match &season.instances {
        SeasonDates::Dated(list) => list.iter().map(|i| (i.from, i.to)).collect(),
        SeasonDates::Yearly { from, .. } => YEARS
            .filter_map(|year| {
                let before = NaiveDate::from_ymd_opt(year, 1, 1)?.pred_opt()?;
                let first = from.first_after(before);
                season.instance_of(first).filter(|i| i.from == first && first.year() == year).map(|i| (i.from, i.to))
            })
            .collect(),
    };
    days.sort_unstable();
    days
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

/// The order that holds when another does not. `exactly` has none and is told apart before.
fn opposite(order: Order) -> Order {
    match order {
        Order::AtLeast => Order::Under,
        Order::Over => Order::AtMost,
        Order::AtMost => Order::Over,
        Order::Under => Order::AtLeast,
        Order::Exactly => Order::Exactly,
    }
}

/// The days outside some ranges.
fn outside(days: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
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

/// Whether two sets of words or listed texts have nothing in common.
fn plainly_apart(a: &Set, b: &Set) -> bool {
    match (a, b) {
        (Set::Words(a), Set::Words(b)) => a.is_disjoint(b),
        (Set::Texts(a, false), Set::Texts(b, false)) => a.is_disjoint(b),
        _ => false,
    }
}

/// The values in both sets; nothing when there are none.
fn meet(a: &Set, b: &Set) -> Option<Set> {
    Some(match (a, b) {
        (Set::Bool(a), Set::Bool(b)) if a == b => Set::Bool(*a),
        (Set::Bool(_), Set::Bool(_)) => return None,
        (Set::Words(a), Set::Words(b)) => {
            let both: BTreeSet<u16> = a.intersection(b).copied().collect();
            if both.is_empty() {
                return None;
            }
            Set::Words(both)
        }
        (Set::Texts(a, false), Set::Texts(b, but)) | (Set::Texts(b, but), Set::Texts(a, false)) => {
            let both: BTreeSet<u32> = a.iter().copied().filter(|t| b.contains(t) != *but).collect();
            if both.is_empty() {
                return None;
            }
            Set::Texts(both, false)
        }
        (Set::Texts(a, true), Set::Texts(b, true)) => Set::Texts(a | b, true),
        (Set::Range(from, to), Set::Range(start, end)) => {
            // Of two bounds at the same number the open one is the narrower.
            let from = [*from, *start].into_iter().flatten().max_by_key(|(n, closed)| (*n, !closed));
            let to = [*to, *end].into_iter().flatten().min_by_key(|(n, closed)| (*n, *closed));
            let empty = from.zip(to).is_some_and(|((f, with), (t, and))| f > t || (f == t && !(with && and)));
            if empty {
                return None;
            }
            Set::Range(from, to)
        }
        (Set::Days(a), Set::Days(b)) => {
            let both = common(a, b);
            if both.is_empty() {
                return None;
            }
            Set::Days(both)
        }
        // Sets about the same thing are of the same kind.
        (known, _) => known.clone(),
    })
}

/// The days in both of two lists that are in order.
fn common(a: &[(NaiveDate, NaiveDate)], b: &[(NaiveDate, NaiveDate)]) -> Vec<(NaiveDate, NaiveDate)> {
    let mut both = Vec::new();
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    while let (Some((from, to)), Some((start, end))) = (left.peek(), right.peek()) {
        let (first, last) = (*from.max(start), *to.min(end));
        if first <= last {
            both.push((first, last));
        }
        if to < end {
            left.next();
        } else {
            right.next();
        }
    }
    both
}
