//! The checked form of a policy: names are numbers, conditions are typed, every statement is an attribute with a value,
//! and each clause knows what it is an exception to. Exists only when checking found no error. [`crate::compile`] lays it out for the evaluator.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::date::Zone;
use crate::facts::{Cond, Schema, Scope, Stage};
use crate::money::Currency;
use crate::program::{AdjustmentKind, AttributeValue, Choices, Form, GuardKind, Limit, May};
use crate::source::{Span, Spanned};
use crate::syntax::ast;
use crate::terms::{AnswerKind, Discipline, LawKind, VersionClock};

/// A policy in all its versions.
#[derive(Debug)]
pub(crate) struct Model {
    /// Its name.
    pub(crate) name: String,
    /// Its currency.
    pub(crate) currency: Currency,
    /// The date that picks a version, and what counts when it is missing.
    pub(crate) clock: (VersionClock, Option<VersionClock>),
    /// The facts and words of all versions.
    pub(crate) schema: Schema,
    /// The versions, by the day they begin.
    pub(crate) versions: Vec<Version>,
}

/// A version of a policy.
#[derive(Debug)]
pub(crate) struct Version {
    /// Its name.
    pub(crate) name: String,
    /// Its first day.
    pub(crate) from: NaiveDate,
    /// Its time zone.
    pub(crate) zone: Option<Zone>,
    /// What the header chose.
    pub(crate) choices: Choices,
    /// Where each fee of the choices is declared; nothing for one of a library.
    pub(crate) fee_spans: Vec<Option<Span>>,
    /// The names of deductions; an attribute names one by its place.
    pub(crate) deductions: Vec<String>,
    /// The clauses, each with its place in the tree.
    pub(crate) clauses: Vec<Clause>,
    /// The rights and rules of the law: the clauses of their heads.
    pub(crate) laws: Vec<(usize, LawKind)>,
    /// What overrides what.
    pub(crate) overrides: Vec<Override>,
    /// The layers, the one that all stand on first; none: the policy is not made of layers.
    pub(crate) layers: Vec<String>,
    /// Its files.
    pub(crate) files: Vec<LayerFile>,
    /// How disagreement is settled.
    pub(crate) disciplines: Vec<(AttributeGroup, Discipline)>,
    /// The forms.
    pub(crate) forms: Vec<Form>,
    /// The scenarios of its files.
    pub(crate) scenarios: Vec<Arc<ast::Scenario>>,
}

impl Version {
    /// The clauses under each clause, and at the top.
    pub(crate) fn children(&self) -> BTreeMap<Option<usize>, Vec<usize>> {
        let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (at, clause) in self.clauses.iter().enumerate() {
            for parent in &clause.parents {
                children.entry(*parent).or_default().push(at);
            }
        }
        children
    }

    /// What a file leaves to higher layers of an attribute.
    pub(crate) fn leeway_of_file(&self, file: usize, attribute: Attribute) -> Option<&Leeway> {
        speaks_of(&self.files.get(file)?.leeway, attribute)
    }

    /// What a clause itself leaves to higher layers of an attribute: `everything` is what its condition is known in time for.
    pub(crate) fn leeway_of_clause(&self, at: usize, attribute: Attribute) -> Option<&Leeway> {
        let clause = self.clauses.get(at).filter(|clause| clause.may_settle(attribute))?;
        speaks_of(&clause.leeway, attribute)
    }

    /// The layer of a clause.
    pub(crate) fn layer(&self, at: usize) -> u16 {
        self.clauses.get(at).map_or(0, |clause| clause.layer)
    }

    /// Whether two clauses belong to the same right or rule, or both to the policy itself.
    pub(crate) fn same_law(&self, a: usize, b: usize) -> bool {
        let law = |at: usize| self.clauses.get(at).and_then(|clause| clause.law);
        law(a) == law(b)
    }

    /// The chain of clauses around a clause, itself first, for each way up to the top.
    pub(crate) fn ways_up(&self, at: usize) -> Vec<Vec<usize>> {
        let parents = self.clauses.get(at).map_or(&[][..], |clause| &clause.parents);
        let way = |rest: Vec<usize>| std::iter::once(at).chain(rest).collect();
        parents
            .iter()
            .flat_map(|parent| match parent {
                None => vec![Vec::new()],
                Some(parent) => self.ways_up(*parent),
            })
            .map(way)
            .collect()
    }

