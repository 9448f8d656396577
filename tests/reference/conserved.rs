//! Conservation: a sale that comes back in several visits, split and ordered at random, gives back and keeps together what it
//! gives back when it comes back at once, and never more than was paid for a line, a tax, the delivery or with a tender.
//!
//! Each visit is fed back to the next as an earlier return, as `docs/reference/request.md` says.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};
use takeback::Policy;
use takeback::money::Rounding;
use takeback::source::SourceSet;

use super::dice::Dice;
use super::number;
use super::requests::{self, Wish};
use super::visit::{count, decimal, list, text};

const AT: &str = "2025-06-20";

#[test]
fn conserved() {
    let wanted = number("REFERENCE_CONSERVED", 300);
    let seed = number("REFERENCE_SEED", 1);
    let (mut done, mut at) = (0, 0);
    while done < wanted {
        at += 1;
        let mut dice = Dice::new(u64::try_from(seed * 1_000_000 + 700_000 + at).unwrap());
        let terms = Terms::draw(&mut dice);
        let text = terms.text();
        let policy = compile(&text);
        let day: NaiveDate = AT.parse().unwrap();
        let sale = requests::sale(&mut dice, 1, day, Wish { gaps: 0, earlier: true });
        let units = units(&sale);
        let Some(whole) = Given::of_visits(&policy, &sale, std::slice::from_ref(&units), &["refund"]) else { continue };
        let remedies: &[&str] = match dice.below(10) {
            0 | 1 => &["exchange"],
            2 | 3 => &["refund", "exchange"],
            _ => &["refund"],
        };
        let visits = split(&mut dice, units);
        let Some(parts) = Given::of_visits(&policy, &sale, &visits, remedies) else { continue };
        done += 1;
        let money_only = remedies == ["refund"];
        let wrong = [
            whole.too_much(&sale, terms.is_shared()),
            parts.too_much(&sale, terms.is_shared()),
            terms.differ(&sale, &whole, &parts, money_only),
        ];
        let wrong = wrong.concat();
        assert!(wrong.is_empty(), "seed {at}: {wrong:#?}\n{text}\n{sale}\n{visits:?} {remedies:?}");
    }
}

/// What the policy of a run says: everything comes back, at any time, on some terms.
struct Terms {
    choices: Vec<String>,
    basis: &'static str,
    fee: &'static str,
}

impl Terms {
    fn draw(dice: &mut Dice) -> Terms {
        let rounding = dice.pick(&["half up", "half even", "down", "up"]);
        let discounts = dice.pick(&["shared in proportion", "clawed back", "void"]);
        let bundles = dice.pick(&["shared in proportion", "clawed back", "void"]);
        let gifts = dice.pick(&["value deducted", "kept free"]);
        let tax = dice.pick(&["returned in full", "returned in full", "returned on what is refunded"]);
        let shipping =
            dice.pick(&["not returned", "returned", "returned up to the cheapest", "returned with the last item"]);
        let first = dice.pick(&["", "gift card first, then ", "cash first, then "]);
        let rest = dice.pick(&["as tendered", "in reverse", "in proportion"]);
        let choices = [
            format!("rounding {rounding}"),
            format!("discounts {discounts}"),
            format!("bundles {bundles}"),
            format!("gifts {gifts}"),
            format!("tax {tax}"),
            format!("shipping {shipping}"),
            format!("split payments {first}{rest}"),
            format!("fee restocking per {}, untaxed", dice.pick(&["line", "item"])),
        ];
        let basis = dice.pick(&["price paid", "price paid", "price paid", "60% of price paid", "current price"]);
        let fee = dice.pick(&["none", "none", "15%", "12.5%, at most 10.00 USD", "4.95 USD"]);
        Terms { choices: choices.into(), basis, fee }
    }

