//! The value of one canonical column in one row.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime};
use takeback::date::{Zone, parse_zone};

use super::Row;
use crate::columns::Kind;
use crate::mapping::number::{NotANumber, NumberFormat, SCALE};
use crate::mapping::when::Told;
use crate::mapping::{Codes, From, Other, Rules, Sign, Spec, ZoneOf};
use crate::spell::UNKNOWN;

/// What stands in a column of a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field<'a> {
    Null,
    Text(&'a str),
    /// A number that its source keeps as a number, in plain digits.
    Number(Cow<'a, str>),
    Whole(i64),
    /// With [`SCALE`] decimals.
    Decimal(i128),
    Day(NaiveDate),
    /// What a clock showed; whether that is the clock of UTC.
    Moment(NaiveDateTime, bool),
    YesNo(bool),
    /// What cannot be a value, and why.
    Unreadable(Cow<'a, str>, &'static str),
}

/// A canonical value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Text(Cow<'a, str>),
    Number(i128),
    Day(i32),
    Count(i64),
    YesNo(bool),
}

/// What is wrong with a row.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) slot: Option<usize>,
    pub(super) target: String,
    pub(super) value: String,
    pub(super) reason: String,
}

impl Wrong {
    pub(super) fn of(slot: usize, target: &str, field: &Field<'_>, reason: impl Into<String>) -> Self {
        let value = field.text().unwrap_or_default().into_owned();
        Self { slot: Some(slot), target: target.to_owned(), value, reason: reason.into() }
    }
}

const ONE: i128 = 10_i128.pow(SCALE);
const SMALL_ONE: i64 = 10_i64.pow(SCALE);

impl Cell<'_> {
    /// The same, without a copy of its text.
    fn borrowed(&self) -> Cell<'_> {
        match self {
            Cell::Null => Cell::Null,
            Cell::Text(text) => Cell::Text(Cow::Borrowed(text)),
            Cell::Number(number) => Cell::Number(*number),
            Cell::Day(day) => Cell::Day(*day),
            Cell::Count(count) => Cell::Count(*count),
            Cell::YesNo(yes) => Cell::YesNo(*yes),
        }
    }
}

impl<'a> Field<'a> {
    /// As a text; none for nothing.
    pub(crate) fn text(&self) -> Option<Cow<'a, str>> {
        Some(match self {
            Field::Null => return None,
            Field::Text(text) => Cow::Borrowed(*text),
            Field::Number(text) | Field::Unreadable(text, _) => text.clone(),
            Field::Whole(number) => Cow::Owned(number.to_string()),
            Field::Decimal(number) => Cow::Owned(plain_text(*number)),
            Field::Day(day) => Cow::Owned(day.to_string()),
            Field::Moment(moment, _) => Cow::Owned(moment.to_string()),
            Field::YesNo(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        })
    }
}

impl Rules {
    /// The field, or nothing where it is one of the texts that stand for nothing. Space around a text is no part of it.
    pub(super) fn given<'a>(&self, field: Field<'a>) -> Field<'a> {
        match field {
            Field::Text(text) => {
                let text = text.trim();
                if self.null.iter().any(|null| null == text) { Field::Null } else { Field::Text(text) }
            }
            field => field,
        }
    }
}

/// What stands for a value that is not there.
pub(super) fn default(spec: &Spec) -> Cell<'static> {
    let text = match &spec.from {
        From::Constant(text) => Some(text),
        _ => spec.rules.default.as_ref(),
    };
    text.and_then(|text| canonical(spec.kind, text)).map_or(Cell::Null, |cell| kept(spec, cell))
}

/// Whether the text is a canonical value of the kind.
pub(crate) fn is_canonical(kind: Kind, text: &str) -> bool {
    canonical(kind, text).is_some()
}

fn canonical(kind: Kind, text: &str) -> Option<Cell<'static>> {
    let rules = Rules::default();
    let field = Field::Text(text);
    match kind {
        Kind::Money | Kind::Percent | Kind::Day | Kind::Moment | Kind::Count | Kind::YesNo => {
            let spec = Spec {
                target: String::new(),
                kind,
                fact: false,
                from: From::Column(0),
                rules: rules.into(),
                sign: Sign::Plus,
                zone: None,
                required: false,
                among: &[],
            };
            let cell = simple(&spec, 0, field, &|| Ok(None)).ok()?;
            Some(match cell {
                Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
                Cell::Number(number) => Cell::Number(number),
                Cell::Day(day) => Cell::Day(day),
                Cell::Count(count) => Cell::Count(count),
                Cell::YesNo(yes) => Cell::YesNo(yes),
                Cell::Null => return None,
            })
        }
        _ => Some(Cell::Text(Cow::Owned(text.to_owned()))),
    }
}

