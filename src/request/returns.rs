//! The goods that come back, and the goods bought instead.

use rust_decimal::Decimal;

use super::context::{Context, Places, once, texts, unit_price, units};
use super::error::{At, Error, ErrorKind};
use super::facts::{apart, put, told};
use super::wire::{self, Members, Number, Text, rows};
use super::{Event, Handover, Line, NewGoods, Sale, SaleLine, history, sales};
use crate::date::Zone;
use crate::facts::{FactId, Scope, Value, builtin, domain};

/// A line that comes back. Declared facts of the item stand with the sold line or here.
pub(super) fn line(
    context: &mut Context<'_>,
    wire: &wire::Return<'_>,
    origins: &Origins<'_, '_>,
    zone: Option<&Zone>,
) -> Result<Line, Error> {
    let source = source(wire, origins)?;
    let quantity = wire.quantity.map_or(Ok(1), |quantity| units(quantity, 1)).at("quantity")?;
    let new = wire.new.as_deref().map(|new| exchange(context, wire, new).at("new")).transpose()?;
    let current_price = price_or_none(wire.current_price).at("current_price")?;
    let list_price = price_or_none(wire.list_price).at("list_price")?;
    let mut facts = context.blank(Scope::Line);
    declared(context, wire, &source, &mut facts, zone)?;
    let item = item(context, &source, quantity, list_price, &mut facts, zone)?;
    let unfound = match &source {
        Source::Unknown(item) => item.sale.as_ref().map(|sale| sales::unfound(context, sale, zone)).transpose(),
        Source::Sold { .. } => Ok(None),
    };
    let unfound = unfound.at("sale").at("item")?;
    let wants = context.word_or_none(domain::REMEDIES, wire.wants.as_ref()).at("wants")?;
    let condition = context.word_or_none(domain::CONDITIONS, wire.condition.as_ref()).at("condition")?;
    let reason = context.word_or_none(domain::REASONS, wire.reason.as_ref()).at("reason")?;
    let proof = context.word_or_none(domain::PROOFS, wire.proof.as_ref()).at("proof")?;
    let named = wire.new.as_deref();
    for (id, value) in [
        (builtin::WANTS, wants.map(Value::Word)),
        (builtin::CONDITION, condition.map(Value::Word)),
        (builtin::REASON, reason.map(Value::Word)),
        (builtin::PROOF, proof.map(Value::Word)),
        (builtin::ITEM_CURRENT_PRICE, current_price.map(Value::Number)),
        (builtin::NEW_SKU, context.text_value(named.and_then(|new| new.sku.as_ref()))),
        (builtin::NEW_PRODUCT, context.text_value(named.and_then(|new| new.product.as_ref()))),
        (builtin::NEW_PRICE, new.as_ref().and_then(|new| new.price).map(Value::Number)),
        (builtin::NEW_AVAILABLE, named.and_then(|new| new.available).map(Value::Bool)),
        (builtin::NEW_GIVEN, Some(Value::Bool(new.is_some()))),
    ] {
        context.put(&mut facts, id, value);
    }
    let in_category = match &item.categories {
        Some(categories) => context.schema.categories.iter().map(|set| set.holds(categories)).collect(),
        None => Vec::new(),
    };
    Ok(Line {
        id: wire.id.as_str().into(),
        sold: source.sold(),
        quantity,
        facts,
        categories: item.categories,
        in_category,
        wants,
        serials: texts(rows(&wire.serials)),
        current_price,
        list_price,
        lowest_price: lowest(wire.lowest_price.as_ref()).at("lowest_price")?,
        dates: item.dates,
        handover: item.handover,
        unfound: unfound.map(Box::new),
        new,
        history: wire.history.as_ref().map(|past| history::past(context, past, zone)).transpose().at("history")?,
        unpriced: false,
    })
}

/// Goods bought in the same visit.
pub(super) fn new_goods(context: &Context<'_>, wire: &wire::NewGoods<'_>) -> Result<NewGoods, Error> {
    Ok(NewGoods {
        id: wire.id.as_str().into(),
        quantity: wire.quantity.map_or(Ok(1), |quantity| units(quantity, 1)).at("quantity")?,
        price: context.money_or_none(wire.price).at("price")?,
        taxes: context.taxes(rows(&wire.taxes)).at("taxes")?,
    })
}

/// The sales of the request.
pub(super) struct Origins<'s, 'w> {
    pub(super) places: &'s Places<'w>,
    pub(super) sales: &'s [Sale],
    pub(super) sources: &'s [sales::Source<'w>],
}

