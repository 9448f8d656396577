//! Days from the sale to the return, against the windows of the policy.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::tally::{DayCount, MOST_DAYS};
use super::super::windows::Window;
use super::plot::{self, Column, Mark, Plot};
use super::{Report, count, scrolled};

/// How many bars the plot has at most, or little more.
const MOST: i64 = 120;
/// Labels below the axis.
const LABELS: i64 = 14;
/// Units of the axis in a day.
const DAY: i64 = 2;

/// Returns on days from `from` to `to`, both included.
#[derive(Debug, PartialEq, Eq)]
struct Bar {
    from: i64,
    to: i64,
    count: DayCount,
}

pub(crate) fn section(report: &Report<'_>) -> Markup {
    if report.tally.by_days.is_empty() {
        return html! { p { "The data do not tell when goods were sold." } };
    }
    let (bars, end) = bars(&report.tally.by_days, report.windows);
    let width = width(end);
    html! {
        p {
            "How many days after the sale goods came back. "
            @if width == 1 { "Each bar is a day. " } @else { "Each bar is about " (width) " days. " }
            "Dashed lines stand behind the last day of the windows that clauses of the policy and of the law give for refunds; which of them holds "
            "depends on the goods and on who returns them. Windows that count from another day than that of the sale end later. "
            "Marked are returns for which money was paid out against the policy, for whatever reason and however little."
        }
        ul.legend {
            li { span.key.paid {} " Money paid out against the policy" }
            li { span.key.fine {} " Others" }
        }
        (scrolled("Plot of returns by days since the sale", plotted(report.windows, &bars, end)))
        @if !report.windows.is_empty() { (windows(report)) }
        details {
            summary { "Figures by days" }
            (scrolled("Returns by days since the sale", html! {
                table {
                    thead { tr { th scope="col" { "Days since the sale" } th.number scope="col" { "Returns" } th.number scope="col" { "Money paid out against the policy" } } }
                    tbody {
                        @for bar in bars.iter().filter(|bar| bar.count.returns > 0) {
                            tr { th scope="row" { (name(bar)) } td.number { (count(bar.count.returns)) } td.number { (count(bar.count.wrong)) } }
                        }
                        @if report.tally.without_days > 0 {
                            tr { th scope="row" { "not known" } td.number { (count(report.tally.without_days)) } td.number { "–" } }
                        }
                    }
                }
            }))
        }
    }
}

/// What was found because of windows.
fn windows(report: &Report<'_>) -> Markup {
    html! {
        p {
            "Of each window, the findings that it is the cause of: returns that came after the last day that held for them, and returns that were "
            "declined though they came in time. A finding that names the clauses of several windows stands with each of them."
        }
        (scrolled("Findings by window", html! {
            table.wide {
                thead { tr {
                    th scope="col" { "Window" } th scope="col" { "Clauses" } th.number scope="col" { "Findings" }
                    th.number scope="col" { "Paid out against the policy" } th.number scope="col" { "Owed to customers" } th.number scope="col" { "Not proven" }
                } }
                tbody {
                    @for window in report.windows {
                        tr {
                            th scope="row" { (window.length) }
                            td { @for (at, clause) in window.clauses.iter().enumerate() { @if at > 0 { ", " } code { (clause) } } }
                            td.number { (count(window.found.findings)) }
                            td.number { (report.money(window.found.paid_against_policy)) }
                            td.number { (report.money(window.found.owed_to_customers)) }
                            td.number { (report.money(window.found.unproven)) }
                        }
                    }
                }
            }
        }))
    }
}

