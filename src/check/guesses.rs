//! What the language refuses to guess (docs/reference/language.md, "Choices"): reads the header, and reports every choice that
//! the policy makes use of without saying which.

use chrono::NaiveDate;

use crate::date::{Counting, FirstDay, MonthEnd, Tz, Unit, parse_zone};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::Schema;
use crate::money::Currency;
use crate::program::{Choices, Fee, Without};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Choice};
use crate::terms::Clock;

use super::Head;
use super::files::Plan;
use super::words::{Words, role_named, tender_named};

/// A header, read.
pub(super) struct Header {
    pub(super) head: Head,
    pub(super) from: NaiveDate,
    pub(super) zone: Option<Tz>,
    /// With a stand-in for everything unsaid; [`Used::report`] says what may not be.
    pub(super) choices: Choices,
    said: Vec<Said>,
    /// Counting of days by file of the plan.
    pub(super) counting: Vec<FileCounting>,
    pub(super) disagree: Vec<ast::Disagree>,
    /// The place of the header, for what it does not say.
    span: Span,
}

/// How a file counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileCounting {
    first_day: Option<FirstDay>,
    month_end: Option<MonthEnd>,
}

impl FileCounting {
    pub(super) fn counting(self) -> Counting {
        Counting {
            first_day: self.first_day.unwrap_or(FirstDay::DayAfter),
            month_end: self.month_end.unwrap_or(MonthEnd::LastDay),
        }
    }
}

/// The kinds of choices, for finding out which are made.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    FirstDay,
    Months,
    Rounding,
    Discounts,
    Bundles,
    Gifts,
    Tax,
    Shipping,
    Fee(String),
    Extensions,
    Split,
    Without(Clock),
    Deadline,
    Late,
    Lines,
}

fn kind(choice: &Choice) -> Said {
    match choice {
        Choice::FirstDay(_) => Said::FirstDay,
        Choice::Months(_) => Said::Months,
        Choice::Rounding(_) => Said::Rounding,
        Choice::Discounts(_) => Said::Discounts,
        Choice::Bundles(_) => Said::Bundles,
        Choice::Gifts(_) => Said::Gifts,
        Choice::Tax(_) => Said::Tax,
        Choice::Shipping(_) => Said::Shipping,
        Choice::Fee { name, .. } => Said::Fee(name.node.clone()),
        Choice::Extensions(_) => Said::Extensions,
        Choice::Split { .. } => Said::Split,
        Choice::Without { clock, .. } => Said::Without(*clock),
        Choice::Deadline(_) => Said::Deadline,
        Choice::Late(_) => Said::Late,
        Choice::Lines { .. } => Said::Lines,
    }
}

