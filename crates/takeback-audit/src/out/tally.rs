//! What all returns come to, with and without findings: the volume beside which findings are seen. Parts of a run are tallied each for
//! itself and added up in their order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use arrow::array::{Array, AsArray, Decimal128Array, StringArray};
use arrow::datatypes::Decimal128Type;
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use takeback::date::parse_zone;

use super::amount::Amount;
use crate::columns::Link;
use crate::link::day;

/// Groups beyond so many are told together, so that a column that is no group (a transaction number mapped as a clerk) cannot fill
/// the memory.
pub(crate) const MOST: usize = 100_000;
/// What they are called.
pub(crate) const OTHERS: &str = "(others)";

/// How much came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Volume {
    pub(crate) returns: u64,
    pub(crate) refunded: Amount,
}

/// Returns on one day after the sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DayCount {
    pub(crate) returns: u64,
    /// Of these, refunded against the policy.
    pub(crate) wrong: u64,
}

/// All lines of returns that were held against the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) all: Volume,
    /// By `done`.
    pub(crate) declined: u64,
    /// Of those that were refunded, with a refund that is not known.
    pub(crate) without_amount: u64,
    pub(crate) with_findings: u64,
    /// Not among all: they have a value that cannot be.
    pub(crate) rejected: u64,
    pub(crate) by_link: BTreeMap<String, u64>,
    pub(crate) by_store: BTreeMap<String, Volume>,
    pub(crate) by_clerk: BTreeMap<String, Volume>,
    /// `2011-01`.
    pub(crate) by_month: BTreeMap<String, Volume>,
    /// Days from the sale.
    pub(crate) by_days: BTreeMap<i64, DayCount>,
    /// Without a day of the sale or of the return.
    pub(crate) without_days: u64,
    /// The time zones of stores, so that whoever has the policy of the audit can decide its cases again.
    pub(crate) zones: BTreeSet<String>,
}

