//! A mapping proposed from the header and the first rows of files: which column is probably which, how days and numbers are written
//! there, and, as comments, what the files do not tell. A proposal is read by a person before it is used.

mod files;
mod formats;
mod names;

use std::fmt::Write as _;

use crate::columns::{Kind, RETURN_LINE, SALE_LINE};
use crate::read::{Input, InputError, Sample};
use formats::Seen;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Sales,
    Returns,
    /// Both, told apart by the sign of this column (by place).
    Both(usize),
    /// Both, told apart by the words in this column.
    Typed(usize),
    /// Returns, each with the sale it is of.
    Joined,
}

/// A canonical column that was found in a file.
struct Found {
    target: &'static str,
    kind: Kind,
    column: usize,
    /// The time that belongs to its day, in a column of its own.
    time: Option<usize>,
}

impl Found {
    /// What it says in each row, a day with its time.
    fn values(&self, sample: &Sample) -> Vec<String> {
        let text = |row: &[Option<String>], place: usize| row.get(place).cloned().flatten();
        let value = |row: &Vec<Option<String>>| match self.time {
            None => text(row, self.column),
            Some(time) => Some(format!("{} {}", text(row, self.column)?, text(row, time)?)),
        };
        sample.rows.iter().filter_map(value).collect()
    }
}

/// Proposes a mapping for files of sales and returns.
pub fn infer(files: &[Input]) -> Result<String, InputError> {
    let samples = files.iter().map(Sample::read).collect::<Result<Vec<_>, _>>()?;
    let alone = samples.len() == 1;
    let held: Vec<(Sample, Holds)> = samples
        .into_iter()
        .map(|sample| {
            let holds = holds(&sample, alone);
            (sample, holds)
        })
        .collect();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# Proposed from the first rows of {}.",
        listed(held.iter().map(|(sample, _)| sample.name.as_str()))
    );
    out.push_str("# Names can mislead: read every line. What the files do not tell stands behind `#?`.\n");
    for (sample, holds) in &held {
        let what = match holds {
            Holds::Sales => "sales",
            Holds::Returns => "returns",
            Holds::Both(_) | Holds::Typed(_) => "sales and returns",
            Holds::Joined => "returns, each with the sale it is of",
        };
        let _ = writeln!(
            out,
            "# {} seems to hold {what}: {} columns, {} rows looked at.",
            sample.name,
            sample.columns.len(),
            sample.rows.len()
        );
    }
    let of =
        |returns: bool| held.iter().find(|(_, holds)| part(*holds, returns)).map(|(sample, holds)| (sample, *holds));
    let (sale, back) = (of(false), of(true));
    let sale_columns = sale.map(|(sample, holds)| find(sample, holds, false)).unwrap_or_default();
    let back_columns = back.map(|(sample, holds)| find(sample, holds, true)).unwrap_or_default();
    let both = [(sale, &sale_columns), (back, &back_columns)];
    let seen = Seen::of(both.into_iter().filter_map(|(side, columns)| {
        let sample = side?.0;
        Some(columns.iter().map(|found| (found.kind, found.values(sample))).collect())
    }));
    files::table(&mut out, &held, &seen);
    files::own_tables(&mut out, &held);
    let linked = link_table(&mut out, &sale_columns, &back_columns, back.map(|(_, holds)| holds));
    for (returns, found, side) in [(false, &sale_columns, sale), (true, &back_columns, back)] {
        if let Some((sample, holds)) = side {
            let mut text = String::new();
            table(&mut text, sample, holds, returns, found, &seen);
            let comment = if linked || returns { "" } else { "#? " };
            text.lines().for_each(|line| {
                let bare = line.is_empty() || line.starts_with('#');
                let _ = writeln!(out, "{}{line}", if bare { "" } else { comment });
            });
        } else if returns {
            out.push_str("\n[return]\n#? none of the files seems to hold returns\n#? at = \"…\"\n");
        }
    }
    Ok(out)
}

