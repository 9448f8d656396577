//! The sentences of a scenario as parts of requests: its sales, and its visits with what each of them expects. Every
//! sentence belongs to the one before it that it speaks of; one that speaks of nothing is a finding.

use chrono::NaiveDate;

use super::Context;
use super::pairs::{self, Sentence};
use super::tree::Node;
use crate::date::When;
use crate::diagnostic::{Code, Diagnostic, near};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Expectation, LabelPath, Name, Pair, ScenarioLine};
use crate::terms::Counted;

/// A scenario, ready to be asked visit by visit.
pub(super) struct Plan<'a> {
    pub(super) sales: Vec<Sale>,
    pub(super) visits: Vec<Visit<'a>>,
}

/// A sale as the request tells it, without what came back before.
pub(super) struct Sale {
    pub(super) node: Node,
    /// The tender without an amount: it pays the rest.
    pub(super) rest: Option<Rest>,
    /// How many visits came before it.
    after: usize,
}

/// A tender that pays the rest.
pub(super) struct Rest {
    /// Its place among the tenders.
    pub(super) tender: usize,
    pub(super) span: Span,
}

/// A visit as the request tells it, without sales.
pub(super) struct Visit<'a> {
    pub(super) node: Node,
    pub(super) span: Span,
    /// The label of the item of each returned line.
    pub(super) returns: Vec<&'a str>,
    pub(super) expects: Vec<Expect<'a>>,
    /// Of an `or visit`: the place of the visit it is instead of. Nothing builds on it.
    pub(super) instead_of: Option<usize>,
}

/// An `expect` line.
pub(super) struct Expect<'a> {
    pub(super) outcome: &'a Spanned<String>,
    /// The item it speaks of; none: the visit.
    pub(super) item: Option<&'a Name>,
    pub(super) expectations: &'a [Spanned<Expectation>],
}

impl Plan<'_> {
    /// The sales that are known at a visit.
    pub(super) fn sales_at(&self, visit: usize) -> impl Iterator<Item = (usize, &Sale)> {
        let visit = self.visits.get(visit).and_then(|visit| visit.instead_of).unwrap_or(visit);
        self.sales.iter().enumerate().filter(move |(_, sale)| sale.after <= visit)
    }
}

/// How many sentences a scenario may have: one of this length can no longer be read, and takes no time yet.
const LONGEST: usize = 200;

/// Reads the sentences of a scenario.
pub(super) fn plan<'a>(cx: &Context<'_>, scenario: &'a ast::Scenario, out: &mut Vec<Diagnostic>) -> Plan<'a> {
    let plan = Plan { sales: Vec::new(), visits: Vec::new() };
    let mut maker = Maker { cx, out, plan, items: Vec::new() };
    if scenario.lines.len() > LONGEST {
        let message = format!("{} sentences are more than the {LONGEST} a scenario may have", scenario.lines.len());
        maker.out.push(Diagnostic::new(Code::OutOfRange, scenario.span, message).help("make several scenarios of it"));
        return maker.plan;
    }
    for line in &scenario.lines {
        maker.line(line);
    }
    maker.fill_in();
    maker.complete(scenario);
    maker.plan
}

struct Maker<'a, 'c> {
    cx: &'c Context<'c>,
    out: &'c mut Vec<Diagnostic>,
    plan: Plan<'a>,
    items: Vec<Item<'a>>,
}

/// Goods by label.
struct Item<'a> {
    label: &'a Name,
    /// The sale they are of, by place.
    sale: Option<usize>,
    /// Goods without a sale stand with the returned line.
    loose: Option<Loose>,
}

struct Loose {
    node: Node,
    price: Option<Node>,
}

