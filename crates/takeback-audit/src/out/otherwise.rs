//! The same history under another policy: who gains, who loses, how much, by which clause, and what is left open. Tables of every return that would come to
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
use crate::judge::{self, Totals, change_schema};

/// Sums over all returns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Otherwise {
    /// Returns that come to the same.
    pub(crate) same: u64,
    pub(crate) gains: u64,
    pub(crate) gained: Amount,
    pub(crate) loses: u64,
    pub(crate) lost: Amount,
    /// One of the policies leaves them to a person, or asks for a fact: nobody gains or loses yet.
    pub(crate) open: u64,
    /// What these wait for.
    pub(crate) waits: Waits,
    /// By clause.
    pub(crate) clauses: BTreeMap<String, Sum>,
}

/// What returns that are open wait for; under the other policy or under this one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waits {
    person_under_other: Wait,
    fact_under_other: Wait,
    person_now: Wait,
    fact_now: Wait,
    /// Both leave them open, each in its own way.
    both: u64,
}

/// Returns that wait, and what the policy that settles them gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Wait {
    returns: u64,
    money: Amount,
}

/// What a clause makes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sum {
    /// For which customers gain or lose.
    pub(crate) returns: u64,
    pub(crate) gained: Amount,
    pub(crate) lost: Amount,
    /// Returns that are open.
    pub(crate) open: u64,
    /// Given by the policy, and left open by the other one.
    pub(crate) held: Amount,
    /// Left open by the policy, and given by the other one.
    pub(crate) freed: Amount,
}

/// Returns that are open, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// How many.
    pub returns: u64,
    /// What they wait for, and under which policy.
    pub what: &'static str,
    /// What the policy that settles them gives; none: neither does.
    pub money: Option<String>,
}

impl Otherwise {
    /// Adds the sums of a batch.
    pub(crate) fn count(&mut self, totals: &Totals) {
        let sum = |sum: &judge::Sum| Sum {
            returns: sum.returns,
            gained: amount(sum.gained),
            lost: amount(sum.lost),
            open: sum.open,
            held: amount(sum.held),
            freed: amount(sum.freed),
        };
        let wait = |wait: judge::Wait| Wait { returns: wait.returns, money: amount(wait.money) };
        self.add(&Self {
            same: totals.same,
            gains: totals.gains,
            gained: amount(totals.gained),
            loses: totals.loses,
            lost: amount(totals.lost),
            open: totals.open,
            waits: Waits {
                person_under_other: wait(totals.waits.person_under_other),
                fact_under_other: wait(totals.waits.fact_under_other),
                person_now: wait(totals.waits.person_now),
                fact_now: wait(totals.waits.fact_now),
                both: totals.waits.both,
            },
            clauses: totals.clauses.iter().map(|(clause, of)| (clause.clone(), sum(of))).collect(),
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
        self.waits.add(&more.waits);
        for (clause, sum) in &more.clauses {
            let mine = self.clauses.entry(clause.clone()).or_default();
            mine.returns += sum.returns;
            mine.gained += sum.gained;
            mine.lost += sum.lost;
            mine.open += sum.open;
            mine.held += sum.held;
            mine.freed += sum.freed;
        }
    }

    /// The clauses for which customers gain or lose, that with most money first.
    pub(crate) fn ranked(&self) -> Vec<(&str, &Sum)> {
        self.by(|sum| sum.returns, |sum| (sum.gained, sum.lost))
    }

    /// The clauses by which returns are open, that with most money first.
    pub(crate) fn ranked_open(&self) -> Vec<(&str, &Sum)> {
        self.by(|sum| sum.open, |sum| (sum.held, sum.freed))
    }

    fn by(&self, returns: fn(&Sum) -> u64, money: fn(&Sum) -> (Amount, Amount)) -> Vec<(&str, &Sum)> {
        let clauses = self.clauses.iter().filter(|(_, sum)| returns(sum) > 0);
        let mut ranked: Vec<_> = clauses.map(|(clause, sum)| (clause.as_str(), sum)).collect();
        ranked.sort_by_key(|(clause, sum)| {
            let (one, other) = money(sum);
            (std::cmp::Reverse((one.0.saturating_add(other.0), returns(sum))), *clause)
        });
        ranked
    }

    /// What is open, in words; what there is nothing of is left out.
    pub(crate) fn open(&self, digits: u32) -> Vec<Open> {
        let waits = &self.waits;
        let settled = [
            (waits.person_under_other, "would be left to a person; given now"),
            (waits.fact_under_other, "would wait for a fact that is missing; given now"),
            (waits.person_now, "left to a person now; would be given"),
            (waits.fact_now, "waiting now for a fact that is missing; would be given"),
        ];
        let settled = settled.map(|(wait, what)| (wait.returns, what, Some(wait.money.shown(digits))));
        let both = (waits.both, "open under both policies, in different ways", None);
        let all = settled.into_iter().chain([both]).filter(|(returns, ..)| *returns > 0);
        all.map(|(returns, what, money)| Open { returns, what, money }).collect()
    }
}

impl Waits {
    fn add(&mut self, more: &Self) {
        for (mine, more) in [
            (&mut self.person_under_other, more.person_under_other),
            (&mut self.fact_under_other, more.fact_under_other),
            (&mut self.person_now, more.person_now),
            (&mut self.fact_now, more.fact_now),
        ] {
            mine.returns += more.returns;
            mine.money += more.money;
        }
        self.both += more.both;
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
