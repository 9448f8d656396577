//! The whole of an audit: inputs are read, mapped, joined, judged, and what comes of it is written.
//!
//! What a stage has finished is under its final name in the folder `work` beside the results; a run that was stopped, at whatever moment, goes
//! on from there. One part of the data is in memory for each thread, and how large parts are goes by the bytes of the inputs; so memory does
//! not grow with them. What goes on is told to a [`Go`], which may also end it.

mod begin;
mod place;
mod wanted;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use takeback::Policy;

use crate::cells::BatchError;
use crate::judge::{Audit, Options, WhatIf, audit_batch, what_if};
use crate::link::Cases;
use crate::mapping::Mapping;
use crate::out::part::{self, Part};
use crate::out::{About, Audited, Counts, FileError, Finish, MANIFEST, REJECTS, finish};
use crate::read::Input;
use crate::spread::{AuditError, Reading, SpreadOptions, spread};
use begin::{Begun, begin, hashed, unread};

/// What is to be audited.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Its bundle, and the address of that. The one that is written has the time zones of the data too, unless the policy is from a bundle.
    pub bundle: (&'a [u8], &'a str),
    /// Another policy, under which the same history is decided too, and the address of its bundle.
    pub other: Option<(&'a Policy, &'a str)>,
    /// What the columns of the inputs mean.
    pub mapping: &'a Mapping,
    /// Files of sales; none where returns carry their sale.
    pub sales: &'a [Input],
    /// Files of returns.
    pub returns: &'a [Input],
    /// Where the results go.
    pub out: &'a Path,
    /// Whether to go on with a run that was stopped.
    pub resume: bool,
    /// More rows with errors than this end the run.
    pub max_rejects: Option<u64>,
    /// Into how many parts the data are spread; none: by the bytes of the inputs.
    pub parts: Option<usize>,
    /// How many threads; none: as many as the machine has.
    pub threads: Option<usize>,
    /// How strict the comparison is.
    pub options: &'a Options,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Inputs that were changed, or touched, since an earlier run read them are held against what it read; counted in bytes.
    Hashing,
    /// Rows are read; counted in bytes of the inputs, as they are on the disk.
    Reading,
    /// Returns are joined with their sales; counted in steps, some for each part.
    Joining,
    /// Returns are decided; counted in returns.
    Judging,
    /// Results are written.
    Writing,
}

/// Who is told how far a run is, and may end it.
pub trait Go: Sync {
    /// A stage begins, of so many steps.
    fn stage(&self, stage: Stage, of: Option<u64>);
    /// So many steps of the stage are done, and so many rows read or returns judged by this run. Whether to go on.
    fn at(&self, done: u64, rows: u64) -> bool;
}

/// Why a run did not come to its end.
#[derive(Debug)]
pub enum Failed {
    /// Results of an earlier run are in the folder.
    Done,
    /// This file is in the folder, and a run would write over it.
    There(PathBuf),
    /// Another run works in the folder.
    Running,
    /// A run in this folder was stopped, and may be gone on with.
    Unfinished,
    /// What was stopped is another audit: of other inputs, another policy or another mapping.
    Another(String),
    /// The mapping has lines of sales, and no file of sales is given.
    NoSales,
    /// By the mapping returns carry their sales, and files of sales are given.
    SalesInReturns,
    /// The other policy has another currency.
    Currencies(&'static str, &'static str),
    /// A stage failed.
    Stage(AuditError),
    /// A file could not be written or read.
    File(FileError),
    /// The system gives no threads.
    Threads(String),
    /// Not every row that was read is accounted for: a fault of takeback.
    Lost(Box<Counts>),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("there are results already"),
            Self::There(path) => write!(f, "`{}` is there already", path.display()),
            Self::Running => f.write_str("another audit is running here"),
            Self::Unfinished => f.write_str("an audit was stopped here"),
            Self::Another(what) => write!(f, "the audit that was stopped here had {what}"),
            Self::NoSales => f.write_str("the mapping has a table `[sale]`, and no file of sales is given"),
            Self::SalesInReturns => {
                f.write_str("by the mapping, returns carry their sales, and files of sales are given")
            }
            Self::Currencies(now, other) => write!(f, "the policy is in {now}, and the other one in {other}"),
            Self::Stage(error) => error.fmt(f),
            Self::File(FileError { path, writing, error }) => {
                let what = if *writing { "write" } else { "read" };
                write!(f, "cannot {what} `{}`: {error}", path.display())
            }
            Self::Threads(message) => f.write_str(message),
            Self::Lost(counts) => write!(f, "rows are not accounted for: {counts:?}"),
        }
    }
}

