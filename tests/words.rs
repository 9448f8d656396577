//! `tests/words`: what the clerk reads. The case of the same name stands beside the text or in `tests/cases`; each step
//! is told.

use std::{env, fs};

use serde_json::Value;

use crate::cases;

#[test]
fn words() {
    for path in cases::files(&cases::root().join("tests/words"), "txt") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = fs::read_to_string(path.with_extension("json"))
            .or_else(|_| fs::read_to_string(cases::root().join(format!("tests/cases/{name}.json"))));
        let case: Value = serde_json::from_str(&case.unwrap()).unwrap();
        let policy = cases::policy_of(&case).unwrap();
        let told = case["steps"].as_array().unwrap().iter().map(|step| {
            let request = policy.request(step["request"].to_string().as_bytes()).unwrap();
            takeback::decision::words(&policy.decide(&request), &request)
        });
        let found = told.collect::<Vec<_>>().join("\n----\n\n");
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, found).unwrap();
        } else {
            assert_eq!(fs::read_to_string(&path).unwrap(), found, "{name}");
        }
    }
}
