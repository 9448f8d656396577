//! The tables of docs/reference/audit.md are those of the code.

use std::collections::BTreeSet;

use takeback_audit::columns::{Column, EARLIER, LINKED, Link, PAST, REST, RETURN_LINE, SALE_LINE};
use takeback_audit::finding::{Cause, FINDING, Kind, Severity};
use takeback_audit::{CHANGE, Counts};

use crate::policies::root;

fn columns(heading: &str, list: &[Column]) -> String {
    let row = |column: &Column| format!("| `{}` | {} | {} |\n", column.name, column.kind.words(), column.about);
    format!("### {heading}\n\n| column | is | |\n|---|---|---|\n{}\n", list.iter().map(row).collect::<String>())
}

fn words(heading: &str, list: impl Iterator<Item = (&'static str, &'static str)>) -> String {
    let row = |(word, about): (&str, &str)| format!("| `{word}` | {about} |\n");
    format!("### {heading}\n\n| word | means |\n|---|---|\n{}\n", list.map(row).collect::<String>())
}

fn kinds() -> String {
    let mut seen = BTreeSet::new();
    let all = [RETURN_LINE, SALE_LINE, LINKED, EARLIER, PAST, REST].into_iter().flatten();
    let row = |column: &Column| {
        let kind = column.kind;
        let new = seen.insert(kind.words());
        new.then(|| format!("| {} | `{}` | {} |\n", kind.words(), short(&kind.arrow()), kind.about()))
    };
    let rows: String = all.filter_map(row).collect();
    format!("### What columns hold\n\n| | Arrow | |\n|---|---|---|\n{rows}\n")
}

/// The type, without the members of lists.
fn short(ty: &arrow::datatypes::DataType) -> String {
    match ty {
        arrow::datatypes::DataType::List(_) => "List<Struct>".to_owned(),
        ty => ty.to_string(),
    }
}

fn made(of: &str) -> String {
    match of {
        "columns" => [
            columns("Of the return line", RETURN_LINE),
            columns("Of the sale line, each with `sale.` before it", SALE_LINE),
            columns("Of what was linked", LINKED),
            columns("An earlier return of the sale", EARLIER),
            columns("A past return that limits count", PAST),
            columns("Another line of the sale", REST),
            words("How the sale was found", Link::ALL.iter().map(|link| (link.word(), link.about()))),
            kinds(),
        ]
        .concat(),
        "findings" => [
            words("Kinds", Kind::ALL.iter().map(|kind| (kind.word(), kind.about()))),
            words("Causes", Cause::ALL.iter().map(|cause| (cause.word(), cause.about()))),
            words("Severity", Severity::ALL.iter().map(|severity| (severity.word(), severity.about()))),
            columns("Columns of findings", FINDING),
        ]
        .concat(),
        "changes" => columns("Columns of changes", CHANGE),
        other => panic!("nothing is made from the {other}"),
    }
}

#[test]
fn the_tables_are_those_of_the_code() {
    let path = root().join("docs/reference/audit.md");
    let text = std::fs::read_to_string(&path).expect("the page");
    let mut out = String::new();
    let mut rest = text.as_str();
    let mut tables = 0;
    while let Some((before, after)) = rest.split_once("<!-- made from the ") {
        let (of, after) = after.split_once(':').expect("what it is made from");
        let (about, after) = after.split_once("-->\n").expect("the end of the mark");
        let (_, after) = after.split_once("<!-- end -->").expect("the end of the table");
        out.push_str(&format!("{before}<!-- made from the {of}:{about}-->\n\n{}<!-- end -->", made(of)));
        rest = after;
        tables += 1;
    }
    out.push_str(rest);
    assert_eq!(tables, 3, "the page has its tables");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &out).expect("the page can be written");
    }
    assert!(std::env::var_os("UPDATE").is_some() || text == out, "run UPDATE=1 cargo test -p takeback-audit");
}

#[test]
fn counts_add_up() {
    let mut one = Counts { read: 3, judged: 1, rejected: 1, unlinked: 1, ..Counts::default() };
    one.findings.insert(Kind::TooMuch, 2);
    one.days.insert(14, 1);
    let mut both = one.clone();
    both.add(&one);
    assert_eq!((both.read, both.judged + both.rejected + both.unlinked), (6, 6));
    assert_eq!((both.findings.get(&Kind::TooMuch), both.days.get(&14)), (Some(&4), Some(&2)));
}

#[test]
fn a_case_is_told_in_words() {
    let policy = crate::policies::store("policies/stores/corner-shop");
    let row = serde_json::json!({
        "visit": "V1", "source": "returns.csv", "row": 12, "at": "2026-04-04", "condition": "used", "reason": "wrong size",
        "proof": "receipt", "remedy": "refund", "refund": "120.00", "paid_to": "credit 120.00", "approvals": "",
        "sale.sale": "S1", "sale.line": "1", "sale.sold": "2026-02-02", "sale.received": "2026-02-02", "sale.sku": "BOOTS",
        "sale.facts.customer.member": "no", "sale.categories": "Boots", "sale.paid": "120.00", "sale.tenders": "credit 120.00",
    });
    let cases = crate::cases::batch(&[row.as_object().expect("an object").clone()]);
    let told = takeback_audit::explain_case(&policy, &cases).expect("the columns are right");
    let path = root().join("crates/takeback-audit/tests/explained.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &told).expect("it can be written");
    }
    assert_eq!(told, std::fs::read_to_string(&path).expect("what is told"));
}
