//! The canonical columns: what every source of sales and returns is mapped to, and what a joined case consists of. One table
//! in code, which gives the Arrow schemas, the documents and the tests.
//!
//! Every column may be null, which means *not known*. Of a column that a batch does not have nothing is said, and what a request takes
//! for granted where it is left out holds: one unit, no tax. Money is positive, in the policy's currency; fees are told as the amount kept back.
//!
//! Rows of joined cases that have the same `visit` stand together, in one batch; those of different visits in any order.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema};

use crate::words::words;

/// The digits of money after the point, as far as it is kept: prices of one unit may be finer than a cent.
pub const MONEY_SCALE: i8 = 12;

/// The digits of money in all.
pub const MONEY_DIGITS: u8 = 38;

/// What begins the name of a column of a declared fact: `facts.item.opened`.
pub const FACTS: &str = "facts.";

/// What begins the name of a column of the sale in a joined case: `sale.sold`, `sale.facts.customer.tier`.
pub const SALE: &str = "sale.";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text (`Utf8`).
    Text,
    /// A word of the policy, or one of a few fixed ones (`Utf8`).
    Word,
    /// A moment with its offset (RFC 3339), or a day where no time is known (`Utf8`): `2011-01-04T10:00:00+00:00`, `2011-01-04`.
    Moment,
    /// A day (`Date32`).
    Day,
    /// An amount or a price (`Decimal128`, 12 digits after the point).
    Money,
    /// A rate in percent, as money is kept (`Decimal128`).
    Percent,
    /// A whole number (`Int64`).
    Count,
    /// Yes or no (`Boolean`).
    YesNo,
    /// Several texts with `;` between them (`Utf8`): `Cameras/Lenses; Sale`.
    Texts,
    /// Amounts by tender (`Utf8`): `credit 10.00; gift card #gc-1 2.00`. After the tender `#` and which card or account, where
    /// that is known; `credit ?` where it is not known how much.
    Tenders,
    /// Who approved (`Utf8`): `manager #m3; everything/large-refund: director`. A role; before it the label path of the clause
    /// and `:`, where that is known; after it `#` and who. Of verifications `passed` or `failed` at the end. An empty text says
    /// that nobody did.
    Roles,
    /// What was collected (`Utf8`): `return-slip.signature; return-slip.id_number=hash`. Form, point and field; after `=` how
    /// the answer is kept: `value`, `hash`, `nothing` or `deleted`. An empty text says that nothing was.
    Forms,
    /// What came back before of the same sale: a list of [`EARLIER`].
    Earlier,
    /// Earlier returns as limits count them: a list of [`PAST`].
    Past,
    /// The other lines of the same sale: a list of [`REST`].
    Rest,
}

impl Kind {
    /// Its Arrow type.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Text | Self::Word | Self::Moment | Self::Texts | Self::Tenders | Self::Roles | Self::Forms => {
                DataType::Utf8
            }
            Self::Day => DataType::Date32,
            Self::Money | Self::Percent => DataType::Decimal128(MONEY_DIGITS, MONEY_SCALE),
            Self::Count => DataType::Int64,
            Self::YesNo => DataType::Boolean,
            Self::Earlier => list(EARLIER),
            Self::Past => list(PAST),
            Self::Rest => list(REST),
        }
    }

    /// What it looks like.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Text => "Text.",
            Self::Word => "A word of the policy, or one of a few fixed ones.",
            Self::Moment => {
                "A moment with its offset (RFC 3339), or a day where no time is known: `2011-01-04T10:00:00+00:00`, `2011-01-04`."
            }
            Self::Day => "A day.",
            Self::Money => "An amount or a price.",
            Self::Percent => "A rate in percent, as money is kept.",
            Self::Count => "A whole number.",
            Self::YesNo => "Yes or no.",
            Self::Texts => "Several texts with `;` between them: `Cameras/Lenses; Sale`.",
            Self::Tenders => {
                "Amounts by tender: `credit 10.00; gift card #gc-1 2.00`. After the tender `#` and which card or account, where that is known; `credit ?` where it is not known how much."
            }
            Self::Roles => {
                "Who approved: `manager #m3; everything/large-refund: director`. A role; before it the label path of the clause and `:`, where that is known; after it `#` and who. Of verifications `passed` or `failed` at the end. An empty text says that nobody did."
            }
            Self::Forms => {
                "What was collected: `return-slip.signature; return-slip.id_number=hash`. Form, point and field; after `=` how the answer is kept: `value`, `hash`, `nothing` or `deleted`. An empty text says that nothing was."
            }
            Self::Earlier => "What came back before of the same sale: a list of the earlier returns below.",
            Self::Past => "Earlier returns as limits count them: a list of the past returns below.",
            Self::Rest => "The other lines of the same sale: a list of the lines below.",
        }
    }

    /// What it is called in the documents.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Word => "word",
            Self::Moment => "moment or day",
            Self::Day => "day",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Count => "whole number",
            Self::YesNo => "yes or no",
            Self::Texts => "texts",
            Self::Tenders => "amounts by tender",
            Self::Roles => "roles",
            Self::Forms => "fields of forms",
            Self::Earlier => "list of earlier returns",
            Self::Past => "list of past returns",
            Self::Rest => "list of lines",
        }
    }

    /// What a cell of it holds, in a sentence: `a whole number`, `money`.
    pub(crate) fn held(self) -> String {
        let words = self.words();
        match self {
            Self::Money | Self::YesNo | Self::Texts | Self::Tenders | Self::Roles | Self::Forms => words.to_owned(),
            Self::Text
            | Self::Word
            | Self::Moment
            | Self::Day
            | Self::Percent
            | Self::Count
            | Self::Earlier
            | Self::Past
            | Self::Rest => format!("a {words}"),
        }
    }
}

