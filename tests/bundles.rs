//! Bundles: a policy that comes out of one answers like the policy that went in (of scenarios: [`crate::scenarios`]); what is damaged, too new or not signed is
//! refused, and what is unsound under a right hash panics nowhere. `tests/bundles/format-N` has bundles that earlier engines
//! wrote, with a request and what was decided by them then.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::Value;
use sha2::{Digest, Sha256};
use takeback::bundle::{self, BundleErrorKind, FORMAT, PublicKey, SecretKey};
use takeback::date::{Zone, parse_zone};
use takeback::{Policy, api};

use crate::cases::{files, policy, policy_of, root};

/// What a policy is asked, each as JSON.
pub(crate) type Requests = Vec<String>;

#[test]
fn cases_are_answered_alike() {
    let mut count = 0;
    for file in files(&root().join("tests/cases"), "json") {
        let case: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let one = [case.clone()];
        let steps = case["steps"].as_array().map_or(&one[..], Vec::as_slice);
        let requests: Requests = steps.iter().map(|step| step["request"].to_string()).collect();
        let policy = policy_of(&case).unwrap_or_else(|report| panic!("{}: {report}", file.display()));
        count += alike(&policy, &requests, &file.display().to_string());
    }
    assert!(count > 100, "{count} cases");
}

/// A policy, and what its scenarios ask.
fn pack(folder: &Path) -> (Policy, Requests) {
    let policy = policy(&[folder.to_owned()]).unwrap_or_else(|report| panic!("{}\n{report}", folder.display()));
    let visits = policy.test().into_iter().flat_map(|result| result.visits);
    let requests = visits.map(|visit| visit.request.to_string()).collect();
    (policy, requests)
}

/// The zones that requests name.
fn zones(requests: &Requests) -> Vec<Zone> {
    let named = requests.iter().flat_map(|request| request.split("\"zone\":\"").skip(1));
    let names: BTreeSet<&str> = named.filter_map(|rest| rest.split('"').next()).collect();
    names.into_iter().filter_map(|name| parse_zone(name).ok()).collect()
}

/// Asks a policy and its bundle the same; how many requests were answered alike.
pub(crate) fn alike(policy: &Policy, requests: &Requests, name: &str) -> usize {
    let bytes = policy.bundle(&zones(requests));
    let loaded = Policy::load(&bytes, &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
    let address = loaded.bundled().map(|bundle| bundle.hash.clone()).unwrap();
    let named = format!(",\"bundle\":\"{address}\"");
    assert_eq!(loaded.bundle(&[]), bytes, "{name}: the bundle of a bundle is the same");
    for (at, request) in requests.iter().enumerate() {
        let (Ok(expected), found) = (api::decide(policy, request), api::decide(&loaded, request)) else { continue };
        let found = found.unwrap_or_else(|error| panic!("{name}: {}: {}", error.path, error.message));
        assert_eq!(found.matches(&named).count(), 1, "{name}: a decision names its bundle");
        assert_eq!(found.replacen(&named, "", 1), expected, "{name}");
        // What is made of the decision and the messages: of some.
        if at % 16 > 0 {
            continue;
        }
        assert_eq!(api::trace(&loaded, request), api::trace(policy, request), "{name}");
        for locale in ["en", "de"] {
            let (words, expected) = (api::words(&loaded, request, locale), api::words(policy, request, locale));
            assert_eq!(words, expected, "{name}");
        }
    }
    requests.len()
}

fn corner_shop() -> (Policy, Requests) {
    pack(&root().join("policies/stores/corner-shop"))
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32])
}

fn kind(bytes: &[u8], keys: &[PublicKey]) -> Result<(), BundleErrorKind> {
    Policy::load(bytes, keys).map(|_| ()).map_err(|error| error.kind())
}

#[test]
fn the_same_files_make_the_same_bundle_in_any_folder() {
    let folder = root().join("policies/stores/corner-shop");
    let sources = crate::cases::sources(&[folder]).unwrap();
    let mut elsewhere = takeback::source::SourceSet::new();
    for source in &sources {
        elsewhere.add(format!("/srv/shops/{}", source.name()), source.text()).unwrap();
    }
    let bundle = |sources| Policy::compile(sources).unwrap().bundle(&[]);
    let bytes = bundle(&sources);
    assert_eq!(bytes, bundle(&elsewhere));
    assert!(!String::from_utf8_lossy(&bytes).contains("policies/stores"));
}

