//! What is not known of a row and its amounts hang on. A column that the batch does not have says nothing: what a request takes
//! for granted where it is left out holds then. A cell that is empty is not known, and no value stands for it.

use takeback::Policy;
use takeback::facts::{FactId, Schema, Stage, builtin};
use takeback::program::{Fee, Limit};
use takeback::request::Request;
use takeback::terms::{FeeUnit, Measure};

use crate::cells::{Cells, Element, Of};
use crate::columns::Link;
use crate::spell;
use crate::visit::{self, Line};

/// The columns that are not known of a row and that its amounts hang on, in the order of the columns; of a row that shares
/// figures with others of its visit, theirs too.
pub(crate) fn missing(cells: &Cells<'_>, lines: &[Line], row: usize) -> Vec<&'static str> {
    let mut out = own(cells, row);
    for other in lines.iter().map(|line| line.row).filter(|other| *other != row) {
        if !has_sale(cells, row) || !has_sale(cells, other) {
            continue;
        }
        // What comes back of a line is rounded together; delivery is shared over a sale.
        let together = visit::same_line(cells, other, row);
        let delivered = has_delivery(cells, row) && visit::same_sale(cells, other, row);
        let counts = |name: &&str| delivered || together && *name == "quantity";
        let more = own(cells, other).into_iter().filter(counts).filter(|name| !out.contains(name));
        out.extend(more.collect::<Vec<_>>());
    }
    out
}

/// The columns that are not known of a row, and of nothing else.
pub(crate) fn own(cells: &Cells<'_>, row: usize) -> Vec<&'static str> {
    let mut out = Vec::new();
    if !is_told(cells, Of::Return, "quantity", row) {
        out.push("quantity");
    }
    if !has_sale(cells, row) {
        return out;
    }
    if !is_told(cells, Of::Sale, "quantity", row) {
        out.push("sale.quantity");
    }
    if !has_price(cells, row) {
        out.push("sale.paid");
    }
    let exempt = cells.yes(Of::Sale, "tax_exempt", row) == Some(true);
    let by_name = cells.text(Of::Sale, "taxes", row);
    let open = |text| spell::tenders(text).is_ok_and(|taxes| taxes.iter().any(|tax| !tax.known));
    let untaxed = cells.money(Of::Sale, "tax", row).is_none() && by_name.is_none_or(open);
    if !exempt && untaxed {
        let columns = [("taxes", "sale.taxes"), ("tax", "sale.tax")];
        out.extend(columns.iter().find(|(name, _)| cells.has(Of::Sale, name)).map(|(_, column)| *column));
    }
    out.extend(of_earlier(cells, row, visit::line_id(cells, row)));
    if has_delivery(cells, row) && rest(cells, row).iter().any(|other| is_open(cells, other)) {
        out.push("sale.rest");
    }
    out
}

/// What is not known of the earlier returns of a line of the sale of a row.
pub(crate) fn of_earlier(cells: &Cells<'_>, row: usize, line: &str) -> Vec<&'static str> {
    let mut out = Vec::new();
    let before = cells.list(Of::Return, "earlier", row).unwrap_or_default();
    let own = visit::line_id(cells, row);
    let mine = |element: &&Element<'_>| element.text("line").unwrap_or(own) == line;
    for before in before.iter().filter(mine) {
        for (name, unknown) in [
            ("earlier.at", before.text("at").is_none()),
            ("earlier.quantity", cells.has(Of::Return, "quantity") && before.count("quantity").is_none()),
            ("earlier.refund", cells.has(Of::Return, "refund") && !gave(before)),
        ] {
            if unknown && !out.contains(&name) {
                out.push(name);
            }
        }
    }
    out
}

fn has_sale(cells: &Cells<'_>, row: usize) -> bool {
    visit::link(cells, row).is_ok_and(|link| link != Link::None)
}

/// Whether a count is told, or taken for granted where the source has no column for it.
pub(crate) fn is_told(cells: &Cells<'_>, of: Of, name: &'static str, row: usize) -> bool {
    !cells.has(of, name) || cells.count(of, name, row).is_some()
}

/// What the amounts of a row hang on, with what promotions make of it where the policy unwinds them.
pub(crate) fn open(policy: &Policy, cells: &Cells<'_>, lines: &[Line], row: usize) -> Vec<&'static str> {
    let mut out = missing(cells, lines, row);
    let more = visit::unknown_promotions(policy, cells, lines, row);
    out.extend(more.into_iter().filter(|name| !out.contains(name)).collect::<Vec<_>>());
    out
}

/// Whether it is known what was paid for a line: a price before discounts tells it where the source knows of none, or what they were.
pub(crate) fn has_price(cells: &Cells<'_>, row: usize) -> bool {
    let of_paid = cells.money(Of::Sale, "paid", row).is_some();
    let of_price = || !cells.has(Of::Sale, "paid") && cells.money(Of::Sale, "unit_price", row).is_some();
    of_paid || of_price() && tells_promotions(cells, || cells.text(Of::Sale, "promotions", row))
}

fn tells_promotions<'a>(cells: &Cells<'a>, text: impl FnOnce() -> Option<&'a str>) -> bool {
    !cells.has(Of::Sale, "promotions") || visit::taken_off(text()).is_some()
}

/// Whether an earlier return tells what was given for its goods.
fn gave(before: &Element<'_>) -> bool {
    before.money("refund").or(before.money("refund_goods")).is_some()
}

fn has_delivery(cells: &Cells<'_>, row: usize) -> bool {
    cells.money(Of::Sale, "shipping_paid", row).is_some_and(|paid| !paid.is_zero())
}

fn rest<'a>(cells: &Cells<'a>, row: usize) -> Vec<Element<'a>> {
    cells.list(Of::Return, "sale.rest", row).unwrap_or_default()
}

/// Whether price or quantity of another line of the sale are not known.
pub(crate) fn is_open(cells: &Cells<'_>, other: &Element<'_>) -> bool {
    !rest_has_price(cells, other) || cells.has(Of::Sale, "quantity") && other.count("quantity").is_none()
}

/// The same as [`has_price`], of another line of the sale.
pub(crate) fn rest_has_price(cells: &Cells<'_>, other: &Element<'_>) -> bool {
    let of_price = || !cells.has(Of::Sale, "paid") && other.money("unit_price").is_some();
    other.money("paid").is_some() || of_price() && tells_promotions(cells, || other.text("promotions"))
}

/// Takes back out of a request what only stands for something that is not known.
pub(crate) fn forget(policy: &Policy, cells: &Cells<'_>, lines: &[Line], request: &mut Request) {
    let schema = &policy.program().schema;
    for place in 0..lines.len() {
        let Some(row) = lines.get(place).map(|line| line.row) else { continue };
        let missing = missing(cells, lines, row);
        let sold = request.lines.get(place).and_then(|line| line.sold);
        if let Some(line) = request.lines.get_mut(place) {
            line.unpriced = !missing.is_empty() || !visit::unknown_promotions(policy, cells, lines, row).is_empty();
            if missing.contains(&"quantity") {
                unset(schema, &mut line.facts, builtin::ITEM_QUANTITY);
            }
            if missing.iter().any(|name| ["sale.quantity", "sale.paid"].contains(name)) {
                unset(schema, &mut line.facts, builtin::ITEM_PRICE);
            }
        }
        let Some(sale) = sold.and_then(|(sale, _)| request.sales.get_mut(sale)) else { continue };
        let open_rest = rest(cells, row).iter().any(|other| is_open(cells, other));
        if open_rest || missing.contains(&"sale.paid") {
            unset(schema, &mut sale.facts, builtin::SALE_TOTAL);
        }
        let earlier = cells.list(Of::Return, "earlier", row).unwrap_or_default();
        let counts = |before: &Element<'_>| {
            before.text("at").is_some() && (!cells.has(Of::Return, "quantity") || before.count("quantity").is_some())
        };
        let units = ["quantity", "sale.quantity", "earlier.at", "earlier.quantity"];
        if open_rest || missing.iter().any(|name| units.contains(name)) || !earlier.iter().all(counts) {
            unset(schema, &mut sale.facts, builtin::SALE_WHOLE);
        }
    }
}

