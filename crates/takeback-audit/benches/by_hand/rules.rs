//! The rules: a row in, an answer out.

/// Days since 1970, cents, units. `None` is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) by_post: bool,
    pub(crate) category: Option<Category>,
    pub(crate) kind: Option<Kind>,
    pub(crate) faulty: Option<bool>,
    pub(crate) sold: Option<i64>,
    pub(crate) at: Option<i64>,
    pub(crate) bought: Option<i64>,
    pub(crate) back: Option<i64>,
    pub(crate) paid: Option<i64>,
    pub(crate) tax: Option<i64>,
    pub(crate) given: Option<i64>,
    pub(crate) cash: Option<i64>,
    pub(crate) charge: Option<i64>,
    pub(crate) credit: Option<i64>,
}

/// The categories that the policy tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    Electronics,
    Jewelry,
    Other,
}

impl Category {
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        match text {
            b"" => None,
            b"Electronics" => Some(Self::Electronics),
            b"Jewelry" => Some(Self::Jewelry),
            _ => Some(Self::Other),
        }
    }
}

/// The classes of jewelry that the policy tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Unique,
    LooseStones,
    Other,
}

impl Kind {
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        match text {
            b"" => None,
            b"custom" | b"estate" | b"consignment" => Some(Self::Unique),
            b"loose stones" => Some(Self::LooseStones),
            _ => Some(Self::Other),
        }
    }
}

/// Whether a reason, where it is known, is one that costs no fee.
pub(crate) fn faulty(reason: &[u8]) -> Option<bool> {
    match reason {
        b"" => None,
        b"Stopped working"
        | b"Not working any more"
        | b"Package was damaged"
        | b"Not the product that was ordred"
        | b"Parts missing" => Some(true),
        _ => Some(false),
    }
}

/// What should have been given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Accept(i64),
    Refer(i64),
    Decline,
    Undetermined,
}

/// What should have been given back, beside what was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) answer: Answer,
    pub(crate) given: Option<i64>,
    /// What was given more than expected.
    pub(crate) difference: Option<i64>,
    /// Of what may be given, what went elsewhere than where it came from.
    pub(crate) elsewhere: Option<i64>,
}

/// 2001-01-01: from here on a sale is one of the second version, and a return referred by it.
const SECOND: i64 = 11_323;

pub(crate) fn judge(row: &Row) -> Judged {
    let answer = answer(row);
    let elsewhere = || Some(if row.by_post { row.cash? } else { row.charge? } + row.credit?);
    let (expected, elsewhere) = match answer {
        Answer::Accept(refund) | Answer::Refer(refund) => (Some(refund), elsewhere()),
        Answer::Decline => (Some(0), None),
        Answer::Undetermined => (None, None),
    };
    let difference = row.given.zip(expected).map(|(given, expected)| given - expected);
    Judged { answer, given: row.given, difference, elsewhere }
}

fn answer(row: &Row) -> Answer {
    let Some(at) = row.at else { return Answer::Undetermined };
    match (row.category, row.kind, row.faulty) {
        (Some(category), Some(kind), Some(faulty)) => known(row, at, category, kind, faulty),
        (category, kind, faulty) => {
            let categories =
                category.map_or(vec![Category::Electronics, Category::Jewelry, Category::Other], |one| vec![one]);
            let kinds = kind.map_or(vec![Kind::Unique, Kind::LooseStones, Kind::Other], |one| vec![one]);
            let faults = faulty.map_or(vec![true, false], |one| vec![one]);
            let mut all = categories.iter().flat_map(|category| {
                kinds.iter().flat_map(|kind| faults.iter().map(|faulty| known(row, at, *category, *kind, *faulty)))
            });
            let first = all.next().unwrap_or(Answer::Undetermined);
            if all.all(|answer| answer == first) { first } else { Answer::Undetermined }
        }
    }
}

fn known(row: &Row, at: i64, category: Category, kind: Kind, faulty: bool) -> Answer {
    if category == Category::Jewelry && kind == Kind::Unique {
        return Answer::Decline;
    }
    let Some(sold) = row.sold else { return Answer::Undetermined };
    let window = match category {
        Category::Electronics if row.by_post => 45,
        Category::Electronics | Category::Jewelry => 30,
        Category::Other if row.by_post => 120,
        Category::Other if sold < SECOND => 90,
        Category::Other => 60,
    };
    if at < sold || at > sold + window {
        return Answer::Decline;
    }
    let (Some(bought), Some(back), Some(paid), Some(tax)) = (row.bought, row.back, row.paid, row.tax) else {
        return Answer::Undetermined;
    };
    let goods = share(paid, back, bought);
    let fee = match category {
        Category::Electronics if !faulty => share(goods, 15, 100).min(7_500),
        Category::Jewelry if kind == Kind::LooseStones => goods.min(2_000),
        Category::Electronics | Category::Jewelry | Category::Other => 0,
    };
    let refund = goods - fee + share(tax, back, bought);
    let alone = if at < SECOND { 100_000 } else { 150_000 };
    if refund > alone { Answer::Refer(refund) } else { Answer::Accept(refund) }
}

/// That part of an amount, half a cent rounded up.
pub(crate) fn share(amount: i64, part: i64, whole: i64) -> i64 {
    (2 * amount * part + whole) / (2 * whole)
}
