//! Sentences without `for` that take the place of what a clause around them says for some remedies only. That is what they
//! mean; who wrote them had often only the refund in mind.

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{RemedyKind, Schema};
use crate::model::{Attribute, Statement, Version};
use crate::program::AttributeValue;
use crate::source::Span;

use super::conflicts::name;

/// Warns of each of them.
pub(crate) fn find(version: &Version, schema: &Schema, out: &mut Vec<Diagnostic>) {
    for (at, clause) in version.clauses.iter().enumerate().filter(|(_, clause)| clause.law.is_none()) {
        let mut told: Vec<Span> = Vec::new();
        for statement in &clause.statements {
            if with_remedy(statement.attribute, 0).is_none() {
                continue;
            }
            // To take a fee from everybody is plain enough.
            let whole = says(version, at, statement.span).count() == schema.remedies.len();
            if !whole || told.contains(&statement.span) || statement.value == AttributeValue::NoFee {
                continue;
            }
            told.push(statement.span);
            let ways = version.ways_up(at);
            let finding = ways.iter().find_map(|way| {
                let remedies = (0..schema.remedies.len()).filter_map(|remedy| u16::try_from(remedy).ok());
                let bears = |remedy: &u16| {
                    let service =
                        schema.remedies.get(usize::from(*remedy)).is_some_and(|r| r.kind == RemedyKind::Service);
                    !service || matches!(statement.attribute, Attribute::Start(_) | Attribute::Window(_))
                };
                let offered =
                    remedies.filter(|remedy| bears(remedy) && offered(version, way, *remedy)).collect::<Vec<_>>();
                replaced(version, schema, way, statement, &offered)
            });
            out.extend(finding);
        }
    }
}

/// What a sentence takes the place of, when that is said for some of the offered remedies and not for others.
fn replaced(
    version: &Version,
    schema: &Schema,
    way: &[usize],
    statement: &Statement,
    offered: &[u16],
) -> Option<Diagnostic> {
    let around = way.get(1..).unwrap_or_default();
    let before = |remedy: u16| {
        let attribute = with_remedy(statement.attribute, remedy)?;
        around.iter().find_map(|at| Some((*at, stated(version, *at, attribute)?)))
    };
    let said: Vec<(u16, Option<(usize, &Statement)>)> = offered.iter().map(|one| (*one, before(*one))).collect();
    let span = |said: &Option<(usize, &Statement)>| said.map(|(_, before)| before.span);
    let (_, first) = said.first()?;
    if said.iter().all(|(_, one)| span(one) == span(first)) {
        return None;
    }
    let mut parts: Vec<(usize, Span, Vec<u16>)> = Vec::new();
    for (remedy, (at, before)) in said.iter().filter_map(|(remedy, before)| Some((*remedy, (*before)?))) {
        let partly = says(version, at, before.span).count() < schema.remedies.len();
        match parts.iter_mut().find(|(_, span, _)| *span == before.span) {
            Some((_, _, remedies)) => remedies.push(remedy),
            None if partly && before.value != statement.value => parts.push((at, before.span, vec![remedy])),
            None => {}
        }
    }
    // What is said for the fewest is what was most likely forgotten.
    let (_, _, special) = parts.iter().min_by_key(|(_, _, remedies)| remedies.len())?;
    let words = |remedies: &[u16]| remedies.iter().map(|one| schema.remedy(*one)).collect::<Vec<_>>().join(", ");
    let rest: Vec<u16> = offered.iter().copied().filter(|remedy| !special.contains(remedy)).collect();
    let about = name(version, schema, statement.attribute);
    let (message, fewer) = match parts.as_slice() {
        [_] => (format!("this {about} is for every remedy, the one before is for {} only", words(special)), special),
        _ => (format!("this {about} is for every remedy, also for {}", words(special)), &rest),
    };
    let mut finding = Diagnostic::new(Code::ForAll, statement.span, message);
    for (at, span, remedies) in &parts {
        let path = version.clauses.get(*at).map_or("", |clause| &clause.path);
        finding = finding.label(*span, format!("`{path}` says this for {}", words(remedies)));
    }
    Some(finding.help(format!(
        "if that is not meant, say for which it is: `… for {}`; if it is, name them all: `… for {}`",
        words(fewer),
        words(offered)
    )))
}

/// The same attribute of another remedy; none of one that speaks of no remedy, or says which are offered.
fn with_remedy(attribute: Attribute, remedy: u16) -> Option<Attribute> {
    match attribute {
        Attribute::Start(_) => Some(Attribute::Start(remedy)),
        Attribute::Window(_) => Some(Attribute::Window(remedy)),
        Attribute::Basis(_) => Some(Attribute::Basis(remedy)),
        Attribute::Fee(fee, _) => Some(Attribute::Fee(fee, remedy)),
        Attribute::Deduction(deduction, _) => Some(Attribute::Deduction(deduction, remedy)),
        Attribute::Remedy(_)
        | Attribute::Tax
        | Attribute::Shipping
        | Attribute::Discounts
        | Attribute::Pay
        | Attribute::Hold
        | Attribute::Due
        | Attribute::Field(..)
        | Attribute::Guard(_)
        | Attribute::OneOf
        | Attribute::Deadline
        | Attribute::NoFees
        | Attribute::NoDeductions
        | Attribute::Identity => None,
    }
}

/// What a clause states in one sentence.
fn says(version: &Version, at: usize, span: Span) -> impl Iterator<Item = &Statement> {
    version.clauses.get(at).into_iter().flat_map(move |clause| clause.statements.iter().filter(move |s| s.span == span))
}

fn stated(version: &Version, at: usize, attribute: Attribute) -> Option<&Statement> {
    version.clauses.get(at)?.statements.iter().find(|statement| statement.attribute == attribute)
}

/// Whether a remedy is offered by a clause, as far as it and those around it say.
fn offered(version: &Version, way: &[usize], remedy: u16) -> bool {
    let said = way.iter().find_map(|at| stated(version, *at, Attribute::Remedy(remedy)));
    said.is_some_and(|statement| statement.value == AttributeValue::Yes)
}
