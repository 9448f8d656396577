//! The tree of a policy file, as written: names are text, every part has its place. Broken text stays in the tree as
//! `Bad`, so a tree always exists. Meaning is given when it is checked.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::date::{Length, MonthDay, Unit, When};
use crate::source::{Span, Spanned};
pub use crate::terms::{
    AnswerKind, Bound, Clock, Counted, Discipline, ExtensionRule, FeeUnit, GiftRule, LawKind, LeewayKind, Measure,
    MeetingEvent, Order, Period, Sharing, ShippingRule, SplitRest, TaxRule, VersionClock,
};

/// A name of one or more words (`store credit`, `changed mind`), as written, without quotes.
pub type Name = Spanned<String>;

/// A label with the labels around it, outermost first: `everything/electronics`.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelPath {
    /// The labels, outermost first; at least one.
    pub parts: Vec<String>,
    /// The whole path.
    pub span: Span,
}

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// The entries in the order of the text.
    pub items: Vec<Item>,
    /// The whole text.
    pub span: Span,
}

/// An entry at the top of a file.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is documented by the struct it holds")]
pub enum Item {
    Use(Use),
    Policy(Policy),
    Library(Library),
    Choices(Choices),
    Vocabulary(Vocabulary),
    Category(Category),
    List(List),
    Season(Season),
    Fact(Fact),
    Question(Question),
    Clause(Clause),
    Overrides(Overrides),
    Form(Form),
    Scenario(Arc<Scenario>),
    Bad(Bad),
}

/// A run of text that is no sentence; its diagnostic is made by the parser.
#[derive(Debug, Clone, PartialEq)]
pub struct Bad {
    /// The run.
    pub span: Span,
    /// The second word of a broken clause head, so that its label still counts as known.
    pub label: Option<Name>,
    /// What could be read inside the block of such a head, so that the labels in it count as known too.
    pub inside: Vec<Statement>,
}

/// `use "common.takeback" as common`.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The file's name as the source set knows it.
    pub path: Spanned<String>,
    /// Prefix of the labels that come from it.
    pub prefix: Option<Name>,
    /// The whole sentence.
    pub span: Span,
}

/// `policy "Best Buy" version "2025.1" { … }`: the header of one version.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The policy's name, the same in all its versions.
    pub name: Spanned<String>,
    /// The version.
    pub version: Spanned<String>,
    /// The lines of the header.
    pub header: Header,
    /// The head of the block (`policy … version …`).
    pub span: Span,
}

/// `library "EU law" { choices { … } }`: the header of a file that others use.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// The library's name.
    pub name: Spanned<String>,
    /// Only choices and disagreements may stand here.
    pub header: Header,
    /// The head of the block.
    pub span: Span,
}

/// The lines of a header. A line may be missing (the checker says so) or stand twice (likewise).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// `in force from … by date …`.
    pub in_force: Vec<InForce>,
    /// `currency USD`.
    pub currency: Vec<Spanned<String>>,
    /// `time zone "America/New_York"`.
    pub zone: Vec<Spanned<String>>,
    /// `choices { … }`.
    pub choices: Vec<Choices>,
    /// `where clauses disagree on window: …`.
    pub disagree: Vec<Disagree>,
    /// `layers chain, country, store`.
    pub layers: Vec<Spanned<Vec<Name>>>,
    /// `layer country`.
    pub layer: Vec<Name>,
    /// `higher layers may improve window`.
    pub leeway: Vec<Leeway>,
}

/// `in force from 2026-01-15 by date sold, otherwise date requested`.
#[derive(Debug, Clone, PartialEq)]
pub struct InForce {
    /// First day, inclusive.
    pub from: Spanned<NaiveDate>,
    /// Which date picks the version.
    pub by: Spanned<VersionClock>,
    /// What counts when that date is missing.
    pub otherwise: Option<Spanned<VersionClock>>,
    /// The whole sentence.
    pub span: Span,
}

