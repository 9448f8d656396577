//! Missing facts by brute force: every joint completion of the missing facts that come up is decided, and the answers are
//! compared.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use takeback::syntax::ast;

use super::book::{Book, Clause};
use super::conditions::{Case, Figures, Key, ON_DUTY, Val, atom, clock_named, fact_of, number};
use super::decide::{Answer, Line, Outcome};
use super::visit::Visit;

/// One completion and its answer.
pub(crate) struct Completion {
    pub(crate) guess: BTreeMap<Key, Val>,
    pub(crate) answer: Answer,
}

/// How many completions are tried; the engine tries more.
const MOST: usize = 128;

/// Every completion of the facts that come up; none when there are too many to try.
pub(crate) fn completions(book: &Book, visit: &Visit) -> Option<Vec<Completion>> {
    let mut done = Vec::new();
    let mut open = vec![BTreeMap::new()];
    let mut alphabets: BTreeMap<Key, Vec<Val>> = BTreeMap::new();
    while let Some(guess) = open.pop() {
        if done.len() + open.len() > MOST {
            return None;
        }
        let edition = book.editions.last().unwrap();
        let mut case = Case { book, edition, visit, guess: &guess, figures: Figures::default() };
        match case.run() {
            Ok(answer) => done.push(Completion { guess, answer }),
            Err(key) => {
                let alphabet = alphabets.entry(key.clone()).or_insert_with(|| alphabet(book, visit, &key.fact));
                for value in alphabet.iter() {
                    let mut more = guess.clone();
                    more.insert(key.clone(), value.clone());
                    open.push(more);
                }
            }
        }
    }
    Some(done)
}

/// Facts that can change the answer: there are two completions that differ in this fact only, and in the answer.
pub(crate) fn decisive(completions: &[Completion], same: &dyn Fn(&Answer, &Answer) -> bool) -> BTreeSet<Key> {
    let mut found = BTreeSet::new();
    for one in completions {
        for two in completions {
            if same(&one.answer, &two.answer) {
                continue;
            }
            // A fact that did not come up in one of them may have any value there.
            let differ: Vec<&Key> = one
                .guess
                .iter()
                .filter(|(key, value)| two.guess.get(*key).is_some_and(|other| other != *value))
                .map(|(key, _)| key)
                .collect();
            if let [only] = differ.as_slice() {
                found.insert((*only).clone());
            }
        }
    }
    found
}

/// What a condition says of a value: whether it holds, and the last day of the season it finds it in.
type Answered = (bool, Option<chrono::NaiveDate>);

/// One value for each way the conditions of the policy can tell values of a fact apart.
fn alphabet(book: &Book, visit: &Visit, fact: &str) -> Vec<Val> {
    if fact.contains(' ') {
        return vec![Val::Bool(true), Val::Bool(false)];
    }
    let edition = book.editions.last().unwrap();
    if fact == "wants" {
        return book.remedies.keys().cloned().map(Val::Text).collect();
    }
    let mut atoms: Vec<ast::Condition> = Vec::new();
    for clause in &edition.clauses {
        conditions_of(clause, &mut |condition| atoms_about(condition, fact, &mut atoms));
    }
    for field in edition.forms.values().flat_map(|form| &form.fields) {
        if let Some(ast::Required::When(condition)) = &field.required {
            atoms_about(condition, fact, &mut atoms);
        }
    }
    let today = visit.day(edition);
    // Days of a season in different years may end a window on different days; what is long past ends none that is open.
    let instance = |condition: &ast::Condition, value: &Val| match (&condition.kind, value) {
        (ast::ConditionKind::In { list, .. }, Val::Day(day)) => {
            let to = edition.seasons[&list.node].instance_of(*day)?.to;
            Some(to).filter(|to| today - *to < chrono::TimeDelta::days(800))
        }
        _ => None,
    };
    let mut told_apart: Vec<(Vec<Answered>, Val)> = Vec::new();
    for value in candidates(book, fact, &atoms, today) {
        let of = |condition| (atom(edition, condition, &value, today), instance(condition, &value));
        let truths: Vec<Answered> = atoms.iter().map(of).collect();
        if told_apart.iter().all(|(other, _)| *other != truths) {
            told_apart.push((truths, value));
        }
    }
    told_apart.into_iter().map(|(_, value)| value).collect()
}

