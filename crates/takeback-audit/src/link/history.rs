//! What limits look back at: for a customer, a household, a clerk or an article the returns before.
//!
//! Visits are gathered from the parts of returns once, sorted by key and time ([`runs`]), and written to the work folder, each with the sums
//! of all of its key until it ([`sorted`]). So what came back before a return is two sums, one less the other, however long the history is:
//! it is told day by day as far as limits look back, and in one sum beyond. In memory are some places of the sorted visits and a few blocks
//! of them, whatever there is.
//!
//! What no limit counts alike is not added up: visits that are worth more and less than some limit asks of those it counts, and those
//! of which money or units are not known. They are sorted, and told, by themselves (a *group*).

mod entry;
mod gather;
mod lists;
mod runs;
mod sorted;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use arrow::array::{Array as _, AsArray as _, Int64Array, StringArray};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Back, Wanted, at, time};
use crate::spread::{AuditError, Hash, io_error, text_column, work, write_whole};
use entry::Place;
use gather::Gathering;
pub(super) use gather::LOOKED_AT;
pub(super) use lists::HandOut;
use sorted::Sorted;

const DAY: i64 = 86_400_000_000;
/// The time of what nobody knows the day of: it stands before all else.
const NO_DAY: i64 = i64::MIN;
/// The group of what nobody knows the day of.
const UNDATED: u32 = 0;

fn day(time: i64) -> i64 {
    time.div_euclid(DAY)
}

#[derive(Default)]
pub(super) struct Histories {
    kinds: Vec<History>,
    /// What limits ask of a return that they count, from least to most.
    floors: Vec<i128>,
}

/// The sorted visits of a kind.
struct History {
    of: Of,
    groups: BTreeSet<u32>,
    visits: Sorted,
    /// The last visit of each day, where limits look back day by day.
    days: Option<Sorted>,
}

/// A kind of history.
#[derive(Clone, Copy)]
struct Of {
    /// The column of the cases it becomes, and the one it goes by.
    column: &'static str,
    key: &'static str,
    back: Back,
}

impl Of {
    fn all(wanted: &Wanted) -> Vec<Self> {
        let kinds = [
            ("history_customer", "customer", wanted.customer),
            ("history_household", "household", wanted.household),
            ("history_clerk", "clerk", wanted.clerk),
            ("history_item", "sku", wanted.item),
        ];
        kinds.into_iter().filter_map(|(column, key, back)| Some(Self { column, key, back: back? })).collect()
    }

    fn visits(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.visits", self.column))
    }

    fn days(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.days", self.column))
    }
}

/// What the kinds of history go by.
pub(super) fn keys(wanted: &Wanted) -> impl Iterator<Item = &'static str> {
    Of::all(wanted).into_iter().map(|of| of.key)
}

/// What is kept of gathering: for what, and by kind the groups there are, the visits, and the days.
#[derive(Serialize, Deserialize, PartialEq)]
struct Known {
    wanted: String,
    kinds: Vec<(BTreeSet<u32>, u64, Option<u64>)>,
}

/// Files of this stage begin with this.
const NAME: &str = "history";

/// Reads the batches of a part that visits are gathered from.
pub(super) type Read<'r> = &'r (dyn Fn(usize) -> Result<Option<RecordBatch>, AuditError> + Sync);

