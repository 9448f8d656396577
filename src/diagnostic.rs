//! Findings about a policy text, as data.
//!
//! A [`Diagnostic`] says what is wrong and where; a [`Report`] holds all of them in the order of the files. Checks make
//! diagnostics with [`Diagnostic::new`] and push them; nobody colours, wraps or prints here. [`ReportJson`] is the same
//! report with files, lines and columns for editors and other languages; `render` makes text for a terminal.
//!
//! The kinds of findings are the table in [`code`].

pub mod code;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::code::Code;
use crate::source::{Position, SourceSet, Span};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of finding this is.
    pub code: Code,
    /// How serious it is; the code's own severity unless somebody changed it.
    pub severity: Severity,
    /// What was found and what was expected: one line, lower-case start, no full stop.
    pub message: String,
    /// The place it is about.
    pub span: Span,
    /// Other places that explain it. A label at `span` itself is written under the primary place.
    pub labels: Vec<Label>,
    /// What the author can do.
    pub help: Option<String>,
    /// Edits a tool may apply.
    pub fix: Option<Fix>,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The policy cannot be used.
    Error,
    /// The policy can be used and probably does not say what its author means.
    Warning,
    /// The policy could be said better.
    Hint,
}

/// Another place, and what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there: `first defined here`.
    pub message: String,
}

/// A repair: all of its edits together, or none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What the repair does: "replace with `category`".
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement of text; an empty span inserts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// The text that goes away.
    pub span: Span,
    /// The text that comes in its place.
    pub replacement: String,
}

/// All findings about one set of sources: by file name, then place, then code, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    // INVARIANT: ordered as above, no two are equal.
    diagnostics: Vec<Diagnostic>,
}

impl Diagnostic {
    /// A finding with the severity of its code.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds another place and what is there.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what the author can do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers a repair.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }
}

impl Edit {
    /// Puts `replacement` in the place of `span`.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }
}

impl Report {
    /// Orders the findings and keeps one of each.
    pub fn new(mut diagnostics: Vec<Diagnostic>, sources: &SourceSet) -> Self {
        diagnostics.sort_by(|left, right| in_order(left, right, sources));
        diagnostics.dedup();
        Self { diagnostics }
    }

    /// All findings, in order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// All findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether the policy cannot be used.
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// The errors among the findings.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.with_severity(Severity::Error)
    }

    /// The warnings among the findings.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.with_severity(Severity::Warning)
    }

    /// The findings of one severity.
    pub fn with_severity(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity)
    }

    /// How many of what: `2 errors, 1 warning`, or `no findings`.
    pub fn summary(&self) -> String {
        let counts = Severity::ALL.iter().filter_map(|severity| match self.with_severity(*severity).count() {
            0 => None,
            1 => Some(format!("1 {severity}")),
            many => Some(format!("{many} {severity}s")),
        });
        let counts: Vec<String> = counts.collect();
        if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") }
    }
}

impl Severity {
    /// Every severity, the most serious first.
    pub const ALL: &[Severity] = &[Severity::Error, Severity::Warning, Severity::Hint];

    /// `error`, `warning` or `hint`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary())
    }
}

impl std::error::Error for Report {}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Nothing is near to a longer name.
const LONGEST_NAME: usize = 200;
/// Three letters, of four bytes at most.
const MOST_BYTES_APART: usize = 12;

/// The candidate an author most likely meant by `name`: at most one slip away for short names, two from five letters on,
/// three from nine. Of equally near ones the alphabetically first; never `name` itself.
///
/// ```
/// use takeback::diagnostic::near;
///
/// assert_eq!(near("catgory", ["category", "customer"]), Some("category"));
/// assert_eq!(near("colour", ["category", "customer"]), None);
/// ```
pub fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(name, &mut candidates.into_iter())
}

/// As much of a text as a message or a place quotes: so many characters at most, and `…` for the rest.
pub(crate) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)) {
        Some(shown) => Cow::Owned(format!("{shown}…")),
        None => Cow::Borrowed(text),
    }
}

