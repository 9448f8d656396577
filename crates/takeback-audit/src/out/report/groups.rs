//! Money at stake by clause, by what was found, by store, by cashier, by month.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::stake::{Stake, ranked};
use super::super::summary::months as month_rows;
use super::super::tally::Volume;
use super::plot::{self, Column, Plot};
use super::{Report, count, legend, month_name, scrolled, share};

/// How many groups a table names.
const SHOWN: usize = 15;
/// Gaps between months are left out of a plot with more: dates are wrong then.
const MOST_MONTHS: usize = 240;

pub(crate) fn months(report: &Report<'_>) -> Markup {
    let rows = month_rows(report.tally, report.stakes);
    let nothing = Stake::default();
    // Also months without returns, so that the axis is even.
    let mut all: Vec<(String, &Stake)> = Vec::new();
    for row in &rows {
        let name = row.name.unwrap_or("not known");
        while let Some(next) = all.last().and_then(|(last, _)| next_month(last)).filter(|next| next.as_str() < name)
            && all.len() < MOST_MONTHS
        {
            all.push((next, &nothing));
        }
        all.push((name.to_owned(), &row.stake));
    }
    // Labels of all months where they fit, else of every third or of Januaries.
    let every = all.len().div_ceil(24).next_multiple_of(if all.len() > 24 { 3 } else { 1 });
    let every = i128::try_from(every).unwrap_or(1).max(1);
    let columns = (0..).zip(&all).map(|(at, (name, stake))| Column {
        from: 2 * at,
        to: 2 * at + 2,
        title: title(report, &month_name(name), stake),
        parts: parts(stake),
    });
    let ticks = (0..).zip(&all).filter(|(at, _)| at % every == 0);
    let plot = plot::columns(&Plot {
        id: "months",
        title: "Money at stake by month of the return",
        axis: report.currency,
        columns: columns.collect(),
        ticks: ticks.map(|(at, (name, _))| (2 * at + 1, short_month(name))).collect(),
        marks: Vec::new(),
        beyond: String::new(),
    });
    html! {
        (legend())
        (scrolled("Plot of money at stake by month", plot))
        details open[rows.len() <= 14] {
            summary { "Figures by month" }
            (scrolled("Money at stake by month", html! {
                table {
                    (thead("Month", true))
                    tbody {
                        @for row in &rows {
                            tr {
                                th scope="row" { (row.name.map_or_else(|| "not known".to_owned(), month_name)) }
                                (figures(report, &row.stake, Some(row.volume)))
                            }
                        }
                        tr.sum { th scope="row" { "All" } (figures(report, &report.stakes.all, Some(Some(&report.tally.all)))) }
                    }
                }
            }))
        }
    }
}

pub(crate) fn clauses(report: &Report<'_>) -> Markup {
    let citations = report.stakes.citations(report.about);
    let name = |clause: &str| {
        html! {
            @if clause.is_empty() { span.soft { "no clause" } } @else { code { (clause) } }
            @for citation in citations.get(clause).into_iter().flatten() { span.case { (citation) } }
        }
    };
    html! {
        p { "The clause that decided, with where its rule stands, in each version that decided. Where several decided together they are named together." }
        (table(report, "Clause", &report.stakes.by_clause, None, &name))
    }
}

pub(crate) fn kinds(report: &Report<'_>) -> Markup {
    let name = |word: &str| html! { (word) };
    html! {
        (table(report, "What was found", &report.stakes.by_kind, None, &name))
        (table(report, "Cause", &report.stakes.by_cause, None, &name))
    }
}

pub(crate) fn stores(report: &Report<'_>) -> Markup {
    by_whom(report, "Store", &report.stakes.by_store, &report.tally.by_store)
}

pub(crate) fn clerks(report: &Report<'_>) -> Markup {
    by_whom(report, "Cashier", &report.stakes.by_clerk, &report.tally.by_clerk)
}

fn by_whom(
    report: &Report<'_>,
    what: &str,
    groups: &BTreeMap<String, Stake>,
    volumes: &BTreeMap<String, Volume>,
) -> Markup {
    if groups.keys().all(String::is_empty) {
        return html! { p { "The data do not tell it." } };
    }
    let name = |name: &str| html! { @if name.is_empty() { span.soft { "not known" } } @else { (name) } };
    table(report, what, groups, Some(volumes), &name)
}

