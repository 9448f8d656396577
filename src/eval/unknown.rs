//! Missing facts: the answer is tried under every completion that could change it. One answer for all: that is the answer. Several: the
//! case is undetermined, and what to ask follows (docs/reference/order.md, "Missing facts").

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::date::MonthEnd;
use crate::decision::{
    Asked, Bound, Clamp, Credits, Decision, LineDecision, Needed, Outcome, Payout, Question, Reason, ReasonKey,
    RemedyDecision, Status, Words,
};
use crate::facts::{Cond, FactId, Scope, TextId, Type, Value, builtin};
use crate::once::Once;
use crate::program::{Kept, Program};
use crate::request::Request;

use super::categories::kinds;
use super::conditions::{Assumed, Place, Unknown, What, of_sale};
use super::run;

/// More unknown facts than these are undetermined by definition.
const MOST_FACTS: usize = 6;
/// More completions than these, likewise.
const MOST_CASES: usize = 20_000;
/// In a visit of many lines there may be fewer completions: each decides every line.
const MOST_LINES: usize = 1_000_000;

/// What is asked, and of which line, sale and tender.
type Asking<'q> = (&'q Asked, Option<usize>, Option<&'q str>, Option<&'q str>);

/// The answers under the completions of what is missing.
enum Answers {
    /// One answer, by number.
    Leaf(usize),
    /// It depends on this, value by value.
    Branch(Unknown, Vec<Answers>),
}

pub(super) fn decide(program: &Arc<Program>, request: &Request) -> Decision {
    let first = match run(program, request, &[], &[]) {
        Ok(decision) => return decision,
        Err(unknown) => unknown,
    };
    let mut search = Search {
        program,
        request,
        kinds: OnceCell::new(),
        facts: Vec::new(),
        answers: Vec::new(),
        cases: 0,
        gave_up: false,
    };
    let mut assumed = Vec::new();
    let tree = search.branch(first, &mut assumed);
    search.finish(&tree)
}

struct Search<'r> {
    program: &'r Arc<Program>,
    request: &'r Request,
    /// The categories that an item may have, once they are asked for; none when there are too many to try.
    kinds: OnceCell<Option<Vec<Vec<String>>>>,
    /// The unknown facts, in the order they were met.
    facts: Vec<Unknown>,
    /// The different answers.
    answers: Vec<Decision>,
    cases: usize,
    gave_up: bool,
}

