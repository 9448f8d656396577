//! Splits an amount so that the parts add up to it: [`share`] at once, between lines; [`cumulative`] one return after
//! the other, over the units of a line.

use rust_decimal::Decimal;

use super::rounding::{divide, signed};
use super::{MoneyError, Rounding, add, decimal, mantissa_at, padded};

/// Splits `total` in proportion to `weights` by largest remainder; the parts have `digits` decimals and add up to
/// `total` exactly. 20.00 over 10, 10, 10 is 6.67, 6.67, 6.66.
///
/// Each part is first rounded towards zero; the minor units left over go to the largest remainders, ties to the
/// earlier part. A negative total gives the mirrored parts. When every weight is zero the first part takes all. A part
/// without weight gets nothing otherwise. A total finer than `digits` leaves its odd fraction with the first part that
/// has a weight: 10.005 over 0, 1, 1 is 0.00, 5.005, 5.00.
///
/// # Errors
/// [`MoneyError::NoParts`] for a total other than zero over no weights, [`MoneyError::NegativeWeight`], and
/// [`MoneyError::Overflow`] when total times weight passes 128 bits.
pub fn share(total: Decimal, weights: &[Decimal], digits: u32) -> Result<Vec<Decimal>, MoneyError> {
    let mut parts = Vec::new();
    share_into(&mut parts, total, weights, digits)?;
    Ok(parts)
}

/// [`share`] into a list that is reused, so that nothing is allocated once its capacity is three times the number of
/// weights. What it held is replaced; after an error it is empty.
pub fn share_into(out: &mut Vec<Decimal>, total: Decimal, weights: &[Decimal], digits: u32) -> Result<(), MoneyError> {
    out.clear();
    // Parts, their remainders, and room to rank the remainders.
    out.resize(weights.len() * 3, Decimal::ZERO);
    let (parts, scratch) = out.split_at_mut(weights.len());
    let (remainders, ranking) = scratch.split_at_mut(weights.len());
    match fill(parts, remainders, ranking, total, weights, digits.min(Decimal::MAX_SCALE)) {
        Ok(()) => {
            out.truncate(weights.len());
            Ok(())
        }
        Err(error) => {
            out.clear();
            Err(error)
        }
    }
}

/// What is due in total once `units` of the `of` units of a line have come back: `paid × units / of`, rounded. What
/// one return is due is the difference of two such figures, so any way of splitting the returns ends at `paid`.
///
/// 179.25 over 10 units, half-up, is due as 17.93, 35.85, 53.78 and so on: returned singly, 17.93 and 17.92 alternate.
/// From `of` units on the figure is exactly `paid`, and it never passes `paid` even where `paid` is finer than
/// `digits`.
///
/// # Errors
/// [`MoneyError::NoParts`] when `of` is zero, [`MoneyError::Overflow`] when the figure passes 128 bits.
pub fn cumulative(paid: Decimal, units: u32, of: u32, digits: u32, rounding: Rounding) -> Result<Decimal, MoneyError> {
    if of == 0 {
        return Err(MoneyError::NoParts);
    }
    let digits = digits.min(Decimal::MAX_SCALE);
    if units >= of {
        return Ok(padded(paid, digits));
    }
    let scale = paid.scale().max(digits);
    let numerator = mantissa_at(scale, paid)?.unsigned_abs().checked_mul(u128::from(units));
    let divisor = 10u128.checked_pow(scale - digits).and_then(|unit| unit.checked_mul(u128::from(of)));
    let due = numerator
        .zip(divisor)
        .and_then(|(numerator, divisor)| rounding.divide(numerator, divisor))
        .and_then(|magnitude| signed(magnitude, paid))
        .ok_or(MoneyError::Overflow)?;
    let due = decimal(due, digits)?;
    Ok(if paid.scale() > digits && due.abs() > paid.abs() { paid } else { due })
}

