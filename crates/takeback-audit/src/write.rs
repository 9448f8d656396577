//! Findings as a batch of columns.

use std::borrow::Cow;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, StringArray, new_null_array};
use arrow::record_batch::RecordBatch;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use takeback::Policy;

use crate::cells::{BatchError, Cells, Of};
use crate::columns::{MONEY_DIGITS, MONEY_SCALE};
use crate::finding::{FINDING, Finding, finding_schema};

/// Writes findings; what is said of the case comes from its row.
pub(crate) fn findings(policy: &Policy, cells: &Cells<'_>, all: &[Finding]) -> Result<RecordBatch, BatchError> {
    let currency = policy.program().currency.code();
    let cell = |name: &'static str| texts(all.iter().map(|finding| cells.text(Of::Return, name, finding.row)));
    // What is not told of the return, the sale tells.
    let either = |name: &'static str| {
        texts(all.iter().map(|finding| {
            let own = cells.text(Of::Return, name, finding.row);
            own.or_else(|| cells.text(Of::Sale, name, finding.row))
        }))
    };
    let linked = |name: &'static str| {
        texts(all.iter().map(|finding| {
            let sale = cells.text(Of::Sale, name, finding.row);
            sale.or_else(|| cells.text(Of::Return, name, finding.row))
        }))
    };
    let mut columns: Vec<ArrayRef> = Vec::new();
    for column in FINDING {
        columns.push(match column.name {
            "kind" => texts(all.iter().map(|finding| Some(finding.kind.word()))),
            "severity" => texts(all.iter().map(|finding| Some(finding.severity().word()))),
            "sale" | "line" => linked(column.name),
            "customer" | "sku" => either(column.name),
            "visit" | "return_line" | "store" | "clerk" | "at" | "source" => cell(column.name),
            "day" => Arc::new(all.iter().map(|finding| finding.day.map(since_epoch)).collect::<Date32Array>()),
            "days" => Arc::new(all.iter().map(|finding| finding.days).collect::<Int64Array>()),
            "version" => texts(all.iter().map(|finding| finding.version.as_deref())),
            "remedy" => texts(all.iter().map(|finding| finding.remedy.as_deref())),
            "expected" => money(all.iter().map(|finding| finding.expected))?,
            "actual" => money(all.iter().map(|finding| finding.actual))?,
            "difference" => money(all.iter().map(|finding| finding.difference))?,
            "at_stake" => money(all.iter().map(|finding| Some(finding.at_stake)))?,
            "currency" => texts(all.iter().map(|_| Some(currency))),
            "cause" => texts(all.iter().map(|finding| Some(finding.cause.word()))),
            "cause_told" => Arc::new(all.iter().map(|finding| Some(finding.told)).collect::<BooleanArray>()),
            "clause" => texts(all.iter().map(|finding| joined(&finding.clauses))),
            "citation" => texts(all.iter().map(|finding| joined(&finding.citations))),
            "law" => Arc::new(all.iter().map(|finding| Some(finding.law)).collect::<BooleanArray>()),
            "message" => texts(all.iter().map(|finding| Some(finding.message.as_str()))),
            "facts" => texts(all.iter().map(|finding| joined(&finding.facts))),
            "row" => {
                let row = |finding: &Finding| cells.count(Of::Return, "row", finding.row);
                Arc::new(all.iter().map(row).collect::<Int64Array>())
            }
            _ => new_null_array(&column.kind.arrow(), all.len()),
        });
    }
    batch(columns, finding_schema())
}

fn texts<T: AsRef<str>>(all: impl Iterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(all.collect::<StringArray>())
}

/// Several texts in one cell.
fn joined(list: &[String]) -> Option<Cow<'_, str>> {
    match list {
        [] => None,
        [one] => Some(one.into()),
        several => Some(several.join("; ").into()),
    }
}

/// A batch of a schema.
pub(crate) fn batch(columns: Vec<ArrayRef>, schema: arrow::datatypes::Schema) -> Result<RecordBatch, BatchError> {
    RecordBatch::try_new(Arc::new(schema), columns).map_err(|error| BatchError::Arrow(error.to_string()))
}

/// Amounts as a column.
pub(crate) fn money(amounts: impl Iterator<Item = Option<Decimal>>) -> Result<ArrayRef, BatchError> {
    let scale = MONEY_SCALE.unsigned_abs();
    let scaled = |amount: Decimal| {
        let amount = amount.round_dp(scale.into());
        let up = u32::from(scale).checked_sub(amount.scale())?;
        amount.mantissa().checked_mul(10_i128.checked_pow(up)?)
    };
    let all: Decimal128Array = amounts.map(|amount| amount.and_then(scaled)).collect();
    let all = all.with_precision_and_scale(MONEY_DIGITS, MONEY_SCALE);
    Ok(Arc::new(all.map_err(|error| BatchError::Arrow(error.to_string()))?))
}

/// Days since 1970-01-01, as Arrow counts them.
pub(crate) fn since_epoch(day: NaiveDate) -> i32 {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or(day);
    i32::try_from(day.signed_duration_since(epoch).num_days()).unwrap_or_default()
}
