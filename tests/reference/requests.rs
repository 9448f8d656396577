//! Random requests for the policies of [`super::policies`]: several sales and lines, promotions that overlap, taxes in and on
//! top of prices, split payments, earlier returns, exchanges, and facts left out.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};
use takeback::money::{Rounding, cumulative, share};

use super::dice::Dice;

/// What kind of request is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// How many facts may be left out.
    pub(crate) gaps: usize,
    pub(crate) earlier: bool,
}

pub(crate) fn request(dice: &mut Dice, wish: Wish, paths: &[String]) -> Json {
    let at = day(dice, "2024-12-01", 480);
    let sales: Vec<Json> = (0..dice.between(1, 2)).map(|sale| self::sale(dice, sale, at, wish)).collect();
    let mut returns = Vec::new();
    for at in 0..dice.between(1, 4) {
        returns.push(coming(dice, at, &sales));
    }
    let mut visit = json!({
        "at": if dice.chance(80) { at.to_string() } else { format!("{at}T{:02}:30:00-05:00", dice.below(24)) },
        "store": { "id": "0412", "country": "US", "state": dice.pick(&["US-OH", "US-AL", "US-NY"]) },
        "channel": dice.pick(&["store", "online", "phone"]),
        "by": dice.pick(&["buyer", "recipient", "other"]),
        "clerk": { "id": "c17", "role": dice.pick(&["clerk", "supervisor", "manager"]) },
        "facts": { "customer.member": dice.chance(50), "visit.count": dice.below(5), "customer.methods": ["visa-1", "gc-1"] },
        "on_duty": dice.some(&["clerk", "shift lead", "supervisor", "director"], 3),
        "sales": sales,
        "returns": returns,
    });
    for event in ["told", "sent", "received"] {
        if event != "told" && dice.chance(10) {
            visit[event] = json!("awaited");
        } else if dice.chance(25) {
            visit[event] = json!(at.checked_sub_days(Days::new(small(dice, 10))).unwrap().to_string());
        }
    }
    if dice.chance(70) {
        visit["refund_to"] = json!({ "tender": dice.pick(&["cash", "credit", "gift card", "check"]), "id": dice.pick(&["visa-1", "other"]) });
    }
    if dice.chance(40) {
        visit["pay_with"] = json!({ "tender": dice.pick(&["gift card", "credit"]), "id": "gc-1" });
        if dice.chance(70) {
            visit["pay_with"]["balance"] = json!(cents(dice, 0, 5000).to_string());
        }
    }
    if dice.chance(40) {
        visit["labels"] = json!(dice.below(3));
    }
    if dice.chance(30) {
        visit["new_goods"] = json!([{
            "id": "n1",
            "price": cents(dice, 100, 8000).to_string(),
            "quantity": dice.between(1, 2),
            "taxes": [{ "id": "OH", "amount": cents(dice, 0, 300).to_string(), "included": dice.chance(30) }],
        }]);
    }
    if dice.chance(30) {
        let approval = |dice: &mut Dice| json!({ "clause": dice.one(paths), "role": dice.pick(&["supervisor", "manager", "director"]) });
        visit["approvals"] = json!([approval(dice), approval(dice)]);
        let verification =
            |dice: &mut Dice| json!({ "clause": dice.one(paths), "role": "gemologist", "passed": dice.chance(60) });
        visit["verifications"] = json!([verification(dice), verification(dice)]);
    }
    for _ in 0..dice.below(wish.gaps + 1) {
        leave_out(dice, &mut visit);
    }
    visit
}

