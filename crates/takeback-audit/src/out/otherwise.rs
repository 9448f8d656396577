//! The same history under another policy: who gains, who loses, how much, by which clause. Tables of every return that would come to
//! something else, and the sums over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::order::Merge;
use super::parquet::Parquet;
use super::table::Csv;
use super::whole::{FileError, Writing, Written};
use super::{About, CHANGES, CHANGES_CSV};
use crate::columns::MONEY_SCALE;
use crate::judge::{Totals, change_schema};

/// Sums over all returns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Otherwise {
    /// Returns that come to the same.
    pub(crate) same: u64,
    pub(crate) gains: u64,
    pub(crate) gained: Amount,
    pub(crate) loses: u64,
    pub(crate) lost: Amount,
    /// One of the policies leaves them to a person, or asks for a fact: without money.
    pub(crate) open: u64,
    /// By clause: returns, gained, lost.
    pub(crate) clauses: BTreeMap<String, (u64, Amount, Amount)>,
}

impl Otherwise {
    /// Adds the sums of a batch.
    pub(crate) fn count(&mut self, totals: &Totals) {
        let clauses = totals.clauses.iter();
        let clauses =
            clauses.map(|(clause, sum)| (clause.clone(), (sum.returns, amount(sum.gained), amount(sum.lost))));
        self.add(&Self {
            same: totals.same,
            gains: totals.gains,
            gained: amount(totals.gained),
            loses: totals.loses,
            lost: amount(totals.lost),
            open: totals.open,
            clauses: clauses.collect(),
        });
    }

    /// Adds those of another part.
    pub(crate) fn add(&mut self, more: &Self) {
        self.same += more.same;
        self.gains += more.gains;
        self.gained += more.gained;
        self.loses += more.loses;
        self.lost += more.lost;
        self.open += more.open;
        for (clause, (returns, gained, lost)) in &more.clauses {
            let mine = self.clauses.entry(clause.clone()).or_default();
            mine.0 += returns;
            mine.1 += *gained;
            mine.2 += *lost;
        }
    }

    /// The clauses, that with most money first.
    pub(crate) fn ranked(&self) -> Vec<(&str, u64, Amount, Amount)> {
        let clauses = self.clauses.iter();
        let mut ranked: Vec<_> =
            clauses.map(|(clause, (returns, gained, lost))| (clause.as_str(), *returns, *gained, *lost)).collect();
        ranked.sort_by_key(|(clause, returns, gained, lost)| {
            (std::cmp::Reverse((gained.0.saturating_add(lost.0), *returns)), *clause)
        });
        ranked
    }
}

/// The other policy, and what it comes to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Compared {
    pub(crate) policy: About,
    #[serde(flatten)]
    pub(crate) sums: Otherwise,
}

fn amount(value: Decimal) -> Amount {
    let digits = u32::from(MONEY_SCALE.unsigned_abs()).saturating_sub(value.scale());
    Amount(value.mantissa().saturating_mul(10_i128.saturating_pow(digits)))
}

/// Merges the changes of all parts.
pub(crate) fn changes(work: &Path, out: &Path, files: Vec<PathBuf>, digits: u32) -> Result<[Written; 2], FileError> {
    let schema = Arc::new(change_schema());
    let mut parquet = Parquet::new(Writing::new(work, out, CHANGES)?, &schema)?;
    let mut csv = Csv::new(Writing::new(work, out, CHANGES_CSV)?, digits);
    csv.row(schema.fields().iter().map(|field| field.name().as_str()))?;
    let mut merge = Merge::new(files, work)?;
    while let Some(batch) = merge.batch()? {
        parquet.write(&batch)?;
        csv.write(&batch)?;
    }
    Ok([parquet.finish()?, csv.finish()?])
}
