//! A request put together from the rows of a visit, in the order of the reference (docs/reference/request.md). What is not known is left out.

use rust_decimal::Decimal;
use takeback::Policy;
use takeback::facts::{Scope, Type};
use takeback::request::{Draft, Object};

use super::earlier::earlier;
use super::known::Known as _;
use super::promotions;
use super::{Before, Fault, Line, Wanted, at, line_id, link, remedy, same_line, same_sale};
use crate::cells::{Cells, Element, Of};
use crate::columns::Link;
use crate::{missing, spell};

/// A request, and the rows behind its lists.
pub(super) struct Drafted<'a> {
    pub(super) draft: Draft<'a>,
    pub(super) sales: Vec<Written>,
}

/// A sale as it stands in the request: the row that tells of it, and for each of its lines the row; none: of the rest of the sale.
pub(super) struct Written {
    first: usize,
    id: String,
    pub(super) lines: Vec<Option<usize>>,
}

pub(super) fn draft<'a>(
    policy: &Policy,
    cells: &'a Cells<'a>,
    lines: &[Line],
    wanted: Wanted,
    before: Before,
) -> Result<Drafted<'a>, Fault> {
    let first = lines.first().map_or(0, |line| line.row);
    let mut sales: Vec<Written> = Vec::new();
    let draft = Draft::new(|visit| {
        visit.known("at", at(cells, lines));
        for name in ["told", "sent", "received", "channel", "by"] {
            visit.known(name, cells.text(Of::Return, name, first));
        }
        visit.object("store", |store| self::store(store, cells, Of::Return, first))?;
        visit.object("clerk", |clerk| {
            clerk.known("id", cells.text(Of::Return, "clerk", first));
            clerk.known("role", cells.text(Of::Return, "clerk_role", first));
            Ok(())
        })?;
        // Where a policy leaves it to the customer, the money went where the customer asked, unless the source tells otherwise.
        let asked = match cells.text(Of::Return, "refund_to", first) {
            Some(asked) => Some(asked),
            None => parts(first, "paid_to", cells.text(Of::Return, "paid_to", first).unwrap_or_default())?
                .iter()
                .find(|part| part.known)
                .map(|part| part.name),
        };
        visit.object("refund_to", |to| {
            to.known("tender", asked);
            Ok(())
        })?;
        visit.object("facts", |told| facts(told, policy, cells, first, Scope::Visit))?;
        visit.list("sales", |list| {
            for (first, rows) in by_sale(cells, lines)? {
                let id = sale_id(cells, sales.len(), first);
                let mut places = Vec::new();
                list.object(|one| sale(one, policy, cells, &id, &rows, before, &mut places))?;
                sales.push(Written { first, id, lines: places });
            }
            Ok(())
        })?;
        visit.list("returns", |list| {
            for (place, line) in lines.iter().enumerate() {
                let of = sales.iter().find(|sale| same_sale(cells, sale.first, line.row));
                let of = of.filter(|_| link(cells, line.row).is_ok_and(|link| link != Link::None));
                list.object(|back| returned(back, policy, cells, place, *line, of, wanted))?;
            }
            Ok(())
        })
    })?;
    Ok(Drafted { draft, sales })
}

/// The sales of some lines: the row that tells of each, and the rows of its lines that come back.
fn by_sale(cells: &Cells<'_>, lines: &[Line]) -> Result<Vec<(usize, Vec<usize>)>, Fault> {
    let mut sales: Vec<(usize, Vec<usize>)> = Vec::new();
    for line in lines {
        if link(cells, line.row)? == Link::None {
            continue;
        }
        match sales.iter_mut().find(|(first, _)| same_sale(cells, *first, line.row)) {
            Some((_, rows)) if rows.iter().any(|row| same_line(cells, *row, line.row)) => {}
            Some((_, rows)) => rows.push(line.row),
            None => sales.push((line.row, vec![line.row])),
        }
    }
    Ok(sales)
}

