//! `pkg/index.d.ts` is written by hand, for people. Here it is read and held against the schemas: the same members, the same of
//! them optional, of the same types and words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use takeback::api::Document;

use super::schema;
use crate::cases::root;

#[test]
fn types_are_those_of_the_schemas() {
    let text = fs::read_to_string(root().join("pkg/index.d.ts")).expect("the types can be read");
    let (_, text) = text.split_once("\n// Requests\n").expect("a part `Requests`");
    let declared = Declared::read(text);
    let mut wrong = Vec::new();
    for (name, document) in [
        ("ReturnRequest", Document::Request),
        ("Decision", Document::Decision),
        ("Answers", Document::Answers),
        ("Completion", Document::Completion),
        ("ReturnRecord", Document::Record),
    ] {
        let schema = schema(document);
        compare(name, &of_schema(&schema, &schema), &declared.named(name), &mut wrong);
    }
    assert!(wrong.is_empty(), "pkg/index.d.ts and the schemas differ:\n{}", wrong.join("\n"));
}

/// What a value may be. Several objects are taken together: a member is required when all of them require it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Form {
    null: bool,
    number: bool,
    yes: bool,
    no: bool,
    /// Any text.
    text: bool,
    /// These texts.
    words: BTreeSet<String>,
    list: Option<Box<Form>>,
    members: Option<BTreeMap<String, (bool, Form)>>,
    /// Whatever the name of the member.
    map: Option<Box<Form>>,
}

impl Form {
    fn text() -> Self {
        Form { text: true, ..Form::default() }
    }
    fn word(word: &str) -> Self {
        Form { words: BTreeSet::from([word.to_owned()]), ..Form::default() }
    }
    fn object(members: BTreeMap<String, (bool, Form)>) -> Self {
        Form { members: Some(members), ..Form::default() }
    }

    /// One or the other.
    fn or(self, other: Form) -> Form {
        let both = |one: Option<Box<Form>>, other: Option<Box<Form>>| match (one, other) {
            (Some(one), Some(other)) => Some(Box::new(one.or(*other))),
            (one, other) => one.or(other),
        };
        Form {
            null: self.null || other.null,
            number: self.number || other.number,
            yes: self.yes || other.yes,
            no: self.no || other.no,
            text: self.text || other.text,
            words: self.words.into_iter().chain(other.words).collect(),
            list: both(self.list, other.list),
            map: both(self.map, other.map),
            members: match (self.members, other.members) {
                (Some(one), Some(other)) => Some(either(one, other)),
                (one, other) => one.or(other),
            },
        }
    }

    /// Both at once; of what is no object, the narrower.
    fn and(self, other: Form) -> Form {
        match (self.members, other.members) {
            (Some(mut one), Some(other)) => {
                one.extend(other);
                Form::object(one)
            }
            (Some(members), None) if !members.is_empty() => Form::object(members),
            (Some(_), None) => Form { members: None, ..other },
            (None, _) => Form { members: None, ..self },
        }
    }
}

fn either(
    one: BTreeMap<String, (bool, Form)>,
    mut other: BTreeMap<String, (bool, Form)>,
) -> BTreeMap<String, (bool, Form)> {
    let mut all = BTreeMap::new();
    for (name, (required, form)) in one {
        let merged = match other.remove(&name) {
            Some((also, second)) => (required && also, form.or(second)),
            None => (false, form),
        };
        all.insert(name, merged);
    }
    all.extend(other.into_iter().map(|(name, (_, form))| (name, (false, form))));
    all
}

fn compare(place: &str, schema: &Form, types: &Form, wrong: &mut Vec<String>) {
    let (plain, typed) = (simple(schema), simple(types));
    if plain != typed {
        wrong.push(format!("{place}: the schema has {plain:?}, the types have {typed:?}"));
    }
    for (inner, ours, theirs) in [("[]", &schema.list, &types.list), ("{}", &schema.map, &types.map)] {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => compare(&format!("{place}{inner}"), ours, theirs, wrong),
            (None, None) => {}
            (ours, _) => {
                wrong.push(format!("{place}{inner} is only in the {}", if ours.is_some() { "schema" } else { "types" }))
            }
        }
    }
    let empty = BTreeMap::new();
    let (ours, theirs) = (schema.members.as_ref().unwrap_or(&empty), types.members.as_ref().unwrap_or(&empty));
    for name in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
        match (ours.get(name), theirs.get(name)) {
            (Some((required, ours)), Some((needed, theirs))) => {
                if required != needed {
                    wrong.push(format!(
                        "{place}.{name} is required only in the {}",
                        if *required { "schema" } else { "types" }
                    ));
                }
                compare(&format!("{place}.{name}"), ours, theirs, wrong);
            }
            (ours, _) => {
                wrong
                    .push(format!("{place}.{name} is only in the {}", if ours.is_some() { "schema" } else { "types" }));
            }
        }
    }
}