/// `where clauses disagree on window most favourable to the customer`.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagree {
    /// The attributes.
    pub on: Vec<Attribute>,
    /// How several values become one.
    pub discipline: Spanned<Discipline>,
    /// The whole sentence.
    pub span: Span,
}

/// `higher layers may change window within 14 days to 60 days`: what the clauses of higher layers may make of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Leeway {
    /// What they may do.
    pub kind: LeewayKind,
    /// The attributes; none: everything that is not named in the same place.
    pub on: Vec<Attribute>,
    /// From where to where, of `change` only.
    pub within: Option<(Spanned<LeewayEnd>, Spanned<LeewayEnd>)>,
    /// The whole sentence.
    pub span: Span,
}

/// One end of a range that higher layers keep to.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum LeewayEnd {
    Length(Length),
    Percent(Decimal),
    Money(Value),
}

/// The name of an attribute in `overrides … on` and `where clauses disagree on`.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Which attribute or family.
    pub kind: AttributeKind,
    /// Where.
    pub span: Span,
}

/// An attribute as named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum AttributeKind {
    /// All remedies.
    Remedies,
    /// All guards.
    Guards,
    /// All fields of all forms.
    Forms,
    Remedy(String),
    Window,
    Start,
    Basis,
    Tax,
    Shipping,
    Discounts,
    Pay,
    Hold,
    Due,
    Fee(String),
    Deduction(String),
    /// All fields of one form.
    Form(String),
}

/// `choices { … }`: what the language refuses to guess.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// One line each.
    pub lines: Vec<Spanned<Choice>>,
    /// The word `choices`.
    pub span: Span,
}

/// A day on which a shop is closed: of one year or of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum ClosedDay {
    Date(NaiveDate),
    MonthDay(MonthDay),
}

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// `days counted from the day after | the day itself`.
    FirstDay(crate::date::FirstDay),
    /// `months end on the last day | run into the next month`.
    Months(crate::date::MonthEnd),
    /// `business days germany, closed December 24, 2026-12-31`.
    BusinessDays {
        /// The calendar that is meant where a sentence names none.
        calendar: Name,
        /// Days on which the shop does no business either.
        closed: Vec<Spanned<ClosedDay>>,
    },
    /// `windows end on a business day`: one that would end on another day runs on to the next.
    WindowsEnd {
        /// False: `on any day`.
        on_business_day: bool,
    },
    /// `rounding half up`.
    Rounding(crate::money::Rounding),
    /// `discounts shared in proportion | clawed back | void`.
    Discounts(Sharing),
    /// `bundles …`, same words.
    Bundles(Sharing),
    /// `gifts value deducted | must come back | kept free`.
    Gifts(GiftRule),
    /// `tax returned in full | returned on what is refunded | not returned`.
    Tax(TaxRule),
    /// `cash not rounded | to the nearest 0.05 EUR in "BE", "FI"`.
    Cash(Option<CashStep>),
    /// `shipping …`.
    Shipping(ShippingRule),
    /// `fee restocking per line, untaxed`.
    Fee {
        /// The fee's name.
        name: Name,
        /// What the customer reads.
        title: Option<Spanned<String>>,
        /// What it is counted by.
        unit: FeeUnit,
        /// Whether the line's tax rate is charged on it.
        taxed: bool,
    },
    /// `deduction missing-parts "Missing parts"`.
    Deduction {
        /// The deduction's name.
        name: Name,
        /// What the customer reads.
        title: Spanned<String>,
    },
    /// `extensions add up | longest counts`.
    Extensions(ExtensionRule),
    /// `split payments gift card first, then in proportion`.
    Split {
        /// Tenders paid back first, in this order.
        first: Vec<Name>,
        /// How the rest is shared.
        rest: SplitRest,
    },
    /// `without received use sold | ask | refer to manager`.
    Without {
        /// The clock whose date may be missing.
        clock: Clock,
        /// What then.
        then: Without,
    },
    /// `deadline met when told | sent | received`.
    Deadline(MeetingEvent),
    /// `late returns final | overridable by manager`.
    Late(Finality),
    /// `lines each by itself | all together`.
    Lines {
        /// True when one line that is not accepted holds back the whole visit.
        together: bool,
    },
    /// `authority clerk up to 50.00 USD, manager up to any amount`.
    Authority(Vec<Rung>),
}

