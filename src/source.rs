//! Policy texts and places in them.
//!
//! A [`SourceSet`] holds the texts of one policy under their names; a [`Span`] is a byte range in one of them, and a
//! [`Spanned`] value remembers the range it was written in. [`LineIndex`] turns bytes into lines and columns.
//!
//! Nothing here knows the language, and nothing here reads files: the caller brings names and texts.
//! What is said about a place is a [`Diagnostic`](crate::diagnostic::Diagnostic).

use std::fmt;

use serde::{Deserialize, Serialize};

/// One text: its name as the author knows it (`returns.takeback`), its content, and where its lines begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    // INVARIANT: `lines` was built from `text`, if it has any.
    id: SourceId,
    name: String,
    text: String,
    lines: LineIndex,
}

/// Which source of a [`SourceSet`]: 0 is the first that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// The bytes from `start` up to, not including, `end` of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The source the bytes are counted in.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one; equal to `start` for an empty span.
    pub end: u32,
}

/// A value with the place it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it was written.
    pub span: Span,
}

/// A place as editors count it. Lines and columns begin at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line; a line ends after its `\n`.
    pub line: u32,
    /// The column in characters (Unicode scalar values).
    pub column: u32,
    /// The column in UTF-16 units, which JavaScript and most editors count: `𝄞` is one character and two units.
    pub utf16: u32,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    // INVARIANT: ascending, and the first is 0.
    starts: Vec<u32>,
}

/// The sources of one policy in the order they were added, each under a name of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSet {
    // INVARIANT: names are unique, and the source at place n has `SourceId(n)`.
    sources: Vec<Source>,
}

/// The name that is already taken in a [`SourceSet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateName(pub String);

impl Source {
    /// A source on its own; to have ids given out, use [`SourceSet::add`].
    pub fn new(id: SourceId, name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { id, name: name.into(), text, lines }
    }

    /// The id that spans of this source carry.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// The name, usually a path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it holds messages in some language rather than sentences of a policy: its name ends in `.ftl`.
    pub fn is_messages(&self) -> bool {
        self.name.ends_with(".ftl")
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the lines begin.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// A span of this source; `start` and `end` are what a parser counts.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.id, offset(start), offset(end))
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    /// The text of `span`; empty when the span is of another source, too long, or cuts a character.
    pub fn slice(&self, span: Span) -> &str {
        if span.source != self.id {
            return "";
        }
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and columns of a byte; an offset past the end counts as the end.
    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(&self.text, offset)
    }
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }

    /// The smallest span that holds both. Spans of two sources cannot be joined; then this is `self`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.source == other.source {
            Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
        } else {
            self
        }
    }

    /// How many bytes.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span marks a place between two characters rather than any text.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The place just before the span.
    #[must_use]
    pub fn before(self) -> Self {
        Self { end: self.start, ..self }
    }

    /// The place just after the span.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }
}

impl<T> Spanned<T> {
    /// A value and its place.
    pub fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { node: change(self.node), span: self.span }
    }

    /// The value by reference, with its place.
    pub fn as_ref(&self) -> Spanned<&T> {
        Spanned { node: &self.node, span: self.span }
    }
}

impl LineIndex {
    /// Finds where the lines of `text` begin.
    pub fn new(text: &str) -> Self {
        let after_newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| offset(at + 1));
        Self { starts: std::iter::once(0).chain(after_newlines).collect() }
    }

    /// The bytes that lines begin with.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// How many lines there are; an empty text has one, and so has what follows a final `\n`.
    pub fn count(&self) -> u32 {
        offset(self.starts.len())
    }

    /// Line and columns of a byte of `text`, the text this index was built from. An offset past the end counts as the
    /// end, one inside a character as the character's first byte.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|before| self.starts.get(before)).copied().unwrap_or(0);
        let mut position = Position { line: self::offset(line.max(1)), column: 1, utf16: 1 };
        let mut read = start as usize;
        for character in text.get(read..).unwrap_or("").chars() {
            read += character.len_utf8();
            if read > offset as usize {
                break;
            }
            position.column += 1;
            position.utf16 += self::offset(character.len_utf16());
        }
        position
    }
}

