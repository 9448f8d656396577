//! The pairs of a sentence, `quantity 2, item.carat 1.00`: which member of the request each of them is, and whether its
//! value is of the kind the member takes. Words, dates and sizes are checked where every request is read.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use super::Context;
use super::tree::Node;
use crate::date::When;
use crate::diagnostic::{Code, Diagnostic, near};
use crate::facts::{Fact, Scope, Stage, Type, builtin};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Pair, PairValue};

/// A sentence that takes pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sentence {
    Sold,
    /// Goods of a sale.
    Item,
    /// Goods without a sale.
    LooseItem,
    Discount,
    Paid,
    Visit,
    Return,
    NewGoods,
}

/// What a member takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Money,
    Number,
    Units,
    Percent,
    YesNo,
    Text,
    Day,
    /// Day or moment.
    When,
    /// The same, or `awaited`.
    Come,
    /// Several are a list; of a parcel still to come, `awaited`; of what is not delivered, `none`.
    Parcels,
    /// From one day to another, or open; several are a list.
    Periods,
    Texts,
    /// Roles, or `nobody`.
    Roles,
    /// An amount of tax.
    Tax,
    /// Likewise, inside the price.
    IncludedTax,
    /// The rate of that tax.
    Rate,
    /// A price for every length of `lowest price in …` that the policy uses.
    Lowest,
}