impl<'a, 'c> Maker<'a, 'c> {
    fn line(&mut self, line: &'a ScenarioLine) {
        match line {
            ScenarioLine::Sold { when, pairs, span } => self.sold(when.as_ref(), pairs, *span),
            ScenarioLine::Item { label, categories, price, pairs, span } => {
                self.item(label, categories, price.as_ref(), pairs, *span);
            }
            ScenarioLine::Discount { amount, on, pairs, span } => self.discount(amount, on, pairs, *span),
            ScenarioLine::Paid { tender, amount, pairs, span } => self.paid(tender, amount.as_ref(), pairs, *span),
            ScenarioLine::Visit { when, pairs, span } => self.visit(Some(when), pairs, None, *span),
            ScenarioLine::OrVisit { when, pairs, span } => self.or_visit(when.as_ref(), pairs, *span),
            ScenarioLine::Return { item, pairs, span } => self.returned(item, pairs, *span),
            ScenarioLine::New { price, pairs, span } => self.new_goods(price, pairs, *span),
            ScenarioLine::Approved { clause, role, span } => {
                self.heard("approved", "approvals", clause, role, None, *span);
            }
            ScenarioLine::Verified { clause, role, passed, span } => {
                self.heard("verified", "verifications", clause, role, Some(*passed), *span);
            }
            ScenarioLine::History { per, as_of, returns, span } => self.history(*per, as_of.as_ref(), returns, *span),
            ScenarioLine::Expect { outcome, item, expectations, span } => {
                let expect = Expect { outcome, item: item.as_ref(), expectations };
                match self.plan.visits.last_mut() {
                    Some(visit) => visit.expects.push(expect),
                    None => self.before_visit("expect", *span),
                }
            }
            // Reported where the file was read.
            ScenarioLine::Bad(_) => {}
        }
    }

    fn sold(&mut self, when: Option<&Spanned<When>>, pairs: &[Pair], span: Span) {
        let mut node = Node::object(span);
        node.put(&["id"], Node::value(format!("S{}", self.plan.sales.len() + 1), span));
        if let Some(when) = when {
            node.put(&["sold"], Node::value(when.node.to_string(), when.span));
        }
        pairs::put(self.cx, Sentence::Sold, pairs, &mut node, self.out);
        let shipping = node.has(&["shipping"]) && !node.has(&["shipping", "paid"]);
        if shipping {
            let message = "it is not told what was paid for shipping";
            self.out.push(
                Diagnostic::new(Code::OutOfPlace, node.place("/shipping"), message).help("add `shipping 4.90 USD`"),
            );
        }
        self.plan.sales.push(Sale { node, rest: None, after: self.plan.visits.len() });
    }

    fn item(
        &mut self,
        label: &'a Name,
        categories: &[Spanned<String>],
        price: Option<&Spanned<ast::Value>>,
        pairs: &[Pair],
        span: Span,
    ) {
        if let Some(first) = self.items.iter().find(|item| item.label.node == label.node) {
            let message = format!("a second item called `{}`", label.node);
            self.out.push(
                Diagnostic::new(Code::DefinedTwice, label.span, message).label(first.label.span, "the first one"),
            );
            return;
        }
        let found = self.out.len();
        let price = price.and_then(|price| self.money(price));
        let of_sale = self.plan.sales.len().checked_sub(1);
        let sentence = if of_sale.is_some() { Sentence::Item } else { Sentence::LooseItem };
        let mut node = Node::object(span);
        for category in categories {
            node.push(&["categories"], Node::value(category.node.as_str(), category.span));
        }
        if of_sale.is_some() {
            node.put(&["id"], Node::value(label.node.as_str(), label.span));
            if let Some(price) = &price {
                node.put(&["unit_price"], price.clone());
            }
        }
        pairs::put(self.cx, sentence, pairs, &mut node, self.out);
        let priced = node.has(&["unit_price"]) || node.has(&["paid"]);
        if of_sale.is_some() && !priced && self.out.len() == found {
            let message = format!("it is not told what `{}` cost", label.node);
            self.out.push(Diagnostic::new(Code::OutOfPlace, span, message).help("add `at 20.00 USD`"));
        }
        let closed = of_sale.and_then(|at| self.plan.sales.get(at)).is_some_and(|sale| self.after_visit(sale));
        if closed {
            self.sale_is_over("item", span);
        }
        match of_sale.and_then(|at| self.plan.sales.get_mut(at)) {
            Some(sale) => {
                sale.node.push(&["lines"], node);
                self.items.push(Item { label, sale: of_sale, loose: None });
            }
            None => self.items.push(Item { label, sale: None, loose: Some(Loose { node, price }) }),
        }
    }

