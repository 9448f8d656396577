//! What decides between clauses that stand side by side: `overrides`, and how the header lets them disagree.

use crate::check::files::Plan;
use crate::check::say;
use crate::check::vocabulary::remedy_named;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AttributeGroup, Clause, Override};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, StatementKind};

use super::Clauses;

impl Clauses<'_, '_> {
    pub(super) fn overrides(&mut self, plan: &Plan<'_>, clauses: &[Clause]) -> Vec<Override> {
        let mut sentences: Vec<(Option<usize>, &ast::Overrides)> = Vec::new();
        for (_, item) in plan.items() {
            if let ast::Item::Overrides(overrides) = item {
                sentences.push((None, overrides));
            }
        }
        for (at, draft) in self.tree.drafts.iter().enumerate() {
            for statement in &draft.ast.body {
                if let StatementKind::Overrides(overrides) = &statement.kind {
                    sentences.push((Some(at), overrides));
                }
            }
        }
        let mut found: Vec<Override> = Vec::new();
        for (from, sentence) in sentences {
            let on = self.groups(&sentence.on);
            let mut named = |paths: &[ast::LabelPath]| {
                paths.iter().filter_map(|path| self.tree.find(path, from, self.cx.out)).collect()
            };
            let (winners, losers): (Vec<usize>, Vec<usize>) = (named(&sentence.winners), named(&sentence.losers));
            for (winner, loser) in winners.iter().flat_map(|winner| losers.iter().map(|loser| (*winner, *loser))) {
                let shared = self.tree.drafts.get(winner).zip(self.tree.drafts.get(loser));
                let law = self.tree.law(winner).or(self.tree.law(loser));
                if let Some(law) = law.filter(|law| [winner, loser].contains(law)) {
                    let finding = Diagnostic::new(
                        Code::NotInLaw,
                        sentence.span,
                        "nothing overrides the law, and the law bounds without being told",
                    );
                    let head = self.tree.drafts.get(law).map(|draft| draft.ast.label.span);
                    let finding = head.into_iter().fold(finding, |f, head| f.label(head, "this is law"));
                    self.cx.out.push(finding.help("leave the sentence out"));
                    continue;
                }
                if winner == loser || !shared.is_some_and(|(w, l)| w.parents.iter().any(|p| l.parents.contains(p))) {
                    let finding = self.not_siblings(winner, loser, sentence.span);
                    self.cx.out.push(finding);
                    continue;
                }
                let pair = clauses.get(winner).zip(clauses.get(loser));
                if let Some((w, l)) = pair.filter(|(w, l)| w.layer != l.layer) {
                    let message = format!("`{}` and `{}` are in different layers", w.path, l.path);
                    self.cx.out.push(
                        Diagnostic::new(Code::AcrossLayers, sentence.span, message)
                            .label(w.span, "the one")
                            .label(l.span, "the other")
                            .help("what the higher layer says goes before, as far as `higher layers may …` lets it: leave the sentence out"),
                    );
                    continue;
                }
                let covers = |o: &Override| {
                    o.winner == winner
                        && o.loser == loser
                        && (o.on.is_empty() || !on.is_empty() && on.iter().all(|g| o.on.contains(g)))
                };
                if let Some(first) = found.iter().find(|o| covers(o)) {
                    self.cx.out.push(
                        Diagnostic::new(Code::NoEffect, sentence.span, "this is said already")
                            .label(first.span, "here")
                            .help("leave it out"),
                    );
                }
                found.push(Override { winner, loser, on: on.clone(), span: sentence.span });
            }
        }
        self.cycles(&found);
        found
    }

