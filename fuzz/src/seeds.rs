//! `seeds <folder>`: writes what each target starts from, one file an input, from the policies and tests of the repository and
//! the kept corpus; and for texts a dictionary of what the grammar quotes. `seeds keep <target> <folder>`: keeps the inputs in a folder.

use std::path::{Path, PathBuf};
use std::{env, fs};

// Everything here is compiled to count what it reaches; the counters are libFuzzer's.
use libfuzzer_sys as _;
use takeback_fuzz::bundles::{CONTENT, FILE, framed};
use takeback_fuzz::kept;
use takeback_fuzz::policies::{self, FIRST, files, root};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    if let [keep, target, folder] = args.as_slice()
        && keep == "keep"
    {
        return kept::write(target, Path::new(folder));
    }
    let into = PathBuf::from(args.first().expect("the folder to write to"));
    let texts = texts();
    for target in ["parse", "check"] {
        let folder = fresh(&into.join("seeds").join(target));
        for (at, text) in texts.iter().enumerate() {
            fs::write(folder.join(format!("{at:04}")), text).expect("a seed is written");
        }
    }
    let folder = fresh(&into.join("seeds/decide"));
    for (at, request) in requests().iter().enumerate() {
        fs::write(folder.join(format!("{at:04}")), request).expect("a seed is written");
    }
    let folder = fresh(&into.join("seeds/bundle"));
    for (at, bundle) in bundles().iter().enumerate() {
        fs::write(folder.join(format!("{at:04}")), bundle).expect("a seed is written");
    }
    for target in ["parse", "check", "decide", "bundle"] {
        for (at, input) in kept::read(target).iter().enumerate() {
            fs::write(into.join("seeds").join(target).join(format!("kept-{at:04}")), input).expect("a seed is written");
        }
    }
    fs::write(into.join("texts.dict"), dictionary()).expect("a dictionary is written");
}

fn fresh(folder: &Path) -> PathBuf {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder is made");
    folder.to_owned()
}

/// Every policy text of the repository, whole where it is short, and each of its clauses.
fn texts() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("policies"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder of the repository");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "takeback") {
                found.push(fs::read_to_string(path).expect("a policy"));
            }
        }
    }
    found.retain(|text| text.len() <= 4096);
    found
}

/// Requests with the byte of their policy before them.
fn requests() -> Vec<Vec<u8>> {
    let names: Vec<Vec<PathBuf>> = policies::all().into_iter().map(|(files, _)| files).collect();
    let place = |policy: &[PathBuf]| names.iter().position(|name| name == policy);
    let with = |policy: &[PathBuf], request: &str| {
        let at = place(policy).and_then(|at| u8::try_from(at).ok()).expect("a policy with a byte");
        [&[FIRST.wrapping_add(at)], request.as_bytes()].concat()
    };
    let mut found: Vec<Vec<u8>> =
        policies::cases().iter().map(|(policy, request)| with(policy, &request.to_string())).collect();
    let folder = root().join("tests/request");
    let policy = [folder.join("policy.takeback")];
    for file in files(&folder, "txt") {
        let text = fs::read_to_string(file).expect("cases of requests");
        for case in text.split("== ").skip(1) {
            let json = case.split_once('\n').and_then(|(_, rest)| rest.split_once("\n--\n"));
            found.extend(json.map(|(json, _)| with(&policy, json)));
        }
    }
    found
}

/// The bundles of the repository as files; contents that are none; and of each policy its bundle, as it is and with some values
/// changed.
fn bundles() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for file in files(&root().join("tests/bundles/format-1"), "bundle") {
        let bytes = fs::read(file).expect("a bundle");
        found.extend([[&[FILE], bytes.as_slice()].concat(), [&[CONTENT], &bytes[16..]].concat()]);
    }
    let key = takeback::bundle::SecretKey::from_seed([1; 32]);
    for content in [&[][..], &[0xa0], &[0x80], &[0x81; 2048], &[0x9f, 0xff], &[0xfb; 9]] {
        let bundle = framed(content);
        let signed = takeback::bundle::sign(&bundle, &key).expect("a bundle can be signed");
        found.extend([
            [&[CONTENT], content].concat(),
            [&[FILE], bundle.as_slice()].concat(),
            [&[FILE], signed.as_slice()].concat(),
        ]);
    }
    let policies = u8::try_from(policies::all().len()).expect("a policy with a byte");
    for policy in 0..policies {
        let first = FIRST.wrapping_add(policy);
        found.push(vec![first]);
        // Any four values, each in another way.
        for way in 0..8 {
            let change = |n: u8| {
                [
                    policy.wrapping_mul(29) ^ n,
                    n.wrapping_mul(97) ^ way,
                    way.wrapping_add(n),
                    n.wrapping_mul(31) ^ policy,
                ]
            };
            found.push([vec![first], (0..4).flat_map(change).collect()].concat());
        }
    }
    found
}

/// What the grammar quotes, one a line, as libFuzzer reads it.
fn dictionary() -> String {
    let grammar = fs::read_to_string(root().join("grammar/takeback.pest")).expect("the grammar");
    let rules = grammar.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut words: Vec<&str> = rules
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || " -.,:={}()".contains(c)))
        .collect();
    words.sort_unstable();
    words.dedup();
    words.iter().map(|word| format!("\"{word} \"\n")).collect()
}