/// Whether a policy looks at what the lines of a visit come to together: a condition over totals, a fee of the visit, a limit.
pub(crate) fn has_totals(policy: &Policy) -> bool {
    policy.program().versions.iter().any(|version| {
        let of_visit = |fee: &Fee| matches!(fee.unit, FeeUnit::Return | FeeUnit::Label);
        let counts = |limit: &Limit| limit.measure != Measure::Returns || limit.floor.is_some();
        version.tests.iter().any(|test| matches!(test.stage, Stage::Totals | Stage::Guards))
            || version.choices.fees.iter().any(of_visit)
            || version.guards.iter().filter_map(|guard| guard.limit.as_ref()).any(counts)
    })
}

/// Facts that are worked out of what may not be known: the columns are named instead.
pub(crate) const WORKED_OUT: [FactId; 4] =
    [builtin::ITEM_PRICE, builtin::ITEM_QUANTITY, builtin::SALE_TOTAL, builtin::SALE_WHOLE];

fn unset(schema: &Schema, facts: &mut [Option<takeback::facts::Value>], id: FactId) {
    let slot = schema.fact(id).map(|fact| usize::from(fact.slot));
    if let Some(fact) = slot.and_then(|slot| facts.get_mut(slot)) {
        *fact = None;
    }
}
