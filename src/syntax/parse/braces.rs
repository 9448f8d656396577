//! Makes every block of a text end, before pest reads it: `{` without its `}` is found by a scan that knows texts,
//! comments and line breaks, and gets a closing brace where the indentation says the block ends. Text that is too
//! large or nested too deep is refused here, so pest's own limits are never met and the finding is the same on every
//! platform. This file does not use pest.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

/// The largest text that is read, in bytes.
const LARGEST: usize = 1 << 20;
/// How many blocks and round brackets may stand around a place.
const DEEPEST: usize = 64;

/// A text whose opening braces all have a closing one.
pub(super) struct Balanced {
    text: String,
    /// Where closing braces were put in: the place in `text`, and how many bytes were put in up to and with it.
    added: Vec<(usize, usize)>,
}

impl Balanced {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the source of a place in the text; one in an added brace is where it was added.
    pub(super) fn original(&self, place: usize) -> usize {
        let next = self.added.partition_point(|(at, _)| *at < place);
        match next.checked_sub(1).and_then(|last| self.added.get(last).map(|found| (last, found))) {
            Some((last, (at, total))) => {
                let before = last.checked_sub(1).and_then(|last| self.added.get(last)).map_or(0, |(_, total)| *total);
                (at - before).max(place.saturating_sub(*total))
            }
            None => place,
        }
    }
}

/// Closes what is open. `None` when the text is refused; then the only finding says why.
pub(super) fn balance(source: &Source, out: &mut Vec<Diagnostic>) -> Option<Balanced> {
    let text = source.text();
    if text.len() > LARGEST {
        let message = format!("the file has {} bytes; at most {LARGEST} are read", text.len());
        let finding = Diagnostic::new(Code::FileTooLarge, source.span(0, 0), message);
        out.push(finding.help("move some of it to another file and name that file with `use`"));
        return None;
    }
    let mut scan = Scan::new(text);
    while let Some(token) = scan.next() {
        if scan.blocks + scan.brackets > DEEPEST {
            let message = format!("blocks and round brackets are nested more than {DEEPEST} deep here");
            out.push(Diagnostic::new(Code::NestedTooDeep, source.span(token.at, token.at + 1), message));
            return None;
        }
    }
    if scan.blocks == 0 {
        return Some(Balanced { text: text.to_owned(), added: Vec::new() });
    }
    let added = missing_ends(source, out);
    let mut balanced = Balanced { text: String::with_capacity(text.len() + 4 * added.len()), added: Vec::new() };
    let (mut copied, mut total) = (0, 0);
    for (at, end) in added {
        balanced.text.push_str(text.get(copied..at).unwrap_or(""));
        total += end.len();
        balanced.added.push((balanced.text.len(), total));
        balanced.text.push_str(end);
        copied = at;
    }
    balanced.text.push_str(text.get(copied..).unwrap_or(""));
    Some(balanced)
}

/// A block that is open.
struct Block {
    /// Its brace.
    at: usize,
    /// Where its head begins.
    head: usize,
    /// How far the line of its brace is indented.
    indent: usize,
    /// Whether what is inside is indented further.
    indented: Option<bool>,
}

/// Where closing braces are missing, and what to put there. Blocks that are indented end before a line that is not;
/// a closing brace belongs to the block whose line is indented like its own; all end before a line that can only begin
/// an entry of the file, and at the end.
fn missing_ends(source: &Source, out: &mut Vec<Diagnostic>) -> Vec<(usize, &'static str)> {
    let text = source.text();
    let mut open: Vec<Block> = Vec::new();
    let mut added = Vec::new();
    let mut scan = Scan::new(text);
    while let Some(token) = scan.next() {
        if let Some(block) = open.last_mut()
            && token.first
        {
            block.indented.get_or_insert(token.indent > block.indent);
        }
        let closes = token.kind == Kind::Close;
        while let Some(block) = open.last()
            && token.first
        {
            let own = open.iter().any(|block| block.indent == token.indent);
            let outside = token.indent <= block.indent && block.indented == Some(true);
            let beyond = token.indent < block.indent && own;
            if !(if closes { beyond } else { outside || (token.entry && token.indent <= block.indent) }) {
                break;
            }
            let at = source.span(token.line, token.line);
            out.push(not_closed(source, block).label(at, "it is read as if it ended here"));
            added.push((token.line, "}\n"));
            open.pop();
        }
        match token.kind {
            Kind::Open => open.push(Block { at: token.at, head: scan.sentence, indent: token.indent, indented: None }),
            Kind::Close => {
                open.pop();
            }
            Kind::Other => {}
        }
    }
    for block in open.iter().rev() {
        out.push(not_closed(source, block));
        added.push((text.len(), "\n}"));
    }
    added
}

fn not_closed(source: &Source, block: &Block) -> Diagnostic {
    let head = source.text().get(block.head..block.at).unwrap_or("").trim();
    let message = match head_name(head) {
        "" => "this block is not closed".to_owned(),
        name => format!("the block of `{name}` is not closed"),
    };
    let finding = Diagnostic::new(Code::BlockNotClosed, source.span(block.at, block.at + 1), message);
    finding.help("put `}` on a line of its own after the last line of the block")
}

