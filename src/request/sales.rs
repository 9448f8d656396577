//! Sales: what was sold, how it was discounted, delivered and paid, and what has come back before.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::context::{
    Context, NAMES, Places, each, event, listed, once, percent, texts, too_many_names, twice, unit_price, units,
    zone_of,
};
use super::error::{At, Error, ErrorKind, quoted};
use super::facts::{Told, put, told};
use super::wire::{self, Date, Members, Number, Parcels, Rows, Text, rows};
use super::{
    Adjusted, Arrival, Earlier, Event, Handover, Kept, Promotion, PromotionKind, Repair, Sale, SaleLine, Shipping, Tax,
    Tender, UnfoundSale, paid,
};
use crate::date::Zone;
use crate::facts::{Scope, Value, builtin, domain};
use crate::money::Rounding;

/// What the wire form of a sale has to tell about the lines that come back.
pub(super) struct Source<'a> {
    pub(super) wire: &'a wire::Sale<'a>,
    /// Its lines by id.
    pub(super) places: Places<'a>,
    /// Declared facts of its items, by line.
    facts: Vec<(usize, Told)>,
}

impl Source<'_> {
    /// The declared facts of a line.
    pub(super) fn facts(&self, line: usize) -> impl Iterator<Item = &Told> + Clone {
        let first = self.facts.partition_point(|(of, _)| *of < line);
        self.facts.iter().skip(first).take_while(move |(of, _)| *of == line).map(|(_, fact)| fact)
    }
}

pub(super) fn sale<'a>(context: &mut Context<'_>, wire: &'a wire::Sale<'a>) -> Result<(Sale, Source<'a>), Error> {
    if let Some(currency) = &wire.currency
        && currency.as_str() != context.program.currency.code()
    {
        let message =
            format!("{} is not the policy's currency, {}", quoted(currency.as_str()), context.program.currency);
        return Err(Error::new(ErrorKind::Currency, message)).at("currency");
    }
    let zone = zone_of(context.program, wire.store.as_ref()).at("store")?;
    let zone = zone.as_ref().or(context.zone);
    let sold = wire.sold.map(|Date(when)| event(when, zone));
    let ordered = wire.ordered.map(|Date(when)| event(when, zone));
    let rounding = context.version_of(sold, ordered).map_or(Rounding::HalfUp, |version| version.choices.rounding);
    if wire.lines.is_empty() {
        return Err(Error::new(ErrorKind::Value, "a sale has at least one line")).at("lines");
    }
    let places = Places::of("line", wire.lines.iter().map(|line| &line.id)).at("lines")?;
    let mut lines = Vec::with_capacity(wire.lines.len());
    let mut stated = SmallVec::<[_; 4]>::new();
    let mut facts = Vec::new();
    for (place, line) in wire.lines.iter().enumerate() {
        let of_line = told(context, Scope::Line, zone, line.facts.as_ref()).at("facts").nth(place).at("lines")?;
        facts.extend(of_line.into_iter().map(|fact| (place, fact)));
        let (line, paid) = sale_line(context, line, zone, rounding).nth(place).at("lines")?;
        lines.push(line);
        stated.push(paid);
    }
    let promotions = match &wire.promotions {
        Some(promotions) => self::promotions(context, promotions, &places).at("promotions")?,
        None => Vec::new(),
    };
    paid::take_promotions_off(&mut lines, &stated, &promotions, context.program.currency.minor_digits())?;
    let shipping = wire.shipping.as_ref().map(|shipping| delivery(context, shipping).at("shipping")).transpose()?;
    let tenders = rows(&wire.tenders);
    let tender_places = Places::of("tender", tenders.iter().map(|tender| &tender.id)).at("tenders")?;
    let tenders = each(tenders, |wire| tender(context, wire, zone)).at("tenders")?;
    let shipping_taxes = shipping.as_ref().map_or(0, |shipping| shipping.taxes.len());
    let mut sale = Sale {
        id: wire.id.as_str().into(),
        facts: sale_facts(context, wire, sold, ordered, zone)?,
        sold,
        ordered,
        arrival: arrival(&lines),
        lines,
        promotions,
        shipping,
        tenders,
        earlier_shipping: Decimal::ZERO,
        earlier_shipping_taxes: vec![Decimal::ZERO; shipping_taxes],
        tax_exempt: wire.tax_exempt.unwrap_or(false),
    };
    for (place, earlier) in rows(&wire.earlier_returns).iter().enumerate() {
        earlier_return(context, &mut sale, earlier, &places, &tender_places).nth(place).at("earlier_returns")?;
    }
    let total = sale.lines.iter().map(|line| line.paid).sum();
    context.put(&mut sale.facts, builtin::SALE_TOTAL, Some(Value::Number(total)));
    Ok((sale, Source { wire, places, facts }))
}

