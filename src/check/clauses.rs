//! The sentences of clauses: each becomes an attribute with a value, an adjustment, a guard or words, checked against the
//! scope and the stage of the conditions around it.

mod before;
mod forms;
mod missing;
mod sentences;
mod siblings;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, Schema, Scope, Stage};
use crate::model::{Attribute, Clause, Statement, Version};
use crate::program::AttributeValue;
use crate::source::Span;
use crate::syntax::ast::{self};

use super::conditions::{Cx, scope_of, span_of, stage_of};
use super::files::Plan;
use super::guesses::{Header, Used};
use super::tree::Tree;
use super::words::Words;

/// Checks the clauses of a version.
pub(super) fn version(
    plan: &Plan<'_>,
    header: &Header,
    words: &mut Words,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) -> Version {
    let tree = Tree::new(plan, out);
    let mut cx = Clauses {
        header,
        tree: &tree,
        deductions: Vec::new(),
        used: Used::default(),
        wishes: Vec::new(),
        cx: Cx { words, schema, currency: header.head.currency.as_ref().map(|c| c.node), out },
    };
    let mut clauses: Vec<Clause> = cx.heads();
    for at in 0..clauses.len() {
        cx.body(at, &mut clauses);
    }
    cx.settle_wishes(&mut clauses);
    let overrides = cx.overrides(plan);
    let disciplines = cx.disciplines();
    let forms = cx.forms(plan, &clauses);
    cx.nothing_missing(&clauses);
    cx.used.report(header, cx.cx.out);
    let scenarios = plan
        .items()
        .filter_map(|(_, item)| if let ast::Item::Scenario(s) = item { Some(s.clone()) } else { None })
        .collect();
    Version {
        name: plan.policy.version.node.clone(),
        from: header.from,
        zone: header.zone,
        choices: header.choices.clone(),
        deductions: cx.deductions,
        clauses,
        overrides,
        disciplines,
        forms,
        scenarios,
    }
}

struct Clauses<'a, 'b> {
    header: &'b Header,
    tree: &'b Tree<'a>,
    deductions: Vec<String>,
    used: Used,
    /// `as before` and `as in`: clause, attributes, what is wished, where.
    wishes: Vec<(usize, Vec<Attribute>, ast::AsBefore, Span)>,
    cx: Cx<'b>,
}

/// The scope of an attribute's holder and the stage that settles it.
fn place_of(attribute: Attribute) -> (Scope, Stage, &'static str) {
    match attribute {
        Attribute::Start(_) | Attribute::Window(_) => (Scope::Line, Stage::Windows, "a window"),
        Attribute::Remedy(_) => (Scope::Line, Stage::Remedies, "a remedy"),
        Attribute::Basis(_) | Attribute::Fee(..) | Attribute::Deduction(..) => {
            (Scope::Line, Stage::Amounts, "an amount")
        }
        Attribute::Tax | Attribute::Shipping | Attribute::Discounts => {
            (Scope::Sale, Stage::Amounts, "an amount of the sale")
        }
        Attribute::Guard(_) => (Scope::Line, Stage::Guards, "a guard"),
        Attribute::Pay | Attribute::Hold | Attribute::Due => (Scope::Tender, Stage::Tenders, "a route"),
        Attribute::Field(..) => (Scope::Line, Stage::Paperwork, "paperwork"),
    }
}

impl Clauses<'_, '_> {
    /// The clauses with their conditions, without their sentences.
    fn heads(&mut self) -> Vec<Clause> {
        let own: Vec<Cond> = self
            .tree
            .drafts
            .iter()
            .map(|d| {
                d.ast.when.as_ref().map_or(Some(Cond::Always), |when| self.cx.condition(when)).unwrap_or(Cond::Always)
            })
            .collect();
        let whole = |at: usize, schema: &Schema| {
            let mut scope = Scope::Visit;
            let mut stage = Stage::Facts;
            for way in self.tree.ways_up(at) {
                for cond in way.iter().filter_map(|at| own.get(*at)) {
                    scope = scope.max(scope_of(cond, schema));
                    stage = stage.max(stage_of(cond, schema));
                }
            }
            (scope, stage)
        };
        let places: Vec<(Scope, Stage)> = (0..self.tree.drafts.len()).map(|at| whole(at, self.cx.schema)).collect();
        self.tree
            .drafts
            .iter()
            .zip(own)
            .zip(places)
            .map(|((draft, cond), (scope, stage))| Clause {
                label: draft.ast.label.node.clone(),
                path: draft.path.clone(),
                title: draft.ast.title.as_ref().map(|t| t.node.clone()),
                citations: draft.ast.citations.iter().map(|c| c.node.clone()).collect(),
                span: draft.ast.span,
                cond,
                cond_span: span_of(draft.ast),
                parents: draft.parents.clone(),
                scope,
                stage,
                statements: Vec::new(),
                adjustments: Vec::new(),
                guards: Vec::new(),
                words: Vec::new(),
            })
            .collect()
    }

