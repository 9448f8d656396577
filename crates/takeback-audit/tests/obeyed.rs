//! A history that obeys the engine's own decisions has no findings, and each single tampering with it has exactly the finding
//! that it should have. The requests are written here, and not by the audit.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use takeback::Policy;
use takeback::decision::{Decision, Needed, Outcome, Status};
use takeback_audit::{Options, audit_batch};

use crate::cases::{batch, cell};
use crate::policies;

/// Numbers that look random, the same on every machine.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }
    pub(crate) fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).expect("small")]
    }
    fn cents(&mut self, most: u64) -> Decimal {
        Decimal::new(i64::try_from(self.below(most) + 1).expect("small"), 2)
    }
}

/// A return, and what the engine says of it.
struct Obeyed {
    row: Map<String, Value>,
    value: Decimal,
    done: &'static str,
    approved: bool,
    collected: bool,
    /// All units that were left came back.
    all: bool,
    units: u64,
}

/// A row that was changed in one place, and the one finding that it has to have: its kind and the money at stake.
struct Tampered {
    name: &'static str,
    row: Map<String, Value>,
    expected: (String, String),
}

/// The members of a request for one return, and the same as the columns of a case.
fn drawn(draw: &mut Draw, number: usize) -> (Value, Map<String, Value>, u64, u64) {
    let sold = 1 + draw.below(4);
    let back_before = if draw.below(3) == 0 { draw.below(sold) } else { 0 };
    let units = 1 + draw.below(sold - back_before);
    let unit_price = draw.cents(60_000);
    let list = unit_price * Decimal::from(sold);
    let paid = if draw.below(2) == 0 { list } else { list - Decimal::new(1, 2) };
    let tax = if draw.below(2) == 0 { Decimal::ZERO } else { (paid * Decimal::new(55, 3)).round_dp(2) };
    let category = draw.of(&["Boots", "Electronics", "Ropes", "Tents"]);
    let condition = draw.of(&["sealed", "opened", "used"]);
    let reason = draw.of(&["changed mind", "defective", "wrong size"]);
    let member = draw.of(&["yes", "no"]);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 2).expect("a day");
    let at = day + chrono::Days::new(10 + draw.below(100));
    let before = day + chrono::Days::new(5);
    let gift = if draw.below(2) == 0 { Decimal::ZERO } else { draw.cents(500).min(paid + tax) };
    let rest = paid + tax - gift;
    let text = |amount: Decimal| Value::from(amount.to_string());
    let sale = format!("S{number}");
    // What came back before was refunded as tendered units are: its share of price and tax, to the card as far as it goes.
    let share = |whole: Decimal| {
        let share = whole * Decimal::from(back_before) / Decimal::from(sold);
        share.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    };
    let (goods_before, tax_before) = (share(paid), share(tax));
    let mut tenders = vec![json!({ "id": "t1", "tender": "credit", "amount": text(rest) })];
    let mut told = format!("credit #t1 {rest}");
    if gift > Decimal::ZERO {
        tenders.push(json!({ "id": "t2", "tender": "gift card", "amount": text(gift) }));
        told.push_str(&format!("; gift card #t2 {gift}"));
    }
    let all_before = goods_before + tax_before;
    let gift_before = gift.min(all_before);
    let mut earlier = Vec::new();
    if back_before > 0 {
        let mut gone = vec![json!({ "id": "t1", "amount": text(all_before - gift_before) })];
        if gift > Decimal::ZERO {
            gone.push(json!({ "id": "t2", "amount": text(gift_before) }));
        }
        let taxes = if tax > Decimal::ZERO { json!({ "tax": text(tax_before) }) } else { json!({}) };
        earlier.push(json!({
            "at": before.to_string(),
            "lines": [{ "line": "1", "quantity": back_before, "goods": text(goods_before), "taxes": taxes }],
            "tenders": gone,
        }));
    }
    let taxes =
        if tax > Decimal::ZERO { json!([{ "id": "tax", "rate": "5.5", "amount": text(tax) }]) } else { json!([]) };
    let request = json!({
        "at": at.to_string(),
        "sales": [{
            "id": sale, "sold": day.to_string(), "facts": { "customer.member": member },
            "lines": [{ "id": "1", "sku": "X", "categories": [category], "quantity": sold, "unit_price": text(unit_price),
                        "paid": text(paid), "received": day.to_string(), "taxes": taxes }],
            "tenders": tenders, "earlier_returns": earlier,
        }],
        "returns": [{ "id": "r", "quantity": units, "wants": "refund", "condition": condition, "reason": reason, "proof": "receipt" }],
    });
    let mut row = Map::new();
    let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
    put("visit", format!("V{number}").into());
    put("at", at.to_string().into());
    put("quantity", units.into());
    put("condition", condition.into());
    put("reason", reason.into());
    put("proof", "receipt".into());
    put("wants", "refund".into());
    put("sale.sale", sale.into());
    put("sale.line", "1".into());
    put("sale.sold", day.to_string().into());
    put("sale.received", day.to_string().into());
    put("sale.facts.customer.member", member.into());
    put("sale.sku", "X".into());
    put("sale.categories", category.into());
    put("sale.quantity", sold.into());
    put("sale.unit_price", text(unit_price));
    put("sale.paid", text(paid));
    put("sale.tax", text(tax));
    if tax > Decimal::ZERO {
        put("sale.tax_rate", "5.5".into());
    }
    put("sale.tenders", told.into());
    if back_before > 0 {
        let paid_to = match gift > Decimal::ZERO {
            true => format!("credit #t1 {}; gift card #t2 {gift_before}", all_before - gift_before),
            false => format!("credit #t1 {all_before}"),
        };
        let before = json!([{
            "at": before.to_string(), "line": "1", "quantity": back_before, "refund": text(all_before),
            "refund_tax": text(tax_before), "paid_to": paid_to,
        }]);
        put("earlier", before);
    }
    (request, row, units, sold - back_before)
}