impl Search<'_> {
    fn explore(&mut self, assumed: &mut Vec<(Unknown, Assumed)>) -> Answers {
        self.cases += 1;
        if self.cases > MOST_CASES.min(MOST_LINES / self.request.lines.len().max(1)) {
            self.gave_up = true;
        }
        if self.gave_up {
            return Answers::Leaf(usize::MAX);
        }
        match run(self.program, self.request, assumed, self.kinds()) {
            Ok(mut decision) => {
                if let Some(known) = self.answers.iter_mut().position(|known| alike(known, &decision)) {
                    if let Some(known) = self.answers.get_mut(known) {
                        join_words(known, &mut decision);
                        join_paperwork(known, &decision, self.request);
                        join_credits(known, decision, self.request);
                    }
                    return Answers::Leaf(known);
                }
                self.answers.push(decision);
                Answers::Leaf(self.answers.len() - 1)
            }
            Err(unknown) => self.branch(unknown, assumed),
        }
    }

    fn branch(&mut self, unknown: Unknown, assumed: &mut Vec<(Unknown, Assumed)>) -> Answers {
        if !self.facts.contains(&unknown) {
            self.facts.push(unknown);
            if self.facts.len() > MOST_FACTS {
                self.gave_up = true;
            }
        }
        if unknown.what == What::Categories && self.kinds.get_or_init(|| kinds(self.program)).is_none() {
            self.gave_up = true;
        }
        if self.gave_up || assumed.iter().any(|(u, _)| *u == unknown) {
            self.gave_up = true;
            return Answers::Leaf(usize::MAX);
        }
        let mut children = Vec::new();
        for value in self.alphabet(unknown) {
            assumed.push((unknown, value));
            children.push(self.explore(assumed));
            assumed.pop();
        }
        Answers::Branch(unknown, children)
    }

    fn kinds(&self) -> &[Vec<String>] {
        self.kinds.get().and_then(Option::as_deref).unwrap_or_default()
    }

    /// The values that can make a difference: one for every stretch between the policy's own cut points.
    fn alphabet(&self, unknown: Unknown) -> Vec<Assumed> {
        match unknown.what {
            What::Same(..) | What::Compared(..) | What::InFact(..) => vec![Assumed::Holds(false), Assumed::Holds(true)],
            What::Categories => (0..self.kinds().len()).map(Assumed::Categories).collect(),
            What::Fact(id) => values(self.program, self.request, id).into_iter().map(Assumed::Value).collect(),
        }
    }

    fn finish(mut self, tree: &Answers) -> Decision {
        if !self.gave_up
            && self.answers.len() == 1
            && let Some(only) = self.answers.pop()
        {
            return self.as_asked(only);
        }
        let asked: Vec<Unknown> = if self.gave_up { self.facts.clone() } else { self.relevant(tree) };
        let mut decision = match self.answers.first() {
            Some(first) => first.clone(),
            // Given up before any case was complete: everything the policy may read is open.
            None => run(self.program, self.request, &self.anything(), self.kinds()).unwrap_or_else(|_| self.blank()),
        };
        let open = self.answers.iter().any(|other| !same_people(&decision, other));
        for line in 0..decision.lines.len() {
            let waits = open && decision.lines.get(line).is_some_and(waits);
            let differs =
                self.gave_up || waits || self.answers.iter().any(|other| line_alike(&decision, other, line).is_none());
            let Some(decided) = decision.lines.get_mut(line) else { continue };
            if differs {
                decided.outcome = Outcome::Undetermined;
            }
            for (at, remedy) in decided.remedies.iter_mut().enumerate() {
                let open = self.gave_up
                    || self.answers.iter().any(|o| {
                        o.lines.get(line).and_then(|l| l.remedies.get(at)).is_none_or(|r| {
                            std::mem::discriminant(&r.status) != std::mem::discriminant(&remedy.status)
                                || r.value != remedy.value
                        })
                    });
                if open {
                    *remedy = super::remedies::bare(remedy.remedy, Status::Unknown, Credits::new());
                }
            }
        }
        decision.outcome = Outcome::Undetermined;
        decision.balance = crate::decision::Balance::default();
        decision.payouts.clear();
        decision.shipping.clear();
        decision.referrals.clear();
        decision.law.clear();
        decision.limits.clear();
        decision.approvals.clear();
        decision.paperwork.clear();
        decision.words.clear();
        decision.reasons.clear();
        let mut ask: Vec<Question> = Vec::new();
        for unknown in &asked {
            self.questions(*unknown, &mut ask);
        }
        let few = ask.len();
        let mut seen: Once<Asking<'_>> = Once::default();
        for question in self.answers.iter().flat_map(|answer| &answer.ask) {
            let new =
                seen.insert((&question.fact, question.line, question.sale.as_deref(), question.tender.as_deref()));
            if new && !ask.iter().take(few).any(|known| known == question) {
                ask.push(question.clone());
            }
        }
        for question in &ask {
            decision.reasons.push(Reason {
                key: if self.gave_up { ReasonKey::TooManyUnknown } else { ReasonKey::MissingFact },
                line: question.line,
                remedy: None,
                text: None,
                day: None,
                missing: Some(question.fact.clone()),
                role: None,
                beyond: None,
                by: Credits::new(),
            });
        }
        decision.ask = ask;
        self.as_asked(decision)
    }

    /// What a case assumed that a line wants is no wish of the customer's.
    fn as_asked(&self, mut decision: Decision) -> Decision {
        for (place, decided) in decision.lines.iter_mut().enumerate() {
            if self.request.lines.get(place).is_none_or(|line| line.wants.is_some()) {
                continue;
            }
            decided.wants = None;
            decision.reasons.iter_mut().filter(|reason| reason.line == Some(place)).for_each(|r| r.remedy = None);
        }
        decision
    }

    /// Every fact met so far with its first value, for a decision to start from.
    fn anything(&self) -> Vec<(Unknown, Assumed)> {
        self.facts.iter().filter_map(|u| self.alphabet(*u).first().map(|a| (*u, *a))).collect()
    }

    /// A decision that says nothing but the lines.
    fn blank(&self) -> Decision {
        let lines = (0..self.request.lines.len())
            .map(|l| super::line_decision(self.request, l, super::version_of(self.program, self.request, l).0, None))
            .collect();
        let version = super::in_force(self.program, self.request.day).unwrap_or(0);
        Decision::undecided(Arc::clone(self.program), version, lines)
    }

    /// The facts that can still change the answer, those first that leave the fewest answers open.
    fn relevant(&self, tree: &Answers) -> Vec<Unknown> {
        let mut found: Vec<(usize, usize, Unknown)> = Vec::new();
        for (met, unknown) in self.facts.iter().enumerate() {
            if !matters(tree, *unknown) {
                continue;
            }
            let values = self.alphabet(*unknown).len();
            let left = (0..values)
                .map(|value| {
                    let mut answers = Vec::new();
                    under(tree, &[(*unknown, value)], &mut answers);
                    answers.sort_unstable();
                    answers.dedup();
                    answers.len()
                })
                .max();
            found.push((left.unwrap_or(usize::MAX), met, *unknown));
        }
        found.sort_unstable();
        found.into_iter().map(|(_, _, unknown)| unknown).collect()
    }

    fn questions(&self, unknown: Unknown, ask: &mut Vec<Question>) {
        let (line, sale) = match unknown.place {
            Place::Visit => (None, None),
            Place::Sale(sale) | Place::Tender(sale, _) => (None, self.request.sales.get(sale).map(|s| s.id.clone())),
            Place::Line(line) => (Some(line), None),
        };
        let tender = match unknown.place {
            Place::Tender(sale, tender) => self.request.sales.get(sale).and_then(|sale| sale.tenders.get(tender)),
            _ => None,
        };
        let tender = tender.map(|tender| tender.id.clone());
        let mut push = |fact: Asked, values: Vec<Value>| {
            let of_sale = match fact {
                Asked::Fact(id) => self.program.schema.fact(id).is_some_and(|fact| fact.scope == Scope::Sale),
                _ => false,
            };
            let is_loose = line.and_then(|line| self.request.lines.get(line)).is_some_and(|line| line.sold.is_none());
            let (sale, tender) = (sale.clone(), tender.clone());
            let question = Question { fact, line, sale, tender, of_unfound_sale: of_sale && is_loose, values };
            if !ask.contains(&question) {
                ask.push(question);
            }
        };
        match unknown.what {
            What::Categories => push(Asked::Categories, Vec::new()),
            // What is not known of the money left to pay is what is left on the card.
            What::Fact(builtin::VISIT_UNCOVERED) => push(Asked::PayWithBalance, Vec::new()),
            What::Same(a, b) | What::Compared(a, _, b) | What::InFact(a, b) => {
                for id in [a, b] {
                    if !self.known(id, unknown.place) {
                        push(Asked::Fact(id), Vec::new());
                    }
                }
            }
            What::Fact(id) => {
                let values = match self.program.schema.fact(id).map(|f| f.ty) {
                    Some(Type::YesNo | Type::Word(_)) => values(self.program, self.request, id),
                    _ => Vec::new(),
                };
                push(Asked::Fact(id), values);
            }
        }
    }

    fn known(&self, id: FactId, place: Place) -> bool {
        let Some(fact) = self.program.schema.fact(id) else { return false };
        let slot = usize::from(fact.slot);
        let line = |l: usize| self.request.lines.get(l);
        let sale = |sale: Option<usize>, line: Option<usize>| of_sale(self.request, sale, line)?.get(slot).copied()?;
        let found = match (fact.scope, place) {
            (Scope::Visit, _) => self.request.facts.get(slot).copied().flatten(),
            (Scope::Sale, Place::Line(l)) => sale(line(l).and_then(|l| l.sold).map(|(sale, _)| sale), Some(l)),
            (Scope::Sale, Place::Sale(s) | Place::Tender(s, _)) => sale(Some(s), None),
            (Scope::Line, Place::Line(l)) => line(l).and_then(|l| l.facts.get(slot).copied().flatten()),
            _ => None,
        };
        found.is_some()
    }
}

