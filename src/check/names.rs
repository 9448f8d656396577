//! Named things of a version, and which of them nobody names.

use std::cell::Cell;

use crate::analysis::{Judged, Question};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};

use super::say;

/// A named thing of a version.
pub(super) struct Entry<T> {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: T,
    used: Cell<bool>,
    /// Written in a library, which other policies may use too.
    shared: bool,
}

/// Things of one kind by name.
pub(super) struct Names<T> {
    what: &'static str,
    entries: Vec<Entry<T>>,
}

impl<T> Names<T> {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, entries: Vec::new() }
    }

    pub(super) fn add(&mut self, name: &Spanned<String>, value: T, shared: bool, out: &mut Vec<Diagnostic>) {
        if let Some(first) = self.entries.iter().find(|e| e.name == name.node) {
            out.push(
                Diagnostic::new(
                    Code::DefinedTwice,
                    name.span,
                    format!("a second {} called `{}`", self.what, name.node),
                )
                .label(first.span, "the first one")
                .help("call one of them by another name, or make one of the two"),
            );
            return;
        }
        self.entries.push(Entry { name: name.node.clone(), span: name.span, value, used: Cell::new(false), shared });
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name == name)
    }

    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|e| e.name == name).map(|e| e.span)
    }

    /// The thing of a name; an unknown name is reported.
    pub(super) fn find(&self, name: &Spanned<String>, out: &mut Vec<Diagnostic>) -> Option<&T> {
        if let Some(entry) = self.entries.iter().find(|e| e.name == name.node) {
            entry.used.set(true);
            return Some(&entry.value);
        }
        let label = &name.node;
        let add = match self.what {
            "category" => format!(
                "`category {label} = \"…\"` declares one; a path of the catalogue stands in quotes: `item in \"…\"`"
            ),
            "list" => format!("`list {label} = \"…\", \"…\"` declares one"),
            "season" => format!("`season {label} = November 1 to December 24` declares one"),
            _ => format!("`form {label} {{ … }}` declares one"),
        };
        out.push(say::unknown(self.what, name, self.entries.iter().map(|e| e.name.as_str()), Some(add)));
        None
    }

    pub(super) fn judge_unused(&self, judged: &mut Judged) {
        for entry in self.entries.iter().filter(|e| !e.shared) {
            if entry.used.get() {
                judged.fine(Question::Used, entry.span);
                continue;
            }
            let (what, name) = (self.what, &entry.name);
            let use_it = match what {
                "category" => format!("`when item in {name}`"),
                "list" => format!("`when sale.state in {name}`"),
                "season" => format!("`when sold in {name}`"),
                _ => format!("`collect {name}`"),
            };
            judged.wrong(
                Question::Used,
                Diagnostic::new(Code::Unused, entry.span, format!("the {what} `{name}` is never used"))
                    .help(format!("a clause uses it by {use_it}; otherwise leave it out")),
            );
        }
    }
}
