//! Decides again and holds the answers against what is asked: a record, or everything that is missing or wrong.

use std::sync::Arc;

use super::answers::{Answer, Answers, Given, Sheet};
use super::checks::{Asked, Cx, Read, title};
use super::keep::until;
use super::tree::Tree;
use super::value::{self, Wrong};
use super::{Completion, FilledField, FilledForm, Problem, ProblemKind, Record, Stored};
use crate::decision::{self, Decision, Needed, Outcome};
use crate::diagnostic::near;
use crate::eval;
use crate::program::{Field, Form, Kept, Program, Version};
use crate::request::{Request, escaped, quoted};

/// The record of a return, or what is missing. Total, and the decision in the record is that of [`eval::decide`].
pub(crate) fn complete(program: &Arc<Program>, request: &Request, answers: &Answers) -> Completion {
    match made(program, request, answers) {
        (record, problems) if problems.is_empty() => Completion::Finished(Box::new(record)),
        (_, problems) => Completion::Unfinished(problems),
    }
}

/// The record as far as it goes, and what is missing or wrong.
pub(super) fn made(program: &Arc<Program>, request: &Request, answers: &Answers) -> (Record, Vec<Problem>) {
    let decision = eval::decide(program, request);
    let empty = Version::empty();
    let version = program.versions.get(decision.version).unwrap_or(&empty);
    let mut run = Run { decision: &decision, request, version, answers, seen: Vec::new(), problems: Vec::new() };
    run.undecided();
    let forms: Vec<FilledForm> = groups(&decision).into_iter().filter_map(|group| run.form(&group)).collect();
    run.leftover();
    let problems = run.problems;
    let any = |is: fn(&Stored) -> bool| forms.iter().flat_map(|form| &form.fields).any(|field| is(&field.stored));
    let key = match any(|stored| matches!(stored, Stored::Hash(_))) {
        true => answers.key_id.clone().or_else(|| answers.key.as_ref().map(super::HashKey::id)),
        // Of hashes that are deleted by now.
        false => answers.key_id.clone().filter(|_| any(|stored| *stored == Stored::Deleted)),
    };
    (Record { day: request.day, forms, key, decision }, problems)
}

/// A form that is asked, with the fields of it that are.
struct Group<'a> {
    form: u16,
    line: Option<usize>,
    fields: Vec<&'a decision::Field>,
}

fn groups(decision: &Decision) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for field in &decision.paperwork {
        match groups.iter_mut().find(|group| group.form == field.form && group.line == field.line) {
            Some(group) => group.fields.push(field),
            None => groups.push(Group { form: field.form, line: field.line, fields: vec![field] }),
        }
    }
    groups
}

struct Run<'a> {
    decision: &'a Decision,
    request: &'a Request,
    version: &'a Version,
    answers: &'a Answers,
    /// The sheets that are answers to something asked, by place.
    seen: Vec<usize>,
    problems: Vec<Problem>,
}

/// Where a problem is.
struct Place<'a> {
    path: String,
    form: &'a str,
    line: Option<&'a str>,
    field: Option<&'a str>,
}

