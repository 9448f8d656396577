//! What is wrong with a sentence that could not be read: it is read again with the rule of its place, and the furthest
//! point pest came to tells what was found and what was expected there, in the words of the language.

use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::Pair;

use super::grammar::Grammar;
use super::words::{Place, Words, first_word, words};
use super::{Cx, Rule, braces, items, scenarios, statements};
use crate::diagnostic::{Code, Diagnostic, Edit, near};
use crate::source::{Span, Spanned};
use crate::syntax::ast::Bad;

/// How many bad sentences of a file are explained; the others are counted.
const EXPLAINED: usize = 200;

/// Where pest stopped.
pub(super) fn place(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(place) | InputLocation::Span((place, _)) => place,
    }
}

/// Says how many bad sentences there were beyond those that are explained.
pub(super) fn summarise(cx: &mut Cx<'_>) {
    let more = cx.bad_runs.saturating_sub(EXPLAINED);
    if more > 0 {
        let message = match more {
            1 => "one more sentence of this file cannot be read".to_owned(),
            more => format!("{more} more sentences of this file cannot be read"),
        };
        let end = cx.source.whole().after();
        cx.out.push(Diagnostic::new(Code::NotASentence, end, message).help("repair the ones above first"));
    }
}

/// A closing brace too many.
pub(super) fn stray_close(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>) {
    cx.bad_runs += 1;
    if cx.bad_runs <= EXPLAINED {
        let finding = Diagnostic::new(Code::StrayBrace, cx.span(pair), "this `}` closes no block");
        cx.out.push(finding.help("remove it, or look above it for a block that ends too early"));
    }
}

/// A sentence that cannot be read.
pub(super) fn bad_line(cx: &mut Cx<'_>, pair: &Pair<'_, Rule>, place: Place) -> Bad {
    let span = cx.span(pair);
    cx.bad_runs += 1;
    if cx.bad_runs <= EXPLAINED {
        let run = Run { text: pair.as_str().trim_end(), start: cx.base + pair.as_span().start(), place, block: false };
        let finding = run.explain(cx);
        cx.out.push(finding);
    }
    Bad { span, label: None, inside: Vec::new() }
}

/// A block that cannot be read, or cannot stand here. What is inside is read as its head promises.
pub(super) fn bad_block(cx: &mut Cx<'_>, pair: Pair<'_, Rule>, place: Place) -> Bad {
    let start = pair.as_span().start();
    let brace = cx.base + start + pair.as_str().find('{').unwrap_or(0);
    let mut inner = pair.into_inner();
    let head = match inner.peek() {
        Some(head) if head.as_rule() == Rule::bad_line => inner.next(),
        Some(_) | None => None,
    };
    let text = head.as_ref().map_or("", |head| head.as_str().trim_end());
    let run = Run { text, start: cx.base + start, place, block: true };
    let span = match &head {
        Some(head) => cx.span(head),
        None => cx.place(brace, brace + 1),
    };
    cx.bad_runs += 1;
    if cx.bad_runs <= EXPLAINED {
        let finding = match head {
            Some(_) => run.explain(cx),
            None => Diagnostic::new(Code::NotASentence, span, "this block has no head")
                .help("a block begins with its head, such as `clause returns {`"),
        };
        cx.out.push(finding);
    }
    let block = run.likely_block();
    let label = matches!(block, Some("clause" | "except")).then(|| run.label(cx)).flatten();
    if place == Place::Clause {
        return Bad { span, label, inside: statements::statements(cx, inner) };
    }
    let mut bad = Bad { span, label, inside: Vec::new() };
    let (Some(inside), Some(block)) = (inner.next(), block) else { return bad };
    match block {
        "clause" | "except" => {
            bad.inside = cx.inside(Rule::inside_clause, &inside, statements::statements).unwrap_or_default();
        }
        "policy" | "library" => drop(cx.inside(Rule::inside_header, &inside, items::header)),
        "choices" => drop(cx.inside(Rule::inside_choices, &inside, items::choice_lines)),
        "form" => drop(cx.inside(Rule::inside_form, &inside, items::form_lines)),
        _ => drop(cx.inside(Rule::inside_scenario, &inside, scenarios::scenario_lines)),
    }
    bad
}

/// The words that begin a block.
const BLOCKS: [&str; 7] = ["clause", "except", "policy", "library", "choices", "form", "scenario"];

/// A sentence, or the head of a block, that cannot be read.
#[derive(Clone, Copy)]
struct Run<'t> {
    text: &'t str,
    /// Where it begins in the balanced text.
    start: usize,
    place: Place,
    /// Whether `{` follows.
    block: bool,
}

/// How far one rule came.
struct Reached {
    at: usize,
    expected: Vec<Rule>,
}

