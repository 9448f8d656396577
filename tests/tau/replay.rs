//! Applies actions to an order of the shop, so that `before` of a record can be checked against the shop and the record's
//! `earlier_actions`: which status, which items, which payments, which balances. Decides nothing.

use super::records::{Action, Customer, Item, Order, Payment, Variant};

/// Applies one action that the shop carried out.
///
/// # Errors
///
/// What the action names and the shop does not have.
pub(crate) fn apply(
    action: &Action,
    order: &mut Order,
    customer: &mut Customer,
    catalogue: &[Variant],
) -> Result<(), String> {
    let arguments = &action.arguments;
    match action.action.as_str() {
        "return_delivered_order_items" => order.status = "return requested".into(),
        "exchange_delivered_order_items" => order.status = "exchange requested".into(),
        "cancel_pending_order" => {
            let paid: Vec<Payment> =
                order.payments.iter().filter(|payment| payment.kind == "payment").cloned().collect();
            for payment in paid {
                book(order, customer, &payment.method, -payment.amount_cents);
            }
            order.status = "cancelled".into();
        }
        "modify_pending_order_items" => {
            let method = arguments.payment_method_id.as_ref().ok_or("no payment method is named")?;
            let old = arguments.item_ids.iter().flatten();
            let new = arguments.new_item_ids.iter().flatten();
            let mut difference = 0;
            for (old, new) in old.zip(new) {
                let item =
                    order.items.iter_mut().find(|item| item.item_id == *old).ok_or_else(|| format!("no item {old}"))?;
                let new =
                    catalogue.iter().find(|entry| entry.item_id == *new).ok_or_else(|| format!("no new item {new}"))?;
                difference += new.price_cents - item.price_cents;
                *item = Item {
                    item_id: new.item_id.clone(),
                    product_id: new.product_id.clone(),
                    price_cents: new.price_cents,
                };
            }
            book(order, customer, method, difference);
            order.status = "pending (item modified)".into();
        }
        other => return Err(format!("`{other}` is not replayed")),
    }
    Ok(())
}

/// Books a payment, or a refund when it is negative; a gift card's balance follows.
fn book(order: &mut Order, customer: &mut Customer, method: &str, cents: i64) {
    if cents == 0 {
        return;
    }
    let kind = if cents < 0 { "refund" } else { "payment" };
    order.payments.push(Payment { kind: kind.into(), method: method.into(), amount_cents: cents.abs() });
    for on_file in customer.payment_methods.iter_mut().filter(|on_file| on_file.id == method) {
        on_file.balance_cents = on_file.balance_cents.map(|balance| balance - cents);
    }
}
