//! What is said to the customer, as a key with typed arguments: a translation needs nothing else. Holds no texts of guards, no
//! figures of limits and nothing of what was counted: those are for staff.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::decision::{Bound, Part, Title};
use crate::money::Money;

/// A sentence or two for the customer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "key", rename_all = "kebab-case", rename_all_fields = "snake_case")]
#[expect(missing_docs, reason = "the arguments are told in docs/reference/decision.md")]
pub enum Message {
    /// Money goes back.
    Accepted {
        remedy: Remedy,
        value: Sum,
        kept: Vec<Kept>,
    },
    /// Goods for goods.
    AcceptedGoods {
        remedy: Remedy,
        value: Sum,
        kept: Vec<Kept>,
    },
    /// Something is done, or the identical item is given for an item of which a fee would be kept otherwise.
    AcceptedService {
        remedy: Remedy,
    },
    /// Nothing speaks against it, but it is not settled yet.
    TermsMet {
        remedy: Remedy,
    },
    Approved,
    /// Somebody checks something first.
    Verify {
        remedy: Remedy,
        role: String,
        within: Option<String>,
        due: Option<NaiveDate>,
    },
    /// Somebody has checked it, and it is as it should be.
    Verified {
        role: String,
    },
    /// Somebody has checked it, and it is not as expected.
    VerificationFailed {
        role: String,
    },
    /// The terms do not include it; `text` is what they say.
    NotOffered {
        remedy: Remedy,
        text: Option<String>,
    },
    Expired {
        remedy: Remedy,
        day: Option<NaiveDate>,
    },
    OthersOffered {
        remedies: Vec<String>,
    },
    /// Not today; `day` is when it can be asked again.
    Stopped {
        day: Option<NaiveDate>,
    },
    /// Somebody else decides; `owed` where the law gives a right to it.
    Referred {
        role: String,
        owed: bool,
    },
    /// The terms leave it open.
    LeftOpen {
        role: String,
    },
    /// It is not clear where the money can go.
    Route {
        role: String,
    },
    /// More come back than the receipt and the records show.
    CountDiffers,
    /// The serial number is in the records already.
    NumberKnown,
    /// The serial number is not the one on the receipt.
    NumberDiffers,
    /// The return is dated before the sale.
    DatesDiffer,
    /// A gift came with it, and is not here.
    GiftMissing,
    /// It waits for the other lines.
    Together,
    /// Something must be asked of the customer, in these words.
    Question {
        #[serde(skip_serializing_if = "Option::is_none")]
        question: Option<String>,
    },
    /// Something must be looked up.
    LookUp,
    /// Several things are not known.
    Questions,
    /// Where money goes.
    Paid {
        amount: Sum,
        to: String,
        when: PaidWhen,
    },
    /// Delivery that is given back with it.
    Delivery {
        amount: Sum,
    },
    /// What is left to pay.
    ToPay {
        amount: Sum,
    },
    /// The law gives more than the terms.
    ByLaw {
        what: &'static str,
        name: Option<String>,
        /// What the customer reads of a fee or deduction, where the policy says it.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    /// Another remedy that can be had.
    Possible {
        remedy: String,
        value: Option<Sum>,
        pays: Vec<String>,
        last_day: Option<NaiveDate>,
    },
    /// Another remedy that can be had (`sure`), or may be, once something is known.
    OnceKnown {
        remedy: String,
        sure: bool,
        ask: Vec<ToAsk>,
    },
    /// The same can be asked again from a day on.
    Later {
        day: NaiveDate,
    },
    /// Who may allow it, all of them together.
    Approval {
        roles: Vec<String>,
    },
}

/// The name of a remedy; none where it is not said which is wanted.
pub type Remedy = Option<String>;

/// When money is paid.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum PaidWhen {
    /// On the day of the request.
    Now,
    /// Once somebody has looked.
    OnceVerified {
        /// Not before this day.
        first: Option<NaiveDate>,
    },
    /// On a day.
    On {
        /// Which.
        day: NaiveDate,
    },
    /// On or before a day.
    By {
        /// The last one.
        day: NaiveDate,
    },
    /// On or after a day, until another.
    Between {
        /// The first.
        first: NaiveDate,
        /// The last.
        last: NaiveDate,
    },
    /// On or after a day.
    From {
        /// The first.
        day: NaiveDate,
    },
    /// Once the goods are back, or were sent: the earliest of these events.
    OnceBack {
        /// `sent`, `received`
        events: Vec<&'static str>,
    },
    /// Within hours.
    Within {
        /// `48 hours`
        length: String,
    },
}

/// Something to ask or to look up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToAsk {
    /// As the decision names it.
    pub fact: String,
    /// Of a lowest price: in what time.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
    /// How the customer is asked, where the policy says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// What is not given back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// `reduction`, `fee` or `deduction`.
    pub part: &'static str,
    /// Of a fee or deduction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the customer reads of it, where the policy says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// It is the tax on the fee that `title` speaks of.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tax: bool,
    /// How much, above zero.
    pub amount: Sum,
}

/// An amount; written as JSON without its currency, as all amounts of a decision are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum(pub Money);

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut amount: Decimal = self.0.amount.normalize();
        amount.rescale(amount.scale().max(self.0.currency.minor_digits()));
        serializer.collect_str(&amount)
    }
}

impl Message {
    /// What the law changed, in the word of the decision.
    pub(super) fn by_law(what: &Bound, title: Option<Title<'_>>) -> Self {
        let name = match what {
            Bound::Fee(name) | Bound::Deduction(name) => Some(name.to_string()),
            Bound::Remedy | Bound::Window | Bound::Basis | Bound::Tax | Bound::Shipping | Bound::Discounts => None,
            Bound::Stop | Bound::Pay | Bound::Hold | Bound::Due | Bound::Kept(_) => None,
        };
        Self::ByLaw { what: what.word(), name, title: title.map(|title| title.name.to_owned()) }
    }
}

impl Kept {
    /// A part of an amount, when it is one that is not given back.
    pub(super) fn of(part: Part, name: Option<&str>, title: Option<Title<'_>>, amount: Money) -> Option<Self> {
        match part {
            Part::Reduction | Part::Fee | Part::Deduction if !amount.amount.is_zero() => Some(Self {
                part: part.word(),
                name: name.map(str::to_owned),
                title: title.map(|title| title.name.to_owned()),
                tax: title.is_some_and(|title| title.of_tax),
                amount: Sum(Money { amount: -amount.amount, ..amount }),
            }),
            Part::Goods | Part::Reduction | Part::Fee | Part::Deduction | Part::Tax | Part::IncludedTax => None,
        }
    }
}
