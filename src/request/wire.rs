//! The request as JSON writes it: borrowed texts, parsed numbers and days, nothing looked up yet. Every struct rejects
//! members it does not know; `null` is the same as leaving an optional member out.

use std::marker::PhantomData;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::error::{Error, ErrorKind};
use super::locate::{Fill, Known, MOST, exact, expected, items, members, named, text};
use super::shapes::{
    Amount, Amounts, AtLeastOne, AtMost, Bringer, Categories, Channel, ClausePath, ConditionWord, Country,
    CurrencyCode, FactValue, FactsOf, Id, LINE, LineIds, Percent, Price, Prices, PromotionWord, ProofWord, ReasonWord,
    RemedyWord, RoleWord, SALE, State, TENDER, TenderWord, Units, VISIT, Zone, promotion, returned, sale_line,
};
use super::tree::Value;
use crate::date::{When, WhenError};
use crate::diagnostic::clipped;
use crate::shape::{self, Object, Shape, Shapes, nullable};

/// What a member may be.
pub(super) trait Member {
    /// Whether it must be there.
    const NEEDED: bool = true;
    /// What stands in its place until it is read.
    // INVARIANT: of what is needed no blank is left, since an object without it is refused (`locate::members`).
    fn blank() -> Self;
}

impl<T> Member for Option<T> {
    const NEEDED: bool = false;
    fn blank() -> Self {
        None
    }
}

impl<T: Member> Member for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
}

impl Member for bool {
    fn blank() -> Self {
        false
    }
}

