//! Joined cases to findings: each visit is decided again under the version in force, and what was done is held against that.
//! Pure: no file, no clock, no thread. What is compared, and what is not, stands in docs/reference/audit.md.

mod about;
mod amounts;
mod approvals;
mod either_way;
mod held;
mod paid_at;
mod paperwork;
mod sentences;
mod tenders;
mod units;
mod what_if;

use std::collections::BTreeMap;

use arrow::record_batch::RecordBatch;
use rust_decimal::Decimal;
use takeback::Policy;
use takeback::decision::{Decision, Outcome};
use takeback::facts::Schema;
use takeback::request::Request;

use crate::cells::{BatchError, Cells, Of};
use crate::columns::Link;
use crate::finding::{Cause, Finding, Kind};
use crate::missing;
use crate::visit::{self, Before, Fault, Line, Wanted};

use held::Held;

pub use what_if::{CHANGE, Sum, Totals, Wait, Waits, WhatIf, change_schema, what_if};

/// How strict the comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Amounts of a line that differ by no more are the same. In the policy's currency; nothing by default.
    pub tolerance: Decimal,
}

/// What came of a batch.
#[derive(Debug, Clone)]
pub struct Audit {
    /// One row for each finding ([`crate::finding::FINDING`]), in the order of the cases, those of one return in the order of
    /// [`Kind::ALL`].
    pub findings: RecordBatch,
    /// By finding, the row of the batch that it is about.
    pub cases: Vec<usize>,
    /// How many cases went which way.
    pub counts: Counts,
    /// The cases that could not be read, in the order of the batch.
    pub rejects: Vec<Reject>,
}

/// How many cases went which way: `read` is always `judged + rejected + unlinked`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows of the batch.
    pub read: u64,
    /// Of them: those that the policy was asked about, also those it could not settle.
    pub judged: u64,
    /// Those with a value that cannot be.
    pub rejected: u64,
    /// Those whose sale is not there, or of which it is not known which it is.
    pub unlinked: u64,
    /// Judged cases by what the policy says of them, in the words of outcomes.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Findings by kind.
    pub findings: BTreeMap<Kind, u64>,
    /// What was given back for all judged cases, as far as it is told.
    pub refunded: Decimal,
    /// What is at stake in all findings together; no money is counted twice.
    pub at_stake: Decimal,
    /// Judged cases by days from the start of the window, or else from the sale, to the return.
    pub days: BTreeMap<i64, u64>,
}

impl Counts {
    /// Adds those of another batch.
    pub fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.judged += other.judged;
        self.rejected += other.rejected;
        self.unlinked += other.unlinked;
        other.outcomes.iter().for_each(|(word, count)| *self.outcomes.entry(word).or_default() += count);
        other.findings.iter().for_each(|(kind, count)| *self.findings.entry(*kind).or_default() += count);
        other.days.iter().for_each(|(days, count)| *self.days.entry(*days).or_default() += count);
        self.refunded = self.refunded.saturating_add(other.refunded);
        self.at_stake = self.at_stake.saturating_add(other.at_stake);
    }
}

/// A case with a value that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Its row in the batch, from 0.
    pub case: usize,
    /// The file of its return line.
    pub source: Option<String>,
    /// Where it stands there.
    pub row: Option<i64>,
    /// The column.
    pub column: String,
    /// What stands in it.
    pub value: Option<String>,
    /// Why it cannot be.
    pub reason: String,
}

/// Holds joined cases against a policy. `cases` has the columns of [`crate::columns::case_schema`], found by name; columns that
/// it does not have are not known. The rows of a visit stand together, and a visit is whole in its batch. Every row is judged,
/// rejected or unlinked; no value of a row makes this fail.
///
/// # Errors
/// When a column is not one of a joined case, or of another type.
pub fn audit_batch(policy: &Policy, cases: &RecordBatch, options: &Options) -> Result<Audit, BatchError> {
    let cells = Cells::of(cases)?;
    let cx = Cx::new(policy, &cells, *options);
    let mut out = Out::default();
    let mut found = Found::default();
    for rows in visits(&cells) {
        cx.visit(rows, &mut found, &mut out);
    }
    out.counts.read = u64::try_from(cells.rows()).unwrap_or(u64::MAX);
    for finding in &out.findings {
        *out.counts.findings.entry(finding.kind).or_default() += 1;
        out.counts.at_stake = out.counts.at_stake.saturating_add(finding.at_stake);
    }
    out.rejects.sort_by_key(|reject| reject.case);
    let findings = crate::write::findings(policy, &cells, &out.findings)?;
    let cases = out.findings.iter().map(|finding| finding.row).collect();
    Ok(Audit { findings, cases, counts: out.counts, rejects: out.rejects })
}