/// The bars on an axis on which a day ends where its number stands, and begins where that of the day before stands.
fn plotted(windows: &[Window], bars: &[Bar], end: i64) -> Markup {
    // What has no place among the days stands apart.
    let side = end / 30 + 1;
    let gap = side;
    let span = |bar: &Bar| match (bar.from, bar.to) {
        (-1, -1) => (-1 - gap - side, -1 - gap),
        (_, i64::MAX) => (end + gap, end + gap + side),
        (from, to) => (from - 1, to),
    };
    let columns = bars.iter().map(|bar| {
        let (from, to) = span(bar);
        let wrong = i128::from(bar.count.wrong);
        let fine = i128::from(bar.count.returns) - wrong;
        let returns = if bar.count.returns == 1 { "return" } else { "returns" };
        let title = format!(
            "{}: {} {returns}, money paid out against the policy for {}",
            name(bar),
            count(bar.count.returns),
            count(bar.count.wrong)
        );
        Column { from: (from * DAY).into(), to: (to * DAY).into(), title, parts: vec![("paid", wrong), ("fine", fine)] }
    });
    let step = [1, 2, 5, 10, 20, 30, 60, 90, 180].into_iter().find(|step| end / step < LABELS).unwrap_or(180);
    let days = (0..=end / step).map(|tick| (i128::from(tick * step * DAY), (tick * step).to_string()));
    let apart = bars.iter().filter_map(|bar| {
        let (from, to) = span(bar);
        let label = match (bar.from, bar.to) {
            (-1, -1) => "before",
            (_, i64::MAX) => "later",
            _ => return None,
        };
        Some((i128::from((from + to) * DAY / 2), label.to_owned()))
    });
    let mut marks: Vec<Mark> = Vec::new();
    let mut beyond = Vec::new();
    for window in windows.iter().filter(|window| window.days > 0) {
        let at = i128::from(window.days * DAY);
        match marks.last_mut() {
            _ if window.days > end => beyond.push(window.length.as_str()),
            Some(last) if last.at == at => last.label = format!("{}, {}", last.label, window.length),
            Some(_) | None => marks.push(Mark { at, label: window.length.clone() }),
        }
    }
    plot::columns(&Plot {
        id: "days-plot",
        title: "Returns by days since the sale, with the windows of the policy",
        axis: "returns",
        columns: columns.collect(),
        ticks: days.chain(apart).collect(),
        marks,
        beyond: if beyond.is_empty() { String::new() } else { format!("{} →", beyond.join(", ")) },
    })
}

/// How many days a bar is about, where the axis ends with day `end`.
fn width(end: i64) -> i64 {
    (end + MOST - 1) / MOST
}

/// The last day that has a place of its own: that of the last return, but the last twentieth of them do not squeeze the others. Where a
/// window ends soon after it, the axis goes on so far.
fn end(by_days: &BTreeMap<i64, DayCount>, windows: &[Window]) -> i64 {
    let last = by_days.keys().next_back().copied().unwrap_or(0).max(1);
    let all: u64 = by_days.values().map(|count| count.returns).sum();
    let mut seen = 0;
    let common = by_days.iter().find(|(_, count)| {
        seen += count.returns;
        seen * 20 >= all * 19
    });
    let common = common.map_or(last, |(days, _)| *days).max(MOST);
    let end = if last > common + common / 2 { common } else { last }.min(MOST_DAYS - 1);
    let soon = windows.iter().map(|window| window.days).find(|days| *days >= end);
    soon.filter(|days| *days <= end + end / 4 + 1 && *days < MOST_DAYS).unwrap_or(end)
}

/// Bars of about the same width, of which one ends with the last day of each window; and the day with which the axis ends.
fn bars(by_days: &BTreeMap<i64, DayCount>, windows: &[Window]) -> (Vec<Bar>, i64) {
    let end = end(by_days, windows);
    let width = width(end);
    let bar = |from, to| Bar { from, to, count: DayCount::default() };
    let mut bars = vec![bar(-1, -1)];
    let mut before = -1;
    let windows = windows.iter().map(|window| window.days).filter(|days| (0..end).contains(days));
    for until in windows.chain([end]).filter(|until| *until >= 0) {
        let days = until - before;
        let several = ((days + width / 2) / width).max(1);
        bars.extend((0..several).filter(|_| days > 0).map(|at| {
            let edge = |at: i64| before + at * days / several;
            bar(edge(at) + 1, edge(at + 1))
        }));
        before = until;
    }
    bars.push(bar(end + 1, i64::MAX));
    for (days, count) in by_days {
        if let Some(bar) = bars.iter_mut().find(|bar| bar.to >= *days) {
            bar.count.returns += count.returns;
            bar.count.wrong += count.wrong;
        }
    }
    bars.retain(|bar| (bar.from >= 0 && bar.to < i64::MAX) || bar.count.returns > 0);
    (bars, end)
}

