//! How values are written into a bundle and read back: as CBOR (RFC 8949), a structure as a map with its members by name and
//! in their order, a choice as its name or as an array that begins with it. One value has one form, so that equal
//! policies make equal bytes.
//!
//! What is read was made by anybody: every number that stands for a place is held against what is there, and nothing is
//! set aside for more than the bytes that are there.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use rust_decimal::Decimal;

use crate::date::{Calendar, Zone};
use crate::facts::{DomainId, FactId};

/// What a bundle is made of.
pub(super) trait Pack: Sized {
    fn pack(&self, out: &mut Writer);
    fn unpack(input: &mut Reader<'_>) -> Read<Self>;
}

pub(super) type Read<T> = Result<T, Damaged>;

/// The content is not what its form says, in a few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged(pub(super) &'static str);

const FORM: Damaged = Damaged("a value has another form");
const PLACE: Damaged = Damaged("a number names something that is not there");

impl From<minicbor::decode::Error> for Damaged {
    fn from(_: minicbor::decode::Error) -> Self {
        FORM
    }
}

/// Writes values, and gathers what several of them share.
pub(super) struct Writer {
    cbor: Encoder<Vec<u8>>,
    pub(super) calendars: Vec<Arc<Calendar>>,
    pub(super) zones: Vec<Zone>,
}

/// Writing to memory does not fail.
macro_rules! put {
    ($out:expr, $($call:tt)+) => { let _ = $out.cbor.$($call)+; };
}

impl Writer {
    pub(super) fn new() -> Self {
        Self { cbor: Encoder::new(Vec::new()), calendars: Vec::new(), zones: Vec::new() }
    }

    pub(super) fn map(&mut self, members: usize) {
        put!(self, map(members as u64));
    }

    pub(super) fn list(&mut self, items: usize) {
        put!(self, array(items as u64));
    }

    pub(super) fn text(&mut self, text: &str) {
        put!(self, str(text));
    }

    pub(super) fn number(&mut self, number: i64) {
        put!(self, i64(number));
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        put!(self, bytes(bytes));
    }

    /// What another writer wrote, as it stands.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.cbor.writer_mut().extend_from_slice(bytes);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.cbor.into_writer()
    }

    /// A choice: its name, or a list of its name and what it is made of.
    pub(super) fn choice(&mut self, name: &str, items: usize) {
        if items > 0 {
            self.list(items + 1);
        }
        self.text(name);
    }
}

/// How many there are of what is named by a number.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) texts: usize,
    pub(super) categories: usize,
    pub(super) seasons: usize,
    pub(super) remedies: usize,
    pub(super) roles: usize,
    pub(super) tenders: usize,
    pub(super) clauses: usize,
    pub(super) nodes: usize,
    pub(super) values: usize,
    pub(super) trees: usize,
    pub(super) laws: usize,
    pub(super) fees: usize,
}

/// Reads values, and knows what numbers in them may name.
pub(super) struct Reader<'b> {
    cbor: Decoder<'b>,
    depth: u32,
    pub(super) counts: Counts,
    /// For each fact of the bundle, which one it is here.
    pub(super) facts: Vec<FactId>,
    /// Likewise of lists of words.
    pub(super) domains: Vec<DomainId>,
    pub(super) calendars: Vec<Arc<Calendar>>,
    pub(super) zones: Vec<Zone>,
}

/// The members of a structure that are still to be read.
pub(super) struct Members(u64);

/// The parts of a choice that are still to be read.
pub(super) struct Parts(u64);

