//! The formats, from policies and back.
