//! Conditions: names become facts, constants get the type of the fact they are compared with.

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{
    CategoryGroup, CategoryId, CategorySet, Cond, FactId, Schema, Scope, Stage, Type, Value, builtin, clock_fact,
};
use crate::money::Currency;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, ConditionKind};

use super::words::{Words, constant, unknown};

/// What a condition is checked against.
pub(super) struct Cx<'a> {
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
                    self.out.push(
                        Diagnostic::new(Code::WrongKind, name.span, format!("`{}` is not a yes/no fact", name.node))
                            .help(format!("compare it, as in `{} is …`", name.node)),
                    );
                    return None;
                }
                Cond::Yes(id)
            }
            ConditionKind::Is { fact, negated, values } => negate(*negated, self.is(fact, values)?),
            ConditionKind::Order { fact, order, value } => {
                let (id, ty) = self.fact(fact)?;
                if !matches!(ty, Type::Number | Type::WholeNumber | Type::Money) {
                    self.out.push(Diagnostic::new(
                        Code::WrongKind,
                        fact.span,
                        format!("`{}` is not a number", fact.node),
                    ));
                    return None;
                }
                Cond::Number(id, *order, self.number(value, ty)?)
            }
            ConditionKind::DaysSince { clock, order, days } => Cond::DaysSince(clock_fact(*clock), *order, days.node),
            ConditionKind::In { fact, negated, list } => negate(*negated, self.in_list(fact, list)?),
            ConditionKind::SameAs { fact, negated, other } => {
                let (a, ta) = self.fact(fact)?;
                let (b, tb) = self.fact(other)?;
                if ta != tb || ta == Type::Texts {
                    self.out.push(
                        Diagnostic::new(Code::WrongKind, other.span, "these two facts are of different kinds")
                            .label(fact.span, "compared with this one"),
                    );
                    return None;
                }
                negate(*negated, Cond::Same(a, b))
            }
            ConditionKind::Before { fact, date } => Cond::Dates(self.date_fact(fact)?, None, date.node.pred_opt()),
            ConditionKind::From { fact, from, to } => {
                Cond::Dates(self.date_fact(fact)?, Some(from.node), to.as_ref().map(|d| d.node))
            }
            ConditionKind::AnyLine(inner) => Cond::AnyLine(Box::new(self.of_line(inner)?)),
            ConditionKind::EveryLine(inner) => Cond::EveryLine(Box::new(self.of_line(inner)?)),
            ConditionKind::AnyTender(inner) => Cond::AnyTender(Box::new(self.of_tender(inner)?)),
            ConditionKind::LineCount { of, order, value } => {
                Cond::LineCount(Box::new(self.of_line(of)?), *order, value.node)
            }
            ConditionKind::RefundTotal { of, order, value } => {
                Cond::RefundTotal(Box::new(self.of_line(of)?), *order, self.number(value, Type::Money)?)
            }
        })
    }

    fn all(&mut self, parts: &[ast::Condition]) -> Option<Vec<Cond>> {
        // Every part is checked, so that every error is found.
        let checked: Vec<Option<Cond>> = parts.iter().map(|p| self.condition(p)).collect();
        checked.into_iter().collect()
    }

    fn of_line(&mut self, inner: &ast::Condition) -> Option<Cond> {
        let cond = self.condition(inner)?;
        if scope_of(&cond, self.schema) == Scope::Tender {
            self.out.push(Diagnostic::new(Code::ScopeTooFine, inner.span, "a line has no tender of its own"));
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
            self.out.push(
                Diagnostic::new(
                    Code::ScopeTooFine,
                    inner.span,
                    format!("`{name}` is not known of the tenders of a sale"),
                )
                .help("`any tender (…)` speaks of the tenders a sale was paid with"),
            );
            return None;
        }
        Some(cond)
    }

    /// The id and type of a fact; an unknown one is reported.
    pub(super) fn fact(&mut self, name: &Spanned<String>) -> Option<(FactId, Type)> {
        let found = self.schema.fact_named(&name.node).and_then(|id| self.schema.fact(id).map(|f| (id, f.ty)));
        if found.is_none() {
            self.out.push(unknown("fact", name, self.schema.facts.iter().map(|f| f.name.as_str())));
        }
        found
    }

    fn date_fact(&mut self, name: &Spanned<String>) -> Option<FactId> {
        let (id, ty) = self.fact(name)?;
        if ty != Type::Date {
            self.out.push(Diagnostic::new(Code::WrongKind, name.span, format!("`{}` is not a date", name.node)));
            return None;
        }
        Some(id)
    }

    fn is(&mut self, fact: &Spanned<String>, values: &[Spanned<ast::Value>]) -> Option<Cond> {
        let (id, ty) = self.fact(fact)?;
        let checked: Vec<Option<Value>> = values.iter().map(|v| self.value(v, ty)).collect();
        let checked: Vec<Value> = checked.into_iter().collect::<Option<_>>()?;
        let span = fact.span;
        match ty {
            Type::YesNo => {
                let yes = checked.contains(&Value::Bool(true));
                let no = checked.contains(&Value::Bool(false));
                if yes && no {
                    self.out.push(Diagnostic::new(Code::NoEffect, span, "this is true of everything"));
                }
                Some(negate(no, Cond::Yes(id)))
            }
            Type::Word(_) => {
                let mut words: Vec<u16> =
                    checked.iter().filter_map(|v| if let Value::Word(w) = v { Some(*w) } else { None }).collect();
                words.sort_unstable();
                words.dedup();
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

    fn value(&mut self, value: &Spanned<ast::Value>, ty: Type) -> Option<Value> {
        if ty == Type::Money && !self.money(value) {
            return None;
        }
        constant(value, ty, self.schema, self.out)
    }

    fn number(&mut self, value: &Spanned<ast::Value>, ty: Type) -> Option<Decimal> {
        match self.value(value, ty)? {
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
                    Some((other, Type::Texts)) => Some(Cond::InFact(id, other)),
                    _ => self.words.lists.find(list, self.out).map(|texts| {
                        let mut texts = texts.clone();
                        texts.sort_unstable();
                        texts.dedup();
                        Cond::Text(id, texts)
                    }),
                }
            }
            _ => {
                self.out.push(
                    Diagnostic::new(
                        Code::WrongKind,
                        fact.span,
                        format!("`{}` is neither a date nor a text", fact.node),
                    )
                    .help("`in` goes with a season, a list or a fact that is a list; write `item in …` for categories"),
                );
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
                    groups.push(CategoryGroup { paths: vec![path.node.clone()], except: Vec::new() })
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
            .help("say the amount in the policy's currency"),
        );
        return false;
    }
    if amount.normalize().scale() > policy.minor_digits() {
        out.push(Diagnostic::new(
            Code::AmountTooFine,
            value.span,
            format!("{policy} has {} digits after the point, this amount has more", policy.minor_digits()),
        ));
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
        Cond::Same(a, b) | Cond::InFact(a, b) => {
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
        Cond::Same(a, b) | Cond::InFact(a, b) => {
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