/// A value as its column keeps it: facts are told as texts, as a request would write them.
fn kept<'a>(spec: &Spec, cell: Cell<'a>) -> Cell<'a> {
    if !spec.fact {
        return cell;
    }
    let text = match cell {
        Cell::Number(number) => plain_text(number),
        Cell::Count(count) => count.to_string(),
        Cell::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Cell::Day(day) => {
            NaiveDate::from_num_days_from_ce_opt(day + EPOCH).map(|day| day.to_string()).unwrap_or_default()
        }
        Cell::Text(text) => return Cell::Text(text),
        Cell::Null => return Cell::Null,
    };
    Cell::Text(Cow::Owned(text))
}

/// The value of a column in a row.
pub(super) fn cell<'a>(spec: &'a Spec, default: &'a Cell<'static>, row: &'a impl Row) -> Result<Cell<'a>, Wrong> {
    let rules = &*spec.rules;
    let zone = || zone(spec, row);
    let cell = match &spec.from {
        From::Constant(_) => return Ok(default.borrowed()),
        From::Column(slot) => match rules.given(row.field(*slot)) {
            Field::Null => Cell::Null,
            field => simple(spec, *slot, field, &zone)?,
        },
        From::Joined(slots, with) => joined(spec, slots, with, row, &zone)?,
        From::Sum { plus, minus } => sum(spec, plus, minus, row)?,
        From::Product(slots, round) => product(spec, slots, *round, row)?,
        From::ByTender(tenders) => by_tender(spec, tenders, row)?,
        From::Tender { tender, amount, card } => tender_amount(spec, (*tender, *amount, *card), row)?,
        From::Role { role, by } => a_role(spec, *role, *by, row)?,
        From::Fields(fields) => collected(spec, fields, row)?,
    };
    let cell = if matches!(cell, Cell::Null) { default.borrowed() } else { kept(spec, cell) };
    let slot = match &spec.from {
        From::Column(slot) => Some(*slot),
        _ => None,
    };
    let wrong = |value: String, reason: String| Wrong { slot, target: spec.target.clone(), value, reason };
    match &cell {
        Cell::Null if spec.required => {
            Err(wrong(String::new(), format!("is missing, and `{}` is required", spec.target)))
        }
        Cell::Text(text) if !spec.among.is_empty() && !spec.among.contains(&&**text) => {
            Err(wrong(text.to_string(), format!("`{}` is one of {}", spec.target, spec.among.join(", "))))
        }
        _ => Ok(cell),
    }
}

/// Finds the zone on whose clocks a row tells its times; asked only where a time has no offset.
type Clocks<'z> = &'z dyn Fn() -> Result<Option<Zone>, Wrong>;

/// The zone on whose clocks a row tells its times; none: nothing says which.
fn zone(spec: &Spec, row: &impl Row) -> Result<Option<Zone>, Wrong> {
    let (of, slot) = match (&spec.rules.zone, spec.zone) {
        (Some(ZoneOf::Row(of)), Some(slot)) => (of, slot),
        (Some(ZoneOf::All(zone)), _) => return Ok(Some(zone.clone())),
        (Some(ZoneOf::Row(_)) | None, _) => return Ok(None),
    };
    let field = spec.rules.given(row.field(slot));
    let Some(name) = field.text() else { return Ok(of.default.clone()) };
    let found = match &of.zones {
        Some(zones) => zones.get(&*name).cloned().ok_or("is a code that the mapping gives no time zone"),
        None => parse_zone(&name).map_err(|_| "is no time zone"),
    };
    found.map(Some).map_err(|reason| Wrong::of(slot, &spec.target, &field, reason))
}

