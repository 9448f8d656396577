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

/// Two clauses that may disagree, and the sentence that would settle it.
#[derive(PartialEq)]
pub(crate) struct Possible {
    finding: Diagnostic,
    /// Where that sentence may stand.
    place: String,
    /// Who is mostly meant to win.
    winner: String,
    loser: String,
    /// ` on window`, or nothing.
    on: String,
}

/// The findings in the order of the text; the last one of several has the lines that settle all of them.
pub(crate) fn report(mut found: Vec<Possible>) -> Vec<Diagnostic> {
    found.sort_by_key(|one| one.finding.span);
    let mut all: Vec<Possible> = Vec::new();
    for one in found {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    let several = all.len() > 1;
    let lines = lines(&all);
    if let Some(last) = all.last_mut().map(|last| &mut last.finding).filter(|_| several) {
        let help = last.help.take().unwrap_or_default();
        let lines = lines.join("\n");
        last.help =
            Some(format!("{help}\nall of these at once, if the clause further down should count each time:\n{lines}"));
    }
    all.into_iter().map(|one| one.finding).collect()
}

/// Each place, and under it the sentences that settle what may be disagreed about there, several in one where they can be.
fn lines(all: &[Possible]) -> Vec<String> {
    struct Sentence<'a> {
        place: &'a str,
        winners: Vec<&'a str>,
        losers: Vec<&'a str>,
        on: &'a str,
    }
    let mut by_winner: Vec<Sentence<'_>> = Vec::new();
    for Possible { place, winner, loser, on, finding: _ } in all {
        match by_winner.iter_mut().find(|one| one.place == place && one.winners == [winner] && one.on == on) {
            Some(known) => known.losers.push(loser),
            None => by_winner.push(Sentence { place, winners: vec![winner], losers: vec![loser], on }),
        }
    }
    let mut sentences: Vec<Sentence<'_>> = Vec::new();
    for mut one in by_winner {
        let known = sentences.iter_mut().find(|k| k.place == one.place && k.losers == one.losers && k.on == one.on);
        match known {
            Some(known) => known.winners.append(&mut one.winners),
            None => sentences.push(one),
        }
    }
    let mut lines: Vec<String> = Vec::new();
    let mut places: Vec<&str> = sentences.iter().map(|one| one.place).collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        lines.push(format!("{place}:"));
        for Sentence { winners, losers, on, .. } in sentences.iter().filter(|one| one.place == place) {
            lines.push(format!("  {} overrides {}{on}", winners.join(", "), losers.join(", ")));
        }
    }
    lines
}

/// Every pair of clauses of a version that may disagree.
pub(crate) fn find(version: &Version, schema: &Schema, currency: Option<Currency>) -> Vec<Possible> {
    let children = version.children();
    let mut found: Vec<Conflict<'_>> = Vec::new();
    let mut pairs: Vec<(Span, Span)> = Vec::new();
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
                    let siblings = (left.sibling, right.sibling);
                    let pair = (left.clone(), right.clone());
                    match found.iter_mut().find(|c| c.parent == *parent && c.siblings == siblings) {
                        Some(known) => known.add(attribute, pair),
                        // Under another parent the same sentences are no second conflict.
                        None if pairs.contains(&(left.statement.span, right.statement.span)) => continue,
                        None => {
                            let (attributes, sentences) = (vec![attribute], vec![pair]);
                            found.push(Conflict { parent: *parent, siblings, attributes, sentences });
                        }
                    }
                    pairs.push((left.statement.span, right.statement.span));
                }
            }
        }
    }
    found.iter().filter_map(|conflict| conflict.possible(version, schema, currency)).collect()
}

#[derive(Clone)]
struct Stated<'a> {
    /// The sibling under which it is stated.
    sibling: usize,
    clause: &'a Clause,
    statement: &'a Statement,
    ways: Ways,
}

/// Two clauses side by side of which sentences disagree, and about what.
struct Conflict<'a> {
    parent: Option<usize>,
    siblings: (usize, usize),
    attributes: Vec<Attribute>,
    sentences: Vec<(Stated<'a>, Stated<'a>)>,
}

/// How many pairs of sentences a finding shows.
const SHOWN: usize = 4;

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

impl<'a> Conflict<'a> {
    fn add(&mut self, attribute: Attribute, pair: (Stated<'a>, Stated<'a>)) {
        if !self.attributes.contains(&attribute) {
            self.attributes.push(attribute);
        }
        let spans = |pair: &(Stated<'_>, Stated<'_>)| (pair.0.statement.span, pair.1.statement.span);
        if !self.sentences.iter().any(|known| spans(known) == spans(&pair)) {
            self.sentences.push(pair);
        }
    }

