//! `[files]` of a proposal: how texts are laid out, and how days and numbers are written in them.

use std::fmt::Write as _;

use super::formats::{Dates, Numbers, Seen};
use super::{Holds, names, part, words};
use crate::mapping::{Encoding, Layout};
use crate::read::Sample;

/// How each file is laid out, as a mapping says it.
fn layouts(held: &[(Sample, Holds)]) -> Vec<String> {
    let windows = |layout: &Layout| layout.encoding == Encoding::Windows1252;
    let any = held.iter().any(|(sample, _)| sample.layout.as_ref().is_some_and(windows));
    let laid_out = |(sample, _): &(Sample, Holds)| {
        let layout = sample.layout.as_ref()?;
        let mut out = String::new();
        if layout.delimiter != b',' {
            let _ = writeln!(out, "delimiter = {:?}", char::from(layout.delimiter).to_string());
        }
        if layout.title_lines > 0 {
            let _ = writeln!(out, "title_lines = {}   # lines above the rows", layout.title_lines);
        }
        if !layout.header {
            out.push_str("header = false   # no row names the columns: they are \"1\", \"2\" and so on\n");
        }
        // A file of which only ASCII was seen is taken to be as the others.
        let ascii = sample.columns.iter().chain(sample.rows.iter().flatten().flatten()).all(|text| text.is_ascii());
        if windows(layout) || any && ascii {
            out.push_str("encoding = \"windows-1252\"   # the bytes are not UTF-8\n");
        }
        Some(out)
    };
    held.iter().filter_map(laid_out).collect()
}

/// Files that are laid out otherwise than others say so for themselves.
pub(super) fn own_tables(out: &mut String, held: &[(Sample, Holds)]) {
    let all = layouts(held);
    if all.iter().all(|layout| Some(layout) == all.first()) {
        return;
    }
    for (table, returns) in [("sale", false), ("return", true)] {
        let mine: Vec<String> =
            held.iter().filter(|(_, holds)| part(*holds, returns)).cloned().flat_map(|one| layouts(&[one])).collect();
        let Some(first) = mine.first().filter(|first| !first.is_empty()) else { continue };
        let _ = write!(out, "\n[{table}.files]\n{first}");
        if mine.iter().any(|other| other != first) {
            out.push_str("#? other files of this table are laid out in another way: bring them into one form\n");
        }
    }
}

pub(super) fn table(out: &mut String, held: &[(Sample, Holds)], seen: &Seen) {
    out.push_str("\n[files]\n");
    let layouts = layouts(held);
    if layouts.iter().all(|layout| Some(layout) == layouts.first()) {
        out.push_str(layouts.first().map_or("", String::as_str));
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
        zone(out, held);
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

/// On which clocks local times were told: a column may say it.
fn zone(out: &mut String, held: &[(Sample, Holds)]) {
    let columns = held.iter().flat_map(|(sample, _)| {
        let zones = sample
            .columns
            .iter()
            .enumerate()
            .filter(|(_, name)| names::of("store_zone", &names::plain(name)).is_some());
        zones.map(move |(place, name)| (sample, place, name)).collect::<Vec<_>>()
    });
    for (sample, place, name) in columns {
        let words = words(sample, place);
        if words.is_empty() {
            continue;
        }
        if words.iter().all(|word| takeback::date::parse_zone(word).is_ok()) && held.len() == 1 {
            let _ = writeln!(out, "zone = {{ column = {name:?} }}");
        } else {
            let codes: Vec<String> = words.iter().take(12).map(|word| format!("{word:?} = \"…\"")).collect();
            let _ = writeln!(
                out,
                "#? zone = {{ column = {name:?}, codes = {{ {} }} }}   # which time zones are these?",
                codes.join(", ")
            );
        }
        return;
    }
    out.push_str("#? zone = \"Europe/London\"   # times have no offset: on which clocks?\n");
}
