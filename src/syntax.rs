//! Text to tree: [`parse()`] turns a [`crate::source::Source`] into an [`ast::File`] and findings. Knows spelling, not
//! meaning; what names stand for is settled when it is checked.

pub mod ast;
mod parse;
mod spell;

pub use parse::parse;
pub(crate) use spell::spelled;
