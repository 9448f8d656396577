//! The flat table as CSV: pieces of whole lines, judged side by side.

use std::fs::File;
use std::io::{Read, Result};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};
use rayon::prelude::*;

use super::findings::{Finding, Return};
use super::rules::{Category, Kind, Row, faulty, judge};
use super::write::{Rows, Writer};

const PIECE: usize = 1 << 20;
const AT_ONCE: usize = 16;

/// Where the columns stand.
const CHANNEL: usize = 0;
const ORDER: usize = 2;
const ITEM: usize = 3;
const CATEGORY: usize = 4;
const CLASS: usize = 5;
const BUYER: usize = 7;
const SITE: usize = 8;
const SOLD: usize = 12;
const BOUGHT: usize = 13;
const PAID: usize = 18;
const SALE_TAX: usize = 19;
const AT: usize = 20;
const RETURNER: usize = 22;
const BACK: usize = 23;
const AMOUNT: usize = 24;
const AMOUNT_TAX: usize = 25;
const AMOUNT_WITH_TAX: usize = 26;
const CASH: usize = 29;
const CHARGE: usize = 30;
const CREDIT: usize = 31;
const REASON: usize = 34;

/// The line of the first return.
const FIRST: i64 = 2;

/// Judges the file and writes the answers; how many rows.
pub(crate) fn run(source: &Path, out: &Path) -> usize {
    let mut writer = Writer::new(out);
    each(source, answers, |all| writer.write(all));
    writer.close()
}

/// What is found in the file, in its order.
pub(crate) fn found(source: &Path) -> Vec<Finding> {
    let (mut all, mut before) = (Vec::new(), FIRST);
    each(source, findings, |pieces| {
        for (mut found, rows) in pieces {
            found.iter_mut().for_each(|finding| finding.row += before);
            all.append(&mut found);
            before += rows;
        }
    });
    all
}

/// Gives what `judge` makes of each piece of the file to `take`, some pieces at a time.
fn each<T: Send>(source: &Path, judge: impl Fn(&[u8]) -> T + Sync, mut take: impl FnMut(Vec<T>) + Send) {
    let mut pieces = Pieces::open(source);
    let mut last = Vec::new();
    let mut now = pieces.next(AT_ONCE);
    while !now.is_empty() {
        let judge = || now.par_iter().map(|piece| judge(piece)).collect::<Vec<_>>();
        let (done, next) = rayon::join(judge, || {
            take(std::mem::take(&mut last));
            pieces.next(AT_ONCE)
        });
        (now, last) = (next, done);
    }
    take(last);
}

fn answers(piece: &[u8]) -> Rows {
    let mut rows = Rows::default();
    rows_of(piece, |record, row| {
        rows.add(text(record, CHANNEL), number(&record[ORDER]), text(record, ITEM), judge(row));
    });
    rows
}

/// What is found in a piece, its rows counted from 0, and how many they are.
fn findings(piece: &[u8]) -> (Vec<Finding>, i64) {
    let (mut found, mut rows) = (Vec::new(), 0);
    rows_of(piece, |record, row| {
        let back = Return {
            row: rows,
            channel: text(record, CHANNEL),
            order: number(&record[ORDER]).expect("a number of a sale"),
            item: text(record, ITEM),
            customer: some(record, RETURNER).or_else(|| some(record, BUYER)),
            site: some(record, SITE),
            told: *row,
            amount: cents(&record[AMOUNT]),
            tax: cents(&record[AMOUNT_TAX]),
        };
        back.find(&mut found);
        rows += 1;
    });
    (found, rows)
}

fn text(record: &ByteRecord, place: usize) -> &str {
    str::from_utf8(&record[place]).expect("text")
}

fn some(record: &ByteRecord, place: usize) -> Option<&str> {
    Some(text(record, place)).filter(|text| !text.is_empty())
}

fn rows_of(bytes: &[u8], mut take: impl FnMut(&ByteRecord, &Row)) {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).expect("a table in order") {
        let at = |place: usize| &record[place];
        let given = cents(at(AMOUNT_WITH_TAX)).or_else(|| Some(cents(at(AMOUNT))? + cents(at(AMOUNT_TAX))?));
        let row = Row {
            by_post: at(CHANNEL) != b"store",
            category: Category::read(at(CATEGORY)),
            kind: Kind::read(at(CLASS)),
            faulty: faulty(at(REASON)),
            sold: day(at(SOLD)),
            at: day(at(AT)),
            bought: number(at(BOUGHT)),
            back: number(at(BACK)),
            paid: cents(at(PAID)),
            tax: cents(at(SALE_TAX)),
            given,
            cash: cents(at(CASH)),
            charge: cents(at(CHARGE)),
            credit: cents(at(CREDIT)),
        };
        take(&record, &row);
    }
}

fn digits(bytes: &[u8]) -> i64 {
    bytes.iter().fold(0, |sum, digit| {
        assert!(digit.is_ascii_digit(), "a digit");
        sum * 10 + i64::from(digit - b'0')
    })
}

fn number(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() { None } else { Some(digits(bytes)) }
}

/// `12.50`: always two decimals.
fn cents(bytes: &[u8]) -> Option<i64> {
    match bytes {
        [] => None,
        [whole @ .., b'.', tens, ones] => Some(digits(whole) * 100 + digits(&[*tens, *ones])),
        _ => panic!("two decimals"),
    }
}

/// Days since 1970 of `1999-04-27`.
fn day(bytes: &[u8]) -> Option<i64> {
    match bytes {
        [] => None,
        [year @ .., b'-', m1, m2, b'-', d1, d2] => {
            let (month, day) = (digits(&[*m1, *m2]), digits(&[*d1, *d2]));
            // Years that begin in March, so that a leap day is the last of its year.
            let year = digits(year) - i64::from(month < 3);
            let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
            Some(365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468)
        }
        _ => panic!("a day"),
    }
}

/// The lines of a file, some at a time. No field of this table has a line break in it.
struct Pieces {
    file: File,
    rest: Vec<u8>,
}

impl Pieces {
    fn open(path: &Path) -> Self {
        let mut pieces = Self { file: File::open(path).expect("the file"), rest: Vec::new() };
        let first = pieces.piece().expect("the file can be read");
        let header = first.iter().position(|byte| *byte == b'\n').expect("a header");
        assert!(first.starts_with(b"channel,returned,order_no,item_id,category,class,"), "the flat table");
        pieces.rest.splice(0..0, first[header + 1..].iter().copied());
        pieces
    }

    fn next(&mut self, most: usize) -> Vec<Vec<u8>> {
        let pieces = std::iter::repeat_with(|| self.piece().expect("the file can be read"));
        pieces.take(most).take_while(|piece| !piece.is_empty()).collect()
    }

    fn piece(&mut self) -> Result<Vec<u8>> {
        let mut piece = std::mem::take(&mut self.rest);
        let wanted = PIECE.saturating_sub(piece.len());
        let read = self.file.by_ref().take(wanted as u64).read_to_end(&mut piece)?;
        if read == wanted {
            let end = piece.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            self.rest = piece.split_off(end);
        }
        Ok(piece)
    }
}
