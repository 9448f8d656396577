//! Rows of returns to the sorted visits of a kind of history.

use std::collections::BTreeSet;
use std::path::Path;

use arrow::array::{Array as _, AsArray as _, Decimal128Array};
use arrow::datatypes::{Decimal128Type, Int64Type};
use arrow::record_batch::RecordBatch;

use super::entry::{Entry, Place, Sums, Until};
use super::runs::{Out, Runs};
use super::{Keys, NO_DAY, Of, UNDATED, day, first};
use crate::columns::MONEY_SCALE;
use crate::link::Wanted;
use crate::spread::AuditError;

/// The columns of returns that histories are made of.
pub(in crate::link) const LOOKED_AT: &[&str] = &[
    "customer",
    "household",
    "clerk",
    "sku",
    "sale.customer",
    "sale.household",
    "sale.sku",
    "visit",
    "store",
    "at",
    "source",
    "return_line",
    "row",
    "done",
    "quantity",
    "refund",
    "refund_goods",
    "refund_tax",
    "refund_fee",
    "refund_shipping",
];

/// What is not known of a visit, in its group.
const NO_REFUND: u32 = 1;
const NO_ITEMS: u32 = 2;

/// More units than a request can tell: they are not known.
const MOST_ITEMS: i64 = 0xFFFF_FFFF;

/// After so many rows or visits it is asked whether to go on.
const SOME: u64 = 1 << 16;

/// An order in which the rows of a visit are together, under their key.
type ByVisit = (u64, u64, (bool, Place));

/// A kind of history that is being gathered.
pub(super) struct Gathering {
    of: Of,
    floors: Vec<i128>,
    digits: Option<u32>,
    /// Rows, until the rows of each visit are together.
    rows: Option<Runs<ByVisit>>,
    visits: Runs<Place>,
}

impl Gathering {
    pub(super) fn new(folder: &Path, of: Of, wanted: &Wanted, several: bool) -> Self {
        let name = |what: &str| folder.join(format!("{}-{what}", of.column));
        let by_visit = |entry: &Entry| (entry.place.key, entry.place.visit, first(&entry.place));
        Self {
            of,
            floors: wanted.floors.clone(),
            digits: wanted.digits,
            rows: several.then(|| Runs::new(name("rows"), by_visit)),
            visits: Runs::new(name("visits"), |entry| entry.place),
        }
    }

    pub(super) fn add(&mut self, batch: &RecordBatch) -> Result<(), AuditError> {
        let keys = Keys::of(batch, self.of.key);
        let given = Given::of(batch);
        let quantity = batch.column_by_name("quantity").and_then(|column| column.as_primitive_opt::<Int64Type>());
        for row in (0..batch.num_rows()).filter(|row| !keys.declined(*row)) {
            let Some(place) = keys.place(row) else { continue };
            let refund = given.all(row);
            let items = quantity.map_or(Some(1), |column| (!column.is_null(row)).then(|| column.value(row)));
            let group = refund.map_or(NO_REFUND, |_| 0) | items.map_or(NO_ITEMS, |_| 0);
            let sums = Sums { visits: 1, refund: refund.unwrap_or(0), items: items.unwrap_or(0) };
            let entry = Entry { place: Place { group, ..place }, sums };
            match &mut self.rows {
                Some(rows) => rows.add(entry)?,
                None => self.visits.add(grouped(entry, &self.floors, self.digits))?,
            }
        }
        Ok(())
    }

