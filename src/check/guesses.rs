//! What the language refuses to guess (docs/reference/language.md, "Choices"): reads the header, and reports every choice that
//! the policy makes use of without saying which.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::date::{Calendar, FirstDay, MonthEnd, Unit, Zone, parse_zone, zone_names};
use crate::diagnostic::{Code, Diagnostic, Edit, near};
use crate::facts::Schema;
use crate::money::Currency;
use crate::program::{CashStep, Choices, Fee, Without};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Choice};
use crate::terms::{Clock, VersionClock};

use super::Head;
use super::authority;
use super::calendars;
use super::conditions;
use super::files::Plan;
use super::say;
use super::unread::Unread;
use super::vocabulary::{role_named, tender_named};

/// What a mistyped currency is compared with.
const CURRENCIES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "INR", "JPY", "KRW", "MXN",
    "NOK", "NZD", "PLN", "SEK", "SGD", "TRY", "USD", "ZAR",
];

/// A header, read.
pub(super) struct Header {
    pub(super) head: Head,
    pub(super) from: NaiveDate,
    pub(super) zone: Option<Zone>,
    /// With a stand-in for everything unsaid; [`Used::report`] says what may not be.
    pub(super) choices: Choices,
    said: Vec<Said>,
    /// Where each fee of the choices is declared, and whether that is in a library.
    pub(super) fees: Vec<(Span, bool)>,
    /// Counting of days by file of the plan.
    pub(super) counting: Vec<FileCounting>,
    pub(super) disagree: Vec<ast::Disagree>,
    /// The place of the header, for what it does not say.
    pub(super) span: Span,
    /// Where it says who may approve how much.
    pub(super) authority: Option<Span>,
}

/// How a file counts.
#[derive(Debug, Clone, Default)]
pub(super) struct FileCounting {
    first_day: Option<Spanned<FirstDay>>,
    month_end: Option<MonthEnd>,
    /// Nothing inside: a calendar that does not exist.
    calendar: Option<Option<Arc<Calendar>>>,
    on_business_day: Option<Spanned<bool>>,
}

impl FileCounting {
    fn choose(&mut self, choice: &Spanned<Choice>, out: &mut Vec<Diagnostic>) {
        match &choice.node {
            Choice::FirstDay(day) => self.first_day = Some(Spanned::new(*day, choice.span)),
            Choice::Months(end) => self.month_end = Some(*end),
            Choice::BusinessDays { calendar, closed } => {
                self.calendar = Some(calendars::chosen(calendar, closed, out));
            }
            Choice::WindowsEnd { on_business_day } => {
                self.on_business_day = Some(Spanned::new(*on_business_day, choice.span));
            }
            _ => {}
        }
    }

    /// What another file says where this one says nothing.
    fn or(self, other: &Self) -> Self {
        Self {
            first_day: self.first_day.or(other.first_day),
            month_end: self.month_end.or(other.month_end),
            calendar: self.calendar.or_else(|| other.calendar.clone()),
            on_business_day: self.on_business_day.or(other.on_business_day),
        }
    }

    /// The calendar of business days, and whether one is named at all.
    pub(super) fn calendar(&self) -> (Option<&Arc<Calendar>>, bool) {
        (self.calendar.as_ref().and_then(Option::as_ref), self.calendar.is_some())
    }

    /// The calendar on whose business days windows end.
    pub(super) fn ends_on(&self) -> Option<&Arc<Calendar>> {
        self.calendar().0.filter(|_| self.on_business_day.is_some_and(|said| said.node))
    }

    /// The place of `windows end on a business day` where nothing says which days these are.
    fn ends_on_nothing(&self) -> Option<Span> {
        self.on_business_day.filter(|said| said.node && !self.calendar().1).map(|said| said.span)
    }

    pub(super) fn first_day(&self) -> FirstDay {
        self.first_day.map_or(FirstDay::DayAfter, |said| said.node)
    }

