//! The answer: what is decided for each line, how much, to which tender, which paperwork, and why. Clauses are ids until
//! the answer is written ([`write`]), so that making it costs little.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::facts::{FactId, Schema, Type, Value};
use crate::program::{self, ClauseId, Program, StartDate, Version};
use crate::terms::MeetingEvent;

mod credits;
mod names;
#[cfg(feature = "locales")]
pub mod script;
#[cfg(feature = "locales")]
mod words;
mod write;

pub use credits::Credits;
#[cfg(feature = "locales")]
pub use script::{Alternative, Script, words};
#[cfg(feature = "locales")]
pub use words::headline;
pub use write::Essentials;
pub(crate) use write::{Day, False, Keeping, schema, tree};

/// The answer to a request. Compares by content; written as JSON by `serde`.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The names behind the ids.
    pub program: Arc<Program>,
    /// The version in force at the request, by place in the program.
    pub version: usize,
    /// Of the visit.
    pub outcome: Outcome,
    /// One for each line of the request.
    pub lines: Vec<LineDecision>,
    /// The money of the visit.
    pub balance: Balance,
    /// Delivery given back, by sale.
    pub shipping: Vec<ShippingBack>,
    /// What is paid out now.
    pub payouts: Vec<Payout>,
    /// What must be collected.
    pub paperwork: Vec<Field>,
    /// Who must decide or verify.
    pub referrals: Vec<Referral>,
    /// What the law changed of what the policy says.
    pub law: Vec<Clamp>,
    /// The limits that were asked.
    pub limits: Vec<LimitUse>,
    /// What became of approvals, where the policy says who may approve how much.
    pub approvals: Vec<ApprovalUse>,
    /// Why; never empty.
    pub reasons: Vec<Reason>,
    /// Words for the customer and what can be offered instead.
    pub words: Vec<Words>,
    /// What to ask, the facts that settle most first.
    pub ask: Vec<Question>,
}

/// What comes of a line or a visit; ranked, the last is the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of docs/reference/decision.md")]
pub enum Outcome {
    Accept,
    AcceptPendingVerification,
    Refer,
    Decline,
    Undetermined,
}

/// The answer for a line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineDecision {
    /// The id of the returned line.
    pub line: Arc<str>,
    /// The version of the policy that decides it, by place in the program.
    pub version: usize,
    /// What comes of it.
    pub outcome: Outcome,
    /// The wanted remedy.
    pub wants: Option<u16>,
    /// Units coming back.
    pub quantity: u32,
    /// Every remedy of the policy, in the order of the schema.
    pub remedies: Vec<RemedyDecision>,
}

/// The answer for a remedy of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct RemedyDecision {
    /// Which.
    pub remedy: u16,
    /// Whether it may be had.
    pub status: Status,
    /// The clauses that settled that.
    pub by: Credits,
    /// Its window, when it has one.
    pub window: Option<Arc<WindowDecision>>,
    /// Amounts, when it is offered and of money or goods; shared by remedies that come to the same.
    pub amounts: Option<Arc<[Amount]>>,
    /// Their sum, without included tax.
    pub value: Option<Decimal>,
}

/// Whether a remedy may be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Yes.
    Offered,
    /// A clause says no.
    NotOffered {
        /// What a clause says about it.
        reason: Option<Arc<str>>,
        /// Who may lift it, all of them together; none: final.
        overridable_by: Vec<u16>,
    },
    /// Its window ended on this day.
    Expired {
        /// The last day.
        on: NaiveDate,
        /// Who may lift it.
        overridable_by: Option<u16>,
    },
    /// A guard stopped it.
    Stopped,
    /// Clauses disagree.
    Unsettled,
    /// Nothing speaks of it, or a part is missing.
    Gap(Gap),
    /// A fact or date that is not known decides; only of remedies nobody asked for, or of an undetermined line.
    Unknown,
}

/// What is missing in a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// No clause speaks of the remedy.
    NoClause,
    /// Accepted without a window.
    NoWindow,
    /// A window without a start.
    NoStart,
    /// Accepted without a basis.
    NoBasis,
    /// The date of the clock is missing, and the policy refers such cases.
    NoDate,
    /// A window in hours from an event that is known by its day only.
    NoMoment,
    /// A day outside the years whose holidays are known, or a date out of range.
    Calendar,
    /// A promotion the policy says nothing about, or several that overlap.
    Promotion,
    /// An amount too large to compute.
    Overflow,
    /// Nothing says where the money goes.
    NoRoute,
    /// It goes to the original tender, and none is known that could take it.
    NoTender,
    /// No version of the policy is in force.
    NoVersion,
}

