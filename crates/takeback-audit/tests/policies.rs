//! Policies for tests: the folders of stores, with the files that they use, or a text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use takeback::Policy;
use takeback::source::SourceSet;
use takeback::syntax::{self, ast};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The policy of a folder of the repository.
pub(crate) fn store(folder: &str) -> Policy {
    let path = root().join(folder);
    let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut waiting: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    waiting.retain(|path| path.extension().is_some_and(|extension| extension == "takeback"));
    let mut sources = SourceSet::new();
    let mut known = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        let path = path.canonicalize().expect("a policy file");
        if !known.insert(path.clone()) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a policy file can be read");
        let id = sources.add(path.to_string_lossy(), text).expect("a file stands once");
        let (file, _) = syntax::parse(sources.get(id).expect("it was added"));
        for item in &file.items {
            if let ast::Item::Use(used) = item {
                waiting.push(path.parent().expect("a folder").join(&used.path.node));
            }
        }
    }
    compiled(&sources)
}

/// The policy of a text.
pub(crate) fn text(text: &str) -> Policy {
    let mut sources = SourceSet::new();
    sources.add("shop.takeback", text).expect("one file");
    compiled(&sources)
}

const SHOP: &str = r#"
policy "Corner shop" version "1" {
  in force   from 2026-01-01 by date sold, otherwise date requested
  currency   USD
  time zone  "America/New_York"
  choices {
    days counted    from the day after
    rounding        half up
    discounts       shared in proportion
    tax             returned in full
    split payments  as tendered
    deadline        met when told
    late returns    final
    lines           each by itself
  }
}
"#;

/// The policy of a shop with these clauses.
pub(crate) fn shop(clauses: &str) -> Policy {
    text(&format!("{SHOP}{clauses}"))
}

/// The policy of a shop that gives back what was paid, with another choice in its header.
pub(crate) fn shop_that(choice: &str, says: &str) -> Policy {
    let says = format!("    {choice}       {says}\n");
    let lines = SHOP.lines().map(|line| match line.trim_start().starts_with(choice) {
        true => says.clone(),
        false => format!("{line}\n"),
    });
    let clause = "clause everything \"Thirty days\" {\n  accept refund\n  start sold\n  window 30 days\n  basis price paid\n  pay original tender\n}\n";
    text(&format!("{}{clause}", lines.collect::<String>()))
}

fn compiled(sources: &SourceSet) -> Policy {
    Policy::compile(sources).unwrap_or_else(|report| panic!("{}", takeback::render::plain(&report, sources)))
}
