//! What is special about the goods of a category.

use maud::{Markup, html};
use takeback::facts::Cond;
use takeback::program::ClauseId;

use super::Page;
use crate::conditions::category;
use crate::tables::{asks_category, categories, for_category};

/// A clause that speaks of a category.
#[derive(PartialEq)]
struct Special {
    clause: ClauseId,
    /// What is left to ask of goods of the category; none: it does not hold for them.
    left: Option<Cond>,
}

impl Page<'_> {
    /// What is special about the goods of each category that the policy names; categories of which the same is said together.
    pub(super) fn categories(&self) -> Markup {
        let mut groups: Vec<(Vec<String>, Vec<Special>)> = Vec::new();
        for path in categories(&self.view) {
            let special = self.special(&path);
            if special.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|(_, known)| *known == special) {
                Some((names, _)) => names.push(category(&path)),
                None => groups.push((vec![category(&path)], special)),
            }
        }
        if groups.is_empty() {
            return html! {};
        }
        html! {
            p.note { (self.say("category-note")) }
            @for (names, special) in &groups {
                h3 { (names.join(", ")) }
                dl.special {
                    @for one in special {
                        dt {
                            (self.link(one.clause))
                            @if let Some(left) = &one.left {
                                @if let Some(when) = self.view.told.all([left]) {
                                    " " span.case { (self.words().tell("required-when", &[("what", &when)])) }
                                }
                            }
                        }
                        dd {
                            @if one.left.is_none() { (self.say("does-not-apply")) }
                            @else {
                                @for (at, line) in self.lines(one.clause).iter().filter(|line| line.clauses.is_empty()).enumerate() {
                                    @if at > 0 { "; " }
                                    (line.label) ": " (line.text)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The clauses that hold for goods of a category in other cases than for goods of none, or not at all.
    fn special(&self, path: &str) -> Vec<Special> {
        let schema = &self.view.program.schema;
        let mut found = Vec::new();
        for clause in self.view.clauses() {
            let conds = self.conds_of(clause);
            if !conds.iter().any(|cond| asks_category(cond)) {
                continue;
            }
            let whole = Cond::All(conds.into_iter().cloned().collect());
            let (left, other) = (for_category(&whole, path, schema), for_category(&whole, "", schema));
            let says = self.lines(clause).iter().any(|line| line.clauses.is_empty());
            if left != other && says {
                // What the shop says comes first, then the law.
                let law = self.around(clause).last().is_some_and(|head| self.view.law(*head).is_some());
                let place = self.view.clause(clause).map(|clause| (law, clause.span.source.0, clause.span.start));
                found.push((place, Special { clause, left }));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, special)| special).collect()
    }
}
