//! Real data: the sample that is shipped, and, where TAKEBACK_DATA names a folder that has it, the whole it is of.

use std::path::{Path, PathBuf};

use takeback_audit::link::{Linked, Wanted};
use takeback_audit::mapping::Mapping;
use takeback_audit::read::inputs;

use super::joined;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/audit")
}

/// Sales and cancellations of a file, linked as the mapping of the sample says.
fn linked(file: &Path) -> (super::Joined, Linked) {
    let text = std::fs::read_to_string(example().join("mapping.toml")).expect("a mapping");
    let mapping = Mapping::read("mapping.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let file = inputs(&[file.to_string_lossy().into_owned()]).expect("a file");
    let work = tempfile::tempdir().expect("a folder");
    let joined = joined(&mapping, (&file, &file), work.path(), None, Wanted::default()).expect("cases");
    let linked = joined.linked;
    (joined, linked)
}

/// The tables of its README: 350 lines of goods came back, of which 40 name no customer and 39 were never bought.
#[test]
fn the_sample_is_linked_as_its_readme_says() {
    let (joined, linked) = linked(&example().join("online-retail.csv"));
    let (sales, returns) = joined.spread.totals();
    assert_eq!((sales.read, returns.read), (8237, 8237));
    assert_eq!((sales.mapped, sales.rejected, joined.spread.sales_without_key), (7784, 0, 100));
    assert_eq!(sales.skipped.values().sum::<u64>(), 36);
    assert_eq!((returns.mapped, returns.rejected), (350, 0));
    assert_eq!(returns.skipped.values().sum::<u64>(), 66);
    assert_eq!((linked.none, linked.missing_sale, linked.fifo), (40, 39, 271));
}

/// Counted apart from this, in its README: 8,704 cancellations of goods, 165 without a customer, 1,031 of what was never bought.
#[test]
fn the_whole_is_linked_as_its_readme_says() {
    let folder = std::env::var_os("TAKEBACK_DATA").map(PathBuf::from);
    let Some(file) =
        folder.map(|folder| folder.join("online-retail/online-retail.parquet")).filter(|file| file.exists())
    else {
        println!("skipped: TAKEBACK_DATA names no folder with online-retail/online-retail.parquet");
        return;
    };
    let (joined, linked) = linked(&file);
    let (sales, returns) = joined.spread.totals();
    assert_eq!((sales.read, sales.rejected, returns.rejected), (541_909, 0, 0));
    assert_eq!((returns.mapped, linked.none, linked.missing_sale), (8704, 165, 1031));
    assert_eq!(linked.fifo, 8704 - 165 - 1031);
}