/// The work of [`share_into`]; the three slices are as long as `weights`.
fn fill(
    parts: &mut [Decimal],
    remainders: &mut [Decimal],
    ranking: &mut [Decimal],
    total: Decimal,
    weights: &[Decimal],
    digits: u32,
) -> Result<(), MoneyError> {
    let scale = weights.iter().map(Decimal::scale).max().unwrap_or(0);
    let mut weight_sum = 0u128;
    for weight in weights {
        weight_sum = weight_sum.checked_add(units_of_weight(scale, *weight)?).ok_or(MoneyError::Overflow)?;
    }
    if weight_sum == 0 {
        return all_to_the_first(parts, total, digits);
    }

    let whole = Rounding::Down.round(total, digits);
    let units = mantissa_at(digits, whole)?.unsigned_abs();
    let mut left = units;
    for ((part, remainder), weight) in parts.iter_mut().zip(remainders.iter_mut()).zip(weights) {
        let product = units.checked_mul(units_of_weight(scale, *weight)?).ok_or(MoneyError::Overflow)?;
        let (quotient, rest) = divide(product, weight_sum).ok_or(MoneyError::NoParts)?;
        left = left.checked_sub(quotient).ok_or(MoneyError::Overflow)?;
        *part = decimal(signed(quotient, total).ok_or(MoneyError::Overflow)?, digits)?;
        *remainder = decimal(signed(rest, Decimal::ZERO).ok_or(MoneyError::Overflow)?, 0)?;
    }
    if left > 0 {
        let unit = decimal(signed(1, total).ok_or(MoneyError::Overflow)?, digits)?;
        let left = usize::try_from(left).map_err(|_| MoneyError::Overflow)?;
        hand_out(parts, remainders, ranking, left, unit)?;
    }
    if whole != total
        && let Some((part, _)) = parts.iter_mut().zip(weights).find(|(_, weight)| !weight.is_zero())
    {
        *part = add(*part, add(total, -whole)?)?;
    }
    Ok(())
}

/// Adds one `unit` to the `left` parts with the largest remainders, ties to the earlier.
fn hand_out(
    parts: &mut [Decimal],
    remainders: &[Decimal],
    ranking: &mut [Decimal],
    left: usize,
    unit: Decimal,
) -> Result<(), MoneyError> {
    ranking.copy_from_slice(remainders);
    // Each remainder is less than one unit, so fewer units are left over than there are parts with a remainder.
    let rank = ranking.len().checked_sub(left).ok_or(MoneyError::Overflow)?;
    // Selecting the one at the rank would do, but what is compiled for size takes the square of the time for it where all are alike.
    ranking.sort_unstable();
    let (lowest, above) = ranking.get(rank..).and_then(<[Decimal]>::split_first).ok_or(MoneyError::Overflow)?;
    let lowest = *lowest;
    let mut ties = left - above.iter().filter(|remainder| **remainder > lowest).count();
    for (part, remainder) in parts.iter_mut().zip(remainders) {
        let tied = *remainder == lowest && ties > 0;
        if tied {
            ties -= 1;
        }
        if tied || *remainder > lowest {
            *part = add(*part, unit)?;
        }
    }
    Ok(())
}

fn all_to_the_first(parts: &mut [Decimal], total: Decimal, digits: u32) -> Result<(), MoneyError> {
    for part in parts.iter_mut() {
        *part = padded(Decimal::ZERO, digits);
    }
    match parts.first_mut() {
        Some(first) => *first = padded(total, digits),
        None if total.is_zero() => {}
        None => return Err(MoneyError::NoParts),
    }
    Ok(())
}

fn units_of_weight(scale: u32, weight: Decimal) -> Result<u128, MoneyError> {
    u128::try_from(mantissa_at(scale, weight)?).map_err(|_| MoneyError::NegativeWeight)
}

#[cfg(test)]
mod tests {
    use super::super::d;
    use super::*;

    fn texts(parts: &[Decimal]) -> Vec<String> {
        parts.iter().map(Decimal::to_string).collect()
    }

    #[test]
    fn shares_by_largest_remainder_and_mirrors_negatives() {
        for (total, weights, digits, expected) in [
            // Three for the price of two, one unit a line.
            ("20.00", &["10", "10", "10"][..], 2, &["6.67", "6.67", "6.66"][..]),
            // Buy one get one free: 30 and 20, paid 30.
            ("30", &["30.00", "20.00"], 2, &["18.00", "12.00"]),
            // 30 + 20, second at half price: paid 40.
            ("40.00", &["30", "20"], 2, &["24.00", "16.00"]),
            // 33.333, 66.666: the larger remainder wins, not the earlier part.
            ("100", &["1", "2"], 2, &["33.33", "66.67"]),
            ("0.01", &["1", "1"], 2, &["0.01", "0.00"]),
            ("0.01", &["1", "1.01"], 2, &["0.00", "0.01"]),
            ("0.02", &["0", "1", "1", "1"], 2, &["0.00", "0.01", "0.01", "0.00"]),
            ("1.00", &["0", "0.5"], 2, &["0.00", "1.00"]),
            ("1000", &["1", "1", "1"], 0, &["334", "333", "333"]),
            ("1.000", &["1", "1", "1"], 3, &["0.334", "0.333", "0.333"]),
            ("5", &["0", "0.00"], 2, &["5.00", "0.00"]),
            ("0", &["1", "2"], 2, &["0.00", "0.00"]),
            // Finer than a cent: the odd fraction stays with the first part that has a weight.
            ("10.005", &["0", "1", "1"], 2, &["0.00", "5.005", "5.00"]),
            // 10.00 × 12, 15, 13 / 40 needs no unit handed out.
            ("10.00", &["12", "15", "13"], 2, &["3.00", "3.75", "3.25"]),
            // Cents 16.6, 33.3, 50.0: one left, to the largest remainder.
            ("1.00", &["1", "2", "3"], 2, &["0.17", "0.33", "0.50"]),
            // 0.10 over seven: 1.43 cents each, three cents left, to the first three.
            ("0.10", &["1"; 7], 2, &["0.02", "0.02", "0.02", "0.01", "0.01", "0.01", "0.01"]),
        ] {
            let weights: Vec<Decimal> = weights.iter().map(|weight| d(weight)).collect();
            let parts = share(d(total), &weights, digits).unwrap();
            assert_eq!(texts(&parts), expected, "{total} over {weights:?}");
            assert_eq!(parts.iter().sum::<Decimal>(), d(total));
            let mirrored = share(-d(total), &weights, digits).unwrap();
            assert_eq!(mirrored, parts.iter().map(|part| -part).collect::<Vec<_>>(), "-{total} over {weights:?}");
        }
    }