/// The same, once for all kinds of lists.
fn nearest<'a>(name: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = name.chars().count();
    let slips = match letters {
        0 | 1 => return None,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    // The distance is at least the difference in length; comparing is quadratic in it.
    let alike = |candidate: &str| candidate.len().abs_diff(name.len()) <= MOST_BYTES_APART;
    candidates
        .filter(|candidate| name.len() <= LONGEST_NAME && alike(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| (1..=slips).contains(distance))
        .min()
        .map(|(_, candidate)| candidate)
}

/// File name, place, code; then whatever else makes two findings differ, so that equal ones stand together.
fn in_order(left: &Diagnostic, right: &Diagnostic, sources: &SourceSet) -> Ordering {
    let name = |diagnostic: &Diagnostic| sources.get(diagnostic.span.source).map(|source| source.name());
    name(left)
        .cmp(&name(right))
        .then_with(|| left.span.cmp(&right.span))
        .then_with(|| left.code.cmp(&right.code))
        .then_with(|| left.message.cmp(&right.message))
        .then_with(|| left.labels.cmp(&right.labels))
        .then_with(|| left.help.cmp(&right.help))
        .then_with(|| left.fix.cmp(&right.fix))
        .then_with(|| left.severity.cmp(&right.severity))
}

/// A [`Report`] for editors and other languages: files by name, places in bytes and in lines and UTF-16 columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportJson {
    /// The findings, in the order of the report.
    pub diagnostics: Vec<DiagnosticJson>,
}

/// A [`Diagnostic`] in a [`ReportJson`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticJson {
    /// What kind of finding this is: `"T0101"`.
    pub code: Code,
    /// `"error"`, `"warning"` or `"hint"`.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: String,
    /// The place it is about.
    #[serde(flatten)]
    pub place: PlaceJson,
    /// Other places that explain it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelJson>,
    /// What the author can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Edits a tool may apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixJson>,
}

/// A [`Label`] in a [`ReportJson`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelJson {
    /// What is there.
    pub message: String,
    /// The place.
    #[serde(flatten)]
    pub place: PlaceJson,
}

/// A [`Fix`] in a [`ReportJson`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixJson {
    /// What the repair does.
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<EditJson>,
}

/// An [`Edit`] in a [`ReportJson`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditJson {
    /// The text that comes.
    pub replacement: String,
    /// The text that goes away.
    #[serde(flatten)]
    pub place: PlaceJson,
}

/// A [`Span`] in a [`ReportJson`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceJson {
    /// The name of the source; empty when the span is of none.
    pub file: String,
    /// The bytes, counted from 0 in UTF-8.
    pub bytes: BytesJson,
    /// Where it begins.
    pub start: PositionJson,
    /// The position after its last character.
    pub end: PositionJson,
}

/// The bytes of a [`PlaceJson`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BytesJson {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A line and a column, both from 1; the column counts UTF-16 units, as JavaScript strings do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionJson {
    /// The line.
    pub line: u32,
    /// The column in UTF-16 units.
    pub column: u32,
}

impl ReportJson {
    /// Replaces every span of the report by its file, lines and columns.
    pub fn new(report: &Report, sources: &SourceSet) -> Self {
        Self { diagnostics: report.iter().map(|diagnostic| DiagnosticJson::new(diagnostic, sources)).collect() }
    }
}

impl DiagnosticJson {
    /// Replaces every span of the finding by its file, lines and columns.
    pub fn new(diagnostic: &Diagnostic, sources: &SourceSet) -> Self {
        let place = |span| PlaceJson::new(span, sources);
        let label = |label: &Label| LabelJson { message: label.message.clone(), place: place(label.span) };
        let edit = |edit: &Edit| EditJson { replacement: edit.replacement.clone(), place: place(edit.span) };
        let fix = |fix: &Fix| FixJson { title: fix.title.clone(), edits: fix.edits.iter().map(edit).collect() };
        Self {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            place: place(diagnostic.span),
            labels: diagnostic.labels.iter().map(label).collect(),
            help: diagnostic.help.clone(),
            fix: diagnostic.fix.as_ref().map(fix),
        }
    }
}

impl PlaceJson {
    /// Looks the span up in its source.
    pub fn new(span: Span, sources: &SourceSet) -> Self {
        let bytes = BytesJson { start: span.start, end: span.end };
        match sources.get(span.source) {
            Some(source) => Self {
                file: source.name().to_owned(),
                bytes,
                start: source.position(span.start).into(),
                end: source.position(span.end).into(),
            },
            None => Self {
                file: String::new(),
                bytes,
                start: PositionJson { line: 1, column: 1 },
                end: PositionJson { line: 1, column: 1 },
            },
        }
    }
}

