//! What a mapping says of one canonical column: where its values come from, and how they are written.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use takeback::date::{Zone, parse_zone, zone_names};

use super::text::{Cx, Open, translations};
use super::tree::{Tree, Value, near};
use super::when::WhenFormat;
use super::{Code, Codes, From, Other, Problem, RowZone, Rules, Sign, Spec, ZoneOf};
use crate::columns::Kind;
use crate::map::is_canonical;

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

pub(super) fn read_spec(cx: &mut Cx, value: &Value<'_>, (target, kind, fact): (String, Kind, bool), open: &mut Open) {
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
        zone: None,
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
    if let Some(ZoneOf::Row(of)) = &rules.zone
        && matches!(kind, Kind::Moment | Kind::Day)
        && !matches!(spec.from, From::Constant(_))
    {
        spec.zone = Some(open.slot(&of.column, of.span.clone()));
    }
    if matches!(kind, Kind::Moment) && !matches!(spec.from, From::Constant(_)) {
        let blind = rules.whens.iter().any(|format| format.has_time() && !format.has_offset());
        if blind && rules.zone.is_none() {
            let problem = Problem::new(
                Code::ZoneNotSaid,
                value.span.clone(),
                "these are times without an offset, and it is not said on which clocks",
            );
            cx.problems.push(problem.help("name the place: `zone = \"Europe/London\"`, here or under `[files]`; or the column that tells it: `zone = { column = \"zone\" }`"));
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
            let message = format!("codes are translated into words, and this column holds {}", kind.held());
            cx.problems.push(Problem::new(Code::NoUse, value.key_span.clone(), message));
        }
        rules.codes = words_of(cx, value).map(|words| Arc::new(Codes { words, other: other.unwrap_or(Other::Reject) }));
    } else if let Some(value) = other_value {
        cx.problems.push(Problem::new(
            Code::NoUse,
            value.key_span,
            "`other` is about codes, and no `codes` are translated here",
        ));
    }
    if let Some(value) = tree.get("default") {
        rules.default = canonical(cx, &value, kind);
    }
    if let Some(value) = tree.get("split") {
        rules.split = value.text(&mut cx.problems).map(str::to_owned).filter(|split| !split.is_empty());
        if kind != Kind::Texts {
            let message = format!("`split` takes several texts apart, and this column holds {}", kind.held());
            cx.problems.push(Problem::new(Code::NoUse, value.key_span, message));
        }
    }
}