impl Run<'_> {
    fn explain(self, cx: &Cx<'_>) -> Diagnostic {
        if let Some(finding) = self.open_text(cx) {
            return finding;
        }
        let sentence = self.reach(self.place.sentence(), self.text);
        let head = match self.place.head() {
            Some(head) => self.reach(head, self.text),
            None => Err(Reached { at: 0, expected: Vec::new() }),
        };
        match (sentence, head) {
            (Ok(()), _) => self.no_block_here(cx),
            (Err(_), Ok(())) => self.no_block(cx),
            (Err(sentence), Err(head)) => {
                let reached =
                    if head.at > sentence.at || (head.at == sentence.at && self.block) { head } else { sentence };
                match self.begins_badly(cx, &reached) {
                    Some(finding) => finding,
                    None => self.expected(cx, &reached),
                }
            }
        }
    }

    fn reach(self, rule: Rule, text: &str) -> Result<(), Reached> {
        match Grammar::parse(rule, text) {
            Ok(_) => Ok(()),
            Err(error) => {
                let at = place(&error);
                match error.variant {
                    ErrorVariant::ParsingError { positives, negatives: _ } => Err(Reached { at, expected: positives }),
                    ErrorVariant::CustomError { message: _ } => Err(Reached { at, expected: Vec::new() }),
                }
            }
        }
    }

    fn finding(self, cx: &Cx<'_>, at: usize, length: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::NotASentence, self.span(cx, at, length), message)
    }

    fn span(self, cx: &Cx<'_>, at: usize, length: usize) -> Span {
        cx.place(self.start + at, self.start + at + length)
    }

    /// A quotation mark without its partner.
    fn open_text(self, cx: &Cx<'_>) -> Option<Diagnostic> {
        let mut at = 0;
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find(['"', '#'])) {
            at += found;
            let rest = self.text.get(at..)?;
            let length = match rest.strip_prefix('#') {
                Some(_) => rest.find(['\n', '\r']).unwrap_or(rest.len()),
                None => braces::quoted(rest),
            };
            let taken = rest.get(..length)?;
            if taken.starts_with('"') && (length == 1 || !taken.ends_with('"')) {
                let message = "this text has no closing quotation mark on its line";
                let finding = self.finding(cx, at, taken.trim_end().len(), message);
                return Some(finding.help("put `\"` at the end of the text; a text cannot go over a line break"));
            }
            at += length;
        }
        None
    }

    /// A whole sentence, and then a block.
    fn no_block_here(self, cx: &Cx<'_>) -> Diagnostic {
        let message = match self.place.head() {
            Some(_) => "this sentence cannot have a block".to_owned(),
            None => format!("a block cannot stand {}", self.place.here()),
        };
        self.finding(cx, 0, self.text.len(), message)
    }

    /// The head of a block, and no block.
    fn no_block(self, cx: &Cx<'_>) -> Diagnostic {
        let finding = self.finding(cx, self.text.len(), 0, "expected `{`, found the end of the line");
        finding
            .label(self.span(cx, 0, self.text.len()), "this begins a block")
            .help("put `{` after it and `}` after its last line")
    }

    /// The first word begins no sentence here.
    fn begins_badly(self, cx: &Cx<'_>, reached: &Reached) -> Option<Diagnostic> {
        let word = first_token(self.text);
        let second = self.text.get(word.len()..)?.trim_start();
        // Any label can begin `a overrides b`; that is no help to who did not want to say it.
        let only_overrides = reached.expected == [Rule::k_overrides] && reached.at == self.text.len() - second.len();
        let meant = near(first_token(second), ["overrides"]).is_some();
        if reached.at > 0 && (!only_overrides || meant) {
            return None;
        }
        if !word.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            let finding = self.finding(cx, 0, word.len(), format!("expected a sentence, found {}", quote(word)));
            return Some(straight_quotes(finding, word));
        }
        let here = self.place.here();
        let mut finding = self.finding(cx, 0, word.len(), format!("`{word}` does not begin a sentence {here}"));
        let begins = self.place.begins();
        let known: Vec<&str> = begins.iter().map(|begin| first_word(begin)).collect();
        let small = word.to_lowercase();
        if let Some(meant) =
            known.iter().copied().find(|begin| *begin == small).or_else(|| near(word, known.iter().copied()))
        {
            finding = did_you_mean(finding, meant);
        } else if self.place == Place::Clause && word == "clause" {
            finding = finding.help("an exception inside a clause begins with `except`");
        } else if word == "except" {
            finding = finding.help("an exception stands inside the clause it is an exception to");
        } else if let Some(other) = Place::of(word).next() {
            finding = finding.help(format!("a sentence with `{word}` stands {}", other.here()));
        } else if known.contains(&word) {
            let wanted = begins.iter().filter(|begin| first_word(begin) == word).map(|begin| quote(begin));
            finding = finding.help(format!("it begins with {}", any_of(wanted.collect())));
        } else {
            let known = begins.iter().map(|begin| quote(begin)).collect();
            finding = finding.help(format!("a sentence here begins with {}", any_of(known)));
        }
        Some(finding)
    }

    /// What was expected, and what was found instead.
    fn expected(self, cx: &Cx<'_>, reached: &Reached) -> Diagnostic {
        let (mut phrases, mut spellings) = (Vec::new(), Vec::new());
        for rule in &reached.expected {
            match words(*rule) {
                Words::Keyword(word) => spellings.push(word),
                Words::OneOf(several) => spellings.extend(several),
                Words::Phrase(phrase) => phrases.push(phrase.to_owned()),
                Words::Never => {}
            }
        }
        let mut expected = Vec::new();
        for phrase in spellings.iter().map(|spelling| quote(spelling)).chain(phrases) {
            if !expected.contains(&phrase) {
                expected.push(phrase);
            }
        }
        let rest = self.text.get(reached.at..).unwrap_or("");
        let found = first_token(rest);
        let what = match found {
            "" if self.block => "`{`".to_owned(),
            "" => "the end of the line".to_owned(),
            found => quote(found),
        };
        let message = match expected.is_empty() {
            true => format!("this sentence cannot go on with {what}"),
            false => format!("expected {}, found {what}", any_of(expected)),
        };
        let finding = straight_quotes(self.finding(cx, reached.at, found.len(), message), found);
        match near(found, spellings.iter().flat_map(|spelling| [*spelling, first_word(spelling)])) {
            Some(meant) => did_you_mean(finding, meant),
            None => self.comma_missing(finding, reached),
        }
    }

    /// Adds that a comma would do, when it would.
    fn comma_missing(self, finding: Diagnostic, reached: &Reached) -> Diagnostic {
        let (Some(before), Some(after)) = (self.text.get(..reached.at), self.text.get(reached.at..)) else {
            return finding;
        };
        if !reached.expected.contains(&Rule::comma_sign) || after.is_empty() {
            return finding;
        }
        let better = format!("{}, {after}", before.trim_end());
        let further = |rule| match self.reach(rule, &better) {
            Ok(()) => true,
            Err(next) => next.at > reached.at + 2,
        };
        match further(self.place.sentence()) || self.place.head().is_some_and(further) {
            true => finding.help("a comma is missing before it"),
            false => finding,
        }
    }

    /// The kind of block that the head begins, or nearly begins.
    fn likely_block(self) -> Option<&'static str> {
        let word = first_token(self.text);
        let known = BLOCKS.into_iter().find(|block| *block == word);
        known.or_else(|| near(word, BLOCKS))
    }

    /// The second word of the head.
    fn label(self, cx: &Cx<'_>) -> Option<Spanned<String>> {
        let word = first_token(self.text);
        let rest = self.text.get(word.len()..)?.trim_start();
        let label = first_token(rest);
        let span = self.span(cx, self.text.len() - rest.len(), label.len());
        let begins = label.starts_with(|first: char| first.is_alphabetic() || first == '_');
        begins.then(|| Spanned::new(label.to_owned(), span))
    }
}

