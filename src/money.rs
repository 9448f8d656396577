//! Exact amounts of money: [`Money`] in one [`Currency`], [`Percent`], [`Rounding`], and two ways to split an amount
//! without losing a cent: [`share`] between lines and [`cumulative`] over the units of one line.
//!
//! Nothing here uses floating point, and nothing loses digits silently: a figure that does not fit a [`Decimal`] is
//! [`MoneyError::Overflow`]. Errors carry no place in a policy; the caller that holds the clause adds it.

mod currency;
mod rounding;
mod share;

use std::fmt;

use rust_decimal::Decimal;

pub use currency::{Currency, UnknownCurrency};
pub use rounding::{Rounding, cash_round};
pub use share::{cumulative, share, share_into};

/// An exact amount in one currency, such as 12.50 USD. The amount may be negative and may be finer than the minor
/// unit; rounding is a separate, named step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much, in whole units of the currency: 12.50 is twelve dollars and fifty cents.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
}

impl Money {
    /// The sum, exact. 12.50 USD and 0.75 USD make 13.25 USD; USD and EUR make [`MoneyError::MixedCurrency`].
    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        let currency = self.common_currency(other)?;
        Ok(Money { amount: add(self.amount, other.amount)?, currency })
    }

    /// The difference, exact; it may be negative. 12.50 USD less 13.00 USD is -0.50 USD.
    pub fn checked_sub(self, other: Money) -> Result<Money, MoneyError> {
        let currency = self.common_currency(other)?;
        Ok(Money { amount: add(self.amount, -other.amount)?, currency })
    }

    fn common_currency(self, other: Money) -> Result<Currency, MoneyError> {
        if self.currency == other.currency {
            Ok(self.currency)
        } else {
            Err(MoneyError::MixedCurrency { left: self.currency, right: other.currency })
        }
    }
}

/// Writes at least the minor unit and never hides a digit: `12.50 USD`, `1000 JPY`, `0.125 USD`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = padded(self.amount.normalize(), self.currency.minor_digits());
        write!(f, "{amount} {}", self.currency)
    }
}

/// A percentage as people write it: `Percent(15)` is 15 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub Decimal);

impl Percent {
    /// This percentage of an amount, exact and not rounded: 15 % of 19.99 is 2.9985.
    ///
    /// [`MoneyError::Overflow`] when the exact figure needs more than 28 decimals or 96 bits.
    pub fn of(self, amount: Decimal) -> Result<Decimal, MoneyError> {
        let mantissa = amount.mantissa().checked_mul(self.0.mantissa()).ok_or(MoneyError::Overflow)?;
        decimal(mantissa, amount.scale() + self.0.scale() + 2)
    }
}

/// Writes `15 %`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0.normalize())
    }
}

/// Why a calculation with money has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoneyError {
    /// Two amounts of different currencies met.
    MixedCurrency {
        /// The currency of the first amount.
        left: Currency,
        /// The currency of the second amount.
        right: Currency,
    },
    /// The exact figure does not fit: more than 28 decimals, or beyond about 7.9 × 10²⁸ minor units.
    Overflow,
    /// An amount was to be split over no parts at all, or over zero units.
    NoParts,
    /// An amount was to be split by a weight below zero.
    NegativeWeight,
    /// A cash step was zero or negative.
    BadStep,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoneyError::MixedCurrency { left, right } => write!(f, "amounts in {left} and {right} do not mix"),
            MoneyError::Overflow => write!(f, "the amount is too large or has too many decimals"),
            MoneyError::NoParts => write!(f, "there is nothing to split the amount over"),
            MoneyError::NegativeWeight => write!(f, "an amount cannot be split by a negative share"),
            MoneyError::BadStep => write!(f, "a cash step must be greater than zero"),
        }
    }
}

impl std::error::Error for MoneyError {}

/// The exact sum. `Decimal::checked_add` would drop decimals to make a large sum fit, so this adds the mantissas.
fn add(left: Decimal, right: Decimal) -> Result<Decimal, MoneyError> {
    let scale = left.scale().max(right.scale());
    let sum = mantissa_at(scale, left)?.checked_add(mantissa_at(scale, right)?);
    decimal(sum.ok_or(MoneyError::Overflow)?, scale)
}

