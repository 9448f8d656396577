//! Who decides what, and who may approve how much.

use maud::{Markup, html};
use takeback::program::{AttributeValue, ClauseId, Reach};

use super::Page;
use crate::clauses::{tree, value};

impl Page<'_> {
    /// The ladder of authority.
    pub(super) fn authority(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let Some(ladder) = &view.version.choices.authority else { return html! {} };
        let [role, amount] = ["th-role", "th-amount"].map(|key| words.say(key));
        let reach = |reach: &Reach| match reach {
            Reach::UpTo(most) => words.money(*most),
            Reach::AnyAmount => words.say("any-amount"),
            Reach::OwnMatters => words.say("own-matters"),
        };
        html! {
            table role="table" {
                caption { (words.say("caption-authority")) }
                (self.head(&[&role, &amount]))
                tbody role="rowgroup" {
                    @for rung in &ladder.rungs {
                        tr role="row" {
                            th role="rowheader" scope="row" { (view.told.role(rung.role)) }
                            td role="cell" data-label=(amount) { (reach(&rung.reach)) }
                        }
                    }
                }
            }
        }
    }

    /// What is put before somebody, and what somebody may allow.
    pub(super) fn decides(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let mut found: Vec<(ClauseId, String)> = Vec::new();
        for guard in &view.version.guards {
            let mut text = view.told.guard(&guard.kind, guard.text.as_deref(), view.span(guard.clause));
            if let Some(limit) = &guard.limit {
                text = format!("{}: {text}", view.told.limit(limit));
            }
            found.push((guard.clause, text));
        }
        for tree in view.version.attributes.remedy.iter().filter_map(|at| tree(view.version, *at)) {
            for statement in &tree.statements {
                let Some(AttributeValue::No { overridable_by: Some(role), .. }) = value(view.version, statement.value)
                else {
                    continue;
                };
                let text = words.tell("may-allow", &[("role", &view.told.the_role(*role))]);
                if !found.contains(&(statement.clause, text.clone())) {
                    found.push((statement.clause, text));
                }
            }
        }
        let late = view.version.choices.late;
        if found.is_empty() && late.is_none() {
            return html! {};
        }
        let [case, decides] = ["th-case", "th-decides"].map(|key| words.say(key));
        html! {
            table role="table" {
                caption { (words.say("caption-decides")) }
                (self.head(&[&case, &decides]))
                tbody role="rowgroup" {
                    @for (clause, text) in &found {
                        tr role="row" {
                            (self.case(*clause, &self.conds_of(*clause), false))
                            td role="cell" data-label=(decides) { (text) }
                        }
                    }
                    @if let Some(role) = late {
                        tr role="row" {
                            th role="rowheader" scope="row" { (words.say("label-late")) }
                            td role="cell" data-label=(decides) {
                                (words.tell("late-allowed", &[("role", &view.told.the_role(role))]))
                            }
                        }
                    }
                }
            }
        }
    }
}
