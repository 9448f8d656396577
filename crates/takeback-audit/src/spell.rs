//! The small texts of cells that hold several things: amounts by tender, roles, fields of forms, lists. Each is read here, and
//! written nowhere else in words.

use rust_decimal::Decimal;

/// A part of [`crate::columns::Kind::Tenders`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// A tender, or a length.
    pub(crate) name: &'a str,
    /// Which card or account.
    pub(crate) id: Option<&'a str>,
    /// Nothing where it is not known.
    pub(crate) amount: Decimal,
    /// Whether it is known how much.
    pub(crate) known: bool,
}

/// A part of [`crate::columns::Kind::Roles`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role<'a> {
    /// The label path of the clause, where it is told.
    pub(crate) clause: Option<&'a str>,
    pub(crate) role: &'a str,
    pub(crate) by: Option<&'a str>,
    /// Of a verification: whether it is as it should be.
    pub(crate) passed: Option<bool>,
}

/// A part of [`crate::columns::Kind::Forms`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer<'a> {
    /// Form, point, field.
    pub(crate) field: &'a str,
    pub(crate) kept: Option<Keeping>,
}

/// How an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    Value,
    Hash,
    Nothing,
    Deleted,
}

/// The parts of a text, without blanks around them and without empty ones.
pub(crate) fn texts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Stands for an amount that is not known: `credit ?`.
pub(crate) const UNKNOWN: &str = "?";

/// Amounts by tender.
pub(crate) fn tenders(text: &str) -> Result<Vec<Part<'_>>, String> {
    texts(text).map(|part| tender(part).ok_or_else(|| format!("`{part}` is not a tender and an amount"))).collect()
}

fn tender(part: &str) -> Option<Part<'_>> {
    let (name, amount) = part.rsplit_once(char::is_whitespace)?;
    let known = amount != UNKNOWN;
    let amount = if known { plain(amount)? } else { Decimal::ZERO };
    let (name, id) = marked(name);
    Some(Part { name, id, amount, known }).filter(|part| !part.name.is_empty())
}

/// What a promotion took off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Off<'a> {
    /// Its terms, as they are written.
    pub(crate) name: &'a str,
    /// Which promotion; its terms where that is not told.
    pub(crate) id: &'a str,
    pub(crate) terms: Terms,
    /// None: it is not known how much.
    pub(crate) amount: Option<Decimal>,
}

/// The terms of a promotion, as `docs/reference/request.md` tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Terms {
    /// `3 for 2`.
    NForM(Decimal, Decimal),
    /// `20% over 100.00`.
    PercentOver(Decimal, Decimal),
    /// `every second 50%`.
    EverySecond(Decimal),
    Bundle,
    Coupon,
    /// Of the line that is given free; its amount is what it is worth.
    Gift,
    /// Of a line that a gift came with.
    WithGift,
    /// Some part of them is `?`.
    Unknown,
}

impl Terms {
    /// The word of its kind in a request.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::NForM(..) => "n for m",
            Self::PercentOver(..) => "percent over",
            Self::EverySecond(_) => "every second",
            Self::Bundle => "bundle",
            Self::Coupon => "coupon",
            Self::Gift | Self::WithGift => "gift",
            Self::Unknown => UNKNOWN,
        }
    }

    pub(crate) fn is_of_gift(self) -> bool {
        matches!(self, Self::Gift | Self::WithGift)
    }

    /// Its numbers, by the member of a request.
    pub(crate) fn numbers(self) -> Vec<(&'static str, Decimal)> {
        match self {
            Self::NForM(n, m) => vec![("n", n), ("m", m)],
            Self::PercentOver(percent, over) => vec![("over", over), ("percent", percent)],
            Self::EverySecond(percent) => vec![("percent", percent)],
            Self::Bundle | Self::Coupon | Self::Gift | Self::WithGift | Self::Unknown => Vec::new(),
        }
    }

    /// How many units it takes at the least, and what they cost, before anything is taken off.
    pub(crate) fn least(self) -> (Decimal, Decimal) {
        match self {
            Self::NForM(n, _) => (n, Decimal::ZERO),
            Self::EverySecond(_) => (Decimal::TWO, Decimal::ZERO),
            Self::PercentOver(_, over) => (Decimal::ONE, over),
            Self::Bundle | Self::Coupon | Self::Gift | Self::WithGift | Self::Unknown => (Decimal::ONE, Decimal::ZERO),
        }
    }
}

