//! `tests/diagnostics`: policies and what is said about them. A folder `T0101-fact` holds the smallest policy that gives
//! T0101 and nothing else; a folder `many-…` holds several mistakes at once. `expected.txt` is the text for a terminal.
//! `_to-improve` holds findings whose words we are not proud of; they are run like the others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use takeback::Policy;
use takeback::diagnostic::{Code, Report};
use takeback::render::{Style, render};
use takeback::source::SourceSet;

use crate::cases::{files, root};

/// Codes that no folder can show, and where they are shown instead.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::FileTooLarge, "a file of more than a megabyte is made in tests/syntax.rs"),
    (Code::NotUtf8, "texts are UTF-8 when they come to the library; the command line reads the files and says so"),
];

#[test]
fn findings_are_worded_as_expected() {
    let folders = folders();
    let mut failures = Vec::new();
    for folder in &folders {
        if let Err(why) = run(folder) {
            failures.push(format!("{}: {why}", folder.display()));
        }
    }
    assert!(failures.is_empty(), "{} of {} folders fail\n{}", failures.len(), folders.len(), failures.join("\n"));
}

#[test]
fn every_code_has_a_folder() {
    let shown: Vec<Code> = folders().iter().filter_map(|folder| code(folder)).collect();
    let missing: Vec<Code> = Code::ALL.iter().copied().filter(|code| !shown.contains(code)).collect();
    let elsewhere: Vec<Code> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    assert_eq!(missing, elsewhere, "codes without a folder in tests/diagnostics");
}

fn folders() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder of the repository can be read");
        entries.map(|entry| entry.expect("an entry of a folder").path()).filter(|path| path.is_dir()).collect()
    };
    let corpus = root().join("tests/diagnostics");
    let mut folders: Vec<PathBuf> =
        inside(&corpus).into_iter().filter(|folder| !name(folder).starts_with('_')).collect();
    let improve = corpus.join("_to-improve");
    if improve.exists() {
        folders.extend(inside(&improve));
    }
    folders.sort();
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// The code in a folder's name; none for `many-…`.
fn code(folder: &Path) -> Option<Code> {
    name(folder).split('-').next().and_then(|number| number.parse().ok())
}

fn run(folder: &Path) -> Result<(), String> {
    let mut sources = SourceSet::new();
    for file in files(folder, "takeback").into_iter().chain(files(folder, "ftl")) {
        let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        sources.add(name(&file), text).map_err(|error| error.to_string())?;
    }
    let report = match Policy::compile(&sources) {
        Ok(policy) if code(folder) == Some(Code::Unverified) => {
            let all = policy.warnings().iter().chain(policy.unverified().iter()).cloned().collect();
            Report::new(all, &sources)
        }
        Ok(policy) => policy.warnings().clone(),
        Err(report) => report,
    };
    let found = render(&report, &sources, Style::Plain);
    let expected = folder.join("expected.txt");
    if env::var_os("UPDATE").is_some() {
        fs::write(&expected, &found).map_err(|error| error.to_string())?;
    }
    right_codes(folder, &report)?;
    match fs::read_to_string(&expected).unwrap_or_default() {
        expected if expected == found => Ok(()),
        expected => Err(format!("expected\n{expected}\nfound\n{found}")),
    }
}

/// The code of the folder's name and no other, so that the policy is whole but for the one mistake it shows.
fn right_codes(folder: &Path, report: &Report) -> Result<(), String> {
    let found: BTreeSet<Code> = report.iter().map(|finding| finding.code).collect();
    match code(folder) {
        Some(code) if found.iter().eq([&code]) => Ok(()),
        Some(code) => Err(format!("{code} and no other code was expected, found {found:?}")),
        None if name(folder).starts_with("many-") && found.len() > 1 => Ok(()),
        None => Err("a folder is called after a code of the table, or `many-…` and shows several".to_owned()),
    }
}
