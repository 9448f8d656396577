//! Rights and rules of the law: which sentences stand in them, and which in nothing else.

use crate::check::say;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, StatementKind};
use crate::terms::LawKind;

use super::Clauses;

impl Clauses<'_, '_> {
    /// Whether the clause, or one around it, is a right or a rule.
    pub(super) fn law(&self, at: usize) -> Option<LawKind> {
        self.tree.drafts.get(self.tree.law(at)?)?.ast.law
    }

    /// Whether a sentence may stand in a clause of the policy, a right or a rule; if not, it is reported.
    pub(super) fn stands(&mut self, at: usize, statement: &ast::Statement) -> bool {
        let law = self.law(at);
        let (message, help) = match (law, &statement.kind) {
            (None, StatementKind::AcceptOneOf(_)) => (
                "only a right of the law leaves it to the store which remedy it gives",
                "write `accept` and the remedies that this policy gives",
            ),
            (None, StatementKind::PayOneOf(_)) => (
                "only the law leaves it to the store which way the money goes",
                "write `pay` and the tender that this policy pays to",
            ),
            (None, StatementKind::NoCharges(_)) => (
                "only the law forbids all fees or deductions",
                "take one away by its name: `fee restocking none`, `deduct use none`",
            ),
            (None, StatementKind::DeadlineMet(_)) => {
                ("only a right has a deadline of its own kind", "the policy says it once, among its `choices`")
            }
            (None, StatementKind::IdentityKept(_)) => (
                "only a rule of the law bounds what is kept of identity documents",
                "say of each field of the form how it is kept: `kept never`",
            ),
            (Some(LawKind::Right), StatementKind::IdentityKept(_)) => (
                "what is kept of identity documents does not go with what customers may ask for",
                "write a `rule` of its own for it",
            ),
            (
                Some(_),
                StatementKind::Refer { .. }
                | StatementKind::Verify { .. }
                | StatementKind::Stop { .. }
                | StatementKind::Limit(_)
                | StatementKind::Waive(_),
            ) => (
                "the law sends to nobody and stops nothing",
                "write it into a `clause`; a right that is open is granted all the same",
            ),
            (Some(_), StatementKind::Leeway(_)) => (
                "the law is no layer: it bounds what all layers say",
                "write it into a `clause`, or into the header of a file",
            ),
            (Some(LawKind::Rule), kind) if grants(kind) => (
                "a rule holds without remedies and windows of its own",
                "write `right` in the place of `rule` for what customers may ask for, and for how long",
            ),
            _ => return true,
        };
        let mut finding = Diagnostic::new(Code::NotInLaw, statement.span, message);
        if let Some(head) = self.head(at) {
            finding = finding.label(head, say::block_of(law));
        }
        self.cx.out.push(finding.help(help));
        false
    }

    /// The label of the right, the rule or the clause at the top.
    fn head(&self, at: usize) -> Option<Span> {
        let top = self.tree.law(at).unwrap_or(at);
        self.tree.drafts.get(top).map(|draft| draft.ast.label.span)
    }
}

/// Whether a sentence says what customers may ask for, or for how long.
fn grants(kind: &StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Accept(_)
            | StatementKind::AcceptOneOf(_)
            | StatementKind::AlsoAccept(_)
            | StatementKind::No { .. }
            | StatementKind::Decline { .. }
            | StatementKind::Start { .. }
            | StatementKind::StartNotBefore { .. }
            | StatementKind::Window { .. }
            | StatementKind::WindowLonger { .. }
            | StatementKind::WindowBound { .. }
            | StatementKind::WindowPauses { .. }
            | StatementKind::WindowEnding { .. }
            | StatementKind::DeadlineMet(_)
    )
}
