//! Which files make which version: a version is the file with its header and all it uses, by way of others too.

use crate::diagnostic::{Code, Diagnostic, near};
use crate::source::{SourceSet, Span};
use crate::syntax::ast;

/// The files of one version.
pub(super) struct Plan<'a> {
    /// Its header.
    pub(super) policy: &'a ast::Policy,
    /// Its files, the one with the header first, each with the prefix of its labels.
    pub(super) files: Vec<Used<'a>>,
}

/// A file as part of a version.
pub(super) struct Used<'a> {
    pub(super) file: &'a ast::File,
    pub(super) prefix: String,
    /// The header of a library, if the file has one.
    pub(super) library: Option<&'a ast::Library>,
}

impl<'a> Plan<'a> {
    /// All entries of all files, with the place of their file in `files`.
    pub(super) fn items(&self) -> impl Iterator<Item = (usize, &'a ast::Item)> + '_ {
        self.files.iter().enumerate().flat_map(|(at, used)| used.file.items.iter().map(move |item| (at, item)))
    }
}

/// Finds the versions of a set of files.
pub(super) fn versions<'a>(sources: &SourceSet, files: &'a [ast::File], out: &mut Vec<Diagnostic>) -> Vec<Plan<'a>> {
    let names: Vec<&str> = sources.iter().map(|s| s.name()).collect();
    let mut plans = Vec::new();
    let mut reached = vec![false; files.len()];
    for (at, file) in files.iter().enumerate() {
        let mut first: Option<&ast::Policy> = None;
        for item in &file.items {
            let ast::Item::Policy(policy) = item else { continue };
            if let Some(first) = first {
                out.push(
                    Diagnostic::new(Code::TwoPolicies, policy.span, "a second policy header in one file")
                        .label(first.span, "the first one")
                        .help("give each version a file of its own"),
                );
                continue;
            }
            first = Some(policy);
            let mut gather = Gather {
                names: &names,
                files,
                out: &mut *out,
                reached: &mut reached,
                stack: Vec::new(),
                used: Vec::new(),
            };
            gather.file(at, String::new());
            plans.push(Plan { policy, files: gather.used });
        }
    }
    if plans.is_empty() {
        let span =
            files.first().map_or(Span::new(crate::source::SourceId(0), 0, 0), |f| Span::new(f.span.source, 0, 0));
        out.push(
            Diagnostic::new(Code::NoPolicy, span, "no file has a `policy` header")
                .help("begin one file with `policy \"name\" version \"1\" { … }`; `takeback new` writes one"),
        );
    } else {
        for (file, _) in files.iter().zip(&reached).filter(|(f, reached)| !**reached && !f.items.is_empty()) {
            out.push(Diagnostic::new(Code::Unused, Span::new(file.span.source, 0, 0), "no policy here uses this file"));
        }
    }
    plans
}

struct Gather<'a, 'b> {
    names: &'b [&'b str],
    files: &'a [ast::File],
    out: &'b mut Vec<Diagnostic>,
    reached: &'b mut Vec<bool>,
    /// The files being used just now, with the `use` that led there.
    stack: Vec<(usize, Option<Span>)>,
    used: Vec<Used<'a>>,
}

impl Gather<'_, '_> {
    fn file(&mut self, at: usize, prefix: String) {
        let Some(file) = self.files.get(at) else { return };
        if let Some(reached) = self.reached.get_mut(at) {
            *reached = true;
        }
        if self.used.iter().any(|used| std::ptr::eq(used.file, file)) {
            return;
        }
        let library = file.items.iter().find_map(|item| match item {
            ast::Item::Library(library) => Some(library),
            _ => None,
        });
        self.used.push(Used { file, prefix: prefix.clone(), library });
        self.stack.push((at, None));
        for item in &file.items {
            let ast::Item::Use(used) = item else { continue };
            let directory = self.names.get(at).and_then(|n| n.rsplit_once('/')).map_or("", |(d, _)| d);
            let wanted = normal(&format!("{directory}/{}", used.path.node));
            let Some(target) = self
                .names
                .iter()
                .position(|n| normal(n) == wanted)
                .or_else(|| self.names.iter().position(|n| *n == used.path.node))
            else {
                let mut finding = Diagnostic::new(
                    Code::UseNotFound,
                    used.path.span,
                    format!("no file `{}` among those given", used.path.node),
                );
                if let Some(close) = near(&used.path.node, self.names.iter().map(|n| n.rsplit('/').next().unwrap_or(n)))
                {
                    finding = finding.help(format!("did you mean `{close}`?"));
                }
                self.out.push(finding);
                continue;
            };
            if let Some(cycle) = self.stack.iter().position(|(f, _)| *f == target) {
                let mut finding = Diagnostic::new(Code::UseCycle, used.span, "files that use each other in a circle");
                for (_, span) in self.stack.iter().skip(cycle + 1) {
                    if let Some(span) = span {
                        finding = finding.label(*span, "by way of this");
                    }
                }
                self.out.push(finding);
                continue;
            }
            let below = match &used.prefix {
                Some(name) => format!("{prefix}{}/", name.node),
                None => prefix.clone(),
            };
            if let Some(last) = self.stack.last_mut() {
                last.1 = Some(used.span);
            }
            self.file(target, below);
        }
        self.stack.pop();
    }
}

/// A path without `.` and `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
