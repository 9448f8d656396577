//! What JSON that is read and written looks like, as JSON Schema (draft 2020-12). Readers and writers describe each member once, in
//! the macros that read and write it; from the same description comes the [`Object`] here. So no schema can say
//! something else than the code does.
//!
//! A schema may be made for a policy: then words, facts, clauses and currency are those of the policy.

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::{Map, Value, json};

use crate::program::Program;
use crate::terms::Worded;

/// Something JSON has a form for.
pub(crate) trait Shape {
    /// Its schema; what has a name is put among the definitions and referred to.
    fn shape(shapes: &mut Shapes<'_>) -> Value;
}

/// An object with these members and no others.
pub(crate) struct Object {
    /// Its name among the definitions.
    pub(crate) name: &'static str,
    /// What it is; lines of a doc comment.
    pub(crate) about: &'static [&'static str],
    pub(crate) members: Vec<Member>,
    /// What else a schema can say of it: members that go together.
    pub(crate) rules: Vec<Value>,
}

/// A member of an object.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    /// What it means; lines of a doc comment.
    pub(crate) about: &'static [&'static str],
    /// Whether it must be there.
    pub(crate) required: bool,
    /// Whether a record has it too.
    pub(crate) recorded: bool,
    pub(crate) shape: fn(&mut Shapes<'_>) -> Value,
}

/// The value of a member of an object that is written.
pub(crate) trait Entry {
    /// Whether it is always there.
    const REQUIRED: bool;
    /// Whether a record has it too.
    const RECORDED: bool;
    /// Writes it, or leaves it out.
    fn put<M: SerializeMap>(&self, map: &mut M, key: &'static str) -> Result<(), M::Error>;
    /// What it looks like when it is there.
    fn entry(shapes: &mut Shapes<'_>) -> Value;
}

impl<T: Serialize + Shape> Entry for T {
    const REQUIRED: bool = true;
    const RECORDED: bool = true;
    fn put<M: SerializeMap>(&self, map: &mut M, key: &'static str) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }
    fn entry(shapes: &mut Shapes<'_>) -> Value {
        T::shape(shapes)
    }
}

/// A member that is left out when there is nothing to say.
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

impl<T: Serialize + Shape> Entry for Maybe<T> {
    const REQUIRED: bool = false;
    const RECORDED: bool = true;
    fn put<M: SerializeMap>(&self, map: &mut M, key: &'static str) -> Result<(), M::Error> {
        match &self.0 {
            Some(value) => map.serialize_entry(key, value),
            None => Ok(()),
        }
    }
    fn entry(shapes: &mut Shapes<'_>) -> Value {
        T::shape(shapes)
    }
}

/// A member that a record leaves out; nothing stands for that.
pub(crate) struct Unrecorded<T>(pub(crate) Option<T>);

impl<T: Serialize + Shape> Entry for Unrecorded<T> {
    const REQUIRED: bool = true;
    const RECORDED: bool = false;
    fn put<M: SerializeMap>(&self, map: &mut M, key: &'static str) -> Result<(), M::Error> {
        match &self.0 {
            Some(value) => map.serialize_entry(key, value),
            None => Ok(()),
        }
    }
    fn entry(shapes: &mut Shapes<'_>) -> Value {
        T::shape(shapes)
    }
}

/// Objects that are written, member by member, straight to the serializer; and what schemas say of them. The type of a member
/// is also its schema: an `Option` is null when there is nothing, a [`Maybe`] is left out.
macro_rules! written {
    ($(
        $(#[doc = $about:literal])+
        $name:literal: $type:ty = |$pattern:pat_param| $(where $rules:path:)? {
            $($(#[doc = $note:literal])+ $key:literal: $value_type:ty = $value:expr),+ $(,)?
        }
    )+) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $pattern = self;
                let mut map = serializer.serialize_map(None)?;
                $({
                    let value: $value_type = $value;
                    crate::shape::Entry::put(&value, &mut map, $key)?;
                })+
                serde::ser::SerializeMap::end(map)
            }
        }

        impl crate::shape::Written for $type {
            fn object() -> crate::shape::Object {
                crate::shape::Object {
                    name: $name,
                    about: &[$($about),+],
                    members: vec![$(crate::shape::Member {
                        name: $key,
                        about: &[$($note),+],
                        required: <$value_type as crate::shape::Entry>::REQUIRED,
                        recorded: <$value_type as crate::shape::Entry>::RECORDED,
                        shape: |shapes| <$value_type as crate::shape::Entry>::entry(shapes),
                    }),+],
                    rules: crate::shape::written!(? $($rules)?),
                }
            }
        }

        impl crate::shape::Shape for $type {
            fn shape(shapes: &mut crate::shape::Shapes<'_>) -> serde_json::Value {
                <Self as crate::shape::Written>::object().refer(shapes)
            }
        }
    )+};
    (?) => { Vec::new() };
    (? $rules:path) => { $rules() };
}
pub(crate) use written;

/// An object that is written.
pub(crate) trait Written {
    /// Its members.
    fn object() -> Object;
}

/// A schema being made.
pub(crate) struct Shapes<'p> {
    /// The policy it is for.
    pub(crate) policy: Option<&'p Program>,
    definitions: Map<String, Value>,
}

impl<'p> Shapes<'p> {
    /// A schema by itself: of any policy, or of one.
    pub(crate) fn document(policy: Option<&'p Program>, id: &str, title: &str, root: Object) -> Value {
        let mut shapes = Shapes { policy, definitions: Map::new() };
        let mut document = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" });
        if policy.is_none() {
            put(&mut document, "$id", id.into());
        }
        put(&mut document, "title", title.into());
        if let Value::Object(members) = shapes.object(root) {
            members.into_iter().for_each(|(name, value)| put(&mut document, &name, value));
        }
        shapes.definitions.sort_keys();
        if !shapes.definitions.is_empty() {
            put(&mut document, "$defs", Value::Object(shapes.definitions));
        }
        document
    }

