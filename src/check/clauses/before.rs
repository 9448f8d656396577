//! `as before` and `as in <label>`: the statement of a clause further up, settled once all clauses are read.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Attribute, Clause};
use crate::program::AttributeValue;
use crate::source::Span;
use crate::syntax::ast;

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
                    let finding = Diagnostic::new(
                        Code::NothingBefore,
                        *span,
                        format!(
                            "`as before` would mean two things: this clause stands in several places, and they differ about {}",
                            self.about(*attribute)
                        ),
                    );
                    let stated = self.second_up(*at, *attribute, clauses);
                    let finding = stated
                        .into_iter()
                        .fold(finding, |f, (label, span)| f.label(span, format!("`{label}` says this")));
                    self.cx.out.push(finding.help("write the value itself, or name one clause: `as in …`"));
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
            if nothing && let Some(attribute) = attributes.first() {
                let about = self.about(*attribute);
                let finding = match wish {
                    ast::AsBefore::In(path) => {
                        let named =
                            self.tree.find(path, Some(*at), &mut Vec::new()).and_then(|at| self.tree.drafts.get(at));
                        let name = path.parts.join("/");
                        let finding =
                            Diagnostic::new(Code::NothingBefore, *span, format!("`{name}` says nothing about {about}"));
                        let finding = named.into_iter().fold(finding, |f, d| f.label(d.ast.label.span, "this clause"));
                        finding.help("name a clause that says something about it, or write the value itself")
                    }
                    ast::AsBefore::Before => {
                        // The nearest one above states what this is an exception to; `as before` goes behind it.
                        let above = self.tree.ways_up(*at).into_iter().flat_map(|way| way.into_iter().skip(1));
                        let nearest = above.into_iter().find_map(|up| {
                            let statement = clauses.get(up)?.statements.iter().find(|s| s.attribute == *attribute)?;
                            Some((self.tree.drafts.get(up)?, statement.span))
                        });
                        match nearest {
                            Some((draft, place)) => {
                                let name = &draft.ast.label.node;
                                Diagnostic::new(
                                    Code::NothingBefore,
                                    *span,
                                    format!("nothing further out than `{}` says anything about {about}", draft.path),
                                )
                                .label(place, "`as before` goes back behind this")
                                .help(format!(
                                    "to take this value over, leave the sentence out; to name it, write `as in {name}`"
                                ))
                            }
                            None => Diagnostic::new(
                                Code::NothingBefore,
                                *span,
                                format!("no clause around this one says anything about {about}"),
                            )
                            .help("write the value itself, or say it in a clause further out"),
                        }
                    }
                };
                self.cx.out.push(finding);
            }
        }
    }

    /// For each way up, the second statement of an attribute above a clause: its clause and place.
    pub(super) fn second_up(&self, at: usize, attribute: Attribute, clauses: &[Clause]) -> Vec<(String, Span)> {
        let mut found: Vec<(String, Span)> = Vec::new();
        for way in self.tree.ways_up(at) {
            let stating = way.into_iter().skip(1).filter_map(|at| clauses.get(at));
            let stated = stating.filter_map(|c| {
                c.statements.iter().find(|s| s.attribute == attribute).map(|s| (c.path.clone(), s.span))
            });
            if let Some(one) = stated.into_iter().nth(1)
                && !found.contains(&one)
            {
                found.push(one);
            }
        }
        found
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
