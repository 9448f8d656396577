//! What is wrong with the message files of a policy: keys that are missing, keys of nothing, and placeables that there
//! are not. Advice only, for a policy decides the same in every language.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;

use super::files::{self, File};
use super::keys::{self, Text, Where};
use super::side::{NAMES, Side};
use crate::diagnostic::{Code, Diagnostic, near};
use crate::source::Span;

/// Holds the message files of a policy against its texts and against what the engine says.
pub(crate) fn check(files: &[File], roots: &[String], texts: &[Text], out: &mut Vec<Diagnostic>) {
    let english = English::read();
    for file in files {
        entries(file, files, roots, texts, &english, out);
    }
    let mut told = BTreeSet::new();
    for file in files {
        let country = file.tag != files::base(&file.tag)
            && files.iter().any(|other| other.folder == file.folder && other.tag == files::base(&file.tag));
        if !country && told.insert((&file.folder, &file.tag)) {
            missing(file, files, roots, texts, out);
        }
    }
}

/// The engine's messages in English.
struct English {
    side: Side,
    /// What can stand in each.
    variables: BTreeMap<String, BTreeSet<String>>,
}

impl English {
    fn read() -> Self {
        let mut variables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let read = match fluent_syntax::parser::parse(files::english()) {
            Ok(read) | Err((read, _)) => read,
        };
        for entry in &read.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut used = Used::default();
            used.message(message);
            let known = variables.entry(message.id.name.to_owned()).or_default();
            for (name, _) in used.variables {
                known.insert(name.to_owned());
                // Names come in every form that a language has.
                known.extend(name.split_once('-').map(|(name, _)| name.to_owned()));
            }
            let comment = message.comment.iter().flat_map(|comment| &comment.content);
            for name in comment.flat_map(|line| line.split('$').skip(1)) {
                let end = name.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-' && sign != '_');
                known.insert(name.get(..end.unwrap_or(name.len())).unwrap_or_default().to_owned());
            }
        }
        Self { side: Side::new(files::ENGLISH, &[], &[]), variables }
    }
}

/// What is missing in a language that a folder has.
fn missing(file: &File, files: &[File], roots: &[String], texts: &[Text], out: &mut Vec<Diagnostic>) {
    let side = Side::new(&file.tag, files, roots);
    let root = roots.contains(&file.folder);
    let alike = files.iter().filter(|other| other.folder == file.folder && other.tag == file.tag);
    let speaks_for = |text: &Text| {
        alike.clone().any(|other| match &other.only {
            None => true,
            only => *only == text.file,
        })
    };
    let end = Span::new(file.place.source, file.place.end, file.place.end);
    if side.misses_texts() && !side.has_own(&file.folder) {
        let mut named = BTreeSet::new();
        for text in texts {
            let mine = match &text.local {
                Some((folder, _)) if *folder == file.folder => true,
                Some(_) => false,
                None => root,
            };
            let local = text.local.as_ref().map_or(text.key.as_str(), |(_, key)| key);
            let key = if root { text.key.as_str() } else { local };
            let attribute = text.attribute.as_deref();
            // What stands there and cannot be read has its finding.
            if !mine
                || !speaks_for(text)
                || keys::find(&side, text).is_some()
                || side.stands(&file.folder, key, attribute)
            {
                continue;
            }
            let full = keys::full(key, attribute);
            if !named.insert(full.clone()) {
                continue;
            }
            let shown = format!("`{full}` is missing, so what the policy says is shown: {}", text.text);
            let finding = Diagnostic::new(Code::TranslationMissing, end, shown);
            let finding = match text.of {
                Where::Clause(clause) => finding.label(clause, "the clause that says it"),
                Where::Sentence | Where::Name => finding,
            };
            out.push(finding.help(format!("`takeback messages --locale {}` writes all that is missing", file.tag)));
        }
    }
    let engine = Side::new(files::ENGLISH, &[], &[]);
    let lacking: Vec<&str> = engine.keys().filter(|key| !side.has(key)).collect();
    if root && !lacking.is_empty() {
        let first = lacking.iter().take(3).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let more = if lacking.len() > 3 { format!(" and {} more", lacking.len() - 3) } else { String::new() };
        let shown = format!("the engine does not speak `{}`: {first}{more} are missing, so English is shown", file.tag);
        out.push(
            Diagnostic::new(Code::TranslationMissing, end, shown)
                .help(format!("`takeback messages --locale {}` writes all that is missing", file.tag)),
        );
    }
}

