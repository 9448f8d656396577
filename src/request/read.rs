//! Reads a request from JSON: into a tree ([`super::tree`]), from there into borrowed wire types ([`super::wire`]) and into a [`Request`]. Checks what a request
//! means by itself; whether goods may come back is decided in [`crate::eval`].

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::context::{Context, Places, each, event, units, zone_of};
use super::draft::Draft;
use super::error::{At, Error, ErrorKind};
use super::facts::{put, told};
use super::locate::Fill as _;
use super::tree::Tree;
use super::wire::{self, Come, Date, Member as _, rows};
use super::{Approval, Request, TenderRef, Verification, history, returns, sales};
use crate::date::Zone;
use crate::facts::{Scope, Value, builtin, domain};
use crate::program::Program;

/// How large a request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of JSON.
    pub bytes: usize,
    /// Lines of sales, of earlier returns, of goods that come back and of new goods, all together.
    pub lines: usize,
    /// Lists and objects inside each other.
    pub depth: usize,
    /// Values of JSON and names of members, all together: what each takes in memory may be ten times its bytes.
    pub values: usize,
}

impl Default for Limits {
    /// 64 MiB, 200,000 lines, 64 levels, ten million values.
    fn default() -> Self {
        Limits { bytes: 64 << 20, lines: 200_000, depth: 64, values: 10_000_000 }
    }
}

/// Reads a request in the form of docs/reference/request.md, within the default [`Limits`].
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read(json: &[u8], program: &Program) -> Result<Request, Error> {
    read_within(json, program, Limits::default())
}

/// [`read`] within other limits.
pub fn read_within(json: &[u8], program: &Program, limits: Limits) -> Result<Request, Error> {
    let tree = Tree::read(json, limits)?;
    let mut wire = wire::Request::blank();
    wire.fill(tree.root())?;
    request(&wire, program, limits)
}

/// [`read`] of a request that is not text: its lines are counted, bytes and depth are not, since who drafts it chooses them.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read_draft(draft: &Draft<'_>, program: &Program) -> Result<Request, Error> {
    let mut wire = wire::Request::blank();
    wire.fill(draft.root())?;
    request(&wire, program, Limits::default())
}

fn request(wire: &wire::Request<'_>, program: &Program, limits: Limits) -> Result<Request, Error> {
    count_lines(wire, limits)?;
    let Date(at) = wire.at;
    let store_zone = zone_of(program, wire.store.as_ref()).at("store")?;
    let mut context = Context::new(program, at, store_zone.as_ref());
    let zone = store_zone.as_ref().or(context.zone);
    let asked = event(at, zone);
    let on = |date: Option<Date>| date.map_or(asked, |Date(when)| event(when, zone));
    let come = |goods: Option<Come>| match goods {
        Some(Come::On(date)) => Some(on(Some(date))),
        Some(Come::Awaited) => None,
        None => Some(asked),
    };
    let visit = visit(&mut context, wire, zone)?;

    let wire_sales = rows(&wire.sales);
    let places = Places::of("sale", wire_sales.iter().map(|sale| &sale.id)).at("sales")?;
    let mut sales = Vec::with_capacity(wire_sales.len());
    let mut sources = SmallVec::<[_; 2]>::new();
    for (place, wire) in wire_sales.iter().enumerate() {
        let (sale, source) = sales::sale(&mut context, wire).nth(place).at("sales")?;
        sales.push(sale);
        sources.push(source);
    }
    let origins = returns::Origins { places: &places, sales: &sales, sources: &sources };
    if wire.returns.is_empty() {
        return Err(Error::new(ErrorKind::Value, "at least one line comes back")).at("returns");
    }
    Places::of("returned line", wire.returns.iter().map(|line| &line.id)).at("returns")?;
    let mut lines = Vec::with_capacity(wire.returns.len());
    for (place, line) in wire.returns.iter().enumerate() {
        lines.push(returns::line(&mut context, line, &origins, zone).nth(place).at("returns")?);
    }
    let mut request = Request {
        day: asked.day,
        moment: asked.moment,
        told: on(wire.told),
        sent: come(wire.sent),
        received: come(wire.received),
        facts: visit.facts,
        labels: visit.labels,
        approvals: approvals(&context, wire).at("approvals")?,
        verifications: verifications(&context, wire).at("verifications")?,
        refund_to: visit.refund_to,
        pay_with: visit.pay_with,
        history: history::history(&context, wire.history.as_ref(), zone).at("history")?,
        sales,
        lines,
        new_goods: new_goods(&context, wire).at("new_goods")?,
        texts: Vec::new(),
        lists: Vec::new(),
        tender_slots: context.slots(Scope::Tender),
    };
    whole_sales(&context, &mut request);
    (request.texts, request.lists) = context.finish();
    Ok(request)
}

