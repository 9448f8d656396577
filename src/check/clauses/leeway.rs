//! What files and clauses leave to higher layers, and what reaches across layers.

use crate::check::files::Plan;
use crate::check::layers::Layers;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Attribute, AttributeGroup, Clause, LayerFile, Leeway};
use crate::program::{May, Range};
use crate::source::Spanned;
use crate::syntax::ast::{self, LeewayEnd, StatementKind};
use crate::terms::{AnswerKind, LeewayKind};

use super::Clauses;

impl Clauses<'_, '_> {
    /// Reads what each header and each clause leaves to higher layers.
    pub(super) fn leeway(&mut self, plan: &Plan<'_>, layers: &Layers, clauses: &mut [Clause]) -> Vec<LayerFile> {
        let mut files = Vec::new();
        for (at, used) in plan.files.iter().enumerate() {
            let own = (at == 0).then_some((&plan.policy.header, plan.policy.span));
            let header = own.or(used.library.map(|library| (&library.header, library.span)));
            let layer = layers.of_file.get(at).copied().unwrap_or(0);
            let leeway = header.map_or(Vec::new(), |(h, _)| self.left(layers, &h.leeway.iter().collect::<Vec<_>>()));
            let (prefix, header) = (used.prefix.clone(), header.map_or(plan.policy.span, |(_, span)| span));
            files.push(LayerFile { prefix, layer, header, leeway });
        }
        for (at, draft) in self.tree.drafts.iter().enumerate() {
            let sentences: Vec<&ast::Leeway> = draft
                .ast
                .body
                .iter()
                .filter_map(|s| if let StatementKind::Leeway(leeway) = &s.kind { Some(leeway) } else { None })
                .collect();
            // The law has its finding.
            if clauses.get(at).is_none_or(|clause| clause.law.is_some()) {
                continue;
            }
            let mut leeway = self.left(layers, &sentences);
            leeway.retain(|said| said.on.iter().all(|group| self.fits(at, clauses, any_of(*group, at), said.span)));
            if let Some(clause) = clauses.get_mut(at) {
                clause.leeway = leeway;
            }
        }
        files
    }

    /// What the sentences of one place leave to higher layers.
    fn left(&mut self, layers: &Layers, sentences: &[&ast::Leeway]) -> Vec<Leeway> {
        let mut found: Vec<Leeway> = Vec::new();
        for sentence in sentences {
            if layers.names.is_empty() {
                let message = "the policy is not made of layers";
                self.cx.out.push(Diagnostic::new(Code::LayerNotSaid, sentence.span, message).help(
                    "leave this out, or name the layers in the header of the policy, such as `layers chain, store`",
                ));
                continue;
            }
            let on = self.groups(&sentence.on);
            if on.len() < sentence.on.len() {
                continue;
            }
            let again = |known: &&Leeway| match on.is_empty() {
                true => known.on.is_empty(),
                false => known.on.iter().any(|group| on.contains(group)),
            };
            if let Some(first) = found.iter().find(again) {
                let message = "what higher layers may make of this is said twice";
                let finding = Diagnostic::new(Code::DefinedTwice, sentence.span, message);
                self.cx.out.push(finding.label(first.span, "the first time").help("keep one of the two"));
                continue;
            }
            let pay = sentence.on.iter().zip(&on).find(|(_, group)| **group == AttributeGroup::Pay);
            if let Some((pay, _)) = pay
                && matches!(sentence.kind, LeewayKind::Improve | LeewayKind::Tighten)
            {
                let message = "of two places for the money none is better for the customer";
                let finding = Diagnostic::new(Code::WrongKind, pay.span, message);
                self.cx
                    .out
                    .push(finding.help("write `higher layers may not change pay` or `higher layers may change pay`"));
                continue;
            }
            let within = match &sentence.within {
                Some(ends) => match self.range(sentence, &on, ends) {
                    Some(range) => Some(range),
                    None => continue,
                },
                None => None,
            };
            found.push(Leeway { on, may: May { kind: sentence.kind, within }, span: sentence.span });
        }
        found
    }

