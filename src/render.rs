//! Text for people: a [`Report`] with its sources as blocks for a terminal, or as one line per finding.
//!
//! [`render`] shows each finding with the lines it is about; [`plain`] says the same in one line, for screen readers and
//! for tools that read `file:line:column`. Neither looks at the terminal: the caller chooses the [`Style`]. Translating
//! findings for editors and other languages is [`ReportJson`](crate::diagnostic::ReportJson).

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};

use crate::diagnostic::{Diagnostic, Label, Report, Severity};
use crate::source::{Source, SourceId, SourceSet, Span};

/// Whether [`render`] uses colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    #[default]
    Plain,
    /// Text with ANSI colours.
    Color,
}

/// One block for each finding, with its lines of the policy, and a line that counts them. Empty for an empty report.
///
/// ```text
/// error[T0101]: unknown category `electroncs`
///   --> returns.takeback:3:18
///    |
///  3 | window 30 days when item in electroncs
///    |                             ^^^^^^^^^^
///    |
///    = help: did you mean `electronics`?
///
/// 1 error
/// ```
pub fn render(report: &Report, sources: &SourceSet, style: Style) -> String {
    if report.is_empty() {
        return String::new();
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    };
    let mut text = String::new();
    for diagnostic in report {
        text.push_str(&block(&renderer, diagnostic, sources));
        text.push_str("\n\n");
    }
    text.push_str(&report.summary());
    text.push('\n');
    text
}

/// One line for each finding: `file:line:column: error[T0101]: message; help: …`. Other places stand between the message
/// and the help, each with its own `file:line:column`. Columns count characters.
pub fn plain(report: &Report, sources: &SourceSet) -> String {
    let mut text = String::new();
    for diagnostic in report {
        text.push_str(&line(diagnostic, sources));
        text.push('\n');
    }
    text
}

/// A finding as a title, the snippets of every file it touches, and its help.
fn block(renderer: &Renderer, diagnostic: &Diagnostic, sources: &SourceSet) -> String {
    let title = level(diagnostic.severity).primary_title(&diagnostic.message).id(diagnostic.code.as_str());
    let snippets = files(diagnostic).into_iter().filter_map(|id| sources.get(id));
    let group = title.elements(snippets.map(|source| snippet(diagnostic, source)));
    let group = match advice(diagnostic) {
        Some(help) => group.element(Level::HELP.message(normalize_untrusted_str(help))),
        None => group,
    };
    renderer.render(&[group])
}

/// The part of a finding that lies in one source. The primary place has no words of its own, the message is above it;
/// labels at the same place give it some.
fn snippet<'a>(diagnostic: &'a Diagnostic, source: &'a Source) -> Snippet<'a, Annotation<'a>> {
    let here = |span: Span| span.source == source.id();
    let (at_primary, elsewhere): (Vec<&Label>, Vec<&Label>) =
        diagnostic.labels.iter().filter(|label| here(label.span)).partition(|label| label.span == diagnostic.span);
    let words: Vec<&str> = at_primary.iter().map(|label| label.message.as_str()).collect();
    let words = if words.is_empty() { None } else { Some(normalize_untrusted_str(&words.join("; "))) };
    let primary = || AnnotationKind::Primary.span(range(source, diagnostic.span)).label(words);
    let contexts = elsewhere.iter().map(|label| {
        let words = normalize_untrusted_str(&label.message);
        AnnotationKind::Context.span(range(source, label.span)).label(words)
    });
    Snippet::source(source.text())
        .path(normalize_untrusted_str(source.name()))
        .annotations(here(diagnostic.span).then(primary))
        .annotations(contexts)
}

/// A finding in one line.
fn line(diagnostic: &Diagnostic, sources: &SourceSet) -> String {
    let Diagnostic { code, severity, message, .. } = diagnostic;
    let mut text = format!("{}{severity}[{code}]: {message}", place(diagnostic.span, sources));
    for label in &diagnostic.labels {
        // Writing to a string does not fail.
        let _ = write!(text, "; {}{}", place(label.span, sources), label.message);
    }
    if let Some(help) = advice(diagnostic) {
        let _ = write!(text, "; help: {help}");
    }
    normalize_untrusted_str(&text.replace('\n', " "))
}

/// What the author can do; what a fix would do stands in for missing help.
fn advice(diagnostic: &Diagnostic) -> Option<&str> {
    match (&diagnostic.help, &diagnostic.fix) {
        (Some(help), _) => Some(help),
        (None, Some(fix)) => Some(&fix.title),
        (None, None) => None,
    }
}

/// `file:line:column: `, or nothing for a span of no source.
fn place(span: Span, sources: &SourceSet) -> String {
    match sources.get(span.source) {
        Some(source) => {
            let position = source.position(span.start);
            format!("{}:{}:{}: ", source.name(), position.line, position.column)
        }
        None => String::new(),
    }
}

/// The sources a finding touches, the one with the primary place first.
fn files(diagnostic: &Diagnostic) -> Vec<SourceId> {
    let mut files = vec![diagnostic.span.source];
    for label in &diagnostic.labels {
        if !files.contains(&label.span.source) {
            files.push(label.span.source);
        }
    }
    files
}

