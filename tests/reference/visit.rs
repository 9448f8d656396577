//! A request in its wire form, with the few look-ups everything else needs: which sold line comes back, what day an
//! event was, what was paid for a line.

use std::cell::OnceCell;

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde_json::Value;
use takeback::date::When;

/// The day of an event on the clocks of a place.
pub(crate) trait OnClocks {
    /// With time zones read another way than the engine reads them.
    fn on(self, zone: Option<Tz>) -> NaiveDate;
}

impl OnClocks for When {
    fn on(self, zone: Option<Tz>) -> NaiveDate {
        match (self, zone) {
            (When::Date(day), _) => day,
            (When::Moment(moment), Some(zone)) => moment.with_timezone(&zone).date_naive(),
            (When::Moment(moment), None) => moment.date_naive(),
        }
    }
}

use takeback::money::share;
use takeback::terms::Clock;

use super::book::Edition;

pub(crate) struct Visit {
    pub(crate) json: Value,
    pub(crate) returns: Vec<Coming>,
    /// By sale, once it has been worked out.
    paid: Vec<OnceCell<Vec<Decimal>>>,
}

/// A line of the request.
pub(crate) struct Coming {
    pub(crate) id: String,
    /// The sale and the line in it, by place.
    pub(crate) sold: Option<(usize, usize)>,
    pub(crate) quantity: u32,
    pub(crate) wants: Option<String>,
    pub(crate) json: Value,
}

impl Visit {
    pub(crate) fn read(json: &Value) -> Visit {
        let sales = list(json, "/sales");
        let mut returns = Vec::new();
        for coming in list(json, "/returns") {
            let coming = coming.clone();
            let sold = if coming.get("item").is_some_and(|item| !item.is_null()) {
                None
            } else {
                let sale = match text(&coming, "/sale") {
                    Some(id) => sales.iter().position(|sale| text(sale, "/id").as_deref() == Some(&id)).unwrap(),
                    None => 0,
                };
                let line = match text(&coming, "/line") {
                    Some(id) => {
                        let lines = list(&sales[sale], "/lines");
                        lines.iter().position(|line| text(line, "/id").as_deref() == Some(&id)).unwrap()
                    }
                    None => 0,
                };
                Some((sale, line))
            };
            returns.push(Coming {
                id: text(&coming, "/id").unwrap(),
                sold,
                quantity: count(&coming, "/quantity").unwrap_or(1),
                wants: text(&coming, "/wants"),
                json: coming,
            });
        }
        let paid = sales.iter().map(|_| OnceCell::new()).collect();
        Visit { json: json.clone(), returns, paid }
    }

    pub(crate) fn sales(&self) -> &[Value] {
        list(&self.json, "/sales")
    }

    pub(crate) fn sale(&self, sale: usize) -> &Value {
        &self.sales()[sale]
    }

    pub(crate) fn sold_line(&self, (sale, line): (usize, usize)) -> &Value {
        &list(self.sale(sale), "/lines")[line]
    }

    /// The sold line of a return, or the `item` of goods without a sale.
    pub(crate) fn goods(&self, line: usize) -> &Value {
        match self.returns[line].sold {
            Some(sold) => self.sold_line(sold),
            None => &self.returns[line].json["item"],
        }
    }

    /// What is known of the sale of goods without one; null where nothing is.
    pub(crate) fn unfound(&self, line: usize) -> &Value {
        match self.returns[line].sold {
            Some(_) => &Value::Null,
            None => &self.returns[line].json["item"]["sale"],
        }
    }

    /// The zone of the return; the policy's where the store has none.
    pub(crate) fn zone(&self, edition: &Edition) -> Option<Tz> {
        text(&self.json, "/store/zone").map(|zone| zone.parse().unwrap()).or(edition.zone)
    }

    /// The zone of a sale, likewise.
    pub(crate) fn sale_zone(&self, sale: Option<usize>, edition: &Edition) -> Option<Tz> {
        match sale.and_then(|sale| text(self.sale(sale), "/store/zone")) {
            Some(zone) => Some(zone.parse().unwrap()),
            None if sale.is_none() => self.zone(edition),
            None => edition.zone,
        }
    }

    /// The zone of what is told of a sale, whether it is found or not.
    pub(crate) fn told_zone(&self, told: &Value, sale: Option<usize>, edition: &Edition) -> Option<Tz> {
        let own = text(told, "/store/zone").map(|zone| zone.parse().unwrap());
        own.or_else(|| self.sale_zone(sale, edition))
    }