fn candidates(book: &Book, fact: &str, atoms: &[ast::Condition], today: chrono::NaiveDate) -> Vec<Val> {
    let edition = book.editions.last().unwrap();
    let words = |list: &str| edition.words[list].iter().cloned().map(Val::Text).collect::<Vec<_>>();
    let declared = edition.facts.get(fact).map(|declared| &declared.ty.node);
    let days = || {
        let first = chrono::NaiveDate::from_ymd_opt(2018, 1, 1).unwrap();
        let near = (0..5000).map(|days| first + chrono::TimeDelta::days(days));
        near.chain([today]).map(Val::Day).collect::<Vec<_>>()
    };
    match (fact, declared) {
        (_, Some(ast::FactType::YesNo))
        | ("sale.tax_exempt" | "sale.whole" | "item.final_sale" | "item.has_sale" | "new.available" | "new.given", _) =>
        {
            vec![Val::Bool(true), Val::Bool(false)]
        }
        (fact, None) if fact.starts_with(ON_DUTY) => vec![Val::Bool(true), Val::Bool(false)],
        (_, Some(ast::FactType::OneOf(names))) => names.iter().map(|name| Val::Text(name.node.clone())).collect(),
        ("condition" | "reason" | "proof" | "channel" | "tender", _) => words(fact),
        ("visit.by", _) => words("by"),
        ("sale.channel", _) => words("channel"),
        ("refund_to.tender" | "pay_with.tender", _) => words("tender"),
        ("clerk.role", _) => edition.roles.keys().cloned().map(Val::Text).collect(),
        ("wants", _) => edition.remedies.keys().cloned().map(Val::Text).collect(),
        ("item", _) => {
            let mut paths: BTreeSet<String> = BTreeSet::new();
            for condition in atoms {
                if let ast::ConditionKind::InCategory { refs, .. } = &condition.kind {
                    for category in refs {
                        match category {
                            ast::CategoryRef::Path(path) => {
                                paths.insert(path.node.clone());
                            }
                            ast::CategoryRef::Named(name) => {
                                let category = &edition.categories[&name.node];
                                let all = category.paths.iter().chain(&category.except);
                                paths.extend(all.map(|path| path.node.clone()));
                            }
                        }
                    }
                }
            }
            let paths: Vec<String> = paths.into_iter().collect();
            (0..1u32 << paths.len())
                .map(|chosen| {
                    let in_it = |at: &usize| chosen & (1 << at) != 0;
                    Val::Texts((0..paths.len()).filter(in_it).map(|at| paths[at].clone()).collect())
                })
                .collect()
        }
        (_, Some(ast::FactType::Date)) => days(),
        // What has happened did so before the request.
        (fact, _) if clock_named(fact).is_some() => {
            days().into_iter().filter(|day| matches!(day, Val::Day(day) if *day <= today)).collect()
        }
        (_, Some(ast::FactType::WholeNumber | ast::FactType::Number | ast::FactType::Money))
        | (
            "item.price" | "item.list_price" | "item.current_price" | "new.price" | "sale.total" | "visit.uncovered",
            _,
        ) => {
            let cent = Decimal::new(1, 2);
            let step = if matches!(declared, Some(ast::FactType::WholeNumber)) { Decimal::ONE } else { cent };
            let mut cuts = vec![Decimal::ZERO];
            for condition in atoms {
                match &condition.kind {
                    ast::ConditionKind::Order { value, .. } => cuts.push(number(&value.node)),
                    ast::ConditionKind::Is { values, .. } => {
                        cuts.extend(values.iter().map(|value| number(&value.node)));
                    }
                    _ => {}
                }
            }
            cuts.into_iter().flat_map(|cut| [cut - step, cut, cut + step]).map(Val::Number).collect()
        }
        _ => {
            let mut texts = vec![Val::Text("\u{1}".to_owned())];
            for condition in atoms {
                match &condition.kind {
                    ast::ConditionKind::Is { values, .. } => {
                        texts.extend(values.iter().map(|value| match &value.node {
                            ast::Value::Name(name) => Val::Text(name.clone()),
                            other => panic!("{fact} is {other:?}"),
                        }))
                    }
                    ast::ConditionKind::In { list, .. } => {
                        texts.extend(edition.lists[&list.node].iter().cloned().map(Val::Text));
                    }
                    _ => {}
                }
            }
            texts
        }
    }
}

pub(crate) fn conditions_of(clause: &Clause, with: &mut dyn FnMut(&ast::Condition)) {
    if let Some(condition) = &clause.when {
        with(condition);
    }
    for exception in &clause.exceptions {
        conditions_of(exception, with);
    }
}

fn atoms_about(condition: &ast::Condition, fact: &str, found: &mut Vec<ast::Condition>) {
    use ast::ConditionKind as Kind;
    match &condition.kind {
        Kind::All(parts) | Kind::Any(parts) => parts.iter().for_each(|part| atoms_about(part, fact, found)),
        Kind::Not(part) | Kind::AnyLine(part) | Kind::AnyTender(part) | Kind::EveryLine(part) => {
            atoms_about(part, fact, found);
        }
        Kind::LineCount { of, .. } | Kind::RefundTotal { of, .. } => atoms_about(of, fact, found),
        Kind::SameAs { .. } | Kind::Compared { .. } => {}
        _ if fact_of(condition).as_deref() == Some(fact) => found.push(condition.clone()),
        _ => {}
    }
}

/// Whether the answers agree in outcome, amounts and tenders.
pub(crate) fn settled_alike(one: &Answer, two: &Answer) -> bool {
    one.outcome == two.outcome
        && one.lines.iter().map(|line| line.outcome).eq(two.lines.iter().map(|line| line.outcome))
        && one.balance == two.balance
        && one.payouts == two.payouts
        && who(one) == who(two)
}

/// Who decides or verifies, of the lines that wait for somebody.
fn who(answer: &Answer) -> BTreeSet<&String> {
    let waits = |line: &&Line| matches!(line.outcome, Outcome::Refer | Outcome::Pending);
    answer.lines.iter().filter(waits).flat_map(|line| &line.before).collect()
}

/// Whether an answer is undetermined by itself.
pub(crate) fn open(answer: &Answer) -> bool {
    answer.outcome == Outcome::Undetermined
}