fn decide(policy: &Policy, request: &Value) -> Decision {
    let request = policy.request(request.to_string().as_bytes()).expect("a good request");
    policy.decide(&request)
}

/// Who has to approve, and what.
fn asked(policy: &Policy, decision: &Decision) -> Vec<Value> {
    let program = policy.program();
    let path = |id: &takeback::program::ClauseId| program.clause(*id).map(|clause| clause.path.to_string());
    let late = decision.lines[0].remedies.iter().filter(|remedy| {
        Some(remedy.remedy) == decision.lines[0].wants && matches!(remedy.status, Status::Expired { .. })
    });
    let late = late.flat_map(|remedy| remedy.window.iter().flat_map(|window| window.by.iter()));
    let referred = decision.referrals.iter().flat_map(|referral| referral.by.iter());
    late.chain(referred)
        .filter_map(path)
        .map(|clause| json!({ "clause": clause, "role": "manager", "by": "m3" }))
        .collect()
}

/// Draws a return and does what the engine says.
fn obeyed(policy: &Policy, draw: &mut Draw, number: usize) -> Obeyed {
    let (mut request, mut row, units, left) = drawn(draw, number);
    let mut decision = decide(policy, &request);
    let mut approved = false;
    for _ in 0..3 {
        let asked = asked(policy, &decision);
        if decision.outcome == Outcome::Accept || asked.is_empty() || draw.below(4) == 0 {
            break;
        }
        let mut approvals = request["approvals"].as_array().cloned().unwrap_or_default();
        approvals.extend(asked);
        request["approvals"] = approvals.into();
        decision = decide(policy, &request);
        approved = true;
    }
    let accepted = decision.outcome == Outcome::Accept;
    let mut collected = false;
    if accepted {
        let wanted = decision.lines[0].wants.expect("a remedy");
        let value = decision.lines[0].remedies[usize::from(wanted)].value.expect("a value");
        let paid = decision.payouts.iter().map(|payout| {
            let card = payout.id.as_ref().map(|id| format!(" #{id}")).unwrap_or_default();
            format!("{}{card} {}", policy.program().schema.tender(payout.to), payout.amount)
        });
        let paid: Vec<String> = paid.collect();
        let version = &policy.program().versions[decision.version];
        let required = decision.paperwork.iter().filter(|field| field.needed == Needed::Required);
        let forms: Vec<String> = required
            .map(|field| {
                let form = &version.forms[usize::from(field.form)];
                format!("{}.{}", form.label, form.fields[usize::from(field.field)].name)
            })
            .collect();
        collected = !forms.is_empty();
        row.insert("remedy".to_owned(), "refund".into());
        row.insert("refund".to_owned(), value.to_string().into());
        row.insert("paid_to".to_owned(), paid.join("; ").into());
        row.insert("forms".to_owned(), forms.join("; ").into());
        row.insert("approvals".to_owned(), if approved { "manager #m3" } else { "" }.into());
        return Obeyed { row, value, done: "refunded", approved, collected, all: units == left, units };
    }
    row.insert("done".to_owned(), "declined".into());
    // What a manager may let through and did not.
    let done = if asked(policy, &decision).is_empty() { "declined" } else { "held" };
    Obeyed { row, value: Decimal::ZERO, done, approved, collected, all: units == left, units }
}

fn found(policy: &Policy, rows: &[Map<String, Value>]) -> RecordBatch {
    let audit = audit_batch(policy, &batch(rows), &Options::default()).expect("the columns are right");
    assert!(audit.rejects.is_empty(), "{:?}", audit.rejects);
    audit.findings
}

