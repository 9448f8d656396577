//! The facts that a policy declares: whose they are, what their absence means, how they are asked, and constants of their types.

use std::cell::Cell;

use crate::date::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Domain, DomainId, Fact, Schema, Scope, Stage, Type, Value, builtin, domain};
use crate::money::Currency;
use crate::source::{Span, Spanned};
use crate::syntax::{ast, spelled};

use super::conditions;
use super::say;
use super::vocabulary::add_word;
use super::words::once_each;

/// A fact of a policy.
pub(super) struct Declared {
    pub(super) ast: ast::Fact,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) used: Cell<bool>,
    pub(super) shared: bool,
}

/// Whether two declarations of a fact say the same.
fn same(a: &ast::Fact, b: &ast::Fact) -> bool {
    let ty = match (&a.ty.node, &b.ty.node) {
        (ast::FactType::OneOf(a), ast::FactType::OneOf(b)) => a.iter().map(|n| &n.node).eq(b.iter().map(|n| &n.node)),
        (a, b) => a == b,
    };
    let scope = |fact: &ast::Fact| fact.scope.as_ref().map(|scope| scope.node);
    let fresh = |fact: &ast::Fact| fact.fresh.as_ref().map(|length| length.node);
    let options = |fact: &ast::Fact| (scope(fact), fact.changeable, fresh(fact));
    ty && options(a) == options(b) && alike(absence(a), absence(b)) && alike(asked(a), asked(b))
}

/// How the customer is asked for it.
fn asked(fact: &ast::Fact) -> Option<&str> {
    fact.question.as_ref().map(|question| question.node.as_str())
}

/// Whether two declarations agree about something of which one may say nothing.
fn alike<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// The word that begins the sentence in which a shop adds words of this type.
fn list_of(ty: Type) -> Option<&'static str> {
    let Type::Word(id) = ty else { return None };
    let lists = ["tender", "reason", "condition", "proof", "channel", "remedy", "role"];
    domain::STANDARD.iter().zip(lists).find(|((known, _), _)| *known == id).map(|(_, word)| word)
}

/// Added where a declaration says what is meant by the absence of a fact that is asked when it is needed.
fn no_absence(fact: &ast::Fact) -> &'static str {
    if fact.otherwise.is_some() { ", and what its absence means cannot be said" } else { "" }
}

/// What its absence means.
fn absence(fact: &ast::Fact) -> Option<&ast::Value> {
    fact.otherwise.as_ref().map(|value| &value.node)
}

