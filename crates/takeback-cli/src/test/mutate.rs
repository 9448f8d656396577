//! `takeback test --mutate`: which changes of a policy no scenario notices.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde::Serialize;
use takeback::diagnostic::PlaceJson;
use takeback::mutants::{Mutant, Mutants, Verdict};

use crate::exit::Failure;
use crate::files::PolicySet;
use crate::output::{CARE, counted, styled};
use crate::progress::Progress;
use crate::table::{Align, Table, clean};

/// What came of all changes.
#[derive(Serialize)]
pub(crate) struct Mutation {
    /// Changes with which some scenario fails.
    noticed: usize,
    /// Changes that leave a text with errors.
    refused: usize,
    survived: Vec<Survivor>,
}

/// A change with which all scenarios pass.
#[derive(Serialize)]
struct Survivor {
    kind: &'static str,
    #[serde(flatten)]
    place: PlaceJson,
    /// What is replaced.
    text: String,
    /// What stands there instead; empty: it is left out.
    with: String,
    /// The line it is part of.
    #[serde(skip)]
    within: String,
}

impl Mutation {
    /// Tries each change of the policy's own files, on all cores.
    pub(crate) fn run(set: &PolicySet) -> Result<Self, Failure> {
        let mutants = Mutants::new(&set.sources, |name| set.own.contains(name));
        let next = AtomicUsize::new(0);
        let progress = Mutex::new(Progress::new(mutants.all().len()));
        let work = || {
            let mut done: Vec<(usize, Verdict)> = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(mutant) = mutants.all().get(at) else { return done };
                if let Ok(mut bar) = progress.lock() {
                    // A bar that cannot be drawn stops no work.
                    let _ = bar.show(&set.name);
                }
                done.push((at, mutants.verdict(mutant)));
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let mut verdicts: Vec<(usize, Verdict)> = thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        });
        verdicts.sort_by_key(|(at, _)| *at);
        if verdicts.len() < mutants.all().len() {
            return Err(Failure::new("some changes could not be tried"));
        }
        if let Ok(mut bar) = progress.lock() {
            bar.clear()?;
        }
        let mut all = Self { noticed: 0, refused: 0, survived: Vec::new() };
        for (mutant, (_, verdict)) in mutants.all().iter().zip(verdicts) {
            match verdict {
                Verdict::Noticed(_) => all.noticed += 1,
                Verdict::Refused => all.refused += 1,
                // No scenario could notice it.
                Verdict::Same => {}
                Verdict::Survived => all.survived.push(Survivor::new(set, mutant)),
            }
        }
        Ok(all)
    }

    pub(crate) fn survivors(&self) -> usize {
        self.survived.len()
    }

    pub(crate) fn human(&self) -> String {
        let all = self.noticed + self.refused + self.survived.len();
        let mut out = format!(
            "        {}: {} make a scenario fail, {} leave a policy with errors",
            counted(all, "change"),
            self.noticed,
            self.refused
        );
        if self.survived.is_empty() {
            out.push_str(", none goes unnoticed\n");
            return out;
        }
        out.push_str(&format!("; {}\n\n", styled(CARE, &format!("{} go unnoticed:", self.survived.len()))));
        let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
        for survivor in &self.survived {
            let what = match survivor.with.as_str() {
                "" => format!("without `{}`", clean(&survivor.text)),
                with => format!("{} → {with} in `{}`", clean(&survivor.text), clean(&survivor.within)),
            };
            let place = &survivor.place;
            let place = format!("{}:{}:{}", clean(&place.file), place.start.line, place.start.column);
            table.row([survivor.kind.to_owned(), place, what]);
        }
        table.write(2, &mut out);
        out
    }
}

impl Survivor {
    fn new(set: &PolicySet, mutant: &Mutant) -> Self {
        let text = short(set.sources.slice(mutant.span));
        let within = set.sources.get(mutant.span.source).map_or("", |source| {
            let text = source.text();
            let at = mutant.span.start as usize;
            let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
            text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
        });
        Self {
            kind: mutant.kind.word(),
            place: PlaceJson::new(mutant.span, &set.sources),
            text,
            with: mutant.with.clone(),
            within: short(within),
        }
    }
}

/// The text on one line, and not too long.
fn short(text: &str) -> String {
    const LONGEST: usize = 72;
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}