#[test]
fn what_is_not_whole_is_refused() {
    let (policy, _) = corner_shop();
    let bytes = bundle::sign(&policy.bundle(&[]), &key(1)).unwrap();
    assert_eq!(kind(&bytes, &[]), Ok(()));
    assert_eq!(kind(b"", &[]), Err(BundleErrorKind::NotABundle));
    assert_eq!(kind(b"policy \"shop\"", &[]), Err(BundleErrorKind::NotABundle));
    for length in (1..bytes.len()).filter(|length| *length < 200 || bytes.len() - length < 200 || length % 997 == 0) {
        assert_eq!(kind(&bytes[..length], &[]), Err(BundleErrorKind::Truncated), "{length} bytes");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(kind(&longer, &[]), Err(BundleErrorKind::Corrupted));
    // A bit of the magic, of the format, and then of anything else.
    let flipped = |at: usize| {
        let mut other = bytes.clone();
        other[at] ^= 1;
        kind(&other, &[])
    };
    assert_eq!(flipped(0), Err(BundleErrorKind::NotABundle));
    assert_eq!(flipped(8), Err(BundleErrorKind::Newer));
    for at in (10..bytes.len()).filter(|at| *at < 400 || bytes.len() - at < 400 || at % 101 == 0) {
        assert!(flipped(at).is_err(), "byte {at}");
    }
    let mut newer = bytes.clone();
    newer[8..10].copy_from_slice(&(FORMAT + 1).to_be_bytes());
    let error = Policy::load(&newer, &[]).unwrap_err();
    assert_eq!(error.kind(), BundleErrorKind::Newer);
    assert!(error.to_string().contains(&format!("format {}", FORMAT + 1)), "{error}");
}

#[test]
fn signatures_are_held_against_keys() {
    let (policy, _) = corner_shop();
    let bare = policy.bundle(&[]);
    let (one, two) = (key(1), key(2));
    let signed = bundle::sign(&bare, &one).unwrap();
    assert_eq!(kind(&bare, &[]), Ok(()));
    assert_eq!(kind(&bare, &[one.public()]), Err(BundleErrorKind::Unsigned));
    assert_eq!(kind(&signed, &[one.public()]), Ok(()));
    assert_eq!(kind(&signed, &[two.public()]), Err(BundleErrorKind::Signature));
    assert_eq!(kind(&signed, &[two.public(), one.public()]), Ok(()));
    let both = bundle::sign(&signed, &two).unwrap();
    assert_eq!(both, bundle::sign(&bundle::sign(&bare, &two).unwrap(), &one).unwrap(), "in any order");
    assert_eq!(both, bundle::sign(&both, &one).unwrap(), "twice is once");
    let hash = |bytes: &[u8]| Policy::load(bytes, &[]).unwrap().bundled().unwrap().hash.clone();
    assert_eq!(hash(&bare), hash(&both), "signatures do not change the address");
    // The signature of another bundle.
    let other = bundle::sign(&policy.bundle(&[parse_zone("Asia/Tokyo").unwrap()]), &one).unwrap();
    let stolen = [&bare[..bare.len() - 1], &other[other.len() - 97..]].concat();
    assert_eq!(kind(&stolen, &[]), Err(BundleErrorKind::Signature));
    assert_eq!(one.public().to_string().parse(), Ok(one.public()));
    assert_eq!(format!("{one:?}"), format!("SecretKey of {}", one.public()), "secret keys are not printed");
}

#[test]
fn stores_are_in_zones_that_came_along() {
    let (policy, requests) = corner_shop();
    let mut request: Value = serde_json::from_str(&requests[0]).unwrap();
    let loaded = Policy::load(&policy.bundle(&[parse_zone("Asia/Tokyo").unwrap()]), &[]).unwrap();
    for (zone, message) in [
        ("Asia/Tokyo", None),
        (
            "Europe/Berlin",
            Some("`Europe/Berlin` is not a time zone of this bundle; it has America/New_York, Asia/Tokyo"),
        ),
    ] {
        request["store"] = serde_json::json!({ "zone": zone });
        let error = loaded.request(request.to_string().as_bytes()).err();
        assert_eq!(error.as_ref().map(|error| (error.path(), error.message())), message.map(|m| ("/store/zone", m)));
    }
}

/// A bundle with another content, under the hash of that.
fn with(bytes: &[u8], content: &[u8]) -> Vec<u8> {
    let mut out = bytes[..12].to_vec();
    out.extend_from_slice(&u32::try_from(content.len()).unwrap().to_be_bytes());
    out.extend_from_slice(content);
    let hash = Sha256::digest(&out);
    out.extend_from_slice(&hash);
    out.push(0);
    out
}

fn content(bytes: &[u8]) -> &[u8] {
    let length = u32::from_be_bytes(bytes[12..16].try_into().unwrap()) as usize;
    &bytes[16..16 + length]
}

/// Where values begin and end, and what they are.
fn values(content: &[u8]) -> Vec<(usize, usize, Type)> {
    fn walk(decoder: &mut Decoder<'_>, out: &mut Vec<(usize, usize, Type)>) {
        let (start, ty) = (decoder.position(), decoder.datatype().unwrap());
        let inner = match ty {
            Type::Array => decoder.array().unwrap().unwrap(),
            Type::Map => decoder.map().unwrap().unwrap() * 2,
            _ => {
                decoder.skip().unwrap();
                0
            }
        };
        (0..inner).for_each(|_| walk(decoder, out));
        out.push((start, decoder.position(), ty));
    }
    let mut out = Vec::new();
    walk(&mut Decoder::new(content), &mut out);
    out
}

/// Whoever makes a bundle may write anything and give it its right hash.
#[test]
fn unsound_content_panics_nowhere() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut below = |most: usize| usize::try_from(random.next_u64() % most as u64).unwrap();
    let (mut refused, mut passed) = (0, 0);
    for store in ["corner-shop", "northwind-group", "best-buy"] {
        let (policy, mut requests) = pack(&root().join("policies/stores").join(store));
        requests.truncate(4);
        let bytes = policy.bundle(&zones(&requests));
        let content = content(&bytes);
        let values = values(content);
        for _ in 0..500 {
            let mut other = content.to_vec();
            let (start, end, ty) = values[below(values.len())];
            let mut new = Encoder::new(Vec::new());
            match (ty, below(4)) {
                // A bit anywhere.
                (_, 0) => new.writer_mut().extend(content[start..end].iter().enumerate().map(|(at, byte)| match at {
                    0 => byte ^ 1 << below(8),
                    _ => *byte,
                })),
                // Another value of the bundle in its place.
                (_, 1) => {
                    let (start, end, _) = values[below(values.len())];
                    new.writer_mut().extend_from_slice(&content[start..end]);
                }
                (Type::String, _) => drop(new.str(["", "Always", "Not", "1E9"][below(4)])),
                _ => drop(
                    new.i64([0, 1, 7, 63, 64, 255, 65_535, -1, i64::from(u32::MAX), i64::MAX, i64::MIN][below(11)]),
                ),
            }
            other.splice(start..end, new.into_writer());
            match Policy::load(&with(&bytes, &other), &[]) {
                Ok(policy) => {
                    passed += 1;
                    for request in &requests {
                        let _ = (api::decide(&policy, request), api::words(&policy, request, "en"));
                    }
                }
                Err(error) => {
                    refused += 1;
                    assert_eq!(error.kind(), BundleErrorKind::Corrupted, "{error}");
                }
            }
        }
    }
    assert!(refused > 300 && passed > 100, "{refused} refused, {passed} passed");
}

