//! What is wrong with a sentence that cannot be read: it is read again with the rules of its place, and the furthest
//! point pest came to tells what was found and what was expected there, in the words of the language.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::places::{Place, first_word};
use super::words::{Words, words};
use super::{Cx, Rule, braces, grammar};
use crate::diagnostic::{Code, Diagnostic, Edit, near};
use crate::source::{Span, Spanned};

/// A sentence, or the head of a block, that cannot be read.
#[derive(Clone, Copy)]
pub(super) struct Run<'t> {
    pub(super) text: &'t str,
    /// Where it begins in the balanced text.
    pub(super) start: usize,
    pub(super) place: Place,
    /// Whether `{` follows.
    pub(super) block: bool,
}

/// Where pest stopped.
pub(super) fn stop(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(place) | InputLocation::Span((place, _)) => place,
    }
}

/// How far one rule came.
struct Reached {
    at: usize,
    expected: Vec<Rule>,
    /// Whether it was the rule for the head of a block.
    head: bool,
}

impl Run<'_> {
    /// The finding.
    pub(super) fn explain(self, cx: &Cx<'_>) -> Diagnostic {
        if let Some(finding) = self.open_text(cx) {
            return finding;
        }
        let sentence = self.reach(self.place.sentence(), self.text);
        let head = self.place.head().map(|head| self.reach(head, self.text));
        let reached = match (sentence, head) {
            (Ok(()), _) => return self.no_block_here(cx),
            (Err(_), Some(Ok(()))) => return self.no_block(cx),
            (Err(sentence), Some(Err(head))) if head.at > sentence.at || (head.at == sentence.at && self.block) => {
                Reached { head: true, ..head }
            }
            (Err(sentence), _) => sentence,
        };
        self.begins_badly(cx, &reached).unwrap_or_else(|| self.expected(cx, &reached))
    }

    fn reach(self, rule: Rule, text: &str) -> Result<(), Reached> {
        match grammar::parse(rule, text) {
            Ok(_) => Ok(()),
            Err(error) => {
                let at = stop(&error);
                let expected = match error.variant {
                    ErrorVariant::ParsingError { positives, negatives: _ } => positives,
                    ErrorVariant::CustomError { message: _ } => Vec::new(),
                };
                Err(Reached { at, expected, head: false })
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
        let message = format!("`{word}` does not begin a sentence {}", self.place.here());
        let finding = self.finding(cx, 0, word.len(), message);
        let begins = self.place.begins();
        let known: Vec<&str> = begins.iter().map(|begin| first_word(begin)).collect();
        let small = word.to_lowercase();
        let meant = known.iter().copied().find(|begin| *begin == small && small != word);
        let meant = meant.or_else(|| near(word, known.iter().copied()));
        let other = Place::of(word).find(|other| *other != self.place).map(Place::here);
        Some(match (word, meant, other) {
            ("clause", _, _) if self.place == Place::Clause => {
                finding.help("an exception inside a clause begins with `except`")
            }
            ("except", _, _) => finding.help("an exception stands inside the clause it is an exception to"),
            (_, Some(meant), Some(other)) => {
                finding.help(format!("a sentence with `{word}` stands {other}; or did you mean `{meant}`?"))
            }
            (_, Some(meant), None) => did_you_mean(finding, meant),
            (_, None, Some(other)) => finding.help(format!("a sentence with `{word}` stands {other}")),
            (_, None, None) => finding.help(match (self.place.has(word), Place::near(word)) {
                (true, _) => {
                    let own = begins.iter().filter(|begin| first_word(begin) == word).map(|begin| quote(begin));
                    format!("it begins with {}", any_of(own.collect()))
                }
                (false, Some((meant, place))) => format!("did you mean `{meant}`? It stands {}", place.here()),
                (false, None) => {
                    let begins = any_of(begins.iter().map(|begin| quote(begin)).collect());
                    let labels = match self.place {
                        Place::File | Place::Clause => "; or with labels of clauses: `no-receipt overrides phones`",
                        Place::Header | Place::Choices | Place::Form | Place::Scenario => "",
                    };
                    format!("a sentence here begins with {begins}{labels}")
                }
            }),
        })
    }

    /// What was expected, and what was found instead.
    fn expected(self, cx: &Cx<'_>, reached: &Reached) -> Diagnostic {
        let rest = self.text.get(reached.at..).unwrap_or("");
        let (mut spelled, mut phrases, mut spellings) = (Vec::new(), Vec::new(), Vec::new());
        for rule in &reached.expected {
            match words(*rule) {
                // Any label can go on with `overrides`; that is worth saying only to who nearly wrote it.
                Words::Keyword("overrides") if reached.expected.len() > 1 => spellings.push("overrides"),
                Words::Keyword(word) => spelled.push(word),
                Words::OneOf(several) => spelled.extend(several),
                Words::Phrase(_) if *rule == Rule::EOI && reached.head => spelled.push("{"),
                Words::Phrase(phrase) => phrases.push(phrase.to_owned()),
                Words::Like(phrase, several) => {
                    phrases.push(phrase.to_owned());
                    spellings.extend(several);
                }
                Words::Never => {}
            }
        }
        spellings.extend(&spelled);
        let mut expected = Vec::new();
        for phrase in spelled.iter().map(|spelling| quote(spelling)).chain(phrases) {
            if !expected.contains(&phrase) {
                expected.push(phrase);
            }
        }
        let found = spellings.iter().map(|spelling| as_many_words(rest, spelling)).max_by_key(|found| found.len());
        let found = found.unwrap_or_else(|| first_token(rest));
        let what = match found {
            "" if self.block && rest.is_empty() => quote("{"),
            "" => "the end of the line".to_owned(),
            found => quote(found),
        };
        let message = match expected.is_empty() {
            true => format!("this sentence cannot go on with {what}"),
            false => format!("expected {}, found {what}", any_of(expected)),
        };
        let finding = straight_quotes(self.finding(cx, reached.at, found.len(), message), found);
        let meant = near(found, spellings.iter().copied());
        match meant.or_else(|| near(first_token(found), spellings.iter().map(|spelling| first_word(spelling)))) {
            Some(meant) if meant.contains(' ') || !found.contains(' ') => did_you_mean(finding, meant),
            Some(_) | None => self.advise(finding, reached, found),
        }
    }

    /// What helps with slips that are made often.
    fn advise(self, finding: Diagnostic, reached: &Reached, found: &str) -> Diagnostic {
        let expects = |rule| reached.expected.contains(&rule);
        let (before, after) = (self.text.get(..reached.at).unwrap_or(""), self.text.get(reached.at..).unwrap_or(""));
        let digit = |character: char| character.is_ascii_digit();
        if expects(Rule::relation)
            && let Some(word) = sign_in_words(after)
        {
            return finding.help(format!("comparisons are written in words, here {word}"));
        }
        if let Some(help) = self.often_meant(expects, before.trim_end(), after) {
            return finding.help(help);
        }
        if expects(Rule::k_if) && matches!(found, "when" | "for" | "on") {
            return finding.help(
                "what comes of the return follows `if`: `if expired`; facts are asked in the head of a clause, with `when`",
            );
        }
        if expects(Rule::currency) {
            if after.strip_prefix(',').is_some_and(|rest| rest.starts_with(digit)) {
                return finding.help("numbers are written without commas: `1999.00 USD`, `12.5%`");
            }
            if found.len() == 3 && found.bytes().all(|byte| byte.is_ascii_lowercase()) {
                return did_you_mean(finding, &found.to_uppercase());
            }
            if found == "%" {
                return finding.help("`%` follows its number without a blank");
            }
            if before.trim_end().ends_with(digit) {
                return finding.help("an amount has its currency, `15.00 USD`; a percentage has its sign, `15%`");
            }
        }
        self.comma_missing(finding, reached)
    }

    /// What another sentence, or another order of words, says as the author meant it.
    fn often_meant(self, expects: impl Fn(Rule) -> bool, before: &str, after: &str) -> Option<&'static str> {
        let next = first_token(after);
        match first_token(self.text) {
            "season" if expects(Rule::k_to) && next == "until" => Some(
                "a season has a first and a last day, and then the day until which its goods come back: `2024-10-07 to 2024-12-31 until 2025-01-31`",
            ),
            "season" if expects(Rule::k_to) && next == "," => Some("a day of one year is written `2024-10-07`"),
            "fee"
                if (expects(Rule::EOI) && next == "plus")
                    || (expects(Rule::bound) && matches!(next, "taxed" | "untaxed")) =>
            {
                Some("whether a fee is taxed stands among the choices: `fee shipping per return, taxed`")
            }
            "expect" if expects(Rule::outcome) => Some("the outcome comes first: `expect accept, refund 45.00 USD`"),
            _ if next == "in" && expects(Rule::value) && before.ends_with("is not") => {
                Some("categories, lists and seasons are asked without `is`: `item not in electronics`")
            }
            _ if next == "in" && expects(Rule::value) && before.ends_with("is") => {
                Some("categories, lists and seasons are asked without `is`: `item in electronics`")
            }
            _ => None,
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

    /// The second word of the head.
    pub(super) fn label(self, cx: &Cx<'_>) -> Option<Spanned<String>> {
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

/// How the comparison that a sign stands for is written.
fn sign_in_words(text: &str) -> Option<&'static str> {
    let signs = [
        (">=", "`at least`"),
        ("≥", "`at least`"),
        (">", "`over`"),
        ("<=", "`at most`"),
        ("≤", "`at most`"),
        ("<>", "`is not`"),
        ("<", "`under`"),
        ("!=", "`is not`"),
        ("≠", "`is not`"),
        ("=", "`is` or `exactly`"),
        (":", "`is`"),
    ];
    signs.into_iter().find(|(sign, _)| text.starts_with(sign)).map(|(_, words)| words)
}

/// The first word, number, text or sign; nothing at the end of a line.
pub(super) fn first_token(text: &str) -> &str {
    let length = match text.chars().next() {
        None | Some('\n' | '\r') => 0,
        Some('"') => braces::quoted(text),
        Some(first) if is_word(first) => {
            let joins = |at, other| other == '.' && text.get(at + 1..).is_some_and(|rest| rest.starts_with(is_word));
            let end = text.char_indices().find(|(at, other)| !is_word(*other) && !joins(*at, *other));
            let end = end.map_or(text.len(), |(at, _)| at);
            end + usize::from(text.get(end..).is_some_and(|rest| rest.starts_with('%')))
        }
        Some(first) => first.len_utf8(),
    };
    text.get(..length).unwrap_or(text)
}

/// As many words as `spelling` has, when it begins with the first of them; else that one.
fn as_many_words<'t>(text: &'t str, spelling: &str) -> &'t str {
    let mut end = first_token(text).len();
    if text.get(..end) == Some(first_word(spelling)) {
        for _ in spelling.split(' ').skip(1) {
            let rest = text.get(end..).unwrap_or("");
            let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let word = first_token(rest.get(gap..).unwrap_or(""));
            if !word.starts_with(is_word) {
                break;
            }
            end += gap + word.len();
        }
    }
    text.get(..end).unwrap_or(text)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// Words as they stand in a message: in backticks, not too long, nothing invisible.
fn quote(words: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = words.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && (only.is_whitespace()
            || only.is_control()
            || matches!(only, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'))
    {
        return format!("the invisible character U+{:04X}", u32::from(only));
    }
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
