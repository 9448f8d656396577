//! Time zones as a policy and its bundle carry them: by how much the clocks of a place are ahead of UTC, and when they are
//! changed.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime};

/// The clocks of a place from 1970 on; earlier moments are read by the clocks of that year's first day. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    inner: Arc<Clocks>,
}

#[derive(PartialEq, Eq)]
struct Clocks {
    name: String,
    /// Seconds ahead of UTC before the first change.
    first: i32,
    // INVARIANT: ascending.
    changes: Vec<Change>,
}

/// A change of clocks: from this second of Unix time on they are so many seconds ahead of UTC.
pub(crate) type Change = (i64, i32);

impl Zone {
    /// A zone of this name. None when changes are out of order, or clocks a day or more from UTC.
    pub(crate) fn new(name: &str, first: i32, changes: Vec<Change>) -> Option<Self> {
        let ordered = changes.is_sorted_by(|(one, _), (next, _)| one < next);
        let offsets =
            changes.iter().map(|(_, offset)| *offset).chain([first]).all(|o| FixedOffset::east_opt(o).is_some());
        let inner = Arc::new(Clocks { name: name.to_owned(), first, changes });
        (ordered && offsets).then_some(Self { inner })
    }

    /// Where clocks tell the time of the world.
    pub(crate) fn utc() -> Self {
        Self { inner: Arc::new(Clocks { name: "UTC".to_owned(), first: 0, changes: Vec::new() }) }
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// What its clocks were ahead before the first change, and the changes.
    pub(crate) fn clocks(&self) -> (i32, &[Change]) {
        (self.inner.first, &self.inner.changes)
    }

    /// By how much its clocks are ahead of UTC at that time of UTC.
    pub(crate) fn offset(&self, utc: NaiveDateTime) -> Option<FixedOffset> {
        let second = utc.and_utc().timestamp();
        let (first, changes) = self.clocks();
        let past = changes.partition_point(|(from, _)| *from <= second);
        let last = past.checked_sub(1).and_then(|last| changes.get(last));
        FixedOffset::east_opt(last.map_or(first, |(_, offset)| *offset))
    }
}

/// Writes its name: two hundred changes help nobody.
impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.inner.name)
    }
}

/// The same instant with the offset that the clocks of `zone` have then.
pub fn in_zone(moment: DateTime<FixedOffset>, zone: &Zone) -> DateTime<FixedOffset> {
    zone.offset(moment.naive_utc()).map_or(moment, |offset| moment.with_timezone(&offset))
}
