//! How many units of a line were left, and so how many of those that came back are put to the policy.

use rust_decimal::Decimal;

use crate::cells::Of;
use crate::columns::Link;
use crate::finding::{Cause, Finding, Kind};
use crate::missing;
use crate::visit::{self, Before, Fault, Line, Wanted};

use super::{Cx, Found, Place, sentences};

impl Cx<'_> {
    /// The lines that are put to the policy, each with the units that were left of it. What came back beyond them is found.
    pub(super) fn units(&self, rows: &[usize], out: &mut Found) -> Result<Vec<Line>, Fault> {
        let mut lines: Vec<Line> = Vec::new();
        for row in rows.iter().copied() {
            let units = visit::units(self.cells, row);
            let Some(left) = self.left(row, &lines) else {
                lines.push(Line { row, units });
                continue;
            };
            if left > 0 && self.is_sure(row, &lines) {
                lines.push(Line { row, units: units.min(left) });
            } else if left > 0 {
                // Perhaps fewer were left: then its amounts are not known, and what came back too much is not either.
                lines.push(Line { row, units });
                continue;
            }
            if left < units {
                let beyond = self.beyond(row, (units, left), &lines, out)?;
                out.findings.push(beyond);
            }
        }
        Ok(lines)
    }

    /// Whether all units of a line that was declined were there to come back.
    pub(super) fn fits(&self, row: usize, refunded: &[usize]) -> bool {
        let taken: Vec<Line> =
            refunded.iter().map(|row| Line { row: *row, units: visit::units(self.cells, *row) }).collect();
        self.left(row, &taken).is_none_or(|left| match self.is_sure(row, &taken) {
            true => left >= visit::units(self.cells, row),
            false => left > 0,
        })
    }

    /// Whether it is known how many units came back, of this row and before it, and how many were sold.
    fn is_sure(&self, row: usize, taken: &[Line]) -> bool {
        let names = missing::missing(self.cells, taken, row);
        !names.iter().any(|name| ["quantity", "sale.quantity", "earlier.at", "earlier.quantity"].contains(name))
    }

    /// How many units of the sold line were left before this row, at the most; none where that does not matter: goods without a
    /// sale, and remedies that do not take the goods back; and where nobody knows how many were sold.
    fn left(&self, row: usize, taken: &[Line]) -> Option<i64> {
        if visit::link(self.cells, row).ok()? == Link::None || !self.takes_back(row) {
            return None;
        }
        let sold = match self.cells.count(Of::Sale, "quantity", row) {
            None if self.cells.has(Of::Sale, "quantity") => return None,
            sold => sold.unwrap_or(1),
        };
        let here = taken.iter().filter(|line| visit::same_line(self.cells, line.row, row) && self.takes_back(line.row));
        let here = here.map(|line| line.units).fold(0, i64::saturating_add);
        Some(sold.saturating_sub(visit::earlier_units(self.cells, row)).saturating_sub(here))
    }

    fn takes_back(&self, row: usize) -> bool {
        let name = visit::remedy(self.cells, row, Wanted::Given);
        let remedy = self.schema.remedies.iter().find(|remedy| remedy.name == name);
        remedy.is_none_or(|remedy| remedy.kind.takes_back())
    }

    /// More came back than was left, after other lines of the visit.
    fn beyond(&self, row: usize, (units, left): (i64, i64), taken: &[Line], out: &mut Found) -> Result<Finding, Fault> {
        let sold = self.cells.count(Of::Sale, "quantity", row).unwrap_or(1);
        let twice = left <= 0 && units <= sold;
        let kind = if twice { Kind::ReturnedTwice } else { Kind::MoreReturnedThanSold };
        let mut finding = Finding::new(kind, row, Cause::Quantity);
        finding.told = true;
        finding.actual = self.actual(row).total;
        // As if it had come back alone: for the version and the days.
        let alone = Line { row, units: units.min(sold).max(1) };
        let request = visit::request(self.policy, self.cells, &[alone], Wanted::Given, Before::LeftOut)?;
        let decision = self.policy.decide(&request);
        let place = Place { row, line: 0, request: &request, decision: &decision };
        self.about(place, &mut finding);
        if left <= 0 {
            self.count(place, out);
            finding.expected = Some(Decimal::ZERO);
            finding.stake = finding.actual.unwrap_or_default();
            finding.difference = finding.actual;
        } else if let Some(actual) = finding.actual {
            // Of what was given, what falls to the units that were not left; told better once the rest is decided.
            let beyond = actual.checked_mul(Decimal::from(units - left));
            let beyond = beyond.and_then(|all| all.checked_div(Decimal::from(units))).unwrap_or_default();
            let beyond = visit::cents(self.policy, beyond);
            finding.expected = Some(actual - beyond);
            finding.difference = Some(beyond);
            finding.stake = beyond;
        }
        finding.message = match twice {
            true => sentences::twice(self.earlier_of(row)),
            false => sentences::more_than_sold(units, left.max(0), sold),
        };
        if let Some((source, number)) = self.again(row, taken) {
            finding.message.push_str(&sentences::again(source, number));
        }
        Ok(finding)
    }

    /// The return by which the units had come back, as the source names it.
    fn earlier_of(&self, row: usize) -> Option<String> {
        let line = visit::line_id(self.cells, row);
        let before = self.cells.list(Of::Return, "earlier", row)?;
        let last = before.iter().rev().find(|element| element.text("line").is_none_or(|of| of == line))?;
        let at = last.text("at")?;
        Some(last.text("visit").map_or_else(|| at.to_owned(), |visit| format!("{visit}, {at}")))
    }

    /// Where the visit and line of a row stand before it, with the same line of the sale: its source and row there, as far as told.
    fn again(&self, row: usize, taken: &[Line]) -> Option<(Option<&str>, Option<i64>)> {
        let told = |name: &'static str, row: usize| self.cells.text(Of::Return, name, row);
        let (visit, line) = (told("visit", row)?, told("return_line", row)?);
        let same =
            |other: &usize| visit::same_line(self.cells, *other, row) && told("return_line", *other) == Some(line);
        let here = taken.iter().map(|line| line.row).find(same);
        if let Some(other) = here {
            return Some((told("source", other), self.cells.count(Of::Return, "row", other)));
        }
        let of = visit::line_id(self.cells, row);
        let before = self.cells.list(Of::Return, "earlier", row)?;
        let other = before.iter().find(|element| {
            let same = element.text("visit") == Some(visit) && element.text("return_line") == Some(line);
            same && element.text("line").is_none_or(|line| line == of)
        })?;
        Some((other.text("source"), other.count("row")))
    }
}
