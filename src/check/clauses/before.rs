//! `as before` and `as in <label>`: the statement of a clause further up, settled once all clauses are read.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Attribute, Clause};
use crate::program::AttributeValue;
use crate::source::Span;
use crate::syntax::ast::{self};

use super::Clauses;

impl Clauses<'_, '_> {
    /// Gives `as before` and `as in` their values.
    pub(super) fn settle_wishes(&mut self, clauses: &mut [Clause]) {
        let wishes = std::mem::take(&mut self.wishes);
        for (at, attributes, wish, span) in &wishes {
            let mut nothing = true;
            for attribute in attributes {
                let mut values: Vec<Option<AttributeValue>> = match wish {
                    ast::AsBefore::In(path) => {
                        let Some(from) = self.tree.find(path, Some(*at), self.cx.out) else {
                            nothing = false;
                            break;
                        };
                        vec![self.stated(from, *attribute, clauses, &wishes, 0)]
                    }
                    ast::AsBefore::Before => self.before(*at, *attribute, clauses, &wishes, 0),
                };
                values.dedup();
                let one = if values.len() == 1 { values.pop().flatten() } else { None };
                if values.len() > 1 {
                    nothing = false;
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::NothingBefore,
                            *span,
                            "`as before` means different things under the clauses this one is an exception to",
                        )
                        .help("write the value, or `as in <label>`"),
                    );
                    break;
                }
                let Some(clause) = clauses.get_mut(*at) else { continue };
                match one {
                    Some(value) => {
                        nothing = false;
                        if let Some(statement) =
                            clause.statements.iter_mut().find(|s| s.attribute == *attribute && s.span == *span)
                        {
                            statement.value = value;
                        }
                    }
                    None => clause.statements.retain(|s| !(s.attribute == *attribute && s.span == *span)),
                }
            }
            if nothing {
                let help = match wish {
                    ast::AsBefore::Before => {
                        "`as before` goes back behind the clause this is an exception to; nothing above it says anything here"
                    }
                    ast::AsBefore::In(_) => "that clause does not say anything about this",
                };
                self.cx
                    .out
                    .push(Diagnostic::new(Code::NothingBefore, *span, "there is nothing to go back to").help(help));
            }
        }
    }

    /// What a clause states of an attribute, following its own wishes.
    pub(super) fn stated(
        &self,
        at: usize,
        attribute: Attribute,
        clauses: &[Clause],
        wishes: &[(usize, Vec<Attribute>, ast::AsBefore, Span)],
        depth: usize,
    ) -> Option<AttributeValue> {
        if depth > 128 {
            return None;
        }
        let statement = clauses.get(at)?.statements.iter().find(|s| s.attribute == attribute)?;
        match wishes.iter().find(|(c, on, _, span)| *c == at && on.contains(&attribute) && *span == statement.span) {
            None => Some(statement.value.clone()),
            Some((_, _, ast::AsBefore::Before, _)) => {
                self.before(at, attribute, clauses, wishes, depth + 1).into_iter().next().flatten()
            }
            Some((_, _, ast::AsBefore::In(path), _)) => {
                let from = self.tree.find(path, Some(at), &mut Vec::new())?;
                self.stated(from, attribute, clauses, wishes, depth + 1)
            }
        }
    }

    /// For each way up: the statement of the next clause above the nearest one that states the attribute.
    pub(super) fn before(
        &self,
        at: usize,
        attribute: Attribute,
        clauses: &[Clause],
        wishes: &[(usize, Vec<Attribute>, ast::AsBefore, Span)],
        depth: usize,
    ) -> Vec<Option<AttributeValue>> {
        let states =
            |at: &usize| clauses.get(*at).is_some_and(|c| c.statements.iter().any(|s| s.attribute == attribute));
        self.tree
            .ways_up(at)
            .into_iter()
            .map(|way| {
                let second = way.into_iter().skip(1).filter(|at| states(at)).nth(1)?;
                self.stated(second, attribute, clauses, wishes, depth)
            })
            .collect()
    }
}