/// When a remedy can be had.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowDecision {
    /// The first event, when the window is a length.
    pub start: Option<NaiveDate>,
    /// The dates that start it.
    pub clock: SmallVec<[StartDate; 4]>,
    /// The last day; none: no limit, or none yet.
    pub last_day: Option<NaiveDate>,
    /// What must come before there is a last day.
    pub waits_for: Option<WaitsFor>,
    /// The last moment of a window in hours.
    pub last_moment: Option<DateTime<FixedOffset>>,
    /// The clauses that made it: start, length, adjustments.
    pub by: Credits,
}

/// What a window waits for that has not begun, or stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// A parcel.
    Received,
    /// The goods, from repair.
    Repair,
}

impl WindowDecision {
    /// The dates that start it, as the language writes them: `received, installed`.
    pub fn words(&self, schema: &Schema) -> String {
        self.clock.iter().map(|date| date.words(schema)).collect::<Vec<_>>().join(", ")
    }
}

/// A part of an amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// What it is.
    pub part: Part,
    /// The name of a fee, deduction or tax.
    pub name: Option<Arc<str>>,
    /// How much; fees, deductions and reductions are negative.
    pub amount: Decimal,
    /// The clauses that made it.
    pub by: Credits,
}

/// What the customer reads of a fee or deduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title<'a> {
    /// Its name for the customer.
    pub name: &'a str,
    /// It is the tax on that fee.
    pub of_tax: bool,
}

impl Decision {
    /// A decision that says nothing yet but the lines.
    pub(crate) fn undecided(program: Arc<Program>, version: usize, lines: Vec<LineDecision>) -> Self {
        Self {
            program,
            version,
            outcome: Outcome::Undetermined,
            lines,
            balance: Balance::default(),
            shipping: Vec::new(),
            payouts: Vec::new(),
            paperwork: Vec::new(),
            referrals: Vec::new(),
            law: Vec::new(),
            limits: Vec::new(),
            approvals: Vec::new(),
            reasons: Vec::new(),
            words: Vec::new(),
            ask: Vec::new(),
        }
    }

    /// The same of what the law changed.
    pub fn title_of(&self, what: &Bound) -> Option<Title<'_>> {
        match what {
            Bound::Fee(name) => self.title(Part::Fee, name),
            Bound::Deduction(name) => self.title(Part::Deduction, name),
            Bound::Remedy | Bound::Window | Bound::Basis | Bound::Tax | Bound::Shipping | Bound::Discounts => None,
            Bound::Stop | Bound::Pay | Bound::Hold | Bound::Due | Bound::Kept(_) => None,
        }
    }

    /// What the customer reads of a fee or deduction, in the words of the version at the request; where that has none, of
    /// the last that has.
    pub fn title(&self, part: Part, name: &str) -> Option<Title<'_>> {
        let at_request = self.program.versions.get(self.version).into_iter();
        let versions = || at_request.clone().chain(self.program.versions.iter().rev());
        let found = |name: &str| versions().find_map(|version| title(version, part, name));
        match (found(name), name.strip_suffix(" tax")) {
            (Some(name), _) => Some(Title { name, of_tax: false }),
            (None, Some(fee)) => found(fee).map(|name| Title { name, of_tax: true }),
            (None, None) => None,
        }
    }
}

fn title<'p>(version: &'p Version, part: Part, name: &str) -> Option<&'p str> {
    let program::Choices { fees, deductions, .. } = &version.choices;
    match part {
        Part::Fee => fees.iter().find(|fee| &*fee.name == name)?.title.as_deref(),
        Part::Deduction => deductions.iter().find(|(known, _)| &**known == name).map(|(_, title)| &**title),
        Part::Goods | Part::Reduction | Part::Tax | Part::IncludedTax => None,
    }
}

/// What an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of docs/reference/decision.md")]
pub enum Part {
    Goods,
    Reduction,
    Fee,
    Deduction,
    Tax,
    /// Inside the goods: information only.
    IncludedTax,
}

