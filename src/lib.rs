//! A policy language and engine for returns, refunds and exchanges.

pub mod date;
pub mod diagnostic;
pub mod money;
#[cfg(feature = "render")]
pub mod render;
pub mod source;