/// Structs read from JSON objects, every member at most once; and what schemas say of them. A member whose type does not say
/// all of its shape names another one after `as`.
macro_rules! objects {
    ($(
        $(#[doc = $about:literal])+
        $name:ident $(where $rules:path)? {
            $($(#[doc = $note:literal])+ $member:ident: $ty:ty $(as $shape:ty)?),+ $(,)?
        }
    )+) => {$(
        #[derive(Debug)]
        pub(super) struct $name<'a> {
            $($(#[doc = $note])+ pub(super) $member: $ty,)+
            _text: PhantomData<&'a str>,
        }

        impl Member for $name<'_> {
            fn blank() -> Self {
                $name { $($member: Member::blank(),)+ _text: PhantomData }
            }
        }

        impl<'a> $name<'a> {
            const KNOWN: &'static [Known] =
                &[$(Known { name: stringify!($member), needed: <$ty as Member>::NEEDED }),+];

            pub(super) fn object() -> Object {
                Object {
                    name: stringify!($name),
                    about: &[$($about),+],
                    members: vec![$(shape::Member {
                        name: stringify!($member),
                        about: &[$($note),+],
                        required: <$ty as Member>::NEEDED,
                        recorded: false,
                        shape: |shapes| {
                            let shape = objects!(@ shapes, $ty $(, $shape)?);
                            if <$ty as Member>::NEEDED { shape } else { nullable(shape) }
                        },
                    }),+],
                    rules: objects!(? $($rules)?),
                }
            }
        }

        impl Shape for $name<'_> {
            fn shape(shapes: &mut Shapes<'_>) -> Json {
                Self::object().refer(shapes)
            }
        }

        impl<'a> Fill<'a> for $name<'a> {
            fn fill(&mut self, value: Value<'a>) -> Result<(), Error> {
                const { assert!(Self::KNOWN.len() <= MOST) };
                members(value, Self::KNOWN, &mut [$(&mut self.$member),+])
            }
        }
    )+};
    (@ $shapes:ident, $ty:ty) => { <$ty as Shape>::shape($shapes) };
    (@ $shapes:ident, $ty:ty, $shape:ty) => { <$shape as Shape>::shape($shapes) };
    (?) => { Vec::new() };
    (? $rules:path) => { $rules() };
}

objects! {
    /// A return as it happens. What is left out, or `null`, is not known, unless a meaning of absence is given.
    Request {
        /// When the customer asks; its local day is the day of the request.
        at: Date,
        /// Where the goods come back.
        store: Option<Store<'a>>,
        /// How the return comes in.
        channel: Option<Text<'a>> as Channel,
        /// Who brings the goods.
        by: Option<Text<'a>> as Bringer,
        /// When the customer said so; left out: now.
        told: Option<Date>,
        /// When the goods were sent; left out: now; `awaited`: that is still to come.
        sent: Option<Come>,
        /// When the goods were back; left out: now; `awaited`: that is still to come.
        received: Option<Come>,
        /// Declared facts of the visit, and those `as of return`.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<VISIT>,
        /// Who takes the return.
        clerk: Option<Clerk<'a>>,
        /// Who approved what; at most 1,000.
        approvals: Option<Rows<Approval<'a>>> as AtMost<1000, Approval<'a>>,
        /// What came of looking at what clauses want verified; at most 1,000.
        verifications: Option<Rows<Verification<'a>>> as AtMost<1000, Verification<'a>>,
        /// The roles that are present, all of them; `[]`: nobody.
        on_duty: Option<Rows<Text<'a>>> as Vec<RoleWord>,
        /// The tender the customer asks for.
        refund_to: Option<RefundTo<'a>>,
        /// What a balance is paid with.
        pay_with: Option<PayWith<'a>>,
        /// What came back before, for limits.
        history: Option<History<'a>>,
        /// Return labels issued now; left out: 0.
        labels: Option<Number> as Units<0>,
        /// The sales that goods come back of.
        sales: Option<Rows<Sale<'a>>>,
        /// The goods that come back; one or more.
        returns: Rows<Return<'a>> as AtLeastOne<Return<'a>>,
        /// Goods bought in the same visit, apart from those of exchanges.
        new_goods: Option<Rows<NewGoods<'a>>>,
    }
    /// A place of business.
    Store {
        /// Its number or name.
        id: Option<Text<'a>>,
        /// ISO 3166-1, two letters: `US`.
        country: Option<Text<'a>> as Country,
        /// ISO 3166-2: `US-PA`.
        state: Option<Text<'a>> as State,
        /// IANA: `America/New_York`. Moments are turned into days there; left out: in the policy's zone.
        zone: Option<Text<'a>> as Zone,
    }
    /// Who takes the return.
    Clerk {
        /// Who it is; says nothing to a policy.
        id: Option<Text<'a>>,
        /// What he or she may do.
        role: Option<Text<'a>> as RoleWord,
    }
    /// An approval of what a clause leaves to a role.
    Approval {
        /// Label path of a clause that some version of the policy has: `everything/large-refund`.
        clause: Text<'a> as ClausePath,
        /// The role of who approves.
        role: Text<'a> as RoleWord,
        /// Who approves.
        by: Option<Text<'a>>,
    }
    /// What came of looking at what a clause wants verified.
    Verification {
        /// Label path of the clause: `everything/jewels`.
        clause: Text<'a> as ClausePath,
        /// The role of who looked.
        role: Text<'a> as RoleWord,
        /// Who looked.
        by: Option<Text<'a>>,
        /// Whether it is as it should be.
        passed: bool,
    }
    /// The tender the customer asks for.
    RefundTo {
        /// Of which kind.
        tender: Text<'a> as TenderWord,
        /// Which card or account.
        id: Option<Text<'a>>,
    }
    /// What a balance is paid with.
    PayWith {
        /// Of which kind.
        tender: Text<'a> as TenderWord,
        /// Which card or account.
        id: Option<Text<'a>>,
        /// What is left on it.
        balance: Option<Number> as Amount,
    }
    /// A sale.
    Sale {
        /// Its id, once in a request.
        id: Text<'a> as Id,
        /// The policy's; left out: that too.
        currency: Option<Text<'a>> as CurrencyCode,
        /// When it was sold.
        sold: Option<Date>,
        /// When it was ordered.
        ordered: Option<Date>,
        /// Where it was sold.
        store: Option<Store<'a>>,
        /// How it was sold.
        channel: Option<Text<'a>> as Channel,
        /// Who sold it: `own`, a marketplace seller.
        seller: Option<Text<'a>>,
        /// Whether no tax was charged; left out: no.
        tax_exempt: Option<bool>,
        /// Declared facts of the sale, and those `as of sale`.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<SALE>,
        /// What was sold; one or more.
        lines: Rows<SaleLine<'a>> as AtLeastOne<SaleLine<'a>>,
        /// What was taken off several lines together, in the order it was taken off.
        promotions: Option<Rows<Promotion<'a>>>,
        /// Delivery of the sale.
        shipping: Option<Shipping<'a>>,
        /// How it was paid.
        tenders: Option<Rows<Tender<'a>>>,
        /// What has come back before.
        earlier_returns: Option<Rows<EarlierReturn<'a>>>,
    }
    /// A line of a sale; it needs `unit_price` or `paid`.
    SaleLine where sale_line {
        /// Its id, once in a sale.
        id: Text<'a> as Id,
        /// The article.
        sku: Option<Text<'a>>,
        /// What its variants have in common.
        product: Option<Text<'a>>,
        /// Its brand.
        brand: Option<Text<'a>>,
        /// Paths such as `Cameras/Lenses`; left out: not known; `[]`: in none.
        categories: Option<Rows<Text<'a>>> as Categories,
        /// Units sold; left out: 1.
        quantity: Option<Number> as Units<1>,
        /// Of one unit, before discounts; may be finer than a cent.
        unit_price: Option<Number> as Price,
        /// For the whole line, after discounts.
        paid: Option<Number> as Amount,
        /// Its taxes; at most 1,000.
        taxes: Option<Rows<Tax<'a>>> as AtMost<1000, Tax<'a>>,
        /// When it was invoiced.
        invoiced: Option<Date>,
        /// When it was shipped.
        shipped: Option<Date>,
        /// When it was received; of a list of parcels the last counts, null is one still to come; `[]`: nothing is delivered.
        received: Option<Parcels>,
        /// When it was installed.
        installed: Option<Date>,
        /// When it was activated.
        activated: Option<Date>,
        /// When it was away for repair or replacement; left out: never.
        repairs: Option<Rows<Repair<'a>>>,
        /// Serial numbers of its units.
        serials: Option<Rows<Text<'a>>>,
        /// Whether it was sold as final; left out: no.
        final_sale: Option<bool>,
        /// Declared facts of the item; each is told in one place only.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<LINE>,
    }
    /// A time in which goods were away for repair or replacement.
    Repair {
        /// When the customer asked for it.
        from: Date,
        /// When the goods were back, not before `from`; left out: not yet.
        until: Option<Date>,
    }
    /// A tax.
    Tax {
        /// Its name, once in a line.
        id: Text<'a> as Id,
        /// In percent; needed for taxed fees only; left out: what the tax comes to on the price.
        rate: Option<Number> as Percent<1000>,
        /// For the whole line.
        amount: Number as Amount,
        /// Whether it is inside the price; left out: no.
        included: Option<bool>,
    }
    /// A promotion. Which terms it has goes by its kind.
    Promotion where promotion {
        /// Its id, once in a sale.
        id: Text<'a> as Id,
        /// Of every `n` units the cheapest beyond `m` are free; `percent` off once the prices reach `over`; `percent` off the cheaper of each two; all
        /// lines together; no terms; a line given free.
        kind: Text<'a> as PromotionWord,
        /// The lines it covers, by id; one or more. Of a gift: what it came with.
        lines: Rows<Text<'a>> as LineIds,
        /// What it took off them together. A gift has none.
        amount: Option<Number> as Amount,
        /// Units in a group.
        n: Option<Number> as Units<2>,
        /// Units paid in it.
        m: Option<Number> as Units<1>,
        /// The sum to be reached.
        over: Option<Number> as Amount,
        /// In percent, at most 100.
        percent: Option<Number> as Percent<100>,
        /// The line given free.
        gift: Option<Text<'a>>,
        /// Its stated value.
        value: Option<Number> as Amount,
    }
    /// Delivery of a sale.
    Shipping {
        /// What was paid for it.
        paid: Number as Amount,
        /// The cheapest delivery that was offered.
        cheapest: Option<Number> as Amount,
        /// Its taxes; at most 1,000.
        taxes: Option<Rows<Tax<'a>>> as AtMost<1000, Tax<'a>>,
    }
    /// A tender of a sale.
    Tender {
        /// Its id, once in a sale.
        id: Text<'a> as Id,
        /// Of which kind.
        tender: Text<'a> as TenderWord,
        /// What was paid with it.
        amount: Number as Amount,
        /// Declared facts of the tender.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<TENDER>,
    }
    /// What came back of a sale before, in one visit. Amounts are positive; left out: 0.
    EarlierReturn {
        /// When.
        at: Option<Date>,
        /// The lines.
        lines: Option<Rows<EarlierLine<'a>>>,
        /// Delivery given back, without tax.
        shipping: Option<Number> as Amount,
        /// Tax of delivery given back, by the id of the tax.
        shipping_taxes: Option<Members<'a, Number>> as Amounts,
        /// Where the money went.
        tenders: Option<Rows<EarlierTender<'a>>>,
    }
    /// What came back of a line before.
    EarlierLine {
        /// The id of the line.
        line: Text<'a>,
        /// Units; 0 for money given back for units that stay with the customer: of all that had not come back then, the same for each.
        quantity: Number as Units<0>,
        /// What the goods were worth, before fees.
        goods: Number as Amount,
        /// Kept because the basis was less than the price paid.
        reduction: Option<Number> as Amount,
        /// Fees kept, by name.
        fees: Option<Members<'a, Number>> as Amounts,
        /// Deductions kept, by name.
        deductions: Option<Members<'a, Number>> as Amounts,
        /// Taxes given back, by id.
        taxes: Option<Members<'a, Number>> as Amounts,
        /// Serial numbers of the units that came back; none of them comes back again.
        serials: Option<Rows<Text<'a>>>,
    }
    /// What went back to a tender before.
    EarlierTender {
        /// The id of the tender.
        id: Text<'a>,
        /// How much.
        amount: Number as Amount,
    }
    /// Goods that come back: of a line of a sale, or an `item` without one.
    Return where returned {
        /// Its id, once in a request.
        id: Text<'a> as Id,
        /// The id of the sale; may be left out when there is only one.
        sale: Option<Text<'a>>,
        /// The id of the line of the sale; may be left out when there is only one.
        line: Option<Text<'a>>,
        /// The goods, where no sale is known.
        item: Option<Box<Item<'a>>>,
        /// Units that come back; left out: 1.
        quantity: Option<Number> as Units<1>,
        /// The remedy the customer wants; left out: it is asked.
        wants: Option<Text<'a>> as RemedyWord,
        /// In what state the goods are.
        condition: Option<Text<'a>> as ConditionWord,
        /// Why they come back.
        reason: Option<Text<'a>> as ReasonWord,
        /// How the sale is proved.
        proof: Option<Text<'a>> as ProofWord,
        /// Serial numbers of the units that come back.
        serials: Option<Rows<Text<'a>>>,
        /// Declared facts of the item; each is told in one place only.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<LINE>,
        /// The goods it is exchanged for.
        new: Option<Box<Exchange<'a>>>,
        /// Today's price of one unit; may be finer than a cent.
        current_price: Option<Number> as Price,
        /// The list price of one unit, for goods without a sale.
        list_price: Option<Number> as Price,
        /// The lowest price of one unit, by length: `{ "90 days": "799.99" }`.
        lowest_price: Option<Members<'a, Number>> as Prices,
        /// What came back of this item before, for limits.
        history: Option<Past<'a>>,
    }
    /// What came back before, for limits.
    History {
        /// Of the customer.
        customer: Option<Past<'a>>,
        /// Of all who live with the customer.
        household: Option<Past<'a>>,
        /// Of the clerk.
        clerk: Option<Past<'a>>,
    }
    /// All returns there were.
    Past {
        /// Up to when these are all; left out: the day of the request.
        as_of: Option<Date>,
        /// Each of them.
        returns: Rows<PastReturn<'a>>,
    }
    /// A return of a history.
    PastReturn {
        /// When it was.
        day: Date,
        /// Money given back.
        refund: Number as Amount,
        /// Units; left out: 1.
        items: Option<Number> as Units<0>,
        /// Label paths of the clauses whose limits it counted for; left out: all.
        limits: Option<Rows<Text<'a>>>,
    }
    /// Goods without a known sale.
    Item {
        /// The article.
        sku: Option<Text<'a>>,
        /// What its variants have in common.
        product: Option<Text<'a>>,
        /// Its brand.
        brand: Option<Text<'a>>,
        /// Paths such as `Cameras/Lenses`; left out: not known; `[]`: in none.
        categories: Option<Rows<Text<'a>>> as Categories,
        /// When it was invoiced.
        invoiced: Option<Date>,
        /// When it was shipped.
        shipped: Option<Date>,
        /// When it was received; of a list of parcels the last counts, null is one still to come; `[]`: nothing is delivered.
        received: Option<Parcels>,
        /// When it was installed.
        installed: Option<Date>,
        /// When it was activated.
        activated: Option<Date>,
        /// When it was away for repair or replacement; left out: never.
        repairs: Option<Rows<Repair<'a>>>,
        /// Whether it was sold as final; left out: no.
        final_sale: Option<bool>,
        /// What one unit cost, where that is known; conditions read it, no amount is worked out of it.
        price: Option<Number> as Price,
        /// What is known of their sale all the same.
        sale: Option<UnfoundSale<'a>>,
        /// Declared facts of the item; each is told in one place only.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<LINE>,
    }
    /// What is known of a sale that nobody can find: a gift receipt tells its day, a label its store. Left out: not known.
    UnfoundSale {
        /// When it was sold.
        sold: Option<Date>,
        /// When it was ordered.
        ordered: Option<Date>,
        /// Where it was sold.
        store: Option<Store<'a>>,
        /// How it was sold.
        channel: Option<Text<'a>> as Channel,
        /// Who sold it: `own`, a marketplace seller.
        seller: Option<Text<'a>>,
        /// Whether no tax was charged.
        tax_exempt: Option<bool>,
        /// Whether everything of the sale that is not back yet comes back now.
        whole: Option<bool>,
        /// What was paid for all its lines.
        total: Option<Number> as Amount,
        /// Declared facts of the sale, and those `as of sale`.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<SALE>,
    }
    /// The goods an exchange gives.
    Exchange {
        /// The article.
        sku: Option<Text<'a>>,
        /// What its variants have in common.
        product: Option<Text<'a>>,
        /// Of one unit.
        price: Option<Number> as Amount,
        /// Units; left out: 1.
        quantity: Option<Number> as Units<1>,
        /// Taxes of all units together; at most 1,000.
        taxes: Option<Rows<Tax<'a>>> as AtMost<1000, Tax<'a>>,
        /// Whether it can be had.
        available: Option<bool>,
        /// Declared facts of the item; each is told in one place only.
        facts: Option<Members<'a, Fact<'a>>> as FactsOf<LINE>,
    }
    /// Goods bought in the same visit.
    NewGoods {
        /// Its id, once in a request.
        id: Text<'a> as Id,
        /// Of one unit.
        price: Option<Number> as Amount,
        /// Units; left out: 1.
        quantity: Option<Number> as Units<1>,
        /// Taxes of all units together; at most 1,000.
        taxes: Option<Rows<Tax<'a>>> as AtMost<1000, Tax<'a>>,
    }
    /// The value of a fact, and how old the figure is.
    Dated {
        /// The value.
        value: Undated<'a> as FactValue,
        /// When it was right. A figure older than the declaration of the fact allows is not known.
        as_of: Option<Date>,
    }
}

impl<'t, T: Member + Fill<'t>> Fill<'t> for Option<T> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        match value {
            Value::Null => Ok(()),
            value => self.insert(T::blank()).fill(value),
        }
    }
}

