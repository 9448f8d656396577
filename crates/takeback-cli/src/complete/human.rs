//! A finished return as a form that can be printed, or what it lacks.

use std::fmt::Write as _;

use takeback::Policy;
use takeback::program::{self, FieldType};
use takeback::record::{Difference, Filled, FilledField, FilledForm, Problem, Record, Stored};
use takeback::request::Request;

use crate::decide::{INSIDE, folded, frame, headline};
use crate::output::{BAD, BOLD, DIM, GOOD, counted, styled};
use crate::table::{Align, Table, clean, width};

/// The finished return: what was decided in a line, then its forms.
pub(super) fn finished(policy: &Policy, request: &Request, record: &Record) -> String {
    let mut out = headline(policy, request, &record.decision);
    let _ = writeln!(out, "{} on {}", styled(GOOD, "Finished"), record.day);
    if !record.forms.is_empty() {
        out.push('\n');
    }
    for form in &record.forms {
        let Some(known) = record.form(form) else { continue };
        let title = clean(known.title.as_deref().unwrap_or(&known.label));
        let title = match (record.line(form), record.decision.lines.len()) {
            (Some(line), 2..) => format!("{title}, {}", clean(line)),
            _ => title,
        };
        frame(&title, &rows(policy, form, known), &mut out);
    }
    out
}

/// The lines inside a frame; true for those in small print.
fn rows(policy: &Policy, form: &FilledForm, known: &program::Form) -> Vec<(String, bool)> {
    let fields: Vec<(&FilledField, &program::Field)> = form
        .fields
        .iter()
        .filter_map(|filled| Some((filled, known.fields.get(usize::from(filled.field))?)))
        .filter(|(filled, field)| field.printed && filled.stored != Stored::NoAnswer)
        .collect();
    let label = |field: &program::Field| clean(field.title.as_deref().unwrap_or(&field.name));
    let widest = fields.iter().map(|(_, field)| width(&label(field))).max().unwrap_or(0).min(INSIDE / 2);
    let room = INSIDE.saturating_sub(widest + 2);
    let mut rows = Vec::new();
    for (filled, field) in fields {
        let mut left = label(field);
        if width(&left) > widest {
            rows.push((left, false));
            left = String::new();
        }
        let left = format!("{left}{}  ", " ".repeat(widest.saturating_sub(width(&left))));
        let below = " ".repeat(widest + 2);
        for (nth, line) in answer(policy, filled, field, room).into_iter().enumerate() {
            rows.push((format!("{}{line}", if nth == 0 { &left } else { &below }), false));
        }
        let print = folded(&small_print(filled, field), room);
        rows.extend(print.into_iter().map(|line| (format!("{below}{line}"), true)));
    }
    rows
}

/// What was filled in, as far as the record holds it.
fn answer(policy: &Policy, filled: &FilledField, field: &program::Field, room: usize) -> Vec<String> {
    let text = match &filled.stored {
        Stored::Value(Filled::Text(text)) if field.ty == FieldType::Money => {
            format!("{text} {}", policy.program().currency.code())
        }
        Stored::Value(Filled::Text(text)) => text.clone(),
        Stored::Value(Filled::YesNo(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        Stored::Value(Filled::Photo(picture)) => format!("photo {}", picture.reference),
        Stored::Value(Filled::Signature { name, picture: Some(picture) }) => {
            format!("{name}, signed on the screen: {}", picture.reference)
        }
        Stored::Value(Filled::Signature { name, picture: None }) => {
            // Signed by hand on the print.
            let name = clean(name);
            let line = "_".repeat(room.saturating_sub(width(&name) + 3).max(10));
            return vec![format!("{line} ({name})")];
        }
        Stored::Value(Filled::Address(address)) => {
            let town =
                [address.postcode.as_ref(), Some(&address.city), address.state.as_ref(), address.country.as_ref()];
            let town: Vec<&str> = town.into_iter().flatten().map(String::as_str).collect();
            let lines = address.lines.iter().map(|line| clean(line)).chain([clean(&town.join(" "))]);
            return lines.flat_map(|line| folded(&line, room)).collect();
        }
        Stored::Hash(_) | Stored::Nothing => "given".to_owned(),
        Stored::Deleted => "deleted".to_owned(),
        Stored::NoAnswer => String::new(),
    };
    text.lines().flat_map(|line| folded(&clean(line), room)).collect()
}

fn small_print(filled: &FilledField, field: &program::Field) -> String {
    let mut print = Vec::new();
    print.extend(filled.filled_by.as_deref().map(|by| format!("by {}", clean(by))));
    print.extend(match (&filled.stored, filled.until) {
        (Stored::Nothing, _) => Some("not kept".to_owned()),
        (Stored::Hash(_), Some(until)) => Some(format!("a hash of it is kept until {until}")),
        (_, Some(until)) => Some(format!("kept until {until}")),
        (_, None) => None,
    });
    print.extend(field.purpose.as_deref().map(clean));
    print.join("; ")
}

/// Everything that is missing or wrong.
pub(super) fn unfinished(policy: &Policy, request: &Request, problems: &[Problem]) -> String {
    let decision = policy.decide(request);
    let mut out = headline(policy, request, &decision);
    let _ = writeln!(out, "{}: {}", styled(BAD, "Not finished"), counted(problems.len(), "problem"));
    let version = decision.program.versions.get(decision.version);
    let form = |label: &str| version.and_then(|version| version.forms.iter().find(|form| *form.label == *label));
    let heading = |problem: &Problem| {
        let label = problem.form.as_deref()?;
        let title = form(label).and_then(|form| form.title.as_deref()).unwrap_or(label);
        Some(match (&problem.line, decision.lines.len()) {
            (Some(line), 2..) => format!("{}, {}", clean(title), clean(line)),
            _ => clean(title),
        })
    };
    let mut titles: Vec<Option<String>> = Vec::new();
    for problem in problems {
        let title = heading(problem);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    for title in titles {
        let _ = writeln!(out, "\n{}", styled(BOLD, title.as_deref().unwrap_or("The return")));
        let mut table = Table::new([Align::Left, Align::Left, Align::Left]);
        for problem in problems.iter().filter(|problem| heading(problem) == title) {
            let known = form(problem.form.as_deref().unwrap_or_default())
                .and_then(|form| form.fields.iter().find(|field| problem.field.as_deref() == Some(&*field.name)));
            let name = known.map(|field| field.title.as_deref().unwrap_or(&field.name)).or(problem.field.as_deref());
            let path = styled(DIM, &clean(&problem.path));
            table.row([clean(name.unwrap_or_default()), clean(&problem.message), path]);
        }
        table.write(2, &mut out);
    }
    out
}

/// What an audit found.
pub(super) fn audited(policy: &Policy, found: &[Difference]) -> String {
    if found.is_empty() {
        return format!(
            "{}: it is what {} gives for this request\n",
            styled(GOOD, "The record is right"),
            clean(policy.name())
        );
    }
    let mut out = format!("{}: {}\n", styled(BAD, "The record is not right"), counted(found.len(), "difference"));
    for difference in found {
        let _ = writeln!(out, "\n{}", styled(BOLD, &clean(&difference.path)));
        match (&difference.expected, &difference.found) {
            (Some(expected), Some(found)) => {
                let _ = writeln!(out, "  the policy gives  {}\n  the record says   {}", clean(expected), clean(found));
            }
            (Some(expected), None) => {
                let _ = writeln!(out, "  {}", clean(expected));
            }
            (None, Some(found)) => {
                let _ = writeln!(out, "  the record says   {}, and the policy nothing", clean(found));
            }
            (None, None) => {}
        }
    }
    out
}
