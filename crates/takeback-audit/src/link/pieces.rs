//! Returns that are of several sale lines: each piece gets its units, and of the money what falls to it by what these units cost.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Decimal128Array, Int64Array, StringArray};
use arrow::datatypes::{Decimal128Type, Field, Int64Type};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::at;
use super::join::Piece;
use crate::columns::{MONEY_DIGITS, MONEY_SCALE};
use crate::map::amount_text;
use crate::mapping::number::{NumberFormat, SCALE};
use crate::spell::UNKNOWN;
use crate::spread::text_column;

/// The pieces of a return, which stand together.
struct Group {
    from: usize,
    units: Vec<i64>,
    /// What falls to each piece, by column.
    money: Vec<(&'static str, Vec<i128>)>,
    paid_to: Option<Vec<String>>,
}

/// Shares out what stands in each row of a return that has several pieces.
pub(super) fn share_out(
    back: &RecordBatch,
    pieces: &[Piece],
    sales: Option<&RecordBatch>,
) -> Result<RecordBatch, ArrowError> {
    let costs = sales.map(Costs::of);
    let mut groups: Vec<Group> = Vec::new();
    let mut from = 0;
    for same in pieces.chunk_by(|one, next| one.of_return == next.of_return) {
        if same.len() > 1 {
            groups.push(group(back, from, same, costs.as_ref()));
        }
        from += same.len();
    }
    if groups.is_empty() {
        return Ok(back.clone());
    }
    let column = |(field, array): (&Arc<Field>, &ArrayRef)| -> Result<ArrayRef, ArrowError> {
        Ok(match field.name().as_str() {
            "quantity" => {
                let mut values: Vec<Option<i64>> = array.as_primitive::<Int64Type>().iter().collect();
                for group in &groups {
                    replace(&mut values, group.from, group.units.iter().copied());
                }
                Arc::new(Int64Array::from(values))
            }
            "refund" | GOODS | TAX | FEE | SHIPPING => {
                let mut values: Vec<Option<i128>> = array.as_primitive::<Decimal128Type>().iter().collect();
                for group in &groups {
                    let shares = group.money.iter().find(|(name, _)| name == field.name());
                    shares.iter().for_each(|(_, shares)| replace(&mut values, group.from, shares.iter().copied()));
                }
                Arc::new(Decimal128Array::from(values).with_precision_and_scale(MONEY_DIGITS, MONEY_SCALE)?)
            }
            "paid_to" => {
                let mut values = texts(array);
                for group in &groups {
                    group.paid_to.iter().for_each(|shares| replace(&mut values, group.from, shares.iter().cloned()));
                }
                Arc::new(StringArray::from(values))
            }
            "return_line" => {
                let mut values = texts(array);
                for group in &groups {
                    if let Some(line) = values.get(group.from).cloned().flatten() {
                        let numbers = 1..=group.units.len();
                        replace(&mut values, group.from, numbers.map(|number| format!("{line}.{number}")));
                    }
                }
                Arc::new(StringArray::from(values))
            }
            _ => Arc::clone(array),
        })
    };
    let columns = back.schema().fields().iter().zip(back.columns()).map(column).collect::<Result<Vec<_>, _>>()?;
    RecordBatch::try_new(back.schema(), columns)
}

fn texts(array: &ArrayRef) -> Vec<Option<String>> {
    array.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

fn replace<T>(values: &mut [Option<T>], from: usize, new: impl Iterator<Item = T>) {
    for (place, value) in values.iter_mut().skip(from).zip(new) {
        *place = Some(value);
    }
}

const GOODS: &str = "refund_goods";
const TAX: &str = "refund_tax";
const FEE: &str = "refund_fee";
const SHIPPING: &str = "refund_shipping";

/// What falls to each piece: of goods by what was paid for the units, of tax by their tax, of all else by both together. Where
/// that is not known, or nothing, by units. What was given in all is the sum of its parts, where it is that before.
fn group(back: &RecordBatch, from: usize, pieces: &[Piece], costs: Option<&Costs<'_>>) -> Group {
    let units: Vec<i64> = pieces.iter().map(|piece| piece.units).collect();
    let by_units: Vec<i128> = units.iter().copied().map(i128::from).collect();
    let by = |cost: &dyn Fn(&Costs<'_>, &Piece) -> Option<i128>| {
        let by: Option<Vec<i128>> = pieces.iter().map(|piece| cost(costs?, piece)).collect();
        by.filter(|by| by.iter().any(|cost| *cost > 0) && by.iter().all(|cost| *cost >= 0))
    };
    let by_goods = by(&|costs, piece| costs.goods(piece));
    let by_tax = by(&|costs, piece| costs.tax(piece));
    let by_cost = by(&|costs, piece| costs.goods(piece)?.checked_add(costs.tax(piece)?));
    let by_cost = by_cost.as_ref().unwrap_or(&by_units);

    let cell = |name| money_column(back, name).filter(|column| !column.is_null(from)).map(|column| column.value(from));
    let parts = [
        (GOODS, by_goods.as_ref().unwrap_or(&by_units)),
        (TAX, by_tax.as_ref().unwrap_or(by_cost)),
        (FEE, by_cost),
        (SHIPPING, by_cost),
    ];
    let told = parts.into_iter().filter_map(|(name, by)| Some((name, split(cell(name)?, by))));
    let mut money: Vec<(&'static str, Vec<i128>)> = told.collect();
    let mut paid_by = by_cost.clone();
    if let Some(refund) = cell("refund") {
        let sums = sums(&money, units.len());
        let is_sum = total(&sums) == refund && sums.iter().all(|sum| *sum >= 0);
        let shares = if is_sum { sums } else { split(refund, by_cost) };
        if refund > 0 {
            paid_by.clone_from(&shares);
        }
        money.push(("refund", shares));
    }
    let paid_to = at(text_column(back, "paid_to"), from).and_then(|text| split_tenders(text, &paid_by));
    Group { from, units, money, paid_to }
}

/// What each piece has of all parts together, less fees.
fn sums(parts: &[(&str, Vec<i128>)], pieces: usize) -> Vec<i128> {
    let mut sums = vec![0_i128; pieces];
    for (name, shares) in parts {
        for (sum, share) in sums.iter_mut().zip(shares) {
            *sum = if *name == FEE { sum.saturating_sub(*share) } else { sum.saturating_add(*share) };
        }
    }
    sums
}

fn total(amounts: &[i128]) -> i128 {
    amounts.iter().copied().fold(0, i128::saturating_add)
}

/// What the lines that were sold cost, in the steps of money.
struct Costs<'b> {
    quantity: Option<&'b Int64Array>,
    paid: Option<&'b Decimal128Array>,
    unit_price: Option<&'b Decimal128Array>,
    tax: Option<&'b Decimal128Array>,
    taxes: Option<&'b StringArray>,
    tax_included: Option<&'b BooleanArray>,
}

impl<'b> Costs<'b> {
    fn of(sales: &'b RecordBatch) -> Self {
        Self {
            quantity: sales.column_by_name("quantity").and_then(|column| column.as_primitive_opt::<Int64Type>()),
            paid: money_column(sales, "paid"),
            unit_price: money_column(sales, "unit_price"),
            tax: money_column(sales, "tax"),
            taxes: text_column(sales, "taxes"),
            tax_included: sales.column_by_name("tax_included").and_then(|column| column.as_boolean_opt()),
        }
    }

    /// What was paid for the units of a piece, without tax that is not in the price; none: not known.
    fn goods(&self, piece: &Piece) -> Option<i128> {
        let (sale, sold) = (piece.sale?, self.sold(piece)?);
        let whole = match (self.paid, self.unit_price) {
            (Some(paid), _) => value(paid, sale)?,
            (None, Some(price)) => value(price, sale)?.checked_mul(sold)?,
            (None, None) => return None,
        };
        for_units(whole, piece.units, sold)
    }

    /// Their tax that is not in the price.
    fn tax(&self, piece: &Piece) -> Option<i128> {
        let (sale, sold) = (piece.sale?, self.sold(piece)?);
        if self.tax_included.is_some_and(|column| !column.is_null(sale) && column.value(sale)) {
            return Some(0);
        }
        let whole = match (at(self.taxes, sale), self.tax) {
            (Some(text), _) => {
                let amounts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
                let amount = |part: &str| NumberFormat::default().told(part.rsplit_once(' ')?.1).ok();
                amounts.map(amount).try_fold(0_i128, |sum, amount| sum.checked_add(amount?))?
            }
            (None, Some(tax)) => value(tax, sale)?,
            (None, None) if self.taxes.is_none() => 0,
            (None, None) => return None,
        };
        for_units(whole, piece.units, sold)
    }

    /// How many units were sold: one, where no column tells.
    fn sold(&self, piece: &Piece) -> Option<i128> {
        let Some(column) = self.quantity else { return Some(1) };
        let sale = piece.sale.filter(|sale| !column.is_null(*sale))?;
        Some(column.value(sale).into()).filter(|sold| *sold > 0)
    }
}

fn money_column<'b>(batch: &'b RecordBatch, name: &str) -> Option<&'b Decimal128Array> {
    batch.column_by_name(name)?.as_primitive_opt::<Decimal128Type>()
}