/// Whether an answer depends on a fact: at a place that asks it, the values do not all lead to the same answers.
fn matters(tree: &Answers, unknown: Unknown) -> bool {
    match tree {
        Answers::Leaf(_) => false,
        Answers::Branch(at, children) if *at == unknown => {
            children.first().is_some_and(|first| children.iter().skip(1).any(|c| !same(first, c, &[], &[])))
        }
        Answers::Branch(_, children) => children.iter().any(|c| matters(c, unknown)),
    }
}

/// Whether two trees give the same answers, with some facts settled on each side by the place of their value.
fn same(a: &Answers, b: &Answers, left: &[(Unknown, usize)], right: &[(Unknown, usize)]) -> bool {
    match (a, b) {
        (Answers::Leaf(x), Answers::Leaf(y)) => x == y,
        (Answers::Branch(at, children), _) => match left.iter().find(|(u, _)| u == at) {
            Some((_, value)) => children.get(*value).is_none_or(|c| same(c, b, left, right)),
            None => children.iter().enumerate().all(|(value, child)| {
                let settled: Vec<_> = left.iter().copied().chain([(*at, value)]).collect();
                let other: Vec<_> = right.iter().copied().chain([(*at, value)]).collect();
                same(child, b, &settled, &other)
            }),
        },
        (Answers::Leaf(_), Answers::Branch(..)) => same(b, a, right, left),
    }
}

