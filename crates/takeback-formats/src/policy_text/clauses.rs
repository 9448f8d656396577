//! The clauses of a policy: one for everything, exceptions within it for seasons, states, ways and reasons, and exceptions to it
//! for some goods, customers or countries, which say only what differs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use takeback::money::Currency;

use super::sorted::{Sorted, Special};
use super::{LONGEST, Writer, quoted};
use crate::lost::Lost;
use crate::terms::{Method, Refund, Restocking, Returns, Season, ShippingFee, State, Terms};

/// What a restocking fee may be counted by.
const RESTOCKING_UNITS: &[&str] = &[
    "fee restocking per line, untaxed",
    "fee restocking per item, untaxed",
    "fee restocking per return, untaxed",
    "fee restocking per line, taxed",
];
/// Goods that the shop has to answer for.
const AT_FAULT: &str = "defective, damaged, wrong item";
/// What a clause speaks about, of what others might contradict.
#[derive(Debug, Clone, Copy, Default)]
struct Speaks {
    remedies: bool,
    window: bool,
    restocking: bool,
    way_back: bool,
}

impl Speaks {
    fn of_what(self, other: Speaks) -> bool {
        (self.remedies && other.remedies)
            || (self.window && other.window)
            || (self.restocking && other.restocking)
            || (self.way_back && other.way_back)
    }
}

