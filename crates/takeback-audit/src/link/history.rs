//! What limits look back at: for a customer, a household, a clerk or an article the returns before, one entry a visit.
//!
//! Entries are gathered from the parts of returns once, sorted by key and time, and kept in memory: 80 bytes for each visit and kind of
//! history, whatever the rows hold. It is the one thing here that grows with the data, and only under a policy with limits. Lists are cut out of them batch by batch, so a clerk with a long history costs no more than one.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, Decimal128Array, Int64Array};
use arrow::datatypes::{Field, Int64Type, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;

use super::{Back, Wanted, at, lists, time};
use crate::columns::{Kind, MONEY_DIGITS, MONEY_SCALE, PAST};
use crate::spread::{AuditError, Hash, read_columns, text_column};

const DAY: i64 = 86_400_000_000;
/// More visits than a customer or household makes in any time that is looked back at: the name stands for *nobody*, as a customer `0` does.
const MOST: usize = 10_000;
/// The columns of returns that histories are made of.
const LOOKED_AT: &[&str] = &[
    "customer",
    "household",
    "clerk",
    "sku",
    "sale.customer",
    "sale.household",
    "sale.sku",
    "visit",
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

#[derive(Default)]
pub(super) struct Histories {
    kinds: Vec<History>,
}

struct History {
    /// The column of the cases it becomes, and the one it goes by.
    column: &'static str,
    key: &'static str,
    back: Back,
    // INVARIANT: sorted; one for each key and visit.
    entries: Vec<Entry>,
}

/// What was brought back in a visit. Keys and visits are hashes of 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u64,
    time: i64,
    // Where times are the same: by the name of the visit, or else of the line, and only then by the place in the source.
    name: (u64, u64),
    row: i64,
    visit: u64,
    refund: i128,
    items: i64,
    // Whether that is all: of some line it is not known.
    refund_known: bool,
    items_known: bool,
}

/// The time of what nobody knows the day of: it stands before all else.
const NO_DAY: i64 = i64::MIN;

impl Histories {
    pub(super) fn gather(
        folder: &Path,
        parts: usize,
        wanted: &Wanted,
        told: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<Self, AuditError> {
        if !wanted.histories() {
            return Ok(Self::default());
        }
        let kinds = [
            ("history_customer", "customer", wanted.customer),
            ("history_household", "household", wanted.household),
            ("history_clerk", "clerk", wanted.clerk),
            ("history_item", "sku", wanted.item),
        ];
        let kind = |(column, key, back): (&'static str, &'static str, Option<Back>)| {
            Some(History { column, key, back: back?, entries: Vec::new() })
        };
        let mut kinds: Vec<History> = kinds.into_iter().filter_map(kind).collect();
        let read = |part: &usize| read_columns(folder, "returns", *part, &|name| LOOKED_AT.contains(&name));
        let parts: Vec<usize> = (0..parts).collect();
        let mut done = 0;
        for some in parts.chunks(rayon::current_num_threads().max(1)) {
            let batches = some.par_iter().map(read).collect::<Result<Vec<_>, AuditError>>()?;
            batches.iter().flatten().for_each(|batch| kinds.iter_mut().for_each(|kind| kind.add(batch)));
            done += some.len();
            if !told(done) {
                return Err(AuditError::Stopped);
            }
        }
        kinds.par_iter_mut().for_each(History::close);
        Ok(Self { kinds })
    }

    /// By row, the entries that its lists have together.
    pub(super) fn weights(&self, batch: &RecordBatch) -> Vec<usize> {
        let mut weights = vec![0; batch.num_rows()];
        for kind in &self.kinds {
            let keys = Keys::of(batch, kind.key);
            for (row, weight) in weights.iter_mut().enumerate() {
                *weight += kind.before(&keys, row).map_or(0, <[Entry]>::len);
            }
        }
        weights
    }

    /// The cases with a column for each kind of history. Null: the key of the case is not known.
    pub(super) fn attach(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut fields: Vec<Arc<Field>> = batch.schema().fields().iter().cloned().collect();
        let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
        for kind in &self.kinds {
            fields.push(Arc::new(Field::new(kind.column, Kind::Past.arrow(), true)));
            columns.push(kind.lists(batch)?);
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}

/// The columns of a batch that histories go by.
struct Keys<'b> {
    key: Option<&'b arrow::array::StringArray>,
    visit: Option<&'b arrow::array::StringArray>,
    when: Option<&'b arrow::array::StringArray>,
    source: Option<&'b arrow::array::StringArray>,
    line: Option<&'b arrow::array::StringArray>,
    row: Option<&'b Int64Array>,
}

impl<'b> Keys<'b> {
    fn of(batch: &'b RecordBatch, key: &str) -> Self {
        let text = |name: &str| text_column(batch, name);
        let row = batch.column_by_name("row").and_then(|column| column.as_primitive_opt::<Int64Type>());
        // Goods that are found with their sale may be named only there.
        let key = text(key).or_else(|| text(&format!("{}{key}", crate::columns::SALE)));
        Self { key, visit: text("visit"), when: text("at"), source: text("source"), line: text("return_line"), row }
    }

    /// Key, time, row and visit of a row.
    fn entry(&self, row: usize) -> Option<Entry> {
        let mut key = Hash::default();
        key.text(at(self.key, row)?);
        let number = self.row.map_or(0, |column| column.value(row));
        let mut visit = Hash::default();
        match at(self.visit, row) {
            Some(name) => visit.text(name),
            None => {
                visit.text(at(self.source, row).unwrap_or_default());
                visit.text(&number.to_string());
            }
        }
        let time = at(self.when, row).and_then(|text| time(text, true)).unwrap_or(NO_DAY);
        let mut name = Hash::default();
        let told = at(self.visit, row).or(at(self.line, row)).unwrap_or_default();
        name.text(told);
        let begins = told.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |sum, byte| sum << 8 | u64::from(byte));
        let name = (begins, name.end());
        Some(Entry { key: key.end(), time, name, row: number, visit: visit.end(), ..Entry::default() })
    }
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
        let money = |name: &str| batch.column_by_name(name).and_then(|column| column.as_primitive_opt());
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

impl History {
    fn add(&mut self, batch: &RecordBatch) {
        let keys = Keys::of(batch, self.key);
        let done = text_column(batch, "done");
        let given = Given::of(batch);
        let quantity = batch.column_by_name("quantity").and_then(|column| column.as_primitive_opt::<Int64Type>());
        for row in (0..batch.num_rows()).filter(|row| at(done, *row) != Some("declined")) {
            let Some(entry) = keys.entry(row) else { continue };
            let refund = given.all(row);
            let items = quantity.map_or(Some(1), |column| (!column.is_null(row)).then(|| column.value(row)));
            self.entries.push(Entry {
                refund: refund.unwrap_or(0),
                items: items.unwrap_or(0),
                refund_known: refund.is_some(),
                items_known: items.is_some(),
                ..entry
            });
        }
    }

    /// Makes one entry of the rows of a visit, at the time of its first.
    fn close(&mut self) {
        // A visit of which some row tells the day was on that day.
        let first = |entry: &Entry| (entry.key, entry.visit, entry.time == NO_DAY, entry.time, entry.name, entry.row);
        self.entries.sort_unstable_by_key(first);
        self.entries.dedup_by(|entry, first| {
            let same = (entry.key, entry.visit) == (first.key, first.visit);
            if same {
                first.refund += entry.refund;
                first.items += entry.items;
                first.refund_known &= entry.refund_known;
                first.items_known &= entry.items_known;
            }
            same
        });
        self.entries.sort_unstable();
        self.entries.shrink_to_fit();
    }

    /// The entries of a row's key before it, as far back as is wanted. Its own visit may be among them.
    fn before(&self, keys: &Keys<'_>, row: usize) -> Option<&[Entry]> {
        let now = keys.entry(row).filter(|entry| entry.time != NO_DAY)?;
        let earliest = match self.back {
            Back::Days(days) => (now.time.div_euclid(DAY) - i64::from(days)) * DAY,
            Back::Ever => NO_DAY + 1,
        };
        let from = self.entries.partition_point(|entry| (entry.key, entry.time) < (now.key, earliest));
        let order = |entry: &Entry| (entry.key, entry.time, entry.name, entry.row);
        let to = self.entries.partition_point(|entry| order(entry) < order(&now));
        // A clerk may take back any number, and any number of an article may come back.
        let most = if matches!(self.key, "customer" | "household") { MOST } else { usize::MAX };
        self.entries.get(from..to).filter(|entries| entries.len() <= most)
    }

    /// Whether there is something of the key of a row that nobody knows the day of, apart from its own visit.
    fn undated(&self, now: &Entry) -> bool {
        let from = self.entries.partition_point(|entry| entry.key < now.key);
        let mine = self.entries.iter().skip(from).take_while(|entry| (entry.key, entry.time) == (now.key, NO_DAY));
        mine.into_iter().any(|entry| entry.visit != now.visit)
    }

    fn lists(&self, batch: &RecordBatch) -> Result<ArrayRef, ArrowError> {
        let keys = Keys::of(batch, self.key);
        let (mut lengths, mut known) = (Vec::new(), Vec::new());
        let (mut days, mut refunds, mut items) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..batch.num_rows() {
            let now = keys.entry(row);
            let visit = now.map(|entry| entry.visit);
            let found = self.before(&keys, row);
            known.push(found.is_some());
            let before = days.len();
            if found.is_some() && now.is_some_and(|now| self.undated(&now)) {
                days.push(None);
                refunds.push(None);
                items.push(None);
            }
            for entry in found.unwrap_or_default().iter().filter(|entry| Some(entry.visit) != visit) {
                days.push(Some(i32::try_from(entry.time.div_euclid(DAY)).unwrap_or(i32::MAX)));
                refunds.push(Some(entry.refund).filter(|_| entry.refund_known));
                items.push(Some(entry.items).filter(|_| entry.items_known));
            }
            lengths.push(days.len() - before);
        }
        let refunds = Decimal128Array::from(refunds).with_precision_and_scale(MONEY_DIGITS, MONEY_SCALE)?;
        let arrays: Vec<ArrayRef> =
            vec![Arc::new(Date32Array::from(days)), Arc::new(refunds), Arc::new(Int64Array::from(items))];
        let list = lists::list(PAST, arrays, lengths.into_iter())?;
        let (field, offsets, values, _) = list.into_parts();
        Ok(Arc::new(arrow::array::ListArray::try_new(field, offsets, values, Some(known.into()))?))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::StringArray;

    use super::*;

    /// What is known of the past of `0`, who has made so many visits.
    fn known(key: &'static str, visits: usize) -> Option<usize> {
        let text = |text: &str| Arc::new(StringArray::from(vec![text])) as ArrayRef;
        let batch = RecordBatch::try_from_iter([(key, text("0")), ("at", text("2026-01-02"))]).unwrap();
        let now = Keys::of(&batch, key).entry(0).unwrap();
        let before = |visit: u64| Entry { visit, time: now.time - DAY, ..now };
        let entries = (0..visits as u64).map(before).collect();
        let history = History { column: "history", key, back: Back::Ever, entries };
        let lists = history.lists(&batch).unwrap();
        let lists = lists.as_list::<i32>();
        (!lists.is_null(0)).then(|| lists.value(0).len())
    }

    #[test]
    fn nobody_makes_that_many_visits() {
        assert_eq!(known("customer", MOST), Some(MOST));
        assert_eq!(known("customer", MOST + 1), None);
        assert_eq!(known("household", MOST + 1), None);
        assert_eq!(known("clerk", MOST + 1), Some(MOST + 1));
    }
}
