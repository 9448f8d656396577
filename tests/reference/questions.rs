//! Random conditions for clauses of [`super::policies`].

use super::policies::{Around, Maker, Scope, Stage};

impl Maker<'_> {
    /// A condition; `inner` learns what it speaks of.
    pub(super) fn condition(&mut self, inner: &mut Around) -> String {
        let first = self.test(inner, true);
        match self.dice.below(10) {
            0..=5 => first,
            6 | 7 => {
                let second = self.test(inner, false);
                format!("{first} and {second}")
            }
            8 => {
                inner.seasons.clear();
                let second = self.test(inner, false);
                format!("{first} or {second}")
            }
            _ => {
                inner.seasons.clear();
                let second = self.test(inner, false);
                format!("not ({first} and {second})")
            }
        }
    }

    pub(super) fn test(&mut self, inner: &mut Around, may_season: bool) -> String {
        const VISIT: &[&str] = &[
            "channel is store",
            "visit.by is recipient",
            "channel is not online",
            "visit.staff",
            "manager is on duty",
            "shift lead is not on duty",
            "visit.state is \"US-OH\", \"US-AL\"",
            "customer.member",
            "not customer.member",
            "visit.count at least 3",
            "clerk.role is clerk",
            "requested from 2025-06-01 to 2025-12-31",
            "any line (reason is defective)",
            "every line (condition is sealed)",
            "number of lines (item in toys) at least 2",
            "visit.labels at least 1",
            "refund_to.tender is cash",
            "refund_to.id in customer.methods",
            "any line (item in toys and condition is opened)",
        ];
        const SALE: &[&str] = &[
            "customer.tier is plus",
            "customer.tier is plus, total",
            "customer.tier is not none",
            "sale.state in fee-free",
            "sale.channel is online",
            "sale.gift",
            "sale.tax_exempt",
            "sale.whole",
            "not sale.whole",
            "sale.total over 100.00 USD",
            "sold before 2025-07-01",
            "ordered from 2025-03-01",
            "days since sold over 40",
            "any tender (tender is cash)",
            "any tender (tender is credit and tender.paid over 20.00 USD)",
            "sale.seller is \"own\"",
        ];
        const LINE: &[&str] = &[
            "item in electronics",
            "item in toys",
            "item in \"Electronics/Phones\"",
            "item not in electronics",
            "item in toys, \"Books\"",
            "condition is sealed",
            "condition is opened, used",
            "condition is not sealed",
            "reason is defective",
            "reason is changed mind, no longer fits",
            "proof is none",
            "proof is receipt, e-receipt",
            "item.final_sale",
            "not item.clean",
            "item.carat at least 1.00",
            "item.carat over 0.50",
            "item.grade is a",
            "item.grade is b, c",
            "item.price over 25.00 USD",
            "item.list_price at most 50.00 USD",
            "item.quantity at least 2",
            "item.has_sale",
            "days since received over 20",
            "days since received at most 30",
            "received before 2025-09-01",
            "new.sku same as item.sku",
            "new.given",
            "new.price over 30.00 USD",
            "item.brand is \"Acme\"",
            "wants is exchange",
        ];
        const SEASONS: &[(&str, &str)] = &[
            ("holiday", "sold"),
            ("winter", "sold"),
            ("promise", "sold"),
            ("spring", "sold"),
            ("holiday", "received"),
        ];
        let late = matches!(inner.stage, Stage::Amounts | Stage::Totals);
        match self.dice.below(100) {
            0..=17 => {
                // A condition of the visit.
                if (late || self.dice.chance(20)) && inner.depth > 0 {
                    inner.stage = inner.stage.max(Stage::Totals);
                    let tests = [
                        "visit.refund over 50.00 USD",
                        "visit.refund at least 20.00 USD",
                        "visit.to_pay over 0.00 USD",
                        "total refund (item in electronics) over 40.00 USD",
                        "visit.uncovered over 10.00 USD",
                    ];
                    return self.dice.pick(&tests).to_owned();
                }
                self.dice.pick(VISIT).to_owned()
            }
            18..=37 => {
                inner.scope = inner.scope.max(Scope::Sale);
                self.dice.pick(SALE).to_owned()
            }
            38..=47 if may_season && inner.seasons.is_empty() => {
                let (season, clock) = *self.dice.one(SEASONS);
                inner.scope = inner.scope.max(if clock == "sold" { Scope::Sale } else { Scope::Line });
                inner.seasons.push(season.to_owned());
                format!("{clock} in {season}")
            }
            48..=51 => {
                inner.scope = inner.scope.max(Scope::Line);
                inner.stage = inner.stage.max(Stage::Amounts);
                self.dice.pick(&["item.refund over 30.00 USD", "item.refund at most 10.00 USD"]).to_owned()
            }
            52..=56 if inner.depth >= 1 => {
                inner.scope = Scope::Tender;
                inner.stage = inner.stage.max(Stage::Totals);
                let tests = [
                    "tender is cash",
                    "tender is credit, debit",
                    "tender is not gift card",
                    "tender.amount over 25.00 USD",
                    "tender.paid over 40.00 USD",
                    "tender.logo",
                    "not tender.logo",
                    "tender is check and tender.amount over 10.00 USD",
                ];
                self.dice.pick(&tests).to_owned()
            }
            _ => {
                inner.scope = inner.scope.max(Scope::Line);
                self.dice.pick(LINE).to_owned()
            }
        }
    }
}