    /// The schema of a name, which is made the first time it is asked for.
    pub(crate) fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.definitions.insert(name.to_owned(), made);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// An object where it stands.
    pub(crate) fn object(&mut self, object: Object) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for member in &object.members {
            let shape = (member.shape)(self);
            properties.insert(member.name.to_owned(), described(member.about, shape));
            if member.required {
                required.push(member.name);
            }
        }
        let mut made = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !required.is_empty() {
            put(&mut made, "required", required.into());
        }
        if !object.rules.is_empty() {
            put(&mut made, "allOf", object.rules.into());
        }
        described(object.about, made)
    }
}

impl Object {
    /// A reference to it.
    pub(crate) fn refer(self, shapes: &mut Shapes<'_>) -> Value {
        shapes.named(self.name, |shapes| shapes.object(self))
    }
}

fn put(schema: &mut Value, name: &str, value: Value) {
    if let Some(members) = schema.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// A schema with what it means before it.
pub(crate) fn described(about: &[&str], schema: Value) -> Value {
    let text = about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let text = text.trim();
    if text.is_empty() {
        return schema;
    }
    let mut described = json!({ "description": text });
    if let Value::Object(members) = schema {
        members.into_iter().for_each(|(name, value)| put(&mut described, &name, value));
    }
    described
}

/// The same, or null.
pub(crate) fn nullable(mut schema: Value) -> Value {
    let nothing = json!({ "type": "null" });
    if let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        if !choices.contains(&nothing) {
            choices.push(nothing);
        }
        return schema;
    }
    match schema.get("type") {
        Some(Value::String(one)) if schema.get("enum").is_none() && schema.get("const").is_none() => {
            let both = json!([one, "null"]);
            put(&mut schema, "type", both);
            schema
        }
        Some(Value::Array(_)) => schema,
        _ => json!({ "anyOf": [schema, nothing] }),
    }
}

/// A rule: where `member` is one of these words, these members must be there, and of the others that may go with some word
/// none is. A member that is null counts as not there.
pub(crate) fn by_word(member: &str, all: &[&str], words: impl Serialize, needed: &[&str], allowed: &[&str]) -> Value {
    let mut then = Map::new();
    for name in needed {
        then.insert((*name).to_owned(), json!({ "not": { "type": "null" } }));
    }
    for name in all.iter().filter(|name| !needed.contains(name) && !allowed.contains(name)) {
        then.insert((*name).to_owned(), json!({ "type": "null" }));
    }
    let mut rule = json!({
        "if": { "properties": { member: { "enum": json!(words) } }, "required": [member] },
        "then": { "properties": then }
    });
    if let (Some(then), false) = (rule.get_mut("then"), needed.is_empty()) {
        put(then, "required", json!(needed));
    }
    rule
}

/// A rule's part: this member is there, and not null.
pub(crate) fn given(member: &str) -> Value {
    json!({ "properties": { member: { "not": { "type": "null" } } }, "required": [member] })
}

impl Shape for str {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string" })
    }
}

impl Shape for String {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        str::shape(shapes)
    }
}

impl Shape for bool {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Shape for u32 {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
    }
}

impl<T: Shape> Shape for Option<T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        nullable(T::shape(shapes))
    }
}

impl<T: Shape + ?Sized> Shape for &T {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        T::shape(shapes)
    }
}

impl<T: Shape> Shape for [T] {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        Vec::<T>::shape(shapes)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "array", "items": T::shape(shapes) })
    }
}

/// A word of an enumeration.
pub(crate) struct Word<'a, T>(pub(crate) &'a T);

impl<T: Worded> Serialize for Word<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.written())
    }
}

impl<T: Worded> Shape for Word<'_, T> {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        shapes.named(T::NAME, |_| described(T::ABOUT, json!({ "type": "string", "enum": T::WORDS })))
    }
}

/// `true`; otherwise the member is left out.
pub(crate) struct True;

impl True {
    /// A member that says so.
    pub(crate) fn when(so: bool) -> Maybe<Self> {
        Maybe(so.then_some(True))
    }
}

impl Serialize for True {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl Shape for True {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "const": true })
    }
}