impl<'t, T: Fill<'t>> Fill<'t> for Box<T> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        T::fill(self, value)
    }
}

impl Fill<'_> for bool {
    fn fill(&mut self, value: Value<'_>) -> Result<(), Error> {
        match value {
            Value::Bool(value) => *self = value,
            other => return expected("true or false", other),
        }
        Ok(())
    }
}

/// A text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl<'a> Text<'a> {
    pub(super) fn as_str(&self) -> &'a str {
        self.0
    }
}

impl Member for Text<'_> {
    fn blank() -> Self {
        Text("")
    }
}

impl<'t> Fill<'t> for Text<'t> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        *self = Text(text(value, "text")?);
        Ok(())
    }
}

/// A decimal in quotes, or a whole number. A JSON number with a point is refused: who made it may have used floating
/// point, and then the digits are not those that were meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(pub(super) Decimal);

impl Member for Number {
    fn blank() -> Self {
        Number(Decimal::ZERO)
    }
}

impl Fill<'_> for Number {
    fn fill(&mut self, value: Value<'_>) -> Result<(), Error> {
        let number = match value {
            Value::Text(text) => decimal(text),
            other => exact(other),
        };
        match number {
            Some(number) => *self = Number(number),
            None => return expected("a number in quotes such as \"12.50\", or a whole number", value),
        }
        Ok(())
    }
}

