//! A field to fill in, as JSON.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::ser::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::super::{Field, Needed};
use super::{By, Cx, Day, Money};
use crate::facts::FactId;
use crate::program::{self, AnswerIs, AnswerTest, FieldCheck, FieldType, FormDay, Kept, Told};
use crate::shape::{Maybe, Shape, Shapes, Word, by_word, described, written};
use crate::terms::{Order, words};

/// The paperwork of a decision.
pub(super) struct Paperwork<'a>(pub(super) Cx<'a>);

impl Serialize for Paperwork<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cx = self.0;
        serializer.collect_seq(cx.decision.paperwork.iter().map(|asked| {
            let (form, field) = cx.field(asked).unzip();
            Known { cx, asked, form, field }
        }))
    }
}

impl Shape for Paperwork<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": Known::shape(shapes) })
    }
}

/// A field that is asked, with what the form says of it.
#[derive(Clone, Copy)]
struct Known<'a> {
    cx: Cx<'a>,
    asked: &'a Field,
    form: Option<&'a program::Form>,
    field: Option<&'a program::Field>,
}

/// What stands for a field that the program lacks.
static NO_TYPE: FieldType = FieldType::Text;

written! {
    /// A field to fill in. What the form does not say is left out.
    "Field": Known<'_> = |Known { cx, asked, form, field }| where field_rules: {
        /// The label of the form.
        "form": &str = form.map_or("", |form| &*form.label),
        /// The label of the field.
        "field": &str = field.map_or("", |field| &*field.name),
        /// The id of the returned line the form is about; null: the visit.
        "line": Option<&str> = cx.line(asked.line),
        /// What is printed above it.
        "title": Maybe<&str> = Maybe(field.and_then(|field| field.title.as_deref())),
        /// What an answer is.
        "type": Word<'_, FieldType> = Word(field.map_or(&NO_TYPE, |field| &field.ty)),
        /// Of `one of`: the words.
        "options": Maybe<Texts<'_>> = Maybe(field.and_then(|field| options(&field.ty))),
        /// Of `signature`: whose.
        "of": Maybe<&str> = Maybe(field.and_then(|field| signatory(&field.ty)).map(|of| asked.signed_by.map_or(of, |role| cx.role(role)))),
        /// Whether an answer is needed.
        "needed": Word<'_, Needed> = Word(&asked.needed),
        /// What other answers of the form must be before this one is asked, all of it.
        "when": Maybe<Tests<'_>> = Maybe(form.zip(*field).filter(|(_, field)| !field.when.is_empty()).map(Tests)),
        /// What it is filled in with, as a request would say it, until somebody answers otherwise.
        "prefill": Maybe<&str> = Maybe(asked.prefill.as_deref()),
        /// What an answer must be like.
        "checks": Maybe<Checks<'_>> =
            Maybe(form.zip(*field).filter(|(_, field)| !field.checks.is_empty()).map(|known| Checks(*cx, known))),
        /// It is not on paper.
        "printed": Maybe<False> = False::unless(field.is_none_or(|field| field.printed)),
        /// Who fills it in.
        "from": Maybe<&str> = Maybe(field.and_then(|field| field.from.as_deref())),
        /// How long the answer is kept, and as what.
        "kept": Maybe<Keeping> = Maybe(asked.kept.map(Keeping)),
        /// Why it is asked.
        "purpose": Maybe<&str> = Maybe(field.and_then(|field| field.purpose.as_deref())),
        /// The clauses that ask it.
        "by": By<'_> = cx.by(&asked.by),
    }

    /// How long an answer is kept, and as what.
    "Kept": Keeping = |Keeping(kept)| where kept_rules: {
        /// As it is, as a hash of it, or not at all.
        "how": Word<'_, Kept> = Word(kept),
        /// How long.
        "length": Maybe<String> = Maybe(kept.length().map(|length| length.to_string())),
    }
}

/// How an answer is kept.
pub(crate) struct Keeping(pub(crate) Kept);

/// `false`; otherwise the member is left out.
pub(crate) struct False;

impl False {
    /// A member that says no, unless it is so.
    pub(crate) fn unless(so: bool) -> Maybe<Self> {
        Maybe((!so).then_some(False))
    }
}

impl Serialize for False {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(false)
    }
}

impl Shape for False {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "const": false })
    }
}

fn options(ty: &FieldType) -> Option<Texts<'_>> {
    match ty {
        FieldType::OneOf(options) => Some(Texts(options)),
        _ => None,
    }
}

