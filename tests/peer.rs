//! The engine beside the rules of Best Buy written by hand (`benches/peer`): 10,000 requests, the same bytes.

#[path = "../benches/peer/mod.rs"]
mod by_hand;

use crate::cases::{policy, root};

#[test]
fn ten_thousand_answers_are_the_same() {
    let policy = policy(&[root().join("policies/stores/best-buy")]).expect("the policy is in order");
    let mut differ = Vec::new();
    for (at, json) in by_hand::requests::requests(10_000).iter().enumerate() {
        let request = policy.request(json).expect("a request is in order");
        let engine = serde_json::to_string(&policy.decide(&request)).expect("a decision can be written");
        let visit = by_hand::wire::read(json).expect("a request can be read by hand");
        let peer = serde_json::to_string(&by_hand::decide(&visit)).expect("a decision can be written");
        if engine != peer {
            differ.push(format!("{at}: {}\n  engine {engine}\n  peer   {peer}", String::from_utf8_lossy(json)));
        }
    }
    let shown = differ.get(..3.min(differ.len())).unwrap_or_default();
    assert!(differ.is_empty(), "{} differ\n{}", differ.len(), shown.join("\n"));
}
