//! Members of a request that are left out where they are not known.

use rust_decimal::Decimal;
use takeback::Policy;
use takeback::request::Object;

use super::{Fault, TAX, cents};
use crate::spell;

/// Members of what may not be known.
pub(super) trait Known<'a> {
    fn known(&mut self, name: &'static str, text: Option<&'a str>);
    fn known_texts(&mut self, name: &'static str, text: Option<&'a str>);
    fn count(&mut self, name: &'static str, count: Option<i64>);
    /// May be finer than a cent.
    fn price(&mut self, name: &'static str, price: Option<Decimal>);
    fn amount(&mut self, policy: &Policy, name: &'static str, amount: Option<Decimal>);
    fn taxes(&mut self, policy: &Policy, by_name: &[spell::Part<'a>], included: Option<bool>) -> Result<(), Fault>;
    fn tax(
        &mut self,
        policy: &Policy,
        amount: Option<Decimal>,
        rate: Option<Decimal>,
        included: Option<bool>,
    ) -> Result<(), Fault>;
}

impl<'a> Known<'a> for Object<'_, 'a> {
    fn known(&mut self, name: &'static str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn known_texts(&mut self, name: &'static str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.texts(name, spell::texts(text));
        }
    }

    fn count(&mut self, name: &'static str, count: Option<i64>) {
        if let Some(count) = count {
            self.decimal(name, count.into());
        }
    }

    fn price(&mut self, name: &'static str, price: Option<Decimal>) {
        if let Some(price) = price {
            self.decimal(name, price);
        }
    }

    fn amount(&mut self, policy: &Policy, name: &'static str, amount: Option<Decimal>) {
        self.price(name, amount.map(|amount| cents(policy, amount)));
    }

    fn taxes(&mut self, policy: &Policy, by_name: &[spell::Part<'a>], included: Option<bool>) -> Result<(), Fault> {
        self.list("taxes", |taxes| {
            by_name.iter().try_for_each(|part| {
                taxes.object(|tax| {
                    tax.text("id", part.name);
                    tax.amount(policy, "amount", Some(part.amount));
                    if let Some(included) = included {
                        tax.yes("included", included);
                    }
                    Ok(())
                })
            })
        })
    }

    fn tax(
        &mut self,
        policy: &Policy,
        amount: Option<Decimal>,
        rate: Option<Decimal>,
        included: Option<bool>,
    ) -> Result<(), Fault> {
        let Some(amount) = amount else { return Ok(()) };
        self.list("taxes", |taxes| {
            taxes.object(|tax| {
                tax.text("id", TAX);
                tax.price("rate", rate);
                tax.decimal("amount", cents(policy, amount));
                if let Some(included) = included {
                    tax.yes("included", included);
                }
                Ok(())
            })
        })
    }
}