    /// The conditions of some clauses.
    pub(crate) fn conds<'a>(&'a self, clauses: &'a [usize]) -> impl Iterator<Item = &'a Cond> {
        clauses.iter().filter_map(|at| self.clauses.get(*at)).map(|clause| &clause.cond)
    }
}

/// Of what is left to higher layers in one place, what speaks of an attribute: by name, else of everything.
fn speaks_of(said: &[Leeway], attribute: Attribute) -> Option<&Leeway> {
    let named = said.iter().find(|leeway| leeway.on.iter().any(|group| group.holds(attribute)));
    named.or_else(|| said.iter().find(|leeway| leeway.on.is_empty()))
}

/// A clause; known by its place in [`Version::clauses`].
#[derive(Debug)]
pub(crate) struct Clause {
    /// Its short name.
    pub(crate) label: String,
    /// The labels down to it, with the prefix of its file.
    pub(crate) path: String,
    /// What the customer reads.
    pub(crate) title: Option<String>,
    /// Where the rule is written down.
    pub(crate) citations: Vec<Spanned<String>>,
    /// The head of its block.
    pub(crate) span: Span,
    /// Its own condition.
    pub(crate) cond: Cond,
    /// The place of that condition.
    pub(crate) cond_span: Span,
    /// What it is an exception to; `None` among them: the top of the policy.
    pub(crate) parents: Vec<Option<usize>>,
    /// Its file, by its place among those of the version.
    pub(crate) file: usize,
    /// Its layer, by place in [`Version::layers`].
    pub(crate) layer: u16,
    /// What it leaves to higher layers, for itself and the clauses in it.
    pub(crate) leeway: Vec<Leeway>,
    /// For a right or rule of the law and all that stands in it: the clause of its head.
    pub(crate) law: Option<usize>,
    /// The finest scope of its condition and those around it.
    pub(crate) scope: Scope,
    /// The latest stage these conditions read.
    pub(crate) stage: Stage,
    /// Its statements of attributes.
    pub(crate) statements: Vec<Statement>,
    /// Its adjustments of windows, for these remedies (none: all), and where.
    pub(crate) adjustments: Vec<(AdjustmentKind, Vec<u16>, Span)>,
    /// Its guards: what each does, its text, and the limit that must be passed first.
    pub(crate) guards: Vec<(GuardKind, Option<String>, Option<Limit>)>,
    /// Its words.
    pub(crate) words: Vec<Words>,
    /// Whether a sentence of it, or its condition, has an error: what it would say is not known.
    pub(crate) broken: bool,
}

/// Words of a clause.
#[derive(Debug)]
pub(crate) struct Words {
    /// True for what can be offered instead.
    pub(crate) offer: bool,
    /// The text.
    pub(crate) text: String,
    /// The answers they wait for, and where that is said; none: they are said always.
    pub(crate) only: Vec<(AnswerKind, Span)>,
}

/// A statement of an attribute.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// Which attribute.
    pub(crate) attribute: Attribute,
    /// Its value.
    pub(crate) value: AttributeValue,
    /// The sentence.
    pub(crate) span: Span,
}

/// An attribute, of one remedy where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Attribute {
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
    /// Form, field, and the answer it is filled in for.
    Field(u16, u16, AnswerKind),
    /// Whether the guards of a clause stand.
    Guard(usize),
    /// Of a right: whether the store chooses among its remedies.
    OneOf,
    /// Of a right: what must happen before it ends.
    Deadline,
    /// Of a right or rule: no other fees, no other deductions.
    NoFees,
    NoDeductions,
    /// Of a rule: how what is read from an identity document may be kept at most.
    Identity,
}

impl Attribute {
    /// What holds where nobody states it, if something does.
    pub(crate) fn unsaid(self, choices: &Choices) -> Option<AttributeValue> {
        Some(match self {
            Self::Remedy(_) | Self::Field(..) | Self::Guard(_) => {
                AttributeValue::No { reason: None, overridable_by: None }
            }
            Self::Fee(..) | Self::Deduction(..) => AttributeValue::NoFee,
            Self::Tax => AttributeValue::Tax(choices.tax),
            Self::Shipping => AttributeValue::Shipping(choices.shipping),
            Self::Discounts => AttributeValue::Discounts(choices.discounts),
            Self::Hold => AttributeValue::Hold(None),
            Self::Due => AttributeValue::Due(None),
            Self::Start(_) | Self::Window(_) | Self::Basis(_) | Self::Pay => return None,
            Self::OneOf | Self::Deadline | Self::NoFees | Self::NoDeductions | Self::Identity => return None,
        })
    }
}

