//! Rows of one visit to a request of the engine. This is the only place that knows both; it goes through the JSON of requests,
//! so that what a till may tell and what a source may tell are read, and refused, by the same reader.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json};
use takeback::Policy;
use takeback::facts::{Scope, Type};
use takeback::request::Request;

use crate::cells::{Cells, Element, Of};
use crate::columns::Link;
use crate::missing;
use crate::spell;

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
    let draft = draft(policy, cells, lines, wanted, before)?;
    let text = serde_json::to_vec(&draft.json).unwrap_or_default();
    let mut request = policy.request(&text).map_err(|error| draft.fault(lines, error.path(), error.message()))?;
    missing::forget(&policy.program().schema, cells, lines, &mut request);
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

/// An amount in the smallest coins there are on paper: half a cent is a cent.
pub(crate) fn cents(policy: &Policy, amount: Decimal) -> Decimal {
    let digits = policy.program().currency.minor_digits();
    amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// A request as JSON, and the rows behind its lists.
struct Draft {
    json: Value,
    /// For each sale, for each of its lines, the row; none: of the rest of the sale.
    sales: Vec<Vec<Option<usize>>>,
}

fn draft(policy: &Policy, cells: &Cells<'_>, lines: &[Line], wanted: Wanted, before: Before) -> Result<Draft, Fault> {
    let first = lines.first().map_or(0, |line| line.row);
    let mut visit = Members::default();
    visit.text("at", at(cells, lines));
    for name in ["told", "sent", "received", "channel", "by"] {
        visit.text(name, cells.text(Of::Return, name, first));
    }
    visit.object("store", store(cells, Of::Return, first));
    let mut clerk = Members::default();
    clerk.text("id", cells.text(Of::Return, "clerk", first));
    clerk.text("role", cells.text(Of::Return, "clerk_role", first));
    visit.object("clerk", clerk);
    // Where a policy leaves it to the customer, the money went where the customer asked, unless the source tells otherwise.
    let went = parts(first, "paid_to", cells.text(Of::Return, "paid_to", first).unwrap_or_default())?;
    let asked = cells.text(Of::Return, "refund_to", first).or(went.first().map(|part| part.name));
    if let Some(tender) = asked {
        visit.put("refund_to", json!({ "tender": tender }));
    }
    let mut history = Members::default();
    for (name, column) in
        [("customer", "history_customer"), ("household", "history_household"), ("clerk", "history_clerk")]
    {
        history.maybe(name, past(policy, cells, column, first));
    }
    visit.object("history", history);
    visit.object("facts", facts(policy, cells, first, &[Scope::Visit]));

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
    let mut places = Vec::new();
    let mut written = Vec::new();
    for (place, (_, rows)) in sales.iter().enumerate() {
        let (sale, lines) = sale(policy, cells, place, rows, before)?;
        written.push(sale);
        places.push(lines);
    }
    visit.list("sales", written);
    let mut returns = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let sale = sales.iter().position(|(first, _)| same_sale(cells, *first, line.row));
        let sale = sale.filter(|_| link(cells, line.row).is_ok_and(|link| link != Link::None));
        returns.push(returned(policy, cells, place, *line, sale, wanted)?);
    }
    visit.list("returns", returns);
    Ok(Draft { json: Value::Object(visit.0), sales: places })
}

/// A line that comes back.
fn returned(
    policy: &Policy,
    cells: &Cells<'_>,
    place: usize,
    line: Line,
    sale: Option<usize>,
    wanted: Wanted,
) -> Result<Value, Fault> {
    let row = line.row;
    let mut back = Members::default();
    back.put("id", (place + 1).to_string().into());
    match sale {
        Some(sale) => {
            back.put("sale", sale_id(cells, sale, row).into());
            back.text("line", Some(line_id(cells, row)));
        }
        None => {
            let mut item = Members::default();
            for name in ["sku", "product", "brand"] {
                item.text(name, cells.text(Of::Return, name, row));
            }
            item.texts("categories", cells.text(Of::Return, "categories", row));
            back.put("item", Value::Object(item.0));
        }
    }
    back.put("quantity", line.units.into());
    back.put("wants", remedy(cells, row, wanted).into());
    for name in ["condition", "reason", "proof"] {
        back.text(name, cells.text(Of::Return, name, row));
    }
    back.texts("serials", cells.text(Of::Return, "serials", row));
    back.price("list_price", cells.money(Of::Return, "list_price", row));
    back.price("current_price", cells.money(Of::Return, "current_price", row));
    if let Some(text) = cells.text(Of::Return, "lowest_prices", row) {
        let prices = parts(row, "lowest_prices", text)?;
        let prices: Map<_, _> = prices.iter().map(|part| (part.name.to_owned(), plain(part.amount))).collect();
        back.put("lowest_price", Value::Object(prices));
    }
    let mut new = Members::default();
    new.text("sku", cells.text(Of::Return, "new_sku", row));
    new.amount(policy, "price", cells.money(Of::Return, "new_price", row));
    back.object("new", new);
    back.maybe("history", past(policy, cells, "history_item", row));
    back.object("facts", facts(policy, cells, row, &[Scope::Line]));
    Ok(Value::Object(back.0))
}

