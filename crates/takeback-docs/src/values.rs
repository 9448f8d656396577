//! What sentences state, in words: lengths, prices, fees, ways of the money.

use takeback::date::{FirstDay, Term};
use takeback::program::{
    AdjustmentKind, AttributeValue, Day, Destination, Fee, FeeBound, FeeOf, GuardKind, Kept, LimitSpan, PayEvent,
    Price, StartDate, Version, WindowLength, Within,
};
use takeback::source::Span;
use takeback::terms::{
    Bound, Clock, Counted, GiftRule, Measure, MeetingEvent, Period, Sharing, ShippingRule, SplitRest, TaxRule,
};
use takeback::{Arg, Join};

use crate::clauses::{tree, value};
use crate::conditions::Told;
use crate::words::{Words, slug};

impl Told<'_> {
    /// A value of an attribute.
    pub(crate) fn value(&self, value: &AttributeValue) -> String {
        let words = self.words;
        match value {
            AttributeValue::Yes => words.say("value-yes"),
            AttributeValue::No { overridable_by: None, .. } => words.say("value-no"),
            AttributeValue::No { overridable_by: Some(role), .. } => {
                words.tell("value-no-unless", &[("role", &self.the_role(*role))])
            }
            AttributeValue::Start(dates) => self.start(dates),
            AttributeValue::Window { length, fixed } => {
                let length = self.window(length);
                if *fixed { words.tell("window-fixed", &[("length", &length)]) } else { length }
            }
            AttributeValue::Basis { percent, price } => {
                let price = match price {
                    Price::Paid => words.say("price-paid"),
                    Price::Current => words.say("price-current"),
                    Price::List => words.say("price-list"),
                    Price::LowestIn(length) => {
                        words.tell("price-lowest", &[("length", &Arg::Length((&**length).into()))])
                    }
                    Price::Nothing => words.say("price-nothing"),
                };
                if *percent == rust_decimal::Decimal::ONE_HUNDRED {
                    price
                } else {
                    words.tell("price-share", &[("percent", &words.percent(*percent)), ("price", &price)])
                }
            }
            AttributeValue::NoFee => words.say("fee-none"),
            AttributeValue::Fee(fee) => {
                let text = match fee.of {
                    FeeOf::Percent(percent) => words.tell("fee-percent", &[("percent", &words.percent(percent))]),
                    FeeOf::Money(amount) => words.money(amount),
                    FeeOf::Fact(fact) => words.tell("fee-fact", &[("what", &self.the(fact))]),
                    FeeOf::FactPercent(fact) => words.tell("fee-fact-percent", &[("what", &self.the(fact))]),
                };
                let bound = |bound: FeeBound| match bound {
                    FeeBound::Money(amount) => words.money(amount),
                    FeeBound::Percent(percent) => words.tell("fee-percent", &[("percent", &words.percent(percent))]),
                };
                self.within(text, fee.at_least.map(bound), fee.at_most.map(bound))
            }
            AttributeValue::Tax(rule) => self.tax(*rule),
            AttributeValue::Shipping(rule) => self.shipping(*rule),
            AttributeValue::Discounts(rule) => self.discounts(*rule),
            AttributeValue::Route { to, up_to, rest } => {
                let to = self.destination(*to);
                match (up_to, rest) {
                    (Some(most), Some(rest)) => words.tell(
                        "pay-up-to",
                        &[("to", &to), ("amount", &words.money(*most)), ("rest", &self.tender(*rest))],
                    ),
                    (Some(most), None) => words.tell("pay-at-most", &[("to", &to), ("amount", &words.money(*most))]),
                    (None, _) => to,
                }
            }
            AttributeValue::RouteOneOf(ways) => {
                let ways: Vec<String> = ways.iter().map(|way| self.destination(*way)).collect();
                words.list(&ways, Join::Or)
            }
            AttributeValue::Kept(kept) => self.kept(*kept),
            AttributeValue::Hold(None) => words.say("hold-none"),
            AttributeValue::Hold(Some((term, event))) => {
                words.tell("hold", &[("length", &written(term)), ("event", &self.event(*event))])
            }
            AttributeValue::Deadline(event) => self.deadline(*event),
            AttributeValue::Due(None) => words.say("due-at-once"),
            AttributeValue::Due(Some(Within { term, after, not_before, .. })) => {
                let due = words.tell("due", &[("length", &written(term)), ("event", &self.event(*after))]);
                if not_before.is_empty() {
                    return due;
                }
                let events: Vec<String> = not_before.iter().map(|event| self.back(*event)).collect();
                words.tell("due-not-before", &[("due", &due), ("event", &words.list(&events, Join::Or))])
            }
        }
    }

    /// What an amount starts from; of goods that stay with the customer what it is less than was paid.
    pub(crate) fn basis(&self, value: &AttributeValue, kept: bool) -> String {
        let price = self.value(value);
        if kept { self.words.tell("price-difference", &[("price", &price)]) } else { price }
    }

    /// An amount or a length with its bounds.
    fn within(&self, text: String, at_least: Option<String>, at_most: Option<String>) -> String {
        let bounded = |text: String, key: &str, bound: Option<String>| match bound {
            Some(bound) => self.words.tell(key, &[("fee", &text), ("amount", &bound)]),
            None => text,
        };
        bounded(bounded(text, "fee-at-least", at_least), "fee-at-most", at_most)
    }

    pub(crate) fn window(&self, length: &WindowLength) -> String {
        match length {
            WindowLength::Length(term, ..) => self.words.term(term),
            WindowLength::Told(told, ..) => {
                let bound = |count: u32| self.words.term(&told.of(count));
                let text = self.words.tell("window-told", &[("what", &self.the(told.fact))]);
                self.within(text, told.at_least.map(bound), told.at_most.map(bound))
            }
            WindowLength::Until(day) => self.words.tell("window-until", &[("day", &self.day(*day))]),
            WindowLength::UntilFact(fact) => self.words.tell("window-until", &[("day", &self.the(*fact))]),
            WindowLength::NoLimit => self.words.say("window-no-limit"),
        }
    }

    pub(crate) fn day(&self, day: Day) -> String {
        match day {
            Day::Date(date) => self.words.date(date),
            Day::MonthDay(day, season, _) => self
                .words
                .tell("day-after-season", &[("day", &self.words.month_day(day)), ("season", &self.season(season))]),
            Day::DeadlineOf(season, _) => self.words.tell("day-deadline", &[("season", &self.season(season))]),
            Day::DayAfter(season, _) => self.words.tell("day-after", &[("season", &self.season(season))]),
        }
    }

    pub(crate) fn start(&self, dates: &[StartDate]) -> String {
        let dates: Vec<String> = dates.iter().map(|date| self.start_date(*date)).collect();
        match dates.as_slice() {
            [one] => one.clone(),
            several => self.words.tell("start-later", &[("days", &self.words.list(several, Join::And))]),
        }
    }

    fn start_date(&self, date: StartDate) -> String {
        match date {
            StartDate::Clock(clock) => self.clock(clock),
            StartDate::Fact(fact) => self.the(fact),
        }
    }

    pub(crate) fn clock(&self, clock: Clock) -> String {
        self.words.say(match clock {
            Clock::Sold => "the-sold",
            Clock::Ordered => "the-ordered",
            Clock::Invoiced => "the-invoiced",
            Clock::Shipped => "the-shipped",
            Clock::Received => "the-received",
            Clock::Installed => "the-installed",
            Clock::Activated => "the-activated",
            Clock::FirstParcel => "the-first-parcel",
            Clock::WholeOrder => "the-whole-order",
        })
    }

    fn destination(&self, to: Destination) -> String {
        match to {
            Destination::Original => self.words.say("pay-original"),
            Destination::AskedFor => self.words.say("pay-asked"),
            Destination::Tender(tender) => self.tender(tender),
        }
    }

    fn event(&self, event: PayEvent) -> String {
        match event {
            PayEvent::Sold => self.words.say("the-sold"),
            PayEvent::Requested => self.words.say("the-requested"),
            PayEvent::Back(event) => self.back(event),
            PayEvent::Fact(fact) => self.the(fact),
        }
    }

    /// An event of the return.
    fn back(&self, event: MeetingEvent) -> String {
        self.words.say(match event {
            MeetingEvent::Told => "the-told",
            MeetingEvent::Sent => "the-sent",
            MeetingEvent::Received => "the-back",
        })
    }

    pub(crate) fn adjustment(&self, kind: &AdjustmentKind) -> String {
        let words = self.words;
        match kind {
            AdjustmentKind::Longer(term) => words.tell("window-longer", &[("length", &written(term))]),
            AdjustmentKind::Bound(Bound::AtLeast, day) => words.tell("window-at-least", &[("day", &self.day(*day))]),
            AdjustmentKind::Bound(Bound::AtMost, day) => words.tell("window-at-most", &[("day", &self.day(*day))]),
            AdjustmentKind::StartNotBefore(day) => words.tell("start-not-before", &[("day", &self.day(*day))]),
            AdjustmentKind::Pauses(None) => words.say("window-pauses"),
            AdjustmentKind::Pauses(Some(term)) => words.tell("window-pauses-after", &[("length", &written(term))]),
            AdjustmentKind::Ending(season, term) => {
                words.tell("window-ending", &[("season", &self.season(*season)), ("length", &written(term))])
            }
        }
    }

    pub(crate) fn role(&self, role: u16) -> String {
        self.words.name("role", self.schema.role(role))
    }

    /// A role in every form that the language has.
    pub(crate) fn the_role(&self, role: u16) -> Arg<'_> {
        Arg::Name("role", self.schema.role(role).into())
    }

    pub(crate) fn tender(&self, tender: u16) -> String {
        self.words.name("tender", self.schema.tender(tender))
    }

    /// Remedies in every form that the language has.
    pub(crate) fn the_remedies(&self, remedies: &[u16], join: Join) -> Arg<'_> {
        Arg::Names("remedy", remedies.iter().map(|remedy| self.schema.remedy(*remedy).into()).collect(), join)
    }

    pub(crate) fn remedies(&self, remedies: &[u16], join: Join) -> String {
        let names: Vec<String> =
            remedies.iter().map(|remedy| self.words.name("remedy", self.schema.remedy(*remedy))).collect();
        self.words.list(&names, join)
    }

    pub(crate) fn tax(&self, rule: TaxRule) -> String {
        self.words.say(match rule {
            TaxRule::InFull => "tax-in-full",
            TaxRule::OnRefunded => "tax-on-refunded",
            TaxRule::NotReturned => "tax-not-returned",
        })
    }

    pub(crate) fn shipping(&self, rule: ShippingRule) -> String {
        self.words.say(match rule {
            ShippingRule::NotReturned => "shipping-not-returned",
            ShippingRule::Returned => "shipping-returned",
            ShippingRule::UpToCheapest => "shipping-up-to-cheapest",
            ShippingRule::WithLastItem => "shipping-with-last-item",
        })
    }

    pub(crate) fn discounts(&self, rule: Sharing) -> String {
        self.words.say(match rule {
            Sharing::InProportion => "discounts-in-proportion",
            Sharing::ClawedBack => "discounts-clawed-back",
            Sharing::Void => "discounts-void",
        })
    }

    pub(crate) fn gifts(&self, rule: GiftRule) -> String {
        self.words.say(match rule {
            GiftRule::ValueDeducted => "gifts-value-deducted",
            GiftRule::MustComeBack => "gifts-must-come-back",
            GiftRule::KeptFree => "gifts-kept-free",
        })
    }

    pub(crate) fn deadline(&self, event: MeetingEvent) -> String {
        self.words.say(match event {
            MeetingEvent::Told => "deadline-told",
            MeetingEvent::Sent => "deadline-sent",
            MeetingEvent::Received => "deadline-received",
        })
    }

    /// How a refund is shared over what the sale was paid with.
    pub(crate) fn split(&self, version: &Version) -> String {
        let rest = self.words.say(match version.choices.split_rest {
            SplitRest::AsTendered => "split-as-tendered",
            SplitRest::InReverse => "split-in-reverse",
            SplitRest::InProportion => "split-in-proportion",
        });
        let first: Vec<String> = version.choices.split_first.iter().map(|tender| self.tender(*tender)).collect();
        match first.as_slice() {
            [] => rest,
            first => self.words.tell("split-first", &[("first", &self.words.list(first, Join::And)), ("rest", &rest)]),
        }
    }

    /// What a guard does, with the words of the clause where the reader may see them.
    pub(crate) fn guard(&self, kind: &GuardKind, text: Option<&str>, of: Option<Span>) -> String {
        let words = self.words;
        let said = |base: String| match text {
            Some(text) => words.tell("with-text", &[("what", &base), ("text", &words.text(of, text))]),
            None => base,
        };
        match kind {
            GuardKind::Refer(role) => said(words.tell("guard-refer", &[("role", &self.the_role(*role))])),
            GuardKind::Stop(None) => said(words.say("guard-stop")),
            GuardKind::Stop(Some(role)) => said(words.tell("guard-stop-unless", &[("role", &self.the_role(*role))])),
            GuardKind::Verify { role, within, failed } => {
                let role = self.the_role(*role);
                let base = match within {
                    Some(term) => words.tell("guard-verify-within", &[("role", &role), ("length", &written(term))]),
                    None => words.tell("guard-verify", &[("role", &role)]),
                };
                let base = said(base);
                match failed {
                    Some(failed) => {
                        let text = text.and(failed.text.as_deref());
                        words.tell("guard-failed", &[("what", &base), ("then", &self.guard(&failed.kind, text, of))])
                    }
                    None => base,
                }
            }
        }
    }

    pub(crate) fn limit(&self, limit: &takeback::program::Limit) -> String {
        let words = self.words;
        let money = limit.measure == Measure::Refund;
        let measure = words.say(match limit.measure {
            Measure::Refund => "limit-refund",
            Measure::Returns => "limit-returns",
            Measure::Items => "limit-items",
        });
        let per = words.say(match limit.per {
            Counted::Customer => "limit-customer",
            Counted::Household => "limit-household",
            Counted::Clerk => "limit-clerk",
            Counted::Item => "limit-item",
        });
        let span = match &limit.span {
            LimitSpan::Rolling(length) => words.tell("limit-rolling", &[("length", &written(length))]),
            LimitSpan::Calendar(Period::Year) => words.say("limit-year"),
            LimitSpan::Calendar(Period::Month) => words.say("limit-month"),
            LimitSpan::Calendar(Period::Week) => words.say("limit-week"),
            LimitSpan::Ever => words.say("limit-ever"),
        };
        let most = self.measure(money, limit.at_most);
        let text = words.tell("limit", &[("measure", &measure), ("per", &per), ("span", &span), ("amount", &most)]);
        match limit.floor {
            Some(floor) => words.tell("limit-floor", &[("limit", &text), ("amount", &words.money(floor))]),
            None => text,
        }
    }

    pub(crate) fn kept(&self, kept: Kept) -> String {
        match kept {
            Kept::Never => self.words.say("kept-never"),
            Kept::HashFor(length) => {
                self.words.tell("kept-hash", &[("length", &Arg::Length(length.to_string().into()))])
            }
            Kept::For(length) => self.words.tell("kept-for", &[("length", &Arg::Length(length.to_string().into()))]),
        }
    }

    /// Which day is day 1; nothing where no window is counted in days, or where files count differently.
    pub(crate) fn counting(&self, version: &Version) -> Option<String> {
        let mut found: Vec<FirstDay> = Vec::new();
        let trees = version.attributes.window.iter().filter_map(|at| tree(version, *at));
        for statement in trees.flat_map(|tree| &tree.statements) {
            if let Some(AttributeValue::Window { length, .. }) = value(version, statement.value)
                && let WindowLength::Length(_, first_day, _) | WindowLength::Told(_, first_day, _) = length
                && !found.contains(first_day)
            {
                found.push(*first_day);
            }
        }
        match found.as_slice() {
            [FirstDay::DayItself] => Some(self.words.say("counted-itself")),
            [FirstDay::DayAfter] => Some(self.words.say("counted-after")),
            _ => None,
        }
    }
}

/// A length in every form that the language has.
fn written(term: &Term) -> Arg<'static> {
    Arg::Length(term.to_string().into())
}

/// The name of a fee for readers: as the policy tells it, else as the language does, else its short name.
pub(crate) fn fee_name(words: &Words<'_>, fee: &Fee) -> String {
    let own = words.own("fee", &[&fee.name], None, fee.title.as_deref().unwrap_or(&fee.name));
    if *own != *fee.name {
        return capital(&own);
    }
    let known = words.find(&format!("fee-of-{}", slug(&fee.name)), &[]);
    known.unwrap_or_else(|| words.tell("fee-of-shop", &[("name", &own.replace(['-', '_'], " "))]))
}

/// The name of a deduction for readers, likewise.
pub(crate) fn deduction_name(words: &Words<'_>, version: &Version, name: &str) -> String {
    let title = version.choices.deductions.iter().find(|(known, _)| &**known == name).map(|(_, title)| &**title);
    let own = words.own("deduction", &[name], None, title.unwrap_or(name));
    if own != name {
        return capital(&own);
    }
    words.tell("deduction-of-shop", &[("name", &name.replace(['-', '_'], " "))])
}

/// The same with a capital at its head.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
