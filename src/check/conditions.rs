//! Conditions: names become facts, constants get the type of the fact they are compared with.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{CategoryGroup, CategoryId, CategorySet, Cond, FactId, Schema, Scope, Stage, Type, Value, builtin};
use crate::money::Currency;
use crate::source::{SourceSet, Span, Spanned};
use crate::syntax::ast::{self, ConditionKind};

use super::facts::constant;
use super::say;
use super::vocabulary::role_named;
use super::words::{Words, path_is_one};

/// What a condition is checked against.
pub(super) struct Cx<'a> {
    pub(super) sources: &'a SourceSet,
    pub(super) words: &'a Words,
    pub(super) schema: &'a mut Schema,
    pub(super) currency: Option<Currency>,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

impl Cx<'_> {
    /// Checks a condition; nothing when it has an error, which is reported.
    pub(super) fn condition(&mut self, condition: &ast::Condition) -> Option<Cond> {
        Some(match &condition.kind {
            ConditionKind::All(parts) => Cond::All(self.all(parts)?),
            ConditionKind::Any(parts) => Cond::Any(self.all(parts)?),
            ConditionKind::Not(inner) => Cond::Not(Box::new(self.condition(inner)?)),
            ConditionKind::InCategory { negated, refs } => negate(*negated, Cond::Category(self.category(refs)?)),
            ConditionKind::Yes(name) => {
                let (id, ty) = self.fact(name)?;
                if ty != Type::YesNo {
                    let help = format!("compare it, as in `{}`", say::for_example(&name.node, ty, self.schema));
                    self.out.push(not_of_kind(name, ty, "not yes or no").help(help));
                    return None;
                }
                Cond::Yes(id)
            }
            ConditionKind::OnDuty { role, negated } => {
                let role = role_named(role, self.schema, self.out)?;
                negate(*negated, Cond::Yes(self.schema.on_duty(role)))
            }
            ConditionKind::Is { fact, negated, values } => negate(*negated, self.is(fact, values)?),
            ConditionKind::Order { fact, order, value } => {
                let (id, ty) = self.fact(fact)?;
                if !matches!(ty, Type::Number | Type::WholeNumber | Type::Money) {
                    let example = match ty {
                        Type::Date => format!("{} from 2026-01-15", fact.node),
                        ty => say::for_example(&fact.node, ty, self.schema),
                    };
                    let help = format!("ask in another way: `{example}`");
                    self.out.push(not_of_kind(fact, ty, "not a number or an amount").help(help));
                    return None;
                }
                let number = self.number(value, ty, &fact.node)?;
                match id {
                    builtin::ITEM_QUANTITY => self.can_be_counted("units", *order, number, value.span)?,
                    builtin::VISIT_LABELS => self.can_be_counted("labels", *order, number, value.span)?,
                    _ => {}
                }
                Cond::Number(id, *order, number)
            }
            ConditionKind::DaysSince { fact, order, days } => {
                let (fact, counted) = (self.date_fact(fact), self.can_be_counted("days", *order, days.node, days.span));
                counted?;
                Cond::DaysSince(fact?, *order, days.node)
            }
            ConditionKind::In { fact, negated, list } => negate(*negated, self.in_list(fact, list)?),
            ConditionKind::Compared { fact, order, other } => {
                let (found, against) = (self.fact(fact), self.fact(other));
                let ((a, ta), (b, tb)) = (found?, against?);
                for (name, ty) in [(fact, ta), (other, tb)] {
                    if !matches!(ty, Type::Number | Type::WholeNumber | Type::Money) {
                        let help = "numbers and amounts are compared, such as `new.price at least item.price`";
                        self.out.push(not_of_kind(name, ty, "not a number or an amount").help(help));
                        return None;
                    }
                }
                if (ta == Type::Money) != (tb == Type::Money) {
                    let message = format!(
                        "`{}` is {}, and `{}` is {}",
                        fact.node,
                        say::kind_of(ta),
                        other.node,
                        say::kind_of(tb)
                    );
                    self.out.push(
                        Diagnostic::new(Code::WrongKind, other.span, message)
                            .label(fact.span, "compared with this one")
                            .help("an amount is compared with an amount, such as `new.price at least item.price`"),
                    );
                    return None;
                }
                if a == b {
                    let message = format!("`{}` is compared with itself", fact.node);
                    self.out.push(
                        Diagnostic::new(Code::NoEffect, condition.span, message)
                            .help("name two different facts, such as `new.price at least item.price`"),
                    );
                }
                Cond::Compared(a, *order, b)
            }
            ConditionKind::SameAs { fact, negated, other } => {
                let (found, against) = (self.fact(fact), self.fact(other));
                let ((a, ta), (b, tb)) = (found?, against?);
                let (one, two) = (say::kind_of(ta), say::kind_of(tb));
                if ta == Type::Texts || tb == Type::Texts {
                    let list = if ta == Type::Texts { fact } else { other };
                    let text = if ta == Type::Texts { other } else { fact };
                    self.out.push(
                        Diagnostic::new(
                            Code::WrongKind,
                            list.span,
                            format!("`{}` is a list of texts, not one of them", list.node),
                        )
                        .help(format!("ask whether a text is in it: `{} in {}`", text.node, list.node)),
                    );
                    return None;
                }
                if ta != tb {
                    let message = match one == two {
                        true => format!(
                            "`{}` and `{}` have different words, so they are never the same",
                            fact.node, other.node
                        ),
                        false => format!("`{}` is {one}, and `{}` is {two}", fact.node, other.node),
                    };
                    self.out.push(
                        Diagnostic::new(Code::WrongKind, other.span, message)
                            .label(fact.span, "compared with this one")
                            .help("`same as` compares two facts of the same kind, such as `new.sku same as item.sku`"),
                    );
                    return None;
                }
                if a == b {
                    self.out.push(
                        Diagnostic::new(
                            Code::NoEffect,
                            condition.span,
                            format!("`{}` is compared with itself", fact.node),
                        )
                        .help("name two different facts, such as `new.sku same as item.sku`"),
                    );
                }
                negate(*negated, Cond::Same(a, b))
            }
            ConditionKind::Before { fact, date } => Cond::Dates(self.date_fact(fact)?, None, date.node.pred_opt()),
            ConditionKind::From { fact, from, to } => {
                let id = self.date_fact(fact)?;
                if let Some(to) = to.as_ref().filter(|to| to.node < from.node) {
                    self.out.push(
                        Diagnostic::new(
                            Code::OutOfRange,
                            to.span,
                            format!("these days end on {}, before they begin on {}", to.node, from.node),
                        )
                        .label(from.span, "they begin here")
                        .help(format!("did you mean `{} from {} to {}`?", fact.node, to.node, from.node)),
                    );
                    return None;
                }
                Cond::Dates(id, Some(from.node), to.as_ref().map(|d| d.node))
            }
            ConditionKind::AnyLine(inner) => Cond::AnyLine(Box::new(self.of_line(inner)?)),
            ConditionKind::EveryLine(inner) => Cond::EveryLine(Box::new(self.of_line(inner)?)),
            ConditionKind::AnyTender(inner) => Cond::AnyTender(Box::new(self.of_tender(inner)?)),
            ConditionKind::LineCount { of, order, value } => {
                let of = self.of_line(of)?;
                self.can_be_counted("lines", *order, value.node, value.span)?;
                Cond::LineCount(Box::new(of), *order, value.node)
            }
            ConditionKind::RefundTotal { of, order, value } => {
                let (of, value) = (self.of_line(of), self.number(value, Type::Money, "total refund"));
                Cond::RefundTotal(Box::new(of?), *order, value?)
            }
        })
    }

    /// Whether a number of whole things can be compared with a number so that it matters.
    fn can_be_counted(&mut self, what: &str, order: ast::Order, number: Decimal, span: Span) -> Option<()> {
        let zero = number.cmp(&Decimal::ZERO);
        let words = match order {
            ast::Order::AtLeast => "at least",
            ast::Order::AtMost => "at most",
            ast::Order::Over => "over",
            ast::Order::Under => "under",
            ast::Order::Exactly => "exactly",
        };
        let message = match (zero, order) {
            _ if !number.fract().is_zero() => format!("a number of {what} is whole, and `{number}` is not"),
            (Ordering::Less, ast::Order::AtMost | ast::Order::Exactly)
            | (Ordering::Less | Ordering::Equal, ast::Order::Under) => {
                format!("no number of {what} is {words} {number}")
            }
            (Ordering::Less, ast::Order::Over) | (Ordering::Less | Ordering::Equal, ast::Order::AtLeast) => {
                format!("every number of {what} is {words} {number}")
            }
            (Ordering::Equal, ast::Order::AtMost | ast::Order::Over | ast::Order::Exactly) | (Ordering::Greater, _) => {
                return Some(());
            }
        };
        self.out.push(
            Diagnostic::new(Code::OutOfRange, span, message)
                .help("write a number that it can be, such as `over 3` or `at least 4`"),
        );
        None
    }

    fn all(&mut self, parts: &[ast::Condition]) -> Option<Vec<Cond>> {
        // Every part is checked, so that every error is found.
        let checked: Vec<Option<Cond>> = parts.iter().map(|p| self.condition(p)).collect();
        checked.into_iter().collect()
    }

    fn of_line(&mut self, inner: &ast::Condition) -> Option<Cond> {
        let cond = self.condition(inner)?;
        if scope_of(&cond, self.schema) == Scope::Tender {
            let help = match say::written(self.sources, inner.span) {
                Some(written) => format!("ask what the sale was paid with: `any tender ({written})`"),
                None => "ask what the sale was paid with: `any tender (…)`".to_owned(),
            };
            self.out.push(
                Diagnostic::new(
                    Code::ScopeTooFine,
                    inner.span,
                    "a sale is paid with tenders, a line has none of its own",
                )
                .help(help),
            );
            return None;
        }
        Some(cond)
    }

    fn of_tender(&mut self, inner: &ast::Condition) -> Option<Cond> {
        let cond = self.condition(inner)?;
        let mut wrong = None;
        each_fact(&cond, &mut |id| {
            let fact = self.schema.fact(id);
            if id == builtin::TENDER_AMOUNT || fact.is_some_and(|f| f.scope == Scope::Line) {
                wrong = Some(id);
            }
        });
        if let Some(name) = wrong.and_then(|id| self.schema.fact(id)).map(|f| f.name.clone()) {
            let help = match name.as_str() {
                "tender.amount" => "what was paid with a tender is `tender.paid`".to_owned(),
                _ => format!("ask for `{name}` outside of the brackets: `any tender (tender is cash) and …`"),
            };
            self.out.push(
                Diagnostic::new(
                    Code::ScopeTooFine,
                    inner.span,
                    format!("`{name}` is nothing that a tender of the sale has"),
                )
                .help(help),
            );
            return None;
        }
        Some(cond)
    }

    /// The id and type of a fact; an unknown one is reported.
    pub(super) fn fact(&mut self, name: &Spanned<String>) -> Option<(FactId, Type)> {
        let found = self.schema.fact_named(&name.node).and_then(|id| self.schema.fact(id).map(|f| (id, f.ty)));
        let declared = self.words.asked(&name.node);
        // A fact whose declaration has an error is known, if not what it is.
        if found.is_none() && !declared {
            let fact = &name.node;
            let whose = match fact.split('.').next() {
                Some("customer") => "as of sale",
                Some("sale") => "of the sale",
                Some("visit") => "of the visit",
                Some("tender") => "of the tender",
                _ => "of the item",
            };
            let add = format!("a fact of your own is declared first: `fact {fact} : yes or no, {whose}`");
            self.out.push(say::unknown("fact", name, self.schema.facts.iter().map(|f| f.name.as_str()), Some(add)));
        }
        found
    }

    fn date_fact(&mut self, name: &Spanned<String>) -> Option<FactId> {
        let (id, ty) = self.fact(name)?;
        if ty != Type::Date {
            let help = format!("ask in another way: `{}`", say::for_example(&name.node, ty, self.schema));
            self.out.push(not_of_kind(name, ty, "not a date").help(help));
            return None;
        }
        Some(id)
    }

    fn is(&mut self, fact: &Spanned<String>, values: &[Spanned<ast::Value>]) -> Option<Cond> {
        let (id, ty) = self.fact(fact)?;
        let checked: Vec<Option<Value>> = values.iter().map(|v| self.value(v, ty, &fact.node)).collect();
        let checked: Vec<Value> = checked.into_iter().collect::<Option<_>>()?;
        for (at, (value, written)) in checked.iter().zip(values).enumerate() {
            let before = checked.iter().zip(values).take(at).find(|(v, _)| *v == value);
            if let Some((_, first)) = before {
                self.out.push(
                    Diagnostic::new(
                        Code::NoEffect,
                        written.span,
                        format!("`{}` is named already", say::constant(&written.node).1),
                    )
                    .label(first.span, "here"),
                );
            }
        }
        let span = values.iter().fold(fact.span, |span, value| span.to(value.span));
        match ty {
            Type::YesNo => {
                let yes = checked.contains(&Value::Bool(true));
                let no = checked.contains(&Value::Bool(false));
                if yes && no {
                    self.out.push(
                        Diagnostic::new(Code::NoEffect, span, format!("`{}` is always yes or no", fact.node))
                            .help(format!("ask for one of them: `{0}` or `not {0}`", fact.node)),
                    );
                    return Some(Cond::Always);
                }
                Some(negate(no, Cond::Yes(id)))
            }
            Type::Word(_) => {
                let mut words: Vec<u16> =
                    checked.iter().filter_map(|v| if let Value::Word(w) = v { Some(*w) } else { None }).collect();
                words.sort_unstable();
                words.dedup();
                if let Type::Word(domain) = ty
                    && self.schema.domain(domain).is_some_and(|d| d.words.len() == words.len() && words.len() > 1)
                {
                    self.out.push(
                        Diagnostic::new(
                            Code::NoEffect,
                            span,
                            format!("these are all the words that `{}` can be", fact.node),
                        )
                        .help("leave some of them out, or leave out the whole condition"),
                    );
                }
                Some(Cond::Word(id, words))
            }
            Type::Text => {
                let mut texts: Vec<_> =
                    checked.iter().filter_map(|v| if let Value::Text(t) = v { Some(*t) } else { None }).collect();
                texts.sort_unstable();
                texts.dedup();
                Some(Cond::Text(id, texts))
            }
            Type::Number | Type::WholeNumber | Type::Money => Some(one_of(checked.iter().filter_map(|v| {
                if let Value::Number(n) = v { Some(Cond::Number(id, ast::Order::Exactly, *n)) } else { None }
            }))),
            Type::Date => Some(one_of(checked.iter().filter_map(|v| {
                if let Value::Date(d) = v { Some(Cond::Dates(id, Some(*d), Some(*d))) } else { None }
            }))),
            Type::Texts => None,
        }
    }

    pub(super) fn value(&mut self, value: &Spanned<ast::Value>, ty: Type, fact: &str) -> Option<Value> {
        if ty == Type::Money && !self.money(value) {
            return None;
        }
        constant(value, ty, fact, self.currency, self.schema, self.out)
    }

    fn number(&mut self, value: &Spanned<ast::Value>, ty: Type, fact: &str) -> Option<Decimal> {
        match self.value(value, ty, fact)? {
            Value::Number(n) => Some(n),
            _ => None,
        }
    }

    /// Whether an amount is in the policy's currency and no finer than its minor unit; otherwise it is reported.
    pub(super) fn money(&mut self, value: &Spanned<ast::Value>) -> bool {
        money(value, self.currency, self.out)
    }

    fn in_list(&mut self, fact: &Spanned<String>, list: &Spanned<String>) -> Option<Cond> {
        let (id, ty) = self.fact(fact)?;
        match ty {
            Type::Date => self.words.seasons.find(list, self.out).map(|season| Cond::Season(id, *season)),
            Type::Text => {
                let known = self.schema.fact_named(&list.node).filter(|_| !self.words.lists.has(&list.node));
                match known.and_then(|other| self.schema.fact(other).map(|f| (other, f.ty))) {
                    Some((other, Type::Texts)) => {
                        self.words.asked(&list.node);
                        Some(Cond::InFact(id, other))
                    }
                    _ => self.words.lists.find(list, self.out).map(|texts| {
                        let mut texts = texts.clone();
                        texts.sort_unstable();
                        texts.dedup();
                        Cond::Text(id, texts)
                    }),
                }
            }
            ty => {
                let help = match ty {
                    _ if self.words.categories.has(&list.node) => {
                        format!("ask for the category of the item: `item in {}`", list.node)
                    }
                    Type::Word(_) => format!("name the words: `{}`", say::for_example(&fact.node, ty, self.schema)),
                    _ => "`in` asks whether a date falls into a season, or a text is in a list".to_owned(),
                };
                let message =
                    format!("`{}` is {}; only a date or a text can be `in` something", fact.node, say::kind_of(ty));
                self.out.push(Diagnostic::new(Code::WrongKind, fact.span, message).help(help));
                None
            }
        }
    }

    fn category(&mut self, refs: &[ast::CategoryRef]) -> Option<CategoryId> {
        let mut groups = Vec::new();
        let mut broken = false;
        for one in refs {
            match one {
                ast::CategoryRef::Path(path) => {
                    path_is_one(path, self.out);
                    if self.words.categories.has(&path.node) {
                        self.out.push(
                            Diagnostic::new(
                                Code::NoEffect,
                                path.span,
                                format!("in quotes this is the path `{0}`, not your category `{0}`", path.node),
                            )
                            .help(format!("leave the quotes out: `item in {}`", path.node)),
                        );
                    }
                    groups.push(CategoryGroup { paths: vec![path.node.clone()], except: Vec::new() });
                }
                ast::CategoryRef::Named(name) => match self.words.categories.find(name, self.out) {
                    Some(group) => groups.push(group.clone()),
                    None => broken = true,
                },
            }
        }
        if broken {
            return None;
        }
        groups.sort();
        let set = CategorySet { groups };
        let at = self.schema.categories.iter().position(|c| *c == set).unwrap_or_else(|| {
            self.schema.categories.push(set);
            self.schema.categories.len() - 1
        });
        Some(CategoryId(u16::try_from(at).unwrap_or(u16::MAX)))
    }
}

