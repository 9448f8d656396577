//! The runnable form of a policy: clauses by number, and for every attribute a list of the clauses that state it.
//! Owned and immutable; made by `crate::compile`; knows nothing of text but the places of clauses.

mod ladder;
mod layers;
mod nodes;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::date::{Calendar, FirstDay, Length, MonthDay, MonthEnd, Term, Zone, extend};
use crate::facts::{CategoryId, Cond, FactId, Schema, SeasonId, Stage, TextId};
use crate::money::{Currency, Rounding};
use crate::source::Span;
use crate::terms::{
    AnswerKind, Bound, Clock, Counted, Discipline, ExtensionRule, FeeUnit, GiftRule, LawKind, Measure, MeetingEvent,
    Order, Period, Sharing, ShippingRule, SplitRest, TaxRule, VersionClock,
};

pub use ladder::{Ladder, Reach, Rung};
pub use layers::{ClauseLeaves, Layers, May, Range};
pub use nodes::Nodes;

/// A policy in all its versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// The facts and words of all versions.
    pub schema: Schema,
    /// The currency of all versions.
    pub currency: Currency,
    /// The versions, by the day they begin.
    pub versions: Vec<Version>,
    /// The date that picks a version, and what counts when it is missing.
    pub clock: (VersionClock, Option<VersionClock>),
    /// The time zones that stores may be in; none: all that there are.
    pub zones: Option<Vec<Zone>>,
    /// The address of the bundle it was loaded from: `sha256:` and 64 hexadecimal digits.
    pub bundle: Option<Arc<str>>,
    /// All clauses of all versions, sorted by version and label path; a [`ClauseId`] is a place in it.
    pub clauses: Vec<Clause>,
}

/// A clause of a version: an index into [`Program::clauses`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId(pub u32);

/// What is known of a clause at run time.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its label path: `everything/electronics`.
    pub path: Arc<str>,
    /// What the customer reads.
    pub title: Option<Arc<str>>,
    /// Where the rule is written down.
    pub citations: Vec<Arc<str>>,
    /// Where it stands.
    pub span: Span,
    /// Its own condition.
    pub cond: Cond,
}

/// A version of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its time zone.
    pub zone: Option<Zone>,
    /// What the header chose.
    pub choices: Choices,
    /// The places where its clauses stand, each after the one it is an exception to: a clause attached to two others
    /// stands twice.
    pub nodes: Vec<Node>,
    /// All of these places.
    pub all: Nodes,
    /// What decides which of them are live, by stage.
    pub tests: Vec<Test>,
    /// The attribute trees; equal trees are shared.
    pub trees: Vec<Tree>,
    /// The tree of each attribute.
    pub attributes: Attributes,
    /// The values that statements give.
    pub values: Vec<AttributeValue>,
    /// Adjustments of windows.
    pub adjustments: Vec<Adjustment>,
    /// For each remedy, the first one whose windows and amounts are made of the same trees; itself when there is none.
    pub like: Vec<u16>,
    /// The law, by clause.
    pub laws: Vec<Law>,
    /// Guards.
    pub guards: Vec<Guard>,
    /// Words.
    pub words: Vec<WordsRule>,
    /// Forms.
    pub forms: Vec<Form>,
}

/// What the header chose. What a policy does not use may be unsaid.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the choices of docs/reference/language.md")]
pub struct Choices {
    pub month_end: MonthEnd,
    pub rounding: Rounding,
    pub discounts: Sharing,
    pub bundles: Option<Sharing>,
    pub gifts: Option<GiftRule>,
    pub tax: TaxRule,
    pub shipping: ShippingRule,
    /// What cash is rounded to; none: cash is not rounded.
    pub cash: Option<CashStep>,
    pub fees: Vec<Fee>,
    /// By the name of a deduction, what the customer reads.
    pub deductions: Vec<(Arc<str>, Arc<str>)>,
    pub extensions: ExtensionRule,
    pub split_first: Vec<u16>,
    pub split_rest: SplitRest,
    pub without: Vec<(Clock, Without)>,
    pub deadline: MeetingEvent,
    /// Who may lift a late return; none: final.
    pub late: Option<u16>,
    pub together: bool,
    /// Who may approve how much; none: the policy does not say.
    pub authority: Option<Ladder>,
}