/// The bytes of a span as the reporter wants them: inside the text, and never cutting a character.
fn range(source: &Source, span: Span) -> Range<usize> {
    let text = source.text();
    let inside = |offset: u32| {
        let mut offset = text.len().min(offset as usize);
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = inside(span.start);
    start..inside(span.end).max(start)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, plain, render};
    use crate::diagnostic::{Code, Diagnostic, Edit, Report, Severity};
    use crate::source::{Source, SourceSet, Span};

    const SHOP: &str = "clause everything \"Ninety days\" {\n  window 90 days\n\n\n\n\n  window 30 days\n}\n";
    const LAW: &str = "category electronics = \"Électronique\"\n";

    fn sources() -> SourceSet {
        let mut sources = SourceSet::new();
        sources.add("shop.takeback", SHOP).unwrap();
        sources.add("law.takeback", LAW).unwrap();
        sources
    }

    /// The span of `words` in a source, the last time they occur.
    fn span(name: &str, words: &str) -> Span {
        let sources = sources();
        let source = sources.named(name).unwrap();
        let start = source.text().rfind(words).unwrap();
        source.span(start, start + words.len())
    }

    fn twice() -> Diagnostic {
        Diagnostic::new(Code::StatedTwice, span("shop.takeback", "30 days"), "window is stated twice")
            .label(span("shop.takeback", "90 days"), "first here")
            .help("keep one of them")
    }

    fn shown(diagnostics: Vec<Diagnostic>) -> String {
        render(&Report::new(diagnostics, &sources()), &sources(), Style::Plain)
    }

    fn said(diagnostics: Vec<Diagnostic>) -> String {
        plain(&Report::new(diagnostics, &sources()), &sources())
    }

    #[test]
    fn blocks_show_every_place() {
        let expected = "\
error[T0207]: window is stated twice
 --> shop.takeback:7:10
  |
2 |   window 90 days
  |          ------- first here
...
7 |   window 30 days
  |          ^^^^^^^
  |
  = help: keep one of them

1 error
";
        assert_eq!(shown(vec![twice()]), expected);
    }

    #[test]
    fn blocks_show_labels_in_other_files() {
        let other = Diagnostic::new(Code::UnknownName, span("shop.takeback", "everything"), "unknown name")
            .label(span("law.takeback", "Électronique"), "a near one is here")
            .label(span("shop.takeback", "everything"), "not a category");
        let expected = "\
error[T0101]: unknown name
 --> shop.takeback:1:8
  |
1 | clause everything \"Ninety days\" {
  |        ^^^^^^^^^^ not a category
  |
 ::: law.takeback:1:25
  |
1 | category electronics = \"Électronique\"
  |                         ------------ a near one is here

error[T0207]: window is stated twice
 --> shop.takeback:7:10
  |
2 |   window 90 days
  |          ------- first here
...
7 |   window 30 days
  |          ^^^^^^^
  |
  = help: keep one of them

2 errors
";
        assert_eq!(shown(vec![other, twice()]), expected);
    }

    #[test]
    fn one_line_says_the_same() {
        assert_eq!(
            said(vec![twice()]),
            "shop.takeback:7:10: error[T0207]: window is stated twice; \
             shop.takeback:2:10: first here; help: keep one of them\n"
        );
    }

    #[test]
    fn a_fix_without_help_is_named() {
        let place = span("law.takeback", "electronics");
        let diagnostic = Diagnostic::new(Code::Unused, place, "category `electronics` is never used")
            .fix("remove it", vec![Edit::new(place, "")]);
        assert_eq!(
            said(vec![diagnostic]),
            "law.takeback:1:10: warning[T0402]: category `electronics` is never used; help: remove it\n"
        );
    }

    #[test]
    fn an_empty_report_says_nothing() {
        assert_eq!(shown(vec![]), "");
        assert_eq!(said(vec![]), "");
    }

    #[test]
    fn colour_is_only_in_the_coloured_style() {
        let report = Report::new(vec![twice()], &sources());
        assert!(!render(&report, &sources(), Style::Plain).contains('\u{1b}'));
        assert!(render(&report, &sources(), Style::Color).contains('\u{1b}'));
    }

    #[test]
    fn control_characters_in_a_policy_do_not_reach_the_terminal() {
        let mut sources = SourceSet::new();
        sources.add("evil\u{1b}[31m.takeback", "fact \u{1b}[31mred\u{7}\tx\r\n").unwrap();
        let place = sources.iter().next().map(Source::whole).unwrap();
        let diagnostic = Diagnostic::new(Code::UnknownName, place, "unknown \u{1b}[31m\nname")
            .label(place, "here\u{1b}[0m")
            .label(Span::new(place.source, 0, 4), "there\u{1b}[0m")
            .help("not\u{1b}[31m");
        let report = Report::new(vec![diagnostic], &sources);
        let block = render(&report, &sources, Style::Plain);
        assert!(!block.contains(['\u{1b}', '\u{7}', '\r']), "{block:?}");
        let line = plain(&report, &sources);
        assert!(!line.contains('\u{1b}') && line.lines().count() == 1, "{line}");
    }

    #[test]
    fn no_span_makes_the_reporter_fail() {
        for text in ["", "\n", "é", "a\nb", "a\r\n\r\nb\t𝄞\n", "\u{feff}x"] {
            let mut sources = SourceSet::new();
            let id = sources.add("a", text).unwrap();
            for start in 0..12 {
                for end in 0..12 {
                    let place = Span::new(id, start, end);
                    let mut diagnostic =
                        Diagnostic::new(Code::NotASentence, place, "message").label(Span::new(id, end, start), "other");
                    diagnostic.severity = Severity::Hint;
                    let report = Report::new(vec![diagnostic], &sources);
                    assert!(render(&report, &sources, Style::Plain).starts_with("hint[T0001]: message\n"));
                    assert!(render(&report, &SourceSet::new(), Style::Plain).starts_with("hint[T0001]: message"));
                    assert!(plain(&report, &SourceSet::new()).starts_with("hint[T0001]: message;"));
                }
            }
        }
    }
}