fn not_of_kind(fact: &Spanned<String>, ty: Type, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongKind, fact.span, format!("`{}` is {}, {wanted}", fact.node, say::kind_of(ty)))
}

fn negate(negated: bool, cond: Cond) -> Cond {
    if negated { Cond::Not(Box::new(cond)) } else { cond }
}

fn one_of(conds: impl Iterator<Item = Cond>) -> Cond {
    let mut conds: Vec<Cond> = conds.collect();
    if conds.len() == 1 { conds.pop().unwrap_or(Cond::Always) } else { Cond::Any(conds) }
}

/// Whether an amount is in the policy's currency and no finer than its minor unit; otherwise it is reported.
pub(super) fn money(value: &Spanned<ast::Value>, currency: Option<Currency>, out: &mut Vec<Diagnostic>) -> bool {
    let ast::Value::Money { amount, currency: written } = &value.node else { return true };
    let Some(policy) = currency else { return true };
    if written != policy.code() {
        out.push(
            Diagnostic::new(
                Code::MixedCurrencies,
                value.span,
                format!("this policy counts in {policy}, not in {written}"),
            )
            .help(format!("write what it comes to in {policy}")),
        );
        return false;
    }
    let (digits, written) = (policy.minor_digits(), amount.normalize().scale());
    if written > digits {
        let message = match digits {
            0 => format!("{policy} has no digits after the point, and this amount has {written}"),
            _ => format!("{policy} has {digits} digits after the point, and this amount has {written}"),
        };
        let below = amount.trunc_with_scale(digits);
        let above = below + Decimal::new(1, digits);
        let (below, above) = (say::money(below, policy), say::money(above, policy));
        out.push(
            Diagnostic::new(Code::AmountTooFine, value.span, message).help(format!("write `{below}` or `{above}`")),
        );
        return false;
    }
    true
}

