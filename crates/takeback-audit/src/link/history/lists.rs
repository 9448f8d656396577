//! What came back before the rows of a batch, as columns of the cases.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Decimal128Array, Int64Array, ListArray};
use arrow::datatypes::{Field, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::entry::{Place, Sums, Until};
use super::gather::of_group;
use super::sorted::Reader;
use super::{DAY, History, Keys, NO_DAY, UNDATED, day, first};
use crate::columns::{Kind, MONEY_DIGITS, MONEY_SCALE, PAST};
use crate::link::lists;
use crate::spread::AuditError;

/// More visits than a customer or household makes in any time that is looked back at: the name stands for *nobody*, as a customer `0` does.
pub(super) const MOST: u64 = 10_000;
/// What is this many days old is so on every clock of the world.
const ON_ANY_CLOCK: i64 = 2;

/// Lists that are handed out, a batch at a time. Opens the files anew: each thread has its own.
pub(in crate::link) struct HandOut<'h> {
    kinds: Vec<Lists<'h>>,
    told: usize,
}

impl<'h> HandOut<'h> {
    pub(super) fn new(kinds: &'h [History], floors: &'h [i128], batch: &'h RecordBatch) -> Result<Self, AuditError> {
        let lists = |history: &'h History| {
            Ok(Lists {
                history,
                floors,
                keys: Keys::of(batch, history.of.key),
                visits: history.visits.reader()?,
                days: history.days.as_ref().map(|days| days.reader()).transpose()?,
                out: Columns::default(),
            })
        };
        Ok(Self { kinds: kinds.iter().map(lists).collect::<Result<_, AuditError>>()?, told: 0 })
    }

    /// Looks up what came back before the rows of a visit.
    pub(in crate::link) fn visit(&mut self, rows: &Range<usize>) -> Result<(), AuditError> {
        for kind in &mut self.kinds {
            self.told += kind.visit(rows)?;
        }
        Ok(())
    }

    /// How many past returns are in the lists that wait to be taken.
    pub(in crate::link) fn waiting(&self) -> usize {
        self.told
    }

    /// Cases, those of the visits since the last time, with a column for each kind of history. Null: the key of the case is not known.
    pub(in crate::link) fn take(&mut self, cases: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut fields: Vec<Arc<Field>> = cases.schema().fields().iter().cloned().collect();
        let mut columns: Vec<ArrayRef> = cases.columns().to_vec();
        for kind in &mut self.kinds {
            fields.push(Arc::new(Field::new(kind.history.of.column, Kind::Past.arrow(), true)));
            columns.push(std::mem::take(&mut kind.out).lists()?);
        }
        self.told = 0;
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}

struct Lists<'h> {
    history: &'h History,
    floors: &'h [i128],
    keys: Keys<'h>,
    visits: Reader<'h>,
    days: Option<Reader<'h>>,
    out: Columns,
}

/// Visits of a group that are told together: those of a day, or all until it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Together {
    day: i64,
    group: u32,
    sums: Sums,
}

/// What came back before a return.
#[derive(Default)]
struct Before {
    undated: bool,
    told: Vec<Together>,
}

