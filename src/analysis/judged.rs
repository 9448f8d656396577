//! Advice about what several versions share: a name or a sentence is only called useless when it is in every version that
//! has it.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What was judged in all versions, each time by a question of its own.
#[derive(Default)]
pub(crate) struct Judged {
    fine: Vec<(Question, Span)>,
    wrong: Vec<(Question, Diagnostic)>,
}

/// What is asked about a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Is this name used?
    Used,
    /// Can this clause apply?
    Applies,
    /// Is there something to override?
    Overrides,
    /// Is there something to take away?
    Removes,
    /// Is there a window to move?
    Moves,
    /// Can somebody have this remedy?
    Needed,
    /// Can these words be said?
    Said,
}

impl Judged {
    /// In this version there is nothing to say about a place.
    pub(crate) fn fine(&mut self, question: Question, span: Span) {
        self.fine.push((question, span));
    }

    /// In this version there is.
    pub(crate) fn wrong(&mut self, question: Question, finding: Diagnostic) {
        self.wrong.push((question, finding));
    }

    /// What holds in every version.
    pub(crate) fn findings(self) -> impl Iterator<Item = Diagnostic> {
        let fine = self.fine;
        let held = move |(question, finding): &(Question, Diagnostic)| !fine.contains(&(*question, finding.span));
        self.wrong.into_iter().filter(held).map(|(_, finding)| finding)
    }
}