/// The smallest coin.
#[derive(Debug, Clone, PartialEq)]
pub struct CashStep {
    /// What it is worth.
    pub step: Decimal,
    /// The countries where that is so, of the store that gives the money back; none named: everywhere.
    pub countries: Vec<TextId>,
}

/// A fee of the header.
#[derive(Debug, Clone, PartialEq)]
pub struct Fee {
    /// Its name.
    pub name: Arc<str>,
    /// What the customer reads.
    pub title: Option<Arc<str>>,
    /// What it is counted by.
    pub unit: FeeUnit,
    /// Whether the line's tax rate is charged on it.
    pub taxed: bool,
}

/// What to do when the date of a clock is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Without {
    Use(Clock),
    Ask,
    Refer(u16),
}

/// A place in the tree of clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// The clause that stands here.
    pub clause: ClauseId,
    /// The place it is an exception to.
    pub parent: Option<u32>,
}

/// A question whose answer decides whether clauses are live.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The question.
    pub question: Question,
    /// The latest stage it reads; that of tenders: asked for each part of the money.
    pub stage: Stage,
    /// By answer, the places of the clauses whose condition does not hold then, and all below them.
    pub held: Vec<Nodes>,
    /// The places it speaks of: of these nothing is known without an answer.
    pub nodes: Nodes,
}

/// What is asked; the answer is a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// A fact: of yes and no, yes is 1; of words, the place of the word.
    Fact(FactId),
    /// Whether the item is in these categories; yes is 1.
    Category(CategoryId),
    /// Whether a condition holds; yes is 1.
    Cond(Cond),
}

/// What the clauses state of one attribute, as a list. A statement speaks when its clause is live and nothing in
/// [`Statement::unless`] is said; so exceptions and overrides need no walk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tree {
    /// The statements, a clause before its exceptions.
    pub statements: Vec<Statement>,
    /// The places of the statements and of the clauses around them, the innermost first.
    pub branches: Vec<Branch>,
    /// The same places as a set.
    pub nodes: Nodes,
    /// Those that state something.
    pub stated: Nodes,
    /// How disagreeing siblings are settled, when the header says so.
    pub discipline: Option<Discipline>,
    /// Where statements of several layers meet, which is of which.
    pub layers: Option<Box<Layers>>,
}

/// What a clause states.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// Its place: an index into [`Version::nodes`].
    pub node: u32,
    /// The clause.
    pub clause: ClauseId,
    /// What it states: an index into [`Version::values`].
    pub value: u32,
    /// Statements of its exceptions: one of them said, and this one is not.
    pub exceptions: Nodes,
    /// These, and the statements of what overrides its clause or one around it.
    pub unless: Nodes,
}

/// A place in a tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Branch {
    /// An index into [`Version::nodes`].
    pub node: u32,
    /// Statements of what overrides its clause or one around it.
    pub winners: Nodes,
}

/// A tree: an index into [`Version::trees`]. Attributes that nobody states have none.
pub type TreeId = Option<u32>;

/// The tree of each attribute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes {
    /// By remedy.
    pub remedy: Vec<TreeId>,
    /// By remedy.
    pub start: Vec<TreeId>,
    /// By remedy.
    pub window: Vec<TreeId>,
    /// By remedy.
    pub basis: Vec<TreeId>,
    /// By fee of the header, then remedy.
    pub fee: Vec<Vec<TreeId>>,
    /// Name, and tree by remedy; sorted by name.
    pub deductions: Vec<(Arc<str>, Vec<TreeId>)>,
    /// Tax back.
    pub tax: TreeId,
    /// Shipping back.
    pub shipping: TreeId,
    /// Discount sharing.
    pub discounts: TreeId,
    /// Route.
    pub pay: TreeId,
    /// Hold.
    pub hold: TreeId,
    /// Due.
    pub due: TreeId,
    /// By form, then by answer as in [`AnswerKind::ALL`], then by field.
    pub fields: Vec<Vec<Vec<TreeId>>>,
    /// Of a right: whether the store chooses among its remedies.
    pub one_of: TreeId,
    /// Of a right: what must happen before it ends.
    pub deadline: TreeId,
    /// Of a right or rule: no fees that it does not name.
    pub no_fees: TreeId,
    /// Likewise deductions.
    pub no_deductions: TreeId,
    /// Of a rule: how what is read from an identity document may be kept at most.
    pub identity: TreeId,
}

