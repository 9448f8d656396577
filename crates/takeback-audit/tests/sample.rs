//! The sample of real sales and cancellations, from its file to findings: what is found of it, kind by kind, with the first of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use takeback_audit::link::{Back, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;
use takeback_audit::{Counts, Options, audit_batch, explain_case};

use crate::cases::cell;
use crate::input::joined;
use crate::policies::{root, store};

#[test]
fn the_sample_is_judged() {
    let folder = root().join("examples/audit");
    let policy = store("examples/audit/policy");
    let text = std::fs::read_to_string(folder.join("mapping.toml")).expect("the mapping");
    let mapping = Mapping::read("mapping.toml", &text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let file = folder.join("online-retail.csv");
    let files = inputs(&[file.to_string_lossy().into_owned()]).expect("the sample");
    let work = tempfile::tempdir().expect("a folder");
    let wanted = Wanted { customer: Some(Back::days(90)), ..Wanted::default() };
    let joined = joined(&mapping, (&files, &files), work.path(), Some(3), wanted).expect("the sample is read");

    let mut counts = Counts::default();
    let mut first: BTreeMap<(String, String), (usize, String)> = BTreeMap::new();
    for batch in &joined.batches {
        let audit = audit_batch(&policy, batch, &Options::default()).expect("the columns are right");
        counts.add(&audit.counts);
        assert!(audit.rejects.is_empty(), "{:?}", audit.rejects);
        for row in 0..audit.findings.num_rows() {
            let text = |column| cell(&audit.findings, column, row).unwrap_or_default();
            let example = (text("row").parse().expect("a row"), text("message"));
            let entry = first.entry((text("kind"), text("cause"))).or_insert_with(|| example.clone());
            *entry = entry.clone().min(example);
        }
        let told = explain_case(&policy, batch).expect("the columns are right");
        assert!(told.contains("Clauses that were asked") || told.contains("The sale is not in the data."), "{told}");
    }
    assert_eq!(counts.read, joined.linked.cases);
    assert_eq!(counts.read, counts.judged + counts.rejected + counts.unlinked);
    assert_eq!(counts.unlinked, joined.linked.ambiguous + joined.linked.missing_sale);

    let mut out = String::new();
    let Counts { read, judged, rejected, unlinked, refunded, at_stake, .. } = &counts;
    let _ = writeln!(out, "{read} cases: {judged} judged, {rejected} rejected, {unlinked} unlinked");
    let _ = writeln!(out, "{refunded:.2} given back, {at_stake:.2} at stake");
    counts.outcomes.iter().for_each(|(outcome, count)| writeln!(out, "  {outcome}: {count}").expect("text"));
    for (kind, count) in &counts.findings {
        let _ = writeln!(out, "{}: {count}", kind.word());
        for ((_, cause), (row, message)) in first.iter().filter(|((of, _), _)| of == kind.word()) {
            let _ = writeln!(out, "  {cause}, first in line {row}: {message}");
        }
    }
    let path = root().join("crates/takeback-audit/tests/sample.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &out).expect("it can be written");
    }
    assert_eq!(out, std::fs::read_to_string(&path).expect("what is found"));
}