pub(super) fn fact_item(
    fact: &ast::Fact,
    declared: &mut Vec<Declared>,
    shared: bool,
    currency: Option<Currency>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) {
    let name = fact.name.node.as_str();
    if let Some(first) = declared.iter_mut().find(|d| d.name == name) {
        // Files that share a fact may each say what it is, and one of them what its absence means or how it is asked.
        if same(&first.ast, fact) {
            first.shared &= shared;
            if fact.otherwise.is_none() && fact.question.is_none() {
                return;
            }
            let before = std::mem::replace(&mut first.ast, fact.clone());
            first.ast.otherwise = first.ast.otherwise.take().or(before.otherwise);
            first.ast.question = first.ast.question.take().or(before.question);
        } else {
            out.push(
                Diagnostic::new(Code::DefinedTwice, fact.name.span, format!("a second fact called `{name}`"))
                    .label(first.span, "the first one")
                    .help("keep one of them, or give this one another name"),
            );
            return;
        }
    }
    let known = schema.fact_named(name).and_then(|id| schema.fact(id).cloned().map(|f| (id, f)));
    let builtin = known.as_ref().filter(|(id, _)| usize::from(id.0) < builtin::ALL.len()).map(|(_, fact)| fact);
    // What the language has may be declared again, to say what its absence means or how it is asked.
    let again = |old: &Fact| {
        let says_more = fact.otherwise.is_some() || fact.question.is_some();
        old.stage == Stage::Facts && says_more && !matches!(fact.ty.node, ast::FactType::OneOf(_))
    };
    if builtin.is_some_and(|old| !again(old)) || name == "item" {
        let help = match (builtin.and_then(|old| list_of(old.ty)), &fact.ty.node) {
            (Some(word), ast::FactType::OneOf(names)) if !names.is_empty() => {
                let names: Vec<String> = names.iter().map(|n| spelled(&n.node)).collect();
                format!("`{word} {}` adds words to it{}", names.join(", "), no_absence(fact))
            }
            _ => "leave this out, or give your own fact another name".to_owned(),
        };
        out.push(
            Diagnostic::new(
                Code::DefinedTwice,
                fact.name.span,
                format!("`{name}` means something in every policy already"),
            )
            .help(help),
        );
        return;
    }
    if !declared.iter().any(|d| d.name == name) {
        declared.push(Declared {
            ast: fact.clone(),
            name: name.to_owned(),
            span: fact.name.span,
            used: Cell::new(false),
            shared,
        });
    }
    let Some(scope) = scope_of_fact(fact, out) else { return };
    let ty = match &fact.ty.node {
        ast::FactType::YesNo => Type::YesNo,
        ast::FactType::WholeNumber => Type::WholeNumber,
        ast::FactType::Number => Type::Number,
        ast::FactType::Money => Type::Money,
        ast::FactType::Date => Type::Date,
        ast::FactType::Text => Type::Text,
        ast::FactType::ListOfText => Type::Texts,
        ast::FactType::OneOf(names) => {
            once_each(names, "the words of this fact", out);
            let id = match &known {
                Some((_, Fact { ty: Type::Word(id), .. })) => *id,
                _ => {
                    schema.domains.push(Domain::default());
                    DomainId(u16::try_from(schema.domains.len() - 1).unwrap_or(u16::MAX))
                }
            };
            for name in names {
                add_word(schema, id, &name.node);
            }
            Type::Word(id)
        }
    };
    if let Some((_, old)) = &known
        && (old.ty != ty || old.scope != scope)
    {
        let (kind, holder) = (say::kind_of(old.ty), holder(old.scope));
        let (message, help) = match builtin {
            Some(old) => (
                format!("`{name}` is {kind} of {holder} in every policy"),
                match list_of(old.ty) {
                    Some(word) => format!(
                        "its values are the words that `{word}` adds to{}; leave this out, or give your own fact another name",
                        no_absence(fact)
                    ),
                    None => "declare it with its own type and place, or give your own fact another name".to_owned(),
                },
            ),
            None => (
                format!("`{name}` is {kind} of {holder} in another version"),
                "declare it in the same way in every version, or give this fact another name".to_owned(),
            ),
        };
        out.push(Diagnostic::new(Code::DefinedTwice, fact.span, message).help(help));
        return;
    }
    if let Some(fresh) = &fact.fresh
        && (fresh.node.count == 0 || matches!(fresh.node.unit, Unit::BusinessDays | Unit::Hours))
    {
        let message = format!("the age of a figure is not counted in {}", fresh.node);
        out.push(
            Diagnostic::new(Code::OutOfRange, fresh.span, message)
                .help("write a number of days, such as `at most 30 days old`"),
        );
        return;
    }
    let otherwise = match &fact.otherwise {
        Some(value) if ty == Type::Money && !conditions::money(value, currency, out) => return,
        Some(value) => match constant(value, ty, name, currency, schema, out) {
            Some(value) => Some(value),
            None => return,
        },
        None => None,
    };
    if let (Some((_, Fact { otherwise: Some(old), .. })), Some(new), None) = (&known, &otherwise, builtin)
        && old != new
    {
        let message = format!("the absence of `{name}` means something else in another version");
        out.push(
            Diagnostic::new(Code::DefinedTwice, fact.span, message)
                .help("say the same in every version: a till does not know which version will decide"),
        );
        return;
    }
    if let (Some((_, old)), Some(question)) = (&known, &fact.question)
        && !alike(old.question.as_deref(), Some(&question.node))
    {
        out.push(asked_twice(name, question.span));
        return;
    }
    match known {
        Some((id, _)) => {
            if let Some(old) = schema.facts.get_mut(usize::from(id.0)) {
                old.question = asked(fact).map(str::to_owned).or(old.question.take());
                old.otherwise = otherwise.or(old.otherwise);
                old.changeable |= fact.changeable;
                old.fresh = fact.fresh.as_ref().map(|f| f.node).or(old.fresh);
            }
        }
        None => {
            schema.add_fact(Fact {
                name: fact.name.node.clone(),
                question: asked(fact).map(str::to_owned),
                ty,
                scope,
                stage: if scope == Scope::Tender { Stage::Tenders } else { Stage::Facts },
                slot: 0,
                otherwise,
                changeable: fact.changeable,
                fresh: fact.fresh.as_ref().map(|f| f.node),
            });
        }
    }
}

