//! A checked policy as pages: for customers, what they get, how long they have and what to bring; for staff, the same with
//! forms, labels, reasons and who decides. A page is one HTML file that needs nothing else, no scripts either. Made from
//! the checked policy alone ([`takeback::program`]), never from its text; the same policy, [`Options`] and release give the
//! same bytes. Reads no files and no clock: the caller says for which day the dates of seasons are told.
//!
//! [`page`] writes one page, [`site`] all of them. What a clause says is told in `clauses`, tables are laid out in `tables`
//! (how they come to be right is told there), sentences are messages of `messages/en.ftl` and its like.

mod changes;
mod clauses;
mod conditions;
mod page;
mod tables;
mod values;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use takeback::program::Version;
use takeback::{Policy, Teller};

pub use page::Audience;
pub use tables::{Row, rows};
pub use words::languages;

/// What a page is to be.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Who reads it.
    pub audience: Audience,
    /// What it is told with: the language, and afterwards the keys of what the language lacks.
    pub teller: &'a Teller<'a>,
    /// The day for which dates of seasons are told, and which version is the one of today.
    pub day: NaiveDate,
    /// The name of the version; none: the one in force on that day, or else the first.
    pub version: Option<&'a str>,
    /// The name of a version whose differences to this one are told.
    pub changed_since: Option<&'a str>,
}

/// A version that the policy does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVersion {
    /// What was asked for.
    pub name: String,
    /// What there is.
    pub known: Vec<String>,
}

impl std::fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the policy has no version `{}`; it has {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownVersion {}

/// A file of a [`site`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name: `customers-2026.1.html`.
    pub name: String,
    /// Its text.
    pub html: String,
}

/// One page as HTML.
///
/// # Errors
/// When a version is named that the policy does not have.
pub fn page(policy: &Policy, options: &Options<'_>) -> Result<String, UnknownVersion> {
    let versions = &policy.program().versions;
    let version = match options.version {
        Some(name) => named(versions, name)?,
        None => in_force(versions, options.day),
    };
    let since = options.changed_since.map(|name| named(versions, name)).transpose()?;
    Ok(page::write(policy, version, since, options, None))
}

/// All pages of a policy: `index.html` with the versions, newest first, and of each version a page for customers and one for
/// staff. What has changed since the version before stands on each page. Of the options the audience and versions do not
/// count.
pub fn site(policy: &Policy, options: &Options<'_>) -> Vec<File> {
    let program = policy.program();
    let names = Names::of(&program.versions);
    let mut files = vec![File { name: "index.html".to_owned(), html: page::versions(policy, &names, options) }];
    for at in (0..program.versions.len()).rev() {
        for audience in Audience::ALL {
            let options = Options { audience, ..*options };
            let html = page::write(policy, at, at.checked_sub(1), &options, Some(&names));
            files.push(File { name: names.file(at, audience), html });
        }
    }
    files
}

/// The names of the files of a site.
pub(crate) struct Names {
    slugs: Vec<String>,
}

impl Names {
    fn of(versions: &[Version]) -> Self {
        let mut slugs: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for version in versions {
            let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
            let base: String = version.name.chars().map(plain).collect();
            let mut slug = base.clone();
            let mut count = 1;
            while !known.insert(slug.clone()) {
                count += 1;
                slug = format!("{base}-{count}");
            }
            slugs.push(slug);
        }
        Self { slugs }
    }

    pub(crate) fn file(&self, version: usize, audience: Audience) -> String {
        format!("{}-{}.html", audience.word(), self.slugs.get(version).map_or("", String::as_str))
    }
}

fn named(versions: &[Version], name: &str) -> Result<usize, UnknownVersion> {
    versions.iter().position(|version| version.name == name).ok_or_else(|| UnknownVersion {
        name: name.to_owned(),
        known: versions.iter().map(|version| version.name.clone()).collect(),
    })
}

/// The version in force on a day; before the first one begins, that one.
pub(crate) fn in_force(versions: &[Version], day: NaiveDate) -> usize {
    versions.iter().rposition(|version| version.from <= day).unwrap_or(0)
}