/// The money of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// Value of the lines paid back, with shipping.
    pub refund: Decimal,
    /// Value of the lines exchanged.
    pub credit: Decimal,
    /// New goods with tax.
    pub new_goods: Decimal,
    /// Shipping within `refund`.
    pub shipping: Decimal,
    /// To the customer.
    pub to_customer: Decimal,
    /// By the customer.
    pub to_pay: Decimal,
    /// The same in coins, where it is paid in cash and rounding makes it another amount.
    pub to_pay_in_cash: Option<Decimal>,
}

/// Delivery given back.
#[derive(Debug, Clone, PartialEq)]
pub struct ShippingBack {
    /// The sale, by place in the request.
    pub sale: Arc<str>,
    /// How much.
    pub amount: Decimal,
    /// Its taxes.
    pub taxes: Vec<(Arc<str>, Decimal)>,
    /// The clauses that say so.
    pub by: Credits,
}

/// Money paid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Payout {
    /// A word of the tender domain.
    pub to: u16,
    /// Which card or account.
    pub id: Option<Arc<str>>,
    /// The sale it comes from.
    pub sale: Option<Arc<str>>,
    /// How much.
    pub amount: Decimal,
    /// What is handed out for it in coins, where rounding makes that another amount.
    pub handed_out: Option<Decimal>,
    /// Not paid before this day.
    pub not_before: Option<NaiveDate>,
    /// Due on this day.
    pub due: Option<NaiveDate>,
    /// Due within this time, as the policy says it.
    pub within: Option<Arc<str>>,
    /// The events of the return of which one must come before its last day is known.
    pub awaits: Vec<MeetingEvent>,
    /// Waits for a verification.
    pub pending: bool,
    /// The parts of the sales' tenders it is made of, when it goes elsewhere than to them.
    pub from: Vec<TenderPart>,
    /// The clauses that route it.
    pub by: Credits,
}

/// A part of a refund that falls to a tender of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderPart {
    /// The sale.
    pub sale: Arc<str>,
    /// The tender.
    pub id: Arc<str>,
    /// How much.
    pub amount: Decimal,
}

/// A field to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Of which version's forms, and which field there.
    pub form: u16,
    /// See `form`.
    pub field: u16,
    /// The line it is about, by place; none: the visit.
    pub line: Option<usize>,
    /// Whether an answer is needed.
    pub needed: Needed,
    /// Of a signature: the role that has to sign, where an amount made that a higher one than the form names.
    pub signed_by: Option<u16>,
    /// What it is filled in with, as a request would say it, until somebody answers otherwise.
    pub prefill: Option<Box<str>>,
    /// How the answer is kept: as the form says, or shorter by law.
    pub kept: Option<program::Kept>,
    /// The clauses that ask it.
    pub by: Credits,
}

/// Whether a field needs an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of docs/reference/decision.md")]
pub enum Needed {
    Required,
    Optional,
    MayBeNeeded,
}

/// Somebody who must decide or verify.
#[derive(Debug, Clone, PartialEq)]
pub struct Referral {
    /// The role.
    pub role: u16,
    /// The line, by place; none: the visit.
    pub line: Option<usize>,
    /// True for a verification, after which the accepted line is paid.
    pub verify: bool,
    /// Within what time, for a verification.
    pub within: Option<crate::date::Term>,
    /// The last day of that time, when it is counted in days.
    pub due: Option<NaiveDate>,
    /// What the clause says.
    pub text: Option<Arc<str>>,
    /// A right of the customer's is open: in the end it must be granted.
    pub owed: bool,
    /// The clause.
    pub by: Credits,
}

/// Something that the law changed of what the policy says.
#[derive(Debug, Clone, PartialEq)]
pub struct Clamp {
    /// The line, by place.
    pub line: usize,
    /// The remedy it is about.
    pub remedy: u16,
    /// What was changed.
    pub what: Bound,
    /// What the policy says.
    pub policy: String,
    /// What holds by law.
    pub law: String,
    /// The right or rule.
    pub by: Credits,
}

/// A limit, and how far it is used.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitUse {
    /// The clause that states it.
    pub clause: ClauseId,
    /// The line, by place; none: the visit.
    pub line: Option<usize>,
    /// Whom it counts.
    pub per: crate::terms::Counted,
    /// What it measures.
    pub measure: crate::terms::Measure,
    /// What has been used before; none: not known.
    pub used: Option<Decimal>,
    /// What this visit adds.
    pub now: Decimal,
    /// The most that passes.
    pub at_most: Decimal,
    /// The first day on which the same would pass.
    pub passes_on: Option<NaiveDate>,
}

