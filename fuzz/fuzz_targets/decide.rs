//! Requests: read or refused with a place; decided, traced and written.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use takeback::Policy;
use takeback_fuzz::running::running;
use takeback_fuzz::{json, policies};

fn all() -> &'static [Policy] {
    static ALL: OnceLock<Vec<Policy>> = OnceLock::new();
    ALL.get_or_init(|| policies::all().into_iter().map(|(_, policy)| policy).collect())
}

// The first byte says under which policy, the rest is the request.
fuzz_target!(|data: &[u8]| {
    running(data);
    let Some((first, text)) = data.split_first() else { return };
    let Some(policy) = all().get(usize::from(first.wrapping_sub(policies::FIRST)) % all().len()) else { return };
    let request = policy.request(text);
    match request {
        Ok(request) => {
            let decision = policy.decide(&request);
            let written = serde_json::to_string(&decision).expect("a decision can be written");
            assert!(written.starts_with('{'));
            assert_eq!(policy.trace(&request).lines.len(), request.lines.len());
            if request.lines.len() == 1 && text.len() % 8 == 0 {
                policy.what_would_change(&request);
                policy.words(&request, &decision, &takeback::Language::default());
            }
        }
        Err(error) => assert!(!error.message().is_empty() && error.message().len() < 10_000),
    }
});

// Every other time the request is changed as a tree, which stays JSON; otherwise byte by byte.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = data.get(..size).and_then(|old| json::changed(old, seed));
    match changed.filter(|new| seed % 2 == 0 && new.len() <= max_size.min(data.len())) {
        Some(new) => {
            data[..new.len()].copy_from_slice(&new);
            new.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});