fn sale_facts(
    context: &mut Context<'_>,
    wire: &wire::Sale<'_>,
    sold: Option<Event>,
    ordered: Option<Event>,
    zone: Option<&Zone>,
) -> Result<Vec<Option<Value>>, Error> {
    let mut facts = context.blank(Scope::Sale);
    put(&mut facts, &told(context, Scope::Sale, zone, wire.facts.as_ref()).at("facts")?);
    let of_sale = OfSale {
        channel: wire.channel.as_ref(),
        store: wire.store.as_ref(),
        seller: wire.seller.as_ref(),
        tax_exempt: Some(wire.tax_exempt.unwrap_or(false)),
        sold,
        ordered,
    };
    of_sale.put(context, &mut facts)?;
    context.put(&mut facts, builtin::ITEM_HAS_SALE, Some(Value::Bool(true)));
    Ok(facts)
}

/// What requests tell of a sale, whether it is found or not.
struct OfSale<'w> {
    channel: Option<&'w Text<'w>>,
    store: Option<&'w wire::Store<'w>>,
    seller: Option<&'w Text<'w>>,
    tax_exempt: Option<bool>,
    sold: Option<Event>,
    ordered: Option<Event>,
}

impl OfSale<'_> {
    fn put(&self, context: &mut Context<'_>, facts: &mut [Option<Value>]) -> Result<(), Error> {
        let channel = context.word_or_none(domain::CHANNELS, self.channel).at("channel")?;
        for (id, value) in [
            (builtin::SALE_CHANNEL, channel.map(Value::Word)),
            (builtin::SALE_STORE, context.text_value(self.store.and_then(|store| store.id.as_ref()))),
            (builtin::SALE_COUNTRY, context.text_value(self.store.and_then(|store| store.country.as_ref()))),
            (builtin::SALE_STATE, context.text_value(self.store.and_then(|store| store.state.as_ref()))),
            (builtin::SALE_SELLER, context.text_value(self.seller)),
            (builtin::SALE_TAX_EXEMPT, self.tax_exempt.map(Value::Bool)),
            (builtin::SOLD, self.sold.map(|event| Value::Date(event.day))),
            (builtin::ORDERED, self.ordered.map(|event| Value::Date(event.day))),
        ] {
            context.put(facts, id, value);
        }
        Ok(())
    }
}

/// What is known of the sale of goods without one.
pub(super) fn unfound(
    context: &mut Context<'_>,
    wire: &wire::UnfoundSale<'_>,
    zone: Option<&Zone>,
) -> Result<UnfoundSale, Error> {
    let of_store = zone_of(context.program, wire.store.as_ref()).at("store")?;
    let zone = of_store.as_ref().or(zone);
    let day = |date: Option<Date>| date.map(|Date(when)| event(when, zone));
    let (sold, ordered) = (day(wire.sold), day(wire.ordered));
    let mut facts = context.blank(Scope::Sale);
    put(&mut facts, &told(context, Scope::Sale, zone, wire.facts.as_ref()).at("facts")?);
    let of_sale = OfSale {
        channel: wire.channel.as_ref(),
        store: wire.store.as_ref(),
        seller: wire.seller.as_ref(),
        tax_exempt: wire.tax_exempt,
        sold,
        ordered,
    };
    of_sale.put(context, &mut facts)?;
    let total = context.money_or_none(wire.total).at("total")?;
    context.put(&mut facts, builtin::SALE_WHOLE, wire.whole.map(Value::Bool));
    context.put(&mut facts, builtin::SALE_TOTAL, total.map(Value::Number));
    Ok(UnfoundSale { facts, sold, ordered })
}

