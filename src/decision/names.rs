//! The words of the decision: the same in JSON, on the command line and in scenarios.

use super::{Asked, Bound, Gap, Needed, Outcome, Part, ReasonKey, Status};
use crate::facts::Schema;
use crate::program::FieldType;
use crate::terms::Counted;

impl Asked {
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

impl Bound {
    /// What is changed, in a word: `window`, `fee`.
    pub const fn word(&self) -> &'static str {
        match self {
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
        }
    }
}

impl Outcome {
    /// As JSON writes it.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Accept => "accept",
            Outcome::AcceptPendingVerification => "accept pending verification",
            Outcome::Refer => "refer",
            Outcome::Decline => "decline",
            Outcome::Undetermined => "undetermined",
        }
    }
}

impl Status {
    /// As JSON writes it.
    pub fn word(&self) -> &'static str {
        match self {
            Status::Offered => "offered",
            Status::NotOffered { .. } => "not offered",
            Status::Expired { .. } => "expired",
            Status::Stopped => "stopped",
            Status::Unsettled => "unsettled",
            Status::Gap(_) => "gap",
            Status::Unknown => "unknown",
        }
    }
}

impl Part {
    /// As JSON writes it.
    pub fn word(self) -> &'static str {
        match self {
            Part::Goods => "goods",
            Part::Reduction => "reduction",
            Part::Fee => "fee",
            Part::Deduction => "deduction",
            Part::Tax => "tax",
            Part::IncludedTax => "included tax",
        }
    }
}

impl Needed {
    /// As JSON writes it.
    pub fn word(self) -> &'static str {
        match self {
            Needed::Required => "required",
            Needed::Optional => "optional",
            Needed::MayBeNeeded => "may be needed",
        }
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

    /// As JSON writes it.
    pub fn word(self) -> &'static str {
        match self {
            Gap::NoClause => "no clause",
            Gap::NoWindow => "no window",
            Gap::NoStart => "no start",
            Gap::NoBasis => "no basis",
            Gap::NoDate => "no date",
            Gap::NoMoment => "no moment",
            Gap::Calendar => "calendar",
            Gap::Promotion => "promotion",
            Gap::Overflow => "overflow",
            Gap::NoVersion => "no version",
            Gap::NoRoute => "no route",
            Gap::NoTender => "no tender",
        }
    }

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

impl ReasonKey {
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

    /// As JSON writes it; which gap it is stands in the arguments.
    pub fn word(self) -> &'static str {
        match self {
            ReasonKey::Accept => "accept",
            ReasonKey::Approved => "approved",
            ReasonKey::AboveAuthority => "above authority",
            ReasonKey::Verify => "verify",
            ReasonKey::Verified => "verified",
            ReasonKey::VerificationFailed => "verification failed",
            ReasonKey::NotOffered => "not offered",
            ReasonKey::Expired => "expired",
            ReasonKey::OthersOffered => "others offered",
            ReasonKey::Stopped => "stopped",
            ReasonKey::Refer => "refer",
            ReasonKey::Conflict => "conflict",
            ReasonKey::Gap(_) => "gap",
            ReasonKey::MoreReturnedThanBought => "more returned than bought",
            ReasonKey::SameUnitTwice => "same unit twice",
            ReasonKey::NotOfThisSale => "not of this sale",
            ReasonKey::BeforeSale => "before the sale",
            ReasonKey::GiftMissing => "gift missing",
            ReasonKey::RouteUnknown => "route unknown",
            ReasonKey::HeldBack => "held back",
            ReasonKey::MissingFact => "missing fact",
            ReasonKey::TooManyUnknown => "too many unknown",
        }
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

/// The type of a field as the language writes it, without its options.
pub(crate) fn field_type(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Text => "text",
        FieldType::Number => "number",
        FieldType::WholeNumber => "whole number",
        FieldType::Money => "money",
        FieldType::Date => "date",
        FieldType::YesNo => "yes or no",
        FieldType::OneOf(_) => "one of",
        FieldType::Signature(_) => "signature",
        FieldType::Photo => "photo",
        FieldType::Email => "email",
        FieldType::Phone => "phone",
        FieldType::Address => "address",
        FieldType::Imei => "imei",
        FieldType::Gtin => "gtin",
    }
}
