//! Finds the clauses that a label path of a scenario means. A clause is known by its own path and by its label under each
//! clause it is attached to; the end of a path will do where only one clause has it. Each version is looked up by itself:
//! which of them decides is told by the dates of the scenario.

use crate::diagnostic::{Code, Diagnostic, near};
use crate::program::{ClauseId, Program, Version};
use crate::syntax::ast::LabelPath;

pub(super) struct Labels<'p> {
    program: &'p Program,
    versions: Vec<Vec<Known<'p>>>,
}

/// A clause and one of its names.
struct Known<'p> {
    clause: ClauseId,
    name: Vec<&'p str>,
}

impl<'p> Labels<'p> {
    pub(super) fn new(program: &'p Program) -> Self {
        Self { program, versions: program.versions.iter().map(|version| names(program, version)).collect() }
    }

    /// The clause of this name in each version that has it; a name that no version can tell is a finding.
    pub(super) fn find(&self, path: &LabelPath, out: &mut Vec<Diagnostic>) -> Vec<ClauseId> {
        let wanted: Vec<&str> = path.parts.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        let mut several = Vec::new();
        for version in &self.versions {
            match named(version, &wanted).as_slice() {
                [] => {}
                [one] => found.push(*one),
                more => several = more.to_vec(),
            }
        }
        if found.is_empty() {
            out.push(self.trouble(path, &several));
        }
        found
    }

    fn trouble(&self, path: &LabelPath, several: &[ClauseId]) -> Diagnostic {
        let wanted = path.parts.join("/");
        if !several.is_empty() {
            let message = format!("several clauses are called `{wanted}`");
            let mut finding = Diagnostic::new(Code::AmbiguousLabel, path.span, message).help("write more of the path");
            for clause in several.iter().filter_map(|id| self.program.clause(*id)) {
                finding = finding.label(clause.span, format!("`{}`", clause.path));
            }
            return finding;
        }
        let finding = Diagnostic::new(Code::UnknownName, path.span, format!("unknown clause `{wanted}`"));
        let known = self.versions.iter().flatten();
        let names = known.flat_map(|known| [known.name.join("/"), known.name.last().copied().unwrap_or("").to_owned()]);
        let names: Vec<String> = names.collect();
        match near(&wanted, names.iter().map(String::as_str)) {
            Some(close) => finding.help(format!("did you mean `{close}`?")),
            None => finding,
        }
    }
}

fn names<'p>(program: &'p Program, version: &'p Version) -> Vec<Known<'p>> {
    let mut known: Vec<Known<'p>> = Vec::new();
    // Of each node, the names of its clause; parents come before their children.
    let mut of_nodes: Vec<Vec<Vec<&'p str>>> = Vec::new();
    for node in &version.nodes {
        let path = program.clause(node.clause).map_or("", |clause| &*clause.path);
        let own: Vec<&str> = path.split('/').collect();
        let label = own.last().copied().unwrap_or("");
        let mut names = vec![own];
        let parent = node.parent.and_then(|parent| of_nodes.get(parent as usize));
        for above in parent.into_iter().flatten() {
            let mut name = above.clone();
            name.push(label);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for name in &names {
            if !known.iter().any(|known| known.clause == node.clause && known.name == *name) {
                known.push(Known { clause: node.clause, name: name.clone() });
            }
        }
        of_nodes.push(names);
    }
    known
}

/// The clauses whose whole name it is; else those whose name ends so.
fn named(known: &[Known<'_>], wanted: &[&str]) -> Vec<ClauseId> {
    let all = |fits: &dyn Fn(&[&str]) -> bool| {
        let mut found: Vec<ClauseId> =
            known.iter().filter(|known| fits(&known.name)).map(|known| known.clause).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let whole = all(&|name| name == wanted);
    if whole.is_empty() { all(&|name| name.ends_with(wanted)) } else { whole }
}