fn part(holds: Holds, returns: bool) -> bool {
    match holds {
        Holds::Sales => !returns,
        Holds::Returns => returns,
        Holds::Both(_) | Holds::Typed(_) | Holds::Joined => true,
    }
}

fn holds(sample: &Sample, alone: bool) -> Holds {
    let names: Vec<String> = sample.columns.iter().map(|name| names::plain(name)).collect();
    let of_returns = names.iter().filter(|name| names::of_return(name)).count();
    let file = names::plain(sample.name.rsplit('/').next().unwrap_or_default());
    let named = ["return", "refund", "credit", "retour"].iter().any(|word| file.contains(word));
    // Of an order with lines a column tells what was given back of the whole.
    if of_order(&names) && !named {
        return Holds::Sales;
    }
    let typed = |place: &usize| {
        let words = words(sample, *place);
        words.len() <= 12
            && words.iter().any(|word| names::says_return(word))
            && !words.iter().all(|word| names::says_return(word))
    };
    let types = names.iter().enumerate().filter(|(_, name)| names::of_type(name)).map(|(place, _)| place);
    if let Some(place) = types.clone().find(typed).filter(|_| alone) {
        return Holds::Typed(place);
    }
    if let Some(quantity) = names.iter().position(|name| names::of("quantity", names::without(name, false)).is_some()) {
        let negative = sample.values(quantity).iter().filter(|value| formats::is_negative(value)).count();
        if negative > 0 && alone && of_returns == 0 {
            return Holds::Both(quantity);
        }
    }
    if alone && of_returns > 0 && names.iter().any(|name| names::of_sale(name)) {
        Holds::Joined
    } else if of_returns > 0 || named {
        Holds::Returns
    } else {
        Holds::Sales
    }
}

/// The canonical columns that a file seems to have, each once: the name that says it best.
fn find(sample: &Sample, holds: Holds, returns: bool) -> Vec<Found> {
    let columns = if returns { RETURN_LINE } else { SALE_LINE };
    let mut found: Vec<Found> = Vec::new();
    // Of an order with lines, `Name` is its number, and amounts beside those of the line are of the whole order.
    let plain: Vec<String> = sample.columns.iter().map(|name| names::plain(name)).collect();
    let of_order = of_order(&plain);
    let by_line = plain.iter().any(|name| names::of_line(name));
    for column in columns {
        let rank = |name: &str| {
            let name = names::plain(name);
            if of_order {
                let line = name.starts_with("lineitem");
                match (column.name, column.kind) {
                    ("sale", _) if name == "name" => return Some((false, 0)),
                    ("seller", _) if name == "vendor" => return None,
                    ("brand", _) if name == "vendor" => return Some((false, 0)),
                    ("shipping_paid", _) => {}
                    (_, Kind::Money | Kind::Count) if !line => return None,
                    _ => {}
                }
            }
            if by_line && column.kind == Kind::Money && ["total", "subtotal"].contains(&name.as_str()) {
                return None;
            }
            // Of a row that holds both, what is said of the return is not the sale's, and the other way round.
            let other = holds == Holds::Joined && if returns { names::of_sale(&name) } else { names::of_return(&name) };
            let of_sale = returns
                && holds == Holds::Joined
                && matches!(column.name, "sale" | "line" | "sku" | "product" | "brand" | "categories");
            if other || of_sale {
                return None;
            }
            // In a file of both, the number of a cancellation is its own, not that of the sale it is of.
            if returns && matches!(holds, Holds::Both(_) | Holds::Typed(_)) {
                match column.name {
                    "sale" | "line" => return None,
                    "visit" => return Some((false, names::of("sale", &name)?)),
                    _ => {}
                }
            }
            // What names the return itself is meant before what might be the sale's.
            let apart = returns && !names::of_return(&name);
            Some((apart, names::of(column.name, names::without(&name, returns))?))
        };
        let ranked = sample.columns.iter().enumerate().filter_map(|(place, name)| Some((rank(name)?, place)));
        let free =
            |place: usize| found.iter().all(|found: &Found| found.column != place || shared(found.target, column.name));
        // What stands only beside no article is of the whole sale.
        let sku = found.iter().find(|found| found.target == "sku").map(|found| found.column);
        let of_lines = |place: usize| {
            let lines = || sample.rows.iter().filter(|row| sku.is_some_and(|sku| is_there(row, sku)));
            column.kind != Kind::Money || lines().next().is_none() || lines().any(|row| is_there(row, place))
        };
        // Goods, parcels and payments have a status, too.
        let is_done = |place: usize| {
            let is_status = plain.get(place).is_some_and(|name| name.ends_with("status"));
            column.name != "done" || !is_status || sample.values(place).iter().any(|value| names::says_done(value))
        };
        let fits = |place: usize| free(place) && of_lines(place) && is_done(place);
        if let Some((_, place)) = ranked.filter(|(_, place)| fits(*place)).min() {
            found.push(Found { target: column.name, kind: column.kind, column: place, time: None });
        }
    }
    for found in found.iter_mut().filter(|found| ["at", "sold"].contains(&found.target)) {
        let clock = |place: &usize| {
            let values = sample.values(*place);
            let clock = |value: &&str| value.contains(':') && value.len() < 12;
            !values.is_empty() && values.iter().all(clock)
        };
        let days = sample.values(found.column).iter().all(|day| !day.contains(':'));
        let times = plain.iter().enumerate().filter(|(_, name)| names::of_time(name)).map(|(place, _)| place);
        found.time = times.filter(|place| *place != found.column).find(clock).filter(|_| days);
    }
    found
}

