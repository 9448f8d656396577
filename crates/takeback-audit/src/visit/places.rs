//! The column behind a place of a request, for what is refused there.

use super::draft::Drafted;
use super::{Fault, Line, TAX};

impl Drafted<'_> {
    /// Which column of which row a place of the request came from.
    pub(super) fn fault(&self, lines: &[Line], path: &str, message: &str) -> Fault {
        let value = self.draft.told(path);
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let row_of = |place: &str| place.parse::<usize>().ok().and_then(|place| lines.get(place)).map(|line| line.row);
        let first = lines.first().map_or(0, |line| line.row);
        let (row, column) = match parts.as_slice() {
            ["sales", sale, rest @ ..] => {
                let rows = sale.parse::<usize>().ok().and_then(|sale| self.sales.get(sale));
                let mut found = rows.into_iter().flat_map(|sale| sale.lines.iter().copied());
                match rest {
                    ["lines", line, rest @ ..] => {
                        let row = line.parse::<usize>().ok().and_then(|line| found.nth(line)).flatten();
                        let named = path.rsplit_once("/taxes/").is_some_and(|(line, rest)| {
                            let tax = rest.split('/').next().unwrap_or_default();
                            self.draft.told(&format!("{line}/taxes/{tax}/id")).is_some_and(|id| id != TAX)
                        });
                        let column = || if named { "sale.taxes".to_owned() } else { of_sale_line(rest) };
                        (row.unwrap_or(first), row.map_or("sale.rest".to_owned(), |_| column()))
                    }
                    rest => (found.next().flatten().unwrap_or(first), of_sale(rest)),
                }
            }
            ["returns", place, rest @ ..] => (row_of(place).unwrap_or(first), of_return(rest)),
            rest => (first, of_visit(rest)),
        };
        Fault { row, column, value, reason: message.to_owned() }
    }
}

fn of_visit(path: &[&str]) -> String {
    match path {
        ["store", "id"] => "store".to_owned(),
        ["store", part, ..] => format!("store_{part}"),
        ["clerk", "role"] => "clerk_role".to_owned(),
        ["facts", fact, ..] => format!("facts.{fact}"),
        [name, ..] => (*name).to_owned(),
        [] => "visit".to_owned(),
    }
}

fn of_sale(path: &[&str]) -> String {
    match path {
        ["store", "id"] => "sale.store".to_owned(),
        ["store", part, ..] => format!("sale.store_{part}"),
        ["shipping", "taxes", ..] => "sale.shipping_tax".to_owned(),
        ["shipping", part, ..] => format!("sale.shipping_{part}"),
        ["earlier_returns", ..] => "earlier".to_owned(),
        ["facts", fact, ..] => format!("facts.{fact}"),
        ["id"] | [] => "sale.sale".to_owned(),
        [name, ..] => format!("sale.{name}"),
    }
}

fn of_sale_line(path: &[&str]) -> String {
    match path {
        ["taxes", _, "rate"] => "sale.tax_rate".to_owned(),
        ["taxes", ..] => "sale.tax".to_owned(),
        ["facts", fact, ..] => format!("facts.{fact}"),
        // It has neither a price nor what was paid.
        [] => "sale.paid".to_owned(),
        ["id"] => "sale.line".to_owned(),
        [name, ..] => format!("sale.{name}"),
    }
}

fn of_return(path: &[&str]) -> String {
    match path {
        ["wants"] => "remedy".to_owned(),
        ["lowest_price", ..] => "lowest_prices".to_owned(),
        ["new", part, ..] => format!("new_{part}"),
        ["facts", fact, ..] => format!("facts.{fact}"),
        ["item", name, ..] | [name, ..] => (*name).to_owned(),
        [] => "quantity".to_owned(),
    }
}
