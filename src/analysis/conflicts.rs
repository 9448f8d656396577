//! Possible conflicts: siblings that state different values for one attribute although nothing decides between them.
//! Conservative: two clauses are taken to apply together unless their conditions plainly contradict.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, Schema};
use crate::model::{Attribute, Clause, Statement, Version};
use crate::money::Currency;
use crate::program::AttributeValue;
use crate::source::Span;
use crate::syntax::spelled;

use super::disjoint::Ways;
use super::example;

/// Reports every possible conflict of a version.
pub(crate) fn find(version: &Version, schema: &Schema, currency: Option<Currency>, out: &mut Vec<Diagnostic>) {
    let children = version.children();
    let mut found: Vec<Conflict<'_>> = Vec::new();
    // Rights and rules of the law stand by themselves: the bounds of several all hold.
    let of_law = |at: usize| version.laws.iter().any(|(head, _)| *head == at);
    for (parent, siblings) in children.iter().filter(|(_, s)| s.len() > 1) {
        let mut stated: BTreeMap<Attribute, Vec<Stated<'_>>> = BTreeMap::new();
        for sibling in siblings.iter().filter(|at| !of_law(**at)) {
            collect(version, &children, *sibling, *sibling, &mut Vec::new(), &mut stated, schema);
        }
        for (attribute, list) in stated {
            if version.disciplines.iter().any(|(group, _)| group.holds(attribute)) {
                continue;
            }
            for (at, left) in list.iter().enumerate() {
                for right in list.iter().skip(at + 1) {
                    if left.sibling == right.sibling
                        || version.layer(left.sibling) != version.layer(right.sibling)
                        || same(attribute, &left.statement.value, &right.statement.value)
                        || decided(version, left.sibling, right.sibling, attribute)
                        || left.ways.contradict(&right.ways, schema)
                    {
                        continue;
                    }
                    let pair = (left.statement.span, right.statement.span);
                    match found.iter_mut().find(|c| c.pair == pair) {
                        Some(known) if known.parent == *parent => known.attributes.push(attribute),
                        Some(_) => {}
                        None => found.push(Conflict {
                            pair,
                            parent: *parent,
                            attributes: vec![attribute],
                            left: left.clone(),
                            right: right.clone(),
                        }),
                    }
                }
            }
        }
    }
    out.extend(found.iter().map(|conflict| conflict.finding(version, schema, currency)));
}

#[derive(Clone)]
struct Stated<'a> {
    /// The sibling under which it is stated.
    sibling: usize,
    clause: &'a Clause,
    statement: &'a Statement,
    ways: Ways,
}

