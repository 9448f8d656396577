//! A request as the evaluator reads it: validated, dates turned into days of their place, words into ids, category tests
//! answered. Made by [`read()`] from JSON against a [`Program`](crate::program::Program); knows nothing of clauses.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::facts::{Schema, TextId, Value};

mod context;
mod draft;
mod error;
mod facts;
mod history;
mod locate;
mod paid;
mod read;
mod returns;
mod sales;
mod shapes;
mod tree;
mod wire;

pub use draft::{Draft, List, Object};
pub use error::{Error, ErrorKind};
pub(crate) use error::{escaped, quoted};
pub use read::{Limits, read, read_draft, read_within};
pub(crate) use shapes::schema;
pub(crate) use tree::{Tree, Value as Json};

/// One visit: goods that come back, from several sales perhaps, and new goods.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The day of the request at the place of the return.
    pub day: NaiveDate,
    /// The moment of the request, when it was given as one.
    pub moment: Option<DateTime<FixedOffset>>,
    /// When the customer told of the return.
    pub told: Event,
    /// When the goods were sent; none: that is still to come.
    pub sent: Option<Event>,
    /// When the goods were back; none: that is still to come.
    pub received: Option<Event>,
    /// Facts of the visit, by slot.
    pub facts: Vec<Option<Value>>,
    /// Return labels issued now.
    pub labels: u32,
    /// Who approved what.
    pub approvals: Vec<Approval>,
    /// What was verified.
    pub verifications: Vec<Verification>,
    /// The tender the customer asks for.
    pub refund_to: Option<TenderRef>,
    /// What has come back before, beyond the sales of this request.
    pub history: History,
    /// What a balance is paid with, and what is left on it.
    pub pay_with: Option<(TenderRef, Option<Decimal>)>,
    /// The sales.
    pub sales: Vec<Sale>,
    /// The goods that come back.
    pub lines: Vec<Line>,
    /// Goods bought in the same visit, apart from exchanges named on a line.
    pub new_goods: Vec<NewGoods>,
    /// Texts that only the request mentions; their ids follow those of the schema.
    pub texts: Vec<String>,
    /// Values of list facts, by the number in [`Value::Texts`].
    pub lists: Vec<Vec<TextId>>,
    /// Values of a tender part's declared facts stand with the tender; this is their number.
    pub tender_slots: usize,
}

impl Request {
    /// A text of the policy or of this request.
    pub fn text<'a>(&'a self, schema: &'a Schema, id: TextId) -> &'a str {
        let at = usize::try_from(id.0).unwrap_or(usize::MAX);
        let own = at.checked_sub(schema.texts.len());
        own.map_or_else(|| schema.texts.get(at), |own| self.texts.get(own)).map_or("", String::as_str)
    }
}

/// A day, and the moment when it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The civil day at its place.
    pub day: NaiveDate,
    /// The moment.
    pub moment: Option<DateTime<FixedOffset>>,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The label path of a clause, as given; unknown paths approve nothing.
    pub clause: String,
    /// The role of who approves (a word of the role domain).
    pub role: u16,
    /// Who.
    pub by: Option<String>,
}

/// What came of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The label path of the clause that wants it.
    pub clause: String,
    /// The role that looked.
    pub role: u16,
    /// Who.
    pub by: Option<String>,
    /// Whether it is as it should be.
    pub passed: bool,
}

/// A tender by kind and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderRef {
    /// A word of the tender domain.
    pub tender: u16,
    /// Which card or account.
    pub id: Option<Arc<str>>,
}

/// A sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// Its id.
    pub id: Arc<str>,
    /// Facts of the sale, by slot.
    pub facts: Vec<Option<Value>>,
    /// The moment of the sale, when it was given as one (for windows in hours).
    pub sold: Option<Event>,
    /// The moment of the order.
    pub ordered: Option<Event>,
    /// What was sold.
    pub lines: Vec<SaleLine>,
    /// When all of it was received.
    pub arrival: Arrival,
    /// Its promotions, in the order they were applied.
    pub promotions: Vec<Promotion>,
    /// Outbound delivery.
    pub shipping: Option<Shipping>,
    /// How it was paid.
    pub tenders: Vec<Tender>,
    /// What has gone back to the customer before, by sale: shipping, its taxes (in the order of `shipping.taxes`).
    pub earlier_shipping: Decimal,
    /// See `earlier_shipping`.
    pub earlier_shipping_taxes: Vec<Decimal>,
    /// Whether tax was not charged.
    pub tax_exempt: bool,
}

