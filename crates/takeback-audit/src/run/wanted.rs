//! How far a policy looks back: what histories the limits of all its versions need.

use takeback::Policy;
use takeback::date::{Term, Unit};
use takeback::program::LimitSpan;
use takeback::terms::{Counted, Period};

use crate::link::{Back, Wanted};

pub(super) fn wanted(policy: &Policy) -> Wanted {
    let mut wanted = Wanted { rest: true, ..Wanted::default() };
    let guards = policy.program().versions.iter().flat_map(|version| &version.guards);
    for limit in guards.filter_map(|guard| guard.limit.as_ref()) {
        let of = match limit.per {
            Counted::Customer => &mut wanted.customer,
            Counted::Household => &mut wanted.household,
            Counted::Clerk => &mut wanted.clerk,
            Counted::Item => &mut wanted.item,
        };
        *of = Some(longer(*of, back(&limit.span)));
    }
    wanted
}

/// Days that are enough in every year.
fn back(span: &LimitSpan) -> Back {
    match span {
        LimitSpan::Rolling(term) => Back::Days(days(term)),
        LimitSpan::Calendar(Period::Year) => Back::Days(366),
        LimitSpan::Calendar(Period::Month) => Back::Days(31),
        LimitSpan::Calendar(Period::Week) => Back::Days(7),
        LimitSpan::Ever => Back::Ever,
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
    match (one, other) {
        (None, other) => other,
        (Some(Back::Days(one)), Back::Days(other)) => Back::Days(one.max(other)),
        (Some(Back::Ever), _) | (Some(Back::Days(_)), Back::Ever) => Back::Ever,
    }
}
