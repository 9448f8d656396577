//! A policy made of terms. What the formats do not say and the language refuses to guess stands in it as a question, so
//! `takeback check` does not pass before somebody has answered.

mod clauses;
mod sorted;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;
use takeback::money::Currency;

use crate::lost::Lost;
use crate::terms::Terms;
use sorted::Sorted;

/// What is known beside the terms.
#[derive(Debug, Clone)]
pub struct About {
    /// The shop.
    pub name: String,
    /// The first day of the policy; none: a question.
    pub from: Option<NaiveDate>,
    /// IANA name of its time zone; none: a question.
    pub zone: Option<String>,
    /// The currency, where the terms name none; none: a question.
    pub currency: Option<String>,
    /// Where the terms were read, as a citation.
    pub source: String,
}

/// A choice that the terms leave open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The question, for a manager.
    pub asks: String,
    /// The sentences to choose from, as they would be written.
    pub choices: Vec<String>,
}

/// A policy file, the questions it leaves, and what of the terms is not in it.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text of the file.
    pub text: String,
    /// What has to be chosen before it can be used, in the order of the text.
    pub open: Vec<Open>,
    /// What a policy does not decide by, or what it has here in another way.
    pub lost: Vec<Lost>,
}

/// The choices of a header that every policy needs, and the formats never tell.
const OPEN: [(&str, &[&str]); 9] = [
    ("Which day is the first of the period?", &["days counted from the day after", "days counted from the day itself"]),
    (
        "By post: what must happen in time?",
        &["deadline met when told", "deadline met when sent", "deadline met when received"],
    ),
    ("A day late: can somebody still say yes?", &["late returns overridable by manager", "late returns final"]),
    ("How are parts of a cent rounded?", &["rounding half up", "rounding half even", "rounding down", "rounding up"]),
    (
        "How much tax goes back when the shop keeps a part?",
        &["tax returned in full", "tax returned on what is refunded", "tax not returned"],
    ),
    (
        "What about the delivery the customer paid for?",
        &[
            "shipping not returned",
            "shipping returned",
            "shipping returned up to the cheapest",
            "shipping returned with the last item",
        ],
    ),
    (
        "One of several that were cheaper together comes back: how much?",
        &["discounts shared in proportion", "discounts clawed back", "discounts void"],
    ),
    (
        "Paid in two ways: where does the money go?",
        &[
            "split payments gift card first, then in proportion",
            "split payments as tendered",
            "split payments in reverse",
            "split payments in proportion",
        ],
    ),
    ("One of two things is not accepted: what of the other?", &["lines each by itself", "lines all together"]),
];

/// To choose from where none is told; amounts that are to be chosen are in the first.
const CURRENCIES: [&str; 3] = ["EUR", "USD", "GBP"];
/// So many days are a hundred years; the language counts no further.
const LONGEST: u32 = 36_525;
/// What is kept of a delivery that was paid for, where the terms say so.
const DELIVERY_KEPT: &str = "shipping not returned";

/// Writes a policy of terms: the general ones, and exceptions to them for the goods, customers or countries that others name.
pub fn write(all: &[Terms], about: &About) -> Text {
    let currency = all.iter().find_map(|terms| terms.currency.clone()).or_else(|| about.currency.clone());
    let mut writer = Writer {
        about,
        currency,
        open: Vec::new(),
        lost: Vec::new(),
        facts: BTreeMap::new(),
        fees: BTreeMap::new(),
        seasons: Vec::new(),
        labels: BTreeSet::from(["everything".to_owned()]),
    };
    let sorted = Sorted::new(all, writer.currency.as_deref(), &mut writer.lost);
    let clauses = writer.clauses(&sorted);
    // The header comes first in the text, though what stands in it is known only after the clauses.
    let of_clauses = std::mem::take(&mut writer.open);
    let header = writer.header(&sorted);
    writer.open.extend(of_clauses);
    Text { text: format!("{header}{clauses}"), open: writer.open, lost: writer.lost }
}