/// What codes mean: a table here, or the name of one under `[codes]`.
fn words_of(cx: &mut Cx, value: &Value<'_>) -> Option<BTreeMap<String, String>> {
    if value.is_table() {
        return Some(translations(cx, value));
    }
    let name = value.text(&mut cx.problems)?;
    let found = cx.codes.get(name).cloned();
    if found.is_none() {
        let problem =
            Problem::new(Code::NoSuchTable, value.span.clone(), format!("there is no table `[codes.{name}]`"));
        cx.problems.push(match near(name, cx.codes.keys().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
    found
}

/// `zone`: the name of one, or a column that tells it.
fn read_zone(cx: &mut Cx, value: &Value<'_>) -> Option<ZoneOf> {
    if !value.is_table() {
        let name = value.text(&mut cx.problems)?;
        return zone_of(cx, name, &value.span).map(ZoneOf::All);
    }
    let tree = value.table(&mut cx.problems)?;
    let column = tree.get("column").and_then(|value| Some((value.text(&mut cx.problems)?.to_owned(), value.span)));
    let zones = tree.get("codes").and_then(|value| {
        let words = words_of(cx, &value)?;
        let zone = |(code, name): (String, String)| {
            if name.is_empty() { None } else { Some((code, zone_of(cx, &name, &value.span)?)) }
        };
        Some(words.into_iter().filter_map(zone).collect())
    });
    let default = tree.get("default").and_then(|value| {
        let name = value.text(&mut cx.problems)?;
        zone_of(cx, name, &value.span)
    });
    tree.unknown("word of a zone", &mut cx.problems);
    let Some((column, span)) = column else {
        let problem =
            Problem::new(Code::NoSource, value.key_span.clone(), "it is not said which column tells the zone");
        cx.problems.push(problem.help("`zone = { column = \"store\", codes = { 12 = \"Europe/London\" } }`; without `codes` names of zones stand there"));
        return None;
    };
    Some(ZoneOf::Row(Arc::new(RowZone { column, span, zones, default })))
}

fn zone_of(cx: &mut Cx, name: &str, span: &Range<usize>) -> Option<Zone> {
    match parse_zone(name) {
        Ok(zone) => Some(zone),
        Err(unknown) => {
            let problem = Problem::new(Code::UnknownZone, span.clone(), unknown.to_string());
            cx.problems.push(match near(name, zone_names()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            });
            None
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
        cx.problems
            .push(Problem::new(Code::NotCanonical, value.span.clone(), message).help(format!("it is written {help}")));
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
        let with = with.unwrap_or(match kind {
            Kind::Texts => "; ",
            Kind::Moment | Kind::Day => " ",
            _ => "/",
        });
        found.push((From::Joined(slots, with.to_owned()), span));
    } else if let Some(join) = join {
        cx.problems.push(Problem::new(
            Code::NoUse,
            join.key_span,
            "`join` puts several `columns` together, and there are none here",
        ));
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
    let tender = one_slot(cx, tree, "tender", open).or_else(|| one_slot(cx, tree, "promotion", open));
    let amount = one_slot(cx, tree, "amount", open);
    let card = one_slot(cx, tree, "card", open).or_else(|| one_slot(cx, tree, "id", open));
    match (tender, amount) {
        (Some((tender, span)), Some((amount, _))) => {
            found.push((From::Tender { tender, amount, card: card.map(|(slot, _)| slot) }, span));
        }
        (Some((_, span)), None) | (None, Some((_, span))) => {
            cx.problems.push(Problem::new(
                Code::HalfATender,
                span,
                "`tender` (or `promotion`) and `amount` name a column each",
            ));
            return None;
        }
        (None, None) => {}
    }
    let mut cards = named_slots(cx, tree, "cards", open);
    for key in ["tenders", "amounts"] {
        if let Some((names, span)) = named_slots(cx, tree, key, open) {
            let of_cards = cards.as_mut().map(|(cards, _)| cards);
            found.push((From::ByTender(with_cards(names, of_cards.unwrap_or(&mut Vec::new()))), span));
        }
    }
    if let Some((name, span)) = cards.and_then(|(cards, span)| Some((cards.into_iter().next()?.0, span))) {
        let message = format!("the card of `{name}` is told, and no amount of it");
        cx.problems.push(Problem::new(Code::HalfATender, span, message));
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
        let problem = Problem::new(Code::NoSource, tree.span.clone(), "it is not said where the values come from");
        cx.problems.push(problem.help("`column`, `columns`, `constant`, `plus` and `minus`, `times`, `tenders` or `amounts`, `tender` (or `promotion`) and `amount`, `role`, `fields`"));
        return None;
    };
    if let Some((_, second)) = found.next() {
        cx.problems.push(
            Problem::new(Code::TwoSources, second, "a column comes from one thing").label(span.clone(), "this is one"),
        );
    }
    let numbers = matches!(kind, Kind::Money | Kind::Percent | Kind::Count);
    let fits = match &from {
        From::Column(_) | From::Constant(_) => true,
        From::Joined(..) => matches!(kind, Kind::Text | Kind::Word | Kind::Texts | Kind::Moment | Kind::Day),
        From::Sum { .. } | From::Product(..) => numbers,
        From::ByTender(_) | From::Tender { .. } => kind == Kind::Tenders,
        From::Role { .. } => kind == Kind::Roles,
        From::Fields(_) => kind == Kind::Forms,
    };
    if !fits {
        cx.problems.push(Problem::new(Code::OtherSource, span, format!("this gives no {}", kind.words())));
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

/// Tenders with the columns of their cards, which are taken out of `cards`.
fn with_cards(names: Named, cards: &mut Named) -> Vec<(String, usize, Option<usize>)> {
    let with_card = |(name, slot): (String, usize)| {
        let place = cards.iter().position(|(of, _)| *of == name);
        let card = place.map(|place| cards.swap_remove(place).1);
        (name, slot, card)
    };
    names.into_iter().map(with_card).collect()
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
pub(super) fn read_rules(cx: &mut Cx, tree: &Tree<'_>, rules: &mut Rules) {
    if let Some(zone) = tree.get("zone").and_then(|value| read_zone(cx, &value)) {
        rules.zone = Some(zone);
    }
    let problems = &mut cx.problems;
    if let Some(values) = tree.get("dates").and_then(|value| value.texts(problems)) {
        let mut whens = Vec::new();
        for value in values {
            let Some(text) = value.text(problems) else { continue };
            match WhenFormat::read(text) {
                Ok(format) => whens.push(format),
                Err(why) => problems.push(Problem::new(Code::DateFormat, value.span, why).help(
                    "`yyyy` `MM` `dd` `HH` `mm` `ss`, as in `dd.MM.yyyy HH:mm`; `M` and `d` without leading zeros; `MMM` for Sep; `hh` with `a` for am and pm; `xxx` for +01:00; or `iso`, `unix seconds`, `unix milliseconds`",
                )),
            }
        }
        rules.whens = whens;
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
            Some(_) => {
                problems.push(Problem::new(Code::TooManyDecimals, value.span, "no currency has more than 4 decimals"))
            }
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
        problems.push(Problem::new(Code::YesAndNo, tree.span.clone(), format!("`{word}` means both yes and no")));
    }
}
