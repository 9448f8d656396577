//! A finding: one way in which what was done is not what the policy in force says, and its columns.

use arrow::datatypes::{DataType, Field, Schema};

use crate::columns::{Column, Kind as Holds};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Refunded, and the policy declines it.
    RefundedThoughDeclined,
    /// The whole quantity of the line had come back before.
    ReturnedTwice,
    /// More units came back than were left of the line.
    MoreReturnedThanSold,
    /// More was given back than the policy gives.
    TooMuch,
    /// Less was given back than the policy gives.
    TooLittle,
    /// The money went elsewhere than the policy sends it.
    WrongTender,
    /// Nobody approved what has to be approved.
    ApprovalMissing,
    /// Who approved may not approve it.
    BelowAuthority,
    /// A field that has to be filled in was not.
    PaperworkMissing,
    /// An answer is kept longer than, or otherwise than, it may be.
    PaperworkKept,
    /// Declined, and the customer has a right to it: by the policy or by law.
    DeclinedThoughOwed,
    /// A fact is missing that decides.
    CannotBeJudged,
}

impl Kind {
    /// All of them, in the order in which findings of a return are told.
    pub const ALL: [Self; 12] = [
        Self::RefundedThoughDeclined,
        Self::ReturnedTwice,
        Self::MoreReturnedThanSold,
        Self::TooMuch,
        Self::TooLittle,
        Self::WrongTender,
        Self::ApprovalMissing,
        Self::BelowAuthority,
        Self::PaperworkMissing,
        Self::PaperworkKept,
        Self::DeclinedThoughOwed,
        Self::CannotBeJudged,
    ];

    /// As the column `kind` writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RefundedThoughDeclined => "refunded though declined",
            Self::ReturnedTwice => "returned twice",
            Self::MoreReturnedThanSold => "more returned than sold",
            Self::TooMuch => "refunded too much",
            Self::TooLittle => "refunded too little",
            Self::WrongTender => "wrong tender",
            Self::ApprovalMissing => "approval missing",
            Self::BelowAuthority => "approver below authority",
            Self::PaperworkMissing => "paperwork missing",
            Self::PaperworkKept => "paperwork kept against its rule",
            Self::DeclinedThoughOwed => "declined though owed",
            Self::CannotBeJudged => "cannot be judged",
        }
    }
}

/// What made it wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The time for it was over, or was not.
    Window,
    /// A fee or deduction that was, or was not, kept back.
    Fee,
    /// Another price than the basis.
    PriceBasis,
    /// Tax that was, or was not, given back.
    Tax,
    /// A discount that was, or was not, left out of the price.
    DiscountShare,
    /// Delivery that was, or was not, given back.
    Shipping,
    /// More units, or fewer.
    Quantity,
    /// Where the money went.
    Tender,
    /// An approval.
    Approval,
    /// A form.
    Paperwork,
    /// The policy, or the law, does not offer, or offers, the remedy at all.
    Remedy,
    /// A clause stops it: a guard or a limit.
    Stop,
    /// A fact is missing.
    MissingFact,
    /// The sale is not in the data, or it is not known which is meant.
    Sale,
    /// The policy does not settle it: a conflict or a gap, referred to a person.
    Unsettled,
    /// No part of the decision makes the difference.
    Unexplained,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Window,
        Self::Fee,
        Self::PriceBasis,
        Self::Tax,
        Self::DiscountShare,
        Self::Shipping,
        Self::Quantity,
        Self::Tender,
        Self::Approval,
        Self::Paperwork,
        Self::Remedy,
        Self::Stop,
        Self::MissingFact,
        Self::Sale,
        Self::Unsettled,
        Self::Unexplained,
    ];

    /// As the column `cause` writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Fee => "fee",
            Self::PriceBasis => "price basis",
            Self::Tax => "tax",
            Self::DiscountShare => "discount share",
            Self::Shipping => "shipping",
            Self::Quantity => "quantity",
            Self::Tender => "tender",
            Self::Approval => "approval",
            Self::Paperwork => "paperwork",
            Self::Remedy => "remedy",
            Self::Stop => "stop",
            Self::MissingFact => "missing fact",
            Self::Sale => "sale",
            Self::Unsettled => "unsettled",
            Self::Unexplained => "unexplained",
        }
    }
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Money left, or was kept from a customer, against the policy.
    High,
    /// The money is right, and how it was let through is not; or a right of the customer's is not kept.
    Medium,
    /// To be looked at.
    Low,
}

impl Severity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// As the column `severity` writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

const fn column(name: &'static str, kind: Holds, about: &'static str) -> Column {
    Column { name, kind, about }
}

/// The columns of findings.
pub const FINDING: &[Column] = &[
    column("kind", Holds::Word, "what was found"),
    column("severity", Holds::Word, "how much it matters: high, medium, low"),
    column("visit", Holds::Text, "the transaction"),
    column("return_line", Holds::Text, "the line in it"),
    column("sale", Holds::Text, "the sale it is of"),
    column("line", Holds::Text, "the line of that sale"),
    column("customer", Holds::Text, "whose return it is"),
    column("store", Holds::Text, "where it was brought back"),
    column("clerk", Holds::Text, "who took it back"),
    column("at", Holds::Moment, "when it was brought back"),
    column("day", Holds::Day, "the local day of that, by which the policy counts"),
    column("days", Holds::Count, "days from the start of the window, or else from the sale, to that day"),
    column("sku", Holds::Text, "the article"),
    column("version", Holds::Text, "the version of the policy that decides the line"),
    column("remedy", Holds::Word, "the remedy it is about"),
    column("expected", Holds::Money, "what the policy gives"),
    column("actual", Holds::Money, "what was given"),
    column("difference", Holds::Money, "actual less expected: positive, too much was given"),
    column(
        "at_stake",
        Holds::Money,
        "the money that this finding alone stands for; adds up without counting any twice",
    ),
    column("currency", Holds::Text, "of these amounts (ISO 4217)"),
    column("cause", Holds::Word, "what made it wrong"),
    column("cause_told", Holds::YesNo, "whether the source tells the cause; no: it was inferred from the amounts"),
    column("clause", Holds::Text, "label path of the clause that decided; several with `;`"),
    column("citation", Holds::Text, "where its rule stands; several with `;`"),
    column("law", Holds::YesNo, "whether a statute decided"),
    column("message", Holds::Text, "one sentence"),
    column("facts", Holds::Text, "the facts that are missing, with `;`"),
    column("source", Holds::Text, "the file of the return line"),
    column("row", Holds::Count, "where it stands there"),
];

/// The schema of findings. What is always known is not nullable: kind, severity, currency, cause and its sentence.
pub fn finding_schema() -> Schema {
    let always = ["kind", "severity", "at_stake", "currency", "cause", "cause_told", "law", "message"];
    let field = |column: &Column| -> Field {
        let ty: DataType = column.kind.arrow();
        Field::new(column.name, ty, !always.contains(&column.name))
    };
    Schema::new(FINDING.iter().map(field).collect::<Vec<_>>())
}
