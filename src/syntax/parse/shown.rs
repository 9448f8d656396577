//! Whether the language reference shows the whole language: every rule of the grammar, wherever the grammar lets it stand, and every
//! word of it, in some example of `docs/reference`. The examples are the blocks marked `takeback`; `tests/docs.rs` checks them
//! and runs their scenarios.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pest::iterators::Pair;
use pest_meta::ast::{Expr, RuleType};
use pest_meta::parser as meta;

use super::grammar::{Rule, parse};

/// Rules for text that is no sentence.
const NOT_SENTENCES: &[&str] = &["stray_close", "bad_line", "bad_block", "bad_except"];
/// Words that need no example, and why.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("month", "", "one month stands for all"),
    ("unit", "business", "read where no business day can be counted, so that the finding says so"),
    ("x_status_word", "unsettled", "a policy without errors leaves nothing unsettled"),
];

#[test]
fn the_reference_shows_every_form() {
    let grammar = Shape::of(include_str!("../../../grammar/takeback.pest"));
    let mut missing = Seen::default();
    grammar.reach("file", &mut missing);
    for example in examples() {
        let pairs = parse(Rule::file, &example).unwrap_or_else(|error| panic!("{example}\n{error}"));
        pairs.for_each(|pair| strike(pair, &grammar, &mut missing));
    }
    let forms = missing.forms.iter().map(|(around, inside)| format!("`{inside}` in `{around}`"));
    let words = missing.words.iter().map(|(rule, word)| format!("the word \"{word}\" of `{rule}`"));
    let missing: Vec<String> = forms.chain(words).collect();
    let message = "no checked example in docs/reference shows these forms of grammar/takeback.pest";
    assert!(missing.is_empty(), "{message}:\n{}", missing.join("\n"));
}

/// What is to be shown: a rule inside another, and the words that rules of a single word or phrase can be.
#[derive(Default)]
struct Seen {
    forms: BTreeSet<(String, String)>,
    words: BTreeSet<(String, String)>,
    done: BTreeSet<String>,
}

/// Takes what an example shows off the list.
fn strike(pair: Pair<'_, Rule>, grammar: &Shape, missing: &mut Seen) {
    let rule = format!("{:?}", pair.as_rule());
    let around = place(&rule);
    for word in grammar.words(&rule) {
        if pair.as_str().contains(&word) {
            missing.words.remove(&(rule.clone(), word));
        }
    }
    for inside in pair.into_inner() {
        missing.forms.remove(&(around.to_owned(), format!("{:?}", inside.as_rule())));
        strike(inside, grammar, missing);
    }
}

/// The place that counts: a sentence shown in a clause need not be shown again in an exception or in the law.
fn place(rule: &str) -> &str {
    match rule {
        "except" | "law_item" => "clause_item",
        "except_head" | "law_head" => "clause_head",
        "library_item" => "policy_item",
        rule => rule,
    }
}

/// The blocks marked `takeback` of the language reference.
fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let (mut open, mut block) = (false, String::new());
        for line in text.lines() {
            match (line.trim_start().strip_prefix("```"), open) {
                (Some(kind), false) => open = kind.trim() == "takeback",
                (Some(_), true) => {
                    open = false;
                    found.push(std::mem::take(&mut block));
                }
                (None, true) => block += &format!("{line}\n"),
                (None, false) => {}
            }
        }
    }
    found
}

/// The rules of a grammar, by name.
struct Shape(BTreeMap<String, (RuleType, Expr)>);

impl Shape {
    fn of(text: &str) -> Self {
        let pairs = meta::parse(meta::Rule::grammar_rules, text).unwrap();
        let rules = meta::consume_rules(pairs).unwrap();
        Self(rules.into_iter().map(|rule| (rule.name, (rule.ty, rule.expr))).collect())
    }

    /// All that can stand in a rule, and in the rules in it.
    fn reach(&self, rule: &str, out: &mut Seen) {
        if !out.done.insert(rule.to_owned()) {
            return;
        }
        out.words.extend(self.words(rule).into_iter().map(|word| (rule.to_owned(), word)));
        let mut inside = BTreeSet::new();
        if let Some((kind, expression)) = self.0.get(rule)
            && *kind != RuleType::Atomic
        {
            self.inside(expression, &mut inside);
        }
        for name in inside {
            out.forms.insert((place(rule).to_owned(), name.clone()));
            self.reach(&name, out);
        }
    }

    /// The rules that can stand in an expression, those of silent rules for themselves.
    fn inside(&self, expression: &Expr, out: &mut BTreeSet<String>) {
        if let Expr::Ident(name) = expression {
            match self.0.get(name) {
                _ if NOT_SENTENCES.contains(&name.as_str()) => {}
                Some((RuleType::Silent, expression)) => self.inside(expression, out),
                Some(_) => drop(out.insert(name.clone())),
                None => {}
            }
        }
        parts(expression).into_iter().for_each(|part| self.inside(part, out));
    }

    /// The words of a rule that is a word or a phrase.
    fn words(&self, rule: &str) -> Vec<String> {
        let mut words = Vec::new();
        if let Some((RuleType::Atomic, expression)) = self.0.get(rule) {
            texts(expression, &mut words);
        }
        let excused =
            |word: &str| EXCUSED.iter().any(|(of, only, _)| *of == rule && (only.is_empty() || *only == word));
        words.retain(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !excused(word));
        words
    }
}

fn texts(expression: &Expr, out: &mut Vec<String>) {
    if let Expr::Str(text) = expression {
        out.push(text.clone());
    }
    parts(expression).into_iter().for_each(|part| texts(part, out));
}

/// The parts of an expression that take text: what must not follow is none.
fn parts(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::Seq(left, right) | Expr::Choice(left, right) => vec![left, right],
        Expr::Opt(inner)
        | Expr::Rep(inner)
        | Expr::RepOnce(inner)
        | Expr::RepExact(inner, _)
        | Expr::RepMin(inner, _)
        | Expr::RepMax(inner, _)
        | Expr::RepMinMax(inner, _, _)
        | Expr::Push(inner) => vec![inner],
        _ => Vec::new(),
    }
}
