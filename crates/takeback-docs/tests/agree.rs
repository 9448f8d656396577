//! The tables say what tills answer: on generated requests, the first row that fits is the one that the decision credits,
//! with the length and the yes or no that stand in it.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value as Json, json};
use takeback::Policy;
use takeback::decision::{Decision, Status};
use takeback::facts::{Cond, FactId, Schema, Scope, Type, builtin, domain};
use takeback::program::{AttributeValue, ClauseId, TreeId, Version, WindowLength};
use takeback_docs::{Row, rows};

use super::policies::POLICIES;

#[test]
fn tables_agree_with_decisions() {
    let (mut windows, mut remedies) = (0, 0);
    for (folder, policy) in POLICIES.iter() {
        let versions = &policy.program().versions;
        for (at, version) in versions.iter().enumerate() {
            let last = versions.get(at + 1).map_or(NaiveDate::MAX, |next| next.from);
            let sold = version.from.checked_add_days(Days::new(3)).unwrap();
            if sold >= last {
                continue;
            }
            for seed in 0..30 {
                let case = Case::new(policy, version, sold, seed);
                let Ok(request) = policy.request(case.request.to_string().as_bytes()) else {
                    panic!("{folder}: {:?}", policy.request(case.request.to_string().as_bytes()).err());
                };
                let decision = policy.decide(&request);
                let name = format!("{folder} {} seed {seed}: {}", version.name, case.request);
                for remedy in 0..decision.lines[0].remedies.len() {
                    windows += u32::from(case.window_agrees(remedy, &decision, &name));
                    remedies += u32::from(case.remedy_agrees(remedy, &decision, &name));
                }
            }
        }
    }
    assert!(windows > 500 && remedies > 1000, "windows {windows}, remedies {remedies}");
}

/// A request, and what it tells.
struct Case<'p> {
    policy: &'p Policy,
    version: &'p Version,
    sold: NaiveDate,
    category: Option<String>,
    /// By fact: yes and no as 1 and 0, words by their place.
    told: Vec<Option<u16>>,
    request: Json,
}