/// Whether these columns are those of orders, with their lines.
fn of_order(names: &[String]) -> bool {
    names.iter().any(|name| ["lineitemsku", "lineitemquantity"].contains(&name.as_str()))
}

/// Columns of taxes by name, of which each line has several.
fn taxes(sample: &Sample) -> Vec<usize> {
    let named = |place: &usize| {
        let name = sample.columns.get(*place).map(|name| names::plain(name)).unwrap_or_default();
        names::of_a_tax(&name) && !sample.values(*place).is_empty()
    };
    let found: Vec<usize> = (0..sample.columns.len()).filter(named).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// The first column whose name says something.
fn place_of(sample: &Sample, says: fn(&str) -> bool) -> Option<usize> {
    sample.columns.iter().position(|name| says(&names::plain(name)))
}

/// The column that tells which card or account money went to.
fn card(sample: &Sample, holds: Holds, returns: bool) -> Option<usize> {
    let plain: Vec<String> = sample.columns.iter().map(|name| names::plain(name)).collect();
    let apart = |name: &&String| holds != Holds::Joined || names::of_return(name) == returns;
    let mine =
        |name: &String| Some(name).filter(apart).is_some_and(|name| names::of_card(names::without(name, returns)));
    plain.iter().position(mine)
}

fn is_there(row: &[Option<String>], place: usize) -> bool {
    row.get(place).is_some_and(Option::is_some)
}

/// The different words of a column.
fn words(sample: &Sample, column: usize) -> Vec<&str> {
    let mut words = sample.values(column);
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether one column of a source can be both.
fn shared(one: &str, other: &str) -> bool {
    matches!((one, other), ("line", "sku") | ("sku", "line"))
}

/// Tells whether returns are linked with sales at all.
fn link_table(out: &mut String, sale: &[Found], back: &[Found], holds: Option<Holds>) -> bool {
    let both = |target: &str| [sale, back].iter().all(|found| found.iter().any(|found| found.target == target));
    let by = if holds == Some(Holds::Joined) {
        "joined"
    } else if matches!(holds, Some(Holds::Both(_) | Holds::Typed(_))) && both("customer") && both("sku") {
        "customer and sku"
    } else if both("sale") && both("line") {
        "receipt and line"
    } else if both("sale") && both("sku") {
        "receipt and sku"
    } else if both("customer") && both("sku") {
        "customer and sku"
    } else {
        "nothing"
    };
    let _ = writeln!(out, "\n[link]\nby = {by:?}");
    match by {
        "customer and sku" | "receipt and sku" => {
            out.push_str("#? price = \"same first\"   # or \"same\", \"any\"\n#? order = \"first in first out\"   # or \"last in first out\"\n");
        }
        "nothing" => {
            out.push_str("#? sales and returns seem to have neither a receipt nor customer and article in common\n")
        }
        _ => {}
    }
    by != "nothing"
}

fn table(out: &mut String, sample: &Sample, holds: Holds, returns: bool, found: &[Found], seen: &Seen) {
    let _ = writeln!(out, "\n[{}]", if returns { "return" } else { "sale" });
    let name = |place: usize| sample.columns.get(place).map(String::as_str).unwrap_or_default();
    if let Holds::Both(quantity) = holds {
        let test = if returns { "below" } else { "above" };
        let _ = writeln!(out, "when = {{ column = {:?}, {test} = 0 }}", name(quantity));
    }
    if let Holds::Typed(place) = holds {
        let words = words(sample, place).into_iter().filter(|word| names::says_return(word) == returns);
        let words: Vec<String> = words.map(|word| format!("{word:?}")).collect();
        let _ = writeln!(out, "when = {{ column = {:?}, is = [{}] }}", name(place), words.join(", "));
        if words.len() > 1 {
            let what = if returns { "returns" } else { "sales" };
            let _ = writeln!(out, "#? leave out what are no {what} of goods");
        }
    }
    types(out, sample, holds, found);
    let sku = found.iter().find(|found| found.target == "sku").map(|found| found.column);
    let mut used = Vec::new();
    let by_name = taxes(sample);
    if !returns {
        used.extend(by_name.iter().copied());
    }
    for column in found.iter().filter(|found| returns || by_name.is_empty() || found.target != "tax") {
        used.push(column.column);
        used.extend(column.time);
        let shown = examples(formats::rows(sample, holds, returns), column.column);
        let from = format!("{:?}", name(column.column));
        if let Some(time) = column.time {
            let values = column.values(sample);
            let told = formats::dates(&values.iter().map(String::as_str).collect::<Vec<_>>()).0;
            let own = told.word().filter(|word| seen.dates.word().is_some_and(|common| common != *word));
            let own = own.map(|word| format!(", dates = {word:?}")).unwrap_or_default();
            let _ = writeln!(out, "{} = {{ columns = [{from}, {:?}]{own} }}   # {shown}", column.target, name(time));
            continue;
        }
        if column.target == "store_zone"
            && !words(sample, column.column).iter().all(|word| takeback::date::parse_zone(word).is_ok())
        {
            let _ = writeln!(
                out,
                "#? store_zone = {{ column = {from}, codes = {{ }} }}   # {shown}: which time zones are these?"
            );
            continue;
        }
        let minus = returns && column.kind != Kind::Text && formats::all_negative(sample, column.column, holds);
        let value = match column.kind {
            Kind::Tenders if column.target == "taxes" => continue,
            Kind::Tenders if column.target == "promotions" => {
                let (amount, id) = (place_of(sample, names::of_discount), place_of(sample, names::of_promotion_id));
                used.extend(amount.iter().chain(&id));
                let amount = amount.map_or("…", name);
                let id = id.map(|place| format!(", id = {:?}", name(place))).unwrap_or_default();
                let _ = writeln!(
                    out,
                    "#? promotions = {{ promotion = {from}, amount = {amount:?}{id}, codes = {{ }}, default = \"\" }}   # {shown}: what is each, such as \"3 for 2\", and what did it take off the line?"
                );
                continue;
            }
            Kind::Tenders | Kind::Roles | Kind::Forms => {
                let card = card(sample, holds, returns).filter(|_| column.kind == Kind::Tenders);
                used.extend(card);
                let card = card.map(|place| format!(", card = {:?}", name(place))).unwrap_or_default();
                let more = match column.kind {
                    Kind::Tenders => format!("{{ tender = {from}, amount = \"…\"{card} }}"),
                    Kind::Roles => format!("{{ role = {from} }}"),
                    _ => format!("{{ column = {from} }}"),
                };
                let _ = writeln!(out, "#? {} = {more}   # {shown}", column.target);
                continue;
            }
            Kind::Word => match codes(sample, column.column) {
                Some(codes) => {
                    let _ =
                        writeln!(out, "{} = {{ column = {from}, other = \"as it is\", codes = {{ }} }}", column.target);
                    let _ = writeln!(out, "#? say what these mean in the policy's words: {codes}");
                    continue;
                }
                None => from,
            },
            Kind::Moment | Kind::Day => match formats::dates(&sample.values(column.column)).0.word() {
                Some(word) if seen.dates.word().is_some_and(|common| common != word) => {
                    format!("{{ column = {from}, dates = {word:?} }}")
                }
                _ => from,
            },
            _ => {
                let numbers = matches!(column.kind, Kind::Money | Kind::Count | Kind::Percent);
                let other = numbers.then(|| seen.other_numbers(&sample.values(column.column))).flatten();
                let other = other.map(|format| format!(", numbers = {format:?}")).unwrap_or_default();
                match (minus, other.is_empty()) {
                    (false, true) => from,
                    (true, _) => format!("{{ column = {from}, sign = \"minus\"{other} }}"),
                    (false, false) => format!("{{ column = {from}{other} }}"),
                }
            }
        };
        let open =
            sku.is_some_and(|sku| sample.rows.iter().any(|row| is_there(row, sku) && !is_there(row, column.column)));
        let whole = column.target.starts_with("shipping") && open;
        let doubt = formats::doubt(sample, column.column, column.kind)
            .or(whole.then_some("is not told in every line of a sale"));
        let _ = match doubt {
            Some(doubt) => writeln!(out, "#? {} = {value}   # {doubt}: {shown}", column.target),
            None => writeln!(out, "{} = {value}   # {shown}", column.target),
        };
    }
    if let (Holds::Both(quantity), true) = (holds, returns && found.iter().all(|found| found.target != "refund")) {
        let price = sample.columns.iter().position(|column| names::of("unit_price", &names::plain(column)).is_some());
        if let Some(price) = price {
            let times = format!("{{ times = [{:?}, {:?}], sign = \"minus\", round = 2 }}", name(quantity), name(price));
            let _ = writeln!(out, "#? refund = {times}   # no column tells what was given back");
        }
    }
    let has = |target: &str| found.iter().any(|found| found.target == target);
    if !returns && has("unit_price") && !has("paid") {
        let discount = sample.columns.iter().find(|column| names::of_discount(&names::plain(column)));
        let discount =
            discount.map(|name| format!("; what is {name:?}, of the line or of one unit?")).unwrap_or_default();
        let _ = writeln!(
            out,
            "#? paid = \"…\"   # no column seems to be this: without it, what was paid is the price before discounts{discount}"
        );
        if let Some(price) = found.iter().find(|found| found.target == "unit_price") {
            let _ = writeln!(
                out,
                "#? paid = {:?}   # in place of unit_price, if it is the price of all units together",
                name(price.column)
            );
        }
    }
    let given = ["refund", "refund_goods"];
    if returns && !given.iter().any(|target| has(target)) && !matches!(holds, Holds::Both(_)) {
        out.push_str("#? refund = \"…\"   # no column tells what was given back\n");
    }
    let required: &[&str] = match (returns, holds) {
        (true, _) => &["at"],
        (false, Holds::Joined) => &["sale", "line", "sold"],
        (false, _) => &["sold"],
    };
    if !returns && by_name.is_empty() && !has("tax") {
        out.push_str("#? tax = \"…\"   # no column of the line seems to be this: without it, no tax was paid\n");
    }
    if !returns && !by_name.is_empty() {
        let taxes: Vec<String> = by_name.iter().map(|place| format!("{0:?} = {0:?}", name(*place))).collect();
        let _ = writeln!(out, "taxes = {{ amounts = {{ {} }} }}", taxes.join(", "));
        if sample.rows.iter().any(|row| by_name.iter().any(|place| !is_there(row, *place))) {
            let amounts = taxes.join(", ");
            let _ = writeln!(
                out,
                "#? taxes = {{ amounts = {{ {amounts} }}, default = \"\" }}   # if an empty cell is no tax"
            );
        }
    }
    if !returns && (has("tax") || !by_name.is_empty()) && !has("tax_included") {
        out.push_str("#? tax_included = { constant = true }   # if the tax is in the prices\n");
    }
    for target in required.iter().filter(|target| found.iter().all(|found| found.target != **target)) {
        let _ = writeln!(out, "#? {target} = \"…\"   # no column seems to be this");
    }
    let spare: Vec<&str> = (0..sample.columns.len()).filter(|place| !used.contains(place)).map(name).collect();
    if sample.layout.as_ref().is_some_and(|layout| !layout.header) {
        for place in 0..sample.columns.len() {
            let _ = writeln!(out, "#? … = {:?}   # {}", name(place), examples(sample.rows.iter(), place));
        }
    } else if !spare.is_empty() {
        let _ = writeln!(out, "# not used: {}", spare.join(", "));
    }
}

/// Columns of types of rows that nobody looks at: they may say that a row is a sum, or a payment.
fn types(out: &mut String, sample: &Sample, holds: Holds, found: &[Found]) {
    let sku = found.iter().find(|found| found.target == "sku").map(|found| found.column);
    for (place, name) in sample.columns.iter().enumerate() {
        let words = words(sample, place);
        if names::of_type(&names::plain(name)) && holds != Holds::Typed(place) && (2..=12).contains(&words.len()) {
            let goods = |word: &&str| {
                let mut rows =
                    sample.rows.iter().filter(|row| row.get(place).and_then(Option::as_deref) == Some(*word));
                sku.is_some_and(|sku| rows.any(|row| is_there(row, sku)))
            };
            let (goods, others): (Vec<&str>, Vec<&str>) = words.iter().copied().partition(goods);
            let quoted = |words: &[&str]| words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ");
            let _ = match (goods.as_slice(), others.as_slice()) {
                ([_], [_, ..]) => writeln!(
                    out,
                    "skip = {{ column = {name:?}, is = [{}], because = \"no article\" }}   # left: {}",
                    quoted(&others),
                    quoted(&goods)
                ),
                _ => writeln!(
                    out,
                    "#? skip = {{ column = {name:?}, is = [{}], because = \"no line of goods\" }}   # keep those that are",
                    quoted(&words)
                ),
            };
        }
    }
}

/// What a column holds, for whoever reads the proposal.
fn examples<'r>(rows: impl Iterator<Item = &'r Vec<Option<String>>>, column: usize) -> String {
    let mut shown: Vec<String> = Vec::new();
    for value in rows.filter_map(|row| row.get(column)?.as_deref()) {
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(24).collect();
        if !shown.contains(&value) {
            shown.push(value);
        }
        if shown.len() == 3 {
            break;
        }
    }
    shown.join(", ")
}

/// The few values of a column of words, if they are few.
fn codes(sample: &Sample, column: usize) -> Option<String> {
    let mut values: Vec<&str> = sample.values(column);
    values.sort_unstable();
    values.dedup();
    let shown: Vec<String> = values.iter().take(12).map(|value| format!("{value:?}")).collect();
    (!shown.is_empty()).then(|| shown.join(", ") + if values.len() > 12 { ", …" } else { "" })
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(" and ")
}
