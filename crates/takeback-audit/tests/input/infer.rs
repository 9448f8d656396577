//! Mappings proposed from files: of each folder of tests/input what is proposed for its files, in inferred.toml, and what comes of them under it as it is,
//! in inferred.txt. A proposal reads as a mapping and rejects no row, unless it says itself what is open.
//!
//! The folders `amazon`, `lightspeed`, `sap`, `shopify`, `square` and `xero` have columns as exports of these have them (Amazon, Shopify and Xero after
//! public descriptions, 2024 to 2026; the others from memory); their rows are made up.

use takeback_audit::infer::infer;
use takeback_audit::link::Wanted;
use takeback_audit::mapping::{LinkBy, Mapping};
use takeback_audit::read::Input;

use super::{files, folder, joined, told};

/// What comes of files under a proposal as it is.
fn ran(mapping: &Mapping, sales: &[Input], returns: &[Input]) -> String {
    let sales = if matches!(mapping.linking().by, LinkBy::Nothing | LinkBy::Joined) { &[] } else { sales };
    let work = tempfile::tempdir().expect("a folder");
    match joined(mapping, (sales, returns), work.path(), Some(1), Wanted::default()) {
        Err(error) => format!("{error}\n"),
        Ok(joined) => {
            let told = told(&joined);
            let rows = told.lines().take_while(|line| !line.is_empty()).map(|line| format!("{line}\n"));
            let rejects = joined.rejects.lines().skip(1).map(|line| format!("rejected: {line}\n"));
            rows.chain(rejects).collect()
        }
    }
}

#[test]
fn files_become_proposals() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).expect("the folder") {
        let folder = entry.expect("an entry").path();
        if !folder.is_dir() {
            continue;
        }
        let (sales, returns) = files(&folder);
        let all: Vec<Input> =
            sales.iter().chain(returns.iter().filter(|file| !sales.contains(file))).cloned().collect();
        if all.is_empty() {
            continue;
        }
        count += 1;
        let actual = infer(&all).expect("a proposal").replace(&format!("{}/", folder.display()), "");
        let ran = match Mapping::read("inferred.toml", &actual) {
            Ok(mapping) => ran(&mapping, &sales, &returns).replace(&format!("{}/", folder.display()), ""),
            Err(problems) => {
                let missing = |message: &str| message.contains("does not say") || message.contains("on which clocks");
                assert!(
                    problems.iter().all(|problem| missing(&problem.message)) && actual.contains("#?"),
                    "{problems}"
                );
                problems.plain()
            }
        };
        // What is not said aloud to be open works.
        assert!(actual.contains("\n#?") || !ran.contains("rejected: "), "{}: {ran}", folder.display());
        for (name, actual) in [("inferred.toml", actual), ("inferred.txt", ran)] {
            let expected = folder.join(name);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&expected, &actual).expect("it can be written");
            } else if std::fs::read_to_string(&expected).unwrap_or_default() != actual {
                wrong.push(format!("{}\n{actual}", expected.display()));
            }
        }
    }
    assert!(count > 4, "only {count} folders");
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now:\n{}", wrong.join("\n"));
}
