//! Figures in a piece of text, and where its words end. Text in quotes and comments hold none.

use std::ops::Range;

use chrono::Days;
use rust_decimal::Decimal;

use crate::date;

/// A run of the text that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Figure,
    Sign(char),
}

/// The runs outside quotes, comments and words.
fn runs(text: &str) -> Vec<(Run, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let until = |end: Option<usize>| end.map_or(text.len(), |length| at + length);
        at = match first {
            '"' => until(rest.char_indices().skip(1).find(|(_, c)| matches!(c, '"' | '\n')).map(|(i, _)| i + 1)),
            '#' => until(rest.find('\n')),
            c if c.is_ascii_digit() => {
                let mut end = until(rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-'));
                while text.get(..end).is_some_and(|head| head.ends_with(['.', '-'])) {
                    end -= 1;
                }
                out.push((Run::Figure, at..end));
                end
            }
            c if c.is_alphabetic() || c == '_' => {
                until(rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-' && c != '.'))
            }
            c => {
                if matches!(c, '{' | '}' | '(' | ')') {
                    out.push((Run::Sign(c), at..at + 1));
                }
                at + c.len_utf8()
            }
        };
    }
    out
}

/// Each figure with the same figure one step lower and one step higher.
pub(super) fn shifted(text: &str) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    for (_, place) in runs(text).into_iter().filter(|(run, _)| *run == Run::Figure) {
        let figure = text.get(place.clone()).unwrap_or_default();
        let both: Vec<String> = if let Some(day) = date::civil(figure) {
            let days = [day.checked_sub_days(Days::new(1)), day.checked_add_days(Days::new(1))];
            days.into_iter().flatten().map(|day| day.to_string()).collect()
        } else if let Ok(number) = figure.parse::<Decimal>() {
            let step = Decimal::new(1, number.scale());
            let both = [number.checked_sub(step), number.checked_add(step)];
            both.into_iter().flatten().filter(|number| !number.is_sign_negative()).map(|n| n.to_string()).collect()
        } else {
            continue;
        };
        out.extend(both.into_iter().map(|other| (place.clone(), other)));
    }
    out
}

/// Where the first block of a text opens.
pub(super) fn opening(text: &str) -> Option<usize> {
    runs(text).into_iter().find(|(run, _)| *run == Run::Sign('{')).map(|(_, place)| place.start)
}

/// Where the first block of a text ends, after its brace.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (run, place) in runs(text) {
        match run {
            Run::Sign('{') => depth += 1,
            Run::Sign('}') if depth <= 1 => return (depth == 1).then_some(place.end),
            Run::Sign('}') => depth -= 1,
            Run::Sign(_) | Run::Figure => {}
        }
    }
    None
}

/// How many more round brackets open in a text than close.
pub(super) fn brackets(text: &str) -> i32 {
    let of = |run: &Run| match run {
        Run::Sign('(') => 1,
        Run::Sign(')') => -1,
        Run::Sign(_) | Run::Figure => 0,
    };
    runs(text).iter().map(|(run, _)| of(run)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_move_by_their_last_digit_and_days_by_a_day() {
        let text = r#"fee ikea-16 15%, at most 35.00 USD for "9 things" # until 2026"#;
        let found: Vec<(&str, String)> =
            shifted(text).into_iter().map(|(place, with)| (text.get(place).unwrap_or_default(), with)).collect();
        let expected = [("15", "14"), ("15", "16"), ("35.00", "34.99"), ("35.00", "35.01")];
        assert_eq!(found, expected.map(|(figure, with)| (figure, with.to_owned())));
        let days: Vec<String> = shifted("from 2025-12-31 to 0").into_iter().map(|(_, with)| with).collect();
        assert_eq!(days, ["2025-12-30", "2026-01-01", "1"], "nothing below zero");
    }

    #[test]
    fn blocks_end_at_their_own_brace() {
        let text = r#"clause a "} {" when (x) { except b { } # }
        } }"#;
        let end = closing(text).unwrap_or_default();
        assert!(text.get(..end).is_some_and(|block| block.ends_with('}')));
        assert_eq!(text.get(end..), Some(" }"));
        assert_eq!(opening(text).and_then(|at| text.get(at..)).map(|rest| rest.starts_with("{ except")), Some(true));
    }
}
