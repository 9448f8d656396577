//! The time zones of the world by their IANA names.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDate, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::Zone;
use super::zone::Change;

/// Zones that were asked for: reading one from the data takes a while.
static READ: Mutex<BTreeMap<&'static str, Zone>> = Mutex::new(BTreeMap::new());

/// The zone of an IANA name such as `America/New_York`; capitals count.
pub fn parse_zone(name: &str) -> Result<Zone, UnknownZone> {
    let unknown = || UnknownZone { name: name.to_owned() };
    let zone: Tz = name.parse().map_err(|_| unknown())?;
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = read.get(zone.name()) {
        return Ok(known.clone());
    }
    let found = clocks(zone).ok_or_else(unknown)?;
    read.insert(zone.name(), found.clone());
    Ok(found)
}

/// The IANA names of all time zones.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
}

/// A text that is not the name of a time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZone {
    /// The text as it was given.
    pub name: String,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an IANA time zone, such as `America/New_York`", self.name)
    }
}

impl std::error::Error for UnknownZone {}

/// Looks at the clocks every day, and where they were changed since the day before for the second.
fn clocks(zone: Tz) -> Option<Zone> {
    let start = NaiveDate::from_ymd_opt(1970, 1, 1)?.and_hms_opt(0, 0, 0)?;
    let end = NaiveDate::from_ymd_opt(2100, 1, 1)?.and_hms_opt(0, 0, 0)?;
    let at = |second: i64| {
        let time = start.checked_add_signed(TimeDelta::try_seconds(second)?)?;
        Some(zone.offset_from_utc_datetime(&time).fix().local_minus_utc())
    };
    let first = at(0)?;
    let mut changes: Vec<Change> = Vec::new();
    let mut known = (0, first);
    let last = end.signed_duration_since(start).num_seconds();
    while known.0 < last {
        let next = (known.0 + 86_400).min(last);
        if at(next)? == known.1 {
            known.0 = next;
            continue;
        }
        // Still as before at `low`, no longer at `high`.
        let (mut low, mut high) = (known.0, next);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if at(middle)? == known.1 { low = middle } else { high = middle }
        }
        known = (high, at(high)?);
        changes.push(known);
    }
    Zone::new(zone.name(), first, changes)
}
