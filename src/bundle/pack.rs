//! How values are written into a bundle and read back: as CBOR (RFC 8949), a structure as a map with its members by name and
//! in their order, a choice as its name or as an array that begins with it. One value has one form, so that equal
//! policies make equal bytes.
//!
//! What is read was made by anybody: every number that stands for a place is held against what is there, and nothing is
//! set aside for more than the bytes that are there. A reader that met damage reads blanks from there on, so that nobody has to ask
//! after each value; whoever reads asks in the end ([`Reader::end`]).

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
    /// Once there is damage, anything of this type: what is made of blanks is thrown away.
    fn unpack(input: &mut Reader<'_>) -> Self;
}

/// The content is not what its form says, in a few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged(pub(super) &'static str);

const FORM: Damaged = Damaged("a value has another form");
const PLACE: Damaged = Damaged("a number names something that is not there");

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
    /// The first there was.
    damage: Option<Damaged>,
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
            damage: None,
            depth: 0,
            counts: Counts::default(),
            facts: Vec::new(),
            domains: Vec::new(),
            calendars: Vec::new(),
            zones: Vec::new(),
        }
    }

    /// From here on blanks are read.
    pub(super) fn damaged(&mut self, what: Damaged) {
        self.damage.get_or_insert(what);
    }

    /// What was read, if it was whole, and all there is.
    pub(super) fn end<T>(self, read: T) -> Result<T, Damaged> {
        match self.damage {
            Some(damage) => Err(damage),
            None if self.cbor.position() < self.cbor.input().len() => {
                Err(Damaged("something stands behind the content"))
            }
            None => Ok(read),
        }
    }

    /// A value of CBOR; after damage none.
    fn read<T>(&mut self, read: impl FnOnce(&mut Decoder<'b>) -> Result<T, minicbor::decode::Error>) -> Option<T> {
        if self.damage.is_some() {
            return None;
        }
        let read = read(&mut self.cbor).ok();
        if read.is_none() {
            self.damaged(FORM);
        }
        read
    }

    /// What may be there; if it is not, that is damage.
    pub(super) fn there<T>(&mut self, value: Option<T>, otherwise: T, what: Damaged) -> T {
        value.unwrap_or_else(|| {
            self.damaged(what);
            otherwise
        })
    }

    pub(super) fn map(&mut self) -> Members {
        let members = self.read(Decoder::map).flatten();
        Members(self.there(members, 0, FORM))
    }

    /// How many items a list has, which are read while there are [`more`](Self::more).
    pub(super) fn list(&mut self) -> u64 {
        let items = self.read(Decoder::array).flatten();
        self.there(items, 0, FORM)
    }

    /// Whether there is an item more, which is next.
    pub(super) fn more(&self, items: &mut u64) -> bool {
        let more = *items > 0 && self.damage.is_none();
        *items = items.saturating_sub(1);
        more
    }

    /// A list of just so many.
    pub(super) fn list_of(&mut self, items: u64) {
        if self.list() != items {
            self.damaged(FORM);
        }
    }

    pub(super) fn text(&mut self) -> &'b str {
        self.read(Decoder::str).unwrap_or_default()
    }

    pub(super) fn number(&mut self) -> i64 {
        self.read(Decoder::i64).unwrap_or_default()
    }

    fn yes(&mut self) -> bool {
        self.read(Decoder::bool).unwrap_or_default()
    }

    pub(super) fn bytes(&mut self) -> &'b [u8] {
        self.read(Decoder::bytes).unwrap_or_default()
    }

    fn kind(&mut self) -> Type {
        self.read(|cbor| cbor.datatype()).unwrap_or(Type::Null)
    }

    /// Whether the next member has this name; then its value is next.
    pub(super) fn has(&mut self, members: &mut Members, name: &str) -> bool {
        if members.0 == 0 {
            return false;
        }
        let here = self.cbor.position();
        let found = self.text() == name;
        if found {
            members.0 -= 1;
        } else {
            self.cbor.set_position(here);
        }
        found
    }

    /// The next member has this name.
    pub(super) fn member(&mut self, members: &mut Members, name: &str) {
        if !self.has(members, name) {
            self.damaged(Damaged("a member is missing"));
        }
    }

    pub(super) fn no_more(&mut self, members: Members) {
        if members.0 > 0 {
            self.damaged(Damaged("there is a member too many"));
        }
    }

    /// Which of these names a choice has, and how many parts; after damage the first, which must not stand within itself.
    pub(super) fn choice(&mut self, names: &[&str]) -> (usize, Parts) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.damaged(Damaged("values stand too deep within each other"));
        }
        let parts = match self.kind() {
            Type::String | Type::Null => Some(0),
            _ => self.list().checked_sub(1),
        };
        let parts = self.there(parts, 0, FORM);
        let name = self.text();
        let found = names.iter().position(|known| *known == name);
        let found = self.there(found, 0, Damaged("there is a word that nobody knows"));
        (found, Parts(parts))
    }

    /// A choice has a part more, which is next.
    pub(super) fn part(&mut self, parts: &mut Parts) {
        match parts.0.checked_sub(1) {
            Some(left) => parts.0 = left,
            None => self.damaged(Damaged("a part is missing")),
        }
    }

    /// A choice has been read.
    pub(super) fn chosen(&mut self, parts: &mut Parts) {
        self.depth -= 1;
        if parts.0 > 0 {
            self.damaged(FORM);
        }
    }

    /// Whether nothing stands here, which is then passed over.
    pub(super) fn nothing(&mut self) -> bool {
        let nothing = self.kind() == Type::Null;
        if nothing {
            self.read(Decoder::null);
        }
        nothing
    }

    /// Whether a text is next.
    #[cfg(feature = "locales")]
    pub(super) fn is_text(&mut self) -> bool {
        self.kind() == Type::String
    }

    /// Passes over a value.
    #[cfg(not(feature = "locales"))]
    pub(super) fn skip(&mut self) {
        self.read(Decoder::skip);
    }

    /// Names what is there.
    pub(super) fn named(&mut self, names: &impl Names, count: usize) {
        if !names.within(count) {
            self.damaged(PLACE);
        }
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
            fn unpack(input: &mut Reader<'_>) -> Self {
                let number = Self::try_from(input.number()).ok();
                input.there(number, 0, FORM)
            }
        }
    )+};
}
numbers!(u16, u32, i32, i64);

