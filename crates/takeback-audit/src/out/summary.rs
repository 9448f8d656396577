//! `summary.json`: what the audit comes to, in figures.

use std::collections::BTreeMap;

use serde::Serialize;

use super::otherwise::Compared;
use super::stake::{Sample, Stake, Stakes, ranked};
use super::tally::{Tally, Volume};
use super::windows::Window;
use super::{About, Counts};
use crate::spread::RejectKind;

/// How many groups a list names; what the others come to stands in a row of its own.
const LISTED: usize = 1000;

#[derive(Serialize)]
pub(crate) struct Summary<'a> {
    policy: &'a About,
    currency: &'a str,
    counts: &'a Counts,
    /// What is wrong with rows that were rejected, the most frequent first.
    rejects: Vec<Rejected<'a>>,
    /// Of all returns.
    returns: Returns<'a>,
    /// All findings. The amounts of each list below add up to these.
    findings: &'a Stake,
    by_kind: Vec<Row<'a>>,
    by_severity: Vec<Row<'a>>,
    by_cause: Vec<Row<'a>>,
    by_clause: Vec<Row<'a>>,
    by_version: Vec<Row<'a>>,
    by_store: Vec<Row<'a>>,
    by_clerk: Vec<Row<'a>>,
    by_month: Vec<Row<'a>>,
    days_since_sale: Days<'a>,
    patterns: Vec<PatternRow<'a>>,
    /// The same history under another policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<&'a Compared>,
}

#[derive(Serialize)]
struct Rejected<'a> {
    table: &'a str,
    /// None: it is about the row.
    column: Option<&'a str>,
    reason: &'a str,
    /// A row with several errors counts for each.
    errors: u64,
    first: Option<First<'a>>,
}

#[derive(Serialize)]
struct First<'a> {
    source: &'a str,
    row: i64,
    value: &'a str,
}

#[derive(Serialize)]
struct Returns<'a> {
    #[serde(flatten)]
    all: &'a Volume,
    declined: u64,
    without_amount: u64,
    with_findings: u64,
    by_link: &'a BTreeMap<String, u64>,
}

/// A group: its findings, beside all its returns.
#[derive(Serialize)]
pub(crate) struct Row<'a> {
    /// None: not known.
    pub(crate) name: Option<&'a str>,
    /// Where the rule of a clause stands, in the order of the versions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) citations: Vec<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(crate) volume: Option<&'a Volume>,
    #[serde(flatten)]
    pub(crate) stake: Stake,
    /// How many groups this row stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) groups: Option<usize>,
}

#[derive(Serialize)]
struct Days<'a> {
    /// Windows of refunds.
    windows: &'a [Window],
    /// Day, returns, and of these refunded against the policy; −1: before the sale; 1000: and later.
    days: Vec<(i64, u64, u64)>,
    not_known: u64,
}

#[derive(Serialize)]
struct PatternRow<'a> {
    kind: &'a str,
    cause: &'a str,
    clause: &'a str,
    citations: Vec<&'a str>,
    law: bool,
    #[serde(flatten)]
    stake: &'a Stake,
    /// Numbers of findings.
    samples: Vec<i64>,
}

impl<'a> Summary<'a> {
    #[expect(clippy::too_many_arguments, reason = "each is one of the things that a summary tells of")]
    pub(crate) fn new(
        about: &'a About,
        currency: &'a str,
        counts: &'a Counts,
        tally: &'a Tally,
        stakes: &'a Stakes,
        windows: &'a [Window],
        rejects: &'a [RejectKind],
        what_if: Option<&'a Compared>,
    ) -> Self {
        Self {
            policy: about,
            currency,
            counts,
            rejects: rejects.iter().take(LISTED).map(rejected).collect(),
            returns: Returns {
                all: &tally.all,
                declined: tally.declined,
                without_amount: tally.without_amount,
                with_findings: tally.with_findings,
                by_link: &tally.by_link,
            },
            findings: &stakes.all,
            what_if,
            by_kind: rows(&stakes.by_kind, None),
            by_severity: rows(&stakes.by_severity, None),
            by_cause: rows(&stakes.by_cause, None),
            by_clause: cited(rows(&stakes.by_clause, None), &stakes.citations(about)),
            by_version: rows(&stakes.by_version, None),
            by_store: rows(&stakes.by_store, Some(&tally.by_store)),
            by_clerk: rows(&stakes.by_clerk, Some(&tally.by_clerk)),
            by_month: months(tally, stakes),
            days_since_sale: Days {
                windows,
                days: tally.by_days.iter().map(|(days, count)| (*days, count.returns, count.wrong)).collect(),
                not_known: tally.without_days,
            },
            patterns: stakes
                .ranked()
                .into_iter()
                .take(LISTED)
                .map(|((kind, cause, clause), pattern)| PatternRow {
                    kind,
                    cause,
                    clause,
                    citations: pattern.citations(about),
                    law: pattern.law,
                    stake: &pattern.stake,
                    samples: pattern.samples.iter().map(|sample: &Sample| sample.number).collect(),
                })
                .collect(),
        }
    }
}

fn rejected(kind: &RejectKind) -> Rejected<'_> {
    let first = kind.first.first().map(|(source, row, value)| First { source, row: *row, value });
    let column = Some(kind.column.as_str()).filter(|column| !column.is_empty());
    Rejected { table: &kind.table, column, reason: &kind.reason, errors: kind.count, first }
}

/// Groups by rank, the first ones by name.
fn rows<'a>(groups: &'a BTreeMap<String, Stake>, volumes: Option<&'a BTreeMap<String, Volume>>) -> Vec<Row<'a>> {
    let ranked = ranked(groups);
    let mut rows: Vec<Row<'a>> = ranked
        .iter()
        .take(LISTED)
        .map(|(name, stake)| row(name, volumes.and_then(|volumes| volumes.get(*name)), stake))
        .collect();
    let others = ranked.get(LISTED..).unwrap_or_default();
    if !others.is_empty() {
        let mut stake = Stake::default();
        others.iter().for_each(|(_, more)| stake += more);
        rows.push(Row { name: None, citations: Vec::new(), volume: None, stake, groups: Some(others.len()) });
    }
    rows
}

fn row<'a>(name: &'a str, volume: Option<&'a Volume>, stake: &Stake) -> Row<'a> {
    Row {
        name: Some(name).filter(|name| !name.is_empty()),
        citations: Vec::new(),
        volume,
        stake: stake.clone(),
        groups: None,
    }
}

fn cited<'a>(mut rows: Vec<Row<'a>>, citations: &BTreeMap<&str, Vec<&'a str>>) -> Vec<Row<'a>> {
    for row in &mut rows {
        row.citations = row.name.and_then(|name| citations.get(name)).cloned().unwrap_or_default();
    }
    rows
}

/// All months in their order, also those without findings.
pub(crate) fn months<'a>(tally: &'a Tally, stakes: &'a Stakes) -> Vec<Row<'a>> {
    let nothing = Stake::default();
    let months = tally.by_month.iter();
    months.map(|(month, volume)| row(month, Some(volume), stakes.by_month.get(month).unwrap_or(&nothing))).collect()
}