/// How a fact is asked that is declared elsewhere or by the language.
pub(super) fn question_item(question: &ast::Question, schema: &mut Schema, out: &mut Vec<Diagnostic>) {
    let ast::Question { fact: name, text, .. } = question;
    let Some(id) = schema.fact_named(&name.node).filter(|id| schema.fact(*id).is_some_and(is_told)) else {
        let known = schema.facts.iter().filter(|fact| is_told(fact)).map(|fact| fact.name.as_str());
        let add = format!("`fact {} \"…\" : yes or no, of the item` declares one", name.node);
        out.push(say::unknown("fact", name, known, Some(add)));
        return;
    };
    let Some(fact) = schema.facts.get_mut(usize::from(id.0)) else { return };
    match alike(fact.question.as_deref(), Some(&text.node)) {
        true => fact.question = Some(text.node.clone()),
        false => out.push(asked_twice(&name.node, text.span)),
    }
}

/// Whether requests tell a fact; others are worked out.
fn is_told(fact: &Fact) -> bool {
    matches!(fact.stage, Stage::Facts) || !builtin::ALL.iter().any(|(name, ..)| *name == fact.name)
}

fn asked_twice(name: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::DefinedTwice, place, format!("`{name}` is asked in other words already"))
        .help("ask it in the same words in every file and every version")
}

/// Whose fact it is. Its name may promise one: `item.…` is of the item.
fn scope_of_fact(fact: &ast::Fact, out: &mut Vec<Diagnostic>) -> Option<Scope> {
    let name = fact.name.node.as_str();
    let promised = match name.split('.').next() {
        Some("item" | "new") => Some((Scope::Line, "of the item")),
        Some("sale") => Some((Scope::Sale, "of the sale")),
        Some("visit") => Some((Scope::Visit, "of the visit")),
        Some("tender") => Some((Scope::Tender, "of the tender")),
        _ => None,
    };
    let customer = name.starts_with("customer.");
    let Some(said) = &fact.scope else {
        let message = match customer {
            true => format!("it is not said from when `{name}` counts: the sale or the return"),
            false => format!("it is not said whose fact `{name}` is"),
        };
        let help = match (customer, promised) {
            (true, _) => {
                "end the sentence with `, as of sale` (what the customer was when buying) or `, as of return` (what the customer is now)"
                    .to_owned()
            }
            (false, Some((_, words))) => format!("end the sentence with `, {words}`"),
            (false, None) => {
                "end the sentence with `, of the item`, `, of the sale`, `, of the visit` or `, of the tender`".to_owned()
            }
        };
        out.push(Diagnostic::new(Code::AsOfNotSaid, fact.span, message).help(help));
        return None;
    };
    let scope = match said.node {
        ast::FactScope::Visit | ast::FactScope::AsOfReturn => Scope::Visit,
        ast::FactScope::Sale | ast::FactScope::AsOfSale => Scope::Sale,
        ast::FactScope::Item => Scope::Line,
        ast::FactScope::Tender => Scope::Tender,
    };
    let as_of = matches!(said.node, ast::FactScope::AsOfSale | ast::FactScope::AsOfReturn);
    let wrong = |message: String, help: String| Some(Diagnostic::new(Code::WrongKind, said.span, message).help(help));
    let finding = match promised {
        _ if customer && scope > Scope::Sale => wrong(
            format!("`{name}` is a fact of the customer, not of {}", holder(scope)),
            "write `as of sale` or `as of return`; one that cannot change may be `of the visit`".to_owned(),
        ),
        Some((wanted, words)) if wanted != scope => wrong(
            format!("`{name}` is by its name a fact {words}"),
            format!("write `{words}`, or give the fact another name"),
        ),
        _ if as_of && !customer => wrong(
            "`as of` is said of facts of the customer, whose names begin with `customer.`".to_owned(),
            format!("write `of {}`", holder(scope)),
        ),
        _ => None,
    };
    match finding {
        Some(finding) => {
            out.push(finding);
            None
        }
        None => Some(scope),
    }
}