/// Where the goods of a line come from.
enum Source<'s, 'w> {
    Sold { at: (usize, usize), line: &'s SaleLine, wire: &'s wire::SaleLine<'s>, sale: &'s sales::Source<'w> },
    Unknown(&'s wire::Item<'s>),
}

impl Source<'_, '_> {
    fn sold(&self) -> Option<(usize, usize)> {
        match self {
            Source::Sold { at, .. } => Some(*at),
            Source::Unknown(_) => None,
        }
    }
}

fn source<'s, 'w>(wire: &'s wire::Return<'s>, origins: &Origins<'s, 'w>) -> Result<Source<'s, 'w>, Error> {
    if let Some(item) = &wire.item {
        return match (&wire.sale, &wire.line) {
            (None, None) => Ok(Source::Unknown(item)),
            _ => {
                let message = "goods come from a line of a sale or are an `item` without a sale, not both";
                Err(Error::new(ErrorKind::Member, message)).at("item")
            }
        };
    }
    let missing = |message: &str| Err(Error::new(ErrorKind::Member, message));
    let place = match (&wire.sale, origins.sales.len()) {
        (Some(id), _) => origins.places.find(id).at("sale")?,
        (None, 1) => 0,
        (None, 0) => return missing("there is no sale: describe the goods with `item`"),
        (None, _) => {
            return missing("there are several sales: name one with `sale`, or describe the goods with `item`");
        }
    };
    let (Some(sale), Some(source)) = (origins.sales.get(place), origins.sources.get(place)) else {
        return missing("there is no such sale");
    };
    let line = match (&wire.line, sale.lines.len()) {
        (Some(id), _) => source.places.find(id).at("line")?,
        (None, 1) => 0,
        (None, _) => return missing("the sale has several lines: name one with `line`"),
    };
    match (sale.lines.get(line), source.wire.lines.get(line)) {
        (Some(sold), Some(wire)) => Ok(Source::Sold { at: (place, line), line: sold, wire, sale: source }),
        _ => missing("there is no such line"),
    }
}

/// Puts the declared facts of the item, each told in one place.
fn declared(
    context: &mut Context<'_>,
    wire: &wire::Return<'_>,
    source: &Source<'_, '_>,
    facts: &mut [Option<Value>],
    zone: Option<&Zone>,
) -> Result<(), Error> {
    let here = told(context, Scope::Line, zone, wire.facts.as_ref()).at("facts")?;
    match source {
        Source::Sold { at: (_, line), sale, .. } => {
            apart(context, &here, sale.facts(*line), "on the sold line").at("facts")?;
            put(facts, sale.facts(*line));
        }
        Source::Unknown(item) => {
            let item = told(context, Scope::Line, zone, item.facts.as_ref()).at("facts").at("item")?;
            apart(context, &here, item.iter(), "under `item`").at("facts")?;
            put(facts, &item);
        }
    }
    put(facts, &here);
    if let Some(new) = wire.new.as_deref() {
        let new = told(context, Scope::Line, zone, new.facts.as_ref()).at("facts").at("new")?;
        apart(context, &new, here.iter(), "on the returned line").at("facts").at("new")?;
        if let Source::Sold { at: (_, line), sale, .. } = source {
            apart(context, &new, sale.facts(*line), "on the sold line").at("facts").at("new")?;
        }
        put(facts, &new);
    }
    Ok(())
}

/// What is known of the goods themselves.
struct Goods {
    categories: Option<Vec<String>>,
    dates: [Option<Event>; 5],
    handover: Option<Box<Handover>>,
}

fn item(
    context: &mut Context<'_>,
    source: &Source<'_, '_>,
    quantity: u32,
    list_price: Option<Decimal>,
    facts: &mut [Option<Value>],
    zone: Option<&Zone>,
) -> Result<Goods, Error> {
    let (sku, product, brand, categories, dates, final_sale, price, list_price) = match source {
        Source::Sold { line, wire, .. } => {
            let price = match line.quantity {
                1 => Some(line.paid),
                quantity => line.paid.checked_div(Decimal::from(quantity)),
            };
            let list_price = wire.unit_price.map(|Number(price)| price).or(list_price);
            let final_sale = Some(wire.final_sale.unwrap_or(false));
            (&wire.sku, &wire.product, &wire.brand, &wire.categories, line.dates, final_sale, price, list_price)
        }
        Source::Unknown(item) => {
            let dates = [item.invoiced, item.shipped, None, item.installed, item.activated];
            let dates = sales::dates(dates, item.received.as_ref(), zone);
            let final_sale = Some(item.final_sale.unwrap_or(false));
            let price = price_or_none(item.price).at("price").at("item")?;
            (&item.sku, &item.product, &item.brand, &item.categories, dates, final_sale, price, list_price)
        }
    };
    for (id, value) in [
        (builtin::ITEM_SKU, context.text_value(sku.as_ref())),
        (builtin::ITEM_PRODUCT, context.text_value(product.as_ref())),
        (builtin::ITEM_BRAND, context.text_value(brand.as_ref())),
        (builtin::ITEM_PRICE, price.map(Value::Number)),
        (builtin::ITEM_LIST_PRICE, list_price.map(Value::Number)),
        (builtin::ITEM_QUANTITY, Some(Value::Number(Decimal::from(quantity)))),
        (builtin::ITEM_FINAL_SALE, final_sale.map(Value::Bool)),
    ] {
        context.put(facts, id, value);
    }
    const CLOCKS: [FactId; 5] =
        [builtin::INVOICED, builtin::SHIPPED, builtin::RECEIVED, builtin::INSTALLED, builtin::ACTIVATED];
    for (id, date) in CLOCKS.into_iter().zip(dates) {
        context.put(facts, id, date.map(|date| Value::Date(date.day)));
    }
    let handover = match source {
        Source::Sold { .. } => None,
        Source::Unknown(item) => sales::handover(item.received.as_ref(), item.repairs.as_ref(), zone).at("item")?,
    };
    Ok(Goods { categories: categories.as_deref().map(texts), dates, handover })
}

fn exchange(context: &Context<'_>, line: &wire::Return<'_>, wire: &wire::Exchange<'_>) -> Result<NewGoods, Error> {
    Ok(NewGoods {
        id: line.id.as_str().into(),
        quantity: wire.quantity.map_or(Ok(1), |quantity| units(quantity, 1)).at("quantity")?,
        price: context.money_or_none(wire.price).at("price")?,
        taxes: context.taxes(rows(&wire.taxes)).at("taxes")?,
    })
}

fn price_or_none(number: Option<Number>) -> Result<Option<Decimal>, Error> {
    number.map(unit_price).transpose()
}

fn lowest(wire: Option<&Members<'_, Number>>) -> Result<Vec<(String, Decimal)>, Error> {
    let price = |(Text(length), number): &(Text<'_>, Number)| Ok((length.to_string(), unit_price(*number).at(length)?));
    once(wire)?.iter().map(price).collect()
}
