//! Past returns judged by the same policy in three ways, in one run: by the audit, by hand in Rust, and as SQL in DuckDB.
//! `cargo bench -p takeback-audit --bench audit -- FOLDER`, where `FOLDER` (or `TAKEBACK_DATA`) has `returns-sf1.parquet`, `returns-sf1.csv` and, if
//! wanted, the same of `sf10`; `three-channels/README.md` tells how to make them. `TAKEBACK_PYTHON` names a Python that has duckdb, `TAKEBACK` the command
//! whose `audit` is measured, if it is not the one that `cargo build --release -p takeback-cli` makes. What is not there is left out, and said to be.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a bench stops at what is wrong, prints what it finds, and its ratios are no money"
)]

mod by_hand;
mod held;

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Of each side the fastest counts.
const ROUNDS: usize = 3;
/// What the system counts time of processors in.
const TICKS: f64 = 100.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["by-hand", source, out] => by_hand(Path::new(source), Path::new(out)),
        [.., "--bench"] | ["--bench", ..] => {
            let folder = arguments.iter().find(|argument| *argument != "--bench").cloned();
            match folder.or_else(|| std::env::var("TAKEBACK_DATA").ok()) {
                Some(folder) => bench(Path::new(&folder)),
                None => println!("skipped: name the folder of the data, as benches/three-channels/README.md tells"),
            }
        }
        _ => {}
    }
}

fn by_hand(source: &Path, out: &Path) {
    let run = if is_csv(source) { by_hand::csv::run } else { by_hand::parquet::run };
    run(source, out);
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "csv")
}

fn bench(folder: &Path) {
    let work = tempfile::tempdir().expect("a folder to work in");
    for name in ["returns-sf1.parquet", "returns-sf1.csv", "returns-sf10.parquet", "returns-sf10.csv"] {
        let source = folder.join(name);
        if source.is_file() {
            compare(&source, work.path());
        } else {
            println!("{name}: skipped, it is not in {}", folder.display());
        }
    }
}

/// One of those who judge.
struct Side {
    name: &'static str,
    command: Command,
    /// The file it writes its answers to; of the audit, the folder.
    out: PathBuf,
    best: Option<Cost>,
}

#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    /// Seconds of all processors.
    processors: f64,
    /// Most memory at one time, in KiB.
    memory: u64,
}

fn compare(source: &Path, work: &Path) {
    let mut sides: Vec<Side> =
        [in_rust(source, work), in_duckdb(source, work), by_audit(source, work)].into_iter().flatten().collect();
    for _ in 0..ROUNDS {
        for side in &mut sides {
            let _ = fs::remove_dir_all(&side.out);
            let cost = run(&mut side.command);
            if side.best.is_none_or(|best| cost.wall < best.wall) {
                side.best = Some(cost);
            }
        }
    }
    let rows = answers(&sides[0].out).map(|batch| batch.num_rows()).sum::<usize>();
    println!("{}: {rows} returns", source.display());
    for side in &sides {
        if side.out.is_dir() {
            let first = if is_csv(source) { 2 } else { 0 };
            let (other, all) =
                held::against(answers(&sides[0].out), answers(&side.out.join("findings.parquet")), first);
            match other.first() {
                None => println!("  the audit judges all {all} returns as they are judged by hand"),
                Some((row, found, by_hand)) => println!(
                    "  the audit judges {} of {all} returns otherwise, first the one in row {row}: {found:?}, by hand {by_hand:?}",
                    other.len(),
                ),
            }
        } else {
            same(&sides[0].out, &side.out);
        }
        let (Some(best), Some(first)) = (side.best, sides[0].best) else { continue };
        let wall = best.wall.as_secs_f64();
        println!(
            "  {:<8} {wall:>7.2} s, {:>5.2} times by hand, {:>9.0} returns a second, {:>9.0} for each core in use, {:>5} MiB at most",
            side.name,
            wall / first.wall.as_secs_f64(),
            rows as f64 / wall,
            rows as f64 / best.processors,
            best.memory / 1024,
        );
    }
}

fn in_rust(source: &Path, work: &Path) -> Option<Side> {
    let out = work.join("by-hand.parquet");
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.arg("by-hand").args([source, &out]);
    Some(Side { name: "by hand", command, out, best: None })
}

fn in_duckdb(source: &Path, work: &Path) -> Option<Side> {
    let python = std::env::var("TAKEBACK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import duckdb"]).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("DuckDB: skipped, {python} has no duckdb");
        return None;
    }
    let out = work.join("duckdb.parquet");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut command = Command::new(python);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/three-channels/judge.py");
    command.arg(script).args([source, &out]).arg(cores.to_string());
    Some(Side { name: "DuckDB", command, out, best: None })
}

fn by_audit(source: &Path, work: &Path) -> Option<Side> {
    let own = std::env::current_exe().ok()?;
    let built = own.parent()?.parent()?.join("takeback");
    let takeback = std::env::var_os("TAKEBACK").map_or(built, PathBuf::from);
    let found = Command::new(&takeback).args(["audit", "--help"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("takeback audit: skipped, {} does not have it", takeback.display());
        return None;
    }
    let out = work.join("audit");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/three-channels");
    let mut command = Command::new(takeback);
    command.arg("audit").arg("--policy").arg(&folder).arg("--map").arg(folder.join("mapping.toml"));
    command.arg("--returns").arg(source).arg("--out").arg(&out).stdout(Stdio::null()).stderr(Stdio::null());
    Some(Side { name: "audit", command, out, best: None })
}

/// Runs a command to its end, and looks at its memory meanwhile.
fn run(command: &mut Command) -> Cost {
    let (before, start) = (of_children(), Instant::now());
    let mut child = command.spawn().expect("a command that starts");
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let done = loop {
        memory = memory.max(most_memory(&status).unwrap_or_default());
        match child.try_wait().expect("a child of ours") {
            Some(done) => break done,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let wall = start.elapsed();
    // 1: there are findings.
    assert!(matches!(done.code(), Some(0 | 1)), "{command:?}");
    Cost { wall, processors: of_children() - before, memory }
}

/// `VmHWM:   70000 kB`.
fn most_memory(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

/// Seconds of processors that children took which have ended: the 16th and 17th field of `/proc/self/stat`, counted from 1.
fn of_children() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace().skip(13).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}

fn answers(path: &Path) -> impl Iterator<Item = arrow::array::RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("answers")).expect("a Parquet file");
    reader.with_batch_size(8192).build().expect("a reader").map(|batch| batch.expect("a batch"))
}

/// The same answers of the same returns, in whatever order: DuckDB does not always keep that of the source.
fn same(one: &Path, other: &Path) {
    assert_eq!(sum(one), sum(other), "{} and {} have the same rows", one.display(), other.display());
}

/// How many rows, and the sum of their hashes.
fn sum(path: &Path) -> (usize, u128) {
    let mut all = (0, 0_u128);
    for batch in answers(path) {
        let columns: Vec<_> =
            batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &FormatOptions::default())).collect();
        for row in 0..batch.num_rows() {
            let mut hasher = DefaultHasher::new();
            for column in &columns {
                column.as_ref().expect("a column that can be written").value(row).to_string().hash(&mut hasher);
            }
            all = (all.0 + 1, all.1.wrapping_add(u128::from(hasher.finish())));
        }
    }
    all
}
