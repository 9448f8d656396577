//! Terms put in the order of a policy: the general ones, and the exceptions to them.

use super::LONGEST;
use crate::lost::Lost;
use crate::terms::{Restocking, Returns, ShippingFee, State, Terms};

/// The general terms, and those of some goods, customers or countries.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) general: Terms,
    /// The periods that the general terms are told with, where it is told differently in several places.
    pub(super) periods: Vec<Returns>,
    pub(super) specials: Vec<Special>,
}

/// Terms that are not for all.
pub(super) struct Special {
    pub(super) terms: Terms,
    /// The countries it is for, where other terms are for others.
    pub(super) countries: Vec<String>,
    /// Its place in what was read.
    pub(super) of: String,
}

impl Sorted {
    pub(super) fn new(all: &[Terms], currency: Option<&str>, lost: &mut Vec<Lost>) -> Sorted {
        let mut sorted = Sorted::default();
        let mut found = false;
        let mut seen: Vec<&Terms> = Vec::new();
        let mut elsewhere: Vec<Special> = Vec::new();
        for (place, told) in all.iter().enumerate() {
            let of = format!("/{place}");
            // Pages repeat the policy of the shop with every offer.
            if seen.contains(&told) {
                continue;
            }
            seen.push(told);
            let mut terms = told.clone();
            in_one_currency(&mut terms, currency, &of, lost);
            told_in_vain(&terms, &of, lost);
            if terms.tier.is_some() || !terms.categories.is_empty() {
                sorted.specials.push(Special { terms, countries: Vec::new(), of });
            } else if !found {
                found = true;
                sorted.periods.push(terms.returns);
                sorted.general = terms;
                not_decided(&sorted.general, true, &of, lost);
            } else {
                elsewhere.push(Special { terms, countries: Vec::new(), of });
            }
        }
        for special in elsewhere {
            sorted.second(special, lost);
        }
        let general = sorted.general.countries.clone();
        for special in &mut sorted.specials {
            if apart(&special.terms.countries, &general) {
                special.countries.clone_from(&special.terms.countries);
            }
            not_decided(
                &special.terms,
                special.terms.countries != general && special.countries.is_empty(),
                &special.of,
                lost,
            );
        }
        sorted
    }

    /// A second policy for all goods: for other countries, or the same told with another period, or too much.
    fn second(&mut self, special: Special, lost: &mut Vec<Lost>) {
        let terms = &special.terms;
        let taken =
            self.specials.iter().filter(|other| other.terms.tier.is_none() && other.terms.categories.is_empty());
        let mut taken = taken.flat_map(|other| &other.terms.countries).chain(&self.general.countries);
        if !terms.countries.is_empty() && !taken.any(|country| terms.countries.contains(country)) {
            self.specials.push(special);
            return;
        }
        let like = Terms { returns: terms.returns, seasons: terms.seasons.clone(), ..self.general.clone() };
        if *terms == like && terms.seasons == self.general.seasons {
            self.periods.push(terms.returns);
        } else {
            lost.push(Lost::new(special.of, "a second policy for all goods; a policy of takeback has one"));
        }
    }
}

/// Neither names the countries of the other.
fn apart(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !one.iter().any(|country| other.contains(country))
}

/// A policy has one currency.
fn in_one_currency(terms: &mut Terms, currency: Option<&str>, of: &str, lost: &mut Vec<Lost>) {
    if terms.currency.is_none() || terms.currency.as_deref() == currency {
        return;
    }
    let other = terms.currency.take().unwrap_or_default();
    let mut dropped = false;
    for fee in [&mut terms.shipping, &mut terms.remorse, &mut terms.defect] {
        if matches!(fee, Some(ShippingFee::Fixed(_))) {
            *fee = Some(ShippingFee::Untold);
            dropped = true;
        }
    }
    if matches!(terms.restocking, Some(Restocking::Fixed(_))) {
        terms.restocking = Some(Restocking::Untold);
        dropped = true;
    }
    if dropped {
        lost.push(Lost::new(of, format!("amounts in {other}: a policy has one currency")));
    }
}

/// What is told of returns where there are none.
fn told_in_vain(terms: &Terms, of: &str, lost: &mut Vec<Lost>) {
    let fees = terms.shipping.or(terms.remorse).or(terms.defect).is_some() || terms.restocking.is_some();
    let ways = !terms.methods.is_empty() || !terms.states.is_empty() || !terms.refunds.is_empty();
    if terms.returns == Returns::Never && (fees || ways || !terms.seasons.is_empty()) {
        lost.push(Lost::new(of, "how goods come back, where none can be returned"));
    }
}

/// What a policy has no sentence for.
fn not_decided(terms: &Terms, countries: bool, of: &str, lost: &mut Vec<Lost>) {
    let mut lose = |what: String| lost.push(Lost::new(of, what));
    if countries && !terms.countries.is_empty() {
        let named = terms.countries.join(", ");
        lose(format!("that it applies in {named}: a policy decides about every sale it is asked about"));
    }
    if terms.label.is_some() {
        lose("where the label for the way back comes from".to_owned());
    }
    if terms.returns == Returns::Never {
        return;
    }
    if matches!(terms.returns, Returns::Days(days) if days > LONGEST) {
        lose("an end after more than a hundred years".to_owned());
    }
    if !terms.states.is_empty() && !terms.states.contains(&State::New) {
        lose("that new goods do not come back".to_owned());
    }
    if [terms.shipping, terms.remorse, terms.defect].contains(&Some(ShippingFee::Customer)) {
        lose("that the customer pays the carrier for the way back".to_owned());
    }
    if terms.methods.iter().any(|method| !matches!(method, crate::Method::Mail | crate::Method::Store)) {
        lose("that goods come back at a kiosk, or stay with the customer".to_owned());
    }
}
