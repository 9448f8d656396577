//! What the formats can say of a policy.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A promise about returns: the general one, or that of some goods or some customers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// What it is called.
    pub name: Option<String>,
    /// The goods it is about, as paths of the catalogue; empty: all.
    pub categories: Vec<String>,
    /// The customers it is about; none: all.
    pub tier: Option<String>,
    /// Where it applies: ISO 3166-1 codes of two letters.
    pub countries: Vec<String>,
    /// The page that tells it.
    pub link: Option<String>,
    /// How long goods may come back.
    pub returns: Returns,
    /// What the customer can have.
    pub refunds: BTreeSet<Refund>,
    /// In which state goods may come back; empty: not said.
    pub states: BTreeSet<State>,
    /// On which ways; empty: not said.
    pub methods: BTreeSet<Method>,
    /// Where the label comes from.
    pub label: Option<LabelSource>,
    /// What the way back costs.
    pub shipping: Option<ShippingFee>,
    /// The same, when the customer only changed their mind.
    pub remorse: Option<ShippingFee>,
    /// The same, when the goods are at fault.
    pub defect: Option<ShippingFee>,
    /// What stays with the shop.
    pub restocking: Option<Restocking>,
    /// What the customer paid for the delivery stays with the shop.
    pub delivery_kept: bool,
    /// Of all amounts, where there are any.
    pub currency: Option<String>,
    /// Days until the money is paid.
    pub paid_within: Option<u32>,
    /// Only goods at fault come back.
    pub defective_only: bool,
    /// Other periods at some times of the year.
    pub seasons: Vec<Season>,
}

impl Terms {
    /// An amount as a format tells it, in the one currency of all of them: the first that is told. Zero needs none. Otherwise why it
    /// cannot be had; without words where it is no amount with a currency at all.
    pub(crate) fn amount(
        &mut self,
        told: Option<Decimal>,
        currency: Option<String>,
    ) -> Result<Decimal, Option<String>> {
        match (told, currency, &self.currency) {
            (Some(zero), None, _) if zero.is_zero() => Ok(zero),
            (Some(_), Some(currency), Some(before)) if currency != *before => {
                Err(Some(format!("in {currency}, where other amounts are in {before}")))
            }
            (Some(amount), Some(currency), _) => {
                self.currency = Some(currency);
                Ok(amount)
            }
            (Some(_), None, _) | (None, ..) => Err(None),
        }
    }
}

/// How long goods may come back after delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Returns {
    /// Not at all.
    Never,
    /// So many days.
    Days(u32),
    /// Until this day.
    Until(NaiveDate),
    /// For ever.
    Unlimited,
    /// Not said.
    #[default]
    Unspecified,
}

/// What the customer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "what the formats call refund types")]
pub enum Refund {
    Money,
    Exchange,
    StoreCredit,
}

/// The state of goods that come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "what the formats call item conditions")]
pub enum State {
    New,
    Used,
    Damaged,
}

/// A way for goods to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "what the formats call return methods")]
pub enum Method {
    Mail,
    Store,
    Kiosk,
    /// The customer keeps them.
    Keep,
}

/// Where the label for the way back comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "what the formats call label sources")]
pub enum LabelSource {
    InTheBox,
    Download,
    Customer,
}

/// What the way back costs the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShippingFee {
    /// Nothing.
    Free,
    /// What the carrier asks.
    Customer,
    /// This amount.
    Fixed(Decimal),
    /// An amount that is not told.
    Untold,
}

/// What stays with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restocking {
    /// So many percent of the price.
    Percent(Decimal),
    /// This amount.
    Fixed(Decimal),
    /// Something; how much is not told.
    Untold,
}

/// Goods bought between two days come back on other terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// What it is called.
    pub name: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How long goods bought in it may come back; unspecified: as otherwise.
    pub returns: Returns,
    /// What the customer can have; empty: as otherwise.
    pub refunds: BTreeSet<Refund>,
    /// What stays with the shop, where it is something else than otherwise; of nothing no percent.
    pub restocking: Option<Restocking>,
}