/// A canonical column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
}

impl Column {
    /// As a field of a schema; always nullable.
    pub fn field(&self) -> Field {
        Field::new(self.name, self.kind.arrow(), true)
    }
}

pub(crate) const fn column(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, about }
}

/// Of a line of a sale. What is said of the whole sale (its day, store, tenders, delivery) is repeated in each of its lines.
pub const SALE_LINE: &[Column] = &[
    column("source", Kind::Text, "the file it was read from, as it was named"),
    column("row", Kind::Count, "where it stands there: line of a text, from 1; row of a Parquet file, from 0"),
    column("sale", Kind::Text, "the sale: number of receipt, invoice or order"),
    column("line", Kind::Text, "the line in it"),
    column("sold", Kind::Moment, "when it was sold"),
    column("ordered", Kind::Moment, "when it was ordered"),
    column("store", Kind::Text, "where it was sold"),
    column("store_country", Kind::Text, "its country (ISO 3166-1)"),
    column("store_state", Kind::Text, "its state (ISO 3166-2)"),
    column("store_zone", Kind::Text, "its time zone (IANA)"),
    column("channel", Kind::Word, "how it was sold"),
    column("seller", Kind::Text, "who sold it"),
    column("customer", Kind::Text, "who bought"),
    column("tax_exempt", Kind::YesNo, "whether no tax was charged"),
    column("sku", Kind::Text, "the article"),
    column("product", Kind::Text, "what its variants have in common"),
    column("brand", Kind::Text, "its brand"),
    column("categories", Kind::Texts, "paths of its categories; an empty text: none"),
    column("quantity", Kind::Count, "units sold; without this column: 1"),
    column("unit_price", Kind::Money, "of one unit, before discounts"),
    column("paid", Kind::Money, "for the line, after discounts, without tax that is not in the price"),
    column(
        "promotions",
        Kind::Tenders,
        "what promotions took off it, in place of tenders by their terms: `3 for 2 #P1 10.00`; an empty text: nothing",
    ),
    column("tax", Kind::Money, "tax of the line; without this column: none"),
    column("taxes", Kind::Tenders, "in place of `tax`, where there are several: by name, `GST 5.00; PST 7.00`"),
    column("tax_rate", Kind::Percent, "rate of `tax`"),
    column("tax_included", Kind::YesNo, "whether its taxes are in the price; not known: no"),
    column("invoiced", Kind::Moment, "when it was invoiced"),
    column("shipped", Kind::Moment, "when it was shipped"),
    column("received", Kind::Moment, "when the customer had it"),
    column("installed", Kind::Moment, "when it was installed"),
    column("activated", Kind::Moment, "when it was activated"),
    column("serials", Kind::Texts, "serial numbers of its units"),
    column("final_sale", Kind::YesNo, "whether it was sold as final"),
    column("tenders", Kind::Tenders, "how the sale was paid"),
    column("shipping_paid", Kind::Money, "what was paid for delivery of the sale"),
    column("shipping_cheapest", Kind::Money, "what the cheapest delivery would have cost"),
    column("shipping_tax", Kind::Money, "tax on what was paid for delivery"),
];

