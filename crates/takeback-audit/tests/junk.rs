//! Whatever stands in the cells: every row is judged, rejected or unlinked, findings add up, and the same rows give the same
//! findings in batches of one visit each.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use takeback::Policy;
use takeback_audit::columns::{Column, Kind, LINKED, RETURN_LINE, SALE, SALE_LINE};
use takeback_audit::finding::FINDING;
use takeback_audit::{Audit, Options, audit_batch, explain_case, what_if};

use crate::cases::{batch, cell};
use crate::obeyed::Draw;
use crate::policies;

impl Draw {
    fn quantity(&mut self) -> i64 {
        [0, 1, 2, -1, i64::MAX][usize::try_from(self.below(5)).expect("small")]
    }
}

fn value(draw: &mut Draw, column: &Column) -> Value {
    let words: &[&str] = match column.name {
        "done" => &["refunded", "declined", "Refunded"],
        "remedy" | "wants" => &["refund", "store credit", "exchange", "repair", "cake"],
        "condition" => &["sealed", "opened", "used", ""],
        "reason" => &["changed mind", "defective", "wrong size"],
        "proof" => &["receipt", "none", "look-up"],
        "link" => &["receipt", "fifo", "none", "ambiguous", "missing sale", "lost"],
        "channel" => &["store", "online", "moon"],
        "by" => &["buyer", "recipient"],
        "clerk_role" => &["clerk", "manager", "king"],
        "store_zone" => &["America/New_York", "Europe/Berlin", "Mars/Base"],
        "visit" => &["V1", "V2"],
        "sale" => &["S1", "S2"],
        "line" | "sku" => &["1", "2", "3"],
        "store_country" => &["US", "DE", "Atlantis"],
        "refund_to" => &["cash", "shells"],
        _ => &["", "x", "\u{0}", "ä;=#:", "Boots", "Electronics"],
    };
    let text = |draw: &mut Draw, words: &[&str]| Value::from(draw.of(words));
    match column.kind {
        Kind::Text | Kind::Word | Kind::Texts => text(draw, words),
        Kind::Moment => text(
            draw,
            &["2026-02-20", "2026-03-01T10:00:00-05:00", "2026-04-30", "2026-02-30", "1066-10-14", "soon", "awaited"],
        ),
        Kind::Day => text(draw, &["2026-03-01", "2029-01-01", "1900-01-01"]),
        Kind::Money => {
            text(draw, &["0", "0.01", "19.99", "20.00", "100.00", "0.835", "-1", "99999999999999999999", "250.00"])
        }
        Kind::Percent => text(draw, &["5.5", "0", "-1"]),
        Kind::Count => json!([1, 2, 3, 0, -1, i64::MAX, 4][usize::try_from(draw.below(7)).expect("small")]),
        Kind::YesNo => json!(draw.below(2) == 0),
        Kind::Tenders if column.name == "promotions" => text(
            draw,
            &[
                "3 for 2 #P 1.00",
                "3 for 0 #P 1.00",
                "0 for 2 0.00",
                "79228162514264337593543950335 for 2 1.00",
                "20% over 0.00 #Q 1.00; coupon 0.50",
                "900% over 1.00 1.00",
                "every second ?% 1.00",
                "every second 50 1.00",
                "gift #G 1.00",
                "with gift #G 0.00",
                "with gift #P 999999999999999.00",
                "bundle",
                "? ?",
                " for  1.00",
            ],
        ),
        Kind::Tenders => text(
            draw,
            &[
                "cash 20.00",
                "credit #a 10.00; gift card 9.99",
                "cash",
                "shells 3",
                "",
                "cash -1",
                "90 days 7.99",
                "cash 79228162514264337593543950335; credit 79228162514264337593543950335",
            ],
        ),
        Kind::Roles => {
            text(draw, &["", "manager", "clerk #c1", "large-refund: manager #m", "king", "manager passed", ":#"])
        }
        Kind::Forms => text(draw, &["", "return-slip.signature", "return-slip.phone=hash", "x", "a.b=c"]),
        Kind::Earlier => {
            json!([{ "at": "2026-02-25", "line": draw.of(&["1", "2"]), "quantity": (draw.quantity()),
                                  "refund": draw.of(&["10.00", "99999999999999999999"]), "refund_fee": "1.00", "paid_to": draw.of(&["cash 9.00", "?"]) }])
        }
        Kind::Past => json!([{ "day": "2026-02-25", "refund": "10.00", "items": i64::MAX }, { "day": "2026-02-26" }]),
        Kind::Rest => {
            json!([{ "line": draw.of(&["1", "9"]), "paid": "10.00", "unit_price": draw.of(&["10.00", "-79228162514264.0", "11.00"]),
                     "promotions": draw.of(&["3 for 2 #P 1.00", "coupon 1.00", "", "x"]) }, { "sku": "Y" }])
        }
    }
}