/// The rows of each visit.
fn visits(cells: &Cells<'_>) -> impl Iterator<Item = Vec<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = next;
        if first >= cells.rows() {
            return None;
        }
        next = (first + 1..cells.rows()).find(|row| !visit::same_visit(cells, first, *row)).unwrap_or(cells.rows());
        Some((first..next).collect())
    })
}

/// Whether it is known of which sale a row is, or that it is of none.
fn is_linked(link: Link) -> bool {
    match link {
        Link::Receipt | Link::Fifo | Link::None => true,
        Link::Ambiguous | Link::MissingSale => false,
    }
}

#[derive(Debug, Default)]
struct Out {
    findings: Vec<Finding>,
    counts: Counts,
    rejects: Vec<Reject>,
}

/// What comes of a visit.
#[derive(Debug, Default)]
struct Found {
    findings: Vec<Finding>,
    /// What the policy says of each line, and how many days are between its sale and its return.
    lines: Vec<(Outcome, Option<i64>)>,
    judged: u64,
    unlinked: u64,
    refunded: Decimal,
}

impl Found {
    fn clear(&mut self) {
        let Self { findings, lines, judged, unlinked, refunded } = self;
        findings.clear();
        lines.clear();
        (*judged, *unlinked, *refunded) = (0, 0, Decimal::ZERO);
    }
}

impl Out {
    fn take(&mut self, found: &mut Found) {
        self.findings.append(&mut found.findings);
        for (outcome, days) in &found.lines {
            *self.counts.outcomes.entry(outcome.word()).or_default() += 1;
            if let Some(days) = days {
                *self.counts.days.entry(*days).or_default() += 1;
            }
        }
        self.counts.judged += found.judged;
        self.counts.unlinked += found.unlinked;
        self.counts.refunded = self.counts.refunded.saturating_add(found.refunded);
    }
}

/// What is judged, and by what.
#[derive(Debug, Clone, Copy)]
struct Cx<'a> {
    policy: &'a Policy,
    schema: &'a Schema,
    cells: &'a Cells<'a>,
    options: Options,
    /// Whether something hangs on what the lines of a visit come to together.
    totals: bool,
}

/// A line of a visit that was decided.
#[derive(Debug, Clone, Copy)]
struct Place<'d> {
    /// The row.
    row: usize,
    /// Its place in the request.
    line: usize,
    request: &'d Request,
    decision: &'d Decision,
}

/// What the policy says of a visit.
struct Decided {
    lines: Vec<Line>,
    request: Request,
    /// With the approvals and verifications that are told.
    decision: Decision,
    /// With all that could be approved or verified, where that is more.
    granted: Option<Decision>,
    /// Who approved what; none: not known.
    approvals: Option<Vec<approvals::Given>>,
    verified: bool,
}

impl Decided {
    /// What the policy says once all that could be approved or verified is.
    fn granted(&self) -> &Decision {
        self.granted.as_ref().unwrap_or(&self.decision)
    }
}

impl<'a> Cx<'a> {
    fn new(policy: &'a Policy, cells: &'a Cells<'a>, options: Options) -> Self {
        Self { policy, schema: &policy.program().schema, cells, options, totals: missing::has_totals(policy) }
    }
}

