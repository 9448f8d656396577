//! Limits over history: what they measure, and what happens above.

use rust_decimal::Decimal;

use crate::date::{Length, MonthEnd, Term, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Attribute, Clause};
use crate::program::{GuardKind, Limit, LimitSpan};
use crate::source::Span;
use crate::syntax::ast::{self, StatementKind, Value};
use crate::terms::Measure;

use super::Clauses;
use super::sentences::Counted;
use crate::check::guesses::FileCounting;

impl Clauses<'_, '_> {
    pub(super) fn limit(&mut self, at: usize, file: usize, clauses: &mut [Clause], limit: &ast::Limit, span: Span) {
        let Some((kind, text)) = self.otherwise(&limit.otherwise, span) else { return };
        let at_most = match (limit.measure, &limit.at_most.node) {
            (Measure::Refund, Value::Number(number)) => {
                let message = "a refund is an amount of money, not a number";
                let currency = self.cx.currency.map_or("USD", |currency| currency.code());
                self.cx.out.push(Diagnostic::new(Code::WrongKind, limit.at_most.span, message).help(format!(
                    "write an amount, such as `at most {number}.00 {currency}`, or limit the `returns`"
                )));
                return;
            }
            (Measure::Refund, _) => match self.amount(&limit.at_most) {
                Some(amount) => amount,
                None => return,
            },
            (_, Value::Number(number)) => *number,
            (measure, _) => {
                let message = format!("{} are counted, not measured in money", measure.word());
                self.cx.out.push(
                    Diagnostic::new(Code::WrongKind, limit.at_most.span, message)
                        .help("write a number, such as `at most 3`, or limit the `refund`"),
                );
                return;
            }
        };
        let floor = match &limit.floor {
            Some(floor) => match self.amount(floor) {
                Some(amount) if amount > Decimal::ZERO => Some(amount),
                Some(_) => {
                    let message = "every return is worth at least nothing";
                    self.cx
                        .out
                        .push(Diagnostic::new(Code::NoEffect, floor.span, message).help("leave `counting …` out"));
                    None
                }
                None => return,
            },
            None => None,
        };
        let month_end = self.header.counting.get(file).map_or(MonthEnd::LastDay, FileCounting::month_end);
        let counted = |length: Length| Term::new(length, month_end, None);
        let span_of = match limit.span {
            ast::LimitSpan::Rolling(length) => {
                if !self.length(length, span, Counted::History) {
                    return;
                }
                if length.unit == Unit::Hours {
                    self.cx.out.push(
                        Diagnostic::new(Code::NotCounted, span, "a limit looks back over whole days, not hours")
                            .help(format!("write days, such as `in any {} days`", length.count.div_ceil(24))),
                    );
                    return;
                }
                LimitSpan::Rolling(counted(length))
            }
            ast::LimitSpan::Calendar(period) => LimitSpan::Calendar(period),
            ast::LimitSpan::Ever => LimitSpan::Ever,
        };
        let rolling = match limit.span {
            ast::LimitSpan::Rolling(length) => Some(length),
            ast::LimitSpan::Calendar(_) | ast::LimitSpan::Ever => None,
        };
        for length in rolling.into_iter().chain(limit.fresh) {
            self.used.months.push((length.unit, span, file));
        }
        if let Some(length) = limit.fresh.filter(|l| l.count == 0 || matches!(l.unit, Unit::BusinessDays | Unit::Hours))
        {
            let message = format!("the age of a history is not counted in {length}");
            self.cx.out.push(
                Diagnostic::new(Code::OutOfRange, span, message)
                    .help("write a number of days, such as `history at most 30 days old`"),
            );
            return;
        }
        if !self.fits(at, clauses, Attribute::Guard(at), span) {
            return;
        }
        let limit = Limit {
            measure: limit.measure,
            per: limit.per,
            span: span_of,
            at_most,
            floor,
            fresh: limit.fresh.map(counted),
        };
        if let Some(clause) = clauses.get_mut(at) {
            clause.guards.push((kind, text, Some(limit)));
        }
    }

    /// What happens above a limit, or when a verification fails, and what the clause says then.
    pub(super) fn otherwise(&mut self, kind: &StatementKind, span: Span) -> Option<(GuardKind, Option<String>)> {
        match kind {
            StatementKind::Refer { role, reason } => {
                let role = self.decider(role)?;
                Some((GuardKind::Refer(role), reason.as_ref().map(|reason| reason.node.clone())))
            }
            StatementKind::Stop { reason, finality } => {
                let role = self.finality(finality.as_ref(), span)?;
                Some((GuardKind::Stop(role), Some(reason.node.clone())))
            }
            _ => None,
        }
    }
}
