//! From the text of a mapping to [`Mapping`]. All that is wrong is found in one go.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::column::{read_rules, read_spec};
use super::tree::{Tree, Value};
use super::{
    Code, Condition, Encoding, Layout, LinkBy, Linking, Mapping, Missing, Order, Price, Problem, Problems, Rules, Skip,
    Slot, Spec, Table, Test,
};
use crate::columns::{Column, FACTS, Kind, RETURN_LINE, SALE, SALE_LINE};

pub(super) fn read(name: &str, text: &str) -> Result<Mapping, Problems> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problem = |error: toml::de::Error| {
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            Problem::new(Code::NotToml, error.span().unwrap_or(0..0), message)
                .help("a mapping is written in TOML: https://toml.io")
        };
        return Err(Problems::new(name, text, errors.into_iter().map(problem).collect()));
    }
    let mut cx = Cx { problems: Vec::new(), codes: BTreeMap::new() };
    match (mapping(&mut cx, name, text, &Tree::new(root.get_ref(), 0..0)), cx.problems.is_empty()) {
        (Some(mapping), true) => Ok(mapping),
        _ => Err(Problems::new(name, text, cx.problems)),
    }
}

pub(super) struct Cx {
    pub(super) problems: Vec<Problem>,
    /// Translations that columns name.
    pub(super) codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// A table while it is read.
#[derive(Default)]
pub(super) struct Open {
    pub(super) layout: Layout,
    pub(super) rules: Rules,
    pub(super) slots: Vec<Slot>,
    pub(super) specs: Vec<(Spec, Range<usize>)>,
    pub(super) when: Vec<Condition>,
    pub(super) skip: Vec<Skip>,
    /// What is put before the names of its columns.
    pub(super) before: &'static str,
}

fn mapping(cx: &mut Cx, name: &str, text: &str, root: &Tree<'_>) -> Option<Mapping> {
    if let Some(codes) = root.get("codes").and_then(|value| value.table(&mut cx.problems)) {
        for value in codes.all() {
            let words = translations(cx, &value);
            cx.codes.insert(value.key.clone(), words);
        }
    }
    let files = root.get("files").and_then(|value| value.table(&mut cx.problems));
    let mut common = Open::default();
    if let Some(files) = &files {
        read_files(cx, files, &mut common);
    }
    let link = root.get("link");
    let (link, link_span) = match &link {
        Some(value) => (value.table(&mut cx.problems).and_then(|tree| linking(cx, &tree)), value.key_span.clone()),
        None => {
            let problem = Problem::new(Code::LinkNotSaid, 0..0, "it is not said how a return finds its sale");
            let help = "write a table `[link]` with `by = \"receipt and line\"`, \"receipt and sku\", \"customer and sku\", \"joined\" or \"nothing\"";
            cx.problems.push(problem.help(help));
            (None, 0..0)
        }
    };
    let start = |before| Open { layout: common.layout.clone(), rules: common.rules.clone(), before, ..Open::default() };
    let joined = link.as_ref().is_some_and(|(link, _)| link.by == LinkBy::Joined);
    let mut returns = start("");
    match root.get("return").and_then(|value| value.table(&mut cx.problems)) {
        Some(tree) => read_table(cx, &tree, RETURN_LINE, &mut returns),
        None => cx.problems.push(
            Problem::new(Code::NoReturns, 0..0, "there is no table `[return]`")
                .help("it names the columns of returns; `at` is required"),
        ),
    }
    let mut sale = None;
    if let Some(tree) = root.get("sale").and_then(|value| value.table(&mut cx.problems)) {
        if joined {
            let (when, skip) = (std::mem::take(&mut returns.when), std::mem::take(&mut returns.skip));
            returns.before = SALE;
            let rules = std::mem::replace(&mut returns.rules, common.rules.clone());
            read_table(cx, &tree, SALE_LINE, &mut returns);
            if !returns.when.is_empty() || !returns.skip.is_empty() {
                let problem = Problem::new(
                    Code::RowsOfReturns,
                    tree.span.clone(),
                    "`when` and `skip` of a sale that stands in the row of its return",
                );
                cx.problems.push(problem.help("put them under `[return]`: they are about rows"));
            }
            (returns.when, returns.skip, returns.rules) = (when, skip, rules);
        } else {
            let mut open = start("");
            read_table(cx, &tree, SALE_LINE, &mut open);
            sale = Some((open, tree.span.clone()));
        }
    }
    root.unknown("table of a mapping", &mut cx.problems);
    if let (false, Some(value)) = (returns.has("at"), root.get("return")) {
        cx.problems.push(
            Problem::new(Code::DayNotSaid, value.key_span, "`[return]` does not say which column is `at`")
                .help("no return can be decided without the day it was brought back"),
        );
    }
    if let Some((link, by_span)) = &link {
        check_link(cx, *link, by_span, &link_span, &returns, &mut sale);
    }
    Some(Mapping {
        name: name.to_owned(),
        text: text.to_owned(),
        sale: sale.map(|(open, _)| open.close()),
        returns: returns.close(),
        link: link?.0,
    })
}

impl Open {
    fn close(self) -> Table {
        let specs = self.specs.into_iter().map(|(spec, _)| spec).collect();
        Table { layout: self.layout, when: self.when, skip: self.skip, specs, slots: self.slots }
    }