/// Of a line of a return: what the till saw, then what was done.
pub const RETURN_LINE: &[Column] = &[
    column("source", Kind::Text, "the file it was read from, as it was named"),
    column("row", Kind::Count, "where it stands there: line of a text, from 1; row of a Parquet file, from 0"),
    column(
        "visit",
        Kind::Text,
        "the transaction; lines of one visit are decided together. Not known: the line is a visit of its own",
    ),
    column("return_line", Kind::Text, "the line in it"),
    column("at", Kind::Moment, "when it was brought back"),
    column("told", Kind::Moment, "when the customer said so"),
    column("sent", Kind::Moment, "when it was sent"),
    column("received", Kind::Moment, "when it was back"),
    column("store", Kind::Text, "where it was brought back"),
    column("store_country", Kind::Text, "its country (ISO 3166-1)"),
    column("store_state", Kind::Text, "its state (ISO 3166-2)"),
    column("store_zone", Kind::Text, "its time zone (IANA)"),
    column("channel", Kind::Word, "how it came back"),
    column("by", Kind::Word, "who brought it: buyer, recipient, other"),
    column("clerk", Kind::Text, "who took it back"),
    column("clerk_role", Kind::Word, "the role of the clerk"),
    column("customer", Kind::Text, "whose return it is"),
    column("household", Kind::Text, "the household of the customer"),
    column("sale", Kind::Text, "the sale it is of, as the source names it"),
    column("line", Kind::Text, "the line of that sale"),
    column("sku", Kind::Text, "the article"),
    column("product", Kind::Text, "what its variants have in common"),
    column("brand", Kind::Text, "its brand"),
    column("categories", Kind::Texts, "paths of its categories, of goods without a sale; an empty text: none"),
    column("quantity", Kind::Count, "units that came back; without this column: 1"),
    column("serials", Kind::Texts, "serial numbers of these units"),
    column("wants", Kind::Word, "the remedy that was asked for; not known: the one that was given"),
    column("condition", Kind::Word, "in what state the goods were"),
    column("reason", Kind::Word, "why they came back"),
    column("proof", Kind::Word, "how the sale was proved"),
    column("refund_to", Kind::Word, "the tender the customer asked for; not known: the first one of `paid_to`"),
    column("list_price", Kind::Money, "list price of one unit, of goods without a sale"),
    column("current_price", Kind::Money, "price of one unit on the day of the return"),
    column("lowest_prices", Kind::Tenders, "lowest price of one unit, by length: `90 days 7.99`"),
    column("new_sku", Kind::Text, "the article it was exchanged for"),
    column("new_price", Kind::Money, "price of one unit of that"),
    column("done", Kind::Word, "what was done: `refunded` or `declined`; not known: refunded"),
    column("remedy", Kind::Word, "the remedy that was given; not known: what was asked for, else `refund`"),
    column(
        "refund",
        Kind::Money,
        "what was given back for the line: goods and taxes, less fees, with delivery where that was given back with it",
    ),
    column("refund_goods", Kind::Money, "of it for goods, before fees; not known: not told apart"),
    column("refund_tax", Kind::Money, "of it tax that is not in the price; not known: not told apart"),
    column("refund_fee", Kind::Money, "what was kept back as fees and deductions; not known: not told apart"),
    column("refund_shipping", Kind::Money, "of it delivery with its tax; not known: not told apart"),
    column("paid_to", Kind::Tenders, "where the money went, for this line"),
    column("paid_at", Kind::Moment, "when the money was paid"),
    column("approvals", Kind::Roles, "who approved; an empty text: nobody"),
    column("verifications", Kind::Roles, "who verified, each with `passed` or `failed`; an empty text: nobody"),
    column("forms", Kind::Forms, "what was collected on forms; an empty text: nothing"),
    column(
        "forms_as_of",
        Kind::Day,
        "the day on which `forms` tells how answers are kept; not known: nothing is said about how long",
    ),
];

/// Of a joined case, beside the columns of its return line and those of its sale line (which begin with `sale.`).
pub const LINKED: &[Column] = &[
    column(
        "link",
        Kind::Word,
        "how the sale was found: one of the words of `Link`; not known: `receipt` where `sale.sale` is known, else `none`",
    ),
    column("sale.rest", Kind::Rest, "the other lines of the sale; not known: the sale is taken to be its line"),
    column(
        "earlier",
        Kind::Earlier,
        "what came back before of the sale, as it was done, in the order of time; not known: nothing",
    ),
    column("history_customer", Kind::Past, "what the customer brought back before"),
    column("history_household", Kind::Past, "what the household brought back before"),
    column("history_clerk", Kind::Past, "what the clerk took back before"),
    column("history_item", Kind::Past, "what came back of the article before"),
];

