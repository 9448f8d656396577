//! The entries of a file: headers, choices, words of the shop.

use std::sync::Arc;

use pest::iterators::{Pair, Pairs};

use super::leaves::{
    attributes, clock, date, finality, leeway, length, meeting_event, money, month_day, name, names, once, sharing,
    shipping_rule, string, strings, tax_rule, value, words_of,
};
use super::places::Place;
use super::{Cx, Parts, Rule, forms, recover, scenarios, statements};
use crate::date::{FirstDay, MonthEnd};
use crate::money::Rounding;
use crate::source::Spanned;
use crate::syntax::ast::{self, Item};

/// The entry in a pair; `None` for the end of the file and for a closing brace too many.
pub(super) fn item(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let build = match pair.as_rule() {
        Rule::EOI => return None,
        Rule::stray_close => {
            recover::stray_close(cx, &pair);
            return None;
        }
        Rule::bad_line => return Some(Item::Bad(recover::bad_line(cx, &pair, Place::File))),
        Rule::bad_block => return Some(Item::Bad(recover::bad_block(cx, pair, Place::File))),
        Rule::use_item => use_item,
        Rule::policy_item => policy,
        Rule::library_item => library,
        Rule::choices => |cx: &mut Cx<'_>, pair: Pair<'_, Rule>| choices(cx, pair).map(Item::Choices),
        Rule::vocabulary_plain | Rule::vocabulary_remedy | Rule::vocabulary_role => vocabulary,
        Rule::category_item => category,
        Rule::list_item => list,
        Rule::season_item => season,
        Rule::fact_item => fact,
        Rule::question_item => question,
        Rule::clause_item => |cx: &mut Cx<'_>, pair: Pair<'_, Rule>| statements::clause(cx, pair).map(Item::Clause),
        Rule::law_item => |cx: &mut Cx<'_>, pair: Pair<'_, Rule>| statements::law(cx, pair).map(Item::Clause),
        Rule::overrides => |cx: &mut Cx<'_>, pair: Pair<'_, Rule>| statements::overrides(cx, pair).map(Item::Overrides),
        Rule::form_item => forms::form,
        Rule::scenario_item => {
            |cx: &mut Cx<'_>, pair: Pair<'_, Rule>| scenarios::scenario(cx, pair).map(|it| Item::Scenario(Arc::new(it)))
        }
        _ => |_: &mut Cx<'_>, _: Pair<'_, Rule>| None,
    };
    cx.adrift &= pair.as_rule() == Rule::overrides;
    Some(cx.build(pair, build).unwrap_or_else(Item::Bad))
}

fn use_item(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let path = string(cx, &parts.next()?);
    Some(Item::Use(ast::Use { path, prefix: parts.next().map(|prefix| name(cx, &prefix)), span }))
}

fn policy(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let mut lines = pair.into_inner();
    let head = lines.next()?;
    let span = cx.span(&head);
    let mut parts = Parts::of(head);
    let (policy, version) = (string(cx, &parts.next()?), string(cx, &parts.next()?));
    Some(Item::Policy(ast::Policy { name: policy, version, header: header(cx, lines), span }))
}

fn library(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let mut lines = pair.into_inner();
    let head = lines.next()?;
    let span = cx.span(&head);
    let library = string(cx, &Parts::of(head).next()?);
    Some(Item::Library(ast::Library { name: library, header: header(cx, lines), span }))
}

/// The lines of a header; bad ones leave their findings only.
pub(super) fn header(cx: &mut Cx<'_>, lines: Pairs<'_, Rule>) -> ast::Header {
    let mut header = ast::Header::default();
    for line in lines {
        let read = match line.as_rule() {
            Rule::bad_line => {
                recover::bad_line(cx, &line, Place::Header);
                continue;
            }
            Rule::bad_block => {
                recover::bad_block(cx, line, Place::Header);
                continue;
            }
            Rule::EOI => continue,
            _ => {
                cx.adrift = false;
                cx.build(line, |cx, line| header_line(cx, line, &mut header))
            }
        };
        // What could not be built has its finding; a header has no place for it.
        let (Ok(()) | Err(_)) = read;
    }
    header
}

