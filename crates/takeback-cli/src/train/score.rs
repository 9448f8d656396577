//! How well each clause is known, kept in a file when the clerk wants that.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::exit::Failure;
use crate::files;

/// Answers by clause.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Score {
    clauses: BTreeMap<String, Tally>,
}

/// How often a case of a clause was answered rightly and wrongly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tally {
    pub(super) right: u32,
    pub(super) wrong: u32,
}

impl Score {
    /// That of a file; an empty one where there is none yet.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Failure::reading(path, &error)),
        };
        serde_json::from_str(&text).map_err(|error| {
            Failure::new(format!("`{}` is no score: {error}", files::shown(path)))
                .help("name a file that `takeback train` wrote, or one that is not there yet")
        })
    }

    /// Writes it beside its place first, so that a run that is stopped loses nothing.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
        written.map_err(|error| Failure::writing(path, &error))
    }

    pub(super) fn add<'c>(&mut self, clauses: impl IntoIterator<Item = &'c str>, right: bool) {
        for clause in clauses {
            let tally = self.clauses.entry(clause.to_owned()).or_default();
            let count = if right { &mut tally.right } else { &mut tally.wrong };
            *count = count.saturating_add(1);
        }
    }

    /// How many more wrong answers than right ones there are; what was never asked counts as one.
    pub(super) fn need(&self, clause: &str) -> i64 {
        self.clauses.get(clause).map_or(1, |tally| i64::from(tally.wrong) - i64::from(tally.right))
    }

    /// Clauses with wrong answers, the weakest first.
    pub(super) fn weak(&self) -> impl Iterator<Item = (&str, Tally)> {
        let mut weak: Vec<_> = self.clauses.iter().filter(|(_, tally)| tally.wrong > 0).collect();
        weak.sort_by_key(|(_, tally)| (i64::from(tally.right) - i64::from(tally.wrong), tally.right));
        weak.into_iter().take(5).map(|(clause, tally)| (clause.as_str(), *tally))
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn what_was_answered_wrongly_is_needed_most() {
        let mut score = Score::default();
        score.add(["late", "opened"], false);
        score.add(["opened"], true);
        score.add(["opened"], true);
        assert_eq!(["late", "new", "opened"].map(|clause| score.need(clause)), [1, 1, -1]);
        assert_eq!(score.weak().map(|(clause, _)| clause).collect::<Vec<_>>(), ["late", "opened"]);
    }
}