fn holder(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "the visit",
        Scope::Sale => "the sale",
        Scope::Line => "the item",
        Scope::Tender => "the tender",
    }
}

/// A constant as a value of the type of a fact; a wrong one is reported.
pub(super) fn constant(
    value: &Spanned<ast::Value>,
    ty: Type,
    fact: &str,
    currency: Option<Currency>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) -> Option<Value> {
    match (ty, &value.node) {
        (Type::YesNo, ast::Value::Name(name)) if name == "yes" || name == "no" => {
            return Some(Value::Bool(name == "yes"));
        }
        (Type::Word(id), ast::Value::Name(name)) => {
            let domain = schema.domain(id)?;
            if let Some(found) = domain.find(name) {
                return Some(Value::Word(found));
            }
            let finding = Diagnostic::new(Code::UnknownName, value.span, format!("`{fact}` is never `{name}`"));
            let add = say::adds(id, name).or_else(|| Some(format!("a new one is added to `fact {fact} : one of …`")));
            let name = Spanned::new(name.clone(), value.span);
            out.push(say::meant(finding, &name, domain.words.iter().map(String::as_str), add));
            return None;
        }
        (Type::Number, ast::Value::Number(n)) => return Some(Value::Number(*n)),
        (Type::WholeNumber, ast::Value::Number(n)) if n.fract().is_zero() => return Some(Value::Number(*n)),
        (Type::Money, ast::Value::Money { amount, .. }) => return Some(Value::Number(*amount)),
        (Type::Date, ast::Value::Date(date)) => return Some(Value::Date(*date)),
        (Type::Text, ast::Value::Name(text)) => return Some(Value::Text(schema.text(text))),
        _ => {}
    }
    let (found, written) = say::constant(&value.node);
    let message = match (ty, &value.node) {
        (Type::WholeNumber, ast::Value::Number(_)) => format!("`{fact}` is a whole number, and `{written}` is none"),
        (Type::Texts, _) => format!("`{fact}` is a list of texts and cannot be compared with a single one"),
        _ => format!("`{fact}` is {}, and `{written}` is {found}", say::kind_of(ty)),
    };
    let help = match (ty, &value.node) {
        (Type::Money, ast::Value::Number(n)) => {
            let amount = currency.map_or_else(|| format!("{n} USD"), |currency| say::money(*n, currency));
            format!("write the amount with its currency: `{amount}`")
        }
        (Type::Money, _) => "write an amount with its currency, such as `100.00 USD`".to_owned(),
        (Type::YesNo, _) => format!("write `{fact}` by itself, or `not {fact}`"),
        (Type::Number | Type::WholeNumber, ast::Value::Money { amount, .. }) => {
            format!("write the number alone: `{}`", amount.normalize())
        }
        (Type::Number | Type::WholeNumber, _) => "write a number, such as `3`".to_owned(),
        (Type::Date, _) => "write a day as year, month and day: `2026-01-15`".to_owned(),
        (Type::Text, _) => format!("put it in quotes: `\"{written}\"`"),
        (Type::Word(id), _) => {
            let words = schema.domain(id).map(|d| d.words.join(", ")).unwrap_or_default();
            format!("known: {words}")
        }
        (Type::Texts, _) => format!("turn it round: a text fact may be in the list, as in `item.sku in {fact}`"),
    };
    out.push(Diagnostic::new(Code::WrongKind, value.span, message).help(help));
    None
}