/// An earlier return of a line of the same sale, in a list of [`Kind::Earlier`].
pub const EARLIER: &[Column] = &[
    column("at", Kind::Moment, "when it was brought back; not known: perhaps after this one"),
    column("line", Kind::Text, "the line of the sale; not known: the line of this case"),
    column("quantity", Kind::Count, "units that came back; without this column: 1"),
    column("serials", Kind::Texts, "serial numbers of these units"),
    column("refund", Kind::Money, "as of a return line"),
    column("refund_goods", Kind::Money, "as of a return line"),
    column("refund_tax", Kind::Money, "as of a return line"),
    column("refund_fee", Kind::Money, "as of a return line"),
    column("refund_shipping", Kind::Money, "as of a return line"),
    column("paid_to", Kind::Tenders, "as of a return line"),
    column("visit", Kind::Text, "as of a return line"),
    column("return_line", Kind::Text, "as of a return line"),
    column("source", Kind::Text, "as of a return line"),
    column("row", Kind::Count, "as of a return line"),
];

/// A past return that limits count, in a list of [`Kind::Past`].
pub const PAST: &[Column] = &[
    column("day", Kind::Day, "the local day of the return, of several the last; not known: it may count or not"),
    column("refund", Kind::Money, "what was given back; of an article: for the article"),
    column("items", Kind::Count, "units that came back"),
    column(
        "returns",
        Kind::Count,
        "how many returns these are, the other columns telling their sums; not known: it is one",
    ),
    column(
        "least",
        Kind::Money,
        "of several, what was given back for each of them at the least; not known: all of it for the one",
    ),
];

/// Another line of the same sale, in a list of [`Kind::Rest`].
pub const REST: &[Column] = &[
    column("line", Kind::Text, "as of a sale line"),
    column("sku", Kind::Text, "as of a sale line"),
    column("product", Kind::Text, "as of a sale line"),
    column("quantity", Kind::Count, "as of a sale line"),
    column("unit_price", Kind::Money, "as of a sale line"),
    column("paid", Kind::Money, "as of a sale line"),
    column("promotions", Kind::Tenders, "as of a sale line"),
    column("tax", Kind::Money, "as of a sale line"),
    column("taxes", Kind::Tenders, "as of a sale line"),
    column("tax_rate", Kind::Percent, "as of a sale line"),
    column("tax_included", Kind::YesNo, "as of a sale line"),
];

words! {
    /// How the sale of a return was found.
    Link {
        Receipt "receipt" "By the sale and line that the return names.";
        Fifo "fifo" "By customer and article, first in first out.";
        None "none" "Goods without a sale: returns are not linked, this one names no sale, or by the mapping one that is missing is none.";
        Ambiguous "ambiguous" "Several sales could be meant.";
        MissingSale "missing sale" "It names a sale, or belongs to one, that the data do not have.";
    }
}

/// The schema of sale lines; `facts` are the names of declared facts that are told of sales and their lines.
pub fn sale_schema<'a>(facts: impl IntoIterator<Item = &'a str>) -> Schema {
    Schema::new(SALE_LINE.iter().map(Column::field).chain(told("", facts)).collect::<Vec<_>>())
}

/// The schema of return lines; `facts` are the names of declared facts that are told of returns.
pub fn return_schema<'a>(facts: impl IntoIterator<Item = &'a str>) -> Schema {
    Schema::new(RETURN_LINE.iter().map(Column::field).chain(told("", facts)).collect::<Vec<_>>())
}

/// The schema of joined cases: return line, sale line, what was linked. `audit_batch` finds columns by name; the
/// order is that of writers.
pub fn case_schema<'a>(
    sale_facts: impl IntoIterator<Item = &'a str>,
    return_facts: impl IntoIterator<Item = &'a str>,
) -> Schema {
    let of_sale = SALE_LINE.iter().map(|column| column.field().with_name(format!("{SALE}{}", column.name)));
    let fields = RETURN_LINE.iter().map(Column::field).chain(told("", return_facts));
    let fields = fields.chain(of_sale).chain(told(SALE, sale_facts)).chain(LINKED.iter().map(Column::field));
    Schema::new(fields.collect::<Vec<_>>())
}

/// Declared facts are told as text, as a request would write them: `yes`, `12.50`, `gold`, `2011-01-04`; lists with `;`.
fn told<'a>(before: &str, facts: impl IntoIterator<Item = &'a str>) -> Vec<Field> {
    facts.into_iter().map(|fact| Field::new(format!("{before}{FACTS}{fact}"), DataType::Utf8, true)).collect()
}

fn list(columns: &[Column]) -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Struct(fields(columns)), true)))
}

/// The fields of the elements of a list, for builders.
pub fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(Column::field).collect()
}
