//! What findings come to: counts, and the money at stake, by what was found, why, where, by whom and when. Each finding is in one group of
//! each kind, so every table adds up to the same sums.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::AddAssign;

use arrow::array::{Array, AsArray, BooleanArray, Decimal128Array, Int64Array, StringArray};
use arrow::datatypes::{Decimal128Type, Int64Type};
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::About;
use super::amount::Amount;
use super::tally::{Groups, text_at};
use crate::finding::{Cause, Kind};

/// How many findings of a pattern are shown.
pub(crate) const SAMPLES: usize = 5;

/// On whose side the money of a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Paid out against the policy.
    Paid,
    /// Owed to customers.
    Owed,
    /// Neither: paid, and not as the policy says; or not known.
    Unproven,
}

/// On whose side the money of findings of a kind is.
pub(crate) const fn side(kind: Kind) -> Side {
    match kind {
        Kind::RefundedThoughDeclined | Kind::ReturnedTwice | Kind::MoreReturnedThanSold | Kind::TooMuch => Side::Paid,
        Kind::TooLittle | Kind::DeclinedThoughOwed => Side::Owed,
        Kind::WrongTender
        | Kind::PaidTooEarly
        | Kind::PaidTooLate
        | Kind::ApprovalMissing
        | Kind::BelowAuthority
        | Kind::PaperworkMissing
        | Kind::PaperworkKept
        | Kind::CannotBeJudged => Side::Unproven,
    }
}

/// The kind of a word.
pub(crate) fn kind(word: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.word() == word)
}

/// Findings and their money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Stake {
    pub(crate) findings: u64,
    /// The sum of the three below.
    pub(crate) at_stake: Amount,
    pub(crate) paid_against_policy: Amount,
    pub(crate) owed_to_customers: Amount,
    pub(crate) unproven: Amount,
}

impl Stake {
    fn of(kind: Option<Kind>, at_stake: Amount) -> Self {
        let mut stake = Self { findings: 1, at_stake, ..Self::default() };
        match kind.map_or(Side::Unproven, side) {
            Side::Paid => stake.paid_against_policy = at_stake,
            Side::Owed => stake.owed_to_customers = at_stake,
            Side::Unproven => stake.unproven = at_stake,
        }
        stake
    }
}

impl AddAssign<&Self> for Stake {
    fn add_assign(&mut self, more: &Self) {
        self.findings += more.findings;
        self.at_stake += more.at_stake;
        self.paid_against_policy += more.paid_against_policy;
        self.owed_to_customers += more.owed_to_customers;
        self.unproven += more.unproven;
    }
}

/// What is wrong in the same way: kind, cause and clause.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    pub(crate) stake: Stake,
    /// Version of the policy, and where the rule stands in it; each once.
    pub(crate) citations: Vec<(String, String)>,
    pub(crate) law: bool,
    /// Those with most money, the first of equal ones.
    pub(crate) samples: Vec<Sample>,
}

/// A finding as it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) number: i64,
    /// By the name of a column.
    pub(crate) cells: BTreeMap<&'static str, String>,
    pub(crate) at_stake: Amount,
    pub(crate) amounts: [Option<Amount>; 3],
    /// The part of the run, and the row in its cases.
    pub(crate) case: Option<(usize, usize)>,
    /// How the decision comes about.
    pub(crate) explained: String,
}

/// The texts of a finding that are shown.
pub(crate) const CELLS: [&str; 16] = [
    "kind", "severity", "cause", "clause", "citation", "message", "facts", "at", "store", "clerk", "sale", "line",
    "sku", "version", "source", "remedy",
];