impl Attributes {
    /// Whether nothing is stated but what may be kept of identity documents.
    pub(crate) fn bounds_only_identity(&self) -> bool {
        let Self {
            remedy,
            start,
            window,
            basis,
            fee,
            deductions,
            tax,
            shipping,
            discounts,
            pay,
            hold,
            due,
            fields,
            ..
        } = self;
        let Self { one_of, deadline, no_fees, no_deductions, identity: _, .. } = self;
        let mut lists = [remedy, start, window, basis].into_iter().chain(fee).chain(fields.iter().flatten());
        let one = [tax, shipping, discounts, pay, hold, due, one_of, deadline, no_fees, no_deductions];
        lists.all(|list| list.iter().all(Option::is_none))
            && deductions.iter().all(|(_, list)| list.iter().all(Option::is_none))
            && one.into_iter().all(Option::is_none)
    }
}

/// A right or a rule of the law: attributes of its own, which bound what the policy comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// Its head.
    pub clause: ClauseId,
    /// Where its head stands.
    pub nodes: Nodes,
    /// Which of them it is.
    pub kind: LawKind,
    /// What it states.
    pub attributes: Attributes,
    /// Adjustments of its windows.
    pub adjustments: Vec<Adjustment>,
}

/// The value of an attribute. Equal values have one place in [`Version::values`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the attributes")]
pub enum AttributeValue {
    /// A remedy, a field, a guard: yes.
    Yes,
    /// No; for a remedy with what the clause says, and who may lift it.
    No {
        reason: Option<Arc<str>>,
        overridable_by: Option<u16>,
    },
    Start(Vec<StartDate>),
    Window {
        length: WindowLength,
        fixed: bool,
    },
    Basis {
        percent: Decimal,
        price: Price,
    },
    NoFee,
    Fee(FeeAmount),
    Tax(TaxRule),
    Shipping(ShippingRule),
    Discounts(Sharing),
    Route {
        to: Destination,
        up_to: Option<Decimal>,
        rest: Option<u16>,
    },
    /// In the law: one of these; the first where the policy names none of them.
    RouteOneOf(Vec<Destination>),
    Hold(Option<(Term, PayEvent)>),
    Deadline(MeetingEvent),
    /// Within what time; none: at once.
    Due(Option<Within>),
    /// In the law: no longer and no plainer than this.
    Kept(Kept),
}

/// The time to pay in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// How long.
    pub term: Term,
    /// After what.
    pub after: PayEvent,
    /// Not before the earliest of these events of the return has come; none: whatever is still to come.
    pub not_before: Vec<MeetingEvent>,
    /// The same in words, with its calendar.
    pub words: Arc<str>,
}

/// The amount of a fee or deduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeAmount {
    /// How much.
    pub of: FeeOf,
    /// However little that is.
    pub at_least: Option<FeeBound>,
    /// However much that is.
    pub at_most: Option<FeeBound>,
}

/// What a fee or deduction comes to within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeOf {
    /// So many percent of the goods.
    Percent(Decimal),
    /// An amount.
    Money(Decimal),
    /// What a money fact says.
    Fact(FactId),
    /// As many percent of the goods as a number fact says.
    FactPercent(FactId),
}

/// A bound of a fee or deduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeBound {
    /// An amount.
    Money(Decimal),
    /// So many percent of the goods.
    Percent(Decimal),
}

/// A date that a window starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StartDate {
    /// One of the language.
    Clock(Clock),
    /// A declared one.
    Fact(FactId),
}

impl StartDate {
    /// As the language writes it.
    pub fn words(self, schema: &Schema) -> &str {
        match self {
            Self::Clock(clock) => clock.word(),
            Self::Fact(fact) => schema.fact(fact).map_or("", |fact| fact.name.as_str()),
        }
    }
}

/// What a hold or the time to pay counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum PayEvent {
    Sold,
    Requested,
    /// An event of the return; only a due day counts from it.
    Back(MeetingEvent),
    Fact(FactId),
}

