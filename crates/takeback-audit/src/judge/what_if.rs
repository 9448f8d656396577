//! The same history under another policy: what each return would have come to, who gains and who loses, and by which clause.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Int64Array, StringArray};
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::RecordBatch;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use takeback::Policy;
use takeback::decision::{Amount, Credits, Outcome};

use crate::cells::{BatchError, Cells, Of};
use crate::columns::{Column, Kind as Holds, column};
use crate::visit::{self, Fault, Line, Wanted};
use crate::write::{batch, money, since_epoch};

use super::held::{self, Held};
use super::{Cx, Decided, Found, Options, Place, Reject};

/// What would be otherwise.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// One row for each return that would come to something else ([`CHANGE`]), in the order of the cases.
    pub changes: RecordBatch,
    /// Sums over them.
    pub totals: Totals,
    /// The cases that one of the policies could not read, in the order of the batch.
    pub rejects: Vec<Reject>,
}

/// Sums over a history that was decided under two policies. `same + gains + loses + open` are all returns that both could read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Returns that come to the same.
    pub same: u64,
    /// Returns for which the customer would get more, or something instead of nothing.
    pub gains: u64,
    /// How much more.
    pub gained: Decimal,
    /// Returns for which the customer would get less, or nothing.
    pub loses: u64,
    /// How much less.
    pub lost: Decimal,
    /// Returns that one of the policies leaves to a person, or cannot settle without a fact, and the other does not, or otherwise:
    /// nobody gains or loses yet.
    pub open: u64,
    /// What these wait for; together as many.
    pub waits: Waits,
    /// By the clauses that make the difference: what customers gain and lose, and what is open.
    pub clauses: BTreeMap<String, Sum>,
}

/// What returns that are open wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waits {
    /// The policy settles them, and the other one leaves them to a person; with what the policy gives.
    pub person_under_other: Wait,
    /// The policy settles them, and the other one asks for a fact; with what the policy gives.
    pub fact_under_other: Wait,
    /// The policy leaves them to a person, and the other one settles them; with what the other one gives.
    pub person_now: Wait,
    /// The policy asks for a fact, and the other one settles them; with what the other one gives.
    pub fact_now: Wait,
    /// Both leave them open, each in its own way.
    pub both: u64,
}

/// Returns that wait, and the money that hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wait {
    /// Returns.
    pub returns: u64,
    /// What the policy gives that settles them.
    pub money: Decimal,
}

/// What a clause makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Returns for which customers gain or lose.
    pub returns: u64,
    /// What customers gain.
    pub gained: Decimal,
    /// What customers lose.
    pub lost: Decimal,
    /// Returns that are open.
    pub open: u64,
    /// Of these, what the policy gives and the other one leaves open.
    pub held: Decimal,
    /// Of these, what the policy leaves open and the other one gives.
    pub freed: Decimal,
}

impl Totals {
    /// Adds those of another batch.
    pub fn add(&mut self, other: &Self) {
        self.same += other.same;
        self.gains += other.gains;
        self.loses += other.loses;
        self.open += other.open;
        self.gained = self.gained.saturating_add(other.gained);
        self.lost = self.lost.saturating_add(other.lost);
        self.waits.add(&other.waits);
        for (clause, sum) in &other.clauses {
            let mine = self.clauses.entry(clause.clone()).or_default();
            mine.returns += sum.returns;
            mine.gained = mine.gained.saturating_add(sum.gained);
            mine.lost = mine.lost.saturating_add(sum.lost);
            mine.open += sum.open;
            mine.held = mine.held.saturating_add(sum.held);
            mine.freed = mine.freed.saturating_add(sum.freed);
        }
    }
}

impl Waits {
    fn add(&mut self, other: &Self) {
        for (mine, more) in [
            (&mut self.person_under_other, other.person_under_other),
            (&mut self.fact_under_other, other.fact_under_other),
            (&mut self.person_now, other.person_now),
            (&mut self.fact_now, other.fact_now),
        ] {
            mine.returns += more.returns;
            mine.money = mine.money.saturating_add(more.money);
        }
        self.both += other.both;
    }