fn name(bar: &Bar) -> String {
    match (bar.from, bar.to) {
        (-1, -1) => "before the sale".to_owned(),
        (from, i64::MAX) => format!("{from} and later"),
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from} to {to}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::super::tally::DayCount;
    use super::{Window, bars, plotted};

    fn windows(days: &[i64]) -> Vec<Window> {
        let window = |days: &i64| Window { days: *days, length: format!("{days} days"), ..Window::default() };
        days.iter().map(window).collect()
    }

    fn returns(days: impl IntoIterator<Item = i64>) -> BTreeMap<i64, DayCount> {
        days.into_iter().map(|day| (day, DayCount { returns: 2, wrong: 1 })).collect()
    }

    #[test]
    fn a_bar_ends_with_the_last_day_of_each_window() {
        for (days, given, end, most) in [
            (returns(0..=100), vec![21, 30, 365], 100, 101),
            (returns(0..=28), vec![30, 90], 30, 31),
            (returns(-1..=12), vec![14], 14, 16),
            (returns((0..400).chain([1000])), vec![14, 30, 31, 90, 365], 380, 125),
            (returns((0..50).chain([700])), vec![30, 365], 120, 122),
            (returns(0..=700), vec![], 700, 121),
            (returns([0]), vec![0, 1], 1, 2),
        ] {
            let all: u64 = days.values().map(|count| count.returns).sum();
            let windows = windows(&given);
            let (bars, last) = bars(&days, &windows);
            assert_eq!(last, end, "{given:?}");
            assert!(bars.len() <= most, "{} bars", bars.len());
            assert_eq!(bars.iter().map(|bar| bar.count.returns).sum::<u64>(), all);
            let known: Vec<&super::Bar> = bars.iter().filter(|bar| bar.from >= 0).collect();
            assert!(known.windows(2).all(|two| two[0].to + 1 == two[1].from), "{bars:?}");
            for window in given.iter().filter(|days| **days <= end) {
                assert!(bars.iter().any(|bar| bar.to == *window), "{window} of {bars:?}");
            }
            let widths: Vec<i64> = known.iter().filter(|bar| bar.to <= end).map(|bar| bar.to - bar.from + 1).collect();
            assert!(super::width(end) > 1 || widths.iter().all(|width| *width == 1), "{widths:?}");
        }
    }

    #[test]
    fn a_window_stands_where_its_number_stands() {
        let windows = windows(&[30, 365]);
        let (bars, end) = bars(&returns(0..=100), &windows);
        let page = plotted(&windows, &bars, end).into_string();
        let behind = |before: &str| page.split(before).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let line = behind("<line class=\"mark\" x1=\"");
        assert!(page.contains(&format!("<text class=\"axis\" x=\"{line}\"")), "no label at {line}");
        // The hover of day 30 ends there, and that of day 31 begins.
        let ground = |title: &str| -> (f64, f64) {
            let rect = page.split(&format!("<title>{title}: ")).nth(1).unwrap();
            let number = |name: &str| rect.split(name).nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            (number(" x=\""), number(" width=\""))
        };
        let line: f64 = line.parse().unwrap();
        let (left, wide) = ground("30");
        assert!((left + wide - line).abs() < 0.15, "{left} {wide} {line}");
        assert!((ground("31").0 - line).abs() < 0.15);
        assert!(page.contains("365 days →"), "what ends beyond is named");
    }
}
