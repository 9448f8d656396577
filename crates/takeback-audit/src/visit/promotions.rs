//! Promotions of a sale, put together from what each of its lines tells of them. A promotion of which something is not known is
//! never told to the policy, and what hangs on it is not judged ([`unknown`]).

use rust_decimal::{Decimal, RoundingStrategy};
use takeback::Policy;
use takeback::program::AttributeValue;
use takeback::request::Object;
use takeback::terms::{GiftRule, Sharing};

use super::{Fault, Line, cents, line_id, link, same_line, same_sale};
use crate::cells::{Cells, Element, Of};
use crate::columns::{Link, MONEY_SCALE};
use crate::missing;
use crate::spell::{self, Off, Terms};

const NONE: Decimal = Decimal::ZERO;

/// A promotion, as the lines of a sale tell it together.
#[derive(Debug)]
struct Promotion<'a> {
    id: &'a str,
    name: &'a str,
    terms: Terms,
    /// The lines it covers, by id; of a gift those it came with.
    lines: Vec<&'a str>,
    gift: Option<&'a str>,
    /// What it took off these lines; of a gift its value. None: it is not known of some line.
    amount: Option<Decimal>,
}

impl Promotion<'_> {
    fn covers(&self, line: &str) -> bool {
        self.gift == Some(line) || self.lines.contains(&line)
    }

    fn is_known(&self) -> bool {
        self.terms != Terms::Unknown && self.amount.is_some()
    }
}

/// A line of a sale, with what it tells of promotions; none: nothing is known of them.
struct Told<'a> {
    /// The row that tells of it.
    row: usize,
    id: &'a str,
    text: Option<&'a str>,
    /// Of the sale's other lines.
    rest: Option<Element<'a>>,
    /// None: not known.
    units: Option<i64>,
    unit_price: Option<Decimal>,
    paid: Option<Decimal>,
}

impl Told<'_> {
    /// What cannot be is refused with the column that tells it.
    fn fault(&self, reason: String) -> Fault {
        let column = if self.rest.is_some() { "sale.rest" } else { "sale.promotions" };
        Fault::new(self.row, column, self.text.map(str::to_owned), reason)
    }
}

/// The lines of a sale: those of the rows, then the rest of it.
fn lines<'a>(cells: &Cells<'a>, rows: &[usize]) -> Vec<Told<'a>> {
    let own = |row: &usize| Told {
        row: *row,
        id: line_id(cells, *row),
        text: cells.text(Of::Sale, "promotions", *row),
        rest: None,
        units: units(cells, cells.count(Of::Sale, "quantity", *row)),
        unit_price: cells.money(Of::Sale, "unit_price", *row),
        paid: cells.money(Of::Sale, "paid", *row),
    };
    let mut all: Vec<Told<'a>> = rows.iter().map(own).collect();
    let first = rows.first().copied().unwrap_or_default();
    for rest in cells.list(Of::Return, "sale.rest", first).unwrap_or_default() {
        let id = rest.text("line").or_else(|| rest.text("sku")).unwrap_or("rest");
        if all.iter().all(|told| told.id != id) {
            all.push(Told {
                row: first,
                id,
                text: rest.text("promotions"),
                rest: Some(rest),
                units: units(cells, rest.count("quantity")),
                unit_price: rest.money("unit_price"),
                paid: rest.money("paid"),
            });
        }
    }
    all
}

/// Units that were sold: one, where the source has no column for them.
fn units(cells: &Cells<'_>, told: Option<i64>) -> Option<i64> {
    told.or_else(|| if cells.has(Of::Sale, "quantity") { None } else { Some(1) })
}