/// Groups with bars and figures, that with most money first.
fn table(
    report: &Report<'_>,
    what: &str,
    groups: &BTreeMap<String, Stake>,
    volumes: Option<&BTreeMap<String, Volume>>,
    name: &dyn Fn(&str) -> Markup,
) -> Markup {
    let ranked = ranked(groups);
    let longest = ranked.iter().map(|(_, stake)| stake.at_stake.0).max().unwrap_or(0);
    let (shown, others) = ranked.split_at(ranked.len().min(SHOWN));
    let mut rest = Stake::default();
    others.iter().for_each(|(_, stake)| rest += stake);
    let bars = |stake: &Stake| {
        let parts =
            [("paid", stake.paid_against_policy.0), ("owed", stake.owed_to_customers.0), ("open", stake.unproven.0)];
        plot::bar(&parts, longest)
    };
    html! {
        (legend())
        (scrolled(&format!("Money at stake: {}", what.to_lowercase()), html! {
            table.ranked {
                (thead(what, volumes.is_some()))
                tbody {
                    @for (group, stake) in shown {
                        tr {
                            th scope="row" { (name(group)) (bars(stake)) }
                            (figures(report, stake, volumes.map(|volumes| volumes.get(*group))))
                        }
                    }
                    @if !others.is_empty() {
                        tr { th scope="row" { span.soft { (count(others.len() as u64)) " more" } } (figures(report, &rest, volumes.map(|_| None))) }
                    }
                    tr.sum { th scope="row" { "All" } (figures(report, &report.stakes.all, volumes.map(|_| Some(&report.tally.all)))) }
                }
            }
        }))
    }
}

fn thead(what: &str, volume: bool) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (what) }
            th.number scope="col" { "Findings" }
            th.number scope="col" { "Paid out against the policy" }
            th.number scope="col" { "Owed to customers" }
            th.number scope="col" { "Not proven" }
            @if volume {
                th.number scope="col" { "Refunded in all" }
                th.number scope="col" { "Against the policy" }
            }
        } }
    }
}

fn figures(report: &Report<'_>, stake: &Stake, volume: Option<Option<&Volume>>) -> Markup {
    html! {
        td.number { (count(stake.findings)) }
        td.number { (report.money(stake.paid_against_policy)) }
        td.number { (report.money(stake.owed_to_customers)) }
        td.number { (report.money(stake.unproven)) }
        @if let Some(volume) = volume {
            td.number { @if let Some(volume) = volume { (report.money(volume.refunded)) } @else { "–" } }
            td.number { @if let Some(volume) = volume { (share(stake.paid_against_policy.0, volume.refunded.0)) } @else { "–" } }
        }
    }
}

fn parts(stake: &Stake) -> Vec<plot::Part> {
    vec![
        ("paid", plot::units(stake.paid_against_policy)),
        ("owed", plot::units(stake.owed_to_customers)),
        ("open", plot::units(stake.unproven)),
    ]
}

fn title(report: &Report<'_>, name: &str, stake: &Stake) -> String {
    let money = [stake.paid_against_policy, stake.owed_to_customers, stake.unproven].map(|amount| report.money(amount));
    let [paid, owed, open] = money;
    format!("{name}: {paid} paid out against the policy, {owed} owed to customers, {open} not proven")
}

/// The month after `2011-12`: `2012-01`.
fn next_month(month: &str) -> Option<String> {
    let (year, month) = month.split_once('-')?;
    let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
    Some(if month < 12 { format!("{year:04}-{:02}", month + 1) } else { format!("{:04}-01", year + 1) })
}

/// `Jan 11`.
fn short_month(month: &str) -> String {
    let name = month_name(month);
    // What is not known has no number of a month.
    match name.split_once(' ').filter(|_| next_month(month).is_some()) {
        Some((name, year)) => {
            let name: String = name.chars().take(3).collect();
            let year: String = year.chars().skip(2).collect();
            format!("{name} {year}")
        }
        None => "not known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{next_month, short_month};

    #[test]
    fn months_have_short_names() {
        assert_eq!(short_month("2011-11"), "Nov 11");
        assert_eq!(short_month("not known"), "not known");
    }

    #[test]
    fn months_follow_one_another() {
        assert_eq!(next_month("2011-11").as_deref(), Some("2011-12"));
        assert_eq!(next_month("2011-12").as_deref(), Some("2012-01"));
        assert_eq!(next_month("not known"), None);
    }
}
