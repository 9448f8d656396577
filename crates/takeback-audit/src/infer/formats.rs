//! How days and numbers are written, as far as rows that were looked at tell.

use super::{Holds, names};
use crate::columns::Kind;
use crate::mapping::number::NumberFormat;
use crate::mapping::when::WhenFormat;
use crate::read::Sample;

/// What was seen of all files together.
pub(super) struct Seen {
    pub(super) dates: Dates,
    /// Whether there are times without an offset.
    pub(super) local_times: bool,
    pub(super) numbers: Numbers,
    pub(super) symbol: Option<String>,
    pub(super) null: Vec<String>,
    /// Whether amounts are whole numbers, all of them.
    pub(super) whole_amounts: bool,
}

pub(super) enum Dates {
    None,
    Iso,
    One(String),
    /// More than one format fits all.
    Several(Vec<String>),
    /// None does; one of them.
    Unknown(String),
}

impl Dates {
    fn rank(&self) -> u8 {
        match self {
            Dates::Several(_) => 0,
            Dates::One(_) => 1,
            Dates::Iso => 2,
            Dates::Unknown(_) => 3,
            Dates::None => 4,
        }
    }

    /// The one format that it is, as a mapping writes it.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Dates::Iso => Some("iso"),
            Dates::One(format) => Some(format),
            Dates::None | Dates::Several(_) | Dates::Unknown(_) => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    Plain,
    Like(&'static str),
    /// It could be this or that.
    Doubtful(&'static str, &'static str),
}

const DAYS: [&str; 17] = [
    "dd.MM.yyyy",
    "d.M.yyyy",
    "dd/MM/yyyy",
    "MM/dd/yyyy",
    "d/M/yyyy",
    "M/d/yyyy",
    "dd-MM-yyyy",
    "MM-dd-yyyy",
    "yyyy/MM/dd",
    "yyyyMMdd",
    "d MMM yyyy",
    "dd-MMM-yyyy",
    "yyyy-MM-dd",
    "dd.MM.yy",
    "dd/MM/yy",
    "MM/dd/yy",
    "M/d/yy",
];
const TIMES: [&str; 8] = ["", " HH:mm:ss", " HH:mm", " H:mm", " h:mm a", " h:mm:ss a", "'T'HH:mm:ss", " HH:mm:ss xxx"];

/// Texts that stand for nothing in many exports.
const NOTHING: [&str; 8] = ["NULL", "null", "\\N", "N/A", "n/a", "NA", "-", "None"];

const SYMBOLS: [&str; 8] = ["€", "£", "$", "¥", "USD", "EUR", "GBP", "kr"];

/// How numbers are written that are no plain ones.
const LIKE: [(&str, char, Option<char>); 7] = [
    ("1,234.56", '.', Some(',')),
    ("1234,56", ',', None),
    ("1.234,56", ',', Some('.')),
    ("1 234,56", ',', Some(' ')),
    ("1 234.56", '.', Some(' ')),
    ("1'234.56", '.', Some('\'')),
    ("1'234,56", ',', Some('\'')),
];

impl Seen {
    /// Of the columns that were found, what kinds they are and what stands in them.
    pub(super) fn of(files: impl Iterator<Item = Vec<(Kind, Vec<String>)>>) -> Self {
        let files: Vec<Vec<(Kind, Vec<String>)>> = files.collect();
        let (mut days, mut numbers, mut amounts, mut null) =
            (Vec::<Vec<&str>>::new(), Vec::new(), Vec::new(), Vec::new());
        for columns in &files {
            for (kind, values) in columns {
                let mut of_column = Vec::new();
                for value in values.iter().map(String::as_str) {
                    if NOTHING.contains(&value) {
                        null.push(value.to_owned());
                        continue;
                    }
                    match kind {
                        Kind::Moment | Kind::Day => of_column.push(value),
                        Kind::Money => {
                            numbers.push(value);
                            amounts.push(value);
                        }
                        Kind::Count | Kind::Percent => numbers.push(value),
                        _ => {}
                    }
                }
                if !of_column.is_empty() {
                    days.push(of_column);
                }
            }
        }
        null.sort();
        null.dedup();
        let mut told: Vec<(Dates, bool)> = days.iter().map(|days| dates(days)).collect();
        let local_times = told.iter().any(|(_, local)| *local);
        // What most is said of is said for all; columns that differ say it themselves.
        told.sort_by_key(|(dates, _)| dates.rank());
        let dates = told.into_iter().next().map_or(Dates::None, |(dates, _)| dates);
        let symbol = SYMBOLS
            .iter()
            .find(|symbol| amounts.iter().any(|amount| amount.contains(**symbol)))
            .map(|symbol| (*symbol).to_owned());
        let digits = |amount: &&str| amount.chars().all(|c| c.is_ascii_digit() || c == '-');
        let whole_amounts = amounts.len() > 20 && amounts.iter().all(digits);
        Self { dates, local_times, numbers: like(&numbers, symbol.as_deref()), symbol, null, whole_amounts }
    }
}

impl Numbers {
    /// As a mapping writes it.
    fn word(self) -> &'static str {
        match self {
            Numbers::Plain | Numbers::Doubtful(..) => "1234.56",
            Numbers::Like(format) => format,
        }
    }
}

