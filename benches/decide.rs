//! One decision by the engine beside the same rules written by hand, on the same 10,000 requests in the same run
//! (docs/performance.md). `cargo bench --bench decide`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a bench stops at what is wrong, prints what it finds, and its ratios are no money"
)]

mod peer;

use std::hint::black_box;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use peer::{Visit, wire};
use takeback::Policy;
use takeback::decision::Decision;
use takeback::request::Request;
use takeback::source::SourceSet;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

const COUNT: usize = 10_000;
/// Of the comparison at the end; the fastest of each side counts.
const ROUNDS: usize = 15;

/// Everything both sides work on.
struct Work {
    policy: Policy,
    json: Vec<Vec<u8>>,
    requests: Vec<Request>,
    decisions: Vec<Decision>,
}

fn work() -> &'static Work {
    static WORK: OnceLock<Work> = OnceLock::new();
    WORK.get_or_init(|| {
        let policy = best_buy();
        let json = peer::requests::requests(COUNT);
        let requests: Vec<_> = json.iter().map(|json| policy.request(json).expect("a request in order")).collect();
        let decisions = requests.iter().map(|request| policy.decide(request)).collect();
        Work { policy, json, requests, decisions }
    })
}

fn visits() -> &'static [Visit<'static>] {
    static VISITS: OnceLock<Vec<Visit<'static>>> = OnceLock::new();
    VISITS.get_or_init(|| work().json.iter().map(|json| wire::read(json).expect("a request in order")).collect())
}

fn best_buy() -> Policy {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/stores/best-buy");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of the policy")
        .map(|entry| entry.expect("an entry of a folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "takeback"))
        .collect();
    files.sort();
    let mut sources = SourceSet::new();
    for file in files {
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        sources.add(name, std::fs::read_to_string(&file).expect("a file of the policy")).expect("a new name");
    }
    Policy::compile(&sources).expect("a policy in order")
}

fn written(decision: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(decision).expect("a decision can be written")
}

fn main() {
    for ((json, decision), visit) in work().json.iter().zip(&work().decisions).zip(visits()) {
        let same = written(decision) == written(&peer::decide(visit));
        assert!(same, "both sides answer the same: {}", String::from_utf8_lossy(json));
    }
    divan::main();
    if std::env::args().any(|argument| argument == "--bench") {
        compare();
    }
}

/// One after the other for each of the requests, over and over.
fn each<T: 'static, R>(bencher: divan::Bencher<'_, '_>, all: &'static [T], run: impl Fn(&'static T) -> R) {
    let mut all = all.iter().cycle();
    bencher.bench_local(|| drop(black_box(all.next().map(&run))));
}

#[divan::bench_group(sample_count = 20, sample_size = 2_000)]
mod decide {
    #[divan::bench]
    fn engine(bencher: divan::Bencher<'_, '_>) {
        let policy = &super::work().policy;
        super::each(bencher, &super::work().requests, |request| policy.decide(request));
    }
    #[divan::bench]
    fn by_hand(bencher: divan::Bencher<'_, '_>) {
        super::each(bencher, super::visits(), super::peer::decide);
    }
}

#[divan::bench_group(sample_count = 20, sample_size = 2_000)]
mod json_to_json {
    #[divan::bench]
    fn engine(bencher: divan::Bencher<'_, '_>) {
        super::each(bencher, &super::work().json, |json| super::engine_json(json));
    }
    #[divan::bench]
    fn by_hand(bencher: divan::Bencher<'_, '_>) {
        super::each(bencher, &super::work().json, |json| super::peer_json(json));
    }
}

#[divan::bench_group(sample_count = 20, sample_size = 2_000)]
mod read {
    #[divan::bench]
    fn engine(bencher: divan::Bencher<'_, '_>) {
        let policy = &super::work().policy;
        super::each(bencher, &super::work().json, |json| policy.request(json));
    }
    #[divan::bench]
    fn by_hand(bencher: divan::Bencher<'_, '_>) {
        super::each(bencher, &super::work().json, |json| super::wire::read(json));
    }
}

#[divan::bench_group(sample_count = 20, sample_size = 2_000)]
mod write {
    #[divan::bench]
    fn engine(bencher: divan::Bencher<'_, '_>) {
        super::each(bencher, &super::work().decisions, super::written);
    }
    #[divan::bench]
    fn by_hand(bencher: divan::Bencher<'_, '_>) {
        let decisions: &[_] = Vec::leak(super::visits().iter().map(super::peer::decide).collect());
        super::each(bencher, decisions, super::written);
    }
}

fn engine_json(json: &[u8]) -> Vec<u8> {
    let policy = &work().policy;
    written(&policy.decide(&policy.request(json).expect("a request in order")))
}

fn peer_json(json: &[u8]) -> Vec<u8> {
    written(&peer::decide(&wire::read(json).expect("a request in order")))
}

/// Both sides in turn, so that whatever else the machine does falls on both.
fn compare() {
    let Work { policy, json, requests, decisions } = work();
    let by_hand: Vec<_> = visits().iter().map(peer::decide).collect();
    println!("\nfastest of {ROUNDS} rounds over {COUNT} requests, one decision   engine     by hand   ratio");
    ratio("decide", requests, |request| policy.decide(request), visits(), peer::decide);
    ratio("JSON to JSON", json, |json| engine_json(json), json, |json| peer_json(json));
    ratio("read", json, |json| policy.request(json), json, |json| wire::read(json));
    ratio("write", decisions, written, &by_hand, written);
}

fn ratio<'a, A, B, R, S>(
    name: &str,
    ours: &'a [A],
    engine: impl Fn(&'a A) -> R,
    theirs: &'a [B],
    by_hand: impl Fn(&'a B) -> S,
) {
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        best = [best[0].min(time(ours, &engine)), best[1].min(time(theirs, &by_hand))];
    }
    let [engine, by_hand] = best.map(|time| time.as_secs_f64() * 1e6 / COUNT as f64);
    println!("{name:<60} {engine:>6.2} us {by_hand:>8.2} us {:>6.2}", engine / by_hand);
}

fn time<'a, T, R>(all: &'a [T], run: &impl Fn(&'a T) -> R) -> Duration {
    let start = Instant::now();
    for one in all {
        drop(black_box(run(black_box(one))));
    }
    start.elapsed()
}