fn row(draw: &mut Draw) -> Map<String, Value> {
    let mut row = Map::new();
    for (before, columns) in [("", RETURN_LINE), (SALE, SALE_LINE), ("", LINKED)] {
        for column in columns {
            // Most cells of most rows are good or empty, or no row would come to be judged.
            let usual: Option<Value> = match (before, column.name) {
                ("", "at") => Some("2026-03-01".into()),
                ("", "refund") | (SALE, "paid") => Some("20.00".into()),
                (SALE, "promotions") if draw.below(3) == 0 => Some(value(draw, column)),
                (SALE, "promotions") => Some("".into()),
                (SALE, "sold") => Some("2026-02-20".into()),
                (SALE, "sale") => Some(draw.of(&["S1", "S2", "S3"]).into()),
                ("", "proof") => Some("receipt".into()),
                ("", "condition") => Some("sealed".into()),
                _ => None,
            };
            let value = match draw.below(24) {
                0 => Some(value(draw, column)),
                _ => usual,
            };
            row.extend(value.map(|value| (format!("{before}{}", column.name), value)));
        }
    }
    row
}

/// All cells of the findings, but for their order.
fn cells(audit: &Audit) -> Vec<Vec<Option<String>>> {
    let of = |row| FINDING.iter().map(|column| cell(&audit.findings, column.name, row)).collect();
    (0..audit.findings.num_rows()).map(of).collect()
}

#[test]
fn every_row_goes_one_way() {
    goes_one_way(&policies::store("policies/stores/corner-shop"));
    goes_one_way(&policies::shop_that("discounts", "clawed back"));
}

fn goes_one_way(policy: &Policy) {
    let mut draw = Draw(11);
    let mut rows: Vec<Map<String, Value>> = (0..600).map(|_| row(&mut draw)).collect();
    rows.sort_by_key(|row| ["visit", "store"].map(|name| row.get(name).map(Value::to_string)));
    let options = Options::default();
    let whole = batch(&rows);
    let audit = audit_batch(policy, &whole, &options).expect("the columns are right");
    let counts = &audit.counts;
    assert_eq!(counts.read, 600);
    assert_eq!(counts.read, counts.judged + counts.rejected + counts.unlinked, "{counts:?}");
    assert_eq!(counts.rejected, audit.rejects.len() as u64);
    assert_eq!(counts.findings.values().sum::<u64>(), audit.findings.num_rows() as u64);
    assert!(counts.judged > 50 && counts.rejected > 50 && counts.unlinked > 5, "{counts:?}");
    let at_stake = (0..audit.findings.num_rows()).filter_map(|row| cell(&audit.findings, "at_stake", row));
    let at_stake: Decimal = at_stake.map(|amount| amount.parse::<Decimal>().expect("an amount")).sum();
    assert_eq!(at_stake, counts.at_stake);

    let mut apart = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let key = |at: usize| ["visit", "store"].map(|name| rows[at].get(name).map(Value::to_string));
        let end =
            (from + 1..rows.len()).find(|at| key(*at)[0].is_none() || key(*at) != key(from)).unwrap_or(rows.len());
        let part = whole.slice(from, end - from);
        apart.extend(cells(&audit_batch(policy, &part, &options).expect("the columns are right")));
        let told = explain_case(policy, &part).expect("the columns are right");
        assert!(told.contains("Found") || told.contains("Nothing was found"), "{told}");
        from = end;
    }
    assert_eq!(cells(&audit), apart);
    let same = what_if(policy, policy, &whole).expect("the columns are right");
    assert_eq!(same.changes.num_rows(), 0);
}
