//! Sales under a promotion that come back line by line, each time as the engine says: the audit finds nothing, and a cent more is found.
//! The requests are written here, with promotions as requests have them, and not by the audit.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use takeback::Policy;
use takeback_audit::{Options, audit_batch};

use crate::cases::{batch, cell};
use crate::obeyed::Draw;
use crate::policies;

/// A promotion as a request tells it, and its terms as a source spells them.
fn terms(draw: &mut Draw) -> (Map<String, Value>, &'static str) {
    let (members, spelled) = match draw.below(6) {
        0 => (json!({ "kind": "n for m", "n": 3, "m": 2 }), "3 for 2"),
        1 => (json!({ "kind": "n for m", "n": 2, "m": 1 }), "2 for 1"),
        2 => (json!({ "kind": "percent over", "over": "50.00", "percent": 20 }), "20% over 50.00"),
        3 => (json!({ "kind": "every second", "percent": 50 }), "every second 50%"),
        4 => (json!({ "kind": "bundle" }), "bundle"),
        _ => (json!({ "kind": "coupon" }), "coupon"),
    };
    (members.as_object().expect("members").clone(), spelled)
}

/// The rows of a sale whose lines come back one after the other, as the policy says.
fn returned(policy: &Policy, draw: &mut Draw, number: usize) -> Vec<Map<String, Value>> {
    let count = 3 + usize::try_from(draw.below(3)).expect("small");
    let cents = |draw: &mut Draw, least: u64, more: u64| {
        Decimal::new(i64::try_from(least + draw.below(more)).expect("small"), 2)
    };
    let text = |amount: Decimal| Value::from(amount.to_string());
    let (promotion, spelled) = terms(draw);
    let prices: Vec<Decimal> = (0..count).map(|_| cents(draw, 2_000, 5_000)).collect();
    let offs: Vec<Decimal> = (0..count).map(|_| cents(draw, 0, 1_000)).collect();
    let ids: Vec<String> = (1..=count).map(|line| line.to_string()).collect();
    let lines = prices.iter().zip(&offs).zip(&ids).map(|((price, off), id)| {
        json!({ "id": id, "quantity": 1, "unit_price": text(*price), "paid": text(*price - *off) })
    });
    let lines: Vec<Value> = lines.collect();
    let mut promotion = promotion;
    promotion.insert("id".to_owned(), "P".into());
    promotion.insert("lines".to_owned(), ids.clone().into());
    promotion.insert("amount".to_owned(), text(offs.iter().sum()));
    let told = |line: usize| {
        json!({ "line": ids[line], "quantity": 1, "unit_price": text(prices[line]), "paid": text(prices[line] - offs[line]),
                "promotions": format!("{spelled} #P {}", offs[line]) })
    };
    let (mut before, mut earlier, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (back, id) in ids.iter().enumerate() {
        let day = format!("2026-03-0{}", back + 1);
        let request = json!({
            "at": day,
            "sales": [{ "id": "S", "sold": "2026-02-20", "lines": lines, "promotions": [promotion.clone()], "earlier_returns": earlier }],
            "returns": [{ "id": "r", "line": id, "wants": "refund" }],
        });
        let request = policy.request(request.to_string().as_bytes()).expect("a good request");
        let decision = policy.decide(&request);
        let wanted = usize::from(decision.lines[0].wants.expect("a remedy"));
        let value = decision.lines[0].remedies[wanted].value.expect("a value");
        let mut row = Map::new();
        row.insert("visit".to_owned(), format!("{number}/{back}").into());
        row.insert("at".to_owned(), day.clone().into());
        row.insert("remedy".to_owned(), "refund".into());
        row.insert("refund".to_owned(), text(value));
        row.insert("sale.sale".to_owned(), format!("S{number}").into());
        row.insert("sale.sold".to_owned(), "2026-02-20".into());
        let own = told(back);
        row.extend(own.as_object().expect("a line").iter().map(|(name, cell)| (format!("sale.{name}"), cell.clone())));
        let rest: Vec<Value> = (0..count).filter(|line| *line != back).map(told).collect();
        row.insert("sale.rest".to_owned(), rest.into());
        row.insert("earlier".to_owned(), before.clone().into());
        rows.push(row);
        before.push(json!({ "at": day, "line": id, "quantity": 1, "refund": text(value) }));
        earlier.push(json!({ "at": day, "lines": [{ "line": id, "quantity": 1, "goods": text(value) }] }));
    }
    rows
}

#[test]
fn what_comes_back_of_a_promotion_as_the_policy_says_has_no_finding() {
    for rule in ["clawed back", "void", "shared in proportion"] {
        let policy = policies::shop_that("discounts", rule);
        let mut draw = Draw(20_260_302);
        let rows: Vec<Map<String, Value>> = (0..60).flat_map(|number| returned(&policy, &mut draw, number)).collect();
        let audit = audit_batch(&policy, &batch(&rows), &Options::default()).expect("the columns are right");
        assert!(audit.rejects.is_empty(), "{rule}: {:?}", audit.rejects);
        let first = (audit.findings.num_rows() > 0).then(|| cell(&audit.findings, "visit", 0));
        let message = first.as_ref().and_then(|_| cell(&audit.findings, "message", 0));
        assert_eq!(audit.findings.num_rows(), 0, "{rule}: {first:?} {message:?}");
        let more = |mut row: Map<String, Value>| {
            let refund: Decimal = row["refund"].as_str().expect("an amount").parse().expect("an amount");
            row.insert("refund".to_owned(), (refund + Decimal::new(1, 2)).to_string().into());
            row
        };
        let rows: Vec<Map<String, Value>> = rows.into_iter().map(more).collect();
        let audit = audit_batch(&policy, &batch(&rows), &Options::default()).expect("the columns are right");
        assert_eq!(audit.findings.num_rows(), rows.len(), "{rule}: a cent more is found in each");
    }
}
