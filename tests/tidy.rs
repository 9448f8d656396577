//! Rules of the repository that a machine can keep.

use std::path::Path;

use crate::cases::root;
use crate::docs::documents;

/// Rungs of the ladder (ARCHITECTURE.md), lowest first.
const LADDER: &[&[&str]] = &[
    &["source", "terms", "date", "money", "diagnostic", "once"],
    &["facts", "messages"],
    &["program", "syntax"],
    &["check", "model", "analysis", "shape", "bundle"],
    &["compile", "request", "decision"],
    &["eval", "record", "scenario"],
    &["policy", "mutants", "api", "render", "wasm"],
];

/// Steps on one rung that are allowed: from, to.
const ALONG: &[(&str, &str)] = &[
    ("diagnostic", "source"),
    ("check", "model"),
    ("check", "analysis"),
    ("analysis", "model"),
    ("record", "eval"),
    ("scenario", "eval"),
    ("api", "policy"),
    ("mutants", "policy"),
    ("api", "render"),
    ("wasm", "api"),
    ("decision", "request"),
];

/// Modules that run without the front end.
const WITHOUT_FRONT_END: &[&str] = &["program", "request", "decision", "eval", "record", "facts", "bundle"];

fn sources(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn rung(module: &str) -> Option<usize> {
    LADDER.iter().position(|rung| rung.contains(&module))
}

#[test]
fn ladder() {
    let src = root().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    let mut uses = 0;
    for file in files {
        let inside = file.strip_prefix(&src).expect("a file of src").to_string_lossy().into_owned();
        let module = inside.split(['/', '.']).next().unwrap_or_default().to_owned();
        if module == "lib" {
            continue;
        }
        let from = rung(&module)
            .unwrap_or_else(|| panic!("`{module}` has no rung: add it to the ladder and to ARCHITECTURE.md"));
        let text = std::fs::read_to_string(&file).expect("a source can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = code.get(at + "crate::".len()..).unwrap_or_default();
            let target: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let line = code.get(..at).and_then(|before| before.lines().last()).unwrap_or_default();
            if target.is_empty() || target == module || line.trim_start().starts_with("//") {
                continue;
            }
            let Some(to) = rung(&target) else { continue };
            uses += 1;
            let up = to > from || (to == from && !ALONG.contains(&(module.as_str(), target.as_str())));
            let front =
                WITHOUT_FRONT_END.contains(&module.as_str()) && ["syntax", "check", "model"].contains(&target.as_str());
            if up || front {
                wrong.push(format!("{inside} uses {target}"));
            }
        }
    }
    assert!(uses > 50, "the test reads the sources");
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "steps up the ladder:\n{}", wrong.join("\n"));
}

#[test]
fn the_architecture_tells_this_ladder() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let rungs =
        text.lines().skip_while(|line| !line.starts_with("## The ladder")).skip_while(|line| *line != "```text");
    let mut told = Vec::new();
    let mut steps = Vec::new();
    for line in rungs.skip(1).take_while(|line| *line != "```") {
        let mut rung = Vec::new();
        for group in line.split("  ").skip(1).map(str::trim).filter(|group| !group.is_empty()) {
            let (module, used) = group.split_once(" → ").unwrap_or((group, ""));
            rung.push(module.to_owned());
            steps.extend(
                used.split(", ").filter(|used| !used.is_empty()).map(|used| (module.to_owned(), used.to_owned())),
            );
        }
        rung.sort();
        told.insert(0, rung);
    }
    let mut ladder: Vec<Vec<String>> =
        LADDER.iter().map(|rung| rung.iter().map(|module| (*module).to_owned()).collect()).collect();
    ladder.iter_mut().for_each(|rung| rung.sort());
    assert_eq!(told, ladder, "the rungs in ARCHITECTURE.md");
    let mut along: Vec<(String, String)> = ALONG.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    along.sort();
    steps.sort();
    assert_eq!(steps, along, "the steps along a rung in ARCHITECTURE.md");
}

#[test]
fn the_code_map_is_whole() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let map: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    let paths: Vec<&str> = map
        .iter()
        .filter_map(|line| line.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    let gone: Vec<&&str> = paths.iter().filter(|path| !root().join(path).exists()).collect();
    assert!(gone.is_empty(), "in the code map, and not there: {gone:?}");
    let named: Vec<&str> = paths
        .iter()
        .map(|path| path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches('/'))
        .collect();
    let missing: Vec<&str> =
        LADDER.iter().copied().flatten().copied().filter(|module| !named.contains(module)).collect();
    assert!(missing.is_empty(), "not in the code map: {missing:?}");
}

#[test]
fn every_changelog_has_an_open_entry() {
    let text = std::fs::read_to_string(root().join("CHANGELOG.md")).expect("CHANGELOG.md");
    assert!(text.contains("## Unreleased"), "CHANGELOG.md has no `Unreleased` part");
}

#[test]
fn documents_name_files_that_are_there() {
    let mut missing = Vec::new();
    for path in documents() {
        let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (at, _) in text.match_indices("](") {
            let target: String =
                text.get(at + 2..).unwrap_or_default().chars().take_while(|c| *c != ')' && *c != '#').collect();
            if !target.is_empty() && !target.contains("://") && !path.parent().expect("a folder").join(&target).exists()
            {
                missing.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(missing.is_empty(), "links to nothing:\n{}", missing.join("\n"));
}