/// The length of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum WindowLength {
    /// The last: a window that would end on a day that is none of its business days runs on to the next.
    Length(Term, FirstDay, Option<Arc<Calendar>>),
    /// The same of a length that a fact tells.
    Told(ToldLength, FirstDay, Option<Arc<Calendar>>),
    Until(Day),
    /// A declared date.
    UntilFact(FactId),
    NoLimit,
}

impl WindowLength {
    /// Whether it is counted from a start.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        matches!(self, Self::Length(..) | Self::Told(..))
    }
}

/// A length whose number a fact tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldLength {
    /// The fact.
    pub fact: FactId,
    /// None of what it counts, as it is counted.
    pub none: Term,
    /// However little it says.
    pub at_least: Option<u32>,
    /// However much it says.
    pub at_most: Option<u32>,
}

impl ToldLength {
    /// So many of what it counts.
    #[must_use]
    pub fn of(&self, count: u32) -> Term {
        Term { length: Length { count, ..self.none.length }, ..self.none.clone() }
    }

    /// The length where the fact says `number`: within the bounds. Nothing where that cannot be counted, as below zero.
    #[must_use]
    pub fn within(&self, number: Decimal) -> Option<Term> {
        let number = self.at_least.map_or(number, |least| number.max(least.into()));
        let number = self.at_most.map_or(number, |most| number.min(most.into()));
        u32::try_from(number.trunc()).ok().map(|count| self.of(count))
    }
}

/// A day as a policy names it; of a season, with the fact whose date picks the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Day {
    Date(NaiveDate),
    MonthDay(MonthDay, SeasonId, FactId),
    DeadlineOf(SeasonId, FactId),
    DayAfter(SeasonId, FactId),
}

/// A price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Price {
    Paid,
    Current,
    List,
    /// The length as written, which is how a request names it.
    LowestIn(Arc<str>),
    Nothing,
}

/// Where money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Destination {
    Original,
    AskedFor,
    Tender(u16),
}

/// An adjustment of windows.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    /// The clause that states it.
    pub clause: ClauseId,
    /// The layer of the clause.
    pub layer: u16,
    /// Its places; one of them live is enough.
    pub nodes: Nodes,
    /// The remedies; empty means all.
    pub remedies: Vec<u16>,
    /// What it does.
    pub kind: AdjustmentKind,
}

/// What an adjustment does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum AdjustmentKind {
    Longer(Term),
    Bound(Bound, Day),
    StartNotBefore(Day),
    /// Days in repair do not count; so much is left after them.
    Pauses(Option<Term>),
    /// A window that ends in the season goes on for so long after it.
    Ending(SeasonId, Term),
}

/// A guard.
#[derive(Debug, Clone, PartialEq)]
pub struct Guard {
    /// The clause that states it.
    pub clause: ClauseId,
    /// Whether it is asked once for the visit.
    pub of_visit: bool,
    /// Whether it stands: yes from its clause, no from a `waive`.
    pub tree: TreeId,
    /// What it does.
    pub kind: GuardKind,
    /// What the clause says.
    pub text: Option<Arc<str>>,
    /// It acts only where this is passed.
    pub limit: Option<Limit>,
}

/// A limit over history.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// What is measured.
    pub measure: Measure,
    /// Of whom.
    pub per: Counted,
    /// Over what time.
    pub span: LimitSpan,
    /// The most that passes.
    pub at_most: Decimal,
    /// Returns worth less do not count.
    pub floor: Option<Decimal>,
    /// How old the history may be.
    pub fresh: Option<Term>,
}

/// The time a limit looks back over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum LimitSpan {
    Rolling(Term),
    Calendar(Period),
    Ever,
}

/// What a guard does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuardKind {
    /// Refers to a role.
    Refer(u16),
    /// Accepts once a role has verified.
    Verify {
        /// The role.
        role: u16,
        /// Within this time.
        within: Option<Term>,
        /// What happens when it fails; none: a person decides.
        failed: Option<Box<Failed>>,
    },
    /// Declines; this role may lift it.
    Stop(Option<u16>),
}

/// What happens when a verification fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Refers or stops.
    pub kind: GuardKind,
    /// What the clause says.
    pub text: Option<Arc<str>>,
}

