//! What a field of a form looks up: what fills it in, and what its answer is compared with.

use rust_decimal::Decimal;

use crate::check::say;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Scope, Type, Value};
use crate::program::{FieldCheck, FormDay, Told};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Bound, FieldType};

use super::Clauses;

/// A field, and the form it stands in.
pub(super) struct Seat<'f> {
    form: &'f ast::Form,
    field: &'f ast::Field,
}

/// What a field looks up, and whose that is.
pub(super) struct FieldTold {
    pub(super) prefilled: Option<Told>,
    pub(super) checks: Vec<FieldCheck>,
    /// The finest scope of its facts.
    pub(super) scope: Scope,
}

/// Answers that can be compared with each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Word,
    Number,
    Money,
    Date,
    YesNo,
    /// Nothing is compared with it.
    Picture,
}

impl Kind {
    pub(super) fn of_field(ty: &FieldType) -> Self {
        match ty {
            FieldType::Text | FieldType::Email | FieldType::Phone | FieldType::Imei | FieldType::Gtin => Self::Text,
            FieldType::OneOf(_) => Self::Word,
            FieldType::Number | FieldType::WholeNumber => Self::Number,
            FieldType::Money => Self::Money,
            FieldType::Date => Self::Date,
            FieldType::YesNo => Self::YesNo,
            FieldType::Signature(_) | FieldType::Photo | FieldType::Address => Self::Picture,
        }
    }

    /// None for lists.
    fn of_fact(ty: Type) -> Option<Self> {
        Some(match ty {
            Type::Text => Self::Text,
            Type::Word(_) => Self::Word,
            Type::Number | Type::WholeNumber => Self::Number,
            Type::Money => Self::Money,
            Type::Date => Self::Date,
            Type::YesNo => Self::YesNo,
            Type::Texts => return None,
        })
    }

    fn fits(self, other: Self) -> bool {
        let words = |kind| matches!(kind, Self::Text | Self::Word);
        self != Self::Picture && (self == other || (words(self) && words(other)))
    }

    pub(super) fn is(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Word => "a word",
            Self::Number => "a number",
            Self::Money => "an amount of money",
            Self::Date => "a date",
            Self::YesNo => "yes or no",
            Self::Picture => "no text, number or date",
        }
    }
}

impl<'f> Seat<'f> {
    pub(super) fn new(form: &'f ast::Form, field: &'f ast::Field) -> Self {
        Self { form, field }
    }

    /// A field of the form, by name.
    pub(super) fn find(&self, name: &str) -> Option<(usize, &'f ast::Field)> {
        self.form.fields.iter().enumerate().find(|(_, field)| field.name.node == name)
    }

    fn above(&self) -> impl Iterator<Item = &'f ast::Field> {
        let here = self.field.span;
        self.form.fields.iter().take_while(move |field| field.span != here)
    }

    fn kind(&self) -> Kind {
        Kind::of_field(&self.field.ty.node)
    }
}

impl Clauses<'_, '_> {
    /// What fills a field in, and what its answer is compared with.
    pub(super) fn told(&mut self, seat: &Seat<'_>) -> FieldTold {
        let mut told = FieldTold { prefilled: None, checks: Vec::new(), scope: Scope::Visit };
        if let Some(name) = &seat.field.prefilled {
            told.prefilled = self.matching(seat, name, &mut told.scope, false);
        }
        for check in &seat.field.checks {
            let made = self.check(seat, check, &told.checks, &mut told.scope);
            told.checks.extend(made);
        }
        told
    }

    fn check(
        &mut self,
        seat: &Seat<'_>,
        check: &Spanned<ast::FieldCheck>,
        before: &[FieldCheck],
        scope: &mut Scope,
    ) -> Option<FieldCheck> {
        let name = &seat.field.name.node;
        match &check.node {
            ast::FieldCheck::Bound(bound, value) => {
                let ty = match seat.field.ty.node {
                    FieldType::Number => Type::Number,
                    FieldType::WholeNumber => Type::WholeNumber,
                    FieldType::Money => Type::Money,
                    _ => {
                        let words = if *bound == Bound::AtLeast { "at least" } else { "at most" };
                        let help = format!(
                            "`{words}` bounds a number or an amount; a text is bounded by `4 digits` or `2 to 40 characters`, a date by `not before` or `not after`"
                        );
                        return self.misfit(check.span, format!("`{name}` is {}", seat.kind().is()), help);
                    }
                };
                let Some(Value::Number(number)) = self.cx.value(value, ty, name) else { return None };
                self.bound(check.span, *bound, number, before)
            }
            ast::FieldCheck::Letters { least, most, digits } => {
                if seat.field.ty.node != FieldType::Text {
                    let help = "digits and characters are counted of a `text`; the other types know how long they are";
                    return self.misfit(check.span, format!("`{name}` is not declared as `text`"), help.to_owned());
                }
                let what = if *digits { "digits" } else { "characters" };
                if *least == 0 || least > most || *most > 4000 {
                    let message = match (least, most) {
                        (_, 4001..) => format!("no answer is longer than 4000 characters, and this asks for {most}"),
                        (0, _) => "an answer has at least one character".to_owned(),
                        _ => format!("{least} is more than {most}"),
                    };
                    let finding = Diagnostic::new(Code::OutOfRange, check.span, message);
                    self.cx.out.push(finding.help(format!("write the fewest first, such as `4 to 12 {what}`")));
                    return None;
                }
                Some(FieldCheck::Letters { least: *least, most: *most, digits: *digits })
            }
            ast::FieldCheck::NotBefore(day) => self.form_day(seat, check.span, day, scope).map(FieldCheck::NotBefore),
            ast::FieldCheck::NotAfter(day) => self.form_day(seat, check.span, day, scope).map(FieldCheck::NotAfter),
            ast::FieldCheck::SameAs(name) => self.matching(seat, name, scope, true).map(FieldCheck::SameAs),
        }
    }

