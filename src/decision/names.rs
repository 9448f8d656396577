//! The words of the decision: the same in JSON, on the command line and in scenarios.

use super::{Asked, Bound, Gap, Needed, Outcome, Part, ReasonKey, Status, WaitsFor};
use crate::facts::Schema;
use crate::program::FieldType;
use crate::terms::{Counted, words};

impl Asked {
    /// Of a lowest price, in what time.
    pub(super) fn length(&self) -> Option<&str> {
        match self {
            Self::LowestPrice(length) => Some(length),
            Self::Fact(_)
            | Self::Parcels
            | Self::Categories
            | Self::CurrentPrice
            | Self::ListPrice
            | Self::PayWithBalance
            | Self::History(_) => None,
        }
    }

    /// Whether it is a price: what the goods are worth hangs on it, not whether they come back.
    #[cfg(feature = "locales")]
    pub(crate) fn is_price(&self) -> bool {
        match self {
            Self::CurrentPrice | Self::ListPrice | Self::LowestPrice(_) => true,
            Self::Fact(_) | Self::Parcels | Self::Categories | Self::PayWithBalance | Self::History(_) => false,
        }
    }

    /// How the customer is asked, where the policy says it.
    pub fn question<'s>(&self, schema: &'s Schema) -> Option<&'s str> {
        match self {
            Self::Fact(fact) => schema.fact(*fact)?.question.as_deref(),
            Self::Parcels
            | Self::Categories
            | Self::CurrentPrice
            | Self::ListPrice
            | Self::LowestPrice(_)
            | Self::PayWithBalance
            | Self::History(_) => None,
        }
    }

    /// What is asked, as decisions name it.
    pub fn name<'s>(&self, schema: &'s Schema) -> &'s str {
        match self {
            Self::Fact(fact) => schema.fact(*fact).map_or("", |fact| fact.name.as_str()),
            Self::Parcels => "received",
            Self::Categories => "categories",
            Self::CurrentPrice => "current_price",
            Self::ListPrice => "list_price",
            Self::LowestPrice(_) => "lowest_price",
            Self::PayWithBalance => "pay_with.balance",
            Self::History(Counted::Customer) => "history.customer",
            Self::History(Counted::Household) => "history.household",
            Self::History(Counted::Clerk) => "history.clerk",
            Self::History(Counted::Item) => "history",
        }
    }
}

words! {
    /// What a window waits for.
    pub WaitsFor as "WaitsFor" {
        Self::Received => "received",
        Self::Repair => "repair",
    }
}

words! {
    /// What the law changed.
    pub Bound as "LawMatter" {
        Self::Remedy => "remedy",
        Self::Window => "window",
        Self::Basis => "basis",
        Self::Fee(_) => "fee",
        Self::Deduction(_) => "deduction",
        Self::Tax => "tax",
        Self::Shipping => "shipping",
        Self::Discounts => "discounts",
        Self::Stop => "stop",
        Self::Pay => "pay",
        Self::Hold => "hold",
        Self::Due => "due",
        Self::Kept(_) => "kept",
    }
}

words! {
    /// What comes of a line or a visit.
    pub Outcome as "Outcome" {
        Self::Accept => "accept",
        Self::AcceptPendingVerification => "accept pending verification",
        Self::Refer => "refer",
        Self::Decline => "decline",
        Self::Undetermined => "undetermined",
    }
}

words! {
    /// Whether a remedy may be had.
    pub Status as "Status" {
        Self::Offered => "offered",
        Self::NotOffered { .. } => "not offered",
        Self::Expired { .. } => "expired",
        Self::Stopped => "stopped",
        Self::Unsettled => "unsettled",
        Self::Gap(_) => "gap",
        Self::Unknown => "unknown",
    }
}

words! {
    /// What an amount is. Goods and taxes are positive, the rest is negative; `included tax` is information only and not added.
    pub Part as "Part" {
        Self::Goods => "goods",
        Self::Reduction => "reduction",
        Self::Fee => "fee",
        Self::Deduction => "deduction",
        Self::Tax => "tax",
        Self::IncludedTax => "included tax",
    }
}

words! {
    /// Whether a field needs an answer.
    pub Needed as "Needed" {
        Self::Required => "required",
        Self::Optional => "optional",
        Self::MayBeNeeded => "may be needed",
    }
}

