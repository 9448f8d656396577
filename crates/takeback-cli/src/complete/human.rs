//! A finished return as a form that can be printed, or what it lacks.

use std::fmt::Write as _;

use chrono::NaiveDate;
use takeback::money::Money;
use takeback::program::{self, FieldType};
use takeback::record::{Difference, Filled, FilledField, FilledForm, Problem, Record, Stored};
use takeback::request::Request;
use takeback::{Arg, Policy, Teller};

use crate::decide::{INSIDE, folded, frame, headline};
use crate::output::{BAD, BOLD, DIM, GOOD, counted, styled};
use crate::table::{Align, Table, clean, width};

/// What forms are told with.
pub(super) struct Paper<'a> {
    pub(super) policy: &'a Policy,
    pub(super) teller: &'a Teller<'a>,
    /// Whether days are written as in records, since no language was asked for.
    pub(super) plain: bool,
}

impl Paper<'_> {
    fn day(&self, day: NaiveDate) -> Arg<'static> {
        if self.plain { Arg::Text(day.to_string().into()) } else { Arg::Day(day) }
    }

    fn title(&self, form: &program::Form) -> String {
        clean(&self.teller.titled("form", &[&form.label], None, form.title.as_deref().unwrap_or(&form.label)))
    }

    fn label(&self, form: &program::Form, field: &program::Field) -> String {
        let own = field.title.as_deref().unwrap_or(&field.name);
        clean(&self.teller.titled("field", &[&form.label, &field.name], None, own))
    }

    fn purpose(&self, form: &program::Form, field: &program::Field) -> Option<String> {
        let purpose = field.purpose.as_deref()?;
        Some(clean(&self.teller.titled("field", &[&form.label, &field.name], Some("purpose"), purpose)))
    }

    /// The finished return: what was decided in a line, then its forms.
    pub(super) fn finished(&self, request: &Request, record: &Record) -> String {
        let mut out = headline(self.policy, request, &record.decision, self.teller.language());
        let _ =
            writeln!(out, "{}", styled(GOOD, &self.teller.tell("paper-finished", &[("day", self.day(record.day))])));
        if !record.forms.is_empty() {
            out.push('\n');
        }
        for form in &record.forms {
            let Some(known) = record.form(form) else { continue };
            let title = self.title(known);
            let title = match (record.line(form), record.decision.lines.len()) {
                (Some(line), 2..) => format!("{title}, {}", clean(line)),
                _ => title,
            };
            frame(&title, &self.rows(form, known), &mut out);
        }
        out
    }

    /// The lines inside a frame; true for those in small print.
    fn rows(&self, form: &FilledForm, known: &program::Form) -> Vec<(String, bool)> {
        let fields: Vec<(&FilledField, &program::Field)> = form
            .fields
            .iter()
            .filter_map(|filled| Some((filled, known.fields.get(usize::from(filled.field))?)))
            .filter(|(filled, field)| field.printed && filled.stored != Stored::NoAnswer)
            .collect();
        let label = |field: &program::Field| self.label(known, field);
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
            for (nth, line) in self.answer(filled, (known, field), room).into_iter().enumerate() {
                rows.push((format!("{}{line}", if nth == 0 { &left } else { &below }), false));
            }
            let print = folded(&self.small_print(filled, (known, field)), room);
            rows.extend(print.into_iter().map(|line| (format!("{below}{line}"), true)));
        }
        rows
    }

    /// What was filled in, as far as the record holds it.
    fn answer(
        &self,
        filled: &FilledField,
        (form, field): (&program::Form, &program::Field),
        room: usize,
    ) -> Vec<String> {
        let tell = |key: &str| self.teller.tell(key, &[]);
        let name = |name: &str| Arg::Text(name.to_owned().into());
        let text = match &filled.stored {
            Stored::Value(Filled::Text(text)) if field.ty == FieldType::Money => {
                let currency = self.policy.program().currency;
                match text.parse() {
                    Ok(amount) if !self.plain => self.teller.language().money(Money { amount, currency }),
                    _ => format!("{text} {}", currency.code()),
                }
            }
            Stored::Value(Filled::Text(text)) if field.ty == FieldType::Date && !self.plain => {
                text.parse().map_or_else(|_| text.clone(), |day| self.teller.language().day(day))
            }
            Stored::Value(Filled::Text(text)) if matches!(field.ty, FieldType::OneOf(_)) => {
                let one = Some(format!("is-{}", text.replace(' ', "-")));
                self.teller.titled("field", &[&form.label, &field.name], one.as_deref(), text)
            }
            Stored::Value(Filled::Text(text)) => text.clone(),
            Stored::Value(Filled::YesNo(yes)) => tell(if *yes { "yes" } else { "no" }),
            Stored::Value(Filled::Photo(picture)) => {
                self.teller.tell("paper-photo", &[("name", name(&picture.reference))])
            }
            Stored::Value(Filled::Signature { name: by, picture: Some(picture) }) => {
                self.teller.tell("paper-signed", &[("name", name(by)), ("picture", name(&picture.reference))])
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
            Stored::Hash(_) | Stored::Nothing => tell("paper-given"),
            Stored::Deleted => tell("paper-deleted"),
            Stored::NoAnswer => String::new(),
        };
        text.lines().flat_map(|line| folded(&clean(line), room)).collect()
    }

    fn small_print(&self, filled: &FilledField, (form, field): (&program::Form, &program::Field)) -> String {
        let mut print = Vec::new();
        let by = filled.filled_by.as_deref().map(|by| Arg::Text(clean(by).into()));
        print.extend(by.map(|by| self.teller.tell("paper-by", &[("name", by)])));
        let until = |key: &str, until| self.teller.tell(key, &[("day", self.day(until))]);
        print.extend(match (&filled.stored, filled.until) {
            (Stored::Nothing, _) => Some(self.teller.tell("paper-not-kept", &[])),
            (Stored::Hash(_), Some(day)) => Some(until("paper-hash-until", day)),
            (_, Some(day)) => Some(until("paper-kept-until", day)),
            (_, None) => None,
        });
        print.extend(self.purpose(form, field));
        print.join("; ")
    }

    /// Everything that is missing or wrong.
    pub(super) fn unfinished(&self, request: &Request, problems: &[Problem]) -> String {
        let decision = self.policy.decide(request);
        let mut out = headline(self.policy, request, &decision, self.teller.language());
        let _ = writeln!(out, "{}: {}", styled(BAD, "Not finished"), counted(problems.len(), "problem"));
        let version = decision.program.versions.get(decision.version);
        let form = |label: &str| version.and_then(|version| version.forms.iter().find(|form| *form.label == *label));
        let heading = |problem: &Problem| {
            let label = problem.form.as_deref()?;
            let title = form(label).map_or_else(|| clean(label), |form| self.title(form));
            Some(match (&problem.line, decision.lines.len()) {
                (Some(line), 2..) => format!("{title}, {}", clean(line)),
                _ => title,
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
                let known = form(problem.form.as_deref().unwrap_or_default()).and_then(|form| {
                    let field = form.fields.iter().find(|field| problem.field.as_deref() == Some(&*field.name))?;
                    Some(self.label(form, field))
                });
                let name = known.or_else(|| problem.field.as_deref().map(clean));
                let path = styled(DIM, &clean(&problem.path));
                table.row([name.unwrap_or_default(), clean(&problem.message), path]);
            }
            table.write(2, &mut out);
        }
        out
    }
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
