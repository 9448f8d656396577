//! What higher layers may make of what lower ones say, after `docs/reference/layers.md`: each statement is held against what
//! each of the layers below comes to, and what that leaves.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use takeback::date::Length;
use takeback::syntax::ast::{self, AttributeKind, Leeway, LeewayEnd, StatementKind};
use takeback::terms::{LeewayKind, Sharing, ShippingRule};

use super::book::{Clause, Edition};
use super::conditions::{Case, Key, Place, number};
use super::resolve::{Rank, Yield, covers, of_its_layer};
use super::stated::{Attr, FeeAmount, FeeBound, FeeOf, Refusal, Stated, Statement};
use super::visit::list;

/// What becomes of a statement of a higher layer.
pub(super) enum Hearing {
    Counts,
    NotWritten,
    /// Clauses below disagree, so that it cannot be compared.
    Unclear(Yield),
}

impl Edition {
    pub(super) fn highest_layer(&self) -> usize {
        self.files.values().map(|file| file.layer).max().unwrap_or(0)
    }

    /// The clauses of a layer that stand in no other clause of it, each with all around it.
    pub(super) fn entries(&self, layer: usize) -> Vec<Vec<&Clause>> {
        let mut found = Vec::new();
        let mut open: Vec<Vec<&Clause>> = self.clauses.iter().map(|clause| vec![clause]).collect();
        while let Some(chain) = open.pop() {
            let clause = *chain.last().unwrap();
            if clause.layer == layer {
                found.push(chain);
            } else {
                open.extend(clause.exceptions.iter().map(|exception| [chain.as_slice(), &[exception]].concat()));
            }
        }
        found.reverse();
        found
    }

    /// The files in which clauses stand.
    fn files_of(&self, paths: &BTreeSet<String>, layer: usize) -> BTreeSet<usize> {
        let mut open: Vec<&Clause> = self.clauses.iter().collect();
        let mut found = BTreeSet::new();
        while let Some(clause) = open.pop() {
            if clause.layer == layer && paths.contains(&clause.path) {
                found.insert(clause.file);
            }
            open.extend(&clause.exceptions);
        }
        found
    }
}

/// Whether a name means what is asked about.
type Means<'a> = &'a dyn Fn(&AttributeKind) -> bool;

