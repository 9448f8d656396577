//! Which files make which version: a version is the file with its header and all it uses, by way of others too.

use crate::analysis::{Judged, Question};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceSet, Span};
use crate::syntax::ast;

use super::say;
use super::unread::Unread;

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
    /// The sentence that uses it first.
    by: Option<Span>,
    /// The header of a library, if the file has one.
    pub(super) library: Option<&'a ast::Library>,
}

impl<'a> Plan<'a> {
    /// All entries of all files, with the place of their file in `files`.
    pub(super) fn items(&self) -> impl Iterator<Item = (usize, &'a ast::Item)> + '_ {
        self.files.iter().enumerate().flat_map(|(at, used)| used.file.items.iter().map(move |item| (at, item)))
    }

    /// Whether a file of the plan has the header of a library: other policies may use it too.
    pub(super) fn shared(&self, file: usize) -> bool {
        self.files.get(file).is_some_and(|used| used.library.is_some())
    }
}

/// Finds the versions of a set of files.
pub(super) fn versions<'a>(
    sources: &SourceSet,
    files: &'a [ast::File],
    unread: &Unread<'_>,
    judged: &mut Judged,
    out: &mut Vec<Diagnostic>,
) -> Vec<Plan<'a>> {
    let names: Vec<&str> = sources.iter().map(|s| s.name()).collect();
    let mut plans = Vec::new();
    let mut reached = vec![false; files.len()];
    for (at, file) in files.iter().enumerate() {
        one_header(file, out);
        let mut first: Option<&ast::Policy> = None;
        for item in &file.items {
            let ast::Item::Policy(policy) = item else { continue };
            if let Some(first) = first {
                out.push(
                    Diagnostic::new(Code::TwoPolicies, policy.span, "a second policy header in one file")
                        .label(first.span, "the first one")
                        .help("give each version a file of its own; what they share goes into a file that both `use`"),
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
            gather.file(at, String::new(), None);
            plans.push(Plan { policy, files: gather.used });
        }
    }
    if plans.is_empty() {
        // A header that could not be read has its finding.
        if !unread.begins_anywhere("policy") && !unread.whole_file() {
            let span =
                files.first().map_or(Span::new(crate::source::SourceId(0), 0, 0), |f| Span::new(f.span.source, 0, 0));
            out.push(Diagnostic::new(Code::NoPolicy, span, "no file has a `policy` header").help(
                "begin one file with `policy \"My shop\" version \"1\" { … }`; `takeback new` writes one for you",
            ));
        }
    } else {
        for (file, _) in files.iter().zip(&reached).filter(|(f, reached)| !**reached && !f.items.is_empty()) {
            let name = sources.get(file.span.source).map_or("", |s| s.name());
            let name = name.rsplit('/').next().unwrap_or(name);
            judged.wrong(
                Question::Used,
                Diagnostic::new(
                    Code::Unused,
                    Span::new(file.span.source, 0, 0),
                    "no policy uses this file, so nothing in it counts",
                )
                .help(format!("write `use \"{name}\"` in a file of the policy")),
            );
        }
    }
    plans
}

/// Reports a second header in a file, and lines that a library cannot have.
fn one_header(file: &ast::File, out: &mut Vec<Diagnostic>) {
    let mut first: Option<Span> = None;
    for item in &file.items {
        let ast::Item::Library(library) = item else { continue };
        let policy = file.items.iter().find_map(|item| match item {
            ast::Item::Policy(policy) => Some(policy.span),
            _ => None,
        });
        if let Some(other) = first.or(policy) {
            let help = match policy {
                Some(_) => {
                    "a file is a policy or a library, not both: move this header, and what belongs to it, to a file of its own"
                }
                None => "a file is one library: move this header, and what belongs to it, to a file of its own",
            };
            let finding = Diagnostic::new(Code::DefinedTwice, library.span, "a second header in one file");
            out.push(finding.label(other, "the first one").help(help));
        }
        first.get_or_insert(library.span);
        let header = &library.header;
        let lines = header.in_force.iter().map(|l| (l.span, "from when it is in force"));
        let lines = lines.chain(header.layers.iter().map(|l| (l.span, "how layers stand")));
        let lines = lines.chain(header.currency.iter().map(|l| (l.span, "a currency")));
        for (span, what) in lines.chain(header.zone.iter().map(|l| (l.span, "a time zone"))) {
            out.push(
                Diagnostic::new(Code::NotASentence, span, format!("a library does not say {what}"))
                    .label(library.span, "the header of a library")
                    .help("the policy that uses it does; leave this line out"),
            );
        }
    }
}

struct Gather<'a, 'b> {
    names: &'b [&'b str],
    files: &'a [ast::File],
    out: &'b mut Vec<Diagnostic>,
    reached: &'b mut Vec<bool>,
    /// The files being used just now, each with the `use` of it that led on.
    stack: Vec<(usize, Span)>,
    used: Vec<Used<'a>>,
}

