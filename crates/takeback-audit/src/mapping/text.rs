//! From the text of a mapping to [`Mapping`]. All that is wrong is found in one go.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use takeback::date::{parse_zone, zone_names};
use toml::de::DeTable;

use super::format::WhenFormat;
use super::tree::{Tree, Value, near};
use super::{
    Codes, Condition, Encoding, From, Layout, LinkBy, Linking, Mapping, Order, Other, Price, Problem, Problems, Rules,
    Sign, Skip, Slot, Spec, Table, Test,
};
use crate::columns::{Column, FACTS, Kind, RETURN_LINE, SALE, SALE_LINE};
use crate::map::is_canonical;

pub(super) fn read(name: &str, text: &str) -> Result<Mapping, Problems> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problem = |error: toml::de::Error| {
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            Problem::new(error.span().unwrap_or(0..0), message).help("a mapping is written in TOML: https://toml.io")
        };
        return Err(Problems::new(name, text, errors.into_iter().map(problem).collect()));
    }
    let mut cx = Cx { problems: Vec::new(), codes: BTreeMap::new() };
    match (mapping(&mut cx, name, text, &Tree::new(root.get_ref(), 0..0)), cx.problems.is_empty()) {
        (Some(mapping), true) => Ok(mapping),
        _ => Err(Problems::new(name, text, cx.problems)),
    }
}