/// A word of a sentence and the member of the request it is.
type Member = (&'static str, &'static [&'static str], Takes);

const SOLD: &[Member] = &[
    ("ordered", &["ordered"], Takes::When),
    ("sale.store", &["store", "id"], Takes::Text),
    ("sale.country", &["store", "country"], Takes::Text),
    ("sale.state", &["store", "state"], Takes::Text),
    ("sale.zone", &["store", "zone"], Takes::Text),
    ("sale.channel", &["channel"], Takes::Text),
    ("sale.seller", &["seller"], Takes::Text),
    ("sale.tax_exempt", &["tax_exempt"], Takes::YesNo),
    ("shipping", &["shipping", "paid"], Takes::Money),
    ("cheapest", &["shipping", "cheapest"], Takes::Money),
    ("shipping_tax", &["shipping", "taxes"], Takes::Tax),
];

/// Of goods, whether they have a sale or not.
const GOODS: &[Member] = &[
    ("sku", &["sku"], Takes::Text),
    ("item.sku", &["sku"], Takes::Text),
    ("product", &["product"], Takes::Text),
    ("item.product", &["product"], Takes::Text),
    ("brand", &["brand"], Takes::Text),
    ("item.brand", &["brand"], Takes::Text),
    ("final_sale", &["final_sale"], Takes::YesNo),
    ("item.final_sale", &["final_sale"], Takes::YesNo),
    ("invoiced", &["invoiced"], Takes::When),
    ("shipped", &["shipped"], Takes::When),
    ("received", &["received"], Takes::Parcels),
    ("repair", &["repairs"], Takes::Periods),
    ("installed", &["installed"], Takes::When),
    ("activated", &["activated"], Takes::When),
];

/// Of sold goods only.
const ITEM: &[Member] = &[
    ("quantity", &["quantity"], Takes::Units),
    ("tax", &["taxes"], Takes::Tax),
    ("included tax", &["taxes"], Takes::IncludedTax),
    ("rate", &["taxes"], Takes::Rate),
    ("paid", &["paid"], Takes::Money),
    ("serial", &["serials"], Takes::Texts),
];

/// Of goods without a sale only: what is known of it all the same.
const LOOSE: &[Member] = &[
    ("item.price", &["price"], Takes::Money),
    ("sold", &["sale", "sold"], Takes::When),
    ("ordered", &["sale", "ordered"], Takes::When),
    ("sale.store", &["sale", "store", "id"], Takes::Text),
    ("sale.country", &["sale", "store", "country"], Takes::Text),
    ("sale.state", &["sale", "store", "state"], Takes::Text),
    ("sale.zone", &["sale", "store", "zone"], Takes::Text),
    ("sale.channel", &["sale", "channel"], Takes::Text),
    ("sale.seller", &["sale", "seller"], Takes::Text),
    ("sale.tax_exempt", &["sale", "tax_exempt"], Takes::YesNo),
    ("sale.whole", &["sale", "whole"], Takes::YesNo),
    ("sale.total", &["sale", "total"], Takes::Money),
];

const DISCOUNT: &[Member] = &[
    ("kind", &["kind"], Takes::Text),
    ("n", &["n"], Takes::Units),
    ("m", &["m"], Takes::Units),
    ("over", &["over"], Takes::Money),
    ("percent", &["percent"], Takes::Percent),
    ("gift", &["gift"], Takes::Text),
    ("value", &["value"], Takes::Money),
];

const PAID: &[Member] = &[("id", &["id"], Takes::Text), ("tender.id", &["id"], Takes::Text)];

const VISIT: &[Member] = &[
    ("visit.store", &["store", "id"], Takes::Text),
    ("visit.country", &["store", "country"], Takes::Text),
    ("visit.state", &["store", "state"], Takes::Text),
    ("visit.zone", &["store", "zone"], Takes::Text),
    ("channel", &["channel"], Takes::Text),
    ("visit.by", &["by"], Takes::Text),
    ("told", &["told"], Takes::When),
    ("sent", &["sent"], Takes::Come),
    ("received", &["received"], Takes::Come),
    ("clerk.role", &["clerk", "role"], Takes::Text),
    ("refund_to.tender", &["refund_to", "tender"], Takes::Text),
    ("refund_to.id", &["refund_to", "id"], Takes::Text),
    ("pay_with.tender", &["pay_with", "tender"], Takes::Text),
    ("pay_with.id", &["pay_with", "id"], Takes::Text),
    ("pay_with.balance", &["pay_with", "balance"], Takes::Money),
    ("labels", &["labels"], Takes::Units),
    ("on duty", &["on_duty"], Takes::Roles),
    ("visit.labels", &["labels"], Takes::Units),
];

const RETURN: &[Member] = &[
    ("quantity", &["quantity"], Takes::Units),
    ("wants", &["wants"], Takes::Text),
    ("condition", &["condition"], Takes::Text),
    ("reason", &["reason"], Takes::Text),
    ("proof", &["proof"], Takes::Text),
    ("current_price", &["current_price"], Takes::Money),
    ("list_price", &["list_price"], Takes::Money),
    ("item.list_price", &["list_price"], Takes::Money),
    ("item.current_price", &["current_price"], Takes::Money),
    ("lowest_price", &["lowest_price"], Takes::Lowest),
    ("serial", &["serials"], Takes::Texts),
    ("new.sku", &["new", "sku"], Takes::Text),
    ("new.product", &["new", "product"], Takes::Text),
    ("new.price", &["new", "price"], Takes::Money),
    ("new.quantity", &["new", "quantity"], Takes::Units),
    ("new.tax", &["new", "taxes"], Takes::Tax),
    ("new.available", &["new", "available"], Takes::YesNo),
];

const NEW_GOODS: &[Member] = &[
    ("quantity", &["quantity"], Takes::Units),
    ("tax", &["taxes"], Takes::Tax),
    ("included tax", &["taxes"], Takes::IncludedTax),
    ("rate", &["taxes"], Takes::Rate),
];

impl Sentence {
    const ALL: [Sentence; 8] = [
        Sentence::Sold,
        Sentence::Item,
        Sentence::LooseItem,
        Sentence::Discount,
        Sentence::Paid,
        Sentence::Visit,
        Sentence::Return,
        Sentence::NewGoods,
    ];

    fn members(self) -> impl Iterator<Item = &'static Member> {
        let (own, more): (_, &[Member]) = match self {
            Sentence::Sold => (SOLD, &[]),
            Sentence::Item => (ITEM, GOODS),
            Sentence::LooseItem => (LOOSE, GOODS),
            Sentence::Discount => (DISCOUNT, &[]),
            Sentence::Paid => (PAID, &[]),
            Sentence::Visit => (VISIT, &[]),
            Sentence::Return => (RETURN, &[]),
            Sentence::NewGoods => (NEW_GOODS, &[]),
        };
        own.iter().chain(more)
    }

    fn member(self, name: &str) -> Option<&'static Member> {
        self.members().find(|(member, ..)| *member == name)
    }

    /// Whose declared facts may be told in it, and where.
    fn holders(self) -> &'static [(Scope, &'static [&'static str])] {
        match self {
            Sentence::Sold => &[(Scope::Sale, &["facts"])],
            Sentence::Item | Sentence::Return => &[(Scope::Line, &["facts"])],
            Sentence::LooseItem => &[(Scope::Line, &["facts"]), (Scope::Sale, &["sale", "facts"])],
            Sentence::Paid => &[(Scope::Tender, &["facts"])],
            Sentence::Visit => &[(Scope::Visit, &["facts"])],
            Sentence::Discount | Sentence::NewGoods => &[],
        }
    }

    /// Where the declared facts of a scope are told in it.
    fn place(self, scope: Scope) -> Option<&'static [&'static str]> {
        self.holders().iter().find(|(holder, _)| *holder == scope).map(|(_, place)| *place)
    }

    /// Its first words.
    fn words(self) -> &'static str {
        match self {
            Sentence::Sold => "sold",
            Sentence::Item => "item",
            Sentence::LooseItem => "item` without `sold",
            Sentence::Discount => "discount",
            Sentence::Paid => "paid",
            Sentence::Visit => "visit",
            Sentence::Return => "return",
            Sentence::NewGoods => "new goods",
        }
    }

    /// The sentence a fact of this scope is told in.
    fn of(scope: Scope) -> Sentence {
        match scope {
            Scope::Visit => Sentence::Visit,
            Scope::Sale => Sentence::Sold,
            Scope::Line => Sentence::Item,
            Scope::Tender => Sentence::Paid,
        }
    }
}