    fn discount(&mut self, amount: &Spanned<ast::Value>, on: &[Name], pairs: &[Pair], span: Span) {
        let mut node = Node::object(span);
        let mut sale = None;
        for label in on {
            let Some(item) = self.items.iter().find(|item| item.label.node == label.node) else {
                self.unknown_item(label);
                return;
            };
            match (item.sale, sale) {
                (Some(of), None) => sale = Some(of),
                (Some(of), Some(first)) if of == first => {}
                (Some(_), Some(_)) => {
                    let message = "a discount on goods of two sales";
                    self.out.push(Diagnostic::new(Code::OutOfPlace, label.span, message));
                    return;
                }
                (None, _) => {
                    let message = format!("`{}` has no sale to be discounted in", label.node);
                    self.out.push(Diagnostic::new(Code::OutOfPlace, label.span, message));
                    return;
                }
            }
            node.push(&["lines"], Node::value(label.node.as_str(), label.span));
        }
        if let Some(amount) = self.money(amount) {
            node.put(&["amount"], amount);
        }
        let found = self.out.len();
        pairs::put(self.cx, Sentence::Discount, pairs, &mut node, self.out);
        if !node.has(&["kind"]) && self.out.len() == found {
            let message = "it is not told what kind of discount this is";
            self.out.push(
                Diagnostic::new(Code::OutOfPlace, span, message)
                    .help("add `kind` and one of \"n for m\", \"percent over\", every second, bundle, coupon, gift"),
            );
        }
        let Some(sale) = sale.and_then(|sale| self.plan.sales.get_mut(sale)) else { return };
        let id = format!("P{}", sale.node.len(&["promotions"]) + 1);
        node.put(&["id"], Node::value(id, span));
        sale.node.push(&["promotions"], node);
    }

    fn paid(&mut self, tender: &Name, amount: Option<&Spanned<ast::Value>>, pairs: &[Pair], span: Span) {
        let mut node = Node::object(span);
        node.put(&["tender"], Node::value(tender.node.as_str(), tender.span));
        let amount = amount.map(|amount| self.money(amount));
        pairs::put(self.cx, Sentence::Paid, pairs, &mut node, self.out);
        let Some(sale) = self.plan.sales.last_mut() else {
            let message = "`paid` without a sale";
            self.out.push(Diagnostic::new(Code::OutOfPlace, span, message).help("write `sold` and its day before it"));
            return;
        };
        let place = sale.node.len(&["tenders"]);
        if !node.has(&["id"]) {
            node.put(&["id"], Node::value(format!("t{}", place + 1), span));
        }
        match amount {
            Some(Some(amount)) => node.put(&["amount"], amount),
            Some(None) => {}
            None => {
                node.put(&["amount"], Node::value("0", span));
                if let Some(first) = &sale.rest {
                    let message = "a second tender that pays the rest";
                    self.out.push(Diagnostic::new(Code::OutOfPlace, span, message).label(first.span, "the first one"));
                }
                sale.rest = Some(Rest { tender: place, span });
            }
        }
        sale.node.push(&["tenders"], node);
        if self.plan.sales.last().is_some_and(|sale| self.after_visit(sale)) {
            self.sale_is_over("paid", span);
        }
    }

    fn visit(&mut self, when: Option<&Spanned<When>>, pairs: &[Pair], instead_of: Option<usize>, span: Span) {
        let mut node = Node::object(span);
        if let Some(when) = when {
            node.put(&["at"], Node::value(when.node.to_string(), when.span));
        }
        pairs::put(self.cx, Sentence::Visit, pairs, &mut node, self.out);
        self.plan.visits.push(Visit { node, span, returns: Vec::new(), expects: Vec::new(), instead_of });
    }

    /// The visit before it once more, but for what this one tells: that is filled in when all of it has been read.
    fn or_visit(&mut self, when: Option<&Spanned<When>>, pairs: &[Pair], span: Span) {
        let Some(first) = self.plan.visits.iter().rposition(|visit| visit.instead_of.is_none()) else {
            self.before_visit("or visit", span);
            return self.visit(when, pairs, None, span);
        };
        if let Some(sale) = self.plan.sales.last().filter(|sale| sale.after > first) {
            let message = "`or visit` does not follow the visit it is instead of";
            self.out.push(
                Diagnostic::new(Code::OutOfPlace, span, message)
                    .label(sale.node.place(""), "sold in between")
                    .help("write it before this sale, or write `visit` and all that belongs to it"),
            );
        }
        self.visit(when, pairs, Some(first), span);
    }

