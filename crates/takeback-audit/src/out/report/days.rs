//! Days from the sale to the return, against the windows of the policy.

use maud::{Markup, html};

use super::super::tally::{DayCount, MOST_DAYS};
use super::plot::{self, Column, Mark};
use super::{Report, count, percent, scrolled};

/// How many columns the plot has at most.
const MOST: i64 = 60;

/// Days from `from` to `to`, both included.
struct Bin {
    from: i64,
    to: i64,
    count: DayCount,
}

pub(crate) fn section(report: &Report<'_>) -> Markup {
    let days = &report.tally.by_days;
    if days.is_empty() {
        return html! { p { "The data do not tell when goods were sold." } };
    }
    let last = last(report);
    let width = [1, 2, 3, 5, 7, 10, 14, 20, 30].into_iter().find(|width| (last / width) < MOST).unwrap_or(30);
    let bins = bins(report, width, last);
    let marks: Vec<Mark> = report
        .windows
        .iter()
        .filter(|window| window.days > 0 && window.days <= last)
        .map(|window| {
            // The last day of a window is in it.
            let before = i128::from(window.days + 1) * 10 / i128::from(width);
            let early = if bins.first().is_some_and(|bin| bin.from < 0) { 10 } else { 0 };
            Mark { tenths: before + early, label: window.length.clone() }
        })
        .collect();
    let labelled = (bins.len() / 12).max(1);
    let columns: Vec<Column> = bins
        .iter()
        .enumerate()
        .map(|(at, bin)| {
            let fine = i128::from(bin.count.returns - bin.count.wrong);
            let label = if at.is_multiple_of(labelled) && bin.from >= 0 { bin.from.to_string() } else { String::new() };
            let title = format!(
                "{}: {} returns, {} refunded against the policy",
                name(bin),
                count(bin.count.returns),
                count(bin.count.wrong)
            );
            Column { label, title, parts: vec![("paid", i128::from(bin.count.wrong)), ("fine", fine)] }
        })
        .collect();
    let plot = plot::columns(
        "days-plot",
        "Returns by days since the sale, with the windows of the policy",
        "returns",
        &columns,
        &marks,
    );
    html! {
        p {
            "How many days after the sale goods came back. Dashed lines are the windows that clauses of the policy and of the law give for "
            "refunds; which of them holds depends on the goods and on who returns them. Windows that count from another day than that of the sale end later."
        }
        ul.legend {
            li { span.key.paid {} " Refunded against the policy" }
            li { span.key.fine {} " Others" }
        }
        (scrolled("Plot of returns by days since the sale", plot))
        @if !report.windows.is_empty() {
            (scrolled("Windows of the policy", html! {
                table {
                    thead { tr { th scope="col" { "Window" } th scope="col" { "Clauses" } th.number scope="col" { "Returns later than that" } th.number scope="col" { "Of these refunded against the policy" } } }
                    tbody {
                        @for window in report.windows {
                            @let after = after(report, window.days);
                            tr {
                                th scope="row" { (window.length) }
                                td { @for (at, clause) in window.clauses.iter().enumerate() { @if at > 0 { ", " } code { (clause) } } }
                                td.number { (count(after.returns)) }
                                td.number { (count(after.wrong)) " (" (percent(after.wrong, after.returns)) ")" }
                            }
                        }
                    }
                }
            }))
        }
        details {
            summary { "Figures by days" }
            (scrolled("Returns by days since the sale", html! {
                table {
                    thead { tr { th scope="col" { "Days since the sale" } th.number scope="col" { "Returns" } th.number scope="col" { "Refunded against the policy" } } }
                    tbody {
                        @for bin in &bins {
                            tr { th scope="row" { (name(bin)) } td.number { (count(bin.count.returns)) } td.number { (count(bin.count.wrong)) } }
                        }
                        tr { th scope="row" { "not known" } td.number { (count(report.tally.without_days)) } td.number { "–" } }
                    }
                }
            }))
        }
    }
}

/// The last day that has a place of its own: of the longest window and half as much again, or of nineteen in twenty returns.
fn last(report: &Report<'_>) -> i64 {
    let all: u64 = report.tally.by_days.values().map(|count| count.returns).sum();
    let mut seen = 0;
    let mut common = 0;
    for (days, count) in &report.tally.by_days {
        seen += count.returns;
        common = *days;
        if seen * 20 >= all * 19 {
            break;
        }
    }
    let longest = report.windows.iter().map(|window| window.days).filter(|days| *days <= 400).max().unwrap_or(0);
    (longest * 3 / 2).max(common).clamp(10, MOST_DAYS - 1)
}

fn bins(report: &Report<'_>, width: i64, last: i64) -> Vec<Bin> {
    let mut bins = Vec::new();
    if report.tally.by_days.keys().any(|days| *days < 0) {
        bins.push(Bin { from: -1, to: -1, count: DayCount::default() });
    }
    let mut from = 0;
    while from <= last {
        bins.push(Bin { from, to: from + width - 1, count: DayCount::default() });
        from += width;
    }
    bins.push(Bin { from, to: i64::MAX, count: DayCount::default() });
    for (days, count) in &report.tally.by_days {
        if let Some(bin) = bins.iter_mut().find(|bin| bin.to >= *days) {
            bin.count.returns += count.returns;
            bin.count.wrong += count.wrong;
        }
    }
    bins
}

fn after(report: &Report<'_>, days: i64) -> DayCount {
    let mut after = DayCount::default();
    for (_, count) in report.tally.by_days.range(days.saturating_add(1)..) {
        after.returns += count.returns;
        after.wrong += count.wrong;
    }
    after
}

fn name(bin: &Bin) -> String {
    match (bin.from, bin.to) {
        (-1, -1) => "before the sale".to_owned(),
        (from, i64::MAX) => format!("{from} and later"),
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from} to {to}"),
    }
}
