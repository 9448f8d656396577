//! Every code that a [`Problem`](super::Problem) of a mapping can carry, in one table, which is also that of docs/reference/audit-mapping.md.
//!
//! `M00xx` is about the text and its keys, `M01xx` about how values are written, `M02xx` about where they come from, `M03xx` about conditions,
//! `M04xx` about links, `M05xx` about files that do not fit. A number is never used again for something else.
//!
//! To add one: a row below, its check, and `tests/input/problems/NUMBER.toml` with what is said about it.

use crate::words::words;

words! {
    /// What kind of problem this is: `M0101` and the like.
    Code {
        NotToml "M0001" "the text is not TOML";
        UnknownKey "M0002" "a table, key or canonical column that mappings do not know";
        KnownAnyway "M0003" "`source` and `row` are known, and come from no column";
        OtherKind "M0004" "a value of another kind than the key has: a number where a text stands";
        UnknownWord "M0005" "a word that is none of those the key knows";

        DateFormat "M0101" "a format of days that is none";
        UnknownZone "M0102" "a time zone that is none";
        ZoneNotSaid "M0103" "times without an offset, and it is not said on which clocks";
        TooManyDecimals "M0104" "more decimals than a currency has";
        YesAndNo "M0105" "a word that means both yes and no";
        NotOneCharacter "M0106" "a delimiter or quote that is not one character of ASCII";
        NotCanonical "M0107" "a constant, a default or a limit that is not written as its kind is";
        NoSuchTable "M0108" "the name of a table of codes that is not there";

        NoSource "M0201" "it is not said where the values come from";
        TwoSources "M0202" "values come from two things";
        HalfATender "M0203" "a tender without an amount, or an amount without a tender";
        OtherSource "M0204" "values come from what gives none of this kind";
        NoUse "M0205" "a word at a column that has no use for it";
        TaxTwice "M0206" "the taxes of a line are told both as one and by name";

        NoColumn "M0301" "a condition names no column";
        NoTest "M0302" "a condition does not say what the column must be";
        TwoTests "M0303" "a condition says two things";
        NoReason "M0304" "it is not said why rows are left out";
        RowsOfReturns "M0305" "conditions or files of sales that stand in the rows of returns";

        LinkNotSaid "M0401" "it is not said how a return finds its sale";
        NoReturns "M0402" "there is no table of returns";
        DayNotSaid "M0403" "it is not said which column is the day of the return";
        LinkColumn "M0404" "a column that the link needs is not named";
        NoSales "M0405" "there is no table of sales to find them in";
        SalesNotLinked "M0406" "there is a table of sales, and returns are not linked to sales";
        PriceNotSaid "M0407" "returns are linked at the same price, and a price is not told";
        NoneMissing "M0408" "it is said what becomes of returns whose sale is missing, and none is looked for";

        ColumnNotThere "M0501" "a file does not have the column";
        ColumnTwice "M0502" "a file has the column twice";
    }
}
