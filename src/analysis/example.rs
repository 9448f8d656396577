//! A way in which conditions hold, told as an example: `an item in Electronics/Phones, condition opened, proof none`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::facts::{CategorySet, Cond, FactId, Schema, Type, at_or_below, builtin};
use crate::money::Currency;

use super::disjoint::{Key, Set, Way};

/// An example that both clauses of a conflict apply to; nothing when the way is not wholly understood or says nothing.
/// `from` is a day on which the version is in force.
pub(super) fn of(way: &Way, schema: &Schema, currency: Currency, from: NaiveDate) -> Option<String> {
    if way.vague {
        return None;
    }
    let mut parts: Vec<String> = item(way, schema)?.into_iter().collect();
    for (key, set) in &way.list {
        parts.push(part(key, set, schema, currency, from)?);
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The paths of an item that is in all the categories and in none of the others; the inner nothing: any item will do.
fn item(way: &Way, schema: &Schema) -> Option<Option<String>> {
    let sets = |ids: &[crate::facts::CategoryId]| -> Vec<&CategorySet> {
        ids.iter().filter_map(|id| schema.categories.get(usize::from(id.0))).collect()
    };
    let (inside, outside) = (sets(&way.inside), sets(&way.outside));
    let mut paths: Vec<String> = Vec::new();
    for set in &inside {
        if set.holds(&paths) {
            continue;
        }
        // A path below one that is there already says it more exactly; otherwise the item is in both.
        let candidates = set.groups.iter().flat_map(|g| &g.paths);
        let found = candidates.into_iter().find_map(|path| {
            let mut with: Vec<String> = paths.iter().filter(|p| !at_or_below(path, p)).cloned().collect();
            with.push(path.clone());
            let fits = inside.iter().take_while(|s| !std::ptr::eq(**s, *set)).all(|s| s.holds(&with));
            (fits && set.holds(&with) && !outside.iter().any(|o| o.holds(&with))).then_some(with)
        });
        paths = found?;
    }
    Some(match paths.as_slice() {
        [] if outside.is_empty() => None,
        [] => Some("an item in no category named here".to_owned()),
        paths => Some(format!("an item in {}", paths.join(" and "))),
    })
}

fn part(key: &Key, set: &Set, schema: &Schema, currency: Currency, from: NaiveDate) -> Option<String> {
    let name = |id: &FactId| schema.fact(*id).map(|f| f.name.as_str());
    Some(match (key, set) {
        (Key::Fact(f), Set::Bool(true)) => name(f)?.to_owned(),
        (Key::Fact(f), Set::Bool(false)) => format!("not {}", name(f)?),
        (Key::Fact(f), Set::Words(words)) => {
            let Type::Word(domain) = schema.fact(*f)?.ty else { return None };
            format!("{} {}", name(f)?, schema.domain(domain)?.word(*words.first()?))
        }
        (Key::Fact(f), Set::Texts(texts, false)) => {
            format!("{} {}", name(f)?, schema.texts.get(usize::try_from(*texts.first()?).ok()?)?)
        }
        (Key::Fact(f), Set::Texts(texts, true)) => {
            format!("{} other than {}", name(f)?, schema.texts.get(usize::try_from(*texts.first()?).ok()?)?)
        }
        (Key::Fact(f), Set::Range(start, end)) => match schema.fact(*f)?.ty {
            Type::Money => format!("{} {} {currency}", name(f)?, between(*start, *end, currency.minor_digits())?),
            Type::WholeNumber => format!("{} {}", name(f)?, between(*start, *end, 0)?),
            _ => format!("{} {}", name(f)?, between(*start, *end, 2)?.normalize()),
        },
        (Key::Days(f), Set::Range(start, end)) => {
            format!("{} days after it was {}", between(*start, *end, 0)?, name(f)?)
        }
        (Key::Fact(f), Set::Days(days)) => {
            let later = days.iter().find(|(_, to)| *to >= from).or(days.last())?;
            let day = if later.1 >= from { later.0.max(from) } else { later.1 };
            match *f {
                builtin::REQUESTED => format!("brought back on {day}"),
                _ => format!("{} on {day}", name(f)?),
            }
        }
        (Key::Same(a, b), Set::Bool(true)) => format!("{} same as {}", name(a)?, name(b)?),
        (Key::Same(a, b), Set::Bool(false)) => format!("{} not same as {}", name(a)?, name(b)?),
        (Key::List(a, b), Set::Bool(true)) => format!("{} in {}", name(a)?, name(b)?),
        (Key::List(a, b), Set::Bool(false)) => format!("{} not in {}", name(a)?, name(b)?),
        (Key::Whole(Cond::AnyTender(inner)), Set::Bool(true)) => match &**inner {
            Cond::Word(builtin::TENDER, words) => format!("paid with {}", schema.tender(*words.first()?)),
            _ => return None,
        },
        _ => return None,
    })
}

/// A number in a range, with as many digits as it may have.
fn between(from: Option<(Decimal, bool)>, to: Option<(Decimal, bool)>, digits: u32) -> Option<Decimal> {
    let step = Decimal::new(1, digits);
    let one = |n: Decimal| Some(n.round_dp(digits));
    let mut found = match (from, to) {
        (Some((n, true)), _) | (None, Some((n, true))) => one(n),
        (Some((n, false)), None) => n.checked_add(Decimal::ONE).and_then(one),
        (Some((n, false)), Some(_)) => n.checked_add(step).and_then(one),
        (None, Some((n, false))) => n.checked_sub(step).and_then(one),
        (None, None) => one(Decimal::ONE),
    }?;
    let fits = from.is_none_or(|(n, with)| found > n || (with && found == n))
        && to.is_none_or(|(n, with)| found < n || (with && found == n));
    found.rescale(digits);
    fits.then_some(found)
}
