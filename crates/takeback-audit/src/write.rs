//! Findings as a batch of columns.

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
    let text = |get: &dyn Fn(&Finding) -> Option<String>| -> ArrayRef {
        Arc::new(all.iter().map(get).collect::<StringArray>())
    };
    let cell = |name: &'static str| text(&|finding| cells.text(Of::Return, name, finding.row).map(str::to_owned));
    // What is not told of the return, the sale tells.
    let either = |name: &'static str| {
        text(&|finding| {
            let own = cells.text(Of::Return, name, finding.row);
            own.or_else(|| cells.text(Of::Sale, name, finding.row)).map(str::to_owned)
        })
    };
    let linked = |name: &'static str| {
        text(&|finding| {
            let sale = cells.text(Of::Sale, name, finding.row);
            sale.or_else(|| cells.text(Of::Return, name, finding.row)).map(str::to_owned)
        })
    };
    let joined = |list: &[String]| (!list.is_empty()).then(|| list.join("; "));
    let mut columns: Vec<ArrayRef> = Vec::new();
    for column in FINDING {
        columns.push(match column.name {
            "kind" => text(&|finding| Some(finding.kind.word().to_owned())),
            "severity" => text(&|finding| Some(finding.severity().word().to_owned())),
            "sale" | "line" => linked(column.name),
            "customer" | "sku" => either(column.name),
            "visit" | "return_line" | "store" | "clerk" | "at" | "source" => cell(column.name),
            "day" => Arc::new(all.iter().map(|finding| finding.day.map(since_epoch)).collect::<Date32Array>()),
            "days" => Arc::new(all.iter().map(|finding| finding.days).collect::<Int64Array>()),
            "version" => text(&|finding| finding.version.clone()),
            "remedy" => text(&|finding| finding.remedy.clone()),
            "expected" => money(all.iter().map(|finding| finding.expected))?,
            "actual" => money(all.iter().map(|finding| finding.actual))?,
            "difference" => money(all.iter().map(|finding| finding.difference))?,
            "at_stake" => money(all.iter().map(|finding| Some(finding.at_stake)))?,
            "currency" => text(&|_| Some(currency.to_owned())),
            "cause" => text(&|finding| Some(finding.cause.word().to_owned())),
            "cause_told" => Arc::new(all.iter().map(|finding| Some(finding.told)).collect::<BooleanArray>()),
            "clause" => text(&|finding| joined(&finding.clauses)),
            "citation" => text(&|finding| joined(&finding.citations)),
            "law" => Arc::new(all.iter().map(|finding| Some(finding.law)).collect::<BooleanArray>()),
            "message" => text(&|finding| Some(finding.message.clone())),
            "facts" => text(&|finding| joined(&finding.facts)),
            "row" => {
                let row = |finding: &Finding| cells.count(Of::Return, "row", finding.row);
                Arc::new(all.iter().map(row).collect::<Int64Array>())
            }
            _ => new_null_array(&column.kind.arrow(), all.len()),
        });
    }
    batch(columns, finding_schema())
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