impl Seen {
    /// How a column writes its numbers, where that is not how most do.
    pub(super) fn other_numbers(&self, values: &[&str]) -> Option<&'static str> {
        let values: Vec<&str> = values.iter().copied().filter(|value| !NOTHING.contains(value)).collect();
        let symbol = self.symbol.as_deref();
        let reads = |word: &str| {
            let known = LIKE
                .iter()
                .find(|(text, ..)| *text == word)
                .map_or(('.', None), |(_, point, thousands)| (*point, *thousands));
            let format =
                NumberFormat { point: known.0, thousands: known.1, symbol: symbol.map(str::to_owned), minor: 0 };
            values.iter().filter(|value| format.told(value).is_ok()).count()
        };
        let own = like(&values, symbol).word();
        (own != self.numbers.word() && reads(own) > reads(self.numbers.word())).then_some(own)
    }
}

/// How days are written, and whether there are times without an offset.
pub(super) fn dates(days: &[&str]) -> (Dates, bool) {
    let Some(first) = days.first() else { return (Dates::None, false) };
    // Rows with errors do not hide how the others are written.
    let fits = |format: &WhenFormat| {
        let read = days.iter().filter(|day| format.told(day.trim()).is_some()).count();
        read > 0 && read * 10 >= days.len() * 8
    };
    let local = |format: &WhenFormat| {
        days.iter().filter_map(|day| format.told(day.trim())).any(|told| told.time.is_some() && told.offset.is_none())
    };
    if fits(&WhenFormat::Iso) {
        return (Dates::Iso, local(&WhenFormat::Iso));
    }
    // Whole numbers of the years 2001 to 2033.
    for (word, from) in [("unix seconds", 1_000_000_000_i64), ("unix milliseconds", 1_000_000_000_000)] {
        if days.iter().all(|day| day.parse::<i64>().is_ok_and(|number| (from..2 * from).contains(&number))) {
            return (Dates::One(word.to_owned()), false);
        }
    }
    let all = DAYS.iter().flat_map(|day| TIMES.iter().map(move |time| format!("{day}{time}")));
    let read = all.filter_map(|text| WhenFormat::read(&text).ok().map(|format| (text, format)));
    let fitting: Vec<(String, WhenFormat)> = read.filter(|(_, format)| fits(format)).collect();
    let times = fitting.first().is_some_and(|(_, format)| local(format));
    // `d.M.yyyy` reads what `dd.MM.yyyy` reads, and `H:mm` what `HH:mm` reads: of the two the stricter is meant.
    let strict = |text: &str| {
        let days = |text: &str| {
            let double = text.replace("d.M.", "dd.MM.").replace("d/M/", "dd/MM/").replace("M/d/", "MM/dd/");
            double.replace("ddd", "dd")
        };
        let hours = |text: &str| text.replace(" H:", " HH:");
        let stricter = [days(text), hours(text), hours(&days(text))];
        stricter.iter().all(|double| double == text || !fitting.iter().any(|(other, _)| other == double))
    };
    let formats: Vec<String> = fitting.iter().map(|(text, _)| text.clone()).filter(|text| strict(text)).collect();
    let dates = match formats.as_slice() {
        [] => Dates::Unknown((*first).to_owned()),
        [one] => Dates::One(one.clone()),
        _ => Dates::Several(formats),
    };
    (dates, times)
}