/// What is not made of other forms, in words.
fn simple(form: &Form) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = form.words.iter().filter(|_| !form.text).map(|word| format!("`{word}`")).collect();
    let kinds =
        [(form.null, "null"), (form.number, "number"), (form.yes, "true"), (form.no, "false"), (form.text, "text")];
    all.extend(kinds.iter().filter(|(is, _)| *is).map(|(_, name)| (*name).to_owned()));
    all
}

fn of_schema(root: &Value, schema: &Value) -> Form {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/$defs/")) {
        return of_schema(root, &root["$defs"][name]);
    }
    let of_value = |value: &Value| match value {
        Value::Null => Form { null: true, ..Form::default() },
        Value::Bool(yes) => Form { yes: *yes, no: !yes, ..Form::default() },
        Value::String(word) => Form::word(word),
        other => panic!("the types do not know {other}"),
    };
    if let Some(value) = schema.get("const") {
        return of_value(value);
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(of_value).fold(Form::default(), Form::or);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().map(|choice| of_schema(root, choice)).fold(Form::default(), Form::or);
    }
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    let inner = |key: &str| Some(Box::new(of_schema(root, &schema[key])));
    let of_type = |name: &Value| match name.as_str() {
        Some("null") => Form { null: true, ..Form::default() },
        Some("integer") => Form { number: true, ..Form::default() },
        Some("boolean") => Form { yes: true, no: true, ..Form::default() },
        Some("string") => Form::text(),
        Some("array") => Form { list: inner("items"), ..Form::default() },
        Some("object") if schema["additionalProperties"].is_object() => {
            Form { map: inner("additionalProperties"), ..Form::default() }
        }
        Some("object") => {
            let required: Vec<&str> =
                schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let members = schema["properties"].as_object().into_iter().flatten();
            Form::object(
                members
                    .map(|(name, shape)| (name.clone(), (required.contains(&name.as_str()), of_schema(root, shape))))
                    .collect(),
            )
        }
        other => panic!("the types do not know {other:?}"),
    };
    types.iter().map(of_type).fold(Form::default(), Form::or)
}

/// The declarations of the file: names, and the words of what they stand for.
struct Declared(BTreeMap<String, Vec<String>>);

impl Declared {
    fn read(text: &str) -> Self {
        let mut words = words(text).into_iter().peekable();
        let mut all = BTreeMap::new();
        while let Some(word) = words.next() {
            let (kind, name) = match word.as_str() {
                "export" => (words.next().expect("a kind"), words.next().expect("a name")),
                other => panic!("expected a declaration, found `{other}`"),
            };
            let mut body = Vec::new();
            match kind.as_str() {
                "type" => {
                    assert_eq!(words.next().as_deref(), Some("="));
                    let mut depth = 0;
                    for word in words.by_ref() {
                        depth += i32::from(matches!(word.as_str(), "{" | "(" | "[" | "<"))
                            - i32::from(matches!(word.as_str(), "}" | ")" | "]" | ">"));
                        if depth == 0 && word == ";" {
                            break;
                        }
                        body.push(word);
                    }
                }
                "interface" => {
                    while words.peek().is_some_and(|word| word != "{") {
                        match words.next().expect("a word").as_str() {
                            "extends" => body.extend([words.next().expect("a name"), "&".to_owned()]),
                            other => panic!("expected `extends`, found `{other}`"),
                        }
                    }
                    let mut depth = 0;
                    for word in words.by_ref() {
                        depth += i32::from(word == "{") - i32::from(word == "}");
                        body.push(word);
                        if depth == 0 {
                            break;
                        }
                    }
                }
                other => panic!("expected a type or an interface, found `{other}`"),
            }
            all.insert(name, body);
        }
        Declared(all)
    }