fn did_you_mean(finding: Diagnostic, meant: &str) -> Diagnostic {
    let edit = Edit::new(finding.span, meant);
    finding.help(format!("did you mean `{meant}`?")).fix(format!("replace with `{meant}`"), vec![edit])
}

fn straight_quotes(finding: Diagnostic, found: &str) -> Diagnostic {
    match found.starts_with(['“', '”', '„', '‟', '«', '»', '‘', '’', '\'']) {
        true => finding.help("text stands in straight double quotation marks: \"…\""),
        false => finding,
    }
}

/// The first word, number, text or sign.
fn first_token(text: &str) -> &str {
    let length = match text.chars().next() {
        None => 0,
        Some('"') => braces::quoted(text),
        Some(first) if is_word(first) => {
            let inside = |at, other| is_word(other) || (other == '.' && text.get(at + 1..).is_some_and(|rest| rest.starts_with(is_word)));
            let end = text.char_indices().find(|(at, other)| !inside(*at, *other)).map_or(text.len(), |(at, _)| at);
            end + usize::from(text.get(end..).is_some_and(|rest| rest.starts_with('%')))
        }
        Some(first) => first.len_utf8(),
    };
    text.get(..length).unwrap_or(text)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

fn quote(words: &str) -> String {
    const LONGEST: usize = 40;
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", words.get(..end).unwrap_or(words)),
        None => format!("`{words}`"),
    }
}

/// `a, b or c`.
fn any_of(mut several: Vec<String>) -> String {
    match several.pop() {
        Some(last) if several.is_empty() => last,
        Some(last) => format!("{} or {last}", several.join(", ")),
        None => String::new(),
    }
}