/// Puts the pairs of a sentence into its part of the request.
pub(super) fn put(cx: &Context<'_>, sentence: Sentence, pairs: &[Pair], node: &mut Node, out: &mut Vec<Diagnostic>) {
    // Rates come last: they belong to a tax that may be told after them.
    let rate = |pair: &&Pair| sentence.member(&pair.name.node).is_some_and(|(.., takes)| *takes == Takes::Rate);
    for pair in pairs.iter().filter(|pair| !rate(pair)).chain(pairs.iter().filter(rate)) {
        let name = pair.name.node.as_str();
        match (sentence.member(name), declared(cx, sentence, name)) {
            (Some((_, path, takes)), _) => member(cx, path, *takes, pair, node, out),
            (None, Some((fact, place))) => {
                let Some(value) = value(cx, takes(fact.ty), &pair.value, out) else { continue };
                let path = [place, &[name]].concat();
                match fact.ty {
                    Type::Texts => node.push(&path, value),
                    _ => once(&path, value, &pair.name, node, out),
                }
            }
            (None, None) => out.push(unknown(cx, sentence, &pair.name)),
        }
    }
}

fn member(cx: &Context<'_>, path: &[&str], takes: Takes, pair: &Pair, node: &mut Node, out: &mut Vec<Diagnostic>) {
    let Some(value) = value(cx, takes, &pair.value, out) else { return };
    let span = pair.name.span.to(pair.value.span);
    match takes {
        Takes::Parcels if matches!(&pair.value.node, PairValue::Constant(ast::Value::Name(name)) if name == "none") => {
            once(path, Node::list(Vec::new(), span), &pair.name, node, out);
        }
        Takes::Roles => match &pair.value.node {
            PairValue::Constant(ast::Value::Name(name)) if name == "nobody" => {
                once(path, Node::list(Vec::new(), span), &pair.name, node, out);
            }
            _ => node.push(path, value),
        },
        Takes::Texts | Takes::Parcels | Takes::Periods => node.push(path, value),
        Takes::Tax | Takes::IncludedTax => {
            let mut tax = Node::object(span);
            tax.put(&["id"], Node::value(pair.name.node.rsplit('.').next().unwrap_or("tax"), span));
            tax.put(&["amount"], value);
            if takes == Takes::IncludedTax {
                tax.put(&["included"], Node::value(true, span));
            }
            node.push(path, tax);
        }
        Takes::Rate => {
            let mut of_tax = path.to_vec();
            of_tax.push("0");
            if node.has(&of_tax) {
                of_tax.push("rate");
                once(&of_tax, value, &pair.name, node, out);
            } else {
                let message = "the rate of a tax that is not told";
                out.push(Diagnostic::new(Code::OutOfPlace, span, message).help("write `tax 4.00 USD` beside it"));
            }
        }
        Takes::Lowest if let PairValue::LowestIn(_, length) = &pair.value.node => {
            let mut of_length = path.to_vec();
            let length = length.to_string();
            of_length.push(&length);
            once(&of_length, value, &pair.name, node, out);
        }
        Takes::Lowest => {
            if cx.lengths.is_empty() {
                out.push(Diagnostic::new(Code::OutOfPlace, span, "nothing in the policy starts from a lowest price"));
            }
            for length in &cx.lengths {
                let mut of_length = path.to_vec();
                of_length.push(length);
                once(&of_length, value.clone(), &pair.name, node, out);
            }
        }
        Takes::Money
        | Takes::Number
        | Takes::Units
        | Takes::Percent
        | Takes::YesNo
        | Takes::Text
        | Takes::Day
        | Takes::When
        | Takes::Come => once(path, value, &pair.name, node, out),
    }
}

