//! What `required when` of a field asks: facts, and answers of the fields above it.

use std::sync::Arc;

use crate::check::say;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Type, Value};
use crate::program::{AnswerIs, AnswerTest};
use crate::source::Spanned;
use crate::syntax::ast::{self, ConditionKind, FieldType, Order};

use super::Clauses;
use super::fields::{Kind, Seat, number};

/// The facts a condition asks, if any, and the answers.
type Asked = (Option<ast::Condition>, Vec<AnswerTest>);

impl Clauses<'_, '_> {
    /// Sorts a condition into what it asks of facts and what of answers.
    pub(super) fn required_when(&mut self, seat: &Seat<'_>, condition: &ast::Condition) -> Option<Asked> {
        let parts = match &condition.kind {
            ConditionKind::All(parts) => parts.as_slice(),
            _ => std::slice::from_ref(condition),
        };
        let (mut facts, mut tests, mut broken) = (Vec::new(), Vec::new(), false);
        for part in parts {
            let mut names = Vec::new();
            names_of(part, &mut names);
            let answers = names.iter().filter(|name| seat.find(&name.node).is_some()).count();
            match answers {
                0 => facts.push(part.clone()),
                _ if answers == names.len() => broken |= self.answers(seat, part, false, &mut tests).is_none(),
                _ => {
                    let help = "ask facts and answers apart, joined by `and`".to_owned();
                    let message = "this asks facts and answers in one".to_owned();
                    broken |= self.misfit::<()>(part.span, message, help).is_none();
                }
            }
        }
        let facts = match facts.len() {
            0 => None,
            1 => facts.pop(),
            _ => Some(ast::Condition { kind: ConditionKind::All(facts), span: condition.span }),
        };
        (!broken).then_some((facts, tests))
    }

    fn answers(
        &mut self,
        seat: &Seat<'_>,
        part: &ast::Condition,
        negated: bool,
        out: &mut Vec<AnswerTest>,
    ) -> Option<()> {
        let (name, negated, is) = match &part.kind {
            ConditionKind::All(parts) if !negated => {
                return parts.iter().try_for_each(|part| self.answers(seat, part, negated, out));
            }
            ConditionKind::Not(inner) => return self.answers(seat, inner, !negated, out),
            ConditionKind::Yes(name) => (name, negated, self.is_yes(seat, name)?),
            ConditionKind::Is { fact, negated: not, values } => {
                let (is, no) = self.is_one_of(seat, fact, values)?;
                (fact, negated ^ not ^ no, is)
            }
            ConditionKind::Order { fact, order, value } => (fact, negated, self.is_number(seat, fact, *order, value)?),
            _ => {
                let help = "an answer is asked with `is`, `is not`, `at least` and the like, or by its name when it is yes or no; several with `and`";
                return self.misfit(part.span, "answers cannot be asked like this".to_owned(), help.to_owned());
            }
        };
        let fact = self.cx.schema.fact_named(&name.node).is_some();
        self.above(seat, name, fact)?;
        let (place, _) = seat.find(&name.node)?;
        out.push(AnswerTest { field: number(place), negated, is });
        Some(())
    }

    fn is_yes(&mut self, seat: &Seat<'_>, name: &ast::Name) -> Option<AnswerIs> {
        let (_, field) = seat.find(&name.node)?;
        if field.ty.node == FieldType::YesNo {
            return Some(AnswerIs::Yes);
        }
        let help = "say what it must be, as in `kind is passport`";
        self.misfit(name.span, format!("`{}` is not yes or no", name.node), help.to_owned())
    }

    /// What the values say, and whether they say no.
    fn is_one_of(
        &mut self,
        seat: &Seat<'_>,
        name: &ast::Name,
        values: &[Spanned<ast::Value>],
    ) -> Option<(AnswerIs, bool)> {
        let (_, field) = seat.find(&name.node)?;
        let words: Option<Vec<&Spanned<ast::Value>>> =
            values.iter().map(|value| matches!(value.node, ast::Value::Name(_)).then_some(value)).collect();
        let written = |value: &Spanned<ast::Value>| say::constant(&value.node).1;
        match (&field.ty.node, words.as_deref()) {
            (FieldType::YesNo, Some([one])) if ["yes", "no"].contains(&written(one).as_str()) => {
                Some((AnswerIs::Yes, written(one) == "no"))
            }
            (FieldType::OneOf(options), Some(words)) => {
                for word in words {
                    let word = Spanned::new(written(word), word.span);
                    if !options.iter().any(|option| option.node == word.node) {
                        let message = format!("`{}` is never `{}`", name.node, word.node);
                        let finding = Diagnostic::new(Code::UnknownName, word.span, message);
                        let options = options.iter().map(|option| option.node.as_str());
                        self.cx.out.push(say::meant(finding, &word, options, None));
                        return None;
                    }
                }
                Some((one_of(words.iter().map(|word| written(word))), false))
            }
            (FieldType::Text, Some(words)) => Some((one_of(words.iter().map(|word| written(word))), false)),
            (ty, _) => {
                let help = "`is` asks for a word of `one of`, for a plain `text`, or for yes or no; a number is asked with `exactly`";
                let message = format!("`{}` is {}", name.node, Kind::of_field(ty).is());
                self.misfit(name.span, message, help.to_owned())
            }
        }
    }

    fn is_number(
        &mut self,
        seat: &Seat<'_>,
        name: &ast::Name,
        order: Order,
        value: &Spanned<ast::Value>,
    ) -> Option<AnswerIs> {
        let (_, field) = seat.find(&name.node)?;
        let ty = match field.ty.node {
            FieldType::Number => Type::Number,
            FieldType::WholeNumber => Type::WholeNumber,
            FieldType::Money => Type::Money,
            _ => {
                let message = format!("`{}` is {}", name.node, Kind::of_field(&field.ty.node).is());
                return self.misfit(name.span, message, "only a number or an amount is compared so".to_owned());
            }
        };
        match self.cx.value(value, ty, &name.node)? {
            Value::Number(number) => Some(AnswerIs::Number(order, number)),
            _ => None,
        }
    }
}

fn one_of(words: impl Iterator<Item = String>) -> AnswerIs {
    AnswerIs::OneOf(words.map(Arc::from).collect())
}

/// Every name that a condition compares.
fn names_of<'c>(condition: &'c ast::Condition, out: &mut Vec<&'c ast::Name>) {
    match &condition.kind {
        ConditionKind::All(parts) | ConditionKind::Any(parts) => {
            for part in parts {
                names_of(part, out);
            }
        }
        ConditionKind::Not(inner)
        | ConditionKind::AnyLine(inner)
        | ConditionKind::AnyTender(inner)
        | ConditionKind::EveryLine(inner)
        | ConditionKind::LineCount { of: inner, .. }
        | ConditionKind::RefundTotal { of: inner, .. } => names_of(inner, out),
        ConditionKind::Yes(fact)
        | ConditionKind::Is { fact, .. }
        | ConditionKind::Order { fact, .. }
        | ConditionKind::In { fact, .. }
        | ConditionKind::Before { fact, .. }
        | ConditionKind::From { fact, .. } => out.push(fact),
        ConditionKind::SameAs { fact, other, .. } | ConditionKind::Compared { fact, other, .. } => {
            out.extend([fact, other])
        }
        ConditionKind::InCategory { .. } | ConditionKind::DaysSince { .. } | ConditionKind::OnDuty { .. } => {}
    }
}
