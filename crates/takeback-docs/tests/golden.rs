//! Pages as they stand in `tests/golden`. `UPDATE=1 cargo test -p takeback-docs` writes them anew: read what has changed.

use std::fs;
use std::path::Path;

use takeback_docs::{Audience, Locale, page};

use super::policies::{options, store};

#[test]
fn pages_are_as_they_were() {
    let mut wrong = Vec::new();
    for (shop, locale) in
        [("corner-shop", Locale::English), ("northwind-group", Locale::German), ("northwind-group", Locale::English)]
    {
        let policy = store(shop);
        for audience in Audience::ALL {
            let html = page(policy, &options(audience, locale)).unwrap();
            let name = format!("{shop}-{}-{}.html", audience.word(), locale.tag());
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
