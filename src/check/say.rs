//! Parts of messages: what kinds of things are called, lists, and names that are nearly right.

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic, Edit, near};
use crate::facts::{DomainId, Schema, Scope, Stage, Type, domain};
use crate::source::{SourceSet, Span, Spanned};

use crate::syntax::{ast, spelled};
use crate::terms::LawKind;

/// At most this many known names are listed.
const LISTED: usize = 12;

/// `` `a`, `b` or `c` ``.
pub(super) fn or<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} or {last}", names.join(", ")),
        None => String::new(),
    }
}

/// The finding for a name that does not exist; `add` is the sentence that would declare it.
pub(super) fn unknown<'a>(
    what: &str,
    name: &Spanned<String>,
    known: impl IntoIterator<Item = &'a str>,
    add: Option<String>,
) -> Diagnostic {
    let finding = Diagnostic::new(Code::UnknownName, name.span, format!("unknown {what} `{}`", name.node));
    meant(finding, name, known, add)
}

/// Adds what was meant: the near name, or what there is and how more is declared.
pub(super) fn meant<'a>(
    finding: Diagnostic,
    name: &Spanned<String>,
    known: impl IntoIterator<Item = &'a str>,
    add: Option<String>,
) -> Diagnostic {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.dedup();
    if let Some(close) = nearest(&name.node, &known) {
        let finding = finding.help(format!("did you mean `{close}`?"));
        // Only a place that holds the name and nothing else can be replaced.
        return match usize::try_from(name.span.len()) {
            Ok(length) if length == name.node.len() => {
                let edit = Edit::new(name.span, spelled(close));
                finding.fix(format!("replace with `{close}`"), vec![edit])
            }
            _ => finding,
        };
    }
    let listed = (!known.is_empty() && known.len() <= LISTED).then(|| format!("known: {}", known.join(", ")));
    match (listed, add) {
        (Some(known), Some(add)) => finding.help(format!("{known}; {add}")),
        (Some(help), None) | (None, Some(help)) => finding.help(help),
        (None, None) => finding,
    }
}

/// The name that was most likely meant: a few slips away, or the one that only goes on or stops earlier.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    near(name, known.iter().copied()).or_else(|| {
        let goes_on = |long: &str, short: &str| short.len() >= 3 && long.starts_with(short);
        let mut several = known.iter().copied().filter(|k| *k != name && (goes_on(k, name) || goes_on(name, k)));
        several.next().filter(|_| several.next().is_none())
    })
}

/// How a word is added to a list of words that a policy may add to.
pub(super) fn adds(id: DomainId, name: &str) -> Option<String> {
    let sentence =
        |keyword: &str, rest: &str| Some(format!("a new one is added by `{keyword} {}{rest}`", spelled(name)));
    match id {
        domain::TENDERS => sentence("tender", ""),
        domain::REASONS => sentence("reason", ""),
        domain::CONDITIONS => sentence("condition", ""),
        domain::PROOFS => sentence("proof", ""),
        domain::CHANNELS => sentence("channel", ""),
        domain::REMEDIES => sentence("remedy", ": money"),
        domain::ROLES => sentence("role", ""),
        _ => None,
    }
}

/// The part of a place where a name is written, or the whole place.
pub(super) fn part(sources: &SourceSet, span: Span, name: &str) -> Span {
    let found = sources.get(span.source).and_then(|source| {
        let at = source.slice(span).rfind(name)?;
        let start = usize::try_from(span.start).ok()? + at;
        Some(source.span(start, start + name.len()))
    });
    found.unwrap_or(span)
}

/// The words at a place in one line, when they are few.
pub(super) fn written(sources: &SourceSet, span: Span) -> Option<String> {
    let text = sources.get(span.source)?.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= 60 && !text.contains('#')).then_some(text)
}

/// `an amount of money`.
pub(super) fn kind_of(ty: Type) -> &'static str {
    match ty {
        Type::YesNo => "yes or no",
        Type::Word(_) => "a word",
        Type::Number => "a number",
        Type::WholeNumber => "a whole number",
        Type::Money => "an amount of money",
        Type::Date => "a date",
        Type::Text => "a text",
        Type::Texts => "a list of texts",
    }
}

/// The kind of a constant, and the constant as written.
pub(super) fn constant(value: &ast::Value) -> (&'static str, String) {
    match value {
        ast::Value::Money { amount, currency } => ("an amount of money", format!("{amount} {currency}")),
        ast::Value::Date(date) => ("a date", date.to_string()),
        ast::Value::Number(number) => ("a number", number.to_string()),
        ast::Value::Name(name) => ("a word", name.clone()),
    }
}

/// An amount with all digits of its currency.
pub(super) fn money(amount: Decimal, currency: crate::money::Currency) -> String {
    let mut amount = amount;
    amount.rescale(currency.minor_digits());
    format!("{amount} {currency}")
}

/// Whom a condition asks about.
pub(super) fn asks_about(scope: Scope) -> &'static str {
    match scope {
        Scope::Visit => "the visit",
        Scope::Sale => "the sale",
        Scope::Line => "each line",
        Scope::Tender => "each tender the money goes back to",
    }
}

/// When something is known.
pub(super) fn known_once(stage: Stage) -> &'static str {
    match stage {
        Stage::Facts => "from the start",
        Stage::Windows => "once windows are settled",
        Stage::Remedies => "once remedies are settled",
        Stage::Amounts => "once the amounts of the lines are worked out",
        Stage::Totals => "once the totals of the visit are worked out",
        Stage::Guards => "once guards are asked",
        Stage::Tenders => "once the money is shared over the tenders",
        Stage::Paperwork | Stage::Words => "at the end",
    }
}

/// Something to compare a fact of this kind with.
pub(super) fn for_example(name: &str, ty: Type, schema: &Schema) -> String {
    match ty {
        Type::YesNo => format!("{name}` or `not {name}"),
        Type::Word(id) => {
            let word = schema.domain(id).and_then(|d| d.words.first()).map_or("…", String::as_str);
            format!("{name} is {}", spelled(word))
        }
        Type::Number | Type::WholeNumber => format!("{name} over 3"),
        Type::Money => format!("{name} over 100.00 USD"),
        Type::Date => format!("{name} before 2026-01-15"),
        Type::Text => format!("{name} is \"…\""),
        Type::Texts => format!("item.sku in {name}"),
    }
}

/// What kind of block a sentence stands in.
pub(super) fn block_of(law: Option<LawKind>) -> &'static str {
    match law {
        Some(LawKind::Right) => "a right of the law",
        Some(LawKind::Rule) => "a rule of the law",
        None => "a clause of the policy",
    }
}