/// The answers that are left when some facts are settled.
fn under(tree: &Answers, settled: &[(Unknown, usize)], out: &mut Vec<usize>) {
    match tree {
        Answers::Leaf(answer) => out.push(*answer),
        Answers::Branch(at, children) => match settled.iter().find(|(u, _)| u == at) {
            Some((_, value)) => children.get(*value).into_iter().for_each(|c| under(c, settled, out)),
            None => children.iter().for_each(|c| under(c, settled, out)),
        },
    }
}

/// Whether two decisions agree in outcome, amount and tender; where the policy asks who is on duty, also in who decides.
fn alike(a: &Decision, b: &Decision) -> bool {
    let pay = |a: &Payout, b: &Payout| {
        (a.to, &a.id, a.amount, a.handed_out, a.not_before, a.due, a.pending)
            == (b.to, &b.id, b.amount, b.handed_out, b.not_before, b.due, b.pending)
    };
    a.outcome == b.outcome
        && a.balance == b.balance
        && same_people(a, b)
        && a.ask == b.ask
        && (0..a.lines.len()).all(|line| line_alike(a, b, line).is_some())
        && a.payouts.len() == b.payouts.len()
        && a.payouts.iter().zip(&b.payouts).all(|(x, y)| pay(x, y))
}

/// Whether the same people decide, where the policy asks who is on duty.
fn same_people(a: &Decision, b: &Decision) -> bool {
    a.program.schema.on_duty.is_empty() || who(a) == who(b)
}

/// Whether somebody has to decide or to verify.
fn waits(line: &LineDecision) -> bool {
    matches!(line.outcome, Outcome::Refer | Outcome::AcceptPendingVerification)
}

/// The roles that lines wait for.
fn who(decision: &Decision) -> Vec<(u16, bool)> {
    let concerns = |line: Option<usize>| match line {
        Some(line) => decision.lines.get(line).is_some_and(waits),
        None => decision.lines.iter().any(waits),
    };
    sorted(decision.referrals.iter().filter(|r| concerns(r.line)).map(|r| (r.role, r.verify)))
}

