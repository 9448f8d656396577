//! Everything that is asked, as a table: in the words of a shop, each answer with an example, the usual answer first. What an
//! answer writes is a sentence of the language; what it means is there.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike};
use rust_decimal::Decimal;
use takeback::date::{When, parse_zone};
use takeback::money::Currency;

use super::interview::Answers;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Name,
    Currency,
    Zone,
    From,
    Window,
    Start,
    Opened,
    OpenedPercent,
    OpenedAmount,
    Receipt,
    Days,
    Months,
    Extensions,
    Without,
    Deadline,
    Late,
    Rounding,
    Coin,
    Tax,
    Shipping,
    FeeUnit,
    FeeTax,
    Discounts,
    Bundles,
    Gifts,
    Split,
    Lines,
}

/// A question.
pub(super) struct Question {
    pub(super) key: Key,
    /// Written above the first question of a part.
    pub(super) part: &'static str,
    pub(super) asks: &'static str,
    /// What it is for, in a line.
    pub(super) why: &'static str,
    pub(super) kind: Kind,
}

/// What may be answered.
pub(super) enum Kind {
    /// One of these; the first is the usual one.
    Choice(&'static [Choice]),
    /// Anything that passes; the answer as it is kept.
    Text { usual: fn(&Answers) -> String, check: fn(&str, &Answers) -> Result<String, String> },
}

/// An answer to choose.
pub(super) struct Choice {
    pub(super) says: &'static str,
    pub(super) example: &'static str,
    /// What it is kept as, and in most cases written as.
    pub(super) writes: &'static str,
}

const fn choice(says: &'static str, example: &'static str, writes: &'static str) -> Choice {
    Choice { says, example, writes }
}

impl Question {
    /// Whether the answers so far make it a question at all.
    pub(super) fn is_open(&self, answers: &Answers) -> bool {
        let opened = answers.get(Key::Opened);
        match self.key {
            Key::OpenedPercent => opened == OPENED_PERCENT,
            Key::OpenedAmount => opened == OPENED_AMOUNT,
            Key::FeeUnit | Key::FeeTax => opened == OPENED_PERCENT || opened == OPENED_AMOUNT,
            Key::Months => ["month", "year"].iter().any(|unit| answers.get(Key::Window).contains(unit)),
            Key::Without => answers.get(Key::Start) != "sold",
            Key::Coin => coin(answers).is_some(),
            Key::Name
            | Key::Currency
            | Key::Zone
            | Key::From
            | Key::Window
            | Key::Start
            | Key::Opened
            | Key::Receipt
            | Key::Days
            | Key::Extensions
            | Key::Deadline
            | Key::Late
            | Key::Rounding
            | Key::Tax
            | Key::Shipping
            | Key::Discounts
            | Key::Bundles
            | Key::Gifts
            | Key::Split
            | Key::Lines => true,
        }
    }
}

pub(super) const OPENED_SAME: &str = "same";
pub(super) const OPENED_PERCENT: &str = "percent";
pub(super) const OPENED_AMOUNT: &str = "amount";
pub(super) const OPENED_DECLINED: &str = "declined";
pub(super) const RECEIPT_CREDIT: &str = "credit";
pub(super) const RECEIPT_MANAGER: &str = "manager";
pub(super) const RECEIPT_DECLINED: &str = "declined";

/// All questions, in the order in which they are asked.
pub(super) const QUESTIONS: &[Question] = &[
    Question {
        key: Key::Name,
        part: "The shop",
        asks: "What is the shop called?",
        why: "It stands at the top of the policy and of every answer.",
        kind: Kind::Text { usual: |answers| answers.shop().to_owned(), check: |text, _| name(text) },
    },
    Question {
        key: Key::Currency,
        part: "The shop",
        asks: "Which currency does it take?",
        why: "Its three letters: USD, EUR, GBP.",
        kind: Kind::Text { usual: |_| "USD".to_owned(), check: |text, _| currency(text) },
    },
    Question {
        key: Key::Zone,
        part: "The shop",
        asks: "In which time zone is it?",
        why: "Half past eleven in the evening still belongs to that day, where the shop is.",
        kind: Kind::Text { usual: |_| here(), check: |text, _| zone(text) },
    },
    Question {
        key: Key::From,
        part: "The shop",
        asks: "From which day is the policy in force?",
        why: "It decides about goods sold from that day on; what was sold before goes to a manager.",
        kind: Kind::Text { usual: |answers| new_year(answers.get(Key::Zone)), check: |text, _| day(text) },
    },
    Question {
        key: Key::Window,
        part: "Returns",
        asks: "How long may goods come back?",
        why: "In days, weeks, months or years: 30 days, 6 weeks, 2 months.",
        kind: Kind::Text { usual: |_| "30 days".to_owned(), check: |text, _| window(text) },
    },
    Question {
        key: Key::Start,
        part: "Returns",
        asks: "From when does that time count?",
        why: "Sold on March 1 and delivered on March 4, thirty days:",
        kind: Kind::Choice(&[
            choice("From the sale", "until March 31", "sold"),
            choice("From the day the customer has the goods", "until April 3", "received"),
        ]),
    },
    Question {
        key: Key::Opened,
        part: "Returns",
        asks: "What does the customer get for goods that were opened or used?",
        why: "Sold for 100.00. Whatever is chosen, goods that are broken come back free of charge.",
        kind: Kind::Choice(&[
            choice("The price less a part of it", "less 15 percent: 85.00", OPENED_PERCENT),
            choice("The price less a fixed amount", "less 10.00: 90.00", OPENED_AMOUNT),
            choice("The price, as if they were sealed", "100.00", OPENED_SAME),
            choice("Nothing: they do not come back", "0.00; a manager can say otherwise", OPENED_DECLINED),
        ]),
    },
    Question {
        key: Key::OpenedPercent,
        part: "Returns",
        asks: "How many percent of the price stay with the shop?",
        why: "15 percent of 100.00: 85.00 go back.",
        kind: Kind::Text { usual: |_| "15".to_owned(), check: |text, _| percent(text) },
    },
    Question {
        key: Key::OpenedAmount,
        part: "Returns",
        asks: "How much stays with the shop?",
        why: "10 of 100: 90 go back. Never more than the goods cost.",
        kind: Kind::Text {
            usual: |answers| amount("10", answers.get(Key::Currency)).unwrap_or_default(),
            check: |text, answers| amount(text, answers.get(Key::Currency)),
        },
    },
    Question {
        key: Key::Receipt,
        part: "Returns",
        asks: "What does the customer get without a receipt?",
        why: "Sold for 100.00 some day; today it costs 80.00.",
        kind: Kind::Choice(&[
            choice("Store credit for what the goods cost today", "80.00", RECEIPT_CREDIT),
            choice("The same, when a manager agrees", "80.00, after a look", RECEIPT_MANAGER),
            choice("Nothing: they do not come back", "0.00; a manager can say otherwise", RECEIPT_DECLINED),
        ]),
    },
    Question {
        key: Key::Days,
        part: "Counting days",
        asks: "Which day is the first?",
        why: "Sold on March 1, thirty days:",
        kind: Kind::Choice(&[
            choice("The day after", "until March 31", "the day after"),
            choice("The day of the sale itself", "until March 30", "the day itself"),
        ]),
    },
    Question {
        key: Key::Months,
        part: "Counting days",
        asks: "When does a month end that has no such day?",
        why: "A month from January 31:",
        kind: Kind::Choice(&[
            choice("On its last day", "until February 28", "end on the last day"),
            choice("It runs into the next month", "until March 1", "run into the next month"),
        ]),
    },
    Question {
        key: Key::Extensions,
        part: "Counting days",
        asks: "What if two rules give more time at once?",
        why: "Members have 30 days more, holiday gifts 10; a member brings a holiday gift:",
        kind: Kind::Choice(&[
            choice("Both count", "40 days more", "add up"),
            choice("The longer one counts", "30 days more", "longest counts"),
        ]),
    },
    Question {
        key: Key::Without,
        part: "Counting days",
        asks: "What if nobody knows when the customer got the goods?",
        why: "Sold on March 1, delivered some day after:",
        kind: Kind::Choice(&[
            choice("Ask, where it matters", "\"When did it arrive?\"", "ask"),
            choice("Count from the sale", "thirty days: until March 31", "use sold"),
            choice("A manager decides", "the clerk calls one", "refer to manager"),
        ]),
    },
    Question {
        key: Key::Deadline,
        part: "Counting days",
        asks: "By post: what must happen in time?",
        why: "Announced on March 31, posted on April 2, here on April 5:",
        kind: Kind::Choice(&[
            choice("The customer says so", "counts as March 31", "told"),
            choice("The goods are sent", "counts as April 2", "sent"),
            choice("The goods arrive", "counts as April 5", "received"),
        ]),
    },
    Question {
        key: Key::Late,
        part: "Counting days",
        asks: "A day late: can a manager still say yes?",
        why: "Until March 31, and today is April 1:",
        kind: Kind::Choice(&[
            choice("Yes", "declined, unless a manager approves", "overridable by manager"),
            choice("No", "declined for good", "final"),
        ]),
    },
    Question {
        key: Key::Rounding,
        part: "Money",
        asks: "How are parts of a cent rounded?",
        why: "A part of a price is seldom a whole number of cents:",
        kind: Kind::Choice(&[
            choice("Half a cent up", "6.124 is 6.12, 6.125 is 6.13", "half up"),
            choice("Half a cent to the even one", "6.125 is 6.12, 6.135 is 6.14", "half even"),
            choice("Down", "6.129 is 6.12", "down"),
            choice("Up", "6.121 is 6.13", "up"),
        ]),
    },
    Question {
        key: Key::Coin,
        part: "Money",
        asks: "What is the smallest coin where the shop is?",
        why: "What is handed out or paid in cash is rounded to it. 0.01: nothing is rounded.",
        kind: Kind::Text {
            usual: |answers| coin(answers).unwrap_or_default().to_owned(),
            check: |text, answers| amount(text, answers.get(Key::Currency)),
        },
    },
    Question {
        key: Key::Tax,
        part: "Money",
        asks: "How much tax goes back when the shop keeps a part?",
        why: "Goods for 100.00 with 8.00 tax, of which 15.00 stay with the shop:",
        kind: Kind::Choice(&[
            choice("All of it", "8.00", "returned in full"),
            choice("That on what is refunded", "6.80", "returned on what is refunded"),
            choice("None", "0.00", "not returned"),
        ]),
    },
    Question {
        key: Key::Shipping,
        part: "Money",
        asks: "What about the delivery the customer paid for?",
        why: "Express for 9.90, where 4.90 was the cheapest; half of the goods come back now, the rest later:",
        kind: Kind::Choice(&[
            choice("It stays with the shop", "0.00", "not returned"),
            choice("It goes back with the goods", "4.95 now, 4.95 later", "returned"),
            choice("It goes back, up to the cheapest", "2.45 now, 2.45 later", "returned up to the cheapest"),
            choice("It goes back with the last item", "0.00 now, 9.90 later", "returned with the last item"),
        ]),
    },
    Question {
        key: Key::FeeUnit,
        part: "Money",
        asks: "Opened goods: what is charged for once?",
        why: "Two opened mugs and an opened lamp come back together:",
        kind: Kind::Choice(&[
            choice("Each line of the receipt", "once for the mugs, once for the lamp", "per line"),
            choice("Each thing", "three times", "per item"),
            choice("The whole return", "once, the highest", "per return"),
        ]),
    },
    Question {
        key: Key::FeeTax,
        part: "Money",
        asks: "Opened goods: is tax charged on what the shop keeps?",
        why: "15.00 stay with the shop; tax is 8 percent:",
        kind: Kind::Choice(&[choice("No", "15.00 stay", "untaxed"), choice("Yes", "16.20 stay", "taxed")]),
    },
    Question {
        key: Key::Discounts,
        part: "Money",
        asks: "One of several that were cheaper together comes back: how much?",
        why: "Four shirts at 40.00, every second one half price: 120.00 paid. One comes back:",
        kind: Kind::Choice(&[
            choice("Its share of what was paid", "30.00", "shared in proportion"),
            choice("What the others would not have cost with the offer", "120.00 less 100.00: 20.00", "clawed back"),
            choice("What the others would not have cost without it", "120.00 less 120.00: 0.00", "void"),
        ]),
    },
    Question {
        key: Key::Bundles,
        part: "Money",
        asks: "A part of a set comes back: how much?",
        why: "Three for 50.00 as a set, 20.00 each alone. One comes back:",
        kind: Kind::Choice(&[
            choice("Its share of what was paid", "16.67", "shared in proportion"),
            choice("What the rest would not have cost alone", "50.00 less 40.00: 10.00", "void"),
        ]),
    },
    Question {
        key: Key::Gifts,
        part: "Money",
        asks: "Goods come back, the gift that came with them does not?",
        why: "The goods cost 100.00, the gift is worth 15.00:",
        kind: Kind::Choice(&[
            choice("Its value is taken off", "85.00", "value deducted"),
            choice("It must come back too", "nothing before that", "must come back"),
            choice("The customer keeps it", "100.00", "kept free"),
        ]),
    },
    Question {
        key: Key::Split,
        part: "At the counter",
        asks: "Paid in two ways: where does the money go?",
        why: "60.00 paid by card, then 40.00 by gift card; 50.00 go back:",
        kind: Kind::Choice(&[
            choice(
                "To the gift card first",
                "40.00 to the gift card, 10.00 to the card",
                "gift card first, then in proportion",
            ),
            choice("In the order of payment", "50.00 to the card", "as tendered"),
            choice("In the opposite order", "40.00 to the gift card, 10.00 to the card", "in reverse"),
            choice("In proportion", "30.00 to the card, 20.00 to the gift card", "in proportion"),
        ]),
    },
    Question {
        key: Key::Lines,
        part: "At the counter",
        asks: "Two things come back, and one of them is too late?",
        why: "A lamp in time, a mug too late:",
        kind: Kind::Choice(&[
            choice("Each by itself", "the lamp is paid back", "each by itself"),
            choice("All or nothing", "neither is", "all together"),
        ]),
    },
];

fn name(text: &str) -> Result<String, String> {
    if text.contains('"') || text.chars().any(char::is_control) {
        return Err("please without quotation marks".to_owned());
    }
    if text.chars().count() > 100 { Err("please in at most 100 letters".to_owned()) } else { Ok(text.to_owned()) }
}

fn currency(text: &str) -> Result<String, String> {
    let currency: Currency = text.to_uppercase().parse().map_err(|error| format!("{error}"))?;
    Ok(currency.code().to_owned())
}

fn zone(text: &str) -> Result<String, String> {
    parse_zone(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}

fn day(text: &str) -> Result<String, String> {
    match text.parse() {
        Ok(When::Date(day)) => Ok(day.to_string()),
        Ok(When::Moment(_)) | Err(_) => Err("please as year, month and day: 2026-01-31".to_owned()),
    }
}

fn window(text: &str) -> Result<String, String> {
    let trouble = || "please a number of days, weeks, months or years: 30 days".to_owned();
    let (count, unit) = text.split_once(' ').unwrap_or((text, "days"));
    let count: u32 = count.parse().map_err(|_| trouble())?;
    let unit = match unit.trim().trim_end_matches('s') {
        unit @ ("day" | "week" | "month" | "year") => unit,
        _ => return Err(trouble()),
    };
    match count {
        0 => Err("please at least one".to_owned()),
        1 => Ok(format!("1 {unit}")),
        2..=1000 => Ok(format!("{count} {unit}s")),
        _ => Err("please at most 1000".to_owned()),
    }
}

fn percent(text: &str) -> Result<String, String> {
    let number: Option<Decimal> = text.trim_end_matches(['%', ' ']).parse().ok();
    match number {
        Some(number) if number > Decimal::ZERO && number <= Decimal::ONE_HUNDRED => Ok(number.normalize().to_string()),
        Some(_) | None => Err("please a number over 0 and up to 100".to_owned()),
    }
}

/// The smallest coin of the currency, where it has none for every amount.
fn coin(answers: &Answers) -> Option<&'static str> {
    answers.get(Key::Currency).parse::<Currency>().ok()?.smallest_coin()
}

/// An amount with the decimals of the currency.
fn amount(text: &str, currency: &str) -> Result<String, String> {
    let digits = currency.parse::<Currency>().map(Currency::minor_digits).unwrap_or_default();
    let number: Option<Decimal> = text.trim_end_matches(currency).trim().parse().ok();
    match number.map(|number| number.normalize()) {
        Some(mut number) if number > Decimal::ZERO && number.scale() <= digits => {
            number.rescale(digits);
            Ok(number.to_string())
        }
        Some(_) | None => Err(format!("please an amount with at most {digits} decimals")),
    }
}

/// The time zone this computer says it is in.
fn here() -> String {
    let named = std::env::var("TZ").ok().map(|name| name.trim_start_matches(':').to_owned());
    let linked = || {
        let path = std::fs::read_link("/etc/localtime").ok()?;
        let path = path.to_string_lossy().into_owned();
        path.split_once("zoneinfo/").map(|(_, name)| name.to_owned())
    };
    let region = |name: &String| name.contains('/') && !name.starts_with("Etc/") && parse_zone(name).is_ok();
    named.filter(region).or_else(|| linked().filter(region)).unwrap_or_else(|| "America/New_York".to_owned())
}

/// The first day of this year, so that goods sold lately are decided from the start.
fn new_year(zone: &str) -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let moment = DateTime::from_timestamp(i64::try_from(seconds).unwrap_or(0), 0).unwrap_or_default();
    let today = When::Moment(moment.fixed_offset()).civil(parse_zone(zone).ok().as_ref());
    format!("{:04}-01-01", today.year())
}