    #[test]
    fn sharing_says_what_it_cannot_do() {
        assert_eq!(share(d("0.00"), &[], 2), Ok(vec![]));
        assert_eq!(share(d("1"), &[], 2), Err(MoneyError::NoParts));
        assert_eq!(share(d("1"), &[d("2"), d("-1")], 2), Err(MoneyError::NegativeWeight));
        assert_eq!(share(Decimal::MAX, &[d("1")], 2), Ok(vec![Decimal::MAX]));
        assert_eq!(share(Decimal::MAX, &[Decimal::MAX], 2), Err(MoneyError::Overflow));
        let mut parts = vec![d("7")];
        assert_eq!(share_into(&mut parts, d("1"), &[d("-1")], 2), Err(MoneyError::NegativeWeight));
        assert_eq!(parts, []);
    }

    #[test]
    fn a_reused_list_holds_only_the_new_parts() {
        let mut parts = vec![d("7"); 9];
        share_into(&mut parts, d("1"), &[d("1"), d("1"), d("1")], 2).unwrap();
        assert_eq!(texts(&parts), ["0.34", "0.33", "0.33"]);
    }

    #[test]
    fn ten_single_returns_of_179_25_add_up() {
        let due: Vec<Decimal> =
            (0..=10).map(|units| cumulative(d("179.25"), units, 10, 2, Rounding::HalfUp).unwrap()).collect();
        assert_eq!(
            texts(&due),
            ["0.00", "17.93", "35.85", "53.78", "71.70", "89.63", "107.55", "125.48", "143.40", "161.33", "179.25"]
        );
        let steps: Vec<Decimal> = due.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(texts(&steps), ["17.93", "17.92"].repeat(5));
    }

    #[test]
    fn cumulative_follows_the_rounding_and_ends_at_what_was_paid() {
        for (paid, units, of, digits, rounding, expected) in [
            ("20.00", 1, 3, 2, Rounding::HalfUp, "6.67"),
            ("20.00", 2, 3, 2, Rounding::HalfUp, "13.33"),
            ("20.00", 1, 3, 2, Rounding::Down, "6.66"),
            ("20.00", 2, 3, 2, Rounding::Up, "13.34"),
            ("0.05", 1, 2, 2, Rounding::HalfEven, "0.02"),
            ("0.15", 1, 2, 2, Rounding::HalfEven, "0.08"),
            ("-20.00", 1, 3, 2, Rounding::HalfUp, "-6.67"),
            ("100", 1, 3, 0, Rounding::HalfUp, "33"),
            ("10", 3, 3, 2, Rounding::HalfUp, "10.00"),
            ("10", 4, 3, 2, Rounding::HalfUp, "10.00"),
            ("10", 0, 3, 2, Rounding::Up, "0.00"),
            ("1", 1, 4_294_967_295, 2, Rounding::Up, "0.01"),
            // Paid finer than a cent: never more than was paid on the way, exactly that at the end.
            ("0.009", 2, 3, 2, Rounding::HalfUp, "0.009"),
            ("0.009", 3, 3, 2, Rounding::HalfUp, "0.009"),
        ] {
            let due = cumulative(d(paid), units, of, digits, rounding).unwrap();
            assert_eq!(due.to_string(), expected, "{units} of {of} of {paid}");
        }
        assert_eq!(cumulative(d("1"), 0, 0, 2, Rounding::HalfUp), Err(MoneyError::NoParts));
        assert_eq!(cumulative(Decimal::MAX, 1, 2, 2, Rounding::HalfUp), Err(MoneyError::Overflow));
        assert_eq!(cumulative(Decimal::MAX, 1, 1, 2, Rounding::HalfUp), Ok(Decimal::MAX));
    }
}
