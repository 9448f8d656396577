//! Turns a record into a request: copies fields, joins the items and payment methods that are named with what is known of
//! them, pairs old items with new ones in order. Compares nothing and concludes nothing; that is the policy's part.

use serde_json::{Map, Value, json};

use super::records::{Action, Case, Customer, Item, Order, ReadByHand, Variant};

/// The day of every request. No order of the data has a date, and no rule asks for one.
const DAY: &str = "2024-05-15";

/// The remedy an action asks for; `None` when the action is about no return: an address, a way to pay.
///
/// # Errors
///
/// The name of an action that is not in the data's list.
pub(crate) fn wanted(action: &str) -> Result<Option<&'static str>, String> {
    Ok(Some(match action {
        "return_delivered_order_items" | "refund_within_days" => "refund",
        "exchange_delivered_order_items" => "exchange",
        "modify_pending_order_items" => "change",
        "cancel_pending_order" | "cancel_order_items" => "cancel",
        "place_order" => "new order",
        "add_order_items" => "added item",
        "split_payment" => "split payment",
        "undo_cancellation" => "undo cancellation",
        "modify_pending_order_address" | "modify_user_address" | "modify_pending_order_payment" => return Ok(None),
        unknown => return Err(format!("unknown action `{unknown}`")),
    }))
}

/// The request of a record that wants `wants`, with the facts about it that were read by hand.
pub(crate) fn request(case: &Case, wants: &str, by_hand: &[&ReadByHand]) -> Value {
    let before = &case.before;
    let arguments = &case.asked.arguments;
    let returns: Vec<Value> = named(case, wants)
        .into_iter()
        .enumerate()
        .map(|(place, (item_id, sold))| {
            let mut line = json!({ "id": format!("r{}", place + 1), "wants": wants });
            match (&before.order, sold) {
                (Some(order), Some(sold)) => {
                    line["sale"] = json!(order.order_id);
                    line["line"] = json!((sold + 1).to_string());
                }
                _ => line["item"] = item_id.map_or_else(|| json!({}), |id| json!({ "sku": id })),
            }
            let mut facts = Map::new();
            if let Some(new_id) = arguments.new_item_ids.as_ref().and_then(|ids| ids.get(place)) {
                let entry = before.new_items.iter().find(|new| new.item_id == *new_id);
                line["new"] = new_item(new_id, entry);
                facts.insert("new.entries".into(), json!(usize::from(entry.is_some())));
            }
            for fact in by_hand.iter().filter(|fact| Some(&fact.item_id) == item_id) {
                facts.insert(fact.fact.clone(), fact.value.clone());
            }
            line["facts"] = Value::Object(facts);
            line
        })
        .collect();

    let mut request = json!({ "at": DAY, "facts": facts(case), "returns": returns });
    if let Some(order) = &before.order {
        request["sales"] = json!([sale(order, before.customer.as_ref())]);
    }
    if let Some(id) = &arguments.payment_method_id {
        let method = method(id, before.customer.as_ref());
        request["refund_to"] = method.clone();
        if arguments.new_item_ids.is_some() {
            request["pay_with"] = method;
            if let Some(cents) = balance(id, before.customer.as_ref()) {
                request["pay_with"]["balance"] = json!(money(cents));
            }
        }
    }
    request
}

/// The items an action names, each with its place in the order: the first place not yet named, else the first; none when
/// the order does not hold it. An action that names no items is about the whole order, or about nothing.
fn named<'a>(case: &'a Case, wants: &str) -> Vec<(Option<&'a String>, Option<usize>)> {
    let items: &[Item] = case.before.order.as_ref().map_or(&[], |order| &order.items);
    let Some(ids) = &case.asked.arguments.item_ids else {
        let all: Vec<_> = items.iter().enumerate().map(|(place, item)| (Some(&item.item_id), Some(place))).collect();
        return if all.is_empty() { vec![(None, None)] } else { all };
    };
    let mut taken = Vec::new();
    ids.iter()
        .map(|id| {
            let mut places = items.iter().enumerate().filter(|(_, item)| item.item_id == *id).map(|(place, _)| place);
            let place = match wants {
                "new order" | "added item" => None,
                _ => places.clone().find(|place| !taken.contains(place)).or_else(|| places.next()),
            };
            taken.extend(place);
            (Some(id), place)
        })
        .collect()
}

