//! Possible conflicts: siblings that state different values for one attribute although nothing decides between them.
//! Conservative: two clauses are taken to apply together unless their conditions plainly contradict.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, Schema};
use crate::model::{Attribute, Clause, Statement, Version};
use crate::program::AttributeValue;

use super::disjoint::Facts;

/// Reports every possible conflict of a version.
pub(crate) fn find(version: &Version, schema: &Schema, out: &mut Vec<Diagnostic>) {
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, clause) in version.clauses.iter().enumerate() {
        for parent in &clause.parents {
            children.entry(*parent).or_default().push(at);
        }
    }
    let mut reported: Vec<(crate::source::Span, crate::source::Span)> = Vec::new();
    for siblings in children.values().filter(|s| s.len() > 1) {
        let mut stated: BTreeMap<Attribute, Vec<Stated<'_>>> = BTreeMap::new();
        for sibling in siblings {
            collect(version, &children, *sibling, *sibling, &mut Vec::new(), &mut stated, schema);
        }
        for (attribute, list) in &stated {
            if version.disciplines.iter().any(|(group, _)| group.holds(*attribute)) {
                continue;
            }
            for (at, left) in list.iter().enumerate() {
                for right in list.iter().skip(at + 1) {
                    if left.sibling == right.sibling
                        || same(*attribute, &left.statement.value, &right.statement.value)
                        || decided(version, left.sibling, right.sibling, *attribute)
                        || left.facts.contradict(&right.facts)
                    {
                        continue;
                    }
                    let pair = (left.statement.span, right.statement.span);
                    if !reported.contains(&pair) {
                        reported.push(pair);
                        out.push(finding(version, schema, *attribute, left, right));
                    }
                }
            }
        }
    }
}

struct Stated<'a> {
    /// The sibling under which it is stated.
    sibling: usize,
    clause: &'a Clause,
    statement: &'a Statement,
    facts: Facts,
}

fn collect<'a>(
    version: &'a Version,
    children: &BTreeMap<Option<usize>, Vec<usize>>,
    sibling: usize,
    at: usize,
    conds: &mut Vec<&'a Cond>,
    stated: &mut BTreeMap<Attribute, Vec<Stated<'a>>>,
    schema: &Schema,
) {
    let Some(clause) = version.clauses.get(at) else { return };
    conds.push(&clause.cond);
    if !clause.statements.is_empty() {
        let facts = Facts::of(conds, schema);
        for statement in &clause.statements {
            let entry = Stated { sibling, clause, statement, facts: facts.clone() };
            stated.entry(statement.attribute).or_default().push(entry);
        }
    }
    for child in children.get(&Some(at)).into_iter().flatten() {
        collect(version, children, sibling, *child, conds, stated, schema);
    }
    conds.pop();
}

/// Whether two values agree; of remedies only yes and no are compared.
fn same(attribute: Attribute, left: &AttributeValue, right: &AttributeValue) -> bool {
    match attribute {
        Attribute::Remedy(_) | Attribute::Field(..) | Attribute::Guard(_) => {
            matches!(left, AttributeValue::Yes) == matches!(right, AttributeValue::Yes)
        }
        _ => left == right,
    }
}

fn decided(version: &Version, left: usize, right: usize, attribute: Attribute) -> bool {
    version.overrides.iter().any(|o| {
        ((o.winner == left && o.loser == right) || (o.winner == right && o.loser == left)) && o.covers(attribute)
    })
}

fn finding(
    version: &Version,
    schema: &Schema,
    attribute: Attribute,
    left: &Stated<'_>,
    right: &Stated<'_>,
) -> Diagnostic {
    let what = name(version, schema, attribute);
    let label = |at: usize| version.clauses.get(at).map_or(String::new(), |c| c.label.clone());
    let (a, b) = (label(left.sibling), label(right.sibling));
    Diagnostic::new(
        Code::PossibleConflict,
        right.statement.span,
        format!("`{}` and `{}` may apply to the same goods and disagree about {what}", left.clause.path, right.clause.path),
    )
    .label(left.statement.span, format!("`{}` says this", left.clause.path))
    .label(right.statement.span, format!("`{}` says this", right.clause.path))
    .help(format!(
        "write `{a} overrides {b} on {0}` or `{b} overrides {a} on {0}` beside them, or conditions that exclude each other",
        what
    ))
}

/// An attribute in the words of the language.
pub(crate) fn name(version: &Version, schema: &Schema, attribute: Attribute) -> String {
    let at = |list: &[String], i: u16| list.get(usize::from(i)).cloned().unwrap_or_default();
    match attribute {
        Attribute::Remedy(r) => format!("remedy {}", schema.remedy(r)),
        Attribute::Start(_) => "start".to_owned(),
        Attribute::Window(_) => "window".to_owned(),
        Attribute::Basis(_) => "basis".to_owned(),
        Attribute::Fee(f, _) => format!("fee {}", version.choices.fees.get(usize::from(f)).map_or("", |f| &*f.name)),
        Attribute::Deduction(d, _) => format!("deduction {}", at(&version.deductions, d)),
        Attribute::Tax => "tax".to_owned(),
        Attribute::Shipping => "shipping".to_owned(),
        Attribute::Discounts => "discounts".to_owned(),
        Attribute::Pay => "pay".to_owned(),
        Attribute::Hold => "hold".to_owned(),
        Attribute::Due => "due".to_owned(),
        Attribute::Field(form, _) => format!("form {}", version.forms.get(usize::from(form)).map_or("", |f| &*f.label)),
        Attribute::Guard(clause) => version.clauses.get(clause).map_or(String::new(), |c| c.label.clone()),
    }
}