/// `-12.50`: an optional minus, digits, perhaps a point and digits; 28 digits at most.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let mut mantissa = 0i128;
    let mut count = 0u32;
    let mut point = None;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if count < 28 => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                count += 1;
            }
            b'.' if count > 0 && point.is_none() => point = Some(count),
            _ => return None,
        }
    }
    let scale = match point {
        Some(before) if before == count => return None,
        Some(before) => count - before,
        None if count == 0 => return None,
        None => 0,
    };
    Decimal::try_from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale).ok()
}

/// A day or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date(pub(super) When);

const DATE: &str = "a date such as \"2025-11-20\"";

impl Member for Date {
    fn blank() -> Self {
        Date(When::Date(NaiveDate::MIN))
    }
}

impl Fill<'_> for Date {
    fn fill(&mut self, value: Value<'_>) -> Result<(), Error> {
        *self = date(text(value, DATE)?)?;
        Ok(())
    }
}

fn date(text: &str) -> Result<Date, Error> {
    clipped(text, 60).parse().map(Date).map_err(|error: WhenError| Error::new(ErrorKind::Type, error.to_string()))
}

/// When goods were sent or were back: a day, or that it is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Come {
    On(Date),
    Awaited,
}

/// The word for what is still to come.
pub(super) const AWAITED: &str = "awaited";