/// Words of a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct WordsRule {
    /// The clause that states them.
    pub clause: ClauseId,
    /// Its places.
    pub nodes: Nodes,
    /// The right or rule it belongs to, by place in [`Version::laws`].
    pub law: Option<u16>,
    /// Whether it speaks of the visit.
    pub of_visit: bool,
    /// True for what can be offered instead.
    pub offer: bool,
    /// The text.
    pub text: Arc<str>,
    /// The answers they wait for; none: they are said always.
    pub only: Vec<AnswerKind>,
}

/// A form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Its short name.
    pub label: Arc<str>,
    /// Its title.
    pub title: Option<Arc<str>>,
    /// Whether it is asked once for the visit: everything that collects it speaks of the visit.
    pub of_visit: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Form {
    /// A field of it as policies name it: `no-receipt-log.id_number`.
    pub(crate) fn path(&self, field: &Field) -> String {
        format!("{}.{}", self.label, field.name)
    }
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its short name.
    pub name: Arc<str>,
    /// What the clerk reads.
    pub title: Option<Arc<str>>,
    /// What may be filled in.
    pub ty: FieldType,
    /// When an answer is required; none: optional.
    pub required: Option<Cond>,
    /// What the answers further up must be before this one is asked; all of it.
    pub when: Vec<AnswerTest>,
    /// What fills it in until somebody answers otherwise.
    pub prefilled: Option<Told>,
    /// What an answer must be like.
    pub checks: Vec<FieldCheck>,
    /// Whether the answer stands on the printed form.
    pub printed: bool,
    /// Who fills it in.
    pub from: Option<Arc<str>>,
    /// How it is kept, where the law says no less.
    pub kept: Option<Kept>,
    /// It is read from an identity document.
    pub identity: bool,
    /// Why it is asked.
    pub purpose: Option<Arc<str>>,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum FieldType {
    Text,
    Number,
    WholeNumber,
    Money,
    Date,
    YesNo,
    OneOf(Vec<Arc<str>>),
    Signature(Arc<str>),
    Photo,
    Email,
    Phone,
    Address,
    Imei,
    Gtin,
}

/// What the answer of a field further up must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerTest {
    /// The field, by place in the form.
    pub field: u16,
    /// Whether it must not be so.
    pub negated: bool,
    /// What it is.
    pub is: AnswerIs,
}

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerIs {
    /// Yes.
    Yes,
    /// One of these.
    OneOf(Vec<Arc<str>>),
    /// So much.
    Number(Order, Decimal),
}

/// What an answer must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldCheck {
    /// No less than this.
    AtLeast(Decimal),
    /// No more than this.
    AtMost(Decimal),
    /// So long.
    Letters {
        /// As few as this.
        least: u32,
        /// As many as this.
        most: u32,
        /// Only digits.
        digits: bool,
    },
    /// No earlier than this day.
    NotBefore(FormDay),
    /// No later than this day.
    NotAfter(FormDay),
    /// The same as this.
    SameAs(Told),
}

/// The day an answer is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormDay {
    /// The day of the request.
    Today,
    /// This one.
    Date(NaiveDate),
    /// One that is told.
    Told(Told),
}

/// Something that is told before a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A fact.
    Fact(FactId),
    /// The serial numbers that come back with the line.
    Serials,
    /// The answer of a field further up, by place in the form.
    Field(u16),
}

/// How an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Kept {
    Never,
    HashFor(Length),
    For(Length),
}

impl Kept {
    /// How long it is kept.
    pub(crate) fn length(self) -> Option<Length> {
        match self {
            Self::Never => None,
            Self::HashFor(length) | Self::For(length) => Some(length),
        }
    }

    /// How an answer given on `day` is kept that is kept like this by one and like that by another: not at all rather than as a
    /// hash, as a hash rather than as it is, and for the shorter of two times.
    pub(crate) fn within(own: Option<Self>, bound: Option<Self>, day: NaiveDate, month_end: MonthEnd) -> Option<Self> {
        let end = |length: Length| extend(day, length, month_end, None).unwrap_or(day);
        let shorter = |a: Length, b: Option<Length>| b.filter(|b| end(*b) < end(a)).unwrap_or(a);
        match (own, bound) {
            (kept, None) | (None, kept) => kept,
            (Some(Self::Never), _) | (_, Some(Self::Never)) => Some(Self::Never),
            (Some(Self::HashFor(hash)), Some(other)) | (Some(other), Some(Self::HashFor(hash))) => {
                Some(Self::HashFor(shorter(hash, other.length())))
            }
            (Some(Self::For(own)), Some(Self::For(bound))) => Some(Self::For(shorter(own, Some(bound)))),
        }
    }
}

