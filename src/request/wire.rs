//! The request as JSON writes it: borrowed texts, parsed numbers and days, nothing looked up yet. Every struct rejects
//! members it does not know; `null` is the same as leaving an optional member out.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::date::When;

/// What a member is when it is left out; `None` when it must not be.
pub(super) trait Member: Sized {
    fn absent() -> Option<Self> {
        None
    }
}

impl<T> Member for Option<T> {
    fn absent() -> Option<Self> {
        Some(None)
    }
}
impl<T> Member for Rows<T> {}
impl Member for Text<'_> {}
impl Member for Number {}
impl Member for bool {}
impl Member for Date {}

/// Structs read from JSON objects only (serde's own derive also takes lists), every member at most once.
macro_rules! objects {
    ($($name:ident { $($(#[$note:meta])* $member:ident: $ty:ty),+ $(,)? })+) => {$(
        #[derive(Debug)]
        pub(super) struct $name<'a> {
            $($(#[$note])* pub(super) $member: $ty,)+
            _text: PhantomData<&'a str>,
        }

        impl Member for $name<'_> {}

        impl<'a> Deserialize<'a> for $name<'a> {
            fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;
                impl<'a> Visitor<'a> for Object {
                    type Value = $name<'a>;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<$name<'a>, M::Error> {
                        $(let mut $member: Option<$ty> = None;)+
                        while let Some(Text(key)) = map.next_key()? {
                            match &*key {
                                $(stringify!($member) => {
                                    if $member.is_some() {
                                        return Err(M::Error::duplicate_field(stringify!($member)));
                                    }
                                    $member = Some(map.next_value()?);
                                })+
                                other => return Err(M::Error::unknown_field(other, &[$(stringify!($member)),+])),
                            }
                        }
                        Ok($name {
                            $($member: match $member.or_else(<$ty as Member>::absent) {
                                Some(value) => value,
                                None => return Err(M::Error::missing_field(stringify!($member))),
                            },)+
                            _text: PhantomData,
                        })
                    }
                }
                deserializer.deserialize_map(Object)
            }
        }
    )+};
}

objects! {
    Request {
        at: Date,
        store: Option<Store<'a>>,
        channel: Option<Text<'a>>,
        by: Option<Text<'a>>,
        told: Option<Date>,
        sent: Option<Date>,
        received: Option<Date>,
        facts: Option<Members<'a, Fact<'a>>>,
        clerk: Option<Clerk<'a>>,
        approvals: Option<Rows<Approval<'a>>>,
        verifications: Option<Rows<Verification<'a>>>,
        on_duty: Option<Rows<Text<'a>>>,
        refund_to: Option<RefundTo<'a>>,
        pay_with: Option<PayWith<'a>>,
        history: Option<History<'a>>,
        labels: Option<Number>,
        sales: Option<Rows<Sale<'a>>>,
        returns: Rows<Return<'a>>,
        new_goods: Option<Rows<NewGoods<'a>>>,
    }
    Store {
        id: Option<Text<'a>>,
        country: Option<Text<'a>>,
        state: Option<Text<'a>>,
        zone: Option<Text<'a>>,
    }
    Clerk {
        #[expect(dead_code, reason = "who it is says nothing to a policy; what may be done goes by the role")]
        id: Option<Text<'a>>,
        role: Option<Text<'a>>,
    }
    Approval { clause: Text<'a>, role: Text<'a>, by: Option<Text<'a>> }
    Verification { clause: Text<'a>, role: Text<'a>, by: Option<Text<'a>>, passed: bool }
    RefundTo { tender: Text<'a>, id: Option<Text<'a>> }
    PayWith { tender: Text<'a>, id: Option<Text<'a>>, balance: Option<Number> }
    Sale {
        id: Text<'a>,
        currency: Option<Text<'a>>,
        sold: Option<Date>,
        ordered: Option<Date>,
        store: Option<Store<'a>>,
        channel: Option<Text<'a>>,
        seller: Option<Text<'a>>,
        tax_exempt: Option<bool>,
        facts: Option<Members<'a, Fact<'a>>>,
        lines: Rows<SaleLine<'a>>,
        promotions: Option<Rows<Promotion<'a>>>,
        shipping: Option<Shipping<'a>>,
        tenders: Option<Rows<Tender<'a>>>,
        earlier_returns: Option<Rows<EarlierReturn<'a>>>,
    }
    SaleLine {
        id: Text<'a>,
        sku: Option<Text<'a>>,
        product: Option<Text<'a>>,
        brand: Option<Text<'a>>,
        categories: Option<Rows<Text<'a>>>,
        quantity: Option<Number>,
        unit_price: Option<Number>,
        paid: Option<Number>,
        taxes: Option<Rows<Tax<'a>>>,
        invoiced: Option<Date>,
        shipped: Option<Date>,
        received: Option<Parcels>,
        installed: Option<Date>,
        activated: Option<Date>,
        repairs: Option<Rows<Repair<'a>>>,
        serials: Option<Rows<Text<'a>>>,
        final_sale: Option<bool>,
        facts: Option<Members<'a, Fact<'a>>>,
    }
    Repair { from: Date, until: Option<Date> }
    Tax { id: Text<'a>, rate: Option<Number>, amount: Number, included: Option<bool> }
    Promotion {
        id: Text<'a>,
        kind: Text<'a>,
        lines: Rows<Text<'a>>,
        amount: Option<Number>,
        n: Option<Number>,
        m: Option<Number>,
        over: Option<Number>,
        percent: Option<Number>,
        gift: Option<Text<'a>>,
        value: Option<Number>,
    }
    Shipping { paid: Number, cheapest: Option<Number>, taxes: Option<Rows<Tax<'a>>> }
    Tender { id: Text<'a>, tender: Text<'a>, amount: Number, facts: Option<Members<'a, Fact<'a>>> }
    EarlierReturn {
        #[expect(dead_code, reason = "what came back before counts, whenever it did")]
        at: Option<Date>,
        lines: Option<Rows<EarlierLine<'a>>>,
        shipping: Option<Number>,
        shipping_taxes: Option<Members<'a, Number>>,
        tenders: Option<Rows<EarlierTender<'a>>>,
    }
    EarlierLine {
        line: Text<'a>,
        quantity: Number,
        goods: Number,
        reduction: Option<Number>,
        fees: Option<Members<'a, Number>>,
        deductions: Option<Members<'a, Number>>,
        taxes: Option<Members<'a, Number>>,
        serials: Option<Rows<Text<'a>>>,
    }
    EarlierTender { id: Text<'a>, amount: Number }
    Return {
        id: Text<'a>,
        sale: Option<Text<'a>>,
        line: Option<Text<'a>>,
        item: Option<Box<Item<'a>>>,
        quantity: Option<Number>,
        wants: Option<Text<'a>>,
        condition: Option<Text<'a>>,
        reason: Option<Text<'a>>,
        proof: Option<Text<'a>>,
        serials: Option<Rows<Text<'a>>>,
        facts: Option<Members<'a, Fact<'a>>>,
        new: Option<Box<Exchange<'a>>>,
        current_price: Option<Number>,
        list_price: Option<Number>,
        lowest_price: Option<Members<'a, Number>>,
        history: Option<Past<'a>>,
    }
    History { customer: Option<Past<'a>>, household: Option<Past<'a>>, clerk: Option<Past<'a>> }
    Past { as_of: Option<Date>, returns: Rows<PastReturn<'a>> }
    PastReturn { day: Date, refund: Number, items: Option<Number>, limits: Option<Rows<Text<'a>>> }
    Item {
        sku: Option<Text<'a>>,
        product: Option<Text<'a>>,
        brand: Option<Text<'a>>,
        categories: Option<Rows<Text<'a>>>,
        invoiced: Option<Date>,
        shipped: Option<Date>,
        received: Option<Parcels>,
        installed: Option<Date>,
        activated: Option<Date>,
        repairs: Option<Rows<Repair<'a>>>,
        final_sale: Option<bool>,
        facts: Option<Members<'a, Fact<'a>>>,
    }
    Exchange {
        sku: Option<Text<'a>>,
        product: Option<Text<'a>>,
        price: Option<Number>,
        quantity: Option<Number>,
        taxes: Option<Rows<Tax<'a>>>,
        available: Option<bool>,
        facts: Option<Members<'a, Fact<'a>>>,
    }
    NewGoods {
        id: Text<'a>,
        price: Option<Number>,
        quantity: Option<Number>,
        taxes: Option<Rows<Tax<'a>>>,
    }
    Dated { value: Undated<'a>, as_of: Option<Date> }
}

/// A text, borrowed from the JSON unless it holds escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> Deserialize<'a> for Text<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyText;
        impl<'a> Visitor<'a> for AnyText {
            type Value = Text<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }
            fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Text<'a>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'a>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_string<E>(self, text: String) -> Result<Text<'a>, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }
        deserializer.deserialize_str(AnyText)
    }
}

/// A decimal in quotes, or a whole number. A JSON number with a point is refused: who made it may have used floating
/// point, and then the digits are not those that were meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(pub(super) Decimal);

const NUMBER: &str = "a number in quotes such as \"12.50\", or a whole number";

impl<'a> Deserialize<'a> for Number {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyNumber;
        impl Visitor<'_> for AnyNumber {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(NUMBER)
            }
            fn visit_u64<E>(self, number: u64) -> Result<Number, E> {
                Ok(Number(Decimal::from(number)))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Number, E> {
                Ok(Number(Decimal::from(number)))
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Number, E> {
                match decimal(text) {
                    Some(number) => Ok(Number(number)),
                    None => Err(E::invalid_value(Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(AnyNumber)
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

impl<'a> Deserialize<'a> for Date {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyDate;
        impl Visitor<'_> for AnyDate {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as \"2025-11-20\"")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map(Date).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(AnyDate)
    }
}

/// One day, or the days of several parcels; of one still to come, none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parcels {
    One(Date),
    Several(Vec<Option<Date>>),
}

impl<'a> Deserialize<'a> for Parcels {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyParcels;
        impl<'a> Visitor<'a> for AnyParcels {
            type Value = Parcels;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as \"2025-11-20\", or a list of dates")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Parcels, E> {
                text.parse().map(|when| Parcels::One(Date(when))).map_err(E::custom)
            }
            fn visit_seq<S: SeqAccess<'a>>(self, mut list: S) -> Result<Parcels, S::Error> {
                let mut dates = Vec::new();
                while let Some(date) = list.next_element()? {
                    dates.push(date);
                }
                Ok(Parcels::Several(dates))
            }
        }
        deserializer.deserialize_any(AnyParcels)
    }
}

/// A list. Most lists of a request have one element, and elements are large: so it starts with room for one.
#[derive(Debug)]
pub(super) struct Rows<T>(pub(super) Vec<T>);

impl<T> std::ops::Deref for Rows<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T: Deserialize<'a>> Deserialize<'a> for Rows<T> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyRows<T>(PhantomData<T>);
        impl<'a, T: Deserialize<'a>> Visitor<'a> for AnyRows<T> {
            type Value = Rows<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<S: SeqAccess<'a>>(self, mut list: S) -> Result<Rows<T>, S::Error> {
                let mut rows = Vec::new();
                while let Some(row) = list.next_element()? {
                    if rows.is_empty() {
                        rows.reserve_exact(1);
                    }
                    rows.push(row);
                }
                Ok(Rows(rows))
            }
        }
        deserializer.deserialize_seq(AnyRows(PhantomData))
    }
}

/// The elements of a list that may be left out.
pub(super) fn rows<T>(list: &Option<Rows<T>>) -> &[T] {
    list.as_deref().unwrap_or_default()
}

/// An object whose members are names of the policy.
#[derive(Debug)]
pub(super) struct Members<'a, T>(pub(super) Vec<(Text<'a>, T)>);

impl<'a, T: Deserialize<'a>> Deserialize<'a> for Members<'a, T> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyMembers<T>(PhantomData<T>);
        impl<'a, T: Deserialize<'a>> Visitor<'a> for AnyMembers<T> {
            type Value = Members<'a, T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Members<'a, T>, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(AnyMembers(PhantomData))
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

impl Member for Undated<'_> {}

impl<'a> Deserialize<'a> for Fact<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyFact::<true>)
    }
}

impl<'a> Deserialize<'a> for Undated<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyFact::<false>).map(Undated)
    }
}

