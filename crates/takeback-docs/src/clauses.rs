//! What one clause says, line by line: a label and a text, made from the statements of the checked policy.

use std::collections::BTreeSet;

use takeback::facts::RemedyKind;
use takeback::program::{
    AttributeValue, Attributes, Clause, ClauseId, Field, FieldType, GuardKind, Program, Tree, TreeId, Version,
};
use takeback::source::Span;
use takeback::terms::{AnswerKind, LawKind};

use crate::conditions::Told;
use crate::values::{capital, deduction_name, fee_name};
use takeback::Join;

/// A version of a policy, and what it is told with.
pub(crate) struct View<'a> {
    pub(crate) program: &'a Program,
    pub(crate) version: &'a Version,
    pub(crate) told: Told<'a>,
    /// The remedies that the policy itself offers somewhere.
    pub(crate) own: Vec<u16>,
    /// These, and those that a right of the law gives.
    pub(crate) remedies: Vec<u16>,
    /// Whether staff reads it: also who may make an exception, and remedies that are told of only when they are asked for.
    pub(crate) staff: bool,
}

/// What a clause says about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it is about.
    pub(crate) label: String,
    /// What is said.
    pub(crate) text: String,
    /// Clauses it speaks of.
    pub(crate) clauses: Vec<ClauseId>,
    /// Whether it is for staff only.
    pub(crate) staff: bool,
}

/// A field of a form: both by place.
pub(crate) type FieldAt = (usize, usize);

impl<'a> View<'a> {
    pub(crate) fn new(program: &'a Program, version: &'a Version, told: Told<'a>, staff: bool) -> Self {
        let hidden = |remedy: u16| !staff && program.schema.only_if_asked(remedy);
        let offers = |attributes: &Attributes, remedy: usize| {
            let tree = tree(version, attributes.remedy.get(remedy).copied().flatten());
            tree.is_some_and(|tree| {
                tree.statements.iter().any(|s| value(version, s.value) == Some(&AttributeValue::Yes))
            })
        };
        let all = || (0u16..).take(program.schema.remedies.len()).filter(|remedy| !hidden(*remedy));
        let own: Vec<u16> = all().filter(|remedy| offers(&version.attributes, usize::from(*remedy))).collect();
        let by_law = |remedy: u16| version.laws.iter().any(|law| offers(&law.attributes, usize::from(remedy)));
        let remedies = all().filter(|remedy| own.contains(remedy) || by_law(*remedy)).collect();
        Self { program, version, told, own, remedies, staff }
    }

