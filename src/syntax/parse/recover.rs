//! What cannot be read: it stays in the tree as `Bad`, what is inside a bad block is read as far as it goes, and each
//! gets a finding, which [`explain`](super::explain) words.

use pest::iterators::Pair;

use super::explain::{Run, first_token};
use super::places::Place;
use super::{Cx, Rule, forms, items, scenarios, statements};
use crate::diagnostic::{Code, Diagnostic, near};
use crate::syntax::ast::{Bad, Statement};

/// How many bad sentences of a file are explained; the others are counted.
const EXPLAINED: usize = 200;

/// Says how many bad sentences there were beyond those that are explained.
pub(super) fn summarise(cx: &mut Cx<'_>) {
    let more = cx.bad_runs.saturating_sub(EXPLAINED);
    if more > 0 {
        let message = match more {
            1 => "one more sentence of this file cannot be read".to_owned(),
            more => format!("{more} more sentences of this file cannot be read"),
        };
        let end = cx.source.whole().after();
        cx.out.push(Diagnostic::new(Code::NotASentence, end, message).help("repair the ones above first"));
    }
}

/// A closing brace too many.
pub(super) fn stray_close(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>) {
    if !std::mem::take(&mut cx.adrift) && counts(cx) {
        let finding = Diagnostic::new(Code::StrayBrace, cx.span(pair), "this `}` closes no block");
        cx.out.push(finding.help("remove it, or look above it for a block that ends too early"));
    }
}

/// Counts something bad, and says whether it is still explained.
fn counts(cx: &mut Cx<'_>) -> bool {
    cx.bad_runs += 1;
    cx.bad_runs <= EXPLAINED
}

/// Whether a sentence says nothing new: it belongs into another block, as the one before it does. Clauses, forms and
/// scenarios hold few sentences that others hold too; there each is worth its finding.
fn drifts(cx: &mut Cx<'_>, text: &str, place: Place) -> bool {
    let word = first_token(text);
    let misplaced = !place.has(word) && Place::of(word).next().is_some();
    holds_blocks(place) && misplaced && std::mem::replace(&mut cx.adrift, true)
}

fn holds_blocks(place: Place) -> bool {
    matches!(place, Place::File | Place::Header)
}

/// A sentence that cannot be read.
pub(super) fn bad_line(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>, place: Place) -> Bad {
    let span = cx.span(pair);
    let text = blanks_off(pair.as_str());
    if !drifts(cx, text, place) && counts(cx) {
        let finding = Run { text, start: cx.base + pair.as_span().start(), place, block: false }.explain(cx);
        cx.out.push(finding);
    }
    // A head without a block: what follows is its inside.
    cx.adrift |= holds_blocks(place) && likely_block(text).is_some();
    Bad { span, label: None, inside: Vec::new() }
}

/// A block that cannot be read, or cannot stand here. What is inside is read as its head promises.
pub(super) fn bad_block(cx: &mut Cx<'_>, pair: Pair<'_, Rule>, place: Place) -> Bad {
    let start = pair.as_span().start();
    let brace = cx.base + start + pair.as_str().find('{').unwrap_or(0);
    let mut inner = pair.into_inner();
    let head = match inner.peek() {
        // A bad line that begins later is the first one inside a block without a head.
        Some(head) if head.as_rule() == Rule::bad_line && head.as_span().start() == start => inner.next(),
        Some(_) | None => None,
    };
    let text = head.as_ref().map_or("", |head| blanks_off(head.as_str()));
    let run = Run { text, start: cx.base + start, place, block: true };
    let span = match &head {
        Some(head) => cx.span(head),
        None => cx.place(brace, brace + 1),
    };
    if !drifts(cx, text, place) && counts(cx) {
        let finding = match head {
            Some(_) => run.explain(cx),
            None => Diagnostic::new(Code::NotASentence, span, "this block has no head")
                .help("a block begins with its head, such as `clause returns {`"),
        };
        cx.out.push(finding);
    }
    let block = likely_block(text);
    cx.adrift &= matches!(block, None | Some("except"));
    let label = matches!(block, Some("clause" | "right" | "rule" | "except")).then(|| run.label(cx)).flatten();
    let mut bad = Bad { span, label, inside: Vec::new() };
    match (place, block) {
        // A block of another kind: its lines are no exceptions, and say nothing about this clause.
        (Place::Clause, Some("right" | "rule" | "policy" | "library" | "choices" | "form" | "scenario")) => {}
        (Place::Clause, _) => bad.inside = statements::statements(cx, inner),
        (Place::File, Some(block)) => {
            if let Some(inside) = inner.next() {
                bad.inside = read_inside(cx, block, &inside);
            }
        }
        (Place::File | Place::Header | Place::Choices | Place::Form | Place::Scenario, _) => {}
    }
    bad
}

/// Reads the inside of a bad block at the top of a file for the findings in it; what a clause says is kept.
fn read_inside(cx: &mut Cx<'_>, block: &str, inside: &Pair<'_, Rule>) -> Vec<Statement> {
    match block {
        "clause" | "right" | "rule" | "except" => {
            return cx.inside(Rule::inside_clause, inside, statements::statements).unwrap_or_default();
        }
        "policy" | "library" => drop(cx.inside(Rule::inside_header, inside, items::header)),
        "choices" => drop(cx.inside(Rule::inside_choices, inside, items::choice_lines)),
        "form" => drop(cx.inside(Rule::inside_form, inside, forms::form_lines)),
        _ => drop(cx.inside(Rule::inside_scenario, inside, scenarios::scenario_lines)),
    }
    Vec::new()
}

/// The kind of block that a head begins, or nearly begins.
fn likely_block(head: &str) -> Option<&'static str> {
    const BLOCKS: [&str; 9] = ["clause", "right", "rule", "except", "policy", "library", "choices", "form", "scenario"];
    let word = first_token(head);
    let known = BLOCKS.into_iter().find(|block| *block == word);
    known.or_else(|| near(&word.to_lowercase(), BLOCKS))
}

fn blanks_off(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\u{A0}', '\u{FEFF}'])
}
