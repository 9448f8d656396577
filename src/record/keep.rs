//! How long answers are kept, and as what. Hashes are HMAC-SHA-256 under a key of the caller: without the key nobody can
//! try out phone numbers, and the same answer in another field has another hash.

use std::fmt;

use chrono::NaiveDate;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::date::{Length, MonthEnd, extend};

/// The fewest bytes of a key.
const LEAST: usize = 32;

/// The key that answers are hashed with. Keep it apart from the records; it is never written.
#[derive(Clone)]
pub struct HashKey(Vec<u8>);

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadKey {
    /// Not hexadecimal digits in pairs.
    NotHex,
    /// Fewer than 32 bytes.
    TooShort,
}

impl HashKey {
    /// A key of 32 bytes or more, from their hexadecimal digits.
    ///
    /// # Errors
    /// When it is not that.
    pub fn from_hex(text: &str) -> Result<Self, BadKey> {
        let digits: Option<Vec<u8>> =
            text.trim().chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        let digits = digits.ok_or(BadKey::NotHex)?;
        let (pairs, []) = digits.as_chunks::<2>() else { return Err(BadKey::NotHex) };
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high * 16 + low).collect();
        if bytes.len() < LEAST { Err(BadKey::TooShort) } else { Ok(Self(bytes)) }
    }

    /// Sixteen digits that tell keys apart, and tell nothing about the key.
    pub fn id(&self) -> String {
        self.mac(&["takeback key"]).chars().take(16).collect()
    }

    /// The hash of an answer.
    pub(super) fn hash(&self, form: &str, field: &str, answer: &str) -> String {
        self.mac(&["answer", form, field, answer])
    }

    /// Each part goes in with its length before it, so that no two lists of parts are hashed alike.
    fn mac(&self, parts: &[&str]) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey")
    }
}

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHex => "a key is written in hexadecimal digits, two for each byte",
            Self::TooShort => "a key has at least 32 bytes, which are 64 hexadecimal digits",
        })
    }
}

impl std::error::Error for BadKey {}

/// The last day on which something may be kept that was filled in on `day`, which is day 0. Lengths are checked to be
/// counted in days of the calendar and shorter than a century.
pub(super) fn until(day: NaiveDate, length: Length, month_end: MonthEnd) -> NaiveDate {
    extend(day, length, month_end, None).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::until;
    use crate::date::{Length, MonthEnd, Unit};

    #[test]
    fn the_day_it_is_filled_in_is_day_zero() {
        let until = |day: &str, count, unit, month_end| {
            until(day.parse().unwrap(), Length { count, unit }, month_end).to_string()
        };
        assert_eq!(until("2026-03-05", 1, Unit::Days, MonthEnd::LastDay), "2026-03-06");
        assert_eq!(until("2026-03-05", 2, Unit::Weeks, MonthEnd::LastDay), "2026-03-19");
        assert_eq!(until("2028-02-29", 1, Unit::Years, MonthEnd::LastDay), "2029-02-28");
        assert_eq!(until("2028-02-29", 1, Unit::Years, MonthEnd::NextMonth), "2029-03-01");
        assert_eq!(until("2200-12-31", 100, Unit::Years, MonthEnd::LastDay), "2300-12-31");
    }
}
