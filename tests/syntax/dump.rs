//! A tree as text, short enough to read: the derived `Debug` form without spans of leaves, `Some`, and what is empty.

use takeback::source::Source;
use takeback::syntax::ast;

const WIDTH: usize = 110;

/// The entries of a file, each part on a line of its own unless it is short.
pub(super) fn dump(source: &Source, file: &ast::File) -> String {
    let mut text = String::new();
    for item in &file.items {
        let debug = format!("{item:?}");
        let mut rest = debug.as_str();
        let node = Node::read(&mut rest);
        assert_eq!(rest, "", "unread debug text");
        node.write(source, 0, &mut text);
        text.push('\n');
    }
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A part of a debug text.
enum Node {
    Leaf(String),
    /// Name, fields (without their names in a tuple or list), place.
    Group(String, Vec<(String, Node)>, Option<(u32, u32)>),
}

impl Node {
    fn read(rest: &mut &str) -> Node {
        if rest.starts_with('"') {
            let mut end = 1;
            let mut escaped = false;
            for character in rest.chars().skip(1) {
                if character == '"' && !escaped {
                    break;
                }
                escaped = character == '\\' && !escaped;
                end += character.len_utf8();
            }
            return Node::Leaf(take(rest, end + 1));
        }
        let end = rest.find([' ', '(', ')', '[', ']', '{', '}', ',']).unwrap_or(rest.len());
        let name = take(rest, end);
        match rest.trim_start().chars().next() {
            Some('{') => Node::group(name, rest, '}'),
            Some('(') => Node::group(name, rest, ')'),
            Some('[') => Node::group(name, rest, ']'),
            _ => Node::Leaf(name),
        }
    }

    fn group(name: String, rest: &mut &str, close: char) -> Node {
        *rest = rest.trim_start().strip_prefix(['{', '(', '[']).unwrap();
        let mut fields = Vec::new();
        loop {
            *rest = rest.trim_start_matches([' ', ',']);
            if let Some(after) = rest.strip_prefix(close) {
                *rest = after;
                break;
            }
            let field = if close == '}' { take(rest, rest.find(": ").unwrap()) } else { String::new() };
            *rest = rest.trim_start_matches([':', ' ']);
            fields.push((field, Node::read(rest)));
        }
        Node::simpler(name, fields)
    }

    fn simpler(name: String, mut fields: Vec<(String, Node)>) -> Node {
        if name == "Span" {
            let number = |node: &Node| match node {
                Node::Leaf(text) => text.parse().unwrap(),
                Node::Group(..) => panic!("no number"),
            };
            let place = (number(&fields[1].1), number(&fields[2].1));
            return Node::Group(name, Vec::new(), Some(place));
        }
        if name == "Spanned" || name == "Some" || name == "Box" {
            return fields.swap_remove(0).1;
        }
        let mut place = None;
        fields.retain(|(field, node)| match node {
            Node::Group(name, _, at) if name == "Span" && field == "span" => {
                place = *at;
                false
            }
            Node::Leaf(text) => !(text == "None" || text == "false") || field.is_empty(),
            Node::Group(name, inner, _) => !(name.is_empty() && inner.is_empty()),
        });
        Node::Group(name, fields, place)
    }

    fn short(&self, source: &Source) -> String {
        match self {
            Node::Leaf(text) => text.clone(),
            Node::Group(name, fields, place) => {
                let inner: Vec<String> = fields.iter().map(|(field, node)| named(field, &node.short(source))).collect();
                let (open, close) = match fields.first() {
                    _ if name.is_empty() => ("[", "]"),
                    Some((field, _)) if field.is_empty() => ("(", ")"),
                    Some(_) => (" { ", " }"),
                    None => ("", ""),
                };
                format!("{name}{}{open}{}{close}", at(source, *place), inner.join(", "))
            }
        }
    }

    fn write(&self, source: &Source, depth: usize, out: &mut String) {
        let short = self.short(source);
        match self {
            Node::Group(name, fields, place) if short.len() + 2 * depth > WIDTH => {
                out.push_str(name);
                out.push_str(&at(source, *place));
                for (field, node) in fields {
                    out.push('\n');
                    out.push_str(&"  ".repeat(depth + 1));
                    out.push_str(&named(field, ""));
                    node.write(source, depth + 1, out);
                }
            }
            Node::Group(..) | Node::Leaf(_) => out.push_str(&short),
        }
    }
}

fn take(rest: &mut &str, end: usize) -> String {
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken.to_owned()
}

fn named(field: &str, value: &str) -> String {
    if field.is_empty() { value.to_owned() } else { format!("{field}: {value}") }
}

fn at(source: &Source, place: Option<(u32, u32)>) -> String {
    let Some((start, end)) = place else { return String::new() };
    let (start, end) = (source.position(start), source.position(end));
    match start.line == end.line {
        true => format!("@{}:{}-{}", start.line, start.column, end.column),
        false => format!("@{}:{}-{}:{}", start.line, start.column, end.line, end.column),
    }
}
