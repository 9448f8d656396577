//! A policy language and engine for returns, refunds and exchanges.
//!
//! A policy is text in files that end in `.takeback`. [`Policy::compile`] reads and checks it; [`Policy::request`] reads a
//! return as JSON; [`Policy::decide`] answers. The same policy and request give the same bytes of JSON everywhere: nothing here
//! reads a clock, a file or the environment.
#![cfg_attr(
    not(feature = "compile"),
    expect(
        dead_code,
        unused_imports,
        reason = "what only compiled policies need stands beside what all need, and links to nothing"
    )
)]

#[cfg(feature = "compile")]
mod analysis;
pub mod api;
pub mod bundle;
#[cfg(feature = "compile")]
mod check;
#[cfg(feature = "compile")]
mod compile;
pub mod date;
pub mod decision;
pub mod diagnostic;
mod eval;
pub mod facts;
#[cfg(feature = "locales")]
mod messages;
#[cfg(feature = "compile")]
mod model;
pub mod money;
#[cfg(feature = "compile")]
pub mod mutants;
mod once;
mod policy;
pub mod program;
pub mod record;
#[cfg(feature = "render")]
pub mod render;
pub mod request;
#[cfg(feature = "compile")]
pub mod scenario;
mod shape;
pub mod source;
#[cfg(feature = "compile")]
pub mod syntax;
pub mod terms;
#[cfg(feature = "wasm")]
mod wasm;

pub use eval::{Change, Changed, LineTrace, Trace};
#[cfg(feature = "locales")]
pub use messages::{Arg, Args, Join, Language, Teller, UnknownLanguage};
pub use policy::Policy;
