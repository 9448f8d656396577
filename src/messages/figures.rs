//! Days, amounts, lists and lengths, as the file of a language says that they are written. Digits come from [`Decimal`]
//! and go through no number of the machine.

use rust_decimal::Decimal;

use crate::date::{Length, Unit};
use crate::money::Money;

/// An amount with all digits of its currency: the digits before the point, and those after.
pub(super) fn digits(money: Money) -> (bool, String, String) {
    let mut amount = money.amount.normalize();
    amount.rescale(amount.scale().max(money.currency.minor_digits()));
    let text = amount.abs().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    (amount.is_sign_negative() && !amount.is_zero(), whole.to_owned(), part.to_owned())
}

/// `1234567` as `1.234.567`.
pub(super) fn grouped(whole: &str, group: &str) -> String {
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    out
}

/// A number that is no amount: `12.5`.
pub(super) fn number(text: &str) -> Option<(bool, String, String)> {
    let shape = text.strip_prefix('-').unwrap_or(text);
    if shape.is_empty() || !shape.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let number: Decimal = text.parse().ok()?;
    let (whole, part) = shape.split_once('.').unwrap_or((shape, ""));
    Some((number.is_sign_negative() && !number.is_zero(), whole.to_owned(), part.to_owned()))
}

/// A length as decisions write it: how much of what, the calendar, and the event it counts from.
pub(super) struct Written<'a> {
    pub(super) length: Length,
    pub(super) calendar: Option<&'a str>,
    pub(super) after: Option<&'a str>,
}

/// Reads `10 business days (us-federal)`, `10 days after tender.cleared`.
pub(super) fn length(text: &str) -> Option<Written<'_>> {
    let (text, after) = match text.split_once(" after ") {
        Some((text, after)) => (text, Some(after)),
        None => (text, None),
    };
    let (text, calendar) = match text.split_once(" (") {
        Some((text, calendar)) => (text, Some(calendar.strip_suffix(')')?)),
        None => (text, None),
    };
    let (count, unit) = text.split_once(' ')?;
    let unit = match unit.strip_suffix('s').unwrap_or(unit) {
        "hour" => Unit::Hours,
        "day" => Unit::Days,
        "business day" => Unit::BusinessDays,
        "week" => Unit::Weeks,
        "month" => Unit::Months,
        "year" => Unit::Years,
        _ => return None,
    };
    Some(Written { length: Length { count: count.parse().ok()?, unit }, calendar, after })
}

/// The key of a unit.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "length-hours",
        Unit::Days => "length-days",
        Unit::BusinessDays => "length-business-days",
        Unit::Weeks => "length-weeks",
        Unit::Months => "length-months",
        Unit::Years => "length-years",
    }
}
