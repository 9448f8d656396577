//! Hands the engine to JavaScript through wasm-bindgen.
//!
//! Everything crosses as JSON text, written by [`crate::api`]. What goes wrong is thrown as JSON too, and
//! `pkg/policy.js` makes objects and error classes of it; that is where the names that users see are. Nothing is decided
//! on either side of the border.
//!
//! Policies and requests stay here, in [`Held`], and JavaScript has their numbers. The objects that wasm-bindgen would make of them are
//! made by way of `Object.prototype`, which may hold anything.

#![expect(unreachable_pub, reason = "wasm-bindgen exports public items only, and JavaScript is their one caller")]

use std::cell::RefCell;
use std::thread::LocalKey;

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::Policy;
use crate::api::{self, OpenRequest};
#[cfg(feature = "compile")]
use crate::source::SourceSet;

thread_local! {
    static POLICIES: RefCell<Held<Policy>> = const { RefCell::new(Held::new()) };
    static REQUESTS: RefCell<Held<OpenRequest>> = const { RefCell::new(Held::new()) };
}

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

/// The number of a policy. Throws the report when the files do not make one.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn policy_compile(files: &str) -> Result<u32, JsValue> {
    match api::compile(&sources(files)?) {
        Ok(policy) => hold(&POLICIES, policy),
        Err(report) => Err(thrown(&report)),
    }
}

/// The number of a policy. Throws what is wrong with the bundle; keys have space between them.
#[wasm_bindgen]
pub fn policy_load(bundle: &[u8], keys: &str) -> Result<u32, JsValue> {
    match api::load(bundle, keys) {
        Ok(policy) => hold(&POLICIES, policy),
        Err(api::LoadError::Bundle(error)) => Err(thrown(&error)),
        Err(api::LoadError::Key(message)) => Err(thrown(&Argument { argument: "keys", message })),
    }
}

/// Gives its memory back.
#[wasm_bindgen]
pub fn policy_free(policy: u32) {
    POLICIES.with_borrow_mut(|held| held.free(policy));
}

/// Name, versions, warnings and bundle.
#[wasm_bindgen]
pub fn policy_about(policy: u32) -> Result<String, JsValue> {
    ask(&POLICIES, policy, |policy| json(&api::about(policy)))
}

/// The bytes of a bundle; throws the zone that is none.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn policy_bundle(policy: u32, zones: &str) -> Result<Vec<u8>, JsValue> {
    let wrong = |message| thrown(&Argument { argument: "zones", message });
    ask(&POLICIES, policy, |policy| api::bundle(policy, zones).map_err(wrong))
}

/// Throws what is wrong with the request. Requests come as bytes: JavaScript encodes a text as a whole faster than character by character.
#[wasm_bindgen]
pub fn policy_decide(policy: u32, request: &[u8]) -> Result<String, JsValue> {
    ask(&POLICIES, policy, |policy| answer(OpenRequest::read(policy, request).and_then(|request| request.decide())))
}

/// The number of a request that is read. It holds its policy, which may be freed before. Throws what is wrong with it.
#[wasm_bindgen]
pub fn policy_request(policy: u32, request: &[u8]) -> Result<u32, JsValue> {
    let read = ask(&POLICIES, policy, |policy| OpenRequest::read(policy, request).map_err(|error| thrown(&error)));
    hold(&REQUESTS, read?)
}

/// The tags of the languages.
#[cfg(feature = "locales")]
#[wasm_bindgen]
pub fn policy_languages(policy: u32) -> Result<String, JsValue> {
    ask(&POLICIES, policy, |policy| json(&api::languages(policy)))
}

/// A message file to begin with.
#[cfg(feature = "locales")]
#[wasm_bindgen]
pub fn policy_messages(policy: u32, locale: &str) -> Result<String, JsValue> {
    ask(&POLICIES, policy, |policy| Ok(api::messages(policy, locale)))
}

/// How the scenarios of its files go.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn policy_test(policy: u32) -> Result<String, JsValue> {
    ask(&POLICIES, policy, |policy| json(&api::test(policy)))
}

