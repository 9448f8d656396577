//! The same history under another policy.

use maud::{Markup, html};

use super::super::otherwise::Compared;
use super::plot::bar;
use super::{Report, count, scrolled};

/// How many clauses the table names.
const SHOWN: usize = 20;

pub(crate) fn section(report: &Report<'_>, compared: &Compared) -> Markup {
    let sums = &compared.sums;
    let ranked = sums.ranked();
    let longest = ranked.iter().map(|(_, _, gained, lost)| gained.0.saturating_add(lost.0)).max().unwrap_or(0);
    html! {
        p {
            "The same returns under " strong { (compared.policy.name) } ", version "
            (compared.policy.versions.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "))
            ": " (count(sums.same)) " come to the same. For " (count(sums.gains)) " customers get more: "
            strong { (report.money(sums.gained)) " " (report.currency) } ". For " (count(sums.loses)) " they get less: "
            strong { (report.money(sums.lost)) " " (report.currency) } ". " (count(sums.open))
            " are left to a person, or wait for a fact, under one of the policies only; no money is counted for them."
        }
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
                    @for (clause, returns, gained, lost) in ranked.iter().take(SHOWN) {
                        tr {
                            th scope="row" {
                                @if clause.is_empty() { span.soft { "no clause" } } @else { code { (clause) } }
                                (bar(&[("owed", gained.0), ("paid", lost.0)], longest))
                            }
                            td.number { (count(*returns)) } td.number { (report.money(*gained)) } td.number { (report.money(*lost)) }
                        }
                    }
                    tr.sum {
                        th scope="row" { "All" } td.number { (count(sums.gains + sums.loses)) }
                        td.number { (report.money(sums.gained)) } td.number { (report.money(sums.lost)) }
                    }
                }
            }
        }))
        p { "Every return that would come to something else is in " code { "changes.csv" } " and " code { "changes.parquet" } "." }
    }
}
