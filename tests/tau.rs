//! The tau-retail policy against the decisions of that data: a sample that ships, and all of it when its folder is there
//! (`TAKEBACK_DATA`, default `../shared/data`). A record becomes a request ([`request`]), the library decides it, and only
//! then its `expected` is read and compared ([`compare`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;
use takeback::Policy;
use takeback::source::SourceSet;

mod compare;
mod records;
mod replay;
mod request;

use records::{Case, Customer, Expected, Order, Product, Published, ReadByHand, Variant};

const POLICY: [(&str, &str); 2] = [
    ("tau-retail.takeback", include_str!("../policies/stores/tau-retail/tau-retail.takeback")),
    ("scenarios.takeback", include_str!("../policies/stores/tau-retail/scenarios.takeback")),
];
const SAMPLE: &str = include_str!("tau/sample.jsonl");
const READ_BY_HAND: &str = include_str!("tau/read-by-hand.json");

#[test]
fn sample_agrees() {
    let tally = decide_all("sample", records(SAMPLE));
    assert_eq!(tally.compared + tally.out_of_scope.values().sum::<usize>(), SAMPLE.lines().count());
    tally.report();
}

#[test]
fn published_actions_agree() {
    let Some(text) = read("actions.jsonl") else { return };
    decide_all("actions", records(&text)).report();
}

#[test]
fn refusals_agree() {
    let Some(text) = read("refusals.jsonl") else { return };
    decide_all("refusals", records(&text)).report();
}

#[test]
fn derived_refusals_agree() {
    let Some(text) = read("refusals-derived.jsonl") else { return };
    decide_all("refusals-derived", records(&text)).report();
}

#[test]
fn disputed_actions_agree() {
    let Some(text) = read("disputed.jsonl") else { return };
    let mut actions = Vec::new();
    for task in records(&text) {
        for (edition, steps) in task["versions"].as_object().expect("editions") {
            for (step, action) in steps.as_array().expect("actions").iter().enumerate() {
                let mut action = action.clone();
                action["case_id"] = format!("{} {edition} {step}", task["task"].as_str().expect("a task")).into();
                actions.push(action);
            }
        }
    }
    decide_all("disputed", actions).report();
}

/// The sums over a task's actions, and where the task publishes that sum, the published figure.
#[test]
fn published_totals_agree() {
    let (Some(totals), Some(actions)) = (read("published-totals.jsonl"), read("actions.jsonl")) else { return };
    let runner = Runner::new();
    let actions: BTreeMap<String, Value> =
        records(&actions).into_iter().map(|record| (record["case_id"].to_string(), record)).collect();
    let (mut sums, mut published) = (0, 0);
    for row in records(&totals) {
        let row: Published = parse(&row);
        let (mut refunds, mut differences) = (0, 0);
        for action in &row.actions {
            let case: Case = parse(&actions[&Value::from(action.case_id.as_str()).to_string()]);
            let Some(decision) = runner.decide(&case) else { continue };
            match request::wanted(&case.asked.action) {
                Ok(Some("refund" | "cancel")) => refunds -= compare::to_pay(&decision),
                _ => differences += compare::to_pay(&decision),
            }
        }
        assert_eq!((refunds, differences), (row.sum_refunds_cents, row.sum_differences_cents), "task {}", row.task);
        sums += 1;
        if row.sum_matches_published {
            let told = [refunds, differences.abs()].map(request::money);
            assert!(told.iter().any(|sum| row.published.contains(sum)), "task {}: {told:?}", row.task);
            published += 1;
        }
    }
    println!("tau-retail published-totals: {sums} sums agree, {published} of them are published figures");
}

/// `before` already holds what `earlier_actions` did: applied to the shop, they give the same order and customer.
#[test]
fn earlier_actions_lead_to_before() {
    let names = ["refusals.jsonl", "refusals-derived.jsonl", "db/orders.jsonl", "db/users.jsonl", "db/products.jsonl"];
    let Some([refusals, derived, orders, users, products]) =
        names.map(read).into_iter().collect::<Option<Vec<_>>>().and_then(|texts| <[String; 5]>::try_from(texts).ok())
    else {
        return;
    };
    let orders: Vec<Order> = records(&orders).iter().map(parse).collect();
    let users: Vec<Customer> = records(&users).iter().map(parse).collect();
    let catalogue: Vec<Variant> = records(&products)
        .iter()
        .map(parse::<Product>)
        .flat_map(|product| {
            let id = product.product_id;
            product.variants.into_iter().map(move |variant| Variant { product_id: id.clone(), ..variant })
        })
        .collect();
    let mut replayed = 0;
    for record in records(&refusals).iter().chain(&records(&derived)) {
        let case: Case = parse(record);
        let (Some(before), Some(holder)) = (&case.before.order, &case.before.customer) else { continue };
        if case.earlier_actions.is_empty() {
            continue;
        }
        let mut order = orders.iter().find(|order| order.order_id == before.order_id).expect("the order").clone();
        let mut customer = users.iter().find(|user| user.user_id == holder.user_id).expect("the customer").clone();
        for action in &case.earlier_actions {
            replay::apply(action, &mut order, &mut customer, &catalogue)
                .unwrap_or_else(|why| panic!("{}: {why}", case.case_id));
        }
        assert_eq!(order.status, before.status, "{}", case.case_id);
        assert_eq!(order.items, before.items, "{}", case.case_id);
        assert_eq!(order.payments, before.payments, "{}", case.case_id);
        assert_eq!(customer.payment_methods, holder.payment_methods, "{}", case.case_id);
        replayed += 1;
    }
    println!("tau-retail earlier actions: {replayed} orders replayed, all as in `before`");
}

