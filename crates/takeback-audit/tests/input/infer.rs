//! Mappings proposed from files: of each folder of tests/input what is proposed for its files, in inferred.toml. A proposal reads as a mapping, unless it
//! says itself that a column is missing.

use takeback_audit::infer::infer;
use takeback_audit::mapping::Mapping;

use super::{files, folder};

#[test]
fn files_become_proposals() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).expect("the folder") {
        let folder = entry.expect("an entry").path();
        if !folder.is_dir() {
            continue;
        }
        let (mut all, returns) = files(&folder);
        returns
            .into_iter()
            .filter(|file| !all.contains(file))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|file| all.push(file));
        if all.is_empty() {
            continue;
        }
        count += 1;
        let actual = infer(&all).expect("a proposal").replace(&format!("{}/", folder.display()), "");
        match Mapping::read("inferred.toml", &actual) {
            Ok(_) => {}
            Err(problems) => {
                let missing = |message: &str| message.contains("does not say") || message.contains("on which clocks");
                assert!(
                    problems.iter().all(|problem| missing(&problem.message)) && actual.contains("#?"),
                    "{problems}"
                );
            }
        }
        let expected = folder.join("inferred.toml");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &actual).expect("it can be written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}\n{actual}", expected.display()));
        }
    }
    assert!(count > 4, "only {count} folders");
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now:\n{}", wrong.join("\n"));
}
