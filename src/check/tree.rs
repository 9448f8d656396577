//! The tree of clauses: finds the clause a label means, attaches `exception to`, resolves `overrides`.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast;

use super::files::Plan;
use super::words::unknown;

/// A clause before its sentences are checked.
pub(super) struct Draft<'a> {
    pub(super) ast: &'a ast::Clause,
    /// The clause it is written in.
    pub(super) inside: Option<usize>,
    /// What it is an exception to.
    pub(super) parents: Vec<Option<usize>>,
    /// Its file, by place in the plan.
    pub(super) file: usize,
    pub(super) path: String,
}

/// All clauses of a version.
pub(super) struct Tree<'a> {
    pub(super) drafts: Vec<Draft<'a>>,
    /// Labels of clauses too broken to read: naming one is no second error.
    broken: Vec<String>,
}

impl<'a> Tree<'a> {
    /// Lists the clauses of a version and attaches them.
    pub(super) fn new(plan: &Plan<'a>, out: &mut Vec<Diagnostic>) -> Self {
        let mut tree = Self { drafts: Vec::new(), broken: Vec::new() };
        for (file, item) in plan.items() {
            let prefix = plan.files.get(file).map_or("", |f| f.prefix.as_str());
            match item {
                ast::Item::Clause(clause) => tree.add(clause, None, file, prefix, out),
                ast::Item::Bad(bad) => tree.broken.extend(bad.label.iter().map(|l| l.node.clone())),
                _ => {}
            }
        }
        tree.attach(out);
        tree
    }

    fn add(
        &mut self,
        clause: &'a ast::Clause,
        inside: Option<usize>,
        file: usize,
        prefix: &str,
        out: &mut Vec<Diagnostic>,
    ) {
        let path = match inside.and_then(|at| self.drafts.get(at)) {
            Some(parent) => format!("{}/{}", parent.path, clause.label.node),
            None => format!("{prefix}{}", clause.label.node),
        };
        if let Some(first) = self.drafts.iter().find(|d| d.path == path) {
            out.push(
                Diagnostic::new(Code::DefinedTwice, clause.label.span, format!("a second clause called `{path}`"))
                    .label(first.ast.label.span, "the first one")
                    .help("labels are unique inside the clause around them"),
            );
        }
        let at = self.drafts.len();
        self.drafts.push(Draft { ast: clause, inside, parents: vec![inside], file, path });
        for statement in &clause.body {
            match &statement.kind {
                ast::StatementKind::Except(inner) => self.add(inner, Some(at), file, prefix, out),
                ast::StatementKind::Bad(bad) => self.broken.extend(bad.label.iter().map(|l| l.node.clone())),
                _ => {}
            }
        }
    }

    fn attach(&mut self, out: &mut Vec<Diagnostic>) {
        for at in 0..self.drafts.len() {
            let Some(draft) = self.drafts.get(at) else { continue };
            let clause = draft.ast;
            if clause.attach.is_empty() {
                continue;
            }
            if draft.inside.is_some() {
                out.push(
                    Diagnostic::new(
                        Code::WrongKind,
                        clause.span,
                        "an exception already stands inside the clause it is an exception to",
                    )
                    .help("write it as a `clause` at the top of the file"),
                );
                continue;
            }
            let parents: Vec<Option<usize>> =
                clause.attach.iter().filter_map(|path| self.find(path, None, out)).map(Some).collect();
            if parents.iter().flatten().any(|p| self.above(*p, at)) {
                out.push(
                    Diagnostic::new(Code::OverridesCycle, clause.span, "this clause is an exception to itself")
                        .help("`exception to` must name a clause that does not depend on this one"),
                );
                continue;
            }
            if let Some(draft) = self.drafts.get_mut(at)
                && !parents.is_empty()
            {
                draft.parents = parents;
            }
        }
    }

    /// Whether `upper` is `at` itself or anywhere above it.
    fn above(&self, at: usize, upper: usize) -> bool {
        at == upper || self.drafts.get(at).is_some_and(|d| d.parents.iter().flatten().any(|p| self.above(*p, upper)))
    }

    /// The clauses right under a parent.
    pub(super) fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        self.drafts.iter().enumerate().filter(move |(_, d)| d.parents.contains(&parent)).map(|(at, _)| at)
    }

    fn child(&self, parent: Option<usize>, label: &str) -> Option<usize> {
        self.children(parent).find(|at| self.drafts.get(*at).is_some_and(|d| d.ast.label.node == label))
    }

    fn descend(&self, from: Option<usize>, parts: &[String]) -> Option<usize> {
        let mut at = from;
        for part in parts {
            at = Some(self.child(at, part)?);
        }
        at
    }

    /// The clause a path means, looked up from a clause outward, then anywhere; an unknown or ambiguous one is reported.
    pub(super) fn find(&self, path: &ast::LabelPath, from: Option<usize>, out: &mut Vec<Diagnostic>) -> Option<usize> {
        let mut place = from;
        loop {
            if let Some(found) =
                self.descend(place, &path.parts).filter(|found| Some(*found) != from || place.is_none())
            {
                return Some(found);
            }
            match place {
                Some(at) => place = self.drafts.get(at).and_then(|d| d.parents.first().copied().flatten()),
                None => break,
            }
        }
        let wanted = path.parts.join("/");
        let found: Vec<usize> = self
            .drafts
            .iter()
            .enumerate()
            .filter(|(_, d)| d.path == wanted || d.path.strip_suffix(&wanted).is_some_and(|rest| rest.ends_with('/')))
            .map(|(at, _)| at)
            .collect();
        match found.as_slice() {
            [one] => Some(*one),
            [] => {
                if !path.parts.iter().any(|p| self.broken.contains(p)) {
                    let name = Spanned::new(wanted, path.span);
                    let labels = self.drafts.iter().flat_map(|d| [d.path.as_str(), d.ast.label.node.as_str()]);
                    out.push(unknown("clause", &name, labels));
                }
                None
            }
            several => {
                let mut finding =
                    Diagnostic::new(Code::AmbiguousLabel, path.span, format!("several clauses are called `{wanted}`"));
                for draft in several.iter().filter_map(|at| self.drafts.get(*at)) {
                    finding = finding.label(draft.ast.label.span, format!("`{}`", draft.path));
                }
                out.push(finding.help("write more of the path"));
                None
            }
        }
    }

    /// The chain of clauses around a clause, itself first, for each way up to the top.
    pub(super) fn ways_up(&self, at: usize) -> Vec<Vec<usize>> {
        let Some(draft) = self.drafts.get(at) else { return Vec::new() };
        let mut ways = Vec::new();
        for parent in &draft.parents {
            match parent {
                None => ways.push(vec![at]),
                Some(parent) => ways.extend(self.ways_up(*parent).into_iter().map(|mut way| {
                    way.insert(0, at);
                    way
                })),
            }
        }
        ways
    }
}
