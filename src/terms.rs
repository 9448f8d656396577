//! The words of the language that mean the same at every stage, from the tree to the evaluator.

/// What JSON writes as a word.
pub(crate) trait Worded {
    /// The name of the enumeration in schemas.
    const NAME: &'static str;
    /// What it is; lines of a doc comment.
    const ABOUT: &'static [&'static str];
    /// Every word.
    const WORDS: &'static [&'static str];
    /// As JSON writes it.
    fn written(&self) -> &'static str;
}

/// Gives an enumeration its words: `word`, and the list of all of them, from one table.
macro_rules! words {
    ($(#[doc = $about:literal])+ $vis:vis $type:ident as $name:literal { $($pattern:pat => $word:literal),+ $(,)? }) => {
        impl $type {
            /// As JSON writes it.
            $vis const fn word(&self) -> &'static str {
                match self { $($pattern => $word),+ }
            }
        }
        impl crate::terms::Worded for $type {
            const NAME: &'static str = $name;
            const ABOUT: &'static [&'static str] = &[$($about),+];
            const WORDS: &'static [&'static str] = &[$($word),+];
            fn written(&self) -> &'static str {
                self.word()
            }
        }
    };
}
pub(crate) use words;

/// The date that picks a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum VersionClock {
    Sold,
    Ordered,
    Requested,
}

/// How several values of one attribute become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Discipline {
    /// The value the attribute table calls better for the customer.
    Favourable,
    /// The opposite.
    Strictest,
}

/// What the clauses of higher layers may make of what a lower one says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeewayKind {
    /// Nothing.
    Sealed,
    /// What the attribute table calls better for the customer.
    Improve,
    /// The opposite.
    Tighten,
    /// Whatever they say.
    Free,
}

/// How a discount over several goods is undone when some come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sharing {
    /// Each line carries its share of the discount.
    InProportion,
    /// What is kept is priced again with the promotion's own terms; the rest is refunded.
    ClawedBack,
    /// What is kept is priced again without the promotion.
    Void,
}

impl Sharing {
    /// `shared in proportion`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::InProportion => "shared in proportion",
            Self::ClawedBack => "clawed back",
            Self::Void => "void",
        }
    }
}

/// What happens to a gift with purchase when the goods it came with go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GiftRule {
    /// Its stated value is deducted when it is kept.
    ValueDeducted,
    /// Without the gift the line is declined.
    MustComeBack,
    /// Nothing happens.
    KeptFree,
}

/// What a piece of law is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LawKind {
    /// What customers may ask for, for some time.
    Right,
    /// What holds whenever its condition does.
    Rule,
}

/// What a limit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Money given back.
    Refund,
    /// Visits in which something comes back.
    Returns,
    /// Units.
    Items,
}

/// Whom, or what, a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Counted {
    Customer,
    Household,
    Clerk,
    Item,
}

/// A period of the calendar; weeks begin on Monday (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Period {
    Year,
    Month,
    Week,
}

words! {
    /// What a limit measures.
    pub Measure as "Measure" {
        Self::Refund => "refund",
        Self::Returns => "returns",
        Self::Items => "items",
    }
}

words! {
    /// Whom, or what, a limit counts.
    pub Counted as "Counted" {
        Self::Customer => "customer",
        Self::Household => "household",
        Self::Clerk => "clerk",
        Self::Item => "item",
    }
}

/// What became of the line or visit that words of a clause are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerKind {
    /// It is accepted.
    Accepted,
    /// It is accepted once something is verified.
    Pending,
    /// Clauses say no.
    Declined,
    /// The window is over.
    Expired,
    /// A guard stopped it.
    Stopped,
    /// Somebody else decides.
    Referred,
}

impl AnswerKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Accepted, Self::Pending, Self::Declined, Self::Expired, Self::Stopped, Self::Referred];

    /// Those after which goods may still be taken back: for these a form is filled in that is said for none.
    pub const GOES_THROUGH: [Self; 3] = [Self::Accepted, Self::Pending, Self::Referred];
}

words! {
    /// What became of the line or visit that words of a clause are about.
    pub AnswerKind as "AnswerKind" {
        Self::Accepted => "accepted",
        Self::Pending => "pending",
        Self::Declined => "declined",
        Self::Expired => "expired",
        Self::Stopped => "stopped",
        Self::Referred => "referred",
    }
}

/// How much tax goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaxRule {
    /// All tax of the returned goods, whatever fees are kept.
    InFull,
    /// In the proportion of goods refunded after fees and deductions.
    OnRefunded,
    /// None.
    NotReturned,
}

/// How much of the outbound shipping goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShippingRule {
    /// None.
    NotReturned,
    /// In the proportion of goods that come back.
    Returned,
    /// As `Returned`, at most the cheapest delivery that was offered.
    UpToCheapest,
    /// All, once everything of the sale has come back.
    WithLastItem,
}

/// What a fee is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeeUnit {
    /// Each unit that comes back.
    Item,
    /// Once for a line of the sale, however many of its units come back and when.
    Line,
    /// Once a visit: the largest that applies, shared over the lines.
    Return,
    /// Once for each return label, likewise.
    Label,
}

/// How several extensions of one window combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum ExtensionRule {
    AddUp,
    LongestCounts,
}

/// How a refund is shared over the tenders of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum SplitRest {
    AsTendered,
    InReverse,
    InProportion,
}

/// A named date of a sale or a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Clock {
    Sold,
    Ordered,
    Invoiced,
    Shipped,
    Received,
    Installed,
    Activated,
    /// The day on which the first parcel of the line came.
    FirstParcel,
    /// The day on which the last parcel of all lines of the sale came.
    WholeOrder,
}

/// Which event must meet the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingEvent {
    /// The customer says so.
    Told,
    /// The goods are sent.
    Sent,
    /// The goods are back.
    Received,
}

impl MeetingEvent {
    /// As the language writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

/// `at least` or `at most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Bound {
    AtLeast,
    AtMost,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the language")]
pub enum Order {
    AtLeast,
    AtMost,
    Over,
    Under,
    Exactly,
}

words! {
    /// A named date of a sale or a line.
    pub Clock as "Clock" {
        Self::Sold => "sold",
        Self::Ordered => "ordered",
        Self::Invoiced => "invoiced",
        Self::Shipped => "shipped",
        Self::Received => "received",
        Self::Installed => "installed",
        Self::Activated => "activated",
        Self::FirstParcel => "received of the first parcel",
        Self::WholeOrder => "received of the whole order",
    }
}

impl Clock {
    /// The date of the request that it is made of: all parcels are told under `received`.
    pub const fn told_as(self) -> Self {
        match self {
            Self::FirstParcel | Self::WholeOrder => Self::Received,
            told => told,
        }
    }
}
