//! Who may approve how much, after `docs/reference/authority.md`: what refusals hold back is found by lifting one after the other.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use takeback::syntax::ast;

use super::book::Edition;
use super::conditions::{Case, Figures, Key, number};
use super::decide::{Line, Status};
use super::stated::{Attr, Refusal, Stated, role_of};
use super::visit::{Visit, list, text};

/// What may be let through; nothing where it is not known.
pub(crate) type Amount = Option<Decimal>;

impl Edition {
    fn ladder(&self) -> Option<&[ast::Rung]> {
        self.choices.iter().find_map(|choice| match choice {
            ast::Choice::Authority(rungs) => Some(rungs.as_slice()),
            _ => None,
        })
    }

    pub(crate) fn has_ladder(&self) -> bool {
        self.ladder().is_some()
    }

    /// The roles before another on the ladder; of a specialist none.
    pub(crate) fn before(&self, role: &str) -> Vec<&str> {
        let rising = self.ladder().unwrap_or_default().iter().filter(|rung| rung.reach != ast::Reach::OwnMatters);
        let rising: Vec<&str> = rising.map(|rung| rung.role.node.as_str()).collect();
        match rising.iter().position(|one| *one == role) {
            Some(at) => rising[..at].to_vec(),
            None => Vec::new(),
        }
    }

    /// Whether a role may approve an amount.
    pub(crate) fn may_approve(&self, role: &str, amount: Amount) -> bool {
        let Some(ladder) = self.ladder() else { return true };
        match ladder.iter().find(|rung| rung.role.node == role).map(|rung| &rung.reach) {
            None => false,
            Some(ast::Reach::AnyAmount | ast::Reach::OwnMatters) => true,
            Some(ast::Reach::UpTo(limit)) => amount.is_none_or(|amount| amount <= number(&limit.node)),
        }
    }
}

impl Case<'_> {
    /// The request without the approvals that are above the authority of who gave them, as far as refusals go.
    pub(crate) fn heard(&self) -> Result<Visit, Key> {
        let held_back = self.refusals()?;
        let counts = |approval: &&Json| {
            let amount = held_back.get(&text(approval, "/clause").unwrap()).copied().flatten();
            self.edition.may_approve(&text(approval, "/role").unwrap(), amount)
        };
        let kept: Vec<Json> = list(&self.visit.json, "/approvals").iter().filter(counts).cloned().collect();
        Ok(self.with_approvals(kept))
    }

    pub(super) fn with_approvals(&self, approvals: Vec<Json>) -> Visit {
        let mut json = self.visit.json.clone();
        json["approvals"] = Json::Array(approvals);
        Visit::read(&json)
    }

    /// What each clause refuses of what is wanted, or lets end, were all of it lifted.
    fn refusals(&self) -> Result<BTreeMap<String, Amount>, Key> {
        let mut lifted: BTreeSet<(String, String)> = BTreeSet::new();
        let mut lines: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        loop {
            let approvals = lifted.iter().map(|(clause, role)| json!({ "clause": clause, "role": role })).collect();
            let visit = self.with_approvals(approvals);
            let count = visit.returns.len();
            let figures = Figures { item_refund: vec![Decimal::ZERO; count], ..Figures::default() };
            let case = Case { visit: &visit, figures, ..*self };
            let before = lifted.len();
            for line in (0..count).filter(|line| !case.is_impossible(*line)) {
                for (clause, role) in case.refused_by(line)? {
                    lines.entry(clause.clone()).or_default().insert(line);
                    lifted.insert((clause, role));
                }
            }
            if lifted.is_empty() {
                return Ok(BTreeMap::new());
            }
            if lifted.len() == before {
                let (settled, takes, without_gift) = case.offers()?;
                let totals = case.totals(&settled, &takes)?;
                let worth = |line: &usize| {
                    let gone = case.is_impossible(*line) || without_gift[*line];
                    case.worth(&settled[*line], *line, gone, totals.ask.is_empty())
                };
                let together = |lines: BTreeSet<usize>| -> Result<Amount, Key> {
                    Ok(lines.iter().map(worth).collect::<Result<Vec<Amount>, Key>>()?.into_iter().sum())
                };
                return lines.into_iter().map(|(clause, lines)| Ok((clause, together(lines)?))).collect();
            }
        }
    }

    /// The clauses that refuse what a line wants or let it end, with who may lift that.
    fn refused_by(&self, line: usize) -> Result<Vec<(String, String)>, Key> {
        let wants = self.wants(line)?;
        let rank = |statement: &super::stated::Statement| {
            Ok(vec![if statement.value == Stated::Yes { Decimal::ONE } else { Decimal::ZERO }])
        };
        let found = self.resolve(self.edition, &Attr::Remedy(wants.clone()), self.place(line), &rank)?;
        let Some(found) = found.filter(|found| !found.conflict) else { return Ok(Vec::new()) };
        if *found.value() == Stated::Yes {
            let Some(role) = role_of(self.edition.late().as_ref()) else { return Ok(Vec::new()) };
            let expired = self.remedy(line, &wants)?.status == Status::Expired;
            let (_, stated_by) = self.window(self.edition, line, &wants)?;
            return Ok(stated_by.into_iter().filter(|_| expired).map(|clause| (clause, role.clone())).collect());
        }
        let named = found.by.iter().map(|(clause, statement)| match &statement.value {
            Stated::No(Refusal { overridable_by: Some(role) }) => Some((clause.clone(), role.clone())),
            _ => None,
        });
        // One that is final is not lifted by lifting the others.
        Ok(named.collect::<Option<Vec<_>>>().unwrap_or_default())
    }

    /// What a line gives for what it wants.
    pub(crate) fn worth(&self, line: &Line, at: usize, gone: bool, summed: bool) -> Result<Amount, Key> {
        if gone {
            return Ok(Some(Decimal::ZERO));
        }
        let wanted = &line.remedies[&self.wants(at)?];
        Ok(match wanted.status {
            Status::Unknown => None,
            Status::Offered if !summed => None,
            Status::Offered => Some(wanted.amounts.as_ref().map_or(Decimal::ZERO, |amounts| amounts.value())),
            _ => Some(Decimal::ZERO),
        })
    }
}