impl std::error::Error for Failed {}

impl From<AuditError> for Failed {
    fn from(error: AuditError) -> Self {
        Self::Stage(error)
    }
}

impl From<FileError> for Failed {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// Runs an audit.
///
/// # Errors
/// When it could not be done; what is done is kept for a run that goes on, and nothing that is half done has its final name.
pub fn run(job: &Job<'_>, go: &dyn Go) -> Result<Audited, Failed> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = job.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(|error| Failed::Threads(error.to_string()))?;
    pool.install(|| stages(job, go))
}

fn stages(job: &Job<'_>, go: &dyn Go) -> Result<Audited, Failed> {
    if let Some((other, _)) = job.other {
        let [now, other] = [job.policy, other].map(|policy| policy.program().currency.code());
        if now != other {
            return Err(Failed::Currencies(now, other));
        }
    }
    match (&job.mapping.sale, job.sales) {
        (Some(_), []) => return Err(Failed::NoSales),
        (None, [_, ..]) => return Err(Failed::SalesInReturns),
        (Some(_), [_, ..]) | (None, []) => {}
    }
    let Begun { mut given, sales, returns, place } = begin(job, go)?;
    let work = place.work.clone();
    let read = work.join("read");
    let rejects = work.join(REJECTS);
    go.stage(Stage::Reading, Some(sales.iter().chain(&returns).filter_map(Input::bytes).sum()));
    let options = SpreadOptions { max_rejects: job.max_rejects, parts: job.parts, rejects };
    let told = |reading: &Reading<'_>| go.at(reading.bytes, reading.rows);
    let spread = match spread(job.mapping, (&sales, &returns), &read, &options, &told) {
        Ok(spread) => spread,
        Err(error) => return Err(unread(place, error)),
    };
    hashed(&mut given, &spread.files, &work)?;
    let wanted = wanted::wanted(job.policy);
    go.stage(Stage::Joining, Some(Cases::steps(job.mapping, &spread, &wanted) as u64));
    let cases = Cases::prepare(job.mapping, &read, &spread, wanted, &|parts| go.at(parts as u64, 0))?;
    let judged = work.join("judged");
    fs::create_dir_all(&judged).map_err(|error| FileError::writing(&judged, error))?;
    go.stage(Stage::Judging, Some(spread.totals().1.mapped));
    let done = Done::default();
    let parts = (0..cases.parts()).into_par_iter().with_max_len(1);
    parts.try_for_each(|number| judge(job, &cases, &judged, number, &done, go))?;
    go.stage(Stage::Writing, None);
    let (of_sales, of_returns) = spread.totals();
    let counts = Counts {
        returns_read: of_returns.read,
        rejected: of_returns.rejected,
        left_out: of_returns.skipped,
        not_returns: of_returns.other,
        sales_read: of_sales.read,
        sales: of_sales.mapped,
        sales_rejected: of_sales.rejected,
        sales_left_out: of_sales.skipped,
        not_sales: of_sales.other,
        without_rows: spread.without_rows(),
        ..Counts::default()
    };
    let audited = finish(Finish {
        policy: job.policy,
        bundle: job.bundle.0,
        about: About::new(job.policy, job.bundle.1),
        given,
        counts,
        other: job.other.map(|(other, address)| About::new(other, address)),
        parts: cases.parts(),
        rejects: (&options.rejects, &spread.rejects),
        work: &judged,
        out: job.out,
        explain: &|cases| crate::explain::explain_case(job.policy, cases).unwrap_or_else(|error| error.to_string()),
    })?;
    if !audited.manifest.counts.reconcile() {
        let path = job.out.join(MANIFEST);
        fs::remove_file(&path).map_err(|error| FileError::writing(&path, error))?;
        return Err(Failed::Lost(Box::new(audited.manifest.counts)));
    }
    fs::remove_dir_all(&work).map_err(|error| FileError::writing(&work, error))?;
    Ok(audited)
}

/// How far judging is, in returns.
#[derive(Default)]
struct Done {
    /// By this run and those before.
    all: AtomicU64,
    now: AtomicU64,
}

impl Done {
    fn add(&self, returns: u64, go: &dyn Go) -> bool {
        let now = self.now.fetch_add(returns, Ordering::Relaxed) + returns;
        go.at(self.all.fetch_add(returns, Ordering::Relaxed) + returns, now)
    }
}

/// Judges a part, unless an earlier run has.
fn judge(job: &Job<'_>, cases: &Cases<'_>, work: &Path, number: usize, done: &Done, go: &dyn Go) -> Result<(), Failed> {
    if let Some(judged) = part::judged(work, number) {
        let all = done.all.fetch_add(judged.tally.all.returns, Ordering::Relaxed) + judged.tally.all.returns;
        if !go.at(all, done.now.load(Ordering::Relaxed)) {
            return Err(Failed::Stage(AuditError::Stopped));
        }
        return Ok(());
    }
    let mut judging = Judging { job, work, part: Part::new(work, number), ready: Vec::new(), found: Vec::new() };
    let mut failed = None;
    let read = cases.read(number, &mut |batch| {
        let rows = batch.num_rows() as u64;
        failed = judging.take(batch).err();
        if failed.is_none() && done.add(rows, go) { Ok(()) } else { Err(AuditError::Stopped) }
    });
    read.map_err(|error| failed.unwrap_or(Failed::Stage(error)))?;
    judging.finish()
}

/// How many batches of a part are judged at once.
const AT_ONCE: usize = 2;

/// A part that is being judged. Threads that have no part of their own help: with a batch, or by keeping what was found.
struct Judging<'j> {
    job: &'j Job<'j>,
    work: &'j Path,
    part: Part<'j>,
    /// Batches that are to be judged.
    ready: Vec<RecordBatch>,
    /// What was found of those before.
    found: Vec<(RecordBatch, Audit, Option<WhatIf>)>,
}

