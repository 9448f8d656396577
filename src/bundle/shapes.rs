//! The form of everything in a bundle, type by type. Members are written under their names and in this order.
//!
//! A bundle of an earlier format has to load for ever: a member that is added says what stands for it there (`or`), and
//! keeps the place it is given; one that is not needed any more keeps being read. What is added raises [`FORMAT`](super::FORMAT)
//! once a version of the engine is published that would not know it.

use std::sync::Arc;

use chrono::{NaiveDate, Weekday, WeekdaySet};

use super::pack::{Damaged, Pack, Reader, Writer, packed};
use crate::date::{Calendar, FirstDay, Instance, Length, MonthDay, MonthEnd, Season, SeasonDates, Term, Unit, Zone};
use crate::facts::{
    CategoryGroup, CategoryId, CategorySet, Cond, Domain, DomainId, Fact, FactId, Remedy, RemedyKind, Role, Schema,
    Scope, SeasonId, Stage, TextId, Type, Value, builtin, domain,
};
#[cfg(feature = "locales")]
use crate::messages::{Text, Where};
use crate::money::{Currency, Rounding};
use crate::program::{
    Adjustment, AdjustmentKind, AnswerIs, AnswerTest, AttributeValue, Attributes, Branch, CashStep, Choices, Clause,
    ClauseId, ClauseLeaves, Day, Destination, Failed, Fee, FeeAmount, FeeBound, FeeOf, Field, FieldCheck, FieldType,
    Form, FormDay, Guard, GuardKind, Kept, Ladder, Law, Layers, Limit, LimitSpan, May, Node, Nodes, PayEvent, Price,
    Program, Question, Range, Reach, Rung, StartDate, Statement, Test, Told, ToldLength, Tree, Version, WindowLength,
    Within, Without, WordsRule,
};
use crate::source::{SourceId, Span};
use crate::terms::{
    AnswerKind, Bound, Clock, Counted, Discipline, ExtensionRule, FeeUnit, GiftRule, LawKind, LeewayKind, Measure,
    MeetingEvent, Order, Period, Sharing, ShippingRule, SplitRest, TaxRule, VersionClock,
};