impl Writer<'_> {
    pub(super) fn clauses(&mut self, sorted: &Sorted) -> String {
        let mut out = String::new();
        let general = &sorted.general;
        self.open_clause(&mut out, "everything", general, "");
        self.remedies(&mut out, general);
        let mut inner = Vec::new();
        if general.returns != Returns::Never {
            self.how_long(&mut out, general, &sorted.periods);
            self.restocking(&mut out, general);
            self.seasons(&mut out, general, &mut inner);
            self.states(&mut out, general, &mut inner);
            self.way_back(&mut out, general, &mut inner);
        }
        out.push_str("}\n");
        let mut specials: Vec<(String, Speaks, &Special)> = Vec::new();
        for special in &sorted.specials {
            let (label, speaks) = self.special(&mut out, special, general);
            for (name, other) in &inner {
                if speaks.of_what(*other) {
                    let _ = writeln!(out, "{label} overrides everything/{name}");
                }
            }
            for (before, other, of) in &specials {
                let elsewhere = !special.countries.is_empty() && !of.countries.is_empty();
                if speaks.of_what(*other) && !elsewhere {
                    let choices = [format!("{label} overrides {before}"), format!("{before} overrides {label}")];
                    let choices = choices.each_ref().map(String::as_str);
                    self.question(
                        &mut out,
                        0,
                        &format!("`{before}` and `{label}` both apply: which counts?"),
                        &choices,
                    );
                }
            }
            specials.push((label, speaks, special));
        }
        self.not_told(sorted);
        out
    }

    fn open_clause(&mut self, out: &mut String, label: &str, terms: &Terms, head: &str) {
        let title = terms.name.clone().unwrap_or_else(|| title(terms));
        let from = match &terms.link {
            Some(link) => format!("{}, {}", quoted(link), quoted(&self.about.source)),
            None => quoted(&self.about.source),
        };
        let _ = write!(out, "\nclause {label} {}{head}\n  from {from} {{\n", quoted(&title));
    }

    /// What can be had, or that nothing can.
    fn remedies(&mut self, out: &mut String, terms: &Terms) {
        if terms.returns == Returns::Never {
            self.refusal(out, 2, "Goods cannot be returned", None);
        } else if terms.refunds.is_empty() {
            let choices = ["accept refund", "accept exchange", "accept store credit", "accept refund, exchange"];
            self.question(out, 2, "What does the customer get?", &choices);
        } else {
            let _ = writeln!(out, "  {}", accept(&terms.refunds).replacen("accept ", "accept  ", 1));
        }
    }

    /// The period, and what has to be said beside it.
    fn how_long(&mut self, out: &mut String, terms: &Terms, periods: &[Returns]) {
        out.push_str("  start   received\n");
        let mut choices: Vec<String> = periods.iter().filter_map(|returns| window(*returns)).collect();
        choices.dedup();
        match choices.as_slice() {
            [one] => {
                let _ = writeln!(out, "  {}", one.replacen("window ", "window  ", 1));
            }
            [] => {
                let asks = match terms.returns {
                    Returns::Days(_) => "No days at all: how long may goods come back?",
                    _ => "How long may goods come back?",
                };
                self.question(out, 2, asks, &["window 14 days", "window 30 days", "window no limit"]);
            }
            several => {
                let several: Vec<&str> = several.iter().map(String::as_str).collect();
                self.question(out, 2, "It is told differently: how long may goods come back?", &several);
            }
        }
        out.push_str("  basis   price paid\n  pay     original tender\n");
        self.due(out, terms);
    }

    fn due(&mut self, out: &mut String, terms: &Terms) {
        if let Some(days) = terms.paid_within.filter(|days| *days > 0) {
            let _ = writeln!(out, "  due     within {}", days_words(days));
        }
    }

    fn restocking(&mut self, out: &mut String, terms: &Terms) {
        let fee = match terms.restocking {
            None => return,
            Some(Restocking::Percent(percent)) => Some(format!("{}%", percent.normalize())),
            Some(Restocking::Fixed(amount)) => Some(self.money(amount)),
            Some(Restocking::Untold) => None,
        };
        self.fees.insert("restocking", RESTOCKING_UNITS);
        match fee {
            Some(fee) => {
                let _ = writeln!(out, "  fee restocking {fee}");
            }
            None => {
                let choices = ["fee restocking 10%", "fee restocking 15%", "fee restocking 20%"];
                self.question(out, 2, "How much does the shop keep for restocking?", &choices);
            }
        }
    }

    fn seasons(&mut self, out: &mut String, terms: &Terms, inner: &mut Vec<(String, Speaks)>) {
        let mut before: Vec<&Season> = Vec::new();
        for season in &terms.seasons {
            let of = format!("{} to {}", season.from, season.to);
            if self.about.from.is_some_and(|from| season.to < from) {
                self.lost.push(Lost::new(of, "a season that is over before the policy is in force"));
                continue;
            }
            if before.iter().any(|other| other.from <= season.to && season.from <= other.to) {
                self.lost.push(Lost::new(of, "a season within another"));
                continue;
            }
            before.push(season);
            let days = match season.returns {
                Returns::Until(day) => format!("{of} until {day}"),
                Returns::Never | Returns::Days(_) | Returns::Unlimited | Returns::Unspecified => of,
            };
            let name = self.season(season, days);
            let mut speaks = Speaks::default();
            let mut sentences = Vec::new();
            if matches!(season.returns, Returns::Never | Returns::Days(0)) {
                speaks.remedies = true;
                sentences.push("decline \"Goods of this season cannot be returned\", final".to_owned());
            } else {
                let window = match season.returns {
                    Returns::Until(_) => Some(format!("window until the deadline of {name}")),
                    Returns::Never | Returns::Days(_) | Returns::Unlimited | Returns::Unspecified => {
                        window(season.returns)
                    }
                };
                speaks.window = window.is_some();
                sentences.extend(window);
                if !season.refunds.is_empty() && season.refunds != terms.refunds {
                    speaks.remedies = true;
                    sentences.push(accept(&season.refunds));
                }
                sentences.extend(self.restocking_of_season(season.restocking, terms.restocking));
                speaks.restocking = sentences.last().is_some_and(|sentence| sentence.starts_with("fee"));
            }
            if sentences.is_empty() {
                continue;
            }
            let _ = match sentences.as_slice() {
                [one] => writeln!(out, "\n  except {name} when sold in {name} {{ {one} }}"),
                several => {
                    writeln!(out, "\n  except {name} when sold in {name} {{\n    {}\n  }}", several.join("\n    "))
                }
            };
            inner.push((name, speaks));
        }
    }

    /// What the shop keeps of goods of a season, where that is not what it keeps of all.
    fn restocking_of_season(&mut self, season: Option<Restocking>, always: Option<Restocking>) -> Option<String> {
        let fee = season.filter(|fee| Some(*fee) != always)?;
        let sentence = match fee {
            Restocking::Untold => return None,
            Restocking::Percent(none) | Restocking::Fixed(none) if none.is_zero() => {
                always?;
                return Some("fee restocking none".to_owned());
            }
            Restocking::Percent(percent) => format!("fee restocking {}%", percent.normalize()),
            Restocking::Fixed(amount) => format!("fee restocking {}", self.money(amount)),
        };
        self.fees.insert("restocking", RESTOCKING_UNITS);
        Some(sentence)
    }

    /// The name of a season with these days, which several clauses may use.
    fn season(&mut self, season: &Season, days: String) -> String {
        let wanted = label(season.name.as_deref().unwrap_or("season"), &season.from.to_string());
        if let Some((name, _)) = self.seasons.iter().find(|(_, known)| *known == days) {
            return name.clone();
        }
        let taken = |name: &str| self.seasons.iter().any(|(known, _)| known == name);
        let name = free(&wanted, taken);
        self.seasons.push((name.clone(), days));
        name
    }

    /// What does not come back: goods in some states, and on some ways.
    fn states(&mut self, out: &mut String, terms: &Terms, inner: &mut Vec<(String, Speaks)>) {
        let mut refused = Vec::new();
        if terms.defective_only {
            let head = "except sound when reason is not defective, damaged, wrong item, missing parts";
            refused.push(("sound", "Only goods at fault come back", head.to_owned()));
        }
        if !terms.states.is_empty() {
            let words = [(State::Used, "used"), (State::Damaged, "damaged")];
            let words: Vec<&str> =
                words.iter().filter(|(state, _)| !terms.states.contains(state)).map(|(_, word)| *word).collect();
            if !words.is_empty() {
                let head = format!("except worn when condition is {} and reason is not {AT_FAULT}", words.join(", "));
                refused.push(("worn", "Only goods in the state they were sold in come back", head));
            }
        }
        // Of a kiosk a policy knows nothing, so what comes back there only is not refused elsewhere.
        let (mail, store) = (terms.methods.contains(&Method::Mail), terms.methods.contains(&Method::Store));
        if store && !mail {
            refused.push(("mail", "Goods do not come back by mail", "except mail when channel is online".to_owned()));
        }
        if mail && !store {
            let head = "except counter when channel is store".to_owned();
            refused.push(("counter", "Goods do not come back to a store", head));
        }
        let seasons: Vec<String> =
            inner.iter().filter(|(_, speaks)| speaks.remedies).map(|(season, _)| season.clone()).collect();
        for (name, reason, head) in refused {
            self.refusal(out, 2, reason, Some(&head));
            for season in &seasons {
                // What does not come back does not come back in a season either.
                let _ = writeln!(out, "  {name} overrides {season}");
            }
            inner.push((name.to_owned(), Speaks { remedies: true, ..Speaks::default() }));
        }
    }

    /// What a return by mail costs.
    fn way_back(&mut self, out: &mut String, terms: &Terms, inner: &mut Vec<(String, Speaks)>) {
        let (remorse, fault) = (terms.remorse.or(terms.shipping), terms.defect.or(terms.shipping));
        let charged = |fee| matches!(fee, Some(ShippingFee::Fixed(_) | ShippingFee::Untold));
        let head = match (charged(remorse), charged(fault)) {
            (false, false) => {
                if is_free(terms) {
                    self.fees.entry("return-shipping").or_insert(&["fee return-shipping per label, untaxed"]);
                    out.push_str("\n  except by-mail when channel is online { fee return-shipping 0% }\n");
                    inner.push(("by-mail".to_owned(), Speaks { way_back: true, ..Speaks::default() }));
                }
                return;
            }
            (true, _) => "by-mail when channel is online".to_owned(),
            (false, true) => format!("by-mail when channel is online and reason is {AT_FAULT}"),
        };
        self.fees.insert(
            "return-shipping",
            &[
                "fee return-shipping per label, untaxed",
                "fee return-shipping per return, untaxed",
                "fee return-shipping per return, taxed",
            ],
        );
        let _ = writeln!(out, "\n  except {head} {{");
        self.shipping(out, 4, if charged(remorse) { remorse } else { fault });
        if charged(remorse) && fault != remorse {
            let _ = writeln!(out, "    except at-fault when reason is {AT_FAULT} {{");
            self.shipping(out, 6, fault);
            out.push_str("    }\n");
        }
        out.push_str("  }\n");
        inner.push(("by-mail".to_owned(), Speaks { way_back: true, ..Speaks::default() }));
    }

    fn shipping(&mut self, out: &mut String, indent: usize, fee: Option<ShippingFee>) {
        let sentence = match fee {
            Some(ShippingFee::Untold) => {
                let currency = self.currency.as_deref().unwrap_or(super::CURRENCIES[0]).to_owned();
                let choices = [5, 10].map(|amount| format!("fee return-shipping {amount} {currency}"));
                self.question(out, indent, "What does the way back cost?", &choices.each_ref().map(String::as_str));
                return;
            }
            Some(ShippingFee::Fixed(amount)) => format!("fee return-shipping {}", self.money(amount)),
            Some(ShippingFee::Free | ShippingFee::Customer) | None => "fee return-shipping none".to_owned(),
        };
        let _ = writeln!(out, "{:indent$}{sentence}", "");
    }

    /// A clause for some goods, customers or countries; its label, and what it speaks about.
    fn special(&mut self, out: &mut String, special: &Special, general: &Terms) -> (String, Speaks) {
        let terms = &filled(&special.terms, general);
        let mut conditions = Vec::new();
        if !terms.categories.is_empty() {
            let paths: BTreeSet<String> = terms.categories.iter().map(|path| quoted(&path_of(path))).collect();
            let paths: Vec<String> = paths.into_iter().collect();
            conditions.push(format!("item in {}", paths.join(", ")));
        }
        if let Some(tier) = &terms.tier {
            let fact = format!("customer.{}", label(tier, "tier"));
            conditions.push(fact.clone());
            self.facts.insert(fact, "yes or no, as of sale".to_owned());
        }
        if !special.countries.is_empty() {
            let countries: Vec<String> = special.countries.iter().map(|country| quoted(country)).collect();
            conditions.push(format!("sale.country is {}", countries.join(", ")));
        }
        let wanted = match (&terms.name, special.countries.as_slice()) {
            (Some(name), _) => label(name, &special.of),
            (None, [country, ..]) => label(&format!("in {country}"), &special.of),
            (None, []) => label("special", &special.of),
        };
        let name = free(&wanted, |name| self.labels.contains(name));
        self.labels.insert(name.clone());
        let head = format!(" exception to everything\n  when {}", conditions.join(" and "));
        self.open_clause(out, &name, terms, &head);
        let (never, was_never) = (terms.returns == Returns::Never, general.returns == Returns::Never);
        let mut speaks = Speaks {
            remedies: was_never
                || never
                || terms.refunds != general.refunds
                || terms.states != general.states
                || terms.methods != general.methods
                || terms.defective_only != general.defective_only,
            window: !never && (was_never || terms.returns != general.returns || terms.seasons != general.seasons),
            restocking: !never && terms.restocking != general.restocking,
            way_back: !never && ways(terms) != ways(general),
        };
        if speaks.remedies && !(never && was_never) {
            self.remedies(out, terms);
        }
        let mut inner = Vec::new();
        if speaks.window && was_never {
            self.how_long(out, terms, &[terms.returns]);
        } else if speaks.window
            && let Some(window) = window(terms.returns)
        {
            let _ = writeln!(out, "  {window}");
        }
        if !never && !was_never && terms.paid_within != general.paid_within {
            self.due(out, terms);
        }
        if speaks.restocking {
            self.restocking(out, terms);
            if terms.restocking.is_none() {
                out.push_str("  fee restocking none\n");
            }
        }
        if speaks.window {
            self.seasons(out, terms, &mut inner);
        }
        if speaks.remedies && !never {
            self.states(out, terms, &mut inner);
        }
        if speaks.way_back {
            self.way_back(out, terms, &mut inner);
            if !inner.iter().any(|(_, speaks)| speaks.way_back) {
                if self.fees.contains_key("return-shipping") && ways(general) != (None, None) {
                    out.push_str("\n  except by-mail when channel is online { fee return-shipping none }\n");
                } else {
                    speaks.way_back = false;
                }
            }
        }
        out.push_str("}\n");
        (name, speaks)
    }

    /// What is told of ways back that a policy tells only where it takes a fee for one of them, or closes one.
    fn not_told(&mut self, sorted: &Sorted) {
        let all = std::iter::once(&sorted.general).chain(sorted.specials.iter().map(|special| &special.terms));
        let all: Vec<&Terms> = all.filter(|terms| terms.returns != Returns::Never).collect();
        let half_free = |terms: &&Terms| {
            let (remorse, fault) = ways(terms);
            let charged = matches!(remorse, Some(ShippingFee::Fixed(_) | ShippingFee::Untold));
            [remorse, fault].contains(&Some(ShippingFee::Free)) && !is_free(terms) && !charged
        };
        if all.iter().any(half_free) {
            let what = "that the way back is free for some reasons, where the customer pays the carrier for others";
            self.lost.push(Lost::new("returnFees", what));
        }
        let open = |terms: &&Terms| terms.methods.contains(&Method::Mail) && terms.methods.contains(&Method::Store);
        if all.iter().any(open) && !self.fees.contains_key("return-shipping") {
            let what = "that goods come back by mail and to a store: a policy names only ways that are closed";
            self.lost.push(Lost::new("returnMethod", what));
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

    fn money(&self, amount: rust_decimal::Decimal) -> String {
        let currency = self.currency.as_deref().unwrap_or(super::CURRENCIES[0]);
        let mut amount = amount;
        let digits = currency.parse::<Currency>().map(Currency::minor_digits).unwrap_or(2);
        amount.rescale(digits.max(amount.normalize().scale()));
        format!("{amount} {currency}")
    }
}

/// Special terms, with what they leave open as the general ones have it.
fn filled(terms: &Terms, general: &Terms) -> Terms {
    let mut terms = terms.clone();
    if general.returns == Returns::Never {
        return terms;
    }
    if terms.returns == Returns::Unspecified {
        terms.returns = general.returns;
    }
    if terms.refunds.is_empty() {
        terms.refunds.clone_from(&general.refunds);
    }
    if terms.states.is_empty() {
        terms.states.clone_from(&general.states);
    }
    if terms.methods.is_empty() {
        terms.methods.clone_from(&general.methods);
    }
    if ways(&terms) == (None, None) {
        (terms.shipping, terms.remorse, terms.defect) = (general.shipping, general.remorse, general.defect);
    }
    terms
}

/// What the way back costs after a change of mind, and when the goods are at fault.
fn ways(terms: &Terms) -> (Option<ShippingFee>, Option<ShippingFee>) {
    (terms.remorse.or(terms.shipping), terms.defect.or(terms.shipping))
}

/// Whether the way back costs nothing for any reason.
fn is_free(terms: &Terms) -> bool {
    matches!(ways(terms), (Some(ShippingFee::Free), Some(ShippingFee::Free) | None))
}

/// The sentence of what can be had.
fn accept(refunds: &BTreeSet<Refund>) -> String {
    let words = [(Refund::Money, "refund"), (Refund::Exchange, "exchange"), (Refund::StoreCredit, "store credit")];
    let words: Vec<&str> = words.iter().filter(|(refund, _)| refunds.contains(refund)).map(|(_, word)| *word).collect();
    format!("accept {}", words.join(", "))
}

/// The sentence of a period, where there is one.
fn window(returns: Returns) -> Option<String> {
    match returns {
        Returns::Days(0) | Returns::Never | Returns::Unspecified => None,
        Returns::Days(days) if days > LONGEST => Some("window no limit".to_owned()),
        Returns::Days(days) => Some(format!("window {}", days_words(days))),
        Returns::Until(day) => Some(format!("window until {day}")),
        Returns::Unlimited => Some("window no limit".to_owned()),
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

/// The name that is wanted, with a number where it is taken.
fn free(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = wanted.to_owned();
    let mut number = 1;
    while taken(&name) {
        number += 1;
        name = format!("{wanted}-{number}");
    }
    name
}

/// A path of the catalogue: names with a stroke between them, and no blanks around it.
fn path_of(text: &str) -> String {
    let names: Vec<&str> = text.split('/').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "unnamed".to_owned() } else { names.join("/") }
}

/// Words that begin no label.
const STOP_WORDS: [&str; 29] = [
    "above",
    "after",
    "and",
    "as",
    "at",
    "before",
    "by",
    "exception",
    "for",
    "from",
    "in",
    "is",
    "not",
    "of",
    "on",
    "or",
    "otherwise",
    "overrides",
    "over",
    "same",
    "then",
    "the",
    "to",
    "under",
    "unless",
    "until",
    "up",
    "when",
    "within",
];

/// A short name of what somebody called something.
fn label_of(text: &str) -> String {
    // Letters in circles are no letters of names.
    let letter = |c: char| {
        c.is_alphabetic() && !c.is_numeric() && !matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}')
    };
    let lower: String =
        text.to_lowercase().chars().map(|c| if letter(c) || c.is_ascii_digit() { c } else { ' ' }).collect();
    lower.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The same; where that gives none, one that says where it stands.
fn label(text: &str, at: &str) -> String {
    let label = label_of(text);
    match label.chars().next() {
        Some(first) if first.is_alphabetic() && !STOP_WORDS.contains(&label.as_str()) => label,
        Some(_) => format!("of-{label}"),
        None => format!("of-{}", label_of(at)),
    }
}