    pub(crate) fn clause(&self, id: ClauseId) -> Option<&'a Clause> {
        self.program.clause(id)
    }

    /// What the customer reads; its label where it has no title.
    pub(crate) fn title(&self, id: ClauseId) -> String {
        let Some(clause) = self.clause(id) else { return String::new() };
        clause.title.as_deref().map_or_else(
            || {
                let label = clause.path.rsplit('/').next().unwrap_or(&clause.path).replace(['-', '_'], " ");
                capital(&label)
            },
            |title| self.told.words.text(Some(clause.span), title),
        )
    }

    /// The head of a clause.
    pub(crate) fn span(&self, id: ClauseId) -> Option<Span> {
        self.clause(id).map(|clause| clause.span)
    }

    /// The clauses of this version, each once.
    pub(crate) fn clauses(&self) -> BTreeSet<ClauseId> {
        self.version.nodes.iter().map(|node| node.clause).collect()
    }

    /// Everything a clause says.
    pub(crate) fn lines(&self, clause: ClauseId) -> Vec<Line> {
        let mut out = Vec::new();
        self.attributes(clause, &self.version.attributes, &mut out);
        for law in &self.version.laws {
            // A clause may stand in several rights, and says the same in each.
            let mut said = Vec::new();
            self.attributes(clause, &law.attributes, &mut said);
            said.retain(|line| !out.contains(line));
            out.append(&mut said);
        }
        let words = self.told.words;
        let adjustments = self.version.adjustments.iter().chain(self.version.laws.iter().flat_map(|l| &l.adjustments));
        for adjustment in adjustments.filter(|adjustment| adjustment.clause == clause) {
            let text = self.told.adjustment(&adjustment.kind);
            self.push(&mut out, "label-window", self.for_remedies(text, &adjustment.remedies));
        }
        for guard in self.version.guards.iter().filter(|guard| guard.clause == clause) {
            if let Some(limit) = &guard.limit {
                self.push(&mut out, "label-limit", self.told.limit(limit));
            }
            let label = words.say("label-decides");
            let line = |text: String, staff: bool| Line { label: label.clone(), text, clauses: Vec::new(), staff };
            let kind = match &guard.kind {
                GuardKind::Stop(Some(_)) if !self.staff => &GuardKind::Stop(None),
                kind => kind,
            };
            out.push(line(self.told.guard(kind, None, None), false));
            if let Some(text) = &guard.text {
                let label = words.say("label-reason");
                out.push(Line { label, text: words.text(self.span(clause), text), clauses: Vec::new(), staff: true });
            }
        }
        let lifted = self.lifted(clause);
        if !lifted.is_empty() {
            let label = words.say("label-lifts");
            out.push(Line { label, text: String::new(), clauses: lifted, staff: true });
        }
        for rule in self.version.words.iter().filter(|rule| rule.clause == clause) {
            let label = words.say(if rule.offer { "label-offer" } else { "label-say" });
            let kinds: Vec<String> =
                rule.only.iter().map(|kind| words.say(&format!("answer-{}", kind.word()))).collect();
            let said = words.text(self.span(clause), &rule.text);
            let text = match kinds.as_slice() {
                [] => words.tell("quoted", &[("what", &said)]),
                kinds => words.tell("said-if", &[("text", &said), ("answers", &words.list(kinds, Join::Or))]),
            };
            out.push(Line { label, text, clauses: Vec::new(), staff: true });
        }
        let beaten = self.beaten(clause);
        if !beaten.is_empty() {
            let label = words.say("label-goes-before");
            out.push(Line { label, text: String::new(), clauses: beaten, staff: true });
        }
        out
    }

    fn push(&self, out: &mut Vec<Line>, label: &str, text: String) {
        out.push(Line { label: self.told.words.say(label), text, clauses: Vec::new(), staff: false });
    }

    /// What a clause states of attributes.
    fn attributes(&self, clause: ClauseId, attributes: &'a Attributes, out: &mut Vec<Line>) {
        let words = self.told.words;
        self.offered(clause, attributes, out);
        for (label, list) in [("label-start", &attributes.start), ("label-window", &attributes.window)] {
            for (remedies, value) in self.by_remedy(clause, list) {
                self.push(out, label, self.for_remedies(self.told.value(value), &remedies));
            }
        }
        for (remedies, value) in self.by_remedy(clause, &attributes.basis) {
            let (kept, back): (Vec<u16>, Vec<u16>) = remedies.into_iter().partition(|remedy| self.keeps(*remedy));
            for (remedies, kept) in [(back, false), (kept, true)] {
                if remedies.is_empty() {
                    continue;
                }
                let mut text = self.told.basis(value, kept);
                if self.is_law(attributes) {
                    text = words.tell("law-at-least", &[("what", &text)]);
                }
                self.push(out, "label-basis", self.for_remedies(text, &remedies));
            }
        }
        let fees = attributes.fee.iter().zip(&self.version.choices.fees);
        let fees = fees.map(|(list, fee)| (fee_name(words, fee), list));
        let deductions =
            attributes.deductions.iter().map(|(name, list)| (deduction_name(words, self.version, name), list));
        for (label, list) in fees.chain(deductions) {
            for (remedies, value) in self.by_remedy(clause, list) {
                let mut text = self.told.value(value);
                if *value != AttributeValue::NoFee && self.is_law(attributes) {
                    text = words.tell("law-at-most", &[("what", &text)]);
                }
                let text = self.for_remedies(text, &remedies);
                out.push(Line { label: label.clone(), text, clauses: Vec::new(), staff: false });
            }
        }
        for (label, tree) in [
            ("label-tax", attributes.tax),
            ("label-shipping", attributes.shipping),
            ("label-discounts", attributes.discounts),
            ("label-pay", attributes.pay),
            ("label-hold", attributes.hold),
            ("label-due", attributes.due),
            ("label-deadline", attributes.deadline),
            ("label-identity", attributes.identity),
        ] {
            if let Some(value) = self.stated(clause, tree) {
                self.push(out, label, self.told.value(value));
            }
        }
        for (label, key, tree) in [
            ("label-fees", "no-fees", attributes.no_fees),
            ("label-deductions", "no-deductions", attributes.no_deductions),
            ("label-remedies", "one-of", attributes.one_of),
        ] {
            if self.stated(clause, tree) == Some(&AttributeValue::Yes) {
                self.push(out, label, words.say(key));
            }
        }
        self.paperwork(clause, attributes, out);
    }

    /// What is offered and what is not.
    fn offered(&self, clause: ClauseId, attributes: &'a Attributes, out: &mut Vec<Line>) {
        let words = self.told.words;
        let said = self.by_value(clause, &attributes.remedy);
        let yes = said.iter().find(|(_, value)| **value == AttributeValue::Yes).map(|(remedies, _)| remedies);
        let plain = AttributeValue::No { reason: None, overridable_by: None };
        if let Some(remedies) = yes.filter(|remedies| remedies.iter().any(|r| self.remedies.contains(r))) {
            let shown: Vec<u16> = remedies.iter().copied().filter(|r| self.remedies.contains(r)).collect();
            let names = self.told.remedies(&shown, Join::Or);
            let closed = said.iter().any(|(_, value)| **value == plain);
            let key = if closed { "remedies-only" } else { "remedies-also" };
            self.push(out, "label-remedies", words.tell(key, &[("remedies", &names)]));
        }
        for (remedies, value) in &said {
            let AttributeValue::No { reason, overridable_by } = value else { continue };
            if **value == plain && yes.is_some() {
                continue;
            }
            let mut text = if self.remedies.iter().all(|remedy| remedies.contains(remedy)) {
                words.say(if self.is_law(attributes) { "right-not" } else { "remedies-none" })
            } else {
                let shown: Vec<u16> = remedies.iter().copied().filter(|r| self.remedies.contains(r)).collect();
                let shown = if shown.is_empty() { remedies } else { &shown };
                words.tell("remedies-no", &[("remedies", &self.told.the_remedies(shown, Join::Or))])
            };
            if let Some(reason) = reason {
                text = words.tell("with-text", &[("what", &text), ("text", &words.text(self.span(clause), reason))]);
            }
            self.push(out, "label-remedies", text);
            if !self.is_law(attributes) {
                let (label, text) = match overridable_by {
                    None => ("label-exceptions", words.say("final")),
                    Some(role) => {
                        ("label-exceptions", words.tell("may-allow", &[("role", &self.told.the_role(*role))]))
                    }
                };
                let staff = overridable_by.is_some();
                out.push(Line { label: words.say(label), text, clauses: Vec::new(), staff });
            }
        }
    }

    /// Whether these are the attributes of a right or rule: there they bound what the policy says.
    fn is_law(&self, attributes: &Attributes) -> bool {
        self.version.laws.iter().any(|law| std::ptr::eq(&law.attributes, attributes))
    }

    /// What a clause has filled in.
    fn paperwork(&self, clause: ClauseId, attributes: &Attributes, out: &mut Vec<Line>) {
        for wanted in [true, false] {
            for (form, answers) in attributes.fields.iter().enumerate() {
                let states = |tree: TreeId| {
                    self.stated(clause, tree).is_some_and(|value| (*value == AttributeValue::Yes) == wanted)
                };
                let of_answer = |fields: &Vec<TreeId>| -> Vec<usize> {
                    fields.iter().enumerate().filter(|(_, tree)| states(**tree)).map(|(at, _)| at).collect()
                };
                let said: Vec<(AnswerKind, Vec<usize>)> =
                    AnswerKind::ALL.into_iter().zip(answers.iter().map(of_answer)).collect();
                // What is said in one sentence: the same fields for several answers.
                let mut sentences: Vec<(Vec<AnswerKind>, Vec<usize>)> = Vec::new();
                for (answer, asked) in said.into_iter().filter(|(_, asked)| !asked.is_empty()) {
                    match sentences.iter_mut().find(|(_, fields)| *fields == asked) {
                        Some((kinds, _)) => kinds.push(answer),
                        None => sentences.push((vec![answer], asked)),
                    }
                }
                let count = answers.first().map_or(0, Vec::len);
                for (kinds, asked) in sentences {
                    let words = self.told.words;
                    let title = self.form_title(form);
                    let text = if asked.len() == count {
                        words.tell("quoted", &[("what", &title)])
                    } else {
                        let titles: Vec<String> = asked.iter().map(|field| self.field_title((form, *field))).collect();
                        words.tell("form-part", &[("form", &title), ("fields", &words.list(&titles, Join::And))])
                    };
                    let text = match wanted && kinds != AnswerKind::GOES_THROUGH {
                        true => self.if_answers(&text, &kinds),
                        false => text,
                    };
                    let staff = wanted && !asked.iter().any(|field| self.of_customer((form, *field)));
                    let label = words.say(if wanted { "label-papers" } else { "label-no-papers" });
                    out.push(Line { label, text, clauses: Vec::new(), staff });
                }
            }
        }
    }

    /// What holds for some answers only.
    pub(crate) fn if_answers(&self, what: &str, kinds: &[AnswerKind]) -> String {
        let words = self.told.words;
        let kinds: Vec<String> = kinds.iter().map(|kind| words.say(&format!("answer-{}", kind.word()))).collect();
        words.tell("papers-if", &[("what", &what), ("answers", &words.list(&kinds, Join::Or))])
    }

    pub(crate) fn form_title(&self, form: usize) -> String {
        let Some(form) = self.version.forms.get(form) else { return String::new() };
        self.told.words.own("form", &[&form.label], None, form.title.as_ref().unwrap_or(&form.label))
    }

    pub(crate) fn field_title(&self, at: FieldAt) -> String {
        let own = self.field(at).map_or("", |field| field.title.as_ref().unwrap_or(&field.name));
        self.told.words.own("field", &self.field_names(at), None, own)
    }

    /// Why a field is asked.
    pub(crate) fn purpose(&self, at: FieldAt) -> Option<String> {
        let purpose = self.field(at)?.purpose.as_ref()?;
        Some(self.told.words.own("field", &self.field_names(at), Some("purpose"), purpose))
    }

    fn field(&self, (form, field): FieldAt) -> Option<&'a Field> {
        self.version.forms.get(form)?.fields.get(field)
    }

    /// The short names of a form and a field of it.
    fn field_names(&self, at: FieldAt) -> [&'a str; 2] {
        let label = self.version.forms.get(at.0).map_or("", |form| &form.label);
        [label, self.field(at).map_or("", |field| &field.name)]
    }

    /// Whether the customer brings or tells it: nobody else is named.
    pub(crate) fn of_customer(&self, at: FieldAt) -> bool {
        let of = |who: &str| ["customer", "buyer", "recipient"].contains(&who);
        self.field(at).is_some_and(|field| match (&field.ty, &field.from) {
            (FieldType::Signature(who), _) | (_, Some(who)) => of(who),
            (_, None) => true,
        })
    }

    /// The guards of which clauses a clause lifts.
    fn lifted(&self, clause: ClauseId) -> Vec<ClauseId> {
        let mut found = Vec::new();
        for guard in &self.version.guards {
            let said = self.stated(clause, guard.tree);
            if said.is_some_and(|value| *value != AttributeValue::Yes) && !found.contains(&guard.clause) {
                found.push(guard.clause);
            }
        }
        found
    }

    /// The clauses that a clause goes before by `overrides`, or by its layer.
    pub(crate) fn beaten(&self, clause: ClauseId) -> Vec<ClauseId> {
        let mut found = BTreeSet::new();
        let own: Vec<u32> =
            (0u32..).zip(&self.version.nodes).filter(|(_, node)| node.clause == clause).map(|(at, _)| at).collect();
        for tree in &self.version.trees {
            for statement in &tree.statements {
                let over = |node: &u32| statement.unless.contains(*node) && !statement.exceptions.contains(*node);
                if own.iter().any(over) {
                    found.insert(statement.clause);
                }
            }
        }
        found.remove(&clause);
        found.into_iter().collect()
    }

    /// What a clause states of one attribute.
    pub(crate) fn stated(&self, clause: ClauseId, at: TreeId) -> Option<&'a AttributeValue> {
        let statement = tree(self.version, at)?.statements.iter().find(|statement| statement.clause == clause)?;
        value(self.version, statement.value)
    }

    /// What a clause states for remedies; those that are told the same together, and only what is offered at all.
    fn by_remedy(&self, clause: ClauseId, list: &[TreeId]) -> Vec<(Vec<u16>, &'a AttributeValue)> {
        let mut all = self.by_value(clause, list);
        all.iter_mut().for_each(|(remedies, _)| remedies.retain(|remedy| self.remedies.contains(remedy)));
        all.retain(|(remedies, _)| !remedies.is_empty());
        all
    }

    fn by_value(&self, clause: ClauseId, list: &[TreeId]) -> Vec<(Vec<u16>, &'a AttributeValue)> {
        let mut all: Vec<(Vec<u16>, &AttributeValue)> = Vec::new();
        for (remedy, tree) in (0u16..).zip(list) {
            let Some(value) = self.stated(clause, *tree) else { continue };
            match all.iter_mut().find(|(_, known)| *known == value) {
                Some((remedies, _)) => remedies.push(remedy),
                None => all.push((vec![remedy], value)),
            }
        }
        all
    }

    /// A text, with the remedies it is about where that is not all of them.
    fn for_remedies(&self, text: String, remedies: &[u16]) -> String {
        if remedies.is_empty() || self.remedies.iter().all(|remedy| remedies.contains(remedy)) {
            return text;
        }
        let names = self.told.remedies(remedies, Join::And);
        self.told.words.tell("for-remedies", &[("what", &text), ("remedies", &names)])
    }

    /// Whether the goods stay with the customer, who gets what they cost less than was paid.
    pub(crate) fn keeps(&self, remedy: u16) -> bool {
        let remedy = self.program.schema.remedies.get(usize::from(remedy));
        remedy.is_some_and(|remedy| remedy.kind == RemedyKind::PriceDifference)
    }

    /// The conditions of a clause itself, as a sentence part.
    pub(crate) fn when(&self, clause: ClauseId) -> Option<String> {
        self.told.all([&self.clause(clause)?.cond])
    }

    /// Whether a clause belongs to a right or a rule of the law, by its head.
    pub(crate) fn law(&self, clause: ClauseId) -> Option<LawKind> {
        self.version.laws.iter().find(|law| law.clause == clause).map(|law| law.kind)
    }
}

pub(crate) fn tree(version: &Version, at: TreeId) -> Option<&Tree> {
    version.trees.get(at? as usize)
}

pub(crate) fn value(version: &Version, at: u32) -> Option<&AttributeValue> {
    version.values.get(at as usize)
}