/// A sale with its lines that come back, in the order of the rows, and the rest of it.
fn sale(
    policy: &Policy,
    cells: &Cells<'_>,
    place: usize,
    rows: &[usize],
    before: Before,
) -> Result<(Value, Vec<Option<usize>>), Fault> {
    let first = rows.first().copied().unwrap_or_default();
    let mut sale = Members::default();
    sale.put("id", sale_id(cells, place, first).into());
    for name in ["sold", "ordered", "channel", "seller"] {
        sale.text(name, cells.text(Of::Sale, name, first));
    }
    sale.object("store", store(cells, Of::Sale, first));
    sale.maybe("tax_exempt", cells.yes(Of::Sale, "tax_exempt", first).map(Value::Bool));
    sale.object("facts", facts(policy, cells, first, &[Scope::Sale]));
    let mut lines: Vec<Value> = rows.iter().map(|row| sold(policy, cells, *row)).collect();
    let mut places: Vec<Option<usize>> = rows.iter().map(|row| Some(*row)).collect();
    for other in cells.list(Of::Return, "sale.rest", first).unwrap_or_default() {
        let id = other.text("line").or_else(|| other.text("sku")).unwrap_or("rest");
        if !rows.iter().any(|row| line_id(cells, *row) == id) {
            lines.push(rest(policy, cells, id, &other));
            places.push(None);
        }
    }
    sale.list("lines", lines);
    let mut tenders = Vec::new();
    if let Some(text) = cells.text(Of::Sale, "tenders", first) {
        tenders = parts(first, "sale.tenders", text)?;
        let told = facts(policy, cells, first, &[Scope::Tender]);
        let write = |(place, part): (usize, &spell::Part<'_>)| {
            let mut tender = Members::default();
            tender.put("id", tender_id(place, part).into());
            tender.put("tender", part.name.into());
            tender.amount(policy, "amount", Some(part.amount));
            tender.object("facts", told.clone());
            Value::Object(tender.0)
        };
        sale.list("tenders", tenders.iter().enumerate().map(write).collect());
    }
    let mut shipping = Members::default();
    shipping.amount(policy, "paid", cells.money(Of::Sale, "shipping_paid", first));
    shipping.amount(policy, "cheapest", cells.money(Of::Sale, "shipping_cheapest", first));
    if let Some(tax) = cells.money(Of::Sale, "shipping_tax", first) {
        shipping.put("taxes", json!([{ "id": TAX, "amount": plain(cents(policy, tax)) }]));
    }
    sale.object("shipping", shipping);
    if before == Before::Told {
        sale.list("earlier_returns", earlier(policy, cells, rows, &tenders)?);
    }
    Ok((Value::Object(sale.0), places))
}

/// Stands for units sold that are not known, so that nothing is refused for want of them ([`missing::forget`]).
const ENOUGH: i64 = 1_000_000_000;

/// The name of the one tax of a line.
pub(crate) const TAX: &str = "tax";