/// What there is, each once and in order.
fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Something when a line has the same outcome and amount in both. What is declined has no amount, whatever it might be worth.
fn line_alike(a: &Decision, b: &Decision, line: usize) -> Option<()> {
    let (x, y) = (a.lines.get(line)?, b.lines.get(line)?);
    let value =
        |l: &crate::decision::LineDecision| l.wants.and_then(|w| l.remedies.get(usize::from(w))).and_then(|r| r.value);
    (x.outcome == y.outcome && (x.outcome == Outcome::Decline || value(x) == value(y))).then_some(())
}

/// A clause is credited only when it speaks whatever the missing fact turns out to be. Where two completions have no
/// clause in common, both are credited: one of them speaks.
fn join_credits(known: &mut Decision, mut other: Decision, request: &Request) {
    let by =
        |d: &Decision| -> Vec<Credits> { d.lines.iter().flat_map(|l| &l.remedies).map(|r| r.by.clone()).collect() };
    let fewer = by(&other).iter().zip(by(known)).all(|(few, many)| few.iter().all(|c| many.contains(c)));
    if fewer {
        std::mem::swap(known, &mut other);
        known.paperwork.clone_from(&other.paperwork);
        let kept = |clamp: &Clamp| matches!(clamp.what, Bound::Kept(_));
        known.law.retain(|clamp| !kept(clamp));
        known.law.extend(other.law.iter().filter(|clamp| kept(clamp)).cloned());
    }
    // What a completion assumed that a line wants is no wish of the customer's.
    let wants = request.lines.iter().map(|line| line.wants);
    for ((known, other), wants) in known.lines.iter_mut().zip(&other.lines).zip(wants) {
        for (known, other) in known.remedies.iter_mut().zip(&other.remedies) {
            let differ = std::mem::discriminant(&known.status) != std::mem::discriminant(&other.status);
            if differ && Some(known.remedy) != wants {
                *known = super::remedies::bare(known.remedy, Status::Unknown, Credits::new());
            } else {
                common(&mut known.by, &other.by);
                join_window(known, other);
            }
        }
    }
    let key = |reason: &Reason| (reason.key, reason.line, reason.remedy, reason.text.clone());
    let (mut keys, mut others): (Once<_>, Vec<Vec<&Reason>>) = Default::default();
    for reason in &other.reasons {
        let place = keys.place(key(reason));
        others.resize_with(keys.len(), Vec::new);
        others.iter_mut().skip(place).take(1).for_each(|alike| alike.push(reason));
    }
    for reason in &mut known.reasons {
        // Of several guards that say the same, the same one; where it does not stand, the first that is left.
        let place = keys.find(&key(reason));
        if let Some(alike) = place.and_then(|place| others.get_mut(place)).filter(|alike| !alike.is_empty()) {
            let other = alike.remove(alike.iter().position(|other| other.by == reason.by).unwrap_or(0));
            common(&mut reason.by, &other.by);
        }
        let remedies = reason.line.and_then(|line| known.lines.get(line)).map(|line| &line.remedies);
        let remedy = remedies.zip(reason.remedy).and_then(|(all, remedy)| all.get(usize::from(remedy)));
        if let (ReasonKey::Expired, Some(Status::Expired { on, .. })) = (reason.key, remedy.map(|r| &r.status)) {
            reason.day = Some(*on);
        }
    }
}

/// The last day that holds whatever the missing fact turns out to be: of what is to be had the earlier, of what is over the later.
fn join_window(known: &mut RemedyDecision, other: &RemedyDecision) {
    let last = |remedy: &RemedyDecision| {
        remedy.window.as_ref().map(|window| (window.last_day.is_none(), window.last_day, window.last_moment))
    };
    let (here, there) = (last(known), last(other));
    match (&mut known.status, &other.status) {
        (Status::Expired { on, .. }, Status::Expired { on: later, .. }) if there > here => *on = *later,
        (Status::Offered, Status::Offered) if there < here => {}
        _ => return,
    }
    known.window.clone_from(&other.window);
}