/// How deep values stand within each other: conditions are nested no deeper than brackets in a file.
const DEEPEST: u32 = 256;

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            cbor: Decoder::new(bytes),
            depth: 0,
            counts: Counts::default(),
            facts: Vec::new(),
            domains: Vec::new(),
            calendars: Vec::new(),
            zones: Vec::new(),
        }
    }

    pub(super) fn map(&mut self) -> Read<Members> {
        self.cbor.map()?.map(Members).ok_or(FORM)
    }

    pub(super) fn list(&mut self) -> Read<u64> {
        self.cbor.array()?.ok_or(FORM)
    }

    /// A list of just so many.
    pub(super) fn list_of(&mut self, items: u64) -> Read<()> {
        if self.list()? == items { Ok(()) } else { Err(FORM) }
    }

    pub(super) fn text(&mut self) -> Read<&'b str> {
        Ok(self.cbor.str()?)
    }

    pub(super) fn number(&mut self) -> Read<i64> {
        Ok(self.cbor.i64()?)
    }

    pub(super) fn bytes(&mut self) -> Read<&'b [u8]> {
        Ok(self.cbor.bytes()?)
    }

    /// Whether the next member has this name; then its value is next.
    pub(super) fn has(&mut self, members: &mut Members, name: &str) -> Read<bool> {
        if members.0 == 0 {
            return Ok(false);
        }
        let here = self.cbor.position();
        let found = self.text()? == name;
        if found {
            members.0 -= 1;
        } else {
            self.cbor.set_position(here);
        }
        Ok(found)
    }

    /// The next member has this name.
    pub(super) fn member(&mut self, members: &mut Members, name: &str) -> Read<()> {
        if self.has(members, name)? { Ok(()) } else { Err(Damaged("a member is missing")) }
    }

    pub(super) fn end(&self, members: &Members) -> Read<()> {
        if members.0 == 0 { Ok(()) } else { Err(Damaged("there is a member too many")) }
    }

    /// Which of these names a choice has, and how many parts.
    pub(super) fn choice(&mut self, names: &[&str]) -> Read<(usize, Parts)> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Damaged("values stand too deep within each other"));
        }
        let parts = match self.cbor.datatype()? {
            Type::String => 0,
            _ => self.list()?.checked_sub(1).ok_or(FORM)?,
        };
        let name = self.text()?;
        let found = names.iter().position(|known| *known == name);
        Ok((found.ok_or(Damaged("there is a word that nobody knows"))?, Parts(parts)))
    }

    /// A choice has a part more, which is next.
    pub(super) fn part(&mut self, parts: &mut Parts) -> Read<()> {
        parts.0 = parts.0.checked_sub(1).ok_or(Damaged("a part is missing"))?;
        Ok(())
    }

    /// A choice has been read.
    pub(super) fn chosen(&mut self, parts: &mut Parts) -> Read<()> {
        self.depth -= 1;
        if parts.0 == 0 { Ok(()) } else { Err(FORM) }
    }

    /// Whether nothing stands here, which is then passed over.
    pub(super) fn nothing(&mut self) -> Read<bool> {
        let nothing = self.cbor.datatype()? == Type::Null;
        if nothing {
            self.cbor.null()?;
        }
        Ok(nothing)
    }

    /// Whether a text is next.
    #[cfg(feature = "locales")]
    pub(super) fn is_text(&mut self) -> Read<bool> {
        Ok(self.cbor.datatype()? == Type::String)
    }

    /// Passes over a value.
    #[cfg(not(feature = "locales"))]
    pub(super) fn skip(&mut self) -> Read<()> {
        Ok(self.cbor.skip()?)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.cbor.position() == self.cbor.input().len()
    }
}

/// Something that names what there are so many of.
pub(super) trait Names {
    /// Whether all that is named is there.
    fn within(&self, count: usize) -> bool;
}

impl Names for u16 {
    fn within(&self, count: usize) -> bool {
        usize::from(*self) < count
    }
}

impl Names for u32 {
    fn within(&self, count: usize) -> bool {
        (*self as usize) < count
    }
}

impl<T: Names> Names for Option<T> {
    fn within(&self, count: usize) -> bool {
        self.as_ref().is_none_or(|name| name.within(count))
    }
}

impl<T: Names> Names for Vec<T> {
    fn within(&self, count: usize) -> bool {
        self.iter().all(|name| name.within(count))
    }
}

/// A name beside it names nothing.
impl<T: Names> Names for (Arc<str>, T) {
    fn within(&self, count: usize) -> bool {
        self.1.within(count)
    }
}

pub(super) fn named(names: &impl Names, count: usize) -> Read<()> {
    if names.within(count) { Ok(()) } else { Err(PLACE) }
}

#[expect(clippy::ptr_arg, reason = "says that it is a list that is read")]
pub(super) fn count<T>(items: &Vec<T>) -> usize {
    items.len()
}

macro_rules! numbers {
    ($($type:ty),+) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Writer) {
                out.number(i64::from(*self));
            }
            fn unpack(input: &mut Reader<'_>) -> Read<Self> {
                Self::try_from(input.number()?).map_err(|_| FORM)
            }
        }
    )+};
}
numbers!(u16, u32, i32, i64);

impl Pack for bool {
    fn pack(&self, out: &mut Writer) {
        put!(out, bool(*self));
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        Ok(input.cbor.bool()?)
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Writer) {
        out.text(self);
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        Ok(input.text()?.to_owned())
    }
}

impl Pack for Arc<str> {
    fn pack(&self, out: &mut Writer) {
        out.text(self);
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        Ok(input.text()?.into())
    }
}

/// As text, with the digits that it has.
impl Pack for Decimal {
    fn pack(&self, out: &mut Writer) {
        out.text(&self.to_string());
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        Self::from_str_exact(input.text()?).map_err(|_| FORM)
    }
}