/// Attributes as `on` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeGroup {
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
    Forms,
    Guards,
}

/// A file as part of a layer.
#[derive(Debug)]
pub(crate) struct LayerFile {
    /// What stands before the labels of its clauses: `eu/`.
    #[cfg_attr(not(feature = "locales"), expect(dead_code, reason = "translations are found by it"))]
    pub(crate) prefix: String,
    /// Its layer, by place in [`Version::layers`].
    pub(crate) layer: u16,
    /// The place of its header; that of the policy when it has none.
    pub(crate) header: Span,
    /// What the header leaves to higher layers.
    pub(crate) leeway: Vec<Leeway>,
}

/// What higher layers may make of some attributes.
#[derive(Debug, Clone)]
pub(crate) struct Leeway {
    /// The attributes; none: all that are not named in the same place.
    pub(crate) on: Vec<AttributeGroup>,
    /// What they may.
    pub(crate) may: May,
    /// The sentence.
    pub(crate) span: Span,
}

impl Clause {
    /// What holds an attribute that it states: the law bounds the tax of each line by itself.
    pub(crate) fn holder(&self, attribute: Attribute) -> Scope {
        match attribute {
            Attribute::Tax if self.law.is_some() => Scope::Line,
            attribute => attribute.place().0,
        }
    }

    /// Whether its conditions speak of what holds the attribute, and are known when it is settled.
    pub(crate) fn may_settle(&self, attribute: Attribute) -> bool {
        let (scope, stage) = (self.holder(attribute), attribute.place().1);
        let in_time = self.stage < stage || (self.stage == Stage::Tenders && stage == Stage::Tenders);
        self.scope <= scope && in_time
    }
}

impl Attribute {
    /// Where it is settled: of what holds it, and when.
    pub(crate) fn place(self) -> (Scope, Stage) {
        match self {
            Self::Start(_) | Self::Window(_) | Self::Deadline => (Scope::Line, Stage::Windows),
            Self::Remedy(_) | Self::OneOf => (Scope::Line, Stage::Remedies),
            Self::NoFees | Self::NoDeductions => (Scope::Line, Stage::Amounts),
            Self::Basis(_) | Self::Fee(..) | Self::Deduction(..) => (Scope::Line, Stage::Amounts),
            Self::Tax | Self::Shipping | Self::Discounts => (Scope::Sale, Stage::Amounts),
            Self::Guard(_) => (Scope::Line, Stage::Guards),
            Self::Pay | Self::Hold | Self::Due => (Scope::Tender, Stage::Tenders),
            Self::Field(..) | Self::Identity => (Scope::Line, Stage::Paperwork),
        }
    }
}

impl AttributeGroup {
    /// Whether an attribute belongs to the group.
    pub(crate) fn holds(self, attribute: Attribute) -> bool {
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
            | (Self::Due, Attribute::Due)
            | (Self::Forms, Attribute::Field(..))
            | (Self::Guards, Attribute::Guard(_)) => true,
            (Self::Remedy(a), Attribute::Remedy(b))
            | (Self::Fee(a), Attribute::Fee(b, _))
            | (Self::Deduction(a), Attribute::Deduction(b, _))
            | (Self::Form(a), Attribute::Field(b, ..)) => a == b,
            _ => false,
        }
    }

    /// Whether it holds all that another one does.
    pub(crate) fn includes(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Remedies, Self::Remedy(_)))
    }
}

/// `winner overrides loser`, under every parent they share.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    /// The clause that wins.
    pub(crate) winner: usize,
    /// The clause that gives way.
    pub(crate) loser: usize,
    /// The attributes; empty means all.
    pub(crate) on: Vec<AttributeGroup>,
    /// The sentence.
    pub(crate) span: Span,
}

impl Override {
    /// Whether it speaks of an attribute.
    pub(crate) fn covers(&self, attribute: Attribute) -> bool {
        self.on.is_empty() || self.on.iter().any(|group| group.holds(attribute))
    }
}
