//! `report.html`: what the audit comes to, to read, to print and to hand round. One file that needs nothing else and runs no script. Beside every
//! plot stand its exact figures; what is not known is called so.

mod days;
mod groups;
mod otherwise;
mod patterns;
mod plot;

use chrono::NaiveDate;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::amount::{Amount, grouped};
use super::manifest::Given;
use super::otherwise::Compared;
use super::stake::Stakes;
use super::tally::Tally;
use super::windows::Window;
use super::{About, Counts};
use crate::finding::Kind;
use crate::spread::RejectKind;

const STYLE: &str = include_str!("report/style.css");

/// What the report tells of.
pub(crate) struct Report<'a> {
    pub(crate) about: &'a About,
    pub(crate) given: &'a Given,
    pub(crate) counts: &'a Counts,
    pub(crate) tally: &'a Tally,
    pub(crate) stakes: &'a Stakes,
    pub(crate) windows: &'a [Window],
    pub(crate) rejects: &'a [RejectKind],
    pub(crate) compared: Option<&'a Compared>,
    pub(crate) currency: &'a str,
    pub(crate) digits: u32,
}

impl Report<'_> {
    fn money(&self, amount: Amount) -> String {
        amount.shown(self.digits)
    }
}

/// The words of the three sides of money: class of its colour, name, what it means.
const SIDES: [(&str, &str, &str); 3] = [
    ("paid", "Paid out against the policy", "refunded though declined, twice, for more than was sold, or too much"),
    ("owed", "Owed to customers", "refunded too little, or declined though the customer has a right to it"),
    ("open", "Not proven", "without the approval, the paperwork or the tender that the policy asks for"),
];

/// The page.
pub(crate) fn html(report: &Report<'_>) -> String {
    let title = format!("Audit of returns: {}", report.about.name);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="takeback";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                (head(report))
                main id="main" tabindex="-1" {
                    (sides(report))
                    @for section in sections(report) {
                        section aria-labelledby=(section.id) {
                            h2 id=(section.id) { (section.title) }
                            (section.body)
                        }
                    }
                }
                footer { p {
                    "Made by takeback " (env!("CARGO_PKG_VERSION")) ". All findings are in " code { "findings.csv" } " and "
                    code { "findings.parquet" } ", what these figures add up from in " code { "summary.json" } "; "
                    code { "takeback explain --finding" } " tells how the decision on one of them comes about."
                } }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

struct Section {
    id: &'static str,
    title: &'static str,
    body: Markup,
}

fn sections(report: &Report<'_>) -> Vec<Section> {
    let part = |id, title, body| Section { id, title, body };
    let mut sections = Vec::new();
    if report.stakes.all.findings > 0 {
        sections.extend([
            part("by-month", "By month", groups::months(report)),
            part("by-clause", "By clause", groups::clauses(report)),
            part("by-kind", "What was found, and why", groups::kinds(report)),
            part("by-store", "By store", groups::stores(report)),
            part("by-cashier", "By cashier", groups::clerks(report)),
        ]);
    }
    sections.push(part("days", "Days since the sale", days::section(report)));
    if report.stakes.all.findings > 0 {
        sections.push(part("patterns", "What repeats itself", patterns::section(report)));
    }
    if let Some(compared) = report.compared {
        sections.push(part("what-if", "Under another policy", otherwise::section(report, compared)));
    }
    sections.push(part("rows", "What became of every row", rows(report)));
    sections.push(part("evidence", "Evidence", evidence(report)));
    sections
}

fn head(report: &Report<'_>) -> Markup {
    let months: Vec<&String> = report.tally.by_month.keys().filter(|month| !month.is_empty()).collect();
    let span = match (months.first(), months.last()) {
        (Some(first), Some(last)) if first == last => month_name(first),
        (Some(first), Some(last)) => format!("{} to {}", month_name(first), month_name(last)),
        _ => String::new(),
    };
    let all = &report.stakes.all;
    let returns = report.tally.all.returns;
    html! {
        header {
            p.over { "Audit of returns" }
            h1 { (report.about.name) }
            p.edition { (span) @if !span.is_empty() { ". " } (versions(report.about)) }
            p.lead {
                "Of " strong { (count(returns)) } " lines of returns, for which " strong { (report.money(report.tally.all.refunded)) " " (report.currency) }
                " were given back, " strong { (count(report.tally.with_findings)) } " (" (percent(report.tally.with_findings, returns)) ") have findings: "
                (count(all.findings)) " in all."
                @if let Some(open) = report.stakes.by_kind.get(Kind::CannotBeJudged.word()) {
                    " Of these, " (count(open.findings)) " cannot be judged, because facts are missing; no money is counted for them."
                }
                @if report.tally.without_amount > 0 {
                    " Of " (count(report.tally.without_amount)) " it is not known how much was given back."
                }
                @if !report.counts.without_rows.is_empty() {
                    " There are no rows in " (report.counts.without_rows.join(", ")) "."
                }
            }
        }
    }
}

fn versions(about: &About) -> String {
    let list: Vec<String> = about.versions.iter().map(|(name, from)| format!("{name} (from {from})")).collect();
    match list.as_slice() {
        [one] => format!("Held against version {one}."),
        all => format!("Held against the version in force of {}.", all.join(", ")),
    }
}

/// The three sums.
fn sides(report: &Report<'_>) -> Markup {
    let all = &report.stakes.all;
    let amounts = [all.paid_against_policy, all.owed_to_customers, all.unproven];
    html! {
        dl.sides {
            @for ((class, name, about), amount) in SIDES.iter().zip(amounts) {
                div class=(format!("side {class}")) {
                    dt { (name) }
                    dd { span.sum { (report.money(amount)) " " small { (report.currency) } } span.about { (about) } }
                }
            }
        }
    }
}

/// Names of the three colours.
fn legend() -> Markup {
    html! {
        ul.legend {
            @for (class, name, _) in SIDES { li { span class=(format!("key {class}")) {} " " (name) } }
        }
    }
}

/// That every row is accounted for.
fn rows(report: &Report<'_>) -> Markup {
    let counts = report.counts;
    let line = |name: &str, number: u64, class: &'static str| {
        html! { tr class=(class) { th scope="row" { (name) } td.number { (count(number)) } } }
    };
    html! {
        p { "Nothing that was read is missing here: the rows below add up to the rows that were read." }
        div.pair {
            table {
                caption { "Rows of returns" }
                thead { tr { th scope="col" { "What became of them" } th.number scope="col" { "Rows" } } }
                tbody {
                    (line("held against the policy", counts.judged, ""))
                    (line("without the sale they name, or several could be meant", counts.unlinked, ""))
                    (line("with errors, in rejects.csv", counts.rejected, ""))
                    @for (why, number) in &counts.left_out { (line(&format!("left out: {why}"), *number, "")) }
                    (line("no returns", counts.not_returns, ""))
                    (line("read", counts.returns_read, "sum"))
                }
            }
            @if counts.sales_read > 0 {
                table {
                    caption { "Rows of sales" }
                    thead { tr { th scope="col" { "What became of them" } th.number scope="col" { "Rows" } } }
                    tbody {
                        (line("sales", counts.sales, ""))
                        (line("with errors, in rejects.csv", counts.sales_rejected, ""))
                        @for (why, number) in &counts.sales_left_out { (line(&format!("left out: {why}"), *number, "")) }
                        (line("no sales", counts.not_sales, ""))
                        (line("read", counts.sales_read, "sum"))
                    }
                }
            }
        }
        (rejects(report))
    }
}