    /// Two clauses that do not stand side by side, and the ones around them that do.
    pub(super) fn not_siblings(&self, winner: usize, loser: usize, span: Span) -> Diagnostic {
        let drafts = |at: usize| self.tree.drafts.get(at);
        let path = |at: usize| drafts(at).map_or("", |d| d.path.as_str());
        if winner == loser {
            return Diagnostic::new(Code::NotSiblings, span, format!("`{}` cannot override itself", path(winner)))
                .help("name two clauses, or leave the sentence out");
        }
        let above = |at: usize| -> Vec<usize> { self.tree.ways_up(at).into_iter().flatten().collect() };
        let (up, down) = (above(winner), above(loser));
        let message = format!("`{}` and `{}` are not exceptions to the same clause", path(winner), path(loser));
        let finding = Diagnostic::new(Code::NotSiblings, span, message);
        let finding = [winner, loser].into_iter().filter_map(drafts).fold(finding, |finding, draft| {
            let stands = match draft.parents.first().copied().flatten() {
                Some(parent) => format!("an exception to `{}`", path(parent)),
                None => "at the top".to_owned(),
            };
            finding.label(draft.ast.label.span, stands)
        });
        if down.contains(&winner) || up.contains(&loser) {
            return finding
                .help("an exception goes before the clause around it without being told; leave the sentence out");
        }
        let side_by_side = up.iter().flat_map(|a| down.iter().map(move |b| (*a, *b))).find(|(a, b)| {
            a != b && drafts(*a).zip(drafts(*b)).is_some_and(|(a, b)| a.parents.iter().any(|p| b.parents.contains(p)))
        });
        match side_by_side {
            Some((a, b)) => finding.help(format!(
                "these stand side by side, with all that is inside them: `{} overrides {}`",
                path(a),
                path(b)
            )),
            None => finding,
        }
    }

    /// Clauses that override each other in a circle about one matter. Two that win about different matters are none.
    pub(super) fn cycles(&mut self, overrides: &[Override]) {
        let named = overrides.iter().flat_map(|o| o.on.iter().copied().map(Some));
        let mut told: Vec<Vec<usize>> = Vec::new();
        for matter in std::iter::once(None).chain(named) {
            let about = |o: &Override| o.on.is_empty() || matter.is_some_and(|m| o.on.iter().any(|on| on.includes(m)));
            let meant: Vec<(usize, &Override)> = overrides.iter().enumerate().filter(|(_, o)| about(o)).collect();
            for way in circles(&meant) {
                let mut known = way.clone();
                known.sort_unstable();
                if !told.contains(&known) {
                    told.push(known);
                    self.circle(way.iter().filter_map(|at| overrides.get(*at)));
                }
            }
        }
    }

