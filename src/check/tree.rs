//! The tree of clauses: finds the clause a label means, attaches `exception to`, resolves `overrides`.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

use super::files::Plan;
use super::say;

/// How deep exceptions may stand, and in how many places one.
const LARGEST: usize = 64;

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
                    .help("give this one another label: each is used once inside the clause around it"),
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
        let mut named: Vec<(usize, Span, usize)> = Vec::new();
        for at in 0..self.drafts.len() {
            let Some(draft) = self.drafts.get(at) else { continue };
            let clause = draft.ast;
            let Some(place) = clause.attach.first() else { continue };
            if draft.inside.is_some() {
                out.push(
                    Diagnostic::new(
                        Code::WrongKind,
                        place.span,
                        "this is already an exception to the clause it stands in",
                    )
                    .label(clause.label.span, "written inside another clause")
                    .help("leave `exception to` out, or write it as a `clause` at the top of the file"),
                );
                continue;
            }
            let mut parents: Vec<Option<usize>> = Vec::new();
            for path in &clause.attach {
                let Some(parent) = self.find(path, None, out) else { continue };
                if parents.contains(&Some(parent)) {
                    out.push(
                        Diagnostic::new(Code::NoEffect, path.span, "this clause is named already").help("leave it out"),
                    );
                    continue;
                }
                parents.push(Some(parent));
                named.push((at, path.span, parent));
            }
            if let Some(draft) = self.drafts.get_mut(at)
                && !parents.is_empty()
            {
                draft.parents = parents;
            }
        }
        self.limit(out);
        // Only now is there no circle left in which the law would be looked for without end.
        for (at, place, parent) in named {
            let law = self.law(parent).is_some();
            if self.drafts.get(at).is_some_and(|draft| draft.ast.law.is_some() != law) {
                out.push(self.across(law, place, parent));
            }
        }
    }

    /// Reports clauses that stand above themselves, too deep, or in too many places, and takes them to the top.
    fn limit(&mut self, out: &mut Vec<Diagnostic>) {
        // Depth and number of places of each clause that is done.
        let mut known: Vec<Option<(usize, usize)>> = vec![None; self.drafts.len()];
        for from in 0..self.drafts.len() {
            let mut open = vec![from];
            while let Some(at) = open.last().copied() {
                let above: Vec<usize> =
                    self.drafts.get(at).map_or(&[][..], |d| &d.parents).iter().copied().flatten().collect();
                if let Some(begin) = above.iter().find_map(|p| open.iter().position(|o| o == p)) {
                    let circle = open.get(begin..).unwrap_or_default().to_vec();
                    self.circle(&circle, out);
                    self.detach(at);
                    continue;
                }
                if let Some(next) = above.iter().find(|p| known.get(**p) == Some(&None)) {
                    open.push(*next);
                    continue;
                }
                let places = above.iter().filter_map(|p| known.get(*p).copied().flatten());
                let (depth, count) = places.fold((0, 0), |(depth, count), (d, c)| (depth.max(d), count + c));
                let (mut depth, mut count) = (depth + 1, count.max(1));
                if depth > LARGEST || count > LARGEST {
                    let message = match depth > LARGEST {
                        true => format!("this clause is an exception to an exception, more than {LARGEST} deep"),
                        false => format!("this clause stands in {count} places; at most {LARGEST} are kept apart"),
                    };
                    let place = self.place(at);
                    out.extend(place.map(|p| {
                        Diagnostic::new(Code::NestedTooDeep, p, message).help("name fewer clauses after `exception to`")
                    }));
                    self.detach(at);
                    (depth, count) = (1, 1);
                }
                if let Some(slot) = known.get_mut(at) {
                    *slot = Some((depth, count));
                }
                open.pop();
            }
        }
    }

    /// Reports clauses of which each is an exception to the next.
    fn circle(&self, circle: &[usize], out: &mut Vec<Diagnostic>) {
        let Some((place, others)) = circle.split_last().and_then(|(last, others)| Some((self.place(*last)?, others)))
        else {
            return;
        };
        let mut finding = Diagnostic::new(
            Code::OverridesCycle,
            place,
            match others.is_empty() {
                true => "this clause is an exception to itself",
                false => "these clauses are exceptions to each other in a circle",
            },
        );
        for other in others.iter().filter_map(|at| self.place(*at)) {
            finding = finding.label(other, "and this one goes on with the circle");
        }
        out.push(finding.help("`exception to` names a clause that does not depend on this one"));
    }

    /// Where a clause says what it is an exception to, or its label.
    fn place(&self, at: usize) -> Option<Span> {
        let clause = self.drafts.get(at)?.ast;
        Some(clause.attach.first().map_or(clause.label.span, |path| path.span))
    }

    fn detach(&mut self, at: usize) {
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.parents = vec![None];
        }
    }

    /// The head of the right or rule of the law that a clause belongs to.
    pub(super) fn law(&self, at: usize) -> Option<usize> {
        let draft = self.drafts.get(at)?;
        match draft.parents.first().copied().flatten() {
            Some(parent) => self.law(parent),
            None => draft.ast.law.map(|_| at),
        }
    }

    /// The finding for an exception between the law and the policy.
    fn across(&self, to_law: bool, place: Span, parent: usize) -> Diagnostic {
        let (message, help) = match to_law {
            true => (
                "a policy cannot make exceptions to the law",
                "what the law itself excepts stands in the block of the `right` or `rule`, as `except`",
            ),
            false => (
                "the law is no exception to a clause of the policy",
                "write it at the top of the file without `exception to`: it bounds all that the policy says",
            ),
        };
        let finding = Diagnostic::new(Code::NotInLaw, place, message);
        let named = self.drafts.get(parent).map(|draft| draft.ast.label.span);
        named.into_iter().fold(finding, |f, span| f.label(span, "this one")).help(help)
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
                    out.push(say::unknown("clause", &name, labels, None));
                }
                None
            }
            several => {
                let mut finding =
                    Diagnostic::new(Code::AmbiguousLabel, path.span, format!("several clauses are called `{wanted}`"));
                let drafts = || several.iter().filter_map(|at| self.drafts.get(*at));
                for draft in drafts() {
                    finding = finding.label(draft.ast.label.span, format!("`{}`", draft.path));
                }
                out.push(finding.help(format!("say which: {}", say::or(drafts().map(|d| &d.path)))));
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
