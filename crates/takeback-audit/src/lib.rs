//! Past returns held against the policy that was in force: what is read of sales and returns, joined, decided again, compared
//! with what was done, and told.
//!
//! Sources are read ([`read`]) and, as a [`mapping`] says, mapped to the canonical [`columns`] ([`map`]); what belongs together is
//! put together ([`mod@spread`]), and returns are joined with their sales ([`link`]). A [`finding`] is one way in which what was done is not
//! what the policy says. What comes of findings is written as tables, a summary and a report ([`out`]); [`run()`] does all of it.
//! [`audit_batch`] makes findings of joined cases, [`what_if`] decides them under another policy too, [`explain_case`] replays one in
//! words; other engines may call them by themselves.
//!
//! ```
//! use std::sync::Arc;
//! use arrow::{array::{ArrayRef, Decimal128Array, StringArray}, record_batch::RecordBatch};
//! use takeback::{Policy, source::SourceSet};
//! use takeback_audit::{Options, audit_batch, explain_case};
//!
//! let mut sources = SourceSet::new();
//! sources.add("shop.takeback", r#"
//! policy "Corner shop" version "1" {
//!   in force   from 2026-01-01 by date sold, otherwise date requested
//!   currency   USD
//!   time zone  "America/New_York"
//!   choices {
//!     days counted    from the day after
//!     rounding        half up
//!     discounts       shared in proportion
//!     tax             returned in full
//!     split payments  as tendered
//!     deadline        met when told
//!     late returns    final
//!     lines           each by itself
//!   }
//! }
//! clause everything "Thirty days" {
//!   accept  refund
//!   start   sold
//!   window  30 days
//!   basis   price paid
//!   pay     original tender
//! }
//! "#).unwrap();
//! let policy = Policy::compile(&sources).unwrap();
//!
//! // Sold on 1 March for 20.00, back on 1 April: that is day 31.
//! let text = |text: &str| Arc::new(StringArray::from(vec![text])) as ArrayRef;
//! let money = |cents: i128| {
//!     let amount = Decimal128Array::from(vec![cents * 10_i128.pow(10)]);
//!     Arc::new(amount.with_precision_and_scale(38, 12).unwrap()) as ArrayRef
//! };
//! let cases = RecordBatch::try_from_iter_with_nullable([
//!     ("at", text("2026-04-01"), true),
//!     ("refund", money(2000), true),
//!     ("sale.sale", text("S1"), true),
//!     ("sale.sold", text("2026-03-01"), true),
//!     ("sale.paid", money(2000), true),
//! ]).unwrap();
//! let audit = audit_batch(&policy, &cases, &Options::default()).unwrap();
//! assert_eq!(audit.findings.num_rows(), 1);
//! assert_eq!(audit.counts.at_stake.normalize().to_string(), "20");
//! let told = explain_case(&policy, &cases).unwrap();
//! assert!(told.contains("20.00 USD given back, and the policy declines it: the last day was 2026-03-31 (Thirty days)."));
//! ```

mod cells;
pub mod columns;
mod explain;
pub mod finding;
pub mod infer;
mod judge;
pub mod link;
pub mod map;
pub mod mapping;
mod missing;
pub mod out;
pub mod read;
mod run;
mod spell;
pub mod spread;
mod visit;
mod words;
mod write;

pub use cells::BatchError;
pub use explain::explain_case;
pub use judge::{
    Audit, CHANGE, Counts, Options, Reject, Sum, Totals, Wait, Waits, WhatIf, audit_batch, change_schema, what_if,
};
pub use run::{Failed, Go, Job, Stage, run};