/// The first two words of a head: `except phones`, `scenario "late return"`.
fn head_name(head: &str) -> &str {
    let second = head
        .find(char::is_whitespace)
        .map_or(head.len(), |gap| gap + head.get(gap..).map_or(0, |rest| rest.len() - rest.trim_start().len()));
    let rest = head.get(second..).unwrap_or("");
    let length = match rest.strip_prefix('"') {
        Some(title) => title.find('"').map_or(rest.len(), |end| end + 2),
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    head.get(..second + length).unwrap_or(head).trim_end()
}

#[derive(PartialEq, Clone, Copy)]
enum Kind {
    Open,
    Close,
    Other,
}

/// A brace, or the first thing on a line.
struct Token {
    kind: Kind,
    at: usize,
    /// Whether it is the first thing on its line, where that line begins, and how far it is indented.
    first: bool,
    line: usize,
    indent: usize,
    /// Whether it is a word that begins a block at the top of a file.
    entry: bool,
}

/// Walks over a text by braces, round brackets, texts and comments.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Where the present line begins, and where its first thing is.
    line: usize,
    first: Option<usize>,
    /// Whether the present sentence goes on over the next line break.
    goes_on: bool,
    /// Where the present sentence begins; it ends with a line break that nothing carries over, a brace or a semicolon.
    sentence: usize,
    ended: bool,
    /// How many blocks and round brackets are open here; brackets end with their sentence.
    blocks: usize,
    brackets: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 0, first: None, goes_on: false, sentence: 0, ended: true, blocks: 0, brackets: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next brace, bracket or first thing on a line; what lies between is skipped.
    fn next(&mut self) -> Option<Token> {
        loop {
            let rest = self.rest();
            let character = rest.chars().next()?;
            match character {
                '\n' | '\r' => {
                    self.at += 1;
                    (self.line, self.first) = (self.at, None);
                    continue;
                }
                ' ' | '\t' | '\u{A0}' | '\u{FEFF}' => {
                    self.at += character.len_utf8();
                    continue;
                }
                '#' => {
                    self.at += line_end(rest);
                    continue;
                }
                _ => {}
            }
            let length = match character {
                '"' => quoted(rest),
                _ if is_word(character) => rest.find(|other| !is_word(other)).unwrap_or(rest.len()),
                _ => character.len_utf8(),
            };
            let word = rest.get(..length).unwrap_or("");
            let token = self.token(character, word);
            self.at += length;
            if token.first || token.kind != Kind::Other || character == '(' {
                return Some(token);
            }
        }
    }

    /// Takes a thing into account.
    fn token(&mut self, character: char, word: &str) -> Token {
        let first = self.first.is_none();
        let begun = *self.first.get_or_insert(self.at);
        let indent = self.text.get(self.line..begun).map_or(0, indent);
        let carried = self.goes_on || matches!(word, "and" | "or" | "when" | "exception" | "from" | "{" | ")");
        if self.ended || (first && !carried) {
            (self.sentence, self.brackets) = (self.at, 0);
        }
        self.ended = matches!(character, '{' | '}' | ';');
        self.goes_on = matches!(word, "," | "=" | "(" | "and" | "or" | "when");
        let kind = match character {
            '{' => Kind::Open,
            '}' => Kind::Close,
            _ => Kind::Other,
        };
        let entry = first && matches!(word, "clause" | "right" | "rule" | "scenario" | "policy" | "library" | "form");
        let token = Token { kind, at: self.at, first, line: self.line, indent, entry };
        match character {
            '{' => self.blocks += 1,
            '}' => self.blocks = self.blocks.saturating_sub(1),
            '(' => self.brackets += 1,
            ')' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        token
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// How far blanks indent; a tab counts as four.
fn indent(blanks: &str) -> usize {
    blanks.chars().map(|blank| if blank == '\t' { 4 } else { usize::from(blank != '\u{FEFF}') }).sum()
}

fn line_end(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

/// The length of a text in quotation marks. One without its partner takes the rest of the line, but not the brace
/// that ends it; the grammar's `unclosed` is the same.
pub(super) fn quoted(text: &str) -> usize {
    let inside = text.get(1..).unwrap_or("");
    let end = 1 + inside.find(['"', '\n', '\r']).unwrap_or(inside.len());
    if text.get(end..).is_some_and(|rest| rest.starts_with('"')) {
        return end + 1;
    }
    let line = text.get(..end).unwrap_or(text);
    let ends = |brace: usize| {
        let after = line.get(brace + 1..).unwrap_or("").trim_start_matches([' ', '\t', '\u{A0}', '\u{FEFF}']);
        after.is_empty() || after.starts_with('#')
    };
    line.match_indices('{').map(|(brace, _)| brace).find(|brace| ends(*brace)).unwrap_or(line.len())
}
