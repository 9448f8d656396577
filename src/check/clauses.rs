//! The sentences of clauses: each becomes an attribute with a value, an adjustment, a guard or words, checked against the
//! scope and the stage of the conditions around it.

mod answers;
mod before;
mod fields;
mod fits;
mod forms;
mod law;
mod leeway;
mod limits;
mod sentences;
mod siblings;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::facts::{Cond, Schema, Scope, Stage};
use crate::model::{Attribute, Clause, Statement, Version};
use crate::program::AttributeValue;
use crate::source::{SourceSet, Span};
use crate::syntax::ast::{self, StatementKind};

use super::conditions::{Cx, scope_of, span_of, stage_of};
use super::files::Plan;
use super::guesses::{Header, Used};
use super::layers::Layers;
use super::tree::Tree;
use super::words::Words;

/// Checks the clauses of a version.
pub(super) fn version(
    sources: &SourceSet,
    plan: &Plan<'_>,
    header: &Header,
    words: &Words,
    layers: Layers,
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
        cx: Cx { sources, words, schema, currency: header.head.currency.as_ref().map(|c| c.node), out },
    };
    let mut clauses: Vec<Clause> = cx.heads(&layers);
    for at in 0..clauses.len() {
        let found = cx.cx.out.len();
        cx.body(at, &mut clauses);
        let errors = cx.cx.out.iter().skip(found).any(|d| d.severity == Severity::Error);
        if let Some(clause) = clauses.get_mut(at) {
            clause.broken |= errors;
        }
    }
    cx.settle_wishes(&mut clauses);
    let files = cx.leeway(plan, &layers, &mut clauses);
    cx.below(&clauses, &layers);
    let overrides = cx.overrides(plan, &clauses);
    let disciplines = cx.disciplines();
    let forms = cx.forms(plan, &clauses);
    cx.used.report(header, cx.cx.out);
    let scenarios = plan
        .items()
        .filter_map(|(_, item)| if let ast::Item::Scenario(s) = item { Some(Arc::clone(s)) } else { None })
        .collect();
    Version {
        name: plan.policy.version.node.clone(),
        from: header.from,
        zone: header.zone.clone(),
        choices: header.choices.clone(),
        fee_spans: header.fees.iter().map(|(span, shared)| (!shared).then_some(*span)).collect(),
        deductions: cx.deductions,
        laws: tree
            .drafts
            .iter()
            .enumerate()
            .filter_map(|(at, d)| Some((at, d.ast.law?)))
            .filter(|(at, _)| tree.law(*at) == Some(*at))
            .collect(),
        clauses,
        overrides,
        disciplines,
        forms,
        scenarios,
        layers: layers.names,
        files,
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

impl Clauses<'_, '_> {
    /// The clauses with their conditions, without their sentences.
    fn heads(&mut self, layers: &Layers) -> Vec<Clause> {
        let read: Vec<Option<Cond>> = self
            .tree
            .drafts
            .iter()
            .map(|d| d.ast.when.as_ref().map_or(Some(Cond::Always), |when| self.cx.condition(when)))
            .collect();
        let broken: Vec<bool> = read.iter().map(Option::is_none).collect();
        let own: Vec<Cond> = read.into_iter().map(|cond| cond.unwrap_or(Cond::Always)).collect();
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
            .zip(broken)
            .enumerate()
            .map(|(at, (((draft, cond), (scope, stage)), broken))| Clause {
                file: draft.file,
                layer: layers.of_file.get(draft.file).copied().unwrap_or(0),
                leeway: Vec::new(),
                law: self.tree.law(at),
                label: draft.ast.label.node.clone(),
                path: draft.path.clone(),
                title: draft.ast.title.as_ref().map(|t| t.node.clone()),
                citations: draft.ast.citations.clone(),
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
                broken,
            })
            .collect()
    }

    fn body(&mut self, at: usize, clauses: &mut [Clause]) {
        let Some(draft) = self.tree.drafts.get(at) else { return };
        for statement in &draft.ast.body {
            self.statement(at, draft.file, statement, clauses);
        }
        if draft.ast.body.is_empty() && !self.tree.drafts.iter().any(|d| d.parents.contains(&Some(at))) {
            self.cx.out.push(
                Diagnostic::new(Code::NoEffect, draft.ast.span, format!("the clause `{}` says nothing", draft.path))
                    .help("write a sentence into it, such as `window 30 days`, or leave it out"),
            );
        }
        let guard = draft.ast.body.iter().find(|s| is_guard(s));
        if let Some(guard) = guard.filter(|_| clauses.get(at).is_some_and(|c| !c.guards.is_empty())) {
            self.state(at, clauses, &[Attribute::Guard(at)], AttributeValue::Yes, guard.span);
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
        let twice = clause.statements.iter().find(|s| attributes.contains(&s.attribute));
        let whole = |span: Span| clause.statements.iter().filter(|s| s.span == span).count();
        let twice = twice.map(|s| (s.attribute, s.span, s.value.clone(), whole(s.span)));
        if let Some((attribute, first, said, said_of)) = twice {
            let all = self.cx.schema.remedies.len();
            let refuses = |value: &AttributeValue, of: usize| {
                matches!(value, AttributeValue::No { reason: Some(_), .. }) && of == all
            };
            let grants = |value: &AttributeValue, of: usize| *value == AttributeValue::Yes && of < all;
            let of = attributes.len();
            let left_out = matches!(attribute, Attribute::Remedy(_))
                && (refuses(&said, said_of) && grants(&value, of) || refuses(&value, of) && grants(&said, said_of));
            if let Some(clause) = clauses.get_mut(at) {
                clause.broken = true;
            }
            let message = format!("this clause says two things about {}", self.about(attribute));
            self.cx.out.push(
                Diagnostic::new(Code::StatedTwice, span, message)
                    .label(first, "the first one")
                    .help(match left_out {
                        true => "`decline` says no to all; to leave some out, name the others: `no refund, exchange \"…\", final`",
                        false => "keep one of them, or put one into an `except` with a condition of its own",
                    }),
            );
            return;
        }
        let Some(clause) = clauses.get_mut(at) else { return };
        for attribute in attributes {
            clause.statements.push(Statement { attribute: *attribute, value: value.clone(), span });
        }
    }

    fn remedies(&mut self, names: &[ast::Name]) -> Vec<u16> {
        if names.is_empty() {
            let count = u16::try_from(self.cx.schema.remedies.len()).unwrap_or(u16::MAX);
            return (0..count).collect();
        }
        self.some_remedies(names)
    }
}

/// Whether a sentence sends to a person, or stops.
fn is_guard(statement: &ast::Statement) -> bool {
    matches!(
        statement.kind,
        StatementKind::Refer { .. }
            | StatementKind::Verify { .. }
            | StatementKind::Stop { .. }
            | StatementKind::Limit(_)
    )
}
