//! Bundles: refused with an error, or a policy that decides.

#![no_main]

use libfuzzer_sys::fuzz_target;
use takeback::bundle::BundleErrorKind;
use takeback::{Language, Policy};
use takeback_fuzz::bundles::{self, FILE};
use takeback_fuzz::running::running;

fuzz_target!(|data: &[u8]| {
    running(data);
    let Some((bundle, requests)) = bundles::read(data) else { return };
    match Policy::load(&bundle, &[]) {
        Ok(policy) => {
            let again = policy.bundle(&[]);
            Policy::load(&again, &[]).expect("what was loaded can be written, and loaded again");
            for request in requests {
                let Ok(request) = policy.request(request.as_bytes()) else { continue };
                let decision = policy.decide(&request);
                assert!(serde_json::to_string(&decision).expect("a decision can be written").starts_with('{'));
                assert_eq!(policy.trace(&request).lines.len(), request.lines.len());
                policy.words(&request, &decision, &Language::default());
            }
        }
        Err(error) => {
            assert!(!error.to_string().is_empty() && error.to_string().len() < 10_000);
            // A right hash was made for it, so nothing else can be wrong with it.
            assert!(data[0] == FILE || error.kind() == BundleErrorKind::Corrupted, "{error}");
        }
    }
});
