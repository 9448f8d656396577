//! Columns that line up, whatever is written in them.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// On which side of its column a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Rows of cells. Cells may carry colours.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    align: [Align; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(crate) fn new(align: [Align; N]) -> Self {
        Self { align, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the rows, two spaces between columns and none at the end of a row.
    pub(crate) fn write(&self, indent: usize, out: &mut String) {
        let mut widths = [0; N];
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = width(cell).max(*widest);
            }
        }
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for ((cell, widest), align) in row.iter().zip(widths).zip(self.align) {
                let space = " ".repeat(widest - width(cell));
                match align {
                    Align::Left => line.extend([cell.as_str(), &space, "  "]),
                    Align::Right => line.extend([&space, cell.as_str(), "  "]),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// How many columns a text takes on a terminal, without its colours.
pub(crate) fn width(text: &str) -> usize {
    let text: Cow<'_, str> =
        if text.contains('\u{1b}') { anstream::adapter::strip_str(text).to_string().into() } else { text.into() };
    text.width()
}

/// A text of the user's with blanks up to a width.
pub(crate) fn padded(text: &str, widest: usize) -> String {
    format!("{}{}", clean(text), " ".repeat(widest.saturating_sub(width(text))))
}

/// A text of a policy or request without what could take over the terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{FFFD}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Align, Table, clean, width};
    use crate::output::{BOLD, styled};

    #[test]
    fn columns_line_up() {
        let mut table = Table::new([Align::Left, Align::Right, Align::Left]);
        table.row([styled(BOLD, "goods"), "249.00".to_owned(), "a".to_owned()]);
        table.row(["返品".to_owned(), "-0.90".to_owned(), String::new()]);
        let mut text = String::new();
        table.write(2, &mut text);
        assert_eq!(anstream::adapter::strip_str(&text).to_string(), "  goods  249.00  a\n  返品    -0.90\n");
    }

    #[test]
    fn colours_take_no_room() {
        assert_eq!(width(&styled(BOLD, "é")), 1);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\n"), "a\u{FFFD}[31mb\u{FFFD}");
    }
}
