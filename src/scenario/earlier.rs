//! What a decided visit leaves behind: the `earlier_returns` of its sales, for the visits after it.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::ask::Decided;
use crate::decision::{Decision, LineDecision, Outcome, Part, RemedyDecision};
use crate::facts::RemedyKind;
use crate::program::Program;

/// For each sale of the visit, by place: what came back and where the money went. Lines that are not accepted stay with
/// the customer, and so do goods that are only repaired.
pub(super) fn earlier_returns(program: &Program, decided: &Decided<'_, '_>) -> Vec<Value> {
    let Decided { asked, decision, .. } = decided;
    let mut elsewhere: Decimal =
        decision.payouts.iter().filter(|payout| payout.sale.is_none()).map(|payout| payout.amount).sum();
    let mut all = Vec::new();
    for (at, sale) in asked.request.sales.iter().enumerate() {
        let mut lines = Vec::new();
        let mut due = Decimal::ZERO;
        for (line, decided) in asked.request.lines.iter().zip(&decision.lines) {
            let Some((of, place)) = line.sold.filter(|(of, _)| *of == at) else { continue };
            let Some((kind, remedy)) = came_back(program, decided) else { continue };
            let id = asked.request.sales.get(of).and_then(|sale| sale.lines.get(place)).map_or("", |line| &*line.id);
            // Of a price difference the goods stay with the customer.
            let (quantity, serials) = match kind.takes_back() {
                true => (decided.quantity, line.serials.as_slice()),
                false => (0, &[][..]),
            };
            lines.push(earlier_line(id, quantity, serials, remedy));
            if matches!(kind, RemedyKind::Money | RemedyKind::PriceDifference) {
                due += remedy.value.unwrap_or(Decimal::ZERO);
            }
        }
        let back = decision.shipping.iter().find(|back| back.sale == sale.id && !lines.is_empty());
        let mut shipping_taxes = Map::new();
        if let Some(back) = back {
            due += back.amount;
            for (id, amount) in &back.taxes {
                due += amount;
                shipping_taxes.insert(id.to_string(), amount.to_string().into());
            }
        }
        let tenders = tenders(decision, sale, due, &mut elsewhere);
        all.push(json!({
            "at": asked.request.day.to_string(),
            "lines": lines,
            "shipping": back.map_or(Decimal::ZERO, |back| back.amount).to_string(),
            "shipping_taxes": shipping_taxes,
            "tenders": tenders,
        }));
    }
    all
}

/// The remedy under which the goods of a line came back.
fn came_back<'d>(program: &'d Program, line: &'d LineDecision) -> Option<(&'d RemedyKind, &'d RemedyDecision)> {
    let wants = usize::from(line.wants?);
    let kind = &program.schema.remedies.get(wants)?.kind;
    let accepted = matches!(line.outcome, Outcome::Accept | Outcome::AcceptPendingVerification);
    if !accepted || kind == &RemedyKind::Service {
        return None;
    }
    Some((kind, line.remedies.get(wants)?))
}

fn earlier_line(id: &str, quantity: u32, serials: &[String], remedy: &RemedyDecision) -> Value {
    let sum = |part: Part| -> Decimal {
        remedy.amounts.iter().flat_map(|all| all.iter()).filter(|a| a.part == part).map(|a| a.amount.abs()).sum()
    };
    let named = |parts: &[Part]| -> Map<String, Value> {
        let amounts = remedy.amounts.iter().flat_map(|all| all.iter()).filter(|amount| parts.contains(&amount.part));
        let named = amounts.map(|a| (a.name.as_deref().unwrap_or("").to_owned(), a.amount.abs().to_string().into()));
        named.collect()
    };
    json!({
        "line": id,
        "quantity": quantity,
        "goods": sum(Part::Goods).to_string(),
        "reduction": sum(Part::Reduction).to_string(),
        "fees": named(&[Part::Fee]),
        "deductions": named(&[Part::Deduction]),
        "taxes": named(&[Part::Tax, Part::IncludedTax]),
        "serials": serials,
    })
}

/// What went back to each tender of a sale. Of money that went another way the decision does not say from which tender it
/// came: it is counted to the tenders in their order.
fn tenders(decision: &Decision, sale: &crate::request::Sale, due: Decimal, elsewhere: &mut Decimal) -> Vec<Value> {
    let to = |id: &str| -> Decimal {
        let mine = |payout: &&crate::decision::Payout| {
            payout.sale.as_deref() == Some(&*sale.id) && payout.id.as_deref() == Some(id)
        };
        decision.payouts.iter().filter(mine).map(|payout| payout.amount).sum()
    };
    let original: Decimal = sale.tenders.iter().map(|tender| to(&tender.id)).sum();
    let mut other = (due - original).max(Decimal::ZERO).min(*elsewhere);
    *elsewhere -= other;
    let mut all = Vec::new();
    for tender in &sale.tenders {
        let back = to(&tender.id);
        let room = (tender.amount - tender.earlier - back).max(Decimal::ZERO);
        let more = other.min(room);
        other -= more;
        all.push(json!({ "id": *tender.id, "amount": (back + more).to_string() }));
    }
    all
}