    fn range(
        &mut self,
        sentence: &ast::Leeway,
        on: &[AttributeGroup],
        (from, to): &(Spanned<LeewayEnd>, Spanned<LeewayEnd>),
    ) -> Option<Range> {
        let wrong = |message: &str, help: &str| {
            Diagnostic::new(Code::WrongKind, from.span, message.to_owned())
                .label(to.span, "to here")
                .help(help.to_owned())
        };
        let lengths = |group: &AttributeGroup| {
            matches!(group, AttributeGroup::Window | AttributeGroup::Hold | AttributeGroup::Due)
        };
        let amounts = |group: &AttributeGroup| matches!(group, AttributeGroup::Fee(_) | AttributeGroup::Deduction(_));
        let (range, rises, fits) = match (&from.node, &to.node) {
            (LeewayEnd::Length(a), LeewayEnd::Length(b)) if a.unit == b.unit => {
                (Range::Length(a.count, b.count, a.unit), a.count <= b.count, on.iter().all(lengths))
            }
            (LeewayEnd::Percent(a), LeewayEnd::Percent(b)) => (Range::Percent(*a, *b), a <= b, on.iter().all(amounts)),
            (LeewayEnd::Money(a), LeewayEnd::Money(b)) => {
                let a = self.amount(&Spanned::new(a.clone(), from.span))?;
                let b = self.amount(&Spanned::new(b.clone(), to.span))?;
                (Range::Money(a, b), a <= b, on.iter().all(amounts))
            }
            _ => {
                let help = "write both in one unit, such as `within 14 days to 60 days`";
                self.cx.out.push(wrong("the two ends of the range are not of one kind", help));
                return None;
            }
        };
        let finding = if sentence.kind != LeewayKind::Free {
            wrong("only `may change` has a range", "write `higher layers may change … within … to …`")
        } else if !rises {
            wrong("the range ends before it begins", "write the smaller one first")
        } else if on.is_empty() || !fits {
            wrong(
                "these values cannot keep to such a range",
                "a range of lengths is for `window`, `hold` or `due`; one of shares or amounts for `fee …` or `deduction …`",
            )
        } else {
            return Some(range);
        };
        self.cx.out.push(finding);
        None
    }

    /// Reports clauses that are exceptions to one of a higher layer.
    pub(super) fn below(&mut self, clauses: &[Clause], layers: &Layers) {
        for (at, clause) in clauses.iter().enumerate() {
            let above = clause.parents.iter().flatten().filter_map(|parent| clauses.get(*parent));
            for parent in above.filter(|parent| parent.layer > clause.layer && parent.law.is_none()) {
                let named = self.tree.drafts.get(at).and_then(|draft| draft.ast.attach.first());
                let message = format!(
                    "`{}` is in the layer `{}`, and cannot be an exception to one of `{}`, which stands on it",
                    clause.path,
                    layers.name(clause.layer),
                    layers.name(parent.layer)
                );
                let finding = Diagnostic::new(Code::AcrossLayers, named.map_or(clause.span, |n| n.span), message);
                self.cx.out.push(
                    finding
                        .label(parent.span, format!("this is in the layer `{}`", layers.name(parent.layer)))
                        .help("write the exception into a file of that layer, or of one above it"),
                );
            }
        }
    }
}

/// One of the attributes of a group: they are all settled in the same place.
fn any_of(group: AttributeGroup, clause: usize) -> Attribute {
    match group {
        AttributeGroup::Remedies => Attribute::Remedy(0),
        AttributeGroup::Remedy(remedy) => Attribute::Remedy(remedy),
        AttributeGroup::Start => Attribute::Start(0),
        AttributeGroup::Window => Attribute::Window(0),
        AttributeGroup::Basis => Attribute::Basis(0),
        AttributeGroup::Fee(fee) => Attribute::Fee(fee, 0),
        AttributeGroup::Deduction(deduction) => Attribute::Deduction(deduction, 0),
        AttributeGroup::Tax => Attribute::Tax,
        AttributeGroup::Shipping => Attribute::Shipping,
        AttributeGroup::Discounts => Attribute::Discounts,
        AttributeGroup::Pay => Attribute::Pay,
        AttributeGroup::Hold => Attribute::Hold,
        AttributeGroup::Due => Attribute::Due,
        AttributeGroup::Form(form) => Attribute::Field(form, 0, AnswerKind::Accepted),
        AttributeGroup::Forms => Attribute::Field(0, 0, AnswerKind::Accepted),
        AttributeGroup::Guards => Attribute::Guard(clause),
    }
}
