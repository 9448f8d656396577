//! Worked cases: a policy, joined cases, and what is found of them. Every file of tests/cases goes through the same door. The
//! figures are worked by hand; the note of the file says how.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use arrow::array::AsArray;
use arrow::datatypes::{Field, Schema};
use arrow::json::ReaderBuilder;
use arrow::record_batch::RecordBatch;
use serde_json::{Map, Value};
use takeback::Policy;
use takeback_audit::columns::{FACTS, SALE, case_schema};
use takeback_audit::finding::{Cause, FINDING, Kind};
use takeback_audit::{Audit, Options, Totals, Wait, audit_batch, what_if};

use crate::policies::{self, root};

/// A file of tests/cases.
struct Case {
    name: String,
    policy: Policy,
    cases: RecordBatch,
    /// The columns that a finding has to have, in the order of the findings.
    findings: Vec<Map<String, Value>>,
    /// Another policy, what would change under it, and the sums.
    other: Option<Policy>,
    changes: Vec<Map<String, Value>>,
    totals: Map<String, Value>,
    rejects: Vec<Map<String, Value>>,
}

fn all() -> &'static [Case] {
    static ALL: LazyLock<Vec<Case>> = LazyLock::new(read_all);
    &ALL
}

fn read_all() -> Vec<Case> {
    let folder = root().join("crates/takeback-audit/tests/cases");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &std::path::Path) -> Case {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).expect("a case can be read");
    let file: Map<String, Value> = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let members = ["note", "policy", "other", "common", "case", "finding", "change", "totals", "reject"];
    file.keys().for_each(|key| assert!(members.contains(&key.as_str()), "{name}: what is `{key}`?"));
    let note = file.get("note").and_then(Value::as_str).unwrap_or_default();
    assert!(note.len() > 40, "{name}: the note says how the figures were worked");
    let compiled = |text: &str| if text.contains('\n') { policies::text(text) } else { policies::store(text) };
    let policy = compiled(file["policy"].as_str().expect("a policy"));
    let other = file.get("other").and_then(Value::as_str).map(compiled);
    let totals = file.get("totals").and_then(Value::as_object).cloned().unwrap_or_default();
    let tables = |key: &str| -> Vec<Map<String, Value>> {
        let list = file.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().map(|table| table.as_object().expect("a table").clone()).collect()
    };
    let common = file.get("common").and_then(Value::as_object).cloned().unwrap_or_default();
    // `null` in a case takes back what is common to all; the column stays, and its cell is empty.
    let row = |own: Map<String, Value>| {
        let mut row: Map<String, Value> = common.clone().into_iter().chain(own).collect();
        row.values_mut().filter(|value| *value == "null").for_each(|value| *value = Value::Null);
        row
    };
    let rows: Vec<Map<String, Value>> = tables("case").into_iter().map(row).collect();
    assert!(!rows.is_empty(), "{name}: there is no case");
    let cases = batch(&rows);
    let (findings, changes, rejects) = (tables("finding"), tables("change"), tables("reject"));
    Case { name, policy, cases, findings, other, changes, totals, rejects }
}

/// Rows as a batch of joined cases.
pub(crate) fn batch(rows: &[Map<String, Value>]) -> RecordBatch {
    let facts = |before: &str| -> BTreeSet<String> {
        let start = format!("{before}{FACTS}");
        rows.iter().flat_map(Map::keys).filter_map(|key| key.strip_prefix(&start).map(str::to_owned)).collect()
    };
    let (of_sale, of_return) = (facts(SALE), facts(""));
    let schema = case_schema(of_sale.iter().map(String::as_str), of_return.iter().map(String::as_str));
    // A column that no row speaks of is not there: that says less than one that is empty.
    let named = |field: &&Arc<Field>| rows.iter().any(|row| row.contains_key(field.name()));
    let schema = Schema::new(schema.fields().iter().filter(named).cloned().collect::<Vec<_>>());
    let text: String = rows.iter().map(|row| Value::Object(row.clone()).to_string() + "\n").collect();
    let reader =
        ReaderBuilder::new(Arc::new(schema)).with_strict_mode(true).with_batch_size(rows.len()).build(text.as_bytes());
    let mut batches = reader.expect("a reader");
    let batch = batches.next().expect("a batch").unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(batches.next().is_none(), "all rows are in one batch");
    batch
}

/// A cell as it is written in a case.
pub(crate) fn cell(batch: &RecordBatch, column: &str, row: usize) -> Option<String> {
    use arrow::datatypes::{DataType, Date32Type, Decimal128Type, Int64Type};
    let array = batch.column_by_name(column).unwrap_or_else(|| panic!("findings have no column `{column}`"));
    if array.is_null(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Date32 => array.as_primitive::<Date32Type>().value_as_date(row).expect("a day").to_string(),
        DataType::Decimal128(_, scale) => {
            let value = array.as_primitive::<Decimal128Type>().value(row);
            let amount = rust_decimal::Decimal::from_i128_with_scale(value, scale.unsigned_abs().into());
            let amount = amount.normalize();
            format!("{amount:.*}", usize::try_from(amount.scale().max(2)).expect("a scale"))
        }
        other => panic!("a finding has no {other}"),
    })
}

fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn told(audit: &Audit) -> String {
    let mut out = String::new();
    for row in 0..audit.findings.num_rows() {
        out.push_str("[[finding]]\n");
        for column in FINDING {
            if let Some(value) = cell(&audit.findings, column.name, row) {
                out.push_str(&format!("{} = {value:?}\n", column.name));
            }
        }
    }
    for reject in &audit.rejects {
        out.push_str(&format!("{reject:?}\n"));
    }
    out
}

