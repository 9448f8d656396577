//! What is told before a form is filled in: facts and serial numbers, as a request would write them. Looked up in the
//! finished decision; nothing that had to be assumed on the way to it counts.

use rust_decimal::Decimal;

use crate::decision::Decision;
use crate::facts::{FactId, Scope, Type, Value, builtin};
use crate::program::{Program, Told};
use crate::request::Request;

use super::conditions::of_sale;

/// Fills in the fields that are filled in from facts.
pub(super) fn prefill(decision: &mut Decision, request: &Request) {
    for at in 0..decision.paperwork.len() {
        let Some(field) = decision.paperwork.get(at) else { continue };
        let form = decision.program.versions.get(decision.version).and_then(|v| v.forms.get(usize::from(field.form)));
        let known = form.and_then(|form| form.fields.get(usize::from(field.field)));
        let Some(from) = known.and_then(|known| known.prefilled) else { continue };
        let mut told = told(decision, request, from, field.line);
        // Of several serial numbers none is more likely than another.
        let only = if told.len() == 1 { told.pop() } else { None };
        if let Some(field) = decision.paperwork.get_mut(at) {
            field.prefill = only.map(String::into_boxed_str);
        }
    }
}

/// What is told of a line or of the visit; several serial numbers are several. Nothing, when it is not known.
pub(crate) fn told(decision: &Decision, request: &Request, what: Told, line: Option<usize>) -> Vec<String> {
    match what {
        Told::Serials => line.and_then(|line| request.lines.get(line)).map_or_else(Vec::new, |l| l.serials.clone()),
        Told::Fact(id) => {
            let value = fact(decision, request, id, line);
            value.and_then(|value| written(&decision.program, request, id, value)).into_iter().collect()
        }
        Told::Field(_) => Vec::new(),
    }
}

fn fact(decision: &Decision, request: &Request, id: FactId, line: Option<usize>) -> Option<Value> {
    let fact = decision.program.schema.fact(id)?;
    let slot = usize::from(fact.slot);
    let balance = &decision.balance;
    match (id, fact.scope) {
        (builtin::VISIT_REFUND, _) => Some(Value::Number(balance.refund)),
        (builtin::VISIT_CREDIT, _) => Some(Value::Number(balance.credit)),
        (builtin::VISIT_TO_PAY, _) => Some(Value::Number(balance.to_pay)),
        (builtin::VISIT_UNCOVERED, _) => uncovered(decision, request).map(Value::Number),
        (builtin::ITEM_REFUND, _) => {
            let line = decision.lines.get(line?)?;
            line.remedies.get(usize::from(line.wants?))?.value.map(Value::Number)
        }
        (_, Scope::Visit) => *request.facts.get(slot)?,
        (_, Scope::Sale) => {
            let sale = request.lines.get(line?)?.sold.map(|(sale, _)| sale);
            match of_sale(request, sale, line) {
                Some(facts) => *facts.get(slot)?,
                // Goods of whose sale nothing is known: what absence means.
                None => fact.otherwise,
            }
        }
        (_, Scope::Line) => *request.lines.get(line?)?.facts.get(slot)?,
        (_, Scope::Tender) => None,
    }
}

/// What is left to pay after the tender the request names to pay with.
fn uncovered(decision: &Decision, request: &Request) -> Option<Decimal> {
    let (_, left) = request.pay_with.as_ref()?;
    Some(decision.balance.to_pay.saturating_sub((*left)?).max(Decimal::ZERO))
}

/// As a request would write it; nothing for a list.
fn written(program: &Program, request: &Request, id: FactId, value: Value) -> Option<String> {
    let schema = &program.schema;
    Some(match (value, schema.fact(id)?.ty) {
        (Value::Bool(yes), _) => if yes { "yes" } else { "no" }.to_owned(),
        (Value::Word(word), Type::Word(domain)) => schema.domain(domain)?.word(word).to_owned(),
        (Value::Number(amount), Type::Money) => {
            let mut amount = amount.normalize();
            amount.rescale(amount.scale().max(program.currency.minor_digits()));
            amount.to_string()
        }
        (Value::Number(number), _) => number.normalize().to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => request.text(schema, text).to_owned(),
        (Value::Word(_) | Value::Texts(_), _) => return None,
    })
}