    pub(super) fn month_end(&self) -> MonthEnd {
        self.month_end.unwrap_or(MonthEnd::LastDay)
    }
}

/// The kinds of choices, for finding out which are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    FirstDay,
    Months,
    BusinessDays,
    WindowsEnd,
    Rounding,
    Discounts,
    Bundles,
    Gifts,
    Tax,
    Shipping,
    Cash,
    Fee(String),
    Deduction(String),
    Extensions,
    Split,
    Without(Clock),
    Deadline,
    Late,
    Lines,
    Authority,
}

fn kind(choice: &Choice) -> Said {
    match choice {
        Choice::FirstDay(_) => Said::FirstDay,
        Choice::Months(_) => Said::Months,
        Choice::BusinessDays { .. } => Said::BusinessDays,
        Choice::WindowsEnd { .. } => Said::WindowsEnd,
        Choice::Rounding(_) => Said::Rounding,
        Choice::Discounts(_) => Said::Discounts,
        Choice::Bundles(_) => Said::Bundles,
        Choice::Gifts(_) => Said::Gifts,
        Choice::Tax(_) => Said::Tax,
        Choice::Shipping(_) => Said::Shipping,
        Choice::Cash(_) => Said::Cash,
        Choice::Fee { name, .. } => Said::Fee(name.node.clone()),
        Choice::Deduction { name, .. } => Said::Deduction(name.node.clone()),
        Choice::Extensions(_) => Said::Extensions,
        Choice::Split { .. } => Said::Split,
        Choice::Without { clock, .. } => Said::Without(*clock),
        Choice::Deadline(_) => Said::Deadline,
        Choice::Late(_) => Said::Late,
        Choice::Lines { .. } => Said::Lines,
        Choice::Authority(_) => Said::Authority,
    }
}

