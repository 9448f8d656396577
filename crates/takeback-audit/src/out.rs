//! What comes of an audit: the findings as Parquet and CSV, the cases they are about, a summary, a report, what was rejected, and the
//! manifest that names all of it by hash. The order of everything is that of the data; nothing here knows of threads or of the time of
//! day. A file has its name only once it is whole.

mod amount;
mod finish;
pub(crate) mod manifest;
mod order;
pub(crate) mod otherwise;
mod parquet;
pub(crate) mod part;
mod replay;
mod report;
mod stake;
mod summary;
mod table;
pub(crate) mod tally;
pub(crate) mod whole;
mod windows;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use takeback::Policy;

use crate::spread::RejectKind;
pub(crate) use finish::{Finish, finish};
pub use manifest::{Given, Input, Manifest};
pub use otherwise::Open;
pub use replay::{NotFound, Replay, replay};
pub use whole::{FileError, Written};

/// The names of the files.
pub const FINDINGS_CSV: &str = "findings.csv";
/// Findings with the types of their columns.
pub const FINDINGS: &str = "findings.parquet";
/// The cases that findings are about, with the other lines of their visits.
pub const CASES: &str = "cases.parquet";
/// Of another policy: every return that would come to something else.
pub const CHANGES_CSV: &str = "changes.csv";
/// The same with the types of the columns.
pub const CHANGES: &str = "changes.parquet";
/// Rows that could not be read.
pub const REJECTS: &str = "rejects.csv";
/// What the audit comes to, in figures.
pub const SUMMARY: &str = "summary.json";
/// What the audit comes to, to read.
pub const REPORT: &str = "report.html";
/// The policy that was held against the returns.
pub const POLICY: &str = "policy.bundle";
/// What was held against what.
pub const MANIFEST: &str = "manifest.json";
/// All of them.
pub(crate) const RESULTS: [&str; 10] =
    [FINDINGS_CSV, FINDINGS, CASES, CHANGES_CSV, CHANGES, REJECTS, SUMMARY, REPORT, POLICY, MANIFEST];

/// Which policy it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// Its versions, each with its first day.
    pub versions: Vec<(String, String)>,
    /// The address of its bundle: `sha256:` and 64 hexadecimal digits.
    pub bundle: String,
}

impl About {
    /// Of a policy whose bundle has the address `bundle`.
    pub fn new(policy: &Policy, bundle: &str) -> Self {
        let versions = policy.program().versions.iter();
        let versions = versions.map(|version| (version.name.clone(), version.from.to_string())).collect();
        Self { name: policy.name().to_owned(), versions, bundle: bundle.to_owned() }
    }
}

/// What an audit comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// As it was written.
    pub manifest: Manifest,
    /// Of the amounts.
    pub currency: String,
    /// Paid out against the policy, owed to customers, not proven: `1,234.50`.
    pub money: [String; 3],
    /// What is wrong with rows that were rejected, the most frequent first.
    pub rejects: Vec<RejectKind>,
    /// Under another policy.
    pub otherwise: Option<Changed>,
}

/// What a history comes to under another policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Returns for which customers gain, and how much.
    pub gains: (u64, String),
    /// Returns for which customers lose, and how much.
    pub loses: (u64, String),
    /// Returns of which that cannot be said.
    pub open: Vec<Open>,
}

/// What became of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of returns.
    pub returns_read: u64,
    /// Of these, held against the policy with the sale they are of, or without one where they are linked to none.
    pub judged: u64,
    /// Of these, without the sale they name, or with several that could be meant: found as `cannot be judged`.
    pub unlinked: u64,
    /// Of these, with errors: in `rejects.csv`.
    pub rejected: u64,
    /// Of these, left out by the mapping, by its reasons.
    pub left_out: BTreeMap<String, u64>,
    /// Of these, no returns by the conditions of the mapping.
    pub not_returns: u64,
    /// Rows of sales; 0 where returns carry their sale.
    pub sales_read: u64,
    /// Of these, kept.
    pub sales: u64,
    /// Of these, with errors.
    pub sales_rejected: u64,
    /// Of these, left out by the mapping.
    pub sales_left_out: BTreeMap<String, u64>,
    /// Of these, no sales by the conditions of the mapping.
    pub not_sales: u64,
    /// Findings.
    pub findings: u64,
    /// Returns with at least one.
    pub returns_with_findings: u64,
    /// Files without a row, which may not be what was meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_rows: Vec<String>,
}

impl Counts {
    /// Whether every row that was read is accounted for.
    pub fn reconcile(&self) -> bool {
        let of_returns =
            self.judged + self.unlinked + self.rejected + self.left_out.values().sum::<u64>() + self.not_returns;
        let of_sales = self.sales + self.sales_rejected + self.sales_left_out.values().sum::<u64>() + self.not_sales;
        self.returns_read == of_returns && self.sales_read == of_sales
    }
}

#[cfg(test)]
mod tests;
