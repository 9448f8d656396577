//! Requests by chance, the same ones every time: goods of every group, days around the deadlines, amounts around the
//! limits for checks. Every fact the policy may ask is there.

use chrono::{Days, NaiveDate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// The first day of the version that is written by hand.
pub(crate) const FIRST_DAY: NaiveDate = day(2025, 10, 31);

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

const CATEGORIES: &[&str] = &[
    "TVs",
    "TVs/OLED",
    "Kitchen",
    "Cameras",
    "Cameras/Mirrorless",
    "Lenses",
    "Drones",
    "Projectors",
    "Phones/Contract",
    "Phones/Prepaid",
    "Phones/Unlocked",
    "Tablets/Cellular",
    "Tablets/Wi-Fi",
    "Hotspots",
    "Wearables/Cellular",
    "Wearables/Bands",
    "Computers/Laptops",
    "Smart home/Locks",
    "Games/Console",
    "Movies",
    "Software/Office",
    "Apparel/Shirts",
    "Digital/Codes",
    "Prepaid cards",
    "Memberships",
    "Holiday decor",
    "Holiday decor/Lights",
    "Major appliances/Refrigerators",
    "Services/AppleCare monthly",
    "Accessories/Phone cases",
];
const STATES: &[&str] = &["US-PA", "US-NY", "US-CA", "US-OH", "US-IA", "US-AL", "US-OK", "US-TX"];
/// In cents.
const PRICES: &[u32] =
    &[999, 1999, 5999, 12_500, 24_999, 25_000, 25_001, 39_999, 79_999, 80_000, 80_001, 89_999, 129_900];

struct Chance(ChaCha8Rng);

impl Chance {
    /// A number below `end`.
    fn below(&mut self, end: u32) -> u32 {
        self.0.next_u32() % end
    }
    /// True once in `times`.
    fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }
    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(u32::try_from(list.len()).expect("a short list")) as usize]
    }
}

fn money(cents: u32) -> Value {
    Decimal::new(cents.into(), 2).to_string().into()
}

/// That many requests as JSON.
pub(crate) fn requests(count: usize) -> Vec<Vec<u8>> {
    let mut chance = Chance(ChaCha8Rng::seed_from_u64(2025));
    (0..count).map(|_| serde_json::to_vec(&request(&mut chance)).expect("a request can be written")).collect()
}

fn request(chance: &mut Chance) -> Value {
    let category = chance.of(CATEGORIES);
    let sold = match chance.below(3) {
        0 => FIRST_DAY + Days::new(chance.below(120).into()),
        1 => day(2025, 12, 28) + Days::new(chance.below(8).into()),
        _ => FIRST_DAY + Days::new(chance.below(60).into()),
    };
    let received = sold + Days::new(chance.below(6).into());
    let at = match chance.below(4) {
        0 => received + Days::new(chance.below(20).into()),
        1 => received + Days::new(11 + u64::from(chance.below(6))),
        2 => received + Days::new(chance.of(&[27, 28, 29, 30, 31, 57, 58, 59, 60, 61])),
        _ => sold.max(day(2026, 1, 12)) + Days::new(chance.below(6).into()),
    };
    let quantity = 1 + chance.below(3);
    let back = 1 + chance.below(quantity);
    let cents = match chance.once_in(3) {
        true => 500 + chance.below(120_000),
        false => chance.of(PRICES),
    };
    let taxes: Vec<u32> = (0..chance.below(3)).map(|_| cents * quantity / 100 * (1 + chance.below(8))).collect();
    let whole = cents * quantity + taxes.iter().sum::<u32>();
    let split = chance.once_in(3).then(|| 1 + chance.below(whole - 1));
    let tenders: Vec<Value> = (1..)
        .zip(split.into_iter().chain([whole - split.unwrap_or(0)]))
        .map(|(at, amount)| {
            let tender = chance.of(&["cash", "check", "credit", "debit", "gift card"]);
            let mut written = json!({ "id": format!("t{at}"), "tender": tender, "amount": money(amount) });
            if tender == "debit" {
                written["facts"] = json!({ "tender.major_logo": !chance.once_in(2) });
            }
            written
        })
        .collect();
    let proof = match chance.below(6) {
        0 => "none",
        1 => "gift receipt",
        _ => "receipt",
    };
    let wants = match (proof, chance.below(8)) {
        ("none", 2..) | (_, 0) => "store credit",
        (_, 1 | 2) => "exchange",
        _ => "refund",
    };
    let mut approvals = Vec::new();
    if proof == "none" && chance.once_in(2) {
        approvals.push(json!({ "clause": "no-proof", "role": "manager" }));
    }
    if chance.once_in(10) {
        approvals.push(json!({ "clause": "promise/poor-condition", "role": "manager" }));
    }
    let mut returned = json!({
        "id": "r1", "sale": "S1", "line": "1", "quantity": back, "wants": wants,
        "condition": chance.of(&["sealed", "opened", "opened", "used", "damaged"]),
        "reason": chance.of(&["changed mind", "changed mind", "defective", "damaged", "wrong item", "wrong size", "unwanted gift"]),
        "proof": proof
    });
    if proof == "none" {
        returned["current_price"] = money(cents * (50 + chance.below(60)) / 100 + 1);
    }
    let channel = chance.of(&["store", "store", "online"]);
    json!({
        "at": at.to_string(),
        "store": { "state": chance.of(STATES) },
        "channel": channel,
        "approvals": approvals,
        "sales": [ {
            "id": "S1",
            "sold": sold.to_string(),
            "store": { "state": chance.of(STATES) },
            "facts": { "customer.tier": chance.of(&["none", "none", "plus", "total"]) },
            "lines": [ {
                "id": "1",
                "categories": [category],
                "quantity": quantity,
                "unit_price": money(cents),
                "taxes": (1..).zip(&taxes).map(|(at, tax)| json!({ "id": format!("T{at}"), "amount": money(*tax) })).collect::<Vec<_>>(),
                "received": received.to_string(),
                "final_sale": chance.once_in(20),
                "facts": facts(chance, category, cents)
            } ],
            "tenders": tenders
        } ],
        "returns": [ returned ]
    })
}

fn facts(chance: &mut Chance, category: &str, cents: u32) -> Map<String, Value> {
    let mut facts = Map::new();
    let mut tell = |name: &str, value: Value| facts.insert(name.to_owned(), value);
    let top = category.split('/').next().unwrap_or_default();
    if ["Phones", "Tablets", "Hotspots", "Wearables", "Computers", "Smart home"].contains(&top) {
        tell("item.cloud_locked", chance.once_in(8).into());
        tell("item.verizon", chance.once_in(3).into());
    }
    if top == "Apparel" {
        tell("item.tags_on", (!chance.once_in(4)).into());
    }
    for (name, times) in [
        ("item.custom", 20),
        ("item.special_order", 10),
        ("item.marketplace", 8),
        ("item.unsanitary", 20),
        ("item.parts_missing", 20),
    ] {
        if chance.once_in(times) {
            tell(name, true.into());
            if name == "item.marketplace" {
                tell("item.seller_days", (7 + cents % 40).into());
            }
        }
    }
    if chance.once_in(8) {
        tell("item.missing_cost", money(1 + chance.below(cents * 2)));
    }
    facts
}
