//! Rounding to a number of decimals and to a cash step, the same way on both sides of zero.

use rust_decimal::Decimal;

use super::{MoneyError, decimal, mantissa_at};

/// How a figure between two allowed ones is settled. Every mode mirrors about zero: a refund of -x rounds to minus
/// what x rounds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest; a half goes away from zero: 0.125 to 0.13, -0.125 to -0.13.
    HalfUp,
    /// To the nearest; a half goes to the even digit: 0.125 to 0.12, 0.135 to 0.14.
    HalfEven,
    /// Towards zero: 0.129 to 0.12.
    Down,
    /// Away from zero: 0.121 to 0.13.
    Up,
}

impl Rounding {
    /// The amount with exactly `digits` decimals (at most 28): 10 to 2 digits is 10.00, half-up 2.675 is 2.68.
    ///
    /// An amount with fewer decimals, too large to be written with more (beyond about 7.9 × 10²⁶ for 2 digits), comes
    /// back as it is: it is already exact.
    pub fn round(self, amount: Decimal, digits: u32) -> Decimal {
        let digits = digits.min(Decimal::MAX_SCALE);
        let mantissa = match amount.scale().checked_sub(digits) {
            Some(0) if amount.is_sign_positive() => return amount,
            Some(0) => Some(amount.mantissa()),
            Some(surplus) => 10u128
                .checked_pow(surplus)
                .and_then(|unit| self.divide(amount.mantissa().unsigned_abs(), unit))
                .and_then(|magnitude| signed(magnitude, amount)),
            None => mantissa_at(digits, amount).ok(),
        };
        mantissa.and_then(|mantissa| Decimal::try_from_i128_with_scale(mantissa, digits).ok()).unwrap_or(amount)
    }

    /// `magnitude / divisor` as a whole number by this mode; `None` when the divisor is zero.
    pub(super) fn divide(self, magnitude: u128, divisor: u128) -> Option<u128> {
        let (quotient, remainder) = divide(magnitude, divisor)?;
        let to_next = divisor - remainder;
        let up = match self {
            Rounding::HalfUp => remainder >= to_next,
            Rounding::HalfEven => remainder > to_next || (remainder == to_next && quotient % 2 == 1),
            Rounding::Down => false,
            Rounding::Up => remainder > 0,
        };
        Some(quotient + u128::from(up))
    }
}

/// The amount as whole multiples of a cash step, symmetric about zero. With a step of 0.05 half-up, 12.33 is 12.35 and
/// -12.33 is -12.35; with a step of 1, 7.50 is 8.00 and -7.50 is -8.00.
///
/// [`MoneyError::BadStep`] unless the step is above zero. This is for the cash part of a total, never for a line.
pub fn cash_round(amount: Decimal, step: Decimal, rounding: Rounding) -> Result<Decimal, MoneyError> {
    let scale = amount.scale().max(step.scale());
    let step = mantissa_at(scale, step)?;
    if step <= 0 {
        return Err(MoneyError::BadStep);
    }
    let magnitude = mantissa_at(scale, amount)?.unsigned_abs();
    let steps = rounding.divide(magnitude, step.unsigned_abs()).ok_or(MoneyError::BadStep)?;
    let rounded = steps.checked_mul(step.unsigned_abs()).ok_or(MoneyError::Overflow)?;
    decimal(signed(rounded, amount).ok_or(MoneyError::Overflow)?, scale)
}

/// Quotient and remainder, by 64-bit division when both sides fit: that is every amount a till has seen.
pub(super) fn divide(magnitude: u128, divisor: u128) -> Option<(u128, u128)> {
    match (u64::try_from(magnitude), u64::try_from(divisor)) {
        (Ok(magnitude), Ok(divisor)) => {
            Some((magnitude.checked_div(divisor)?.into(), magnitude.checked_rem(divisor)?.into()))
        }
        _ => Some((magnitude.checked_div(divisor)?, magnitude.checked_rem(divisor)?)),
    }
}