impl Cx<'_> {
    /// Judges a visit; rows with a value that cannot be are set aside, and the rest is judged without them.
    fn visit(&self, mut rows: Vec<usize>, found: &mut Found, out: &mut Out) {
        while !rows.is_empty() {
            found.clear();
            match self.judge(&rows, found) {
                Ok(()) => {
                    found.findings.sort_by_key(|finding| (finding.row, finding.kind));
                    self.stakes(&mut found.findings);
                    out.take(found);
                    return;
                }
                Err(fault) => {
                    let before = rows.len();
                    let all = !rows.contains(&fault.row);
                    let reject = |row: &usize| all || *row == fault.row;
                    out.rejects.extend(rows.iter().filter(|row| reject(row)).map(|row| self.reject(*row, &fault)));
                    rows.retain(|row| !reject(row));
                    out.counts.rejected += u64::try_from(before - rows.len()).unwrap_or_default();
                }
            }
        }
    }

    fn reject(&self, case: usize, fault: &Fault) -> Reject {
        Reject {
            case,
            source: self.cells.text(Of::Return, "source", case).map(str::to_owned),
            row: self.cells.count(Of::Return, "row", case),
            column: fault.column.clone(),
            value: fault.value.clone(),
            reason: fault.reason.clone(),
        }
    }

    fn judge(&self, rows: &[usize], out: &mut Found) -> Result<(), Fault> {
        let mut linked = Vec::new();
        let dated = self.is_dated(rows);
        for row in rows {
            self.check(*row)?;
            let link = visit::link(self.cells, *row)?;
            match (is_linked(link), dated) {
                (true, true) => linked.push(*row),
                (true, false) => self.without_day(*row, out),
                (false, _) => {
                    out.unlinked += 1;
                    out.findings.push(self.without_sale(*row, link));
                }
            }
        }
        let (refunded, declined): (Vec<usize>, Vec<usize>) = linked.iter().partition(|row| self.refunded(**row));
        let taken = self.units(&refunded, out)?;
        if !taken.is_empty() {
            let decided = self.decide(taken, Wanted::Given)?;
            self.compare(&decided, &linked, out)?;
            self.other_remedies(&decided, out)?;
        }
        for row in &declined {
            self.declined(*row, (&refunded, &linked), out)?;
        }
        out.judged += u64::try_from(linked.len()).unwrap_or_default();
        for row in linked {
            out.refunded = out.refunded.saturating_add(self.actual(row).total.unwrap_or_default());
        }
        Ok(())
    }

    /// Whether it is known when a visit was: some row tells.
    fn is_dated(&self, rows: &[usize]) -> bool {
        rows.iter().any(|row| self.cells.text(Of::Return, "at", *row).is_some())
    }

    /// Of a return nobody knows the day of nothing can be said: not even which version of the policy it is of.
    fn without_day(&self, row: usize, out: &mut Found) {
        let mut finding = Finding::new(Kind::CannotBeJudged, row, Cause::MissingFact);
        finding.told = true;
        finding.actual = self.actual(row).total;
        finding.facts.push("at".to_owned());
        finding.message = sentences::undetermined(&finding.facts, None);
        out.findings.push(finding);
        out.judged += 1;
        out.lines.push((Outcome::Undetermined, None));
        out.refunded = out.refunded.saturating_add(self.actual(row).total.unwrap_or_default());
    }

    /// Refuses what no till can have meant.
    fn check(&self, row: usize) -> Result<(), Fault> {
        if let Some(done) = self.cells.text(Of::Return, "done", row)
            && !["refunded", "declined"].contains(&done)
        {
            return Err(Fault::new(row, "done", Some(done.to_owned()), "it is `refunded` or `declined`"));
        }
        let units = visit::units(self.cells, row);
        if units < 1 {
            let reason = "at least one unit comes back";
            return Err(Fault::new(row, "quantity", Some(units.to_string()), reason));
        }
        let most = Decimal::from(crate::spell::MOST);
        for name in ["refund", "refund_goods", "refund_tax", "refund_fee", "refund_shipping"] {
            match self.cells.money(Of::Return, name, row) {
                Some(amount) if amount < Decimal::ZERO => {
                    return Err(Fault::new(row, name, Some(amount.to_string()), "an amount is not negative"));
                }
                Some(amount) if amount >= most => {
                    let reason = "an amount has at most 15 digits before the point";
                    return Err(Fault::new(row, name, Some(amount.to_string()), reason));
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn refunded(&self, row: usize) -> bool {
        self.cells.text(Of::Return, "done", row) != Some("declined")
    }

    fn without_sale(&self, row: usize, link: Link) -> Finding {
        let mut finding = Finding::new(Kind::CannotBeJudged, row, Cause::Sale);
        finding.told = true;
        finding.actual = self.actual(row).total;
        finding.facts.push("sale".to_owned());
        finding.message = sentences::without_sale(link).to_owned();
        finding
    }

    /// Decides some lines of a visit, with the approvals of its rows.
    fn decide(&self, lines: Vec<Line>, wanted: Wanted) -> Result<Decided, Fault> {
        let mut request = visit::request(self.policy, self.cells, &lines, wanted, Before::Told)?;
        let approvals = self.approvals(&lines)?;
        let verified = self.verifications(&lines)?;
        let decision = self.approve(&mut request, approvals.as_deref(), verified.as_deref());
        let open = decision.lines.iter().any(|line| !matches!(line.outcome, Outcome::Accept | Outcome::Undetermined));
        let granted = if open { self.grant(&request, &decision) } else { None };
        Ok(Decided { lines, request, decision, granted, approvals, verified: verified.is_some() })
    }

    /// Holds what was given back against what the policy gives.
    fn compare(&self, decided: &Decided, visit: &[usize], out: &mut Found) -> Result<(), Fault> {
        let mut by_grant = false;
        let (mut open, mut waiting) = (Vec::new(), Vec::new());
        let hangs_on = if self.totals { self.open_amounts(decided) } else { Vec::new() };
        for (line, taken) in decided.lines.iter().enumerate() {
            let place = Place { row: taken.row, line, request: &decided.request, decision: &decided.decision };
            self.count(place, out);
            let held = held::held(place);
            if !hangs_on.is_empty() && held == Held::No {
                let mut finding = self.undetermined(&decided.lines, place);
                finding.facts.extend(hangs_on.iter().map(|name| (*name).to_owned()));
                finding.message = sentences::undetermined(&finding.facts, None);
                out.findings.push(finding);
                continue;
            }
            if self.waits(place.row, &held) {
                waiting.push(line);
                if let Held::Approval(hold) = &held
                    && hold.owed
                {
                    out.findings.push(self.owed(place, Decimal::ZERO));
                }
                continue;
            }
            out.findings.extend(self.how_it_was_let_through(decided, place, &held));
            let granted = matches!(held, Held::Approval(_) | Held::Verification(_));
            by_grant |= granted;
            if hangs_on.is_empty() && (granted || held == Held::No) {
                open.push(place);
            }
        }
        // The money of a visit is shared over all its lines: all are looked at in one decision.
        let decision = if by_grant { decided.granted() } else { &decided.decision };
        let open = open.into_iter().map(|place| Place { decision, ..place });
        let let_through: Vec<Place<'_>> = open.filter(|place| held::held(*place) == Held::No).collect();
        self.amounts(&decided.lines, &let_through, out);
        self.tenders(&decided.lines, &let_through, out)?;
        self.paid_at(&let_through, out)?;
        self.paperwork(decided, (visit, &waiting), out)
    }

    /// Whether a person has to let it through, and no money was given: it was not let through, whoever has to.
    fn waits(&self, row: usize, held: &Held) -> bool {
        let asked = matches!(held, Held::Approval(_) | Held::Verification(_) | Held::Unsettled(_));
        asked && self.pays(row) && self.actual(row).is_nothing()
    }

    /// What is not known of lines of a visit that are let through at some amounts, and so of all that the visit comes to.
    fn open_amounts(&self, decided: &Decided) -> Vec<&'static str> {
        let mut names = Vec::new();
        for (line, taken) in decided.lines.iter().enumerate() {
            let place = Place { row: taken.row, line, request: &decided.request, decision: &decided.decision };
            let unpriced = decided.request.lines.get(line).is_some_and(|line| line.unpriced);
            if unpriced && held::held(place) == Held::Undetermined {
                names.extend(missing::open(self.policy, self.cells, &decided.lines, taken.row));
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What was declined, held against what the policy gives.
    fn declined(&self, row: usize, (refunded, visit): (&[usize], &[usize]), out: &mut Found) -> Result<(), Fault> {
        let line = Line { row, units: visit::units(self.cells, row) };
        let decided = self.decide(vec![line], Wanted::Asked)?;
        let place = Place { row, line: 0, request: &decided.request, decision: &decided.decision };
        self.count(place, out);
        if !self.fits(row, refunded) {
            return Ok(());
        }
        match held::held(place) {
            Held::No => out.findings.push(self.owed(place, Decimal::ZERO)),
            Held::Approval(hold) if hold.owed => out.findings.push(self.owed(place, Decimal::ZERO)),
            Held::Undetermined => out.findings.push(self.undetermined(&decided.lines, place)),
            Held::Approval(_) | Held::Verification(_) | Held::Refused(_) | Held::Unsettled(_) => {}
        }
        self.paperwork_of_declined(&decided, visit, out)
    }

    /// Where another remedy was given than the one that was wanted: whether that one was owed.
    fn other_remedies(&self, decided: &Decided, out: &mut Found) -> Result<(), Fault> {
        let other = |line: &&Line| {
            let remedy = |wanted| visit::remedy(self.cells, line.row, wanted);
            remedy(Wanted::Asked) != remedy(Wanted::Given)
        };
        for line in decided.lines.iter().filter(other) {
            let asked = self.decide(vec![*line], Wanted::Asked)?;
            let place = Place { row: line.row, line: 0, request: &asked.request, decision: &asked.decision };
            if held::held(place) == Held::No {
                let given = self.actual(line.row).total.unwrap_or_default();
                let mut finding = self.owed(place, given);
                finding.message = sentences::other_remedy(visit::remedy(self.cells, line.row, Wanted::Given), &finding);
                out.findings.push(finding);
            }
        }
        Ok(())
    }

    fn count(&self, place: Place<'_>, out: &mut Found) {
        let Some(line) = place.decision.lines.get(place.line) else { return };
        out.lines.push((line.outcome, held::days(place)));
    }

    /// How much each finding stands for. The money of a return is what was given for it or what the policy gives, whichever is
    /// more; the findings of the return share it in the order of their kinds, so that none of it is counted twice.
    fn stakes(&self, findings: &mut [Finding]) {
        for of_row in findings.chunk_by_mut(|one, other| one.row == other.row) {
            let most = |amount: Option<Decimal>| amount.unwrap_or_default();
            let all = of_row.iter().map(|finding| most(finding.actual).max(most(finding.expected))).max();
            let mut left = all.unwrap_or_default();
            for finding in of_row {
                finding.at_stake = finding.stake.clamp(Decimal::ZERO, left);
                left -= finding.at_stake;
            }
        }
    }
}