/// The value of one field that is there.
fn simple<'a>(spec: &'a Spec, slot: usize, field: Field<'a>, zone: Clocks<'_>) -> Result<Cell<'a>, Wrong> {
    let rules = &*spec.rules;
    let wrong = |reason: String| Wrong::of(slot, &spec.target, &field, reason);
    if let Field::Unreadable(_, reason) = &field {
        return Err(wrong((*reason).to_owned()));
    }
    Ok(match spec.kind {
        Kind::Money | Kind::Percent => {
            Cell::Number(signed(spec, number(&rules.number, &field).map_err(wrong)?).map_err(wrong)?)
        }
        Kind::Count => {
            let number = signed(spec, number(&rules.number, &field).map_err(wrong)?).map_err(wrong)?;
            let (count, rest) = whole(number);
            if rest != 0 {
                return Err(wrong("is not a whole number".to_owned()));
            }
            let count = i64::try_from(count).map_err(|_| wrong("is too large".to_owned()))?;
            if count == 0 && spec.target.trim_start_matches(crate::columns::SALE) == "quantity" {
                return Err(wrong("is a quantity of none".to_owned()));
            }
            Cell::Count(count)
        }
        Kind::Day | Kind::Moment => {
            let told = told(rules, &field).map_err(wrong)?;
            let asked = told.time.is_some() && (told.offset.is_none() || spec.kind == Kind::Day);
            let zone = if asked { zone()? } else { None };
            if spec.kind == Kind::Day {
                return Ok(Cell::Day(told.day_in(zone.as_ref()).num_days_from_ce() - EPOCH));
            }
            let mut text = String::with_capacity(25);
            match told.write(zone.as_ref(), &mut text) {
                Some(()) => Cell::Text(Cow::Owned(text)),
                None if rules.zone.is_some() => {
                    return Err(wrong("is a time without an offset, and the row tells no time zone".to_owned()));
                }
                None => return Err(wrong("is a time without an offset, and the mapping names no `zone`".to_owned())),
            }
        }
        Kind::YesNo => Cell::YesNo(yes(rules, &field).map_err(wrong)?),
        Kind::Texts => texts(rules, &field).map_err(wrong)?,
        Kind::Text | Kind::Word | Kind::Tenders | Kind::Roles | Kind::Forms => {
            word(rules, field.text().unwrap_or_default()).map_err(wrong)?
        }
        Kind::Earlier | Kind::Past | Kind::Rest => Cell::Null,
    })
}

/// Days of the common era before 1970 began, as chrono counts them.
const EPOCH: i32 = 719_163;

/// A text, translated.
fn word<'a>(rules: &'a Rules, text: Cow<'a, str>) -> Result<Cell<'a>, String> {
    let Some(codes) = &rules.codes else { return Ok(Cell::Text(text)) };
    Ok(match translated(codes, &text)? {
        Some(None) => Cell::Null,
        Some(Some(word)) => Cell::Text(Cow::Borrowed(word)),
        None => Cell::Text(text),
    })
}

/// What a code means: nothing, a word, or (none) what it is.
fn translated<'c>(codes: &'c Codes, text: &str) -> Result<Option<Option<&'c str>>, String> {
    match (codes.words.get(text), codes.other) {
        (Some(word), _) if word.is_empty() => Ok(Some(None)),
        (Some(word), _) => Ok(Some(Some(word))),
        (None, Other::Reject) => Err("is a code that the mapping does not translate".to_owned()),
        (None, Other::Null) => Ok(Some(None)),
        (None, Other::AsItIs) => Ok(None),
    }
}

fn texts<'a>(rules: &'a Rules, field: &Field<'a>) -> Result<Cell<'a>, String> {
    let text = field.text().unwrap_or_default();
    let Some(split) = &rules.split else { return word(rules, text) };
    let mut parts = Vec::new();
    for part in text.split(split.as_str()).map(str::trim).filter(|part| !part.is_empty()) {
        if let Cell::Text(part) = word(rules, Cow::Borrowed(part))? {
            parts.push(part.into_owned());
        }
    }
    Ok(Cell::Text(Cow::Owned(parts.join("; "))))
}

fn told(rules: &Rules, field: &Field<'_>) -> Result<Told, String> {
    let told = match field {
        Field::Day(day) => Some(Told { day: *day, time: None, offset: None }),
        Field::Moment(moment, utc) => {
            let offset = if *utc { FixedOffset::east_opt(0) } else { None };
            Some(Told { day: moment.date(), time: Some(moment.time()), offset })
        }
        field => {
            let text = field.text().unwrap_or_default();
            rules.whens.iter().find_map(|format| format.told(&text))
        }
    };
    match told {
        Some(told) if (1900..=2200).contains(&told.day.year()) => Ok(told),
        Some(_) => Err("is outside the years 1900 to 2200".to_owned()),
        None => Err("is not a day or time in the format of the mapping".to_owned()),
    }
}

