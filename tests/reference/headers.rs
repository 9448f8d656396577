//! Random headers for [`super::policies`], and the words that all of them use.

use super::policies::Maker;

pub(super) const WORDS: &str = r#"tender   layaway, store card
reason   no longer fits
condition dirty
remedy   half credit: money to gift card
remedy   price reduction: money
role     gemologist
role     shift lead above clerk
category electronics = "Electronics", "Computers" except "Electronics/Batteries"
category toys = "Toys", "Electronics/Games"
list     fee-free = "US-AL", "US-CO"
season   holiday = November 1 to December 24, until January 15
season   winter = November 15 to January 5, until January 31
season   spring = March 1 to May 31
season   promise = 2024-11-01 to 2024-12-31 until 2025-01-14, 2025-10-27 to 2025-12-30 until 2026-01-13
fact     customer.tier : one of none, plus, total, as of sale, changeable
fact     customer.member : yes or no, as of return
fact     visit.staff : yes or no, of the visit, otherwise no
fact     visit.count : whole number, of the visit
fact     sale.gift : yes or no, of the sale
fact     sale.told_on : date, of the sale
fact     tender.cleared : date, of the tender
fact     item.carat : number, of the item
fact     item.clean : yes or no, of the item, otherwise yes
fact     item.missing_cost : money, of the item, otherwise 7.00 USD
fact     item.freight : money, of the item
fact     item.days : whole number, of the item
fact     item.share : number, of the item, otherwise 5
fact     item.grade : one of a, b, c, of the item
fact     tender.logo : yes or no, of the tender, otherwise no
fact     customer.methods : list of text, of the visit
"#;
pub(super) const FORMS: &str = r#"form slip "Slip" {
  signature signature of customer, required
  phone phone, required when visit.refund over 25.00 USD
  note text, optional
}
form log "Log" {
  id text, required, kept as hash for 365 days
  why text, required when condition is damaged, dirty
}
"#;

impl Maker<'_> {
    pub(super) fn header(&mut self) -> String {
        let dice = &mut *self.dice;
        let days = dice.pick(&["the day after", "the day itself"]);
        let months = dice.pick(&["end on the last day", "run into the next month"]);
        let rounding = dice.pick(&["half up", "half up", "half even", "down", "up"]);
        let discounts = dice.pick(&["shared in proportion", "shared in proportion", "clawed back", "void"]);
        let tax = dice.pick(&["returned in full", "returned in full", "returned on what is refunded", "not returned"]);
        let rest = dice.pick(&["as tendered", "in reverse", "in proportion"]);
        let first = dice.pick(&["", "", "gift card first, then ", "gift card first, cash first, then "]);
        let met = dice.pick(&["told", "sent", "received"]);
        let late = dice.pick(&["final", "overridable by manager", "overridable by supervisor"]);
        let lines = dice.pick(&["each by itself", "each by itself", "all together"]);
        let extensions = dice.pick(&["add up", "longest counts"]);
        let mut choices = vec![
            format!("days counted from {days}"),
            format!("months {months}"),
            format!("rounding {rounding}"),
            format!("discounts {discounts}"),
            format!("tax {tax}"),
            format!("split payments {first}{rest}"),
            format!("deadline met when {met}"),
            format!("late returns {late}"),
            format!("lines {lines}"),
            format!("extensions {extensions}"),
        ];
        for clock in ["ordered", "invoiced", "shipped", "received", "installed", "activated"] {
            let then = dice.pick(&["use sold", "ask", "refer to manager"]);
            choices.push(format!("without {clock} {then}"));
        }
        for fee in ["restocking", "handling", "pickup"] {
            let unit = dice.pick(&["line", "line", "item", "return", "label"]);
            let taxed = dice.pick(&["untaxed", "untaxed", "taxed"]);
            choices.push(format!("fee {fee} per {unit}, {taxed}"));
        }
        let closed = dice.pick(&["", ", closed December 24, 2025-06-02"]);
        choices.push(format!("business days us-federal{closed}"));
        if dice.chance(30) {
            choices.push(format!("windows end on {}", dice.pick(&["a business day", "any day"])));
        }
        if dice.chance(60) {
            let shipping =
                dice.pick(&["not returned", "returned", "returned up to the cheapest", "returned with the last item"]);
            choices.push(format!("shipping {shipping}"));
        }
        // Where somebody may let late returns through, some policies say for how much.
        if late != "final" && rest == "in reverse" {
            let rungs =
                "clerk up to 1.00 USD, supervisor up to 20.00 USD, manager up to 60.00 USD, director up to any amount";
            choices.push(format!("authority {rungs}"));
        }
        if dice.chance(70) {
            let gifts = dice.pick(&["value deducted", "must come back", "kept free"]);
            choices.push(format!("gifts {gifts}"));
        }
        if dice.chance(30) {
            let bundles = dice.pick(&["shared in proportion", "clawed back", "void"]);
            choices.push(format!("bundles {bundles}"));
        }
        dice.shuffle(&mut choices);
        let mut lines = vec![
            "  in force from 2020-01-01 by date sold, otherwise date requested".to_owned(),
            "  currency USD".to_owned(),
            "  time zone \"America/New_York\"".to_owned(),
            format!("  choices {{\n    {}\n  }}", choices.join("\n    ")),
        ];
        let attributes = [
            "window",
            "start",
            "basis",
            "fee restocking",
            "fee handling",
            "remedies",
            "hold",
            "due",
            "tax",
            "shipping",
            "discounts",
            "deduction parts",
        ];
        if dice.chance(35) {
            let on = dice.some(&attributes, 4).join(", ");
            let how = dice.pick(&["most favourable to the customer", "strictest"]);
            lines.push(format!("  where clauses disagree on {on} {how}"));
        }
        format!("policy \"Random\" version \"1\" {{\n{}\n}}", lines.join("\n"))
    }
}