/// All findings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stakes {
    pub(crate) all: Stake,
    pub(crate) by_kind: BTreeMap<String, Stake>,
    pub(crate) by_severity: BTreeMap<String, Stake>,
    pub(crate) by_cause: BTreeMap<String, Stake>,
    pub(crate) by_clause: BTreeMap<String, Stake>,
    pub(crate) by_version: BTreeMap<String, Stake>,
    pub(crate) by_store: BTreeMap<String, Stake>,
    pub(crate) by_clerk: BTreeMap<String, Stake>,
    pub(crate) by_month: BTreeMap<String, Stake>,
    /// By clause and version, those that a window is the cause of.
    pub(crate) by_window: BTreeMap<(String, String), Stake>,
    pub(crate) patterns: BTreeMap<(String, String, String), Pattern>,
}

impl Stakes {
    /// Adds findings, which come in their order; the first of them has the number `first`.
    pub(crate) fn batch(&mut self, findings: &RecordBatch, first: i64, places: (&Int64Array, &Int64Array)) {
        let text = |name: &str| -> Option<&StringArray> { findings.column_by_name(name)?.as_string_opt::<i32>() };
        let money = |name: &str| -> Option<&Decimal128Array> {
            findings.column_by_name(name)?.as_primitive_opt::<Decimal128Type>()
        };
        let texts = CELLS.map(text);
        let amounts = ["expected", "actual", "difference"].map(money);
        let at_stake = money("at_stake");
        let law: Option<&BooleanArray> = findings.column_by_name("law").and_then(|column| column.as_boolean_opt());
        let rows: Option<&Int64Array> =
            findings.column_by_name("row").and_then(|column| column.as_primitive_opt::<Int64Type>());
        let place = |name: &str| CELLS.iter().position(|cell| *cell == name);
        let column = |name: &str| place(name).and_then(|at| texts.get(at).copied().flatten());
        let names = ["kind", "severity", "cause", "clause", "version", "store", "clerk", "at", "citation"];
        let columns = names.map(column);
        let mut groups = [(); 8].map(|()| Groups::<'_, Stake>::default());
        // What is new of each pattern.
        let mut patterns: FxHashMap<(&str, &str, &str), Pattern> = FxHashMap::default();
        let mut windows: FxHashMap<(&str, &str), Stake> = FxHashMap::default();
        for (row, number) in (0..findings.num_rows()).zip(first..) {
            let text = |column| text_at(column, row).unwrap_or_default();
            let money = |column: &Option<&Decimal128Array>| {
                column.filter(|column| column.is_valid(row)).map(|column| Amount(column.value(row)))
            };
            let [kind, severity, cause, clause, version, store, clerk, at, citation] = columns.map(text);
            let at_stake = money(&at_stake).unwrap_or_default().magnitude();
            let stake = Stake::of(self::kind(kind), at_stake);
            self.all += &stake;
            let month = at.get(..7).unwrap_or_default();
            let of_row = [kind, severity, cause, clause, version, store, clerk, month];
            groups.iter_mut().zip(of_row).for_each(|(groups, name)| groups.add(name, &stake));
            if cause == Cause::Window.word() {
                *windows.entry((clause, version)).or_default() += &stake;
            }
            let pattern = patterns.entry((kind, cause, clause)).or_default();
            pattern.stake += &stake;
            pattern.law |= law.is_some_and(|law| law.is_valid(row) && law.value(row));
            pattern.cite(version, citation);
            if !pattern.wants(at_stake) {
                continue;
            }
            let (part, case) = places;
            let place = |column: &Int64Array| usize::try_from(column.value(row)).ok();
            let case = place(part).zip(place(case).filter(|_| case.is_valid(row)));
            let shown = CELLS.iter().zip(&texts).map(|(name, column)| (*name, text(*column).to_owned()));
            let mut cells: BTreeMap<&'static str, String> = shown.collect();
            if let Some(rows) = rows.filter(|rows| rows.is_valid(row)) {
                cells.insert("row", rows.value(row).to_string());
            }
            let amounts = amounts.each_ref().map(money);
            pattern.keep(Sample { number, cells, at_stake, amounts, case, explained: String::new() });
        }
        let all = [
            &mut self.by_kind,
            &mut self.by_severity,
            &mut self.by_cause,
            &mut self.by_clause,
            &mut self.by_version,
            &mut self.by_store,
            &mut self.by_clerk,
            &mut self.by_month,
        ];
        groups.into_iter().zip(all).for_each(|(groups, all)| groups.add_to(all));
        // Each is another entry: they may come in any order.
        windows.into_iter().for_each(|((clause, version), stake)| {
            *self.by_window.entry((clause.to_owned(), version.to_owned())).or_default() += &stake;
        });
        patterns.into_iter().for_each(|((kind, cause, clause), more)| {
            self.patterns.entry((kind.to_owned(), cause.to_owned(), clause.to_owned())).or_default().add(more);
        });
    }

    /// The patterns, that with most money first.
    pub(crate) fn ranked(&self) -> Vec<(&(String, String, String), &Pattern)> {
        let mut ranked: Vec<_> = self.patterns.iter().collect();
        ranked.sort_by_key(|(key, pattern)| (Reverse((pattern.stake.at_stake, pattern.stake.findings)), *key));
        ranked
    }

    /// By clause, where its rule stands: each place once, in the order of the versions of the policy.
    pub(crate) fn citations(&self, about: &About) -> BTreeMap<&str, Vec<&str>> {
        let mut by_clause: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for ((.., clause), pattern) in &self.patterns {
            by_clause.entry(clause).or_default().extend(pattern.cited());
        }
        by_clause.into_iter().map(|(clause, cited)| (clause, in_order(cited, about))).collect()
    }
}

/// Citations in the order of the versions, each once.
fn in_order<'c>(mut cited: Vec<(&'c str, &'c str)>, about: &About) -> Vec<&'c str> {
    cited.sort_by_key(|(version, citation)| (about.versions.iter().position(|(name, _)| name == version), *citation));
    let mut citations: Vec<&str> = Vec::new();
    for (_, citation) in cited {
        if !citations.contains(&citation) {
            citations.push(citation);
        }
    }
    citations
}

impl Pattern {
    /// Where its rule stands: each place once, in the order of the versions of the policy.
    pub(crate) fn citations(&self, about: &About) -> Vec<&str> {
        in_order(self.cited().collect(), about)
    }