    fn has(&self, target: &str) -> bool {
        self.specs.iter().any(|(spec, _)| spec.target == target)
    }

    /// The place of a column of the source.
    pub(super) fn slot(&mut self, name: &str, span: Range<usize>) -> usize {
        match self.slots.iter().position(|slot| slot.name == name) {
            Some(place) => place,
            None => {
                self.slots.push(Slot { name: name.to_owned(), span });
                self.slots.len() - 1
            }
        }
    }
}

fn linking(cx: &mut Cx, tree: &Tree<'_>) -> Option<(Linking, Range<usize>)> {
    let by = match tree.get("by") {
        Some(value) => value
            .one_of(
                &[
                    ("receipt and line", LinkBy::ReceiptAndLine),
                    ("receipt and sku", LinkBy::ReceiptAndSku),
                    ("customer and sku", LinkBy::CustomerAndSku),
                    ("joined", LinkBy::Joined),
                    ("nothing", LinkBy::Nothing),
                ],
                &mut cx.problems,
            )
            .map(|by| (by, value.span)),
        None => {
            cx.problems.push(Problem::new(
                Code::LinkNotSaid,
                tree.span.clone(),
                "`[link]` does not say `by` what a return finds its sale",
            ));
            None
        }
    };
    let price = tree.get("price").and_then(|value| {
        let words = [("any", Price::Any), ("same", Price::Same), ("same first", Price::SameFirst)];
        value.one_of(&words, &mut cx.problems)
    });
    let order = tree.get("order").and_then(|value| {
        let words = [("first in first out", Order::FirstOut), ("last in first out", Order::LastOut)];
        value.one_of(&words, &mut cx.problems)
    });
    let words = [("unlinked", Missing::Unlinked), ("without sale", Missing::WithoutSale)];
    let missing = tree.get("missing").and_then(|value| Some((value.one_of(&words, &mut cx.problems)?, value.key_span)));
    tree.unknown("word of `[link]`", &mut cx.problems);
    let (by, span) = by?;
    if let Some((Missing::WithoutSale, missing)) = &missing
        && matches!(by, LinkBy::Joined | LinkBy::Nothing)
    {
        let problem =
            Problem::new(Code::NoneMissing, missing.clone(), "returns look for no sale, so that none can be missing");
        cx.problems.push(problem.label(span.clone(), "returns find their sales by this"));
    }
    let (price, order) = (price.unwrap_or(Price::Any), order.unwrap_or(Order::FirstOut));
    let missing = missing.map_or(Missing::Unlinked, |(missing, _)| missing);
    Some((Linking { by, price, order, missing }, span))
}

/// A link needs columns on both sides.
fn check_link(
    cx: &mut Cx,
    link: Linking,
    by: &Range<usize>,
    link_span: &Range<usize>,
    returns: &Open,
    sale: &mut Option<(Open, Range<usize>)>,
) {
    let (of_sale, of_return): (&[&str], &[&str]) = match link.by {
        LinkBy::ReceiptAndLine => (&["sale", "line"], &["sale", "line"]),
        LinkBy::ReceiptAndSku => (&["sale", "sku"], &["sale", "sku"]),
        LinkBy::CustomerAndSku => (&["customer", "sku", "sold"], &["customer", "sku"]),
        LinkBy::Joined => (&[], &["sale.sale", "sale.line"]),
        LinkBy::Nothing => (&[], &[]),
    };
    let why = |problem: Problem| problem.label(by.clone(), "returns find their sales by this");
    for target in of_return.iter().filter(|target| !returns.has(target)) {
        let message = match target.strip_prefix(SALE) {
            Some(target) => format!("`[sale]` does not say which column is `{target}`"),
            None => format!("`[return]` does not say which column is `{target}`"),
        };
        cx.problems.push(why(Problem::new(Code::LinkColumn, link_span.clone(), message)));
    }
    if let Some((_, span)) = sale.as_ref().filter(|_| of_sale.is_empty()) {
        let message = "there is a table `[sale]`, and returns are not linked to sales";
        cx.problems.push(why(Problem::new(Code::SalesNotLinked, span.clone(), message)));
    }
    match sale {
        None if !of_sale.is_empty() => {
            cx.problems.push(why(Problem::new(
                Code::NoSales,
                link_span.clone(),
                "there is no table `[sale]` to find the sales in",
            )));
        }
        None => {}
        Some((sale, span)) => {
            for target in of_sale.iter().filter(|target| !sale.has(target)) {
                let message = format!("`[sale]` does not say which column is `{target}`");
                cx.problems.push(why(Problem::new(Code::LinkColumn, span.clone(), message)));
            }
            if link.by == LinkBy::CustomerAndSku {
                sale.specs
                    .iter_mut()
                    .filter(|(spec, _)| spec.target == "sold")
                    .for_each(|(spec, _)| spec.required = true);
            }
            if link.price != Price::Any && !(sale.has("unit_price") || sale.has("paid")) {
                let message =
                    "returns are linked at the same price, and `[sale]` tells neither `unit_price` nor `paid`";
                cx.problems.push(why(Problem::new(Code::PriceNotSaid, span.clone(), message)));
            }
            if link.price != Price::Any && !["refund_goods", "refund"].iter().any(|target| returns.has(target)) {
                let message =
                    "returns are linked at the same price, and `[return]` tells neither `refund_goods` nor `refund`";
                cx.problems.push(why(Problem::new(Code::PriceNotSaid, link_span.clone(), message)));
            }
        }
    }
}

/// `[files]`, and the same under `[sale.files]` and `[return.files]`.
fn read_files(cx: &mut Cx, tree: &Tree<'_>, open: &mut Open) {
    let layout = &mut open.layout;
    let problems = &mut cx.problems;
    if let Some(value) = tree.get("delimiter")
        && let Some(byte) = one_byte(&value, problems)
    {
        layout.delimiter = byte;
    }
    if let Some(value) = tree.get("quote")
        && let Some(text) = value.text(problems)
    {
        layout.quote = if text.is_empty() { None } else { one_byte(&value, problems) };
    }
    if let Some(lines) = tree.get("title_lines").and_then(|value| value.count(problems)) {
        layout.title_lines = lines;
    }
    if let Some(header) = tree.get("header").and_then(|value| value.yes(problems)) {
        layout.header = header;
    }
    let encodings = [("utf-8", Encoding::Utf8), ("windows-1252", Encoding::Windows1252)];
    if let Some(encoding) = tree.get("encoding").and_then(|value| value.one_of(&encodings, problems)) {
        layout.encoding = encoding;
    }
    read_rules(cx, tree, &mut open.rules);
    tree.unknown("word of `[files]`", &mut cx.problems);
}

fn one_byte(value: &Value<'_>, problems: &mut Vec<Problem>) -> Option<u8> {
    match value.text(problems)?.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => Some(*byte),
        _ => {
            problems.push(Problem::new(
                Code::NotOneCharacter,
                value.span.clone(),
                format!("`{}` is one character of ASCII", value.key),
            ));
            None
        }
    }
}