pub(crate) fn sale(dice: &mut Dice, number: usize, at: NaiveDate, wish: Wish) -> Json {
    let back = *dice.one(&[3, 14, 40, 100, 200]);
    let sold = at.checked_sub_days(Days::new(small(dice, back))).unwrap();
    let mut lines: Vec<Json> = (0..dice.between(1, 3)).map(|line| sale_line(dice, line, sold)).collect();
    let mut left: Vec<Decimal> = lines.iter().map(all_of).collect();
    let mut promotions = Vec::new();
    for _ in 0..dice.below(3) {
        if let Some(promotion) = promotion(dice, promotions.len(), &lines, &mut left) {
            promotions.push(promotion);
        }
    }
    // Some sales state what was paid; then the promotions are in it already.
    if dice.chance(25) {
        for (line, paid) in lines.iter_mut().zip(&left) {
            line["paid"] = json!(paid.to_string());
            if dice.chance(20) {
                line.as_object_mut().unwrap().remove("unit_price");
            }
        }
    }
    let mut total: Decimal = left.iter().sum();
    for line in &lines {
        for tax in line["taxes"].as_array().unwrap() {
            if tax["included"] != json!(true) {
                total += amount(&tax["amount"]);
            }
        }
    }
    let mut sale = json!({
        "id": format!("S{number}"),
        "sold": sold.to_string(),
        "ordered": sold.checked_sub_days(Days::new(small(dice, 5))).unwrap().to_string(),
        "store": { "id": "0007", "country": "US", "state": dice.pick(&["US-OH", "US-AL", "US-CO"]) },
        "channel": dice.pick(&["store", "online"]),
        "seller": dice.pick(&["own", "market"]),
        "facts": { "customer.tier": dice.pick(&["none", "plus", "total"]), "sale.gift": dice.chance(40) },
    });
    if dice.chance(10) {
        sale["tax_exempt"] = json!(true);
    }
    if dice.chance(90) {
        sale["facts"]["sale.told_on"] = json!(sold.checked_add_days(Days::new(small(dice, 20))).unwrap().to_string());
    }
    if dice.chance(10) {
        sale["sold"] = json!(format!("{sold}T12:00:00-05:00"));
    }
    if dice.chance(50) {
        let paid = cents(dice, 0, 1500);
        let mut shipping = json!({ "paid": paid.to_string(), "taxes": [] });
        if dice.chance(80) {
            shipping["cheapest"] = json!(cents(dice, 0, 1500).min(paid).to_string());
        }
        total += paid;
        if dice.chance(50) {
            let tax = cents(dice, 0, 120);
            shipping["taxes"] = json!([{ "id": "OH", "amount": tax.to_string() }]);
            total += tax;
        }
        sale["shipping"] = shipping;
    }
    let kinds = ["cash", "credit", "debit", "gift card", "check", "store card"];
    let parts: Vec<Decimal> = (0..dice.between(1, 3)).map(|_| Decimal::from(dice.between(1, 5))).collect();
    let amounts = share(total, &parts, 2).unwrap();
    let tenders: Vec<Json> = amounts
        .iter()
        .enumerate()
        .map(|(at, amount)| {
            let mut facts = json!({ "tender.logo": dice.chance(50) });
            if dice.chance(90) {
                let cleared = sold.checked_add_days(Days::new(small(dice, 40))).unwrap();
                facts["tender.cleared"] = json!(cleared.to_string());
            }
            json!({
                "id": format!("t{at}"),
                "tender": dice.pick(&kinds),
                "amount": amount.to_string(),
                "facts": facts,
            })
        })
        .collect();
    sale["tenders"] = json!(tenders);
    sale["lines"] = json!(lines);
    sale["promotions"] = json!(promotions);
    if wish.earlier && dice.chance(35) {
        let visits: Vec<Json> = (0..dice.between(1, 2)).filter_map(|_| earlier_return(dice, &sale, &left)).collect();
        sale["earlier_returns"] = json!(visits.into_iter().take(1).collect::<Vec<_>>());
    }
    sale
}

fn sale_line(dice: &mut Dice, number: usize, sold: NaiveDate) -> Json {
    let price = cents(dice, 50, 9000);
    let price = if dice.chance(8) { price + Decimal::new(3, 3) } else { price };
    let quantity = if dice.chance(50) { 1 } else { dice.between(2, 5) };
    let mut taxes = Vec::new();
    let whole = price * Decimal::from(quantity);
    if dice.chance(60) {
        let rate = Decimal::new(i64::try_from(dice.between(100, 2500)).unwrap(), 2);
        taxes.push(tax("OH", rate, whole, false, dice.chance(85)));
    }
    if dice.chance(30) {
        let rate = Decimal::new(i64::try_from(dice.between(100, 900)).unwrap(), 2);
        taxes.push(tax("VAT", rate, whole, dice.chance(60), dice.chance(85)));
    }
    let received = sold.checked_add_days(Days::new(small(dice, 10))).unwrap();
    let mut line = json!({
        "id": format!("{}", number + 1),
        "sku": dice.pick(&["A", "B", "C"]),
        "brand": dice.pick(&["Acme", "Bolt"]),
        "categories": dice.pick(&["Electronics/Phones", "Electronics/Batteries", "Electronics/Games", "Computers", "Toys", "Books", "Toys/Soft"]).split(';').collect::<Vec<_>>(),
        "quantity": quantity,
        "unit_price": price.to_string(),
        "taxes": taxes,
        "facts": { "item.carat": dice.pick(&["0.40", "0.75", "1.00", "2.5"]), "item.grade": dice.pick(&["a", "b", "c"]), "item.clean": dice.chance(70) },
    });
    if dice.chance(85) {
        line["received"] = json!(received.to_string());
    } else if dice.chance(60) {
        line["received"] = json!([sold.to_string(), received.to_string()]);
    } else if dice.chance(50) {
        line["received"] = json!([received.to_string(), null]);
    } else if dice.chance(30) {
        line["received"] = json!([]);
    }
    if dice.chance(20) {
        let away = |dice: &mut Dice| {
            let from = received.checked_add_days(Days::new(small(dice, 40))).unwrap();
            let until = from.checked_add_days(Days::new(small(dice, 20))).unwrap();
            if dice.chance(90) {
                json!({ "from": from.to_string(), "until": until.to_string() })
            } else {
                json!({ "from": from.to_string() })
            }
        };
        line["repairs"] = json!([away(dice), away(dice)]);
    }
    for clock in ["shipped", "invoiced", "installed", "activated"] {
        if dice.chance(70) {
            line[clock] = json!(received.checked_add_days(Days::new(small(dice, 6))).unwrap().to_string());
        }
    }
    if dice.chance(15) {
        line["final_sale"] = json!(true);
    }
    if dice.chance(10) {
        line["serials"] = json!(["s1", "s2"]);
    }
    line
}