/// A line that comes back.
fn returned<'a>(
    back: &mut Object<'_, 'a>,
    policy: &Policy,
    cells: &'a Cells<'a>,
    place: usize,
    line: Line,
    sale: Option<&Written>,
    wanted: Wanted,
) -> Result<(), Fault> {
    let row = line.row;
    back.text("id", (place + 1).to_string());
    match sale {
        Some(sale) => {
            back.text("sale", sale.id.clone());
            back.text("line", line_id(cells, row));
        }
        None => back.any_object("item", |item| {
            for name in ["sku", "product", "brand"] {
                item.known(name, cells.text(Of::Return, name, row));
            }
            item.known_texts("categories", cells.text(Of::Return, "categories", row));
            Ok(())
        })?,
    }
    back.decimal("quantity", line.units.into());
    back.text("wants", remedy(cells, row, wanted));
    for name in ["condition", "reason", "proof"] {
        back.known(name, cells.text(Of::Return, name, row));
    }
    back.known_texts("serials", cells.text(Of::Return, "serials", row));
    back.price("list_price", cells.money(Of::Return, "list_price", row));
    back.price("current_price", cells.money(Of::Return, "current_price", row));
    if let Some(text) = cells.text(Of::Return, "lowest_prices", row) {
        let prices = parts(row, "lowest_prices", text)?;
        back.object("lowest_price", |lowest| {
            prices.iter().filter(|part| part.known).for_each(|part| lowest.decimal(part.name, part.amount));
            Ok(())
        })?;
    }
    back.object("new", |new| {
        new.known("sku", cells.text(Of::Return, "new_sku", row));
        new.amount(policy, "price", cells.money(Of::Return, "new_price", row));
        Ok(())
    })?;
    back.object("facts", |told| facts(told, policy, cells, row, Scope::Line))
}

/// A sale with its lines that come back, in the order of the rows, and the rest of it.
fn sale<'a>(
    sale: &mut Object<'_, 'a>,
    policy: &Policy,
    cells: &'a Cells<'a>,
    id: &str,
    rows: &[usize],
    before: Before,
    places: &mut Vec<Option<usize>>,
) -> Result<(), Fault> {
    let first = rows.first().copied().unwrap_or_default();
    sale.text("id", id.to_owned());
    for name in ["sold", "ordered", "channel", "seller"] {
        sale.known(name, cells.text(Of::Sale, name, first));
    }
    sale.object("store", |store| self::store(store, cells, Of::Sale, first))?;
    if let Some(exempt) = cells.yes(Of::Sale, "tax_exempt", first) {
        sale.yes("tax_exempt", exempt);
    }
    sale.object("facts", |told| facts(told, policy, cells, first, Scope::Sale))?;
    sale.list("lines", |lines| {
        for row in rows {
            places.push(Some(*row));
            lines.object(|line| sold(line, policy, cells, *row))?;
        }
        for other in cells.list(Of::Return, "sale.rest", first).unwrap_or_default() {
            let id = other.text("line").or_else(|| other.text("sku")).unwrap_or("rest");
            if !rows.iter().any(|row| line_id(cells, *row) == id) {
                places.push(None);
                lines.object(|line| rest(line, policy, cells, first, id, &other))?;
            }
        }
        Ok(())
    })?;
    promotions::tell(sale, policy, cells, rows)?;
    let mut tenders = parts(first, "sale.tenders", cells.text(Of::Sale, "tenders", first).unwrap_or_default())?;
    // How it was shared is not known, where it is not of one.
    if tenders.iter().any(|part| !part.known) {
        tenders.clear();
    }
    sale.list("tenders", |list| {
        for (place, part) in tenders.iter().enumerate() {
            list.object(|tender| {
                tender.text("id", tender_id(place, part));
                tender.text("tender", part.name);
                tender.amount(policy, "amount", Some(part.amount));
                tender.object("facts", |told| facts(told, policy, cells, first, Scope::Tender))
            })?;
        }
        Ok(())
    })?;
    sale.object("shipping", |shipping| {
        shipping.amount(policy, "paid", cells.money(Of::Sale, "shipping_paid", first));
        shipping.amount(policy, "cheapest", cells.money(Of::Sale, "shipping_cheapest", first));
        shipping.tax(policy, cells.money(Of::Sale, "shipping_tax", first), None, None)
    })?;
    match before {
        Before::Told => sale.list("earlier_returns", |list| earlier(list, policy, cells, rows, &tenders)),
        Before::LeftOut => Ok(()),
    }
}

/// Stands for units sold that are not known, so that nothing is refused for want of them ([`missing::forget`]).
const ENOUGH: i64 = 1_000_000_000;