    /// Gives each `or visit` what it does not tell itself.
    fn fill_in(&mut self) {
        for at in 0..self.plan.visits.len() {
            let first = self.plan.visits.get(at).and_then(|visit| self.plan.visits.get(visit.instead_of?));
            let Some((node, returns)) = first.map(|first| (first.node.clone(), first.returns.clone())) else {
                continue;
            };
            let Some(visit) = self.plan.visits.get_mut(at) else { continue };
            visit.node.fill_in(&node);
            if visit.returns.is_empty() {
                visit.returns = returns;
            }
        }
    }

    fn returned(&mut self, label: &'a Name, pairs: &[Pair], span: Span) {
        let mut node = Node::object(span);
        pairs::put(self.cx, Sentence::Return, pairs, &mut node, self.out);
        let Some(item) = self.items.iter().find(|item| item.label.node == label.node) else {
            self.unknown_item(label);
            return;
        };
        match (item.sale, &item.loose) {
            (Some(sale), _) => {
                node.put(&["sale"], Node::value(format!("S{}", sale + 1), label.span));
                node.put(&["line"], Node::value(label.node.as_str(), label.span));
            }
            (None, Some(loose)) => {
                node.put(&["item"], loose.node.clone());
                if let Some(price) = &loose.price
                    && !node.has(&["list_price"])
                {
                    node.put(&["list_price"], price.clone());
                }
            }
            (None, None) => {}
        }
        let Some(visit) = self.plan.visits.last_mut() else {
            self.before_visit("return", span);
            return;
        };
        let id = match visit.returns.iter().filter(|item| **item == label.node).count() {
            0 => label.node.clone(),
            before => format!("{}-{}", label.node, before + 1),
        };
        node.put(&["id"], Node::value(id, label.span));
        visit.returns.push(&label.node);
        visit.node.push(&["returns"], node);
    }

    fn new_goods(&mut self, price: &Spanned<ast::Value>, pairs: &[Pair], span: Span) {
        let mut node = Node::object(span);
        if let Some(price) = self.money(price) {
            node.put(&["price"], price);
        }
        pairs::put(self.cx, Sentence::NewGoods, pairs, &mut node, self.out);
        let Some(visit) = self.plan.visits.last_mut() else {
            self.before_visit("new goods", span);
            return;
        };
        let id = format!("n{}", visit.node.len(&["new_goods"]) + 1);
        node.put(&["id"], Node::value(id, span));
        visit.node.push(&["new_goods"], node);
    }

    /// An approval, or the result of a verification, names the clause by its own path; versions may have it under
    /// different ones.
    fn heard(&mut self, word: &str, member: &str, clause: &LabelPath, role: &Name, passed: Option<bool>, span: Span) {
        let paths = self.paths(clause);
        let Some(visit) = self.plan.visits.last_mut() else {
            self.before_visit(word, span);
            return;
        };
        for path in paths {
            let mut node = Node::object(span);
            node.put(&["clause"], Node::value(path, clause.span));
            node.put(&["role"], Node::value(role.node.as_str(), role.span));
            if let Some(passed) = passed {
                node.put(&["passed"], Node::value(passed, span));
            }
            visit.node.push(&[member], node);
        }
    }

    /// The paths of the clauses that a name means, in whatever version.
    fn paths(&mut self, clause: &LabelPath) -> Vec<&'c str> {
        let cx = self.cx;
        let mut paths: Vec<&str> = Vec::new();
        for id in cx.labels.find(clause, self.out) {
            let path = cx.program.clause(id).map_or("", |clause| &*clause.path);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }

    /// What came back before: of the visit, or of the item that is returned last.
    fn history(&mut self, per: Counted, as_of: Option<&Spanned<NaiveDate>>, returns: &[ast::Past], span: Span) {
        let mut node = Node::object(span);
        if let Some(as_of) = as_of {
            node.put(&["as_of"], Node::value(as_of.node.to_string(), as_of.span));
        }
        node.put(&["returns"], Node::list(Vec::new(), span));
        for past in returns {
            let mut one = Node::object(past.refund.span);
            one.put(&["day"], Node::value(past.day.node.to_string(), past.day.span));
            if let Some(refund) = self.money(&past.refund) {
                one.put(&["refund"], refund);
            }
            if let Some(items) = &past.items {
                one.put(&["items"], Node::value(items.node.to_string(), items.span));
            }
            if let Some(limits) = &past.limits {
                one.put(&["limits"], Node::list(Vec::new(), past.refund.span));
                for clause in limits {
                    for path in self.paths(clause) {
                        one.push(&["limits"], Node::value(path, clause.span));
                    }
                }
            }
            node.push(&["returns"], one);
        }
        let Some(visit) = self.plan.visits.last_mut() else { return self.before_visit("history", span) };
        match per {
            Counted::Item => match visit.node.len(&["returns"]).checked_sub(1) {
                Some(last) => visit.node.put(&["returns", &last.to_string(), "history"], node),
                None => {
                    let message = "it is not told which item this is the history of";
                    self.out.push(Diagnostic::new(Code::OutOfPlace, span, message).help("write it after its `return`"));
                }
            },
            Counted::Customer | Counted::Household | Counted::Clerk => {
                visit.node.put(&["history", per.word()], node);
            }
        }
    }

    /// What a scenario cannot do without.
    fn complete(&mut self, scenario: &ast::Scenario) {
        if self.plan.visits.is_empty() && !scenario.lines.iter().any(|line| matches!(line, ScenarioLine::Bad(_))) {
            let message = "nobody comes in this scenario";
            self.out.push(Diagnostic::new(Code::OutOfPlace, scenario.span, message).help("add `visit` and its day"));
        }
        for visit in &self.plan.visits {
            if visit.returns.is_empty() && self.out.is_empty() {
                let message = "nothing comes back in this visit";
                self.out.push(Diagnostic::new(Code::OutOfPlace, visit.span, message).help("add `return` and an item"));
            }
        }
        let last = self.plan.visits.len().saturating_sub(1);
        for (at, visit) in self.plan.visits.iter().enumerate() {
            let tried = at == last || visit.instead_of.is_some();
            if tried && visit.expects.is_empty() && self.out.is_empty() {
                let message = "nothing is expected of this visit";
                self.out
                    .push(Diagnostic::new(Code::OutOfPlace, visit.span, message).help("add `expect` and an outcome"));
            }
        }
        for sale in self.plan.sales.iter().filter(|sale| !sale.node.has(&["lines"])) {
            if self.out.is_empty() {
                let message = "nothing was sold in this sale";
                self.out.push(
                    Diagnostic::new(Code::OutOfPlace, sale.node.place(""), message).help("add `item` and its price"),
                );
            }
        }
    }

    fn after_visit(&self, sale: &Sale) -> bool {
        sale.after < self.plan.visits.len()
    }

    fn sale_is_over(&mut self, word: &str, span: Span) {
        let message = format!("`{word}` after the visit belongs to no sale");
        self.out.push(
            Diagnostic::new(Code::OutOfPlace, span, message).help("write it before `visit`, or begin another sale"),
        );
    }

    fn before_visit(&mut self, word: &str, span: Span) {
        let message = format!("`{word}` before any visit");
        self.out.push(Diagnostic::new(Code::OutOfPlace, span, message).help("write `visit` and its day before it"));
    }

    fn unknown_item(&mut self, label: &Name) {
        let finding = Diagnostic::new(Code::UnknownName, label.span, format!("unknown item `{}`", label.node));
        let known: Vec<&str> = self.items.iter().map(|item| item.label.node.as_str()).collect();
        self.out.push(match (near(&label.node, known.iter().copied()), known.as_slice()) {
            (Some(close), _) => finding.help(format!("did you mean `{close}`?")),
            (None, []) => finding.help("write what it is with `item` before it"),
            (None, known) => finding.help(format!("known: {}", known.join(", "))),
        });
    }

    fn money(&mut self, value: &Spanned<ast::Value>) -> Option<Node> {
        match &value.node {
            ast::Value::Money { amount, currency } => self.cx.money(*amount, currency, value.span, self.out),
            ast::Value::Date(_) | ast::Value::Number(_) | ast::Value::Name(_) => {
                self.out.push(Diagnostic::new(Code::WrongKind, value.span, "expected an amount of money"));
                None
            }
        }
    }
}
