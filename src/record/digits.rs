//! Numbers with a check digit.

/// Whether these are the 15 digits of an IMEI: the last one makes the sum of Luhn a multiple of ten.
pub fn is_imei(digits: &str) -> bool {
    let Some(digits) = digits_of(digits) else { return false };
    digits.len() == 15 && luhn(&digits).is_multiple_of(10)
}

/// Whether these are the 8, 12, 13 or 14 digits of a GTIN: from the right they count 1, 3, 1, 3, …, and make a multiple of ten.
pub fn is_gtin(digits: &str) -> bool {
    let Some(digits) = digits_of(digits) else { return false };
    let sum: u32 = digits.iter().rev().zip([1, 3].into_iter().cycle()).map(|(digit, times)| digit * times).sum();
    matches!(digits.len(), 8 | 12 | 13 | 14) && sum.is_multiple_of(10)
}

/// From the right, every second digit is doubled, and the digits of what comes out are added.
fn luhn(digits: &[u32]) -> u32 {
    let counted = digits.iter().rev().zip([1, 2].into_iter().cycle()).map(|(digit, times)| digit * times);
    counted.map(|product| product / 10 + product % 10).sum()
}

fn digits_of(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|character| character.to_digit(10)).collect()
}