    fn text(&self) -> String {
        format!(
            "policy \"Whole\" version \"1\" {{\n  in force from 2020-01-01 by date sold, otherwise date requested\n  currency USD\n  \
             time zone \"America/New_York\"\n  choices {{\n    {}\n    deadline met when told\n    late returns final\n    lines each by itself\n  }}\n}}\n\
             tender store card\nfact customer.tier : text, as of sale\nfact sale.gift : yes or no, of the sale\n\
             fact item.carat : number, of the item\nfact item.grade : text, of the item\nfact item.clean : yes or no, of the item\n\
             fact tender.logo : yes or no, of the tender\n\
             fact tender.cleared : date, of the tender\n\
             fact sale.told_on : date, of the sale\n\
             clause all \"All comes back\" {{\n  accept refund, exchange\n  window no limit\n  basis {}\n  fee restocking {}\n  pay original tender\n}}\n",
            self.choices.join("\n    "),
            self.basis,
            self.fee,
        )
    }

    fn says(&self, choice: &str) -> bool {
        self.choices.iter().any(|said| said == choice)
    }

    /// Whether no promotion is undone.
    fn is_shared(&self) -> bool {
        self.says("discounts shared in proportion") && self.says("bundles shared in proportion")
    }

    /// Where several visits give another sum than one.
    fn differ(&self, sale: &Json, whole: &Given, parts: &Given, money_only: bool) -> Vec<String> {
        let mut sums = Vec::new();
        match self.is_shared() {
            true => sums
                .extend(whole.goods.keys().map(|line| (line.as_str(), of(&whole.goods, line), of(&parts.goods, line)))),
            false => sums.push(("goods", total(&whole.goods), total(&parts.goods))),
        }
        // Fees that are counted for the line add up as long as none is cut to the goods of a small part.
        let large = whole.goods.iter().all(|(line, goods)| *goods >= Decimal::TEN * units_of(sale, line));
        let no_promotion = list(sale, "/promotions").is_empty() || self.says("gifts kept free") && self.is_shared();
        if large && no_promotion && self.basis == "price paid" && self.says("fee restocking per line, untaxed") {
            sums.push(("fees", whole.kept, parts.kept));
        }
        let nothing_kept = whole.kept.is_zero() && parts.kept.is_zero();
        let all_of_it = self.basis == "price paid" && self.says("tax returned in full") && nothing_kept;
        if all_of_it {
            // A tax that is included goes with the goods, which are shared otherwise when a promotion is undone.
            let tax = |given: &Given| -> Decimal {
                let taxes = given.taxes.iter().filter(|(name, _)| self.is_shared() || !is_included(sale, name));
                taxes.map(|(_, amount)| amount).sum()
            };
            sums.push(("tax", tax(whole), tax(parts)));
        }
        if money_only {
            sums.push(("delivery", total(&whole.delivery), total(&parts.delivery)));
        }
        if money_only && all_of_it {
            sums.push(("tender", total(&whole.tenders), total(&parts.tenders)));
        }
        let differing = sums.into_iter().filter(|(_, one, two)| one != two);
        differing.map(|(what, one, two)| format!("{what}: at once {one}, in parts {two}")).collect()
    }
}

fn units_of(sale: &Json, line: &str) -> Decimal {
    let sold = list(sale, "/lines").iter().find(|one| one["id"] == line).unwrap();
    Decimal::from(count(sold, "/quantity").unwrap_or(1))
}

/// Whether the tax of a line stands in its price.
fn is_included(sale: &Json, name: &str) -> bool {
    let (line, tax) = name.split_once(' ').unwrap();
    let line = list(sale, "/lines").iter().find(|one| one["id"] == line).unwrap();
    list(line, "/taxes").iter().any(|one| one["id"] == tax && one["included"] == json!(true))
}

fn compile(text: &str) -> Policy {
    let mut sources = SourceSet::new();
    sources.add("main.takeback", text).unwrap();
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{}", takeback::render::plain(&report, &sources)))
}

