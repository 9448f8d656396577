//! Plots, as SVG: bars inside tables, and columns over an axis. Places are whole numbers, or tenths of them, so that they are the same
//! on every machine.

use maud::{Markup, PreEscaped, html};

use super::super::amount::{Amount, grouped};

/// How wide a bar is in its own units.
const FULL: i128 = 1000;

/// The parts of a bar: the class of its colour, and how much.
pub(crate) type Part = (&'static str, i128);

/// A bar of parts, beside others of which the longest is `longest`. Its figures stand beside it.
pub(crate) fn bar(parts: &[Part], longest: i128) -> Markup {
    let mut from = 0;
    let mut rects = Vec::new();
    for (class, value) in parts.iter().filter(|(_, value)| *value > 0) {
        // What is there is seen, however little it is.
        let width = scaled(*value, longest, FULL).max(3);
        rects.push((class, from, width));
        from += width;
    }
    if rects.is_empty() {
        return html! {};
    }
    html! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (class, from, width) in rects { rect class=(class) x=(from) y="0" width=(width) height="10" {} }
        }
    }
}

/// Columns over an axis, along which places are told in units of any size.
pub(crate) struct Plot<'p> {
    pub(crate) id: &'p str,
    pub(crate) title: &'p str,
    /// What the height is.
    pub(crate) axis: &'p str,
    pub(crate) columns: Vec<Column>,
    /// What stands below, and the middle of it.
    pub(crate) ticks: Vec<(i128, String)>,
    pub(crate) marks: Vec<Mark>,
    /// Marks that are farther right than the last column.
    pub(crate) beyond: String,
}

/// A column of a plot.
pub(crate) struct Column {
    /// Its edges.
    pub(crate) from: i128,
    pub(crate) to: i128,
    /// What it stands for, in words, with its figures.
    pub(crate) title: String,
    /// From below.
    pub(crate) parts: Vec<Part>,
}

/// A mark across the columns.
pub(crate) struct Mark {
    pub(crate) at: i128,
    pub(crate) label: String,
}

const WIDTH: i128 = 960;
const LEFT: i128 = 64;
const RIGHT: i128 = 12;
const HIGH: i128 = 240;
/// How wide a letter of a label is, at most, in tenths.
const LETTER: i128 = 80;

/// Draws it.
pub(crate) fn columns(plot: &Plot<'_>) -> Markup {
    let columns = &plot.columns;
    let tallest = columns.iter().map(|column| column.parts.iter().map(|(_, value)| value).sum()).max().unwrap_or(0);
    let step = step(tallest);
    let top = step * ((tallest + step - 1) / step).max(1);
    let low = columns.iter().map(|column| column.from).min().unwrap_or(0);
    let long = columns.iter().map(|column| column.to).max().unwrap_or(0) - low;
    // In tenths, so that columns of the same width look so.
    let x = |at: i128| LEFT * 10 + scaled(at - low, long, (WIDTH - LEFT - RIGHT) * 10);
    let narrowest = columns.iter().map(|column| x(column.to) - x(column.from)).min().unwrap_or(0);
    let gap = (narrowest / 6).min(60);
    let (labels, rows) = labels(plot, x);
    let above = 24 + 18 * rows;
    let bottom = above + HIGH;
    let height = bottom + 34;
    let mut drawn = Vec::new();
    for column in columns {
        let mut rects = Vec::new();
        let mut below = 0;
        for (class, value) in column.parts.iter().filter(|(_, value)| *value > 0) {
            let tall = scaled(*value, top, HIGH).max(1);
            below += tall;
            rects.push((class, bottom - below, tall));
        }
        drawn.push((x(column.from), x(column.to), rects, &column.title));
    }
    html! {
        svg.plot viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby=(format!("{}-title", plot.id)) focusable="false" {
            title id=(format!("{}-title", plot.id)) { (plot.title) }
            text.axis x=(LEFT - 8) y="14" text-anchor="end" { (plot.axis) }
            @for value in (0..=top / step).map(|tick| tick * step) {
                @let y = bottom - scaled(value, top, HIGH);
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                text.axis x=(LEFT - 8) y=(y + 4) text-anchor="end" { (short(value)) }
            }
            @for (left, right, rects, title) in &drawn {
                g {
                    title { (title) }
                    rect.ground x=(tenths(*left)) y=(above) width=(tenths(right - left)) height=(HIGH) {}
                    @for (class, y, tall) in rects {
                        rect class=(class) x=(tenths(left + gap / 2)) y=(y) width=(tenths(right - left - gap)) height=(tall) {}
                    }
                }
            }
            @for (at, label) in &plot.ticks {
                text.axis x=(tenths(x(*at))) y=(bottom + 18) text-anchor="middle" { (label) }
            }
            @for label in &labels {
                @let y = 24 + 18 * label.row;
                @if let Some(at) = label.line { line.mark x1=(tenths(at)) x2=(tenths(at)) y1=(y - 12) y2=(bottom) {} }
                text.mark x=(tenths(label.x)) y=(y) text-anchor=(label.anchor) { (label.text) }
            }
            (PreEscaped(""))
        }
    }
}

