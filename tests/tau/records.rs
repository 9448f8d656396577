//! The records of the tau-retail data as the runner may see them. A [`Case`] has everything but what is expected of it;
//! [`Expected`] is read from the same line once the engine has decided.

use serde::Deserialize;

/// What is asked, and the state of the shop at that moment.
#[derive(Deserialize)]
pub(crate) struct Case {
    /// Absent in `disputed.jsonl`, which numbers its actions by place.
    #[serde(default)]
    pub(crate) case_id: String,
    /// Already applied to `before`.
    #[serde(default)]
    pub(crate) earlier_actions: Vec<Action>,
    #[serde(flatten)]
    pub(crate) asked: Action,
    pub(crate) before: State,
}

/// An action as the benchmark names it.
#[derive(Deserialize)]
pub(crate) struct Action {
    pub(crate) action: String,
    pub(crate) arguments: Arguments,
}

/// The arguments of all actions that are about returns.
#[derive(Deserialize)]
pub(crate) struct Arguments {
    pub(crate) order_id: Option<String>,
    pub(crate) item_ids: Option<Vec<String>>,
    pub(crate) new_item_ids: Option<Vec<String>>,
    pub(crate) payment_method_id: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) refund_to: Option<String>,
    pub(crate) days: Option<u32>,
}

/// The order, its customer and the catalogue entries of the new items.
#[derive(Deserialize)]
pub(crate) struct State {
    pub(crate) order: Option<Order>,
    pub(crate) customer: Option<Customer>,
    #[serde(default)]
    pub(crate) new_items: Vec<Variant>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Order {
    pub(crate) order_id: String,
    pub(crate) user_id: String,
    pub(crate) status: String,
    pub(crate) items: Vec<Item>,
    pub(crate) payments: Vec<Payment>,
    /// Only in records; an order of the shop has its first payment.
    #[serde(default)]
    pub(crate) original_payment_method: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Item {
    pub(crate) item_id: String,
    pub(crate) product_id: String,
    pub(crate) price_cents: i64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Payment {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) method: String,
    pub(crate) amount_cents: i64,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Customer {
    pub(crate) user_id: String,
    pub(crate) payment_methods: Vec<Method>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Method {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) balance_cents: Option<i64>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Variant {
    pub(crate) item_id: String,
    #[serde(default)]
    pub(crate) product_id: String,
    pub(crate) available: bool,
    pub(crate) price_cents: i64,
}

/// A product of the shop.
#[derive(Deserialize)]
pub(crate) struct Product {
    pub(crate) product_id: String,
    pub(crate) variants: Vec<Variant>,
}

/// A fact that stands only in the words of the customer, put down by one of us.
#[derive(Deserialize)]
pub(crate) struct ReadByHand {
    pub(crate) case_id: String,
    /// The item it is about.
    pub(crate) item_id: String,
    pub(crate) fact: String,
    pub(crate) value: serde_json::Value,
    /// The words it was read from; they must stand in `customer_says`.
    pub(crate) words: String,
}

/// The verdict of a record.
#[derive(Deserialize)]
pub(crate) struct Expected {
    pub(crate) policy: String,
    pub(crate) policy_rules: Vec<String>,
    pub(crate) effect: Option<Effect>,
}

#[derive(Deserialize)]
pub(crate) struct Effect {
    pub(crate) refund_total_cents: Option<i64>,
    pub(crate) refund_to: Option<String>,
    pub(crate) refund_kind: Option<String>,
    pub(crate) refunds: Option<Vec<Refund>>,
    pub(crate) difference_cents: Option<i64>,
    pub(crate) direction: Option<String>,
    pub(crate) payment_method: Option<String>,
    pub(crate) payment_kind: Option<String>,
    pub(crate) gift_card_balance_after_cents: Option<i64>,
    pub(crate) per_item: Option<Vec<PerItem>>,
}

#[derive(Deserialize)]
pub(crate) struct Refund {
    pub(crate) to: String,
    pub(crate) kind: String,
    pub(crate) amount_cents: i64,
    pub(crate) timing: String,
}

#[derive(Deserialize)]
pub(crate) struct PerItem {
    pub(crate) refund_cents: Option<i64>,
    pub(crate) old_price_cents: Option<i64>,
}

/// What a task says the customer must be told, beside sums over its actions.
#[derive(Deserialize)]
pub(crate) struct Published {
    pub(crate) task: String,
    pub(crate) published: Vec<String>,
    pub(crate) actions: Vec<PublishedAction>,
    pub(crate) sum_refunds_cents: i64,
    pub(crate) sum_differences_cents: i64,
    pub(crate) sum_matches_published: bool,
}

#[derive(Deserialize)]
pub(crate) struct PublishedAction {
    pub(crate) case_id: String,
}
