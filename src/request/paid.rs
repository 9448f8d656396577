//! What was paid for each line of a sale whose request does not say so: unit price × quantity, less its share of the
//! promotions in their order.

use rust_decimal::Decimal;

use super::context::LARGEST;
use super::error::{At, Error, ErrorKind};
use super::{Promotion, SaleLine};
use crate::money::{Rounding, share_into};

/// Unit price × quantity in minor units.
pub(super) fn full_price(price: Decimal, quantity: u32, digits: u32, rounding: Rounding) -> Result<Decimal, Error> {
    price
        .mantissa()
        .checked_mul(i128::from(quantity))
        .and_then(|mantissa| Decimal::try_from_i128_with_scale(mantissa, price.scale()).ok())
        .map(|amount| rounding.round(amount, digits))
        .filter(|amount| amount.scale() == digits && *amount < LARGEST)
        .ok_or_else(|| Error::new(ErrorKind::Value, format!("{price} for each of {quantity} units is too large")))
}

/// Takes the promotions off the lines. On entry `paid` of each line is its full price, or what the request states where it
/// tells no price; lines for which `stated` has an amount end with that, and take part only to find the shares of the others.
pub(super) fn take_promotions_off(
    lines: &mut [SaleLine],
    stated: &[Option<Decimal>],
    promotions: &[Promotion],
    digits: u32,
) -> Result<(), Error> {
    let open = |line: &usize| stated.get(*line).is_some_and(Option::is_none);
    let mut before = Vec::new();
    let mut after = Vec::new();
    // Without a line to find the share of, no promotion needs to be taken off.
    let needed = if stated.iter().any(Option::is_none) { promotions } else { &[] };
    for (place, promotion) in needed.iter().enumerate().filter(|(_, promotion)| !promotion.amount.is_zero()) {
        before.clear();
        before.extend(promotion.lines.iter().filter_map(|line| lines.get(*line)).map(|line| line.paid));
        let mut left = before.iter().sum::<Decimal>() - promotion.amount;
        if !promotion.lines.iter().any(open) {
            // What is stated without a price has this promotion in it already.
            left = left.max(Decimal::ZERO);
        }
        if left.is_sign_negative() && !left.is_zero() {
            let message = format!("{} is more than what its lines cost", promotion.amount);
            return Err(Error::new(ErrorKind::Value, message)).at("amount").nth(place).at("promotions");
        }
        share_into(&mut after, left, &before, digits)
            .map_err(|error| Error::new(ErrorKind::Value, error.to_string()))
            .at("amount")
            .nth(place)
            .at("promotions")?;
        for (line, paid) in promotion.lines.iter().zip(&after) {
            if let Some(line) = lines.get_mut(*line) {
                line.paid = *paid;
            }
        }
    }
    for (line, stated) in lines.iter_mut().zip(stated) {
        if let Some(stated) = stated {
            line.paid = *stated;
        }
    }
    Ok(())
}
