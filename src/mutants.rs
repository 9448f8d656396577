//! How well scenarios hold a policy: its text is changed in one place after another, and each time some scenario should
//! fail. What can be changed is found in the tree (`places`); the changed text is read and checked like any other.

mod figures;
mod places;

use crate::Policy;
use crate::diagnostic::Severity;
use crate::source::{SourceSet, Span};
use crate::syntax::{self, ast};

/// A policy and all changes of its text that scenarios should notice.
#[derive(Debug)]
pub struct Mutants {
    sources: SourceSet,
    files: Vec<(ast::File, Vec<crate::diagnostic::Diagnostic>)>,
    /// The policy as it is written; none: it has errors.
    policy: Option<Policy>,
    all: Vec<Mutant>,
}

/// One change of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What kind of change it is.
    pub kind: MutantKind,
    /// What is replaced.
    pub span: Span,
    /// What stands there instead; empty: it is left out.
    pub with: String,
}

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MutantKind {
    /// A clause is left out, with all inside it.
    Clause,
    /// A sentence is left out.
    Sentence,
    /// A condition, or a part of one, is left out or turned round.
    Condition,
    /// An entry of a list, or an addition such as `at most 35.00 USD`, is left out.
    Part,
    /// A figure or a date is one step higher or lower.
    Figure,
}

impl MutantKind {
    /// All kinds, the coarsest first.
    pub const ALL: [Self; 5] = [Self::Clause, Self::Sentence, Self::Condition, Self::Part, Self::Figure];

    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Sentence => "sentence",
            Self::Condition => "condition",
            Self::Part => "part",
            Self::Figure => "figure",
        }
    }
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// This scenario fails.
    Noticed(String),
    /// The changed text has errors, so nobody can run it.
    Refused,
    /// It decides everything as before: only what people read is another, or what silence says too was left out.
    Same,
    /// All scenarios pass still.
    Survived,
}

impl Mutants {
    /// All changes of the files that are meant, by name; scenarios are never changed. Nothing is found in texts that
    /// have errors.
    pub fn new(sources: &SourceSet, meant: impl Fn(&str) -> bool) -> Self {
        let files: Vec<_> = sources.iter().map(syntax::parse).collect();
        let mut all = Vec::new();
        for (source, (file, found)) in sources.iter().zip(&files) {
            if meant(source.name()) && found.iter().all(|finding| finding.severity != Severity::Error) {
                all.append(&mut places::places(source, file));
            }
        }
        all.sort_by_key(|mutant| (mutant.span.source, mutant.span.start, mutant.kind, mutant.span.end));
        all.dedup();
        let policy = Policy::of_files(sources, files.clone()).ok();
        Self { sources: sources.clone(), files, policy, all }
    }

    /// The changes, by place.
    pub fn all(&self) -> &[Mutant] {
        &self.all
    }

    /// What comes of a change. A clause that others name cannot be left out; it is emptied instead.
    pub fn verdict(&self, mutant: &Mutant) -> Verdict {
        self.verdict_of(mutant, &|_| true)
    }

    /// Whether one of these scenarios fails without what a clause says itself: one of its sentences, or, where none can be left
    /// out, all that is inside it. `clause` is the place of its head. All of them pass as it is written.
    pub fn needed(&self, clause: Span, scenarios: &dyn Fn(&str) -> bool) -> bool {
        let inside = |mutant: &Mutant, block: Span| {
            mutant.span.source == block.source && block.start < mutant.span.start && mutant.span.end < block.end
        };
        let clauses = || self.all.iter().filter(|mutant| mutant.kind == MutantKind::Clause);
        let at = |mutant: &&Mutant| (mutant.span.source, mutant.span.start) == (clause.source, clause.start);
        let Some(whole) = clauses().find(at) else { return false };
        let own = |mutant: &&Mutant| {
            let of_exception = clauses().any(|other| inside(other, whole.span) && inside(mutant, other.span));
            mutant.kind == MutantKind::Sentence && inside(mutant, whole.span) && !of_exception
        };
        let mut refused = true;
        for sentence in self.all.iter().filter(own) {
            match self.verdict_of(sentence, scenarios) {
                Verdict::Noticed(_) => return true,
                Verdict::Refused => {}
                Verdict::Same | Verdict::Survived => refused = false,
            }
        }
        refused && matches!(self.verdict_of(whole, scenarios), Verdict::Noticed(_))
    }

    /// Whether a clause only holds others together: it says nothing itself.
    pub fn is_group(&self, clause: Span) -> bool {
        let tops = self.files.iter().flat_map(|(file, _)| &file.items);
        let mut open: Vec<&ast::Clause> =
            tops.filter_map(|item| if let ast::Item::Clause(clause) = item { Some(clause) } else { None }).collect();
        while let Some(one) = open.pop() {
            let exceptions = one.body.iter().filter_map(|statement| match &statement.kind {
                ast::StatementKind::Except(clause) => Some(clause),
                _ => None,
            });
            if one.span == clause {
                let overrides = one.body.iter().filter(|s| matches!(s.kind, ast::StatementKind::Overrides(_)));
                return exceptions.count() + overrides.count() == one.body.len();
            }
            open.extend(exceptions);
        }
        false
    }

    fn verdict_of(&self, mutant: &Mutant, scenarios: &dyn Fn(&str) -> bool) -> Verdict {
        match self.changed(mutant.span, &mutant.with, scenarios) {
            Verdict::Refused if mutant.kind == MutantKind::Clause => match self.block(mutant.span) {
                Some(block) => self.changed(block, "{ }", scenarios),
                None => Verdict::Refused,
            },
            verdict => verdict,
        }
    }

    /// The braces of a clause and what is in them.
    fn block(&self, span: Span) -> Option<Span> {
        let text = self.sources.slice(span);
        let open = figures::opening(text)?;
        Some(Span::new(span.source, span.start + u32::try_from(open).ok()?, span.end))
    }

    fn changed(&self, span: Span, with: &str, scenarios: &dyn Fn(&str) -> bool) -> Verdict {
        let mut sources = SourceSet::new();
        for source in &self.sources {
            let text = source.text();
            let text = match source.id() == span.source {
                true => [
                    text.get(..span.start as usize).unwrap_or_default(),
                    with,
                    text.get(span.end as usize..).unwrap_or_default(),
                ]
                .concat(),
                false => text.to_owned(),
            };
            if sources.add(source.name(), text).is_err() {
                return Verdict::Refused;
            }
        }
        let parsed = sources
            .iter()
            .zip(&self.files)
            .map(|(source, known)| if source.id() == span.source { syntax::parse(source) } else { known.clone() });
        match Policy::of_files(&sources, parsed.collect()) {
            Err(_) => Verdict::Refused,
            Ok(policy)
                if self.policy.as_ref().is_some_and(|as_it_is| as_it_is.program().decides_like(policy.program())) =>
            {
                Verdict::Same
            }
            Ok(policy) => policy.first_failure(scenarios).map_or(Verdict::Survived, Verdict::Noticed),
        }
    }
}
