//! What is said between siblings: `overrides`, and how disagreement is settled.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AttributeGroup, Override};
use crate::source::Spanned;
use crate::syntax::ast::{self, StatementKind};

use super::Clauses;
use crate::check::files::Plan;
use crate::check::words::{remedy_named, unknown};

impl Clauses<'_, '_> {
    pub(super) fn overrides(&mut self, plan: &Plan<'_>) -> Vec<Override> {
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
            let winner = self.tree.find(&sentence.winner, from, self.cx.out);
            for path in &sentence.losers {
                let loser = self.tree.find(path, from, self.cx.out);
                let (Some(winner), Some(loser)) = (winner, loser) else { continue };
                let shared = self.tree.drafts.get(winner).zip(self.tree.drafts.get(loser));
                if winner == loser || !shared.is_some_and(|(w, l)| w.parents.iter().any(|p| l.parents.contains(p))) {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::NotSiblings,
                            sentence.span,
                            "these two clauses are not exceptions to the same clause",
                        )
                        .help("name the two that stand side by side and hold them; an override covers all inside"),
                    );
                    continue;
                }
                found.push(Override { winner, loser, on: on.clone(), span: sentence.span });
            }
        }
        self.cycles(&found);
        found
    }

    pub(super) fn cycles(&mut self, overrides: &[Override]) {
        for (at, first) in overrides.iter().enumerate() {
            // A walk along winner → loser that comes back to where it began.
            let mut way = vec![at];
            let mut stack = vec![(first.loser, vec![at])];
            let mut seen = vec![first.winner];
            while let Some((clause, path)) = stack.pop() {
                if clause == first.winner {
                    way = path;
                    break;
                }
                if seen.contains(&clause) {
                    continue;
                }
                seen.push(clause);
                for (next, other) in overrides.iter().enumerate().filter(|(_, o)| o.winner == clause) {
                    let mut path = path.clone();
                    path.push(next);
                    stack.push((other.loser, path));
                }
            }
            let closes = way.last().and_then(|l| overrides.get(*l)).is_some_and(|l| l.loser == first.winner);
            if closes && way.iter().min() == Some(&at) {
                let mut finding =
                    Diagnostic::new(Code::OverridesCycle, first.span, "these clauses override each other in a circle");
                for other in way.iter().skip(1).filter_map(|o| overrides.get(*o)) {
                    finding = finding.label(other.span, "and so on by this");
                }
                self.cx.out.push(finding);
            }
        }
    }

    pub(super) fn disciplines(&mut self) -> Vec<(AttributeGroup, crate::terms::Discipline)> {
        let mut found = Vec::new();
        for sentence in &self.header.disagree {
            for (group, attribute) in self.groups(&sentence.on).into_iter().zip(&sentence.on) {
                if matches!(group, AttributeGroup::Pay | AttributeGroup::Start | AttributeGroup::Form(_))
                    && !matches!(group, AttributeGroup::Start)
                {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::WrongKind,
                            attribute.span,
                            "of two values here none is better for the customer",
                        )
                        .help("say which clause `overrides` the other"),
                    );
                    continue;
                }
                found.push((group, sentence.discipline.node));
            }
        }
        found
    }

    pub(super) fn groups(&mut self, attributes: &[ast::Attribute]) -> Vec<AttributeGroup> {
        let mut found = Vec::new();
        for attribute in attributes {
            let named = |name: &str| Spanned::new(name.to_owned(), attribute.span);
            let group = match &attribute.kind {
                ast::AttributeKind::Remedies => Some(AttributeGroup::Remedies),
                ast::AttributeKind::Remedy(name) => {
                    remedy_named(&named(name), self.cx.schema, self.cx.out).map(AttributeGroup::Remedy)
                }
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
                        self.cx.out.push(unknown("fee", &named(name), fees.iter().map(|f| &*f.name)));
                    }
                    at.and_then(|i| u16::try_from(i).ok()).map(AttributeGroup::Fee)
                }
                ast::AttributeKind::Deduction(name) => {
                    let at = self.deductions.iter().position(|d| d == name);
                    if at.is_none() {
                        self.cx.out.push(unknown(
                            "deduction",
                            &named(name),
                            self.deductions.iter().map(String::as_str),
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