/// Calls a function for every fact a condition reads, those inside quantifiers too.
pub(crate) fn each_fact(cond: &Cond, found: &mut impl FnMut(FactId)) {
    match cond {
        Cond::Always | Cond::Category(_) => {}
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|p| each_fact(p, found)),
        Cond::Not(inner) | Cond::AnyLine(inner) | Cond::EveryLine(inner) | Cond::AnyTender(inner) => {
            each_fact(inner, found)
        }
        Cond::LineCount(inner, ..) | Cond::RefundTotal(inner, ..) => each_fact(inner, found),
        Cond::Yes(f) | Cond::Word(f, _) | Cond::Text(f, _) | Cond::Number(f, ..) | Cond::DaysSince(f, ..) => found(*f),
        Cond::Season(f, _) | Cond::Dates(f, ..) => found(*f),
        Cond::Same(a, b) | Cond::Compared(a, _, b) | Cond::InFact(a, b) => {
            found(*a);
            found(*b);
        }
    }
}

/// The finest scope a condition reads; quantifiers make one of the visit (of the sale for tenders).
pub(crate) fn scope_of(cond: &Cond, schema: &Schema) -> Scope {
    match cond {
        Cond::Always => Scope::Visit,
        Cond::Category(_) => Scope::Line,
        Cond::All(parts) | Cond::Any(parts) => parts.iter().map(|p| scope_of(p, schema)).max().unwrap_or(Scope::Visit),
        Cond::Not(inner) => scope_of(inner, schema),
        Cond::AnyLine(_) | Cond::EveryLine(_) | Cond::LineCount(..) | Cond::RefundTotal(..) => Scope::Visit,
        Cond::AnyTender(_) => Scope::Sale,
        Cond::Yes(f)
        | Cond::Word(f, _)
        | Cond::Text(f, _)
        | Cond::Number(f, ..)
        | Cond::DaysSince(f, ..)
        | Cond::Season(f, _)
        | Cond::Dates(f, ..) => schema.fact(*f).map_or(Scope::Visit, |f| f.scope),
        Cond::Same(a, b) | Cond::Compared(a, _, b) | Cond::InFact(a, b) => {
            let one = |f: &FactId| schema.fact(*f).map_or(Scope::Visit, |f| f.scope);
            one(a).max(one(b))
        }
    }
}