/// How much a role may approve.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// The role.
    pub role: Name,
    /// How much.
    pub reach: Reach,
}

/// How far the authority of a role reaches.
#[derive(Debug, Clone, PartialEq)]
pub enum Reach {
    /// `up to 50.00 USD`.
    UpTo(Spanned<Value>),
    /// `up to any amount`.
    AnyAmount,
    /// `in its own matters`: any amount, of what is referred to this role and no other.
    OwnMatters,
}

/// What cash is rounded to.
#[derive(Debug, Clone, PartialEq)]
pub struct CashStep {
    /// The smallest coin.
    pub step: Spanned<Value>,
    /// The countries where it is; none named: everywhere.
    pub countries: Vec<Spanned<String>>,
}

/// What to do when the date of a clock is missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Without {
    /// Use another date.
    Use(Spanned<Clock>),
    /// Ask for it.
    Ask,
    /// Refer to this role.
    Refer(Name),
}

/// Whether a refusal can be overridden.
#[derive(Debug, Clone, PartialEq)]
pub enum Finality {
    /// Nobody can.
    Final,
    /// This role or one above it can.
    Overridable(Name),
}

/// Words of the shop, added to the standard ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Vocabulary {
    /// `tender layaway, paypal` and the like.
    Plain {
        /// Which list is added to.
        kind: VocabularyKind,
        /// The new words.
        names: Vec<Name>,
        /// The whole sentence.
        span: Span,
    },
    /// `remedy half credit: money to gift card`.
    Remedy {
        /// The remedy.
        name: Name,
        /// What it gives.
        kind: RemedyKind,
        /// It is not told of to customers who want something else.
        only_if_asked: bool,
        /// The whole sentence.
        span: Span,
    },
    /// `role gemologist`, `role shift lead above clerk`.
    Role {
        /// The role.
        name: Name,
        /// The role just below it, whose authority it has too.
        above: Option<Name>,
        /// The whole sentence.
        span: Span,
    },
}

/// A list of words that a policy may add to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum VocabularyKind {
    Tender,
    Reason,
    Condition,
    Proof,
    Channel,
}

/// What a remedy gives.
#[derive(Debug, Clone, PartialEq)]
pub enum RemedyKind {
    /// Money, by the routes of the policy.
    Money,
    /// Money, always to this tender.
    MoneyTo(Name),
    /// Other goods; their price is set against the value of the line.
    Goods,
    /// Neither (a repair).
    Service,
    /// Money for goods that the customer keeps: what was paid, less the basis.
    PriceDifference,
}

/// `category electronics = "Electronics", "Computers" except "Electronics/Batteries"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Its name.
    pub label: Name,
    /// The paths it covers, each with all below.
    pub paths: Vec<Spanned<String>>,
    /// Paths it leaves out.
    pub except: Vec<Spanned<String>>,
    /// The whole sentence.
    pub span: Span,
}

/// `list fee-free = "AL", "CO"`.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its name.
    pub label: Name,
    /// What is in it.
    pub values: Vec<Spanned<String>>,
    /// The whole sentence.
    pub span: Span,
}

/// `season holiday = …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Season {
    /// Its name.
    pub label: Name,
    /// Its days.
    pub days: SeasonDays,
    /// The whole sentence.
    pub span: Span,
}

/// The days of a season.
#[derive(Debug, Clone, PartialEq)]
pub enum SeasonDays {
    /// Every year, inclusive at both ends; may wrap the year.
    Yearly {
        /// First day.
        from: Spanned<MonthDay>,
        /// Last day.
        to: Spanned<MonthDay>,
        /// Its deadline: first occurrence after the end.
        until: Option<Spanned<MonthDay>>,
    },
    /// Stated years.
    Dated(Vec<SeasonInstance>),
}