/// Every unit that is still with the customer, by line.
fn units(sale: &Json) -> Vec<String> {
    let back = |id: &str| -> u32 {
        let lines = list(sale, "/earlier_returns").iter().flat_map(|visit| list(visit, "/lines"));
        lines.filter(|line| line["line"] == id).map(|line| count(line, "/quantity").unwrap()).sum()
    };
    let of = |line: &Json| {
        let id = text(line, "/id").unwrap();
        let left = count(line, "/quantity").unwrap_or(1) - back(&id);
        std::iter::repeat_n(id, usize::try_from(left).unwrap())
    };
    list(sale, "/lines").iter().flat_map(of).collect()
}

/// The units in some visits.
fn split(dice: &mut Dice, mut units: Vec<String>) -> Vec<Vec<String>> {
    dice.shuffle(&mut units);
    let mut visits: Vec<Vec<String>> = vec![Vec::new(); dice.between(1, 4)];
    for unit in units {
        let visit = dice.below(visits.len());
        visits[visit].push(unit);
    }
    visits.retain(|visit| !visit.is_empty());
    visits
}

/// What was given back and kept: by line, by tax of a line, by tender.
#[derive(Debug, Default)]
struct Given {
    goods: BTreeMap<String, Decimal>,
    taxes: BTreeMap<String, Decimal>,
    /// Delivery and its taxes.
    delivery: BTreeMap<String, Decimal>,
    tenders: BTreeMap<String, Decimal>,
    /// Fees, deductions and reductions.
    kept: Decimal,
}

impl Given {
    /// The visits one after the other, and what had come back before; none when one of them is not accepted as it is.
    fn of_visits(policy: &Policy, sale: &Json, visits: &[Vec<String>], remedies: &[&str]) -> Option<Given> {
        let mut sale = sale.clone();
        for units in visits {
            let mut returned: BTreeMap<&str, u32> = BTreeMap::new();
            for unit in units {
                *returned.entry(unit).or_default() += 1;
            }
            let lines = returned.iter().enumerate().map(|(at, (line, units))| {
                let remedy = remedies[at % remedies.len()];
                json!({ "id": format!("r{line}"), "line": line, "quantity": units, "wants": remedy, "current_price": "17.31" })
            });
            let request = json!({ "at": AT, "sales": [sale], "returns": lines.collect::<Vec<_>>() });
            let read = policy.request(request.to_string().as_bytes()).unwrap();
            let decision = json!(policy.decide(&read));
            if decision["outcome"] != "accept" {
                return None;
            }
            let earlier = earlier_return(&request, &decision);
            match sale["earlier_returns"].as_array_mut() {
                Some(all) => all.push(earlier),
                None => sale["earlier_returns"] = json!([earlier]),
            }
        }
        Some(Given::so_far(&sale))
    }

    /// The sums of all earlier returns of a sale.
    fn so_far(sale: &Json) -> Given {
        let mut given = Given::default();
        for visit in list(sale, "/earlier_returns") {
            for line in list(visit, "/lines") {
                let id = text(line, "/line").unwrap();
                *given.goods.entry(id.clone()).or_default() += decimal(line, "/goods").unwrap();
                for (tax, amount) in members(line, "taxes") {
                    *given.taxes.entry(format!("{id} {tax}")).or_default() += amount;
                }
                given.kept += decimal(line, "/reduction").unwrap_or_default();
                given.kept += ["fees", "deductions"]
                    .iter()
                    .flat_map(|of| members(line, of))
                    .map(|(_, kept)| kept)
                    .sum::<Decimal>();
            }
            *given.delivery.entry("paid".to_owned()).or_default() += decimal(visit, "/shipping").unwrap_or_default();
            for (tax, amount) in members(visit, "shipping_taxes") {
                *given.delivery.entry(tax).or_default() += amount;
            }
            for tender in list(visit, "/tenders") {
                *given.tenders.entry(text(tender, "/id").unwrap()).or_default() += decimal(tender, "/amount").unwrap();
            }
        }
        given
    }