    fn body(&mut self, at: usize, clauses: &mut [Clause]) {
        let Some(draft) = self.tree.drafts.get(at) else { return };
        let mut said = 0;
        for statement in &draft.ast.body {
            said += 1;
            self.statement(at, draft.file, statement, clauses);
        }
        if said == 0 {
            self.cx.out.push(Diagnostic::new(
                Code::NoEffect,
                draft.ast.span,
                format!("the clause `{}` says nothing", draft.path),
            ));
        }
        if let Some(clause) = clauses.get_mut(at) {
            let guards = !clause.guards.is_empty();
            if guards {
                let span = clause.span;
                self.state(at, clauses, &[Attribute::Guard(at)], AttributeValue::Yes, span);
            }
        }
    }

    /// States attributes, unless the place is wrong or the clause states one of them already.
    fn state(
        &mut self,
        at: usize,
        clauses: &mut [Clause],
        attributes: &[Attribute],
        value: AttributeValue,
        span: Span,
    ) {
        let Some(first) = attributes.first() else { return };
        if !self.fits(at, clauses, *first, span) {
            return;
        }
        let Some(clause) = clauses.get_mut(at) else { return };
        if let Some(twice) = clause.statements.iter().find(|s| attributes.contains(&s.attribute)) {
            self.cx.out.push(
                Diagnostic::new(Code::StatedTwice, span, "this clause says two things about the same matter")
                    .label(twice.span, "the first one")
                    .help("keep one of them, or put one into an exception with a condition of its own"),
            );
            return;
        }
        for attribute in attributes {
            clause.statements.push(Statement { attribute: *attribute, value: value.clone(), span });
        }
    }

    /// Whether a clause's conditions may decide an attribute; if not, it is reported.
    fn fits(&mut self, at: usize, clauses: &[Clause], attribute: Attribute, span: Span) -> bool {
        let (scope, stage, what) = place_of(attribute);
        let Some(clause) = clauses.get(at) else { return false };
        if clause.scope > scope {
            let (speaks, holder) = (scope_word(clause.scope), scope_word(scope));
            self.cx.out.push(
                Diagnostic::new(Code::ScopeTooFine, span, format!("{what} belongs to {holder}"))
                    .label(clause.cond_span, format!("the conditions here speak of {speaks}"))
                    .help(if scope == Scope::Line {
                        "`any tender (…)` makes a condition of the sale".to_owned()
                    } else {
                        "use a condition on the sale, or `any line (…)`".to_owned()
                    }),
            );
            return false;
        }
        let allowed = clause.stage < stage || (clause.stage == Stage::Tenders && stage == Stage::Tenders);
        if !allowed {
            self.cx.out.push(
                Diagnostic::new(Code::ReadsLater, span, format!("{what} is settled before what these conditions read"))
                    .label(clause.cond_span, "this is known only later")
                    .help("the order is: facts, windows, remedies, amounts, totals, guards, tenders, paperwork, words"),
            );
        }
        allowed
    }

    fn remedies(&mut self, names: &[ast::Name]) -> Vec<u16> {
        if names.is_empty() {
            let count = u16::try_from(self.cx.schema.remedies.len()).unwrap_or(u16::MAX);
            return (0..count).collect();
        }
        self.some_remedies(names)
    }
}

fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "the visit",
        Scope::Sale => "a sale",
        Scope::Line => "a line",
        Scope::Tender => "a tender",
    }
}
