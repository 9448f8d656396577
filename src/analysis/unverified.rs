//! Law that is written down from memory: rights and rules, and what is excepted from them, whose citations say that nobody
//! has compared them with the text. Whether the text says so is for people to find out.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Clause, Model};
use crate::source::Spanned;

/// One finding for each such citation.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let clauses = model.versions.iter().flat_map(|version| &version.clauses);
    clauses
        .filter(|clause| clause.law.is_some())
        .flat_map(|clause| clause.citations.iter().filter(|c| unverified(&c.node)).map(|c| finding(clause, c)))
        .collect()
}

fn finding(clause: &Clause, citation: &Spanned<String>) -> Diagnostic {
    let days: Vec<&str> =
        clause.citations.iter().filter(|c| !unverified(&c.node)).filter_map(|c| as_of(&c.node)).collect();
    let known = match days.as_slice() {
        [] => String::new(),
        days => format!("; what else it cites is as of {}", days.join(", ")),
    };
    Diagnostic::new(Code::Unverified, citation.span, format!("`{}` leans on `{}`{known}", clause.path, citation.node))
        .help("have somebody who knows this law compare it with the text, and write where it stands and the day they did: `…, as of 2026-11-22`")
}

/// Whether a citation says of itself that nobody has verified it.
fn unverified(citation: &str) -> bool {
    citation.contains("unverified") || citation.contains("not verified")
}

/// The day, month or year that a citation ends with: `https://…, as of 2026-11`.
fn as_of(citation: &str) -> Option<&str> {
    citation.rsplit_once("as of ").map(|(_, day)| day.trim())
}
