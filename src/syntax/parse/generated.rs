//! Whether the walk over the table of the grammar is what pest generates: the same pairs, and for what cannot be read the same place and
//! the same rules that were or were not expected there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::Pairs;
use pest::{Parser as _, RuleType, Token};

use super::grammar::{self, Rule};

/// The parser that pest generates.
mod pests {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/takeback.pest"]
    pub(super) struct Grammar;
}

/// What reading gave, with rules by their names.
#[derive(Debug, PartialEq)]
enum Read {
    /// Begin or end of each pair, and the names of parts.
    Pairs(Vec<(String, usize)>, Vec<String>),
    Error {
        place: InputLocation,
        positives: Vec<String>,
        negatives: Vec<String>,
    },
}

fn pairs<R: RuleType>(pairs: Pairs<'_, R>) -> Read {
    let tags = pairs.clone().flatten().filter_map(|pair| pair.as_node_tag().map(str::to_owned)).collect();
    let tokens = pairs.tokens().map(|token| match token {
        Token::Start { rule, pos } => (format!("{rule:?}"), pos.pos()),
        Token::End { rule, pos } => (format!("/{rule:?}"), pos.pos()),
    });
    Read::Pairs(tokens.collect(), tags)
}

fn error<R: RuleType>(error: Error<R>) -> Read {
    let names = |rules: Vec<R>| rules.iter().map(|rule| format!("{rule:?}")).collect();
    let (positives, negatives) = match error.variant {
        ErrorVariant::ParsingError { positives, negatives } => (names(positives), names(negatives)),
        ErrorVariant::CustomError { message } => panic!("{message}"),
    };
    Read::Error { place: error.location, positives, negatives }
}

/// Reads a text both ways, and says whether it could be read.
fn same(at: usize, text: &str) -> bool {
    let (rule, theirs) = (Rule::all()[at], pests::Rule::all_rules()[at]);
    let ours = grammar::parse(rule, text).map_or_else(|it| error(*it), pairs);
    let theirs = pests::Grammar::parse(theirs, text).map_or_else(error, pairs);
    assert_eq!(ours, theirs, "{rule:?}: {text}");
    matches!(ours, Read::Pairs(..))
}

fn number(name: &str) -> usize {
    Rule::all().iter().position(|rule| format!("{rule:?}") == name).expect(name)
}

/// Files of policies, the blocks of documents, and what fuzzing starts from.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for folder in ["policies", "tests", "docs", "examples", "crates"] {
        collect(&root.join(folder), &mut out);
    }
    for corpus in ["parse", "check"] {
        let lines = fs::read_to_string(root.join(format!("fuzz/corpus/{corpus}.jsonl"))).unwrap();
        let entries = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        out.extend(entries.filter_map(|entry| entry.as_str().map(str::to_owned)));
    }
    out
}

fn collect(folder: &Path, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() && !path.ends_with("node_modules") => collect(&path, out),
            Some("takeback") => out.push(String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()),
            Some("md") => {
                let text = fs::read_to_string(&path).unwrap();
                out.extend(
                    text.split("```takeback").skip(1).map(|block| block.split("```").next().unwrap().to_owned()),
                );
            }
            _ => {}
        }
    }
}

#[test]
fn all_rules_have_their_number() {
    let names: Vec<String> = pests::Rule::all_rules().iter().map(|rule| format!("{rule:?}")).collect();
    assert_eq!(Rule::all().iter().map(|rule| format!("{rule:?}")).collect::<Vec<_>>(), names);
}

#[test]
fn files_are_read_as_by_the_generated_parser() {
    let (texts, file) = (texts(), number("file"));
    let read = texts.iter().filter(|text| same(file, text)).count();
    assert!(texts.len() > 700 && read > 500, "{read} of {}", texts.len());
}

#[test]
fn lines_are_read_and_refused_as_by_the_generated_parser() {
    let texts = texts();
    let lines: BTreeSet<&str> = texts.iter().flat_map(|text| text.lines().map(str::trim)).collect();
    let entries: Vec<usize> =
        (0..Rule::all().len()).filter(|at| format!("{:?}", Rule::all()[*at]).starts_with("explain_")).collect();
    let mut counts = [0, 0];
    for (at, line) in lines.iter().enumerate() {
        // One of the rules for sentences, and any other rule, each in its turn.
        for rule in [entries[at % entries.len()], at % Rule::all().len()] {
            counts[usize::from(same(rule, line))] += 1;
        }
    }
    let [refused, read] = counts;
    assert!(refused > 5000 && read > 1000, "{refused} refused, {read} read");
}
