//! A case replayed in words: what was done, what the policy says and why, what was found. For one visit; whoever has a finding
//! looks up the rows of its visit first.

use std::fmt::Write;

use arrow::array::{Array, StringArray};
use arrow::record_batch::RecordBatch;
use takeback::Policy;

use crate::cells::{BatchError, Cells, Of};
use crate::columns::Link;
use crate::judge::{self, Options};
use crate::missing;
use crate::visit::{self, Line, Wanted};

/// Tells a visit: the rows of `cases`, which are joined cases of one visit. In English, as lines of plain text.
///
/// # Errors
/// As [`crate::audit_batch`].
pub fn explain_case(policy: &Policy, cases: &RecordBatch) -> Result<String, BatchError> {
    let cells = Cells::of(cases)?;
    let mut out = String::new();
    for row in 0..cells.rows() {
        done(&cells, row, &mut out);
    }
    let audit = judge::audit_batch(policy, cases, &Options::default())?;
    for reject in &audit.rejects {
        let value = reject.value.as_deref().unwrap_or("nothing");
        let _ = writeln!(out, "\nNot judged: {} is {value}: {}", reject.column, reject.reason);
    }
    let rejected = |row: &usize| audit.rejects.iter().any(|reject| reject.case == *row);
    let linked = |row: &usize| {
        visit::link(&cells, *row).is_ok_and(|link| matches!(link, Link::Receipt | Link::Fifo | Link::None))
    };
    let lines: Vec<Line> = (0..cells.rows())
        .filter(|row| linked(row) && !rejected(row))
        .map(|row| Line { row, units: visit::units(&cells, row) })
        .collect();
    if !lines.is_empty() {
        said(policy, &cells, &lines, &mut out);
    }
    let messages = audit.findings.column_by_name("message").and_then(|m| m.as_any().downcast_ref());
    let messages: Option<&StringArray> = messages;
    match messages.filter(|messages| !messages.is_empty()) {
        Some(messages) => {
            out.push_str("\nFound\n");
            for message in messages.iter().flatten() {
                let _ = writeln!(out, "  - {message}");
            }
        }
        None => out.push_str("\nNothing was found.\n"),
    }
    Ok(out)
}

/// What was done with a row.
fn done(cells: &Cells<'_>, row: usize, out: &mut String) {
    let text = |name| cells.text(Of::Return, name, row);
    let place = text("source").map(|source| match cells.count(Of::Return, "row", row) {
        Some(line) => format!(" ({source}:{line})"),
        None => format!(" ({source})"),
    });
    let sku = text("sku").or_else(|| cells.text(Of::Sale, "sku", row)).unwrap_or("goods");
    let at = text("at").unwrap_or("an unknown day");
    let units = match missing::is_told(cells, Of::Return, "quantity", row) {
        true => visit::units(cells, row).to_string(),
        false => "?".to_owned(),
    };
    let _ = writeln!(out, "{units} × {sku}, {at}{}", place.unwrap_or_default());
    let remedy = visit::remedy(cells, row, Wanted::Given);
    match (text("done"), cells.money(Of::Return, "refund", row)) {
        (Some("declined"), _) => {
            let _ = writeln!(out, "  declined: {remedy}");
        }
        (_, Some(refund)) => {
            let _ = writeln!(out, "  given: {remedy}, {refund:.2}");
        }
        (_, None) => {
            let _ = writeln!(out, "  given: {remedy}");
        }
    }
    let lists = [
        ("paid_to", "paid to", "nothing"),
        ("paid_at", "paid on", "an unknown day"),
        ("approvals", "approved by", "nobody"),
        ("forms", "collected", "nothing"),
    ];
    for (name, label, none) in lists {
        if let Some(text) = text(name) {
            let text = if text.is_empty() { none } else { text };
            let _ = writeln!(out, "  {label}: {text}");
        }
    }
}

/// What the policy says: its decision in words, and the clauses that were asked.
fn said(policy: &Policy, cells: &Cells<'_>, lines: &[Line], out: &mut String) {
    let Ok(request) = visit::request(policy, cells, lines, Wanted::Given, visit::Before::Told) else { return };
    let decision = policy.decide(&request);
    out.push_str("\nThe policy says, before any approval\n");
    if let Ok(language) = policy.language("en") {
        let script = policy.words(&request, &decision, &language);
        for line in script.page.lines() {
            let indent = if line.is_empty() { "" } else { "  " };
            let _ = writeln!(out, "{indent}{line}");
        }
    }
    out.push_str("\nClauses that were asked\n");
    for (place, line) in policy.trace(&request).lines.iter().enumerate() {
        let _ = writeln!(out, "  line {}", place + 1);
        for (clause, applies) in &line.clauses {
            let applies = match applies {
                Some(true) => "applies",
                Some(false) => "does not apply",
                None => "not known",
            };
            let path = policy.program().clause(*clause).map_or("", |clause| &*clause.path);
            let _ = writeln!(out, "    {path}: {applies}");
        }
    }
}
