//! What an answer of each type looks like. Answers of the same meaning are stored alike: a phone number without blanks, an
//! amount with all its digits.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::digits::{is_gtin, is_imei};
use super::tree::Tree;
use super::{ProblemKind, shapes};
use crate::date;
use crate::diagnostic::near;
use crate::money::Currency;
use crate::program::FieldType;
use crate::request::escaped;
use crate::shape::{Maybe, Shape, Shapes, described, given, written};

/// An answer that is what its type says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    /// Texts, words, numbers, amounts, days.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A photo.
    Photo(Picture),
    /// A signature: the name, and the picture of it when it was not given on paper.
    Signature {
        /// Who signed.
        name: String,
        /// What was drawn.
        picture: Option<Picture>,
    },
    /// A postal address.
    Address(Address),
}

/// A picture, which itself is stored elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is found, in the words of whoever stores it.
    pub reference: String,
    /// What it is: `image/jpeg`.
    pub media_type: String,
    /// The SHA-256 of its bytes, in 64 hexadecimal digits.
    pub sha256: String,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Street, house, flat: what stands above the city.
    pub lines: Vec<String>,
    /// The city.
    pub city: String,
    /// The postcode.
    pub postcode: Option<String>,
    /// The state, as the country writes it.
    pub state: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
}

written! {
    /// A picture, which itself is stored elsewhere.
    "StoredPicture": Picture = |picture| {
        /// Where it is found, in the words of whoever stores it.
        "ref": &str = &picture.reference,
        /// What it is: `image/jpeg`.
        "media_type": &str = &picture.media_type,
        /// The SHA-256 of its bytes, in 64 hexadecimal digits.
        "sha256": &str = &picture.sha256,
    }

    /// A signature: the name, and the picture of it where it was drawn on a screen.
    "StoredSignature": Signed<'_> = |Signed(name, picture)| where drawn: {
        /// Who signed.
        "name": &str = name,
        /// Where the picture is found, in the words of whoever stores it.
        "ref": Maybe<&str> = Maybe(picture.map(|picture| &*picture.reference)),
        /// What the picture is: `image/png`.
        "media_type": Maybe<&str> = Maybe(picture.map(|picture| &*picture.media_type)),
        /// The SHA-256 of its bytes, in 64 hexadecimal digits.
        "sha256": Maybe<&str> = Maybe(picture.map(|picture| &*picture.sha256)),
    }

    /// A postal address.
    "StoredAddress": Address = |address| {
        /// Street, house, flat: what stands above the city.
        "lines": Vec<&str> = address.lines.iter().map(String::as_str).collect(),
        /// The city.
        "city": &str = &address.city,
        /// The postcode.
        "postcode": Maybe<&str> = Maybe(address.postcode.as_deref()),
        /// The state, as the country writes it.
        "state": Maybe<&str> = Maybe(address.state.as_deref()),
        /// ISO 3166-1, two letters.
        "country": Maybe<&str> = Maybe(address.country.as_deref()),
    }
}

/// Who signed, and the picture of it.
struct Signed<'a>(&'a str, Option<&'a Picture>);

/// A picture has all of its members, or it is none.
fn drawn() -> Vec<Json> {
    let all = shapes::Picture::KNOWN.iter().map(|member| given(member));
    let (any, every): (Vec<Json>, Vec<Json>) = (all.clone().collect(), all.collect());
    vec![json!({ "if": { "anyOf": any }, "then": { "allOf": every } })]
}

impl Serialize for Filled {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::YesNo(yes) => serializer.serialize_bool(*yes),
            Self::Photo(picture) => picture.serialize(serializer),
            Self::Signature { name, picture } => Signed(name, picture.as_ref()).serialize(serializer),
            Self::Address(address) => address.serialize(serializer),
        }
    }
}

impl Shape for Filled {
    fn shape(shapes: &mut Shapes<'_>) -> Json {
        let [picture, signature, address] = [Picture::shape(shapes), Signed::shape(shapes), Address::shape(shapes)];
        shapes.named("StoredAnswer", |_| {
            let about = "An answer as it is stored: texts, words, numbers, amounts and days are text.";
            let choices = json!([{ "type": "string" }, { "type": "boolean" }, picture, signature, address]);
            described(&[about], json!({ "anyOf": choices }))
        })
    }
}