/// Nothing is said that hangs on what nobody knows.
fn join_words(known: &mut Decision, other: &mut Decision) {
    let key = |words: &Words| (words.line, words.by.first().copied(), words.offer, words.text.clone(), words.only);
    let others = sorted(other.words.iter().map(key));
    known.words.retain(|words| others.binary_search(&key(words)).is_ok());
    other.words.clone_from(&known.words);
}

/// The clauses in both; all of them when there are none.
fn common(known: &mut Credits, other: &Credits) {
    if known.iter().any(|c| other.contains(c)) {
        known.keep(other);
    } else {
        known.merge(other);
    }
}

/// A field that only some completions ask may be needed.
fn join_paperwork(known: &mut Decision, other: &Decision, request: &Request) {
    let key = |field: &crate::decision::Field| (field.line, field.form, field.field);
    let there = sorted(other.paperwork.iter().map(|field| (key(field), field.needed)));
    let here = sorted(known.paperwork.iter().map(key));
    let month_end = known.program.versions.get(known.version).map_or(MonthEnd::LastDay, |v| v.choices.month_end);
    // What may have to be forgotten is.
    for field in &mut known.paperwork {
        if let Some(there) = other.paperwork.iter().find(|there| key(there) == key(field)) {
            field.kept = Kept::within(field.kept, there.kept, request.day, month_end);
        }
    }
    for clamp in other.law.iter().filter(|clamp| matches!(clamp.what, Bound::Kept(_))) {
        let same = |known: &&mut Clamp| known.line == clamp.line && known.what == clamp.what;
        match known.law.iter_mut().find(same) {
            Some(same) => same.by.merge(&clamp.by),
            None => known.law.push(clamp.clone()),
        }
    }
    let program = Arc::clone(&known.program);
    let forms = program.versions.get(known.version).map_or(&[][..], |version| &version.forms);
    for clamp in &mut known.law {
        let Bound::Kept(name) = &clamp.what else { continue };
        let named = |field: &&crate::decision::Field| {
            let form = forms.get(usize::from(field.form));
            let label = form.and_then(|form| Some(form.path(form.fields.get(usize::from(field.field))?)));
            field.line.is_none_or(|line| line == clamp.line) && label.as_deref() == Some(name)
        };
        if let Some(field) = known.paperwork.iter().find(named) {
            clamp.law = super::paperwork::words(field.kept);
        }
    }
    for field in &mut known.paperwork {
        let alike = there.binary_search(&(key(field), field.needed)).is_ok();
        if !alike && field.needed == Needed::Required {
            field.needed = Needed::MayBeNeeded;
        }
    }
    for field in &other.paperwork {
        if here.binary_search(&key(field)).is_err() {
            let mut field = field.clone();
            if field.needed == Needed::Required {
                field.needed = Needed::MayBeNeeded;
            }
            known.paperwork.push(field);
        }
    }
    known.paperwork.sort_by_key(|f| (f.line.is_some(), f.line, f.form, f.field));
}

