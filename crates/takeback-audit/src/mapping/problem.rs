//! What is wrong with a mapping: as data, with its place in the text, and rendered for a terminal.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};

/// Something wrong in a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
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
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), labels: Vec::new(), help: None }
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

    /// One block for each, with its lines of the mapping, and a line that counts them.
    ///
    /// ```text
    /// error: `invoice_tim` is no column of `sales.csv`
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
        let count = self.list.len();
        out.push_str(&format!("{count} error{}\n", if count == 1 { "" } else { "s" }));
        out
    }

    fn block(&self, renderer: &Renderer, problem: &Problem) -> String {
        let title = Level::ERROR.primary_title(&problem.message);
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
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