/// `2023-10-27 to 2023-12-30 until 2024-01-13`.
#[derive(Debug, Clone, PartialEq)]
pub struct SeasonInstance {
    /// First day.
    pub from: Spanned<NaiveDate>,
    /// Last day.
    pub to: Spanned<NaiveDate>,
    /// Its deadline.
    pub until: Option<Spanned<NaiveDate>>,
    /// The whole instance.
    pub span: Span,
}

/// `fact customer.tier : one of none, plus, total, as of sale`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its name, with dots.
    pub name: Name,
    /// How the customer is asked.
    pub question: Option<Spanned<String>>,
    /// Its type.
    pub ty: Spanned<FactType>,
    /// `of the item`, or `as of sale` (the sale) and `as of return` (the visit).
    pub scope: Option<Spanned<FactScope>>,
    /// What absence means.
    pub otherwise: Option<Spanned<Value>>,
    /// Whether the customer can still change it.
    pub changeable: bool,
    /// How old an outside figure may be at the request.
    pub fresh: Option<Spanned<Length>>,
    /// The whole sentence.
    pub span: Span,
}

/// `fact condition "In what state is it?"`: of a fact that is known already.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The fact.
    pub fact: Name,
    /// How the customer is asked.
    pub text: Spanned<String>,
    /// The whole sentence.
    pub span: Span,
}

/// The type of a declared fact.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum FactType {
    YesNo,
    OneOf(Vec<Name>),
    WholeNumber,
    Number,
    Money,
    Date,
    Text,
    ListOfText,
}

/// Where a declared fact lives, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum FactScope {
    Visit,
    Sale,
    Item,
    Tender,
    /// `as of sale`: one value a sale.
    AsOfSale,
    /// `as of return`: one value a visit.
    AsOfReturn,
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the kinds of constants")]
pub enum Value {
    Money {
        amount: Decimal,
        currency: String,
    },
    Date(NaiveDate),
    Number(Decimal),
    /// A word or quoted text; `yes` and `no` too.
    Name(String),
}

/// `clause electronics "Electronics" when … { … }`, or `except …` inside one.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its short name, unique under its parent.
    pub label: Name,
    /// For a right or a rule of the law, which of them; exceptions inside have none of their own.
    pub law: Option<LawKind>,
    /// What the customer reads.
    pub title: Option<Spanned<String>>,
    /// `exception to a, b`: where else in the tree it stands, instead of here.
    pub attach: Vec<LabelPath>,
    /// When it applies, together with all around it.
    pub when: Option<Condition>,
    /// `from "…"`: where the rule is written down.
    pub citations: Vec<Spanned<String>>,
    /// Its statements and exceptions, in the order of the text.
    pub body: Vec<Statement>,
    /// The head of the block.
    pub span: Span,
}

/// What a store may keep of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Charge {
    Fees,
    Deductions,
}

/// `limit refund per customer in any 365 days at most 100.00 USD, otherwise refer to manager`.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// What is measured.
    pub measure: Measure,
    /// Of whom.
    pub per: Counted,
    /// Over what time.
    pub span: LimitSpan,
    /// The most that passes: an amount of money, or a number.
    pub at_most: Spanned<Value>,
    /// Returns worth less do not count.
    pub floor: Option<Spanned<Value>>,
    /// How old the history may be.
    pub fresh: Option<Length>,
    /// What happens above: `refer` or `stop`.
    pub otherwise: Box<StatementKind>,
}

/// The time a limit looks back over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum LimitSpan {
    Rolling(Length),
    Calendar(Period),
    Ever,
}

/// `no-receipt, unsaleable overrides electronics on window`.
#[derive(Debug, Clone, PartialEq)]
pub struct Overrides {
    /// The clauses that win, each over every loser.
    pub winners: Vec<LabelPath>,
    /// The clauses that give way.
    pub losers: Vec<LabelPath>,
    /// The attributes; empty means all.
    pub on: Vec<Attribute>,
    /// The whole sentence.
    pub span: Span,
}

/// A sentence inside a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it says.
    pub kind: StatementKind,
    /// The whole sentence; of an exception, its head.
    pub span: Span,
    /// The calendar it names: `10 business days of us-federal`.
    pub calendar: Option<Name>,
}

