//! A mapping proposed from the header and the first rows of files: which column is probably which, how days and numbers are written
//! there, and, as comments, what the files do not tell. A proposal is read by a person before it is used.

mod formats;
mod names;

use std::fmt::Write as _;

use crate::columns::{Kind, RETURN_LINE, SALE_LINE};
use crate::read::{Input, InputError, Sample};
use formats::{Dates, Numbers, Seen};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Sales,
    Returns,
    /// Both, told apart by the sign of this column (by place).
    Both(usize),
    /// Returns, each with the sale it is of.
    Joined,
}

/// A canonical column that was found in a file.
struct Found {
    target: &'static str,
    kind: Kind,
    column: usize,
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
            Holds::Both(_) => "sales and returns",
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
        let kinds = columns.iter().map(|found| (found.kind, found.column)).collect();
        Some((side?.0, kinds))
    }));
    files_table(&mut out, &held, &seen);
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
        Holds::Both(_) | Holds::Joined => true,
    }
}

fn holds(sample: &Sample, alone: bool) -> Holds {
    let names: Vec<String> = sample.columns.iter().map(|name| names::plain(name)).collect();
    let of_returns = names.iter().filter(|name| names::of_return(name)).count();
    let file = names::plain(sample.name.rsplit('/').next().unwrap_or_default());
    let named = ["return", "refund", "credit", "retour"].iter().any(|word| file.contains(word));
    if let Some(quantity) = names.iter().position(|name| names::of("quantity", name).is_some()) {
        let negative = sample.values(quantity).iter().filter(|value| value.trim_start().starts_with('-')).count();
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
    let mut found = Vec::new();
    for column in columns {
        let rank = |name: &str| {
            let name = names::plain(name);
            // Of a row that holds both, what is said of the return is not the sale's, and the other way round.
            let other = holds == Holds::Joined && if returns { names::of_sale(&name) } else { names::of_return(&name) };
            let of_sale = returns
                && holds == Holds::Joined
                && matches!(column.name, "sale" | "line" | "sku" | "product" | "brand" | "categories");
            if other || of_sale {
                return None;
            }
            // In a file of both, the number of a cancellation is its own, not that of the sale it is of.
            if returns && matches!(holds, Holds::Both(_)) {
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
        if let Some((_, place)) = ranked.filter(|(_, place)| free(*place)).min() {
            found.push(Found { target: column.name, kind: column.kind, column: place });
        }
    }
    found
}

/// Whether one column of a source can be both.
fn shared(one: &str, other: &str) -> bool {
    matches!((one, other), ("line", "sku") | ("sku", "line"))
}

fn files_table(out: &mut String, held: &[(Sample, Holds)], seen: &Seen) {
    out.push_str("\n[files]\n");
    let layouts: Vec<_> = held.iter().filter_map(|(sample, _)| sample.layout.as_ref()).collect();
    if let Some(layout) = layouts.first() {
        if layout.delimiter != b',' {
            let _ = writeln!(out, "delimiter = {:?}", char::from(layout.delimiter).to_string());
        }
        if layouts.iter().any(|layout| layout.encoding == crate::mapping::Encoding::Windows1252) {
            out.push_str("encoding = \"windows-1252\"   # the bytes are not UTF-8\n");
        }
    }
    match &seen.dates {
        Dates::Iso | Dates::None => {}
        Dates::One(format) => {
            let _ = writeln!(out, "dates = {format:?}");
        }
        Dates::Several(formats) => {
            let _ = writeln!(out, "#? all days looked at can be read in {} ways; choose one", formats.len());
            formats.iter().for_each(|format| {
                let _ = writeln!(out, "#? dates = {format:?}");
            });
        }
        Dates::Unknown(example) => {
            let _ = writeln!(out, "#? dates = \"…\"   # how is {example:?} written? yyyy MM dd HH mm ss");
        }
    }
    if seen.local_times {
        out.push_str("#? zone = \"Europe/London\"   # times have no offset: on which clocks?\n");
    }
    match seen.numbers {
        Numbers::Plain => {}
        Numbers::Like(format) => {
            let _ = writeln!(out, "numbers = {format:?}");
        }
        Numbers::Doubtful(one, other) => {
            let _ = writeln!(out, "#? numbers = {one:?}   # or {other:?}: the rows looked at do not tell");
        }
    }
    if let Some(symbol) = &seen.symbol {
        let _ = writeln!(out, "symbol = {symbol:?}");
    }
    if !seen.null.is_empty() {
        let null: Vec<String> =
            std::iter::once(String::new()).chain(seen.null.iter().cloned()).map(|text| format!("{text:?}")).collect();
        let _ = writeln!(out, "null = [{}]   # seem to stand for nothing", null.join(", "));
    }
    if seen.whole_amounts {
        out.push_str("#? minor = 2   # all amounts are whole numbers: are they cents?\n");
    }
}

/// Tells whether returns are linked with sales at all.
fn link_table(out: &mut String, sale: &[Found], back: &[Found], holds: Option<Holds>) -> bool {
    let both = |target: &str| [sale, back].iter().all(|found| found.iter().any(|found| found.target == target));
    let by = if holds == Some(Holds::Joined) {
        "joined"
    } else if matches!(holds, Some(Holds::Both(_))) && both("customer") && both("sku") {
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
    let mut used = Vec::new();
    for column in found {
        used.push(column.column);
        let shown = examples(formats::rows(sample, holds, returns), column.column);
        let from = format!("{:?}", name(column.column));
        let minus = returns && column.kind != Kind::Text && formats::all_negative(sample, column.column, holds);
        let value = match column.kind {
            Kind::Tenders | Kind::Roles | Kind::Forms => {
                let more = match column.kind {
                    Kind::Tenders => format!("{{ tender = {from}, amount = \"…\" }}"),
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
            _ if minus => format!("{{ column = {from}, sign = \"minus\" }}"),
            _ => from,
        };
        let doubt = formats::doubt(sample, column.column, column.kind);
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
    let required: &[&str] = if returns { &["at"] } else { &["sold"] };
    for target in required.iter().filter(|target| found.iter().all(|found| found.target != **target)) {
        let _ = writeln!(out, "#? {target} = \"…\"   # no column seems to be this");
    }
    let spare: Vec<&str> = (0..sample.columns.len()).filter(|place| !used.contains(place)).map(name).collect();
    if !spare.is_empty() {
        let _ = writeln!(out, "# not used: {}", spare.join(", "));
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
