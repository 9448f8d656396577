//! What the fuzz targets share.

pub mod bundles;
pub mod json;
pub mod kept;
pub mod policies;
pub mod running;