/// What stands where a policy need not say anything.
impl Default for Choices {
    fn default() -> Self {
        Self {
            month_end: MonthEnd::LastDay,
            rounding: Rounding::HalfUp,
            discounts: Sharing::InProportion,
            bundles: None,
            gifts: None,
            tax: TaxRule::InFull,
            shipping: ShippingRule::NotReturned,
            cash: None,
            fees: Vec::new(),
            deductions: Vec::new(),
            extensions: ExtensionRule::AddUp,
            split_first: Vec::new(),
            split_rest: SplitRest::AsTendered,
            without: Vec::new(),
            deadline: MeetingEvent::Told,
            late: None,
            together: false,
            authority: None,
        }
    }
}

impl Version {
    fn decides_like(&self, other: &Self) -> bool {
        let Self { name, from, zone, choices, nodes, all, tests, trees, .. } = self;
        let Self { attributes, values, adjustments, like, laws, guards, words, forms, .. } = self;
        let unnamed = |choices: &Choices| Choices { deductions: Vec::new(), ..choices.clone() };
        (name, from, zone) == (&other.name, &other.from, &other.zone)
            && unnamed(choices) == unnamed(&other.choices)
            && (nodes, all, tests, trees) == (&other.nodes, &other.all, &other.tests, &other.trees)
            && (attributes, values, adjustments) == (&other.attributes, &other.values, &other.adjustments)
            && (like, laws, guards) == (&other.like, &other.laws, &other.guards)
            && (words, forms) == (&other.words, &other.forms)
    }

    /// A version without clauses, which offers nothing.
    pub(crate) fn empty() -> Self {
        Self {
            name: String::new(),
            from: NaiveDate::MIN,
            zone: None,
            choices: Choices::default(),
            nodes: Vec::new(),
            all: Nodes::default(),
            tests: Vec::new(),
            trees: Vec::new(),
            attributes: Attributes::default(),
            values: Vec::new(),
            adjustments: Vec::new(),
            like: Vec::new(),
            laws: Vec::new(),
            guards: Vec::new(),
            words: Vec::new(),
            forms: Vec::new(),
        }
    }
}

impl Program {
    /// Whether another program decides everything as this one does, clause for clause: it may stand in another text, and call
    /// its deductions otherwise.
    pub(crate) fn decides_like(&self, other: &Self) -> bool {
        let Self { name, schema, currency, versions, clock, clauses, zones, bundle: _ } = self;
        let clause = |(one, other): (&Clause, &Clause)| {
            let Clause { path, title, citations, span: _, cond } = one;
            (path, title, citations, cond) == (&other.path, &other.title, &other.citations, &other.cond)
        };
        (name, schema, currency, clock, zones)
            == (&other.name, &other.schema, &other.currency, &other.clock, &other.zones)
            && clauses.len() == other.clauses.len()
            && clauses.iter().zip(&other.clauses).all(clause)
            && versions.len() == other.versions.len()
            && versions.iter().zip(&other.versions).all(|(one, other)| one.decides_like(other))
    }

    /// The zone of a name that a store may be in; else what to tell whoever asked for it.
    pub(crate) fn zone(&self, name: &str) -> Result<Zone, String> {
        #[cfg(feature = "compile")]
        if self.zones.is_none() {
            return crate::date::parse_zone(name).map_err(|error| error.to_string());
        }
        let zones = self.zones.as_deref().unwrap_or_default();
        zones.iter().find(|zone| zone.name() == name).cloned().ok_or_else(|| {
            let known: Vec<&str> = zones.iter().map(Zone::name).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            format!("`{name}` is not a time zone of this bundle; it has {known}")
        })
    }

    /// A clause of this program.
    pub fn clause(&self, id: ClauseId) -> Option<&Clause> {
        self.clauses.get(id.0 as usize)
    }
}
