//! What a policy says an answer must be like, beyond its type; and whether a field is asked, by the answers above it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ProblemKind;
use super::value::{Filled, Wrong, comparable};
use crate::date;
use crate::decision::Decision;
use crate::eval;
use crate::facts::compare;
use crate::program::{AnswerIs, AnswerTest, Field, FieldCheck, FieldType, Form, FormDay, Told};
use crate::request::Request;

/// What is known of a field once it has been read.
#[derive(Debug, Clone)]
pub(super) enum Read {
    /// The answer.
    Filled(Filled),
    /// None was given, or it is not asked.
    Nothing,
    /// There is one, and it is wrong or not shown.
    Hidden,
}

/// What answers are checked against.
pub(super) struct Cx<'a> {
    pub(super) decision: &'a Decision,
    pub(super) request: &'a Request,
    pub(super) form: &'a Form,
    pub(super) line: Option<usize>,
    /// The fields above, by place.
    pub(super) read: &'a [Read],
}

/// Whether a field is asked; none: that depends on an answer that is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Yes,
    /// The place of the answer that says no.
    No(u16),
    Perhaps,
}

impl Cx<'_> {
    /// Whether the answers above let a field be asked.
    pub(super) fn asked(&self, field: &Field) -> Asked {
        let mut asked = Asked::Yes;
        for test in &field.when {
            match self.holds(test) {
                Some(true) => {}
                Some(false) => return Asked::No(test.field),
                None => asked = Asked::Perhaps,
            }
        }
        asked
    }

    /// A test of something that is not answered does not hold, negated or not.
    fn holds(&self, test: &AnswerTest) -> Option<bool> {
        let filled = match self.read.get(usize::from(test.field)) {
            Some(Read::Filled(filled)) => filled,
            Some(Read::Nothing) | None => return Some(false),
            Some(Read::Hidden) => return None,
        };
        let holds = match (&test.is, filled) {
            (AnswerIs::Yes, Filled::YesNo(yes)) => *yes,
            (AnswerIs::OneOf(words), Filled::Text(text)) => words.iter().any(|word| **word == **text),
            (AnswerIs::Number(order, number), Filled::Text(text)) => {
                Decimal::from_str_exact(text).is_ok_and(|answer| compare(answer, *order, *number))
            }
            _ => false,
        };
        Some(holds != test.negated)
    }

    /// The first check that an answer does not pass.
    pub(super) fn check(&self, field: &Field, filled: &Filled) -> Result<(), Wrong> {
        field.checks.iter().try_for_each(|check| self.one(field, *check, &filled.canonical()))
    }

    fn one(&self, field: &Field, check: FieldCheck, answer: &str) -> Result<(), Wrong> {
        let number = Decimal::from_str_exact(answer).ok();
        let amount = |number: Decimal| match field.ty {
            FieldType::Money => format!("{number} {}", self.decision.program.currency),
            _ => number.to_string(),
        };
        match check {
            FieldCheck::AtLeast(least) if number.is_some_and(|number| number < least) => {
                Err(Wrong::new(ProblemKind::Bound, format!("this is less than {}", amount(least))))
            }
            FieldCheck::AtMost(most) if number.is_some_and(|number| number > most) => {
                Err(Wrong::new(ProblemKind::Bound, format!("this is more than {}", amount(most))))
            }
            FieldCheck::AtLeast(_) | FieldCheck::AtMost(_) => Ok(()),
            FieldCheck::Letters { least, most, digits } => letters(answer, least, most, digits),
            FieldCheck::NotBefore(day) => self.ordered(answer, day, |answer, other| answer >= other, "before"),
            FieldCheck::NotAfter(day) => self.ordered(answer, day, |answer, other| answer <= other, "after"),
            FieldCheck::SameAs(told) => self.same(field, answer, told),
        }
    }

    fn ordered(
        &self,
        answer: &str,
        day: FormDay,
        good: fn(NaiveDate, NaiveDate) -> bool,
        word: &str,
    ) -> Result<(), Wrong> {
        let other = match day {
            FormDay::Today => Some(self.request.day),
            FormDay::Date(day) => Some(day),
            FormDay::Told(Told::Field(field)) => match self.read.get(usize::from(field)) {
                Some(Read::Filled(Filled::Text(text))) => date::civil(text),
                // A day that is not told, or told wrong, orders nothing.
                Some(Read::Filled(_) | Read::Nothing | Read::Hidden) | None => return Ok(()),
            },
            FormDay::Told(told) => {
                eval::told(self.decision, self.request, told, self.line).first().and_then(|text| date::civil(text))
            }
        };
        let name = match day {
            FormDay::Today => "the day of the return".to_owned(),
            FormDay::Date(_) => String::new(),
            FormDay::Told(told) => self.name(told),
        };
        let Some(other) = other else { return Err(not_told(&name)) };
        match date::civil(answer) {
            Some(answer) if !good(answer, other) => {
                let what = if name.is_empty() { other.to_string() } else { format!("{name}, {other}") };
                Err(Wrong::new(ProblemKind::Order, format!("this is {word} {what}")))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn same(&self, field: &Field, answer: &str, told: Told) -> Result<(), Wrong> {
        let name = self.name(told);
        let others = match told {
            Told::Field(field) => match self.read.get(usize::from(field)) {
                Some(Read::Filled(filled)) => vec![filled.canonical()],
                Some(Read::Nothing | Read::Hidden) | None => return Ok(()),
            },
            Told::Fact(_) | Told::Serials => eval::told(self.decision, self.request, told, self.line),
        };
        if others.is_empty() {
            return Err(not_told(&name));
        }
        let answer = comparable(&field.ty, answer);
        if others.iter().any(|other| comparable(&field.ty, other) == answer) {
            return Ok(());
        }
        Err(Wrong::new(ProblemKind::Mismatch, format!("this is not the same as {name}")))
    }

    fn name(&self, told: Told) -> String {
        match told {
            Told::Fact(id) => {
                format!("`{}`", self.decision.program.schema.fact(id).map_or("", |fact| fact.name.as_str()))
            }
            Told::Serials => "the serial number of the request".to_owned(),
            Told::Field(field) => {
                let field = self.form.fields.get(usize::from(field));
                format!("`{}`", field.map_or("", title))
            }
        }
    }
}

/// What the clerk reads.
pub(super) fn title(field: &Field) -> &str {
    field.title.as_deref().unwrap_or(&field.name)
}

fn not_told(name: &str) -> Wrong {
    Wrong::new(ProblemKind::NotTold, format!("this cannot be checked: the request does not tell {name}"))
}

fn letters(answer: &str, least: u32, most: u32, digits: bool) -> Result<(), Wrong> {
    let count = u32::try_from(answer.chars().count()).unwrap_or(u32::MAX);
    let what = if digits { "digit" } else { "character" };
    if digits && !answer.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong::new(ProblemKind::Form, "this is not all digits"));
    }
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let plural = |count: u32| if count == 1 { "" } else { "s" };
    let wanted = match least == most {
        true => format!("{least} {what}{}", plural(least)),
        false => format!("{least} to {most} {what}s"),
    };
    Err(Wrong::new(ProblemKind::Length, format!("this has {count} {what}{}, not {wanted}", plural(count))))
}
