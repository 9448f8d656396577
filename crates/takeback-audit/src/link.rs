//! The second stage: each part is read, returns are joined with the lines of the sales they are of, with what came back of those
//! before, and with what the policy's limits look back at. What comes out are the joined cases of [`crate::columns`].
//!
//! Parts hold all rows of their keys, so each is worked on by itself and only one is in memory for each thread. Where a visit can hold
//! goods of several sales, cases are spread once more, by visit. What came back before is what was *done*, as the data tell it.

mod arrange;
mod history;
mod join;
mod lists;
mod pieces;
mod units;

use std::path::{Path, PathBuf};

use arrow::array::Array;
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use takeback::date::When;

use crate::columns::Link;
use crate::map::schema;
use crate::mapping::{LinkBy, Mapping, Table};
use crate::spread::{AuditError, Shuffle, Spread, by_visit, read_columns, read_part, work, write_whole};
use history::Histories;

/// What cases need beside their return and its sale: what the policy looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What the customer brought back before.
    pub customer: Option<Back>,
    /// What the household brought back before.
    pub household: Option<Back>,
    /// What the clerk took back before.
    pub clerk: Option<Back>,
    /// What came back of the article before.
    pub item: Option<Back>,
    /// What limits ask of a return that they count, from least to most, in units of the column of money: past returns that are worth less are
    /// not added to those that are worth as much.
    pub floors: Vec<i128>,
    /// The decimals that money of a past return is rounded to; none: it is left as it is.
    pub digits: Option<u32>,
    /// The other lines of the sale.
    pub rest: bool,
}

impl Wanted {
    fn histories(&self) -> bool {
        [self.customer, self.household, self.clerk, self.item].iter().any(Option::is_some)
    }
}

/// How far to look back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// So many days before the return, told day by day.
    pub days: u32,
    /// And all that was before, in one sum.
    pub ever: bool,
}

impl Back {
    /// As far as the data go.
    pub const EVER: Self = Self { days: 0, ever: true };

    /// So many days before the return.
    pub const fn days(days: u32) -> Self {
        Self { days, ever: false }
    }
}

/// How returns found their sales. `returns` is the sum of the five ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Rows of returns.
    pub returns: u64,
    /// Linked by the sale they name.
    pub receipt: u64,
    /// Linked by customer and article.
    pub fifo: u64,
    /// Linked with nothing: they name no sale, are not to be linked, or by the mapping are of no sale where that is missing.
    pub none: u64,
    /// Linked with one of several that fit as well.
    pub ambiguous: u64,
    /// They name a sale, or belong to one, that the data do not have.
    pub missing_sale: u64,
    /// Cases: a return whose units are of several sale lines is one for each.
    pub cases: u64,
}

impl Linked {
    /// Adds those of another part.
    pub fn add(&mut self, more: &Self) {
        self.returns += more.returns;
        self.receipt += more.receipt;
        self.fifo += more.fifo;
        self.none += more.none;
        self.ambiguous += more.ambiguous;
        self.missing_sale += more.missing_sale;
        self.cases += more.cases;
    }

    /// Whether every return is accounted for.
    pub fn reconcile(&self) -> bool {
        self.returns == self.receipt + self.fifo + self.none + self.ambiguous + self.missing_sale
    }

    fn count(&mut self, link: Link) {
        self.returns += 1;
        *match link {
            Link::Receipt => &mut self.receipt,
            Link::Fifo => &mut self.fifo,
            Link::None => &mut self.none,
            Link::Ambiguous => &mut self.ambiguous,
            Link::MissingSale => &mut self.missing_sale,
        } += 1;
    }
}

/// The joined cases of an audit, part by part.
pub struct Cases<'m> {
    mapping: &'m Mapping,
    folder: PathBuf,
    parts: usize,
    wanted: Wanted,
    histories: Histories,
    /// Of cases that were spread by visit: how the returns of each part were linked.
    by_visit: Option<Vec<Linked>>,
}

/// Rows of a batch that is handed out, unless one visit has more,
const ROWS: usize = 4096;
/// and past returns in its histories.
const PAST_RETURNS: usize = 32 * ROWS;

