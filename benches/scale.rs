//! What a large policy and a large visit cost beside small ones (docs/performance.md, "Scale"). `cargo bench --bench scale`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a bench stops at what is wrong, prints what it finds, and its ratios are no money"
)]

mod clauses;

use std::hint::black_box;
use std::time::{Duration, Instant};

use takeback::Policy;
use takeback::request::Request;
use takeback::source::SourceSet;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

/// Clauses of the small and of the large policy.
const SIZES: [usize; 2] = [30, 1000];
const REQUESTS: usize = 1000;
/// Of the comparison at the end; the fastest of each side counts.
const ROUNDS: usize = 15;

fn sources(clauses: usize) -> SourceSet {
    let mut sources = SourceSet::new();
    sources.add("scale.takeback", clauses::policy(clauses)).expect("the only file");
    sources
}

fn policy(clauses: usize) -> Policy {
    Policy::compile(&sources(clauses)).expect("a policy in order")
}

fn requests(policy: &Policy, lines: usize) -> impl Iterator<Item = Request> + '_ {
    (0..REQUESTS).map(move |at| policy.request(clauses::request(at, lines).as_bytes()).expect("a request in order"))
}

fn main() {
    divan::main();
    if std::env::args().any(|argument| argument == "--bench") {
        compare();
    }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn compile(bencher: divan::Bencher<'_, '_>, clauses: usize) {
    let sources = sources(clauses);
    bencher.bench_local(|| Policy::compile(black_box(&sources)));
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1000)]
fn decide(bencher: divan::Bencher<'_, '_>, clauses: usize) {
    let policy = policy(clauses);
    let requests: Vec<Request> = requests(&policy, 1).collect();
    let mut all = requests.iter().cycle();
    bencher.bench_local(|| drop(black_box(all.next().map(|request| policy.decide(request)))));
}

#[divan::bench(args = [1000, 100_000], sample_count = 3, sample_size = 1)]
fn visit(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let policy = policy(30);
    let json = clauses::request(0, lines);
    bencher.bench_local(|| {
        let request = policy.request(json.as_bytes()).expect("a request in order");
        serde_json::to_vec(&policy.decide(&request)).expect("a decision can be written")
    });
}

/// Both policies take turns on the same requests.
fn compare() {
    let sides = SIZES.map(|clauses| {
        let policy = policy(clauses);
        let requests: Vec<Request> = requests(&policy, 1).collect();
        (policy, requests)
    });
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for ((policy, requests), best) in sides.iter().zip(&mut best) {
            let start = Instant::now();
            for request in requests {
                drop(black_box(policy.decide(black_box(request))));
            }
            *best = start.elapsed().min(*best);
        }
    }
    let [small, large] = best.map(|time| time.as_secs_f64() * 1e6 / REQUESTS as f64);
    println!("one decision: {small:.2} us under 30 clauses, {large:.2} us under 1000, {:.2} times", large / small);
}