/// What promotions took off a line: `3 for 2 #P1 10.00; coupon 5.00`.
pub(crate) fn promotions(text: &str) -> Result<Vec<Off<'_>>, String> {
    tenders(text)?.into_iter().map(off).collect()
}

fn off(part: Part<'_>) -> Result<Off<'_>, String> {
    let Part { name, id, amount, known } = part;
    let Some(terms) = terms(name) else {
        return Err(format!("`{name}` is none of {KINDS}"));
    };
    Ok(Off { name, id: id.unwrap_or(name), terms, amount: known.then_some(amount) })
}

/// How promotions are written.
const KINDS: &str = "`3 for 2`, `20% over 100.00`, `every second 50%`, `bundle`, `coupon`, `gift`, `with gift`";

fn terms(name: &str) -> Option<Terms> {
    let two = |one: Option<&str>, other: Option<&str>, terms: fn(Decimal, Decimal) -> Terms| {
        let (one, other) = (one?.trim(), other?.trim());
        match one == UNKNOWN || other == UNKNOWN {
            true => Some(Terms::Unknown),
            false => Some(terms(plain(one)?, plain(other)?)),
        }
    };
    match name {
        UNKNOWN => return Some(Terms::Unknown),
        "bundle" => return Some(Terms::Bundle),
        "coupon" => return Some(Terms::Coupon),
        "gift" => return Some(Terms::Gift),
        "with gift" => return Some(Terms::WithGift),
        _ => {}
    }
    if let Some(percent) = name.strip_prefix("every second ") {
        let percent = percent.strip_suffix('%').map(str::trim);
        return two(percent, percent, |percent, _| Terms::EverySecond(percent));
    }
    if let Some((percent, over)) = name.split_once(" over ") {
        return two(percent.strip_suffix('%'), Some(over), Terms::PercentOver);
    }
    let (n, m) = name.split_once(" for ")?;
    two(Some(n), Some(m), Terms::NForM)
}

/// Who approved.
pub(crate) fn roles(text: &str) -> Result<Vec<Role<'_>>, String> {
    texts(text).map(role).collect()
}

/// Who verified, and what came of it.
pub(crate) fn verified(text: &str) -> Result<Vec<Role<'_>>, String> {
    let one = |part| {
        let (rest, result) = str::rsplit_once(part, char::is_whitespace).unwrap_or(("", part));
        let passed = match result {
            "passed" => true,
            "failed" => false,
            _ => return Err(format!("`{part}` does not end with `passed` or `failed`")),
        };
        Ok(Role { passed: Some(passed), ..role(rest)? })
    };
    texts(text).map(one).collect()
}

fn role(part: &str) -> Result<Role<'_>, String> {
    let (clause, rest) = match part.split_once(':') {
        Some((clause, rest)) => (Some(clause.trim()), rest.trim()),
        None => (None, part.trim()),
    };
    let (role, by) = marked(rest);
    if role.is_empty() {
        return Err(format!("`{part}` names no role"));
    }
    Ok(Role { clause, role, by, passed: None })
}

/// What was collected.
pub(crate) fn answers(text: &str) -> Result<Vec<Answer<'_>>, String> {
    texts(text).map(answer).collect()
}

fn answer(part: &str) -> Result<Answer<'_>, String> {
    let (field, kept) = match part.split_once('=') {
        None => (part, None),
        Some((field, kept)) => (field.trim_end(), Some(kept.trim_start())),
    };
    let kept = match kept {
        None => None,
        Some("value") => Some(Keeping::Value),
        Some("hash") => Some(Keeping::Hash),
        Some("nothing") => Some(Keeping::Nothing),
        Some("deleted") => Some(Keeping::Deleted),
        Some(_) => return Err(format!("`{part}` does not end with `value`, `hash`, `nothing` or `deleted`")),
    };
    match field.contains('.') {
        true => Ok(Answer { field, kept }),
        false => Err(format!("`{part}` is not a form, a point and a field")),
    }
}

/// What stands before `#`, and what after it.
fn marked(text: &str) -> (&str, Option<&str>) {
    match text.split_once('#') {
        Some((name, id)) => (name.trim(), Some(id.trim())),
        None => (text.trim(), None),
    }
}

/// Plain digits and one point, at most 15 before it: no sign, no group separators, no exponent.
fn plain(text: &str) -> Option<Decimal> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let amount = plain.then(|| Decimal::from_str_exact(text).ok()).flatten()?;
    (amount < Decimal::from(MOST)).then_some(amount)
}

/// What an amount is below, here as in requests.
pub(crate) const MOST: u64 = 1_000_000_000_000_000;