impl Tally {
    /// Tallies the returns of a batch of cases. A return whose units are of several sale lines is several cases, and one return.
    pub(crate) fn batch(&mut self, cases: &RecordBatch, rows: &[Row]) {
        let mut wrong = vec![false; rows.len()];
        for row in rows.iter().filter(|row| row.rejected) {
            if let Some(wrong) = wrong.get_mut(row.of) {
                *wrong = true;
            }
        }
        self.rejected += wrong.iter().map(|wrong| u64::from(*wrong)).sum::<u64>();
        let text = |name: &str| -> Option<&StringArray> { cases.column_by_name(name)?.as_string_opt::<i32>() };
        let money = |name: &str| -> Option<&Decimal128Array> {
            cases.column_by_name(name)?.as_primitive_opt::<Decimal128Type>()
        };
        let columns = ["at", "sale.sold", "store", "clerk", "done", "link", "sale.sale"].map(text);
        let [at, sold, store, clerk, done, link, sale] = columns;
        let refund = money("refund");
        ["store_zone", "sale.store_zone"].into_iter().filter_map(text).for_each(|zones| self.zones_of(zones));
        let mut links: Groups<'_, u64> = Groups::default();
        let [mut months, mut stores, mut clerks] = [(); 3].map(|()| Groups::<'_, Volume>::default());
        for (row, Row { of, flag, rejected }) in rows.iter().enumerate() {
            let first = *of == row && wrong.get(row) == Some(&false);
            if *rejected {
                continue;
            }
            let get = |column| text_at(column, row);
            let declined = get(done) == Some("declined");
            let amount = refund.filter(|amounts| amounts.is_valid(row)).map(|amounts| Amount(amounts.value(row)));
            let volume = Volume { returns: u64::from(first), refunded: amount.unwrap_or(Amount::ZERO) };
            self.declined += u64::from(first && declined);
            self.without_amount += u64::from(first && !declined && amount.is_none());
            self.with_findings += u64::from(first && *flag != Flag::Nothing);
            let link = get(link).unwrap_or_else(|| {
                let linked = sale.is_some_and(|sale| sale.is_valid(row));
                if linked { Link::Receipt } else { Link::None }.word()
            });
            links.add(link, &u64::from(first));
            let (at, sold) = (get(at), get(sold));
            let month = at.and_then(|at| at.get(..7)).unwrap_or_default();
            months.add(month, &volume);
            stores.add(get(store).unwrap_or_default(), &volume);
            clerks.add(get(clerk).unwrap_or_default(), &volume);
            let days = at.and_then(day).zip(sold.and_then(day)).map(|(at, sold)| (at - sold).num_days());
            match days {
                Some(days) => {
                    let count = self.by_days.entry(days.clamp(-1, MOST_DAYS)).or_default();
                    count.returns += u64::from(first);
                    count.wrong += u64::from(first && *flag == Flag::PaidWrongly);
                }
                None => self.without_days += u64::from(first),
            }
            self.all += &volume;
        }
        links.add_to(&mut self.by_link);
        months.add_to(&mut self.by_month);
        stores.add_to(&mut self.by_store);
        clerks.add_to(&mut self.by_clerk);
    }

    /// Keeps the zones that a column names. What is no zone is a reject elsewhere.
    fn zones_of(&mut self, names: &StringArray) {
        let mut last = None;
        for name in names.iter().flatten() {
            if last.replace(name) != Some(name) && !self.zones.contains(name) && parse_zone(name).is_ok() {
                self.zones.insert(name.to_owned());
            }
        }
    }

    /// Adds those of another part.
    pub(crate) fn add(&mut self, more: &Self) {
        self.all += &more.all;
        self.declined += more.declined;
        self.without_amount += more.without_amount;
        self.with_findings += more.with_findings;
        self.without_days += more.without_days;
        self.rejected += more.rejected;
        self.zones.extend(more.zones.iter().cloned());
        for (link, count) in &more.by_link {
            *self.by_link.entry(link.clone()).or_default() += count;
        }
        for (mine, theirs) in [
            (&mut self.by_store, &more.by_store),
            (&mut self.by_clerk, &more.by_clerk),
            (&mut self.by_month, &more.by_month),
        ] {
            theirs.iter().for_each(|(name, volume)| *entry(mine, name) += volume);
        }
        for (days, count) in &more.by_days {
            let mine = self.by_days.entry(*days).or_default();
            mine.returns += count.returns;
            mine.wrong += count.wrong;
        }
    }

    /// Returns whose sale is not in the data, or of which it is not known which sale is meant.
    pub(crate) fn unlinked(&self) -> u64 {
        [Link::Ambiguous, Link::MissingSale].into_iter().filter_map(|link| self.by_link.get(link.word())).sum()
    }
}

/// Later returns are counted as this many days.
pub(crate) const MOST_DAYS: i64 = 1000;

/// A case of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The first case of the same return.
    pub(crate) of: usize,
    /// What was found of that.
    pub(crate) flag: Flag,
    /// Whether it has a value that cannot be.
    pub(crate) rejected: bool,
}

/// What was found of a return.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flag {
    /// Nothing.
    #[default]
    Nothing,
    /// Something.
    Something,
    /// That it, or a part of it, was refunded against the policy.
    PaidWrongly,
}

impl AddAssign<&Self> for Volume {
    fn add_assign(&mut self, more: &Self) {
        self.returns += more.returns;
        self.refunded += more.refunded;
    }
}

/// The group of a name; that of all others where there are too many.
pub(crate) fn entry<'g, T: Default>(groups: &'g mut BTreeMap<String, T>, name: &str) -> &'g mut T {
    let name = if groups.len() < MOST || groups.contains_key(name) { name } else { OTHERS };
    groups.entry(name.to_owned()).or_default()
}

/// The groups of a batch: few names stand in many rows.
pub(crate) struct Groups<'n, T>(FxHashMap<&'n str, T>);

impl<T> Default for Groups<'_, T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<'n, T: Default + for<'t> AddAssign<&'t T>> Groups<'n, T> {
    pub(crate) fn add(&mut self, name: &'n str, more: &T) {
        *self.0.entry(name).or_default() += more;
    }

    /// Adds them to those of all batches, in the order of their names.
    pub(crate) fn add_to(self, groups: &mut BTreeMap<String, T>) {
        let mut all: Vec<(&str, T)> = self.0.into_iter().collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all.iter().for_each(|(name, more)| *entry(groups, name) += more);
    }
}

/// The text of a row.
pub(crate) fn text_at(column: Option<&StringArray>, row: usize) -> Option<&str> {
    column.filter(|column| column.is_valid(row)).map(|column| column.value(row))
}
