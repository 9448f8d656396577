//! Names as an author has to write them, for sentences that can be pasted from a message into a policy.

/// Words that cannot stand in a name without quotation marks: see `stop_word` and its neighbours in the grammar.
const STOPS: [&str; 44] = [
    "above",
    "after",
    "and",
    "as",
    "at",
    "before",
    "by",
    "changeable",
    "exactly",
    "exception",
    "final",
    "first",
    "fixed",
    "for",
    "from",
    "in",
    "is",
    "kept",
    "most",
    "none",
    "not",
    "of",
    "on",
    "optional",
    "or",
    "otherwise",
    "over",
    "overridable",
    "overrides",
    "per",
    "prefilled",
    "purpose",
    "required",
    "same",
    "strictest",
    "the",
    "then",
    "to",
    "under",
    "unless",
    "until",
    "up",
    "when",
    "within",
];

/// A name of one or more words, in quotation marks when it needs them.
pub(crate) fn spelled(name: &str) -> String {
    let plain = |word: &str| {
        let begins = word.starts_with(|first: char| first.is_alphabetic() || first == '_');
        let letters = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        begins && letters && !STOPS.contains(&word)
    };
    // `none` alone is a name; further on it ends one.
    if name == "none" || (!name.is_empty() && name.split(' ').all(plain)) {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn names_are_quoted_when_they_hold_words_of_the_language() {
        for (name, written) in [
            ("restocking", "restocking"),
            ("gift card", "gift card"),
            ("none", "none"),
            ("out of stock", "\"out of stock\""),
            ("US-OH", "US-OH"),
            ("2nd hand", "\"2nd hand\""),
            ("état neuf", "état neuf"),
            ("", "\"\""),
        ] {
            assert_eq!(spelled(name), written);
        }
    }
}