impl Text {
    /// The text with answers in the place of its questions, in their order; what has no answer stays a question.
    pub fn answered(&self, answers: &[Option<String>]) -> String {
        let mut out = String::new();
        let mut answers = answers.iter();
        let mut inside = false;
        for line in self.text.lines() {
            let words = line.trim_start();
            let indent = line.len() - words.len();
            if words.starts_with("#? ") {
                let answer = answers.next().and_then(Option::as_deref);
                inside = answer.is_some();
                if let Some(answer) = answer {
                    let _ = writeln!(out, "{:indent$}{answer}", "");
                    continue;
                }
            }
            inside &= words.starts_with('#');
            if !inside {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}

struct Writer<'a> {
    about: &'a About,
    /// Of all amounts.
    currency: Option<String>,
    open: Vec<Open>,
    lost: Vec<Lost>,
    facts: BTreeMap<String, String>,
    /// The fees that are charged, and what they are counted by.
    fees: BTreeMap<&'static str, &'static [&'static str]>,
    /// Seasons by name, and their days.
    seasons: Vec<(String, String)>,
    /// The labels of clauses that are taken.
    labels: BTreeSet<String>,
}

impl Writer<'_> {
    fn header(&mut self, sorted: &Sorted) -> String {
        let About { name, from, zone, source, .. } = self.about;
        let name = quoted(name);
        let mut out = format!(
            "# Made from {source}.\n# Lines that begin with `#?` are questions: take the # and the ? from one of the sentences below each.\n\n\
             policy {name} version \"1\" {{\n"
        );
        match from {
            Some(from) => {
                let _ = writeln!(out, "  in force   from {from} by date sold, otherwise date requested");
            }
            None => self.question(
                &mut out,
                2,
                "From which day is the policy in force?",
                &["in force   from 2026-01-01 by date sold, otherwise date requested"],
            ),
        }
        let currency = self.currency.clone();
        match &currency {
            Some(currency) => {
                let _ = writeln!(out, "  currency   {currency}");
            }
            None => self.question(
                &mut out,
                2,
                "Which currency does the shop take?",
                &CURRENCIES.map(|code| format!("currency {code}")).each_ref().map(String::as_str),
            ),
        }
        match zone {
            Some(zone) => {
                let _ = writeln!(out, "  time zone  {}", quoted(zone));
            }
            None => self.question(
                &mut out,
                2,
                "In which time zone is the shop?",
                &["time zone \"Europe/Berlin\"", "time zone \"America/New_York\"", "time zone \"Europe/London\""],
            ),
        }
        out.push_str("  choices {\n");
        for (asks, choices) in OPEN {
            if sorted.general.delivery_kept && choices.contains(&DELIVERY_KEPT) {
                let _ = writeln!(out, "    {DELIVERY_KEPT}");
            } else {
                self.question(&mut out, 4, asks, choices);
            }
        }
        self.question(
            &mut out,
            4,
            "What if nobody knows when the customer got the goods?",
            &["without received ask", "without received use sold", "without received refer to manager"],
        );
        let coin = currency.as_deref().and_then(|code| code.parse::<Currency>().ok()).and_then(Currency::smallest_coin);
        if coin.is_some() {
            self.question(&mut out, 4, "Is what is handed out in cash rounded to a coin?", &["cash not rounded"]);
        }
        let fees = std::mem::take(&mut self.fees);
        for units in fees.values() {
            if let [only] = units {
                let _ = writeln!(out, "    {only}");
                continue;
            }
            self.question(&mut out, 4, "What is the fee counted by, and is tax charged on it?", units);
        }
        out.push_str("  }\n}\n");
        for (name, ty) in &self.facts {
            let _ = write!(out, "\nfact {name} : {ty}\n");
        }
        for (name, days) in &self.seasons {
            let _ = write!(out, "\nseason {name} = {days}\n");
        }
        out
    }

    /// A question with the sentences that answer it, all as comments.
    fn question(&mut self, out: &mut String, indent: usize, asks: &str, choices: &[&str]) {
        let _ = writeln!(out, "{:indent$}#? {asks}", "");
        for choice in choices {
            let _ = writeln!(out, "{:indent$}#   {choice}", "");
        }
        self.open
            .push(Open { asks: asks.to_owned(), choices: choices.iter().map(|choice| (*choice).to_owned()).collect() });
    }
}

/// In quotes, as the language writes text: it has no sign for a quote in it.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    format!("\"{text}\"")
}