fn tax(id: &str, rate: Decimal, whole: Decimal, included: bool, told: bool) -> Json {
    let share = if included { rate / (rate + Decimal::ONE_HUNDRED) } else { rate / Decimal::ONE_HUNDRED };
    let amount = Rounding::HalfUp.round(whole * share, 2);
    let mut tax = json!({ "id": id, "amount": amount.to_string(), "included": included });
    if told {
        tax["rate"] = json!(rate.to_string());
    }
    tax
}

fn promotion(dice: &mut Dice, number: usize, lines: &[Json], left: &mut [Decimal]) -> Option<Json> {
    let places: Vec<usize> = (0..lines.len()).collect();
    let covered = dice.some(&places, 3);
    let ids: Vec<&Json> = covered.iter().map(|line| &lines[*line]["id"]).collect();
    let mut promotion = json!({ "id": format!("P{number}"), "lines": ids });
    let mut prices: Vec<Decimal> = Vec::new();
    for line in &covered {
        let units = lines[*line]["quantity"].as_u64().unwrap();
        prices.extend((0..units).map(|_| amount(&lines[*line]["unit_price"])));
    }
    prices.sort();
    prices.reverse();
    let round = |amount: Decimal| Rounding::HalfUp.round(amount, 2);
    let off = match dice.below(6) {
        0 => {
            let n = dice.between(2, 3);
            promotion["kind"] = json!("n for m");
            promotion["n"] = json!(n);
            promotion["m"] = json!(n - 1);
            round(prices.chunks_exact(n).map(|group| group[n - 1]).sum())
        }
        1 => {
            let all: Decimal = prices.iter().sum();
            let percent = Decimal::from(dice.between(5, 40));
            promotion["kind"] = json!("percent over");
            promotion["over"] =
                json!(round(all * Decimal::from(dice.between(30, 100)) / Decimal::ONE_HUNDRED).to_string());
            promotion["percent"] = json!(percent.to_string());
            round(all * percent / Decimal::ONE_HUNDRED)
        }
        2 => {
            promotion["kind"] = json!("every second");
            promotion["percent"] = json!("50");
            round(prices.chunks_exact(2).map(|pair| pair[1] / Decimal::TWO).sum())
        }
        3 => {
            promotion["kind"] = json!("bundle");
            cents(dice, 100, 2000)
        }
        4 => {
            promotion["kind"] = json!("coupon");
            cents(dice, 100, 2000)
        }
        _ => {
            let gift = dice.below(lines.len());
            let came_with: Vec<&Json> =
                (0..lines.len()).filter(|line| *line != gift).map(|line| &lines[line]["id"]).collect();
            if came_with.is_empty() {
                return None;
            }
            return Some(json!({
                "id": format!("P{number}"), "kind": "gift", "gift": lines[gift]["id"],
                "value": cents(dice, 100, 3000).to_string(), "lines": came_with, "amount": "0.00",
            }));
        }
    };
    let before: Vec<Decimal> = covered.iter().map(|line| left[*line]).collect();
    let all: Decimal = before.iter().sum();
    let off = off.min(all);
    promotion["amount"] = json!(off.to_string());
    for (line, part) in covered.iter().zip(share(all - off, &before, 2).unwrap()) {
        left[*line] = part;
    }
    Some(promotion)
}