fn value(column: &Decimal128Array, row: usize) -> Option<i128> {
    (!column.is_null(row)).then(|| column.value(row))
}

/// What falls to some of the units of a line, half a step up.
fn for_units(whole: i128, units: i64, of: i128) -> Option<i128> {
    let step = step(&[whole]);
    let twice = (whole / step).checked_mul(units.into())?.checked_mul(2)?.checked_add(of)?;
    twice.div_euclid(of.checked_mul(2)?).checked_mul(step)
}

/// The step that amounts are told in: a hundredth, or the last decimal of one of them.
fn step(amounts: &[i128]) -> i128 {
    let mut step = 10_i128.pow(SCALE.saturating_sub(2));
    while step > 1 && amounts.iter().any(|amount| amount % step != 0) {
        step /= 10;
    }
    step
}

/// Splits an amount in proportion so that nothing is lost: each gets what falls to the parts up to it, less what the ones before
/// got, in steps of the amount's own last decimal, or of a hundredth.
fn split(amount: i128, by: &[i128]) -> Vec<i128> {
    let step = step(&[amount]);
    // The proportion stays nearly the same where it is told in too many digits to be multiplied.
    let most = i128::MAX / (amount / step).abs().max(1);
    let mut by = by.to_vec();
    while total(&by) > most {
        by.iter_mut().for_each(|part| *part /= 2);
    }
    let all: i128 = by.iter().sum();
    let (mut sum, mut given) = (0, 0);
    let each = |part: &i128| {
        sum += part;
        let up_to = if sum == all { amount } else { amount / step * sum / all * step };
        let share = up_to - given;
        given = up_to;
        share
    };
    by.iter().map(each).collect()
}