    /// The day of the request.
    pub(crate) fn day(&self, edition: &Edition) -> NaiveDate {
        when(&self.json["at"]).unwrap().on(self.zone(edition))
    }

    /// `told`, `sent` or `received` of the return; the date of the request when it is not given.
    pub(crate) fn event(&self, name: &str) -> When {
        // What is still to come has not come before now.
        let told = Some(&self.json[name]).filter(|told| told.as_str() != Some("awaited"));
        told.and_then(when).unwrap_or_else(|| when(&self.json["at"]).unwrap())
    }

    /// The event that a clock names, of a line.
    pub(crate) fn clock(&self, line: usize, clock: Clock) -> Option<When> {
        let sale = self.returns[line].sold.map(|(sale, _)| self.sale(sale));
        let goods = self.goods(line);
        match clock {
            Clock::Sold | Clock::Ordered => when(&sale.unwrap_or(self.unfound(line))[clock_word(clock)]),
            Clock::FirstParcel => match &goods["received"] {
                Value::Array(parcels) => parcels.iter().filter_map(when).min_by_key(|parcel| parcel.on(None)),
                one => when(one),
            },
            // Of all lines of the sale; missing where one of them does not tell. A service is not delivered.
            Clock::WholeOrder => {
                let Some(sale) = sale else { return self.clock(line, Clock::Received) };
                let mut last: Option<When> = None;
                for sold in list(sale, "/lines") {
                    let parcels = match &sold["received"] {
                        Value::Array(parcels) => parcels.clone(),
                        Value::Null => return None,
                        one => vec![one.clone()],
                    };
                    for parcel in parcels {
                        let parcel = when(&parcel)?;
                        last = last.filter(|last| last.on(None) >= parcel.on(None)).or(Some(parcel));
                    }
                }
                last
            }
            Clock::Invoiced | Clock::Shipped | Clock::Received | Clock::Installed | Clock::Activated => {
                match &goods[clock_word(clock)] {
                    Value::Array(parcels) => parcels.iter().filter_map(when).max_by_key(|parcel| match parcel {
                        When::Date(day) => day.and_hms_opt(23, 59, 59).unwrap(),
                        When::Moment(moment) => moment.naive_utc(),
                    }),
                    one => when(one),
                }
            }
        }
    }

    /// The last parcel of the sale that is known to have come.
    pub(crate) fn last_parcel(&self, line: usize, edition: &Edition) -> Option<NaiveDate> {
        let (sale, _) = self.returns[line].sold?;
        let lines = list(self.sale(sale), "/lines").iter();
        let days = lines.flat_map(|line| match &line["received"] {
            Value::Array(parcels) => parcels.iter().filter_map(when).collect(),
            one => Vec::from_iter(when(one)),
        });
        days.map(|day| day.on(self.sale_zone(Some(sale), edition))).max()
    }

    /// Whether parcels are still to come that a clock waits for.
    pub(crate) fn awaits(&self, line: usize, clock: Clock) -> bool {
        let to_come = |goods: &Value| list(goods, "/received").iter().any(Value::is_null);
        match (clock, self.returns[line].sold) {
            (Clock::WholeOrder, Some((sale, _))) => list(self.sale(sale), "/lines").iter().any(to_come),
            _ => to_come(self.goods(line)),
        }
    }

    /// Its day at the place of the sale.
    pub(crate) fn clock_day(&self, line: usize, clock: Clock, edition: &Edition) -> Option<NaiveDate> {
        let zone = match (self.returns[line].sold, clock) {
            (None, Clock::Sold | Clock::Ordered) => self.told_zone(self.unfound(line), None, edition),
            (sold, _) => self.sale_zone(sold.map(|(sale, _)| sale), edition),
        };
        Some(self.clock(line, clock)?.on(zone))
    }

    pub(crate) fn clock_moment(&self, line: usize, clock: Clock) -> Option<DateTime<FixedOffset>> {
        match self.clock(line, clock)? {
            When::Moment(moment) => Some(moment),
            When::Date(_) => None,
        }
    }

    /// What was paid for each line of a sale.
    pub(crate) fn paid(&self, sale: usize, edition: &Edition) -> &[Decimal] {
        self.paid[sale].get_or_init(|| self.work_out_paid(sale, edition))
    }

