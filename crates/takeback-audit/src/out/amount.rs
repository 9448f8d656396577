//! Sums of money, exact to the twelve digits that columns keep.

use std::fmt;
use std::ops::AddAssign;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::columns::MONEY_SCALE;

const ONE: u64 = 10_u64.pow(MONEY_SCALE.unsigned_abs() as u32);

/// An amount in parts of a millionth of a millionth. Sums of more than 170 thousand million million million stay at that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount(pub(crate) i128);

impl Amount {
    pub(crate) const ZERO: Self = Self(0);

    pub(crate) fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn magnitude(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// As it is written in files: every digit, and at least so many after the point.
    pub(crate) fn exact(self, digits: u32) -> String {
        let mut text = String::new();
        self.write(digits, &mut text);
        text
    }

    /// Writes it so.
    pub(crate) fn write(self, digits: u32, out: &mut String) {
        let (whole, mut rest) = self.split();
        let mut kept = u32::from(MONEY_SCALE.unsigned_abs());
        // Nearly all have no more digits than they must have.
        let more = 10_u64.pow(kept.saturating_sub(digits));
        if rest.is_multiple_of(more) {
            rest /= more;
            kept = kept.min(digits);
        }
        while kept > digits && rest.is_multiple_of(10) {
            rest /= 10;
            kept -= 1;
        }
        out.push_str(self.sign());
        match u64::try_from(whole) {
            Ok(whole) => push(whole, 1, out),
            Err(_) => out.push_str(&whole.to_string()),
        }
        if kept > 0 {
            out.push('.');
            push(rest, kept, out);
        }
    }

    /// As people read it: groups of three, every digit, and at least so many after the point.
    pub(crate) fn shown(self, digits: u32) -> String {
        let exact = self.magnitude().exact(digits);
        let (whole, rest) = exact.split_once('.').unwrap_or((&exact, ""));
        let point = if rest.is_empty() { "" } else { "." };
        let minus = if self.0 < 0 { "−" } else { "" };
        format!("{minus}{}{point}{rest}", grouped(whole))
    }

    /// Cut to whole units, for plots.
    pub(crate) fn whole(self) -> i128 {
        self.0 / i128::from(ONE)
    }

    fn split(self) -> (u128, u64) {
        let magnitude = self.0.unsigned_abs();
        // Most are small, and small numbers are divided much faster.
        match u64::try_from(magnitude) {
            Ok(small) => ((small / ONE).into(), small % ONE),
            Err(_) => (magnitude / u128::from(ONE), u64::try_from(magnitude % u128::from(ONE)).unwrap_or_default()),
        }
    }

    fn sign(self) -> &'static str {
        if self.0 < 0 { "-" } else { "" }
    }
}

/// Adds a whole number, with so many digits at least.
fn push(number: u64, least: u32, out: &mut String) {
    if number > 9 || least > 1 {
        push(number / 10, least.saturating_sub(1), out);
    }
    let digit = u8::try_from(number % 10).unwrap_or_default();
    out.push(char::from(b'0' + digit));
}

/// Digits in groups of three.
pub(crate) fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact(2))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not an amount")))
    }
}

fn read(text: &str) -> Option<Amount> {
    let (minus, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = usize::from(MONEY_SCALE.unsigned_abs());
    if rest.len() > scale {
        return None;
    }
    let value: i128 = format!("{whole}{rest:0<scale$}").parse().ok()?;
    Some(Amount(if minus { value.checked_neg()? } else { value }))
}

#[cfg(test)]
mod tests {
    use super::{Amount, read};

    #[test]
    fn amounts_are_written_and_read() {
        for (text, shown) in [
            ("0.00", "0.00"),
            ("12.50", "12.50"),
            ("-0.005", "−0.005"),
            ("1234567.891", "1,234,567.891"),
            ("-999.00", "−999.00"),
        ] {
            let amount = read(text).unwrap();
            assert_eq!((amount.to_string().as_str(), amount.shown(2).as_str()), (text, shown));
        }
        assert_eq!(Amount(5_000_000_000_000).exact(0), "5");
        assert_eq!(Amount(5_000_000_000_000).shown(0), "5");
        assert_eq!(read("1.0000000000001"), None);
    }
}