/// The amount in units of `10^-scale`, for a scale at or above its own: 12.5 at scale 2 is 1250.
fn mantissa_at(scale: u32, amount: Decimal) -> Result<i128, MoneyError> {
    let missing = scale.saturating_sub(amount.scale());
    if missing == 0 {
        return Ok(amount.mantissa());
    }
    let factor = 10i128.checked_pow(missing).ok_or(MoneyError::Overflow)?;
    amount.mantissa().checked_mul(factor).ok_or(MoneyError::Overflow)
}

/// `mantissa / 10^scale`, giving up trailing zeros when the figure only fits without them. Never a negative zero.
fn decimal(mut mantissa: i128, mut scale: u32) -> Result<Decimal, MoneyError> {
    loop {
        if let Ok(amount) = Decimal::try_from_i128_with_scale(mantissa, scale) {
            return Ok(amount);
        }
        if scale == 0 || mantissa % 10 != 0 {
            return Err(MoneyError::Overflow);
        }
        mantissa /= 10;
        scale -= 1;
    }
}

/// The same amount written with at least `digits` decimals: 12.5 becomes 12.50, 0.125 stays.
fn padded(amount: Decimal, digits: u32) -> Decimal {
    if amount.scale() < digits { Rounding::Down.round(amount, digits) } else { amount }
}

#[cfg(test)]
fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: &str, code: &str) -> Money {
        Money { amount: d(amount), currency: code.parse().unwrap() }
    }

    #[test]
    fn money_prints_its_minor_unit_and_hides_no_digit() {
        for (amount, code, text) in [
            ("12.5", "USD", "12.50 USD"),
            ("12.500", "USD", "12.50 USD"),
            ("-3", "EUR", "-3.00 EUR"),
            ("1000.00", "JPY", "1000 JPY"),
            ("1.5", "KWD", "1.500 KWD"),
            ("0.125", "USD", "0.125 USD"),
            ("-0.00", "USD", "0.00 USD"),
        ] {
            assert_eq!(money(amount, code).to_string(), text);
        }
    }

    #[test]
    fn money_adds_and_subtracts_within_one_currency() {
        let sum = money("12.50", "USD").checked_add(money("0.755", "USD"));
        assert_eq!(sum, Ok(money("13.255", "USD")));
        let difference = money("12.50", "USD").checked_sub(money("13", "USD"));
        assert_eq!(difference, Ok(money("-0.50", "USD")));
        let mixed = money("1", "USD").checked_add(money("1", "EUR")).unwrap_err();
        assert_eq!(mixed.to_string(), "amounts in USD and EUR do not mix");
    }

    #[test]
    fn money_never_loses_a_digit_to_make_a_sum_fit() {
        let most = Money { amount: Decimal::MAX, ..money("0", "USD") };
        assert_eq!(most.checked_add(money("1", "USD")), Err(MoneyError::Overflow));
        assert_eq!(most.checked_add(money("0.01", "USD")), Err(MoneyError::Overflow));
        assert_eq!(most.checked_add(money("0.00", "USD")), Ok(most));
        assert_eq!(most.checked_sub(most), Ok(money("0", "USD")));
    }

    #[test]
    fn percent_is_exact() {
        for (percent, amount, share) in [
            ("15", "999.00", "149.85"),
            ("15", "19.99", "2.9985"),
            ("4.712", "500.00", "23.56"),
            ("0", "19.99", "0"),
            ("100", "-19.99", "-19.99"),
            ("33.333", "0.01", "0.0033333"),
        ] {
            assert_eq!(Percent(d(percent)).of(d(amount)), Ok(d(share)), "{percent} % of {amount}");
        }
        let finest = d("0.0000000000000000000000000001");
        assert_eq!(Percent(d("15")).of(finest), Err(MoneyError::Overflow));
        assert_eq!(Percent(d("100")).of(finest), Ok(finest));
        assert_eq!(Percent(d("200")).of(Decimal::MAX), Err(MoneyError::Overflow));
        assert_eq!(Percent(d("15.50")).to_string(), "15.5 %");
    }
}
