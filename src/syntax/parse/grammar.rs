//! The rules of the grammar as a table, which `build.rs` makes of them, and the walk over it. What pest's derive would generate
//! is the same as code, and forty times as large; the walk calls pest's state as that does, in the same order, so what it
//! reads and where it stops is the same too.

use pest::error::Error;
use pest::iterators::Pairs;
use pest::unicode::{LETTER, MARK};
use pest::{Atomicity, ParseResult, ParserState};

include!(concat!(env!("OUT_DIR"), "/grammar.rs"));

type State<'i> = Box<ParserState<'i, Rule>>;
type Reached<'i> = ParseResult<State<'i>>;

struct Entry {
    rule: Rule,
    kind: Kind,
    expr: Expr,
}

/// What becomes of a rule, as in pest: whether it gives a pair, and whether its parts do and may have blanks between them.
#[derive(Clone, Copy)]
enum Kind {
    Normal,
    Silent,
    Atomic,
    CompoundAtomic,
    /// `WHITESPACE` and `COMMENT`: silent and atomic.
    Blank,
}

#[derive(Clone, Copy)]
struct Expr {
    does: Does,
    /// How many parts, or bytes of text.
    length: u8,
    /// Where they begin; or the number of a rule.
    start: u16,
}

#[derive(Clone, Copy)]
enum Does {
    Text,
    Rule,
    Any,
    Capital,
    Digit,
    Letter,
    Mark,
    Newline,
    Start,
    End,
    /// All parts, or none of them.
    Sequence,
    /// The first part that fits.
    Choice,
    Optional,
    Repeat,
    Ahead,
    NotAhead,
    /// Blanks, where the rule that is being read may have any.
    Skip,
}

/// Reads all or the beginning of a text as `rule`.
pub(super) fn parse(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<Error<Rule>>> {
    pest::state(text, |state| read_rule(state, rule as usize)).map_err(Box::new)
}

fn read_rule(state: State<'_>, number: usize) -> Reached<'_> {
    let Some(Entry { rule, kind, expr }) = RULES.get(number) else { return Err(state) };
    match kind {
        Kind::Normal => state.rule(*rule, |state| read(state, *expr)),
        Kind::Silent => read(state, *expr),
        Kind::Atomic => state.rule(*rule, |state| state.atomic(Atomicity::Atomic, |state| read(state, *expr))),
        Kind::CompoundAtomic => {
            state.atomic(Atomicity::CompoundAtomic, |state| state.rule(*rule, |state| read(state, *expr)))
        }
        Kind::Blank => state.atomic(Atomicity::Atomic, |state| read(state, *expr)),
    }
}

#[expect(clippy::almost_complete_range, reason = "pest counts the ends of ranges in")]
fn read(state: State<'_>, expr: Expr) -> Reached<'_> {
    match expr.does {
        Does::Text => state.match_string(expr.text()),
        Does::Rule => read_rule(state, expr.start.into()),
        Does::Any => state.skip(1),
        Does::Capital => state.match_range('A'..'Z'),
        Does::Digit => state.match_range('0'..'9'),
        Does::Letter => state.match_char_by(LETTER),
        Does::Mark => state.match_char_by(MARK),
        Does::Newline => state
            .match_string("\n")
            .or_else(|state| state.match_string("\r\n"))
            .or_else(|state| state.match_string("\r")),
        Does::Start => state.start_of_input(),
        Does::End => state.end_of_input(),
        Does::Sequence => state.sequence(|state| expr.all(state)),
        Does::Choice => expr.any(state),
        Does::Optional => state.optional(|state| expr.all(state)),
        Does::Repeat => state.repeat(|state| expr.all(state)),
        Does::Ahead => state.lookahead(true, |state| expr.all(state)),
        Does::NotAhead => state.lookahead(false, |state| expr.all(state)),
        Does::Skip if state.atomicity() == Atomicity::NonAtomic => expr.all(state),
        Does::Skip => Ok(state),
    }
}

impl Expr {
    fn text(self) -> &'static str {
        let start = usize::from(self.start);
        TEXTS.get(start..start + usize::from(self.length)).unwrap_or_default()
    }

    fn parts(self) -> &'static [Self] {
        let start = usize::from(self.start);
        PARTS.get(start..start + usize::from(self.length)).unwrap_or_default()
    }

    /// One part after another.
    fn all(self, state: State<'_>) -> Reached<'_> {
        self.parts().iter().try_fold(state, |state, part| read(state, *part))
    }

    /// The first part that fits.
    fn any(self, mut state: State<'_>) -> Reached<'_> {
        for part in self.parts() {
            match read(state, *part) {
                Ok(read) => return Ok(read),
                Err(back) => state = back,
            }
        }
        Err(state)
    }
}