    fn cited(&self) -> impl Iterator<Item = (&str, &str)> {
        self.citations.iter().map(|(version, citation)| (version.as_str(), citation.as_str()))
    }

    fn cite(&mut self, version: &str, citation: &str) {
        if !citation.is_empty() && !self.cited().any(|known| known == (version, citation)) {
            self.citations.push((version.to_owned(), citation.to_owned()));
        }
    }

    fn wants(&self, at_stake: Amount) -> bool {
        self.samples.len() < SAMPLES || self.samples.last().is_some_and(|last| last.at_stake < at_stake)
    }

    /// Adds what is new of it, all of which comes after what is known.
    fn add(&mut self, more: Self) {
        self.stake += &more.stake;
        self.law |= more.law;
        more.citations.iter().for_each(|(version, citation)| self.cite(version, citation));
        for sample in more.samples {
            if self.wants(sample.at_stake) {
                self.keep(sample);
            }
        }
    }

    fn keep(&mut self, sample: Sample) {
        let at = self.samples.partition_point(|kept| kept.at_stake >= sample.at_stake);
        self.samples.insert(at, sample);
        self.samples.truncate(SAMPLES);
    }
}

/// Groups, that with most money first; of equal ones that with more findings, then by name.
pub(crate) fn ranked(groups: &BTreeMap<String, Stake>) -> Vec<(&str, &Stake)> {
    let mut ranked: Vec<(&str, &Stake)> = groups.iter().map(|(name, stake)| (name.as_str(), stake)).collect();
    ranked.sort_by_key(|(name, stake)| (Reverse((stake.at_stake, stake.findings)), *name));
    ranked
}