/// `as before`, or `as in electronics`.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum AsBefore {
    Before,
    In(LabelPath),
}

/// A value, or the value of a clause above.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Or<T> {
    Is(T),
    As(AsBefore),
}

/// What a sentence says. `remedies` is empty when the sentence speaks of all.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the sentence forms of the language; see the language reference")]
pub enum StatementKind {
    Except(Clause),
    Overrides(Overrides),
    Accept(Or<Vec<Name>>),
    /// In a right: at least one of them, as the store prefers.
    AcceptOneOf(Vec<Name>),
    AlsoAccept(Vec<Name>),
    No {
        remedies: Vec<Name>,
        reason: Option<Spanned<String>>,
        finality: Option<Finality>,
    },
    Decline {
        reason: Spanned<String>,
        finality: Option<Finality>,
    },
    /// In a right or rule: no fees, or no deductions, that it does not name.
    NoCharges(Charge),
    /// In a right: what must happen before it ends.
    DeadlineMet(MeetingEvent),
    /// In a rule: how what is read from an identity document may be kept at most.
    IdentityKept(Kept),
    Start {
        value: Or<StartClock>,
        remedies: Vec<Name>,
    },
    StartNotBefore {
        day: Spanned<Day>,
        remedies: Vec<Name>,
    },
    Window {
        value: Or<WindowLength>,
        fixed: bool,
        remedies: Vec<Name>,
    },
    WindowLonger {
        by: Spanned<Length>,
        remedies: Vec<Name>,
    },
    WindowBound {
        bound: Bound,
        day: Spanned<Day>,
        remedies: Vec<Name>,
    },
    WindowPauses {
        /// So much is left afterwards.
        at_least: Option<Spanned<Length>>,
        remedies: Vec<Name>,
    },
    WindowEnding {
        season: Name,
        /// So long after the season.
        after: Spanned<Length>,
        remedies: Vec<Name>,
    },
    Basis {
        value: Or<Basis>,
        remedies: Vec<Name>,
    },
    Fee {
        name: Name,
        value: Or<FeeAmount>,
        remedies: Vec<Name>,
    },
    Deduct {
        name: Name,
        value: Or<FeeAmount>,
        remedies: Vec<Name>,
    },
    Tax(Or<TaxRule>),
    Shipping(Or<ShippingRule>),
    Discounts(Or<Sharing>),
    Pay(Or<Route>),
    /// In the law: one of these, as the store prefers.
    PayOneOf(Vec<Spanned<Destination>>),
    Hold(Or<Option<Hold>>),
    Due(Or<Due>),
    Collect {
        /// Forms, and fields of forms.
        forms: Vec<Name>,
        /// The answers it waits for; none: whatever may still go through.
        only: Vec<Spanned<AnswerKind>>,
    },
    Waive(Vec<Name>),
    Leeway(Leeway),
    Refer {
        role: Name,
        reason: Option<Spanned<String>>,
    },
    Limit(Limit),
    Verify {
        role: Name,
        within: Option<Length>,
        reason: Option<Spanned<String>>,
        /// What happens when it fails: `refer` or `stop`.
        otherwise: Option<Box<StatementKind>>,
    },
    Stop {
        reason: Spanned<String>,
        finality: Option<Finality>,
    },
    Say(Words),
    Offer(Words),
    Bad(Bad),
}

/// What follows `say` and `offer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The text.
    pub text: Spanned<String>,
    /// The answers it waits for; none: it is said always.
    pub only: Vec<Spanned<AnswerKind>>,
}

/// `start received`, `start the later of received, installed`: at least one clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartClock {
    /// The dates; the latest counts.
    pub later_of: Vec<StartDate>,
}

/// A date that a window starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum StartDate {
    Clock(Clock),
    Fact(Name),
}

/// The length of a window.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum WindowLength {
    Length(Length),
    Until(Spanned<Day>),
    /// A declared date.
    UntilFact(Name),
    NoLimit,
    Told(ToldLength),
}

