//! What two versions say differently, rule by rule.

use std::collections::BTreeMap;

use takeback::program::ClauseId;

use crate::clauses::View;
use crate::page::Audience;

/// A rule that is not the same in both.
pub(crate) struct Change {
    /// Its label path.
    pub(crate) path: String,
    /// Its title, in the newer version where it has it.
    pub(crate) title: String,
    /// What the older version says.
    pub(crate) before: Option<Vec<String>>,
    /// What the newer version says.
    pub(crate) now: Option<Vec<String>>,
}

/// The rules that are not the same, by label path.
pub(crate) fn changes(old: &View<'_>, new: &View<'_>, audience: Audience) -> Vec<Change> {
    let (old, new) = (said(old, audience), said(new, audience));
    let paths: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = paths.into_iter().filter(|path| old.get(*path) != new.get(*path));
    changed
        .map(|path| {
            let (before, now) = (old.get(path), new.get(path));
            // Only what differs, so that a long rule does not hide it.
            let apart = |mine: Option<&Said>, other: Option<&Said>| {
                let mine = mine?;
                let known = |line: &&String| other.is_none_or(|other| !other.lines.contains(*line));
                Some(mine.lines.iter().filter(known).cloned().collect())
            };
            Change {
                path: path.clone(),
                title: now.or(before).map_or(String::new(), |said| said.title.clone()),
                before: apart(before, now),
                now: apart(now, before),
            }
        })
        .filter(|change| {
            [&change.before, &change.now].into_iter().any(|lines| lines.as_ref().is_none_or(|l| !l.is_empty()))
        })
        .collect()
}

#[derive(PartialEq)]
struct Said {
    title: String,
    lines: Vec<String>,
}

fn said(view: &View<'_>, audience: Audience) -> BTreeMap<String, Said> {
    let of = |id: ClauseId| {
        let clause = view.clause(id)?;
        let mut lines: Vec<String> =
            view.when(id).map(|when| view.told.words.tell("when", &[("what", &when)])).into_iter().collect();
        for line in view.lines(id).into_iter().filter(|line| audience == Audience::Staff || !line.staff) {
            let others: Vec<String> = line.clauses.iter().map(|other| view.title(*other)).collect();
            lines.push(format!("{}: {}{}", line.label, line.text, others.join(", ")));
        }
        Some((clause.path.to_string(), Said { title: view.title(id), lines }))
    };
    view.clauses().into_iter().filter_map(of).collect()
}
