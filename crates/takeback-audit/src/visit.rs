//! Rows of one visit to a request of the engine. This is the only place that knows both; it goes through a draft, so that what a
//! till may tell and what a source may tell are read, and refused, by the same reader.

use rust_decimal::{Decimal, RoundingStrategy};
use takeback::Policy;
use takeback::request::Request;

use crate::cells::{Cells, Element, Of};
use crate::columns::Link;
use crate::missing;

mod draft;
mod earlier;
mod known;
mod past;
mod places;
mod promotions;

pub(crate) use promotions::{taken_off, unknown as unknown_promotions};

/// A return line of a visit, and how many of its units are put to the policy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) row: usize,
    pub(crate) units: i64,
}

/// What is wrong with a row.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) row: usize,
    pub(crate) column: String,
    pub(crate) value: Option<String>,
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn new(row: usize, column: &str, value: Option<String>, reason: impl Into<String>) -> Self {
        Self { row, column: column.to_owned(), value, reason: reason.into() }
    }
}

/// Which remedy is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The one that was given.
    Given,
    /// The one the customer wanted.
    Asked,
}

/// Whether what came back before is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    Told,
    /// As if nothing had: of units that came back twice, to say what they were in the first place.
    LeftOut,
}

/// The request of some lines of a visit; not empty. The ids of its returns are `1`, `2` and so on.
pub(crate) fn request(
    policy: &Policy,
    cells: &Cells<'_>,
    lines: &[Line],
    wanted: Wanted,
    before: Before,
) -> Result<Request, Fault> {
    let draft = draft::draft(policy, cells, lines, wanted, before)?;
    let read = policy.request_of(&draft.draft);
    let mut request = read.map_err(|error| draft.fault(lines, error.path(), error.message()))?;
    past::tell(policy, cells, lines, &mut request)?;
    missing::forget(policy, cells, lines, &mut request);
    Ok(request)
}

/// How the sale of a row was found.
pub(crate) fn link(cells: &Cells<'_>, row: usize) -> Result<Link, Fault> {
    match cells.text(Of::Return, "link", row) {
        Some(word) => Link::ALL.iter().copied().find(|link| link.word() == word).ok_or_else(|| {
            let words = Link::ALL.iter().map(|link| link.word()).collect::<Vec<_>>().join("`, `");
            Fault::new(row, "link", Some(word.to_owned()), format!("it is one of `{words}`"))
        }),
        None if cells.text(Of::Sale, "sale", row).is_some() => Ok(Link::Receipt),
        None => Ok(Link::None),
    }
}

/// When the visit of some rows was: the first of them that tells, or else the first of the visit.
fn at<'a>(cells: &Cells<'a>, lines: &[Line]) -> Option<&'a str> {
    let told = |row: usize| cells.text(Of::Return, "at", row);
    let first = lines.first().map_or(0, |line| line.row);
    let from = (0..first).rev().take_while(|row| same_visit(cells, *row, first)).last().unwrap_or(first);
    let rows = || (from..cells.rows()).take_while(|row| *row == first || same_visit(cells, *row, first));
    lines.iter().find_map(|line| told(line.row)).or_else(|| rows().find_map(told))
}

/// Whether two rows are of one visit.
pub(crate) fn same_visit(cells: &Cells<'_>, one: usize, other: usize) -> bool {
    let key = |row| (cells.text(Of::Return, "visit", row), cells.text(Of::Return, "store", row));
    key(one).0.is_some() && key(one) == key(other)
}

/// The remedy of a row.
pub(crate) fn remedy<'a>(cells: &Cells<'a>, row: usize, wanted: Wanted) -> &'a str {
    let given = cells.text(Of::Return, "remedy", row);
    let asked = cells.text(Of::Return, "wants", row);
    match wanted {
        Wanted::Given => given.or(asked),
        Wanted::Asked => asked.or(given),
    }
    .unwrap_or("refund")
}

/// Whether two rows are of the same line of the same sale.
pub(crate) fn same_line(cells: &Cells<'_>, one: usize, other: usize) -> bool {
    same_sale(cells, one, other) && line_id(cells, one) == line_id(cells, other)
}

/// Whether two rows are of the same sale: its id, store and day are the same.
pub(crate) fn same_sale(cells: &Cells<'_>, one: usize, other: usize) -> bool {
    let key = |row| ["sale", "store", "sold"].map(|name| cells.text(Of::Sale, name, row));
    key(one) == key(other)
}

/// The line of the sale of a row.
pub(crate) fn line_id<'a>(cells: &Cells<'a>, row: usize) -> &'a str {
    cells.text(Of::Sale, "line", row).or_else(|| cells.text(Of::Sale, "sku", row)).unwrap_or("1")
}

/// The units of a row; where they are not known, one stands for them, and there are no fewer.
pub(crate) fn units(cells: &Cells<'_>, row: usize) -> i64 {
    cells.count(Of::Return, "quantity", row).unwrap_or(1)
}

/// What came back before of the line of a row, at the least: of what nobody knows when it came back, nothing.
pub(crate) fn earlier_units(cells: &Cells<'_>, row: usize) -> i64 {
    let line = line_id(cells, row);
    let mine = |element: &Element<'_>| element.text("line").is_none_or(|of| of == line) && element.text("at").is_some();
    let before = cells.list(Of::Return, "earlier", row).unwrap_or_default();
    let units = before.iter().filter(|element| mine(element)).map(|element| element.count("quantity").unwrap_or(1));
    units.fold(0, i64::saturating_add)
}

/// The name of the one tax of a line.
pub(crate) const TAX: &str = "tax";

/// An amount in the smallest coins there are on paper: half a cent is a cent.
pub(crate) fn cents(policy: &Policy, amount: Decimal) -> Decimal {
    let digits = policy.program().currency.minor_digits();
    amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}
