//! A failed scenario as text for its author: what was expected beside what was decided, then the clauses that decided.

use std::fmt::Write as _;

use super::{Outcome, ScenarioResult};

/// Several lines of text, or nothing for a scenario that passed. Needs no source: every place is in the result.
///
/// ```text
/// shop.takeback:12: scenario "a day late" fails
///
///   line  what      expected    decided
///     18  outcome   accept      decline
///                   expired on 2026-04-03 by everything
///     18  last day  2026-04-04  2026-04-03
///
///   decided by
///     everything  Sixty days  shop.takeback:3
/// ```
pub fn render(result: &ScenarioResult) -> String {
    let Outcome::Failed { differences, deciding } = &result.outcome else { return String::new() };
    let mut text = format!("{}:{}: scenario \"{}\" fails\n\n", result.place.file, result.place.start.line, result.name);
    let mut rows = vec![["line", "what", "expected", "decided"].map(str::to_owned)];
    rows.extend(differences.iter().map(|difference| {
        let line = difference.place.start.line.to_string();
        [line, difference.what.clone(), difference.expected.clone(), difference.actual.clone()]
    }));
    let [line, what, expected, _] = widths(&rows);
    for (row, [at, of, wanted, found]) in rows.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {at:>line$}  {of:what$}  {wanted:expected$}  {found}");
        let note = |row: usize| differences.get(row).and_then(|difference| difference.note.as_ref());
        // Said once where it explains several rows.
        if let Some(note) = row.checked_sub(1).and_then(note).filter(|one| note(row) != Some(*one)) {
            let _ = writeln!(text, "  {:line$}  {:what$}  {note}", "", "");
        }
    }
    if !deciding.is_empty() {
        text.push_str("\n  decided by\n");
        let rows: Vec<[String; 3]> = deciding
            .iter()
            .map(|clause| {
                let place = format!("{}:{}", clause.place.file, clause.place.start.line);
                [clause.clause.clone(), clause.title.clone().unwrap_or_default(), place]
            })
            .collect();
        let [path, title, _] = widths(&rows);
        for [clause, said, place] in &rows {
            let _ = writeln!(text, "    {clause:path$}  {said:title$}  {place}");
        }
    }
    shown(&text)
}

/// The widest entry of each column.
fn widths<const N: usize>(rows: &[[String; N]]) -> [usize; N] {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    widths
}

/// Without control characters of the policy, and without blanks at the ends of lines.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c };
    let mut all = String::new();
    for line in text.lines() {
        all.extend(line.trim_end().chars().map(plain));
        all.push('\n');
    }
    all
}
