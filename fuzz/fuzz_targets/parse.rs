//! The parser: any text gives a tree, and findings whose places are in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use takeback::source::{Source, SourceId};
use takeback_fuzz::running::running;

fuzz_target!(|text: &str| {
    running(text.as_bytes());
    let source = Source::new(SourceId(0), "fuzz.takeback", text);
    let (_, findings) = takeback::syntax::parse(&source);
    for finding in findings {
        for span in finding.labels.iter().map(|label| label.span).chain([finding.span]) {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is no place in the text");
        }
    }
});