    /// Counts a return that is open, also for the clause that makes it so.
    fn count(&mut self, mine: &Answer, theirs: &Answer, sum: &mut Sum) {
        let (money, hanging, wait) = match (mine.value, theirs.value) {
            (Some(money), _) if theirs.held == Held::Undetermined => (money, &mut sum.held, &mut self.fact_under_other),
            (Some(money), _) => (money, &mut sum.held, &mut self.person_under_other),
            (None, Some(money)) if mine.held == Held::Undetermined => (money, &mut sum.freed, &mut self.fact_now),
            (None, Some(money)) => (money, &mut sum.freed, &mut self.person_now),
            (None, None) => {
                self.both += 1;
                return;
            }
        };
        wait.returns += 1;
        wait.money = wait.money.saturating_add(money);
        *hanging = hanging.saturating_add(money);
    }
}

/// The columns of changes.
pub const CHANGE: &[Column] = &[
    column("visit", Holds::Text, "the transaction"),
    column("return_line", Holds::Text, "the line in it"),
    column("sale", Holds::Text, "the sale it is of"),
    column("line", Holds::Text, "the line of that sale"),
    column("customer", Holds::Text, "whose return it is"),
    column("store", Holds::Text, "where it was brought back"),
    column("at", Holds::Moment, "when it was brought back"),
    column("day", Holds::Day, "the local day of that"),
    column("sku", Holds::Text, "the article"),
    column("remedy", Holds::Word, "the remedy that was given, or asked for"),
    column("outcome", Holds::Word, "what the policy says"),
    column("other_outcome", Holds::Word, "what the other policy says"),
    column("value", Holds::Money, "what the policy gives; not known: it is left to a person, or a fact is missing"),
    column("other_value", Holds::Money, "what the other policy gives; likewise"),
    column("difference", Holds::Money, "what the customer gains; negative: loses"),
    column("currency", Holds::Text, "of these amounts (ISO 4217)"),
    column("clause", Holds::Text, "label path of the clause that makes the difference; several with `;`"),
    column("of_other", Holds::YesNo, "whether that clause stands in the other policy"),
    column("source", Holds::Text, "the file of the return line"),
    column("row", Holds::Count, "where it stands there"),
];

/// The schema of changes.
pub fn change_schema() -> Schema {
    Schema::new(CHANGE.iter().map(Column::field).collect::<Vec<Field>>())
}

/// Decides joined cases under two policies, each with the approvals that are told, for the remedy that was given, or asked for where
/// it was declined. What was done before stays as it was, whatever the other policy would have said of it.
///
/// # Errors
/// As [`super::audit_batch`], and when the policies have different currencies.
pub fn what_if(now: &Policy, other: &Policy, cases: &RecordBatch) -> Result<WhatIf, BatchError> {
    let currencies = [now, other].map(|policy| policy.program().currency.code());
    if let [now, other] = currencies
        && now != other
    {
        return Err(BatchError::Currency { now, other });
    }
    let cells = Cells::of(cases)?;
    let cx = |policy| Cx::new(policy, &cells, Options::default());
    let (now, other) = (cx(now), cx(other));
    let mut totals = Totals::default();
    let mut changes = Vec::new();
    let mut rejects = Vec::new();
    for mut rows in super::visits(&cells) {
        while !rows.is_empty() {
            match now.answers(&rows).and_then(|mine| Ok((mine, other.answers(&rows)?))) {
                Ok((mine, theirs)) => {
                    // Without a day neither can settle anything.
                    if !now.is_dated(&rows) {
                        let linked = |row: &&usize| visit::link(&cells, **row).is_ok_and(super::is_linked);
                        totals.same += u64::try_from(rows.iter().filter(linked).count()).unwrap_or_default();
                    }
                    for (row, mine) in mine {
                        let Some((_, theirs)) = theirs.iter().find(|(known, _)| *known == row) else { continue };
                        changes.extend(change((&now, &mine), (&other, theirs), row, &mut totals));
                    }
                    break;
                }
                Err(fault) => {
                    let all = !rows.contains(&fault.row);
                    let reject = |row: &usize| all || *row == fault.row;
                    rejects.extend(rows.iter().filter(|row| reject(row)).map(|row| now.reject(*row, &fault)));
                    rows.retain(|row| !reject(row));
                }
            }
        }
    }
    changes.sort_by_key(|change| change.row);
    rejects.sort_by_key(|reject| reject.case);
    Ok(WhatIf { changes: written(&now, &changes)?, totals, rejects })
}