/// What a mark is called; in tenths.
struct Label<'p> {
    text: &'p str,
    line: Option<i128>,
    x: i128,
    anchor: &'static str,
    row: i128,
}

/// The labels of marks, in as many rows as they need to stand beside each other.
fn labels<'p>(plot: &'p Plot<'_>, x: impl Fn(i128) -> i128) -> (Vec<Label<'p>>, i128) {
    let end = (WIDTH - RIGHT) * 10;
    // Where the last label of each row ends.
    let mut rows: Vec<i128> = Vec::new();
    let mut labels = Vec::new();
    let marks = plot.marks.iter().map(|mark| (mark.label.as_str(), Some(x(mark.at))));
    let beyond = Some((plot.beyond.as_str(), None)).filter(|(text, _)| !text.is_empty());
    for (text, line) in marks.chain(beyond) {
        let wide = i128::try_from(text.chars().count()).unwrap_or(0) * LETTER;
        let (x, anchor, from) = match line {
            Some(at) if at + 50 + wide <= end => (at + 50, "start", at),
            Some(at) => (at - 50, "end", at - 50 - wide),
            None => (end, "end", end - wide),
        };
        let free = rows.iter().position(|until| *until <= from);
        let row = free.unwrap_or(rows.len());
        let until = line.unwrap_or(end).max(from + 50 + wide);
        match rows.get_mut(row) {
            Some(last) => *last = until,
            None => rows.push(until),
        }
        labels.push(Label { text, line, x, anchor, row: i128::try_from(row).unwrap_or(0) });
    }
    (labels, i128::try_from(rows.len()).unwrap_or(0))
}

/// A number that was counted in tenths: `12.5`.
fn tenths(number: i128) -> String {
    if number % 10 == 0 { (number / 10).to_string() } else { format!("{}.{}", number / 10, (number % 10).abs()) }
}

fn scaled(value: i128, of: i128, full: i128) -> i128 {
    if of == 0 { 0 } else { value.saturating_mul(full) / of }
}

/// A step of 1, 2 or 5 and zeros, of which four to ten reach the tallest column.
fn step(tallest: i128) -> i128 {
    let mut unit = 1;
    loop {
        for step in [unit, 2 * unit, 5 * unit] {
            if tallest <= step * 6 {
                return step;
            }
        }
        match unit.checked_mul(10) {
            Some(more) => unit = more,
            None => return unit,
        }
    }
}

/// `1,500`, `20k`, `3M`: for axes only.
fn short(value: i128) -> String {
    match value {
        _ if value >= 1_000_000 && value % 1_000_000 == 0 => format!("{}M", grouped(&(value / 1_000_000).to_string())),
        _ if value >= 10_000 && value % 1000 == 0 => format!("{}k", grouped(&(value / 1000).to_string())),
        _ => grouped(&value.to_string()),
    }
}

/// For plots: whole units, and at least one where there is anything.
pub(crate) fn units(amount: Amount) -> i128 {
    if amount.is_zero() { 0 } else { amount.whole().max(1) }
}

#[cfg(test)]
mod tests {
    use super::{short, step};

    #[test]
    fn steps_are_round() {
        for (tallest, expected) in [(0, 1), (6, 1), (7, 2), (30, 5), (31, 10), (120_000, 20_000)] {
            assert_eq!(step(tallest), expected, "{tallest}");
        }
        assert_eq!((short(1500), short(20_000), short(30_000_000)), ("1,500".into(), "20k".into(), "30M".into()));
    }
}
