//! Sentences of a policy that promise less than the law grants in the same case. They do no harm, for the law bounds them; a
//! customer who reads them is told less than is true.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::date::{Length, Term, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::Schema;
use crate::model::{Attribute, Clause, Statement, Version};
use crate::program::{AttributeValue, Destination, FeeAmount, FeeOf, PayEvent, Price, WindowLength};
use crate::terms::{LawKind, MeetingEvent, Sharing, ShippingRule, TaxRule};

use super::disjoint::Ways;

/// Warns of each sentence that promises less than a right or a rule does.
pub(crate) fn find(version: &Version, schema: &Schema, out: &mut Vec<Diagnostic>) {
    let law = |clause: &Clause| clause.law.is_some();
    for (at, clause) in version.clauses.iter().enumerate().filter(|(_, clause)| !law(clause)) {
        for statement in &clause.statements {
            if out.iter().any(|known| known.code == Code::BelowLaw && known.span == statement.span) {
                continue;
            }
            let mut found: Vec<(&Statement, &Clause)> = Vec::new();
            for (other, granting) in version.clauses.iter().enumerate().filter(|(_, clause)| law(clause)) {
                if found.iter().any(|(_, known)| known.law == granting.law)
                    || of_remedy(statement.attribute).is_some_and(|remedy| !grants(version, granting, remedy))
                {
                    continue;
                }
                let Some(granted) = granting.statements.iter().find(|granted| less(statement, granted)) else {
                    continue;
                };
                // `no deductions` speaks of those that the law does not name.
                let all = matches!(granted.attribute, Attribute::NoFees | Attribute::NoDeductions);
                let named = |clause: &Clause| {
                    clause.law == granting.law && clause.statements.iter().any(|s| s.attribute == statement.attribute)
                };
                if all && version.clauses.iter().any(named) {
                    continue;
                }
                let refused = refused(version, other);
                if together_outside(version, schema, at, other, &refused) {
                    found.push((granted, granting));
                }
            }
            let Some((granted, _)) = found.first() else { continue };
            let laws: Vec<String> = found.iter().map(|(_, granting)| format!("`{}`", granting.path)).collect();
            let laws = laws.join(", ");
            let message = format!("this promises less than the law does ({laws}), which holds all the same");
            out.push(
                Diagnostic::new(Code::BelowLaw, statement.span, message)
                    .label(granted.span, "the law says this")
                    .help("say what the law says, or give the clause a condition under which the law does not hold"),
            );
        }
    }
}

/// Whether two clauses can apply together.
pub(super) fn together(version: &Version, schema: &Schema, a: usize, b: usize) -> bool {
    together_outside(version, schema, a, b, &[])
}

/// Whether two clauses can apply together where none of some others does.
fn together_outside(version: &Version, schema: &Schema, a: usize, b: usize, others: &[Vec<usize>]) -> bool {
    let ways = version.ways_up(b);
    version.ways_up(a).iter().any(|one| {
        ways.iter().any(|other| {
            let mut ways = Ways::of(version.conds(one).chain(version.conds(other)), schema);
            others.iter().for_each(|way| ways.without(version.conds(way), schema));
            !ways.none()
        })
    })
}

/// The remedy that an attribute is of.
fn of_remedy(attribute: Attribute) -> Option<u16> {
    match attribute {
        Attribute::Remedy(remedy)
        | Attribute::Start(remedy)
        | Attribute::Window(remedy)
        | Attribute::Basis(remedy)
        | Attribute::Fee(_, remedy)
        | Attribute::Deduction(_, remedy) => Some(remedy),
        _ => None,
    }
}

/// Whether the law that a clause belongs to speaks of a remedy: a right of those it grants, a rule of all.
fn grants(version: &Version, granting: &Clause, remedy: u16) -> bool {
    let right = version.laws.iter().any(|(head, kind)| granting.law == Some(*head) && *kind == LawKind::Right);
    let yes = |s: &Statement| s.attribute == Attribute::Remedy(remedy) && s.value == AttributeValue::Yes;
    !right || version.clauses.iter().any(|clause| clause.law == granting.law && clause.statements.iter().any(yes))
}