/// Some units that came back before, at the price paid, with or without a fee.
fn earlier_return(dice: &mut Dice, sale: &Json, paid: &[Decimal]) -> Option<Json> {
    let mut lines = Vec::new();
    let mut back = Decimal::ZERO;
    for (line, paid) in sale["lines"].as_array().unwrap().iter().zip(paid) {
        let bought = u32::try_from(line["quantity"].as_u64().unwrap()).unwrap();
        if bought < 2 || dice.chance(40) {
            continue;
        }
        let units = u32::try_from(dice.between(1, usize::try_from(bought - 1).unwrap())).unwrap();
        let part = |all: Decimal| cumulative(all, units, bought, 2, Rounding::HalfUp).unwrap();
        let goods = part(*paid);
        let fee = if dice.chance(40) { Rounding::HalfUp.round(goods / Decimal::from(7), 2) } else { Decimal::ZERO };
        let mut taxes = Map::new();
        back += goods - fee;
        for tax in line["taxes"].as_array().unwrap() {
            let given = part(amount(&tax["amount"]));
            if tax["included"] != json!(true) {
                back += given;
            }
            taxes.insert(tax["id"].as_str().unwrap().to_owned(), json!(given.to_string()));
        }
        lines.push(json!({
            "line": line["id"], "quantity": units, "goods": goods.to_string(),
            "fees": { "restocking": fee.to_string() }, "taxes": taxes,
        }));
    }
    if lines.is_empty() {
        return None;
    }
    let tenders = sale["tenders"].as_array().unwrap();
    let paid: Vec<Decimal> = tenders.iter().map(|tender| amount(&tender["amount"])).collect();
    let parts = share(back.max(Decimal::ZERO), &paid, 2).unwrap();
    let tenders: Vec<Json> = tenders
        .iter()
        .zip(parts.iter().zip(&paid))
        .map(|(tender, (part, paid))| json!({ "id": tender["id"], "amount": (*part).min(*paid).to_string() }))
        .collect();
    let at = sale["sold"].as_str().unwrap().get(..10).unwrap().to_owned();
    Some(json!({ "at": at, "lines": lines, "tenders": tenders }))
}

fn coming(dice: &mut Dice, number: usize, sales: &[Json]) -> Json {
    let mut line = json!({
        "id": format!("r{number}"),
        "wants": dice.pick(&["refund", "refund", "refund", "exchange", "store credit", "half credit", "price reduction", "repair", "replacement"]),
        "condition": dice.pick(&["sealed", "opened", "used", "damaged", "dirty"]),
        "reason": dice.pick(&["changed mind", "defective", "no longer fits", "other"]),
        "proof": dice.pick(&["receipt", "e-receipt", "none"]),
    });
    if dice.chance(85) {
        line["current_price"] = json!(cents(dice, 50, 9000).to_string());
    }
    if dice.chance(85) {
        line["lowest_price"] = json!({ "90 days": cents(dice, 50, 9000).to_string() });
    }
    if dice.chance(12) {
        line["list_price"] = json!(cents(dice, 50, 9000).to_string());
        line["quantity"] = json!(dice.between(1, 2));
        line["item"] = json!({
            "sku": "A", "brand": "Acme", "categories": [dice.pick(&["Electronics/Phones", "Toys", "Books"])],
            "received": "2025-05-05",
            "facts": { "item.carat": "0.75", "item.grade": "a" },
        });
        if dice.chance(70) {
            line["item"]["final_sale"] = json!(dice.chance(20));
        }
        if dice.chance(50) {
            line["item"]["price"] = json!(cents(dice, 50, 9000).to_string());
        }
        if dice.chance(60) {
            line["item"]["sale"] = unfound_sale(dice);
        }
    } else {
        let sale = dice.one(sales);
        let sold = dice.one(sale["lines"].as_array().unwrap());
        let bought = usize::try_from(sold["quantity"].as_u64().unwrap()).unwrap();
        line["sale"] = sale["id"].clone();
        line["line"] = sold["id"].clone();
        line["quantity"] = json!(if dice.chance(50) { 1 } else { dice.between(1, bought) });
        if sold.get("serials").is_some() && dice.chance(70) {
            line["serials"] = json!([dice.pick(&["s1", "s2", "s1", "s2", "s9"])]);
        }
        if dice.chance(30) {
            line["facts"] = json!({ "item.missing_cost": cents(dice, 0, 3000).to_string() });
        }
        if dice.chance(90) {
            line["facts"]["item.freight"] = json!(cents(dice, 0, 900).to_string());
        }
        if dice.chance(85) {
            line["facts"]["item.days"] = json!(dice.below(75));
        }
        if dice.chance(60) {
            line["facts"]["item.share"] = json!(cents(dice, 0, 3000).to_string());
        }
    }
    let wants_goods = line["wants"] == json!("exchange") || line["wants"] == json!("replacement");
    if dice.chance(if wants_goods { 60 } else { 10 }) {
        let mut new =
            json!({ "sku": dice.pick(&["A", "B"]), "quantity": dice.between(1, 2), "available": dice.chance(80) });
        if dice.chance(90) {
            new["price"] = json!(cents(dice, 100, 9000).to_string());
        }
        if dice.chance(40) {
            new["taxes"] = json!([{ "id": "OH", "amount": cents(dice, 0, 500).to_string() }]);
        }
        line["new"] = new;
    }
    line
}

