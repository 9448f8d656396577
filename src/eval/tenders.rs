//! Money to tenders: what is paid out is shared over the tenders of each sale, then every part goes its route
//! (docs/reference/order.md, "Tenders").

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::date::{Term, Unit};
use crate::decision::{Asked, Bound, Clamp, Credits, Gap, Payout, TenderPart};
use crate::facts::{RemedyKind, Scope, builtin};
use crate::money::share;
use crate::once::Once;
use crate::program::{AttributeValue, Choices, Destination, PayEvent, Program, Within};
use crate::request::Sale;
use crate::terms::{MeetingEvent, SplitRest};

use super::amounts::{Trouble, minus, plus};
use super::conditions::{At, Facts, Part};
use super::law::{Open, stated};
use super::resolve::{Frame, Resolved};

/// Money of one line (or of a sale's shipping) that is to be paid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    /// The line; shipping goes with the first line of its sale.
    pub(super) line: usize,
    pub(super) sale: Option<usize>,
    pub(super) remedy: u16,
    pub(super) amount: Decimal,
    /// Waits for a verification.
    pub(super) pending: bool,
}

/// What is paid out, and what the law changed about it.
type Paid = (Vec<Payout>, Vec<Clamp>);

/// Routes everything that is due. The first line that cannot be routed is named with the reason, or all of them.
pub(super) fn payouts<'l, 'p: 'l>(
    program: &Program,
    facts: &Facts<'_>,
    frames: &mut [Frame<'_>],
    due: &[Due],
    laws: &dyn Fn(usize) -> &'l [Open<'p>],
    all: bool,
) -> Result<Paid, Vec<(usize, Trouble)>> {
    let request = facts.request;
    let mut paid: (Joined, Vec<Clamp>) = Default::default();
    let mut tendered: SmallVec<[(usize, &Due); 4]> = SmallVec::new();
    let mut failed: Vec<(usize, Trouble)> = Vec::new();
    // A remedy that is money to a tender goes there whatever the route, and comes from no tender.
    let fixed = |one: &Due| match program.schema.remedies.get(usize::from(one.remedy)).map(|r| &r.kind) {
        Some(RemedyKind::MoneyTo(tender)) => {
            Some(Route { to: Destination::Tender(*tender), up_to: None, rest: None, by: Credits::new() })
        }
        _ => None,
    };
    for one in due.iter().filter(|one| !one.amount.is_zero()) {
        let fixed = fixed(one);
        match one.sale.filter(|sale| fixed.is_none() && *sale < request.sales.len()) {
            Some(sale) => tendered.push((sale, one)),
            None => {
                failed.extend(go(facts, frames, (one, laws(one.line)), None, fixed, one.amount, &mut paid).err());
                if !all && !failed.is_empty() {
                    return Err(failed);
                }
            }
        }
    }
    // Each line with its delivery.
    tendered.sort_by_key(|(sale, one)| (*sale, one.line));
    for mine in tendered.chunk_by(|(a, _), (b, _)| a == b) {
        let Some(&(at, first)) = mine.first() else { continue };
        let Some(sale) = request.sales.get(at) else { continue };
        let fail = |t: Trouble| vec![(first.line, t)];
        let total = mine.iter().try_fold(Decimal::ZERO, |sum, (_, d)| plus(sum, d.amount)).map_err(fail)?;
        let choices =
            frames.get(first.line).map(|f| &f.version.choices).ok_or(Trouble::Gap(Gap::Overflow)).map_err(fail)?;
        let parts = allocate(program, choices, sale, total).map_err(fail)?;
        // The parts are handed to the lines in order, each taking from the tenders in order.
        let mut left = parts.clone();
        let mut used_up = 0;
        for (_, one) in mine {
            let mut open = one.amount;
            for ((tender, rest), (_, whole)) in left.iter_mut().zip(&parts).skip(used_up) {
                let take = open.min(*rest);
                if take.is_zero() {
                    break;
                }
                *rest = minus(*rest, take).map_err(fail)?;
                open = minus(open, take).map_err(fail)?;
                used_up += usize::from(rest.is_zero());
                let part = Part { sale: at, tender: *tender, amount: *whole };
                let went = go(facts, frames, (one, laws(one.line)), Some(part), None, take, &mut paid);
                if went.is_err() && (!all || failed.last().map(|(line, _)| *line) != Some(one.line)) {
                    failed.extend(went.err());
                }
                if !all && !failed.is_empty() {
                    return Err(failed);
                }
            }
        }
    }
    if !failed.is_empty() {
        return Err(failed);
    }
    let line = due.first().map_or(0, |d| d.line);
    let (routed, mut law) = paid;
    // Goods and delivery may go the same way.
    let mut once: Vec<Clamp> = Vec::new();
    let (mut lines, mut of_line): (Once<usize>, Vec<Vec<usize>>) = Default::default();
    for clamp in law.drain(..) {
        let place = lines.place(clamp.line);
        of_line.resize_with(lines.len(), Vec::new);
        let Some(before) = of_line.get_mut(place) else { continue };
        if !before.iter().any(|place| once.get(*place) == Some(&clamp)) {
            before.push(once.len());
            once.push(clamp);
        }
    }
    Ok((capped(routed.list).map_err(|t| vec![(line, t)])?, once))
}

