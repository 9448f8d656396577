//! What two files of findings say, whoever wrote them and of whatever types their columns are: so that they can be held against each other.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal128Type};

const TEXTS: [&str; 11] =
    ["kind", "severity", "sale", "line", "customer", "store", "at", "cause", "clause", "citation", "source"];
const NUMBERS: [&str; 2] = ["finding", "row"];
const MONEY: [&str; 4] = ["expected", "actual", "difference", "at_stake"];

/// The kinds that the policy of `three-channels` comes to, in the order in which the findings of a return are told.
const KINDS: [&str; 6] = [
    "refunded though declined",
    "refunded too much",
    "refunded too little",
    "wrong tender",
    "approval missing",
    "cannot be judged",
];

/// Findings, put together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) by_kind: BTreeMap<String, Sums>,
    /// The sum of the hashes of all rows without their numbers: of one kind in one return, any may come first.
    rows: u128,
    /// The return and the kind of the last one.
    last: Option<Place>,
}

/// How many there are, and of each amount the sum in cents.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) count: i64,
    pub(crate) money: [i128; 4],
}

/// Returns without a day stand last.
type Place = (bool, String, i64, usize);

impl Findings {
    pub(crate) fn of_parquet(batches: impl Iterator<Item = RecordBatch>) -> Self {
        let mut all = Self::default();
        for batch in batches {
            let column = |name: &str, kind| {
                cast(batch.column_by_name(name).expect("a column of findings"), &kind).expect("a column of its kind")
            };
            let (texts, numbers) =
                (TEXTS.map(|n| column(n, DataType::Utf8)), NUMBERS.map(|n| column(n, DataType::Utf8)));
            let money = MONEY.map(|name| column(name, DataType::Decimal128(38, 2)));
            for row in 0..batch.num_rows() {
                let text = |array: &dyn Array| match array.is_valid(row) {
                    true => array.as_string::<i32>().value(row).to_owned(),
                    false => String::new(),
                };
                let cents =
                    |array: &dyn Array| array.is_valid(row).then(|| array.as_primitive::<Decimal128Type>().value(row));
                let numbers = numbers.each_ref().map(|array| text(array).parse().expect("a number"));
                all.add(
                    &texts.each_ref().map(|array| text(array)),
                    numbers,
                    money.each_ref().map(|array| cents(array)),
                );
            }
        }
        all
    }

    pub(crate) fn of_csv(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).expect("findings");
        let head = reader.headers().expect("a header").clone();
        let place = |name: &str| head.iter().position(|cell| cell == name).expect("a column of findings");
        let (texts, numbers, money) = (TEXTS.map(place), NUMBERS.map(place), MONEY.map(place));
        let (mut all, mut record) = (Self::default(), csv::StringRecord::new());
        while reader.read_record(&mut record).expect("findings") {
            let numbers = numbers.map(|at| record[at].parse().expect("a number"));
            all.add(&texts.map(|at| record[at].to_owned()), numbers, money.map(|at| cents(&record[at])));
        }
        all
    }

    /// Adds the next finding. They are numbered from 1, and stand in their order.
    fn add(&mut self, texts: &[String; 11], [number, row]: [i64; 2], money: [Option<i128>; 4]) {
        let [kind, _, _, _, _, _, at, ..] = texts;
        assert_eq!(number, self.count() + 1, "the number of a finding");
        let order = KINDS.iter().position(|known| known == kind).expect("a kind of finding");
        let place = Some((at.is_empty(), at.clone(), row, order));
        assert!(self.last <= place, "{place:?} comes after {:?}", self.last);
        self.last = place;
        let mut hasher = DefaultHasher::new();
        (texts, row, money).hash(&mut hasher);
        self.rows = self.rows.wrapping_add(u128::from(hasher.finish()));
        let sums = self.by_kind.entry(kind.clone()).or_default();
        sums.count += 1;
        sums.money.iter_mut().zip(money).for_each(|(sum, cents)| *sum += cents.unwrap_or_default());
    }

    pub(crate) fn count(&self) -> i64 {
        self.by_kind.values().map(|sums| sums.count).sum()
    }
}

/// `-12.50`: always two decimals.
fn cents(text: &str) -> Option<i128> {
    let (whole, cents) = text.split_once('.')?;
    assert_eq!(cents.len(), 2, "two decimals: {text}");
    Some(format!("{whole}{cents}").parse().expect("an amount"))
}
