//! Text to tree, with pest. Only this file and its submodules name pest and its rules.
//!
//! [`braces`] makes sure that every block ends; pest then reads the whole file, where the grammar turns what it cannot
//! read into bad lines and bad blocks; [`items`], [`statements`], [`conditions`], [`forms`] and [`scenarios`] build the tree from
//! pest's pairs; [`recover`] keeps what is bad, and [`explain`] says what is wrong with it. Builders return `None` after
//! they have pushed a finding, and what they were reading becomes `Bad`.

mod braces;
mod conditions;
mod explain;
mod forms;
#[cfg(test)]
mod generated;
mod grammar;
mod items;
mod leaves;
mod places;
mod recover;
mod scenarios;
#[cfg(test)]
mod shown;
mod statements;
mod words;

use pest::iterators::{Pair, Pairs};

use self::braces::Balanced;
use self::grammar::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::syntax::ast;

/// Reads a file. The tree holds all that could be read; what could not stands in it as `Bad`, and there is at least one
/// finding for each row of them. A file of messages has no sentences.
pub fn parse(source: &Source) -> (ast::File, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let mut file = ast::File { items: Vec::new(), span: source.whole() };
    if source.is_messages() {
        return (file, out);
    }
    if let Some(balanced) = braces::balance(source, &mut out) {
        let mut cx = Cx { source, balanced: &balanced, base: 0, bad_runs: 0, adrift: false, out };
        match cx.read(Rule::file, balanced.text()) {
            Some(pairs) => file.items = pairs.filter_map(|pair| items::item(&mut cx, pair)).collect(),
            None => file.items = vec![ast::Item::Bad(ast::Bad { span: file.span, label: None, inside: Vec::new() })],
        }
        recover::summarise(&mut cx);
        out = cx.out;
    }
    out.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    (file, out)
}

/// What the builders share.
struct Cx<'a> {
    source: &'a Source,
    balanced: &'a Balanced,
    /// Where in the balanced text the text begins that pest is reading.
    base: usize,
    /// How many bad lines and blocks there were.
    bad_runs: usize,
    /// Whether the entries being read are likely the inside of a block that lost its head or ended too early. The
    /// first of them has a finding; the others would only repeat it.
    adrift: bool,
    out: Vec<Diagnostic>,
}

impl Cx<'_> {
    /// The pairs inside `rule`, with which `text` is read; a finding when it cannot be, which the grammar and the
    /// balanced braces rule out.
    fn read<'t>(&mut self, rule: Rule, text: &'t str) -> Option<Pairs<'t, Rule>> {
        match grammar::parse(rule, text) {
            Ok(mut pairs) => pairs.next().map(Pair::into_inner),
            Err(error) => {
                let at = self.base + explain::stop(&error);
                let span = self.place(at, at);
                self.out.push(Diagnostic::new(Code::NotASentence, span, "the text cannot be read from here on"));
                None
            }
        }
    }

    /// Reads a part of the text that pest is reading now, and hands its pairs to `build`.
    fn inside<T>(
        &mut self,
        rule: Rule,
        part: &Pair<'_, Rule>,
        build: impl FnOnce(&mut Self, Pairs<'_, Rule>) -> T,
    ) -> Option<T> {
        let before = self.base;
        self.base = before + part.as_span().start();
        let built = self.read(rule, part.as_str()).map(|pairs| build(self, pairs));
        self.base = before;
        built
    }

    /// The place of a pair, without the blanks and comments after its last word.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let start = pair.as_span().start();
        self.place(self.base + start, self.base + end_of(pair).max(start))
    }

    /// A span of the source from places in the balanced text.
    fn place(&self, start: usize, end: usize) -> Span {
        self.source.span(self.balanced.original(start), self.balanced.original(end))
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.out.push(Diagnostic::new(Code::NotASentence, span, message));
    }

    /// Runs a builder. `Err` holds what could not be built, and a finding has been pushed.
    fn build<'t, T>(
        &mut self,
        pair: Pair<'t, Rule>,
        build: impl FnOnce(&mut Self, Pair<'t, Rule>) -> Option<T>,
    ) -> Result<T, ast::Bad> {
        let (span, found) = (self.span(&pair), self.out.len());
        build(self, pair).ok_or_else(|| {
            if self.out.len() == found {
                self.error(span, "this sentence cannot be read");
            }
            ast::Bad { span, label: None, inside: Vec::new() }
        })
    }
}

/// Where the last word of a pair ends: pest counts the blanks and comments after it when something optional could
/// have followed.
fn end_of(pair: &Pair<'_, Rule>) -> usize {
    match pair.clone().into_inner().next_back() {
        Some(last) => end_of(&last),
        None => pair.as_span().start() + pair.as_str().trim_end().len(),
    }
}

/// The parts of a sentence without its keywords.
struct Parts<'t>(Pairs<'t, Rule>);

impl<'t> Parts<'t> {
    fn of(pair: Pair<'t, Rule>) -> Self {
        Self(pair.into_inner())
    }

    /// The next part if it is a `rule`.
    fn next_if(&mut self, rule: Rule) -> Option<Pair<'t, Rule>> {
        self.skip_keywords();
        match self.0.peek() {
            Some(pair) if pair.as_rule() == rule => self.0.next(),
            Some(_) | None => None,
        }
    }

    fn skip_keywords(&mut self) {
        while self.0.peek().is_some_and(|pair| words::is_keyword(pair.as_rule())) {
            self.0.next();
        }
    }
}

impl<'t> Iterator for Parts<'t> {
    type Item = Pair<'t, Rule>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_keywords();
        self.0.next()
    }
}

#[cfg(test)]
mod tests {
    use super::grammar::{Rule, parse};

    /// The examples in the comments of the grammar: `` /// `a`, `b` `` above `rule = …`.
    fn examples() -> Vec<(&'static str, String)> {
        let grammar = include_str!("../../grammar/takeback.pest");
        let mut found = Vec::new();
        for (comment, definition) in grammar.lines().zip(grammar.lines().skip(1)) {
            let Some(comment) = comment.strip_prefix("/// `") else { continue };
            let rule = definition.split([' ', '=']).next().unwrap();
            let examples = comment.split('`').step_by(2).map(|example| (rule, example.replace('…', "")));
            found.extend(examples);
        }
        found
    }

    #[test]
    fn examples_in_the_grammar_are_read_by_their_rules() {
        let examples = examples();
        assert!(examples.len() > 100, "{} examples", examples.len());
        for (name, example) in examples {
            let rule = Rule::all().iter().find(|rule| format!("{rule:?}") == name).expect(name);
            let mut pairs = parse(*rule, &example).unwrap_or_else(|error| panic!("{example}: {error}"));
            assert_eq!(pairs.next().unwrap().as_str().trim_end(), example.trim_end(), "{name}");
        }
    }
}