impl SourceSet {
    /// A set without sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under a name nothing else in the set has, and says which id it got.
    ///
    /// # Errors
    ///
    /// The name, when it is taken.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> Result<SourceId, DuplicateName> {
        let name = name.into();
        if self.named(&name).is_some() {
            return Err(DuplicateName(name));
        }
        let id = SourceId(offset(self.sources.len()));
        self.sources.push(Source::new(id, name, text));
        Ok(id)
    }

    /// Adds a file of which nothing is known but its name and where its lines begin: places in it have lines, and column 1.
    pub(crate) fn add_without_text(&mut self, name: String, starts: Vec<u32>) -> Result<SourceId, DuplicateName> {
        let id = self.add(name, "")?;
        if let Some(source) = self.sources.last_mut() {
            source.lines = LineIndex { starts };
        }
        Ok(id)
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// The source with this name.
    pub fn named(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The text of `span`; empty when it is of none of these sources.
    pub fn slice(&self, span: Span) -> &str {
        match self.get(span.source) {
            Some(source) => source.slice(span),
            None => "",
        }
    }

    /// The sources in the order they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Source> {
        self.sources.iter()
    }

    /// How many sources.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is no source.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }
}

impl<'a> IntoIterator for &'a SourceSet {
    type Item = &'a Source;
    type IntoIter = std::slice::Iter<'a, Source>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for DuplicateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "two files are called `{}`", self.0)
    }
}

impl std::error::Error for DuplicateName {}

/// Offsets are 32 bits wide. Larger texts are refused before they are parsed, so the cap is never seen in a finding.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{DuplicateName, Position, Source, SourceId, SourceSet, Span, Spanned};

    fn source(text: &str) -> Source {
        Source::new(SourceId(0), "a.takeback", text)
    }

    fn at(line: u32, column: u32, utf16: u32) -> Position {
        Position { line, column, utf16 }
    }

    #[test]
    fn positions_count_characters_and_utf16_units() {
        let source = source("one\né𝄞x\r\n");
        assert_eq!(source.position(0), at(1, 1, 1));
        assert_eq!(source.position(3), at(1, 4, 4));
        assert_eq!(source.position(4), at(2, 1, 1));
        assert_eq!(source.position(6), at(2, 2, 2));
        assert_eq!(source.position(10), at(2, 3, 4));
        assert_eq!(source.position(13), at(3, 1, 1));
        assert_eq!(source.lines().count(), 3);
    }

    #[test]
    fn positions_inside_a_character_or_past_the_end_are_rounded_down() {
        let source = source("a𝄞");
        assert_eq!(source.position(3), at(1, 2, 2));
        assert_eq!(source.position(99), at(1, 3, 4));
        assert_eq!(self::source("").position(7), at(1, 1, 1));
        assert_eq!(self::source("a\n").position(9), at(2, 1, 1));
    }

    #[test]
    fn slices_never_panic() {
        let source = source("né");
        assert_eq!(source.slice(source.span(1, 3)), "é");
        assert_eq!(source.slice(source.span(1, 2)), "");
        assert_eq!(source.slice(source.span(3, 1)), "");
        assert_eq!(source.slice(source.span(0, 99)), "");
        assert_eq!(source.slice(Span::new(SourceId(1), 0, 1)), "");
        assert_eq!(source.slice(source.whole()), "né");
    }

    #[test]
    fn spans_join_within_one_source_only() {
        let (first, last) = (Span::new(SourceId(0), 2, 4), Span::new(SourceId(0), 7, 9));
        assert_eq!(first.to(last), Span::new(SourceId(0), 2, 9));
        assert_eq!(last.to(first), Span::new(SourceId(0), 2, 9));
        assert_eq!(first.to(Span::new(SourceId(1), 0, 9)), first);
        assert_eq!(first.len(), 2);
        assert!(first.after().is_empty() && first.before().is_empty());
    }

    #[test]
    fn spanned_values_keep_their_place() {
        let span = Span::new(SourceId(0), 1, 3);
        assert_eq!(Spanned::new("30", span).map(str::len), Spanned { node: 2, span });
    }

    #[test]
    fn a_set_refuses_a_name_twice() {
        let mut sources = SourceSet::new();
        assert_eq!(sources.add("a", "x"), Ok(SourceId(0)));
        assert_eq!(sources.add("b", "yz"), Ok(SourceId(1)));
        assert_eq!(sources.add("a", ""), Err(DuplicateName("a".into())));
        assert_eq!(sources.len(), 2);
        assert_eq!(sources.named("b").map(Source::id), Some(SourceId(1)));
        assert_eq!(sources.slice(Span::new(SourceId(1), 1, 2)), "z");
        assert_eq!(sources.slice(Span::new(SourceId(9), 0, 1)), "");
    }
}