/// The values of a fact that can make a difference.
pub(super) fn values(program: &Program, request: &Request, id: FactId) -> Vec<Value> {
    let Some(fact) = program.schema.fact(id) else { return Vec::new() };
    match fact.ty {
        Type::YesNo => vec![Value::Bool(true), Value::Bool(false)],
        Type::Word(domain) => {
            let count = program.schema.domain(domain).map_or(0, |d| d.words.len());
            (0..u16::try_from(count).unwrap_or(u16::MAX)).map(Value::Word).collect()
        }
        Type::Text => {
            let mut texts: Vec<TextId> = Vec::new();
            each_cond(program, &mut |cond| {
                if let Cond::Text(f, list) = cond
                    && *f == id
                {
                    texts.extend(list);
                }
            });
            if id == builtin::VISIT_COUNTRY {
                let cash = program.versions.iter().filter_map(|version| version.choices.cash.as_ref());
                texts.extend(cash.flat_map(|cash| &cash.countries));
            }
            texts.sort_unstable();
            texts.dedup();
            // A text nobody mentions stands for all others.
            texts.push(TextId(u32::MAX));
            texts.into_iter().map(Value::Text).collect()
        }
        Type::Number | Type::WholeNumber | Type::Money => {
            let mut cuts: Vec<Decimal> = Vec::new();
            each_cond(program, &mut |cond| {
                if let Cond::Number(f, _, n) = cond
                    && *f == id
                {
                    cuts.push(*n);
                }
            });
            cuts.sort_unstable();
            cuts.dedup();
            let mut values = Vec::new();
            let (Some(low), Some(high)) = (cuts.first(), cuts.last()) else {
                return vec![Value::Number(Decimal::ZERO)];
            };
            values.push(low.saturating_sub(Decimal::ONE));
            for pair in cuts.windows(2) {
                if let [a, b] = pair {
                    values.push(*a);
                    values.push(a.saturating_add(*b) / Decimal::TWO);
                }
            }
            values.push(*high);
            values.push(high.saturating_add(Decimal::ONE));
            if fact.ty == Type::WholeNumber {
                values.retain(|v| v.fract().is_zero());
            }
            values.into_iter().map(Value::Number).collect()
        }
        Type::Date => dates(program, request, id).into_iter().map(Value::Date).collect(),
        Type::Texts => Vec::new(),
    }
}

/// One day for every stretch between the days that conditions on this fact tell apart.
fn dates(program: &Program, request: &Request, id: FactId) -> Vec<NaiveDate> {
    // A cut is the first day of a new stretch.
    let mut cuts: Vec<NaiveDate> = Vec::new();
    let mut cut = |day: Option<NaiveDate>| cuts.extend(day);
    each_cond(program, &mut |cond| match cond {
        Cond::Dates(f, from, to) if *f == id => {
            cut(*from);
            cut(to.and_then(|t| t.succ_opt()));
        }
        Cond::Season(f, season) if *f == id => {
            let Some(season) = program.schema.seasons.get(usize::from(season.0)) else { return };
            match &season.instances {
                crate::date::SeasonDates::Dated(list) => list.iter().for_each(|i| {
                    cut(Some(i.from));
                    cut(i.to.succ_opt());
                }),
                crate::date::SeasonDates::Yearly { from, to, .. } => {
                    // The two years before the request: older dates of a year fall into the same stretches.
                    let mut day = request.day.checked_sub_days(Days::new(800)).unwrap_or(request.day);
                    while day <= request.day {
                        let (begin, end) = (from.first_after(day), to.first_after(day));
                        cut(Some(begin));
                        cut(end.succ_opt());
                        day = begin.max(end);
                    }
                }
            }
        }
        Cond::DaysSince(f, _, n) if *f == id => {
            let days = n.trunc().mantissa().unsigned_abs();
            let back = u64::try_from(days).ok().and_then(|d| request.day.checked_sub_days(Days::new(d)));
            cut(back);
            cut(back.and_then(|d| d.succ_opt()));
        }
        _ => {}
    });
    cuts.sort_unstable();
    cuts.dedup();
    cuts.retain(|day| *day <= request.day);
    let earliest = cuts.first().copied().unwrap_or(request.day).pred_opt().unwrap_or(request.day);
    std::iter::once(earliest).chain(cuts).collect()
}

/// Calls a function for every condition of a program and all its parts.
fn each_cond(program: &Program, found: &mut dyn FnMut(&Cond)) {
    for clause in &program.clauses {
        walk(&clause.cond, found);
    }
    for field in program.versions.iter().flat_map(|v| &v.forms).flat_map(|f| &f.fields) {
        if let Some(cond) = &field.required {
            walk(cond, found);
        }
    }
}

pub(super) fn walk(cond: &Cond, found: &mut dyn FnMut(&Cond)) {
    found(cond);
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|p| walk(p, found)),
        Cond::Not(inner) | Cond::AnyLine(inner) | Cond::EveryLine(inner) | Cond::AnyTender(inner) => walk(inner, found),
        Cond::LineCount(inner, ..) | Cond::RefundTotal(inner, ..) => walk(inner, found),
        _ => {}
    }
}
