//! Lays a checked policy out for the evaluator: sorts clauses by path, and for every attribute makes the tree of the
//! clauses that state it. Cannot fail: a [`Model`] has no errors.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::facts::{Cond, Remedy, RemedyKind, Scope};
use crate::model::{self, Attribute, AttributeGroup, Model};
use crate::program::{
    Adjustment, AttributeValue, Attributes, Clause, ClauseId, Guard, GuardKind, Law, Layers, Node, Nodes, Program,
    Test, Tree, TreeId, Version, WordsRule,
};
use crate::source::Span;
use crate::terms::{AnswerKind, Discipline, LawKind};

mod flat;
mod layers;
mod tests;

use flat::{Place, Siblings};

/// The sentences that collect a form, or a part of it, for an answer.
fn collected(version: &model::Version, form: u16, answer: AnswerKind) -> BTreeSet<Span> {
    let asks = |s: &&model::Statement| {
        matches!(s.attribute, Attribute::Field(f, _, of) if f == form && of == answer) && s.value == AttributeValue::Yes
    };
    version.clauses.iter().flat_map(|clause| &clause.statements).filter(asks).map(|s| s.span).collect()
}

/// Makes the runnable form of a policy.
pub(crate) fn compile(model: Model) -> Program {
    let mut clauses = Vec::new();
    let remedies = &model.schema.remedies;
    let versions = model
        .versions
        .into_iter()
        .map(|version| {
            let layout = Layout::new(&version, &mut clauses);
            let tests = tests::tests(&layout.nodes, &clauses, &model.schema);
            layout.version(version, remedies, tests)
        })
        .collect();
    Program {
        name: model.name,
        schema: model.schema,
        currency: model.currency,
        versions,
        clock: model.clock,
        zones: None,
        bundle: None,
        clauses,
    }
}

