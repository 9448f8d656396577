//! What the request tells of a fact, wherever its member stands.

use rust_decimal::Decimal;
use serde_json::Value as Json;
use takeback::syntax::ast;

use super::conditions::{Case, ON_DUTY, Place, Scope, Val, clock_named, scope};
use super::visit::{OnClocks as _, count, decimal, list, text, when};

impl Case<'_> {
    /// What the request says.
    pub(super) fn given(&self, name: &str, place: Place) -> Option<Given> {
        if self.edition.facts.contains_key(name) && !BUILT_IN.contains(&name) {
            return self.told(name, place).map(Given::Json);
        }
        self.built_in(name, place).map(Given::Value)
    }

    /// A declared fact, wherever the request may tell it.
    fn told(&self, name: &str, place: Place) -> Option<Json> {
        let sale = place.sale.map(|sale| self.visit.sale(sale));
        let of = |json: &Json| json["facts"].get(name).filter(|value| !value.is_null()).cloned();
        match scope(self.edition, name) {
            Scope::Visit => of(&self.visit.json),
            Scope::Sale => of(sale.or_else(|| Some(self.visit.unfound(place.line?)))?),
            Scope::Line => {
                let line = place.line?;
                let coming = &self.visit.returns[line].json;
                of(coming).or_else(|| of(self.visit.goods(line))).or_else(|| of(&coming["new"]))
            }
            Scope::Tender => of(&list(sale?, "/tenders")[place.tender?]),
        }
    }

    fn built_in(&self, name: &str, place: Place) -> Option<Val> {
        let visit = &self.visit.json;
        let found = place.sale.map(|sale| self.visit.sale(sale));
        let sale = found.or_else(|| Some(self.visit.unfound(place.line?)));
        let tender = place.tender.map(|tender| &list(found.unwrap(), "/tenders")[tender]);
        let goods = place.line.map(|line| self.visit.goods(line));
        let coming = place.line.map(|line| &self.visit.returns[line].json);
        let word = |json: Option<&Json>, pointer: &str| json.and_then(|json| text(json, pointer)).map(Val::Text);
        let visit_word = |pointer: &str| text(visit, pointer).map(Val::Text);
        let yes = |json: Option<&Json>, pointer: &str| json?.pointer(pointer)?.as_bool();
        let sold = place.line.and_then(|line| self.visit.returns[line].sold);
        match name {
            "channel" => visit_word("/channel"),
            "visit.by" => visit_word("/by"),
            "visit.store" => visit_word("/store/id"),
            "visit.country" => visit_word("/store/country"),
            "visit.state" => visit_word("/store/state"),
            "visit.labels" => Some(Val::Number(count(visit, "/labels").unwrap_or(0).into())),
            "clerk.role" => visit_word("/clerk/role"),
            "refund_to.tender" => visit_word("/refund_to/tender"),
            "refund_to.id" => visit_word("/refund_to/id"),
            "pay_with.tender" => visit_word("/pay_with/tender"),
            "pay_with.id" => visit_word("/pay_with/id"),
            "requested" => Some(Val::Day(self.day())),
            "visit.refund" | "visit.credit" | "visit.to_pay" | "visit.uncovered" if !self.figures.open.is_empty() => {
                None
            }
            "item.refund" if self.figures.open.contains(&place.line.unwrap()) => None,
            "visit.refund" => Some(Val::Number(self.figures.refund)),
            "visit.credit" => Some(Val::Number(self.figures.credit)),
            "visit.to_pay" => Some(Val::Number(self.figures.to_pay)),
            "visit.uncovered" => {
                let left = decimal(visit, "/pay_with/balance");
                let gift_card = text(visit, "/pay_with/tender").as_deref() == Some("gift card");
                match left {
                    Some(left) => Some(Val::Number((self.figures.to_pay - left).max(Decimal::ZERO))),
                    None if gift_card && !self.figures.to_pay.is_zero() => None,
                    None => Some(Val::Number(Decimal::ZERO)),
                }
            }
            "sale.channel" => word(sale, "/channel"),
            "sale.store" => word(sale, "/store/id"),
            "sale.country" => word(sale, "/store/country"),
            "sale.state" => word(sale, "/store/state"),
            "sale.seller" => word(sale, "/seller"),
            "sale.tax_exempt" => yes(sale, "/tax_exempt").or(found.map(|_| false)).map(Val::Bool),
            "sale.whole" => place.sale.map(|sale| self.whole(sale)).or_else(|| yes(sale, "/whole")).map(Val::Bool),
            "sale.total" => match place.sale {
                Some(sale) => Some(Val::Number(self.visit.paid(sale, self.edition).iter().sum())),
                None => decimal(sale?, "/total").map(Val::Number),
            },
            "sold" | "ordered" => {
                let zone = self.visit.told_zone(sale?, place.sale, self.edition);
                Some(Val::Day(when(&sale?[name])?.on(zone)))
            }
            "invoiced" | "shipped" | "received" | "installed" | "activated" => {
                let clock = clock_named(name).unwrap();
                self.visit.clock_day(place.line.unwrap(), clock, self.edition).map(Val::Day)
            }
            "item" => {
                let paths = goods?.get("categories")?.as_array()?.clone();
                Some(Val::Texts(paths.iter().map(|path| path.as_str().unwrap().to_owned()).collect()))
            }
            "item.sku" => word(goods, "/sku"),
            "item.product" => word(goods, "/product"),
            "item.brand" => word(goods, "/brand"),
            "item.price" => {
                let Some(sold) = sold else { return decimal(goods?, "/price").map(Val::Number) };
                let paid = self.visit.paid(sold.0, self.edition)[sold.1];
                Some(Val::Number(paid / Decimal::from(self.visit.bought(sold))))
            }
            "item.list_price" => {
                let sold_for = goods.and_then(|goods| decimal(goods, "/unit_price"));
                sold_for.or_else(|| decimal(coming?, "/list_price")).map(Val::Number)
            }
            "item.current_price" => decimal(coming?, "/current_price").map(Val::Number),
            "item.quantity" => Some(Val::Number(self.visit.returns[place.line.unwrap()].quantity.into())),
            "item.final_sale" => Some(Val::Bool(yes(goods, "/final_sale").unwrap_or(false))),
            "item.has_sale" => Some(Val::Bool(found.is_some() || sold.is_some())),
            "condition" | "reason" | "proof" | "wants" => word(coming, &format!("/{name}")),
            "new.sku" => word(coming, "/new/sku"),
            "new.product" => word(coming, "/new/product"),
            "new.price" => decimal(coming?, "/new/price").map(Val::Number),
            "new.available" => yes(coming, "/new/available").map(Val::Bool),
            "new.given" => Some(Val::Bool(coming?.get("new").is_some_and(|new| !new.is_null()))),
            "item.refund" => Some(Val::Number(self.figures.item_refund[place.line.unwrap()])),
            "tender" => word(tender, "/tender"),
            "tender.id" => word(tender, "/id"),
            "tender.paid" => decimal(tender?, "/amount").map(Val::Number),
            "tender.amount" => {
                let part = self.figures.tender_amount.get(&(place.sale?, place.tender?));
                Some(Val::Number(part.copied().unwrap_or_default()))
            }
            other => {
                let role = other.strip_prefix(ON_DUTY).unwrap_or_else(|| panic!("no fact {other}"));
                let role = self.edition.roles.keys().find(|known| known.replace(' ', "_") == role).unwrap();
                let there = visit.pointer("/on_duty")?.as_array()?;
                let covers = |one: &Json| self.edition.has_authority(one.as_str().unwrap(), role);
                Some(Val::Bool(there.iter().any(covers)))
            }
        }
    }

    /// A declared fact as given; nothing when the figure is too old.
    pub(super) fn fresh(&self, fact: &ast::Fact, given: &Json) -> Option<Val> {
        let Some(value) = given.get("value") else { return Some(read(given, &fact.ty.node)) };
        if let Some(length) = &fact.fresh {
            let as_of = when(&given["as_of"])?.on(self.visit.zone(self.edition));
            let counting = takeback::date::MonthEnd::LastDay;
            if takeback::date::extend(as_of, length.node, counting, None).unwrap() < self.day() {
                return None;
            }
        }
        Some(read(value, &fact.ty.node))
    }

    /// Whether everything of the sale that is not yet back comes back in this visit.
    fn whole(&self, sale: usize) -> bool {
        let lines = list(self.visit.sale(sale), "/lines").len();
        (0..lines).all(|line| {
            let now: u32 = self.visit.returns.iter().filter(|c| c.sold == Some((sale, line))).map(|c| c.quantity).sum();
            self.visit.came_back((sale, line)) + now >= self.visit.bought((sale, line))
        })
    }
}