/// The latest stage a condition reads.
pub(crate) fn stage_of(cond: &Cond, schema: &Schema) -> Stage {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().map(|p| stage_of(p, schema)).max().unwrap_or(Stage::Facts),
        Cond::Not(inner) | Cond::AnyLine(inner) | Cond::EveryLine(inner) | Cond::LineCount(inner, ..) => {
            stage_of(inner, schema)
        }
        Cond::RefundTotal(inner, ..) => stage_of(inner, schema).max(Stage::Amounts),
        // What a sale was paid with is known from the start.
        Cond::AnyTender(_) => Stage::Facts,
        other => {
            let mut stage = Stage::Facts;
            each_fact(other, &mut |f| stage = stage.max(schema.fact(f).map_or(Stage::Facts, |f| f.stage)));
            stage
        }
    }
}

/// The facts whose season a condition tests so that it must hold: the season, and the date that picks its year.
pub(super) fn seasons_tested(cond: &Cond, found: &mut Vec<(crate::facts::SeasonId, FactId)>) {
    match cond {
        Cond::Season(fact, season) => found.push((*season, *fact)),
        Cond::All(parts) => parts.iter().for_each(|p| seasons_tested(p, found)),
        _ => {}
    }
}

/// A place for findings about a whole condition.
pub(super) fn span_of(clause: &ast::Clause) -> Span {
    clause.when.as_ref().map_or(clause.span, |c| c.span)
}