/// `[sale]` or `[return]`.
fn read_table(cx: &mut Cx, tree: &Tree<'_>, columns: &[Column], open: &mut Open) {
    if let Some(files) = tree.get("files").and_then(|value| value.table(&mut cx.problems)) {
        if open.before == SALE {
            cx.problems.push(
                Problem::new(
                    Code::RowsOfReturns,
                    files.span.clone(),
                    "the sales stand in the rows of the returns and have no files of their own",
                )
                .help("say it under `[files]`"),
            );
        }
        read_files(cx, &files, open);
    }
    for (value, column) in columns.iter().filter_map(|column| Some((tree.get(column.name)?, column))) {
        if matches!(column.name, "source" | "row") {
            cx.problems.push(Problem::new(
                Code::KnownAnyway,
                value.key_span,
                format!("`{}` is where a row was read, and is known", column.name),
            ));
            continue;
        }
        let target = format!("{}{}", open.before, column.name);
        read_spec(cx, &value, (target, column.kind, false), open);
    }
    if let (Some(value), Some(all)) = (
        tree.get("tax").or_else(|| tree.get("tax_rate")),
        tree.get("taxes").filter(|_| columns.len() == SALE_LINE.len()),
    ) {
        let message = format!("`{}` is of lines with one tax, and these have `taxes`", value.key);
        let problem =
            Problem::new(Code::TaxTwice, value.key_span, message).label(all.key_span, "here they are by name");
        cx.problems.push(problem.help("name each tax under `taxes`, or their sum as `tax`"));
    }
    if let Some(facts) = tree.get("facts").and_then(|value| value.table(&mut cx.problems)) {
        for value in facts.all() {
            let target = format!("{}{FACTS}{}", open.before, value.key);
            read_spec(cx, &value, (target, Kind::Text, true), open);
        }
    }
    if let Some(tables) = tree.get("when").and_then(|value| value.tables(&mut cx.problems)) {
        for table in tables {
            let condition = read_condition(cx, &table, open);
            open.when.extend(condition);
            table.unknown("word of a condition", &mut cx.problems);
        }
    }
    if let Some(tables) = tree.get("skip").and_then(|value| value.tables(&mut cx.problems)) {
        for table in tables {
            let because = table.get("because").and_then(|value| value.text(&mut cx.problems));
            if because.is_none() {
                let problem =
                    Problem::new(Code::NoReason, table.span.clone(), "it is not said why these rows are left out");
                cx.problems.push(problem.help("add `because = \"…\"`: rows are counted by it"));
            }
            let all: Vec<Condition> = read_condition(cx, &table, open).into_iter().collect();
            table.unknown("word of a condition", &mut cx.problems);
            open.skip.push(Skip { all, because: because.unwrap_or_default().to_owned() });
        }
    }
    tree.unknown(
        if columns.len() == SALE_LINE.len() { "column of a sale" } else { "column of a return" },
        &mut cx.problems,
    );
}