/// The findings, each as kind and money at stake.
fn told(findings: &RecordBatch) -> Vec<(String, String)> {
    let of = |row| (cell(findings, "kind", row).expect("a kind"), cell(findings, "at_stake", row).expect("money"));
    (0..findings.num_rows()).map(of).collect()
}

#[test]
fn what_obeys_has_no_finding_and_each_tampering_has_its_own() {
    let policy = policies::store("policies/stores/corner-shop");
    let mut draw = Draw(20_260_301);
    let history: Vec<Obeyed> = (0..200).map(|number| obeyed(&policy, &mut draw, number)).collect();
    let rows: Vec<Map<String, Value>> = history.iter().map(|one| one.row.clone()).collect();
    let clean = found(&policy, &rows);
    let first = (clean.num_rows() > 0).then(|| {
        let visit = cell(&clean, "visit", 0);
        let row = rows.iter().find(|row| row["visit"].as_str() == visit.as_deref());
        (told(&clean), cell(&clean, "message", 0), row)
    });
    assert_eq!(clean.num_rows(), 0, "{first:#?}");

    let mut tampered: Vec<Tampered> = Vec::new();
    let mut tamper = |name: &'static str, one: &Obeyed, change: &[(&str, Value)], expected: (&str, Decimal)| {
        let mut row = one.row.clone();
        for (column, value) in change {
            row.insert((*column).to_owned(), value.clone());
        }
        row.insert("visit".to_owned(), format!("T{}", tampered.len()).into());
        let expected = (expected.0.to_owned(), format!("{:.2}", expected.1));
        tampered.push(Tampered { name, row, expected });
    };
    let cent = Decimal::new(1, 2);
    let none = Decimal::ZERO;
    let mut held = 0;
    for one in &history {
        let value = one.value;
        match one.done {
            "refunded" => {
                let more = [("refund", (value + cent).to_string().into())];
                tamper("a cent more", one, &more, ("refunded too much", cent));
                if value > cent {
                    let less = [("refund", (value - cent).to_string().into())];
                    tamper("a cent less", one, &less, ("refunded too little", cent));
                    let other = [("paid_to", format!("check {value}").into())];
                    tamper("another tender", one, &other, ("wrong tender", value));
                    let card = [("paid_to", format!("credit #t9 {value}").into())];
                    tamper("another card", one, &card, ("wrong tender", value));
                }
                if one.approved {
                    tamper("nobody approved", one, &[("approvals", "".into())], ("approval missing", value));
                    let clerk = [("approvals", "clerk".into())];
                    tamper("a clerk approved", one, &clerk, ("approver below authority", value));
                    tamper("not known who approved", one, &[("approvals", Value::Null)], ("cannot be judged", none));
                } else {
                    let declined = [("done", "declined".into())];
                    let mut row = one.row.clone();
                    row.remove("forms");
                    let one = Obeyed { row, ..*one };
                    tamper("declined", &one, &declined, ("declined though owed", value));
                }
                if one.collected {
                    tamper("nothing collected", one, &[("forms", "".into())], ("paperwork missing", none));
                }
                if one.all {
                    let units = [("quantity", (one.units + 1).into())];
                    tamper("a unit more", one, &units, ("more returned than sold", none));
                    let sold = &one.row["sale.quantity"];
                    let again = json!([{ "at": "2026-02-03", "line": "1", "quantity": sold }]);
                    tamper("came back before", one, &[("earlier", again)], ("returned twice", value));
                }
            }
            "declined" => {
                let five = Decimal::new(500, 2);
                let given = [("done", "refunded".into()), ("refund", "5.00".into()), ("approvals", "".into())];
                tamper("given all the same", one, &given, ("refunded though declined", five));
            }
            _ => held += 1,
        }
    }
    let rows: Vec<Map<String, Value>> = tampered.iter().map(|one| one.row.clone()).collect();
    let all = found(&policy, &rows);
    let mut by_visit: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (place, finding) in told(&all).into_iter().enumerate() {
        by_visit.entry(cell(&all, "visit", place).expect("a visit")).or_default().push(finding);
    }
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, Tampered { name, row, expected }) in tampered.iter().enumerate() {
        let findings = by_visit.get(&format!("T{place}")).map_or(&[][..], Vec::as_slice);
        assert_eq!(findings, std::slice::from_ref(expected), "{name}: {row:#?}");
        *tried.entry(name).or_default() += 1;
    }
    assert!(held > 5, "hardly anything was left to a person");
    for name in [
        "a cent more",
        "a cent less",
        "another tender",
        "another card",
        "nobody approved",
        "a clerk approved",
        "not known who approved",
        "declined",
        "nothing collected",
        "a unit more",
        "came back before",
        "given all the same",
    ] {
        assert!(tried.get(name).is_some_and(|count| *count > 5), "{name} was hardly tried: {tried:?}");
    }
}