/// The facts of the visit.
fn facts(case: &Case) -> Value {
    let Action { arguments, .. } = &case.asked;
    let mut facts = Map::new();
    let mut put = |name: &str, value: Value| facts.insert(name.to_owned(), value);
    match &case.before.order {
        Some(order) => {
            put("order.found", json!(1));
            put("order.customer", json!(order.user_id));
            put("order.status", json!(order.status));
            put("order.paid_with", json!(order.original_payment_method));
            put("order.items", order.items.iter().map(|item| json!(item.item_id)).collect());
        }
        None if arguments.order_id.is_some() => {
            put("order.found", json!(0));
        }
        None => {}
    }
    if let Some(customer) = &case.before.customer {
        put("customer.id", json!(customer.user_id));
        put("customer.methods", customer.payment_methods.iter().map(|method| json!(method.id)).collect());
    }
    if let Some(reason) = &arguments.reason {
        put("asked.reason", json!(reason));
    }
    if let Some(id) = &arguments.refund_to {
        put("asked.refund_to", json!(id));
    }
    if let Some(days) = arguments.days {
        put("asked.within_days", json!(days));
    }
    if let Some(ids) = &arguments.item_ids {
        put("asked.items", json!(ids.len()));
    }
    if let Some(ids) = &arguments.new_item_ids {
        put("asked.new_items", json!(ids.len()));
    }
    Value::Object(facts)
}

/// The order as a sale: a line for each item, a tender for each payment method with what is still on it.
fn sale(order: &Order, customer: Option<&Customer>) -> Value {
    let lines: Vec<Value> = order
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            json!({
                "id": (place + 1).to_string(), "sku": item.item_id, "product": item.product_id,
                "paid": money(item.price_cents),
            })
        })
        .collect();
    let mut left: Vec<(&String, i64)> = Vec::new();
    for payment in &order.payments {
        let amount = if payment.kind == "refund" { -payment.amount_cents } else { payment.amount_cents };
        match left.iter_mut().find(|(method, _)| *method == &payment.method) {
            Some((_, sum)) => *sum += amount,
            None => left.push((&payment.method, amount)),
        }
    }
    let tenders: Vec<Value> = left
        .into_iter()
        .filter(|(_, cents)| *cents > 0)
        .map(|(id, cents)| {
            let mut tender = method(id, customer);
            tender["amount"] = json!(money(cents));
            tender
        })
        .collect();
    json!({ "id": order.order_id, "lines": lines, "tenders": tenders })
}

fn new_item(id: &str, entry: Option<&Variant>) -> Value {
    entry.map_or_else(
        || json!({ "sku": id }),
        |new| {
            json!({
                "sku": id, "product": new.product_id, "price": money(new.price_cents), "quantity": 1,
                "available": new.available,
            })
        },
    )
}

/// A payment method by its id; its kind is only known when it is on file.
fn method(id: &str, customer: Option<&Customer>) -> Value {
    let kind = on_file(id, customer).map_or("unknown", |method| tender(&method.source));
    json!({ "tender": kind, "id": id })
}

fn balance(id: &str, customer: Option<&Customer>) -> Option<i64> {
    on_file(id, customer)?.balance_cents
}

fn on_file<'a>(id: &str, customer: Option<&'a Customer>) -> Option<&'a super::records::Method> {
    customer?.payment_methods.iter().find(|method| method.id == id)
}

/// The policy's word for a kind of payment method; a kind it has no word for stays as it is.
pub(crate) fn tender(source: &str) -> &str {
    match source {
        "credit_card" => "credit",
        "gift_card" => "gift card",
        other => other,
    }
}

/// `1234` is `12.34`.
pub(crate) fn money(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}