impl Member for Come {
    fn blank() -> Self {
        Come::Awaited
    }
}

impl Fill<'_> for Come {
    fn fill(&mut self, value: Value<'_>) -> Result<(), Error> {
        *self = match text(value, "a date such as \"2025-11-20\", or \"awaited\"")? {
            AWAITED => Come::Awaited,
            day => Come::On(date(day)?),
        };
        Ok(())
    }
}

/// One day, or the days of several parcels; of one still to come, none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parcels {
    One(Date),
    Several(Vec<Option<Date>>),
}

impl Member for Parcels {
    fn blank() -> Self {
        Parcels::Several(Vec::new())
    }
}

impl Fill<'_> for Parcels {
    fn fill(&mut self, value: Value<'_>) -> Result<(), Error> {
        *self = match value {
            Value::Text(text) => Parcels::One(date(text)?),
            other => Parcels::Several(list(other, "a date such as \"2025-11-20\", or a list of dates")?),
        };
        Ok(())
    }
}

/// A list.
#[derive(Debug)]
pub(super) struct Rows<T>(pub(super) Vec<T>);

impl<T> std::ops::Deref for Rows<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> Member for Rows<T> {
    fn blank() -> Self {
        Rows(Vec::new())
    }
}

impl<'t, T: Member + Fill<'t>> Fill<'t> for Rows<T> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        self.0 = list(value, "a list")?;
        Ok(())
    }
}

