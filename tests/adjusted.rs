//! Money for goods that are kept, and the goods coming back later, in every order: what was paid comes back to the cent, of
//! goods, of each tax and of the tender, and never more.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use takeback::source::SourceSet;
use takeback::{Policy, render};

const POLICY: &str = r#"
policy "Adjusted" version "1" {
  in force  from 2026-01-01 by date sold, otherwise date requested
  currency  USD
  time zone "America/New_York"
  choices {
    rounding       half up
    discounts      shared in proportion
    tax            returned in full
    split payments in proportion
    lines          each by itself
  }
}
remedy price adjustment: price difference
clause everything {
  accept refund, price adjustment
  window no limit
  basis  price paid
  basis  current price for price adjustment
  pay    original tender
}
"#;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    /// So many units come back.
    Back(u32),
    /// The difference is given for so many units, at so many cents each.
    Keep(u32, i64),
}

#[test]
fn what_was_paid_comes_back_in_every_order() {
    let mut sources = SourceSet::new();
    sources.add("adjusted.takeback", POLICY).unwrap();
    let policy = Policy::compile(&sources).unwrap_or_else(|report| panic!("{}", render::plain(&report, &sources)));
    let steps =
        [Step::Back(1), Step::Back(2), Step::Keep(1, 301), Step::Keep(2, 299), Step::Keep(3, 100), Step::Keep(1, 0)];
    let mut tried = 0;
    for (bought, paid) in [(1, 333), (2, 1000), (3, 1000), (3, 1), (4, 2599)] {
        for on_top in [0, 83] {
            for first in steps {
                for second in steps {
                    for third in steps {
                        let sale = Sale { bought, paid: cents(paid), on_top: cents(on_top), inside: cents(paid / 7) };
                        through(&policy, &sale, &[first, second, third]);
                        tried += 1;
                    }
                }
            }
        }
    }
    assert_eq!(tried, 5 * 2 * 6 * 6 * 6);
}

struct Sale {
    bought: u32,
    paid: Decimal,
    on_top: Decimal,
    inside: Decimal,
}

/// Visit by visit, then all that is left; a visit that asks for more units than there are is left out.
fn through(policy: &Policy, sale: &Sale, steps: &[Step]) {
    let (mut back, mut earlier) = (0, Vec::new());
    let mut given = [Decimal::ZERO; 4];
    for at in 0..=steps.len() {
        let left = sale.bought - back;
        let step = steps.get(at).copied().unwrap_or(Step::Back(left));
        let (units, wants, price) = match step {
            Step::Back(units) => (units, "refund", 0),
            Step::Keep(units, price) => (units, "price adjustment", price),
        };
        if units == 0 || units > left {
            continue;
        }
        let decision = decide(policy, sale, &earlier, units, wants, price);
        assert_eq!(decision["outcome"], "accept", "{steps:?}");
        let remedy = decision["lines"][0]["remedies"].as_array().unwrap().iter().find(|one| one["remedy"] == wants);
        let part = |part: &str| -> Decimal {
            let parts = remedy.unwrap()["amounts"].as_array().unwrap();
            parts.iter().filter(|one| one["part"] == part).map(|one| amount(&one["amount"])).sum()
        };
        let now = [part("goods"), part("tax"), part("included tax"), amount(&decision["balance"]["to_customer"])];
        assert!(now.iter().all(|one| *one >= Decimal::ZERO), "{steps:?}: {now:?}");
        assert_eq!(now[0] + now[1], now[3], "{steps:?}");
        given.iter_mut().zip(now).for_each(|(sum, now)| *sum += now);
        let most = [sale.paid, sale.on_top, sale.inside, sale.paid + sale.on_top];
        assert!(given.iter().zip(most).all(|(given, most)| *given <= most), "{steps:?}: {given:?}");
        let units = if wants == "refund" { units } else { 0 };
        back += units;
        earlier.push(json!({
            "lines": [ { "line": "1", "quantity": units, "goods": now[0].to_string(),
                         "taxes": { "top": now[1].to_string(), "inside": now[2].to_string() } } ],
            "tenders": [ { "id": "t1", "amount": now[3].to_string() } ]
        }));
    }
    assert_eq!(back, sale.bought);
    assert_eq!(given[0], sale.paid, "goods: {} units, {steps:?}", sale.bought);
    assert_eq!(given[1], sale.on_top, "tax on top: {} units for {}, {steps:?}", sale.bought, sale.paid);
    assert_eq!(given[3], sale.paid + sale.on_top, "{steps:?}");
}

fn decide(policy: &Policy, sale: &Sale, earlier: &[Value], units: u32, wants: &str, price: i64) -> Value {
    let request = json!({
        "at": "2026-03-01",
        "sales": [ {
            "id": "S1", "sold": "2026-02-01",
            "lines": [ { "id": "1", "quantity": sale.bought, "paid": sale.paid.to_string(), "taxes": [
                { "id": "top", "amount": sale.on_top.to_string() },
                { "id": "inside", "amount": sale.inside.to_string(), "included": true } ] } ],
            "tenders": [ { "id": "t1", "tender": "credit", "amount": (sale.paid + sale.on_top).to_string() } ],
            "earlier_returns": earlier
        } ],
        "returns": [ { "id": "r1", "sale": "S1", "line": "1", "quantity": units, "wants": wants,
                       "current_price": cents(price).to_string() } ]
    });
    let request = policy.request(request.to_string().as_bytes()).unwrap();
    serde_json::to_value(policy.decide(&request)).unwrap()
}

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn amount(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}