fn sold(policy: &Policy, cells: &Cells<'_>, row: usize) -> Value {
    let mut line = Members::default();
    line.text("id", Some(line_id(cells, row)));
    for name in ["sku", "product", "brand", "invoiced", "shipped", "received", "installed", "activated"] {
        line.text(name, cells.text(Of::Sale, name, row));
    }
    line.texts("categories", cells.text(Of::Sale, "categories", row));
    line.texts("serials", cells.text(Of::Sale, "serials", row));
    let stands = Some(ENOUGH).filter(|_| !missing::is_told(cells, Of::Sale, "quantity", row));
    line.maybe("quantity", cells.count(Of::Sale, "quantity", row).or(stands).map(Value::from));
    line.price("unit_price", cells.money(Of::Sale, "unit_price", row));
    let stands = Some(Decimal::ZERO).filter(|_| !missing::has_price(cells, row));
    line.amount(policy, "paid", cells.money(Of::Sale, "paid", row).or(stands));
    let money = |name| cells.money(Of::Sale, name, row);
    line.tax(policy, money("tax"), money("tax_rate"), cells.yes(Of::Sale, "tax_included", row));
    line.maybe("final_sale", cells.yes(Of::Sale, "final_sale", row).map(Value::Bool));
    Value::Object(line.0)
}

fn rest(policy: &Policy, cells: &Cells<'_>, id: &str, other: &Element<'_>) -> Value {
    let mut line = Members::default();
    line.text("id", Some(id));
    line.text("sku", other.text("sku"));
    line.text("product", other.text("product"));
    let stands = Some(ENOUGH).filter(|_| cells.has(Of::Sale, "quantity"));
    line.maybe("quantity", other.count("quantity").or(stands).map(Value::from));
    line.price("unit_price", other.money("unit_price"));
    let stands = Some(Decimal::ZERO).filter(|_| !missing::rest_has_price(cells, other));
    line.amount(policy, "paid", other.money("paid").or(stands));
    line.tax(policy, other.money("tax"), other.money("tax_rate"), other.yes("tax_included"));
    Value::Object(line.0)
}