/// The magnitude with the sign of `like`.
pub(super) fn signed(magnitude: u128, like: Decimal) -> Option<i128> {
    let magnitude = i128::try_from(magnitude).ok()?;
    Some(if like.is_sign_negative() { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::super::d;
    use super::*;

    #[test]
    fn rounds_by_each_mode_on_both_sides_of_zero() {
        //          amount     half-up  half-even  down     up
        for (amount, half_up, half_even, down, up) in [
            ("2.674", "2.67", "2.67", "2.67", "2.68"),
            ("2.675", "2.68", "2.68", "2.67", "2.68"),
            ("2.665", "2.67", "2.66", "2.66", "2.67"),
            ("2.6650001", "2.67", "2.67", "2.66", "2.67"),
            ("2.6649999", "2.66", "2.66", "2.66", "2.67"),
            ("0.005", "0.01", "0.00", "0.00", "0.01"),
            ("0.004", "0.00", "0.00", "0.00", "0.01"),
            ("9.999", "10.00", "10.00", "9.99", "10.00"),
            ("10", "10.00", "10.00", "10.00", "10.00"),
            ("10.5", "10.50", "10.50", "10.50", "10.50"),
            ("0", "0.00", "0.00", "0.00", "0.00"),
            ("0.0000000000000000000000000001", "0.00", "0.00", "0.00", "0.01"),
            (
                "1234567890123456789012.3450",
                "1234567890123456789012.35",
                "1234567890123456789012.34",
                "1234567890123456789012.34",
                "1234567890123456789012.35",
            ),
        ] {
            for (rounding, expected) in [
                (Rounding::HalfUp, half_up),
                (Rounding::HalfEven, half_even),
                (Rounding::Down, down),
                (Rounding::Up, up),
            ] {
                assert_eq!(rounding.round(d(amount), 2).to_string(), expected, "{rounding:?} {amount}");
                let mirrored = if d(expected).is_zero() { expected.to_owned() } else { format!("-{expected}") };
                assert_eq!(rounding.round(-d(amount), 2).to_string(), mirrored, "{rounding:?} -{amount}");
            }
        }
    }

    #[test]
    fn rounds_to_other_numbers_of_digits() {
        assert_eq!(Rounding::HalfUp.round(d("1234.5"), 0).to_string(), "1235");
        assert_eq!(Rounding::HalfEven.round(d("1234.5"), 0).to_string(), "1234");
        assert_eq!(Rounding::HalfUp.round(d("1.0005"), 3).to_string(), "1.001");
        assert_eq!(Rounding::HalfUp.round(d("1"), 99).scale(), 28);
    }

    #[test]
    fn an_amount_too_large_for_more_decimals_stays_exact() {
        assert_eq!(Rounding::HalfUp.round(Decimal::MAX, 2), Decimal::MAX);
        assert_eq!(Rounding::Up.round(Decimal::MIN, 0), Decimal::MIN);
    }

    #[test]
    fn cash_steps_mirror_about_zero() {
        for (amount, step, rounding, expected) in [
            ("12.32", "0.05", Rounding::HalfUp, "12.30"),
            ("12.33", "0.05", Rounding::HalfUp, "12.35"),
            ("12.325", "0.05", Rounding::HalfUp, "12.350"),
            ("12.325", "0.05", Rounding::HalfEven, "12.300"),
            ("12.34", "0.10", Rounding::Up, "12.40"),
            ("7.50", "1", Rounding::HalfUp, "8.00"),
            ("7.50", "1", Rounding::Down, "7.00"),
            ("0.02", "0.05", Rounding::HalfUp, "0.00"),
            ("100", "0.05", Rounding::HalfUp, "100.00"),
        ] {
            assert_eq!(cash_round(d(amount), d(step), rounding).unwrap().to_string(), expected);
            let mirrored = cash_round(-d(amount), d(step), rounding).unwrap();
            assert_eq!(mirrored, -d(expected), "-{amount} by {step}");
        }
    }

    #[test]
    fn a_cash_step_is_above_zero() {
        assert_eq!(cash_round(d("1"), d("0"), Rounding::HalfUp), Err(MoneyError::BadStep));
        assert_eq!(cash_round(d("1"), d("-0.05"), Rounding::HalfUp), Err(MoneyError::BadStep));
    }

    #[test]
    fn a_cash_amount_may_pass_the_largest_figure() {
        assert_eq!(cash_round(Decimal::MAX, d("0.05"), Rounding::HalfUp), Ok(Decimal::MAX));
        assert_eq!(cash_round(Decimal::MAX, d("1000"), Rounding::Up), Err(MoneyError::Overflow));
    }
}