    fn named(&self, name: &str) -> Form {
        let words = self.0.get(name).unwrap_or_else(|| panic!("no type `{name}`"));
        let mut parser = Parser { declared: self, words, at: 0 };
        let form = parser.union();
        assert_eq!(parser.at, words.len(), "`{name}` is read to its end");
        form
    }
}

/// Names, quoted texts and signs, without comments.
fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").expect("the end of a comment") + 2,
            '/' => rest.find('\n').unwrap_or(rest.len()),
            '"' => rest.bytes().skip(1).position(|byte| byte == b'"').expect("the end of a text") + 2,
            c if c.is_alphanumeric() || c == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let (word, left) = rest.split_at(end);
        if !first.is_whitespace() && first != '/' {
            found.push(word.to_owned());
        }
        rest = left;
    }
    found
}

struct Parser<'d> {
    declared: &'d Declared,
    words: &'d [String],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &str {
        self.words.get(self.at).map_or("", String::as_str)
    }
    fn next(&mut self) -> String {
        self.at += 1;
        self.words[self.at - 1].clone()
    }
    fn take(&mut self, word: &str) -> bool {
        let is = self.peek() == word;
        self.at += usize::from(is);
        is
    }
    fn expect(&mut self, word: &str) {
        assert!(self.take(word), "expected `{word}`, found `{}` in {:?}", self.peek(), self.words);
    }

    fn union(&mut self) -> Form {
        self.take("|");
        let mut form = self.intersection();
        while self.take("|") {
            form = form.or(self.intersection());
        }
        form
    }

    fn intersection(&mut self) -> Form {
        let mut form = self.suffixed();
        while self.take("&") {
            form = form.and(self.suffixed());
        }
        form
    }

    fn suffixed(&mut self) -> Form {
        let mut form = self.primary();
        while self.take("[") {
            if self.take("]") {
                form = Form { list: Some(Box::new(form)), ..Form::default() };
            } else {
                let name = self.next();
                self.expect("]");
                let members = form.members.expect("an object");
                form = members[name.trim_matches('"')].1.clone();
            }
        }
        form
    }

    fn primary(&mut self) -> Form {
        let word = self.next();
        match word.as_str() {
            "(" => {
                let form = self.union();
                self.expect(")");
                form
            }
            "{" => self.object(),
            "[" => {
                let mut form = self.union();
                while self.take(",") {
                    form = form.or(self.union());
                }
                self.expect("]");
                Form { list: Some(Box::new(form)), ..Form::default() }
            }
            "string" => Form::text(),
            "never" => Form::default(),
            "number" => Form { number: true, ..Form::default() },
            "boolean" => Form { yes: true, no: true, ..Form::default() },
            "true" => Form { yes: true, ..Form::default() },
            "false" => Form { no: true, ..Form::default() },
            "null" => Form { null: true, ..Form::default() },
            "Record" => {
                self.expect("<");
                self.expect("string");
                self.expect(",");
                let inner = self.union();
                self.expect(">");
                Form { map: Some(Box::new(inner)), ..Form::default() }
            }
            "Omit" => {
                self.expect("<");
                let of = self.union();
                self.expect(",");
                let names = self.union().words;
                self.expect(">");
                let members = of.members.expect("an object").into_iter().filter(|(name, _)| !names.contains(name));
                Form::object(members.collect())
            }
            quoted if quoted.starts_with('"') => Form::word(quoted.trim_matches('"')),
            name => self.declared.named(name),
        }
    }

    fn object(&mut self) -> Form {
        let mut members = BTreeMap::new();
        while !self.take("}") {
            if self.take("[") {
                // `[K in keyof X]?: T`
                let (_, _, _, of) = (self.next(), self.expect("in"), self.expect("keyof"), self.next());
                self.expect("]");
                let optional = self.take("?");
                self.expect(":");
                let form = self.union();
                let known = self.declared.named(&of).members.expect("an object");
                members.extend(known.into_keys().map(|name| (name, (!optional, form.clone()))));
            } else {
                let name = self.next().trim_matches('"').to_owned();
                let optional = self.take("?");
                self.expect(":");
                members.insert(name, (!optional, self.union()));
            }
            if !self.take(";") {
                self.take(",");
            }
        }
        Form::object(members)
    }
}