fn read_condition(cx: &mut Cx, tree: &Tree<'_>, open: &mut Open) -> Option<Condition> {
    let column = tree.get("column").and_then(|value| Some((value.text(&mut cx.problems)?, value.span)));
    let mut tests = Vec::new();
    for key in ["is", "begins"] {
        if let Some(value) = tree.get(key)
            && let Some(texts) = value.texts(&mut cx.problems)
        {
            let texts = texts.iter().filter_map(|value| value.text(&mut Vec::new()).map(str::to_owned)).collect();
            tests.push((if key == "is" { Test::Among(texts) } else { Test::Begins(texts) }, value.key_span));
        }
    }
    for key in ["below", "above"] {
        if let Some(value) = tree.get(key)
            && let Some(text) = value.number(&mut cx.problems)
        {
            match Rules::default().number.told(&text) {
                Ok(number) => {
                    tests.push((if key == "below" { Test::Below(number) } else { Test::Above(number) }, value.key_span))
                }
                Err(_) => {
                    cx.problems.push(Problem::new(Code::NotCanonical, value.span, format!("`{text}` is no number")))
                }
            }
        }
    }
    let mut not = tree.get("not").and_then(|value| value.yes(&mut cx.problems)).unwrap_or(false);
    if let Some(value) = tree.get("empty")
        && let Some(empty) = value.yes(&mut cx.problems)
    {
        tests.push((Test::Empty, value.key_span));
        not ^= !empty;
    }
    let Some((name, span)) = column else {
        cx.problems.push(Problem::new(Code::NoColumn, tree.span.clone(), "a condition names a `column`"));
        return None;
    };
    let mut tests = tests.into_iter();
    let Some((test, first)) = tests.next() else {
        let problem = Problem::new(Code::NoTest, tree.span.clone(), "a condition says what the column must be");
        cx.problems.push(problem.help("one of `is`, `begins`, `below`, `above`, `empty`"));
        return None;
    };
    if let Some((_, second)) = tests.next() {
        let problem = Problem::new(Code::TwoTests, second, "a condition says one thing").label(first, "this is one");
        cx.problems.push(problem.help("write two conditions: `when = [{ … }, { … }]`; both must hold"));
    }
    let slot = open.slot(name, span);
    Some(Condition { slot, test, not, rules: Arc::new(open.rules.clone()) })
}

/// Words by code.
pub(super) fn translations(cx: &mut Cx, value: &Value<'_>) -> BTreeMap<String, String> {
    let all = value.table(&mut cx.problems).map(|table| table.all()).unwrap_or_default();
    all.into_iter().filter_map(|value| Some((value.key.clone(), value.text(&mut cx.problems)?.to_owned()))).collect()
}
