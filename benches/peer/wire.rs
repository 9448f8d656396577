//! What a request looks like as JSON: the part of docs/reference/request.md that this policy asks about, by `serde`.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Condition, Groups, Item, Remedy, Returned, Sale, SoldLine, State, Tax, Tender, TenderKind, Visit, Why};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request<'a> {
    at: NaiveDate,
    #[serde(borrow)]
    store: Store<'a>,
    channel: Channel,
    #[serde(default)]
    approvals: Vec<Approval<'a>>,
    sales: [WireSale<'a>; 1],
    returns: [Return<'a>; 1],
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Channel {
    Store,
    Online,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Store<'a> {
    state: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval<'a> {
    clause: &'a str,
    role: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSale<'a> {
    id: &'a str,
    sold: NaiveDate,
    #[serde(borrow)]
    store: Store<'a>,
    facts: SaleFacts,
    lines: [WireLine<'a>; 1],
    tenders: Vec<WireTender<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaleFacts {
    #[serde(rename = "customer.tier")]
    tier: Tier,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Tier {
    None,
    Plus,
    Total,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireLine<'a> {
    id: &'a str,
    #[serde(borrow)]
    categories: Vec<&'a str>,
    quantity: u32,
    unit_price: Decimal,
    taxes: Vec<WireTax<'a>>,
    received: NaiveDate,
    #[serde(default)]
    final_sale: bool,
    #[serde(default)]
    facts: ItemFacts,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ItemFacts {
    #[serde(rename = "item.custom")]
    custom: bool,
    #[serde(rename = "item.special_order")]
    special_order: bool,
    #[serde(rename = "item.marketplace")]
    marketplace: bool,
    #[serde(rename = "item.seller_days")]
    seller_days: u64,
    #[serde(rename = "item.tags_on")]
    tags_on: bool,
    #[serde(rename = "item.cloud_locked")]
    cloud_locked: bool,
    #[serde(rename = "item.unsanitary")]
    unsanitary: bool,
    #[serde(rename = "item.parts_missing")]
    parts_missing: bool,
    #[serde(rename = "item.verizon")]
    verizon: bool,
    #[serde(rename = "item.missing_cost")]
    missing_cost: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTax<'a> {
    id: &'a str,
    amount: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireTender<'a> {
    id: &'a str,
    tender: TenderKind,
    amount: Decimal,
    #[serde(default)]
    facts: TenderFacts,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct TenderFacts {
    #[serde(rename = "tender.major_logo")]
    major_logo: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Return<'a> {
    id: &'a str,
    sale: &'a str,
    line: &'a str,
    quantity: u32,
    wants: Remedy,
    condition: Condition,
    reason: Why,
    proof: Proof,
    current_price: Option<Decimal>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Proof {
    Receipt,
    #[serde(rename = "gift receipt")]
    GiftReceipt,
    None,
}

/// Reads a request.
pub(crate) fn read(json: &[u8]) -> Result<Visit<'_>, serde_json::Error> {
    use serde::de::Error;
    let Request { at, store, channel, approvals, sales: [sale], returns: [back] } = serde_json::from_slice(json)?;
    let WireSale { id, sold, store: sold_in, facts: SaleFacts { tier }, lines: [line], tenders } = sale;
    if back.sale != id || back.line != line.id {
        return Err(Error::custom("the returned line is not of this sale"));
    }
    if back.quantity == 0 || back.quantity > line.quantity || sold < super::requests::FIRST_DAY || sold > at {
        return Err(Error::custom("outside of what these rules are for"));
    }
    if back.proof == Proof::None && back.current_price.is_none() {
        return Err(Error::custom("the price of today is missing"));
    }
    let approved =
        |clause: &str| approvals.iter().any(|a| a.clause == clause && matches!(a.role, "manager" | "director"));
    let facts = line.facts;
    Ok(Visit {
        day: at,
        in_store: channel == Channel::Store,
        state: state(store.state).ok_or_else(|| Error::custom("not a state of the US"))?,
        approved_poor_condition: approved("promise/poor-condition"),
        approved_no_proof: approved("no-proof"),
        sale: Sale {
            id,
            sold,
            state: state(sold_in.state).ok_or_else(|| Error::custom("not a state of the US"))?,
            member: tier != Tier::None,
            line: SoldLine {
                quantity: line.quantity,
                paid: line.unit_price * Decimal::from(line.quantity),
                taxes: line.taxes.iter().map(|tax| Tax { id: tax.id, amount: tax.amount }).collect(),
                received: line.received,
                item: Item {
                    groups: groups(&line.categories),
                    custom: facts.custom,
                    special_order: facts.special_order,
                    marketplace: facts.marketplace,
                    seller_days: facts.seller_days,
                    tags_on: facts.tags_on,
                    cloud_locked: facts.cloud_locked,
                    unsanitary: facts.unsanitary,
                    parts_missing: facts.parts_missing,
                    final_sale: line.final_sale,
                    verizon: facts.verizon,
                    missing_cost: facts.missing_cost,
                },
            },
            tenders: tenders
                .iter()
                .map(|t| Tender { id: t.id, kind: t.tender, amount: t.amount, major_logo: t.facts.major_logo })
                .collect(),
        },
        returned: Returned {
            id: back.id,
            quantity: back.quantity,
            wants: back.wants,
            condition: back.condition,
            reason: back.reason,
            proof: back.proof != Proof::None,
            current_price: back.current_price.unwrap_or_default(),
        },
    })
}

fn state(code: &str) -> Option<State> {
    let letters = code.strip_prefix("US-")?.as_bytes();
    Some(State(letters.try_into().ok()?))
}

/// The groups of the paths; a path is in the groups of everything above it.
fn groups(paths: &[&str]) -> Groups {
    let mut groups = Groups::default();
    for path in paths {
        let (top, below) = path.split_once('/').unwrap_or((path, ""));
        let next = below.split('/').next().unwrap_or_default();
        match top {
            "Phones" => {
                groups.activatable = true;
                groups.connected = true;
                groups.prepaid |= next == "Prepaid";
            }
            "Hotspots" => {
                groups.activatable = true;
                groups.connected = true;
            }
            "Tablets" | "Wearables" => {
                groups.activatable |= next == "Cellular";
                groups.connected = true;
            }
            "Computers" | "Smart home" => groups.connected = true,
            "Software" | "Movies" | "Music" | "Games" => groups.opened_media = true,
            "Apparel" => groups.apparel = true,
            "Digital" | "Prepaid cards" | "Key fobs" | "Memberships" => groups.no_return = true,
            "Holiday decor" => groups.holiday_decor = true,
            "Major appliances" => groups.majors = true,
            "Services" => groups.monthly_plans |= next == "AppleCare monthly",
            "Drones" | "Cameras" | "Lenses" | "Camcorders" | "Electric bikes" | "Electric mopeds" | "Scooters"
            | "Mobility aids" | "Recovery systems" | "Projectors" | "Projector screens" => {
                groups.fifteen_percent = true
            }
            _ => {}
        }
    }
    groups
}