/// The keys and placeables of a file.
fn entries(
    file: &File,
    files: &[File],
    roots: &[String],
    texts: &[Text],
    english: &English,
    out: &mut Vec<Diagnostic>,
) {
    let root = roots.contains(&file.folder);
    let side = Side::new(&file.tag, files, roots);
    let mut own: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for text in texts {
        let key = match &text.local {
            _ if root => &text.key,
            Some((folder, key)) if *folder == file.folder => key,
            Some(_) | None => &text.key,
        };
        own.entry(key).or_default().extend(text.attribute.as_deref());
    }
    let source = file.resource.source();
    let place = |name: &str| {
        let start = (name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(file.place.source, at(start), at(start + name.len()))
    };
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in file.resource.entries() {
        let (used, key) = match entry {
            ast::Entry::Message(message) => {
                let key = message.id.name;
                if let Some(first) = seen.insert(key, place(key)) {
                    let finding =
                        Diagnostic::new(Code::TranslationOfNothing, place(key), format!("`{key}` stands here twice"));
                    out.push(finding.label(first, "the first one").help("the last one counts: leave one of them out"));
                }
                let name = NAMES.iter().any(|kind| key.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-')));
                let known = english.side.has(key) || key == keys::OWN;
                match own.get(key) {
                    // Names may have forms of their own.
                    Some(attributes) if !name => {
                        for attribute in message.attributes.iter().map(|one| one.id.name) {
                            if !attributes.contains(attribute) {
                                let near = near(attribute, attributes.iter().copied());
                                out.push(nothing(&format!("{key}.{attribute}"), near, place(attribute)));
                            }
                        }
                    }
                    Some(_) => {}
                    // A folder of shared files speaks for those too that this policy does not use.
                    None if !known && root => {
                        let all = own.keys().copied().chain(english.side.keys());
                        out.push(nothing(key, near(key, all), place(key)));
                    }
                    None => {}
                }
                let mut used = Used::default();
                used.message(message);
                (used, Some(key))
            }
            ast::Entry::Term(term) => {
                let mut used = Used::default();
                used.pattern(&term.value);
                term.attributes.iter().for_each(|attribute| used.pattern(&attribute.value));
                (used, None)
            }
            ast::Entry::Comment(_)
            | ast::Entry::GroupComment(_)
            | ast::Entry::ResourceComment(_)
            | ast::Entry::Junk { .. } => {
                continue;
            }
        };
        let empty = BTreeSet::new();
        // Of names that the engine does not know, what can stand in the forms of any.
        let kind = key.and_then(|key| key.split('-').next()).map(|kind| format!("{kind}-other-names"));
        let known = key.and_then(|key| english.variables.get(key)).or_else(|| english.variables.get(&kind?));
        let known = known.unwrap_or(&empty);
        for (name, written) in used.variables {
            let formed = known.iter().any(|known| {
                name.strip_prefix(known.as_str())
                    .and_then(|rest| rest.strip_prefix('-'))
                    .is_some_and(|form| side.has_form(form))
            });
            if !known.contains(name) && !formed {
                let help = match known.len() {
                    0 => "nothing is filled in here: write the words themselves".to_owned(),
                    _ => format!(
                        "here can stand {}",
                        known.iter().map(|name| format!("`${name}`")).collect::<Vec<_>>().join(", ")
                    ),
                };
                out.push(
                    Diagnostic::new(Code::PlaceableUnknown, place(written), format!("there is no `${name}` here"))
                        .help(help),
                );
            }
        }
        for (name, written) in used.others {
            if !side.refers(&file.folder, &name) {
                out.push(
                    Diagnostic::new(Code::PlaceableUnknown, place(written), format!("there is no `{name}`"))
                        .help("a placeable is a message or term of this language"),
                );
            }
        }
    }
}

fn nothing(key: &str, near: Option<&str>, place: Span) -> Diagnostic {
    let finding =
        Diagnostic::new(Code::TranslationOfNothing, place, format!("`{key}` belongs to nothing in the policy"));
    finding.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`takeback messages` writes the keys that there are".to_owned(),
    })
}

/// What the placeables of a message name.
#[derive(Default)]
struct Used<'a> {
    /// Variables, with the place of the name.
    variables: Vec<(&'a str, &'a str)>,
    /// Messages, terms (with `-`) and functions (with brackets), with the place of the name.
    others: Vec<(String, &'a str)>,
}

impl<'a> Used<'a> {
    fn message(&mut self, message: &ast::Message<&'a str>) {
        let attributes = message.attributes.iter().map(|attribute| &attribute.value);
        message.value.iter().chain(attributes).for_each(|pattern| self.pattern(pattern));
    }

    fn pattern(&mut self, pattern: &ast::Pattern<&'a str>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expression<&'a str>) {
        match expression {
            ast::Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
            ast::Expression::Inline(inline) => self.inline(inline),
        }
    }

    fn inline(&mut self, inline: &ast::InlineExpression<&'a str>) {
        match inline {
            ast::InlineExpression::StringLiteral { .. } | ast::InlineExpression::NumberLiteral { .. } => {}
            ast::InlineExpression::FunctionReference { id, arguments } => {
                self.others.push((format!("{}()", id.name), id.name));
                self.arguments(arguments);
            }
            ast::InlineExpression::MessageReference { id, attribute } => {
                let name =
                    attribute.as_ref().map_or_else(|| id.name.to_owned(), |one| format!("{}.{}", id.name, one.name));
                self.others.push((name, id.name));
            }
            ast::InlineExpression::TermReference { id, arguments, .. } => {
                self.others.push((format!("-{}", id.name), id.name));
                arguments.iter().for_each(|arguments| self.arguments(arguments));
            }
            ast::InlineExpression::VariableReference { id } => self.variables.push((id.name, id.name)),
            ast::InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: &ast::CallArguments<&'a str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
}