/// Amounts by tender, shared out tender by tender; where together they are what is shared, each piece has its own of all of them
/// together too. None where the text is no such amounts.
fn split_tenders(text: &str, by: &[i128]) -> Option<Vec<String>> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let amount = |text: &str| match text {
        UNKNOWN => Some(None),
        text => NumberFormat::default().told(text).ok().map(Some),
    };
    let told = parts.map(|part| part.rsplit_once(' ').and_then(|(tender, text)| Some((tender, amount(text)?))));
    let told: Vec<(&str, Option<i128>)> = told.collect::<Option<_>>()?;
    let all: i128 = told.iter().filter_map(|(_, amount)| *amount).fold(0, i128::saturating_add);
    let is_all = all == total(by);
    let mut left = by.to_vec();
    let mut shares: Vec<Vec<String>> = vec![Vec::new(); by.len()];
    for (tender, amount) in told {
        let Some(amount) = amount else {
            shares.iter_mut().for_each(|share| share.push(format!("{tender} {UNKNOWN}")));
            continue;
        };
        let split = split(amount, &left);
        for ((share, left), amount) in shares.iter_mut().zip(&mut left).zip(split) {
            if amount != 0 {
                share.push(format!("{tender} {}", amount_text(amount)));
            }
            if is_all {
                *left = (*left - amount).max(0);
            }
        }
    }
    Some(shares.into_iter().map(|share| share.join("; ")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In hundredths.
    fn hundredths(amounts: &[i128]) -> Vec<i128> {
        amounts.iter().map(|amount| amount * 10_i128.pow(SCALE - 2)).collect()
    }

    #[test]
    fn amounts_are_split_without_a_rest() {
        let split_of = |amount: i128, by: &[i128]| split(amount * 10_i128.pow(SCALE - 2), by);
        assert_eq!(split_of(1000, &[2, 1]), hundredths(&[666, 334]));
        assert_eq!(split_of(1, &[1, 1, 1]), hundredths(&[0, 0, 1]));
        assert_eq!(split_of(0, &[1, 1]), [0, 0]);
        assert_eq!(split_of(11_000, &[5000, 6000]), hundredths(&[5000, 6000]));
        // In thousandths, as the amount is told.
        assert_eq!(split(10_i128.pow(SCALE - 3), &[1, 1]), [0, 10_i128.pow(SCALE - 3)]);
    }

    #[test]
    fn tenders_add_up_by_piece_and_by_tender() {
        let tenders = |text: &str, by: &[i128]| split_tenders(text, &hundredths(by));
        let both = |one: &str, other: &str| Some(vec![one.to_owned(), other.to_owned()]);
        let split = tenders("cash 20.01; credit #v1 10.00", &[1000, 2001]);
        assert_eq!(split, both("cash 6.66; credit #v1 3.34", "cash 13.35; credit #v1 6.66"));
        assert_eq!(
            tenders("cash 10.00; credit 5.00", &[3000, 6000]),
            both("cash 3.33; credit 1.66", "cash 6.67; credit 3.34")
        );
        assert_eq!(tenders("cash 10.00; credit ?", &[500, 500]), both("cash 5.00; credit ?", "cash 5.00; credit ?"));
        assert_eq!(tenders("cash", &[1, 1]), None);
    }

    #[test]
    fn many_digits_lose_nothing() {
        let most = 10_i128.pow(27) - 1;
        let shares = split(most, &[most, most, 3]);
        assert_eq!(shares.iter().sum::<i128>(), most);
        assert!(shares.iter().all(|share| *share >= 0), "{shares:?}");
        assert_eq!(split(most, &[i128::MAX, i128::MAX]).iter().sum::<i128>(), most);
        let parts = [(GOODS, vec![i128::MAX, 5]), (TAX, vec![1, 2]), (FEE, vec![0, 3])];
        assert_eq!(sums(&parts, 2), [i128::MAX, 4]);
    }

    #[test]
    fn units_cost_their_part_half_a_cent_up() {
        let of = |whole: i128, units, all| for_units(whole * 10_i128.pow(SCALE - 2), units, all);
        let cents = |amount: i128| Some(amount * 10_i128.pow(SCALE - 2));
        assert_eq!(of(10_000, 1, 3), cents(3333));
        assert_eq!(of(10_000, 2, 3), cents(6667));
        assert_eq!(of(5, 1, 2), cents(3));
        assert_eq!(of(10_000, 3, 3), cents(10_000));
        assert_eq!(for_units(i128::MAX, 2, 3), None);
    }
}