/// As the number of days since the first one of the year 1.
impl Pack for NaiveDate {
    fn pack(&self, out: &mut Writer) {
        out.number(i64::from(self.num_days_from_ce()));
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        let date = Self::from_num_days_from_ce_opt(i32::unpack(input)?);
        date.filter(|date| (1..=9999).contains(&date.year())).ok_or(Damaged("a day is no day of the years 1 to 9999"))
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Writer) {
        match self {
            Some(value) => value.pack(out),
            None => {
                put!(out, null());
            }
        }
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        if input.nothing()? { Ok(None) } else { T::unpack(input).map(Some) }
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Writer) {
        (**self).pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        T::unpack(input).map(Box::new)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Writer) {
        out.list(self.len());
        self.iter().for_each(|item| item.pack(out));
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        let mut items = Vec::new();
        for _ in 0..input.list()? {
            items.push(T::unpack(input)?);
        }
        Ok(items)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Writer) {
        out.list(2);
        self.0.pack(out);
        self.1.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        input.list_of(2)?;
        Ok((A::unpack(input)?, B::unpack(input)?))
    }
}

impl<A: Pack, B: Pack, C: Pack> Pack for (A, B, C) {
    fn pack(&self, out: &mut Writer) {
        out.list(3);
        self.0.pack(out);
        self.1.pack(out);
        self.2.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Read<Self> {
        input.list_of(3)?;
        Ok((A::unpack(input)?, B::unpack(input)?, C::unpack(input)?))
    }
}

/// Gives types their form in a bundle, and says it in `FORMS`.
///
/// `role in roles`: a number that names one of the roles. `nodes counted nodes`: from here on there are so many of them.
/// `extra or None`: what stands there in a bundle that was made before the member was. `holds sound`: a function that a value
/// has to pass.
macro_rules! packed {
    ($($kind:ident $type:ident $(holds $check:path)? { $($body:tt)* })+) => {
        $(crate::bundle::pack::packed! { @$kind $type [$($check)?] $($body)* })+
        /// The forms as they are declared.
        #[cfg(test)]
        pub(super) const FORMS: &[(&str, &str)] = &[$((stringify!($type), stringify!($($body)*))),+];
    };
    (@structure $type:ident [$($check:path)?]
        $($field:ident $(in $set:ident)? $(counted $count:ident)? $(or $default:expr)?),+ $(,)?) => {
        impl Pack for $type {
            fn pack(&self, out: &mut Writer) {
                out.map([$(stringify!($field)),+].len());
                $(
                    out.text(stringify!($field));
                    self.$field.pack(out);
                )+
            }
            fn unpack(input: &mut Reader<'_>) -> Read<Self> {
                let mut members = input.map()?;
                $(
                    let $field = packed!(@member input members $field $($default)?);
                    $(crate::bundle::pack::named(&$field, input.counts.$set)?;)?
                    $(input.counts.$count = crate::bundle::pack::count(&$field);)?
                )+
                input.end(&members)?;
                let value = Self { $($field),+ };
                $(if !$check(&value) { return Err(Damaged(concat!("a ", stringify!($type), " is not sound"))); })?
                Ok(value)
            }
        }
    };
    (@member $input:ident $members:ident $field:ident) => {{
        $input.member(&mut $members, stringify!($field))?;
        Pack::unpack($input)?
    }};
    (@member $input:ident $members:ident $field:ident $default:expr) => {
        if $input.has(&mut $members, stringify!($field))? { Pack::unpack($input)? } else { $default }
    };
    (@choice $type:ident [$($check:path)?]
        $($variant:ident $(($($part:ident $(in $set:ident)?),+))? $({$($field:ident $(in $among:ident)?),+})?),+ $(,)?) => {
        impl Pack for $type {
            fn pack(&self, out: &mut Writer) {
                match self {
                    $(Self::$variant $(($($part),+))? $({$($field),+})? => {
                        const PARTS: &[&str] = &[$($(stringify!($part)),+)? $($(stringify!($field)),+)?];
                        out.choice(stringify!($variant), PARTS.len());
                        $($($part.pack(out);)+)?
                        $($($field.pack(out);)+)?
                    })+
                }
            }
            fn unpack(input: &mut Reader<'_>) -> Read<Self> {
                #[derive(Clone, Copy)]
                enum Which { $($variant),+ }
                const ALL: &[Which] = &[$(Which::$variant),+];
                let (at, mut parts) = input.choice(&[$(stringify!($variant)),+])?;
                let value = match ALL.get(at) {
                    $(Some(Which::$variant) => {
                        $($(let $part = packed!(@part input parts $($set)?);)+)?
                        $($(let $field = packed!(@part input parts $($among)?);)+)?
                        Self::$variant $(($($part),+))? $({$($field),+})?
                    })+
                    None => return Err(Damaged("there is a word that nobody knows")),
                };
                input.chosen(&mut parts)?;
                $(if !$check(&value) { return Err(Damaged(concat!("a ", stringify!($type), " is not sound"))); })?
                Ok(value)
            }
        }
    };
    (@part $input:ident $parts:ident $($set:ident)?) => {{
        $input.part(&mut $parts)?;
        let part = Pack::unpack($input)?;
        $(crate::bundle::pack::named(&part, $input.counts.$set)?;)?
        part
    }};
}
pub(super) use packed;