/// The promotions of a sale, in the order in which its lines name them.
fn of_sale<'a>(policy: &Policy, cells: &Cells<'a>, told: &[Told<'a>]) -> Result<Vec<Promotion<'a>>, Fault> {
    let mut all: Vec<Promotion<'a>> = Vec::new();
    for line in told {
        let parts = spell::promotions(line.text.unwrap_or_default()).map_err(|reason| line.fault(reason))?;
        adds_up(policy, cells, line, &parts)?;
        for part in parts {
            let place = all.iter().position(|known| known.id == part.id);
            let place = place.unwrap_or_else(|| {
                let (id, name, terms) = (part.id, part.name, part.terms);
                all.push(Promotion { id, name, terms, lines: Vec::new(), gift: None, amount: Some(NONE) });
                all.len() - 1
            });
            let Some(known) = all.get_mut(place) else { continue };
            if known.terms.kind() != part.terms.kind() || !part.terms.is_of_gift() && known.terms != part.terms {
                return Err(line.fault(format!("`{}` is told as `{}`, too", part.id, known.name)));
            }
            known.amount = known.amount.zip(part.amount).map(|(sum, amount)| sum + amount);
            match part.terms {
                Terms::Gift if known.gift.is_some() => {
                    return Err(line.fault(format!("`{}` gives two lines", part.id)));
                }
                Terms::Gift => known.gift = Some(line.id),
                _ if known.lines.contains(&line.id) => {
                    return Err(line.fault(format!("`{}` stands twice", part.id)));
                }
                _ => known.lines.push(line.id),
            }
        }
    }
    Ok(all)
}

/// Refuses promotions that took more off a line than it was sold below its price.
fn adds_up(policy: &Policy, cells: &Cells<'_>, line: &Told<'_>, parts: &[Off<'_>]) -> Result<(), Fault> {
    let Some(price) = line.unit_price.filter(|price| cents(policy, *price) == *price) else { return Ok(()) };
    let has_paid = cells.has(Of::Sale, "paid");
    let all = line.units.and_then(|units| price.checked_mul(units.into()));
    let paid = line.paid.or((!has_paid).then_some(NONE)).map(|paid| cents(policy, paid));
    // What is too large is refused where the request is read.
    let Some((all, less)) = all.zip(paid).and_then(|(all, paid)| Some((all, all.checked_sub(paid)?.max(NONE)))) else {
        return Ok(());
    };
    let off: Decimal = parts.iter().filter(|part| !part.terms.is_of_gift()).filter_map(|part| part.amount).sum();
    match off > less {
        true if has_paid => Err(line.fault(format!("{off:.2} was taken off, and it was sold for {less:.2} less"))),
        true => Err(line.fault(format!("{off:.2} was taken off what cost {all:.2}"))),
        false => Ok(()),
    }
}

/// Tells the promotions of a sale that are known.
pub(super) fn tell<'a>(
    sale: &mut Object<'_, 'a>,
    policy: &Policy,
    cells: &'a Cells<'a>,
    rows: &[usize],
) -> Result<(), Fault> {
    if !cells.has(Of::Sale, "promotions") {
        return Ok(());
    }
    let promotions = of_sale(policy, cells, &lines(cells, rows))?;
    sale.list("promotions", |list| {
        promotions.into_iter().filter(Promotion::is_known).try_for_each(|promotion| {
            list.object(|one| {
                one.text("id", promotion.id);
                one.text("kind", promotion.terms.kind());
                one.texts("lines", promotion.lines);
                let amount = cents(policy, promotion.amount.unwrap_or_default());
                if let Some(gift) = promotion.gift {
                    one.text("gift", gift);
                }
                one.decimal(if promotion.terms.is_of_gift() { "value" } else { "amount" }, amount);
                promotion.terms.numbers().into_iter().for_each(|(name, number)| one.decimal(name, number));
                Ok(())
            })
        })
    })
}

/// What promotions took off a line; none: that is not known. Gifts take nothing off.
pub(crate) fn taken_off(text: Option<&str>) -> Option<Decimal> {
    let parts = spell::promotions(text?).ok()?;
    parts.iter().filter(|part| !part.terms.is_of_gift()).map(|part| part.amount).sum()
}

/// The price of one unit and what was paid for a line, where the source has a column for one of them and for promotions: the other
/// is what they took off away from it.
pub(super) fn prices<'a>(
    policy: &Policy,
    cells: &Cells<'_>,
    (unit_price, paid): (Option<Decimal>, Option<Decimal>),
    line: impl FnOnce() -> (Option<i64>, Option<&'a str>),
) -> (Option<Decimal>, Option<Decimal>) {
    if !cells.has(Of::Sale, "promotions") {
        return (unit_price, paid);
    }
    let (told, text) = line();
    let (off, units) = (taken_off(text).filter(|off| *off != NONE), units(cells, told));
    let Some((off, units)) = off.zip(units.map(|units| Decimal::from(units.max(1)))) else {
        return (unit_price, paid);
    };
    let (has_price, has_paid) = (cells.has(Of::Sale, "unit_price"), cells.has(Of::Sale, "paid"));
    let price = || {
        let price = paid?.checked_add(off)?.checked_div(units)?;
        Some(
            price.round_dp_with_strategy(u32::from(MONEY_SCALE.unsigned_abs()), RoundingStrategy::MidpointAwayFromZero),
        )
    };
    let less = || cents(policy, unit_price?.checked_mul(units)?).checked_sub(off);
    let unit_price_then = unit_price.or_else(|| if has_price { None } else { price() });
    (unit_price_then, paid.or_else(|| if has_paid { None } else { less() }))
}

/// The columns that are not known and that a line's amount hangs on by promotions: where the policy unwinds these.
pub(crate) fn unknown(policy: &Policy, cells: &Cells<'_>, visit: &[Line], row: usize) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    let linked = || link(cells, row).is_ok_and(|link| link != Link::None);
    if !cells.has(Of::Sale, "promotions") || !linked() || !unwinds(policy) {
        return out;
    }
    let mut rows: Vec<usize> = Vec::new();
    for other in visit.iter().map(|line| line.row).filter(|other| same_sale(cells, *other, row)) {
        if !rows.iter().any(|known| same_line(cells, *known, other)) {
            rows.push(other);
        }
    }
    let told = lines(cells, &rows);
    let mine = line_id(cells, row);
    // What cannot be read was refused before.
    let all = of_sale(policy, cells, &told).unwrap_or_default();
    let over: Vec<&Promotion<'_>> = all.iter().filter(|promotion| promotion.covers(mine)).collect();
    let own = told.iter().any(|line| line.id == mine && line.text.is_none());
    let of_another = !over.is_empty() && told.iter().any(|line| line.text.is_none());
    if own || of_another || over.iter().any(|promotion| !promotion.is_known()) {
        out.push("sale.promotions");
    }
    for line in told.iter().filter(|line| over.iter().any(|promotion| promotion.covers(line.id))) {
        let unpriced = cells.has(Of::Sale, "unit_price") && line.unit_price.is_none();
        match &line.rest {
            Some(rest) if unpriced || missing::is_open(cells, rest) => out.push("sale.rest"),
            Some(_) => {}
            None => {
                out.extend(unpriced.then_some("sale.unit_price"));
                out.extend(missing::own(cells, line.row));
            }
        }
        out.extend(rows.first().into_iter().flat_map(|first| missing::of_earlier(cells, *first, line.id)));
    }
    let short = |promotion: &&&Promotion<'_>| {
        let covered = || told.iter().filter(|line| promotion.lines.contains(&line.id));
        let units: Option<Decimal> = covered().map(|line| line.units.map(Decimal::from)).sum();
        let price = |line: &Told<'_>| line.unit_price?.checked_mul(line.units?.into());
        let prices = covered().map(price).try_fold(NONE, |sum, price| sum.checked_add(price?));
        let (least_units, over) = promotion.terms.least();
        units.is_some_and(|units| units < least_units) || prices.is_some_and(|prices| prices < over)
    };
    // Whoever took something off these lines saw more of them.
    out.extend(over.iter().find(short).map(|_| "sale.rest"));
    let mut seen = Vec::new();
    out.retain(|name| {
        !seen.contains(name) && {
            seen.push(name);
            true
        }
    });
    out
}

/// Whether some version of a policy does with promotions anything but leave each line its share of them.
fn unwinds(policy: &Policy) -> bool {
    let unwound = |sharing: Sharing| sharing != Sharing::InProportion;
    policy.program().versions.iter().any(|version| {
        let said = |value: &AttributeValue| matches!(value, AttributeValue::Discounts(sharing) if unwound(*sharing));
        unwound(version.choices.discounts)
            || version.choices.bundles.is_some_and(unwound)
            || version.choices.gifts.is_some_and(|gifts| gifts != GiftRule::KeptFree)
            || version.values.iter().any(said)
    })
}
