//! What the fuzz targets share.

pub mod json;
pub mod kept;
pub mod policies;
pub mod running;