    fn bound(&mut self, span: Span, bound: Bound, number: Decimal, before: &[FieldCheck]) -> Option<FieldCheck> {
        let (made, crossed) = match bound {
            Bound::AtLeast => (
                FieldCheck::AtLeast(number),
                before
                    .iter()
                    .find_map(|c| if let FieldCheck::AtMost(n) = c { (number > *n).then_some(*n) } else { None }),
            ),
            Bound::AtMost => (
                FieldCheck::AtMost(number),
                before
                    .iter()
                    .find_map(|c| if let FieldCheck::AtLeast(n) = c { (number < *n).then_some(*n) } else { None }),
            ),
        };
        if let Some(other) = crossed {
            let message = format!("no answer can be right: one bound is {other}, the other {number}");
            let finding = Diagnostic::new(Code::OutOfRange, span, message);
            self.cx.out.push(finding.help("let `at least` be less than `at most`"));
            return None;
        }
        Some(made)
    }

    fn form_day(&mut self, seat: &Seat<'_>, span: Span, day: &ast::FieldDay, scope: &mut Scope) -> Option<FormDay> {
        if seat.kind() != Kind::Date {
            let help = "`not before` and `not after` compare days; a number is bounded by `at least` and `at most`";
            let message = format!("`{}` is {}, not a date", seat.field.name.node, seat.kind().is());
            return self.misfit(span, message, help.to_owned());
        }
        match day {
            ast::FieldDay::Today => Some(FormDay::Today),
            ast::FieldDay::Date(date) => Some(FormDay::Date(*date)),
            ast::FieldDay::Of(name) => self.matching(seat, name, scope, true).map(FormDay::Told),
        }
    }

    /// A fact, or a field further up, that is of the same kind as the field.
    fn matching(&mut self, seat: &Seat<'_>, name: &ast::Name, scope: &mut Scope, fields: bool) -> Option<Told> {
        let (told, kind, of) = self.look_up(seat, name, fields)?;
        *scope = (*scope).max(of);
        let own = seat.kind();
        if !own.fits(kind) {
            let message = format!("`{}` is {}, and `{}` is {}", seat.field.name.node, own.is(), name.node, kind.is());
            let help = match own {
                Kind::Picture => "signatures, photos and addresses are filled in by hand, and compared with nothing",
                _ => "name something of the same kind",
            };
            return self.misfit(name.span, message, help.to_owned());
        }
        Some(told)
    }

    fn look_up(&mut self, seat: &Seat<'_>, name: &ast::Name, fields: bool) -> Option<(Told, Kind, Scope)> {
        let fact = self.cx.schema.fact_named(&name.node);
        if fields && let Some((place, field)) = seat.find(&name.node) {
            self.above(seat, name, fact.is_some())?;
            return Some((Told::Field(number(place)), Kind::of_field(&field.ty.node), Scope::Visit));
        }
        if name.node == "item.serial" {
            return Some((Told::Serials, Kind::Text, Scope::Line));
        }
        if fact.is_none() && !self.cx.words.asked(&name.node) {
            let facts = self.cx.schema.facts.iter().map(|fact| fact.name.as_str()).chain(["item.serial"]);
            let above = seat.above().filter(|_| fields).map(|field| field.name.node.as_str());
            let (what, add) = match fields {
                true => ("fact or field", "a field looks at facts and at the fields above it"),
                false => ("fact", "a field is filled in from a fact: of the language, or declared with `fact`"),
            };
            self.cx.out.push(say::unknown(what, name, above.chain(facts), Some(add.to_owned())));
            return None;
        }
        let (id, ty) = self.cx.fact(name)?;
        let scope = self.cx.schema.fact(id).map_or(Scope::Visit, |fact| fact.scope);
        if scope == Scope::Tender {
            let message =
                format!("a form is filled in for a line or for the visit, and `{}` is of each tender", name.node);
            let help = "name a fact of the visit, the sale or the item";
            self.cx.out.push(Diagnostic::new(Code::ScopeTooFine, name.span, message).help(help));
            return None;
        }
        let Some(kind) = Kind::of_fact(ty) else {
            let help = "name a fact that is one text, number, date or word";
            return self.misfit(name.span, format!("`{}` is a list of texts", name.node), help.to_owned());
        };
        Some((Told::Fact(id), kind, scope))
    }

    /// Whether a name that is a field of the form means one that is filled in before.
    pub(super) fn above(&mut self, seat: &Seat<'_>, name: &ast::Name, is_fact: bool) -> Option<()> {
        if is_fact {
            let help = format!("call the field something else, so that it is clear what `{}` means here", name.node);
            return self.misfit(name.span, format!("`{}` is a field of this form, and a fact", name.node), help);
        }
        if name.node == seat.field.name.node {
            let help = "name a field further up in the form";
            return self.misfit(name.span, format!("`{}` is this field itself", name.node), help.to_owned());
        }
        if !seat.above().any(|field| field.name.node == name.node) {
            let help = format!("a form is read from the top; put the line of `{}` before this one", name.node);
            return self.misfit(name.span, format!("`{}` is answered further down", name.node), help);
        }
        Some(())
    }

    pub(super) fn misfit<T>(&mut self, span: Span, message: String, help: String) -> Option<T> {
        self.cx.out.push(Diagnostic::new(Code::FieldMisfit, span, message).help(help));
        None
    }
}

pub(super) fn number(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
