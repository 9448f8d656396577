//! What was collected on forms, against what the policy wants collected, and how it is kept. Told only where the source tells
//! what was collected.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use takeback::date::extend;
use takeback::decision::{Credits, Decision, Field, Needed, Outcome};
use takeback::program;

use crate::cells::Of;
use crate::finding::{Cause, Finding, Kind};
use crate::spell::{self, Answer, Keeping};
use crate::visit::Fault;

use super::{Cx, Decided, Found, Place, sentences};

/// What is missing of a form, for a row.
struct Missing<'d> {
    decision: &'d Decision,
    place: usize,
    title: String,
    fields: Vec<String>,
    by: Credits,
}

/// A field that a decision asks for, and whether it has to be there.
struct Asked<'d> {
    decision: &'d Decision,
    field: &'d Field,
    required: bool,
}

impl Cx<'_> {
    /// The paperwork of a visit that was let through: what is asked once all that could be approved is. Lines that wait for
    /// somebody were not let through, and miss nothing.
    pub(super) fn paperwork(
        &self,
        decided: &Decided,
        (visit, waiting): (&[usize], &[usize]),
        out: &mut Found,
    ) -> Result<(), Fault> {
        let decision = decided.granted();
        let let_through = |line: usize| !waiting.contains(&line);
        let asked = decision.paperwork.iter().map(|field| {
            let required = match field.line {
                Some(line) => let_through(line),
                None => (0..decided.lines.len()).any(let_through),
            };
            Asked { decision, field, required }
        });
        self.collected(decided, visit, asked.collect(), out)
    }

    /// The paperwork of a line that was declined: only what the policy asks of what it declines. What else was collected is
    /// held against the rule by which it is kept.
    pub(super) fn paperwork_of_declined(
        &self,
        decided: &Decided,
        visit: &[usize],
        out: &mut Found,
    ) -> Result<(), Fault> {
        let (decision, granted) = (&decided.decision, decided.granted());
        let required = decision.lines.iter().all(|line| line.outcome == Outcome::Decline);
        let same =
            |one: &Field, other: &Field| (one.line, one.form, one.field) == (other.line, other.form, other.field);
        let other = |field: &&Field| !decision.paperwork.iter().any(|known| same(known, field));
        let mut asked: Vec<Asked<'_>> =
            decision.paperwork.iter().map(|field| Asked { decision, field, required }).collect();
        let others = granted.paperwork.iter().filter(other);
        asked.extend(others.map(|field| Asked { decision: granted, field, required: false }));
        self.collected(decided, visit, asked, out)
    }

    /// Finds what was not collected, and what is kept against its rule. A form of the visit may stand with any row of it, decided
    /// here or not.
    fn collected(
        &self,
        decided: &Decided,
        visit: &[usize],
        asked: Vec<Asked<'_>>,
        out: &mut Found,
    ) -> Result<(), Fault> {
        let mut collected: Vec<Option<Vec<Answer<'_>>>> = Vec::new();
        for line in &decided.lines {
            let text = self.cells.text(Of::Return, "forms", line.row);
            let wrong = |reason| Fault::new(line.row, "forms", text.map(str::to_owned), reason);
            collected.push(text.map(spell::answers).transpose().map_err(wrong)?);
        }
        let mut missing: BTreeMap<(usize, u16), Missing<'_>> = BTreeMap::new();
        let mut untold: BTreeMap<usize, (&Decision, Credits)> = BTreeMap::new();
        for Asked { decision, field, required } in asked {
            let Some((form, named)) = self.named(decision, field) else { continue };
            let path = format!("{}.{}", form.label, named.name);
            // Of a form of the visit, any row tells; of a form of a line, that line.
            let rows: Vec<usize> = match field.line {
                Some(line) => vec![line],
                None => (0..decided.lines.len()).collect(),
            };
            let first = rows.first().copied();
            let known: Vec<usize> =
                rows.into_iter().filter(|line| collected.get(*line).is_some_and(Option::is_some)).collect();
            let answers = || known.iter().filter_map(|line| collected.get(*line)?.as_ref());
            let must = required && field.needed == Needed::Required && named.when.is_empty() && field.prefill.is_none();
            let elsewhere = || field.line.is_none() && visit.iter().any(|row| self.stands_with(*row, &path));
            let Some(place) = known.first().copied() else {
                if let Some(first) = first.filter(|_| must && self.cells.has(Of::Return, "forms") && !elsewhere()) {
                    untold.entry(first).or_insert_with(|| (decision, Credits::new())).1.merge(&field.by);
                }
                continue;
            };
            let found = answers().flatten().find(|answer| answer.field == path);
            match found {
                None if must && !elsewhere() => {
                    let title = form.title.as_deref().unwrap_or(&form.label).to_owned();
                    let entry = missing.entry((place, field.form)).or_insert_with(|| Missing {
                        decision,
                        place,
                        title,
                        fields: Vec::new(),
                        by: Credits::new(),
                    });
                    entry.fields.push(named.title.as_deref().unwrap_or(&named.name).to_owned());
                    entry.by.merge(&field.by);
                }
                None => {}
                Some(answer) => out.findings.extend(self.kept(decided, decision, place, field, answer)),
            }
        }
        for (line, (decision, by)) in untold {
            let Some(row) = decided.lines.get(line).map(|line| line.row) else { continue };
            if out.findings.iter().any(|finding| finding.row == row && finding.kind == Kind::CannotBeJudged) {
                continue;
            }
            let mut finding = Finding::new(Kind::CannotBeJudged, row, Cause::MissingFact);
            self.about(Place { row, line, request: &decided.request, decision }, &mut finding);
            self.cite(&by, &mut finding);
            finding.told = true;
            finding.actual = self.actual(row).total;
            finding.facts.push("forms".to_owned());
            finding.message = sentences::undetermined(&finding.facts, None);
            out.findings.push(finding);
        }
        for missing in missing.into_values() {
            let Some(line) = decided.lines.get(missing.place) else { continue };
            let decision = missing.decision;
            let place = Place { row: line.row, line: missing.place, request: &decided.request, decision };
            let mut finding = Finding::new(Kind::PaperworkMissing, line.row, Cause::Paperwork);
            self.about(place, &mut finding);
            self.cite(&missing.by, &mut finding);
            finding.told = true;
            finding.message = sentences::not_collected(&missing.title, &missing.fields);
            out.findings.push(finding);
        }
        Ok(())
    }

    /// Whether an answer stands with a row, as far as that can be read.
    fn stands_with(&self, row: usize, path: &str) -> bool {
        let answers = self.cells.text(Of::Return, "forms", row).and_then(|text| spell::answers(text).ok());
        answers.is_some_and(|answers| answers.iter().any(|answer| answer.field == path))
    }

    /// The form and the field behind a field of a decision. The forms are those of the version that decides its line.
    fn named<'p>(&'p self, decision: &Decision, field: &Field) -> Option<(&'p program::Form, &'p program::Field)> {
        let version = match field.line {
            Some(line) => decision.lines.get(line)?.version,
            None => decision.version,
        };
        let form = self.policy.program().versions.get(version)?.forms.get(usize::from(field.form))?;
        Some((form, form.fields.get(usize::from(field.field))?))
    }

    /// An answer that is kept plainer or longer than it may be.
    fn kept(
        &self,
        decided: &Decided,
        decision: &Decision,
        line: usize,
        field: &Field,
        answer: &Answer<'_>,
    ) -> Option<Finding> {
        let row = decided.lines.get(line)?.row;
        let (rule, how) = (field.kept?, answer.kept?);
        let until = self.until(decision, decided.request.day, rule);
        let as_of = self.cells.day(Of::Return, "forms_as_of", row);
        let too_long = until.zip(as_of).filter(|(until, as_of)| until < as_of).map(|(until, _)| until);
        let plainer = match (rule, how) {
            (_, Keeping::Nothing | Keeping::Deleted) => return None,
            (program::Kept::Never, _) => "it is not to be kept at all",
            (program::Kept::HashFor(_), Keeping::Value) => "it is to be kept as a hash",
            (program::Kept::HashFor(_), Keeping::Hash) | (program::Kept::For(_), _) => "",
        };
        if plainer.is_empty() && too_long.is_none() {
            return None;
        }
        let place = Place { row, line, request: &decided.request, decision };
        let mut finding = Finding::new(Kind::PaperworkKept, row, Cause::Paperwork);
        self.about(place, &mut finding);
        self.cite(&field.by, &mut finding);
        finding.law |= decision
            .law
            .iter()
            .any(|clamp| matches!(&clamp.what, takeback::decision::Bound::Kept(name) if **name == *answer.field));
        for clamp in &decision.law {
            if matches!(&clamp.what, takeback::decision::Bound::Kept(name) if **name == *answer.field) {
                self.cite(&clamp.by, &mut finding);
            }
        }
        finding.told = true;
        finding.message = sentences::kept(answer.field, plainer, too_long, as_of);
        Some(finding)
    }

    /// The last day on which an answer may be kept; the day of the visit is day 0.
    fn until(&self, decision: &Decision, day: NaiveDate, rule: program::Kept) -> Option<NaiveDate> {
        let length = match rule {
            program::Kept::Never => return None,
            program::Kept::HashFor(length) | program::Kept::For(length) => length,
        };
        let version = self.policy.program().versions.get(decision.version)?;
        extend(day, length, version.choices.month_end, None).ok()
    }
}
