//! The checked form of a policy: names are numbers, conditions are typed, every statement is an attribute with a value,
//! and each clause knows what it is an exception to. Exists only when checking found no error. [`crate::compile`] lays it out for the evaluator.

use chrono::NaiveDate;

use crate::date::Tz;
use crate::facts::{Cond, Schema, Scope, Stage};
use crate::money::Currency;
use crate::program::{AdjustmentKind, AttributeValue, Choices, Form, GuardKind};
use crate::source::Span;
use crate::syntax::ast;
use crate::terms::{Discipline, VersionClock};

/// A policy in all its versions.
#[derive(Debug)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// The date that picks a version, and what counts when it is missing.
    pub clock: (VersionClock, Option<VersionClock>),
    /// The facts and words of all versions.
    pub schema: Schema,
    /// The versions, by the day they begin.
    pub versions: Vec<Version>,
}

/// A version of a policy.
#[derive(Debug)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its time zone.
    pub zone: Option<Tz>,
    /// What the header chose.
    pub choices: Choices,
    /// The names of deductions; an attribute names one by its place.
    pub deductions: Vec<String>,
    /// The clauses, each with its place in the tree.
    pub clauses: Vec<Clause>,
    /// What overrides what.
    pub overrides: Vec<Override>,
    /// How disagreement is settled.
    pub disciplines: Vec<(AttributeGroup, Discipline)>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The scenarios of its files.
    pub scenarios: Vec<ast::Scenario>,
}

/// A clause; known by its place in [`Version::clauses`].
#[derive(Debug)]
pub struct Clause {
    /// Its short name.
    pub label: String,
    /// The labels down to it, with the prefix of its file.
    pub path: String,
    /// What the customer reads.
    pub title: Option<String>,
    /// Where the rule is written down.
    pub citations: Vec<String>,
    /// The head of its block.
    pub span: Span,
    /// Its own condition.
    pub cond: Cond,
    /// The place of that condition.
    pub cond_span: Span,
    /// What it is an exception to; `None` among them: the top of the policy.
    pub parents: Vec<Option<usize>>,
    /// The finest scope of its condition and those around it.
    pub scope: Scope,
    /// The latest stage these conditions read.
    pub stage: Stage,
    /// Its statements of attributes.
    pub statements: Vec<Statement>,
    /// Its adjustments of windows, for these remedies (none: all).
    pub adjustments: Vec<(AdjustmentKind, Vec<u16>)>,
    /// Its guards.
    pub guards: Vec<(GuardKind, Option<String>)>,
    /// Its words; true for an offer.
    pub words: Vec<(bool, String)>,
}

/// A statement of an attribute.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Which attribute.
    pub attribute: Attribute,
    /// Its value.
    pub value: AttributeValue,
    /// The sentence.
    pub span: Span,
}

/// An attribute, of one remedy where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named after the attributes")]
pub enum Attribute {
    Remedy(u16),
    Start(u16),
    Window(u16),
    Basis(u16),
    /// Fee of the header, remedy.
    Fee(u16, u16),
    /// Deduction, remedy.
    Deduction(u16, u16),
    Tax,
    Shipping,
    Discounts,
    Pay,
    Hold,
    Due,
    /// Form, field.
    Field(u16, u16),
    /// Whether the guards of a clause stand.
    Guard(usize),
}

/// Attributes as `on` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the attributes")]
pub enum AttributeGroup {
    Remedies,
    Remedy(u16),
    Start,
    Window,
    Basis,
    Fee(u16),
    Deduction(u16),
    Tax,
    Shipping,
    Discounts,
    Pay,
    Hold,
    Due,
    Form(u16),
}

impl AttributeGroup {
    /// Whether an attribute belongs to the group.
    pub fn holds(self, attribute: Attribute) -> bool {
        match (self, attribute) {
            (Self::Remedies, Attribute::Remedy(_))
            | (Self::Start, Attribute::Start(_))
            | (Self::Window, Attribute::Window(_))
            | (Self::Basis, Attribute::Basis(_))
            | (Self::Tax, Attribute::Tax)
            | (Self::Shipping, Attribute::Shipping)
            | (Self::Discounts, Attribute::Discounts)
            | (Self::Pay, Attribute::Pay)
            | (Self::Hold, Attribute::Hold)
            | (Self::Due, Attribute::Due) => true,
            (Self::Remedy(a), Attribute::Remedy(b))
            | (Self::Fee(a), Attribute::Fee(b, _))
            | (Self::Deduction(a), Attribute::Deduction(b, _))
            | (Self::Form(a), Attribute::Field(b, _)) => a == b,
            _ => false,
        }
    }
}

/// `winner overrides loser`, under every parent they share.
#[derive(Debug, Clone)]
pub struct Override {
    /// The clause that wins.
    pub winner: usize,
    /// The clause that gives way.
    pub loser: usize,
    /// The attributes; empty means all.
    pub on: Vec<AttributeGroup>,
    /// The sentence.
    pub span: Span,
}

impl Override {
    /// Whether it speaks of an attribute.
    pub fn covers(&self, attribute: Attribute) -> bool {
        self.on.is_empty() || self.on.iter().any(|group| group.holds(attribute))
    }
}