/// The ways to the exceptions of a right in which it grants none of its remedies: there it is not open, and bounds nothing.
fn refused(version: &Version, granting: usize) -> Vec<Vec<usize>> {
    let law = version.clauses.get(granting).and_then(|clause| clause.law);
    let remedies = |at: usize, yes: bool| {
        let statements = version.clauses.get(at).map_or(&[][..], |clause| &clause.statements);
        let said = statements.iter().filter(move |s| (s.value == AttributeValue::Yes) == yes).map(|s| s.attribute);
        said.filter(|attribute| matches!(attribute, Attribute::Remedy(_)))
    };
    let block = || (0..version.clauses.len()).filter(|at| version.clauses.get(*at).is_some_and(|c| c.law == law));
    let granting: Vec<usize> = block().filter(|at| remedies(*at, true).next().is_some()).collect();
    let nothing_left = |way: &[usize]| {
        let refused: Vec<Attribute> = way.first().into_iter().flat_map(|at| remedies(*at, false)).collect();
        let above = way.get(1..).unwrap_or_default();
        granting.iter().all(|at| above.contains(at) && remedies(*at, true).all(|remedy| refused.contains(&remedy)))
    };
    match granting.is_empty() {
        true => Vec::new(),
        false => block().flat_map(|at| version.ways_up(at)).filter(|way| nothing_left(way)).collect(),
    }
}

/// Whether a sentence of the policy is plainly less for the customer than one of the law.
fn less(policy: &Statement, law: &Statement) -> bool {
    use AttributeValue as V;
    match (policy.attribute, law.attribute) {
        (Attribute::Fee(..), Attribute::NoFees) | (Attribute::Deduction(..), Attribute::NoDeductions) => {
            policy.value != V::NoFee && law.value == V::Yes
        }
        (a, b) if a != b => false,
        _ => match (&policy.value, &law.value) {
            // What a clause leaves out of `accept` may be given by another; what it refuses is refused.
            (V::No { reason: Some(_), .. }, V::Yes) => matches!(policy.attribute, Attribute::Remedy(_)),
            (V::Window { length: policy, .. }, V::Window { length: law, .. }) => shorter(policy, law),
            (V::Basis { percent: a, price: Price::Paid }, V::Basis { percent: b, price: Price::Paid }) => a < b,
            (V::Basis { price: Price::Nothing, .. }, V::Basis { price, .. }) => *price != Price::Nothing,
            (V::Fee(a), V::Fee(b)) => match (a.of, b.of) {
                (FeeOf::Percent(a), FeeOf::Percent(b)) | (FeeOf::Money(a), FeeOf::Money(b)) => a > b,
                _ => false,
            },
            (V::Fee(fee), V::NoFee) => matches!(fee.of, FeeOf::Percent(_) | FeeOf::Money(_)),
            (V::Tax(a), V::Tax(b)) => tax(*a) < tax(*b),
            (V::Shipping(a), V::Shipping(b)) => shipping(*a) < shipping(*b),
            (V::Discounts(policy), V::Discounts(law)) => *law == Sharing::InProportion && policy != law,
            // Money that goes back the way it came, and a policy that has credit, or another way, for it.
            (V::Route { to: Destination::Tender(_), .. }, V::Route { to: Destination::Original, .. }) => true,
            (V::Route { to: Destination::Tender(to), rest, .. }, V::RouteOneOf(ways)) => {
                let tenders = ways.iter().all(|way| matches!(way, Destination::Tender(_)));
                let one_of = |tender: u16| ways.contains(&Destination::Tender(tender));
                tenders && (!one_of(*to) || rest.is_some_and(|rest| !one_of(rest)))
            }
            (V::Due(Some(policy)), V::Due(Some(law))) => {
                // Who tells of a return tells of it before it is asked for.
                let same = policy.after == law.after
                    || (policy.after, law.after) == (PayEvent::Requested, PayEvent::Back(MeetingEvent::Told));
                let longer = lengths(&policy.term, &law.term);
                let waits = !policy.not_before.is_empty()
                    && (law.not_before.is_empty()
                        || law.not_before.iter().any(|event| !policy.not_before.contains(event)));
                same && (longer == Some(Ordering::Greater) || waits && longer == Some(Ordering::Equal))
            }
            (V::Hold(_), V::Hold(_)) | (V::Due(_), V::Due(_)) => {
                compared(policy.attribute, &policy.value, &law.value) == Some(Ordering::Less)
            }
            _ => false,
        },
    }
}

/// Whether a window is plainly shorter: both are lengths of one kind.
fn shorter(policy: &WindowLength, law: &WindowLength) -> bool {
    match (policy, law) {
        (WindowLength::Length(policy, ..), WindowLength::Length(law, ..)) => measure(policy.length)
            .zip(measure(law.length))
            .is_some_and(|((a, kind), (b, other))| kind == other && a < b),
        // No more than that is promised.
        (WindowLength::Told(policy, ..), law @ WindowLength::Length(_, first_day, ends_on)) => policy
            .at_least
            .is_some_and(|least| shorter(&WindowLength::Length(policy.of(least), *first_day, ends_on.clone()), law)),
        (WindowLength::Length(..) | WindowLength::Told(..), WindowLength::NoLimit) => true,
        _ => false,
    }
}