/// What a request says of a fact.
pub(super) enum Given {
    Value(Val),
    Json(Json),
}

/// Facts of the language.
const BUILT_IN: &[&str] = &[
    "channel",
    "visit.by",
    "visit.store",
    "visit.country",
    "visit.state",
    "visit.labels",
    "clerk.role",
    "refund_to.tender",
    "refund_to.id",
    "pay_with.tender",
    "pay_with.id",
    "requested",
    "visit.refund",
    "visit.credit",
    "visit.to_pay",
    "visit.uncovered",
    "sale.channel",
    "sale.store",
    "sale.country",
    "sale.state",
    "sale.seller",
    "sale.tax_exempt",
    "sale.whole",
    "sale.total",
    "sold",
    "ordered",
    "invoiced",
    "shipped",
    "received",
    "installed",
    "activated",
    "item",
    "item.sku",
    "item.product",
    "item.brand",
    "item.price",
    "item.list_price",
    "item.current_price",
    "item.quantity",
    "item.final_sale",
    "item.has_sale",
    "condition",
    "reason",
    "proof",
    "wants",
    "new.sku",
    "new.product",
    "new.price",
    "new.available",
    "new.given",
    "item.refund",
    "tender",
    "tender.id",
    "tender.paid",
    "tender.amount",
];

pub(super) fn constant(value: &ast::Value, ty: &ast::FactType) -> Val {
    match (value, ty) {
        (ast::Value::Name(name), ast::FactType::YesNo) => Val::Bool(name == "yes"),
        (ast::Value::Name(name), _) => Val::Text(name.clone()),
        (ast::Value::Date(day), _) => Val::Day(*day),
        (ast::Value::Money { amount, .. } | ast::Value::Number(amount), _) => Val::Number(*amount),
    }
}

fn read(given: &Json, ty: &ast::FactType) -> Val {
    match ty {
        ast::FactType::YesNo => Val::Bool(given.as_bool().unwrap_or_else(|| given.as_str() == Some("yes"))),
        ast::FactType::OneOf(_) | ast::FactType::Text => Val::Text(given.as_str().unwrap().to_owned()),
        ast::FactType::WholeNumber | ast::FactType::Number | ast::FactType::Money => {
            Val::Number(decimal(given, "").unwrap())
        }
        ast::FactType::Date => Val::Day(given.as_str().unwrap().parse().unwrap()),
        ast::FactType::ListOfText => {
            Val::Texts(list(given, "").iter().map(|text| text.as_str().unwrap().to_owned()).collect())
        }
    }
}