packed! {
    structure Clause { path, title, citations, span, cond }
    structure Version holds sound {
        name, from, zone, choices, nodes counted nodes, all, tests, values counted values, trees counted trees, attributes,
        adjustments, like in remedies, laws counted laws, guards, words, forms,
    }
    structure Choices {
        month_end, rounding, discounts, bundles, gifts, tax, shipping, cash, fees counted fees, deductions, extensions,
        split_first in tenders, split_rest, without, deadline, late in roles, together, authority,
    }
    structure CashStep { step, countries }
    structure Fee { name, title, unit, taxed }
    choice Without { Use(clock), Ask, Refer(role in roles) }
    structure Node { clause, parent }
    structure Test { question, stage, held, nodes }
    choice Question { Fact(fact), Category(category), Cond(cond) }
    structure Tree { statements, branches, nodes, stated, discipline, layers }
    structure Statement { node in nodes, clause, value in values, exceptions, unless }
    structure Branch { node in nodes, winners }
    structure Layers { statements, clauses, headers, default in values }
    structure ClauseLeaves { layer, nodes, unless, may }
    structure May { kind, within }
    choice Range { Length(from, to, unit), Percent(from, to), Money(from, to) }
    structure Attributes {
        remedy in trees, start in trees, window in trees, basis in trees, fee in trees, deductions in trees, tax in trees,
        shipping in trees, discounts in trees, pay in trees, hold in trees, due in trees, fields in trees, one_of in trees,
        deadline in trees, no_fees in trees, no_deductions in trees, identity in trees or None,
    }
    structure Law { clause, nodes, kind, attributes, adjustments }
    choice AttributeValue {
        Yes, No { reason, overridable_by in roles }, Start(dates), Window { length, fixed }, Basis { percent, price }, NoFee,
        Fee(amount), Tax(rule), Shipping(rule), Discounts(sharing), Route { to, up_to, rest in tenders },
        RouteOneOf(ways), Hold(hold), Deadline(event), Due(due), Kept(kept),
    }
    structure FeeAmount { of, at_least, at_most }
    choice FeeOf { Percent(percent), Money(amount), Fact(fact), FactPercent(fact) }
    choice FeeBound { Money(amount), Percent(percent) }
    choice StartDate { Clock(clock), Fact(fact) }
    choice PayEvent { Sold, Requested, Fact(fact), Back(event) }
    structure Within { term, after, not_before, words }
    choice WindowLength { Length(term, first_day, calendar), Told(length, first_day, calendar), Until(day), NoLimit, UntilFact(fact) }
    structure ToldLength { fact, none, at_least, at_most }
    choice Day { Date(date), MonthDay(day, season, fact), DeadlineOf(season, fact), DayAfter(season, fact) }
    choice Price { Paid, Current, List, LowestIn(length), Nothing }
    choice Destination { Original, AskedFor, Tender(tender in tenders) }
    structure Adjustment { clause, layer, nodes, remedies in remedies, kind }
    choice AdjustmentKind {
        Longer(term), Bound(bound, day), StartNotBefore(day), Pauses(term), Ending(season, term),
    }
    structure Guard { clause, of_visit, tree in trees, kind, text, limit }
    structure Limit { measure, per, span, at_most, floor, fresh }
    choice LimitSpan { Rolling(term), Calendar(period), Ever }
    choice GuardKind { Refer(role in roles), Verify { role in roles, within, failed }, Stop(role in roles) }
    structure Failed { kind, text }
    structure WordsRule { clause, nodes, law in laws, of_visit, offer, text, only }
    structure Form { label, title, of_visit, fields }
    structure Field { name, title, ty, required, when, prefilled, checks, printed, from, kept, purpose, identity or false }
    choice FieldType {
        Text, Number, WholeNumber, Money, Date, YesNo, OneOf(options), Signature(by), Photo, Email, Phone, Address, Imei,
        Gtin,
    }
    structure AnswerTest { field, negated, is }
    choice AnswerIs { Yes, OneOf(options), Number(order, number) }
    choice FieldCheck {
        AtLeast(number), AtMost(number), Letters { least, most, digits }, NotBefore(day), NotAfter(day), SameAs(told),
    }
    choice FormDay { Today, Date(date), Told(told) }
    choice Told { Fact(fact), Serials, Field(field) }
    choice Kept { Never, HashFor(length), For(length) }
    structure Ladder { rungs }
    structure Rung { role in roles, reach }
    choice Reach { UpTo(amount), AnyAmount, OwnMatters }
    choice Cond {
        Always, All(conds), Any(conds), Not(cond), Category(category), Yes(fact), Word(fact, words), Text(fact, texts),
        Number(fact, order, number), DaysSince(fact, order, days), Season(fact, season), Dates(fact, from, to),
        Same(fact, other), Compared(fact, order, other), InFact(fact, list), AnyTender(cond), AnyLine(cond), EveryLine(cond),
        LineCount(cond, order, count), RefundTotal(cond, order, amount),
    }
    structure Fact { name, question, ty, scope, stage, slot, otherwise, changeable, fresh }
    choice Type { YesNo, Word(domain), Number, WholeNumber, Money, Date, Text, Texts }
    choice Scope { Visit, Sale, Line, Tender }
    choice Stage { Facts, Windows, Remedies, Amounts, Totals, Guards, Tenders, Paperwork, Words }
    choice Value { Bool(yes), Word(word), Number(number), Date(date), Text(text), Texts(place) }
    structure Domain { words }
    structure CategorySet { groups }
    structure CategoryGroup { paths, except }
    structure Remedy { name, kind, only_if_asked }
    choice RemedyKind { Money, MoneyTo(tender in tenders), Goods, Service, PriceDifference }
    structure Role { name, above, over }
    structure Season { name, instances }
    choice SeasonDates { Yearly { from, to, until }, Dated(instances) }
    structure Instance { from, to, until }
    structure Length { count, unit }
    choice Unit { Hours, Days, BusinessDays, Weeks, Months, Years }
    choice MonthEnd { LastDay, NextMonth }
    choice FirstDay { DayItself, DayAfter }
    structure Term { length, month_end, calendar }
    choice Rounding { HalfUp, HalfEven, Down, Up }
    structure Span { source, start, end }
    choice VersionClock { Sold, Ordered, Requested }
    choice Discipline { Favourable, Strictest }
    choice LeewayKind { Sealed, Improve, Tighten, Free }
    choice Sharing { InProportion, ClawedBack, Void }
    choice GiftRule { ValueDeducted, MustComeBack, KeptFree }
    choice LawKind { Right, Rule }
    choice Measure { Refund, Returns, Items }
    choice Counted { Customer, Household, Clerk, Item }
    choice Period { Year, Month, Week }
    choice AnswerKind { Accepted, Pending, Declined, Expired, Stopped, Referred }
    choice TaxRule { InFull, OnRefunded, NotReturned }
    choice ShippingRule { NotReturned, Returned, UpToCheapest, WithLastItem }
    choice FeeUnit { Item, Line, Return, Label }
    choice ExtensionRule { AddUp, LongestCounts }
    choice SplitRest { AsTendered, InReverse, InProportion }
    choice Clock { Sold, Ordered, Invoiced, Shipped, Received, Installed, Activated, FirstParcel, WholeOrder }
    choice MeetingEvent { Told, Sent, Received }
    choice Bound { AtLeast, AtMost }
    choice Order { AtLeast, AtMost, Over, Under, Exactly }
}