fn yes(rules: &Rules, field: &Field<'_>) -> Result<bool, String> {
    if let Field::YesNo(yes) = field {
        return Ok(*yes);
    }
    let text = field.text().unwrap_or_default();
    let among = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(&text));
    match (among(&rules.yes), among(&rules.no)) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err("is neither yes nor no".to_owned()),
    }
}

/// A number with [`SCALE`] decimals.
pub(super) fn number(format: &NumberFormat, field: &Field<'_>) -> Result<i128, String> {
    let shift = 10_i128.pow(format.minor.min(SCALE));
    let told = match field {
        Field::Whole(number) => return Ok(i128::from(*number) * (ONE / shift)),
        Field::Decimal(number) if number % shift == 0 => return Ok(number / shift),
        Field::Decimal(_) => Err(NotANumber::TooFine),
        Field::Number(text) => NumberFormat { minor: format.minor, ..NumberFormat::default() }.told(text),
        field => format.told(&field.text().unwrap_or_default()),
    };
    told.map_err(|why| {
        match why {
            NotANumber::Form => "is not a number in the format of the mapping",
            NotANumber::TooLarge => "is a number with more than 15 digits before the point",
            NotANumber::TooFine => "is a number with more than 12 decimals",
        }
        .to_owned()
    })
}

fn signed(spec: &Spec, number: i128) -> Result<i128, String> {
    match spec.sign {
        Sign::Plus if number < 0 => Err("is negative".to_owned()),
        Sign::Minus if number > 0 => Err("is not negative, as the mapping says it is".to_owned()),
        Sign::Plus | Sign::Minus | Sign::Either => Ok(number.abs()),
    }
}

/// Several texts one after the other. Of paths, and of days with their times, what is known up to the first that is not; other texts only whole.
fn joined<'a>(
    spec: &'a Spec,
    slots: &[usize],
    with: &str,
    row: &impl Row,
    zone: Clocks<'_>,
) -> Result<Cell<'a>, Wrong> {
    let mut text = String::new();
    for (place, slot) in slots.iter().enumerate() {
        let field = spec.rules.given(row.field(*slot));
        let part = match field.text() {
            Some(part) => part,
            None if matches!(spec.kind, Kind::Texts | Kind::Day | Kind::Moment) && place > 0 => break,
            None => return Ok(Cell::Null),
        };
        if place > 0 {
            text.push_str(with);
        }
        text.push_str(&part);
    }
    match spec.kind {
        // A day and a time in columns of their own.
        Kind::Day | Kind::Moment => {
            match simple(spec, slots.first().copied().unwrap_or(0), Field::Text(&text), zone)? {
                Cell::Text(text) => Ok(Cell::Text(Cow::Owned(text.into_owned()))),
                Cell::Day(day) => Ok(Cell::Day(day)),
                Cell::Null | Cell::Number(_) | Cell::Count(_) | Cell::YesNo(_) => Ok(Cell::Null),
            }
        }
        _ if spec.rules.codes.is_none() => Ok(Cell::Text(Cow::Owned(text))),
        _ => match word(&spec.rules, Cow::Owned(text.clone())) {
            Ok(cell) => Ok(cell),
            Err(reason) => Err(Wrong { slot: None, target: spec.target.clone(), value: text, reason }),
        },
    }
}

/// The numbers of columns; none when one is not there.
fn numbers(spec: &Spec, slots: &[usize], row: &impl Row) -> Result<Option<Vec<i128>>, Wrong> {
    let mut all = Vec::with_capacity(slots.len());
    for slot in slots {
        let field = spec.rules.given(row.field(*slot));
        if field == Field::Null {
            return Ok(None);
        }
        all.push(number(&spec.rules.number, &field).map_err(|reason| Wrong::of(*slot, &spec.target, &field, reason))?);
    }
    Ok(Some(all))
}

/// A number that was calculated, as the column keeps it.
fn calculated<'a>(spec: &Spec, number: Option<i128>) -> Result<Cell<'a>, Wrong> {
    let wrong = |value: i128, reason: &str| Wrong {
        slot: None,
        target: spec.target.clone(),
        value: plain_text(value),
        reason: reason.to_owned(),
    };
    let number = number.ok_or_else(|| wrong(0, "is too large"))?;
    let number = signed(spec, number).map_err(|reason| wrong(number, &reason))?;
    match spec.kind {
        Kind::Count => match whole(number) {
            (count, 0) => i64::try_from(count).map(Cell::Count).map_err(|_| wrong(number, "is too large")),
            _ => Err(wrong(number, "is not a whole number")),
        },
        _ => Ok(Cell::Number(number)),
    }
}

