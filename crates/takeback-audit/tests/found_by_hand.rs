//! The findings that the bench of the audit has written by hand are those of the audit: of thirty returns with something left open each.

use std::fs::File;
use std::path::Path;

use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;
use takeback_audit::{Go, Job, Options, Stage, run};

use crate::alike::Findings;
use crate::{by_hand, data, policies};

struct ToTheEnd;

impl Go for ToTheEnd {
    fn stage(&self, _: Stage, _: Option<u64>) {}

    fn at(&self, _: u64, _: u64) -> bool {
        true
    }
}

/// What the audit writes of returns, and how many findings it counts.
fn audited(source: &Path, out: &Path) -> u64 {
    let policy = policies::store("crates/takeback-audit/benches/three-channels");
    let mapping = include_str!("../benches/three-channels/mapping.toml");
    let job = Job {
        policy: &policy,
        bundle: (&policy.bundle(&[]), "sha256:00"),
        other: None,
        mapping: &Mapping::read("mapping.toml", mapping).unwrap_or_else(|problems| panic!("{problems}")),
        sales: &[],
        returns: &inputs(&[source.to_string_lossy().into_owned()]).expect("the returns"),
        out,
        resume: false,
        max_rejects: None,
        parts: None,
        threads: Some(1),
        options: &Options::default(),
    };
    run(&job, &ToTheEnd).expect("an audit").manifest.counts.findings
}

#[test]
fn the_findings_by_hand_are_those_of_the_audit() {
    let csv = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy/three-channels.csv");
    let work = tempfile::tempdir().expect("a folder");
    let parquet = work.path().join("returns.parquet");
    data::to_parquet(&csv, &parquet);
    for (source, found, name) in
        [(&csv, by_hand::csv::found as fn(&Path) -> _, "csv"), (&parquet, by_hand::parquet::found as _, "parquet")]
    {
        let (audit, by_hand) = (work.path().join(name).join("audit"), work.path().join(name).join("by-hand"));
        let count = audited(source, &audit);
        assert_eq!(by_hand::tell::write(found(source), &source.to_string_lossy(), &by_hand) as u64, count);
        let expected = Findings::of_csv(&audit.join("findings.csv"));
        assert_eq!(expected.count(), i64::try_from(count).expect("a count"));
        for (folder, who) in [(&audit, "the audit"), (&by_hand, "by hand")] {
            let reader = File::open(folder.join("findings.parquet")).expect("findings");
            let reader = ParquetRecordBatchReaderBuilder::try_new(reader).expect("a Parquet file").build();
            let batches = reader.expect("a reader").map(|batch| batch.expect("a batch"));
            assert_eq!(Findings::of_parquet(batches), expected, "{name}, {who}, as Parquet");
            assert_eq!(Findings::of_csv(&folder.join("findings.csv")), expected, "{name}, {who}, as CSV");
        }
    }
}
