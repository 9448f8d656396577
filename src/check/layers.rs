//! Layers: how they stand on each other, and which of them each file is (docs/reference/layers.md).

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast;

use super::files::{Plan, Used};
use super::say;

/// The layers of a version.
#[derive(Default)]
pub(super) struct Layers {
    /// Their names, the one that all stand on first; none: the policy is not made of layers.
    pub(super) names: Vec<String>,
    /// The layer of each file of the plan, by place in `names`.
    pub(super) of_file: Vec<u16>,
}

impl Layers {
    /// The name of a layer.
    pub(super) fn name(&self, layer: u16) -> &str {
        self.names.get(usize::from(layer)).map_or("", String::as_str)
    }
}

/// Reads the layers of a version.
pub(super) fn layers(plan: &Plan<'_>, out: &mut Vec<Diagnostic>) -> Layers {
    let lines = &plan.policy.header.layers;
    if let (Some(first), Some(second)) = (lines.first(), lines.get(1)) {
        out.push(
            Diagnostic::new(Code::DefinedTwice, second.span, "how layers stand is said twice")
                .label(first.span, "the first time")
                .help("keep one of the two lines"),
        );
    }
    let mut names: Vec<&ast::Name> = Vec::new();
    for name in lines.first().into_iter().flat_map(|line| &line.node) {
        match names.iter().find(|known| known.node == name.node) {
            Some(first) => out.push(
                Diagnostic::new(Code::DefinedTwice, name.span, format!("the layer `{}` is named twice", name.node))
                    .label(first.span, "the first time")
                    .help("leave one of them out: each layer stands in one place"),
            ),
            None => names.push(name),
        }
    }
    let stand = lines.first().map(|line| line.span);
    let of_file =
        (0u32..).zip(&plan.files).map(|(at, used)| of_file(plan, at == 0, used, &names, stand, out)).collect();
    Layers { names: names.into_iter().map(|name| name.node.clone()).collect(), of_file }
}

fn of_file(
    plan: &Plan<'_>,
    first: bool,
    used: &Used<'_>,
    names: &[&ast::Name],
    stand: Option<Span>,
    out: &mut Vec<Diagnostic>,
) -> u16 {
    let header = match (first, used.library) {
        (true, _) => Some((&plan.policy.header, plan.policy.span)),
        (false, library) => library.map(|library| (&library.header, library.span)),
    };
    let lines = header.map_or(&[][..], |(header, _)| &header.layer);
    if let (Some(first), Some(second)) = (lines.first(), lines.get(1)) {
        out.push(
            Diagnostic::new(Code::DefinedTwice, second.span, "which layer this file is, is said twice")
                .label(first.span, "the first time")
                .help("keep one of the two lines: a file is one layer"),
        );
    }
    let Some(line) = lines.first() else {
        let clause = used.file.items.iter().find_map(|item| match item {
            ast::Item::Clause(clause) if clause.law.is_none() => Some(clause.label.span),
            _ => None,
        });
        // What is left to higher layers is left by some layer.
        let leeway = header.and_then(|(header, _)| header.leeway.first()).map(|leeway| leeway.span);
        if let (Some(stand), Some(said)) = (stand, clause.or(leeway)) {
            let example = names.first().map_or("", |name| &name.node);
            let help = match header {
                Some(_) => format!("write a line such as `layer {example}` into the header of this file"),
                None => format!("begin this file with a header: `library \"…\" {{ layer {example} }}`"),
            };
            let finding = Diagnostic::new(Code::LayerNotSaid, said, "it is not said which layer this is in");
            let finding = header.into_iter().fold(finding, |f, (_, span)| f.label(span, "the header of its file"));
            out.push(finding.label(stand, "the policy is made of these").help(help));
        }
        return 0;
    };
    if names.is_empty() {
        out.push(
            Diagnostic::new(Code::LayerNotSaid, line.span, "the policy does not say how layers stand")
                .label(plan.policy.span, "the policy that this file belongs to")
                .help(format!(
                    "write a line such as `layers {}, …` into its header: the one that all stand on first",
                    line.node
                )),
        );
        return 0;
    }
    let found = names.iter().position(|name| name.node == line.node);
    if found.is_none() {
        out.push(say::unknown("layer", line, names.iter().map(|name| name.node.as_str()), None));
    }
    found.and_then(|at| u16::try_from(at).ok()).unwrap_or(0)
}