impl Judging<'_> {
    fn take(&mut self, batch: RecordBatch) -> Result<(), Failed> {
        self.ready.push(batch);
        if self.ready.len() < AT_ONCE { Ok(()) } else { self.step() }
    }

    /// Judges what is ready, and meanwhile keeps what was found before.
    fn step(&mut self) -> Result<(), Failed> {
        let Self { job, work, part, ready, found } = self;
        let (kept, judged) = rayon::join(
            || {
                found.drain(..).try_for_each(|(batch, audit, what_if)| {
                    what_if.map_or(Ok(()), |what_if| part.otherwise(what_if))?;
                    part.push(&batch, &audit)
                })
            },
            || {
                let judged = ready.par_drain(..).map(|batch| {
                    let audit = audit_batch(job.policy, &batch, job.options)?;
                    let what_if = job.other.map(|(other, _)| what_if(job.policy, other, &batch)).transpose()?;
                    Ok((batch, audit, what_if))
                });
                judged.collect::<Result<Vec<_>, BatchError>>()
            },
        );
        kept?;
        *found = judged.map_err(|error| Failed::Stage(crate::spread::work(work, error)))?;
        Ok(())
    }

    fn finish(mut self) -> Result<(), Failed> {
        // Of the last batches, first they are judged, then what was found of them is kept.
        self.step()?;
        self.step()?;
        self.part.finish()?;
        Ok(())
    }
}
