//! The time zones of the world by their IANA names. When their clocks are changed is data (`calendars/zones.txt`), written
//! down in lines:
//!
//! ```text
//! tail a 5040+ 3696-             changes that several zones end with
//! zone Europe/Berlin 1 89951+ 4536- … a   hours ahead of UTC in 1970, then changes, then perhaps a tail
//! link Europe/Busingen Europe/Zurich
//! ```
//!
//! A change is the hours since the one before, the first since 1970 began, and then by how much the clocks move: `+` and `-` are an
//! hour. A number with an `s` counts seconds.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::Zone;
use super::zone::Change;

const TEXT: &str = include_str!("../../calendars/zones.txt");

/// Zones that were asked for: requests ask for the same ones again and again.
static READ: Mutex<BTreeMap<String, Zone>> = Mutex::new(BTreeMap::new());

/// The zone of an IANA name such as `America/New_York`; capitals count.
pub fn parse_zone(name: &str) -> Result<Zone, UnknownZone> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = read.get(name) {
        return Ok(known.clone());
    }
    let found = find(name).ok_or_else(|| UnknownZone { name: name.to_owned() })?;
    read.insert(name.to_owned(), found.clone());
    Ok(found)
}

/// The IANA names of all time zones.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    ["zone", "link"].into_iter().flat_map(lines).filter_map(|(name, _)| name)
}

/// The lines of a kind, split into the word that they are about and the rest.
fn lines(kind: &'static str) -> impl Iterator<Item = (Option<&'static str>, std::str::Split<'static, char>)> {
    TEXT.lines().filter_map(move |line| {
        let mut words = line.split(' ');
        (words.next() == Some(kind)).then(|| (words.next(), words))
    })
}

fn line(kind: &'static str, name: &str) -> Option<std::str::Split<'static, char>> {
    lines(kind).find(|(of, _)| *of == Some(name)).map(|(_, words)| words)
}

fn find(name: &str) -> Option<Zone> {
    let linked = line("link", name).and_then(|mut words| words.next());
    let mut words = line("zone", linked.unwrap_or(name))?;
    let first = seconds(words.next()?)?;
    let (mut at, mut offset) = (0, first);
    let mut changes: Vec<Change> = Vec::new();
    let mut add = |word: &str| {
        let sign = word.find(['+', '-'])?;
        let (since, by) = word.split_at_checked(sign)?;
        at += seconds(since)?;
        offset += match by {
            "+" => 3600,
            "-" => -3600,
            by => seconds(by)?,
        };
        changes.push((at, i32::try_from(offset).ok()?));
        Some(())
    };
    for word in words {
        match add(word) {
            Some(()) => {}
            None => line("tail", word)?.try_for_each(&mut add)?,
        }
    }
    Zone::new(name, i32::try_from(first).ok()?, changes)
}

/// Hours, or with an `s` seconds.
fn seconds(word: &str) -> Option<i64> {
    match word.strip_suffix('s') {
        Some(seconds) => seconds.parse().ok(),
        None => word.parse::<i64>().ok()?.checked_mul(3600),
    }
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
