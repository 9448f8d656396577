//! Numbers that stand for no number: a sale, or a customer, under which far too much came back.

use takeback_audit::link::{Linked, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::{Input, inputs};

use super::joined;

/// More than fit under one number.
const CROWD: usize = 2_001;

fn file(folder: &std::path::Path, name: &str, header: &str, rows: impl Iterator<Item = String>) -> Input {
    let path = folder.join(name);
    let rows: Vec<String> = std::iter::once(header.to_owned()).chain(rows).collect();
    std::fs::write(&path, rows.join("\n")).expect("it can be written");
    inputs(&[path.to_string_lossy().into_owned()]).expect("a file").remove(0)
}

/// Lines of one number, and one of another.
fn linked(mapping: &str, crowd: usize) -> Linked {
    let folder = tempfile::tempdir().expect("a folder");
    let mapping = Mapping::read("mapping.toml", mapping).expect("a mapping");
    let row = |number: usize| format!("0,{number},walk-in,a,2026-01-02");
    let rows = || (0..crowd).map(row).chain(["7,1,c7,a,2026-01-02".to_owned()]);
    let header = "sale,line,customer,sku,day";
    let returns = file(folder.path(), "returns.csv", header, rows());
    let sales = file(folder.path(), "sales.csv", header, rows());
    let sales = if mapping.linking().by == takeback_audit::mapping::LinkBy::Joined { vec![] } else { vec![sales] };
    joined(&mapping, (&sales, &[returns]), &folder.path().join("work"), Some(1), Wanted::default())
        .expect("cases")
        .linked
}

#[test]
fn what_came_back_under_a_number_for_no_sale_is_of_one_of_several() {
    for (by, more) in
        [("receipt and line", ""), ("receipt and sku", ""), ("customer and sku", "customer = \"customer\"\n")]
    {
        let mapping = format!(
            "[link]\nby = {by:?}\n[sale]\nsale = \"sale\"\nline = \"line\"\nsku = \"sku\"\nsold = \"day\"\ncustomer = \"customer\"\n\
             [return]\nsale = \"sale\"\nline = \"line\"\nsku = \"sku\"\nat = \"day\"\n{more}"
        );
        let few = linked(&mapping, 20);
        assert_eq!((few.receipt + few.fifo, few.ambiguous), (21, 0), "{by}");
        let many = linked(&mapping, CROWD);
        assert_eq!((many.receipt + many.fifo, many.ambiguous), (1, CROWD as u64), "{by}");
    }
}

#[test]
fn returns_that_carry_a_number_for_no_sale_are_of_one_of_several() {
    let mapping =
        "[link]\nby = \"joined\"\n[sale]\nsale = \"sale\"\nline = \"line\"\nsold = \"day\"\n[return]\nat = \"day\"\n";
    assert_eq!(linked(mapping, 20).receipt, 21);
    let many = linked(mapping, CROWD);
    assert_eq!((many.receipt, many.ambiguous), (1, CROWD as u64));
}
