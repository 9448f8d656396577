//! The rules one by one: a section for each clause, exceptions inside what they are exceptions to; and how things are counted.

use std::collections::BTreeSet;

use maud::{Markup, html};
use takeback::facts::Cond;
use takeback::money::Rounding;
use takeback::program::{ClauseId, Node};
use takeback::terms::LawKind;

use super::Page;

impl Page<'_> {
    /// The clauses of the policy, or those of the law.
    pub(super) fn rules(&self, law: bool) -> Markup {
        let mut top: Vec<u32> = self.under(None);
        top.retain(|node| self.place(*node).is_some_and(|place| self.view.law(place.clause).is_some()) == law);
        if top.is_empty() {
            return html! {};
        }
        let mut shown = BTreeSet::new();
        html! {
            @if law { p.note { (self.say("law-note")) } }
            @for node in &top { (self.rule(*node, 3, &mut shown)) }
        }
    }

    fn place(&self, node: u32) -> Option<&Node> {
        self.view.version.nodes.get(node as usize)
    }

    /// The places under a place: what always holds first, then as the files are written.
    fn under(&self, parent: Option<u32>) -> Vec<u32> {
        let places = (0u32..).zip(&self.view.version.nodes);
        let mut found: Vec<u32> = places.filter(|(_, place)| place.parent == parent).map(|(at, _)| at).collect();
        found.sort_by_key(|node| {
            let clause = self.place(*node).and_then(|place| self.view.clause(place.clause));
            clause.map(|clause| (clause.cond != Cond::Always, clause.span.source.0, clause.span.start))
        });
        found
    }

    /// The section of a clause with its exceptions; a clause that stands in several places has one.
    fn rule(&self, node: u32, level: u8, shown: &mut BTreeSet<ClauseId>) -> Markup {
        let Some(place) = self.place(node) else { return html! {} };
        let id = place.clause;
        let Some(clause) = self.view.clause(id) else { return html! {} };
        let title = self.view.title(id);
        if !shown.insert(id) {
            return html! { p.see { a href=(format!("#{}", clause.path)) { (title) } } };
        }
        let words = self.words();
        let lines: Vec<_> = self.lines(id).iter().filter(|line| self.staff() || !line.staff).collect();
        let when = self.view.when(id);
        let law = self.view.law(id);
        let in_law = self.view.version.laws.iter().any(|law| law.nodes.contains(self.root(node)));
        let inner = self.under(Some(node));
        let anchor = clause.path.to_string();
        html! {
            article.rule id=(anchor) aria-labelledby=(format!("{anchor}.title")) {
                (heading(level, &format!("{anchor}.title"), &title))
                @if let Some(kind) = law {
                    p.tag { (words.say(match kind { LawKind::Right => "right", LawKind::Rule => "rule" })) }
                }
                @if self.staff() { p.label { code { (clause.path) } } }
                @if let Some(when) = &when { p.when { (words.tell("when", &[("what", when)])) } }
                @if !lines.is_empty() {
                    dl.lines {
                        @for line in &lines {
                            dt { (line.label) }
                            dd {
                                (line.text)
                                @for (at, other) in line.clauses.iter().enumerate() {
                                    @if at > 0 { ", " }
                                    (self.link(*other))
                                }
                            }
                        }
                    }
                }
                @if (self.staff() || in_law) && !clause.citations.is_empty() {
                    ul.sources {
                        @for citation in &clause.citations { li { (words.say("sources")) ": " (cited(citation)) } }
                    }
                }
                @for exception in &inner { (self.rule(*exception, level.saturating_add(1), shown)) }
            }
        }
    }

    fn root(&self, node: u32) -> u32 {
        let mut at = node;
        while let Some(parent) = self.place(at).and_then(|place| place.parent) {
            at = parent;
        }
        at
    }

    /// What holds for every return.
    pub(super) fn count(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let choices = &view.version.choices;
        // That somebody may allow it is not for customers to build on.
        let late = match choices.late {
            None => Some(words.say("late-final")),
            Some(role) => self.staff().then(|| words.tell("late-allowed", &[("role", &view.told.the_role(role))])),
        };
        let mut lines = vec![
            ("label-deadline", view.told.deadline(choices.deadline)),
            ("label-tax", view.told.tax(choices.tax)),
            ("label-shipping", view.told.shipping(choices.shipping)),
            ("label-discounts", view.told.discounts(choices.discounts)),
        ];
        lines.extend(late.map(|late| ("label-late", late)));
        lines.extend(choices.gifts.map(|gifts| ("label-gifts", view.told.gifts(gifts))));
        lines.push(("label-together", words.say(if choices.together { "together-all" } else { "together-each" })));
        lines.extend(
            choices
                .cash
                .as_ref()
                .map(|cash| ("label-cash", words.tell("cash-rounded", &[("amount", &words.money(cash.step))]))),
        );
        if self.staff() {
            let rounding = match choices.rounding {
                Rounding::HalfUp => "rounding-half-up",
                Rounding::HalfEven => "rounding-half-even",
                Rounding::Down => "rounding-down",
                Rounding::Up => "rounding-up",
            };
            lines.push(("label-rounding", words.say(rounding)));
        }
        html! {
            dl.lines { @for (label, text) in &lines { dt { (words.say(label)) } dd { (text) } } }
        }
    }
}

fn heading(level: u8, id: &str, title: &str) -> Markup {
    match level {
        0..=3 => html! { h3 id=(id) { (title) } },
        4 => html! { h4 id=(id) { (title) } },
        5 => html! { h5 id=(id) { (title) } },
        _ => html! { h6 id=(id) { (title) } },
    }
}

/// A citation; an address in front of it can be followed.
fn cited(citation: &str) -> Markup {
    let end = citation.find([',', ' ']).unwrap_or(citation.len());
    let (address, rest) = citation.split_at_checked(end).unwrap_or((citation, ""));
    let of_web = |scheme: &str| address.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty());
    if of_web("https://") || of_web("http://") {
        html! { a href=(address) rel="noreferrer" { (address) } (rest) }
    } else {
        html! { (citation) }
    }
}