/// Reads the header of a version and the choices of the libraries it uses. What the header says goes before what a library says.
pub(super) fn header(plan: &Plan<'_>, _words: &Words, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> Header {
    let policy = plan.policy;
    let lines = &policy.header;
    let once = |spans: Vec<Span>, what: &str, out: &mut Vec<Diagnostic>| {
        if let (Some(first), Some(second)) = (spans.first(), spans.get(1)) {
            out.push(
                Diagnostic::new(Code::DefinedTwice, *second, format!("{what} is said twice"))
                    .label(*first, "the first time"),
            );
        }
    };
    once(lines.in_force.iter().map(|l| l.span).collect(), "from when the version is in force", out);
    once(lines.currency.iter().map(|l| l.span).collect(), "the currency", out);
    once(lines.zone.iter().map(|l| l.span).collect(), "the time zone", out);
    let missing = |what: &str, example: &str, out: &mut Vec<Diagnostic>| {
        out.push(
            Diagnostic::new(Code::NoPolicy, policy.span, format!("the header does not say {what}"))
                .help(format!("add a line such as `{example}`")),
        );
    };
    let currency = match lines.currency.first() {
        Some(code) => match code.node.parse::<Currency>() {
            Ok(currency) => Some(Spanned::new(currency, code.span)),
            Err(_) => {
                out.push(
                    Diagnostic::new(Code::UnknownName, code.span, format!("`{}` is not a currency", code.node))
                        .help("use the three letters of ISO 4217, such as USD or EUR"),
                );
                None
            }
        },
        None => {
            missing("its currency", "currency USD", out);
            None
        }
    };
    let zone = lines.zone.first().and_then(|name| match parse_zone(&name.node) {
        Ok(zone) => Some(zone),
        Err(error) => {
            out.push(Diagnostic::new(Code::UnknownName, name.span, error.to_string()));
            None
        }
    });
    if lines.zone.is_empty() {
        missing("its time zone", "time zone \"America/New_York\"", out);
    }
    if lines.in_force.is_empty() {
        missing("from when it is in force", "in force from 2026-01-01 by date sold, otherwise date requested", out);
    }
    let in_force = lines.in_force.first();
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
        counting: Vec::new(),
        disagree: lines.disagree.clone(),
        span: policy.span,
    };
    let empty = ast::Header::default();
    let own: Vec<&Spanned<Choice>> = choices_of(plan.files.first().map_or(&[], |f| &f.file.items), lines);
    let mut made: Vec<(Said, &Spanned<Choice>)> = Vec::new();
    for choice in own {
        make(&mut header, choice, &mut made, schema, out);
    }
    let from_header = made.len();
    let mut counting = vec![(None, None)];
    for used in plan.files.iter().skip(1) {
        let lines = used.library.map_or(&empty, |l| &l.header);
        header.disagree.extend(lines.disagree.iter().cloned());
        let list = choices_of(&used.file.items, lines);
        let mut own = (None, None);
        for choice in list {
            match &choice.node {
                Choice::FirstDay(day) => own.0 = Some(*day),
                Choice::Months(end) => own.1 = Some(*end),
                _ => {
                    let kind = kind(&choice.node);
                    match made.iter().position(|(k, _)| *k == kind) {
                        Some(at) if at < from_header => {}
                        Some(_) => make(&mut header, choice, &mut made, schema, out),
                        None => make(&mut header, choice, &mut made, schema, out),
                    }
                }
            }
        }
        counting.push(own);
    }
    let said = |wanted: Said| made.iter().rev().find(|(k, _)| *k == wanted).map(|(_, c)| &c.node);
    let day = match said(Said::FirstDay) {
        Some(Choice::FirstDay(day)) => Some(*day),
        _ => None,
    };
    let end = match said(Said::Months) {
        Some(Choice::Months(end)) => Some(*end),
        _ => None,
    };
    header.counting =
        counting.iter().map(|(d, m)| FileCounting { first_day: d.or(day), month_end: m.or(end) }).collect();
    header.said = made.into_iter().map(|(k, _)| k).collect();
    header
}

fn choices_of<'a>(items: &'a [ast::Item], header: &'a ast::Header) -> Vec<&'a Spanned<Choice>> {
    let loose = items.iter().filter_map(|i| if let ast::Item::Choices(c) = i { Some(c) } else { None });
    header.choices.iter().chain(loose).flat_map(|c| &c.lines).collect()
}