fn signatory(ty: &FieldType) -> Option<&str> {
    match ty {
        FieldType::Signature(of) => Some(of),
        _ => None,
    }
}

/// Options and signatories go with their types.
fn field_rules() -> Vec<Json> {
    let all = ["options", "of"];
    vec![by_word("type", &all, ["one of"], &["options"], &[]), by_word("type", &all, ["signature"], &["of"], &[])]
}

/// What is kept, is kept for some time.
fn kept_rules() -> Vec<Json> {
    let all = ["length"];
    vec![by_word("how", &all, ["for", "as hash for"], &all, &[]), by_word("how", &all, ["never"], &[], &[])]
}

words! {
    /// How an answer is kept.
    pub Kept as "KeptHow" {
        Self::For(_) => "for",
        Self::HashFor(_) => "as hash for",
        Self::Never => "never",
    }
}

/// Words of a form.
pub(super) struct Texts<'a>(&'a [Arc<str>]);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|text| &**text))
    }
}

impl Shape for Texts<'_> {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })
    }
}

/// What other answers must be.
struct Tests<'a>((&'a program::Form, &'a program::Field));

impl Serialize for Tests<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (form, field) = self.0;
        serializer.collect_seq(field.when.iter().map(|test| Test { form, test }))
    }
}

impl Shape for Tests<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": Test::shape(shapes), "minItems": 1 })
    }
}

/// What the answer of another field must be: `{ "field": "kind", "is": ["passport"] }`.
struct Test<'a> {
    form: &'a program::Form,
    test: &'a AnswerTest,
}

impl<'a> Test<'a> {
    /// The words the answer is, or is not, one of.
    fn words(&self, negated: bool) -> Maybe<Is<'a>> {
        let is = match &self.test.is {
            AnswerIs::Yes => Some(Is(None)),
            AnswerIs::OneOf(words) => Some(Is(Some(Texts(words)))),
            AnswerIs::Number(..) => None,
        };
        Maybe(is.filter(|_| self.test.negated == negated))
    }

    /// The number the answer is compared with.
    fn number(&self, order: Order, negated: bool) -> Maybe<Plain> {
        match self.test.is {
            AnswerIs::Number(by, number) if by == order && self.test.negated == negated => {
                Maybe(Some(Plain(number.normalize())))
            }
            AnswerIs::Number(..) | AnswerIs::Yes | AnswerIs::OneOf(_) => Maybe(None),
        }
    }
}

written! {
    /// What the answer of another field of the form must be.
    "AnswerTest": Test<'_> = |test| where two_members: {
        /// The label of the other field.
        "field": &str = field_name(test.form, test.test.field),
        /// It is one of these words.
        "is": Maybe<Is<'_>> = test.words(false),
        /// It is none of these words.
        "is not": Maybe<Is<'_>> = test.words(true),
        /// It is not less than this number.
        "at least": Maybe<Plain> = test.number(Order::AtLeast, false),
        /// It is less than this number.
        "not at least": Maybe<Plain> = test.number(Order::AtLeast, true),
        /// It is not more than this number.
        "at most": Maybe<Plain> = test.number(Order::AtMost, false),
        /// It is more than this number.
        "not at most": Maybe<Plain> = test.number(Order::AtMost, true),
        /// It is more than this number.
        "over": Maybe<Plain> = test.number(Order::Over, false),
        /// It is not more than this number.
        "not over": Maybe<Plain> = test.number(Order::Over, true),
        /// It is less than this number.
        "under": Maybe<Plain> = test.number(Order::Under, false),
        /// It is not less than this number.
        "not under": Maybe<Plain> = test.number(Order::Under, true),
        /// It is this number.
        "exactly": Maybe<Plain> = test.number(Order::Exactly, false),
        /// It is another number than this.
        "not exactly": Maybe<Plain> = test.number(Order::Exactly, true),
    }

    /// What an answer must be like; one member of these.
    "FieldCheck": Check<'_> = |check| where one_member: {
        /// The least number or amount.
        "at least": Maybe<Plain> = check.number(true),
        /// The greatest number or amount.
        "at most": Maybe<Plain> = check.number(false),
        /// The fewest and the most digits.
        "digits": Maybe<Range> = check.letters(true),
        /// The fewest and the most characters.
        "characters": Maybe<Range> = check.letters(false),
        /// The first day.
        "not before": Maybe<DayOf<'_>> = check.day(true),
        /// The last day.
        "not after": Maybe<DayOf<'_>> = check.day(false),
        /// What it must be the same as.
        "same as": Maybe<Named<'_>> = check.same(),
    }

    /// A field of the form, or a fact of the request.
    "Told": Named<'_> = |named| where one_member: {
        /// The name of the fact.
        "fact": Maybe<&str> = Maybe(named.fact),
        /// The label of the field.
        "field": Maybe<&str> = Maybe(named.field),
    }
}

