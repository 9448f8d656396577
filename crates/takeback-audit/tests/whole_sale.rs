//! What hangs on a whole sale, where returns are found by customer and article: from files to findings.

use std::fs;

use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;
use takeback_audit::{Go, Job, Options, Stage, run};

use crate::policies;

const CLAUSES: &str = r#"
clause everything "Thirty days" {
  accept  refund
  start   sold
  window  30 days
  basis   price paid
  pay     original tender
  except sets "A sale above 30 dollars comes back whole" when sale.total over 30.00 USD and not sale.whole {
    decline "Only the whole sale comes back", final
  }
}
"#;

const MAPPING: &str = r#"
[link]
by = "customer and sku"
[sale]
sale     = "invoice"
sold     = "date"
customer = "customer"
sku      = "article"
quantity = "units"
paid     = "amount"
[return]
visit    = "note"
at       = "date"
customer = "customer"
sku      = "article"
quantity = "units"
refund   = "amount"
"#;

/// Invoice 1 comes to 20.00 + 8.00 + 5.00 = 33.00, 2 to 30.00, which is not above 30.00, 3 to 40.00, and 4 to 35.00.
const SALES: &str = "\
invoice,date,customer,article,units,amount
1,2026-01-05,7,LAMP,1,20.00
1,2026-01-05,7,BULB,4,8.00
1,2026-01-05,7,,1,5.00
2,2026-01-06,8,LAMP,1,20.00
2,2026-01-06,8,CORD,2,10.00
3,2026-01-07,9,LAMP,1,20.00
3,2026-01-07,9,DESK,1,20.00
4,2026-01-08,5,CORD,1,5.00
4,2026-01-08,5,DESK,2,30.00
";

/// A is a part of 33.00. B is a part of 30.00. C is the whole of 40.00. D is a part of 35.00, and E is all that is left of it.
const RETURNS: &str = "\
note,date,customer,article,units,amount
A,2026-01-10,7,BULB,2,4.00
B,2026-01-10,8,LAMP,1,20.00
C,2026-01-10,9,LAMP,1,20.00
C,2026-01-10,9,DESK,1,20.00
D,2026-01-10,5,DESK,1,15.00
E,2026-01-11,5,DESK,1,15.00
E,2026-01-11,5,CORD,1,5.00
";

struct Silent;

impl Go for Silent {
    fn stage(&self, _: Stage, _: Option<u64>) {}
    fn at(&self, _: u64, _: u64) -> bool {
        true
    }
}

#[test]
fn a_sale_is_known_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        inputs(&[path.to_string_lossy().into_owned()]).unwrap()
    };
    let (sales, returns) = (file("sales.csv", SALES), file("returns.csv", RETURNS));
    let policy = policies::shop(CLAUSES);
    let out = folder.path().join("out");
    let job = Job {
        policy: &policy,
        bundle: (&policy.bundle(&[]), "sha256:00"),
        other: None,
        mapping: &Mapping::read("mapping.toml", MAPPING).unwrap(),
        sales: &sales,
        returns: &returns,
        out: &out,
        resume: false,
        max_rejects: None,
        parts: None,
        threads: Some(1),
        options: &Options::default(),
    };
    run(&job, &Silent).unwrap();
    let mut findings = csv::Reader::from_path(out.join("findings.csv")).unwrap();
    let columns = findings.headers().unwrap().clone();
    let found: Vec<String> = findings
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cell = |name: &str| row[columns.iter().position(|column| column == name).unwrap()].to_owned();
            ["kind", "visit", "sku", "at_stake", "clause"].map(cell).join(", ")
        })
        .collect();
    assert_eq!(
        found,
        [
            "refunded though declined, A, BULB, 4.00, everything/sets",
            "refunded though declined, D, DESK, 15.00, everything/sets",
        ]
    );
}
