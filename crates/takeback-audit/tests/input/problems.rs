//! Mappings with something wrong in them: each file of tests/input/problems and what is said about it. One that has a code for its name has that
//! and nothing else, and every code has one.

use std::path::PathBuf;

use takeback_audit::link::Wanted;
use takeback_audit::mapping::{Code, LinkBy, Mapping, Problems};
use takeback_audit::read::inputs;
use takeback_audit::spread::AuditError;

use super::{folder, joined};

fn paths() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder().join("problems")).expect("the folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    paths
}

/// What is wrong with a mapping, by itself or with files that it does not fit.
fn problems(path: &std::path::Path) -> Problems {
    let text = std::fs::read_to_string(path).expect("a mapping");
    let mapping = match Mapping::read("mapping.toml", &text) {
        Err(problems) => return problems,
        Ok(mapping) => mapping,
    };
    let files = folder().join("problems/files");
    let file = |name: &str| inputs(&[files.join(name).to_string_lossy().into_owned()]).expect("a file");
    let work = tempfile::tempdir().expect("a folder");
    let sales = if mapping.linking().by == LinkBy::Nothing { Vec::new() } else { file("sales.csv") };
    match joined(&mapping, (&sales, &file("returns.csv")), work.path(), None, Wanted::default()) {
        Err(AuditError::Mapping(problems)) => problems,
        Err(error) => panic!("{}: {error}", path.display()),
        Ok(_) => panic!("{}: nothing is wrong", path.display()),
    }
}

#[test]
fn mappings_are_refused_with_all_that_is_wrong() {
    let mut wrong = Vec::new();
    for path in paths() {
        let problems = problems(&path);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('M') {
            let codes: Vec<&str> = problems.iter().map(|problem| problem.code.word()).collect();
            assert!(codes.iter().all(|code| *code == name), "{name}: {codes:?}");
        }
        let actual = problems.to_string().replace(&format!("{}/", folder().join("problems/files").display()), "");
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &actual).expect("it can be written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}\n{actual}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now:\n{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_mapping_that_shows_it() {
    let shown: Vec<String> =
        paths().iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    for pair in Code::ALL.windows(2) {
        assert!(pair[0].word() < pair[1].word(), "{} is not before {}", pair[0].word(), pair[1].word());
    }
    let missing: Vec<&str> =
        Code::ALL.iter().map(|code| code.word()).filter(|code| !shown.iter().any(|name| name == code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Tools read the same of a mapping as of a policy, and every line of the plain form names the place.
#[test]
fn tools_are_told_the_same() {
    for path in paths() {
        let problems = problems(&path);
        let json = serde_json::to_value(problems.json()).expect("JSON");
        let told = json["diagnostics"].as_array().expect("a list");
        let (plain, count) = (problems.plain(), problems.iter().count());
        assert_eq!((told.len(), plain.lines().count()), (count, count));
        for ((told, line), problem) in told.iter().zip(plain.lines()).zip(problems.iter()) {
            assert_eq!(told["code"], problem.code.word());
            assert_eq!(told["message"], problem.message.as_str());
            assert_eq!(told["bytes"]["start"], problem.span.start);
            let begins = format!(
                "mapping.toml:{}:{}: error[{}]: ",
                told["start"]["line"],
                told["start"]["column"],
                problem.code.word()
            );
            assert!(line.starts_with(&begins), "{line}");
        }
    }
}
