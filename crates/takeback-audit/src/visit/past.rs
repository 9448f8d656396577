//! What came back before, as limits count it: the histories of rows to those of a request. They do not go through its draft, whose
//! returns are told one by one: a past return of an audit may be several that were added up.

use rust_decimal::Decimal;
use takeback::Policy;
use takeback::program::Limit;
use takeback::request::{Past, PastReturn, Request};
use takeback::terms::{Counted, Measure};

use super::{Fault, Line, cents};
use crate::cells::{Cells, Element, Of};
use crate::spell::MOST;

/// Tells a request the histories of its visit and of its lines.
pub(super) fn tell(policy: &Policy, cells: &Cells<'_>, lines: &[Line], request: &mut Request) -> Result<(), Fault> {
    let first = lines.first().map_or(0, |line| line.row);
    let day = request.day;
    let past = |per, column, row| self::past(policy, cells, per, column, row, day);
    request.history.customer = past(Counted::Customer, "history_customer", first)?;
    request.history.household = past(Counted::Household, "history_household", first)?;
    request.history.clerk = past(Counted::Clerk, "history_clerk", first)?;
    for (line, of) in lines.iter().zip(&mut request.lines) {
        of.history = past(Counted::Item, "history_item", line.row)?;
    }
    Ok(())
}

/// A history of a row, with no more of each return than is known; none: it is not known.
fn past(
    policy: &Policy,
    cells: &Cells<'_>,
    per: Counted,
    column: &'static str,
    row: usize,
    as_of: chrono::NaiveDate,
) -> Result<Option<Past>, Fault> {
    let Some(all) = cells.list(Of::Return, column, row) else { return Ok(None) };
    let counts = Counts::of(policy, per);
    let wrong = |(name, value): Wrong| {
        Fault::new(row, column, Some(value), format!("`{name}` of a past return cannot be that"))
    };
    let (mut returns, mut at_least, mut count) = (Vec::with_capacity(all.len()), false, 0_u64);
    for element in all {
        at_least |= counts.is_open(&element);
        let read = one(policy, &element).map_err(wrong)?;
        count = count.saturating_add(read.as_ref().map_or(0, |read| read.returns));
        // No amount is as much as can be told of one, and so their sum is no more than can be added up.
        if count > u64::from(u32::MAX) {
            return Err(wrong(("returns", count.to_string())));
        }
        returns.extend(read);
    }
    Ok(Some(Past { as_of, at_least, returns }))
}

/// Which member is wrong, and what it says.
type Wrong = (&'static str, String);

/// An element that tells its day.
fn one(policy: &Policy, element: &Element<'_>) -> Result<Option<PastReturn>, Wrong> {
    let count = |name: &'static str, absent: i64| {
        let count = element.count(name).unwrap_or(absent);
        u64::try_from(count).map_err(|_| (name, count.to_string()))
    };
    let (returns, items) = (count("returns", 1)?, count("items", 0)?);
    if returns == 0 {
        return Err(("returns", returns.to_string()));
    }
    let amount = |name: &'static str| {
        let amount = element.money(name).map(|amount| cents(policy, amount));
        let most = Decimal::from(MOST).saturating_mul(returns.into());
        match amount {
            Some(amount) if amount < Decimal::ZERO || amount >= most => Err((name, amount.to_string())),
            amount => Ok(amount),
        }
    };
    let (refund, least) = (amount("refund")?.unwrap_or_default(), amount("least")?);
    Ok(element.day("day").map(|day| PastReturn { day, refund, items, returns, least, limits: None }))
}

/// What the limits of a policy count of a history.
struct Counts {
    money: bool,
    units: bool,
}

impl Counts {
    fn of(policy: &Policy, per: Counted) -> Self {
        let guards = policy.program().versions.iter().flat_map(|version| &version.guards);
        let limits: Vec<&Limit> =
            guards.filter_map(|guard| guard.limit.as_ref()).filter(|limit| limit.per == per).collect();
        let money = |limit: &&Limit| limit.measure == Measure::Refund || limit.floor.is_some();
        Self { money: limits.iter().any(money), units: limits.iter().any(|limit| limit.measure == Measure::Items) }
    }

    /// Whether something of it is not known that is counted: a day, money, or units.
    fn is_open(&self, element: &Element<'_>) -> bool {
        element.day("day").is_none()
            || self.money && element.money("refund").is_none()
            || self.units && element.count("items").is_none()
    }
}
