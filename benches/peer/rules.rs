//! The rules, in the order in which they are settled.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    Amount, Amounts, Asked, Balance, By, Condition, Decision, Field, Item, Outcome, Payout, Reason, Referral, Remedy,
    RemedyDecision, Sale, State, Status, Tender, TenderKind, TenderPart, Visit, Why, Window,
};

const FIFTEEN_PERCENT: Decimal = Decimal::from_parts(15, 0, 0, false, 2);
const ACTIVATION: Decimal = Decimal::from_parts(4500, 0, 0, false, 2);
const EIGHT_HUNDRED: Decimal = Decimal::from_parts(800, 0, 0, false, 0);
const TWO_HUNDRED_FIFTY: Decimal = Decimal::from_parts(250, 0, 0, false, 0);

const POOR_CONDITION: &str = "Not in like-new condition: a manager decides";
const NO_PROOF: &str = "Count this customer's returns without proof";
const SAY_MARKETPLACE: &str = "Sold by a marketplace seller, whose own policy may give you longer";

/// Decides a visit.
pub(crate) fn decide<'a>(visit: &Visit<'a>) -> Decision<'a> {
    let Visit { sale, returned, .. } = visit;
    let item = &sale.line.item;
    let remedies = remedies(visit);
    let wanted = &remedies[returned.wants as usize];
    let mut reasons = Vec::with_capacity(2);
    let mut referrals = Vec::new();
    let reason = |key, by| Reason { key, remedy: Some(returned.wants), day: None, text: None, by };
    let mut outcome = Outcome::Decline;
    match wanted.status {
        Status::Offered => {
            reasons.push(reason("accept", wanted.by));
            outcome = Outcome::Accept;
            let poor = item.unsanitary
                || item.parts_missing
                || returned.condition == Condition::Damaged
                    && !matches!(returned.reason, Why::Damaged | Why::Defective | Why::WrongItem);
            let guards = [
                (!returned.proof, visit.approved_no_proof, NO_PROOF, By::NO_PROOF),
                (poor, visit.approved_poor_condition, POOR_CONDITION, By::POOR_CONDITION),
            ];
            for (stands, approved, text, by) in guards {
                if stands {
                    let key = if approved { "approved" } else { "refer" };
                    reasons.push(Reason { key, remedy: None, day: None, text: Some(text), by });
                    if !approved {
                        referrals.push(Referral { text, by });
                        outcome = Outcome::Refer;
                    }
                }
            }
        }
        Status::NotOffered(None) => reasons.push(reason("not offered", wanted.by)),
        Status::NotOffered(Some(_)) => {
            for (_, by, text) in refusals(item, returned.condition).into_iter().filter(|(holds, ..)| *holds) {
                reasons.push(Reason { text: Some(text), ..reason("not offered", by) });
            }
        }
        Status::Expired => {
            let day = wanted.window.and_then(|w| w.last_day);
            reasons.push(Reason { day, ..reason("expired", wanted.by) });
        }
    }
    if wanted.status != Status::Offered && remedies.iter().any(|r| r.status == Status::Offered) {
        reasons.push(reason("others offered", By::NOBODY));
    }
    let value = wanted.amounts.as_ref().map_or(Decimal::ZERO, |a| a.value);
    let balance = match returned.wants {
        Remedy::Exchange => {
            Balance { refund: Decimal::ZERO, credit: value, new_goods: value, to_customer: Decimal::ZERO }
        }
        _ => Balance { refund: value, credit: Decimal::ZERO, new_goods: Decimal::ZERO, to_customer: value },
    };
    let payouts = match outcome {
        Outcome::Accept => payouts(visit, value),
        Outcome::Refer | Outcome::Decline => Vec::new(),
    };
    let paperwork = if outcome == Outcome::Decline { Vec::new() } else { paperwork(visit) };
    Decision {
        outcome,
        line: returned.id,
        wants: returned.wants,
        quantity: returned.quantity,
        remedies,
        balance,
        payouts,
        paperwork,
        referrals,
        reasons,
        say: item.marketplace.then_some((SAY_MARKETPLACE, By::MARKETPLACE)),
    }
}