impl Histories {
    /// Gathers the visits of all parts, unless an earlier run has. `several`: a visit may have several rows.
    pub(super) fn gather(
        folder: &Path,
        (parts, read): (usize, Read<'_>),
        (wanted, several): (&Wanted, bool),
        told: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<Self, AuditError> {
        let kinds = Of::all(wanted);
        if kinds.is_empty() {
            return Ok(Self::default());
        }
        let done = folder.join(format!("{NAME}.json"));
        let asked = format!("{wanted:?} {several}");
        if let Some(known) = known(&done).filter(|known| known.wanted == asked)
            && let Some(histories) = Self::open(folder, wanted, &kinds, &known)?
        {
            return Ok(histories);
        }
        clear(folder)?;
        let new = |of: &Of| Gathering::new(folder, *of, wanted, several);
        let mut gathering: Vec<Gathering> = kinds.iter().map(new).collect();
        let numbers: Vec<usize> = (0..parts).collect();
        let mut read_so_far = 0;
        for some in numbers.chunks(rayon::current_num_threads().max(1)) {
            let batches = some.par_iter().map(|part| read(*part)).collect::<Result<Vec<_>, AuditError>>()?;
            gathering
                .par_iter_mut()
                .try_for_each(|kind| batches.iter().flatten().try_for_each(|batch| kind.add(batch)))?;
            read_so_far += some.len();
            if !told(read_so_far) {
                return Err(AuditError::Stopped);
            }
        }
        let go_on = || told(parts);
        let written = gathering.into_par_iter().map(|kind| kind.finish(folder, &go_on));
        let known = Known { wanted: asked, kinds: written.collect::<Result<_, AuditError>>()? };
        let text = serde_json::to_string(&known).map_err(|error| work(&done, error))?;
        write_whole(&done, text.as_bytes())?;
        Self::open(folder, wanted, &kinds, &known)?.ok_or_else(|| work(folder, "histories are not what was written"))
    }

    /// None: the files are not those that were written.
    fn open(folder: &Path, wanted: &Wanted, kinds: &[Of], known: &Known) -> Result<Option<Self>, AuditError> {
        let mut opened = Vec::new();
        for (of, (groups, visits, days)) in kinds.iter().zip(&known.kinds) {
            if !of.visits(folder).exists() || days.is_some() && !of.days(folder).exists() {
                return Ok(None);
            }
            let days_file = days.map(|_| Sorted::open(of.days(folder))).transpose()?;
            let history =
                History { of: *of, groups: groups.clone(), visits: Sorted::open(of.visits(folder))?, days: days_file };
            if (history.visits.count, history.days.as_ref().map(|days| days.count)) != (*visits, *days) {
                return Ok(None);
            }
            opened.push(history);
        }
        Ok(Some(Self { kinds: opened, floors: wanted.floors.clone() }))
    }

    /// Looks up what came back before the rows of a batch.
    pub(super) fn hand_out<'h>(&'h self, batch: &'h RecordBatch) -> Result<HandOut<'h>, AuditError> {
        HandOut::new(&self.kinds, &self.floors, batch)
    }
}

fn known(path: &Path) -> Option<Known> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Removes what an earlier run has left.
fn clear(folder: &Path) -> Result<(), AuditError> {
    for entry in fs::read_dir(folder).map_err(io_error(folder))? {
        let path = entry.map_err(io_error(folder))?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NAME)) {
            fs::remove_file(&path).map_err(io_error(&path))?;
        }
    }
    Ok(())
}

/// The columns of a batch that histories go by.
struct Keys<'b> {
    key: Option<&'b StringArray>,
    visit: Option<&'b StringArray>,
    store: Option<&'b StringArray>,
    when: Option<&'b StringArray>,
    source: Option<&'b StringArray>,
    line: Option<&'b StringArray>,
    row: Option<&'b Int64Array>,
    done: Option<&'b StringArray>,
}

impl<'b> Keys<'b> {
    fn of(batch: &'b RecordBatch, key: &str) -> Self {
        let text = |name: &str| text_column(batch, name);
        let row = batch.column_by_name("row").and_then(|column| column.as_primitive_opt::<Int64Type>());
        // Goods that are found with their sale may be named only there.
        let key = text(key).or_else(|| text(&format!("{}{key}", crate::columns::SALE)));
        let [visit, store, when, source] = ["visit", "store", "at", "source"].map(text);
        Self { key, visit, store, when, source, line: text("return_line"), row, done: text("done") }
    }

    fn number(&self, row: usize) -> Option<i64> {
        self.row.filter(|column| row < column.len()).map(|column| column.value(row))
    }

    /// Key, time, name and visit of a row; none: the key is not known.
    fn place(&self, row: usize) -> Option<Place> {
        let mut key = Hash::default();
        key.text(at(self.key, row)?);
        let number = self.number(row).unwrap_or_default();
        let mut visit = Hash::default();
        match at(self.visit, row) {
            Some(name) => {
                visit.text(name);
                at(self.store, row).into_iter().for_each(|store| visit.text(store));
            }
            None => {
                visit.text(at(self.source, row).unwrap_or_default());
                visit.text(&number.to_string());
            }
        }
        let time = at(self.when, row).and_then(|text| time(text, true)).unwrap_or(NO_DAY);
        let told = at(self.visit, row).or_else(|| self.line(row)).unwrap_or_default();
        let mut name = Hash::default();
        name.text(told);
        let begins = told.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |sum, byte| sum << 8 | u64::from(byte));
        Some(Place { key: key.end(), group: 0, time, name: (begins, name.end()), row: number, visit: visit.end() })
    }

    /// The line of a return, as its source names it: pieces of one are numbered behind that.
    fn line(&self, row: usize) -> Option<&'b str> {
        let line = at(self.line, row)?;
        let mine = |other: usize| {
            self.number(other).is_some() && self.number(other) == self.number(row) && self.same_source(other, row)
        };
        let is_piece = mine(row + 1) || row.checked_sub(1).is_some_and(mine);
        Some(if is_piece { line.rsplit_once('.').map_or(line, |(line, _)| line) } else { line })
    }

    fn same_source(&self, one: usize, other: usize) -> bool {
        self.source.is_none_or(|source| one < source.len() && at(Some(source), one) == at(Some(source), other))
    }

    fn declined(&self, row: usize) -> bool {
        at(self.done, row) == Some("declined")
    }
}

/// What the rows of a visit stand in their order by: one that tells its day is before those that do not.
fn first(place: &Place) -> (bool, Place) {
    (place.time == NO_DAY, Place { group: 0, ..*place })
}

#[cfg(test)]
mod tests;
