//! The same history under another policy.

use maud::{Markup, html};

use super::super::amount::Amount;
use super::super::otherwise::{Compared, Otherwise, Sum};
use super::plot::bar;
use super::{Report, count, scrolled};

/// How many clauses the table names.
const SHOWN: usize = 20;

pub(crate) fn section(report: &Report<'_>, compared: &Compared) -> Markup {
    let sums = &compared.sums;
    html! {
        p {
            "The same returns under " strong { (compared.policy.name) } ", version "
            (compared.policy.versions.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "))
            ": " (count(sums.same)) " come to the same. For " (count(sums.gains)) " customers get more: "
            strong { (report.money(sums.gained)) " " (report.currency) } ". For " (count(sums.loses)) " they get less: "
            strong { (report.money(sums.lost)) " " (report.currency) } "."
            @if sums.open > 0 {
                " Of " strong { (count(sums.open)) } " that cannot be said yet, because one of the policies leaves them to a person, or asks for "
                "a fact that is missing."
            }
        }
        (changes(report, sums))
        @if sums.open > 0 { (open(report, sums)) }
        p { "Every return that would come to something else is in " code { "changes.csv" } " and " code { "changes.parquet" } "." }
    }
}

/// Who gains and who loses.
fn changes(report: &Report<'_>, sums: &Otherwise) -> Markup {
    let ranked = sums.ranked();
    let (shown, others) = ranked.split_at(ranked.len().min(SHOWN));
    let longest = ranked.iter().map(|(_, sum)| sum.gained.0.saturating_add(sum.lost.0)).max().unwrap_or(0);
    html! {
        ul.legend {
            li { span.key.owed {} " Customers gain" }
            li { span.key.paid {} " Customers lose" }
        }
        (scrolled("Who gains and who loses, by clause", html! {
            table.ranked {
                thead { tr {
                    th scope="col" { "Clause that makes the difference" } th.number scope="col" { "Returns" }
                    th.number scope="col" { "Customers gain" } th.number scope="col" { "Customers lose" }
                } }
                tbody {
                    @for (clause, sum) in shown {
                        tr {
                            th scope="row" { (name(clause)) (bar(&[("owed", sum.gained.0), ("paid", sum.lost.0)], longest)) }
                            td.number { (count(sum.returns)) } td.number { (report.money(sum.gained)) } td.number { (report.money(sum.lost)) }
                        }
                    }
                    (more(report, others, |sum| (sum.returns, sum.gained, sum.lost)))
                    tr.sum {
                        th scope="row" { "All" } td.number { (count(sums.gains + sums.loses)) }
                        td.number { (report.money(sums.gained)) } td.number { (report.money(sums.lost)) }
                    }
                }
            }
        }))
    }
}

/// What waits for a person or a fact under one of the policies.
fn open(report: &Report<'_>, sums: &Otherwise) -> Markup {
    let ranked = sums.ranked_open();
    let (shown, others) = ranked.split_at(ranked.len().min(SHOWN));
    let longest = ranked.iter().map(|(_, sum)| sum.held.0.saturating_add(sum.freed.0)).max().unwrap_or(0);
    let (_, held, freed) = sum_of(&ranked, |sum| (sum.open, sum.held, sum.freed));
    html! {
        (scrolled("What is open", html! {
            table {
                caption { "What is open" }
                thead { tr { th scope="col" { "Under the other policy" } th.number scope="col" { "Returns" } th.number scope="col" { "Money that hangs on it" } } }
                tbody {
                    @for open in sums.open(report.digits) {
                        tr {
                            th scope="row" { (open.what) } td.number { (count(open.returns)) }
                            td.number { (open.money.as_deref().unwrap_or("–")) }
                        }
                    }
                    tr.sum { th scope="row" { "All" } td.number { (count(sums.open)) } td.number { "–" } }
                }
            }
        }))
        ul.legend {
            li { span.key.open {} " Given now, would be open" }
            li { span.key.fine {} " Open now, would be given" }
        }
        (scrolled("What is open, by clause", html! {
            table.ranked {
                thead { tr {
                    th scope="col" { "Clause that makes the difference" } th.number scope="col" { "Open" }
                    th.number scope="col" { "Given now, would be open" } th.number scope="col" { "Open now, would be given" }
                } }
                tbody {
                    @for (clause, sum) in shown {
                        tr {
                            th scope="row" { (name(clause)) (bar(&[("open", sum.held.0), ("fine", sum.freed.0)], longest)) }
                            td.number { (count(sum.open)) } td.number { (report.money(sum.held)) } td.number { (report.money(sum.freed)) }
                        }
                    }
                    (more(report, others, |sum| (sum.open, sum.held, sum.freed)))
                    tr.sum {
                        th scope="row" { "All" } td.number { (count(sums.open)) }
                        td.number { (report.money(held)) } td.number { (report.money(freed)) }
                    }
                }
            }
        }))
    }
}

fn name(clause: &str) -> Markup {
    html! { @if clause.is_empty() { span.soft { "no clause" } } @else { code { (clause) } } }
}

/// The row of the clauses that have none of their own.
fn more(report: &Report<'_>, others: &[(&str, &Sum)], figures: fn(&Sum) -> (u64, Amount, Amount)) -> Markup {
    let (returns, one, other) = sum_of(others, figures);
    html! {
        @if !others.is_empty() {
            tr {
                th scope="row" { span.soft { (count(others.len() as u64)) " more" } } td.number { (count(returns)) }
                td.number { (report.money(one)) } td.number { (report.money(other)) }
            }
        }
    }
}

fn sum_of(clauses: &[(&str, &Sum)], figures: fn(&Sum) -> (u64, Amount, Amount)) -> (u64, Amount, Amount) {
    clauses.iter().fold((0, Amount::ZERO, Amount::ZERO), |(mut returns, mut one, mut other), (_, sum)| {
        let more = figures(sum);
        returns += more.0;
        one += more.1;
        other += more.2;
        (returns, one, other)
    })
}
