//! Paperwork drawn as forms with empty fields.

use std::fmt::Write as _;

use takeback::decision::{Field, Needed};
use takeback::program::{self, AnswerIs, AnswerTest, FieldType, Kept};
use takeback::terms::Order;

use super::human::{Cx, by_form};
use crate::output::{BOLD, DIM, styled};
use crate::table::{clean, width};

/// What a line of a form is wide inside its frame.
pub(crate) const INSIDE: usize = 70;

/// Every form to fill in.
pub(super) fn forms(cx: &Cx<'_>, out: &mut String) {
    if cx.decision.paperwork.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", styled(BOLD, "To fill in"));
    let version = cx.decision.program.versions.get(cx.decision.version);
    for (at, line, fields) in by_form(cx.decision) {
        let Some(form) = version.and_then(|version| version.forms.get(usize::from(at))) else { continue };
        let title = clean(form.title.as_deref().unwrap_or(&form.label));
        let title = cx.line(line).map_or(title.clone(), |line| format!("{title}, {line}"));
        frame(&title, &rows(cx, form, &fields), out);
    }
    let needed = |needed| cx.decision.paperwork.iter().any(|field| field.needed == needed);
    let mut legend = Vec::new();
    if needed(Needed::Required) {
        legend.push("* required");
    }
    if needed(Needed::MayBeNeeded) {
        legend.push("? may be needed");
    }
    if !legend.is_empty() {
        let _ = writeln!(out, "  {}", styled(DIM, &legend.join("   ")));
    }
}

/// A frame around the lines of a form; true for those in small print.
pub(crate) fn frame(title: &str, rows: &[(String, bool)], out: &mut String) {
    let rule = "─".repeat(INSIDE.saturating_sub(width(title) + 1));
    let _ = writeln!(out, "  ┌─ {} {rule}┐", styled(BOLD, title));
    for (row, faint) in rows {
        let space = " ".repeat(INSIDE.saturating_sub(width(row)));
        let text = if *faint { styled(DIM, row) } else { row.clone() };
        let _ = writeln!(out, "  │ {text}{space} │");
    }
    let _ = writeln!(out, "  └{}┘", "─".repeat(INSIDE + 2));
}

/// The lines inside a frame; true for those in small print.
fn rows(cx: &Cx<'_>, form: &program::Form, fields: &[&Field]) -> Vec<(String, bool)> {
    let known = |field: &Field| form.fields.get(usize::from(field.field));
    let label = |field: &Field, known: &program::Field| {
        let mark = match field.needed {
            Needed::Required => " *",
            Needed::MayBeNeeded => " ?",
            Needed::Optional => "",
        };
        format!("{}{mark}", clean(known.title.as_deref().unwrap_or(&known.name)))
    };
    let labels = fields.iter().filter_map(|field| known(field).map(|known| width(&label(field, known))));
    let widest = labels.max().unwrap_or(0).min(INSIDE / 2);
    let mut rows = Vec::new();
    for field in fields {
        let Some(known) = known(field) else { continue };
        let label = label(field, known);
        let mut left = label.clone();
        if width(&label) > widest {
            rows.push((label, false));
            left = String::new();
        }
        let left = format!("{left}{}  ", " ".repeat(widest.saturating_sub(width(&left))));
        let room = INSIDE.saturating_sub(widest + 2);
        let filled = match &field.prefill {
            Some(prefill) if known.ty == FieldType::Money => {
                vec![format!("{} {}", clean(prefill), cx.decision.program.currency.code())]
            }
            Some(prefill) => folded(&clean(prefill), room),
            None => match field.signed_by {
                Some(role) => blank(cx, &FieldType::Signature(cx.decision.program.schema.role(role).into()), room),
                None => blank(cx, &known.ty, room),
            },
        };
        for (nth, line) in filled.into_iter().enumerate() {
            let start = if nth == 0 { left.clone() } else { " ".repeat(widest + 2) };
            rows.push((format!("{start}{line}"), false));
        }
        let print = small_print(form, known, field.kept).join("; ");
        rows.extend(folded(&print, room).into_iter().map(|line| (format!("{}{line}", " ".repeat(widest + 2)), true)));
    }
    rows
}

/// Where the answer is written.
fn blank(cx: &Cx<'_>, ty: &FieldType, room: usize) -> Vec<String> {
    let line = |length: usize| "_".repeat(length.min(room));
    let one = match ty {
        FieldType::Text | FieldType::Email | FieldType::Address => line(room),
        FieldType::Number | FieldType::WholeNumber => line(10),
        FieldType::Money => format!("{} {}", line(10), cx.decision.program.currency.code()),
        FieldType::Date => "____-__-__".to_owned(),
        FieldType::YesNo => "[ ] yes   [ ] no".to_owned(),
        FieldType::OneOf(options) => {
            let options: Vec<String> = options.iter().map(|option| format!("[ ] {}", clean(option))).collect();
            if options.iter().map(|option| width(option) + 3).sum::<usize>() > room + 3 {
                return options;
            }
            options.join("   ")
        }
        FieldType::Signature(of) => {
            let of = clean(of);
            format!("{} ({of})", "_".repeat(room.saturating_sub(width(&of) + 3)))
        }
        FieldType::Photo => "[ photo ]".to_owned(),
        FieldType::Phone => line(20),
        FieldType::Imei => line(15),
        FieldType::Gtin => line(14),
    };
    vec![one]
}

fn small_print(form: &program::Form, field: &program::Field, kept: Option<Kept>) -> Vec<String> {
    let mut print = Vec::new();
    print.extend(field.when.iter().filter_map(|test| condition(form, test)));
    print.extend(field.from.as_deref().map(|from| format!("from {}", clean(from))));
    print.extend(kept.map(|kept| match kept {
        Kept::Never => "not kept".to_owned(),
        Kept::HashFor(length) => format!("kept as hash for {length}"),
        Kept::For(length) => format!("kept for {length}"),
    }));
    print.extend(field.purpose.as_deref().map(clean));
    print
}

/// When an answer is needed at all: `if Kind of ID is passport`.
fn condition(form: &program::Form, test: &AnswerTest) -> Option<String> {
    let field = form.fields.get(usize::from(test.field))?;
    let title = clean(field.title.as_deref().unwrap_or(&field.name));
    let is = if test.negated { "is not" } else { "is" };
    Some(match &test.is {
        AnswerIs::Yes => format!("if {title} {is} yes"),
        AnswerIs::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| clean(word)).collect();
            format!("if {title} {is} {}", words.join(" or "))
        }
        AnswerIs::Number(order, number) => {
            let order = match order {
                Order::AtLeast => "at least",
                Order::AtMost => "at most",
                Order::Over => "over",
                Order::Under => "under",
                Order::Exactly => "exactly",
            };
            format!("if {title} {is} {order} {}", number.normalize())
        }
    })
}

/// Words in lines of at most `room`.
pub(crate) fn folded(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}
