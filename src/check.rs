//! Turns parsed files into a [`Model`]: finds the versions, gives every name a meaning, and every statement an attribute and a
//! value. Reports everything it finds; makes no model when there is an error. Conflicts are looked for in [`crate::analysis`].

mod clauses;
mod conditions;
mod files;
mod guesses;
mod tree;
mod words;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::facts::Schema;
use crate::model::{Model, Version};
use crate::money::Currency;
use crate::source::{SourceSet, Span, Spanned};
use crate::syntax::ast;
use crate::terms::VersionClock;

/// Checks parsed files (in the order of the source set). The model is there when no finding is an error.
pub(crate) fn check(sources: &SourceSet, files: &[ast::File]) -> (Option<Model>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let mut schema = Schema::standard();
    let mut uses = words::Uses::new();
    let plans = files::versions(sources, files, &mut out);
    let mut versions: Vec<(Version, Head)> = Vec::new();
    for plan in &plans {
        let mut words = words::collect(plan, &mut schema, &mut out);
        let head = guesses::header(plan, &words, &mut schema, &mut out);
        let version = clauses::version(plan, &head, &mut words, &mut schema, &mut out);
        words.note_uses(&mut uses);
        versions.push((version, head.head));
    }
    words::report_unused(uses, &mut out);
    versions.sort_by_key(|(v, _)| v.from);
    let whole = agree(&versions, &mut out);
    for (version, _) in &versions {
        crate::analysis::conflicts::find(version, &schema, &mut out);
    }
    if out.iter().any(|d| d.severity == Severity::Error) {
        return (None, out);
    }
    let model = whole.map(|(name, currency, clock)| Model {
        name,
        currency,
        clock,
        schema,
        versions: versions.into_iter().map(|(v, _)| v).collect(),
    });
    (model, out)
}

/// What a header says of the whole policy.
#[derive(Debug, Clone)]
struct Head {
    name: Spanned<String>,
    currency: Option<Spanned<Currency>>,
    clock: Option<(VersionClock, Option<VersionClock>)>,
    clock_span: Span,
}

/// Name, currency and clock, which all versions must share.
type Whole = (String, Currency, (VersionClock, Option<VersionClock>));

fn agree(versions: &[(Version, Head)], out: &mut Vec<Diagnostic>) -> Option<Whole> {
    let (_, first) = versions.first()?;
    for (at, (version, head)) in versions.iter().enumerate() {
        if head.name.node != first.name.node {
            out.push(
                Diagnostic::new(
                    Code::TwoPolicies,
                    head.name.span,
                    format!("a second policy, `{}`, in one set of files", head.name.node),
                )
                .label(first.name.span, format!("the first one is `{}`", first.name.node))
                .help("check each policy by itself, or give its versions the same name"),
            );
        }
        if let (Some(a), Some(b)) = (&head.currency, &first.currency)
            && a.node != b.node
        {
            out.push(
                Diagnostic::new(
                    Code::MixedCurrencies,
                    a.span,
                    format!("this version counts in {}, another in {}", a.node, b.node),
                )
                .label(b.span, "the other version"),
            );
        }
        if head.clock != first.clock {
            out.push(
                Diagnostic::new(Code::VersionClocksDiffer, head.clock_span, "versions stand on different dates")
                    .label(first.clock_span, "the first version is picked by this one")
                    .help("let every version of a policy say the same `by date …`"),
            );
        }
        if let Some((before, other)) = at.checked_sub(1).and_then(|i| versions.get(i)) {
            if before.from == version.from {
                out.push(
                    Diagnostic::new(
                        Code::VersionsDoNotMeet,
                        head.clock_span,
                        format!("two versions begin on {}", version.from),
                    )
                    .label(other.clock_span, "the other one"),
                );
            }
            if before.name == version.name {
                out.push(
                    Diagnostic::new(
                        Code::TwoPolicies,
                        head.name.span,
                        format!("two versions are called `{}`", version.name),
                    )
                    .label(other.name.span, "the other one"),
                );
            }
        }
    }
    Some((first.name.node.clone(), first.currency.as_ref()?.node, first.clock?))
}