/// What the lists of a version have to be like beyond their numbers.
fn sound(version: &Version) -> bool {
    // Above every place stands an earlier one, so that the way up has an end.
    let above = version.nodes.iter().zip(0_u32..).all(|(node, at)| node.parent.is_none_or(|parent| parent < at));
    let before = |form: &Form| {
        form.fields.iter().zip(0_u16..).all(|(field, at)| {
            let told = |told: &Told| !matches!(told, Told::Field(field) if *field >= at);
            let day = |day: &FormDay| !matches!(day, FormDay::Told(by) if !told(by));
            let check = |check: &FieldCheck| match check {
                FieldCheck::NotBefore(on) | FieldCheck::NotAfter(on) => day(on),
                FieldCheck::SameAs(other) => told(other),
                FieldCheck::AtLeast(_) | FieldCheck::AtMost(_) | FieldCheck::Letters { .. } => true,
            };
            field.when.iter().all(|test| test.field < at)
                && field.prefilled.as_ref().is_none_or(told)
                && field.checks.iter().all(check)
        })
    };
    above && version.forms.iter().all(before)
}

/// Calendars and zones first: the versions name them.
impl Pack for Program {
    fn pack(&self, out: &mut Writer) {
        // Written apart, so that what it names is gathered.
        let mut rest = Writer::new();
        rest.zones = self.zones.clone().unwrap_or_default();
        rest.text("schema");
        self.schema.pack(&mut rest);
        rest.text("clauses");
        self.clauses.pack(&mut rest);
        rest.text("versions");
        self.versions.pack(&mut rest);
        out.map(8);
        out.text("name");
        self.name.pack(out);
        out.text("currency");
        self.currency.pack(out);
        out.text("clock");
        self.clock.pack(out);
        out.text("calendars");
        out.list(rest.calendars.len());
        rest.calendars.iter().for_each(|calendar| (**calendar).pack(out));
        out.text("zones");
        out.list(rest.zones.len());
        rest.zones.iter().for_each(|zone| whole_zone(zone, out));
        out.raw(&rest.finish());
    }

    fn unpack(input: &mut Reader<'_>) -> Self {
        let mut members = input.map();
        input.member(&mut members, "name");
        let name = Pack::unpack(input);
        input.member(&mut members, "currency");
        let currency = Pack::unpack(input);
        input.member(&mut members, "clock");
        let clock = Pack::unpack(input);
        input.member(&mut members, "calendars");
        let calendars: Vec<Calendar> = Pack::unpack(input);
        input.calendars = calendars.into_iter().map(Arc::new).collect();
        input.member(&mut members, "zones");
        let mut left = input.list();
        while input.more(&mut left) {
            let zone = zone(input);
            input.zones.push(zone);
        }
        input.member(&mut members, "schema");
        let schema = Pack::unpack(input);
        input.member(&mut members, "clauses");
        let clauses: Vec<Clause> = Pack::unpack(input);
        input.counts.clauses = clauses.len();
        input.member(&mut members, "versions");
        let versions: Vec<Version> = Pack::unpack(input);
        input.no_more(members);
        if versions.is_empty() {
            input.damaged(Damaged("there is no version"));
        }
        let zones = Some(std::mem::take(&mut input.zones));
        Self { name, schema, currency, versions, clock, zones, bundle: None, clauses }
    }
}