/// What is wrong with an answer.
pub(super) struct Wrong {
    /// Where inside the answer: `/city`.
    pub(super) inside: String,
    pub(super) kind: ProblemKind,
    pub(super) message: String,
}

impl Wrong {
    pub(super) fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { inside: String::new(), kind, message: message.into() }
    }

    fn at(mut self, member: &str) -> Self {
        self.inside = format!("/{member}{}", self.inside);
        self
    }
}

/// The most characters of a text.
const LONGEST: usize = 4000;

impl Filled {
    /// The answer in one text, which is what is hashed.
    pub(super) fn canonical(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Photo(_) | Self::Signature { .. } | Self::Address(_) => {
                serde_json::to_string(self).unwrap_or_default()
            }
        }
    }
}

/// Whether this is no answer at all.
pub(super) fn is_empty(tree: &Tree) -> bool {
    match tree {
        Tree::Null => true,
        Tree::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Reads an answer of a type.
pub(super) fn read(ty: &FieldType, answer: &Tree, currency: Currency) -> Result<Filled, Wrong> {
    Ok(match ty {
        FieldType::Text => Filled::Text(text(answer)?),
        FieldType::Number => Filled::Text(number(answer)?.normalize().to_string()),
        FieldType::WholeNumber => Filled::Text(whole(answer)?.to_string()),
        FieldType::Money => Filled::Text(money(answer, currency)?),
        FieldType::Date => Filled::Text(day(answer)?.to_string()),
        FieldType::YesNo => Filled::YesNo(yes_or_no(answer)?),
        FieldType::OneOf(options) => Filled::Text(option(answer, options.iter().map(|option| &**option).collect())?),
        FieldType::Signature(_) => signature(answer)?,
        FieldType::Photo => Filled::Photo(picture(answer, shapes::Picture::KNOWN)?),
        FieldType::Email => Filled::Text(email(text(answer)?)?),
        FieldType::Phone => Filled::Text(phone(&text(answer)?)?),
        FieldType::Address => Filled::Address(address(answer)?),
        FieldType::Imei => Filled::Text(imei(&text(answer)?)?),
        FieldType::Gtin => Filled::Text(gtin(&text(answer)?)?),
    })
}

/// What two answers, or an answer and a fact, are compared by.
pub(super) fn comparable(ty: &FieldType, text: &str) -> String {
    match ty {
        FieldType::Imei | FieldType::Phone => text.chars().filter(char::is_ascii_digit).collect(),
        FieldType::Gtin => format!("{:0>14}", text.chars().filter(char::is_ascii_digit).collect::<String>()),
        FieldType::Number | FieldType::WholeNumber | FieldType::Money => {
            Decimal::from_str_exact(text).map_or_else(|_| text.to_owned(), |number| number.normalize().to_string())
        }
        FieldType::Email => text.to_lowercase(),
        FieldType::Text
        | FieldType::Date
        | FieldType::YesNo
        | FieldType::OneOf(_)
        | FieldType::Signature(_)
        | FieldType::Photo
        | FieldType::Address => text.trim().to_owned(),
    }
}

fn expected(what: &str, found: &Tree) -> Wrong {
    Wrong::new(ProblemKind::Type, format!("expected {what}, found {}", found.kind()))
}

fn text(answer: &Tree) -> Result<String, Wrong> {
    let Tree::Text(text) = answer else { return Err(expected("a text", answer)) };
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Wrong::new(ProblemKind::Length, format!("this is longer than {LONGEST} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Wrong::new(ProblemKind::Form, "this holds characters that cannot be printed"));
    }
    Ok(text.to_owned())
}

fn number(answer: &Tree) -> Result<Decimal, Wrong> {
    let found = match answer {
        Tree::Number(number) => plain(&number.to_string()),
        Tree::Text(text) => plain(text.trim()),
        other => return Err(expected("a number", other)),
    };
    let message = "a number has at most 15 digits, a point and 12 more, such as `12.5`";
    found.ok_or_else(|| Wrong::new(ProblemKind::Form, message))
}

/// At most 15 digits, a point, and at most 12 digits.
fn plain(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = all(whole) && all(part) && whole.len() <= 15 && part.len() <= 12;
    if fits { Decimal::from_str_exact(text).ok() } else { None }
}

fn whole(answer: &Tree) -> Result<Decimal, Wrong> {
    let number = number(answer)?;
    if number.fract().is_zero() {
        return Ok(number.trunc().normalize());
    }
    Err(Wrong::new(ProblemKind::Form, "this is not a whole number"))
}

fn money(answer: &Tree, currency: Currency) -> Result<String, Wrong> {
    let mut amount = number(answer)?;
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err(Wrong::new(ProblemKind::Form, "an amount is not negative"));
    }
    amount = amount.normalize();
    if amount.scale() > currency.minor_digits() {
        let message = format!("an amount in {currency} has at most {} digits after the point", currency.minor_digits());
        return Err(Wrong::new(ProblemKind::Form, message));
    }
    amount.rescale(currency.minor_digits());
    Ok(amount.to_string())
}

fn day(answer: &Tree) -> Result<NaiveDate, Wrong> {
    let Tree::Text(text) = answer else { return Err(expected("a day such as \"2026-01-15\"", answer)) };
    let text = text.trim();
    match date::civil(text) {
        Some(day) if (1900..=2200).contains(&day.year()) => Ok(day),
        Some(_) => Err(Wrong::new(ProblemKind::Form, "a day is of the years 1900 to 2200")),
        None => Err(Wrong::new(ProblemKind::Form, "a day is written as year, month and day: `2026-01-15`")),
    }
}

fn yes_or_no(answer: &Tree) -> Result<bool, Wrong> {
    match answer {
        Tree::Bool(yes) => Ok(*yes),
        Tree::Text(text) if text == "yes" => Ok(true),
        Tree::Text(text) if text == "no" => Ok(false),
        Tree::Text(_) => Err(Wrong::new(ProblemKind::Option, "the answer is yes or no")),
        other => Err(expected("yes or no", other)),
    }
}

fn option(answer: &Tree, options: Vec<&str>) -> Result<String, Wrong> {
    let word = text(answer)?;
    if options.contains(&word.as_str()) {
        return Ok(word);
    }
    let message = match near(&word, options.iter().copied()) {
        Some(meant) => format!("this is none of the answers; did you mean `{meant}`?"),
        None => format!("this is none of the answers: {}", options.join(", ")),
    };
    Err(Wrong::new(ProblemKind::Option, message))
}

fn email(text: String) -> Result<String, Wrong> {
    let good = text.split_once('@').is_some_and(|(name, host)| {
        let label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let visible = |c: char| !c.is_whitespace() && !c.is_control() && !"()<>[]:;,\\\"@".contains(c);
        !name.is_empty()
            && name.len() <= 64
            && name.chars().all(visible)
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..")
            && host.len() <= 253
            && host.contains('.')
            && host.split('.').all(label)
    });
    if good { Ok(text) } else { Err(Wrong::new(ProblemKind::Form, "this is not an email address")) }
}

/// Seven to fifteen digits, with `+` before the country code when it is there.
fn phone(text: &str) -> Result<String, Wrong> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = text.starts_with('+');
    let rest = text.strip_prefix('+').unwrap_or(text);
    let good = rest.chars().all(|c| c.is_ascii_digit() || " -./()".contains(c));
    if !good || !(7..=15).contains(&digits.len()) {
        return Err(Wrong::new(ProblemKind::Form, "a phone number has 7 to 15 digits, and may begin with `+`"));
    }
    Ok(if plus { format!("+{digits}") } else { digits })
}

/// The digits of a number that may be written in groups.
fn grouped(text: &str) -> Option<String> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    plain.then(|| text.chars().filter(char::is_ascii_digit).collect())
}