fn make<'a>(
    header: &mut Header,
    choice: &'a Spanned<Choice>,
    made: &mut Vec<(Said, &'a Spanned<Choice>)>,
    schema: &Schema,
    out: &mut Vec<Diagnostic>,
) {
    let kind = kind(&choice.node);
    if let Some((_, first)) = made.iter().find(|(k, _)| *k == kind) {
        if first.node != choice.node || first.span.source == choice.span.source {
            out.push(
                Diagnostic::new(Code::DefinedTwice, choice.span, "this is chosen twice")
                    .label(first.span, "the first time"),
            );
        }
        return;
    }
    let choices = &mut header.choices;
    match &choice.node {
        Choice::FirstDay(_) => {}
        Choice::Months(end) => choices.month_end = *end,
        Choice::Rounding(rounding) => choices.rounding = *rounding,
        Choice::Discounts(sharing) => choices.discounts = *sharing,
        Choice::Bundles(sharing) => choices.bundles = Some(*sharing),
        Choice::Gifts(rule) => choices.gifts = Some(*rule),
        Choice::Tax(rule) => choices.tax = *rule,
        Choice::Shipping(rule) => choices.shipping = *rule,
        Choice::Fee { name, unit, taxed } => {
            choices.fees.push(Fee { name: name.node.as_str().into(), unit: *unit, taxed: *taxed });
        }
        Choice::Extensions(rule) => choices.extensions = *rule,
        Choice::Split { first, rest } => {
            choices.split_first = first.iter().filter_map(|name| tender_named(name, schema, out)).collect();
            choices.split_rest = *rest;
        }
        Choice::Without { clock, then } => {
            let then = match then {
                ast::Without::Use(other) if other.node == *clock => {
                    out.push(Diagnostic::new(Code::WrongKind, other.span, "a missing date cannot stand in for itself"));
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
    }
    made.push((kind, choice));
}

/// What a policy makes use of: the first place of each.
#[derive(Default)]
pub(super) struct Used {
    /// A window with a length: its place and its file.
    pub(super) lengths: Vec<(Unit, Span, usize)>,
    pub(super) window: Option<Span>,
    pub(super) clocks: Vec<(Clock, Span)>,
    pub(super) longer: Vec<Span>,
    pub(super) paid: Option<Span>,
    pub(super) money: Option<Span>,
    pub(super) original: Option<Span>,
}

impl Used {
    /// Reports what is used and not said.
    pub(super) fn report(&self, header: &Header, out: &mut Vec<Diagnostic>) {
        let said = |kind: &Said| header.said.contains(kind);
        let mut ask = |code: Code, place: Span, what: &str, choices: &[&str]| {
            out.push(
                Diagnostic::new(code, place, what.to_owned())
                    .label(header.span, "this header does not say which")
                    .help(format!("add one of these to `choices`: {}", choices.join("; "))),
            );
        };
        let days = self.lengths.iter().find(|(unit, _, file)| {
            !matches!(unit, Unit::Hours) && header.counting.get(*file).is_none_or(|c| c.first_day.is_none())
        });
        if let Some((_, place, _)) = days {
            ask(
                Code::FirstDayNotSaid,
                *place,
                "is the day of the event day 1 of this window?",
                &["`days counted from the day after`", "`days counted from the day itself`"],
            );
        }
        let months = self.lengths.iter().find(|(unit, _, file)| {
            matches!(unit, Unit::Months | Unit::Years)
                && header.counting.get(*file).is_none_or(|c| c.month_end.is_none())
        });
        if let Some((_, place, _)) = months {
            ask(
                Code::MonthEndNotSaid,
                *place,
                "where does this end when its last month has no such day?",
                &["`months end on the last day`", "`months run into the next month`"],
            );
        }
        for (at, (clock, place)) in self.clocks.iter().enumerate() {
            let first = !self.clocks.iter().take(at).any(|(c, _)| c == clock);
            if first && *clock != Clock::Sold && !said(&Said::Without(*clock)) {
                let word = clock.word();
                let choices = [
                    format!("`without {word} use sold`"),
                    format!("`without {word} ask`"),
                    format!("`without {word} refer to manager`"),
                ];
                let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
                ask(
                    Code::MissingDateNotSaid,
                    *place,
                    &format!("what when the `{word}` date of a line is missing?"),
                    &choices,
                );
            }
        }
        if let Some(place) = self.longer.get(1)
            && !said(&Said::Extensions)
        {
            ask(
                Code::ExtensionsNotSaid,
                *place,
                "two sentences make a window longer",
                &["`extensions add up`", "`extensions longest counts`"],
            );
        }
        if let Some(place) = self.window {
            if !said(&Said::Deadline) {
                ask(
                    Code::DeadlineEventNotSaid,
                    place,
                    "which event must fall inside the window?",
                    &["`deadline met when told`", "`deadline met when sent`", "`deadline met when received`"],
                );
            }
            if !said(&Said::Late) {
                ask(
                    Code::LateReturnsNotSaid,
                    place,
                    "can a late return be let through?",
                    &["`late returns final`", "`late returns overridable by manager`"],
                );
            }
        }
        if let Some(place) = self.paid
            && !said(&Said::Discounts)
        {
            ask(
                Code::DiscountsNotSaid,
                place,
                "what was paid for one item when a discount covers several?",
                &["`discounts shared in proportion`", "`discounts clawed back`", "`discounts void`"],
            );
        }
        if let Some(place) = self.money
            && !said(&Said::Tax)
        {
            ask(
                Code::TaxNotSaid,
                place,
                "how much tax goes back with the money?",
                &["`tax returned in full`", "`tax returned on what is refunded`", "`tax not returned`"],
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
                    "`split payments as tendered`",
                    "`split payments in reverse`",
                    "`split payments in proportion`",
                    "`split payments gift card first, then in proportion`",
                ],
            );
        }
        if !said(&Said::Rounding) {
            ask(
                Code::RoundingNotSaid,
                header.span,
                "how are amounts rounded?",
                &["`rounding half up`", "`rounding half even`", "`rounding down`", "`rounding up`"],
            );
        }
        if !said(&Said::Lines) {
            ask(
                Code::LinesNotSaid,
                header.span,
                "does one line that is not accepted hold back the others?",
                &["`lines each by itself`", "`lines all together`"],
            );
        }
    }
}