/// Facts of the language, and its lists of words, are known by their places among them; an engine that has learned some
/// more since gives the policy's own other numbers.
impl Pack for Schema {
    fn pack(&self, out: &mut Writer) {
        out.map(10);
        out.text("standard_domains");
        out.number(domain::STANDARD.len() as i64);
        out.text("standard_facts");
        out.number(builtin::ALL.len() as i64);
        out.text("domains");
        self.domains.pack(out);
        out.text("texts");
        self.texts.pack(out);
        out.text("categories");
        self.categories.pack(out);
        out.text("seasons");
        self.seasons.pack(out);
        out.text("remedies");
        self.remedies.pack(out);
        out.text("roles");
        self.roles.pack(out);
        out.text("facts");
        self.facts.pack(out);
        out.text("on_duty");
        self.on_duty.pack(out);
    }

    fn unpack(input: &mut Reader<'_>) -> Self {
        const STANDARD: Damaged = Damaged("the facts of the language are not those that are known here");
        let mut members = input.map();
        input.member(&mut members, "standard_domains");
        let standard_domains = u16::unpack(input);
        input.member(&mut members, "standard_facts");
        let standard_facts = u16::unpack(input);
        let mut schema = Self::standard();

        input.member(&mut members, "domains");
        let domains = Pack::unpack(input);
        let domains = numbered_domains(&mut schema, domains, standard_domains);
        input.domains = input.there(domains, Vec::new(), STANDARD);
        input.counts.tenders = schema.domain(domain::TENDERS).map_or(0, |tenders| tenders.words.len());

        input.member(&mut members, "texts");
        schema.texts = Pack::unpack(input);
        input.counts.texts = schema.texts.len();
        input.member(&mut members, "categories");
        schema.categories = Pack::unpack(input);
        input.counts.categories = schema.categories.len();
        input.member(&mut members, "seasons");
        schema.seasons = Pack::unpack(input);
        input.counts.seasons = schema.seasons.len();
        input.member(&mut members, "remedies");
        schema.remedies = Pack::unpack(input);
        input.counts.remedies = schema.remedies.len();
        input.member(&mut members, "roles");
        schema.roles = Pack::unpack(input);
        input.counts.roles = schema.roles.len();
        for role in &schema.roles {
            input.named(&role.above, schema.roles.len());
            input.named(&role.over, schema.roles.len());
        }

        input.member(&mut members, "facts");
        let facts = Pack::unpack(input);
        let facts = numbered_facts(&mut schema, facts, standard_facts);
        input.facts = input.there(facts, Vec::new(), STANDARD);
        input.member(&mut members, "on_duty");
        schema.on_duty = Pack::unpack(input);
        for (role, _) in &schema.on_duty {
            input.named(role, schema.roles.len());
        }
        input.no_more(members);
        schema
    }
}

/// Puts lists of words into a schema, the first so many in place of those of the language, and says which each is there.
fn numbered_domains(schema: &mut Schema, domains: Vec<Domain>, standard: u16) -> Option<Vec<DomainId>> {
    let of_language = usize::from(standard);
    if domains.len() < of_language || schema.domains.len() < of_language {
        return None;
    }
    let mut ids: Vec<DomainId> = (0..standard).map(DomainId).collect();
    let mut domains = domains.into_iter();
    for (here, domain) in schema.domains.iter_mut().zip(domains.by_ref().take(of_language)) {
        *here = domain;
    }
    for domain in domains {
        ids.push(DomainId(u16::try_from(schema.domains.len()).ok()?));
        schema.domains.push(domain);
    }
    Some(ids)
}