/// A line of a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct SaleLine {
    /// Its id.
    pub id: Arc<str>,
    /// Units sold; at least 1.
    pub quantity: u32,
    /// List price of one unit; where it is not told, what was paid for one.
    pub unit_price: Decimal,
    /// Whether it is told.
    pub priced: bool,
    /// Paid for the whole line, after discounts: given, or shared from the promotions.
    pub paid: Decimal,
    /// Its taxes.
    pub taxes: Vec<Tax>,
    /// Dates of the line by clock.
    pub dates: [Option<Event>; 5],
    /// What else is told of its parcels and repairs.
    pub handover: Option<Box<Handover>>,
    /// Serial numbers sold.
    pub serials: Vec<String>,
    /// What has come back before.
    pub earlier: Earlier,
}

/// What is told of goods beyond the dates of their clocks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Handover {
    /// The first parcel that came.
    pub first: Option<Event>,
    /// Whether parcels are still to come.
    pub to_come: bool,
    /// Whether nothing of it is delivered, as of a service.
    pub nothing: bool,
    /// When it was away for repair or replacement, by the first day.
    pub repairs: Vec<Repair>,
}

/// When all lines of a sale were received.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Arrival {
    /// The last parcel that came.
    pub last: Option<Event>,
    /// Whether parcels are still to come.
    pub to_come: bool,
    /// Whether it is not known of some line when it came.
    pub unknown: bool,
}

/// A time in which goods are repaired or replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// The day on which the customer asked for it.
    pub from: NaiveDate,
    /// The day on which the customer had the goods again; none: not yet.
    pub until: Option<NaiveDate>,
}

/// A tax of a line or of shipping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// Its name.
    pub id: Arc<str>,
    /// In percent, when told.
    pub rate: Option<Decimal>,
    /// For the whole line.
    pub amount: Decimal,
    /// Whether it is inside the price.
    pub included: bool,
}

/// What has come back of a line before, all earlier returns together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// Units.
    pub quantity: u32,
    /// Goods given back, before fees, reductions and deductions.
    pub goods: Decimal,
    /// Kept because the basis was less than the price paid.
    pub reduction: Decimal,
    /// Fees kept, by name.
    pub fees: Vec<Kept>,
    /// Deductions kept, by name.
    pub deductions: Vec<Kept>,
    /// Taxes given back, in the order of the line's taxes.
    pub taxes: Vec<Decimal>,
    /// Serial numbers that came back.
    pub serials: Vec<String>,
    /// What of `goods` and `taxes` was given for units that the customer kept, in the order in which that happened.
    pub adjusted: Vec<Adjusted>,
}

/// Money given back for units that the customer keeps: of each unit the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adjusted {
    /// Units that had come back before.
    pub before: u32,
    /// How much, without taxes on top.
    pub goods: Decimal,
    /// Taxes, in the order of the line's taxes.
    pub taxes: SmallVec<[Decimal; 2]>,
}

/// A fee or deduction kept of what has come back before.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// How much, all earlier returns together.
    pub amount: Decimal,
    /// Goods of those earlier returns in which it was kept.
    pub goods: Decimal,
    /// Units of those.
    pub quantity: u32,
}

/// A promotion.
#[derive(Debug, Clone, PartialEq)]
pub struct Promotion {
    /// Its id.
    pub id: String,
    /// Its terms.
    pub kind: PromotionKind,
    /// The lines it covers, by place in the sale.
    pub lines: Vec<usize>,
    /// What it took off them together.
    pub amount: Decimal,
}

/// The terms of a promotion.
#[derive(Debug, Clone, PartialEq)]
pub enum PromotionKind {
    /// Of every `n` units the `n - m` cheapest are free.
    NForM {
        /// Units in a group.
        n: u32,
        /// Units paid in it.
        m: u32,
    },
    /// Percent off once the prices reach `over`.
    PercentOver {
        /// The threshold.
        over: Decimal,
        /// The percent.
        percent: Decimal,
    },
    /// Percent off the cheaper of each two units.
    EverySecond {
        /// The percent.
        percent: Decimal,
    },
    /// All lines together.
    Bundle,
    /// No terms.
    Coupon,
    /// A gift with purchase.
    Gift {
        /// The line given free, by place in the sale.
        gift: usize,
        /// Its stated value.
        value: Decimal,
    },
}