fn sold<'a>(line: &mut Object<'_, 'a>, policy: &Policy, cells: &'a Cells<'a>, row: usize) -> Result<(), Fault> {
    line.text("id", line_id(cells, row));
    for name in ["sku", "product", "brand", "invoiced", "shipped", "received", "installed", "activated"] {
        line.known(name, cells.text(Of::Sale, name, row));
    }
    line.known_texts("categories", cells.text(Of::Sale, "categories", row));
    line.known_texts("serials", cells.text(Of::Sale, "serials", row));
    let stands = Some(ENOUGH).filter(|_| !missing::is_told(cells, Of::Sale, "quantity", row));
    line.count("quantity", cells.count(Of::Sale, "quantity", row).or(stands));
    let price = (cells.money(Of::Sale, "unit_price", row), cells.money(Of::Sale, "paid", row));
    let off = || (cells.count(Of::Sale, "quantity", row), cells.text(Of::Sale, "promotions", row));
    let (unit_price, paid) = promotions::prices(policy, cells, price, off);
    line.price("unit_price", unit_price);
    let stands = Some(Decimal::ZERO).filter(|_| !missing::has_price(cells, row));
    line.amount(policy, "paid", paid.or(stands));
    let money = |name| cells.money(Of::Sale, name, row);
    let included = cells.yes(Of::Sale, "tax_included", row);
    let by_name = taxes(row, "sale.taxes", cells.text(Of::Sale, "taxes", row), money("tax"))?;
    line.taxes(policy, &by_name, included)?;
    line.tax(policy, money("tax"), money("tax_rate"), included)?;
    if let Some(last) = cells.yes(Of::Sale, "final_sale", row) {
        line.yes("final_sale", last);
    }
    Ok(())
}

/// Taxes by name, of a line that does not tell them as one.
fn taxes<'a>(
    row: usize,
    column: &str,
    text: Option<&'a str>,
    tax: Option<Decimal>,
) -> Result<Vec<spell::Part<'a>>, Fault> {
    match (text, tax) {
        (Some(text), Some(_)) => {
            Err(Fault::new(row, column, Some(text.to_owned()), "its taxes are told as `tax`, too: one is enough"))
        }
        (Some(text), None) => parts(row, column, text),
        (None, _) => Ok(Vec::new()),
    }
}

fn rest<'a>(
    line: &mut Object<'_, 'a>,
    policy: &Policy,
    cells: &Cells<'_>,
    row: usize,
    id: &'a str,
    other: &Element<'a>,
) -> Result<(), Fault> {
    line.text("id", id);
    line.known("sku", other.text("sku"));
    line.known("product", other.text("product"));
    let stands = Some(ENOUGH).filter(|_| cells.has(Of::Sale, "quantity"));
    line.count("quantity", other.count("quantity").or(stands));
    let price = (other.money("unit_price"), other.money("paid"));
    let off = || (other.count("quantity"), other.text("promotions"));
    let (unit_price, paid) = promotions::prices(policy, cells, price, off);
    line.price("unit_price", unit_price);
    let stands = Some(Decimal::ZERO).filter(|_| !missing::rest_has_price(cells, other));
    line.amount(policy, "paid", paid.or(stands));
    let by_name = taxes(row, "sale.rest", other.text("taxes"), other.money("tax"))?;
    line.taxes(policy, &by_name, other.yes("tax_included"))?;
    line.tax(policy, other.money("tax"), other.money("tax_rate"), other.yes("tax_included"))
}

fn store<'a>(store: &mut Object<'_, 'a>, cells: &'a Cells<'a>, of: Of, row: usize) -> Result<(), Fault> {
    for (name, column) in
        [("id", "store"), ("country", "store_country"), ("state", "store_state"), ("zone", "store_zone")]
    {
        store.known(name, cells.text(of, column, row));
    }
    Ok(())
}

/// The declared facts of a row that are of a scope. Those that the policy does not know are not told.
fn facts<'a>(
    told: &mut Object<'_, 'a>,
    policy: &Policy,
    cells: &'a Cells<'a>,
    row: usize,
    scope: Scope,
) -> Result<(), Fault> {
    let schema = &policy.program().schema;
    for (name, text) in cells.facts(row) {
        let Some(fact) = schema.fact_named(name).and_then(|id| schema.fact(id)) else { continue };
        if scope == fact.scope {
            match fact.ty {
                Type::Texts => told.texts(name, spell::texts(text)),
                Type::YesNo | Type::Word(_) | Type::Number | Type::WholeNumber => told.text(name, text),
                Type::Money | Type::Date | Type::Text => told.text(name, text),
            }
        }
    }
    Ok(())
}

fn sale_id(cells: &Cells<'_>, place: usize, row: usize) -> String {
    let id = cells.text(Of::Sale, "sale", row).unwrap_or("sale");
    // Two sales of one id, of different stores or days.
    if place == 0 { id.to_owned() } else { format!("{id}/{}", place + 1) }
}

pub(super) fn tender_id(place: usize, part: &spell::Part<'_>) -> String {
    part.id.map_or_else(|| format!("t{}", place + 1), str::to_owned)
}

pub(super) fn parts<'a>(row: usize, column: &str, text: &'a str) -> Result<Vec<spell::Part<'a>>, Fault> {
    spell::tenders(text).map_err(|reason| Fault::new(row, column, Some(text.to_owned()), reason))
}