fn header_line(cx: &mut Cx<'_>, pair: Pair<'_, Rule>, header: &mut ast::Header) -> Option<()> {
    let span = cx.span(&pair);
    match pair.as_rule() {
        Rule::choices => header.choices.push(choices(cx, pair)?),
        Rule::currency_line => {
            let currency = Parts::of(pair).next()?;
            header.currency.push(Spanned::new(currency.as_str().to_owned(), cx.span(&currency)));
        }
        Rule::zone_line => header.zone.push(string(cx, &Parts::of(pair).next()?)),
        Rule::in_force => {
            let mut parts = Parts::of(pair);
            let from = date(cx, &parts.next()?)?;
            let by = version_clock(cx, &parts.next()?)?;
            let otherwise = match parts.next() {
                Some(pair) => Some(version_clock(cx, &pair)?),
                None => None,
            };
            header.in_force.push(ast::InForce { from, by, otherwise, span });
        }
        Rule::disagree => {
            let mut parts = Parts::of(pair);
            let on = attributes(cx, parts.next()?)?;
            let discipline = parts.next()?.into_inner().next()?;
            let node = match discipline.as_rule() {
                Rule::favourable => ast::Discipline::Favourable,
                Rule::strictest => ast::Discipline::Strictest,
                _ => return None,
            };
            let discipline = Spanned::new(node, cx.span(&discipline));
            header.disagree.push(ast::Disagree { on, discipline, span });
        }
        Rule::layers_line => header.layers.push(Spanned::new(names(cx, pair), span)),
        Rule::layer_line => header.layer.push(name(cx, &Parts::of(pair).next()?)),
        Rule::leeway => header.leeway.push(leeway(cx, pair)?),
        _ => return None,
    }
    Some(())
}

fn version_clock(cx: &Cx<'_>, pair: &Pair<'_, Rule>) -> Option<Spanned<ast::VersionClock>> {
    let clock = match pair.as_str() {
        "sold" => ast::VersionClock::Sold,
        "ordered" => ast::VersionClock::Ordered,
        "requested" => ast::VersionClock::Requested,
        _ => return None,
    };
    Some(Spanned::new(clock, cx.span(pair)))
}

