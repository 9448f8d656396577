//! Hands the engine to JavaScript through wasm-bindgen.
//!
//! Everything crosses as JSON text, written by [`crate::api`]. What goes wrong is thrown as JSON too, and
//! `pkg/policy.js` makes objects and error classes of it; that is where the names that users see are. Nothing is decided
//! on either side of the border.

#![expect(unreachable_pub, reason = "wasm-bindgen exports public items only, and JavaScript is their one caller")]

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::api;
#[cfg(feature = "compile")]
use crate::source::SourceSet;

/// The version of the engine, which is also the version of the npm package: `0.1.0`.
#[wasm_bindgen]
pub fn version() -> String {
    api::version().to_owned()
}

/// The report on some files.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn check(files: &str) -> Result<String, JsValue> {
    json(&api::check(&sources(files)?))
}

/// What a code or a key means.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn explain(code: &str) -> Option<String> {
    api::explain(code)
}

/// A compiled policy.
#[wasm_bindgen]
pub struct Policy(crate::Policy);

#[wasm_bindgen]
impl Policy {
    /// Throws the report when the files do not make a policy.
    #[cfg(feature = "compile")]
    pub fn compile(files: &str) -> Result<Policy, JsValue> {
        match api::compile(&sources(files)?) {
            Ok(policy) => Ok(Policy(policy)),
            Err(report) => Err(thrown(&report)),
        }
    }

    /// Throws what is wrong with the bundle; keys have space between them.
    pub fn load(bundle: &[u8], keys: &str) -> Result<Policy, JsValue> {
        api::load(bundle, keys).map(Policy).map_err(|error| match error {
            api::LoadError::Bundle(error) => thrown(&error),
            api::LoadError::Key(message) => thrown(&message),
        })
    }

    /// The bytes of a bundle; throws the zone that is none.
    #[cfg(feature = "compile")]
    pub fn bundle(&self, zones: &str) -> Result<Vec<u8>, JsValue> {
        api::bundle(&self.0, zones).map_err(|message| thrown(&message))
    }

    /// Name, versions, warnings and bundle.
    pub fn about(&self) -> Result<String, JsValue> {
        json(&api::about(&self.0))
    }

    /// Throws what is wrong with the request. Requests come as bytes: JavaScript encodes a text as a whole faster than character by character.
    pub fn decide(&self, request: &[u8]) -> Result<String, JsValue> {
        answer(self.request(request)?.0.decide())
    }

    /// The request, read. Throws what is wrong with it.
    pub fn request(&self, request: &[u8]) -> Result<Request, JsValue> {
        api::OpenRequest::read(&self.0, request).map(Request).map_err(|error| thrown(&error))
    }

    /// The tags of the languages.
    #[cfg(feature = "locales")]
    pub fn languages(&self) -> Result<String, JsValue> {
        json(&api::languages(&self.0))
    }

    /// A message file to begin with.
    #[cfg(feature = "locales")]
    pub fn messages(&self, locale: &str) -> String {
        api::messages(&self.0, locale)
    }

    /// How the scenarios of its files go.
    #[cfg(feature = "compile")]
    pub fn test(&self) -> Result<String, JsValue> {
        json(&api::test(&self.0))
    }
}

/// A request that has been read. It holds its policy, so the handle of that one may be freed before.
#[wasm_bindgen]
pub struct Request(api::OpenRequest);

#[wasm_bindgen]
impl Request {
    /// The decision.
    pub fn decide(&self) -> Result<String, JsValue> {
        answer(self.0.decide())
    }

    /// The record of a return, or what is missing or wrong in the answers. Throws what is wrong with their JSON.
    pub fn complete(&self, answers: &str, key: Option<String>) -> Result<String, JsValue> {
        answer(self.0.complete(answers, key.as_deref()))
    }

    /// Where a record is not what the policy gives. Throws what is wrong with its JSON.
    #[cfg(feature = "compile")]
    pub fn audit(&self, record: &str, key: Option<String>) -> Result<String, JsValue> {
        answer(self.0.audit(record, key.as_deref()))
    }

    /// Which single changes would make another answer.
    #[cfg(feature = "compile")]
    pub fn what_would_change(&self) -> Result<String, JsValue> {
        answer(self.0.what_would_change())
    }

    /// Which clauses applied to each line.
    #[cfg(feature = "compile")]
    pub fn trace(&self) -> Result<String, JsValue> {
        answer(self.0.trace())
    }

    /// What the clerk reads and what the customer hears. Throws when the language is not spoken.
    #[cfg(feature = "locales")]
    pub fn words(&self, locale: &str) -> Result<String, JsValue> {
        answer(self.0.words(locale))
    }
}

fn answer(answer: Result<String, api::RequestErrorJson>) -> Result<String, JsValue> {
    answer.map_err(|error| thrown(&error))
}

#[cfg(feature = "compile")]
fn sources(files: &str) -> Result<SourceSet, JsValue> {
    api::files(files).map_err(|message| thrown(&message))
}

fn json(answer: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(answer).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// An error as JSON; what JavaScript finds thrown is a string.
fn thrown(error: &impl Serialize) -> JsValue {
    json(error).map_or_else(|error| error, |json| JsValue::from_str(&json))
}
