//! Mappings with something wrong in them: each file of tests/input/problems and what is said about it.

use std::path::PathBuf;

use takeback_audit::link::Wanted;
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;
use takeback_audit::spread::AuditError;

use super::{folder, joined};

#[test]
fn mappings_are_refused_with_all_that_is_wrong() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder().join("problems"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a mapping");
        let problems = match Mapping::read("mapping.toml", &text) {
            Err(problems) => problems,
            // What is not wrong by itself does not fit the files of the plain case.
            Ok(mapping) => {
                let plain = folder().join("plain");
                let file = |name: &str| inputs(&[plain.join(name).to_string_lossy().into_owned()]).expect("a file");
                let work = tempfile::tempdir().expect("a folder");
                let files = (&*file("sales.csv"), &*file("returns.csv"));
                match joined(&mapping, files, work.path(), None, Wanted::default()) {
                    Err(AuditError::Mapping(problems)) => problems,
                    Err(error) => panic!("{}: {error}", path.display()),
                    Ok(_) => panic!("{}: nothing is wrong", path.display()),
                }
            }
        };
        let actual = problems.render(false).replace(&format!("{}/", folder().join("plain").display()), "");
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &actual).expect("it can be written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}\n{actual}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now:\n{}", wrong.join("\n"));
}
