//! Sentences of higher layers that do not count, because a lower layer does not leave them that right; and what lower layers
//! leave unsaid (docs/reference/layers.md).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::Schema;
use crate::model::{Attribute, Clause, Leeway, Version};
use crate::program::AttributeValue;
use crate::source::Span;
use crate::terms::LeewayKind;

use super::below::{compared, together};
use super::conflicts::name;

/// Reports headers that do not say what higher layers may make of something that one of them speaks of.
pub(crate) fn unsaid(version: &Version, schema: &Schema, out: &mut Vec<Diagnostic>) {
    for (at, file) in version.files.iter().enumerate() {
        if !version.clauses.iter().any(|clause| clause.file == at && clause.law.is_none()) {
            continue;
        }
        let mut missing: Vec<(String, Span)> = Vec::new();
        for clause in version.clauses.iter().filter(|clause| clause.layer > file.layer && clause.law.is_none()) {
            let moved = clause.adjustments.iter().map(|(.., span)| (Attribute::Window(0), *span));
            for (attribute, span) in clause.statements.iter().map(|s| (s.attribute, s.span)).chain(moved) {
                if version.leeway_of_file(at, attribute).is_none() {
                    let group = group(version, schema, attribute);
                    if !missing.iter().any(|(known, _)| *known == group) {
                        missing.push((group, span));
                    }
                }
            }
        }
        let Some((example, _)) = missing.first() else { continue };
        let names: Vec<String> = missing.iter().map(|(name, _)| format!("`{name}`")).collect();
        let layer = layer(version, file.layer);
        let message = format!("`{layer}` does not say what higher layers may make of {}", names.join(", "));
        let mut finding = Diagnostic::new(Code::LeewayNotSaid, file.header, message);
        for (name, span) in &missing {
            finding = finding.label(*span, format!("a higher layer speaks of `{name}`"));
        }
        out.push(finding.help(format!(
            "add one of these to the header:\n`higher layers may not change {example}`\n`higher layers may improve {example}` (for the customer)\n`higher layers may tighten {example}`\n`higher layers may change {example}`\n`everything` in its place speaks of all that is not named"
        )));
    }
}

/// The word for an attribute in `higher layers may …`.
fn group(version: &Version, schema: &Schema, attribute: Attribute) -> String {
    match attribute {
        Attribute::Remedy(_) => "remedies".to_owned(),
        Attribute::Guard(_) => "guards".to_owned(),
        one => name(version, schema, one),
    }
}

fn layer(version: &Version, layer: u16) -> &str {
    version.layers.get(usize::from(layer)).map_or("", String::as_str)
}

/// Warns of each sentence of a higher layer that does not count, or may not.
pub(crate) fn find(version: &Version, schema: &Schema, out: &mut Vec<Diagnostic>) {
    for (at, clause) in version.clauses.iter().enumerate().filter(|(_, c)| c.layer > 0 && c.law.is_none()) {
        let below: Vec<usize> = replaced(version, schema, at);
        let mut sentences: BTreeMap<Span, Vec<Doubt<'_>>> = BTreeMap::new();
        for statement in &clause.statements {
            let attribute = statement.attribute;
            let stating = |other: usize| Some((other, value(version, other, attribute)?));
            let said: Vec<(usize, &AttributeValue)> = below.iter().filter_map(|other| stating(*other)).collect();
            let doubts = sentences.entry(statement.span).or_default();
            for (other, held) in &said {
                doubts.extend(rights(version, &below, *other, attribute).into_iter().map(|(by, right)| Doubt {
                    counts: counts(attribute, Some(held), &statement.value, right),
                    other: Some(by),
                    layer: version.layer(by),
                    right,
                }));
            }
            // Where lower layers say nothing, what their headers leave is compared with that.
            if said.is_empty() {
                let held = attribute.unsaid(&version.choices);
                let files = version.files.iter().enumerate().filter(|(_, file)| file.layer < clause.layer);
                doubts.extend(files.filter_map(|(at, file)| {
                    let right = version.leeway_of_file(at, attribute)?;
                    let counts = counts(attribute, held.as_ref(), &statement.value, right);
                    Some(Doubt { counts, other: None, layer: file.layer, right })
                }));
            }
        }
        for (kind, _, span) in &clause.adjustments {
            let doubts = sentences.entry(*span).or_default();
            for other in below.iter().filter(|other| value(version, **other, Attribute::Window(0)).is_some()) {
                let rights = rights(version, &below, *other, Attribute::Window(0)).into_iter();
                doubts.extend(rights.map(|(by, right)| Doubt {
                    counts: Some(right.may.lets_move(kind)),
                    other: Some(by),
                    layer: version.layer(by),
                    right,
                }));
            }
        }
        for (span, doubts) in sentences {
            out.extend(finding(version, clause, span, &doubts));
        }
    }
}

/// A sentence of a lower layer that one of a higher layer would take the place of.
struct Doubt<'a> {
    /// Whether the higher one counts; nothing: it depends on the sale.
    counts: Option<bool>,
    /// The clause of the lower one; none: it says nothing.
    other: Option<usize>,
    /// The lower layer.
    layer: u16,
    /// The right that the lower layer leaves.
    right: &'a Leeway,
}