impl Run<'_> {
    fn problem(&mut self, place: Place<'_>, kind: ProblemKind, message: impl Into<String>) {
        self.problems.push(Problem {
            path: place.path,
            form: Some(place.form.to_owned()),
            line: place.line.map(str::to_owned),
            field: place.field.map(str::to_owned),
            kind,
            message: message.into(),
        });
    }

    /// Nothing is finished before it is decided.
    fn undecided(&mut self) {
        if self.decision.outcome == Outcome::Undetermined {
            self.problems.push(Problem {
                path: String::new(),
                form: None,
                line: None,
                field: None,
                kind: ProblemKind::Undetermined,
                message: "the return is not decided yet: what the decision asks must be told first".to_owned(),
            });
        }
    }

    /// A form with its answers; nothing when the program lacks it.
    fn form(&mut self, group: &Group<'_>) -> Option<FilledForm> {
        let form: &Form = self.version.forms.get(usize::from(group.form))?;
        let line = group.line.and_then(|line| self.decision.lines.get(line)).map(|line| &*line.line);
        let found = self.answers.sheets.iter().enumerate();
        let found = found.into_iter().find(|(_, sheet)| *sheet.form == *form.label && sheet.line.as_deref() == line);
        self.seen.extend(found.map(|(at, _)| at));
        let (at, sheet) = found.unzip();
        let mut read: Vec<Read> = Vec::new();
        let mut fields = Vec::new();
        for (place, field) in form.fields.iter().enumerate() {
            let given = sheet.and_then(|sheet: &Sheet| sheet.fields.iter().find(|(name, _)| **name == *field.name));
            let given = given.map(|(_, given)| given).filter(|given| !is_empty(&given.answer));
            let asked = group.fields.iter().find(|asked| usize::from(asked.field) == place).copied();
            let path = match (given, at) {
                (Some(given), _) => given.path.clone(),
                // The fields of a record are a list.
                (None, Some(at)) if self.answers.of_record => format!("/forms/{at}/fields"),
                (None, Some(at)) => format!("/forms/{at}/fields/{}", escaped(&field.name)),
                (None, None) => "/forms".to_owned(),
            };
            let place = Place { path, form: &form.label, line, field: Some(&field.name) };
            let cx = Cx { decision: self.decision, request: self.request, form, line: group.line, read: &read };
            let (now, filled) = match (asked, cx.asked(field)) {
                (None, _) => (self.not_asked(place, given, None), None),
                (Some(_), Asked::No(by)) => (self.not_asked(place, given, form.fields.get(usize::from(by))), None),
                (Some(asked), sure) => self.field(place, &cx, field, asked, given, sure),
            };
            fields.extend(filled);
            read.push(now);
        }
        Some(FilledForm { form: group.form, line: group.line, fields })
    }

    /// A field that nobody has to fill in.
    fn not_asked(&mut self, place: Place<'_>, given: Option<&Given>, because: Option<&Field>) -> Read {
        if given.is_some() {
            let why = because.map_or_else(String::new, |field| format!(", by the answer to `{}`", title(field)));
            self.problem(place, ProblemKind::NotAsked, format!("this is not asked here{why}"));
        }
        Read::Nothing
    }

    /// A field that is asked.
    fn field(
        &mut self,
        place: Place<'_>,
        cx: &Cx<'_>,
        field: &Field,
        asked: &decision::Field,
        given: Option<&Given>,
        sure: Asked,
    ) -> (Read, Option<FilledField>) {
        let mut filled = FilledField {
            field: asked.field,
            needed: asked.needed,
            stored: Stored::NoAnswer,
            prefilled: false,
            filled_by: given.and_then(|given| given.filled_by.clone()),
            until: None,
            kept: asked.kept,
            by: asked.by.clone(),
        };
        let (tree, prefilled) = match (given.map(|given| (&given.answer, given.prefilled)), &asked.prefill) {
            (Some((Answer::Tree(tree), _)), _) => (tree.clone(), false),
            (Some((Answer::Left, _)), _) => return self.unanswered(place, sure, filled),
            (Some(shown), _) => return self.shown(place, cx, field, shown, filled),
            (None, Some(prefill)) => (Tree::Text(prefill.to_string()), true),
            (None, None) => return self.unanswered(place, sure, filled),
        };
        // A field that may not be asked at all is not filled in for anybody.
        if prefilled && sure == Asked::Perhaps {
            return (Read::Hidden, None);
        }
        let value = value::read(&field.ty, &tree, self.decision.program.currency)
            .and_then(|value| cx.check(field, &value).map(|()| value));
        match value {
            Ok(value) => {
                filled.prefilled = prefilled;
                filled.until = self.until(filled.kept);
                match self.stored(cx.form, field, filled.kept, &value) {
                    Some(stored) => filled.stored = stored,
                    None => {
                        let message = "this is kept as a hash, and no key was given to hash it with";
                        self.problem(place, ProblemKind::NoKey, message);
                    }
                }
                (Read::Filled(value), Some(filled))
            }
            Err(Wrong { inside, kind, message }) => {
                let path = format!("{}{inside}", place.path);
                let from = if prefilled { "filled in from the request: " } else { "" };
                self.problem(Place { path, ..place }, kind, format!("{from}{message}"));
                (Read::Hidden, None)
            }
        }
    }

    fn unanswered(&mut self, place: Place<'_>, sure: Asked, filled: FilledField) -> (Read, Option<FilledField>) {
        if sure == Asked::Perhaps {
            return (Read::Nothing, None);
        }
        if filled.needed == Needed::Required {
            self.problem(place, ProblemKind::Missing, "an answer is required");
        }
        (Read::Nothing, Some(filled))
    }

    /// What a record shows of an answer that it does not hold.
    fn shown(
        &mut self,
        place: Place<'_>,
        cx: &Cx<'_>,
        field: &Field,
        (shown, prefilled): (&Answer, bool),
        mut filled: FilledField,
    ) -> (Read, Option<FilledField>) {
        filled.until = self.until(filled.kept);
        filled.prefilled = prefilled;
        let stored = match (shown, filled.kept) {
            (Answer::NotKept, Some(Kept::Never)) => Some(Stored::Nothing),
            (Answer::Hash(hash), Some(Kept::HashFor(_))) => Some(Stored::Hash(hash.clone())),
            (Answer::Deleted, Some(Kept::HashFor(_) | Kept::For(_))) => Some(Stored::Deleted),
            _ => None,
        };
        match stored {
            Some(stored) => filled.stored = stored,
            None => {
                let message = format!("`{}` of `{}` is not kept like this", title(field), cx.form.label);
                self.problem(place, ProblemKind::Type, message);
            }
        }
        (Read::Hidden, Some(filled))
    }

    /// The last day on which the answer may be stored.
    fn until(&self, kept: Option<Kept>) -> Option<chrono::NaiveDate> {
        match kept {
            Some(Kept::For(length) | Kept::HashFor(length)) => {
                Some(until(self.request.day, length, self.version.choices.month_end))
            }
            Some(Kept::Never) | None => None,
        }
    }

    /// The answer as it is stored; nothing when that takes a key and there is none.
    fn stored(&self, form: &Form, field: &Field, kept: Option<Kept>, value: &value::Filled) -> Option<Stored> {
        match kept {
            Some(Kept::Never) => Some(Stored::Nothing),
            Some(Kept::HashFor(_)) => {
                let key = self.answers.key.as_ref()?;
                Some(Stored::Hash(key.hash(&form.label, &field.name, &value.canonical())))
            }
            Some(Kept::For(_)) | None => Some(Stored::Value(value.clone())),
        }
    }

    /// Answers to what nobody asked.
    fn leftover(&mut self) {
        for (at, sheet) in self.answers.sheets.iter().enumerate() {
            let form = self.version.forms.iter().find(|form| *form.label == *sheet.form);
            let line = sheet.line.as_deref();
            if self.seen.contains(&at) {
                for (name, given) in &sheet.fields {
                    let known = form.is_some_and(|form| form.fields.iter().any(|field| *field.name == **name));
                    if !known {
                        let names = form.into_iter().flat_map(|form| form.fields.iter().map(|field| &*field.name));
                        let message =
                            unknown(&format!("{} has no field {}", quoted(&sheet.form), quoted(name)), name, names);
                        let place = Place { path: given.path.clone(), form: &sheet.form, line, field: Some(name) };
                        self.problem(place, ProblemKind::Unknown, message);
                    }
                }
                continue;
            }
            let place = Place { path: format!("/forms/{at}"), form: &sheet.form, line, field: None };
            let there = |line: &str| self.decision.lines.iter().any(|known| *known.line == *line);
            match form {
                None => {
                    let names = self.version.forms.iter().map(|form| &*form.label);
                    let message =
                        unknown(&format!("the policy has no form {}", quoted(&sheet.form)), &sheet.form, names);
                    self.problem(place, ProblemKind::Unknown, message);
                }
                Some(_) if line.is_some_and(|line| !there(line)) => {
                    let message = format!("no line {} comes back", quoted(line.unwrap_or_default()));
                    self.problem(place, ProblemKind::Unknown, message);
                }
                Some(form) => {
                    let message = match (form.of_visit, line) {
                        (true, Some(_)) => "this form is filled in once for the visit, without a line".to_owned(),
                        (false, None) => "this form is filled in for each line: say which".to_owned(),
                        _ => "this form is not asked here".to_owned(),
                    };
                    self.problem(place, ProblemKind::NotAsked, message);
                }
            }
        }
    }
}

fn is_empty(answer: &Answer) -> bool {
    matches!(answer, Answer::Tree(tree) if value::is_empty(tree))
}

fn unknown<'n>(message: &str, name: &str, names: impl Iterator<Item = &'n str>) -> String {
    match near(name, names) {
        Some(meant) => format!("{message}; did you mean `{meant}`?"),
        None => message.to_owned(),
    }
}
