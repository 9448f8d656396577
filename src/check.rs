//! Turns parsed files into a [`Model`]: finds the versions, gives every name a meaning, and every statement an attribute and a
//! value. Reports everything it finds; makes no model when there is an error. Conflicts are looked for in [`crate::analysis`].

mod authority;
mod calendars;
mod clauses;
mod conditions;
mod facts;
mod files;
mod guesses;
mod layers;
mod names;
mod say;
#[cfg(feature = "locales")]
mod texts;
mod tree;
mod unread;
mod vocabulary;
mod words;

use crate::analysis::{self, Judged};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::facts::Schema;
use crate::model::{Model, Version};
use crate::money::Currency;
use crate::source::{SourceSet, Span, Spanned};
use crate::syntax::ast;
use crate::terms::VersionClock;

use self::unread::Unread;

pub(crate) use self::conditions::stage_of;
#[cfg(feature = "locales")]
pub(crate) use self::texts::texts;

/// Checks parsed files (in the order of the source set), in which the parser found these findings. The model is there when
/// nothing found here is an error.
pub(crate) fn check(
    sources: &SourceSet,
    files: &[ast::File],
    found: &[Diagnostic],
) -> (Option<Model>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let mut judged = Judged::default();
    let unread = Unread::new(sources, found);
    let mut schema = Schema::standard();
    let mut plans = files::versions(sources, files, &unread, &mut judged, &mut out);
    // Words have the same order, whatever the files are called.
    plans.sort_by_key(|plan| plan.policy.header.in_force.first().map(|line| line.from.node));
    let mut versions: Vec<(Version, Head)> = Vec::new();
    for plan in &plans {
        let words = words::collect(plan, &mut schema, &mut out);
        let head = guesses::header(plan, &unread, &mut schema, &mut out);
        let layers = layers::layers(plan, &mut out);
        let version = clauses::version(sources, plan, &head, &words, layers, &mut schema, &mut out);
        words.judge_unused(&mut judged);
        versions.push((version, head.head));
    }
    versions.sort_by_key(|(v, _)| v.from);
    let whole = agree(&versions, &unread, &mut out);
    let mut conflicts = Vec::new();
    for (version, head) in &versions {
        let currency = head.currency.as_ref().map(|c| c.node);
        conflicts.extend(analysis::conflicts::find(version, &schema, currency));
        analysis::gaps::find(version, &schema, currency, &mut out);
        analysis::layers::unsaid(version, &schema, &mut out);
    }
    out.extend(analysis::conflicts::report(conflicts));
    out.retain(|finding| !unread.explains(finding, sources));
    if !found.is_empty() || out.iter().any(|d| d.severity == Severity::Error) {
        return (None, out);
    }
    // Advice is given on a policy that is otherwise in order: a mistake would make much of it wrong.
    for (version, _) in &versions {
        analysis::below::find(version, &schema, &mut out);
        analysis::layers::find(version, &schema, &mut out);
        analysis::for_all::find(version, &schema, &mut out);
        analysis::effect::find(version, &schema, &mut judged);
    }
    out.extend(judged.findings());
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

fn agree(versions: &[(Version, Head)], unread: &Unread<'_>, out: &mut Vec<Diagnostic>) -> Option<Whole> {
    let (_, first) = versions.first()?;
    for (at, (version, head)) in versions.iter().enumerate() {
        if head.name.node != first.name.node {
            out.push(
                Diagnostic::new(
                    Code::TwoPolicies,
                    head.name.span,
                    format!("these files hold two policies, `{}` and `{}`", first.name.node, head.name.node),
                )
                .label(first.name.span, "the other one")
                .help("give all versions of a policy the same name; check different policies one by one"),
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
                .label(b.span, "the other version")
                .help("all versions of a policy count in one currency; a policy in another is one of its own"),
            );
        }
        // A version whose line could not be read has its finding.
        let read = |head: &Head| head.clock.is_some() || !unread.begins("in", head.clock_span);
        if head.clock != first.clock && head.clock.is_some() && first.clock.is_some() {
            let said = first.clock.map_or(String::new(), |(by, otherwise)| match otherwise {
                Some(otherwise) => format!("by date {}, otherwise date {}", date_word(by), date_word(otherwise)),
                None => format!("by date {}", date_word(by)),
            });
            out.push(
                Diagnostic::new(Code::VersionClocksDiffer, head.clock_span, "the versions go by different dates")
                    .label(first.clock_span, "the first version goes by this one")
                    .help(format!("let every version of a policy say the same, such as `{said}`")),
            );
        }
        if let Some((before, other)) = at.checked_sub(1).and_then(|i| versions.get(i)) {
            if before.from == version.from && read(head) && read(other) && head.clock.is_some() {
                out.push(
                    Diagnostic::new(
                        Code::VersionsDoNotMeet,
                        head.clock_span,
                        format!("two versions begin on {}", version.from),
                    )
                    .label(other.clock_span, "the other one")
                    .help("each version is in force until the next begins: give each its own first day"),
                );
            }
            if before.name == version.name {
                out.push(
                    Diagnostic::new(
                        Code::TwoPolicies,
                        head.name.span,
                        format!("two versions are called `{}`", version.name),
                    )
                    .label(other.name.span, "the other one")
                    .help("give each version a name of its own, such as the year"),
                );
            }
        }
    }
    Some((first.name.node.clone(), first.currency.as_ref()?.node, first.clock?))
}

fn date_word(clock: VersionClock) -> &'static str {
    match clock {
        VersionClock::Sold => "sold",
        VersionClock::Ordered => "ordered",
        VersionClock::Requested => "requested",
    }
}
