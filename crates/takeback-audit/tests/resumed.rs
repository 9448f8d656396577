//! Runs that were stopped once everything was read, and what a run that goes on says to files that are no longer the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use takeback::Policy;
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;
use takeback_audit::{Failed, Go, Job, Options, Stage, run};

use crate::policies;

const CLAUSES: &str = r#"
clause everything "Thirty days" {
  accept  refund
  start   sold
  window  30 days
  basis   price paid
  pay     original tender
}
"#;

const MAPPING: &str = r#"
[link]
by = "joined"
[sale]
sale = "sale"
line = { constant = "1" }
sold = "sold"
paid = "paid"
[return]
at = "day"
refund = "paid"
"#;

const RETURNS: &str = "sale,sold,paid,day\ns1,2026-01-02,10.00,2026-01-05\ns2,2026-01-02,20.00,2026-03-05\n";

/// Ends a run as soon as something is done in a stage, as a rule that of judging.
struct Until {
    stops: Option<Stage>,
    there: AtomicBool,
    hashed: AtomicBool,
}

impl Go for Until {
    fn stage(&self, stage: Stage, _: Option<u64>) {
        self.there.store(Some(stage) == self.stops, Ordering::Relaxed);
        self.hashed.fetch_or(stage == Stage::Hashing, Ordering::Relaxed);
    }

    fn at(&self, _: u64, _: u64) -> bool {
        !self.there.load(Ordering::Relaxed)
    }
}

struct Here {
    folder: tempfile::TempDir,
    policy: Policy,
    mapping: String,
}

impl Here {
    fn new() -> Self {
        Self::with(CLAUSES, MAPPING, RETURNS)
    }

    fn with(clauses: &str, mapping: &str, returns: &str) -> Self {
        let (policy, mapping) = (policies::shop(clauses), mapping.to_owned());
        let here = Self { folder: tempfile::tempdir().unwrap(), policy, mapping };
        fs::write(here.returns(), returns).unwrap();
        here
    }

    fn returns(&self) -> PathBuf {
        self.folder.path().join("returns.csv")
    }

    /// The findings, and whether files were hashed once more.
    fn run(&self, out: &Path, stops: Option<Stage>) -> Result<(u64, bool), Failed> {
        let mapping = Mapping::read("mapping.toml", &self.mapping).unwrap();
        let bundle = self.policy.bundle(&[]);
        let returns = inputs(&[self.returns().to_string_lossy().into_owned()]).unwrap();
        let job = Job {
            policy: &self.policy,
            bundle: (&bundle, "sha256:00"),
            other: None,
            mapping: &mapping,
            sales: &[],
            returns: &returns,
            out,
            resume: out.exists(),
            max_rejects: None,
            parts: None,
            threads: Some(1),
            options: &Options::default(),
        };
        let go = Until { stops, there: AtomicBool::new(false), hashed: AtomicBool::new(false) };
        let audited = run(&job, &go)?;
        Ok((audited.manifest.counts.findings, go.hashed.into_inner()))
    }

    /// A run that was stopped before anything was judged.
    fn stopped(&self) -> PathBuf {
        let out = self.folder.path().join("out");
        assert!(matches!(self.run(&out, Some(Stage::Judging)), Err(Failed::Stage(_))));
        assert!(out.join("work/inputs.json").exists());
        out
    }

    fn touch(&self) {
        let file = fs::File::options().append(true).open(self.returns()).unwrap();
        file.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(100)).unwrap();
    }
}

#[test]
fn what_was_read_is_not_hashed_again() {
    let here = Here::new();
    assert_eq!(here.run(&here.stopped(), None).unwrap(), (1, false));
}

#[test]
fn a_file_that_was_only_touched_is_the_same() {
    let here = Here::new();
    let out = here.stopped();
    here.touch();
    assert_eq!(here.run(&out, None).unwrap(), (1, true));
}

#[test]
fn a_file_of_the_same_length_that_says_something_else_is_another() {
    let here = Here::new();
    let out = here.stopped();
    fs::write(here.returns(), RETURNS.replace("20.00", "30.00")).unwrap();
    here.touch();
    let failed = here.run(&out, None).unwrap_err();
    assert!(failed.to_string().contains("returns.csv` is not what it was"), "{failed}");
}

#[test]
fn the_manifest_tells_the_hashes_of_what_was_read() {
    use std::fmt::Write as _;
    let here = Here::new();
    let out = here.folder.path().join("out");
    here.run(&out, None).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let mut hash = String::new();
    for byte in <sha2::Sha256 as sha2::Digest>::digest(RETURNS.as_bytes()) {
        write!(hash, "{byte:02x}").unwrap();
    }
    assert_eq!(manifest["given"]["inputs"][0]["sha256"], hash.as_str());
    assert_eq!(manifest["given"]["inputs"][0]["bytes"], RETURNS.len());
}

#[test]
fn what_limits_look_back_at_is_the_same_wherever_a_run_was_stopped() {
    let limit = "clause often \"Twenty\" {\n  limit refund per customer ever at most 20.00 USD, otherwise refer to manager \"Over 20 dollars\"\n}\n";
    let mapping = format!("{MAPPING}customer = \"customer\"\napprovals = {{ constant = \"\" }}\n");
    // The third return of each customer is above the limit, and the fourth.
    let row = |number: u32| format!("s{number},2026-01-02,10.00,2026-01-{:02},c{}\n", number / 5 + 5, number % 5);
    let returns: String = std::iter::once("sale,sold,paid,day,customer\n".to_owned()).chain((0..20).map(row)).collect();
    let here = Here::with(&format!("{CLAUSES}{limit}"), &mapping, &returns);
    assert_eq!(here.run(&here.folder.path().join("whole"), None).unwrap().0, 10);
    for stage in [Stage::Joining, Stage::Judging] {
        let out = here.folder.path().join(format!("{stage:?}"));
        assert!(matches!(here.run(&out, Some(stage)), Err(Failed::Stage(_))));
        assert_eq!(out.join("work/read/history.json").exists(), stage == Stage::Judging);
        assert_eq!(here.run(&out, None).unwrap().0, 10, "{stage:?}");
        let findings = |name: &str| fs::read(here.folder.path().join(name).join("findings.csv")).unwrap();
        assert!(findings("whole") == findings(&format!("{stage:?}")), "{stage:?}");
    }
}