/// A line, and what the request states as paid for it. Its `paid` is that, or its full price.
fn sale_line(
    context: &Context<'_>,
    wire: &wire::SaleLine<'_>,
    zone: Option<&Zone>,
    rounding: Rounding,
) -> Result<(SaleLine, Option<Decimal>), Error> {
    let quantity = wire.quantity.map_or(Ok(1), |quantity| units(quantity, 1)).at("quantity")?;
    let stated = context.money_or_none(wire.paid).at("paid")?;
    let (unit_price, full) = match (wire.unit_price, stated) {
        (Some(price), _) => {
            let price = unit_price(price).at("unit_price")?;
            let digits = context.program.currency.minor_digits();
            (price, paid::full_price(price, quantity, digits, rounding).at("unit_price")?)
        }
        (None, Some(paid)) => (paid.checked_div(Decimal::from(quantity)).unwrap_or(paid), paid),
        (None, None) => return Err(Error::new(ErrorKind::Member, "neither `unit_price` nor `paid` is given")),
    };
    let taxes = context.taxes(rows(&wire.taxes)).at("taxes")?;
    let earlier = Earlier { taxes: vec![Decimal::ZERO; taxes.len()], ..Earlier::default() };
    let line = SaleLine {
        id: wire.id.as_str().into(),
        quantity,
        unit_price,
        priced: wire.unit_price.is_some(),
        paid: full,
        taxes,
        dates: dates([wire.invoiced, wire.shipped, None, wire.installed, wire.activated], wire.received.as_ref(), zone),
        handover: handover(wire.received.as_ref(), wire.repairs.as_ref(), zone)?,
        serials: texts(rows(&wire.serials)),
        earlier,
    };
    Ok((line, stated))
}

/// The events of a line by clock; of several parcels the last counts.
pub(super) fn dates(wire: [Option<Date>; 5], received: Option<&Parcels>, zone: Option<&Zone>) -> [Option<Event>; 5] {
    let mut dates = wire.map(|date| date.map(|Date(when)| event(when, zone)));
    let [_, _, parcels, _, _] = &mut dates;
    *parcels = match received {
        Some(Parcels::One(Date(when))) => Some(event(*when, zone)),
        Some(Parcels::Several(several)) => came(several, zone).max_by_key(|event| (event.day, event.moment)),
        None => None,
    };
    dates
}

/// The parcels that came.
fn came<'a>(parcels: &'a [Option<Date>], zone: Option<&'a Zone>) -> impl Iterator<Item = Event> + 'a {
    parcels.iter().flatten().map(move |Date(when)| event(*when, zone))
}

/// When all lines were received; a service is not.
fn arrival(lines: &[SaleLine]) -> Arrival {
    let mut all = Arrival::default();
    for line in lines {
        let [_, _, received, _, _] = line.dates;
        let (to_come, nothing) = line.handover.as_ref().map_or((false, false), |told| (told.to_come, told.nothing));
        all.to_come |= to_come;
        all.unknown |= received.is_none() && !to_come && !nothing;
        if received.is_some_and(|day| all.last.is_none_or(|last| (day.day, day.moment) > (last.day, last.moment))) {
            all.last = received;
        }
    }
    all
}