fn remedies<'a>(visit: &Visit<'a>) -> [RemedyDecision<'a>; 5] {
    let Visit { sale, returned, .. } = visit;
    let item = &sale.line.item;
    let (never, text) = never(item, returned.condition);
    let (offered, by): (&[Remedy], By) = if !never.is_nobody() {
        (&[], never)
    } else if !returned.proof {
        (&[Remedy::StoreCredit], By::NO_PROOF)
    } else if item.groups.opened_media && returned.condition != Condition::Sealed {
        (&[Remedy::Exchange], By::OPENED_MEDIA)
    } else {
        (&[Remedy::Refund, Remedy::Exchange], By::PROMISE)
    };
    let refused = |remedy| RemedyDecision { remedy, status: Status::NotOffered(text), by, window: None, amounts: None };
    let mut remedies =
        [Remedy::Refund, Remedy::StoreCredit, Remedy::Exchange, Remedy::Repair, Remedy::Replacement].map(refused);
    if offered.is_empty() {
        return remedies;
    }
    let window = window(sale, returned.proof);
    let in_time = window.last_day.is_none_or(|last| visit.day <= last);
    let amounts = in_time.then(|| Arc::new(amounts(visit)));
    for remedy in offered {
        let slot = &mut remedies[*remedy as usize];
        slot.window = Some(window);
        if in_time {
            slot.status = Status::Offered;
            slot.amounts.clone_from(&amounts);
        } else {
            slot.status = Status::Expired;
            slot.by = window.by;
        }
    }
    remedies
}

/// What is not taken back, and the text of the first clause that says so.
fn never(item: &Item, condition: Condition) -> (By, Option<&'static str>) {
    let mut by = By::NOBODY;
    let mut first = None;
    for (_, clause, text) in refusals(item, condition).into_iter().filter(|(holds, ..)| *holds) {
        by = by.and(clause);
        first = first.or(Some(text));
    }
    (by, first)
}

/// Each refusal: whether it holds, its clause, its text.
fn refusals(item: &Item, condition: Condition) -> [(bool, By, &'static str); 5] {
    [
        (item.custom, By::CUSTOM, "Goods made or personalised for you cannot be returned"),
        (item.final_sale, By::FINAL_SALE, "Final-sale goods cannot be returned"),
        (
            item.groups.connected && item.cloud_locked,
            By::LOCKED,
            "Sign out of the cloud account first, then we take it back",
        ),
        (item.groups.no_return, By::NO_RETURN, "This kind of goods cannot be returned"),
        (
            item.groups.apparel && (condition == Condition::Used || !item.tags_on),
            By::WORN,
            "Apparel must be unworn, unwashed and have its original tags",
        ),
    ]
}

fn window(sale: &Sale<'_>, proof: bool) -> Window {
    const SEASON: [NaiveDate; 2] = [day(2025, 10, 31), day(2025, 12, 31)];
    const DEADLINE: NaiveDate = day(2026, 1, 15);
    if !proof {
        return Window { start: None, last_day: None, by: By::NO_PROOF };
    }
    let item = &sale.line.item;
    let groups = &item.groups;
    let (days, fixed, by) = if item.marketplace {
        (item.seller_days.max(15), false, By::MARKETPLACE)
    } else if groups.activatable && item.verizon {
        (30, true, By::VERIZON)
    } else if groups.activatable {
        (14, true, By::ACTIVATABLE)
    } else if groups.holiday_decor {
        (15, true, By::DECOR)
    } else if sale.member {
        (60, false, By::MEMBERS)
    } else {
        (15, false, By::PERIOD)
    };
    let start = sale.line.received;
    let mut by = by.and(By::PERIOD);
    let mut last = start + Days::new(days - 1);
    let holiday = SEASON[0] <= sale.sold && sale.sold <= SEASON[1] && !groups.majors && !groups.monthly_plans;
    if !fixed && holiday && DEADLINE > last {
        last = DEADLINE;
        by = by.and(By::HOLIDAY);
    }
    Window { start: Some(start), last_day: Some(last), by }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn amounts<'a>(visit: &Visit<'a>) -> Amounts<'a> {
    let Visit { sale, returned, .. } = visit;
    let item = &sale.line.item;
    let mut parts = Vec::with_capacity(4);
    let units = Decimal::from(returned.quantity);
    let of = Decimal::from(sale.line.quantity);
    let part_of = |whole: Decimal| match returned.quantity == sale.line.quantity {
        true => cents(whole),
        false => cents(whole * units / of),
    };
    let goods = part_of(sale.line.paid);
    let basis = if returned.proof { By::PROMISE } else { By::NO_PROOF };
    parts.push(Amount { part: "goods", name: None, amount: goods, by: basis });
    let mut value = goods;
    if !returned.proof {
        value = cents(returned.current_price * units).min(goods);
        if value != goods {
            parts.push(Amount { part: "reduction", name: None, amount: value - goods, by: By::NO_PROOF });
        }
    }
    let credit = value;
    let mut keep = |part, name, amount: Decimal, by| {
        let amount = amount.min(value);
        if !amount.is_zero() {
            value -= amount;
            parts.push(Amount { part, name: Some(name), amount: -amount, by });
        }
    };
    if returned.condition != Condition::Sealed && !(free_of_fees(sale.state) && free_of_fees(visit.state)) {
        if item.groups.fifteen_percent || item.special_order {
            keep("fee", "restocking", cents(goods * FIFTEEN_PERCENT), By::FIFTEEN);
        }
        if item.groups.activatable && !item.groups.prepaid {
            keep("fee", "activation", ACTIVATION * units, By::ACTIVATION);
        }
    }
    keep("deduction", "missing-parts", item.missing_cost, By::PROMISE);
    for tax in &sale.line.taxes {
        let mut amount = part_of(tax.amount);
        if credit != goods {
            amount = cents(amount * credit / goods);
        }
        if !amount.is_zero() {
            value += amount;
            parts.push(Amount { part: "tax", name: Some(tax.id), amount, by: By::NOBODY });
        }
    }
    Amounts { parts, value }
}