/// A length in days or in months.
fn measure(length: Length) -> Option<(Decimal, bool)> {
    let count = Decimal::from(length.count);
    match length.unit {
        Unit::Days => Some((count, true)),
        Unit::Weeks => Some((count * Decimal::from(7), true)),
        Unit::Months => Some((count, false)),
        Unit::Years => Some((count * Decimal::from(12), false)),
        Unit::Hours | Unit::BusinessDays => None,
    }
}

fn tax(rule: TaxRule) -> u8 {
    match rule {
        TaxRule::NotReturned => 0,
        TaxRule::OnRefunded => 1,
        TaxRule::InFull => 2,
    }
}

fn shipping(rule: ShippingRule) -> u8 {
    match rule {
        ShippingRule::NotReturned => 0,
        ShippingRule::WithLastItem => 1,
        ShippingRule::UpToCheapest => 2,
        ShippingRule::Returned => 3,
    }
}

/// Which of two values of an attribute is better for the customer, where that does not depend on the sale.
pub(super) fn compared(attribute: Attribute, a: &AttributeValue, b: &AttributeValue) -> Option<Ordering> {
    use AttributeValue as V;
    let yes = |value: &V| *value == V::Yes;
    match (a, b) {
        (V::Yes | V::No { .. }, V::Yes | V::No { .. }) => match attribute {
            // To be asked nothing is better.
            Attribute::Field(..) | Attribute::Guard(_) => Some(yes(b).cmp(&yes(a))),
            _ => {
                let liftable = |value: &V| matches!(value, V::No { overridable_by: Some(_), .. });
                Some((yes(a), liftable(a)).cmp(&(yes(b), liftable(b))))
            }
        },
        (V::Window { length: a, fixed: x }, V::Window { length: b, fixed: y }) => {
            let order = match (a, b) {
                (WindowLength::NoLimit, WindowLength::NoLimit) => Ordering::Equal,
                (WindowLength::NoLimit, _) => Ordering::Greater,
                (_, WindowLength::NoLimit) => Ordering::Less,
                (WindowLength::Length(a, first_day, ends_on), WindowLength::Length(b, other, rolled)) => {
                    if first_day != other || ends_on != rolled {
                        return None;
                    }
                    lengths(a, b)?
                }
                _ => return None,
            };
            Some(order.then(y.cmp(x)))
        }
        (V::Basis { percent: a, price: x }, V::Basis { percent: b, price: y }) if x == y => Some(a.cmp(b)),
        (V::Basis { price: Price::Nothing, .. }, V::Basis { .. }) => Some(Ordering::Less),
        (V::Basis { .. }, V::Basis { price: Price::Nothing, .. }) => Some(Ordering::Greater),
        (V::NoFee, V::Fee(fee)) => figure(fee).map(|figure| figure.cmp(&Decimal::ZERO)),
        (V::Fee(fee), V::NoFee) => figure(fee).map(|figure| Decimal::ZERO.cmp(&figure)),
        (V::Fee(a), V::Fee(b)) if a.at_least == b.at_least && a.at_most == b.at_most => match (a.of, b.of) {
            (FeeOf::Percent(a), FeeOf::Percent(b)) | (FeeOf::Money(a), FeeOf::Money(b)) => Some(b.cmp(&a)),
            (FeeOf::Fact(a), FeeOf::Fact(b)) | (FeeOf::FactPercent(a), FeeOf::FactPercent(b)) => {
                (a == b).then_some(Ordering::Equal)
            }
            _ => None,
        },
        (V::Tax(a), V::Tax(b)) => Some(tax(*a).cmp(&tax(*b))),
        (V::Shipping(a), V::Shipping(b)) => Some(shipping(*a).cmp(&shipping(*b))),
        (V::Hold(None), V::Hold(Some(_))) | (V::Due(None), V::Due(Some(_))) => Some(Ordering::Greater),
        (V::Hold(Some(_)), V::Hold(None)) | (V::Due(Some(_)), V::Due(None)) => Some(Ordering::Less),
        (V::Hold(Some((a, x))), V::Hold(Some((b, y)))) if x == y => lengths(b, a),
        (V::Due(Some(a)), V::Due(Some(b))) if a.after == b.after && a.not_before == b.not_before => {
            lengths(&b.term, &a.term)
        }
        _ => None,
    }
}

/// The figure of a fee, where it has one of its own.
fn figure(fee: &FeeAmount) -> Option<Decimal> {
    match fee.of {
        FeeOf::Percent(figure) | FeeOf::Money(figure) => Some(figure),
        FeeOf::Fact(_) | FeeOf::FactPercent(_) => None,
    }
}

fn lengths(a: &Term, b: &Term) -> Option<Ordering> {
    if a.length.unit == b.length.unit && a.calendar == b.calendar && a.month_end == b.month_end {
        return Some(a.length.count.cmp(&b.length.count));
    }
    let ((a, days), (b, other)) = measure(a.length).zip(measure(b.length))?;
    (days == other).then(|| a.cmp(&b))
}