impl Gather<'_, '_> {
    fn file(&mut self, at: usize, prefix: String, by: Option<Span>) {
        let Some(file) = self.files.get(at) else { return };
        if let Some(reached) = self.reached.get_mut(at) {
            *reached = true;
        }
        if let Some(known) = self.used.iter().find(|used| std::ptr::eq(used.file, file)) {
            if let Some(by) = by.filter(|_| known.prefix != prefix) {
                let called = |prefix: &str| match prefix.strip_suffix('/') {
                    Some(prefix) => format!("as `{prefix}`"),
                    None => "without a prefix".to_owned(),
                };
                let finding = Diagnostic::new(
                    Code::DefinedTwice,
                    by,
                    format!("this file is used {} and again {}", called(&known.prefix), called(&prefix)),
                );
                let finding = match known.by {
                    Some(first) => finding.label(first, "the first time"),
                    None => finding,
                };
                self.out.push(finding.help("its clauses have one name each: use it with the same prefix everywhere"));
            }
            return;
        }
        let library = file.items.iter().find_map(|item| match item {
            ast::Item::Library(library) => Some(library),
            _ => None,
        });
        self.used.push(Used { file, prefix: prefix.clone(), by, library });
        let mut here: Vec<(usize, Span)> = Vec::new();
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
                let finding = Diagnostic::new(
                    Code::UseNotFound,
                    used.path.span,
                    format!("no file `{}` among those given", used.path.node),
                );
                let short = |n: &&'_ str| n.rsplit('/').next().unwrap_or("").to_owned();
                let known: Vec<String> = self.names.iter().map(short).collect();
                self.out.push(say::meant(finding, &used.path, known.iter().map(String::as_str), None));
                continue;
            };
            if let Some((_, first)) = here.iter().find(|(file, _)| *file == target) {
                self.out.push(
                    Diagnostic::new(Code::DefinedTwice, used.span, format!("`{}` is used twice here", used.path.node))
                        .label(*first, "the first time")
                        .help("leave one of them out"),
                );
                continue;
            }
            here.push((target, used.span));
            if target == at {
                self.out.push(
                    Diagnostic::new(Code::UseCycle, used.span, "this file uses itself").help("leave the sentence out"),
                );
                continue;
            }
            self.stack.push((at, used.span));
            if let Some(cycle) = self.stack.iter().position(|(f, _)| *f == target) {
                let mut finding = Diagnostic::new(Code::UseCycle, used.span, "files use each other in a circle");
                for (_, span) in self.stack.iter().skip(cycle).filter(|(_, span)| *span != used.span) {
                    finding = finding.label(*span, "by way of this");
                }
                self.out.push(
                    finding.help(
                        "what one file uses belongs to the whole policy already: leave one of these sentences out",
                    ),
                );
            } else {
                let below = match &used.prefix {
                    Some(name) => format!("{prefix}{}/", name.node),
                    None => prefix.clone(),
                };
                self.file(target, below, Some(used.span));
            }
            self.stack.pop();
        }
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
