//! What has come back before, for limits.

use super::context::{Context, each, event, texts, units};
use super::error::{At, Error};
use super::wire::{self, Date};
use super::{History, Past, PastReturn};
use crate::date::Zone;

pub(super) fn history(
    context: &Context<'_>,
    wire: Option<&wire::History<'_>>,
    zone: Option<&Zone>,
) -> Result<History, Error> {
    let Some(wire) = wire else { return Ok(History::default()) };
    let of = |past: &Option<wire::Past<'_>>| past.as_ref().map(|past| self::past(context, past, zone)).transpose();
    Ok(History {
        customer: of(&wire.customer).at("customer")?,
        household: of(&wire.household).at("household")?,
        clerk: of(&wire.clerk).at("clerk")?,
    })
}

/// A history. Without `as_of` it is of the day of the request.
pub(super) fn past(context: &Context<'_>, wire: &wire::Past<'_>, zone: Option<&Zone>) -> Result<Past, Error> {
    let as_of = wire.as_of.map_or(context.day, |Date(when)| event(when, zone).day);
    let returns = each(&wire.returns, |one: &wire::PastReturn<'_>| {
        let Date(when) = one.day;
        Ok(PastReturn {
            day: event(when, zone).day,
            refund: context.money(one.refund).at("refund")?,
            items: one.items.map_or(Ok(1), |items| units(items, 0)).at("items")?.into(),
            returns: 1,
            least: None,
            limits: one.limits.as_ref().map(|limits| texts(limits)),
        })
    });
    let returns = returns.at("returns")?;
    Ok(Past { as_of, at_least: false, returns })
}
