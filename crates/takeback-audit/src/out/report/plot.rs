//! Plots, as SVG without a number that is not whole: bars inside tables, and columns over an axis.

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

/// A column of a plot.
pub(crate) struct Column {
    /// What stands below it; nothing where there is no room for all.
    pub(crate) label: String,
    /// What it stands for, in words, with its figures.
    pub(crate) title: String,
    /// From below.
    pub(crate) parts: Vec<Part>,
}

/// A mark across the columns.
pub(crate) struct Mark {
    /// Where, in columns from the left; in tenths of one.
    pub(crate) tenths: i128,
    pub(crate) label: String,
}

const WIDTH: i128 = 960;
const LEFT: i128 = 64;
const RIGHT: i128 = 12;
const HIGH: i128 = 240;

/// Columns over an axis.
pub(crate) fn columns(id: &str, title: &str, axis: &str, columns: &[Column], marks: &[Mark]) -> Markup {
    let tallest = columns.iter().map(|column| column.parts.iter().map(|(_, value)| value).sum()).max().unwrap_or(0);
    let step = step(tallest);
    let top = step * ((tallest + step - 1) / step).max(1);
    let count = i128::try_from(columns.len()).unwrap_or(1).max(1);
    let each = (WIDTH - LEFT - RIGHT) * 10 / count;
    let gap = (each / 6).min(60);
    // Room above for marks, whose labels stand in up to three rows.
    let above = if marks.is_empty() { 24 } else { 24 + 18 * i128::try_from(marks.len().min(3)).unwrap_or(0) };
    let bottom = above + HIGH;
    let height = bottom + 34;
    let x = |tenths: i128| LEFT + tenths * each / 100;
    let mut drawn = Vec::new();
    for (at, column) in (0..).zip(columns) {
        let mut rects = Vec::new();
        let mut below = 0;
        for (class, value) in column.parts.iter().filter(|(_, value)| *value > 0) {
            let tall = scaled(*value, top, HIGH).max(1);
            below += tall;
            rects.push((class, bottom - below, tall));
        }
        drawn.push((x(at * 10) + gap / 20, (each - gap) / 10, rects, column));
    }
    html! {
        svg.plot viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby=(format!("{id}-title")) focusable="false" {
            title id=(format!("{id}-title")) { (title) }
            text.axis x=(LEFT - 8) y="14" text-anchor="end" { (axis) }
            @for value in (0..=top / step).map(|tick| tick * step) {
                @let y = bottom - scaled(value, top, HIGH);
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                text.axis x=(LEFT - 8) y=(y + 4) text-anchor="end" { (short(value)) }
            }
            @for (left, wide, rects, column) in &drawn {
                g {
                    title { (column.title) }
                    rect.ground x=(left) y=(above) width=(wide) height=(HIGH) {}
                    @for (class, y, tall) in rects { rect class=(class) x=(left) y=(y) width=(wide) height=(tall) {} }
                }
                @if !column.label.is_empty() {
                    text.axis x=(left + wide / 2) y=(bottom + 18) text-anchor="middle" { (column.label) }
                }
            }
            @for (at, mark) in (0..).zip(marks) {
                @let left = x(mark.tenths);
                @let y = 24 + 18 * (at % 3);
                @let end = if left > WIDTH - 160 { "end" } else { "start" };
                line.mark x1=(left) x2=(left) y1=(y - 12) y2=(bottom) {}
                text.mark x=(if end == "end" { left - 5 } else { left + 5 }) y=(y) text-anchor=(end) { (mark.label) }
            }
            (PreEscaped(""))
        }
    }
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