fn count_lines(wire: &wire::Request<'_>, limits: Limits) -> Result<(), Error> {
    let of_sale = |sale: &wire::Sale<'_>| {
        let earlier = rows(&sale.earlier_returns).iter().map(|earlier| rows(&earlier.lines).len());
        sale.lines.len() + earlier.sum::<usize>()
    };
    let lines = rows(&wire.sales).iter().map(of_sale).sum::<usize>() + wire.returns.len() + rows(&wire.new_goods).len();
    if lines > limits.lines {
        let message = format!("{lines} lines are more than the {} that are read", limits.lines);
        return Err(Error::new(ErrorKind::Limit, message));
    }
    Ok(())
}

/// What the visit itself tells.
struct Visit {
    facts: Vec<Option<Value>>,
    labels: u32,
    refund_to: Option<TenderRef>,
    pay_with: Option<(TenderRef, Option<Decimal>)>,
}

fn visit(context: &mut Context<'_>, wire: &wire::Request<'_>, zone: Option<&Zone>) -> Result<Visit, Error> {
    let mut facts = context.blank(Scope::Visit);
    put(&mut facts, &told(context, Scope::Visit, zone, wire.facts.as_ref()).at("facts")?);
    let labels = wire.labels.map_or(Ok(0), |labels| units(labels, 0)).at("labels")?;
    let channel = context.word_or_none(domain::CHANNELS, wire.channel.as_ref()).at("channel")?;
    let by = context.word_or_none(domain::BRINGERS, wire.by.as_ref()).at("by")?;
    let role = wire.clerk.as_ref().and_then(|clerk| clerk.role.as_ref());
    let role = context.word_or_none(domain::ROLES, role).at("role").at("clerk")?;
    let refund_to = match &wire.refund_to {
        Some(to) => {
            let tender = context.word(domain::TENDERS, &to.tender).at("tender").at("refund_to")?;
            Some(TenderRef { tender, id: to.id.as_ref().map(|id| id.as_str().into()) })
        }
        None => None,
    };
    let pay_with = match &wire.pay_with {
        Some(with) => {
            let tender = context.word(domain::TENDERS, &with.tender).at("tender").at("pay_with")?;
            let balance = context.money_or_none(with.balance).at("balance").at("pay_with")?;
            Some((TenderRef { tender, id: with.id.as_ref().map(|id| id.as_str().into()) }, balance))
        }
        None => None,
    };
    let store = wire.store.as_ref();
    for (id, value) in [
        (builtin::CHANNEL, channel.map(Value::Word)),
        (builtin::BY, by.map(Value::Word)),
        (builtin::VISIT_STORE, context.text_value(store.and_then(|store| store.id.as_ref()))),
        (builtin::VISIT_COUNTRY, context.text_value(store.and_then(|store| store.country.as_ref()))),
        (builtin::VISIT_STATE, context.text_value(store.and_then(|store| store.state.as_ref()))),
        (builtin::VISIT_LABELS, Some(Value::Number(Decimal::from(labels)))),
        (builtin::CLERK_ROLE, role.map(Value::Word)),
        (builtin::REFUND_TO_TENDER, refund_to.as_ref().map(|to| Value::Word(to.tender))),
        (builtin::REFUND_TO_ID, context.text_value(wire.refund_to.as_ref().and_then(|to| to.id.as_ref()))),
        (builtin::PAY_WITH_TENDER, pay_with.as_ref().map(|(with, _)| Value::Word(with.tender))),
        (builtin::PAY_WITH_ID, context.text_value(wire.pay_with.as_ref().and_then(|with| with.id.as_ref()))),
        (builtin::REQUESTED, Some(Value::Date(context.day))),
    ] {
        context.put(&mut facts, id, value);
    }
    on_duty(context, wire, &mut facts).at("on_duty")?;
    Ok(Visit { facts, labels, refund_to, pay_with })
}