impl Case<'_> {
    /// Whether a statement counts beside what all lower layers say.
    pub(super) fn heard_over(
        &self,
        edition: &Edition,
        clause: &Clause,
        statement: &Statement,
        attr: &Attr,
        place: Place,
        rank: Rank<'_>,
    ) -> Result<Hearing, Key> {
        let mut unclear = None;
        // What is approved is lifted once it is settled what counts.
        let approved = !list(&self.visit.json, "/approvals").is_empty();
        let visit = approved.then(|| self.with_approvals(Vec::new()));
        let visit = visit.as_ref().unwrap_or(self.visit);
        let unapproved = Case { visit, figures: self.figures.clone(), ..*self };
        for layer in 0..clause.layer {
            let below = unapproved.resolve_up_to(edition, attr, place, rank, layer)?;
            for leeway in self.left(edition, attr, place, below.as_ref(), layer)? {
                match self.one_allows(edition, leeway, statement, below.as_ref(), attr, rank)? {
                    Hearing::Counts => {}
                    Hearing::NotWritten => return Ok(Hearing::NotWritten),
                    Hearing::Unclear(below) => unclear = Some(below),
                }
            }
        }
        Ok(unclear.map_or(Hearing::Counts, Hearing::Unclear))
    }

    fn one_allows(
        &self,
        edition: &Edition,
        leeway: &Leeway,
        statement: &Statement,
        below: Option<&Yield>,
        attr: &Attr,
        rank: Rank<'_>,
    ) -> Result<Hearing, Key> {
        let yes_or_no = |counts: bool| if counts { Hearing::Counts } else { Hearing::NotWritten };
        let holds: Option<Statement> = match below {
            Some(found) if found.conflict => None,
            Some(found) => Some(found.by[0].1.clone()),
            None => absent(edition, attr).map(|value| Statement { value, tests: Vec::new() }),
        };
        if holds.as_ref().is_some_and(|holds| holds.value == statement.value) {
            return Ok(Hearing::Counts);
        }
        match (leeway.kind, &leeway.within) {
            (LeewayKind::Free, None) => return Ok(Hearing::Counts),
            (LeewayKind::Free, Some((from, to))) => {
                return Ok(yes_or_no(is_within(&statement.value, &from.node, &to.node)));
            }
            (LeewayKind::Sealed, _) => return Ok(Hearing::NotWritten),
            (LeewayKind::Improve | LeewayKind::Tighten, _) => {}
        }
        let Some(holds) = holds else {
            return Ok(below.map_or(Hearing::Counts, |below| Hearing::Unclear(below.clone())));
        };
        if *attr == Attr::Pay {
            return Ok(Hearing::NotWritten);
        }
        let (above, holds) = match attr {
            Attr::Remedy(_) => (vec![goodness(&statement.value)], vec![goodness(&holds.value)]),
            _ => (rank(statement)?, rank(&holds)?),
        };
        Ok(yes_or_no(if leeway.kind == LeewayKind::Improve { above >= holds } else { above <= holds }))
    }

    /// What a layer leaves to those above it; all of it must allow what they say.
    fn left<'e>(
        &self,
        edition: &'e Edition,
        attr: &Attr,
        place: Place,
        below: Option<&Yield>,
        layer: usize,
    ) -> Result<Vec<&'e Leeway>, Key> {
        let paths = below.map(|below| below.by.iter().map(|(path, _)| path.clone()).collect()).unwrap_or_default();
        self.left_of(edition, &|kind| covers(kind, attr), place, &edition.files_of(&paths, layer), layer)
    }

    fn left_of<'e>(
        &self,
        edition: &'e Edition,
        means: Means<'_>,
        place: Place,
        settled_in: &BTreeSet<usize>,
        layer: usize,
    ) -> Result<Vec<&'e Leeway>, Key> {
        let mut by_clauses = Vec::new();
        for chain in edition.entries(layer) {
            let (clause, above) = chain.split_last().unwrap();
            if speaks(clause, means) && self.all_live(edition, above, place)? {
                by_clauses.extend(self.left_by(edition, clause, means, place)?);
            }
        }
        if !by_clauses.is_empty() {
            return Ok(by_clauses);
        }
        let of_layer = edition.files.iter().filter(|(_, file)| file.layer == layer);
        let asked = of_layer.filter(|(at, _)| settled_in.is_empty() || settled_in.contains(at));
        Ok(asked.flat_map(|(_, file)| about(file.leaves.iter(), means)).collect())
    }

    /// What a clause leaves if it is live: of clauses inside each other the inner one counts.
    fn left_by<'e>(
        &self,
        edition: &'e Edition,
        clause: &'e Clause,
        means: Means<'_>,
        place: Place,
    ) -> Result<Vec<&'e Leeway>, Key> {
        if !speaks(clause, means) || !self.live(edition, clause, place)? {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for exception in of_its_layer(clause) {
            found.extend(self.left_by(edition, exception, means, place)?);
        }
        Ok(if found.is_empty() { about(said(clause), means) } else { found })
    }

    /// Whether lower layers let a clause make a window longer, or shorter.
    pub(super) fn may_adjust(
        &self,
        edition: &Edition,
        clause: &Clause,
        window: &Attr,
        place: Place,
        rank: Rank<'_>,
        shortens: bool,
    ) -> Result<bool, Key> {
        for layer in 0..clause.layer {
            let below = self.resolve_up_to(edition, window, place, rank, layer)?;
            let left = self.left(edition, window, place, below.as_ref(), layer)?;
            if !left.iter().all(|leeway| allows_change(leeway, !shortens)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether lower layers let a clause guard what they do not.
    pub(super) fn may_guard(&self, edition: &Edition, clause: &Clause, place: Place) -> Result<bool, Key> {
        for layer in 0..clause.layer {
            let left = self.left_of(edition, &is_guards, place, &BTreeSet::new(), layer)?;
            if !left.iter().all(|leeway| allows_change(leeway, false)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the layers from that of a guard let one above them lift it.
    pub(super) fn may_waive(
        &self,
        edition: &Edition,
        waiver: &Clause,
        guard: &Clause,
        place: Place,
    ) -> Result<bool, Key> {
        for layer in guard.layer..waiver.layer {
            let files = if layer == guard.layer { BTreeSet::from([guard.file]) } else { BTreeSet::new() };
            let left = self.left_of(edition, &is_guards, place, &files, layer)?;
            if !left.iter().all(|leeway| allows_change(leeway, true)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether what is left lets something become better, or stricter, that has no value of its own.
fn allows_change(leeway: &Leeway, better: bool) -> bool {
    match (leeway.kind, &leeway.within) {
        (LeewayKind::Free, within) => within.is_none(),
        (LeewayKind::Improve, _) => better,
        (LeewayKind::Tighten, _) => !better,
        (LeewayKind::Sealed, _) => false,
    }
}

fn is_guards(kind: &AttributeKind) -> bool {
    *kind == AttributeKind::Guards
}

/// What a clause itself leaves to higher layers.
fn said(clause: &Clause) -> impl Iterator<Item = &Leeway> {
    clause.says.iter().filter_map(|says| match &says.kind {
        StatementKind::Leeway(leeway) => Some(leeway),
        _ => None,
    })
}

/// Whether a clause, or one inside it, says what may be made of it.
fn speaks(clause: &Clause, means: Means<'_>) -> bool {
    !about(said(clause), means).is_empty() || of_its_layer(clause).any(|exception| speaks(exception, means))
}

/// Of the sentences of one place those that name it, or else those about everything else.
fn about<'l>(sentences: impl Iterator<Item = &'l Leeway>, means: Means<'_>) -> Vec<&'l Leeway> {
    let all: Vec<&Leeway> = sentences.collect();
    let names = |leeway: &&&Leeway| leeway.on.iter().any(|attribute: &ast::Attribute| means(&attribute.kind));
    let named: Vec<&Leeway> = all.iter().filter(names).copied().collect();
    if named.is_empty() { all.into_iter().filter(|leeway| leeway.on.is_empty()).collect() } else { named }
}

/// What it means that nobody states an attribute; of some, nothing.
fn absent(edition: &Edition, attr: &Attr) -> Option<Stated> {
    Some(match attr {
        Attr::Remedy(_) => Stated::No(Refusal { overridable_by: None }),
        Attr::Fee(..) | Attr::Deduct(..) => Stated::Amount(FeeAmount::None),
        Attr::Hold => Stated::Hold(None),
        Attr::Due => Stated::Due(None),
        Attr::Field(..) => Stated::Asked(false),
        Attr::Tax => Stated::Tax(edition.tax()?),
        Attr::Shipping => Stated::Shipping(edition.shipping().unwrap_or(ShippingRule::NotReturned)),
        Attr::Discounts => Stated::Discounts(edition.discounts().unwrap_or(Sharing::InProportion)),
        Attr::Window(_) | Attr::Start(_) | Attr::Basis(_) | Attr::Pay => return None,
    })
}

/// Of refusals one that somebody may lift is better.
fn goodness(value: &Stated) -> Decimal {
    match value {
        Stated::Yes => Decimal::TWO,
        Stated::No(Refusal { overridable_by: Some(_) }) => Decimal::ONE,
        _ => Decimal::ZERO,
    }
}

/// Whether a value keeps to a range, whatever is told.
fn is_within(value: &Stated, from: &LeewayEnd, to: &LeewayEnd) -> bool {
    let length = |length: Length| match (from, to) {
        (LeewayEnd::Length(from), LeewayEnd::Length(to)) => {
            length.unit == from.unit && length.unit == to.unit && (from.count..=to.count).contains(&length.count)
        }
        _ => false,
    };
    let share = |share: Decimal| match (from, to) {
        (LeewayEnd::Percent(from), LeewayEnd::Percent(to)) => *from <= share && share <= *to,
        _ => false,
    };
    let money = |amount: Decimal| match (from, to) {
        (LeewayEnd::Money(from), LeewayEnd::Money(to)) => number(from) <= amount && amount <= number(to),
        _ => false,
    };
    let nothing = match from {
        LeewayEnd::Length(from) => from.count == 0,
        LeewayEnd::Percent(_) | LeewayEnd::Money(_) => false,
    };
    match value {
        Stated::Hold(None) | Stated::Due(None) => nothing,
        Stated::Length { term, .. } | Stated::Hold(Some((term, _))) | Stated::Due(Some((term, ..))) => {
            length(term.length)
        }
        Stated::Amount(FeeAmount::None) => share(Decimal::ZERO) || money(Decimal::ZERO),
        Stated::Amount(FeeAmount::Of { of, at_least, at_most }) => {
            // From as little to as much as it may come to; an amount may be any share, and a share any amount.
            let in_percent = matches!(from, LeewayEnd::Percent(_));
            let (low, high) = (Decimal::ZERO, Decimal::MAX);
            let span = |figure: Option<Decimal>| figure.map_or((low, high), |figure| (figure, figure));
            let bound = |bound: &FeeBound| match bound {
                FeeBound::Percent(percent) => span(Some(*percent).filter(|_| in_percent)),
                FeeBound::Money(money) => span(Some(*money).filter(|_| !in_percent)),
            };
            let mut all = match of {
                FeeOf::Percent(percent) => bound(&FeeBound::Percent(*percent)),
                FeeOf::Money(money) => bound(&FeeBound::Money(*money)),
                FeeOf::Fact(_) | FeeOf::FactPercent(_) => (low, high),
            };
            if let Some(least) = at_least.as_ref().map(bound) {
                all = (all.0.max(least.0), all.1.max(least.1));
            }
            if let Some(most) = at_most.as_ref().map(bound) {
                all = (all.0.min(most.0), all.1.min(most.1));
            }
            let fits = |figure: Decimal| share(figure) || money(figure);
            fits(all.0) && fits(all.1)
        }
        _ => false,
    }
}