/// Takes one fact away, wherever it stands.
fn leave_out(dice: &mut Dice, visit: &mut Json) {
    let names = [
        "/channel",
        "/by",
        "/clerk",
        "/on_duty",
        "/store/state",
        "/facts/customer.member",
        "/facts/visit.count",
        "/refund_to",
        "/facts/customer.methods",
    ];
    let of_sale = ["sold", "ordered", "channel", "seller", "facts/customer.tier", "facts/sale.gift", "store/state"];
    let of_line = [
        "categories",
        "brand",
        "sku",
        "received",
        "shipped",
        "installed",
        "facts/item.carat",
        "facts/item.grade",
        "facts/item.clean",
    ];
    let of_return = ["condition", "reason", "proof", "wants", "current_price", "lowest_price", "new/sku", "new/price"];
    let pointer = match dice.below(4) {
        0 => dice.pick(&names).to_owned(),
        1 => format!("/sales/0/{}", dice.pick(&of_sale)),
        2 => format!("/sales/0/lines/0/{}", dice.pick(&of_line)),
        _ => format!("/returns/0/{}", dice.pick(&of_return)),
    };
    let (object, member) = pointer.rsplit_once('/').unwrap();
    if let Some(object) = visit.pointer_mut(object).and_then(Json::as_object_mut) {
        object.remove(member);
    }
}

fn all_of(line: &Json) -> Decimal {
    let quantity = Decimal::from(line["quantity"].as_u64().unwrap());
    Rounding::HalfUp.round(amount(&line["unit_price"]) * quantity, 2)
}

fn amount(json: &Json) -> Decimal {
    json.as_str().unwrap().parse().unwrap()
}

fn cents(dice: &mut Dice, from: usize, to: usize) -> Decimal {
    Decimal::new(i64::try_from(dice.between(from, to)).unwrap(), 2)
}

fn small(dice: &mut Dice, most: usize) -> u64 {
    u64::try_from(dice.between(0, most)).unwrap()
}

fn day(dice: &mut Dice, from: &str, within: usize) -> NaiveDate {
    let from: NaiveDate = from.parse().unwrap();
    from.checked_add_days(Days::new(small(dice, within))).unwrap()
}

/// What is known of a sale that nobody can find, some of it.
fn unfound_sale(dice: &mut Dice) -> Json {
    let mut known = json!({
        "sold": dice.pick(&["2025-02-03", "2025-06-20", "2025-11-28T22:00:00-05:00"]),
        "ordered": dice.pick(&["2025-01-30", "2025-06-20"]),
        "store": { "id": "0007", "state": dice.pick(&["US-OH", "US-AL", "US-CO"]) },
        "channel": dice.pick(&["store", "online"]),
        "seller": dice.pick(&["own", "market"]),
        "tax_exempt": dice.chance(20),
        "whole": dice.chance(50),
        "total": cents(dice, 100, 20_000).to_string(),
        "facts": {
            "customer.tier": dice.pick(&["none", "plus", "total"]), "sale.gift": dice.chance(40), "sale.told_on": "2025-06-25",
        },
    });
    for member in ["sold", "ordered", "channel", "seller", "tax_exempt", "whole", "total"] {
        if dice.chance(25) {
            known.as_object_mut().unwrap().remove(member);
        }
    }
    for fact in ["customer.tier", "sale.gift", "sale.told_on"] {
        if dice.chance(25) {
            known["facts"].as_object_mut().unwrap().remove(fact);
        }
    }
    known
}