    fn circle<'o>(&mut self, way: impl Iterator<Item = &'o Override>) {
        let label = |at: usize| self.tree.drafts.get(at).map_or("", |d| d.ast.label.node.as_str());
        let mut way = way.peekable();
        let Some(first) = way.peek() else { return };
        let message = "these clauses override each other in a circle, so none of them wins";
        let mut finding = Diagnostic::new(Code::OverridesCycle, first.span, message);
        for one in way {
            finding = finding.label(one.span, format!("`{}` wins over `{}`", label(one.winner), label(one.loser)));
        }
        self.cx.out.push(
            finding.help(
                "leave out the one you mean least, or let each win about something else: `… overrides … on window`",
            ),
        );
    }

    pub(super) fn disciplines(&mut self) -> Vec<(AttributeGroup, crate::terms::Discipline)> {
        let mut found: Vec<(AttributeGroup, crate::terms::Discipline)> = Vec::new();
        let mut places: Vec<Span> = Vec::new();
        for sentence in &self.header.disagree {
            for attribute in &sentence.on {
                let Some(group) = self.groups(std::slice::from_ref(attribute)).pop() else { continue };
                if group == AttributeGroup::Pay {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::WrongKind,
                            attribute.span,
                            "of two places for the money none is better for the customer",
                        )
                        .help("say which clause counts: `… overrides … on pay`"),
                    );
                    continue;
                }
                let same = |known: AttributeGroup| {
                    known == group
                        || matches!(
                            (known, group),
                            (AttributeGroup::Remedies, AttributeGroup::Remedy(_))
                                | (AttributeGroup::Remedy(_), AttributeGroup::Remedies)
                        )
                };
                if let Some(first) =
                    found.iter().zip(&places).find(|((known, _), _)| same(*known)).map(|(_, place)| *place)
                {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::DefinedTwice,
                            attribute.span,
                            "how clauses disagree about this is said already",
                        )
                        .label(first, "here")
                        .help("keep one of them"),
                    );
                    continue;
                }
                found.push((group, sentence.discipline.node));
                places.push(attribute.span);
            }
        }
        found
    }

    pub(super) fn groups(&mut self, attributes: &[ast::Attribute]) -> Vec<AttributeGroup> {
        let mut found = Vec::new();
        for attribute in attributes {
            let sources = self.cx.sources;
            let named = |name: &str| Spanned::new(name.to_owned(), say::part(sources, attribute.span, name));
            let group = match &attribute.kind {
                ast::AttributeKind::Remedies => Some(AttributeGroup::Remedies),
                ast::AttributeKind::Remedy(name) => {
                    remedy_named(&named(name), self.cx.schema, self.cx.out).map(AttributeGroup::Remedy)
                }
                ast::AttributeKind::Guards => Some(AttributeGroup::Guards),
                ast::AttributeKind::Forms => Some(AttributeGroup::Forms),
                ast::AttributeKind::Window => Some(AttributeGroup::Window),
                ast::AttributeKind::Start => Some(AttributeGroup::Start),
                ast::AttributeKind::Basis => Some(AttributeGroup::Basis),
                ast::AttributeKind::Tax => Some(AttributeGroup::Tax),
                ast::AttributeKind::Shipping => Some(AttributeGroup::Shipping),
                ast::AttributeKind::Discounts => Some(AttributeGroup::Discounts),
                ast::AttributeKind::Pay => Some(AttributeGroup::Pay),
                ast::AttributeKind::Hold => Some(AttributeGroup::Hold),
                ast::AttributeKind::Due => Some(AttributeGroup::Due),
                ast::AttributeKind::Fee(name) => {
                    let fees = &self.header.choices.fees;
                    let at = fees.iter().position(|f| *f.name == **name);
                    if at.is_none() {
                        self.cx.out.push(say::unknown("fee", &named(name), fees.iter().map(|f| &*f.name), None));
                    }
                    at.and_then(|i| u16::try_from(i).ok()).map(AttributeGroup::Fee)
                }
                ast::AttributeKind::Deduction(name) => {
                    let at = self.deductions.iter().position(|d| d == name);
                    if at.is_none() {
                        self.cx.out.push(say::unknown(
                            "deduction",
                            &named(name),
                            self.deductions.iter().map(String::as_str),
                            None,
                        ));
                    }
                    at.and_then(|i| u16::try_from(i).ok()).map(AttributeGroup::Deduction)
                }
                ast::AttributeKind::Form(name) => {
                    self.cx.words.forms.find(&named(name), self.cx.out).map(|(at, _)| AttributeGroup::Form(*at))
                }
            };
            found.extend(group);
        }
        found
    }
}

/// The circles of sentences about one matter, each from its first sentence on, by their places among all.
fn circles(overrides: &[(usize, &Override)]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for (at, first) in overrides {
        // A walk along winner → loser that comes back to where it began.
        let mut stack = vec![(first.loser, vec![*at])];
        let mut seen = vec![first.winner];
        while let Some((clause, path)) = stack.pop() {
            if clause == first.winner {
                if path.iter().min() == Some(at) {
                    found.push(path);
                }
                break;
            }
            if seen.contains(&clause) {
                continue;
            }
            seen.push(clause);
            for (next, other) in overrides.iter().filter(|(_, o)| o.winner == clause) {
                stack.push((other.loser, path.iter().copied().chain([*next]).collect()));
            }
        }
    }
    found
}