impl Lists<'_> {
    /// How many past returns the rows of a visit were told.
    fn visit(&mut self, rows: &Range<usize>) -> Result<usize, AuditError> {
        let before = self.out.days.len();
        let places: Vec<Option<Place>> = rows.clone().map(|row| self.keys.place(row)).collect();
        let mut own: BTreeMap<(u64, u64), Place> = BTreeMap::new();
        for place in
            rows.clone().zip(&places).filter(|(row, _)| !self.keys.declined(*row)).filter_map(|(_, place)| *place)
        {
            let known = own.entry((place.key, place.visit)).or_insert(place);
            if first(&place) < first(known) {
                *known = place;
            }
        }
        let dated = |place: &&Place| place.time != NO_DAY;
        let begun = places.iter().flatten().filter(dated).map(|place| day(place.time)).min().unwrap_or_default();
        for now in places {
            let found = match now.filter(|now| dated(&now)) {
                Some(now) => self.before(now, own.get(&(now.key, now.visit)).copied(), begun)?,
                None => None,
            };
            self.out.push(found.as_ref(), self.floors);
        }
        Ok(self.out.days.len() - before)
    }

    /// What came back of the key of a row before it, and not with it: `own` is the first of its visit, and `begun` the day that it began on.
    fn before(&mut self, now: Place, own: Option<Place>, begun: i64) -> Result<Option<Before>, AuditError> {
        let back = self.history.of.back;
        // A visit is judged as of its first row, on the clocks of its store: so far back days are told apart.
        let from = match back.ever {
            true => begun - i64::from(back.days).max(ON_ANY_CLOCK),
            false => day(now.time) - i64::from(back.days),
        };
        let own = own.filter(|own| own.time == NO_DAY || *own < now);
        let mut out = Before::default();
        for group in self.history.groups.iter().copied() {
            let of_own = match own {
                Some(own) => self.own(Place { group, ..own })?,
                None => None,
            };
            if group == UNDATED {
                let end = Place { key: now.key, group, time: NO_DAY + 1, ..Place::default() };
                let all = self.last_before(&end)?.map_or(0, |until| until.now.visits);
                out.undated = all > of_own.map_or(0, |own| own.visits);
                continue;
            }
            let begin = out.told.len();
            let mut last = self.last_before(&Place { group, ..now })?;
            while let Some(until) = last {
                let of_day = day(until.place.time);
                if of_day < from {
                    out.told.extend(back.ever.then_some(Together { day: of_day, group, sums: until.now }));
                    break;
                }
                out.told.push(Together { day: of_day, group, sums: until.now.less(&until.day_before) });
                last = self.day_before(&until)?;
            }
            if let (Some(own), Some(of_own)) = (own, of_own) {
                // INVARIANT: days go backwards, and only the last may stand for several.
                let with_own = |told: &&mut Together| told.day >= day(own.time) && (back.ever || day(own.time) >= from);
                if let Some(told) = out.told.iter_mut().skip(begin).rfind(with_own) {
                    told.sums = told.sums.less(&of_own);
                }
            }
        }
        out.told.retain(|told| told.sums.visits > 0);
        out.told.sort_unstable_by_key(|told| (told.day, told.group));
        // A clerk may take back any number, and any number of an article may come back.
        let people = matches!(self.history.of.key, "customer" | "household");
        let visits = out.told.iter().fold(0_u64, |sum, told| sum.saturating_add(told.sums.visits));
        Ok(Some(out).filter(|_| !people || visits <= MOST))
    }

    /// The last visit of a key and group before a place.
    fn last_before(&mut self, place: &Place) -> Result<Option<Until>, AuditError> {
        let found = self.visits.last_before(place)?.map(|(_, until)| until);
        Ok(found.filter(|until| until.place.is_with(place)))
    }

    /// The last visit of its key and group on a day before that of a visit.
    fn day_before(&mut self, until: &Until) -> Result<Option<Until>, AuditError> {
        if until.day_before.visits == 0 {
            return Ok(None);
        }
        let Place { key, group, time, .. } = until.place;
        let begin = Place { key, group, time: day(time).saturating_mul(DAY), ..Place::default() };
        match &mut self.days {
            Some(days) => Ok(days.last_before(&begin)?.map(|(_, until)| until)),
            None => self.last_before(&begin),
        }
    }

    /// What a visit came to.
    fn own(&mut self, place: Place) -> Result<Option<Sums>, AuditError> {
        let found = self.visits.last_before(&place.next())?.filter(|(_, until)| until.place == place);
        let Some((number, until)) = found else { return Ok(None) };
        let before = number.checked_sub(1).map(|number| self.visits.get(number)).transpose()?;
        let before = before.filter(|before| before.place.is_with(&place)).map_or(Sums::default(), |before| before.now);
        Ok(Some(until.now.less(&before)))
    }
}

/// The columns of past returns, and the lists they are in.
#[derive(Default)]
struct Columns {
    lengths: Vec<usize>,
    known: Vec<bool>,
    days: Vec<Option<i32>>,
    refunds: Vec<Option<i128>>,
    items: Vec<Option<i64>>,
    returns: Vec<Option<i64>>,
    least: Vec<Option<i128>>,
}

impl Columns {
    fn push(&mut self, found: Option<&Before>, floors: &[i128]) {
        let before = self.days.len();
        self.known.push(found.is_some());
        if found.is_some_and(|found| found.undated) {
            self.days.push(None);
            self.refunds.push(None);
            self.items.push(None);
            self.returns.push(None);
            self.least.push(None);
        }
        for Together { day, group, sums } in found.map(|found| found.told.as_slice()).unwrap_or_default() {
            let (least, refund, items) = of_group(*group, floors);
            let several = sums.visits > 1;
            self.days.push(Some(i32::try_from(*day).unwrap_or(i32::MAX)));
            self.refunds.push(refund.then_some(sums.refund));
            self.items.push(items.then_some(sums.items));
            self.returns.push(several.then_some(i64::try_from(sums.visits).unwrap_or(i64::MAX)));
            self.least.push(least.filter(|_| several));
        }
        self.lengths.push(self.days.len() - before);
    }

    fn lists(self) -> Result<ArrayRef, ArrowError> {
        let money = |amounts: Vec<Option<i128>>| {
            Decimal128Array::from(amounts).with_precision_and_scale(MONEY_DIGITS, MONEY_SCALE)
        };
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(Date32Array::from(self.days)),
            Arc::new(money(self.refunds)?),
            Arc::new(Int64Array::from(self.items)),
            Arc::new(Int64Array::from(self.returns)),
            Arc::new(money(self.least)?),
        ];
        let list = lists::list(PAST, arrays, self.lengths.into_iter())?;
        let (field, offsets, values, _) = list.into_parts();
        Ok(Arc::new(ListArray::try_new(field, offsets, values, Some(self.known.into()))?))
    }
}
