//! Calls about the files of a policy, and what the engine says of them.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::Policy;
use crate::date::{Zone, parse_zone};
use crate::decision::ReasonKey;
use crate::diagnostic::{Code, ReportJson, clipped};
use crate::scenario::ScenarioResult;
use crate::source::SourceSet;

/// The files of a policy in a call: `{ "shop.takeback": "policy …" }`, or `[ { "name": "shop.takeback", "text": "policy …" } ]`
/// where the order is to be kept.
///
/// # Errors
/// What is wrong with the call, in words.
pub fn files(json: &str) -> Result<SourceSet, String> {
    serde_json::from_str(json).map(|Files(sources)| sources).map_err(|error| error.to_string())
}

/// Everything there is to say about the files of a policy.
pub fn check(sources: &SourceSet) -> ReportJson {
    match Policy::compile(sources) {
        Ok(policy) => ReportJson::new(policy.warnings(), sources),
        Err(report) => ReportJson::new(&report, sources),
    }
}

/// The policy in the files.
///
/// # Errors
/// All findings, when one of them is an error.
pub fn compile(sources: &SourceSet) -> Result<Policy, ReportJson> {
    Policy::compile(sources).map_err(|report| ReportJson::new(&report, sources))
}

/// The bundle of a policy, with the time zones of its versions and these, with space between them.
///
/// # Errors
/// The zone that is none, in words.
pub fn bundle(policy: &Policy, zones: &str) -> Result<Vec<u8>, String> {
    let zones: Result<Vec<Zone>, _> = zones.split_whitespace().map(|zone| parse_zone(&clipped(zone, 60))).collect();
    Ok(policy.bundle(&zones.map_err(|error| error.to_string())?))
}

/// How the scenarios of a policy go, in the order of its files.
pub fn test(policy: &Policy) -> Vec<ScenarioResult> {
    policy.test()
}

/// What the code of a finding (`T0301`) or the key of a reason (`not offered`) means, in Markdown; nothing when there is
/// no such code or key.
pub fn explain(code: &str) -> Option<String> {
    if let Ok(code) = code.parse::<Code>() {
        return Some(code.page().to_owned());
    }
    let key = ReasonKey::all().find(|key| match key {
        ReasonKey::Gap(gap) => gap.word() == code,
        plain => plain.word() == code,
    })?;
    Some(format!("# {code}\n\n{}.\n", key.describe()))
}

/// See [`files`].
struct Files(SourceSet);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    text: String,
}

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyFiles;
        impl<'de> Visitor<'de> for AnyFiles {
            type Value = Files;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of names and texts, or a list of { name, text }")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Files, M::Error> {
                let mut sources = SourceSet::new();
                while let Some((name, text)) = map.next_entry::<String, String>()? {
                    sources.add(name, text).map_err(de::Error::custom)?;
                }
                Ok(Files(sources))
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Files, S::Error> {
                let mut sources = SourceSet::new();
                while let Some(File { name, text }) = list.next_element()? {
                    sources.add(name, text).map_err(de::Error::custom)?;
                }
                Ok(Files(sources))
            }
        }
        deserializer.deserialize_any(AnyFiles)
    }
}
