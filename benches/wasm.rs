//! What a decision costs in WebAssembly, in Node and in Chromium, beside the native engine in the same run
//! (docs/performance.md). `cargo xtask build-pkg`, then `cargo bench --bench wasm`.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a bench stops at what is wrong")]

#[path = "peer/requests.rs"]
mod requests;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::json;
use takeback::Policy;
use takeback::request::Request;
use takeback::source::SourceSet;

const COUNT: usize = 10_000;
const PIECE: usize = 250;
const ROUNDS: usize = 15;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = files(&root.join("policies/stores/best-buy"));
    let mut sources = SourceSet::new();
    for (name, text) in &files {
        sources.add(name, text).expect("a new name");
    }
    let policy = Policy::compile(&sources).expect("a policy in order");
    let texts: Vec<String> =
        requests::requests(COUNT).into_iter().map(|json| String::from_utf8(json).expect("a request is text")).collect();
    let read = |text: &String| policy.request(text.as_bytes()).expect("a request in order");
    let requests: Vec<Request> = texts.iter().map(read).collect();
    let written =
        |request: &Request| serde_json::to_string(&policy.decide(request)).expect("a decision can be written");
    let bundle = policy.bundle(&[]);
    let native = json!({
        "text to text": fastest(&texts, |text| written(&read(text))),
        "read request to text": fastest(&requests, written),
        "reading": fastest(&texts, read),
        "compiling": fastest(&[&sources], |sources| Policy::compile(sources).expect("a policy in order")),
        "loading": fastest(&[&bundle], |bundle| Policy::load(bundle, &[]).expect("a bundle in order")),
    });
    let decisions: Vec<String> = requests.iter().map(written).collect();
    let work = json!({ "files": files, "requests": texts, "decisions": decisions, "native": native });
    let target = root.join("target");
    fs::create_dir_all(&target).expect("target can be made");
    fs::write(target.join("bench-wasm.json"), work.to_string()).expect("target can be written");
    let done = Command::new("node").arg(root.join("pkg/bench/decide.js")).status().expect("node is installed");
    assert!(done.success(), "the same decisions in WebAssembly");
}

/// Nanoseconds for one. In pieces so short that little else happens on the machine meanwhile; of each the fastest round counts.
fn fastest<T, R>(all: &[T], act: impl Fn(&T) -> R) -> u64 {
    let round = |piece: &[T]| {
        let start = Instant::now();
        for one in piece {
            drop(black_box(act(one)));
        }
        start.elapsed().as_nanos()
    };
    let pieces = all.chunks(PIECE).map(|piece| (0..ROUNDS).map(|_| round(piece)).min().unwrap_or_default());
    let each = pieces.sum::<u128>() / u128::try_from(all.len()).expect("a number");
    u64::try_from(each).expect("a short time")
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the folder of the policy").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "takeback")).collect();
    files.sort();
    let name = |path: &Path| path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), fs::read_to_string(path).expect("a file of the policy"))).collect()
}
