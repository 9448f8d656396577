//! How one attribute is resolved: live clauses, exceptions before the clause around them, overrides between siblings, then
//! agreement, discipline or conflict. Written after the numbered list of `docs/reference/attributes.md`; layer by layer,
//! after `docs/reference/layers.md`.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use takeback::syntax::ast::{AttributeKind, LabelPath, StatementKind};
use takeback::terms::Discipline;

use super::book::{Clause, Edition, is_called};
use super::conditions::{Case, Key, Place};
use super::layers::Hearing;
use super::stated::{Attr, Refusal, Stated, Statement, own, speaks};

/// What siblings yield: equal statements of one or more clauses, or a conflict of several.
#[derive(Debug, Clone)]
pub(crate) struct Yield {
    /// Each clause that is credited, with what it says.
    pub(crate) by: Vec<(String, Statement)>,
    pub(crate) conflict: bool,
    /// The highest layer that says it.
    pub(crate) layer: usize,
}

impl Yield {
    pub(crate) fn value(&self) -> &Stated {
        &self.by[0].1.value
    }
    /// The clauses that state it.
    pub(crate) fn clauses(&self) -> BTreeSet<String> {
        self.by.iter().map(|(path, _)| path.clone()).collect()
    }
}

/// How good a statement is for the customer; the greatest is the best.
pub(crate) type Rank<'a> = &'a dyn Fn(&Statement) -> Result<Vec<Decimal>, Key>;

impl Case<'_> {
    pub(crate) fn resolve(
        &self,
        edition: &Edition,
        attr: &Attr,
        place: Place,
        rank: Rank<'_>,
    ) -> Result<Option<Yield>, Key> {
        self.resolve_up_to(edition, attr, place, rank, edition.highest_layer())
    }

    /// What the layers up to one come to.
    pub(super) fn resolve_up_to(
        &self,
        edition: &Edition,
        attr: &Attr,
        place: Place,
        rank: Rank<'_>,
        layer: usize,
    ) -> Result<Option<Yield>, Key> {
        let tops: Vec<&Clause> = edition.clauses.iter().collect();
        self.siblings(edition, &[], &tops, attr, place, rank, layer)
    }

    pub(super) fn all_live(&self, edition: &Edition, clauses: &[&Clause], place: Place) -> Result<bool, Key> {
        for clause in clauses {
            if !self.live(edition, clause, place)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[expect(clippy::too_many_arguments, reason = "everything it depends on, openly")]
    fn siblings(
        &self,
        edition: &Edition,
        above: &[&Clause],
        clauses: &[&Clause],
        attr: &Attr,
        place: Place,
        rank: Rank<'_>,
        up_to: usize,
    ) -> Result<Option<Yield>, Key> {
        let mut yields: Vec<(&Clause, Yield)> = Vec::new();
        for clause in clauses.iter().filter(|clause| clause.layer <= up_to) {
            let chain = [above, &[*clause]].concat();
            if mentions(clause, attr)
                && let Some(found) = self.yields(edition, &chain, attr, place, rank, up_to)?
            {
                yields.push((clause, found));
            }
        }
        let is_out = |loser: &Clause, lost: &Yield| {
            yields.iter().any(|(winner, won)| {
                // A clause of a higher layer goes before a lower one with all in it but what is of a still higher layer.
                let by_layer = match winner.layer.cmp(&loser.layer) {
                    Ordering::Greater => won.layer >= lost.layer,
                    Ordering::Less => won.layer > lost.layer,
                    Ordering::Equal => false,
                };
                by_layer
                    || edition.overrides.iter().any(|sentence| {
                        let names = |labels: &[LabelPath], clause: &Clause| {
                            labels.iter().any(|label| is_called(&clause.path, &label.parts.join("/")))
                        };
                        names(&sentence.winners, winner)
                            && names(&sentence.losers, loser)
                            && (sentence.on.is_empty() || sentence.on.iter().any(|on| covers(&on.kind, attr)))
                    })
            })
        };
        let rest: Vec<Yield> =
            yields.iter().filter(|(c, found)| !is_out(c, found)).map(|(_, found)| found.clone()).collect();
        if rest.is_empty() {
            return Ok(None);
        }
        let by: Vec<(String, Statement)> = rest.iter().flat_map(|found| found.by.clone()).collect();
        let layer = rest.iter().map(|found| found.layer).max().unwrap();
        if rest.iter().any(|found| found.conflict) {
            return Ok(Some(Yield { by, conflict: true, layer }));
        }
        if rest.iter().all(|found| agree(found.value(), rest[0].value())) {
            return Ok(Some(Yield { by, conflict: false, layer }));
        }
        let discipline = edition.disagree.iter().find(|(kind, _)| covers(kind, attr)).map(|(_, discipline)| discipline);
        let Some(discipline) = discipline else { return Ok(Some(Yield { by, conflict: true, layer })) };
        let mut best: Option<(Vec<Decimal>, Stated)> = None;
        for (_, statement) in &by {
            let worth = rank(statement)?;
            let better = match (&best, discipline) {
                (None, _) => true,
                (Some((so_far, _)), Discipline::Favourable) => worth > *so_far,
                (Some((so_far, _)), Discipline::Strictest) => worth < *so_far,
            };
            if better {
                best = Some((worth, statement.value.clone()));
            }
        }
        // All clauses that state the value are credited.
        let value = best.unwrap().1;
        let by = by.into_iter().filter(|(_, statement)| agree(&statement.value, &value)).collect();
        Ok(Some(Yield { by, conflict: false, layer }))
    }

    fn yields(
        &self,
        edition: &Edition,
        chain: &[&Clause],
        attr: &Attr,
        place: Place,
        rank: Rank<'_>,
        up_to: usize,
    ) -> Result<Option<Yield>, Key> {
        let clause = chain.last().unwrap();
        if !self.live(edition, clause, place)? {
            return Ok(None);
        }
        let exceptions: Vec<&Clause> = clause.exceptions.iter().collect();
        let deeper = self.siblings(edition, chain, &exceptions, attr, place, rank, up_to)?;
        if deeper.is_some() {
            return Ok(deeper);
        }
        // An approval takes the refusal away, and what is said around it holds again.
        let own = own(edition, chain, attr).filter(|statement| match &statement.value {
            Stated::No(Refusal { overridable_by: Some(role) }) => !self.is_approved(&clause.path, role),
            _ => true,
        });
        let Some(statement) = own else { return Ok(None) };
        let mut by = vec![(clause.path.clone(), statement)];
        Ok(match self.heard_over(edition, clause, &by[0].1, attr, place, rank)? {
            Hearing::Counts => Some(Yield { by, conflict: false, layer: clause.layer }),
            Hearing::NotWritten => None,
            Hearing::Unclear(below) => {
                by.extend(below.by);
                Some(Yield { by, conflict: true, layer: clause.layer })
            }
        })
    }

    /// Whether its own condition holds; those around it have been asked before.
    pub(super) fn live(&self, edition: &Edition, clause: &Clause, place: Place) -> Result<bool, Key> {
        clause.when.as_ref().map_or(Ok(true), |condition| self.holds(edition, condition, place))
    }

    /// Every live clause that says something of interest, with the clauses around it, outermost first.
    pub(crate) fn live_clauses<'e>(
        &self,
        edition: &'e Edition,
        place: Place,
        interest: &dyn Fn(&StatementKind) -> bool,
    ) -> Result<Vec<Vec<&'e Clause>>, Key> {
        let mut found = Vec::new();
        let mut open: Vec<Vec<&Clause>> = edition.clauses.iter().map(|clause| vec![clause]).collect();
        while let Some(chain) = open.pop() {
            let clause = *chain.last().unwrap();
            if anywhere(clause, interest) && self.live(edition, clause, place)? {
                if clause.says.iter().any(|says| interest(&says.kind)) {
                    found.push(chain.clone());
                }
                open.extend(clause.exceptions.iter().map(|exception| [chain.as_slice(), &[exception]].concat()));
            }
        }
        found.sort_by_key(|chain| chain.last().unwrap().path.clone());
        // An exception to several clauses is one clause, also where one of these stands in another.
        found.dedup_by_key(|chain| chain.last().unwrap().path.clone());
        Ok(found)
    }
}