/// How many approvals a request may have: every refusal of every line looks through them.
const APPROVALS: usize = 1000;

fn approvals(context: &Context<'_>, wire: &wire::Request<'_>) -> Result<Vec<Approval>, Error> {
    let approval = |wire: &wire::Approval<'_>| {
        Ok(Approval {
            clause: context.clause(&wire.clause).at("clause")?,
            role: context.word(domain::ROLES, &wire.role).at("role")?,
            by: wire.by.as_ref().map(|by| by.as_str().to_owned()),
        })
    };
    let approvals = rows(&wire.approvals);
    if approvals.len() > APPROVALS {
        let message = format!("{} approvals are more than the {APPROVALS} that are read", approvals.len());
        return Err(Error::new(ErrorKind::Limit, message));
    }
    each(approvals, approval)
}

fn verifications(context: &Context<'_>, wire: &wire::Request<'_>) -> Result<Vec<Verification>, Error> {
    let verification = |wire: &wire::Verification<'_>| {
        Ok(Verification {
            clause: context.clause(&wire.clause).at("clause")?,
            role: context.word(domain::ROLES, &wire.role).at("role")?,
            by: wire.by.as_ref().map(|by| by.as_str().to_owned()),
            passed: wire.passed,
        })
    };
    let verifications = rows(&wire.verifications);
    if verifications.len() > APPROVALS {
        let message = format!("{} verifications are more than the {APPROVALS} that are read", verifications.len());
        return Err(Error::new(ErrorKind::Limit, message));
    }
    each(verifications, verification)
}

/// Who is on duty: the list is complete, and who may act as a role is there for it.
fn on_duty(context: &Context<'_>, wire: &wire::Request<'_>, facts: &mut [Option<Value>]) -> Result<(), Error> {
    let Some(roles) = &wire.on_duty else { return Ok(()) };
    let there: Vec<u16> = each(roles, |role| context.word(domain::ROLES, role))?;
    for (role, fact) in &context.schema.on_duty {
        let covered = there.iter().any(|one| context.schema.may_act_as(*one, *role));
        context.put(facts, *fact, Some(Value::Bool(covered)));
    }
    Ok(())
}

fn new_goods(context: &Context<'_>, wire: &wire::Request<'_>) -> Result<Vec<super::NewGoods>, Error> {
    let goods = rows(&wire.new_goods);
    Places::of("new goods", goods.iter().map(|goods| &goods.id))?;
    each(goods, |wire| returns::new_goods(context, wire))
}

/// Settles `sale.whole`: whether everything that has not come back before comes back in this visit.
fn whole_sales(context: &Context<'_>, request: &mut Request) {
    // The units of all lines of all sales, one sale after the other.
    let mut left: SmallVec<[u64; 8]> = SmallVec::new();
    let mut first: SmallVec<[usize; 4]> = SmallVec::new();
    for sale in &request.sales {
        first.push(left.len());
        let of_line = |line: &super::SaleLine| u64::from(line.quantity.saturating_sub(line.earlier.quantity));
        left.extend(sale.lines.iter().map(of_line));
    }
    for line in &request.lines {
        if let Some((sale, place)) = line.sold
            && let Some(left) = first.get(sale).and_then(|first| left.get_mut(first + place))
        {
            *left = left.saturating_sub(u64::from(line.quantity));
        }
    }
    let mut left = left.into_iter();
    for sale in &mut request.sales {
        let whole = left.by_ref().take(sale.lines.len()).filter(|units| *units > 0).count() == 0;
        context.put(&mut sale.facts, builtin::SALE_WHOLE, Some(Value::Bool(whole)));
    }
}