    fn possible(&self, version: &Version, schema: &Schema, currency: Option<Currency>) -> Option<Possible> {
        let (left, right) = self.sentences.first()?;
        // Inside a block the label is enough; at the top the path, which has the prefix of the file.
        let called = |at: usize| {
            let clause = version.clauses.get(at);
            clause.map_or("", |c| if self.parent.is_some() { &c.label } else { &c.path })
        };
        let (a, b) = (called(left.sibling), called(right.sibling));
        let names = names(version, schema, &self.attributes);
        let remedies = self.attributes.iter().filter(|one| matches!(one, Attribute::Remedy(_))).count();
        let mut about: Vec<String> = Vec::new();
        for attribute in &self.attributes {
            let one = in_words(version, schema, *attribute, remedies > 1);
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
            None => "outside of any clause".to_owned(),
        };
        // The exception that is further down is mostly meant to win.
        let each = if names.len() > 1 { ", in one sentence or each matter by itself" } else { "" };
        let mut help = format!("say {place} which counts{each}: `{b} overrides {a}{on}` or `{a} overrides {b}{on}`");
        // At the top, a clause with a condition is mostly meant as an exception to the one without.
        let always = |at: usize| version.clauses.get(at).is_some_and(|c| c.cond == Cond::Always);
        let exception = match (self.parent, always(left.sibling), always(right.sibling)) {
            (None, true, false) => Some((b, a)),
            (None, false, true) => Some((a, b)),
            _ => None,
        };
        let (winner, loser) = exception.unwrap_or(match self.later(version) {
            true => (b, a),
            false => (a, b),
        });
        if let Some((inner, outer)) = exception {
            help = format!("make `{inner}` an exception: `clause {inner} exception to {outer} when …`\nor {help}");
        }
        let above = self.parent.and_then(|parent| version.ways_up(parent).into_iter().next()).unwrap_or_default();
        let around = Ways::of(version.conds(&above), schema);
        let example = self.sentences.iter().find_map(|(left, right)| {
            let way = left.ways.together(&right.ways, schema).and_then(|way| around.with(&way, schema));
            way.zip(currency).and_then(|(way, currency)| example::of(&way, schema, currency, version.from))
        });
        if let Some(example) = example {
            help.push_str(&format!("\nboth apply, for example, to: {example}"));
        }
        // Of one pair of sentences the clauses they stand in, of several what holds them all.
        let path = |at: usize| version.clauses.get(at).map_or("", |clause| &*clause.path);
        let (one, other) = match self.sentences.as_slice() {
            [(left, right)] => (&*left.clause.path, &*right.clause.path),
            _ => (path(self.siblings.0), path(self.siblings.1)),
        };
        let message = format!("`{one}` and `{other}` can both apply, and disagree about {}", and(&about));
        let mut finding = Diagnostic::new(Code::PossibleConflict, right.statement.span, message).help(help);
        let mut shown: Vec<Span> = Vec::new();
        for side in self.sentences.iter().take(SHOWN).flat_map(|(left, right)| [left, right]) {
            if !shown.contains(&side.statement.span) {
                shown.push(side.statement.span);
                finding = finding.label(side.statement.span, format!("`{}` says this", side.clause.path));
            }
        }
        Some(Possible { finding, place, winner: winner.to_owned(), loser: loser.to_owned(), on })
    }

    /// Whether the second of the two stands further down.
    fn later(&self, version: &Version) -> bool {
        let place = |at: usize| version.clauses.get(at).map(|clause| clause.span);
        place(self.siblings.1) > place(self.siblings.0)
    }
}

/// `a, b and c`.
fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [several @ .., last] => format!("{} and {last}", several.join(", ")),
    }
}

/// Attributes in the words of the language, each once; several remedies are `remedies`.
fn names(version: &Version, schema: &Schema, attributes: &[Attribute]) -> Vec<String> {
    let remedies = attributes.iter().filter(|a| matches!(a, Attribute::Remedy(_))).count();
    let mut names: Vec<String> = Vec::new();
    for attribute in attributes {
        let name = match attribute {
            Attribute::Remedy(_) if remedies > 1 => "remedies".to_owned(),
            Attribute::Guard(_) => "guards".to_owned(),
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
        Attribute::Field(form, ..) => {
            format!("the form `{}`", version.forms.get(usize::from(form)).map_or("", |f| &*f.label))
        }
        Attribute::OneOf => "whether the store chooses".to_owned(),
        Attribute::NoFees | Attribute::NoDeductions => name(version, schema, attribute),
        Attribute::Deadline => "what must happen before it ends".to_owned(),
        Attribute::Identity => "what is kept of identity documents".to_owned(),
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
        Attribute::Field(form, ..) => named("form", version.forms.get(usize::from(form)).map_or("", |f| &*f.label)),
        Attribute::OneOf => "one of".to_owned(),
        Attribute::NoFees => "fees".to_owned(),
        Attribute::NoDeductions => "deductions".to_owned(),
        Attribute::Deadline => "deadline".to_owned(),
        Attribute::Identity => "identity".to_owned(),
        Attribute::Guard(clause) => named("guard of", version.clauses.get(clause).map_or("", |c| &c.path)),
    }
}
