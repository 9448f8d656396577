//! What moves the end of a window, and the dates of seasons.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};
use takeback::date::{Instance, Season, SeasonDates};
use takeback::facts::{Cond, SeasonId};
use takeback::program::{AdjustmentKind, AttributeValue, Day, WindowLength};
use takeback::terms::ExtensionRule;

use super::Page;
use crate::values::capital;

impl Page<'_> {
    /// Extensions and other shifts of windows.
    pub(super) fn longer(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        if view.version.adjustments.is_empty() {
            return html! {};
        }
        let several =
            view.version.adjustments.iter().filter(|a| matches!(a.kind, AdjustmentKind::Longer(_))).count() > 1;
        let rule = match view.version.choices.extensions {
            ExtensionRule::AddUp => "extend-add",
            ExtensionRule::LongestCounts => "extend-longest",
        };
        let [case, change] = ["th-case", "th-change"].map(|key| words.say(key));
        html! {
            p.note {
                (words.say("adjust-note"))
                @if several { " " (words.say(rule)) }
            }
            table role="table" {
                caption { (words.say("caption-longer")) }
                (self.head(&[&case, &change]))
                tbody role="rowgroup" {
                    @for adjustment in &view.version.adjustments {
                        @let named = adjustment.remedies.iter().any(|remedy| view.own.contains(remedy));
                        @let text = view.told.adjustment(&adjustment.kind);
                        @let text = if named { self.named_plain(text, &adjustment.remedies) } else { text };
                        tr role="row" {
                            (self.case(adjustment.clause, &self.conds_of(adjustment.clause), false))
                            td role="cell" data-label=(change) { (text) }
                        }
                    }
                }
            }
        }
    }

    /// The dates of the seasons that the version speaks of.
    pub(super) fn seasons(&self) -> Markup {
        let words = self.words();
        let all: Vec<(&Season, Vec<Instance>)> = self
            .seasons_used()
            .into_iter()
            .filter_map(|id| self.view.program.schema.seasons.get(usize::from(id.0)))
            .map(|season| (season, instances(season, self.options.day)))
            .filter(|(_, instances)| !instances.is_empty())
            .collect();
        if all.is_empty() {
            return html! {};
        }
        let until = all.iter().flat_map(|(_, instances)| instances).any(|instance| instance.until.is_some());
        let [season, from, to, deadline] = ["th-season", "th-from", "th-to", "th-until"].map(|key| words.say(key));
        let mut head = vec![&season, &from, &to];
        if until {
            head.push(&deadline);
        }
        html! {
            table role="table" {
                caption { (words.say("caption-seasons")) }
                (self.head(&head))
                tbody role="rowgroup" {
                    @for (of, instances) in &all {
                        @for instance in instances {
                            tr role="row" {
                                th role="rowheader" scope="row" { (capital(&self.view.told.season_name(&of.name))) }
                                td role="cell" data-label=(from) { (words.date(instance.from)) }
                                td role="cell" data-label=(to) { (words.date(instance.to)) }
                                @if until {
                                    td role="cell" data-label=(deadline) {
                                        (instance.until.map_or_else(|| words.say("not-applicable"), |day| words.date(day)))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn seasons_used(&self) -> Vec<SeasonId> {
        let mut found = BTreeSet::new();
        for clause in self.view.clauses() {
            self.view.clause(clause).into_iter().for_each(|clause| seasons_of(&clause.cond, &mut found));
        }
        let version = self.view.version;
        let lengths = version.values.iter().filter_map(|value| match value {
            AttributeValue::Window { length: WindowLength::Until(day), .. } => Some(*day),
            _ => None,
        });
        let shifts = version.adjustments.iter().filter_map(|adjustment| match adjustment.kind {
            AdjustmentKind::Bound(_, day) | AdjustmentKind::StartNotBefore(day) => Some(day),
            AdjustmentKind::Longer(_) | AdjustmentKind::Pauses(_) | AdjustmentKind::Ending(..) => None,
        });
        for day in lengths.chain(shifts) {
            match day {
                Day::Date(_) => {}
                Day::MonthDay(_, season, _) | Day::DeadlineOf(season, _) | Day::DayAfter(season, _) => {
                    found.insert(season);
                }
            }
        }
        for adjustment in &version.adjustments {
            if let AdjustmentKind::Ending(season, _) = adjustment.kind {
                found.insert(season);
            }
        }
        found.into_iter().collect()
    }
}

fn seasons_of(cond: &Cond, out: &mut BTreeSet<SeasonId>) {
    match cond {
        Cond::Season(_, season) => {
            out.insert(*season);
        }
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|one| seasons_of(one, out)),
        Cond::Not(inner)
        | Cond::AnyTender(inner)
        | Cond::AnyLine(inner)
        | Cond::EveryLine(inner)
        | Cond::LineCount(inner, ..)
        | Cond::RefundTotal(inner, ..) => seasons_of(inner, out),
        _ => {}
    }
}

/// The times of a season in the year of a day and the next; of one with dates those that are not over by that year, or
/// else the last one.
fn instances(season: &Season, day: NaiveDate) -> Vec<Instance> {
    match &season.instances {
        SeasonDates::Yearly { from, .. } => {
            let first = |year: i32| {
                NaiveDate::from_ymd_opt(year, from.month(), from.day())
                    .or_else(|| NaiveDate::from_ymd_opt(year, from.month(), from.day().saturating_sub(1)))
            };
            [day.year(), day.year() + 1].into_iter().filter_map(|year| season.instance_of(first(year)?)).collect()
        }
        SeasonDates::Dated(all) => {
            let ends = |instance: &Instance| instance.until.unwrap_or(instance.to).max(instance.to);
            let mut open: Vec<Instance> = all.iter().copied().filter(|one| ends(one).year() >= day.year()).collect();
            if open.is_empty() {
                open.extend(all.iter().copied().max_by_key(|instance| instance.to));
            }
            open.sort_by_key(|instance| instance.from);
            open
        }
    }
}
