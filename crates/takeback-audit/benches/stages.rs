//! What everything before judging costs: rows read, mapped and spread to parts; returns joined; cases handed out. Nothing is judged.
//! `cargo bench -p takeback-audit --bench stages -- MAPPING RETURNS [SALES]`, where `TAKEBACK_WANTED=histories` wants every history too, and
//! `TAKEBACK_THREADS` says how many threads there are.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a bench stops at what is wrong, prints what it finds, and its seconds are no money"
)]

use std::fs;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use takeback_audit::link::{Back, Cases, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::{Input, inputs};
use takeback_audit::spread::{SpreadOptions, spread};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [mapping, returns, sales @ ..] = arguments.as_slice() else {
        println!("skipped: name a mapping, a file of returns and, where returns do not carry their sale, one of sales");
        return;
    };
    let found = |names: &[String]| inputs(names).expect("files");
    let threads = std::env::var("TAKEBACK_THREADS").ok().and_then(|threads| threads.parse().ok()).unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| stages(Path::new(mapping), &found(std::slice::from_ref(returns)), &found(sales)));
}

fn stages(mapping: &Path, returns: &[Input], sales: &[Input]) {
    let text = fs::read_to_string(mapping).expect("a mapping");
    let mapping = Mapping::read("mapping.toml", &text).expect("a mapping without errors");
    let folder = tempfile::tempdir().expect("a folder to work in");
    let work = folder.path().join("read");
    let options = SpreadOptions { rejects: folder.path().join("rejects.csv"), ..SpreadOptions::default() };
    let begin = Instant::now();
    let spread = spread(&mapping, (sales, returns), &work, &options, &|_| true).expect("rows");
    let (of_sales, of_returns) = spread.totals();
    let rows = of_sales.read + of_returns.read;
    println!("{rows} rows, {} parts, {} threads", spread.parts, rayon::current_num_threads());
    told("reading", begin, rows, &work);
    let back = std::env::var("TAKEBACK_WANTED").is_ok_and(|wanted| wanted == "histories").then_some(Back::EVER);
    let wanted = Wanted { customer: back, household: back, clerk: back, item: back, rest: true, ..Wanted::default() };
    let begin = Instant::now();
    let cases = Cases::prepare(&mapping, &work, &spread, wanted, &|_| true).expect("joined cases");
    told("joining", begin, rows, &work);
    let begin = Instant::now();
    let read = |part: usize| {
        let (mut rows, mut entries) = (0, 0);
        let each = &mut |batch: arrow::record_batch::RecordBatch| {
            rows += batch.num_rows() as u64;
            entries += batch.get_array_memory_size() as u64;
            Ok(())
        };
        cases.read(part, each).map(|_| (rows, entries))
    };
    let all = (0..cases.parts()).into_par_iter().map(|part| read(part).expect("cases"));
    let (rows, bytes) = all.reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1));
    told(&format!("handing out {rows} cases, {} MiB", bytes >> 20), begin, rows, &work);
}

fn told(stage: &str, begin: Instant, rows: u64, work: &Path) {
    let seconds = begin.elapsed().as_secs_f64();
    let files = fs::read_dir(work).expect("the work folder").map(|entry| entry.expect("a file").metadata());
    let bytes: u64 = files.map(|about| about.expect("a file").len()).sum();
    println!(
        "{seconds:>7.3} s, {:>9.0} rows a second, {:>6.1} MiB in the work folder, {:>5} MiB at most, {stage}",
        rows as f64 / seconds,
        bytes as f64 / f64::from(1 << 20),
        most_memory() / 1024,
    );
}

/// `VmHWM:   70000 kB`.
fn most_memory() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
}