/// Most lists of a request have one element, and elements are large: so it starts with room for one.
fn list<'t, T: Member + Fill<'t>>(value: Value<'t>, what: &str) -> Result<Vec<T>, Error> {
    let mut rows = Vec::new();
    items(value, what, &mut |value| {
        if rows.is_empty() {
            rows.reserve_exact(1);
        }
        rows.push(T::blank());
        rows.last_mut().map_or(Ok(()), |row| row.fill(value))
    })?;
    Ok(rows)
}

/// The elements of a list that may be left out.
pub(super) fn rows<T>(list: &Option<Rows<T>>) -> &[T] {
    list.as_deref().unwrap_or_default()
}

/// An object whose members are names of the policy.
#[derive(Debug)]
pub(super) struct Members<'a, T>(pub(super) Vec<(Text<'a>, T)>);

impl<T> Member for Members<'_, T> {
    fn blank() -> Self {
        Members(Vec::new())
    }
}

impl<'t, T: Member + Fill<'t>> Fill<'t> for Members<'t, T> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        named(value, &mut |name, value| {
            let mut member = T::blank();
            member.fill(value)?;
            self.0.push((Text(name), member));
            Ok(())
        })
    }
}

/// The value of a declared fact.
#[derive(Debug)]
pub(super) enum Fact<'a> {
    Null,
    Bool(bool),
    Number(Decimal),
    Text(Text<'a>),
    List(Vec<Text<'a>>),
    Dated(Box<Dated<'a>>),
}

/// The value of a declared fact inside `{ "value": …, "as_of": … }`, which does not nest.
#[derive(Debug)]
pub(super) struct Undated<'a>(pub(super) Fact<'a>);

impl Member for Fact<'_> {
    fn blank() -> Self {
        Fact::Null
    }
}

impl Member for Undated<'_> {
    fn blank() -> Self {
        Undated(Fact::Null)
    }
}

impl<'t> Fill<'t> for Fact<'t> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        *self = match value {
            Value::Object(_) => {
                let mut dated = Box::<Dated<'_>>::blank();
                dated.fill(value)?;
                Fact::Dated(dated)
            }
            plain => undated(plain)?,
        };
        Ok(())
    }
}

impl<'t> Fill<'t> for Undated<'t> {
    fn fill(&mut self, value: Value<'t>) -> Result<(), Error> {
        *self = Undated(undated(value)?);
        Ok(())
    }
}

fn undated(value: Value<'_>) -> Result<Fact<'_>, Error> {
    const FACT: &str = "text, true or false, a list of texts, a number in quotes such as \"12.50\", or a whole number";
    Ok(match value {
        Value::Null => Fact::Null,
        Value::Bool(value) => Fact::Bool(value),
        Value::Text(text) => Fact::Text(Text(text)),
        Value::List(_) => Fact::List(list(value, FACT)?),
        other => match exact(other) {
            Some(number) => Fact::Number(number),
            None => return expected(FACT, other),
        },
    })
}