/// What earlier engines wrote is read for ever, and decides as it did.
#[test]
fn bundles_of_earlier_formats_are_read() {
    for format in 1..=FORMAT {
        let folder = root().join(format!("tests/bundles/format-{format}"));
        let (bundle, decision) = (folder.join("northwind.bundle"), folder.join("decision.json"));
        let request = fs::read_to_string(folder.join("request.json")).expect("every format has a request");
        if !bundle.exists() && env::var_os("UPDATE").is_some() {
            // Written once, by the engine that writes this format.
            assert_eq!(format, FORMAT, "a bundle of an earlier format cannot be written any more");
            let bytes = bundle::sign(&corner_shop().0.bundle(&[]), &key(1)).unwrap();
            fs::write(&bundle, &bytes).unwrap();
            fs::write(&decision, api::decide(&Policy::load(&bytes, &[]).unwrap(), &request).unwrap() + "\n").unwrap();
        }
        let bytes = fs::read(&bundle).unwrap_or_else(|error| panic!("{}: {error}", bundle.display()));
        let policy =
            Policy::load(&bytes, &[key(1).public()]).unwrap_or_else(|error| panic!("format {format}: {error}"));
        assert_eq!(policy.bundled().map(|bundle| bundle.format), Some(format));
        let found = api::decide(&policy, &request).unwrap();
        let expected = fs::read_to_string(&decision).unwrap();
        let (found, expected): (Value, Value) =
            (serde_json::from_str(&found).unwrap(), serde_json::from_str(&expected).unwrap());
        // Later engines may say more, never something else.
        let mut differences = Vec::new();
        crate::cases::compare(&expected, &found, "", &mut differences);
        assert!(differences.is_empty(), "format {format}: {differences:#?}");
    }
}