/// How many kinds of rejects are shown.
const KINDS: usize = 20;

/// What is wrong with rows that were rejected.
fn rejects(report: &Report<'_>) -> Markup {
    let more = report.rejects.len().saturating_sub(KINDS);
    html! {
        @if !report.rejects.is_empty() {
            (scrolled("What is wrong with rows that were rejected", html! {
                table {
                    caption { "What is wrong with rows that were rejected" }
                    thead { tr {
                        th scope="col" { "Rows of" } th scope="col" { "Column" } th scope="col" { "What is wrong" }
                        th scope="col" { "The first" } th.number scope="col" { "Errors" }
                    } }
                    tbody {
                        @for kind in report.rejects.iter().take(KINDS) {
                            tr {
                                td { (kind.table) "s" }
                                td { @if kind.column.is_empty() { span.soft { "the row" } } @else { code { (kind.column) } } }
                                td { (kind.reason) }
                                td { @if let Some((source, row, _)) = kind.first.first() { (source) ":" (row) } }
                                td.number { (count(kind.count)) }
                            }
                        }
                    }
                }
            }))
            p {
                "A row may have several errors. "
                @if more > 0 { (count(more as u64)) " more kinds are in " code { "summary.json" } ". " }
                "All of them are in " code { "rejects.csv" } ", with what stands there."
                @if report.counts.sales_rejected > 0 {
                    " A return of a sale whose row was rejected is without its sale."
                }
            }
        }
    }
}

fn evidence(report: &Report<'_>) -> Markup {
    html! {
        p { "Whoever has the same files gets the same findings, to the byte. " code { "manifest.json" } " has all of this, and the hashes of what was written." }
        (scrolled("Files that were read", html! {
            table.evidence {
                thead { tr { th scope="col" { "What" } th scope="col" { "Name" } th scope="col" { "SHA-256" } } }
                tbody {
                    tr { th scope="row" { "policy" } td { (report.about.name) } td { code { (report.about.bundle.trim_start_matches("sha256:")) } } }
                    @if let Some(compared) = report.compared {
                        tr { th scope="row" { "other policy" } td { (compared.policy.name) } td { code { (compared.policy.bundle.trim_start_matches("sha256:")) } } }
                    }
                    @if !report.given.mapping.is_empty() {
                        tr { th scope="row" { "mapping" } td { } td { code { (report.given.mapping) } } }
                    }
                    @for input in &report.given.inputs {
                        tr { th scope="row" { (input.of) } td { (input.name) } td { code { (input.sha256) } } }
                    }
                }
            }
        }))
    }
}

/// Something wide, which is scrolled where the page is narrow.
fn scrolled(label: &str, inner: Markup) -> Markup {
    html! { div.scroll role="region" tabindex="0" aria-label=(label) { (inner) } }
}

/// A number with groups of three.
fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// `8.1 %`, cut; of nothing, nothing.
fn percent(part: u64, of: u64) -> String {
    share(i128::from(part), i128::from(of))
}

fn share(part: i128, of: i128) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    let tenths = part.saturating_mul(1000) / of;
    format!("{}.{} %", tenths / 10, tenths.abs() % 10)
}

/// `January 2011`.
fn month_name(month: &str) -> String {
    let first = NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d");
    first.map_or_else(|_| month.to_owned(), |day| day.format("%B %Y").to_string())
}