/// What the law can change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of docs/reference/decision.md")]
pub enum Bound {
    Remedy,
    Window,
    Basis,
    Fee(Arc<str>),
    Deduction(Arc<str>),
    Tax,
    Shipping,
    Discounts,
    Stop,
    Pay,
    Hold,
    Due,
    /// How the answer of a field is kept: its form and its name.
    Kept(Arc<str>),
}

impl Clamp {
    pub(crate) fn new(
        line: usize,
        remedy: u16,
        what: Bound,
        policy: impl Into<String>,
        law: impl Into<String>,
        by: &Credits,
    ) -> Self {
        Self { line, remedy, what, policy: policy.into(), law: law.into(), by: by.clone() }
    }
}

/// Why.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What kind of reason.
    pub key: ReasonKey,
    /// The line, by place; none: the visit.
    pub line: Option<usize>,
    /// The remedy it is about.
    pub remedy: Option<u16>,
    /// A text of the policy.
    pub text: Option<Arc<str>>,
    /// A day (the last day).
    pub day: Option<NaiveDate>,
    /// What is missing.
    pub missing: Option<Asked>,
    /// Who may lift it; who must, where an amount is above the authority of others; who verified.
    pub role: Option<u16>,
    /// The amount that is above somebody's authority.
    pub beyond: Option<Box<Beyond>>,
    /// The clauses.
    pub by: Credits,
}

/// An amount above what a role may approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// What would be let through.
    pub amount: Decimal,
    /// The highest role that may not.
    pub not: u16,
    /// How much that role may approve.
    pub limit: Decimal,
    /// The highest role that approved it all the same.
    pub approved: Option<u16>,
}

/// What became of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalUse {
    /// The label path of the clause it names.
    pub clause: Arc<str>,
    /// The role.
    pub role: u16,
    /// Who.
    pub by: Option<Arc<str>>,
    /// What it would let through; none: not known.
    pub amount: Option<Decimal>,
    /// Whether it lifts something.
    pub counts: bool,
}

/// The kinds of reasons; message keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "explained by ReasonKey::describe")]
pub enum ReasonKey {
    Accept,
    Approved,
    AboveAuthority,
    Verify,
    Verified,
    VerificationFailed,
    NotOffered,
    Expired,
    OthersOffered,
    Stopped,
    Refer,
    Conflict,
    Gap(Gap),
    MoreReturnedThanBought,
    SameUnitTwice,
    NotOfThisSale,
    BeforeSale,
    GiftMissing,
    RouteUnknown,
    HeldBack,
    MissingFact,
    TooManyUnknown,
}

/// Words of a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// True for what can be offered instead.
    pub offer: bool,
    /// The line, by place.
    pub line: Option<usize>,
    /// The text.
    pub text: Arc<str>,
    /// The answer they are for; none: they are said whatever comes of it.
    pub only: Option<crate::terms::AnswerKind>,
    /// The clause.
    pub by: Credits,
}

/// A fact to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Which.
    pub fact: Asked,
    /// The line, by place; none: the visit.
    pub line: Option<usize>,
    /// The sale.
    pub sale: Option<Arc<str>>,
    /// The tender of that sale.
    pub tender: Option<Arc<str>>,
    /// Whether it is a fact of the sale of goods whose sale nobody can find.
    pub of_unfound_sale: bool,
    /// What it may be, when that is a list of words or yes and no.
    pub values: Vec<Value>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named after what is asked")]
pub enum Asked {
    Fact(FactId),
    /// When the lines of the sale were received that do not tell.
    Parcels,
    Categories,
    CurrentPrice,
    ListPrice,
    LowestPrice(String),
    PayWithBalance,
    History(crate::terms::Counted),
}

impl Asked {
    /// What kind of value answers it, where that is a fact.
    pub fn ty(&self, schema: &Schema) -> Option<Type> {
        match self {
            Self::Fact(fact) => schema.fact(*fact).map(|fact| fact.ty),
            Self::Parcels
            | Self::Categories
            | Self::CurrentPrice
            | Self::ListPrice
            | Self::LowestPrice(_)
            | Self::PayWithBalance
            | Self::History(_) => None,
        }
    }
}