/// What came back before: of each row its own line, and of the first one also the lines that are not of this visit, so that
/// nothing is told twice.
fn earlier(
    policy: &Policy,
    cells: &Cells<'_>,
    rows: &[usize],
    tenders: &[spell::Part<'_>],
) -> Result<Vec<Value>, Fault> {
    let known = |id: &str| rows.iter().any(|row| line_id(cells, *row) == id);
    let first = rows.first().copied().unwrap_or_default();
    let rest = cells.list(Of::Return, "sale.rest", first).unwrap_or_default();
    let rest: Vec<&str> = rest.iter().filter_map(|line| line.text("line").or_else(|| line.text("sku"))).collect();
    let mut out = Vec::new();
    for row in rows {
        let mine = line_id(cells, *row);
        for before in cells.list(Of::Return, "earlier", *row).unwrap_or_default() {
            let line = before.text("line").unwrap_or(mine);
            if before.text("at").is_none() {
                continue;
            }
            if line == mine || *row == first && !known(line) && rest.contains(&line) {
                out.push(earlier_return(policy, cells, *row, line, &before, tenders)?);
            }
        }
    }
    Ok(out)
}

fn earlier_return(
    policy: &Policy,
    cells: &Cells<'_>,
    row: usize,
    id: &str,
    before: &Element<'_>,
    tenders: &[spell::Part<'_>],
) -> Result<Value, Fault> {
    let amount = |name| before.money(name).map(|amount| cents(policy, amount));
    let (tax, fee, shipping) = (amount("refund_tax"), amount("refund_fee"), amount("refund_shipping"));
    let quantity = before.count("quantity").unwrap_or(1);
    let none = Decimal::ZERO;
    let of_total = || {
        let total = amount("refund")?;
        let goods = total - tax.unwrap_or(none) + fee.unwrap_or(none) - shipping.unwrap_or(none);
        Some(goods.max(none))
    };
    // What was given is not known: what was paid for these units stands for it.
    let of_price = || {
        let paid = cells.money(Of::Sale, "paid", row).filter(|_| id == line_id(cells, row))?;
        let sold = cells.count(Of::Sale, "quantity", row).unwrap_or(1);
        Some(cents(policy, paid.checked_mul(quantity.into())?.checked_div(sold.into())?))
    };
    let mut line = Members::default();
    line.put("line", id.into());
    line.put("quantity", quantity.into());
    line.amount(policy, "goods", Some(amount("refund_goods").or_else(of_total).or_else(of_price).unwrap_or(none)));
    if let Some((fee, name)) = fee.filter(|fee| *fee > none).zip(the_fee(policy)) {
        line.put("fees", json!({ name: plain(fee) }));
    }
    let taxed = cells.money(Of::Sale, "tax", row).is_some() && id == line_id(cells, row);
    if let Some(tax) = tax.filter(|tax| taxed && *tax > none) {
        line.put("taxes", json!({ TAX: plain(tax) }));
    }
    line.texts("serials", before.text("serials"));
    let mut back = Members::default();
    back.text("at", before.text("at"));
    back.list("lines", vec![Value::Object(line.0)]);
    back.amount(policy, "shipping", shipping);
    let mut given: BTreeMap<String, Decimal> = BTreeMap::new();
    for part in parts(row, "earlier", before.text("paid_to").unwrap_or_default())? {
        let same = |tender: &spell::Part<'_>| tender.name == part.name && (part.id.is_none() || tender.id == part.id);
        if let Some(place) = tenders.iter().position(same) {
            let id = tenders.get(place).map(|tender| tender_id(place, tender)).unwrap_or_default();
            *given.entry(id).or_default() += cents(policy, part.amount);
        }
    }
    back.list("tenders", given.iter().map(|(id, amount)| json!({ "id": id, "amount": plain(*amount) })).collect());
    Ok(Value::Object(back.0))
}

/// The fee that an amount kept before was, where the policy knows only one.
fn the_fee(policy: &Policy) -> Option<&str> {
    let mut names = policy.program().versions.iter().flat_map(|version| &version.choices.fees).map(|fee| &*fee.name);
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// Earlier returns as limits count them. Where one does not tell what was given back, they are not known.
fn past(policy: &Policy, cells: &Cells<'_>, column: &'static str, row: usize) -> Option<Value> {
    let all = cells.list(Of::Return, column, row)?;
    let one = |element: &Element<'_>| {
        let refund = plain(cents(policy, element.money("refund")?));
        let items = element.count("items").unwrap_or(1);
        Some(json!({ "day": element.day("day")?.to_string(), "refund": refund, "items": items }))
    };
    let returns: Option<Vec<Value>> = all.iter().map(one).collect();
    Some(json!({ "returns": returns? }))
}

fn store(cells: &Cells<'_>, of: Of, row: usize) -> Members {
    let mut store = Members::default();
    for (name, column) in
        [("id", "store"), ("country", "store_country"), ("state", "store_state"), ("zone", "store_zone")]
    {
        store.text(name, cells.text(of, column, row));
    }
    store
}

/// The declared facts of a row that are of these scopes. Those that the policy does not know are not told.
fn facts(policy: &Policy, cells: &Cells<'_>, row: usize, scopes: &[Scope]) -> Members {
    let schema = &policy.program().schema;
    let mut out = Members::default();
    for (name, text) in cells.facts(row) {
        let Some(fact) = schema.fact_named(name).and_then(|id| schema.fact(id)) else { continue };
        if scopes.contains(&fact.scope) {
            let value = match fact.ty {
                Type::Texts => spell::texts(text).map(Value::from).collect(),
                Type::YesNo | Type::Word(_) | Type::Number | Type::WholeNumber => text.into(),
                Type::Money | Type::Date | Type::Text => text.into(),
            };
            out.put(name, value);
        }
    }
    out
}

fn sale_id(cells: &Cells<'_>, place: usize, row: usize) -> String {
    let id = cells.text(Of::Sale, "sale", row).unwrap_or("sale");
    // Two sales of one id, of different stores or days.
    if place == 0 { id.to_owned() } else { format!("{id}/{}", place + 1) }
}

fn tender_id(place: usize, part: &spell::Part<'_>) -> String {
    part.id.map_or_else(|| format!("t{}", place + 1), str::to_owned)
}

fn parts<'a>(row: usize, column: &str, text: &'a str) -> Result<Vec<spell::Part<'a>>, Fault> {
    spell::tenders(text).map_err(|reason| Fault::new(row, column, Some(text.to_owned()), reason))
}

fn plain(amount: Decimal) -> Value {
    amount.normalize().to_string().into()
}

/// Members of a JSON object; what is not known is left out.
#[derive(Debug, Clone, Default)]
struct Members(Map<String, Value>);