fn free_of_fees(State(letters): State) -> bool {
    matches!(&letters, b"AL" | b"CO" | b"HI" | b"IA" | b"MS" | b"OH" | b"OK" | b"SC")
}

/// Half up, with two decimals.
fn cents(amount: Decimal) -> Decimal {
    let mut amount = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    amount.rescale(2);
    amount
}

fn payouts<'a>(visit: &Visit<'a>, value: Decimal) -> Vec<Payout<'a>> {
    let sale = &visit.sale;
    let due = visit.day;
    let mut payouts: Vec<Payout<'a>> = Vec::with_capacity(sale.tenders.len());
    if value.is_zero() {
        return payouts;
    }
    match visit.returned.wants {
        Remedy::Refund => {}
        Remedy::StoreCredit => {
            payouts.push(Payout {
                to: TenderKind::StoreCredit,
                original: None,
                amount: value,
                due,
                mailed: false,
                from: Vec::new(),
                by: By::NOBODY,
            });
            return payouts;
        }
        Remedy::Exchange | Remedy::Repair | Remedy::Replacement => return payouts,
    }
    for (tender, amount) in in_proportion(&sale.tenders, value) {
        if amount.is_zero() {
            continue;
        }
        match mailed(tender) {
            None => payouts.push(Payout {
                to: tender.kind,
                original: Some((tender.id, sale.id)),
                amount,
                due,
                mailed: false,
                from: Vec::new(),
                by: By::PROMISE,
            }),
            Some(by) => {
                let part = TenderPart { sale: sale.id, id: tender.id, amount };
                match payouts.iter_mut().find(|p| p.mailed) {
                    Some(check) => {
                        check.amount += amount;
                        check.from.push(part);
                        check.by = check.by.and(by);
                    }
                    None => payouts.push(Payout {
                        to: TenderKind::Check,
                        original: None,
                        amount,
                        due: ten_business_days_after(visit.day),
                        mailed: true,
                        from: vec![part],
                        by,
                    }),
                }
            }
        }
    }
    payouts
}

/// Ten days on which banks are open, the day itself not counted.
fn ten_business_days_after(day: NaiveDate) -> NaiveDate {
    let open = |day: &NaiveDate| {
        let holiday = matches!(
            (day.year(), day.month(), day.day()),
            (2025, 11, 11 | 27) | (2025, 12, 25) | (2026, 1, 1 | 19) | (2026, 2, 16)
        );
        !holiday && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    };
    day.iter_days().skip(1).filter(open).nth(9).unwrap_or(day)
}