/// `item.seller_days days, at least 30 days`: a length whose number a fact tells.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldLength {
    /// The fact.
    pub fact: Name,
    /// What it counts.
    pub unit: Unit,
    /// However little it says.
    pub at_least: Option<Spanned<Length>>,
    /// However much it says.
    pub at_most: Option<Spanned<Length>>,
}

/// A day as a policy may name it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Day {
    Date(NaiveDate),
    /// First occurrence after the season instance that the clause tests.
    MonthDay(MonthDay),
    /// The `until` of the season instance that the clause tests.
    DeadlineOf(Name),
    /// The day after the last day of that instance.
    DayAfter(Name),
}

/// `basis 50% of price paid`.
#[derive(Debug, Clone, PartialEq)]
pub struct Basis {
    /// The share, in percent; 100 when none is written.
    pub percent: Decimal,
    /// Of which price.
    pub price: Price,
}

/// A price that a refund starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Price {
    /// What was paid for the returned units, discounts shared.
    Paid,
    /// Today's price.
    Current,
    /// The list price at the sale.
    List,
    /// The lowest price in this time before the request.
    LowestIn(Length),
    /// Zero.
    Nothing,
}

/// The amount of a fee or deduction: `15%, at most 35.00 USD`; `None` is the word `none`.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum FeeAmount {
    None,
    Of {
        /// How much.
        of: FeeOf,
        at_least: Option<Spanned<FeeBound>>,
        at_most: Option<Spanned<FeeBound>>,
    },
}

/// What a fee or deduction comes to within its bounds.
#[derive(Debug, Clone, PartialEq)]
pub enum FeeOf {
    /// So many percent of the goods.
    Percent(Decimal),
    /// An amount.
    Money(Spanned<Value>),
    /// The value of a money fact.
    Fact(Name),
    /// As many percent of the goods as a number says.
    FactPercent(Name),
}

/// A bound of a fee or deduction.
#[derive(Debug, Clone, PartialEq)]
pub enum FeeBound {
    /// An amount.
    Money(Value),
    /// A share of what a fee in percent is taken of.
    Percent(Decimal),
}

/// `pay store credit up to 100.00 USD, the rest to check`.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where the money goes.
    pub to: Destination,
    /// The most that may go there.
    pub up_to: Option<Spanned<Value>>,
    /// Where the rest goes.
    pub rest: Option<Name>,
}

/// Where money goes.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Destination {
    Original,
    /// The tender named in the request.
    AskedFor,
    Tender(Name),
}

/// `hold 10 days after sold`: not paid before.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// How long.
    pub length: Length,
    /// After what.
    pub after: PayEvent,
}

/// What a hold or the time to pay counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum PayEvent {
    Sold,
    Requested,
    /// An event of the return.
    Back(MeetingEvent),
    Fact(Name),
}

/// When a payout is due.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Due {
    AtOnce,
    Within {
        length: Length,
        calendar: Option<Spanned<String>>,
        after: PayEvent,
        /// Not before the earliest of these.
        not_before: Vec<Spanned<MeetingEvent>>,
    },
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Where.
    pub span: Span,
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the condition forms of the language; see the language reference")]
pub enum ConditionKind {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// `item in electronics, "Books"`; a quoted text is a path, a word a category.
    InCategory {
        negated: bool,
        refs: Vec<CategoryRef>,
    },
    /// A yes/no fact by itself.
    Yes(Name),
    /// `manager is on duty`.
    OnDuty {
        role: Name,
        negated: bool,
    },
    /// `condition is sealed, opened`.
    Is {
        fact: Name,
        negated: bool,
        values: Vec<Spanned<Value>>,
    },
    /// `item.carat at least 1.00`.
    Order {
        fact: Name,
        order: Order,
        value: Spanned<Value>,
    },
    /// `days since received over 40`.
    DaysSince {
        fact: Name,
        order: Order,
        days: Spanned<Decimal>,
    },
    /// `sold in holiday`, `sale.state in fee-free`, `refund_to.id in customer.methods`.
    In {
        fact: Name,
        negated: bool,
        list: Name,
    },
    /// `new.price at least item.price`.
    Compared {
        fact: Name,
        order: Order,
        other: Name,
    },
    /// `new.product same as item.product`.
    SameAs {
        fact: Name,
        negated: bool,
        other: Name,
    },
    /// `sold before 2022-09-13`.
    Before {
        fact: Name,
        date: Spanned<NaiveDate>,
    },
    /// `sold from 2022-09-13 [to 2022-12-31]`, inclusive.
    From {
        fact: Name,
        from: Spanned<NaiveDate>,
        to: Option<Spanned<NaiveDate>>,
    },
    AnyLine(Box<Condition>),
    /// `any tender (tender is store card)`: of the tenders the sale was paid with.
    AnyTender(Box<Condition>),
    EveryLine(Box<Condition>),
    LineCount {
        of: Box<Condition>,
        order: Order,
        value: Spanned<Decimal>,
    },
    RefundTotal {
        of: Box<Condition>,
        order: Order,
        value: Spanned<Value>,
    },
}