/// What a policy says of a row.
struct Answer {
    outcome: &'static str,
    held: Held,
    day: NaiveDate,
    /// None: it is left open.
    value: Option<Decimal>,
    parts: Vec<Amount>,
    by: Credits,
}

/// A row that would come to something else.
struct Change {
    row: usize,
    day: NaiveDate,
    outcomes: [&'static str; 2],
    values: [Option<Decimal>; 2],
    difference: Option<Decimal>,
    clauses: Vec<String>,
    of_other: bool,
}

impl Cx<'_> {
    /// What the policy says of the rows of a visit; of those whose sale is not there, nothing.
    fn answers(&self, rows: &[usize]) -> Result<Vec<(usize, Answer)>, Fault> {
        let mut linked = Vec::new();
        let dated = self.is_dated(rows);
        for row in rows {
            self.check(*row)?;
            if dated && super::is_linked(visit::link(self.cells, *row)?) {
                linked.push(*row);
            }
        }
        let (refunded, declined): (Vec<usize>, Vec<usize>) = linked.iter().partition(|row| self.refunded(**row));
        let mut out = Vec::new();
        let lines = self.units(&refunded, &mut Found::default())?;
        if !lines.is_empty() {
            self.answered(&self.decide(lines, Wanted::Given)?, &mut out);
        }
        for row in declined {
            let line = Line { row, units: visit::units(self.cells, row) };
            self.answered(&self.decide(vec![line], Wanted::Asked)?, &mut out);
        }
        Ok(out)
    }

    fn answered(&self, decided: &Decided, out: &mut Vec<(usize, Answer)>) {
        let hangs = self.totals && !self.open_amounts(decided).is_empty();
        for (line, taken) in decided.lines.iter().enumerate() {
            let place = Place { row: taken.row, line, request: &decided.request, decision: &decided.decision };
            let Some(outcome) = decided.decision.lines.get(line).map(|line| line.outcome) else { continue };
            let wanted = held::wanted(place);
            let (held, outcome) = match held::held(place) {
                // What the visit comes to is not known, and with it what hangs on that.
                Held::No if hangs => (Held::Undetermined, Outcome::Undetermined),
                held => (held, outcome),
            };
            let (value, by) = match &held {
                Held::No => (Some(wanted.and_then(|wanted| wanted.value).unwrap_or_default()), Credits::new()),
                Held::Refused(hold) => (Some(Decimal::ZERO), hold.by.clone()),
                Held::Approval(hold) | Held::Verification(hold) | Held::Unsettled(hold) => (None, hold.by.clone()),
                Held::Undetermined => (None, Credits::new()),
            };
            let by = if by.is_empty() { wanted.map(|wanted| wanted.by.clone()).unwrap_or_default() } else { by };
            let parts = wanted.and_then(|wanted| wanted.amounts.as_deref()).unwrap_or_default().to_vec();
            let answer = Answer { outcome: outcome.word(), held, day: decided.request.day, value, parts, by };
            out.push((taken.row, answer));
        }
    }
}