fn imei(text: &str) -> Result<String, Wrong> {
    let digits = grouped(text).filter(|digits| digits.len() == 15);
    let digits = digits.ok_or_else(|| Wrong::new(ProblemKind::Form, "an IMEI has 15 digits; `*#06#` shows it"))?;
    match is_imei(&digits) {
        true => Ok(digits),
        false => {
            Err(Wrong::new(ProblemKind::CheckDigit, "one of the digits is wrong: the last does not fit the others"))
        }
    }
}

fn gtin(text: &str) -> Result<String, Wrong> {
    let digits = grouped(text).filter(|digits| matches!(digits.len(), 8 | 12 | 13 | 14));
    let digits = digits
        .ok_or_else(|| Wrong::new(ProblemKind::Form, "a GTIN has 8, 12, 13 or 14 digits, as below a bar code"))?;
    match is_gtin(&digits) {
        true => Ok(digits),
        false => {
            Err(Wrong::new(ProblemKind::CheckDigit, "one of the digits is wrong: the last does not fit the others"))
        }
    }
}

/// The name alone, or with a picture.
fn signature(answer: &Tree) -> Result<Filled, Wrong> {
    if let Tree::Text(_) = answer {
        return Ok(Filled::Signature { name: text(answer)?, picture: None });
    }
    members(answer, shapes::Signature::KNOWN, "a name, or an object with `name`")?;
    let name = required(answer, "name")?;
    let drawn = shapes::Picture::KNOWN.iter().any(|member| answer.member(member).is_some());
    let picture = if drawn { Some(picture(answer, shapes::Signature::KNOWN)?) } else { None };
    Ok(Filled::Signature { name, picture })
}