impl Pack for bool {
    fn pack(&self, out: &mut Writer) {
        put!(out, bool(*self));
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        input.yes()
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Writer) {
        out.text(self);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        input.text().to_owned()
    }
}

impl Pack for Arc<str> {
    fn pack(&self, out: &mut Writer) {
        out.text(self);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        input.text().into()
    }
}

/// As text, with the digits that it has.
impl Pack for Decimal {
    fn pack(&self, out: &mut Writer) {
        out.text(&self.to_string());
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let number = Self::from_str_exact(input.text()).ok();
        input.there(number, Self::ZERO, FORM)
    }
}

/// As the number of days since the first one of the year 1.
impl Pack for NaiveDate {
    fn pack(&self, out: &mut Writer) {
        out.number(i64::from(self.num_days_from_ce()));
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let date = Self::from_num_days_from_ce_opt(i32::unpack(input));
        let date = date.filter(|date| (1..=9999).contains(&date.year()));
        input.there(date, Self::default(), Damaged("a day is no day of the years 1 to 9999"))
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
    fn unpack(input: &mut Reader<'_>) -> Self {
        (!input.nothing()).then(|| T::unpack(input))
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Writer) {
        (**self).pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        Box::new(T::unpack(input))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Writer) {
        out.list(self.len());
        self.iter().for_each(|item| item.pack(out));
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        let mut items = Vec::new();
        let mut left = input.list();
        while input.more(&mut left) {
            items.push(T::unpack(input));
        }
        items
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Writer) {
        out.list(2);
        self.0.pack(out);
        self.1.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        input.list_of(2);
        (A::unpack(input), B::unpack(input))
    }
}

impl<A: Pack, B: Pack, C: Pack> Pack for (A, B, C) {
    fn pack(&self, out: &mut Writer) {
        out.list(3);
        self.0.pack(out);
        self.1.pack(out);
        self.2.pack(out);
    }
    fn unpack(input: &mut Reader<'_>) -> Self {
        input.list_of(3);
        (A::unpack(input), B::unpack(input), C::unpack(input))
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
            fn unpack(input: &mut Reader<'_>) -> Self {
                let mut members = input.map();
                $(
                    let $field = packed!(@member input members $field $($default)?);
                    $(input.named(&$field, input.counts.$set);)?
                    $(input.counts.$count = crate::bundle::pack::count(&$field);)?
                )+
                input.no_more(members);
                let value = Self { $($field),+ };
                $(if !$check(&value) { input.damaged(Damaged(concat!("a ", stringify!($type), " is not sound"))); })?
                value
            }
        }
    };
    (@member $input:ident $members:ident $field:ident) => {{
        $input.member(&mut $members, stringify!($field));
        Pack::unpack($input)
    }};
    (@member $input:ident $members:ident $field:ident $default:expr) => {
        if $input.has(&mut $members, stringify!($field)) { Pack::unpack($input) } else { $default }
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
            fn unpack(input: &mut Reader<'_>) -> Self {
                #[derive(Clone, Copy)]
                enum Which { $($variant),+ }
                const NAMES: &[&str] = &[$(stringify!($variant)),+];
                const ALL: [Which; NAMES.len()] = [$(Which::$variant),+];
                let [first, ..] = ALL;
                let (at, mut parts) = input.choice(NAMES);
                let value = match ALL.get(at).copied().unwrap_or(first) {
                    $(Which::$variant => {
                        $($(let $part = packed!(@part input parts $($set)?);)+)?
                        $($(let $field = packed!(@part input parts $($among)?);)+)?
                        Self::$variant $(($($part),+))? $({$($field),+})?
                    })+
                };
                input.chosen(&mut parts);
                $(if !$check(&value) { input.damaged(Damaged(concat!("a ", stringify!($type), " is not sound"))); })?
                value
            }
        }
    };
    (@part $input:ident $parts:ident $($set:ident)?) => {{
        $input.part(&mut $parts);
        let part = Pack::unpack($input);
        $($input.named(&part, $input.counts.$set);)?
        part
    }};
}
pub(super) use packed;