struct Cx {
    problems: Vec<Problem>,
    /// Translations that columns name.
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// A table while it is read.
#[derive(Default)]
struct Open {
    layout: Layout,
    rules: Rules,
    slots: Vec<Slot>,
    specs: Vec<(Spec, Range<usize>)>,
    when: Vec<Condition>,
    skip: Vec<Skip>,
    /// What is put before the names of its columns.
    before: &'static str,
}

fn mapping(cx: &mut Cx, name: &str, text: &str, root: &Tree<'_>) -> Option<Mapping> {
    let files = root.get("files").and_then(|value| value.table(&mut cx.problems));
    let mut common = Open::default();
    if let Some(files) = &files {
        read_files(cx, files, &mut common);
    }
    if let Some(codes) = root.get("codes").and_then(|value| value.table(&mut cx.problems)) {
        for value in codes.all() {
            let words = translations(cx, &value);
            cx.codes.insert(value.key.clone(), words);
        }
    }
    let link = root.get("link");
    let (link, link_span) = match &link {
        Some(value) => (value.table(&mut cx.problems).and_then(|tree| linking(cx, &tree)), value.key_span.clone()),
        None => {
            let problem = Problem::new(0..0, "it is not said how a return finds its sale");
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
            Problem::new(0..0, "there is no table `[return]`")
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
                let problem =
                    Problem::new(tree.span.clone(), "`when` and `skip` of a sale that stands in the row of its return");
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
    let at = returns.specs.iter_mut().find(|(spec, _)| spec.target == "at");
    match (at, root.get("return")) {
        (Some((spec, _)), _) => spec.required = true,
        (None, Some(value)) => cx.problems.push(
            Problem::new(value.key_span, "`[return]` does not say which column is `at`")
                .help("no return can be decided without the day it was brought back"),
        ),
        (None, None) => {}
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
    fn slot(&mut self, name: &str, span: Range<usize>) -> usize {
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
            cx.problems
                .push(Problem::new(tree.span.clone(), "`[link]` does not say `by` what a return finds its sale"));
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
    tree.unknown("word of `[link]`", &mut cx.problems);
    let (by, span) = by?;
    Some((Linking { by, price: price.unwrap_or(Price::Any), order: order.unwrap_or(Order::FirstOut) }, span))
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
        cx.problems.push(why(Problem::new(link_span.clone(), message)));
    }
    if let Some((_, span)) = sale.as_ref().filter(|_| of_sale.is_empty()) {
        let message = "there is a table `[sale]`, and returns are not linked to sales";
        cx.problems.push(why(Problem::new(span.clone(), message)));
    }
    match sale {
        None if !of_sale.is_empty() => {
            cx.problems.push(why(Problem::new(link_span.clone(), "there is no table `[sale]` to find the sales in")));
        }
        None => {}
        Some((sale, span)) => {
            for target in of_sale.iter().filter(|target| !sale.has(target)) {
                let message = format!("`[sale]` does not say which column is `{target}`");
                cx.problems.push(why(Problem::new(span.clone(), message)));
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
                cx.problems.push(why(Problem::new(span.clone(), message)));
            }
            if link.price != Price::Any && !["refund_goods", "refund"].iter().any(|target| returns.has(target)) {
                let message =
                    "returns are linked at the same price, and `[return]` tells neither `refund_goods` nor `refund`";
                cx.problems.push(why(Problem::new(link_span.clone(), message)));
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
            problems.push(Problem::new(value.span.clone(), format!("`{}` is one character of ASCII", value.key)));
            None
        }
    }
}

/// How numbers can be written, by example.
const NUMBERS: [(&str, char, Option<char>); 8] = [
    ("1234.56", '.', None),
    ("1,234.56", '.', Some(',')),
    ("1 234.56", '.', Some(' ')),
    ("1'234.56", '.', Some('\'')),
    ("1234,56", ',', None),
    ("1.234,56", ',', Some('.')),
    ("1 234,56", ',', Some(' ')),
    ("1'234,56", ',', Some('\'')),
];

/// What may be said for all columns, and for one.
fn read_rules(cx: &mut Cx, tree: &Tree<'_>, rules: &mut Rules) {
    let problems = &mut cx.problems;
    if let Some(values) = tree.get("dates").and_then(|value| value.texts(problems)) {
        let mut whens = Vec::new();
        for value in values {
            let Some(text) = value.text(problems) else { continue };
            match WhenFormat::read(text) {
                Ok(format) => whens.push(format),
                Err(why) => problems.push(Problem::new(value.span, why).help(
                    "`yyyy` `MM` `dd` `HH` `mm` `ss`, as in `dd.MM.yyyy HH:mm`; `M` and `d` without leading zeros; `MMM` for Sep; `hh` with `a` for am and pm; `xxx` for +01:00; or `iso`, `unix seconds`, `unix milliseconds`",
                )),
            }
        }
        rules.whens = whens;
    }
    if let Some(value) = tree.get("zone")
        && let Some(text) = value.text(problems)
    {
        match parse_zone(text) {
            Ok(zone) => rules.zone = Some(zone),
            Err(unknown) => {
                let problem = Problem::new(value.span, unknown.to_string());
                problems.push(match near(text, zone_names()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem,
                });
            }
        }
    }
    let formats: Vec<(&str, (char, Option<char>))> =
        NUMBERS.iter().map(|(example, point, thousands)| (*example, (*point, *thousands))).collect();
    if let Some((point, thousands)) = tree.get("numbers").and_then(|value| value.one_of(&formats, problems)) {
        (rules.number.point, rules.number.thousands) = (point, thousands);
    }
    if let Some(symbol) = tree.get("symbol").and_then(|value| value.text(problems)) {
        rules.number.symbol = (!symbol.trim().is_empty()).then(|| symbol.trim().to_owned());
    }
    if let Some(value) = tree.get("minor") {
        match value.count(problems) {
            Some(minor) if minor <= 4 => rules.number.minor = minor,
            Some(_) => problems.push(Problem::new(value.span, "no currency has more than 4 decimals")),
            None => {}
        }
    }
    let mut list = |key: &str, into: &mut Vec<String>| {
        if let Some(values) = tree.get(key).and_then(|value| value.texts(problems)) {
            *into = values.iter().filter_map(|value| value.text(&mut Vec::new()).map(str::to_owned)).collect();
        }
    };
    list("null", &mut rules.null);
    list("yes", &mut rules.yes);
    list("no", &mut rules.no);
    for word in rules.yes.iter().filter(|word| rules.no.contains(word)) {
        problems.push(Problem::new(tree.span.clone(), format!("`{word}` means both yes and no")));
    }
}

/// `[sale]` or `[return]`.
fn read_table(cx: &mut Cx, tree: &Tree<'_>, columns: &[Column], open: &mut Open) {
    if let Some(files) = tree.get("files").and_then(|value| value.table(&mut cx.problems)) {
        if open.before == SALE {
            cx.problems.push(
                Problem::new(
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
            cx.problems
                .push(Problem::new(value.key_span, format!("`{}` is where a row was read, and is known", column.name)));
            continue;
        }
        let target = format!("{}{}", open.before, column.name);
        read_spec(cx, &value, (target, column.kind, false), open);
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
                let problem = Problem::new(table.span.clone(), "it is not said why these rows are left out");
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
                Err(_) => cx.problems.push(Problem::new(value.span, format!("`{text}` is no number"))),
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
        cx.problems.push(Problem::new(tree.span.clone(), "a condition names a `column`"));
        return None;
    };
    let mut tests = tests.into_iter();
    let Some((test, first)) = tests.next() else {
        let problem = Problem::new(tree.span.clone(), "a condition says what the column must be");
        cx.problems.push(problem.help("one of `is`, `begins`, `below`, `above`, `empty`"));
        return None;
    };
    if let Some((_, second)) = tests.next() {
        let problem = Problem::new(second, "a condition says one thing").label(first, "this is one");
        cx.problems.push(problem.help("write two conditions: `when = [{ … }, { … }]`; both must hold"));
    }
    let slot = open.slot(name, span);
    Some(Condition { slot, test, not, rules: Arc::new(open.rules.clone()) })
}

fn translations(cx: &mut Cx, value: &Value<'_>) -> BTreeMap<String, String> {
    let all = value.table(&mut cx.problems).map(|table| table.all()).unwrap_or_default();
    all.into_iter().filter_map(|value| Some((value.key.clone(), value.text(&mut cx.problems)?.to_owned()))).collect()
}

/// What a fact can be, beside a text.
const FACTS_ARE: [(&str, Kind); 7] = [
    ("text", Kind::Text),
    ("list", Kind::Texts),
    ("amount", Kind::Money),
    ("number", Kind::Percent),
    ("day", Kind::Day),
    ("moment", Kind::Moment),
    ("yes or no", Kind::YesNo),
];

fn read_spec(cx: &mut Cx, value: &Value<'_>, (target, kind, fact): (String, Kind, bool), open: &mut Open) {
    let mut kind = kind;
    let tree = value.is_table().then(|| value.table(&mut cx.problems)).flatten();
    if let Some(value) = tree.as_ref().filter(|_| fact).and_then(|tree| tree.get("as")) {
        kind = value.one_of(&FACTS_ARE, &mut cx.problems).unwrap_or(kind);
    }
    let mut rules = open.rules.clone();
    if !matches!(kind, Kind::Money | Kind::Tenders) {
        (rules.number.symbol, rules.number.minor) = (None, 0);
    }
    let mut spec = Spec {
        among: if target == "done" { &["refunded", "declined"] } else { &[] },
        target,
        kind,
        fact,
        from: From::Constant(String::new()),
        rules: Arc::default(),
        sign: Sign::Plus,
        required: false,
    };
    if !value.is_table() {
        let Some(name) = value.text(&mut cx.problems) else { return };
        spec.from = From::Column(open.slot(name, value.span.clone()));
    } else {
        let Some(tree) = tree else { return };
        read_rules(cx, &tree, &mut rules);
        read_texts(cx, &tree, kind, &mut rules);
        let signs = [("plus", Sign::Plus), ("minus", Sign::Minus), ("either", Sign::Either)];
        if let Some(sign) = tree.get("sign").and_then(|value| value.one_of(&signs, &mut cx.problems)) {
            spec.sign = sign;
        }
        let from = read_from(cx, &tree, kind, open);
        tree.unknown("word of a column", &mut cx.problems);
        let Some(from) = from else { return };
        spec.from = from;
    }
    if matches!(kind, Kind::Moment) && !matches!(spec.from, From::Constant(_)) {
        let blind = rules.whens.iter().any(|format| format.has_time() && !format.has_offset());
        if blind && rules.zone.is_none() {
            let problem = Problem::new(
                value.span.clone(),
                "these are times without an offset, and it is not said on which clocks",
            );
            cx.problems.push(problem.help("name the place: `zone = \"Europe/London\"`, here or under `[files]`"));
        }
    }
    spec.rules = Arc::new(rules);
    open.specs.push((spec, value.key_span.clone()));
}

/// What is said of texts: translations, and what stands for nothing.
fn read_texts(cx: &mut Cx, tree: &Tree<'_>, kind: Kind, rules: &mut Rules) {
    let other = [("reject", Other::Reject), ("null", Other::Null), ("as it is", Other::AsItIs)];
    let other_value = tree.get("other");
    let other = other_value.as_ref().and_then(|value| value.one_of(&other, &mut cx.problems));
    let codes = tree.get("codes");
    if let Some(value) = &codes {
        if !matches!(kind, Kind::Text | Kind::Word | Kind::Texts | Kind::Tenders | Kind::Roles) {
            let message = format!("codes are translated into words, and this column is a {}", kind.words());
            cx.problems.push(Problem::new(value.key_span.clone(), message));
        }
        let words = if value.is_table() {
            Some(translations(cx, value))
        } else {
            value.text(&mut cx.problems).and_then(|name| {
                let found = cx.codes.get(name).cloned();
                if found.is_none() {
                    let problem = Problem::new(value.span.clone(), format!("there is no table `[codes.{name}]`"));
                    cx.problems.push(match near(name, cx.codes.keys().map(String::as_str)) {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem,
                    });
                }
                found
            })
        };
        rules.codes = words.map(|words| Arc::new(Codes { words, other: other.unwrap_or(Other::Reject) }));
    } else if let Some(value) = other_value {
        cx.problems.push(Problem::new(value.key_span, "`other` is about codes, and no `codes` are translated here"));
    }
    if let Some(value) = tree.get("default") {
        rules.default = canonical(cx, &value, kind);
    }
    if let Some(value) = tree.get("split") {
        rules.split = value.text(&mut cx.problems).map(str::to_owned).filter(|split| !split.is_empty());
        if kind != Kind::Texts {
            let message = format!("`split` takes several texts apart, and this column is a {}", kind.words());
            cx.problems.push(Problem::new(value.key_span, message));
        }
    }
}

/// A value in canonical form.
fn canonical(cx: &mut Cx, value: &Value<'_>, kind: Kind) -> Option<String> {
    let text = match kind {
        Kind::Money | Kind::Percent | Kind::Count => value.number(&mut cx.problems)?,
        Kind::YesNo if !value.is_text() => {
            value.yes(&mut cx.problems).map(|yes| if yes { "yes" } else { "no" })?.to_owned()
        }
        _ => value.text(&mut cx.problems)?.to_owned(),
    };
    if !is_canonical(kind, &text) {
        let help = match kind {
            Kind::Moment => "`2025-11-20`, or `2025-11-20T14:05:00-05:00`",
            Kind::Day => "`2025-11-20`",
            Kind::Money | Kind::Percent => "`12.50`",
            Kind::Count => "`1`",
            _ => "`yes` or `no`",
        };
        let message = format!("`{text}` is no {}", kind.words());
        cx.problems.push(Problem::new(value.span.clone(), message).help(format!("it is written {help}")));
    }
    Some(text)
}

/// Where the values come from: exactly one thing.
fn read_from(cx: &mut Cx, tree: &Tree<'_>, kind: Kind, open: &mut Open) -> Option<From> {
    let mut found: Vec<(From, Range<usize>)> = Vec::new();
    if let Some((slot, span)) = one_slot(cx, tree, "column", open) {
        found.push((From::Column(slot), span));
    }
    let join = tree.get("join");
    let with = join.as_ref().and_then(|value| value.text(&mut cx.problems));
    if let Some((slots, span)) = some_slots(cx, tree, "columns", open) {
        let with = with.unwrap_or(if kind == Kind::Texts { "; " } else { "/" });
        found.push((From::Joined(slots, with.to_owned()), span));
    } else if let Some(join) = join {
        cx.problems
            .push(Problem::new(join.key_span, "`join` puts several `columns` together, and there are none here"));
    }
    if let Some(value) = tree.get("constant") {
        let constant = canonical(cx, &value, kind)?;
        found.push((From::Constant(constant), value.key_span));
    }
    let plus = some_slots(cx, tree, "plus", open);
    let minus = some_slots(cx, tree, "minus", open);
    let round = tree.get("round").and_then(|value| value.count(&mut cx.problems));
    if plus.is_some() || minus.is_some() {
        let span = plus.as_ref().or(minus.as_ref()).map_or(0..0, |(_, span)| span.clone());
        let of = |slots: Option<(Vec<usize>, _)>| slots.map(|(slots, _)| slots).unwrap_or_default();
        found.push((From::Sum { plus: of(plus), minus: of(minus) }, span));
    }
    if let Some((slots, span)) = some_slots(cx, tree, "times", open) {
        found.push((From::Product(slots, round), span));
    }
    let tender = one_slot(cx, tree, "tender", open);
    let amount = one_slot(cx, tree, "amount", open);
    let card = one_slot(cx, tree, "card", open);
    match (tender, amount) {
        (Some((tender, span)), Some((amount, _))) => {
            found.push((From::Tender { tender, amount, card: card.map(|(slot, _)| slot) }, span));
        }
        (Some((_, span)), None) | (None, Some((_, span))) => {
            cx.problems.push(Problem::new(span, "`tender` and `amount` name a column each"));
            return None;
        }
        (None, None) => {}
    }
    if let Some((names, span)) = named_slots(cx, tree, "tenders", open) {
        found.push((From::ByTender(names), span));
    }
    if let Some((names, span)) = named_slots(cx, tree, "fields", open) {
        found.push((From::Fields(names), span));
    }
    let by = one_slot(cx, tree, "by", open);
    if let Some((role, span)) = one_slot(cx, tree, "role", open) {
        found.push((From::Role { role, by: by.map(|(slot, _)| slot) }, span));
    }
    let mut found = found.into_iter();
    let Some((from, span)) = found.next() else {
        let problem = Problem::new(tree.span.clone(), "it is not said where the values come from");
        cx.problems.push(problem.help("`column`, `columns`, `constant`, `plus` and `minus`, `times`, `tenders`, `tender` and `amount`, `role`, `fields`"));
        return None;
    };
    if let Some((_, second)) = found.next() {
        cx.problems.push(Problem::new(second, "a column comes from one thing").label(span.clone(), "this is one"));
    }
    let numbers = matches!(kind, Kind::Money | Kind::Percent | Kind::Count);
    let fits = match &from {
        From::Column(_) | From::Constant(_) => true,
        From::Joined(..) => matches!(kind, Kind::Text | Kind::Word | Kind::Texts),
        From::Sum { .. } | From::Product(..) => numbers,
        From::ByTender(_) | From::Tender { .. } => kind == Kind::Tenders,
        From::Role { .. } => kind == Kind::Roles,
        From::Fields(_) => kind == Kind::Forms,
    };
    if !fits {
        cx.problems.push(Problem::new(span, format!("this gives no {}", kind.words())));
    }
    Some(from)
}

fn one_slot(cx: &mut Cx, tree: &Tree<'_>, key: &str, open: &mut Open) -> Option<(usize, Range<usize>)> {
    let value = tree.get(key)?;
    let name = value.text(&mut cx.problems)?;
    Some((open.slot(name, value.span.clone()), value.key_span))
}

fn some_slots(cx: &mut Cx, tree: &Tree<'_>, key: &str, open: &mut Open) -> Option<(Vec<usize>, Range<usize>)> {
    let value = tree.get(key)?;
    let names = value.texts(&mut cx.problems)?;
    let slots =
        names.iter().filter_map(|name| Some(open.slot(name.text(&mut cx.problems)?, name.span.clone()))).collect();
    Some((slots, value.key_span))
}

/// Columns of the source by a name.
type Named = Vec<(String, usize)>;

fn named_slots(cx: &mut Cx, tree: &Tree<'_>, key: &str, open: &mut Open) -> Option<(Named, Range<usize>)> {
    let value = tree.get(key)?;
    let table = value.table(&mut cx.problems)?;
    let slots = table
        .all()
        .into_iter()
        .filter_map(|value| Some((value.key.clone(), open.slot(value.text(&mut cx.problems)?, value.span.clone()))));
    Some((slots.collect(), value.key_span))
}
