//! Every code a [`Diagnostic`](super::Diagnostic) can carry, in one table.
//!
//! `T00xx` is about syntax, `T01xx` about names, `T02xx` about types, units and scopes, `T03xx` about coverage, conflicts
//! and choices the language refuses to make for the author, `T04xx` is advice. A number is never used again for
//! something else.
//!
//! To add a code: a row below (number, variant, severity, title), its check, a folder in `tests/diagnostics`, and a page
//! in `docs/codes`; without the page nothing compiles.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Severity;

/// Builds [`Code`] and its look-ups from the table.
macro_rules! codes {
    ($($number:ident $variant:ident $severity:ident $title:literal;)+) => {
        /// What kind of finding this is: `T0101` and the like. Ordered by number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum Code {
            $(#[doc = concat!(stringify!($number), ": ", $title)] $variant,)+
        }

        impl Code {
            /// Every code, by number.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// The number: `T0101`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => stringify!($number),)+
                }
            }

            /// What is wrong, in a few words.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Code::$variant => $title,)+
                }
            }

            /// How serious a finding with this code is.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Code::$variant => Severity::$severity,)+
                }
            }

            /// The page in Markdown: what it means, why it matters, an example, and what is better.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("../../docs/codes/", stringify!($number), ".md")),)+
                }
            }
        }
    };
}

codes! {
    // Syntax
    T0001 NotASentence Error "this is not a sentence that can stand here";
    T0002 BlockNotClosed Error "a block is opened and not closed";
    T0003 FileTooLarge Error "the file is too large";
    T0004 NestedTooDeep Error "clauses are nested too deep";
    T0005 NotUtf8 Error "the file is not UTF-8 text";
    T0006 StrayBrace Error "a closing brace has no opening one";

    // Names
    T0101 UnknownName Error "this name is not known";
    T0102 DefinedTwice Error "the same name is defined twice";
    T0103 AmbiguousLabel Error "this label could mean more than one clause";
    T0104 UseNotFound Error "the file named in `use` is not there";
    T0105 UseCycle Error "files use each other in a circle";
    T0106 NoPolicy Error "there is no policy header";
    T0107 TwoPolicies Error "two policy headers for the same version";

    // Types, units, scopes
    T0201 WrongKind Error "a fact is compared with something of another kind";
    T0202 MixedCurrencies Error "amounts in different currencies meet";
    T0203 AmountTooFine Error "the amount is finer than the currency's smallest coin";
    T0204 ScopeTooFine Error "the clause speaks of more than its condition looks at";
    T0205 ReadsLater Error "the condition reads something that is settled only later";
    T0207 StatedTwice Error "the same thing is stated twice in one clause";
    T0208 OutOfRange Error "the number or date is out of range";
    T0209 SeasonsOverlap Error "two instances of a season overlap";
    T0210 SeasonNotTested Error "a season's deadline is used without asking for the season";
    T0211 OutOfPlace Error "a sentence of a scenario is missing or out of place";
    T0212 NotCounted Error "a length cannot be counted here";
    T0213 NoDeadline Error "the deadline of a season is used, and the season has none";
    T0214 NotInLaw Error "a sentence of the law in a clause, or one of a clause in the law";
    T0215 FieldMisfit Error "a field of a form cannot be asked, filled in or checked like this";

    // Coverage and conflicts
    T0301 PossibleConflict Error "two clauses may disagree";
    T0302 OverridesCycle Error "clauses override each other in a circle";
    T0303 NothingBefore Error "`as before` with nothing before it";
    T0304 NoWindow Error "a remedy is accepted without a window";
    T0305 NoBasis Error "a remedy is accepted without a basis";
    T0306 VersionsDoNotMeet Error "two versions begin on the same day";
    T0307 VersionClocksDiffer Error "versions stand on different clocks";
    T0308 NotSiblings Error "an override between clauses that do not stand side by side";
    T0309 NoRoute Error "money is given back, and it is not said where it goes";

    // What the language refuses to guess
    T0310 FirstDayNotSaid Error "it is not said which day is the first";
    T0311 StartNotSaid Error "it is not said when the clock starts";
    T0312 MissingDateNotSaid Error "it is not said what happens when the clock's date is missing";
    T0313 MonthEndNotSaid Error "it is not said how months end";
    T0314 AsOfNotSaid Error "it is not said whether the customer's fact is as of sale or as of return";
    T0315 RoundingNotSaid Error "it is not said how amounts are rounded";
    T0316 FeeTermsNotSaid Error "it is not said what a fee is charged for, or whether it is taxed";
    T0317 ExtensionsNotSaid Error "it is not said what two extensions make together";
    T0318 DiscountsNotSaid Error "it is not said how discounts are shared";
    T0319 TaxNotSaid Error "it is not said how much tax is returned";
    T0320 SplitPaymentsNotSaid Error "it is not said how split payments are refunded";
    T0321 DeadlineEventNotSaid Error "it is not said which event must meet the deadline";
    T0322 DeclineNotSaid Error "it is not said whether a decline is final";
    T0323 LinesNotSaid Error "it is not said whether the lines of a visit stand together";
    T0324 LateReturnsNotSaid Error "it is not said whether late returns are final";
    T0325 FieldNotSaid Error "it is not said whether a field must be filled in";
    T0326 BusinessDaysNotSaid Error "it is not said which days are business days";
    T0327 LayerNotSaid Error "it is not said which layer a file is, or how layers stand";
    T0328 LeewayNotSaid Error "it is not said what higher layers may change";
    T0329 AcrossLayers Error "a sentence reaches across layers";
    T0340 CashNotSaid Error "it is not said what cash is rounded to";
    T0350 AuthorityNotRising Error "a role may approve no more than one below it";
    T0351 AuthorityEnds Error "above some amount nobody may approve";
    T0352 AuthorityUnknown Error "it is not said how much a role may approve";

    // Advice
    T0401 NoEffect Warning "a clause has no effect";
    T0402 Unused Warning "a name is defined and never used";
    T0403 NeverApplies Warning "a clause can never apply";
    T0404 BelowLaw Warning "a sentence promises less than the law";
    T0405 BeyondLeeway Warning "a sentence of a higher layer does not count";
    T0406 PerhapsBeyondLeeway Warning "a sentence of a higher layer may not count";
    T0460 WordsUnsaid Warning "words wait for an answer their clause never makes";
    T0470 ForAll Warning "a sentence for every remedy takes the place of one for some";
    T0480 TranslationMissing Warning "a text is missing in a language";
    T0481 TranslationOfNothing Warning "a message belongs to nothing";
    T0482 PlaceableUnknown Warning "a message names something that does not exist";
    T0483 MessagesNotRead Warning "a message cannot be read";
    T0490 Unverified Warning "the policy leans on law that nobody has verified";
}