impl Bound {
    /// The fee, deduction or field it is about.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Fee(name) | Self::Deduction(name) | Self::Kept(name) => Some(name),
            Self::Remedy
            | Self::Window
            | Self::Basis
            | Self::Tax
            | Self::Shipping
            | Self::Discounts
            | Self::Stop
            | Self::Pay
            | Self::Hold
            | Self::Due => None,
        }
    }
}

impl Status {
    /// What a clause says about a remedy that is not offered.
    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Self::NotOffered { reason, .. } => reason.as_deref(),
            Self::Offered | Self::Expired { .. } | Self::Stopped | Self::Unsettled | Self::Gap(_) | Self::Unknown => {
                None
            }
        }
    }

    /// Of a refusal, who may lift it, all of them together; nobody: it is final.
    pub(super) fn lifted_by(&self) -> Option<&[u16]> {
        match self {
            Self::NotOffered { overridable_by, .. } => Some(overridable_by),
            Self::Expired { overridable_by, .. } => Some(overridable_by.as_slice()),
            Self::Offered | Self::Stopped | Self::Unsettled | Self::Gap(_) | Self::Unknown => None,
        }
    }

    /// What is missing.
    pub(super) fn gap(&self) -> Option<&Gap> {
        match self {
            Self::Gap(gap) => Some(gap),
            Self::Offered
            | Self::NotOffered { .. }
            | Self::Expired { .. }
            | Self::Stopped
            | Self::Unsettled
            | Self::Unknown => None,
        }
    }
}

words! {
    /// What is missing in the policy.
    pub Gap as "Gap" {
        Self::NoClause => "no clause",
        Self::NoWindow => "no window",
        Self::NoStart => "no start",
        Self::NoBasis => "no basis",
        Self::NoDate => "no date",
        Self::NoMoment => "no moment",
        Self::Calendar => "calendar",
        Self::Promotion => "promotion",
        Self::Overflow => "overflow",
        Self::NoVersion => "no version",
        Self::NoRoute => "no route",
        Self::NoTender => "no tender",
    }
}

impl Gap {
    /// Every gap.
    pub const ALL: &[Gap] = &[
        Gap::NoClause,
        Gap::NoWindow,
        Gap::NoStart,
        Gap::NoBasis,
        Gap::NoDate,
        Gap::NoMoment,
        Gap::Calendar,
        Gap::Promotion,
        Gap::Overflow,
        Gap::NoVersion,
        Gap::NoRoute,
        Gap::NoTender,
    ];

    /// What it means, in a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            Gap::NoClause => "no clause says whether this remedy is offered for such goods",
            Gap::NoWindow => "the remedy is accepted, but no clause says for how long",
            Gap::NoStart => "the window has a length, but no clause says from which event it counts",
            Gap::NoBasis => "the remedy is accepted, but no clause says from which price its amount starts",
            Gap::NoDate => "the event that starts the window has no date, and the policy refers such cases",
            Gap::NoMoment => "the window is in hours, but its event is known by the day only",
            Gap::Calendar => {
                "a day to count lies outside the years whose holidays are known, or a date outside all calendars"
            }
            Gap::Promotion => {
                "the goods were part of a promotion the policy says nothing about, or of several that overlap"
            }
            Gap::Overflow => "an amount is too large to be computed exactly",
            Gap::NoVersion => "no version of the policy was in force on that day",
            Gap::NoRoute => "money is to be paid out, but no clause says where it goes",
            Gap::NoTender => "money is to go to the original tender, and none is known that could take it",
        }
    }
}

words! {
    /// The kinds of reasons; `takeback explain --keys` tells what each means. Which gap it is stands in `args`.
    pub ReasonKey as "ReasonKey" {
        Self::Accept => "accept",
        Self::Approved => "approved",
        Self::AboveAuthority => "above authority",
        Self::Verify => "verify",
        Self::Verified => "verified",
        Self::VerificationFailed => "verification failed",
        Self::NotOffered => "not offered",
        Self::Expired => "expired",
        Self::OthersOffered => "others offered",
        Self::Stopped => "stopped",
        Self::Refer => "refer",
        Self::Conflict => "conflict",
        Self::Gap(_) => "gap",
        Self::MoreReturnedThanBought => "more returned than bought",
        Self::SameUnitTwice => "same unit twice",
        Self::NotOfThisSale => "not of this sale",
        Self::BeforeSale => "before the sale",
        Self::GiftMissing => "gift missing",
        Self::RouteUnknown => "route unknown",
        Self::HeldBack => "held back",
        Self::MissingFact => "missing fact",
        Self::TooManyUnknown => "too many unknown",
    }
}