/// The tenders of a sale, by place, with what falls to each; money that none can take comes last.
type Parts = SmallVec<[(Option<usize>, Decimal); 4]>;

struct Route {
    to: Destination,
    up_to: Option<Decimal>,
    rest: Option<u16>,
    by: Credits,
}

/// A part with all that is said of it.
struct Routed {
    payout: Payout,
    /// The cap of its route, and where the rest goes.
    cap: Option<(Decimal, u16)>,
}

/// Sends a part its way: by its own facts, on a route that its remedy may have fixed.
fn go(
    facts: &Facts<'_>,
    frames: &mut [Frame<'_>],
    (due, laws): (&Due, &[Open<'_>]),
    part: Option<Part>,
    fixed: Option<Route>,
    amount: Decimal,
    (routed, law): &mut (Joined, Vec<Clamp>),
) -> Result<(), (usize, Trouble)> {
    let fail = |trouble| (due.line, trouble);
    let frame = frames.get_mut(due.line).ok_or(fail(Trouble::Gap(Gap::Overflow)))?;
    let mut own = frame.of_part(facts, part);
    let made = match fixed {
        Some(route) => Ok(route),
        None => lawful(facts, &mut own, due, part, laws, law),
    };
    let made = made.and_then(|route| terms(facts, &mut own, due, part, route, amount, laws, law));
    frame.missing = frame.missing.or(own.missing);
    made.and_then(|one| routed.join(one)).map_err(fail)
}

fn route(facts: &Facts<'_>, frame: &mut Frame<'_>) -> Result<Route, Trouble> {
    let tree = frame.version.attributes.pay;
    match frame.resolve(facts, tree, &mut |_| None) {
        Resolved::Value(AttributeValue::Route { to, up_to, rest }, by) => {
            Ok(Route { to: *to, up_to: *up_to, rest: *rest, by })
        }
        Resolved::Conflict(by) => Err(Trouble::Conflict(by)),
        _ => Err(Trouble::Gap(Gap::NoRoute)),
    }
}

/// The route of the law where it names one, otherwise that of the policy.
fn lawful(
    facts: &Facts<'_>,
    frame: &mut Frame<'_>,
    due: &Due,
    part: Option<Part>,
    laws: &[Open<'_>],
    law: &mut Vec<Clamp>,
) -> Result<Route, Trouble> {
    let policy = route(facts, frame);
    for open in laws.iter().filter(|law| law.bounds(due.remedy)) {
        let (bound, by) = match stated(frame, facts, open.law.attributes.pay) {
            Some((AttributeValue::Route { to, up_to, rest }, by)) => ((*to, *up_to, *rest), by),
            Some((AttributeValue::RouteOneOf(ways), by)) => {
                let Some(first) = ways.first() else { continue };
                let tender = |to: Destination| match to {
                    Destination::Original => part.and_then(|part| tendered(facts, part)),
                    Destination::AskedFor => facts.request.refund_to.as_ref().map(|asked| asked.tender),
                    Destination::Tender(tender) => Some(tender),
                };
                let one_of = |to: Destination| {
                    let goes = tender(to);
                    // What must be asked for first is asked for.
                    to == Destination::AskedFor && goes.is_none()
                        || goes.is_some() && ways.iter().any(|way| tender(*way) == goes)
                };
                let rest = |route: &Route| route.rest.is_none_or(|rest| one_of(Destination::Tender(rest)));
                if policy.as_ref().is_ok_and(|route| one_of(route.to) && rest(route)) {
                    return policy;
                }
                ((*first, None, None), by)
            }
            _ => continue,
        };
        let (to, up_to, rest) = bound;
        if !policy.as_ref().is_ok_and(|p| (p.to, p.up_to, p.rest) == bound) {
            let words = |to: Option<Destination>| match to {
                Some(Destination::Original) => "original tender".to_owned(),
                Some(Destination::AskedFor) => "tender asked for".to_owned(),
                Some(Destination::Tender(tender)) => facts.schema.tender(tender).to_owned(),
                None => "nothing said".to_owned(),
            };
            let said = words(policy.as_ref().ok().map(|p| p.to));
            law.push(Clamp::new(due.line, due.remedy, Bound::Pay, said, words(Some(to)), &by));
        }
        return Ok(Route { to, up_to, rest, by });
    }
    policy
}

/// The tender a part of the money was paid with.
fn tendered(facts: &Facts<'_>, part: Part) -> Option<u16> {
    facts.request.sales.get(part.sale)?.tenders.get(part.tender?).map(|tender| tender.tender)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one payout, used once")]
fn terms(
    facts: &Facts<'_>,
    frame: &mut Frame<'_>,
    due: &Due,
    part: Option<Part>,
    route: Route,
    amount: Decimal,
    laws: &[Open<'_>],
    law: &mut Vec<Clamp>,
) -> Result<Routed, Trouble> {
    let request = facts.request;
    let (hold_tree, due_tree) = (frame.version.attributes.hold, frame.version.attributes.due);
    let sold = due.sale.and_then(|s| request.sales.get(s)).and_then(|s| s.sold).map(|e| e.day);
    let day_after = |term: &Term, from: NaiveDate| term.extend(from).map_err(|_| Trouble::Gap(Gap::Calendar));
    let came = |event: MeetingEvent| match event {
        MeetingEvent::Told => Some(request.told),
        MeetingEvent::Sent => request.sent,
        MeetingEvent::Received => request.received,
    };
    // Goods without a sale were sold on no day that could be told, and money without a tender was paid with none.
    let event = |event: PayEvent| match event {
        PayEvent::Sold if due.sale.is_none() => Ok(request.day),
        PayEvent::Sold => sold.ok_or(Trouble::Ask(Asked::Fact(builtin::SOLD))),
        PayEvent::Requested => Ok(request.day),
        // What is still to come is left out before.
        PayEvent::Back(event) => Ok(came(event).map_or(request.day, |event| event.day)),
        PayEvent::Fact(fact) => {
            let of_tender = facts.schema.fact(fact).is_some_and(|fact| fact.scope == Scope::Tender);
            let told = facts.told_date(fact, &At { line: Some(due.line), sale: due.sale, part });
            match told {
                None if of_tender && part.is_none_or(|part| part.tender.is_none()) => Ok(request.day),
                told => told.ok_or(Trouble::Ask(Asked::Fact(fact))),
            }
        }
    };
    // The last day to pay: never before it is asked for, and none as long as it waits for the goods.
    let last_day = |within: &Within| -> Result<Option<NaiveDate>, Trouble> {
        if matches!(within.after, PayEvent::Back(event) if came(event).is_none()) {
            return Ok(None);
        }
        let day = day_after(&within.term, event(within.after)?)?.max(request.day);
        if within.not_before.is_empty() {
            return Ok(Some(day));
        }
        let first = within.not_before.iter().filter_map(|event| came(*event)).map(|event| event.day).min();
        Ok(first.map(|first| day.max(first)))
    };
    // What ends sooner is better.
    let unknown = std::cell::RefCell::new(None);
    let rank = |term: &Term, after: PayEvent| match term.length.unit {
        Unit::Hours => Some(Decimal::from(term.length.count) / Decimal::from(-24)),
        // Holds after a sale compare by their length.
        _ => {
            let from = match after {
                PayEvent::Sold | PayEvent::Requested => request.day,
                PayEvent::Back(_) | PayEvent::Fact(_) => match event(after) {
                    Ok(day) => day,
                    Err(trouble) => {
                        unknown.borrow_mut().get_or_insert(trouble);
                        return None;
                    }
                },
            };
            day_after(term, from).ok().map(|day| -Decimal::from((day - request.day).num_days()))
        }
    };
    let mut hold_rank = |value: &AttributeValue| match value {
        AttributeValue::Hold(None) => Some(Decimal::ZERO),
        AttributeValue::Hold(Some((term, after))) => rank(term, *after),
        _ => None,
    };
    let mut by = route.by;
    let hold = match frame.resolve(facts, hold_tree, &mut hold_rank) {
        Resolved::Value(AttributeValue::Hold(Some((term, after))), who) => {
            by.merge(&who);
            Some(day_after(term, event(*after)?)?)
        }
        Resolved::Conflict(by) => return Err(unknown.take().unwrap_or(Trouble::Conflict(by))),
        _ => None,
    };
    let mut not_before = hold.filter(|d| *d > request.day);
    let mut due_rank = |value: &AttributeValue| match value {
        AttributeValue::Due(None) => Some(Decimal::ZERO),
        AttributeValue::Due(Some(within)) => match last_day(within) {
            Ok(None) => Some(Decimal::MIN),
            _ => rank(&within.term, within.after),
        },
        _ => None,
    };
    let (mut due_on, mut within) = match frame.resolve(facts, due_tree, &mut due_rank) {
        Resolved::Value(AttributeValue::Due(Some(within)), who) => {
            by.merge(&who);
            let day = match within.term.length.unit {
                Unit::Hours => None,
                _ => last_day(within)?,
            };
            (day, Some(within))
        }
        Resolved::Conflict(by) => return Err(unknown.take().unwrap_or(Trouble::Conflict(by))),
        _ => (Some(request.day), None),
    };
    for open in laws.iter().filter(|law| law.bounds(due.remedy)) {
        let attributes = &open.law.attributes;
        let mut clamp = |what: Bound, policy: Option<NaiveDate>, day: NaiveDate, who: &Credits| {
            let policy = policy.map_or("no day".to_owned(), |day| day.to_string());
            law.push(Clamp::new(due.line, due.remedy, what, policy, day.to_string(), who));
        };
        // What is not held, and due today, the law need not hasten.
        if not_before.is_some()
            && let Some((AttributeValue::Hold(until), who)) = stated(frame, facts, attributes.hold)
        {
            let until = match until {
                Some((term, PayEvent::Sold)) => day_after(term, sold.unwrap_or(request.day))?,
                Some((term, after)) => day_after(term, event(*after)?)?,
                None => request.day,
            };
            if let Some(policy) = not_before.filter(|day| *day > until) {
                clamp(Bound::Hold, Some(policy), until, &who);
                not_before = Some(until).filter(|day| *day > request.day);
            }
        }
        if (not_before.is_some() || due_on != Some(request.day))
            && let Some((AttributeValue::Due(term), who)) = stated(frame, facts, attributes.due)
        {
            let day = match term {
                Some(within) => last_day(within)?,
                None => Some(request.day),
            };
            let Some(day) = day else { continue };
            if due_on.is_none_or(|policy| policy > day) {
                clamp(Bound::Due, due_on, day, &who);
                by.merge(&who);
                (due_on, within) = (Some(day), term.as_ref());
            }
            // Nothing is held longer than the law lets a store take.
            if let Some(policy) = not_before.filter(|held| *held > day) {
                clamp(Bound::Hold, Some(policy), day, &who);
                not_before = Some(day);
            }
        }
    }
    let due_on = match (due_on, not_before) {
        (Some(day), Some(hold)) => Some(day.max(hold)),
        (day, _) => day,
    };
    let known = part.and_then(|p| p.tender.and_then(|t| request.sales.get(p.sale)?.tenders.get(t)));
    let (to, id, sale) = match route.to {
        Destination::Original => match known {
            Some(tender) => (
                tender.tender,
                Some(tender.id.clone()),
                due.sale.and_then(|s| request.sales.get(s)).map(|s| s.id.clone()),
            ),
            None => return Err(Trouble::Gap(Gap::NoTender)),
        },
        Destination::AskedFor => match &request.refund_to {
            Some(asked) => (asked.tender, asked.id.clone(), None),
            None => return Err(Trouble::Ask(Asked::Fact(builtin::REFUND_TO_TENDER))),
        },
        Destination::Tender(tender) => (tender, None, None),
    };
    let from = match (route.to, known, due.sale.and_then(|s| request.sales.get(s))) {
        (Destination::Original, ..) | (_, None, _) | (_, _, None) => Vec::new(),
        (_, Some(tender), Some(sale)) => vec![TenderPart { sale: sale.id.clone(), id: tender.id.clone(), amount }],
    };
    let payout = Payout {
        to,
        id,
        sale,
        amount,
        handed_out: None,
        not_before,
        due: due_on,
        awaits: match (due_on, within) {
            (None, Some(within)) if within.term.length.unit != Unit::Hours => match within.after {
                PayEvent::Back(event) if came(event).is_none() => vec![event],
                _ => within.not_before.clone(),
            },
            _ => Vec::new(),
        },
        within: within.map(|within| Arc::clone(&within.words)),
        pending: due.pending,
        from,
        by,
    };
    Ok(Routed { payout, cap: route.up_to.zip(route.rest) })
}

/// Applies caps to what has come together.
fn capped(routed: Vec<Routed>) -> Result<Vec<Payout>, Trouble> {
    if routed.iter().all(|one| one.cap.is_none()) {
        return Ok(routed.into_iter().map(|r| r.payout).collect());
    }
    let mut result = Joined::default();
    for mut one in routed {
        if let Some((most, rest)) = one.cap.take()
            && one.payout.amount > most
        {
            let over = minus(one.payout.amount, most)?;
            let mut more = one.payout.clone();
            more.to = rest;
            more.id = None;
            more.sale = None;
            more.amount = over;
            one.payout.amount = most;
            more.from = split(&mut one.payout.from, most)?;
            if !most.is_zero() {
                result.join(one)?;
            }
            result.join(Routed { payout: more, cap: None })?;
            continue;
        }
        result.join(one)?;
    }
    Ok(result.list.into_iter().map(|r| r.payout).collect())
}

/// Leaves the first `most` of some parts, and gives back the rest.
fn split(parts: &mut Vec<TenderPart>, most: Decimal) -> Result<Vec<TenderPart>, Trouble> {
    let mut left = most;
    let mut rest = Vec::new();
    for part in parts.iter_mut() {
        let stays = part.amount.min(left);
        left = minus(left, stays)?;
        let goes = minus(part.amount, stays)?;
        if !goes.is_zero() {
            rest.push(TenderPart { amount: goes, ..part.clone() });
        }
        part.amount = stays;
    }
    parts.retain(|p| !p.amount.is_zero());
    Ok(rest)
}

/// Parts that go the same way, together; the first come first.
#[derive(Default)]
struct Joined {
    list: Vec<Routed>,
    /// The way of each.
    ways: Once<Way>,
    /// The tenders that each takes from.
    sources: Vec<Once<(Arc<str>, Arc<str>)>>,
}

/// What makes two parts go the same way.
type Way = (
    (u16, Option<Arc<str>>, Option<Arc<str>>),
    (Option<NaiveDate>, Option<NaiveDate>, Option<Arc<str>>),
    (bool, Option<(Decimal, u16)>),
);

impl Joined {
    fn join(&mut self, mut one: Routed) -> Result<(), Trouble> {
        let place = self.ways.place(one.way());
        let from = std::mem::take(&mut one.payout.from);
        match self.list.get_mut(place) {
            Some(Routed { payout: known, .. }) => {
                known.amount = plus(known.amount, one.payout.amount)?;
                known.by.merge(&one.payout.by);
            }
            None => {
                self.list.push(one);
                self.sources.push(Once::default());
            }
        }
        let (Some(joined), Some(sources)) = (self.list.get_mut(place), self.sources.get_mut(place)) else {
            return Ok(());
        };
        for part in from {
            let known = sources.place((Arc::clone(&part.sale), Arc::clone(&part.id)));
            match joined.payout.from.get_mut(known) {
                Some(same) => same.amount = plus(same.amount, part.amount)?,
                None => joined.payout.from.push(part),
            }
        }
        Ok(())
    }
}

impl Routed {
    fn way(&self) -> Way {
        let Payout { to, id, sale, not_before, due, within, pending, .. } = &self.payout;
        // The same day is the same day, in whatever words.
        let within = within.clone().filter(|_| due.is_none());
        ((*to, id.clone(), sale.clone()), (*not_before, *due, within), (*pending, self.cap))
    }
}

/// Shares an amount over the tenders of a sale, cumulatively over earlier returns; what none can take has no tender.
fn allocate(program: &Program, choices: &Choices, sale: &Sale, total: Decimal) -> Result<Parts, Trouble> {
    let mut left = total;
    let mut parts = Parts::new();
    let room = |at: usize| -> Decimal {
        sale.tenders.get(at).map_or(Decimal::ZERO, |t| t.amount.saturating_sub(t.earlier).max(Decimal::ZERO))
    };
    let mut open: SmallVec<[usize; 4]> = (0..sale.tenders.len()).collect();
    for kind in &choices.split_first {
        let first: SmallVec<[usize; 4]> =
            open.iter().copied().filter(|t| sale.tenders.get(*t).is_some_and(|t| t.tender == *kind)).collect();
        for at in first {
            let take = left.min(room(at));
            parts.push((Some(at), take));
            left = minus(left, take)?;
        }
        open.retain(|t| sale.tenders.get(*t).is_none_or(|t| t.tender != *kind));
    }
    match choices.split_rest {
        SplitRest::InProportion => {
            for (at, take) in ratio(program, sale, &open, left)? {
                parts.push((Some(at), take));
                left = minus(left, take)?;
            }
        }
        SplitRest::InReverse => open.reverse(),
        SplitRest::AsTendered => {}
    }
    // Also what rounding in proportion could not place.
    parts.sort_by_key(|(t, _)| *t);
    let mut more = Parts::new();
    for at in open {
        if left.is_zero() {
            break;
        }
        let known = parts.binary_search_by_key(&Some(at), |(t, _)| *t).ok().and_then(|place| parts.get_mut(place));
        let taken = known.as_ref().map_or(Decimal::ZERO, |(_, amount)| *amount);
        let take = left.min(minus(room(at), taken)?);
        left = minus(left, take)?;
        match known {
            Some((_, amount)) => *amount = plus(*amount, take)?,
            None => more.push((Some(at), take)),
        }
    }
    parts.append(&mut more);
    parts.retain(|(_, amount)| !amount.is_zero());
    parts.sort_by_key(|(t, _)| *t);
    if !left.is_zero() {
        parts.push((None, left));
    }
    Ok(parts)
}

/// In proportion to what was paid with each: what should have gone back by now, less what has.
fn ratio(program: &Program, sale: &Sale, open: &[usize], now: Decimal) -> Result<Vec<(usize, Decimal)>, Trouble> {
    let tenders: Vec<_> = open.iter().filter_map(|t| sale.tenders.get(*t)).collect();
    if tenders.is_empty() {
        return Ok(Vec::new());
    }
    let paid: Vec<Decimal> = tenders.iter().map(|t| t.amount).collect();
    let whole = paid.iter().try_fold(Decimal::ZERO, |sum, p| plus(sum, *p))?;
    let before = tenders.iter().try_fold(Decimal::ZERO, |sum, t| plus(sum, t.earlier))?;
    let target = share(plus(before, now)?.min(whole), &paid, program.currency.minor_digits())?;
    let mut left = now;
    let mut result = Vec::new();
    for ((at, tender), target) in open.iter().zip(&tenders).zip(target) {
        let room = minus(tender.amount, tender.earlier)?.max(Decimal::ZERO);
        let take = minus(target, tender.earlier)?.max(Decimal::ZERO).min(room).min(left);
        left = minus(left, take)?;
        result.push((*at, take));
    }
    Ok(result)
}
