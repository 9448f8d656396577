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
    let table = ByClause {
        title: "Who gains and who loses, by clause",
        returns: "Returns",
        sides: [("owed", "Customers gain"), ("paid", "Customers lose")],
        figures: |sum| (sum.returns, sum.gained, sum.lost),
    };
    table.html(report, &sums.ranked(), (sums.gains + sums.loses, sums.gained, sums.lost))
}

/// What waits for a person or a fact under one of the policies.
fn open(report: &Report<'_>, sums: &Otherwise) -> Markup {
    let ranked = sums.ranked_open();
    let table = ByClause {
        title: "What is open, by clause",
        returns: "Open",
        sides: [("open", "Given now, would be open"), ("fine", "Open now, would be given")],
        figures: |sum| (sum.open, sum.held, sum.freed),
    };
    let (_, held, freed) = sum_of(&ranked, table.figures);
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
        (table.html(report, &ranked, (sums.open, held, freed)))
    }
}

/// A table of clauses that make a difference, with two amounts for each.
struct ByClause {
    title: &'static str,
    /// What is counted.
    returns: &'static str,
    /// Of both amounts: the key of their bars, and what they are.
    sides: [(&'static str, &'static str); 2],
    figures: fn(&Sum) -> (u64, Amount, Amount),
}

impl ByClause {
    fn html(&self, report: &Report<'_>, ranked: &[(&str, &Sum)], all: (u64, Amount, Amount)) -> Markup {
        let [(one, of_one), (other, of_other)] = self.sides;
        let (shown, others) = ranked.split_at(ranked.len().min(SHOWN));
        let rows: Vec<_> = shown.iter().map(|(clause, sum)| (*clause, (self.figures)(sum))).collect();
        let longest = rows.iter().map(|(_, (_, left, right))| left.0.saturating_add(right.0)).max().unwrap_or(0);
        let row = |head: Markup, (returns, left, right): (u64, Amount, Amount)| {
            html! {
                th scope="row" { (head) } td.number { (count(returns)) }
                td.number { (report.money(left)) } td.number { (report.money(right)) }
            }
        };
        html! {
            ul.legend {
                li { span.key.(one) {} " " (of_one) }
                li { span.key.(other) {} " " (of_other) }
            }
            (scrolled(self.title, html! {
                table.ranked {
                    thead { tr {
                        th scope="col" { "Clause that makes the difference" } th.number scope="col" { (self.returns) }
                        th.number scope="col" { (of_one) } th.number scope="col" { (of_other) }
                    } }
                    tbody {
                        @for (clause, figures) in rows {
                            @let bars = bar(&[(one, figures.1.0), (other, figures.2.0)], longest);
                            tr { (row(html! { (name(clause)) (bars) }, figures)) }
                        }
                        @if !others.is_empty() {
                            @let head = html! { span.soft { (count(others.len() as u64)) " more" } };
                            tr { (row(head, sum_of(others, self.figures))) }
                        }
                        tr.sum { (row(html! { "All" }, all)) }
                    }
                }
            }))
        }
    }
}

fn name(clause: &str) -> Markup {
    html! { @if clause.is_empty() { span.soft { "no clause" } } @else { code { (clause) } } }
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
