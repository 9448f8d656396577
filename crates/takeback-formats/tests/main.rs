//! The one binary of tests of the formats.

#[cfg(test)]
mod formats;
