//! A visit of a scenario as the request a till would send, read and decided through the same functions.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::Value;

use super::plan::{Plan, Rest, Visit};
use super::tree::Node;
use crate::decision::Decision;
use crate::diagnostic::{Code, Diagnostic};
use crate::eval;
use crate::program::Program;
use crate::request::{self, ErrorKind, Request, Sale, Tax};

/// A visit that was read.
pub(super) struct Asked {
    pub(super) json: Value,
    pub(super) request: Request,
}

/// A visit that was decided.
pub(super) struct Decided<'v, 'a> {
    pub(super) visit: &'v Visit<'a>,
    pub(super) asked: Asked,
    pub(super) decision: Decision,
}

/// Reads a visit with what came back `earlier` of each sale. What cannot be read is a finding at the words that cause it.
pub(super) fn ask(
    program: &Program,
    plan: &Plan<'_>,
    visit: usize,
    earlier: &[Vec<Value>],
) -> Result<Asked, Box<Diagnostic>> {
    let Some(asked) = plan.visits.get(visit) else { return Err(nobody(plan)) };
    let mut node = asked.node.clone();
    let mut rests: Vec<(usize, &Rest)> = Vec::new();
    for (place, (at, sale)) in plan.sales_at(visit).enumerate() {
        let mut of_visit = sale.node.clone();
        let before = earlier.get(at).map(Vec::as_slice).unwrap_or_default();
        for earlier in before {
            of_visit.push(&["earlier_returns"], Node::value(earlier.clone(), asked.span));
        }
        rests.extend(sale.rest.as_ref().map(|rest| (place, rest)));
        node.push(&["sales"], of_visit);
    }
    let (mut json, mut request) = read(program, &node)?;
    if !rests.is_empty() {
        for (place, rest) in rests {
            let amount = request.sales.get(place).map_or(Ok(Decimal::ZERO), |sale| what_is_left(sale, rest))?;
            let path = ["sales", &place.to_string(), "tenders", &rest.tender.to_string(), "amount"];
            node.put(&path, Node::value(amount.to_string(), rest.span));
        }
        (json, request) = read(program, &node)?;
    }
    Ok(Asked { json, request })
}

/// Decides a visit.
pub(super) fn decide<'v, 'a>(program: &Arc<Program>, visit: &'v Visit<'a>, asked: Asked) -> Decided<'v, 'a> {
    let decision = eval::decide(program, &asked.request);
    Decided { visit, asked, decision }
}

fn read(program: &Program, node: &Node) -> Result<(Value, Request), Box<Diagnostic>> {
    let json = node.json();
    match request::read(json.to_string().as_bytes(), program) {
        Ok(request) => Ok((json, request)),
        Err(error) => Err(Box::new(Diagnostic::new(code(error.kind()), node.place(error.path()), error.message()))),
    }
}

/// What is left of a sale's total for the tender without an amount, which stands in it with nothing.
fn what_is_left(sale: &Sale, rest: &Rest) -> Result<Decimal, Box<Diagnostic>> {
    let on_top = |taxes: &[Tax]| taxes.iter().filter(|tax| !tax.included).map(|tax| tax.amount).sum::<Decimal>();
    let mut total: Decimal = sale.lines.iter().map(|line| line.paid).sum();
    if !sale.tax_exempt {
        total += sale.lines.iter().map(|line| on_top(&line.taxes)).sum::<Decimal>();
    }
    total += sale.shipping.as_ref().map_or(Decimal::ZERO, |shipping| shipping.paid + on_top(&shipping.taxes));
    let left = total - sale.tenders.iter().map(|tender| tender.amount).sum::<Decimal>();
    if left < Decimal::ZERO {
        let message = format!("nothing is left to pay: the others pay {} more than the total of {total}", -left);
        return Err(Box::new(Diagnostic::new(Code::OutOfRange, rest.span, message)));
    }
    Ok(left)
}

fn code(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::Json | ErrorKind::Limit | ErrorKind::Member => Code::OutOfPlace,
        ErrorKind::Type => Code::WrongKind,
        ErrorKind::Value => Code::OutOfRange,
        ErrorKind::Word | ErrorKind::Reference | ErrorKind::Fact => Code::UnknownName,
        ErrorKind::Duplicate => Code::DefinedTwice,
        ErrorKind::Currency => Code::MixedCurrencies,
    }
}

/// There is no such visit; plans are made of visits, so this is not seen.
fn nobody(plan: &Plan<'_>) -> Box<Diagnostic> {
    let span =
        plan.visits.first().map_or(crate::source::Span::new(crate::source::SourceId(0), 0, 0), |visit| visit.span);
    Box::new(Diagnostic::new(Code::OutOfPlace, span, "nobody comes in this scenario"))
}