#[cfg(test)]
mod tests {
    use super::{amount, currency, day, name, percent, window};

    #[test]
    fn answers_are_read_kindly() {
        assert_eq!(window("30").unwrap(), "30 days");
        assert_eq!(window("1 weeks").unwrap(), "1 week");
        assert_eq!(window("6 month").unwrap(), "6 months");
        assert_eq!(percent("12.50 %").unwrap(), "12.5");
        assert_eq!(amount("5", "USD").unwrap(), "5.00");
        assert_eq!(amount("500 JPY", "JPY").unwrap(), "500");
        assert_eq!(currency("eur").unwrap(), "EUR");
        assert_eq!(day("2026-02-28").unwrap(), "2026-02-28");
        assert_eq!(name("Zoë's").unwrap(), "Zoë's");
    }

    #[test]
    fn what_makes_no_sense_is_asked_again() {
        for text in ["", "thirty", "0 days", "-1", "30 minutes", "1001 days"] {
            assert!(window(text).is_err(), "{text}");
        }
        for text in ["0", "101", "a lot", ""] {
            assert!(percent(text).is_err(), "{text}");
        }
        for text in ["0", "1.005", "-3"] {
            assert!(amount(text, "USD").is_err(), "{text}");
        }
        assert!(amount("1.5", "JPY").is_err());
        assert!(currency("dollars").is_err());
        assert!(day("2026-02-30").is_err());
        assert!(name("a \"b\"").is_err());
    }
}
