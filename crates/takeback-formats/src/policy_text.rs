//! A policy made of terms. What the formats do not say and the language refuses to guess stands in it as a question, so
//! `takeback check` does not pass before somebody has answered.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use takeback::money::Currency;

use crate::lost::Lost;
use crate::terms::{Method, Refund, Restocking, Returns, ShippingFee, State, Terms};

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

/// Writes a policy of terms: the first are the general ones, others are of the goods or customers they name.
pub fn write(all: &[Terms], about: &About) -> Text {
    let mut writer = Writer {
        about,
        open: Vec::new(),
        lost: Vec::new(),
        facts: BTreeMap::new(),
        fees: BTreeMap::new(),
        seasons: Vec::new(),
    };
    let mut clauses = String::new();
    let mut seen_general = false;
    for (place, terms) in all.iter().enumerate() {
        let of = format!("/{place}");
        let special = terms.tier.is_some() || !terms.categories.is_empty();
        if special || !seen_general {
            seen_general |= !special;
            clauses.push_str(&writer.clause(terms, all, &of, special));
        } else {
            writer.lost.push(Lost::new(of, "a second policy for all goods; a policy of takeback has one"));
        }
        writer.unused(terms, place);
    }
    // The header comes first in the text, though what stands in it is known only after the clauses.
    let of_clauses = std::mem::take(&mut writer.open);
    let header = writer.header(all);
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
    open: Vec<Open>,
    lost: Vec<Lost>,
    facts: BTreeMap<String, String>,
    /// The fees that are charged, and what they are counted by.
    fees: BTreeMap<&'static str, &'static [&'static str]>,
    seasons: Vec<(String, String)>,
}

impl Writer<'_> {
    fn header(&mut self, all: &[Terms]) -> String {
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
        let currency = all.iter().find_map(|terms| terms.currency.clone()).or_else(|| self.about.currency.clone());
        match &currency {
            Some(currency) => {
                let _ = writeln!(out, "  currency   {currency}");
            }
            None => self.question(
                &mut out,
                2,
                "Which currency does the shop take?",
                &["currency EUR", "currency USD", "currency GBP"],
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
            self.question(&mut out, 4, asks, choices);
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

    fn clause(&mut self, terms: &Terms, all: &[Terms], of: &str, special: bool) -> String {
        let mut out = String::new();
        let (label, head) = if special {
            let label = label(terms.name.as_deref().unwrap_or("special"), of);
            let mut conditions = Vec::new();
            if !terms.categories.is_empty() {
                let paths: Vec<String> = terms.categories.iter().map(|path| quoted(path)).collect();
                conditions.push(format!("item in {}", paths.join(", ")));
            }
            if let Some(tier) = &terms.tier {
                let fact = format!("customer.{}", self::label(tier, "tier"));
                conditions.push(fact.clone());
                self.facts.insert(fact, "yes or no, as of sale".to_owned());
            }
            let head = format!(" exception to everything\n  when {}", conditions.join(" and "));
            (label, head)
        } else {
            ("everything".to_owned(), String::new())
        };
        let title = terms.name.clone().unwrap_or_else(|| title(terms));
        let from = match &terms.link {
            Some(link) => format!("{}, {}", quoted(link), quoted(&self.about.source)),
            None => quoted(&self.about.source),
        };
        let _ = write!(out, "\nclause {label} {}{head}\n  from {from} {{\n", quoted(&title));
        self.body(&mut out, terms, special);
        if !special {
            self.exceptions(&mut out, terms);
        }
        if special && all.first().is_some_and(|general| general.states != terms.states) && !terms.states.is_empty() {
            self.lost.push(Lost::new(of, "that these goods come back in another state than others"));
        }
        out.push_str("}\n");
        out
    }

    fn body(&mut self, out: &mut String, terms: &Terms, special: bool) {
        if matches!(terms.returns, Returns::Never) {
            self.refusal(out, 2, "Goods cannot be returned", None);
            return;
        }
        let mut refunds: Vec<&str> = terms.refunds.iter().map(|refund| refund_word(*refund)).collect();
        if refunds.is_empty() && !special {
            let choices = ["accept refund", "accept exchange", "accept store credit", "accept refund, exchange"];
            self.question(out, 2, "What does the customer get?", &choices);
        } else if !refunds.is_empty() {
            refunds.sort_by_key(|word| ["refund", "exchange", "store credit"].iter().position(|known| known == word));
            let _ = writeln!(out, "  accept  {}", refunds.join(", "));
        }
        if !special {
            out.push_str("  start   received\n");
        }
        match terms.returns {
            Returns::Days(days) => {
                let _ = writeln!(out, "  window  {}", days_words(days));
            }
            Returns::Until(day) => {
                let _ = writeln!(out, "  window  until {day}");
            }
            Returns::Unlimited => out.push_str("  window  no limit\n"),
            Returns::Unspecified if !special => {
                self.question(
                    out,
                    2,
                    "How long may goods come back?",
                    &["window 14 days", "window 30 days", "window no limit"],
                );
            }
            Returns::Unspecified | Returns::Never => {}
        }
        if !special {
            out.push_str("  basis   price paid\n  pay     original tender\n");
            if let Some(days) = terms.paid_within {
                let _ = writeln!(out, "  due     within {}", days_words(days));
            }
        }
        match terms.restocking {
            Some(fee) => {
                self.fees.insert(
                    "restocking",
                    &[
                        "fee restocking per line, untaxed",
                        "fee restocking per item, untaxed",
                        "fee restocking per return, untaxed",
                        "fee restocking per line, taxed",
                    ],
                );
                let _ = writeln!(out, "  fee restocking {}", self.fee(fee, terms));
            }
            None if special && self.fees.contains_key("restocking") => out.push_str("  fee restocking none\n"),
            None => {}
        }
        for season in &terms.seasons {
            let name = label(season.name.as_deref().unwrap_or("season"), &season.from.to_string());
            let season_name = if special { format!("{name}-{}", self.seasons.len()) } else { name };
            let (days, window) = match season.returns {
                Returns::Until(day) => (
                    format!("{} to {} until {day}", season.from, season.to),
                    format!("window until the deadline of {season_name}"),
                ),
                Returns::Days(days) => {
                    (format!("{} to {}", season.from, season.to), format!("window {}", days_words(days)))
                }
                Returns::Unlimited => (format!("{} to {}", season.from, season.to), "window no limit".to_owned()),
                Returns::Never => (
                    format!("{} to {}", season.from, season.to),
                    "decline \"Goods of this season cannot be returned\"".to_owned(),
                ),
                Returns::Unspecified => continue,
            };
            if !self.seasons.iter().any(|(known, _)| *known == season_name) {
                self.seasons.push((season_name.clone(), days));
            }
            let _ = writeln!(out, "\n  except {season_name} when sold in {season_name} {{ {window} }}");
        }
    }

    /// What holds for some states of the goods and some ways back.
    fn exceptions(&mut self, out: &mut String, terms: &Terms) {
        if terms.defective_only {
            self.refusal(
                out,
                2,
                "Only goods at fault come back",
                Some("except sound when reason is not defective, damaged, wrong item, missing parts"),
            );
        }
        if !terms.states.is_empty() && !matches!(terms.returns, Returns::Never) {
            let refused: Vec<&str> = [(State::Used, "used"), (State::Damaged, "damaged")]
                .into_iter()
                .filter(|(state, _)| !terms.states.contains(state))
                .map(|(_, word)| word)
                .collect();
            if !refused.is_empty() {
                let head = format!(
                    "except worn when condition is {} and reason is not defective, damaged, wrong item",
                    refused.join(", ")
                );
                self.refusal(out, 2, "Only goods in the state they were sold in come back", Some(&head));
            }
        }
        if let Some(ShippingFee::Fixed(amount)) = terms.shipping.or(terms.remorse) {
            self.fees.insert(
                "return-shipping",
                &[
                    "fee return-shipping per label, untaxed",
                    "fee return-shipping per return, untaxed",
                    "fee return-shipping per return, taxed",
                ],
            );
            let free = match (terms.shipping, terms.defect) {
                (_, Some(ShippingFee::Free)) | (None, _) => {
                    "\n    except at-fault when reason is defective, damaged, wrong item { fee return-shipping none }"
                }
                (_, _) => "",
            };
            let sum = money(amount, terms);
            let _ = writeln!(
                out,
                "\n  except by-mail when channel is online {{\n    fee return-shipping {sum}{free}\n  }}"
            );
        }
        if !terms.methods.is_empty() && !terms.methods.contains(&Method::Mail) {
            self.refusal(out, 2, "Goods do not come back by mail", Some("except mail when channel is online"));
        }
        if !terms.methods.is_empty() && !terms.methods.contains(&Method::Store) {
            self.refusal(out, 2, "Goods do not come back to a store", Some("except counter when channel is store"));
        }
    }

    /// A refusal; whether somebody may lift it is a question.
    fn refusal(&mut self, out: &mut String, indent: usize, reason: &str, head: Option<&str>) {
        let reason = quoted(reason);
        let choices = [format!("decline {reason}, overridable by manager"), format!("decline {reason}, final")];
        let inside = indent + if head.is_some() { 2 } else { 0 };
        if let Some(head) = head {
            let _ = writeln!(out, "\n{:indent$}{head} {{", "");
        }
        self.question(out, inside, "May a manager say yes all the same?", &choices.each_ref().map(String::as_str));
        if head.is_some() {
            let _ = writeln!(out, "{:indent$}}}", "");
        }
    }

    fn fee(&self, fee: Restocking, terms: &Terms) -> String {
        match fee {
            Restocking::Percent(percent) => format!("{}%", percent.normalize()),
            Restocking::Fixed(amount) => money(amount, terms),
        }
    }

    /// What a policy has no sentence for.
    fn unused(&mut self, terms: &Terms, place: usize) {
        let mut lose = |what: String| self.lost.push(Lost::new(format!("/{place}"), what));
        if !terms.countries.is_empty() {
            lose(format!(
                "that it applies in {}: a policy decides about every sale it is asked about",
                terms.countries.join(", ")
            ));
        }
        if terms.label.is_some() {
            lose("where the label for the way back comes from".to_owned());
        }
        if [terms.shipping, terms.remorse, terms.defect].contains(&Some(ShippingFee::Customer)) {
            lose("that the customer pays the carrier for the way back".to_owned());
        }
        if terms.methods.contains(&Method::Keep) || terms.methods.contains(&Method::Kiosk) {
            lose("that goods come back at a kiosk, or stay with the customer".to_owned());
        }
        if let (Some(ShippingFee::Fixed(_)), Some(defect @ ShippingFee::Fixed(_))) = (terms.shipping, terms.defect)
            && terms.shipping != Some(defect)
        {
            lose("that the way back costs something else when the goods are at fault".to_owned());
        }
    }
}

const fn refund_word(refund: Refund) -> &'static str {
    match refund {
        Refund::Money => "refund",
        Refund::Exchange => "exchange",
        Refund::StoreCredit => "store credit",
    }
}

fn title(terms: &Terms) -> String {
    match terms.returns {
        Returns::Never => "No returns".to_owned(),
        Returns::Days(days) => days_words(days),
        Returns::Until(day) => format!("Until {day}"),
        Returns::Unlimited => "No limit in time".to_owned(),
        Returns::Unspecified => "Returns".to_owned(),
    }
}

fn days_words(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn money(amount: Decimal, terms: &Terms) -> String {
    let currency = terms.currency.as_deref().unwrap_or("USD");
    let mut amount = amount;
    let digits = currency.parse::<Currency>().map(Currency::minor_digits).unwrap_or(2);
    amount.rescale(digits.max(amount.normalize().scale()));
    format!("{amount} {currency}")
}

/// In quotes, as the language writes text: it has no sign for a quote in it.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    format!("\"{text}\"")
}

/// A short name of what somebody called something.
fn label_of(text: &str) -> String {
    let lower: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    lower.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The same; where that gives none, one that says where it stands.
fn label(text: &str, at: &str) -> String {
    let label = label_of(text);
    match label.chars().next() {
        Some(first) if first.is_alphabetic() => label,
        Some(_) => format!("of-{label}"),
        None => format!("of-{}", label_of(at)),
    }
}
