//! The words that a policy adds to those of the language: tenders, reasons, roles, remedies and the like.

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{DomainId, Remedy, RemedyKind, Role, Schema, domain};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

use super::files::Plan;
use super::say;

/// The words that a policy adds: plain words, then roles, then remedies, which may name a new tender. The remedies that it
/// declares outside of libraries.
pub(super) fn vocabulary(plan: &Plan<'_>, schema: &mut Schema, out: &mut Vec<Diagnostic>) -> Vec<(String, Span)> {
    let mut declared: Vec<(String, Span)> = Vec::new();
    let all = || {
        plan.items().filter_map(|(file, item)| match item {
            ast::Item::Vocabulary(vocabulary) => Some((file, vocabulary)),
            _ => None,
        })
    };
    let mut seen: Vec<(DomainId, &Spanned<String>)> = Vec::new();
    for (_, vocabulary) in all() {
        let ast::Vocabulary::Plain { kind, names, .. } = vocabulary else { continue };
        let (id, what) = match kind {
            ast::VocabularyKind::Tender => (domain::TENDERS, "tender"),
            ast::VocabularyKind::Reason => (domain::REASONS, "reason"),
            ast::VocabularyKind::Condition => (domain::CONDITIONS, "condition"),
            ast::VocabularyKind::Proof => (domain::PROOFS, "proof"),
            ast::VocabularyKind::Channel => (domain::CHANNELS, "channel"),
        };
        for name in names {
            if new_word(what, id, name, &mut seen, out) {
                add_word(schema, id, &name.node);
            }
        }
    }
    roles(all().map(|(_, vocabulary)| vocabulary), &mut seen, schema, out);
    // By name, so that decisions list them alike wherever they are declared.
    let mut remedies: Vec<_> = all()
        .filter_map(|(file, vocabulary)| match vocabulary {
            ast::Vocabulary::Remedy { name, kind, only_if_asked, .. } => Some((file, name, kind, *only_if_asked)),
            _ => None,
        })
        .collect();
    remedies.sort_by(|(_, a, ..), (_, b, ..)| a.node.cmp(&b.node));
    for (file, name, kind, only_if_asked) in remedies {
        let kind = match kind {
            ast::RemedyKind::Money => RemedyKind::Money,
            ast::RemedyKind::MoneyTo(tender) => match tender_named(tender, schema, out) {
                Some(word) => RemedyKind::MoneyTo(word),
                None => continue,
            },
            ast::RemedyKind::Goods => RemedyKind::Goods,
            ast::RemedyKind::Service => RemedyKind::Service,
            ast::RemedyKind::PriceDifference => RemedyKind::PriceDifference,
        };
        let gives = |kind: &RemedyKind| match kind {
            RemedyKind::Money => "money".to_owned(),
            RemedyKind::MoneyTo(tender) => format!("money to {}", schema.tender(*tender)),
            RemedyKind::Goods => "goods".to_owned(),
            RemedyKind::Service => "service".to_owned(),
            RemedyKind::PriceDifference => "a price difference".to_owned(),
        };
        match schema.remedies.iter().find(|r| r.name == name.node) {
            Some(known) if known.kind != kind => {
                let message =
                    format!("the remedy `{}` gives {} already, not {}", name.node, gives(&known.kind), gives(&kind));
                let finding = Diagnostic::new(Code::DefinedTwice, name.span, message);
                let first = seen.iter().find(|(id, n)| *id == domain::REMEDIES && n.node == name.node);
                let finding = match first {
                    Some((_, first)) => finding.label(first.span, "the first one"),
                    None => finding,
                };
                out.push(finding.help("call this remedy by another name"));
            }
            // A remedy that is there already may be declared again to say that it is told of only when asked for.
            Some(known) => {
                if known.only_if_asked == only_if_asked {
                    new_word("remedy", domain::REMEDIES, name, &mut seen, out);
                }
                let known = schema.remedies.iter_mut().find(|r| r.name == name.node);
                known.into_iter().for_each(|known| known.only_if_asked |= only_if_asked);
            }
            None => {
                seen.push((domain::REMEDIES, name));
                schema.remedies.push(Remedy { name: name.node.clone(), kind, only_if_asked });
                add_word(schema, domain::REMEDIES, &name.node);
            }
        }
        if !plan.shared(file) && !declared.iter().any(|(known, _)| *known == name.node) {
            declared.push((name.node.clone(), name.span));
        }
    }
    declared
}