fn one_member() -> Vec<Json> {
    vec![json!({ "minProperties": 1, "maxProperties": 1 })]
}

fn two_members() -> Vec<Json> {
    vec![json!({ "minProperties": 2, "maxProperties": 2 })]
}

/// Words; none of them: yes.
struct Is<'a>(Option<Texts<'a>>);

impl Serialize for Is<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(words) => words.serialize(serializer),
            None => serializer.collect_seq(["yes"]),
        }
    }
}

impl Shape for Is<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        Texts::shape(shapes)
    }
}

/// A number without zeros at its end; of money, with all digits.
struct Plain(Decimal);

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Shape for Plain {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        Money::shape(shapes)
    }
}

/// Fewest and most.
struct Range([u32; 2]);

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Shape for Range {
    fn shape(_: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2 })
    }
}

/// What answers must be like.
struct Checks<'a>(Cx<'a>, (&'a program::Form, &'a program::Field));

impl Serialize for Checks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Checks(cx, (form, field)) = *self;
        serializer.collect_seq(field.checks.iter().map(|check| Check { cx, form, field, check: *check }))
    }
}

impl Shape for Checks<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        json!({ "type": "array", "items": Check::shape(shapes), "minItems": 1 })
    }
}

/// What the answer must be like: `{ "not before": { "field": "noticed" } }`.
struct Check<'a> {
    cx: Cx<'a>,
    form: &'a program::Form,
    field: &'a program::Field,
    check: FieldCheck,
}

impl<'a> Check<'a> {
    fn number(&self, least: bool) -> Maybe<Plain> {
        let number = match self.check {
            FieldCheck::AtLeast(number) if least => number,
            FieldCheck::AtMost(number) if !least => number,
            _ => return Maybe(None),
        };
        let mut number = number.normalize();
        if matches!(self.field.ty, FieldType::Money) && number.scale() < self.cx.digits {
            number.rescale(self.cx.digits);
        }
        Maybe(Some(Plain(number)))
    }

    fn letters(&self, of_digits: bool) -> Maybe<Range> {
        match self.check {
            FieldCheck::Letters { least, most, digits } if digits == of_digits => Maybe(Some(Range([least, most]))),
            _ => Maybe(None),
        }
    }

    fn day(&self, before: bool) -> Maybe<DayOf<'a>> {
        let day = match self.check {
            FieldCheck::NotBefore(day) if before => day,
            FieldCheck::NotAfter(day) if !before => day,
            _ => return Maybe(None),
        };
        Maybe(Some(match day {
            FormDay::Today => DayOf::Today,
            FormDay::Date(day) => DayOf::Day(Day(day)),
            FormDay::Told(told) => DayOf::Told(self.told(told)),
        }))
    }

    fn same(&self) -> Maybe<Named<'a>> {
        match self.check {
            FieldCheck::SameAs(told) => Maybe(Some(self.told(told))),
            _ => Maybe(None),
        }
    }

    fn told(&self, told: Told) -> Named<'a> {
        let fact = |fact: FactId| self.cx.fact(fact);
        match told {
            Told::Fact(id) => Named { fact: Some(fact(id)), field: None },
            Told::Serials => Named { fact: Some("item.serial"), field: None },
            Told::Field(field) => Named { fact: None, field: Some(field_name(self.form, field)) },
        }
    }
}

/// A day, or where it is told.
enum DayOf<'a> {
    Today,
    Day(Day),
    Told(Named<'a>),
}

impl Serialize for DayOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Today => serializer.serialize_str("today"),
            Self::Day(day) => day.serialize(serializer),
            Self::Told(told) => told.serialize(serializer),
        }
    }
}

impl Shape for DayOf<'_> {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        let (day, told) = (Day::shape(shapes), Named::shape(shapes));
        shapes.named("FormDay", |_| {
            let about = "`today` is the day of the request.";
            described(&[about], json!({ "anyOf": [{ "const": "today" }, day, told] }))
        })
    }
}

/// `{ "fact": "sold" }`.
struct Named<'a> {
    fact: Option<&'a str>,
    field: Option<&'a str>,
}

fn field_name(form: &program::Form, field: u16) -> &str {
    form.fields.get(usize::from(field)).map_or("", |field| &field.name)
}