/// Reads the header of a version and the choices of the libraries it uses. What the header says goes before what a library says.
pub(super) fn header(plan: &Plan<'_>, unread: &Unread<'_>, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> Header {
    let policy = plan.policy;
    let lines = &policy.header;
    let once = |spans: Vec<Span>, what: &str, out: &mut Vec<Diagnostic>| {
        if let (Some(first), Some(second)) = (spans.first(), spans.get(1)) {
            out.push(
                Diagnostic::new(Code::DefinedTwice, *second, format!("{what} is said twice"))
                    .label(*first, "the first time")
                    .help("keep one of the two lines"),
            );
        }
    };
    once(lines.in_force.iter().map(|l| l.span).collect(), "from when the version is in force", out);
    once(lines.currency.iter().map(|l| l.span).collect(), "the currency", out);
    once(lines.zone.iter().map(|l| l.span).collect(), "the time zone", out);
    // A line that could not be read has its finding.
    let missing = |begin: &str, what: &str, example: &str, out: &mut Vec<Diagnostic>| {
        if !unread.begins(begin, policy.span) {
            out.push(
                Diagnostic::new(Code::NoPolicy, policy.span, format!("the header of this policy does not say {what}"))
                    .help(format!("add a line such as `{example}`")),
            );
        }
    };
    let currency = match lines.currency.first() {
        Some(code) => match code.node.parse::<Currency>() {
            Ok(currency) => Some(Spanned::new(currency, code.span)),
            Err(_) => {
                let finding =
                    Diagnostic::new(Code::UnknownName, code.span, format!("`{}` is not a currency", code.node));
                let help = "write the three letters of ISO 4217, such as `USD` or `EUR`".to_owned();
                out.push(match near(&code.node, CURRENCIES) {
                    Some(_) => say::meant(finding, code, CURRENCIES, None),
                    None => finding.help(help),
                });
                None
            }
        },
        None => {
            missing("currency", "its currency", "currency USD", out);
            None
        }
    };
    let zone = lines.zone.first().and_then(|name| match parse_zone(&name.node) {
        Ok(zone) => Some(zone),
        Err(error) => {
            let finding = Diagnostic::new(Code::UnknownName, name.span, error.to_string());
            out.push(match near(&name.node, zone_names()) {
                Some(close) => {
                    let edit = Edit::new(name.span, format!("\"{close}\""));
                    finding.help(format!("did you mean `{close}`?")).fix(format!("replace with `{close}`"), vec![edit])
                }
                None => finding.help("write a continent and a city, such as `\"Europe/Berlin\"`"),
            });
            None
        }
    });
    if lines.zone.is_empty() {
        missing("time", "its time zone", "time zone \"America/New_York\"", out);
    }
    if lines.in_force.is_empty() {
        missing(
            "in",
            "from when it is in force",
            "in force from 2026-01-01 by date sold, otherwise date requested",
            out,
        );
    }
    let in_force = lines.in_force.first();
    if let Some((line, other)) = in_force.and_then(|f| Some((f, f.otherwise.as_ref()?))) {
        let why = if other.node == line.by.node {
            Some("this date is missing when the first one is")
        } else if line.by.node == VersionClock::Requested {
            Some("the day of the request is always known, so this never counts")
        } else {
            None
        };
        if let Some(why) = why {
            out.push(Diagnostic::new(Code::NoEffect, other.span, why).help("leave out `otherwise …`"));
        }
    }
    let mut header = Header {
        head: Head {
            name: policy.name.clone(),
            currency,
            clock: in_force.map(|f| (f.by.node, f.otherwise.as_ref().map(|o| o.node))),
            clock_span: in_force.map_or(policy.span, |f| f.span),
        },
        from: in_force.map_or(NaiveDate::MIN, |f| f.from.node),
        zone,
        choices: Choices::default(),
        said: Vec::new(),
        fees: Vec::new(),
        counting: Vec::new(),
        disagree: lines.disagree.clone(),
        span: policy.span,
        authority: None,
    };
    let empty = ast::Header::default();
    let own: Vec<&Spanned<Choice>> = choices_of(plan.files.first().map_or(&[], |f| &f.file.items), lines);
    let mut made: Vec<(Said, &Spanned<Choice>)> = Vec::new();
    for choice in own {
        make(&mut header, choice, &mut made, schema, out);
    }
    let from_header = made.len();
    header.fees.resize(header.choices.fees.len(), (policy.span, false));
    let mut counting = vec![FileCounting::default()];
    for (file, used) in plan.files.iter().enumerate().skip(1) {
        let lines = used.library.map_or(&empty, |l| &l.header);
        header.disagree.extend(lines.disagree.iter().cloned());
        let list = choices_of(&used.file.items, lines);
        let mut own = FileCounting::default();
        let mut here: Vec<(Said, &Spanned<Choice>)> = Vec::new();
        for choice in list {
            match &choice.node {
                Choice::FirstDay(_) | Choice::Months(_) | Choice::BusinessDays { .. } | Choice::WindowsEnd { .. } => {
                    let kind = kind(&choice.node);
                    if let Some((_, first)) = here.iter().find(|(k, _)| *k == kind) {
                        out.push(chosen_twice(choice, first));
                        continue;
                    }
                    here.push((kind, choice));
                    own.choose(choice, out);
                }
                _ => {
                    let kind = kind(&choice.node);
                    match made.iter().position(|(k, _)| *k == kind) {
                        Some(at) if at < from_header => {}
                        _ => make(&mut header, choice, &mut made, schema, out),
                    }
                }
            }
        }
        header.fees.resize(header.choices.fees.len(), (policy.span, plan.shared(file)));
        counting.push(own);
    }
    let mut whole = FileCounting::default();
    for (_, choice) in &made {
        whole.choose(choice, out);
    }
    header.counting = counting.into_iter().map(|own| own.or(&whole)).collect();
    let mut ends: Vec<Span> = header.counting.iter().filter_map(FileCounting::ends_on_nothing).collect();
    ends.dedup();
    out.extend(ends.into_iter().map(|place| which_business_days(&header, place, "")));
    for (fee, (span, _)) in header.choices.fees.iter().zip(&mut header.fees) {
        let place = made.iter().find_map(|(_, choice)| match &choice.node {
            Choice::Fee { name, .. } if *name.node == *fee.name => Some(name.span),
            _ => None,
        });
        *span = place.unwrap_or(*span);
    }
    waits_for_itself(&header, &made, out);
    authority::read(&mut header, &made, schema, out);
    header.said = made.into_iter().map(|(k, _)| k).collect();
    header
}

/// Reports dates that stand in for each other, so that nothing is left when all are missing.
fn waits_for_itself(header: &Header, made: &[(Said, &Spanned<Choice>)], out: &mut Vec<Diagnostic>) {
    let then = |clock: Clock| match header.choices.without.iter().find(|(c, _)| *c == clock) {
        Some((_, Without::Use(other))) => Some(*other),
        _ => None,
    };
    let place = |clock: Clock| made.iter().find(|(k, _)| *k == Said::Without(clock)).map(|(_, c)| c.span);
    let mut reported: Vec<Clock> = Vec::new();
    for (clock, _) in &header.choices.without {
        let circle: Vec<Clock> =
            std::iter::successors(then(*clock), |at| then(*at)).take(8).take_while(|at| at != clock).collect();
        let closes = circle.last().copied().or(Some(*clock)).and_then(then) == Some(*clock);
        if !closes || reported.contains(clock) {
            continue;
        }
        reported.push(*clock);
        reported.extend(&circle);
        let Some(span) = place(*clock) else { continue };
        let mut finding = Diagnostic::new(
            Code::WrongKind,
            span,
            "these dates stand in for each other, so nothing is left when all are missing",
        );
        for other in circle.iter().filter_map(|clock| place(*clock)) {
            finding = finding.label(other, "and this one goes back");
        }
        let word = clock.word();
        out.push(
            finding.help(format!("let one of them end it: `without {word} ask` or `without {word} refer to manager`")),
        );
    }
}

fn chosen_twice(choice: &Spanned<Choice>, first: &Spanned<Choice>) -> Diagnostic {
    Diagnostic::new(Code::DefinedTwice, choice.span, "this is chosen twice")
        .label(first.span, "the first time")
        .help("keep the one you mean")
}

fn choices_of<'a>(items: &'a [ast::Item], header: &'a ast::Header) -> Vec<&'a Spanned<Choice>> {
    let loose = items.iter().filter_map(|i| if let ast::Item::Choices(c) = i { Some(c) } else { None });
    header.choices.iter().chain(loose).flat_map(|c| &c.lines).collect()
}

fn make<'a>(
    header: &mut Header,
    choice: &'a Spanned<Choice>,
    made: &mut Vec<(Said, &'a Spanned<Choice>)>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) {
    let kind = kind(&choice.node);
    if let Some((_, first)) = made.iter().find(|(k, _)| *k == kind) {
        if first.node != choice.node || first.span.source == choice.span.source {
            out.push(chosen_twice(choice, first));
        }
        return;
    }
    let choices = &mut header.choices;
    match &choice.node {
        Choice::FirstDay(_) | Choice::BusinessDays { .. } | Choice::WindowsEnd { .. } => {}
        Choice::Months(end) => choices.month_end = *end,
        Choice::Rounding(rounding) => choices.rounding = *rounding,
        Choice::Discounts(sharing) => choices.discounts = *sharing,
        Choice::Bundles(sharing) => choices.bundles = Some(*sharing),
        Choice::Gifts(rule) => choices.gifts = Some(*rule),
        Choice::Tax(rule) => choices.tax = *rule,
        Choice::Shipping(rule) => choices.shipping = *rule,
        Choice::Cash(None) => choices.cash = None,
        Choice::Cash(Some(cash)) => {
            let currency = header.head.currency.as_ref().map(|currency| currency.node);
            match cash_step(cash, currency, schema, out) {
                Some(step) => choices.cash = Some(step),
                None => {
                    made.push((kind, choice));
                    return;
                }
            }
        }
        Choice::Fee { name, title, unit, taxed } => {
            let title = title.as_ref().map(|title| title.node.as_str().into());
            choices.fees.push(Fee { name: name.node.as_str().into(), title, unit: *unit, taxed: *taxed });
        }
        Choice::Deduction { name, title } => {
            choices.deductions.push((name.node.as_str().into(), title.node.as_str().into()));
        }
        Choice::Extensions(rule) => choices.extensions = *rule,
        Choice::Split { first, rest } => {
            for (at, name) in first.iter().enumerate() {
                if let Some(other) = first.iter().take(at).find(|n| n.node == name.node) {
                    out.push(
                        Diagnostic::new(
                            Code::NoEffect,
                            name.span,
                            format!("`{}` is paid back first already", name.node),
                        )
                        .label(other.span, "here"),
                    );
                }
            }
            choices.split_first = first.iter().filter_map(|name| tender_named(name, schema, out)).collect();
            choices.split_rest = *rest;
        }
        Choice::Without { clock, then } => {
            let then = match then {
                ast::Without::Use(other) if other.node == *clock => {
                    let word = clock.word();
                    out.push(
                        Diagnostic::new(Code::WrongKind, other.span, "a missing date cannot stand in for itself").help(
                            format!(
                                "name another date, as in `without {word} use {}`, or write `without {word} ask`",
                                if *clock == Clock::Sold { "ordered" } else { "sold" }
                            ),
                        ),
                    );
                    return;
                }
                ast::Without::Use(other) => Without::Use(other.node),
                ast::Without::Ask => Without::Ask,
                ast::Without::Refer(role) => match role_named(role, schema, out) {
                    Some(role) => Without::Refer(role),
                    None => return,
                },
            };
            choices.without.push((*clock, then));
        }
        Choice::Deadline(event) => choices.deadline = *event,
        Choice::Late(ast::Finality::Final) => choices.late = None,
        Choice::Late(ast::Finality::Overridable(role)) => choices.late = role_named(role, schema, out),
        Choice::Lines { together } => choices.together = *together,
        // Read once all choices are known.
        Choice::Authority(_) => {}
    }
    made.push((kind, choice));
}

/// The smallest coin and where it is; nothing when it can be none, which is reported.
fn cash_step(
    cash: &ast::CashStep,
    currency: Option<Currency>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) -> Option<CashStep> {
    if !conditions::money(&cash.step, currency, out) {
        return None;
    }
    let ast::Value::Money { amount, .. } = &cash.step.node else { return None };
    if amount.is_zero() {
        let finding = Diagnostic::new(Code::OutOfRange, cash.step.span, "there is no coin of nothing");
        out.push(finding.help("write what the smallest coin is worth, or `cash not rounded`"));
        return None;
    }
    let mut countries = Vec::new();
    for country in &cash.countries {
        let code = country.node.len() == 2 && country.node.bytes().all(|letter| letter.is_ascii_uppercase());
        if !code {
            let message = format!("`{}` is not the code of a country", country.node);
            let finding = Diagnostic::new(Code::WrongKind, country.span, message);
            out.push(finding.help("write the two capital letters of ISO 3166-1, such as `\"FI\"`"));
            return None;
        }
        countries.push(schema.text(&country.node));
    }
    Some(CashStep { step: *amount, countries })
}

/// What a policy makes use of: the first place of each.
#[derive(Default)]
pub(super) struct Used {
    /// A window with a length: its place and its file.
    pub(super) lengths: Vec<(Unit, Span, usize)>,
    /// Other lengths that may be months.
    pub(super) months: Vec<(Unit, Span, usize)>,
    /// Business days without a calendar, of their own or of their file.
    pub(super) business_days: Option<Span>,
    pub(super) window: Option<Span>,
    /// A window of the policy, not of a right.
    pub(super) late: Option<Span>,
    /// Of the policy, not of rights.
    pub(super) clocks: Vec<(Clock, Span)>,
    /// Extensions of windows, and the right each of them stands in.
    pub(super) longer: Vec<(Option<usize>, Span)>,
    pub(super) paid: Option<Span>,
    pub(super) money: Option<Span>,
    pub(super) original: Option<Span>,
    /// Where money may be paid out in cash.
    pub(super) cash: Option<Span>,
}

impl Used {
    /// Reports what is used and not said.
    pub(super) fn report(&self, header: &Header, out: &mut Vec<Diagnostic>) {
        let said = |kind: &Said| header.said.contains(kind);
        let ask = |code: Code, place: Span, what: &str, choices: &[(&str, &str)], out: &mut Vec<Diagnostic>| {
            out.push(asked(header, code, place, what, choices));
        };
        let days = self.lengths.iter().find(|(unit, _, file)| {
            !matches!(unit, Unit::Hours) && header.counting.get(*file).is_none_or(|c| c.first_day.is_none())
        });
        if let Some((_, place, _)) = days {
            ask(
                Code::FirstDayNotSaid,
                *place,
                "which day is the first of this window?",
                &[
                    ("days counted from the day after", "sold on March 1, 30 days end on March 31"),
                    ("days counted from the day itself", "they end on March 30"),
                ],
                out,
            );
            // Another file may say it, but only for itself.
            let other = header.counting.iter().find_map(|counting| counting.first_day);
            if let Some(other) = other
                && let Some(finding) = out.pop()
            {
                out.push(finding.label(other.span, "said here, for what is written in this file alone"));
            }
        }
        let months = self.lengths.iter().chain(&self.months).find(|(unit, _, file)| {
            matches!(unit, Unit::Months | Unit::Years)
                && header.counting.get(*file).is_none_or(|c| c.month_end.is_none())
        });
        if let Some((_, place, _)) = months {
            ask(
                Code::MonthEndNotSaid,
                *place,
                "where does this end when the last month is too short?",
                &[
                    ("months end on the last day", "one month after January 31 is February 28"),
                    ("months run into the next month", "it is March 1"),
                ],
                out,
            );
        }
        if let Some(place) = self.business_days {
            let here = ", or name one here, as in `10 business days of us-federal`";
            out.push(which_business_days(header, place, here));
        }
        for (at, (clock, place)) in self.clocks.iter().enumerate() {
            let first = !self.clocks.iter().take(at).any(|(c, _)| c == clock);
            if first && *clock != Clock::Sold && !said(&Said::Without(*clock)) {
                let word = clock.word();
                let choices = [
                    (format!("without {word} use sold"), "the day of the sale stands in"),
                    (format!("without {word} ask"), "the customer or the clerk is asked"),
                    (format!("without {word} refer to manager"), "a person decides"),
                ];
                let choices: Vec<(&str, &str)> = choices.iter().map(|(c, means)| (c.as_str(), *means)).collect();
                let what = format!("what counts when it is not known when the goods were {word}?");
                ask(Code::MissingDateNotSaid, *place, &what, &choices, out);
            }
        }
        // What the policy adds and what a right adds never come together.
        let pair = self.longer.iter().enumerate().find_map(|(at, (block, second))| {
            let (_, first) = self.longer.iter().take(at).find(|(other, _)| other == block)?;
            Some((*first, *second))
        });
        if let Some((first, second)) = pair.filter(|_| !said(&Said::Extensions)) {
            let choices =
                [("extensions add up", "30 and 14 days make 44"), ("extensions longest counts", "they make 30")];
            let what = "what do two extensions of a window make together?";
            out.push(
                asked(header, Code::ExtensionsNotSaid, second, what, &choices).label(first, "the other extension"),
            );
        }
        if let Some(place) = self.window
            && !said(&Said::Deadline)
        {
            ask(
                Code::DeadlineEventNotSaid,
                place,
                "what must happen before the window ends?",
                &[
                    ("deadline met when told", "the customer says so"),
                    ("deadline met when sent", "the parcel is on its way"),
                    ("deadline met when received", "the goods are back"),
                ],
                out,
            );
        }
        if let Some(place) = self.late
            && !said(&Said::Late)
        {
            ask(
                Code::LateReturnsNotSaid,
                place,
                "can somebody let a return through that comes after this window?",
                &[
                    ("late returns final", "nobody can"),
                    ("late returns overridable by manager", "a manager, or another role, can"),
                ],
                out,
            );
        }
        if let Some(place) = self.paid
            && !said(&Said::Discounts)
        {
            ask(
                Code::DiscountsNotSaid,
                place,
                "what was paid for one item when a discount covers several?",
                &[
                    ("discounts shared in proportion", "each item carries its share"),
                    ("discounts clawed back", "what is kept is priced again, by the terms of the discount"),
                    ("discounts void", "what is kept is priced again without it"),
                ],
                out,
            );
        }
        if let Some(place) = self.money
            && !said(&Said::Tax)
        {
            ask(
                Code::TaxNotSaid,
                place,
                "how much tax goes back with the money?",
                &[
                    ("tax returned in full", "all tax of the goods, whatever is kept of their price"),
                    ("tax returned on what is refunded", "in proportion"),
                    ("tax not returned", "none"),
                ],
                out,
            );
        }
        if let Some(place) = self.original
            && !said(&Said::Split)
        {
            ask(
                Code::SplitPaymentsNotSaid,
                place,
                "which tender is paid back first when several were used?",
                &[
                    ("split payments in proportion", "each gets its share"),
                    ("split payments as tendered", "the first one first"),
                    ("split payments in reverse", "the last one first"),
                    ("split payments gift card first, then in proportion", "a named one first"),
                ],
                out,
            );
        }
        if let Some((place, currency)) = self.cash.zip(header.head.currency.as_ref())
            && let Some(step) = currency.node.smallest_coin()
            && !said(&Said::Cash)
        {
            let code = currency.node;
            let everywhere = format!("cash to the nearest {step} {code}");
            let somewhere = format!("{everywhere} in \"FI\", \"NL\"");
            let mut choices = vec![
                (everywhere.as_str(), "what is handed out is a multiple of the smallest coin"),
                ("cash not rounded", "there are coins for every amount, or nobody is paid in cash"),
            ];
            if code.code() == "EUR" {
                choices.insert(1, (somewhere.as_str(), "only in the stores of these countries"));
            }
            ask(Code::CashNotSaid, place, "what is cash rounded to?", &choices, out);
        }
        if !said(&Said::Rounding) {
            ask(
                Code::RoundingNotSaid,
                header.span,
                "how are fractions of a cent rounded?",
                &[
                    ("rounding half up", "1.485 makes 1.49"),
                    ("rounding half even", "1.485 makes 1.48"),
                    ("rounding down", "1.489 makes 1.48"),
                    ("rounding up", "1.481 makes 1.49"),
                ],
                out,
            );
        }
        if !said(&Said::Lines) {
            ask(
                Code::LinesNotSaid,
                header.span,
                "does a line that is not accepted hold back the others of its visit?",
                &[("lines each by itself", "no"), ("lines all together", "yes, all or nothing")],
                out,
            );
        }
    }
}

/// The finding for business days of no calendar.
fn which_business_days(header: &Header, place: Span, here: &str) -> Diagnostic {
    Diagnostic::new(Code::BusinessDaysNotSaid, place, "which days are business days?")
        .label(header.span, "this header does not say it")
        .help(format!(
            "add to `choices` `business days us-federal`, or another calendar{here}\ncalendars: {}",
            calendars::list()
        ))
}

/// The finding for a choice that is not made.
fn asked(header: &Header, code: Code, place: Span, what: &str, choices: &[(&str, &str)]) -> Diagnostic {
    let choices: Vec<String> = choices.iter().map(|(choice, means)| format!("`{choice}`: {means}")).collect();
    Diagnostic::new(code, place, what.to_owned())
        .label(header.span, "this header does not say it")
        .help(format!("add one of these to `choices`:\n{}", choices.join(";\n")))
}