fn picture(answer: &Tree, known: &[&str]) -> Result<Picture, Wrong> {
    members(answer, known, "an object with `ref`, `media_type` and `sha256`")?;
    let reference = required(answer, "ref")?;
    let media_type = required(answer, "media_type")?;
    let kind = media_type.strip_prefix("image/").unwrap_or_default();
    if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) {
        return Err(Wrong::new(ProblemKind::Form, "a picture is of a type such as `image/jpeg`").at("media_type"));
    }
    let sha256 = required(answer, "sha256")?.to_ascii_lowercase();
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Wrong::new(ProblemKind::Form, "the SHA-256 of a picture has 64 hexadecimal digits").at("sha256"));
    }
    Ok(Picture { reference, media_type, sha256 })
}

fn address(answer: &Tree) -> Result<Address, Wrong> {
    members(answer, shapes::Address::KNOWN, "an object with `lines` and `city`")?;
    let lines = match answer.member("lines") {
        Some(Tree::List(lines)) if (1..=5).contains(&lines.len()) => {
            let lines: Result<Vec<String>, Wrong> = lines
                .iter()
                .enumerate()
                .map(|(at, line)| full(line).map_err(|wrong| wrong.at(&at.to_string())))
                .collect();
            lines.map_err(|wrong| wrong.at("lines"))?
        }
        Some(Tree::List(_)) => {
            return Err(Wrong::new(ProblemKind::Form, "an address has one to five lines").at("lines"));
        }
        Some(other) => return Err(expected("a list of lines", other).at("lines")),
        None => return Err(Wrong::new(ProblemKind::Form, "the street is missing").at("lines")),
    };
    let country = optional(answer, "country")?;
    if country.as_ref().is_some_and(|c| c.len() != 2 || !c.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return Err(Wrong::new(ProblemKind::Form, "a country has two capital letters: `US`").at("country"));
    }
    Ok(Address {
        lines,
        city: required(answer, "city")?,
        postcode: optional(answer, "postcode")?,
        state: optional(answer, "state")?,
        country,
    })
}

/// That the answer is an object with no other members than these.
fn members(answer: &Tree, known: &[&str], what: &str) -> Result<(), Wrong> {
    let Tree::Object(members) = answer else { return Err(expected(what, answer)) };
    match members.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => {
            let message = format!("there is no such member; known: {}", known.join(", "));
            Err(Wrong::new(ProblemKind::Type, message).at(&escaped(name)))
        }
        None => Ok(()),
    }
}

fn optional(answer: &Tree, member: &str) -> Result<Option<String>, Wrong> {
    let given = answer.member(member).filter(|tree| !is_empty(tree));
    given.map(|tree| text(tree).map_err(|wrong| wrong.at(member))).transpose()
}

fn required(answer: &Tree, member: &str) -> Result<String, Wrong> {
    optional(answer, member)?.ok_or_else(|| Wrong::new(ProblemKind::Form, format!("`{member}` is missing")).at(member))
}

fn full(line: &Tree) -> Result<String, Wrong> {
    if is_empty(line) { Err(Wrong::new(ProblemKind::Form, "this line is empty")) } else { text(line) }
}