/// Gives its memory back.
#[wasm_bindgen]
pub fn request_free(request: u32) {
    REQUESTS.with_borrow_mut(|held| held.free(request));
}

/// The decision.
#[wasm_bindgen]
pub fn request_decide(request: u32) -> Result<String, JsValue> {
    ask(&REQUESTS, request, |request| answer(request.decide()))
}

/// The record of a return, or what is missing or wrong in the answers. Throws what is wrong with their JSON.
#[wasm_bindgen]
pub fn request_complete(request: u32, answers: &str, key: Option<String>) -> Result<String, JsValue> {
    ask(&REQUESTS, request, |request| answer(request.complete(answers, key.as_deref())))
}

/// Where a record is not what the policy gives. Throws what is wrong with its JSON.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn request_audit(request: u32, record: &str, key: Option<String>) -> Result<String, JsValue> {
    ask(&REQUESTS, request, |request| answer(request.audit(record, key.as_deref())))
}

/// Which single changes would make another answer.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn request_what_would_change(request: u32) -> Result<String, JsValue> {
    ask(&REQUESTS, request, |request| answer(request.what_would_change()))
}

/// Which clauses applied to each line.
#[cfg(feature = "compile")]
#[wasm_bindgen]
pub fn request_trace(request: u32) -> Result<String, JsValue> {
    ask(&REQUESTS, request, |request| answer(request.trace()))
}

/// What the clerk reads and what the customer hears. Throws when the language is not spoken.
#[cfg(feature = "locales")]
#[wasm_bindgen]
pub fn request_words(request: u32, locale: &str) -> Result<String, JsValue> {
    ask(&REQUESTS, request, |request| answer(request.words(locale)))
}

/// What JavaScript has numbers of.
struct Held<T> {
    places: Vec<Option<T>>,
    /// The places that hold nothing.
    free: Vec<u32>,
}

impl<T> Held<T> {
    const fn new() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }

    fn get(&self, number: u32) -> Option<&T> {
        self.places.get(usize::try_from(number).ok()?)?.as_ref()
    }

    /// The number under which it is found from now on; none where there are no more.
    fn put(&mut self, value: T) -> Option<u32> {
        match self.free.pop() {
            Some(number) => {
                *self.places.get_mut(usize::try_from(number).ok()?)? = Some(value);
                Some(number)
            }
            None => {
                self.places.push(Some(value));
                u32::try_from(self.places.len().checked_sub(1)?).ok()
            }
        }
    }

    fn free(&mut self, number: u32) {
        let place = usize::try_from(number).ok().and_then(|at| self.places.get_mut(at));
        if place.and_then(Option::take).is_some() {
            self.free.push(number);
        }
    }
}

fn hold<T: 'static>(held: &'static LocalKey<RefCell<Held<T>>>, value: T) -> Result<u32, JsValue> {
    held.with_borrow_mut(|held| held.put(value)).ok_or(JsValue::NULL)
}

/// A number that nothing has is a fault of the package: what is thrown then is no JSON, and ends the engine.
fn ask<T: 'static, R>(
    held: &'static LocalKey<RefCell<Held<T>>>,
    number: u32,
    question: impl FnOnce(&T) -> Result<R, JsValue>,
) -> Result<R, JsValue> {
    held.with_borrow(|held| question(held.get(number).ok_or(JsValue::NULL)?))
}

/// An argument that is none: which, and what is wrong with it.
#[derive(Serialize)]
struct Argument {
    argument: &'static str,
    message: String,
}

fn answer(answer: Result<String, api::RequestErrorJson>) -> Result<String, JsValue> {
    answer.map_err(|error| thrown(&error))
}

#[cfg(feature = "compile")]
fn sources(files: &str) -> Result<SourceSet, JsValue> {
    api::files(files).map_err(|message| thrown(&Argument { argument: "files", message }))
}

fn json(answer: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(answer).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// An error as JSON; what JavaScript finds thrown is a string.
fn thrown(error: &impl Serialize) -> JsValue {
    json(error).map_or_else(|error| error, |json| JsValue::from_str(&json))
}