impl ReasonKey {
    /// What is missing.
    pub(super) fn gap(&self) -> Option<&Gap> {
        match self {
            Self::Gap(gap) => Some(gap),
            _ => None,
        }
    }

    /// Every key; of [`ReasonKey::Gap`] there is one for each gap.
    pub fn all() -> impl Iterator<Item = ReasonKey> {
        const PLAIN: &[ReasonKey] = &[
            ReasonKey::Accept,
            ReasonKey::Approved,
            ReasonKey::AboveAuthority,
            ReasonKey::Verify,
            ReasonKey::Verified,
            ReasonKey::VerificationFailed,
            ReasonKey::NotOffered,
            ReasonKey::Expired,
            ReasonKey::OthersOffered,
            ReasonKey::Stopped,
            ReasonKey::Refer,
            ReasonKey::Conflict,
            ReasonKey::MoreReturnedThanBought,
            ReasonKey::SameUnitTwice,
            ReasonKey::NotOfThisSale,
            ReasonKey::BeforeSale,
            ReasonKey::GiftMissing,
            ReasonKey::RouteUnknown,
            ReasonKey::HeldBack,
            ReasonKey::MissingFact,
            ReasonKey::TooManyUnknown,
        ];
        PLAIN.iter().copied().chain(Gap::ALL.iter().copied().map(ReasonKey::Gap))
    }

    /// What it means, in a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            ReasonKey::Accept => "the wanted remedy is offered and in time",
            ReasonKey::Approved => "an approval lifted a refusal, a late return or a referral",
            ReasonKey::AboveAuthority => {
                "only `role` may approve this: it comes to `amount`, and `limit` is all that `limit_of`, just below, may"
            }
            ReasonKey::Verified => "a role has verified what a clause wants verified",
            ReasonKey::VerificationFailed => "a role has looked, and it is not as a clause wants it",
            ReasonKey::Verify => "accepted once a role has verified something; `verifications` says what",
            ReasonKey::NotOffered => "clauses say no to the wanted remedy",
            ReasonKey::Expired => "the window of the wanted remedy ended on `day`, before the request",
            ReasonKey::OthersOffered => {
                "the wanted remedy is not to be had, but others are; `remedies` of the line says which"
            }
            ReasonKey::Stopped => "a `stop` ended the line or the visit, whatever is offered otherwise",
            ReasonKey::Refer => "a clause wants a role to decide; `referrals` says which",
            ReasonKey::Conflict => "clauses disagree and nothing says which of them holds; a manager decides",
            ReasonKey::Gap(gap) => gap.describe(),
            ReasonKey::MoreReturnedThanBought => "more units come back than were bought, earlier returns included",
            ReasonKey::SameUnitTwice => "the same serial number comes back twice",
            ReasonKey::NotOfThisSale => "the serial number is not one of those sold on the line",
            ReasonKey::BeforeSale => "the return is dated before the sale",
            ReasonKey::GiftMissing => "the gift that came with the goods must come back with them",
            ReasonKey::RouteUnknown => "clauses disagree on where the money goes, or the original tender is not known",
            ReasonKey::HeldBack => "accepted by itself, but the lines of this policy go all together",
            ReasonKey::MissingFact => "the answer depends on `fact`, which is not known; `ask` lists what to find out",
            ReasonKey::TooManyUnknown => "more than six facts that matter are not known; `ask` lists them",
        }
    }
}

words! {
    /// The type of a field, as the language writes it.
    pub FieldType as "FieldType" {
        Self::Text => "text",
        Self::Number => "number",
        Self::WholeNumber => "whole number",
        Self::Money => "money",
        Self::Date => "date",
        Self::YesNo => "yes or no",
        Self::OneOf(_) => "one of",
        Self::Signature(_) => "signature",
        Self::Photo => "photo",
        Self::Email => "email",
        Self::Phone => "phone",
        Self::Address => "address",
        Self::Imei => "imei",
        Self::Gtin => "gtin",
    }
}

/// What words of a clause are for.
pub(super) enum Saying {
    Say,
    Offer,
}

words! {
    /// Whether words are for the customer to hear, or to be offered instead.
    pub(super) Saying as "Saying" {
        Self::Say => "say",
        Self::Offer => "offer",
    }
}