/// Outbound delivery of a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Shipping {
    /// What was paid for it.
    pub paid: Decimal,
    /// The cheapest that was offered.
    pub cheapest: Option<Decimal>,
    /// Its taxes.
    pub taxes: Vec<Tax>,
}

/// A tender of a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Tender {
    /// Its id, unique in the sale.
    pub id: Arc<str>,
    /// A word of the tender domain.
    pub tender: u16,
    /// What was paid with it.
    pub amount: Decimal,
    /// What has gone back to it before.
    pub earlier: Decimal,
    /// Facts of tenders, by slot; those of the language are computed.
    pub facts: Vec<Option<Value>>,
}

/// Goods that come back.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its id.
    pub id: Arc<str>,
    /// The sale and the line of it, by place.
    pub sold: Option<(usize, usize)>,
    /// Units; at least 1.
    pub quantity: u32,
    /// Facts of the line, by slot.
    pub facts: Vec<Option<Value>>,
    /// The categories of the item; none given is unknown.
    pub categories: Option<Vec<String>>,
    /// The answer of each category test of the schema; empty when the categories are unknown.
    pub in_category: Vec<bool>,
    /// The wanted remedy.
    pub wants: Option<u16>,
    /// Serial numbers that come back.
    pub serials: Vec<String>,
    /// Today's price of one unit.
    pub current_price: Option<Decimal>,
    /// The list price of one unit, for goods without a sale.
    pub list_price: Option<Decimal>,
    /// The lowest price of one unit, by length as written (`90 days`).
    pub lowest_price: Vec<(String, Decimal)>,
    /// Dates of goods without a sale.
    pub dates: [Option<Event>; 5],
    /// Likewise of their parcels and repairs.
    pub handover: Option<Box<Handover>>,
    /// What is known of a sale that nobody can find.
    pub unfound: Option<Box<UnfoundSale>>,
    /// The goods it is exchanged for.
    pub new: Option<NewGoods>,
    /// What the item itself went through before.
    pub history: Option<Past>,
    /// What was paid for it, or how many units there are, is not known, and what stands for it is no figure: the line is asked
    /// for its price where it is not refused whatever that is. Requests are refused instead; audits of what was done are not.
    pub unpriced: bool,
}

/// What is known of the sale of goods without one. It proves nothing: conditions and windows read it, amounts do not.
#[derive(Debug, Clone, PartialEq)]
pub struct UnfoundSale {
    /// Facts of the sale, by slot.
    pub facts: Vec<Option<Value>>,
    /// When it was sold.
    pub sold: Option<Event>,
    /// When it was ordered.
    pub ordered: Option<Event>,
}

/// What has come back before, by whom limits count; what is not told is not known.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "whom limits count")]
pub struct History {
    pub customer: Option<Past>,
    pub household: Option<Past>,
    pub clerk: Option<Past>,
}

/// A history: all returns there were.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The day up to which it is complete.
    pub as_of: NaiveDate,
    /// Whether there may have been more than these: a limit that they do not pass asks.
    pub at_least: bool,
    /// The returns.
    pub returns: Vec<PastReturn>,
}

/// A return of a history, or several that no limit tells apart.
#[derive(Debug, Clone, PartialEq)]
pub struct PastReturn {
    /// Its day; of several the last.
    pub day: NaiveDate,
    /// Money given back, for all of them.
    pub refund: Decimal,
    /// Units that came back, of all of them.
    pub items: u64,
    /// How many returns these are. Requests tell them one by one; audits of what was done add up what is long ago.
    pub returns: u64,
    /// Of several, what was given back for each at the least: as much as a limit wants of those it counts, or too little.
    pub least: Option<Decimal>,
    /// Label paths of the clauses whose limits it counted for; none given: all.
    pub limits: Option<Vec<String>>,
}

/// Goods bought in the visit.
#[derive(Debug, Clone, PartialEq)]
pub struct NewGoods {
    /// Its id.
    pub id: Arc<str>,
    /// Units.
    pub quantity: u32,
    /// Price of one unit, when known.
    pub price: Option<Decimal>,
    /// Taxes of all units together, on top of the price unless included.
    pub taxes: Vec<Tax>,
}