impl Members {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }
    fn maybe(&mut self, name: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }
    fn text(&mut self, name: &str, text: Option<&str>) {
        self.maybe(name, text.map(Value::from));
    }
    fn texts(&mut self, name: &str, text: Option<&str>) {
        self.maybe(name, text.map(|text| spell::texts(text).map(Value::from).collect()));
    }
    /// May be finer than a cent.
    fn price(&mut self, name: &str, price: Option<Decimal>) {
        self.maybe(name, price.map(plain));
    }
    fn amount(&mut self, policy: &Policy, name: &str, amount: Option<Decimal>) {
        self.maybe(name, amount.map(|amount| plain(cents(policy, amount))));
    }
    fn tax(&mut self, policy: &Policy, amount: Option<Decimal>, rate: Option<Decimal>, included: Option<bool>) {
        let mut tax = Self::default();
        tax.put("id", TAX.into());
        tax.price("rate", rate);
        tax.amount(policy, "amount", amount);
        tax.maybe("included", included.map(Value::Bool));
        if amount.is_some() {
            self.put("taxes", vec![Value::Object(tax.0)].into());
        }
    }
    fn object(&mut self, name: &str, members: Self) {
        if !members.0.is_empty() {
            self.put(name, Value::Object(members.0));
        }
    }
    fn list(&mut self, name: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.put(name, Value::Array(values));
        }
    }
}

impl Draft {
    /// Which column of which row a place of the request came from.
    fn fault(&self, lines: &[Line], path: &str, message: &str) -> Fault {
        let value = match self.json.pointer(path) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => None,
        };
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let row_of = |place: &str| place.parse::<usize>().ok().and_then(|place| lines.get(place)).map(|line| line.row);
        let first = lines.first().map_or(0, |line| line.row);
        let (row, column) = match parts.as_slice() {
            ["sales", sale, rest @ ..] => {
                let rows = sale.parse::<usize>().ok().and_then(|sale| self.sales.get(sale));
                let mut found = rows.into_iter().flatten().copied();
                match rest {
                    ["lines", line, rest @ ..] => {
                        let row = line.parse::<usize>().ok().and_then(|line| found.nth(line)).flatten();
                        (row.unwrap_or(first), row.map_or("sale.rest".to_owned(), |_| of_sale_line(rest)))
                    }
                    rest => (found.next().flatten().unwrap_or(first), of_sale(rest)),
                }
            }
            ["returns", place, rest @ ..] => (row_of(place).unwrap_or(first), of_return(rest)),
            rest => (first, of_visit(rest)),
        };
        Fault { row, column, value, reason: message.to_owned() }
    }
}

fn of_visit(path: &[&str]) -> String {
    match path {
        ["store", "id"] => "store".to_owned(),
        ["store", part, ..] => format!("store_{part}"),
        ["clerk", "role"] => "clerk_role".to_owned(),
        ["history", of, ..] => format!("history_{of}"),
        ["facts", fact, ..] => format!("facts.{fact}"),
        [name, ..] => (*name).to_owned(),
        [] => "visit".to_owned(),
    }
}

fn of_sale(path: &[&str]) -> String {
    match path {
        ["store", "id"] => "sale.store".to_owned(),
        ["store", part, ..] => format!("sale.store_{part}"),
        ["shipping", "taxes", ..] => "sale.shipping_tax".to_owned(),
        ["shipping", part, ..] => format!("sale.shipping_{part}"),
        ["earlier_returns", ..] => "earlier".to_owned(),
        ["facts", fact, ..] => format!("facts.{fact}"),
        ["id"] | [] => "sale.sale".to_owned(),
        [name, ..] => format!("sale.{name}"),
    }
}

fn of_sale_line(path: &[&str]) -> String {
    match path {
        ["taxes", _, "rate"] => "sale.tax_rate".to_owned(),
        ["taxes", ..] => "sale.tax".to_owned(),
        ["facts", fact, ..] => format!("facts.{fact}"),
        // It has neither a price nor what was paid.
        [] => "sale.paid".to_owned(),
        ["id"] => "sale.line".to_owned(),
        [name, ..] => format!("sale.{name}"),
    }
}

fn of_return(path: &[&str]) -> String {
    match path {
        ["wants"] => "remedy".to_owned(),
        ["lowest_price", ..] => "lowest_prices".to_owned(),
        ["new", part, ..] => format!("new_{part}"),
        ["facts", fact, ..] => format!("facts.{fact}"),
        ["history", ..] => "history_item".to_owned(),
        ["item", name, ..] | [name, ..] => (*name).to_owned(),
        [] => "quantity".to_owned(),
    }
}