/// Likewise facts; those of the language have to be what they are here.
fn numbered_facts(schema: &mut Schema, facts: Vec<Fact>, standard: u16) -> Option<Vec<FactId>> {
    if facts.len() < usize::from(standard) || facts.len() > usize::from(u16::MAX) {
        return None;
    }
    let numbered = facts.into_iter().zip(0_u16..).map(|(fact, at)| {
        if at >= standard {
            return Some(schema.add_fact(fact));
        }
        let id = builtin::ALL.iter().position(|(name, ..)| *name == fact.name)?;
        let here = schema.facts.get_mut(id)?;
        if (here.ty, here.scope, here.stage) != (fact.ty, fact.scope, fact.stage) {
            return None;
        }
        *here = Fact { slot: here.slot, ..fact };
        u16::try_from(id).ok().map(FactId)
    });
    numbered.collect()
}

macro_rules! ids {
    ($($type:ident in $set:ident),+) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Writer) {
                self.0.pack(out);
            }
            fn unpack(input: &mut Reader<'_>) -> Self {
                let at = Pack::unpack(input);
                input.named(&at, input.counts.$set);
                Self(at)
            }
        }
    )+};
}
ids!(ClauseId in clauses, TextId in texts, CategoryId in categories, SeasonId in seasons);

/// As it is numbered here, which may be otherwise than in the bundle.
impl Pack for FactId {
    fn pack(&self, out: &mut Writer) {
        self.0.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let at = u16::unpack(input);
        input.named(&at, input.facts.len());
        input.facts.get(usize::from(at)).copied().unwrap_or(Self(at))
    }
}

/// As it is numbered here.
impl Pack for DomainId {
    fn pack(&self, out: &mut Writer) {
        self.0.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let at = u16::unpack(input);
        let domain = input.domains.get(usize::from(at)).copied();
        input.there(domain, Self(at), Damaged("there is no such list of words"))
    }
}

impl Pack for SourceId {
    fn pack(&self, out: &mut Writer) {
        self.0.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        Self(Pack::unpack(input))
    }
}

impl Pack for Currency {
    fn pack(&self, out: &mut Writer) {
        out.text(self.code());
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let currency = input.text().parse().ok();
        input.there(currency, Self::EURO, Damaged("there is no such currency"))
    }
}

/// Bit by bit, 64 to a number.
impl Pack for Nodes {
    fn pack(&self, out: &mut Writer) {
        let mut bytes: Vec<u8> = self.words().flat_map(u64::to_le_bytes).collect();
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        out.bytes(&bytes);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let mut nodes = Self::default();
        let bytes = input.bytes();
        for (byte, first) in bytes.iter().zip((0_u32..).step_by(8)) {
            for bit in (0..8).filter(|bit| byte >> bit & 1 == 1) {
                input.named(&(first + bit), input.counts.nodes);
                nodes.insert(first + bit);
            }
        }
        nodes
    }
}

impl Pack for MonthDay {
    fn pack(&self, out: &mut Writer) {
        (self.month(), self.day()).pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let (month, day) = Pack::unpack(input);
        input.there(Self::new(month, day).ok(), Self::FIRST, Damaged("a day is no day of any year"))
    }
}

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Its holidays as days after the one before.
impl Pack for Calendar {
    fn pack(&self, out: &mut Writer) {
        out.map(5);
        out.text("name");
        out.text(self.name());
        out.text("first_year");
        out.number(i64::from(*self.years().start()));
        out.text("last_year");
        out.number(i64::from(*self.years().end()));
        out.text("weekend");
        let weekend: Vec<u16> = (1..).zip(WEEK).filter(|(_, day)| self.is_weekend(*day)).map(|(at, _)| at).collect();
        weekend.pack(out);
        out.text("holidays");
        let mut last = NaiveDate::default();
        let days = self.holidays().map(|day| {
            let since = day.signed_duration_since(last).num_days();
            last = day;
            since
        });
        days.collect::<Vec<i64>>().pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let mut members = input.map();
        input.member(&mut members, "name");
        let name: String = Pack::unpack(input);
        input.member(&mut members, "first_year");
        let first = i32::unpack(input);
        input.member(&mut members, "last_year");
        let last = i32::unpack(input);
        input.member(&mut members, "weekend");
        let weekend: Vec<u16> = Pack::unpack(input);
        let weekend: WeekdaySet = (1..).zip(WEEK).filter(|(at, _)| weekend.contains(at)).map(|(_, day)| day).collect();
        input.member(&mut members, "holidays");
        let steps = Pack::unpack(input);
        let holidays = input.there(self::holidays(steps), Vec::new(), Damaged("a holiday is no day"));
        input.no_more(members);
        Self::new(name, first..=last, weekend, holidays)
    }
}