impl<'p> Case<'p> {
    fn new(policy: &'p Policy, version: &'p Version, sold: NaiveDate, seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(7919).wrapping_add(1));
        let schema = &policy.program().schema;
        let paths = paths(schema);
        let category = paths.get(dice.roll(paths.len() + 1)).cloned();
        let mut told = vec![None; schema.facts.len()];
        let mut facts = [Map::new(), Map::new(), Map::new(), Map::new()];
        for (at, fact) in schema.facts.iter().enumerate().skip(builtin::ALL.len()) {
            if schema.is_on_duty(fact) {
                told[at] = Some(1);
                continue;
            }
            let (value, place) = match fact.ty {
                Type::YesNo => {
                    let yes = dice.roll(4) == 0;
                    (json!(yes), Some(u16::from(yes)))
                }
                Type::Word(id) => {
                    let words = &schema.domain(id).unwrap().words;
                    let word = dice.roll(words.len());
                    (json!(words[word]), u16::try_from(word).ok())
                }
                Type::Number | Type::WholeNumber => (json!("1"), None),
                Type::Money => (json!("1.00"), None),
                Type::Date => (json!(sold.to_string()), None),
                Type::Text => (json!("x"), None),
                Type::Texts => (json!(["x"]), None),
            };
            told[at] = place;
            facts[scope(fact.scope)].insert(fact.name.clone(), value);
        }
        let mut word = |fact: FactId, id| {
            let words = &schema.domain(id).unwrap().words;
            let place = dice.roll(words.len());
            told[usize::from(fact.0)] = u16::try_from(place).ok();
            words[place].clone()
        };
        let (condition, reason) =
            (word(builtin::CONDITION, domain::CONDITIONS), word(builtin::REASON, domain::REASONS));
        let (proof, channel) = (word(builtin::PROOF, domain::PROOFS), word(builtin::CHANNEL, domain::CHANNELS));
        let sale_channel = word(builtin::SALE_CHANNEL, domain::CHANNELS);
        let wants = word(builtin::WANTS, domain::REMEDIES);
        let final_sale = dice.roll(5) == 0;
        told[usize::from(builtin::ITEM_FINAL_SALE.0)] = Some(u16::from(final_sale));
        told[usize::from(builtin::ITEM_HAS_SALE.0)] = Some(1);
        let [visit, sale, line, tender] = facts;
        let at = sold.checked_add_days(Days::new(2)).unwrap();
        let request = json!({
            "at": at, "channel": channel, "facts": visit, "clerk": { "role": "clerk" },
            "store": { "id": "1", "country": "US", "state": "US-NV" },
            "on_duty": schema.roles.iter().map(|role| role.name.clone()).collect::<Vec<_>>(),
            "sales": [{ "id": "S1", "sold": sold, "ordered": sold, "channel": sale_channel, "facts": sale, "seller": "own",
                "store": { "id": "1", "country": "US", "state": "US-NV" },
                "lines": [{ "id": "1", "categories": category.iter().collect::<Vec<_>>(), "unit_price": "20.00", "brand": "x",
                    "received": sold, "shipped": sold, "invoiced": sold, "installed": sold, "activated": sold,
                    "final_sale": final_sale }],
                "tenders": [{ "id": "t1", "tender": "credit", "amount": "20.00", "facts": tender }] }],
            "returns": [{ "id": "r1", "sale": "S1", "line": "1", "wants": wants, "condition": condition, "reason": reason,
                "proof": proof, "facts": line, "current_price": "20.00", "list_price": "20.00" }],
        });
        Self { policy, version, sold, category, told, request }
    }

    /// The first row that fits, unless that cannot be told.
    fn row(&self, tree: TreeId) -> Option<Row<'p>> {
        let rows = rows(self.policy.program(), self.version, &[tree]);
        for row in rows {
            let holds: Option<bool> = row.conds.iter().try_fold(true, |all, cond| Some(all & self.holds(cond)?));
            match holds {
                Some(true) => return Some(row),
                Some(false) => {}
                // One part that surely does not hold is enough.
                None if row.conds.iter().any(|cond| self.holds(cond) == Some(false)) => {}
                None => return None,
            }
        }
        None
    }

    fn holds(&self, cond: &Cond) -> Option<bool> {
        let schema = &self.policy.program().schema;
        let told = |fact: &FactId| self.told.get(usize::from(fact.0)).copied().flatten();
        match cond {
            Cond::Always => Some(true),
            Cond::All(all) => all.iter().try_fold(true, |so_far, one| Some(so_far & self.holds(one)?)),
            Cond::Any(any) => any.iter().try_fold(false, |so_far, one| Some(so_far | self.holds(one)?)),
            Cond::Not(inner) => self.holds(inner).map(|holds| !holds),
            Cond::Category(id) => {
                let paths: Vec<String> = self.category.iter().cloned().collect();
                Some(schema.categories[usize::from(id.0)].holds(&paths))
            }
            Cond::Yes(fact) => told(fact).map(|value| value == 1),
            Cond::Word(fact, words) => told(fact).map(|value| words.contains(&value)),
            Cond::Season(fact, season) => {
                (*fact == builtin::SOLD).then(|| schema.seasons[usize::from(season.0)].instance_of(self.sold).is_some())
            }
            Cond::Dates(fact, from, to) => (*fact == builtin::SOLD)
                .then(|| from.is_none_or(|from| from <= self.sold) && to.is_none_or(|to| self.sold <= to)),
            _ => None,
        }
    }

    /// Whether the version of the case decides, by the policy alone, and no choice of the header among several values comes in.
    fn plain(&self, decision: &Decision, tree: TreeId, by: &[ClauseId]) -> bool {
        let own = std::ptr::eq(&self.policy.program().versions[decision.lines[0].version], self.version);
        let tree = tree.and_then(|tree| self.version.trees.get(tree as usize));
        own && tree.is_some_and(|tree| tree.discipline.is_none()) && !by.iter().any(|clause| self.is_law(*clause))
    }

    fn is_law(&self, clause: ClauseId) -> bool {
        let nodes = &self.version.nodes;
        let mut at = nodes.iter().find(|node| node.clause == clause);
        while let Some(parent) = at.and_then(|node| node.parent) {
            at = nodes.get(parent as usize);
        }
        at.is_some_and(|node| self.version.laws.iter().any(|law| law.clause == node.clause))
    }

    fn window_agrees(&self, remedy: usize, decision: &Decision, name: &str) -> bool {
        let tree = self.version.attributes.window.get(remedy).copied().flatten();
        let decided = &decision.lines[0].remedies[remedy];
        let (Some(window), Some(row)) = (&decided.window, self.row(tree)) else { return false };
        let by: Vec<ClauseId> = window.by.into_iter().copied().collect();
        if !self.plain(decision, tree, &by) {
            return false;
        }
        assert!(by.contains(&row.clause), "window of another clause\n{name}");
        let shifted = self.version.adjustments.iter().any(|adjustment| by.contains(&adjustment.clause));
        match row.cells[0] {
            Some(AttributeValue::Window { length: WindowLength::NoLimit, .. }) => {
                assert_eq!(window.last_day, None, "{name}");
            }
            Some(AttributeValue::Window { length: WindowLength::Length(term, first, None), .. }) if !shifted => {
                if let (Some(start), Ok(day)) = (window.start, term.add(window.start.unwrap_or(self.sold), *first)) {
                    assert_eq!(window.last_day, Some(day), "from {start}\n{name}");
                }
            }
            _ => {}
        }
        true
    }

    fn remedy_agrees(&self, remedy: usize, decision: &Decision, name: &str) -> bool {
        let tree = self.version.attributes.remedy.get(remedy).copied().flatten();
        let decided = &decision.lines[0].remedies[remedy];
        let Some(row) = self.row(tree) else { return false };
        let by: Vec<ClauseId> = decided.by.into_iter().copied().collect();
        if !self.plain(decision, tree, &by) {
            return false;
        }
        match (&decided.status, row.cells[0]) {
            (Status::Unknown | Status::Stopped | Status::Unsettled, _) => return false,
            (Status::NotOffered { .. }, said) => {
                assert!(matches!(said, Some(AttributeValue::No { .. })), "refused, and the table says yes\n{name}");
            }
            (Status::Offered | Status::Expired { .. } | Status::Gap(_), said) => {
                assert_eq!(said, Some(&AttributeValue::Yes), "offered, and the table says no\n{name}");
            }
        }
        true
    }
}

fn scope(scope: Scope) -> usize {
    match scope {
        Scope::Visit => 0,
        Scope::Sale => 1,
        Scope::Line => 2,
        Scope::Tender => 3,
    }
}

/// Every category that the policy names.
fn paths(schema: &Schema) -> Vec<String> {
    let groups = schema.categories.iter().flat_map(|set| &set.groups);
    let mut paths: Vec<String> = groups.flat_map(|group| group.paths.iter().chain(&group.except).cloned()).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The same throws for the same number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}