/// Two sentences that disagree, and about what.
struct Conflict<'a> {
    pair: (Span, Span),
    parent: Option<usize>,
    attributes: Vec<Attribute>,
    left: Stated<'a>,
    right: Stated<'a>,
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
    // Of a clause with an error it is not known when it applies, or what it says.
    let Some(clause) = version.clauses.get(at).filter(|clause| !clause.broken) else { return };
    conds.push(&clause.cond);
    if !clause.statements.is_empty() {
        let ways = Ways::of(conds.iter().copied(), schema);
        for statement in &clause.statements {
            let entry = Stated { sibling, clause, statement, ways: ways.clone() };
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

impl Conflict<'_> {
    fn finding(&self, version: &Version, schema: &Schema, currency: Option<Currency>) -> Diagnostic {
        let (left, right) = (&self.left, &self.right);
        // Inside a block the label is enough; at the top the path, which has the prefix of the file.
        let called = |at: usize| {
            let clause = version.clauses.get(at);
            clause.map_or("", |c| if self.parent.is_some() { &c.label } else { &c.path })
        };
        let (a, b) = (called(left.sibling), called(right.sibling));
        let names = names(version, schema, &self.attributes);
        let mut about: Vec<String> = Vec::new();
        for attribute in &self.attributes {
            let one = in_words(version, schema, *attribute, self.attributes.len() > 1);
            if !about.contains(&one) {
                about.push(one);
            }
        }
        let on = match self.attributes.as_slice() {
            [Attribute::Guard(_)] => String::new(),
            _ => format!(" on {}", names.join(", ")),
        };
        let place = match self.parent.and_then(|at| version.clauses.get(at)) {
            Some(parent) => format!("inside `{}`", parent.path),
            None => "at the top of a file".to_owned(),
        };
        // The exception that is further down is mostly meant to win.
        let mut help = format!("say {place} which counts: `{b} overrides {a}{on}` or `{a} overrides {b}{on}`");
        // At the top, a clause with a condition is mostly meant as an exception to the one without.
        let always = |at: usize| version.clauses.get(at).is_some_and(|c| c.cond == Cond::Always);
        let exception = match (self.parent, always(left.sibling), always(right.sibling)) {
            (None, true, false) => Some((b, a)),
            (None, false, true) => Some((a, b)),
            _ => None,
        };
        if let Some((inner, outer)) = exception {
            help = format!("make `{inner}` an exception: `clause {inner} exception to {outer} when …`\nor {help}");
        }
        let above = self.parent.and_then(|parent| version.ways_up(parent).into_iter().next()).unwrap_or_default();
        let around = Ways::of(version.conds(&above), schema);
        let way = left.ways.together(&right.ways, schema).and_then(|way| around.with(&way, schema));
        if let Some(example) =
            way.zip(currency).and_then(|(way, currency)| example::of(&way, schema, currency, version.from))
        {
            help.push_str(&format!("\nboth apply, for example, to: {example}"));
        }
        Diagnostic::new(
            Code::PossibleConflict,
            self.pair.1,
            format!(
                "`{}` and `{}` can both apply, and disagree about {}",
                left.clause.path,
                right.clause.path,
                about.join(" and ")
            ),
        )
        .label(self.pair.0, format!("`{}` says this", left.clause.path))
        .label(self.pair.1, format!("`{}` says this", right.clause.path))
        .help(help)
    }
}

/// Attributes in the words of the language, each once; several remedies are `remedies`.
fn names(version: &Version, schema: &Schema, attributes: &[Attribute]) -> Vec<String> {
    let remedies = attributes.iter().filter(|a| matches!(a, Attribute::Remedy(_))).count();
    let mut names: Vec<String> = Vec::new();
    for attribute in attributes {
        let name = match attribute {
            Attribute::Remedy(_) if remedies > 1 => "remedies".to_owned(),
            one => name(version, schema, *one),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What a sentence is about, for people.
fn in_words(version: &Version, schema: &Schema, attribute: Attribute, several: bool) -> String {
    match attribute {
        Attribute::Remedy(_) if several => "remedies".to_owned(),
        Attribute::Discounts => "discounts".to_owned(),
        Attribute::Pay => "where the money goes".to_owned(),
        Attribute::Hold => "how long the money is held".to_owned(),
        Attribute::Due => "when the money is due".to_owned(),
        Attribute::Guard(_) => "whether somebody has to decide".to_owned(),
        Attribute::Remedy(r) => format!("the remedy `{}`", schema.remedy(r)),
        Attribute::Start(_) => "the start of the window".to_owned(),
        Attribute::Fee(f, _) => {
            format!("the fee `{}`", version.choices.fees.get(usize::from(f)).map_or("", |f| &*f.name))
        }
        Attribute::Deduction(d, _) => {
            format!("the deduction `{}`", version.deductions.get(usize::from(d)).map_or("", String::as_str))
        }
        Attribute::Field(form, _) => {
            format!("the form `{}`", version.forms.get(usize::from(form)).map_or("", |f| &*f.label))
        }
        Attribute::OneOf => "whether the store chooses".to_owned(),
        Attribute::NoFees | Attribute::NoDeductions => name(version, schema, attribute),
        Attribute::Deadline => "what must happen before it ends".to_owned(),
        Attribute::Window(_) | Attribute::Basis(_) | Attribute::Tax | Attribute::Shipping => {
            format!("the {}", name(version, schema, attribute))
        }
    }
}

/// An attribute in the words of the language.
pub(crate) fn name(version: &Version, schema: &Schema, attribute: Attribute) -> String {
    let at = |list: &[String], i: u16| list.get(usize::from(i)).cloned().unwrap_or_default();
    let named = |kind: &str, name: &str| format!("{kind} {}", spelled(name));
    match attribute {
        Attribute::Remedy(r) => named("remedy", schema.remedy(r)),
        Attribute::Start(_) => "start".to_owned(),
        Attribute::Window(_) => "window".to_owned(),
        Attribute::Basis(_) => "basis".to_owned(),
        Attribute::Fee(f, _) => named("fee", version.choices.fees.get(usize::from(f)).map_or("", |f| &*f.name)),
        Attribute::Deduction(d, _) => named("deduction", &at(&version.deductions, d)),
        Attribute::Tax => "tax".to_owned(),
        Attribute::Shipping => "shipping".to_owned(),
        Attribute::Discounts => "discounts".to_owned(),
        Attribute::Pay => "pay".to_owned(),
        Attribute::Hold => "hold".to_owned(),
        Attribute::Due => "due".to_owned(),
        Attribute::Field(form, _) => named("form", version.forms.get(usize::from(form)).map_or("", |f| &*f.label)),
        Attribute::OneOf => "one of".to_owned(),
        Attribute::NoFees => "fees".to_owned(),
        Attribute::NoDeductions => "deductions".to_owned(),
        Attribute::Deadline => "deadline".to_owned(),
        Attribute::Guard(clause) => named("guard of", version.clauses.get(clause).map_or("", |c| &c.path)),
    }
}