/// Whether what was paid so comes back by a mailed check.
fn mailed(tender: &Tender<'_>) -> Option<By> {
    match tender.kind {
        TenderKind::Cash if tender.amount > EIGHT_HUNDRED => Some(By::CASH_CHECK),
        TenderKind::Check if tender.amount > TWO_HUNDRED_FIFTY => Some(By::CHECK_CHECK),
        TenderKind::Debit if tender.amount > TWO_HUNDRED_FIFTY && !tender.major_logo => Some(By::DEBIT_CHECK),
        _ => None,
    }
}

/// Shares an amount over one or two tenders by what was paid with each; the odd cent goes to the larger remainder, to
/// the first on a tie.
fn in_proportion<'t, 'a>(tenders: &'t [Tender<'a>], value: Decimal) -> impl Iterator<Item = (&'t Tender<'a>, Decimal)> {
    let first = match tenders {
        [first, second] => {
            let whole = first.amount + second.amount;
            let exact = value * first.amount / whole;
            // Of two remainders that make one cent the larger is at least half of it.
            cents(exact)
        }
        _ => value,
    };
    tenders.iter().zip([first, value - first])
}

fn paperwork(visit: &Visit<'_>) -> Vec<Asked> {
    let mut asked = Vec::with_capacity(8);
    // By the labels of the forms.
    let mut ask = |fields: &'static [Field], by: By| asked.extend(fields.iter().map(|field| Asked { field, by }));
    if visit.sale.line.item.groups.connected {
        ask(DEVICE_CHECK, By::DEVICE);
    }
    if visit.sale.line.item.groups.activatable {
        ask(CARRIER_CHECK, By::DEVICE);
    }
    if visit.sale.tenders.iter().any(|tender| mailed(tender).is_some()) {
        ask(MAILED_CHECK, By::CHECK_PAPERS);
    }
    if !visit.returned.proof {
        ask(NO_PROOF_RETURN, By::NO_PROOF);
    }
    if visit.returned.proof {
        ask(RETURN_CHECK, By::PROMISE);
    }
    if visit.in_store {
        ask(ID_CHECK, By::COUNTER);
    }
    asked
}

const fn field(
    form: &'static str,
    name: &'static str,
    title: &'static str,
    ty: &'static str,
    from: &'static str,
) -> Field {
    Field {
        form,
        name,
        title,
        ty,
        options: &[],
        needed: "required",
        same_as: None,
        from,
        kept_as_hash_for: None,
        purpose: None,
    }
}

const RETURN_CHECK: &[Field] = &[
    field("return-check", "proof", "Number of the receipt or packing slip", "text", "customer"),
    field("return-check", "card", "Original payment card shown", "yes or no", "clerk"),
];
const ID_CHECK: &[Field] = &[
    Field {
        options: &[
            "US driver's licence",
            "Canadian driver's licence",
            "Mexican driver's licence",
            "US state ID",
            "Canadian province ID",
            "Matricula Consular",
            "US military ID",
            "passport",
        ],
        ..field("return-check", "id", "Photo ID", "one of", "customer")
    },
    Field {
        kept_as_hash_for: Some("365 days"),
        purpose: Some("tracks returns and exchanges"),
        ..field("return-check", "id_number", "Its number", "text", "customer")
    },
];
const DEVICE_CHECK: &[Field] = &[
    Field { same_as: Some("item.serial"), ..field("device-check", "serial", "Serial number or IMEI", "text", "clerk") },
    field("device-check", "data_wiped", "All personal data removed", "yes or no", "customer"),
    field("device-check", "unlinked", "No longer linked to a cloud account or another device", "yes or no", "customer"),
    Field { needed: "optional", ..field("device-check", "missing", "Accessories that are missing", "text", "clerk") },
];
const CARRIER_CHECK: &[Field] = &[field(
    "device-check",
    "carrier",
    "Told that the contract with the carrier ends with the carrier",
    "yes or no",
    "customer",
)];
const NO_PROOF_RETURN: &[Field] = &[Field {
    purpose: Some("count returns without proof of purchase"),
    ..field("no-proof-return", "email", "Email address", "email", "customer")
}];
const MAILED_CHECK: &[Field] = &[
    field("mailed-check", "payee", "Name on the check", "text", "customer"),
    field("mailed-check", "address", "Mailing address", "address", "customer"),
    Field { needed: "optional", ..field("mailed-check", "phone", "Phone", "phone", "customer") },
];
