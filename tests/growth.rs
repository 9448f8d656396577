//! Large requests of every kind come to a decision: ten thousands of lines, sales, promotions or tenders. What they cost is
//! measured by `cargo bench --bench scale`; work that grew with the square of the size would not come to an end here.

use serde_json::{Value, json};
use takeback::{Language, record};

use crate::cases;

/// How many things a request has.
const MANY: usize = if cfg!(debug_assertions) { 4_000 } else { 100_000 };

/// That a request made for many things is decided, every line of it.
fn grows(policies: &[&str], make: impl Fn(usize) -> Value) {
    let json = make(MANY);
    for name in policies {
        let policy = cases::policy(&[cases::root().join(name)]).unwrap();
        let request = policy.request(json.to_string().as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let decided = policy.decide(&request);
        let script = policy.words(&request, &decided, &Language::default());
        assert_eq!(script.reasons.len(), decided.reasons.len(), "{name}");
        let decision = serde_json::to_value(decided).unwrap();
        let lines = decision["lines"].as_array().unwrap();
        assert_eq!(lines.len(), json["returns"].as_array().unwrap().len(), "{name}");
    }
}

const ALL: &[&str] = &[
    "policies/stores/corner-shop",
    "tests/cases/policies/fees-and-gifts.takeback",
    "tests/cases/policies/promotions-clawed-back.takeback",
    "tests/cases/policies/split-in-proportion.takeback",
];
const PROMOTIONS: &[&str] = &[
    "tests/cases/policies/promotions-clawed-back.takeback",
    "tests/cases/policies/promotions-void.takeback",
    "tests/cases/policies/fees-and-gifts.takeback",
];

fn list(count: usize, make: impl Fn(usize) -> Value) -> Value {
    Value::Array((0..count).map(make).collect())
}

/// A visit that brings back all of some lines of one sale.
fn visit(lines: usize, change: impl FnOnce(&mut Value)) -> Value {
    let mut visit = json!({
        "at": "2026-01-10",
        "facts": {},
        "sales": [{
            "id": "S", "sold": "2026-01-05",
            "lines": list(lines, |at| json!({ "id": at.to_string(), "unit_price": "9.99", "categories": [] })),
            "tenders": [{ "id": "t", "tender": "cash", "amount": "99999999.00" }]
        }],
        "returns": list(lines, |at| json!({
            "id": format!("r{at}"), "sale": "S", "line": at.to_string(), "wants": "refund",
            "condition": "sealed", "reason": "changed mind", "proof": "receipt"
        }))
    });
    change(&mut visit);
    visit
}

#[test]
fn lines_of_one_sale() {
    grows(ALL, |count| visit(count, |_| {}));
}

#[test]
fn lines_of_many_sales_with_delivery() {
    grows(ALL, |count| {
        visit(count, |visit| {
            visit["sales"] = list(count, |at| {
                json!({
                    "id": at.to_string(), "sold": "2026-01-05",
                    "lines": [{ "id": at.to_string(), "unit_price": "9.99", "categories": [] }],
                    "shipping": { "paid": "5.00" },
                    "tenders": [{ "id": format!("t{at}"), "tender": "credit", "amount": "20.00" }]
                })
            });
            for (at, line) in visit["returns"].as_array_mut().unwrap().iter_mut().enumerate() {
                line["sale"] = at.to_string().into();
            }
        })
    });
}

#[test]
fn lines_that_no_tender_takes_back() {
    grows(ALL, |count| visit(count, |visit| visit["sales"][0]["tenders"] = json!([])));
}

#[test]
fn lines_of_which_something_is_not_known() {
    for missing in ["wants", "reason", "condition", "proof"] {
        grows(&ALL[..2], |count| {
            visit(count, |visit| {
                for line in visit["returns"].as_array_mut().unwrap() {
                    line.as_object_mut().unwrap().remove(missing);
                }
            })
        });
    }
}

#[test]
fn lines_exchanged_for_goods_without_a_price() {
    grows(&ALL[..2], |count| {
        visit(count, |visit| {
            for line in visit["returns"].as_array_mut().unwrap() {
                line["wants"] = "exchange".into();
                line["new"] = json!({ "sku": "x" });
            }
        })
    });
}

#[test]
fn one_line_brought_back_in_parts() {
    grows(ALL, |count| {
        visit(count, |visit| {
            visit["sales"][0]["lines"] =
                json!([{ "id": "0", "unit_price": "9.99", "quantity": count, "categories": [] }]);
            for line in visit["returns"].as_array_mut().unwrap() {
                line["line"] = "0".into();
            }
        })
    });
}

#[test]
fn tenders_of_one_sale() {
    let splits = ["split-as-tendered", "split-in-reverse", "split-in-proportion"];
    let names = splits.map(|name| format!("tests/cases/policies/{name}.takeback"));
    grows(&names.each_ref().map(String::as_str), |count| {
        visit(count, |visit| {
            visit["sales"][0]["tenders"] =
                list(count, |at| json!({ "id": at.to_string(), "tender": "credit", "amount": "9.99" }));
        })
    });
}

#[test]
fn answers_to_forms() {
    let forms = list(MANY, |at| json!({ "form": "slip", "line": at.to_string() }));
    let answers = json!({ "forms": forms }).to_string();
    assert!(record::read(answers.as_bytes()).is_ok());
}

#[test]
fn promotions_over_two_lines_each() {
    for kind in [json!({ "kind": "coupon" }), json!({ "kind": "n for m", "n": 2, "m": 1 })] {
        grows(PROMOTIONS, |count| {
            visit(count, |visit| {
                visit["sales"][0]["promotions"] = list(count / 2, |at| {
                    let mut promotion = json!({ "id": at.to_string(), "amount": "0.50",
                        "lines": [(2 * at).to_string(), (2 * at + 1).to_string()] });
                    promotion.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
                    promotion
                });
            })
        });
    }
}

#[test]
fn one_promotion_over_all_lines() {
    grows(PROMOTIONS, |count| {
        visit(count, |visit| {
            let lines = list(count, |at| at.to_string().into());
            visit["sales"][0]["promotions"] =
                json!([{ "id": "P", "kind": "every second", "percent": "50", "lines": lines, "amount": "1.00" }]);
        })
    });
}

/// Each line came with the next as a gift: one that does not come back keeps the one before it from coming back, and so on.
#[test]
fn gifts_in_a_chain() {
    let gifts = ["policies/stores/corner-shop", "tests/cases/policies/fees-and-gifts.takeback"];
    grows(&gifts, |count| {
        visit(count, |visit| {
            visit["sales"][0]["promotions"] = list(
                count - 1,
                |at| json!({ "id": at.to_string(), "kind": "gift", "lines": [at.to_string()], "gift": (at + 1).to_string(), "value": "1.00" }),
            );
            visit["returns"].as_array_mut().unwrap().pop();
        })
    });
}

#[test]
fn promotions_on_lines_that_state_what_was_paid() {
    grows(PROMOTIONS, |count| {
        visit(count, |visit| {
            for line in visit["sales"][0]["lines"].as_array_mut().unwrap() {
                line["paid"] = "9.00".into();
            }
            visit["sales"][0]["promotions"] = list(
                count,
                |at| json!({ "id": at.to_string(), "kind": "coupon", "lines": [at.to_string()], "amount": "0.99" }),
            );
        })
    });
}

#[test]
fn serial_numbers_of_one_line() {
    grows(&ALL[..2], |count| {
        visit(1, |visit| {
            visit["sales"][0]["lines"][0]["serials"] = list(count, |at| at.to_string().into());
            visit["returns"][0]["serials"] = list(count, |at| (count - 1 - at).to_string().into());
        })
    });
}

#[test]
fn approvals_and_earlier_returns() {
    grows(&ALL[1..], |count| {
        visit(count, |visit| {
            visit["sales"][0]["earlier_returns"] = list(
                count,
                |at| json!({ "at": "2026-01-06", "lines": [{ "line": at.to_string(), "quantity": 0, "goods": "0.10" }] }),
            );
            visit["approvals"] = list(count.min(1000), |_| json!({ "clause": "everything", "role": "manager" }));
        })
    });
}