/// Whether two values agree: refusals do, whatever their reasons.
fn agree(one: &Stated, two: &Stated) -> bool {
    matches!((one, two), (Stated::No(_), Stated::No(_))) || one == two
}

/// The exceptions of a clause that are of the same layer.
pub(super) fn of_its_layer(clause: &Clause) -> impl Iterator<Item = &Clause> {
    clause.exceptions.iter().filter(|exception| exception.layer == clause.layer)
}

fn anywhere(clause: &Clause, interest: &dyn Fn(&StatementKind) -> bool) -> bool {
    clause.says.iter().any(|says| interest(&says.kind))
        || clause.exceptions.iter().any(|exception| anywhere(exception, interest))
}

fn mentions(clause: &Clause, attr: &Attr) -> bool {
    clause.says.iter().any(|says| speaks(says, attr, clause).is_some())
        || clause.exceptions.iter().any(|exception| mentions(exception, attr))
}

/// Whether a name in `overrides … on` or `where clauses disagree on` means the attribute.
pub(super) fn covers(kind: &AttributeKind, attr: &Attr) -> bool {
    match (kind, attr) {
        (AttributeKind::Remedies, Attr::Remedy(_))
        | (AttributeKind::Window, Attr::Window(_))
        | (AttributeKind::Start, Attr::Start(_))
        | (AttributeKind::Basis, Attr::Basis(_))
        | (AttributeKind::Tax, Attr::Tax)
        | (AttributeKind::Shipping, Attr::Shipping)
        | (AttributeKind::Discounts, Attr::Discounts)
        | (AttributeKind::Pay, Attr::Pay)
        | (AttributeKind::Hold, Attr::Hold)
        | (AttributeKind::Due, Attr::Due)
        | (AttributeKind::Forms, Attr::Field(..)) => true,
        (AttributeKind::Remedy(name), Attr::Remedy(remedy)) => name == remedy,
        (AttributeKind::Fee(name), Attr::Fee(fee, _)) => name == fee,
        (AttributeKind::Deduction(name), Attr::Deduct(deduction, _)) => name == deduction,
        (AttributeKind::Form(name), Attr::Field(form, ..)) => name == form,
        _ => false,
    }
}