fn finding(version: &Version, clause: &Clause, span: Span, doubts: &[Doubt<'_>]) -> Option<Diagnostic> {
    let refused = doubts.iter().find(|doubt| doubt.counts == Some(false));
    let doubt = refused.or(doubts.iter().find(|doubt| doubt.counts.is_none()))?;
    let other = doubt.other.and_then(|at| version.clauses.get(at));
    let place = other.map_or(String::new(), |other| format!(" where `{}` applies", other.path));
    let own = layer(version, clause.layer);
    // Every right is asked of every clause; where each clause has one that refuses, nothing is left.
    let clauses = |wanted: &dyn Fn(&Doubt<'_>) -> bool| -> BTreeSet<Option<usize>> {
        doubts.iter().filter(|doubt| wanted(doubt)).map(|doubt| doubt.other).collect()
    };
    let never = clauses(&|doubt| doubt.counts == Some(false)) == clauses(&|_| true);
    let (code, message) = match refused {
        Some(_) if never || other.is_none() => {
            (Code::BeyondLeeway, format!("`{own}` may not say this, so it does not count"))
        }
        Some(_) => (Code::BeyondLeeway, format!("`{own}` may not say this{place}; there it does not count")),
        None => (Code::PerhapsBeyondLeeway, format!("it depends on the sale whether this counts{place}")),
    };
    let finding = Diagnostic::new(code, span, message)
        .label(doubt.right.span, format!("`{}` leaves this right", layer(version, doubt.layer)));
    let finding = other.into_iter().fold(finding, |f, other| f.label(other.span, "the clause of the lower layer"));
    Some(finding.help("say what that right allows, or let the lower layer leave more"))
}

/// The clauses of lower layers whose statements a clause would take the place of: those it can apply together with, above
/// and below the place where its layer begins.
fn replaced(version: &Version, schema: &Schema, at: usize) -> Vec<usize> {
    let layer = version.layer(at);
    let roots: Vec<Option<usize>> =
        version.ways_up(at).into_iter().map(|way| way.into_iter().find(|up| version.layer(*up) < layer)).collect();
    let near = |other: usize| {
        roots.iter().any(|root| match root {
            None => true,
            Some(root) => [(*root, other), (other, *root)]
                .into_iter()
                .any(|(inner, outer)| version.ways_up(inner).iter().flatten().any(|up| *up == outer)),
        })
    };
    let lower =
        |other: &usize| version.layer(*other) < layer && version.clauses.get(*other).is_some_and(|c| c.law.is_none());
    (0..version.clauses.len())
        .filter(lower)
        .filter(|other| near(*other) && together(version, schema, at, *other))
        .collect()
}

/// What is left of what a clause holds: by the header of its file, where no clause says it; and by each clause that does.
fn rights<'a>(version: &'a Version, below: &[usize], held: usize, attribute: Attribute) -> Vec<(usize, &'a Leeway)> {
    let around =
        version.ways_up(held).into_iter().flatten().any(|up| version.leeway_of_clause(up, attribute).is_some());
    let file = version.clauses.get(held).map(|clause| clause.file).filter(|_| !around);
    let header = file.and_then(|file| version.leeway_of_file(file, attribute)).map(|leeway| (held, leeway));
    let clauses = below.iter().filter_map(|at| Some((*at, version.leeway_of_clause(*at, attribute)?)));
    let above = |(at, _): &(usize, &Leeway)| {
        // One that a clause further in takes the place of, where both always apply together with what is held.
        version.ways_up(held).iter().flatten().any(|up| up == at)
            && version.ways_up(held).iter().flatten().any(|up| {
                up != at
                    && version.leeway_of_clause(*up, attribute).is_some()
                    && version.ways_up(*up).iter().flatten().any(|outer| outer == at)
            })
    };
    header.into_iter().chain(clauses.filter(|one| !above(one))).collect()
}

/// What a clause states of an attribute.
fn value(version: &Version, at: usize, attribute: Attribute) -> Option<&AttributeValue> {
    let clause = version.clauses.get(at)?;
    clause.statements.iter().find(|statement| statement.attribute == attribute).map(|statement| &statement.value)
}

/// Whether what is stated counts in the place of what is held (nothing is); nothing: it depends on the sale.
fn counts(
    attribute: Attribute,
    held: Option<&AttributeValue>,
    stated: &AttributeValue,
    right: &Leeway,
) -> Option<bool> {
    if held == Some(stated) {
        return Some(true);
    }
    // Where nothing is said, there is nothing that could be made worse or better.
    let better = || held.map_or(Some(Ordering::Equal), |held| compared(attribute, stated, held));
    match right.may.kind {
        LeewayKind::Sealed => Some(false),
        LeewayKind::Free => Some(right.may.within.as_ref().is_none_or(|range| range.holds(stated))),
        LeewayKind::Improve => better().map(|order| order != Ordering::Less),
        LeewayKind::Tighten => better().map(|order| order != Ordering::Greater),
    }
}
