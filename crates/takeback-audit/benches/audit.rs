//! Past returns judged by the same policy in three ways, in one run: by the audit, by hand in Rust, and as SQL in DuckDB; by hand and as SQL once with
//! an answer for each return and once with the findings that the audit writes.
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

mod alike;
mod by_hand;
mod cost;
mod held;

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use alike::Findings;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use cost::Cost;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Of each side the fastest counts.
const ROUNDS: usize = 3;

const BY_HAND: &str = "by hand";
const DUCKDB: &str = "DuckDB";
const AUDIT: &str = "audit";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["by-hand", source, out] if out.ends_with(".parquet") => answers_by_hand(Path::new(source), Path::new(out)),
        ["by-hand", source, out] => findings_by_hand(source, Path::new(out)),
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

fn answers_by_hand(source: &Path, out: &Path) {
    let run = if is_csv(source) { by_hand::csv::run } else { by_hand::parquet::run };
    run(source, out);
}

fn findings_by_hand(source: &str, out: &Path) {
    let path = Path::new(source);
    let found = if is_csv(path) { by_hand::csv::found } else { by_hand::parquet::found };
    by_hand::tell::write(found(path), source, out);
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
    /// The file it writes its answers to; of findings, the folder.
    out: PathBuf,
    best: Option<Cost>,
}

fn compare(source: &Path, work: &Path) {
    let python = python();
    let in_duckdb = |out| Some(in_duckdb(python.as_ref()?, source, out));
    let audit = by_audit(source, work.join("audit"));
    let answering = [in_rust(source, work.join("by-hand.parquet")), in_duckdb(work.join("duckdb.parquet")), audit];
    let finding = [in_rust(source, work.join("by-hand")), in_duckdb(work.join("duckdb"))];
    let mut answering: Vec<Side> = answering.into_iter().flatten().collect();
    let mut finding: Vec<Side> = finding.into_iter().flatten().collect();
    rounds(&mut answering);
    rounds(&mut finding);
    let rows = answers(&answering[0].out).map(|batch| batch.num_rows()).sum::<usize>();
    println!("{}: {rows} returns", source.display());
    same_answers(source, &answering);
    // What the audit does is the same both times.
    finding.extend(answering.pop_if(|last| last.name == AUDIT));
    same_findings(&finding);
    let audit = finding.last().filter(|last| last.name == AUDIT);
    table("an answer for each return; of the audit, findings", rows, answering.iter().chain(audit));
    table("findings written, as Parquet and as CSV", rows, finding.iter());
}

fn rounds(sides: &mut [Side]) {
    for _ in 0..ROUNDS {
        for side in &mut *sides {
            let _ = fs::remove_dir_all(&side.out);
            let cost = cost::run(&mut side.command);
            if side.best.is_none_or(|best| cost.wall < best.wall) {
                side.best = Some(cost);
            }
        }
    }
}

/// All judge each return alike.
fn same_answers(source: &Path, sides: &[Side]) {
    for side in sides {
        if side.name != AUDIT {
            same(&sides[0].out, &side.out);
            continue;
        }
        let first = if is_csv(source) { 2 } else { 0 };
        let (other, all) = held::against(answers(&sides[0].out), answers(&side.out.join("findings.parquet")), first);
        match other.first() {
            None => println!("  the audit judges all {all} returns as they are judged by hand"),
            Some((row, found, by_hand)) => println!(
                "  the audit judges {} of {all} returns otherwise, first the one in row {row}: {found:?}, by hand {by_hand:?}",
                other.len(),
            ),
        }
    }
}

/// All write the same findings, as Parquet and as CSV: each is alike in all columns, and they stand in the same order.
fn same_findings(sides: &[Side]) {
    let found = Findings::of_csv(&sides[0].out.join("findings.csv"));
    for side in sides {
        let parquet = Findings::of_parquet(answers(&side.out.join("findings.parquet")));
        let csv = Findings::of_csv(&side.out.join("findings.csv"));
        for (other, form) in [(parquet, "Parquet"), (csv, "CSV")] {
            assert_eq!(found, other, "findings {}, and of {} as {form}", sides[0].name, side.name);
        }
    }
    println!("  each writes the same {} findings:", found.count());
    for (kind, sums) in &found.by_kind {
        let [.., at_stake] = sums.money;
        println!("    {kind:<24} {:>9}, {:>13}.{:02} at stake", sums.count, at_stake / 100, at_stake % 100);
    }
}

fn table<'s>(title: &str, rows: usize, sides: impl Iterator<Item = &'s Side>) {
    println!(
        "  | {title:<50} | seconds | by hand = 1 | DuckDB = 1 | returns a second | for each core in use | MiB at most |"
    );
    println!(
        "  |-{:-<50}-|--------:|------------:|-----------:|-----------------:|---------------------:|------------:|",
        ""
    );
    let costs: Vec<(&str, Cost)> = sides.filter_map(|side| Some((side.name, side.best?))).collect();
    let seconds = |name: &str| costs.iter().find(|(other, _)| *other == name).map(|(_, cost)| cost.wall.as_secs_f64());
    for (name, cost) in &costs {
        let wall = cost.wall.as_secs_f64();
        let times = |other| seconds(other).map_or("-".to_owned(), |other| format!("{:.2}", wall / other));
        println!(
            "  | {name:<50} | {wall:>7.2} | {:>11} | {:>10} | {:>16.0} | {:>20.0} | {:>11} |",
            times(BY_HAND),
            times(DUCKDB),
            rows as f64 / wall,
            rows as f64 / cost.processors,
            cost.memory / 1024,
        );
    }
}

fn in_rust(source: &Path, out: PathBuf) -> Option<Side> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.arg("by-hand").args([source, &out]);
    Some(Side { name: BY_HAND, command, out, best: None })
}

/// The Python that has DuckDB.
fn python() -> Option<String> {
    let python = std::env::var("TAKEBACK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import duckdb"]).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("DuckDB: skipped, {python} has no duckdb");
        return None;
    }
    Some(python)
}

fn in_duckdb(python: &str, source: &Path, out: PathBuf) -> Side {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut command = Command::new(python);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/three-channels/judge.py");
    command.arg(script).args([source, &out]).arg(cores.to_string());
    Side { name: DUCKDB, command, out, best: None }
}

fn by_audit(source: &Path, out: PathBuf) -> Option<Side> {
    let own = std::env::current_exe().ok()?;
    let built = own.parent()?.parent()?.join("takeback");
    let takeback = std::env::var_os("TAKEBACK").map_or(built, PathBuf::from);
    let found = Command::new(&takeback).args(["audit", "--help"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("takeback audit: skipped, {} does not have it", takeback.display());
        return None;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/three-channels");
    let mut command = Command::new(takeback);
    command.arg("audit").arg("--policy").arg(&folder).arg("--map").arg(folder.join("mapping.toml"));
    command.arg("--returns").arg(source).arg("--out").arg(&out).stdout(Stdio::null()).stderr(Stdio::null());
    Some(Side { name: AUDIT, command, out, best: None })
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
