//! Policies of many clauses (`benches/clauses.rs`): in order, and decided like small ones.

#[path = "../benches/clauses.rs"]
mod clauses;

use takeback::Policy;
use takeback::source::SourceSet;

fn policy(count: usize) -> Policy {
    let mut sources = SourceSet::new();
    sources.add("scale.takeback", clauses::policy(count)).unwrap();
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{}", takeback::render::plain(&report, &sources)))
}

#[test]
fn a_policy_has_the_clauses_it_is_made_of() {
    for count in [30, 1000] {
        assert_eq!(policy(count).program().clauses.len(), count);
        assert!(clauses::departments(count) >= 5, "every department of the requests is there");
    }
}

#[test]
fn a_thousand_clauses_decide_a_visit_of_many_lines() {
    for count in [30, 1000] {
        let policy = policy(count);
        let request = policy.request(clauses::request(0, 100).as_bytes()).unwrap();
        let decision = policy.decide(&request);
        assert_eq!(decision.outcome, takeback::decision::Outcome::Accept);
        assert_eq!(decision.lines.len(), 100);
    }
}