fn like(numbers: &[&str], symbol: Option<&str>) -> Numbers {
    let format = |point, thousands| NumberFormat { point, thousands, symbol: symbol.map(str::to_owned), minor: 0 };
    let fits = |format: &NumberFormat| {
        let read = numbers.iter().filter(|number| format.told(number).is_ok()).count();
        numbers.is_empty() || (read > 0 && read * 10 >= numbers.len() * 8)
    };
    if fits(&format('.', None)) {
        // `1.234` is a thousand and more in some places; three decimals everywhere are doubtful.
        let three = |number: &&str| number.rsplit_once('.').is_some_and(|(_, after)| after.len() == 3);
        let pointed: Vec<&&str> = numbers.iter().filter(|number| number.contains('.')).collect();
        let doubtful = !pointed.is_empty() && pointed.iter().all(|number| three(number));
        return if doubtful { Numbers::Doubtful("1234.56", "1.234,56") } else { Numbers::Plain };
    }
    let read = |format: &NumberFormat| numbers.iter().filter(|number| format.told(number).is_ok()).count();
    let counted = LIKE.iter().map(|(text, point, thousands)| (*text, read(&format(*point, *thousands))));
    let counted: Vec<(&'static str, usize)> = counted.collect();
    let most = counted.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let best: Vec<&'static str> = counted.iter().filter(|(_, count)| *count == most).map(|(text, _)| *text).collect();
    match best.as_slice() {
        _ if most == 0 => Numbers::Plain,
        // Only commas, and three digits after each: thousands or decimals.
        ["1,234.56", "1234,56", ..] => Numbers::Doubtful("1,234.56", "1234,56"),
        [one, ..] => Numbers::Like(one),
        [] => Numbers::Plain,
    }
}

/// What speaks against a column being what its name says.
pub(super) fn doubt(sample: &Sample, column: usize, kind: Kind) -> Option<&'static str> {
    let values = sample.values(column);
    let given = || values.iter().filter(|value| !NOTHING.contains(value));
    match kind {
        Kind::Money | Kind::Percent | Kind::Count => {
            let digit = |value: &&&str| value.chars().any(|c| c.is_ascii_digit());
            let letters = |value: &&&str| value.chars().filter(|c| c.is_alphabetic()).count() > 3;
            let wordy = given().filter(|value| letters(value)).count() * 10 > given().count() * 2;
            (wordy || (!values.is_empty() && !given().any(|value| digit(&value)))).then_some("holds no numbers")
        }
        Kind::Moment | Kind::Day => {
            let known = !matches!(dates(&values).0, Dates::Unknown(_));
            let digits = given().filter(|value| value.chars().any(|c| c.is_ascii_digit())).count();
            (!known || digits * 10 < given().count() * 8).then_some("holds no days in a format that is known here")
        }
        _ if values.is_empty() && !sample.rows.is_empty() => Some("holds nothing in these rows"),
        _ => None,
    }
}

/// Whether the numbers of returns in a column are written with minus.
pub(super) fn all_negative(sample: &Sample, column: usize, holds: Holds) -> bool {
    let mut given = rows(sample, holds, true).filter(|row| row.get(column).is_some_and(Option::is_some)).peekable();
    given.peek().is_some() && given.all(|row| minus(row, column))
}

fn minus(row: &[Option<String>], place: usize) -> bool {
    row.get(place).and_then(Option::as_deref).is_some_and(is_negative)
}

/// Minus stands before or after a number, or brackets around it.
pub(super) fn is_negative(value: &str) -> bool {
    let value = value.trim();
    value.chars().any(|c| c.is_ascii_digit())
        && (value.starts_with(['-', '\u{2212}'])
            || value.ends_with('-')
            || value.starts_with('(') && value.ends_with(')'))
}

/// The rows that are sales, or returns.
pub(super) fn rows(sample: &Sample, holds: Holds, returns: bool) -> impl Iterator<Item = &Vec<Option<String>>> {
    sample.rows.iter().filter(move |row| match holds {
        Holds::Both(quantity) => minus(row, quantity) == returns,
        Holds::Typed(place) => row.get(place).and_then(Option::as_deref).is_some_and(names::says_return) == returns,
        Holds::Sales | Holds::Returns | Holds::Joined => true,
    })
}
