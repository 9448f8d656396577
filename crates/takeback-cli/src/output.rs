//! Where text goes: results to stdout, findings and trouble to stderr, in the form the caller asked for. Colour is always
//! written and taken out again for anything that is not a terminal (`anstream`).

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use takeback::diagnostic::{Report, ReportJson};
use takeback::render;
use takeback::source::SourceSet;

use crate::exit::Failure;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorFormat {
    /// Each finding with the lines it is about
    #[default]
    Human,
    /// One line for each finding, for screen readers and tools
    Plain,
    /// One JSON object a policy, with places in bytes and in lines and columns
    Json,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On terminals, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Sets it for everything that is written from here on.
    pub(crate) fn write_global(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default().bold();

/// `text` in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// Writes findings to stderr; nothing when there are none. The line that counts them is the caller's.
pub(crate) fn findings(report: &Report, sources: &SourceSet, format: ErrorFormat) -> Result<(), Failure> {
    if report.is_empty() {
        return Ok(());
    }
    let mut stderr = anstream::stderr().lock();
    match format {
        ErrorFormat::Human => {
            let text = render::render(report, sources, render::Style::Color);
            let counted = format!("{}\n", report.summary());
            stderr.write_all(text.strip_suffix(&counted).unwrap_or(&text).as_bytes())?;
        }
        ErrorFormat::Plain => stderr.write_all(render::plain(report, sources).as_bytes())?,
        ErrorFormat::Json => {
            serde_json::to_writer(&mut stderr, &ReportJson::new(report, sources))?;
            stderr.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Writes to stderr why the job could not be done.
pub(crate) fn failure(failure: &Failure, format: ErrorFormat) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    match format {
        ErrorFormat::Human | ErrorFormat::Plain => {
            writeln!(stderr, "{} {failure}", styled(BAD, "error:"))?;
            if let Some(help) = &failure.help {
                writeln!(stderr, "{} {help}", styled(BOLD, "help:"))?;
            }
            Ok(())
        }
        ErrorFormat::Json => {
            let error = serde_json::json!({ "error": { "message": failure.message, "help": failure.help } });
            writeln!(stderr, "{error}")
        }
    }
}

/// A line to stderr that is neither result nor finding: how many bad lines there were.
pub(crate) fn note(text: &str, format: ErrorFormat) -> io::Result<()> {
    match format {
        ErrorFormat::Human | ErrorFormat::Plain => writeln!(anstream::stderr(), "{text}"),
        ErrorFormat::Json => writeln!(anstream::stderr(), "{}", serde_json::json!({ "note": text })),
    }
}

/// `1 file`, `3 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