    fn work_out_paid(&self, sale: usize, edition: &Edition) -> Vec<Decimal> {
        let lines = list(self.sale(sale), "/lines");
        let mut paid: Vec<Decimal> = lines
            .iter()
            .map(|line| match decimal(line, "/unit_price") {
                Some(price) => {
                    let quantity = Decimal::from(count(line, "/quantity").unwrap_or(1));
                    edition.rounding().round(price * quantity, edition.digits())
                }
                None => decimal(line, "/paid").unwrap(),
            })
            .collect();
        for promotion in list(self.sale(sale), "/promotions") {
            if text(promotion, "/kind").unwrap() == "gift" {
                continue;
            }
            let covered = self.covered(sale, promotion);
            let before: Vec<Decimal> = covered.iter().map(|line| paid[*line]).collect();
            let all: Decimal = before.iter().sum();
            let left = (all - decimal(promotion, "/amount").unwrap()).max(Decimal::ZERO);
            for (line, part) in covered.iter().zip(share(left, &before, edition.digits()).unwrap()) {
                // Of a line whose list price is not known, what was paid stands for it all along.
                if lines[*line].get("unit_price").is_some() {
                    paid[*line] = part;
                }
            }
        }
        // Lines that state what was paid have their discounts in it already: they only helped to find the others' shares.
        for (paid, line) in paid.iter_mut().zip(lines) {
            *paid = decimal(line, "/paid").unwrap_or(*paid);
        }
        paid
    }

    /// The lines of a promotion, by place in the sale.
    pub(crate) fn covered(&self, sale: usize, promotion: &Value) -> Vec<usize> {
        let lines = list(self.sale(sale), "/lines");
        let ids: Vec<Option<String>> = list(promotion, "/lines").iter().map(|id| text(id, "")).collect();
        (0..lines.len()).filter(|line| ids.contains(&text(&lines[*line], "/id"))).collect()
    }

    /// Units sold on a line.
    pub(crate) fn bought(&self, sold: (usize, usize)) -> u32 {
        count(self.sold_line(sold), "/quantity").unwrap_or(1)
    }

    /// The parts of earlier returns that are about a sold line.
    pub(crate) fn earlier(&self, sold: (usize, usize)) -> Vec<&Value> {
        let id = text(self.sold_line(sold), "/id");
        let visits = list(self.sale(sold.0), "/earlier_returns");
        visits.iter().flat_map(|visit| list(visit, "/lines")).filter(|line| text(line, "/line") == id).collect()
    }

    /// Units of a sold line that have come back before.
    pub(crate) fn came_back(&self, sold: (usize, usize)) -> u32 {
        self.earlier(sold).iter().map(|line| count(line, "/quantity").unwrap_or(0)).sum()
    }

    /// The sum of one amount over the earlier returns of a sold line: `/goods`, `/taxes/OH`, …
    pub(crate) fn earlier_sum(&self, sold: (usize, usize), path: &[&str]) -> Decimal {
        self.earlier(sold).iter().map(|line| member(line, path)).sum()
    }

    /// The sum of one amount over the earlier returns of a sale.
    pub(crate) fn earlier_of_sale(&self, sale: usize, path: &[&str]) -> Decimal {
        list(self.sale(sale), "/earlier_returns").iter().map(|visit| member(visit, path)).sum()
    }
}

fn member(json: &Value, path: &[&str]) -> Decimal {
    let mut at = json;
    for name in path {
        at = &at[*name];
    }
    decimal(at, "").unwrap_or_default()
}

pub(crate) fn clock_word(clock: Clock) -> &'static str {
    match clock {
        Clock::Sold => "sold",
        Clock::Ordered => "ordered",
        Clock::Invoiced => "invoiced",
        Clock::Shipped => "shipped",
        Clock::Received => "received",
        Clock::Installed => "installed",
        Clock::Activated => "activated",
        Clock::FirstParcel | Clock::WholeOrder => "received",
    }
}

pub(crate) fn when(json: &Value) -> Option<When> {
    json.as_str().map(|text| text.parse().unwrap())
}

pub(crate) fn text(json: &Value, pointer: &str) -> Option<String> {
    json.pointer(pointer)?.as_str().map(str::to_owned)
}

pub(crate) fn list<'j>(json: &'j Value, pointer: &str) -> &'j [Value] {
    json.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(crate) fn count(json: &Value, pointer: &str) -> Option<u32> {
    json.pointer(pointer)?.as_u64().map(|count| u32::try_from(count).unwrap())
}

pub(crate) fn decimal(json: &Value, pointer: &str) -> Option<Decimal> {
    match json.pointer(pointer)? {
        Value::String(text) => Some(text.parse().unwrap()),
        Value::Number(number) => Some(number.to_string().parse().unwrap()),
        _ => None,
    }
}
