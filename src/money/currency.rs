//! Currencies of ISO 4217, known by their three-letter code.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A currency of ISO 4217 that amounts can be paid in. Prints and serialises as its code, such as `USD`; orders by
/// code.
///
/// Codes without a minor unit (gold `XAU`, "no currency" `XXX`, the test code `XTS` and their like) are not
/// currencies here: an amount in them could not be rounded. The list is that of the `iso_currency` crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    // INVARIANT: `iso.exponent()` is known.
    iso: iso_currency::Currency,
}

impl Currency {
    /// The euro.
    pub(crate) const EURO: Currency = Currency { iso: iso_currency::Currency::EUR };

    /// The three capital letters of the currency.
    pub fn code(self) -> &'static str {
        self.iso.code()
    }

    /// The smallest coin in use, where that is worth more than the minor unit in some of its countries at least: 0.05 for EUR, 1.00
    /// for SEK. Sweden 2010, Norway 2012, Denmark 2008, Finland 2002 and later Belgium, Ireland and the Netherlands, Switzerland,
    /// Canada 2013, Australia 1992, New Zealand 2006; the years from memory.
    pub fn smallest_coin(self) -> Option<&'static str> {
        match self.code() {
            "AUD" | "CAD" | "CHF" | "EUR" => Some("0.05"),
            "DKK" => Some("0.50"),
            "NOK" | "SEK" => Some("1.00"),
            "NZD" => Some("0.10"),
            _ => None,
        }
    }

    /// How many decimals the minor unit has: 2 for USD (cents), 0 for JPY, 3 for KWD.
    pub fn minor_digits(self) -> u32 {
        self.iso.exponent().map_or(0, u32::from)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Currency, UnknownCurrency> {
        match iso_currency::Currency::from_code(code) {
            Some(iso) if iso.exponent().is_some() => Ok(Currency { iso }),
            Some(_) | None => Err(UnknownCurrency { code: code.to_owned() }),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Currency) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Currency) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A text that is not the code of a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCurrency {
    /// The text as it was given.
    pub code: String,
}

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not the ISO 4217 code of a currency to pay in, such as `USD`", self.code)
    }
}

impl std::error::Error for UnknownCurrency {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_digits_follow_iso_4217() {
        for (code, digits) in [
            ("USD", 2),
            ("EUR", 2),
            ("GBP", 2),
            ("SEK", 2),
            ("HUF", 2),
            ("TWD", 2),
            ("XCG", 2),
            ("JPY", 0),
            ("KRW", 0),
            ("ISK", 0),
            ("CLP", 0),
            ("VND", 0),
            ("BHD", 3),
            ("KWD", 3),
            ("TND", 3),
            ("CLF", 4),
        ] {
            assert_eq!(code.parse::<Currency>().unwrap().minor_digits(), digits, "{code}");
        }
    }

    #[test]
    fn a_code_that_is_no_currency_is_named() {
        for code in ["usd", "US", "ABC", "", "XAU", "XXX"] {
            let error = code.parse::<Currency>().unwrap_err();
            assert_eq!(error.code, code);
        }
        assert_eq!(
            "usd".parse::<Currency>().unwrap_err().to_string(),
            "`usd` is not the ISO 4217 code of a currency to pay in, such as `USD`"
        );
    }

    #[test]
    fn a_smallest_coin_is_an_amount_of_the_currency() {
        for (code, coin) in [("EUR", Some("0.05")), ("SEK", Some("1.00")), ("USD", None), ("JPY", None)] {
            assert_eq!(code.parse::<Currency>().unwrap().smallest_coin(), coin);
        }
    }

    #[test]
    fn currencies_order_by_code() {
        let mut currencies: Vec<Currency> = ["XCG", "USD", "AOA"].map(|code| code.parse().unwrap()).to_vec();
        currencies.sort();
        assert_eq!(currencies.iter().map(|currency| currency.code()).collect::<Vec<_>>(), ["AOA", "USD", "XCG"]);
    }

    #[test]
    fn serde_uses_the_code() {
        let currency: Currency = serde_json::from_str("\"CAD\"").unwrap();
        assert_eq!(serde_json::to_string(&currency).unwrap(), "\"CAD\"");
        assert!(serde_json::from_str::<Currency>("\"cad\"").unwrap_err().to_string().contains("`cad`"));
    }
}
