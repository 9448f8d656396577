//! What schemas say of answers: which members they have, and what an answer of each type looks like. The members stand here
//! once; [`super::answers`] and [`super::value`] know no others.

use serde_json::{Map, Value, json};

use crate::program::{Field, FieldType, Form, Program};
use crate::shape::{Member, Object, Shape, Shapes, described, nullable};

/// The schema of answers: to the forms of any policy, or of one.
pub(crate) fn answers_schema(policy: Option<&Program>, id: &str, title: &str) -> Value {
    Shapes::document(policy, id, title, Answers::object())
}

/// Objects that are read from a tree: their members, and what schemas say of them. What is optional may be null.
macro_rules! read_from_trees {
    ($(
        $(#[doc = $about:literal])+
        $type:ident as $name:literal $(where $rules:path:)? {
            $($(#[doc = $note:literal])+ $presence:ident $key:literal: $ty:ty),+ $(,)?
        }
    )+) => {$(
        $(#[doc = $about])+
        pub(super) struct $type;

        impl $type {
            pub(super) const KNOWN: &'static [&'static str] = &[$($key),+];

            fn object() -> Object {
                Object {
                    name: $name,
                    about: &[$($about),+],
                    members: vec![$(Member {
                        name: $key,
                        about: &[$($note),+],
                        required: read_from_trees!(@ $presence),
                        recorded: false,
                        shape: |shapes| {
                            let shape = <$ty as Shape>::shape(shapes);
                            if read_from_trees!(@ $presence) { shape } else { nullable(shape) }
                        },
                    }),+],
                    rules: read_from_trees!(? $($rules)?),
                }
            }
        }

        impl Shape for $type {
            fn shape(shapes: &mut Shapes<'_>) -> Value {
                Self::object().refer(shapes)
            }
        }
    )+};
    (@ required) => { true };
    (@ optional) => { false };
    (?) => { Vec::new() };
    (? $rules:path) => { $rules() };
}

read_from_trees! {
    /// What was filled in.
    Answers as "Answers" {
        /// The forms; each once for the visit or a line.
        optional "forms": Sheets,
    }

    /// A form that was filled in.
    Sheet as "FilledIn" {
        /// The label of the form.
        required "form": &str,
        /// The id of the returned line the form is about; left out for a form of the visit.
        optional "line": &str,
        /// The answers, by the label of the field. What is left out, null or an empty text is no answer.
        optional "fields": Fields,
    }

    /// An answer, and who wrote it.
    Signed as "AnswerBy" {
        /// The answer.
        required "value": Answer,
        /// Who wrote it.
        optional "filled_by": &str,
    }

    /// A picture, which itself is stored elsewhere.
    Picture as "Picture" {
        /// Where it is found, in the words of whoever stores it.
        required "ref": Line,
        /// What it is: `image/jpeg`.
        required "media_type": MediaType,
        /// The SHA-256 of its bytes, in hexadecimal.
        required "sha256": Sha256,
    }

    /// A signature: the name, and the picture of it where it was drawn on a screen.
    Signature as "Signature" where drawn: {
        /// Who signed.
        required "name": Line,
        /// Where the picture is found, in the words of whoever stores it.
        optional "ref": Line,
        /// What the picture is: `image/png`.
        optional "media_type": MediaType,
        /// The SHA-256 of its bytes, in hexadecimal.
        optional "sha256": Sha256,
    }

    /// A postal address.
    Address as "Address" {
        /// Street, house, flat: what stands above the city; one to five lines.
        required "lines": Lines,
        /// The city.
        required "city": Line,
        /// The postcode.
        optional "postcode": &str,
        /// The state, as the country writes it.
        optional "state": &str,
        /// ISO 3166-1, two letters.
        optional "country": Country,
    }
}

/// A picture has all of its members, or it is none.
fn drawn() -> Vec<Value> {
    let all = ["ref", "media_type", "sha256"];
    let any: Vec<Value> = all.iter().map(|member| crate::shape::given(member)).collect();
    let every = any.clone();
    vec![json!({ "if": { "anyOf": any }, "then": { "allOf": every } })]
}

struct Sheets;

impl Shape for Sheets {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let sheet = match shapes.policy {
            Some(policy) => sheet_of(shapes, policy),
            None => Sheet::shape(shapes),
        };
        json!({ "type": "array", "items": sheet })
    }
}

/// A form of a policy that was filled in.
fn sheet_of(shapes: &mut Shapes<'_>, policy: &Program) -> Value {
    let mut forms = Vec::new();
    for form in policy.versions.iter().flat_map(|version| &version.forms) {
        let mut sheet = shapes.object(Sheet::object());
        let (label, fields) = (json!({ "const": &*form.label }), fields_of(shapes, form));
        for (member, shape) in [("form", label), ("fields", nullable(fields))] {
            if let Some(place) = sheet.pointer_mut(&format!("/properties/{member}")) {
                *place = shape;
            }
        }
        if let Some(title) = &form.title
            && let Some(members) = sheet.as_object_mut()
        {
            members.insert("title".to_owned(), json!(&**title));
        }
        if !forms.contains(&sheet) {
            forms.push(sheet);
        }
    }
    // A policy without forms asks nothing.
    if forms.is_empty() { json!(false) } else { json!({ "anyOf": forms }) }
}

fn fields_of(shapes: &mut Shapes<'_>, form: &Form) -> Value {
    let field = |shapes: &mut Shapes<'_>, field: &Field| {
        let answer = answer_of(shapes, &field.ty);
        let mut by = shapes.object(Signed::object());
        if let Some(place) = by.pointer_mut("/properties/value") {
            *place = answer.clone();
        }
        let about: Vec<&str> = field.title.as_deref().into_iter().collect();
        described(&about, json!({ "anyOf": [answer, by] }))
    };
    let members: Map<String, Value> =
        form.fields.iter().map(|one| (one.name.to_string(), field(shapes, one))).collect();
    json!({ "type": "object", "properties": members, "additionalProperties": false })
}

/// An answer of a type, or none.
fn answer_of(shapes: &mut Shapes<'_>, ty: &FieldType) -> Value {
    let number = |decimals: &str| {
        let pattern = format!(r"^\s*(-?[0-9]{{1,15}}{decimals})?\s*$");
        json!({ "anyOf": [{ "type": "string", "pattern": pattern }, { "type": "integer" }, { "type": "null" }] })
    };
    let text = |pattern: &str| json!({ "type": ["string", "null"], "pattern": format!(r"^\s*({pattern})?\s*$") });
    match ty {
        FieldType::Text => json!({ "type": ["string", "null"] }),
        FieldType::Number => number(r"(\.[0-9]{1,12})?"),
        FieldType::WholeNumber => number(r"(\.0{1,12})?"),
        FieldType::Money => number(match shapes.policy.map_or(2, |policy| policy.currency.minor_digits()) {
            0 => r"(\.0{1,12})?",
            1 => r"(\.[0-9]0{0,11})?",
            2 => r"(\.[0-9]{1,2}0{0,10})?",
            3 => r"(\.[0-9]{1,3}0{0,9})?",
            _ => r"(\.[0-9]{1,4}0{0,8})?",
        }),
        FieldType::Date => text("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        FieldType::YesNo => json!({ "enum": [true, false, "yes", "no", "", null] }),
        FieldType::OneOf(options) => {
            let words: Vec<Value> = options.iter().map(|word| json!(&**word)).chain([json!(""), Value::Null]).collect();
            json!({ "enum": words })
        }
        FieldType::Signature(_) => {
            let signature = Signature::shape(shapes);
            json!({ "anyOf": [{ "type": ["string", "null"] }, signature] })
        }
        FieldType::Photo => nullable(Picture::shape(shapes)),
        FieldType::Email => text(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        FieldType::Phone => text(r"\+?[-0-9 ./()]{7,}"),
        FieldType::Address => nullable(Address::shape(shapes)),
        FieldType::Imei => text("[0-9](?:[ -]*[0-9]){14}[ -]*"),
        FieldType::Gtin => text("[0-9](?:[ -]*[0-9]){7,13}[ -]*"),
    }
}

struct Fields;

impl Shape for Fields {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let (mut answer, signed) = (Answer::shape(shapes), Signed::shape(shapes));
        if let Some(choices) = answer.get_mut("anyOf").and_then(Value::as_array_mut) {
            choices.push(signed);
        } else {
            answer = json!({ "anyOf": [answer, signed] });
        }
        json!({ "type": "object", "additionalProperties": answer })
    }
}

/// An answer of any type.
struct Answer;

impl Shape for Answer {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        let objects = [Picture::shape(shapes), Signature::shape(shapes), Address::shape(shapes)];
        let [picture, signature, address] = objects;
        shapes.named("Answer", |_| {
            let about = "An answer, by the type of its field; a number with a point is text. `null` is no answer.";
            let choices = json!([
                { "type": "string" }, { "type": "integer" }, { "type": "boolean" }, picture, signature, address, { "type": "null" }
            ]);
            described(&[about], json!({ "anyOf": choices }))
        })
    }
}

/// A text that is not empty.
struct Line;

impl Shape for Line {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": r"\S" })
    }
}

struct Lines;

impl Shape for Lines {
    fn shape(shapes: &mut Shapes<'_>) -> Value {
        json!({ "type": "array", "items": Line::shape(shapes), "minItems": 1, "maxItems": 5 })
    }
}

struct MediaType;

impl Shape for MediaType {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": r"^\s*image/[A-Za-z0-9+.-]+\s*$" })
    }
}

struct Sha256;

impl Shape for Sha256 {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": r"^\s*[0-9A-Fa-f]{64}\s*$" })
    }
}

struct Country;

impl Shape for Country {
    fn shape(_: &mut Shapes<'_>) -> Value {
        json!({ "type": "string", "pattern": r"^\s*([A-Z]{2})?\s*$" })
    }
}