/// What is told of parcels and repairs beyond one day on which all came.
pub(super) fn handover(
    received: Option<&Parcels>,
    repairs: Option<&Rows<wire::Repair<'_>>>,
    zone: Option<&Zone>,
) -> Result<Option<Box<Handover>>, Error> {
    let mut handover = Handover::default();
    if let Some(Parcels::Several(parcels)) = received {
        handover.first = came(parcels, zone).min_by_key(|event| (event.day, event.moment));
        handover.to_come = parcels.iter().any(Option::is_none);
        handover.nothing = parcels.is_empty();
    }
    for (place, wire) in repairs.into_iter().flat_map(|repairs| repairs.iter()).enumerate() {
        let Date(from) = wire.from;
        let (from, until) = (from.civil(zone), wire.until.map(|Date(until)| until.civil(zone)));
        if until.is_some_and(|until| until < from) {
            let message = "a repair does not end before it begins";
            return Err(Error::new(ErrorKind::Value, message)).at("until").nth(place).at("repairs");
        }
        handover.repairs.push(Repair { from, until });
    }
    handover.repairs.sort_by_key(|repair| repair.from);
    Ok(Some(handover).filter(|handover| *handover != Handover::default()).map(Box::new))
}

fn promotions(
    context: &Context<'_>,
    wire: &[wire::Promotion<'_>],
    lines: &Places<'_>,
) -> Result<Vec<Promotion>, Error> {
    Places::of("promotion", wire.iter().map(|promotion| &promotion.id))?;
    each(wire, |wire| promotion(context, wire, lines))
}

fn promotion(context: &Context<'_>, wire: &wire::Promotion<'_>, lines: &Places<'_>) -> Result<Promotion, Error> {
    let ids: SmallVec<[&str; 4]> = wire.lines.iter().map(Text::as_str).collect();
    if let Some((place, id)) = twice(&ids) {
        let message = format!("the line {} stands twice", quoted(id));
        return Err(Error::new(ErrorKind::Duplicate, message)).nth(place).at("lines");
    }
    let covered = each(&wire.lines, |id| lines.find(id)).at("lines")?;
    if covered.is_empty() {
        return Err(Error::new(ErrorKind::Value, "a promotion covers at least one line")).at("lines");
    }
    let kind = terms(context, wire, lines)?;
    let has = TERMS.iter().find(|(kind, _)| *kind == wire.kind.as_str()).map_or(&[][..], |(_, terms)| terms);
    for (name, given) in [
        ("n", wire.n.is_some()),
        ("m", wire.m.is_some()),
        ("over", wire.over.is_some()),
        ("percent", wire.percent.is_some()),
        ("gift", wire.gift.is_some()),
        ("value", wire.value.is_some()),
    ] {
        if given && !has.contains(&name) {
            let message = format!("a promotion of kind {} has no `{name}`", quoted(wire.kind.as_str()));
            return Err(Error::new(ErrorKind::Member, message)).at(name);
        }
    }
    let amount = match (wire.amount, &kind) {
        (Some(amount), _) => context.money(amount).at("amount")?,
        (None, PromotionKind::Gift { .. }) => context.money_or_zero(None)?,
        (None, _) => return Err(Error::new(ErrorKind::Member, "the member `amount` is missing")),
    };
    if matches!(kind, PromotionKind::Gift { .. }) && !amount.is_zero() {
        return Err(Error::new(ErrorKind::Value, "a gift takes no amount off")).at("amount");
    }
    Ok(Promotion { id: wire.id.as_str().into(), kind, lines: covered, amount })
}

/// The kinds of promotions, and the members that tell the terms of each.
pub(super) const TERMS: &[(&str, &[&str])] = &[
    ("n for m", &["n", "m"]),
    ("percent over", &["over", "percent"]),
    ("every second", &["percent"]),
    ("bundle", &[]),
    ("coupon", &[]),
    ("gift", &["gift", "value"]),
];

/// The terms of a promotion.
fn terms(context: &Context<'_>, wire: &wire::Promotion<'_>, lines: &Places<'_>) -> Result<PromotionKind, Error> {
    let needed = |number: Option<Number>, name: &str| {
        number.ok_or_else(|| Error::new(ErrorKind::Member, format!("the member `{name}` is missing")))
    };
    let off = |number| match percent(number)? {
        percent if percent <= Decimal::ONE_HUNDRED => Ok(percent),
        percent => Err(Error::new(ErrorKind::Value, format!("{percent} percent is more than all"))),
    };
    Ok(match wire.kind.as_str() {
        "n for m" => {
            let n = units(needed(wire.n, "n")?, 2).at("n")?;
            let m = units(needed(wire.m, "m")?, 1).at("m")?;
            if m >= n {
                return Err(Error::new(ErrorKind::Value, format!("{n} for {m} takes nothing off"))).at("m");
            }
            PromotionKind::NForM { n, m }
        }
        "percent over" => {
            let over = context.money(needed(wire.over, "over")?).at("over")?;
            let percent = off(needed(wire.percent, "percent")?).at("percent")?;
            PromotionKind::PercentOver { over, percent }
        }
        "every second" => {
            let percent = off(needed(wire.percent, "percent")?).at("percent")?;
            PromotionKind::EverySecond { percent }
        }
        "bundle" => PromotionKind::Bundle,
        "coupon" => PromotionKind::Coupon,
        "gift" => {
            let Some(gift) = &wire.gift else {
                return Err(Error::new(ErrorKind::Member, "the member `gift` is missing"));
            };
            let gift = lines.find(gift).at("gift")?;
            let value = context.money(needed(wire.value, "value")?).at("value")?;
            PromotionKind::Gift { gift, value }
        }
        other => {
            let kinds = TERMS.iter().map(|(kind, _)| *kind);
            let advice = match crate::diagnostic::near(other, kinds.clone()) {
                Some(kind) => format!("did you mean `{kind}`?"),
                None => format!("there are {}", kinds.collect::<Vec<_>>().join(", ")),
            };
            let message = format!("{} is not a kind of promotion; {advice}", quoted(other));
            return Err(Error::new(ErrorKind::Word, message)).at("kind");
        }
    })
}

fn delivery(context: &Context<'_>, wire: &wire::Shipping<'_>) -> Result<Shipping, Error> {
    Ok(Shipping {
        paid: context.money(wire.paid).at("paid")?,
        cheapest: context.money_or_none(wire.cheapest).at("cheapest")?,
        taxes: context.taxes(rows(&wire.taxes)).at("taxes")?,
    })
}

fn tender(context: &mut Context<'_>, wire: &wire::Tender<'_>, zone: Option<&Zone>) -> Result<Tender, Error> {
    let mut facts = context.blank(Scope::Tender);
    put(&mut facts, &told(context, Scope::Tender, zone, wire.facts.as_ref()).at("facts")?);
    Ok(Tender {
        id: wire.id.as_str().into(),
        tender: context.word(domain::TENDERS, &wire.tender).at("tender")?,
        amount: context.money(wire.amount).at("amount")?,
        earlier: Decimal::ZERO,
        facts,
    })
}

/// Adds what came back earlier. More than was sold or paid is no error here: it is declined when it is decided.
fn earlier_return(
    context: &Context<'_>,
    sale: &mut Sale,
    wire: &wire::EarlierReturn<'_>,
    lines: &Places<'_>,
    tenders: &Places<'_>,
) -> Result<(), Error> {
    for (place, wire) in rows(&wire.lines).iter().enumerate() {
        let line = lines.find(&wire.line).at("line").nth(place).at("lines")?;
        if let Some(line) = sale.lines.get_mut(line) {
            earlier_line(context, &line.taxes, &mut line.earlier, wire).nth(place).at("lines")?;
        }
    }
    sale.earlier_shipping += context.money_or_zero(wire.shipping).at("shipping")?;
    let taxes = sale.shipping.as_ref().map(|shipping| shipping.taxes.as_slice()).unwrap_or_default();
    add_taxes(context, taxes, &mut sale.earlier_shipping_taxes, wire.shipping_taxes.as_ref()).at("shipping_taxes")?;
    for (place, wire) in rows(&wire.tenders).iter().enumerate() {
        let tender = tenders.find(&wire.id).at("id").nth(place).at("tenders")?;
        let amount = context.money(wire.amount).at("amount").nth(place).at("tenders")?;
        if let Some(tender) = sale.tenders.get_mut(tender) {
            tender.earlier += amount;
        }
    }
    Ok(())
}

fn earlier_line(
    context: &Context<'_>,
    taxes: &[Tax],
    earlier: &mut Earlier,
    wire: &wire::EarlierLine<'_>,
) -> Result<(), Error> {
    let quantity = units(wire.quantity, 0).at("quantity")?;
    earlier.quantity = earlier.quantity.saturating_add(quantity);
    let goods = context.money(wire.goods).at("goods")?;
    earlier.goods += goods;
    earlier.reduction += context.money_or_zero(wire.reduction).at("reduction")?;
    add_kept(context, &mut earlier.fees, (goods, quantity), wire.fees.as_ref()).at("fees")?;
    add_kept(context, &mut earlier.deductions, (goods, quantity), wire.deductions.as_ref()).at("deductions")?;
    let mut given: SmallVec<[Decimal; 2]> = SmallVec::from_elem(Decimal::ZERO, taxes.len());
    add_taxes(context, taxes, &mut given, wire.taxes.as_ref()).at("taxes")?;
    earlier.taxes.iter_mut().zip(&given).for_each(|(sum, tax)| *sum += *tax);
    if quantity == 0 {
        let adjusted = Adjusted { before: earlier.quantity, goods, taxes: given };
        match earlier.adjusted.iter_mut().find(|known| known.before == adjusted.before) {
            Some(known) => {
                known.goods += adjusted.goods;
                known.taxes.iter_mut().zip(&adjusted.taxes).for_each(|(sum, tax)| *sum += *tax);
            }
            None => earlier.adjusted.push(adjusted),
        }
    }
    earlier.serials.extend(texts(rows(&wire.serials)));
    Ok(())
}

/// Adds what was kept of some goods, so many units.
fn add_kept(
    context: &Context<'_>,
    sums: &mut Vec<Kept>,
    (goods, quantity): (Decimal, u32),
    wire: Option<&Members<'_, Number>>,
) -> Result<(), Error> {
    for (name, amount) in once(wire)? {
        let name = name.as_str();
        let amount = context.money(*amount).at(name)?;
        let full = sums.len() >= NAMES;
        // Of nothing that was kept there are no goods.
        let (goods, quantity) = if amount.is_zero() { (Decimal::ZERO, 0) } else { (goods, quantity) };
        match sums.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.amount += amount;
                known.goods += goods;
                known.quantity = known.quantity.saturating_add(quantity);
            }
            None if full => return Err(too_many_names()).at(name),
            None => sums.push(Kept { name: name.to_owned(), amount, goods, quantity }),
        }
    }
    Ok(())
}

fn add_taxes(
    context: &Context<'_>,
    taxes: &[Tax],
    sums: &mut [Decimal],
    wire: Option<&Members<'_, Number>>,
) -> Result<(), Error> {
    for (Text(id), amount) in once(wire)? {
        let Some((_, sum)) = taxes.iter().zip(sums.iter_mut()).find(|(tax, _)| *tax.id == **id) else {
            let known = listed("; there are", taxes.iter().map(|tax| &*tax.id));
            let known = if taxes.is_empty() { "; it has none" } else { &known };
            let message = format!("there was no tax {}{known}", quoted(id));
            return Err(Error::new(ErrorKind::Reference, message)).at(id);
        };
        *sum += context.money(*amount).at(id)?;
    }
    Ok(())
}
