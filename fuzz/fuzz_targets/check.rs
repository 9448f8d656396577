//! The whole way from text to a policy: it is compiled, or refused with at least one error that can be shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use takeback::Policy;
use takeback::source::SourceSet;
use takeback_fuzz::running::running;

fuzz_target!(|text: &str| {
    running(text.as_bytes());
    let mut sources = SourceSet::new();
    sources.add("fuzz.takeback", text).expect("the only file");
    match Policy::compile(&sources) {
        Ok(policy) => assert!(!policy.warnings().has_errors()),
        Err(report) => {
            assert!(report.has_errors());
            assert!(!takeback::render::plain(&report, &sources).is_empty());
        }
    }
});
