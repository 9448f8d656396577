//! Pages as they stand in `tests/golden`. `UPDATE=1 cargo test -p takeback-docs` writes them anew: read what has changed.

use std::fs;
use std::path::Path;

use takeback::Teller;
use takeback_docs::{Audience, page};

use super::policies::{options, store};

#[test]
fn pages_are_as_they_were() {
    let mut wrong = Vec::new();
    for (shop, tag) in [
        ("corner-shop", "en"),
        ("northwind-group", "de"),
        ("northwind-group", "en"),
        ("corner-shop", "sl"),
        ("corner-shop", "hr"),
        ("corner-shop", "ro"),
        ("corner-shop", "nb"),
        ("corner-shop", "fi"),
        ("northwind-group", "fr"),
    ] {
        let policy = store(shop);
        let language = policy.language(tag).unwrap();
        for audience in Audience::ALL {
            let html = page(policy, &options(audience, &Teller::new(&language))).unwrap();
            let name = format!("{shop}-{}-{tag}.html", audience.word());
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(&name);
            // A tag a line, so that a change can be read.
            let html = html.replace("><", ">\n<");
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, &html).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != html {
                wrong.push(name);
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now: {wrong:?}");
}
