//! Sentences of a policy that promise less than the law grants in the same case. They do no harm, for the law bounds them; a
//! customer who reads them is told less than is true.

use rust_decimal::Decimal;

use crate::date::{Length, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::Schema;
use crate::model::{Attribute, Clause, Statement, Version};
use crate::program::{AttributeValue, Price, WindowLength};
use crate::terms::{ShippingRule, TaxRule};

use super::disjoint::Ways;

/// Warns of each sentence that promises less than a right or a rule does.
pub(crate) fn find(version: &Version, schema: &Schema, out: &mut Vec<Diagnostic>) {
    let law = |clause: &Clause| clause.law.is_some();
    for (at, clause) in version.clauses.iter().enumerate().filter(|(_, clause)| !law(clause)) {
        for statement in &clause.statements {
            if out.iter().any(|known| known.code == Code::BelowLaw && known.span == statement.span) {
                continue;
            }
            let found =
                version.clauses.iter().enumerate().filter(|(_, clause)| law(clause)).find_map(|(other, granting)| {
                    let granted = granting.statements.iter().find(|granted| less(statement, granted))?;
                    // `no deductions` speaks of those that the law does not name.
                    let all = matches!(granted.attribute, Attribute::NoFees | Attribute::NoDeductions);
                    let named = |clause: &Clause| {
                        clause.law == granting.law
                            && clause.statements.iter().any(|s| s.attribute == statement.attribute)
                    };
                    if all && version.clauses.iter().any(named) {
                        return None;
                    }
                    together(version, schema, at, other).then_some((granted, granting))
                });
            let Some((granted, granting)) = found else { continue };
            let message =
                format!("this promises less than the law does (`{}`), which holds all the same", granting.path);
            out.push(
                Diagnostic::new(Code::BelowLaw, statement.span, message)
                    .label(granted.span, "the law says this")
                    .help("say what the law says, or give the clause a condition under which the law does not hold"),
            );
        }
    }
}

/// Whether two clauses can apply together.
fn together(version: &Version, schema: &Schema, a: usize, b: usize) -> bool {
    let ways = version.ways_up(b);
    version
        .ways_up(a)
        .iter()
        .any(|one| ways.iter().any(|other| !Ways::of(version.conds(one).chain(version.conds(other)), schema).none()))
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
            (V::FeePercent { percent: a, .. }, V::FeePercent { percent: b, .. }) => a > b,
            (V::FeeMoney(a), V::FeeMoney(b)) => a > b,
            (V::FeePercent { .. } | V::FeeMoney(_), V::NoFee) => true,
            (V::Tax(a), V::Tax(b)) => tax(*a) < tax(*b),
            (V::Shipping(a), V::Shipping(b)) => shipping(*a) < shipping(*b),
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
        (WindowLength::Length(..), WindowLength::NoLimit) => true,
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