struct Layout {
    /// The id of each clause of the model.
    ids: Vec<ClauseId>,
    nodes: Vec<Node>,
    /// For each clause of the model, the nodes where it stands.
    places: Vec<Vec<u32>>,
    /// The nodes under each node, and at the top; a right or rule of the law is a top of its own.
    under: Vec<Vec<u32>>,
    top: Vec<u32>,
    laws: Vec<(u32, usize)>,
    /// The clause of the model at each node.
    clause_at: Vec<usize>,
    values: Vec<AttributeValue>,
    trees: Vec<Tree>,
    known: HashMap<Tree, u32>,
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Layout {
    fn new(version: &model::Version, clauses: &mut Vec<Clause>) -> Self {
        let mut order: Vec<usize> = (0..version.clauses.len()).collect();
        order.sort_by(|a, b| version.clauses.get(*a).map(|c| &c.path).cmp(&version.clauses.get(*b).map(|c| &c.path)));
        let first = clauses.len();
        let mut ids = vec![ClauseId(0); version.clauses.len()];
        for (place, at) in order.iter().enumerate() {
            let (Some(clause), Some(id)) = (version.clauses.get(*at), ids.get_mut(*at)) else { continue };
            *id = ClauseId(number(first + place));
            clauses.push(Clause {
                path: clause.path.as_str().into(),
                title: clause.title.as_deref().map(Arc::from),
                citations: clause.citations.iter().map(|c| c.node.as_str().into()).collect(),
                span: clause.span,
                cond: clause.cond.clone(),
            });
        }
        let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        // In the order of paths, so that nothing depends on the order of the text.
        for at in &order {
            for parent in version.clauses.get(*at).map(|c| c.parents.as_slice()).unwrap_or_default() {
                children.entry(*parent).or_default().push(*at);
            }
        }
        let mut layout = Self {
            ids,
            nodes: Vec::new(),
            places: vec![Vec::new(); version.clauses.len()],
            under: Vec::new(),
            top: Vec::new(),
            laws: Vec::new(),
            clause_at: Vec::new(),
            values: Vec::new(),
            trees: Vec::new(),
            known: HashMap::new(),
        };
        for at in children.get(&None).into_iter().flatten() {
            layout.place(*at, None, &children, version);
        }
        layout
    }

    fn place(
        &mut self,
        at: usize,
        parent: Option<u32>,
        children: &HashMap<Option<usize>, Vec<usize>>,
        version: &model::Version,
    ) {
        let Some(id) = self.ids.get(at) else { return };
        let law = version.clauses.get(at).and_then(|clause| clause.law);
        let node = number(self.nodes.len());
        self.nodes.push(Node { clause: *id, parent });
        self.under.push(Vec::new());
        self.clause_at.push(at);
        if let Some(places) = self.places.get_mut(at) {
            places.push(node);
        }
        match parent {
            Some(parent) => self.under.get_mut(parent as usize).into_iter().for_each(|u| u.push(node)),
            None if law == Some(at) => self.laws.push((node, at)),
            None => self.top.push(node),
        }
        for child in children.get(&Some(at)).into_iter().flatten() {
            self.place(*child, Some(node), children, version);
        }
    }

    fn value(&mut self, value: &AttributeValue) -> u32 {
        let at = self.values.iter().position(|v| v == value).unwrap_or_else(|| {
            self.values.push(value.clone());
            self.values.len() - 1
        });
        number(at)
    }

    /// The places among some nodes, and below them, that state an attribute.
    fn stated(&mut self, nodes: &[u32], attribute: Attribute, version: &model::Version) -> Siblings {
        let mut places = Vec::new();
        let mut owners = Vec::new();
        for node in nodes {
            let Some(at) = self.clause_at.get(*node as usize).copied() else { continue };
            let (Some(clause), Some(id)) = (version.clauses.get(at), self.ids.get(at).copied()) else { continue };
            let under = self.under.get(*node as usize).cloned().unwrap_or_default();
            let exceptions = self.stated(&under, attribute, version);
            let value = clause.statements.iter().find(|s| s.attribute == attribute).map(|s| self.value(&s.value));
            if value.is_some() || !exceptions.places.is_empty() {
                let file = u16::try_from(clause.file).unwrap_or(u16::MAX);
                let layer = (clause.layer, file);
                places.push(Place { node: *node, clause: id, value, layer, exceptions });
                owners.push(at);
            }
        }
        let place = |clause: usize| owners.iter().position(|o| *o == clause);
        let overrides = version.overrides.iter().filter(|o| o.covers(attribute));
        let overrides = overrides.filter_map(|o| place(o.winner).zip(place(o.loser))).collect();
        Siblings { places, overrides }
    }

    /// The tree of an attribute below some nodes at the top; `law` when they are a right or rule, which no discipline mends.
    fn tree(&mut self, top: &[u32], law: bool, attribute: Attribute, version: &model::Version) -> TreeId {
        let stated = self.stated(top, attribute, version);
        if stated.places.is_empty() {
            return None;
        }
        let discipline: Option<Discipline> = version
            .disciplines
            .iter()
            .find(|(group, _): &&(AttributeGroup, Discipline)| !law && group.holds(attribute))
            .map(|(_, d)| *d);
        let (mut tree, of) = flat::tree(&stated, discipline);
        if !law && !version.layers.is_empty() {
            let default = attribute.unsaid(&version.choices).map(|value| self.value(&value));
            let clauses = layers::clauses(version, attribute, &self.places);
            let headers = layers::headers(version, attribute);
            tree.layers = Some(Box::new(Layers { statements: of, clauses, headers, default }));
        }
        if let Some(known) = self.known.get(&tree) {
            return Some(*known);
        }
        let id = number(self.trees.len());
        self.known.insert(tree.clone(), id);
        self.trees.push(tree);
        Some(id)
    }

    /// The trees of all attributes below some nodes at the top.
    fn attributes(&mut self, top: &[u32], law: bool, remedies: u16, version: &model::Version) -> Attributes {
        let fees = u16::try_from(version.choices.fees.len()).unwrap_or(u16::MAX);
        let by_remedy = |layout: &mut Self, attribute: &dyn Fn(u16) -> Attribute| -> Vec<TreeId> {
            (0..remedies).map(|r| layout.tree(top, law, attribute(r), version)).collect()
        };
        let one = |layout: &mut Self, attribute: Attribute| layout.tree(top, law, attribute, version);
        let mut attributes = Attributes {
            remedy: by_remedy(self, &Attribute::Remedy),
            start: by_remedy(self, &Attribute::Start),
            window: by_remedy(self, &Attribute::Window),
            basis: by_remedy(self, &Attribute::Basis),
            fee: (0..fees).map(|f| by_remedy(self, &|r| Attribute::Fee(f, r))).collect(),
            deductions: Vec::new(),
            tax: one(self, Attribute::Tax),
            shipping: one(self, Attribute::Shipping),
            discounts: one(self, Attribute::Discounts),
            pay: one(self, Attribute::Pay),
            hold: one(self, Attribute::Hold),
            due: one(self, Attribute::Due),
            fields: Vec::new(),
            one_of: one(self, Attribute::OneOf),
            deadline: one(self, Attribute::Deadline),
            no_fees: one(self, Attribute::NoFees),
            no_deductions: one(self, Attribute::NoDeductions),
            identity: one(self, Attribute::Identity),
        };
        for (at, name) in version.deductions.iter().enumerate() {
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            let trees = by_remedy(self, &|r| Attribute::Deduction(at, r));
            attributes.deductions.push((name.as_str().into(), trees));
        }
        attributes.deductions.sort_by(|a, b| a.0.cmp(&b.0));
        for (form, fields) in version.forms.iter().enumerate() {
            let form = u16::try_from(form).unwrap_or(u16::MAX);
            let count = u16::try_from(fields.fields.len()).unwrap_or(u16::MAX);
            let mut answers: Vec<Vec<TreeId>> = Vec::new();
            for (at, answer) in AnswerKind::ALL.into_iter().enumerate() {
                let asks = collected(version, form, answer);
                let same = AnswerKind::ALL.into_iter().take(at).position(|one| collected(version, form, one) == asks);
                answers.push(match same.and_then(|same| answers.get(same)) {
                    // Nobody asks for it then.
                    _ if asks.is_empty() => vec![None; usize::from(count)],
                    Some(same) => same.clone(),
                    None => (0..count).map(|f| one(self, Attribute::Field(form, f, answer))).collect(),
                });
            }
            attributes.fields.push(answers);
        }
        attributes
    }

    fn version(mut self, version: model::Version, kinds: &[Remedy], tests: Vec<Test>) -> Version {
        let remedies = u16::try_from(kinds.len()).unwrap_or(u16::MAX);
        let top = self.top.clone();
        let attributes = self.attributes(&top, false, remedies, &version);
        let mut laws: Vec<(usize, Law)> = Vec::new();
        for (node, at) in self.laws.clone() {
            let kind = version.laws.iter().find(|(head, _)| *head == at).map_or(LawKind::Rule, |(_, kind)| *kind);
            let Some(id) = self.ids.get(at).copied() else { continue };
            let attributes = self.attributes(&[node], true, remedies, &version);
            laws.push((
                at,
                Law { clause: id, nodes: std::iter::once(node).collect(), kind, attributes, adjustments: Vec::new() },
            ));
        }
        laws.sort_by_key(|(_, law)| law.clause);
        let mut adjustments = Vec::new();
        let mut guards = Vec::new();
        let mut words = Vec::new();
        for (at, clause) in version.clauses.iter().enumerate() {
            let (Some(id), Some(places)) = (self.ids.get(at).copied(), self.places.get(at)) else { continue };
            let nodes: Nodes = places.iter().copied().collect();
            let of_visit = clause.scope == Scope::Visit && speaks_of_visit(&version, at);
            let law = laws.iter().position(|(head, _)| clause.law == Some(*head));
            let list = match law.and_then(|law| laws.get_mut(law)) {
                Some((_, law)) => &mut law.adjustments,
                None => &mut adjustments,
            };
            for (kind, remedies, _) in &clause.adjustments {
                list.push(Adjustment {
                    clause: id,
                    layer: clause.layer,
                    nodes: nodes.clone(),
                    remedies: remedies.clone(),
                    kind: kind.clone(),
                });
            }
            let law = law.and_then(|law| u16::try_from(law).ok());
            if !clause.guards.is_empty() {
                let tree = self.tree(&top, false, Attribute::Guard(at), &version);
                for (kind, text, limit) in &clause.guards {
                    guards.push(Guard {
                        clause: id,
                        of_visit,
                        tree,
                        kind: kind.clone(),
                        text: text.as_deref().map(Arc::from),
                        limit: limit.clone(),
                    });
                }
            }
            for model::Words { offer, text, only } in &clause.words {
                words.push(WordsRule {
                    clause: id,
                    nodes: nodes.clone(),
                    law,
                    of_visit,
                    offer: *offer,
                    text: text.as_str().into(),
                    only: only.iter().map(|(kind, _)| *kind).collect(),
                });
            }
        }
        adjustments.sort_by_key(|a| a.clause);
        // Those of one clause too in an order of their own, not that of the text.
        guards.sort_by_cached_key(|g| {
            let kind = match &g.kind {
                GuardKind::Refer(role) => (0, Some(*role)),
                GuardKind::Verify { role, .. } => (1, Some(*role)),
                GuardKind::Stop(role) => (2, *role),
            };
            (g.clause, kind, g.text.clone())
        });
        words.sort_by_key(|w| w.clause);
        let like = alike(kinds, &attributes, &adjustments);
        Version {
            name: version.name,
            from: version.from,
            zone: version.zone,
            choices: version.choices,
            all: Nodes::all(number(self.nodes.len())),
            nodes: self.nodes,
            tests,
            trees: self.trees,
            attributes,
            values: self.values,
            adjustments,
            like,
            laws: laws.into_iter().map(|(_, law)| law).collect(),
            guards,
            words,
            forms: version.forms,
        }
    }
}

/// For each remedy, the first one with the same windows and amounts.
fn alike(kinds: &[Remedy], attributes: &Attributes, adjustments: &[Adjustment]) -> Vec<u16> {
    let key = |remedy: u16| {
        let of = |list: &[TreeId]| list.get(usize::from(remedy)).copied().flatten();
        let fees: Vec<TreeId> = attributes.fee.iter().map(|f| of(f)).collect();
        let deductions: Vec<TreeId> = attributes.deductions.iter().map(|(_, d)| of(d)).collect();
        let named: Vec<usize> =
            adjustments.iter().enumerate().filter(|(_, a)| a.remedies.contains(&remedy)).map(|(at, _)| at).collect();
        let keeps = kinds.get(usize::from(remedy)).is_some_and(|one| one.kind == RemedyKind::PriceDifference);
        (of(&attributes.start), of(&attributes.window), of(&attributes.basis), fees, deductions, (named, keeps))
    };
    let remedies = u16::try_from(kinds.len()).unwrap_or(u16::MAX);
    (0..remedies).map(|r| (0..r).find(|other| key(*other) == key(r)).unwrap_or(r)).collect()
}

/// Whether a condition of a clause, or one around it, reads anything at all: with a scope of the visit, it reads the visit.
fn speaks_of_visit(version: &model::Version, at: usize) -> bool {
    version
        .clauses
        .get(at)
        .is_some_and(|c| c.cond != Cond::Always || c.parents.iter().flatten().any(|p| speaks_of_visit(version, *p)))
}