struct AnyFact<const DATED: bool>;

impl<'a, const DATED: bool> Visitor<'a> for AnyFact<DATED> {
    type Value = Fact<'a>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, true or false, a list of texts, ")?;
        f.write_str(NUMBER)
    }
    fn visit_unit<E>(self) -> Result<Fact<'a>, E> {
        Ok(Fact::Null)
    }
    fn visit_bool<E>(self, bool: bool) -> Result<Fact<'a>, E> {
        Ok(Fact::Bool(bool))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Fact<'a>, E> {
        Ok(Fact::Number(Decimal::from(number)))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Fact<'a>, E> {
        Ok(Fact::Number(Decimal::from(number)))
    }
    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Fact<'a>, E> {
        Ok(Fact::Text(Text(Cow::Borrowed(text))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Fact<'a>, E> {
        Ok(Fact::Text(Text(Cow::Owned(text.to_owned()))))
    }
    fn visit_seq<S: SeqAccess<'a>>(self, mut list: S) -> Result<Fact<'a>, S::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(Fact::List(texts))
    }
    fn visit_map<M: MapAccess<'a>>(self, map: M) -> Result<Fact<'a>, M::Error> {
        if !DATED {
            return Err(M::Error::invalid_type(Unexpected::Map, &self));
        }
        let dated = Dated::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Fact::Dated(Box::new(dated)))
    }
}
