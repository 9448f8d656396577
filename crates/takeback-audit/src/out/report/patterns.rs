//! What repeats itself: findings of the same kind and cause by the same clause, with some of them to look at.

use maud::{Markup, html};

use super::super::stake::{Pattern, Sample};
use super::{Report, count, scrolled};

/// How many are shown.
const SHOWN: usize = 40;
/// How many lines of what explains a finding are shown.
const LINES: usize = 80;

pub(crate) fn section(report: &Report<'_>) -> Markup {
    let ranked = report.stakes.ranked();
    let more = ranked.len().saturating_sub(SHOWN);
    html! {
        p {
            "Findings of the same kind and cause by the same clause, those with most money first. Open one for the returns with most money in "
            "it, and how the decision on them comes about."
        }
        ol.patterns {
            @for (at, ((kind, cause, clause), pattern)) in ranked.iter().take(SHOWN).enumerate() {
                li { (one(report, at, kind, cause, clause, pattern)) }
            }
        }
        @if more > 0 { p { (count(more as u64)) " more are in " code { "summary.json" } "." } }
    }
}

fn one(report: &Report<'_>, at: usize, kind: &str, cause: &str, clause: &str, pattern: &Pattern) -> Markup {
    let stake = &pattern.stake;
    html! {
        details {
            summary {
                span.what {
                    strong { (kind) } span.tag { (cause) } @if pattern.law { span.tag.law { "law" } }
                    @if !clause.is_empty() { " " code { (clause) } }
                }
                span.much { (report.money(stake.at_stake)) " " (report.currency) span.soft { " in " (count(stake.findings)) } }
            }
            @for citation in pattern.citations(report.about) { p.case { (citation) } }
            (scrolled(&format!("Samples of pattern {}", at + 1), html! {
                table.samples {
                    thead { tr {
                        th scope="col" { "No." } th scope="col" { "Returned" } th scope="col" { "Store, cashier" } th scope="col" { "Sale, article" }
                        th.number scope="col" { "Policy" } th.number scope="col" { "Given" } th.number scope="col" { "Difference" }
                    } }
                    tbody {
                        @for sample in &pattern.samples { (row(report, sample)) }
                    }
                }
            }))
            @for sample in pattern.samples.iter().filter(|sample| !sample.explained.is_empty()) {
                details.why { summary { "Why: finding " (sample.number) } pre tabindex="0" { (cut(&sample.explained, sample.number)) } }
            }
        }
    }
}

/// The first lines: a visit may have hundreds.
fn cut(text: &str, number: i64) -> String {
    let mut lines: Vec<String> = text.lines().take(LINES).map(|line| line.trim_end().to_owned()).collect();
    if text.lines().nth(LINES).is_some() {
        lines.push(format!("… `takeback explain --finding DIR {number}` tells the rest"));
    }
    lines.join("\n")
}

fn row(report: &Report<'_>, sample: &Sample) -> Markup {
    let cell = |name: &str| sample.cells.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let several = |names: &[&str]| names.iter().filter_map(|name| cell(name)).collect::<Vec<_>>().join(", ");
    let [expected, actual, difference] =
        sample.amounts.map(|amount| amount.map_or_else(|| "–".to_owned(), |amount| report.money(amount)));
    let at: String = cell("at").unwrap_or("not known").chars().take(16).collect();
    html! {
        tr {
            th scope="row" { (sample.number) }
            td { (at.replace('T', " ")) }
            td { (several(&["store", "clerk"])) }
            td { (several(&["sale", "line", "sku"])) span.case { (cell("source").unwrap_or_default()) ":" (cell("row").unwrap_or_default()) } }
            td.number { (expected) }
            td.number { (actual) }
            td.number { (difference) }
        }
        tr.told { td colspan="7" {
            (cell("message").unwrap_or_default())
            @if let Some(facts) = cell("facts") { " Missing: " (facts) "." }
        } }
    }
}