impl From<Position> for PositionJson {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.utf16 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Diagnostic, Edit, Report, ReportJson, Severity, near};
    use crate::source::{SourceId, SourceSet, Span};

    fn sources() -> SourceSet {
        let mut sources = SourceSet::new();
        sources.add("z.takeback", "window 30 days\nfee x\n").unwrap();
        sources.add("a.takeback", "\u{1d11e} catgory\n").unwrap();
        sources
    }

    fn finding(code: Code, source: u32, start: u32) -> Diagnostic {
        Diagnostic::new(code, Span::new(SourceId(source), start, start + 1), "message")
    }

    #[test]
    fn severity_comes_from_the_code() {
        assert_eq!(finding(Code::UnknownName, 0, 0).severity, Severity::Error);
        assert_eq!(finding(Code::NoEffect, 0, 0).severity, Severity::Warning);
    }

    #[test]
    fn reports_are_ordered_by_name_place_and_code() {
        let expected = [
            finding(Code::Unused, 1, 0),
            finding(Code::UnknownName, 0, 0),
            finding(Code::NoEffect, 0, 0),
            finding(Code::NotASentence, 0, 5),
        ];
        let mut mixed = expected.to_vec();
        mixed.reverse();
        assert_eq!(Report::new(mixed, &sources()).diagnostics(), expected);
    }

    #[test]
    fn reports_keep_one_of_each_finding() {
        let labelled = finding(Code::NoEffect, 0, 0).label(Span::new(SourceId(0), 9, 9), "covered here");
        let plain = finding(Code::NoEffect, 0, 0);
        let report = Report::new(vec![plain.clone(), labelled.clone(), plain.clone(), labelled.clone()], &sources());
        assert_eq!(report.diagnostics(), [plain, labelled]);
    }

    #[test]
    fn summaries_count_what_is_there() {
        let report = |codes: &[Code]| {
            let found = codes.iter().zip(0..).map(|(code, start)| finding(*code, 0, start)).collect();
            Report::new(found, &sources())
        };
        assert_eq!(report(&[]).summary(), "no findings");
        assert_eq!(report(&[Code::NoEffect]).to_string(), "1 warning");
        let three = report(&[Code::NoEffect, Code::UnknownName, Code::NotASentence]);
        assert_eq!(three.summary(), "2 errors, 1 warning");
        assert!(three.has_errors() && !report(&[Code::Unused]).has_errors());
        assert_eq!((three.errors().count(), three.warnings().count()), (2, 1));
    }

    #[test]
    fn near_names_allow_more_slips_in_longer_names() {
        assert_eq!(near("tax", ["tx", "fax", "fees"]), Some("fax"));
        assert_eq!(near("phoen", ["phones", "phone"]), Some("phone"));
        assert_eq!(near("restock", ["restocking"]), None);
        assert_eq!(near("restockng", ["restocking", "restart"]), Some("restocking"));
        assert_eq!(near("electrnics", ["electronics"]), Some("electronics"));
        assert_eq!(near("sale", ["sealed"]), None);
        assert_eq!(near("sale", ["sale", "scale"]), Some("scale"));
        assert_eq!(near("a", ["b"]), None);
        assert_eq!(near("", ["b"]), None);
    }

    #[test]
    fn json_carries_bytes_and_utf16_columns() {
        let span = Span::new(SourceId(1), 5, 12);
        let diagnostic = Diagnostic::new(Code::UnknownName, span, "unknown fact `catgory`")
            .label(Span::new(SourceId(0), 15, 18), "read here")
            .help("did you mean `category`?")
            .fix("replace with `category`", vec![Edit::new(span, "category")]);
        let json = ReportJson::new(&Report::new(vec![diagnostic], &sources()), &sources());
        let place = |file: &str, bytes: [u32; 2], line: u32, columns: [u32; 2]| {
            serde_json::json!({
                "file": file,
                "bytes": { "start": bytes[0], "end": bytes[1] },
                "start": { "line": line, "column": columns[0] },
                "end": { "line": line, "column": columns[1] },
            })
        };
        let with = |mut value: serde_json::Value, place: serde_json::Value| {
            value.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
            value
        };
        let primary = || place("a.takeback", [5, 12], 1, [4, 11]);
        let expected = with(
            serde_json::json!({
                "code": "T0101",
                "severity": "error",
                "message": "unknown fact `catgory`",
                "labels": [with(serde_json::json!({ "message": "read here" }), place("z.takeback", [15, 18], 2, [1, 4]))],
                "help": "did you mean `category`?",
                "fix": {
                    "title": "replace with `category`",
                    "edits": [with(serde_json::json!({ "replacement": "category" }), primary())],
                },
            }),
            primary(),
        );
        let written = serde_json::to_value(&json).unwrap();
        assert_eq!(written, serde_json::json!({ "diagnostics": [expected] }));
        assert_eq!(serde_json::from_value::<ReportJson>(written).unwrap(), json);
    }

    #[test]
    fn json_of_a_span_without_a_source_has_no_file() {
        let report = Report::new(vec![finding(Code::NoPolicy, 7, 3)], &sources());
        let json = ReportJson::new(&report, &sources());
        assert_eq!(json.diagnostics[0].place.file, "");
    }
}