/// What changes for a row, if anything does.
fn change(now: (&Cx<'_>, &Answer), other: (&Cx<'_>, &Answer), row: usize, totals: &mut Totals) -> Option<Change> {
    let (mine, theirs) = (now.1, other.1);
    let open = mine.value.is_none() || theirs.value.is_none();
    let gives = |answer: &Answer| answer.held == Held::No;
    let same = mine.value == theirs.value && gives(mine) == gives(theirs) && (!open || mine.outcome == theirs.outcome);
    if same {
        totals.same += 1;
        return None;
    }
    let difference = mine.value.zip(theirs.value).map(|(mine, theirs)| theirs - mine);
    // Who refuses, or leaves it open, makes the difference; else the part that differs.
    let (of_other, by) = match (gives(mine), gives(theirs)) {
        (true, false) => (true, theirs.by.clone()),
        (false, true) => (false, mine.by.clone()),
        (false, false) => (true, theirs.by.clone()),
        (true, true) => differing(mine, theirs),
    };
    let clauses = if of_other { other.0.paths(&by) } else { now.0.paths(&by) };
    let sum = totals.clauses.entry(clauses.join("; ")).or_default();
    match difference {
        None => {
            totals.open += 1;
            sum.open += 1;
            totals.waits.count(mine, theirs, sum);
        }
        Some(more) => {
            sum.returns += 1;
            if more > Decimal::ZERO || more == Decimal::ZERO && gives(theirs) {
                totals.gains += 1;
                totals.gained = totals.gained.saturating_add(more);
                sum.gained = sum.gained.saturating_add(more);
            } else {
                totals.loses += 1;
                totals.lost = totals.lost.saturating_sub(more);
                sum.lost = sum.lost.saturating_sub(more);
            }
        }
    }
    let outcomes = [mine.outcome, theirs.outcome];
    Some(Change { row, day: mine.day, outcomes, values: [mine.value, theirs.value], difference, clauses, of_other })
}

/// The clauses of the first part that differs, as the other policy has it; of one that it does not have, as this one does.
fn differing(mine: &Answer, theirs: &Answer) -> (bool, Credits) {
    let find = |answer: &Answer, like: &Amount| {
        let found = answer.parts.iter().find(|amount| (amount.part, &amount.name) == (like.part, &like.name));
        found.map(|amount| amount.amount)
    };
    let differs = theirs.parts.iter().find(|part| find(mine, part) != Some(part.amount));
    if let Some(part) = differs {
        return (true, if part.by.is_empty() { theirs.by.clone() } else { part.by.clone() });
    }
    match mine.parts.iter().find(|part| find(theirs, part).is_none()) {
        Some(part) if !part.by.is_empty() => (false, part.by.clone()),
        Some(_) | None => (true, theirs.by.clone()),
    }
}

fn written(cx: &Cx<'_>, changes: &[Change]) -> Result<RecordBatch, BatchError> {
    let text = |get: &dyn Fn(&Change) -> Option<String>| -> ArrayRef {
        Arc::new(changes.iter().map(get).collect::<StringArray>())
    };
    let cells = cx.cells;
    let either = |name: &'static str| {
        text(&|change| {
            let own = cells.text(Of::Return, name, change.row);
            own.or_else(|| cells.text(Of::Sale, name, change.row)).map(str::to_owned)
        })
    };
    let value = |at: usize| money(changes.iter().map(|change| change.values.get(at).copied().flatten()));
    let outcome = |at: usize| text(&|change| change.outcomes.get(at).map(|word| (*word).to_owned()));
    let remedy = |change: &Change| {
        let wanted = if cx.refunded(change.row) { Wanted::Given } else { Wanted::Asked };
        visit::remedy(cells, change.row, wanted).to_owned()
    };
    let columns = CHANGE.iter().map(|column| {
        Ok(match column.name {
            "day" => Arc::new(changes.iter().map(|change| Some(since_epoch(change.day))).collect::<Date32Array>()),
            "remedy" => text(&|change| Some(remedy(change))),
            "outcome" => outcome(0),
            "other_outcome" => outcome(1),
            "value" => value(0)?,
            "other_value" => value(1)?,
            "difference" => money(changes.iter().map(|change| change.difference))?,
            "currency" => text(&|_| Some(cx.policy.program().currency.code().to_owned())),
            "clause" => text(&|change| Some(change.clauses.join("; ")).filter(|clauses| !clauses.is_empty())),
            "of_other" => {
                let of_other = changes.iter().map(|change| Some(change.of_other));
                Arc::new(of_other.collect::<arrow::array::BooleanArray>())
            }
            "row" => {
                let row = |change: &Change| cells.count(Of::Return, "row", change.row);
                Arc::new(changes.iter().map(row).collect::<Int64Array>())
            }
            name => either(name),
        })
    });
    batch(columns.collect::<Result<Vec<ArrayRef>, BatchError>>()?, change_schema())
}