    /// Writes the sorted visits, and what was the last on each day. The groups there are, and how many were written.
    pub(super) fn finish(
        mut self,
        folder: &Path,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<(BTreeSet<u32>, u64, Option<u64>), AuditError> {
        let mut seen = 0_u64;
        let mut count = || {
            seen += 1;
            if seen.is_multiple_of(SOME) && !go_on() { Err(AuditError::Stopped) } else { Ok(()) }
        };
        if let Some(rows) = self.rows.take() {
            let (floors, digits, visits) = (&self.floors, self.digits, &mut self.visits);
            let mut visit: Option<Entry> = None;
            rows.sorted(&mut |row| {
                count()?;
                match &mut visit {
                    Some(visit) if (visit.place.key, visit.place.visit) == (row.place.key, row.place.visit) => {
                        visit.place.group |= row.place.group;
                        visit.sums.add(&Sums { visits: 0, ..row.sums });
                        Ok(())
                    }
                    _ => visit.replace(row).map_or(Ok(()), |done| visits.add(grouped(done, floors, digits))),
                }
            })?;
            visit.map_or(Ok(()), |done| visits.add(grouped(done, floors, digits)))?;
        }
        let mut visits = Out::create(self.of.visits(folder))?;
        let mut days = (self.of.back.days > 0).then(|| Out::create(self.of.days(folder))).transpose()?;
        let (mut groups, mut written, mut of_days) = (BTreeSet::new(), 0, days.as_ref().map(|_| 0));
        let mut last: Option<Until> = None;
        let mut end_day = |until: &Until| match &mut days {
            Some(days) => {
                of_days = of_days.map(|count| count + 1);
                days.write(until)
            }
            None => Ok(()),
        };
        self.visits.sorted(&mut |visit| {
            count()?;
            let place = visit.place;
            let mine = last.filter(|last| last.place.is_with(&place));
            let today = mine.filter(|last| day(last.place.time) == day(place.time));
            if today.is_none() {
                last.as_ref().map_or(Ok(()), &mut end_day)?;
            }
            let before = mine.map_or(Sums::default(), |last| last.now);
            let mut now = before;
            now.add(&visit.sums);
            let until = Until { place, now, day_before: today.map_or(before, |last| last.day_before) };
            last = Some(until);
            groups.insert(place.group);
            written += 1;
            visits.write(&until)
        })?;
        last.as_ref().map_or(Ok(()), &mut end_day)?;
        visits.finish()?;
        if let Some(days) = days {
            days.finish()?;
        }
        Ok((groups, written, of_days))
    }
}

/// A visit with the group it is of: together are those of which no limit tells one from the other but by their days.
fn grouped(mut visit: Entry, floors: &[i128], digits: Option<u32>) -> Entry {
    let Entry { place, sums } = &mut visit;
    // Parts that come to less than nothing tell no sum.
    if sums.refund < 0 {
        place.group |= NO_REFUND;
    }
    if !(0..=MOST_ITEMS).contains(&sums.items) {
        place.group |= NO_ITEMS;
    }
    if place.group & NO_REFUND > 0 {
        sums.refund = 0;
    }
    if place.group & NO_ITEMS > 0 {
        sums.items = 0;
    }
    sums.refund = digits.map_or(sums.refund, |digits| rounded(sums.refund, digits));
    let class = floors.partition_point(|floor| *floor <= sums.refund);
    place.group = match place.time {
        NO_DAY => UNDATED,
        _ => 1 + (u32::try_from(class).unwrap_or(u32::MAX >> 3) << 2 | place.group),
    };
    visit
}

/// What a group says of each of its visits: the least that was given back, where some limit asks, and whether money and units are known.
pub(super) fn of_group(group: u32, floors: &[i128]) -> (Option<i128>, bool, bool) {
    let bits = group.saturating_sub(1);
    let refund = bits & NO_REFUND == 0;
    let class = usize::try_from(bits >> 2).unwrap_or(usize::MAX);
    let least = class.checked_sub(1).map_or(Some(0), |class| floors.get(class).copied());
    (least.filter(|_| refund && !floors.is_empty()), refund, bits & NO_ITEMS == 0)
}

/// An amount, not negative, in the smallest coins there are on paper: half a cent is a cent.
fn rounded(amount: i128, digits: u32) -> i128 {
    let finer = u32::from(MONEY_SCALE.unsigned_abs()).saturating_sub(digits);
    let unit = 10_i128.pow(finer);
    (amount + unit / 2) / unit * unit
}

/// What was given for the rows of a batch: the sum as it is told, or else the sum of its parts.
struct Given<'b> {
    refund: Option<&'b Decimal128Array>,
    goods: Option<&'b Decimal128Array>,
    more: [Option<&'b Decimal128Array>; 2],
    less: Option<&'b Decimal128Array>,
}

impl<'b> Given<'b> {
    fn of(batch: &'b RecordBatch) -> Self {
        let money =
            |name: &str| batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Decimal128Type>());
        let more = [money("refund_tax"), money("refund_shipping")];
        Self { refund: money("refund"), goods: money("refund_goods"), more, less: money("refund_fee") }
    }

    fn all(&self, row: usize) -> Option<i128> {
        let told = |column: &Decimal128Array| (!column.is_null(row)).then(|| column.value(row));
        // Where a part has no column, there is none of it.
        let part = |column: Option<&Decimal128Array>| column.map_or(Some(0), told);
        let sum = || {
            let [tax, shipping] = self.more;
            Some(self.goods.and_then(told)? + part(tax)? + part(shipping)? - part(self.less)?)
        };
        self.refund.and_then(told).or_else(sum)
    }
}
