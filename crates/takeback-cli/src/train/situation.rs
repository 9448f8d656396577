//! A request as a clerk meets it: what was bought, how it was paid, who comes back with what. Members without words of
//! their own are told by name, so nothing that the decision reads is hidden.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::output::{BOLD, styled};
use crate::table::clean;

/// The case, as indented lines.
pub(super) fn told(request: &Value, currency: &str) -> String {
    let mut out = String::new();
    let visit = Told { of: request, currency };
    for sale in visit.list("sales") {
        let head = format!("Sold {}{}", sale.day("sold"), sale.rest(&["id", "sold", "lines", "tenders"]));
        line(&mut out, 1, &head);
        for item in sale.list("lines") {
            line(&mut out, 2, &item.goods());
        }
        let paid: Vec<String> = sale
            .list("tenders")
            .map(|tender| {
                format!(
                    "{} {}{}",
                    tender.sum("amount"),
                    tender.word("tender"),
                    tender.rest(&["id", "tender", "amount"])
                )
            })
            .collect();
        if !paid.is_empty() {
            line(&mut out, 2, &format!("paid with {}", paid.join(" and ")));
        }
    }
    let today = format!("Today is {}{}", visit.day("at"), visit.rest(&["at", "sales", "returns", "new_goods"]));
    line(&mut out, 1, &today);
    for returned in visit.list("returns") {
        let what = returned.of.get("line").or_else(|| returned.of.get("id")).and_then(Value::as_str).unwrap_or("it");
        let wants = match returned.of.get("wants").and_then(Value::as_str) {
            Some(wants) => format!("wants {} for", styled(BOLD, &clean(wants))),
            None => "brings back".to_owned(),
        };
        let known = ["id", "sale", "line", "wants", "item", "new"];
        line(&mut out, 1, &format!("The customer {wants} {}{}", clean(what), returned.rest(&known)));
        for (member, words) in [("item", "without a known sale: "), ("new", "in exchange for ")] {
            if let Some(of) = returned.of.get(member).filter(|of| of.is_object()) {
                line(&mut out, 2, &format!("{words}{}", Told { of, currency }.goods()));
            }
        }
    }
    for bought in visit.list("new_goods") {
        line(&mut out, 1, &format!("and buys {}", bought.goods()));
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{:1$}{text}", "", depth * 2);
}

/// An object of the request.
#[derive(Clone, Copy)]
struct Told<'r> {
    of: &'r Value,
    currency: &'r str,
}

impl<'r> Told<'r> {
    fn list(self, member: &str) -> impl Iterator<Item = Told<'r>> {
        let list = self.of.get(member).and_then(Value::as_array);
        list.into_iter().flatten().map(move |of| Told { of, currency: self.currency })
    }

    fn word(self, member: &str) -> String {
        clean(self.of.get(member).and_then(Value::as_str).unwrap_or_default())
    }

    fn sum(self, member: &str) -> String {
        format!("{} {}", self.word(member), self.currency)
    }

    fn day(self, member: &str) -> String {
        self.of.get(member).and_then(Value::as_str).map_or_else(|| "on a day nobody knows".to_owned(), day)
    }

    /// `2 × boots, Boots, 120.00 USD each`.
    fn goods(self) -> String {
        let mut text = String::new();
        if let Some(count) = self.of.get("quantity").and_then(Value::as_u64).filter(|count| *count != 1) {
            let _ = write!(text, "{count} × ");
        }
        text.push_str(&match self.word("id") {
            id if id.is_empty() => "goods".to_owned(),
            id => id,
        });
        for category in self.of.get("categories").and_then(Value::as_array).into_iter().flatten() {
            let _ = write!(text, " ({})", clean(category.as_str().unwrap_or_default()));
        }
        for (member, words) in [("unit_price", ""), ("price", ""), ("paid", " for all")] {
            if self.of.get(member).is_some() {
                let _ = write!(text, ", {}{words}", self.sum(member));
            }
        }
        for tax in self.list("taxes") {
            let inside = if tax.of.get("included") == Some(&Value::Bool(true)) { " in it" } else { "" };
            let _ = write!(text, ", tax {}{inside}", tax.sum("amount"));
        }
        text + &self.rest(&["id", "quantity", "categories", "unit_price", "price", "paid", "taxes"])
    }

    /// Everything else, by name.
    fn rest(self, told: &[&str]) -> String {
        let mut text = String::new();
        for (member, value) in self.of.as_object().into_iter().flatten() {
            if !told.contains(&member.as_str()) {
                rest(member, value, &mut text);
            }
        }
        text
    }
}

fn rest(name: &str, value: &Value, out: &mut String) {
    match value {
        Value::Object(facts) if name == "facts" => facts.iter().for_each(|(fact, value)| rest(fact, value, out)),
        Value::Null => {}
        value => {
            let _ = write!(out, ", {}: {}", clean(&name.replace('_', " ")), plain(value));
        }
    }
}

/// A value in as few signs as can be.
fn plain(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => day(text),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(members) => object(members),
        Value::Null => "not known".to_owned(),
        Value::Number(number) => number.to_string(),
    }
}

fn object(members: &Map<String, Value>) -> String {
    let mut text = String::new();
    members.iter().for_each(|(member, value)| rest(member, value, &mut text));
    format!("({})", text.trim_start_matches(", "))
}

/// A day with its weekday; any other text as it is.
fn day(text: &str) -> String {
    let (date, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    match date.parse::<NaiveDate>() {
        Ok(day) if rest.is_empty() => day.format("%a %-d %B %Y").to_string(),
        Ok(day) if rest.starts_with('T') => {
            format!("{} at {}", day.format("%a %-d %B %Y"), clean(rest.trim_start_matches('T')))
        }
        Ok(_) | Err(_) => clean(text),
    }
}