fn choices(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Choices> {
    let mut lines = pair.into_inner();
    let span = cx.span(&lines.next()?);
    Some(ast::Choices { lines: choice_lines(cx, lines), span })
}

/// The lines of a `choices` block; bad ones leave their findings only.
pub(super) fn choice_lines(cx: &mut Cx<'_>, lines: Pairs<'_, Rule>) -> Vec<Spanned<ast::Choice>> {
    let mut choices = Vec::new();
    for line in lines {
        match line.as_rule() {
            Rule::EOI => {}
            Rule::bad_line => {
                recover::bad_line(cx, &line, Place::Choices);
            }
            Rule::bad_block => {
                recover::bad_block(cx, line, Place::Choices);
            }
            _ => {
                let span = cx.span(&line);
                choices.extend(cx.build(line, choice).ok().map(|choice| Spanned::new(choice, span)));
            }
        }
    }
    choices
}

fn choice(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Choice> {
    let rule = pair.as_rule();
    let mut parts = Parts::of(pair);
    let first = parts.next()?;
    Some(match rule {
        Rule::choice_first_day => ast::Choice::FirstDay(match words_of(&first).as_str() {
            "the day after" => FirstDay::DayAfter,
            "the day itself" => FirstDay::DayItself,
            _ => return None,
        }),
        Rule::choice_calendar => {
            let mut closed = Vec::new();
            for day in parts.next().map(Parts::of).into_iter().flatten() {
                let day = Parts::of(day).next()?;
                closed.push(match day.as_rule() {
                    Rule::date => date(cx, &day)?.map(ast::ClosedDay::Date),
                    _ => month_day(cx, day)?.map(ast::ClosedDay::MonthDay),
                });
            }
            ast::Choice::BusinessDays { calendar: name(cx, &first), closed }
        }
        Rule::choice_ends => ast::Choice::WindowsEnd { on_business_day: words_of(&first) == "end on a business day" },
        Rule::choice_months => ast::Choice::Months(match words_of(&first).as_str() {
            "end on the last day" => MonthEnd::LastDay,
            "run into the next month" => MonthEnd::NextMonth,
            _ => return None,
        }),
        Rule::choice_rounding => ast::Choice::Rounding(match words_of(&first).as_str() {
            "half up" => Rounding::HalfUp,
            "half even" => Rounding::HalfEven,
            "down" => Rounding::Down,
            "up" => Rounding::Up,
            _ => return None,
        }),
        Rule::choice_cash if first.as_rule() == Rule::cash_exact => ast::Choice::Cash(None),
        Rule::choice_cash => {
            let step = money(cx, first)?;
            let countries = parts.next().map_or_else(Vec::new, |list| strings(cx, list));
            ast::Choice::Cash(Some(ast::CashStep { step, countries }))
        }
        Rule::choice_discounts => ast::Choice::Discounts(sharing(&first)?),
        Rule::choice_bundles => ast::Choice::Bundles(sharing(&first)?),
        Rule::choice_gifts => ast::Choice::Gifts(match words_of(&first).as_str() {
            "value deducted" => ast::GiftRule::ValueDeducted,
            "must come back" => ast::GiftRule::MustComeBack,
            "kept free" => ast::GiftRule::KeptFree,
            _ => return None,
        }),
        Rule::choice_tax => ast::Choice::Tax(tax_rule(&first)?),
        Rule::choice_shipping => ast::Choice::Shipping(shipping_rule(&first)?),
        Rule::choice_fee => {
            let mut then = parts.next()?;
            let mut title = None;
            if then.as_rule() == Rule::string {
                title = Some(string(cx, &then));
                then = parts.next()?;
            }
            let unit = match words_of(&then).as_str() {
                "per item" => ast::FeeUnit::Item,
                "per line" => ast::FeeUnit::Line,
                "per return" => ast::FeeUnit::Return,
                "per label" => ast::FeeUnit::Label,
                _ => return None,
            };
            ast::Choice::Fee { name: name(cx, &first), title, unit, taxed: parts.next()?.as_str() == "taxed" }
        }
        Rule::choice_deduction => ast::Choice::Deduction { name: name(cx, &first), title: string(cx, &parts.next()?) },
        Rule::choice_extensions => ast::Choice::Extensions(match words_of(&first).as_str() {
            "add up" => ast::ExtensionRule::AddUp,
            "longest counts" => ast::ExtensionRule::LongestCounts,
            _ => return None,
        }),
        Rule::choice_split => {
            let (first, rest) = match parts.next() {
                Some(rest) => (names(cx, first), rest),
                None => (Vec::new(), first),
            };
            let rest = match words_of(&rest).as_str() {
                "as tendered" => ast::SplitRest::AsTendered,
                "in reverse" => ast::SplitRest::InReverse,
                "in proportion" => ast::SplitRest::InProportion,
                _ => return None,
            };
            ast::Choice::Split { first, rest }
        }
        Rule::choice_without => {
            let then = parts.next()?;
            let then = match then.as_rule() {
                Rule::use_clock => {
                    let used = Parts::of(then).next()?;
                    ast::Without::Use(Spanned::new(clock(&used)?, cx.span(&used)))
                }
                Rule::ask_for_it => ast::Without::Ask,
                Rule::refer_missing => ast::Without::Refer(name(cx, &Parts::of(then).next()?)),
                _ => return None,
            };
            ast::Choice::Without { clock: clock(&first)?, then }
        }
        Rule::choice_deadline => ast::Choice::Deadline(meeting_event(&first)?),
        Rule::choice_late => ast::Choice::Late(finality(cx, first)?),
        Rule::choice_authority => {
            let rungs: Vec<_> = std::iter::once(first).chain(parts).map(|pair| rung(cx, pair)).collect();
            ast::Choice::Authority(rungs.into_iter().collect::<Option<_>>()?)
        }
        Rule::choice_lines => ast::Choice::Lines { together: words_of(&first) == "all together" },
        _ => return None,
    })
}

fn rung(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::Rung> {
    let mut parts = Parts::of(pair);
    let role = name(cx, &parts.next()?);
    let reach = parts.next()?;
    let reach = match reach.as_rule() {
        Rule::own_matters => ast::Reach::OwnMatters,
        Rule::any_amount => ast::Reach::AnyAmount,
        _ => ast::Reach::UpTo(money(cx, reach)?),
    };
    Some(ast::Rung { role, reach })
}

fn vocabulary(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let (rule, span) = (pair.as_rule(), cx.span(&pair));
    let keyword = pair.clone().into_inner().next()?.as_rule();
    let mut parts = Parts::of(pair);
    let first = parts.next()?;
    Some(Item::Vocabulary(match rule {
        Rule::vocabulary_plain => {
            let kind = match keyword {
                Rule::k_tender => ast::VocabularyKind::Tender,
                Rule::k_reason => ast::VocabularyKind::Reason,
                Rule::k_condition => ast::VocabularyKind::Condition,
                Rule::k_proof => ast::VocabularyKind::Proof,
                Rule::k_channel => ast::VocabularyKind::Channel,
                _ => return None,
            };
            ast::Vocabulary::Plain { kind, names: names(cx, first), span }
        }
        Rule::vocabulary_remedy => {
            let kind = parts.next()?.into_inner().next()?;
            let kind = match kind.as_rule() {
                Rule::remedy_money_to => ast::RemedyKind::MoneyTo(name(cx, &Parts::of(kind).next()?)),
                Rule::remedy_money => ast::RemedyKind::Money,
                Rule::remedy_goods => ast::RemedyKind::Goods,
                Rule::remedy_service => ast::RemedyKind::Service,
                Rule::remedy_difference => ast::RemedyKind::PriceDifference,
                _ => return None,
            };
            ast::Vocabulary::Remedy { name: name(cx, &first), kind, only_if_asked: parts.next().is_some(), span }
        }
        Rule::vocabulary_role => {
            let above = parts.next().map(|above| name(cx, &above));
            ast::Vocabulary::Role { name: name(cx, &first), above, span }
        }
        _ => return None,
    }))
}

fn category(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let label = name(cx, &parts.next()?);
    let paths = strings(cx, parts.next()?);
    let except = match parts.next() {
        Some(except) => strings(cx, Parts::of(except).next()?),
        None => Vec::new(),
    };
    Some(Item::Category(ast::Category { label, paths, except, span }))
}

fn list(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let label = name(cx, &parts.next()?);
    Some(Item::List(ast::List { label, values: strings(cx, parts.next()?), span }))
}

fn season(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let label = name(cx, &parts.next()?);
    let days = parts.next()?;
    let days = match days.as_rule() {
        Rule::yearly => {
            let mut days = Parts::of(days);
            let from = month_day(cx, days.next()?)?;
            let to = month_day(cx, days.next()?)?;
            let until = match days.next() {
                Some(until) => Some(month_day(cx, until)?),
                None => None,
            };
            ast::SeasonDays::Yearly { from, to, until }
        }
        Rule::instances => {
            let instances: Vec<_> = Parts::of(days).map(|pair| instance(cx, pair)).collect();
            ast::SeasonDays::Dated(instances.into_iter().collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Item::Season(ast::Season { label, days, span }))
}

fn instance(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<ast::SeasonInstance> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let from = date(cx, &parts.next()?)?;
    let to = date(cx, &parts.next()?)?;
    let until = match parts.next() {
        Some(until) => Some(date(cx, &until)?),
        None => None,
    };
    Some(ast::SeasonInstance { from, to, until, span })
}

fn fact(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let fact = name(cx, &parts.next()?);
    let mut ty = parts.next()?;
    let mut question = None;
    if ty.as_rule() == Rule::string {
        question = Some(string(cx, &ty));
        ty = parts.next()?;
    }
    let ty_span = cx.span(&ty);
    let ty = ty.into_inner().next()?;
    let ty = match ty.as_rule() {
        Rule::type_one_of => ast::FactType::OneOf(names(cx, Parts::of(ty).next()?)),
        _ => match words_of(&ty).as_str() {
            "yes or no" => ast::FactType::YesNo,
            "whole number" => ast::FactType::WholeNumber,
            "number" => ast::FactType::Number,
            "money" => ast::FactType::Money,
            "date" => ast::FactType::Date,
            "text" => ast::FactType::Text,
            "list of text" => ast::FactType::ListOfText,
            _ => return None,
        },
    };
    let (mut scope, mut otherwise, mut changeable, mut fresh) = (None, None, None, None);
    for option in parts {
        let span = cx.span(&option);
        match option.as_rule() {
            Rule::option_scope | Rule::option_as_of => {
                let as_of = option.as_rule() == Rule::option_as_of;
                let node = match (as_of, Parts::of(option).next()?.as_str()) {
                    (true, "sale") => ast::FactScope::AsOfSale,
                    (true, "return") => ast::FactScope::AsOfReturn,
                    (false, "visit") => ast::FactScope::Visit,
                    (false, "sale") => ast::FactScope::Sale,
                    (false, "item") => ast::FactScope::Item,
                    (false, "tender") => ast::FactScope::Tender,
                    _ => return None,
                };
                once(cx, &mut scope, Spanned::new(node, span), span, "what the fact belongs to");
            }
            Rule::option_otherwise => {
                let value = value(cx, Parts::of(option).next()?)?;
                once(cx, &mut otherwise, value, span, "what absence means");
            }
            Rule::option_changeable => once(cx, &mut changeable, true, span, "`changeable`"),
            Rule::option_fresh => {
                let length = length(cx, Parts::of(option).next()?)?;
                once(cx, &mut fresh, length, span, "how old the figure may be");
            }
            _ => return None,
        }
    }
    let ty = Spanned::new(ty, ty_span);
    let changeable = changeable.is_some();
    Some(Item::Fact(ast::Fact { name: fact, question, ty, scope, otherwise, changeable, fresh, span }))
}

fn question(cx: &mut Cx<'_>, pair: Pair<'_, Rule>) -> Option<Item> {
    let span = cx.span(&pair);
    let mut parts = Parts::of(pair);
    let fact = name(cx, &parts.next()?);
    Some(Item::Question(ast::Question { fact, text: string(cx, &parts.next()?), span }))
}