/// The text that is not a [`Code`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(pub String);

impl FromStr for Code {
    type Err = UnknownCode;

    /// Reads `T0101`; small letters are fine.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|code| code.as_str().eq_ignore_ascii_case(text));
        found.copied().ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

impl TryFrom<String> for Code {
    type Error = UnknownCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Code> for &'static str {
    fn from(code: Code) -> Self {
        code.as_str()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no code `{}`", self.0)
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use super::{Code, Severity};

    #[test]
    fn numbers_ascend_and_are_never_used_twice() {
        for pair in Code::ALL.windows(2) {
            assert!(pair[0].as_str() < pair[1].as_str(), "{} is not before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn numbers_have_the_form_t_and_four_digits_in_a_known_range() {
        for code in Code::ALL {
            let digits = code.as_str().strip_prefix("T0").unwrap();
            assert!(digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
            assert!(digits < "500", "{code} is in no range");
            assert_eq!(
                digits >= "400",
                code.severity() != Severity::Error,
                "{code}: advice, and only advice, is no error"
            );
        }
    }

    #[test]
    fn titles_are_short_lines_without_a_full_stop() {
        for code in Code::ALL {
            let title = code.title();
            assert!(title.len() <= 90, "{code}: {title}");
            assert!(!title.starts_with(char::is_uppercase) && !title.ends_with('.'), "{code}: {title}");
        }
    }

    #[test]
    fn pages_begin_with_the_number_and_the_title() {
        for code in Code::ALL {
            let page = code.page();
            assert!(page.starts_with(&format!("# {code}: {}\n", code.title())), "{code}");
            for part in ["\n## What it means\n", "\n## Why it matters\n", "\n## Example\n", "\n## Better\n"] {
                assert!(page.contains(part), "{code} lacks {part:?}");
            }
        }
    }

    #[test]
    fn codes_read_back_what_they_write() {
        for code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), *code);
        }
        assert_eq!("t0101".parse(), Ok(Code::UnknownName));
        assert_eq!("T9999".parse::<Code>().unwrap_err().to_string(), "there is no code `T9999`");
    }
}