    /// What is more than was paid; of goods where no promotion is undone.
    fn too_much(&self, sale: &Json, shared: bool) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut check = |what: String, given: Decimal, paid: Decimal| {
            if given > paid {
                wrong.push(format!("{what}: {given} of {paid}"));
            }
        };
        for line in list(sale, "/lines") {
            let id = text(line, "/id").unwrap();
            if shared {
                let units = Decimal::from(count(line, "/quantity").unwrap_or(1));
                let priced = decimal(line, "/unit_price").map(|price| Rounding::Up.round(price * units, 2));
                check(format!("goods {id}"), of(&self.goods, &id), decimal(line, "/paid").or(priced).unwrap());
            }
            for tax in list(line, "/taxes") {
                let name = format!("{id} {}", text(tax, "/id").unwrap());
                check(format!("tax {name}"), of(&self.taxes, &name), decimal(tax, "/amount").unwrap());
            }
        }
        if let Some(shipping) = sale.get("shipping") {
            check("delivery".to_owned(), of(&self.delivery, "paid"), decimal(shipping, "/paid").unwrap());
            for tax in list(shipping, "/taxes") {
                let name = text(tax, "/id").unwrap();
                check(format!("tax on delivery {name}"), of(&self.delivery, &name), decimal(tax, "/amount").unwrap());
            }
        }
        for tender in list(sale, "/tenders") {
            let id = text(tender, "/id").unwrap();
            check(format!("tender {id}"), of(&self.tenders, &id), decimal(tender, "/amount").unwrap());
        }
        wrong
    }
}

/// A decision as the earlier return of a later request.
fn earlier_return(request: &Json, decision: &Json) -> Json {
    let lines = list(decision, "/lines").iter().zip(list(request, "/returns")).map(|(line, coming)| {
        let offered = list(line, "/remedies").iter().find(|one| one["remedy"] == coming["wants"]).unwrap();
        let mut told = json!({ "line": coming["line"], "quantity": coming["quantity"], "fees": {}, "deductions": {}, "taxes": {} });
        for part in list(offered, "/amounts") {
            let amount = json!(decimal(part, "/amount").unwrap().abs().to_string());
            match text(part, "/part").unwrap().as_str() {
                "fee" => told["fees"][part["name"].as_str().unwrap()] = amount,
                "deduction" => told["deductions"][part["name"].as_str().unwrap()] = amount,
                "tax" | "included tax" => told["taxes"][part["name"].as_str().unwrap()] = amount,
                goods_or_reduction => told[goods_or_reduction] = amount,
            }
        }
        told
    });
    let mut tenders: BTreeMap<String, Decimal> = BTreeMap::new();
    for payout in list(decision, "/payouts") {
        let own = [payout.clone()];
        for part in payout["from"].as_array().map_or(own.as_slice(), Vec::as_slice) {
            *tenders.entry(text(part, "/id").unwrap()).or_default() += decimal(part, "/amount").unwrap();
        }
    }
    let tenders = tenders.into_iter().map(|(id, amount)| json!({ "id": id, "amount": amount.to_string() }));
    let mut visit = json!({ "at": AT, "lines": lines.collect::<Vec<_>>(), "tenders": tenders.collect::<Vec<_>>() });
    if let Some(shipping) = list(decision, "/shipping").first() {
        visit["shipping"] = shipping["amount"].clone();
        visit["shipping_taxes"] = shipping.get("taxes").cloned().unwrap_or(json!({}));
    }
    visit
}

fn members(json: &Json, member: &str) -> Vec<(String, Decimal)> {
    let all = json.get(member).and_then(Json::as_object).cloned().unwrap_or_else(Map::new);
    all.into_iter().map(|(name, amount)| (name, decimal(&amount, "").unwrap())).collect()
}

fn of(amounts: &BTreeMap<String, Decimal>, name: &str) -> Decimal {
    amounts.get(name).copied().unwrap_or_default()
}

fn total(amounts: &BTreeMap<String, Decimal>) -> Decimal {
    amounts.values().sum()
}
