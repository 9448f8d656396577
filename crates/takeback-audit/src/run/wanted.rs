//! How far a policy looks back: what histories the limits of all its versions need.

use rust_decimal::Decimal;
use takeback::Policy;
use takeback::date::{Term, Unit};
use takeback::program::LimitSpan;
use takeback::terms::{Counted, Period};

use crate::columns::MONEY_SCALE;
use crate::link::{Back, Wanted};

pub(super) fn wanted(policy: &Policy) -> Wanted {
    let digits = policy.program().currency.minor_digits();
    let mut wanted = Wanted { rest: true, digits: Some(digits), ..Wanted::default() };
    let guards = policy.program().versions.iter().flat_map(|version| &version.guards);
    for limit in guards.filter_map(|guard| guard.limit.as_ref()) {
        let of = match limit.per {
            Counted::Customer => &mut wanted.customer,
            Counted::Household => &mut wanted.household,
            Counted::Clerk => &mut wanted.clerk,
            Counted::Item => &mut wanted.item,
        };
        *of = Some(longer(*of, back(&limit.span)));
        wanted.floors.extend(limit.floor.and_then(in_units));
    }
    wanted.floors.sort_unstable();
    wanted.floors.dedup();
    wanted
}

/// Days that are enough in every year.
fn back(span: &LimitSpan) -> Back {
    match span {
        LimitSpan::Rolling(term) => Back::days(days(term)),
        LimitSpan::Calendar(Period::Year) => Back::days(366),
        LimitSpan::Calendar(Period::Month) => Back::days(31),
        LimitSpan::Calendar(Period::Week) => Back::days(7),
        LimitSpan::Ever => Back::EVER,
    }
}

fn days(term: &Term) -> u32 {
    let each = match term.length.unit {
        Unit::Hours | Unit::Days => 1,
        // With weekends and holidays.
        Unit::BusinessDays => 3,
        Unit::Weeks => 7,
        Unit::Months => 31,
        Unit::Years => 366,
    };
    term.length.count.saturating_mul(each).saturating_add(14)
}

fn longer(one: Option<Back>, other: Back) -> Back {
    one.map_or(other, |one| Back { days: one.days.max(other.days), ever: one.ever || other.ever })
}

/// An amount in the units of a column of money.
fn in_units(amount: Decimal) -> Option<i128> {
    let digits = u32::from(MONEY_SCALE.unsigned_abs());
    10_i128.checked_pow(digits.checked_sub(amount.scale())?)?.checked_mul(amount.mantissa())
}