fn sum<'a>(spec: &Spec, plus: &[usize], minus: &[usize], row: &impl Row) -> Result<Cell<'a>, Wrong> {
    let (Some(plus), Some(minus)) = (numbers(spec, plus, row)?, numbers(spec, minus, row)?) else {
        return Ok(Cell::Null);
    };
    let terms = plus.into_iter().chain(minus.into_iter().map(|number| -number));
    calculated(spec, terms.into_iter().try_fold(0_i128, i128::checked_add))
}

fn product<'a>(spec: &Spec, slots: &[usize], round: Option<u32>, row: &impl Row) -> Result<Cell<'a>, Wrong> {
    // Signs and cents of the factors are those of the columns; the sign of the result is what `sign` speaks of.
    let Some(factors) = numbers(spec, slots, row)? else { return Ok(Cell::Null) };
    let mut result = Some((1_i128, 0_u32));
    for factor in factors {
        let (mut factor, mut scale) = (factor, SCALE);
        while scale > 0 && factor % 10 == 0 {
            (factor, scale) = (factor / 10, scale - 1);
        }
        result = result.and_then(|(product, decimals)| Some((product.checked_mul(factor)?, decimals + scale)));
    }
    let decimals = round.unwrap_or(SCALE).min(SCALE);
    calculated(spec, result.and_then(|(product, scale)| rounded(product, scale, decimals)))
}

/// A number of so many decimals, rounded half up to others, with [`SCALE`].
fn rounded(number: i128, scale: u32, decimals: u32) -> Option<i128> {
    let kept = match scale.checked_sub(decimals) {
        None | Some(0) => return number.checked_mul(10_i128.checked_pow(SCALE.checked_sub(scale)?)?),
        Some(over) => {
            let unit = 10_i128.checked_pow(over)?;
            let half = unit / 2;
            (number.abs().checked_add(half)? / unit) * number.signum()
        }
    };
    kept.checked_mul(10_i128.checked_pow(SCALE - decimals)?)
}

fn by_tender<'a>(spec: &Spec, tenders: &[(String, usize, Option<usize>)], row: &impl Row) -> Result<Cell<'a>, Wrong> {
    let (mut text, mut any) = (String::new(), false);
    for (tender, slot, card) in tenders {
        let field = spec.rules.given(row.field(*slot));
        let wrong = |reason| Wrong::of(*slot, &spec.target, &field, reason);
        let amount = match field {
            // How much is not known, unless the mapping says what stands for nothing.
            Field::Null if spec.rules.default.is_some() => continue,
            Field::Null => None,
            _ => Some(signed(spec, number(&spec.rules.number, &field).map_err(wrong)?).map_err(wrong)?),
        };
        any |= amount.is_some();
        if amount == Some(0) {
            continue;
        }
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(tender);
        if let Some(slot) = card
            && let Some(card) = part(spec, *slot, row, false)?
        {
            let _ = write!(text, " #{card}");
        }
        text.push(' ');
        match amount {
            Some(amount) => digits(amount, 2, &mut text),
            None => text.push_str(UNKNOWN),
        }
    }
    Ok(if any { Cell::Text(Cow::Owned(text)) } else { Cell::Null })
}

/// A text that is part of a longer one, and holds nothing that separates parts there.
fn part(spec: &Spec, slot: usize, row: &impl Row, codes: bool) -> Result<Option<String>, Wrong> {
    let field = spec.rules.given(row.field(slot));
    let Some(text) = field.text() else { return Ok(None) };
    let wrong = |reason: String| Wrong::of(slot, &spec.target, &field, reason);
    if text.contains([';', '#', '\n']) {
        return Err(wrong("holds `;` or `#`, which separate parts".to_owned()));
    }
    if !codes {
        return Ok(Some(text.into_owned()));
    }
    match word(&spec.rules, text).map_err(wrong)? {
        Cell::Text(text) => Ok(Some(text.into_owned())),
        _ => Ok(None),
    }
}