/// A category by name or by path.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum CategoryRef {
    Named(Name),
    Path(Spanned<String>),
}

/// `form no-receipt-log "No-receipt log" { … }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Its short name.
    pub label: Name,
    /// Its title on the screen.
    pub title: Option<Spanned<String>>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Broken lines in it.
    pub bad: Vec<Bad>,
    /// The head of the block.
    pub span: Span,
}

/// A line of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its short name, unique in the form.
    pub name: Name,
    /// What the clerk reads.
    pub title: Option<Spanned<String>>,
    /// What may be filled in.
    pub ty: Spanned<FieldType>,
    /// Whether an answer is needed.
    pub required: Option<Required>,
    /// Who fills it in (a role or `customer`).
    pub from: Option<Name>,
    /// How it is kept.
    pub kept: Option<Spanned<Kept>>,
    /// Why it is asked.
    pub purpose: Option<Spanned<String>>,
    /// The fact that fills it in.
    pub prefilled: Option<Name>,
    /// What an answer must be like; at most one of each kind.
    pub checks: Vec<Spanned<FieldCheck>>,
    /// Where it says that the answer is read from an identity document.
    pub identity: Option<Span>,
    /// Where it says that the answer is left out of the printed form.
    pub not_printed: Option<Span>,
    /// The whole line.
    pub span: Span,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum FieldType {
    Text,
    Number,
    WholeNumber,
    Money,
    Date,
    YesNo,
    OneOf(Vec<Name>),
    /// Of whom.
    Signature(Name),
    Photo,
    Email,
    Phone,
    Address,
    Imei,
    Gtin,
}

/// Whether a field needs an answer.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Required {
    Always,
    When(Condition),
    Optional,
}

/// What an answer must be like.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldCheck {
    /// `at least 1`, `at most 500.00 USD`.
    Bound(Bound, Spanned<Value>),
    /// `4 digits`, `8 to 12 characters`.
    Letters {
        /// As few as this.
        least: u32,
        /// As many as this.
        most: u32,
        /// Only digits.
        digits: bool,
    },
    /// `not before noticed`.
    NotBefore(FieldDay),
    /// `not after today`.
    NotAfter(FieldDay),
    /// `same as serial`: a field further up, or a fact.
    SameAs(Name),
}

/// The day a date is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldDay {
    /// The day of the request.
    Today,
    /// This one.
    Date(NaiveDate),
    /// That of a field further up, or of a fact.
    Of(Name),
}

/// How an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Kept {
    Never,
    HashFor(Length),
    For(Length),
}

/// `scenario "…" { … }`: a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: Spanned<String>,
    /// Its sentences.
    pub lines: Vec<ScenarioLine>,
    /// The head of the block.
    pub span: Span,
}

/// A return of a history.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// What was given back.
    pub refund: Spanned<Value>,
    /// How many units came back, when told.
    pub items: Option<Spanned<Decimal>>,
    /// Its day.
    pub day: Spanned<NaiveDate>,
    /// The clauses whose limits it counted for; none: all.
    pub limits: Option<Vec<LabelPath>>,
}

