//! The examples in the documents are policies. Every block marked `takeback` is checked without a finding, and its scenarios pass; in
//! a page of `docs/codes` the example gives the page's code and no other, and what is better gives none. What a block leaves out
//! because it is not about it, header and choices, is put in front of it; a line `# file: forms.takeback` begins another file.
//! Blocks marked `takeback-forms` list forms of sentences: what `…` leaves out is left out, and the rest is read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use takeback::Policy;
use takeback::diagnostic::{Code, Report};
use takeback::render::{Style, render};
use takeback::scenario::{self, Outcome};
use takeback::source::{Source, SourceId, SourceSet};
use takeback::syntax::parse;

use crate::cases::root;

/// A block of a document.
struct Block {
    /// The file and the line it begins on.
    place: String,
    /// The words after the three backticks.
    kind: String,
    /// The heading above it.
    heading: String,
    text: String,
}

#[test]
fn examples_are_policies() {
    let mut failures = Vec::new();
    let mut count = 0;
    for document in documents().iter().filter(|path| !path.starts_with(root().join("docs/codes"))) {
        for block in blocks(document) {
            let found = match block.kind.as_str() {
                "takeback" => clean(&block.text),
                "takeback-forms" => forms(&block.text),
                _ => continue,
            };
            count += 1;
            failures.extend(found.map(|found| format!("{}: {found}", block.place)));
        }
    }
    assert!(count > 4, "only {count} blocks");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Codes whose example cannot stand in a document. What it would look like is told in words.
const TOLD: &[Code] = &[Code::FileTooLarge, Code::NotUtf8];

/// Codes about message files, and the policy that their examples stand beside.
const MESSAGES: &[Code] =
    &[Code::TranslationMissing, Code::TranslationOfNothing, Code::PlaceableUnknown, Code::MessagesNotRead];
const WITH_WORDS: &str = "clause everything \"Thirty days\" {\n  accept refund\n  start sold\n  window 30 days\n  basis price paid\n  \
                          pay original tender\n  say \"Thank you\"\n}\n";

#[test]
fn code_pages_show_their_code() {
    let mut failures = Vec::new();
    for code in Code::ALL {
        let page = root().join(format!("docs/codes/{code}.md"));
        let blocks = blocks(&page);
        let headings: Vec<&str> = blocks.iter().map(|block| block.heading.as_str()).collect();
        if !headings.contains(&"Example") || !headings.contains(&"Better") {
            failures.push(format!("{code}: no block under `Example`, or none under `Better`"));
        }
        for block in &blocks {
            let example = block.heading == "Example";
            if example && TOLD.contains(code) {
                continue;
            }
            let kind = if MESSAGES.contains(code) { "ftl" } else { "takeback" };
            let (sources, result) = match kind {
                "ftl" => compile_with(&whole(WITH_WORDS, None), &block.text),
                _ => compile(&whole(&block.text, Some(*code))),
            };
            let report = match result {
                Ok(policy) if *code == Code::Unverified => policy.unverified().clone(),
                Ok(policy) => policy.warnings().clone(),
                Err(report) => report,
            };
            let found: BTreeSet<Code> = report.iter().map(|finding| finding.code).collect();
            let expected = if example { BTreeSet::from([*code]) } else { BTreeSet::new() };
            if block.kind != kind {
                failures.push(format!("{}: the block is not marked `{kind}`", block.place));
            } else if found != expected {
                let text = render(&report, &sources, Style::Plain);
                failures.push(format!("{}: expected {expected:?}, found {found:?}\n{text}", block.place));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_code_page_is_of_a_code() {
    let mut pages = Vec::new();
    below(&root().join("docs/codes"), &mut pages);
    let codes = Code::ALL.iter().map(|code| root().join(format!("docs/codes/{code}.md")));
    pages.sort();
    assert_eq!(pages, codes.collect::<Vec<_>>(), "a page without a code, or a code without a page");
}

/// The policy in the README is that of the shop it names, but for what `…` leaves out.
#[test]
fn the_readme_shows_the_shop() {
    let shop = fs::read_to_string(root().join("policies/stores/corner-shop/northwind.takeback")).expect("the shop");
    let blocks = blocks(&root().join("README.md"));
    let shown = blocks.iter().find(|block| block.kind == "text").expect("a policy in the README");
    let mut lines = shop.lines();
    for line in shown.text.lines().filter(|line| line.trim() != "…") {
        assert!(lines.any(|known| known == line), "{}: not in the shop, or not there: {line}", shown.place);
    }
}

/// Every document of the repository.
pub(crate) fn documents() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md"), root().join("ARCHITECTURE.md"), root().join("pkg/README.md")];
    found.retain(|path| path.exists());
    for folder in ["docs", "grammar", "policies"] {
        below(&root().join(folder), &mut found);
    }
    found.sort();
    found
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository can be read") {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

fn blocks(document: &Path) -> Vec<Block> {
    let text = fs::read_to_string(document).expect("a document can be read");
    let name = document.strip_prefix(root()).unwrap_or(document).display().to_string();
    let (mut found, mut heading, mut open): (Vec<Block>, String, Option<Block>) = (Vec::new(), String::new(), None);
    for (at, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(kind), None) => {
                let (place, kind) = (format!("{name}:{}", at + 1), kind.trim().to_owned());
                open = Some(Block { place, kind, heading: heading.clone(), text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix('#') {
                    heading = title.trim_start_matches('#').trim().to_owned();
                }
            }
        }
    }
    found
}

/// What the parser says of a text.
fn read(text: &str) -> Option<String> {
    let source = Source::new(SourceId(0), "block", text);
    let (_, findings) = parse(&source);
    let first = findings.first()?;
    Some(format!("line {}: {}", source.position(first.span.start).line, first.message))
}

/// What is wrong with an example that should be right: findings, or scenarios that fail.
fn clean(text: &str) -> Option<String> {
    let (sources, result) = compile(&whole(text, None));
    match result {
        Ok(policy) if policy.warnings().is_empty() => {
            let failed = policy.test().into_iter().filter(|result| result.outcome != Outcome::Passed);
            let told: String = failed.map(|result| scenario::render(&result)).collect();
            (!told.is_empty()).then_some(told)
        }
        Ok(policy) => Some(render(policy.warnings(), &sources, Style::Plain)),
        Err(report) => Some(render(&report, &sources, Style::Plain)),
    }
}

/// What the parser says of sentence forms, at the top of a file or in a clause.
fn forms(text: &str) -> Option<String> {
    let filled = text.replace("when … {", "when item.final_sale {").replace("\"…\"", "\"text\"").replace('…', "");
    let inside = format!("clause forms {{\n{filled}}}\n");
    read(&filled).and_then(|found| read(&inside).map(|_| found))
}

/// A file of an example: its name and its text.
type File = (String, String);

/// An example with what it leaves out: the header, and every choice but the one that a page is about.
fn whole(text: &str, about: Option<Code>) -> Vec<File> {
    const HEADER: &str = "policy \"Shop\" version \"1\" {\n  in force from 2026-01-01 by date sold, otherwise date requested\n  \
                          currency USD\n  time zone \"America/New_York\"\n}\n";
    let choices = [
        ("days counted from", "the day after", Code::FirstDayNotSaid),
        ("months", "end on the last day", Code::MonthEndNotSaid),
        ("rounding", "half up", Code::RoundingNotSaid),
        ("cash", "not rounded", Code::CashNotSaid),
        ("discounts", "shared in proportion", Code::DiscountsNotSaid),
        ("tax", "returned in full", Code::TaxNotSaid),
        ("extensions", "add up", Code::ExtensionsNotSaid),
        ("split payments", "as tendered", Code::SplitPaymentsNotSaid),
        ("without received", "use sold", Code::MissingDateNotSaid),
        ("deadline met", "when told", Code::DeadlineEventNotSaid),
        ("late returns", "final", Code::LateReturnsNotSaid),
        ("lines", "each by itself", Code::LinesNotSaid),
        ("fee restocking", "per line, untaxed", Code::FeeTermsNotSaid),
    ];
    let made = |choice: &str| {
        let mut open = false;
        text.lines().any(|line| {
            open = (open || line.trim_start().starts_with("choices")) && !line.starts_with('}');
            open && line.trim_start().trim_start_matches("choices {").trim_start().starts_with(choice)
        })
    };
    let taken = |choice: &str| !choice.starts_with("fee") || text.contains("restocking");
    let added: Vec<String> = choices
        .iter()
        .filter(|(choice, _, own)| Some(*own) != about && !made(choice) && taken(choice))
        .map(|(choice, value, _)| format!("  {choice} {value}\n"))
        .collect();
    let added = format!("choices {{\n{}}}\n", added.concat());
    let mut files = split(text);
    let Some((_, first)) = files.first_mut() else { return files };
    if first.contains("library \"") {
        files.insert(0, ("shop.takeback".to_owned(), format!("{HEADER}{added}use \"1.takeback\"\n")));
    } else if first.contains("policy \"") {
        let headed = files.iter_mut().filter(|(_, file)| file.contains("policy \""));
        headed.for_each(|(_, file)| file.push_str(&added));
    } else {
        first.insert_str(0, &format!("{HEADER}{added}"));
    }
    files
}

/// The files of an example: a header of a policy begins one, and so does `# file: …`.
fn split(text: &str) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    for line in text.lines() {
        let named = line.strip_prefix("# file: ");
        let another = line.starts_with("policy ") && files.last().is_some_and(|(_, file)| file.contains("policy \""));
        if files.is_empty() || named.is_some() || another {
            let name = named.map_or_else(|| format!("{}.takeback", files.len() + 1), str::to_owned);
            files.push((name, String::new()));
        }
        if let Some((_, file)) = files.last_mut() {
            *file += &format!("{line}\n");
        }
    }
    files
}

/// The files with a message file beside them.
fn compile_with(files: &[File], messages: &str) -> (SourceSet, Result<Policy, Report>) {
    let beside = [("messages/sl.ftl".to_owned(), messages.to_owned())];
    compile(&files.iter().cloned().chain(beside).collect::<Vec<_>>())
}

fn compile(files: &[File]) -> (SourceSet, Result<Policy, Report>) {
    let mut sources = SourceSet::new();
    for (name, file) in files {
        sources.add(name, file.as_str()).expect("each name is used once");
    }
    let policy = Policy::compile(&sources);
    (sources, policy)
}