#[test]
fn each_case_has_its_findings() {
    let mut wrong = Vec::new();
    for case in all() {
        let audit = audit_batch(&case.policy, &case.cases, &Options::default()).expect("the columns are right");
        let mut differences = Vec::new();
        if audit.findings.num_rows() != case.findings.len() {
            differences.push(format!("{} findings, not {}", audit.findings.num_rows(), case.findings.len()));
        }
        for (row, expected) in case.findings.iter().enumerate().take(audit.findings.num_rows()) {
            for must in ["kind", "cause", "at_stake", "message"] {
                assert!(expected.contains_key(must), "{}: a finding says `{must}`", case.name);
            }
            for (column, value) in expected {
                let found = cell(&audit.findings, column, row);
                // An empty text says that the cell is.
                let expected = Some(written(value)).filter(|text| !text.is_empty());
                if found != expected {
                    differences.push(format!("finding {row}: {column} is {found:?}, not {expected:?}"));
                }
            }
        }
        if audit.rejects.len() != case.rejects.len() {
            differences.push(format!("{} rejects, not {}", audit.rejects.len(), case.rejects.len()));
        }
        for (reject, expected) in audit.rejects.iter().zip(&case.rejects) {
            let found = [
                ("case", Some(reject.case.to_string())),
                ("column", Some(reject.column.clone())),
                ("value", reject.value.clone()),
                ("reason", Some(reject.reason.clone())),
            ];
            for (name, found) in found {
                if found != expected.get(name).map(written) {
                    differences.push(format!("reject: {name} is {found:?}, not {:?}", expected.get(name)));
                }
            }
        }
        let counts = &audit.counts;
        if counts.read != counts.judged + counts.rejected + counts.unlinked {
            differences.push(format!("the counts do not reconcile: {counts:?}"));
        }
        if !differences.is_empty() {
            wrong.push(format!("{}:\n  {}\n{}", case.name, differences.join("\n  "), told(&audit)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_case_changes_as_it_says() {
    let mut wrong = Vec::new();
    for case in all() {
        let Some(other) = &case.other else { continue };
        let what = what_if(&case.policy, other, &case.cases).expect("the columns are right");
        let mut differences = Vec::new();
        if what.changes.num_rows() != case.changes.len() {
            differences.push(format!("{} changes, not {}", what.changes.num_rows(), case.changes.len()));
        }
        for (row, expected) in case.changes.iter().enumerate().take(what.changes.num_rows()) {
            for (column, value) in expected {
                let found = cell(&what.changes, column, row);
                let expected = Some(written(value)).filter(|text| !text.is_empty());
                if found != expected {
                    differences.push(format!("change {row}: {column} is {found:?}, not {expected:?}"));
                }
            }
        }
        let Totals { same, gains, gained, loses, lost, open, waits, clauses } = &what.totals;
        let mut totals = Map::new();
        let counts = [("same", same), ("gains", gains), ("loses", loses), ("open", open)];
        totals.extend(counts.map(|(name, count)| (name.to_owned(), (*count).into())));
        totals.insert("gained".to_owned(), gained.to_string().into());
        totals.insert("lost".to_owned(), lost.to_string().into());
        for (clause, sum) in clauses {
            let mut told = format!("{} returns, {} gained, {} lost", sum.returns, sum.gained, sum.lost);
            if sum.open > 0 {
                told += &format!("; {} open, {} held, {} freed", sum.open, sum.held, sum.freed);
            }
            totals.insert(clause.clone(), told.into());
        }
        for (name, wait) in [
            ("person under other", waits.person_under_other),
            ("fact under other", waits.fact_under_other),
            ("person now", waits.person_now),
            ("fact now", waits.fact_now),
            ("open under both", Wait { returns: waits.both, ..Wait::default() }),
        ] {
            if wait.returns > 0 {
                totals.insert(name.to_owned(), format!("{} returns, {}", wait.returns, wait.money).into());
            }
        }
        let sorted = |map: &Map<String, Value>| map.clone().into_iter().collect::<std::collections::BTreeMap<_, _>>();
        if sorted(&totals) != sorted(&case.totals) {
            differences.push(format!("the totals are {totals:?}"));
        }
        let reversed = what_if(other, &case.policy, &case.cases).expect("the columns are right").totals;
        assert_eq!(
            (reversed.gains, reversed.gained),
            (*loses, *lost),
            "{}: what one way gains, the other loses",
            case.name
        );
        let there = (reversed.waits.person_under_other, reversed.waits.fact_under_other, reversed.waits.both);
        assert_eq!(there, (waits.person_now, waits.fact_now, waits.both), "{}: what one way waits for", case.name);
        let unchanged = what_if(&case.policy, &case.policy, &case.cases).expect("the columns are right");
        assert_eq!(unchanged.changes.num_rows(), 0, "{}: a policy changes nothing of itself", case.name);
        if !differences.is_empty() {
            wrong.push(format!("{}:\n  {}", case.name, differences.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_is_a_case_of_each_kind_and_cause() {
    let found = |column: &str| -> BTreeSet<String> {
        let of = |finding: &Map<String, Value>| finding.get(column).map(written);
        all().iter().flat_map(|case| case.findings.iter().filter_map(of).collect::<Vec<_>>()).collect()
    };
    let (kinds, causes) = (found("kind"), found("cause"));
    let missing: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).filter(|word| !kinds.contains(*word)).collect();
    assert!(missing.is_empty(), "no case has a finding of the kind {missing:?}");
    let missing: Vec<&str> =
        Cause::ALL.iter().map(|cause| cause.word()).filter(|word| !causes.contains(*word)).collect();
    assert!(missing.is_empty(), "no case has a finding of the cause {missing:?}");
}
