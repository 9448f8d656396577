//! A finding: one way in which what was done is not what the policy in force says, and its columns.

use arrow::datatypes::{DataType, Field, Schema};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::columns::{Column, Kind as Holds, column};
use crate::words::words;

words! {
    /// What was found, in the order in which the findings of a return are told.
    Kind {
        RefundedThoughDeclined "refunded though declined" "Refunded, and the policy declines it.";
        ReturnedTwice "returned twice" "The whole quantity of the line had come back before.";
        MoreReturnedThanSold "more returned than sold" "More units came back than were left of the line.";
        TooMuch "refunded too much" "More was given back than the policy gives.";
        TooLittle "refunded too little" "Less was given back than the policy gives.";
        WrongTender "wrong tender" "The money went elsewhere than the policy sends it.";
        PaidTooEarly "paid too early" "The money is right, and was paid before the policy releases it.";
        PaidTooLate "paid too late" "The money is right, and was paid after the last day for it.";
        ApprovalMissing "approval missing" "Nobody approved what has to be approved.";
        BelowAuthority "approver below authority" "Who approved may not approve it.";
        PaperworkMissing "paperwork missing" "A field that has to be filled in was not.";
        PaperworkKept "paperwork kept against its rule" "An answer is kept longer than, or otherwise than, it may be.";
        DeclinedThoughOwed "declined though owed" "Declined, and the customer has a right to it: by the policy or by law.";
        CannotBeJudged "cannot be judged" "A fact is missing that decides.";
    }
}

words! {
    /// What made it wrong.
    Cause {
        Window "window" "The time for it was over, or was not.";
        Fee "fee" "A fee or deduction that was, or was not, kept back.";
        PriceBasis "price basis" "Another price than the basis.";
        Tax "tax" "Tax that was, or was not, given back.";
        DiscountShare "discount share" "A discount that was, or was not, left out of the price.";
        Shipping "shipping" "Delivery that was, or was not, given back.";
        Quantity "quantity" "More units, or fewer.";
        Tender "tender" "Where the money went.";
        DayOfPayment "day of payment" "When the money was paid.";
        Approval "approval" "An approval.";
        Paperwork "paperwork" "A form.";
        Remedy "remedy" "The policy, or the law, does not offer, or offers, the remedy at all.";
        Stop "stop" "A clause stops it: a guard or a limit.";
        MissingFact "missing fact" "A fact is missing.";
        Sale "sale" "The sale is not in the data, or it is not known which is meant.";
        Unsettled "unsettled" "The policy does not settle it: a conflict or a gap, referred to a person.";
        Unexplained "unexplained" "No part of the decision makes the difference.";
    }
}

words! {
    /// How much it matters.
    Severity {
        High "high" "Money left, or was kept from a customer, against the policy.";
        Medium "medium" "The money is right, and how it was let through is not; or a right of the customer's is not kept.";
        Low "low" "To be looked at.";
    }
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

/// A finding, before it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    /// The row of the batch.
    pub(crate) row: usize,
    pub(crate) day: Option<NaiveDate>,
    pub(crate) days: Option<i64>,
    pub(crate) version: Option<String>,
    pub(crate) remedy: Option<String>,
    pub(crate) expected: Option<Decimal>,
    pub(crate) actual: Option<Decimal>,
    pub(crate) difference: Option<Decimal>,
    /// The money it stands for, if nothing else were found.
    pub(crate) stake: Decimal,
    /// The money that it alone stands for.
    pub(crate) at_stake: Decimal,
    pub(crate) cause: Cause,
    /// Whether the source tells the cause.
    pub(crate) told: bool,
    pub(crate) clauses: Vec<String>,
    pub(crate) citations: Vec<String>,
    pub(crate) law: bool,
    pub(crate) message: String,
    pub(crate) facts: Vec<String>,
}

impl Finding {
    pub(crate) fn new(kind: Kind, row: usize, cause: Cause) -> Self {
        Self {
            kind,
            row,
            day: None,
            days: None,
            version: None,
            remedy: None,
            expected: None,
            actual: None,
            difference: None,
            stake: Decimal::ZERO,
            at_stake: Decimal::ZERO,
            cause,
            told: false,
            clauses: Vec::new(),
            citations: Vec::new(),
            law: false,
            message: String::new(),
            facts: Vec::new(),
        }
    }

    /// How much it matters.
    pub(crate) fn severity(&self) -> Severity {
        match self.kind {
            Kind::RefundedThoughDeclined
            | Kind::ReturnedTwice
            | Kind::MoreReturnedThanSold
            | Kind::TooMuch
            | Kind::TooLittle => Severity::High,
            Kind::DeclinedThoughOwed | Kind::PaperworkKept if self.law => Severity::High,
            Kind::WrongTender
            | Kind::PaidTooEarly
            | Kind::PaidTooLate
            | Kind::ApprovalMissing
            | Kind::BelowAuthority
            | Kind::DeclinedThoughOwed
            | Kind::PaperworkKept => Severity::Medium,
            Kind::PaperworkMissing | Kind::CannotBeJudged => Severity::Low,
        }
    }
}
