//! Return policies in the formats that search engines and market places read: schema.org `MerchantReturnPolicy` and the
//! `OnlineReturnPolicy` of Google Merchant.
//!
//! [`Terms`] is what those formats can say. [`survey()`] finds the terms of a policy by asking it, as a till would, and tells
//! what is lost; [`schema_org`] and [`google`] write terms and read them; [`policy_text`] makes a policy of them, in which
//! what they leave open stays a question.

pub mod google;
mod lost;
pub mod policy_text;
pub mod schema_org;
pub mod survey;
mod terms;

pub use lost::Lost;
pub use survey::{Survey, Wanted, survey};
pub use terms::{LabelSource, Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};
