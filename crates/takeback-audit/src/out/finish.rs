//! The end of a run: the judged parts become the files that are kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, AsArray, Int64Array};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use takeback::Policy;
use takeback::date::parse_zone;

use super::manifest::{FORM, Given, Manifest};
use super::order::Merge;
use super::otherwise::{self, Compared, Otherwise};
use super::parquet::{Parquet, chained, visits_of};
use super::part::{self, Judged};
use super::report::{self, Report};
use super::stake::Stakes;
use super::summary::Summary;
use super::table::{Csv, numbered, numbered_schema};
use super::tally::Tally;
use super::whole::{FileError, Writing, Written, of_arrow, write};
use super::windows::windows;
use super::{
    About, Audited, CASES, Changed, Counts, FINDINGS, FINDINGS_CSV, MANIFEST, POLICY, REJECTS, REPORT, SUMMARY,
};
use crate::columns::case_schema;
use crate::finding::finding_schema;
use crate::spread::{Kinds, RejectKind};

/// How many patterns have samples with what explains them.
const EXPLAINED: usize = 40;

/// What the files are made of.
pub(crate) struct Finish<'a> {
    pub(crate) policy: &'a Policy,
    /// The bundle of the policy; where it was not audited by a bundle, the zones of the data are added to it.
    pub(crate) bundle: &'a [u8],
    pub(crate) about: About,
    pub(crate) given: Given,
    /// Of what was read.
    pub(crate) counts: Counts,
    /// The other policy.
    pub(crate) other: Option<About>,
    /// How many parts were judged.
    pub(crate) parts: usize,
    /// The rows that were rejected when they were read, as CSV, and their kinds.
    pub(crate) rejects: (&'a Path, &'a [RejectKind]),
    /// Where the parts are.
    pub(crate) work: &'a Path,
    /// Where files go.
    pub(crate) out: &'a Path,
    /// Why the cases of a visit are decided as they are.
    pub(crate) explain: &'a (dyn Fn(&RecordBatch) -> String + Sync),
}