/// Puts a member that may be told once.
fn once(path: &[&str], value: Node, name: &Spanned<String>, node: &mut Node, out: &mut Vec<Diagnostic>) {
    if node.has(path) {
        let first = path.iter().fold(String::new(), |pointer, name| format!("{pointer}/{name}"));
        let message = format!("`{}` is told twice", name.node);
        out.push(Diagnostic::new(Code::StatedTwice, name.span, message).label(node.place(&first), "told here"));
    } else {
        node.put(path, value);
    }
}

/// The declared fact of a name that may be told in this sentence, and where.
fn declared<'p>(cx: &Context<'p>, sentence: Sentence, name: &str) -> Option<(&'p Fact, &'static [&'static str])> {
    let mut declared = cx.program.schema.facts.iter().skip(builtin::ALL.len());
    let fact = declared.find(|fact| fact.name == name && sentence.place(fact.scope).is_some())?;
    Some((fact, sentence.place(fact.scope)?))
}

fn takes(ty: Type) -> Takes {
    match ty {
        Type::YesNo => Takes::YesNo,
        Type::Word(_) | Type::Text | Type::Texts => Takes::Text,
        Type::Number => Takes::Number,
        Type::WholeNumber => Takes::Units,
        Type::Money => Takes::Money,
        Type::Date => Takes::Day,
    }
}

/// The value of a pair as a request writes it.
fn value(cx: &Context<'_>, takes: Takes, value: &Spanned<PairValue>, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let span = value.span;
    let leaf = |value: Value| Some(Node::value(value, span));
    let expected = match (takes, &value.node) {
        (
            Takes::Money | Takes::Tax | Takes::IncludedTax | Takes::Lowest,
            PairValue::Constant(ast::Value::Money { amount, currency }),
        ) => return cx.money(*amount, currency, span, out),
        (Takes::Lowest, PairValue::LowestIn(ast::Value::Money { amount, currency }, _)) => {
            return cx.money(*amount, currency, span, out);
        }
        (Takes::Number, PairValue::Constant(ast::Value::Number(number))) => return leaf(number.to_string().into()),
        (Takes::Units, PairValue::Constant(ast::Value::Number(number))) if number.is_integer() => {
            return leaf(whole(*number));
        }
        (Takes::Percent | Takes::Rate, PairValue::Percent(percent)) => return leaf(percent.to_string().into()),
        (Takes::YesNo, PairValue::Constant(ast::Value::Name(name))) if name == "yes" || name == "no" => {
            return leaf((name == "yes").into());
        }
        (Takes::Text | Takes::Texts | Takes::Roles, PairValue::Constant(ast::Value::Name(name))) => {
            return leaf(name.as_str().into());
        }
        (Takes::Come, PairValue::Constant(ast::Value::Name(name))) if name == "awaited" => {
            return leaf(name.as_str().into());
        }
        (Takes::Day | Takes::When | Takes::Come | Takes::Parcels, PairValue::When(when)) => {
            return leaf(when.to_string().into());
        }
        (Takes::Day | Takes::When | Takes::Come | Takes::Parcels, PairValue::Constant(ast::Value::Date(date))) => {
            return leaf(date.to_string().into());
        }
        (Takes::Parcels, PairValue::Constant(ast::Value::Name(name))) if name == "awaited" || name == "none" => {
            return leaf(Value::Null);
        }
        (Takes::Periods, PairValue::When(from)) => return Some(period(*from, None, span)),
        (Takes::Periods, PairValue::Period(from, until)) => return Some(period(*from, Some(*until), span)),
        (Takes::Money | Takes::Tax | Takes::IncludedTax | Takes::Lowest, _) => "an amount of money",
        (Takes::Number, _) => "a number",
        (Takes::Units, _) => "a whole number",
        (Takes::Percent | Takes::Rate, _) => "a percentage such as `8.25%`",
        (Takes::YesNo, _) => "`yes` or `no`",
        (Takes::Roles, _) => "a role, or `nobody`",
        (Takes::Text | Takes::Texts, _) => "a word or a text in quotes",
        (Takes::Day | Takes::When, _) => "a date such as `2026-03-01`",
        (Takes::Come | Takes::Parcels, _) => "a date such as `2026-03-01`, or `awaited`",
        (Takes::Periods, _) => "days such as `2026-03-10 to 2026-03-20`",
    };
    out.push(Diagnostic::new(Code::WrongKind, span, format!("expected {expected}")));
    None
}

fn period(from: When, until: Option<When>, span: Span) -> Node {
    let mut node = Node::object(span);
    node.put(&["from"], Node::value(from.to_string(), span));
    if let Some(until) = until {
        node.put(&["until"], Node::value(until.to_string(), span));
    }
    node
}

fn whole(number: Decimal) -> Value {
    number.to_u64().map_or_else(|| number.normalize().to_string().into(), Value::from)
}

fn unknown(cx: &Context<'_>, sentence: Sentence, name: &Spanned<String>) -> Diagnostic {
    let wanted = name.node.as_str();
    let here = sentence.words();
    let facts = &cx.program.schema.facts;
    let fact = facts.iter().enumerate().find(|(_, fact)| fact.name == wanted);
    if let Some(other) = Sentence::ALL.into_iter().find(|other| other.member(wanted).is_some()) {
        let message = format!("`{wanted}` is told with `{}`, not with `{here}`", other.words());
        return Diagnostic::new(Code::OutOfPlace, name.span, message);
    }
    match fact {
        Some((at, fact)) if at < builtin::ALL.len() => {
            let finding =
                Diagnostic::new(Code::OutOfPlace, name.span, format!("`{wanted}` is worked out and cannot be told"));
            match (fact.stage, wanted) {
                (Stage::Facts, "item.price") => finding.help("write `at` and the price, or `paid`, with `item`"),
                (Stage::Facts, "item.quantity") => finding.help("write `quantity` with `item` and `return`"),
                _ => finding,
            }
        }
        Some((_, fact)) => {
            let other = Sentence::of(fact.scope).words();
            let message = format!("`{wanted}` is told with `{other}`, not with `{here}`");
            Diagnostic::new(Code::OutOfPlace, name.span, message)
        }
        None => {
            let finding = Diagnostic::new(Code::UnknownName, name.span, format!("`{here}` takes no `{wanted}`"));
            let declared = facts.iter().skip(builtin::ALL.len()).filter(|fact| sentence.place(fact.scope).is_some());
            let names = sentence.members().map(|(name, ..)| *name).chain(declared.map(|fact| fact.name.as_str()));
            match near(wanted, names) {
                Some(close) => finding.help(format!("did you mean `{close}`?")),
                None if !sentence.holders().is_empty() => finding.help("declare it with `fact`, or leave it out"),
                None => finding,
            }
        }
    }
}

impl Context<'_> {
    /// An amount in the currency of the policy.
    pub(super) fn money(&self, amount: Decimal, currency: &str, span: Span, out: &mut Vec<Diagnostic>) -> Option<Node> {
        if currency == self.program.currency.code() {
            return Some(Node::value(amount.to_string(), span));
        }
        let message = format!("{currency} is not the policy's currency, {}", self.program.currency);
        out.push(Diagnostic::new(Code::MixedCurrencies, span, message));
        None
    }
}