impl<'m> Cases<'m> {
    /// Gets ready to hand out cases: gathers histories into the folder, and spreads cases by visit where visits are told. What an earlier run of the same
    /// inputs has done is not done again. `told` hears how many [`Cases::steps`] are done, and ends it by answering false.
    pub fn prepare(
        mapping: &'m Mapping,
        folder: &Path,
        spread: &Spread,
        wanted: Wanted,
        told: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<Self, AuditError> {
        let (folder, parts) = (folder.to_owned(), spread.parts);
        let before = if wanted.histories() { parts } else { 0 };
        let mut cases = Self { mapping, folder, parts, wanted, histories: Histories::default(), by_visit: None };
        cases.histories = cases.gather(told)?;
        if is_spread_by_visit(mapping) {
            cases.by_visit = Some(cases.spread_by_visit(&|parts| told(before + parts))?);
        }
        Ok(cases)
    }

    /// In how many steps cases are got ready: one for each part that histories are gathered of, and one for each that is spread by visit.
    pub fn steps(mapping: &Mapping, spread: &Spread, wanted: &Wanted) -> usize {
        spread.parts * (usize::from(wanted.histories()) + usize::from(is_spread_by_visit(mapping)))
    }

    /// How many parts there are, numbered from 0.
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// Hands out the cases of a part in batches, and tells how its returns were linked. Cases of one visit are in one batch.
    pub fn read(
        &self,
        part: usize,
        each: &mut dyn FnMut(RecordBatch) -> Result<(), AuditError>,
    ) -> Result<Linked, AuditError> {
        let (batch, linked) = match &self.by_visit {
            None => self.join(part)?,
            Some(linked) => (read_part(&self.folder, "cases", part)?, linked.get(part).copied().unwrap_or_default()),
        };
        let Some(batch) = batch else { return Ok(linked) };
        let failed = |error| work(&self.folder, error);
        let batch = arrange::by_visit(&batch).map_err(failed)?;
        let mut histories = self.histories.hand_out(&batch)?;
        let mut from = 0;
        for rows in arrange::visits(&batch) {
            histories.visit(&rows)?;
            let full = rows.end - from >= ROWS || histories.waiting() >= PAST_RETURNS;
            if full || rows.end == batch.num_rows() {
                each(histories.take(&batch.slice(from, rows.end - from)).map_err(failed)?)?;
                from = rows.end;
            }
        }
        Ok(linked)
    }

    fn gather(&self, told: &(dyn Fn(usize) -> bool + Sync)) -> Result<Histories, AuditError> {
        let told_in = |table: &Table, key: &str| table.specs.iter().any(|spec| spec.target == key);
        let in_sale = |key: &str| self.mapping.sale.as_ref().is_some_and(|sale| told_in(sale, key));
        // Whose the goods were may be told by their sale alone.
        let joined = history::keys(&self.wanted).any(|key| !told_in(&self.mapping.returns, key) && in_sale(key));
        let read = |part: usize| match joined {
            true => Ok(self.join(part)?.0),
            false => read_columns(&self.folder, "returns", part, &|name| history::LOOKED_AT.contains(&name)),
        };
        let several = joined || has_visits(self.mapping);
        Histories::gather(&self.folder, (self.parts, &read), (&self.wanted, several), told)
    }

    fn join(&self, part: usize) -> Result<(Option<RecordBatch>, Linked), AuditError> {
        let Some(returns) = read_part(&self.folder, "returns", part)? else { return Ok((None, Linked::default())) };
        let sales = match &self.mapping.sale {
            None => None,
            Some(table) => Some(match read_part(&self.folder, "sales", part)? {
                Some(sales) => sales,
                None => RecordBatch::new_empty(schema(table)),
            }),
        };
        let (batch, linked) = join::join(&returns, sales.as_ref(), self.mapping.link, self.wanted.rest)
            .map_err(|error| work(&self.folder, error))?;
        Ok((Some(batch), linked))
    }

    fn spread_by_visit(&self, told: &(dyn Fn(usize) -> bool + Sync)) -> Result<Vec<Linked>, AuditError> {
        let done = self.folder.join("cases.json");
        let known = std::fs::read_to_string(&done).ok().and_then(|text| serde_json::from_str::<Known>(&text).ok());
        if let Some(known) = known
            && known.rest == self.wanted.rest
        {
            return Ok(known.linked);
        }
        let (mut linked, mut shuffle) = (Vec::new(), None);
        let numbers: Vec<usize> = (0..self.parts).collect();
        for group in numbers.chunks(rayon::current_num_threads().max(1)) {
            let joined = group.par_iter().map(|part| {
                let (batch, linked) = self.join(*part)?;
                let spread = match &batch {
                    Some(batch) => by_visit(batch, self.parts).map_err(|error| work(&self.folder, error))?,
                    None => Vec::new(),
                };
                Ok((spread, linked))
            });
            for (batches, counts) in joined.collect::<Result<Vec<_>, AuditError>>()? {
                linked.push(counts);
                let Some((_, batch)) = batches.first() else { continue };
                let shuffle = match &mut shuffle {
                    Some(shuffle) => shuffle,
                    None => shuffle.insert(Shuffle::create(&self.folder, "cases", &batch.schema(), self.parts)?),
                };
                shuffle.add(&[&batches])?;
            }
            if !told(linked.len()) {
                return Err(AuditError::Stopped);
            }
        }
        if let Some(shuffle) = shuffle {
            shuffle.finish()?;
        }
        let known = Known { rest: self.wanted.rest, linked };
        let text = serde_json::to_string(&known).map_err(|error| work(&done, error))?;
        write_whole(&done, text.as_bytes())?;
        Ok(known.linked)
    }
}

/// Whether a visit may hold goods of several parts.
fn is_spread_by_visit(mapping: &Mapping) -> bool {
    has_visits(mapping) && mapping.link.by != LinkBy::Nothing
}

/// Whether a visit may have several rows.
fn has_visits(mapping: &Mapping) -> bool {
    mapping.returns.specs.iter().any(|spec| spec.target == "visit")
}

/// What is kept of spreading by visit.
#[derive(Serialize, Deserialize)]
struct Known {
    rest: bool,
    linked: Vec<Linked>,
}

/// When something was, on the clocks it was told by, so that days and moments stand in one order: microseconds since 1970 began there. A day
/// is its beginning, or with `late` its end.
pub(crate) fn time(text: &str, late: bool) -> Option<i64> {
    const DAY: i64 = 86_400_000_000;
    let days = day(text)?.signed_duration_since(chrono::NaiveDate::default()).num_days();
    let Some(clock) = text.get(11..19) else { return Some(days * DAY + if late { DAY - 1 } else { 0 }) };
    let clock: chrono::NaiveTime = clock.parse().ok()?;
    let fraction = text.get(19..).and_then(|rest| rest.strip_prefix('.'));
    let micros = fraction.map_or(0, |fraction| {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).chain(std::iter::repeat(b'0')).take(6);
        digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
    });
    let seconds = clock.signed_duration_since(chrono::NaiveTime::MIN).num_seconds();
    Some(days * DAY + seconds * 1_000_000 + micros)
}

/// The local day of a moment, or the day.
pub(crate) fn day(text: &str) -> Option<chrono::NaiveDate> {
    match text.get(..10)?.parse().ok()? {
        When::Date(day) => Some(day),
        When::Moment(_) => None,
    }
}

/// The text of a row, where the column is there and has one.
pub(crate) fn at(column: Option<&arrow::array::StringArray>, row: usize) -> Option<&str> {
    column.filter(|column| !column.is_null(row)).map(|column| column.value(row))
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn days_and_moments_stand_in_one_order() {
        let order = [
            time("2011-01-03", true),
            time("2011-01-04", false),
            time("2011-01-04T08:00:00Z", true),
            time("2011-01-04T08:00:00.5-05:00", true),
            time("2011-01-04", true),
            time("2011-01-05T00:00:00Z", false),
        ];
        assert!(order.is_sorted_by(|one, next| one.is_some() && one < next), "{order:?}");
        assert_eq!(time("soon", false), None);
    }
}
