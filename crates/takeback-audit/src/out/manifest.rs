//! `manifest.json`: what was held against what, and what came of it, so that whoever has the same files can show that the findings are
//! theirs. Holds no time of day, no path of this machine and nothing of how many threads worked on it.

use serde::{Deserialize, Serialize};

use super::whole::Written;
use super::{About, Counts};

/// The form of manifests.
pub(crate) const FORM: u32 = 1;

/// What is in `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this file.
    pub manifest: u32,
    /// The version of takeback that made it.
    pub engine: String,
    /// The policy.
    pub policy: About,
    /// What the findings of another run depend on, beside the policy.
    pub given: Given,
    /// What became of every row that was read.
    pub counts: Counts,
    /// The files that were written.
    pub outputs: Vec<Written>,
}

/// What a run was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The SHA-256 of the mapping.
    pub mapping: String,
    /// What was asked for: by the name of an option.
    pub options: std::collections::BTreeMap<String, String>,
    /// The files of sales and returns, in the order in which they were read.
    pub inputs: Vec<Input>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// `sales`, `returns`, or both.
    pub of: String,
    /// As findings name it.
    pub name: String,
    /// How long it is, as it is on the disk.
    pub bytes: u64,
    /// The SHA-256 of it.
    pub sha256: String,
}
