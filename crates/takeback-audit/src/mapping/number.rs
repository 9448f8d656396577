//! How a column writes numbers: with which point, separators of thousands and signs, and what a text says in that way.

/// Decimals that amounts are kept with.
pub(crate) const SCALE: u32 = 12;
/// Digits before the point that an amount may have, as in requests.
const LARGEST: i128 = 1_000_000_000_000_000 * 10_i128.pow(SCALE);

/// How a column writes numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberFormat {
    /// What stands before the decimals.
    pub(crate) point: char,
    /// What may stand between groups of digits.
    pub(crate) thousands: Option<char>,
    /// What may stand before or after the number: `€`, `USD`.
    pub(crate) symbol: Option<String>,
    /// Decimals that are not written: 2 for an amount in cents.
    pub(crate) minor: u32,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self { point: '.', thousands: None, symbol: None, minor: 0 }
    }
}

/// What keeps a text from being a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotANumber {
    Form,
    TooLarge,
    TooFine,
}

impl NumberFormat {
    /// The number with [`SCALE`] decimals. Minus stands before or after it, or as brackets around it.
    pub(crate) fn told(&self, text: &str) -> Result<i128, NotANumber> {
        match self.plain(text) {
            Some(number) => Ok(number),
            None => self.dressed(text),
        }
    }

    /// The number, where it is digits with at most a point and a minus before them: most are.
    fn plain(&self, text: &str) -> Option<i128> {
        let bytes = text.as_bytes();
        let (negative, digits) = bytes.strip_prefix(b"-").map_or((false, bytes), |digits| (true, digits));
        if self.point != '.' || !(1..=15).contains(&digits.len()) {
            return None;
        }
        let (mut number, mut decimals) = (0_u64, None::<u32>);
        for byte in digits {
            match (byte, &mut decimals) {
                (b'0'..=b'9', decimals) => {
                    number = number * 10 + u64::from(byte - b'0');
                    *decimals = decimals.map(|count| count + 1);
                }
                (b'.', None) => decimals = Some(0),
                _ => return None,
            }
        }
        let scale = SCALE.checked_sub(decimals.unwrap_or(0) + self.minor)?;
        let number = i128::from(number) * i128::from(10_u64.pow(scale));
        (digits != b".").then_some(if negative { -number } else { number })
    }

    fn dressed(&self, text: &str) -> Result<i128, NotANumber> {
        let (mut text, mut negative) = (text.trim(), false);
        loop {
            let before = text;
            if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
                (text, negative) = (inner.trim(), !negative);
            }
            if let Some(symbol) = &self.symbol {
                text = text
                    .strip_prefix(symbol.as_str())
                    .or_else(|| text.strip_suffix(symbol.as_str()))
                    .unwrap_or(text)
                    .trim();
            }
            if let Some(rest) = text.strip_prefix(['-', '\u{2212}']).or_else(|| text.strip_suffix('-')) {
                (text, negative) = (rest.trim(), !negative);
            }
            if text.len() == before.len() {
                break;
            }
        }
        let number = self.digits(text.strip_prefix('+').unwrap_or(text))?;
        Ok(if negative { -number } else { number })
    }

    /// Spaces of any width separate thousands where a space does.
    fn groups_with(&self, letter: char) -> bool {
        self.thousands.is_some_and(|thousands| thousands == letter || (thousands == ' ' && letter.is_whitespace()))
    }

    fn digits(&self, text: &str) -> Result<i128, NotANumber> {
        let (mut number, mut decimals, mut any, mut pointed) = (0_i128, 0_u32, false, false);
        // Digits since the last separator of thousands, where there was one.
        let mut group: Option<u32> = None;
        let most = SCALE - self.minor.min(SCALE);
        for letter in text.chars() {
            if let Some(digit) = letter.to_digit(10) {
                any = true;
                if pointed {
                    decimals += 1;
                    if decimals > most {
                        if digit != 0 {
                            return Err(NotANumber::TooFine);
                        }
                        continue;
                    }
                } else if let Some(count) = &mut group {
                    *count += 1;
                }
                number = number
                    .checked_mul(10)
                    .and_then(|n| n.checked_add(i128::from(digit)))
                    .ok_or(NotANumber::TooLarge)?;
            } else if letter == self.point && !pointed {
                if group.is_some_and(|count| count != 3) {
                    return Err(NotANumber::Form);
                }
                pointed = true;
            } else if self.groups_with(letter) && !pointed && any {
                if group.is_some_and(|count| !(2..=3).contains(&count)) {
                    return Err(NotANumber::Form);
                }
                group = Some(0);
            } else {
                return Err(NotANumber::Form);
            }
        }
        if !any || (!pointed && group.is_some_and(|count| count != 3)) {
            return Err(NotANumber::Form);
        }
        let number = number.checked_mul(10_i128.pow(most - decimals.min(most))).ok_or(NotANumber::TooLarge)?;
        if number < LARGEST { Ok(number) } else { Err(NotANumber::TooLarge) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short way and the long one say the same of every short text of these characters.
    #[test]
    fn there_are_two_ways_to_one_number() {
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts =
                texts.iter().flat_map(|text| ["", "0", "7", ".", "-"].map(|more| format!("{text}{more}"))).collect();
        }
        for minor in [0, 2] {
            let format = NumberFormat { minor, ..NumberFormat::default() };
            let plain: Vec<&String> = texts.iter().filter(|text| format.plain(text).is_some()).collect();
            assert!(plain.len() > 100);
            plain.iter().for_each(|text| assert_eq!(format.plain(text), format.dressed(text).ok(), "{text}"));
        }
    }

    #[test]
    fn numbers_as_columns_write_them() {
        let plain = NumberFormat::default();
        let german = NumberFormat { point: ',', thousands: Some('.'), symbol: Some("€".to_owned()), minor: 0 };
        let cents = NumberFormat { minor: 2, ..NumberFormat::default() };
        let one = 10_i128.pow(SCALE);
        for (format, text, expected) in [
            (&plain, "12.50", Ok(one * 25 / 2)),
            (&plain, " -12.5 ", Ok(-one * 25 / 2)),
            (&plain, "12.50-", Ok(-one * 25 / 2)),
            (&plain, "(3)", Ok(-one * 3)),
            (&plain, ".5", Ok(one / 2)),
            (&plain, "1,000", Err(NotANumber::Form)),
            (&plain, "12,50", Err(NotANumber::Form)),
            (&plain, "1e3", Err(NotANumber::Form)),
            (&plain, "", Err(NotANumber::Form)),
            (&plain, "--", Err(NotANumber::Form)),
            (&plain, "0.0000000000001", Err(NotANumber::TooFine)),
            (&plain, "0.1000000000000000000", Ok(one / 10)),
            (&plain, "1000000000000000", Err(NotANumber::TooLarge)),
            (&german, "1.234,50 €", Ok(one * 2469 / 2)),
            (&german, "-€ 1.234,50", Ok(-one * 2469 / 2)),
            (&german, "12.50", Err(NotANumber::Form)),
            (&german, "1.23", Err(NotANumber::Form)),
            (&cents, "1250", Ok(one * 25 / 2)),
            (&cents, "7", Ok(one * 7 / 100)),
        ] {
            assert_eq!(format.told(text), expected, "{text}");
            assert_eq!(format.dressed(text), expected, "{text}");
        }
    }
}