/// A sentence of a scenario.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the sentence forms of scenarios; see the language reference")]
pub enum ScenarioLine {
    Sold {
        when: Option<Spanned<When>>,
        pairs: Vec<Pair>,
        span: Span,
    },
    Item {
        label: Name,
        categories: Vec<Spanned<String>>,
        price: Option<Spanned<Value>>,
        pairs: Vec<Pair>,
        span: Span,
    },
    Discount {
        amount: Spanned<Value>,
        on: Vec<Name>,
        pairs: Vec<Pair>,
        span: Span,
    },
    Paid {
        tender: Name,
        amount: Option<Spanned<Value>>,
        pairs: Vec<Pair>,
        span: Span,
    },
    Visit {
        when: Spanned<When>,
        pairs: Vec<Pair>,
        span: Span,
    },
    /// The visit before it, but for what this says.
    OrVisit {
        when: Option<Spanned<When>>,
        pairs: Vec<Pair>,
        span: Span,
    },
    Return {
        item: Name,
        pairs: Vec<Pair>,
        span: Span,
    },
    New {
        price: Spanned<Value>,
        pairs: Vec<Pair>,
        span: Span,
    },
    Approved {
        clause: LabelPath,
        role: Name,
        span: Span,
    },
    Verified {
        clause: LabelPath,
        role: Name,
        passed: bool,
        span: Span,
    },
    History {
        per: Counted,
        as_of: Option<Spanned<NaiveDate>>,
        returns: Vec<Past>,
        span: Span,
    },
    Expect {
        outcome: Spanned<String>,
        item: Option<Name>,
        expectations: Vec<Spanned<Expectation>>,
        span: Span,
    },
    Bad(Bad),
}

/// `name value`, as in `, condition opened`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// A fact, or a word of the sentence form (`quantity`, `tax`).
    pub name: Name,
    /// Its value.
    pub value: Spanned<PairValue>,
}

/// The value of a pair.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the kinds of constants")]
pub enum PairValue {
    Constant(Value),
    Percent(Decimal),
    When(When),
    /// `2026-03-10 to 2026-03-20`.
    Period(When, When),
    /// `45.00 USD in 90 days`.
    LowestIn(Value, Length),
}

/// What a scenario expects of how an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum KeptUntil {
    Never,
    Until(NaiveDate),
    HashUntil(NaiveDate),
}

/// What a scenario expects.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the sentence forms of scenarios; see the language reference")]
pub enum Expectation {
    /// `refund`, `credit`, `goods`, `tax`, `shipping`, `to pay`, `value`.
    Amount {
        part: String,
        amount: Value,
    },
    Fee {
        name: String,
        amount: Value,
    },
    Deduction {
        name: String,
        amount: Value,
    },
    Pays {
        amount: Value,
        to: String,
        /// The day from which it may be paid.
        due: Option<NaiveDate>,
        /// The day by which it is to be paid.
        by: Option<NaiveDate>,
    },
    /// `None`: no limit.
    LastDay(Option<NaiveDate>),
    Because(LabelPath),
    Ask(String),
    Collect {
        field: String,
        kept: Option<KeptUntil>,
    },
    ToRole {
        role: String,
        /// Of a verification: within what time.
        within: Option<Length>,
        /// The last day of that time.
        by: Option<NaiveDate>,
    },
    /// `limit no-receipt used 95.00 USD`: what a limit counted before this visit.
    LimitUsed {
        clause: LabelPath,
        used: Value,
    },
    /// `limit no-receipt passes on 2026-09-10`: the first day on which the same would pass.
    LimitPasses {
        clause: LabelPath,
        day: NaiveDate,
    },
    Status {
        remedy: String,
        status: String,
    },
    Say(String),
    Offer(String),
    /// `not` before `because`, `ask`, `collect`, `to`, `say` and `offer`.
    Not(Box<Expectation>),
}
