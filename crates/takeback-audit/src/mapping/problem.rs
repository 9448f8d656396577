//! What is wrong with a mapping: as data, with its place in the text, and rendered for a terminal.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use serde::Serialize;
use takeback::diagnostic::{LabelJson, PlaceJson, Severity};
use takeback::source::{SourceId, SourceSet, Span};

use super::Code;

/// Something wrong in a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem it is.
    pub code: Code,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What was found and what was expected, in one line.
    pub message: String,
    /// Other places that have a part in it.
    pub labels: Vec<(Range<usize>, String)>,
    /// What can be done.
    pub help: Option<String>,
}

impl Problem {
    pub(crate) fn new(code: Code, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), labels: Vec::new(), help: None }
    }

    pub(crate) fn label(mut self, span: Range<usize>, words: impl Into<String>) -> Self {
        self.labels.push((span, words.into()));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// [`Problems`] for tools: members are those of [`takeback::diagnostic::ReportJson`].
#[derive(Clone, Debug, Serialize)]
pub struct ProblemsJson {
    /// Each of them, in the order of the text.
    pub diagnostics: Vec<ProblemJson>,
}

/// A [`Problem`] in [`ProblemsJson`].
#[derive(Clone, Debug, Serialize)]
pub struct ProblemJson {
    /// What kind of problem it is: `"M0501"`.
    pub code: &'static str,
    /// Always `"error"`.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: String,
    /// The place it is about.
    #[serde(flatten)]
    pub place: PlaceJson,
    /// Other places that have a part in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelJson>,
    /// What can be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// All that is wrong with a mapping, in the order of the text. Prints as it stands in a terminal, without colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    // INVARIANT: not empty, and in the order of the text.
    list: Vec<Problem>,
    name: String,
    text: String,
}

impl Problems {
    pub(crate) fn new(name: &str, text: &str, mut list: Vec<Problem>) -> Self {
        list.sort_by_key(|problem| (problem.span.start, problem.span.end));
        Self { list, name: name.to_owned(), text: text.to_owned() }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many there are: `1 error`, `3 errors`.
    pub fn summary(&self) -> String {
        let count = self.list.len();
        format!("{count} error{}", if count == 1 { "" } else { "s" })
    }

    /// What the mapping is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One block for each, with its lines of the mapping.
    ///
    /// ```text
    /// error[M0501]: `invoice_tim` is no column of `sales.csv`
    ///   --> mapping.toml:9:8
    ///    |
    ///  9 | sold = "invoice_tim"
    ///    |        ^^^^^^^^^^^^^
    ///    |
    ///    = help: did you mean `invoice_time`?
    /// ```
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut out = String::new();
        for problem in &self.list {
            out.push_str(&self.block(&renderer, problem));
            out.push_str("\n\n");
        }
        out
    }

    /// One line for each: `mapping.toml:9:8: error[M0501]: …; help: …`.
    pub fn plain(&self) -> String {
        let sources = self.sources();
        let place = |span: &Range<usize>| {
            let position = sources.get(SourceId(0)).map(|source| source.position(self.span(span).start));
            position.map_or_else(String::new, |at| format!("{}:{}:{}: ", self.name, at.line, at.column))
        };
        let mut out = String::new();
        for Problem { code, span, message, labels, help } in &self.list {
            let mut line = format!("{}error[{}]: {message}", place(span), code.word());
            for (span, words) in labels {
                line.push_str(&format!("; {}{words}", place(span)));
            }
            if let Some(help) = help {
                line.push_str(&format!("; help: {help}"));
            }
            out.push_str(&normalize_untrusted_str(&line.replace('\n', " ")));
            out.push('\n');
        }
        out
    }

    /// All of them for tools, in the form in which findings of policies are written: `{"diagnostics": [{"code": "M0501", …}]}`.
    pub fn json(&self) -> ProblemsJson {
        let sources = self.sources();
        let told = |problem: &Problem| ProblemJson {
            code: problem.code.word(),
            severity: Severity::Error,
            message: problem.message.clone(),
            place: PlaceJson::new(self.span(&problem.span), &sources),
            labels: problem
                .labels
                .iter()
                .map(|(span, words)| LabelJson {
                    message: words.clone(),
                    place: PlaceJson::new(self.span(span), &sources),
                })
                .collect(),
            help: problem.help.clone(),
        };
        ProblemsJson { diagnostics: self.list.iter().map(told).collect() }
    }

    fn sources(&self) -> SourceSet {
        let mut sources = SourceSet::new();
        // The first name of a set is nobody else's.
        let _ = sources.add(self.name.as_str(), self.text.as_str());
        sources
    }

    fn span(&self, span: &Range<usize>) -> Span {
        let Range { start, end } = self.inside(span);
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(SourceId(0), byte(start), byte(end))
    }

    fn block(&self, renderer: &Renderer, problem: &Problem) -> String {
        let title = Level::ERROR.primary_title(&problem.message).id(problem.code.word());
        let snippet: Snippet<'_, Annotation<'_>> = Snippet::source(&*self.text)
            .path(normalize_untrusted_str(&self.name))
            .annotation(AnnotationKind::Primary.span(self.inside(&problem.span)))
            .annotations(problem.labels.iter().map(|(span, words)| {
                AnnotationKind::Context.span(self.inside(span)).label(normalize_untrusted_str(words))
            }));
        let group = title.element(snippet);
        let group = match &problem.help {
            Some(help) => group.element(Level::HELP.message(normalize_untrusted_str(help))),
            None => group,
        };
        renderer.render(&[group])
    }

    fn inside(&self, span: &Range<usize>) -> Range<usize> {
        let fit = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = fit(span.start);
        start..fit(span.end).max(start)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}{}", self.render(false), self.summary())
    }
}

impl std::error::Error for Problems {}