/// Writes all files; the manifest last.
pub(crate) fn finish(run: Finish<'_>) -> Result<Audited, FileError> {
    let mut tally = Tally::default();
    let mut sums = Otherwise::default();
    let mut before = vec![0];
    let mut rejects = Rejects::new(run.work, run.out, run.rejects)?;
    let (mut found, mut changed) = (Vec::new(), Vec::new());
    for number in 0..run.parts {
        let judged =
            part::judged(run.work, number).ok_or_else(|| FileError::reading(run.work, io::ErrorKind::NotFound))?;
        found.extend(part::findings_files(run.work, number, &judged));
        changed.extend(part::changes_files(run.work, number, &judged));
        tally.add(&judged.tally);
        sums.add(&judged.otherwise);
        rejects.add(&judged)?;
        before.push(before.last().copied().unwrap_or(0) + i64::try_from(judged.cases).unwrap_or(0));
    }
    let (bundle, about) = with_zones(&run, &tally.zones)?;
    let mut counts = run.counts;
    counts.unlinked = tally.unlinked();
    counts.judged = tally.all.returns - counts.unlinked;
    counts.rejected += tally.rejected;
    counts.returns_with_findings = tally.with_findings;

    let (kinds, rejects) = rejects.finish()?;
    let mut written = vec![rejects];
    let digits = run.policy.program().currency.minor_digits();
    let (work, out) = (run.work, run.out);
    let (merged, held) = rayon::join(|| findings((work, found), out, &before, digits), || cases(work, out, run.parts));
    let (mut stakes, (parquet, csv)) = merged?;
    counts.findings = stakes.all.findings;
    // Until these are on the disk the processors would wait.
    let tables = std::thread::scope(|scope| {
        let tables = || Ok([parquet.finish()?, csv.finish()?]);
        let tables = std::thread::Builder::new().spawn_scoped(scope, tables);
        let tables = tables.map_err(|error| FileError::writing(out, error))?;
        explain(work, &mut stakes, run.explain)?;
        tables.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    written.extend(tables?);
    written.push(held?);
    if run.other.is_some() {
        written.extend(otherwise::changes(run.work, run.out, changed, digits)?);
    }
    let compared = run.other.map(|policy| Compared { policy, sums });
    let windows = windows(run.policy, &stakes);
    let currency = run.policy.program().currency.code();
    let summary = Summary::new(&about, currency, &counts, &tally, &stakes, &windows, &kinds, compared.as_ref());
    written.push(json(run.work, run.out, SUMMARY, &summary)?);
    let report = Report {
        about: &about,
        given: &run.given,
        counts: &counts,
        tally: &tally,
        stakes: &stakes,
        windows: &windows,
        rejects: &kinds,
        compared: compared.as_ref(),
        currency,
        digits,
    };
    written.push(write(run.work, run.out, REPORT, report::html(&report).as_bytes())?);
    written.push(write(run.work, run.out, POLICY, &bundle)?);
    written.sort_by(|left, right| left.name.cmp(&right.name));
    let manifest = Manifest {
        manifest: FORM,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        policy: about,
        given: run.given,
        counts,
        outputs: written,
    };
    json(run.work, run.out, MANIFEST, &manifest)?;
    let money = &stakes.all;
    let money = [money.paid_against_policy, money.owed_to_customers, money.unproven].map(|amount| amount.shown(digits));
    let otherwise = compared.map(|Compared { sums, .. }| Changed {
        gains: (sums.gains, sums.gained.shown(digits)),
        loses: (sums.loses, sums.lost.shown(digits)),
        open: sums.open(digits),
    });
    Ok(Audited { manifest, currency: currency.to_owned(), money, rejects: kinds, otherwise })
}

/// The bundle that is written, and what names it. A policy from files knows the zones of all stores, and its bundle only some: it is
/// given those of the data, so that their cases can be decided again. By a bundle no zones were judged but those it has.
fn with_zones<'a>(run: &Finish<'a>, zones: &BTreeSet<String>) -> Result<(Cow<'a, [u8]>, About), FileError> {
    if run.policy.bundled().is_some() {
        return Ok((run.bundle.into(), run.about.clone()));
    }
    let zones: Vec<_> = zones.iter().filter_map(|name| parse_zone(name).ok()).collect();
    let bytes = run.policy.bundle(&zones);
    if bytes == run.bundle {
        return Ok((run.bundle.into(), run.about.clone()));
    }
    let policy = Policy::load(&bytes, &[])
        .map_err(|error| FileError::writing(&run.out.join(POLICY), io::Error::other(error)))?;
    let address = policy.bundled().map_or("", |bundle| &*bundle.hash);
    Ok((bytes.into(), About::new(&policy, address)))
}

/// Rows that were rejected: when they were read, then when they were judged.
struct Rejects {
    file: Csv,
    kinds: Kinds,
}

impl Rejects {
    fn new(work: &Path, out: &Path, (read, kinds): (&Path, &[RejectKind])) -> Result<Self, FileError> {
        let mut file = Writing::new(work, out, REJECTS)?;
        let mut from = File::open(read).map_err(|error| FileError::reading(read, error))?;
        io::copy(&mut from, &mut file).map_err(|error| FileError::writing(file.path(), error))?;
        Ok(Self { file: Csv::new(file, 2), kinds: Kinds::new(kinds) })
    }

    fn add(&mut self, judged: &Judged) -> Result<(), FileError> {
        for [source, row, column, value, reason] in &judged.rejects {
            self.file.row([source, row, "return", column, value, reason])?;
            self.kinds.add(["return", column, reason], (source, row.parse().unwrap_or(-1), value));
        }
        Ok(())
    }

    fn finish(self) -> Result<(Vec<RejectKind>, Written), FileError> {
        Ok((self.kinds.ranked(), self.file.finish()?))
    }
}

/// Merges the findings of all parts into tables, which are whole once they are finished; `before` has how many cases are before those of
/// each part.
fn findings(
    (work, files): (&Path, Vec<PathBuf>),
    out: &Path,
    before: &[i64],
    digits: u32,
) -> Result<(Stakes, (Parquet<Writing>, Csv)), FileError> {
    let schema = Arc::new(numbered_schema(&finding_schema()));
    let mut parquet = Parquet::new(Writing::new(work, out, FINDINGS)?, &schema)?;
    let mut csv = Csv::new(Writing::new(work, out, FINDINGS_CSV)?, digits);
    csv.row(schema.fields().iter().map(|field| field.name().as_str()))?;
    let mut stakes = Stakes::default();
    let mut first = 1;
    let mut merge = Merge::new(files, work)?;
    let mut now = merge.batch()?;
    while let Some(batch) = now {
        let [parts, places] = [part::PART, part::CASE].map(|name| hidden(&batch, name));
        let (Some(parts), Some(places)) = (parts, places) else { break };
        let findings = batch.project(&(0..batch.num_columns() - 2).collect::<Vec<_>>());
        let findings = findings.map_err(|error| FileError::reading(work, of_arrow(error)))?;
        let global: Int64Array = (0..batch.num_rows())
            .map(|row| {
                let place = places.is_valid(row).then(|| places.value(row))?;
                let part = usize::try_from(parts.value(row)).ok()?;
                Some(before.get(part)? + place)
            })
            .collect();
        let rows = numbered(&schema, &findings, first, global).map_err(|error| FileError::reading(work, error))?;
        // While these are written, the next are merged.
        let (of_parquet, (of_csv, next)) = rayon::join(
            || parquet.write(&rows),
            || {
                rayon::join(
                    || {
                        stakes.batch(&findings, first, (parts, places));
                        csv.write(&rows)
                    },
                    || merge.batch(),
                )
            },
        );
        first += i64::try_from(rows.num_rows()).unwrap_or(0);
        of_parquet?;
        of_csv?;
        now = next?;
    }
    Ok((stakes, (parquet, csv)))
}

fn hidden<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a Int64Array> {
    batch.column_by_name(name)?.as_primitive_opt::<Int64Type>()
}

/// The cases of all parts, one part after the other. Which columns they have goes by what the parts were read from.
fn cases(work: &Path, out: &Path, parts: usize) -> Result<Written, FileError> {
    let files: Vec<PathBuf> =
        (0..parts).map(|number| part::cases_file(work, number)).filter(|path| path.exists()).collect();
    chained(Writing::new(work, out, CASES)?, &files, &case_schema([], []))
}

/// Says why of the samples of the patterns with most money.
fn explain(
    work: &Path,
    stakes: &mut Stakes,
    explain: &(dyn Fn(&RecordBatch) -> String + Sync),
) -> Result<(), FileError> {
    let first: Vec<_> = stakes.ranked().into_iter().take(EXPLAINED).map(|(key, _)| key.clone()).collect();
    // The rows of each part.
    let mut wanted: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for sample in first.iter().filter_map(|key| stakes.patterns.get(key)).flat_map(|pattern| &pattern.samples) {
        if let Some((part, row)) = sample.case {
            wanted.entry(part).or_default().insert(row);
        }
    }
    let told = wanted.par_iter().map(|(part, rows)| {
        let visits = visits_of(&part::cases_file(work, *part), rows)?;
        Ok(visits.par_iter().map(|(row, visit)| ((*part, *row), explain(visit))).collect::<Vec<_>>())
    });
    let told = told.collect::<Result<Vec<_>, FileError>>()?;
    let told: BTreeMap<(usize, usize), String> = told.into_iter().flatten().collect();
    for key in &first {
        for sample in stakes.patterns.get_mut(key).into_iter().flat_map(|pattern| &mut pattern.samples) {
            sample.explained = sample.case.and_then(|place| told.get(&place).cloned()).unwrap_or_default();
        }
    }
    Ok(())
}

fn json(work: &Path, out: &Path, name: &str, value: &impl serde::Serialize) -> Result<Written, FileError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| FileError::writing(&out.join(name), error))?;
    text.push(b'\n');
    write(work, out, name, &text)
}