/// Whether a word is new in this version; one that is there already adds nothing.
fn new_word<'a>(
    what: &str,
    id: DomainId,
    name: &'a Spanned<String>,
    seen: &mut Vec<(DomainId, &'a Spanned<String>)>,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let standard = domain::STANDARD.iter().any(|(of, words)| *of == id && words.contains(&name.node.as_str()));
    if standard {
        let message = format!("`{}` is a {what} in every policy, so this adds nothing", name.node);
        out.push(Diagnostic::new(Code::NoEffect, name.span, message).help("leave it out"));
    } else if let Some((_, first)) = seen.iter().find(|(of, n)| *of == id && n.node == name.node) {
        let message = format!("the {what} `{}` is there already", name.node);
        out.push(
            Diagnostic::new(Code::NoEffect, name.span, message).label(first.span, "declared here").help("leave it out"),
        );
    }
    seen.push((id, name));
    !standard
}

fn roles<'a>(
    vocabulary: impl Iterator<Item = &'a ast::Vocabulary>,
    seen: &mut Vec<(DomainId, &'a Spanned<String>)>,
    schema: &mut Schema,
    out: &mut Vec<Diagnostic>,
) {
    let declared: Vec<_> = vocabulary
        .filter_map(|v| match v {
            ast::Vocabulary::Role { name, above, .. } => Some((name, above)),
            _ => None,
        })
        .collect();
    let before = schema.roles.len();
    for (name, _) in &declared {
        if !schema.roles.iter().any(|r| r.name == name.node) {
            schema.roles.push(Role { name: name.node.clone(), above: None, over: Vec::new() });
            add_word(schema, domain::ROLES, &name.node);
        }
    }
    for (name, above) in declared {
        let above = match above {
            Some(below) => match role_named(below, schema, out) {
                Some(role) => Some(role),
                None => continue,
            },
            None => None,
        };
        let Some(at) = schema.roles.iter().position(|r| r.name == name.node) else { continue };
        let first = seen.iter().find(|(id, n)| *id == domain::ROLES && n.node == name.node).map(|(_, n)| n.span);
        let known = schema.roles.get(at).and_then(|r| r.above);
        if (at < before || first.is_some()) && known != above {
            let stands = match known {
                Some(role) => format!("above `{}`", schema.role(role)),
                None => "above no other".to_owned(),
            };
            let message = format!("the role `{}` already stands {stands}", name.node);
            let finding = Diagnostic::new(Code::DefinedTwice, name.span, message);
            let finding = match first {
                Some(first) => finding.label(first, "said here"),
                None => finding,
            };
            out.push(finding.help("give this role another name"));
            continue;
        }
        new_word("role", domain::ROLES, name, seen, out);
        if let Some(role) = schema.roles.get_mut(at) {
            role.above = above;
        }
        // A chain that never ends comes back to where it began.
        let below = |role: &u16| schema.roles.get(usize::from(*role)).and_then(|r| r.above);
        let chain = std::iter::successors(above, below).take(schema.roles.len() + 1);
        if u16::try_from(at).is_ok_and(|at| chain.into_iter().any(|role| role == at)) {
            out.push(
                Diagnostic::new(
                    Code::WrongKind,
                    name.span,
                    format!("the role `{}` would stand above itself", name.node),
                )
                .help("a role stands above one with less authority: `role shift lead above clerk`"),
            );
            if let Some(role) = schema.roles.get_mut(at) {
                role.above = None;
            }
        }
    }
}

pub(super) fn add_word(schema: &mut Schema, id: DomainId, word: &str) {
    if let Some(domain) = schema.domains.get_mut(usize::from(id.0))
        && domain.find(word).is_none()
    {
        domain.words.push(word.to_owned());
    }
}

/// A word of a domain; an unknown one is reported.
fn word(what: &str, name: &Spanned<String>, id: DomainId, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    let domain = schema.domain(id)?;
    let found = domain.find(&name.node);
    if found.is_none() {
        out.push(say::unknown(what, name, domain.words.iter().map(String::as_str), say::adds(id, &name.node)));
    }
    found
}

pub(super) fn tender_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("tender", name, domain::TENDERS, schema, out)
}

pub(super) fn role_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("role", name, domain::ROLES, schema, out)
}

pub(super) fn remedy_named(name: &Spanned<String>, schema: &Schema, out: &mut Vec<Diagnostic>) -> Option<u16> {
    word("remedy", name, domain::REMEDIES, schema, out)
}