fn tender_amount<'a>(
    spec: &Spec,
    (tender, amount, card): (usize, usize, Option<usize>),
    row: &impl Row,
) -> Result<Cell<'a>, Wrong> {
    let Some(tender) = part(spec, tender, row, true)? else { return Ok(Cell::Null) };
    let field = spec.rules.given(row.field(amount));
    let wrong = |reason| Wrong::of(amount, &spec.target, &field, reason);
    let told = match field {
        Field::Null => UNKNOWN.to_owned(),
        _ => amount_text(signed(spec, number(&spec.rules.number, &field).map_err(wrong)?).map_err(wrong)?),
    };
    let card = match card {
        Some(slot) => part(spec, slot, row, false)?,
        None => None,
    };
    let card = card.map(|card| format!(" #{card}")).unwrap_or_default();
    Ok(Cell::Text(Cow::Owned(format!("{tender}{card} {told}"))))
}

fn a_role<'a>(spec: &Spec, role: usize, by: Option<usize>, row: &impl Row) -> Result<Cell<'a>, Wrong> {
    let Some(mut text) = part(spec, role, row, true)? else { return Ok(Cell::Null) };
    if let Some(by) = by
        && let Some(who) = part(spec, by, row, false)?
    {
        let _ = write!(text, " #{who}");
    }
    Ok(Cell::Text(Cow::Owned(text)))
}

fn collected<'a>(spec: &Spec, fields: &[(String, usize)], row: &impl Row) -> Result<Cell<'a>, Wrong> {
    let (mut names, mut any) = (Vec::new(), false);
    for (name, slot) in fields {
        let field = spec.rules.given(row.field(*slot));
        if field == Field::Null {
            continue;
        }
        any = true;
        if yes(&spec.rules, &field).map_err(|reason| Wrong::of(*slot, &spec.target, &field, reason))? {
            names.push(name.as_str());
        }
    }
    Ok(if any { Cell::Text(Cow::Owned(names.join("; "))) } else { Cell::Null })
}

/// An amount in plain digits, with two decimals or as many as it has.
pub(crate) fn amount_text(number: i128) -> String {
    let mut text = String::new();
    digits(number, 2, &mut text);
    text
}

/// A number in plain digits, without zeros at the end.
fn plain_text(number: i128) -> String {
    let mut text = String::new();
    digits(number, 0, &mut text);
    text
}

/// What stands before the point, and what behind it.
fn whole(number: i128) -> (i128, i64) {
    match i64::try_from(number) {
        // Most fit, and small numbers are divided faster.
        Ok(number) => (i128::from(number / SMALL_ONE), number % SMALL_ONE),
        Err(_) => (number / ONE, i64::try_from(number % ONE).unwrap_or_default()),
    }
}

/// Writes a number with at least so many decimals, and without zeros behind those.
fn digits(number: i128, least: u32, out: &mut String) {
    let (before, behind) = whole(number);
    if number < 0 {
        out.push('-');
    }
    match u64::try_from(before.unsigned_abs()) {
        Ok(mut rest) => {
            let mut unit = 1;
            while rest / unit >= 10 {
                unit *= 10;
            }
            while unit > 0 {
                out.push(digit(rest / unit));
                (rest, unit) = (rest % unit, unit / 10);
            }
        }
        Err(_) => out.push_str(&before.unsigned_abs().to_string()),
    }
    let (mut rest, mut unit) = (behind.unsigned_abs(), SMALL_ONE.unsigned_abs() / 10);
    let mut decimals = 0;
    while rest > 0 || decimals < least {
        if decimals == 0 {
            out.push('.');
        }
        out.push(digit(rest / unit));
        (rest, unit, decimals) = (rest % unit, (unit / 10).max(1), decimals + 1);
    }
}

fn digit(number: u64) -> char {
    u32::try_from(number).ok().and_then(|number| char::from_digit(number, 10)).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_digits() {
        let all = [
            (0, "0", "0.00"),
            (ONE, "1", "1.00"),
            (-ONE / 2, "-0.5", "-0.50"),
            (ONE / 100 * 1205, "12.05", "12.05"),
            (ONE / 1000 * 100_200_001, "100200.001", "100200.001"),
            (1, "0.000000000001", "0.000000000001"),
            (ONE * 999_999_999_999_999 + ONE / 10, "999999999999999.1", "999999999999999.10"),
            (-ONE * 10_i128.pow(20), "-100000000000000000000", "-100000000000000000000.00"),
        ];
        for (number, plain, amount) in all {
            assert_eq!((plain_text(number), amount_text(number)), (plain.to_owned(), amount.to_owned()));
        }
    }
}