/// Every fact read by hand quotes words that stand in its record.
#[test]
fn facts_read_by_hand_are_quoted() {
    let facts: Vec<ReadByHand> = serde_json::from_str(READ_BY_HAND).expect("the table");
    let all =
        [SAMPLE.to_owned(), read("actions.jsonl").unwrap_or_default(), read("refusals.jsonl").unwrap_or_default()];
    for fact in &facts {
        let record =
            all.iter().flat_map(|text| records(text)).find(|record| record["case_id"] == fact.case_id.as_str());
        let record = record.unwrap_or_else(|| panic!("no record {}", fact.case_id));
        assert!(record["customer_says"].as_str().unwrap_or("").contains(&fact.words), "{}", fact.case_id);
    }
}

/// The policy, and a request for each record that there is.
pub(crate) fn requests() -> (Policy, Vec<Value>) {
    let more = ["actions.jsonl", "refusals.jsonl", "refusals-derived.jsonl"].into_iter().filter_map(read);
    let texts: Vec<String> = std::iter::once(SAMPLE.to_owned()).chain(more).collect();
    let runner = Runner::new();
    let requests = texts.iter().flat_map(|text| records(text)).filter_map(|record| runner.request(&parse(&record)));
    let requests = requests.collect();
    (runner.policy, requests)
}

/// The policy and the facts read by hand.
struct Runner {
    policy: Policy,
    by_hand: Vec<ReadByHand>,
}

impl Runner {
    fn new() -> Self {
        let mut sources = SourceSet::new();
        for (name, text) in POLICY {
            sources.add(name, text).expect("a name of its own");
        }
        let policy = Policy::compile(&sources).unwrap_or_else(|report| panic!("{report:?}"));
        Self { policy, by_hand: serde_json::from_str(READ_BY_HAND).expect("the table") }
    }

    fn facts_of(&self, case: &Case) -> Vec<&ReadByHand> {
        self.by_hand.iter().filter(|fact| fact.case_id == case.case_id).collect()
    }

    /// The request; none for an action that is about no return.
    fn request(&self, case: &Case) -> Option<Value> {
        let wants = request::wanted(&case.asked.action).unwrap_or_else(|why| panic!("{}: {why}", case.case_id))?;
        Some(request::request(case, wants, &self.facts_of(case)))
    }

    /// The decision as JSON.
    fn decide(&self, case: &Case) -> Option<Value> {
        let request = self.request(case)?;
        let read = self.policy.request(request.to_string().as_bytes());
        let read = read.unwrap_or_else(|error| panic!("{}: {error}\n{request:#}", case.case_id));
        Some(serde_json::to_value(self.policy.decide(&read)).expect("a decision is JSON"))
    }
}

/// How a file fared.
#[derive(Default)]
struct Tally {
    name: &'static str,
    compared: usize,
    accepted: usize,
    by_hand: usize,
    out_of_scope: BTreeMap<String, usize>,
    rules: BTreeSet<String>,
    differences: Vec<String>,
}

impl Tally {
    /// Prints the counts; fails with every difference when there is one.
    fn report(&self) {
        let Self { name, compared, accepted, by_hand, out_of_scope, rules, differences } = self;
        let differing = differences.len();
        println!(
            "tau-retail {name}: {compared} compared ({accepted} accepted, {} refused by {} rules), {} agree, {by_hand} with facts \
             read by hand; out of scope: {out_of_scope:?}",
            compared - accepted,
            rules.len(),
            compared - differing,
        );
        assert!(differences.is_empty(), "{differing} differ:\n{}", differences.join("\n"));
    }
}

fn decide_all(name: &'static str, records: Vec<Value>) -> Tally {
    let runner = Runner::new();
    let mut tally = Tally { name, ..Tally::default() };
    for record in records {
        let case: Case = parse(&record);
        let Some(decision) = runner.decide(&case) else {
            *tally.out_of_scope.entry(case.asked.action).or_default() += 1;
            continue;
        };
        let expected: Expected = parse(&record["expected"]);
        tally.compared += 1;
        tally.accepted += usize::from(decision["outcome"] == "accept");
        tally.by_hand += usize::from(!runner.facts_of(&case).is_empty());
        tally.rules.extend(compare::refused_by(&decision));
        let differences = compare::differences(&expected, &decision, case.before.customer.as_ref());
        if !differences.is_empty() {
            tally.differences.push(format!("{}: {}", case.case_id, differences.join("; ")));
        }
    }
    tally
}

fn records(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn parse<T: DeserializeOwned>(record: &Value) -> T {
    T::deserialize(record).unwrap_or_else(|error| panic!("{}: {error}", record["case_id"]))
}

/// A file of the data, or nothing and a word about it.
fn read(name: &str) -> Option<String> {
    let root = std::env::var_os("TAKEBACK_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let text = fs::read_to_string(root.join("tau-retail").join(name)).ok();
    if text.is_none() {
        println!("skipped: no tau-retail/{name} in {}", root.display());
    }
    text
}