/// Days that are each so many after the one before.
fn holidays(steps: Vec<i64>) -> Option<Vec<NaiveDate>> {
    let mut day = NaiveDate::default();
    let mut holidays: Vec<NaiveDate> = Vec::new();
    for step in steps {
        day = day.checked_add_signed(chrono::TimeDelta::try_days(step)?)?;
        if holidays.last().is_some_and(|before| *before >= day) {
            return None;
        }
        holidays.push(day);
    }
    Some(holidays)
}

/// By its place among the calendars.
impl Pack for Arc<Calendar> {
    fn pack(&self, out: &mut Writer) {
        let known = out.calendars.iter().position(|known| known == self);
        let at = known.unwrap_or_else(|| {
            out.calendars.push(Arc::clone(self));
            out.calendars.len() - 1
        });
        out.number(at as i64);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let at = u16::unpack(input);
        let calendar = input.calendars.get(usize::from(at)).cloned();
        calendar.unwrap_or_else(|| {
            input.damaged(Damaged("there is no such calendar"));
            Arc::new(Calendar::new("", 0..=0, WeekdaySet::EMPTY, []))
        })
    }
}

/// By its name among the zones.
impl Pack for Zone {
    fn pack(&self, out: &mut Writer) {
        if !out.zones.contains(self) {
            out.zones.push(self.clone());
        }
        out.text(self.name());
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let name = input.text();
        let zone = input.zones.iter().find(|zone| zone.name() == name).cloned();
        zone.unwrap_or_else(|| {
            input.damaged(Damaged("there is no such time zone"));
            Zone::utc()
        })
    }
}

/// Its changes in pairs: seconds since the one before, seconds ahead of UTC.
fn whole_zone(zone: &Zone, out: &mut Writer) {
    let (first, changes) = zone.clocks();
    let mut last = 0;
    let pairs: Vec<i64> = changes
        .iter()
        .flat_map(|(from, offset)| {
            let since = from - last;
            last = *from;
            [since, i64::from(*offset)]
        })
        .collect();
    (zone.name().to_owned(), first, pairs).pack(out);
}

fn zone(input: &mut Reader<'_>) -> Zone {
    let (name, first, pairs): (String, i32, Vec<i64>) = Pack::unpack(input);
    let zone = changes(&pairs).and_then(|changes| Zone::new(&name, first, changes));
    zone.unwrap_or_else(|| {
        input.damaged(Damaged("a time zone is none"));
        Zone::utc()
    })
}

fn changes(pairs: &[i64]) -> Option<Vec<(i64, i32)>> {
    let mut last = 0_i64;
    let change = |pair: &[i64]| {
        let [since, offset] = pair else { return None };
        last = last.checked_add(*since)?;
        Some((last, i32::try_from(*offset).ok()?))
    };
    pairs.chunks(2).map(change).collect()
}

#[cfg(feature = "locales")]
impl Pack for Text {
    fn pack(&self, out: &mut Writer) {
        out.list(6);
        self.of.pack(out);
        self.key.pack(out);
        self.file.pack(out);
        self.local.pack(out);
        self.attribute.pack(out);
        self.text.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        input.list_of(6);
        Self {
            of: Pack::unpack(input),
            key: Pack::unpack(input),
            file: Pack::unpack(input),
            local: Pack::unpack(input),
            attribute: Pack::unpack(input),
            text: Pack::unpack(input),
        }
    }
}

/// The place of a clause, or the name of what else it is.
#[cfg(feature = "locales")]
impl Pack for Where {
    fn pack(&self, out: &mut Writer) {
        match self {
            Self::Clause(span) => span.pack(out),
            Self::Sentence => out.text("sentence"),
            Self::Name => out.text("name"),
        }
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        if !input.is_text() {
            return Self::Clause(Pack::unpack(input));
        }
        match input.text() {
            "sentence" => Self::Sentence,
            "name" => Self::Name,
            _ => {
                input.damaged(Damaged("there is a word that nobody knows"));
                Self::Name
            }
        }
    }
}
